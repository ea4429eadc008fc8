"""Sheets of the wall on paper and as pictures: how large, how much paper, with counts while they are drawn."""

from __future__ import annotations

import tempfile
from argparse import Namespace
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from village_ledger.cli.talk import say, terminal_progress
from village_ledger.i18n import tr
from village_ledger.services.disclosure import wall_choice
from village_ledger.storage.file.book_file import Access, open_book

if TYPE_CHECKING:
    from village_ledger.reports.catalogue import ReportRequest
    from village_ledger.reports.pens.wall_groups import Grouping
    from village_ledger.reports.pens.wall_sizes import WallSize
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader


def settle(asked: Namespace, reader: Reader) -> None:
    """What the command does not say of repeated lines, the book's setting does."""
    asked.group = asked.group or reader.setting(wall_choice.GROUPING) or "rule"


def _size(asked: Namespace) -> WallSize:
    from village_ledger.reports.pens.wall_sizes import STEPS, WallSize, size_of

    if asked.phone:
        return WallSize.PHONE
    desk = asked.size == "desk"
    return size_of(asked.paper or ("A4" if desk else "A3"), desk=desk, step=asked.type or STEPS[0])


def _grouping(asked: Namespace) -> Grouping:
    from village_ledger.reports.pens.wall_groups import Grouping

    return Grouping(asked.group or "rule")


def print_wall(asked: Namespace, tables: Sequence[Table]) -> None:
    """The sheets as one PDF; says how much paper it is."""
    from village_ledger.reports.pens.wall_sheet import paper_words, write_wall_sheet

    size = _size(asked)
    done = write_wall_sheet(
        tables, asked.output, size, grouping=_grouping(asked), progress=terminal_progress()
    )
    say_missing(done.missing)
    _say_tight(size, done.tight)
    say(f"{size.words}：{paper_words(done.pages, done.paper_mm2)}")


def write_book(asked: Namespace, tables: Sequence[Table]) -> None:
    """The sheets as one spreadsheet that prints as they do."""
    from village_ledger.reports.pens.xlsx_wall import write_wall_book

    write_wall_book(
        tables, asked.output, _size(asked), grouping=_grouping(asked), progress=terminal_progress()
    )


def draw_pictures(asked: Namespace, tables: Sequence[Table]) -> None:
    """The sheets as pictures: one tall one, a zip or a folder."""
    from village_ledger.reports.pens.png_pages import DPI, PHONE_DPI, write_pictures
    from village_ledger.reports.pens.wall_sheet import page_names, write_wall_sheet

    progress, size = terminal_progress(), _size(asked)
    with tempfile.TemporaryDirectory() as folder:
        pdf = Path(folder) / "sheets.pdf"
        done = write_wall_sheet(tables, pdf, size, grouping=_grouping(asked), progress=progress)
        names = page_names(tables, done.sheets)
        dpi = PHONE_DPI if asked.phone else DPI
        count = write_pictures(pdf, asked.output, names, dpi=dpi, progress=progress)
    say_missing(done.missing)
    say(tr("{pages} 页，{count} 张图", pages=done.pages, count=count))


def say_plan(asked: Namespace, request_of: Callable[[Reader], ReportRequest]) -> int:
    """Pages and square metres for every paper and size of type; nothing is registered or written."""
    from village_ledger.reports.catalogue import make_all
    from village_ledger.reports.pens.wall_sheet import plan_wall
    from village_ledger.reports.pens.wall_sizes import PRINTED

    with open_book(asked.book, Access.READ, asked.by) as book:
        reader = book.reader()
        settle(asked, reader)
        tables = make_all(reader, asked.name, request_of(reader))
    for plan in plan_wall(tables, PRINTED, _grouping(asked), terminal_progress()):
        narrow = tr("（数字要压窄，不如换 A3 或小一号）") if plan.tight else ""
        print(f"{plan.size.words}\t{plan.words}{narrow}")
    return 0


def _say_tight(size: WallSize, titles: Sequence[str]) -> None:
    if titles:
        say(
            tr(
                "{size} 放不下这么大的数，{titles} 的数字印得窄了；换 A3 或小一号字就不用压。",
                size=size.words,
                titles="、".join(titles),
            )
        )


def say_missing(characters: Sequence[str]) -> None:
    """Characters that stand on the paper as 〓 are never passed over in silence."""
    if characters:
        from village_ledger.reports.pens.pdf_furniture import missing_sentence

        say(missing_sentence(characters))
