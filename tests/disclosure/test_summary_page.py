"""The first page on paper: every figure there, nothing over anything, type never under the size, no page half empty."""

from __future__ import annotations

import re
import subprocess
import zlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import Village
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Span
from village_ledger.reports.catalogue import ReportRequest, make
from village_ledger.reports.disclosure.lines import lines_of
from village_ledger.reports.disclosure.summary import (
    CAME,
    COLUMNS,
    LEFT,
    LESS,
    MORE,
    OWED,
    OWING,
    REPORT,
    SUM,
    WENT,
)
from village_ledger.reports.pens.ink import Fonts
from village_ledger.reports.pens.wall_sheet import write_wall_sheet
from village_ledger.reports.pens.wall_sizes import WallSize
from village_ledger.reports.pens.wall_summary import WallSummary
from village_ledger.reports.table import Check, Role, Row, Table

YEAR = Span(date(2025, 1, 1), date(2025, 12, 31))
NAMES = (
    "卖产品、服务收入",
    "收回欠款、预收款、押金、代收代付的钱和别的零碎",
    "税",
    "云屏县青禾农业科技发展有限责任公司",
)


def page(
    came: Sequence[int],
    went: Sequence[int],
    owed: int = 3,
    names: Sequence[str] = NAMES,
    opening: int = 356_513_61,
) -> Table:
    """A first page with so many kinds of money and so many claims."""

    def rows(title: str, money: Sequence[int], word: str) -> list[Row]:
        details = [Row(Role.DETAIL, (f"{names[i % len(names)]}", fen, "")) for i, fen in enumerate(money)]
        nothing = [Row(Role.DETAIL, ("无", None, ""))]
        return [
            Row(Role.SECTION, (title, None, "")),
            *(details or nothing),
            Row(Role.SUBTOTAL, (word, sum(money), "")),
        ]

    kept = sum(came) - sum(went)
    left = [
        Row(Role.SECTION, (LEFT, None, "")),
        Row(Role.DETAIL, ("年初有钱", opening, "")),
        Row(Role.DETAIL, ("收进", sum(came), "")),
        Row(Role.DETAIL, ("用出", -sum(went), "")),
        Row(Role.SUBTOTAL, ("年末有钱", opening + kept, "现金 3,019.00，存款 460,314.35")),
        Row(Role.DETAIL, ("其中征地款", 97_620_00, "")),
    ]
    sums = [
        Row(Role.SECTION, (SUM, None, "")),
        Row(Role.DETAIL, ("账上收入", 500_00, "")),
        Row(Role.DETAIL, ("账上成本", -300_00, "")),
        Row(Role.SUBTOTAL, ("账上收益", 200_00, "")),
        Row(Role.DETAIL, ("没动钱的", 100_00, "")),
        Row(Role.DETAIL, ("不算收益的", kept - 300_00, "")),
        Row(Role.TOTAL, (MORE if kept >= 0 else LESS, kept, "")),
    ]
    claims = [9_000_00 + i for i in range(owed)]
    made = [*rows(CAME, came, "收进"), *rows(WENT, went, "用出"), *left]
    made += [*rows(OWED, claims, "一共"), *rows(OWING, [], "一共"), *sums]
    return Table(
        report=REPORT,
        title="青山村集体 2025年的钱",
        village="青山村",
        ledger="collective",
        entity="青山村股份经济合作联合社",
        columns=COLUMNS,
        rows=tuple(made),
        span=YEAR,
        subtitle="集体经济组织账 · 给全体成员看",
        heading=("2025年", "单位：元"),
        notes=("收付是手里的钱，收益是账上挣的。",),
        check_code="68BRT5ACJJR3",
        signatures=(("编制（会计）", ""), ("理事长", "")),
    )


def printed(table: Table, folder: Path, size: WallSize = WallSize.A3) -> str:
    file = folder / "明白纸.pdf"
    write_wall_sheet(table, file, size)
    return subprocess.run(
        ["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True
    ).stdout


def type_sizes(file: Path) -> set[float]:
    """Sizes of type on all pages."""
    content = b"".join(
        zlib.decompress(found) for found in re.findall(rb"stream\n(.*?)\nendstream", file.read_bytes(), re.DOTALL)
        if found[:1] == b"x"
    )  # fmt: skip
    return {float(found) for found in re.findall(rb"/\w+ ([\d.]+) Tf", content)}


@pytest.mark.parametrize("size", WallSize)
def test_every_figure_is_on_the_paper(tmp_path: Path, size: WallSize):
    table = page([384_594_00, 316_140_00, 6_270_00], [260_604_00, 3_789_60])
    said = printed(table, tmp_path, size)
    for row in table.rows:
        fen = row.cells[1]
        if isinstance(fen, int):
            assert format_fen(abs(fen)) in said
    assert "无" in said


def test_thirteen_digits_stand_whole(tmp_path: Path):
    said = printed(page([12_345_678_901_23], [9_999_999_999_99]), tmp_path)
    assert "12,345,678,901.23" in said
    assert "9,999,999,999.99" in said


def test_a_year_of_eleven_kinds_of_cost_stands_on_one_sheet_of_a3(tmp_path: Path):
    went = [(20 - i) * 12_345_67 for i in range(11)]
    table = page([7_000_00] * 8, went, names=("收欠款、预收、押金",))
    printed(table, tmp_path)
    assert len(re.findall(rb"/Type /Page\b(?!s)", (tmp_path / "明白纸.pdf").read_bytes())) == 1


@pytest.mark.parametrize(("size", "least"), [(WallSize.A3, 22), (WallSize.A4, 22), (WallSize.DESK, 13)])
def test_what_is_read_at_two_metres_is_never_smaller(tmp_path: Path, size: WallSize, least: float):
    table = page([1_00] * 14, [1_00] * 14, owed=9)
    printed(table, tmp_path, size)
    stamp = round(size.value.stamp * 72 / 25.4 * 0.84 / 2, 2)
    small = {size.value.info, size.value.note, size.value.foot, size.value.subtitle, stamp}
    found = {one for one in type_sizes(tmp_path / "明白纸.pdf") if one not in small and one < least}
    assert found == set()


@settings(max_examples=25)
@given(
    st.lists(st.integers(-10_00, 10**13), max_size=16),
    st.lists(st.integers(1, 10**12), max_size=16),
    st.integers(0, 8),
    st.sampled_from([WallSize.A3, WallSize.A4, WallSize.DESK, WallSize.A3_HUGE]),
)
def test_nothing_runs_over_the_foot_whatever_there_is_to_say(
    came: list[int], went: list[int], owed: int, size: WallSize
):
    with Fonts() as fonts:
        pen = WallSummary(page(came, went, owed), size, fonts, 1)
    plan = pen.plan
    for number, columns in enumerate(plan.pages, 1):
        room = pen.tall - (plan.strip if number == len(plan.pages) else 0)
        assert 0 < len(columns) <= plan.count
        for pieces in columns:
            assert sum(piece.height for piece in pieces) <= room + 0.1 or len(pieces) == 1


def test_bars_are_on_one_scale_and_differ_without_colour(tmp_path: Path):
    file = tmp_path / "明白纸.pdf"
    write_wall_sheet(page([400_00, 100_00], [200_00]), file, WallSize.A3)
    content = next(
        zlib.decompress(found).decode("latin-1")
        for found in re.findall(rb"stream\n(x.*?)\nendstream", file.read_bytes(), re.DOTALL)
        if b" re f" in zlib.decompress(found)
    )
    solid = [float(w) for w, h in re.findall(r"([\d.]+) ([\d.]+) re f", content) if 20 < float(h) < 40]
    assert len(solid) == 2
    assert solid[1] == pytest.approx(solid[0] / 4, abs=0.1)
    hatched = [float(w) for w, h in re.findall(r"([\d.]+) ([\d.]+) re S", content) if 20 < float(h) < 40]
    assert hatched == [pytest.approx(solid[0] / 2, abs=0.1)]


# What stands behind it


@pytest.mark.parametrize("ledger", ["collective", "committee"])
def test_every_figure_leads_to_what_adds_up_to_it(a_quarter: Village, ledger: str):
    span = Span(date(2025, 1, 1), date(2025, 3, 31))
    table = make(a_quarter.reader, REPORT, ReportRequest(ledger, span))
    seen: list[str] = []
    for row in table.rows:
        if row.link is None or row.link.kind != "lines" or not row.link.key.startswith(REPORT):
            continue
        found = lines_of(a_quarter.reader, row.link.key, ledger, span)
        details = [one for one in found.rows if one.role is Role.DETAIL]
        total = next(one for one in found.rows if one.role is Role.TOTAL)
        assert total.cells[-1] == row.cells[1], row.link.key
        assert sum(int(str(one.cells[-1])) for one in details) == row.cells[1]
        assert [one for one in details if one.link is None] == []
        seen.append(row.link.key.partition(":")[2].partition(":")[0])
    assert {"income", "cost", "unmoved", "beside"} <= set(seen)
    assert ledger == "committee" or {"in", "out", "apart"} <= set(seen)


def test_a_place_that_is_not_there_is_refused(a_quarter: Village):
    span = Span(date(2025, 1, 1), date(2025, 3, 31))
    with pytest.raises(LedgerError, match="明白纸上没有“别的”这个数"):
        lines_of(a_quarter.reader, f"{REPORT}:别的", "collective", span)
    with pytest.raises(LedgerError, match="没有可以往里看的明细"):
        lines_of(a_quarter.reader, "no-sheet:1", "collective", span)


def test_less_money_is_said_once_not_twice(tmp_path: Path):
    said = re.sub(r"\s+", " ", printed(page([100_00], [500_00]), tmp_path))
    assert "＝ 钱少了 400.00" in said
    assert "-400.00" not in said


def test_what_does_not_agree_with_sheet_a_is_printed(tmp_path: Path):
    wrong = Check("收进=收支公开表", ok=False, text="400.00 = 401.00")
    said = printed(replace(page([400_00], []), checks=(wrong,)), tmp_path)
    assert "▲ 收进=收支公开表 不符：400.00 = 401.00" in said


# Odd periods


def shown(village: Village, first: date, last: date) -> dict[str, object]:
    table = make(village.reader, REPORT, ReportRequest("collective", Span(first, last)))
    assert [check for check in table.checks if not check.ok] == []
    return {str(row.cells[0]): row.cells[1] for row in table.rows}


def test_a_period_without_a_single_entry_says_so(a_quarter: Village):
    said = shown(a_quarter, date(2025, 1, 9), date(2025, 1, 10))
    assert said["无"] is None
    assert (said["收进"], said["用出"], said["账上收益"], said["钱多了"]) == (0, 0, 0, 0)
    assert said["期末有钱"] == said["期初有钱"] == 57_200_00


def test_a_period_over_two_years_counts_both(a_quarter: Village):
    a_quarter.posted("2025-12-30", "收年底租金", "借 102 700; 贷 50102 700")
    a_quarter.posted("2026-01-05", "收新年租金", "借 102 300; 贷 50102 300")
    a_quarter.posted("2026-01-06", "付路灯电费", "借 51401 40; 贷 101 40")
    said = shown(a_quarter, date(2025, 12, 1), date(2026, 1, 31))
    assert said["发包、出租、分成"] == 1000_00
    assert said["账上收益"] == said["钱多了"] == 960_00


@pytest.mark.parametrize("size", [WallSize.A3, WallSize.A4, WallSize.PHONE])
def test_a_long_note_goes_on_on_a_page_of_its_own(tmp_path: Path, size: WallSize):
    sentences = [f"第{i}处：公布时 {i},000.00，现在 {i},100.00。" for i in range(100, 400)]
    table = replace(page([400_00, 30_00], [200_00]), notes=tuple(sentences))
    said = re.sub(r"\s", "", printed(table, tmp_path, size))
    assert [i for i in range(100, 400) if f"{i},100.00" not in said] == []
    assert "说明未完，见下页" in said
    with Fonts() as fonts:
        assert WallSummary(table, size, fonts, 1).tall > WallSummary(page([], []), size, fonts, 1).tall * 0.7
