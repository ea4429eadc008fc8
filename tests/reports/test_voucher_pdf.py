"""记账凭证 on 240 × 140 mm, as it goes into the binding."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.reports import demo_village as village
from tests.reports.tables import LONG, THIRTEEN_DIGITS, squeezed
from tests.strategies import fen
from village_ledger.domain.capital import capital
from village_ledger.domain.money import format_fen
from village_ledger.domain.voucher import StoredVoucher, VoucherKind, VoucherLine, VoucherState
from village_ledger.reports.pens.amount_grid import LARGEST_IN_GRID, grid_marks
from village_ledger.reports.vouchers.voucher_pdf import Signers, write_vouchers
from village_ledger.reports.vouchers.voucher_plan import VoucherPaper

SIGNERS = Signers("赵永康", "何小莉")
BOOK = village.vouchers(village.COLLECTIVE)


def with_lines(*lines: VoucherLine, **more: object) -> StoredVoucher:
    return replace(BOOK[0], voucher=replace(BOOK[0].voucher, lines=lines), **more)


def written(path, *vouchers: StoredVoucher):
    chart = village.chart(village.COLLECTIVE)
    return write_vouchers(village.COLLECTIVE, chart, vouchers, path / "v.pdf", SIGNERS)


def test_a_voucher_has_its_words_and_all_places_to_sign(tmp_path, text_of):
    assert written(tmp_path, BOOK[5]).pages == 1
    (page,) = text_of(tmp_path / "v.pdf")
    raw = squeezed(page)
    assert capital(BOOK[5].voucher.amount) in raw
    for words in ("主管赵永康", "记账王秀英", "审核蒲文斌", "出纳何小莉", "制单王秀英", "第1/1页", "附单据"):
        assert words in raw


def test_more_than_five_lines_are_continued_with_a_running_subtotal(tmp_path, text_of):
    lines = [VoucherLine(f"付{i}", "51301", debit=100) for i in range(6)]
    result = written(tmp_path, with_lines(*lines, VoucherLine("付", "10201", credit=600)))
    assert result.pages == 2
    first, second = (squeezed(page) for page in text_of(tmp_path / "v.pdf"))
    assert "第1/2页" in first
    assert "小计（转下页）" in first
    assert "第2/2页" in second
    assert "人民币陆元整" in second
    assert "人民币" not in first


def test_amounts_beyond_the_boxes_are_written_plain(tmp_path, text_of):
    large = with_lines(
        VoucherLine(LONG, "51301", debit=THIRTEEN_DIGITS), VoucherLine("付", "10201", credit=THIRTEEN_DIGITS)
    )
    written(tmp_path, large)
    (page,) = text_of(tmp_path / "v.pdf")
    assert page.count(format_fen(THIRTEEN_DIGITS)) == 4
    assert set(LONG) - set(squeezed(page)) == set()


def test_void_pending_and_red_vouchers_say_so(tmp_path, text_of):
    red = replace(
        BOOK[0],
        voucher=BOOK[0].voucher.reversed(BOOK[0].voucher.day, "注销1月6日记-0001号凭证"),
        links=(("冲销", "2025-01/记-0001"),),
    )
    void = replace(BOOK[1], state=VoucherState.VOID, return_reason="重复录入")
    pending = replace(BOOK[2], awaits_second_review=True)
    entered = replace(BOOK[3], state=VoucherState.ENTERED, posted_by="", reviewed_by="")
    assert red.voucher.kind is VoucherKind.REVERSAL
    assert written(tmp_path, red, void, pending, entered).pages == 4
    first, second, third, fourth = (squeezed(page) for page in text_of(tmp_path / "v.pdf"))
    assert "红字" in first
    assert "冲销2025-01/记-0001" in first
    assert "附单据0张（红字冲销）" in first
    assert "作废" in second
    assert "作废原因：重复录入" in second
    assert "待补审" in third
    assert "待审核" in fourth


@given(fen(), st.booleans())
def test_the_boxes_hold_the_amount_or_plain_figures_are_written(amount, with_sign):
    marks = grid_marks(amount, with_sign=with_sign)
    if marks is None:
        assert abs(amount) > LARGEST_IN_GRID // (10 if amount < 0 else 1)
        return
    assert len(marks) == 11
    digits = "".join(mark for mark in marks if mark.isdigit())
    assert int(digits) == abs(amount)
    assert ("-" in marks) == (amount < 0)
    assert "".join(marks).lstrip("¥-") == digits


def test_the_demonstration_year_fits_its_forms(tmp_path):
    assert written(tmp_path, *BOOK).missing == ()


def on_paper(path, paper, *vouchers: StoredVoucher):
    chart = village.chart(village.COLLECTIVE)
    return write_vouchers(village.COLLECTIVE, chart, vouchers, path / "v.pdf", SIGNERS, paper=paper)


def test_two_forms_stand_on_an_a4_sheet_and_the_last_may_be_alone(tmp_path, text_of):
    result = on_paper(tmp_path, VoucherPaper.A4_TWO, *[BOOK[5]] * 3)
    assert (result.pages, result.paper_mm2) == (2, 2 * 210 * 297)
    first, second = (squeezed(page) for page in text_of(tmp_path / "v.pdf"))
    assert [first.count("制单王秀英"), second.count("制单王秀英")] == [2, 1]
    assert first.count(capital(BOOK[5].voucher.amount)) == 2


def test_onto_a_printed_form_go_figures_and_names_but_no_labels(tmp_path, text_of):
    on_paper(tmp_path, VoucherPaper.PREPRINTED, BOOK[5])
    (page,) = text_of(tmp_path / "v.pdf")
    raw = squeezed(page)
    assert capital(BOOK[5].voucher.amount) in raw
    for name in ("王秀英", "蒲文斌", "何小莉", "赵永康", BOOK[5].ref.short):
        assert name in raw
    for label in ("记账凭证", "摘要", "会计科目", "制单", "借方金额"):
        assert label not in raw
