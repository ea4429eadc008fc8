"""What every form of export has in common: who may, what is logged, and that a file is whole or not there.

The operation log is written in the same transaction the data is read in, and committed before the file gets its name:
nothing leaves without its line, and a form that carries the log carries that line too. Before that every byte is on the
medium: what has a name is whole, even on a stick that is pulled out the moment it has it.
"""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import (
    LedgerError,
    NotSignedIn,
    PackageError,
    ReadOnlyError,
    UnreadableError,
)
from village_ledger.domain.masking import Level
from village_ledger.exchange.exports.export_formats import (
    FORMATS,
    Exported,
    ExportFormat,
    ExportRequest,
    Seal,
)
from village_ledger.i18n import tr
from village_ledger.reports.pens.output_file import refusal
from village_ledger.services.changes import Changes
from village_ledger.services.duties import require
from village_ledger.services.entry.progress import SILENT, Progress
from village_ledger.services.outcome import Outcome
from village_ledger.services.review import village_keys
from village_ledger.storage.file.book_file import BookFile
from village_ledger.storage.file.durable import settle, settle_names
from village_ledger.storage.reader import Reader
from village_ledger.storage.unit_of_work import UnitOfWork

ACTION = "导出数据"
"""The action in the operation log."""
_READ_ONLY = 0o444
_LEVELS = (Level.INTERNAL, Level.TOWNSHIP)
NOT_LOGGED = "这本账现在不能写，这次导出没有记进操作日志。"


def export(
    book: BookFile, by: str, name: str, request: ExportRequest, progress: Progress = SILENT
) -> Outcome[Exported]:
    """Write one form of the books to ``request.out``; raises LedgerError and leaves nothing when that cannot be."""
    form = FORMATS[name]
    request = replace(request, out=Path(os.path.abspath(request.out)))  # noqa: PTH100  a place that is no name yet: . and ..
    _check(book, form, request)
    beside: list[Path] = []

    def write(reader: Reader, request: ExportRequest, place: Path) -> Exported:
        done = form.writer()(reader, request, place, progress)
        beside.extend(done.beside)
        _settle_all(place, done.beside, progress)
        return done

    try:
        with placed(request.out, folder=not form.ending) as place:
            done = _written(book, by, form, request, lambda reader, asked: write(reader, asked, place))
            _finish(form, place)
    except BaseException:
        for file in beside:
            with suppress(OSError):
                file.unlink()
        raise
    return Outcome(done, Changes(), done.warnings)


def _written(
    book: BookFile,
    by: str,
    form: ExportFormat,
    request: ExportRequest,
    write: Callable[[Reader, ExportRequest], Exported],
) -> Exported:
    """Of one state of the book, with its line in the log."""
    if book.read_only:
        reader = book.reader()
        with reader.snapshot():
            done = write(reader, request)
        return replace(done, warnings=(*done.warnings, tr(NOT_LOGGED)))
    with book.unit_of_work(by) as uow:
        require(uow, Duty.EXPORT)
        uow.log.add(ACTION, ledger=request.ledger, subject=form.words, detail=_detail(form, request))
        done = write(uow.reader, replace(request, seal=_seal(uow)) if form.is_final else request)
        uow.commit()
    return done


def _seal(uow: UnitOfWork) -> Seal | None:
    """The key that signs; None in a book whose key does not open, which can be kept for good nevertheless."""
    try:
        key = village_keys.key_for(uow)
        village_keys.signature(uow, key, b"")
    except (NotSignedIn, PackageError):
        return None
    return Seal(key.public, lambda message: village_keys.signature(uow, key, message))


def _settle_all(place: Path, beside: Sequence[Path], progress: Progress) -> None:
    """Every byte on the medium: files, then the folders that name them, the inner ones first."""
    tree = [place, *sorted(place.rglob("*"))] if place.is_dir() else [place]
    files = [*(path for path in tree if not path.is_dir()), *beside]
    for number, file in enumerate(files):
        progress.step(number, len(files), tr("写到盘上：{name}", name=file.name))
        settle(file)
    for folder in reversed([path for path in tree if path.is_dir()]):
        settle_names(folder)


def _finish(form: ExportFormat, place: Path) -> None:
    """What is kept for good is not written to any more; a stick without rights keeps none."""
    for path in place.rglob("*") if form.is_final else ():
        if not path.is_dir():
            with suppress(OSError):
                path.chmod(_READ_ONLY)


def _detail(form: ExportFormat, request: ExportRequest) -> str:
    parts = [tr("原件，不遮盖") if form.originals else f"{request.level.value} {request.level.words}"]
    if request.span is not None:
        parts.append(request.span.words())
    if request.reason:
        parts.append(tr("理由：{reason}", reason=request.reason))
    return "，".join(parts)


def _check(book: BookFile, form: ExportFormat, request: ExportRequest) -> None:
    if request.level not in _LEVELS:
        raise LedgerError(
            tr("导出的账只有 L0 和 L1 两级"), tr("L1 遮住证件号和账号（默认）；L0 写全，要写理由。")
        )
    if request.level is Level.INTERNAL and not request.reason.strip():
        raise LedgerError(tr("写全号码的导出要说明理由"), tr("请写明为什么要写全，理由记进操作日志。"))
    if request.level is Level.INTERNAL and book.read_only:
        raise ReadOnlyError(
            tr("写全号码的导出要记进操作日志，这本账现在不能写"), tr("请在能写的地方打开，或按 L1 导出。")
        )
    if form.whole_book and (request.ledger or request.span is not None):
        raise UnreadableError(
            tr("{words}总是整本账簿，不分账也不分日期", words=form.words), tr("请去掉哪本账和起止日期。")
        )
    if request.out.exists() and request.out.samefile(book.path):
        raise UnreadableError(tr("不能写到账簿文件自己身上"), tr("请另起一个文件名。"))


@contextmanager
def placed(out: Path, *, folder: bool) -> Generator[Path]:
    """A hidden place beside ``out`` to write to; it gets its name when the block ends well, else nothing is left.

    A file of that name is replaced, unless it is a book; a folder must be new or empty. Raises UnreadableError.
    """
    _check_place(out, folder=folder)
    part = out.with_name(f".{out.name}.{uuid.uuid4().hex[:8]}.part")
    try:
        if folder:
            part.mkdir()
        yield part
        _put(part, out, folder=folder)
    except OSError as error:
        raise refusal(out, error) from error
    finally:
        with suppress(OSError):
            shutil.rmtree(part) if part.is_dir() else part.unlink()


def _check_place(out: Path, *, folder: bool) -> None:
    if not out.name or not out.parent.is_dir():
        raise UnreadableError(tr("没有 {folder} 这个文件夹", folder=out.parent), tr("请先建好文件夹。"))
    if folder and out.exists() and not out.is_dir():
        raise UnreadableError(
            tr("{name} 是一个文件，这样的导出要写到文件夹里", name=out.name), tr("请换一个新的文件夹名。")
        )
    if folder and out.exists() and any(out.iterdir()):
        raise LedgerError(
            tr("{name} 已经存在，里面有东西", name=out.name), tr("导出不会覆盖，请换一个新的文件夹名。")
        )
    if not folder and out.is_dir():
        raise UnreadableError(tr("{name} 是一个文件夹", name=out.name), tr("请写文件名。"))
    if not folder and out.exists() and _is_book(out):
        raise LedgerError(tr("{name} 是一本账簿", name=out.name), tr("导出不会覆盖账簿，请另起一个文件名。"))


def _is_book(file: Path) -> bool:
    with suppress(OSError), file.open("rb") as stream:
        return stream.read(15) == b"SQLite format 3"
    return False


def _put(part: Path, out: Path, *, folder: bool) -> None:
    if folder and out.is_dir():
        out.rmdir()
    part.replace(out)
    settle_names(out.parent)
