"""Vouchers from a file into a book: all of them or none, entered or posted as a migration."""

from __future__ import annotations

import pytest

from tests.exchange.files import RENT, VOUCHER_HEADER, WATER_BILL, write_csv
from village_ledger.domain.errors import ImportRefused, UnreadableError
from village_ledger.domain.period import Month, Span
from village_ledger.domain.voucher import VoucherKind, VoucherRef, VoucherState
from village_ledger.exchange.vouchers.import_vouchers import import_vouchers
from village_ledger.services.book.verification import inspect

MARCH = Month(2025, 3)


def take_in(book, file, **options):
    with book.unit_of_work("导入") as uow:
        done = import_vouchers(uow, "collective", file, **{"post": False, **options})
        uow.commit()
    return done


@pytest.fixture
def two(tmp_path):
    return write_csv(tmp_path / "v.csv", [*WATER_BILL, *RENT])


def test_entered_vouchers_wait_for_review(book, two):
    assert take_in(book, two).value == 2
    found = book.reader().vouchers("collective", month=MARCH)
    assert [(v.ref.number, v.state, v.attachments) for v in found] == [
        (1, VoucherState.ENTERED, 1),
        (2, VoucherState.ENTERED, 2),
    ]
    assert not any(t.debit for t in book.reader().turnovers("collective", Span.of_month(MARCH)))


def test_posted_at_once_they_are_in_the_balances_and_the_chain(book, two):
    take_in(book, two, post=True)
    turnovers = {t.account: t.closing for t in book.reader().turnovers("collective", Span.of_month(MARCH))}
    assert {code: closing for code, closing in turnovers.items() if closing} == {
        "101": 441_380,
        "501": -480_000,
        "513": 38_620,
    }
    assert any("迁移" in operation.action for operation in book.reader().operations())
    assert inspect(book) == []


def test_a_dry_run_says_how_many_and_leaves_nothing(book, two):
    assert take_in(book, two, post=True, dry_run=True).value == 2
    assert book.reader().vouchers("collective") == []


def test_one_fault_keeps_everything_out(book, tmp_path):
    file = write_csv(tmp_path / "v.csv", [*WATER_BILL, RENT[0]])
    with pytest.raises(ImportRefused):
        take_in(book, file, post=True)
    assert book.reader().vouchers("collective") == []


def test_the_same_file_twice_is_refused(book, two):
    take_in(book, two)
    with pytest.raises(ImportRefused) as refusal:
        take_in(book, two)
    assert [f[:3] for f in refusal.value.faults] == ["第2行", "第4行"]
    assert len(book.reader().vouchers("collective")) == 2


def test_counterparties_are_made_when_first_named(book, tmp_path):
    rows = [
        (*cells[:4], *(["112"] if cells[4] == "513" else ["102"]), *cells[5:7], "砖厂", *cells[8:])
        for cells in WATER_BILL
    ]
    take_in(book, write_csv(tmp_path / "v.csv", rows))
    assert book.reader().counterparties() == ["砖厂"]


def test_vouchers_without_attachments_say_why(book, tmp_path):
    rows = [(*cells[:9], "") for cells in WATER_BILL]
    take_in(book, write_csv(tmp_path / "v.csv", rows))
    stored = book.reader().find_voucher("collective", VoucherRef(MARCH, "记", 1))
    assert stored.voucher.no_attachment_reason == "导入的文件没有写附件张数"


def test_a_reversal_is_linked_to_a_voucher_the_book_already_has(book, two, tmp_path):
    take_in(book, two, post=True)
    header = [*VOUCHER_HEADER, "冲销凭证"]
    red = [
        (*WATER_BILL[0][:2], "3", *WATER_BILL[0][3:5], "-386.20", *WATER_BILL[0][6:9], "", "2025-03/记-0001"),
        (*WATER_BILL[1][:2], "3", *WATER_BILL[1][3:6], "-386.20", *WATER_BILL[1][7:9], "", ""),
    ]
    take_in(book, write_csv(tmp_path / "r.csv", red, header=header), post=True)
    original = book.reader().find_voucher("collective", VoucherRef(MARCH, "记", 1))
    reversal = book.reader().find_voucher("collective", VoucherRef(MARCH, "记", 3))
    assert ("已冲", "2025-03/记-0003") in original.links
    assert reversal.voucher.kind is VoucherKind.REVERSAL
    again = [(*cells[:2], "4", *cells[3:]) for cells in red]
    with pytest.raises(ImportRefused) as refusal:
        take_in(book, write_csv(tmp_path / "s.csv", again, header=header))
    assert "已冲过了" in refusal.value.faults[0]


def test_only_posted_vouchers_of_the_book_are_reversed(book, two, tmp_path):
    take_in(book, two)
    header = [*VOUCHER_HEADER, "冲销凭证"]
    red = [
        (*WATER_BILL[0][:2], "3", *WATER_BILL[0][3:5], "-386.20", *WATER_BILL[0][6:9], "", "2025-03/记-0001"),
        (*WATER_BILL[1][:2], "3", *WATER_BILL[1][3:6], "-386.20", *WATER_BILL[1][7:9], "", ""),
    ]
    with pytest.raises(ImportRefused) as refusal:
        take_in(book, write_csv(tmp_path / "r.csv", red, header=header))
    assert "还没有记账" in refusal.value.faults[0]


def test_several_years_follow_one_another(book, tmp_path):
    rows = [(f"{year}-03-08", *cells[1:]) for year in (2025, 2026, 2027) for cells in WATER_BILL]
    assert take_in(book, write_csv(tmp_path / "v.csv", rows), post=True).value == 3


def test_a_file_of_a_header_alone(book, tmp_path):
    with pytest.raises(UnreadableError, match="只有表头"):
        take_in(book, write_csv(tmp_path / "v.csv", []))
