"""Looking over dividends: lines that add up, vouchers that say the same, nothing paid beyond its line."""

from __future__ import annotations

from collections.abc import Iterator

from village_ledger.domain.finding import Finding
from village_ledger.domain.money import format_fen
from village_ledger.storage.dividends.triggers import COUNTS, LIVE
from village_ledger.storage.queries import Queries

_DEAD = (
    "EXISTS (SELECT 1 FROM person_fact f WHERE f.person_id = a.person_id AND f.field = 'death' AND f.value <> '' "
    "AND f.value <= p.day AND f.entered_at <= p.entered_at AND f.id = (SELECT max(g.id) FROM person_fact g "
    "WHERE g.person_id = f.person_id AND g.field = 'death' AND g.effective <= p.day AND g.entered_at <= p.entered_at))"
)
"""Whether the holder was known to be dead when a payment was entered; a death heard of later blames nobody."""
_HOLDING = (
    "coalesce((SELECT sum(s.delta) FROM share_line s JOIN share_account o ON o.id = s.account_id "
    "WHERE o.person_id = a.person_id AND s.day <= p.day), 0) > 0"
)


class DividendInspection(Queries):
    """Findings about the dividends of one ledger."""

    def lines(self, ledger: str) -> Iterator[Finding]:
        """The lines of a dividend come to its amount, and only one of a year stands."""
        for year, day, amount, found in self._all(
            "SELECT d.year, d.day, d.amount, coalesce(sum(l.amount), 0) FROM dividend d LEFT JOIN dividend_line l "
            "ON l.dividend_id = d.id WHERE d.ledger_id = ? GROUP BY d.id HAVING coalesce(sum(l.amount), 0) <> d.amount",
            self._ledger_id(ledger),
        ):
            said = "分红明细加起来不等于分红总额"
            yield Finding("V67", _record(year, day), said, ledger, format_fen(amount), format_fen(found))
        for year, count in self._all(
            f"SELECT d.year, count(*) FROM dividend d WHERE d.ledger_id = ? AND {LIVE.format(id='d.id')} "
            "GROUP BY d.year HAVING count(*) > 1",
            self._ledger_id(ledger),
        ):
            yield Finding("V67", f"{year}年度分红", "一年分了不止一次", ledger, "1", str(count))

    def vouchers(self, ledger: str) -> Iterator[Finding]:
        """What the vouchers say each holder is given is what the lines say."""
        rows = self._all(
            "SELECT d.year, d.day, x.party, sum(x.fen), sum(x.booked) FROM ("
            "SELECT l.dividend_id AS id, l.party AS party, l.amount AS fen, 0 AS booked FROM dividend_line l "
            "WHERE l.kind <> 'collective' UNION ALL "
            "SELECT b.dividend_id, coalesce(n.name, ''), 0, v.credit FROM dividend_voucher b JOIN voucher_line v "
            "ON v.voucher_id = b.voucher_id LEFT JOIN party n ON n.id = v.counterparty_id "
            "WHERE b.part IN ('members', 'outsiders') AND v.credit <> 0) x JOIN dividend d ON d.id = x.id "
            "WHERE d.ledger_id = ? GROUP BY d.id, x.party HAVING sum(x.fen) <> sum(x.booked)",
            self._ledger_id(ledger),
        )
        for year, day, party, fen, booked in rows:
            record = f"{_record(year, day)} {party}"
            yield Finding("V68", record, "分红明细和凭证不同", ledger, format_fen(fen), format_fen(booked))

    def payments(self, ledger: str) -> Iterator[Finding]:
        """No line is paid beyond its amount, none of an estate's own, and payments are what their vouchers say."""
        for year, day, party, amount, paid in self._all(
            "SELECT d.year, d.day, l.party, l.amount, sum(p.amount) FROM dividend_payment p JOIN dividend_line l "
            "ON l.dividend_id = p.dividend_id AND l.line = p.line JOIN dividend d ON d.id = l.dividend_id "
            f"WHERE d.ledger_id = ? AND {COUNTS.format(p='p')} GROUP BY l.dividend_id, l.line "
            "HAVING sum(p.amount) > l.amount OR l.kind = 'collective'",
            self._ledger_id(ledger),
        ):
            record = f"{_record(year, day)} {party}"
            yield Finding("V69", record, "发放的超过应领的", ledger, format_fen(amount), format_fen(paid))
        for month, word, number, booked, paid in self._all(
            "SELECT v.month, v.word, v.number, (SELECT sum(l.debit) FROM voucher_line l WHERE l.voucher_id = v.id), "
            "sum(p.amount) FROM dividend_payment p JOIN voucher v ON v.id = p.voucher_id WHERE v.ledger_id = ? "
            "GROUP BY v.id HAVING sum(p.amount) <> (SELECT sum(l.debit) FROM voucher_line l WHERE l.voucher_id = v.id)",
            self._ledger_id(ledger),
        ):
            record = f"{month}/{word}-{number:04d}"
            yield Finding("V69", record, "凭证和发放的名册不同", ledger, format_fen(paid), format_fen(booked))

    def estates(self, ledger: str) -> Iterator[Finding]:
        """Nothing is paid of an estate before it is inherited: nobody paid was dead that day and still had shares (I14)."""
        for year, day, party, paid_on, fen in self._all(
            "SELECT d.year, d.day, l.party, p.day, p.amount FROM dividend_payment p JOIN dividend_line l "
            "ON l.dividend_id = p.dividend_id AND l.line = p.line JOIN dividend d ON d.id = l.dividend_id "
            "JOIN share_account a ON a.id = l.account_id "
            f"WHERE d.ledger_id = ? AND {COUNTS.format(p='p')} AND {_DEAD} AND {_HOLDING}",
            self._ledger_id(ledger),
        ):
            record = f"{_record(year, day)} {party}"
            said = f"{paid_on} 遗产还没有办继承就发放了"
            yield Finding("V69", record, said, ledger, "0.00", format_fen(fen))


def _record(year: int, day: str) -> str:
    return f"{year}年度分红（{day}）"
