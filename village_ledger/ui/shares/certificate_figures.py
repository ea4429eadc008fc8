"""What the page of share certificates shows: every household with shares, its certificate, and whether the two agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING

from village_ledger.domain.certificate import REASONS, CertificateContent
from village_ledger.domain.errors import ShareError
from village_ledger.domain.share import format_shares
from village_ledger.i18n import tr
from village_ledger.services.shares import certificates
from village_ledger.ui.people.member_figures import shares_text
from village_ledger.ui.tables.table_model import FigureModel, Look, ScreenColumn
from village_ledger.ui.widgets.name_search import NameSearch
from village_ledger.ui.widgets.state_mark import Check

if TYPE_CHECKING:
    from village_ledger.domain.share import ShareClass
    from village_ledger.storage.people.records import Certificate, Household
    from village_ledger.storage.reader import Reader

_BEFORE = (
    ScreenColumn("group", "组", Look.TEXT, "第十二组"),
    ScreenColumn("code", "户编号", Look.CODE, "0123"),
    ScreenColumn("head", "户主", Look.CODE, "欧阳建国"),
    ScreenColumn("number", "证号", Look.TEXT, "青股 12017-03"),
    ScreenColumn("day", "发证日期", Look.TEXT, "2025-04-01"),
)
_NAMES = ScreenColumn("names", "家里人", Look.TEXT, "刘桂珍、周建军", stretch=1)
_AFTER = (
    ScreenColumn("mark", "", Look.CHECK, "✓", hair=True),
    ScreenColumn("state", "和登记簿", Look.TEXT, "份额没有了，要收回"),
)


class State(Enum):
    """How a household's certificate stands to the register."""

    AGREES = "相符"
    DIFFERS = "份额变了，要换发"
    MISSING = "还没有发证"
    EMPTY = "份额没有了，要收回"

    @property
    def check(self) -> Check:
        """The mark in the list."""
        if self is State.AGREES:
            return Check.GOOD
        return Check.WAITING if self is State.MISSING else Check.WARN


@dataclass(frozen=True, slots=True)
class CertificateLine:
    """One household of the list."""

    code: str
    group: str
    head: str
    names: tuple[str, ...]
    valid: Certificate | None
    held: Mapping[int, int]
    """Quanta by class, as the register has them."""
    state: State


@dataclass(frozen=True)
class CertificateList:
    """Everything the page shows."""

    day: date
    lines: tuple[CertificateLine, ...]
    classes: tuple[ShareClass, ...]

    def count(self, *states: State) -> int:
        """Households in these states."""
        return sum(line.state in states for line in self.lines)

    @cached_property
    def _search(self) -> NameSearch:
        return NameSearch(
            (line.code, (*line.names, line.valid.number if line.valid else "")) for line in self.lines
        )

    def found(self, text: str) -> tuple[list[CertificateLine], str]:
        """Households with somebody of that name, its pinyin, that number or that certificate; and the best of them."""
        if not text.strip():
            return list(self.lines), ""
        codes = self._search.keys(text)
        return [line for line in self.lines if line.code in set(codes)], codes[0] if codes else ""


def read_certificates(reader: Reader, ledger: str, day: date) -> CertificateList:
    """The list as the register stands on a day."""
    classes = tuple(reader.share_classes(ledger))
    homes = {one.code: one for one in reader.households(day)}
    lines = tuple(
        _line(one, homes.get(one.code), classes) for one in certificates.standings(reader, day, ledger)
    )
    return CertificateList(day, lines, classes)


def _line(
    one: certificates.Standing, home: Household | None, classes: Sequence[ShareClass]
) -> CertificateLine:
    said = CertificateContent.from_json(one.valid.content) if one.valid is not None else None
    names = [person.name for person in home.people] if home else []
    head = home.head if home else said.head if said else ""
    return CertificateLine(
        code=one.code,
        group=home.group if home else said.group if said else "",
        head=head,
        names=tuple(dict.fromkeys((head, *names))),
        valid=one.valid,
        held={of.id: sum(one.held[of.name].values()) for of in classes if of.name in one.held},
        state=_state(one),
    )


def _state(one: certificates.Standing) -> State:
    if one.valid is None:
        return State.MISSING
    if one.agrees:
        return State.AGREES
    return State.DIFFERS if one.held else State.EMPTY


class CertificatesModel(FigureModel):
    """Households as table rows; where there is little room without the names, which the search still finds."""

    def __init__(
        self, lines: Sequence[CertificateLine], classes: Sequence[ShareClass], *, narrow: bool = False
    ) -> None:
        shares = (
            ScreenColumn(f"class{one.id}", one.name, Look.MONEY, "1,234.56", hair=place == 0)
            for place, one in enumerate(classes)
        )
        super().__init__((*_BEFORE, *shares, *_AFTER, *(() if narrow else (_NAMES,))))
        self.lines = tuple(lines)
        self._classes = tuple(classes)

    def count(self) -> int:
        """Households."""
        return len(self.lines)

    def text(self, row: int, column: int) -> str:
        """What the cell shows."""
        line = self.lines[row]
        valid = line.valid
        before = (
            line.group,
            line.code,
            line.head,
            valid.number if valid else "",
            valid.day.isoformat() if valid else "",
        )
        if column < len(before):
            return before[column]
        place = column - len(before)
        if place < len(self._classes):
            quanta = line.held.get(self._classes[place].id, 0)
            return shares_text(self._classes[place], quanta) if quanta else ""
        return ("", tr(line.state.value), "、".join(line.names[1:]))[place - len(self._classes)]

    def check(self, row: int) -> Check | None:
        """Whether certificate and register agree."""
        return self.lines[row].state.check


# Looking a certificate up


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the book knows of a certificate somebody shows."""

    one: Certificate
    check: Check
    words: str


def look_up(reader: Reader, text: str, ledger: str, day: date) -> Verdict:
    """The certificate with this number or check code; raises ShareError when there is none."""
    try:
        one = certificates.find(reader, text)
    except ShareError:
        one = certificates.by_code(reader, text)
    content = CertificateContent.from_json(one.content)
    said = "，".join(
        "{name} {parts}".format(
            name=person.name,
            parts="、".join(
                f"{line.name} {format_shares(quanta, line.decimals)}"
                for quanta, line in zip(person.quanta, content.classes, strict=True)
                if quanta
            ),
        )
        for person in content.people
        if any(person.quanta)
    )
    first = tr(
        "{number} 是 {day} 发给 {code} 户（户主 {head}）的，校验码 {check}。写明：{said}。",
        number=one.number,
        day=one.day,
        code=one.household,
        head=content.head,
        check=one.code,
        said=said,
    )
    check, last = _standing_words(reader, one, ledger, day)
    return Verdict(one, check, f"{first}{last}")


def _standing_words(reader: Reader, one: Certificate, ledger: str, day: date) -> tuple[Check, str]:
    if one.ended is not None:
        valid = reader.valid_certificate(one.household)
        now = (
            tr("这一户现在有效的是 {number}。", number=valid.number)
            if valid
            else tr("这一户现在没有有效的证。")
        )
        ended = tr("已失效：{day} {why}。", day=one.ended, why=REASONS[one.why])
        return Check.FAIL, f"{ended}{now}"
    listed = {standing.code: standing for standing in certificates.standings(reader, day, ledger)}
    standing = listed.get(one.household)
    if standing is not None and standing.agrees:
        return Check.GOOD, tr("现在有效，和登记簿相符。")
    return Check.WARN, tr("现在有效，但是份额后来有变动，要换发。")
