"""A package (送审包): what its manifest says, how its bytes are written, and the limits it is read under.

The manifest is one JSON text in UTF-8, keys sorted, without blanks, so that the same facts give the same bytes;
``manifest.sig`` is the Ed25519 signature over exactly these bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any, cast

from village_ledger.domain.chain import GENESIS
from village_ledger.domain.errors import BadPackage
from village_ledger.domain.masking import Level
from village_ledger.domain.period import Span
from village_ledger.domain.unseen import unseen_in

FORMAT = 1
"""Format number of a package; a newer one is refused politely."""
ALGORITHM = "Ed25519"
DIGEST = "SHA-256"
MANIFEST, SIGNATURE, BOOK = "manifest.json", "manifest.sig", "book.vledger"
WORKBOOK, SHEETS = "account_books.xlsx", "disclosure.pdf"
ATTACHMENTS = "attachments/"
FIXED = (MANIFEST, SIGNATURE, BOOK, WORKBOOK, SHEETS)
"""The members every package has, in this order; attachments follow, each named by its SHA-256."""
ENDING = ".vlpkg"
_ATTACHMENT = re.compile(r"attachments/[0-9a-f]{64}", re.ASCII)
_HEX64 = re.compile(r"[0-9a-f]{64}", re.ASCII)
_FINGERPRINT_GROUPS = 8
_LONGEST_NAME = 40
"""Characters of a village's name in a file's name: more than any has, fewer than a disk takes."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a package may at most be; anything beyond is refused before it is written anywhere."""

    members: int = 20_000
    manifest: int = 8 << 20
    single: int = (2 << 30) - (64 << 20)
    total: int = (2 << 30) - (64 << 20)
    """All members together: what a zip holds without the extensions a package does not use."""
    ratio: int = 200
    """Unpacked bytes for each packed one, looked at above a megabyte."""


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Member:
    """A file within a package."""

    name: str
    size: int
    digest: str
    """SHA-256, hexadecimal."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A ledger as the manifest names it."""

    ledger: str
    name: str
    code: str
    head: str
    """Chain head, hexadecimal."""
    links: int
    """How many vouchers its chain counts."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a package says of itself."""

    program: str
    book: str
    """The book's id: two packages of one village have the same."""
    village: str
    entities: tuple[Entity, ...]
    span: Span
    made_at: datetime
    made_by: str
    number: int
    """Which package of this book it is, from 1."""
    previous: str
    """Digest of the package before, of zeros for the first."""
    level: Level
    closed: bool
    """Whether every month of the span was closed."""
    operations: str
    """Digest of the last record of the operation log."""
    public_key: bytes
    files: tuple[Member, ...]
    is_demo: bool = False

    def to_bytes(self) -> bytes:
        """The canonical text that is signed."""
        said: dict[str, Any] = {
            "format": FORMAT,
            "program": self.program,
            "book": self.book,
            "village": self.village,
            "ledgers": [
                {"ledger": e.ledger, "entity": e.name, "code": e.code, "head": e.head, "links": e.links}
                for e in self.entities
            ],
            "from": self.span.first.isoformat(),
            "to": self.span.last.isoformat(),
            "made_at": self.made_at.isoformat(timespec="seconds"),
            "made_by": self.made_by,
            "number": self.number,
            "previous": self.previous,
            "level": self.level.value,
            "closed": self.closed,
            "operations": self.operations,
            "public_key": self.public_key.hex(),
            "algorithms": {"signature": ALGORITHM, "digest": DIGEST},
            "files": [{"name": m.name, "size": m.size, "digest": m.digest} for m in self.files],
            "demo": self.is_demo,
        }
        return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def read_manifest(text: bytes) -> Manifest:
    """The manifest within a package; raises BadPackage for what is none, or of a newer format."""
    said = _parsed(text)
    version = said.get("format")
    if isinstance(version, int) and not isinstance(version, bool) and version > FORMAT:
        raise BadPackage("送审包是用更新版本的程序做的，现在的程序读不了", "请先升级程序再打开。")
    if version != FORMAT or said.get("algorithms") != {"signature": ALGORITHM, "digest": DIGEST}:
        raise BadPackage("送审包的清单不是本程序认得的格式", _ASK_AGAIN)
    try:
        made = _manifest(said)
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise BadPackage("送审包的清单缺了内容，或有一处读不出来", _ASK_AGAIN) from error
    if made.to_bytes() != text:
        raise BadPackage("送审包的清单不是照规定写的", _ASK_AGAIN)
    return made


_ASK_AGAIN = "请村里重新做一个送审包。"


def _parsed(text: bytes) -> dict[str, Any]:
    if len(text) > LIMITS.manifest:
        raise BadPackage("送审包的清单大得不合情理", _ASK_AGAIN)
    try:
        said = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadPackage("送审包的清单读不出来", _ASK_AGAIN) from error
    if not isinstance(said, dict):
        raise BadPackage("送审包的清单读不出来", _ASK_AGAIN)
    return cast("dict[str, Any]", said)


def _manifest(said: Mapping[str, Any]) -> Manifest:
    public = bytes.fromhex(_text(said["public_key"]))
    if len(public) != 32:
        raise ValueError("a public key of another length")
    return Manifest(
        program=_text(said["program"]),
        book=_text(said["book"]),
        village=_text(said["village"]),
        entities=tuple(_entity(one) for one in said["ledgers"]),
        span=Span(date.fromisoformat(_text(said["from"])), date.fromisoformat(_text(said["to"]))),
        made_at=datetime.fromisoformat(_text(said["made_at"])),
        made_by=_text(said["made_by"]),
        number=_count(said["number"]),
        previous=_hex(said["previous"]),
        level=Level(said["level"]),
        closed=_flag(said["closed"]),
        operations=_hex(said["operations"]),
        public_key=public,
        files=tuple(_member(one) for one in said["files"]),
        is_demo=_flag(said["demo"]),
    )


def _entity(one: Mapping[str, Any]) -> Entity:
    return Entity(
        _text(one["ledger"]),
        _text(one["entity"]),
        _text(one["code"]),
        _hex(one["head"]),
        _count(one["links"]),
    )


def _member(one: Mapping[str, Any]) -> Member:
    name = _text(one["name"])
    if not is_member_name(name):
        raise ValueError("a name no package has")
    return Member(name, _count(one["size"]), _hex(one["digest"]))


def is_member_name(name: str) -> bool:
    """Whether a package may have a file of this name: no folders of its own, no way out."""
    return name in FIXED or _ATTACHMENT.fullmatch(name) is not None


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > 400 or unseen_in(value):
        raise ValueError("not a line of text")
    return value


def _hex(value: object) -> str:
    text = _text(value)
    if _HEX64.fullmatch(text) is None:
        raise ValueError("not a digest")
    return text


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 1 << 53:
        raise ValueError("not a count")
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError("neither true nor false")
    return value


def fingerprint(public: bytes) -> str:
    """A key's fingerprint to be compared by eye and over the telephone: eight groups of four digits and letters."""
    text = sha256(public).hexdigest().upper()
    return "-".join(text[4 * group : 4 * group + 4] for group in range(_FINGERPRINT_GROUPS))


def package_name(village: str, span: Span, number: int) -> str:
    """What a package's file is called: ``青山村_2025-01_2025-06_第3包.vlpkg``."""
    safe = re.sub(r'[\\/:*?"<>|\s]', "", village).strip(".")[:40] or "村"
    months = (
        f"{span.first:%Y-%m}_{span.last:%Y-%m}"
        if span.first.month != span.last.month
        else f"{span.first:%Y-%m}"
    )
    return f"{safe}_{months}_第{number}包{ENDING}"


def stem_of(village: str, number: int) -> str:
    """What files about a package begin with."""
    return f"{plain_name(village)}_第{number}包"


def plain_name(village: str) -> str:
    """A village's name as a part of a file's name: a package may say anything."""
    return re.sub(r'[\\/:*?"<>|\s]', "", village).strip(".")[:_LONGEST_NAME] or "村"


NO_PACKAGE = GENESIS.hex()
"""Stands for the package before the first."""
