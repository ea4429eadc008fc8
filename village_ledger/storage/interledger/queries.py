"""Reading money between the ledgers: documents with their sides, resolutions, invoice numbers, slips."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from village_ledger.domain.errors import VoucherError
from village_ledger.domain.inter_ledger import DocumentNumber
from village_ledger.domain.period import Month, Span
from village_ledger.domain.voucher import VoucherRef, VoucherState
from village_ledger.storage.interledger.records import (
    AllocationSlip,
    InvoiceUse,
    Resolution,
    Transfer,
    TransferSide,
)
from village_ledger.storage.queries import Queries, Record, day_of, marks, one_snapshot

_TRANSFER = (
    "SELECT t.id, t.year, t.number, t.kind, t.step, t.day, t.amount, t.summary, coalesce(t.resolution, ''), t.plan_item, "
    "t.state, t.made_by, o.year, o.number, b.year, b.number, coalesce((SELECT sum(x.amount) FROM transfer_settlement x "
    "JOIN transfer y ON y.id = x.transfer_id WHERE x.settles_id = t.id AND y.state = 'live' AND y.day <= ?), 0) "
    "FROM transfer t LEFT JOIN transfer o ON o.id = t.reverses_id "
    "LEFT JOIN transfer b ON b.reverses_id = t.id AND b.state = 'live' "
)
_SIDES = (
    "SELECT s.transfer_id, v.id, g.code, v.month, v.word, v.number, v.state, p.voucher_id IS NOT NULL, v.prepared_by, "
    "v.reviewed_by, max(CASE WHEN l.debit <> 0 THEN l.account END), max(CASE WHEN l.credit <> 0 THEN l.account END), "
    "sum(l.debit) FROM transfer_side s JOIN voucher v ON v.id = s.voucher_id JOIN ledger g ON g.id = s.ledger_id "
    "JOIN voucher_line l ON l.voucher_id = v.id LEFT JOIN posting p ON p.voucher_id = v.id "
)
_EVER = "9999-12-31"


class InterLedgerQueries(Queries):
    """Documents between the two ledgers and what they rest on."""

    @one_snapshot
    def transfers(self, span: Span | None = None) -> list[Transfer]:
        """Documents in the order of their numbers, settled as of the span's last day; all of them without a span."""
        if span is None:
            return self._transfers("ORDER BY t.year, t.number", _EVER)
        first, last = span.first.isoformat(), span.last.isoformat()
        return self._transfers("WHERE t.day >= ? AND t.day <= ? ORDER BY t.year, t.number", last, first, last)

    @one_snapshot
    def transfer(self, number: DocumentNumber) -> Transfer:
        """One document; raises VoucherError when there is none."""
        found = self._transfers("WHERE t.year = ? AND t.number = ?", _EVER, number.year, number.number)
        if not found:
            raise VoucherError(f"没有 {number} 这份往来单", "请核对往来单号。")
        return found[0]

    @one_snapshot
    def transfer_of(self, voucher_id: int) -> Transfer | None:
        """The document a voucher is a side of, None for a voucher of its own."""
        found = self._transfers(
            "WHERE t.id = (SELECT transfer_id FROM transfer_side WHERE voucher_id = ?)", _EVER, voucher_id
        )
        return found[0] if found else None

    def other_sides(self, ids: Sequence[int]) -> dict[int, int]:
        """Voucher to the voucher of the other side, for those that have one."""
        found: dict[int, int] = {}
        for start in range(0, len(ids), 500):
            part = ids[start : start + 500]
            rows = self._all(
                f"SELECT voucher_id, other_id FROM transfer_side WHERE other_id IS NOT NULL AND voucher_id IN ({marks(part)})",
                *part,
            )
            found.update((a, b) for a, b in rows)
        return found

    def account_has_lines(self, ledger: str, code: str) -> bool:
        """Whether a voucher line or an opening balance names the account."""
        ledger_id = self._ledger_id(ledger)
        return any(
            self._one(f"SELECT 1 FROM {table} WHERE ledger_id = ? AND account = ? LIMIT 1", ledger_id, code)
            for table in ("voucher_line", "opening")
        )

    def next_transfer_number(self, year: int) -> DocumentNumber:
        """The number the next document of a year gets."""
        last = self._value("SELECT max(number) FROM transfer WHERE year = ?", year) or 0
        return DocumentNumber(year, last + 1)

    def _transfers(self, where: str, through: str, *parameters: object) -> list[Transfer]:
        heads = self._all(f"{_TRANSFER}{where}", through, *parameters)
        ids = [head[0] for head in heads]
        sides: dict[int, list[TransferSide]] = {i: [] for i in ids}
        settles: dict[int, list[DocumentNumber]] = {i: [] for i in ids}
        for start in range(0, len(ids), 500):
            part = ids[start : start + 500]
            for row in self._all(
                f"{_SIDES}WHERE s.transfer_id IN ({marks(part)}) GROUP BY v.id ORDER BY g.id", *part
            ):
                (
                    transfer_id,
                    i,
                    ledger,
                    month,
                    word,
                    number,
                    state,
                    posted,
                    by,
                    reviewer,
                    debit,
                    credit,
                    amount,
                ) = row
                shown = VoucherState.POSTED if posted else VoucherState(state)
                ref = VoucherRef(Month.parse(month), word, number)
                sides[transfer_id].append(
                    TransferSide(i, ledger, ref, shown, by, reviewer, debit, credit, amount)
                )
            for transfer_id, year, number in self._all(
                "SELECT x.transfer_id, t.year, t.number FROM transfer_settlement x JOIN transfer t ON t.id = x.settles_id "
                f"WHERE x.transfer_id IN ({marks(part)}) ORDER BY t.year, t.number",
                *part,
            ):
                settles[transfer_id].append(DocumentNumber(year, number))
        return [_transfer(head, tuple(sides[head[0]]), tuple(settles[head[0]])) for head in heads]

    # Resolutions

    def resolutions(self) -> list[Resolution]:
        """All resolutions, newest first."""
        rows = self._all(
            "SELECT r.number, r.day, r.body, r.eligible, r.present, r.in_favour, r.published, r.subject, r.entered_by, "
            "(SELECT count(*) FROM transfer t WHERE t.resolution = r.number AND t.state = 'live' AND t.reverses_id IS NULL) "
            "FROM resolution r ORDER BY r.day DESC, r.number DESC"
        )
        found: list[Resolution] = []
        for number, day, body, eligible, present, in_favour, shown, *rest in rows:
            subject, entered_by, used = rest
            published = day_of(shown) if shown else None
            vote = (eligible, present, in_favour)
            found.append(Resolution(number, day_of(day), body, *vote, published, subject, entered_by, used))
        return found

    def resolution(self, number: str) -> Resolution:
        """One resolution by its number; raises VoucherError when there is none."""
        found = next((r for r in self.resolutions() if r.number == number), None)
        if found is None:
            raise VoucherError(f"没有登记过决议“{number}”", "请先登记这份决议，再办这件事。")
        return found

    # Invoice numbers and slips

    def invoices_of(self, voucher_id: int) -> list[str]:
        """Invoice numbers a voucher books, in the order entered."""
        return [
            n for (n,) in self._all("SELECT number FROM invoice WHERE voucher_id = ? ORDER BY id", voucher_id)
        ]

    def invoice_use(self, number: str) -> InvoiceUse | None:
        """Where a number is booked now: not by a void voucher, nor by one whose red letter is posted."""
        row = self._one(
            "SELECT i.number, i.amount, g.code, v.month, v.word, v.number, v.id FROM invoice i "
            "JOIN voucher v ON v.id = i.voucher_id JOIN ledger g ON g.id = v.ledger_id WHERE i.number = ? "
            "AND v.state <> 'void' AND NOT EXISTS (SELECT 1 FROM voucher_link k JOIN posting p ON p.voucher_id = k.from_id "
            "WHERE k.kind = 'reverses' AND k.to_id = v.id) ORDER BY i.id LIMIT 1",
            number,
        )
        if row is None:
            return None
        found, amount, ledger, month, word, count, voucher_id = row
        return InvoiceUse(found, amount, ledger, VoucherRef(Month.parse(month), word, count), voucher_id)

    def slip_of(self, transfer_id: int) -> AllocationSlip | None:
        """The allocation slip of a document, None where it has none."""
        row = self._one(
            "SELECT id, transfer_id, invoice, issuer, whole, collective, committee FROM allocation_slip WHERE transfer_id = ?",
            transfer_id,
        )
        return None if row is None else AllocationSlip(*row)

    def subsidies(self, ledger: str, leaves: Sequence[str], first: date, last: date) -> int:
        """Amounts of posted T1 and T2 documents of some days whose voucher in a ledger has none of these leaves (fen)."""
        left_out = f"AND l.account IN ({marks(leaves)})" if leaves else "AND 0"
        value = self._value(
            "SELECT sum(t.amount) FROM transfer t JOIN transfer_side s ON s.transfer_id = t.id "
            "JOIN posting p ON p.voucher_id = s.voucher_id WHERE t.kind IN ('T1', 'T2') AND s.ledger_id = ? "
            "AND t.day >= ? AND t.day <= ? AND NOT EXISTS (SELECT 1 FROM voucher_line l WHERE l.voucher_id = s.voucher_id "
            f"{left_out})",
            self._ledger_id(ledger),
            first.isoformat(),
            last.isoformat(),
            *leaves,
        )
        return int(value or 0)


def _transfer(head: Record, sides: tuple[TransferSide, ...], settles: tuple[DocumentNumber, ...]) -> Transfer:
    i, year, number, kind, step, day, amount, summary, resolution, plan_item, state, made_by = head[:12]
    undone_year, undone, undoing_year, undoing, settled = head[12:]
    return Transfer(
        id=i,
        number=DocumentNumber(year, number),
        kind=kind,
        step=step,
        day=day_of(day),
        amount=amount,
        summary=summary,
        resolution=resolution,
        plan_item=plan_item,
        is_void=state == "void",
        reverses=None if undone is None else DocumentNumber(undone_year, undone),
        reversed_by=None if undoing is None else DocumentNumber(undoing_year, undoing),
        made_by=made_by,
        sides=sides,
        settled=settled,
        settles=settles,
    )
