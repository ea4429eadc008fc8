"""Any table on A4: whole figures, whole texts, pages that say what they hand on."""

from __future__ import annotations

import errno
import os
import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reports.tables import LONG, THIRTEEN_DIGITS, book, line, squeezed
from village_ledger.domain.errors import DiskFullError
from village_ledger.domain.money import format_fen
from village_ledger.reports.pens.output_file import OutputError
from village_ledger.reports.pens.pdf_layout import Need, Paper, fit, paginate
from village_ledger.reports.pens.render_pdf import write_pdf
from village_ledger.reports.table import Cell, Check, Column, Kind, LazyRows, Role, Row

DAY = date(2025, 3, 8)


def test_a_13_digit_amount_and_a_60_character_summary_stand_whole(tmp_path, text_of):
    rows = [line(DAY, LONG, THIRTEEN_DIGITS, 0, THIRTEEN_DIGITS), line(DAY, LONG, 0, -THIRTEEN_DIGITS, 5)]
    write_pdf(book(*rows), tmp_path / "a.pdf")
    (page,) = text_of(tmp_path / "a.pdf")
    assert page.count(format_fen(THIRTEEN_DIGITS)) == 3
    assert f"-{format_fen(THIRTEEN_DIGITS)}" in page
    raw = squeezed(page)
    assert all(raw.count(char) >= 2 for char in set(LONG))


def test_eight_columns_of_13_digits_still_fit(tmp_path, text_of):
    amounts = tuple(Column(f"m{i}", "金额", Kind.MONEY, 25) for i in range(8))
    columns = (Column("code", "科目编码", Kind.CODE, 20), Column("name", "科目名称", Kind.TEXT, 40), *amounts)
    row = Row(Role.DETAIL, ("1020101", "银行存款—农商行基本户", *[THIRTEEN_DIGITS - i for i in range(8)]))
    write_pdf(book(row, columns=columns, carries_forward=False), tmp_path / "a.pdf")
    (page,) = text_of(tmp_path / "a.pdf")
    for i in range(8):
        assert format_fen(THIRTEEN_DIGITS - i) in page


def test_a_summary_of_500_characters_is_not_cut(tmp_path, text_of):
    text = "".join(chr(0x4E00 + i) for i in range(500))
    write_pdf(book(line(DAY, text, 1)), tmp_path / "a.pdf")
    raw = squeezed("".join(text_of(tmp_path / "a.pdf")))
    assert set(text) - set(raw) == set()


def test_a_book_hands_its_month_from_page_to_page(tmp_path, text_of):
    rows, balance = [], 0
    for i in range(60):
        balance += 100
        rows.append(line(date(2025, 1, 31) if i < 10 else date(2025, 2, 1), f"收{i}", 100, 0, balance))
    write_pdf(book(*rows), tmp_path / "a.pdf")
    pages = text_of(tmp_path / "a.pdf")
    assert len(pages) == 3
    first, second, last = pages
    assert "承前页" not in first
    assert "过次页" not in last
    handed = re.search(r"过次页 +([\d.]+) +借 +([\d.]+)", first)
    taken = re.search(r"承前页 +([\d.]+) +借 +([\d.]+)", second)
    assert handed
    assert taken
    assert handed.groups() == taken.groups()
    in_february = float(handed.group(2)) - 10
    assert float(handed.group(1)) == in_february


def test_every_page_says_which_it_is_and_the_head_stands_on_each(tmp_path, text_of):
    rows = [line(DAY + timedelta(days=i % 20), f"付{i}", 0, 1, 1) for i in range(100)]
    result = write_pdf(
        book(*rows, watermark="演示", check_code="ABCD2345WXYZ"), tmp_path / "a.pdf", print_number=3
    )
    pages = text_of(tmp_path / "a.pdf")
    assert len(pages) == result.pages
    assert result.paper_mm2 == result.pages * 297 * 210
    for number, page in enumerate(pages, 1):
        assert f"第{number}页，共{len(pages)}页" in squeezed(page)
        assert "校验码ABCD2345WXYZ·第3次打印" in squeezed(page)
        assert "摘要" in page
        assert "演" in page
        assert "青山村股份经济合作联合社" in page


def test_a_failed_check_and_a_warning_are_printed(tmp_path, text_of):
    failed = Check("X15", ok=False, text="期初借方合计 1.00，贷方合计 2.00")
    table = book(
        line(DAY, "收"), checks=(failed,), warnings=("有 2 张凭证待补审。",), notes=("本表不含未记账凭证。",)
    )
    write_pdf(table, tmp_path / "a.pdf")
    raw = squeezed(text_of(tmp_path / "a.pdf")[0])
    assert "▲X15不符：期初借方合计1.00，贷方合计2.00" in raw
    assert "▲有2张凭证待补审。" in raw
    assert "本表不含未记账凭证。" in raw


def test_a_table_without_rows_is_a_page(tmp_path, text_of):
    assert write_pdf(book(), tmp_path / "a.pdf", Paper.A4_PORTRAIT).pages == 1
    assert "共1页" in squeezed(text_of(tmp_path / "a.pdf")[0])


def test_several_reports_in_one_file_count_their_own_pages(tmp_path, text_of):
    assert write_pdf([book(line(DAY, "收")), book(line(DAY, "付"))], tmp_path / "a.pdf").pages == 2
    assert all("第1页，共1页" in squeezed(page) for page in text_of(tmp_path / "a.pdf"))


def test_rows_are_never_held(tmp_path):
    alive: list[int] = []

    class Counted(Row):
        """A row that says how many of its kind there are at once."""

        def __init__(self, *cells: Cell) -> None:
            super().__init__(Role.DETAIL, cells)
            alive.append(1)

        def __del__(self) -> None:
            alive.pop()

    most = 0

    def rows():
        nonlocal most
        for i in range(500):
            most = max(most, len(alive))
            yield Counted(DAY, "记-0001", f"付{i}", "", 0, 1, "贷", 1)

    assert write_pdf(book(rows=LazyRows(rows, 500)), tmp_path / "a.pdf").pages > 10
    assert most <= 3


@pytest.mark.parametrize("where", ["no such folder/a.pdf", "."])
def test_a_place_that_cannot_be_written_is_refused_in_a_sentence(tmp_path, where):
    with pytest.raises(OutputError, match="账没有变化。请") as refused:
        write_pdf(book(line(DAY, "收")), tmp_path / where)
    assert refused.value.exit_code == 2
    assert [path.name for path in tmp_path.iterdir()] == []


def test_a_folder_without_permission_is_refused(tmp_path, monkeypatch):
    def denied(*_, **__):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("tempfile.mkstemp", denied)
    with pytest.raises(OutputError, match="不让写文件"):
        write_pdf(book(line(DAY, "收")), tmp_path / "a.pdf")


def test_a_full_disk_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    def full(_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    (tmp_path / "a.pdf").write_bytes(b"yesterday")
    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(DiskFullError, match="磁盘满了"):
        write_pdf(book(line(DAY, "收")), tmp_path / "a.pdf")
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]
    assert (tmp_path / "a.pdf").read_bytes() == b"yesterday"


def test_the_same_table_gives_the_same_file(tmp_path):
    for name in ("a.pdf", "b.pdf"):
        write_pdf(book(line(DAY, "收鱼塘承包款", 100, balance=100)), tmp_path / name)
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


NEED = st.tuples(st.floats(1, 200), st.floats(0.1, 1), st.floats(1, 100)).map(
    lambda n: Need(natural=n[0], least=n[0] * n[1], share=n[2])
)


@given(st.lists(NEED, min_size=1, max_size=12))
def test_columns_fill_the_page_and_none_goes_below_its_least(needs):
    width = 300.0
    scaled = sum(need.share for need in needs)
    needs = [Need(n.natural, n.least, n.share * width / scaled) for n in needs]
    widths = fit(needs, width)
    assert sum(widths) == pytest.approx(width)
    if sum(need.least for need in needs) <= width:
        assert all(w >= need.least - 1e-6 for w, need in zip(widths, needs, strict=True))


@given(st.lists(st.floats(1, 50), max_size=80))
def test_pages_hold_every_row_once_and_never_overflow(heights):
    breaks = paginate(heights, 100)
    assert sum(breaks.counts) == len(heights)
    start = 0
    for count in breaks.counts:
        page = heights[start : start + count]
        assert len(page) <= 1 or sum(page) <= 100
        start += count


def test_nobody_signs_a_page_without_figures(tmp_path, text_of):
    signed = (("理事长", ""), ("监事", ""), ("经办", ""))
    for count in range(20, 27):
        rows = [line(DAY, f"第{i}笔", 100) for i in range(count)]
        made = book(*rows, carries_forward=False, signatures=signed, full_dates=True)
        write_pdf(made, tmp_path / "a.pdf")
        pages = text_of(tmp_path / "a.pdf")
        assert "理事长" in pages[-1]
        assert f"第{count - 1}笔" in squeezed(pages[-1]), count
        found = [int(n) for page in pages for n in re.findall(r"第(\d+)笔", squeezed(page))]
        assert found == list(range(count))
