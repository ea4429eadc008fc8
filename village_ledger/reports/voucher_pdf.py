"""The pen for vouchers: 记账凭证 on 240 × 140 mm, five lines to a page, ready for binding.

会计基础工作规范 art. 50–55: all places to sign, empty lines struck through, continued pages numbered 1/2, 2/2.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from village_ledger.domain.capital import capital
from village_ledger.domain.chart import Chart
from village_ledger.domain.voucher import StoredVoucher, VoucherKind, VoucherLine, VoucherState
from village_ledger.reports.amount_grid import draw_amount, draw_grid, draw_places
from village_ledger.reports.fonts import Face
from village_ledger.reports.ink import BLACK, HAIR, MM, RED, RULE, Fonts, Ink, Style, middle
from village_ledger.reports.issuer import Issuer
from village_ledger.reports.output_file import replacing
from village_ledger.reports.pdf_file import PdfFile
from village_ledger.reports.pdf_furniture import draw_stamp, draw_watermark, missing_sentence, spread
from village_ledger.reports.pdf_layout import Block, Paper, text_block
from village_ledger.reports.render_pdf import PdfResult
from village_ledger.reports.stamp import stamp_of
from village_ledger.reports.voucher_form import account_words, state_words
from village_ledger.reports.wrapping import wrap

LINES = 5
_ROW = 11.8 * MM
_HEAD = 11.6 * MM
_LEFT, _RIGHT = 15 * MM, 230 * MM
_TOP = 26 * MM
_SUMMARY, _ACCOUNT = 47 * MM, 61 * MM
_AMOUNT = (_RIGHT - _LEFT - _SUMMARY - _ACCOUNT) / 2
_PAD = 1.6 * MM
_BODY = Style(Face.SERIF, 10.5)
_STRONG = Style(Face.SERIF_BOLD, 10.5)
_SMALL = Style(Face.SERIF, 9)
_OUTER = 0.5 * MM


@dataclass(frozen=True, slots=True)
class Signers:
    """Who signs besides those the voucher names: 主管 and 出纳."""

    chief: str = ""
    cashier: str = ""


@dataclass(frozen=True, slots=True)
class _Set:
    """A line set for the form: its texts, and how many of the five rows it takes."""

    line: VoucherLine
    summary: Block
    account: Block
    rows: int


def write_vouchers(
    issuer: Issuer,
    chart: Chart,
    vouchers: Iterable[StoredVoucher],
    path: Path,
    signers: Signers = Signers(),
    print_numbers: dict[int, int] | None = None,
) -> PdfResult:
    """Print vouchers into one file in the order given; ``print_numbers`` says by id the how-manyth print it is.

    Raises FontsMissing, OutputError, OutputDiskFull; then no file is left behind.
    """
    paper = Paper.VOUCHER.value
    with Fonts() as fonts, replacing(path) as stream:
        file = PdfFile(stream, "记账凭证")
        for stored in vouchers:
            number = (print_numbers or {}).get(stored.id, 1)
            _Form(issuer, chart, stored, fonts, signers, number).onto(file)
        file.close(fonts.all())
    return PdfResult(file.page_count, round(paper.width * paper.height) * file.page_count, fonts.missing)


class _Form:
    """One voucher on its way to paper."""

    def __init__(
        self,
        issuer: Issuer,
        chart: Chart,
        stored: StoredVoucher,
        fonts: Fonts,
        signers: Signers,
        print_number: int,
    ) -> None:
        self._issuer = issuer
        self._stored = stored
        self._fonts = fonts
        self._signers = signers
        self._print_number = print_number
        self._pages = _pages([self._set(line, chart) for line in stored.voucher.lines])

    def _set(self, line: VoucherLine, chart: Chart) -> _Set:
        tallest = LINES * _ROW - 2 * _PAD
        summary = text_block(self._fonts, line.summary, _BODY, _SUMMARY - 2 * _PAD, tallest, shrink=1.0)
        words = account_words(line, chart)
        account = text_block(self._fonts, words, _BODY, _ACCOUNT - 2 * _PAD, tallest, shrink=1.0)
        height = max(summary.height, account.height)
        return _Set(line, summary, account, min(max(math.ceil(height / _ROW), 1), LINES))

    def onto(self, file: PdfFile) -> None:
        """Draw every page."""
        debit = credit = 0
        for number, lines in enumerate(self._pages, 1):
            ink = Ink(self._fonts, Paper.VOUCHER.value.width * MM, Paper.VOUCHER.value.height * MM)
            draw_watermark(ink, self._issuer.watermark)
            self._draw_head(ink, number)
            self._draw_frame(ink, sum(one.rows for one in lines))
            y = _TOP + _HEAD
            for one in lines:
                self._draw_line(ink, y, one)
                y += one.rows * _ROW
            debit += sum(one.line.debit for one in lines)
            credit += sum(one.line.credit for one in lines)
            self._draw_total(ink, debit, credit, last=number == len(self._pages))
            self._draw_foot(ink)
            if self._stored.state is VoucherState.VOID:
                _draw_void(ink)
            file.add_page(ink.width, ink.height, ink.content())

    def _draw_head(self, ink: Ink, page: int) -> None:
        stored, issuer = self._stored, self._issuer
        draw_stamp(ink, stamp_of(issuer.village, issuer.ledger), _LEFT, 7.5 * MM, 12 * MM)
        room = 52 * MM
        names = wrap(issuer.entity, room * 1000 / _BODY.size, self._fonts[_BODY.face].width)
        for line, text in enumerate(names[-2:] if len(names) > 1 else ["", *names]):
            ink.text(_LEFT + 15 * MM, (15.5 + 5 * line) * MM, text, _BODY, squeeze_to=room)
        centre = (_LEFT + _RIGHT) / 2
        ink.spaced_centre(centre, 15 * MM, "记账凭证", Style(Face.SERIF_BOLD, 21), 8)
        for y in (17.6, 18.5):
            ink.line(centre - 23 * MM, y * MM, centre + 23 * MM, y * MM, RULE)
        day = stored.voucher.day
        ink.text_centre(
            centre, 23.4 * MM, f"{day.year} 年 {day.month} 月 {day.day} 日", Style(Face.SERIF, 12)
        )
        suffix = f" 号  第 {page}/{len(self._pages)} 页"
        ink.text_right(_RIGHT, 16 * MM, suffix, _BODY)
        number = Style(Face.SERIF_BOLD, 13)
        ink.text_right(_RIGHT - ink.text_width(suffix, _BODY), 16 * MM, stored.ref.short, number)
        ink.text_right(_RIGHT, 22.5 * MM, self._attachments(), _BODY)
        self._draw_mark(ink, centre + 27 * MM)

    def _attachments(self) -> str:
        voucher = self._stored.voucher
        if voucher.attachments or not voucher.no_attachment_reason:
            return f"附单据 {voucher.attachments} 张"
        return f"附单据 0 张（{voucher.no_attachment_reason}）"

    def _draw_mark(self, ink: Ink, x: float) -> None:
        """A boxed word for what is not an ordinary posted voucher: 待补审, 红字, 待审核."""
        stored = self._stored
        words = (
            [state_words(stored)]
            if stored.awaits_second_review or stored.state is not VoucherState.POSTED
            else []
        )
        kinds = {
            VoucherKind.REVERSAL: "红字",
            VoucherKind.CORRECTION: "订正",
            VoucherKind.PRIOR_YEAR: "更正以前年度",
        }
        if stored.voucher.kind in kinds:
            words.append(kinds[stored.voucher.kind])
        for word in words:
            width = ink.text_width(word, _STRONG) + 3 * MM
            ink.box(x, 10.5 * MM, width, 6.5 * MM, RULE)
            ink.text(x + 1.5 * MM, middle(10.5 * MM, 6.5 * MM, _STRONG.size), word, _STRONG)
            x += width + 2 * MM

    def _draw_frame(self, ink: Ink, used: int) -> None:
        """Head, rules and grid; rows left empty are struck through."""
        bottom = _TOP + _HEAD + (LINES + 1) * _ROW
        account, debit, credit = _LEFT + _SUMMARY, _LEFT + _SUMMARY + _ACCOUNT, _RIGHT - _AMOUNT
        label = Style(Face.SERIF_BOLD, 11)
        ink.text_centre((_LEFT + account) / 2, middle(_TOP, _HEAD, 11), "摘　要", label)
        ink.text_centre((account + debit) / 2, middle(_TOP, _HEAD, 11), "会计科目", label)
        for x, name in ((debit, "借方金额"), (credit, "贷方金额")):
            ink.text_centre(x + _AMOUNT / 2, middle(_TOP, _HEAD / 2, 11), name, label)
            draw_places(ink, x, _TOP + _HEAD / 2, _AMOUNT, _HEAD / 2)
            draw_grid(ink, x, _TOP + _HEAD / 2, _AMOUNT, bottom - _TOP - _HEAD / 2)
            ink.line(x, _TOP, x, bottom, RULE)
        ink.line(debit, _TOP + _HEAD / 2, _RIGHT, _TOP + _HEAD / 2, HAIR)
        empty = _TOP + _HEAD + used * _ROW
        last = _TOP + _HEAD + LINES * _ROW
        ink.line(account, _TOP, account, empty, HAIR)
        if used < LINES:
            ink.line(_LEFT + 2, last - 2, debit - 2, empty + 2, HAIR * 1.6)
            for row in range(used + 1, LINES):
                ink.line(debit, _TOP + _HEAD + row * _ROW, _RIGHT, _TOP + _HEAD + row * _ROW, HAIR)
            ink.line(_LEFT, empty, _RIGHT, empty, HAIR)
        ink.line(_LEFT, _TOP + _HEAD, _RIGHT, _TOP + _HEAD, RULE)
        ink.line(_LEFT, last, _RIGHT, last, RULE)
        ink.box(_LEFT, _TOP, _RIGHT - _LEFT, bottom - _TOP, _OUTER)

    def _draw_line(self, ink: Ink, top: float, one: _Set) -> None:
        height = one.rows * _ROW
        for x, block in ((_LEFT, one.summary), (_LEFT + _SUMMARY, one.account)):
            _draw_block(ink, x + _PAD, top, height, block)
        for x, fen in ((_RIGHT - 2 * _AMOUNT, one.line.debit), (_RIGHT - _AMOUNT, one.line.credit)):
            draw_amount(ink, x, top, _AMOUNT, height, fen)
        ink.line(_LEFT, top + height, _RIGHT, top + height, HAIR)

    def _draw_total(self, ink: Ink, debit: int, credit: int, *, last: bool) -> None:
        """Upper-case total on the last page, the running subtotal on those before."""
        top = _TOP + _HEAD + LINES * _ROW
        label = "合计 " if last else "小计（转下页）"
        base = middle(top, _ROW, 11)
        ink.text(_LEFT + _PAD, base, label, _BODY)
        x = _LEFT + _PAD + ink.text_width(label, _BODY)
        if last:
            words = Style(Face.SERIF_BOLD, 11.5, RED if debit < 0 else BLACK)
            room = _LEFT + _SUMMARY + _ACCOUNT - x - _PAD
            ink.text(x, base, capital(debit, negative=""), words, squeeze_to=room)
        for left, fen in ((_RIGHT - 2 * _AMOUNT, debit), (_RIGHT - _AMOUNT, credit)):
            draw_amount(ink, left, top, _AMOUNT, _ROW, fen, with_sign=last)

    def _draw_foot(self, ink: Ink) -> None:
        stored, voucher = self._stored, self._stored.voucher
        y = _TOP + _HEAD + (LINES + 1) * _ROW + 7 * MM
        places = (
            ("主管", self._signers.chief),
            ("记账", stored.posted_by),
            ("审核", stored.reviewed_by),
            ("出纳", self._signers.cashier),
            ("制单", stored.prepared_by),
        )
        spread(
            ink,
            [f"{place} {name or '　　　　'}" for place, name in places],
            _LEFT,
            _RIGHT,
            y,
            Style(Face.SERIF, 11),
        )
        people = (("经手", voucher.handler), ("证明", voucher.witness), ("审批", voucher.approver))
        words = [f"{place} {name}" for place, name in people if name]
        words += [f"{kind} {ref}" for kind, ref in stored.links]
        if stored.state is VoucherState.VOID and stored.return_reason:
            words.append(f"作废原因：{stored.return_reason}")
        room = (_RIGHT - _LEFT) * 0.72
        ink.text(_LEFT, y + 7 * MM, "　".join(words), _SMALL, squeeze_to=room)
        paper = f"纸 240×140 毫米 · 第 {self._print_number} 次打印"
        ink.text_right(_RIGHT, y + 7 * MM, paper, _SMALL)
        if self._fonts.missing:
            warning = f"▲ {missing_sentence(self._fonts.missing)}"
            ink.text(_LEFT, y + 12 * MM, warning, Style(Face.SERIF_BOLD, 9), squeeze_to=_RIGHT - _LEFT)


def _pages(lines: Sequence[_Set]) -> list[list[_Set]]:
    pages: list[list[_Set]] = [[]]
    used = 0
    for one in lines:
        if pages[-1] and used + one.rows > LINES:
            pages.append([])
            used = 0
        pages[-1].append(one)
        used += one.rows
    return pages


def _draw_block(ink: Ink, x: float, top: float, height: float, block: Block) -> None:
    line = block.height / len(block.lines)
    y = top + (height - block.height) / 2
    style = Style(_BODY.face, block.size)
    for text in block.lines:
        ink.text(x, middle(y, line, block.size), text, style)
        y += line


def _draw_void(ink: Ink) -> None:
    """The seal 作废 across the form; the number stays in its place in the binding."""
    centre, y = (_LEFT + _RIGHT) / 2, _TOP + _HEAD + 2.6 * _ROW
    style = Style(Face.SERIF_BOLD, 54, RED)
    ink.spaced_centre(centre, y + 54 * 0.36, "作废", style, 14)
    ink.box(centre - 29 * MM, y - 13 * MM, 58 * MM, 26 * MM, 0.9 * MM, RED)
