"""A sample over many villages: each package opened once more, its vouchers passed by, nothing of them kept but what is drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from village_ledger.domain.errors import BadPackage
from village_ledger.domain.sampling import SIZE_PERCENT, Candidate, Sample, SampleOrder, draw, how_many_reach
from village_ledger.exchange.review.package_reading import opened
from village_ledger.reports.pens.fonts import FontsMissing
from village_ledger.reports.pens.render_pdf import write_pdf
from village_ledger.reports.pens.render_text import write_json
from village_ledger.reports.pens.render_xlsx import write_xlsx
from village_ledger.reports.review.catalogue_review import candidates_of
from village_ledger.reports.review.desk_sample import sample_over_table
from village_ledger.services.entry.progress import SILENT, Progress
from village_ledger.storage.file.book_file import Access, open_book

if TYPE_CHECKING:
    from village_ledger.domain.desk_state import VillageState
    from village_ledger.exchange.review.reviewing import Run

SAMPLE = "抽查清单"


def draw_over(
    run: Run, order: SampleOrder, progress: Progress = SILENT, *, each: bool = False
) -> tuple[Sample, ...]:
    """One sample over all villages that can be trusted, or one of each; raises BadPackage, Cancelled.

    For a part of all money the packages are passed twice: the amounts alone say how many of the largest it takes.
    """
    villages = run.state().counted
    if each:
        return tuple(
            draw(_candidates(run, one, place, len(villages), progress), order)
            for place, one in enumerate(villages, 1)
        )
    if order.by_seed or order.count:
        return (draw(_passing(run, villages, progress), order),)
    percent = order.percent or SIZE_PERCENT
    many = how_many_reach((one.amount for one in _passing(run, villages, progress)), percent)
    sample = draw(_passing(run, villages, progress), SampleOrder(count=max(many, 1)))
    return (replace(sample, order=SampleOrder(percent=percent)),)


def _passing(run: Run, villages: Sequence[VillageState], progress: Progress) -> Iterator[Candidate]:
    """The vouchers of all villages, one package open at a time."""
    for place, one in enumerate(villages, 1):
        yield from _candidates(run, one, place, len(villages), progress)


def _candidates(run: Run, one: VillageState, place: int, of: int, progress: Progress) -> Iterator[Candidate]:
    """A village's vouchers out of its newest package, which must still be the reviewed one."""
    known = one.newest.known
    progress.step(place - 1, of, f"抽第 {place} / {of} 个：{one.village}")
    with opened(run.places[known.digest], prove=False) as package:
        if package.digest.hex() != known.digest:
            raise BadPackage(f"{one.newest.file} 在审阅以后被换过", "请重新审阅，再抽样。")
        with open_book(package.book, Access.READ) as book:
            reader = book.reader()
            for entity in package.manifest.entities:
                yield from candidates_of(
                    reader, entity.ledger, package.manifest.span, one.village, known.digest
                )


def write_sample(
    folder: Path, run: Run, samples: tuple[Sample, ...], day: date, office: str = ""
) -> list[Path]:
    """The list beside the reports, to be taken along and filled in; raises OutputError, OutputDiskFull."""
    folder.mkdir(parents=True, exist_ok=True)
    table = sample_over_table(run.state(), samples, day, office)
    workbook, data, paper = (folder / f"{SAMPLE}.{ending}" for ending in ("xlsx", "json", "pdf"))
    write_xlsx(table, workbook)
    write_json(table, data)
    try:
        write_pdf(table, paper)
    except FontsMissing:
        return [workbook, data]
    return [workbook, data, paper]
