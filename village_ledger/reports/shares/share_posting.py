"""The share register for others than the office: names as their level shows them, every quantity as it is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from village_ledger.domain.masking import Level, mask_name, told_apart
from village_ledger.domain.share import COLLECTIVE
from village_ledger.reports.shares.share_reports import Account
from village_ledger.reports.table import Table

CHILD = "未满14周岁"
"""What stands for the name of a child on a public sheet."""


def masked(accounts: Sequence[Account], level: Level, children: Collection[str]) -> list[Account]:
    """The accounts under other names, in the order of the register; ``children`` by their account texts."""
    if level in {Level.INTERNAL, Level.TOWNSHIP}:
        return list(accounts)
    holders = sorted({(one.text, one.household, one.holder) for one in accounts if one.text != COLLECTIVE})
    if level is Level.PUBLIC:
        told = told_apart([(household, name) for _, household, name in holders])
        names = [_child(holders, place, children) or name for place, name in enumerate(told)]
    else:
        names = [mask_name(name, level, place) for place, (_, _, name) in enumerate(holders, 1)]
    by_text = {text: name for (text, _, _), name in zip(holders, names, strict=True)}
    return [_under(one, by_text[one.text], level) if one.text in by_text else one for one in accounts]


def _child(holders: Sequence[tuple[str, str, str]], place: int, children: Collection[str]) -> str:
    """What a child is called; the second of a household 未满14周岁之2, so that accounts stay apart."""
    text, household, _ = holders[place]
    if text not in children:
        return ""
    number = 1 + sum(other in children and home == household for other, home, _ in holders[:place])
    return f"{CHILD}之{number}" if number > 1 else CHILD


def _under(one: Account, name: str, level: Level) -> Account:
    household = "" if level is Level.ANONYMOUS else one.household
    return replace(one, text="/".join(filter(None, (household, name))), household=household, holder=name)


def with_level(table: Table, level: Level, children: int) -> Table:
    """The table saying for whom it is, and how many children it does not name."""
    hidden = level is Level.PUBLIC and children
    note = (f"不满 14 周岁的 {children} 人不写姓名（个人信息保护法第二十八条）。",) if hidden else ()
    return replace(
        table, heading=(*table.heading, f"{level.value} {level.words}"), notes=(*table.notes, *note)
    )
