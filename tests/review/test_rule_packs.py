"""One rule pack for every village of a run: named on what is made by it, refused where it is written wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.builders import Village
from tests.review.township import review_words, sent
from village_ledger.cli.main import main
from village_ledger.domain.errors import BadRules
from village_ledger.domain.review_check import own_pack, review_rules
from village_ledger.services.review.checks import KINDS
from village_ledger.services.review.rule_packs import MEASURES, ensure_known, load_pack, measured

PACK = """
format = 1
name = "溪口镇审查规则"
version = "2025-05"
effective = 2025-01-01

[[check]]
id = "X01"
kind = "round-sum"
name = "整百付款"
severity = "grave"
text = "付款恰好是整百元，应看依据。"
source = "溪口镇规定"
from_fen = 10000
multiple_fen = 10000
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A township's own pack of one rule."""
    path = tmp_path / "溪口镇.toml"
    path.write_text(PACK, encoding="utf-8")
    return path


def test_the_programs_own_pack_is_known_to_itself() -> None:
    pack = ensure_known(own_pack(), "review_checks.toml")
    assert load_pack(None) is pack
    assert set(MEASURES) <= KINDS
    assert pack.words.startswith("规则包“通用审查规则”")
    assert len(pack.digest) == 8


def test_a_pack_of_the_township_is_the_same_for_all(
    village: Village, pack: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    village.posted("2025-03-05", "付修路款", "借 514@建筑队 300; 贷 102 300")
    made = sent(village, tmp_path)
    desk = tmp_path / "乡镇"
    words = ["review", str(made.path), "-o", str(desk), "--by", "张审", "--key", str(tmp_path / "key")]
    assert main([*words, "--rules", str(pack)]) == 1
    assert "规则包“溪口镇审查规则”2025-05 版 · 1 条" in capsys.readouterr().err
    said = json.loads((desk / "审阅汇总.json").read_text(encoding="utf-8"))
    assert said["sheets"][0]["rule_pack"].startswith("溪口镇审查规则 2025-05 ")
    assert said["sheets"][0]["rows"][0]["hits"] == 1
    assert "溪口镇审查规则" in said["sheets"][0]["notes"][0]
    remarks = json.loads((desk / "青山村_第1包.vlremarks").read_text(encoding="utf-8"))
    assert "X01" in json.dumps(remarks)


def test_a_villages_own_list_by_a_pack(
    village: Village, pack: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    village.posted("2025-03-05", "付修路款", "借 514@建筑队 300; 贷 102 300")
    book = str(village.path)
    assert main(["report", book, "review-checks", "--year", "2025", "--rules", str(pack)]) == 0
    (row,) = json.loads(capsys.readouterr().out)["rows"]
    assert (row["rule"], row["rule_text"]) == ("X01", "付款恰好是整百元，应看依据。")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("format = 1", "没有写 format = 1"),
        ('name = "溪口镇审查规则"', "没有写规则包的 name"),
        ('version = "2025-05"', "没有写规则包的 version"),
        ("effective = 2025-01-01", "没有写从哪天起用"),
        ('kind = "round-sum"', "第 1 条没有写 kind"),
        ('text = "付款恰好是整百元，应看依据。"', "第 1 条没有写 text"),
        ('source = "溪口镇规定"', "第 1 条没有写 source"),
        ("multiple_fen = 10000", "X01（整百付款）的 multiple_fen 要写多少分"),
    ],
)
def test_a_pack_that_lacks_something(pack: Path, wrong: str, said: str) -> None:
    pack.write_text(PACK.replace(wrong, ""), encoding="utf-8")
    with pytest.raises(BadRules, match=f"溪口镇.toml.*{said}"):
        load_pack(pack)


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("format = 1", "format = 2", "是更新版本的程序写的"),
        ('"round-sum"', '"moon"', "程序不认得的一种：moon"),
        ('"grave"', '"serious"', "轻重写了“serious”"),
        ("from_fen = 10000", 'from_fen = "一百"', "from_fen 要写多少分"),
        ("from_fen = 10000", "from_fen = 0", "from_fen 要写多少分"),
        ("from_fen = 10000", "from_fen = true", "from_fen 要写多少分"),
        ("from_fen = 10000", "from_fen = 10000\nnot_words = [1]", "not_words 要写几个词"),
        ("[[check]]", "[check]", "里面一条规则也没有"),
        ("format = 1", "format = = 1", "不是规则文件"),
        ("effective = 2025-01-01", "effective = 2025-01-01T08:00:00", "没有写从哪天起用"),
        ("[[check]]", "check = [3]\n[x]", "第 1 条不是一条规则"),
    ],
)
def test_a_pack_written_wrong(pack: Path, right: str, wrong: str, said: str) -> None:
    pack.write_text(PACK.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(BadRules, match=said):
        load_pack(pack)


def test_two_rules_of_one_number_and_an_unknown_line(pack: Path) -> None:
    again = PACK[PACK.index("[[check]]") :]
    pack.write_text(PACK + again, encoding="utf-8")
    with pytest.raises(BadRules, match="有两条都叫 X01"):
        load_pack(pack)
    pack.write_text(
        PACK.replace('"round-sum"', '"closing"').replace("from_fen", 'rule = "K99"\nfrom_fen'), "utf-8"
    )
    with pytest.raises(BadRules, match="rule 要写结账检查的编号"):
        load_pack(pack)


def test_a_pack_that_is_not_there_too_large_or_binary(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = review_words("x.vlpkg", tmp_path)
    assert main([*words, "--rules", str(tmp_path / "没有.toml")]) == 2
    assert "规则文件 没有.toml 读不出来" in capsys.readouterr().err
    (tmp_path / "大.toml").write_bytes(b"#" * 1_000_001)
    with pytest.raises(BadRules, match="太大"):
        load_pack(tmp_path / "大.toml")
    (tmp_path / "乱.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadRules, match="不是规则文件"):
        load_pack(tmp_path / "乱.toml")
    assert not (tmp_path / "乡镇").exists()


def test_what_a_rule_measures_by_in_words() -> None:
    by_kind = {rule.kind: rule for rule in review_rules()}
    assert measured(by_kind["twice"]) == "15 天；金额 500.00 元"
    assert measured(by_kind["split"]) == "10 天；限额 5,000.00 元"
    assert measured(by_kind["dividend"]) == ""
