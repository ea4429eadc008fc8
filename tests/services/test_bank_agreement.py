"""Balances asserted, months closed, what was outstanding before: the bank agreed with the books."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.builders import COLLECTIVE, Village
from tests.exchange.bank_files import NUMBER, statement
from tests.services.test_bank_matching import FEE, MARCH, RENT, bank_of, k9, rented, table, taken
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.period import Span
from village_ledger.reports.catalogue import ReportRequest, make_all
from village_ledger.services.bank import bank_accounts, bank_assertions, bank_drafts, bank_outstanding
from village_ledger.services.bank.bank_check import proved_bank
from village_ledger.services.check_item import Verdict


def test_a_balance_is_asserted_where_there_is_no_file(village: Village):
    rented(village)
    with village.act() as uow:
        bank = bank_accounts.add(uow, COLLECTIVE, "102", NUMBER, "某银行").value
        done = bank_assertions.assert_balance(uow, bank, MARCH, 120_000)
    assert (done.warnings, k9(village).verdict) == ((), Verdict.PASS)
    assert proved_bank(village.reader, COLLECTIVE, MARCH) == 120_000
    late = village.posted("2025-03-30", "补记付工钱", "借 513 200; 贷 102 200")
    [lost] = bank_assertions.broken(village.reader, bank)
    assert (lost.vouchers, k9(village).verdict) == ((str(late.ref),), Verdict.WARN)
    [finding] = village.verify()
    assert (finding.rule, str(late.ref) in finding.text) == ("V42", True)


def test_an_assertion_against_the_statement_is_refused(village: Village, tmp_path: Path):
    taken(village, statement(tmp_path, RENT, FEE))
    with village.act() as uow, pytest.raises(LedgerError, match=r"余额是 1,185.00，不是 1,200.00"):
        bank_assertions.assert_balance(uow, bank_of(village), date(2025, 3, 21), 120_000)


def test_a_voucher_slipped_in_later_breaks_the_assertion_and_a_matched_one_does_not(
    village: Village, tmp_path: Path
):
    head = [("账号:", NUMBER), ("起止日期:", "2025-03-01", "2025-03-31")]
    rented(village)
    taken(village, statement(tmp_path, RENT, FEE, head=head))
    bank = bank_of(village)
    with village.act() as uow:
        bank_assertions.assert_balance(uow, bank, MARCH, 118_500)
        [made] = bank_drafts.fill_in(uow, bank).value
    village.review(made)
    village.post(made)
    assert bank_assertions.broken(village.reader, bank) == []
    assert k9(village).verdict is Verdict.PASS
    late = village.posted("2025-03-15", "付招待费", "借 513 66; 贷 102 66")
    [lost] = bank_assertions.broken(village.reader, bank)
    assert "合计 -66.00，对账单上没有" in lost.reason
    assert str(late.ref) in lost.vouchers
    with village.act() as uow:
        bank_assertions.assert_balance(uow, bank, MARCH, 118_500)
    assert bank_assertions.broken(village.reader, bank) == []
    assert len(village.reader.bank_assertions(bank.id)) == 2


def test_without_a_statement_the_check_list_warns_only_where_there_is_money(village: Village):
    assert k9(village).verdict is Verdict.PASS
    rented(village)
    assert (k9(village).verdict, k9(village).evidence) == (Verdict.WARN, ("102 银行存款",))
    assert proved_bank(village.reader, COLLECTIVE, MARCH) is None


def test_a_difference_before_the_first_statement_is_said_and_can_be_explained(
    village: Village, tmp_path: Path
):
    village.open_with("借 102 1000", "贷 311 1000")
    taken(village, statement(tmp_path, RENT, opening=1350))
    found = table(village, date(2025, 3, 5))
    assert (found.difference, found.opening_unexplained) == (35_000, 35_000)
    bank = bank_of(village)
    with village.act() as uow:
        bank_outstanding.add(uow, bank, "book", date(2024, 12, 28), -35_000, "支票 0338 没有取")
    assert table(village, date(2025, 3, 5)).difference == 0
    with village.act() as uow, pytest.raises(LedgerError, match="已经在对账单里"):
        bank_outstanding.add(uow, bank, "book", date(2025, 3, 5), -35_000, "支票")


def test_the_balance_sheet_is_held_against_the_bank(village: Village):
    rented(village)
    with village.act() as uow:
        bank = bank_accounts.add(uow, COLLECTIVE, "102", NUMBER, "某银行").value
    request = ReportRequest(COLLECTIVE, Span(date(2025, 1, 1), MARCH))
    assert "X9" not in [c.rule for c in make_all(village.reader, "balance-sheet", request)[0].checks]
    with village.act() as uow:
        bank_assertions.assert_balance(uow, bank, MARCH, 120_000)
    [found] = [c for c in make_all(village.reader, "balance-sheet", request)[0].checks if c.rule == "X9"]
    assert found.ok
    village.posted("2025-03-30", "补记付工钱", "借 513 200; 贷 102 200")
    [found] = [c for c in make_all(village.reader, "balance-sheet", request)[0].checks if c.rule == "X9"]
    assert not found.ok
