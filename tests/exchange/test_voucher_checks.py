"""A file of vouchers against the book: accounts, dimensions, months, numbers, the right ledger, and links."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.exchange.files import VOUCHER_HEADER, WATER_BILL, write_csv
from tests.exchange.voucher_files import COLLECTIVE, COMMITTEE, FACTS, check, faults_of, pair, row
from village_ledger.domain.chart import Chart, LedgerKind
from village_ledger.domain.guard import Guard
from village_ledger.domain.period import Month
from village_ledger.services.entry.cautions import guard_rules


def test_a_voucher_of_one_line(tmp_path):
    faults = faults_of(tmp_path, row(debit="5"))
    assert faults == ["第2行：凭证 2025-03/记-0001 只有一行。凭证要有借有贷，至少两行。"]


def test_two_days_in_one_voucher(tmp_path):
    faults = faults_of(tmp_path, row(debit="5"), row(account="101", credit="5", 日期="2025-03-09"))
    assert len(faults) == 1
    assert faults[0].startswith("第3行 A列“日期”：同一张凭证 2025-03/记-0001 写了两个日期")


def test_two_counts_of_attachments_in_one_voucher(tmp_path):
    faults = faults_of(tmp_path, row(debit="5"), row(account="101", credit="5", 附件张数="3"))
    assert faults == ["第3行 J列“附件张数”：同一张凭证写了 1 张和 3 张附件。请改成一样。"]


@pytest.mark.parametrize(
    ("account", "words"),
    [
        ("599", "本账没有科目 599"),
        ("322", "有下级科目"),
        ("5101", "5101 是村民委员会账的科目"),
        ("5 13 9", "本账没有科目 5139"),
    ],
)
def test_accounts_that_may_not_be_named(tmp_path, account, words):
    faults = faults_of(tmp_path, row(account=account, debit="5"), row(account="101", credit="5"))
    assert len(faults) == 1
    assert faults[0].startswith("第2行 E列“科目编码”：")
    assert words in faults[0]


def test_an_account_that_is_switched_off(tmp_path):
    off = Chart(
        LedgerKind.COLLECTIVE, COLLECTIVE.rule, [replace(a, active=a.code != "513") for a in COLLECTIVE]
    )
    faults = faults_of(tmp_path, *pair(), facts=replace(FACTS, chart=off))
    assert len(faults) == 1
    assert "513 管理费用 已停用" in faults[0]


def test_dimensions_an_account_demands(tmp_path):
    faults = faults_of(tmp_path, row(account="112", debit="5"), row(account="241", credit="5"))
    assert [f.split("：")[0] for f in faults] == ["第2行 H列“往来单位”", "第3行 I列“项目”"]


def test_closed_early_and_far_months(tmp_path):
    faults = faults_of(
        tmp_path,
        *pair("1", 日期="2025-01-31"),
        *pair("1", 日期="2024-12-31"),
        *pair("1", 日期="2026-02-01"),
        *pair("1", 日期="2028-01-01"),
    )
    assert [f.split("：")[0] for f in faults] == ["第2行 A列“日期”", "第4行 A列“日期”", "第8行 A列“日期”"]
    assert "2025年1月已结账" in faults[0]
    assert "在启用月份 2025-01 之前" in faults[1]
    assert "2028年1月还没到" in faults[2]


def test_numbers_go_on_after_the_books_last(tmp_path):
    facts = replace(FACTS, last_number=lambda month, _word: 2 if month == Month(2025, 3) else 0)
    assert faults_of(tmp_path, *pair("3"), *pair("4"), *pair("1", 日期="2025-04-01"), facts=facts) == []


def test_a_number_the_book_has(tmp_path):
    facts = replace(FACTS, last_number=lambda _month, _word: 2)
    faults = faults_of(tmp_path, *pair("2"), *pair("3"), facts=facts)
    assert faults == ["第2行 C列“凭证号”：凭证 2025-03/记-0002 账里已经有了。请核对，不要重复导入。"]


def test_a_gap_in_the_numbers(tmp_path):
    faults = faults_of(tmp_path, *pair("1"), *pair("4"), *pair("2", 凭证字="收"))
    assert [f.split("。")[0] for f in faults] == [
        "第4行 C列“凭证号”：断号：2025年3月“记”字缺 2～3 号",
        "第6行 C列“凭证号”：断号：2025年3月“收”字缺 1 号",
    ]


def test_a_row_that_cannot_be_read_makes_no_second_fault(tmp_path):
    """A bad day leaves its voucher unbalanced and its number missing; only the day is named."""
    faults = faults_of(
        tmp_path,
        row("1", debit="5", 日期="2025-02-30"),
        row("1", "101", credit="5"),
        *pair("2", 日期="2025-02-30"),
        *pair("3"),
    )
    assert [f.split("：")[0] for f in faults] == ["第2行 A列“日期”", "第4行 A列“日期”", "第5行 A列“日期”"]


def test_rent_is_refused_in_the_committee_ledger_and_a_rented_car_is_not(tmp_path):
    facts = replace(
        FACTS, chart=COMMITTEE, guard=Guard(guard_rules(), COMMITTEE), foreign={"集体账": COLLECTIVE}
    )
    rent = [row("1", "1001", debit="5", 摘要="收门面租金"), row("1", "4901", credit="5", 摘要="收门面租金")]
    car = [row("2", "5102", debit="5", 摘要="付租车费"), row("2", "1001", credit="5", 摘要="付租车费")]
    faults = faults_of(tmp_path, *rent, *car, facts=facts)
    assert len(faults) == 1
    assert faults[0].startswith("第3行 D列“摘要”：")
    assert "租金" in faults[0]


def test_cadres_basic_pay_warns_in_the_collectives_ledger(tmp_path):
    words = "付村干部基本报酬"
    file = write_csv(tmp_path / "v.csv", pair(摘要=words))
    _, faults, warnings = check(file)
    assert faults == []
    assert len(warnings) == 1
    assert warnings[0].startswith("第2行 D列“摘要”：")


# Links


LINKED = [*VOUCHER_HEADER, "冲销凭证", "订正凭证"]


def test_a_red_letter_pair_is_linked(tmp_path):
    rows = [
        *[(*cells, "", "") for cells in WATER_BILL],
        (*row("2", "513", debit="-386.20"), "2025-03/记-0001", ""),
        (*row("2", "101", credit="-386.20"), "", ""),
        *[(*cells, "", "2025-03/记-1") for cells in pair("3")],
    ]
    vouchers, faults, _ = check(write_csv(tmp_path / "v.csv", rows, header=LINKED))
    assert faults == []
    assert [(v.reverses, v.corrects) for v in vouchers] == [
        ("", ""),
        ("2025-03/记-0001", ""),
        ("", "2025-03/记-1"),
    ]


def test_links_that_lead_nowhere_or_twice_or_undo_something_else(tmp_path):
    good = [(*cells, "", "") for cells in WATER_BILL]
    red = ("-386.20", "2025-03/记-0001")
    rows = [
        *good,
        (*row("2", "513", debit=red[0]), red[1], ""),
        (*row("2", "101", credit=red[0]), "", ""),
        (*row("3", "513", debit=red[0]), red[1], ""),
        (*row("3", "101", credit=red[0]), "", ""),
        (*row("4", "513", debit="-5"), "2025-03/记-0099", ""),
        (*row("4", "101", credit="-5"), "", ""),
        (*row("5", "513", debit="5"), "", "三月一号"),
        (*row("5", "101", credit="5"), "", ""),
    ]
    faults = faults_of(tmp_path, *rows, header=LINKED)
    assert [f.split("：")[0] for f in faults] == [
        "第6行 K列“冲销凭证”",
        "第8行 K列“冲销凭证”",
        "第10行 L列“订正凭证”",
    ]
    assert "只能冲销、订正一次" in faults[0]
    assert "没有 2025-03/记-0099" in faults[1]


def test_a_reversal_must_undo_the_whole(tmp_path):
    rows = [
        *[(*cells, "") for cells in WATER_BILL],
        (*row("2", "513", debit="-86.20"), "2025-03/记-0001"),
        (*row("2", "101", credit="-86.20"), ""),
    ]
    faults = faults_of(tmp_path, *rows, header=[*VOUCHER_HEADER, "冲销凭证"])
    assert len(faults) == 1
    assert "不是原凭证的同方向的负数" in faults[0]
