"""What nobody may enter: every refusal is one sentence, and the book stays as it was."""

from __future__ import annotations

import pytest

from tests.builders import COMMITTEE, WANG, Village, draft
from village_ledger.domain.errors import (
    AmountError,
    ChartError,
    DutyError,
    LedgerError,
    PeriodError,
    TextError,
    VoucherError,
)
from village_ledger.domain.period import MonthState
from village_ledger.domain.voucher import Draft, DraftLine
from village_ledger.services.entry import vouchers

REFUSED: dict[str, tuple[Draft, type[LedgerError], str]] = {
    "unbalanced": (draft("2025-03-08", "收租金", "借 101 600; 贷 501 500"), VoucherError, "借贷不平"),
    "one line": (draft("2025-03-08", "收租金", "借 101 600"), VoucherError, "至少要有两行"),
    "zero": (draft("2025-03-08", "收租金", "借 101 0; 贷 501 0"), VoucherError, "第 1 行没有金额"),
    "nothing typed": (draft("2025-03-08", "收租金", ""), VoucherError, "还是空的"),
    "no amount": (draft("2025-03-08", "收租金", "借 101 600; 贷 501 "), VoucherError, "第 2 行没有金额"),
    "no account": (draft("2025-03-08", "收租金", "借 101 600; 贷  600"), VoucherError, "第 2 行没有选科目"),
    "no summary": (draft("2025-03-08", " ", "借 101 600; 贷 501 600"), VoucherError, "第 1 行没有摘要"),
    "the other ledger's account": (
        draft("2025-03-08", "收补助", "借 101 600; 贷 4401 600"),
        ChartError,
        "本账没有科目 4401",
    ),
    "unknown account": (draft("2025-03-08", "收租金", "借 101 600; 贷 999 600"), ChartError, "没有科目 999"),
    "parent account": (draft("2025-03-08", "分配", "借 322 600; 贷 101 600"), ChartError, "有下级科目"),
    "no counterparty": (
        draft("2025-03-08", "借支", "借 113 600; 贷 101 600"),
        VoucherError,
        "要写明往来单位",
    ),
    "no project": (draft("2025-03-08", "修路", "借 153 600; 贷 101 600"), VoucherError, "要写明项目"),
    "three decimals": (
        draft("2025-03-08", "收租金", "借 101 1.234; 贷 501 1.234"),
        AmountError,
        "第 1 行借方",
    ),
    "ambiguous": (
        draft("2025-03-08", "收租金", "借 101 1.234,5; 贷 501 1.234,5"),
        AmountError,
        "第 1 行借方",
    ),
    "words": (draft("2025-03-08", "收租金", "借 101 六百; 贷 501 六百"), AmountError, "第 1 行借方"),
    "too large": (draft("2025-03-08", "收租金", "借 101 1e99; 贷 501 1"), AmountError, "第 1 行借方"),
    "14 digits": (
        draft("2025-03-08", "收租金", "借 101 10000000000000; 贷 501 10000000000000"),
        AmountError,
        "13 位",
    ),
    "30 February": (
        draft("2025-02-30", "收租金", "借 101 6; 贷 501 6"),
        PeriodError,
        "没有“2025-02-30”这一天",
    ),
    "no such year": (draft("0000-01-01", "收租金", "借 101 6; 贷 501 6"), PeriodError, "这一天"),
    "no date": (draft("", "收租金", "借 101 6; 贷 501 6"), PeriodError, "不是日期"),
    "before the start": (draft("2024-12-31", "收租金", "借 101 6; 贷 501 6"), PeriodError, "启用月份"),
    "beyond the open years": (draft("2027-01-01", "收租金", "借 101 6; 贷 501 6"), PeriodError, "还没到"),
    "NUL": (draft("2025-03-08", "收\0租金", "借 101 6; 贷 501 6"), TextError, "U+0000"),
    "line break": (draft("2025-03-08", "收\n租金", "借 101 6; 贷 501 6"), TextError, "U+000A"),
    "no width": (draft("2025-03-08", "借支", "借 113@张\u200b三 6; 贷 101 6"), TextError, "U+200B"),
    "from right to left": (draft("2025-03-08", "收\u202e租金", "借 101 6; 贷 501 6"), TextError, "U+202E"),
    "field mark of the chain": (draft("2025-03-08", "收\x1f租金", "借 101 6; 贷 501 6"), TextError, "U+001F"),
    "10,000 characters": (draft("2025-03-08", "收" * 10_000, "借 101 6; 贷 501 6"), TextError, "10000 个字"),
    "control in a name": (draft("2025-03-08", "借支", "借 113@张\x07三 6; 贷 101 6"), TextError, "往来单位"),
    "a long name": (draft("2025-03-08", "借支", f"借 113@{'张' * 121} 6; 贷 101 6"), TextError, "往来单位"),
    "attachments in words": (
        draft("2025-03-08", "收租金", "借 101 6; 贷 501 6", attachments="两张"),
        VoucherError,
        "附件张数",
    ),
    "endless attachments": (
        draft("2025-03-08", "收租金", "借 101 6; 贷 501 6", attachments="9" * 5000),
        VoucherError,
        "附件张数",
    ),
    "a word with a dash": (
        draft("2025-03-08", "收租金", "借 101 6; 贷 501 6", word="银-付"),
        VoucherError,
        "凭证字",
    ),
    "unknown ledger": (
        draft("2025-03-08", "收租金", "借 101 6; 贷 501 6", "group-01"),
        LedgerError,
        "group-01",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_faulty_voucher_is_refused_and_the_book_is_unchanged(village: Village, case: str):
    typed, kind, words = REFUSED[case]
    with pytest.raises(kind) as refusal:
        village.save(typed)
    assert words in str(refusal.value)
    assert "账没有变化" in str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert village.reader.vouchers("collective") == []
    assert village.reader.counterparties() == []
    assert [o.action for o in village.reader.operations()] == ["建账", "启用签名密钥"]


def test_both_sides_filled_is_refused_with_both_amounts(village: Village):
    typed = draft("2025-03-08", "收租金", "借 101 600; 贷 501 600")
    typed.lines[0].credit = "20"
    with pytest.raises(VoucherError, match=r"第 1 行借方、贷方都有金额（600\.00 和 20\.00）"):
        village.save(typed)


def test_a_line_with_only_a_summary_is_left_out(village: Village):
    typed = draft("2025-03-08", "收租金", "借 101 600; 贷 501 600")
    typed.lines.insert(1, DraftLine("收租金"))
    assert len(village.save(typed).value.voucher.lines) == 2


def test_an_account_switched_off_is_refused(village: Village):
    village.switch_off("515")
    with pytest.raises(ChartError, match="515 其他支出 已停用"):
        village.entered("2025-03-08", "罚款", "借 515 6; 贷 101 6")


def test_a_missing_dimension_names_the_line(village: Village):
    with pytest.raises(VoucherError, match="第 2 行 113 内部往来 要写明往来单位"):
        village.entered("2025-03-08", "收承包款", "借 101 600; 贷 113 600")


@pytest.mark.parametrize(("state", "word"), [(MonthState.CLOSED, "已结账"), (MonthState.SEALED, "已封")])
def test_a_closed_month_takes_no_voucher(village: Village, state: MonthState, word: str):
    village.set_month("2025-03", state)
    with pytest.raises(PeriodError, match=f"2025年3月{word}"):
        village.entered("2025-03-08", "收租金", "借 101 600; 贷 501 600")
    assert village.entered("2025-04-08", "收租金", "借 101 600; 贷 501 600").ref.number == 1


def test_a_month_being_checked_still_takes_vouchers(village: Village):
    village.set_month("2025-03", MonthState.CHECKING)
    assert village.posted("2025-03-08", "收租金", "借 101 600; 贷 501 600").ref.number == 1


def test_what_waits_in_a_closed_month_stays_as_it_is(village: Village):
    waiting = village.entered("2025-03-08", "收租金", "借 101 600; 贷 501 600")
    passed = village.reviewed("2025-03-09", "收租金", "借 101 600; 贷 501 600")
    village.close_month("2025-03")
    acts = [
        lambda: village.save(draft("2025-03-10", "改", "借 101 6; 贷 501 6", editing=waiting.id)),
        lambda: village.save(draft("2025-04-10", "改", "借 101 6; 贷 501 6", editing=waiting.id)),
        lambda: village.void(waiting),
        lambda: village.review(waiting),
        lambda: village.give_back(passed, "缺附件"),
        lambda: village.unreview(passed),
        lambda: village.post(passed),
        lambda: village.resort("2025-03"),
    ]
    for act in acts:
        with pytest.raises(PeriodError, match="2025年3月已结账"):
            act()
    assert village.again(waiting) == waiting
    assert village.again(passed) == passed


def test_nothing_is_done_without_a_name(village: Village):
    voucher = village.entered("2025-03-08", "收租金", "借 101 600; 贷 501 600")
    typed = draft("2025-03-08", "收租金", "借 101 600; 贷 501 600")
    acts = [
        lambda: village.save(typed, by="  "),
        lambda: village.save(draft("2025-03-08", "改", "借 101 6; 贷 501 6", editing=voucher.id), by=""),
        lambda: village.review(voucher, by=""),
        lambda: village.void(voucher, by=""),
        lambda: village.delete_last(voucher, by=""),
    ]
    for act in acts:
        with pytest.raises(DutyError, match="还没有写明是谁在操作"):
            act()


def test_a_name_with_control_characters_is_no_name(village: Village):
    with pytest.raises(TextError, match=r"U\+001F"):
        village.entered("2025-03-08", "收租金", "借 101 600; 贷 501 600", by="王\x1f秀英")


@pytest.mark.parametrize("reason", ["", "   ", "不\0对", "长" * 10_000])
def test_a_reason_is_a_plain_short_text(village: Village, reason: str):
    voucher = village.entered("2025-03-08", "收租金", "借 101 600; 贷 501 600")
    done = village.posted("2025-03-09", "收租金", "借 101 600; 贷 501 600")
    for act in (
        lambda: village.void(voucher, reason),
        lambda: village.give_back(voucher, reason),
        lambda: village.reverse(done, "2025-03-20", reason),
    ):
        with pytest.raises((VoucherError, TextError)):
            act()
    assert village.again(voucher).return_reason == ""


def test_outer_blanks_make_no_second_name(village: Village):
    village.entered("2025-03-08", "借支", "借 113@张三 6; 贷 101 6")
    typed = draft("2025-03-08", "借支", "借 113 6; 贷 101 6")
    typed.lines[0].counterparty = "\u3000张三 "
    village.save(typed)
    assert village.reader.counterparties() == ["张三"]


def test_a_refusal_inside_a_longer_action_leaves_nothing_of_it(village: Village):
    def two_at_once():
        with village.act() as uow:
            vouchers.save(uow, draft("2025-03-08", "收租金", "借 101 600; 贷 501 600"))
            vouchers.save(uow, draft("2025-03-08", "收租金", "借 101 600; 贷 501 500"))

    with pytest.raises(VoucherError, match="借贷不平"):
        two_at_once()
    assert village.reader.vouchers("collective") == []


def test_a_voucher_that_is_gone_is_said_so(village: Village):
    voucher = village.entered("2025-03-08", "收租金", "借 101 600; 贷 501 600")
    village.delete_last(voucher)
    for act in (
        lambda: village.review(voucher),
        lambda: village.post(voucher),
        lambda: village.void(voucher),
        lambda: village.give_back(voucher, "缺附件"),
        lambda: village.unreview(voucher),
        lambda: village.delete_last(voucher),
        lambda: village.save(draft("2025-03-10", "改", "借 101 6; 贷 501 6", editing=voucher.id)),
    ):
        with pytest.raises(VoucherError, match="没有这张凭证"):
            act()


def test_the_committees_voucher_stays_out_of_the_collectives_chart(village: Village):
    with pytest.raises(ChartError, match="本账没有科目 501"):
        village.entered("2025-03-08", "收租金", "借 1001 600; 贷 501 600", COMMITTEE)
    assert village.reader.vouchers(COMMITTEE) == []


def test_the_same_person_is_the_same_with_blanks_around_the_name(village: Village):
    voucher = village.entered("2025-03-08", "收租金", "借 101 600; 贷 501 600", by=f" {WANG} ")
    assert voucher.prepared_by == WANG
    with pytest.raises(DutyError):
        village.review(voucher, by=f"{WANG}\u3000")
