"""四议两公开 in a book: a file carried on step by step, the resolution it makes, what others may rely on."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import COLLECTIVE, COMMITTEE, Village
from tests.decision_village import (
    NUMBER,
    draw,
    drawn,
    opened,
    refusal,
    sign,
    signed,
    step,
    steps,
    the_list,
)
from tests.shares_village import ShareVillage
from tests.two_ledgers import moved
from village_ledger.domain.decision import Stage, Step
from village_ledger.domain.period import Month
from village_ledger.domain.voting import Law, Vote
from village_ledger.services.check_item import Verdict
from village_ledger.services.decisions import decision_files, panels
from village_ledger.services.decisions.decision_files import Asked
from village_ledger.services.decisions.decision_stages import complete, missing, stage_of
from village_ledger.services.decisions.decisions_check import check_items
from village_ledger.services.transfers import resolutions


def asked(ledger: str = COLLECTIVE, matter: str = "project", body: str = "", subject: str = "修路") -> Asked:
    return Asked(ledger, matter, subject, body)


def try_open(village: Village, wanted: Asked, number: str = "青村决〔2025〕9号") -> str:
    def act() -> None:
        with village.act() as uow:
            decision_files.open_file(uow, number, wanted)

    return refusal(village, act)


def test_a_matter_goes_through_all_its_steps_and_its_resolution_is_entered(village):
    opened(village)
    steps(village, NUMBER, "consulted", "reviewed", "resolved", "published", "executed", "result")
    done = village.reader.decision(NUMBER)
    assert [entry.step for entry in done.progress.entries] == list(done.progress.matter.steps)
    made = village.reader.resolution(NUMBER)
    assert (made.body, made.day, made.eligible, made.present, made.in_favour) == (
        "representatives",
        date(2025, 5, 25),
        30,
        28,
        27,
    )
    assert made.published == date(2025, 5, 12)
    assert resolutions.ensure_carried(village.reader, made) == []
    assert village.verify() == []


def test_a_resolution_entered_before_is_taken_when_it_says_the_same(village):
    opened(village)
    steps(village, NUMBER, "consulted", "reviewed")
    with village.act() as uow:
        resolutions.enter(
            uow, "青社代〔2025〕7号", date(2025, 5, 25), "representatives", (30, 28, 27), "修路"
        )
    assert "登记的会议、日期或票数和这里写的不一样" in refusal(
        village,
        lambda: step(village, NUMBER, "resolved", resolution="青社代〔2025〕7号", vote=Vote(30, 28, 26)),
    )
    done = step(village, NUMBER, "resolved", resolution="青社代〔2025〕7号")
    assert done.progress.entries[-1].resolution == "青社代〔2025〕7号"


def test_each_ledger_has_its_own_law_and_its_own_bodies(village):
    assert "集体经济组织的事不能由村民会议决定" in try_open(village, asked(body="villagers"))
    assert "村民委员会的事不能由成员大会决定" in try_open(village, asked(COMMITTEE, body="assembly"))
    assert "“集体资产处置”是集体经济组织的事，不能开在村民委员会的账下" in try_open(
        village, asked(COMMITTEE, "asset")
    )
    assert "“公益事业、一事一议”是村民委员会的事" in try_open(village, asked(matter="welfare"))
    with village.act() as uow:
        made = decision_files.open_file(uow, "青村决〔2025〕9号", asked(COMMITTEE)).value
    assert made.progress.law is Law.COMMITTEE
    assert made.progress.body is not None
    assert made.progress.body.id == "villagers"


def test_one_acting_ledger_takes_the_law_of_the_matter(tmp_path):
    with Village.found(tmp_path, single=True) as village:
        ledger = village.reader.ledgers()[0].code
        for matter, law in (
            ("asset", Law.COLLECTIVE),
            ("welfare", Law.COMMITTEE),
            ("project", Law.COLLECTIVE),
        ):
            number = opened(
                village,
                matter,
                ledger=ledger,
                matter=matter,
                body="" if law is Law.COLLECTIVE else "villagers",
            )
            assert village.reader.decision(number).progress.law is law
        assert village.verify() == []


def test_a_file_needs_a_number_of_its_own_and_a_subject(village):
    opened(village)
    assert f"决策卷宗 {NUMBER} 已经有了" in try_open(village, asked(), NUMBER)
    assert "卷宗要写明是什么事" in try_open(village, asked(subject=" "))
    assert "卷宗要有文号" in try_open(village, asked(), " ")
    assert "没有“修庙”这类事项" in try_open(village, asked(matter="修庙"))
    assert "金额不能小于零" in try_open(village, Asked(COLLECTIVE, "project", "修路", "", -1))
    assert "没有决策卷宗" in refusal(village, lambda: step(village, "无此号", "proposed"))


@pytest.mark.parametrize("early", ["reviewed", "resolved", "published", "executed", "result"])
def test_steps_out_of_order_are_refused(village, early):
    opened(village)
    assert "还没有两委商议" in refusal(village, lambda: step(village, NUMBER, early))


def test_a_short_vote_is_refused_but_may_be_kept_when_the_matter_is_dropped(village):
    opened(village)
    steps(village, NUMBER, "consulted", "reviewed")
    assert "会议决议没有通过" in refusal(
        village, lambda: step(village, NUMBER, "resolved", vote=Vote(30, 28, 19))
    )
    assert "终止要写明原因" in refusal(village, lambda: step(village, NUMBER, "resolved", step=Step.DROPPED))
    done = step(
        village,
        NUMBER,
        "resolved",
        step=Step.DROPPED,
        vote=Vote(30, 28, 19),
        notice_from=None,
        note="没有通过",
    )
    assert done.progress.ended
    assert "卷宗已经终止" in refusal(village, lambda: step(village, NUMBER, "resolved"))
    assert village.verify() == []


def test_the_charter_may_let_a_short_vote_of_the_collective_carry(village):
    opened(village)
    steps(village, NUMBER, "consulted", "reviewed")
    with village.act() as uow:
        resolutions.set_charter(uow, "章程第二十条")
    done = step(village, NUMBER, "resolved", vote=Vote(30, 28, 19), note="再议一次")
    assert done.progress.entries[-1].note == "再议一次（依章程：章程第二十条）"
    with village.act() as uow:
        resolutions.set_charter(uow, "")
    assert village.verify() == []


def test_a_file_only_proposed_may_be_written_better_and_no_later(village):
    opened(village)
    with village.act() as uow:
        decision_files.amend(uow, NUMBER, asked(COMMITTEE, "welfare", "group", "修三组水渠"))
    changed = village.reader.decision(NUMBER)
    assert (changed.ledger, changed.subject, changed.progress.law) == (COMMITTEE, "修三组水渠", Law.COMMITTEE)
    step(village, NUMBER, "consulted")

    def late() -> None:
        with village.act() as uow:
            decision_files.amend(uow, NUMBER, asked())

    assert "已经两委商议，事项不能再改" in refusal(village, late)
    assert village.verify() == []


def test_what_others_may_rely_on_without_a_panel(village):
    assert not complete(village.reader, NUMBER, "decision")
    assert stage_of(village.reader, NUMBER) is None
    opened(village)
    steps(village, NUMBER, "consulted", "reviewed")
    assert stage_of(village.reader, NUMBER) is Stage.PROPOSAL
    steps(village, NUMBER, "resolved")
    assert not complete(village.reader, NUMBER, "decision")
    assert missing(village.reader, village.reader.decision(NUMBER), Stage.DECISION) == ["还没有决议公开"]
    steps(village, NUMBER, "published")
    assert complete(village.reader, NUMBER, "决策")
    assert complete(village.reader, NUMBER, Stage.DECISION, date(2025, 6, 2))
    assert not complete(village.reader, NUMBER, Stage.DECISION, date(2025, 6, 1))
    assert stage_of(village.reader, NUMBER, date(2025, 5, 20)) is Stage.PROPOSAL
    assert not complete(village.reader, NUMBER, "execution")


def test_where_a_panel_was_drawn_its_six_signatures_are_needed_too(village):
    opened(village)
    drawn(village, NUMBER)
    steps(village, NUMBER, "consulted", "reviewed")
    signed(village, NUMBER, Stage.PROPOSAL)
    steps(village, NUMBER, "resolved", "published")
    for place in range(1, 6):
        sign(village, NUMBER, Stage.DECISION, place)
    assert not complete(village.reader, NUMBER, "decision")
    assert missing(village.reader, village.reader.decision(NUMBER), Stage.DECISION) == [
        "六手印记“决策”只签了 5 人"
    ]
    sign(village, NUMBER, Stage.DECISION, 6)
    assert complete(village.reader, NUMBER, "decision")


def test_where_a_panel_is_a_duty_a_matter_without_one_is_not_complete(village):
    opened(village)
    with village.act() as uow:
        panels.set_duty(uow, required=True)
    steps(village, NUMBER, "consulted", "reviewed", "resolved", "published")
    assert missing(village.reader, village.reader.decision(NUMBER), Stage.DECISION) == ["还没有抽签"]
    with village.act() as uow:
        panels.set_duty(uow, required=False)
    assert complete(village.reader, NUMBER, "decision")


def test_what_rests_on_a_decision_is_linked_once(village):
    opened(village)

    def link(kind: str, ref: str) -> None:
        with village.act() as uow:
            decision_files.link(uow, NUMBER, kind, ref)

    link("contract", "HT-2025-003")
    assert village.reader.decision(NUMBER).links == (("contract", "HT-2025-003"),)
    assert "已经连着这份卷宗" in refusal(village, lambda: link("contract", "HT-2025-003"))
    assert "卷宗不能连到“狗”" in refusal(village, lambda: link("狗", "1"))
    assert "没有写编号" in refusal(village, lambda: link("contract", " "))


def test_a_number_without_a_file_is_opened_by_the_draw(village):
    the_list(village)
    with village.act() as uow:
        done = panels.draw_lots(uow, "青村决〔2025〕5号", "1")
    assert done.warnings == ("青村决〔2025〕5号 原来没有卷宗，已经开卷，事项请补写。",)
    made = village.reader.decision("青村决〔2025〕5号")
    assert [entry.step for entry in made.progress.entries] == [Step.PROPOSED]
    assert draw(village, "青村决〔2025〕5号", "1") == done.value
    assert village.verify() == []


def lines(village: Village, month: str) -> list[tuple[Verdict, str, tuple[str, ...]]]:
    found = check_items(village.reader, COLLECTIVE, Month.parse(month))
    return [(item.verdict, item.text, item.evidence) for item in found]


def test_the_check_list_says_what_is_under_way_what_is_up_and_what_was_forgotten(village):
    assert lines(village, "2025-05") == []
    opened(village)
    steps(village, NUMBER, "consulted", "reviewed", "resolved", "published")
    assert lines(village, "2025-04") == []
    assert lines(village, "2025-05") == [
        (Verdict.PASS, "1 件事在办，1 件在公示。", (f"{NUMBER} 决议公开到 2025-06-02",))
    ]
    assert lines(village, "2025-06") == [(Verdict.PASS, "1 件事在办。", ())]
    ((verdict, text, evidence),) = lines(village, "2025-09")
    assert (verdict, text) == (Verdict.WARN, "1 件事超过 90 天没有往下办，请接着办，或写明原因终止。")
    assert evidence == (f"{NUMBER} 修通组公路，2025-06-02 以后没有往下办",)
    step(village, NUMBER, "executed", step=Step.DROPPED, note="改由镇里修")
    assert lines(village, "2025-09") == []
    assert check_items(village.reader, COMMITTEE, Month.parse("2025-09")) == []


def test_what_names_a_decision_in_other_areas_rests_on_it(tmp_path):
    with ShareVillage.found(tmp_path) as village:
        opened(village, body="assembly", matter="shares")
        steps(village, NUMBER, "consulted", "reviewed")
        step(village, NUMBER, "resolved", resolution="青股社〔2025〕1号")
        village.people("001 张三", "002 李四")
        village.share("grant", "2025-06-10", to="001/张三=100", resolution="青股社〔2025〕1号")
        moved(village, "T1", "100.50", "2025-06-21", resolution="青股社〔2025〕1号")
        with village.act() as uow:
            decision_files.link(uow, NUMBER, "project", "三组公路")
        found = village.reader.resting(village.reader.decision(NUMBER))
        assert [(one.kind, one.ref, one.words) for one in found] == [
            ("project", "三组公路", ""),
            ("transfer", "往来-2025-0001", "100.50"),
            ("shares", "第1号 量化", "2025-06-10"),
        ]
