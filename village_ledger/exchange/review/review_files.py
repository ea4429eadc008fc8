"""What a review leaves in the township's folder: the table, and for each village its findings, its sample and its remarks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from village_ledger.domain.errors import PackageError
from village_ledger.domain.package import stem_of
from village_ledger.domain.period import Span
from village_ledger.domain.remark_draft import RemarkDraft
from village_ledger.domain.remarks import ENDING, LONGEST, Remark, Remarks, VoucherVerdict
from village_ledger.domain.review_check import Hit, RulePack
from village_ledger.domain.sampling import SampleOrder
from village_ledger.domain.township import Known, Reviewed
from village_ledger.domain.unseen import unseen_in
from village_ledger.exchange.review.package_reading import Package
from village_ledger.exchange.review.remark_drafts import load_draft
from village_ledger.exchange.review.reviewing import Run
from village_ledger.reports.catalogue import ReportRequest, make
from village_ledger.reports.pens.fonts import FontsMissing
from village_ledger.reports.pens.output_file import replacing
from village_ledger.reports.pens.render_pdf import write_pdf
from village_ledger.reports.pens.render_text import write_json
from village_ledger.reports.pens.render_xlsx import write_xlsx
from village_ledger.reports.review.catalogue_review import checks_table, opinion_of_file
from village_ledger.reports.review.desk import chain_table, verdict_table
from village_ledger.reports.review.desk_totals import (
    comparison_table,
    figures_table,
    parts_table,
    rules_table,
)
from village_ledger.services.review.reviewer_key import ReviewerKey, reviewer_key
from village_ledger.storage.file.book_file import Access, open_book

SUMMARY = "审阅汇总"
OFFICE = "乡镇农经站"
"""Who reviews where nobody says."""
_IN_WORKBOOK = 5
"""Tables of the workbook; every village's chain of packages stands in the JSON beside it."""
_SIGNS = 16
"""Of a digest, as the findings show it."""


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Who reviews, for which office, and with which key."""

    name: str
    office: str
    key: ReviewerKey
    at: datetime
    order: SampleOrder = field(default_factory=SampleOrder)
    """How vouchers are drawn to be looked at by hand."""
    drafts: Path | None = None
    """Where remarks pinned by hand are kept, and which villages' keys were compared."""

    def sign(
        self,
        package: Package,
        remarks: tuple[Remark, ...],
        verdicts: tuple[VoucherVerdict, ...] = (),
        accepted: Iterable[tuple[str, str]] = (),
    ) -> Remarks:
        """What is said of a package, in this reviewer's name and signed."""
        said = Remarks(
            package=package.digest.hex(),
            book=package.manifest.book,
            village=package.manifest.village,
            reviewer=self.name,
            office=self.office,
            made_at=self.at,
            public_key=self.key.public,
            remarks=remarks,
            verdicts=verdicts,
            accepted=tuple(sorted(accepted)),
        )
        return said.signed(self.key.sign(said.to_sign()))


def reviewer_of(
    name: str, office: str, key_file: Path, order: SampleOrder | None = None, drafts: Path | None = None
) -> Reviewer:
    """Who reviews now, with the key of this computer, made at the first use; raises PackageError without a name."""
    name = name.strip()
    if not name:
        raise PackageError("还没有写审阅人的姓名", "意见和报告上要写明谁审的；写一次，以后这台电脑会记住。")
    now = datetime.now().astimezone().replace(tzinfo=None)
    key, office = reviewer_key(key_file), office.strip() or OFFICE
    return Reviewer(name, office, key, now, order or SampleOrder(), drafts or key_file.parent)


class Stems:
    """What the files of each package begin with, so that none is written over another's of the same village and number."""

    def __init__(self, seen_before: Iterable[Known] = ()) -> None:
        self._owners: dict[str, str] = {}
        for one in seen_before:
            self.of(one)

    def of(self, known: Known) -> str:
        """The plain name for the first package that asks for it, one with the digest's first signs for any other."""
        stem = stem_of(known.village, known.number)
        owner = self._owners.setdefault(stem.casefold(), known.digest)  # most media take A for a
        return stem if owner == known.digest else f"{stem}_{known.digest[:_SIGNS]}"


def write_village(
    folder: Path, stem: str, done: Reviewed, package: Package, who: Reviewer, pack: RulePack
) -> list[Path]:
    """Findings, sample and opinion, and the remarks to hand back, named by a stem; the package must still be open."""
    span, order = package.manifest.span, who.order
    asked = ReportRequest(span=span, item=order.seed, count=order.count, percent=order.percent)
    workbook, opinion, file = (
        folder / f"{stem}{ending}" for ending in ("_审查.xlsx", "_审核意见书.pdf", ENDING)
    )
    remarks = remarks_of(done, package, who)
    with open_book(package.book, Access.READ) as book:
        reader = book.reader()
        tables = [checks_table(reader, span, done.hits, pack), make(reader, "review-sample", asked)]
        said = opinion_of_file(reader, remarks, done.known.number, pack)
        write_xlsx([*tables, said], workbook)
    with replacing(file) as stream:
        stream.write(remarks.to_bytes())
    with suppress(FontsMissing):
        write_pdf(said, opinion)
        return [workbook, opinion, file]
    return [workbook, file]


def remarks_of(done: Reviewed, package: Package, who: Reviewer) -> Remarks:
    """The checks' findings as remarks, signed; what was pinned by hand at the same place is left to that file."""
    pinned = RemarkDraft() if who.drafts is None else load_draft(who.drafts, package.digest.hex())
    span = package.manifest.span
    found = [one for hit in done.hits if pinned.twin_of(one := _remark(hit, span)) is None]
    return who.sign(package, tuple(replace(one, number=number) for number, one in enumerate(found, 1)))


def _remark(hit: Hit, span: Span) -> Remark:
    place = hit.place(span)
    text = _one_line(f"{hit.rule.name}：{hit.text}")
    return Remark(0, hit.ledger, _one_line(place), hit.rule.severity, text, hit.rule.id)


def _one_line(text: str) -> str:
    """A text out of a package as a remark may have it: what the village could not take in is left out."""
    return "".join(" " if unseen_in(sign) else sign for sign in text[:LONGEST])


def write_summary(folder: Path, run: Run) -> list[Path]:
    """The tables over all villages as xlsx and JSON: verdicts, figures and their parts, comparisons, chains; verdicts as PDF."""
    state = run.state()
    tables = [
        verdict_table(run.reviewed, run.unread, run.missing, run.pack, state.due),
        figures_table(state),
        parts_table(state),
        comparison_table(state, run.pack),
        rules_table(state, run.pack),
        *(chain_table(one) for one in state.by_name),
    ]
    workbook, data = folder / f"{SUMMARY}.xlsx", folder / f"{SUMMARY}.json"
    write_xlsx(tables[:_IN_WORKBOOK], workbook)
    write_json(tables, data)
    with suppress(FontsMissing):
        write_pdf(tables[0], folder / f"{SUMMARY}.pdf")
        return [workbook, data, folder / f"{SUMMARY}.pdf"]
    return [workbook, data]


def names(paths: Sequence[Path]) -> str:
    """Files by name, for a sentence."""
    return "、".join(path.name for path in paths)
