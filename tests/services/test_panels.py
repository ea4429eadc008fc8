"""六手印记 in a book: one draw, four drawn and two fixed, relatives out, four stages signed by six, then closed."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import Village
from tests.decision_village import (
    FOUR,
    NUMBER,
    SIGNED_ON,
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
from village_ledger.domain.decision import Stage, Step
from village_ledger.domain.panel import list_digest, lot_index
from village_ledger.services.decisions import decision_files, panels
from village_ledger.services.people.people import move_household
from village_ledger.storage.decisions.records import Panel


def interest(village: Village, name: str, reason: str = "中标方") -> tuple[str, ...]:
    with village.act() as uow:
        return decision_files.name_interest(uow, NUMBER, name, reason).warnings


def substitute(village: Village, name: str, reason: str = "外出务工") -> Panel:
    with village.act() as uow:
        return panels.substitute(uow, NUMBER, name, reason).value


def seat(village: Village, place: int, name: str, kind: str = "", reason: str = "") -> Panel:
    with village.act() as uow:
        return panels.take_seat(uow, NUMBER, place, name, kind, reason).value


@pytest.fixture
def file(village: Village) -> Village:
    """A village with a file, just proposed, and the list taken in."""
    opened(village)
    the_list(village)
    return village


def test_the_same_draw_again_gives_the_same_answer_and_another_seed_is_refused(file):
    first = draw(file, NUMBER)
    assert draw(file, NUMBER) == first
    assert "已经用种子“3-7-1-9”抽过签，一件事只抽一次" in refusal(
        file, lambda: draw(file, NUMBER, "再来一次")
    )
    assert [s.place for s in first.seats.values()] == [1, 2, 3, 4]
    for drawn_lot in first.lots:
        lot = drawn_lot.lot
        assert lot.index == lot_index("3-7-1-9", list_digest(first.list.rows), lot.register, lot.eligible)
    assert file.verify() == []


def test_a_new_list_does_not_change_an_old_draw(file):
    first = draw(file, NUMBER)
    the_list(file, 困难户="新来的")
    assert file.reader.panel(file.reader.decision(NUMBER).id) == first


def test_the_same_list_again_is_no_new_one(file):
    known = file.reader.panel_list()
    the_list(file)
    assert file.reader.panel_list() == known


def test_no_draw_without_a_list_a_seed_or_with_an_empty_register(village):
    opened(village)
    assert "还没有导入六手印记的名单" in refusal(village, lambda: draw(village, NUMBER))
    the_list(village, 困难户="")
    assert "名册“困难户”一个人也没有，不能抽签" in refusal(village, lambda: draw(village, NUMBER))
    the_list(village, 困难户="吴大福*")
    assert "名册“困难户”里没有可以抽的人" in refusal(village, lambda: draw(village, NUMBER))
    assert "没有写种子" in refusal(village, lambda: draw(village, NUMBER, " "))
    assert village.reader.panel(village.reader.decision(NUMBER).id) is None


def test_an_interested_party_is_not_drawn(file):
    for name in FOUR["困难户"].split()[1:]:
        interest(file, name)
    made = draw(file, NUMBER)
    assert made.seats[3].name == "吴大福"
    assert [reason for _, reason in made.lots[2].lot.out] == ["本人是利害关系人（中标方）"] * 2
    assert file.verify() == []


def test_a_household_of_an_interested_party_is_not_drawn(tmp_path):
    with ShareVillage.found(tmp_path) as village:
        village.people("001 包工头 郑小兰", "002 秦二喜", "003 吴大福")
        opened(village)
        the_list(village)
        interest(village, "包工头")
        made = draw(village, NUMBER)
        assert made.lots[2].lot.out == ((9, "和利害关系人 包工头 是一户或曾是一户"),)
        assert made.seats[3].name != "郑小兰"


def test_a_child_who_left_the_household_is_still_a_relative(tmp_path):
    with ShareVillage.found(tmp_path) as village:
        village.people("001 包工头 郑小兰", "002 秦二喜")
        with village.act() as uow:
            child = uow.reader.person_at("001/郑小兰")
            move_household(uow, child, "002", date(2023, 1, 1), "结婚", relation="儿媳")
        opened(village)
        the_list(village)
        interest(village, "001/包工头")
        assert "和利害关系人 包工头 是一户或曾是一户" in str(draw(village, NUMBER).lots[2].lot.out)


def test_somebody_absent_is_replaced_by_the_next_round_and_the_first_stays_on_record(file):
    first = draw(file, NUMBER)
    absent = first.seats[2].name
    second = substitute(file, absent)
    assert second.seats[2].name != absent
    assert second.lots[:4] == first.lots
    assert (second.lots[4].lot.round, second.lots[4].lot.reason) == (2, f"{absent} 外出务工")
    assert [one.name for one in second.former] == [absent]
    assert draw(file, NUMBER) == second
    assert "替补要写明原因" in refusal(file, lambda: substitute(file, second.seats[2].name, " "))
    assert f"{absent} 不在席上" in refusal(file, lambda: substitute(file, absent))
    assert file.verify() == []


def test_a_register_runs_out_of_people(file):
    draw(file, NUMBER)
    panel = file.reader.panel(file.reader.decision(NUMBER).id)
    assert panel is not None
    for _ in FOUR["困难户"].split()[1:]:
        panel = substitute(file, panel.seats[3].name)
    assert "名册“困难户”里没有可以抽的人" in refusal(file, lambda: substitute(file, panel.seats[3].name))


def test_nobody_sits_twice_and_nobody_interested_sits(file):
    panel = draw(file, NUMBER)
    assert f"{panel.seats[1].name} 已经坐在“组长老干部”席上" in refusal(
        file, lambda: seat(file, 5, panel.seats[1].name)
    )
    interest(file, "文律师", "投标人的代理人")
    assert "文律师 要回避：本人是利害关系人" in refusal(file, lambda: seat(file, 5, "文律师"))
    seat(file, 5, "姜律师", "律师")
    assert "姜律师 已经坐在“村法律顾问（律师）”席上" in refusal(file, lambda: seat(file, 6, "姜律师"))
    assert "第 5 席已经是 姜律师" in refusal(file, lambda: seat(file, 5, "何律师"))
    assert seat(file, 5, "何律师", reason="姜律师出差").seats[5].name == "何律师"
    assert "第 2 席是抽签的席位，不能指定" in refusal(file, lambda: seat(file, 2, "何律师"))
    assert "“村会计”不能坐这一席" in refusal(file, lambda: seat(file, 6, "唐代表", "村会计"))
    assert "没有写姓名" in refusal(file, lambda: seat(file, 6, " "))
    assert "不是抽签的席位" in refusal(file, lambda: substitute(file, "何律师"))


def test_who_turns_out_to_be_interested_must_be_replaced_before_signing(file):
    panel = draw(file, NUMBER)
    name = panel.seats[4].name
    assert interest(file, name) == (f"{name} 现在坐在“其他农户”席上，请另抽一人替补。",)
    assert f"{name} 要回避" in refusal(file, lambda: sign(file, NUMBER, Stage.PROPOSAL, 4))
    substitute(file, name, "有利害关系")
    sign(file, NUMBER, Stage.PROPOSAL, 4)


def test_an_interest_named_by_mistake_is_taken_back_and_both_stay_in_the_log(file):
    interest(file, "秦二喜")
    assert "秦二喜 已经写为利害关系人" in refusal(file, lambda: interest(file, "秦二喜"))
    assert "要写明是什么利害关系" in refusal(file, lambda: interest(file, "吴大福", " "))
    with file.act() as uow:
        decision_files.clear_interest(uow, NUMBER, "秦二喜", "同名的另一个人")
    assert file.reader.decision(NUMBER).interests == ()

    def again() -> None:
        with file.act() as uow:
            decision_files.clear_interest(uow, NUMBER, "秦二喜", "同名的另一个人")

    assert "没有写过利害关系人“秦二喜”" in refusal(file, again)


def test_four_stages_of_six_and_the_last_signature_closes_the_file(village):
    opened(village)
    drawn(village, NUMBER)
    steps(village, NUMBER, "consulted", "reviewed")
    signed(village, NUMBER, Stage.PROPOSAL)
    steps(village, NUMBER, "resolved", "published")
    signed(village, NUMBER, Stage.DECISION)
    steps(village, NUMBER, "executed")
    signed(village, NUMBER, Stage.EXECUTION)
    steps(village, NUMBER, "result")
    signed(village, NUMBER, Stage.EVALUATION)
    done = village.reader.decision(NUMBER)
    assert done.progress.entries[-1].step is Step.CLOSED
    assert done.progress.entries[-1].day == SIGNED_ON[Stage.EVALUATION]
    for act in (
        lambda: sign(village, NUMBER, Stage.EVALUATION, 1, corrects="写错"),
        lambda: interest(village, "秦二喜"),
        lambda: substitute(village, done.subject),
        lambda: draw(village, NUMBER, "再抽"),
    ):
        assert refusal(village, act)
    assert "归了档、终止了的卷宗不再" in refusal(village, lambda: sign(village, NUMBER, Stage.EVALUATION, 1))
    assert village.verify() == []


def test_stages_are_signed_in_order_and_not_before_their_step(village):
    opened(village)
    drawn(village, NUMBER)
    assert "“提议”还没有签完（0/6），不能签“决策”" in refusal(
        village, lambda: sign(village, NUMBER, Stage.DECISION, 1)
    )
    assert "签字日期 2025-05-05 早于支部提议的 2025-05-06" in refusal(
        village, lambda: sign(village, NUMBER, Stage.PROPOSAL, 1, day=date(2025, 5, 5))
    )
    signed(village, NUMBER, Stage.PROPOSAL)
    assert "还没有会议决议，不能签“决策”" in refusal(
        village, lambda: sign(village, NUMBER, Stage.DECISION, 1)
    )
    steps(village, NUMBER, "consulted", "reviewed", "resolved")
    assert "签字日期 2025-05-24 早于会议决议" in refusal(
        village, lambda: sign(village, NUMBER, Stage.DECISION, 1, day=date(2025, 5, 24))
    )
    assert "早于“提议”" in refusal(
        village, lambda: sign(village, NUMBER, Stage.DECISION, 1, day=date(2025, 5, 9))
    )


def test_a_file_with_a_panel_is_not_closed_before_all_have_evaluated(village):
    opened(village)
    drawn(village, NUMBER)
    steps(village, NUMBER, "consulted", "reviewed", "resolved", "published", "executed", "result")
    closing = {"step": Step.CLOSED, "day": date(2025, 7, 5)}
    assert "还不能归档：六手印记“提议”只签了 0 人" in refusal(
        village, lambda: step(village, NUMBER, "result", **closing)
    )


def test_a_signature_is_written_once_and_put_right_only_with_a_reason(village):
    opened(village)
    drawn(village, NUMBER)
    sign(village, NUMBER, Stage.PROPOSAL, 1)
    assert "在“提议”已经签过" in refusal(village, lambda: sign(village, NUMBER, Stage.PROPOSAL, 1))
    assert "不同意要写意见" in refusal(
        village, lambda: sign(village, NUMBER, Stage.PROPOSAL, 2, verdict="disagree")
    )
    assert "没有“点头”这种表态" in refusal(
        village, lambda: sign(village, NUMBER, Stage.PROPOSAL, 2, verdict="点头")
    )
    sign(village, NUMBER, Stage.PROPOSAL, 1, verdict="disagree", opinion="先修水渠", corrects="录错了人")
    panel = village.reader.panel(village.reader.decision(NUMBER).id)
    assert panel is not None
    kept = panel.signs[Stage.PROPOSAL, 1]
    assert (kept.verdict, kept.opinion, kept.corrects) == ("disagree", "先修水渠", "录错了人")
    assert village.verify() == []


def test_a_place_that_has_spoken_but_not_signed_on_paper_does_not_count_until_it_has(village):
    opened(village)
    drawn(village, NUMBER)
    sign(village, NUMBER, Stage.PROPOSAL, 1, on_paper=False)
    assert "在“提议”已经签过" in refusal(
        village, lambda: sign(village, NUMBER, Stage.PROPOSAL, 1, on_paper=False)
    )
    panel = village.reader.panel(village.reader.decision(NUMBER).id)
    assert panel is not None
    assert panel.signed(Stage.PROPOSAL) == 0
    sign(village, NUMBER, Stage.PROPOSAL, 1)
    panel = village.reader.panel(village.reader.decision(NUMBER).id)
    assert panel is not None
    assert (panel.signed(Stage.PROPOSAL), panel.signs[Stage.PROPOSAL, 1].corrects) == (1, "补签")


def test_an_empty_place_cannot_sign_and_no_place_without_a_draw(file):
    assert "还没有抽签" in refusal(file, lambda: sign(file, NUMBER, Stage.PROPOSAL, 1))
    draw(file, NUMBER)
    assert "第 6 席还没有人" in refusal(file, lambda: sign(file, NUMBER, Stage.PROPOSAL, 6))


def test_a_file_signed_by_somebody_is_not_rewritten(village):
    opened(village)
    drawn(village, NUMBER)
    sign(village, NUMBER, Stage.PROPOSAL, 1)

    def rewrite() -> None:
        with village.act() as uow:
            decision_files.amend(uow, NUMBER, decision_files.Asked("collective", "asset", "卖车"))

    assert "已经有人签字，事项不能再改" in refusal(village, rewrite)
