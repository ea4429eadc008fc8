"""Hypothesis plays the share clerk: any event, any day, any quantity, in any order; the register foretells every answer.

Beside the book stands the second opinion of ``model``, which knows the text of §5.4 and nothing of the program. What it
refuses must be refused, what it accepts must be done, and both must say the same of every day. People die, deaths are
taken back, households split and merge, classes are converted into others, all in between.

A run of N steps: ``VILLAGE_LEDGER_SHARE_STEPS=10000``.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import ExitStack
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from hypothesis import event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from tests.builders import Village
from tests.shares.machine_village import (
    CAPPED,
    CLASSES,
    EVERYBODY,
    FINE,
    HOMES,
    LAST,
    MORE_HOMES,
    NEW,
    OPEN,
    OUTSIDER,
    START,
    VOTES,
    blank,
)
from tests.shares.model import (
    BUCKETS,
    COLLECTIVE,
    FREE,
    FROZEN,
    Act,
    Folk,
    Register,
)
from tests.shares.replay import replay, rows
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.share import EventKind, format_shares
from village_ledger.domain.share_events import EventRequest, Part
from village_ledger.reports.catalogue import ReportRequest, make
from village_ledger.reports.pens.render_text import csv_text
from village_ledger.services.people import people
from village_ledger.services.shares import shares
from village_ledger.storage.people.records import Holding, Pledge

STEPS = int(os.environ.get("VILLAGE_LEDGER_SHARE_STEPS", "0"))
EACH = 40
"""Steps of one book."""
holders = st.sampled_from(EVERYBODY)
classes = st.sampled_from([*[OPEN, CAPPED] * 3, NEW, FINE])
days = st.integers(0, LAST)
wants = st.sampled_from(["one", "half", "all", "all", "one too many"])
board = st.sampled_from(["理1"] * 24 + ["社1", "代1", "理2", "理3", "理9", "社2", ""])
assembly = st.sampled_from(["社1"] * 24 + ["代1", "代2", "社2", "社3", "理1", ""])
picks = st.integers(0, 50)
later = st.integers(-1, 20)


class ShareClerk(RuleBasedStateMachine):
    """The clerk, the papers she is brought, and somebody who reads the law over her shoulder."""

    @initialize()
    def open_the_book(self) -> None:
        self.stack = ExitStack()
        folder = self.stack.enter_context(tempfile.TemporaryDirectory(prefix="village_"))
        book = Path(shutil.copyfile(blank(), Path(folder, "村.vledger")))
        self.village = self.stack.enter_context(Village(book))
        since = date(2020, 1, 1)
        folk = {
            name: Folk(None if name == OUTSIDER else since, lives=[(since, home)])
            for name, home in HOMES.items()
        }
        self.model = Register(dict(CLASSES), folk)
        self.names = {person.id: person.name for person in self.village.reader.people()}
        self.classes = {one.id: one.name for one in self.village.reader.share_classes()}
        for share in (OPEN, CAPPED):
            self.ask(
                Act("grant", START, share, "", tuple((who, 20) for who in EVERYBODY), VOTES["社1"]), "社1"
            )

    def teardown(self) -> None:
        if hasattr(self, "stack"):
            with self.stack:
                for day in range(-1, LAST + 2):
                    self.compare(START + timedelta(days=day))
                assert self.village.verify() == []
                self.replay()

    def replay(self) -> None:
        """Whoever adds up the exported csv, and knows nothing else, has the register of every day."""
        table = make(self.village.reader, "share-movements", ReportRequest())
        moved = rows("".join(csv_text(table)))
        for day in (START + timedelta(days=n) for n in range(-1, LAST + 2)):
            expected = {
                (self.model.account(holder, day), share): tuple(
                    Decimal(buckets[bucket]).scaleb(-CLASSES[share].decimals) for bucket in BUCKETS
                )
                for (share, holder), buckets in self.model.balances(day).items()
                if any(buckets.values())
            }
            assert replay(moved, day.isoformat()) == expected

    # Papers

    @rule(
        share=classes,
        day=days,
        who=st.lists(holders, min_size=1, max_size=3, unique=True),
        n=st.integers(1, 9),
        paper=assembly,
    )
    def grant(self, share: str, day: int, who: list[str], n: int, paper: str) -> None:
        self.put("grant", share, "", [(one, n) for one in who], day, paper)

    @rule(share=classes, day=days, pick=picks, want=wants, paper=assembly)
    def cancel(self, share: str, day: int, pick: int, want: str, paper: str) -> None:
        who, n = self.some(share, day, pick, want)
        self.put("cancel", share, who, [(who, n)], day, paper)

    @rule(
        kind=st.sampled_from(["transfer", "gift"]),
        share=classes,
        day=days,
        pick=picks,
        to=holders,
        want=wants,
        paper=board,
    )
    def hand_over(self, kind: str, share: str, day: int, pick: int, to: str, want: str, paper: str) -> None:
        who, n = self.some(share, day, pick, want)
        self.put(kind, share, who, [(to, n)], day, paper)

    @rule(share=classes, day=days, pick=picks, want=wants, paper=assembly)
    def redeem(self, share: str, day: int, pick: int, want: str, paper: str) -> None:
        who, n = self.some(share, day, pick, want)
        self.put("redeem", share, who, [(COLLECTIVE, n)], day, paper)

    @rule(
        share=classes,
        day=st.integers(8, LAST),
        pick=picks,
        heirs=st.lists(st.sampled_from([*HOMES]), min_size=1, max_size=3, unique=True),
        wrong=st.sampled_from([0, 0, 0, 0, 1, -1]),
        paper=board,
    )
    def inherit(self, share: str, day: int, pick: int, heirs: list[str], wrong: int, paper: str) -> None:
        """Mostly of somebody dead, mostly to somebody who is not."""
        dead = [who for who in HOMES if self.model.people[who].died] if pick < 45 else []
        dead = (dead or [*HOMES])[pick % len(dead or HOMES)]
        alive = [heir for heir in heirs if self.model.people[heir].died is None]
        heirs = alive or heirs
        estate = self.model.has(share, dead, START + timedelta(days=day)) + wrong
        first = estate - estate // len(heirs) * (len(heirs) - 1)
        parts = [(heir, estate // len(heirs) if place else first) for place, heir in enumerate(heirs)]
        self.put("inherit", share, dead, parts, day, paper)

    @rule(share=classes, day=days, pick=picks, want=wants, paper=board)
    def pledge(self, share: str, day: int, pick: int, want: str, paper: str) -> None:
        who, n = self.some(share, day, pick, want)
        self.put("pledge", share, who, [(who, n)], day, paper)

    @precondition(lambda self: self.pledges)
    @rule(later=later, pick=picks, want=wants, other=holders, strange=st.integers(0, 9))
    def release(self, later: int, pick: int, want: str, other: str, strange: int) -> None:
        number, pledge, day, n = self.open_pledge(later, pick, want)
        who = other if strange == 0 else pledge.giver
        self.put("release", pledge.share, who, [(who, n)], day, "", undoes=number)

    @precondition(lambda self: self.pledges)
    @rule(later=later, pick=picks, want=wants, to=holders, paper=board)
    def foreclose(self, later: int, pick: int, want: str, to: str, paper: str) -> None:
        number, pledge, day, n = self.open_pledge(later, pick, want)
        self.put("foreclose", pledge.share, pledge.giver, [(to, n)], day, paper, undoes=number)

    @rule(share=classes, day=days, pick=picks, want=wants)
    def freeze(self, share: str, day: int, pick: int, want: str) -> None:
        who, n = self.some(share, day, pick, want)
        self.put("freeze", share, who, [(who, n)], day, "")

    @rule(share=classes, day=days, pick=picks, want=wants)
    def unfreeze(self, share: str, day: int, pick: int, want: str) -> None:
        frozen = [
            (act.day - START).days for act in self.model.acts if act.kind == "freeze" and act.share == share
        ]
        day = max([day, *frozen]) if pick < 40 else day
        who, n = self.some(share, day, pick, want, FROZEN)
        self.put("unfreeze", share, who, [(who, n)], day, "")

    @rule(pick=st.integers(0, 7), later=later)
    def reverse(self, pick: int, later: int) -> None:
        """Nearly always one of the newest, sometimes one that is not there."""
        number = max(1, len(self.model.acts) + 1 - pick)
        last = self.model.acts[number - 1].day if number <= len(self.model.acts) else START
        day = min(max(last + timedelta(days=later), START), START + timedelta(days=LAST))
        self.ask(Act("reverse", day, undoes=number), "")

    @rule(
        kind=st.sampled_from(["split", "merge"]),
        who=st.sampled_from([*[*HOMES] * 5, COLLECTIVE]),
        day=days,
        home=st.sampled_from([*HOMES.values(), *MORE_HOMES]),
    )
    def change_household(self, kind: str, who: str, day: int, home: str) -> None:
        self.ask(Act(kind, START + timedelta(days=day), giver=who, to=home), "")

    @rule(who=st.sampled_from([*HOMES]), day=days, home=st.sampled_from([*HOMES.values()]))
    def marry(self, who: str, day: int, home: str) -> None:
        """Somebody moves without any share event."""
        move = Act("merge", START + timedelta(days=day), giver=who, to=home)
        if not self.model.faults(move):
            with self.village.act() as uow:
                one = uow.reader.person_at(self.model.account(who, move.day), move.day)
                people.move_household(uow, one, home, move.day, "结婚")
            self.model.people[who].lives.append((move.day, home))

    @rule(
        old=classes,
        new=classes,
        day=days,
        ratio=st.sampled_from(["1", "2", "1.5", "3:7", "0.001"]),
        early=st.integers(0, 5),
        paper=assembly,
    )
    def convert(self, old: str, new: str, day: int, ratio: str, early: int, paper: str) -> None:
        """Mostly on a day after everything that moved in the class, and of a class in which nothing is bound."""
        moved = [
            made.day
            for made, lines in zip(self.model.acts, self.model.lines, strict=True)
            if any(line.share == old for line in lines)
        ]
        on: date = max([START + timedelta(days=day), *(moved if early else [])])
        new_for_old, _, per = ratio.partition(":")
        part = Fraction(new_for_old) / Fraction(per or 1)
        self.ratio = ratio
        self.ask(Act("convert", on, old, vote=VOTES.get(paper), to=new, ratio=part), paper)

    @rule(who=st.sampled_from([*HOMES]), day=days)
    def die(self, who: str, day: int) -> None:
        """One of those who are still alive dies, unless nobody would be left; a death may be written down late."""
        folk, on = self.model.people, START + timedelta(days=day)
        if folk[who].died is None and sum(one.died is None for one in folk.values()) > 3:
            with self.village.act() as uow:
                people.record_death(uow, self.model.account(who, date.max), on, "死亡登记")
            folk[who].died = on

    @rule(who=st.sampled_from([*HOMES]), day=days, back=st.booleans())
    def mend_a_death(self, who: str, day: int, back: bool) -> None:
        """The wrong person, or the wrong day."""
        one, on = self.model.people[who], START + timedelta(days=day)
        if one.died not in {None, on}:
            with self.village.act() as uow:
                key = self.model.account(who, date.max)
                people.correct_death(uow, key, None if back else on, "派出所更正")
            one.died = None if back else on

    # What is brought to the desk

    def some(self, share: str, day: int, pick: int, want: str, bucket: str = FREE) -> tuple[str, int]:
        """Mostly somebody who has shares in the bucket, and how many are wanted."""
        on = START + timedelta(days=day)
        rich = [who for who in EVERYBODY if self.model.has(share, who, on, bucket) > 0]
        who = (
            (rich or EVERYBODY)[pick % len(rich or EVERYBODY)]
            if pick < 45
            else EVERYBODY[pick % len(EVERYBODY)]
        )
        return who, _wanted(self.model.has(share, who, on, bucket), want)

    @property
    def pledges(self) -> list[int]:
        return [n for n, act in enumerate(self.model.acts, 1) if act.kind == "pledge"]

    def open_pledge(self, later: int, pick: int, want: str) -> tuple[int, Act, int, int]:
        """Mostly a pledge of which something is open in the end, its number, a day after it, how many are wanted."""
        acts = self.model.acts
        still = [n for n in self.pledges if self.model.open_pledge(n, START + timedelta(days=LAST)) > 0]
        some = (still if pick < 45 else []) or self.pledges
        number = some[pick % len(some)]
        day = max(0, min(LAST, (acts[number - 1].day - START).days + later))
        open_then = self.model.open_pledge(number, START + timedelta(days=day))
        return number, acts[number - 1], day, _wanted(open_then, want)

    def put(
        self,
        kind: str,
        share: str,
        giver: str,
        parts: list[tuple[str, int]],
        day: int,
        paper: str,
        *,
        undoes: int = 0,
    ) -> None:
        on = START + timedelta(days=day)
        self.ask(Act(kind, on, share, giver, tuple(parts), VOTES.get(paper), undoes), paper)

    def ask(self, act: Act, paper: str) -> None:
        """The program answers as the model foretells."""
        faults, refused = self.model.faults(act), ""
        event("-".join([act.kind, *faults]))
        try:
            with self.village.act() as uow:
                shares.post(uow, self.request(act, paper))
        except LedgerError as refusal:
            refused = str(refusal)
        if refused:
            assert faults, f"refused, though no rule forbids it: {act}\n{refused}"
            assert "（规则 " in refused, f"{faults} forbid it, and it is not said: {act}\n{refused}"
        else:
            assert not faults, f"done, though {faults} forbid it: {act}"
            assert self.model.post(act) == []
        for day in (act.day - timedelta(days=1), act.day, START + timedelta(days=LAST)):
            self.compare(day)

    def request(self, act: Act, paper: str) -> EventRequest:
        """The act as the program is asked for it."""
        if act.kind == "reverse":
            return EventRequest(EventKind.REVERSE, "", act.day, reverses=act.undoes)
        if act.kind in {"split", "merge"}:
            return EventRequest(EventKind(act.kind), "", act.day, from_=self.account(act), to=act.to)
        if act.kind == "convert":
            kind = EventKind.CONVERT
            return EventRequest(kind, act.share, act.day, to=act.to, quantity=self.ratio, resolution=paper)
        decimals = CLASSES[act.share].decimals
        parts = tuple(
            Part(self.model.account(who, act.day), format_shares(n, decimals)) for who, n in act.parts
        )
        several = act.kind in {"grant", "inherit"}
        return EventRequest(
            EventKind(act.kind),
            act.share,
            act.day,
            from_=self.account(act),
            to=parts[0].account
            if not several and act.kind in {"transfer", "gift", "redeem", "foreclose"}
            else "",
            quantity="" if several else parts[0].quantity,
            parts=parts if several else (),
            resolution=paper,
            contract="质" if act.kind == "pledge" else "",
            party="农商行" if act.kind == "pledge" else "",
            pledge=act.undoes or None,
        )

    def account(self, act: Act) -> str:
        return self.model.account(act.giver, act.day) if act.giver else ""

    def compare(self, day: date) -> None:
        """Both registers say the same of a day."""
        model, reader = self.model, self.village.reader
        ours = {key: buckets for key, buckets in model.balances(day).items() if any(buckets.values())}
        held = [one for one in reader.holdings(day) if one.balance.total]
        assert {self.key(one): _buckets(one) for one in held} == ours
        accounts = {one.account_id: self.key(one) for one in reader.holdings()}
        pledges = {
            n: model.open_pledge(n, day) for n, act in enumerate(model.acts, 1) if act.kind == "pledge"
        }
        still = [pledge for pledge in reader.open_pledges(day) if pledge.open]
        assert {pledge.id: pledge.open for pledge in still} == {
            n: left for n, left in pledges.items() if left
        }
        for pledge in still:
            assert accounts[pledge.account_id] == self.owner(pledge)

    def owner(self, pledge: Pledge) -> tuple[str, str]:
        act = self.model.acts[pledge.id - 1]
        return act.share, act.giver

    def key(self, one: Holding) -> tuple[str, str]:
        return self.classes[one.class_id], COLLECTIVE if one.person_id is None else self.names[one.person_id]


def _buckets(one: Holding) -> dict[str, int]:
    return dict(zip(BUCKETS, (one.balance.free, one.balance.pledged, one.balance.frozen), strict=True))


def _wanted(there: int, want: str) -> int:
    return {"one": 1, "half": there // 2, "all": there, "one too many": there + 1}[want] or 1


TestShareClerk = ShareClerk.TestCase
TestShareClerk.settings = settings(
    max_examples=-(-STEPS // EACH) if STEPS else 12, stateful_step_count=EACH if STEPS else 25
)
