"""What is said before a voucher is saved: money below zero, the wrong ledger, missing papers; and drafts, and years."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import COLLECTIVE, COMMITTEE, Village, a_village, draft
from village_ledger.domain.errors import PeriodError, VoucherError
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Month, MonthState
from village_ledger.domain.voucher import Draft, DraftLine, VoucherKind


def warnings(
    village: Village, day: str, summary: str, entries: str, ledger: str = COLLECTIVE, **head: object
):
    """What is said when the voucher is saved."""
    return village.save(draft(day, summary, entries, ledger, **head)).warnings


# Money


def test_cash_below_zero_warns_and_saves(village: Village):
    village.open_with("借 101 500", "贷 311 500")
    said = warnings(village, "2025-03-08", "付水电费", "借 513 600; 贷 101 600")
    assert len(said) == 1
    assert "2025-03-08" in said[0]
    assert "-100.00" in said[0]
    assert len(village.reader.vouchers(COLLECTIVE)) == 1


def test_cash_that_just_suffices_says_nothing(village: Village):
    village.open_with("借 101 500", "贷 311 500")
    assert warnings(village, "2025-03-08", "付水电费", "借 513 500; 贷 101 500") == ()


def test_a_backdated_payment_counts_against_every_later_day(village: Village):
    village.open_with("借 101 500", "贷 311 500")
    village.posted("2025-03-20", "付水电费", "借 513 450; 贷 101 450")
    (said,) = warnings(village, "2025-03-08", "付电话费", "借 513 100; 贷 101 100")
    assert "2025-03-20" in said
    assert "-50.00" in said


def test_what_is_entered_and_not_yet_posted_counts_too(village: Village):
    village.open_with("借 101 500", "贷 311 500")
    village.entered("2025-03-05", "付水电费", "借 513 450; 贷 101 450")
    (said,) = warnings(village, "2025-03-08", "付电话费", "借 513 100; 贷 101 100")
    assert "-50.00" in said


def test_a_void_voucher_counts_no_more(village: Village):
    village.open_with("借 101 500", "贷 311 500")
    village.void(village.entered("2025-03-05", "付水电费", "借 513 450; 贷 101 450"))
    assert warnings(village, "2025-03-08", "付电话费", "借 513 100; 贷 101 100") == ()


def test_money_that_comes_in_the_same_day_counts_at_the_end_of_it(village: Village):
    village.entered("2025-03-08", "付水电费", "借 513 100; 贷 101 100")
    assert warnings(village, "2025-03-08", "收租金", "借 101 100; 贷 501 100") == ()


def test_the_bank_below_zero_warns_with_the_account(village: Village):
    (said,) = warnings(village, "2025-03-08", "付工程款", "借 153#通组路 600; 贷 102 600")
    assert "102 银行存款" in said
    assert "-600.00" in said


def test_each_bank_account_is_looked_at_for_itself(village: Village):
    for name in ("农商基本户", "土地补偿费专户"):
        village.add_account("102", name)
    village.posted("2025-03-01", "收租金", "借 10201 900; 贷 501 900")
    (said,) = warnings(village, "2025-03-08", "付工程款", "借 153#通组路 600; 贷 10202 600")
    assert "10202 土地补偿费专户" in said


def test_changing_a_voucher_looks_again(village: Village):
    village.open_with("借 101 500", "贷 311 500")
    voucher = village.entered("2025-03-08", "付水电费", "借 513 500; 贷 101 500")
    (said,) = warnings(village, "2025-03-08", "付水电费", "借 513 501; 贷 101 501", editing=voucher.id)
    assert "-1.00" in said


movements = st.lists(
    st.tuples(
        st.integers(1, 28), st.integers(-500, 500).filter(bool), st.sampled_from(["posted", "entered"])
    ),
    min_size=1,
    max_size=7,
)


@settings(max_examples=settings().max_examples // 4)
@given(st.integers(0, 600), movements)
def test_the_warning_names_the_lowest_day_a_cash_book_would_show(
    opening: int, movements: list[tuple[int, int, str]]
):
    with a_village() as village:
        if opening:
            village.open_with(f"借 101 {opening}", f"贷 311 {opening}")
        said: tuple[str, ...] = ()
        for place, (day, moved, how) in enumerate(movements):
            entries = f"借 101 {moved}; 贷 501 {moved}" if moved > 0 else f"借 513 {-moved}; 贷 101 {-moved}"
            if how == "posted" and place < len(movements) - 1:
                village.posted(f"2025-03-{day:02d}", "某事", entries)
            else:
                said = warnings(village, f"2025-03-{day:02d}", "某事", entries)
        last_day = movements[-1][0]
        ends = {
            day: opening + sum(moved for on, moved, _ in movements if on <= day)
            for day in {on for on, _, _ in movements}
            if day >= last_day
        }
        lowest = min(ends.values())
        cash = [sentence for sentence in said if "现金" in sentence]
        assert bool(cash) == (lowest < 0)
        if cash:
            first = min(day for day, end in ends.items() if end == lowest)
            assert f"2025-03-{first:02d}" in cash[0]
            assert format_fen(lowest * 100) in cash[0]


# The wrong ledger


def test_rent_is_refused_in_the_committees_ledger_with_its_rule_and_the_paired_document(village: Village):
    with pytest.raises(VoucherError) as refusal:
        village.entered("2025-03-08", "收果园租金", "借 1001 600; 贷 4901 600", COMMITTEE)
    assert "第 2 行" in str(refusal.value)
    assert "集体经济组织法" in str(refusal.value)
    assert "T6" in str(refusal.value)
    assert village.reader.vouchers(COMMITTEE) == []


@pytest.mark.parametrize("summary", ["收张三承包款", "收征地补偿款", "收合作社分红"])
def test_the_collectives_other_income_is_refused_there_too(village: Village, summary: str):
    with pytest.raises(VoucherError):
        village.entered("2025-03-08", summary, "借 1001 600; 贷 4901 600", COMMITTEE)


def test_paying_for_a_rented_car_passes(village: Village):
    assert village.entered("2025-03-08", "付租车费", "借 5102 60; 贷 1001 60", COMMITTEE).ref.number == 1


def test_cadres_pay_in_the_collectives_ledger_warns_and_saves(village: Village):
    said = warnings(village, "2025-03-08", "发村干部基本报酬", "借 513 600; 贷 101 600")
    assert any("第 1 行" in sentence and "村干部" in sentence for sentence in said)
    assert len(village.reader.vouchers(COLLECTIVE)) == 1


def test_a_changed_summary_meets_the_guard_as_well(village: Village):
    voucher = village.entered("2025-03-08", "收废品款", "借 1001 60; 贷 4901 60", COMMITTEE)
    with pytest.raises(VoucherError, match="租金"):
        village.save(draft("2025-03-08", "收租金", "借 1001 60; 贷 4901 60", COMMITTEE, editing=voucher.id))
    assert village.again(voucher) == voucher


def test_one_acting_ledger_asks_no_guard(tmp_path: Path):
    with Village.found(tmp_path, single=True) as village:
        assert warnings(village, "2025-03-08", "收租金", "借 101 600; 贷 501 600") == ()


# Papers


def test_a_voucher_without_papers_or_a_reason_is_said_so(village: Village):
    (said,) = warnings(village, "2025-03-08", "收租金", "借 101 6; 贷 501 6", attachments="")
    assert "没有附单据" in said
    assert warnings(village, "2025-03-08", "收租金", "借 101 6; 贷 501 6", attachments="2") == ()
    reason = {"attachments": "0", "no_attachment_reason": "单据在县里"}
    assert warnings(village, "2025-03-08", "收租金", "借 101 6; 贷 501 6", **reason) == ()


# Drafts


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
lines = st.lists(st.builds(DraftLine, texts, texts, texts, texts, texts, texts, texts), max_size=4)
drafts = st.builds(
    Draft,
    ledger=st.sampled_from([COLLECTIVE, COMMITTEE]),
    day=texts,
    word=texts,
    attachments=texts,
    no_attachment_reason=texts,
    handler=texts,
    witness=texts,
    approver=texts,
    lines=lines,
    cursor=st.tuples(st.integers(0, 40), st.sampled_from(["summary", "account", "debit", "credit"])),
    editing=st.none() | st.integers(1, 9),
    kind=st.sampled_from(VoucherKind),
    corrects=st.none() | st.integers(1, 9),
)


@given(typed=drafts)
@settings(max_examples=settings().max_examples // 2)
def test_a_draft_comes_back_to_the_letter_and_the_cell(
    tmp_path_factory: pytest.TempPathFactory, typed: Draft
):
    with a_village() as village:
        kept = village.autosave(typed)
        (found,) = village.reader.drafts()
        assert (found.id, found.draft, found.by) == (kept, typed, "王秀英")


def test_a_draft_is_rewritten_on_every_pause_and_gone_once_saved(village: Village):
    kept = village.autosave(draft("2025-03-08", "收租", ""))
    typed = draft("2025-03-08", "收租金", "借 101 600; 贷 501 600")
    assert village.autosave(typed, kept) == kept
    assert [d.draft for d in village.reader.drafts()] == [typed]
    village.save(typed, draft_id=kept)
    assert village.reader.drafts() == []


def test_a_refused_save_keeps_the_draft(village: Village):
    typed = draft("2025-03-08", "收租金", "借 101 600; 贷 501 500")
    kept = village.autosave(typed)
    with pytest.raises(VoucherError):
        village.save(typed, draft_id=kept)
    assert [d.draft for d in village.reader.drafts()] == [typed]


def test_drafts_leave_no_trace_in_the_log_and_the_newest_comes_first(village: Village):
    first, second = (
        village.autosave(draft("2025-03-08", "一", "")),
        village.autosave(draft("2025-03-08", "二", "")),
    )
    assert [d.id for d in village.reader.drafts()] == [second, first]
    assert [o.action for o in village.reader.operations()] == ["建账", "启用签名密钥"]
    assert village.verify() == []


# Years


def test_the_next_year_is_used_while_december_is_open_the_one_after_is_not(village: Village):
    assert village.reader.months(COLLECTIVE)[-1].month.year == 2025
    with pytest.raises(PeriodError, match="2027年1月还没到：这本账现在开到 2025 年"):
        village.entered("2027-01-05", "收租金", "借 101 6; 贷 501 6")
    village.posted("2026-01-05", "收租金", "借 101 6; 贷 501 6")
    months = village.reader.months(COLLECTIVE)
    assert [str(m.month) for m in months[-12:]] == [f"2026-{month:02d}" for month in range(1, 13)]
    assert {m.state for m in months} == {MonthState.OPEN}
    assert village.reader.months(COMMITTEE)[-1].month.year == 2025
    village.posted("2025-12-31", "收租金", "借 101 6; 贷 501 6")


def test_a_third_year_begins_only_after_the_first_is_closed(village: Village):
    village.posted("2026-01-05", "收租金", "借 101 6; 贷 501 6")
    with pytest.raises(PeriodError, match="2027年1月还没到：2025 年还有月份没有结账"):
        village.entered("2027-01-05", "收租金", "借 101 6; 贷 501 6")
    for month in range(1, 13):
        village.close_month(f"2025-{month:02d}")
    assert str(village.entered("2027-01-05", "收租金", "借 101 6; 贷 501 6").ref) == "2027-01/记-0001"


def test_asking_for_a_month_opens_no_year(village: Village):
    with pytest.raises(VoucherError):
        village.entered("2026-01-05", "收租金", "借 101 6; 贷 501 5")
    assert village.reader.months(COLLECTIVE)[-1].month.year == 2025


def test_there_is_no_month_in_the_year_nought():
    with pytest.raises(PeriodError):
        Month.parse("0000-01")
