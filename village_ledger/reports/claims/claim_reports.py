"""报账 on paper: the claim itself, the register of claims, advances reconciled, receipts handed out and accounted for."""

from __future__ import annotations

from collections.abc import Sequence

from village_ledger.domain.capital import capital
from village_ledger.domain.claim import AdvanceCheck
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Month, Span
from village_ledger.domain.receipt_book import Numbers, holdings
from village_ledger.reports.issuer import Issuer
from village_ledger.reports.table import Check, Column, Kind, Role, Row, Table
from village_ledger.storage.claims.queries import StoredClaim, StoredReceiptBook

_LINE = (
    Column("date", "单据日期", Kind.DATE, 22),
    Column("summary", "摘要", Kind.TEXT, 70),
    Column("account", "科目", Kind.TEXT, 42),
    Column("invoice", "票据号", Kind.TEXT, 32),
    Column("attachments", "单据", Kind.COUNT, 12),
    Column("amount", "金额", Kind.MONEY, 28),
    Column("handler", "经手", Kind.TEXT, 20),
    Column("witness", "证明", Kind.TEXT, 20),
    Column("approver", "审批", Kind.TEXT, 20),
)
_REGISTER = (
    Column("number", "报账单号", Kind.CODE, 32),
    Column("date", "日期", Kind.DATE, 22),
    Column("claimant", "报账员", Kind.TEXT, 30),
    Column("receipts", "单据", Kind.COUNT, 16),
    Column("amount", "金额", Kind.MONEY, 34),
    Column("settle", "付法", Kind.TEXT, 26),
    Column("state", "状态", Kind.TEXT, 20),
    Column("vouchers", "凭证", Kind.TEXT, 56),
    Column("reason", "退回原因", Kind.TEXT, 40),
)
_ADVANCE = (
    Column("claimant", "报账员", Kind.TEXT, 36),
    Column("book", "账面余额", Kind.MONEY, 36),
    Column("cash", "现金", Kind.MONEY, 34),
    Column("unreported", "未报单据", Kind.MONEY, 34),
    Column("difference", "差额", Kind.MONEY, 30),
    Column("reason", "差额原因", Kind.TEXT, 60),
    Column("signature", "报账员签字", Kind.TEXT, 36),
)
_RECEIPTS = (
    Column("kind", "收据", Kind.TEXT, 34),
    Column("numbers", "全本号码", Kind.CODE, 36),
    Column("holder", "领用人", Kind.TEXT, 26),
    Column("gaps", "断号", Kind.TEXT, 26),
    Column("issued", "领用", Kind.TEXT, 38),
    Column("used", "使用", Kind.TEXT, 38),
    Column("amount", "使用金额", Kind.MONEY, 30),
    Column("void", "作废", Kind.TEXT, 24),
    Column("returned", "交回", Kind.TEXT, 24),
    Column("unused", "结存", Kind.TEXT, 30),
)


def claim_form(
    issuer: Issuer, stored: StoredClaim, names: dict[str, str], warnings: Sequence[str] = ()
) -> Table:
    """The claim (报账单) with places to sign; ``names`` gives an account's name by its code."""
    claim = stored.claim
    rows = [
        Row(
            Role.DETAIL,
            (
                line.day,
                line.summary,
                f"{line.account} {names.get(line.account, '')}".strip(),
                line.invoice,
                line.attachments,
                line.amount,
                line.handler,
                line.witness,
                line.approver,
            ),
        )
        for line in claim.lines
    ]
    count = sum(line.attachments for line in claim.lines)
    rows.append(
        Row(Role.TOTAL, (None, f"合计 {capital(claim.total)}", "", "", count, claim.total, "", "", ""))
    )
    refs = "、".join(ref for *_, ref in stored.vouchers)
    return Table(
        report="claim",
        title="报账单",
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=_LINE,
        rows=tuple(rows),
        span=Span(min(line.day for line in claim.lines), claim.day),
        heading=(stored.number, f"报账员：{claim.claimant}", f"{claim.day}", claim.settle.words, "单位：元"),
        notes=tuple(filter(None, (claim.note, f"已记凭证：{refs}" if refs else ""))),
        warnings=(*warnings, *((f"已退回：{stored.return_reason}",) if stored.return_reason else ())),
        watermark=issuer.watermark,
        signatures=(("报账员", claim.claimant), ("审核", ""), ("审批", ""), ("出纳", ""), ("记账", "")),
    )


def claim_register(issuer: Issuer, claims: Sequence[StoredClaim], span: Span) -> Table:
    """All claims of a span (报账单登记簿)."""
    chosen = [one for one in claims if span.first <= one.claim.day <= span.last]
    rows = [
        Row(
            Role.DETAIL,
            (
                one.number,
                one.claim.day,
                one.claim.claimant,
                sum(line.attachments for line in one.claim.lines),
                one.claim.total,
                one.claim.settle.words,
                one.state.words,
                "、".join(ref for *_, ref in one.vouchers),
                one.return_reason,
            ),
        )
        for one in chosen
    ]
    total = sum(one.claim.total for one in chosen)
    rows.append(Row(Role.TOTAL, ("合计", None, "", None, total, "", "", "", "")))
    return Table(
        report="claim-register",
        title="报账单登记簿",
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=_REGISTER,
        rows=tuple(rows),
        span=span,
        heading=(span.words(), f"共 {len(chosen)} 张", "单位：元"),
        watermark=issuer.watermark,
        signatures=(("会计主管", ""), ("登记", "")),
    )


def advances(
    issuer: Issuer, month: Month, checks: Sequence[AdvanceCheck], open_: Sequence[tuple[str, int]]
) -> Table:
    """A month's reconciliation of advances; ``open_`` are (claimant, balance in fen) nobody has counted in it."""
    rows = [
        Row(Role.DETAIL, (c.claimant, c.book, c.cash, c.receipts, c.difference, c.reason, "")) for c in checks
    ]
    rows += [
        Row(Role.DETAIL, (name, balance, None, None, None, "还没有核对" if balance else "没有余额", ""))
        for name, balance in open_
    ]
    book = sum(c.book for c in checks) + sum(balance for _, balance in open_)
    rows.append(
        Row(
            Role.TOTAL,
            (
                "合计",
                book,
                sum(c.cash for c in checks),
                sum(c.receipts for c in checks),
                sum(c.difference for c in checks),
                "",
                "",
            ),
        )
    )
    return Table(
        report="advances",
        title="备用金核对表",
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=_ADVANCE,
        rows=tuple(rows),
        span=Span.of_month(month),
        heading=(f"{month.year}年{month.month}月末", "单位：元"),
        checks=(_all_counted(open_),),
        watermark=issuer.watermark,
        signatures=(("会计", ""), ("监盘", ""), ("出纳", "")),
        zero="—",
    )


def _all_counted(open_: Sequence[tuple[str, int]]) -> Check:
    names = "、".join(f"{name} {format_fen(balance)}" for name, balance in open_ if balance)
    return Check("K27", ok=not names, text=f"没有核对：{names}" if names else "有余额的备用金都核对了")


def receipt_register(issuer: Issuer, books: Sequence[StoredReceiptBook]) -> Table:
    """收据领用核销登记簿: who has which numbers, what became of them, and which are missing."""
    rows: list[Row] = []
    missing: list[str] = []
    for book in books:
        known = holdings(book.events)
        for held in known:
            gaps = _runs(held.gaps, book.width)
            if gaps:
                missing.append(f"{book.kind} {gaps}（{held.holder}）")
            runs = (held.issued, held.used, held.void, held.returned)
            issued, used, void, returned = (_runs(run, book.width) for run in runs)
            rows.append(
                Row(
                    Role.DETAIL,
                    (
                        book.kind,
                        book.numbers.words(book.width),
                        held.holder,
                        gaps,
                        issued,
                        used,
                        held.amount,
                        void,
                        returned,
                        _runs(held.unused, book.width),
                    ),
                )
            )
        if not known:
            whole = book.numbers.words(book.width)
            rows.append(Row(Role.DETAIL, (book.kind, whole, "（未领用）", "", "", "", None, "", "", whole)))
    text = f"断号：{'；'.join(missing)}" if missing else "号码都有着落，没有断号"
    return Table(
        report="receipt-books",
        title="收据领用核销登记簿",
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=_RECEIPTS,
        rows=tuple(rows),
        heading=(f"共 {len(books)} 本", "单位：元"),
        checks=(Check("K28", ok=not missing, text=text),),
        watermark=issuer.watermark,
        signatures=(("会计主管", ""), ("保管", ""), ("复核", "")),
    )


def _runs(runs: Sequence[Numbers], width: int) -> str:
    return "、".join(run.words(width) for run in runs)
