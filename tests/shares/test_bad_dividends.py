"""Dividends that must not be given, by command: exit code 1, the gate by its number, the book as it was."""

from __future__ import annotations

import pytest

from tests.exchange.files import write_csv
from tests.shares.clerk import BY, Clerk, command, identity

ASSEMBLY, DECEMBER, SPRING, NEXT = "社〔2025〕1号", "社〔2025〕9号", "社〔2026〕1号", "社〔2027〕1号"
LEDGER = ("--ledger", "collective")


@pytest.fixture(scope="module")
def earned(tmp_path_factory) -> Clerk:
    """Two members with 60.00 and 40.00 shares since 2025-03-01; 10,000.00 earned; closed through November."""
    clerk = Clerk.found(tmp_path_factory.mktemp("红"))
    rows = [
        (f"00{n}", name, name, "户主", "男", identity(n, "19700101"), "是", "2020-01-01", "")
        for n, name in ((1, "何世全"), (2, "唐勇"))
    ]
    clerk.take_members(clerk.member_file(rows))
    clerk.share_class("人口股", "--cap", "none")
    clerk.resolution(ASSEMBLY, "2025-01-10", "assembly", "200/150/140")
    clerk.apply(
        f"2025-03-01 grant 人口股 >001/何世全 60 {ASSEMBLY}",
        f"2025-03-01 grant 人口股 >002/唐勇 40 {ASSEMBLY}",
    )
    clerk.resolution(DECEMBER, "2025-12-20", "assembly", "200/150/140", "--published", "2025-12-01")
    clerk.resolution(SPRING, "2026-01-15", "assembly", "200/150/140", "--published", "2026-01-02")
    income(clerk, "2025-03-01", "10000.00")
    for month in range(1, 12):
        clerk.done("close", *LEDGER, "--month", f"2025-{month:02d}", *BY)
    return clerk


@pytest.fixture
def village(earned, tmp_path) -> Clerk:
    return earned.copy(tmp_path)


@pytest.fixture
def closed(village) -> Clerk:
    shut(village, 2025, 12)
    return village


def income(clerk: Clerk, day: str, amount: str) -> None:
    rows = [
        (day, "记", "1", "收租金", "101", amount, "", "", "", "1"),
        (day, "记", "1", "收租金", "501", "", amount, "", "", "1"),
    ]
    file = write_csv(clerk.book.parent / "收入.csv", rows)
    answer = command("import", "vouchers", clerk.book, file, *LEDGER, "--post")
    assert answer.code == 0, answer.said


def shut(clerk: Clerk, year: int, first: int) -> None:
    for month in range(first, 13):
        clerk.done("close", *LEDGER, "--month", f"{year}-{month:02d}", *BY)
    clerk.done("close-year", *LEDGER, "--year", str(year), *BY)


def dividend(year: int, amount: str, record: str, day: str, resolution: str, *more: str) -> tuple[str, ...]:
    dates = ("--record-date", record, "--date", day)
    return (
        "dividend",
        "--year",
        str(year),
        "--amount",
        amount,
        *dates,
        "--resolution",
        resolution,
        *BY,
        *more,
    )


@pytest.mark.parametrize("post", [(), ("--post",)], ids=["looked at", "posted"])
def test_above_the_draft_closing_of_december(village, post):
    asked = ("2025-12-20", "2025-12-28", DECEMBER)
    said = village.refused(*dividend(2025, "10000.01", *asked, *post))
    assert "要分 10,000.01，2025年度可分配的有 10,000.00（规则 D2" in said
    village.done(*dividend(2025, "10000.00", *asked, *post))


def test_above_the_closed_year(closed):
    asked = ("2025-12-31", "2026-01-20", SPRING, "--post")
    assert "规则 D2" in closed.refused(*dividend(2025, "10000.01", *asked))
    closed.done(*dividend(2025, "10000.00", *asked))


def test_a_year_neither_closed_nor_in_its_december(village):
    said = village.refused(*dividend(2025, "1.00", "2025-11-30", "2025-11-30", DECEMBER, "--post"))
    assert "规则 D1" in said


def test_on_a_record_date_that_was_used(closed):
    closed.done(*dividend(2025, "5000.00", "2025-12-31", "2026-01-20", SPRING, "--post"))
    both = ("--by", "王秀英", "--reviewed-by", "李建国")
    closed.done("post", *LEDGER, "--through", "2026-12-31", *both)
    income(closed, "2026-05-01", "3000.00")
    shut(closed, 2026, 1)
    closed.resolution(NEXT, "2027-01-15", "assembly", "200/150/140", "--published", "2027-01-02")
    for used in ("2025-12-31", "2025-06-30"):
        said = closed.refused(*dividend(2026, "100.00", used, "2027-01-20", NEXT, "--post"))
        assert f"登记日 {used} 不晚于2025年度分红用过的登记日 2025-12-31（规则 D3" in said
    closed.done(*dividend(2026, "100.00", "2026-12-31", "2027-01-20", NEXT, "--post"))


def test_with_no_shares_on_the_record_date(closed):
    said = closed.refused(*dividend(2025, "100.00", "2025-02-28", "2026-01-20", SPRING, "--post"))
    assert "2025-02-28 没有成员或其他持有人的份额（规则 D4" in said


def test_twice(closed):
    asked = ("2025-12-31", "2026-01-20", SPRING, "--post")
    closed.done(*dividend(2025, "100.00", *asked))
    assert "规则 D7" in closed.refused(*dividend(2025, "100.00", *asked))


def test_events_on_its_record_date_and_before_the_grant(closed):
    closed.resolution("理1", "2025-01-10")
    assert "规则 I4" in closed.forbidden("2025-02-28 transfer 人口股 001/何世全>002/唐勇 1 理1")
    closed.done(*dividend(2025, "100.00", "2025-12-31", "2026-01-20", SPRING, "--post"))
    assert "规则 I9" in closed.forbidden("2025-12-31 transfer 人口股 001/何世全>002/唐勇 1 理1")
