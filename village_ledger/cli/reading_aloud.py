"""The first page as a text: read out at the meeting, over the loudspeaker, or sent to a phone group."""

from __future__ import annotations

import sys
from argparse import Namespace
from typing import TYPE_CHECKING

from village_ledger.cli.arguments import UsageError
from village_ledger.cli.talk import say
from village_ledger.cli.writing import sign_in
from village_ledger.i18n import tr
from village_ledger.reports.pens.output_file import replacing

if TYPE_CHECKING:
    from village_ledger.reports.catalogue import ReportRequest
    from village_ledger.storage.file.book_file import BookFile
    from village_ledger.storage.reader import Reader

SUMMARY = "disclosure-summary"
TEXT = "txt"


def format_of(asked: Namespace) -> str:
    """``txt`` where the first page is asked for in a file of that ending, else nothing."""
    named = asked.output is not None and asked.output.suffix.lower() == f".{TEXT}"
    return TEXT if named and asked.name == SUMMARY else ""


def settle(asked: Namespace) -> None:
    """The first page is sheet S of the pack; as a text it is read out. Raises UsageError for a text of anything else."""
    if asked.name == SUMMARY and asked.format != TEXT:
        asked.name, asked.sheets = "disclosure", ["S"]
    elif asked.name != SUMMARY and asked.format == TEXT:
        raise UsageError(
            tr("只有明白纸可以写成 txt（念的稿子）"), tr("请写 disclosure-summary，或换一种格式。")
        )


def read_out(book: BookFile, asked: Namespace, request: ReportRequest) -> None:
    """One text to a ledger, one after another; what leaves is logged where the book takes it."""
    if book.read_only:
        why = book.read_only_reason.removesuffix("。")
        say(tr("{why}。这次没有记进操作日志。", why=why))
        _write(asked, _text(book.reader(), request))
        return
    from village_ledger.services.staff.exports import published

    sign_in(book, asked)
    with book.unit_of_work(asked.by) as uow:
        text = _text(uow.reader, request)
        published(uow, "明白纸的念稿", len(text.splitlines()), ledger=request.ledger)
        _write(asked, text)
        uow.commit()


def _text(reader: Reader, request: ReportRequest) -> str:
    from village_ledger.reports.disclosure.catalogue_pack import pack
    from village_ledger.reports.disclosure.summary_aloud import read_aloud

    return "\n".join(read_aloud(table) for table in pack(reader, request, ("S",)))


def _write(asked: Namespace, text: str) -> None:
    if asked.output is None:
        sys.stdout.write(text)
        return
    with replacing(asked.output) as file:  # with a mark, so that every editor of this country opens it right
        file.write(text.encode("utf-8-sig"))
