"""The sheet on the wall: large, complete, numbered."""

from __future__ import annotations

import re
import zlib
from dataclasses import replace

import pytest

from tests.reports import demo_village as village
from tests.reports.tables import LONG, THIRTEEN_DIGITS, squeezed
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Month, Span
from village_ledger.reports.pens.stamp import stamp_of, stamps_of
from village_ledger.reports.pens.wall_layout import WallSize
from village_ledger.reports.pens.wall_sheet import write_wall_sheet
from village_ledger.reports.table import Role

NOVEMBER = Span.of_month(Month(2025, 11))
ISSUERS = [village.COLLECTIVE, village.COMMITTEE]


def sizes_of_type(path) -> list[dict[float, int]]:
    """Sizes of type by page, with how many texts are written in each."""
    pages = []
    for packed in re.findall(rb"stream\n(.*?)\nendstream", path.read_bytes(), re.DOTALL):
        content = zlib.decompress(packed).decode("latin-1")
        if " Tj" not in content:
            continue
        counts: dict[float, int] = {}
        size = 0.0
        for found in re.finditer(r"/\w+ ([\d.]+) Tf|> Tj", content):
            if found.group(1):
                size = float(found.group(1))
            else:
                counts[size] = counts.get(size, 0) + 1
        pages.append(counts)
    return pages


@pytest.mark.parametrize("issuer", ISSUERS, ids=lambda issuer: issuer.ledger)
@pytest.mark.parametrize("size", list(WallSize), ids=lambda size: size.name)
def test_every_item_and_the_sum_line_are_on_the_sheet(tmp_path, text_of, fonts_of, issuer, size):
    table = village.wall_sheet(issuer, NOVEMBER)
    result = write_wall_sheet(table, tmp_path / "a.pdf", size)
    pages = text_of(tmp_path / "a.pdf")
    assert len(pages) == result.pages
    text = "\n".join(pages)
    for row in table.rows:
        if row.role is Role.DETAIL:
            money = row.cells[table.column_index("income")] or row.cells[table.column_index("expense")]
            assert format_fen(int(str(money))) in text
            assert str(row.cells[table.column_index("voucher")]) in text
    opening, income, expense, closing = (
        format_fen(int(str(table.facts[k]))) for k in ("opening", "income", "expense", "closing")
    )
    assert f"{opening} + {income} − {expense} = {closing}" in text
    assert "QS7K" in pages[-1]
    for number, page in enumerate(pages, 1):
        assert f"第{number}页，共{len(pages)}页" in squeezed(page)
        assert squeezed(table.title) in squeezed(page)
    assert all(entry.split()[-5] == "yes" for entry in fonts_of(tmp_path / "a.pdf"))


@pytest.mark.parametrize("size", [WallSize.A3, WallSize.A4], ids=lambda size: size.name)
def test_rows_on_the_wall_are_never_smaller_than_16_points(tmp_path, size):
    table = village.wall_sheet(village.COLLECTIVE, NOVEMBER)
    write_wall_sheet(table, tmp_path / "a.pdf", size)
    assert size.value.body == 16
    assert size.value.row >= 12
    for page in sizes_of_type(tmp_path / "a.pdf"):
        rows_and_larger = sum(count for points, count in page.items() if points >= 16)
        furniture = sum(count for points, count in page.items() if points < 16)
        assert rows_and_larger > furniture
        assert min(page) >= 8


def test_pages_hand_on_what_they_sum(tmp_path, text_of):
    table = village.wall_sheet(village.COLLECTIVE, Span(NOVEMBER.first.replace(month=10), NOVEMBER.last))
    write_wall_sheet(table, tmp_path / "a.pdf")
    first, second, *_ = text_of(tmp_path / "a.pdf")
    subtotal = re.search(r"本页小计 +([\d,.]+) +([\d,.]+)", first)
    taken = re.search(r"承前页 +([\d,.]+) +([\d,.]+)", second)
    assert subtotal
    assert taken
    assert subtotal.groups() == taken.groups()


def test_13_digits_and_long_texts_stand_whole_on_the_wall(tmp_path, text_of):
    table = village.wall_sheet(village.COLLECTIVE, NOVEMBER)
    opening, first, *others = table.rows
    cells = list(first.cells)
    cells[table.column_index("summary")] = LONG
    cells[table.column_index("expense")] = THIRTEEN_DIGITS
    cells[table.column_index("counterparty")] = "青山村第四村民小组全体承包农户"
    rows = (opening, replace(first, cells=tuple(cells)), *others)
    large = replace(table, rows=rows, facts={**table.facts, "expense": THIRTEEN_DIGITS})
    for size in WallSize:
        write_wall_sheet(large, tmp_path / "a.pdf", size)
        text = "".join(text_of(tmp_path / "a.pdf"))
        assert format_fen(THIRTEEN_DIGITS) in text
        raw = squeezed(text)
        assert set(LONG) - set(raw) == set()


def test_many_notes_go_on_on_further_pages(tmp_path, text_of):
    notes = tuple(f"第{i}条说明：{LONG}" for i in range(120))
    table = replace(village.wall_sheet(village.COMMITTEE, NOVEMBER), notes=notes)
    result = write_wall_sheet(table, tmp_path / "a.pdf", WallSize.DESK)
    raw = squeezed("".join(text_of(tmp_path / "a.pdf")))
    assert result.pages > 3
    assert all(f"第{i}条说明" in raw for i in range(120))


def test_a_month_without_any_item_still_has_its_sheet(tmp_path, text_of):
    table = village.wall_sheet(village.COMMITTEE, NOVEMBER)
    empty = replace(table, rows=tuple(row for row in table.rows if row.role is not Role.DETAIL))
    assert write_wall_sheet(empty, tmp_path / "a.pdf").pages == 1
    assert "本月合计" in text_of(tmp_path / "a.pdf")[0]


def test_stamps_tell_the_ledgers_apart_by_shape():
    collective, committee = stamps_of("青山村", "")
    assert (collective.upper, collective.lower, collective.is_round) == ("青山", "集体", False)
    assert (committee.upper, committee.lower, committee.is_round) == ("青山", "村委", True)
    assert stamp_of("三合场村", "collective").upper == "三合场"
    assert stamp_of("村", "collective").upper == "村"
