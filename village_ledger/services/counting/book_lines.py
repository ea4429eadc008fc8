"""What the books say at the end of a day, line by line, as the sheets of a stock-take want it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from village_ledger.domain.ageing import BEFORE, BUCKETS, aged
from village_ledger.domain.area import MU
from village_ledger.domain.asset import AssetKind
from village_ledger.domain.chart import INCOME_AND_EXPENSE, Account, Chart, Dimension
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Month, Span
from village_ledger.domain.stock_take import BookLine
from village_ledger.domain.stock_take_sheets import Sheet, family_of, sheets_for
from village_ledger.services.assets.asset_accounts import accounts_of, existing_leaf
from village_ledger.storage.reader import Reader

RESULT = "result"
"""Stands for the accounts of income and expense that were not carried forward yet."""


def book_lines(reader: Reader, ledger: str, day: date) -> list[BookLine]:
    """Every line the books fill at the end of a day, by sheet."""
    with reader.snapshot():
        books = _Books(reader, ledger, day)
        return [line for sheet in books.sheets for line in books.of_sheet(sheet)]


@dataclass(slots=True)
class _Party:
    balance: int = 0
    months: list[tuple[Month, int, int]] = field(default_factory=list[tuple[Month, int, int]])


class _Books:
    """The books of one ledger on one day, read once."""

    def __init__(self, reader: Reader, ledger: str, day: date) -> None:
        self._reader = reader
        self._ledger = ledger
        self._day = day
        self._chart: Chart = reader.chart(ledger)
        self.sheets: Sequence[Sheet] = sheets_for(family_of(reader.ledger(ledger).chart_id))
        span = Span(date(day.year, 1, 1), day)
        self._closing = {t.account: t.closing for t in reader.turnovers(ledger, span)}

    def of_sheet(self, sheet: Sheet) -> Iterator[BookLine]:
        """Lines of one sheet."""
        if sheet.by == "parcel":
            yield from self._parcels(sheet)
            return
        leaves = [
            a
            for a in self._chart
            if a.is_leaf and not self._is_result(sheet, a) and sheet.holds(a.code, self._chart.path(a.code))
        ]
        if sheet.by == "asset":
            yield from self._assets(sheet, leaves)
        elif sheet.by == "party":
            yield from self._parties(sheet, leaves)
        elif sheet.by == "project":
            yield from self._projects(sheet, leaves)
        else:
            yield from self._leaves(sheet, leaves)
        if sheet.result:
            yield from self._result(sheet)

    def _is_result(self, sheet: Sheet, account: Account) -> bool:
        return bool(sheet.result) and account.category in INCOME_AND_EXPENSE

    def _result(self, sheet: Sheet) -> Iterator[BookLine]:
        """Income less expense that no year end has carried forward yet."""
        value = -sum(
            balance
            for code, balance in self._closing.items()
            if self._chart.get(code).category in INCOME_AND_EXPENSE
        )
        if value:
            yield BookLine(sheet.number, account=RESULT, name="本年收支差额（未结转）", value=value)

    def _leaves(self, sheet: Sheet, leaves: Sequence[Account]) -> Iterator[BookLine]:
        numbers = {b.account: b for b in self._reader.bank_accounts(self._ledger)}
        pairs, alone = self._less(sheet, leaves)
        for leaf in leaves:
            value = sheet.sign * self._closing.get(leaf.code, 0)
            quantity = self._quantity(leaf)
            contra = pairs.get(leaf.code, "")
            less = -self._closing.get(contra, 0) if contra else 0
            if not (value or quantity or less):
                continue
            bank = numbers.get(leaf.code)
            yield BookLine(
                sheet.number,
                account=leaf.code,
                name=self._chart.path(leaf.code),
                unit=leaf.unit,
                quantity=max(quantity, 0),
                value=value,
                less=less,
                less_account=contra,
                text=f"{bank.bank} {bank.masked}".strip() if bank else "",
            )
        for code in alone:
            less = -self._closing.get(code, 0)
            if less:
                yield BookLine(
                    sheet.number,
                    account=code,
                    name=f"{self._chart.path(code)}（没有对应的明细）",
                    less=less,
                    less_account=code,
                )

    def _quantity(self, leaf: Account) -> int:
        if not leaf.unit:
            return 0
        after = self._day + timedelta(days=1)
        stock = self._reader.opening_stock(self._ledger, leaf.code)
        return stock.plus(self._reader.stock_moved(self._ledger, leaf.code, date.min, after)).quantity

    def _less(self, sheet: Sheet, leaves: Sequence[Account]) -> tuple[dict[str, str], list[str]]:
        """Leaf to its contra leaf of the same ending or name, and contra leaves of this sheet that stand for none."""
        pairs: dict[str, str] = {}
        free = {
            a.code: a
            for a in self._chart
            if a.is_leaf and a.code.startswith(tuple(to for _, to in sheet.less))
        }
        for main, contra in sheet.less:
            for leaf in leaves:
                if not leaf.code.startswith(main):
                    continue
                same = contra + leaf.code[len(main) :]
                named = (a.code for a in free.values() if a.name == leaf.name)
                twin = same if same in free else next(named, "")
                if twin:
                    pairs[leaf.code] = twin
                    del free[twin]
        return pairs, [code for code, account in free.items() if self._stands_here(sheet, account)]

    def _stands_here(self, sheet: Sheet, contra: Account) -> bool:
        """Whether a contra leaf without its own asset belongs to this sheet, by the words that divide two sheets."""
        path = self._chart.path(contra.code)
        twins = [
            other
            for other in self.sheets
            if dict(other.less) == dict(sheet.less) and other.number != sheet.number
        ]
        if not twins:
            return True
        if sheet.words:
            return any(word in path for word in sheet.words)
        return not any(word in path for word in sheet.not_words)

    def _parties(self, sheet: Sheet, leaves: Sequence[Account]) -> Iterator[BookLine]:
        """One line a counterparty, with its age; on an account never netted only those who owe (or are owed)."""
        codes = [leaf.code for leaf in leaves]
        parties = self._party_balances(codes)
        at = Month.of(self._day)
        for (code, name), party in sorted(parties.items()):
            value = sheet.sign * party.balance
            one_sided = self._chart.is_settled_by_party(code)
            if not value or (one_sided and value < 0) or (self._is_both(code) and value < 0):
                continue
            increases = [(m, debit if sheet.sign > 0 else credit) for m, debit, credit in party.months]
            yield BookLine(
                sheet.number,
                account=code,
                party=name,
                name=name or self._chart.path(code),
                value=value,
                text=age_words(aged(value, increases, at)) if name else "",
            )

    def _is_both(self, code: str) -> bool:
        """Whether an account stands on two sheets, one for each side."""
        return sum(code.startswith(sheet.accounts) for sheet in self.sheets if sheet.accounts) > 1

    def _party_balances(self, codes: Sequence[str]) -> dict[tuple[str, str], _Party]:
        found: dict[tuple[str, str], _Party] = {}
        for row in self._reader.party_months(self._ledger, codes, self._day):
            party = found.setdefault((row.account, row.party), _Party())
            party.balance += row.debit - row.credit
            if row.month:
                party.months.append((Month.parse(row.month), row.debit, row.credit))
        for code in codes:
            mine = [key for key in found if key[0] == code]
            rest = self._closing.get(code, 0) - sum(found[key].balance for key in mine)
            if not rest:
                continue
            if Dimension.COUNTERPARTY in self._chart.get(code).demands:
                found[code, ""] = _Party(rest)
                continue
            for key in mine:  # names stand on some of its vouchers only: they say nothing of who is owed what
                del found[key]
            found[code, ""] = _Party(self._closing.get(code, 0))
        return found

    def _projects(self, sheet: Sheet, leaves: Sequence[Account]) -> Iterator[BookLine]:
        codes = [leaf.code for leaf in leaves]
        balances: dict[tuple[str, str], int] = {}
        for (code, project), (debit, credit) in self._reader.project_sums(
            self._ledger, codes, self._day + timedelta(days=1)
        ).items():
            balances[code, project] = balances.get((code, project), 0) + debit - credit
        for opened in self._reader.opening_lines(self._ledger):
            if opened.account in codes:
                key = (opened.account, opened.project)
                balances[key] = balances.get(key, 0) + opened.debit - opened.credit
        for (code, project), balance in sorted(balances.items()):
            if balance:
                path = self._chart.path(code)
                yield BookLine(
                    sheet.number,
                    account=code,
                    project=project,
                    name=project or path,
                    value=sheet.sign * balance,
                    text=path if project else "",
                )

    def _assets(self, sheet: Sheet, leaves: Sequence[Account]) -> Iterator[BookLine]:
        """Cards where there are any; what the accounts hold beyond them stays by account."""
        cards = list(self._cards(sheet))
        yield from cards
        if not cards:
            yield from self._leaves(sheet, leaves)
            return
        tops = tuple(main for main, _ in sheet.less)
        carded = [line for line in self._leaves(sheet, leaves) if line.account.startswith(tops)]
        yield from (
            line
            for line in self._leaves(sheet, leaves)
            if not line.account.startswith(tops) and not line.less
        )
        value = sum(line.value for line in carded) - sum(card.value for card in cards)
        less = sum(line.less for line in self._leaves(sheet, leaves)) - sum(card.less for card in cards)
        if value or less:
            yield BookLine(sheet.number, account=tops[0], name="没有卡片的固定资产", value=value, less=less)

    def _cards(self, sheet: Sheet) -> Iterator[BookLine]:
        """One line a card of a fixed asset; on which leaf it stands is told by its class, where that can be told."""
        standings = [
            one
            for one in self._reader.asset_standings(self._ledger, self._day)
            if one.card.kind is AssetKind.FIXED
        ]
        if not standings:
            return
        top = accounts_of(self._reader, self._ledger, AssetKind.FIXED)
        for one in standings:
            card, facts = one.card, one.facts
            told = (card.quantity, card.spec, facts.place, facts.keeper)
            yield BookLine(
                sheet.number,
                account=existing_leaf(self._chart, top.asset, (card.category, card.name), only=True)
                or top.asset,
                code=card.code,
                name=f"{card.code} {card.name}",
                unit="项",
                quantity=1000,
                value=one.cost,
                less=one.accumulated,
                less_account=existing_leaf(self._chart, top.against, (card.category,), only=True)
                or top.against,
                text=" ".join(filter(None, told)),
            )

    def _parcels(self, sheet: Sheet) -> Iterator[BookLine]:
        """Land, forest and water by parcel, in 亩; nothing of them is in the accounts."""
        for parcel in self._reader.parcels(self._ledger, self._day):
            card = parcel.card
            told = (
                card.kind,
                card.owner_level.words + card.owner,
                card.disputed and f"有争议：{card.disputed}",
            )
            yield BookLine(
                sheet.number,
                code=parcel.code,
                name=f"{parcel.code} {card.name}",
                unit="亩",
                quantity=(2 * card.area * 1000 + MU) // (2 * MU),
                text=" ".join(filter(None, told)),
            )


def age_words(buckets: dict[str, int]) -> str:
    """How old a claim is: one age by name, several with their sums."""
    named = [(name, buckets[name]) for name in (*BUCKETS, BEFORE) if name in buckets]
    if len(named) == 1:
        return named[0][0]
    return "；".join(f"{name} {format_fen(fen)}" for name, fen in named)
