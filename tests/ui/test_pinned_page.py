"""F8 while a package is open: a remark on the voucher or finding in view, kept, changed, signed into a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests import made
from tests.builders import Village
from tests.review.township import YEAR, sent
from tests.ui.conftest import Visits
from village_ledger.domain.remark_place import place_of
from village_ledger.domain.remarks import Verdict, read_remarks
from village_ledger.domain.review_check import Severity
from village_ledger.settings import Preferences
from village_ledger.ui.main_window import MainWindow
from village_ledger.ui.review.key_bar import KeyBar
from village_ledger.ui.review.pin import Pin, pin_on
from village_ledger.ui.review.pinned_page import PinnedPage


@pytest.fixture
def rest(window: MainWindow, qtbot: QtBot) -> Callable[[], None]:
    """Wait until the window has nothing left to do."""
    return lambda: qtbot.waitUntil(lambda: not window.operations.busy, timeout=60_000)


def waiting(folder: Path) -> Path:
    """A package with one voucher that waits for the township and a closed month before it."""
    with Village.found(folder) as village:
        village.declare_one_person_post()
        village.close_month("2025-01")
        village.post(village.entered("2025-03-05", "付款", "借 513 30; 贷 101 30"))
        return sent(village, folder).path


@pytest.fixture
def desk(tmp_path: Path, window: MainWindow, qtbot: QtBot) -> MainWindow:
    """That package in the window."""
    window.open_path(made.copy_made_in_a_folder("pinned to", waiting, tmp_path / "青山村.vlpkg"))
    qtbot.waitUntil(lambda: window.shell is not None and not window.operations.busy, timeout=60_000)
    return window


def page_at(window: MainWindow, rest: Callable[[], None], name: str, **where: Any) -> Any:
    assert window.shell is not None
    window.shell.pages.open(name, **where)
    rest()
    return window.shell.pages.current_page()


def press_pin(window: MainWindow, rest: Callable[[], None], qtbot: QtBot) -> Any:
    """F8 by hand, wherever one is."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert window.shell is not None
    page = window.shell.pages.current_page()
    assert page is not None
    qtbot.keyClick(page.focusWidget() or page, Qt.Key.Key_F8)
    rest()
    return window.shell.pages.current_page()


def test_f8_on_the_list_pins_to_the_voucher(desk: MainWindow, rest: Callable[[], None], qtbot: QtBot) -> None:
    from village_ledger.domain.period import Month

    page_at(desk, rest, "voucher_list", month=Month(2025, 3))
    page = press_pin(desk, rest, qtbot)
    assert isinstance(page, PinnedPage)
    assert page.place.text() == "2025-03/记-0001"
    page.text.setText("请补发票")
    page.action("pin").trigger()
    rest()
    assert [page.model.text(0, column) for column in (0, 1, 3, 4)] == [
        "1",
        "中",
        "2025-03/记-0001",
        "请补发票",
    ]
    voucher_id = desk.session.reader.vouchers("collective")[0].id
    page_at(desk, rest, "voucher", voucher_id=voucher_id)
    assert press_pin(desk, rest, qtbot).place.text() == "2025-03/记-0001"
    assert page.text.text() == ""


def test_f8_on_a_finding_takes_its_words_rule_and_weight(
    desk: MainWindow, rest: Callable[[], None], qtbot: QtBot
) -> None:
    found = page_at(desk, rest, "review_checks", span=YEAR)
    rules = [found.model.text(row, 1) for row in range(found.model.count())]
    found.table.go_to_row(rules.index("R05"))
    page = press_pin(desk, rest, qtbot)
    assert (page.place.text(), page.rule.text()) == ("2025-03/记-0001", "R05")
    assert page.text.text().startswith("摘要太笼统：")
    assert page.severity.currentData() == Severity.SLIGHT.value


def test_f8_on_a_row_and_on_a_figure_names_them(
    desk: MainWindow, rest: Callable[[], None], qtbot: QtBot
) -> None:
    page_at(desk, rest, "trial_balance", span=YEAR)
    page = press_pin(desk, rest, qtbot)
    assert page.place.text() == "trial-balance/101@2025"
    assert page.text.text() == "《科目余额表》101 库存现金："
    sheet = page_at(desk, rest, "statement", report="balance-sheet", span=YEAR, key="A1", column="opening")
    assert press_pin(desk, rest, qtbot).place.text() == "balance-sheet/A1.opening@2025"
    assert page.text.text() == "《资产负债表》货币资金 年初余额 —："
    assert sheet.page_name == "statement"


@pytest.mark.parametrize(
    ("name", "where"),
    [
        ("trial_balance", {"span": YEAR}),
        ("statement", {"report": "balance-sheet", "span": YEAR, "key": "A1", "column": "closing"}),
        ("report_table", {"report": "combined", "span": YEAR}),
        ("sheet_rows", {"sheet": "disclosure-items", "span": YEAR}),
        ("ledger", {"account": "101", "span": YEAR}),
        ("first_page", {"span": YEAR}),
        ("closing", {}),
        ("operation_log", {}),
        ("package_proof", {}),
        ("indicators", {}),
        ("limits", {}),
    ],
)
def test_f8_on_any_page_names_a_place_that_leads_back_to_its_row(
    desk: MainWindow, rest: Callable[[], None], qtbot: QtBot, name: str, where: dict[str, Any]
) -> None:
    """Some of these pages have a use of their own for F8: while a package is open it pins on all of them."""
    page_at(desk, rest, name, **where)
    page = press_pin(desk, rest, qtbot)
    page.text.setText("请说明")
    page.action("pin").trigger()
    rest()
    place = page.place.text()
    page.action("open").trigger()
    rest()
    assert desk.shell is not None
    back: Any = desk.shell.pages.current_page()
    assert (back.page_name, back.slip.notice) == (name, None)
    if "/" in place:
        assert [tag.text for tag in back.seen_pins] == ["请说明"]
        assert place_of(pin_on(back).place) == place_of(place)


def test_f8_in_a_voucher_pins_to_the_line_one_stands_on(
    desk: MainWindow, rest: Callable[[], None], qtbot: QtBot
) -> None:
    voucher = page_at(desk, rest, "voucher", voucher_id=desk.session.reader.vouchers("collective")[0].id)
    for _ in range(2):
        qtbot.keyClick(voucher.desk.form.grid, Qt.Key.Key_Down)
    page = press_pin(desk, rest, qtbot)
    assert page.place.text() == "2025-03/记-0001#2"
    page.text.setText("付给谁没有写")
    page.action("pin").trigger()
    rest()
    assert desk.shell is not None
    desk.shell.pages.back()
    rest()
    assert voucher.pins.line == 2
    assert [(tag.number, tag.line) for tag in voucher.seen_pins] == [("1", 2)]
    assert "钉在第 2 行　付给谁没有写" in desk.shell.pin_strip.words[0].text()


def test_what_is_typed_at_once_is_not_lost_when_the_list_comes(
    desk: MainWindow, rest: Callable[[], None]
) -> None:
    assert desk.shell is not None
    desk.shell.pages.open("pinned", pin=Pin("committee"))
    page: Any = desk.shell.pages.current_page()
    page.text.setText("先写着")
    rest()
    assert (page.text.text(), page.ledger.currentData()) == ("先写着", "committee")


def test_a_remark_is_changed_deleted_and_refused(
    desk: MainWindow, rest: Callable[[], None], qtbot: QtBot
) -> None:
    page = page_at(desk, rest, "pinned")
    page.action("pin").trigger()
    rest()
    assert "意见不能是空的" in page.slip.notice.what
    page.place.setText("2025-03/记-0009")
    page.text.setText("没有这一张")
    page.action("pin").trigger()
    rest()
    assert page.slip.notice is not None
    page.place.setText("")
    page.action("pin").trigger()
    rest()
    page.text.setText("改过的")
    page.action("pin").trigger()
    rest()
    assert [page.model.text(0, 4), page.model.count()] == ["改过的", 1]
    page.action("delete").trigger()
    page.ask_bar.act.click()
    rest()
    assert page.model.count() == 0


def test_passing_returning_accepting_and_the_signed_file(
    desk: MainWindow, rest: Callable[[], None], qtbot: QtBot, tmp_path: Path, preferences: Preferences
) -> None:
    judging = page_at(desk, rest, "second_reviews")
    judging.table.marked.emit(0)
    rest()
    assert "还没有和村里核对过签名指纹" in judging.slip.notice.what
    assert desk.shell is not None
    desk.shell.findChildren(KeyBar)[0].same.click()
    assert [judging.model.text(row, 2) for row in range(judging.model.count())] == [
        "2025-03/记-0001",
        "2025-01",
    ]
    for row in (0, 1):
        judging.table.go_to_row(row)
        judging.table.marked.emit(row)
        rest()
    assert [judging.model.text(row, 0) for row in (0, 1)] == ["审核通过", "接受"]
    judging.table.go_to_row(0)
    judging.action("give_back").trigger()
    judging.ask_bar.field.setText("没有发票")
    judging.ask_bar.act.click()
    rest()
    assert [judging.model.text(0, column) for column in (0, 6)] == ["退回", "没有发票"]
    page = page_at(desk, rest, "pinned")
    page.action("save").trigger()
    assert page.ask_bar.asking
    preferences.name_reviewer("张审", "溪口镇农经站")
    desk.preferences.name_reviewer("张审", "溪口镇农经站")
    page.save(tmp_path / "意见.vlremarks")
    rest()
    assert "存好了：意见.vlremarks" in page.said.text()
    said = read_remarks((tmp_path / "意见.vlremarks").read_bytes())
    assert (said.reviewer, said.office, said.accepted) == (
        "张审",
        "溪口镇农经站",
        (("collective", "2025-01"),),
    )
    assert [(one.verdict, one.reason) for one in said.verdicts] == [(Verdict.RETURN, "没有发票")]


def test_a_draft_waits_until_the_package_is_opened_again(
    desk: MainWindow, rest: Callable[[], None], qtbot: QtBot
) -> None:
    page = page_at(desk, rest, "pinned")
    page.text.setText("账期太短")
    page.action("pin").trigger()
    rest()
    opened = desk.session.package
    assert opened is not None
    desk.close_book()
    desk.open_path(opened.package.path)
    qtbot.waitUntil(lambda: desk.shell is not None and not desk.operations.busy, timeout=60_000)
    again = page_at(desk, rest, "pinned")
    assert again.model.text(0, 4) == "账期太短"


def test_in_an_own_book_there_is_nothing_to_pin(
    page_of: Callable[..., Any], settle: Callable[[], None], navigator: Visits
) -> None:
    page = page_of(PinnedPage)
    page.text.setText("不是送审包")
    page.action("pin").trigger()
    settle()
    assert "打开送审包才能写意见" in page.said.text()
    assert page.model.count() == 0
