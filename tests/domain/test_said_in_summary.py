"""Papers, areas, days and rates as accountants write them in summaries."""

from __future__ import annotations

import pytest

from village_ledger.domain.said_in_summary import Work, area, papers, people, rate_per_mu, work


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("收通组路奖补第一批（镇财〔2025〕17号）", ["镇财〔2025〕17号"]),
        ("按成员大会4月20日决议（青社大〔2025〕2号）分配", ["青社大〔2025〕2号"]),
        ("镇财〔2025〕17号、镇财〔2025〕38号", ["镇财〔2025〕17号", "镇财〔2025〕38号"]),
        ("付电费", []),
    ],
)
def test_numbers_of_papers(text: str, found: list[str]):
    assert papers(text) == found


def test_areas_and_what_a_mu_was_paid():
    text = "收征地补偿（6.24亩×44,500元，青苗附着物38,460元）"
    assert (area(text), rate_per_mu(text)) == ("6.24", "44,500")
    assert (area("付电费"), rate_per_mu("鱼塘12亩")) == ("", "")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("会议误工补贴（7人42工日×60元）", Work("42工日", "60元/工日")),
        ("付清淤用工 12个工×150元", Work("12个工", "150元/工")),
        ("巡查 3天×80元", Work("3天", "80元/天")),
        ("差旅费（2天）", Work()),
        ("组长误工补贴（4人×3个月×300元）", Work("", "300元/月")),
        ("会计工资（月1,250元）", Work("", "1,250元/月")),
        ("付电费", Work()),
    ],
)
def test_days_and_rates(text: str, found: Work):
    assert work(text) == found


def test_how_many_people():
    assert (people("7人42工日"), people("工资")) == ("7人", "")
