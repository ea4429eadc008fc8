"""Vouchers that wait in all villages as rows to review: village and ledger before each, a box where one may pass it."""

from __future__ import annotations

from collections.abc import Sequence

from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.money import format_fen
from village_ledger.exchange.agency.agency_vouchers import WaitingVoucher
from village_ledger.i18n import tr
from village_ledger.reports.table import Link
from village_ledger.ui.tables.table_model import FigureModel, Look, ScreenColumn
from village_ledger.ui.widgets.stamp import brief_of

_WIDE = (
    ScreenColumn("mark", "", Look.MARK),
    ScreenColumn("village", "村", Look.CODE, "青山村"),
    ScreenColumn("ledger", "账", Look.OWNERS, "集体集体"),
    ScreenColumn("ref", "字号", Look.CODE, "记-0000"),
    ScreenColumn("day", "日期", Look.TEXT, "2025-12-31"),
    ScreenColumn("summary", "摘要", Look.TAGGED, "付监事误工", stretch=3),
    ScreenColumn("counterparty", "对方", Look.TEXT, "文具店", stretch=1),
    ScreenColumn("amount", "金额", Look.MONEY, "-999,999.99", hair=True),
    ScreenColumn("attachments", "附件", Look.CENTRED, "附件"),
    ScreenColumn("prepared_by", "制单", Look.TEXT, "王秀英"),
)
_IN_NARROW = frozenset({"mark", "village", "ledger", "day", "summary", "amount"})


class WaitingModel(FigureModel):
    """Only what somebody else made, and one has the role for, can be marked."""

    def __init__(
        self,
        vouchers: Sequence[WaitingVoucher],
        marked: set[tuple[str, int]] | None = None,
        *,
        narrow: bool = False,
    ) -> None:
        super().__init__([column for column in _WIDE if not narrow or column.key in _IN_NARROW])
        self.vouchers = tuple(vouchers)
        self.marked = set() if marked is None else marked
        """Keys of what is marked; those of vouchers not shown now stay in it."""

    def count(self) -> int:
        """Vouchers."""
        return len(self.vouchers)

    def text(self, row: int, column: int) -> str:
        """The cell as shown."""
        one = self.vouchers[row]
        voucher = one.voucher
        return {
            "mark": "",
            "village": one.book.village,
            "ledger": brief_of(one.ledger, one.kind, one.title),
            "ref": voucher.ref.short,
            "day": voucher.day.isoformat(),
            "summary": voucher.summary,
            "counterparty": voucher.counterparty,
            "amount": format_fen(voucher.amount),
            "attachments": str(voucher.attachments) if voucher.attachments else "—",
            "prepared_by": voucher.prepared_by,
        }[self.columns[column].key]

    def words(self, row: int, column: int) -> str:
        """Shapes in words."""
        key = self.columns[column].key
        if key == "mark":
            ticked = self.mark(row)
            return (
                self.vouchers[row].why_not if ticked is None else tr("已标记") if ticked else tr("没有标记")
            )
        if key == "summary":
            return "，".join([self.text(row, column), *(words for words, _ in self.tags(row))])
        return self.text(row, column)

    def mark(self, row: int) -> bool | None:
        """Ticked, not ticked, or nothing to tick."""
        one = self.vouchers[row]
        return None if one.why_not else one.key in self.marked

    def owners(self, row: int) -> Sequence[LedgerKind]:
        """The ledger's stamp."""
        return (self.vouchers[row].kind,)

    def link(self, row: int) -> Link | None:
        """The voucher itself."""
        return Link("voucher", str(self.vouchers[row].voucher.id), self.vouchers[row].ledger)

    def tags(self, row: int) -> list[tuple[str, bool]]:
        """That it was given back and waits for its maker; the document between the ledgers."""
        voucher = self.vouchers[row].voucher
        tags: list[tuple[str, bool]] = []
        if voucher.return_reason:
            tags.append((tr("▲ 退回：{reason}", reason=voucher.return_reason), True))
        if voucher.document:
            tags.append((tr("⇄ {number}", number=voucher.document), False))
        return tags

    # marks

    def toggle(self, row: int) -> bool:
        """Mark a row or take the mark back; False where it may not be marked."""
        one = self.vouchers[row]
        if one.why_not:
            return False
        self.marked ^= {one.key}
        self.dataChanged.emit(self.index(row, 0), self.index(row, 0))
        return True

    def toggle_village(self, uid: str) -> bool:
        """Mark all of a village that may be marked; once all are, none. What was given back waits for its maker."""
        keys = {
            o.key
            for o in self.vouchers
            if o.book.uid == uid and not o.why_not and not o.voucher.return_reason
        }
        if keys <= self.marked:
            self.marked -= keys
        else:
            self.marked |= keys
        return bool(keys)

    def row_of(self, key: tuple[str, int]) -> int | None:
        """The row of a voucher."""
        return next((row for row, one in enumerate(self.vouchers) if one.key == key), None)

    def first_of(self, uid: str) -> int | None:
        """The first row of a village."""
        return next((row for row, one in enumerate(self.vouchers) if one.book.uid == uid), None)
