"""Files of share events: one event from rows that belong together, every bad row named, all of it or nothing."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.shares_village import ASSEMBLY, BOARD, POPULATION, ShareVillage
from village_ledger.domain.errors import ImportRefused
from village_ledger.exchange.shares.import_shares import import_shares

HEAD = ("日期", "事件", "股份类别", "转出账户", "转入账户", "数量", "决议文号", "备注")


@pytest.fixture
def village(tmp_path: Path) -> Iterator[ShareVillage]:
    """A hundred households of one member each."""
    with ShareVillage.found(tmp_path) as found:
        found.people(*(f"{n:03} 人{n}" for n in range(1, 101)))
        yield found


def _file(folder: Path, *rows: str) -> Path:
    path = folder / "变动.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEAD)
        writer.writerows([cell.strip() for cell in row.split("|")] for row in rows)
    return path


def _grants(count: int, start: int = 1) -> list[str]:
    return [f"2025-01-10|grant|人口股||{n:03}/人{n}|10|{ASSEMBLY}|" for n in range(start, start + count)]


def _take(village: ShareVillage, path: Path) -> int:
    with village.act() as uow:
        return import_shares(uow, path).value


def test_rows_that_belong_together_are_one_event(village: ShareVillage, tmp_path: Path) -> None:
    village.dies("003/人3", "2025-02-01")
    rows = [
        *_grants(100),
        f"2025-01-11|量化|人口股||集体|5|{ASSEMBLY}|",
        f"2025-02-10|继承|人口股|003/人3|004/人4|3.34|{BOARD}|协议",
        f"2025-02-10|继承|人口股|003/人3|005/人5|6.66|{BOARD}|协议",
        f"2025-03-01|pledge|人口股|001/人1||4|{BOARD}|质1号",
        "2025-03-02|release|人口股|001/人1||4||质1号",
        "2025-03-03|split||002/人2|200|||分户协议",
        f"2025-03-04|转让|人口股|200/人2|001/人1|1|{BOARD}|",
        "2025-03-05|reverse|||||| 7",
    ]
    assert _take(village, _file(tmp_path, *rows)) == 8
    events = village.reader.share_events()
    assert [(e.number, e.kind.value, len(e.lines)) for e in events] == [
        (1, "grant", 100),
        (2, "grant", 1),
        (3, "inherit", 3),
        (4, "pledge", 2),
        (5, "release", 2),
        (6, "split", 0),
        (7, "transfer", 2),
        (8, "reverse", 2),
    ]
    assert village.held()["200/人2"] == "10.00"
    assert village.verify() == []


def test_three_bad_rows_are_all_named_and_nothing_is_applied(village: ShareVillage, tmp_path: Path) -> None:
    rows = _grants(90)
    rows[40] = f"2025-01-10|grant|人口股||041/没有|10|{ASSEMBLY}|"
    rows[77] = f"2025-01-10|grant|人口股||078/人78|10.005|{ASSEMBLY}|"
    rows += [
        f"2025-02-01|transfer|人口股|001/人1|002/人2|10.01|{BOARD}|",
        f"2025-02-01|transfer|人口股|041/人41|002/人2|1|{BOARD}|",
        f"2025-02-02|transfer|人口股|078/人78|002/人2|1|{BOARD}|",
    ]
    with pytest.raises(ImportRefused) as refused:
        _take(village, _file(tmp_path, *rows))
    named = [fault.split("：", 1)[0] for fault in refused.value.faults]
    assert named[:3] == ["第42行", "第79行", "第92行"]
    assert "第94行" not in named  # 人78 lacks shares only because 第79行 is bad
    assert village.reader.last_share_event() == 0


def test_cells_that_cannot_be_read(village: ShareVillage, tmp_path: Path) -> None:
    rows = [
        f"2025-13-01|grant|人口股||001/人1|10|{ASSEMBLY}|",
        f"2025-01-10|送|人口股||001/人1|10|{ASSEMBLY}|",
        f"2025-01-10|grant|没有股||001/人1|10|{ASSEMBLY}|",
        "2025-01-10|reverse|||||| 第一号",
    ]
    with pytest.raises(ImportRefused) as refused:
        _take(village, _file(tmp_path, *rows))
    assert [fault[:3] for fault in refused.value.faults] == ["第2行", "第3行", "第4行", "第5行"]


def test_a_thousand_grants_are_one_quick_event(village: ShareVillage, tmp_path: Path) -> None:
    village.people(*(f"{n} 人{n}" for n in range(1000, 2000)))
    rows = [f"2025-01-10|grant|人口股||{n}/人{n}|10|{ASSEMBLY}|" for n in range(1000, 2000)]
    assert _take(village, _file(tmp_path, *rows)) == 1
    share_class = village.reader.share_class(POPULATION)
    assert village.reader.class_total(share_class.id) == 1_000_000
    assert village.reader.share_totals()[share_class.id].free == 1_000_000
