"""Looking stock-takes over: every step is in the operation log, what a step sealed is still so, vouchers say the differences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from village_ledger.domain.finding import Finding
from village_ledger.domain.money import format_fen
from village_ledger.domain.stock_take import CountLine, Step, StockTake
from village_ledger.domain.stock_take_figures import book_digest, count_digest
from village_ledger.domain.stock_take_sheets import adjust_rule, family_of, sheet_of
from village_ledger.storage.queries import Queries

RULE = "V77"
STOCK_TAKE = "清产核资"
"""Action of the operation log."""


def record_of(
    take_day: date, step: Step, on: date, number: str, words: str, digest: bytes
) -> tuple[str, str]:
    """Subject and detail by which the operation log knows a step."""
    said = " ".join(filter(None, (f"{on}", number, words)))
    sealed = f"；摘要值 {digest.hex()}" if digest else ""
    return f"{take_day} {step.words}", f"{said}{sealed}"


class CountingInspection(Queries):
    """Findings about 清产核资 (V77)."""

    def findings(self) -> Iterator[Finding]:
        """No step was added, changed or taken away; sealed lines are as sealed; vouchers book what was found."""
        reader = self._book.reader()
        for info in reader.ledgers():
            takes = reader.stock_takes(info.code)
            yield from self._logged(info.code, takes)
            for take in takes:
                lines = reader.stock_take_lines(take)
                yield from self._sealed(take, lines)
                yield from self._booked(take, lines, family_of(info.chart_id))

    def _logged(self, ledger: str, takes: Sequence[StockTake]) -> Iterator[Finding]:
        written = Counter[tuple[str, ...]](
            (s.at, s.by, *record_of(take.day, s.step, s.day, s.number, s.words, s.digest))
            for take in takes
            for s in take.steps
        )
        written.update(
            (
                take.made_at,
                take.made_by,
                f"{take.day} 登记",
                f"{take.persons.leader}、{take.persons.counters}、{take.persons.supervisor}",
            )
            for take in takes
        )
        rows = self._all(
            'SELECT at, "by", subject, detail FROM operation WHERE ledger = ? AND action = ? ORDER BY seq',
            ledger,
            STOCK_TAKE,
        )
        gone = {subject.split(" ")[0] for _, _, subject, _ in rows if subject.endswith("取消登记")}
        logged = Counter[tuple[str, ...]]()
        for at, by, subject, detail in rows:
            day, _, what = subject.partition(" ")
            if what == "取消登记":
                continue
            if what == "登记" and day in gone and (at, by, subject, detail) not in written:
                continue
            logged[at, by, subject, detail] += 1
        for record in written - logged:
            yield Finding(RULE, record[2], "清查的步骤和操作日志对不上", ledger, found=record[3])
        for record in logged - written:
            yield Finding(RULE, record[2], "清查的步骤不见了", ledger, record[3])

    def _sealed(self, take: StockTake, lines: Sequence[CountLine]) -> Iterator[Finding]:
        """The lines are those the books filled, and from the end of counting on those that were counted."""
        counted, filled = take.done(Step.COUNTED), take.done(Step.FILLED)
        if counted is not None:
            expected, found = counted.digest, count_digest(lines)
        elif filled is not None:
            expected, found = filled.digest, book_digest([line for line in lines if not line.found])
        else:
            return
        if expected != found:
            yield Finding(
                RULE,
                f"{take.day} 清查",
                "清查表和封存时不一样",
                take.ledger,
                expected.hex()[:16],
                found.hex()[:16],
            )

    def _booked(self, take: StockTake, lines: Sequence[CountLine], family: str) -> Iterator[Finding]:
        """Posted vouchers of a sheet come to what its differences come to."""
        through = adjust_rule(family).through
        reader = self._book.reader()
        vouchers = reader.stock_take_vouchers(take.id)
        apart = {one.line for one in vouchers if one.line}
        for sheet, stage, number, voucher_id, ref in vouchers:
            stored = reader.voucher(voucher_id)
            if not stored.posted_by:
                continue
            adjusted = [line for line in lines if line.book.sheet == sheet and line.adjusts]
            if number:
                adjusted = [line for line in adjusted if line.number == number]
            elif stage == "found":
                adjusted = [line for line in adjusted if line.number not in apart]
            expected = sum(abs(line.difference) for line in adjusted)
            if stage == "settled" and sheet_of(family, sheet).route in {"through", "cash"}:
                expected -= sum(line.less_gone for line in adjusted)
                found = sum(
                    abs(x.debit) + abs(x.credit)
                    for x in stored.voucher.lines
                    if x.account.startswith(through)
                )
            elif sheet == "01":
                continue
            else:
                found = stored.voucher.amount
            if found != expected:
                yield Finding(
                    RULE,
                    ref,
                    f"和 {take.day} 清查 {sheet} 号表的差异对不上",
                    take.ledger,
                    format_fen(expected),
                    format_fen(found),
                )
