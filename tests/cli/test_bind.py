"""Books as they are bound: cover, 启用表, 目录, pages that stay where they were (会计基础工作规范 art. 55–60)."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.builders import LI, Village

COLLECTIVE = ("--ledger", "collective")


def pages_of(pdf: Path) -> list[str]:
    """The text of each page, blanks taken out."""
    text = subprocess.run(
        ["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True
    ).stdout
    return ["".join(page.split()) for page in text.split("\f")[:-1]]


def year_until(village: Village, months: int) -> None:
    """Some weeks' sales and costs from the month after those there are, each month closed."""
    there = len([m for m in village.reader.months("collective") if not m.state.accepts_vouchers])
    for month in range(there + 1, months + 1):
        for day in range(1, 13):
            when = f"2025-{month:02d}-{day:02d}"
            village.posted(
                when, f"{month}月{day}日卖菜收现金，买主自提", f"借 101 {day * 10}; 贷 501 {day * 10}"
            )
        village.posted(f"2025-{month:02d}-20", "存银行", "借 102 700; 贷 101 700")
        village.close_month(f"2025-{month:02d}")


@pytest.fixture
def half_year(tmp_path: Path) -> Path:
    """A village with the first six months booked and closed."""
    with Village.found(tmp_path) as village:
        village.open_with("借 101 1200", "贷 311 1200")
        year_until(village, 6)
        return village.path


def bound(run, book: Path, kind: str, out: Path, *more: str) -> list[str]:
    made = run("bind", book, kind, *COLLECTIVE, *(more or ("--year", "2025")), "-o", out)
    assert made.code == 0, made.said
    return pages_of(out)


def test_a_volume_begins_with_cover_front_page_and_index(run, half_year, tmp_path):
    cover, front, index, *rest = bound(run, half_year, "account-ledger", tmp_path / "册.pdf")
    assert "明细账2025年" in cover
    assert f"本册页数{len(rest)}页" in cover
    assert "账簿启用及交接表" in front
    assert "2025年1月1日" in front
    assert f"第1页至第{len(rest)}页" in front
    assert "移交人（签章）" in front
    assert "目录" in index


def test_the_index_leads_to_the_page_each_account_stands_on(run, half_year, tmp_path):
    _, _, index, *pages = bound(run, half_year, "general-ledger", tmp_path / "总账.pdf")
    entries = re.findall(r"(101|102|311|501)(库存现金|银行存款|公积公益金|经营收入)(\d)(\d)", index)
    assert [code for code, *_ in entries] == ["101", "102", "311", "501"]
    for code, name, first, last in entries:
        assert first == last
        assert f"{code}{name}" in pages[int(first) - 1]
    for number, page in enumerate(pages, 1):
        assert f"总第{number}页" in page


def test_pages_printed_in_june_stand_where_they_were_at_the_years_end(run, half_year, tmp_path):
    june = bound(run, half_year, "cash-journal", tmp_path / "六月.pdf")[3:]
    with Village(half_year) as village:
        summary = "卖一头特别大的牛，收现金壹仟万元整，价款当日全部收清，次日存入农商行基本户"
        village.posted("2025-07-01", summary, "借 101 10000000; 贷 501 10000000")
        year_until(village, 12)
    december = bound(run, half_year, "cash-journal", tmp_path / "十二月.pdf")[3:]
    full = [page for page in june if "过次页" in page]
    assert len(full) >= 3
    assert len(december) > len(june)

    def without_total(page: str) -> str:
        return re.sub(r"共\d+页", "", page)

    for before, after in zip(full, december, strict=False):
        assert without_total(before) == without_total(after)


def test_a_years_account_that_was_only_taken_back_is_in_the_book(run, half_year, tmp_path):
    with Village(half_year) as village:
        wrong = village.posted("2025-07-02", "付办公费", "借 513 60; 贷 101 60")
        red = village.reverse(wrong, "2025-07-03")
        village.review(red, by=LI)
        village.post(red)
    *_, index = bound(run, half_year, "account-ledger", tmp_path / "册.pdf")[:3]
    assert "513管理费用" in index


def test_vouchers_are_bound_by_month_under_a_cover(run, half_year, tmp_path):
    cover, *forms = bound(run, half_year, "vouchers", tmp_path / "凭证.pdf", "--month", "2025-03")
    assert "记账凭证封面2025年3月" in cover
    assert "记字第0001号至第0013号" in cover
    assert "13张" in cover
    assert len(forms) == 13
    two = bound(run, half_year, "vouchers", tmp_path / "两张.pdf", "--month", "2025-03", "--paper", "A4")
    assert len(two) == 7
    assert "记账凭证封面" in two[0]
    assert "记-0001号" in two[0]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("account-ledger", "--month", "2025-03"), 2, "账簿按年装订"),
        (("vouchers", "--month", "2025-09"), 1, "没有凭证"),
        (("multi-column", "--year", "2025"), 1, "里没有账"),
        (("diary", "--year", "2025"), 2, "不能是“diary”"),
        (("account-ledger",), 2, ""),
    ],
)
def test_what_cannot_be_bound_is_said_and_leaves_no_file(run, half_year, tmp_path, words, code, said):
    out = tmp_path / "没有.pdf"
    answer = run("bind", half_year, *words, *COLLECTIVE, "-o", out)
    assert answer.code == code
    assert said in answer.said
    assert not out.exists()


def test_the_book_itself_is_never_written_over(run, half_year):
    before = half_year.read_bytes()
    assert run("bind", half_year, "general-ledger", *COLLECTIVE, "--year", "2025", "-o", half_year).code == 2
    assert half_year.read_bytes() == before
