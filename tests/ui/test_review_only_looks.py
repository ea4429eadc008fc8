"""While a package is open there is no field to type into and no button that writes, on any page there is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.builders import Village
from tests.made import copy_made_in_a_folder, demo
from tests.review.township import sent
from village_ledger.domain.period import Span
from village_ledger.ui import actions
from village_ledger.ui.main_window import MainWindow
from village_ledger.ui.page import Page
from village_ledger.ui.pages import _HOMES, NAV_LOWER, NAV_UPPER, only_acts
from village_ledger.ui.tables.entry_list import EntryPage
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.voucher.voucher_list_bars import FilterButton
from village_ledger.ui.widgets.buttons import Button, Look
from village_ledger.ui.widgets.pick_list import PickList
from village_ledger.ui.widgets.tick_box import TickBox

LOOKING = {
    "assets": {"找资产", "类别", "用途", "状况"},
    "calibration": {"左边量到（毫米）", "上边量到（毫米）"},
    "certificates": {"找人"},
    "contracts": {"看哪些", "找合同"},
    "depreciation": {"月份"},
    "disclosure": {"哪一张表", "纸和字号", "同样的行"},
    "disclosure_rules": {"看哪一套"},
    "dividend_payments": {"看哪些", "年度", "找人"},
    "dividend_run": {"年度", "找人"},
    "evidence": {"看多久"},
    "export": {"哪本账", "哪些天", "证件号和账号"},
    "last_year": {"哪张表"},
    "ledger": {"科目"},
    "limits": {"看哪一套"},
    "members": {"找人"},
    "merger_follow": {"看什么"},
    "operation_log": {"操作人", "起止日期", "操作", "内容里有"},
    "panel": {"哪件事"},
    "parcels": {"找地块"},
    "pinned": {"意见", "钉在哪里", "账套", "轻重", "依据"},
    "preview": {"纸张"},
    "review_sample": {"种子", "抽几张", "占金额的百分之几"},
    "settings": {"字的大小", "颜色", "凭证样式", "双击打开"},
    "share_register": {"看什么", "找人"},
    "sheet_check": {"公开表的校验码"},
    "sheet_rows": {"哪一张表"},
    "stock_take": {"哪张清查表"},
    "trial_balance": {"看下级"},
    "voucher_list": {"查找凭证"},
}
"""What chooses what is looked at or printed, what belongs to this computer, and the reviewer's own remarks."""
WHERE = {"preview": {"report": "number-gaps"}, "voucher": {"voucher_id": 1}, "claim": {"claim_id": 1}}
OF_ANOTHER = {"statement_figure"}
"""Reached from a figure only."""
WRITES_FILES = {"export"}
"""Enter there asks where to write."""
FIELDS = (QLineEdit, QTextEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox, TickBox)


def of_everything(folder: Path) -> Path:
    """The demonstration village's package: a little of everything is in it."""
    with Village(demo(folder)) as village:
        year = village.reader.months("collective")[0].month.year
        return sent(village, folder, span=Span.of_year(year)).path


@pytest.fixture
def desk(tmp_path: Path, window: MainWindow, qtbot: QtBot) -> MainWindow:
    """That package in the window."""
    window.open_path(copy_made_in_a_folder("of everything", of_everything, tmp_path / "青山村.vlpkg"))
    qtbot.waitUntil(lambda: window.shell is not None and not window.operations.busy, timeout=60_000)
    return window


def editable(page: QWidget) -> set[str]:
    """Names of the fields, choices and grids of a page that take something."""
    found: set[str] = set()
    for widget in page.findChildren(QWidget):
        if not widget.isVisible() or not widget.isEnabled():
            continue
        if isinstance(widget, QLineEdit | QTextEdit | QPlainTextEdit) and widget.isReadOnly():
            continue
        choice = isinstance(widget, Button) and widget._look is Look.CHOICE
        choice = choice and not isinstance(widget, FilterButton)
        if choice or (isinstance(widget, FIELDS) and not isinstance(widget.parent(), PickList)):
            found.add(widget.accessibleName().split("：")[0])
        elif isinstance(widget, QAbstractItemView) and takes_typing(widget):
            found.add(widget.accessibleName())
    return found


def takes_typing(view: QAbstractItemView) -> bool:
    """Whether a cell of a table can be typed into."""
    model = view.model()
    return model is not None and any(
        bool(model.flags(model.index(row, column)) & Qt.ItemFlag.ItemIsEditable)
        for row in range(model.rowCount())
        for column in range(model.columnCount())
    )


def writing(page: Page) -> list[str]:
    """Buttons on screen whose action writes, here or on the page it leads to."""
    specs = {
        page.action(spec.id): spec for spec in actions.of_scope(page.scope) if spec.id in page.handlers()
    }
    shown = [one for one in page.findChildren(Button) if one.isVisible() and one.action in specs]
    return [one.text() for one in shown if one.action is not None and not page.offers(specs[one.action])]


def visit(window: MainWindow, qtbot: QtBot, name: str) -> Page:
    assert window.shell is not None
    window.shell.pages.jump(name, **WHERE.get(name, {}))
    qtbot.waitUntil(lambda: not window.operations.busy, timeout=60_000)
    page = window.shell.pages.current_page()
    assert page is not None
    return page


def test_no_page_takes_anything_in_a_package(desk: MainWindow, qtbot: QtBot) -> None:
    assert desk.shell is not None
    faults: list[str] = []
    for name in sorted(set(_HOMES) - OF_ANOTHER):
        page = visit(desk, qtbot, name)
        if only_acts(name, WHERE.get(name)):
            assert desk.shell.pages.current_name != name, name
            assert page.slip.notice is not None
            assert page.slip.notice.what == "审阅时不打开办事的页", name
            page.slip.fold()
            continue
        assert desk.shell.pages.current_name == name
        faults += faults_of(desk)
        table = next(iter(page.findChildren(FigureTable)), None)
        if table is not None and table.isVisible() and table.row >= 0 and name not in WRITES_FILES:
            table.opened.emit(table.row)  # one thing of the list, with what it shows then
            qtbot.waitUntil(lambda: not desk.operations.busy, timeout=60_000)
            faults += faults_of(desk)
    assert faults == []


def faults_of(desk: MainWindow) -> list[str]:
    """What can be typed or pressed on the page in view and is not for looking."""
    assert desk.shell is not None
    page, name = desk.shell.pages.current_page(), desk.shell.pages.current_name
    assert page is not None
    notice = page.slip.notice
    hints = {words for _, words in desk.shell.hints()}
    acts = [spec for spec in actions.of_scope(page.scope) if not page.offers(spec)]
    return [
        *((f"{name}: {notice.crash}",) if notice is not None and notice.crash is not None else ()),
        *(f"{name}: field {one}" for one in editable(page) - LOOKING.get(name, set())),
        *(f"{name}: button {one}" for one in writing(page)),
        *(f"{name}: hint {one.hint}" for one in acts if one.hint and one.hint in hints),
    ]


def test_what_is_listed_in_a_package_leads_to_something_to_read(desk: MainWindow, qtbot: QtBot) -> None:
    assert desk.shell is not None
    assert [entry.name for entry in desk.shell.nav.entries] == [
        name for name, _, _ in (*NAV_UPPER, *NAV_LOWER) if name != "backup"
    ]
    for name in ("work", "works"):
        listed = visit(desk, qtbot, name)
        assert isinstance(listed, EntryPage)
        shown = {entry.name for entry in listed.model.entries}
        assert not shown & {
            "记一笔",
            "这笔怎么记",
            "收电子发票",
            "导入旧账",
            "村级合并",
            "提折旧",
        }
        for entry in listed.model.entries:
            entry.go()
            qtbot.waitUntil(lambda: not desk.operations.busy, timeout=60_000)
            assert desk.shell.pages.current_name == entry.page
            desk.shell.pages.jump(name)


def test_a_new_voucher_is_not_begun_in_a_package(desk: MainWindow, qtbot: QtBot) -> None:
    page = visit(desk, qtbot, "home")
    assert desk.shell is not None
    desk.shell.pages.open("voucher")
    assert desk.shell.pages.current_page() is page
    assert page.slip.notice is not None
    assert "F8" in page.slip.notice.next_step
    assert desk.shell.pages.trail() == []


def test_a_plain_book_opened_read_only_lists_and_opens_as_before(
    tmp_path: Path, window: MainWindow, qtbot: QtBot
) -> None:
    path = demo(tmp_path)
    with Village(path):  # somebody else has it open
        window.open_path(path)
        qtbot.waitUntil(lambda: window.shell is not None and not window.operations.busy, timeout=60_000)
        assert window.session.read_only
        listed = visit(window, qtbot, "work")
        assert isinstance(listed, EntryPage)
        names = [entry.name for entry in listed.model.entries]
        assert names[:2] == ["记一笔", "这笔怎么记"]
        for name in ("asset_form", "contract_form", "dividend_run", "backup", "settings"):
            visit(window, qtbot, name)
            assert window.shell is not None
            assert window.shell.pages.current_name == name
        page = visit(window, qtbot, "contract_form")
        assert editable(page)
        assert not page.action("save").isEnabled()


def test_a_dividend_given_is_read_and_nothing_of_it_is_acted_on(desk: MainWindow, qtbot: QtBot) -> None:
    """Who was given what, by which shares, and who has not got it yet: what villagers ask the township about."""
    page: Any = visit(desk, qtbot, "dividend_run")
    assert page.head.title() == "2025 年收益分红"
    assert page.pool.amount.isReadOnly()
    assert page.pool.amount.text() == "21,400.00"
    assert page.households.table.model.count() == 63
    assert page.side.isHidden()
    assert "登记日 2025-12-31" in page.terms.summary.text()
    paying: Any = visit(desk, qtbot, "dividend_payments")
    assert paying.table.view.isColumnHidden(0)
    paying.table.marked.emit(0)
    assert paying.lists.marked == set()
    assert desk.shell is not None
    assert not {words for _, words in desk.shell.hints()} & {"选", "选这一户", "全选"}
    sheet: Any = visit(desk, qtbot, "sheet_rows")
    assert "看公开表" in {words for _, words in desk.shell.hints()} | {
        one.text() for one in sheet.findChildren(Button)
    }
    vouchers: Any = visit(desk, qtbot, "voucher_list")
    assert vouchers.table.view.isColumnHidden(0)
    assert not vouchers.band.isVisible()


def test_a_package_without_dividends_says_so(
    village: Village, tmp_path: Path, window: MainWindow, qtbot: QtBot
) -> None:
    village.posted("2025-01-08", "收果园承包款", "借 101 6200; 贷 501 6200")
    window.open_path(sent(village, tmp_path).path)
    qtbot.waitUntil(lambda: window.shell is not None and not window.operations.busy, timeout=60_000)
    page: Any = visit(window, qtbot, "dividend_run")
    assert page.table.view.empty_words == "这个包里没有分过红。"
    assert page.terms.isHidden()
    assert page.pool.isHidden()
    assert visit(window, qtbot, "dividend_payments").slip.notice is None


def test_who_reviews_is_the_reviewer_and_not_one_of_the_village(
    village: Village, tmp_path: Path, window: MainWindow, qtbot: QtBot
) -> None:
    """The corner of a package's window asks the reviewer's name; it is the one remarks are signed with."""
    village.posted("2025-01-08", "收果园承包款", "借 101 6200; 贷 501 6200")
    window.open_path(sent(village, tmp_path).path)
    qtbot.waitUntil(lambda: window.shell is not None and not window.operations.busy, timeout=60_000)
    assert window.shell is not None
    window.shell.top.person_asked.emit()
    qtbot.waitUntil(lambda: not window.operations.busy, timeout=60_000)
    page: Any = window.shell.pages.current_page()
    assert page.page_name == "pinned"
    assert "哪一页上都能按 F8" in page.table.view.empty_words
    page.ask_bar.field.setText("张审")
    page.ask_bar.act.click()
    page.ask_bar.act.click()
    assert window.session.by == "张审"
    assert (window.preferences.desk().reviewer, window.preferences.desk().office) == ("张审", "乡镇农经站")
    assert window.shell.top.person.text() == "张审"
