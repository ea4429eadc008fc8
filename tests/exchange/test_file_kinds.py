"""A file is taken for what it holds, and refused in a sentence that says what it is."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from tests.exchange.files import OPENING_HEADER, RENT, WATER_BILL, write_csv, write_xlsx
from village_ledger.domain.errors import UnreadableError
from village_ledger.exchange.reading.tabular import read_rows
from village_ledger.exchange.vouchers.voucher_rows import VOUCHER_FIELDS

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refusal(path: Path) -> str:
    """What is said about a file that cannot be read; it always means exit code 2 and an untouched book."""
    with pytest.raises(UnreadableError) as refused:
        read_rows(path, VOUCHER_FIELDS)
    assert refused.value.exit_code == 2
    sentence = str(refused.value)
    assert "账没有变化。" in sentence
    assert "\n" not in sentence
    return sentence


def summaries(path: Path) -> list[object]:
    table = read_rows(path, VOUCHER_FIELDS)
    return [table.value(cells, "summary") for _, cells in table]


RARE = "付𬭎㛃䶮三人误工费"
"""Characters beyond GBK: a name with them must survive."""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "，"])
def test_every_encoding_and_delimiter_is_read_exactly(tmp_path, encoding, delimiter):
    rows = [(*WATER_BILL[0][:3], RARE, *WATER_BILL[0][4:]), WATER_BILL[1]]
    file = write_csv(tmp_path / "v.csv", rows, encoding=encoding, delimiter=delimiter)
    assert summaries(file) == [RARE, "付水费"]


def test_utf_16_with_the_other_byte_order_mark(tmp_path):
    file = write_csv(tmp_path / "v.csv", WATER_BILL, encoding="utf-16-be")
    file.write_bytes(b"\xfe\xff" + file.read_bytes())
    assert summaries(file) == ["付水费", "付水费"]


def test_the_name_of_a_file_decides_nothing(tmp_path):
    workbook = write_xlsx(tmp_path / "其实是工作簿.csv", WATER_BILL)
    text = write_csv(tmp_path / "其实是文本.xlsx", WATER_BILL)
    assert summaries(workbook) == summaries(text) == ["付水费", "付水费"]


def test_a_missing_file(tmp_path):
    assert "找不到文件" in refusal(tmp_path / "没有.csv")


def test_a_folder(tmp_path):
    assert "是一个文件夹" in refusal(tmp_path)


def test_a_name_no_file_can_have():
    assert "读不出来" in refusal(Path("坏\x00名.csv"))


@pytest.mark.skipif(os.name == "nt", reason="a device file is a Unix thing")
def test_a_device():
    assert "不是普通文件" in refusal(Path(os.devnull))


@pytest.mark.parametrize("content", [b"", b"\r\n \r\n"])
def test_an_empty_file(tmp_path, content):
    file = tmp_path / "空.csv"
    file.write_bytes(content)
    assert "是空文件" in refusal(file)


def test_bytes_that_are_no_text(tmp_path):
    file = tmp_path / "乱.csv"
    file.write_bytes(b"\xff\xff\x80\x81\xfe" * 50)
    assert "文字编码认不出来" in refusal(file)


def test_half_an_utf_16_character_is_not_guessed(tmp_path):
    file = write_csv(tmp_path / "断.csv", WATER_BILL, encoding="utf-16")
    file.write_bytes(file.read_bytes()[:-1])
    assert "文字编码认不出来" in refusal(file)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600), "设了打开密码"),
        (OLE + bytes(600) + "Workbook".encode("utf-16-le") + bytes(600), "旧格式的 xls"),
        (b"\x09\x08\x10\x00\x00\x06\x05\x00" + bytes(100), "很旧的 xls"),
        (b"SQLite format 3\x00" + bytes(100), "不是表格"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\xef\xbb\xbf<html><table><tr><td>1</td></tr></table></html>", "网页"),
        (b"<?xml version='1.0'?><Workbook/>", "XML"),
    ],
)
def test_other_kinds_are_named(tmp_path, content, words):
    file = tmp_path / "文件.xlsx"
    file.write_bytes(content)
    assert words in refusal(file)


def test_a_password_mark_across_two_blocks_is_found(tmp_path):
    mark = "EncryptedPackage".encode("utf-16-le")
    file = tmp_path / "密.xlsx"
    file.write_bytes(OLE + bytes((1 << 20) - len(OLE) - 7) + mark + bytes(10))
    assert "设了打开密码" in refusal(file)


def test_a_workbook_of_100_mb_is_not_unpacked(tmp_path):
    file = write_xlsx(tmp_path / "大.xlsx", WATER_BILL)
    with file.open("r+b") as stream:
        stream.truncate(100 << 20)
    assert "有 100 MB，超过了 64 MB 的上限" in refusal(file)


def test_a_csv_beyond_the_limit_is_not_read(tmp_path):
    file = write_csv(tmp_path / "大.csv", WATER_BILL)
    with file.open("r+b") as stream:
        stream.truncate(600 << 20)
    assert "超过了 512 MB 的上限" in refusal(file)


def test_a_zip_bomb_is_not_unpacked(tmp_path):
    file = write_xlsx(tmp_path / "炸.xlsx", WATER_BILL)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet2.xml", bytes(64 << 20))
    assert file.stat().st_size < 1 << 20
    assert "解开后大得不正常" in refusal(file)


def test_a_part_that_declares_entities_is_refused(tmp_path):
    file = write_xlsx(tmp_path / "实体.xlsx", WATER_BILL)
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><x>&a;</x>'
    with zipfile.ZipFile(file, "a") as package:
        package.writestr("xl/more.xml", bomb)
    assert "已损坏" in refusal(file)


def test_a_damaged_workbook(tmp_path):
    file = write_xlsx(tmp_path / "坏.xlsx", WATER_BILL)
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    assert "已损坏" in refusal(file)


def test_a_byte_changed_inside_a_sheet_is_noticed(tmp_path):
    file = write_xlsx(tmp_path / "坏.xlsx", WATER_BILL * 50)
    with zipfile.ZipFile(file) as package:
        place = package.getinfo("xl/worksheets/sheet1.xml").header_offset + 120
    content = bytearray(file.read_bytes())
    content[place] ^= 0xFF
    file.write_bytes(content)
    with pytest.raises(UnreadableError, match="已损坏"):
        summaries(file)


def test_a_zip_that_is_no_workbook(tmp_path):
    file = tmp_path / "文档.xlsx"
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", "<w/>")
    assert "不是 xlsx 工作簿" in refusal(file)


def test_an_empty_worksheet(tmp_path):
    assert "第一行是空的" in refusal(write_xlsx(tmp_path / "空.xlsx", [], header=[]))


def test_a_wrong_header_names_every_missing_column(tmp_path):
    sentence = refusal(write_csv(tmp_path / "期初.csv", [], header=OPENING_HEADER))
    assert "缺少列：日期、凭证字、凭证号、摘要、附件张数。" in sentence


def test_a_column_written_twice_is_not_chosen_from(tmp_path):
    header = [
        "日期",
        "日期",
        *["凭证字", "凭证号", "摘要", "科目编码", "借方金额", "贷方金额", "往来单位", "项目", "附件张数"],
    ]
    assert "“日期”列有两个" in refusal(write_csv(tmp_path / "v.csv", [], header=header))


def test_reading_twice_gives_the_same(tmp_path):
    table = read_rows(write_csv(tmp_path / "v.csv", [*WATER_BILL, *RENT]), VOUCHER_FIELDS)
    assert list(table) == list(table)
