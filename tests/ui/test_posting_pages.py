"""张贴登记 and 张贴记录 in the window: from the sheets to the archive by keyboard, objections answered, refusals in the slip."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from tests.builders import COLLECTIVE, COMMITTEE, WANG, pin_of
from tests.disclosure.posting_village import PNG, QUARTER, SUN, Wall
from village_ledger.domain.objection import ObjectionResult
from village_ledger.domain.period import Span, parse_day
from village_ledger.domain.posting import Opinion, PostingState
from village_ledger.services.changes import Changes
from village_ledger.services.disclosure import postings
from village_ledger.services.staff import staff
from village_ledger.ui.disclosure.posting_page import PostingPage
from village_ledger.ui.disclosure.postings_page import PostingsPage


@pytest.fixture
def wall(village) -> Wall:
    made = Wall(village)
    for code, report in (
        ("AAAA", "disclosure"),
        ("BBBB", "disclosure-items"),
        ("SSSS", "disclosure-summary"),
    ):
        made.sheet(code, report)
    return made


def fill(page, **texts: str) -> None:
    for key, text in texts.items():
        field = page.form.fields[key]
        if hasattr(field, "setCurrentIndex"):
            field.setCurrentIndex(field.findData(text))
        else:
            field.setText(text)


def press(page, settle, action: str = "act") -> None:
    """Do it; the window then lets the page read again."""
    page.action(action).trigger()
    settle()
    page.reload()
    settle()


def said_in(page) -> str:
    """What the slip says."""
    assert not page.slip.isHidden()
    return page.slip.notice.what


def posting(wall, number="2025-01"):
    return wall.village.reader.posting(COLLECTIVE, number)


# the register


def test_a_set_is_put_together_of_what_was_registered(wall, page_of, settle, navigator):
    page = page_of(PostingsPage)
    assert page.span.currentText() == "2025年第1季度（3 张表）"
    assert page.occasion.currentData() == "quarter"
    page.action("new").trigger()
    settle()
    assert navigator.opened[-1] == ("posting", {"number": "2025-01"})
    page.reload()
    settle()
    assert page.span.currentText() == "2025年第1季度（3 张表），已经开过"
    page.table.opened.emit(0)
    assert navigator.opened[-1] == ("posting", {"number": "2025-01"})


def test_without_registered_sheets_it_says_where_to_make_them(village, page_of, settle):
    page = page_of(PostingsPage)
    page.action("new").trigger()
    settle()
    assert "还没有登记过公开表" in said_in(page)


def test_the_register_says_what_waits(wall, page_of):
    made = wall.hung()
    wall.object(made.number)
    page = page_of(PostingsPage)
    said = [row.words for row in page.waits.rows]
    assert said[0] == "异-2025-01 答复逾期，期限 2025-04-22"
    assert "2025-01 没有公开栏照片" in said
    assert page.shown.rows[0].cells[:3] == ("2025-01", "2025年第1季度", "SAB")


def test_a_set_to_be_done_again_is_offered_for_replacement(wall, page_of, settle, navigator):
    made = wall.set()
    wall.review(made.number, Opinion.REDO, words="少一张附件")
    page = page_of(PostingsPage)
    assert page.replaces.currentData() == "2025-01"
    page.action("new").trigger()
    settle()
    assert posting(wall, "2025-02").replaces == "2025-01"


def test_registers_are_printed(wall, page_of, settle, navigator):
    wall.hung()
    page = page_of(PostingsPage)
    for action, report in (("objections", "objections"), ("print", "postings")):
        page.action(action).trigger()
        settle()
        name, where = navigator.opened[-1]
        assert (name, where["tables"][0].report) == ("preview", report)
    page.action("sheets").trigger()
    assert navigator.opened[-1][0] == "disclosure"


# one set


def test_from_the_opinion_to_the_archive_by_keyboard(wall, page_of, settle, qtbot):
    made = wall.set()
    page = page_of(PostingPage, number=made.number)
    for model in (page.sheets.view.model(), page.objections.view.model()):
        QAbstractItemModelTester(model)
    assert page.action("act").text() == "登记意见"
    fill(page, opinion="agreed", people=f"{SUN}、周监事", day="2025-04-08")
    qtbot.keyClick(page.form.fields["people"], Qt.Key.Key_Return)
    qtbot.keyClick(page.form.fields["body"], Qt.Key.Key_Return)
    settle()
    page.reload()
    settle()
    assert posting(wall).state is PostingState.AGREED
    assert page.action("act").text() == "登记张贴"
    fill(page, day="2025-04-10", place="村委会门前公开栏")
    press(page, settle)
    assert posting(wall).removal_due == parse_day("2025-04-17")
    assert any(row.words == "还没有公开栏的照片" for row in page.history.rows)
    file = wall.village.path.with_name("公开栏.png")
    file.write_bytes(PNG)
    page.attachments.take([coming(file)])
    settle()
    assert [one.kind for one in postings.photos(wall.village.reader, posting(wall))] == [postings.PHOTO]
    fill(page, day="2025-04-20")
    press(page, settle)
    press(page, settle)
    assert posting(wall).state is PostingState.CLOSED
    assert page.form.act is not None
    assert page.form.act.run is None
    assert not page.action("act").isEnabled()
    assert page.steps.accessibleName()


def coming(file):
    from village_ledger.ui.attachments.attachment_files import Coming

    return Coming(file, file.name)


def test_an_objection_by_keyboard(wall, page_of, settle):
    made = wall.hung()
    page = page_of(PostingPage, number=made.number)
    assert not page.action("answer").isEnabled()
    page.action("object").trigger()
    fill(page, who="张三", item="路灯电费比去年多", code="AAAA", way="书面", day="2025-04-12")
    press(page, settle)
    (raised,) = wall.village.reader.objections(COLLECTIVE)
    assert (raised.who, raised.code, raised.way) == ("张三", "AAAA", "书面")
    assert page.objection == raised
    assert page.form.act.id == "take_down"
    page.objections.opened.emit(0)
    assert page.form.act.id == "answer"
    fill(page, words="多装了六盏灯", who=WANG, day="2025-04-15")
    press(page, settle)
    page.action("again").trigger()
    fill(page, words="单子看不懂", day="2025-04-16")
    press(page, settle)
    page.action("answer").trigger()
    fill(page, words="逐张讲过", day="2025-04-17")
    press(page, settle)
    page.action("end").trigger()
    fill(page, result="explained", day="2025-04-18")
    press(page, settle)
    (ended,) = wall.village.reader.objections(COLLECTIVE)
    assert ended.closing.result is ObjectionResult.EXPLAINED
    assert len(page.one.rows) == 5
    assert not page.action("end").isEnabled()


def test_esc_comes_back_to_what_is_next_and_typed_words_stay(wall, page_of):
    page = page_of(PostingPage, number=wall.hung().number)
    page.action("object").trigger()
    assert page.form.act.id == "object"
    assert page.escape()
    assert page.form.act.id == "take_down"
    assert not page.escape()
    fill(page, words="被雨淋坏")
    page.reload()
    assert page.form.text("words") == "被雨淋坏"


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ({"people": ""}, "没有写是谁审查的"),
        ({"people": WANG}, "做过这些表，不能自己审查"),
        ({"people": SUN, "day": "昨天"}, "不是日期"),
        ({"people": SUN, "opinion": "redo"}, "要求重做没有写意见"),
    ],
)
def test_what_cannot_be_stands_in_the_slip_and_the_form_stays(wall, page_of, settle, texts, said):
    made = wall.set()
    page = page_of(PostingPage, number=made.number)
    fill(page, **texts)
    page.action("act").trigger()
    settle()
    assert said in said_in(page)
    assert posting(wall).state is PostingState.WAITING
    assert page.form.text("people") == texts["people"]


def test_coming_down_early_wants_a_reason(wall, page_of, settle):
    page = page_of(PostingPage, number=wall.hung().number)
    fill(page, day="2025-04-12")
    page.action("act").trigger()
    settle()
    assert "才贴满规定的天数" in said_in(page)
    fill(page, words="被雨淋坏")
    page.action("act").trigger()
    settle()
    assert posting(wall).came_down_early


def test_withdrawn_with_a_reason(wall, page_of, settle):
    page = page_of(PostingPage, number=wall.set().number)
    page.action("withdraw").trigger()
    page.bar.field.setText("少放了一张表")
    page.bar.act.click()
    settle()
    page.reload()
    settle()
    assert posting(wall).state is PostingState.WITHDRAWN
    assert not page.action("withdraw").isEnabled()


def test_a_newer_sheet_is_said_and_put_in_its_place(wall, page_of, settle, navigator):
    made = wall.hung()
    wall.sheet("NEWA")
    page = page_of(PostingPage, number=made.number)
    assert "AAAA → NEWA" in page.notice.sentence.text()
    page.action("replace").trigger()
    page.bar.act.click()
    settle()
    assert navigator.opened[-1] == ("posting", {"number": "2025-02"})
    assert posting(wall, "2025-02").codes == ("NEWA", "BBBB", "SSSS")


def test_a_sheet_opens_and_the_record_is_printed(wall, page_of, settle, navigator):
    page = page_of(PostingPage, number=wall.hung().number)
    page.sheets.opened.emit(1)
    assert navigator.opened[-1] == ("disclosure", {"span": QUARTER, "sheet": "disclosure"})
    page.action("print").trigger()
    settle()
    name, where = navigator.opened[-1]
    assert (name, where["tables"][0].report) == ("preview", "posting-record")


def test_a_number_of_another_ledger_is_said(wall, page_of, settle):
    page = page_of(PostingPage, number="2025-09")
    settle()
    assert "没有张贴 2025-09" in said_in(page)
    assert not page.action("act").isEnabled()


def test_the_supervisor_types_a_pin_at_the_same_desk(wall, page_of, settle, session):
    wall.village.hire_four()
    wall.village.hire(SUN, "监督")
    made = wall.set()
    staff.sign_in(wall.village.book, WANG, pin_of(WANG))
    session.tell(Changes(settings=True))
    session.sit_down(WANG)
    page = page_of(PostingPage, number=made.number)
    fill(page, people=SUN, day="2025-04-08", pin="不对")
    page.action("act").trigger()
    settle()
    assert posting(wall).state is PostingState.WAITING
    fill(page, pin=pin_of(SUN))
    page.action("act").trigger()
    settle()
    assert posting(wall).state is PostingState.AGREED


def test_a_mistyped_place_is_written_better(wall, page_of, settle):
    page = page_of(PostingPage, number=wall.hung().number)
    page.action("mend").trigger()
    assert page.form.text("place") == "村委会门前公开栏"
    press(page, settle)
    assert "已经登记张贴" in said_in(page)
    fill(page, place="三组祠堂门前", words="地点写错了")
    press(page, settle)
    assert posting(wall).place == "三组祠堂门前"
    assert page.form.act.id == "take_down"
    made = wall.set(replaces="2025-01")
    other = page_of(PostingPage, number=made.number)
    assert not other.action("mend").isEnabled()


def test_the_calendar_opens_the_register_at_what_is_due(wall, page_of, session):
    wall.sheet("MMMM", span=Span(parse_day("2025-03-01"), parse_day("2025-03-31")))
    page = page_of(PostingsPage, ledger=COLLECTIVE, span=QUARTER, occasion="special:land")
    assert (page.span.currentData(), page.occasion.currentData()) == (QUARTER, "special:land")
    other = page_of(PostingsPage, ledger=COMMITTEE, span=QUARTER, occasion="quarter")
    assert session.ledger_code == COMMITTEE
    assert other.status() == "2025年第1季度 还没有登记过公开表，请先按 F8 出表。"


def test_what_waits_is_told_again_when_it_changes(wall, page_of, settle):
    made = wall.hung()
    raised = wall.object(made.number)
    page = page_of(PostingsPage)
    assert "异-2025-01 答复逾期，期限 2025-04-22" in [row.words for row in page.waits.rows]
    wall.answer(raised.number)
    page.reload()
    settle()
    assert "2025-01 没有公开栏照片" in [row.words for row in page.waits.rows]
    assert len(page.waits.rows) == 2


def test_what_hangs_is_not_replaced_by_a_slip_of_the_finger(wall, page_of, settle):
    wall.hung()
    page = page_of(PostingsPage)
    assert page.replaces.currentData() == ""
    page.action("new").trigger()
    settle()
    assert "已经在 2025-01 里（张贴中）" in said_in(page)
    page.replaces.setCurrentIndex(page.replaces.findData("2025-01"))
    page.action("new").trigger()
    settle()
    assert posting(wall, "2025-02").replaces == "2025-01"
