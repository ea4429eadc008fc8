"""票据号 beside the voucher: typed, kept, refused when it is booked; a side of a document is only read."""

from __future__ import annotations

from tests.builders import COMMITTEE, Village
from tests.two_ledgers import waiting
from village_ledger.ui.voucher.voucher_places import draft_of, may_be_changed


def test_an_edited_voucher_keeps_its_number(village: Village):
    first = village.entered("2025-03-10", "付电费", "借 511 5; 贷 101 5", invoices="a1")
    again = village.save(draft_of(first)).value
    assert again.invoices == ("A1",)


def test_a_side_of_a_document_is_only_read(village: Village):
    document = waiting(village, "T4", "50")
    mine = village.reader.voucher(document.sides[0].voucher_id)
    assert mine.document == "往来-2025-0001"
    assert not may_be_changed(mine)
    assert may_be_changed(village.entered("2025-03-10", "付电费", "借 5102 5; 贷 1001 5", COMMITTEE))
