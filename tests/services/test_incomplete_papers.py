"""Money that has left before its papers are complete (手续不全): an advance, settled when they arrive."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import COLLECTIVE, Village
from tests.limits_village import EVERYTHING, governed, k37, paid
from village_ledger.domain.errors import LimitError
from village_ledger.domain.period import Month, Span
from village_ledger.reports.catalogue import ReportRequest, make
from village_ledger.reports.table import Table
from village_ledger.services.limits import incomplete

__all__ = ["governed"]


def test_money_that_has_left_is_booked_as_an_advance_and_settled_when_papers_arrive(
    governed: Village,
) -> None:
    voucher = governed.entered("2025-03-08", "修水塔", "借 513 12000; 贷 102 12000")
    with governed.act() as uow, pytest.raises(LimitError, match="没有写钱付给了谁"):
        incomplete.as_advance(uow, voucher.id)
    with governed.act() as uow:
        advance = incomplete.as_advance(uow, voucher.id, "水塔施工队").value
    first = advance.voucher.lines[0]
    assert (first.account, first.counterparty, first.debit) == ("112", "水塔施工队", 1_200_000)
    assert first.summary == "暂付（手续不全）：修水塔"
    governed.review(advance)
    governed.post(advance)
    (open_,) = incomplete.still_open(governed.reader, COLLECTIVE, date(2025, 3, 31))
    assert (open_.payee, open_.what, open_.amount) == ("水塔施工队", "修水塔", 1_200_000)
    assert "没有写决策编号" in open_.missing
    assert "1 笔暂付手续不全" in k37(governed, "手续不全的暂付")
    with governed.act() as uow:
        cleared = incomplete.settle(uow, advance.id, date(2025, 4, 2), EVERYTHING).value
    assert [(x.account, x.debit, x.credit) for x in cleared.voucher.lines] == [
        ("513", 1_200_000, 0),
        ("112", 0, 1_200_000),
    ]
    governed.review(cleared)
    governed.post(cleared)
    assert incomplete.still_open(governed.reader, COLLECTIVE, date(2025, 3, 31)) != []
    assert incomplete.still_open(governed.reader, COLLECTIVE, date(2025, 4, 30)) == []
    assert governed.balance("112") == 0
    assert governed.verify() == []


def test_an_advance_is_settled_once_and_after_it_was_paid(governed: Village) -> None:
    voucher = governed.entered("2025-03-08", "修水塔", "借 513@施工队 12000; 贷 102 12000")
    with governed.act() as uow:
        incomplete.as_advance(uow, voucher.id)
    with governed.act() as uow, pytest.raises(LimitError, match="还没有记账"):
        incomplete.settle(uow, voucher.id, date(2025, 4, 1))
    governed.review(voucher)
    governed.post(voucher)
    with governed.act() as uow, pytest.raises(LimitError, match="在付款日 2025-03-08 之前"):
        incomplete.settle(uow, voucher.id, date(2025, 3, 1))
    with governed.act() as uow:
        first = incomplete.settle(uow, voucher.id, date(2025, 4, 1)).value
    with governed.act() as uow, pytest.raises(LimitError, match="已经由 2025-04/记-0001 结清"):
        incomplete.settle(uow, voucher.id, date(2025, 4, 2))
    governed.void(first)
    with governed.act() as uow:
        incomplete.settle(uow, voucher.id, date(2025, 4, 2))


def test_the_clearing_voucher_is_an_expense_and_waits_for_its_papers(governed: Village) -> None:
    voucher = governed.entered("2025-03-08", "修水塔", "借 513@施工队 12000; 贷 102 12000")
    with governed.act() as uow:
        incomplete.as_advance(uow, voucher.id)
    governed.review(voucher)
    governed.post(voucher)
    with governed.act() as uow:
        cleared = incomplete.settle(uow, voucher.id, date(2025, 4, 1)).value
    governed.review(cleared)
    with pytest.raises(LimitError, match="没有写决策编号"):
        governed.post(cleared)


def test_only_an_entered_payment_becomes_an_advance(governed: Village) -> None:
    done = paid(governed, "2025-03-08", "买本子", "90", "@书店")
    with governed.act() as uow, pytest.raises(LimitError, match="不在待审核状态"):
        incomplete.as_advance(uow, done.id)
    owed = governed.entered("2025-03-08", "欠广告费", "借 513 12000; 贷 211@广告社 12000")
    with governed.act() as uow, pytest.raises(LimitError, match="没有用现金或存款付出支出"):
        incomplete.as_advance(uow, owed.id)
    with governed.act() as uow, pytest.raises(LimitError, match="不是手续不全的暂付"):
        incomplete.settle(uow, done.id, date(2025, 4, 1))


def test_the_wall_sheet_lists_what_has_no_papers_as_it_stood(governed: Village) -> None:
    voucher = governed.entered("2025-03-08", "修水塔", "借 513@施工队 12000; 贷 102 12000")
    with governed.act() as uow:
        incomplete.as_advance(uow, voucher.id)
    governed.review(voucher)
    governed.post(voucher)
    with governed.act() as uow:
        cleared = incomplete.settle(uow, voucher.id, date(2025, 4, 2), EVERYTHING).value
    governed.review(cleared)
    governed.post(cleared)
    said = (
        "手续不全的暂付 1 笔，共 12,000.00 元：3月记-0001 付施工队 12,000.00（修水塔）。手续补齐后转入支出。"
    )
    assert [said in sheet(governed, month).notes for month in ("2025-03", "2025-04")] == [True, False]


def sheet(village: Village, month: str) -> Table:
    return make(village.reader, "disclosure", ReportRequest(COLLECTIVE, Span.of_month(Month.parse(month))))
