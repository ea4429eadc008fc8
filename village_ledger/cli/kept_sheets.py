"""``report disclosure``: sheets registered as they leave the program, and printed again as they were (``--code``)."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from village_ledger.cli.arguments import UsageError
from village_ledger.cli.talk import say
from village_ledger.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from village_ledger.reports.table import Table
    from village_ledger.storage.file.book_file import BookFile
    from village_ledger.storage.unit_of_work import UnitOfWork


def check_options(asked: Namespace) -> None:
    """``--code`` names one kept sheet and nothing else; ``--reason`` and ``--code`` belong to 公开表."""
    given = [word for word, value in (("--code", asked.code), ("--reason", asked.reason)) if value]
    if given and asked.name != "disclosure":
        raise UsageError(tr("{words} 只用于公开表（disclosure）", words="、".join(given)))
    if asked.edition is not None and not asked.code:
        raise UsageError(tr("--edition 要和 --code 一起用"), tr("请写明是哪个校验码的第几版。"))
    if not asked.code:
        return
    others = [
        word
        for word, value in (
            ("--from/--to", asked.first or asked.last),
            ("--as-of", asked.as_of),
            ("--month", asked.month),
            ("--year", asked.year),
            ("--ledger", asked.ledger),
            ("--sheets", asked.sheets),
            ("--plan", asked.plan),
            ("--reason", asked.reason),
        )
        if value
    ]
    if others:
        raise UsageError(
            tr("--code 已经说明了是哪一张表，不能再写 {words}", words="、".join(others)),
            tr("请只写 --code。"),
        )


def kept(book: BookFile, asked: Namespace) -> list[Table]:
    """The registered sheet of a check code as it was printed, from its kept figures; nothing is registered anew."""
    from village_ledger.reports.disclosure.sheet_archive import kept_sheet

    return [kept_sheet(book.reader(), asked.code, asked.edition)]


def register(uow: UnitOfWork, sheets: Sequence[Table], reason: str) -> list[Table]:
    """Register each sheet as its next version; gives them as they are to be printed, with the reason of a correction."""
    from village_ledger.reports.disclosure.editions import corrections, register_all, with_reason

    corrected = corrections(sheets, uow.reader)
    if reason and not corrected:
        say(tr("这次没有更正的表，写的原因没有用上。"))
    told = [with_reason(sheet, reason) for sheet in sheets]
    register_all(uow, told)
    return told
