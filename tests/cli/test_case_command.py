"""``case``: a change handled step by step on the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.builders import LI, WANG
from tests.shares_village import BOARD, POPULATION, ShareVillage
from village_ledger.cli.main import main


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """张三 100 of which 60 are pledged, 李四 100, 王五 is no member."""
    with ShareVillage.found(tmp_path) as village:
        village.people("001 张三", "002 李四")
        village.people("003 王五", status="none")
        village.share("grant", "2025-01-10", to="001/张三=100, 002/李四=100")
        village.share("pledge", "2025-01-15", "001/张三", quantity="60", contract="质1", party="农商行")
        return village.path


def _case(book: Path, *words: str) -> int:
    return main(["case", str(book), *words])


def _begin(book: Path, to: str = "002/李四", quantity: str = "30") -> int:
    words = ["begin", "transfer", "--class", POPULATION, "--from", "001/张三", "--to", to]
    words += ["--quantity", quantity, "--date", "2025-02-01", "--paper", "申请书", "--by", WANG]
    return _case(book, *words)


def _listed(book: Path, capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, Any]]:
    capsys.readouterr()
    assert _case(book, "list", "--json", *words) == 0
    return json.loads(capsys.readouterr().out)


def test_from_draft_to_the_register(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _begin(book) == 0
    assert "第 1 号办件：转让，草稿" in capsys.readouterr().err
    assert _case(book, "check", "1", "--by", WANG) == 0
    assert "还缺材料：转让合同、双方身份证件复印件" in capsys.readouterr().err
    assert _case(book, "approve", "1", "--resolution", BOARD, "--by", LI) == 0
    assert _case(book, "publish", "1", "--since", "2025-02-01", "--by", WANG) == 0
    papers = ["--paper", "转让合同", "--paper", "股权证", "--by", WANG]
    assert _case(book, "paper", "1", *papers) == 0
    assert _case(book, "paper", "1", *papers) == 1
    waiting = _listed(book, capsys)[0]
    assert waiting["next"] == "公示期满，可以登记"
    assert (waiting["who"], waiting["quantity"], waiting["notice_until"]) == (
        "001/张三 → 002/李四",
        "30",
        "2025-02-08",
    )
    assert _case(book, "post", "1", "--by", WANG) == 0
    said = capsys.readouterr().err
    assert "登记了，材料还缺：双方身份证件复印件、户内同意书、理事会决议、公示结果。" in said
    assert "第 1 号办件登记为第 3 号变动：2025-02-08 转让" in said
    assert _listed(book, capsys) == []
    steps = _listed(book, capsys, "--all")[0]["steps"]
    assert [(step["state"], step["by"]) for step in steps] == [
        ("draft", WANG),
        ("checked", WANG),
        ("approved", LI),
        ("published", WANG),
        ("papers", WANG),
        ("posted", WANG),
    ]
    with ShareVillage(book) as village:
        assert village.held()["002/李四"] == "130.00"
        assert village.verify() == []


@pytest.mark.parametrize(
    ("to", "quantity", "rule"),
    [
        ("003/王五", "10", "规则 I6"),
        ("002/李四", "100.01", "规则 I4"),
        ("002/李四", "41", "规则 I4"),  # 60 of the 100 are pledged
    ],
)
def test_a_case_that_cannot_be_is_not_checked_and_the_rule_is_named(
    book: Path, capsys: pytest.CaptureFixture[str], to: str, quantity: str, rule: str
) -> None:
    assert _begin(book, to, quantity) == 0
    assert _case(book, "check", "1", "--by", WANG) == 1
    assert rule in capsys.readouterr().err
    assert _listed(book, capsys)[0]["state"] == "draft"


def test_who_made_it_does_not_approve_it_and_nothing_is_posted_before_the_notice_is_over(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _begin(book)
    _case(book, "check", "1", "--by", WANG)
    assert _case(book, "approve", "1", "--resolution", BOARD, "--by", WANG) == 1
    assert "经办和批准是同一个人" in capsys.readouterr().err
    assert _case(book, "post", "1", "--by", WANG) == 1
    assert _case(book, "approve", "1", "--by", LI) == 1
    assert "规则 I12" in capsys.readouterr().err
    assert _case(book, "approve", "1", "--resolution", BOARD, "--by", LI) == 0
    assert _case(book, "publish", "1", "--since", "2199-01-01", "--by", WANG) == 0
    capsys.readouterr()
    assert _case(book, "post", "1", "--by", WANG) == 1
    assert "公示到 2199-01-07 才满" in capsys.readouterr().err


def test_an_objection_a_rejection_and_a_new_draft_from_it(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _begin(book)
    assert _case(book, "again", "1", "--by", WANG) == 1
    _case(book, "check", "1", "--by", WANG)
    _case(book, "approve", "1", "--resolution", BOARD, "--by", LI)
    _case(book, "publish", "1", "--since", "2025-02-01", "--by", WANG)
    assert _case(book, "object", "1", "--why", "李四：价钱不对", "--by", WANG) == 0
    assert _case(book, "reject", "1", "--why", "双方另议", "--by", WANG) == 0
    assert _listed(book, capsys) == []
    assert _case(book, "again", "1", "--by", WANG) == 0
    again = _listed(book, capsys)[0]
    assert (again["number"], again["state"], again["quantity"]) == (2, "draft", "30")
    assert "申请书" not in again["missing_papers"]


def test_a_release_needs_no_notice(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["begin", "release", "--class", POPULATION, "--from", "001/张三", "--quantity", "60"]
    assert _case(book, *words, "--date", "2025-03-01", "--contract", "质1", "--by", WANG) == 0
    assert _case(book, "check", "1", "--by", WANG) == 0
    assert _case(book, "approve", "1", "--by", LI) == 0
    assert _case(book, "post", "1", "--by", WANG) == 0
    assert "2025-03-01 解除质押" in capsys.readouterr().err


def test_the_list_in_words_and_wrong_usage(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _case(book, "list") == 0
    assert "没有办理中的份额变动" in capsys.readouterr().err
    _begin(book)
    capsys.readouterr()
    assert _case(book, "list") == 0
    assert capsys.readouterr().out.split("\t")[:5] == ["1", "草稿", "转让", "001/张三 → 002/李四", "30"]
    assert _case(book, "approve", "1", "--resolution", BOARD) == 2
    assert _case(book, "begin", "nothing") == 2
    assert _case(book, "check", "99", "--by", WANG) == 1
