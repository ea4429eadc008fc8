"""From what was typed to a voucher that balances, or a refusal that names the line."""

from __future__ import annotations

from village_ledger.domain.amount_entry import evaluate_entry
from village_ledger.domain.chart import Chart
from village_ledger.domain.errors import AmountError, VoucherError
from village_ledger.domain.money import format_fen, quoted
from village_ledger.domain.period import parse_day
from village_ledger.domain.quantity import amount_for, parse_price, parse_quantity
from village_ledger.domain.template import unfilled
from village_ledger.domain.voucher import (
    NAME_LIMIT,
    NEEDS_NO_ATTACHMENT,
    SUMMARY_LIMIT,
    Draft,
    DraftLine,
    Voucher,
    VoucherLine,
    check_against_chart,
    check_text,
)

WORD_LIMIT = 4


def to_voucher(draft: Draft, chart: Chart) -> Voucher:
    """The voucher a draft means; blank lines are left out.

    Raises VoucherError, AmountError, ChartError, PeriodError or TextError naming the line.
    """
    lines = tuple(_line(number, line) for number, line in enumerate(draft.lines, 1) if not line.is_blank)
    if not lines:
        raise VoucherError("凭证还是空的", "请先填摘要、科目和金额。")
    reason = check_text(draft.no_attachment_reason, "无附件原因", NAME_LIMIT)
    voucher = Voucher(
        day=parse_day(draft.day),
        lines=lines,
        word=_word(draft.word),
        attachments=_attachments(draft.attachments),
        no_attachment_reason=reason,
        kind=draft.kind,
        handler=check_text(draft.handler, "经手人", NAME_LIMIT),
        witness=check_text(draft.witness, "证明人", NAME_LIMIT),
        approver=check_text(draft.approver, "审批人", NAME_LIMIT),
    )
    check_against_chart(voucher, chart)
    return voucher


def attachment_warning(voucher: Voucher) -> str:
    """A sentence when a voucher has neither attachments nor a reason (规范 art. 51), else empty."""
    if voucher.attachments or voucher.no_attachment_reason or voucher.kind in NEEDS_NO_ATTACHMENT:
        return ""
    return "这张凭证没有附单据，也没有写明原因；除结账和更正外，凭证都要附单据。"


def _line(number: int, line: DraftLine) -> VoucherLine:
    where = f"第 {number} 行"
    if not line.account:
        raise VoucherError(f"{where}没有选科目", "请补上科目。")
    debit, credit = _amount(line.debit, f"{where}借方"), _amount(line.credit, f"{where}贷方")
    if debit and credit:
        raise VoucherError(
            f"{where}借方、贷方都有金额（{format_fen(debit)} 和 {format_fen(credit)}）", "请只留一边。"
        )
    if not debit and not credit:
        raise VoucherError(f"{where}没有金额", "请填一个不为零的金额，或删掉这一行。")
    summary = check_text(line.summary, f"{where}摘要", SUMMARY_LIMIT)
    if not summary:
        raise VoucherError(f"{where}没有摘要", "请写明是什么事。")
    if place := unfilled(summary):
        raise VoucherError(f"{where}摘要里的 {place} 还没有填", "请改成要写的字，或删掉它。")
    quantity = _quantity(line, debit + credit, where)
    return VoucherLine(
        summary=summary,
        account=line.account.strip(),
        debit=debit,
        credit=credit,
        counterparty=check_text(line.counterparty, f"{where}往来单位", NAME_LIMIT),
        project=check_text(line.project, f"{where}项目", NAME_LIMIT),
        group=check_text(line.group, f"{where}村民小组", NAME_LIMIT),
        quantity=quantity,
    )


def _quantity(line: DraftLine, amount: int, where: str) -> int:
    """Thousandths as typed, 0 for none; a price typed beside it must lead to the amount."""
    if not line.quantity.strip():
        if line.price.strip():
            raise VoucherError(f"{where}只有单价，没有数量", "请补上数量，或去掉单价。")
        return 0
    try:
        quantity = parse_quantity(line.quantity)
        worth = amount_for(quantity, parse_price(line.price)) if line.price.strip() else amount
    except AmountError as error:
        raise AmountError(f"{where}{error.what}", error.next_step) from error
    if quantity == 0:
        raise VoucherError(f"{where}数量是零", "请填上数量，没有数量就空着。")
    if worth != amount:
        raise VoucherError(
            f"{where}数量乘单价得 {format_fen(worth)}，金额写的是 {format_fen(amount)}",
            "请核对数量、单价和金额。",
        )
    if (quantity < 0) != (amount < 0):
        raise VoucherError(f"{where}数量和金额的正负不同", "红字的数量和金额都写成负数。")
    return quantity


def _amount(text: str, where: str) -> int:
    if not text.strip():
        return 0
    try:
        return evaluate_entry(text)
    except AmountError as error:
        raise AmountError(f"{where}：{error.what}", error.next_step) from error


def _word(text: str) -> str:
    """The voucher word; a dash or slash in it would make 2025-03/记-0012 ambiguous."""
    word = check_text(text, "凭证字", WORD_LIMIT) or "记"
    if "/" in word or "-" in word:
        raise VoucherError(f"凭证字“{word}”里不能有 / 或 -", "请填“记”，或收、付、转。")
    return word


def _attachments(text: str) -> int:
    tidy = text.strip()
    if not tidy:
        return 0
    if not (tidy.isdecimal() and len(tidy) <= 4):
        raise VoucherError(f"附件张数“{quoted(tidy)}”不是张数", "请填 0 到 9999 的整数。")
    return int(tidy)
