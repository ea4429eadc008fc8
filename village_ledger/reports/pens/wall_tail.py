"""The lower part of a wall sheet: the sum everyone can do again, signatures, seals, check code, notes, page number."""

from __future__ import annotations

from village_ledger.domain.money import format_fen
from village_ledger.reports.disclosure.disclosure_rules import sheet_a
from village_ledger.reports.pens.fonts import Face
from village_ledger.reports.pens.ink import GREY, HAIR, MM, RULE, Fonts, Ink, Style, middle
from village_ledger.reports.pens.pdf_furniture import in_fours
from village_ledger.reports.pens.pdf_layout import PADDING, Frame
from village_ledger.reports.pens.wall_layout import Sizes
from village_ledger.reports.pens.wrapping import wrap
from village_ledger.reports.table import Table

_SEAL = 40 * MM
_SIGNING = 42 * MM
"""Room to sign in, whatever the size of type."""
_GAP = 5 * MM
_GROUPS_WIDTH = 24 * MM
_LEADING = 1.45
_SMALLEST_LABEL = 8.0


class WallTail:
    """What follows the closing row."""

    def __init__(
        self, table: Table, sizes: Sizes, fonts: Fonts, frame: Frame, print_number: int, head: float
    ) -> None:
        """``head`` is where a page's own words end, points from the paper's edge."""
        self._table = table
        self._sizes = sizes
        self._frame = frame
        self._print_number = print_number
        self._before = self._pack = 0
        failed = [f"▲ {check.rule} 不符：{check.text}" for check in table.checks if not check.ok]
        room = frame.width * 1000 / sizes.note
        self._notes = [
            line for note in (*failed, *table.notes) for line in wrap(note, room, fonts[Face.SERIF].width)
        ]
        page = frame.bottom - sizes.paper.top * MM - 10 * MM
        most = int(page * 0.35 / (sizes.note * _LEADING))
        self._here = self._notes[:most] if len(self._notes) <= most else self._notes[: most - 1]
        rest = self._notes[len(self._here) :]
        self._more_top = head + 2 * MM
        per_page = int((frame.bottom - self._more_top - 2 * sizes.note) / (sizes.note * _LEADING))
        self._more = [rest[i : i + per_page] for i in range(0, len(rest), per_page)]

    def stands(self, before: int, pages: int) -> None:
        """So many pages of the whole pack stand before this sheet, of so many."""
        self._before, self._pack = before, pages

    @property
    def extra_pages(self) -> int:
        """Pages of notes beyond the sheet itself."""
        return len(self._more)

    @property
    def height(self) -> float:
        """Room below the closing row, points."""
        continued = bool(self._more)
        notes = (len(self._here) + continued) * self._sizes.note * _LEADING
        return self._sum_height + self._block_height + notes + 3 * MM

    @property
    def _sum_height(self) -> float:
        return self._sizes.total * 1.9 if "closing" in self._table.facts else 3 * MM

    @property
    def _block_height(self) -> float:
        if not self._sizes.signed:
            return 0.0
        return max(_SEAL, min(3 * self._sizes.row * MM, _SIGNING))

    def placed(self) -> list[list[tuple[str, float]]]:
        """What it says in lines of words with their size of type: those below the closing row, then page by page."""
        first: list[tuple[str, float]] = []
        if "closing" in self._table.facts:
            first.append((self._equation(), self._sizes.total))
        label = min(self._sizes.body * 0.82, 13)
        if self._table.signatures:
            first.append(("　".join(f"{place}＿＿＿＿＿" for place, _ in self._table.signatures), label))
            seals = "　".join(seal.replace("\n", "") for seal in self._table.seals)
            first.append((f"{self._opinion()}　　　年　　月　　日　　{seals}", label))
        note = self._sizes.note
        return [
            [*first, *((line, note) for line in self._here)],
            *([(x, note) for x in p] for p in self._more),
        ]

    def draw(self, ink: Ink, y: float) -> None:
        """Draw it below ``y``; signatures and notes stand at the foot of the sheet."""
        sizes, frame = self._sizes, self._frame
        if "closing" in self._table.facts:
            style = Style(Face.SANS_BOLD, sizes.total)
            base = y + sizes.total * 1.35
            ink.text_centre(ink.width / 2, base, self._equation(), style, squeeze_to=frame.width)
        y += self._sum_height
        if self._sizes.signed:
            self._draw_signing(ink, y)
        y += self._block_height + 3 * MM
        lines = [*self._here, "（说明未完，见下页）"] if self._more else self._here
        self._draw_notes(ink, y, lines)

    def _draw_signing(self, ink: Ink, y: float) -> None:
        """Signatures, seals and the code from left to right."""
        x = self._frame.right
        if self._table.check_code:
            x -= _GROUPS_WIDTH
            self._draw_code(ink, x, y)
        for seal in reversed(self._table.seals):
            x -= _SEAL + _GAP
            self._draw_seal(ink, x, y, seal)
        self._draw_signatures(ink, y, x - _GAP)

    def draw_more(self, ink: Ink, number: int) -> None:
        """A page of further notes, below what every page says first."""
        base = self._more_top + self._sizes.note
        ink.text(self._frame.left, base, "说明（续）", Style(Face.SERIF_BOLD, self._sizes.note))
        self._draw_notes(ink, base, self._more[number])

    def _draw_notes(self, ink: Ink, y: float, lines: list[str]) -> None:
        style = Style(Face.SERIF, self._sizes.note)
        for line in lines:
            y += self._sizes.note * _LEADING
            ink.text(self._frame.left, y, line, style)

    def draw_foot(self, ink: Ink, page: int, pages: int) -> None:
        """Check code, print count and page number on every page, of the sheet and of the whole pack."""
        style = Style(Face.SERIF, self._sizes.foot)
        y = self._frame.bottom + 4 * MM
        code = f"校验码 {in_fours(self._table.check_code)} · " if self._table.check_code else "未登记 · "
        printed = f"{code}第 {self._print_number} 次打印"
        words = f"第 {page} 页，共 {pages} 页"
        if self._pack:
            words = f"本表{words} · 整套第 {self._before + page} 页，共 {self._pack} 页"
        ink.text(self._frame.left, y, printed, style)
        if ink.text_width(printed, style) + ink.text_width(words, style) > self._frame.width - 6 * MM:
            y += style.size * 1.3
        ink.text_right(self._frame.right, y, words, style)

    def _equation(self) -> str:
        figures = {
            key: format_fen(value if isinstance(value := self._table.facts.get(key), int) else 0)
            for key in ("opening", "income", "expense", "closing")
        }
        return sheet_a().notes["equation"].format(**figures)

    def _draw_code(self, ink: Ink, x: float, y: float) -> None:
        """The check code in groups of four for people; its square stands at the head of every page."""
        small, strong = Style(Face.SERIF, self._sizes.note), Style(Face.SANS_BOLD, 15)
        middle_of = x + _GROUPS_WIDTH / 2
        ink.text_centre(middle_of, y + 6 * MM, "校验码", small)
        for line, group in enumerate(in_fours(self._table.check_code or "").split()):
            ink.text_centre(middle_of, y + (15 + 9 * line) * MM, group, strong)

    def _draw_seal(self, ink: Ink, x: float, y: float, label: str) -> None:
        ink.dashed_box(x, y, _SEAL, _SEAL)
        style = Style(Face.SERIF, 11, GREY)
        for line, text in enumerate(label.split("\n")):
            ink.text_centre(x + _SEAL / 2, y + _SEAL / 2 + (line * 1.5 - 0.4) * style.size, text, style)

    def _draw_signatures(self, ink: Ink, y: float, right: float) -> None:
        """A small table: places, names or room to sign, the supervisors' opinion and a date."""
        places = self._table.signatures
        if not places:
            return
        left = self._frame.left
        label = self._label_style(ink, right - left)
        widths = [ink.text_width(place, label) + 2 * PADDING for place, _ in places]
        slack = (right - left - sum(widths)) / len(places)
        edges = [left]
        for width in widths:
            edges.append(edges[-1] + width + slack)
        third = self._block_height / 3
        name = Style(Face.SERIF, self._sizes.body)
        for i, (place, person) in enumerate(places):
            x, room = (edges[i] + edges[i + 1]) / 2, edges[i + 1] - edges[i] - PADDING
            ink.text_centre(x, middle(y, third * 0.85, label.size), place, label, squeeze_to=room)
            ink.text_centre(
                x, middle(y + third * 0.85, third * 1.3, name.size), person, name, squeeze_to=room
            )
        rows = (y, y + third * 0.85, y + third * 2.15)
        ink.grid(edges, rows, HAIR * 1.5)
        ink.box(left, y, right - left, self._block_height, RULE)
        base = middle(y + third * 2.15, third * 0.85, label.size)
        ink.text(left + PADDING * 2, base, self._opinion(), label, squeeze_to=(right - left) * 0.7)
        ink.text_right(right - PADDING * 2, base, "年　　月　　日", label)

    def _label_style(self, ink: Ink, room: float) -> Style:
        """The largest type in which all places stand side by side."""
        size = min(self._sizes.body * 0.82, 13)
        while size > _SMALLEST_LABEL:
            style = Style(Face.SERIF, size)
            if sum(ink.text_width(place, style) + 2 * PADDING for place, _ in self._table.signatures) <= room:
                return style
            size -= 0.5
        return Style(Face.SERIF, _SMALLEST_LABEL)

    def _opinion(self) -> str:
        from village_ledger.domain.chart import LedgerKind

        kind = (
            LedgerKind.COMMITTEE
            if self._table.ledger == LedgerKind.COMMITTEE.value
            else LedgerKind.COLLECTIVE
        )
        return sheet_a().wording[kind].opinion
