"""Sums: trial balances from month totals, and any page of a long account ledger."""

from __future__ import annotations

from datetime import date

from village_ledger.domain.balance import Turnover, sided
from village_ledger.domain.chart import Account, Money
from village_ledger.domain.period import Month, Span
from village_ledger.storage.queries import Queries, Record, day_of, marks, marks_from, one_snapshot
from village_ledger.storage.records import AccountUse
from village_ledger.storage.vouchers.ledger_slice import LedgerSlice

Sums = dict[str, tuple[int, int]]
"""Account code to (debit, credit), fen."""


class BalanceQueries(Queries):
    """Turnovers and balances; they cost accounts × months, never vouchers."""

    @one_snapshot
    def turnovers(self, ledger: str, span: Span) -> list[Turnover]:
        """Opening, turnover, year to date and closing of every leaf that has any, in code order."""
        year_first = date(span.last.year, 1, 1)
        before, through = (
            self._sums_before(ledger, span.first),
            self._sums_before(ledger, span.after),
        )
        year_before = before if year_first == span.first else self._sums_before(ledger, year_first)
        opening, year_openings = self._openings(ledger, span.last.year)
        split = self._two_way_split(ledger, span)
        turnovers: list[Turnover] = []
        for code in sorted({*through, *opening}):
            d0, c0 = before.get(code, (0, 0))
            d1, c1 = through.get(code, (0, 0))
            dy, cy = year_before.get(code, (0, 0))
            oyd, oyc = year_openings.get(code, (0, 0))
            start = opening.get(code, 0)
            both = split.get(code) or (*sided(start + d0 - c0), *sided(start + d1 - c1))
            turnovers.append(
                Turnover(
                    code, both[0], both[1], d1 - d0, c1 - c0, oyd + d1 - dy, oyc + c1 - cy, both[2], both[3]
                )
            )
        return turnovers

    def leaf_sums(self, ledger: str, day: date) -> Sums:
        """Posted debits and credits of every leaf before a day, fen, openings left out."""
        return self._sums_before(ledger, day)

    def _sums_before(self, ledger: str, day: date) -> Sums:
        """Posted debits and credits of every leaf before a day: whole months, then the days of a begun one."""
        ledger_id, month = self._ledger_id(ledger), str(Month.of(day))
        rows = self._all(
            "SELECT account, sum(debit), sum(credit) FROM month_total WHERE ledger_id = ? AND month < ? GROUP BY account",
            ledger_id,
            month,
        )
        sums = {code: (debit, credit) for code, debit, credit in rows}
        if day.day > 1:
            # per account a short range of days: the accounts come from month_total, so nothing else is read
            for code, debit, credit in self._all(
                "SELECT m.account, sum(d.debit), sum(d.credit) "
                "FROM (SELECT DISTINCT account FROM month_total WHERE ledger_id = ?1) m "
                "JOIN day_total d ON d.ledger_id = ?1 AND d.account = m.account AND d.day >= ?2 AND d.day < ?3 "
                "GROUP BY m.account",
                ledger_id,
                f"{month}-01",
                day.isoformat(),
            ):
                debit0, credit0 = sums.get(code, (0, 0))
                sums[code] = (debit0 + debit, credit0 + credit)
        return sums

    def _openings(self, ledger: str, year: int) -> tuple[dict[str, int], Sums]:
        rows = self._all(
            "SELECT account, sum(debit - credit), sum(year_debit), sum(year_credit) FROM opening WHERE ledger_id = ? "
            "GROUP BY account",
            self._ledger_id(ledger),
        )
        start_year = self._value("SELECT substr(start_month, 1, 4) FROM ledger WHERE code = ?", ledger)
        opening = {code: balance for code, balance, _, _ in rows}
        in_year = {code: (debit, credit) for code, _, debit, credit in rows if int(start_year) == year}
        return opening, in_year

    def _two_way_split(self, ledger: str, span: Span) -> dict[str, tuple[int, int, int, int]]:
        """Accounts never netted, by counterparty: (opening debit, credit, closing debit, credit)."""
        chart = self._book.reader().chart(ledger)
        leaves = [a.code for a in chart if a.is_leaf and chart.is_settled_by_party(a.code)]
        if not leaves:
            return {}
        before, through = (
            self._book.remembered((ledger, day), lambda day=day: self._sides_before(ledger, leaves, day))
            for day in (span.first, span.after)
        )
        nothing = (0, 0)
        return {
            code: (*before.get(code, nothing), *through.get(code, nothing)) for code in {*before, *through}
        }

    def _sides_before(self, ledger: str, leaves: list[str], day: date) -> Sums:
        """What all counterparties owe on each leaf before a day, and what is owed to them, fen: never netted."""
        rows = self._all(
            f"SELECT account, sum(debit), sum(credit) FROM side_total WHERE ledger_id = ? AND account IN ({marks(leaves)}) "
            "AND month < ? GROUP BY account",
            self._ledger_id(ledger),
            *leaves,
            str(Month.of(day)),
        )
        named = {code: (debit, credit) for code, debit, credit in rows}
        for code, before, moved in self._moved_in_begun_month(ledger, leaves, day) if day.day > 1 else ():
            debit, credit = named.get(code, (0, 0))
            named[code] = (
                debit + max(before + moved, 0) - max(before, 0),
                credit + max(-before - moved, 0) - max(-before, 0),
            )
        opening, _ = self._openings(ledger, day.year)
        totals = self._sums_before(ledger, day)
        sides: Sums = {}
        for code in leaves:
            debit, credit = named.get(code, (0, 0))
            all_debit, all_credit = totals.get(code, (0, 0))
            nobody = sided(opening.get(code, 0) + all_debit - all_credit - (debit - credit))
            sides[code] = (debit + nobody[0], credit + nobody[1])
        return sides

    def _moved_in_begun_month(self, ledger: str, leaves: list[str], day: date) -> list[Record]:
        """(leaf, balance before the month, moved from its first day to before a day) of counterparties that moved, fen."""
        month = str(Month.of(day))
        return self._all(
            "SELECT m.account, (SELECT coalesce(sum(debit - credit), 0) FROM opening WHERE ledger_id = ?1 "
            "AND account = m.account AND counterparty_id = m.party) + (SELECT coalesce(sum(debit - credit), 0) "
            "FROM party_total WHERE ledger_id = ?1 AND account = m.account AND counterparty_id = m.party AND month < ?2), "
            "m.moved FROM (SELECT l.account, l.counterparty_id AS party, sum(l.debit - l.credit) AS moved "
            "FROM voucher_line l JOIN posting p ON p.voucher_id = l.voucher_id WHERE l.ledger_id = ?1 AND l.day >= ?3 "
            f"AND l.day < ?4 AND l.account IN ({marks_from(5, leaves)}) AND l.counterparty_id IS NOT NULL GROUP BY 1, 2) m",
            self._ledger_id(ledger),
            month,
            f"{month}-01",
            day.isoformat(),
            *leaves,
        )

    def balance_before(self, ledger: str, codes: list[str], day: date) -> int:
        """Opening plus posted movements of some leaves before a day, debit − credit, fen."""
        if not codes:
            return 0
        ledger_id, month, places = self._ledger_id(ledger), str(Month.of(day)), marks(codes)
        parts: list[tuple[str, str, tuple[str, ...]]] = [
            ("opening", "", ()),
            ("month_total", " AND month < ?", (month,)),
            ("day_total", " AND day >= ? AND day < ?", (f"{month}-01", day.isoformat())),
        ]
        balance = 0
        for table, when, parameters in parts if day.day > 1 else parts[:2]:
            sql = (
                f"SELECT sum(debit - credit) FROM {table} WHERE ledger_id = ? AND account IN ({places}){when}"
            )
            balance += self._value(sql, ledger_id, *codes, *parameters) or 0
        return balance

    @one_snapshot
    def party_balance_before(self, ledger: str, code: str, counterparty: str, day: date) -> int:
        """Posted balance of an account (all its leaves) with one counterparty before a day, debit − credit, fen."""
        leaves = [a.code for a in self._book.reader().chart(ledger) if a.is_leaf and a.code.startswith(code)]
        party = self._value("SELECT id FROM party WHERE kind = 'counterparty' AND name = ?", counterparty)
        if not leaves or party is None:
            return 0
        month = str(Month.of(day))
        whose = f"ledger_id = ?1 AND account IN ({marks_from(6, leaves)}) AND counterparty_id = ?2"
        who = (self._ledger_id(ledger), party, month, f"{month}-01", day.isoformat(), *leaves)
        balance = 0
        for rows in (
            f"opening WHERE {whose}",
            f"party_total WHERE {whose} AND month < ?3",
            f"voucher_line l JOIN posting p USING (voucher_id) WHERE l.{whose} AND day >= ?4 AND day < ?5",
        ):
            balance += self._value(f"SELECT sum(debit - credit) FROM {rows}", *who) or 0
        return balance

    def money_accounts(self, ledger: str) -> list[Account]:
        """Cash and bank leaves."""
        return [a for a in self._book.reader().chart(ledger) if a.money is not None and a.is_leaf]

    @one_snapshot
    def lowest_money(self, ledger: str, code: str, day: date) -> tuple[date, int]:
        """The lowest end-of-day balance of a leaf from a day on, unposted vouchers included, and its day (fen)."""
        ledger_id, since = self._ledger_id(ledger), day.isoformat()
        unposted = "FROM unposted u JOIN voucher_line l ON l.voucher_id = u.voucher_id WHERE u.ledger_id = ?1 AND l.account = ?2"
        balance = self.balance_before(ledger, [code], day)
        balance += (
            self._value(f"SELECT sum(l.debit - l.credit) {unposted} AND l.day < ?3", ledger_id, code, since)
            or 0
        )
        rows = self._all(
            "SELECT day, sum(moved) FROM (SELECT day, debit - credit AS moved FROM day_total "
            "WHERE ledger_id = ?1 AND account = ?2 AND day >= ?3 "
            f"UNION ALL SELECT l.day, l.debit - l.credit {unposted} AND l.day >= ?3) GROUP BY day ORDER BY day",
            ledger_id,
            code,
            since,
        )
        lowest = (day, balance)
        for index, (moved_on, moved) in enumerate(rows):
            balance += moved
            if index == 0 or balance < lowest[1]:
                lowest = (day_of(moved_on), balance)
        return lowest

    @one_snapshot
    def account_use(self, ledger: str) -> dict[str, AccountUse]:
        """Balance and last day of every leaf that was used, posted only."""
        ledger_id = self._ledger_id(ledger)
        opening, _ = self._openings(ledger, 0)
        rows = self._all(
            "SELECT m.account, m.balance, (SELECT max(day) FROM day_total d WHERE d.ledger_id = ?1 AND d.account = m.account) "
            "FROM (SELECT account, sum(debit - credit) AS balance FROM month_total WHERE ledger_id = ?1 GROUP BY account) m",
            ledger_id,
        )
        use = {code: AccountUse(opening.pop(code, 0) + balance, last or "") for code, balance, last in rows}
        return use | {code: AccountUse(balance, "") for code, balance in opening.items()}

    def month_turnovers(
        self, ledger: str, codes: list[str], first: Month, last: Month
    ) -> list[tuple[str, Month, int, int]]:
        """(account, month, debit, credit) of some leaves, for charts and month sums."""
        rows = self._all(
            f"SELECT account, month, debit, credit FROM month_total WHERE ledger_id = ? AND account IN ({marks(codes)}) "
            "AND month >= ? AND month <= ? ORDER BY month, account",
            self._ledger_id(ledger),
            *codes,
            str(first),
            str(last),
        )
        return [(code, Month.parse(month), debit, credit) for code, month, debit, credit in rows]

    @one_snapshot
    def account_ledger(self, ledger: str, code: str, span: Span) -> LedgerSlice:
        """The posted lines of an account (a parent: of all its leaves) in a span, openable at any place."""
        chart = self._book.reader().chart(ledger)
        account = chart.get(code)
        leaves = [a.code for a in chart if a.is_leaf and a.code.startswith(code)]
        return LedgerSlice(self, ledger, account, leaves, span)

    def ledger_months(self, ledger: str, leaves: list[str], span: Span) -> list[tuple[Month, int, int, int]]:
        """(month, debit, credit, lines) of some leaves within a span, whole months from month totals."""
        ledger_id, codes = self._ledger_id(ledger), marks(leaves)
        months: list[tuple[Month, int, int, int]] = []
        # the closing period 2025-13 is shown as part of December
        last = Month.of(span.last)
        whole = "SELECT min(month, substr(month, 1, 4) || '-12'), sum(debit), sum(credit), sum(lines) FROM month_total "
        for month, *whole_month in self._all(
            f"{whole}WHERE ledger_id = ? AND account IN ({codes}) AND month >= ? AND month <= ? GROUP BY 1 ORDER BY 1",
            ledger_id,
            *leaves,
            str(Month.of(span.first)),
            f"{last.year}-13" if last.month == 12 else str(last),
        ):
            this, sums = Month.parse(month), whole_month
            if this.first < span.first or this.last > span.last:
                days = self.ledger_days(
                    ledger, leaves, Span(max(this.first, span.first), min(this.last, span.last))
                )
                sums = [sum(d[1] for d in days), sum(d[2] for d in days), sum(d[3] for d in days)]
            months.append((this, sums[0], sums[1], sums[2]))
        return months

    def ledger_days(self, ledger: str, leaves: list[str], span: Span) -> list[tuple[date, int, int, int]]:
        """(day, debit, credit, lines) of some leaves within a span."""
        rows = self._all(
            "SELECT day, sum(debit), sum(credit), sum(lines) FROM day_total "
            f"WHERE ledger_id = ? AND account IN ({marks(leaves)}) AND day >= ? AND day <= ? GROUP BY day ORDER BY day",
            self._ledger_id(ledger),
            *leaves,
            span.first.isoformat(),
            span.last.isoformat(),
        )
        return [(day_of(day), debit, credit, lines) for day, debit, credit, lines in rows]

    def ledger_lines(
        self, ledger: str, leaves: list[str], span: Span, limit: int, offset: int
    ) -> list[Record]:
        """Posted lines of some leaves by day, word and number: day, word, number, id, summary, party, debit, credit."""
        return self._all(
            "SELECT l.day, v.word, v.number, v.id, l.summary, c.name, l.debit, l.credit FROM voucher_line l "
            "CROSS JOIN posting p ON p.voucher_id = l.voucher_id CROSS JOIN voucher v ON v.id = l.voucher_id "
            f"LEFT JOIN party c ON c.id = l.counterparty_id WHERE l.ledger_id = ? AND l.account IN ({marks(leaves)}) "
            "AND l.day >= ? AND l.day <= ? ORDER BY l.day, v.word, v.number, l.line LIMIT ? OFFSET ?",
            self._ledger_id(ledger),
            *leaves,
            span.first.isoformat(),
            span.last.isoformat(),
            limit,
            offset,
        )

    @one_snapshot
    def cash_and_bank_before(self, ledger: str, day: date) -> dict[Money, int]:
        """Cash and bank balances before a day, fen."""
        accounts = self.money_accounts(ledger)
        return {
            kind: self.balance_before(ledger, [a.code for a in accounts if a.money is kind], day)
            for kind in Money
        }
