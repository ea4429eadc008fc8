"""Raw SQL against money between the ledgers: foreign keys off, REPLACE, no services; and what verify finds after it."""

from __future__ import annotations

import sqlite3

import pytest

from tests.builders import COLLECTIVE, COMMITTEE, LI, Village
from tests.two_ledgers import RESOLUTION, again, moved, resolved, waiting
from village_ledger.domain.errors import VoucherError
from village_ledger.services.entry import invoices

REFUSED = {
    "void one side": "UPDATE voucher SET state = 'void' WHERE id = 3",
    "void a reviewed side": "UPDATE voucher SET state = 'void', reviewed_by = '' WHERE id = 4",
    "delete one side": "DELETE FROM voucher WHERE id = 3",
    "move one side to another day": "UPDATE voucher SET day = '2025-03-30' WHERE id = 3",
    "change a line of one side": "UPDATE voucher_line SET debit = 1 WHERE voucher_id = 3 AND line = 1",
    "delete the lines of one side": "DELETE FROM voucher_line WHERE voucher_id = 4",
    "add a line to one side": "INSERT INTO voucher_line VALUES (3, 3, 1, '2025-03-09', '101', 5, 0, '某事', NULL, NULL, NULL)",
    "reverse one side": "INSERT INTO voucher_link VALUES (5, 'reverses', 1)",
    "untie a side": "DELETE FROM transfer_side WHERE voucher_id = 1",
    "tie a side elsewhere": "UPDATE transfer_side SET other_id = 5 WHERE voucher_id = 1",
    "replace a side": "REPLACE INTO transfer_side VALUES (1, 2, 1, 2)",
    "delete a document": "DELETE FROM transfer WHERE id = 1",
    "raise a document's amount": "UPDATE transfer SET amount = 9 WHERE id = 1",
    "void a posted document": "UPDATE transfer SET state = 'void' WHERE id = 1",
    "renumber a document": "UPDATE transfer SET number = 9 WHERE id = 2",
    "replace a document": (
        "REPLACE INTO transfer VALUES (1, 2025, 1, 'T4', 'whole', '2025-03-08', 5, '某事', NULL, '', NULL, 'live', '某人', 'x')"
    ),
    "a document with a gap": (
        "INSERT INTO transfer VALUES (9, 2025, 9, 'T4', 'whole', '2025-03-08', 5, '某事', NULL, '', NULL, 'live', '某人', 'x')"
    ),
    "a subsidy without a resolution": (
        "INSERT INTO transfer VALUES (9, 2025, 3, 'T1', 'whole', '2025-03-08', 5, '某', '无', '', NULL, 'live', '某人', 'x')"
    ),
    "settle more than is open": "INSERT INTO transfer_settlement VALUES (2, 1, 999999)",
    "say that one side is posted": "INSERT INTO transfer_posted VALUES (3, 4)",
    "forget that a side is posted": "DELETE FROM transfer_posted",
    "change a resolution": "UPDATE resolution SET in_favour = 30",
    "delete a resolution": "DELETE FROM resolution",
    "replace a resolution": (
        "REPLACE INTO resolution VALUES ('青社代〔2025〕1号', '2025-01-05', 'board', 3, 3, 3, '', '某事', '某人', 'x')"
    ),
    "book an invoice twice": (
        "INSERT INTO invoice (number, kind, amount, voucher_id, ledger_id) VALUES ('A1', '', 5, 2, 2)"
    ),
    "book an invoice of no number": (
        "INSERT INTO invoice (number, kind, amount, voucher_id, ledger_id) VALUES (' ', '', 5, 2, 2)"
    ),
    "renumber an invoice": "UPDATE invoice SET number = 'B1'",
    "a slip whose parts do not sum": "INSERT INTO allocation_slip VALUES (9, 2, 'X', '', 100, 60, 30)",
}
"""Vouchers 1 and 2 are a posted pair, 3 and 4 a waiting one, 5 stands by itself and books invoice A1."""


@pytest.fixture
def pairs(village: Village) -> Village:
    """A posted pair, a waiting pair, a voucher of its own."""
    resolved(village)
    moved(village, "T4", "50")
    waiting(village, "T7", "5", "2025-03-09")
    village.entered("2025-03-10", "付电费", "借 511 5; 贷 101 5", invoices="a1")
    return village


@pytest.mark.parametrize("act", REFUSED)
def test_raw_sql_is_refused(pairs: Village, act: str):
    with pairs.raw() as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute(REFUSED[act])
    assert pairs.verify() == []


def test_a_raw_connection_that_posts_one_side_is_stopped_by_the_state_of_the_other(pairs: Village):
    with pairs.raw() as connection:
        connection.execute("UPDATE voucher SET state = 'reviewed', reviewed_by = ? WHERE id = 3", (LI,))
        with pytest.raises(sqlite3.IntegrityError, match="另一边还不能记账"):
            connection.execute(
                "INSERT INTO posting SELECT 3, 1, 2, '某人', 'x', 'reviewed', digest, digest FROM posting "
                "WHERE ledger_id = 1"
            )


def test_half_a_pair_posted_without_foreign_keys_is_found(pairs: Village):
    pairs.review(pairs.reader.voucher(3))
    with pairs.raw() as connection:
        connection.execute(
            "INSERT INTO posting SELECT 3, 1, 2, '某人', 'x', 'reviewed', digest, digest FROM posting WHERE ledger_id = 1"
        )
    findings = [(f.rule, f.record) for f in pairs.verify()]
    assert ("V41", "往来-2025-0002") in findings


# Invoice numbers


def test_an_invoice_is_booked_once_in_one_ledger_and_across_both(village: Village):
    village.entered("2025-03-10", "付电费", "借 511 5; 贷 101 5", invoices="２５952000000012345678")
    with pytest.raises(VoucherError, match="25952000000012345678 已经记在集体经济组织账 2025-03/记-0001"):
        village.entered("2025-03-11", "付电费", "借 511 5; 贷 101 5", invoices="25952000000012345678")
    with pytest.raises(VoucherError, match="已经记在"):
        village.entered(
            "2025-03-11", "付电费", "借 5102 5; 贷 1001 5", COMMITTEE, invoices="25952000000012345678"
        )
    assert village.numbers("2025-03", COMMITTEE) == []
    with pytest.raises(VoucherError, match="写了两遍"):
        village.entered("2025-03-11", "付电费", "借 511 5; 贷 101 5", invoices="A1 a1")


def test_a_void_voucher_and_a_posted_red_letter_free_the_number(village: Village):
    first = village.entered("2025-03-10", "付电费", "借 511 5; 贷 101 5", invoices="A1")
    village.void(first)
    second = village.posted("2025-03-10", "付电费", "借 511 5; 贷 101 5", invoices="A1")
    red = village.reverse(second, "2025-03-12")
    with pytest.raises(VoucherError, match="已经记在"):
        village.entered("2025-03-13", "付电费", "借 511 6; 贷 101 6", invoices="A1")
    village.review(red)
    village.post(red)
    third = village.entered("2025-03-13", "付电费", "借 511 6; 贷 101 6", invoices="A1")
    assert third.invoices == ("A1",)
    assert village.verify() == []


def test_a_shared_bill_is_booked_in_both_by_its_slip_only(village: Village):
    document = moved(village, "T8", "300", shares=("199.99", "100.01"), invoice="A1", counterparty="供电所")
    both = [village.reader.invoices_of(side.voucher_id) for side in document.sides]
    assert both == [["A1"], ["A1"]]
    slip = village.reader.slip_of(document.id)
    assert slip is not None
    assert (slip.collective, slip.committee, slip.whole, slip.issuer) == (199_99, 100_01, 300_00, "供电所")
    with pytest.raises(VoucherError, match="已经记在"):
        village.entered("2025-03-13", "付电费", "借 511 6; 贷 101 6", invoices="A1")
    with pytest.raises(VoucherError, match="已经记在"):
        moved(village, "T8", "300", shares=("150", "150"), invoice="A1")
    assert village.verify() == []


def test_a_slip_whose_parts_do_not_sum_is_refused(village: Village):
    with pytest.raises(VoucherError, match=r"加起来是 299\.99，整张票是 300\.00"):
        waiting(village, "T8", "300", shares=("199.98", "100.01"))
    with pytest.raises(VoucherError, match="加起来"):
        waiting(village, "T8", "300", shares=("300", "0"))


def test_numbers_are_read_in_half_width_and_parted(village: Village):
    assert invoices.numbers_in(" ａ１、B2，b3;c4 ") == ["A1", "B2", "B3", "C4"]
    with pytest.raises(VoucherError, match="太长"):
        invoices.numbers_in("9" * 41)


def test_a_number_that_got_in_twice_is_found(pairs: Village):
    with pairs.raw() as connection:
        connection.execute("DROP TRIGGER invoice_insert")
        connection.execute(
            "INSERT INTO invoice (number, kind, amount, voucher_id, ledger_id) VALUES ('A1', '', 5, 2, 2)"
        )
    assert "V43" in {f.rule for f in pairs.verify()}


def test_documents_are_listed_as_the_book_holds_them(pairs: Village):
    assert [str(t.number) for t in pairs.reader.transfers()] == ["往来-2025-0001", "往来-2025-0002"]
    assert pairs.reader.resolution(RESOLUTION).used == 0
    assert again(pairs, pairs.reader.transfers()[0].number).side(COLLECTIVE) is not None
