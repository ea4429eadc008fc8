"""Reading shares: classes, charter, what every account holds on a day, events, pledges, cases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from village_ledger.domain.errors import ShareError
from village_ledger.domain.rule_names import CASE_STEPS
from village_ledger.domain.share import COLLECTIVE, Balance, Bucket, EventKind, ShareClass, ShareLine
from village_ledger.domain.share_rules import Held, rule_words
from village_ledger.storage.people.records import (
    CaseStep,
    CharterValue,
    Holding,
    Pledge,
    ShareCase,
    StoredEvent,
)
from village_ledger.storage.queries import Queries, Record, day_of, marks_from, one_snapshot

EVER = "9999-12-31"
_FIRST = "0001-01-01"
_CLASS = "SELECT c.id, g.code, c.name, c.decimals, c.is_collective FROM share_class c JOIN ledger g ON g.id = c.ledger_id "
_SUMS = (
    "sum(CASE l.bucket WHEN 'free' THEN l.delta ELSE 0 END), sum(CASE l.bucket WHEN 'pledged' THEN l.delta ELSE 0 END), "
    "sum(CASE l.bucket WHEN 'frozen' THEN l.delta ELSE 0 END)"
)
_FREE = (
    "SELECT a.id, a.class_id, a.person_id, h.held, 0, 0 FROM (SELECT account_id, sum(delta) AS held FROM share_line "
    "WHERE bucket = 'free' AND day <= ?1 GROUP BY account_id) h CROSS JOIN share_account a ON a.id = h.account_id "
)
"""What is free in every account that ever moved: nothing is pledged or frozen, sold or granted, but through it."""
_BOUND = (
    "SELECT account_id, bucket, sum(delta) FROM share_line WHERE bucket <> 'free' AND day <= ?1 "
    "GROUP BY account_id, bucket HAVING sum(delta) <> 0"
)
"""What is pledged and frozen, from an index of such lines alone, so that the many accounts without them cost nothing."""
_CLASS_TOTAL = (
    "SELECT coalesce((SELECT sum(l.delta) FROM share_event e CROSS JOIN share_line l ON l.event_id = e.number "
    "WHERE e.kind IN ('grant', 'cancel') AND e.class_id = ?1 AND e.day <= ?2), 0) "
    "+ coalesce((SELECT sum(l.delta) FROM (SELECT number FROM share_event WHERE kind = 'convert' AND day <= ?2 "
    "UNION ALL SELECT r.number FROM share_event r JOIN share_event t ON t.number = r.reverses WHERE r.kind = 'reverse' "
    "AND t.kind IN ('grant', 'cancel', 'convert') AND r.day <= ?2) d CROSS JOIN share_line l ON l.event_id = d.number "
    "CROSS JOIN share_account a ON a.id = l.account_id WHERE a.class_id = ?1), 0)"
)
"""Grants and cancellations are of one class (the database sees to it); what converts or reverses is looked at line by line."""
_EVENT = (
    "SELECT e.number, e.kind, e.class_id, e.day, coalesce(e.resolution, ''), e.contract, e.party, e.price, e.note, "
    "e.pledge_id, e.reverses, (SELECT r.number FROM share_event r WHERE r.reverses = e.number), e.person_id, "
    "e.household_id, e.case_id, e.entered_by, e.reviewed_by, e.entered_at, e.digest FROM share_event e "
)
_TOUCHING = (
    "e.day >= ?1 AND e.day <= ?2 AND e.number IN (SELECT l.event_id FROM share_account a CROSS JOIN share_line l "
    "ON l.account_id = a.id WHERE a.person_id IN ({people}) UNION ALL SELECT t.number FROM share_event t "
    "WHERE t.person_id IN ({people})) "
)
# What was registered less what was released, so that it can be held against what lies in the bucket (I5).
_OPEN = (
    "SELECT p.id, p.account_id, p.quantity, p.quantity + coalesce((SELECT sum(l.delta) FROM share_event e JOIN share_line l "
    "ON l.event_id = e.number WHERE e.pledge_id = p.id AND l.bucket = 'pledged' AND l.day <= ?1), 0) "
    "AS open, p.creditor, p.contract, e.day, p.expires, p.dividend_to FROM share_pledge p JOIN share_event e ON e.number = p.id "
)


class ShareQueries(Queries):
    """Classes, accounts and events of shares."""

    # Classes and charter

    def share_classes(self, ledger: str | None = None) -> list[ShareClass]:
        """Every class, of one ledger's organisation or of all, in the order they were made."""
        rows = self._all(f"{_CLASS}ORDER BY c.id")
        found = [ShareClass(i, code, name, k, bool(flag)) for i, code, name, k, flag in rows]
        return [one for one in found if ledger is None or one.ledger == ledger]

    def share_class(self, name: str, ledger: str = "collective") -> ShareClass:
        """A class by its name; raises ShareError naming those there are."""
        classes = self.share_classes(ledger)
        found = next((one for one in classes if one.name == name.strip()), None)
        if found is None:
            there = f"已设的有：{'、'.join(one.name for one in classes)}。" if classes else "请先设股份类别。"
            raise ShareError(f"没有“{name}”这一类股份{rule_words('填写')}", there)
        return found

    def charter(self, key: str, class_id: int | None, day: date) -> str | None:
        """What the charter says on a day, of the class before what it says of all; None where it says nothing."""
        return self._value(
            "SELECT value FROM share_charter WHERE key = ? AND (class_id = ? OR class_id IS NULL) AND effective <= ? "
            "ORDER BY class_id IS NULL, effective DESC, id DESC LIMIT 1",
            key,
            class_id,
            day.isoformat(),
        )

    def charter_values(self) -> list[CharterValue]:
        """Everything the charter was ever said to say, oldest first."""
        rows = self._all(
            "SELECT key, class_id, value, effective, source, entered_by FROM share_charter ORDER BY effective, id"
        )
        return [CharterValue(k, c, v, day_of(day), source, by) for k, c, v, day, source, by in rows]

    # What accounts hold

    def holdings(self, day: date | None = None, class_id: int | None = None) -> list[Holding]:
        """What every account that ever moved holds at the end of a day (None: after everything posted)."""
        until, only, more = _until(day), "", ()
        if class_id is not None:
            only, more = "WHERE a.class_id = ?2 ", (class_id,)
        bound: dict[int, dict[str, int]] = {}
        for account_id, bucket, quanta in self._all(_BOUND, until):
            bound.setdefault(account_id, {})[bucket] = quanta
        found = list(map(Holding._make, self._all(f"{_FREE}{only}", until, *more)))
        for place, one in enumerate(found) if bound else ():
            if (held := bound.get(one.account_id)) is not None:
                found[place] = one._replace(**held)
        return found

    def held_in_all(self, day: date) -> list[tuple[int, int, int | None, int]]:
        """Account, class, holder and quanta of every account at the end of a day, wherever in it they lie."""
        return self._all(
            "SELECT a.id, a.class_id, a.person_id, h.held FROM (SELECT account_id, sum(delta) AS held FROM share_line "
            "WHERE day <= ? GROUP BY account_id) h CROSS JOIN share_account a ON a.id = h.account_id",
            day.isoformat(),
        )

    def share_totals(self, day: date | None = None) -> dict[int, Balance]:
        """Per class what all accounts together hold at the end of a day; classes without events are left out."""
        rows = self._all(
            f"SELECT a.class_id, {_SUMS} FROM share_line l JOIN share_account a ON a.id = l.account_id "
            "WHERE l.day <= ? GROUP BY a.class_id",
            _until(day),
        )
        return {class_id: Balance(*sums) for class_id, *sums in rows}

    def class_total(self, class_id: int, day: date | None = None) -> int:
        """Quanta of a class in all: what grants, cancellations and conversions left of it."""
        value = self._value(_CLASS_TOTAL, class_id, _until(day))
        return int(value or 0)

    def class_moved_after(self, class_id: int, day: date) -> bool:
        """Whether any event of a later day moved shares of a class."""
        return bool(
            self._value(
                "SELECT EXISTS (SELECT 1 FROM share_event e CROSS JOIN share_line l ON l.event_id = e.number "
                "CROSS JOIN share_account a ON a.id = l.account_id WHERE e.day > ? AND a.class_id = ?)",
                day.isoformat(),
                class_id,
            )
        )

    def converted_by(self, class_id: int) -> int | None:
        """Number of the conversion that closed a class, reversals taken off; None while it is open."""
        return self._value(
            "SELECT number FROM share_event e WHERE kind = 'convert' AND class_id = ? "
            "AND NOT EXISTS (SELECT 1 FROM share_event r WHERE r.reverses = e.number)",
            class_id,
        )

    def share_account(self, class_id: int, person_id: int | None) -> int | None:
        """The account of a holder (None: the organisation) in a class, None where it never had one."""
        return self._value(
            "SELECT id FROM share_account WHERE class_id = ? AND person_id IS ?", class_id, person_id
        )

    def share_accounts(self) -> dict[int, tuple[int, int | None]]:
        """Every account: its class and its holder."""
        return {
            i: (c, person) for i, c, person in self._all("SELECT id, class_id, person_id FROM share_account")
        }

    def share_balance(self, account_id: int, day: date) -> int:
        """All that an account holds at the end of a day, in quanta."""
        value = self._value(
            "SELECT sum(delta) FROM share_line WHERE account_id = ? AND day <= ?", account_id, day.isoformat()
        )
        return int(value or 0)

    def share_history(self, account_id: int, day: date) -> list[Held]:
        """What each bucket of an account held at the end of a day, as one movement, and every movement after it."""
        on = day.isoformat()
        before = self._all(
            "SELECT bucket, sum(delta) FROM share_line WHERE account_id = ? AND day <= ? GROUP BY bucket",
            account_id,
            on,
        )
        after = self._all(
            "SELECT day, event_id, bucket, delta FROM share_line WHERE account_id = ? AND day > ? "
            "ORDER BY day, event_id, line",
            account_id,
            on,
        )
        return [Held(on, 0, *row) for row in before] + [Held(*row) for row in after]

    def holder_texts(self, day: date) -> dict[int | None, str]:
        """How each holder's account is written on a day: ``户编号/姓名``, the organisation (None) as 集体."""
        rows = self._all(
            "SELECT p.id, coalesce((SELECT h.code FROM household h WHERE h.id = (SELECT r.household_id FROM residence r "
            "WHERE r.person_id = p.id AND r.effective <= ?1 ORDER BY r.effective DESC, r.id DESC LIMIT 1)), ''), "
            "coalesce((SELECT f.value FROM person_fact f WHERE f.person_id = p.id AND f.field = 'name' AND f.effective <= ?1 "
            "ORDER BY f.effective DESC, f.id DESC LIMIT 1), '') FROM person p "
            "WHERE EXISTS (SELECT 1 FROM share_account a WHERE a.person_id = p.id)",
            day.isoformat(),
        )
        texts: dict[int | None, str] = {None: COLLECTIVE}
        texts.update((person, f"{code}/{name}") for person, code, name in rows)
        return texts

    def holders_renamed(self, first: date | None = None, last: date | None = None) -> list[tuple[int, date]]:
        """Holders and days on which something was written of household or name after they had shares."""
        rows = self._all(
            "SELECT DISTINCT c.person_id, c.effective FROM (SELECT person_id, effective FROM residence "
            "UNION SELECT person_id, effective FROM person_fact WHERE field = 'name') c "
            "WHERE c.effective >= ? AND c.effective <= ? AND EXISTS (SELECT 1 FROM share_account a JOIN share_line l "
            "ON l.account_id = a.id WHERE a.person_id = c.person_id AND l.day < c.effective)",
            first.isoformat() if first else _FIRST,
            _until(last),
        )
        return [(person, day_of(day)) for person, day in rows]

    def days_of_texts(self, first: date | None = None, last: date | None = None) -> list[date]:
        """Days from which anybody is written otherwise than before; between two of them ``holder_texts`` is the same."""
        rows = self._all(
            "SELECT effective FROM residence WHERE effective >= ?1 AND effective <= ?2 UNION "
            "SELECT effective FROM person_fact WHERE field = 'name' AND effective >= ?1 AND effective <= ?2 ORDER BY 1",
            first.isoformat() if first else _FIRST,
            _until(last),
        )
        return [day_of(day) for (day,) in rows]

    def redeemed(self, class_id: int, year: int) -> int:
        """Quanta of a class the organisation bought back in a year, reversals taken off."""
        value = self._value(
            "SELECT -sum(l.delta) FROM share_event e JOIN share_line l ON l.event_id = e.number "
            "WHERE e.kind = 'redeem' AND e.class_id = ? AND e.day >= ? AND e.day <= ? AND l.delta < 0 "
            "AND NOT EXISTS (SELECT 1 FROM share_event r WHERE r.reverses = e.number)",
            class_id,
            f"{year}-01-01",
            f"{year}-12-31",
        )
        return int(value or 0)

    # Events and pledges

    @one_snapshot
    def share_events(
        self, first: date | None = None, last: date | None = None, person_id: int | None = None
    ) -> list[StoredEvent]:
        """Events of some days in the order they were posted, of one person or of all."""
        since = first.isoformat() if first else _FIRST
        if person_id is None:
            return self._events("WHERE e.day >= ?1 AND e.day <= ?2 ", since, _until(last))
        return self._events(f"WHERE {_TOUCHING.format(people='?3')}", since, _until(last), person_id)

    @one_snapshot
    def events_of(self, people: Sequence[int], last: date | None = None) -> list[StoredEvent]:
        """Events up to a day that touched anybody of these, each once, in the order they were posted."""
        touching = _TOUCHING.format(people=marks_from(3, people))
        return self._events(f"WHERE {touching}", _FIRST, _until(last), *people)

    @one_snapshot
    def share_event(self, number: int) -> StoredEvent:
        """One event; raises ShareError when there is none."""
        found = self._events("WHERE e.number = ?1 ", number)
        if not found:
            raise ShareError(f"没有第 {number} 号份额变动", "请核对序号。")
        return found[0]

    def last_share_event(self) -> int:
        """Number of the newest event, 0 before the first."""
        return int(self._value("SELECT max(number) FROM share_event") or 0)

    def _events(self, where: str, *parameters: object) -> list[StoredEvent]:
        heads = self._all(f"{_EVENT}{where}ORDER BY e.number", *parameters)
        lines: dict[int, list[ShareLine]] = {head[0]: [] for head in heads}
        rows = self._all(
            "SELECT l.event_id, l.account_id, l.bucket, l.delta FROM share_line l WHERE l.event_id IN "
            f"(SELECT e.number FROM share_event e {where}) ORDER BY l.event_id, l.line",
            *parameters,
        )
        for number, account_id, bucket, delta in rows:
            lines[number].append(ShareLine(account_id, Bucket(bucket), delta))
        return [_event(head, tuple(lines[head[0]])) for head in heads]

    def open_pledges(self, day: date | None = None, account_id: int | None = None) -> list[Pledge]:
        """Pledges of which something is still open at the end of a day, of one account or of all, oldest first."""
        return self._pledges(day, account_id, open_only=True)

    def pledges(self, day: date | None = None) -> list[Pledge]:
        """Every pledge registered up to a day, those released long ago too."""
        return self._pledges(day, None, open_only=False)

    def _pledges(self, day: date | None, account_id: int | None, *, open_only: bool) -> list[Pledge]:
        found: list[Pledge] = []
        only, more = ("AND p.account_id = ?2 ", (account_id,)) if account_id is not None else ("", ())
        for i, account, quantity, left, creditor, contract, since, expires, to in self._all(
            f"{_OPEN}WHERE e.day <= ?1 {only}ORDER BY p.id", _until(day), *more
        ):
            if left > 0 or not open_only:
                until = day_of(expires) if expires else None
                found.append(Pledge(i, account, quantity, left, creditor, contract, day_of(since), until, to))
        return found

    # Days and cases

    def open_days(self, ledger: str) -> tuple[date, date]:
        """The first day a ledger is kept for, and the last of its open years."""
        first, last = self._all(
            "SELECT g.start_month, (SELECT max(p.month) FROM period p WHERE p.ledger_id = g.id) FROM ledger g WHERE g.id = ?",
            self._ledger_id(ledger),
        )[0]
        return day_of(f"{first}-01"), day_of(f"{last[:4]}-12-31")

    @one_snapshot
    def share_cases(self) -> list[ShareCase]:
        """Every case with its steps, newest first."""
        steps: dict[int, list[CaseStep]] = {}
        for case_id, state, day, note, by, at in self._all(
            "SELECT case_id, state, day, note, by, at FROM share_case_step ORDER BY id"
        ):
            steps.setdefault(case_id, []).append(CaseStep(state, day_of(day), note, by, at))
        rows = self._all(
            "SELECT c.id, c.kind, c.state, c.body, c.made_by, c.made_at, (SELECT max(e.number) FROM share_event e "
            "WHERE e.case_id = c.id) FROM share_case c ORDER BY c.id DESC"
        )
        return [
            ShareCase(i, EventKind(kind), state, body, by, at, tuple(steps.get(i, ())), event)
            for i, kind, state, body, by, at, event in rows
        ]

    def share_case(self, case_id: int) -> ShareCase:
        """One case; raises ShareError when there is none."""
        found = next((case for case in self.share_cases() if case.id == case_id), None)
        if found is None:
            raise ShareError(f"没有第 {case_id} 号办件{CASE_STEPS}", "请核对办件号。")
        return found


def _until(day: date | None) -> str:
    return EVER if day is None else day.isoformat()


def _event(head: Record, lines: tuple[ShareLine, ...]) -> StoredEvent:
    number, kind, class_id, day, resolution, contract, party, price, note, pledge, reverses = head[:11]
    reversed_by, person, household, case, by, reviewer, at, digest = head[11:]
    return StoredEvent(
        number=number,
        kind=EventKind(kind),
        class_id=class_id,
        day=day_of(day),
        resolution=resolution,
        contract=contract,
        party=party,
        price=price,
        note=note,
        pledge_id=pledge,
        reverses=reverses,
        reversed_by=reversed_by,
        person_id=person,
        household_id=household,
        case_id=case,
        entered_by=by,
        reviewed_by=reviewer,
        entered_at=at,
        digest=digest,
        lines=lines,
    )
