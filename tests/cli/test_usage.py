"""How a command must be written; what is not understood is said in one Chinese line, exit code 2."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

import pytest

from village_ledger import __version__
from village_ledger.cli import main as entry
from village_ledger.cli.parser import build

PROJECT = Path(__file__).resolve().parents[2]
MAIN = PROJECT / "main.py"


def process(*argv: object, **options) -> subprocess.CompletedProcess[str]:
    """A real process, as the shell starts it."""
    command = [sys.executable, str(MAIN), *map(str, argv)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=120, **options)


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["fly", "b"], "没有“fly”这个命令"),
        (["repor", "b"], "没有“repor”这个命令"),
        (["new"], "还缺：BOOK, --village, --start"),
        (["new", "b", "--village", "村", "--start", "2025-13"], "--start：“2025-13”不是月份"),
        (["new", "b", "--village", " ", "--start", "2025-01"], "--village：名字不能是空的"),
        (["new", "b", "--village", "村\x07", "--start", "2025-01"], "控制字符"),
        (
            ["new", "b", "--village", "村", "--start", "2025-01", "--committee-chart", "x"],
            "可以是：surplus, collective",
        ),
        (["import", "houses", "b", "f"], "KIND 不能是“houses”，可以是：accounts, opening, vouchers"),
        (["import", "opening", "b", "f", "--post"], "--post 只用于导入凭证"),
        (["post", "b", "--through", "2025-02-30", "--by", "王秀英"], "--through：没有“2025-02-30”这一天"),
        (["post", "b", "--through", "2025-02-28"], "还缺：--by"),
        (["post", "b", "--thro", "2025-02-28", "--by", "x"], "还缺：--through"),
        (
            ["reverse", "b", "--voucher", "三月一号", "--date", "2025-03-01", "--by", "x", "--reason", "y"],
            "不是凭证号",
        ),
        (["report", "b", "balance"], "可以是：trial-balance"),
        (["report", "b", "trial-balance", "--year", "25"], "不是年份"),
        (["report", "b", "trial-balance", "--format"], "--format 后面没有写内容"),
        (["verify", "b", "c"], "看不懂的参数：c"),
    ],
)
def test_wrong_usage_is_one_chinese_line(run, argv, words):
    answer = run(*argv)
    assert answer.code == 2
    assert answer.out == ""
    assert len(answer.sentences) == 1
    assert words in answer.said
    assert "账没有变化。" in answer.said


def test_help_names_every_command(run):
    answer = run("--help")
    assert answer.code == 0
    assert all(name in answer.out for name in entry.HOMES)
    assert "用法：" in answer.out


def test_a_command_read_alone_is_the_same_as_among_all():
    """Only the words of the command asked for are put together."""

    def told(parser: argparse.ArgumentParser) -> list[str]:
        below = [action.choices for action in parser._actions if isinstance(action.choices, dict)]
        return [parser.format_help(), *(text for each in below for name in each for text in told(each[name]))]

    def commands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
        [found] = [action.choices for action in parser._actions if isinstance(action.choices, dict)]
        return found

    for name, among_all in commands(build()).items():
        [(only, alone)] = commands(build(name)).items()
        assert (only, told(alone)) == (name, told(among_all))


OTHER = {"review": "PACKAGE", "agency": "WORKSPACE", "associate": "--remove"}
"""What a command is about where it is no book."""


@pytest.mark.parametrize("command", entry.HOMES)
def test_every_command_explains_itself(run, command):
    answer = run(command, "--help")
    assert answer.code == 0
    assert OTHER.get(command, "BOOK") in answer.out
    assert "usage:" not in answer.out


def test_version(run):
    assert run("--version").out.strip() == f"村账 {__version__}"


def test_without_a_command_the_window_opens(run, monkeypatch):
    from village_ledger import app

    opened: list[list[str]] = []
    monkeypatch.setattr(app, "run_window", lambda argv: opened.append(argv) or 0)
    assert run().code == 0
    assert run("open", "青山村.vledger").code == 0
    assert opened == [[], ["青山村.vledger"]]


def test_our_own_fault_is_one_sentence_and_a_log(run, book, monkeypatch):
    from village_ledger.logs import log_file
    from village_ledger.services.book import verification

    def breaks(*_):
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(verification, "verify", breaks)
    answer = run("verify", book)
    assert answer.code == 2
    assert len(answer.sentences) == 1
    assert str(log_file()) in answer.said
    assert "ZeroDivisionError: secret" in log_file().read_text("utf-8")


def test_a_log_that_cannot_be_written_changes_nothing(run, book, monkeypatch, tmp_path):
    from village_ledger import logs
    from village_ledger.services.book import verification

    def breaks(*_):
        raise ZeroDivisionError

    in_the_way = tmp_path / "文件"
    in_the_way.write_text("x")
    monkeypatch.setattr(logs, "log_file", lambda: in_the_way / "log")
    monkeypatch.setattr(verification, "verify", breaks)
    answer = run("verify", book)
    assert answer.code == 2
    assert "请把刚才的命令告诉维护的人" in answer.said


def test_pressing_control_c_leaves_quietly(run, book, monkeypatch):
    from village_ledger.services.book import verification

    def pressed(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(verification, "verify", pressed)
    answer = run("verify", book)
    assert (answer.code, answer.said) == (1, "已取消。账没有变化。\n")


def test_exit_codes_of_real_processes(tmp_path):
    book = tmp_path / "青山村.vledger"
    made = process("new", book, "--village", "青山村", "--start", "2025-01")
    again = process("new", book, "--village", "青山村", "--start", "2025-01")
    lost = process("verify", tmp_path / "没有.vledger")
    assert (made.returncode, again.returncode, lost.returncode) == (0, 1, 2)
    assert (made.stdout, again.stdout, lost.stdout) == ("", "", "")
    assert all(len(answer.stderr.splitlines()) == 1 for answer in (made, again, lost))


@pytest.mark.skipif(os.name == "nt", reason="pipes close otherwise there")
def test_a_reader_that_has_seen_enough_is_no_error():
    with subprocess.Popen(
        [sys.executable, str(MAIN), "--help"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdout.close()
        said = child.stderr.read()
        assert child.wait(timeout=60) == 0
    assert said == b""


def test_chinese_comes_out_whatever_the_locale():
    answer = process(
        "verify",
        "没有.vledger",
        env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"},
    )
    assert answer.returncode == 2
    assert "找不到账簿文件" in answer.stderr


def test_a_command_loads_nothing_it_does_not_need(tmp_path):
    book = tmp_path / "青山村.vledger"
    assert process("new", book, "--village", "青山村", "--start", "2025-01").returncode == 0
    program = (
        "import sys; from village_ledger.cli.main import main; "
        f"assert main(['report', {str(book)!r}, 'trial-balance', '--ledger', 'collective']) == 0; "
        "heavy = {'PySide6', 'openpyxl', 'reportlab', 'xlsxwriter', 'pypinyin', 'sqlalchemy.orm', 'alembic', 'lxml'}; "
        "sys.exit(','.join(sorted(heavy & sys.modules.keys())) or 0)"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=PROJECT,
        timeout=120,
    )
    assert (answer.returncode, answer.stderr) == (0, "")
