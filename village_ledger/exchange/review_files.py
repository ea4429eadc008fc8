"""What a review leaves in the township's folder: the table, and for each village its findings, its sample and its remarks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from village_ledger.domain.errors import PackageError
from village_ledger.domain.remarks import ENDING, Remark, Remarks
from village_ledger.domain.review_check import Hit, LeadTo
from village_ledger.domain.township import Reviewed
from village_ledger.exchange.package_reading import Package
from village_ledger.exchange.reviewing import Run
from village_ledger.reports.catalogue import ReportRequest, make
from village_ledger.reports.pens.render_text import write_json
from village_ledger.reports.pens.render_xlsx import write_xlsx
from village_ledger.reports.review.desk import figures_table, verdict_table
from village_ledger.services.review.reviewer_key import ReviewerKey, reviewer_key
from village_ledger.storage.file.book_file import Access, open_book

SUMMARY = "审阅汇总"
OFFICE = "乡镇农经站"
"""Who reviews where nobody says."""


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Who reviews, for which office, and with which key."""

    name: str
    office: str
    key: ReviewerKey
    at: datetime
    seed: str = ""
    """Seed of the sample; empty draws the largest."""


def reviewer_of(name: str, office: str, key_file: Path, seed: str = "") -> Reviewer:
    """Who reviews now, with the key of this computer, made at the first use; raises PackageError without a name."""
    name = name.strip()
    if not name:
        raise PackageError("还没有写审阅人的姓名", "意见和报告上要写明谁审的；写一次，以后这台电脑会记住。")
    now = datetime.now().astimezone().replace(tzinfo=None)
    return Reviewer(name, office.strip() or OFFICE, reviewer_key(key_file), now, seed.strip())


def write_village(folder: Path, done: Reviewed, package: Package, who: Reviewer) -> list[Path]:
    """Findings and sample as xlsx, remarks to hand back; the package must still be open."""
    stem = stem_of(done.known.village, done.known.number)
    span = package.manifest.span
    with open_book(package.book, Access.READ) as book:
        reader = book.reader()
        tables = [
            make(reader, "review-checks", ReportRequest(span=span)),
            make(reader, "review-sample", ReportRequest(span=span, item=who.seed)),
        ]
        workbook = folder / f"{stem}_审查.xlsx"
        write_xlsx(tables, workbook)
    remarks = remarks_of(done, package, who)
    file = folder / f"{stem}{ENDING}"
    part = folder / f".{stem}{ENDING}.part"
    part.write_bytes(remarks.to_bytes())
    part.replace(file)
    return [workbook, file]


def remarks_of(done: Reviewed, package: Package, who: Reviewer) -> Remarks:
    """The checks' findings as remarks, signed."""
    said = Remarks(
        package=package.digest.hex(),
        book=package.manifest.book,
        village=package.manifest.village,
        reviewer=who.name,
        office=who.office,
        made_at=who.at,
        public_key=who.key.public,
        remarks=tuple(_remark(number, hit) for number, hit in enumerate(done.hits, 1)),
    )
    return said.signed(who.key.sign(said.to_sign()))


def _remark(number: int, hit: Hit) -> Remark:
    place = hit.key if hit.to is LeadTo.VOUCHER else ""
    return Remark(number, hit.ledger, place, hit.rule.severity, f"{hit.rule.name}：{hit.text}", hit.rule.id)


def write_summary(folder: Path, run: Run) -> list[Path]:
    """The table over all villages as xlsx and JSON."""
    tables = [verdict_table(run.reviewed, run.unread, run.missing), figures_table(run.reviewed)]
    workbook, data = folder / f"{SUMMARY}.xlsx", folder / f"{SUMMARY}.json"
    write_xlsx(tables, workbook)
    write_json(tables, data)
    return [workbook, data]


def stem_of(village: str, number: int) -> str:
    """What files about a package begin with."""
    plain = re.sub(r'[\\/:*?"<>|\s]', "", village) or "村"
    return f"{plain}_第{number}包"


def names(paths: Sequence[Path]) -> str:
    """Files by name, for a sentence."""
    return "、".join(path.name for path in paths)
