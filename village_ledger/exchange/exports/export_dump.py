"""The complete book as a folder of csv, one file a table, with a data dictionary: readable whatever becomes of us.

Nothing is left out and nothing is masked away that the chains are taken over: numbers of people stay sealed as they are in
the book. What opens them (the data key, PIN hashes, wrapped keys) never lies in the folder but in a file beside it,
``<folder>.key``, which stays with the village. ``person_numbers.csv`` has the numbers to read, masked by the level asked for.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any

from village_ledger import __version__
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.masking import Level, mask_account, mask_number, mask_phone
from village_ledger.domain.personal_numbers import NumberKind, kinds_in
from village_ledger.exchange.exports.dump_dictionary import TITLES, described, write_dictionary
from village_ledger.exchange.exports.dump_text import Digesting, write_rows
from village_ledger.exchange.exports.export_formats import Exported, ExportRequest
from village_ledger.i18n import tr
from village_ledger.services.entry.progress import Progress
from village_ledger.services.staff.sealing import LOCKED, opener
from village_ledger.storage.attachments.blobs import carry_files, side_folder
from village_ledger.storage.clock import now_text
from village_ledger.storage.file.dump import TableShape, heads, rows, shapes
from village_ledger.storage.people.inspection import PeopleInspection
from village_ledger.storage.reader import Reader
from village_ledger.storage.spec import FORMAT

KIND = "village-ledger-dump"
KEY_KIND = "village-ledger-key"
VERSION = 1
MANIFEST = "dump.json"
DICTIONARY = "dictionary.csv"
NUMBERS = "person_numbers.csv"
FILES = "attachments"
README = "说明.txt"
APART = ("staff_pin", "key_wrap")
"""Tables that travel in the key file; with them goes ``data_key.plain``."""
BLOBS = "blob"
_AS_THEY_ARE = "姓名、住址和摘要照原样在文件夹里，链要靠原文核对；交给外人前请想好，只看账的可以给电子表格。"
_FREE_TEXTS = frozenset({("voucher_line", "summary"), ("party", "name")})


def write_dump(reader: Reader, request: ExportRequest, place: Path, progress: Progress) -> Exported:
    """Fill the folder ``place``; the key file is put beside ``request.out``."""
    key_file = key_file_of(request.out)
    if key_file.exists():
        raise LedgerError(
            tr("{name} 已经存在", name=key_file.name), tr("钥匙文件不会覆盖，请换一个文件夹名。")
        )
    connection = reader.book_file.connection()
    tables = shapes(connection)
    kept = [table for table in tables if table.name not in APART]
    files: dict[str, dict[str, object]] = {}
    warnings, count, hit = [tr(_AS_THEY_ARE)], 0, 0
    for done, table in enumerate(kept):
        progress.step(done, len(kept), tr("写 {table}", table=TITLES.get(table.name, table.name)))
        seen = _Seen(table)
        with (place / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as file:
            digest = Digesting(file)
            written = write_rows(digest, table.names, seen.over(_rows_of(reader, table, place)))
        files[f"{table.name}.csv"] = {"rows": written, "sha256": digest.hexdigest()}
        count, hit = count + written, hit + seen.numbers
    warnings += _large_files(reader, place)
    write_dictionary(place / DICTIONARY, tables)
    _write_numbers(reader, place / NUMBERS, request.level)
    secrets = _secrets(reader, tables)
    _write_manifest(reader, place, tables, files, request.level, apart=secrets is not None)
    (place / README).write_text(_readme(reader, key_file, apart=secrets is not None), encoding="utf-8")
    if secrets is not None:
        _write_key(key_file, reader, secrets)
        sentence = "打开证件号和密码的钥匙另存在 {name}，请由村里保管，不要和文件夹一起交出去；导入时把它放在文件夹旁边。"
        warnings.append(tr(sentence, name=key_file.name))
    if hit:
        warnings.append(
            tr("摘要和往来单位里有 {count} 处写着证件号或账号，链要靠原文核对，照原样导出。", count=hit)
        )
    return Exported(count, tuple(warnings), beside=() if secrets is None else (key_file,))


def key_file_of(folder: Path) -> Path:
    """Where the key of a dump lies."""
    return folder.with_name(f"{folder.name}.key")


def _rows_of(reader: Reader, table: TableShape, place: Path) -> Iterator[Sequence[Any]]:
    connection = reader.book_file.connection()
    if table.name == "data_key":
        plain = table.names.index("plain")
        for row in rows(connection, table):
            yield (*row[:plain], None, *row[plain + 1 :])
    elif table.name == BLOBS:
        yield from _blobs(reader, table, place)
    else:
        yield from rows(connection, table)


def _blobs(reader: Reader, table: TableShape, place: Path) -> Iterator[Sequence[Any]]:
    """Attachments kept in the book become files named by their digest; the row says so."""
    content, digest = table.names.index("content"), table.names.index("digest")
    for row in rows(reader.book_file.connection(), table, 1):
        if row[content] is None:
            yield row
            continue
        (place / FILES).mkdir(exist_ok=True)
        (place / FILES / row[digest]).write_bytes(row[content])
        yield (*row[:content], ..., *row[content + 1 :])


def _large_files(reader: Reader, place: Path) -> list[str]:
    """Attachments that lie beside the book, copied and proven; those that are gone are said."""
    book = reader.book_file.path
    lost = carry_files(side_folder(book), place / FILES, reader.large_blobs())
    return [tr("有 {count} 个大附件不在账簿旁边，没有导出。", count=len(lost))] if lost else []


class _Seen:
    """Counts numbers of people typed into texts on their way out."""

    def __init__(self, table: TableShape) -> None:
        self.numbers = 0
        self._places = [place for place, name in enumerate(table.names) if (table.name, name) in _FREE_TEXTS]

    def over(self, rows: Iterator[Sequence[Any]]) -> Iterator[Sequence[Any]]:
        """The same rows."""
        for row in rows:
            for place in self._places:
                kinds = kinds_in(str(row[place]))
                self.numbers += sum(1 for kind in kinds if kind is not NumberKind.PHONE)
            yield row


def _write_numbers(reader: Reader, file: Path, level: Level) -> None:
    """Numbers of people to read, as the level shows them; not read again by an import."""
    sealer = opener(reader)
    masks = {"id_number": mask_number, "phone": mask_phone, "bank_account": mask_account}
    names = ("person_id", "name", "field", "number")

    def lines() -> Iterator[Sequence[Any]]:
        for one in PeopleInspection(reader.book_file).sealed():
            number = None if sealer is None else sealer.open(one.person_id, one.field, one.sealed)
            shown = LOCKED if number is None else masks[one.field](number, level)
            yield one.person_id, one.name, one.field, shown

    with file.open("w", encoding="utf-8", newline="") as sink:
        write_rows(sink, names, lines())


def _secrets(reader: Reader, tables: Sequence[TableShape]) -> dict[str, Any] | None:
    """What opens the sealed numbers and lets people sign in; None where the book has no such thing."""
    connection = reader.book_file.connection()
    plain = reader.plain_key()
    found: dict[str, Any] = {"data_key": None if plain is None else plain.hex()}
    for table in tables:
        if table.name in APART:
            found[table.name] = [
                [value.hex() if isinstance(value, bytes) else value for value in row]
                for row in rows(connection, table)
            ]
    return found if plain is not None or any(chain(*(found[name] for name in APART))) else None


def _write_key(file: Path, reader: Reader, secrets: dict[str, Any]) -> None:
    """Readable by whoever made it alone, where the system knows such a thing."""
    body = {"kind": KEY_KIND, "version": VERSION, "uid": reader.book().uid, **secrets}
    try:
        with file.open("x", encoding="utf-8") as sink:
            with suppress(OSError):
                os.chmod(file, 0o600)  # noqa: PTH101  a stick without rights keeps none
            json.dump(body, sink, ensure_ascii=False, indent=1)
    except BaseException:
        with suppress(OSError):
            file.unlink()
        raise


def _write_manifest(
    reader: Reader,
    place: Path,
    tables: Sequence[TableShape],
    files: dict[str, dict[str, object]],
    level: Level,
    *,
    apart: bool,
) -> None:
    info = reader.book()
    numbers = sha256((place / NUMBERS).read_bytes()).hexdigest()
    manifest = {
        "kind": KIND,
        "version": VERSION,
        "book_format": FORMAT,
        "program": __version__,
        "made_at": now_text(),
        "village": info.village,
        "uid": info.uid,
        "level": level.value,
        "key_apart": apart,
        "digest": "SHA-256",
        "heads": heads(reader.book_file.connection()),
        "person_numbers": numbers,
        "files": files,
        "tables": {
            table.name: {"title": TITLES.get(table.name, table.name), "columns": described(table)}
            for table in tables
        },
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1)
    (place / MANIFEST).write_text(text, encoding="utf-8")


def _readme(reader: Reader, key_file: Path, *, apart: bool) -> str:
    info = reader.book()
    lines = [
        f"{info.village} 账簿的全部数据",
        "",
        "每张表一个 csv 文件（UTF-8，逗号分隔，Excel 能直接打开），第一行是列名。",
        f"{DICTIONARY} 是数据字典：每张表、每一列是什么，主键是哪几列，指向哪张表的哪一列。",
        f"{MANIFEST} 写着账簿的格式、各表的行数和校验值（SHA-256）、各本账记账链的最后一环。",
        f"{FILES} 里是附件的原文件，文件名是它的 SHA-256（见 blob.csv、attachment.csv）。",
        "姓名、住址、摘要照原样；证件号、电话、银行账号和私钥加密着，没有钥匙打不开。",
        f"{NUMBERS} 是成员的证件号、电话和银行账号，按导出时选的级别遮盖，只供查看，导入时不读。",
        "",
        "金额都是整数，单位是分。日期 2025-03-08，月份 2025-03，时间 2025-03-08T09:30:00。",
        "格子里 \\N 表示没有值，\\x 开头是十六进制的字节，\\@ 表示字节在 attachments 里；",
        "文字的第一个字是 = + - @ 等符号时前面加一个单引号，读的时候去掉。",
        "",
        "用村账导入：village-ledger import dump 新账簿.vledger 这个文件夹。得到的是同样的账，每一环都核对过。",
    ]
    if apart:
        lines.append(f"导入时旁边要有钥匙文件 {key_file.name}；它能打开证件号，不要交给外人。")
    return "\r\n".join(lines) + "\r\n"
