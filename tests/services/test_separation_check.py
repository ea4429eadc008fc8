"""K16: the money that lies in the other body's account is named at every close until it is moved."""

from __future__ import annotations

from pathlib import Path

from tests.builders import Village
from village_ledger.domain.period import Month
from village_ledger.domain.separation import OldLine, Owner, Part, SplitLine
from village_ledger.services.check_item import Verdict
from village_ledger.services.closing.close_check import check_list
from village_ledger.services.separation.separation import OldBalances, separate
from village_ledger.storage.spec import BookSpec

JANUARY = Month(2025, 1)


def split_book(folder: Path) -> Path:
    """1,000.00 in the collective's account, 300.00 of it the committee's."""
    cash = OldLine(3, "102", "银行存款", debit=100_000)
    fund = OldLine(4, "241", "专项应付款", "服务群众专项经费", credit=30_000)
    capital = OldLine(5, "301", "资本", credit=70_000)
    lines = [
        SplitLine(cash, (Part(Owner.COLLECTIVE, 100_000, "102"),)),
        SplitLine(fund, (Part(Owner.COMMITTEE, 30_000, "2301", project="服务群众专项经费"),)),
        SplitLine(capital, (Part(Owner.COLLECTIVE, 70_000, "301"),)),
    ]
    path = folder / "分.vledger"
    separate(path, BookSpec("青山村", JANUARY), OldBalances("旧账", "", (cash, fund, capital)), lines, "王")
    return path


def k16(village: Village, ledger: str) -> list[tuple[Verdict, str]]:
    items = check_list(village.reader, ledger, JANUARY)
    return [(item.verdict, item.text) for item in items if item.rule == "K16"]


def test_both_ledgers_are_reminded_until_it_is_moved(tmp_path):
    with Village(split_book(tmp_path)) as village:
        for ledger in ("collective", "committee"):
            ((verdict, text),) = k16(village, ledger)
            assert verdict is Verdict.WARN
            assert "村委会的 300.00 在对方账户里" in text
            assert "T7" in text
        village.posted("2025-01-10", "转村委会", "借 211@青山村村民委员会 300; 贷 102 300")
        ((verdict, text),) = k16(village, "collective")
        assert (verdict, text) == (Verdict.PASS, "分账时的两账往来已经结清。")


def test_a_book_that_was_not_split_is_not_reminded(village):
    assert k16(village, "collective") == []
