"""``statement``: a report of the village's own from a file to paper, and ``notes-text``."""

from __future__ import annotations

import json

from tests.reports.own_files import RENT


def own_file(tmp_path, text: str = RENT):
    path = tmp_path / "租金.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_from_file_to_report_and_out_of_use(posted, run, tmp_path):
    added = run("statement", posted, "add", own_file(tmp_path), "--by", "王秀英")
    assert added.code == 0
    assert "承包租金情况表，第 1 版" in added.said
    listed = run("statement", posted, "list")
    assert listed.out.startswith("own:rent-by-kind\t承包租金情况表\t第1版\t王秀英\t")
    assert run("statement", posted, "show", "rent-by-kind").out == RENT
    made = run("report", posted, "own:rent-by-kind", "--ledger", "collective", "--year", "2025")
    assert json.loads(made.out)["title"] == "承包租金情况表"
    paper = tmp_path / "租金.pdf"
    assert run("report", posted, "own:rent-by-kind", "--ledger", "collective", "-o", paper).code == 0
    assert paper.read_bytes().startswith(b"%PDF")
    assert run("statement", posted, "remove", "own:rent-by-kind", "--by", "王秀英").code == 0
    gone = run("report", posted, "own:rent-by-kind", "--ledger", "collective")
    assert gone.code == 1
    assert "没有叫“rent-by-kind”的自定义报表" in gone.said
    assert run("statement", posted, "list").said.strip() == "还没有自定义报表。"
    assert run("verify", posted).code == 0


def test_refusals_name_file_and_line(book, run, tmp_path):
    answer = run("statement", book, "add", own_file(tmp_path, RENT.replace("F(513)", "F(999)")))
    assert answer.code == 1
    assert "租金.toml（第 27 行）的 A3 行用了科目 999" in answer.said
    assert "账没有变化。" in answer.said


def test_wrong_usage(book, run, tmp_path):
    assert run("statement", book, "add").code == 2
    assert run("statement", book, "add", tmp_path / "没有.toml").code == 2
    assert run("statement", book, "forget", "x").code == 2
    assert run("statement", book, "show", "x").code == 1
    (tmp_path / "坏.toml").write_bytes("标题".encode("gb18030"))
    assert run("statement", book, "add", tmp_path / "坏.toml").code == 2
    assert run("report", book, "own:", "--ledger", "collective").code == 2


def test_a_text_of_the_notes_is_written_and_kept(book, run, tmp_path):
    asked = ("notes-text", book, "--ledger", "collective", "--year", "2025", "--item", "2.6")
    assert "第 1 版" in run(*asked, "--text", "主要业务是发包果园。", "--by", "王秀英").said
    assert "第 1 版" in run(*asked, "--text", "主要业务是发包果园。", "--by", "王秀英").said
    file = tmp_path / "正文.txt"
    file.write_text("发包果园，\n出租铺面。", encoding="utf-8")
    assert "第 2 版" in run(*asked, "--file", file, "--by", "王秀英").said
    assert run(*asked).code == 2
    assert run(*asked, "--text", "长" * 4001).code == 1
    assert run("verify", book).code == 0
