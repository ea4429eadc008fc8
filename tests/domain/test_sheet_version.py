"""Versions of a sheet: numbered without gap, each naming the one it replaces."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import COLLECTIVE
from tests.disclosure.sheets import MARCH
from village_ledger.domain.period import Month, Span
from village_ledger.domain.sheet_version import (
    SheetVersion,
    VersionKind,
    months_words,
    plan,
    unclosed_months,
)


def version(number: int, code: str, *, closed: bool = True) -> SheetVersion:
    kind = VersionKind.FIRST if number == 1 else VersionKind.CORRECTION
    return SheetVersion(code, COLLECTIVE, "disclosure", MARCH, number, closed, kind, "", "", "", "", 0)


def test_a_sheet_known_never_to_have_hung_is_redone_not_corrected():
    planned = plan([version(1, "A")], "B", closed=True, never_posted={"A"})
    assert (planned.kind, planned.corrects, planned.number) == (VersionKind.REDONE, "A", 2)


def test_what_people_read_is_corrected_not_the_draft_that_came_between():
    there = [version(1, "A"), version(2, "B")]
    planned = plan(there, "C", closed=True, never_posted={"B"})
    assert (planned.kind, planned.corrects, planned.number) == (VersionKind.CORRECTION, "A", 3)
    back = plan(there, "A", closed=True, never_posted={"B"})
    assert (back.kind, back.corrects, back.standing) == (VersionKind.AGAIN, "", None)


@given(st.lists(st.tuples(st.sampled_from("ABC"), st.booleans()), min_size=1, max_size=12))
def test_versions_run_without_gap_and_name_the_one_before(steps: list[tuple[str, bool]]):
    there: list[SheetVersion] = []
    for code, closed in steps:
        planned = plan(there, code, closed=closed)
        if planned.standing is not None:
            assert planned.standing is there[-1]
            continue
        assert planned.number == len(there) + 1
        assert planned.corrects == ("" if not there or there[-1].code == code else there[-1].code)
        there.append(replace(version(planned.number, code, closed=closed), kind=planned.kind))
    assert [one.number for one in there] == list(range(1, len(there) + 1))


def test_months_are_named_in_runs():
    found = [Month(2025, 1), Month(2025, 2), Month(2025, 4), Month(2025, 12), Month(2026, 1)]
    assert months_words(found) == "2025年1月至2月、2025年4月、2025年12月至2026年1月"


def test_months_a_ledger_does_not_know_yet_are_not_closed():
    known = [(Month(2025, 11), False), (Month(2025, 12), True)]
    span = Span(date(2025, 11, 1), date(2026, 1, 31))
    assert unclosed_months(known, span) == [Month(2025, 12), Month(2026, 1)]
    assert unclosed_months(known, Span(date(2026, 3, 1), date(2026, 3, 31))) == [Month(2026, 3)]
    assert unclosed_months([], span) == []
