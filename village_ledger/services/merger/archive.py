"""Old books after a merger (档案): marked with the new one that goes on, opened to read only from then on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.merger import MergerError
from village_ledger.services.merger.merging import MergerRequest
from village_ledger.services.merger.sources import OldBook
from village_ledger.storage.file.book_file import Access, BookFile, open_book
from village_ledger.storage.merger.inspection import ENDED, ended_record
from village_ledger.storage.merger.register import MergerRegister


def end_all(
    books: Sequence[OldBook], request: MergerRequest, uid: str, seal: bytes, warnings: list[str]
) -> tuple[str, ...]:
    """Mark every old book; one that cannot be written now is named, and ``end`` does it later. Returns those marked."""
    done: list[str] = []
    for one in books:
        try:
            _end(
                one.book,
                request.by,
                (request.village, uid, request.target.name, request.option.value),
                request.day,
                seal,
            )
            done.append(one.village)
        except LedgerError as error:
            warnings.append(
                f"{one.village}的旧账还没有封成档案（{error.what}）。请由能写它的人用“封存旧账”再做一次，以免又往里记账。"
            )
    return tuple(done)


def end(new: Path, old: Path, by: str, enter: Callable[[BookFile], object] = lambda _: None) -> str:
    """Mark an old book that was left unmarked; returns its village. ``enter`` signs in to one that has staff.

    Raises MergerError for a book the new one does not name.
    """
    with open_book(new, Access.READ) as book:
        reader = book.reader()
        stored, info = reader.merger(), reader.book()
    if stored is None:
        raise MergerError(f"{new.name} 不是合并建成的账簿", "请选合并后的账簿。")
    with open_book(old, Access.WRITE, by) as book:
        reader = book.reader()
        if reader.merged_into() is not None:
            raise MergerError(f"{old.name} 已经封成档案", "不用再做。")
        if reader.book().uid not in {one.uid for one in stored.sources}:
            raise MergerError(f"{old.name} 不是合并前的账簿", "请核对文件。")
        enter(book)
        _end(book, by, (info.village, info.uid, new.name, stored.option), stored.day, stored.digest)
        return reader.book().village


def _end(book: BookFile, by: str, into: tuple[str, str, str, str], day: date, seal: bytes) -> None:
    with book.unit_of_work(by) as uow:
        MergerRegister(uow).mark_merged(*into, day, seal)
        made = uow.reader.merged_into()
        if made is None:
            raise MergerError("没能写下并入的记录", "请再试一次。")
        subject, detail = ended_record(made)
        uow.log.add(ENDED, subject=subject, detail=detail)
        uow.commit()
