"""How a voucher is drawn: amount boxes, account cells and head, shared by delegates and widgets."""

from __future__ import annotations

import re

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen

from village_ledger.domain.money import format_fen
from village_ledger.ui.voucher.voucher_style import BOXES, VoucherStyle

WIDEST_BOXED_FEN = 99_999_999_999
"""999,999,999.99: what eleven boxes hold; above it the row shows plain figures."""

_HEAVY_AFTER = (2, 5, 8)
"""Boxes with a heavier line behind them: 百万, 千, and 元 (the red one before 角)."""
_RED_AFTER = 8
_TYPED = re.compile(r"-?(\d*)(?:\.(\d{0,2}))?", re.ASCII)
_YUAN_BOXES = 9


def boxed(fen: int) -> list[str] | None:
    """The figure spread over eleven boxes, None when it does not fit; blank boxes are empty texts."""
    digits = str(abs(fen)).rjust(3, "0")
    text = f"-{digits}" if fen < 0 else digits
    return [char.strip() for char in text.rjust(BOXES)] if len(text) <= BOXES else None


def typed_boxes(text: str) -> list[str] | None:
    """What has been typed so far spread over the boxes: yuan fill up to 元, the point jumps to 角.

    None when it is no plain figure or too long, so that it is shown as text.
    """
    match = _TYPED.fullmatch(text)
    if match is None:
        return None
    sign = "-" if text.startswith("-") else ""
    yuan = sign + match[1]
    if len(yuan) > _YUAN_BOXES:
        return None
    cents = list((match[2] or "").ljust(BOXES - _YUAN_BOXES))
    return [char.strip() for char in [*yuan.rjust(_YUAN_BOXES), *cents]]


def caret_box(text: str, position: int) -> int:
    """Edge (0 … 11, counted from the left) at which the caret stands in boxed text."""
    point = text.find(".")
    yuan = len(text) if point < 0 else point
    return (
        min(_YUAN_BOXES - yuan + position, _YUAN_BOXES)
        if position <= yuan
        else _YUAN_BOXES + position - yuan - 1
    )


def paint_box_rules(painter: QPainter, rect: QRect, style: VoucherStyle) -> None:
    """The lines between the boxes: hair, heavier after 百万 and 千, red before 角."""
    for box in range(BOXES - 1):
        x = rect.left() + style.box * (box + 1)
        heavy = box in _HEAVY_AFTER
        colour = style.red if box == _RED_AFTER else style.accent if heavy else style.hair
        painter.setPen(QPen(colour, 1))
        painter.drawLine(x, rect.top(), x, rect.bottom())


def paint_in_boxes(painter: QPainter, rect: QRect, chars: list[str], style: VoucherStyle) -> None:
    """One character per box, in the painter's pen and font."""
    for box, char in enumerate(chars):
        if char:
            place = QRectF(rect.left() + style.box * box + 1, rect.top(), style.box, rect.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, char)


def paint_figure(
    painter: QPainter, rect: QRect, fen: int, style: VoucherStyle, *, bold: bool = False
) -> None:
    """An amount as this look shows it: in boxes, or plain at the right; red letters keep their minus."""
    font = QFont(style.cell_font)
    font.setBold(bold or fen < 0)
    painter.setFont(font)
    painter.setPen(style.red if fen < 0 else style.ink)
    chars = boxed(fen) if style.box else None
    if chars is not None:
        paint_in_boxes(painter, rect, chars, style)
        return
    text = format_fen(fen)
    place = rect.adjusted(2, 0, -(2 if style.box else style.pad), 0)
    painter.setFont(fitting(font, text, place.width()))
    painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)


def fitting(font: QFont, text: str, width: int) -> QFont:
    """The font, made smaller until the text fits, but never below two thirds."""
    smaller = QFont(font)
    smallest = font.pixelSize() * 2 // 3
    while QFontMetrics(smaller).horizontalAdvance(text) > width and smaller.pixelSize() > smallest:
        smaller.setPixelSize(smaller.pixelSize() - 1)
    return smaller


def paint_text(painter: QPainter, rect: QRect, text: str, font: QFont) -> None:
    """A text in a cell: on one line, else wrapped over two in a smaller font, so that nothing is cut."""
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    if QFontMetrics(font).horizontalAdvance(text) <= rect.width():
        painter.setFont(font)
        painter.drawText(rect, flags, text)
        return
    smaller = QFont(font)
    wrap = flags | Qt.TextFlag.TextWrapAnywhere
    smallest = font.pixelSize() * 2 // 3
    while smaller.pixelSize() > smallest:
        smaller.setPixelSize(smaller.pixelSize() - 1)
        if QFontMetrics(smaller).boundingRect(rect, int(wrap), text).height() <= rect.height():
            break
    painter.setFont(smaller)
    painter.drawText(rect, int(wrap), text)


def paint_cross_out(painter: QPainter, rect: QRect, style: VoucherStyle) -> None:
    """The line that crosses out empty rows of a voucher that is finished."""
    painter.setPen(QPen(style.ink_soft, 1))
    painter.drawLine(QPointF(rect.topRight()), QPointF(rect.bottomLeft()))
