"""``export`` at the command line: what it writes, what it refuses, what stays in the log."""

from __future__ import annotations

import stat
import tempfile
from datetime import date

import pytest

from tests.builders import QIAN, WANG, Village, mounted, pin_of
from tests.exports.oracles import beancount_balances, hledger_balances
from village_ledger.exchange.exports.export_formats import FORMATS
from village_ledger.storage.file.book_file import Access, open_book

FILES = [name for name, form in FORMATS.items() if form.ending]


def log_of(path):
    with open_book(path, Access.READ) as book:
        return [(o.by, o.subject, o.detail) for o in book.reader().operations(action="导出数据")]


@pytest.mark.parametrize("form", FILES)
def test_a_file_is_written_and_logged(demo, run, tmp_path, form):
    out = tmp_path / f"账{FORMATS[form].ending}"
    done = run("export", form, demo, "-o", out, "--by", WANG)
    assert done.code == 0
    assert done.out == ""
    assert out.stat().st_size > 1000
    assert "导出好了" in done.sentences[-1]
    assert log_of(demo) == [(WANG, FORMATS[form].words, "L1 报送乡镇")]
    assert run("verify", demo).code == 0
    assert not list(tmp_path.glob(".*part"))


def test_whole_numbers_want_a_reason_and_the_reason_is_logged(demo, run, tmp_path):
    out = tmp_path / "a.journal"
    refused = run("export", "hledger", demo, "-o", out, "--level", "L0")
    assert refused.code == 1
    assert "要说明理由" in refused.said
    assert not out.exists()
    assert log_of(demo) == []
    assert run("export", "hledger", demo, "-o", out, "--level", "L0", "--reason", "换软件").code == 0
    assert log_of(demo)[0][2] == "L0 内部使用，理由：换软件"


def test_days_and_ledger_are_logged(demo, run, tmp_path):
    asked = ("--ledger", "committee", "--from", "2025-01-01", "--to", "2025-03-31")
    assert run("export", "beancount", demo, "-o", tmp_path / "a.beancount", *asked).code == 0
    assert log_of(demo)[0][2] == "L1 报送乡镇，2025年第1季度"


@pytest.mark.parametrize(
    ("more", "code", "words"),
    [
        (("--ledger", "第三本"), 2, "没有代号为“第三本”的账"),
        (("--from", "2025-01-01"), 2, "--from 和 --to 要一起写"),
        (("--from", "2025-02-01", "--to", "2025-01-01"), 2, "--from 晚于 --to"),
        (("--level", "L2"), 2, "--level 不能是“L2”"),
        (("--attachments",), 2, "--attachments 只用于送审包"),
    ],
)
def test_what_cannot_be_meant(demo, run, tmp_path, more, code, words):
    done = run("export", "hledger", demo, "-o", tmp_path / "a.journal", *more)
    assert done.code == code
    assert words in done.said
    assert not (tmp_path / "a.journal").exists()


@pytest.mark.parametrize("more", [("--level", "L0"), ("--reason", "移交")])
def test_a_package_is_always_masked(demo, run, tmp_path, more):
    done = run("export", "package", demo, "-o", tmp_path / "a.vlpkg", *more)
    assert done.code == 2
    assert "送审包总是遮住" in done.said
    assert not (tmp_path / "a.vlpkg").exists()


@pytest.mark.parametrize("form", ["dump", "archive", "gbt24589"])
def test_a_file_where_a_folder_is_meant(demo, run, tmp_path, form):
    (tmp_path / "a").write_text("旧的", encoding="utf-8")
    done = run("export", form, demo, "-o", tmp_path / "a")
    assert done.code == 2
    assert "a 是一个文件，这样的导出要写到文件夹里" in done.said
    assert (tmp_path / "a").read_text(encoding="utf-8") == "旧的"


def test_an_unknown_form_names_those_there_are(demo, run, tmp_path):
    done = run("export", "ledgerx", demo, "-o", tmp_path / "a")
    assert done.code == 2
    assert "hledger, beancount" in done.said


def test_a_book_is_never_written_over(demo, run, tmp_path):
    before = demo.read_bytes()
    other = tmp_path / "另一本.vledger"
    other.write_bytes(before)
    assert "账簿文件自己身上" in run("export", "hledger", demo, "-o", demo).said
    assert "是一本账簿" in run("export", "hledger", demo, "-o", other).said
    assert other.read_bytes() == before


def test_another_file_of_the_name_is_replaced_whole(demo, run, tmp_path):
    out = tmp_path / "a.journal"
    out.write_text("旧的", encoding="utf-8")
    assert run("export", "hledger", demo, "-o", out).code == 0
    assert "旧的" not in out.read_text(encoding="utf-8")


def test_a_place_that_is_not_there(demo, run, tmp_path):
    done = run("export", "hledger", demo, "-o", tmp_path / "没有" / "a.journal")
    assert done.code == 2
    assert "没有 " in done.said
    assert "文件夹" in done.said


def test_a_folder_where_a_file_is_meant(demo, run, tmp_path):
    done = run("export", "hledger", demo, "-o", tmp_path)
    assert done.code == 2
    assert "是一个文件夹" in done.said


def test_a_read_only_book_leaves_masked_and_says_it_is_not_logged(demo, run, tmp_path):
    with open_book(demo, Access.WRITE, "李建国"):
        done = run("export", "hledger", demo, "-o", tmp_path / "a.journal")
        assert done.code == 0
        assert "没有记进操作日志" in done.said
        refused = run(
            "export", "hledger", demo, "-o", tmp_path / "b.journal", "--level", "L0", "--reason", "x"
        )
        assert refused.code == 1
        assert "现在不能写" in refused.said
    assert not (tmp_path / "b.journal").exists()
    assert log_of(demo) == []


def test_where_there_are_staff_only_who_may_takes_the_books_out(tmp_path, by):
    with Village.found(tmp_path) as village:
        village.hire_four()
        path = village.path
    out = tmp_path / "a.journal"
    assert by("export", "hledger", path, "-o", out, "--by", "路人", pin="x").code == 1
    refused = by("export", "hledger", path, "-o", out, "--by", "赵平", pin=pin_of("赵平"))
    assert refused.code == 1
    assert "不能导出账目" in refused.said
    assert not out.exists()
    assert by("export", "hledger", path, "-o", out, "--by", QIAN, pin=pin_of(QIAN)).code == 0
    assert stat.S_ISREG(out.stat().st_mode)


def test_the_folder_one_stands_in_is_no_place(demo, run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = run("export", "dump", demo, "-o", ".")
    assert done.code == 1
    assert "里面有东西" in done.said
    assert run("export", "hledger", demo, "-o", "a.journal").code == 0
    assert (tmp_path / "a.journal").exists()


@pytest.mark.parametrize("form", ["hledger", "workbook", "dump", "gbt24589", "archive"])
def test_a_full_stick_takes_nothing(demo, run, form, tmp_path, monkeypatch):
    beside = tmp_path / "beside"
    beside.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(beside))
    with mounted("-t", "tmpfs", "-o", "size=96k", "none") as stick:
        if stick is None:
            pytest.skip("mounting is not allowed here")
        done = run("export", form, demo, "-o", stick / f"账{FORMATS[form].ending}")
        assert done.code == 1
        assert "满" in done.said
        assert list(stick.iterdir()) == []
    assert list(beside.iterdir()) == []  # nor do the books lie where files of an hour are kept
    assert log_of(demo) == []


@pytest.mark.parametrize("form", ["hledger", "workbook", "dump"])
def test_a_place_that_may_not_be_written_is_named_as_it_was_asked_for(demo, run, form):
    with mounted("-t", "tmpfs", "-o", "ro", "none") as stick:
        if stick is None:
            pytest.skip("mounting is not allowed here")
        done = run("export", form, demo, "-o", stick / f"账{FORMATS[form].ending}")
        assert done.code == 2
        assert f"“账{FORMATS[form].ending}”没有写成" in done.said


def test_a_groups_ledger_leaves_beside_the_others_and_comes_back(tmp_path, run):
    book = tmp_path / "三本.vledger"
    assert run("new", book, "--village", "青山村", "--start", "2025-01").code == 0
    words = ("--code", "group-01", "--title", "第一村民小组账", "--entity", "青山村第一村民小组")
    assert run("ledger", book, "add", *words, "--chart", "collective", "--start", "2025-05").code == 0
    opening = tmp_path / "期初.csv"
    opening.write_text("科目编码,往来单位,项目,借方金额,贷方金额\n101,,,500,\n301,,,,500\n", encoding="utf-8")
    assert run("import", "opening", book, opening, "--ledger", "group-01").code == 0
    done = run("export", "hledger", book, "-o", tmp_path / "a.journal")
    assert "2 行" in done.said
    assert hledger_balances(tmp_path / "a.journal", date(2025, 6, 1)) == {"101": 50_000, "301": -50_000}
    assert run("export", "beancount", book, "-o", tmp_path / "a.beancount", "--ledger", "group-01").code == 0
    assert beancount_balances(tmp_path / "a.beancount", date(2025, 6, 1)) == {"101": 50_000, "301": -50_000}
    assert run("export", "dump", book, "-o", tmp_path / "out").code == 0
    assert run("import", "dump", tmp_path / "新.vledger", tmp_path / "out").code == 0
    assert run("verify", tmp_path / "新.vledger").code == 0
