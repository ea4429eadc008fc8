"""What raw SQL cannot do to a dividend, and what verify says when the rules were taken away first."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.dividend_village import DividendVillage
from village_ledger.services.book.verification import verify
from village_ledger.services.dividends.dividend_payments import Paying


@pytest.fixture
def paid(tmp_path: Path) -> Path:
    """A dividend booked, posted, and paid to one member in part."""
    with DividendVillage.found(tmp_path) as village:
        village.earn()
        village.hold()
        village.bequeath()
        village.shut()
        village.resolve()
        dividend = village.give()
        village.into_the_books()
        village.pay(dividend, Paying(village.line(dividend, "001/M01"), 100_000))
        village.into_the_books()
        return village.path


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE dividend SET amount = amount + 1", "分红不能修改"),
        ("DELETE FROM dividend", "分红不能删除"),
        ("UPDATE dividend_line SET amount = 1", "分红明细不能修改"),
        ("DELETE FROM dividend_line", "分红明细不能删除"),
        (
            "INSERT INTO dividend_line SELECT dividend_id, 99, account_id, '', 'x', 'member', 1, 1, '' FROM dividend_line",
            "不能再加明细",
        ),
        ("INSERT OR REPLACE INTO dividend_line SELECT * FROM dividend_line LIMIT 1", "不能再加明细"),
        ("INSERT OR REPLACE INTO dividend SELECT * FROM dividend", "对不上|等于分红总额|已经分过红"),
        ("INSERT INTO dividend_class SELECT dividend_id, 99 FROM dividend_class", "不能再加股份类别"),
        ("DELETE FROM dividend_voucher", "分红的凭证不能删除"),
        ("UPDATE dividend_payment SET amount = 1", "发放记录不能修改"),
        (
            (
                "INSERT INTO dividend_payment SELECT 99, dividend_id, line, day, 788890, method, '', '', voucher_id, 'x', 'x' "
                "FROM dividend_payment"
            ),
            "超过了应领的数",
        ),
        (
            (
                "INSERT INTO dividend_payment SELECT 99, dividend_id, 8, day, 1, method, '', '', voucher_id, 'x', 'x' "
                "FROM dividend_payment"
            ),
            "超过了应领的数",
        ),
        (
            "INSERT INTO dividend_payment_result SELECT 1, 99, day, 'done', '', 'x', 'x' FROM dividend_payment",
            "才有银行的结果",
        ),
    ],
)
def test_the_database_refuses(paid: Path, statement: str, said: str):
    with closing(sqlite3.connect(paid)) as raw, pytest.raises(sqlite3.IntegrityError, match=said):
        raw.execute(statement)


@pytest.mark.parametrize(
    ("statement", "rule"),
    [
        ("UPDATE dividend_line SET amount = amount + 1 WHERE line = 2", "V67"),
        (
            "UPDATE dividend_line SET amount = amount + CASE line WHEN 2 THEN 1 ELSE -1 END WHERE line IN (2, 3)",
            "V67",
        ),
        ("UPDATE dividend_line SET party = '002/别人' WHERE line = 2", "V68"),
        ("UPDATE dividend_payment SET amount = 900000", "V69"),
        ("DELETE FROM dividend_line WHERE line = 5", "V67"),
    ],
)
def test_verify_names_what_was_tampered_with(paid: Path, statement: str, rule: str):
    assert verify(paid) == []
    with closing(sqlite3.connect(paid)) as raw:
        for (name,) in raw.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'dividend%'"
        ).fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        raw.execute(statement)
        raw.commit()
    assert rule in {finding.rule for finding in verify(paid)}
