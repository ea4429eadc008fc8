"""A remark on one figure of any table: chosen by key or by mouse, tagged, led back to in the package and in the village."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.builders import COLLECTIVE, Village
from tests.review.township import YEAR, a_year, sent
from tests.ui.test_review_journey import Hand
from village_ledger.domain.period import Month
from village_ledger.exchange.review.review_files import reviewer_of
from village_ledger.settings import reviewer_key_file
from village_ledger.ui.main_window import MainWindow
from village_ledger.ui.widgets.pin_tag import tag_width

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def hand(window: MainWindow, qtbot: QtBot) -> Hand:
    return Hand(window, qtbot)


@pytest.fixture
def package(village: Village, tmp_path: Path) -> Path:
    a_year(village)
    path = sent(village, tmp_path).path
    village.book.close()
    return path


def beside(hand: Hand, qtbot: QtBot, steps: int) -> None:
    """Shift+→ so many times."""
    for _ in range(abs(steps)):
        qtbot.keyClick(hand.page.table.view, Qt.Key.Key_Right if steps > 0 else Qt.Key.Key_Left, SHIFT)


def place_of_pin(hand: Hand) -> str:
    hand.press(Qt.Key.Key_F8)
    return hand.page.place.text()


@pytest.mark.parametrize(
    ("name", "where", "row", "steps", "place"),
    [
        ("trial_balance", {"span": YEAR}, 0, 5, "trial-balance/101.closing_debit@2025"),
        (
            "ledger",
            {"account": "101", "span": YEAR},
            0,
            3,
            "ledger?account=101/期初余额%2001-01.balance@2025",
        ),
        (
            "ledger",
            {"account": "101", "span": YEAR},
            1,
            1,
            "ledger?account=101/2025-01%2F记-0001.balance@2025",
        ),
        ("ledger", {"account": "101", "span": YEAR}, 2, 2, "ledger?account=101/本月合计%2001-31.credit@2025"),
        (
            "sheet_rows",
            {"sheet": "disclosure-items", "span": YEAR},
            1,
            1,
            "disclosure-items/①%20财务计划%20财务收支计划.period@2025",
        ),
        ("sheet_rows", {"sheet": "disclosure", "span": YEAR}, 0, 1, "disclosure/"),
        ("report_table", {"report": "combined", "span": YEAR}, 0, 1, ""),
    ],
)
def test_a_figure_is_chosen_pinned_and_led_back_to(
    hand: Hand,
    package: Path,
    qtbot: QtBot,
    name: str,
    where: dict[str, Any],
    row: int,
    steps: int,
    place: str,
) -> None:
    hand.open(package)
    page = hand.go(name, **where)
    page.table.go_to_row(row)
    beside(hand, qtbot, steps)
    chosen = page.table.model.chosen
    assert chosen >= 0
    assert hand.window.shell is not None
    assert ("Shift+→", "选一个数") in hand.window.shell.hints()
    figure = page.table.model.text(row, chosen)
    said = place_of_pin(hand)
    assert said.startswith(place)
    assert figure in hand.page.text.text()
    hand.act("pin")
    hand.act("open")
    back = hand.page
    assert (back.page_name, back.table.row, back.table.model.chosen) == (name, row, chosen)
    assert back.slip.notice is None
    assert back.table.model.tagged(row, chosen).number == "1"
    assert back.table.model.tagged(row, -1) is None
    assert place_of_pin(hand) == said


def test_in_a_small_window_what_one_writes_in_comes_into_view(
    hand: Hand, package: Path, qtbot: QtBot
) -> None:
    hand.window.resize(683, 384)
    hand.open(package)
    hand.go("trial_balance", span=YEAR)
    hand.press(Qt.Key.Key_F8)
    page = hand.page
    qtbot.waitUntil(lambda: not page.text.visibleRegion().isEmpty())
    assert page.text.hasFocus()
    assert page.section._title.text() == "新的一条，钉在：科目余额表 101 2025年"


def test_back_beyond_the_first_figure_is_the_row_again(hand: Hand, package: Path, qtbot: QtBot) -> None:
    hand.open(package)
    page = hand.go("trial_balance", span=YEAR)
    beside(hand, qtbot, 9)
    assert page.table.model.columns[page.table.model.chosen].key == "closing_credit"
    beside(hand, qtbot, -9)
    assert page.table.model.chosen == -1
    assert place_of_pin(hand) == "trial-balance/101@2025"


def test_a_total_is_chosen_pinned_and_led_back_to(hand: Hand, package: Path, qtbot: QtBot) -> None:
    hand.open(package)
    page = hand.go("trial_balance", span=YEAR)
    page.table.go_to_row(1)
    qtbot.keyClick(page.table.view, Qt.Key.Key_End, SHIFT)
    beside(hand, qtbot, 2)
    assert place_of_pin(hand) == "trial-balance/合计.period_debit@2025"
    assert "本期发生额借方 6,586.40" in hand.page.text.text()
    hand.act("pin")
    hand.act("open")
    table = hand.page.table
    column = [one.key for one in table.model.columns].index("period_debit")
    assert table.meant() == (table.totals_model, 0, column)
    assert table.totals_model.tagged(0, column).number == "1"
    style = table.style_of  # the tag stands beside the figure, never on it
    room = table.view.columnWidth(column) - style.width_of("6,586.40", bold=True) - 2 * style.cell
    assert room >= tag_width(style.theme, "1")
    assert [tag.number for tag in hand.page.seen_pins] == ["1"]
    qtbot.keyClick(table.view, Qt.Key.Key_Up)
    assert table.meant()[:1] == (table.model,)
    assert hand.page.seen_pins == ()
    click(qtbot, hand.page, 0, "closing_debit", view=table.totals)
    assert place_of_pin(hand) == "trial-balance/合计.closing_debit@2025"


def test_a_click_chooses_a_figure_and_a_vouchers_amount_is_the_voucher(
    hand: Hand, package: Path, qtbot: QtBot
) -> None:
    hand.open(package)
    page = hand.go("trial_balance", span=YEAR)
    click(qtbot, page, 0, "period_credit")
    assert place_of_pin(hand) == "trial-balance/101.period_credit@2025"
    page = hand.go("trial_balance", span=YEAR)
    click(qtbot, page, 0, "name")
    assert place_of_pin(hand) == "trial-balance/101@2025"
    page = hand.go("voucher_list", month=Month(2025, 2))
    click(qtbot, page, 0, "amount")
    assert place_of_pin(hand) == "2025-02/记-0001"
    page = hand.go("ledger", account="101", span=YEAR)
    click(qtbot, page, 1, "debit")
    assert place_of_pin(hand) == "2025-01/记-0001"


def click(qtbot: QtBot, page: Any, row: int, key: str, view: Any = None) -> None:
    view, model = view or page.table.view, page.table.model
    column = [one.key for one in model.columns].index(key)
    place = view.visualRect(view.model().index(row, column)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_in_the_villages_own_book_the_figure_has_its_tag_and_arrows_mean_nothing(
    hand: Hand, package: Path, village: Village, qtbot: QtBot, tmp_path: Path
) -> None:
    hand.open(package)
    page = hand.go("ledger", account="101", span=YEAR)
    page.table.go_to_row(0)
    beside(hand, qtbot, 3)
    hand.pin("年初的现金和盘点表不符")
    hand.window.preferences.name_reviewer("张审", "溪口镇农经站")
    hand.page.save(tmp_path / "意见.vlremarks")
    hand.rest()
    hand.window.close_book()
    assert reviewer_of("张审", "", reviewer_key_file()).name == "张审"
    hand.open(village.path)
    hand.go("packages").take(tmp_path / "意见.vlremarks")
    hand.rest()
    remarks = hand.go("remarks")
    assert remarks.model.text(0, 3) == "明细账 101 期初余额 01-01 2025年"
    hand.press(Qt.Key.Key_Return)
    page = hand.page
    assert (page.page_name, page.table.row, page.figures.account.code) == ("ledger", 0, "101")
    assert page.session.ledger_code == COLLECTIVE
    balance = [one.key for one in page.table.model.columns].index("balance")
    assert page.table.model.tagged(0, balance).number == "1-1"
    beside(hand, qtbot, 2)
    assert page.table.model.chosen == -1
