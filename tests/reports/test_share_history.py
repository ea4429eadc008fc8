"""份额从哪来: the steps of a household, to the quantum."""

from __future__ import annotations

import itertools
from datetime import date

from village_ledger.domain.share import Bucket, EventKind, ShareLine
from village_ledger.reports.shares.share_history import Fill, ShareHistory, share_history, spread
from village_ledger.storage.people.records import StoredEvent

DEMING, GUIZHEN, JIANJUN, SUFANG = 1, 2, 3, 4
HOLDERS = [(DEMING, "周德明"), (GUIZHEN, "刘桂珍"), (JIANJUN, "周建军"), (SUFANG, "陈素芳")]
FREE, PLEDGED = Bucket.FREE, Bucket.PLEDGED
MEMBER_SHARES = 1


def event(number: int, kind: EventKind, day: str, *moves: tuple[int, Bucket, int]) -> StoredEvent:
    """A posted event with these lines."""
    lines = tuple(ShareLine(*move) for move in moves)
    return StoredEvent(
        number, kind, MEMBER_SHARES, date.fromisoformat(day), "", "", "", 0, "", None, None, None, None, None,
        None, "", "", "", b"", lines,
    )  # fmt: skip


EVENTS = [
    event(1, EventKind.GRANT, "2021-01-01", *((who, FREE, 1000) for who, _ in HOLDERS)),
    event(2, EventKind.INHERIT, "2022-08-15", (SUFANG, FREE, -1000), (DEMING, FREE, 334), (9, FREE, 666)),
    event(3, EventKind.PLEDGE, "2023-11-13", (JIANJUN, FREE, -800), (JIANJUN, PLEDGED, 800)),
    event(5, EventKind.RELEASE, "2024-11-14", (JIANJUN, PLEDGED, -800), (JIANJUN, FREE, 800)),
    event(4, EventKind.TRANSFER, "2024-06-12", (9, FREE, -500), (DEMING, FREE, 500)),
    event(6, EventKind.GIFT, "2025-04-01", (GUIZHEN, FREE, -200), (JIANJUN, FREE, 200)),
]


def history(until: str = "2026-01-08") -> ShareHistory:
    """The household's picture."""
    return share_history(EVENTS, HOLDERS, MEMBER_SHARES, date.fromisoformat(until), 2)


def test_the_bands_lie_on_each_other_the_head_above_and_who_has_nothing_left_on_top():
    made = history()
    assert [(band.name, band.quanta) for band in made.bands] == [
        ("周建军", 1200),
        ("刘桂珍", 800),
        ("周德明", 1834),
        ("陈素芳", 0),
    ]
    assert [band.fill for band in made.bands] == [Fill.SOLID, Fill.LIGHT, Fill.HATCHED, Fill.GONE]


def test_the_sum_is_named_where_it_changes_and_nowhere_else():
    assert [label.words for label in history().totals] == ["40.00", "33.34", "38.34"]


def test_a_pledge_stands_at_the_foot_of_its_band_from_its_day_to_its_release():
    made = history()
    (pledge,) = made.pledged
    days = (made.last - made.first).days
    assert made.bands[pledge.band].name == "周建军"
    assert pledge.left == (date(2023, 11, 13) - made.first).days / days
    assert pledge.right == (date(2024, 11, 14) - made.first).days / days
    assert pledge.bottom == 0
    assert pledge.quanta == 800


def test_at_every_moment_the_blocks_stand_on_each_other_up_to_the_sum():
    made = history()
    for at in {block.left for block in made.blocks}:
        stack = sorted((b for b in made.blocks if b.left <= at < b.right), key=lambda block: block.band)
        assert stack[0].bottom == 0
        for lower, upper in itertools.pairwise(stack):
            assert upper.bottom == lower.top
        total = [label for label in made.totals if label.at <= at][-1]
        assert stack[-1].top == total.height


def test_another_day_shows_what_was_so_then():
    made = history("2022-01-01")
    assert [band.quanta for band in made.bands] == [1000, 1000, 1000, 1000]
    assert made.pledged == ()


def test_a_household_without_shares_has_no_picture():
    assert share_history(EVENTS, [(77, "何小莉")], MEMBER_SHARES, date(2026, 1, 8), 2).bands == ()
    assert history("2020-12-31").bands == ()


def test_years_are_named_so_that_they_have_room():
    assert [label.words for label in history().years] == ["2021", "2022", "2023", "2024", "2025", "2026"]
    assert len(history("2045-01-01").years) <= 8


def test_labels_keep_apart_and_below_the_top():
    assert spread([1.0, 1.5, 9.0], 2.0, 9.5) == [1.0, 3.0, 9.0]
    assert spread([8.0, 8.5, 9.0], 2.0, 9.0) == [5.0, 7.0, 9.0]
