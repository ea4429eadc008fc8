"""What surrounds a table on paper: stamp, frame, watermark, title, warnings, checks, notes, signatures, foot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from village_ledger.reports.pens.fonts import Face
from village_ledger.reports.pens.ink import (
    FRAME,
    GREEN,
    HAIR,
    INDIGO,
    MM,
    SIX_PERCENT,
    WHITE,
    Fonts,
    Ink,
    Style,
)
from village_ledger.reports.pens.pdf_layout import Frame, Sheet
from village_ledger.reports.pens.pictures import draw_picture, height_of
from village_ledger.reports.pens.stamp import Stamp, stamps_of
from village_ledger.reports.pens.wrapping import wrap
from village_ledger.reports.table import Check, Table, Unasked

STAMP = 12 * MM
_TITLE = 20.0
_SMALL = 10.0
_FOOT = 8.5
_UNDER_TITLE = 2.5 * MM
_LEADING = 1.5
_FEW = 6
"""So many checks that agree are named by what they say, more by their rules."""
_SPACED_TITLE = 8
"""Titles up to this many characters are set apart."""
WATERMARK_DEGREES = 18

TITLE = Style(Face.SERIF_BOLD, _TITLE)
SUBTITLE = Style(Face.SERIF, 11)
BODY = Style(Face.SERIF, _SMALL)
STRONG = Style(Face.SERIF_BOLD, _SMALL)
FOOT = Style(Face.SERIF, _FOOT)


@dataclass(frozen=True, slots=True)
class PrintJob:
    """What is known of a print beside its figures: how often it was printed, the page and their number."""

    print_number: int = 1
    page: int = 1
    pages: int = 1
    before: int | None = None
    """Pages before the first one in a bound volume; None for a print that stands alone."""


def draw_stamp(ink: Ink, stamp: Stamp, x: float, y: float, side: float) -> None:
    """A stamp in its ledger's shape and colour with its upper left corner at ``x``, ``y``."""
    if stamp.is_round:
        colour, room = INDIGO, side * 0.72
        ink.circle(x + side / 2, y + side / 2, side / 2 - 1, side * 0.05, colour)
    else:
        colour, room = WHITE, side * 0.84
        ink.fill(x, y, side, side, GREEN)
    style = Style(Face.SERIF_BOLD, room / 2, colour)
    for line, text in enumerate((stamp.upper, stamp.lower)):
        base = y + (side - room) / 2 + room / 2 * line + room / 4 + style.size * 0.36
        ink.text_centre(x + side / 2, base, text, style, squeeze_to=room)


def draw_stamps(ink: Ink, table: Table, x: float, y: float, side: float) -> float:
    """The table's stamps side by side, none on a paper of many villages; gives the x after them."""
    for stamp in stamps_of(table.village, table.ledger) if table.village else ():
        draw_stamp(ink, stamp, x, y, side)
        x += side + 2 * MM
    return x


def draw_frame(ink: Ink, ledger: str, inset: float) -> None:
    """The frame round a sheet: one solid line, or two for the committee."""
    if ledger == "committee":
        for step in (0.0, FRAME * 1.2):
            at = inset + step
            ink.box(at, at, ink.width - 2 * at, ink.height - 2 * at, FRAME * 0.45, INDIGO)
        return
    ink.box(inset, inset, ink.width - 2 * inset, ink.height - 2 * inset, FRAME, GREEN)


def draw_watermark(ink: Ink, text: str, height: float = 0) -> None:
    """A word across the page, or its upper ``height`` points, drawn first so that it lies under the text."""
    if text:
        height = height or ink.height
        size = min(ink.width * 0.6 / len(text), height * 0.55)
        ink.turned(
            ink.width / 2, height / 2, text, Style(Face.SERIF_BOLD, size, SIX_PERCENT), WATERMARK_DEGREES
        )


def missing_sentence(missing: Sequence[str]) -> str:
    """What stands at the top of every page when characters could not be drawn."""
    named = "、".join(f"{char}（U+{ord(char):04X}）" for char in missing[:12])
    more = "等" if len(missing) > 12 else ""
    return f"这台电脑的字体里没有 {len(missing)} 个字，印成了〓：{named}{more}。请装更全的字体后重印。"


def look_up(table: Table, fonts: Fonts) -> None:
    """Ask the fonts for every text beside the rows, so that what is missing is known before the first page."""
    names = (name for pair in table.signatures for name in pair)
    checks = (check.text for check in table.checks)
    texts = (
        table.title,
        table.village,
        table.entity,
        table.subtitle,
        *table.heading,
        *table.notes,
        *table.warnings,
    )
    for text in (*texts, *names, *checks, *table.seals):
        for line in text.splitlines():  # a seal's label has two
            fonts[Face.SERIF].width(line)


class Head:
    """The top of every page of a report: stamp, title, facts, warnings."""

    def __init__(self, table: Table, sheet: Sheet, fonts: Fonts) -> None:
        self._table = table
        self._sheet = sheet
        self._frame = printable(sheet)
        look_up(table, fonts)
        missing = [missing_sentence(fonts.missing)] if fonts.missing else []
        warnings = [*table.warnings, *missing]
        measure = fonts[Face.SERIF_BOLD].width
        room = (self._frame.width - 5 * MM) * 1000 / _SMALL
        self._warnings = [line for text in warnings for line in wrap(f"▲ {text}", room, measure)]
        self._facts = _fact_lines(table, fonts, self._frame.width)

    @property
    def bottom(self) -> float:
        """Where the table may begin."""
        subtitle = _UNDER_TITLE + 4 * MM if self._table.subtitle else 0
        lines = (len(self._facts) + len(self._warnings)) * _SMALL * _LEADING
        return self._sheet.top * MM + 11 * MM + subtitle + lines + 2 * MM

    def draw(self, ink: Ink) -> None:
        """Draw it."""
        frame, table = self._frame, self._table
        draw_watermark(ink, table.watermark)
        top = self._sheet.top * MM
        after = draw_stamps(ink, table, frame.left, top - 3 * MM, STAMP)
        centre = (frame.left + frame.right) / 2
        room = 2 * min(centre - after, frame.right - centre)
        y = top + 7 * MM
        if len(table.title) <= _SPACED_TITLE:
            ink.spaced_centre(centre, y, table.title, TITLE, _TITLE * 0.3)
        else:
            ink.text_centre(centre, y, table.title, TITLE, squeeze_to=room)
        y += 4 * MM
        if table.subtitle:
            y += _UNDER_TITLE
            ink.text_centre(centre, y, table.subtitle, SUBTITLE, squeeze_to=room)
            y += 4 * MM
        for facts in self._facts:
            y += _SMALL * _LEADING
            spread(ink, facts, frame.left, frame.right, y, BODY)
        for warning in self._warnings:
            y += _SMALL * _LEADING
            ink.text(frame.left, y, warning, STRONG)


def _fact_lines(table: Table, fonts: Fonts, width: float) -> list[list[str]]:
    """The entity and the short facts, on as many lines as they need."""
    whose = table.entity or table.village
    facts = [*([f"编制单位：{whose}"] if whose else []), *table.heading]
    return fact_lines(facts, fonts, width, _SMALL, 6 * MM)


def fact_lines(facts: Sequence[str], fonts: Fonts, width: float, size: float, gap: float) -> list[list[str]]:
    """Short facts beside each other, at least ``gap`` apart, on as many lines as they need."""
    lines: list[list[str]] = [[]]
    used = 0.0
    for fact in facts:
        wide = fonts[Face.SERIF].width(fact) * size / 1000
        if lines[-1] and used + wide > width:
            lines.append([])
            used = 0.0
        lines[-1].append(fact)
        used += wide + gap
    return lines


def printable(sheet: Sheet) -> Frame:
    """The page inside its margins."""
    return Frame(
        sheet.left * MM, sheet.top * MM, (sheet.width - sheet.right) * MM, (sheet.height - sheet.bottom) * MM
    )


def spread(ink: Ink, texts: Sequence[str], left: float, right: float, y: float, style: Style) -> None:
    """Texts on one line with equal gaps, the first at the left edge, the last at the right."""
    if len(texts) == 1:
        ink.text(left, y, texts[0], style, squeeze_to=right - left)
        return
    widths = [ink.text_width(text, style) for text in texts]
    gap = max((right - left - sum(widths)) / (len(texts) - 1), 0.0)
    for text, width in zip(texts, widths, strict=True):
        ink.text(left, y, text, style)
        left += width + gap


class Tail:
    """What follows the last row: the picture, checks, notes, signatures, seals."""

    def __init__(self, table: Table, fonts: Fonts, frame: Frame) -> None:
        self._table = table
        self._frame = frame
        room = frame.width * 1000 / _SMALL
        self._lines: list[tuple[str, Style]] = []
        for text, style in (
            *_check_texts(table.checks),
            *_unasked_texts(table.unasked),
            *((note, BODY) for note in table.notes),
        ):
            self._lines += [(line, style) for line in wrap(text, room, fonts[style.face].width)]

    @property
    def height(self) -> float:
        """Room it needs below the last row."""
        picture = height_of(self._table.picture)
        signatures = 12 * MM if self._table.signatures else 0
        text = len(self._lines) * _SMALL * _LEADING
        return picture + signatures + text + (2 * MM if signatures or text else 0)

    def draw(self, ink: Ink, y: float) -> None:
        """Draw it below ``y``."""
        draw_picture(ink, self._table.picture, self._frame.left, y, self._frame.width)
        y += height_of(self._table.picture) + 2 * MM
        for line, style in self._lines:
            y += _SMALL * _LEADING
            ink.text(self._frame.left, y, line, style)
        if self._table.signatures:
            self._sign(ink, y + 9 * MM)

    def _sign(self, ink: Ink, y: float) -> None:
        """Places to sign: the name where known, else a line to write on."""
        places = self._table.signatures
        texts = [ink.text_width(f"{place} {name}", BODY) for place, name in places]
        blank = sum(not name for _, name in places)
        least = 3 * MM * (len(places) - 1)
        line = min(26 * MM, (self._frame.width - sum(texts) - least) / max(blank, 1))
        widths = [text + (0 if name else line) for text, (_, name) in zip(texts, places, strict=True)]
        gap = max((self._frame.width - sum(widths)) / max(len(places) - 1, 1), 3 * MM)
        x = self._frame.left
        for (place, name), width in zip(places, widths, strict=True):
            ink.text(x, y, f"{place} {name}", BODY)
            if not name:
                ink.line(x + width - line, y + 1.5, x + width, y + 1.5, HAIR)
            x += width + gap


def _check_texts(checks: Sequence[Check]) -> list[tuple[str, Style]]:
    """The failed ones by name, then how many agree."""
    if not checks:
        return []
    failed = [check for check in checks if not check.ok]
    texts = [(f"▲ {check.rule} 不符：{check.text}", STRONG) for check in failed]
    agreed = [check for check in checks if check.ok]
    if agreed:
        named = [check.text if len(agreed) <= _FEW else check.rule for check in agreed]
        words = "、".join(dict.fromkeys(named))
        texts.append((f"核对 {len(checks)} 项，相符 {len(agreed)} 项：{words}。", BODY))
    return texts


def _unasked_texts(unasked: Sequence[Unasked]) -> list[tuple[str, Style]]:
    """What could not be checked and why, never passed over in silence."""
    by_reason: dict[str, list[str]] = {}
    for x in unasked:
        why = "所需的登记未启用" if x.why.endswith("未启用") else x.why
        by_reason.setdefault(why, []).append(x.rule)
    parts = [f"{'、'.join(dict.fromkeys(rules))}（{why}）" for why, rules in by_reason.items()]
    return [(f"没有核对：{'；'.join(parts)}。", BODY)] if parts else []


def draw_foot(ink: Ink, table: Table, frame: Frame, job: PrintJob) -> None:
    """Check code, print count and page number on every page."""
    y = frame.bottom + 7 * MM
    code = f"校验码 {in_fours(table.check_code)} · " if table.check_code else ""
    ink.text(frame.left, y, f"{code}第 {job.print_number} 次打印", FOOT)
    overall = "" if job.before is None else f" · 总第 {job.before + job.page} 页"
    ink.text_right(frame.right, y, f"第 {job.page} 页，共 {job.pages} 页{overall}", FOOT)


def in_fours(code: str) -> str:
    """A check code as people read it aloud: groups of four."""
    return " ".join(code[i : i + 4] for i in range(0, len(code), 4))
