"""``separate``: propose, decide, make; refused with a sentence and the right code."""

from __future__ import annotations

import json

import pytest

from tests.builders import blank_book
from tests.exchange.split_files import OLD, decision_rows, write_decisions
from village_ledger.cli.main import main

NAMES = ("--village", "响水岩村", "--start", "2025-01")


@pytest.fixture
def decisions(tmp_path):
    return write_decisions(tmp_path / "议定.csv", decision_rows())


def test_proposing_names_what_is_undecided_and_makes_no_book(tmp_path, capsys):
    out = tmp_path / "初判.csv"
    assert main(["separate", str(OLD), "--propose", "-o", str(out)]) == 0
    said = capsys.readouterr().err
    assert "63 行，4 行待定" in said
    assert "第58行 应付款—党费 村党支部：待定" in said
    assert [file.name for file in tmp_path.iterdir()] == ["初判.csv"]


def test_the_rules_guess_alone_does_not_split(tmp_path, capsys):
    out = tmp_path / "初判.csv"
    main(["separate", str(OLD), "--propose", "-o", str(out)])
    book = tmp_path / "新.vledger"
    assert main(["separate", str(OLD), str(book), *NAMES, "--decisions", str(out)]) == 1
    assert "分账还有 4 处没有分清。旧账没有动" in capsys.readouterr().err
    assert not book.exists()


def test_a_dry_run_proves_and_prints_and_makes_nothing(tmp_path, decisions, capsys):
    book, paper = tmp_path / "新.vledger", tmp_path / "公示.xlsx"
    asked = ["separate", str(OLD), str(book), *NAMES, "--decisions", str(decisions), "--dry-run"]
    assert main([*asked, "--list", str(paper)]) == 0
    said = capsys.readouterr().err
    assert "集体账期初 3,784,767.78，村委会账期初 170,210.00，其中两账往来 63,370.00" in said
    assert paper.exists()
    assert not book.exists()


def test_the_new_book_verifies_and_reports_its_split(tmp_path, decisions, capsys):
    book = tmp_path / "新.vledger"
    assert (
        main(["separate", str(OLD), str(book), *NAMES, "--decisions", str(decisions), "--by", "苟家旺"]) == 0
    )
    said = capsys.readouterr().err
    assert "T7" in said
    assert main(["key", "show", str(book)]) == 0
    assert f"新账簿的签名指纹是 {capsys.readouterr().out.split()[-1]}，" in said
    assert main(["verify", str(book)]) == 0
    capsys.readouterr()
    assert main(["report", str(book), "separation-list"]) == 0
    table = json.loads(capsys.readouterr().out)
    debit = table["rows"][-2]
    assert (debit["old"], debit["collective"], debit["committee"]) == (
        "3891607.78",
        "3784767.78",
        "170210.00",
    )
    assert all(check["ok"] for check in table["checks"])
    assert main(["report", str(book), "separation-signoff"]) == 0
    assert json.loads(capsys.readouterr().out)["report"] == "separation-signoff"
    assert main(["report", str(book), "separation-opening", "--ledger", "committee"]) == 0
    assert json.loads(capsys.readouterr().out)["rows"][-1]["debit"] == "170210.00"


def test_the_committee_may_follow_the_collectives_chart(tmp_path, capsys):
    """In that chart the mirror stands in 112 and 211 on both sides, with whom it is owed."""
    new = {"1701": "102", "1121": "112", "1201": "121", "1501": "151", "1502": "152", "2601": "211"}
    new |= {"2204": "212", "2301": "241", "3101": "311"}
    rows = [[*row[:3], new.get(row[3], row[3]), *row[4:]] for row in decision_rows()]
    file = write_decisions(tmp_path / "议定.csv", rows)
    book = tmp_path / "新.vledger"
    asked = [
        "separate",
        str(OLD),
        str(book),
        *NAMES,
        "--decisions",
        str(file),
        "--committee-chart",
        "collective",
    ]
    assert main(asked) == 0, capsys.readouterr().err
    assert main(["verify", str(book)]) == 0


def test_a_second_split_into_the_same_file_is_refused(tmp_path, decisions, capsys):
    book = tmp_path / "新.vledger"
    asked = ["separate", str(OLD), str(book), *NAMES, "--decisions", str(decisions)]
    assert main(asked) == 0
    before = book.read_bytes()
    capsys.readouterr()
    assert main(asked) == 1
    assert "已经存在" in capsys.readouterr().err
    assert book.read_bytes() == before


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["--propose"], "--propose 要写明清单写到哪里"),
        (["新.vledger"], "还缺：--village、--start、--decisions"),
        (["新.vledger", "--propose", "-o", "x.csv"], "--propose 只列清单，不建账"),
        (["新.vledger", *NAMES, "--decisions", "x.csv", "--list", "x.doc"], "要以 .pdf 或 .xlsx 结尾"),
    ],
)
def test_wrong_usage_is_said_before_anything_is_read(asked, said, capsys):
    assert main(["separate", str(OLD), *asked]) == 2
    assert said in capsys.readouterr().err


def test_a_book_that_was_not_split_has_no_list(tmp_path, capsys):
    book = blank_book(tmp_path)
    assert main(["report", str(book), "separation-list"]) == 1
    assert "不是分账建成的" in capsys.readouterr().err
