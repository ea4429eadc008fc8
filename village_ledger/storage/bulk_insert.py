"""Many rows into the book at once, by the same tables, constraints and triggers as one.

Every statement that a trigger may refuse opens a savepoint, its cursors and its triggers anew; a hundred rows a
statement share that. A first large import also builds the index over the lines when they are all there, which takes
half the time of keeping it in order; it is dropped and made again within the import's own transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from village_ledger.storage.vouchers import Totals

if TYPE_CHECKING:
    from village_ledger.storage.unit_of_work import UnitOfWork

_AT_ONCE = 100
"""Rows in one statement; beyond this nothing is gained."""
_LARGE = 10_000
"""Vouchers from which an import may pay for building the index again."""
_INDEX = "ix_voucher_line_account"

_VOUCHER = (
    (
        "voucher (id, month, word, number, day, kind, attachments, no_attachment_reason, handler, witness, approver, salt, "
        "ledger_id, prepared_by, prepared_at, state)"
    ),
    12,
    "?1, ?2, ?3, 'entered'",
)
_LINE = (
    "voucher_line (voucher_id, line, day, account, debit, credit, summary, counterparty_id, project_id, group_id, ledger_id)",
    10,
    "?1",
)
_POSTING = (
    "posting (voucher_id, seq, previous, digest, ledger_id, posted_by, posted_at, basis)",
    4,
    "?1, ?2, ?3, ?4",
)


class BulkInsert:
    """The writing side of one import into one ledger; vouchers get ids from ``first_id`` on."""

    def __init__(self, uow: UnitOfWork, ledger: str, basis: str, count: int) -> None:
        """``basis`` is that of the postings, ``count`` how many vouchers are to come."""
        self._uow = uow
        self._run = uow.connection.exec_driver_sql
        self._ledger_id = uow.reader.ledger(ledger).id
        self._constants = (self._ledger_id, uow.by, uow.at, basis)
        self.first_id = uow.vouchers.next_id()
        self._statements: dict[tuple[str, int], str] = {}
        self._totals = Totals()
        self._index = ""
        """What makes the index again, while it is dropped."""
        if count >= max(_LARGE, self.first_id):
            self._index = self._run("SELECT sql FROM sqlite_master WHERE name = ?", (_INDEX,)).scalar_one()
            self._run(f"DROP INDEX {_INDEX}")

    def write(
        self,
        heads: Sequence[tuple[Any, ...]],
        lines: Sequence[tuple[Any, ...]],
        postings: Sequence[tuple[Any, ...]],
    ) -> None:
        """Vouchers, their lines and, when they are posted at once, their postings, columns as in the statements."""
        self._uow.parties.write_waiting()
        self._insert(_VOUCHER, 3, heads)
        self._insert(_LINE, 1, lines)
        if postings:
            self._insert(_POSTING, 4, postings)
        else:
            waiting = [(head[0], self._ledger_id, head[4]) for head in heads]
            self._run("INSERT INTO unposted VALUES (?, ?, ?)", waiting)

    def with_party(self, account: str, party: int, month: str, debit: int, credit: int) -> None:
        """Count a posted line with a counterparty, fen."""
        both = self._totals.parties.setdefault((account, party, month), [0, 0])
        both[0] += debit
        both[1] += credit

    def finish(self, *, posted: bool) -> None:
        """Build the index if it waits and add up what was posted, summed by the database."""
        self._uow.parties.one_by_one()
        if self._index:
            self._run(self._index)
        if not posted:
            return
        self._uow.postings.write_totals(self._ledger_id, self._totals)
        # in a book that held little before, the covering index gives the lines in the order they are summed in
        lines = f"INDEXED BY {_INDEX} WHERE ledger_id = ?1 AND" if self._index else "WHERE"
        for table, when in (("day_total", "day"), ("month_total", "substr(day, 1, 7)")):
            self._run(
                f"INSERT INTO {table} SELECT ?1, account, {when}, sum(debit), sum(credit), count(*) FROM voucher_line "
                f"{lines} voucher_id >= ?2 GROUP BY account, {when} ON CONFLICT DO UPDATE SET "
                "debit = debit + excluded.debit, credit = credit + excluded.credit, lines = lines + excluded.lines",
                (self._ledger_id, self.first_id),
            )

    def _insert(self, into: tuple[str, int, str], constants: int, rows: Sequence[tuple[Any, ...]]) -> None:
        """Rows into a table; the first ``constants`` of what all rows share are bound once a statement."""
        shared = self._constants[:constants]
        for start in range(0, len(rows), _AT_ONCE):
            part = rows[start : start + _AT_ONCE]
            self._run(self._statement(into, constants, len(part)), (*shared, *chain.from_iterable(part)))

    def _statement(self, into: tuple[str, int, str], constants: int, rows: int) -> str:
        """The statement that inserts so many rows."""
        table, width, shared = into
        known = self._statements.get((table, rows))
        if known is None:
            first = range(constants + 1, constants + 1 + rows * width, width)
            values = ", ".join(
                f"({', '.join(f'?{number}' for number in range(begin, begin + width))}, {shared})"
                for begin in first
            )
            known = self._statements[table, rows] = f"INSERT INTO {table} VALUES {values}"
        return known
