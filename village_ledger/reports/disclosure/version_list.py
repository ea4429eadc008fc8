"""The register of public sheets (公开表登记簿): every version, what it replaced, where it hung, whether the ledger agrees."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from village_ledger.domain.period import Span
from village_ledger.domain.sheet_version import UNCLOSED, SheetVersion
from village_ledger.reports.disclosure.catalogue_pack import SHEETS, letter_of, name_of
from village_ledger.reports.disclosure.sheet_check import Verdict, check_sheet
from village_ledger.reports.table import Column, Kind, Link, Role, Row, Table
from village_ledger.services.disclosure.outdated import REMINDER, overtaken

if TYPE_CHECKING:
    from village_ledger.reports.disclosure.sheet_check import SheetVerdict
    from village_ledger.reports.issuer import Issuer
    from village_ledger.reports.request import ReportRequest
    from village_ledger.storage.reader import Reader

COLUMNS = (
    Column("ledger", "账", Kind.TEXT, 34),
    Column("period", "期间", Kind.TEXT, 30),
    Column("sheet", "表", Kind.TEXT, 44),
    Column("number", "版", Kind.COUNT, 10),
    Column("code", "校验码", Kind.CODE, 34),
    Column("closed", "月份", Kind.TEXT, 18),
    Column("kind", "说明", Kind.TEXT, 28),
    Column("reason", "更正的原因", Kind.TEXT, 50),
    Column("made", "登记", Kind.TEXT, 34),
    Column("posted", "张贴", Kind.TEXT, 34),
    Column("now", "现在", Kind.TEXT, 40),
)
CODE = "sheet-code"
"""Kind of a link to a registered sheet by its check code."""
AGREES, DIFFERS, REPLACED, TAMPERED = (
    "一致",
    "不一致，应更正公开",
    "已由第 {number} 版替换",
    "登记的内容被改过",
)
_DIFFERS_OPEN = "不一致（未结账时出的表）"


@dataclass(frozen=True, slots=True)
class ListedVersion:
    """A version with what the rest of the book says of it."""

    version: SheetVersion
    posted: str
    """When and under which number it was posted, empty when that is not on record."""
    now: str


def version_list(
    issuer: Issuer, listed: Sequence[ListedVersion], titles: Mapping[str, str], span: Span | None
) -> Table:
    """The list in the order of ledgers, spans and sheets."""
    differing = sum(one.now in (DIFFERS, TAMPERED) for one in listed)
    return Table(
        report="sheet-versions",
        title="公开表登记簿",
        village=issuer.village,
        ledger="",
        entity=issuer.village,
        columns=COLUMNS,
        rows=tuple(_row(one, titles) for one in listed),
        span=span,
        heading=(f"共 {len(listed)} 版", *([f"{differing} 张和账不一致"] if differing else [])),
        warnings=(f"{REMINDER}：{differing} 张。",) if differing else (),
        watermark=issuer.watermark,
    )


def _row(one: ListedVersion, titles: Mapping[str, str]) -> Row:
    version = one.version
    kind = f"{version.kind_words}，替换 {version.corrects}" if version.corrects else version.kind_words
    cells = (
        titles.get(version.ledger, version.ledger),
        version.span.words(),
        f"{letter_of(version.report)} {name_of(version.report)}".strip() or version.report,
        version.number,
        version.code,
        "已结账" if version.closed else UNCLOSED,
        kind,
        version.reason,
        f"{version.at[:10]} {version.by}",
        one.posted,
        one.now,
    )
    return Row(Role.DETAIL, cells, link=Link(CODE, version.code, version.ledger))


def versions_of(reader: Reader, request: ReportRequest) -> Table:
    """The register read from a book: of one ledger or all, of the sheets whose days touch a span."""
    from village_ledger.reports.request import issuer_of

    with reader.snapshot():
        ledgers = [reader.ledger(request.ledger)] if request.ledger else reader.ledgers()
        listed = [one for info in ledgers for one in listed_versions(reader, info.code, request.span)]
        titles = {info.code: info.title for info in ledgers}
        return version_list(issuer_of(reader, ledgers[0].code), listed, titles, request.span)


def listed_versions(reader: Reader, ledger: str, span: Span | None = None) -> list[ListedVersion]:
    """Every version of a ledger's sheets that touch a span; the newest of each is held to the ledger."""
    versions = [one for one in reader.every_sheet_version(ledger) if span is None or _touch(one.span, span)]
    versions.sort(key=lambda one: (one.span.first, one.span.last, _place(one.report), one.number))
    newest = {(one.report, one.span): one for one in versions}
    posted = _posted(reader, ledger)
    return [
        ListedVersion(one, posted.get(one.code, ""), _now(reader, one, newest[one.report, one.span]))
        for one in versions
    ]


def differing_sheets(reader: Reader, ledger: str) -> list[SheetVerdict]:
    """Sheets of closed months that hang or may hang and that the ledger no longer gives.

    Only those are made again that a voucher of their days was posted into since: nothing is read twice that cannot differ.
    """
    with reader.snapshot():
        found = (check_sheet(reader, one.version.code) for one in overtaken(reader, ledger))
        return [one for one in found if not one.proved]


def reminders(reader: Reader, ledger: str) -> list[str]:
    """已张贴的表和账不一致, with which: a sentence for the home page and ``verify``."""
    found = [one.version for one in differing_sheets(reader, ledger) if one.version is not None]
    if not found:
        return []
    letters: dict[str, list[str]] = {}
    for one in found:
        letters.setdefault(one.span.words(), []).append(letter_of(one.report) or one.report)
    named = "；".join(f"{span} {'、'.join(some)}" for span, some in list(letters.items())[:3])
    more = f"等 {len(found)} 张" if len(letters) > 3 else ""
    return [f"{REMINDER}：{named}{more}"]


def _now(reader: Reader, version: SheetVersion, newest: SheetVersion) -> str:
    if version.number != newest.number:
        return REPLACED.format(number=newest.number)
    found = check_sheet(reader, version.code)
    if found.verdict is Verdict.TAMPERED:
        return TAMPERED
    if found.proved:
        return AGREES
    return DIFFERS if version.closed else _DIFFERS_OPEN


def _place(report: str) -> int:
    """Where a sheet stands in the pack."""
    return next((at for at, kind in enumerate(SHEETS) if kind.report == report), len(SHEETS))


def _posted(reader: Reader, ledger: str) -> dict[str, str]:
    """Where each sheet hung, by its code."""
    hung: dict[str, str] = {}
    for one in reversed(reader.postings(ledger)):
        if one.posted_on is not None:
            down = f" 至 {one.removed_on}" if one.removed_on else " 张贴中"
            hung |= dict.fromkeys(one.codes, f"{one.number} {one.posted_on}{down}")
    return hung


def _touch(one: Span, other: Span) -> bool:
    return one.first <= other.last and other.first <= one.last


VERSION_MAKERS: Mapping[str, Callable[[Reader, ReportRequest], Table]] = {"sheet-versions": versions_of}
