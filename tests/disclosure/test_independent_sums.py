"""Every sheet's totals worked out once more from nothing but the opening and the vouchers' lines, and by hledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.builders import COLLECTIVE, COMMITTEE
from tests.cli.hledger import balances, write_journal
from tests.disclosure.demo_wall import demo_reader
from village_ledger.domain.chart import Chart
from village_ledger.domain.period import Span
from village_ledger.domain.voucher import StoredVoucher
from village_ledger.reports.catalogue import ReportRequest, make
from village_ledger.reports.table import Role, Table
from village_ledger.storage.reader import Reader

__all__ = ["demo_reader"]
SPANS = {
    "year": Span(date(2025, 1, 1), date(2025, 12, 31)),
    "quarter": Span(date(2025, 4, 1), date(2025, 6, 30)),
    "month": Span(date(2025, 9, 1), date(2025, 9, 30)),
}
EVER = Span(date(2024, 1, 1), date(2026, 1, 31))
ITEMS = {
    COLLECTIVE: {
        (8, 9, 10): (("501", "502"), -1),
        (12,): (("503",), -1),
        (17, 18): (("504", "154"), -1),
        (19,): (("511", "512"), 1),
        (20, 21, 22): (("513",), 1),
        (23,): (("514",), 1),
        (27, 28): (("515", "521"), 1),
    },
    COMMITTEE: {
        (3,): (("4401",), -1),
        (5,): (("4403",), -1),
        (6,): (("4501",), -1),
        (10,): (("4901",), -1),
    },
}
"""Items of sheet B together, and the accounts whose turnover they are (-1 credit less debit)."""


@dataclass(frozen=True)
class Books:
    """The opening and every posted line, as plain figures."""

    ledger: str
    chart: Chart
    opening: dict[str, int]
    vouchers: list[StoredVoucher]

    def lines(self, span: Span, *, carried: bool = False) -> Iterable[tuple[StoredVoucher, str, int, int]]:
        for stored in self.vouchers:
            if span.first <= stored.voucher.day <= span.last and (carried or not stored.voucher.closing):
                for line in stored.voucher.lines:
                    yield stored, line.account, line.debit, line.credit

    def net(self, span: Span, takes: Callable[[str], bool]) -> int:
        return sum(debit - credit for _, account, debit, credit in self.lines(span) if takes(account))

    def closing(self, day: date, takes: Callable[[str], bool]) -> int:
        opening = sum(fen for account, fen in self.opening.items() if takes(account))
        before = Span(date(2000, 1, 1), day)
        return opening + sum(d - c for _, account, d, c in self.lines(before, carried=True) if takes(account))

    def is_money(self, account: str) -> bool:
        return self.chart.get(account).money is not None


@pytest.fixture(scope="module", params=[COLLECTIVE, COMMITTEE])
def books(demo_reader: Reader, request: pytest.FixtureRequest) -> Books:
    ledger = str(request.param)
    opening: dict[str, int] = defaultdict(int)
    for line in demo_reader.opening_lines(ledger):
        opening[line.account] += line.debit - line.credit
    return Books(
        ledger, demo_reader.chart(ledger), dict(opening), list(demo_reader.posted_vouchers(ledger, EVER))
    )


@pytest.fixture(params=list(SPANS.values()), ids=list(SPANS))
def span(request: pytest.FixtureRequest) -> Span:
    assert isinstance(request.param, Span)
    return request.param


def sheet(reader: Reader, books: Books, report: str, span: Span) -> Table:
    return make(reader, report, ReportRequest(books.ledger, span))


def column(table: Table, key: str, role: Role = Role.DETAIL) -> int:
    place = table.column_index(key)
    return sum(v for row in table.rows if row.role is role and isinstance(v := row.cells[place], int))


def of_items(table: Table, numbers: Iterable[int], key: str) -> int:
    place, at, wanted = table.column_index(key), table.column_index("item"), set(map(str, numbers))
    found = (row.cells[place] for row in table.rows if str(row.cells[at]) in wanted)
    return sum(value for value in found if isinstance(value, int))


def test_sheet_a_is_what_moved_the_money(demo_reader: Reader, books: Books, span: Span):
    table = sheet(demo_reader, books, "disclosure", span)
    day_before = span.first - timedelta(days=1)
    assert table.facts["opening"] == books.closing(day_before, books.is_money)
    assert table.facts["closing"] == books.closing(span.last, books.is_money)
    per_voucher: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for stored, account, debit, credit in books.lines(span, carried=True):
        if books.is_money(account):
            per_voucher[stored.id][0] += debit
            per_voucher[stored.id][1] += credit
    net = sum(debit - credit for debit, credit in per_voucher.values())
    assert column(table, "income") - column(table, "expense") == net
    assert column(table, "income") == column(table, "income", Role.SUBTOTAL) == table.facts["income"]
    on_sheet = {int(row.link.key) for row in table.rows if row.role is Role.DETAIL and row.link}
    notes = "".join(table.notes)
    months = span.first.month != span.last.month
    for stored in books.vouchers:
        if span.first <= stored.voucher.day <= span.last:
            name = f"{stored.voucher.day.month}月{stored.ref.short}" if months else stored.ref.short
            assert (stored.id in on_sheet) or name in notes, f"{name} is nowhere"


def test_sheet_b_is_income_and_cost_of_the_accounts(demo_reader: Reader, books: Books, span: Span):
    table = sheet(demo_reader, books, "disclosure-items", span)
    for numbers, (prefixes, sign) in ITEMS[books.ledger].items():
        if 17 in numbers:
            continue  # 154 counts by the money received, held against sheet A's voucher by hand elsewhere
        wanted = sign * books.net(span, lambda code, prefixes=prefixes: code.startswith(prefixes))
        assert of_items(table, numbers, "period") == wanted, numbers
    cash = next(n for n in (29, 19, 20, 21, 22, 23, 24, 25) if "存款" in name_of(table, n))
    assert of_items(table, [cash], "closing") == books.closing(span.last, books.is_money)


def name_of(table: Table, number: int) -> str:
    at, name = table.column_index("item"), table.column_index("name")
    return next((str(row.cells[name]) for row in table.rows if row.cells[at] == number), "")


def test_sheet_c_is_each_purse(demo_reader: Reader, books: Books, span: Span):
    table = sheet(demo_reader, books, "disclosure-money", span)
    keys = [column.key for column in table.columns]
    for row in table.rows:
        if row.role is not Role.DETAIL:
            continue
        cells = dict(zip(keys, row.cells, strict=True))
        code = str(cells["account"])
        came = sum(debit for _, account, debit, _ in books.lines(span, carried=True) if account == code)
        went = sum(credit for _, account, _, credit in books.lines(span, carried=True) if account == code)
        assert (cells["received"], cells["paid"]) == (came, went)
        assert cells["closing"] == books.closing(span.last, lambda account, code=code: account == code)


def test_sheet_d_is_what_stands_with_each_counterparty(demo_reader: Reader, books: Books, span: Span):
    table = sheet(demo_reader, books, "disclosure-claims", span)
    heads = (
        ("112", "113", "20", "21", "22", "23", "24") if books.ledger == COLLECTIVE else ("112", "113", "2")
    )
    keys = [column.key for column in table.columns]
    blocks: dict[str, int] = {}
    for row in table.rows:
        if row.role is Role.SUBTOTAL:
            cells = dict(zip(keys, row.cells, strict=True))
            blocks[str(cells["name"])] = int(str(cells["closing"]))
    owed, owing = blocks.get("欠我们的合计", 0), blocks.get("我们欠的合计", 0)
    assert owed - owing == books.closing(span.last, lambda code: code.startswith(heads))


@pytest.mark.parametrize(
    ("report", "prefixes"),
    [
        ("disclosure-levy", {COLLECTIVE: "231", COMMITTEE: "2302"}),
        ("disclosure-grants", {COLLECTIVE: "241", COMMITTEE: "2301"}),
    ],
)
def test_a_fund_ends_with_what_its_account_has(
    demo_reader: Reader, books: Books, span: Span, report: str, prefixes: dict[str, str]
):
    table = sheet(demo_reader, books, report, span)
    totals = [row for row in table.rows if row.role is Role.TOTAL]
    shown = totals[0].cells[table.column_index("balance")] if totals else 0
    assert shown == -books.closing(span.last, lambda code: code.startswith(prefixes[books.ledger]))


def test_pay_is_what_the_accounts_of_pay_bear(demo_reader: Reader, books: Books, span: Span):
    table = sheet(demo_reader, books, "disclosure-pay", span)
    words = ("工资", "报酬", "误工", "补贴")
    wanted = sum(
        debit - credit
        for stored, account, debit, credit in books.lines(span)
        if account.startswith(("513", "5101", "5103"))
        and any(
            line.account == account and any(word in line.summary for word in words)
            for line in stored.voucher.lines
        )
        and (
            any(word in books.chart.path(account) for word in words)
            or any("误工" in x.summary for x in stored.voucher.lines if x.account == account)
        )
    )
    assert column(table, "amount", Role.TOTAL) == wanted


def test_hledger_says_the_same_of_every_purse_and_every_debt(
    demo_reader: Reader, books: Books, span: Span, tmp_path: Path
):
    start = demo_reader.ledger(books.ledger).start.first
    upto = [one for one in books.vouchers if one.voucher.day <= span.last]
    journal = write_journal(
        tmp_path / "账.journal", books.chart, start, demo_reader.opening_lines(books.ledger), upto
    )
    theirs = balances(journal, span.last + timedelta(days=1))
    table = sheet(demo_reader, books, "disclosure-money", span)
    keys = [column.key for column in table.columns]
    for row in table.rows:
        if row.role is Role.DETAIL:
            cells = dict(zip(keys, row.cells, strict=True))
            assert theirs.get(str(cells["account"]), 0) == cells["closing"]
    account = sheet(demo_reader, books, "disclosure", span)
    whole = sum(fen for code, fen in theirs.items() if books.is_money(code))
    assert account.facts["closing"] == whole
