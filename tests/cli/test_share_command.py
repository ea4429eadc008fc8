"""``share``: what the command says and leaves behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import LI, WANG
from tests.shares_village import BOARD, POPULATION, ShareVillage
from village_ledger.cli.main import main


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """张三 100, 李四 100."""
    with ShareVillage.found(tmp_path) as village:
        village.people("001 张三", "002 李四")
        village.share("grant", "2025-01-10", to="001/张三=100, 002/李四=100")
        return village.path


def _share(book: Path, *words: str) -> int:
    return main(["share", str(book), *words])


def test_a_transfer_and_its_reversal(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = [
        "--class",
        POPULATION,
        "--from",
        "001/张三",
        "--to",
        "002/李四",
        "--quantity",
        "30",
        "--date",
        "2025-02-01",
    ]
    made += ["--resolution", BOARD, "--by", WANG]
    assert _share(book, "transfer", *made, "--dry-run") == 0
    assert _share(book, "transfer", *made, "--reviewed-by", LI) == 0
    said = capsys.readouterr()
    assert said.out.splitlines()[-2:] == ["001/张三 人口股 100.00 → 70.00", "002/李四 人口股 100.00 → 130.00"]
    assert "登记了第 2 号变动：转让" in said.err
    assert _share(book, "reverse", "--event", "2", "--date", "2025-02-02", "--by", WANG) == 0
    with ShareVillage(book) as village:
        assert village.held() == {"001/张三": "100.00", "002/李四": "100.00"}
        assert village.verify() == []


def test_a_refusal_is_exit_code_one_and_names_the_rule(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--class", POPULATION, "--from", "001/张三", "--to", "002/李四", "--quantity", "100.01"]
    assert _share(book, "transfer", *words, "--date", "2025-02-01", "--resolution", BOARD, "--by", WANG) == 1
    assert "规则 I4：只有可动的份额能转出）。账没有变化。" in capsys.readouterr().err


def test_several_heirs_and_quantities_that_do_not_match(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--class", POPULATION, "--from", "001/张三", "--date", "2025-02-01", "--by", WANG]
    heirs = ["--to", "001/张三", "--to", "002/李四", "--quantity", "1"]
    assert _share(book, "inherit", *words, *heirs) == 2
    assert "--to 写了 2 个，--quantity 写了 1 个" in capsys.readouterr().err


def test_a_class_and_the_charter(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _share(book, "class", "农龄股", "--decimals", "2", "--cap", "5", "--redeem-cap", "none") == 0
    assert _share(book, "class", "农龄股", "--decimals", "2") == 1
    capsys.readouterr()
    assert _share(book, "charter", "--class", "农龄股") == 0
    said = capsys.readouterr().out
    assert "cap\t个人持有上限（占本类的百分比）\t5%" in said
    assert "redeem_cap\t每年回购上限（占本类的百分比）\t不限" in said
    assert "notice_days\t变动公示天数\t7 天（默认）" in said
    assert _share(book, "charter", "notice_days", "10", "--date", "2025-03-01", "--source", "章程第40条") == 0
    assert _share(book, "charter", "没有", "10") == 1


def test_a_file(book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "变动.csv"
    head = "日期,事件,股份类别,转出账户,转入账户,数量,决议文号,备注\n"
    row = f"2025-02-01,transfer,人口股,001/张三,002/李四,{{}},{BOARD},\n"
    file.write_text(head + row.format("1") + row.format("100"), encoding="utf-8")
    assert _share(book, "apply", str(file), "--by", WANG) == 1
    assert capsys.readouterr().err.startswith(
        "第3行：001/张三 在 2025-02-01 可动的人口股只有 99.00，要动用 100.00"
    )
    file.write_text(head + row.format("1") + row.format("99"), encoding="utf-8")
    assert main(["import", "shares", str(book), str(file), "--by", WANG]) == 0
    assert "2 笔份额变动" in capsys.readouterr().err
