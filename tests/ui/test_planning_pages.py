"""The pages of help to book: what they show, what their keys do, what they refuse."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import COLLECTIVE, COMMITTEE, draft
from tests.exchange.files import write_csv
from village_ledger.domain.period import Month
from village_ledger.domain.rhythm import Rhythm
from village_ledger.services.entry import recurring, templates
from village_ledger.ui.desk.home_page import HomePage
from village_ledger.ui.desk.work_page import WorkPage
from village_ledger.ui.planning.budget_page import BudgetPage, bar
from village_ledger.ui.planning.prepaid_page import PrepaidPage
from village_ledger.ui.planning.project_funds_page import ProjectFundsPage
from village_ledger.ui.transfers.copy_across_page import CopyAcrossPage
from village_ledger.ui.voucher.posting_event_page import PostingEventPage
from village_ledger.ui.voucher.recurring_page import RecurringPage
from village_ledger.ui.voucher.templates_page import TemplatesPage
from village_ledger.ui.voucher.voucher_page import VoucherPage

DAY = date(2025, 3, 8)


def column(page, place: int) -> list[str]:
    """One column of a page's table."""
    return [page.model.text(row, place) for row in range(page.model.count())]


@pytest.fixture
def power(village):
    """付电费, asked for its amount, on the 10th of every month from March."""
    with village.act() as uow:
        typed = draft("2025-03-08", "付3月电费", "借 513 600; 贷 101 600")
        template = templates.keep_from_draft(uow, typed, "付电费", DAY, ask_amounts=False).value
        recurring.add(uow, template.id, Rhythm.MONTH, 10, Month(2025, 3))
    return template


def test_every_page_is_reached_from_the_work_page(page_of, navigator):
    page = page_of(WorkPage)
    names = [entry.name for entry in page.entries()]
    assert {"这笔怎么记", "按月重复", "模板", "预收租金", "项目专款", "年度财务计划"} <= set(names)
    page.table.opened.emit(names.index("按月重复"))
    assert navigator.opened == [("recurring", {})]


# what comes round


def test_all_due_are_made_by_one_key_and_only_once(page_of, power, village, settle):
    page = page_of(RecurringPage)
    assert column(page, 3) == ["○ 还没记"]
    assert page.status() == "1 期还没记"
    page.action("make").trigger()
    settle()
    page.action("make").trigger()
    settle()
    assert village.numbers("2025-03") == [(1, 10, "entered")]
    page.reload()
    settle()
    assert column(page, 3) == ["● 已记 2025-03/记-0001"]


def test_one_is_skipped_with_a_reason_and_waits_again(page_of, power, village, settle):
    page = page_of(RecurringPage)
    page.table.go_to_row(0)
    page.action("leave_out").trigger()
    assert page.ask_bar.asking
    page.ask_bar.field.setText("停电")
    page.ask_bar.act.click()
    settle()
    page.reload()
    settle()
    assert column(page, 3) == ["⊘ 跳过：停电"]
    page.action("leave_out").trigger()
    settle()
    assert len(recurring.due(village.reader, COLLECTIVE, Month(2025, 3))) == 1


def test_a_closed_month_is_refused_in_the_slip(page_of, power, village, settle):
    village.close_month("2025-03")
    page = page_of(RecurringPage)
    page.action("make").trigger()
    settle()
    assert "2025年3月已结账" in page.slip.notice.what


def test_home_says_in_a_quiet_line_what_is_due(page_of, power, navigator):
    page = page_of(HomePage)
    (todo,) = [t for t in page._todos(page._figures) if "按月重复" in t.words]
    assert "期该记" in todo.words
    todo.go()
    assert navigator.opened == [("recurring", {})]


# templates


def test_a_template_is_changed_switched_off_used_and_made_to_come_round(
    page_of, power, village, navigator, settle
):
    page = page_of(TemplatesPage)
    assert column(page, 0) == ["付电费"]
    page.title_field.setText("交电费")
    page.action("keep").trigger()
    settle()
    assert village.reader.template(power.id).name == "交电费"
    page.action("fill_in").trigger()
    assert navigator.opened[0][0] == "voucher"
    assert navigator.opened[0][1]["draft"].lines[0].account == "513"
    page.day.setText("32")
    page.come_round()
    settle()
    assert "32 日" in page.slip.notice.what
    page.day.setText("5")
    page.come_round()
    settle()
    assert len(village.reader.recurrences(COLLECTIVE)) == 2
    page.reload()
    settle()
    page.action("leave_out").trigger()
    settle()
    assert village.reader.templates(COLLECTIVE) == []


# 这笔怎么记


def test_say_what_happened_confirm_and_it_fills_the_voucher(page_of, village, navigator):
    page = page_of(PostingEventPage)
    assert page.model.count() == 84
    page.search.setText("mmzj")
    assert column(page, 1)[0] == "收当年的发包款、租金（不是成员交的）"
    assert "经营收入" in page.rule.text()
    assert "两个以上来源" in page.certainty.text()
    page.summary.setText("收门面租金")
    page._amounts["金额"].setText("1.2万")
    page.action("fill_in").trigger()
    name, where = navigator.opened[0]
    lines = where["draft"].lines
    assert name == "voucher"
    assert [(x.summary, x.account, x.debit, x.credit) for x in lines] == [
        ("收门面租金", "102", "12000.00", ""),
        ("收门面租金", "501", "", "12000.00"),
    ]
    assert village.reader.drafts() == []
    assert village.numbers("2025-03") == []


def test_the_other_way_asks_what_it_needs(page_of, navigator):
    page = page_of(PostingEventPage)
    page.search.setText("60")
    page._choose_way("1")
    assert set(page._amounts) == {"应发", "个税"}
    page._amounts["应发"].setText("100")
    page._amounts["个税"].setText("200")
    page.action("fill_in").trigger()
    assert "小于零" in page.slip.notice.what
    assert navigator.opened == []


def test_an_account_the_village_lacks_is_said_in_the_place_of_the_lines(page_of, village):
    village.switch_off("504")
    page = page_of(PostingEventPage)
    page.search.setText("13")
    assert page._boxes == []
    page.action("fill_in").trigger()
    assert page.navigator.opened == []


def test_nonsense_finds_nothing_and_the_committee_has_its_own(page_of, session, settle):
    session.switch_ledger(COMMITTEE)
    page = page_of(PostingEventPage)
    page.search.setText("慰问")
    assert any("救助" in title for title in column(page, 1))
    page.search.setText("qqqq")
    assert page.model.count() == 0
    assert page.sheet.isHidden()


def test_a_draft_arrives_on_the_voucher_page(page_of):
    page = page_of(VoucherPage, draft=draft("2025-03-08", "收门面租金", "借 101 6; 贷 501 6"))
    assert [x.account for x in page.desk.editing.model.lines][:2] == ["101", "501"]


# copies across


def test_partners_are_offered_chosen_and_remembered(page_of, village, navigator, settle):
    voucher = village.posted("2025-03-08", "付电费", "借 513 600; 贷 101 600")
    page = page_of(CopyAcrossPage, voucher_id=voucher.id)
    assert {code: box.currentData() for code, box in page._boxes.items()} == {"513": "5102", "101": "1001"}
    page._boxes["513"].setCurrentIndex(0)
    page.action("fill_in").trigger()
    assert "还没有选" in page.slip.notice.what
    box = page._boxes["513"]
    box.setCurrentIndex(box.findData("5103"))
    page.action("fill_in").trigger()
    settle()
    name, where = navigator.opened[0]
    assert (name, where["draft"].ledger) == ("voucher", COMMITTEE)
    assert templates.partners_of(village.reader, voucher.id, COMMITTEE)["513"] == "5103"


# advance rent


def test_rent_is_received_and_released_on_the_page(page_of, village, settle):
    page = page_of(PrepaidPage)
    for field, text in (
        (page.day, "2025-03-08"),
        (page.payer, "张三"),
        (page.what, "鱼塘承包款"),
        (page.total, "1200"),
        (page.first, "2025-03-01"),
        (page.last, "2026-02-28"),
    ):
        field.setText(text)
    page.action("keep").trigger()
    settle()
    page.reload()
    settle()
    assert column(page, 2)[:2] == ["1,200.00", "100.00"]
    assert "1 笔没有结转" in page.said.text()
    page.action("make").trigger()
    settle()
    page.reload()
    settle()
    assert column(page, 3)[:2] == ["100.00", "100.00"]
    page.basis.chosen.emit("year")
    settle()
    assert "不能改成" in page.slip.notice.what
    assert page.basis.value == "month"


def test_a_span_backwards_and_the_committees_ledger_are_refused(page_of, session, village, settle):
    page = page_of(PrepaidPage)
    for field, text in (
        (page.day, "2025-03-08"),
        (page.payer, "张三"),
        (page.what, "款"),
        (page.total, "1"),
        (page.first, "2025-03-02"),
        (page.last, "2025-03-01"),
    ):
        field.setText(text)
    page.action("keep").trigger()
    settle()
    assert "早于起日" in page.slip.notice.what
    assert village.numbers("2025-03") == []
    session.switch_ledger(COMMITTEE)
    page.reload()
    settle()
    assert "不记预收租金" in page.slip.notice.what


# documents and the plan


def test_a_document_is_registered_and_overspending_marked(page_of, village, settle):
    page = page_of(ProjectFundsPage)
    page.project.setText("村道")
    page.action("fill_in").trigger()
    settle()
    assert "文号都要填" in page.slip.notice.what
    page.number.setText("财农8号")
    page.amount.setText("5万")
    page.action("fill_in").trigger()
    settle()
    village.posted("2025-03-09", "付工程款", "借 153#村道 10; 贷 101 10")
    page.reload()
    settle()
    assert page.model.rows == (("村道", "财农8号", "50,000.00", "0.00", "10.00", "-10.00", "▲ 超支"),)


def test_a_plan_is_taken_in_with_bars(page_of, village, settle, tmp_path):
    page = page_of(BudgetPage)
    assert page.model.count() == 0
    page.resolution.setText("2025-3")
    page.take_in_file(write_csv(tmp_path / "计划.csv", [["513", "1000"]], ["科目编码", "金额"]))
    settle()
    village.entered("2025-03-09", "办公费", "借 513 700; 贷 101 700")
    page.reload()
    settle()
    assert page.model.rows == (("513 管理费用", "", "1,000.00", "700.00", "300.00", "■■■■■■■□□□ 70%"),)
    assert "2025-3" in page.said.text()
    page.take_in_file(write_csv(tmp_path / "坏.csv", [["599", "1"]], ["科目编码", "金额"]))
    settle()
    assert "1 处不对" in page.slip.notice.what


@pytest.mark.parametrize(
    ("share", "over", "shown"),
    [(0, False, "□" * 10 + " 0%"), (112, True, "■" * 10 + " 112% ▲"), (-5, False, "□" * 10 + " -5%")],
)
def test_bars(share, over, shown):
    assert bar(share, over=over) == shown
