"""What stands in the columns of the first page: titles, sums, bars with their amounts, names with theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from village_ledger.domain.money import format_fen
from village_ledger.reports.disclosure.public_sheet import NIL
from village_ledger.reports.disclosure.summary import LESS, TAKEN_OFF
from village_ledger.reports.pens.fonts import Face
from village_ledger.reports.pens.ink import BLACK, HAIR, RED, Fonts, Ink, Style
from village_ledger.reports.pens.wrapping import wrap
from village_ledger.reports.table import Role, Row

LEADING = 1.28
_TITLE = 1.35
_FIGURE = 1.25
_TIGHT = 1.16
"""Leading of a name on the line above its bar."""
_HATCH = 4.5
_SQUEEZE = 0.92
"""A name this much too long is set a little closer before it takes a second line."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Something in a column: its height in points and how it is drawn from its top."""

    height: float
    draw: Callable[[Ink, float, float], None]
    """Takes the ink, the column's left edge and the top."""
    keeps_next: bool = False
    """A title never stands alone at a column's foot."""
    is_gap: bool = False
    """Room between pieces: it grows where a column has room to spare, and never begins one."""


Sum = tuple[str, Sequence[tuple[str, int]], tuple[str, int]]
"""What is worked out, its steps with their signs, and what it comes to."""


@dataclass(slots=True)
class Section:
    """A block of the table."""

    title: str
    rows: list[Row] = field(default_factory=list[Row])

    def of(self, role: Role) -> list[Row]:
        """Its rows of a role."""
        return [row for row in self.rows if row.role is role]


def sections_of(rows: Iterable[Row]) -> list[Section]:
    """The table's blocks in order."""
    sections: list[Section] = []
    for row in rows:
        if row.role is Role.SECTION:
            sections.append(Section(str(row.cells[0])))
        else:
            sections[-1].rows.append(row)
    return sections


def amount(row: Row) -> int:
    """The row's money, fen."""
    value = row.cells[1]
    return value if isinstance(value, int) else 0


class Density(Enum):
    """How much room a bar takes: amount beside a thick bar, or on the name's line above a thin one."""

    ROOMY = (0.85, 0.7)
    CLOSE = (0.8, 0.38)
    THIN = (0.36, 0.15)

    @property
    def bar(self) -> float:
        """Thickness of a bar, part of the type's size."""
        return self.value[0]

    @property
    def gap(self) -> float:
        """Room below it."""
        return self.value[1]


class Column:
    """Makes the pieces of columns of one width at one size of type."""

    def __init__(
        self, fonts: Fonts, body: float, width: float, density: Density, money: Iterable[int]
    ) -> None:
        self._fonts = fonts
        self._body = body
        self._width = width
        self._density = density
        shown = list(money)
        self._largest = max(map(abs, shown), default=0)
        widest = max((self._measure(Face.SANS_BOLD, format_fen(fen)) for fen in shown), default=0.0)
        thin = density is Density.THIN
        self._scale = width if thin else max(width - widest - body * 0.5, body)
        """Length of the largest bar; every bar of the page is on this one scale."""

    def _measure(self, face: Face, text: str) -> float:
        return self._fonts[face].width(text) * self._body / 1000

    def _lines(self, text: str) -> list[str]:
        return wrap(text, self._width * 1000 / self._body, self._fonts[Face.SERIF].width)

    def title(self, words: str) -> Piece:
        """A block's question."""
        style = Style(Face.SERIF_BOLD, self._body * _TITLE)

        def draw(ink: Ink, left: float, top: float) -> None:
            ink.text(left, top + style.size, words, style, squeeze_to=self._width)

        return Piece(style.size * LEADING, draw, keeps_next=True)

    def figure(self, row: Row) -> Piece:
        """The sum of a block: the word, and the figure larger."""
        name, note = str(row.cells[0]), str(row.cells[2] or "")
        small, large = Style(Face.SERIF, self._body), Style(Face.SANS_BOLD, self._body * _FIGURE)
        together = self._measure(Face.SERIF, note) <= self._width
        notes = [note] if together else [line for part in note.split("，") for line in self._lines(part)]
        notes = notes if note else []
        height = (large.size + len(notes) * self._body) * LEADING

        def draw(ink: Ink, left: float, top: float) -> None:
            base = top + large.size
            ink.text(left, base, name, small)
            x = left + ink.text_width(name, small) + self._body * 0.4
            room = self._width - (x - left) - self._body * 1.2
            shown = format_fen(amount(row))
            ink.text(x, base, shown, _red(large, row), squeeze_to=room)
            ink.text(x + min(ink.text_width(shown, large), room) + self._body * 0.25, base, "元", small)
            for number, line in enumerate(notes, 1):
                ink.text(left, base + number * self._body * LEADING, line, small)

        return Piece(height, draw, keeps_next=True)

    def heading(self, title: str, row: Row) -> Piece:
        """A question and its sum on one line: 谁欠我们 18,105.24 元."""
        bold = Style(Face.SERIF_BOLD, self._body * 1.12)
        figures = Style(Face.SANS_BOLD, self._body * 1.12)
        shown = f"{format_fen(amount(row))}"
        apart = self._fonts[Face.SERIF_BOLD].width(title) * bold.size / 1000
        room = self._width - apart - self._body * 1.6

        def draw(ink: Ink, left: float, top: float) -> None:
            base = top + bold.size
            ink.text(left, base, title, bold)
            x = left + apart + self._body * 0.5
            ink.text(x, base, shown, figures, squeeze_to=room)
            after = x + min(ink.text_width(shown, figures), room) + self._body * 0.2
            ink.text(after, base, "元", Style(Face.SERIF, self._body))

        return Piece(bold.size * LEADING * 1.05, draw, keeps_next=True)

    def nothing(self, title: str) -> Piece:
        """A question with nobody to name: 谁欠我们 无."""
        bold = Style(Face.SERIF_BOLD, self._body * 1.12)

        def draw(ink: Ink, left: float, top: float) -> None:
            base = top + bold.size
            ink.text(left, base, title, bold)
            ink.text(left + ink.text_width(title, bold) + self._body * 0.5, base, NIL, bold)

        return Piece(bold.size * LEADING * 1.05, draw)

    def bar(self, row: Row, *, hatched: bool) -> list[Piece]:
        """A kind of money: its name, a bar on the page's one scale, its amount; then room."""
        return [self._thin(row, hatched=hatched), self.gap(self._density.gap)]

    def _thin(self, row: Row, *, hatched: bool) -> Piece:
        shown = format_fen(amount(row)) if row.cells[1] is not None else ""
        style, figures = Style(Face.SERIF, self._body), Style(Face.SANS_BOLD, self._body)
        name, needs = str(row.cells[0]), self._measure(Face.SANS_BOLD, shown) + self._body * 0.3
        above = (
            self._density is Density.THIN
            and self._measure(Face.SERIF, name) * _SQUEEZE + needs <= self._width
        )
        beside = self._density is Density.THIN and not above
        names = [name] if above else self._lines(name)
        thick = self._body * (Density.CLOSE.bar if beside else self._density.bar)
        words = len(names) * self._body * _TIGHT
        length = self._length(row)

        def draw(ink: Ink, left: float, top: float) -> None:
            base = top + self._body * 0.95
            for line in names:
                ink.text(left, base, line, style, squeeze_to=self._width - (needs if above else 0))
                base += self._body * _TIGHT
            y = top + words + self._body * 0.06
            if not shown:
                return
            scaled = min(length, self._width - needs - self._body * 0.2) if beside else length
            self._draw_bar(ink, (left, y, scaled, thick), hatched=hatched)
            red = _red(figures, row)
            if above:
                ink.text_right(left + self._width, top + self._body * 0.95, shown, red)
            else:
                ink.text(left + scaled + self._body * 0.35, y + thick * 0.5 + self._body * 0.36, shown, red)

        return Piece(words + (thick + self._body * 0.06 if shown else 0), draw)

    def _length(self, row: Row) -> float:
        """Nothing for red figures: a bar shows what there is."""
        if amount(row) <= 0 or not self._largest:
            return 0.0
        return max(self._scale * amount(row) / self._largest, 1.2)

    @staticmethod
    def _draw_bar(ink: Ink, place: tuple[float, float, float, float], *, hatched: bool) -> None:
        left, y, length, thick = place
        if not length:
            return
        if hatched:
            ink.hatch(left, y, length, thick, _HATCH, BLACK)
            ink.box(left, y, length, thick, HAIR * 1.6)
        else:
            ink.fill(left, y, length, thick, BLACK)

    def line(self, row: Row) -> Piece:
        """A name with its amount at the right, on the next line where they do not stand side by side."""
        style, figures = Style(Face.SERIF, self._body), Style(Face.SANS, self._body)
        shown = format_fen(amount(row)) if row.cells[1] is not None else ""
        name, needs = str(row.cells[0]), self._measure(Face.SANS, shown) + self._body * 0.4
        together = self._measure(Face.SERIF, name) * _SQUEEZE + needs <= self._width
        names = [name] if together else self._lines(name)
        lines = len(names)
        if not together:
            lines += self._measure(Face.SERIF, names[-1]) + needs > self._width

        def draw(ink: Ink, left: float, top: float) -> None:
            base = top + self._body
            for line in names:
                ink.text(left, base, line, style, squeeze_to=self._width - (needs if together else 0))
                base += self._body * LEADING
            base = top + self._body + (lines - 1) * self._body * LEADING
            ink.text_right(left + self._width, base, shown, _red(figures, row))

        return Piece(lines * self._body * LEADING, draw)

    def sum(self, name: str, terms: Sequence[tuple[str, int]], result: tuple[str, int]) -> list[Piece]:
        """The same as an equation, written below each other as in a school book."""
        bold = Style(Face.SERIF_BOLD, self._body * 1.12)

        def title(ink: Ink, left: float, top: float) -> None:
            ink.text(left, top + bold.size, name, bold)

        lines = [
            self._step(_sign(term, fen) if number else "", term, fen)
            for number, (term, fen) in enumerate(terms)
        ]
        return [
            Piece(bold.size * LEADING, title, keeps_next=True),
            *(replace(line, keeps_next=True) for line in lines),
            self._step("＝", *result, ruled=True),
        ]

    def _step(self, sign: str, name: str, fen: int, *, ruled: bool = False) -> Piece:
        face = Face.SANS_BOLD if ruled else Face.SANS
        style, figures = Style(Face.SERIF, self._body), Style(face, self._body)
        shown = _told(name, fen) if ruled or not sign else format_fen(abs(fen))

        def draw(ink: Ink, left: float, top: float) -> None:
            if ruled:
                ink.line(left, top + self._body * 0.05, left + self._width, top + self._body * 0.05, HAIR)
            ink.text(left, top + self._body, sign, style)
            ink.text(left + self._body * 1.3, top + self._body, name, style)
            ink.text_right(left + self._width, top + self._body, shown, figures)

        return Piece(self._body * LEADING, draw)

    def gap(self, part: float) -> Piece:
        """Room that may grow."""
        return Piece(self._body * part, _nothing, is_gap=True)


def _red(style: Style, row: Row) -> Style:
    return Style(Face.SANS_BOLD, style.size, RED) if amount(row) < 0 else style


def _nothing(ink: Ink, left: float, top: float) -> None:
    """Room between blocks."""
    del ink, left, top


def equation(name: str, terms: Sequence[tuple[str, int]], result: tuple[str, int]) -> str:
    """收付：年初有钱 1.00 ＋ 收进 2.00 － 用出 1.50 ＝ 年末有钱 1.50: each step with its own sign."""
    said = ""
    for term, fen in terms:
        said += f" {_sign(term, fen)} {term} {format_fen(abs(fen))}" if said else f"{term} {format_fen(fen)}"
    return f"{name}：{said} ＝ {result[0]} {_told(*result)}"


def _sign(name: str, fen: int) -> str:
    return "－" if fen < 0 or (not fen and name in TAKEN_OFF) else "＋"


def _told(name: str, fen: int) -> str:
    """钱少了 8,329.49: what the word says already needs no minus."""
    return format_fen(abs(fen) if name == LESS else fen)
