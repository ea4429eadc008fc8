"""The list of an archive of accounts (会计档案清单): every file with what it is and its digest, as data and to be read.

manifest.json · 清单.csv   every file: name, kind, period, number, pages, SHA-256, maker, reviewer, how long it is kept
index.html                the same for people, with links
SHA256SUMS                digests of all files, the list itself included; 核对.py holds the files to it
SHA256SUMS.sig            the village's signature over SHA256SUMS (Ed25519, 64 bytes), so over everything; 签名公钥.pem opens it
"""

from __future__ import annotations

import csv
import io
import json
import shutil
import tomllib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path
from urllib.parse import quote

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from village_ledger import __version__
from village_ledger.domain.package import ALGORITHM, fingerprint
from village_ledger.exchange.exports.export_formats import Seal
from village_ledger.resources_dir import resource

JSON, CSV, INDEX, SUMS, TOOL = "manifest.json", "清单.csv", "index.html", "SHA256SUMS", "核对.py"
SIGNATURE, PUBLIC = "SHA256SUMS.sig", "签名公钥.pem"
FORMAT = "village-ledger-archive"
VERSION = 1
_BLOCK = 1 << 20
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_HEAD = (
    ("archive_number", "档号"),
    ("kind", "类别"),
    ("name", "名称"),
    ("ledger", "账"),
    ("period", "期间"),
    ("number", "编号"),
    ("pages", "页数"),
    ("size", "字节"),
    ("kept", "保管期限"),
    ("until", "保管到"),
    ("maker", "制单"),
    ("reviewer", "审核"),
    ("software", "软件版本"),
    ("sha256", "SHA-256"),
    ("path", "文件"),
    ("note", "备注"),
)


_STYLE = (
    "body{font-family:serif;margin:2em;max-width:70em}table{border-collapse:collapse;width:100%}"
    "td,th{border:1px solid #555;padding:.3em .5em;text-align:left;vertical-align:top}th{background:#eee}"
    "code{word-break:break-all}"
)


@dataclass(frozen=True, slots=True)
class Keeping:
    """How long a kind of document is kept; ``years`` 0 for ever."""

    id: str
    kind: str
    name: str
    years: int
    note: str = ""

    @property
    def words(self) -> str:
        """As the list says it."""
        return f"{self.years}年" if self.years else "永久"

    def until(self, year: int) -> str:
        """The last day it must be kept, counted from the day after the year's end."""
        return f"{year + self.years}-12-31" if self.years else "永久"


@dataclass(frozen=True, slots=True)
class ArchivedReport:
    """A report an archive prints, and for what kinds of ledgers."""

    name: str
    title: str
    keep: str
    monthly: bool
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of an archive."""

    archive_number: str
    path: str
    name: str
    kind: str
    ledger: str
    period: str
    number: str
    pages: int
    size: int
    sha256: str
    maker: str
    reviewer: str
    kept: str
    until: str
    software: str = f"村账 {__version__}"
    note: str = ""


@cache
def _rules() -> tuple[dict[str, Keeping], tuple[ArchivedReport, ...]]:
    data = tomllib.loads(resource("exports", "archive.toml").read_text(encoding="utf-8"))
    keep = {
        x["id"]: Keeping(x["id"], x["kind"], x["name"], x["years"], x.get("note", "")) for x in data["keep"]
    }
    reports = tuple(
        ArchivedReport(x["name"], x["title"], x["keep"], x.get("monthly", False), tuple(x.get("kinds", ())))
        for x in data["report"]
    )
    return keep, reports


def keeping(name: str) -> Keeping:
    """How a kind of document is kept."""
    return _rules()[0][name]


def archived_reports() -> tuple[ArchivedReport, ...]:
    """Reports an archive prints."""
    return _rules()[1]


def digest_of(path: Path) -> str:
    """SHA-256 of a file, read in blocks."""
    digest = sha256()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def write_manifest(
    folder: Path, head: dict[str, object], entries: Sequence[Entry], seal: Seal | None = None
) -> str:
    """Write the list in all its forms; returns the digest of ``manifest.json``, which names the whole archive."""
    body = {"format": FORMAT, "version": VERSION, **head, "files": [asdict(entry) for entry in entries]}
    beside = [JSON, CSV, INDEX, TOOL]
    if seal is not None:
        body["signature"] = {"algorithm": ALGORITHM, "public_key": seal.public.hex()}
        (folder / PUBLIC).write_bytes(pem_of(seal.public))
        beside.append(PUBLIC)
    text = json.dumps(body, ensure_ascii=False, indent=1)
    (folder / JSON).write_text(text, encoding="utf-8", newline="\n")
    digest = digest_of(folder / JSON)
    (folder / CSV).write_text(_csv(entries), encoding="utf-8-sig", newline="")
    (folder / INDEX).write_text(_html(head, entries, digest, seal), encoding="utf-8", newline="\n")
    shutil.copyfile(resource("exports", "verify_archive.txt"), folder / TOOL)
    digests = {entry.path: entry.sha256 for entry in entries}
    digests |= {name: digest_of(folder / name) for name in beside}
    sums = "".join(f"{found}  {name}\n" for name, found in digests.items()).encode()
    (folder / SUMS).write_bytes(sums)
    if seal is not None:
        (folder / SIGNATURE).write_bytes(seal.sign(sums))
    return digest


def pem_of(public: bytes) -> bytes:
    """The public key as any program reads one."""
    key = Ed25519PublicKey.from_public_bytes(public)
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def _csv(entries: Sequence[Entry]) -> str:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow([label for _, label in _HEAD])
    for entry in entries:
        cells = asdict(entry)
        writer.writerow([_plain(cells[key]) for key, _ in _HEAD])
    return stream.getvalue()


def _plain(cell: object) -> object:
    """A text a spreadsheet would take for a formula begins with an apostrophe."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _html(head: dict[str, object], entries: Sequence[Entry], digest: str, seal: Seal | None) -> str:
    shown = ("archive_number", "name", "period", "number", "pages", "kept", "maker", "reviewer", "note")
    labels = dict(_HEAD)
    title, made = (
        escape(str(head["title"])),
        f"{head['made_at']} 由 {head['made_by']} 用村账 {__version__} 导出",
    )
    whose = escape(f"{head['entities']}。{head['span']}。{made}，共 {len(entries)} 个文件。")
    how = f"<code>python {TOOL}</code>，或 <code>sha256sum -c {SUMS}</code>，或 <code>village-ledger verify 文件夹</code>"
    parts = [
        f'<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>',
        f"<style>{_STYLE}</style></head><body>",
        f"<h1>{title}</h1><p>{whose}</p>",
        f"<p>清单摘要值（SHA-256）：<code>{digest}</code>。移交时抄在移交清册上。核对用 {how}。</p>",
    ]
    if seal is not None:
        parts.append(f"<p>村里的密钥签了名，指纹 <code>{fingerprint(seal.public)}</code>。</p>")
    groups = dict.fromkeys((entry.path.split("/")[0], entry.kind, entry.ledger) for entry in entries)
    for group in groups:
        year, kind, ledger = group
        parts.append(f"<h2>{escape(year)} {escape(kind)} {escape(ledger)}</h2><table><tr>")
        parts += [f"<th>{labels[key]}</th>" for key in shown]
        parts.append("</tr>")
        for entry in entries:
            if (entry.path.split("/")[0], entry.kind, entry.ledger) == group:
                parts.append(_html_row(entry, shown))
        parts.append("</table>")
    return "\n".join([*parts, "</body></html>", ""])


def _html_row(entry: Entry, shown: Sequence[str]) -> str:
    cells: list[str] = []
    for key in shown:
        text = escape(str(getattr(entry, key)))
        if key == "name":
            text = f'<a href="{quote(entry.path)}">{text}</a>'
        cells.append(f"<td>{text}</td>")
    return f"<tr>{''.join(cells)}</tr>"
