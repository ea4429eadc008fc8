"""Receipt numbers: handed out, used, voided, handed back; each is somewhere or it is a gap."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_ledger.domain.errors import ReceiptError
from village_ledger.domain.receipt_book import Act, Numbers, ReceiptEvent, check_event, holdings

DAY = date(2025, 3, 8)
WHOLE = Numbers(1, 100)


def event(act: Act, first: int, last: int, holder: str = "陈秀英", amount: int = 0) -> ReceiptEvent:
    return ReceiptEvent(0, act, Numbers(first, last), holder, DAY, amount)


def test_a_number_left_out_below_a_used_one_is_a_gap():
    (held,) = holdings(
        [
            event(Act.ISSUE, 1, 25),
            event(Act.USE, 1, 3, amount=60_00),
            event(Act.USE, 5, 5, amount=1_00),
            event(Act.VOID, 6, 6),
        ]
    )
    assert held.gaps == [Numbers(4, 4)]
    assert held.unused == [Numbers(4, 4), Numbers(7, 25)]
    assert held.amount == 61_00


def test_unused_numbers_above_the_last_used_one_are_no_gap():
    (held,) = holdings([event(Act.ISSUE, 1, 25), event(Act.USE, 1, 3, amount=1)])
    assert held.gaps == []


@pytest.mark.parametrize(
    ("before", "new", "words"),
    [
        ([], event(Act.ISSUE, 90, 101), "不在这本收据的"),
        ([], event(Act.USE, 1, 1, amount=1), "没有全部领给"),
        ([event(Act.ISSUE, 1, 25)], event(Act.ISSUE, 20, 30, "王五"), "已经领给 陈秀英"),
        ([event(Act.ISSUE, 1, 25)], event(Act.USE, 25, 26, amount=1), "没有全部领给"),
        (
            [event(Act.ISSUE, 1, 25), event(Act.USE, 3, 3, amount=1)],
            event(Act.USE, 2, 3, amount=1),
            "登记过使用",
        ),
        ([event(Act.ISSUE, 1, 25), event(Act.VOID, 3, 3)], event(Act.USE, 3, 3, amount=1), "登记过作废"),
        ([event(Act.ISSUE, 1, 25), event(Act.RETURN, 20, 25)], event(Act.VOID, 25, 25), "登记过交回"),
    ],
)
def test_what_cannot_have_happened_is_refused(before, new, words):
    with pytest.raises(ReceiptError, match=words):
        check_event(WHOLE, before, new)


def test_handed_back_numbers_go_out_again_and_two_issues_that_follow_are_one():
    before = [event(Act.ISSUE, 1, 25), event(Act.ISSUE, 26, 50), event(Act.RETURN, 41, 50)]
    check_event(WHOLE, before, event(Act.USE, 24, 27, amount=1))
    check_event(WHOLE, before, event(Act.ISSUE, 41, 50, "王五"))


def test_numbers_handed_back_and_taken_again_are_out_with_the_one_who_has_them():
    again = [event(Act.ISSUE, 1, 25), event(Act.RETURN, 20, 25), event(Act.ISSUE, 20, 22)]
    (held,) = holdings(again)
    assert held.unused == [Numbers(1, 19), Numbers(20, 22)]
    assert held.returned == (Numbers(23, 25),)
    check_event(WHOLE, again, event(Act.USE, 19, 22, amount=1))
    with pytest.raises(ReceiptError, match="已经领给 陈秀英"):
        check_event(WHOLE, again, event(Act.ISSUE, 22, 22, "王五"))


runs = st.tuples(st.integers(1, 100), st.integers(1, 100)).map(lambda ends: Numbers(min(ends), max(ends)))


@given(st.lists(st.tuples(st.sampled_from(list(Act)), runs, st.sampled_from(["甲", "乙"])), max_size=30))
def test_every_issued_number_is_in_one_place(story):
    events: list[ReceiptEvent] = []
    for act, numbers, holder in story:
        new = ReceiptEvent(len(events), act, numbers, holder, DAY, 1 if act is Act.USE else 0)
        try:
            check_event(WHOLE, events, new)
        except ReceiptError:
            continue
        events.append(new)
    out: dict[int, str] = {}
    for event_ in events:
        for number in range(event_.numbers.first, event_.numbers.last + 1):
            if event_.act is Act.ISSUE:
                assert out.get(number, "return") == "return"
                out[number] = "out"
            else:
                assert out[number] == "out"
                out[number] = event_.act.value
    for held in holdings(events):
        for run in held.gaps:
            assert any(run.last < used.last for used in (*held.used, *held.void))
    unused = {n for held in holdings(events) for run in held.unused for n in range(run.first, run.last + 1)}
    assert {n for n, where in out.items() if where == "out"} <= unused
