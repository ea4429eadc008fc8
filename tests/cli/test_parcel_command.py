"""``parcel``, ``import parcels`` and the two reports, from the command line."""

from __future__ import annotations

import json

import pytest
from openpyxl import load_workbook

from tests.exchange.files import write_csv
from tests.parcels.test_import_parcels import HEADER, HILL, PADDY

ADD = (
    *("--name", "河湾水田", "--kind", "水田", "--mu", "10"),
    *("--east", "村道", "--south", "青河", "--west", "李家田", "--north", "水渠"),
)
ON = ("--ledger", "collective", "--date", "2025-03-01", "--basis", "2018年确权登记", "--by", "王秀英")


@pytest.fixture
def parcel(book, run):
    def parcel(action, code, *more, on=ON):
        return run("parcel", book, action, code, *on, *more)

    return parcel


@pytest.fixture
def paddy(parcel):
    """Ten 亩 under T01."""
    assert parcel("add", "T01", *ADD).code == 0
    return parcel


def register(run, book, *more):
    answer = run("report", book, "resource-register", "--ledger", "collective", *more)
    assert answer.code == 0, answer.said
    return json.loads(answer.out)


def codes(run, book, *more):
    return [row["code"] for row in register(run, book, *more)["rows"] if row["role"] == "detail"]


def test_a_parcel_is_entered_and_changed(paddy, run, book):
    assert paddy("change", "T01", "--east", "公路", "--price", "600").sentences[-1] == "登记好了。"
    (row,) = [row for row in register(run, book)["rows"] if row["role"] == "detail"]
    assert row["bounds"] == "东至公路，南至青河，西至李家田，北至水渠"
    assert (row["area_mu"], row["area_sqm"], row["unit_price"]) == ("10.00", "6666.67", "600.00")


def test_a_parcel_is_split_merged_and_struck_off(paddy, run, book):
    done = paddy("split", "T01", "--part", "A:3.3333", "--part", "B:")
    assert done.code == 0
    assert "B 河湾水田（B）：耕地 6.6667 亩。" in done.sentences
    assert codes(run, book) == ["A", "B"]
    assert paddy("merge", "A", "--with", "B", "--into", "C", "--name", "河湾大田").code == 0
    assert codes(run, book) == ["C"]
    assert paddy("end", "C").code == 0
    assert codes(run, book) == []
    assert codes(run, book, "--as-of", "2025-02-28") == []
    assert run("verify", book).code == 0


def test_parts_may_come_from_a_file(paddy, run, book, tmp_path):
    half = [*PADDY[:3], "5", "", *PADDY[5:]]
    parts = write_csv(tmp_path / "分.csv", [["A", *half[1:]], ["B", *half[1:]]], HEADER)
    assert paddy("split", "T01", "--file", parts).code == 0
    assert codes(run, book) == ["A", "B"]


def test_a_sketch_is_drawn_and_the_card_printed(paddy, run, book, tmp_path):
    done = paddy("sketch", "T01", "--corners", "0,0 100,0 100,66.67 0,66.67")
    assert done.code == 0
    assert done.sentences[0] == "草图围成 10.0005 亩。"
    out = tmp_path / "卡片.pdf"
    asked = ("report", book, "parcel", "--ledger", "collective")
    assert run(*asked, "--parcel", "T01", "-o", out).code == 0
    assert out.read_bytes().startswith(b"%PDF")
    card = json.loads(run(*asked, "--parcel", "T01").out)
    assert {row["item"]: row["said"] for row in card["rows"]}["面积"] == "10.00 亩（6666.67 平方米）"


REFUSED = {
    "split": (("split", "T01", "--part", "A:4", "--part", "B:5"), "少了 666.67 平方米"),
    "rest": (("split", "T01", "--part", "A:10", "--part", "B:"), "最后一块没有面积"),
    "area": (("change", "T01", "--mu", "0"), "不大于零"),
    "disagree": (("change", "T01", "--mu", "10", "--sqm", "10000"), "不是同一个面积"),
    "kind": (("change", "T01", "--kind", "宅基"), "类别有：耕地、园地"),
    "bounds": (("change", "T01", "--east", ""), "四至没有写全，缺东至"),
    "taken": (("add", "T01", *ADD), "编号 T01 已经用了"),
    "unknown": (("end", "T09"), "没有编号“T09”的地块"),
    "corners": (("sketch", "T01", "--corners", "0,0 一百,0"), "第 2 个界址点“一百,0”看不懂"),
}


@pytest.mark.parametrize(("asked", "sentence"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_is_refused_in_a_sentence(paddy, run, book, asked, sentence):
    before = register(run, book)["rows"]
    answer = paddy(*asked)
    assert answer.code == 1
    assert sentence in answer.said
    assert "账没有变化" in answer.said
    assert register(run, book)["rows"] == before


@pytest.mark.parametrize(
    "asked", [("split", "T01"), ("split", "T01", "--part", "A:1", "--file", "x.csv"), ("change", "T01")]
)
def test_what_says_too_little_or_too_much_is_wrong_usage(paddy, asked):
    assert paddy(*asked).code == 2


def test_a_card_without_a_code_is_wrong_usage(book, run):
    answer = run("report", book, "parcel", "--ledger", "collective")
    assert (answer.code, "--parcel" in answer.said) == (2, True)


def test_a_register_is_imported_and_comes_out_as_a_workbook(book, run, tmp_path):
    path = write_csv(tmp_path / "资源.csv", [PADDY, HILL], HEADER)
    tried = run("import", "parcels", book, path, "--ledger", "collective", "--dry-run")
    assert tried.sentences == ["检查过了，可以导入：2 块地。账没有变化。"]
    assert codes(run, book) == []
    assert run("import", "parcels", book, path, "--ledger", "collective").sentences == ["导入了 2 块地。"]
    out = tmp_path / "资源台账.xlsx"
    assert run("report", book, "resource-register", "--ledger", "collective", "-o", out).code == 0
    rows = list(load_workbook(out).worksheets[0].iter_rows(values_only=True))
    head = next(place for place, row in enumerate(rows) if "地块编号" in row)
    named = [dict(zip(rows[head], row, strict=True)) for row in rows[head + 1 : head + 5]]
    assert [row["面积（亩）"] for row in named] == [12.5, 12.5, 120, 120]
    assert named[0]["单价（元/亩·年）"] == 600
