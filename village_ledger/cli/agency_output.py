"""A table of the agency's commands, written as asked: to the screen, to another program, or onto paper."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from village_ledger.cli.arguments import FORMATS, UsageError
from village_ledger.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from village_ledger.reports.table import Table


def form_of(asked: str | None, output: Path | None) -> str:
    """The format asked for; raises UsageError for a file's name that asks for none, and for paper without a file."""
    ending = "" if output is None else output.suffix.removeprefix(".").lower()
    form = asked or ending or "json"
    if form not in FORMATS:
        raise UsageError(
            tr("写不了 {ending} 文件", ending=form), tr("可以是：{names}。", names="、".join(FORMATS))
        )
    if form in {"xlsx", "pdf"} and output is None:
        raise UsageError(tr("{format} 要写到文件里", format=form), tr("请加上 -o 和文件名。"))
    return form


def write_table(table: Table, form: str, output: Path | None) -> None:
    """The pen that was asked for."""
    from village_ledger.reports.pens.render_text import csv_text, json_text, write_csv, write_json

    if output is None:
        for text in json_text(table) if form == "json" else csv_text(table):
            sys.stdout.write(text)
    elif form == "xlsx":
        from village_ledger.reports.pens.render_xlsx import write_xlsx

        write_xlsx(table, output)
    elif form == "pdf":
        _print(table, output)
    else:
        (write_json if form == "json" else write_csv)(table, output)


def _print(table: Table, output: Path) -> None:
    from village_ledger.cli.wall_paper import say_missing
    from village_ledger.reports.printing import print_tables

    missing: Sequence[str] = print_tables([table], output).missing
    say_missing(missing)
