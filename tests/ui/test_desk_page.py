"""The township's desk: from the start page over a folder of packages to a village's voucher, and back again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests import made
from tests.builders import Village
from tests.review.township import a_year, another, sent
from village_ledger.settings import Preferences
from village_ledger.ui.main_window import MainWindow
from village_ledger.ui.review.desk_page import DeskPage
from village_ledger.ui.review.key_bar import KeyBar
from village_ledger.ui.widgets.state_mark import Check


def of_a_year(folder: Path) -> Path:
    """青山村's package of a year."""
    with Village.found(folder) as village:
        a_year(village)
        return sent(village, folder).path


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """青山村 and 白云村 sent, and something that is no package."""
    folder = tmp_path / "收件"
    folder.mkdir()
    made.copy_made_in_a_folder("the desk's first", of_a_year, folder / "一.vlpkg")
    made.copy_made_in_a_folder(
        "the desk's other", lambda place: another(place, "白云村"), folder / "白云村.vlpkg"
    )
    (folder / "坏.vlpkg").write_bytes(b"no package")
    return folder


@pytest.fixture
def rest(window: MainWindow, qtbot: QtBot) -> Callable[[], None]:
    """Wait until the window has nothing left to do."""
    return lambda: qtbot.waitUntil(lambda: not window.operations.busy, timeout=60_000)


@pytest.fixture
def desk(window: MainWindow, inbox: Path, rest: Callable[[], None]) -> Any:
    """The desk after the folder was reviewed, 水口村 expected too."""
    window.show_start()
    start: Any = window._page()
    start.township.click()
    page: Any = window._page()
    assert isinstance(page, DeskPage)
    page.form.expected.setText("白云村、水口村")
    page.go(folder=inbox)
    rest()
    return page


def verdicts(page: Any) -> list[tuple[str, str]]:
    return [(page.model.text(row, 2), page.model.text(row, 1)) for row in range(page.model.count())]


def test_exceptions_stand_first_with_mark_and_word(desk: Any) -> None:
    assert verdicts(desk) == [
        ("读不了", "坏.vlpkg"),
        ("没交", "水口村"),
        ("没核对指纹", "青山村"),
        ("没核对指纹", "白云村"),
    ]
    marks = [desk.model.check(row) for row in range(4)]
    assert marks == [Check.FAIL, Check.WAITING, Check.WARN, Check.WARN]
    assert desk.strip.accessibleName() == ("3 个村，0 可信，没查出问题，2 可信，有疑问，1 验不过，1 没交")
    assert desk.table.totals.model().data(desk.table.totals.model().index(0, 5)) == "6,813.60"


def test_enter_opens_the_package_and_esc_comes_back_to_the_row(
    desk: Any, window: MainWindow, rest: Callable[[], None], qtbot: QtBot
) -> None:
    desk.table.go_to_row(3)
    desk.table.opened.emit(3)
    qtbot.waitUntil(lambda: window.shell is not None and not window.operations.busy, timeout=60_000)
    assert window.shell is not None
    opened = window.session.package
    assert opened is not None
    assert window.shell.pages.current_name == "review_checks"
    page: Any = window.shell.pages.current_page()
    assert page.span_choice.span() == opened.package.manifest.span
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    rest()
    assert window.shell is None
    assert window._page() is desk
    assert window._areas.currentWidget() is window._front
    assert desk.table.row == 3
    assert not opened.folder.exists()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window._front.current_name == "start"


def test_a_fingerprint_compared_in_the_package_is_known_on_the_desk(
    desk: Any, window: MainWindow, rest: Callable[[], None], qtbot: QtBot
) -> None:
    desk.table.go_to_row(2)
    desk.action("explain").trigger()
    assert "还没有打电话和村里核对过" in desk.explain.accessibleName()
    desk.explain.hide()
    desk.table.opened.emit(2)
    qtbot.waitUntil(lambda: window.shell is not None and not window.operations.busy, timeout=60_000)
    (bar,) = window.findChildren(KeyBar)
    bar.same.click()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    rest()
    assert window._page() is desk
    assert verdicts(desk)[2:] == [("可信", "青山村"), ("没核对指纹", "白云村")]
    assert desk.table.row == 2


def _up(window: MainWindow, qtbot: QtBot, rest: Callable[[], None]) -> Any:
    """Esc, and the page one is on then."""
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    rest()
    return window._page()


def test_every_total_leads_down_to_a_voucher_and_back(
    desk: Any, window: MainWindow, rest: Callable[[], None], qtbot: QtBot
) -> None:
    """The total → its villages → the accounts of one → their ledger in the package → a voucher; Esc all the way."""
    desk.action("totals").trigger()
    page: Any = window._page()
    assert page.head.title() == "合计的来处"
    said = {page.model.link(row).key: row for row in range(page.model.count()) if page.model.link(row)}
    assert page.model.text(said["collective_income"], 2) == "7,200.00"
    page.table.go_to_row(said["collective_income"])
    page.table.opened.emit(said["collective_income"])
    assert page.head.title() == "集体经济组织账的收入：由哪些村来"
    assert [page.model.text(row, 0) for row in range(2)] == ["青山村", "白云村"]
    page.table.opened.emit(0)
    assert page.head.title() == "青山村：集体经济组织账的收入由哪些科目来"
    assert (page.model.text(0, 0), page.model.text(0, 3)) == ("501", "6,200.00")
    page.table.opened.emit(0)
    qtbot.waitUntil(lambda: window.shell is not None and not window.operations.busy, timeout=60_000)
    assert window.shell is not None
    assert window.shell.pages.current_name == "ledger"
    ledger: Any = window.shell.pages.current_page()
    row = next(n for n in range(ledger.model.count()) if ledger.model.link(n) is not None)
    ledger.table.opened.emit(row)
    rest()
    assert window.shell.pages.current_name == "voucher"
    _up(window, qtbot, rest)
    assert window.shell.pages.current_name == "ledger"
    back = _up(window, qtbot, rest)
    assert window.shell is None
    assert back.head.title() == "青山村：集体经济组织账的收入由哪些科目来"
    assert _up(window, qtbot, rest).head.title() == "集体经济组织账的收入：由哪些村来"
    assert _up(window, qtbot, rest).table.row == said["collective_income"]
    assert _up(window, qtbot, rest) is desk


def test_a_click_on_a_total_shows_its_villages(desk: Any, window: MainWindow) -> None:
    totals = desk.table.totals
    totals.clicked.emit(totals.model().index(0, 6))
    page: Any = window._page()
    assert page.head.title() == "村民委员会账的现金和存款：由哪些村来"
    assert (
        page.bar.accessibleName() == desk.bar.accessibleName()
    )  # 审阅 · 只读 stands over every page of the desk


def test_the_comparison_leads_to_the_accounts_of_a_village(desk: Any, window: MainWindow) -> None:
    desk.table.go_to_row(2)
    desk.action("compare").trigger()
    assert desk.model.text(desk.table.row, 0) == "青山村"
    desk.table.opened.emit(desk.table.row)
    page: Any = window._page()
    assert page.head.title() == "青山村：每个数由哪些科目来"
    assert page.model.text(1, 1) == "经营收入"
    page.action("explain").trigger()
    assert not page.explain.isHidden()
    assert page.escape()


def test_rules_lead_to_the_villages_in_which_they_found_something(
    desk: Any, window: MainWindow, qtbot: QtBot
) -> None:
    desk.action("rules").trigger()
    page: Any = window._page()
    assert page.made.notes[0].startswith("各村照同一个规则包")
    rule = page.model.text(0, 0)
    page.table.opened.emit(0)
    assert page.head.title().startswith(rule)
    page.table.opened.emit(0)
    qtbot.waitUntil(lambda: window.shell is not None and not window.operations.busy, timeout=60_000)
    assert window.shell is not None
    found: Any = window.shell.pages.current_page()
    assert found.row().cells[1] == rule


def test_the_chain_of_a_village(desk: Any, window: MainWindow) -> None:
    desk.table.go_to_row(2)
    desk.action("chain").trigger()
    page: Any = window._page()
    assert page.head.title() == "青山村：包的次序"
    assert page.model.text(0, 3) == "第一次送"


def test_a_cell_of_the_strip_shows_its_villages_alone(desk: Any) -> None:
    desk.strip.cells[4].click()
    assert verdicts(desk) == [("没交", "水口村")]
    assert desk.escape()
    assert len(verdicts(desk)) == 4


def test_a_missing_village_is_reminded(desk: Any, tmp_path: Path, rest: Callable[[], None]) -> None:
    desk.form.reviewer.setText("张审")
    desk.table.opened.emit(1)
    rest()
    assert desk.status() == "催交的通知写好了：催交_水口村.txt、催交_水口村.pdf"
    letter = (tmp_path / "乡镇审阅报告" / "催交_水口村.txt").read_text(encoding="utf-8-sig")
    assert "从来没有收到过" in letter
    assert "2025年12月" in letter
    assert "张审" in letter


def test_a_remark_begins_on_the_desk(desk: Any, window: MainWindow, qtbot: QtBot) -> None:
    desk.table.go_to_row(2)
    desk.action("remark").trigger()
    qtbot.waitUntil(lambda: window.shell is not None and not window.operations.busy, timeout=60_000)
    assert window.shell is not None
    assert window.shell.pages.current_name == "pinned"


def test_a_sample_over_all_villages(
    desk: Any, window: MainWindow, rest: Callable[[], None], tmp_path: Path, qtbot: QtBot
) -> None:
    desk.action("sample").trigger()
    page: Any = window._page()
    page.form.seed.setText("双色球 2025150")
    page.form.count.setText("2")
    page.draw()
    rest()
    first = [page.model.text(row, 2) for row in range(page.model.count())]
    assert len(first) == 2
    assert "种子“双色球 2025150”，从 3 张里抽出 2 张" in page.status()
    page.draw()
    rest()
    assert [page.model.text(row, 2) for row in range(page.model.count())] == first
    page.action("write").trigger()
    rest()
    assert {path.suffix for path in (tmp_path / "乡镇审阅报告").glob("抽查清单.*")} == {
        ".xlsx",
        ".pdf",
        ".json",
    }
    page.form.count.setText("很多")
    page.draw()
    assert "抽几张要写 1 到 10000 的整数" in page.slip.notice.what
    page.table.opened.emit(0)
    qtbot.waitUntil(lambda: window.shell is not None and not window.operations.busy, timeout=60_000)
    assert window.shell is not None
    assert window.shell.pages.current_name == "voucher"


def test_a_pack_that_does_not_read_is_said_on_the_page(
    desk: Any, tmp_path: Path, rest: Callable[[], None]
) -> None:
    (tmp_path / "坏.toml").write_text("x = ", encoding="utf-8")
    desk.form.rules.setText(str(tmp_path / "坏.toml"))
    desk.action("review").trigger()
    rest()
    assert "规则文件 坏.toml 不是规则文件" in desk.slip.notice.what


def test_reports_are_written_and_who_reviews_is_asked_once(
    desk: Any, tmp_path: Path, preferences: Preferences, rest: Callable[[], None]
) -> None:
    desk.action("write").trigger()
    rest()
    assert "还没有写审阅人的姓名" in desk.slip.notice.what
    assert not desk.form.isHidden()
    desk.form.reviewer.setText("张审")
    desk.action("write").trigger()
    rest()
    assert "写好了 2 个包的报告和意见书" in desk.status()
    names = {path.name for path in (tmp_path / "乡镇审阅报告").iterdir()}
    assert {"青山村_第1包.vlremarks", "白云村_第1包_审查.xlsx", "应送的村.txt", "已收送审包.json"} <= names
    assert Preferences(preferences.path).desk().reviewer == "张审"


def test_what_a_row_is_made_of_is_said(desk: Any) -> None:
    desk.table.go_to_row(3)
    desk.action("explain").trigger()
    assert not desk.explain.isHidden()
    assert desk.escape()
    assert desk.explain.isHidden()


def test_an_empty_folder_is_refused_on_the_page(
    window: MainWindow, tmp_path: Path, rest: Callable[[], None]
) -> None:
    (tmp_path / "空").mkdir()
    window.show_start()
    window._front.open("desk", folder=tmp_path / "空")
    rest()
    page: Any = window._page()
    assert "没有找到送审包" in page.slip.notice.what


def test_a_run_that_is_stopped_leaves_the_table_as_it_was(
    desk: Any, window: MainWindow, rest: Callable[[], None]
) -> None:
    before = desk.run
    desk.action("review").trigger()
    window.operations.cancel()
    rest()
    assert desk.run is before
    assert verdicts(desk)[0] == ("读不了", "坏.vlpkg")


def test_the_month_due_is_said_on_the_form_and_remembered(
    desk: Any, window: MainWindow, rest: Callable[[], None]
) -> None:
    desk.form.due.setText("明年")
    desk.review()
    assert "不是月份" in desk.slip.notice.what
    assert not desk.form.isHidden()
    desk.form.due.setText("2026年1月")
    desk.review()
    rest()
    assert desk.bar.month.text() == "2026年1月"
    assert [one.village for one in desk.state.behind] == ["白云村", "青山村"]
    assert "账只到 12月" in desk.model.text(2, 4)
    assert window.session.preferences.desk().due == "2026年1月"


def test_a_village_is_found_by_a_sign_of_its_name(desk: Any, window: MainWindow, qtbot: QtBot) -> None:
    desk.action("find").trigger()
    assert window.focusWidget() is desk.search
    desk.search.setText("云")
    assert [village for _, village in verdicts(desk)] == ["白云村"]
    desk.action("compare").trigger()
    assert desk.model.text(0, 0) == "白云村"
    qtbot.keyClick(desk.search, Qt.Key.Key_Return)
    assert desk.table.hasFocus() or desk.table.view.hasFocus()
    assert desk.escape()
    assert desk.search.isHidden()
    assert desk.model.count() == 2
    desk.escape()
    assert desk.model.count() == 4
