"""The posting record is for good: triggers refuse, the log holds each row's mark, verify names what was changed (V81)."""

from __future__ import annotations

import pytest

from tests.builders import WANG, Village
from tests.disclosure.posting_village import QUARTER, SUN, ZHOU, Wall
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.finding import Finding
from village_ledger.domain.posting import PostingAct

EVENT = "(posting_id, seq, act, day, people, opinion, body, place, until, words, written_by, written_at)"


def tampered(village: Village, sql: str) -> list[Finding]:
    """What the program finds after somebody took the triggers away and changed a row."""
    with village.raw() as raw:
        names = raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in names:
            if name.startswith(("wall_", "objection")):
                raw.execute(f"DROP TRIGGER {name}")
        raw.execute(sql)
    return village.verify()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE wall_posting SET occasion = 'month'",
        "DELETE FROM wall_posting",
        "UPDATE wall_event SET day = '2025-04-01'",
        "DELETE FROM wall_event",
        "UPDATE wall_sheet SET line = 9",
        "DELETE FROM wall_sheet",
        "UPDATE objection SET who = '李四'",
        "DELETE FROM objection",
        "UPDATE objection_event SET words = '改了'",
        "DELETE FROM objection_event",
        "INSERT INTO wall_sheet VALUES (1, 9, 'DDDD')",
        (
            f"INSERT INTO wall_event {EVENT} "
            "VALUES (1, 3, 'closed', '2025-05-01', '', '', '', '', '', '', '王秀英', '')"
        ),
        (
            f"INSERT INTO wall_event {EVENT} "
            "VALUES (1, 3, 'taken-down', '2025-04-01', '', '', '', '', '', '', '王秀英', '')"
        ),
        (
            f"INSERT INTO wall_event {EVENT} "
            "VALUES (2, 1, 'reviewed', '2025-05-01', '王秀英', 'agreed', '', '', '', '', '王秀英', '')"
        ),
        (
            "INSERT INTO wall_posting (ledger_id, year, number, occasion, first_day, last_day, note, made_by, made_at) "
            "VALUES (1, 2025, 9, 'year', '2025-01-01', '2025-12-31', '', '王秀英', '')"
        ),
        (
            "INSERT INTO objection_event (objection_id, seq, act, day, who, words, due, result, written_by, written_at) "
            "VALUES (1, 2, 'answered', '2025-05-01', '', '说', '', '', '王秀英', '')"
        ),
        (
            "INSERT INTO objection (ledger_id, year, number, posting_id, code, day, who, item, way, due, written_by, written_at) "
            "VALUES (1, 2025, 2, 1, 'ZZZZ', '2025-05-01', '张三', '账', '口头', '2025-05-02', '王秀英', '')"
        ),
    ],
)
def test_even_raw_sql_only_adds_what_may_be(wall: Wall, sql: str) -> None:
    raised = wall.object(wall.hung("AAAA", "BBBB").number)
    wall.answer(raised.number)
    wall.set("CCCC")
    with pytest.raises(LedgerError), wall.village.act() as uow:
        uow.connection.exec_driver_sql(sql)
    assert wall.faults() == []


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        (
            "UPDATE wall_event SET place = '没人看见的地方' WHERE act = 'posted'",
            "张贴的办理记录和操作日志里的记录码不符",
        ),
        (
            "UPDATE wall_event SET people = '吴监事' WHERE act = 'reviewed'",
            "张贴的办理记录和操作日志里的记录码不符",
        ),
        ("DELETE FROM objection_event", "操作日志里登记过的公开异议不见了，或被改过"),
        ("UPDATE objection SET item = '没有意见'", "异议的登记和操作日志里的记录码不符"),
        ("DELETE FROM wall_sheet WHERE code = 'BBBB'", "张贴的登记和操作日志里的记录码不符"),
        ("UPDATE wall_event SET people = '王秀英' WHERE act = 'reviewed'", "王秀英 做过这些表，不能自己审查"),
        ("DELETE FROM wall_event WHERE act = 'reviewed'", "监督机构还没有审查，不能张贴"),
    ],
)
def test_verify_notices_what_was_changed_behind_the_triggers(wall: Wall, sql: str, said: str) -> None:
    raised = wall.object(wall.hung().number)
    wall.answer(raised.number)
    found = tampered(wall.village, sql)
    assert any(one.rule == "V81" and said in one.text for one in found), [one.sentence() for one in found]


def test_the_log_names_the_act_and_not_who_objected(wall: Wall) -> None:
    made = wall.hung()
    wall.object(made.number)
    log = [one for one in wall.village.reader.operations() if one.action in ("张贴", "公开异议")]
    assert [one.subject for one in log] == ["2025-01", "2025-01", "2025-01", "异-2025-01"]
    assert "贴在村委会门前公开栏，至少贴到 2025-04-17" in log[2].detail
    assert not any("张三" in one.detail for one in log)


def test_a_set_as_it_was_put_together_is_what_its_acts_are_held_to(wall: Wall) -> None:
    made = wall.hung()
    assert [one.act for one in made.events] == [PostingAct.REVIEWED, PostingAct.POSTED]
    assert made.supervisors == (SUN, ZHOU)
    assert made.makers == (WANG,)
    assert made.span == QUARTER
