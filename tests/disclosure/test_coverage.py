"""Nothing falls off the wall: every line on cash and bank is told once on sheet A, under one item of sheet B."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import COLLECTIVE, Village, a_village
from village_ledger.domain.chart import Chart, LedgerKind, Money
from village_ledger.domain.period import Month, Span
from village_ledger.domain.voucher import StoredVoucher, Voucher, VoucherLine, VoucherRef, VoucherState
from village_ledger.reports.catalogue import ReportRequest, make
from village_ledger.reports.disclosure import item_rules
from village_ledger.reports.disclosure.disclosure import SheetFigures, sheet_a_table
from village_ledger.reports.disclosure.item_rules import items_for
from village_ledger.reports.issuer import Issuer
from village_ledger.reports.table import Check, Role, Table
from village_ledger.resources_dir import resource

FIRST, LAST = date(2025, 1, 1), date(2025, 3, 31)
QUARTER = Span(FIRST, LAST)
BESIDE = ("501", "502", "504", "511", "112", "211", "212", "241", "231", "151", "311", "32201")
ISSUER = Issuer("青山村", COLLECTIVE, LedgerKind.COLLECTIVE, "集体经济组织账", "青山村股份经济合作社")
amounts = st.integers(1, 9_999_999).map(lambda fen: fen) | st.integers(-500_000, -1)


@pytest.fixture(scope="module")
def chart() -> Iterator[Chart]:
    with a_village() as village:
        yield village.reader.chart(COLLECTIVE)


def leaf(chart: Chart, code: str) -> str:
    return next(account.code for account in chart if account.is_leaf and account.code.startswith(code))


Entry = tuple[int, list[tuple[str, bool, int]], str]
"""Days after the first, lines of account, side and fen, the account that balances them."""
lines = st.tuples(st.sampled_from(("101", "102", *BESIDE)), st.booleans(), amounts)
entries = st.tuples(
    st.integers(0, 89), st.lists(lines, min_size=1, max_size=5), st.sampled_from(("101", "102", "501"))
)


def voucher(chart: Chart, number: int, entry: Entry) -> StoredVoucher | None:
    """A posted voucher of some drawn lines, with one more that balances it."""
    days, drawn, last = entry
    made = [
        VoucherLine("事", leaf(chart, code), fen if debit else 0, 0 if debit else fen)
        for code, debit, fen in drawn
    ]
    over = sum(one.debit - one.credit for one in made)
    if not over:
        return None
    made.append(VoucherLine("平", leaf(chart, last), -over if over < 0 else 0, max(0, over)))
    day = FIRST + timedelta(days=days)
    ref = VoucherRef(Month.of(day), "记", number)
    return StoredVoucher(
        number, COLLECTIVE, ref, Voucher(day, tuple(made)), VoucherState.POSTED, "王秀英", ""
    )


def sheet(chart: Chart, vouchers: list[StoredVoucher], booked: tuple[int, int]) -> Table:
    figures = SheetFigures(
        QUARTER, dict.fromkeys(Money, 0), vouchers, items=items_for("collective_2023"), booked=booked
    )
    return sheet_a_table(ISSUER, chart, figures)


def proof(table: Table, rule: str) -> Check:
    return next(check for check in table.checks if check.rule == rule)


@settings(max_examples=150, deadline=None)
@given(st.lists(entries, max_size=8))
def test_every_line_on_cash_and_bank_is_told_exactly_once(chart: Chart, drawn: list[Entry]):
    found = [voucher(chart, number, entry) for number, entry in enumerate(drawn, 1)]
    posted = [one for one in found if one is not None]
    money = [x for one in posted for x in one.voucher.lines if chart.get(x.account).money is not None]
    booked = sum(x.debit for x in money), sum(x.credit for x in money)
    table = sheet(chart, posted, booked)
    assert [check for check in table.checks if not check.ok] == []
    for key in ("income", "expense"):
        assert total(table, key, Role.DETAIL) == total(table, key, Role.SUBTOTAL) == table.facts[key]


def total(table: Table, key: str, role: Role) -> int:
    place = table.column_index(key)
    values = (row.cells[place] for row in table.rows if row.role is role)
    return sum(value for value in values if isinstance(value, int))


def test_a_line_the_sheet_would_lose_fails_the_proof(chart: Chart):
    sold = voucher(chart, 1, (3, [("501", False, 600_00)], "102"))
    assert sold is not None
    assert proof(sheet(chart, [sold], (600_00, 0)), "每笔钱都在表上").ok
    lost = proof(sheet(chart, [], (600_00, 0)), "每笔钱都在表上")
    assert not lost.ok
    assert lost.evidence == "进 0.00 = 600.00；出 0.00 = 0.00"
    assert not proof(sheet(chart, [sold, sold], (600_00, 0)), "每笔钱都在表上").ok


def test_what_only_moves_money_counts_once_too(chart: Chart):
    moved = voucher(chart, 1, (3, [("101", True, 500_00)], "102"))
    assert moved is not None
    table = sheet(chart, [moved], (500_00, 500_00))
    assert proof(table, "每笔钱都在表上").ok
    assert any("记-0001（事 500.00）" in note for note in table.notes)


@pytest.fixture
def edited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The items of the collective in a file a county may edit."""
    own = tmp_path / "items_collective.toml"
    own.write_text(
        resource("disclosure", "items_collective.toml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    monkeypatch.setattr(item_rules, "resource", lambda *_: own)
    item_rules.items_for.cache_clear()
    yield own
    item_rules.items_for.cache_clear()


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    item_rules.items_for.cache_clear()


def of_book(village: Village, report: str) -> Table:
    return make(village.reader, report, ReportRequest(COLLECTIVE, QUARTER))


def test_an_account_two_items_claim_is_named_on_both_sheets(village: Village, edited: Path):
    village.posted("2025-01-08", "收租金", "借 102 6000; 贷 504 6000")
    edit(
        edited,
        'name = "投资收益"\ntake = [{ account = "502", measure = "net" }]',
        'name = "投资收益"\ntake = [{ account = "502", measure = "net" }, { account = "504", measure = "net" }]',
    )
    claimed = proof(of_book(village, "disclosure"), "每笔钱只归一项")
    assert (claimed.ok, claimed.text) == (False, "504 其他收入 同时归到第10项和第18项")
    twice = proof(of_book(village, "disclosure-items"), "每个科目只归一项")
    assert not twice.ok
    assert "504 其他收入 同时归到第10项和第18项" in twice.evidence


def test_an_account_no_item_takes_is_named_on_both_sheets(village: Village, edited: Path):
    village.posted("2025-01-08", "收租金", "借 102 6000; 贷 504 6000")
    edit(edited, 'take = [{ account = "504", measure = "net" }]', "take = []")
    lost = proof(of_book(village, "disclosure"), "每笔钱只归一项")
    assert (lost.ok, lost.text) == (False, "504 其他收入 没有归到任何一项")
    assert proof(of_book(village, "disclosure"), "每笔钱都在表上").ok
    nowhere = proof(of_book(village, "disclosure-items"), "每个科目都归到")
    assert (nowhere.ok, nowhere.evidence) == (False, "504 其他收入")


def test_an_account_without_a_figure_may_wait_for_its_item(village: Village, edited: Path):
    village.posted("2025-01-08", "收租金", "借 102 6000; 贷 501 6000")
    edit(edited, 'take = [{ account = "504", measure = "net" }]', "take = []")
    assert proof(of_book(village, "disclosure"), "每笔钱只归一项").ok
    assert proof(of_book(village, "disclosure-items"), "每个科目都归到").ok
