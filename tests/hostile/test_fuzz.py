"""A run over every kind of file that comes from outside: spoilt at random from a fixed seed, so many times and no more.

Each ends in a sentence or is read as what it was; nothing is made anywhere but where it was asked for. ``test.sh --full`` tries
ten times as many.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.builders import WANG, Village
from tests.conftest import FULL
from tests.oldbooks.old_files import balances, journal
from tests.review.township import unpacked
from village_ledger.domain.errors import LedgerError
from village_ledger.exchange.agency.agency_file import read_workspace
from village_ledger.exchange.archive.archive_check import check_archive
from village_ledger.exchange.exports.import_dump import take_in
from village_ledger.exchange.oldbooks.old_book_reading import read_old_book
from village_ledger.exchange.review.package_reading import opened
from village_ledger.services.review import remarks_in

SEED = 20251231
TIMES = 10 if FULL else 1

Copied = Callable[[str], Path]
Spoil = Callable[[bytes, random.Random], bytes]


def _flipped(raw: bytes, chance: random.Random) -> bytes:
    made = bytearray(raw)
    for _ in range(chance.choice((1, 1, 3, 20))):
        made[chance.randrange(len(made))] ^= 1 << chance.randrange(8)
    return bytes(made)


def _cut(raw: bytes, chance: random.Random) -> bytes:
    return raw[: chance.randrange(len(raw))]


def _doubled(raw: bytes, chance: random.Random) -> bytes:
    begin = chance.randrange(len(raw))
    end = min(len(raw), begin + chance.choice((1, 4, 100, 5000)))
    return raw[:end] + raw[begin:]


def _taken_out(raw: bytes, chance: random.Random) -> bytes:
    begin = chance.randrange(len(raw))
    return raw[:begin] + raw[begin + chance.choice((1, 4, 100, 5000)) :]


def _nonsense(raw: bytes, chance: random.Random) -> bytes:
    begin = chance.randrange(len(raw))
    more = chance.choice((1, 4, 100, 2000))
    return raw[:begin] + chance.randbytes(more) + raw[begin + more :]


def _zeroed(raw: bytes, chance: random.Random) -> bytes:
    """A page the medium never wrote."""
    begin = chance.randrange(len(raw)) // 512 * 512
    return raw[:begin] + bytes(min(512, len(raw) - begin)) + raw[begin + 512 :]


def _swapped(raw: bytes, chance: random.Random) -> bytes:
    first, second, third = sorted(chance.randrange(len(raw)) for _ in range(3))
    return raw[:first] + raw[second:third] + raw[first:second] + raw[third:]


def _digits(raw: bytes, chance: random.Random) -> bytes:
    """A figure becomes a huge one."""
    places = [place for place in range(len(raw)) if raw[place : place + 1].isdigit()]
    place = chance.choice(places or [0])
    return raw[:place] + b"9" * chance.choice((1, 20, 400, 5000)) + raw[place + 1 :]


SPOIL: tuple[Spoil, ...] = (_flipped, _cut, _doubled, _taken_out, _nonsense, _zeroed, _swapped, _digits)


def _mutants(raw: bytes, count: int, salt: str) -> Iterator[bytes]:
    chance = random.Random(f"{SEED} {salt}")
    for _ in range(count * TIMES):
        made = raw
        for _ in range(chance.choice((1, 1, 2))):
            made = chance.choice(SPOIL)(made, chance) or b"\0"
        if made != raw:
            yield made


def _said(read: Callable[[], object]) -> str:
    """The refusal's sentence, empty where it was read; anything else raised fails the test."""
    said = ""
    try:
        read()
    except LedgerError as refused:
        said = str(refused)
    assert not said or said.endswith("。")
    return said


def _listing(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def test_packages(copied: Copied, tmp_path: Path) -> None:
    path = copied("包.vlpkg")
    raw, true = path.read_bytes(), unpacked(path)
    before = _listing(tmp_path)

    def read() -> None:
        with opened(path, prove=False) as package:
            # a wrong file or signature is a finding; no finding at all is the very same content
            assert package.findings or unpacked(path) == true

    for mutant in _mutants(raw, 300, "package"):
        path.write_bytes(mutant)
        _said(read)
    assert _listing(tmp_path) == before


def test_remarks(outside: Path, copied: Copied, tmp_path: Path) -> None:
    path, book = (
        copied("意见.vlremarks"),
        copied("村.vledger" if (outside / "村.vledger").exists() else _book(outside)),
    )
    raw = path.read_bytes()
    with Village(book) as village:
        before = (_listing(tmp_path), village.balance("513"))
        for mutant in _mutants(raw, 500, "remarks"):
            with village.book.unit_of_work(WANG) as uow:
                assert _said(lambda content=mutant, uow=uow: remarks_in.take_in(uow, content))
        assert (_listing(tmp_path), village.balance("513")) == before
        assert village.reader.taken_remarks() == []
        assert village.verify() == []


def _book(outside: Path) -> str:
    return next(path.name for path in outside.glob("*村.vledger") if not path.name.startswith("白云"))


def test_dumps(copied: Copied, tmp_path: Path) -> None:
    folder, target = copied("数据"), tmp_path / "新.vledger"
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.stat().st_size)
    chance, before = random.Random(SEED), _listing(tmp_path)
    for _ in range(20 * TIMES):
        file = chance.choice(files)
        raw = file.read_bytes()
        file.write_bytes(next(_mutants(raw, 9, f"dump {chance.random()}")))
        if not _said(lambda: take_in(target, folder)):
            # what is only to be read (the words beside the tables) may say anything
            assert file.suffix not in {".csv", ".json"} or file.name == "dump.json"
            target.unlink()
        file.write_bytes(raw)
        assert _listing(tmp_path) == before


def test_archives(copied: Copied, tmp_path: Path) -> None:
    folder = copied("档案")
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    chance, before = random.Random(SEED), _listing(tmp_path)
    for _ in range(120 * TIMES):
        file = chance.choice(files)
        raw = file.read_bytes()
        file.write_bytes(next(_mutants(raw, 9, f"archive {chance.random()}")))
        found: list[str] = []
        said = _said(lambda found=found: found.extend(check_archive(folder).faults))
        assert said or found, file
        file.write_bytes(raw)
    assert _listing(tmp_path) == before


def test_workspaces(copied: Copied, tmp_path: Path) -> None:
    path = copied("镇.vlagency")
    raw, true = path.read_bytes(), read_workspace(path)
    for mutant in _mutants(raw, 500, "workspace"):
        path.write_bytes(mutant)
        assert _said(lambda: read_workspace(path)) or read_workspace(path) == true
    assert {name for name in _listing(tmp_path) if not name.endswith(".lock")} == {path.name}


@pytest.mark.parametrize("which", ["balances", "journal"])
def test_workbooks_of_other_programs(tmp_path: Path, which: str) -> None:
    files = [balances(tmp_path), journal(tmp_path)]
    file = files[which == "journal"]
    raw, before = file.read_bytes(), _listing(tmp_path)
    for mutant in _mutants(raw, 60 if not FULL else 200, which):
        file.write_bytes(mutant)
        _said(lambda: read_old_book(files))
    assert _listing(tmp_path) == before


# the things in them, not their bytes

ODD: tuple[Any, ...] = (
    None, True, 0, -1, 1.5, 1 << 40, 1 << 70, "", " ", "x", "../x", "/etc/passwd", "C:\\x", "=1+1", "0" * 64, "2025-13",
    "9999-12-31", [], [[]], {}, {"x": 1}, "长" * 3000, "\u0000", "\u202e", ["x"] * 50,
)  # fmt: skip


def _other(said: Any, chance: random.Random) -> Any:
    """The same JSON with something within it another thing."""
    if isinstance(said, dict) and said and chance.random() < 0.9:
        key = chance.choice(sorted(said))
        if chance.random() < 0.1:
            return {name: value for name, value in said.items() if name != key}
        return said | {key: _other(said[key], chance)}
    if isinstance(said, list) and said and chance.random() < 0.9:
        place = chance.randrange(len(said))
        if chance.random() < 0.2:
            return [*said, *said[place : place + 1]]
        return [*said[:place], _other(said[place], chance), *said[place + 1 :]]
    return chance.choice(ODD)


@pytest.mark.parametrize("name", ["dump.json", "manifest.json", "镇.vlagency"])
def test_json_that_says_other_things(copied: Copied, tmp_path: Path, name: str) -> None:
    folder = {"dump.json": "数据", "manifest.json": "档案", "镇.vlagency": "镇.vlagency"}[name]
    place = copied(folder)
    file = place / name if place.is_dir() else place
    said, chance, target = (
        json.loads(file.read_bytes()),
        random.Random(f"{SEED} {name}"),
        tmp_path / "新.vledger",
    )
    read: dict[str, Callable[[], object]] = {
        "dump.json": lambda: take_in(target, place),
        "manifest.json": lambda: check_archive(place),
        "镇.vlagency": lambda: read_workspace(place),
    }
    before = _listing(tmp_path)
    for _ in range((20 if name == "dump.json" else 300) * TIMES):
        file.write_text(json.dumps(_other(said, chance), ensure_ascii=True), encoding="utf-8")
        _said(read[name])
        target.unlink(missing_ok=True)
        assert {one for one in _listing(tmp_path) if not one.endswith(".lock")} <= before | {file.name}
