"""Nothing typed is lost: drafts are kept on every pause and come back in the cell where the cursor was."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton

from tests.builders import COLLECTIVE, COMMITTEE, blank_book, draft
from tests.ui.voucher_hand import Hand
from village_ledger.domain.errors import DiskFullError
from village_ledger.domain.voucher import VoucherState
from village_ledger.services.entry import drafts
from village_ledger.ui.voucher.voucher_page import VoucherPage

ROOT = Path(__file__).parents[2]


@pytest.fixture
def hand(qtbot, page_of, settle):
    """The voucher page with its window active."""
    page = page_of(VoucherPage)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    settle()
    return Hand(page)


@pytest.fixture
def pause(hand, settle):
    """The person stops typing long enough."""

    def wait():
        hand.page.keeper.save_now()
        settle()

    return wait


def test_a_pause_keeps_the_draft_with_the_cursors_cell(hand, qtbot, village):
    hand.type("付电费").press("Enter").type("513").press("Enter").type("8")
    with qtbot.waitSignal(hand.page.keeper.saved, timeout=20_000):
        pass
    kept = village.reader.drafts()
    assert len(kept) == 1
    assert kept[0].draft.lines[0].debit == "8"
    assert kept[0].draft.cursor == (0, "debit")
    assert hand.page.status().startswith("◌ 草稿已存 ")


def test_looking_about_in_a_blank_voucher_keeps_nothing(hand, pause, village):
    hand.press("Tab", "Tab", "Shift+Tab")
    pause()
    assert village.reader.drafts() == []


def test_one_draft_is_kept_however_often_one_pauses(hand, pause, village):
    for text in ("付", "电", "费"):
        hand.type(text)
        pause()
    assert [kept.draft.lines[0].summary for kept in village.reader.drafts()] == ["付电费"]


def test_names_around_the_lines_are_kept_before_they_are_left(hand, pause, village):
    hand.type("付电费")
    hand.page.desk.form.foot.fields["handler"].setFocus()
    hand.type("罗成林")
    pause()
    kept = village.reader.drafts()[0].draft
    assert kept.handler == "罗成林"
    assert kept.cursor == (0, "handler")


def test_a_found_draft_opens_in_its_cell(hand, village, settle):
    typed = draft("2025-03-05", "付电费", "借 513 8; 贷 101 ", cursor=(1, "credit"))
    draft_id = village.autosave(typed)
    hand.page.go(draft_id=draft_id)
    settle()
    assert hand.cell == "第2行 贷方金额"
    assert hand.filled == [("付电费", "513", "8", ""), ("付电费", "101", "", "")]
    assert "已找回" in hand.page.status()


def test_leaving_the_page_keeps_the_draft_at_once(hand, village, settle):
    hand.type("付电费")
    assert hand.page.leave()
    settle()
    assert [kept.draft.lines[0].summary for kept in village.reader.drafts()] == ["付电费"]


def test_saving_the_voucher_takes_its_draft_away(hand, pause, village, settle):
    hand.line("付电费", "513", debit="3")
    pause()
    hand.press("Enter").type("101").press("Enter").type("=").press("F6")
    settle()
    assert village.reader.drafts() == []
    assert len(village.reader.vouchers(COLLECTIVE)) == 1


def test_a_save_right_behind_a_pause_leaves_no_draft(hand, village, settle):
    hand.line("付电费", "513", debit="3")
    hand.press("Enter").type("101").press("Enter").type("=")
    hand.page.keeper.save_now()
    hand.press("F6")
    settle()
    assert village.reader.drafts() == []


def test_the_other_ledger_keeps_its_own_half_typed_voucher(hand, village, settle, session):
    hand.type("付电费")
    hand.page.leave()
    session.switch_ledger(COMMITTEE)
    hand.page.reload()
    settle()
    assert hand.filled == []
    hand.type("发工资")
    hand.page.leave()
    session.switch_ledger(COLLECTIVE)
    hand.page.reload()
    settle()
    assert hand.filled == [("付电费", "", "", "")]
    assert {kept.draft.ledger for kept in village.reader.drafts()} == {COLLECTIVE, COMMITTEE}


def test_a_new_voucher_begun_over_a_draft_leaves_the_draft_in_the_book(hand, village, settle):
    hand.type("付电费")
    hand.page.action("new_voucher").trigger()
    settle()
    assert hand.filled == []
    assert [kept.draft.lines[0].summary for kept in village.reader.drafts()] == ["付电费"]


def test_a_draft_that_cannot_be_kept_is_said_and_typing_goes_on(hand, pause, monkeypatch):
    def full(*_):
        raise DiskFullError("没能保存：U盘已满", "请清出空间。")

    monkeypatch.setattr(drafts, "autosave", full)
    hand.type("付电费")
    pause()
    assert "草稿还没存上" in hand.page.status()
    hand.type("一")
    assert hand.lines[0][0] == "付电费一"


def test_changes_to_an_entered_voucher_come_back_with_it(hand, pause, village, settle):
    stored = village.entered("2025-03-08", "付电费", "借 513 8; 贷 101 8")
    hand.page.go(voucher_id=stored.id)
    hand.type("付水费")
    pause()
    hand.page.new_voucher()
    settle()
    hand.page.go(voucher_id=stored.id)
    assert hand.lines[0][0] == "付水费"
    assert village.again(stored).voucher.lines[0].summary == "付电费"
    hand.press("F6")
    settle()
    assert village.again(stored).voucher.lines[0].summary == "付水费"
    assert village.again(stored).state is VoucherState.ENTERED


def test_unsaved_changes_survive_a_look_at_the_next_voucher(hand, village, settle):
    stored = village.entered("2025-03-08", "付电费", "借 513 8; 贷 101 8")
    village.entered("2025-03-09", "付水费", "借 513 9; 贷 101 9")
    hand.page.go(voucher_id=stored.id)
    hand.type("付话费").press("PgDn", "PgUp")
    assert hand.lines[0][0] == "付话费"
    settle()
    assert len(village.reader.drafts()) == 1


def test_a_draft_parked_while_it_is_being_kept_is_kept_only_once(hand, village, settle):
    village.entered("2025-03-08", "付电费", "借 513 8; 贷 101 8")
    hand.type("付话费").press("PgUp", "PgDn").type("付话费一")
    hand.page.leave()
    settle()
    assert [kept.draft.lines[0].summary for kept in village.reader.drafts()] == ["付话费一"]


def test_a_draft_emptied_again_is_taken_away(hand, pause, village):
    hand.type("付电费")
    pause()
    hand.press("Ctrl+A", "Backspace")
    pause()
    assert village.reader.drafts() == []


def test_a_draft_of_a_voucher_posted_meanwhile_shows_the_voucher(hand, village, settle):
    stored = village.posted("2025-03-08", "付电费", "借 513 8; 贷 101 8")
    draft_id = village.autosave(draft("2025-03-08", "付水费", "借 513 8; 贷 101 8", editing=stored.id))
    hand.page.go(draft_id=draft_id)
    settle()
    assert hand.lines[0][0] == "付电费"
    assert hand.page.desk.editing.model.read_only


# kill -9


@pytest.mark.parametrize(
    ("keys", "cursor", "cell"),
    [
        (["付路灯电费", "[Enter]", "513", "[Enter]", "1386"], (0, "debit"), "第1行 借方金额"),
        (["收承包款", "[Enter]", "113", "[Enter]", "张"], (0, "counterparty"), "第1行 往来单位"),
        (
            ["付路灯电费", "[Enter]", "513", "[Enter]", "8", "[Enter]", "[Enter]", "yh"],
            (1, "account"),
            "第2行 会计科目",
        ),
    ],
)
def test_after_kill_9_the_draft_opens_in_the_same_cell(qtbot, tmp_path, window, open_in, keys, cursor, cell):
    path = blank_book(tmp_path, name="断电.vledger")
    kill_while_typing(path, keys)
    open_in(window, path)
    assert not window.session.read_only
    found = window.session.reader.drafts()
    assert [kept.draft.cursor for kept in found] == [cursor]
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    next(b for b in window.shell.findChildren(QAbstractButton) if b.text() == "接着填").click()
    qtbot.waitUntil(lambda: not window.operations.busy, timeout=20_000)
    assert window.shell.pages.current_name == "voucher"
    assert Hand(window.shell.pages.current_page()).cell == cell


def kill_while_typing(path, keys):
    """Let another process type into the book and kill it once the draft is kept."""
    typist = subprocess.Popen(
        [sys.executable, "-m", "tests.ui.voucher_typist", str(path), *keys],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert typist.stdout is not None
        assert typist.stdout.readline().strip() == "KEPT"
    finally:
        typist.kill()
        typist.communicate()
