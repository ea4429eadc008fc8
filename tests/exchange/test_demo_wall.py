"""The demonstration village's wall: what hung in 2025, what was corrected, who asked what, what comes next."""

from __future__ import annotations

from datetime import date

import pytest

from tests import made
from tests.builders import COLLECTIVE, COMMITTEE
from village_ledger.domain.disclosure_standing import State
from village_ledger.domain.objection import ObjectionResult
from village_ledger.domain.period import Span
from village_ledger.domain.posting import PostingState
from village_ledger.domain.sheet_version import VersionKind
from village_ledger.exchange.demos import demo_wall
from village_ledger.exchange.demos.demo import make_demo
from village_ledger.reports.catalogue import sheet_differences
from village_ledger.services.book import verification
from village_ledger.services.disclosure.disclosure_calendar import calendar_of
from village_ledger.services.disclosure.postings import photos
from village_ledger.storage.file.book_file import Access, open_book

MID_JANUARY = date(2026, 1, 20)
LEDGERS = (COLLECTIVE, COMMITTEE)
QUARTERS = [Span(date(2025, 3 * n - 2, 1), date(2025, 3 * n, (31, 30, 30, 31)[n - 1])) for n in (1, 2, 3, 4)]


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    path = made.demo(tmp_path_factory.mktemp("wall"))
    with open_book(path, Access.READ) as opened:
        yield opened


@pytest.fixture
def reader(book):
    return book.reader()


@pytest.mark.parametrize("ledger", LEDGERS)
def test_the_four_quarters_and_the_year_hung_with_an_opinion_and_a_photo(reader, ledger):
    found = [one for one in reversed(reader.postings(ledger)) if one.occasion in ("quarter", "year")]
    spans = list(dict.fromkeys(one.span for one in found))
    assert spans == [*QUARTERS, Span.of_year(2025)]
    for one in found:
        assert one.review is not None
        assert not set(one.review.people) & set(one.makers)
        assert one.posted_on is not None
        assert one.removed_on is None or one.days_up is not None
        assert len(photos(reader, one)) == 1
    hanging = [one.span.words() for one in found if one.state is PostingState.POSTED]
    assert hanging == ["2025年第4季度", "2025年"]


def test_one_set_was_corrected_and_says_which_sheet_it_replaces(reader):
    (new,) = (one for one in reader.postings(COLLECTIVE) if one.replaces)
    old = reader.posting(COLLECTIVE, new.replaces)
    assert (old.span, old.replaced_by, old.came_down_early) == (QUARTERS[3], new.number, True)
    assert old.last is not None
    versions = {v.report: v for v in reader.latest_sheets(COLLECTIVE) if v.span == QUARTERS[3]}
    debts = versions["disclosure-claims"]
    assert debts.kind is VersionKind.CORRECTION
    assert debts.corrects in old.codes
    assert debts.code in new.codes
    assert "收益分配补记入账" in debts.reason
    assert {"disclosure", "disclosure-money"} <= {one.report for one in new.sheets}
    assert versions["disclosure"].code in old.codes


def test_the_sheets_that_hang_are_the_ledgers_and_the_one_that_was_corrected_no_longer_is(reader):
    for ledger in LEDGERS:
        for posting in reader.postings(ledger):
            for sheet in posting.sheets if posting.state is PostingState.POSTED else ():
                assert sheet_differences(reader, sheet.code) == [], sheet.report
    old = next(one for one in reader.postings(COLLECTIVE) if one.replaced_by)
    debts = next(sheet.code for sheet in old.sheets if sheet.report == "disclosure-claims")
    assert any("21,350.00" in line or "分红" in line for line in sheet_differences(reader, debts))


def test_somebody_asked_was_answered_in_time_and_found_right(reader):
    (objection,) = reader.objections(COLLECTIVE)
    assert reader.objections(COMMITTEE) == []
    old = reader.posting(COLLECTIVE, objection.posting)
    assert old.replaced_by
    assert objection.code in old.codes
    assert not objection.late_on(date(2026, 12, 31))
    assert objection.closing is not None
    assert objection.closing.result is ObjectionResult.CORRECTED


@pytest.mark.parametrize("ledger", LEDGERS)
def test_in_january_nothing_is_late_and_the_plan_comes_next(reader, ledger):
    calendar = calendar_of(reader, ledger, MID_JANUARY)
    assert calendar.late == []
    assert calendar.next is not None
    assert (calendar.next.due.title, calendar.next.due.day) == ("2026年 · 年度财务计划", date(2026, 3, 31))
    assert [line.due.title for line in calendar.of(State.EXCUSED)] == ["2025年 · 年度财务计划"]
    assert calendar.of(State.DONE_LATE) == []


def test_the_book_with_its_wall_proves(book):
    assert verification.inspect(book) == []


def test_on_a_computer_whose_calendar_is_behind_nothing_hangs_yet(tmp_path, monkeypatch):
    monkeypatch.setattr(demo_wall, "now_text", lambda: "2026-01-10T08:00:00")
    path = tmp_path / "青山村.vledger"
    make_demo(path)
    with open_book(path, Access.READ) as opened:
        assert opened.reader().postings(COLLECTIVE) == []
