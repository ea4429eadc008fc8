"""Holding an archive of accounts to its list: every file there, unchanged, and none beside it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from village_ledger.domain.errors import MISREAD, UnreadableError
from village_ledger.domain.package import ALGORITHM, fingerprint
from village_ledger.domain.unseen import unseen_in
from village_ledger.exchange.archive.archive_manifest import (
    FORMAT,
    JSON,
    PUBLIC,
    SIGNATURE,
    SUMS,
    VERSION,
    digest_of,
    pem_of,
)
from village_ledger.i18n import tr
from village_ledger.services.entry.progress import SILENT, Progress
from village_ledger.services.review.village_keys import signed_by

_LARGEST = 64 << 20
"""No list is longer."""
_KEY = 32


@dataclass(frozen=True, slots=True)
class ArchiveVerdict:
    """What holding an archive to its list has found."""

    files: int
    """How many the list names."""
    faults: list[str]
    book: str
    village: str
    fingerprint: str
    """Of the key its list says it is signed with, empty for an archive nobody signed."""


@dataclass(frozen=True, slots=True)
class _List:
    """What ``manifest.json`` says."""

    digests: dict[str, str]
    book: str
    village: str
    public: bytes


def check_archive(folder: Path, progress: Progress = SILENT) -> ArchiveVerdict:
    """Hold an archive to its list, and the list to its signature.

    Raises UnreadableError for a folder without a list that can be read, or of a newer version.
    """
    if not (folder / SUMS).exists() and not (folder / JSON).exists():
        raise UnreadableError(
            tr("{name} 不是会计档案：里面没有清单", name=folder.name),
            tr("请选里面有 {sums} 的那个文件夹。", sums=SUMS),
        )
    sums = _sums(folder)
    said = _manifest(folder)
    listed = said.digests
    faults = _signature_faults(folder, said.public)
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
    known = {*sums, SUMS, SIGNATURE} if said.public else {*sums, SUMS}
    faults += [tr("{name}：清单里没有这个文件", name=name) for name in _others(folder, known)]
    print_ = fingerprint(said.public) if said.public else ""
    return ArchiveVerdict(len(sums), faults, said.book, said.village, print_)


def _signature_faults(folder: Path, public: bytes) -> list[str]:
    """What is not right with the signature a list says it has."""
    if not public:
        return []
    try:
        signed = _bytes(folder / SIGNATURE)
        pem = _bytes(folder / PUBLIC)
    except UnreadableError as error:
        return [error.what]
    faults: list[str] = []
    if not signed_by(public, _bytes(folder / SUMS), signed):
        faults.append(tr("{name}：签名无效，校验表不是这把密钥签的那一份", name=SIGNATURE))
    if pem != pem_of(public):
        faults.append(tr("{name}：和清单里写的公钥不同", name=PUBLIC))
    return faults


def _sums(folder: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in _text(folder / SUMS).splitlines():
        digest, mark, name = line.partition("  ")
        if not mark or len(digest) != 64 or not name or name in found or unseen_in(line):
            raise UnreadableError(tr("{name} 里有一行看不懂", name=SUMS), tr("请用没有动过的那一份档案。"))
        found[name] = digest
    return found


def _manifest(folder: Path) -> _List:
    """What the list says; an archive of before there were signatures names no key."""
    try:
        body: Any = json.loads(_text(folder / JSON))
        if body["format"] != FORMAT:
            raise _unreadable(JSON)
        if body["version"] != VERSION:
            raise UnreadableError(tr("这份档案是更新版本的村账做的"), tr("请用新版本的村账核对。"))
        signature = body.get("signature", {"algorithm": ALGORITHM, "public_key": ""})
        public = bytes.fromhex(signature["public_key"])
        if signature["algorithm"] != ALGORITHM or ("signature" in body and len(public) != _KEY):
            raise _unreadable(JSON)
        digests = {str(one["path"]): str(one["sha256"]) for one in body["files"]}
        return _List(digests, str(body.get("book", "")), str(body.get("village", "")), public)
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
        return _bytes(path).decode()
    except UnicodeDecodeError as error:
        raise _unreadable(path.name) from error


def _bytes(path: Path) -> bytes:
    try:
        if not path.is_file() or path.is_symlink() or path.stat().st_size > _LARGEST:
            raise _unreadable(path.name)
        return path.read_bytes()
    except OSError as error:
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
