"""Closing and reopening months: what keeps a month open, and what stays shut."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from tests.builders import COLLECTIVE, COMMITTEE, WANG, ZHAO, Village, draft, in_file
from tests.exchange.files import write_csv
from tests.services.months import close, close_through, reopen, state_of
from village_ledger.cli.main import main
from village_ledger.domain.errors import DutyError, LedgerError, PeriodError
from village_ledger.domain.period import Month, MonthState
from village_ledger.services.check_item import Verdict
from village_ledger.services.closing import closing
from village_ledger.services.closing.close_check import check_list
from village_ledger.storage.file.book_file import Access, open_book

RENT = "借 101 600; 贷 501 600"
JANUARY, DECEMBER = Month(2025, 1), Month(2025, 12)


class TestWhatKeepsAMonthOpen:
    def refused(self, village: Village, month: Month, words: str, ledger: str = COLLECTIVE) -> None:
        with pytest.raises(PeriodError, match=words):
            close(village, month, ledger)
        assert state_of(village, month, ledger) is MonthState.OPEN

    def test_a_month_before_it_is_open(self, village: Village):
        self.refused(village, Month(2025, 3), "前面还有 2 个月没有结账（2025-01、2025-02）")

    def test_a_voucher_that_is_not_posted(self, village: Village):
        village.posted("2025-01-08", "收租金", RENT)
        village.reviewed("2025-01-09", "收租金", RENT)
        self.refused(village, JANUARY, "有 1 张凭证没有记账（2025-01/记-0002）")

    def test_a_number_that_is_missing(self, village: Village):
        first, second, third = (village.entered(f"2025-01-0{n}", "收租金", RENT) for n in (7, 8, 9))
        with village.raw() as raw:
            for table in ("unposted", "voucher_line"):
                raw.execute(f"DELETE FROM {table} WHERE voucher_id = ?", (second.id,))
            raw.execute("DELETE FROM voucher WHERE id = ?", (second.id,))
        village.review(first, third)
        village.post(first, third)
        self.refused(village, JANUARY, "凭证断号（缺 记-0002）")

    def test_cash_below_zero_on_one_day(self, village: Village):
        village.posted("2025-01-08", "付水费", "借 513 600; 贷 101 600")
        village.posted("2025-01-09", "收租金", "借 101 900; 贷 501 900")
        self.refused(village, JANUARY, "库存现金有 1 天日终小于零（2025-01-08 101 库存现金 -600.00）")

    def test_an_overdrawn_bank_account_only_warns(self, village: Village):
        village.posted("2025-01-08", "付水费", "借 513 600; 贷 102 600")
        assert any("银行存款有 1 天日终小于零" in warning for warning in close(village, JANUARY).warnings)

    def test_mirrors_that_differ(self, village: Village):
        committee = village.reader.ledger(COMMITTEE).entity
        village.open_with("借 101 1000", "贷 301 1000")
        village.posted("2025-01-08", "代垫电费", f"借 112@{committee} 600; 贷 101 600")
        self.refused(village, JANUARY, "集体应收村委会款和村委会应付集体款不一致（集体账 112：600.00")
        self.refused(village, JANUARY, "不一致", COMMITTEE)
        village.posted("2025-01-08", "集体代垫电费", "借 5102 600; 贷 2202 600", COMMITTEE)
        close(village, JANUARY)
        close(village, JANUARY, COMMITTEE)
        assert state_of(village, JANUARY, COMMITTEE) is MonthState.CLOSED

    def test_losses_not_dealt_with_warn_in_the_year_and_fail_at_its_end(self, village: Village):
        village.open_with("借 121 1000", "贷 301 1000")
        village.posted("2025-11-08", "盘亏", "借 181 300; 贷 121 300")
        close_through(village, 10)
        warnings = close(village, Month(2025, 11)).warnings
        assert "181 待处理财产损溢还有余额 300.00。" in warnings
        self.refused(village, DECEMBER, "181 待处理财产损溢还有余额 300.00")
        village.posted("2025-12-08", "盘亏处理", "借 515 300; 贷 181 300")
        close(village, DECEMBER)

    def test_every_fault_is_named_at_once(self, village: Village):
        village.posted("2025-02-08", "付水费", "借 513 600; 贷 101 600")
        village.entered("2025-02-09", "付水费", "借 513 1; 贷 102 1")
        with pytest.raises(PeriodError) as refusal:
            close(village, Month(2025, 2))
        assert [word in str(refusal.value) for word in ("没有结账", "没有记账", "小于零")] == [True] * 3

    def test_a_month_is_closed_once(self, village: Village):
        close(village, JANUARY)
        with pytest.raises(PeriodError, match="2025年1月已经结过账"):
            close(village, JANUARY)

    def test_a_month_outside_the_books(self, village: Village):
        with pytest.raises(PeriodError, match="2024年12月不在这本账的年度里"):
            close(village, Month(2024, 12))

    def test_somebody_closes(self, village: Village):
        with pytest.raises(LedgerError), village.book.unit_of_work(" ") as uow:
            closing.close(uow, COLLECTIVE, JANUARY)

    def test_ledgers_close_each_for_itself(self, village: Village):
        close(village, JANUARY)
        assert state_of(village, JANUARY, COMMITTEE) is MonthState.OPEN

    def test_the_check_list_says_what_passed(self, village: Village):
        village.posted("2025-01-08", "收租金", "借 102 6; 贷 501 6")
        found = {item.rule: item.verdict for item in check_list(village.reader, COLLECTIVE, JANUARY)}
        warned = {rule for rule, verdict in found.items() if verdict is Verdict.WARN}
        assert warned == {"K9", "K17"}
        assert Verdict.FAIL not in found.values()

    def test_the_log_keeps_the_warnings(self, village: Village):
        village.posted("2025-01-08", "收租金", "借 102 6; 贷 501 6")
        close(village, JANUARY)
        (record,) = [o for o in village.reader.operations() if o.action == "结账"]
        assert (record.by, record.ledger, record.subject) == (WANG, COLLECTIVE, "2025-01")
        assert "还没有录入本月的银行对账单" in record.detail


@pytest.fixture
def shut(village: Village) -> Village:
    """January closed with a posted voucher; February open with another."""
    village.posted("2025-01-08", "收租金", RENT)
    village.posted("2025-02-08", "收租金", RENT)
    close(village, JANUARY)
    return village


class TestNothingEntersAClosedMonth:
    @pytest.fixture(autouse=True)
    def _unchanged(self, shut: Village):
        before = shut.numbers("2025-01"), shut.balance("101", "2025-01-31")
        yield
        assert (shut.numbers("2025-01"), shut.balance("101", "2025-01-31")) == before
        assert shut.verify() == []

    def test_typed(self, shut: Village):
        with pytest.raises(PeriodError, match="2025年1月已结账"):
            shut.entered("2025-01-09", "收租金", RENT)

    def test_moved_there_by_editing(self, shut: Village):
        mine = shut.entered("2025-02-09", "收租金", RENT)
        with pytest.raises(LedgerError):
            shut.save(draft("2025-01-09", "收租金", RENT, editing=mine.id))
        assert shut.again(mine).voucher.day == date(2025, 2, 9)

    @pytest.mark.parametrize("post", [True, False])
    def test_imported(self, shut: Village, post: bool):
        file = [
            in_file(draft("2025-02-09", "收租金", RENT), 2),
            in_file(draft("2025-01-09", "收租金", RENT), 2),
        ]
        with pytest.raises(LedgerError, match="1月"):
            shut.take_in(*file, post=post)
        assert shut.numbers("2025-02") == [(1, 8, "posted")]

    def test_reversed_into_it(self, shut: Village):
        (january,) = shut.reader.vouchers(COLLECTIVE, month=JANUARY)
        with pytest.raises(PeriodError, match="2025年1月已结账"):
            shut.reverse(shut.reader.voucher(january.id), "2025-01-20")

    def test_its_vouchers_are_corrected_in_an_open_month(self, shut: Village):
        (january,) = shut.reader.vouchers(COLLECTIVE, month=JANUARY)
        red = shut.reverse(shut.reader.voucher(january.id), "2025-02-20")
        assert str(red.ref) == "2025-02/记-0002"

    def test_void_delete_resort_review(self, shut: Village):
        (summary,) = shut.reader.vouchers(COLLECTIVE, month=JANUARY)
        voucher = shut.reader.voucher(summary.id)
        for act in (
            lambda: shut.void(voucher),
            lambda: shut.delete_last(voucher),
            lambda: shut.unreview(voucher),
            lambda: shut.save(draft("2025-01-08", "改", RENT, editing=voucher.id)),
        ):
            with pytest.raises(LedgerError):
                act()

    @pytest.mark.parametrize("command", ["import", "reverse"])
    def test_at_the_command_line(self, shut: Village, tmp_path: Path, capsys, command: str):
        shut.book.close()
        rows = [
            ("2025-01-09", "记", "2", "收租金", "101", "600", "", "", "", "1"),
            ("2025-01-09", "记", "2", "收租金", "501", "", "600", "", "", "1"),
        ]
        argv = {
            "import": ["vouchers", shut.path, write_csv(tmp_path / "a.csv", rows), "--post"],
            "reverse": [
                *(shut.path, "--voucher", "2025-01/记-0001", "--date", "2025-01-31"),
                *("--by", WANG, "--reason", "错"),
            ],
        }[command]
        assert main([command, *map(str, argv), "--ledger", COLLECTIVE]) == 1
        assert "1月" in capsys.readouterr().err
        shut.book = open_book(shut.path, Access.WRITE, WANG)

    @pytest.mark.parametrize(
        "sql",
        [
            (
                "INSERT INTO voucher (id, ledger_id, month, word, number, day, kind, attachments, state, prepared_by, "
                "prepared_at, salt) VALUES (99, 1, '2025-01', '记', 2, '2025-01-09', 'normal', 1, 'entered', '某人', 'x', "
                "zeroblob(16))"
            ),
            "UPDATE voucher SET month = '2025-01', day = '2025-01-09' WHERE month = '2025-02'",
            "DELETE FROM voucher WHERE month = '2025-01'",
            "DELETE FROM period WHERE month = '2025-01'",
            "UPDATE period SET month = '2024-01' WHERE month = '2025-01' AND ledger_id = 1",
        ],
    )
    def test_with_any_sql_tool(self, shut: Village, sql: str):
        with shut.raw() as raw, pytest.raises(sqlite3.IntegrityError, match="账没有变化"):
            raw.execute(sql)


def test_opening_balances_cannot_change_after_the_first_close(village: Village):
    close(village, JANUARY)
    with pytest.raises(LedgerError):
        village.open_with("借 101 1000", "贷 301 1000")
    assert village.reader.opening_lines(COLLECTIVE) == []


class TestReopening:
    def test_two_people_a_reason_and_the_latest_month(self, shut: Village):
        close(shut, Month(2025, 2))
        with pytest.raises(DutyError, match="不能和申请人是同一个人"):
            reopen(shut, Month(2025, 2), approved_by=f" {WANG} ")
        with pytest.raises(DutyError, match="要另一个人批准"):
            reopen(shut, Month(2025, 2), approved_by="")
        with pytest.raises(PeriodError, match="要写明原因"):
            reopen(shut, Month(2025, 2), reason=" ")
        with pytest.raises(PeriodError, match="现在能反结账的只有 2025年2月"):
            reopen(shut, JANUARY)
        reopen(shut, Month(2025, 2))
        assert state_of(shut, Month(2025, 2)) is MonthState.OPEN
        reopen(shut, JANUARY)
        assert shut.reader.reopened_months(COLLECTIVE) == [JANUARY, Month(2025, 2)]

    def test_nothing_closed_nothing_to_reopen(self, village: Village):
        with pytest.raises(PeriodError, match="现在没有能反结账的月份"):
            reopen(village, JANUARY)

    def test_a_sealed_month_stays_shut(self, shut: Village):
        shut.set_month("2025-01", MonthState.SEALED)
        with pytest.raises(PeriodError):
            reopen(shut, JANUARY)

    def test_it_is_remembered_when_the_month_is_closed_again(self, shut: Village):
        reopen(shut, JANUARY)
        shut.posted("2025-01-20", "补记租金", RENT)
        close(shut, JANUARY)
        assert shut.reader.reopened_months(COLLECTIVE) == [JANUARY]
        (record,) = [o for o in shut.reader.operations() if o.action == "反结账"]
        assert (record.subject, record.detail) == ("2025-01", f"批准人：{ZHAO}；原因：漏了一张发票")
        assert shut.verify() == []

    def test_a_refused_reopening_leaves_no_trace(self, shut: Village):
        with pytest.raises(DutyError):
            reopen(shut, JANUARY, approved_by=WANG)
        assert [o for o in shut.reader.operations() if o.action == "反结账"] == []
        assert state_of(shut, JANUARY) is MonthState.CLOSED
