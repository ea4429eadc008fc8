"""Reading what closing asks and leaves behind; every question costs the month asked of, not the whole book."""

from __future__ import annotations

from typing import NamedTuple

from village_ledger.domain.chain import GENESIS
from village_ledger.domain.finding import Finding
from village_ledger.domain.period import CLOSING, Month
from village_ledger.storage.queries import Queries, marks_from, one_snapshot
from village_ledger.storage.records import Gap


class Waiver(NamedTuple):
    """A warning that was let pass (放行): the sentence it said, why, by whom, when."""

    id: int
    month: Month
    rule: str
    found: str
    reason: str
    by: str
    at: str


class MonthCheck(NamedTuple):
    """When the check list was last run for closing, and how many vouchers came into the month since."""

    at: str
    by: str
    passed: int
    warned: int
    failed: int
    vouchers_since: int


class Reopening(NamedTuple):
    """A month opened again (反结账)."""

    month: Month
    by: str
    approved_by: str
    reason: str
    at: str


class Seal(NamedTuple):
    """What a month is sealed on (封); ``by`` and ``at`` are filled when read."""

    ledger: str
    month: Month
    basis: str
    first: str
    second: str
    sheet: str
    by: str = ""
    at: str = ""


class DistributionPart(NamedTuple):
    """One part of a distribution: its voucher, whether that is posted, and whether it was undone."""

    year: int
    part: str
    amount: int
    resolution: str
    voucher_id: int
    month: Month
    word: str
    number: int
    state: str
    posted: bool
    undone: bool


class Debt(NamedTuple):
    """What one counterparty owes for longer than a time; fen."""

    account: str
    counterparty: str
    amount: int


class ClosingQueries(Queries):
    """Checks, waivers, reopenings, seals and distributions, and what only the check list asks."""

    def waivers(self, ledger: str, first: Month, last: Month) -> list[Waiver]:
        """Reasons written for warnings of some months, in the order they were written."""
        rows = self._all(
            'SELECT id, month, rule, found, reason, "by", at FROM waiver WHERE ledger_id = ? AND month >= ? AND month <= ? '
            "ORDER BY month, id",
            self._ledger_id(ledger),
            str(first),
            str(last),
        )
        return [Waiver(i, Month.parse(month), *rest) for i, month, *rest in rows]

    def standing_waivers(self, ledger: str, first: Month, last: Month) -> list[Waiver]:
        """The waivers some months were last closed with; none of a month that is open."""
        rows = self._all(
            "SELECT c.waivers FROM month_check c JOIN period p ON p.ledger_id = c.ledger_id AND p.month = c.month "
            "WHERE c.ledger_id = ? AND c.month >= ? AND c.month <= ? AND c.closed = 1 AND p.state IN ('closed', 'sealed') "
            "AND c.id = (SELECT max(id) FROM month_check d WHERE d.ledger_id = c.ledger_id AND d.month = c.month)",
            self._ledger_id(ledger),
            str(first),
            str(last),
        )
        standing = {int(i) for (ids,) in rows for i in ids.split(",") if i}
        return (
            [waiver for waiver in self.waivers(ledger, first, last) if waiver.id in standing]
            if standing
            else []
        )

    def last_check(self, ledger: str, month: Month) -> MonthCheck | None:
        """The newest run of the check list for closing a month."""
        ledger_id = self._ledger_id(ledger)
        row = self._one(
            'SELECT at, "by", passed, warned, failed FROM month_check WHERE ledger_id = ? AND month = ? '
            "ORDER BY id DESC LIMIT 1",
            ledger_id,
            str(month),
        )
        if row is None:
            return None
        since = self._value(
            "SELECT count(*) FROM voucher WHERE ledger_id = ? AND month = ? AND prepared_at > ?",
            ledger_id,
            str(month),
            row[0],
        )
        at, by, passed, warned, failed = row
        return MonthCheck(at, by, passed, warned, failed, since)

    def reopenings(self, ledger: str, first: Month, last: Month) -> list[Reopening]:
        """Every time some months were opened again, the first first."""
        rows = self._all(
            'SELECT month, "by", approved_by, reason, at FROM reopening WHERE ledger_id = ? AND month >= ? AND month <= ? '
            "ORDER BY month, id",
            self._ledger_id(ledger),
            str(first),
            str(last),
        )
        return [Reopening(Month.parse(month), *rest) for month, *rest in rows]

    def seals(self, ledger: str) -> list[Seal]:
        """What the sealed months are sealed on."""
        rows = self._all(
            'SELECT month, basis, first_supervisor, second_supervisor, sheet, "by", at FROM month_seal '
            "WHERE ledger_id = ? ORDER BY month",
            self._ledger_id(ledger),
        )
        return [Seal(ledger, Month.parse(month), *rest) for month, *rest in rows]

    def distribution_parts(self, ledger: str) -> list[DistributionPart]:
        """Every part of every distribution, by the year whose income it gives away."""
        rows = self._all(
            "SELECT d.year, d.part, d.amount, d.resolution, d.voucher_id, v.month, v.word, v.number, v.state, "
            "EXISTS (SELECT 1 FROM posting p WHERE p.voucher_id = v.id), EXISTS (SELECT 1 FROM voucher_link k "
            "JOIN posting q ON q.voucher_id = k.from_id WHERE k.kind = 'reverses' AND k.to_id = v.id) "
            "FROM distribution_part d JOIN voucher v ON v.id = d.voucher_id WHERE d.ledger_id = ? "
            "ORDER BY d.year, d.voucher_id",
            self._ledger_id(ledger),
        )
        return [
            DistributionPart(
                year, part, amount, resolution, i, Month.parse(month), word, number, state, bool(p), bool(u)
            )
            for year, part, amount, resolution, i, month, word, number, state, p, u in rows
        ]

    def year_is_closed(self, ledger: str, year: int) -> bool:
        """Whether a year has been carried forward."""
        return (
            self._one(
                "SELECT 1 FROM period WHERE ledger_id = ? AND month = ?",
                self._ledger_id(ledger),
                str(Month(year, CLOSING)),
            )
            is not None
        )

    def unposted_on(self, ledger: str, prefix: str) -> int:
        """What vouchers not yet posted move on the accounts below a code, debit − credit, fen."""
        moved = self._value(
            "SELECT sum(l.debit - l.credit) FROM unposted u JOIN voucher_line l ON l.voucher_id = u.voucher_id "
            "WHERE u.ledger_id = ? AND substr(l.account, 1, ?) = ?",
            self._ledger_id(ledger),
            len(prefix),
            prefix,
        )
        return moved or 0

    # what the check list asks

    def month_numbers(self, ledger: str, month: Month) -> list[tuple[str, int, int]]:
        """(word, first number, last number) of a month's vouchers."""
        rows = self._all(
            "SELECT word, min(number), max(number) FROM voucher WHERE ledger_id = ? AND month = ? GROUP BY word ORDER BY word",
            self._ledger_id(ledger),
            str(month),
        )
        return [(word, first, last) for word, first, last in rows]

    def month_gaps(self, ledger: str, month: Month) -> list[Gap]:
        """Numbers missing in one month, read from that month alone."""
        rows = self._all(
            "SELECT word, before + 1, number - 1 FROM (SELECT word, number, "
            "lag(number, 1, 0) OVER (PARTITION BY word ORDER BY number) AS before FROM voucher "
            "WHERE ledger_id = ? AND month = ?) WHERE number > before + 1 ORDER BY word, number",
            self._ledger_id(ledger),
            str(month),
        )
        return [Gap(month, word, first, last) for word, first, last in rows]

    def without_papers(self, ledger: str, month: Month) -> list[tuple[str, int, str]]:
        """(word, number, reason given) of a month's valid vouchers with no attachment, the program's own left out."""
        rows = self._all(
            "SELECT word, number, no_attachment_reason FROM voucher WHERE ledger_id = ? AND month = ? "
            "AND attachments = 0 AND state <> 'void' AND kind NOT IN ('generated', 'reversal') ORDER BY word, number",
            self._ledger_id(ledger),
            str(month),
        )
        return [(word, number, reason) for word, number, reason in rows]

    @one_snapshot
    def old_debts(self, ledger: str, leaves: list[str], through: Month, young_since: Month) -> list[Debt]:
        """Who owes what was already owed before ``young_since`` and is still owed after ``through``.

        What came in since pays the oldest first, so the old debt is the balance less what was newly debited. Looked at are
        those who owe now, and those who moved after ``through``.
        """
        if not leaves:
            return []
        codes = marks_from(5, leaves)
        rows = self._all(
            "SELECT s.account, p.name, s.before + s.balance - s.fresh FROM (SELECT c.account, c.party, "
            "(SELECT coalesce(sum(debit - credit), 0) FROM opening WHERE ledger_id = ?1 AND account = c.account "
            "AND counterparty_id = c.party) AS before, coalesce(sum(t.debit - t.credit), 0) AS balance, "
            "coalesce(sum(CASE WHEN t.month >= ?2 THEN t.debit ELSE 0 END), 0) AS fresh FROM ("
            "SELECT account, counterparty_id AS party FROM party_balance INDEXED BY ix_party_balance_owing "
            f"WHERE ledger_id = ?1 AND account IN ({codes}) AND balance > 0 UNION "
            "SELECT account, counterparty_id FROM voucher_line WHERE ledger_id = ?1 "
            f"AND account IN ({codes}) AND day > ?4 AND counterparty_id IS NOT NULL) c LEFT JOIN party_total t "
            "ON t.ledger_id = ?1 AND t.account = c.account AND t.counterparty_id = c.party AND t.month <= ?3 "
            "GROUP BY 1, 2) s JOIN party p ON p.id = s.party WHERE s.before + s.balance > s.fresh ORDER BY 1, s.party",
            self._ledger_id(ledger),
            str(young_since),
            str(through),
            through.last.isoformat(),
            *leaves,
        )
        return [Debt(*row) for row in rows]

    @one_snapshot
    def chain_faults(self, ledger: str, month: Month) -> tuple[int, list[Finding]]:
        """Prove the chain from the last head sealed before a month to its end: (links proved, faults)."""
        from village_ledger.storage.inspection_posted import PostedInspection

        sealed = self._value(
            "SELECT head FROM period WHERE ledger_id = ? AND month < ? AND head IS NOT NULL ORDER BY month DESC LIMIT 1",
            self._ledger_id(ledger),
            str(month),
        )
        look, after = PostedInspection(self._book), sealed or GENESIS
        return look.links_after(ledger, after), [*look.chain(ledger, after), *look.vouchers(ledger, after)]
