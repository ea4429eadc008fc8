"""Nothing of a package is trusted before it is proven; whatever is done to one ends in a sentence, never in a crash."""

from __future__ import annotations

import random
import sqlite3
import stat
import struct
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.builders import Village
from tests.conftest import FULL
from tests.review.township import (
    Members,
    a_year,
    packed,
    sent,
    signed_again,
    unguarded,
    unpacked,
    with_book,
)
from village_ledger.cli.main import main
from village_ledger.domain.errors import BadPackage, LedgerError
from village_ledger.domain.package import BOOK, MANIFEST, SHEETS, SIGNATURE, WORKBOOK, Limits
from village_ledger.exchange.review.package_reading import opened
from village_ledger.exchange.review.package_zip import open_zip


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound package; tests spoil copies of it."""
    folder = tmp_path_factory.mktemp("包")
    with Village.found(folder) as village:
        a_year(village)
        return sent(village, folder).path


@pytest.fixture
def members(package: Path) -> Members:
    return unpacked(package)


def _refused(path: Path) -> str:
    with pytest.raises(BadPackage) as refused, opened(path):
        raise AssertionError("it opened")
    return str(refused.value)


def _found(path: Path, *, prove: bool = False) -> set[tuple[str, str]]:
    with opened(path, prove=prove) as package:
        return {(finding.rule, finding.record) for finding in package.findings}


# the form


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda m: [*m, ("extra.txt", b"!")], "不该有的文件"),
        (lambda m: [*m, ("attachments/../../evil", b"!")], "不该有的文件"),
        (lambda m: [*m, ("/etc/passwd", b"!")], "不该有的文件"),
        (lambda m: [*m, ("attachments/" + "a" * 63, b"!")], "不该有的文件"),
        (lambda m: m[:-1], "不是送审包该有的"),
        (lambda m: [m[0], m[1], m[2], ("books.xlsx", m[3][1]), m[4]], "不是送审包该有的"),
        (lambda m: [m[1], m[0], *m[2:]], "顺序不对"),
        (lambda m: [*m, ("attachments/" + "a" * 64, b"not in the list")], "和清单上的不一样"),
    ],
    ids=["added", "dots", "absolute", "half a name", "removed", "renamed", "reordered", "not listed"],
)
def test_members_that_do_not_belong(
    members: Members, tmp_path: Path, change: Callable[[Members], Members], said: str
) -> None:
    assert said in _refused(packed(tmp_path / "坏.vlpkg", change(members)))


def test_a_member_twice(members: Members, tmp_path: Path) -> None:
    path = tmp_path / "坏.vlpkg"
    with zipfile.ZipFile(path, "w") as made:
        for name, content in members:
            made.writestr(name, content)
        with pytest.warns(UserWarning, match="Duplicate"):
            made.writestr(*members[-1])
    assert "顺序不对" in _refused(path)


def test_a_symbolic_link(members: Members, tmp_path: Path) -> None:
    path = tmp_path / "坏.vlpkg"
    with zipfile.ZipFile(path, "w") as made:
        for name, content in members:
            info = zipfile.ZipInfo(name)
            info.external_attr = (stat.S_IFLNK | 0o777) << 16 if name == BOOK else 0o100644 << 16
            made.writestr(info, b"/etc/passwd" if name == BOOK else content)
    assert "不是照规定写的" in _refused(path)


@pytest.mark.parametrize("place", ["front", "end"])
def test_bytes_before_or_after(package: Path, tmp_path: Path, place: str) -> None:
    path, raw = tmp_path / "坏.vlpkg", package.read_bytes()
    path.write_bytes(b"MZ" + raw if place == "front" else raw + b"MZ")
    _refused(path)


@pytest.mark.parametrize("part", [0.0, 0.01, 0.5, 0.99, 0.9999])
def test_cut_short(package: Path, tmp_path: Path, part: float) -> None:
    path, raw = tmp_path / "坏.vlpkg", package.read_bytes()
    path.write_bytes(raw[: int(len(raw) * part)])
    assert "不是完整的送审包" in _refused(path)


def test_a_bomb_is_not_unpacked(members: Members, tmp_path: Path) -> None:
    bomb = [(name, bytes(40 << 20) if name == BOOK else content) for name, content in members]
    assert "压得不合情理" in _refused(packed(tmp_path / "坏.vlpkg", bomb))


def test_more_bytes_than_announced_are_not_written(members: Members, tmp_path: Path) -> None:
    path = packed(tmp_path / "坏.vlpkg", members)
    raw = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo(WORKBOOK)
        at, directory = info.header_offset, archive.start_dir
    struct.pack_into("<L", raw, at + 22, info.file_size - 1)
    entry = raw.index(b"PK\x01\x02", directory)
    while raw[entry + 46 : entry + 46 + len(WORKBOOK)] != WORKBOOK.encode():
        entry = raw.index(b"PK\x01\x02", entry + 1)
    struct.pack_into("<L", raw, entry + 24, info.file_size - 1)
    path.write_bytes(raw)
    assert "损坏了" in _refused(path)


def test_huge_counts(members: Members, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = packed(tmp_path / "坏.vlpkg", members)
    with pytest.raises(BadPackage, match="多得不合情理"), open_zip(path, Limits(members=4)):
        pass
    with pytest.raises(BadPackage, match="大得不合情理"), open_zip(path, Limits(single=1000)):
        pass
    with pytest.raises(BadPackage, match="展开后大得不合情理"), open_zip(path, Limits(total=1000)):
        pass


def test_what_is_no_package_at_all(tmp_path: Path) -> None:
    path = tmp_path / "照片.vlpkg"
    path.write_bytes(b"\x89PNG\r\n")
    assert "不是送审包" in _refused(path)
    assert "读不了" in _refused(tmp_path / "没有.vlpkg")


# the manifest and the signature


def test_a_changed_signature_is_said_and_the_package_still_opens(members: Members, tmp_path: Path) -> None:
    spoilt = [(n, bytes(64) if n == SIGNATURE else c) for n, c in members]
    assert _found(packed(tmp_path / "坏.vlpkg", spoilt)) == {("P1", "送审包的签名")}


def test_an_exchanged_file_is_named(members: Members, tmp_path: Path) -> None:
    spoilt = [(n, b"other sheets" if n == SHEETS else c) for n, c in members]
    assert _found(packed(tmp_path / "坏.vlpkg", spoilt)) == {("P2", f"送审包里的 {SHEETS}")}


def test_another_key_is_another_fingerprint(package: Path, members: Members, tmp_path: Path) -> None:
    other = packed(tmp_path / "坏.vlpkg", signed_again(members))
    with opened(package, prove=False) as true, opened(other, prove=False) as forged:
        assert forged.signature_holds
        assert forged.fingerprint != true.fingerprint


def _says(key: str, value: object) -> Callable[[dict[str, Any]], None]:
    return lambda manifest: manifest.__setitem__(key, value)


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        (_says("format", 2), "更新版本的程序"),
        (_says("format", 0), "不是本程序认得的格式"),
        (_says("format", True), "不是照规定写的"),
        (_says("algorithms", {"signature": "none", "digest": "SHA-256"}), "不是本程序认得的格式"),
        (_says("from", "昨天"), "读不出来"),
        (_says("number", -1), "读不出来"),
        (_says("number", 1e400), "读不出来"),
        (_says("public_key", "00"), "读不出来"),
        (_says("level", "L9"), "读不出来"),
        (_says("village", "村\u202e名"), "读不出来"),
        (_says("extra", "unknown"), "不是照规定写的"),
        (lambda m: m["files"].append({"name": "../x", "size": 1, "digest": "0" * 64}), "读不出来"),
        (lambda m: m.pop("previous"), "缺了内容"),
    ],
)
def test_manifests_that_are_none(
    members: Members, tmp_path: Path, said: Callable[[dict[str, Any]], object], refusal: str
) -> None:
    def change(manifest: dict[str, Any]) -> None:
        said(manifest)

    assert refusal in _refused(packed(tmp_path / "坏.vlpkg", signed_again(members, change)))


@pytest.mark.parametrize("text", [b"", b"[]", b"{", b"\xff\xfe", b"[" * 100_000, b"9" * 5000])
def test_a_manifest_that_does_not_read(members: Members, tmp_path: Path, text: bytes) -> None:
    spoilt = [(n, text if n == MANIFEST else c) for n, c in members]
    _refused(packed(tmp_path / "坏.vlpkg", spoilt))


def test_a_manifest_of_other_books_is_found(members: Members, tmp_path: Path) -> None:
    other = signed_again(members, _says("village", "白云村"))
    assert _found(packed(tmp_path / "坏.vlpkg", other)) == {("P3", "清单上的村名")}


# the database


@pytest.mark.parametrize(
    "planted",
    [
        "CREATE TRIGGER evil AFTER INSERT ON voucher BEGIN DELETE FROM posting; END",
        "CREATE VIEW book2 AS SELECT * FROM book",
        "CREATE VIRTUAL TABLE evil USING fts5(words)",
        "CREATE TABLE evil (x)",
        "DROP INDEX ix_package_sent_digest",
    ],
    ids=["trigger", "view", "virtual table", "table", "index gone"],
)
def test_what_was_planted_in_the_copy_is_never_opened(members: Members, tmp_path: Path, planted: str) -> None:
    changed = with_book(members, tmp_path, lambda copy: copy.execute(planted))
    said = _refused(packed(tmp_path / "坏.vlpkg", signed_again(changed)))
    assert "不是本程序做的东西" in said


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0" + bytes(200), b"not a database" * 100])
def test_a_database_that_is_none(members: Members, tmp_path: Path, content: bytes) -> None:
    spoilt = [(n, content if n == BOOK else c) for n, c in members]
    _refused(packed(tmp_path / "坏.vlpkg", signed_again(spoilt)))


@pytest.mark.parametrize("version", ["99", "4"])
def test_a_database_of_another_format(members: Members, tmp_path: Path, version: str) -> None:
    changed = with_book(members, tmp_path, lambda copy: copy.execute(f"PRAGMA user_version={version}"))
    _refused(packed(tmp_path / "坏.vlpkg", signed_again(changed)))


def test_a_database_that_lies_about_its_totals_is_found(members: Members, tmp_path: Path) -> None:
    changed = with_book(
        members, tmp_path, lambda copy: unguarded(copy, "UPDATE month_total SET debit = debit + 100")
    )
    forged = packed(tmp_path / "坏.vlpkg", signed_again(changed))
    assert "V4" in {rule for rule, _ in _found(forged, prove=True)}


def test_an_amount_changed_and_signed_again_is_found_in_the_chain(members: Members, tmp_path: Path) -> None:
    changed = with_book(
        members, tmp_path, lambda copy: unguarded(copy, "UPDATE voucher_line SET debit = 1 WHERE debit > 0")
    )
    forged = packed(tmp_path / "坏.vlpkg", signed_again(changed))
    assert ("V3", "2025-01/记-0001") in _found(forged, prove=True)


# the command


def test_the_command_says_what_is_wrong_and_leaves_nothing(
    package: Path, members: Members, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", str(package)]) == 0
    assert "签名有效" in capsys.readouterr().out
    spoilt = [(n, bytes(64) if n == SIGNATURE else c) for n, c in members]
    assert main(["verify", str(packed(tmp_path / "坏.vlpkg", spoilt))]) == 1
    assert "签名无效" in capsys.readouterr().out
    assert main(["verify", str(packed(tmp_path / "更坏.vlpkg", members[:-1]))]) == 2
    assert "没有往任何地方写文件" in capsys.readouterr().err


# anything at all


def _mutants(raw: bytes, chance: random.Random, count: int) -> Iterator[bytes]:
    """The package with a region flipped, cut out, doubled or filled with nonsense."""
    for _ in range(count):
        begin = chance.randrange(len(raw))
        end = min(len(raw), begin + chance.choice((1, 1, 2, 16, 400)))
        region = raw[begin:end]
        replaced = chance.choice(
            (
                bytes(b ^ (1 << chance.randrange(8)) for b in region),
                b"",
                region * 2,
                chance.randbytes(len(region)),
            )
        )
        yield raw[:begin] + replaced + raw[end:]


def _said_of(path: Path, *, prove: bool = False) -> str:
    """The refusal, or all findings as sentences; empty for a package nothing is wrong with."""
    try:
        with opened(path, prove=prove) as found:
            return "".join(f"{finding.sentence()}。没有写。" for finding in found.findings)
    except LedgerError as refused:
        return str(refused)


def test_whatever_is_done_to_the_bytes_ends_in_a_sentence(package: Path, tmp_path: Path) -> None:
    chance, raw = random.Random(20251231), package.read_bytes()
    place, before = tmp_path / "坏.vlpkg", set(tmp_path.iterdir())
    true = unpacked(package)
    for mutant in _mutants(raw, chance, 2000 if FULL else 250):
        place.write_bytes(mutant)
        said = _said_of(place)
        # what opens without a word has the very same contents: the bit was one that deflate leaves unused
        assert said.count("。") >= 2 if said else unpacked(place) == true
    assert set(tmp_path.iterdir()) - before == {place}


@pytest.mark.full
def test_a_database_with_any_damage_is_found_or_refused(members: Members, tmp_path: Path) -> None:
    chance, raw = random.Random(1949), dict(members)[BOOK]
    for mutant in _mutants(raw, chance, 300):
        spoilt = [(n, mutant if n == BOOK else c) for n, c in members]
        path = tmp_path / "坏.vlpkg"
        path.unlink(missing_ok=True)
        packed(path, signed_again(spoilt))
        # a byte on a page that holds nothing changes nothing that is kept
        assert _said_of(path, prove=True) or _kept(mutant, tmp_path) == _kept(raw, tmp_path)


def _kept(content: bytes, folder: Path) -> list[str]:
    path = folder / "看.vledger"
    path.write_bytes(content)
    with closing(sqlite3.connect(path)) as copy:
        return list(copy.iterdump())
