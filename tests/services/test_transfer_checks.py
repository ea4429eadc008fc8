"""What a document between the ledgers must rest on: a carried vote, a line of the plan, a bank account of its own ledger."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import COLLECTIVE, COMMITTEE, WANG, Village
from tests.two_ledgers import RESOLUTION, asked, moved, resolved, waiting
from village_ledger.domain.errors import ChartError, VoucherError
from village_ledger.domain.period import Month
from village_ledger.services.bank import bank_accounts
from village_ledger.services.check_item import Verdict, closing_rules
from village_ledger.services.planning import budgets
from village_ledger.services.transfers import mirrors, resolutions, transfers
from village_ledger.storage.templates.queries import BudgetLine

SHORT = "青社代〔2025〕2号"
FIRST, SECOND = "6217000000000001111", "6217000000000002222"


def said(village: Village, kind: str, amount: str, day: str = "2025-03-08", **more) -> tuple[str, ...]:
    """What entering a document says."""
    with village.act(WANG) as uow:
        return transfers.enter(uow, asked(kind, amount, day, **more)).warnings


def planned(village: Village, *lines: BudgetLine, ledger: str = COLLECTIVE) -> None:
    """A plan for 2025, carried."""
    with village.act() as uow:
        budgets.set_budget(uow, ledger, 2025, RESOLUTION, lines)


def short_vote(village: Village) -> None:
    """19 of 30 representatives: below two thirds."""
    with village.act() as uow:
        votes = (30, 28, 19)
        resolutions.enter(uow, SHORT, date(2025, 1, 6), "representatives", votes, "补助村委会")


# Votes


@pytest.mark.parametrize("kind", ["T1", "T2", "T3"])
def test_a_short_vote_carries_no_money(village: Village, kind: str):
    short_vote(village)
    with pytest.raises(VoucherError, match="没有通过：赞成 19 人，不到全体代表的三分之二"):
        waiting(village, kind, "50", resolution=SHORT)
    assert village.reader.transfers() == []


def test_the_charter_may_say_otherwise_and_is_cited(village: Village):
    short_vote(village)
    with village.act() as uow:
        resolutions.set_charter(uow, "章程第18条，一万元以下过半数即可。")
    (first, *_) = said(village, "T1", "50", resolution=SHORT)
    assert first.endswith("依章程办理：章程第18条，一万元以下过半数即可。")
    assert village.verify() == []
    with village.act() as uow:
        resolutions.set_charter(uow, "")
    with pytest.raises(VoucherError, match="没有通过"):
        waiting(village, "T1", "50", resolution=SHORT)


# The year's plan


def test_without_a_plan_the_item_is_asked_and_stays_as_written(village: Village):
    resolved(village)
    asks = [
        s for s in said(village, "T1", "50", resolution=RESOLUTION) if "请写明这笔钱列在计划的哪一项" in s
    ]
    assert len(asks) == 1
    quiet = said(village, "T1", "50", resolution=RESOLUTION, plan_item="办公补助")
    assert not [s for s in quiet if "计划" in s]
    assert village.reader.transfers()[-1].plan_item == "办公补助"


@pytest.mark.parametrize("item", ["513", "管理费用", "513 管理费用", "办公"])
def test_a_line_of_the_plan_is_named_by_code_or_words_and_says_what_is_left(village: Village, item: str):
    resolved(village)
    planned(village, BudgetLine("513", "", 10_000_00, "办公"), BudgetLine("514", "", 500_00))
    moved(village, "T1", "1000", resolution=RESOLUTION, plan_item="513")
    warnings = said(village, "T3", "2500", resolution=RESOLUTION, plan_item=item)
    assert "513 管理费用：2025年计划 10,000.00，含本单已用 3,500.00，还剩 6,500.00。" in warnings
    assert {t.plan_item for t in village.reader.transfers()} == {"513 管理费用"}


def test_a_line_the_plan_has_not_is_refused_naming_those_it_has(village: Village):
    resolved(village)
    planned(village, BudgetLine("513", "", 10_000_00), BudgetLine("514", "", 500_00))
    with pytest.raises(VoucherError, match=r"没有“修路”这一项.*513 管理费用、514 公益支出"):
        waiting(village, "T2", "50", resolution=RESOLUTION, plan_item="修路")
    assert village.reader.transfers() == []


def test_a_line_that_is_passed_warns_and_does_not_refuse(village: Village):
    resolved(village)
    planned(village, BudgetLine("514", "", 100_00))
    warnings = said(village, "T2", "150", resolution=RESOLUTION, plan_item="514")
    assert any("514 公益支出：2025年计划 100.00，含本单已用 150.00，超出 50.00" in s for s in warnings)
    assert len(village.reader.transfers()) == 1


def test_an_unnamed_line_is_found_by_the_account_and_said(village: Village):
    resolved(village)
    planned(village, BudgetLine("513", "", 10_000_00))
    assert any(
        "没有写计划项目，照科目归到这一项" in s for s in said(village, "T1", "5", resolution=RESOLUTION)
    )
    assert village.reader.transfers()[0].plan_item == "513 管理费用"
    assert any("没有包含 51401 的项目" in s for s in said(village, "T2", "5", resolution=RESOLUTION))


def test_a_line_of_another_account_says_that_it_will_not_count(village: Village):
    resolved(village)
    planned(village, BudgetLine("513", "", 900_00), BudgetLine("514", "", 500_00))
    warnings = said(village, "T2", "50", resolution=RESOLUTION, plan_item="513")
    assert any("不在计划项目“513 管理费用”的科目里" in s for s in warnings)
    assert any("513 管理费用：2025年计划 900.00，已用 0.00，还剩 900.00" in s for s in warnings)


def test_the_committees_plan_and_another_years_are_not_asked(village: Village):
    resolved(village)
    planned(village, BudgetLine("5102", "", 100_00), ledger=COMMITTEE)
    assert waiting(village, "T1", "50", resolution=RESOLUTION, plan_item="随便").plan_item == "随便"


# Bank accounts


def test_an_account_number_is_found_and_the_others_is_refused_naming_whose(village: Village):
    village.add_account("102", "基本户")
    village.add_account("102", "专户")
    with village.act() as uow:
        bank_accounts.add(uow, COLLECTIVE, "10202", FIRST, "云屏农村商业银行")
        bank_accounts.add(uow, COMMITTEE, "1002", SECOND, "云屏农村商业银行")
    document = moved(village, "T4", "50", collective_bank="6217 0000 0000 0001 111")
    assert document.sides[0].credit == "10202"
    with pytest.raises(
        ChartError,
        match=r"\*\*\*\*2222（云屏农村商业银行）是青山村村民委员会的户头，不是青山村股份经济合作社的",
    ):
        waiting(village, "T4", "50", collective_bank=SECOND)
    with pytest.raises(ChartError, match="不是青山村股份经济合作社的银行户"):
        waiting(village, "T4", "50", collective_bank="6217000000000003333")


def test_a_closed_account_moves_no_money(village: Village):
    from dataclasses import replace

    with village.act() as uow:
        made = bank_accounts.add(uow, COLLECTIVE, "102", FIRST, "云屏农村商业银行").value
        bank_accounts.change(uow, replace(made, closed="2025-02-28"))
    with pytest.raises(ChartError, match="2025-02-28 已经销户"):
        waiting(village, "T4", "50")
    assert waiting(village, "T4", "50", "2025-02-28").amount == 50_00


# Subsidies paid and received


@pytest.mark.parametrize("verdict", [Verdict.WARN, Verdict.FAIL])
def test_data_says_whether_differing_subsidies_warn_or_fail(
    village: Village, monkeypatch: pytest.MonkeyPatch, verdict: Verdict
):
    village.posted("2025-03-01", "收到集体补助", "借 1002 50; 贷 4501 50", COMMITTEE)
    monkeypatch.setitem(closing_rules()["verdicts"], "K11", verdict.value)
    items = mirrors.check_items(village.reader, COLLECTIVE, Month(2025, 3))
    assert [item.verdict for item in items if item.rule == "K11"] == [verdict]


def test_mirrors_of_opposite_sign_do_not_agree(village: Village):
    village.posted("2025-03-01", "代付", "借 112@青山村村民委员会 50; 贷 102 50")
    village.posted("2025-03-01", "记反了", "借 2202 50; 贷 1002 50", COMMITTEE)
    items = mirrors.check_items(village.reader, COLLECTIVE, Month(2025, 3))
    assert items[0].verdict is Verdict.FAIL


# Where the committee stands


def test_the_account_is_not_changed_while_the_committee_has_a_balance_there(village: Village):
    village.posted("2025-03-01", "代付", "借 112@青山村村民委员会 50; 贷 102 50")
    with pytest.raises(VoucherError, match=r"112 里还有青山村村民委员会的余额 50\.00"), village.act() as uow:
        transfers.set_mirror(uow, "113")


# Booked by hand


@pytest.mark.parametrize(
    ("ledger", "entries", "kind"),
    [
        (COLLECTIVE, "借 112@青山村村民委员会 5; 贷 102 5", "T4"),
        (COLLECTIVE, "借 112@村委会 5; 贷 501 5", "T6"),
        (COLLECTIVE, "借 102 5; 贷 112@青山村村民委员会 5", "T5"),
        (COLLECTIVE, "借 102 5; 贷 211@青山村村民委员会 5", "T7"),
        (COLLECTIVE, "借 513@青山村村民委员会 5; 贷 102 5", "T1"),
        (COMMITTEE, "借 5102 5; 贷 2202 5", "T4"),
        (COMMITTEE, "借 1002 5; 贷 2202 5", "T6"),
        (COMMITTEE, "借 1002 5; 贷 4501 5", "T1"),
    ],
)
def test_what_a_document_should_book_is_told_and_not_refused(village: Village, ledger, entries, kind):
    from tests.builders import draft

    (told, *_) = village.save(draft("2025-03-08", "往来", entries, ledger)).warnings
    assert "两账往来·" in told
    assert f"（{kind}）" in told


@pytest.mark.parametrize(
    "entries",
    [
        "借 112@张三 5; 贷 102 5",
        "借 112@邻村村民委员会 5; 贷 102 5",
        "借 513 5; 贷 102 5",
        "借 102 5; 贷 501 5",
    ],
)
def test_what_is_no_ones_document_is_not_told(village: Village, entries):
    from tests.builders import draft

    assert not [w for w in village.save(draft("2025-03-08", "其他", entries)).warnings if "两账往来" in w]


def test_a_document_is_not_told_of_itself(village: Village):
    assert not [w for w in said(village, "T4", "50") if "两账往来·" in w]


def test_rent_passed_on_to_the_owner_by_its_registered_name_is_no_income(tmp_path):
    from village_ledger.domain.guard import Guard
    from village_ledger.domain.voucher import VoucherLine
    from village_ledger.services.entry.cautions import guard_rules

    with Village.found(tmp_path) as village:
        chart = village.reader.chart(COMMITTEE)
    lines = [
        VoucherLine("代收门面租金", "1002", debit=5),
        VoucherLine("代收门面租金", "2201", credit=5, counterparty="青山土地股份社"),
    ]
    assert Guard(guard_rules(), chart).check(lines, date(2025, 3, 8)) != []
    assert Guard(guard_rules(), chart, "青山土地股份社").check(lines, date(2025, 3, 8)) == []
