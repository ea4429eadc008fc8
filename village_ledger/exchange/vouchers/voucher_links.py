"""Links an imported voucher names (冲销凭证, 订正凭证): they must lead somewhere, once, and really undo."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.imported import ImportedVoucher
from village_ledger.domain.voucher import VoucherLine, VoucherRef, VoucherState
from village_ledger.exchange.reading.cells import reason
from village_ledger.exchange.reading.tabular import Fault, TabularFile
from village_ledger.exchange.vouchers.voucher_rows import ref_of
from village_ledger.i18n import tr

if TYPE_CHECKING:
    from village_ledger.domain.imported import ImportedLine
    from village_ledger.domain.voucher import StoredVoucher

_DONE = {"reverses": "已冲", "corrects": "已订正"}


class LinkChecks:
    """Follows the links of one file, into the file itself and into the book."""

    def __init__(self, table: TabularFile, find: Callable[[VoucherRef], StoredVoucher | None]) -> None:
        self._table = table
        self._find = find
        self._taken: dict[tuple[str, str], int] = {}
        """(kind, target) → row of the voucher that named it."""

    def run(self, vouchers: Sequence[ImportedVoucher]) -> list[Fault]:
        """Every fault of the links."""
        linked = [v for v in vouchers if v.reverses or v.corrects]
        if not linked:
            return []
        there = {ref_of(v): v for v in vouchers}
        faults: list[Fault] = []
        for voucher in linked:
            for kind in ("reverses", "corrects"):
                target: str = getattr(voucher, kind)
                what = self._problem(voucher, kind, target, there) if target else ""
                if what:
                    faults.append(self._table.fault(voucher.row, what, kind))
        return faults

    def _problem(
        self, voucher: ImportedVoucher, kind: str, target: str, there: dict[str, ImportedVoucher]
    ) -> str:
        """What is wrong with a link, empty when nothing is."""
        try:
            ref = VoucherRef.parse(target)
        except LedgerError as error:
            return reason(error)
        first = self._taken.setdefault((kind, str(ref)), voucher.row)
        if first != voucher.row:
            return tr("{ref} 在第{row}行的凭证里已经写过。一张凭证只能冲销、订正一次。", ref=ref, row=first)
        inside = there.get(str(ref))
        if inside is not None:
            return _undone(voucher, kind, inside.day, inside.lines)
        stored = self._find(ref)
        if stored is None:
            return tr("文件和账里都没有 {ref} 这张凭证。请核对月份和凭证号。", ref=ref)
        if stored.state is not VoucherState.POSTED:
            return tr("{ref} 还没有记账，不用冲销或订正。请直接改它。", ref=ref)
        if any(word == _DONE[kind] for word, _other in stored.links):
            return tr("{ref} {done}过了。一张凭证只能冲销、订正一次。", ref=ref, done=_DONE[kind])
        return _undone(voucher, kind, stored.voucher.day, stored.voucher.lines)


def _undone(
    voucher: ImportedVoucher, kind: str, day: date, original: Iterable[VoucherLine | ImportedLine]
) -> str:
    """Whether a reversal takes back its original whole: in red in the same year, sides exchanged later."""
    if voucher.day < day:
        return tr("更正凭证的日期早于原凭证的 {day}。请核对日期。", day=day)
    if kind == "corrects":
        return ""
    same_year = voucher.day.year == day.year
    wanted = Counter(
        (x.account, -x.debit, -x.credit) if same_year else (x.account, x.credit, x.debit) for x in original
    )
    if wanted == Counter((x.account, x.debit, x.credit) for x in voucher.lines):
        return ""
    how = tr("同方向的负数") if same_year else tr("借贷对调的正数")
    return tr("这张凭证的分录不是原凭证的{how}，不算冲销。请核对，或去掉“冲销凭证”这一格。", how=how)
