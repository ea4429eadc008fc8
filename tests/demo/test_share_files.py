"""The demonstration village's shares, replayed from its files by the standard library alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

from tests.demo.village_files import DEMO, read_csv, settings

PEOPLE = {f"{person['户编号']}/{person['姓名']}": person for person in read_csv(DEMO / "members.csv")}
PLAN = read_csv(DEMO / "shares_plan.csv")
EVENTS = read_csv(DEMO / "share_events.csv")
SAID = settings("demo", "shares.toml")
RESOLUTIONS = {said["number"]: said for said in SAID["resolution"]}
HEIR = f"{SAID['outsider'][0]['household']}/{SAID['outsider'][0]['name']}"
ELDERS_FESTIVAL, YEAR_END = date(2025, 10, 29), date(2025, 12, 31)


def quanta(shares: str) -> int:
    """Hundredths of a share."""
    whole, point, part = shares.partition(".")
    assert point
    assert len(part) == 2
    return int(whole + part)


def held() -> Counter[str]:
    """What each account has in the end, whatever lies pledged."""
    result: Counter[str] = Counter()
    for row in PLAN + EVENTS:
        if row["事件"] in {"grant", "transfer", "redeem", "inherit"}:
            result[row["转入账户"]] += quanta(row["数量"])
            if row["转出账户"]:
                result[row["转出账户"]] -= quanta(row["数量"])
    return +result


def test_every_member_got_ten_shares_on_the_day_of_being_confirmed():
    assert {row["转入账户"]: row["日期"] for row in PLAN} == {
        key: person["成员确认日期"] for key, person in PEOPLE.items()
    }
    assert {(row["事件"], row["数量"], row["转出账户"]) for row in PLAN} == {("grant", "10.00", "")}
    assert sum(quanta(row["数量"]) for row in PLAN) == 2140_00


def test_the_year_has_two_transfers_a_pledge_released_an_inheritance_a_redemption_and_a_split():
    kinds = Counter(row["事件"] for row in EVENTS)
    assert kinds == {"transfer": 2, "pledge": 1, "release": 1, "inherit": 3, "redeem": 1, "split": 1}
    days = [date.fromisoformat(row["日期"]) for row in EVENTS]
    assert days == sorted(days)
    assert {day.year for day in days} == {2025}


def test_accounts_are_people_of_the_register_but_for_one_heir_who_is_no_member():
    named = {row[side] for row in EVENTS for side in ("转出账户", "转入账户")} - {"", "集体", "063"}
    assert named - PEOPLE.keys() == {HEIR}


def test_the_estate_is_shared_out_whole_after_the_death():
    [death] = SAID["death"]
    parts = [row for row in EVENTS if row["事件"] == "inherit"]
    assert {row["转出账户"] for row in parts} == {death["person"]}
    assert sum(quanta(row["数量"]) for row in parts) == 10_00
    assert death["person"] not in held()
    assert ELDERS_FESTIVAL < death["day"] < min(date.fromisoformat(row["日期"]) for row in parts)


def test_what_was_pledged_is_released_in_full_under_the_same_contract():
    pledge, release = (next(row for row in EVENTS if row["事件"] == kind) for kind in ("pledge", "release"))
    assert [pledge[x] for x in ("转出账户", "数量", "备注")] == [
        release[x] for x in ("转出账户", "数量", "备注")
    ]


def test_nothing_is_made_or_lost_and_nobody_passes_the_cap():
    shares = held()
    assert sum(shares.values()) == 2140_00
    assert shares["集体"] == 5_00
    assert max(shares.values()) * 100 <= 3 * 2140_00


def test_every_resolution_is_dated_in_time_has_its_votes_and_its_notice():
    used: dict[str, set[date]] = defaultdict(set)
    for row in PLAN + EVENTS:
        if row["决议文号"]:
            used[row["决议文号"]].add(date.fromisoformat(row["日期"]))
    assert used.keys() == RESOLUTIONS.keys()
    for number, said in RESOLUTIONS.items():
        eligible, present, in_favour = said["votes"]
        assert said["day"] <= min(used[number])
        assert (said["day"] - said["published"]).days >= 10
        if said["body"] == "board":
            assert in_favour * 2 > eligible
        else:
            assert in_favour * 3 >= 2 * eligible
            assert present * 3 >= 2 * eligible


def test_whoever_votes_in_the_assembly_is_of_age():
    assemblies = [said for said in SAID["resolution"] if said["body"] == "assembly"]
    for said in assemblies:
        of_age = [
            person
            for person in PEOPLE.values()
            if person["成员确认日期"] <= str(said["day"])
            and int(person["证件号码"][6:14]) + 18_00_00 <= int(f"{said['day']:%Y%m%d}")
        ]
        assert len(of_age) == said["votes"][0]


def test_the_dividend_of_the_year_is_the_same_yuan_a_share_to_everyone():
    year = settings("demo", "year_end.toml")
    pool = quanta(year["dividend"]["amount"])
    assert pool == sum(held().values()) // 100 * 10_00
    dead = {death["person"] for death in SAID["death"]}
    paid = {account: quantity * 10 for account, quantity in held().items()}
    assert not dead & paid.keys()
    assert paid.pop("集体") == 50_00
    assert paid.pop(HEIR) == 33_30
    assert sum(paid.values()) == 21_316_70
    assert year["dividend"]["record_date"] == YEAR_END
