"""Any page of any account, any span of any balance: what the totals say is what adding up every line says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import Village, a_village, draft, in_file
from village_ledger.domain.balance import Turnover, sided
from village_ledger.domain.period import Span
from village_ledger.storage.records import LedgerEntry

DAYS = [date(2025, month, day) for month in (1, 2, 3, 5, 12) for day in (1, 2, 15, 28)] + [date(2026, 1, 3)]
ACCOUNTS = ["101", "10201", "10202", "113@张三", "113@李四", "501", "11301@张三", "181"]
HALF = settings().max_examples // 2


@dataclass(frozen=True)
class Booked:
    """A voucher drawn by Hypothesis: both accounts, amount in fen, posted or only entered."""

    day: date
    debit: str
    credit: str
    fen: int
    posted: bool
    word: str


booked = st.builds(
    Booked,
    st.sampled_from(DAYS),
    st.sampled_from(ACCOUNTS[:6]),
    st.sampled_from(ACCOUNTS[:6]),
    st.integers(-5_000, 100_000).filter(bool),
    st.sampled_from([True, True, True, False]),
    st.sampled_from(["记", "记", "收"]),
)
some = st.lists(booked, max_size=14)
openings = st.dictionaries(
    st.sampled_from(["101", "10201", "113@张三", "113@李四"]),
    st.integers(-90_000, 90_000).filter(bool),
    max_size=4,
)
any_day = st.dates(date(2025, 1, 1), date(2026, 2, 1))


def amount(fen: int) -> str:
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02d}"


@contextmanager
def books(vouchers: list[Booked], opening: dict[str, int]) -> Iterator[tuple[Village, list[Booked]]]:
    """A book with these openings and vouchers; posted ones in the order of day, word, number."""
    with a_village() as village:
        for name in ("农商基本户", "土地补偿费专户"):
            village.add_account("102", name)
        if opening:
            rows = [f"{'借' if fen > 0 else '贷'} {code} {amount(abs(fen))}" for code, fen in opening.items()]
            total = sum(opening.values())
            if total:
                rows.append(f"{'贷' if total > 0 else '借'} 311 {amount(abs(total))}")
            village.open_with(*rows)
        ordered = sorted(vouchers, key=lambda v: (v.day, v.word))
        numbers: dict[tuple[int, int, str], int] = {}
        for posted in (True, False):
            files = []
            for voucher in ordered:
                if voucher.posted is posted:
                    key = (voucher.day.year, voucher.day.month, voucher.word)
                    numbers[key] = numbers.get(key, 0) + 1
                    entries = (
                        f"借 {voucher.debit} {amount(voucher.fen)}; 贷 {voucher.credit} {amount(voucher.fen)}"
                    )
                    typed = draft(voucher.day.isoformat(), f"第{len(files)}笔", entries, word=voucher.word)
                    files.append(in_file(typed, numbers[key]))
            village.take_in(*files, post=posted)
        yield village, [v for v in ordered if v.posted]


def leaf(account: str) -> str:
    return account.partition("@")[0]


def moved(posted: list[Booked], code: str, party: str | None = None) -> list[tuple[date, int, int]]:
    """(day, debit, credit) of an account's lines, a parent's of all below, in the order posted; of one party if asked."""
    found: list[tuple[date, int, int]] = []
    for voucher in posted:
        for account, debit, credit in ((voucher.debit, voucher.fen, 0), (voucher.credit, 0, voucher.fen)):
            if leaf(account).startswith(code) and party in (None, account.partition("@")[2]):
                found.append((voucher.day, debit, credit))
    return found


def opened(opening: dict[str, int], code: str, party: str | None = None) -> int:
    rest = -sum(opening.values()) if code in {"311", "3"} else 0
    return rest + sum(
        fen
        for account, fen in opening.items()
        if leaf(account).startswith(code) and party in (None, account.partition("@")[2])
    )


@settings(max_examples=HALF)
@given(
    some,
    openings,
    st.sampled_from(["101", "102", "10201", "113", "501"]),
    any_day,
    st.integers(0, 400),
    st.data(),
)
def test_a_page_of_an_account_is_the_slice_of_its_whole_list(
    vouchers: list[Booked],
    opening: dict[str, int],
    code: str,
    first: date,
    length: int,
    data: st.DataObject,
):
    with books(vouchers, opening) as (village, posted):
        span = Span(first, first + timedelta(days=length))
        book = village.reader.account_ledger("collective", code, span)
        balance = opened(opening, code) + sum(d - c for day, d, c in moved(posted, code) if day < first)
        assert book.opening == balance
        whole: list[tuple[date, int, int, int]] = []
        for day, debit, credit in moved(posted, code):
            if span.first <= day <= span.last:
                balance += debit - credit
                whole.append((day, debit, credit, balance))
        assert book.count == len(whole)
        assert book.opening + sum(d - c for _, d, c, _ in book.months) == balance
        offset = data.draw(st.integers(0, len(whole) + 1))
        limit = data.draw(st.integers(0, len(whole) + 1))
        page = book.page(offset, limit)
        assert [figures(entry) for entry in page] == whole[offset : offset + limit]
        assert [figures(entry) for entry in book] == whole


def figures(entry: LedgerEntry) -> tuple[date, int, int, int]:
    return entry.day, entry.debit, entry.credit, entry.balance


def test_a_page_beyond_the_end_or_before_the_beginning_is_empty(village: Village):
    village.posted("2025-03-08", "收租金", "借 101 6; 贷 501 6")
    book = village.reader.account_ledger("collective", "101", village.year)
    assert [book.page(1, 5), book.page(-1, 5), book.page(0, 0), book.page(0, -1)] == [[], [], [], []]
    unused = village.reader.account_ledger("collective", "151", village.year)
    assert (unused.count, unused.opening, unused.page(0, 10), list(unused)) == (0, 0, [], [])


def test_an_entry_names_its_voucher_and_counterparty(village: Village):
    voucher = village.posted("2025-03-08", "收张三承包款", "借 101 600; 贷 113@张三 600")
    (entry,) = village.reader.account_ledger("collective", "113", village.year).page(0, 10)
    assert (entry.ref, entry.voucher_id, entry.summary, entry.counterparty) == (
        "记-0001",
        voucher.id,
        "收张三承包款",
        "张三",
    )


@settings(max_examples=HALF)
@given(some, openings, any_day, st.integers(0, 400))
def test_turnovers_of_any_span_are_what_adding_up_gives(
    vouchers: list[Booked],
    opening: dict[str, int],
    first: date,
    length: int,
):
    with books(vouchers, opening) as (village, posted):
        span = Span(first, first + timedelta(days=length))
        found = village.reader.turnovers("collective", span)
        codes = {leaf(a) for v in posted for a in (v.debit, v.credit) if v.day <= span.last}
        codes |= {leaf(account) for account in opening} | ({"311"} if sum(opening.values()) else set())
        assert [t.account for t in found] == sorted(codes)
        for turnover in found:
            assert turnover == added_up(posted, opening, turnover.account, span)
        assert sum(t.debit for t in found) == sum(t.credit for t in found)
        assert sum(t.opening for t in found) == sum(t.closing for t in found) == 0


def added_up(posted: list[Booked], opening: dict[str, int], code: str, span: Span) -> Turnover:
    """One account's figures the long way; 113 stands one-sided per counterparty."""
    lines = moved(posted, code)
    within = [(d, c) for day, d, c in lines if span.first <= day <= span.last]
    of_year = [(d, c) for day, d, c in lines if date(span.last.year, 1, 1) <= day <= span.last]
    sides = [0, 0, 0, 0]
    for party in ("张三", "李四") if code == "113" else (None,):
        start = opened(opening, code, party)
        before = start + sum(d - c for day, d, c in moved(posted, code, party) if day < span.first)
        after = start + sum(d - c for day, d, c in moved(posted, code, party) if day <= span.last)
        for place, figure in enumerate((*sided(before), *sided(after))):
            sides[place] += figure
    return Turnover(
        account=code,
        opening_debit=sides[0],
        opening_credit=sides[1],
        debit=sum(d for d, _ in within),
        credit=sum(c for _, c in within),
        year_debit=sum(d for d, _ in of_year),
        year_credit=sum(c for _, c in of_year),
        closing_debit=sides[2],
        closing_credit=sides[3],
    )


@settings(max_examples=HALF // 2)
@given(some, openings, any_day, st.integers(0, 120), st.integers(0, 120))
def test_what_one_span_closes_with_the_next_opens_with(
    vouchers: list[Booked],
    opening: dict[str, int],
    first: date,
    length: int,
    more: int,
):
    with books(vouchers, opening) as (village, _):
        middle = first + timedelta(days=length)
        one = Span(first, middle)
        two = Span(middle + timedelta(days=1), middle + timedelta(days=1 + more))
        closes = {
            t.account: (t.closing_debit, t.closing_credit)
            for t in village.reader.turnovers("collective", one)
        }
        opens = {
            t.account: (t.opening_debit, t.opening_credit)
            for t in village.reader.turnovers("collective", two)
        }
        assert {code: both for code, both in opens.items() if any(both)} == {
            code: both for code, both in closes.items() if any(both)
        }


def test_the_first_and_the_last_day_there_is(village: Village):
    village.posted("2025-03-08", "收租金", "借 101 6; 贷 501 6")
    for span in (Span(date(1, 1, 1), date(9999, 12, 31)), Span(date(2025, 3, 8), date(2025, 3, 8))):
        cash, _ = village.reader.turnovers("collective", span)
        assert (cash.debit, cash.closing_debit) == (6_00, 6_00)
        assert len(list(village.reader.account_ledger("collective", "101", span))) == 1
