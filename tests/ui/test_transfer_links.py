"""A voucher that is a side of a document leads to the document and to the other side; settings and the form of 两账往来."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import COLLECTIVE, COMMITTEE, WANG, Village
from tests.two_ledgers import RESOLUTION, moved, resolved, waiting
from village_ledger.domain.chart import LedgerKind
from village_ledger.services.bank import bank_accounts
from village_ledger.services.planning import budgets
from village_ledger.services.transfers import resolutions, transfers
from village_ledger.storage.templates.queries import BudgetLine
from village_ledger.ui.desk.settings_page import SettingsPage
from village_ledger.ui.transfers.transfer_page import TransferPage
from village_ledger.ui.voucher.voucher_list_page import VoucherListPage
from village_ledger.ui.voucher.voucher_page import VoucherPage


def test_a_side_names_its_document_and_leads_there_and_to_the_other_side(
    page_of, village: Village, navigator, session
):
    document = moved(village, "T4", "50")
    page = page_of(VoucherPage, voucher_id=document.sides[0].voucher_id)
    assert "往来-2025-0001" in page.state_line.words
    assert "村民委员会账 2025-03/记-0001" in page.state_line.words
    page.action("document").trigger()
    assert navigator.opened == [("transfers", {"number": document.number})]
    page.action("other_side").trigger()
    assert session.ledger_code == COMMITTEE
    assert page.where() == {"voucher_id": document.sides[1].voucher_id}
    assert "集体经济组织账 2025-03/记-0001" in page.state_line.words


@pytest.mark.parametrize("link", ["document", "other side"])
def test_the_links_of_the_state_line_lead_there(page_of, village: Village, navigator, session, link: str):
    document = moved(village, "T4", "50")
    page = page_of(VoucherPage, voucher_id=document.sides[0].voucher_id)
    page.state_line.voucher_wanted.emit(link)
    if link == "document":
        assert navigator.opened[-1][0] == "transfers"
    else:
        assert session.ledger_code == COMMITTEE


def test_what_the_collective_bears_has_no_other_side(page_of, village: Village, session):
    resolved(village)
    document = moved(village, "T3", "50", resolution=RESOLUTION)
    page = page_of(VoucherPage, voucher_id=document.sides[0].voucher_id)
    assert "另一边不记账" in page.state_line.words
    page.action("other_side").trigger()
    assert session.ledger_code == COLLECTIVE


def test_the_keys_do_nothing_for_a_voucher_of_its_own(page_of, village: Village, navigator, session):
    stored = village.posted("2025-03-01", "收租金", "借 101 5; 贷 501 5")
    page = page_of(VoucherPage, voucher_id=stored.id)
    for name in ("document", "other_side"):
        page.action(name).trigger()
    assert (navigator.opened, session.ledger_code) == ([], COLLECTIVE)
    assert page.buttons.document.isHidden()
    assert not page.buttons.reverse.isHidden()


def test_a_side_is_only_read_and_its_reversal_is_the_documents(page_of, village: Village):
    document = moved(village, "T4", "50")
    page = page_of(VoucherPage, voucher_id=document.sides[0].voucher_id)
    assert page.title() == "看凭证"
    assert page.buttons.reverse.isHidden()


def test_the_list_marks_the_sides(page_of, village: Village):
    village.posted("2025-03-01", "收租金", "借 101 5; 贷 501 5")
    waiting(village, "T4", "50")
    page = page_of(VoucherListPage)
    assert [page.model.tags(row) for row in range(2)] == [[], [("⇄ 往来-2025-0001", False)]]
    assert page.model.words(1, 3).endswith("⇄ 往来-2025-0001")


def test_the_account_of_the_committee_is_chosen_in_the_settings(page_of, village: Village, settle):
    page = page_of(SettingsPage)
    page.between.mirror.chosen.emit("113")
    settle()
    assert village.reader.setting(transfers.MIRROR) == "113"
    moved(village, "T4", "50")
    refused: list[Any] = []
    page.operations.refused.connect(refused.append)
    page.between.mirror.chosen.emit("")
    settle()
    assert "不能再换" in refused[0].what
    assert page.between.mirror.value == "113"


def test_the_charters_clause_is_kept_in_the_settings(page_of, village: Village, settle):
    page = page_of(SettingsPage)
    page.between.clause.setText("章程第18条")
    page.between.keep.click()
    settle()
    assert village.reader.setting(resolutions.CHARTER) == "章程第18条"


@pytest.mark.parametrize("single", [True])
def test_a_book_of_one_ledger_has_no_such_section(
    qtbot, tmp_path, preferences, theme, operations, navigator, single
):
    from village_ledger.domain.period import Month
    from village_ledger.ui.session import Session

    with Village.found(tmp_path, single=single) as village:
        session = Session(preferences, theme)
        session.adopt(village.book, WANG, Month(2025, 3))
        page = SettingsPage(session, operations, navigator)
        qtbot.addWidget(page)
        page.bind_actions()
        page.go()
        assert page.between.isHidden()


def test_the_form_offers_lines_of_the_plan_with_what_is_left(page_of, village: Village, settle):
    resolved(village)
    with village.act() as uow:
        budgets.set_budget(uow, COLLECTIVE, 2025, RESOLUTION, [BudgetLine("513", "", 900_00)])
    page = page_of(TransferPage, event="T1")
    assert page.plan_item.itemText(0) == "513 管理费用：计划 900.00，已用 0.00，还剩 900.00"
    page.summary.setText("办公经费补助")
    page.amount.setText("200")
    page.plan_item.setCurrentIndex(0)
    page.plan_item.setEditText(page.plan_item.itemText(0))
    page.action("save").trigger()
    settle()
    (document,) = village.reader.transfers()
    assert document.plan_item == "513 管理费用"


def test_the_form_says_a_line_the_plan_has_not(page_of, village: Village, settle, operations):
    resolved(village)
    with village.act() as uow:
        budgets.set_budget(uow, COLLECTIVE, 2025, RESOLUTION, [BudgetLine("513", "", 900_00)])
    said: list[Any] = []
    operations.refused.connect(said.append)
    page = page_of(TransferPage, event="T1")
    page.summary.setText("办公经费补助")
    page.amount.setText("200")
    page.plan_item.setEditText("修路")
    page.action("save").trigger()
    settle()
    assert "没有“修路”这一项" in said[0].what


def test_the_form_names_the_bank_and_the_last_four_digits(page_of, village: Village, settle):
    village.add_account("102", "基本户")
    village.add_account("102", "专户")
    with village.act() as uow:
        bank_accounts.add(uow, COLLECTIVE, "10201", "6217000000000001111", "农商行")
    page = page_of(TransferPage, event="T4")
    assert page.banks[LedgerKind.COLLECTIVE].itemText(0) == "10201 基本户 农商行 ****1111"
    assert page.banks[LedgerKind.COLLECTIVE].itemText(1) == "10202 专户 （还没有登记账号）"
    page.summary.setText("代付电费")
    page.amount.setText("20")
    settle()
    assert "（农商行 ****1111）" in page.cards[LedgerKind.COLLECTIVE].accessibleName()
