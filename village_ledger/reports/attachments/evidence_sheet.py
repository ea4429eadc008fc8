"""缺附件清单 and the list of what is attached to one thing, as tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from village_ledger.domain.attachment import Attachment, Owner, attachment_rules, sized
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Span
from village_ledger.reports.issuer import Issuer
from village_ledger.reports.table import Column, Kind, Link, Role, Row, Table
from village_ledger.services.attachments.evidence import Lack, Missing

_MISSING = (
    Column("lack", "缺什么", Kind.TEXT, 34),
    Column("name", "凭证、编号", Kind.CODE, 44),
    Column("date", "日期", Kind.DATE, 24),
    Column("text", "内容", Kind.TEXT, 96),
    Column("amount", "金额", Kind.MONEY, 34),
    Column("stated", "应有", Kind.COUNT, 16),
    Column("kept", "留有", Kind.COUNT, 16),
)
_ATTACHED = (
    Column("id", "号", Kind.CODE, 14),
    Column("owner", "附在", Kind.TEXT, 44),
    Column("title", "名称", Kind.TEXT, 66),
    Column("kind", "种类", Kind.TEXT, 22),
    Column("type", "文件", Kind.TEXT, 18),
    Column("size", "大小", Kind.TEXT, 22),
    Column("sheets", "张", Kind.COUNT, 10),
    Column("state", "状态", Kind.TEXT, 44),
    Column("digest", "SHA-256（前 16 位）", Kind.CODE, 36),
)


def missing_evidence(issuer: Issuer, found: Sequence[Missing], span: Span) -> Table:
    """缺附件清单 of some days."""
    rows = [
        Row(
            Role.DETAIL,
            (
                one.lack.value,
                one.name,
                date.fromisoformat(one.day) if one.day else None,
                one.text,
                one.amount or None,
                one.stated or None,
                one.kept if one.stated else None,
            ),
            link=None if one.voucher_id is None else Link("voucher", str(one.voucher_id), issuer.ledger),
        )
        for one in found
    ]
    counted = [(lack, sum(1 for one in found if one.lack is lack)) for lack in Lack]
    least = format_fen(attachment_rules().evidence.invoice_from)
    said = "；".join(f"{lack.value} {count} 处" for lack, count in counted if count)
    return Table(
        report="missing-evidence",
        title="缺附件清单",
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=_MISSING,
        rows=tuple(rows),
        span=span,
        heading=(issuer.title, span.words(), said or "没有缺的"),
        notes=(
            "张数：一个月里多数凭证留了电子附件的，才核对张数。合同、决议是现在缺的，不分月份。",
            f"发票：{least} 元以上、科目要求发票，而没有票据号也没有发票附件的付款；工资、补贴、借款和两账往来不要发票。",
        ),
        watermark=issuer.watermark,
        signatures=(("主管", ""), ("经办", "")),
        full_dates=True,
    )


def attached(issuer: Issuer, kept: Sequence[Attachment], places: dict[Owner, str]) -> Table:
    """附件目录: everything attached in a ledger, taken back too."""
    rows = [
        Row(
            Role.DETAIL,
            (
                str(one.id),
                places[one.owner],
                one.title,
                one.kind,
                one.shown_type,
                sized(one.size),
                one.sheets,
                state_words(one),
                one.digest[:16],
            ),
            link=Link("voucher", one.owner.key, one.owner.ledger) if one.owner.kind == "voucher" else None,
        )
        for one in kept
    ]
    standing = sum(1 for one in kept if one.stands)
    return Table(
        report="attachments",
        title="附件目录",
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=_ATTACHED,
        rows=tuple(rows),
        heading=(
            issuer.title,
            f"共 {standing} 件",
            f"合计 {sized(sum(one.size for one in kept if one.stands))}",
        ),
        notes=("电子发票没有联网，一律未验签。",) if any(one.invoice for one in kept) else (),
        watermark=issuer.watermark,
    )


def state_words(kept: Attachment) -> str:
    """How an attachment stands, in words."""
    if not kept.stands:
        return f"撤下：{kept.taken_back}"
    if kept.condition.words:
        return kept.condition.words
    if kept.invoice:
        return f"电子发票 {kept.invoice} 未验签"
    return "照片已缩小" if kept.scaled else "原件"
