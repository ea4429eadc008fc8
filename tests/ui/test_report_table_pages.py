"""Combined page, funds and notes on screen; texts the village writes; own reports listed, added, changed, put away."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.builders import COLLECTIVE, Village
from tests.reports.own_files import RENT
from village_ledger.domain.period import Month, Span
from village_ledger.services.closing import own_statements
from village_ledger.ui.sheets.own_statements_page import with_line

YEAR = Span.of_year(2025)


@pytest.fixture
def window(window, open_in, tmp_path):
    """A grant, a rent, an own report; 王秀英 at the keyboard."""
    with Village.found(tmp_path) as village:
        village.posted("2025-03-03", "拨款", "借 102 1000; 贷 241#公路 1000")
        village.posted("2025-03-04", "收租金", "借 102 60; 贷 501 60")
        with village.act() as uow:
            own_statements.store(uow, RENT, "租金.toml")
        path = village.path
    open_in(window, path)
    window.session.sit_down("王秀英")
    window.session.go_to_month(Month(2025, 3))
    return window


def visit(window, name: str, **where):
    window.shell.pages.jump(name, **where)
    return window.shell.pages.current_page()


def press(window, key):
    page = window.shell.pages.current_page()
    QTest.keyClick(page.focusWidget() or page, key)


def test_a_fund_leads_to_its_accounts_ledger_and_back(window):
    page = visit(window, "report_table", report="earmarked-funds", span=YEAR)
    assert page.model.text(0, 3) == "公路"
    assert page.foot.words.text().startswith("核对 2 项，相符 2 项")
    press(window, Qt.Key.Key_Return)
    ledger = window.shell.pages.current_page()
    assert (window.shell.pages.current_name, ledger.figures.account.code) == ("ledger", "241")
    press(window, Qt.Key.Key_Escape)
    assert (window.shell.pages.current_name, page.table.row) == ("report_table", 0)


def test_the_combined_page_unfolds_its_checks(window):
    page = visit(window, "report_table", report="combined", span=YEAR)
    page.foot.unfold.click()
    assert page.checks.isVisible()
    assert any(s.startswith("HB1 合并资产总计=合并负债") for s in page.checks.sentences)
    assert page.escape()
    assert page.table.isVisible()
    page.action("explain").trigger()
    assert "项目 资产" in page.explain.words.text()


def test_the_village_writes_into_its_notes(window, qtbot):
    page = visit(window, "notes", span=YEAR)
    rows = [row for row in range(page.model.count()) if page.model.text(row, 0) == "2.6"]
    page.table.go_to_row(rows[0])
    press(window, Qt.Key.Key_Return)
    assert page.editor.isVisible()
    assert page.editor.title.text() == "（六）主要业务"
    page.editor.field.setPlainText("发包果园。")
    page.editor.save.click()
    qtbot.waitUntil(lambda: not window.operations.busy and not page.editor.isVisible())
    kept = window.session.reader.statement_texts(COLLECTIVE, 2025)["2.6"]
    assert (kept.text, kept.version, kept.written_by) == ("发包果园。", 1, "王秀英")
    qtbot.waitUntil(lambda: page.model.text(rows[0] + 1, 6) == "发包果园。")


def test_leaving_a_text_writes_nothing(window):
    page = visit(window, "notes", span=YEAR)
    row = next(row for row in range(page.model.count()) if page.model.text(row, 0) == "5")
    page.table.go_to_row(row)
    press(window, Qt.Key.Key_Return)
    page.editor.field.setPlainText("半句")
    assert page.escape()
    assert not page.editor.isVisible()
    assert window.session.reader.statement_texts(COLLECTIVE, 2025) == {}


def test_own_reports_with_their_rows_and_figures(window):
    page = visit(window, "own_statements")
    assert page.kept.text(0, 0) == "承包租金情况表"
    assert [page.lines.text(0, column) for column in range(4)] == ["A1", "经营收入", "F(501)", "60.00"]
    press(window, Qt.Key.Key_Return)
    assert window.shell.pages.current_name == "statement"
    assert window.shell.pages.current_page().report == "own:rent-by-kind"


def test_a_changed_row_is_a_new_version_and_a_wrong_one_is_refused(window, qtbot):
    page = visit(window, "own_statements")
    page.rows.opened.emit(3)
    page.editor.formula.setText("A1+A1")
    page.editor.save.click()
    qtbot.waitUntil(lambda: not window.operations.busy and page.kept.text(0, 2) == "第2版")
    assert page.lines.text(3, 3) == "120.00"
    page.rows.opened.emit(3)
    page.editor.formula.setText("F(999)")
    page.editor.save.click()
    qtbot.waitUntil(lambda: not window.operations.busy and page.slip.notice is not None)
    assert "的 A4 行用了科目 999" in str(page.slip.notice)
    assert page.kept.text(0, 2) == "第2版"


def test_a_report_from_a_file_and_out_of_use(window, qtbot, tmp_path):
    file = tmp_path / "另一张.toml"
    file.write_text(RENT.replace("rent-by-kind", "rent-two").replace("承包租金", "另一张"), encoding="utf-8")
    page = visit(window, "own_statements")
    page.take(file)
    qtbot.waitUntil(lambda: not window.operations.busy and page.kept.count() == 2)
    page.table.go_to_row(0)
    page.remove.click()
    qtbot.waitUntil(lambda: not window.operations.busy and page.kept.count() == 1)
    assert page.kept.text(0, 1) == "own:rent-two"
    page.take(tmp_path / "没有.toml")
    assert page.slip.notice is not None


def test_a_row_is_changed_and_everything_else_stays_as_written():
    changed = with_line(RENT, "A3", "减：管理费用和其他", "F(513)+F(515)")
    assert 'line = "A3", name = "减：管理费用和其他", formula = "F(513)+F(515)", sign = "-"' in changed
    assert changed.count("\n") == RENT.count("\n")
    assert with_line(changed, "A3", "减：管理费用", "F(513)") == RENT
