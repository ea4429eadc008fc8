"""Templates on the voucher page: Ctrl+T, a few keys, done; copies; what is refused is said in its place."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import COLLECTIVE, draft
from tests.ui.voucher_hand import Hand
from village_ledger.domain.period import Month
from village_ledger.domain.voucher import VoucherState
from village_ledger.services.entry import templates
from village_ledger.ui.voucher.voucher_page import VoucherPage


def keep(village, name, entries, summary="付3月电费", **how):
    with village.act() as uow:
        return templates.keep_from_draft(
            uow, draft("2025-03-08", summary, entries), name, date(2025, 3, 8), **how
        ).value


@pytest.fixture
def hand(qtbot, page_of, village, settle):
    """The voucher page of March 2025 with two templates to choose from."""
    keep(village, "付路灯电费", "借 514 600; 贷 101 600")
    keep(village, "付水费", "借 513@水厂 80; 贷 101 80", "付水厂水费", ask_parties=True)
    village.posted("2025-03-08", "收果园承包款", "借 101 6200; 贷 501 6200")
    page = page_of(VoucherPage)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    settle()
    return Hand(page)


def press(hand: Hand, *keys: str) -> int:
    """Press keys, type texts in quotes; returns how many keys that were."""
    count = 0
    for key in keys:
        if key.startswith("'"):
            hand.type(key.strip("'"))
            count += len(key.strip("'"))
        else:
            hand.press(key)
            count += 1
    return count


def test_a_two_line_template_voucher_by_keys_only_in_at_most_twelve(hand, settle, village):
    count = press(hand, "Ctrl+T", "'ld'", "Enter", "'600'", "Enter", "'1'", "Enter", "Space")
    settle()
    saved = village.reader.vouchers(COLLECTIVE, month=Month(2025, 3))[-1]
    stored = village.reader.voucher(saved.id)
    assert stored.state is VoucherState.ENTERED
    assert [(x.summary, x.account, x.debit, x.credit) for x in stored.voucher.lines] == [
        ("付3月电费", "514", 60000, 0),
        ("付3月电费", "101", 0, 60000),
    ]
    assert count <= 12


def test_the_list_is_searched_moved_in_and_put_away(hand):
    hand.press("Ctrl+T")
    panel = hand.page.help.panel
    assert [text.split("　")[0] for text in panel.texts] == ["付水费", "付路灯电费"]
    hand.type("sf")
    assert [text.split("　")[0] for text in panel.texts] == ["付水费"]
    hand.press("Esc")
    assert not panel.isVisible()
    assert hand.cell == "第1行 摘要"
    assert hand.filled == []


def test_the_cursor_stands_in_the_first_blank_and_every_place_of_a_name_follows(hand):
    hand.press("Ctrl+T", "Enter")
    assert hand.cell == "第1行 往来单位"
    assert hand.lines[0][0] == "付{对方}水费"
    hand.type("自来水公司").press("Enter")
    assert [line[0] for line in hand.lines] == ["付自来水公司水费"] * 2
    hand.type("88.5").press("Enter")
    assert hand.filled == [("付自来水公司水费", "513", "88.50", ""), ("付自来水公司水费", "101", "", "88.50")]
    hand.press("Ctrl+Z")
    assert hand.lines[1][3] == ""


def test_typing_a_name_into_the_summary_is_understood_too(hand, village):
    keep(village, "付杂费", "借 513 5; 贷 101 5", "付杂费")
    with village.act() as uow:
        from dataclasses import replace

        old = next(t for t in uow.reader.templates(COLLECTIVE) if t.name == "付杂费")
        lines = tuple(replace(x, summary="付{何人}杂费") for x in old.lines)
        templates.keep(uow, replace(old, lines=lines))
    hand.press("Ctrl+T").type("zf").press("Enter")
    hand.type("7").press("Enter")
    assert [line[0] for line in hand.lines] == ["付{何人}杂费"] * 2
    hand.page.desk.put_cursor((0, "summary"))
    hand.press("Ctrl+A").type("付王五杂费").press("Enter")
    assert [line[0] for line in hand.lines] == ["付王五杂费"] * 2


def test_a_template_that_cannot_be_used_is_said_in_the_list(hand, village):
    village.switch_off("514")
    hand.press("Ctrl+T").type("ld").press("Enter")
    assert "514 公益支出 已停用" in hand.page.help.panel.note.text()
    assert hand.filled == []


def test_a_closed_month_is_refused_at_the_field_like_typing(hand, village):
    village.close_month("2025-01")
    hand.page.session.go_to_month(Month(2025, 1))
    hand.page.reload()
    hand.page.begin(draft("2025-01-05", "", ""))
    hand.press("Ctrl+T").type("ld").press("Enter")
    assert hand.page.desk.form.heading.day.problem is not None
    hand.type("600").press("Enter").type("1").press("Enter", "F6")
    assert village.numbers("2025-01") == []


def test_what_was_being_typed_stays_as_a_draft(hand, village, settle):
    hand.type("付办公费").press("Enter").type("513").press("Enter")
    hand.press("Ctrl+T").type("ld").press("Enter")
    settle()
    kept = [d.draft.lines[0].summary for d in village.reader.drafts()]
    assert "付办公费" in kept


def test_a_voucher_is_kept_as_a_template_by_keys(hand, village, settle):
    hand.line("付报刊费", "513", "60").line("付报刊费", "101", "", "60")
    hand.press("Ctrl+Shift+T")
    assert hand.cell == "模板名称"
    hand.press("Ctrl+A").type("报刊").press("Enter")
    settle()
    found = next(t for t in village.reader.templates(COLLECTIVE) if t.name == "报刊")
    assert [x.debit or x.credit for x in found.lines] == ["{金额}", "{金额}"]
    assert "已存为模板" in hand.page.desk.strip.remarks


def test_keeping_without_a_name_or_lines_is_said_in_the_panel(hand, settle):
    hand.press("Ctrl+Shift+T", "Enter")
    settle()
    assert "没有名称" in hand.page.help.keep_panel.note.text()
    hand.type("空的").press("Enter")
    settle()
    assert "至少要有两行" in hand.page.help.keep_panel.note.text()
    hand.press("Esc")
    assert hand.page.help.keep_panel.isHidden()


def test_a_copy_is_a_new_voucher_of_an_open_month(hand, village, settle):
    stored = village.reader.vouchers(COLLECTIVE, month=Month(2025, 3))[0]
    hand.page.open_voucher(stored.id)
    hand.press("Ctrl+D")
    assert [line[1:] for line in hand.filled] == [("101", "6200.00", ""), ("501", "", "6200.00")]
    assert hand.page.desk.editing.editing is None


def test_nothing_saved_is_nothing_to_copy(hand):
    hand.press("Ctrl+D")
    assert "先按 F6 保存" in hand.page.desk.strip.remarks


def test_f3_and_the_other_ledger_have_pages_of_their_own(hand, navigator, village):
    hand.press("F3")
    stored = village.reader.vouchers(COLLECTIVE, month=Month(2025, 3))[0]
    hand.page.open_voucher(stored.id)
    hand.page.help.copy_across()
    assert navigator.opened == [("posting_event", {}), ("copy_across", {"voucher_id": stored.id})]
