"""The pen of the sheet to sign (分红签领单): A4 across, a group from a new page on, sums carried from page to page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from village_ledger.domain.capital import capital
from village_ledger.domain.money import format_fen
from village_ledger.reports.dividends.dividend import Facts
from village_ledger.reports.dividends.dividend_papers import sheet_code
from village_ledger.reports.issuer import Issuer
from village_ledger.reports.pens.fonts import Face
from village_ledger.reports.pens.ink import HAIR, MM, RULE, SHADE, Fonts, Ink, Style, middle
from village_ledger.reports.pens.output_file import replacing
from village_ledger.reports.pens.pdf_file import PdfFile
from village_ledger.reports.pens.pdf_furniture import STRONG, Head, PrintJob, Tail, draw_foot, printable
from village_ledger.reports.pens.pdf_layout import PADDING, Paper
from village_ledger.reports.pens.render_pdf import PdfResult
from village_ledger.reports.table import Table
from village_ledger.services.dividends.dividend_files import SheetLine

_COLUMNS = (
    ("序号", 11),
    ("户号", 17),
    ("户主", 25),
    ("持股人", 14),
    ("份额", 24),
    ("应领（元）", 29),
    ("银行尾号", 21),
    ("银行结果", 18),
    ("领款人签名（手印）", 42),
    ("代领人", 23),
    ("关系", 16),
    ("日期", 22),
)
_ROW = 7.6 * MM
_SIZE = 10.0
_TEXT = Style(Face.SERIF, _SIZE)
_SMALL = Style(Face.SERIF, 8.5)
_FIGURE = Style(Face.SANS, _SIZE)
_BOLD_FIGURE = Style(Face.SANS_BOLD, _SIZE)
_NAMED = 3
"""Columns that a sum's name takes."""


@dataclass(frozen=True, slots=True)
class Sums:
    """Holders, shares and fen added up."""

    holders: int = 0
    shares: Decimal = Decimal(0)
    amount: int = 0

    def plus(self, lines: Sequence[SheetLine]) -> Sums:
        """With some lines added."""
        return Sums(
            self.holders + sum(line.holders for line in lines),
            self.shares + sum((Decimal(line.shares) for line in lines), Decimal(0)),
            self.amount + sum(line.amount for line in lines),
        )


@dataclass(frozen=True, slots=True)
class _Page:
    group: str
    first: int
    """Number of its first line."""
    lines: tuple[SheetLine, ...]
    before: Sums
    carried: str
    """Groups whose sums are carried onto it."""
    groups: str
    """Groups up to its end."""


def write_sheet(
    issuer: Issuer, facts: Facts, lines: Sequence[SheetLine], path: Path, *, accountant: str = ""
) -> PdfResult:
    """Print the sheet; raises FontsMissing, OutputError, OutputDiskFull."""
    table = _furniture(issuer, facts, lines, accountant)
    with Fonts() as fonts, replacing(path) as stream:
        file = PdfFile(stream, table.title)
        _Sheet(table, fonts, lines).onto(file)
        file.close(fonts.all())
    paper = Paper.A4_LANDSCAPE.value
    return PdfResult(file.page_count, round(paper.width * paper.height) * file.page_count, fonts.missing)


def _furniture(issuer: Issuer, facts: Facts, lines: Sequence[SheetLine], accountant: str) -> Table:
    whole = Sums().plus(lines)
    held = sum(line.amount for line in lines if line.held)
    notes = ["每户应领是户内各持有人应分的和。"]
    if held:
        notes.append(f"其中没有办继承的遗产 {format_fen(held)} 先挂账，办好继承再发。")
    return Table(
        report="dividend-sheet",
        title=f"{facts.year} 年度收益分红签领单",
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=(),
        rows=(),
        check_code=sheet_code(issuer, facts, lines),
        subtitle=f"登记日 {facts.record_date} · 份额 {whole.shares:,f} 份 · 应发 {format_fen(whole.amount)} 元 · "
        f"{capital(whole.amount)}",
        heading=(f"决议 {facts.resolution}", f"分红日 {facts.day}"),
        notes=("".join(notes),),
        warnings=("试算，没有入账，不能凭它发钱。",) if facts.is_preview else (),
        watermark=issuer.watermark,
        signatures=(("理事长", ""), ("监事长", ""), ("会计", accountant), ("发放人", ""), ("监发人", "")),
    )


class _Sheet:
    def __init__(self, table: Table, fonts: Fonts, lines: Sequence[SheetLine]) -> None:
        self._table = table
        self._fonts = fonts
        self._paper = Paper.A4_LANDSCAPE.value
        self._frame = printable(self._paper)
        self._head = Head(table, self._paper, fonts)
        self._tail = Tail(table, fonts, self._frame)
        self._decimals = max((len(line.shares.partition(".")[2]) for line in lines), default=0)
        scale = self._frame.width / sum(width for _, width in _COLUMNS)
        self._edges = [self._frame.left]
        for _, width in _COLUMNS:
            self._edges.append(self._edges[-1] + width * scale)
        self._pages = self._paginated(lines)

    def _paginated(self, lines: Sequence[SheetLine]) -> list[_Page]:
        """Each group from a new page on; every page keeps room for its head row and three sums."""
        room = self._frame.bottom - self._head.bottom - self._tail.height
        most = max(1, int(room // _ROW) - 4)
        groups: dict[str, list[SheetLine]] = {}
        for line in lines:
            groups.setdefault(line.group, []).append(line)
        pages: list[_Page] = []
        before, first, seen, carried = Sums(), 1, list[str](), ""
        for group, some in groups.items():
            seen.append(group or "未分组")
            for start in range(0, len(some), most):
                part = tuple(some[start : start + most])
                pages.append(_Page(group, first, part, before, carried, "、".join(seen)))
                before, first, carried = before.plus(part), first + len(part), "、".join(seen)
        return pages or [_Page("", 1, (), Sums(), "", "")]

    def onto(self, file: PdfFile) -> None:
        """Draw every page with its signatures."""
        for number, page in enumerate(self._pages, 1):
            ink = Ink(self._fonts, self._paper.width * MM, self._paper.height * MM)
            self._head.draw(ink)
            y = self._rows(ink, page, is_last=number == len(self._pages))
            self._tail.draw(ink, y)
            draw_foot(ink, self._table, self._frame, PrintJob(1, number, len(self._pages)))
            file.add_page(ink.width, ink.height, ink.content())

    def _rows(self, ink: Ink, page: _Page, *, is_last: bool) -> float:
        y = self._labels(ink)
        if page.before.holders:
            y = self._sum(ink, y, f"承前页（{page.carried}累计）", page.before)
        for number, line in enumerate(page.lines, page.first):
            y = self._line(ink, y, number, line)
        y = self._sum(ink, y, f"本页小计（{page.group or '未分组'}）", Sums().plus(page.lines))
        after = page.before.plus(page.lines)
        name = "合计" if is_last else f"过次页（{page.groups}累计）"
        return self._sum(ink, y, name, after)

    def _labels(self, ink: Ink) -> float:
        y = self._head.bottom
        ink.fill(self._edges[0], y, self._edges[-1] - self._edges[0], _ROW, SHADE)
        for place, (label, _) in enumerate(_COLUMNS):
            centre = (self._edges[place] + self._edges[place + 1]) / 2
            room = self._edges[place + 1] - self._edges[place] - PADDING
            ink.text_centre(centre, middle(y, _ROW, _SIZE), label, STRONG, squeeze_to=room)
        self._rules(ink, y)
        return y + _ROW

    def _line(self, ink: Ink, y: float, number: int, line: SheetLine) -> float:
        base = middle(y, _ROW, _SIZE)
        self._centre(ink, 0, base, str(number), _TEXT)
        self._centre(ink, 1, base, line.household, _TEXT)
        ink.text(self._edges[2] + PADDING, base, line.head, STRONG, squeeze_to=self._room(2))
        self._centre(ink, 3, base, str(line.holders), _TEXT)
        self._right(ink, 4, base, line.shares, _FIGURE)
        self._right(ink, 5, base, format_fen(line.amount), _BOLD_FIGURE)
        self._centre(ink, 6, base, line.tail, _FIGURE)
        self._centre(ink, 7, base, "挂账" if line.held else line.result, _TEXT)
        if line.held:
            self._centre(ink, 8, base, "未办继承，不发放", _SMALL)
        self._centre(ink, 9, base, line.receiver, _TEXT)
        self._centre(ink, 10, base, line.relation, _TEXT)
        self._rules(ink, y)
        return y + _ROW

    def _sum(self, ink: Ink, y: float, name: str, sums: Sums) -> float:
        edges = self._edges
        ink.fill(edges[0], y, edges[-1] - edges[0], _ROW, SHADE)
        base = middle(y, _ROW, _SIZE)
        room = edges[_NAMED] - edges[0] - 2 * PADDING
        ink.text_centre((edges[0] + edges[_NAMED]) / 2, base, name, STRONG, squeeze_to=room)
        self._centre(ink, 3, base, str(sums.holders), STRONG)
        self._right(ink, 4, base, f"{sums.shares:,.{self._decimals}f}", _BOLD_FIGURE)
        self._right(ink, 5, base, format_fen(sums.amount), _BOLD_FIGURE)
        self._rules(ink, y, first=_NAMED)
        return y + _ROW

    def _rules(self, ink: Ink, y: float, first: int = 1) -> None:
        edges = self._edges
        ink.box(edges[0], y, edges[-1] - edges[0], _ROW, RULE)
        for x in edges[first:-1]:
            ink.line(x, y, x, y + _ROW, HAIR)

    def _room(self, place: int) -> float:
        return self._edges[place + 1] - self._edges[place] - 2 * PADDING

    def _centre(self, ink: Ink, place: int, base: float, text: str, style: Style) -> None:
        centre = (self._edges[place] + self._edges[place + 1]) / 2
        ink.text_centre(centre, base, text, style, squeeze_to=self._room(place))

    def _right(self, ink: Ink, place: int, base: float, text: str, style: Style) -> None:
        ink.text_right(self._edges[place + 1] - PADDING, base, text, style, squeeze_to=self._room(place))
