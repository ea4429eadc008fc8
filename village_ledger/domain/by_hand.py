"""Vouchers typed by hand that book what an inter-ledger document should (``rules/wrong_ledger.toml``, ``by_hand``).

They are told of the document, never refused: old books and imports are full of such vouchers.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from village_ledger.domain.chart import Chart, LedgerKind
from village_ledger.domain.guard import GuardedLine


@dataclass(frozen=True, slots=True)
class ByHandRule:
    """One way of booking by hand what belongs into a document."""

    ledger_kind: LedgerKind
    on_credit: bool
    accounts: tuple[str, ...]
    names_other: bool
    """Whether the line must name the other entity; the account may be kept for it alone."""
    opposite: str
    """``money``, ``other`` (no money) or nothing: what stands on the other side."""
    kinds: str


@dataclass(frozen=True, slots=True)
class ByHandRules:
    """All ways, and what the other entity is called beside its registered name."""

    rules: tuple[ByHandRule, ...]
    names: Mapping[LedgerKind, tuple[str, ...]]


def load(text: str) -> ByHandRules:
    """Read the rules file; what is missing or unknown in it is our own fault (KeyError, ValueError)."""
    data = tomllib.loads(text)
    rules = tuple(
        ByHandRule(
            LedgerKind(table["ledger_kind"]),
            {"debit": False, "credit": True}[table["side"]],
            tuple(table["accounts"]),
            bool(table["names_other"]),
            {"money": "money", "other": "other", "": ""}[table["with"]],
            str(table["kinds"]),
        )
        for table in data["by_hand"]
    )
    return ByHandRules(rules, {LedgerKind(kind): tuple(names) for kind, names in data["other"].items()})


def told(rules: ByHandRules, chart: Chart, lines: Sequence[GuardedLine], other: str) -> list[str]:
    """A sentence for the first line that a document should have made; ``other`` is the other entity's registered name."""
    for number, line in enumerate(lines, 1):
        on_credit = line.credit > 0
        if not on_credit and line.debit <= 0:
            continue  # a red-letter line undoes
        for rule in rules.rules:
            if (
                rule.ledger_kind is chart.kind
                and rule.on_credit is on_credit
                and line.account.startswith(rule.accounts)
                and (not rule.names_other or _is_other(rules, chart, line, other))
                and _stands_opposite(rule, chart, lines, on_credit=on_credit)
            ):
                name = chart.get(line.account).name
                what = (
                    f"第 {number} 行记的是两账之间的往来（{line.account} {name}），单记一边另一边不会跟着记；"
                )
                return [f"{what}请用“两账往来·{rule.kinds}”，两本账一起出凭证。"]
    return []


def _is_other(rules: ByHandRules, chart: Chart, line: GuardedLine, other: str) -> bool:
    """Whether a line is about the other entity: by its registered name, a plain name for it, or its own leaf."""
    names = rules.names[chart.kind]
    leaf = chart.get(line.account)
    own_leaf = leaf.level > 1 and any(name in leaf.name for name in (*names[:2], other))
    return line.counterparty == other or line.counterparty in names or own_leaf


def _stands_opposite(
    rule: ByHandRule, chart: Chart, lines: Sequence[GuardedLine], *, on_credit: bool
) -> bool:
    if not rule.opposite:
        return True
    facing = [x for x in lines if (x.debit > 0 if on_credit else x.credit > 0)]
    has_money = any(chart.get(x.account).money is not None for x in facing)
    return has_money is (rule.opposite == "money")
