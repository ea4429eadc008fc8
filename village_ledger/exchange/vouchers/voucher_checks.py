"""The rules an imported voucher must keep, with everything it is held against given as plain data.

They are the rules of vouchers entered by hand; here all faults of a file are named at once, 第N行 each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from village_ledger.domain.chart import Account, Chart, Dimension
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.guard import Guard, GuardAction
from village_ledger.domain.imported import ImportedLine, ImportedVoucher
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Month, MonthState
from village_ledger.exchange.reading.cells import reason
from village_ledger.exchange.reading.tabular import Fault, TabularFile
from village_ledger.exchange.vouchers.voucher_links import LinkChecks
from village_ledger.exchange.vouchers.voucher_rows import VoucherRows, place_of, ref_of
from village_ledger.i18n import tr

if TYPE_CHECKING:
    from village_ledger.domain.voucher import StoredVoucher, VoucherRef


_PLACES = {Dimension.COUNTERPARTY: 5, Dimension.PROJECT: 6, Dimension.GROUP: 7}
"""Where a dimension stands in an ``ImportedLine``."""


@dataclass(frozen=True, slots=True)
class BookFacts:
    """What the book says that a file must fit."""

    chart: Chart
    months: Mapping[Month, MonthState]
    """Months of the open years; the year after the last may be begun."""
    last_number: Callable[[Month, str], int]
    """Last number used in a month under a word, 0 for none."""
    guard: Guard | None = None
    """None where one acting ledger is kept (合账)."""
    foreign: Mapping[str, Chart] = field(default_factory=dict[str, Chart])
    """Charts of the book's other ledgers by their title."""
    find: Callable[[VoucherRef], StoredVoucher | None] = lambda _ref: None
    """A voucher the book already holds, for links."""


@dataclass(slots=True)
class VoucherChecks:
    """One run over the vouchers of a file: ``faults`` refuse it, ``warnings`` are said and stay."""

    facts: BookFacts
    table: TabularFile
    rows: VoucherRows
    faults: list[Fault] = field(default_factory=list[Fault])
    warnings: list[Fault] = field(default_factory=list[Fault])

    def run(self, vouchers: Sequence[ImportedVoucher]) -> None:
        """Check everything; nothing is raised."""
        self._lines(vouchers)
        self._months(vouchers)
        self._numbers(vouchers)
        links = LinkChecks(self.table, self.facts.find)
        self.faults += links.run(vouchers)

    def _fault(self, row: int, what: str, key: str = "") -> None:
        self.faults.append(self.table.fault(row, what, key))

    def _lines(self, vouchers: Sequence[ImportedVoucher]) -> None:
        """Amounts, balance, accounts, dimensions and the wrong-ledger guard."""
        demands = {
            code: tuple(place for dimension, place in _PLACES.items() if dimension in a.demands)
            for code, a in self.facts.chart.as_mapping().items()
            if a.is_leaf and a.active
        }
        guard = self.facts.guard
        kept = {a.code for a in self.facts.chart if a.unit}
        for voucher in vouchers:
            lines = voucher.lines
            debits = credits_ = 0
            for line in lines:
                debit, credit = line[3], line[4]
                if (debit == 0) == (credit == 0):
                    self._one_side(line)
                debits += debit
                credits_ += credit
                places = demands.get(line[2])
                if places is None or (places and not all(line[place] for place in places)):
                    self._account(line)
                elif line[8] or (kept and line[2] in kept):
                    self._quantity(line)
            if debits != credits_ or len(lines) < 2:
                self._balance(voucher, debits, credits_)
            if guard is not None:
                self._guard(guard, voucher)

    def _one_side(self, line: ImportedLine) -> None:
        if line.debit:
            self._fault(line.row, tr("借方和贷方都有金额。请只留一边。"))
        else:
            self._fault(line.row, tr("借方和贷方都没有金额。请填上一边，金额不能为零。"))

    def _balance(self, voucher: ImportedVoucher, debits: int, credits_: int) -> None:
        if place_of(voucher) in self.rows.spoiled:
            return  # one of its rows is at fault already
        ref = ref_of(voucher)
        if len(voucher.lines) < 2:
            what = tr("凭证 {ref} 只有一行。凭证要有借有贷，至少两行。", ref=ref)
        else:
            what = tr(
                "凭证 {ref} 借贷不平：借方合计 {debit}，贷方合计 {credit}，相差 {gap}。请核对金额和凭证号。",
                ref=ref,
                debit=format_fen(debits),
                credit=format_fen(credits_),
                gap=format_fen(abs(debits - credits_)),
            )
        self._fault(voucher.row, what)

    def _account(self, line: ImportedLine) -> None:
        """Why an account may not be named, or which dimension it demands."""
        chart = self.facts.chart
        try:
            account = chart.usable_leaf(line.account)
        except LedgerError as error:
            owner = next((title for title, other in self.facts.foreign.items() if line.account in other), "")
            if owner and line.account not in chart:
                what = tr(
                    "{code} 是{owner}的科目，这本账不能用。请核对是不是导入错了账。",
                    code=line.account,
                    owner=owner,
                )
                self._fault(line.row, what, "account")
            else:
                self._fault(line.row, reason(error), "account")
            return
        for what, key in missing_dimensions(account, line.counterparty, line.project, line.group):
            self._fault(line.row, what, key)

    def _quantity(self, line: ImportedLine) -> None:
        """A quantity where none is kept, and none where one is."""
        account = self.facts.chart.get(line.account)
        named = {"code": account.code, "name": account.name, "unit": account.unit}
        if line.quantity and not account.unit:
            what = tr("{code} {name} 不按数量核算，不能写数量。请去掉数量，或先给科目设计量单位。", **named)
            self._fault(line.row, what, "quantity")
        elif account.quantity_required and not line.quantity:
            self._fault(
                line.row, tr("{code} {name} 要写明数量（{unit}）。请在这一行补上。", **named), "quantity"
            )
        elif not line.quantity:
            what = tr("{code} {name} 按数量核算，这一行没有写数量（{unit}）。", **named)
            self.warnings.append(self.table.fault(line.row, what, "quantity"))

    def _guard(self, guard: Guard, voucher: ImportedVoucher) -> None:
        for hit in guard.check(voucher.lines, voucher.day):
            line = voucher.lines[hit.line - 1]
            what = hit.rule.sentence.replace("{word}", hit.word) + hit.next_step
            fault = self.table.fault(line.row, what, "summary")
            (self.faults if hit.action is GuardAction.REFUSE else self.warnings).append(fault)

    def _months(self, vouchers: Iterable[ImportedVoucher]) -> None:
        """Every voucher in a month that takes vouchers; years may be begun one after the other."""
        months = self.facts.months
        first, last_year = min(months), max(months).year
        refused: dict[Month, str] = {}
        for month in sorted({Month.of(day) for day in {v.day for v in vouchers}}):
            words = tr("{year}年{month}月", year=month.year, month=month.month)
            state = months.get(month)
            if state is not None and not state.accepts_vouchers:
                word = tr("已封") if state is MonthState.SEALED else tr("已结账")
                refused[month] = tr(
                    "{month}{state}，不能再记。请记入还没结账的月份。", month=words, state=word
                )
            elif month < first:
                refused[month] = tr("{month}在启用月份 {first} 之前。请核对日期。", month=words, first=first)
            elif month.year > last_year + 1:
                refused[month] = tr(
                    "{month}还没到：这本账现在开到 {year} 年。请核对日期。", month=words, year=last_year
                )
            else:
                last_year = max(last_year, month.year)
        if not refused:
            return
        for voucher in vouchers:
            what = refused.get(Month.of(voucher.day))
            if what is not None:
                self._fault(voucher.row, what, "date")

    def _numbers(self, vouchers: Iterable[ImportedVoucher]) -> None:
        """Numbers of a month and word go on after the book's last without a gap."""
        groups: dict[tuple[int, int, str], list[ImportedVoucher]] = {}
        for voucher in vouchers:
            groups.setdefault((voucher.day.year, voucher.day.month, voucher.word), []).append(voucher)
        for (year, month, word), group in groups.items():
            last = self.facts.last_number(Month(year, month), word)
            group.sort(key=lambda v: v.number)
            for voucher in group:
                if voucher.number <= last:
                    what = tr("凭证 {ref} 账里已经有了。请核对，不要重复导入。", ref=ref_of(voucher))
                    self._fault(voucher.row, what, "number")
                    continue
                if voucher.number > last + 1 and not self._unread(range(last + 1, voucher.number)):
                    self._fault(voucher.row, _gap(voucher, last + 1), "number")
                last = voucher.number

    def _unread(self, missing: range) -> bool:
        """Whether the missing numbers stand in rows that could not be read."""
        numbers = {number for _row, _word, number in self.rows.unread}
        return 0 in numbers or (len(missing) <= len(numbers) and all(number in numbers for number in missing))


def _gap(voucher: ImportedVoucher, expected: int) -> str:
    missing = f"{expected}" if voucher.number == expected + 1 else f"{expected}～{voucher.number - 1}"
    return tr(
        "断号：{year}年{month}月“{word}”字缺 {missing} 号。请补上缺的凭证，或把后面的号接上。",
        year=voucher.day.year,
        month=voucher.day.month,
        word=voucher.word,
        missing=missing,
    )


def missing_dimensions(
    account: Account, counterparty: str, project: str, group: str
) -> list[tuple[str, str]]:
    """What an account demands and a row does not say: (sentence, column key)."""
    given = {
        Dimension.COUNTERPARTY: (counterparty, "counterparty"),
        Dimension.PROJECT: (project, "project"),
        Dimension.GROUP: (group, "group"),
    }
    return [
        (
            tr(
                "{code} {name} 要写明{dimension}。请在这一行补上{dimension}。",
                code=account.code,
                name=account.name,
                dimension=dimension.value,
            ),
            key,
        )
        for dimension, (value, key) in given.items()
        if dimension in account.demands and not value
    ]
