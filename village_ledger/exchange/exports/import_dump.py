"""A book made again of the folder ``export dump`` wrote: the same rows, digests and chains, proven before it has a name.

What a folder says of itself is not believed: names are ours, sizes are bounded, nothing is followed, every value is read
strictly, and the book that comes of it is verified whole.
"""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

from village_ledger.domain.errors import MISREAD, BookFileError, LedgerError, UnreadableError
from village_ledger.exchange.exports.dump_text import Digesting, read_rows, write_rows
from village_ledger.exchange.exports.export_dump import (
    APART,
    BLOBS,
    FILES,
    KEY_KIND,
    KIND,
    MANIFEST,
    VERSION,
    key_file_of,
)
from village_ledger.i18n import tr
from village_ledger.services.book import verification
from village_ledger.services.changes import Changes
from village_ledger.services.entry.progress import SILENT, Progress
from village_ledger.services.outcome import Outcome
from village_ledger.storage.attachments.blobs import carry_files, side_folder
from village_ledger.storage.attachments.inspection import is_about_a_file
from village_ledger.storage.file.create import beside
from village_ledger.storage.file.dump import Loader, TableShape, filling
from village_ledger.storage.spec import FORMAT

_MOST = 32 << 20
"""Bytes of a manifest or key file that are read at all."""
_LARGEST_FILE = 200 << 20
_AGAIN = "请用导出时原来的文件夹再试。"
_NOTHING = "没有建任何文件。"


class DumpError(UnreadableError):
    """A folder that is no dump of ours, or not the one that was written."""

    code = "S-145"

    def __init__(self, what: str, next_step: str = _AGAIN) -> None:
        super().__init__(what, next_step, safe=_NOTHING)


@dataclass(frozen=True, slots=True)
class _Dump:
    """The manifest, as far as it is needed."""

    folder: Path
    book_format: int
    uid: str
    key_apart: bool
    files: dict[str, tuple[int, str]]
    """File → (rows, SHA-256)."""


class _Tried(Exception):
    """The book was made and proven, and is not wanted."""


def take_in(
    target: Path, folder: Path, progress: Progress = SILENT, *, dry_run: bool = False
) -> Outcome[int]:
    """Make the book ``target``; returns how many rows. Raises DumpError or LedgerError, and leaves nothing then."""
    if not target.parent.is_dir():
        raise DumpError(
            tr("没有 {folder} 这个文件夹", folder=target.parent), tr("请先建好文件夹，或换一个位置。")
        )
    dump = _manifest(folder)
    secrets = _secrets(dump)
    count, warnings = 0, list[str]()
    attachments = side_folder(target)
    if attachments.exists():
        raise LedgerError(tr("{name} 已经存在", name=attachments.name), tr("请换一个文件名。"), safe=_NOTHING)
    try:
        with suppress(_Tried), beside(target) as part:
            with filling(part, dump.book_format) as loader:
                count = _fill(loader, dump, progress)
                _ensure_own(loader, dump)
                _put_secrets(loader, dump, secrets, warnings)
                large = _large(loader)
            _prove(part, progress)
            _stop(dry_run=dry_run)
            lost = carry_files(_plain_folder(folder / FILES), attachments, large)
            if lost:
                warnings.append(tr("文件夹里少了 {count} 个大附件，没有它们也建好了账。", count=len(lost)))
    except BaseException:
        _forget(attachments)
        raise
    return Outcome(count, Changes(), tuple(warnings))


def prove(folder: Path, progress: Progress = SILENT) -> Outcome[int]:
    """Make the book of a folder where nobody sees it, prove it and let it go; raises what ``take_in`` raises."""
    with TemporaryDirectory() as place:
        return take_in(Path(place) / "核对.vledger", folder, progress, dry_run=True)


def _stop(*, dry_run: bool) -> None:
    if dry_run:
        raise _Tried


def _forget(attachments: Path) -> None:
    """Large attachments of a book that did not come about; they are ours, since there were none before."""
    with suppress(OSError):
        for file in attachments.iterdir():
            file.unlink()
        attachments.rmdir()


def _manifest(folder: Path) -> _Dump:
    if not folder.is_dir():
        raise DumpError(
            tr("没有 {folder} 这个文件夹", folder=folder), tr("请写 export dump 写出的那个文件夹。")
        )
    body = _json(folder / MANIFEST)
    if body is None or body.get("kind") != KIND:
        raise DumpError(
            tr("{folder} 不是导出的全部数据", folder=folder.name), tr("请选里面有 dump.json 的文件夹。")
        )
    try:
        dump = _Dump(
            folder,
            int(body["book_format"]),
            str(body["uid"]),
            bool(body["key_apart"]),
            {str(n): (int(f["rows"]), str(f["sha256"])) for n, f in body["files"].items()},
        )
        version = int(body["version"])
    except MISREAD as error:
        raise DumpError(tr("dump.json 写得不对")) from error
    if version > VERSION or dump.book_format > FORMAT:
        raise DumpError(tr("这是用更新版本的程序导出的，现在的程序读不了"), tr("请先升级程序再导入。"))
    if version < 1 or dump.book_format < 1:
        raise DumpError(tr("dump.json 写得不对"))
    return dump


def _json(file: Path) -> dict[str, Any] | None:
    """A small JSON object, None when the file is not there or is none; never through a link."""
    try:
        facts = file.lstat()
        if not stat.S_ISREG(facts.st_mode) or facts.st_size > _MOST:
            return None
        body = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    return cast("dict[str, Any]", body) if isinstance(body, dict) else None


def _secrets(dump: _Dump) -> dict[str, Any] | None:
    """The key file beside the folder, None where there is none; raises DumpError for one of another book."""
    file = key_file_of(dump.folder.resolve())
    if not dump.key_apart or not file.exists():
        return None
    body = _json(file)
    if body is None or body.get("kind") != KEY_KIND:
        raise DumpError(tr("{name} 不是钥匙文件", name=file.name))
    if body.get("uid") != dump.uid:
        raise DumpError(tr("{name} 是另一本账的钥匙", name=file.name), tr("请放上一起导出的那一个。"))
    return body


def _fill(loader: Loader, dump: _Dump, progress: Progress) -> int:
    """Put every table in; what came in is written again and must be the file, sign for sign."""
    tables = [table for name, table in loader.tables.items() if name not in APART]
    known = {f"{table.name}.csv" for table in tables}
    strange = sorted(set(dump.files) - known)
    missing = sorted(known - set(dump.files))
    if strange or missing:
        name = (strange or missing)[0]
        raise DumpError(tr("表对不上：{name}", name=name), tr("请用同一版程序导出的文件夹。"))
    count = 0
    for done, table in enumerate(tables):
        progress.step(done, len(tables), tr("读 {table}", table=table.name))
        rows, digest = dump.files[f"{table.name}.csv"]
        count += _table(loader, dump.folder, table, rows, digest)
    return count


def _ensure_own(loader: Loader, dump: _Dump) -> None:
    """The book within is the one the manifest, and with it the key file, speaks of."""
    place = loader.tables["book"].names.index("uid")
    if [row[place] for row in loader.rows("book")] != [dump.uid]:
        raise DumpError(tr("dump.json 说的是另一本账"))


def _table(loader: Loader, folder: Path, table: TableShape, expected: int, digest: str) -> int:
    file = _plain(folder / f"{table.name}.csv")
    if _digest(file) != digest:
        raise DumpError(tr("{name} 和导出时不一样", name=file.name))
    with file.open(encoding="utf-8", newline="") as stream:
        rows: Iterator[Sequence[Any]] = read_rows(stream, file.name, table.columns)
        if table.name == BLOBS:
            rows = _with_bytes(rows, table, folder / FILES)
        count = loader.insert(table.name, table.names, rows, 1 if table.name == BLOBS else 500)
    if count != expected:
        raise DumpError(tr("{name} 的行数和导出时不一样", name=file.name))
    again = Digesting()
    write_rows(again, table.names, _as_written(loader, table))
    if again.hexdigest() != digest:
        raise DumpError(tr("{name} 读进来以后和文件不一样", name=file.name))
    return count


def _as_written(loader: Loader, table: TableShape) -> Iterator[Sequence[Any]]:
    rows = loader.rows(table.name)
    if table.name != BLOBS:
        return rows
    content = table.names.index("content")
    return (row if row[content] is None else (*row[:content], ..., *row[content + 1 :]) for row in rows)


def _with_bytes(rows: Iterator[Sequence[Any]], table: TableShape, folder: Path) -> Iterator[Sequence[Any]]:
    """Rows of attachments with their bytes, each proven by its digest."""
    content, named = table.names.index("content"), table.names.index("digest")
    for row in rows:
        if row[content] is not ...:
            yield row
            continue
        digest = str(row[named])
        if len(digest) != 64 or not digest.isalnum():
            raise DumpError(tr("blob.csv 里有一个附件的校验值写得不对"))
        file = _plain(_plain_folder(folder) / digest)
        found = file.read_bytes() if file.stat().st_size <= _LARGEST_FILE else b""
        if sha256(found).hexdigest() != digest:
            raise DumpError(tr("附件 {name} 和导出时不一样", name=digest[:12]))
        yield (*row[:content], found, *row[content + 1 :])


def _plain(file: Path) -> Path:
    """A file that is one; raises DumpError for what is missing, a link or anything else."""
    try:
        regular = stat.S_ISREG(file.lstat().st_mode)
    except (OSError, ValueError):
        raise DumpError(tr("文件夹里少了 {name}", name=file.name[:80])) from None
    if not regular:
        raise DumpError(tr("{name} 不是一个文件", name=file.name))
    return file


def _plain_folder(folder: Path) -> Path:
    if folder.is_symlink():
        raise DumpError(tr("{name} 是一个链接", name=folder.name))
    return folder


def _digest(file: Path) -> str:
    made = sha256()
    with file.open("rb") as stream:
        while block := stream.read(1 << 20):
            made.update(block)
    return made.hexdigest()


def _put_secrets(loader: Loader, dump: _Dump, secrets: dict[str, Any] | None, warnings: list[str]) -> None:
    if not dump.key_apart:
        return
    if secrets is None:
        name = key_file_of(dump.folder.resolve()).name
        if any(True for _ in loader.rows("staff")):
            raise DumpError(
                tr("少了钥匙文件 {name}：没有它，导入的账谁也登录不了", name=name),
                tr("请把一起导出的钥匙文件放在文件夹旁边，再导入一次。"),
            )
        sentence = "旁边没有钥匙文件 {name}：账都在，但成员的证件号和账号打不开；找到它以后请再导入一次。"
        warnings.append(tr(sentence, name=name))
        return
    try:
        for table in APART:
            if table in loader.tables:
                shape = loader.tables[table]
                loader.insert(table, shape.names, _unhexed(shape, secrets.get(table, [])))
        if secrets.get("data_key"):
            loader.put_key(bytes.fromhex(secrets["data_key"]))
    except MISREAD as error:
        raise DumpError(tr("钥匙文件写得不对")) from error


def _unhexed(shape: TableShape, rows: list[list[Any]]) -> Iterator[list[Any]]:
    for row in rows:
        yield [
            bytes.fromhex(value) if column.kind == "bytes" and value is not None else value
            for column, value in zip(shape.columns, row, strict=True)
        ]


def _large(loader: Loader) -> list[tuple[str, int]]:
    shape = loader.tables.get(BLOBS)
    if shape is None:
        return []
    content, digest, size = (shape.names.index(name) for name in ("content", "digest", "size"))
    return [(row[digest], row[size]) for row in loader.rows(BLOBS) if row[content] is None]


def _prove(part: Path, progress: Progress) -> None:
    findings = [one for one in verification.verify(part, progress) if not is_about_a_file(one)]
    if findings:
        raise BookFileError(
            tr("导入的账核对不过，没有建账：{finding}", finding=findings[0]),
            tr("请用导出时原来的文件夹；或先核对原来的账簿。"),
            safe=_NOTHING,
        )
