"""The pen for the sheet of 六手印记: for each stage one page with six boxes, where six people sign and press their finger.

Laid out on A4 across; for the wall everything is drawn larger on A3.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from village_ledger.domain.decision import Stage
from village_ledger.domain.money import format_fen
from village_ledger.domain.panel import DRAWN, PLACES, fixed_seats
from village_ledger.reports.issuer import Issuer
from village_ledger.reports.pens.fonts import Face
from village_ledger.reports.pens.ink import BLACK, GREEN, GREY, INDIGO, MM, SHADE, WHITE, Fonts, Ink, Style
from village_ledger.reports.pens.output_file import replacing
from village_ledger.reports.pens.pdf_file import PdfFile
from village_ledger.reports.pens.pdf_furniture import draw_frame, draw_stamp, draw_watermark
from village_ledger.reports.pens.render_pdf import PdfResult
from village_ledger.reports.pens.stamp import stamp_of
from village_ledger.reports.pens.wrapping import wrap
from village_ledger.services.decisions.panels import VERDICTS
from village_ledger.storage.decisions.records import Decision, Panel, Seat, Sign

_WIDTH, _HEIGHT = 297.0, 210.0
_WALL = 420 / 297
_LEFT, _RIGHT = 15.0, 282.0
_TOP = 60.0
_BOX_WIDTH, _BOX_HEIGHT = 86.0, 62.0
_GAP = 4.5


def write_panel_sheet(
    issuer: Issuer, decision: Decision, panel: Panel, path: Path, *, wall: bool = False
) -> PdfResult:
    """Print the four pages; raises FontsMissing, OutputError, OutputDiskFull."""
    scale = _WALL if wall else 1.0
    with Fonts() as fonts, replacing(path) as stream:
        file = PdfFile(stream, f"六手印记 {decision.number}")
        for stage in Stage:
            ink = Ink(fonts, _WIDTH * MM * scale, _HEIGHT * MM * scale)
            _Page(ink, MM * scale, scale, issuer, decision, panel, stage).draw()
            file.add_page(ink.width, ink.height, ink.content())
        file.close(fonts.all())
    area = round(_WIDTH * _HEIGHT * scale * scale) * len(Stage)
    return PdfResult(file.page_count, area, fonts.missing)


@dataclass(frozen=True, slots=True)
class _Page:
    """One stage on one page; millimetres of A4, ``mm`` points each."""

    ink: Ink
    mm: float
    scale: float
    issuer: Issuer
    decision: Decision
    panel: Panel
    stage: Stage

    def draw(self) -> None:
        """Everything, from the ground up."""
        draw_watermark(self.ink, self.issuer.watermark)
        draw_frame(self.ink, self.issuer.ledger, 7 * self.mm)
        stamp = stamp_of(self.issuer.village, self.issuer.ledger)
        draw_stamp(self.ink, stamp, _LEFT * self.mm, 13 * self.mm, 16 * self.mm)
        title = self._style(Face.SERIF_BOLD, 26)
        self.ink.spaced_centre(
            _WIDTH / 2 * self.mm, 24 * self.mm, f"六手印记·{self.stage.words}", title, 5 * self.scale
        )
        self._centre(_WIDTH / 2, 31, f"{self.issuer.entity}　{self.stage.says}", 11)
        self._draw_stages()
        self._draw_matter()
        for place in range(1, PLACES + 1):
            row, column = divmod(place - 1, 3)
            self._draw_box(place, _LEFT + column * (_BOX_WIDTH + _GAP), _TOP + row * (_BOX_HEIGHT + _GAP))
        self._draw_foot()

    def _style(self, face: Face, size: float, colour: str = BLACK) -> Style:
        return Style(face, size * self.scale, colour)

    def _text(
        self, x: float, y: float, text: str, size: float, face: Face = Face.SERIF, room: float = 0
    ) -> None:
        self.ink.text(x * self.mm, y * self.mm, text, self._style(face, size), squeeze_to=room * self.mm)

    def _centre(self, x: float, y: float, text: str, size: float, face: Face = Face.SERIF) -> None:
        self.ink.text_centre(
            x * self.mm, y * self.mm, text, self._style(face, size), squeeze_to=200 * self.mm
        )

    def _right(
        self, x: float, y: float, text: str, size: float, face: Face = Face.SERIF, room: float = 0
    ) -> None:
        self.ink.text_right(
            x * self.mm, y * self.mm, text, self._style(face, size), squeeze_to=room * self.mm
        )

    def _draw_stages(self) -> None:
        """The four stages as a strip at the right: which are signed, which is this one."""
        width = 15.5
        x, y = _RIGHT - 4 * width, 13.0
        colour = INDIGO if self.issuer.ledger == "committee" else GREEN
        for stage in Stage:
            here = stage is self.stage
            if here:
                self.ink.fill(x * self.mm, y * self.mm, width * self.mm, 8 * self.mm, colour)
            self.ink.box(x * self.mm, y * self.mm, width * self.mm, 8 * self.mm, 0.35 * self.mm)
            style = self._style(Face.SERIF_BOLD if here else Face.SERIF, 11, WHITE if here else BLACK)
            self.ink.text_centre((x + width / 2) * self.mm, (y + 5.4) * self.mm, stage.words, style)
            self._centre(x + width / 2, y + 12.5, f"{self.panel.signed(stage)}/{PLACES}", 9, Face.SANS)
            x += width

    def _draw_matter(self) -> None:
        """What it is about, in one frame over the boxes."""
        top, height = 38.0, 17.0
        self.ink.fill(_LEFT * self.mm, top * self.mm, (_RIGHT - _LEFT) * self.mm, height * self.mm, SHADE)
        self.ink.box(
            _LEFT * self.mm, top * self.mm, (_RIGHT - _LEFT) * self.mm, height * self.mm, 0.35 * self.mm
        )
        self._text(_LEFT + 4, top + 7, "事项", 11, Face.SERIF)
        self._text(_LEFT + 16, top + 7.3, self.decision.subject, 15, Face.SERIF_BOLD, 170)
        self._right(_RIGHT - 4, top + 7, self.decision.number, 12, Face.SERIF_BOLD, 74)
        progress = self.decision.progress
        decides = progress.body.name if progress.body else "两委"
        money = f"　金额 {format_fen(self.decision.amount)} 元" if self.decision.amount else ""
        said = f"{progress.matter.name}{money}　由{decides}决定，依《{progress.law.words}》"
        self._text(_LEFT + 4, top + 13.7, said, 11, Face.SERIF, 175)
        self._right(_RIGHT - 4, top + 13.7, self._happened(), 11, Face.SERIF, 82)

    def _happened(self) -> str:
        """The steps of this stage that have happened."""
        entries = [
            f"{entry.step.rule.short} {entry.day}"
            for entry in self.decision.progress.entries
            if entry.step.rule.stage is self.stage and not entry.step.ends
        ]
        return "　".join(entries[-2:])

    def _draw_box(self, place: int, x: float, y: float) -> None:
        """One of six: who it is and how they came here, what they say, where they sign and press their finger."""
        mm, ink = self.mm, self.ink
        seat, sign = self.panel.seats.get(place), self.panel.signs.get((self.stage, place))
        ink.box(x * mm, y * mm, _BOX_WIDTH * mm, _BOX_HEIGHT * mm, 0.6 * mm)
        ink.fill((x + 0.3) * mm, (y + 0.3) * mm, (_BOX_WIDTH - 0.6) * mm, 8 * mm, SHADE)
        ink.line(x * mm, (y + 8.5) * mm, (x + _BOX_WIDTH) * mm, (y + 8.5) * mm, 0.2 * mm)
        self._text(x + 3, y + 5.9, str(place), 13, Face.SANS_BOLD)
        self._text(x + 9, y + 5.8, _role(place, seat, sign), 11.5, Face.SERIF_BOLD, 46)
        self._right(x + _BOX_WIDTH - 3, y + 5.7, self._came(place, seat), 9, Face.SERIF, 30)
        name = sign.name if sign else seat.name if seat else ""
        if name:
            self._text(x + 4, y + 20.5, name.rpartition("/")[2], 24, Face.SERIF_BOLD, 48)
        else:
            ink.line((x + 4) * mm, (y + 21) * mm, (x + 48) * mm, (y + 21) * mm, 0.2 * mm)
        self._draw_verdicts(x + 4, y + 29.5, sign)
        self._draw_opinion(x + 4, y + 37, sign)
        self._draw_day(x + 4, y + 57.5, sign)
        ink.dashed_circle((x + 70) * mm, (y + 24) * mm, 12.5 * mm)
        grey = self._style(Face.SERIF, 10, GREY)
        pressed = "原件已按" if sign is not None and sign.on_paper else "按手印处"
        ink.text_centre((x + 70) * mm, (y + 25.3) * mm, pressed, grey)

    def _came(self, place: int, seat: Seat | None) -> str:
        """How somebody came to this place."""
        if place > DRAWN:
            return "固定席"
        lot = next((one.lot for one in self.panel.lots if seat is not None and one.id == seat.lot_id), None)
        if lot is None:
            return "抽签"
        later = f"第 {lot.round} 轮 " if lot.round > 1 else ""
        return f"抽签 {later}{lot.said}"

    def _draw_verdicts(self, x: float, y: float, sign: Sign | None) -> None:
        """Three squares; the one that was said is crossed, so that it survives a grey copy."""
        mm, side = self.mm, 3.6
        for word, text in VERDICTS.items():
            self.ink.box(x * mm, (y - side + 0.4) * mm, side * mm, side * mm, 0.3 * mm)
            if sign is not None and sign.verdict == word:
                a, b = (x + 0.6) * mm, (x + side - 0.6) * mm
                top, bottom = (y - side + 1) * mm, (y - 0.2) * mm
                self.ink.line(a, top, b, bottom, 0.5 * mm)
                self.ink.line(a, bottom, b, top, 0.5 * mm)
            self._text(x + side + 1.2, y, text, 11.5)
            x += side + 4.5 + 4.2 * len(text)

    def _draw_opinion(self, x: float, y: float, sign: Sign | None) -> None:
        """The opinion on ruled lines, empty ones for the pen."""
        mm = self.mm
        self._text(x, y, "意见", 10.5)
        style = self._style(Face.SERIF, 10.5)
        room = (_BOX_WIDTH - 18) * mm
        lines = (
            wrap(sign.opinion, room * 1000 / style.size, self.ink.fonts[Face.SERIF].width)
            if sign is not None and sign.opinion
            else []
        )
        for place in range(2):
            base = y + 5.5 + place * 6.5
            if place < len(lines):
                text = lines[place] if place == 0 else "".join(lines[1:])
                self._text(x + 0.5, base - 0.2, text, 10.5, Face.SERIF, _BOX_WIDTH - 10)
            self.ink.line(
                x * mm, (base + 1.3) * mm, (x + _BOX_WIDTH - 8) * mm, (base + 1.3) * mm, 0.15 * mm, GREY
            )

    def _draw_day(self, x: float, y: float, sign: Sign | None) -> None:
        mm = self.mm
        self._text(x, y, "签名", 10.5)
        self.ink.line((x + 9) * mm, (y + 0.8) * mm, (x + 42) * mm, (y + 0.8) * mm, 0.2 * mm)
        day = f"{sign.day.year} 年 {sign.day.month} 月 {sign.day.day} 日" if sign else "　　　年　　月　　日"
        self._right(x + _BOX_WIDTH - 8, y, day, 10.5)

    def _draw_foot(self) -> None:
        y = 193.5
        seed = f"种子 {self.panel.seed}　名单摘要 {self.panel.list.digest[:32]}…　抽签 {self.panel.drawn_at[:10]}"
        self._text(_LEFT, y, seed, 9, Face.SERIF, 200)
        self._right(_RIGHT, y, f"第 {self.stage.place} 页，共 {len(Stage)} 页", 9)
        said = "手印只按在这张纸上，程序里不存手印；签完扫描这一页，存进卷宗。"
        self._text(_LEFT, y + 5, said, 9, Face.SERIF)
        self._right(_RIGHT, y + 5, "六方参与，六方见证，六方按印", 9)


def _role(place: int, seat: Seat | None, sign: Sign | None) -> str:
    if sign is not None:
        return sign.role
    if seat is not None:
        return seat.role
    return next((one.role for one in fixed_seats() if one.place == place), "")
