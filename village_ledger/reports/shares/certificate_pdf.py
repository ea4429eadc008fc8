"""The pen for share certificates: A4 landscape, folded in the middle; the certificate left, changes and pledges right.

What does not fit on the right goes on to further sheets, both halves of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

from village_ledger.domain.certificate import day_words
from village_ledger.reports.pens.fonts import Face
from village_ledger.reports.pens.ink import (
    GREEN,
    GREY,
    HAIR,
    MM,
    RED,
    SHADE,
    SIX_PERCENT,
    Fonts,
    Ink,
    Style,
    middle,
)
from village_ledger.reports.pens.output_file import replacing
from village_ledger.reports.pens.pdf_file import PdfFile
from village_ledger.reports.pens.pdf_furniture import WATERMARK_DEGREES, in_fours
from village_ledger.reports.pens.pdf_layout import PADDING
from village_ledger.reports.pens.qr import draw_qr
from village_ledger.reports.pens.render_pdf import PdfResult
from village_ledger.reports.pens.wrapping import wrap
from village_ledger.reports.shares.certificate import NOTES, CertificatePaper, ChangeLine, PledgeLine

_WIDTH, _HEIGHT = 297 * MM, 210 * MM
_HALF = _WIDTH / 2
_INSET = 6 * MM
_MARGIN = 13.5 * MM
_LEFT = (_MARGIN, _HALF - 10.5 * MM)
_RIGHT = (_HALF + 10.5 * MM, _WIDTH - _MARGIN)
_ROW = 9.2 * MM
_LEAST_ROW = 5.2 * MM
_TABLE_TOP = 54 * MM
_NOTES_LINE = 7 * MM
_FOOT_TOP = 170 * MM
_CHANGES = 11
_PLEDGES = 3
_LINE_WIDTH = HAIR * 1.5
_SEAL = 18 * MM
"""Radius of the place for the seal; the seals of such organisations are about 38 mm wide."""

_BODY = Style(Face.SERIF, 11)
_STRONG = Style(Face.SERIF_BOLD, 11)
_FIGURE = Style(Face.SANS, 11)
_TOTAL = Style(Face.SANS_BOLD, 11)
_SMALL = Style(Face.SERIF, 9)
_FOOTED = Style(Face.SERIF, 8.5, GREY)
_FOOT = _HEIGHT - 11 * MM
_TITLE = Style(Face.SERIF_BOLD, 38)
_PAGE_TITLE = Style(Face.SERIF_BOLD, 19)
_ENTITY = Style(Face.SERIF, 14)


def write_certificates(papers: Sequence[CertificatePaper], path: Path) -> PdfResult:
    """Print certificates, each from a sheet of its own; raises FontsMissing, OutputError, OutputDiskFull."""
    with Fonts() as fonts, replacing(path) as stream:
        file = PdfFile(stream, "股权证")
        for paper in papers:
            _Certificate(paper, fonts).onto(file)
        file.close(fonts.all())
    return PdfResult(file.page_count, 297 * 210 * file.page_count, fonts.missing)


class _Certificate:
    def __init__(self, paper: CertificatePaper, fonts: Fonts) -> None:
        self._paper = paper
        self._fonts = fonts

    def onto(self, file: PdfFile) -> None:
        """The sheet with the certificate and the first page of changes, then as many as are needed."""
        pages = _pages(self._paper)
        total = 1 + len(pages) // 2
        ink = self._sheet()
        self._draw_face(ink)
        self._draw_page(ink, _RIGHT, pages[0])
        self._finish(file, ink, 1, total)
        for number, start in enumerate(range(1, len(pages), 2), 2):
            ink = self._sheet()
            for room, page in zip((_LEFT, _RIGHT), pages[start : start + 2], strict=False):
                self._draw_page(ink, room, page)
            ink.text_centre(sum(_LEFT) / 2, _FOOT, f"{self._paper.number} 续页", _SMALL)
            self._finish(file, ink, number, total)

    def _finish(self, file: PdfFile, ink: Ink, number: int, total: int) -> None:
        """The foot: which sheet of how many, and of which print."""
        left, right = _RIGHT
        ink.text(left, _FOOT, f"第 {self._paper.print_number} 次打印", _FOOTED)
        ink.text_right(right, _FOOT, f"第 {number} 张，共 {total} 张", _FOOTED)
        file.add_page(ink.width, ink.height, ink.content())

    def _sheet(self) -> Ink:
        """Both frames, the fold, and what lies under the text."""
        ink = Ink(self._fonts, _WIDTH, _HEIGHT)
        under = "作废" if self._paper.ended else self._paper.watermark
        if under:
            for centre in (_HALF / 2, _HALF * 1.5):
                size = _HALF * 0.55 / len(under)
                style = Style(Face.SERIF_BOLD, size, SIX_PERCENT)
                ink.turned(centre, _HEIGHT / 2, under, style, WATERMARK_DEGREES)
        for left in (_INSET, _HALF + 4 * MM):
            width = _HALF - _INSET - 4 * MM
            for step, line in ((0.0, 0.7 * MM), (0.95 * MM, 0.2 * MM)):
                ink.box(
                    left + step,
                    _INSET + step,
                    width - 2 * step,
                    _HEIGHT - 2 * (_INSET + step),
                    line,
                    GREEN,
                )
        ink.dashed_line(_HALF, _INSET, _HALF, _HEIGHT - _INSET)
        return ink

    def _draw_face(self, ink: Ink) -> None:
        paper, (left, right) = self._paper, _LEFT
        centre = (left + right) / 2
        ink.box(
            _INSET + 2.4 * MM,
            _INSET + 2.4 * MM,
            _HALF - _INSET - 8.8 * MM,
            _HEIGHT - 2 * (_INSET + 2.4 * MM),
            0.2 * MM,
            GREEN,
        )
        ink.text_centre(centre, 21 * MM, paper.entity, _ENTITY, squeeze_to=right - left)
        ink.spaced_centre(centre, 37.5 * MM, "股权证", _TITLE, 32)
        y = 49 * MM
        after = _pair(ink, left + 1 * MM, y, "证号", paper.number)
        place = " ".join(filter(None, (paper.group, f"{paper.household} 户")))
        start = right - 1 * MM - _pair_width(ink, "户主", paper.head)
        _pair(ink, start, y, "户主", paper.head)
        ink.text_centre((after + start) / 2, y, place, _BODY, squeeze_to=start - after - 4 * MM)
        bottom = self._draw_holders(ink)
        y = bottom + 3 * MM
        for line in NOTES:
            y += _NOTES_LINE if bottom < 135 * MM else _NOTES_LINE * 0.7
            ink.text(left + 1 * MM, y, line, Style(Face.SERIF, 10.5), squeeze_to=right - left - 2 * MM)
        if paper.ended:
            ink.text(
                left + 1 * MM,
                y + _NOTES_LINE,
                f"▲ 本证已失效：{paper.ended}",
                Style(Face.SERIF_BOLD, 11, RED),
            )
        self._draw_foot(ink)

    def _draw_holders(self, ink: Ink) -> float:
        """The table of the household's people; gives where it ends."""
        paper, (left, right) = self._paper, _LEFT
        count = len(paper.classes)
        figures = min(27 * MM, (right - left) * 0.5 / max(count, 1))
        number = right - left - 40 * MM - count * figures
        edges = list(accumulate((22 * MM, 18 * MM, number, *([figures] * count)), initial=left))
        row = min(_ROW, (_FOOT_TOP - 24 * MM - _TABLE_TOP) / (len(paper.holders) + 2))
        row = max(row, _LEAST_ROW)
        size = min(11.0, row / MM * 1.35)
        labels = ("姓名", "关系", "身份证号", *(f"{name}（份）" for name in paper.classes))
        y = _TABLE_TOP
        ink.fill(left, y, right - left, row, SHADE)
        for place, label in enumerate(labels):
            _centred(ink, edges, place, (y, row), label, Style(Face.SERIF_BOLD, size))
        for holder in paper.holders:
            y += row
            _centred(ink, edges, 0, (y, row), holder.name, Style(Face.SERIF, size))
            _centred(ink, edges, 1, (y, row), holder.relation, Style(Face.SERIF, size))
            face = Face.SANS if holder.number[:1].isdigit() else Face.SERIF
            _centred(ink, edges, 2, (y, row), holder.number, Style(face, size))
            for place, text in enumerate(holder.quantities, 3):
                _flush(ink, edges, place, (y, row), text, Style(Face.SANS, size))
        y += row
        ink.grid(edges, [_TABLE_TOP + row * i for i in range(len(paper.holders) + 2)], _LINE_WIDTH)
        _centred(ink, edges, 0, (y, row), "合计", Style(Face.SERIF_BOLD, size))
        words = (edges[3] - edges[1]) - 2 * PADDING
        base = middle(y, row, size)
        ink.text(edges[1] + PADDING, base, paper.capital, Style(Face.SERIF_BOLD, size), squeeze_to=words)
        for place, text in enumerate(paper.totals, 3):
            _flush(ink, edges, place, (y, row), text, Style(Face.SANS_BOLD, size))
        ink.grid([edges[0], edges[1], *edges[3:]], (y, y + row), _LINE_WIDTH)
        return y + row

    def _draw_foot(self, ink: Ink) -> None:
        """The square code, the check code, the seal's place, the signature and the day."""
        paper, (left, right) = self._paper, _LEFT
        side = 21 * MM
        top = _FOOT_TOP + 4 * MM
        draw_qr(ink, paper.scanned, left + 1 * MM, top, side)
        x = left + side + 4 * MM
        ink.text(x, top + 3.5 * MM, "校验码", Style(Face.SERIF, 10))
        ink.text(x, top + 9 * MM, in_fours(paper.code).replace(" ", "-"), Style(Face.SANS_BOLD, 10.5))
        if paper.entity_code:
            ink.text(x, top + 13.5 * MM, paper.entity_code, Style(Face.SANS, 8, GREY))
        seal = (right - _SEAL, top + 7 * MM)
        ink.dashed_circle(*seal, _SEAL)
        ink.text_centre(seal[0], seal[1] - 4 * MM, "（盖章处）", Style(Face.SERIF, 10, GREY))
        ink.text_centre(seal[0], seal[1] + 7 * MM, day_words(paper.day), Style(Face.SERIF, 10))
        base = top + side - 0.5 * MM
        ink.text(x, base, "理事长", _BODY)
        ink.line(x + 14 * MM, base + 1 * MM, right - 2 * _SEAL - 4 * MM, base + 1 * MM, HAIR)

    def _draw_page(self, ink: Ink, room: tuple[float, float], page: _Page) -> None:
        """Changes above, pledges below."""
        left, right = room
        changes, pledges = page
        centre = (left + right) / 2
        ink.spaced_centre(centre, 20 * MM, "变动登记", _PAGE_TITLE, 15)
        edges = _edges(room, (22, 32, 15, 15, 34, 13))
        labels = ("日期", "事由", "增减", "余额", "依据", "经办章")
        y = _head(ink, edges, 25 * MM, labels)
        for place in range(_CHANGES):
            if place < len(changes):
                self._draw_change(ink, edges, y, changes[place])
            y += _ROW
        ink.grid(edges, [25 * MM + _ROW * i for i in range(_CHANGES + 2)], _LINE_WIDTH)
        y += 9.5 * MM
        ink.spaced_centre(centre, y, "质押登记", Style(Face.SERIF_BOLD, 15), 12)
        top = y + 4 * MM
        edges = _edges(room, (37, 14, 34, 23, 23))
        y = _head(ink, edges, top, ("债权人", "份数", "合同", "登记", "解除"))
        for place in range(_PLEDGES):
            if place < len(pledges):
                self._draw_pledge(ink, edges, y, pledges[place])
            y += _ROW
        ink.grid(edges, [top + _ROW * i for i in range(_PLEDGES + 2)], _LINE_WIDTH)

    def _draw_change(self, ink: Ink, edges: Sequence[float], y: float, line: ChangeLine) -> None:
        _centred(ink, edges, 0, (y, _ROW), line.day.isoformat(), Style(Face.SERIF, 10))
        _wrapped(ink, edges, 1, y, line.what)
        _flush(ink, edges, 2, (y, _ROW), line.delta or "—", Style(Face.SANS, 10))
        _flush(ink, edges, 3, (y, _ROW), line.balance, Style(Face.SANS, 10))
        _wrapped(ink, edges, 4, y, line.basis)

    def _draw_pledge(self, ink: Ink, edges: Sequence[float], y: float, line: PledgeLine) -> None:
        _wrapped(ink, edges, 0, y, line.creditor)
        _flush(ink, edges, 1, (y, _ROW), line.quantity, Style(Face.SANS, 10))
        _wrapped(ink, edges, 2, y, line.contract)
        _centred(ink, edges, 3, (y, _ROW), line.registered.isoformat(), Style(Face.SERIF, 10))
        released = line.released.isoformat() if line.released else ""
        _centred(ink, edges, 4, (y, _ROW), released, Style(Face.SERIF, 10))


_Page = tuple[Sequence[ChangeLine], Sequence[PledgeLine]]


def _pages(paper: CertificatePaper) -> list[_Page]:
    """Changes and pledges by page; at least one, empty rows are written by hand."""
    count = max(-(-len(paper.changes) // _CHANGES), -(-len(paper.pledges) // _PLEDGES), 1)
    return [
        (
            paper.changes[i * _CHANGES : (i + 1) * _CHANGES],
            paper.pledges[i * _PLEDGES : (i + 1) * _PLEDGES],
        )
        for i in range(count)
    ]


def _edges(room: tuple[float, float], parts: Sequence[float]) -> list[float]:
    """Edges of columns in these proportions over the whole width."""
    left, right = room
    unit = (right - left) / sum(parts)
    return list(accumulate((part * unit for part in parts), initial=left))


def _head(ink: Ink, edges: Sequence[float], top: float, labels: Sequence[str]) -> float:
    ink.fill(edges[0], top, edges[-1] - edges[0], _ROW, SHADE)
    for place, label in enumerate(labels):
        _centred(ink, edges, place, (top, _ROW), label, Style(Face.SERIF_BOLD, 10.5))
    return top + _ROW


def _pair_width(ink: Ink, label: str, text: str) -> float:
    return ink.text_width(f"{label} ", _BODY) + ink.text_width(text, _STRONG)


def _pair(ink: Ink, x: float, y: float, label: str, text: str) -> float:
    """A label and what it names, bold; gives where it ends."""
    ink.text(x, y, label, _BODY)
    ink.text(x + ink.text_width(f"{label} ", _BODY), y, text, _STRONG)
    return x + _pair_width(ink, label, text)


_Cell = tuple[float, float]
"""Top and height of a row."""


def _centred(ink: Ink, edges: Sequence[float], place: int, cell: _Cell, text: str, style: Style) -> None:
    left, right = edges[place], edges[place + 1]
    base = middle(*cell, style.size)
    ink.text_centre((left + right) / 2, base, text, style, squeeze_to=right - left - 2 * PADDING)


def _flush(ink: Ink, edges: Sequence[float], place: int, cell: _Cell, text: str, style: Style) -> None:
    left, right = edges[place], edges[place + 1]
    base = middle(*cell, style.size)
    ink.text_right(right - PADDING, base, text, style, squeeze_to=right - left - 2 * PADDING)


def _wrapped(ink: Ink, edges: Sequence[float], place: int, y: float, text: str) -> None:
    """A text on one line, or smaller on two."""
    left, room = edges[place] + PADDING, edges[place + 1] - edges[place] - 2 * PADDING
    style = Style(Face.SERIF, 10)
    if ink.text_width(text, style) <= room * 1.12:
        ink.text(left, middle(y, _ROW, style.size), text, style, squeeze_to=room)
        return
    small = Style(Face.SERIF, 8)
    half = min(room, ink.text_width(text, small) / 2 + 1.5 * small.size)
    first, *rest = wrap(text, half * 1000 / small.size, ink.fonts[Face.SERIF].width)
    ink.text(left, middle(y, _ROW / 2, small.size) + 0.4 * MM, first, small)
    ink.text(
        left, middle(y + _ROW / 2, _ROW / 2, small.size) - 0.4 * MM, "".join(rest), small, squeeze_to=room
    )
