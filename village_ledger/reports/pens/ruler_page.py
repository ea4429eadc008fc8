"""A page of millimetres: printed once on a printer, measured with a ruler, and every later print lies where it should.

Two lines stand 20 mm from the left and upper edge of the paper. Where they really come out says how far this printer is off.
"""

from __future__ import annotations

from pathlib import Path

from village_ledger.reports.pens.fonts import Face
from village_ledger.reports.pens.ink import HAIR, MM, RULE, Fonts, Ink, Style
from village_ledger.reports.pens.output_file import replacing
from village_ledger.reports.pens.pdf_file import PdfFile
from village_ledger.reports.pens.pdf_layout import Sheet
from village_ledger.reports.pens.render_pdf import PdfResult

MARK_MM = 20
"""Where the two lines should be, from either edge."""
_BODY = Style(Face.SERIF, 11)
_STRONG = Style(Face.SERIF_BOLD, 14)
_NUMBER = Style(Face.SANS, 7)
_TICKS = {0: 7.0, 5: 5.0}
"""Length of a tick by the last digit of its millimetre; every other one is short."""
_SHORT = 3.0
_WORDS = (
    "1. 用尺子从纸的左边量到粗竖线，应是 20 毫米；从纸的上边量到粗横线，应是 20 毫米。",
    "2. 把量到的两个数填进“打印校准”，以后这台打印机打的每一页都会挪正。",
    "3. 再打一张刻度页：两条线都在 20 毫米，就校准好了。",
)


def write_ruler(path: Path, sheet: Sheet) -> PdfResult:
    """Print the page for a paper; raises FontsMissing, OutputError, OutputDiskFull, and then leaves no file."""
    with Fonts() as fonts, replacing(path) as stream:
        file = PdfFile(stream, "打印刻度页")
        ink = Ink(fonts, sheet.width * MM, sheet.height * MM)
        _scale(ink, sheet.width, upright=False)
        _scale(ink, sheet.height, upright=True)
        mark = MARK_MM * MM
        ink.line(mark, mark, mark, ink.height - mark, 2 * RULE)
        ink.line(mark, mark, ink.width - mark, mark, 2 * RULE)
        room = ink.width - 2 * mark - 20 * MM
        ink.text(mark + 10 * MM, 34 * MM, f"打印刻度页　{sheet.width:g}×{sheet.height:g} 毫米", _STRONG)
        for number, words in enumerate(_WORDS):
            ink.text(mark + 10 * MM, (46 + 9 * number) * MM, words, _BODY, squeeze_to=room)
        ink.text(mark + 10 * MM, 78 * MM, "左边量到　　　　　毫米　　　　上边量到　　　　　毫米", _BODY)
        file.add_page(ink.width, ink.height, ink.content())
        file.close(fonts.all())
    return PdfResult(1, round(sheet.width * sheet.height), fonts.missing)


def _scale(ink: Ink, length: float, *, upright: bool) -> None:
    """Millimetres along the left or the upper edge, numbered every ten."""
    for millimetre in range(1, int(length)):
        at, long = millimetre * MM, _TICKS.get(millimetre % 10, _SHORT) * MM
        if upright:
            ink.line(0, at, long, at, HAIR)
        else:
            ink.line(at, 0, at, long, HAIR)
        if millimetre % 10 == 0:
            x, y = (9 * MM, at + 0.9 * MM) if upright else (at, 10 * MM)
            ink.text_centre(x, y, str(millimetre), _NUMBER)
