"""What tests of the dump share: all a book holds, a dump spoiled on purpose, a person who presses cancel."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from village_ledger.domain.errors import LedgerError
from village_ledger.exchange.exports.import_dump import DumpError, take_in
from village_ledger.services.entry.progress import Progress


def content(path: Path) -> dict[str, list[object]]:
    """Everything a book holds and is made of."""
    with closing(sqlite3.connect(path)) as book:
        found = {
            "": book.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY 1, 2").fetchall()
        }
        for (table,) in book.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            found[table] = sorted(map(repr, book.execute(f'SELECT * FROM "{table}"')))
        for pragma in ("application_id", "user_version"):
            found[pragma] = book.execute(f"PRAGMA {pragma}").fetchall()
    return found


def leftovers(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()} - {"导出", "导出.key"}


def refused(new, folder, words, error: type[LedgerError] = DumpError):
    with pytest.raises(error) as said:
        take_in(new, folder)
    assert words in str(said.value)
    assert "没有建任何文件" in str(said.value)
    assert leftovers(new.parent) == set()


def relabel(folder, name, change):
    """Change a file and the manifest with it, as somebody would who means it."""
    file = folder / name
    file.write_bytes(change(file.read_bytes().decode()).encode())
    manifest = json.loads((folder / "dump.json").read_text(encoding="utf-8"))
    rows = file.read_bytes().count(b"\n") - 1
    manifest["files"][name] = {"rows": rows, "sha256": sha256(file.read_bytes()).hexdigest()}
    (folder / "dump.json").write_text(json.dumps(manifest), encoding="utf-8")


def stopping(after: int) -> Progress:
    """A person who presses cancel at a step."""
    steps = 0

    def count(done: int, total: int, label: str) -> None:
        nonlocal steps
        steps += 1
        if steps == after:
            progress.cancel()

    progress = Progress(count)
    return progress
