"""Looking over claims and receipts: what was booked is what was handed in, every receipt number is accounted for once."""

from __future__ import annotations

from collections.abc import Iterator

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.finding import Finding
from village_ledger.domain.money import format_fen
from village_ledger.domain.receipt_book import check_event
from village_ledger.storage.claims.queries import claim_number
from village_ledger.storage.queries import Queries


class ClaimInspection(Queries):
    """Findings about claims and receipt books."""

    def claims(self, ledger: str) -> Iterator[Finding]:
        """A claim's vouchers are of its ledger and together say its sum."""
        rows = self._all(
            "SELECT c.year, c.number, (SELECT sum(amount) FROM claim_line WHERE claim_id = c.id), "
            "(SELECT coalesce(sum(l.debit), 0) FROM claim_voucher x JOIN voucher v ON v.id = x.voucher_id "
            "JOIN voucher_line l ON l.voucher_id = v.id "
            "WHERE x.claim_id = c.id AND v.state <> 'void'), "
            "(SELECT count(*) FROM claim_voucher x JOIN voucher v ON v.id = x.voucher_id "
            "WHERE x.claim_id = c.id AND v.ledger_id <> c.ledger_id), "
            "EXISTS (SELECT 1 FROM claim_voucher x JOIN voucher v ON v.id = x.voucher_id "
            "WHERE x.claim_id = c.id AND v.state <> 'void') "
            "FROM claim c WHERE c.ledger_id = ? ORDER BY c.year, c.number",
            self._ledger_id(ledger),
        )
        for year, number, handed_in, booked, foreign, is_booked in rows:
            name = claim_number(year, number)
            if foreign:
                yield Finding("V22", name, "记到了另一本账里", ledger)
            if is_booked and handed_in != booked:
                yield Finding(
                    "V22",
                    name,
                    "凭证的金额和报账单不同",
                    ledger,
                    format_fen(handed_in or 0),
                    format_fen(booked),
                )

    def receipts(self, ledger: str) -> Iterator[Finding]:
        """Every event of a receipt book could have happened after those before it."""
        for book in self._book.reader().receipt_books(ledger):
            for place, event in enumerate(book.events):
                try:
                    check_event(book.numbers, book.events[:place], event, book.width)
                except LedgerError as error:
                    yield Finding("V22", f"{book.kind} {event.numbers.words(book.width)}", error.what, ledger)
