"""Reading dividends: the runs, their lines with what was paid, payments, what the books must agree with."""

from __future__ import annotations

from datetime import date

from village_ledger.domain.errors import DividendError
from village_ledger.domain.period import Month, Span
from village_ledger.domain.rule_names import WHICH_YEAR
from village_ledger.domain.voucher import VoucherRef
from village_ledger.storage.dividends.records import Booking, DividendPayment
from village_ledger.storage.dividends.triggers import COUNTS, LIVE, STANDS
from village_ledger.storage.people.records import Dividend, DividendLine
from village_ledger.storage.queries import Queries, Record, day_of, one_snapshot

_PAID = (
    "coalesce((SELECT sum(p.amount) FROM dividend_payment p WHERE p.dividend_id = l.dividend_id AND p.line = l.line "
    f"AND {COUNTS.format(p='p')}), 0)"
)
_LIVE = LIVE.format(id="d.id")


class DividendQueries(Queries):
    """Dividends and their payments."""

    @one_snapshot
    def dividends(self, ledger: str) -> list[Dividend]:
        """Every dividend of a ledger in the order they were booked, those undone too."""
        rows = self._all(
            "SELECT d.id, d.year, d.record_date, d.day, d.amount, d.method, d.resolution, d.last_event, d.asked, "
            f"{_LIVE} FROM dividend d WHERE d.ledger_id = ? ORDER BY d.id",
            self._ledger_id(ledger),
        )
        classes: dict[int, list[int]] = {row[0]: [] for row in rows}
        booked: dict[int, list[int]] = {row[0]: [] for row in rows}
        for dividend_id, class_id in self._all(
            "SELECT dividend_id, class_id FROM dividend_class ORDER BY 1, 2"
        ):
            classes.get(dividend_id, []).append(class_id)
        for dividend_id, voucher_id in self._all(
            "SELECT dividend_id, voucher_id FROM dividend_voucher WHERE part <> 'payment' ORDER BY 1, 2"
        ):
            booked.get(dividend_id, []).append(voucher_id)
        return [
            Dividend(
                id=i,
                ledger=ledger,
                year=year,
                record_date=day_of(record),
                day=day_of(day),
                amount=amount,
                method=method,
                resolution=resolution,
                last_event=last,
                class_ids=tuple(classes[i]),
                voucher_ids=tuple(booked[i]),
                live=bool(live),
                asked=asked,
            )
            for i, year, record, day, amount, method, resolution, last, asked, live in rows
        ]

    def dividend_of(self, ledger: str, year: int) -> Dividend | None:
        """The dividend of a year that still stands."""
        return next((d for d in self.dividends(ledger) if d.year == year and d.live), None)

    def dividend(self, ledger: str, dividend_id: int) -> Dividend:
        """One dividend; raises DividendError when there is none."""
        found = next((d for d in self.dividends(ledger) if d.id == dividend_id), None)
        if found is None:
            raise DividendError(f"没有第 {dividend_id} 次分红{WHICH_YEAR}", "请核对是哪一年的分红。")
        return found

    def dividend_lines(self, dividend_id: int) -> list[DividendLine]:
        """The lines of a dividend in order, with what was paid of each."""
        return [
            DividendLine(*row)
            for row in self._all(
                "SELECT l.dividend_id, l.line, l.account_id, a.class_id, l.household, l.holder, l.kind, l.quantity, l.amount, "
                f"l.party, {_PAID} FROM dividend_line l JOIN share_account a ON a.id = l.account_id "
                "WHERE l.dividend_id = ? ORDER BY l.line",
                dividend_id,
            )
        ]

    def line_persons(self, dividend_id: int) -> dict[int, int]:
        """Line to the person it belongs to; the organisation's own line is left out."""
        rows = self._all(
            "SELECT l.line, a.person_id FROM dividend_line l JOIN share_account a ON a.id = l.account_id "
            "WHERE l.dividend_id = ? AND a.person_id IS NOT NULL",
            dividend_id,
        )
        return {row[0]: row[1] for row in rows}

    def used_record_date(self, ledger: str) -> date | None:
        """The latest record date of a dividend that stands: no share event may be dated on or before it."""
        found = self._value(
            f"SELECT max(d.record_date) FROM dividend d WHERE d.ledger_id = ? AND {_LIVE}",
            self._ledger_id(ledger),
        )
        return day_of(found) if found else None

    def bookings(self, dividend_id: int) -> list[Booking]:
        """The vouchers of a dividend and of its payments."""
        rows = self._all(
            "SELECT b.voucher_id, b.part, EXISTS (SELECT 1 FROM posting p WHERE p.voucher_id = b.voucher_id), "
            f"{STANDS.format(id='b.voucher_id')} FROM dividend_voucher b WHERE b.dividend_id = ? ORDER BY b.voucher_id",
            dividend_id,
        )
        return [Booking(i, part, bool(posted), bool(stands)) for i, part, posted, stands in rows]

    def dividend_payments(self, dividend_id: int) -> list[DividendPayment]:
        """Every payment of a dividend in the order they were entered."""
        rows = self._all(
            "SELECT p.id, p.dividend_id, p.line, p.day, p.amount, p.method, p.receiver, p.relation, p.voucher_id, v.month, "
            "v.word, v.number, coalesce(r.result, ''), coalesce(r.note, ''), "
            f"{COUNTS.format(p='p')}, p.entered_by FROM dividend_payment p JOIN voucher v ON v.id = p.voucher_id "
            "LEFT JOIN dividend_payment_result r ON r.id = (SELECT max(id) FROM dividend_payment_result "
            "WHERE payment_id = p.id) WHERE p.dividend_id = ? ORDER BY p.id",
            dividend_id,
        )
        return [_payment(row) for row in rows]

    # What the books must agree with

    def member_dividends(self, ledger: str, span: Span) -> int | None:
        """Member lines of the dividends whose vouchers were posted in some days, those undone in them taken off (X14).

        None when there is none: what was given away without a list cannot be held against one.
        """
        ledger_id, first, last = self._ledger_id(ledger), span.first.isoformat(), span.last.isoformat()
        row = self._one(
            "SELECT count(*), sum(s.sign * s.amount) FROM ("
            "SELECT 1 AS sign, (SELECT sum(amount) FROM dividend_line l WHERE l.dividend_id = b.dividend_id "
            "AND l.kind = 'member') AS amount, b.voucher_id AS v FROM dividend_voucher b WHERE b.part = 'members' UNION ALL "
            "SELECT -1, (SELECT sum(amount) FROM dividend_line l WHERE l.dividend_id = b.dividend_id AND l.kind = 'member'), "
            "k.from_id FROM dividend_voucher b JOIN voucher_link k ON k.kind = 'reverses' AND k.to_id = b.voucher_id "
            "WHERE b.part = 'members') s JOIN voucher v ON v.id = s.v JOIN posting p ON p.voucher_id = v.id "
            "WHERE v.ledger_id = ? AND v.day >= ? AND v.day <= ?",
            ledger_id,
            first,
            last,
        )
        return int(row[1] or 0) if row and row[0] else None

    def unpaid_by_party(self, ledger: str, day: date) -> dict[tuple[str, str], int]:
        """(kind, party) → fen that lines of posted dividends still owed at the end of a day, by posted payments."""
        ledger_id, last = self._ledger_id(ledger), day.isoformat()
        given = self._all(
            "SELECT CASE l.kind WHEN 'member' THEN 'members' ELSE 'outsiders' END, l.party, sum(l.amount) FROM dividend d "
            "JOIN dividend_line l ON l.dividend_id = d.id WHERE d.ledger_id = ? AND d.day <= ? AND l.kind <> 'collective' "
            "AND EXISTS (SELECT 1 FROM dividend_voucher b JOIN posting q ON q.voucher_id = b.voucher_id "
            "WHERE b.dividend_id = d.id AND b.part = CASE l.kind WHEN 'member' THEN 'members' ELSE 'outsiders' END "
            "AND NOT EXISTS (SELECT 1 FROM voucher_link k JOIN posting x ON x.voucher_id = k.from_id JOIN voucher r "
            "ON r.id = k.from_id WHERE k.kind = 'reverses' AND k.to_id = b.voucher_id AND r.day <= ?)) GROUP BY 1, 2",
            ledger_id,
            last,
            last,
        )
        owed = {(part, party): fen for part, party, fen in given}
        for part, party, fen in self._all(
            "SELECT CASE l.kind WHEN 'member' THEN 'members' ELSE 'outsiders' END, l.party, sum(p.amount) "
            "FROM dividend_payment p JOIN dividend_line l ON l.dividend_id = p.dividend_id AND l.line = p.line "
            "JOIN dividend d ON d.id = p.dividend_id JOIN posting q ON q.voucher_id = p.voucher_id "
            "WHERE d.ledger_id = ? AND p.day <= ? AND NOT EXISTS (SELECT 1 FROM dividend_payment_result f "
            "WHERE f.payment_id = p.id AND f.result = 'failed' AND f.day <= ?) AND NOT EXISTS (SELECT 1 FROM voucher_link k "
            "JOIN posting x ON x.voucher_id = k.from_id JOIN voucher r ON r.id = k.from_id WHERE k.kind = 'reverses' "
            "AND k.to_id = p.voucher_id AND r.day <= ?) GROUP BY 1, 2",
            ledger_id,
            last,
            last,
            last,
        ):
            owed[part, party] = owed.get((part, party), 0) - fen
        return owed

    def party_moves(self, ledger: str, accounts: list[str], day: date) -> dict[tuple[str, str], int]:
        """(account, party) → credit − debit of everything posted up to a day, openings left out."""
        if not accounts:
            return {}
        rows = self._all(
            "SELECT l.account, coalesce(n.name, ''), sum(l.credit - l.debit) FROM voucher_line l JOIN posting p "
            "ON p.voucher_id = l.voucher_id LEFT JOIN party n ON n.id = l.counterparty_id WHERE l.ledger_id = ? "
            f"AND l.day <= ? AND l.account IN ({', '.join('?' * len(accounts))}) GROUP BY 1, 2",
            self._ledger_id(ledger),
            day.isoformat(),
            *accounts,
        )
        return {(account, party): fen for account, party, fen in rows}


def _payment(row: Record) -> DividendPayment:
    i, of, line, day, amount, method, receiver, relation, voucher_id, month, word, number = row[:12]
    result, note, counts, by = row[12:]
    ref = VoucherRef(Month.parse(month), word, number)
    who = (method, receiver, relation)
    return DividendPayment(
        i, of, line, day_of(day), amount, *who, voucher_id, ref, result, note, bool(counts), by
    )
