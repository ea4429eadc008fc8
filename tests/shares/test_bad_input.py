"""What must not go in: exit code 1, the rule by its name, the book as it was."""

from __future__ import annotations

import json

import pytest

from tests.exchange.files import write_csv
from tests.shares.clerk import BY, EVENTS, MEMBERS, Clerk, command, identity

BOARD, ASSEMBLY, WEAK, LATE = "理〔2025〕1号", "社〔2025〕1号", "社〔2025〕2号", "理〔2025〕9号"
YEARS = "社〔2026〕1号"
LEDGER = ("--ledger", "collective")
PEOPLE = (
    ("001", "何世全", "户主", "19600101", "是"),
    ("001", "何小宝", "孙子", "20190601", "是"),
    ("002", "唐勇", "户主", "19700101", "是"),
    ("003", "严秀英", "户主", "19400101", "是"),
    ("004", "蒲洪才", "户主", "19800101", "是"),
    ("009", "王外来", "户主", "19850101", "否"),
)


def prepared(clerk: Clerk) -> Clerk:
    rows = [
        (code, "", name, relation, "男", identity(2 * n + 1, birth), member, "2020-01-01", "")
        for n, (code, name, relation, birth, member) in enumerate(PEOPLE)
    ]
    heads = {code: name for code, name, relation, *_ in PEOPLE if relation == "户主"}
    clerk.take_members(clerk.member_file([(row[0], heads[row[0]], *row[2:]) for row in rows]))
    clerk.died("003/严秀英", "2025-03-15")
    clerk.resolution(ASSEMBLY, "2025-01-10", "assembly", "200/150/140")
    clerk.resolution(WEAK, "2025-01-10", "assembly", "200/150/133")
    clerk.resolution(BOARD, "2025-01-10")
    clerk.resolution(LATE, "2025-06-30")
    clerk.share_class("人口股", "--cap", "40%")
    clerk.share_class("空股")
    return clerk


@pytest.fixture(scope="module")
def granted(tmp_path_factory) -> Clerk:
    """何世全 300, 唐勇 300, 严秀英 (died in March) 100, 蒲洪才 300 of 1,000."""
    clerk = prepared(Clerk.found(tmp_path_factory.mktemp("坏")))
    clerk.apply(
        f"2025-01-10 grant 人口股 >001/何世全 300 {ASSEMBLY}",
        f"2025-01-10 grant 人口股 >002/唐勇 300 {ASSEMBLY}",
        f"2025-01-10 grant 人口股 >003/严秀英 100 {ASSEMBLY}",
        f"2025-01-10 grant 人口股 >004/蒲洪才 300 {ASSEMBLY}",
    )
    return clerk


@pytest.fixture
def village(granted, tmp_path) -> Clerk:
    return granted.copy(tmp_path)


FORBIDDEN = {
    "to an outsider": ("I6", f"2025-02-01 transfer 人口股 001/何世全>009/王外来 10 {BOARD}"),
    "a gift to an outsider": ("I6", f"2025-02-01 gift 人口股 001/何世全>009/王外来 10 {BOARD}"),
    "to the dead": ("I6", f"2025-04-01 transfer 人口股 001/何世全>003/严秀英 10 {BOARD}"),
    "above the free balance": ("I4", f"2025-02-01 gift 人口股 001/何世全>002/唐勇 300.01 {BOARD}"),
    "above the cap": ("I7", f"2025-02-01 transfer 人口股 001/何世全>002/唐勇 100.01 {BOARD}"),
    "before a grant": ("I1", f"2025-01-09 redeem 人口股 001/何世全>集体 10 {ASSEMBLY}"),
    "a part of the estate": ("I8", f"2025-04-01 inherit 人口股 003/严秀英>004/蒲洪才 99.99 {BOARD}"),
    "more than the estate": ("I8", f"2025-04-01 inherit 人口股 003/严秀英>004/蒲洪才 100.01 {BOARD}"),
    "before the death": ("I8", f"2025-03-14 inherit 人口股 003/严秀英>004/蒲洪才 100 {BOARD}"),
    "of the living": ("I8", f"2025-04-01 inherit 人口股 001/何世全>004/蒲洪才 300 {BOARD}"),
    "more bought back than the year allows": (
        "I11",
        f"2025-02-01 redeem 人口股 001/何世全>集体 50.01 {ASSEMBLY}",
    ),
    "below the threshold": ("I12", f"2025-02-01 grant 人口股 >001/何世全 10 {WEAK}"),
    "the board where the assembly must": ("I12", f"2025-02-01 grant 人口股 >001/何世全 10 {BOARD}"),
    "no resolution": ("I12", "2025-02-01 transfer 人口股 001/何世全>002/唐勇 10 -"),
    "a resolution that comes after": ("I12", f"2025-02-01 transfer 人口股 001/何世全>002/唐勇 10 {LATE}"),
    "a pledge never made": ("I5", "2025-02-01 release 人口股 001/何世全> 10 - 没有的合同"),
    "what was never frozen": ("I", "2025-02-01 unfreeze 人口股 001/何世全> 10 -"),
    "an event that is not there": ("没有第 99 号", "2025-02-01 reverse - > - - 99"),
}


@pytest.mark.parametrize(("rule", "row"), FORBIDDEN.values(), ids=FORBIDDEN.keys())
def test_an_event_that_breaks_a_rule_is_refused_by_its_name(village, rule, row):
    said = village.forbidden(row)
    assert said.startswith("第2行")
    assert rule in said
    assert "账没有变化" in said


def test_up_to_the_limit_it_is_done(village):
    village.apply(f"2025-02-01 transfer 人口股 001/何世全>002/唐勇 100 {BOARD}")
    village.apply(f"2025-02-02 redeem 人口股 001/何世全>集体 50.00 {ASSEMBLY}")
    village.apply(f"2025-03-15 inherit 人口股 003/严秀英>009/王外来 100 {BOARD}")
    assert village.totals("2025-03-15") == {
        ("001/何世全", "人口股"): "150.00",
        ("002/唐勇", "人口股"): "400.00",
        ("004/蒲洪才", "人口股"): "300.00",
        ("009/王外来", "人口股"): "100.00",
        ("集体", "人口股"): "50.00",
    }


def test_what_is_pledged_is_not_sold_and_not_inherited(village):
    village.apply(
        f"2025-02-01 pledge 人口股 001/何世全> 250 {BOARD} 质1",
        f"2025-02-01 pledge 人口股 003/严秀英> 100 {BOARD} 质2",
    )
    assert "I4" in village.forbidden(f"2025-02-02 gift 人口股 001/何世全>002/唐勇 50.01 {BOARD}")
    said = village.forbidden(f"2025-04-01 inherit 人口股 003/严秀英>004/蒲洪才 100 {BOARD}")
    assert "I4" in said


def test_frozen_shares_are_not_pledged(village):
    village.apply("2025-02-01 freeze 人口股 001/何世全> 250 - 云法执保41号")
    assert "I4" in village.forbidden(f"2025-02-02 pledge 人口股 001/何世全> 50.01 {BOARD} 质1")


def test_what_was_passed_on_is_not_taken_back(village):
    village.apply(
        f"2025-02-01 transfer 人口股 001/何世全>002/唐勇 80 {BOARD}",
        f"2025-02-02 transfer 人口股 002/唐勇>004/蒲洪才 90 {BOARD}",
        f"2025-02-03 pledge 人口股 002/唐勇> 250 {BOARD} 质1",
    )
    assert "I10" in village.forbidden("2025-02-04 reverse - > - - 2")
    village.apply("2025-02-04 reverse - > - - 3")
    village.apply("2025-02-05 reverse - > - - 2")
    assert "I10" in village.forbidden("2025-02-06 reverse - > - - 2")
    assert "I10" in village.forbidden("2025-02-06 reverse - > - - 5")
    assert village.totals("2025-02-06")["001/何世全", "人口股"] == "300.00"


def test_a_late_paper_does_not_undo_what_came_after(village):
    village.apply(f"2025-03-01 gift 人口股 001/何世全>002/唐勇 90 {BOARD}")
    village.apply(f"2025-03-02 pledge 人口股 001/何世全> 200 {BOARD} 质1")
    assert "I" in village.forbidden(f"2025-02-01 gift 人口股 001/何世全>004/蒲洪才 20 {BOARD}")
    village.apply(f"2025-02-01 gift 人口股 001/何世全>004/蒲洪才 10 {BOARD}")


# Dividends


def close_2025(village: Clerk) -> None:
    """A year of 10,000.00 profit, and a carried and published resolution to give it away."""
    rows = [
        ("2025-03-01", "记", "1", "收租金", "101", "10000.00", "", "", "", "1"),
        ("2025-03-01", "记", "1", "收租金", "501", "", "10000.00", "", "", "1"),
    ]
    file = write_csv(village.book.parent / "收入.csv", rows)
    assert command("import", "vouchers", village.book, file, *LEDGER, "--post").code == 0
    for month in range(1, 13):
        village.done("close", *LEDGER, "--month", f"2025-{month:02d}", *BY)
    village.done("close-year", *LEDGER, "--year", "2025", *BY)
    village.resolution(YEARS, "2026-01-15", "assembly", "200/150/140", "--published", "2026-01-02")


def dividend(amount: str, resolution: str = YEARS) -> tuple[str, ...]:
    dates = ("--record-date", "2025-12-31", "--date", "2026-01-20")
    return ("dividend", "--year", "2025", "--amount", amount, *dates, "--resolution", resolution, *BY)


POST = ("--post",)


@pytest.fixture
def closed(village) -> Clerk:
    close_2025(village)
    return village


@pytest.mark.parametrize("post", [(), POST], ids=["looked at", "posted"])
def test_more_than_there_is_to_give_is_refused(closed, post):
    said = closed.refused(*dividend("10000.01"), *post)
    assert "10,000.00" in said


def test_a_dividend_is_given_once(closed):
    assert closed.done(*dividend("10000.00"), *POST).code == 0
    said = closed.refused(*dividend("1.00"), *POST)
    assert "2025" in said


def test_no_event_on_or_before_a_used_record_date(closed):
    closed.done(*dividend("9000.00"), *POST)
    for day in ("2025-12-31", "2025-06-30"):
        assert "I9" in closed.forbidden(f"{day} transfer 人口股 001/何世全>002/唐勇 1 {BOARD}")
    closed.apply(f"2026-01-01 transfer 人口股 001/何世全>002/唐勇 1 {BOARD}")


def test_a_dividend_needs_shares(tmp_path):
    village = prepared(Clerk.found(tmp_path))
    close_2025(village)
    for post in ((), POST):
        assert "份额" in village.refused(*dividend("100.00"), *post)


@pytest.mark.parametrize(
    ("votes", "published", "word"),
    [
        ("200/150/133", "2026-01-02", "表决"),
        ("200/150/140", "2026-01-10", "公示"),
        ("200/150/140", "", "公示"),
    ],
    ids=["too few", "too short", "not at all"],
)
def test_a_dividend_is_published_and_voted_first(closed, votes, published, word):
    number = "社〔2026〕2号"
    options = ("--published", published) if published else ()
    closed.resolution(number, "2026-01-15", "assembly", votes, *options)
    assert word in closed.refused(*dividend("100.00", number), *POST)


# People


def test_numbers_that_cannot_be_are_named_by_row(village):
    good = identity(301)
    wrong_check = good[:-1] + ("0" if good[-1] != "0" else "1")
    rows = [
        ("011", "张三", "张三", "户主", "男", wrong_check, "是", "2020-01-01", ""),
        ("012", "李四", "李四", "户主", "男", good, "是", "2020-01-01", ""),
        ("013", "王五", "王五", "户主", "男", identity(303, "20050229"), "是", "2020-01-01", ""),
        ("014", "赵六", "赵六", "户主", "男", identity(305, "20991231"), "是", "2020-01-01", ""),
        ("015", "孙七", "孙七", "户主", "男", "519903197503", "是", "2020-01-01", ""),
    ]
    before = village.report("member-register")["rows"]
    file = village.member_file(rows)
    answer = command("import", "members", village.book, file, *BY)
    assert answer.code == 1
    named = [line.split("行")[0] for line in answer.said.splitlines() if line.startswith("第")]
    assert named == ["第2", "第4", "第5", "第6"]
    assert village.report("member-register")["rows"] == before


def test_a_number_is_given_to_one_person(village):
    row = ("011", "张三", "张三", "户主", "男", identity(1, "19600101"), "是", "2020-01-01", "")
    answer = command("import", "members", village.book, village.member_file([row]), *BY)
    assert answer.code == 1
    assert "第2行" in answer.said


def test_no_child_under_14_stands_alone_on_a_public_sheet(village):
    inside = json.dumps(village.report("member-register", "--level", "L1"), ensure_ascii=False)
    assert "何小宝" in inside
    for when in ((), ("--as-of", "2025-12-31")):
        public = village.report("member-register", "--level", "L2", *when)
        text = json.dumps(public, ensure_ascii=False)
        assert "何小宝" not in text
        assert "何*宝" not in text
        assert "20190601" not in text


@pytest.mark.parametrize("level", ["L1", "L2", "L3"])
def test_no_number_leaves_the_program_whole(village, level):
    text = village.done("report", "member-register", "--level", level, "--format", "csv").out
    for n, (_, _, _, birth, _) in enumerate(PEOPLE):
        assert identity(2 * n + 1, birth) not in text


# Long files


def test_three_faults_in_5000_rows_are_all_named_and_nothing_is_applied(village):
    rows = [
        (f"2025-02-{day:02d}", "transfer", "人口股", *pair, "0.01", BOARD, "")
        for day in range(1, 26)
        for _ in range(100)
        for pair in (("001/何世全", "002/唐勇"), ("002/唐勇", "001/何世全"))
    ]
    assert len(rows) == 5000
    rows[10] = ("2025-02-30", *rows[10][1:])
    rows[2499] = (*rows[2499][:3], "002/唐勇勇", "001/何世全", *rows[2499][5:])
    rows[4999] = (*rows[4999][:5], "1.234", *rows[4999][6:])
    file = write_csv(village.book.parent / "五千.csv", rows, EVENTS)
    said = village.refused("share", "apply", file, *BY)
    named = [line.split("行")[0] for line in said.splitlines() if line.startswith("第")]
    assert named == ["第12", "第2501", "第5001"]


def test_three_faults_in_5000_members_are_all_named_and_nobody_is_taken_in(village):
    rows = [
        [
            f"{n + 100:04d}",
            f"户{n}",
            f"户{n}",
            "户主",
            "男",
            identity(n % 1000, f"19{50 + n // 1000}0101"),
            "是",
            "2020-01-01",
            "",
        ]
        for n in range(5000)
    ]
    rows[3][5] = rows[3][5][:-1] + ("0" if rows[3][5][-1] != "0" else "1")
    rows[2000][6] = "也许"
    rows[4998][7] = "2020-02-30"
    before = village.report("member-register")["rows"]
    file = write_csv(village.book.parent / "五千人.csv", rows, MEMBERS)
    answer = command("import", "members", village.book, file, *BY)
    assert answer.code == 1
    named = [line.split("行")[0] for line in answer.said.splitlines() if line.startswith("第")]
    assert named == ["第5", "第2002", "第5000"]
    assert village.report("member-register")["rows"] == before
