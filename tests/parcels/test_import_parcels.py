"""``import parcels``: the register from a file, all of it or nothing, every fault named by its row."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.builders import COLLECTIVE, Village
from tests.exchange.files import write_csv
from village_ledger.domain.area import parse_mu, parse_sqm
from village_ledger.domain.errors import ImportRefused, UnreadableError
from village_ledger.domain.parcel import OwnerLevel, Standing
from village_ledger.exchange.import_parcels import import_parcels, read_parts

HEADER = (
    *("地块编号", "名称", "类别", "面积（亩）", "面积（平方米）", "东至", "南至", "西至", "北至"),
    *("所有权", "所有权人", "单价", "利用情况", "使用人", "登记日期", "依据"),
)
PADDY = (
    *("T01", "河湾水田", "水田", "12.5", "8333.33", "村道", "青河", "李家田", "水渠"),
    *("", "", "600", "出租", "李四", "2025-02-01", "2018年确权登记"),
)
HILL = (
    *("H01", "后山林", "林地", "120", "", "山脊", "村道", "界石", "溪沟"),
    *("组集体", "第三村民小组", "", "", "", "", ""),
)


def taken(village: Village, path: Path) -> tuple[str, ...]:
    with village.act() as uow:
        return import_parcels(uow, COLLECTIVE, path).warnings


def one_wrong(row: Sequence[str], **changed: str) -> tuple[str, ...]:
    return tuple(
        changed.get(head.replace("（", "_").replace("）", ""), cell)
        for head, cell in zip(HEADER, row, strict=True)
    )


def test_a_register_is_taken_in(village: Village, tmp_path: Path):
    taken(village, write_csv(tmp_path / "资源.csv", [PADDY, HILL], HEADER))
    hill, paddy = village.reader.parcels(COLLECTIVE)
    assert (paddy.card.kind, paddy.card.land_class, paddy.card.area) == ("耕地", "水田", parse_sqm("8333.33"))
    assert (paddy.card.unit_price, paddy.card.standing, paddy.card.used_by) == (60000, Standing.LET, "李四")
    assert (paddy.effective.isoformat(), paddy.basis) == ("2025-02-01", "2018年确权登记")
    assert (hill.card.area, hill.card.owner_level) == (parse_mu("120"), OwnerLevel.GROUP)
    assert (hill.effective.isoformat(), hill.basis) == ("2025-01-01", "导入资源台账“资源.csv”")
    assert village.verify() == []


def test_a_workbook_with_numbers_is_taken_in(village: Village, tmp_path: Path):
    book = Workbook()
    book.worksheets[0].append(HEADER)
    book.worksheets[0].append([*PADDY[:3], 12.5, 8333.33, *PADDY[5:11], 600.5, *PADDY[12:]])
    book.save(tmp_path / "资源.xlsx")
    taken(village, tmp_path / "资源.xlsx")
    (one,) = village.reader.parcels(COLLECTIVE)
    assert (one.card.area, one.card.unit_price) == (parse_sqm("8333.33"), 60050)


FAULTS = {
    "zero area": ({"面积_亩": "0", "面积_平方米": ""}, "第2行 D列“面积（亩）”：面积“0”不大于零"),
    "negative": ({"面积_亩": "-3", "面积_平方米": ""}, "面积“-3”不大于零"),
    "too fine": ({"面积_亩": "12.50001", "面积_平方米": ""}, "小数超过 4 位"),
    "too fine metres": ({"面积_亩": "", "面积_平方米": "8333.333"}, "小数超过 2 位"),
    "units disagree": ({"面积_平方米": "12500"}, "12.5 亩和 12500 平方米不是同一个面积"),
    "no area": ({"面积_亩": "", "面积_平方米": ""}, "没有写面积"),
    "kind": ({"类别": "宅基"}, "没有“宅基”这种资源类别"),
    "bounds": ({"东至": "", "西至": " "}, "四至没有写全，缺东至、西至"),
    "owner": ({"所有权": "县"}, "所有权“县”看不懂"),
    "whose": ({"所有权": "组"}, "没有写是哪一个"),
    "standing": ({"利用情况": "撂荒"}, "利用情况“撂荒”看不懂"),
    "price": ({"单价": "六百"}, "L列“单价”"),
    "day": ({"登记日期": "2999-01-01"}, "2999-01-01 还没有到"),
    "no day": ({"登记日期": "2025-02-30"}, "O列“登记日期”"),
}


@pytest.mark.parametrize(("changed", "sentence"), FAULTS.values(), ids=FAULTS.keys())
def test_a_row_at_fault_is_named_and_nothing_is_taken_in(
    village: Village, tmp_path: Path, changed: dict[str, str], sentence: str
):
    path = write_csv(tmp_path / "资源.csv", [one_wrong(PADDY, **changed), HILL], HEADER)
    with pytest.raises(ImportRefused) as refused:
        taken(village, path)
    assert sentence in refused.value.faults[0]
    assert village.reader.parcels(COLLECTIVE) == []


def test_a_code_twice_or_taken_is_named(village: Village, tmp_path: Path):
    path = write_csv(tmp_path / "资源.csv", [PADDY, PADDY], HEADER)
    with pytest.raises(ImportRefused) as refused:
        taken(village, path)
    assert "第3行 A列“地块编号”：和第2行是同一个编号。" in refused.value.faults
    taken(village, write_csv(tmp_path / "一.csv", [PADDY], HEADER))
    with pytest.raises(ImportRefused) as again:
        taken(village, tmp_path / "一.csv")
    assert again.value.faults == ["第2行 A列“地块编号”：编号 T01 已经有了。"]


def test_a_file_without_areas_or_rows_is_refused(village: Village, tmp_path: Path):
    places = [place for place, head in enumerate(HEADER) if not head.startswith("面积")]
    bare = write_csv(tmp_path / "无.csv", [[PADDY[i] for i in places]], [HEADER[i] for i in places])
    with pytest.raises(UnreadableError, match="缺少列：面积（亩）或面积（平方米）"):
        taken(village, bare)
    with pytest.raises(UnreadableError, match="只有表头"):
        taken(village, write_csv(tmp_path / "空.csv", [], HEADER))


def test_parts_are_read_from_the_same_columns(tmp_path: Path):
    parts = read_parts(write_csv(tmp_path / "分.csv", [PADDY, HILL], HEADER))
    assert [code for code, _ in parts] == ["T01", "H01"]
