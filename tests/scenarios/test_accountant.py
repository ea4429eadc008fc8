"""Hypothesis plays the accountant: anything she may do, in any order, and the books hold after every step.

Beside the book stands a small model of what should be in it: which vouchers there are, how far each has come, which
months are closed. Every act is foretold from the model, done or refused, and the book must agree.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    precondition,
    rule,
)

from tests.builders import COLLECTIVE, COMMITTEE, LI, WANG, ZHAO, a_village, draft, in_file
from tests.scenarios.model import ENTERED, POSTED, REVIEWED, VOID, Model, Page, refused_unless
from village_ledger.domain.period import Month, Span
from village_ledger.domain.voucher import StoredVoucher
from village_ledger.services.closing import closing

if TYPE_CHECKING:
    from village_ledger.domain.voucher import Draft

ACCOUNTS = {
    COLLECTIVE: ["101", "102", "113@张三", "113@李四", "501", "513", "153#通组路"],
    COMMITTEE: ["1001", "1002", "4401", "5102", "2201@县公司"],
}
ledgers = st.sampled_from([COLLECTIVE, COLLECTIVE, COMMITTEE])
months = st.integers(1, 3)
days = st.integers(1, 28)
people = st.sampled_from([WANG, WANG, LI, ZHAO])
fen = st.integers(1, 10**8)


class Accountant(RuleBasedStateMachine):
    """王秀英 at her desk, with 李建国 and 赵平 looking over her shoulder."""

    vouchers = Bundle("vouchers")
    drafts = Bundle("drafts")

    @initialize(opening=st.booleans())
    def open_the_book(self, opening: bool) -> None:
        self.stack = ExitStack()
        self.village = self.stack.enter_context(a_village())
        self.model = Model()
        if opening:
            self.village.open_with("借 101 5000", "借 113@张三 300", "贷 311 5300")

    def teardown(self) -> None:
        if hasattr(self, "stack"):
            self.stack.close()

    def typed(
        self, ledger: str, month: int, day: int, amount: int, pair: tuple[int, int], word: str = "记"
    ) -> Draft:
        codes = ACCOUNTS[ledger]
        debit, credit = codes[pair[0] % len(codes)], codes[pair[1] % len(codes)]
        yuan = f"{amount // 100}.{amount % 100:02d}"
        entries = f"借 {debit} {yuan}; 贷 {credit} {yuan}"
        return draft(f"2025-{month:02d}-{day:02d}", "某事", entries, ledger, word=word)

    def note(self, stored: StoredVoucher, undoes: int | None = None) -> int:
        self.model.pages[stored.id] = Page(
            stored.ledger,
            str(stored.ref.month),
            stored.ref.word,
            stored.voucher.day.day,
            stored.state,
            stored.prepared_by,
            undoes=undoes,
        )
        return stored.id

    pairs = st.tuples(st.integers(0, 6), st.integers(0, 6))

    # Entering

    @rule(
        target=vouchers,
        ledger=ledgers,
        month=months,
        day=days,
        amount=fen,
        pair=pairs,
        word=st.sampled_from(["记", "记", "收"]),
        by=people,
    )
    def enter(
        self, ledger: str, month: int, day: int, amount: int, pair: tuple[int, int], word: str, by: str
    ):
        typed = self.typed(ledger, month, day, amount, pair, word)
        before = len(self.model.of(ledger, typed.day[:7], word))
        with refused_unless((ledger, typed.day[:7]) not in self.model.closed):
            stored = self.village.save(typed, by).value
            assert stored.ref.number == before + 1
            return self.note(stored)
        return multiple()

    @rule(target=drafts, ledger=ledgers, month=months, day=days, amount=fen, pair=pairs)
    def begin_a_draft(self, ledger: str, month: int, day: int, amount: int, pair: tuple[int, int]):
        return self.village.autosave(self.typed(ledger, month, day, amount, pair))

    @rule(target=vouchers, draft_id=consumes(drafts))
    def finish_a_draft(self, draft_id: int):
        (kept,) = [d for d in self.village.reader.drafts() if d.id == draft_id]
        with refused_unless((kept.draft.ledger, kept.draft.day[:7]) not in self.model.closed):
            stored = self.village.save(kept.draft, draft_id=draft_id).value
            assert draft_id not in {d.id for d in self.village.reader.drafts()}
            return self.note(stored)
        return multiple()

    @rule(voucher=vouchers, month=months, day=days, amount=fen, pair=pairs, by=people)
    def rewrite(
        self, voucher: int, month: int, day: int, amount: int, pair: tuple[int, int], by: str
    ) -> None:
        page = self.model.pages.get(voucher)
        ledger, word = (page.ledger, page.word) if page else (COLLECTIVE, "记")
        typed = self.typed(ledger, month, day, amount, pair, word)
        typed.editing = voucher
        allowed = (
            page is not None
            and page.state is ENTERED
            and page.undoes is None
            and self.model.is_open(page)
            and (ledger, typed.day[:7]) not in self.model.closed
            and (typed.day[:7] == page.month or self.is_last(voucher))
        )
        with refused_unless(allowed):
            stored = self.village.save(typed, by).value
            assert stored.id == voucher
            self.note(stored)

    def is_last(self, voucher: int) -> bool:
        page = self.model.pages[voucher]
        number = self.village.reader.voucher(voucher).ref.number
        return number == len(self.model.of(page.ledger, page.month, page.word))

    # A second pair of eyes

    @rule(voucher=vouchers, by=people)
    def review(self, voucher: int, by: str) -> None:
        page = self.model.pages.get(voucher)
        allowed = page is not None and page.state is ENTERED and page.maker != by and self.model.is_open(page)
        with refused_unless(allowed):
            self.village.review(self.stored(voucher), by=by)
            assert page is not None
            page.state, page.reviewer = REVIEWED, by

    def stored(self, voucher: int) -> StoredVoucher:
        return self.village.reader.voucher(voucher)

    @rule(voucher=vouchers, by=people)
    def unreview(self, voucher: int, by: str) -> None:
        page = self.model.pages.get(voucher)
        allowed = (
            page is not None and page.state is REVIEWED and page.reviewer == by and self.model.is_open(page)
        )
        with refused_unless(allowed):
            self.village.unreview(self.stored(voucher), by=by)
            assert page is not None
            page.state, page.reviewer = ENTERED, ""

    @rule(voucher=vouchers, by=people)
    def give_back(self, voucher: int, by: str) -> None:
        page = self.model.pages.get(voucher)
        allowed = (
            page is not None
            and page.state in (ENTERED, REVIEWED)
            and page.maker != by
            and self.model.is_open(page)
        )
        with refused_unless(allowed):
            back = self.village.give_back(self.stored(voucher), "缺附件", by=by)
            assert back.return_reason == "缺附件"
            assert page is not None
            page.state, page.reviewer = ENTERED, ""

    # Posting and what follows

    @rule(some=st.lists(vouchers, min_size=1, max_size=4, unique=True))
    def post(self, some: list[int]) -> None:
        pages = [self.model.pages.get(i) for i in some]
        allowed = all(p is not None and p.state is REVIEWED and self.model.is_open(p) for p in pages)
        with refused_unless(allowed):
            self.village.post(*[self.stored(i) for i in some])
            self.mark_posted(some)

    @rule()
    def review_and_post_all_that_waits(self) -> None:
        """The end of a busy day: 赵平 looks at everything that is not his."""
        waiting = [
            i
            for i, p in self.model.pages.items()
            if p.state is ENTERED and p.maker != ZHAO and self.model.is_open(p)
        ]
        for voucher in waiting:
            self.review(voucher, ZHAO)
        passed = [i for i, p in self.model.pages.items() if p.state is REVIEWED and self.model.is_open(p)]
        self.village.post(*[self.stored(i) for i in passed])
        self.mark_posted(passed)

    def mark_posted(self, some: list[int]) -> None:
        for voucher in some:
            self.model.pages[voucher].state = POSTED
            self.model.pages[voucher].content = self.stored(voucher).voucher

    @rule(voucher=vouchers)
    def void(self, voucher: int) -> None:
        page = self.model.pages.get(voucher)
        allowed = page is not None and page.state in (ENTERED, REVIEWED) and self.model.is_open(page)
        with refused_unless(allowed):
            self.village.void(self.stored(voucher))
            assert page is not None
            page.state, page.reviewer, page.undoes = VOID, "", None

    @rule(voucher=vouchers)
    def delete(self, voucher: int) -> None:
        page = self.model.pages.get(voucher)
        allowed = (
            page is not None and page.state is ENTERED and self.model.is_open(page) and self.is_last(voucher)
        )
        with refused_unless(allowed):
            self.village.delete_last(self.stored(voucher))
            del self.model.pages[voucher]

    @rule(ledger=ledgers, month=months)
    def sort_by_date(self, ledger: str, month: int) -> None:
        key = f"2025-{month:02d}"
        with refused_unless((ledger, key) not in self.model.closed):
            self.village.resort(key, ledger)
            free = [
                self.stored(i) for i in self.model.of(ledger, key) if self.model.pages[i].state is ENTERED
            ]
            in_order = sorted(free, key=lambda v: v.ref.number)
            assert [v.voucher.day for v in in_order] == sorted(v.voucher.day for v in free)

    @rule(target=vouchers, voucher=vouchers, month=months, day=days)
    def reverse(self, voucher: int, month: int, day: int):
        page = self.model.pages.get(voucher)
        when = f"2025-{month:02d}-{day:02d}"
        allowed = (
            page is not None
            and page.state is POSTED
            and page.undoes is None
            and not self.model.undone(voucher)
            and when >= f"{page.month}-{page.day:02d}"
            and (page.ledger, when[:7]) not in self.model.closed
        )
        with refused_unless(allowed):
            original = self.stored(voucher)
            red = self.village.reverse(original, when)
            both = red.voucher.lines + original.voucher.lines
            assert sum(x.debit for x in both) == sum(x.credit for x in both) == 0
            return self.note(red, undoes=voucher)
        return multiple()

    @rule(
        target=vouchers,
        ledger=ledgers,
        month=months,
        rows=st.lists(st.tuples(days, fen, pairs), min_size=1, max_size=3),
        post=st.booleans(),
    )
    def import_a_file(
        self, ledger: str, month: int, rows: list[tuple[int, int, tuple[int, int]]], post: bool
    ):
        key = f"2025-{month:02d}"
        start = len(self.model.of(ledger, key))
        files = [
            in_file(self.typed(ledger, month, day, amount, pair), start + place)
            for place, (day, amount, pair) in enumerate(rows, 1)
        ]
        with refused_unless((ledger, key) not in self.model.closed):
            self.village.take_in(*files, ledger=ledger, post=post)
            listed = self.village.reader.vouchers(ledger, month=Month.parse(key))
            new = [self.stored(v.id) for v in listed if v.id not in self.model.pages]
            assert len(new) == len(files)
            ids = [self.note(stored) for stored in new]
            if post:
                self.mark_posted(ids)
            return multiple(*ids)
        return multiple()

    # Months

    @precondition(lambda self: len(self.model.closed) < 3)
    @rule(ledger=ledgers)
    def close_the_next_month(self, ledger: str) -> None:
        month = 1 + sum(1 for code, _ in self.model.closed if code == ledger)
        key = f"2025-{month:02d}"
        waiting = [i for i in self.of_month(ledger, key) if self.model.pages[i].state in (ENTERED, REVIEWED)]
        with (
            refused_unless(not waiting and self.cash_never_below_zero(ledger, Month.parse(key))),
            self.village.act() as uow,
        ):
            closing.close(uow, ledger, Month.parse(key))
            self.model.closed.add((ledger, key))

    def of_month(self, ledger: str, month: str) -> list[int]:
        return [i for i, p in self.model.pages.items() if (p.ledger, p.month) == (ledger, month)]

    def cash_never_below_zero(self, ledger: str, month: Month) -> bool:
        code = "101" if ledger == COLLECTIVE else "1001"
        book = self.village.reader.account_ledger(ledger, code, Span.of_month(month))
        ends = {entry.day: entry.balance for entry in book}
        return all(balance >= 0 for balance in ends.values())

    @precondition(lambda self: self.model.closed)
    @rule(ledger=ledgers, approver=people)
    def reopen_the_latest_month(self, ledger: str, approver: str) -> None:
        closed = sorted(month for code, month in self.model.closed if code == ledger)
        with refused_unless(bool(closed) and approver != WANG), self.village.act() as uow:
            month = closed[-1] if closed else "2025-01"
            closing.reopen(uow, ledger, Month.parse(month), approver, "漏记一张")
            self.model.closed.discard((ledger, month))

    # What always holds

    @invariant()
    def both_trial_balances_balance(self) -> None:
        for ledger in (COLLECTIVE, COMMITTEE):
            turnovers = self.village.reader.turnovers(ledger, self.village.year)
            assert sum(t.opening for t in turnovers) == 0
            assert sum(t.debit for t in turnovers) == sum(t.credit for t in turnovers)
            assert sum(t.closing for t in turnovers) == 0

    @invariant()
    def the_book_proves(self) -> None:
        assert self.village.verify() == []

    @invariant()
    def numbers_run_without_a_gap(self) -> None:
        for ledger in (COLLECTIVE, COMMITTEE):
            assert self.village.reader.gaps(ledger) == []
            for month, word, first, last, count in self.village.reader.numbers(ledger):
                assert (first, last) == (1, count) == (1, len(self.model.of(ledger, str(month), word)))

    @invariant()
    def every_voucher_is_where_the_model_has_it(self) -> None:
        listed = [v for ledger in (COLLECTIVE, COMMITTEE) for v in self.village.reader.vouchers(ledger)]
        assert {v.id: v.state for v in listed} == {i: p.state for i, p in self.model.pages.items()}

    @invariant()
    def what_was_posted_is_as_it_was(self) -> None:
        for voucher, page in self.model.pages.items():
            if page.content is not None:
                stored = self.stored(voucher)
                assert stored.voucher == page.content
                assert stored.posted_by


TestAccountant = Accountant.TestCase
TestAccountant.settings = settings(max_examples=settings().max_examples // 2, stateful_step_count=30)
