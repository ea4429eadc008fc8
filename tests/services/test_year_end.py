"""Carrying the year forward: which vouchers, in which period, once, and for good."""

from __future__ import annotations

import sqlite3
from datetime import date

import pytest

from tests.builders import COLLECTIVE, COMMITTEE, LI, Village, draft
from tests.services.months import close, close_through, close_year, lines, reopen, state_of
from village_ledger.domain.errors import LedgerError, PeriodError, VoucherError
from village_ledger.domain.period import Month, MonthState, Span
from village_ledger.domain.voucher import StoredVoucher, VoucherState

RENT = "借 101 600; 贷 501 600"
DECEMBER = Month(2025, 12)


@pytest.fixture
def december(village: Village) -> Village:
    """A year with income, expense and an appropriation, closed through December."""
    village.open_with("借 101 5000", "贷 301 4000", "贷 32202 1000")
    village.posted("2025-03-08", "收租金", "借 101 6200; 贷 501 6200")
    village.posted("2025-05-08", "付水费", "借 513 1300.50; 贷 101 1300.50")
    village.posted("2025-12-30", "提取公积公益金", "借 3220101 500; 贷 311 500")
    village.posted("2025-12-31", "收利息", "借 101 0.05; 贷 504 0.05")
    close_through(village, 12)
    return village


class TestCarryingTheYearForward:
    def test_income_expense_result_appropriations(self, december: Village):
        made = close_year(december)
        assert [lines(voucher) for voucher in made] == [
            [("501", 620_000, 0), ("504", 5, 0), ("321", 0, 620_005)],
            [("513", 0, 130_050), ("321", 130_050, 0)],
            [("321", 489_955, 0), ("32202", 0, 489_955)],
            [("3220101", 0, 50_000), ("32202", 50_000, 0)],
        ]
        assert december.balance("32202") == -(100_000 + 489_955 - 50_000)
        assert [december.balance(code) for code in ("501", "504", "513", "321", "3220101")] == [0] * 5

    def test_the_vouchers_number_on_in_a_period_of_their_own(self, december: Village):
        made = close_year(december)
        assert [str(voucher.ref) for voucher in made] == [f"2025-13/记-000{n}" for n in (3, 4, 5, 6)]
        assert {voucher.voucher.day for voucher in made} == {date(2025, 12, 31)}
        assert {voucher.state for voucher in made} == {VoucherState.POSTED}
        assert december.reader.gaps(COLLECTIVE) == []
        assert december.verify() == []

    def test_december_closes_first(self, village: Village):
        close_through(village, 11)
        with pytest.raises(PeriodError, match="2025年12月还没有结账"):
            close_year(village)
        with pytest.raises(PeriodError, match="2030年12月还没有结账"):
            close_year(village, year=2030)

    def test_once_a_year(self, december: Village):
        close_year(december)
        with pytest.raises(PeriodError, match="2025年已经年终结转过"):
            close_year(december)
        assert len(december.reader.vouchers(COLLECTIVE, month=Month(2025, 13))) == 4

    def test_afterwards_december_is_not_reopened(self, december: Village):
        close_year(december)
        with pytest.raises(PeriodError):
            reopen(december, DECEMBER)
        assert state_of(december, DECEMBER) is MonthState.CLOSED

    def test_before_it_december_can_be_reopened(self, december: Village):
        reopen(december, DECEMBER)
        december.posted("2025-12-31", "补记租金", RENT)
        close(december, DECEMBER)
        assert str(close_year(december)[0].ref) == "2025-13/记-0004"

    def test_a_loss_goes_the_other_way(self, village: Village):
        village.open_with("借 101 5000", "贷 301 5000")
        village.posted("2025-05-08", "付水费", "借 513 1300; 贷 101 1300")
        close_through(village, 12)
        made = close_year(village)
        assert lines(made[-1]) == [("321", 0, 130_000), ("32202", 130_000, 0)]
        assert village.balance("32202") == 130_000

    def test_a_year_without_a_voucher_carries_nothing(self, village: Village):
        close_through(village, 12)
        assert close_year(village) == []
        with pytest.raises(PeriodError, match="已经年终结转过"):
            close_year(village)

    def test_the_committees_surplus_goes_to_its_own_accounts(self, village: Village):
        village.posted("2025-03-08", "收办公经费", "借 1001 800; 贷 4401 800", COMMITTEE)
        village.posted("2025-05-08", "付电费", "借 5102 300; 贷 1001 300", COMMITTEE)
        close_through(village, 12, COMMITTEE)
        made = close_year(village, COMMITTEE)
        assert lines(made[-1]) == [("3201", 50_000, 0), ("3101", 0, 50_000)]
        assert village.balance("3101", ledger=COMMITTEE) == -50_000

    def test_next_year_opens_with_what_was_carried(self, december: Village):
        close_year(december)
        december.posted("2026-01-08", "收租金", RENT)
        january = Span.of_month(Month(2026, 1))
        opened = {t.account: t.opening for t in december.reader.turnovers(COLLECTIVE, january) if t.opening}
        assert opened == {"101": 989_955, "301": -400_000, "311": -50_000, "32202": -539_955}

    def test_next_year_may_begin_before_this_one_is_carried_forward(self, december: Village):
        december.posted("2026-01-08", "收租金", RENT)
        before = december.balance("101", "2026-01-31")
        close_year(december)
        assert december.balance("101", "2026-01-31") == before
        assert december.balance("501", "2026-01-31") == -60_000
        assert december.verify() == []


class TestACarryForwardVoucherStays:
    @pytest.fixture
    def carried(self, december: Village) -> tuple[Village, StoredVoucher]:
        return december, close_year(december)[0]

    def test_it_is_neither_edited_void_nor_deleted(self, carried):
        village, voucher = carried
        for act in (
            lambda: village.void(voucher),
            lambda: village.delete_last(voucher),
            lambda: village.unreview(voucher, by=LI),
            lambda: village.save(draft("2025-12-31", "改", RENT, editing=voucher.id)),
        ):
            with pytest.raises(LedgerError):
                act()
        assert lines(village.again(voucher)) == lines(voucher)

    @pytest.mark.parametrize("day", ["2025-12-31", "2026-01-08"])
    def test_it_is_not_reversed(self, carried, day: str):
        village, voucher = carried
        with pytest.raises(VoucherError, match="是年终结转凭证，不能冲销"):
            village.reverse(voucher, day)

    @pytest.mark.parametrize(
        "sql",
        [
            "UPDATE voucher_line SET debit = 1 WHERE voucher_id = {id} AND line = 1",
            "DELETE FROM voucher WHERE id = {id}",
            "UPDATE period SET state = 'open' WHERE month = '2025-12' AND ledger_id = 1",
            (
                "INSERT INTO voucher (id, ledger_id, month, word, number, day, kind, attachments, state, prepared_by, "
                "prepared_at, salt) VALUES (99, 1, '2025-13', '记', 7, '2025-12-31', 'generated', 0, 'entered', '某人', 'x', "
                "zeroblob(16))"
            ),
        ],
    )
    def test_no_sql_tool_changes_it(self, carried, sql: str):
        village, voucher = carried
        with village.raw() as raw, pytest.raises(sqlite3.IntegrityError, match="账没有变化"):
            raw.execute(sql.format(id=voucher.id))
        assert village.verify() == []
