"""What the share register holds even against a tool that knows nothing of us, and what ``verify`` sees when triggers are gone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.shares_village import BOARD, ShareVillage

ZERO = "zeroblob(32)"


@pytest.fixture
def village(tmp_path: Path) -> Iterator[ShareVillage]:
    """张三 100, 李四 100; 张三 pledged 60."""
    with ShareVillage.found(tmp_path) as found:
        found.people("001 张三", "002 李四")
        found.share("grant", "2025-01-10", to="001/张三=100, 002/李四=100")
        found.share("pledge", "2025-02-01", "001/张三", "", "60", contract="质1号", party="信用社")
        yield found


def _event(raw: sqlite3.Connection, kind: str, *lines: tuple[int, str, int], **more: object) -> None:
    """An event of 2025-03-01 with the right number and a chain that fits, by raw SQL."""
    number = raw.execute("SELECT max(number) + 1 FROM share_event").fetchone()[0]
    for place, (account, bucket, delta) in enumerate(lines, 1):
        raw.execute(
            "INSERT INTO share_line VALUES (?, ?, ?, ?, ?, '2025-03-01')",
            (number, place, account, bucket, delta),
        )
    head = {"class_id": 1, "day": "2025-03-01", "resolution": BOARD, "number": number, **more}
    raw.execute(
        f"INSERT INTO share_event (kind, entered_by, entered_at, previous, digest, {', '.join(head)}) VALUES (?, '王', 'x', "
        f"(SELECT digest FROM share_event ORDER BY number DESC LIMIT 1), zeroblob(32), {', '.join('?' * len(head))})",
        (kind, *head.values()),
    )


@pytest.mark.parametrize(
    ("kind", "lines", "more"),
    [
        ("transfer", [(1, "free", -4100), (2, "free", 4100)], {}),  # 40.00 are free
        ("transfer", [(1, "free", -100), (2, "free", 101)], {}),  # out of nothing
        ("transfer", [(1, "pledged", -100), (2, "free", 100)], {}),  # pledged shares sold
        ("transfer", [(1, "free", -100), (2, "free", 100)], {"resolution": None}),
        ("transfer", [(1, "free", -100), (2, "free", 100)], {"number": 7}),  # a gap
        ("transfer", [(1, "free", -100), (2, "free", 100)], {"day": "2025-03-02"}),  # lines of another day
        ("transfer", [(1, "free", -100), (2, "free", 100)], {"reviewed_by": "王"}),
        ("grant", [(1, "free", -100)], {}),
        ("release", [(1, "pledged", -100), (1, "free", 100)], {}),  # of no pledge
        ("release", [(1, "pledged", -6100), (1, "free", 6100)], {"pledge_id": 2}),
        ("pledge", [(2, "free", -100), (2, "pledged", 100)], {}),  # not registered
        ("freeze", [(1, "free", -100), (2, "frozen", 100)], {}),
        ("reverse", [(1, "free", 6000), (1, "pledged", -5900)], {"reverses": 2, "pledge_id": 2}),
        ("split", [(1, "free", -100), (2, "free", 100)], {"person_id": 1, "household_id": 1}),
        ("transfer", [], {}),
    ],
)
def test_no_event_that_breaks_a_rule_gets_in(
    village: ShareVillage, kind: str, lines: list[tuple[int, str, int]], more: dict[str, object]
) -> None:
    with village.raw() as raw:
        raw.execute("BEGIN")
        with pytest.raises(sqlite3.IntegrityError):
            _event(raw, kind, *lines, **more)
        raw.execute("ROLLBACK")


def test_a_whole_event_does_get_in_but_its_digest_shows(village: ShareVillage) -> None:
    with village.raw() as raw:
        _event(raw, "transfer", (1, "free", -100), (2, "free", 100))
    assert [finding.rule for finding in village.verify()] == ["V61"]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE share_event SET day = '2024-01-01' WHERE number = 1",
        "DELETE FROM share_event WHERE number = 2",
        "UPDATE share_line SET delta = 1 WHERE event_id = 1",
        "DELETE FROM share_line",
        "INSERT INTO share_line VALUES (1, 9, 1, 'free', 5, '2025-01-10')",
        "INSERT OR REPLACE INTO share_line VALUES (1, 1, 1, 'free', 5, '2025-01-10')",
        "UPDATE share_pledge SET quantity = 1",
        "UPDATE share_class SET decimals = 4",
        "DELETE FROM share_charter",
        "UPDATE share_account SET person_id = 2 WHERE id = 1",
        "INSERT INTO share_account VALUES (99, 1, 1)",
    ],
)
def test_what_was_posted_stays(village: ShareVillage, sql: str) -> None:
    with village.raw() as raw, pytest.raises(sqlite3.IntegrityError):
        raw.execute(sql)


@pytest.mark.parametrize(
    ("sql", "rules"),
    [
        ("UPDATE share_line SET delta = 20000 WHERE event_id = 1 AND line = 1", {"V61"}),
        ("UPDATE share_line SET delta = -7000 WHERE event_id = 2 AND line = 1", {"V61", "V62"}),
        ("UPDATE share_line SET delta = delta * 3 WHERE event_id = 2", {"V61", "V63", "V64"}),
        ("UPDATE share_event SET contract = '质2号' WHERE number = 2", {"V61"}),
        ("UPDATE share_event SET resolution = NULL WHERE number = 1", {"V61", "V65"}),
        ("UPDATE share_pledge SET creditor = '别家'", {"V61"}),
        ("DELETE FROM share_event WHERE number = 1", {"V1", "V61"}),
        ("DELETE FROM share_pledge", {"V61", "V64"}),
    ],
)
def test_tampering_shows(village: ShareVillage, sql: str, rules: set[str]) -> None:
    with village.raw() as raw:
        kept = raw.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'share%'"
        ).fetchall()
        for name, _ in kept:
            raw.execute(f"DROP TRIGGER {name}")
        raw.execute(sql)
        for _, text in kept:
            raw.execute(text)
    assert {finding.rule for finding in village.verify()} == rules
