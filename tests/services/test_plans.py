"""A project's ring-fence and the year's plan: they warn with the document named, and never refuse a voucher."""

from __future__ import annotations

import sqlite3

import pytest

from tests.builders import COLLECTIVE, COMMITTEE, Village, draft
from village_ledger.domain.errors import AmountError, ChartError, VoucherError
from village_ledger.domain.period import Month
from village_ledger.services.check_item import Verdict
from village_ledger.services.planning import budgets, project_funds
from village_ledger.storage.templates.queries import BudgetLine, GrantDocument
from village_ledger.ui.voucher.voucher_cautions import read_cautions

ROAD = GrantDocument("村道硬化", "241", "财农〔2025〕8号", "修路", "2025-01-05", 50_000_00)


def document(village: Village, given: GrantDocument = ROAD, ledger: str = COLLECTIVE) -> None:
    with village.act() as uow:
        project_funds.register_document(uow, ledger, given)


def plan(village: Village, *lines: tuple[str, str, int], resolution: str = "2025-1") -> int:
    with village.act() as uow:
        some = [BudgetLine(account, project, fen) for account, project, fen in lines]
        return budgets.set_budget(uow, COLLECTIVE, 2025, resolution, some).value


def fund(village: Village, ledger: str = COLLECTIVE) -> tuple[int, int]:
    (status,) = project_funds.statuses(village.reader, ledger)
    return status.fund.received, status.fund.spent


# ring-fence


def test_spending_past_what_came_in_warns_with_the_document(village):
    document(village)
    village.open_with("借 102 100000", "贷 301 100000")
    village.posted("2025-01-06", "收拨款", "借 102 50000; 贷 241#村道硬化 50000")
    ok = village.save(draft("2025-02-01", "付工程款", "借 153#村道硬化 30000; 贷 102 30000"))
    assert ok.warnings == ()
    over = village.save(draft("2025-03-01", "付工程款", "借 153#村道硬化 25000; 贷 102 25000"))
    assert over.warnings == (
        "“村道硬化”（财农〔2025〕8号）已收 50,000.00，含本张已用 55,000.00，超支 5,000.00；专款专用，请核对用途和资金来源。",
    )


def test_the_draft_is_told_before_it_is_saved_and_an_edit_counts_once(village):
    document(village)
    village.posted("2025-01-06", "收拨款", "借 102 50000; 贷 241#村道硬化 50000")
    typed = draft("2025-03-01", "付工程款", "借 153#村道硬化 60000; 贷 102 60000")
    (said,) = read_cautions(village.reader, typed)
    assert "含本张已用 60,000.00，超支 10,000.00" in said
    stored = village.save(typed).value
    typed.editing = stored.id
    (again,) = read_cautions(village.reader, typed)
    assert again == said


def test_passing_on_finishing_and_returning(village):
    document(village)
    village.posted("2025-01-06", "收拨款", "借 102 50000; 贷 241#村道硬化 50000")
    village.posted("2025-02-01", "付工程款", "借 153#村道硬化 30000; 贷 102 30000")
    village.posted("2025-02-01", "转入公积", "借 241#村道硬化 30000; 贷 311 30000")
    village.posted("2025-03-01", "完工", "借 151#村道硬化 30000; 贷 153#村道硬化 30000")
    assert fund(village) == (50_000_00, 30_000_00)
    village.posted("2025-03-02", "培训", "借 241#村道硬化 2000; 贷 102 2000")
    back = village.posted("2025-03-03", "退回结余", "借 241#村道硬化 18000; 贷 102 18000")
    assert fund(village) == (50_000_00, 50_000_00)
    village.post(_reviewed(village, village.reverse(back, "2025-03-04")))
    assert fund(village) == (50_000_00, 32_000_00)


def _reviewed(village: Village, stored):
    village.review(stored)
    return stored


def test_bought_and_passed_on_in_one_voucher_counts_once_and_finishing_without_project_nothing(village):
    document(village)
    village.posted("2025-01-06", "买设备", "借 153#村道硬化 100; 贷 102 100; 借 241#村道硬化 100; 贷 311 100")
    village.posted("2025-01-07", "完工", "借 151 100; 贷 153#村道硬化 100")
    assert fund(village) == (0, 100_00)


def test_expense_first_and_grant_after_counts_once(village):
    document(village)
    village.posted("2025-01-06", "宣传", "借 514#村道硬化 100; 贷 101 100")
    village.posted("2025-01-07", "收拨款", "借 102 100; 贷 241#村道硬化 100")
    village.posted("2025-01-08", "冲费用", "借 241#村道硬化 100; 贷 514#村道硬化 100")
    assert fund(village) == (100_00, 100_00)


def test_the_committee_spends_5106_and_passes_2301_to_4402(village):
    document(village, GrantDocument("路灯", "2301", "文1", "", "", 100_00), COMMITTEE)
    village.posted("2025-01-06", "收", "借 1002 100; 贷 2301#路灯 100", COMMITTEE)
    village.posted("2025-01-07", "付", "借 5106#路灯 60; 贷 1002 60", COMMITTEE)
    village.posted("2025-01-07", "结转", "借 2301#路灯 60; 贷 4402 60", COMMITTEE)
    assert fund(village, COMMITTEE) == (100_00, 60_00)


def test_k15_names_project_and_document(village):
    assert project_funds.check_items(village.reader, COLLECTIVE, Month(2025, 1)) == []
    document(village)
    village.posted("2025-02-01", "付工程款", "借 153#村道硬化 10; 贷 102 10")
    (january,) = project_funds.check_items(village.reader, COLLECTIVE, Month(2025, 1))
    (february,) = project_funds.check_items(village.reader, COLLECTIVE, Month(2025, 2))
    assert (january.verdict, february.verdict) == (Verdict.PASS, Verdict.WARN)
    assert february.evidence == ("村道硬化（财农〔2025〕8号）超支 10.00",)


@pytest.mark.parametrize(
    ("given", "refusal", "words"),
    [
        (GrantDocument("路", "513", "文1", "", "", 1), ChartError, "不是专项资金科目"),
        (GrantDocument("路", "241", "", "", "", 1), VoucherError, "文号都要填"),
        (GrantDocument("", "241", "文1", "", "", 1), VoucherError, "文号都要填"),
        (GrantDocument("路", "241", "文1", "", "", 0), AmountError, "大于零"),
    ],
)
def test_a_document_that_says_too_little_is_refused(village, given, refusal, words):
    with pytest.raises(refusal, match=words):
        document(village, given)
    assert village.reader.grant_documents(COLLECTIVE) == []


def test_a_document_is_registered_once_and_stays(village):
    document(village)
    with pytest.raises(VoucherError, match="已经登记过"):
        document(village)
    with village.raw() as connection:
        for statement in ("UPDATE grant_document SET amount = 1", "DELETE FROM grant_document"):
            with pytest.raises(sqlite3.IntegrityError):
                connection.execute(statement)


# budget


def test_a_line_past_the_plan_warns_and_is_saved(village):
    plan(village, ("513", "", 1000_00))
    assert village.save(draft("2025-02-01", "办公费", "借 513 600; 贷 212 600")).warnings == ()
    over = village.save(draft("2025-02-02", "办公费", "借 513 600; 贷 212 600"))
    assert over.warnings == (
        "513 管理费用：2025年计划 1,000.00，含本张已用 1,200.00，超出 200.00；请核对，或先按程序调整计划。",
    )


def test_a_sub_account_counts_in_its_parent_and_a_project_in_its_own_line(village):
    office = village.add_account("513", "办公费").code
    plan(village, ("513", "", 500_00), (office, "普查", 100_00))
    over = village.save(draft("2025-02-01", "普查用纸", f"借 {office}#普查 200; 贷 212 200"))
    assert [w.split("：")[0] for w in over.warnings] == [f"{office} 管理费用—办公费（普查）"]
    (both, own) = budgets.uses(village.reader, COLLECTIVE, 2025)
    assert (both.used, both.left, both.share) == (200_00, 300_00, 40)
    assert (own.line.project, own.used, own.left) == ("普查", 200_00, -100_00)


def test_void_vouchers_income_and_the_carry_forward_do_not_use_the_plan(village):
    plan(village, ("513", "", 100_00), ("501", "", 1000_00))
    village.void(village.entered("2025-02-01", "办公费", "借 513 90; 贷 101 90"))
    assert village.save(draft("2025-02-01", "租金", "借 101 5000; 贷 501 5000")).warnings == ()
    income, expense = budgets.uses(village.reader, COLLECTIVE, 2025)
    assert (income.used, expense.used) == (5000_00, 0)


def test_a_revision_is_a_new_version_and_the_old_one_stays(village):
    assert plan(village, ("513", "", 1000_00)) == 1
    assert plan(village, ("513", "", 3000_00), resolution="2025-9") == 2
    assert [(v.version, v.resolution) for v in village.reader.budget_versions(COLLECTIVE, 2025)] == [
        (1, "2025-1"),
        (2, "2025-9"),
    ]
    assert village.reader.budget_lines(COLLECTIVE, 2025)[0].amount == 3000_00
    assert village.reader.budget_lines(COLLECTIVE, 2025, 1)[0].amount == 1000_00
    with village.raw() as connection:
        for statement in (
            "UPDATE budget_line SET amount = 1",
            "DELETE FROM budget",
            "INSERT INTO budget_line VALUES (1, 2025, 1, '514', 0, 1, '')",
            "INSERT INTO budget VALUES (1, 2025, 5, '', 'x', 'x')",
        ):
            with pytest.raises(sqlite3.IntegrityError):
                connection.execute(statement)
    assert village.verify() == []


def test_an_unknown_account_a_line_twice_and_no_line_are_refused(village):
    with pytest.raises(ChartError, match="本账没有科目 599"):
        plan(village, ("599", "", 1))
    with pytest.raises(VoucherError, match="写了两行"):
        plan(village, ("513", "", 1), ("513", "", 2))
    with pytest.raises(VoucherError, match="一行也没有"):
        plan(village)
    with pytest.raises(AmountError, match="小于零"):
        plan(village, ("513", "", -1))
    assert village.reader.budget_versions(COLLECTIVE, 2025) == []


def test_a_plan_without_a_resolution_is_said(village):
    with village.act() as uow:
        done = budgets.set_budget(uow, COLLECTIVE, 2025, "", [BudgetLine("513", "", 1)])
    assert "没有写决议文号" in done.warnings[0]
