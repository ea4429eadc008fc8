"""Advance rent spread over its periods (预收租金分摊表)."""

from __future__ import annotations

from collections.abc import Sequence

from village_ledger.domain.money import format_fen
from village_ledger.domain.prepaid import BASIS_NAMES
from village_ledger.reports.issuer import Issuer
from village_ledger.reports.table import Check, Column, Kind, Role, Row, Table
from village_ledger.services.planning.prepaid import Tie
from village_ledger.storage.templates.queries import Prepaid

COLUMNS = (
    Column("voucher", "收款凭证", Kind.CODE, 34),
    Column("counterparty", "交款人", Kind.TEXT, 34),
    Column("what", "款项", Kind.TEXT, 48),
    Column("from", "起", Kind.TEXT, 24),
    Column("to", "止", Kind.TEXT, 24),
    Column("amount", "金额", Kind.MONEY, 30),
    Column("released", "已结转", Kind.MONEY, 30),
    Column("left", "未结转", Kind.MONEY, 30),
)


def prepaid_table(issuer: Issuer, prepaids: Sequence[Prepaid], ties: Sequence[Tie]) -> Table:
    """A row per advance and under it a row per part; the checks hold it against the accounts."""
    rows: list[Row] = []
    for one in prepaids:
        what = one.what if one.stands else f"{one.what}（收款凭证已作废或冲销）"
        head = (one.voucher, one.counterparty, what, one.first.isoformat(), one.last.isoformat())
        rows.append(Row(Role.SUBTOTAL, (*head, one.total, one.released, one.left)))
        for part in one.parts:
            done = part.voucher_id is not None
            cells = (part.voucher or None, None, f"第 {part.number} 期（{part.due}）")
            span = (part.first.isoformat(), part.last.isoformat())
            amounts = (part.amount, part.amount if done else 0, 0 if done else part.amount)
            rows.append(Row(Role.DETAIL, (*cells, *span, *amounts), level=2))
    standing = [one for one in prepaids if one.stands]
    sums = (sum(o.total for o in standing), sum(o.released for o in standing), sum(o.left for o in standing))
    rows.append(Row(Role.TOTAL, (None, "合计", None, None, None, *sums)))
    basis = BASIS_NAMES[prepaids[0].basis] if prepaids else ""
    return Table(
        report="prepaid",
        title="预收租金分摊表",
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=COLUMNS,
        rows=tuple(rows),
        heading=tuple(filter(None, (basis and f"{basis}结转", "单位：元"))),
        checks=tuple(
            Check(
                "预收",
                ok=tie.booked >= tie.scheduled,
                text=f"{tie.account} {tie.counterparty}：未结转 {format_fen(tie.scheduled)}，"
                f"账上余额 {format_fen(tie.booked)}",
            )
            for tie in ties
        ),
        notes=("各期按累计数四舍五入到分再相减，各期之和等于总额。",),
        watermark=issuer.watermark,
        zero="—",
    )
