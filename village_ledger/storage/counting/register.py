"""Writing stock-takes; belongs to one unit of work."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from village_ledger.domain.stock_take import BookLine, Count, CountLine, Persons, Step
from village_ledger.storage.registers import Register


class CountingRegister(Register):
    """Stock-takes, their lines, counts, steps and vouchers."""

    def add(self, ledger: str, day: date, persons: Persons) -> int:
        """Register a stock-take; returns its id."""
        made = self._run(
            "INSERT INTO stock_take (ledger_id, day, leader, counters, supervisor, made_by, made_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id",
            (
                self._ledger_id(ledger),
                day.isoformat(),
                persons.leader,
                persons.counters,
                persons.supervisor,
                self._uow.by,
                self._uow.at,
            ),
        )
        return int(made.scalar_one())

    def discard(self, take_id: int) -> None:
        """Forget a registration that has no steps."""
        self._run("DELETE FROM stock_take WHERE id = ?", (take_id,))

    def fill(self, take_id: int, lines: Iterable[CountLine]) -> None:
        """Lines take the place of those there were; a count stays with its line."""
        self._run("DELETE FROM stock_take_count WHERE take_id = ?", (take_id,))
        self._run("DELETE FROM stock_take_line WHERE take_id = ?", (take_id,))
        for line in lines:
            self.add_line(take_id, line.number, line.book, found=line.found)
            if line.count is not None:
                self.count(take_id, line.number, line.count)

    def add_line(self, take_id: int, number: int, book: BookLine, *, found: bool) -> None:
        """One line more."""
        self._run(
            "INSERT INTO stock_take_line VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                take_id,
                number,
                int(found),
                book.sheet,
                book.account,
                book.party,
                book.project,
                book.code,
                book.name,
                book.unit,
                book.quantity,
                book.value,
                book.less,
                book.less_account,
                book.text,
            ),
        )

    def drop_line(self, take_id: int, number: int) -> None:
        """Take back a line those who counted had added."""
        self._run("DELETE FROM stock_take_count WHERE take_id = ? AND line = ?", (take_id, number))
        self._run("DELETE FROM stock_take_line WHERE take_id = ? AND line = ?", (take_id, number))

    def count(self, take_id: int, number: int, count: Count | None) -> None:
        """Keep what was found for a line; None: nothing yet."""
        self._run("DELETE FROM stock_take_count WHERE take_id = ? AND line = ?", (take_id, number))
        if count is None:
            return
        self._run(
            "INSERT INTO stock_take_count VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                take_id,
                number,
                count.value,
                count.quantity,
                count.cause,
                count.treatment.value,
                count.account,
                count.party,
                count.usage,
                count.user,
                int(count.undetermined),
                count.note,
                self._uow.by,
                self._uow.at,
            ),
        )

    def step(
        self, take_id: int, step: Step, day: date, number: str = "", words: str = "", digest: bytes = b""
    ) -> None:
        """Take a step."""
        seq = self._run(
            "SELECT coalesce(max(seq), 0) + 1 FROM stock_take_step WHERE take_id = ?", (take_id,)
        ).scalar_one()
        self._run(
            "INSERT INTO stock_take_step VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                take_id,
                seq,
                step.value,
                day.isoformat(),
                number,
                words,
                digest or None,
                self._uow.by,
                self._uow.at,
            ),
        )

    def link(self, take_id: int, sheet: str, stage: str, voucher_id: int, line: int = 0) -> None:
        """Say which voucher books the differences of a sheet, or of one line of it."""
        self._run(
            "INSERT INTO stock_take_voucher (voucher_id, take_id, sheet, line, stage) VALUES (?, ?, ?, ?, ?)",
            (voucher_id, take_id, sheet, line, stage),
        )
