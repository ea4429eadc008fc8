"""Whoever changes the resource register behind the program's back is refused, or found out by V71."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from tests.builders import COLLECTIVE, Village
from tests.parcels.land import register, split, square
from tests.storage.test_verify import forge
from village_ledger.services.parcels import parcels

TABLES = ("parcel", "parcel_state", "parcel_event", "parcel_step", "parcel_sketch", "parcel_chain")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten 亩 split in two, one part sketched; it verifies."""
    with Village.found(tmp_path_factory.mktemp("land")) as village:
        register(village, "T01", "10")
        split(village, "T01", "2025-03-01", A="4", B="6")
        with village.act() as uow:
            parcels.sketch(uow, COLLECTIVE, "A", square(51.64), date(2025, 3, 1), "皮尺丈量")
        assert village.verify() == []
        return village.path


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE parcel_state SET area = area + 1 WHERE parcel_id = 2", "地块资料第 2 条：和登记时不同"),
        ("UPDATE parcel_state SET east = '公路' WHERE id = 1", "地块资料第 1 条：和登记时不同"),
        ("UPDATE parcel SET code = 'T02' WHERE id = 1", "地块第 1 条：和登记时不同"),
        ("DELETE FROM parcel_state WHERE parcel_id = 3", "地块 B：没有登记资料"),
        ("DELETE FROM parcel_step WHERE parcel_id = 3", "分割或合并前后的面积不同（平方米）"),
        ("UPDATE parcel_sketch SET corners = '[[0,0]]'", "地块 A：草图读不出来"),
        ("UPDATE parcel_sketch SET corners = 'x'", "地块 A：草图读不出来"),
        ("DELETE FROM parcel_chain WHERE seq = 2", "资源台账的链：在第 2 节断开"),
        ("DELETE FROM parcel_chain WHERE seq = (SELECT max(seq) FROM parcel_chain)", "不是照规矩登记的"),
        ("UPDATE parcel_event SET day = '2025-02-01'", "分割合并第 1 条：和登记时不同"),
    ],
)
def test_what_was_changed_by_hand_is_found(book: Path, tmp_path: Path, statement: str, said: str):
    found = forge(book, tmp_path / "改过.vledger", statement)
    assert any(one.rule == "V71" and said in f"{one.record}：{one.text}" for one in found)


ACTS = (
    "UPDATE {t} SET rowid = rowid",
    "DELETE FROM {t}",
    "INSERT OR REPLACE INTO {t} SELECT * FROM {t}",
)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    "act", ["UPDATE {t} SET rowid = rowid", "DELETE FROM {t}", "INSERT OR REPLACE INTO {t} SELECT * FROM {t}"]
)
def test_the_database_refuses_to_rewrite(book: Path, table: str, act: str):
    connection = sqlite3.connect(book, isolation_level=None)
    connection.execute("BEGIN")
    with pytest.raises(sqlite3.IntegrityError, match=r"不能修改|不能删除|不能覆盖|不能再登记|一节接一节"):
        connection.execute(act.format(t=table))
    connection.execute("ROLLBACK")
    connection.close()
