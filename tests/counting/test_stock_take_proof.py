"""What holds of a stock-take against raw SQL, and what verify notices."""

from __future__ import annotations

import sqlite3

import pytest

from tests.builders import Village
from tests.counting.counting_village import counted
from village_ledger.domain.stock_take import Step


@pytest.mark.parametrize(
    ("sql", "text"),
    [
        ("UPDATE stock_take_line SET value = value + 1 WHERE sheet = '01'", "盘点已经结束"),
        ("DELETE FROM stock_take_count", "盘点已经结束"),
        ("UPDATE stock_take_step SET number = '2号'", "不能修改"),
        ("DELETE FROM stock_take_step", "不能删除"),
        (
            "INSERT INTO stock_take_step VALUES (1, 9, 'confirmed', '2026-01-01', '1', '', NULL, '', '')",
            "次序",
        ),
        ("DELETE FROM stock_take", "不能删除"),
        ("UPDATE stock_take SET day = '2025-12-30'", "不能改"),
    ],
)
def test_raw_sql_is_refused(village: Village, sql: str, text: str) -> None:
    counted(village)
    with village.raw() as raw, pytest.raises(sqlite3.IntegrityError, match=text):
        raw.execute(sql)


def test_verify_notices_what_was_changed_behind_the_triggers(village: Village) -> None:
    counted(village)
    with village.raw() as raw:
        for (name,) in raw.execute(
            "SELECT name FROM sqlite_master WHERE type='trigger' AND name LIKE 'stock_take%'"
        ).fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        raw.execute(
            "UPDATE stock_take_count SET value = 5 WHERE line = (SELECT min(line) FROM stock_take_count)"
        )
    assert any(f.rule == "V77" and "封存" in f.text for f in village.verify())
    with village.raw() as raw:
        raw.execute("DELETE FROM stock_take_step WHERE step = 'counted'")
    assert any(f.rule == "V77" and "不见了" in f.text for f in village.verify())


def test_steps_are_named() -> None:
    assert [step.words for step in Step][:2] == ["已从账上填好", "盘点完毕"]
