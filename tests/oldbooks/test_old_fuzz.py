"""Whatever is done to an old program's files, they are read, or refused with a sentence; never a crash, never half a book."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.oldbooks.old_files import BALANCE_HEAD, JOURNAL_HEAD, KINGDEE, T3, workbook
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.old_program import faults_of
from village_ledger.exchange.oldbooks.old_book_reading import read_old_book

SEED = 24589
FLIPS = 12


def readable(paths):
    """Read or refused; anything else fails the test."""
    try:
        records = read_old_book(paths)
    except LedgerError:
        return
    assert faults_of(records) == []


@pytest.mark.parametrize("place", range(2))
def test_flipped_bytes_of_a_workbook(tmp_path, place):
    chance = random.Random(SEED + place)
    content = KINGDEE[place].read_bytes()
    for number in range(FLIPS):
        spoilt = bytearray(content)
        for _ in range(chance.randint(1, 20)):
            spoilt[chance.randrange(len(spoilt))] ^= 1 << chance.randrange(8)
        path = tmp_path / f"{number}.xlsx"
        path.write_bytes(spoilt)
        readable([path])


def test_spoilt_lines_of_a_journal(tmp_path):
    chance = random.Random(SEED)
    lines = T3[1].read_bytes().split(b"\r\n")
    for number in range(FLIPS):
        spoilt = list(lines)
        for _ in range(chance.randint(1, 10)):
            at = chance.randrange(len(spoilt))
            spoilt[at] = chance.choice(
                [b"", spoilt[at][::-1], spoilt[at] * 2, b'"', b",,,,,,,,", spoilt[at - 1]]
            )
        path = tmp_path / f"{number}.csv"
        path.write_bytes(b"\r\n".join(spoilt))
        readable([path])


def test_truncated_files(tmp_path):
    for source in (*KINGDEE, *T3):
        content = source.read_bytes()
        for part in (1, len(content) // 3, len(content) - 7):
            path = tmp_path / f"{part}{source.suffix}"
            path.write_bytes(content[:part])
            readable([path])


CELLS = st.one_of(
    st.none(),
    st.integers(-(10**15), 10**15),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=8),
    st.sampled_from(["101", "记 - 1", "2024-03-01", "合计", "=1+1", "借", "[成员]004 唐洪才"]),
)


@settings(max_examples=40, deadline=None)
@given(rows=st.lists(st.lists(CELLS, max_size=9), max_size=6))
def test_any_rows_below_a_heading(tmp_path_factory, rows):
    folder = tmp_path_factory.mktemp("任意")
    for name, head in (("余额", BALANCE_HEAD), ("序时账", JOURNAL_HEAD)):
        readable([workbook(folder / f"{name}.xlsx", [*head, *rows])])
