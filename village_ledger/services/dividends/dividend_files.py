"""What leaves the book to pay a dividend out: the bank's pay list, and the sheet to sign, by household."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from village_ledger.domain.dividend import Kind, Part, Portion, weigh
from village_ledger.domain.errors import DividendError
from village_ledger.domain.rule_names import PAYING
from village_ledger.domain.share import format_shares
from village_ledger.resources_dir import resource
from village_ledger.services.dividends.dividend_payments import FAILED, Paying, dues
from village_ledger.services.people.people import numbers_read

if TYPE_CHECKING:
    from village_ledger.services.dividends.dividends import Preview
    from village_ledger.storage.dividends.records import DividendPayment
    from village_ledger.storage.people.records import Dividend, DividendLine, Person
    from village_ledger.storage.reader import Reader

_TAIL = 4
_HIDDEN = "****"
_RESULTS = {"done": "成功", FAILED: "退回", "": "已交银行"}


@dataclass(frozen=True, slots=True)
class Layout:
    """Columns of a bank's pay list: (key, heading) in order."""

    id: str
    name: str
    note: str
    columns: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class BankRow:
    """One payment as the bank is told."""

    number: int
    household: str
    holder: str
    account: str
    bank: str
    amount: int
    note: str
    id_number: str = ""
    group: str = ""

    def cell(self, key: str) -> str | int:
        """What stands in a column."""
        found: dict[str, str | int] = {
            "number": self.number,
            "household": self.household,
            "holder": self.holder,
            "account": self.account,
            "bank": self.bank,
            "amount": self.amount,
            "note": self.note,
            "id_number": self.id_number,
            "group": self.group,
        }
        return found[key]


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A household on the sheet to sign: the sum of its holders' lines, never rounded again."""

    household: str
    head: str
    group: str
    holders: int
    shares: str
    amount: int
    tail: str
    """Last digits of the bank account."""
    result: str
    """What the bank said."""
    receiver: str
    relation: str
    held: str = ""
    """Why it is not to be paid now."""


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return tomllib.loads(resource("rules", "dividend_bank.toml").read_text(encoding="utf-8"))


def layouts() -> dict[str, Layout]:
    """Every layout of a bank's pay list, by its id (rules/dividend_bank.toml)."""
    return {
        one["id"]: Layout(
            one["id"], one["name"], one["note"], tuple((c["key"], c["label"]) for c in one["columns"])
        )
        for one in _data()["layout"]
    }


def layout_named(name: str) -> Layout:
    """One layout; raises DividendError naming those there are."""
    found = layouts().get(name)
    if found is None:
        raise DividendError(f"没有“{name}”这种代发文件{PAYING}", f"可以是：{'、'.join(layouts())}。")
    return found


def portions_of(reader: Reader, dividend: Dividend) -> tuple[list[Portion], list[int]]:
    """The stored lines of a dividend as portions, and what was paid of each."""
    classes = {one.id: one for one in reader.share_classes(dividend.ledger)}
    lines = reader.dividend_lines(dividend.id)
    portions = [
        Portion(
            Part(
                line.account_id,
                classes[line.class_id],
                line.household,
                line.holder,
                Kind(line.kind),
                line.quantity,
            ),
            line.amount,
        )
        for line in lines
    ]
    return portions, [line.paid for line in lines]


def bank_rows(reader: Reader, dividend: Dividend, items: Sequence[Paying], layout: Layout) -> list[BankRow]:
    """What the bank is told to pay, one row a receiver and account; a holder without one is paid to the head's.

    Without the book's key the numbers cannot be read and say so.
    """
    payees = Payees(reader, dividend)
    ids = (
        numbers_read(reader, payees.people.values())
        if any(k == "id_number" for k, _ in layout.columns)
        else {}
    )
    merged: dict[tuple[str, str, str], BankRow] = {}
    note = layout.note.format(year=dividend.year)
    for item in items:
        to = payees.of(item)
        row = merged.get(to.key) or BankRow(
            0,
            to.household,
            to.holder,
            to.account,
            reader.person_fact(to.owner, "bank") if to.owner else "",
            0,
            note,
            ids.get(to.owner, "") if to.owner else "",
            to.group,
        )
        merged[to.key] = replace(row, amount=row.amount + item.amount)
    return [replace(row, number=number) for number, row in enumerate(merged.values(), 1)]


@dataclass(frozen=True, slots=True)
class Payee:
    """Whom the bank pays: the holder, the head of the holder's household, or somebody who takes it for the holder."""

    household: str
    group: str
    holder: str
    account: str
    owner: int | None
    """Whose account it is; nobody of the register for somebody who takes it for the holder."""

    @property
    def key(self) -> tuple[str, str, str]:
        """Payments with the same one go in one row."""
        return self.household, self.holder, self.account


class Payees:
    """Whom the bank pays on each line of a dividend."""

    def __init__(self, reader: Reader, dividend: Dividend) -> None:
        self._persons = reader.line_persons(dividend.id)
        self.people = {one.id: one for one in reader.people(dividend.record_date)}
        self.cards = numbers_read(reader, self.people.values(), "bank_account")
        self._heads = _heads(self.people.values())

    def of(self, item: Paying) -> Payee:
        """The payee of what is paid on a line."""
        person = self.people[self._persons[item.line]]
        if item.receiver:
            return Payee(person.household, person.group, item.receiver, "", None)
        owner = person if person.id in self.cards else self._heads.get(person.household, person)
        return Payee(person.household, owner.group, owner.name, self.cards.get(owner.id, ""), owner.id)


def sheet_lines(reader: Reader, dividend: Dividend) -> list[SheetLine]:
    """The sheet to sign: households by group, estates nobody inherited on lines of their own at the end of their group."""
    people = {one.id: one for one in reader.people(dividend.record_date)}
    persons = reader.line_persons(dividend.id)
    cards = numbers_read(reader, people.values(), "bank_account")
    heads = _heads(people.values())
    payments = [p for p in reader.dividend_payments(dividend.id) if p.counts or p.result == FAILED]
    held = {due.line.line: due.held for due in dues(reader, dividend, dividend.day) if due.held}
    classes = {one.id: one.decimals for one in reader.share_classes(dividend.ledger)}
    grouped: dict[tuple[str, str, str], list[DividendLine]] = {}
    for line in reader.dividend_lines(dividend.id):
        if line.kind != "collective":
            own = "" if line.household and line.line not in held else line.holder
            group = people[persons[line.line]].group
            grouped.setdefault((group, line.household, own), []).append(line)
    found: list[SheetLine] = []
    for (group, household, own), lines in sorted(grouped.items()):
        first = people[persons[lines[0].line]]
        head = first if own else heads.get(household, first)
        name = f"{own}（遗产）" if lines[0].line in held else (own or head.name)
        mine = [p for p in payments if p.line in {line.line for line in lines}]
        taken = next((p for p in reversed(mine) if p.receiver), None)
        found.append(
            SheetLine(
                household,
                name,
                group,
                len({persons[line.line] for line in lines}),
                _shares(lines, classes),
                sum(line.amount for line in lines),
                _tail(cards.get(head.id, "")),
                _said(mine),
                taken.receiver if taken else "",
                taken.relation if taken else "",
                held.get(lines[0].line, ""),
            )
        )
    return found


def preview_lines(reader: Reader, made: Preview) -> list[SheetLine]:
    """The sheet to sign of a dividend not yet booked: nothing is paid of it, estates are held."""
    people = {one.id: one for one in reader.people(made.record_date)}
    cards = numbers_read(reader, people.values(), "bank_account")
    heads = _heads(people.values())
    grouped: dict[tuple[str, str, str], list[Portion]] = {}
    for portion in made.shared.portions:
        part = portion.part
        if part.kind is not Kind.COLLECTIVE:
            own = "" if part.household and part.kind is not Kind.ESTATE else part.holder
            grouped.setdefault((part.group, part.household, own), []).append(portion)
    found: list[SheetLine] = []
    for (group, household, own), some in sorted(grouped.items()):
        held = some[0].part.kind is Kind.ESTATE
        head = None if own else heads.get(household)
        name = f"{own}（遗产）" if held else own or (head.name if head else some[0].part.holder)
        parts = [x.part for x in some]
        found.append(
            SheetLine(
                household,
                name,
                group,
                len({part.person_id for part in parts}),
                format_shares(sum(weigh(parts)), max(part.share_class.decimals for part in parts)),
                sum(x.amount for x in some),
                _tail(cards.get(head.id, "")) if head is not None else "",
                "",
                "",
                "",
                "份额还没有办继承" if held else "",
            )
        )
    return found


def _heads(people: Iterable[Person]) -> dict[str, Person]:
    """The living head of each household; where the head died, whoever stands first."""
    found: dict[str, Person] = {}
    for one in people:
        if one.household and one.death is None and (one.household not in found or one.name == one.head):
            found[one.household] = one
    return found


def _shares(lines: Sequence[DividendLine], decimals: dict[int, int]) -> str:
    finest = max(decimals[line.class_id] for line in lines)
    whole = sum(line.quantity * 10 ** (finest - decimals[line.class_id]) for line in lines)
    return format_shares(whole, finest)


def _tail(account: str) -> str:
    return (
        f"{_HIDDEN}{account[-_TAIL:]}"
        if len(account) > _TAIL and account.isalnum() and account.isascii()
        else ""
    )


def _said(payments: Sequence[DividendPayment]) -> str:
    if not payments:
        return ""
    last = payments[-1]
    return "现金" if last.method == "cash" else _RESULTS[last.result]
