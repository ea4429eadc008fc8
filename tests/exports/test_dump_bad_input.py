"""Dumps that are not what was written: refused in one sentence, nothing left; whoever lies well is found by the chain."""

from __future__ import annotations

import json
import random
from hashlib import sha256

import pytest

from tests.builders import LI, QIAN, Village, pin_of
from tests.exports.dumping import content, leftovers, refused, relabel, stopping
from village_ledger.domain.errors import BookFileError, Cancelled, LedgerError, UnreadableError
from village_ledger.exchange.exports.export_formats import ExportRequest
from village_ledger.exchange.exports.exporting import export
from village_ledger.exchange.exports.import_dump import DumpError, take_in
from village_ledger.services.book.verification import verify
from village_ledger.storage.file.book_file import Access, open_book


def test_without_its_key_the_numbers_stay_shut_and_that_is_said(dumped, tmp_path, run):
    (tmp_path / "导出.key").unlink()
    new = tmp_path / "新.vledger"
    assert "打不开" in take_in(new, dumped).warnings[0]
    assert verify(new) == []


def test_a_book_with_staff_wants_its_key(tmp_path, by):
    with Village.found(tmp_path) as village:
        village.hire_four()
    folder = tmp_path / "a" / "导出"
    folder.parent.mkdir()
    assert by("export", "dump", village.path, "-o", folder, "--by", QIAN, pin=pin_of(QIAN)).code == 0
    (folder.parent / "导出.key").unlink()
    refused(folder.parent / "新.vledger", folder, "少了钥匙文件")


def test_the_key_of_another_book_and_one_that_is_none(dumped, tmp_path):
    key = tmp_path / "导出.key"
    body = json.loads(key.read_text(encoding="utf-8"))
    key.write_text(json.dumps({**body, "uid": "0" * 32}), encoding="utf-8")
    refused(tmp_path / "新.vledger", dumped, "另一本账的钥匙")
    key.write_text("不是", encoding="utf-8")
    refused(tmp_path / "新.vledger", dumped, "不是钥匙文件")
    key.write_text(json.dumps({**body, "data_key": "zz"}), encoding="utf-8")
    refused(tmp_path / "新.vledger", dumped, "钥匙文件写得不对")


def test_a_file_that_was_changed(dumped, tmp_path):
    lines = dumped / "voucher_line.csv"
    lines.write_text(
        lines.read_text(encoding="utf-8").replace("1683200", "1683201", 1), encoding="utf-8", newline=""
    )
    refused(tmp_path / "新.vledger", dumped, "voucher_line.csv 和导出时不一样")


def test_a_lie_with_the_right_digest_is_found_by_the_chain(dumped, tmp_path):
    relabel(dumped, "voucher_line.csv", lambda text: text.replace("1683200", "1683201"))
    refused(tmp_path / "新.vledger", dumped, "核对不过", BookFileError)


def test_a_balance_of_the_lie_is_not_enough(dumped, tmp_path):
    relabel(dumped, "person_fact.csv", lambda text: text.replace("何世全", "何世金", 1))
    refused(tmp_path / "新.vledger", dumped, "核对不过", BookFileError)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda text: text.replace("\r\n1,1,", "\r\n1,,", 1), "第2行的 line 写法不对"),
        (lambda text: text.replace("\r\n1,1,", "\r\n1,01,", 1), "第2行的 line 写法不对"),
        (lambda text: text.replace("\r\n1,1,", "\r\n1,1.0,", 1), "第2行的 line 写法不对"),
        (lambda text: text.replace("\r\n1,1,", "\r\n1,9223372036854775808,", 1), "放不下"),
        (lambda text: text.replace("\r\n1,1,", "\r\n1,\\xzz,", 1), "第2行的 line 写法不对"),
        (lambda text: text.replace("\r\n1,1,", "\r\n1,1,1,", 1), "第2行的列数不对"),
        (lambda text: text.replace("voucher_id", "voucher", 1), "列和账簿的表对不上"),
        (lambda text: text.replace("\r\n1,1,1,", "\r\n1,1,77,", 1), "指向"),
        (lambda text: text + '1,"', "读不成表格"),
        (lambda text: text + text.split("\r\n")[1] + "\r\n", "放不下"),
        (lambda text: text.replace("\r\n1,1,", "\r\n1, 1,", 1), "写法不对"),
        (lambda text: text.replace("\r\n", "\n"), "读进来以后和文件不一样"),
        (lambda _: "", "列和账簿的表对不上"),
    ],
)
def test_a_row_that_cannot_be(dumped, tmp_path, change, words):
    relabel(dumped, "voucher_line.csv", change)
    with pytest.raises(UnreadableError) as said:
        take_in(tmp_path / "新.vledger", dumped)
    assert words in str(said.value)
    assert leftovers(tmp_path) == set()


def test_bytes_that_are_no_text(dumped, tmp_path):
    file = dumped / "party.csv"
    file.write_bytes(file.read_bytes() + b"\xff\xfe\r\n")
    manifest = json.loads((dumped / "dump.json").read_text(encoding="utf-8"))
    manifest["files"]["party.csv"]["sha256"] = sha256(file.read_bytes()).hexdigest()
    (dumped / "dump.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(Exception, match="读不出的字"):
        take_in(tmp_path / "新.vledger", dumped)
    assert leftovers(tmp_path) == set()


def test_a_table_missing_or_a_strange_one(dumped, tmp_path):
    manifest = json.loads((dumped / "dump.json").read_text(encoding="utf-8"))
    (dumped / "party.csv").unlink()
    refused(tmp_path / "新.vledger", dumped, "少了 party.csv")
    files = manifest["files"]
    for odd in (
        {**files, "../evil.csv": files["party.csv"]},
        {k: v for k, v in files.items() if k != "party.csv"},
    ):
        (dumped / "dump.json").write_text(json.dumps({**manifest, "files": odd}), encoding="utf-8")
        refused(tmp_path / "新.vledger", dumped, "表对不上")


def test_links_are_not_followed(dumped, tmp_path):
    party = dumped / "party.csv"
    party.rename(tmp_path / "导出.csv")
    try:
        party.symlink_to(tmp_path / "导出.csv")
    except OSError:
        pytest.skip("links are not to be had here")
    with pytest.raises(DumpError, match="不是一个文件"):
        take_in(tmp_path / "新.vledger", dumped)
    (dumped / "attachments").rename(tmp_path / "别处")
    party.unlink()
    (tmp_path / "导出.csv").rename(party)
    (dumped / "attachments").symlink_to(tmp_path / "别处")
    with pytest.raises(DumpError, match="是一个链接"):
        take_in(tmp_path / "新.vledger", dumped)
    assert not (tmp_path / "新.vledger").exists()


def test_an_attachment_that_was_changed(dumped, tmp_path):
    file = next((dumped / "attachments").iterdir())
    file.write_bytes(b"x")
    refused(tmp_path / "新.vledger", dumped, "和导出时不一样")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("", "不是导出的全部数据"),
        ("[]", "不是导出的全部数据"),
        ('{"kind": "别的"}', "不是导出的全部数据"),
        ('{"kind": "village-ledger-dump"}', "dump.json 写得不对"),
        ("[" * 100_000, "不是导出的全部数据"),
    ],
)
def test_a_manifest_that_is_none(dumped, tmp_path, body, words):
    (dumped / "dump.json").write_text(body, encoding="utf-8")
    refused(tmp_path / "新.vledger", dumped, words)


@pytest.mark.parametrize(("key", "value"), [("version", 2), ("book_format", 99)])
def test_a_dump_of_a_newer_program_is_refused_politely(dumped, tmp_path, key, value):
    manifest = json.loads((dumped / "dump.json").read_text(encoding="utf-8"))
    (dumped / "dump.json").write_text(json.dumps({**manifest, key: value}), encoding="utf-8")
    refused(tmp_path / "新.vledger", dumped, "更新版本的程序")


def test_no_folder_and_a_folder_of_something_else(tmp_path, run):
    done = run("import", "dump", tmp_path / "新.vledger", tmp_path / "没有")
    assert done.code == 2
    assert "这个文件夹" in done.said
    assert run("import", "dump", tmp_path / "新.vledger", tmp_path).code == 2
    assert run("import", "dump", tmp_path / "新.vledger", tmp_path, "--ledger", "committee").code == 2


def test_a_new_book_wants_a_folder_that_is_there(dumped, tmp_path, run):
    done = run("import", "dump", tmp_path / "没有" / "新.vledger", dumped)
    assert done.code == 2
    assert "没有建任何文件" in done.said
    assert "这个文件夹" in done.said


def test_a_book_is_never_written_over(source, dumped, tmp_path, run):
    done = run("import", "dump", source, dumped)
    assert done.code == 1
    assert "已经存在" in done.said


def test_a_folder_with_something_in_it_is_left_alone(demo, run, tmp_path):
    folder = tmp_path / "满"
    folder.mkdir()
    (folder / "a").write_text("b", encoding="utf-8")
    done = run("export", "dump", demo, "-o", folder)
    assert done.code == 1
    assert "里面有东西" in done.said
    assert not (tmp_path / "满.key").exists()
    (folder / "a").unlink()
    assert run("export", "dump", demo, "-o", folder).code == 0
    assert run("export", "dump", demo, "-o", tmp_path / "另", "--ledger", "committee").code == 2


def test_a_key_is_never_written_over(demo, run, tmp_path):
    (tmp_path / "out.key").write_text("别的钥匙", encoding="utf-8")
    assert run("export", "dump", demo, "-o", tmp_path / "out").code == 1
    assert (tmp_path / "out.key").read_text(encoding="utf-8") == "别的钥匙"
    assert not (tmp_path / "out").exists()


def test_cancelled_half_way_nothing_is_left_on_either_way(demo, dumped, tmp_path):
    for number in (3, 170):
        progress = stopping(number)
        with pytest.raises(Cancelled), open_book(demo, Access.WRITE, LI) as book:
            export(book, LI, "dump", ExportRequest(tmp_path / "out"), progress)
        with pytest.raises(Cancelled):
            take_in(tmp_path / "新.vledger", dumped, stopping(number))
    assert leftovers(tmp_path) <= {"青山村.vledger", "青山村.vledger.lock", "青山村.vledger.holder"}


# Spoiled at random: a bounded run with a fixed seed


@pytest.mark.parametrize("seed", range(12))
def test_whatever_byte_is_spoiled_it_is_refused_or_makes_no_difference(source, dumped, tmp_path, seed):
    chance = random.Random(seed)
    files = sorted(file for file in dumped.rglob("*") if file.is_file())
    file = chance.choice(files)
    data = bytearray(file.read_bytes())
    match chance.randrange(3):
        case 0:
            place = chance.randrange(len(data))
            data[place] ^= 1 << chance.randrange(8)
        case 1:
            del data[chance.randrange(len(data)) :]
        case _:
            data += chance.randbytes(20)
    file.write_bytes(bytes(data))
    try:
        take_in(tmp_path / "新.vledger", dumped)
    except LedgerError:
        assert leftovers(tmp_path) == set()
    else:
        assert content(tmp_path / "新.vledger") == content(source)
