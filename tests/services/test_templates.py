"""Templates kept and filled, copies, what comes round, each once: the services and raw SQL."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest

from tests.builders import COLLECTIVE, COMMITTEE, Village, draft
from village_ledger.domain.errors import AmountError, ChartError, PeriodError, VoucherError
from village_ledger.domain.period import Month
from village_ledger.domain.rhythm import Rhythm
from village_ledger.domain.template import Template, Variable, VariableKind
from village_ledger.services.check_item import Verdict
from village_ledger.services.entry import recurring, templates

MARCH = Month(2025, 3)


def kept(
    village: Village,
    entries: str = "借 513 600; 贷 101 600",
    name: str = "付电费",
    ledger: str = COLLECTIVE,
    **how,
) -> Template:
    """A template made of a voucher of March."""
    typed = draft("2025-03-08", "付3月电费", entries, ledger)
    with village.act() as uow:
        return templates.keep_from_draft(uow, typed, name, date(2025, 3, 8), **how).value


def comes_round(village: Village, template: Template, day: int = 10, start: str = "2025-01", **more) -> int:
    with village.act() as uow:
        return recurring.add(uow, template.id, Rhythm.MONTH, day, Month.parse(start), **more).value


def made(village: Village, through: Month = MARCH) -> list[recurring.Made]:
    with village.act() as uow:
        return recurring.make(uow, COLLECTIVE, through).value


# templates


def test_a_voucher_becomes_a_template_and_a_template_a_voucher(village):
    template = kept(village)
    filled = templates.filled(village.reader, template.id, COLLECTIVE, date(2025, 4, 9), {"金额": "700"})
    stored = village.save(replace(filled.draft, attachments="1")).value
    assert stored.voucher.lines[0].summary == "付4月电费"
    assert stored.voucher.amount == 70000
    assert village.verify() == []


def test_the_same_name_replaces_and_another_ledger_may_have_it_too(village):
    first = kept(village)
    assert kept(village, "借 514 5; 贷 101 5").id == first.id
    assert kept(village, "借 5102 5; 贷 1001 5", ledger=COMMITTEE).id != first.id
    assert [t.lines[0].account for t in village.reader.templates(COLLECTIVE)] == ["514"]


def test_a_template_can_be_renamed_given_defaults_and_switched_off(village):
    template = kept(village)
    with village.act() as uow:
        templates.change(uow, template.id, "交电费", (Variable("金额", VariableKind.AMOUNT, "500"),))
    assert village.reader.template(template.id).variables[0].default == "500"
    with village.act() as uow:
        templates.change(uow, template.id, "交电费", (), active=False)
    assert village.reader.templates(COLLECTIVE) == []
    with pytest.raises(VoucherError, match="已停用"):
        templates.filled(village.reader, template.id, COLLECTIVE, date(2025, 3, 8))


def test_a_name_taken_a_default_that_is_no_amount_a_template_without_name_are_refused(village):
    template = kept(village)
    kept(village, name="付水费")
    with pytest.raises(VoucherError, match="已经有叫“付水费”"), village.act() as uow:
        templates.change(uow, template.id, "付水费", ())
    with pytest.raises(AmountError), village.act() as uow:
        templates.change(uow, template.id, "付电费", (Variable("金额", VariableKind.AMOUNT, "很多"),))
    with pytest.raises(VoucherError, match="没有名称"):
        kept(village, name=" ")
    with pytest.raises(VoucherError, match="至少要有两行"):
        kept(village, "借 513 600")
    assert village.reader.template(template.id) == template


def test_an_account_switched_off_or_now_a_parent_is_named(village):
    template = kept(village, "借 513 600; 贷 102 600")
    village.add_account("102", "农商行基本户")
    with pytest.raises(ChartError, match="模板“付电费”第 2 行：102 银行存款 有下级科目"):
        templates.filled(village.reader, template.id, COLLECTIVE, date(2025, 3, 8))
    village.switch_off("513")
    with pytest.raises(ChartError, match="第 1 行：513 管理费用 已停用"):
        templates.filled(village.reader, template.id, COLLECTIVE, date(2025, 3, 8))
    with pytest.raises(ChartError, match="已停用"):
        kept(village)


def test_a_template_of_the_other_ledger_and_a_closed_month_are_refused(village):
    template = kept(village)
    with pytest.raises(VoucherError, match="是集体经济组织账的"):
        templates.filled(village.reader, template.id, COMMITTEE, date(2025, 3, 8))
    village.close_month("2025-01")
    with pytest.raises(PeriodError, match="2025年1月已结账"):
        templates.filled(village.reader, template.id, COLLECTIVE, date(2025, 1, 8))


def test_a_place_left_open_in_a_summary_is_not_saved(village):
    with pytest.raises(VoucherError, match=r"摘要里的 {对方} 还没有填"):
        village.entered("2025-03-08", "付{对方}电费", "借 513 6; 贷 101 6")
    assert village.numbers("2025-03") == []


# copies


def test_a_copy_is_dated_today_or_in_the_next_open_month(village):
    voucher = village.posted("2025-01-08", "付电费", "借 513 600; 贷 101 600")
    village.close_month("2025-01")
    assert templates.copy_of(village.reader, voucher.id, date(2025, 2, 9)).day == "2025-02-09"
    assert templates.copy_of(village.reader, voucher.id, date(2025, 1, 9)).day == "2025-02-01"
    assert templates.copy_of(village.reader, voucher.id, date(2026, 11, 9)).day == "2025-02-01"
    copy = templates.copy_of(village.reader, voucher.id, date(2025, 2, 9))
    assert (copy.editing, copy.attachments, copy.lines[0].debit) == (None, "", "600.00")


def test_a_red_letter_voucher_is_not_copied(village):
    voucher = village.posted("2025-01-08", "付电费", "借 513 600; 贷 101 600")
    red = village.reverse(voucher, "2025-01-09")
    with pytest.raises(VoucherError, match="不能复制"):
        templates.copy_of(village.reader, red.id, date(2025, 2, 9))


def test_a_copy_to_the_other_ledger_asks_every_partner_account(village):
    voucher = village.posted("2025-01-08", "付电费", "借 513 600; 贷 101 600")
    offered = templates.partners_of(village.reader, voucher.id, COMMITTEE)
    assert offered == {"513": "5102", "101": "1001"}
    today = date(2025, 2, 9)
    with pytest.raises(ChartError, match="513 管理费用 在另一本账里记哪个科目还没有选"):
        templates.copy_across(village.reader, voucher.id, COMMITTEE, {"101": "1001"}, today)
    with pytest.raises(ChartError, match="本账没有科目 501"):
        templates.copy_across(village.reader, voucher.id, COMMITTEE, {"513": "501", "101": "1001"}, today)
    with village.act() as uow:
        templates.remember_partners(uow, COLLECTIVE, COMMITTEE, {"513": "5103"})
    offered = templates.partners_of(village.reader, voucher.id, COMMITTEE)
    assert offered["513"] == "5103"
    copy = templates.copy_across(village.reader, voucher.id, COMMITTEE, offered, today)
    assert (copy.ledger, [x.account for x in copy.lines]) == (COMMITTEE, ["5103", "1001"])
    village.save(replace(copy, attachments="1"))
    assert village.verify() == []


# what comes round


def test_due_days_become_vouchers_once(village):
    comes_round(village, kept(village, ask_amounts=False))
    assert [one.day.month for one in recurring.due(village.reader, COLLECTIVE, MARCH)] == [1, 2, 3]
    assert [one.voucher for one in made(village)] == ["2025-01/记-0001", "2025-02/记-0001", "2025-03/记-0001"]
    assert made(village) == []
    assert village.reader.voucher(1).voucher.lines[0].summary == "付1月电费"
    assert village.verify() == []


def test_the_month_is_due_from_its_first_day(village):
    comes_round(village, kept(village, ask_amounts=False), day=31, start="2025-03")
    assert [one.day for one in recurring.due(village.reader, COLLECTIVE, MARCH)] == [date(2025, 3, 31)]


def test_what_is_not_whole_becomes_a_draft_and_counts_when_it_is_saved(village):
    number = comes_round(village, kept(village), start="2025-03")
    (one,) = made(village)
    assert one.voucher == ""
    assert made(village) == []
    found = next(d for d in village.reader.drafts() if d.id == one.draft_id)
    lines = [replace(x, debit=x.debit or ("9" if x.account == "513" else "")) for x in found.draft.lines]
    lines[1].credit = "9"
    stored = village.save(replace(found.draft, lines=lines, attachments="1"), draft_id=found.id).value
    run = village.reader.recurrence_runs(COLLECTIVE)[0]
    assert (run.recurrence_id, run.voucher_id, run.draft_id) == (number, stored.id, None)


def test_a_draft_thrown_away_is_due_again(village):
    comes_round(village, kept(village), start="2025-03")
    (one,) = made(village)
    with village.act() as uow:
        uow.drafts.discard(one.draft_id)
    assert len(recurring.due(village.reader, COLLECTIVE, MARCH)) == 1


def test_a_voucher_deleted_void_or_reversed_is_due_again(village):
    comes_round(village, kept(village, ask_amounts=False), start="2025-03")
    made(village)
    village.delete_last(village.reader.voucher(1))
    again = made(village)
    village.void(village.reader.voucher(again[0].voucher_id))
    (third,) = made(village)
    stored = village.reader.voucher(third.voucher_id)
    village.review(stored)
    village.post(stored)
    village.reverse(stored, "2025-03-20")
    assert len(made(village)) == 1
    assert village.verify() == []


def test_a_due_day_is_made_once_only_by_service_and_by_raw_sql(village):
    number = comes_round(village, kept(village, ask_amounts=False), start="2025-03")
    made(village)
    with pytest.raises(VoucherError, match="已经记成 2025-03/记-0001"), village.act() as uow:
        recurring.make_one(uow, COLLECTIVE, number, date(2025, 3, 10))
    sql = [
        "INSERT INTO recurrence_run VALUES (1, '2025-03-10', 1, NULL, '', 'x', 'x')",
        "INSERT OR REPLACE INTO recurrence_run VALUES (1, '2025-03-10', NULL, NULL, '不记', 'x', 'x')",
        "UPDATE recurrence_run SET voucher_id = NULL, reason = 'x'",
        "DELETE FROM recurrence_run",
        "DELETE FROM recurrence",
    ]
    with village.raw() as connection:
        for statement in sql:
            with pytest.raises(sqlite3.IntegrityError):
                connection.execute(statement)
    assert len(village.numbers("2025-03")) == 1


def test_a_day_that_is_none_and_a_closed_month_are_refused_and_nothing_is_left(village):
    number = comes_round(village, kept(village, ask_amounts=False))
    village.close_month("2025-01")
    with pytest.raises(PeriodError, match="按月重复“付电费”2025-01-10 这一期：2025年1月已结账"):
        made(village)
    assert village.numbers("2025-02") == []
    with pytest.raises(PeriodError, match="没有 2025-01-11 这一期"), village.act() as uow:
        recurring.make_one(uow, COLLECTIVE, number, date(2025, 1, 11))
    with village.act() as uow:
        one = recurring.make_one(uow, COLLECTIVE, number, date(2025, 1, 10), date(2025, 2, 1)).value
    assert one.voucher == "2025-02/记-0001"


def test_skipping_wants_a_reason_and_can_be_taken_back(village):
    number = comes_round(village, kept(village, ask_amounts=False), start="2025-03")
    with pytest.raises(VoucherError, match="要写明原因"), village.act() as uow:
        recurring.skip(uow, COLLECTIVE, number, date(2025, 3, 10), " ")
    with village.act() as uow:
        recurring.skip(uow, COLLECTIVE, number, date(2025, 3, 10), "本月停电")
    assert made(village) == []
    with village.act() as uow:
        recurring.take_back(uow, COLLECTIVE, number, date(2025, 3, 10))
    assert len(made(village)) == 1
    with pytest.raises(VoucherError, match="没有跳过"), village.act() as uow:
        recurring.take_back(uow, COLLECTIVE, number, date(2025, 3, 10))


@pytest.mark.parametrize(
    ("day", "start", "end", "words"),
    [
        (0, "2025-01", None, "不能是 0 日"),
        (32, "2025-01", None, "32 日"),
        (1, "2025-03", "2025-02", "早于起月"),
    ],
)
def test_a_rhythm_that_cannot_be_is_refused(village, day, start, end, words):
    template = kept(village)
    with pytest.raises(PeriodError, match=words):
        comes_round(village, template, day, start, end=Month.parse(end) if end else None)


def test_k14_warns_of_what_is_due_and_not_booked(village):
    assert recurring.check_items(village.reader, COLLECTIVE, MARCH) == []
    comes_round(village, kept(village), start="2025-03")
    (item,) = recurring.check_items(village.reader, COLLECTIVE, MARCH)
    assert (item.rule, item.verdict, item.evidence) == ("K14", Verdict.WARN, ("付电费 2025-03-10",))
    made(village)
    (item,) = recurring.check_items(village.reader, COLLECTIVE, MARCH)
    assert item.evidence == ("付电费 2025-03-10（草稿没保存）",)


def test_verify_names_a_due_day_that_points_at_another_ledger(village):
    comes_round(village, kept(village, ask_amounts=False), start="2025-03")
    made(village)
    village.book.close()
    with closing(sqlite3.connect(village.path)) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("DROP TRIGGER recurrence_run_update")
        connection.execute("UPDATE recurrence_run SET voucher_id = 99")
        connection.commit()
    with Village(village.path) as again:
        assert "V32" in {finding.rule for finding in again.verify()}
