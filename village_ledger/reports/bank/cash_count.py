"""现金盘点表: notes and coins by denomination, the books' balance, the difference, room to sign; blank to fill in by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from village_ledger.domain.capital import capital
from village_ledger.domain.cash_count import DENOMINATIONS, over_or_short, words
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Span
from village_ledger.reports.table import Check, Column, Kind, Role, Row, Table

if TYPE_CHECKING:
    from village_ledger.domain.chart import Account
    from village_ledger.reports.issuer import Issuer
    from village_ledger.storage.cash_counts.queries import StoredCount

COLUMNS = (
    Column("denomination", "面额", Kind.TEXT, 70),
    Column("pieces", "张（枚）数", Kind.COUNT, 60),
    Column("amount", "金额", Kind.MONEY, 70),
)


def cash_count_sheet(
    issuer: Issuer,
    account: Account,
    day: date,
    book: int,
    stored: StoredCount | None,
    voucher: str = "",
    warnings: Sequence[str] = (),
) -> Table:
    """The sheet of one count, or a blank one with the books' balance at the end of ``day``; ``voucher`` books what differs."""
    pieces = dict(stored.found.pieces) if stored else {}
    rows = [
        Row(Role.DETAIL, (words(d), pieces.get(d), d * pieces[d] if d in pieces else None))
        for d in DENOMINATIONS
    ]
    total = stored.found.total if stored else None
    difference = None if total is None else total - book
    rows.append(Row(Role.TOTAL, ("实点合计", sum(pieces.values()) or None, total)))
    rows.append(Row(Role.TOTAL, ("账面余额", None, book)))
    rows.append(Row(Role.TOTAL, (_name(difference), None, difference)))
    return Table(
        report="cash-count",
        title="现金盘点表",
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=COLUMNS,
        rows=tuple(rows),
        span=Span(day, day),
        heading=(f"{account.code} {account.name}", f"盘点日 {day}", "单位：元"),
        notes=tuple(_notes(stored, book, voucher)),
        checks=() if stored is None else (_check(stored, stored.found.total - book),),
        warnings=tuple(warnings),
        watermark=issuer.watermark,
        signatures=(("盘点", ""), ("出纳", ""), ("监盘", "")),
        zero="0.00" if stored else "",
    )


def _name(difference: int | None) -> str:
    return f"差额（{over_or_short(difference)}）" if difference else "差额"


def _notes(stored: StoredCount | None, book: int, voucher: str) -> list[str]:
    if stored is None:
        return [
            f"账面 {capital(book)}。",
            "本月还没有登记现金盘点。空白表：按面额填张数，三方当场签字。差额原因：",
        ]
    said = [f"实点 {capital(stored.found.total)}。", f"登记：{stored.by} {stored.at[:10]}。"]
    if not stored.found.pieces:
        said.append("只登记了合计，没有按面额。")
    if stored.found.reason:
        said.append(f"差额原因：{stored.found.reason}。")
    if stored.found.book != book:
        said.append(
            f"登记时账面 {format_fen(stored.found.book)}，后来又记了 {format_fen(book - stored.found.book)}。"
        )
    if voucher:
        said.append(f"差额的凭证：{voucher}。")
    return said


def _check(stored: StoredCount, difference: int) -> Check:
    if difference:
        said = f"{over_or_short(difference)} {format_fen(abs(difference))}"
        return Check(
            "K29", ok=bool(stored.found.reason), text=f"{said}：{stored.found.reason or '没有写原因'}"
        )
    return Check("K29", ok=True, text="实点和账面一样")
