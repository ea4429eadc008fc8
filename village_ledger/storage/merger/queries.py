"""Mergers of villages: reading what a book is to bring into one, and what the merged book says of its origins."""

from __future__ import annotations

import json
from datetime import date
from hashlib import sha256

from village_ledger.domain.chain import FIELD, LINE
from village_ledger.domain.merger import OldBalance
from village_ledger.storage.merger.queries_people import MergerPeopleQueries
from village_ledger.storage.merger.records import (
    Creditor,
    Follow,
    MergedInto,
    MergerSource,
    OpenMatter,
    StoredCode,
    StoredMerger,
    StoredOrigin,
    StoredShare,
)
from village_ledger.storage.queries import day_of, one_snapshot

SEALED = (
    ("merger_source", "number"),
    ("merger_origin", "id"),
    ("merger_code", "id"),
    ("merger_share", "id"),
    ("merger_creditor", "id"),
    ("merger_matter", "id"),
)
"""Tables the digest of a merger is taken over, with the column they are in order of."""
_HEADS = {
    "operation": "SELECT digest FROM operation ORDER BY seq DESC LIMIT 1",
    "people": "SELECT digest FROM people_chain ORDER BY seq DESC LIMIT 1",
    "shares": "SELECT digest FROM share_event ORDER BY number DESC LIMIT 1",
}


class MergerQueries(MergerPeopleQueries):
    """Mergers of villages: where each opening came from."""

    # What an old book brings

    @one_snapshot
    def balances_at(self, ledger: str, day: date) -> list[OldBalance]:
        """Balances by leaf, counterparty and project at the end of a day, and what moved in its year till then.

        At the end of a year nothing of the year counts any more. Places at which nothing stands and nothing moved are left out.
        """
        ledger_id, first = self._ledger_id(ledger), f"{day.year}-01-01"
        ended = int((day.month, day.day) == (12, 31))
        rows = self._all(
            "SELECT m.account, coalesce(c.name, ''), coalesce(p.name, ''), sum(m.amount), "
            "CASE WHEN ?4 THEN 0 ELSE sum(m.d) END AS yd, CASE WHEN ?4 THEN 0 ELSE sum(m.c) END AS yc, sum(m.q) FROM ("
            "SELECT o.account, o.counterparty_id, o.project_id, o.debit - o.credit AS amount, "
            "CASE WHEN g.start_month >= ?3 THEN o.year_debit ELSE 0 END AS d, "
            "CASE WHEN g.start_month >= ?3 THEN o.year_credit ELSE 0 END AS c, "
            "CASE WHEN o.debit <> 0 THEN 1 ELSE -1 END * coalesce(q.quantity, 0) AS q FROM opening o "
            "JOIN ledger g ON g.id = o.ledger_id LEFT JOIN opening_quantity q ON q.opening_id = o.id WHERE o.ledger_id = ?1 "
            "UNION ALL SELECT l.account, l.counterparty_id, l.project_id, l.debit - l.credit, "
            "CASE WHEN l.day >= ?3 THEN l.debit ELSE 0 END, CASE WHEN l.day >= ?3 THEN l.credit ELSE 0 END, "
            "CASE WHEN l.debit <> 0 THEN 1 ELSE -1 END * coalesce(q.quantity, 0) FROM voucher_line l "
            "JOIN posting x ON x.voucher_id = l.voucher_id "
            "LEFT JOIN line_quantity q ON q.voucher_id = l.voucher_id AND q.line = l.line "
            "WHERE l.ledger_id = ?1 AND l.day <= ?2) m LEFT JOIN party c ON c.id = m.counterparty_id "
            "LEFT JOIN party p ON p.id = m.project_id GROUP BY m.account, m.counterparty_id, m.project_id "
            "HAVING sum(m.amount) <> 0 OR yd <> 0 OR yc <> 0 ORDER BY 1, 2, 3",
            ledger_id,
            day.isoformat(),
            first,
            ended,
        )
        return [OldBalance(*row) for row in rows]

    def first_voucher_after(self, ledger: str, day: date) -> str:
        """The first voucher of a later day that is not void, as ``2026-01/记-1``; empty where there is none."""
        row = self._one(
            "SELECT month, word, number FROM voucher WHERE ledger_id = ? AND day > ? AND state <> 'void' "
            "ORDER BY day, number LIMIT 1",
            self._ledger_id(ledger),
            day.isoformat(),
        )
        return "" if row is None else f"{row[0]}/{row[1]}-{row[2]}"

    def unposted_through(self, ledger: str, day: date) -> int:
        """How many vouchers up to a day are entered and not posted."""
        sql = "SELECT count(*) FROM unposted WHERE ledger_id = ? AND day <= ?"
        return int(self._value(sql, self._ledger_id(ledger), day.isoformat()) or 0)

    def period_states(self, ledger: str) -> list[tuple[str, str]]:
        """Every month's key, the closing periods' too, with its state, in order."""
        return self._all(
            "SELECT month, state FROM period WHERE ledger_id = ? ORDER BY month", self._ledger_id(ledger)
        )

    def chain_heads(self) -> dict[str, str]:
        """The last digest of every chain of the book, by ledger and by what is chained."""
        found = {
            code: bytes(digest).hex()
            for code, digest in self._all(
                "SELECT g.code, p.digest FROM ledger g JOIN posting p ON p.ledger_id = g.id WHERE p.seq = "
                "(SELECT max(seq) FROM posting x WHERE x.ledger_id = g.id)"
            )
        }
        for name, sql in _HEADS.items():
            head = self._value(sql)
            if head is not None:
                found[name] = bytes(head).hex()
        return found

    def merged_into(self) -> MergedInto | None:
        """The new book that goes on with this one, None while this one is written on."""
        row = self._one("SELECT village, uid, file, option, day, seal, made_by, made_at FROM merged_into")
        if row is None:
            return None
        village, uid, file, option, day, seal, by, at = row
        return MergedInto(village, uid, file, option, day_of(day), bytes(seal), by, at)

    # What the merged book says

    @one_snapshot
    def merger(self) -> StoredMerger | None:
        """The merger this book was made by, None in any other."""
        row = self._one(
            "SELECT option, day, shares, approved_on, resolutions, reason, made_by, made_at, digest FROM merger"
        )
        if row is None:
            return None
        option, day, shares, approved, resolutions, reason, by, at, digest = row
        return StoredMerger(
            option,
            day_of(day),
            shares,
            day_of(approved) if approved else None,
            resolutions,
            reason,
            by,
            at,
            bytes(digest),
            tuple(self.merger_sources()),
        )

    def merger_sources(self) -> list[MergerSource]:
        """The merged books in their order."""
        return [
            MergerSource(number, village, uid, file, collective, committee, json.loads(heads), bytes(digest))
            for number, village, uid, file, collective, committee, heads, digest in self._all(
                "SELECT number, village, uid, file, collective, committee, heads, digest FROM merger_source ORDER BY number"
            )
        ]

    def merger_origins(self, source: int | None = None) -> list[StoredOrigin]:
        """Every old balance with its place, of one village or of all."""
        rows = self._all(
            "SELECT o.source, o.old_ledger, o.old_account, o.old_name, o.old_party, o.old_project, g.code, o.account, o.party, "
            "o.project, o.balance, o.year_debit, o.year_credit, o.quantity, o.eliminated, o.pair FROM merger_origin o "
            "JOIN ledger g ON g.id = o.ledger_id WHERE ?1 IS NULL OR o.source = ?1 ORDER BY o.id",
            source,
        )
        return [StoredOrigin(*row)._replace(eliminated=bool(row[14])) for row in rows]

    def merger_codes(self, kind: str = "", source: int | None = None) -> list[StoredCode]:
        """Old numbers and the new ones, of one kind or of all."""
        rows = self._all(
            "SELECT source, kind, ledger, old, new, name FROM merger_code WHERE (?1 = '' OR kind = ?1) "
            "AND (?2 IS NULL OR source = ?2) ORDER BY id",
            kind,
            source,
        )
        return [StoredCode(*row) for row in rows]

    def merger_shares(self) -> list[StoredShare]:
        """What every holder had and has."""
        rows = self._all(
            "SELECT source, old_holder, old_class, old_shares, person_id, new_class, new_shares, note FROM merger_share "
            "ORDER BY id"
        )
        return [StoredShare(*row) for row in rows]

    @one_snapshot
    def creditors(self) -> list[Creditor]:
        """Everybody who must be told of the merger, and whether they were."""
        follows = self._follows("creditor_id")
        return [
            Creditor(
                i,
                source,
                ledger,
                account,
                party,
                amount,
                day_of(due) if due else None,
                tuple(follows.get(i, ())),
            )
            for i, source, ledger, account, party, amount, due in self._all(
                "SELECT c.id, c.source, g.code, c.account, c.party, c.amount, c.due_on FROM merger_creditor c "
                "JOIN ledger g ON g.id = c.ledger_id ORDER BY c.id"
            )
        ]

    @one_snapshot
    def open_matters(self) -> list[OpenMatter]:
        """What the merger left open, settled or not."""
        follows = self._follows("matter_id")
        return [
            OpenMatter(i, source, kind, subject, text, tuple(follows.get(i, ())))
            for i, source, kind, subject, text in self._all(
                "SELECT id, source, kind, subject, text FROM merger_matter ORDER BY id"
            )
        ]

    def _follows(self, column: str) -> dict[int, list[Follow]]:
        found: dict[int, list[Follow]] = {}
        for i, act, day, note, by in self._all(
            f"SELECT {column}, act, day, note, entered_by FROM merger_follow WHERE {column} IS NOT NULL ORDER BY id"
        ):
            found.setdefault(i, []).append(Follow(act, day_of(day), note, by))
        return found

    def merger_digest(self, head: tuple[object, ...]) -> bytes:
        """SHA-256 over everything written with the merger, ``head`` first."""
        digest = sha256(FIELD.join(map(_text, head)).encode())
        for table, order in SEALED:
            for row in self._all(f"SELECT * FROM {table} ORDER BY {order}"):
                digest.update(f"{LINE}{table}{FIELD}{FIELD.join(map(_text, row))}".encode())
        return digest.digest()


def _text(value: object) -> str:
    if value is None:
        return ""
    return value.hex() if isinstance(value, bytes) else str(value)
