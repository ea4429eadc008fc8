"""Does the ledger still give the sheet with this check code? (核对公开表): the verdict, figure by figure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256
from typing import TYPE_CHECKING

from village_ledger.domain.check_code import ALPHABET, LENGTH, code_for
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.half_width import half_width
from village_ledger.domain.period import Month
from village_ledger.domain.sheet_version import SheetVersion
from village_ledger.domain.voucher import VoucherRef
from village_ledger.reports.disclosure.catalogue_pack import letter_of, name_of
from village_ledger.reports.pens.check_code import figures_json
from village_ledger.reports.pens.figure_differences import (
    OTHER_COLUMNS,
    Difference,
    How,
    differences,
    same_columns,
)
from village_ledger.reports.table import Link, Row, Table

if TYPE_CHECKING:
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.records import StoredSheet

_VOUCHER = re.compile(r"(?:\d+月)?(\w+)-(\d+)")
_PASTED = re.compile(rf"[{ALPHABET}]{{{LENGTH}}}")
CLOSE = 2
"""A code with so many other characters is still offered as what may have been meant."""


class Verdict(Enum):
    """What is found of a check code."""

    AGREES = "agrees"
    DIFFERS = "differs"
    TAMPERED = "tampered"
    """What was registered is not what the code says: the book was changed behind the program's back."""
    UNMAKEABLE = "unmakeable"
    """The sheet cannot be made any more."""
    SIGNED = "signed"
    """The code of a sheet to sign for a dividend, which agrees."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that differs, and where it leads."""

    difference: Difference
    link: Link | None


@dataclass(frozen=True, slots=True)
class SheetVerdict:
    """All that is known of a sheet by its check code."""

    code: str
    verdict: Verdict
    what: str = ""
    """Whose sheet of which days, in words."""
    versions: tuple[SheetVersion, ...] = ()
    """Those with this code, the newest last."""
    newest: SheetVersion | None = None
    """The version of the sheet that stands now, of this code or another."""
    figures: tuple[Figure, ...] = ()
    remark: str = ""

    @property
    def proved(self) -> bool:
        """Whether the paper and the ledger say the same."""
        return self.verdict in {Verdict.AGREES, Verdict.SIGNED}

    @property
    def version(self) -> SheetVersion | None:
        """The newest version with this code."""
        return self.versions[-1] if self.versions else None

    @property
    def replaced(self) -> bool:
        """Whether a later version stands in its place."""
        return self.version is not None and self.newest is not None and self.newest.code != self.code

    def head(self) -> str:
        """The verdict in one sentence."""
        said = {
            Verdict.AGREES: f"{self.what}（{self.code}）和账上现在的数一致。",
            Verdict.SIGNED: f"{self.what}（{self.code}）和账上现在的数一致。",
            Verdict.DIFFERS: f"{self.what}（{self.code}）和账上现在的数不一致：",
            Verdict.TAMPERED: f"{self.what}（{self.code}）登记的内容被改过，不能作准。",
            Verdict.UNMAKEABLE: f"{self.what}（{self.code}）现在出不了表，没法核对。",
            Verdict.UNKNOWN: f"这本账没有登记过校验码是“{self.code}”的公开表。",
        }
        return said[self.verdict]

    def lines(self) -> list[str]:
        """Which figures, then and now; what is known of its versions."""
        said = [one.difference.sentence for one in self.figures]
        if self.remark:
            said.append(self.remark)
        return said + self.version_lines()

    def version_lines(self) -> list[str]:
        """Which version it is, whether of open months, and what came after."""
        said: list[str] = []
        for one in self.versions:
            words = f"{one.words}，{one.at[:10]} {one.by}登记"
            if one.corrects:
                words += f"，替换 {one.corrects}，原因：{one.reason.rstrip('。')}"
            said.append(f"{words}。")
        if self.replaced and self.newest is not None:
            said.append(f"这张表已由第 {self.newest.number} 版（{self.newest.code}）替换。")
        return said


def code_in(text: str) -> str:
    """The check code in what was typed, pasted or read off the square: without blanks, in capitals."""
    plain = half_width(text).upper()
    after = plain.rpartition("校验码")[2]
    joined = re.sub(r"[\s\-·]+", "", after)
    found = _PASTED.search(joined)
    return found.group() if found and len(joined) > LENGTH else joined


def check_sheet(reader: Reader, code: str) -> SheetVerdict:
    """Make the sheet again from the ledger as it is now and hold it to what was registered under the code."""
    from village_ledger.reports.dividends.catalogue_dividends import sheet_by_code

    with reader.snapshot():
        sheet = reader.sheet(code)
        if sheet is None:
            signed = sheet_by_code(reader, code)
            if signed is not None:
                return SheetVerdict(code, Verdict.SIGNED, signed)
            return SheetVerdict(code, Verdict.UNKNOWN, remark=_meant(reader, code))
        return _checked(reader, sheet)


def tampered_with(reader: Reader, sheet: StoredSheet) -> str:
    """Why a registered sheet is not what its code says, empty when it is."""
    if sha256(sheet.figures.encode()).digest() != sheet.digest:
        return "登记的数字和登记时的摘要对不上。"
    if code_for(f"{reader.book().uid}\n{sheet.figures}") != sheet.code:
        return "校验码不是从登记的数字算出来的。"
    return ""


def _checked(reader: Reader, sheet: StoredSheet) -> SheetVerdict:
    what = words_of(reader, sheet)
    versions = tuple(reader.versions_under(sheet.code))
    newest = reader.latest_sheet(sheet.ledger, sheet.report, sheet.span)
    if fault := tampered_with(reader, sheet):
        return SheetVerdict(sheet.code, Verdict.TAMPERED, what, versions, newest, remark=fault)
    try:
        now = made_now(reader, sheet)
    except LedgerError as refusal:
        return SheetVerdict(sheet.code, Verdict.UNMAKEABLE, what, versions, newest, remark=str(refusal))
    if now.check_code == sheet.code:
        return SheetVerdict(sheet.code, Verdict.AGREES, what, versions, newest)
    current = figures_json(now)
    rows = tuple(now.rows)
    found = tuple(
        Figure(one, _way(reader, sheet.ledger, one, now.report, rows))
        for one in differences(sheet.figures, current)
    )
    remark = "" if same_columns(sheet.figures, current) else OTHER_COLUMNS
    if not found and not remark:
        remark = "表的格式变了，数字没有变。"
    return SheetVerdict(sheet.code, Verdict.DIFFERS, what, versions, newest, found, remark)


def made_now(reader: Reader, sheet: StoredSheet) -> Table:
    """The same sheet as the ledger gives it now; raises LedgerError when it cannot be made any more."""
    from village_ledger.reports.catalogue import make
    from village_ledger.reports.disclosure.catalogue_pack import figures_of
    from village_ledger.reports.request import ReportRequest

    request = ReportRequest(sheet.ledger, sheet.span)
    return (figures_of if letter_of(sheet.report) else make)(reader, sheet.report, request)


def words_of(reader: Reader, sheet: StoredSheet) -> str:
    """青山村股份经济合作社2025年3月公开表 A“收支公开表（逐笔）”."""
    letter = letter_of(sheet.report)
    named = f" {letter}“{name_of(sheet.report)}”" if letter else ""
    return f"{reader.ledger(sheet.ledger).entity}{sheet.span.words()}公开表{named}"


def _way(reader: Reader, ledger: str, one: Difference, report: str, rows: Sequence[Row]) -> Link | None:
    """A line leads where it leads on the sheet made today, or to its voucher; a sum to the sheet itself."""
    if one.row is not None and (link := rows[one.row].link) is not None:
        return link
    if one.row is None and one.how is How.CHANGED and letter_of(report):
        return Link("sheet", report, ledger)
    return _voucher_link(reader, ledger, one)


def _voucher_link(reader: Reader, ledger: str, one: Difference) -> Link | None:
    """The voucher of a line that is on the sheet no more: it is in the books still."""
    named = _VOUCHER.fullmatch(one.voucher)
    if named is None or not one.day:
        return None
    month = Month.parse(one.day[:7])
    try:
        found = reader.find_voucher(ledger, VoucherRef(month, named[1], int(named[2])))
    except LedgerError:
        return None
    return Link("voucher", str(found.id), ledger)


def _meant(reader: Reader, code: str) -> str:
    """What a mistyped code may have meant."""
    plain = code_in(code)
    known = reader.sheet_codes()
    near = [one for one in known if _apart(one, plain) <= CLOSE]
    if not near:
        return "请核对校验码，一个字也不能差；也看看是不是另一个村的账。"
    best = min(near, key=lambda one: _apart(one, plain))
    if best == plain:
        return f"账里有 {best}：校验码是大写字母和数字，中间没有空格。"
    places = "、".join(str(i + 1) for i, (a, b) in enumerate(zip(best, plain, strict=False)) if a != b)
    where = f"，第 {places} 个字不同" if places else ""
    return f"账里最像的是 {best}{where}。校验码里没有 0、1、I、O。"


def _apart(one: str, other: str) -> int:
    return LENGTH if len(one) != len(other) else sum(a != b for a, b in zip(one, other, strict=True))
