"""Cards and work from files: the contract's columns, and a village's own list that stops where it must be answered."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.assets.asset_village import AssetVillage
from tests.builders import COLLECTIVE
from tests.exchange.files import write_csv, write_xlsx
from village_ledger.domain.asset import AssetKind, Method
from village_ledger.domain.errors import ImportRefused, UnreadableError
from village_ledger.exchange.assets.import_assets import import_assets
from village_ledger.exchange.assets.import_assets_guided import examine, find_layout, read_own_list
from village_ledger.exchange.assets.import_assets_rows import read_assets, written
from village_ledger.exchange.assets.import_usage import import_usage
from village_ledger.reports.catalogue import ReportRequest, make
from village_ledger.reports.pens.render_text import csv_text

SAMPLES = Path(__file__).parents[1] / "samples"
LIST, EXPECTED = SAMPLES / "asset_list.xlsx", SAMPLES / "assets_expected.csv"
HEADER = [
    "资产编号",
    "名称",
    "类别",
    "用途",
    "启用日期",
    "原值",
    "残值",
    "折旧方法",
    "使用月数",
    "总工作量",
    "已提折旧",
]
DRIER = [
    "J009",
    "茶叶烘干机",
    "机器设备",
    "经营",
    "2018-10-01",
    "57800.00",
    "2890.00",
    "年限平均法",
    "120",
    "",
    "33860.92",
]
TRACTOR = ["J020", "拖拉机", "机器设备", "经营", "2025/1/10", "60,000.00", "0", "工作小时法", "", "8000", ""]
ANSWERS = [
    *((row, "使用月数", "240") for row in (39, 40, 41, 42, 44, 47)),
    *((row, "使用月数", "180") for row in (13, 43)),
    *((row, "使用月数", "72") for row in (23, 28)),
    *((row, "使用月数", "96") for row in (24, 45, 50)),
    *((row, "残值", "0") for row in (13, 50)),
]


def sheet(path: Path, rows: list[list[str]]) -> Path:
    """A csv whose first row is its heading."""
    return write_csv(path, rows[1:], rows[0])


def taken_in(village: AssetVillage, path: Path, answers: Path | None = None):
    with village.act() as uow:
        return import_assets(uow, COLLECTIVE, path, answers)


def test_rows_of_the_contract_become_cards(village: AssetVillage, tmp_path: Path):
    done = taken_in(village, sheet(tmp_path / "资产.csv", [HEADER, DRIER, TRACTOR]))
    assert done.value == 2
    drier, tractor = village.asset("J009"), village.asset("J020")
    assert (drier.card.kind, drier.card.months, drier.accumulated) == (AssetKind.FIXED, 120, 3_386_092)
    assert (tractor.card.method, tractor.card.units) == (Method.HOURS, 8_000_000)


def with_(place: str, value: str, row: list[str] = DRIER) -> list[str]:
    """A row with one cell changed."""
    made = list(row)
    made[HEADER.index(place)] = value
    return made


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (with_("原值", "-5"), "资产不能没有价值"),
        (with_("原值", "0"), "资产不能没有价值"),
        (with_("原值", "1.234,5"), "F列|“原值”：金额“1.234,5”"),
        (with_("残值", "60000"), "残值 60,000.00 不在 0 和原值"),
        (with_("已提折旧", "57800"), "已提折旧 57,800.00 不在 0 和应提总额"),
        (with_("启用日期", "2018-13-01"), "没有“2018-13-01”这一天"),
        (with_("启用日期", "2025-03-01"), "才启用"),
        (with_("用途", "随便"), "用途“随便”看不懂"),
        (with_("折旧方法", "加速折旧法"), "折旧方法“加速折旧法”看不懂"),
        (with_("折旧方法", ""), None),
        (with_("使用月数", "0"), "使用月数 0 不在"),
        (with_("总工作量", "", TRACTOR), "没有总工作量"),
        (with_("资产编号", ""), "没有编号"),
        (with_("名称", ""), "没有名称"),
    ],
)
def test_a_row_that_cannot_be_is_named(
    village: AssetVillage, tmp_path: Path, row: list[str], said: str | None
):
    path = sheet(tmp_path / "资产.csv", [HEADER, with_("资产编号", "A1"), row])
    if said is None:
        assert taken_in(village, path).value == 2
        return
    with pytest.raises(ImportRefused) as refused:
        taken_in(village, path)
    (fault,) = refused.value.faults
    assert fault.startswith("第3行")
    assert any(part in fault for part in said.split("|"))
    assert not village.reader.has_assets(COLLECTIVE)


def test_a_code_in_the_book_or_twice_in_the_file_is_named(village: AssetVillage, tmp_path: Path):
    path = sheet(tmp_path / "资产.csv", [HEADER, DRIER])
    taken_in(village, path)
    again = sheet(tmp_path / "又.csv", [HEADER, DRIER, with_("资产编号", "A1"), with_("资产编号", "A1")])
    with pytest.raises(ImportRefused) as refused:
        taken_in(village, again)
    assert [fault[:3] for fault in refused.value.faults] == ["第2行", "第4行"]


def test_a_row_of_sums_must_agree_and_is_no_asset(village: AssetVillage, tmp_path: Path):
    sums = ["", "合计", "", "", "", "57800.00", "", "", "", "", ""]
    wrong = ["", "合计", "", "", "", "57800.01", "", "", "", "", ""]
    with pytest.raises(ImportRefused, match="1 处"):
        taken_in(village, sheet(tmp_path / "错.csv", [HEADER, DRIER, wrong]))
    done = taken_in(village, sheet(tmp_path / "对.csv", [HEADER, DRIER, sums]))
    assert done.value == 1
    assert "第3行是合计，没有当作资产。" in done.warnings


def test_the_register_as_printed_comes_back_as_the_same_cards(village: AssetVillage, tmp_path: Path):
    taken_in(
        village,
        sheet(
            tmp_path / "资产.csv", [HEADER, DRIER, TRACTOR, with_("类别", "软件", with_("资产编号", "S1"))]
        ),
    )
    printed = make(village.reader, "asset-register", ReportRequest(COLLECTIVE, village.year))
    path = tmp_path / "台账.csv"
    path.write_text("".join(csv_text(printed)), encoding="utf-8-sig")
    again = read_assets(path)
    assert [one.card.code for one in again.rows] == ["J009", "J020", "S1"]
    assert [one.card.units for one in again.rows] == [0, 8_000_000, 0]


def test_a_file_that_lacks_a_column_or_rows_is_unreadable(village: AssetVillage, tmp_path: Path):
    with pytest.raises(UnreadableError, match="已提折旧"):
        taken_in(village, sheet(tmp_path / "缺.csv", [HEADER[:-1], DRIER[:-1]]))
    with pytest.raises(UnreadableError, match="没有资产"):
        taken_in(village, sheet(tmp_path / "空.csv", [HEADER]))


# a village's own list


def test_the_list_stops_at_every_place_that_must_be_answered():
    with pytest.raises(ImportRefused) as refused:
        read_own_list(LIST)
    assert len(refused.value.faults) == 13
    assert refused.value.faults[0].startswith("第13行 工作表“固定资产台账”“使用月数”：没有提过折旧")
    assert "--answers" in str(refused.value)


def test_the_answered_list_is_the_expected_one_row_for_row(village: AssetVillage, tmp_path: Path):
    answers = sheet(tmp_path / "答复.csv", [["行", "栏", "答复"], *([str(a), b, c] for a, b, c in ANSWERS)])
    with EXPECTED.open(encoding="utf-8-sig", newline="") as stream:
        expected = [row for row in csv.DictReader(stream) if row["资产编号"]]
    found = read_own_list(LIST, answers)
    keys = [
        "code",
        "name",
        "kind",
        "use",
        "in_use",
        "cost",
        "salvage",
        "method",
        "months",
        "units",
        "accumulated",
    ]
    keys = [
        "code",
        "name",
        "kind",
        "use",
        "in_use",
        "cost",
        "salvage",
        "method",
        "months",
        "units",
        "accumulated",
    ]
    labels = dict(zip(keys, HEADER, strict=True))
    assert [{labels[key]: text for key, text in row.items()} for row in written(found.rows)] == [
        {label: row[label] for label in HEADER} for row in expected
    ]
    assert [f"第{one.row}行" for one in found.rows] == [row["台账行"] for row in expected]
    taken_in(village, LIST, answers)
    number, cost, taken = village.reader.asset_sums(COLLECTIVE, village.year.last)["fixed"]
    assert (number, cost, taken) == (36, 440_898_200, 85_166_776)
    pending = {
        one.card.code
        for one in village.reader.asset_standings(COLLECTIVE, village.year.last)
        if one.status.words == "待处理"
    }
    assert pending == {"J011"}


def test_the_expected_file_itself_is_a_file_of_the_contract(village: AssetVillage):
    done = taken_in(village, EXPECTED)
    assert done.value == 36
    assert any("合计" in text for text in done.warnings)


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({(39, "months"): "很久"}, "使用月数“很久”不是整数"),
        ({(39, "salvage"): "很少"}, "残值“很少”看不懂"),
        ({(5, "in_use"): "从前"}, "不是日期"),
        ({(39, "use"): "玩"}, "用途“玩”看不懂"),
        ({(4, "months"): "240"}, "答复了“使用月数”，可是没有用到"),
        ({(5, "cost"): "1"}, "净值写的是"),
    ],
)
def test_an_answer_that_fits_nothing_is_named(answers: dict[tuple[int, str], str], said: str):
    found = examine(find_layout(LIST), answers)
    assert any(said in problem.sentence for problem in found.problems)


def test_answers_may_leave_a_row_out_take_the_usual_or_charge_nothing():
    answers = {(39, ""): "略去", (40, "months"): "按类别", (41, "months"): "不提折旧"}
    found = examine(find_layout(LIST), answers)
    rows = {one.row: one.card for one in found.rows}
    assert 39 not in rows
    assert (rows[40].months, rows[41].method) == (240, Method.NONE)


def test_a_sum_that_does_not_agree_is_named():
    layout = find_layout(LIST)
    answers = {
        (row, meaning): text
        for row, label, text in ANSWERS
        for meaning in [{"使用月数": "months", "残值": "salvage"}[label]]
    }
    found = examine(layout, {**answers, (51 - 1, ""): "略去"} | {})
    assert any("合计写的是 26,000.00，各行加起来是 0.00" in problem.sentence for problem in found.problems)


def test_an_answer_file_names_rows_and_columns_that_are_not_there(tmp_path: Path):
    rows = [["行", "栏", "答复"], ["99", "使用月数", "5"], ["39", "颜色", "红"], ["39", "使用月数", ""]]
    with pytest.raises(ImportRefused) as refused:
        read_own_list(LIST, sheet(tmp_path / "答复.csv", rows))
    assert len(refused.value.faults) == 3


def test_an_answer_that_is_a_formula_is_no_answer(tmp_path: Path):
    path = write_xlsx(
        tmp_path / "答复.xlsx", [["39", "使用月数", "=20*12"]], ["行", "栏", "答复"], title="答复"
    )
    with pytest.raises(ImportRefused) as refused:
        read_own_list(LIST, path)
    assert refused.value.faults == ["答复文件“答复.xlsx”第2行：没有写答复。"]


def test_a_file_that_is_no_asset_list_is_unreadable(tmp_path: Path):
    with pytest.raises(UnreadableError, match="找不到资产表的表头"):
        read_own_list(sheet(tmp_path / "别的.csv", [["甲", "乙"], ["1", "2"]]))


# work


def test_work_of_a_file_is_stored_and_every_bad_row_named(village: AssetVillage, tmp_path: Path):
    taken_in(village, sheet(tmp_path / "资产.csv", [HEADER, DRIER, TRACTOR]))
    head = ["资产编号", "月份", "工作量"]
    good = sheet(tmp_path / "工.csv", [head, ["J020", "2025-01", "100.5"], ["J020", "2025年2月", "80"]])
    with village.act() as uow:
        assert import_usage(uow, COLLECTIVE, good).value == 2
    bad = sheet(
        tmp_path / "坏.csv",
        [head, ["J020", "2025-03", "7900"], ["J009", "2025-03", "1"], ["J020", "2025-14", "1"]],
    )
    with village.act() as uow, pytest.raises(ImportRefused) as refused:
        import_usage(uow, COLLECTIVE, bad)
    assert [fault[:3] for fault in refused.value.faults] == ["第4行"]
    with village.act() as uow, pytest.raises(ImportRefused) as refused:
        import_usage(
            uow,
            COLLECTIVE,
            sheet(tmp_path / "坏2.csv", [head, ["J020", "2025-03", "7900"], ["J009", "2025-03", "1"]]),
        )
    assert [fault[:3] for fault in refused.value.faults] == ["第2行", "第3行"]
