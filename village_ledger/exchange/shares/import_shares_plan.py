"""A share plan (量化方案) as villages keep it: one row a person, a column for each class, sums at the foot.

find_plan   the heading and its columns, None where the file is no plan
read_plan   what each account is to be granted, the sums held against what the file itself adds up
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from village_ledger.domain.errors import LedgerError, TextError
from village_ledger.domain.half_width import half_width
from village_ledger.domain.share import COLLECTIVE
from village_ledger.exchange.people.import_members_cells import Name, read_name
from village_ledger.exchange.people.import_members_rows import in_words, sort_rows
from village_ledger.exchange.people.import_members_words import words
from village_ledger.exchange.reading.cells import plain_text, reason
from village_ledger.exchange.reading.heading_rows import Layout, Vocabulary, propose, tidy
from village_ledger.exchange.reading.shown_sheet import ShownSheet, read_shown
from village_ledger.exchange.reading.tabular import Cell, Fault
from village_ledger.i18n import tr

SHARE = "share:"
"""Before the name of a class, as the meaning of its column."""
_MEANINGS = {
    "household": "户编号",
    "head": "户主",
    "name": "姓名",
    "person_total": "个人合计",
    "household_total": "户合计",
    "": "不用",
}
_CLASS = re.compile(r"[\u4e00-\u9fff]{1,8}股")
_SUMS = ("合计", "总计", "小计")


@dataclass(frozen=True, slots=True)
class PlanFile:
    """A file that is a plan: its columns, and what stands around them."""

    layout: Layout
    said: str
    """All words outside the table, where day and number of the resolution are."""


@dataclass(frozen=True, slots=True)
class Grant:
    """What one account gets of one class."""

    row: int
    class_name: str
    account: str
    quantity: str


@dataclass(frozen=True, slots=True)
class SharePlan:
    """A plan as read."""

    layout: Layout
    day: date | None
    resolution: str
    grants: tuple[Grant, ...]
    faults: tuple[Fault, ...]
    notices: tuple[str, ...]

    @property
    def sums(self) -> dict[str, Decimal]:
        """All that is granted of each class."""
        found: dict[str, Decimal] = {}
        for one in self.grants:
            found[one.class_name] = found.get(one.class_name, Decimal()) + Decimal(one.quantity)
        return found


def find_plan(path: Path, names: Sequence[str], chosen: Mapping[int, str] | None = None) -> PlanFile | None:
    """Look for a plan's heading; ``names`` are the classes of the book. Raises UnreadableError for what is no table."""
    sheets = read_shown(path)
    classes = dict.fromkeys((*names, *_classes(sheets)))
    said = words()["plan"]["words"]
    vocabulary = Vocabulary(
        {**_MEANINGS, **{SHARE + name: name for name in classes}},
        {**said, **{SHARE + name: (name,) for name in classes}},
        {},
        ("household", "name"),
    )
    layout = propose(sheets, vocabulary, chosen)
    if layout is None:
        return None
    outside = [
        cells
        for sheet in sheets
        for row, cells in sheet.rows
        if sheet is not layout.sheet or row < layout.row
    ]
    texts = [cell for cells in outside for cell in cells if isinstance(cell, str)]
    return PlanFile(layout, "\n".join(half_width(text) for text in texts))


def _classes(sheets: Sequence[ShownSheet]) -> Iterator[str]:
    """Words that look like a class of shares."""
    for sheet in sheets:
        for _, cells in sheet.rows[:40]:
            yield from (text for cell in cells if _CLASS.fullmatch(text := tidy(cell)))


def read_plan(found: PlanFile, day: date | None = None, resolution: str = "") -> SharePlan:
    """Read every row; ``day`` and ``resolution`` win over what the file says."""
    return _Reading(found.layout).run(day or _day(found.said), resolution or _resolution(found.said))


def _day(said: str) -> date | None:
    """The day of the assembly."""
    day = re.search(words()["plan"]["day"], said)
    return date(int(day[1]), int(day[2]), int(day[3])) if day else None


def _resolution(said: str) -> str:
    number = re.search(words()["plan"]["resolution"], said)
    return number[1] if number else ""


@dataclass(slots=True)
class _Home:
    """A household while its rows are walked through."""

    row: int
    total: Decimal | None
    summed: Decimal = Decimal()


@dataclass(slots=True)
class _Reading:
    """One walk through a plan."""

    layout: Layout
    faults: list[Fault] = field(default_factory=list[Fault])
    grants: dict[str, list[Grant]] = field(default_factory=dict[str, list[Grant]])
    sums: dict[int, Decimal] = field(default_factory=dict[int, Decimal])
    """Column to what its rows add up to."""

    def run(self, day: date | None, resolution: str) -> SharePlan:
        """People, then sums, then what the organisation keeps."""
        columns = {
            x.place: x.meaning.removeprefix(SHARE) for x in self.layout.columns if x.meaning.startswith(SHARE)
        }
        self.grants = {name: [] for name in columns.values()}
        rows = sort_rows(self.layout)
        self._walk(rows.people, columns)
        there = dict(self.layout.rows)
        sums = [row for row in rows.dropped if self._foot(row, there[row], columns)]
        notices: list[str] = []
        rest = [row for row in rows.dropped if row not in sums]
        if rest:
            notices.append(tr("标题和说明没有导入：第{rows}行。", rows="、".join(in_words(rest))))
        if sums:
            notices.append(tr("合计行只用来核对，都对上了：第{rows}行。", rows="、".join(in_words(sums))))
        every = tuple(grant for of_class in self.grants.values() for grant in of_class)
        return SharePlan(self.layout, day, resolution, every, tuple(self.faults), tuple(notices))

    def _walk(self, people: Sequence[tuple[int, tuple[Cell, ...]]], columns: Mapping[int, str]) -> None:
        code, home = "", _Home(0, None)
        for row, cells in people:
            own = "".join(half_width(self._text(row, cells, "household")).split())
            if own and own != code:
                self._ensure_household(home)
                code, home = own, _Home(row, self._figure(row, cells, self.layout.place("household_total")))
            name = self._name(row, cells)
            if not code:
                self._fault(row, tr("没有户编号，上面也没有可以接着的户"), "household")
            elif not name:
                self._fault(row, tr("没有写姓名"), "name")
            whole = Decimal()
            for place, class_name in columns.items():
                quantity = self._figure(row, cells, place) or Decimal()
                whole += quantity
                self._add(place, quantity)
                if quantity:
                    self.grants[class_name].append(Grant(row, class_name, f"{code}/{name}", _said(quantity)))
            self._ensure_sum(row, cells, "person_total", whole)
            self._add(self.layout.place("person_total"), whole)
            self._add(self.layout.place("household_total"), whole)
            home.summed += whole
        self._ensure_household(home)

    def _add(self, place: int | None, quantity: Decimal) -> None:
        if place is not None:
            self.sums[place] = self.sums.get(place, Decimal()) + quantity

    def _ensure_household(self, home: _Home) -> None:
        if home.total is not None and home.total != home.summed:
            what = tr(
                "户合计写的是 {said}，各人加起来是 {found}", said=_said(home.total), found=_said(home.summed)
            )
            self._fault(home.row, what, "household_total")

    def _ensure_sum(self, row: int, cells: Sequence[Cell], meaning: str, found: Decimal) -> None:
        said = self._figure(row, cells, self.layout.place(meaning))
        if said is not None and said != found:
            what = tr("个人合计写的是 {said}，各类加起来是 {found}", said=_said(said), found=_said(found))
            self._fault(row, what, meaning)

    def _foot(self, row: int, cells: Sequence[Cell], columns: Mapping[int, str]) -> bool:
        """A row of sums is held against what was read; a class without people is the organisation's own."""
        label = next((text for cell in cells if (text := tidy(cell))), "")
        places = [place for place in self.sums if self._figure(row, cells, place) is not None]
        if not places:
            return False
        if _CLASS.fullmatch(label) and not any(word in label for word in _SUMS):
            figures = {self._figure(row, cells, place) for place in places}
            quantity = figures.pop()
            if figures or quantity is None:
                self._fault(row, tr("{label}的几个合计不一样", label=label))
                return True
            if label not in columns.values():
                self.grants.setdefault(label, []).append(Grant(row, label, COLLECTIVE, _said(quantity)))
            for place in places:
                self._add(place, quantity)
            return True
        if any(word in label for word in _SUMS):
            for place in places:
                said, summed = self._figure(row, cells, place), self.sums[place]
                if said is not None and said != summed and "小计" not in label:
                    what = tr(
                        "{label}写的是 {said}，上面加起来是 {found}",
                        label=label,
                        said=_said(said),
                        found=_said(summed),
                    )
                    self.faults.append(Fault(row, f"{self._at(row, place)}：{what}。"))
            return True
        return False

    def _name(self, row: int, cells: Sequence[Cell]) -> str:
        try:
            return read_name(self._cell(cells, self.layout.place("name"))).text
        except LedgerError as error:
            self._fault(row, reason(error), "name")
            return Name("").text

    def _text(self, row: int, cells: Sequence[Cell], meaning: str) -> str:
        try:
            return plain_text(self._cell(cells, self.layout.place(meaning))).strip()
        except LedgerError as error:
            self._fault(row, reason(error), meaning)
            return ""

    def _figure(self, row: int, cells: Sequence[Cell], place: int | None) -> Decimal | None:
        """A quantity, None for a blank; what is none is a fault."""
        cell = self._cell(cells, place)
        try:
            return _quantity(cell)
        except LedgerError as error:
            fault = Fault(row, f"{self._at(row, place)}：{reason(error)}")
            if fault not in self.faults:
                self.faults.append(fault)
            return None

    def _cell(self, cells: Sequence[Cell], place: int | None) -> Cell:
        return "" if place is None or place >= len(cells) else cells[place]

    def _fault(self, row: int, what: str, meaning: str = "") -> None:
        place = self.layout.place(meaning) if meaning else None
        said = what if what.endswith("。") else f"{what}。"
        self.faults.append(Fault(row, f"{self._at(row, place)}：{said}"))

    def _at(self, row: int, place: int | None) -> str:
        return self.layout.sheet.at(row, place, self.layout.heading(place) if place is not None else "")


def _quantity(cell: Cell) -> Decimal | None:
    """A figure as its shortest decimal; raises TextError."""
    text = half_width(plain_text(cell)).replace(",", "").strip().removesuffix("股")
    if not text:
        return None
    try:
        made = Decimal(text)
    except InvalidOperation:
        raise TextError(tr("“{text}”不是份额", text=text), tr("请只填数字。")) from None
    if not made.is_finite() or made < 0:
        raise TextError(tr("“{text}”不是份额", text=text), tr("请填零或大于零的数。"))
    return made


def _said(quantity: Decimal) -> str:
    """Without needless zeros."""
    text = f"{quantity:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
