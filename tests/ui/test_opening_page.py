"""期初余额 on screen: typed, pasted, imported, the difference in view; entered, changed while it may be, then only looked at."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from tests.builders import Village, opening
from tests.exchange.files import OPENING_HEADER, write_csv
from village_ledger.services.book import openings
from village_ledger.ui.beginning.opening_page import OpeningPage
from village_ledger.ui.transfers.ledgers_page import LedgersPage


@pytest.fixture
def page(page_of):
    return page_of(OpeningPage)


def type_row(page, account: str, debit: str = "", credit: str = "", counterparty: str = "") -> None:
    if account:
        page.typing._choose(account)
    page.typing.counterparty.setText(counterparty)
    page.typing.amounts["debit"].setText(debit)
    page.typing.amounts["credit"].setText(credit)
    page.typing.put_button.click()


def table(page) -> list[list[str]]:
    model = page.table.view.model()
    return [[model.text(r, c) for c in range(len(model.columns))] for r in range(model.count())]


def gap(page) -> str:
    return page.proof.blocks[0].big


def test_balances_are_typed_and_the_difference_is_always_in_view(page, village, settle, qtbot):
    type_row(page, "101", "1200")
    assert gap(page) == "1,200.00"
    type_row(page, "113", "300", counterparty="张三")
    page.typing._choose("311")
    qtbot.keyClicks(page.typing.amounts["credit"], "=")
    assert page.typing.amounts["credit"].text() == "1500.00"
    qtbot.keyClick(page.typing.amounts["credit"], Qt.Key.Key_Return)
    assert gap(page) == "0.00"
    assert [row[0] for row in table(page)] == ["101", "113", "311"]
    page.next.click()
    settle()
    assert page.step == 1
    assert village.balance("101") == 1200_00
    said = [label.text() for label in page.done.findChildren(QLabel)]
    assert any("期初 3 行，借贷各 1,500.00，已定" in words for words in said)
    assert any("不能改" in words for words in said)


def test_the_same_account_typed_again_takes_the_place_of_the_first(page):
    type_row(page, "101", "1200")
    type_row(page, "101", "1000")
    assert [row[-2] for row in table(page)] == ["1,000.00"]
    page.table.go_to_row(0)
    page.table.opened.emit(0)
    assert page.typing.amounts["debit"].text() == "1000.00"
    page._drop_row()
    assert table(page) == []


@pytest.mark.parametrize(
    ("account", "debit", "credit", "words"),
    [
        ("101", "5", "5", "借方和贷方都有金额"),
        ("113", "5", "", "往来单位"),
        ("101", "五块", "", "看不懂"),
        ("", "5", "", "还没有选科目"),
    ],
)
def test_what_cannot_be_a_balance_is_said_in_the_page(page, account, debit, credit, words):
    type_row(page, account, debit, credit)
    assert words in page.slip.notice.what
    assert table(page) == []


def test_an_unbalanced_opening_is_refused_and_nothing_is_lost(page, village, settle):
    type_row(page, "101", "1200")
    page.next.click()
    settle()
    assert "相差 1,200.00" in page.slip.notice.what
    assert page.step == 0
    assert len(table(page)) == 1
    assert not village.reader.has_opening("collective")


def test_half_typed_rows_survive(page, page_of, village, settle):
    type_row(page, "101", "1200")
    assert page.leave()
    settle()
    again = page_of(OpeningPage)
    assert [row[0] for row in table(again)] == ["101"]
    assert not village.reader.has_opening("collective")


def paste(page, *rows: str) -> None:
    QGuiApplication.clipboard().setText("\n".join(rows))
    page.paste_block()


def test_a_pasted_block_is_looked_over_before_any_of_it_is_taken(page):
    paste(page, "101\t库存现金\t1200\t", "999\t没有\t5\t")
    assert page.middle.currentIndex() == 1
    assert not page.block.take.isEnabled()
    assert "✕ 1 行" in page.block.words.text()
    assert page.block.table.view.model().text(1, 0) == "✕ 不对"
    page.block.leave.click()
    assert (page.middle.currentIndex(), table(page)) == (0, [])
    paste(page, "101\t库存现金\t1200\t", "311\t公积公益金\t\t1200")
    page.block.take.click()
    assert gap(page) == "0.00"
    paste(page, "")
    assert "剪贴板里没有表格" in page.slip.notice.what


def test_a_file_comes_into_the_table_not_yet_into_the_books(page, village, settle, tmp_path):
    good = [("101", "", "", "1200", ""), ("311", "", "", "", "1200")]
    page.take_in(write_csv(tmp_path / "q.csv", good, header=OPENING_HEADER))
    settle()
    assert len(table(page)) == 2
    assert not village.reader.has_opening("collective")


def provisional(village: Village) -> None:
    with village.act() as uow:
        openings.set_opening(uow, "collective", opening("借 101 1200", "贷 311 1200"), provisional=True)


def test_a_provisional_opening_is_changed_with_a_reason(page_of, village, settle):
    provisional(village)
    page = page_of(OpeningPage)
    assert page.reason.isVisible()
    assert not page.certain.isVisible()
    type_row(page, "101", "1000")
    type_row(page, "102", "200")
    page.next.click()
    settle()
    assert "要写明原因" in page.slip.notice.what
    page.reason.setText("审计调整")
    page.next.click()
    settle()
    assert page.step == 1
    assert village.balance("102") == 200_00
    page.show_step(0)
    page._confirm()
    settle()
    document = village.reader.opening_document("collective")
    assert document is not None
    assert not document.provisional
    assert not page.typing.isVisible()
    assert "不能再改" in page.state.text()


def test_a_final_opening_is_only_looked_at_and_printed(page_of, village, navigator, settle):
    village.open_with("借 101 1200", "贷 311 1200")
    page = page_of(OpeningPage)
    assert not page.typing.isVisible()
    assert not page.action("drop_row").isEnabled()
    assert len(table(page)) == 2
    page._print()
    settle()
    name, where = navigator.opened[-1]
    assert (name, where["tables"][0].report) == ("preview", "opening")
    page.next.click()
    assert page.step == 1
    page.next.click()
    assert navigator.opened[-1][0] == "voucher"


def test_without_an_opening_one_goes_on(page, settle):
    page.next.click()
    settle()
    assert page.step == 1


def test_the_other_ledger_has_its_own(page, session, settle):
    type_row(page, "101", "1200")
    session.switch_ledger("committee")
    page.reload()
    settle()
    assert table(page) == []
    type_row(page, "1001", "80")
    assert table(page)[0][0] == "1001"


def test_a_ledger_is_added_in_the_settings(page_of, session, village, settle):
    page = page_of(LedgersPage)
    page.add.click()
    settle()
    assert "账的名称是空的" in page.slip.notice.what
    page.name.setText("第一村民小组账")
    page.entity.setText("青山村第一村民小组")
    page.registered.setText("N1510923MF00000218")
    assert "校验码" in page.words.text()
    page.start.setText("2025-13")
    page.add.click()
    settle()
    assert "不是月份" in page.slip.notice.what
    page.start.setText("2025-05")
    page.add.click()
    settle()
    assert [info.code for info in session.ledgers] == ["collective", "committee", "group-01"]
    assert page.code.text() == "group-02"
    session.switch_ledger("group-01")
    assert str(session.month) == "2025-05"
    assert village.verify() == []
