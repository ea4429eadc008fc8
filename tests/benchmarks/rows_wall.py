"""Rows of the wall: a pack of 5,000 entries to PDF, and whether its memory stays flat in the number of pages."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path

import measure
from rows import Row
from rows_paper import truetype

from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Span
from village_ledger.reports.disclosure.disclosure_rules import sheet_a
from village_ledger.reports.pens.wall_sheet import write_wall_sheet
from village_ledger.reports.table import Cell, LazyRows, Role, Table
from village_ledger.reports.table import Row as TableRow

HERE = Path(__file__).resolve().parent
ROUNDS = 5
LINES = 5_000
A_PAGE = 20
"""Rows on a page of the plain side: as many as fit an A3 at 16 pt and 12.5 mm."""
QUARTER = Span(date(2025, 1, 1), date(2025, 3, 31))
KEYS = (
    *("number", "date", "voucher", "summary", "income", "expense"),
    *("counterparty", "handler", "witness", "approver", "attachments", "note"),
)
COLUMNS = tuple(column for key in KEYS for column in sheet_a().columns if column.key == key)
WHAT = (
    "付{m}月份村道路灯电费（{n}度×0.62元）",
    "销售春见柑（{n}斤×3.20元）",
    "购办公用品及打印纸",
    "付{m}月份垃圾清运费",
)
WHO = ("溪口供电所", "云屏县鲜丰果品公司", "溪口文具店", "溪口镇顺发运输户")
PEOPLE = ("何世全", "李德富", "赵永康")


def entries(count: int) -> Iterator[tuple[Cell, ...]]:
    """The same entries for both sides: number, day, voucher, what, in, out, who, three names, papers, remark."""
    for i in range(count):
        day = date(2025, 1 + i % 3, 1 + i % 28)
        came = i % 4 == 1
        amount = i * 3_711 % 9_999_999 + 1
        what = WHAT[i % 4].format(m=day.month, n=i % 4_000)
        sides = (amount, 0) if came else (0, amount)
        yield (i + 1, day, f"记-{i % 9999:04d}", what, *sides, WHO[i % 4], *PEOPLE, 1 + i % 4, "")


def pack(count: int) -> list[Table]:
    """A pack whose sheet A has so many entries."""
    came, went = (sum(int(str(row[place])) for row in entries(count)) for place in (4, 5))
    facts: dict[str, Cell] = {
        "opening": 41_949_362,
        "income": came,
        "expense": went,
        "closing": 41_949_362 + came - went,
        "opening_cash": 358_320,
        "opening_bank": 41_591_042,
        "closing_cash": 365_770,
        "closing_bank": 41_949_362 + came - went - 365_770,
        "year_income": came,
        "year_expense": went,
    }
    return [
        Table(
            report="disclosure",
            title="测算村 2025年第1季度 财务收支公开表",
            village="测算村",
            ledger="collective",
            entity="测算村股份经济合作社",
            columns=COLUMNS,
            rows=LazyRows(lambda: (TableRow(Role.DETAIL, row) for row in entries(count)), count),
            span=QUARTER,
            subtitle="集体经济组织账 · 给全体成员看 · 每一笔都在这里",
            check_code="QS7K4M2P9RXD",
            facts=facts,
        )
    ]


def wall() -> list[Row]:
    """5,000 entries onto A3 against the same cells drawn on reportlab's canvas."""
    with tempfile.TemporaryDirectory() as place:
        pdf = measure.timed_in_turn(
            lambda: write_wall_sheet(pack(LINES), Path(place, "ours.pdf")),
            lambda: plain_cells(LINES, Path(place, "canvas.pdf")),
            ROUNDS,
        )
    few, many = (
        measure.once(
            [sys.executable, HERE / "rows_wall.py", str(count)], {"PYTHONPATH": str(HERE.parents[1])}
        ).mib
        for count in (LINES, 10 * LINES)
    )
    return [
        Row(
            "5,000 entries of a wall pack to PDF",
            "the same cells on a canvas",
            pdf.ours,
            pdf.theirs,
            "s",
            2.0,
        ),
        Row("memory, 50,000 entries on the wall", "5,000 entries", many, few, "MiB", 1.2),
    ]


def plain_cells(count: int, path: Path) -> None:
    """The least: a grid and a string a cell, one TrueType font, nothing wrapped."""
    from reportlab.lib.pagesizes import A3, landscape
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    if "cjk" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("cjk", truetype(), subfontIndex=0))
    out = Canvas(str(path), pagesize=landscape(A3), pageCompression=1)
    edges = [40, 80, 140, 220, 520, 640, 760, 900, 965, 1030, 1095, 1130, 1150]
    rows = entries(count)
    while part := list(islice(rows, A_PAGE)):
        out.setFont("cjk", 16)
        out.setLineWidth(0.4)
        out.grid(edges, [760 - 35 * k for k in range(len(part) + 1)])
        for k, row in enumerate(part):
            y = 760 - 35 * k - 24
            for j, cell in enumerate(row):
                if j in (4, 5):
                    out.drawRightString(edges[j + 1] - 3, y, format_fen(int(str(cell))) if cell else "")
                else:
                    out.drawString(edges[j] + 3, y, str(cell or ""))
        out.showPage()
    out.save()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as target:
        write_wall_sheet(pack(int(sys.argv[1])), Path(target, "pack.pdf"))
