"""分账 in the window: read, decide by keys, proven as one goes, signed, made; put aside and taken up again."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from tests.exchange.split_files import OLD, lines_agreed
from village_ledger.domain.separation import Owner
from village_ledger.exchange.separation.separation_draft import load_draft
from village_ledger.services.book.verification import verify
from village_ledger.ui.look.tokens import Size
from village_ledger.ui.separation.separation_desk import Place
from village_ledger.ui.separation.separation_page import OWNERS, SIGN, SOURCE, VILLAGE, SeparationPage
from village_ledger.ui.separation.separation_papers import draft_path
from village_ledger.ui.widgets.state_mark import Check

KEY = Qt.Key


@pytest.fixture
def page(page_of, settle, tmp_path):
    """The page with the sample's balances read and the village named."""
    made = page_of(SeparationPage)
    made.read_file(OLD)
    settle()
    made.next.click()
    made.village.village.setText("响水岩村")
    made.village.person.setText("苟家旺")
    made.village.folder.setText(str(tmp_path))
    made.next.click()
    settle()
    assert made.step == OWNERS
    return made


def row_of(page, number, part=0) -> int:
    """The table's row of an old line."""
    line = next(i for i, one in enumerate(page.desk.lines) if one.line.row == number)
    split = page.desk.lines[line].is_split
    return page.owners.model.places.index(Place(line, part if split else 0))


def line(page, number):
    return next(one for one in page.desk.lines if one.line.row == number)


def press(page, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(page.owners.table.view, key, modifier)


def decide_all(page):
    """What the village agreed upon for the four open lines, by keys."""
    for number in (10, 58, 61, 65):
        page.owners.table.go_to_row(row_of(page, number))
        press(page, KEY.Key_Space)


def test_what_was_read_is_said_and_the_year_follows(page_of, settle):
    made = page_of(SeparationPage)
    made.read_file(OLD)
    settle()
    assert "63 行，借方 3,891,607.78，贷方 3,891,607.78" in made.source.found.text()
    assert made.village.spec().start.year == 2025


def test_nothing_read_keeps_one_at_the_first_step(page_of):
    made = page_of(SeparationPage)
    made.next.click()
    assert made.step == SOURCE
    assert made.slip.notice.what == "还没有旧账的余额"


def test_a_damaged_file_is_said_in_the_slip(page_of, settle, tmp_path):
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04 nothing")
    made = page_of(SeparationPage)
    made.read_file(tmp_path / "坏.xlsx")
    settle()
    assert "坏.xlsx" in made.slip.notice.what
    assert made.desk.lines == ()


def test_balances_may_be_typed_or_pasted(page_of, settle):
    made = page_of(SeparationPage)
    made.source.grid.paste("101\t库存现金\t\t300\t\n301\t资本\t\t\t300")
    made.next.click()
    settle()
    assert made.step == VILLAGE
    assert [one.line.amount for one in made.desk.lines] == [30_000, 30_000]


def test_a_village_without_a_name_goes_no_further(page_of, settle):
    made = page_of(SeparationPage)
    made.read_file(OLD)
    settle()
    made.show_step(VILLAGE)
    made.next.click()
    assert made.step == VILLAGE
    assert made.slip.notice.what == "还没有写村名"


def test_space_goes_round_the_owners_and_ctrl_z_goes_back(page):
    page.owners.table.go_to_row(row_of(page, 4))
    seen = []
    for _ in range(4):
        press(page, KEY.Key_Space)
        seen.append(line(page, 4).parts[0].owner)
    assert seen == [Owner.COMMITTEE, Owner.TRUST, Owner.UNDECIDED, Owner.COLLECTIVE]
    assert line(page, 4).parts[0].account == "101"
    page.action("undo").trigger()
    assert line(page, 4).parts[0].owner is Owner.UNDECIDED
    page.action("redo").trigger()
    assert line(page, 4).parts[0].owner is Owner.COLLECTIVE


def test_a_new_owner_brings_his_account_and_the_old_reason_goes(page):
    page.owners.table.go_to_row(row_of(page, 24))
    press(page, KEY.Key_Space)
    part = line(page, 24).parts[0]
    assert (part.owner, part.account, part.detail, part.reason) == (Owner.COMMITTEE, "1501", "", "")


def test_a_slash_splits_and_the_other_part_takes_the_rest(page):
    page.owners.table.go_to_row(row_of(page, 65))
    press(page, KEY.Key_Space)
    page.action("split").trigger()
    editor = page.owners.editor
    assert editor.isVisible()
    assert editor.amount.hasFocus()
    editor.amount.setText("12000")
    editor.amount.editingFinished.emit()
    parts = line(page, 65).parts
    assert [(part.owner, part.amount, part.account) for part in parts] == [
        (Owner.COLLECTIVE, 660_000, "241"),
        (Owner.COMMITTEE, 1_200_000, "2301"),
    ]
    assert page.owners.model.text(row_of(page, 65, -1), 4) == "拆开"
    page.action("join").trigger()
    assert [part.amount for part in line(page, 65).parts] == [1_860_000]


def test_the_strip_changes_account_and_reason(page):
    page.owners.table.go_to_row(row_of(page, 10))
    press(page, KEY.Key_Space)
    press(page, KEY.Key_Return)
    editor = page.owners.editor
    editor.reason.setText("议定：转集体后另行清理")
    editor.reason.editingFinished.emit()
    editor.account.chosen.emit("221")
    part = line(page, 10).parts[0]
    assert (part.account, part.reason) == ("221", "议定：转集体后另行清理")
    assert page.escape()
    assert not editor.isVisible()


def test_undecided_lines_keep_one_here_and_are_named(page):
    page.next.click()
    assert page.step == OWNERS
    assert page.slip.notice.what == "分账还有 4 处没有分清"
    assert page.slip.notice.faults[0].startswith("第10行")
    assert page.owners.model.text(page.owners.table.row, 0) == "11203"


def test_the_proof_says_it_when_every_line_is_whole(page):
    assert page.proof.blocks[-1].check is Check.WAITING
    decide_all(page)
    last = page.proof.blocks[-1]
    assert (last.title, last.big, last.check) == ("逐行相加，63 行都等于旧账", "3,891,607.78", Check.GOOD)


def test_prefilling_is_one_step_of_undo(page):
    decide_all(page)
    page.action("prefill").trigger()
    assert len([one for one in page.desk.lines if not one.is_decided]) == 4
    page.action("undo").trigger()
    assert all(one.is_decided for one in page.desk.lines)


def test_one_goes_on_tomorrow(page, page_of, settle):
    decide_all(page)
    settle()
    path = draft_path(page.village.path())
    assert page.status().startswith("草稿已存")
    tomorrow = page_of(SeparationPage)
    tomorrow.read_draft(path)
    assert tomorrow.step == OWNERS
    assert tomorrow.desk.lines == page.desk.lines
    assert tomorrow.village.path() == page.village.path()
    assert load_draft(path).old == page.desk.old


def test_a_torn_draft_is_refused(page_of, tmp_path):
    (tmp_path / "坏.vlsplit").write_text('{"format": 1, "spec": {', encoding="utf-8")
    made = page_of(SeparationPage)
    made.read_draft(tmp_path / "坏.vlsplit")
    assert made.slip.notice.what == "“坏.vlsplit”不是分账的草稿，或已损坏"


def test_signed_it_makes_the_book_opens_it_and_the_draft_is_gone(page, session, settle, qtbot):
    decide_all(page)
    page.next.click()
    assert page.step == SIGN
    assert "T7" in page.summary.text()
    path = page.village.path()
    with qtbot.waitSignal(session.open_asked, timeout=20_000) as asked:
        page.next.click()
    assert asked.args == [path]
    settle()
    assert verify(path) == []
    assert not draft_path(path).exists()


def test_a_file_in_the_way_is_left_alone_and_said(page, settle):
    decide_all(page)
    settle()
    page.village.path().write_text("别人的", encoding="utf-8")
    page.next.click()
    page.next.click()
    settle()
    assert "已经存在" in page.slip.notice.what
    assert page.village.path().read_text(encoding="utf-8") == "别人的"


@pytest.mark.parametrize("ending", ["pdf", "xlsx"])
def test_papers_are_written_before_anything_is_made(page, settle, tmp_path, monkeypatch, ending):
    decide_all(page)
    for action_id in ("print_list", "print_signoff"):
        file = tmp_path / f"{action_id}.{ending}"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, file=file: (str(file), ""))
        page.action(action_id).trigger()
        settle()
        assert file.stat().st_size > 0
        assert page.status() == f"存好了：{file}"
    assert not page.village.path().exists()


def test_the_other_chart_of_the_committee_brings_its_accounts(page):
    page.show_step(VILLAGE)
    page.village.chart.set_value("collective")
    page.show_step(OWNERS)
    assert line(page, 64).parts[0].account == "241"
    assert line(page, 64).parts[0].owner is Owner.COMMITTEE


def test_large_letters_give_the_strip_the_tables_place(page, theme):
    theme.choose_size(list(Size)[-1])
    page.owners.table.go_to_row(0)
    page.owners.edit(0)
    assert page.owners.table.isHidden()
    page.owners.leave_editor()
    assert not page.owners.table.isHidden()


def test_the_start_page_leads_here(window):
    window.show_start()
    start = window._page()
    start.split.click()
    assert isinstance(window._page(), SeparationPage)


def test_the_sample_has_as_many_rows_as_the_table(page):
    assert page.owners.model.count() == len(lines_agreed())
