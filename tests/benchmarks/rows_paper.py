"""Rows of documents: a long sheet to PDF, a long ledger to xlsx, and whether their memory stays flat."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import measure
from rows import Row

from village_ledger.domain.period import Span
from village_ledger.reports.pens.render_pdf import write_pdf
from village_ledger.reports.pens.render_xlsx import write_xlsx
from village_ledger.reports.table import Column, Kind, LazyRows, Role, Table
from village_ledger.reports.table import Row as TableRow

HERE = Path(__file__).resolve().parent
ROUNDS = 5
COLUMNS = (
    Column("date", "日期", Kind.DATE, 22),
    Column("voucher", "凭证", Kind.CODE, 20),
    Column("summary", "摘要", Kind.TEXT, 90),
    Column("debit", "借方", Kind.MONEY, 30),
    Column("credit", "贷方", Kind.MONEY, 30),
    Column("side", "方向", Kind.SIDE, 12),
    Column("balance", "余额", Kind.MONEY, 34),
)
HEAD = [column.label for column in COLUMNS]


def cells(count: int) -> Iterator[tuple[date, str, str, int, int, str, int]]:
    """The same rows for both sides."""
    for i in range(count):
        day = date(2025, 1 + i % 12, 1 + i % 28)
        yield (
            day,
            f"记-{i % 9999:04d}",
            f"支付{i % 12 + 1}月办公用品款及垃圾清运费",
            i * 37 % 9_999_999,
            0,
            "借",
            i * 37,
        )


def table(count: int) -> Table:
    """A long ledger as the program's own value."""
    return Table(
        report="account-ledger",
        title="明细账",
        village="测算村",
        ledger="collective",
        entity="测算村股份经济合作社",
        columns=COLUMNS,
        rows=LazyRows(lambda: (TableRow(Role.DETAIL, row) for row in cells(count)), count),
        span=Span(date(2025, 1, 1), date(2025, 12, 31)),
    )


def paper() -> list[Row]:
    """5,000 rows to PDF against cells drawn on reportlab's canvas; 11,000 to xlsx against openpyxl, unstyled."""
    with tempfile.TemporaryDirectory() as place:
        pdf = measure.timed_in_turn(
            lambda: write_pdf(table(5000), Path(place, "ours.pdf")),
            lambda: canvas(5000, Path(place, "canvas.pdf")),
            ROUNDS,
        )
        xlsx = measure.timed_in_turn(
            lambda: write_xlsx(table(11_000), Path(place, "ours.xlsx")),
            lambda: openpyxl_rows(11_000, Path(place, "plain.xlsx")),
            ROUNDS,
        )
    return [
        Row("5,000 rows to PDF", "cells drawn on a canvas", pdf.ours, pdf.theirs, "s", 1.6),
        Row("11,000 rows to xlsx", "openpyxl write-only, unstyled", xlsx.ours, xlsx.theirs, "s", 1.5),
    ]


def flat() -> list[Row]:
    """Memory of writing 60,000 rows against writing 6,000."""
    rows: list[Row] = []
    for kind in ("pdf", "xlsx"):
        few, many = (
            measure.once(
                [sys.executable, HERE / "rows_paper.py", kind, str(count)],
                {"PYTHONPATH": str(HERE.parents[1])},
            ).mib
            for count in (6_000, 60_000)
        )
        rows.append(Row(f"memory, 60,000 rows to {kind}", "6,000 rows", many, few, "MiB", 1.2))
    return rows


def canvas(count: int, path: Path) -> None:
    """The least: a grid and a string a cell, fifty rows a page, one TrueType font."""
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    if "cjk" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("cjk", truetype(), subfontIndex=0))
    out = Canvas(str(path), pagesize=landscape(A4), pageCompression=1)
    edges = [40, 100, 160, 420, 510, 600, 640, 740]
    rows = [
        HEAD,
        *([str(row[0]), *row[1:3], *map(_money, row[3:5]), row[5], _money(row[6])] for row in cells(count)),
    ]
    for start in range(0, len(rows), 36):
        part = rows[start : start + 36]
        out.setFont("cjk", 8)
        out.setLineWidth(0.4)
        out.grid(edges, [560 - 14 * k for k in range(len(part) + 1)])
        for k, row in enumerate(part):
            for j, text in enumerate(row):
                if j in (3, 4, 6):
                    out.drawRightString(edges[j + 1] - 3, 560 - 14 * k - 10, text)
                else:
                    out.drawString(edges[j] + 3, 560 - 14 * k - 10, text)
        out.showPage()
    out.save()


def _money(fen: int) -> str:
    return f"{fen / 100:,.2f}"


def truetype() -> str:
    """A Chinese font reportlab takes (it refuses CFF outlines); $VILLAGE_LEDGER_BENCH_FONT names another."""
    given = os.environ.get("VILLAGE_LEDGER_BENCH_FONT", "")
    for place in (given, "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc", "C:/Windows/Fonts/simsun.ttc"):
        if place and Path(place).exists():
            return place
    raise measure.Failed("the canvas needs a TrueType Chinese font: fonts-wqy-zenhei")


def openpyxl_rows(count: int, path: Path) -> None:
    """openpyxl's fastest way, without a style."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(HEAD)
    for row in cells(count):
        sheet.append((row[0], row[1], row[2], row[3] / 100, row[4] / 100, row[5], row[6] / 100))
    book.save(path)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as target:
        kind, count = sys.argv[1], int(sys.argv[2])
        (write_pdf if kind == "pdf" else write_xlsx)(table(count), Path(target, f"rows.{kind}"))
