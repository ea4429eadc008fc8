"""Sub-accounts of merged ledgers (科目对照): the same path is one account; a taken name gets the village behind it.

A bank account is a village's own and never becomes one with another's. A code stays where it is free.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from village_ledger.domain.chart import Account, Chart, Money
from village_ledger.domain.errors import ChartError
from village_ledger.domain.half_width import half_width
from village_ledger.domain.merger import Decisions, OldLedger

Code = tuple[int, str]
"""Number of the source and its old code."""


@dataclass(slots=True)
class Placed:
    """A new chart, the accounts made for it in order, and where every old account went."""

    chart: Chart
    made: list[Account] = field(default_factory=list[Account])
    codes: dict[Code, str] = field(default_factory=dict[Code, str])
    owners: dict[str, set[int]] = field(default_factory=dict[str, set[int]])
    """Sources whose accounts became a new one."""
    faults: list[str] = field(default_factory=list[str])

    def add(self, account: Account) -> str:
        """One account more; raises ChartError where there is no room for it."""
        self.chart, placed = self.chart.with_account(account)
        self.made.append(placed)
        return placed.code

    def child(self, parent: str, name: str, like: Account) -> str:
        """The account of a name below another, made when it is not there; raises ChartError at the deepest level."""
        there = next((a for a in self.chart if a.parent == parent and a.name == name), None)
        if there is not None:
            return there.code
        code = self.chart.next_child_code(parent)
        return self.add(replace(like, code=code, name=name, active=True))


def place_accounts(target: Chart, olds: Sequence[tuple[int, str, OldLedger]], decided: Decisions) -> Placed:
    """The new chart of the ledgers given (number, village, ledger) and the new code of each of their accounts."""
    placed = Placed(target)
    for number, village, ledger in olds:
        used = {one.account for one in ledger.balances}
        for account in ledger.chart:
            if not account.active and account.code not in used and account.level > 1:
                continue
            asked = decided.accounts.get((village, ledger.code, account.code))
            try:
                new = _place(placed, number, village, account, asked)
            except ChartError as error:
                placed.faults.append(f"{village} {account.code} {account.name}：{error.what}")
                continue
            if new:
                placed.codes[number, account.code] = new
                placed.owners.setdefault(new, set()).add(number)
            elif (village, ledger.code, account.code) in decided.splits:
                continue
            elif account.code in used or any(code.startswith(account.code) for code in used):
                placed.faults.append(
                    f"{village} {account.code} {account.name}：新账的科目表里没有对应的科目，请在对照表里写明"
                )
    split_parents(placed, olds)
    return placed


def _place(placed: Placed, number: int, village: str, account: Account, asked: tuple[str, str] | None) -> str:
    """New code of one account; empty where nothing corresponds."""
    chart = placed.chart
    if asked is not None:
        code, name = asked
        if code not in chart:
            raise ChartError(f"对照表里的新科目 {code} 不在新账里", "请在对照表里改成新账有的一级科目。")
        return placed.child(code, name, account) if name else code
    if account.level == 1:
        same = chart.get(account.code) if account.code in chart else None
        return account.code if same is not None and same.name == account.name else ""
    parent = placed.codes.get((number, account.parent), "")
    if not parent:
        return ""
    name = account.name
    twin = next((a for a in chart if a.parent == parent and half_width(a.name) == half_width(name)), None)
    if twin is not None:
        own = twin.money is Money.BANK and bool(placed.owners.get(twin.code, set()) - {number})
        if twin.side is account.side and twin.unit == account.unit and not own:
            return twin.code
        name = f"{account.name}（{village}）"
    free = account.code not in chart and chart.rule.parent(account.code) == parent
    code = account.code if free else chart.next_child_code(parent)
    return placed.add(replace(account, code=code, name=name, parent=parent, active=True))


def split_parents(placed: Placed, olds: Sequence[tuple[int, str, OldLedger]]) -> None:
    """A balance on an account that has sub-accounts now goes to one of its own, named after the village."""
    for number, village, ledger in olds:
        for code in sorted({one.account for one in ledger.balances}):
            new = placed.codes.get((number, code), "")
            if not new or placed.chart.get(new).is_leaf:
                continue
            like = replace(ledger.chart.get(code), money=None)
            try:
                own = placed.child(new, f"{village}原账", like)
            except ChartError as error:
                placed.faults.append(f"{village} {code} {like.name}：{error.what}")
                continue
            placed.codes[number, code] = own
            placed.owners.setdefault(own, set()).add(number)


def keep_apart(placed: Placed, number: int, village: str, ledger: OldLedger, old: str) -> str:
    """A sub-account of its own for one village's balance; raises ChartError at the deepest level."""
    account = ledger.chart.get(old)
    now = placed.chart.get(placed.codes[number, old])
    above = now.parent or now.code
    code = placed.child(above, f"{account.name}（{village}）", account)
    placed.codes[number, old] = code
    return code


def renamed(placed: Placed, olds: Sequence[tuple[int, str, OldLedger]]) -> Mapping[Code, tuple[str, str]]:
    """Old accounts whose code or name is another now, with both."""
    found: dict[Code, tuple[str, str]] = {}
    for number, _, ledger in olds:
        for account in ledger.chart:
            new = placed.codes.get((number, account.code), "")
            if new and (new != account.code or placed.chart.get(new).name != account.name):
                found[number, account.code] = (new, placed.chart.get(new).name)
    return found
