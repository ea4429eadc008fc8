"""Share certificates as they are printed and listed: as issued, with the changes and pledges entered since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from village_ledger.domain.capital import capital_shares
from village_ledger.domain.certificate import REASONS, CertificateContent
from village_ledger.domain.errors import ShareError
from village_ledger.domain.masking import Level, mask_number
from village_ledger.domain.share import format_shares
from village_ledger.reports.issuer import Issuer
from village_ledger.reports.pens.render_pdf import PdfResult, write_pdf
from village_ledger.reports.people.household_changes import HouseholdBook
from village_ledger.reports.request import ReportRequest, issuer_of
from village_ledger.reports.shares.catalogue_shares import ledger_of
from village_ledger.reports.shares.certificate import CertificatePaper, Holder
from village_ledger.reports.shares.certificate_pdf import write_certificates
from village_ledger.reports.table import Column, Kind, Role, Row, Table
from village_ledger.services.people.people import numbers_of
from village_ledger.services.staff.sealing import LOCKED
from village_ledger.storage.people.records import Certificate
from village_ledger.storage.reader import Reader

COLUMNS = (
    Column("number", "证号", Kind.CODE, 32),
    Column("household", "户编号", Kind.CODE, 18),
    Column("head", "户主", Kind.TEXT, 22),
    Column("day", "发证日期", Kind.DATE, 24),
    Column("name", "姓名", Kind.TEXT, 24),
    Column("relation", "关系", Kind.TEXT, 20),
    Column("class", "股份类别", Kind.TEXT, 24),
    Column("quantity", "份额", Kind.SHARES, 24),
    Column("code", "校验码", Kind.CODE, 36),
    Column("state", "状态", Kind.TEXT, 40),
)


def asked_for(reader: Reader, request: ReportRequest) -> list[Certificate]:
    """Certificates of the household named, else of all; in the order of issue."""
    ledger = ledger_of(reader, request)
    last = request.span.last if request.span else None
    found = [one for one in reader.certificates(request.household) if one.ledger == ledger]
    return [one for one in found if last is None or one.day <= last]


def certificate_table(reader: Reader, request: ReportRequest) -> Table:
    """The register of certificates: what each says, line by line, and how it ended."""
    return register_of(issuer_of(reader, ledger_of(reader, request)), asked_for(reader, request))


def register_of(issuer: Issuer, every: Sequence[Certificate]) -> Table:
    """These certificates as a table, line by line."""
    rows = [row for one in every for row in _rows(one)]
    return Table(
        report="certificate",
        title="股权证登记表",
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=COLUMNS,
        rows=tuple(rows),
        heading=(
            f"发出 {len(every)} 本",
            f"有效 {sum(one.ended is None for one in every)} 本",
            "单位：份",
        ),
        watermark=issuer.watermark,
        full_dates=True,
    )


def _rows(one: Certificate) -> list[Row]:
    content = CertificateContent.from_json(one.content)
    state = "有效" if one.ended is None else f"{one.ended} {REASONS[one.why]}"
    rows: list[Row] = []
    for person in content.people:
        for place, line in enumerate(content.classes):
            if person.quanta[place] or not (place or any(person.quanta)):
                quantity = format_shares(person.quanta[place], line.decimals)
                head = (one.number, one.household, content.head, one.day)
                tail = (person.name, person.relation, line.name, quantity, one.code, state)
                rows.append(Row(Role.DETAIL, (*head, *tail)))
    return rows


def print_certificates(reader: Reader, request: ReportRequest, path: Path) -> PdfResult:
    """Print the valid certificates asked for, with what was entered up to the day asked for.

    Of one household that has none valid, its last one is printed, marked as such; a book without certificates gives the
    empty register. Raises ShareError for a household that never had one; FontsMissing, OutputError, OutputDiskFull.
    """
    every = asked_for(reader, request)
    chosen = [one for one in every if one.ended is None] or (every[-1:] if request.household else [])
    if not chosen:
        if request.household:
            raise ShareError(f"{request.household} 户还没有股权证", "请先发证。")
        return write_pdf(certificate_table(reader, request), path)
    issuer = issuer_of(reader, ledger_of(reader, request))
    return print_chosen(reader, issuer, chosen, path, request.span.last if request.span else None)


def print_chosen(
    reader: Reader, issuer: Issuer, chosen: Sequence[Certificate], path: Path, last: date | None = None
) -> PdfResult:
    """Print these certificates, each on sheets of its own, with what was entered up to the day."""
    book = HouseholdBook(reader, issuer.ledger, last)
    numbers = _numbers(reader)
    return write_certificates([_paper(reader, issuer, one, book, numbers) for one in chosen], path)


def _paper(
    reader: Reader, issuer: Issuer, one: Certificate, book: HouseholdBook, numbers: Mapping[int, str]
) -> CertificatePaper:
    content = CertificateContent.from_json(one.content)
    totals = tuple(format_shares(line.total, line.decimals) for line in content.classes)
    words = [capital_shares(line.total, line.decimals) for line in content.classes]
    named = [f"{line.name}{text}" for line, text in zip(content.classes, words, strict=True)]
    return CertificatePaper(
        entity=content.entity,
        entity_code=reader.ledger(issuer.ledger).registration_code,
        number=one.number,
        group=content.group,
        household=one.household,
        head=content.head,
        day=one.day,
        classes=tuple(line.name for line in content.classes),
        holders=tuple(
            Holder(
                person.name,
                person.relation,
                numbers.get(person.person, ""),
                tuple(
                    format_shares(quanta, line.decimals)
                    for quanta, line in zip(person.quanta, content.classes, strict=True)
                ),
            )
            for person in content.people
        ),
        totals=totals,
        capital=words[0] if len(words) == 1 else "、".join(named),
        code=one.code,
        changes=book.changes(one.household_id),
        pledges=book.pledges(one.household_id),
        ended="" if one.ended is None else f"{one.ended} {REASONS[one.why]}",
        watermark=issuer.watermark,
        print_number=reader.print_count(subject_of(one.number)) + 1,
    )


def subject_of(number: str) -> str:
    """What prints of a certificate are counted under."""
    return f"certificate/{number}"


def _numbers(reader: Reader) -> dict[int, str]:
    """Identity numbers as they may be printed: 6 and 4 digits, a word while they are sealed."""
    found = numbers_of(reader.book_file, reader.people())
    return {i: text if text == LOCKED else mask_number(text, Level.TOWNSHIP) for i, text in found.items()}
