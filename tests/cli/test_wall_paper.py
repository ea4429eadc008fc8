"""Sheets of the wall at the command line: sizes, how much paper, pictures."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from PIL import Image

from tests import made
from village_ledger.reports.pens.pdf_file import PdfFile
from village_ledger.storage.file.book_file import Access, open_book

MARCH = ("disclosure", "--month", "2025-03", "--ledger", "committee")


@pytest.fixture
def village(tmp_path) -> Path:
    """A copy of the demonstration village that a test may write to."""
    return made.demo(tmp_path)


def test_before_printing_it_says_pages_and_square_metres_for_every_size(run, village):
    before = village.read_bytes()
    answer = run("report", village, *MARCH, "--plan")
    assert answer.code == 0
    lines = answer.out.splitlines()
    assert len(lines) == 12
    assert lines[0].startswith("上墙 A3 · 16 磅\t共 ")
    assert all(" 页，约 " in line and line.rstrip("）").endswith(("㎡", "小一号")) for line in lines)
    assert village.read_bytes() == before


def test_the_plan_is_what_is_printed(run, village, tmp_path):
    planned = run("report", village, *MARCH, "--plan").out
    for argv, words in (
        ((), "上墙 A3 · 16 磅"),
        (("--paper", "A4", "--type", "large"), "上墙 A4 · 20 磅"),
        (("--size", "desk"), "案头 A4 · 10.5 磅"),
        (("--size", "desk", "--paper", "A3", "--type", "huge"), "案头 A3 · 14 磅"),
    ):
        answer = run("report", village, *MARCH, *argv, "-o", tmp_path / "a.pdf")
        assert answer.code == 0
        (line,) = [one for one in planned.splitlines() if one.startswith(words)]
        assert line.replace("\t", "：") in answer.said


@pytest.mark.parametrize("argv", [("--group", "none"), ("--group", "all"), ()])
def test_grouping_is_asked_for_and_changes_no_code(run, village, tmp_path, argv):
    answer = run("report", village, *MARCH, *argv, "-o", tmp_path / "a.pdf")
    assert answer.code == 0
    plain = run("report", village, *MARCH, "--sheets", "A")
    assert '"check_code": "' in plain.out


def test_one_picture_for_a_telephone_group(run, village, tmp_path):
    answer = run("report", village, *MARCH, "--sheets", "A", "--phone", "-o", tmp_path / "长图.png")
    assert (answer.code, "1 张图" in answer.said) == (0, True)
    with Image.open(tmp_path / "长图.png") as picture:
        assert picture.width == 1081


def test_a_zip_and_a_folder_hold_a_picture_a_page(run, village, tmp_path):
    assert run("report", village, *MARCH, "--sheets", "A,C", "-o", tmp_path / "图.zip").code == 0
    with zipfile.ZipFile(tmp_path / "图.zip") as archive:
        names = archive.namelist()
    assert list(dict.fromkeys(name.split()[1] for name in names)) == ["A", "C"]
    done = run("report", village, *MARCH, "--sheets", "A,C", "--format", "png", "-o", tmp_path / "图")
    assert done.code == 0
    assert sorted(path.name for path in (tmp_path / "图").iterdir()) == names


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (("--format", "png"), "png 要写到文件里"),
        (("--phone", "-o", "a.pdf"), "--phone 只用于图片"),
        (("--type", "tiny", "-o", "a.pdf"), "--type 不能是“tiny”"),
        (("--group", "some", "-o", "a.pdf"), "--group 不能是“some”"),
        (("--paper", "form", "-o", "a.pdf"), "公开表只印 A3 或 A4"),
    ],
)
def test_what_cannot_be_meant(run, village, argv, words):
    answer = run("report", village, *MARCH, *argv)
    assert (answer.code, answer.out) == (2, "")
    assert words in answer.said


def test_a_picture_that_cannot_be_written_is_one_sentence_and_registers_nothing(run, village, tmp_path):
    answer = run("report", village, *MARCH, "--sheets", "A", "-o", tmp_path / "没有" / "图.png")
    assert (answer.code, len(answer.sentences)) == (2, 1)
    log = run("report", village, "operation-log", "--ledger", "committee", "--text", "disclosure，2025年3月")
    assert "登记公开表" not in log.out


def test_ctrl_c_while_pages_are_drawn_leaves_neither_file_nor_registered_sheet(
    run, village, tmp_path, monkeypatch
):
    def registered() -> int:
        with open_book(village, Access.READ) as book:
            return len(book.reader().every_sheet_version("committee"))

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    before, folder = registered(), tmp_path / "出"
    folder.mkdir()
    with monkeypatch.context() as patch:
        patch.setattr(PdfFile, "add_page", interrupted)
        answer = run("report", village, *MARCH, "-o", folder / "a.pdf")
    assert (answer.code, answer.said) == (1, "已取消。账没有变化。\n")
    assert list(folder.iterdir()) == []
    assert registered() == before
    assert run("report", village, *MARCH, "-o", folder / "a.pdf").code == 0
    assert registered() > before
