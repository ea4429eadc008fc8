"""A year of Kingdee's and of T3's books comes in: the trial balance is the old one, the books verify, nothing half done."""

from __future__ import annotations

import sqlite3

import pytest

from tests.builders import QIAN, WANG, ZHAO, Village
from tests.exchange.convert_kingdee import trial_balance
from tests.oldbooks.old_files import BALANCES, FLAT, JOURNAL, KINGDEE, T3, balances, cells, journal
from village_ledger.domain.errors import DutyError, ImportRefused, LedgerError, PeriodError, VoucherError
from village_ledger.domain.old_mapping import Decision
from village_ledger.domain.period import Month, MonthState, Span
from village_ledger.domain.voucher import VoucherRef
from village_ledger.exchange.separation.import_old import OldOptions, import_old, read_old
from village_ledger.reports.catalogue import ReportRequest, make
from village_ledger.services.book.verification import inspect
from village_ledger.services.closing.closing import close
from village_ledger.services.closing.year_end import close_year
from village_ledger.services.oldbooks.scope import Wishes

YEAR = Span.of_year(2024)
LEDGER = "collective"
ACCEPT = OldOptions(accept=True)
RENUMBER = OldOptions(accept=True, wishes=Wishes(renumber=True))


@pytest.fixture
def village(tmp_path):
    with Village.found(tmp_path, start="2024-01") as village:
        yield village


def take(village, files, options=ACCEPT):
    with village.act() as uow:
        return import_old(uow, LEDGER, read_old(uow.reader, LEDGER, files, options.decisions), options)


def refused(village, files, options=ACCEPT):
    with pytest.raises(ImportRefused) as caught:
        take(village, files, options)
    assert village.reader.old_imports(LEDGER) == []
    assert not village.reader.has_opening(LEDGER)
    return caught.value.faults


def first_level(village):
    found = {}
    for t in village.reader.turnovers(LEDGER, YEAR):
        figures = (t.opening, t.debit, t.credit, t.closing)
        code = t.account[:3]
        found[code] = tuple(a + b for a, b in zip(found.get(code, (0, 0, 0, 0)), figures, strict=True))
    return {code: figures for code, figures in found.items() if any(figures)}


def test_the_kingdee_trial_balance_is_the_old_one_account_by_account(village):
    done = take(village, KINGDEE)
    assert (done.value.vouchers, done.value.closing, done.value.openings) == (188, 4, 41)
    expected = {}
    for balance in trial_balance():  # converted by hand through the expected mapping
        code = balance.place[0][:3]
        figures = (balance.opening, balance.debit, balance.credit, balance.closing)
        expected[code] = tuple(a + b for a, b in zip(expected.get(code, (0, 0, 0, 0)), figures, strict=True))
    assert first_level(village) == {code: figures for code, figures in expected.items() if any(figures)}
    assert inspect(village.book) == []


def test_sub_accounts_keep_their_figures(village):
    take(village, KINGDEE)
    charges = {
        village.reader.chart(LEDGER).get(t.account).name: t.debit
        for t in village.reader.turnovers(LEDGER, YEAR)
    }
    assert (charges["干部报酬"], charges["手续费"], charges["公益福利支出"]) == (6_372_000, 38_500, 6_238_580)


def test_members_are_counterparties(village):
    take(village, KINGDEE)
    owed = next(t for t in village.reader.turnovers(LEDGER, YEAR) if t.account == "113")
    assert (owed.opening_debit, owed.opening_credit, owed.closing_debit) == (510_000, 71_481_075, 424_000)


def test_the_year_is_closed_as_it_was_closed_there(village):
    take(village, KINGDEE)
    assert {m.state for m in village.reader.months(LEDGER) if m.month.year == 2024} == {MonthState.CLOSED}
    assert village.reader.year_is_closed(LEDGER, 2024)
    carried = village.reader.vouchers(LEDGER, month=Month(2024, 13))
    assert [v.ref.number for v in carried] == [20, 21, 22, 25]
    assert village.reader.gaps(LEDGER) == []
    rows = {
        row.cells[1]: row.cells[3]
        for row in make(village.reader, "income-distribution", ReportRequest(LEDGER, YEAR)).rows
    }
    assert rows["R13"] == 1_072_646
    with pytest.raises(PeriodError):
        village.entered("2024-06-01", "补记", "借 101 1; 贷 50401 1")


def test_the_appropriation_stays_an_ordinary_december_voucher(village):
    take(village, KINGDEE)
    voucher = village.reader.find_voucher(LEDGER, VoucherRef(Month(2024, 12), "记", 23))
    assert {line.account for line in voucher.voucher.lines} == {"3220101", "31102"}


def test_the_next_year_goes_on(village):
    take(village, KINGDEE)
    village.posted("2025-01-08", "付电费", "借 51307 386.20; 贷 10201 386.20")
    assert inspect(village.book) == []


def test_left_open_our_own_closing_gives_the_same_year(village):
    done = take(village, KINGDEE, OldOptions(accept=True, wishes=Wishes(keep_open=True)))
    assert (done.value.vouchers, done.value.left_out) == (188, 4)
    assert any("4 张年终结转凭证没有导入" in text for text in done.warnings)
    assert village.reader.gaps(LEDGER) == []  # 记-0023, 0024 have moved up behind 0019
    kept = village.reader.find_voucher(LEDGER, VoucherRef(Month(2024, 12), "记", 20))
    assert kept.voucher.lines[0].summary == "提取公积公益金30%（原记-0023）"
    for number in range(1, 13):
        with village.act() as uow:
            close(uow, LEDGER, Month(2024, number))
    with village.act() as uow:
        close_year(uow, LEDGER, 2024)
    closing = {t.account: t.closing for t in village.reader.turnovers(LEDGER, YEAR) if t.closing}
    assert closing["32202"] == -5_008_748
    assert not any(code.startswith("5") for code in closing)


def test_the_t3_gap_is_named_and_nothing_is_taken(village):
    assert refused(village, T3) == [
        "断号：2024-05 缺 记-0009。要接号请加上“重新编号”（--renumber），原号写进摘要。"
    ]


def test_renumbered_the_old_number_stays_in_the_summary(village):
    done = take(village, T3, RENUMBER)
    assert (done.value.vouchers, done.value.closing) == (152, 3)
    moved = village.reader.find_voucher(LEDGER, VoucherRef(Month(2024, 5), "记", 9))
    assert [x.summary for x in moved.voucher.lines] == ["误记（原记-0010）"] * 2
    assert village.reader.gaps(LEDGER) == []
    assert inspect(village.book) == []


def test_the_t3_trial_balance_is_the_old_one_row_for_row(village):
    take(village, T3, RENUMBER)
    found = first_level(village)
    for code, _name, *figures in cells(T3[0]):
        if isinstance(code, str) and len(code) == 3 and code.isdigit():
            opening, credit_opening, debit, credit, closing, credit_closing = (
                round(float(str(x or 0).replace(",", "")) * 100) for x in figures
            )
            assert found.pop(code, (0, 0, 0, 0)) == (
                opening - credit_opening,
                debit,
                credit,
                closing - credit_closing,
            )
    assert found == {}


def test_people_kept_as_sub_accounts_are_counterparties(village):
    take(village, T3, RENUMBER)
    balance = village.reader.party_balance_before(LEDGER, "113", "蔺兴发", YEAR.after)
    assert balance == 100_000
    assert "冉𬭎" in village.reader.counterparties("冉")


def test_only_balances_open_the_year_after(tmp_path):
    with Village.found(tmp_path, start="2025-01") as village:
        done = take(village, KINGDEE)
        assert (done.value.vouchers, done.value.openings) == (0, 31)
        assert any("192 张凭证只用来核对，没有导入" in text for text in done.warnings)
        opened = sum(line.debit for line in village.reader.opening_lines(LEDGER))
        assert opened == 593_813_439
        assert inspect(village.book) == []


def test_a_book_that_begins_in_between_is_refused(tmp_path):
    with Village.found(tmp_path, start="2024-06") as village, pytest.raises(PeriodError) as caught:
        take(village, KINGDEE)
    assert "请建从 2024-01 启用的账；只要余额，请建从 2025-01 启用的账" in caught.value.next_step


def test_what_is_open_is_asked_for_by_name(village):
    faults = refused(village, KINGDEE, OldOptions())
    assert [fault.split(" ")[0] for fault in faults] == ["112.02.01", "212", "322.01.02", "541.06", "541.08"]


def test_decisions_are_remembered_for_the_next_import(village, tmp_path):
    said = {x: Decision() for x in ("1120201", "212", "3220102", "54108")} | {
        "54106": Decision("514", "误工补贴")
    }
    take(village, KINGDEE, OldOptions(said))
    assert village.reader.old_mapping(LEDGER)["54106"].code.startswith("514")
    with village.act() as uow:
        again = read_old(uow.reader, LEDGER, [KINGDEE[0]])
    assert again.open_ones == []
    (labour,) = [x for x in again.proposals if x.old.code == "54106"]
    assert village.reader.chart(LEDGER).path(labour.target) == "公益支出—误工补贴"


def test_the_same_files_are_not_taken_twice(village):
    take(village, T3, RENUMBER)
    with pytest.raises(VoucherError, match="这几个文件已经导入过这本账"):
        take(village, (T3[1], T3[0]), RENUMBER)


def test_an_open_year_may_come_month_by_month(village, tmp_path):
    small = OldOptions(accept=True, wishes=Wishes(keep_open=True))
    (tmp_path / "甲").mkdir()
    take(village, [balances(tmp_path / "甲"), journal(tmp_path / "甲")], small)
    later = [["2024-04-0" + row[0][-1], *row[1:]] if row[0] else row for row in JOURNAL]
    done = take(village, [journal(tmp_path, later)], small)
    assert done.value.vouchers == 2
    assert any("没有科目余额表" in text for text in done.warnings)
    assert [len(x.compared) for x in village.reader.old_imports(LEDGER)] == [4, 3]


def test_numbers_the_book_has_are_named(village, tmp_path):
    take(village, [balances(tmp_path), journal(tmp_path)], OldOptions(wishes=Wishes(keep_open=True)))
    rows = [[*row[:2], (row[2] or "") + "·", *row[3:]] for row in JOURNAL]
    with pytest.raises(ImportRefused) as caught:
        take(village, [journal(tmp_path, rows)])
    assert caught.value.faults[0] == "第3行：凭证 2024-03/记-0001 账里已经有了。"


def test_balances_that_do_not_follow_the_books_are_named(village, tmp_path):
    take(village, [balances(tmp_path)])
    other = [
        ["101", "现金", 90, *BALANCES[0][3:6], 120, None],
        ["301", "资本", None, 90, None, None, None, 90],
        *BALANCES[2:],
    ]
    total = ["合计", None, 90, 90, 70, 70, 140, 140]
    with pytest.raises(ImportRefused) as caught:
        take(village, [balances(tmp_path, other, total), journal(tmp_path)])
    assert any(fault.startswith("101 库存现金：旧账 期初 90.00") for fault in caught.value.faults)


def test_in_a_book_with_staff_the_vouchers_wait(village, tmp_path):
    village.hire(QIAN, "管理员")
    village.hire(WANG, "制单", "主管")
    done = take(village, [balances(tmp_path), journal(tmp_path)])
    assert not done.value.posted
    assert any("等待审核和记账" in text for text in done.warnings)
    assert len(village.reader.unposted_ids(LEDGER)) == 2


def test_whoever_may_not_prepare_vouchers_may_not_import(village, tmp_path):
    village.hire_four()
    with pytest.raises(DutyError), village.act(ZHAO) as uow:
        import_old(uow, LEDGER, read_old(uow.reader, LEDGER, [balances(tmp_path)]), ACCEPT)


def test_a_refused_import_leaves_nothing(village):
    before = len(village.reader.chart(LEDGER))
    refused(village, T3)
    assert len(village.reader.chart(LEDGER)) == before


def test_a_month_that_is_closed_takes_nothing(village, tmp_path):
    for number in (1, 2, 3):
        village.close_month(f"2024-0{number}")
    with pytest.raises(LedgerError):
        take(village, [journal(tmp_path)])


def test_the_record_cannot_be_changed_and_verify_sees_it(village, tmp_path):
    take(village, [balances(tmp_path), journal(tmp_path)])
    path = village.path
    village.book.close()
    raw = sqlite3.connect(path)
    with pytest.raises(sqlite3.IntegrityError, match="旧账导入的记录不能修改"):
        raw.execute("UPDATE old_import SET figures = '[]'")
    raw.execute("DROP TRIGGER old_import_no_update")
    raw.execute("UPDATE old_import SET figures = '[]'")
    raw.commit()
    raw.close()
    with Village(path) as again:
        assert any(x.rule == "V86" and "和导入时不一样" in x.text for x in inspect(again.book))


def test_the_comparison_is_a_report(village):
    take(village, KINGDEE)
    table = make(village.reader, "old-comparison", ReportRequest(LEDGER))
    assert [check.ok for check in table.checks] == [True, True]
    old, new = list(table.rows)[-2:]
    assert old.cells[3:] == new.cells[3:] == (0, 321_551_497, 321_551_497, 0)


def test_without_an_import_there_is_no_comparison(village):
    with pytest.raises(LedgerError, match="这本账没有导入过旧账"):
        make(village.reader, "old-comparison", ReportRequest(LEDGER))


def test_the_flat_export_alone_goes_on_by_what_is_remembered(village, tmp_path):
    keep = OldOptions(accept=True, wishes=Wishes(keep_open=True))
    take(village, [KINGDEE[0]], keep)
    done = take(village, [FLAT], keep)
    assert done.value.vouchers == 26


def test_the_committees_books_go_by_its_own_chart(village, tmp_path):
    rows = [
        ["101", "库存现金", 100, None, 50, 20, 130, None],
        ["310", "累计结余", None, 100, None, None, None, 100],
        ["440", "财政运转补助收入", None, None, None, 50, None, 50],
        ["510", "村务运转支出", None, None, 20, None, 20, None],
    ]
    with village.act() as uow:
        reading = read_old(uow.reader, "committee", [balances(tmp_path, rows)])
        assert [x.target for x in reading.proposals][:3] == ["1001", "3101", "4401"]


def test_one_acting_ledger_takes_old_books_too(tmp_path):
    with Village.found(tmp_path, start="2024-01", single=True) as village:
        ledger = village.reader.ledgers()[0].code
        with village.act() as uow:
            reading = read_old(uow.reader, ledger, KINGDEE)
            done = import_old(uow, ledger, reading, ACCEPT)
        assert done.value.vouchers == 188
        assert inspect(village.book) == []
