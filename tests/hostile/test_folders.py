"""Dumps and archives that are not what was written, word by word of what may be done to a folder."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import FULL
from tests.exports.dumping import relabel
from village_ledger.domain.errors import LedgerError, UnreadableError
from village_ledger.exchange.archive.archive_check import check_archive
from village_ledger.exchange.exports.import_dump import take_in

Copied = Callable[[str], Path]


@pytest.fixture
def dump(copied: Copied) -> Path:
    return copied("数据")


@pytest.fixture
def archive(copied: Copied) -> Path:
    return copied("档案")


def _refused(folder: Path, target: Path) -> str:
    """What refuses a dump; nothing may stand at the target or beside it then."""
    before = set(target.parent.iterdir())
    with pytest.raises(LedgerError) as refusal:
        take_in(target, folder)
    assert set(target.parent.iterdir()) == before
    return str(refusal.value)


def _says(folder: Path, **said: Any) -> None:
    file = folder / "dump.json"
    file.write_text(json.dumps(json.loads(file.read_text(encoding="utf-8")) | said), encoding="utf-8")


# dumps


def test_the_dump_as_it_was_written_is_taken_in(dump: Path, tmp_path: Path) -> None:
    assert take_in(tmp_path / "新.vledger", dump).value > 100


def test_any_file_of_a_dump_with_a_byte_changed_is_refused(dump: Path, tmp_path: Path) -> None:
    files = sorted(file for file in dump.glob("*.csv") if file.name != "README.csv")
    for file in files if FULL else files[::12]:
        raw = file.read_bytes()
        file.write_bytes(raw[:-1] + bytes([raw[-1] ^ 1]))
        assert file.name in _refused(dump, tmp_path / "新.vledger")
        file.write_bytes(raw)


@pytest.mark.parametrize("change", ["cut", "emptied", "gone", "renamed", "a folder", "longer"])
def test_a_file_of_a_dump_that_is_not_whole(dump: Path, tmp_path: Path, change: str) -> None:
    file = dump / "account.csv"
    raw = file.read_bytes()
    match change:
        case "cut":
            file.write_bytes(raw[: len(raw) // 2])
        case "emptied":
            file.write_bytes(b"")
        case "longer":
            file.write_bytes(raw + raw)
        case "renamed":
            file.rename(dump / "Account2.csv")
        case _:
            file.unlink()
    if change == "a folder":
        file.mkdir()
    assert "account.csv" in _refused(dump, tmp_path / "新.vledger")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names are POSIX's")
@pytest.mark.parametrize("name", ["account.csv", "dump.json"])
def test_a_pipe_in_a_dump_keeps_nobody_waiting(dump: Path, tmp_path: Path, name: str) -> None:
    (dump / name).unlink()
    os.mkfifo(dump / name)
    assert _refused(dump, tmp_path / "新.vledger")


def test_files_beside_those_of_a_dump_are_not_looked_at(dump: Path, tmp_path: Path) -> None:
    (dump / "evil.csv").write_bytes(b"\xff" * 100)
    (dump / "trigger.sql").write_text("CREATE TRIGGER evil …", encoding="utf-8")
    (dump / "附件.lnk").symlink_to(tmp_path / "没有")
    take_in(tmp_path / "新.vledger", dump)


@pytest.mark.parametrize(
    "name", ["../evil.csv", "/etc/passwd", "C:\\evil.csv", "..\\evil.csv", "a/b.csv", "", "account.csv\u0000"]
)
def test_a_name_a_dump_has_not(dump: Path, tmp_path: Path, name: str) -> None:
    body = json.loads((dump / "dump.json").read_text(encoding="utf-8"))
    _says(dump, files=body["files"] | {name: {"rows": 1, "sha256": "0" * 64}})
    assert "表对不上" in _refused(dump, tmp_path / "新.vledger")


@pytest.mark.parametrize(
    "said",
    [
        {"book_format": 10**400},
        {"book_format": -1},
        {"book_format": 0},
        {"book_format": None},
        {"book_format": 99},
        {"version": 99},
        {"version": 0},
        {"version": "x"},
        {"files": []},
        {"files": "x"},
        {"files": {}},
        {"uid": None},
    ],
    ids=str,
)
def test_a_dump_that_says_what_cannot_be(dump: Path, tmp_path: Path, said: dict[str, Any]) -> None:
    _says(dump, **said)
    assert _refused(dump, tmp_path / "新.vledger")


@pytest.mark.parametrize("rows", [0, -1, 10**18, 10**400, None, "x", [], 1.5])
def test_a_dump_with_another_count_of_rows(dump: Path, tmp_path: Path, rows: object) -> None:
    body = json.loads((dump / "dump.json").read_text(encoding="utf-8"))
    body["files"]["account.csv"]["rows"] = rows
    _says(dump, files=body["files"])
    assert _refused(dump, tmp_path / "新.vledger")


def test_numbers_without_end_in_a_dump(dump: Path, tmp_path: Path) -> None:
    file = dump / "dump.json"
    text = file.read_text(encoding="utf-8")
    place = text.index('"book_format"')
    file.write_text(f'{text[:place]}"book_format": 1e999, "was": {text[place + 14 :]}', encoding="utf-8")
    assert "dump.json" in _refused(dump, tmp_path / "新.vledger")


@pytest.mark.parametrize("table", ["month_total.csv", "day_total.csv"])
def test_a_dump_that_lies_about_its_totals(dump: Path, tmp_path: Path, table: str) -> None:
    """The digest fits, the sums do not: the book that comes of it does not prove."""
    relabel(dump, table, lambda text: text.replace("620000", "620001", 1))
    assert "核对不过" in _refused(dump, tmp_path / "新.vledger")


def test_rows_of_a_dump_in_another_order_or_twice(dump: Path, tmp_path: Path) -> None:
    def turned(text: str) -> str:
        head, first, second, *rest = text.split("\r\n")
        return "\r\n".join((head, second, first, *rest))

    relabel(dump, "account.csv", turned)
    assert "account.csv" in _refused(dump, tmp_path / "新.vledger")


@pytest.mark.parametrize(
    "said",
    [{"data_key": 5}, {"data_key": "zz"}, {"staff_pin": 5}, {"staff_pin": [[1]]}, {"staff_pin": "x"}],
    ids=str,
)
def test_the_key_of_a_dump_that_says_what_cannot_be(
    dump: Path, outside: Path, tmp_path: Path, said: dict[str, Any]
) -> None:
    body = json.loads((outside / "数据.key").read_text(encoding="utf-8"))
    (tmp_path / "数据.key").write_text(json.dumps(body | said), encoding="utf-8")
    assert "钥匙文件写得不对" in _refused(dump, tmp_path / "新.vledger")


def test_a_full_disk_while_a_dump_is_taken_in(
    dump: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("village_ledger.storage.file.create.settle", full)
    assert "建不了文件" in _refused(dump, tmp_path / "新.vledger")


# archives


def test_the_archive_as_it_was_written_holds(archive: Path) -> None:
    found = check_archive(archive)
    assert found.files > 5
    assert found.faults == []
    assert found.fingerprint


def test_any_file_of_an_archive_with_a_byte_changed_is_named(archive: Path) -> None:
    files = sorted(file for file in archive.rglob("*") if file.is_file())
    for file in files if FULL else files[::4]:
        raw = file.read_bytes()
        for changed in (raw[:-1] + bytes([raw[-1] ^ 1]), raw[: len(raw) // 2], raw + b"\n"):
            file.write_bytes(changed)
            try:
                faults = check_archive(archive).faults
            except UnreadableError as refusal:
                faults = [str(refusal)]
            assert any(file.name in fault for fault in faults) or file.name == "SHA256SUMS", file
            assert faults
        file.write_bytes(raw)


@pytest.mark.parametrize("change", ["gone", "renamed", "a folder", "a link", "added", "a link to a folder"])
def test_an_archive_with_other_files(archive: Path, tmp_path: Path, change: str) -> None:
    file = next(path for path in sorted(archive.rglob("*.pdf")))
    match change:
        case "gone":
            file.unlink()
        case "renamed":
            file.rename(file.with_name("别的.pdf"))
        case "a folder":
            file.unlink()
            file.mkdir()
        case "a link":
            file.rename(tmp_path / "外面.pdf")
            file.symlink_to(tmp_path / "外面.pdf")
        case "added":
            file.with_name("多.exe").write_bytes(b"MZ")
        case _:
            (tmp_path / "外面").mkdir()
            (archive / "夹").symlink_to(tmp_path / "外面")
    assert check_archive(archive).faults


def _listed(archive: Path, name: str, content: bytes = b"x") -> None:
    with (archive / "SHA256SUMS").open("ab") as sums:
        sums.write(f"{sha256(content).hexdigest()}  {name}\n".encode())


@pytest.mark.parametrize(
    "name", ["../外面.txt", "/etc/hostname", "C:/x.txt", "a\\..\\x", "2025/../../外面.txt", "~/x"]
)
def test_an_archives_list_leads_nowhere_else(archive: Path, name: str) -> None:
    (archive.parent / "外面.txt").write_bytes(b"x")
    _listed(archive, name)
    assert any("指到档案外面" in fault or "不见了" in fault for fault in check_archive(archive).faults)


@pytest.mark.parametrize("name", ["\x1b[31m红", "a\u202eb", "a\x00b", "a\x7fb"])
def test_a_name_that_would_do_things_on_a_screen(archive: Path, name: str) -> None:
    _listed(archive, name)
    with pytest.raises(UnreadableError, match="有一行看不懂"):
        check_archive(archive)


def test_a_file_listed_twice(archive: Path) -> None:
    _listed(archive, "manifest.json")
    with pytest.raises(UnreadableError, match="有一行看不懂"):
        check_archive(archive)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"format": "village-ledger-archive", "version": 1e999, "files": []}',
        b'{"format": "village-ledger-archive", "version": 99, "files": []}',
        b'{"format": "village-ledger-archive", "version": 1, "files": {"a": 1}}',
        b'{"format": "village-ledger-archive", "version": 1, "files": 5}',
        b"9" * 10_000,
    ],
    ids=range(8),
)
def test_a_manifest_of_an_archive_that_is_none(archive: Path, content: bytes) -> None:
    (archive / "manifest.json").write_bytes(content)
    with pytest.raises(UnreadableError):
        check_archive(archive)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names are POSIX's")
@pytest.mark.parametrize("name", ["SHA256SUMS", "manifest.json", "2025/管.pdf"])
def test_a_pipe_in_an_archive_keeps_nobody_waiting(archive: Path, name: str) -> None:
    (archive / name).unlink(missing_ok=True)
    os.mkfifo(archive / name)
    if name.startswith("2025"):
        _listed(archive, name)
        assert any("不见了" in fault for fault in check_archive(archive).faults)
    else:
        with pytest.raises(UnreadableError):
            check_archive(archive)


def test_by_command(archive: Path, dump: Path, tmp_path: Path, run: Callable[..., Any]) -> None:
    assert run("verify", archive).code == 0
    (archive / "SHA256SUMS").unlink()
    assert run("verify", archive).code == 2
    (dump / "account.csv").unlink()
    refused = run("import", "dump", tmp_path / "新.vledger", dump)
    assert refused.code == 2
    assert refused.said.strip().endswith("。")
