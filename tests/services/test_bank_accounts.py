"""Bank accounts: one number, one leaf, one ledger, whoever writes."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest

from tests.builders import COLLECTIVE, COMMITTEE, Village
from village_ledger.domain.errors import LedgerError
from village_ledger.services.bank import bank_accounts
from village_ledger.storage.bank.queries import BankAccount

NUMBER = "8811 0133-0000 3358"


def registered(
    village: Village,
    number: str = NUMBER,
    ledger: str = COLLECTIVE,
    account: str = "102",
    kind: str = "基本户",
) -> BankAccount:
    with village.act() as uow:
        return bank_accounts.add(uow, ledger, account, number, "云屏农村商业银行", kind=kind).value


def test_the_number_is_kept_as_text_and_shown_by_its_last_four_places(village: Village):
    found = registered(village)
    assert (found.number, found.masked, found.kind_words) == ("8811013300003358", "****3358", "基本户")
    assert village.reader.bank_account_by_number("8811013300003358") == found
    logged = village.reader.operations()[-1]
    assert logged.detail == "云屏农村商业银行 基本户 ****3358"
    assert "8811" not in logged.detail


def test_one_number_belongs_to_one_ledger(village: Village):
    registered(village)
    with pytest.raises(LedgerError, match=r"已经登记在.*102 银行存款"):
        registered(village, "8811013300003358", COMMITTEE, "1002")
    assert village.reader.bank_accounts(COMMITTEE) == []


def test_one_leaf_is_one_account(village: Village):
    registered(village)
    with pytest.raises(LedgerError, match=r"102 银行存款 已经登记了账号 \*{4}3358"):
        registered(village, "22670101040000917")


@pytest.mark.parametrize("number", ["", "12345", "6.2E+18", "62284800中国", "1" * 35])
def test_a_number_that_cannot_be_one_is_refused(village: Village, number: str):
    with pytest.raises(LedgerError, match="银行账号要写全"):
        registered(village, number)


@pytest.mark.parametrize("account", ["101", "501"])
def test_only_a_bank_leaf_can_be_a_bank_account(village: Village, account: str):
    with pytest.raises(LedgerError, match="不是银行存款的末级科目"):
        registered(village, account=account)


def test_a_mistake_is_put_right_before_the_first_statement(village: Village):
    found = registered(village)
    with village.act() as uow:
        bank_accounts.change(
            uow, replace(found, number="8811013300003359", kind="special", closed="2025-06-30")
        )
    [after] = village.reader.bank_accounts(COLLECTIVE)
    assert (after.number, after.kind_words, after.closed) == ("8811013300003359", "专户", "2025-06-30")
    with village.act() as uow:
        bank_accounts.remove(uow, after)
    assert village.reader.bank_accounts() == []


def test_a_day_of_closing_lies_after_the_day_of_opening(village: Village):
    found = registered(village)
    with village.act() as uow, pytest.raises(LedgerError, match="销户日期早于开户日期"):
        bank_accounts.change(uow, replace(found, opened="2025-06-01", closed="2025-05-31"))


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO bank_account VALUES (9, 2, '1002', '8811013300003358', '某银行', 'basic', '', '')",
        "INSERT OR REPLACE INTO bank_account VALUES (9, 2, '1002', '8811013300003358', '某银行', 'basic', '', '')",
        "INSERT OR REPLACE INTO bank_account VALUES (1, 2, '1002', '22670101040000917', '某银行', 'basic', '', '')",
        "INSERT INTO bank_account VALUES (9, 1, '101', '22670101040000917', '某银行', 'basic', '', '')",
        "INSERT INTO bank_account VALUES (9, 2, '102', '22670101040000917', '某银行', 'basic', '', '')",
        "UPDATE OR REPLACE bank_account SET number = '8811013300003358' WHERE ledger_id = 2",
        "UPDATE bank_account SET ledger_id = 2 WHERE ledger_id = 1",
    ],
)
def test_raw_sql_cannot_give_one_number_to_two_ledgers(village: Village, statement: str):
    registered(village)
    registered(village, "6228480400000917", COMMITTEE, "1002")
    before = village.reader.bank_accounts()
    with village.raw() as raw, pytest.raises(sqlite3.DatabaseError):
        raw.execute(statement)
    assert village.reader.bank_accounts() == before
