"""The pen for the first page (明白纸): columns read from two metres, bars that survive a grey printer, figures beside.

Where it all goes on one page the type grows until the page is full; where it does not, each question has its page and its
columns are as long as each other. Type is never smaller than the size chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from village_ledger.reports.disclosure.summary import CAME, LEFT, SUM, WENT
from village_ledger.reports.pens.fonts import Face
from village_ledger.reports.pens.ink import HAIR, MM, RULE, Fonts, Ink, Style
from village_ledger.reports.pens.pdf_file import PdfFile
from village_ledger.reports.pens.pdf_furniture import in_fours
from village_ledger.reports.pens.wall_layout import WallSize
from village_ledger.reports.pens.wall_page import WallPage
from village_ledger.reports.pens.wall_summary_columns import (
    Pages,
    broken,
    height_of,
    in_columns,
    joined,
    kept,
    one_page,
)
from village_ledger.reports.pens.wall_summary_pieces import (
    LEADING,
    Column,
    Density,
    Piece,
    Section,
    Sum,
    amount,
    equation,
    sections_of,
)
from village_ledger.reports.pens.wrapping import wrap
from village_ledger.reports.table import Role, Row, Table

_LEAST_BODY = 22.0
"""Readable at two metres; a page too full goes on, its type never shrinks."""
_DESK_BODY = 13.0
_WALL_TYPE, _DESK_TYPE = WallSize.A3.value.body, WallSize.DESK.value.body
"""The type of the other sheets, beside which these stand: larger there, larger here."""
_LARGER = (1.36, 1.27, 1.18, 1.09, 1.0)
"""How much the type grows where a page would stay half empty."""
_LOOSE = (Density.ROOMY, Density.CLOSE)
"""Larger type is worth it only where bars keep their room."""
_GUTTER = 9 * MM
_MOST_COLUMNS = 3
_LEAST_WIDTH = 13
"""A column is at least so many characters wide."""
_MOST_NOTES = 6
_GOES_ON = "（说明未完，见下页）"
_NOTE_LEADING = 1.4
_GROWS = 1.5
"""A gap grows by so much of the type's size, no more."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A way to set the page."""

    body: float
    width: float
    count: int
    strip: float
    """Height of the sums along the foot of the last page; nothing where they stand in a column."""
    pages: Pages
    empty: float
    """Share of the emptiest page that stays white."""


class WallSummary(WallPage):
    """The first page on its way to paper."""

    def __init__(self, table: Table, size: WallSize, fonts: Fonts, print_number: int) -> None:
        super().__init__(table, size, fonts, print_number)
        self._least = size.value.body * (
            _DESK_BODY / _DESK_TYPE if size.is_desk else _LEAST_BODY / _WALL_TYPE
        )
        every = sections_of(table.rows)
        self._sum = next(one for one in every if one.title == SUM)
        self._sections = [one for one in every if one is not self._sum]
        self._top = self._head_height() + 3 * MM
        self._said = self._sentences()
        self.plan = self._planned()
        """How the page is set."""

    # what goes where

    def _planned(self) -> Plan:
        """The largest type with which it takes as few pages as it can; then the way that leaves least paper empty."""
        fewest = min(len(self._with(self._least, density).pages) for density in Density)
        for larger in _LARGER:
            plans = [
                plan
                for density in (_LOOSE if larger > 1 else Density)
                if len((plan := self._with(self._least * larger, density)).pages) <= fewest
            ]
            if plans:
                return min(plans, key=lambda plan: plan.empty)
        return self._with(self._least, Density.THIN)

    def _with(self, body: float, density: Density) -> Plan:
        count = max(1, min(_MOST_COLUMNS, int(self._frame.width / (body * _LEAST_WIDTH + _GUTTER))))
        width = (self._frame.width - (count - 1) * _GUTTER) / count
        money = [
            amount(row)
            for one in self._sections
            if one.title in (CAME, WENT)
            for row in one.of(Role.DETAIL)
            if row.cells[1] is not None
        ]
        column = Column(self._fonts, body, width, density, money)
        came, went = (
            next(self._bars(column, one) for one in self._sections if one.title == title)
            for title in (CAME, WENT)
        )
        rest = [self._lines(column, one) for one in self._sections if one.title not in (CAME, WENT)]
        units = [came, went, joined(rest, column)]
        in_a_strip = count == _MOST_COLUMNS
        if not in_a_strip:
            units.append(joined([column.sum(*said) for said in self._sums()], column))
        strip = self._strip_height(body) if in_a_strip else 0.0
        pages, empty = self._flow(units, count, strip)
        return Plan(body, width, count, strip, pages, empty)

    def _flow(self, units: Sequence[Sequence[Piece]], count: int, strip: float) -> tuple[Pages, float]:
        """Each question begins a column and stands whole on its page where it can; the last page ends with the strip.

        Of the ways with as few pages the one is taken whose emptiest page is fullest.
        """
        short = self.tall - strip
        ways: list[tuple[int, float, Pages]] = []
        for first in range(len(units)):
            last = units[first:]
            begun: Pages = []
            if sum(len(in_columns(unit, short)) for unit in last) > count:
                if len(last) > 1:
                    continue
                begun, rest = broken(last[0], count, short)
                last = [rest]
            pages = [*self._whole(units[:first], count), *begun, one_page(last, count, short)]
            rooms = [self.tall] * (len(pages) - 1) + [short]
            empty = max(
                1 - sum(map(height_of, page)) / (room * count)
                for page, room in zip(pages, rooms, strict=True)
            )
            ways.append((len(pages), empty, pages))
        best = min(ways, key=lambda way: way[:2])
        return best[2], best[1]

    def _whole(self, units: Sequence[Sequence[Piece]], count: int) -> Pages:
        """Pages without the sums: a question is not broken over pages unless it is longer than one."""
        pages: Pages = []
        here: list[Sequence[Piece]] = []
        taken = 0
        for unit in units:
            need = len(in_columns(unit, self.tall))
            if here and taken + need > count:
                pages.append(one_page(here, count, self.tall))
                here, taken = [], 0
            begun, rest = broken(unit, count, self.tall)
            pages += begun
            here.append(rest)
            taken += len(in_columns(rest, self.tall))
        return [*pages, *([one_page(here, count, self.tall)] if here else [])]

    @property
    def tall(self) -> float:
        """Height of a column above the signatures."""
        return self._frame.bottom - self._top - self._foot_height - 1.5 * MM

    def _bars(self, column: Column, section: Section) -> list[Piece]:
        pieces = [
            column.title(section.title),
            *map(column.figure, section.of(Role.SUBTOTAL)),
            column.gap(0.12),
        ]
        for row in section.of(Role.DETAIL):
            pieces += column.bar(row, hatched=section.title == WENT)
        return pieces

    def _lines(self, column: Column, section: Section) -> list[Piece]:
        sums = section.of(Role.SUBTOTAL)
        if section.title != LEFT:
            if not amount(sums[0]) and all(row.cells[1] is None for row in section.of(Role.DETAIL)):
                return [column.nothing(section.title)]
            lines = map(column.line, section.of(Role.DETAIL))
            return kept([column.heading(section.title, sums[0]), *lines])
        at = section.rows.index(sums[0])
        opening, apart = section.rows[0], section.rows[at + 1 :]  # what came and went is said beside
        lines = [column.line(opening), *map(column.line, apart)]
        return kept([column.title(section.title), column.figure(sums[0]), *lines])

    # the sums everyone can do again

    def _sums(self) -> list[Sum]:
        """收付 to what is left, 收益 on its own, and from one to the other: name, steps, what they come to."""
        left = next(one for one in self._sections if one.title == LEFT)
        closing = left.of(Role.SUBTOTAL)[0]
        result, grown = self._sum.of(Role.SUBTOTAL)[0], self._sum.of(Role.TOTAL)[0]
        at = self._sum.rows.index(result)
        return [
            ("收付", _terms(left.rows[: left.rows.index(closing)]), _term(closing)),
            ("收益", _terms(self._sum.rows[:at]), _term(result)),
            (SUM, _terms([result, *self._sum.of(Role.DETAIL)[at:]]), _term(grown)),
        ]

    def _strip_lines(self, body: float) -> list[str]:
        room = self._frame.width * 1000 / body
        measure = self._fonts[Face.SERIF].width
        return [line for said in self._sums() for line in wrap(equation(*said), room, measure)]

    def _strip_height(self, body: float) -> float:
        return (len(self._strip_lines(body)) * LEADING + 0.45) * body

    # drawing

    @property
    def page_count(self) -> int:
        """Pages it takes."""
        return len(self.plan.pages) + len(self._more())

    def onto(self, file: PdfFile) -> None:
        """Draw all pages; each may hang alone, so each is signed and carries the code."""
        plan = self.plan
        for number, columns in enumerate(plan.pages, 1):
            last = number == len(plan.pages)
            room = self.tall - (plan.strip if last else 0)
            ink = self._page()
            self._draw_words(ink)
            ink.line(self._frame.left, self._top - 2 * MM, self._frame.right, self._top - 2 * MM, RULE)
            for place, pieces in enumerate(columns):
                left = self._frame.left + place * (plan.width + _GUTTER)
                self._draw_column(ink, left, pieces, room)
                if place:
                    x = left - _GUTTER / 2
                    ink.line(x, self._top, x, self._top + room - plan.body * 0.3, HAIR)
            if last and plan.strip:
                self._draw_strip(ink, self._top + room)
            self._draw_signing(ink, self._frame.bottom - self._foot_height)
            self._tail.draw_foot(ink, number, self.page_count)
            file.add_page(ink.width, ink.height, ink.content())
        self._draw_notes(file)

    def _draw_column(self, ink: Ink, left: float, pieces: Sequence[Piece], room: float) -> None:
        """Pieces from the top, the room to spare shared among the gaps."""
        gaps = sum(piece.is_gap for piece in pieces)
        spare = room - sum(piece.height for piece in pieces)
        more = min(max(spare, 0) / gaps, self.plan.body * _GROWS) if gaps else 0
        y = self._top
        for piece in pieces:
            piece.draw(ink, left, y)
            y += piece.height + (more if piece.is_gap else 0)

    def _draw_strip(self, ink: Ink, top: float) -> None:
        ink.line(self._frame.left, top, self._frame.right, top, RULE)
        body = self.plan.body
        for number, line in enumerate(self._strip_lines(body), 1):
            base = top + (number - 1) * body * LEADING + body * 1.15
            ink.text(self._frame.left, base, line, Style(Face.SERIF, body), squeeze_to=self._frame.width)

    @property
    def _foot_height(self) -> float:
        """Code and signatures in one line and the notes: a page to be read has no boxes for seals."""
        return 5 * MM + self._sizes.info * 1.3 + len(self._notes()) * self._sizes.note * _NOTE_LEADING

    def _notes(self) -> list[str]:
        """What stands at the foot of every page; a long story goes on on pages of its own."""
        if len(self._said) <= _MOST_NOTES:
            return self._said
        return [*self._said[: _MOST_NOTES - 1], _GOES_ON]

    def _sentences(self) -> list[str]:
        """Failed checks and notes, wrapped."""
        failed = [f"▲ {check.rule} 不符：{check.text}" for check in self._table.checks if not check.ok]
        room, measure = self._frame.width * 1000 / self._sizes.note, self._fonts[Face.SERIF].width
        texts = [*failed, "".join(self._table.notes)]
        return [line for text in texts if text for line in wrap(text, room, measure)]

    def _more(self) -> list[list[str]]:
        """Lines of the pages of notes."""
        if len(self._said) <= _MOST_NOTES:
            return []
        rest = self._said[_MOST_NOTES - 1 :]
        per_page = max(1, int((self._frame.bottom - self._top) / (self._sizes.note * _NOTE_LEADING)) - 1)
        return [rest[i : i + per_page] for i in range(0, len(rest), per_page)]

    def _draw_notes(self, file: PdfFile) -> None:
        """Pages of the notes that had no room at the foot."""
        note = Style(Face.SERIF, self._sizes.note)
        for number, lines in enumerate(self._more(), len(self.plan.pages) + 1):
            ink = self._page()
            self._draw_words(ink)
            for place, line in enumerate(lines, 1):
                ink.text(self._frame.left, self._top + place * note.size * _NOTE_LEADING, line, note)
            self._tail.draw_foot(ink, number, self.page_count)
            file.add_page(ink.width, ink.height, ink.content())

    def _draw_signing(self, ink: Ink, top: float) -> None:
        """The code in letters and places to sign in one line, the notes below."""
        ink.line(self._frame.left, top + 1 * MM, self._frame.right, top + 1 * MM, HAIR)
        info, note = self._sizes.info, Style(Face.SERIF, self._sizes.note)
        base = top + 3 * MM + info
        x = self._frame.left
        if self._table.check_code:
            ink.text(x, base, "校验码 ", Style(Face.SERIF, info))
            x += ink.text_width("校验码 ", Style(Face.SERIF, info))
            strong = Style(Face.SANS_BOLD, info)
            ink.text(x, base, in_fours(self._table.check_code), strong)
            x += ink.text_width(in_fours(self._table.check_code), strong) + info * 2
        if self._sizes.signed:  # nobody signs a picture
            places = "　".join(f"{place}＿＿＿＿" for place, _ in self._table.signatures)
            style = Style(Face.SERIF, info)
            ink.text_right(self._frame.right, base, places, style, squeeze_to=self._frame.right - x)
        for number, line in enumerate(self._notes(), 1):
            ink.text(self._frame.left, base + number * note.size * _NOTE_LEADING, line, note)


def _term(row: Row) -> tuple[str, int]:
    return str(row.cells[0]), amount(row)


def _terms(rows: Iterable[Row]) -> list[tuple[str, int]]:
    return [_term(row) for row in rows]
