"""Reading claims, advances and receipt books."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from village_ledger.domain.claim import AdvanceCheck, Claim, ClaimLine, ClaimState, Settle
from village_ledger.domain.errors import ClaimError, ReceiptError
from village_ledger.domain.receipt_book import Act, Numbers, ReceiptEvent
from village_ledger.storage.queries import Queries, Record, day_of, one_snapshot


@dataclass(frozen=True, slots=True)
class Claimant:
    """A 报账员 and the leaf of the advance."""

    id: int
    ledger: str
    name: str
    account: str
    gone: bool


@dataclass(frozen=True, slots=True)
class StoredClaim:
    """A claim as the book holds it, and what became of it."""

    id: int
    ledger: str
    number: str
    """报-2025-0001."""
    claim: Claim
    state: ClaimState
    return_reason: str
    handed_by: str
    handed_at: str
    vouchers: tuple[tuple[int, int, str], ...]
    """(part, voucher id, its ref as printed) of vouchers that stand."""


@dataclass(frozen=True, slots=True)
class StoredReceiptBook:
    """A receipt book and everything that happened to its numbers."""

    id: int
    ledger: str
    kind: str
    numbers: Numbers
    width: int
    received_on: date
    events: tuple[ReceiptEvent, ...]


_CLAIM = (
    "SELECT c.id, l.code, c.year, c.number, c.day, m.name, c.settle, c.pays, c.note, c.return_reason, c.handed_by, "
    "c.handed_at FROM claim c JOIN claimant m ON m.id = c.claimant_id JOIN ledger l ON l.id = c.ledger_id "
)


class ClaimQueries(Queries):
    """Claims of both ledgers."""

    def claimants(self, ledger: str) -> list[Claimant]:
        """Everybody who hands in claims in a ledger, by name."""
        rows = self._all(
            "SELECT id, name, account, gone FROM claimant WHERE ledger_id = ? ORDER BY gone, name",
            self._ledger_id(ledger),
        )
        return [Claimant(i, ledger, name, account, bool(gone)) for i, name, account, gone in rows]

    def claimant(self, ledger: str, name: str) -> Claimant:
        """One by name; raises ClaimError naming those there are."""
        everyone = self.claimants(ledger)
        found = next((one for one in everyone if one.name == name), None)
        if found is None:
            known = "、".join(one.name for one in everyone) or "还没有登记任何人"
            raise ClaimError(f"报账员里没有“{name}”", f"请先登记；已有：{known}。")
        return found

    @one_snapshot
    def claims(self, ledger: str, year: int | None = None) -> list[StoredClaim]:
        """Claims of a ledger, of a year or all, by number."""
        condition, values = ("", ()) if year is None else (" AND c.year = ?", (year,))
        rows = self._all(
            f"{_CLAIM}WHERE c.ledger_id = ?{condition} ORDER BY c.year, c.number",
            self._ledger_id(ledger),
            *values,
        )
        return [self._stored_claim(row) for row in rows]

    def claims_waiting(self, ledger: str, through: str) -> list[str]:
        """Numbers of claims dated up to a day that no voucher stands for and that were not returned."""
        rows = self._all(
            "SELECT c.year, c.number FROM claim c WHERE c.ledger_id = ? AND c.day <= ? AND c.return_reason = '' "
            "AND NOT EXISTS (SELECT 1 FROM claim_voucher x JOIN voucher v ON v.id = x.voucher_id "
            "WHERE x.claim_id = c.id AND v.state <> 'void') ORDER BY c.year, c.number",
            self._ledger_id(ledger),
            through,
        )
        return [claim_number(year, number) for year, number in rows]

    @one_snapshot
    def claim(self, claim_id: int) -> StoredClaim:
        """One claim by its id."""
        row = self._one(f"{_CLAIM}WHERE c.id = ?", claim_id)
        if row is None:
            raise ClaimError("没有这张报账单", "请重新打开列表。")
        return self._stored_claim(row)

    @one_snapshot
    def find_claim(self, ledger: str, number: str) -> StoredClaim:
        """One claim by what people call it, 报-2025-0001 or 2025-1; raises ClaimError."""
        year, _, rest = number.removeprefix("报-").partition("-")
        if year.isascii() and year.isdigit() and rest.isascii() and rest.isdigit():
            row = self._one(
                f"{_CLAIM}WHERE c.ledger_id = ? AND c.year = ? AND c.number = ?",
                self._ledger_id(ledger),
                int(year),
                int(rest),
            )
            if row is not None:
                return self._stored_claim(row)
        raise ClaimError(f"没有报账单“{number}”", "请写成 报-2025-0001 的样子，并核对是哪本账。")

    def claim_with_invoice(self, number: str, but: int | None = None) -> str:
        """The claim of either ledger that waits with this invoice on it, empty for none; ``but`` is left out."""
        row = self._one(
            "SELECT c.year, c.number FROM claim_line x JOIN claim c ON c.id = x.claim_id WHERE x.invoice = ? "
            "AND c.return_reason = '' AND c.id <> ?",
            number,
            but or 0,
        )
        return claim_number(*row) if row else ""

    def claim_of_voucher(self, voucher_id: int) -> str:
        """Number of the claim a voucher was made from, empty for none."""
        row = self._one(
            "SELECT c.year, c.number FROM claim_voucher x JOIN claim c ON c.id = x.claim_id WHERE x.voucher_id = ?",
            voucher_id,
        )
        return claim_number(*row) if row else ""

    def advance_checks(self, ledger: str, month: str) -> list[AdvanceCheck]:
        """The latest reconciliation of every advance in a month."""
        rows = self._all(
            "SELECT m.name, a.month, a.book, a.cash, a.receipts, a.reason FROM advance_check a "
            "JOIN claimant m ON m.id = a.claimant_id WHERE m.ledger_id = ? AND a.month = ? AND a.id = "
            "(SELECT max(id) FROM advance_check b WHERE b.claimant_id = a.claimant_id AND b.month = a.month) ORDER BY m.name",
            self._ledger_id(ledger),
            month,
        )
        return [AdvanceCheck(*row) for row in rows]

    @one_snapshot
    def receipt_books(self, ledger: str) -> list[StoredReceiptBook]:
        """Receipt books of a ledger in the order they came."""
        rows = self._all(
            "SELECT id, kind, first, last, width, received_on FROM receipt_book WHERE ledger_id = ? ORDER BY kind, first",
            self._ledger_id(ledger),
        )
        return [
            StoredReceiptBook(
                i, ledger, kind, Numbers(first, last), width, day_of(day), self._receipt_events(i)
            )
            for i, kind, first, last, width, day in rows
        ]

    def receipt_book(self, ledger: str, kind: str, number: int) -> StoredReceiptBook:
        """The book a number lies in; raises ReceiptError."""
        for book in self.receipt_books(ledger):
            if book.kind == kind and book.numbers.first <= number <= book.numbers.last:
                return book
        known = (
            "、".join(f"{b.kind} {b.numbers.words(b.width)}" for b in self.receipt_books(ledger))
            or "还没有登记"
        )
        raise ReceiptError(f"没有登记过含 {number} 号的“{kind}”", f"已登记：{known}。")

    def _receipt_events(self, book_id: int) -> tuple[ReceiptEvent, ...]:
        rows = self._all(
            "SELECT id, act, first, last, holder, day, amount, note FROM receipt_event WHERE book_id = ? ORDER BY id",
            book_id,
        )
        return tuple(
            ReceiptEvent(i, Act(act), Numbers(first, last), holder, day_of(day), amount, note)
            for i, act, first, last, holder, day, amount, note in rows
        )

    def _stored_claim(self, row: Record) -> StoredClaim:
        claim_id, ledger, year, number, day, claimant, settle, pays, note, reason, by, at = row
        lines = self._all(
            "SELECT day, summary, amount, account, counterparty, project, handler, witness, approver, invoice, attachments "
            "FROM claim_line WHERE claim_id = ? ORDER BY line",
            claim_id,
        )
        vouchers = self._all(
            "SELECT x.part, v.id, v.month, v.word, v.number FROM claim_voucher x JOIN voucher v ON v.id = x.voucher_id "
            "WHERE x.claim_id = ? AND v.state <> 'void' ORDER BY x.part",
            claim_id,
        )
        claim = Claim(
            claimant,
            day_of(day),
            Settle(settle),
            pays,
            tuple(ClaimLine(day_of(first), *rest) for first, *rest in lines),
            note,
        )
        state = ClaimState.BOOKED if vouchers else ClaimState.RETURNED if reason else ClaimState.SUBMITTED
        made = tuple((part, i, f"{month}/{word}-{n:04d}") for part, i, month, word, n in vouchers)
        return StoredClaim(claim_id, ledger, claim_number(year, number), claim, state, reason, by, at, made)


def claim_number(year: int, number: int) -> str:
    """How people name a claim."""
    return f"报-{year}-{number:04d}"
