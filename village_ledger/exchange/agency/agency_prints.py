"""Printing for one village of a batch: chosen reports as PDF, by the same makers as ``report``, counted and logged in its book.

A sheet of the wall is registered under its check code as it is printed, so that it can be proven; where the book cannot be
written that is refused, while other reports are printed all the same and the verdict says that no log tells of it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from village_ledger.domain.agency import BatchAct, BatchResult, VillageVerdict
from village_ledger.domain.errors import AgencyError, LedgerError
from village_ledger.domain.statement import STATUTORY
from village_ledger.exchange.agency.agency_books import fit_for_file
from village_ledger.exchange.agency.agency_forms import PRINTABLE
from village_ledger.exchange.agency.agency_village import BatchOptions, Village
from village_ledger.i18n import tr
from village_ledger.reports.catalogue import SPEAK_OF_ALL, ReportRequest, make_all, span_of, vouchers_of
from village_ledger.reports.pens.pdf_furniture import missing_sentence
from village_ledger.reports.printing import print_report
from village_ledger.services.entry import prints

if TYPE_CHECKING:
    from village_ledger.reports.pens.render_pdf import PdfResult
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.unit_of_work import UnitOfWork

_WALL = "disclosure"
_WHOLE = SPEAK_OF_ALL | {_WALL}
BOOKLET_BYTES = 24 << 20
"""What is joined into one file at most: joining takes about twice that of memory, however many villages there are."""
NOT_LOGGED = "这本账现在不能写，这次打印没有记进操作日志。"


def ensure_printable(reports: Sequence[str]) -> None:
    """Raise AgencyError for no report, or one that is not printed for many villages."""
    offered = "、".join(f"{name} {words}" for name, words in PRINTABLE.items())
    if not reports:
        raise AgencyError(tr("没有说打印哪几张表"), tr("可以是：{names}。", names=offered))
    for name in reports:
        if name not in PRINTABLE:
            raise AgencyError(
                tr("“{name}”不能几个村一起打印", name=name), tr("可以是：{names}。", names=offered)
            )


def print_village(village: Village) -> Iterator[VillageVerdict]:
    """Print what was chosen: what speaks of the whole village once, the rest ledger by ledger."""
    chosen = village.options.reports
    whole = [name for name in PRINTABLE if name in chosen and name in _WHOLE]
    single = [name for name in PRINTABLE if name in chosen and name not in _WHOLE]
    ledgers = village.ledgers()
    for ledger in ledgers if single else ():
        yield village.tried(ledger, lambda ledger=ledger: _print_all(village, ledger, single))
    if whole and ledgers:
        yield village.tried("", lambda: _print_all(village, "", whole))


def _print_all(village: Village, ledger: str, reports: Sequence[str]) -> VillageVerdict:
    """Every report of a ledger; one that cannot be made does not hold up the others."""
    files: list[Path] = []
    refused: list[str] = []
    said = dict[str, None]()
    reports = _papers_of(village, ledger, reports)
    for place, name in enumerate(reports):
        village.progress.step(place, len(reports), PRINTABLE[name])
        try:
            path, missing = _print_one(village, ledger, name)
            files.append(path)
            said |= dict.fromkeys([missing_sentence(missing)] if missing else [])
        except LedgerError as refusal:
            refused.append(tr("{report}没有印：{why}", report=PRINTABLE[name], why=str(refusal).rstrip("。")))
    if village.book.read_only and files:
        said[tr(NOT_LOGGED)] = None
    done = tr("印了 {n} 份", n=len(files)) if files else tr("这本账没有选的这几张表")
    words = "。".join((*([done] if files or not refused else []), *refused)) + "。" + "".join(said)
    result = BatchResult.REFUSED if refused else BatchResult.DONE if files else BatchResult.NOTHING
    return village.verdict(ledger, result, len(files), words, files)


def _papers_of(village: Village, ledger: str, reports: Sequence[str]) -> list[str]:
    """What there is to print: the committee knows no distribution, the collective no surplus, not every ledger vouchers."""
    if not ledger:
        return list(reports)
    from village_ledger.reports.statements.catalogue_statements import statements_of

    reader, request = village.book.reader(), ReportRequest(ledger, village.options.span)
    span = span_of(reader, request)
    known = {one.report for one in statements_of(reader, ledger, span.last)}
    found = [name for name in reports if name not in STATUTORY or name in known]
    if "voucher" in found and not vouchers_of(reader, request):
        found.remove("voucher")
    return found


def _print_one(village: Village, ledger: str, name: str) -> tuple[Path, tuple[str, ...]]:
    span = village.options.span
    only = village.ledgers() if village.options.ledgers else []
    request = ReportRequest(ledger or (only[0] if len(only) == 1 else ""), span)
    path = _place(village, ledger, name)
    if name != _WALL and village.book.read_only:
        with village.book.reader().snapshot():
            return path, _drawn(village.book.reader(), name, request, path).missing
    with village.book.unit_of_work(village.by) as uow:
        try:
            result = (
                _print_wall(village, uow, request, path)
                if name == _WALL
                else _drawn(uow.reader, name, request, path)
            )
            subjects, words = _subjects(uow.reader, name, request), _words(uow.reader, name, request)
            prints.count(uow, subjects, words, request.ledger)
            uow.commit()
        except BaseException:
            with suppress(OSError):  # what no log tells of is not handed out
                path.unlink()
            raise
    return path, result.missing


def _drawn(reader: Reader, name: str, request: ReportRequest, path: Path) -> PdfResult:
    times = max((reader.print_count(subject) for subject in _subjects(reader, name, request)), default=0)
    return print_report(reader, name, request, path, print_number=times + 1)


def _print_wall(village: Village, uow: UnitOfWork, request: ReportRequest, path: Path) -> PdfResult:
    """The pack, registered and logged as ``report disclosure`` does it."""
    from village_ledger.reports.disclosure.editions import register_all
    from village_ledger.reports.disclosure.handing_out import log_sheets
    from village_ledger.reports.pens.wall_groups import Grouping
    from village_ledger.reports.pens.wall_sheet import write_wall_sheet
    from village_ledger.services.disclosure.wall_choice import GROUPING

    sheets = make_all(uow.reader, _WALL, request)
    register_all(uow, sheets)
    log_sheets(uow, sheets, ledger=request.ledger)
    grouping = Grouping(uow.reader.setting(GROUPING) or "rule")
    return write_wall_sheet(sheets, path, grouping=grouping, progress=village.progress)


def _subjects(reader: Reader, name: str, request: ReportRequest) -> list[str]:
    """What prints are counted under, as the window counts them."""
    if name == "voucher":
        return [f"voucher/{one.id}" for one in vouchers_of(reader, request)]
    span = span_of(reader, request)
    return ["/".join(filter(None, (name, request.ledger, f"{span.first}/{span.last}")))]


def _words(reader: Reader, name: str, request: ReportRequest) -> str:
    return f"{PRINTABLE[name]} · {span_of(reader, request).words()}"


def _place(village: Village, ledger: str, name: str) -> Path:
    """The file in the village's own folder, which is made where it is missing."""
    outer, reader = village.options.folder, village.book.reader()
    if outer is None:
        raise AgencyError(tr("没有说放在哪个文件夹"), tr("请选一个文件夹。"))
    folder = outer / village.name
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise AgencyError(
            tr("建不了文件夹 {folder}", folder=folder), tr("请换一个能写的地方，也看看是不是有同名的文件。")
        ) from error
    title = reader.ledger(ledger).title if ledger else ""
    span = village.options.span
    parts = (title, PRINTABLE[name], span.words() if span else "")
    return folder / ("_".join(filter(None, map(fit_for_file, parts))) + ".pdf")


# one file of all villages


@contextmanager
def merging(
    options: BatchOptions, act: BatchAct
) -> Generator[tuple[BatchOptions, Callable[[list[VillageVerdict]], list[VillageVerdict]]]]:
    """What villages are asked, and what makes one file of theirs in the end; nothing of the kind unless it was asked for."""
    if act is not BatchAct.PRINT or not options.merged or options.folder is None:
        yield options, lambda verdicts: verdicts
        return
    with tempfile.TemporaryDirectory(prefix="agency-") as folder:
        yield replace(options, folder=Path(folder)), lambda verdicts: _merged(options, verdicts)


def _merged(options: BatchOptions, verdicts: list[VillageVerdict]) -> list[VillageVerdict]:
    """Everything that was printed in one file, or in booklets; where that cannot be written nothing was printed."""
    from village_ledger.reports.pens.pdf_reading import UnreadablePdf, join

    booklets = _booklets(verdicts)
    if not booklets or options.folder is None:
        return verdicts
    targets: dict[str, Path] = {}
    try:
        for number, (uids, files) in enumerate(booklets, 1):
            target = options.folder / _merged_name(options, verdicts, number if len(booklets) > 1 else 0)
            join(files, target)
            targets |= dict.fromkeys(uids, target)
    except (LedgerError, UnreadablePdf) as refusal:
        for target in targets.values():
            with suppress(OSError):
                target.unlink(missing_ok=True)
        said = str(refusal) or tr("各村的文件没有能合成一个，请不合并再印一次。")
        return [
            replace(one, result=BatchResult.REFUSED, count=0, words=said, files=()) if one.files else one
            for one in verdicts
        ]
    return [replace(one, files=(str(targets[one.book.uid]),)) if one.files else one for one in verdicts]


def _booklets(verdicts: Sequence[VillageVerdict]) -> list[tuple[list[str], list[Path]]]:
    """(uids, files) of each booklet: whole villages in their order, joined in memory and therefore no more than fit there."""
    found: list[tuple[list[str], list[Path]]] = []
    room = 0
    for uid in dict.fromkeys(one.book.uid for one in verdicts if one.files):
        files = [Path(file) for one in verdicts if one.book.uid == uid for file in one.files]
        size = sum(file.stat().st_size for file in files)
        if not found or size > room:
            found.append(([], []))
            room = BOOKLET_BYTES
        found[-1][0].append(uid)
        found[-1][1].extend(files)
        room -= size
    return found


def _merged_name(options: BatchOptions, verdicts: Sequence[VillageVerdict], number: int) -> str:
    """12个村_公开表_2025年6月.pdf; with the booklet's number where there are several."""
    villages = len({one.book.uid for one in verdicts if one.files})
    what = (
        PRINTABLE[options.reports[0]] if len(options.reports) == 1 else tr("{n}种表", n=len(options.reports))
    )
    span = options.span.words() if options.span else ""
    parts = (tr("{n}个村", n=villages), what, fit_for_file(span), tr("第{n}册", n=number) if number else "")
    return "_".join(filter(None, parts)) + ".pdf"
