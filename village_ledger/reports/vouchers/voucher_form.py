"""Vouchers (记账凭证) as figures: lines for screen and files, and pages for paper."""

from __future__ import annotations

from collections.abc import Sequence

from village_ledger.domain.chart import Chart, Dimension
from village_ledger.domain.period import Span
from village_ledger.domain.voucher import STATE_NAMES, StoredVoucher, VoucherLine
from village_ledger.reports.issuer import Issuer
from village_ledger.reports.table import Column, Kind, Link, Role, Row, Table

COLUMNS = (
    Column("date", "日期", Kind.DATE, 16),
    Column("voucher", "凭证号", Kind.CODE, 20),
    Column("summary", "摘要", Kind.TEXT, 62),
    Column("account", "科目编码", Kind.CODE, 20),
    Column("account_name", "会计科目", Kind.TEXT, 46),
    Column("counterparty", "往来单位", Kind.TEXT, 30),
    Column("project", "项目", Kind.TEXT, 24),
    Column("debit", "借方金额", Kind.MONEY, 26),
    Column("credit", "贷方金额", Kind.MONEY, 26),
    Column("attachments", "附件张数", Kind.COUNT, 14),
    Column("state", "状态", Kind.TEXT, 16),
    Column("prepared_by", "制单", Kind.TEXT, 16),
    Column("reviewed_by", "审核", Kind.TEXT, 16),
    Column("posted_by", "记账", Kind.TEXT, 16),
)


def voucher_list(
    issuer: Issuer, chart: Chart, vouchers: Sequence[StoredVoucher], span: Span | None = None
) -> Table:
    """The lines of vouchers below each other; each voucher ends with its total."""
    rows: list[Row] = []
    for stored in vouchers:
        rows += _rows(stored, chart, issuer.ledger)
    return Table(
        report="voucher",
        title="记账凭证",
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=COLUMNS,
        rows=tuple(rows),
        span=span,
        heading=(f"共 {len(vouchers)} 张", "单位：元"),
        watermark=issuer.watermark,
    )


def _rows(stored: StoredVoucher, chart: Chart, ledger: str) -> list[Row]:
    voucher = stored.voucher
    link = Link("voucher", str(stored.id), ledger)
    ends = (
        voucher.attachments,
        state_words(stored),
        stored.prepared_by,
        stored.reviewed_by,
        stored.posted_by,
    )
    rows = [
        Row(
            Role.DETAIL,
            (
                voucher.day,
                stored.ref.short,
                line.summary,
                line.account,
                chart.path(line.account),
                line.counterparty,
                line.project,
                line.debit,
                line.credit,
                *ends,
            ),
            1,
            link,
        )
        for line in voucher.lines
    ]
    total = (
        voucher.day,
        stored.ref.short,
        "合计",
        "",
        "",
        "",
        "",
        voucher.amount,
        voucher.amount,
        None,
        "",
        "",
        "",
        "",
    )
    return [*rows, Row(Role.SUBTOTAL, total, 1, link)]


def state_words(stored: StoredVoucher) -> str:
    """The state as a word; a one-person post's voucher says that its second review is still to come."""
    return "待补审" if stored.awaits_second_review else STATE_NAMES[stored.state]


def account_words(line: VoucherLine, chart: Chart) -> str:
    """An account as the form names it: code in its levels, full name, then what it is kept by."""
    code, at, parts = line.account, 0, list[str]()
    for width in chart.rule.widths:
        parts.append(code[at : at + width])
        at += width
    kept_by = "，".join(value for dimension in Dimension if (value := line.dimension(dimension)))
    name = f"{' '.join(filter(None, parts))} {chart.path(code)}"
    return f"{name}（{kept_by}）" if kept_by else name
