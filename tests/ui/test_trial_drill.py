"""From a figure to its voucher and back to the same row, through the real window, by keys alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.builders import COLLECTIVE, COMMITTEE, Village
from village_ledger.domain.period import Month


@pytest.fixture
def window(window, open_in, tmp_path):
    """青山村 open in March: some trade, one voucher waiting."""
    with Village.found(tmp_path) as village:
        village.add_account("102", "农商行基本户")
        village.open_with("借 101 1200", "借 10201 50000", "贷 301 51200")
        village.posted("2025-03-03", "收果园承包款", "借 10201 6200; 贷 501 6200")
        village.posted("2025-03-05", "提取备用金", "借 101 2000; 贷 10201 2000")
        village.posted("2025-03-08", "付电费", "借 513 386.40; 贷 10201 386.40")
        village.entered("2025-03-12", "购办公用品", "借 513 36; 贷 101 36")
        path = village.path
    open_in(window, path)
    window.session.go_to_month(Month(2025, 3))
    return window


def press(window, key):
    """A key where the cursor is."""
    page = window.shell.pages.current_page()
    QTest.keyClick(page.focusWidget() or page, key)


def test_enter_goes_in_and_escape_comes_back_to_the_same_rows(window):
    pages = window.shell.pages
    pages.jump("trial_balance")
    trial = pages.current_page()
    trial.table.go_to_row(trial.model.row_of("102"))
    press(window, Qt.Key.Key_Right)
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Return)
    ledger = pages.current_page()
    assert (pages.current_name, ledger.figures.account.code) == ("ledger", "10201")
    ledger.table.go_to_row(2)
    assert ledger.model.text(2, 2) == "提取备用金"
    press(window, Qt.Key.Key_Return)
    assert pages.current_name == "voucher"
    assert pages.trail() == ["科目余额表", "农商行基本户"]
    pages.back()
    assert (pages.current_name, ledger.table.row) == ("ledger", 2)
    press(window, Qt.Key.Key_Escape)
    assert (pages.current_name, trial._code()) == ("trial_balance", "10201")


def test_the_ledgers_of_the_two_books_keep_apart_on_every_page(window):
    pages = window.shell.pages
    for name in ("voucher_list", "trial_balance", "ledger", "reports"):
        window.session.switch_ledger(COLLECTIVE)
        pages.jump(name)
        window.shell.switch_ledger()
        assert window.session.ledger_code == COMMITTEE
        assert pages.current_name == name
        texts = "".join(
            pages.current_page().model.text(row, 1) for row in range(pages.current_page().model.count())
        )
        assert "记-0001" not in texts
        assert "农商行" not in texts


def test_another_month_in_the_strip_is_another_month_on_the_page(window):
    pages = window.shell.pages
    pages.jump("voucher_list")
    assert pages.current_page().model.count() == 4
    window.session.go_to_month(Month(2025, 4))
    assert pages.current_page().model.count() == 0
    pages.jump("trial_balance")
    assert pages.current_page().span_choice.text() == "2025年4月 ▾"


def test_the_status_bar_offers_the_keys_of_the_page(window):
    window.shell.pages.jump("trial_balance")
    words = [words for _, words in window.shell.hints()]
    assert words[:2] == ["怎么来的", "往里看"]
