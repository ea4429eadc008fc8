"""Many rows into the book at once, by the same tables, keys and rules as one.

Every statement that a trigger may refuse opens a savepoint, its cursors and its triggers anew; two hundred rows a
statement share that. In a first large import the triggers would still take as long as all the rest. There they rest:
the import's own transaction takes them and the index over the lines off, puts their questions to all the new rows
together, and makes them again before anything is committed. Nobody else ever sees the book without them.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from village_ledger.domain.errors import VoucherError
from village_ledger.storage.triggers import QUESTIONS_ENTERED, QUESTIONS_POSTED, RESTING, Question
from village_ledger.storage.vouchers.vouchers import Totals, add_both

if TYPE_CHECKING:
    from village_ledger.storage.unit_of_work import UnitOfWork

_AT_ONCE = 200
"""Rows in one statement; beyond this nothing is gained."""
_PART = 10 * _AT_ONCE
LARGE = 10_000
"""Vouchers from which a first import pays for building the index again."""
_INDEX = "ix_voucher_line_account"


class _Into(NamedTuple):
    """Where rows go: the head of a statement, the values of one row, how many of them all rows share (?1 and on).

    The driver binds None and bytes ten times as slowly as 0 and bytearray, which therefore stand for them.
    """

    head: str
    row: str
    shared: int

    def statement(self, rows: int) -> str:
        """The statement that inserts so many rows."""
        return f"INSERT INTO {self.head} VALUES {', '.join([f'({self.row})'] * rows)}"


_VOUCHER = _Into(
    "voucher (ledger_id, prepared_by, prepared_at, state, id, month, word, number, day, kind, attachments, "
    "no_attachment_reason, handler, witness, approver, salt)",
    "?1, ?2, ?3, 'entered', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?",
    3,
)
_LINE = _Into(
    "voucher_line (ledger_id, voucher_id, line, day, account, debit, credit, summary, counterparty_id, project_id, group_id)",
    "?1, ?, ?, ?, ?, ?, ?, ?, nullif(?, 0), nullif(?, 0), nullif(?, 0)",
    1,
)
_POSTING = _Into(
    "posting (ledger_id, posted_by, posted_at, basis, voucher_id, seq, previous, digest)",
    "?1, ?2, ?3, ?4, ?, ?, ?, ?",
    4,
)


class BulkInsert:
    """The writing side of one import into one ledger; vouchers get ids from ``first_id`` on.

    First ``write`` for all, then ``settle``, then ``post`` if they are posted at once, and ``finish``.
    """

    def __init__(self, uow: UnitOfWork, ledger: str, basis: str, count: int) -> None:
        """``basis`` is that of the postings, ``count`` how many vouchers are to come."""
        self._uow = uow
        self._run = uow.connection.exec_driver_sql
        self._ledger_id = uow.reader.ledger(ledger).id
        self._constants = (self._ledger_id, uow.by, uow.at, basis)
        self.first_id = uow.vouchers.next_id()
        self._totals = Totals()
        self._first = count >= max(LARGE, self.first_id)
        self._triggers: list[str] = []
        """What makes the resting triggers again."""
        if self._first:
            self._index = self._lay_off("INDEX", _INDEX)
            self._triggers = [self._lay_off("TRIGGER", name) for name in RESTING]

    def _lay_off(self, kind: str, name: str) -> str:
        """Drop an index or trigger; returns what makes it again."""
        made = self._run("SELECT sql FROM sqlite_master WHERE name = ?", (name,)).scalar_one()
        self._run(f"DROP {kind} {name}")
        return str(made)

    def write(
        self,
        heads: Sequence[tuple[Any, ...]],
        lines: Sequence[tuple[Any, ...]],
        quantities: Sequence[tuple[int, int, int]],
        *,
        waiting: bool,
    ) -> None:
        """Vouchers, their lines and what these measure, columns as in the statements.

        ``waiting`` when they are not posted at once.
        """
        self._uow.parties.write_waiting()
        self._insert(_VOUCHER, heads)
        self._insert(_LINE, lines)
        if quantities:
            self._run("INSERT INTO line_quantity VALUES (?, ?, ?)", list(quantities))
        if waiting:
            rows = [(head[0], self._ledger_id, head[4]) for head in heads]
            self._run("INSERT INTO unposted VALUES (?, ?, ?)", rows)

    def with_party(self, account: str, party: int, month: str, debit: int, credit: int) -> None:
        """Count a posted line with a counterparty, fen."""
        add_both(self._totals.parties, (account, party, month), debit, credit)

    def with_project(self, account: str, project: int, month: str, debit: int, credit: int) -> None:
        """Count a posted line of a project, fen."""
        add_both(self._totals.projects, (account, project, month), debit, credit)

    def settle(self, *, posted: bool) -> None:
        """When all is written: the index, what resting triggers would ask of it, and the totals if it is posted.

        Raises VoucherError where a resting trigger would have refused a row.
        """
        self._uow.parties.one_by_one()
        if self._first:
            self._run(self._index)
            self._ask(QUESTIONS_ENTERED)
        if posted:
            self._add_up()

    def post(self, postings: Sequence[tuple[int, int, bytes, bytes]]) -> None:
        """The postings: voucher id, number in the chain, the digest before and its own."""
        for start in range(0, len(postings), _PART):
            part = postings[start : start + _PART]
            rows = [(i, seq, bytearray(before), bytearray(digest)) for i, seq, before, digest in part]
            self._insert(_POSTING, rows)
        if self._first:
            self._ask(QUESTIONS_POSTED)

    def finish(self) -> None:
        """Put the triggers back."""
        for made in self._triggers:
            self._run(made)

    def _ask(self, questions: Sequence[Question]) -> None:
        for question in questions:
            if self._run(question.stray, (self.first_id,)).fetchone():
                raise VoucherError(question.sentence)

    def _add_up(self) -> None:
        """Add what is new to the totals, summed by the database."""
        self._uow.postings.write_totals(self._ledger_id, self._totals)
        # in a book that held little before, the covering index gives the lines in the order they are summed in
        new = f"INDEXED BY {_INDEX} WHERE ledger_id = ?1 AND" if self._first else "WHERE"
        lines = f"debit, credit, 1 AS lines FROM voucher_line {new} voucher_id >= ?2"
        days = f"SELECT account, day AS at, {lines}"
        months = f"SELECT account, substr(day, 1, 7) AS at, {lines}"
        if not self._run(
            "SELECT 1 FROM day_total WHERE ledger_id = ? LIMIT 1", (self._ledger_id,)
        ).fetchone():
            # nothing was posted before: the days just summed are a quarter of the lines
            months = "SELECT account, substr(day, 1, 7) AS at, debit, credit, lines FROM day_total WHERE ledger_id = ?1"
        for table, rows in (("day_total", days), ("month_total", months)):
            self._run(
                f"INSERT INTO {table} SELECT ?1, account, at, sum(debit), sum(credit), sum(lines) FROM ({rows}) WHERE ?2 "
                "GROUP BY account, at ON CONFLICT DO UPDATE SET "
                "debit = debit + excluded.debit, credit = credit + excluded.credit, lines = lines + excluded.lines",
                (self._ledger_id, self.first_id),
            )

    def _insert(self, into: _Into, rows: Sequence[tuple[Any, ...]]) -> None:
        """Rows into a table, many a statement; the few left over one by one, lest each number need its statement."""
        shared = self._constants[: into.shared]
        whole = len(rows) - len(rows) % _AT_ONCE
        statement = into.statement(_AT_ONCE) if whole else ""
        for start in range(0, whole, _AT_ONCE):
            self._run(statement, (*shared, *chain.from_iterable(rows[start : start + _AT_ONCE])))
        self._run(into.statement(1), [(*shared, *row) for row in rows[whole:]])
