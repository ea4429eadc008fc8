"""Pages that no figures stand on: covers (封面), the form a book begins with (启用表), the list of its accounts (目录).

会计基础工作规范 art. 57: a book's first page names unit, book, pages, when it was begun, who keeps it and every handover;
art. 55: a month's vouchers are bound under a cover with unit, year, month, kinds, numbers and how many there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from village_ledger.reports.issuer import Issuer
from village_ledger.reports.pens.fonts import Face
from village_ledger.reports.pens.ink import HAIR, MM, RULE, Ink, Style, middle
from village_ledger.reports.pens.pdf_furniture import FOOT, draw_stamp, draw_watermark, printable
from village_ledger.reports.pens.pdf_layout import Sheet
from village_ledger.reports.pens.stamp import stamp_of

_LABEL = Style(Face.SERIF, 13)
_VALUE = Style(Face.SERIF_BOLD, 14)
_CELL = Style(Face.SERIF, 11)
_CELL_HEAD = Style(Face.SERIF_BOLD, 11)
_SEAL = 40 * MM
_ROW = 9.5 * MM
_HANDOVERS = 5
"""Empty lines for handovers: more than a book of one year needs."""


@dataclass(frozen=True, slots=True)
class Front:
    """What a volume says of itself before its first page of figures."""

    title: str
    """明细账, 总账 …"""
    issuer: Issuer
    period: str
    """2025年 …"""
    begun: date
    """First day of the book."""
    pages: int
    """Pages of figures."""
    chief: str = ""
    bookkeeper: str = ""
    number: str = ""
    """编号 of the book in the archive, empty to be written by hand."""


@dataclass(frozen=True, slots=True)
class VoucherBundle:
    """A month's vouchers as bound together."""

    issuer: Issuer
    month: str
    """2025年3月."""
    runs: Sequence[tuple[str, int, int]]
    """(word, first number, last number)."""
    count: int
    attachments: int
    chief: str = ""


def draw_cover(ink: Ink, front: Front) -> None:
    """The cover of a volume: what it is in large letters, whose, of when, with room for the seal."""
    draw_watermark(ink, front.issuer.watermark)
    centre = ink.width / 2
    inset = 12 * MM
    ink.box(inset, inset, ink.width - 2 * inset, ink.height - 2 * inset, 0.9 * MM)
    ink.box(
        inset + 2 * MM, inset + 2 * MM, ink.width - 2 * inset - 4 * MM, ink.height - 2 * inset - 4 * MM, HAIR
    )
    stamp = stamp_of(front.issuer.village, front.issuer.ledger)
    draw_stamp(ink, stamp, centre - 9 * MM, 24 * MM, 18 * MM)
    room = ink.width - 60 * MM
    ink.text_centre(centre, 56 * MM, front.issuer.entity, Style(Face.SERIF_BOLD, 22), squeeze_to=room)
    ink.spaced_centre(centre, 86 * MM, front.title, Style(Face.SERIF_BOLD, 44), 16)
    ink.text_centre(centre, 104 * MM, front.period, Style(Face.SERIF, 20))
    facts = (
        ("账簿编号", front.number),
        ("本册页数", f"{front.pages} 页"),
        ("册　　数", ""),
        ("会计主管", front.chief),
        ("记　　账", front.bookkeeper),
    )
    _facts(ink, facts, centre - 88 * MM, 122 * MM, 78 * MM)
    ink.dashed_box(centre + 46 * MM, 120 * MM, _SEAL, _SEAL)
    ink.text_centre(centre + 46 * MM + _SEAL / 2, 120 * MM + _SEAL / 2, "（单位公章）", FOOT)


def draw_front_page(ink: Ink, front: Front) -> None:
    """账簿启用及交接表."""
    draw_watermark(ink, front.issuer.watermark)
    frame = printable(Sheet(ink.width / MM, ink.height / MM))
    ink.spaced_centre(ink.width / 2, 24 * MM, "账簿启用及交接表", Style(Face.SERIF_BOLD, 20), 6)
    begun = front.begun
    rows = (
        ("单位名称", front.issuer.entity, "账簿名称", f"{front.title}（{front.period}）"),
        ("账簿编号", front.number, "账簿页数", f"第 1 页至第 {front.pages} 页"),
        ("启用日期", f"{begun.year} 年 {begun.month} 月 {begun.day} 日", "账　　套", front.issuer.title),
        ("单位负责人", "", "会计主管", front.chief),
        ("记账人员", front.bookkeeper, "复核人员", ""),
    )
    y = 34 * MM
    quarter = frame.width / 4
    edges = [
        frame.left,
        frame.left + quarter * 0.7,
        frame.left + 2 * quarter,
        frame.left + quarter * 2.7,
        frame.right,
    ]
    for row in rows:
        for place, text in enumerate(row):
            style = _CELL if place % 2 else _CELL_HEAD
            room = edges[place + 1] - edges[place] - 3 * MM
            ink.text(edges[place] + 1.5 * MM, middle(y, _ROW, style.size), text, style, squeeze_to=room)
        y += _ROW
    ink.grid(edges, [34 * MM + _ROW * i for i in range(len(rows) + 1)], RULE)
    _handovers(ink, frame.left, y + 8 * MM, frame.right)
    seal = frame.bottom - 2 * MM - _SEAL / 2
    ink.text(frame.left, seal, "单位公章：", _CELL_HEAD)
    ink.text(frame.left + 90 * MM, seal, "单位负责人（签章）：", _CELL_HEAD)


def _handovers(ink: Ink, left: float, top: float, right: float) -> None:
    """Empty lines to sign when the book changes hands (规范 art. 30 ff.)."""
    ink.text(left, top, "经管人员和交接记录", _CELL_HEAD)
    top += 3 * MM
    heads = ("接管日期", "接管人（签章）", "移交日期", "移交人（签章）", "监交人（签章）")
    width = (right - left) / len(heads)
    edges = [left + width * i for i in range(len(heads) + 1)]
    for place, text in enumerate(heads):
        ink.text_centre(edges[place] + width / 2, middle(top, _ROW, 11), text, _CELL_HEAD)
    ink.grid(edges, [top + _ROW * i for i in range(_HANDOVERS + 2)], RULE)


def _facts(ink: Ink, facts: Sequence[tuple[str, str]], x: float, y: float, width: float) -> None:
    """Labels with what is known behind them, on a line to write on."""
    for label, value in facts:
        ink.text(x, y, label, _LABEL)
        start = x + 24 * MM
        ink.text(start + 2 * MM, y, value, _VALUE, squeeze_to=width - 28 * MM)
        ink.line(start, y + 1.4 * MM, x + width, y + 1.4 * MM, HAIR)
        y += 10 * MM


def draw_bundle_cover(ink: Ink, bundle: VoucherBundle, height: float) -> None:
    """The cover of a month's vouchers, as large as a voucher."""
    draw_watermark(ink, bundle.issuer.watermark, height)
    centre = ink.width / 2
    inset = 7 * MM
    ink.box(inset, inset, ink.width - 2 * inset, height - 2 * inset, 0.6 * MM)
    draw_stamp(ink, stamp_of(bundle.issuer.village, bundle.issuer.ledger), 16 * MM, 13 * MM, 14 * MM)
    room = ink.width - 90 * MM
    ink.text_centre(centre, 20 * MM, bundle.issuer.entity, Style(Face.SERIF_BOLD, 15), squeeze_to=room)
    ink.spaced_centre(centre, 34 * MM, "记账凭证封面", Style(Face.SERIF_BOLD, 26), 8)
    ink.text_centre(centre, 45 * MM, bundle.month, Style(Face.SERIF, 16))
    runs = "；".join(f"{word}字第 {first:04d} 号至第 {last:04d} 号" for word, first, last in bundle.runs)
    column = (ink.width - 32 * MM) / 2
    _facts(
        ink,
        (("凭证号数", runs), ("凭证张数", f"{bundle.count} 张"), ("所附单据", f"{bundle.attachments} 张")),
        16 * MM,
        60 * MM,
        2 * column,
    )
    _facts(ink, (("附件另订", ""), ("第　　册", "")), 16 * MM, 90 * MM, column - 4 * MM)
    _facts(ink, (("装订日期", ""), ("共　　册", "")), 16 * MM + column, 90 * MM, column)
    places = (("会计主管", bundle.chief), ("装　　订", ""), ("归　　档", ""))
    step = (ink.width - 32 * MM) / len(places)
    for number, (place, name) in enumerate(places):
        x = 16 * MM + number * step
        ink.text(x, height - 18 * MM, f"{place}　{name}", _LABEL)
        if not name:
            ink.line(x + 24 * MM, height - 16.6 * MM, x + step - 6 * MM, height - 16.6 * MM, HAIR)
