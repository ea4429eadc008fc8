"""Writing dividends: a whole one at once, its payments, and what the bank said of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from village_ledger.storage.registers import Register


class DividendsRegister(Register):
    """Every row by the unit of work's person and time."""

    def next_id(self) -> int:
        """The id the next dividend gets."""
        return int(self._run("SELECT coalesce(max(id), 0) + 1 FROM dividend").scalar_one())

    def add(
        self,
        ledger: str,
        head: tuple[int, date, date, int, int, str, str, int],
        classes: Sequence[int],
        lines: Sequence[tuple[int, str, str, str, int, int, str]],
        vouchers: Sequence[tuple[int, str]],
    ) -> int:
        """Store a dividend over vouchers just entered; returns its id.

        ``head``: year, record date, day, amount, asked, method, resolution, newest share event. ``lines``: account id,
        household, holder, kind, quantity, fen, party. ``vouchers``: id, part.
        """
        made = self.next_id()
        for class_id in classes:
            self._run("INSERT INTO dividend_class VALUES (?, ?)", (made, class_id))
        rows = [(made, number, *line) for number, line in enumerate(lines, 1)]
        self._run("INSERT INTO dividend_line VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        for voucher_id, part in vouchers:
            self._run("INSERT INTO dividend_voucher VALUES (?, ?, ?)", (voucher_id, made, part))
        year, record, day, *rest = head
        self._run(
            "INSERT INTO dividend (id, ledger_id, year, record_date, day, amount, asked, method, resolution, last_event, "
            "entered_by, entered_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                made,
                self._ledger_id(ledger),
                year,
                record.isoformat(),
                day.isoformat(),
                *rest,
                self._uow.by,
                self._uow.at,
            ),
        )
        return made

    def note_voucher(self, dividend_id: int, voucher_id: int) -> None:
        """A voucher pays a dividend, or takes back what the bank returned."""
        self._run("INSERT INTO dividend_voucher VALUES (?, ?, 'payment')", (voucher_id, dividend_id))

    def pay(
        self,
        dividend_id: int,
        line: int,
        day: date,
        amount: int,
        method: str,
        receiver: tuple[str, str],
        voucher_id: int,
    ) -> int:
        """Store a payment of a line; ``receiver`` is who took it and the relation. Returns its id."""
        made = int(self._run("SELECT coalesce(max(id), 0) + 1 FROM dividend_payment").scalar_one())
        self._run(
            "INSERT INTO dividend_payment VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                made,
                dividend_id,
                line,
                day.isoformat(),
                amount,
                method,
                *receiver,
                voucher_id,
                self._uow.by,
                self._uow.at,
            ),
        )
        return made

    def note_result(self, payment_id: int, day: date, result: str, note: str) -> None:
        """What the bank said of a payment."""
        made = int(self._run("SELECT coalesce(max(id), 0) + 1 FROM dividend_payment_result").scalar_one())
        self._run(
            "INSERT INTO dividend_payment_result VALUES (?, ?, ?, ?, ?, ?, ?)",
            (made, payment_id, day.isoformat(), result, note, self._uow.by, self._uow.at),
        )
