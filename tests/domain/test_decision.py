"""四议两公开: one step after the other, days that do not run backwards, notices long enough, votes that carry."""

from __future__ import annotations

from datetime import date

import pytest

from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.decision import Entry, Progress, Stage, Step, in_order, matter, matters
from village_ledger.domain.errors import DecisionError
from village_ledger.domain.voting import Law, Vote, bodies

CARRIED = Vote(30, 28, 27)


def d(text: str) -> date:
    return date.fromisoformat(f"2025-{text}")


def road(law: Law = Law.COLLECTIVE, body_id: str = "representatives") -> Progress:
    return Progress(matter("project"), law, bodies()[body_id])


def through(progress: Progress, *steps: Entry) -> Progress:
    for entry in steps:
        progress, _ = progress.with_entry(entry)
    return progress


PROPOSED = Entry(Step.PROPOSED, d("05-06"))
CONSULTED = Entry(Step.CONSULTED, d("05-08"), Vote(9, 8, 8))
REVIEWED = Entry(Step.REVIEWED, d("05-10"), Vote(40, 30, 25))
RESOLVED = Entry(Step.RESOLVED, d("05-25"), CARRIED, notice_from=d("05-12"))
PUBLISHED = Entry(Step.PUBLISHED, d("05-26"))
EXECUTED = Entry(Step.EXECUTED, d("06-20"))
RESULT = Entry(Step.RESULT, d("06-25"))
ALL = (PROPOSED, CONSULTED, REVIEWED, RESOLVED, PUBLISHED, EXECUTED, RESULT)


def refused(progress: Progress, entry: Entry) -> str:
    with pytest.raises(DecisionError) as found:
        progress.with_entry(entry)
    return str(found.value)


def test_seven_steps_and_the_file_is_put_away():
    progress = road()
    for entry in ALL:
        assert progress.next_step is entry.step
        progress, said = progress.with_entry(entry)
        assert said == []
    assert all(progress.done(stage) for stage in Stage)
    assert through(progress, Entry(Step.CLOSED, d("06-30"))).ended


@pytest.mark.parametrize("done", range(7))
def test_no_step_is_left_out_or_done_twice(done):
    progress = through(road(), *ALL[:done])
    for entry in ALL[:done]:
        assert "已经办过" in refused(progress, entry)
    for entry in ALL[done + 1 :]:
        assert f"还没有{ALL[done].step.words}，不能{entry.step.words}" in refused(progress, entry)


def test_days_do_not_run_backwards():
    progress = through(road(), PROPOSED, CONSULTED)
    assert "党员大会审议的日期 2025-05-07 太早：两委商议是 2025-05-08" in refused(
        progress, Entry(Step.REVIEWED, d("05-07"), Vote(40, 30, 25))
    )


@pytest.mark.parametrize(
    ("since", "sentence"),
    [
        (d("05-16"), "2025-05-16 通知，2025-05-25 开会，只隔 9 日"),
        (None, "没有写成员代表大会的通知日"),
        (d("05-26"), "通知日 2025-05-26 晚于开会日"),
        (d("05-01"), "通知日 2025-05-01 早于支部提议"),
    ],
)
def test_a_meeting_is_called_ten_days_before(since, sentence):
    progress = through(road(), PROPOSED, CONSULTED, REVIEWED)
    assert sentence in refused(progress, Entry(Step.RESOLVED, d("05-25"), CARRIED, notice_from=since))
    through(progress, Entry(Step.RESOLVED, d("05-25"), CARRIED, notice_from=d("05-15")))


def test_the_villagers_representatives_need_no_ten_days():
    progress = through(road(Law.COMMITTEE, "villager-representatives"), PROPOSED, CONSULTED, REVIEWED)
    through(progress, Entry(Step.RESOLVED, d("05-12"), Vote(45, 30, 16)))


def test_a_resolution_stays_on_the_wall_seven_days_before_work_begins():
    progress = through(road(), *ALL[:4])
    assert "决议公开只有 6 日" in refused(progress, Entry(Step.PUBLISHED, d("05-26"), until=d("06-01")))
    progress = through(progress, PUBLISHED)
    assert progress.entries[-1].until == d("06-02")
    assert "组织实施的日期 2025-06-01 太早：决议公开从 2025-05-26 起要满 7 日" in refused(
        progress, Entry(Step.EXECUTED, d("06-01"))
    )
    through(progress, Entry(Step.EXECUTED, d("06-02")))


def test_a_vote_that_fell_short_does_not_resolve():
    progress = through(road(), PROPOSED, CONSULTED, REVIEWED)
    short = Entry(Step.RESOLVED, d("05-25"), Vote(30, 28, 19), notice_from=d("05-12"))
    assert "会议决议没有通过：赞成 19 人，不到全体代表的三分之二" in refused(progress, short)
    _, said = progress.with_entry(short, charter="第二十条")
    (sentence,) = said
    assert sentence.startswith("赞成 19 人，不到全体代表的三分之二")
    assert sentence.endswith("依章程办理：第二十条。")


def test_no_charter_helps_a_vote_of_the_villagers():
    progress = through(road(Law.COMMITTEE, "villager-representatives"), PROPOSED, CONSULTED, REVIEWED)
    short = Entry(Step.RESOLVED, d("05-25"), Vote(45, 30, 15))
    with pytest.raises(DecisionError, match="会议决议没有通过"):
        progress.with_entry(short, charter="第二十条")


def test_the_same_votes_carry_under_one_law_and_not_under_the_other():
    vote = Vote(45, 30, 16)
    villagers = through(road(Law.COMMITTEE, "villager-representatives"), PROPOSED, CONSULTED, REVIEWED)
    through(villagers, Entry(Step.RESOLVED, d("05-25"), vote, notice_from=d("05-12")))
    members = through(road(), PROPOSED, CONSULTED, REVIEWED)
    assert "没有通过" in refused(members, Entry(Step.RESOLVED, d("05-25"), vote, notice_from=d("05-12")))


def test_a_file_of_two_laws_cannot_be_made():
    for law, body_id in ((Law.COLLECTIVE, "villagers"), (Law.COMMITTEE, "assembly")):
        with pytest.raises(DecisionError, match="一份卷宗只能依一部法律"):
            Progress(matter("project"), law, bodies()[body_id])
    with pytest.raises(DecisionError, match="只能依一部法律"):
        Progress(matter("distribution"), Law.COMMITTEE, None)


def test_a_matter_belongs_to_its_ledger():
    with pytest.raises(DecisionError, match="“收益分配”是集体经济组织的事，不能开在村民委员会的账下"):
        matter("distribution").law_in(LedgerKind.COMMITTEE, acting=False)
    with pytest.raises(DecisionError, match="“公益事业、一事一议”是村民委员会的事"):
        matter("公益事业、一事一议").law_in(LedgerKind.COLLECTIVE, acting=False)
    assert matter("welfare").law_in(LedgerKind.COLLECTIVE, acting=True) is Law.COMMITTEE


def test_the_right_body_for_the_matter():
    with pytest.raises(DecisionError, match="集体经济组织的事不能由村民会议决定"):
        matter("project").body_under(Law.COLLECTIVE, "villagers")
    with pytest.raises(DecisionError, match="村民委员会的事不能由成员大会决定"):
        matter("project").body_under(Law.COMMITTEE, "assembly")
    with pytest.raises(DecisionError, match="“收益分配”不能由理事会决定"):
        matter("distribution").body_under(Law.COLLECTIVE, "board")
    with pytest.raises(DecisionError, match="由两委商议决定，不开会表决"):
        matter("routine").body_under(Law.COLLECTIVE, "board")


def test_a_matter_may_be_dropped_at_any_time_and_then_nothing_follows():
    dropped = through(road(), PROPOSED, Entry(Step.DROPPED, d("05-07"), note="资金没有着落"))
    assert dropped.ended
    assert "卷宗已经终止" in refused(dropped, CONSULTED)
    assert "还没有支部提议，不能终止" in refused(road(), Entry(Step.DROPPED, d("05-07"), note="没提就不办"))


def test_what_is_not_voted_on_takes_no_votes_and_what_is_needs_them():
    assert "支部提议不表决" in refused(road(), Entry(Step.PROPOSED, d("05-06"), CARRIED))
    assert "没有写两委商议的到会和票数" in refused(
        through(road(), PROPOSED), Entry(Step.CONSULTED, d("05-08"))
    )


def test_every_class_of_matter_has_its_steps_in_order_and_somebody_to_decide():
    for one in matters().values():
        assert in_order(one.steps), one.name
        assert one.steps[0] is Step.PROPOSED
        for law in one.laws:
            assert bool(one.bodies_under(law)) == (Step.RESOLVED in one.steps), one.name
    with pytest.raises(DecisionError, match="没有“修庙”这类事项"):
        matter("修庙")


def test_a_matter_of_few_steps_knows_only_those():
    progress = through(Progress(matter("routine"), Law.COLLECTIVE, None), PROPOSED, CONSULTED)
    assert "“两委权限内的日常事项”没有会议决议这一步" in refused(
        progress, Entry(Step.RESOLVED, d("05-25"), CARRIED)
    )
    assert through(progress, Entry(Step.PUBLISHED, d("05-09"))).done(Stage.DECISION)


@pytest.mark.parametrize("word", ["评议", "evaluation"])
def test_stages_are_read_by_either_word(word):
    assert Stage.read(word) is Stage.EVALUATION


def test_unknown_words_are_refused():
    with pytest.raises(DecisionError, match="没有“盖章”这个阶段"):
        Stage.read("盖章")
    with pytest.raises(DecisionError, match="没有“盖章”这一步"):
        Step.read("盖章")
