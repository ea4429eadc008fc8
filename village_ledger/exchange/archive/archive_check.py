"""Holding an archive of accounts to its list: every file there, unchanged, and none beside it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from village_ledger.domain.errors import MISREAD, UnreadableError
from village_ledger.domain.unseen import unseen_in
from village_ledger.exchange.archive.archive_manifest import FORMAT, JSON, SUMS, VERSION, digest_of
from village_ledger.i18n import tr
from village_ledger.services.entry.progress import SILENT, Progress

_LARGEST = 64 << 20
"""No list is longer."""


def check_archive(folder: Path, progress: Progress = SILENT) -> tuple[int, list[str]]:
    """How many files the list names, and everything that is not as it says.

    Raises UnreadableError for a folder without a list that can be read, or of a newer version.
    """
    sums = _sums(folder)
    listed = _manifest(folder)
    faults: list[str] = []
    for place, (name, digest) in enumerate(sums.items()):
        progress.step(place, len(sums), tr("核对 {name}", name=name))
        path = _inside(folder, name)
        if path is None:
            faults.append(tr("清单里的“{name}”指到档案外面", name=name))
        elif not path.is_file() or path.is_symlink():
            faults.append(tr("{name}：不见了", name=name))
        elif (found := _digest(path)) != digest:
            faults.append(
                tr(
                    "{name}：已被改动（应为 {digest}，实为 {found}）",
                    name=name,
                    digest=digest[:16],
                    found=found[:16],
                )
            )
    faults += [tr("{name}：校验表里没有", name=name) for name in listed if name not in sums]
    faults += [
        tr("{name}：清单和校验表的摘要值不同", name=name)
        for name, digest in listed.items()
        if sums.get(name, digest) != digest
    ]
    faults += [tr("{name}：清单里没有这个文件", name=name) for name in _others(folder, {*sums, SUMS})]
    return len(sums), faults


def _sums(folder: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in _text(folder / SUMS).splitlines():
        digest, mark, name = line.partition("  ")
        if not mark or len(digest) != 64 or not name or name in found or unseen_in(line):
            raise UnreadableError(tr("{name} 里有一行看不懂", name=SUMS), tr("请用没有动过的那一份档案。"))
        found[name] = digest
    return found


def _manifest(folder: Path) -> dict[str, str]:
    """File → digest, as the list has them."""
    try:
        body: Any = json.loads(_text(folder / JSON))
        if body["format"] != FORMAT:
            raise _unreadable(JSON)
        if body["version"] != VERSION:
            raise UnreadableError(tr("这份档案是更新版本的村账做的"), tr("请用新版本的村账核对。"))
        return {str(one["path"]): str(one["sha256"]) for one in body["files"]}
    except (RecursionError, *MISREAD) as error:
        raise _unreadable(JSON) from error


def _digest(path: Path) -> str:
    """A file's digest, words that are none where it cannot be read."""
    try:
        return digest_of(path)
    except OSError:
        return tr("读不出来")


def _text(path: Path) -> str:
    try:
        if not path.is_file() or path.is_symlink() or path.stat().st_size > _LARGEST:
            raise _unreadable(path.name)
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(path.name) from error


def _unreadable(name: str) -> UnreadableError:
    return UnreadableError(tr("档案的 {name} 读不出来", name=name), tr("请用没有动过的那一份档案。"))


def _inside(folder: Path, name: str) -> Path | None:
    """A file below the archive; None for a name that leads out of it."""
    pure = PurePosixPath(name)
    if pure.is_absolute() or ".." in pure.parts or "\\" in name or ":" in name:
        return None
    return folder.joinpath(*pure.parts)


def _others(folder: Path, known: set[str]) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if (path.is_symlink() or not path.is_dir()) and name not in known:
            yield name
