"""From what a page wants printed to a PDF in a file: made on the worker, by the pens alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from village_ledger.domain.period import Span
from village_ledger.i18n import tr
from village_ledger.reports.disclosure.catalogue_pack import letter_of, name_of, pack
from village_ledger.reports.pens.wall_sizes import PRINTED
from village_ledger.reports.table import Table
from village_ledger.services.entry.progress import SILENT, Progress

if TYPE_CHECKING:
    from village_ledger.reports.pens.render_pdf import PdfResult
    from village_ledger.storage.people.records import Certificate
    from village_ledger.storage.reader import Reader

SHEETS = (("A4_LANDSCAPE", "A4 横"), ("A4_PORTRAIT", "A4 竖"), ("A3_LANDSCAPE", "A3 横"))
"""Papers of reports, by their names in ``pdf_layout.Paper``."""
WALLS = tuple((size.name, size.words) for size in PRINTED)
"""Sizes of disclosure sheets, by their names in ``wall_layout.WallSize``."""
BOUND = SHEETS[:1]
"""A book is bound at its left side, on A4 across."""
FORMS = (("FORM", "凭证纸 240×140"), ("A4_TWO", "A4 一页两张"), ("PREPRINTED", "套打"))
"""Papers of vouchers, by their names in ``voucher_plan.VoucherPaper``."""
FOLDED = (("A4_FOLDED", "A4 横，对折"),)
"""A certificate has a paper of its own."""


PACK = "disclosure-pack"
"""All disclosure sheets of a ledger that apply, one after another."""
_VOLUME = "volume/"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be printed: a report by its name, or vouchers by their ids, or tables already made.

    Vouchers with a ``span`` get the cover for their binding; a report named ``volume/…`` is a book bound for a year.
    """

    report: str = ""
    ledger: str = ""
    span: Span | None = None
    account: str = ""
    vouchers: tuple[int, ...] = ()
    household: str = ""
    """Number of the household a report is of (份额变动史)."""
    certificates: tuple[str, ...] = ()
    """Numbers of share certificates, each printed as itself; without any ``certificate`` is their register."""
    tables: tuple[Table, ...] = ()
    draw: Callable[[Path], PdfResult] | None = None
    """A pen of its own for the tables, which are then only their figures."""
    grouping: str = "rule"
    """Which repeated lines of a disclosure sheet stand together: a value of ``wall_groups.Grouping``."""
    registers: bool = True
    """Whether a disclosure sheet made from it can be registered under its check code."""

    @property
    def kind(self) -> str:
        """Name of the report."""
        return self.tables[0].report if self.tables else self.report

    @property
    def papers(self) -> tuple[tuple[str, str], ...]:
        """(name, words) of the papers it can be printed on, the usual one first."""
        if self.kind == "voucher":
            return FORMS
        if self.certificates:
            return FOLDED
        if self.volume or self.draw is not None:
            return BOUND
        return WALLS if self.is_posted else SHEETS

    @property
    def is_posted(self) -> bool:
        """Whether it goes on the wall: a disclosure sheet, or the whole pack of them."""
        return self.kind == PACK or bool(letter_of(self.kind))

    @property
    def volume(self) -> str:
        """Name of the book that is bound (``account-ledger`` of ``volume/account-ledger``), empty for anything else."""
        return self.kind.removeprefix(_VOLUME) if self.kind.startswith(_VOLUME) else ""

    def subjects(self) -> list[str]:
        """What its prints are counted under."""
        if self.vouchers:
            return [f"voucher/{number}" for number in self.vouchers]
        if self.certificates:
            from village_ledger.reports.shares.certificate_paper import subject_of

            return [subject_of(number) for number in self.certificates]
        span = self.span or (self.tables[0].span if self.tables else None)
        days = f"{span.first}/{span.last}" if span else ""
        ledger = self.ledger or (self.tables[0].ledger if self.tables else "")
        return ["/".join(filter(None, (self.kind, ledger, self.account, self.household, days)))]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A PDF ready to be shown, saved and printed, and the tables it was drawn from."""

    wanted: Wanted
    tables: tuple[Table, ...]
    pdf: Path
    result: PdfResult

    @property
    def words(self) -> str:
        """What it is, in words."""
        table, wanted = self.tables[0], self.wanted
        title = table.title
        if wanted.is_posted:
            title = tr("整套公开表") if wanted.kind == PACK else tr(name_of(wanted.kind))
        if wanted.vouchers:
            return tr("{title} · {count} 张", title=title, count=len(wanted.vouchers))
        if wanted.certificates:
            return tr("股权证 · {count} 本", count=len(wanted.certificates))
        return " · ".join(filter(None, (title, table.span.words() if table.span else "")))


def tables_of(reader: Reader, wanted: Wanted) -> tuple[Table, ...]:
    """The tables of what is wanted; raises what their builders raise."""
    if wanted.tables:
        return wanted.tables
    from village_ledger.reports.catalogue import ReportRequest, issuer_of, make
    from village_ledger.reports.vouchers.voucher_form import voucher_list

    if wanted.vouchers:
        vouchers = reader.vouchers_by_id(wanted.vouchers)
        return (voucher_list(issuer_of(reader, wanted.ledger), reader.chart(wanted.ledger), vouchers),)
    if wanted.certificates:
        from village_ledger.reports.shares.certificate_paper import register_of

        return (register_of(issuer_of(reader, wanted.ledger), _certificates(reader, wanted)),)
    if wanted.report == PACK:
        return tuple(pack(reader, ReportRequest(wanted.ledger, wanted.span)))
    if wanted.volume and wanted.span is not None:
        from village_ledger.reports.books.catalogue_volumes import chapters_of

        return tuple(c.make() for c in chapters_of(reader, wanted.volume, wanted.ledger, wanted.span))
    request = ReportRequest(wanted.ledger, wanted.span, wanted.account, household=wanted.household)
    return (make(reader, wanted.report, request),)


def unregistered(tables: tuple[Table, ...]) -> tuple[Table, ...]:
    """The tables without their check codes, saying so: a book that cannot be written registers nothing."""
    said = tr("未登记：这本账现在不能写，这张表没有校验码，不能张贴。")
    return tuple(
        replace(t, check_code=None, warnings=(*t.warnings, said)) if t.check_code else t for t in tables
    )


def prepare(
    reader: Reader,
    wanted: Wanted,
    paper: str,
    pdf: Path,
    tables: tuple[Table, ...] = (),
    progress: Progress = SILENT,
) -> Prepared:
    """Draw what is wanted onto a paper; ``tables`` saves making them again for another paper.

    Raises LedgerError, FontsMissing, OutputError, OutputDiskFull, Cancelled.
    """
    made = tables or tables_of(reader, wanted)
    if not wanted.registers:
        made = unregistered(made)
    return Prepared(wanted, made, pdf, _drawn(reader, wanted, made, (paper, pdf), progress))


def _drawn(
    reader: Reader, wanted: Wanted, tables: tuple[Table, ...], place: tuple[str, Path], progress: Progress
) -> PdfResult:
    paper, pdf = place
    if wanted.draw is not None:
        return wanted.draw(pdf)
    numbers = {subject: reader.print_count(subject) + 1 for subject in wanted.subjects()}
    if wanted.vouchers:
        return _vouchers(reader, wanted, paper, pdf, list(numbers.values()))
    if wanted.certificates:
        from village_ledger.reports.catalogue import issuer_of
        from village_ledger.reports.shares.certificate_paper import print_chosen

        return print_chosen(reader, issuer_of(reader, wanted.ledger), _certificates(reader, wanted), pdf)
    number = max(numbers.values())
    if wanted.volume and wanted.span is not None:
        from village_ledger.reports.books.catalogue_volumes import print_volume

        return print_volume(reader, wanted.volume, wanted.ledger, wanted.span, pdf, number)
    if wanted.is_posted:
        from village_ledger.reports.pens.wall_groups import Grouping
        from village_ledger.reports.pens.wall_layout import WallSize
        from village_ledger.reports.pens.wall_sheet import write_wall_sheet

        return write_wall_sheet(
            tables,
            pdf,
            WallSize[paper],
            print_number=number,
            grouping=Grouping(wanted.grouping),
            progress=progress,
        )
    from village_ledger.reports.pens.pdf_layout import Paper
    from village_ledger.reports.pens.render_pdf import write_pdf

    return write_pdf(tables, pdf, Paper[paper], print_number=number)


def _certificates(reader: Reader, wanted: Wanted) -> list[Certificate]:
    chosen = set(wanted.certificates)
    return [one for one in reader.certificates() if one.number in chosen]


def _vouchers(reader: Reader, wanted: Wanted, paper: str, pdf: Path, numbers: list[int]) -> PdfResult:
    from village_ledger.reports.books.catalogue_volumes import bundle_of
    from village_ledger.reports.catalogue import issuer_of
    from village_ledger.reports.limits.rule_marks import signers_of
    from village_ledger.reports.vouchers.voucher_pdf import write_vouchers
    from village_ledger.reports.vouchers.voucher_plan import VoucherPaper

    vouchers = reader.vouchers_by_id(wanted.vouchers)
    return write_vouchers(
        issuer_of(reader, wanted.ledger),
        reader.chart(wanted.ledger),
        vouchers,
        pdf,
        signers_of(reader, vouchers),
        dict(zip(wanted.vouchers, numbers, strict=True)),
        VoucherPaper[paper],
        bundle_of(reader, wanted.ledger, wanted.span) if wanted.span is not None else None,
    )
