"""A year's book as it is bound: cover, 启用表, 目录, then account after account with pages numbered on.

Every account begins on a page of its own and counts its pages from 1, so that a page printed in June stands in the same place
when the year is bound; beside that number stands the page of the volume (总第 n 页).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from village_ledger.reports.books.covers import Front, draw_cover, draw_front_page
from village_ledger.reports.pens.ink import MM, Fonts, Ink
from village_ledger.reports.pens.output_file import replacing
from village_ledger.reports.pens.pdf_file import PdfFile
from village_ledger.reports.pens.pdf_layout import Paper
from village_ledger.reports.pens.render_pdf import PdfResult, TablePages
from village_ledger.reports.table import Column, Kind, Role, Row, Table

_INDEX = (
    Column("code", "科目编码", Kind.CODE, 40),
    Column("name", "科目名称", Kind.TEXT, 140),
    Column("first", "自第几页", Kind.COUNT, 40),
    Column("last", "至第几页", Kind.COUNT, 40),
)


@dataclass(frozen=True, slots=True)
class Chapter:
    """One account of a volume; ``make`` gives its table anew each time."""

    code: str
    name: str
    make: Callable[[], Table]


def write_volume(front: Front, chapters: Sequence[Chapter], path: Path, print_number: int = 1) -> PdfResult:
    """Print a volume; ``front.pages`` is worked out here.

    Raises FontsMissing, OutputError, OutputDiskFull; then no file is left behind.
    """
    paper = Paper.A4_LANDSCAPE
    with Fonts() as fonts, replacing(path) as stream:
        file = PdfFile(stream, f"{front.title} {front.period}")
        counts = [TablePages(chapter.make(), paper, fonts).total for chapter in chapters]
        front = replace(front, pages=sum(counts))
        for draw in (draw_cover, draw_front_page):
            ink = Ink(fonts, paper.value.width * MM, paper.value.height * MM)
            draw(ink, front)
            file.add_page(ink.width, ink.height, ink.content())
        TablePages(volume_index(front, chapters, counts), paper, fonts).onto(file, print_number)
        before = 0
        for chapter, count in zip(chapters, counts, strict=True):
            TablePages(chapter.make(), paper, fonts).onto(file, print_number, before)
            before += count
        file.close(fonts.all())
    area = round(paper.value.width * paper.value.height) * file.page_count
    return PdfResult(file.page_count, area, fonts.missing)


def volume_index(front: Front, chapters: Sequence[Chapter], counts: Sequence[int]) -> Table:
    """目录: each account and the pages of the volume it stands on."""
    rows: list[Row] = []
    page = 1
    for chapter, count in zip(chapters, counts, strict=True):
        rows.append(Row(Role.DETAIL, (chapter.code, chapter.name, page, page + count - 1)))
        page += count
    return Table(
        report="volume-index",
        title="目录",
        village=front.issuer.village,
        ledger=front.issuer.ledger,
        entity=front.issuer.entity,
        columns=_INDEX,
        rows=tuple(rows),
        heading=(f"账簿：{front.title}", front.period, f"共 {len(chapters)} 户，{sum(counts)} 页"),
        watermark=front.issuer.watermark,
    )
