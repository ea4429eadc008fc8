"""Looking over money between the ledgers: both sides or neither, invoice numbers once, slips that add up."""

from __future__ import annotations

from collections.abc import Iterator

from village_ledger.domain.finding import Finding
from village_ledger.domain.inter_ledger import DocumentNumber
from village_ledger.domain.money import format_fen
from village_ledger.domain.voucher import VoucherState
from village_ledger.storage.interledger.records import Transfer
from village_ledger.storage.queries import Queries


class InterLedgerInspection(Queries):
    """Findings about documents, invoices and slips of one open book."""

    def documents(self) -> Iterator[Finding]:
        """Both sides of a document exist, say its amount, and are posted, void or reversed together."""
        reader = self._book.reader()
        for document in reader.transfers():
            yield from _document(document)
        rows = self._all(
            "SELECT o.year, o.number FROM transfer t JOIN transfer o ON o.id = t.reverses_id JOIN transfer_side s "
            "ON s.transfer_id = o.id WHERE t.state = 'live' AND NOT EXISTS (SELECT 1 FROM voucher_link k "
            "JOIN transfer_side f ON f.voucher_id = k.from_id WHERE k.kind = 'reverses' AND k.to_id = s.voucher_id "
            "AND f.transfer_id = t.id)"
        )
        for year, number in rows:
            yield Finding("V41", str(DocumentNumber(year, number)), "冲销单只连着一边的凭证")
        for year, number, expected in self._all(
            "SELECT year, number, row_number() OVER (PARTITION BY year ORDER BY number) FROM transfer"
        ):
            if number != expected:
                yield Finding("V41", str(DocumentNumber(year, number)), "往来单断号")

    def resolutions(self) -> Iterator[Finding]:
        """What must rest on a resolution names one that is there."""
        rows = self._all(
            "SELECT t.year, t.number FROM transfer t LEFT JOIN resolution r ON r.number = t.resolution "
            "WHERE t.kind IN ('T1', 'T2', 'T3') AND r.number IS NULL"
        )
        for year, number in rows:
            yield Finding("V42", str(DocumentNumber(year, number)), "没有它所依据的决议")

    def invoices(self) -> Iterator[Finding]:
        """A number is booked once, or shared by one slip; the parts of a slip are the whole."""
        rows = self._all(
            "SELECT i.number FROM invoice i JOIN voucher v ON v.id = i.voucher_id WHERE v.state <> 'void' "
            "AND NOT EXISTS (SELECT 1 FROM voucher_link k JOIN posting p ON p.voucher_id = k.from_id "
            "WHERE k.kind = 'reverses' AND k.to_id = v.id) GROUP BY i.number "
            "HAVING count(*) > 1 AND (count(DISTINCT i.slip_id) <> 1 OR count(i.slip_id) < count(*))"
        )
        for (number,) in rows:
            yield Finding("V43", f"票据号 {number}", "入了不止一次账，又没有分割单")
        for year, number, whole, parts in self._all(
            "SELECT t.year, t.number, a.whole, a.collective + a.committee FROM allocation_slip a "
            "JOIN transfer t ON t.id = a.transfer_id WHERE a.whole <> a.collective + a.committee OR a.whole <> abs(t.amount)"
        ):
            record = str(DocumentNumber(year, number))
            yield Finding(
                "V43", record, "分割单各份加起来不等于整张票", "", format_fen(whole), format_fen(parts)
            )


def _document(document: Transfer) -> Iterator[Finding]:
    record = str(document.number)
    wanted = 1 if document.kind == "T3" else 2
    if len(document.sides) != wanted:
        yield Finding("V41", record, f"应有 {wanted} 张凭证，账里有 {len(document.sides)} 张")
    states = {side.state for side in document.sides}
    if VoucherState.POSTED in states and len(states) > 1:
        yield Finding("V41", record, "只有一边记了账")
    if document.is_void != (states == {VoucherState.VOID}):
        yield Finding("V41", record, "往来单和凭证的作废状态不符")
    amounts = {abs(side.amount) for side in document.sides}
    if document.kind == "T8":
        total = sum(abs(side.amount) for side in document.sides)
        if total != abs(document.amount):
            yield Finding("V41", record, "两边凭证加起来不是往来单的金额", "", *_two(document.amount, total))
    elif amounts and amounts != {abs(document.amount)}:
        yield Finding("V41", record, "凭证的金额不是往来单的金额", "", *_two(document.amount, max(amounts)))


def _two(expected: int, found: int) -> tuple[str, str]:
    return format_fen(abs(expected)), format_fen(found)
