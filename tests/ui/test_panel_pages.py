"""Pages of panels: a draw nobody can try out, six seats by four stages signed place by place."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from tests.decision_village import FOUR, NUMBER, draw, drawn, opened, sign, the_list
from tests.ui.decision_hand import cells, choose, see
from village_ledger.domain.decision import Stage
from village_ledger.services.decisions import decision_files
from village_ledger.ui.decisions.decision_page import DecisionPage
from village_ledger.ui.decisions.panel_draw_page import PanelDrawPage
from village_ledger.ui.decisions.panel_page import PanelPage
from village_ledger.ui.widgets.state_mark import Check

# the draw


def test_the_list_is_taken_in_and_the_draw_made_once(page_of, village, settle, monkeypatch, tmp_path):
    opened(village)
    page = page_of(PanelDrawPage, number=NUMBER)
    assert not page.action("draw").isEnabled()
    file = Path(tmp_path, "名单.csv")
    lines = [f"{register},{name}," for register, names in FOUR.items() for name in names.split()]
    file.write_text("\n".join(("名册,姓名,回避", *lines)), encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    page.action("take_list").trigger()
    see(page, settle)
    assert [box.words for box in page.result.boxes] == ["3 人参加", "4 人参加", "3 人参加", "5 人参加"]
    assert all(not box.name for box in page.result.boxes)
    page.seed.setText("3-7-1-9")
    assert all(not box.name for box in page.result.boxes)  # a seed cannot be tried out
    page.action("draw").trigger()
    see(page, settle)
    panel = village.reader.panel(village.reader.decision(NUMBER).id)
    assert panel is not None
    assert [box.name for box in page.result.boxes] == [panel.seats[place].name for place in range(1, 5)]
    assert not page.action("draw").isEnabled()
    assert not page.seed.isEnabled()
    texts = [cells(page, row)[3] for row in range(page.model.count())]
    assert texts.count("● 抽中") == 4


def test_an_empty_register_is_seen_and_refused(page_of, village, settle):
    opened(village)
    the_list(village, 困难户="")
    page = page_of(PanelDrawPage, number=NUMBER)
    assert page.result.boxes[-1].check is Check.FAIL
    page.seed.setText("3")
    page.action("draw").trigger()
    settle()
    assert "名册“困难户”一个人也没有" in page.slip.notice.what


def test_somebody_absent_is_replaced_from_the_list(page_of, village, settle):
    opened(village)
    the_list(village)
    first = draw(village, NUMBER).seats[4].name
    page = page_of(PanelDrawPage, number=NUMBER)
    assert not page.action("substitute").isEnabled() or page.model.strong(0)
    row = next(n for n, one in enumerate(page.model.rows) if one.name == first)
    page.table.go_to_row(row)
    page.action("substitute").trigger()
    page.bar.field.setText("外出务工")
    page.bar._finish()
    see(page, settle)
    assert cells(page, row)[3] == "○ 第 1 轮抽中，已替补"
    assert "● 抽中（第 2 轮）" in [cells(page, n)[3] for n in range(page.model.count())]
    assert page.result.boxes[3].words.startswith("第 2 轮，4 人里的第")


def test_relatives_stand_on_the_list_without_a_number(page_of, village, settle):
    opened(village)
    the_list(village)
    with village.act() as uow:
        decision_files.name_interest(uow, NUMBER, "罗长贵", "投标人")
    page = page_of(PanelDrawPage, number=NUMBER)
    assert cells(page, 1) == ["", "", "罗长贵", "本人是利害关系人（投标人）"]
    assert cells(page, 2)[1] == "2"
    assert page.result.boxes[0].words == "2 人参加"


def test_the_lots_are_printed_and_the_signatures_one_key_away(page_of, village, settle, navigator):
    opened(village)
    the_list(village)
    draw(village, NUMBER)
    page = page_of(PanelDrawPage, number=NUMBER)
    page.action("lots").trigger()
    settle()
    page.action("panel").trigger()
    assert navigator.opened[0][1]["tables"][0].report == "panel-lots"
    assert navigator.opened[1] == ("panel", {"number": NUMBER})


# the signatures


@pytest.fixture
def seated(village):
    opened(village)
    drawn(village, NUMBER)
    return village


def test_six_sign_one_after_the_other(page_of, seated, settle):
    page = page_of(PanelPage, number=NUMBER)
    assert page.stage is Stage.PROPOSAL
    for place in range(1, 7):
        assert page.table.row == place - 1
        page.day.setText("2025-05-10")
        page.action("sign").trigger()
        see(page, settle)
    assert [cells(page, row)[3] for row in range(6)] == ["✓ 同意 05-10"] * 6
    assert page.status() == "唐代表 的“提议”登记好了"
    page._turn(1)
    page.action("sign").trigger()
    settle()
    assert "还没有会议决议，不能签“决策”" in page.slip.notice.what


def test_left_and_right_go_through_the_stages(page_of, seated, qtbot):
    page = page_of(PanelPage, number=NUMBER)
    page.table.setFocus()
    qtbot.keyClick(page.table.view, Qt.Key.Key_Right)
    assert page.stage is Stage.DECISION
    qtbot.keyClick(page.table.view, Qt.Key.Key_Left)
    qtbot.keyClick(page.table.view, Qt.Key.Key_Left)
    assert page.stage is Stage.EVALUATION
    assert page.section.accessibleName().startswith("评议，第 1 席")


def test_a_signature_is_put_right_with_a_reason(page_of, seated, settle):
    sign(seated, NUMBER, Stage.PROPOSAL, 1)
    page = page_of(PanelPage, number=NUMBER)
    page.table.go_to_row(0)
    assert page.corrects.isVisibleTo(page)
    page.verdict.set_value("disagree")
    page.opinion.setText("先修水渠")
    page.day.setText("2025-05-10")
    page.action("sign").trigger()
    settle()
    assert "写错了的请写明更正的原因" in page.slip.notice.next_step
    page.corrects.setText("录错了人")
    page.action("sign").trigger()
    see(page, settle)
    assert cells(page, 0)[3] == "✕ 不同意 05-10"


def test_who_spoke_but_has_not_signed_is_seen(page_of, seated, settle):
    page = page_of(PanelPage, number=NUMBER)
    page.day.setText("2025-05-10")
    page.on_paper.setChecked(False)
    page.verdict.set_value("abstain")
    page.action("sign").trigger()
    see(page, settle)
    assert cells(page, 0)[3] == "— 弃权 未签字"


def test_the_fixed_places_are_written_and_drawn_ones_are_not(page_of, village, settle):
    opened(village)
    the_list(village)
    draw(village, NUMBER)
    page = page_of(PanelPage, number=NUMBER)
    page.table.go_to_row(1)
    page.action("seat").trigger()
    assert "第 2 席是抽签的席位" in page.slip.notice.what
    page.table.go_to_row(4)
    assert cells(page, 4)[2] == "（还没有写）"
    page.action("seat").trigger()
    page.bar.field.setText("文律师 律师")
    page.bar._finish()
    see(page, settle)
    assert cells(page, 4)[1:3] == ["村法律顾问（律师）", "文律师"]
    page.action("seat").trigger()
    page.bar.field.setText("姜律师 律师 文律师出差")
    page.bar._finish()
    see(page, settle)
    assert cells(page, 4)[2] == "姜律师"


def test_the_sheet_goes_to_the_preview_with_its_own_pen(page_of, seated, settle, navigator, tmp_path):
    page = page_of(PanelPage, number=NUMBER)
    page.action("sheet").trigger()
    settle()
    ((name, where),) = navigator.opened
    assert (name, where["tables"][0].report) == ("preview", "panel-sheet")
    assert where["draw"](Path(tmp_path, "a.pdf")).missing == ()


def test_without_a_number_the_newest_matter_is_shown_and_another_can_be_chosen(page_of, seated, settle):
    opened(seated, "青村决〔2025〕2号")
    page = page_of(PanelPage)
    assert page.number == "青村决〔2025〕2号"
    assert page.table.view.model().count() == 0
    choose(page.which, NUMBER)
    page.which.activated.emit(page.which.currentIndex())
    settle()
    assert page.table.view.model().count() == 6


def test_a_village_without_matters_is_told_where_to_begin(page_of, village):
    page = page_of(PanelPage)
    assert page.decision is None
    assert not page.action("sign").isEnabled()


def test_pages_without_a_number_say_so(page_of, village):
    page = page_of(DecisionPage)
    assert "请先在四议两公开里选" in page.matter.text()
    assert page.rests.view.isVisible()  # something to come to by Tab
    assert page_of(PanelDrawPage).result.boxes == ()


def test_a_file_is_not_shown_under_the_other_ledger(page_of, seated, session, settle):
    page, lots = page_of(DecisionPage, number=NUMBER), page_of(PanelDrawPage, number=NUMBER)
    signatures = page_of(PanelPage, number=NUMBER)
    assert page.decision is not None
    session.switch_ledger("committee")
    for one in (page, lots, signatures):
        see(one, settle)
        assert one.decision is None
    assert not page.action("step").isEnabled()
    assert not lots.action("draw").isEnabled()
    assert not signatures.action("sign").isEnabled()
