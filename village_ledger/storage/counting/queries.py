"""Reading stock-takes (清产核资)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from village_ledger.domain.errors import StockTakeError
from village_ledger.domain.stock_take import (
    BookLine,
    Count,
    CountLine,
    Persons,
    Step,
    StepDone,
    StockTake,
    TakeVoucher,
    Treatment,
)
from village_ledger.storage.queries import Queries, Record, day_of, one_snapshot

_TAKE = (
    "SELECT t.id, l.code, t.day, t.leader, t.counters, t.supervisor, t.made_by, t.made_at FROM stock_take t "
    "JOIN ledger l ON l.id = t.ledger_id "
)
_LINES = (
    "SELECT x.line, x.found, x.sheet, x.account, x.party, x.project, x.code, x.name, x.unit, x.quantity, x.value, x.less, "
    "x.less_account, x.text, c.value, c.quantity, c.cause, c.treatment, c.account, c.party, c.usage, c.user, "
    "c.undetermined, c.note FROM stock_take_line x LEFT JOIN stock_take_count c "
    "ON c.take_id = x.take_id AND c.line = x.line WHERE x.take_id = ? "
)


class CountingQueries(Queries):
    """Stock-takes of both ledgers."""

    @one_snapshot
    def stock_takes(self, ledger: str) -> list[StockTake]:
        """Stock-takes of a ledger, the newest first."""
        rows = self._all(f"{_TAKE}WHERE t.ledger_id = ? ORDER BY t.day DESC", self._ledger_id(ledger))
        return [self._take(row) for row in rows]

    @one_snapshot
    def stock_take(self, ledger: str, day: date) -> StockTake:
        """The stock-take of a day; raises StockTakeError naming those there are."""
        row = self._one(
            f"{_TAKE}WHERE t.ledger_id = ? AND t.day = ?", self._ledger_id(ledger), day.isoformat()
        )
        if row is None:
            known = "、".join(str(one.day) for one in self.stock_takes(ledger)) or "还没有登记过"
            raise StockTakeError(f"没有 {day} 的清查", f"登记过的清查：{known}。")
        return self._take(row)

    @one_snapshot
    def stock_take_lines(self, take: StockTake) -> list[CountLine]:
        """Lines of a stock-take by sheet, account and name, with what the last confirmed one verified."""
        last = self.verified_before(take.ledger, take.day)
        rows = self._all(f"{_LINES}ORDER BY x.sheet, x.found, x.account, x.code, x.project, x.party", take.id)
        lines = [_line(row) for row in rows]
        return [replace(line, last=last.get(line.book.key)) for line in lines]

    @one_snapshot
    def verified_before(self, ledger: str, day: date) -> dict[str, int]:
        """Key of a line to what the last confirmed stock-take before a day verified (上年核实数), fen."""
        take_id = self._value(
            "SELECT t.id FROM stock_take t JOIN stock_take_step s ON s.take_id = t.id AND s.step = 'confirmed' "
            "WHERE t.ledger_id = ? AND t.day < ? ORDER BY t.day DESC LIMIT 1",
            self._ledger_id(ledger),
            day.isoformat(),
        )
        if take_id is None:
            return {}
        lines = [_line(row) for row in self._all(_LINES, take_id)]
        return {line.book.key: line.verified for line in lines}

    def stock_take_vouchers(self, take_id: int) -> list[TakeVoucher]:
        """Vouchers that stand."""
        rows = self._all(
            "SELECT x.sheet, x.stage, x.line, v.id, v.month, v.word, v.number FROM stock_take_voucher x "
            "JOIN voucher v ON v.id = x.voucher_id WHERE x.take_id = ? AND v.state <> 'void' "
            "ORDER BY x.sheet, x.stage, x.line, v.id",
            take_id,
        )
        return [
            TakeVoucher(sheet, stage, line, i, f"{month}/{word}-{number:04d}")
            for sheet, stage, line, i, month, word, number in rows
        ]

    def stock_take_of_voucher(self, voucher_id: int) -> str:
        """Day of the stock-take a voucher was made from, empty for none."""
        return (
            self._value(
                "SELECT t.day FROM stock_take_voucher x JOIN stock_take t ON t.id = x.take_id WHERE x.voucher_id = ?",
                voucher_id,
            )
            or ""
        )

    def _take(self, row: Record) -> StockTake:
        take_id, ledger, day, leader, counters, supervisor, made_by, made_at = row
        steps = self._all(
            'SELECT step, day, number, words, "by", at, digest FROM stock_take_step WHERE take_id = ? ORDER BY seq',
            take_id,
        )
        return StockTake(
            take_id,
            ledger,
            day_of(day),
            Persons(leader, counters, supervisor),
            made_by,
            made_at,
            tuple(
                StepDone(Step(step), day_of(on), number, words, by, at, bytes(digest or b""))
                for step, on, number, words, by, at, digest in steps
            ),
        )


def _line(row: Record) -> CountLine:
    (
        number,
        found,
        sheet,
        account,
        party,
        project,
        code,
        name,
        unit,
        quantity,
        value,
        less,
        less_account,
        text,
    ) = row[:14]
    book = BookLine(
        sheet, account, party, project, code, name, unit, quantity, value, less, less_account, text
    )
    count = None
    if row[14] is not None:
        value_, quantity_, cause, treatment, to, answers, usage, user, undetermined, note = row[14:]
        count = Count(
            value_,
            quantity_,
            cause,
            Treatment(treatment),
            to,
            answers,
            usage,
            user,
            bool(undetermined),
            note,
        )
    return CountLine(number, book, bool(found), count)
