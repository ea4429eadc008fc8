"""What should have a paper kept with it and has none: vouchers, payments, contracts, decisions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from village_ledger.domain.attachment import Owner, attachment_rules
from village_ledger.domain.period import Month
from village_ledger.domain.voucher import VoucherRef
from village_ledger.storage.queries import Queries, marks, one_snapshot

_STANDS = "NOT EXISTS (SELECT 1 FROM attachment_taken_back t WHERE t.attachment_id = a.id)"
_OF_VOUCHER = (
    "a.owner_kind = 'voucher' AND a.ledger_id = v.ledger_id AND a.owner_key = CAST(v.id AS TEXT) AND "
    + _STANDS
)


@dataclass(frozen=True, slots=True)
class VoucherPapers:
    """A voucher's sheets as stated and as kept."""

    id: int
    ref: VoucherRef
    day: str
    stated: int
    kept: int


@dataclass(frozen=True, slots=True)
class Unproved:
    """Something without its paper: a payment, a contract, a decision."""

    key: str
    """A voucher's id, else the number."""
    name: str
    day: str
    amount: int
    text: str


class EvidenceQueries(Queries):
    """Papers that are not there."""

    @one_snapshot
    def voucher_papers(self, ledger: str, first: Month, last: Month) -> list[VoucherPapers]:
        """Vouchers of some months that state attachments, in order, with how many sheets are kept."""
        rows = self._all(
            "SELECT v.id, v.month, v.word, v.number, v.day, v.attachments, coalesce((SELECT sum(a.sheets) FROM attachment a "
            f"WHERE {_OF_VOUCHER}), 0) FROM voucher v WHERE v.ledger_id = ? AND v.month BETWEEN ? AND ? AND v.state <> 'void' "
            "AND v.kind = 'normal' AND v.attachments > 0 ORDER BY v.month, v.word, v.number",
            self._ledger_id(ledger),
            str(first),
            str(last),
        )
        return [
            VoucherPapers(i, VoucherRef(Month.parse(month), word, number), day, stated, kept)
            for i, month, word, number, day, stated, kept in rows
        ]

    @one_snapshot
    def without_invoice(self, ledger: str, side: str, first: Month, last: Month) -> list[Unproved]:
        """Payments on accounts that want an invoice, with neither an invoice number nor an invoice attached.

        ``side`` says whose accounts. Not those of less than the rules say, nor those that pay people.
        """
        rules = attachment_rules().evidence
        kinds, accounts = rules.kinds["voucher"], rules.accounts[side]
        rows = self._all(
            "SELECT v.id, v.month, v.word, v.number, v.day, "
            "sum(CASE WHEN c.money <> '' THEN l.credit - l.debit ELSE 0 END) AS paid, "
            "(SELECT f.summary FROM voucher_line f WHERE f.voucher_id = v.id ORDER BY f.line LIMIT 1) "
            "FROM voucher v JOIN voucher_line l ON l.voucher_id = v.id "
            "JOIN account c ON c.ledger_id = l.ledger_id AND c.code = l.account "
            "WHERE v.ledger_id = ? AND v.month BETWEEN ? AND ? AND v.state <> 'void' AND v.kind = 'normal' "
            "AND NOT EXISTS (SELECT 1 FROM invoice i WHERE i.voucher_id = v.id) "
            "AND NOT EXISTS (SELECT 1 FROM transfer_side s WHERE s.voucher_id = v.id) "
            f"AND NOT EXISTS (SELECT 1 FROM attachment a WHERE {_OF_VOUCHER} AND a.kind IN ({marks(kinds)})) "
            f"GROUP BY v.id HAVING paid >= ? AND sum(CASE WHEN {_like('l.account', accounts)} THEN l.debit ELSE 0 END) > 0 "
            f"AND sum({_like('l.account', rules.not_accounts)} OR {_like('l.summary', rules.not_words)}) = 0 "
            "ORDER BY v.month, v.word, v.number",
            self._ledger_id(ledger),
            str(first),
            str(last),
            *kinds,
            rules.invoice_from,
            *(f"{code}%" for code in (*accounts, *rules.not_accounts)),
            *(f"%{word}%" for word in rules.not_words),
        )
        return [
            Unproved(str(i), str(VoucherRef(Month.parse(month), word, number)), day, paid, summary)
            for i, month, word, number, day, paid, summary in rows
        ]

    @one_snapshot
    def contracts_without_scan(self, ledger: str, kinds: Sequence[str]) -> list[Unproved]:
        """Signed contracts with no scan among their attachments."""
        rows = self._all(
            "SELECT c.number, c.signed_on, c.amount, p.name FROM contract c JOIN party p ON p.id = c.party_id "
            "WHERE c.ledger_id = ? AND c.signed_on <> '' AND NOT EXISTS (SELECT 1 FROM attachment a "
            f"WHERE a.owner_kind = 'contract' AND a.ledger_id = c.ledger_id AND a.owner_key = c.number AND {_STANDS} "
            f"AND a.kind IN ({marks(kinds)})) ORDER BY c.number",
            self._ledger_id(ledger),
            *kinds,
        )
        return [Unproved(number, number, day, amount, party) for number, day, amount, party in rows]

    @one_snapshot
    def decisions_without_page(self, ledger: str, kinds: Sequence[str]) -> list[Unproved]:
        """Resolved decisions with no signed page among the attachments of the file or of its panel."""
        rows = self._all(
            "SELECT d.number, s.day, d.amount, d.subject FROM decision d JOIN decision_step s ON s.decision_id = d.id "
            "AND s.step = 'resolved' WHERE d.ledger_id = ? AND NOT EXISTS (SELECT 1 FROM attachment a "
            f"WHERE a.owner_kind IN ('decision', 'panel') AND a.owner_key = d.number AND {_STANDS} "
            f"AND a.kind IN ({marks(kinds)})) ORDER BY d.number",
            self._ledger_id(ledger),
            *kinds,
        )
        return [Unproved(number, number, day, amount, subject) for number, day, amount, subject in rows]

    def owner_is_known(self, owner: Owner) -> bool:
        """Whether the contract, asset, parcel, decision or posting of an owner is there; other kinds are taken at their word."""
        by_ledger = {"contract": "number", "asset": "code", "parcel": "code"}
        if owner.kind in by_ledger:
            column = by_ledger[owner.kind]
            sql = f"SELECT 1 FROM {owner.kind} WHERE {column} = ? AND ledger_id = ?"
            return self._value(sql, owner.key, self._ledger_id(owner.ledger)) is not None
        if owner.kind in ("decision", "panel"):
            return self._value("SELECT 1 FROM decision WHERE number = ?", owner.key) is not None
        if owner.kind == "posting":
            sql = "SELECT 1 FROM wall_posting WHERE printf('%d-%02d', year, number) = ? AND ledger_id = ?"
            return self._value(sql, owner.key, self._ledger_id(owner.ledger)) is not None
        return True

    def attached_in(self, ledger: str, month: Month) -> bool:
        """Whether any voucher of a month has an attachment that stands."""
        return bool(
            self._value(
                f"SELECT 1 FROM voucher v JOIN attachment a ON {_OF_VOUCHER} WHERE v.ledger_id = ? AND v.month = ? LIMIT 1",
                self._ledger_id(ledger),
                str(month),
            )
        )

    def has_attachments(self) -> bool:
        """Whether the book has any attachment at all."""
        return bool(self._value("SELECT 1 FROM attachment LIMIT 1"))


def _like(column: str, values: Sequence[str]) -> str:
    """Whether a column is like one of some patterns, which are bound."""
    return f"({' OR '.join(f'{column} LIKE ?' for _ in values) or '0'})"
