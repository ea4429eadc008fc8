"""The recovery sheet: printed once, folded in three with the code inside, sealed, and given into safe keeping.

The code stands in the middle third; the lower third is folded over it and carries a dense print, so that nothing can be
read through the paper. The code itself is on this sheet only.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path

from village_ledger.reports.pens.fonts import Face
from village_ledger.reports.pens.ink import GREY, MM, SHADE, Fonts, Ink, Style
from village_ledger.reports.pens.output_file import replacing
from village_ledger.reports.pens.pdf_file import PdfFile
from village_ledger.reports.pens.pdf_furniture import draw_watermark
from village_ledger.reports.pens.render_pdf import PdfResult

_WIDTH, _HEIGHT = 210 * MM, 297 * MM
_THIRD = _HEIGHT / 3
_LEFT, _RIGHT = 22 * MM, _WIDTH - 22 * MM
_TITLE = Style(Face.SERIF_BOLD, 20)
_BODY = Style(Face.SERIF, 11)
_STRONG = Style(Face.SERIF_BOLD, 11)
_SMALL = Style(Face.SERIF, 8.5, GREY)
_CODE = Style(Face.SANS_BOLD, 27)
_TINT = Style(Face.SANS_BOLD, 9)
_LINE = 7 * MM
_SIGNS = 72
_NOISE = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"

_FACE = (
    "这张纸上的恢复码，是管理员和记账的人都忘了密码时打开账簿的最后一把钥匙。程序里没有存它，丢了补不回来。",
    "用法：打印后当场沿虚线折好（码在里面，下三分之一盖住码，上三分之一盖在外面），封口骑缝签字盖章，",
    "交给不记账、不管钱的人保管，如监督委员会主任。拆封要写明原因，用过以后马上换一张新的；",
    "换了新的，这一张就作废。不要拍照，不要复印，不要和账簿放在一起。",
)
_INSIDE = (
    "用的时候：打开账簿，在输密码的地方选“用恢复码重设密码”，照着打，短横不用打，不分大小写。",
    "最后一个字是校验用的，打错一处程序会说。恢复码里没有 0、1 和字母 I、L、O。",
)


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """What stands on the sheet."""

    village: str
    code: str
    made_at: str
    made_by: str
    is_demo: bool = False


def write_recovery_sheet(sheet: RecoverySheet, path: Path) -> PdfResult:
    """Print the sheet on A4; raises OutputError, FontsMissing."""
    with Fonts() as fonts, replacing(path) as stream:
        file = PdfFile(stream, f"{sheet.village}恢复码")
        ink = Ink(fonts, _WIDTH, _HEIGHT)
        draw_watermark(ink, "演示" if sheet.is_demo else "")
        _draw_face(ink, sheet)
        _draw_inside(ink, sheet)
        _draw_cover(ink)
        for fold in (_THIRD, 2 * _THIRD):
            _draw_fold(ink, fold)
        file.add_page(ink.width, ink.height, ink.content())
        file.close(fonts.all())
        return PdfResult(1, 210 * 297, fonts.missing)


def _draw_face(ink: Ink, sheet: RecoverySheet) -> None:
    """The upper third: what this is and who sealed it."""
    y = 22 * MM
    ink.text(_LEFT, y, f"{sheet.village}账簿恢复码", _TITLE, squeeze_to=100 * MM)
    ink.text_right(_RIGHT, y, f"{sheet.made_at.replace('T', ' ')[:16]} 由 {sheet.made_by} 打印", _BODY)
    y += 5 * MM
    for text in _FACE:
        y += 6 * MM
        ink.text(_LEFT, y, text, _BODY, squeeze_to=_RIGHT - _LEFT)
    y += 13 * MM
    places = ("封存人", "保管人", "封存日期")
    width = (_RIGHT - _LEFT) / len(places)
    for place, words in enumerate(places):
        x = _LEFT + place * width
        ink.text(x, y, words, _STRONG)
        start = x + ink.text_width(words, _STRONG) + 2 * MM
        ink.line(start, y + 1, x + width - 6 * MM, y + 1)
    y += 14 * MM
    ink.text(_LEFT, y, "拆封原因", _STRONG)
    ink.line(_LEFT + 20 * MM, y + 1, _RIGHT - 62 * MM, y + 1)
    ink.text(_RIGHT - 58 * MM, y, "拆封人、日期", _STRONG)
    ink.line(_RIGHT - 32 * MM, y + 1, _RIGHT, y + 1)


def _draw_inside(ink: Ink, sheet: RecoverySheet) -> None:
    """The middle third: the code in five boxes."""
    groups = sheet.code.split("-")
    top, height, gap = _THIRD + 33 * MM, 22 * MM, 3 * MM
    ink.text(_LEFT, top - 8 * MM, "恢复码", Style(Face.SERIF_BOLD, 15))
    width = (_RIGHT - _LEFT - gap * (len(groups) - 1)) / len(groups)
    for place, group in enumerate(groups):
        left = _LEFT + place * (width + gap)
        ink.fill(left, top, width, height, SHADE)
        ink.box(left, top, width, height)
        ink.text_centre(left + width / 2, top + height / 2 + 9.5, group, _CODE, squeeze_to=width - 3 * MM)
    y = top + height + 5 * MM
    for text in _INSIDE:
        y += _LINE
        ink.text(_LEFT, y, text, _BODY, squeeze_to=_RIGHT - _LEFT)


def _draw_cover(ink: Ink) -> None:
    """The lower third: a dense print that lies over the code when folded."""
    y, left = 2 * _THIRD + 10 * MM, _LEFT - 6 * MM
    step = (_RIGHT + 6 * MM - left) / _SIGNS
    while y < _HEIGHT - 12 * MM:
        for place in range(_SIGNS):
            ink.text(left + place * step, y, secrets.choice(_NOISE), _TINT)
        y += 2.6 * MM
    ink.text_centre(_WIDTH / 2, _HEIGHT - 6 * MM, "这一面向上折，盖住恢复码", _SMALL)


def _draw_fold(ink: Ink, y: float) -> None:
    """A dashed line to fold along, named at its end."""
    x, dash = 6 * MM, 4 * MM
    while x < _WIDTH - 6 * MM:
        ink.line(x, y, x + dash / 2, y)
        x += dash
    ink.text(_LEFT - 12 * MM, y - 1.2 * MM, "折", _SMALL)
