"""A month's vouchers as rows to review: marks, states, return notes, links to corrections."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject

from village_ledger.domain.money import format_fen, plain_fen
from village_ledger.domain.period import Month
from village_ledger.domain.voucher import STATE_NAMES, StoredVoucher, VoucherRef, VoucherState
from village_ledger.i18n import tr
from village_ledger.reports.table import Link
from village_ledger.storage.records import VoucherSummary
from village_ledger.ui.tables.table_model import FigureModel, Look, ScreenColumn

NOTHING = "—"

COLUMNS = (
    ScreenColumn("mark", "", Look.MARK),
    ScreenColumn("ref", "字号", Look.CODE, "记-0000"),
    ScreenColumn("day", "日期", Look.TEXT, "12-31"),
    ScreenColumn("summary", "摘要", Look.TAGGED, "付监事误工补贴", stretch=3),
    ScreenColumn("counterparty", "对方", Look.TEXT, "溪口文具店", stretch=1),
    ScreenColumn("amount", "金额", Look.MONEY, "-999,999.99"),
    ScreenColumn("attachments", "附件", Look.CENTRED, "附件"),
    ScreenColumn("prepared_by", "制单", Look.TEXT, "王秀英"),
    ScreenColumn("reviewed_by", "审核", Look.TEXT, "蒲文斌"),
    ScreenColumn("state", "状态", Look.STATE, "已记账"),
)
_MARK, _REF, _DAY, _SUMMARY, _PARTY, _AMOUNT, _ATTACHMENTS, _PREPARED, _REVIEWED, _STATE = range(len(COLUMNS))


class VoucherListModel(FigureModel):
    """Vouchers and which of them are marked; only somebody else's unreviewed vouchers can be."""

    def __init__(
        self,
        vouchers: Sequence[VoucherSummary],
        by: str,
        marked: Iterable[int] = (),
        parent: QObject | None = None,
    ) -> None:
        """``by`` is the person at the keyboard, ``marked`` the ids marked so far."""
        super().__init__(COLUMNS, parent)
        self._vouchers = tuple(vouchers)
        self._by = by
        self.marked = {v.id for v in self._vouchers if v.id in set(marked) and self._may_pass(v)}

    def count(self) -> int:
        """Vouchers."""
        return len(self._vouchers)

    def voucher(self, row: int) -> VoucherSummary:
        """The voucher of a row."""
        return self._vouchers[row]

    def row_of(self, voucher_id: int) -> int | None:
        """Row of a voucher, None when it is not in the list."""
        return next((row for row, v in enumerate(self._vouchers) if v.id == voucher_id), None)

    def _may_pass(self, voucher: VoucherSummary) -> bool:
        return voucher.state is VoucherState.ENTERED and voucher.prepared_by != self._by

    def toggle(self, row: int) -> bool:
        """Mark a row or take the mark back; False where it may not be marked."""
        voucher = self._vouchers[row]
        if not self._may_pass(voucher):
            return False
        self.marked ^= {voucher.id}
        self.dataChanged.emit(self.index(row, _MARK), self.index(row, _MARK))
        return True

    def markable(self) -> list[VoucherSummary]:
        """Vouchers the person may pass."""
        return [v for v in self._vouchers if self._may_pass(v)]

    def first_waiting(self) -> int:
        """Row of the first voucher the person may pass, else the last row."""
        return next(
            (row for row, v in enumerate(self._vouchers) if self._may_pass(v)), len(self._vouchers) - 1
        )

    def marked_vouchers(self) -> list[VoucherSummary]:
        """The marked ones in the order of the list."""
        return [v for v in self._vouchers if v.id in self.marked]

    def text(self, row: int, column: int) -> str:
        """The cell as shown."""
        voucher = self._vouchers[row]
        return (
            "",
            voucher.ref.short,
            f"{voucher.day.month:02d}-{voucher.day.day:02d}",
            voucher.summary,
            voucher.counterparty,
            format_fen(voucher.amount),
            str(voucher.attachments) if voucher.attachments else NOTHING,
            voucher.prepared_by,
            voucher.reviewed_by or NOTHING,
            STATE_NAMES[voucher.state],
        )[column]

    def words(self, row: int, column: int) -> str:
        """Shapes in words: the mark, and the remarks behind the summary."""
        if column == _MARK:
            ticked = self.mark(row)
            return "" if ticked is None else "已标记" if ticked else "没有标记"
        if column == _SUMMARY:
            return ",".join([self.text(row, column), *(words for words, _ in self.tags(row))])
        return self.text(row, column)

    def mark(self, row: int) -> bool | None:
        """Ticked, not ticked, or nothing to tick."""
        voucher = self._vouchers[row]
        return voucher.id in self.marked if self._may_pass(voucher) else None

    def state(self, row: int) -> VoucherState | None:
        """How far the voucher has come."""
        return self._vouchers[row].state

    def link(self, row: int) -> Link | None:
        """The voucher itself."""
        return Link("voucher", str(self._vouchers[row].id))

    def tags(self, row: int) -> list[tuple[str, bool]]:
        """Return note, second review still open, the document between the ledgers, corrections."""
        voucher = self._vouchers[row]
        tags: list[tuple[str, bool]] = []
        if voucher.return_reason:
            returned = voucher.state is VoucherState.ENTERED
            sentence = tr("▲ 退回：{reason}" if returned else "{reason}", reason=voucher.return_reason)
            tags.append((sentence, returned))
        if voucher.awaits_second_review:
            tags.append((tr("▲ 待补审"), True))
        if voucher.document:
            tags.append((tr("⇄ {number}", number=voucher.document), False))
        tags += [(f"{word} ↔ {_ref_from(voucher.ref, other)}", False) for word, other in voucher.links]
        return tags


def _ref_from(own: VoucherRef, other: str) -> str:
    """The other voucher as one says it from here: without the month when it is the same."""
    ref = VoucherRef.parse(other)
    if ref.month == own.month:
        return ref.short
    year = "" if ref.month.year == own.month.year else f"{ref.month.year}年"
    return f"{year}{ref.month.month}月{ref.short}"


def missing_numbers(vouchers: Iterable[VoucherSummary]) -> list[str]:
    """Gaps in the numbers of a month's vouchers, in order; normally none."""
    missing: list[str] = []
    last: dict[str, int] = {}
    for voucher in vouchers:
        ref = voucher.ref
        missing += [f"{ref.word}-{number:04d}" for number in range(last.get(ref.word, 0) + 1, ref.number)]
        last[ref.word] = ref.number
    return missing


def search_words(stored: StoredVoucher) -> str:
    """All that a search looks through: number, summaries, counterparties, amounts with and without commas."""
    words = [stored.ref.short]
    for line in stored.voucher.lines:
        amount = line.debit or line.credit
        words += [line.summary, line.counterparty, format_fen(amount), plain_fen(amount)]
    total = stored.voucher.amount
    return "\n".join(dict.fromkeys([*words, format_fen(total), plain_fen(total)]))


def postable(vouchers: Iterable[VoucherSummary], *, alone: bool) -> list[int]:
    """Ids of reviewed vouchers; in a declared one-person post of the unreviewed ones too."""
    states = {VoucherState.REVIEWED, VoucherState.ENTERED} if alone else {VoucherState.REVIEWED}
    return [v.id for v in vouchers if v.state in states]


def may_do(
    vouchers: Iterable[VoucherSummary], current: VoucherSummary | None, by: str, *, postable: Sequence[int]
) -> dict[str, bool]:
    """Which of the list's actions mean something for the current voucher and the month."""
    state = current.state if current else None
    unposted = state in {VoucherState.ENTERED, VoucherState.REVIEWED}
    return {
        "give_back": unposted and current is not None and current.prepared_by != by,
        "post": bool(postable),
        "unreview": state is VoucherState.REVIEWED,
        "void": unposted,
        "delete": state is VoucherState.ENTERED,
        "resort": any(v.state is VoucherState.ENTERED for v in vouchers),
    }


def empty_words(text: str, month: Month, *, any_vouchers: bool) -> str:
    """Why the list is empty, and what to do about it."""
    if text:
        return tr("没有找到“{text}”。换几个字，或按 Esc 看全部。", text=text)
    if any_vouchers:
        return tr("没有这样的凭证。")
    return tr("{year}年{month}月还没有凭证。按 F5 记一笔。", year=month.year, month=month.month)
