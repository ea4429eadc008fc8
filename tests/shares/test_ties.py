"""Register, books and certificates agree in the check list of every month (K31 to K33); what breaks a tie is named.

An estate that was paid before it was inherited is no tie of figures: ``verify`` finds it (V69).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from tests.builders import COLLECTIVE
from tests.dividend_village import DividendVillage
from village_ledger.domain.period import Month
from village_ledger.services.book.verification import verify
from village_ledger.services.check_item import CheckItem, Verdict
from village_ledger.services.closing.close_check import check_list
from village_ledger.services.dividends.dividend_payments import Paying
from village_ledger.services.entry import corrections
from village_ledger.services.shares import certificates

TIES = ("K31", "K32", "K33")
SPRING = ("2026-03", "2026-04", "2026-05")


@pytest.fixture
def village(tmp_path: Path) -> Iterator[DividendVillage]:
    """The shares of the worked example, certificates of January 2026, and its dividend of 88,888.88 in March, paid to one."""
    with DividendVillage.found(tmp_path) as found:
        found.earn()
        found.hold()
        found.bequeath()
        found.shut()
        found.resolve()
        with found.act() as uow:
            certificates.issue_all(uow, date(2026, 1, 5))
        dividend = found.give()
        found.into_the_books()
        found.pay(dividend, Paying(found.line(dividend, "001/M01"), 888_889))
        found.into_the_books()
        yield found


def ties(village: DividendVillage, month: str) -> dict[str, CheckItem]:
    items = check_list(village.reader, COLLECTIVE, Month.parse(month))
    return {item.rule: item for item in items if item.rule in TIES}


def said(village: DividendVillage, month: str) -> dict[str, Verdict]:
    return {rule: item.verdict for rule, item in ties(village, month).items()}


def behind_the_rules(village: DividendVillage, table: str, statement: str) -> None:
    """Somebody with another program."""
    with village.raw() as raw:
        for (name,) in raw.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (table,)
        ).fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        raw.execute(statement)


@pytest.mark.parametrize("month", SPRING)
def test_all_three_are_asked_and_hold_every_month(village, month):
    assert said(village, month) == dict.fromkeys(TIES, Verdict.PASS)


def test_before_there_was_a_dividend_only_the_register_and_certificates_are_asked(village):
    assert said(village, "2026-02") == {"K31": Verdict.PASS, "K33": Verdict.PASS}


def test_a_stale_certificate_is_named_from_its_month_on(village):
    village.share("transfer", "2026-04-10", "001/M01", "002/M02", "10")
    assert said(village, "2026-03")["K33"] is Verdict.PASS
    for month in SPRING[1:]:
        item = ties(village, month)["K33"]
        assert (item.verdict, item.text) == (Verdict.WARN, "2 户的股权证和登记簿不符，要换发。")
        assert item.evidence == ("001 户不符", "002 户不符")


def test_a_certificate_that_was_rewritten_is_named(village):
    behind_the_rules(
        village,
        "share_certificate",
        "UPDATE share_certificate SET content = replace(content, '10000', '9000')",
    )
    assert ties(village, "2026-05")["K33"].verdict is Verdict.WARN


def test_a_certificate_made_unreadable_is_named_too(village):
    behind_the_rules(village, "share_certificate", "UPDATE share_certificate SET content = '{' WHERE id = 1")
    assert ties(village, "2026-05")["K33"].text == "1 户的股权证和登记簿不符，要换发。"
    assert "V66" in {finding.rule for finding in verify(village.path)}


def test_money_paid_by_a_voucher_beside_the_list_is_named(village):
    village.posted("2026-04-02", "付分红", "借 113@002/M02 100; 贷 102 100")
    assert said(village, "2026-03")["K32"] is Verdict.PASS
    item = ties(village, "2026-04")["K32"]
    assert item.verdict is Verdict.WARN
    assert item.evidence[0].endswith("002/M02：账上 8,788.89，名册 8,888.89")


def test_a_payment_taken_back_in_the_books_is_owed_on_the_list_again(village):
    paid = village.reader.dividend_payments(village.reader.dividends(COLLECTIVE)[0].id)[0]
    with village.act() as uow:
        corrections.reverse(uow, COLLECTIVE, paid.voucher, date(2026, 4, 3), "银行退回")
    village.into_the_books()
    assert said(village, "2026-04")["K32"] is Verdict.PASS
    assert village.owed(village.reader.dividends(COLLECTIVE)[0])["001/M01"] == 888_889


def test_a_grant_that_was_rewritten_is_found_by_its_digest(village):
    behind_the_rules(
        village, "share_line", "UPDATE share_line SET delta = delta + 1 WHERE event_id = 1 AND line = 1"
    )
    # the grant says more than before and the accounts hold it: only the chain of digests knows
    assert "V61" in {finding.rule for finding in verify(village.path)}


def test_a_transfer_that_was_rewritten_on_one_side_fails(village):
    village.share("transfer", "2026-04-01", "004/M04", "005/M05", "30")
    behind_the_rules(
        village, "share_line", "UPDATE share_line SET delta = delta + 1 WHERE event_id = 3 AND delta > 0"
    )
    assert ties(village, "2026-03")["K31"].verdict is Verdict.PASS
    for month in SPRING[1:]:
        item = ties(village, month)["K31"]
        assert (item.verdict, item.evidence) == (
            Verdict.FAIL,
            ("人口股量化减注销 1000.00，账户合计 1000.01",),
        )


def test_a_pledge_out_of_step_with_its_bucket_fails(village):
    village.share("pledge", "2026-04-01", "004/M04", "", "30", contract="质1号", party="农商行")
    village.share("release", "2026-04-02", "004/M04", "", "10", contract="质1号")
    assert said(village, "2026-04")["K31"] is Verdict.PASS
    behind_the_rules(
        village, "share_line", "UPDATE share_line SET bucket = 'free' WHERE bucket = 'pledged' AND delta > 0"
    )
    item = ties(village, "2026-04")["K31"]
    assert item.verdict is Verdict.FAIL
    assert "004/M04" in item.evidence[0]


def test_an_estate_paid_before_it_was_inherited_is_found(tmp_path):
    with DividendVillage.found(tmp_path) as village:
        village.earn()
        village.hold()
        village.shut()
        village.resolve()
        dividend = village.give()
        village.into_the_books()
        village.pay(dividend, Paying(village.line(dividend, "001/M01"), 100_000))
        village.into_the_books()
        assert village.verify() == []
        estate, path = village.line(dividend, "003/M03"), village.path
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("DROP TRIGGER dividend_payment_no_update")
        raw.execute("UPDATE dividend_payment SET line = ?", (estate,))
        raw.commit()
    found = [finding for finding in verify(path) if finding.rule == "V69"]
    assert [(one.record, one.text) for one in found if "遗产" in one.text] == [
        ("2025年度分红（2026-03-20） 003/M03", "2026-03-25 遗产还没有办继承就发放了")
    ]


def test_an_estate_paid_after_it_was_inherited_is_no_finding(tmp_path):
    with DividendVillage.found(tmp_path) as village:
        village.earn()
        village.hold()
        village.shut()
        village.resolve()
        dividend = village.give()
        village.into_the_books()
        village.bequeath("2026-04-01")
        one = village.line(dividend, "003/M03")
        village.pay(dividend, Paying(one, 100, "N01", "儿子"), day="2026-04-02")
        village.into_the_books()
        assert village.verify() == []
