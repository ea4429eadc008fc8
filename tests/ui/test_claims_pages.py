"""报账 in the window: a claim typed by keyboard, booked, returned; advances counted; receipts accounted for."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QAbstractItemModelTester

from tests.builders import COLLECTIVE, COMMITTEE
from tests.exchange.files import write_csv
from village_ledger.domain.claim import ClaimState
from village_ledger.domain.receipt_book import Act
from village_ledger.services.claims import claims
from village_ledger.ui.claims.advances_page import AdvancesPage
from village_ledger.ui.claims.claim_page import ClaimPage
from village_ledger.ui.claims.claims_page import ClaimsPage
from village_ledger.ui.claims.receipts_page import ReceiptsPage

CHEN = "陈秀英"


@pytest.fixture
def hall(village):
    """A village with a 报账员 and her advance."""
    with village.act() as uow:
        claims.register_claimant(uow, COLLECTIVE, CHEN, "113")
    village.posted("2025-03-01", "付备用金", f"借 113@{CHEN} 2000; 贷 311 2000")
    return village


def type_receipt(
    page: ClaimPage, summary: str, amount: str, account: str = "513", approver: str = "赵永康"
) -> None:
    """A receipt in the fields, put on the list."""
    fields = page.fields
    for field, text in (
        (fields.day, "2025-03-12"),
        (fields.summary, summary),
        (fields.amount, amount),
        (fields.handler, CHEN),
        (fields.witness, "周德清"),
        (fields.approver, approver),
    ):
        field.setText(text)
    fields._take_account(account)
    page.action("put").trigger()


@pytest.fixture
def handed_in(hall, page_of, settle, navigator):
    page = page_of(ClaimPage)
    type_receipt(page, "购打印纸", "120")
    type_receipt(page, "付电话费", "80.5")
    assert page.total.text() == "2 笔，单据 2 张，合计 200.50 元"
    page.action("save").trigger()
    settle()
    assert navigator.backs == 1
    return hall


def test_a_claim_is_typed_and_booked(handed_in, page_of, settle, session):
    page = page_of(ClaimsPage)
    assert page.table.row == 0
    assert page.status() == "共 1 张，待记 1 张"
    page.action("book").trigger()
    settle()
    assert "报-2025-0001 记成了 记-0002" in page.status()
    (stored,) = handed_in.reader.claims(COLLECTIVE)
    assert stored.state is ClaimState.BOOKED
    page.reload()
    settle()
    assert not page.action("book").isEnabled()


def test_a_claim_is_returned_with_a_reason_and_changed(handed_in, page_of, settle):
    page = page_of(ClaimsPage)
    page.action("give_back").trigger()
    page.bar.field.setText("发票抬头不对")
    page.bar.act.click()
    settle()
    (stored,) = handed_in.reader.claims(COLLECTIVE)
    assert stored.return_reason == "发票抬头不对"
    form = page_of(ClaimPage, claim_id=stored.id)
    assert "发票抬头不对" in form.status()
    form.table.opened.emit(0)
    assert form.fields.summary.text() == "购打印纸"
    form.fields.amount.setText("110")
    form.action("put").trigger()
    form.table.go_to_row(1)
    form.action("remove").trigger()
    form.action("save").trigger()
    settle()
    (stored,) = handed_in.reader.claims(COLLECTIVE)
    assert [line.amount for line in stored.claim.lines] == [110_00]
    assert stored.state is ClaimState.SUBMITTED


def test_what_is_wrong_is_said_and_the_fields_stay(hall, page_of):
    page = page_of(ClaimPage)
    type_receipt(page, "购打印纸", "120", approver=CHEN)
    assert "同一个人" in page.slip.notice.what
    assert page.fields.summary.text() == "购打印纸"
    assert page.model.count() == 0
    page.fields.day.setText("三月八日")
    page.action("put").trigger()
    assert "不是日期" in page.slip.notice.what
    page.action("save").trigger()
    assert "一张单据也没有" in page.slip.notice.what


def test_receipts_come_from_a_file_or_none_do(hall, page_of, settle, tmp_path):
    heads = ["日期", "摘要", "金额", "科目编码", "经手人", "证明人", "审批人"]
    good = ("2025-03-10", "购打印纸", "120.00", "513", CHEN, "周德清", "赵永康")
    page = page_of(ClaimPage)
    page.take_file(write_csv(tmp_path / "坏.csv", [good, ("2025-03-10", "购纸", "", *good[3:])], heads))
    settle()
    assert page.model.count() == 0
    assert page.slip.notice is not None
    page.take_file(write_csv(tmp_path / "好.csv", [good, good], heads))
    settle()
    assert page.model.count() == 2
    QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_a_booked_claim_is_only_looked_at_and_leads_to_its_voucher(handed_in, page_of, navigator):
    (stored,) = handed_in.reader.claims(COLLECTIVE)
    with handed_in.act() as uow:
        (made,) = claims.book(uow, stored.id).value
    page = page_of(ClaimPage, claim_id=stored.id)
    assert not page.action("save").isEnabled()
    assert not page.fields.isVisible()
    page.table.opened.emit(0)
    assert navigator.opened[-1] == ("voucher", {"voucher_id": made.id})


def test_the_claim_and_its_register_go_to_the_preview(handed_in, page_of, settle, navigator):
    page = page_of(ClaimsPage)
    page.action("form").trigger()
    settle()
    page.action("print").trigger()
    kinds = [where["tables"][0].report for name, where in navigator.opened if name == "preview"]
    assert kinds == ["claim", "claim-register"]


def test_an_advance_is_registered_and_counted(hall, page_of, settle):
    page = page_of(AdvancesPage)
    assert page.person.text() == CHEN
    page.cash.setText("1900")
    page.action("count").trigger()
    settle()
    assert "少 100.00" in page.slip.notice.what
    page.receipts.setText("100")
    page.action("count").trigger()
    settle()
    assert "登记了" in page.status()
    assert [c.difference for c in hall.reader.advance_checks(COLLECTIVE, "2025-03")] == [0]
    page.person.setText("王五")
    page._take_account("113")
    page.action("register").trigger()
    settle()
    assert {one.name for one in hall.reader.claimants(COLLECTIVE)} == {CHEN, "王五"}


def test_who_holds_an_advance_is_not_dismissed_before_it_is_given_back(hall, page_of, settle):
    page = page_of(AdvancesPage)
    page.action("dismiss").trigger()
    settle()
    assert "还有 2,000.00 没有结清" in page.slip.notice.what
    hall.posted("2025-03-20", "交回备用金", f"借 311 2000; 贷 113@{CHEN} 2000")
    page.action("dismiss").trigger()
    settle()
    assert "不再报账" in page.status()
    assert [one.gone for one in hall.reader.claimants(COLLECTIVE)] == [True]
    page.reload()
    settle()
    assert page.shown is not None
    assert CHEN not in {row.cells[0] for row in page.shown.rows}


def test_receipts_are_registered_and_accounted_for(hall, page_of, settle):
    page = page_of(ReceiptsPage)
    page.kind.setText("内部收据")
    page.first.setText("000001")
    page.last.setText("000050")
    page.action("register").trigger()
    settle()
    page.last.setText("000025")
    page.holder.setText("何小莉")
    page.action("write").trigger()
    settle()
    assert "领用，登记了" in page.status()
    page.what.set_value(Act.USE.value)
    page.action("write").trigger()
    settle()
    assert "要写金额" in page.slip.notice.what
    page.last.setText("000003")
    page.amount.setText("600")
    page.action("write").trigger()
    settle()
    ((book),) = hall.reader.receipt_books(COLLECTIVE)
    assert [event.act for event in book.events] == [Act.ISSUE, Act.USE]
    page.reload()
    settle()
    model = page.table.view.model()
    assert model.data(model.index(0, 6)) == "600.00"


def test_the_other_ledger_has_its_own_claims(handed_in, page_of, session, settle):
    session.switch_ledger(COMMITTEE)
    page = page_of(ClaimsPage)
    assert page.claims == []
