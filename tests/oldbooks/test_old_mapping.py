"""Old accounts go where their name and meaning say, never where their code does; people decide what is open."""

from __future__ import annotations

import pytest

from tests.oldbooks.old_files import KINGDEE, T3, expected_mapping
from village_ledger.domain.chart import Chart, CodeRule, LedgerKind
from village_ledger.domain.half_width import half_width
from village_ledger.domain.old_mapping import Decision, Mapper, Remembered, party_names, place
from village_ledger.domain.old_program import OldAccount, OldItem
from village_ledger.exchange.oldbooks.old_book_reading import read_old_book
from village_ledger.exchange.oldbooks.old_book_rules import rules_of
from village_ledger.storage.charts import load_preset


@pytest.fixture(scope="module")
def chart():
    return Chart(LedgerKind.COLLECTIVE, CodeRule.parse("3-2-2-2"), load_preset("collective_2023").accounts)


@pytest.fixture(scope="module")
def mapper(chart):
    return Mapper(chart, rules_of("collective_2023"))


def account(shown, *path):
    return OldAccount(shown.replace(".", ""), shown, path)


def only(mapper, old, **more):
    (found,) = mapper.proposals([old], **more)
    return found


def test_the_expected_mapping_row_for_row(chart, mapper):
    rows = expected_mapping()
    olds = [account(row["旧科目代码"], *row["旧科目名称"].split(" - ")) for row in rows]
    found = mapper.proposals(olds)
    proposed = [
        (x.old.shown, x.shown, half_width(chart.path(x.target).split("—")[0]) if x.shown else "", x.certainty)
        for x in found
    ]
    certainty = next(key for key in rows[0] if key.startswith("把握"))
    assert proposed == [
        (row["旧科目代码"], row["新科目编码"], row["新科目名称"], row[certainty]) for row in rows
    ]


def test_the_expected_balances_are_the_files():
    closing: dict[str, int] = {}
    for one in read_old_book(KINGDEE).balances:
        closing[one.code] = closing.get(one.code, 0) + one.closing
    for row in expected_mapping():
        said = [round(float(row[key] or 0) * 100) for key in ("2024-12-31借方", "2024-12-31贷方")]
        assert closing.pop(row["旧科目代码"].replace(".", ""), 0) == said[0] - said[1]
    assert closing == {}


@pytest.mark.parametrize("code", ["502", "511", "521", "153", "154", "211", "212"])
def test_the_same_code_with_another_meaning_is_said(mapper, code):
    olds = [account(r["旧科目代码"], *r["旧科目名称"].split(" - ")) for r in expected_mapping()]
    (first, *_) = [x for x in mapper.proposals(olds) if x.old.code.startswith(code)]
    assert f"同码异义：旧{code}=" in first.note
    assert not first.target.startswith(code)


def test_what_stands_below_an_account_with_counterparties_is_one(mapper):
    firm = only(mapper, account("1120101", "应收款", "单位", "云屏县川香食品有限公司"))
    assert (firm.target, firm.party, firm.detail) == ("112", "云屏县川香食品有限公司", "")
    work = only(mapper, account("15301", "在建工程", "柑橘分选棚"))
    assert (work.target, work.project) == ("153", "柑橘分选棚")


def test_the_committees_claim_is_said_to_lie_between_the_ledgers(mapper):
    old = account("112.01.02", "应收款", "单位", "石门沟村村民委员会")
    assert only(mapper, old).note == "往来单位=石门沟村村民委员会（两账往来）"


def test_lines_that_name_members_themselves_need_no_name(mapper):
    old = account("113.01", "内部往来", "应收承包款")
    found = only(mapper, old, beside={"11301": "成员"})
    assert (found.party, found.note) == ("", "往来单位=成员")


def test_a_bank_charge_is_open_only_where_the_former_regime_was_kept(mapper):
    charge = account("51305", "管理费用", "手续费")
    assert only(mapper, charge).certainty == "A"
    both = mapper.proposals([account("101", "现金"), charge])
    assert both[1].certainty == "C"


def test_an_unknown_name_is_open(mapper):
    found = only(mapper, account("199", "神秘科目"))
    assert (found.target, found.is_open) == ("", True)


def test_a_person_decides(mapper):
    old = account("541.08", "管理费用", "手续费")
    said = only(mapper, old, decisions={"54108": Decision("515", "手续费")})
    assert (said.target, said.detail, said.decided) == ("515", "手续费", True)
    assert only(mapper, old, decisions={"54108": Decision("515")}).detail == ""
    agreed = only(mapper, old, decisions={"54108": Decision("513")})
    assert (agreed.target, agreed.detail, agreed.decided) == ("513", "手续费", True)
    assert only(mapper, old, decisions={"54108": Decision("")}).decided


def test_an_account_that_does_not_exist_decides_nothing(mapper):
    old = account("541.08", "管理费用", "手续费")
    said = only(mapper, old, decisions={"54108": Decision("599")})
    assert (said.is_open, said.note) == (True, "新科目表里没有 599")


def test_what_the_book_remembers_comes_first_while_the_name_is_the_same(mapper):
    old = account("541.06", "管理费用", "误工补贴")
    kept = {"54106": Remembered("管理费用 - 误工补贴", "514", "", "")}
    found = only(mapper, old, remembered=kept)
    assert (found.target, found.is_open, found.note) == ("514", False, "照上次；运转支出或 514，看事项")
    renamed = {"54106": Remembered("管理费用 - 招待费", "514", "", "")}
    assert only(mapper, old, remembered=renamed).is_open


def test_a_bank_account_shows_the_code_it_will_have(chart, mapper):
    olds = [account("10201", "银行存款", "农商行5521"), account("10202", "银行存款", "专户5539")]
    assert [x.shown for x in mapper.proposals(olds)] == ["10201", "10202"]
    placed = place(mapper.proposals(olds), chart, lambda _code: True)
    assert [(x.code, x.name) for x in placed.made] == [("10201", "农商行5521"), ("10202", "专户5539")]


def test_an_account_that_gets_sub_accounts_carries_no_lines_itself(chart, mapper):
    olds = [account("311.01", "公积公益金", "收益提取"), account("212", "应付福利费")]
    placed = place(mapper.proposals(olds), chart, lambda _code: True)
    assert {x.name: placed.places[x.code].code for x in olds} == {"收益提取": "31101", "应付福利费": "31102"}


def test_an_account_with_lines_gets_no_sub_accounts(chart, mapper):
    placed = place(mapper.proposals([account("54102", "管理费用", "办公费")]), chart, lambda _code: False)
    assert (placed.places["54102"].code, placed.made) == ("513", [])


def test_folding_keeps_bank_accounts_apart(chart, mapper):
    olds = [account("54102", "管理费用", "办公费"), account("10201", "银行存款", "农商行5521")]
    placed = place(mapper.proposals(olds), chart, lambda _code: True, keep_details=False)
    assert (placed.places["54102"].code, placed.places["10201"].code) == ("513", "10201")


def test_one_name_below_two_old_accounts_stays_two(chart, mapper):
    olds = [account("501.09", "经营收入", "其他"), account("511.09", "发包及上交收入", "其他")]
    placed = place(mapper.proposals(olds), chart, lambda _code: True)
    assert [x.name for x in placed.made] == ["其他", "其他（发包及上交收入）"]


def test_the_t3_year_needs_no_decision(mapper):
    found = mapper.proposals(read_old_book(T3).used)
    assert [x.old.shown for x in found if x.is_open] == []
    people = [x.party for x in found if x.old.code.startswith("113")]
    assert people == ["谯文国", "苟天佑", "冉𬭎", "雍佳㛃", "蔺兴发", "谯䶮"]


def test_two_people_of_one_name_stay_two():
    people = [
        OldItem("成员", "004", "张明远"),
        OldItem("成员", "028", "张明远"),
        OldItem("成员", "006", "罗丽"),
    ]
    assert sorted(party_names(people).values()) == ["张明远（004）", "张明远（028）", "罗丽"]
