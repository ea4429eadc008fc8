"""青山村 of 2025 closed month by month and carried forward, and its statements against sums worked out from the files.

Every expected figure is added up here from the csv files of the demonstration village; nothing of the program's
formulas is used.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

import pytest

from tests import made
from tests.cli import hledger
from village_ledger.domain.money import format_fen, parse_fen
from village_ledger.domain.period import Month, Span
from village_ledger.domain.voucher import VoucherRef
from village_ledger.reports.catalogue import ReportRequest, make
from village_ledger.reports.table import Kind, Table
from village_ledger.resources_dir import resource
from village_ledger.services.book.verification import inspect
from village_ledger.services.closing.closing import close
from village_ledger.services.closing.year_end import close_year
from village_ledger.storage.file.book_file import Access, BookFile, open_book

LEDGERS = ("collective", "committee")
YEAR = Span.of_year(2025)
LAST = date(2025, 12, 31)


@pytest.fixture(scope="module")
def closed(tmp_path_factory):
    """The demonstration village, both ledgers closed through December and carried forward."""
    path = made.demo(tmp_path_factory.mktemp("closed"), closed=False)
    with open_book(path, Access.WRITE, "王秀英") as book:
        for ledger in LEDGERS:
            for number in range(1, 13):
                with book.unit_of_work("王秀英") as uow:
                    close(uow, ledger, Month(2025, number))
                    uow.commit()
            with book.unit_of_work("王秀英") as uow:
                close_year(uow, ledger, 2025)
                uow.commit()
        yield book


@dataclass
class Files:
    """Opening and vouchers of a ledger as its csv files have them, fen."""

    opening: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    moved: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))

    @classmethod
    def of(cls, ledger: str) -> Files:
        found = cls()
        for sums, name in ((found.opening, "opening"), (found.moved, "vouchers")):
            with resource("demo", f"{ledger}_{name}.csv").open(encoding="utf-8-sig", newline="") as file:
                for row in csv.DictReader(file):
                    amount = parse_fen(row["借方金额"] or "0") - parse_fen(row["贷方金额"] or "0")
                    sums[row["科目编码"], row["往来单位"]] += amount
        return found

    def debit(self, *codes: str, at_end: bool = True) -> int:
        """Balance of some accounts on the debit side."""
        return sum(self._balances(codes, at_end=at_end).values())

    def credit(self, *codes: str, at_end: bool = True) -> int:
        return -self.debit(*codes, at_end=at_end)

    def owed_to_us(self, code: str, *, at_end: bool = True) -> int:
        """Only the parties that owe, account by account."""
        return sum(amount for amount in self._balances((code,), at_end=at_end).values() if amount > 0)

    def owed_by_us(self, code: str, *, at_end: bool = True) -> int:
        return -sum(amount for amount in self._balances((code,), at_end=at_end).values() if amount < 0)

    def income(self, *codes: str) -> int:
        """Net credits of the year."""
        return -sum(amount for (code, _), amount in self.moved.items() if code.startswith(codes))

    def expense(self, *codes: str) -> int:
        return -self.income(*codes)

    def _balances(self, codes: tuple[str, ...], *, at_end: bool) -> dict[tuple[str, str], int]:
        sums: dict[tuple[str, str], int] = defaultdict(int)
        for source in (self.opening, self.moved) if at_end else (self.opening,):
            for key, amount in source.items():
                if key[0].startswith(codes):
                    sums[key] += amount
        return sums


def figures(book: BookFile, report: str, ledger: str, span: Span = YEAR) -> Table:
    return make(book.reader(), report, ReportRequest(ledger, span))


def column(table: Table, key: str, by: str = "line") -> dict[str, int]:
    """Row identifier to the amount of a column, rows that have one."""
    name, amount = table.column_index(by), table.column_index(key)
    found = {str(row.cells[name]): row.cells[amount] for row in table.rows if row.cells[name]}
    return {key: value for key, value in found.items() if isinstance(value, int)}


def balance_sheet_by_hand(*, at_end: bool) -> dict[str, int]:
    """The collective's 资产负债表, row by row from the files."""
    files = Files.of("collective")

    def debit(*codes: str) -> int:
        return files.debit(*codes, at_end=at_end)

    def credit(*codes: str) -> int:
        return files.credit(*codes, at_end=at_end)

    a = {1: debit("101", "102"), 2: debit("111"), 3: debit("112") + files.owed_to_us("113", at_end=at_end)}
    a |= {4: debit("121", "401"), 5: debit("131")}
    a[6] = a[1] + a[2] + a[3] + a[4] + a[5]
    a |= {7: debit("141"), 8: debit("132"), 9: credit("133"), 11: debit("151"), 12: credit("152")}
    a |= {10: a[8] - a[9], 13: a[11] - a[12], 14: debit("153"), 15: debit("154")}
    a |= {16: a[13] + a[14] + a[15], 17: debit("161"), 18: credit("162"), 20: debit("134"), 21: debit("171")}
    a[19] = a[17] - a[18]
    a[22] = a[7] + a[10] + a[16] + a[19] + a[20] + a[21]
    a[23] = a[6] + a[22]
    liabilities = {1: credit("201"), 2: credit("211") + files.owed_by_us("113", at_end=at_end)}
    liabilities |= {3: credit("212"), 4: credit("213"), 5: credit("214")}
    liabilities[6] = sum(liabilities.values())
    liabilities |= {7: credit("221"), 8: credit("231"), 9: credit("241")}
    liabilities[10] = liabilities[7] + liabilities[8] + liabilities[9]
    liabilities[11] = liabilities[6] + liabilities[10]
    equity = {1: credit("301"), 2: credit("311"), 3: credit("321", "322", "5")}
    equity[4] = sum(equity.values())
    found = {f"A{n}": amount for n, amount in a.items()}
    found |= {f"L{n}": amount for n, amount in liabilities.items()}
    found |= {f"E{n}": amount for n, amount in equity.items()}
    return found | {"T": liabilities[11] + equity[4]}


def income_by_hand() -> dict[str, int]:
    """The collective's 收益及收益分配表; nothing was distributed in 2025."""
    files = Files.of("collective")
    r = {1: files.income("501"), 2: files.income("502"), 3: files.income("503"), 4: files.expense("511")}
    r |= {5: files.expense("512"), 6: files.expense("513"), 8: files.income("504")}
    r |= {9: files.expense("514"), 10: files.expense("515"), 12: files.expense("521")}
    r[7] = r[1] + r[2] + r[3] - r[4] - r[5] - r[6]
    r[11] = r[7] + r[8] - r[9] - r[10]
    r[13] = r[11] - r[12]
    r |= {14: files.credit("321", "322", at_end=False), 15: 0, 17: 0, 18: 0, 19: 0}
    r[16] = r[13] + r[14]
    r[20] = r[16]
    return {f"R{n}": amount for n, amount in r.items()} | {"R6a": files.expense("51309")}


def test_the_balance_sheet_is_what_the_files_add_up_to(closed):
    table = figures(closed, "balance-sheet", "collective")
    assert column(table, "closing") == balance_sheet_by_hand(at_end=True)
    assert column(table, "opening") == balance_sheet_by_hand(at_end=False)


def test_both_sides_of_the_balance_sheet_are_equal(closed):
    for day in (date(2025, 1, 31), date(2025, 6, 15), date(2025, 12, 30), LAST):
        found = column(figures(closed, "balance-sheet", "collective", Span(date(2025, 1, 1), day)), "closing")
        assert found["A23"] == found["T"] > 0
        found = column(figures(closed, "balance-sheet", "committee", Span(date(2025, 1, 1), day)), "closing")
        assert found["A13"] == found["T"] > 0


def test_the_income_statement_is_what_the_files_add_up_to(closed):
    table = figures(closed, "income-distribution", "collective")
    assert column(table, "current") == income_by_hand()
    assert column(table, "previous") == {}
    assert any("上年金额没有录入" in note for note in table.notes)


def test_the_carried_result_is_the_net_income(closed):
    """R13 = what the closing voucher moved from 321 to 322-未分配收益 (X5)."""
    carried = closed.reader().find_voucher("collective", VoucherRef(Month(2025, 13), "记", 33)).voucher
    assert [(x.account, x.debit, x.credit) for x in carried.lines] == [
        ("321", income_by_hand()["R13"], 0),
        ("32202", 0, income_by_hand()["R13"]),
    ]


@pytest.mark.parametrize("ledger", LEDGERS)
def test_carrying_forward_changes_no_figure_of_the_year(closed, tmp_path, ledger):
    """The closing period is left out of what was earned and spent."""
    path = made.demo(tmp_path, closed=False)
    names = ("receipts-payments", "income-distribution") if ledger == "collective" else ("surplus",)
    with open_book(path, Access.READ) as before:
        for name in (*names, "balance-sheet"):
            assert figures(before, name, ledger).rows == figures(closed, name, ledger).rows


def test_the_committees_surplus_is_what_the_files_add_up_to(closed):
    files = Files.of("committee")
    table = figures(closed, "surplus", "committee")
    codes = column(table, "year", by="code")
    assert codes["4401"] == files.income("4401")
    assert codes["440101"] == files.income("440101")
    assert codes["5103"] == files.expense("5103")
    names = column(table, "year", by="name")
    assert names["收入合计"] == files.income("4")
    assert names["支出合计"] == files.expense("5")
    assert names["期初结余"] == files.credit("3101", at_end=False)
    assert names["期末结余"] == files.credit("3101", "4", "5")
    sheet = column(figures(closed, "balance-sheet", "committee"), "closing")
    assert sheet["E1"] == names["期末结余"]
    assert sheet["A1"] == files.debit("1001", "1002")


def test_receipts_and_payments_by_month_add_up_to_the_year(closed):
    months = [
        column(
            figures(closed, "receipts-payments", "collective", Span.of_month(Month(2025, n))),
            "period",
            "name",
        )
        for n in range(1, 13)
    ]
    year = column(figures(closed, "receipts-payments", "collective"), "year", by="name")
    for name in ("收入合计", "支出合计", "收支差额", "经营收入", "管理费用"):
        assert sum(month.get(name, 0) for month in months) == year[name]
    assert year["收支差额"] == income_by_hand()["R13"]


@pytest.mark.parametrize(
    ("report", "ledger", "rules"),
    [
        (
            "balance-sheet",
            "collective",
            ["X1", "X2", "X3", "X6", "X8", "X11", "X11", "X12", "X12", "X15"],
        ),
        ("income-distribution", "collective", ["X3", "X4", "X5", "X7", "X13", "X13"]),
        ("receipts-payments", "collective", ["X7"]),
        ("balance-sheet", "committee", ["X1", "X2", "X3", "X8", "X11", "X11", "X12", "X12", "X15"]),
        ("surplus", "committee", ["X3", "X4", "X13"]),
    ],
)
def test_every_cross_check_is_asked_and_agrees(closed, report, ledger, rules):
    table = figures(closed, report, ledger)
    assert [check.rule for check in table.checks] == rules
    assert [check.text for check in table.checks if not check.ok] == []
    assert table.warnings == ()


def test_what_cannot_be_checked_yet_is_said_and_not_passed(closed):
    unasked = {x.rule: x.why for x in figures(closed, "balance-sheet", "collective").unasked}
    assert unasked["X10"] == "无形资产卡片未启用"
    assert "X1" not in unasked
    income = figures(closed, "income-distribution", "collective").unasked
    assert {(x.rule, x.why) for x in income} == {("X4", "没有上年的数"), ("X14", "成员分配明细表未启用")}


@pytest.mark.parametrize("ledger", LEDGERS)
def test_nothing_is_left_on_the_accounts_of_the_year(closed, ledger):
    result = {"5", "321", "32201"} if ledger == "collective" else {"4", "5", "3201"}
    left = {
        t.account: t.closing
        for t in closed.reader().turnovers(ledger, YEAR)
        if t.account.startswith(tuple(result)) and t.closing
    }
    assert left == {}


@pytest.mark.parametrize("ledger", LEDGERS)
def test_the_next_year_opens_where_this_one_ended(closed, ledger):
    next_year = Span(date(2026, 1, 1), date(2026, 1, 31))
    ended = {t.account: t.closing for t in closed.reader().turnovers(ledger, YEAR) if t.closing}
    opened = {t.account: t.opening for t in closed.reader().turnovers(ledger, next_year) if t.opening}
    assert opened == ended
    sheet = figures(closed, "balance-sheet", ledger, next_year)
    assert column(sheet, "opening") == column(figures(closed, "balance-sheet", ledger), "closing")
    if ledger == "collective":
        income = figures(closed, "income-distribution", ledger, next_year)
        assert column(income, "previous") == income_by_hand()
        assert column(income, "current")["R14"] == income_by_hand()["R20"]


@pytest.mark.parametrize(("ledger", "net"), [("collective", "净收益"), ("committee", "收支结余")])
def test_hledger_computes_the_same_net_income(closed, tmp_path, ledger, net):
    reader = closed.reader()
    vouchers = [v for v in reader.posted_vouchers(ledger, YEAR) if not v.ref.month.is_closing]
    journal = hledger.write_journal(
        tmp_path / "a.journal", reader.chart(ledger), YEAR.first, reader.opening_lines(ledger), vouchers
    )
    found = hledger.balances(journal, date(2026, 1, 1))
    income = -sum(fen for code, fen in found.items() if code[0] in ("5" if ledger == "collective" else "45"))
    report, key = ("income-distribution", "current") if ledger == "collective" else ("surplus", "year")
    ours = {
        k.removeprefix("四、"): v for k, v in column(figures(closed, report, ledger), key, by="name").items()
    }
    assert ours[net] == income != 0


@pytest.mark.parametrize("ledger", LEDGERS)
def test_hledger_finds_the_closed_books_closed(closed, tmp_path, ledger):
    reader = closed.reader()
    of_year = [v for v in reader.posted_vouchers(ledger, YEAR) if not v.ref.month.is_closing]
    carried = reader.vouchers_by_id([v.id for v in reader.vouchers(ledger, month=Month(2025, 13))])
    journal = hledger.write_journal(
        tmp_path / "b.journal",
        reader.chart(ledger),
        YEAR.first,
        reader.opening_lines(ledger),
        [*of_year, *carried],
    )
    ours = {t.account: t.closing for t in reader.turnovers(ledger, YEAR) if t.closing}
    assert hledger.balances(journal, date(2026, 1, 1)) == ours


def test_the_closed_book_is_whole(closed):
    assert inspect(closed) == []


@pytest.mark.parametrize(
    ("report", "ledger"),
    [
        ("balance-sheet", "collective"),
        ("income-distribution", "collective"),
        ("receipts-payments", "collective"),
        ("balance-sheet", "committee"),
        ("surplus", "committee"),
    ],
)
def test_the_statement_reads_like_this(closed, snapshot, report, ledger):
    table = figures(closed, report, ledger)
    lines = [f"{table.title} {table.entity} {' '.join(table.heading)}"]
    lines.append(" | ".join(column.label for column in table.columns))
    for row in table.rows:
        cells = [
            format_fen(cell) if c.kind is Kind.MONEY and isinstance(cell, int) else str(cell or "")
            for c, cell in zip(table.columns, row.cells, strict=True)
        ]
        lines.append(f"{row.role.value:8} {'  ' * (row.level - 1)}{' | '.join(cells)}")
    lines += [f"{check.rule} {check.ok} {check.text}" for check in table.checks]
    assert "\n".join([*lines, *table.notes, *table.warnings]) == snapshot
