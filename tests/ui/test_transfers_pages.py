"""两账往来 and 决议 in the window: both vouchers live, both reviewed, posted and undone from the list."""

from __future__ import annotations

from typing import Any

from tests.builders import COLLECTIVE, LI, Village
from tests.two_ledgers import RESOLUTION, again, moved, resolved, waiting
from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.voucher import VoucherState
from village_ledger.ui.transfers.resolutions_page import ResolutionsPage
from village_ledger.ui.transfers.transfer_page import TransferPage
from village_ledger.ui.transfers.transfers_page import TransfersPage


def shown(page: TransfersPage) -> list[list[str]]:
    """The list as it stands."""
    model = page.model
    return [[model.text(row, column) for column in range(len(model.columns))] for row in range(model.count())]


def test_the_list_shows_both_vouchers_the_state_and_what_is_open(page_of, village: Village):
    moved(village, "T4", "50")
    waiting(village, "T5", "20", "2025-03-10")
    page = page_of(TransfersPage)
    assert [(r[0], r[2], r[4], r[5], r[6], r[7], r[8]) for r in shown(page)] == [
        ("往来-2025-0002", "归还代付", "20.00", "", "3月记-0002", "3月记-0002", "待审核"),
        ("往来-2025-0001", "集体代付", "50.00", "30.00", "3月记-0001", "3月记-0001", "已记账"),
    ]
    assert page.status() == "2 份，未结清 30.00 元"


def test_both_sides_are_reviewed_and_posted_from_the_list(page_of, village: Village, session, settle):
    document = waiting(village, "T4", "50")
    page = page_of(TransfersPage)
    session.sit_down(LI)
    page.action("pass").trigger()
    settle()
    assert [side.reviewed_by for side in again(village, document.number).sides] == [LI, LI]
    page.action("post").trigger()
    settle()
    assert again(village, document.number).state is VoucherState.POSTED


def test_both_sides_are_voided_or_undone_from_the_list(page_of, village: Village, settle):
    lent, wrong = moved(village, "T4", "50"), waiting(village, "T7", "5")
    page = page_of(TransfersPage, number=wrong.number)
    page.action("void").trigger()
    page.bar.field.setText("填错了")
    page.bar.act.click()
    settle()
    assert again(village, wrong.number).is_void
    page.go(number=lent.number)
    settle()
    page.action("reverse").trigger()
    page.bar.field.setText("2025-03-20")
    page.bar.act.click()
    page.bar.field.setText("记错了")
    page.bar.act.click()
    settle()
    assert again(village, lent.number).reversed_by is not None


def test_enter_leads_to_the_voucher_and_the_other_side(page_of, village: Village, navigator, session):
    document = moved(village, "T4", "50")
    page = page_of(TransfersPage)
    page.table.opened.emit(0)
    page.action("other_voucher").trigger()
    ids = [where["voucher_id"] for _, where in navigator.opened]
    assert ids == [side.voucher_id for side in document.sides]
    assert session.ledger_code == "committee"


def words(page: TransferPage, kind: LedgerKind) -> str:
    """What a side's card says."""
    return page.cards[kind].accessibleName()


def test_the_form_shows_both_vouchers_while_one_is_typing(page_of, village: Village, settle):
    resolved(village)
    page = page_of(TransferPage, event="T1")
    assert "还没有填金额" in words(page, LedgerKind.COLLECTIVE)
    page.summary.setText("办公经费补助")
    page.amount.setText("200")
    settle()
    collective, committee = words(page, LedgerKind.COLLECTIVE), words(page, LedgerKind.COMMITTEE)
    assert "5130101 管理费用—运转支出—补助村委会（新设） 200.00 借 200.00" in collective
    assert "1002 银行存款 200.00 借 200.00" in committee
    assert village.reader.transfers() == []
    assert len([a for a in village.reader.chart(COLLECTIVE) if a.code.startswith("513")]) == 1


def test_the_form_enters_the_document(page_of, village: Village, settle, navigator):
    resolved(village)
    page = page_of(TransferPage, event="T1")
    page.summary.setText("办公经费补助")
    page.amount.setText("200")
    page.action("save").trigger()
    settle()
    (document,) = village.reader.transfers()
    assert (document.kind, document.amount, document.resolution) == ("T1", 200_00, RESOLUTION)
    assert navigator.opened[-1][0] == "transfers"


def test_paying_over_comes_with_what_is_open_filled_in(page_of, village: Village, settle):
    received = moved(village, "T6", "60")
    page = page_of(TransferPage, event="T6", settles=str(received.number))
    assert page.amount.fen() == 60_00
    page.summary.setText("转交承包款")
    page.action("save").trigger()
    settle()
    assert again(village, received.number).settled == 60_00


def test_what_the_form_cannot_enter_is_said_in_the_page(page_of, village: Village, settle, operations):
    said: list[Any] = []
    operations.refused.connect(said.append)
    page = page_of(TransferPage, event="T3")
    page.summary.setText("付村委会电费")
    page.amount.setText("50")
    page.action("save").trigger()
    settle()
    assert "要有决议" in said[0].what
    assert "公开表上注明" in words(page, LedgerKind.COMMITTEE)


def test_a_shared_bill_asks_for_the_committees_part(page_of, village: Village, settle):
    page = page_of(TransferPage, event="T8")
    page.summary.setText("付3月电费")
    page.amount.setText("300")
    page.share.setText("100.01")
    page.invoice.setText("24952000000012345678")
    page.action("save").trigger()
    settle()
    (document,) = village.reader.transfers()
    assert [side.amount for side in document.sides] == [199_99, 100_01]


def test_a_resolution_is_entered_and_listed(page_of, village: Village, settle):
    page = page_of(ResolutionsPage)
    page.number.setText(RESOLUTION)
    page.subject.setText("补助村委会")
    for field, count in ((page.eligible, "30"), (page.present, "28"), (page.in_favour, "19")):
        field.setText(count)
    page.action("save").trigger()
    settle()
    assert [r.number for r in village.reader.resolutions()] == [RESOLUTION]
    assert "不到全体成员的三分之二" in page.notice.sentence.text()
    page.eligible.setText("三十")
    page.action("save").trigger()
    assert "不是人数" in page.slip.notice.what
