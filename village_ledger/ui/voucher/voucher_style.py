"""Colours, fonts and sizes of the voucher form: the theme's tokens in the words of a voucher."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtGui import QColor, QFont, QFontMetrics

from village_ledger.ui.look.theme import Role, Theme

BOX_UNITS = "亿千百十万千百十元角分"
BOXES = len(BOX_UNITS)

_ROW_PAPER = 7
"""A paper row is a little taller than a button: px above the theme's control."""
_TEXT_COLUMNS_NEED = 24
"""Characters that summary and account need side by side before the boxes may have their room."""
_CHARS_OF_SHORT_ROOM = 50
_SAMPLE, _SHORT_SAMPLE = "-9,999,999,999.99", "999,999.99"


class VoucherLook(Enum):
    """How the form looks; typing is the same in both."""

    PAPER = "paper"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class VoucherStyle:
    """What the painters of the form ask for; made anew when theme, look or room change."""

    look: VoucherLook
    ink: QColor
    ink_soft: QColor
    ink_faint: QColor
    hair: QColor
    edge: QColor
    sheet: QColor
    paper: QColor
    tint: QColor
    accent: QColor
    focus: QColor
    red: QColor
    ochre: QColor
    cell_font: QFont
    small_font: QFont
    head_font: QFont
    words_font: QFont
    row: int
    narrow: int
    """Height added by the narrow line under a row."""
    head: int
    box: int
    """Width of one amount box; 0 where figures are shown plain."""
    pad: int
    focus_line: int
    border: int
    gutter: int
    """Room for the line number at the left."""
    amount_width: int
    """Width of an amount column; a figure too long for it is drawn smaller, never cut."""

    @property
    def is_paper(self) -> bool:
        """Whether the form is drawn as 凭证纸."""
        return self.look is VoucherLook.PAPER


def voucher_style(theme: Theme, look: VoucherLook, width: int) -> VoucherStyle:
    """The style for a form this wide; boxes give way to plain figures where the text would have no room."""
    px = theme.px
    paper = look is VoucherLook.PAPER
    cell = theme.font(Role.FORM)
    box = px.form + px.unit + 1 if paper else 0
    if width - 2 * box * BOXES < _TEXT_COLUMNS_NEED * px.form:
        box = 0
    tight = room_is_short(px.form, width)
    head_font = theme.font(Role.SERIF, bold=True) if paper else theme.font(Role.BODY, bold=True)
    return VoucherStyle(
        look=look,
        **{
            name: theme.colour(token)
            for name, token in {
                "ink": "ink",
                "ink_soft": "ink2",
                "ink_faint": "ink3",
                "hair": "hair",
                "edge": "edge",
                "sheet": "sheet",
                "paper": "paper",
                "tint": "tint",
                "accent": "accent",
                "focus": "focus",
                "red": "red",
                "ochre": "ochre",
            }.items()
        },
        cell_font=cell,
        small_font=theme.font(Role.SMALL),
        head_font=head_font,
        words_font=theme.font(Role.SERIF, bold=True),
        row=px.control + (0 if theme.tokens.narrow else _ROW_PAPER) if paper else px.row + 2 * px.unit,
        narrow=px.smallest + 2 * px.unit - (0 if paper else px.unit),
        head=2 * px.smallest + 5 * px.unit + 2
        if paper and (box or not theme.tokens.narrow)
        else px.table_row,
        box=box,
        pad=px.cell,
        focus_line=round(px.focus),
        border=round(px.line),
        gutter=0 if paper else px.form * (1 if tight else 3),
        amount_width=box * BOXES + 1
        if box
        else QFontMetrics(cell).horizontalAdvance(_SHORT_SAMPLE if tight else _SAMPLE) + 2 * px.cell,
    )


def room_is_short(char: int, width: int) -> bool:
    """Whether figures and line numbers must make room for the texts, as on a small screen at 200 %."""
    return width < char * _CHARS_OF_SHORT_ROOM
