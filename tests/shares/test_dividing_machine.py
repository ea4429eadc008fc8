"""The same clerk, and once a dividend among it all: shared out to the fen by the second opinion, the past shut behind it."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import event, settings
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.builders import COLLECTIVE as LEDGER
from tests.shares.machine_village import CLASSES, GIVEN, HOMES, LAST, START
from tests.shares.model import COLLECTIVE, largest_remainder
from tests.shares.test_clerk_machine import EACH, STEPS, ShareClerk
from village_ledger.domain.errors import LedgerError
from village_ledger.services.dividends import dividends

FINEST = max(terms.decimals for terms in CLASSES.values())


class DividingClerk(ShareClerk):
    """A used record date shuts everything up to it (I9); its lines are the register of that day (I15)."""

    @precondition(lambda self: self.model.used_record_date is None and len(self.model.acts) > 6)
    @rule(
        day=st.integers(0, LAST), fen=st.sampled_from([1, 7, 100, 33_333, 8_888_888, 10_000_000, 10_000_001])
    )
    def divide(self, day: int, fen: int) -> None:
        record = START + timedelta(days=day)
        expected = self.lines_of(record, fen)
        possible = fen <= 10_000_000 and any(
            who != COLLECTIVE and fen_ for (who, _), (*_, fen_) in expected.items()
        )
        refused, given = "", 0
        try:
            with self.village.act() as uow:
                day_paid = START + timedelta(days=LAST)
                given = dividends.post(uow, LEDGER, 2024, fen, record, day_paid, GIVEN).value.id
        except LedgerError as refusal:
            refused = str(refusal)
        event("dividend refused" if refused else "dividend")
        assert possible == (not refused), refused
        if refused:
            assert "（规则 D" in refused, refused
            return
        self.model.used_record_date = record
        found = {
            (COLLECTIVE if line.kind == "collective" else line.holder, self.classes[line.class_id]): (
                line.kind,
                line.quantity,
                line.amount,
            )
            for line in self.village.reader.dividend_lines(given)
        }
        assert found == expected
        assert sum(amount for *_, amount in found.values()) == fen

    def lines_of(self, record, fen: int) -> dict[tuple[str, str], tuple[str, int, int]]:
        """(holder, class) to its kind, quanta and fen, largest remainder, ties by account and class."""
        model = self.model
        held = [
            (model.account(who, record), place, who, share, model.has(share, who, record))
            for place, share in enumerate(CLASSES)
            for who in (*HOMES, COLLECTIVE)
        ]
        held = sorted(one for one in held if one[-1])
        if not held:
            return {}
        weights = [quanta * 10 ** (FINEST - CLASSES[share].decimals) for *_, share, quanta in held]
        amounts = largest_remainder(fen, weights)
        return {
            (who, share): (self.kind(who, record), quanta, amount)
            for (_, _, who, share, quanta), amount in zip(held, amounts, strict=True)
        }

    def kind(self, who: str, record) -> str:
        if who == COLLECTIVE:
            return "collective"
        if self.model.people[who].is_dead(record):
            return "estate"
        return "member" if self.model.people[who].is_member(record) else "outsider"


TestDividingClerk = DividingClerk.TestCase
TestDividingClerk.settings = settings(
    max_examples=-(-STEPS // EACH) if STEPS else 8, stateful_step_count=EACH if STEPS else 25
)
del ShareClerk
