"""A village that sends packages, and what may be done to them on the way, so that tests read like the post."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.builders import WANG, Village, guards_off
from village_ledger.domain.package import BOOK, MANIFEST, SHEETS, SIGNATURE, WORKBOOK
from village_ledger.domain.period import Month, Span
from village_ledger.exchange.review.package_making import Made, PackageOrder, Writer, make_package
from village_ledger.exchange.review.package_zip import open_zip, write_zip
from village_ledger.services.book import books
from village_ledger.storage.spec import BookSpec

Members = list[tuple[str, bytes]]
YEAR = Span.of_year(2025)
NUMBER, MASKED = "519904196809060439", "519904********0439"
"""An invented identity number and what the township sees of it."""
PLAIN: Mapping[str, Writer] = {
    WORKBOOK: lambda _book, _span, path, _progress: _write(path, b"books"),
    SHEETS: lambda _book, _span, path, _progress: _write(path, b"sheets"),
}
"""Readable parts in small, where a test is not about them."""


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def review_words(packages: str, folder: Path) -> list[str]:
    """The words of a review by command, its reports and the reviewer's key within a folder."""
    places = ("-o", str(folder / "乡镇"), "--key", str(folder / "key"))
    return ["review", packages, *places, "--by", "张审"]


def a_year(village: Village) -> None:
    """A little of everything a package carries."""
    village.posted("2025-01-08", "收果园承包款", "借 101 6200; 贷 501 6200")
    village.posted("2025-02-08", "付电费", "借 513 386.40; 贷 101 386.40")


def sent(village: Village, folder: Path, name: str = "青山村.vlpkg", **order: Any) -> Made:
    """A package of the year."""
    with village.act() as uow:
        return make_package(uow, folder / name, PackageOrder(order.pop("span", YEAR), **order), PLAIN).value


def another(folder: Path, name: str) -> Path:
    """A package of another village with a book and a key of its own."""
    place = folder / f"{name}的账"
    place.mkdir()
    books.new_book(place / "账.vledger", BookSpec(name, Month(2025, 1)), WANG)
    with Village(place / "账.vledger") as village:
        village.posted("2025-01-08", "收果园承包款", "借 101 1000; 贷 501 1000")
        return sent(village, folder, f"{name}.vlpkg").path


def unpacked(package: Path) -> Members:
    """Every member and its bytes."""
    with open_zip(package) as zipped:
        return [(name, zipped.whole(name)) for name in zipped.names]


def packed(target: Path, members: Members) -> Path:
    """Members packed again in the program's own way, with the time the manifest says where it says one."""
    write_zip(target, members, said_time(dict(members).get(MANIFEST, b"")))
    return target


def said_time(manifest: bytes) -> datetime:
    """When a manifest says the package was made; some day where it says nothing that reads."""
    try:
        return datetime.fromisoformat(json.loads(manifest)["made_at"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return datetime(2025, 12, 31, 8)  # noqa: DTZ001  a zip's time has no zone


def signed_again(members: Members, said: Callable[[dict[str, Any]], None] = lambda _: None) -> Members:
    """The same members as somebody would sign them who has another key: files, digests and signature fit again."""
    private = Ed25519PrivateKey.generate()
    by_name = dict(members)
    manifest = json.loads(by_name[MANIFEST])
    manifest["public_key"] = private.public_key().public_bytes_raw().hex()
    manifest["files"] = [
        {"name": name, "size": len(content), "digest": sha256(content).hexdigest()}
        for name, content in members
        if name not in (MANIFEST, SIGNATURE)
    ]
    said(manifest)
    text = json.dumps(manifest, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    by_name |= {MANIFEST: text, SIGNATURE: private.sign(text)}
    return [(name, by_name[name]) for name, _ in members]


def with_book(members: Members, folder: Path, change: Callable[[sqlite3.Connection], object]) -> Members:
    """The same members, the database within changed by somebody with a tool."""
    path = folder / "changed.vledger"
    path.write_bytes(dict(members)[BOOK])
    with closing(sqlite3.connect(path, isolation_level=None)) as copy:
        change(copy)
    return [(name, path.read_bytes() if name == BOOK else content) for name, content in members]


def unguarded(connection: sqlite3.Connection, change: str) -> None:
    """A change by somebody who takes the guards off first and puts them back afterwards."""
    connection.execute("SAVEPOINT unguarded")
    with guards_off(connection):
        connection.execute(change)
    connection.execute("RELEASE unguarded")
