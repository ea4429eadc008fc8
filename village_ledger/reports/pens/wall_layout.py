"""Columns and rows of the wall sheet: type never smaller than chosen, columns are left out, joined or wrapped instead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from village_ledger.domain.money import format_fen
from village_ledger.reports.pens.fonts import Face
from village_ledger.reports.pens.ink import MM, Fonts, Style
from village_ledger.reports.pens.pdf_layout import (
    LEADING,
    PADDING,
    Block,
    Columns,
    Frame,
    Need,
    face_of,
    fit,
    paper_text,
    text_block,
)
from village_ledger.reports.pens.wall_groups import Run
from village_ledger.reports.pens.wall_seen import DASH, Seen
from village_ledger.reports.pens.wall_sizes import Sizes, WallSize
from village_ledger.reports.pens.wrapping import Width, wrap
from village_ledger.reports.table import Cell, Column, Kind, Role, Row, Table

__all__ = ["SHEET_A", "Line", "Sizes", "WallColumns", "WallSize"]

_APART = "　"
"""Between the figures of a row that is a paragraph."""
_SAY_THEMSELVES = frozenset({"name", "summary", "date", "voucher", "code", "what", "contract"})
"""Columns that need no label before them where a row is a paragraph."""
_NAMES = frozenset({"handler", "witness", "approver"})
_LEAST_CHARS = {"summary": 9.0, "counterparty": 5.0, "note": 2.0, "name": 7.0, "item": 2.5}
"""Characters a column of text must hold side by side; twice as many where there is room."""
_GENEROUS = (2.0, 1.6, 1.3, 1.0)
_COMFORTABLE = 1.3
"""Texts get at least so much before an optional column stays: a sheet of tall narrow texts takes twice the paper."""
CARD = "card"
"""Key of the one column that says everything, where a sheet of many columns does not fit the paper."""
SHEET_A = "disclosure"
"""The report whose sums are bands of their own."""
_SET_IN_COLUMNS = {
    True: frozenset({Role.DETAIL}),
    False: frozenset({Role.SECTION, Role.DETAIL, Role.SUBTOTAL, Role.TOTAL, Role.OPENING}),
}
_SAID_BY_BANDS = frozenset({"class"})
"""Columns that repeat what the bands between the rows say."""
_DROPPED_FIRST = ("note", "witness", "attachments", "handler", "approver")
_JOINED = (("date", "voucher"), ("summary", "counterparty"), ("name", "cause"))
"""Columns written into one where even the least of all does not fit the paper beside each other."""
_REMEMBERED = 2048
"""Texts whose lines are kept: the same words come back on a sheet."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row ready to draw: blocks by column and its height in points; or one line of a run over all columns."""

    row: Row
    blocks: tuple[Block | None, ...]
    height: float
    run: str = ""
    """Words over the whole width: the entries a group of repeated lines is made of."""
    ends: bool = True
    """Whether a rule stands below it."""
    source: Row | None = None
    """The row with all its columns; none for what goes on from the page before."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """A column on paper and the table's columns it is made of."""

    column: Column
    places: tuple[int, ...]


class WallColumns:
    """The columns that fit, and rows set in them, each time anew: no row is kept."""

    def __init__(
        self, table: Table, sizes: Sizes, fonts: Fonts, frame: Frame, entries: Iterable[Row | Run]
    ) -> None:
        self._table = table
        self._entries = entries
        self._fonts = fonts
        self._sizes = sizes
        self._zero = table.zero
        self._blocks: dict[tuple[str, str, bool], Block] = {}
        seen = Seen(table, self._rows(), fonts)
        self._with_year = seen.with_year
        self._shown = self._fitting(table, seen, frame.width)
        self.columns = tuple(one.column for one in self._shown)
        needs = self._generous(seen, self._shown, frame.width)
        self.tight = _least(needs) > frame.width + 0.5
        """Whether figures had to be condensed: the paper is too narrow for this size of type."""
        edges = [frame.left]
        for width in fit(needs, frame.width):
            edges.append(edges[-1] + width)
        self.plan = Columns(sizes.body, tuple(edges), frozenset(), sizes.pad * MM)

    def _rows(self) -> Iterator[Row]:
        """Rows of the table that stand in columns."""
        set_in_columns = _SET_IN_COLUMNS[self._table.report == SHEET_A]
        for entry in self._entries:
            if isinstance(entry, Row) and entry.role in set_in_columns:
                yield entry

    def _fitting(self, table: Table, seen: Seen, width: float) -> list[_Shown]:
        """Optional columns go first, then some are joined; gives what stands on paper."""
        dropped = {"note"} if not any(seen.filled[i] for i in _index(table, "note")) else set[str]()
        if seen.sections:
            dropped |= _SAID_BY_BANDS
        optional = [column.key for column in table.columns if column.optional]
        order = [key for key in dict.fromkeys((*_DROPPED_FIRST, *optional)) if key not in dropped]
        joints = list(_JOINED)
        shown = _columns(table, dropped)
        if not self._sizes.signed:
            empty = {column.key for i, column in enumerate(table.columns) if not seen.filled[i]}
            dropped |= {*order, *empty}
            shown, order = _join(_columns(table, dropped), joints.pop(1)), []
        while order and _least(self._needs(seen, shown, _COMFORTABLE)) > width:
            dropped.add(order.pop(0))
            shown = _columns(table, dropped)
        while _least(self._needs(seen, shown, 1.0)) > width:
            if joints:
                shown = _join(shown, joints.pop(0))
            else:
                return shown if table.report == SHEET_A else _card(shown)
        return shown

    def _generous(self, seen: Seen, shown: Sequence[_Shown], width: float) -> list[Need]:
        """What the columns ask for, as generous to text as the width allows."""
        needs: list[Need] = []
        for generous in _GENEROUS:
            needs = self._needs(seen, shown, generous)
            if _least(needs) <= width:
                break
        return needs

    def _needs(self, seen: Seen, shown: Sequence[_Shown], generous: float) -> list[Need]:
        """Widths wanted; amounts as wide as the sheet's largest sum, text at least a few characters."""
        size, padding = self._sizes.body, 2 * self._sizes.pad * MM
        largest = [
            format_fen(value)
            for key in ("income", "expense")
            if isinstance(value := self._table.facts.get(key), int)
        ]
        figures = max((self._fonts[Face.SANS_BOLD].width(text) for text in largest), default=0) * size / 1000
        share = sum(one.column.width_mm for one in shown)
        needs: list[Need] = []
        for one in shown:
            column = one.column
            widths = [seen.natural(place) for place in one.places if column.key != CARD]
            if column.key == CARD:
                needs.append(Need(self._page_width, self._page_width / 2, self._page_width))
                continue
            natural = (sum(widths) + 1000 * (len(widths) - 1)) * size / 1000 + padding
            label = self._fonts[Face.SERIF_BOLD].width(column.label) * size / 1000 + padding
            natural = max(natural, label)
            if column.kind is Kind.MONEY:
                natural = max(natural, figures + padding)
            least = min(natural, _LEAST_CHARS.get(column.key, 4.0) * generous * size + padding)
            if column.key == "date":
                least = max(widths) * size / 1000 + padding
            wraps = column.kind is Kind.TEXT and (column.key != "voucher" or len(widths) > 1)
            least = max(least, label) if wraps else natural
            needs.append(Need(natural, least, column.width_mm / share * self._page_width))
        return needs

    @property
    def _page_width(self) -> float:
        paper = self._sizes.paper
        return (paper.width - paper.left - paper.right) * MM

    @property
    def says_years(self) -> bool:
        """Whether any day stands with its year."""
        return any(self._with_year)

    @property
    def sizes(self) -> Sizes:
        """The measures they are set on."""
        return self._sizes

    def index(self, key: str) -> int:
        """Place of a column."""
        return next(i for i, column in enumerate(self.columns) if column.key == key)

    @property
    def left_out(self) -> tuple[int, ...]:
        """Places in the table of columns that have no room on paper."""
        shown = {place for one in self._shown for place in one.places}
        return tuple(i for i in range(len(self._table.columns)) if i not in shown)

    @property
    def places(self) -> tuple[tuple[int, ...], ...]:
        """The table's columns each column on paper is made of."""
        return tuple(one.places for one in self._shown)

    # rows

    def lines(self, room: float) -> Iterator[Line]:
        """Every row set in its columns, those too tall for a page in parts; ``room`` is a page's."""
        set_in_columns = _SET_IN_COLUMNS[self._table.report == SHEET_A]
        for entry in self._entries:
            if isinstance(entry, Run):
                yield from self._run(entry)
            elif entry.role in set_in_columns:
                yield from self._parts(self.line(entry), room * 0.6)

    def line(self, row: Row) -> Line:
        """Set a row: wrapped where the column is too narrow, never smaller; sums are bold."""
        cells = tuple(self._cell(row, one) for one in self._shown)
        blocks: list[Block | None] = []
        for i, (one, value) in enumerate(zip(self._shown, cells, strict=True)):
            text = self._text(one.column.kind, value, self._with_year[one.places[0]])
            if not text and one.column.key in _NAMES:
                text = DASH
            bold = row.role is not Role.DETAIL or (isinstance(value, int) and value < 0)
            blocks.append(self._block(text, one, bold, self.plan.width(i)) if text else None)
        return Line(replace(row, cells=cells), tuple(blocks), self.height_of(blocks), source=row)

    def _cell(self, row: Row, shown: _Shown) -> Cell:
        if len(shown.places) == 1:
            return row.cells[shown.places[0]]
        columns = self._table.columns
        texts = [self._text(columns[i].kind, row.cells[i], self._with_year[i]) for i in shown.places]
        if shown.column.key == CARD:
            return _APART.join(self._named(row, shown, texts))
        return " ".join(filter(None, texts))

    def _named(self, row: Row, shown: _Shown, texts: Sequence[str]) -> Iterator[str]:
        """What a row says as a paragraph: figures after their labels, names by themselves, nothing where there is nothing."""
        for place, text in zip(shown.places, texts, strict=True):
            column = self._table.columns[place]
            if not text or text == DASH:
                continue
            alone = row.role is Role.SECTION or place == shown.places[0] or column.key in _SAY_THEMSELVES
            yield text if alone else f"{column.label} {text}"

    def _text(self, kind: Kind, value: Cell, with_year: bool) -> str:  # noqa: FBT001  passed on from a list
        return paper_text(kind, value, with_year=with_year, zero=self._zero)

    def _block(self, text: str, shown: _Shown, bold: bool, width: float) -> Block:  # noqa: FBT001  a look, not a switch
        """Texts are wrapped; figures stand on one line, condensed where the paper is too narrow for them."""
        if shown.column.kind is not Kind.TEXT:
            return Block((text,), self._sizes.body)
        key = (text, shown.column.key, bold)
        block = self._blocks.get(key)
        if block is None:
            if len(self._blocks) >= _REMEMBERED:
                self._blocks.clear()
            face = face_of(Kind.TEXT, bold=bold)
            block = self._wrapped(text, Style(face, self._sizes.body), width, shown)
            self._blocks[key] = block
        return block

    def _wrapped(self, text: str, style: Style, width: float, shown: _Shown) -> Block:
        """A date and its voucher joined in one column stand on a line each."""
        if shown.column.key == "date" and len(shown.places) > 1:
            return Block(tuple(text.split(" ")), style.size)
        if shown.column.key == CARD:
            measure = self._fonts[style.face].width
            said = _packed("", text.split(_APART), _APART, width * 1000 / style.size, measure)
            return Block(tuple(said), style.size)
        block = self.block(text, style, width)
        return Block(tuple(line.lstrip(" ") for line in block.lines), block.size)

    def block(self, text: str, style: Style, width: float) -> Block:
        """A text wrapped to a width at the chosen size."""
        return text_block(self._fonts, text, style, width, float("inf"), shrink=1.0)

    def height_of(self, blocks: Sequence[Block | None]) -> float:
        """Height of a row holding these blocks, at least the row height chosen."""
        tallest = max((block.height for block in blocks if block), default=0.0)
        return max(self._sizes.row * MM, tallest + 2 * PADDING)

    def _parts(self, line: Line, tallest: float) -> Iterator[Line]:
        """A row that would not fit a page goes on in the next one: its text is never made smaller."""
        most = max(int((tallest - 2 * PADDING) / (self._sizes.body * LEADING)), 1)
        longest = max((len(block.lines) for block in line.blocks if block), default=1)
        if longest <= most:
            yield line
            return
        nothing = replace(line.row, cells=(None,) * len(line.row.cells), link=None)
        for start in range(0, longest, most):
            blocks = [
                Block(lines, block.size)
                if block
                and (lines := block.lines[start : start + most])
                and (len(block.lines) > 1 or not start)
                else None
                for block in line.blocks
            ]
            row, source = (nothing, None) if start else (line.row, line.source)
            ends = start + most >= longest
            yield Line(row, tuple(blocks), self.height_of(blocks), ends=ends, source=source)

    def row_of(self, line: Line) -> Row | None:
        """A line as a row with all columns: itself, or the part of its texts that stands there; none for a run."""
        if line.run or (line.source is not None and line.ends):
            return line.source
        cells: list[Cell] = list(line.source.cells) if line.source else [None] * len(self._table.columns)
        for one, block in zip(self._shown, line.blocks, strict=True):
            if block is not None and (one.column.kind is Kind.TEXT or line.source is None):
                cells[one.places[0]] = "".join(block.lines)
        return replace(line.source or line.row, cells=tuple(cells))

    def _run(self, run: Run) -> Iterator[Line]:
        """A run of entries in running lines over the whole width, each a line of its own so that pages break anywhere."""
        size, pad = self._sizes.body, self._sizes.pad * MM
        width = (self.plan.edges[-1] - self.plan.edges[0] - 2 * pad - size) * 1000 / size
        entries = [f"{entry}；" for entry in run.entries[:-1]] + [f"{entry}。" for entry in run.entries[-1:]]
        lines = _packed(run.head, entries, "", width, self._fonts[Face.SERIF].width)
        row = Row(Role.DETAIL, (None,) * len(self.columns))
        for number, text in enumerate(lines, 1):
            yield Line(row, (), size * LEADING * 1.1, text, ends=number == len(lines))


def _packed(first: str, items: Sequence[str], between: str, width: float, measure: Width) -> list[str]:
    """Items beside each other, a line broken between them and not within, so that each is found and read whole."""
    lines: list[str] = []
    line = first
    for item in items:
        joined = f"{line}{between}{item}" if line else item
        if line and measure(joined) > width:
            lines.append(line)
            joined = item
        *whole, line = wrap(joined, width, measure)
        lines += whole
    return [*lines, line]


def _least(needs: Sequence[Need]) -> float:
    """The width columns can just live with."""
    return sum(need.least for need in needs)


def _index(table: Table, key: str) -> list[int]:
    return [i for i, column in enumerate(table.columns) if column.key == key]


def _columns(table: Table, dropped: set[str]) -> list[_Shown]:
    return [_Shown(column, (i,)) for i, column in enumerate(table.columns) if column.key not in dropped]


def _card(shown: Sequence[_Shown]) -> list[_Shown]:
    """All columns in one: each row a paragraph that names its figures, where nothing else fits."""
    places = tuple(place for one in shown for place in one.places)
    return [_Shown(Column(CARD, "逐项列出", Kind.TEXT, sum(one.column.width_mm for one in shown)), places)]


def _join(shown: Sequence[_Shown], keys: tuple[str, str]) -> list[_Shown]:
    """Two columns as one of text, if both are there."""
    first, second = (next((one for one in shown if one.column.key == key), None) for key in keys)
    if first is None or second is None:
        return list(shown)
    label = f"{first.column.label} {second.column.label}"
    width = first.column.width_mm + second.column.width_mm * 0.4
    joined = replace(first.column, label=label, kind=Kind.TEXT, width_mm=width)
    both = _Shown(joined, (*first.places, *second.places))
    return [both if one is first else one for one in shown if one is not second]
