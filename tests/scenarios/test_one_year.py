"""A year of 青山村, to be read from top to bottom.

The village is small: an orchard contracted out, a shop front let, a road built with the county's money. Two ledgers in
one book: what the collective owns and earns, and what the village committee is given to run the village.
王秀英 keeps the books, 李建国 reviews them.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.builders import COLLECTIVE, COMMITTEE, LI, WANG, Village, draft
from village_ledger.domain.balance import roll_up
from village_ledger.domain.errors import PeriodError, VoucherError
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Month, MonthState, Span
from village_ledger.domain.voucher import VoucherKind
from village_ledger.services.book import verification
from village_ledger.services.closing import closing, year_end
from village_ledger.services.entry import posting
from village_ledger.storage.file.book_file import Access, open_book


def test_one_year_of_a_small_village(tmp_path: Path):
    with Village.found(tmp_path) as village:
        the_year_begins(village)
        the_first_quarter(village)
        the_road_is_built(village)
        a_mistake_is_found(village)
        the_committee_runs_the_village(village)
        december_comes_and_the_next_year_has_begun(village)
        the_year_is_closed(village)
        the_trial_balance_of_the_year(village)
        path = village.path
    the_township_looks_at_it(path)


def the_year_begins(village: Village) -> None:
    """Sub-accounts for the two bank accounts, and the balances the old books end with."""
    for name in ("农商基本户", "专项资金专户"):
        village.add_account("102", name)
    for name in ("果园承包收入", "门面租金收入"):
        village.add_account("501", name)
    for name in ("办公费", "管理人员工资"):
        village.add_account("513", name)
    village.open_with(
        "借 101 1200",
        "借 10201 85000",
        "借 113@张三 600",  # owes the rest of last year's contract
        "借 151 320000",
        "贷 152 45000",
        "贷 113@李四 200",  # paid a year ahead
        "贷 301 250000",
        "贷 311 111600",
    )
    village.open_with("借 1001 300", "借 1002 9700", "贷 3101 10000", ledger=COMMITTEE)
    assert village.balance("113", "2025-01-01") == 400_00
    assert village.verify() == []


def the_first_quarter(village: Village) -> None:
    """Receipts arrive out of order; before review the month is sorted by date."""
    village.entered("2025-01-20", "收门面一季度租金", "借 10201 4500; 贷 50102 4500")
    village.entered("2025-01-06", "收张三上年承包款", "借 101 600; 贷 113@张三 600")
    village.entered("2025-01-15", "付账簿、凭证纸款", "借 51301 86.50; 贷 101 86.50")
    assert village.resort("2025-01") == 3
    assert village.numbers("2025-01") == [(1, 6, "entered"), (2, 15, "entered"), (3, 20, "entered")]
    the_month_is_reviewed_and_posted(village, "2025-01-31")
    assert village.balance("113") == -200_00  # only 李四's money ahead is left

    village.entered("2025-02-10", "收李四、王五果园承包款", "借 10201 8000; 贷 50101 8000")
    spoiled = village.entered("2025-02-11", "付门面修理费", "借 511 350; 贷 101 305.00; 贷 101 45")
    village.void(spoiled, "发票开错，退回重开")
    village.entered("2025-02-18", "付门面修理费", "借 511 350; 贷 101 350")
    the_month_is_reviewed_and_posted(village, "2025-02-28")

    typed = draft("2025-03-01", "提备用金", "借 101 2000; 贷 10201 2000")
    kept = village.autosave(typed)  # the power went here; the draft was there the next morning
    (found,) = village.reader.drafts()
    assert found.draft == typed
    village.save(found.draft, draft_id=kept)
    village.entered("2025-03-25", "发一季度管理人员补贴", "借 51302 1800; 贷 101 1800")
    the_month_is_reviewed_and_posted(village, "2025-03-31")

    quarter = {
        t.account: t for t in village.reader.turnovers(COLLECTIVE, Span(date(2025, 1, 1), date(2025, 3, 31)))
    }
    income = sum(quarter[code].credit for code in ("50101", "50102"))
    expense = sum(quarter[code].debit for code in ("511", "51301", "51302"))
    assert (format_fen(income), format_fen(expense)) == ("12,500.00", "2,236.50")


def the_month_is_reviewed_and_posted(village: Village, through: str, ledger: str = COLLECTIVE) -> None:
    """李建国 passes what 王秀英 entered, she posts it."""
    with village.act(WANG) as uow:
        posting.post_through(uow, ledger, date.fromisoformat(through), reviewed_by=LI)


def the_road_is_built(village: Village) -> None:
    """The county pays 120,000 for the road; the money is earmarked until the road is there."""
    village.posted("2025-04-02", "收县财政通组路奖补资金", "借 10202 120000; 贷 241#通组路 120000")
    village.posted("2025-05-16", "付通组路工程款", "借 153#通组路 70000; 贷 10202 70000")
    village.posted("2025-07-30", "付通组路工程尾款", "借 153#通组路 50000; 贷 10202 50000")
    village.posted("2025-08-15", "通组路验收交付使用", "借 151 120000; 贷 153#通组路 120000")
    village.posted("2025-08-15", "通组路奖补资金转公积公益金", "借 241#通组路 120000; 贷 311 120000")
    assert village.balance("153") == village.balance("241") == village.balance("10202") == 0


def a_mistake_is_found(village: Village) -> None:
    """A bill of 120 was booked as 210 and posted: red-letter copy, then the right voucher, both naming the wrong one."""
    wrong = village.posted("2025-06-09", "付电费", "借 51301 210; 贷 101 210")
    with pytest.raises(VoucherError, match="已记账，不能再改"):
        village.save(draft("2025-06-09", "付电费", "借 51301 120; 贷 101 120", editing=wrong.id))
    red = village.reverse(wrong, "2025-06-20", "金额看错")
    right = village.save(
        draft(
            "2025-06-20", "付电费", "借 51301 120; 贷 101 120", kind=VoucherKind.CORRECTION, corrects=wrong.id
        )
    ).value
    village.review(red, right)
    village.post(red, right)
    assert village.again(wrong).links == (("已冲", "2025-06/记-0002"), ("已订正", "2025-06/记-0003"))
    assert village.balance("51301") == 206_50


def the_committee_runs_the_village(village: Village) -> None:
    """Its own money, its own numbers; the collective's rent cannot get in."""
    village.entered("2025-02-05", "收县拨村级运转补助", "借 1002 36000; 贷 4401 36000", COMMITTEE)
    village.entered("2025-02-20", "发一季度村干部报酬", "借 5101 8400; 贷 1002 8400", COMMITTEE)
    village.entered("2025-03-12", "付办公室电费", "借 5102 96; 贷 1001 96", COMMITTEE)
    with pytest.raises(VoucherError, match="租金"):
        village.entered("2025-03-20", "收门面租金", "借 1002 4500; 贷 4901 4500", COMMITTEE)
    the_month_is_reviewed_and_posted(village, "2025-03-31", COMMITTEE)
    assert village.balance("1002", ledger=COMMITTEE) == 37_300_00
    assert village.numbers("2025-02", COMMITTEE) == [(1, 5, "posted"), (2, 20, "posted")]


def december_comes_and_the_next_year_has_begun(village: Village) -> None:
    """January's first rent is in before December is closed; the year after that is too far."""
    village.posted("2025-12-20", "收门面下半年租金", "借 10201 9000; 贷 50102 9000")
    village.posted("2026-01-05", "收门面一季度租金", "借 10201 4500; 贷 50102 4500")
    village.posted("2025-12-28", "付年终慰问品", "借 514 640; 贷 101 640")
    with pytest.raises(PeriodError, match="还没到"):
        village.entered("2027-01-05", "收租金", "借 10201 1; 贷 50102 1")
    assert village.balance("50102", "2025-12-31") == -13_500_00


def the_year_is_closed(village: Village) -> None:
    """Month after month, then the result is carried forward in a period of its own."""
    for number in range(1, 13):
        with village.act() as uow:
            closing.close(uow, COLLECTIVE, Month(2025, number))
    with pytest.raises(PeriodError, match="2025年12月已结账"):
        village.entered("2025-12-31", "漏记", "借 10201 1; 贷 50102 1")
    with village.act() as uow:
        made = year_end.close_year(uow, COLLECTIVE, 2025).value
    assert {v.voucher.day for v in made} == {date(2025, 12, 31)}
    assert village.balance("50101") == village.balance("50102") == village.balance("514") == 0
    states = {m.month.year: m.state for m in village.reader.months(COLLECTIVE)}
    assert states == {2025: MonthState.CLOSED, 2026: MonthState.OPEN}


def the_trial_balance_of_the_year(village: Village) -> None:
    """What stands at the end, and the next year opens with it."""
    turnovers = village.reader.turnovers(COLLECTIVE, Span.of_year(2025))
    for columns in ("opening", "debit credit", "closing"):
        names = columns.split() if " " in columns else [f"{columns}_debit", f"{columns}_credit"]
        debit, credit = (sum(getattr(t, name) for t in turnovers) for name in names)
        assert debit == credit > 0
    ends = {
        b.account.code: b
        for b in roll_up(village.reader.chart(COLLECTIVE), turnovers)
        if b.account.level == 1
    }
    assert format_fen(ends["101"].closing_debit) == "803.50"
    assert format_fen(ends["102"].closing_debit) == "104,500.00"
    assert format_fen(ends["151"].closing_debit) == "440,000.00"
    assert format_fen(ends["322"].closing_credit) == "18,503.50"  # 21,500 earned, 2,996.50 spent
    opens = village.reader.turnovers(COLLECTIVE, Span.of_year(2026))
    assert {t.account: t.opening for t in opens if t.opening} == {
        t.account: t.closing for t in turnovers if t.closing
    }


def the_township_looks_at_it(path: Path) -> None:
    """Opened to look at: everything proves, and the log tells who did what."""
    assert verification.verify(path) == []
    with open_book(path, Access.READ) as book:
        reader = book.reader()
        cash = list(reader.account_ledger(COLLECTIVE, "101", Span.of_year(2025)))
        assert [entry.balance for entry in cash if entry.balance < 0] == []
        assert cash[-1].balance == 803_50
        actions = [o.action for o in reader.operations()]
        assert actions[0] == "建账"
        assert actions.count("作废凭证") == actions.count("红字冲销") == actions.count("年终结转") == 1
        assert actions.count("结账") == 12
        assert {o.by for o in reader.operations()} == {WANG, LI}
