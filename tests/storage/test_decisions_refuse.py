"""Decision files and panels hold against raw SQL, and verify notices whoever took the triggers away."""

from __future__ import annotations

import sqlite3

import pytest

from tests.builders import Village
from tests.decision_village import NUMBER, drawn, opened, signed, steps
from village_ledger.domain.decision import Stage
from village_ledger.services.decisions import decision_files


@pytest.fixture
def decided(village: Village) -> Village:
    """A village with a file as far as its published resolution, the panel drawn, the proposal signed."""
    opened(village)
    with village.act() as uow:
        decision_files.name_interest(uow, NUMBER, "秦二喜", "投标人")
        decision_files.link(uow, NUMBER, "contract", "HT-7")
    drawn(village, NUMBER)
    steps(village, NUMBER, "consulted", "reviewed")
    signed(village, NUMBER, Stage.PROPOSAL)
    steps(village, NUMBER, "resolved", "published")
    return village


_STEP = (
    "INSERT INTO decision_step (decision_id, step, day, eligible, present, in_favour, against, abstained, note, "
    "written_by, written_at) VALUES (1, '{step}', '{day}', 0, 0, 0, 0, 0, 'x', '甲', '2025')"
)
_SIGN = (
    "INSERT INTO panel_sign (decision_id, stage, place, seat_id, verdict, day, on_paper, written_by, written_at) "
    "VALUES (1, '{stage}', {place}, {seat}, 'agree', '2025-05-26', 1, '甲', '2025')"
)


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE decision SET subject = '别的事'", "事项不能再改"),
        ("UPDATE decision SET number = '9号'", "事项不能再改"),
        ("DELETE FROM decision", "决策卷宗不能删除"),
        ("UPDATE decision_step SET in_favour = 29 WHERE step = 'resolved'", "四议两公开的记录不能修改"),
        ("DELETE FROM decision_step WHERE step = 'published'", "四议两公开的记录不能删除"),
        (_STEP.format(step="result", day="2025-06-20"), "要一步一步办"),
        (_STEP.format(step="resolved", day="2025-06-20"), "要一步一步办"),
        (_STEP.format(step="executed", day="2025-05-28"), "公示还没有满"),
        ("UPDATE panel_lot SET name = '陈秀英'", "抽签不能修改"),
        ("DELETE FROM panel_lot", "抽签不能删除"),
        ("DELETE FROM panel_draw", "抽签不能删除"),
        ("UPDATE panel_draw SET seed = '8'", "抽签不能修改"),
        ("INSERT INTO panel_draw VALUES (1, 1, '8', '甲', '2025')", "一件事只抽一次"),
        ("INSERT OR REPLACE INTO panel_draw VALUES (1, 1, '8', '甲', '2025')", "一件事只抽一次"),
        (
            (
                'INSERT INTO panel_lot (decision_id, place, round, register, "index", eligible, list_id, line, name, '
                "reason, drawn_by, drawn_at) VALUES (1, 2, 1, '普通党员', 0, 4, 1, 4, '李国强', '', '甲', '2025')"
            ),
            "抽出来的不能改",
        ),
        ("INSERT INTO panel_barred VALUES (1, 2, '亲戚')", "不能再加回避的人"),
        ("UPDATE panel_person SET avoids = 1", "六手印记名单不能修改"),
        ("INSERT INTO panel_person VALUES (1, 99, '困难户', '新人', 0)", "导入的名单不能再加人"),
        ("UPDATE panel_sign SET verdict = 'disagree', opinion = 'x'", "六手印记签字不能修改"),
        ("DELETE FROM panel_sign", "六手印记签字不能删除"),
        (_SIGN.format(stage="proposal", place=1, seat=1), "改签要写明原因"),
        (_SIGN.format(stage="execution", place=1, seat=1), "一个阶段一个阶段签"),
        (_SIGN.format(stage="decision", place=2, seat=1), "一个阶段一个阶段签"),
        ("UPDATE panel_seat SET name = '陈秀英'", "六手印记席位不能修改"),
        (
            (
                "INSERT INTO panel_seat (decision_id, place, role, name, lot_id, seated_by, seated_at) "
                "SELECT 1, 5, '律师', name, NULL, '甲', '2025' FROM panel_seat WHERE place = 1"
            ),
            "一个人只坐一席",
        ),
        (
            (
                "INSERT INTO panel_seat (decision_id, place, role, name, lot_id, seated_by, seated_at) "
                "SELECT 1, 1, role, '陌生人', lot_id, '甲', '2025' FROM panel_seat WHERE place = 1"
            ),
            "只坐抽中的人",
        ),
        (
            (
                "INSERT INTO decision (number, ledger_id, law, matter, body, subject, amount, steps, opened_by, opened_at) "
                "SELECT '8号', id, 'committee', 'project', 'villagers', 'x', 0, 'proposed,closed', '甲', '2025' FROM ledger "
                "WHERE kind = 'collective'"
            ),
            "表决依据的法律不是这本账的",
        ),
        (
            (
                "INSERT INTO decision (number, ledger_id, law, matter, body, subject, amount, steps, opened_by, opened_at) "
                "SELECT '8号', id, 'collective', 'project', 'villagers', 'x', 0, 'proposed,closed', '甲', '2025' FROM ledger "
                "WHERE kind = 'collective'"
            ),
            "ck_decision_body",
        ),
    ],
)
def test_raw_sql_is_refused(decided, statement, sentence):
    with decided.raw() as raw, pytest.raises(sqlite3.IntegrityError, match=sentence):
        raw.execute(statement)
    assert decided.verify() == []


def test_nothing_is_added_to_a_closed_file(decided):
    signed(decided, NUMBER, Stage.DECISION)
    steps(decided, NUMBER, "executed")
    signed(decided, NUMBER, Stage.EXECUTION)
    steps(decided, NUMBER, "result")
    with (
        decided.raw() as raw,
        pytest.raises(sqlite3.IntegrityError, match="六个人还没有签完评议"),
    ):
        raw.execute(_STEP.format(step="closed", day="2025-07-05"))
    signed(decided, NUMBER, Stage.EVALUATION)
    for statement, sentence in (
        (_SIGN.format(stage="evaluation", place=1, seat=1).replace("'agree'", "'abstain'"), "归了档不再签"),
        (
            (
                "INSERT INTO decision_interest (decision_id, name, reason, ended, written_by, written_at) "
                "VALUES (1, '甲', 'x', 0, '甲', '2025')"
            ),
            "归了档、终止了的卷宗不再改动",
        ),
    ):
        with decided.raw() as raw, pytest.raises(sqlite3.IntegrityError, match=sentence):
            raw.execute(statement)


@pytest.mark.parametrize(
    ("trigger", "statement", "said"),
    [
        ("panel_lot_no_update", "UPDATE panel_lot SET name = '陈秀英' WHERE place = 1", "抽签重算不符"),
        (
            "panel_lot_no_update",
            "UPDATE panel_lot SET reason = 'x' WHERE place = 1",
            "抽签和操作日志里的记录码不符",
        ),
        ("panel_person_no_update", "UPDATE panel_person SET name = '关系户' WHERE line = 1", "名单被改过"),
        ("panel_draw_no_update", "UPDATE panel_draw SET seed = '8'", "抽签重算不符"),
        ("panel_seat_no_update", "UPDATE panel_seat SET name = '陌生人' WHERE place = 1", "坐的不是抽中的人"),
        ("panel_sign_no_update", "UPDATE panel_sign SET verdict = 'abstain'", "签字和操作日志里的记录码不符"),
        (
            "panel_sign_no_update",
            "UPDATE panel_sign SET stage = 'decision' WHERE place = 1",
            "没有签完就签了“决策”",
        ),
        (
            "decision_step_no_update",
            "UPDATE decision_step SET in_favour = 10, against = 0 WHERE step = 'resolved'",
            "会议决议的票数不够",
        ),
        (
            "decision_step_no_update",
            "UPDATE decision_step SET day = '2025-05-07' WHERE step = 'reviewed'",
            "党员大会审议的日期早于两委商议",
        ),
        (
            "decision_step_no_update",
            "UPDATE decision_step SET note = 'x' WHERE step = 'proposed'",
            "记录码不符",
        ),
        ("decision_step_no_delete", "DELETE FROM decision_step WHERE step = 'consulted'", "顺序不对"),
        ("decision_update", "UPDATE decision SET subject = '别的事'", "卷宗和操作日志里的记录码不符"),
        ("panel_sign_no_delete", "DELETE FROM panel_sign WHERE place = 6", "操作日志里登记过的签字不见了"),
        (
            "panel_barred_no_update",
            "UPDATE panel_barred SET reason = '住院'",
            "抽签时不参加的第10行和操作日志不符",
        ),
        ("panel_barred_no_delete", "DELETE FROM panel_barred", "抽签重算不符"),
        (
            "decision_interest_no_delete",
            "DELETE FROM decision_interest",
            "操作日志里登记过的利害关系人不见了",
        ),
        (
            "decision_link_no_update",
            "UPDATE decision_link SET ref = 'HT-9'",
            "卷宗的联系和操作日志里的记录码不符",
        ),
    ],
)
def test_verify_names_what_was_changed_behind_the_triggers(decided, trigger, statement, said):
    assert decided.verify() == []
    with decided.raw() as raw:
        (text,) = raw.execute("SELECT sql FROM sqlite_master WHERE name = ?", (trigger,)).fetchone()
        raw.execute(f"DROP TRIGGER {trigger}")
        raw.execute(statement)
        raw.execute(text)
    found = [finding.sentence() for finding in decided.verify()]
    assert any(said in sentence for sentence in found), found
    assert all("[V73]" in sentence for sentence in found), found


def test_a_file_put_back_to_what_it_first_said_is_noticed(village):
    opened(village)
    with village.act() as uow:
        decision_files.amend(
            uow,
            NUMBER,
            decision_files.Asked("collective", "project", "修三组公路", "representatives", 86_000_00),
        )
    assert village.verify() == []
    with village.raw() as raw:
        raw.execute("UPDATE decision SET subject = '修通组公路'")
    assert [finding.text for finding in village.verify()] == ["操作日志里登记过的卷宗不见了，或被改过"]
