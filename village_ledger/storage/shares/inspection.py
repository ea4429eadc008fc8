"""Looking over the share register: the chain of events, their lines by kind, every bucket on every day, pledges, cases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from village_ledger.domain.chain import GENESIS, link
from village_ledger.domain.finding import Finding
from village_ledger.domain.share import Bucket, EventKind, ShareClass
from village_ledger.domain.share_chain import ChainedEvent, ChainedLine, ChainedPledge, event_bytes
from village_ledger.storage.queries import Queries

_ZERO = ("transfer", "gift", "inherit", "redeem", "pledge", "release", "foreclose", "freeze", "unfreeze")
_DECIDED = ("grant", "cancel", "convert", "redeem", "transfer", "gift", "inherit", "pledge", "foreclose")


class ShareInspection(Queries):
    """Findings about the share register of one open book."""

    def chain(self) -> Iterator[Finding]:
        """V61: events are numbered without a gap and say what they said when they were posted."""
        lines: dict[int, list[ChainedLine]] = {}
        for number, *line in self._all(
            "SELECT l.event_id, a.class_id, coalesce(a.person_id, 0), l.bucket, l.delta FROM share_line l "
            "LEFT JOIN share_account a ON a.id = l.account_id ORDER BY l.event_id, l.line"
        ):
            lines.setdefault(number, []).append(ChainedLine(*line))
        pledges = {
            number: ChainedPledge(*rest)
            for number, *rest in self._all(
                "SELECT id, quantity, creditor, contract, expires, dividend_to FROM share_pledge"
            )
        }
        previous, expected = GENESIS, 0
        for *head, before, digest in self._all(
            "SELECT number, kind, class_id, day, resolution, contract, party, price, note, pledge_id, reverses, person_id, "
            "household_id, entered_by, reviewed_by, entered_at, previous, digest FROM share_event ORDER BY number"
        ):
            event, expected = ChainedEvent(*head), expected + 1
            record = _record(event.number)
            if event.number != expected:
                yield Finding("V61", record, "份额变动断号", "", str(expected), str(event.number))
                expected = event.number
            text = event_bytes(event, lines.pop(event.number, ()), pledges.pop(event.number, None))
            if bytes(before) != previous:
                yield Finding("V61", record, "和上一笔份额变动接不上")
            if bytes(digest) != link(bytes(before), text):
                yield Finding("V61", record, "内容和登记时不同")
            previous = bytes(digest)
        for number in sorted({*lines, *pledges}):
            yield Finding("V61", _record(number), "有明细或质押登记，没有这笔变动")
        yield from self._days()

    def _days(self) -> Iterator[Finding]:
        for (number,) in self._all(
            "SELECT DISTINCT e.number FROM share_event e JOIN share_line l ON l.event_id = e.number WHERE l.day <> e.day"
        ):
            yield Finding("V61", _record(number), "明细的日期不是变动的日期")

    def shapes(self) -> Iterator[Finding]:
        """V62: the lines of each kind sum to what the kind allows, and a reversal is the exact negative (I2, I3)."""
        classes = {one.id: one for one in self._book.reader().share_classes()}
        for number, kind, class_id, total in self._all(
            "SELECT e.number, e.kind, e.class_id, coalesce(sum(l.delta), 0) FROM share_event e "
            "LEFT JOIN share_line l ON l.event_id = e.number GROUP BY e.number ORDER BY e.number"
        ):
            name = EventKind(kind).words
            wrong = (
                (kind in _ZERO and total != 0)
                or (kind == "grant" and total <= 0)
                or (kind == "cancel" and total >= 0)
            )
            if wrong:
                yield Finding(
                    "V62", _record(number), f"{name}的明细合计不对", found=_text(classes.get(class_id), total)
                )
        for (number,) in self._all(
            "SELECT r.number FROM share_event r WHERE r.kind = 'reverse' AND EXISTS (SELECT account_id, bucket, -delta "
            "FROM share_line WHERE event_id = r.reverses EXCEPT SELECT account_id, bucket, delta FROM share_line "
            "WHERE event_id = r.number)"
        ):
            yield Finding("V62", _record(number), "冲销不是原来那笔的相反数")

    def buckets(self) -> Iterator[Finding]:
        """V63: no bucket of any account is below zero at the end of any event's day (I1)."""
        reader = self._book.reader()
        classes, accounts = {one.id: one for one in reader.share_classes()}, reader.share_accounts()
        rows = self._all(
            "SELECT account_id, bucket, min(day), min(held) FROM (SELECT account_id, bucket, day, sum(delta) OVER "
            "(PARTITION BY account_id, bucket ORDER BY day, event_id) AS held FROM share_line) WHERE held < 0 "
            "GROUP BY account_id, bucket"
        )
        for account_id, bucket, day, held in rows:
            class_id, person_id = accounts.get(account_id, (0, None))
            who = "集体" if person_id is None else self._name(person_id)
            share_class = classes.get(class_id)
            words = f"{share_class.name if share_class else ''}{Bucket(bucket).words}的份额在 {day} 小于零"
            yield Finding("V63", f"份额账户 {who}", words, found=_text(share_class, held))

    def pledges(self) -> Iterator[Finding]:
        """V64: what is open of an account's pledges is what lies in its pledged bucket (I5)."""
        reader = self._book.reader()
        classes, accounts = {one.id: one for one in reader.share_classes()}, reader.share_accounts()
        for (number,) in self._all(
            "SELECT p.id FROM share_pledge p WHERE p.quantity IS NOT (SELECT sum(l.delta) FROM share_line l "
            "WHERE l.event_id = p.id AND l.bucket = 'pledged' AND l.account_id = p.account_id)"
        ):
            yield Finding("V64", _record(number), "质押登记的数量不是这笔变动的数量")
        opened: dict[int, int] = {}
        for pledge in reader.pledges():
            opened[pledge.account_id] = opened.get(pledge.account_id, 0) + pledge.open
            if pledge.open < 0:
                yield Finding("V64", _record(pledge.id), "解除的质押多于登记的")
        for holding in reader.holdings():
            registered = opened.pop(holding.account_id, 0)
            if registered != holding.balance.pledged:
                class_id, person_id = accounts[holding.account_id]
                who = "集体" if person_id is None else self._name(person_id)
                share_class = classes.get(class_id)
                yield Finding(
                    "V64",
                    f"份额账户 {who}",
                    "质押登记和质押的份额不相等",
                    expected=_text(share_class, registered),
                    found=_text(share_class, holding.balance.pledged),
                )

    def grounds(self) -> Iterator[Finding]:
        """V65: what must be decided names a resolution no later than itself, and a case is where its steps say."""
        for (number,) in self._all(
            f"SELECT e.number FROM share_event e LEFT JOIN resolution r ON r.number = e.resolution WHERE e.kind IN {_DECIDED} "
            "AND (r.number IS NULL OR r.day > e.day)"
        ):
            yield Finding("V65", _record(number), "没有它所依据的决议，或决议晚于变动")
        for case_id, state, step in self._all(
            "SELECT c.id, c.state, coalesce((SELECT s.state FROM share_case_step s WHERE s.case_id = c.id "
            "AND s.state <> 'papers' ORDER BY s.id DESC LIMIT 1), '') FROM share_case c"
        ):
            if state != step:
                yield Finding("V65", f"第 {case_id} 号办件", "状态和办理步骤不符", "", step, state)
        for case_id, events in self._all(
            "SELECT c.id, (SELECT count(*) FROM share_event e WHERE e.case_id = c.id) AS n FROM share_case c "
            "WHERE (c.state = 'posted') <> (n = 1)"
        ):
            yield Finding("V65", f"第 {case_id} 号办件", "登记的变动和状态不符", found=str(events))
        for (number,) in self._all(
            "SELECT number FROM share_event WHERE reviewed_by <> '' AND reviewed_by = entered_by"
        ):
            yield Finding("V65", _record(number), "经办和复核是同一个人")

    def _name(self, person_id: int) -> str:
        return str(
            self._value(
                "SELECT value FROM person_fact WHERE person_id = ? AND field = 'name' ORDER BY effective DESC, id DESC LIMIT 1",
                person_id,
            )
            or person_id
        )


def _record(number: Any) -> str:
    return f"份额变动第 {number} 号"


def _text(share_class: ShareClass | None, quanta: int) -> str:
    return str(quanta) if share_class is None else share_class.text(quanta)
