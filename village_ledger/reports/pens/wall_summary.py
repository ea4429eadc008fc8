"""The pen for the first page (明白纸): three columns read from two metres, bars that survive a grey printer, figures beside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from village_ledger.domain.money import format_fen
from village_ledger.reports.pens.fonts import Face
from village_ledger.reports.pens.ink import BLACK, HAIR, MM, RED, RULE, Fonts, Ink, Style
from village_ledger.reports.pens.pdf_file import PdfFile
from village_ledger.reports.pens.pdf_furniture import in_fours
from village_ledger.reports.pens.qr import draw_qr, sheet_words
from village_ledger.reports.pens.wall_layout import WallSize
from village_ledger.reports.pens.wall_page import WallPage
from village_ledger.reports.pens.wrapping import wrap
from village_ledger.reports.table import Role, Row, Table

_LEAST_BODY = 22.0
"""Readable at two metres; a page too full goes on, its type never shrinks."""
_DESK_BODY = 13.0
_WALL_TYPE, _DESK_TYPE = WallSize.A3.value.body, WallSize.DESK.value.body
"""The type of the other sheets, beside which these stand: larger there, larger here."""
_LEADING = 1.3
_TITLE = 1.4
_FIGURE = 1.25
_BAR = 0.8
_GUTTER = 9 * MM
_CODE = 24 * MM
_WALL_COLUMNS = {"A3": 3, "A4": 2, "phone": 1}
_DESK_COLUMNS = 3
_LEFT = "还剩多少"
_SAID_ABOVE = frozenset({"收进", "用出"})
"""Figures the first two columns say already."""
_CAME, _WENT, _SUM = "钱从哪来", "花到哪去", "收益和钱对得上"


@dataclass(frozen=True, slots=True)
class _Piece:
    """Something in a column: its height in points and how it is drawn from its top."""

    height: float
    draw: Callable[[Ink, float, float], None]
    """Takes the ink, the column's left edge and the top."""
    keeps_next: bool = False
    """A title never stands alone at a column's foot."""


@dataclass(slots=True)
class _Section:
    """A block of the table."""

    title: str
    rows: list[Row] = field(default_factory=list[Row])


class WallSummary(WallPage):
    """The first page on its way to paper."""

    def __init__(self, table: Table, size: WallSize, fonts: Fonts, print_number: int) -> None:
        super().__init__(table, size, fonts, print_number)
        self._body = size.value.body * (_DESK_BODY / _DESK_TYPE if size.is_desk else _LEAST_BODY / _WALL_TYPE)
        self._count = _DESK_COLUMNS if size.is_desk else _WALL_COLUMNS[size.paper]
        self._width = (self._frame.width - (self._count - 1) * _GUTTER) / self._count
        sections = _sections(table)
        self._strip = next((one for one in sections if one.title == _SUM), None)
        self._largest = max(
            (
                abs(_amount(row))
                for one in sections
                if one.title in (_CAME, _WENT)
                for row in one.rows
                if row.role is Role.DETAIL
            ),
            default=0,
        )
        self._top = self._head_height() + 3 * MM
        self._pages = self._flow([one for one in sections if one is not self._strip])

    def _flow(self, sections: Sequence[_Section]) -> list[list[list[_Piece]]]:
        """Pages of columns: each block begins a new column where one is left, what does not fit goes on."""
        columns: list[list[_Piece]] = [[]]
        used = 0.0
        for place, section in enumerate(sections):
            pieces = self._pieces(section)
            if place in (1, 2) and columns[-1] and self._count > 2:  # beside each other where there is room
                columns.append([])
                used = 0.0
            for number, piece in enumerate(pieces):
                if columns[-1] and used + _together(pieces[number:]) > self._column_room(len(columns)):
                    if piece.draw is _nothing:
                        continue
                    columns.append([])
                    used = 0.0
                columns[-1].append(piece)
                used += piece.height
        count = self._count
        return [columns[i : i + count] for i in range(0, len(columns), count)]

    def _column_room(self, column: int) -> float:
        """Height of a column; the strip and the signatures stand below those of the first page."""
        whole = self._frame.bottom - self._top
        return whole - (self._strip_height + self._foot_height if column <= self._count else 0)

    @property
    def _strip_height(self) -> float:
        return (len(self._strip_lines()) * _LEADING + 0.6) * self._body if self._strip else 0

    @property
    def page_count(self) -> int:
        """Pages it takes."""
        return len(self._pages)

    def onto(self, file: PdfFile) -> None:
        """Draw all pages; strip, signatures and code stand on the first, which may hang alone."""
        for number, columns in enumerate(self._pages, 1):
            ink = self._page()
            self._draw_title(ink)
            for place, pieces in enumerate(columns):
                left = self._frame.left + place * (self._width + _GUTTER)
                y = self._top
                for piece in pieces:
                    piece.draw(ink, left, y)
                    y += piece.height
                if place:
                    x = left - _GUTTER / 2
                    ink.line(
                        x, self._top, x, self._top + self._column_room((number - 1) * self._count + 1), HAIR
                    )
            if number == 1:
                y = self._frame.bottom - self._foot_height - self._strip_height
                self._draw_strip(ink, y)
                self._draw_signing(ink, y + self._strip_height)
            self._tail.draw_foot(ink, number, len(self._pages))
            file.add_page(ink.width, ink.height, ink.content())

    @property
    def _foot_height(self) -> float:
        """Code, signatures in one line and the notes: a page to be read has no boxes for seals."""
        return max(_CODE, (len(self._notes()) + 1.6) * self._sizes.info * _LEADING) + 4 * MM

    def _notes(self) -> list[str]:
        failed = [f"▲ {check.rule} 不符：{check.text}" for check in self._table.checks if not check.ok]
        room = (self._frame.width - 3 * _CODE) * 1000 / self._sizes.info
        measure = self._fonts[Face.SERIF].width
        return [line for note in (*failed, *self._table.notes) for line in wrap(note, room, measure)]

    def _draw_signing(self, ink: Ink, top: float) -> None:
        """Check code as a square and in letters, notes, and places to sign in one line."""
        top += 3 * MM
        ink.line(self._frame.left, top - 2 * MM, self._frame.right, top - 2 * MM, HAIR)
        x = self._frame.left
        if self._table.check_code:
            draw_qr(ink, sheet_words(self._table.title, self._table.check_code), x, top, _CODE)
            x += _CODE + 4 * MM
            small = Style(Face.SERIF, self._sizes.info)
            ink.text(x, top + 6 * MM, "校验码", small)
            ink.text(
                x, top + 14 * MM, in_fours(self._table.check_code), Style(Face.SANS_BOLD, self._sizes.info)
            )
            x += 2 * _CODE
        style = Style(Face.SERIF, self._sizes.info)
        places = "　".join(f"{place}＿＿＿＿" for place, _ in self._table.signatures)
        ink.text_right(self._frame.right, top + 6 * MM, places, style, squeeze_to=self._frame.right - x)
        for number, line in enumerate(self._notes(), 1):
            base = top + 6 * MM + number * style.size * _LEADING
            ink.text_right(self._frame.right, base, line, style, squeeze_to=self._frame.right - x)

    def _pieces(self, section: _Section) -> list[_Piece]:
        pieces = [self._title(section.title)]
        sums = [row for row in section.rows if row.role is Role.SUBTOTAL]
        pieces += [self._figure(row) for row in sums]
        bars = section.title in (_CAME, _WENT)
        for row in section.rows:
            if row.role is Role.DETAIL and not (section.title == _LEFT and row.cells[0] in _SAID_ABOVE):
                pieces.append(self._bar(row, hatched=section.title == _WENT) if bars else self._line(row))
        return [*pieces, _Piece(self._body * 0.7, _nothing)]

    def _title(self, title: str) -> _Piece:
        style = Style(Face.SERIF_BOLD, self._body * _TITLE)

        def draw(ink: Ink, left: float, top: float) -> None:
            ink.text(left, top + style.size, title, style, squeeze_to=self._width)

        return _Piece(style.size * _LEADING, draw, keeps_next=True)

    def _figure(self, row: Row) -> _Piece:
        """The sum of a block: the word, and the figure larger."""
        name, note = str(row.cells[0]), str(row.cells[2] or "")
        small, large = Style(Face.SERIF, self._body), Style(Face.SANS_BOLD, self._body * _FIGURE)
        notes = wrap(note, self._width * 1000 / self._body, self._fonts[Face.SERIF].width) if note else []
        height = (large.size + len(notes) * self._body) * _LEADING

        def draw(ink: Ink, left: float, top: float) -> None:
            base = top + large.size
            ink.text(left, base, name, small)
            x = left + ink.text_width(name, small) + self._body * 0.4
            room = self._width - (x - left) - self._body * 1.2
            shown = format_fen(_amount(row))
            ink.text(x, base, shown, large, squeeze_to=room)
            ink.text(x + min(ink.text_width(shown, large), room) + self._body * 0.25, base, "元", small)
            for number, line in enumerate(notes, 1):
                ink.text(left, base + number * self._body * _LEADING, line, small)

        return _Piece(height, draw, keeps_next=True)

    def _bar(self, row: Row, *, hatched: bool) -> _Piece:
        """A kind of money: its name, a bar on the page's one scale, its amount."""
        style = Style(Face.SERIF, self._body)
        figures = Style(Face.SANS_BOLD, self._body)
        names = wrap(str(row.cells[0]), self._width * 1000 / self._body, self._fonts[Face.SERIF].width)
        bar = self._body * _BAR
        height = len(names) * self._body * _LEADING + bar + self._body * 0.75

        def draw(ink: Ink, left: float, top: float) -> None:
            base = top + self._body
            for line in names:
                ink.text(left, base, line, style)
                base += self._body * _LEADING
            y = base - self._body * 0.85
            if row.cells[1] is None:
                return
            shown = format_fen(_amount(row))
            room = self._width - ink.text_width(shown, figures) - self._body * 0.5
            length = max(room * abs(_amount(row)) / self._largest, 1.0) if self._largest else 1.0
            if hatched:
                ink.hatch(left, y, length, bar, 5, BLACK)
                ink.box(left, y, length, bar, HAIR)
            else:
                ink.fill(left, y, length, bar, BLACK)
            minus = Style(Face.SANS_BOLD, self._body, RED) if _amount(row) < 0 else figures
            ink.text(left + length + self._body * 0.4, y + bar * 0.92, shown, minus)

        return _Piece(height, draw)

    def _line(self, row: Row) -> _Piece:
        """A name with its amount at the right, on the next line where they do not stand side by side."""
        style, figures = Style(Face.SERIF, self._body), Style(Face.SANS, self._body)
        shown = format_fen(_amount(row)) if row.cells[1] is not None else ""
        measure = self._fonts[Face.SERIF].width
        names = wrap(str(row.cells[0]), self._width * 1000 / self._body, measure)
        last = measure(names[-1]) * self._body / 1000
        apart = last + self._fonts[Face.SANS].width(shown) * self._body / 1000 + self._body > self._width
        lines = len(names) + (1 if apart and shown else 0)

        def draw(ink: Ink, left: float, top: float) -> None:
            base = top + self._body
            for line in names:
                ink.text(left, base, line, style)
                base += self._body * _LEADING
            if not apart:
                base -= self._body * _LEADING
            ink.text_right(left + self._width, base, shown, figures)

        return _Piece(lines * self._body * _LEADING, draw)

    def _strip_lines(self) -> list[str]:
        """收益 to 钱: one equation over the page's width."""
        if self._strip is None:
            return []
        parts = [f"{row.cells[0]} {format_fen(_amount(row))}" for row in self._strip.rows]
        text = " ＋ ".join(parts[:-1]) + f" ＝ {parts[-1]}"
        return wrap(text, self._frame.width * 1000 / self._body, self._fonts[Face.SERIF].width)

    def _draw_strip(self, ink: Ink, top: float) -> None:
        ink.line(self._frame.left, top, self._frame.right, top, RULE)
        for number, line in enumerate(self._strip_lines(), 1):
            ink.text(
                self._frame.left, top + number * self._body * _LEADING, line, Style(Face.SERIF, self._body)
            )

    def _draw_title(self, ink: Ink) -> None:
        self._draw_words(ink)
        ink.line(self._frame.left, self._top - 2 * MM, self._frame.right, self._top - 2 * MM, RULE)


def _together(pieces: Sequence[_Piece]) -> float:
    """Height of a piece with what must stand below it."""
    height = 0.0
    for piece in pieces:
        height += piece.height
        if not piece.keeps_next:
            break
    return height


def _nothing(ink: Ink, left: float, top: float) -> None:
    """Room between blocks."""
    del ink, left, top


def _sections(table: Table) -> list[_Section]:
    sections: list[_Section] = []
    for row in table.rows:
        if row.role is Role.SECTION:
            sections.append(_Section(str(row.cells[0])))
        else:
            sections[-1].rows.append(row)
    return sections


def _amount(row: Row) -> int:
    value = row.cells[1]
    return value if isinstance(value, int) else 0
