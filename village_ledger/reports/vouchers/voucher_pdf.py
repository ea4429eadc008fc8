"""The pen for vouchers: 记账凭证 on its own paper or two to an A4 sheet, five lines to a form, ready for binding.

会计基础工作规范 art. 50–55: all places to sign, empty lines struck through, continued pages numbered 1/2, 2/2.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from village_ledger.domain.capital import capital
from village_ledger.domain.chart import Chart
from village_ledger.domain.voucher import StoredVoucher, VoucherKind, VoucherLine, VoucherState
from village_ledger.reports.books.covers import VoucherBundle, draw_bundle_cover
from village_ledger.reports.issuer import Issuer
from village_ledger.reports.pens.amount_grid import draw_amount, draw_grid, draw_places
from village_ledger.reports.pens.fonts import Face
from village_ledger.reports.pens.ink import BLACK, HAIR, MM, RED, RULE, Fonts, Ink, Style, middle
from village_ledger.reports.pens.output_file import replacing
from village_ledger.reports.pens.pdf_file import PdfFile
from village_ledger.reports.pens.pdf_furniture import draw_stamp, draw_watermark, missing_sentence, spread
from village_ledger.reports.pens.pdf_layout import Block, text_block
from village_ledger.reports.pens.render_pdf import PdfResult
from village_ledger.reports.pens.stamp import stamp_of
from village_ledger.reports.pens.wrapping import wrap
from village_ledger.reports.vouchers.voucher_form import account_words, state_words
from village_ledger.reports.vouchers.voucher_plan import LINES, VoucherPaper, VoucherPlan

_PAD = 1.6 * MM
_BODY = Style(Face.SERIF, 10.5)
_STRONG = Style(Face.SERIF_BOLD, 10.5)
_SMALL = Style(Face.SERIF, 9)
_OUTER = 0.5 * MM


@dataclass(frozen=True, slots=True)
class Signers:
    """Who signs besides those the voucher names: 主管 and 出纳; by voucher the approval rules it was judged by."""

    chief: str = ""
    cashier: str = ""
    rules: Mapping[int, str] = field(default_factory=dict[int, str])


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
    paper: VoucherPaper = VoucherPaper.FORM,
    cover: VoucherBundle | None = None,
) -> PdfResult:
    """Print vouchers into one file in the order given; ``print_numbers`` says by id the how-manyth print it is.

    A ``cover`` for the binding comes first, on paper that is not printed beforehand.

    Raises FontsMissing, OutputError, OutputDiskFull; then no file is left behind.
    """
    with Fonts() as fonts, replacing(path) as stream:
        file = PdfFile(stream, "记账凭证")
        sheets = _Sheets(file, fonts, paper)
        if cover is not None and not paper.plan.only_figures:
            bundle, height = cover, paper.plan.height * MM
            sheets.form(lambda ink: draw_bundle_cover(ink, bundle, height))
        for stored in vouchers:
            number = (print_numbers or {}).get(stored.id, 1)
            _Form(issuer, chart, stored, fonts, signers, number, paper.plan).onto(sheets)
        sheets.finish()
        file.close(fonts.all())
    area = round(paper.sheet.width * paper.sheet.height) * file.page_count
    return PdfResult(file.page_count, area, fonts.missing)


class _Sheets:
    """Puts forms onto sheets: one each, or several below each other with a line to cut along."""

    def __init__(self, file: PdfFile, fonts: Fonts, paper: VoucherPaper) -> None:
        self._file = file
        self._fonts = fonts
        self._paper = paper
        self._ink: Ink | None = None
        self._used = 0

    def form(self, draw: Callable[[Ink], None]) -> None:
        """Draw one form in its place; a full sheet is put away."""
        paper = self._paper
        if self._ink is None:
            self._ink = Ink(self._fonts, paper.sheet.width * MM, paper.sheet.height * MM)
        down = self._used * paper.plan.height * MM
        with self._ink.moved(0, down):
            draw(self._ink)
        self._used += 1
        if self._used == paper.forms:
            self.finish()
        else:
            cut = down + paper.plan.height * MM
            self._ink.dashed_line(5 * MM, cut, self._ink.width - 5 * MM, cut)

    def finish(self) -> None:
        """Put the last sheet away, half full or not."""
        if self._ink is not None:
            self._file.add_page(self._ink.width, self._ink.height, self._ink.content())
        self._ink, self._used = None, 0


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
        plan: VoucherPlan,
    ) -> None:
        self._issuer = issuer
        self._stored = stored
        self._fonts = fonts
        self._signers = signers
        self._print_number = print_number
        self._plan = plan
        self._pages = _pages([self._set(line, chart) for line in stored.voucher.lines])

    def _set(self, line: VoucherLine, chart: Chart) -> _Set:
        plan = self._plan
        tallest = LINES * plan.row - 2 * _PAD
        summary = text_block(self._fonts, line.summary, _BODY, plan.summary - 2 * _PAD, tallest, shrink=1.0)
        words = account_words(line, chart)
        account = text_block(self._fonts, words, _BODY, plan.account - 2 * _PAD, tallest, shrink=1.0)
        height = max(summary.height, account.height)
        return _Set(line, summary, account, min(max(math.ceil(height / plan.row), 1), LINES))

    def onto(self, sheets: _Sheets) -> None:
        """Draw every form of the voucher."""
        debit = credit = 0
        for number, lines in enumerate(self._pages, 1):
            debit += sum(one.line.debit for one in lines)
            credit += sum(one.line.credit for one in lines)
            sheets.form(partial(self._draw, number, lines, debit, credit))

    def _draw(self, number: int, lines: Sequence[_Set], debit: int, credit: int, ink: Ink) -> None:
        plan = self._plan
        draw_watermark(ink, self._issuer.watermark, plan.height * MM)
        if not plan.only_figures:
            self._draw_title(ink)
        self._draw_head(ink, number)
        self._draw_frame(ink, sum(one.rows for one in lines))
        y = plan.top + plan.head
        for one in lines:
            self._draw_line(ink, y, one)
            y += one.rows * plan.row
        self._draw_total(ink, debit, credit, last=number == len(self._pages))
        self._draw_foot(ink)
        if self._stored.state is VoucherState.VOID:
            _draw_void(ink, plan)

    def _draw_title(self, ink: Ink) -> None:
        plan, issuer = self._plan, self._issuer
        draw_stamp(ink, stamp_of(issuer.village, issuer.ledger), plan.left, 7.5 * MM, 12 * MM)
        ink.spaced_centre(plan.centre, 15 * MM, "记账凭证", Style(Face.SERIF_BOLD, 21), 8)
        for y in (17.6, 18.5):
            ink.line(plan.centre - 23 * MM, y * MM, plan.centre + 23 * MM, y * MM, RULE)

    def _draw_head(self, ink: Ink, page: int) -> None:
        stored, issuer, plan = self._stored, self._issuer, self._plan
        room = 50 * MM
        names = wrap(issuer.entity, room * 1000 / _BODY.size, self._fonts[_BODY.face].width)
        for line, text in enumerate(names[-2:] if len(names) > 1 else ["", *names]):
            ink.text(plan.left + 15 * MM, (15.5 + 5 * line) * MM, text, _BODY, squeeze_to=room)
        day = stored.voucher.day
        ink.text_centre(
            plan.centre, 23.4 * MM, f"{day.year} 年 {day.month} 月 {day.day} 日", Style(Face.SERIF, 12)
        )
        suffix = f" 号  第 {page}/{len(self._pages)} 页"
        ink.text_right(plan.right, 16 * MM, suffix, _BODY)
        number = Style(Face.SERIF_BOLD, 13)
        ink.text_right(plan.right - ink.text_width(suffix, _BODY), 16 * MM, stored.ref.short, number)
        ink.text_right(plan.right, 22.5 * MM, self._attachments(), _BODY)
        if plan.is_narrow:
            self._draw_mark(ink, plan.centre + 21 * MM, 19.2 * MM)
        else:
            self._draw_mark(ink, plan.centre + 27 * MM, 10.5 * MM)

    def _attachments(self) -> str:
        voucher = self._stored.voucher
        if voucher.attachments or not voucher.no_attachment_reason:
            return f"附单据 {voucher.attachments} 张"
        return f"附单据 0 张（{voucher.no_attachment_reason}）"

    def _draw_mark(self, ink: Ink, x: float, top: float) -> None:
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
            ink.box(x, top, width, 6.5 * MM, RULE)
            ink.text(x + 1.5 * MM, middle(top, 6.5 * MM, _STRONG.size), word, _STRONG)
            x += width + 2 * MM

    def _draw_frame(self, ink: Ink, used: int) -> None:
        """Head, rules and grid; rows left empty are struck through."""
        plan = self._plan
        if plan.only_figures:
            if used < LINES:
                _strike(ink, plan, used)
            return
        bottom = plan.top + plan.head + (LINES + 1) * plan.row
        account, debit, credit = (
            plan.left + plan.summary,
            plan.left + plan.summary + plan.account,
            plan.right - plan.amount,
        )
        label = Style(Face.SERIF_BOLD, 11)
        ink.text_centre((plan.left + account) / 2, middle(plan.top, plan.head, 11), "摘　要", label)
        ink.text_centre((account + debit) / 2, middle(plan.top, plan.head, 11), "会计科目", label)
        for x, name in ((debit, "借方金额"), (credit, "贷方金额")):
            ink.text_centre(x + plan.amount / 2, middle(plan.top, plan.head / 2, 11), name, label)
            draw_places(ink, x, plan.top + plan.head / 2, plan.amount, plan.head / 2)
            draw_grid(ink, x, plan.top + plan.head / 2, plan.amount, bottom - plan.top - plan.head / 2)
            ink.line(x, plan.top, x, bottom, RULE)
        ink.line(debit, plan.top + plan.head / 2, plan.right, plan.top + plan.head / 2, HAIR)
        empty = plan.top + plan.head + used * plan.row
        last = plan.top + plan.head + LINES * plan.row
        ink.line(account, plan.top, account, empty, HAIR)
        if used < LINES:
            _strike(ink, plan, used)
            for row in range(used + 1, LINES):
                ink.line(
                    debit,
                    plan.top + plan.head + row * plan.row,
                    plan.right,
                    plan.top + plan.head + row * plan.row,
                    HAIR,
                )
            ink.line(plan.left, empty, plan.right, empty, HAIR)
        ink.line(plan.left, plan.top + plan.head, plan.right, plan.top + plan.head, RULE)
        ink.line(plan.left, last, plan.right, last, RULE)
        ink.box(plan.left, plan.top, plan.right - plan.left, bottom - plan.top, _OUTER)

    def _draw_line(self, ink: Ink, top: float, one: _Set) -> None:
        plan = self._plan
        height = one.rows * plan.row
        for x, block in ((plan.left, one.summary), (plan.left + plan.summary, one.account)):
            _draw_block(ink, x + _PAD, top, height, block)
        for x, fen in (
            (plan.right - 2 * plan.amount, one.line.debit),
            (plan.right - plan.amount, one.line.credit),
        ):
            draw_amount(ink, x, top, plan.amount, height, fen)
        if not plan.only_figures:
            ink.line(plan.left, top + height, plan.right, top + height, HAIR)

    def _draw_total(self, ink: Ink, debit: int, credit: int, *, last: bool) -> None:
        """Upper-case total on the last page, the running subtotal on those before."""
        plan = self._plan
        top = plan.top + plan.head + LINES * plan.row
        label = "合计 " if last else "小计（转下页）"
        base = middle(top, plan.row, 11)
        if not (last and plan.only_figures):
            ink.text(plan.left + _PAD, base, label, _BODY)
        x = plan.left + _PAD + ink.text_width(label, _BODY)
        if last:
            words = Style(Face.SERIF_BOLD, 11.5, RED if debit < 0 else BLACK)
            room = plan.left + plan.summary + plan.account - x - _PAD
            ink.text(x, base, capital(debit, negative=""), words, squeeze_to=room)
        for left, fen in ((plan.right - 2 * plan.amount, debit), (plan.right - plan.amount, credit)):
            draw_amount(ink, left, top, plan.amount, plan.row, fen, with_sign=last)

    def _draw_foot(self, ink: Ink) -> None:
        stored, voucher = self._stored, self._stored.voucher
        plan = self._plan
        y = plan.top + plan.head + (LINES + 1) * plan.row + 7 * MM
        places = (
            ("主管", self._signers.chief),
            ("记账", stored.posted_by),
            ("审核", stored.reviewed_by),
            ("出纳", self._signers.cashier),
            ("制单", stored.prepared_by),
        )
        texts = [f"{place} {name or '　　　　'}" for place, name in places]
        style = Style(Face.SERIF, 11)
        if plan.only_figures:
            self._draw_names(ink, places, y, style)
        else:
            spread(ink, texts, plan.left, plan.right, y, style)
        people = (("经手", voucher.handler), ("证明", voucher.witness), ("审批", voucher.approver))
        words = [f"{place} {name}" for place, name in people if name]
        words += [f"{kind} {ref}" for kind, ref in stored.links]
        if stored.id in self._signers.rules:
            words.append(self._signers.rules[stored.id])
        if stored.state is VoucherState.VOID and stored.return_reason:
            words.append(f"作废原因：{stored.return_reason}")
        room = (plan.right - plan.left) * 0.72
        ink.text(plan.left, y + 7 * MM, "　".join(words), _SMALL, squeeze_to=room)
        paper = f"{plan.words} · 第 {self._print_number} 次打印"
        ink.text_right(plan.right, y + 7 * MM, paper, _SMALL)
        if self._fonts.missing:
            warning = f"▲ {missing_sentence(self._fonts.missing)}"
            ink.text(
                plan.left, y + 12 * MM, warning, Style(Face.SERIF_BOLD, 9), squeeze_to=plan.right - plan.left
            )

    def _draw_names(self, ink: Ink, places: Sequence[tuple[str, str]], y: float, style: Style) -> None:
        """Names alone, where the form has its places to sign: five of equal width."""
        plan = self._plan
        step = (plan.right - plan.left) / len(places)
        for number, (place, name) in enumerate(places):
            ink.text(plan.left + number * step + ink.text_width(f"{place} ", style), y, name, style)


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


def _strike(ink: Ink, plan: VoucherPlan, used: int) -> None:
    """The stroke through rows left empty (规范 art. 51)."""
    top, bottom = (plan.top + plan.head + rows * plan.row for rows in (used, LINES))
    ink.line(plan.left + 2, bottom - 2, plan.left + plan.summary + plan.account - 2, top + 2, HAIR * 1.6)


def _draw_void(ink: Ink, plan: VoucherPlan) -> None:
    """The seal 作废 across the form; the number stays in its place in the binding."""
    centre, y = plan.centre, plan.top + plan.head + 2.6 * plan.row
    style = Style(Face.SERIF_BOLD, 54, RED)
    ink.spaced_centre(centre, y + 54 * 0.36, "作废", style, 14)
    ink.box(centre - 29 * MM, y - 13 * MM, 58 * MM, 26 * MM, 0.9 * MM, RED)
