"""Does the ledger still give the sheet on the wall: the verdict, figure by figure, and what was tampered with."""

from __future__ import annotations

import pytest

from tests.builders import COLLECTIVE, Village
from tests.disclosure.sheets import put_up, tampered
from village_ledger.domain.errors import LedgerError
from village_ledger.reports.disclosure.sheet_archive import kept_sheet
from village_ledger.reports.disclosure.sheet_check import Verdict, check_sheet, code_in
from village_ledger.reports.table import Link


def test_the_verdict_names_the_figure_then_and_now_and_leads_to_the_voucher(march: Village):
    first = put_up(march)
    assert check_sheet(march.reader, first).verdict is Verdict.AGREES
    added = march.posted("2025-03-20", "补付路灯材料", "借 51401 50; 贷 101 50")
    found = check_sheet(march.reader, first)
    assert found.verdict is Verdict.DIFFERS
    assert not found.replaced
    new = next(one for one in found.figures if "没有这一笔" in one.difference.sentence)
    assert new.link == Link("voucher", str(added.id), COLLECTIVE)
    second = put_up(march)
    replaced = check_sheet(march.reader, first)
    assert replaced.replaced
    assert replaced.lines()[-1] == f"这张表已由第 2 版（{second}）替换。"
    now = check_sheet(march.reader, second)
    assert now.proved
    assert now.lines()[0].startswith("第 2 版，更正公开，未结账，")


def test_a_mistyped_code_is_told_what_it_may_have_meant(march: Village):
    code = put_up(march)
    wrong = ("A" if code[0] != "A" else "B") + code[1:]
    found = check_sheet(march.reader, wrong)
    assert found.verdict is Verdict.UNKNOWN
    assert f"账里最像的是 {code}，第 1 个字不同" in found.remark
    assert f"账里有 {code}" in check_sheet(march.reader, code.lower()).remark
    assert "是不是另一个村的账" in check_sheet(march.reader, "222222222222").remark


@pytest.mark.parametrize(
    "typed",
    [
        "ABCD EFGH JKLM",
        "abcdefghjklm",
        "ＡＢＣＤ　ＥＦＧＨ　ＪＫＬＭ",
        "青山村 2025 年 3 月 收支公开表 校验码 ABCDEFGHJKLM",
    ],
)
def test_a_code_is_read_however_it_is_typed_or_pasted(typed: str):
    assert code_in(typed) == "ABCDEFGHJKLM"


def test_a_tampered_sheet_neither_proves_nor_prints(march: Village):
    code = put_up(march)
    tampered(march, "UPDATE sheet SET figures = replace(figures, '600000', '500000')")
    found = check_sheet(march.reader, code)
    assert found.verdict is Verdict.TAMPERED
    assert "不能作准" in found.head()
    with pytest.raises(LedgerError, match="不能照登记的数重印"):
        kept_sheet(march.reader, code)


def test_a_tampered_code_does_not_follow_from_its_figures(march: Village):
    put_up(march)
    tampered(march, "UPDATE sheet SET code = 'ABCDEFGHJKLM'")
    found = check_sheet(march.reader, "ABCDEFGHJKLM")
    assert found.verdict is Verdict.TAMPERED
    assert found.remark == "校验码不是从登记的数字算出来的。"
    assert "V80" in {finding.rule for finding in march.verify()}
