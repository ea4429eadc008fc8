"""Many tables as one workbook: a list of its sheets in front, each a way to its sheet, then table after table.

A table is made when its turn comes and let go of when it is written, so that memory holds one at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import IO, Any

from village_ledger.i18n import tr
from village_ledger.reports.pens.render_xlsx import Drawn, SheetPen, workbook
from village_ledger.reports.table import Table


@dataclass(frozen=True, slots=True)
class Leaf:
    """A table of the workbook under its name there, or why there is none."""

    name: str
    table: Table | None
    why: str = ""
    what: str = ""
    """The table's own title."""


_HEADINGS = (
    ("序号", 6),
    ("工作表", 34),
    ("内容", 34),
    ("单位", 40),
    ("期间", 26),
    ("行数", 10),
    ("说明", 60),
)
_FRONT = "目录"


def write_workbook(leaves: Iterable[Leaf], title: str, facts: Iterable[str], stream: IO[bytes]) -> int:
    """Write all of it; returns how many rows. Raises OSError when the medium takes no more."""
    with workbook(stream, title) as book:
        front = book.add_worksheet(_FRONT)
        pen = SheetPen(book, taken=(_FRONT,))
        made: list[tuple[Leaf, Drawn | None]] = []
        for leaf in leaves:
            if leaf.table is None:
                made.append((leaf, None))
                continue
            drawn = pen.draw(replace(leaf.table, title=leaf.name))
            made.append((replace(leaf, table=replace(leaf.table, rows=()), what=leaf.table.title), drawn))
        _list(book, front, title, facts, made)
        pen.explain(replace(leaf.table, title=leaf.name) for leaf, _ in made if leaf.table is not None)
    return sum(drawn.rows for _, drawn in made if drawn is not None)


def _list(
    book: Any, sheet: Any, title: str, facts: Iterable[str], made: list[tuple[Leaf, Drawn | None]]
) -> None:
    strong = book.add_format({"bold": True, "font_size": 14})
    head = book.add_format({"bold": True, "border": 1, "bg_color": "#F0EEE6", "align": "center"})
    cell = book.add_format({"border": 1})
    wrapped = book.add_format({"border": 1, "text_wrap": True})
    link = book.add_format({"border": 1, "font_color": "#1F4E79", "underline": 1})
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, title, strong)
    line = 1
    for fact in facts:
        sheet.write_string(line, 0, fact)
        line += 1
    for place, (words, width) in enumerate(_HEADINGS):
        sheet.set_column(place, place, width)
        sheet.write_string(line, place, tr(words), head)
    sheet.freeze_panes(line + 1, 0)
    written = [
        (leaf, leaf.table, drawn) for leaf, drawn in made if leaf.table is not None and drawn is not None
    ]
    for number, (leaf, table, drawn) in enumerate(written, 1):
        line += 1
        sheet.write_number(line, 0, number, cell)
        sheet.write_url(line, 1, f"internal:'{drawn.sheet}'!A1", link, drawn.sheet)
        span = table.span.words() if table.span else ""
        for place, text in enumerate((leaf.what, table.entity or table.village, span), 2):
            sheet.write_string(line, place, text, cell)
        sheet.write_number(line, 5, drawn.rows, cell)
        sheet.write_string(line, 6, _first(table.warnings), wrapped)
    left_out: dict[str, list[str]] = {}
    for leaf, drawn in made:
        if drawn is None:
            left_out.setdefault(leaf.why, []).append(leaf.name)
    for number, (why, names) in enumerate(left_out.items()):
        sheet.write_string(line + 2 + number, 0, "" if number else tr("没有写"))
        sheet.write_string(line + 2 + number, 1, why)
        sheet.write_string(line + 2 + number, len(_HEADINGS) - 1, "、".join(names), wrapped)


def _first(warnings: Sequence[str]) -> str:
    """The first thing to be said of a table; all of it stands on the last sheet."""
    if len(warnings) < 2:
        return "".join(warnings)
    return tr("{first}（共 {count} 条，见“说明”）", first=warnings[0], count=len(warnings))
