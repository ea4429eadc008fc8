"""Writing vouchers and posting them: prepared SQL, totals and chain in the same transaction."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from village_ledger.domain.chain import GENESIS, SALT_BYTES, ChainHead, ChainLine, canonical, link
from village_ledger.domain.period import Month
from village_ledger.domain.voucher import Voucher, VoucherLine
from village_ledger.storage.queries import marks
from village_ledger.storage.registers import Register
from village_ledger.storage.vouchers.party_sides import FEW, follow, make_anew

if TYPE_CHECKING:
    from village_ledger.storage.unit_of_work import UnitOfWork

_VOUCHER = (
    "INSERT INTO voucher (id, ledger_id, month, word, number, day, kind, attachments, no_attachment_reason, handler, witness, "
    "approver, state, prepared_by, prepared_at, salt) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'entered', ?, ?, ?)"
)
_LAST_DELETED = "voucher.last_id"
_NEXT_ID = (
    "SELECT 1 + max(coalesce((SELECT max(id) FROM voucher), 0), "
    "coalesce((SELECT CAST(value AS INTEGER) FROM setting WHERE key = ?), 0))"
)
_LINE = "INSERT INTO voucher_line VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_QUANTITY = "INSERT INTO line_quantity VALUES (?, ?, ?)"
_POSTING = "INSERT INTO posting VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
HEADS = (
    "SELECT v.id, v.salt, g.code, v.month, v.word, v.number, v.day, v.kind, v.attachments, v.no_attachment_reason, v.handler, "
    "v.witness, v.approver, v.prepared_by, v.prepared_at, v.reviewed_by, v.reviewed_at FROM voucher v "
    "JOIN ledger g ON g.id = v.ledger_id "
)
_DIGESTED = (
    "l.voucher_id, l.account, l.debit, l.credit, l.summary, coalesce(c.name, ''), coalesce(j.name, ''), "
    "coalesce(w.name, ''), coalesce(q.quantity, 0)"
)
_OF_LINES = (
    "FROM voucher_line l LEFT JOIN party c ON c.id = l.counterparty_id "
    "LEFT JOIN party j ON j.id = l.project_id LEFT JOIN party w ON w.id = l.group_id "
    "LEFT JOIN line_quantity q ON q.voucher_id = l.voucher_id AND q.line = l.line "
)
DIGESTED_LINES = f"SELECT {_DIGESTED} {_OF_LINES}"
"""Whose they are, then lines as they are digested."""
_POSTED_LINES = f"SELECT {_DIGESTED}, l.counterparty_id, l.project_id {_OF_LINES}"


class Vouchers(Register):
    """Entered vouchers: numbered, not yet posted."""

    def next_id(self) -> int:
        """Id for the next voucher; one once used is never used again, whatever still names it."""
        return int(self._run(_NEXT_ID, (_LAST_DELETED,)).scalar_one())

    def add(self, ledger: str, voucher: Voucher, number: int) -> int:
        """Store a voucher under its number; returns its id."""
        ledger_id, voucher_id = self._ledger_id(ledger), self.next_id()
        self._run(_VOUCHER, self._head(voucher_id, ledger_id, voucher, number))
        self._write_lines(voucher_id, ledger_id, voucher)
        self._run("INSERT INTO unposted VALUES (?, ?, ?)", (voucher_id, ledger_id, voucher.day.isoformat()))
        return voucher_id

    def replace(self, voucher_id: int, ledger: str, voucher: Voucher, number: int) -> None:
        """Rewrite an entered voucher; it keeps its id, and its preparer becomes who rewrote it."""
        ledger_id = self._ledger_id(ledger)
        self._delete_lines(voucher_id)
        head = self._head(voucher_id, ledger_id, voucher, number)
        columns = (
            "month = ?, word = ?, number = ?, day = ?, kind = ?, attachments = ?, no_attachment_reason = ?, handler = ?, "
            "witness = ?, approver = ?, prepared_by = ?, prepared_at = ?, salt = ?, state = 'entered', reviewed_by = '', "
            "reviewed_at = '', return_reason = ''"
        )
        self._run(f"UPDATE voucher SET {columns} WHERE id = ?", (*head[2:], voucher_id))
        self._write_lines(voucher_id, ledger_id, voucher)
        self._run("UPDATE unposted SET day = ? WHERE voucher_id = ?", (voucher.day.isoformat(), voucher_id))

    def _head(self, voucher_id: int, ledger_id: int, voucher: Voucher, number: int) -> tuple[object, ...]:
        return (
            voucher_id,
            ledger_id,
            str(voucher.month),
            voucher.word,
            number,
            voucher.day.isoformat(),
            voucher.kind.value,
            voucher.attachments,
            voucher.no_attachment_reason,
            voucher.handler,
            voucher.witness,
            voucher.approver,
            self._uow.by,
            self._uow.at,
            os.urandom(SALT_BYTES),
        )

    def _lines(self, voucher_id: int, ledger_id: int, voucher: Voucher) -> list[tuple[object, ...]]:
        day = voucher.day.isoformat()
        return [
            (voucher_id, place, ledger_id, day, x.account, x.debit, x.credit, x.summary, *self.party_ids(x))
            for place, x in enumerate(voucher.lines, 1)
        ]

    def _write_lines(self, voucher_id: int, ledger_id: int, voucher: Voucher) -> None:
        self._run(_LINE, self._lines(voucher_id, ledger_id, voucher))
        quantities = [(voucher_id, n, x.quantity) for n, x in enumerate(voucher.lines, 1) if x.quantity]
        if quantities:
            self._run(_QUANTITY, quantities)

    def _delete_lines(self, voucher_id: int) -> None:
        for table in ("line_quantity", "voucher_line"):
            self._run(f"DELETE FROM {table} WHERE voucher_id = ?", (voucher_id,))

    def party_ids(self, line: VoucherLine) -> tuple[int | None, int | None, int | None]:
        """Ids of a line's counterparty, project and group, made when new."""
        if not (line.counterparty or line.project or line.group):
            return (None, None, None)
        ids = self._uow.parties
        return (
            ids.id_of("counterparty", line.counterparty),
            ids.id_of("project", line.project),
            ids.id_of("group", line.group),
        )

    def delete(self, voucher_id: int) -> None:
        """Delete an unreviewed voucher (services allow the last of its month only), and drafts that were changing it."""
        self._run(
            "DELETE FROM draft WHERE json_valid(body) AND json_extract(body, '$.editing') = ?", (voucher_id,)
        )
        used = self.next_id() - 1
        self._uow.settings.set(_LAST_DELETED, str(used))
        self._run("DELETE FROM voucher_link WHERE from_id = ?", (voucher_id,))
        self._run("DELETE FROM unposted WHERE voucher_id = ?", (voucher_id,))
        self._delete_lines(voucher_id)
        self._run("DELETE FROM voucher WHERE id = ?", (voucher_id,))

    def renumber(self, ledger: str, month: Month, word: str, order: Sequence[int]) -> None:
        """Give vouchers the numbers they already use, in a new order; first out of the way, then in place."""
        ledger_id = self._ledger_id(ledger)
        numbers = sorted(
            n
            for (n,) in self._run(
                f"SELECT number FROM voucher WHERE id IN ({marks(order)})", tuple(order)
            ).fetchall()
        )
        last = self._run(
            "SELECT max(number) FROM voucher WHERE ledger_id = ? AND month = ? AND word = ?",
            (ledger_id, str(month), word),
        ).scalar_one()
        for base, targets in ((last, range(1, len(order) + 1)), (0, numbers)):
            for voucher_id, number in zip(order, targets, strict=True):
                self._run("UPDATE voucher SET number = ? WHERE id = ?", (base + number, voucher_id))

    def mark_reviewed(self, voucher_id: int, reviewer: str) -> None:
        """Pass a voucher (审核)."""
        self._run(
            "UPDATE voucher SET state = 'reviewed', reviewed_by = ?, reviewed_at = ?, return_reason = '' WHERE id = ?",
            (reviewer, self._uow.at, voucher_id),
        )

    def mark_entered(self, voucher_id: int, return_reason: str) -> None:
        """Take a review back, or return a voucher to its maker with a reason."""
        self._run(
            "UPDATE voucher SET state = 'entered', reviewed_by = '', reviewed_at = '', return_reason = ? WHERE id = ?",
            (return_reason, voucher_id),
        )

    def mark_void(self, voucher_id: int, reason: str) -> None:
        """Void a voucher: it keeps its number and its page in the binding, but reverses or corrects nothing."""
        self._run("DELETE FROM voucher_link WHERE from_id = ?", (voucher_id,))
        self._run(
            "UPDATE voucher SET state = 'void', reviewed_by = '', reviewed_at = '', return_reason = ? WHERE id = ?",
            (reason, voucher_id),
        )
        self._run("DELETE FROM unposted WHERE voucher_id = ?", (voucher_id,))

    def link(self, from_id: int, kind: str, to_id: int) -> None:
        """Say that one voucher reverses or corrects another."""
        self._run("INSERT INTO voucher_link VALUES (?, ?, ?)", (from_id, kind, to_id))


class Totals:
    """Month, day, party and project totals gathered while posting, written with one statement each."""

    def __init__(self) -> None:
        self.months: dict[tuple[str, str], list[int]] = {}
        self.days: dict[tuple[str, str], list[int]] = {}
        self.parties: dict[tuple[str, int, str], list[int]] = {}
        self.projects: dict[tuple[str, int, str], list[int]] = {}

    def add(self, account: str, when: tuple[str, str], debit: int, credit: int, party: int | None) -> None:
        """Count one posted line, fen; ``when`` is its voucher's month and day."""
        month, day = when
        for totals, key in ((self.months, (account, month)), (self.days, (account, day))):
            entry = totals.get(key)
            if entry is None:
                totals[key] = [debit, credit, 1]
            else:
                entry[0] += debit
                entry[1] += credit
                entry[2] += 1
        if party is not None:
            add_both(self.parties, (account, party, month), debit, credit)


def add_both(
    totals: dict[tuple[str, int, str], list[int]], key: tuple[str, int, str], debit: int, credit: int
) -> None:
    """Count what moved with a counterparty or project in a month, fen."""
    both = totals.setdefault(key, [0, 0])
    both[0] += debit
    both[1] += credit


class Postings(Register):
    """The posting path: the only way a voucher becomes immutable."""

    def __init__(self, uow: UnitOfWork) -> None:
        super().__init__(uow)

    def head(self, ledger: str) -> tuple[int, bytes]:
        """Number and digest of the last posting of a ledger."""
        row = self._run(
            "SELECT seq, digest FROM posting WHERE ledger_id = ? ORDER BY seq DESC LIMIT 1",
            (self._ledger_id(ledger),),
        ).fetchone()
        return (0, GENESIS) if row is None else (row[0], row[1])

    def post(self, ledger: str, ids: Sequence[int], basis: str) -> None:
        """Post vouchers in the order given: chain, totals, and off the unposted list."""
        ledger_id, (seq, previous) = self._ledger_id(ledger), self.head(ledger)
        totals = Totals()
        postings: list[tuple[object, ...]] = []
        by, at = self._uow.by, self._uow.at
        heads = {h[0]: h for h in self._run(f"{HEADS}WHERE v.id IN ({marks(ids)})", tuple(ids)).fetchall()}
        lines: dict[int, list[ChainLine]] = {i: [] for i in ids}
        for row in self._run(
            f"{_POSTED_LINES}WHERE l.voucher_id IN ({marks(ids)}) ORDER BY l.voucher_id, l.line", tuple(ids)
        ):
            lines[row[0]].append(ChainLine._make(row[1:9]))
            head = heads[row[0]]
            totals.add(row[1], (head[3], head[6]), row[2], row[3], row[9])
            if row[10] is not None:
                add_both(totals.projects, (row[1], row[10], head[3]), row[2], row[3])
        for voucher_id in ids:
            _, salt, *facts = heads[voucher_id]
            digest = link(
                previous, canonical(ChainHead._make((*facts, by, at, basis)), lines[voucher_id], salt)
            )
            seq += 1
            postings.append((voucher_id, ledger_id, seq, by, at, basis, previous, digest))
            previous = digest
        self._run(_POSTING, postings)
        self._run("DELETE FROM unposted WHERE voucher_id = ?", [(i,) for i in ids])
        self.write_totals(ledger_id, totals)

    def write_totals(self, ledger_id: int, totals: Totals) -> None:
        """Add gathered totals to those kept."""
        kept = "DO UPDATE SET debit = debit + excluded.debit, credit = credit + excluded.credit"
        for table, gathered in (("month_total", totals.months), ("day_total", totals.days)):
            rows = [(ledger_id, account, when, *sums) for (account, when), sums in sorted(gathered.items())]
            self._run(
                f"INSERT INTO {table} VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT {kept}, lines = lines + excluded.lines",
                rows,
            )
        few = len(totals.parties) <= FEW
        if totals.parties and few:
            follow(self._run, ledger_id, totals.parties)
        for table, of_names in (("party_total", totals.parties), ("project_total", totals.projects)):
            if of_names:
                rows = [(ledger_id, *key, *sums) for key, sums in sorted(of_names.items())]
                self._run(f"INSERT INTO {table} VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT {kept}", rows)
        if not few:
            make_anew(self._run, ledger_id)
