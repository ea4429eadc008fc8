"""What is checked before a voucher is saved: the wrong-ledger guard, money below zero, missing papers."""

from __future__ import annotations

import tomllib
from functools import lru_cache

from village_ledger.domain import by_hand
from village_ledger.domain.chart import Chart, Money
from village_ledger.domain.errors import VoucherError
from village_ledger.domain.guard import Guard, GuardAction, GuardRule, load_rules
from village_ledger.domain.money import format_fen
from village_ledger.domain.voucher import Voucher
from village_ledger.resources_dir import resource
from village_ledger.services.entry.draft_reading import attachment_warning
from village_ledger.services.limits import demands
from village_ledger.services.limits.splits import suspicions
from village_ledger.services.planning import budgets, project_funds
from village_ledger.services.projects import project_status
from village_ledger.storage.reader import Reader


@lru_cache(maxsize=1)
def guard_rules() -> tuple[GuardRule, ...]:
    """The shipped rules of the wrong-ledger guard."""
    return load_rules(resource("rules", "wrong_ledger.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _by_hand_rules() -> by_hand.ByHandRules:
    return by_hand.load(resource("rules", "wrong_ledger.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=8)
def _guard_of(chart: Chart, other: str) -> Guard:
    return Guard(guard_rules(), chart, other)


def _other_entity(reader: Reader, ledger: str) -> str:
    """Registered name of the village's other entity, empty where there is none or the ledger is a group's."""
    village = reader.main_ledgers()
    if village is None or ledger not in {info.code for info in village}:
        return ""
    return next(info.entity for info in village if info.code != ledger)


def guard_for(reader: Reader, ledger: str) -> Guard | None:
    """The guard of a ledger; a book with one acting ledger (合账) has none."""
    return (
        None if len(reader.ledgers()) == 1 else _guard_of(reader.chart(ledger), _other_entity(reader, ledger))
    )


def guarded(reader: Reader, ledger: str, voucher: Voucher) -> list[str]:
    """Warnings of the wrong-ledger guard; raises VoucherError where a rule refuses."""
    guard = guard_for(reader, ledger)
    warnings: list[str] = []
    for hit in [] if guard is None else guard.check(voucher.lines, voucher.day):
        if hit.action is GuardAction.REFUSE:
            raise VoucherError(hit.sentence, hit.next_step)
        warnings.append(f"{hit.sentence}{hit.next_step}")
    return warnings


def booked_by_hand(reader: Reader, ledger: str, voucher: Voucher) -> list[str]:
    """Where a voucher books what an inter-ledger document should: told, never refused, not asked of imports."""
    other = _other_entity(reader, ledger)
    return by_hand.told(_by_hand_rules(), reader.chart(ledger), voucher.lines, other) if other else []


@lru_cache(maxsize=1)
def _money_rules() -> dict[Money, dict[str, str]]:
    rules = tomllib.loads(resource("rules", "cash.toml").read_text(encoding="utf-8"))
    return {Money.CASH: rules["cash_below_zero"], Money.BANK: rules["bank_below_zero"]}


def money_warnings(reader: Reader, ledger: str, voucher: Voucher) -> list[str]:
    """Sentences for every money account that would end a day below zero, backdated entries included.

    Call after the voucher is stored, inside its transaction. Cash fails at close; here it warns (rules/cash.toml).
    """
    accounts = reader.chart(ledger).as_mapping()
    warnings: list[str] = []
    for code in dict.fromkeys(line.account for line in voucher.lines):
        account = accounts[code]
        if account.money is None:
            continue
        day, balance = reader.lowest_money(ledger, code, voucher.day)
        if balance < 0:
            rule = _money_rules()[account.money]
            facts = {
                "day": day.isoformat(),
                "balance": format_fen(balance),
                "account": f"{code} {account.name}",
            }
            warnings.append(rule["sentence"].format(**facts) + rule["next_step"])
    return warnings


def all_cautions(
    reader: Reader, ledger: str, voucher: Voucher, *, of_document: bool = False, voucher_id: int = 0
) -> tuple[str, ...]:
    """Guard, money, paper and limit warnings of a stored voucher; raises VoucherError where the guard refuses.

    ``of_document``: an inter-ledger document made it, so nobody needs to be told of one.
    """
    paper = attachment_warning(voucher)
    return (
        *guarded(reader, ledger, voucher),
        *(() if of_document else booked_by_hand(reader, ledger, voucher)),
        *money_warnings(reader, ledger, voucher),
        *plan_warnings(reader, ledger, voucher, stored=True),
        *unmeasured(reader.chart(ledger), voucher),
        *limit_warnings(reader, ledger, voucher, voucher_id),
        *([paper] if paper else []),
    )


def limit_warnings(reader: Reader, ledger: str, voucher: Voucher, voucher_id: int = 0) -> tuple[str, ...]:
    """What the approval limits in force ask of a payment, and what about it looks like one cut into several."""
    return (
        *demands.cautions(reader, ledger, voucher),
        *(one.text for one in suspicions(reader, ledger, voucher, voucher_id)),
    )


def unmeasured(chart: Chart, voucher: Voucher) -> list[str]:
    """A sentence for every line without a quantity on an account kept by quantity: a change of value alone is rare."""
    return [
        f"第 {number} 行 {account.code} {account.name} 按数量核算，这一行没有写数量（{account.unit}）。"
        for number, line in enumerate(voucher.lines, 1)
        if not line.quantity and (account := chart.get(line.account)).unit
    ]


def plan_warnings(
    reader: Reader, ledger: str, voucher: Voucher, *, stored: bool, before: Voucher | None = None
) -> tuple[str, ...]:
    """Where a voucher passes what a project received or what the year's plan allows; it warns, never refuses.

    ``stored``: the book's figures hold the voucher already; else ``before`` is what they hold of it (an edited voucher).
    """
    return (
        *project_funds.cautions(reader, ledger, voucher, stored=stored, before=before),
        *budgets.cautions(reader, ledger, voucher, stored=stored, before=before),
        *project_status.cautions(reader, ledger, voucher, stored=stored),
    )
