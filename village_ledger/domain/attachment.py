"""Attachments (附件): whose they are, what may be one, and what it is by its first bytes."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from hashlib import sha256
from typing import Any

from village_ledger.domain.errors import AttachmentError
from village_ledger.domain.voucher import check_text
from village_ledger.resources_dir import resource

INBOX = "inbox"
"""Taken in and not yet tied to anything (待用): what a half-typed voucher holds, or a batch of invoices."""
OWNER_WORDS = {
    INBOX: "待用",
    "voucher": "凭证",
    "contract": "合同",
    "asset": "资产",
    "parcel": "资源",
    "decision": "决议",
    "panel": "六手印记",
    "project": "项目",
    "count": "清查",
    "handover": "交接",
    "merger": "合并",
    "claim": "报账单",
    "share_case": "股份事项",
    "posting": "张贴",
}
"""Everything that can own attachments, and its word."""


@dataclass(frozen=True, slots=True)
class Owner:
    """What an attachment belongs to: a kind of ``OWNER_WORDS``, the ledger's code (empty for the whole village), and its key.

    The key is a voucher's id as text, else the code or number people know the thing by.
    """

    kind: str
    ledger: str
    key: str = ""

    def __post_init__(self) -> None:
        if self.kind not in OWNER_WORDS:
            raise AttachmentError(f"“{self.kind}”不能挂附件", f"可以挂附件的有：{'、'.join(OWNER_WORDS)}。")
        if self.kind != INBOX and not self.key.strip():
            raise AttachmentError(f"没有写明是哪一个{self.words}", "请写上编号。")

    @property
    def words(self) -> str:
        """The word for its kind."""
        return OWNER_WORDS[self.kind]

    def __str__(self) -> str:
        return f"{self.kind}:{self.ledger}:{self.key}"


class Condition(Enum):
    """How the stored bytes of an attachment stand."""

    SOUND = "sound"
    """There and of the size it had; whether every byte is the same is asked when it is opened and by ``verify``."""
    ALTERED = "altered"
    MISSING = "missing"

    @property
    def words(self) -> str:
        """As the list says it; nothing for one that is as it was."""
        return {Condition.SOUND: "", Condition.ALTERED: "已被改动", Condition.MISSING: "文件不见了"}[self]


@dataclass(frozen=True, slots=True)
class Attachment:
    """One attachment as the book holds it."""

    id: int
    owner: Owner
    title: str
    kind: str
    digest: str
    """SHA-256 of the stored bytes, hexadecimal."""
    size: int
    media_type: str
    sheets: int
    """How many sheets of paper it stands for."""
    beside: bool
    """Whether the bytes lie beside the book."""
    original_digest: str
    """SHA-256 of the file as it came; that of the stored bytes unless a photo was scaled down."""
    original_size: int
    paper_at: str
    """Where the paper is kept, empty when not said."""
    by: str
    at: str
    taken_back: str = ""
    """Why it was taken back (撤下), empty while it stands."""
    condition: Condition = Condition.SOUND
    invoice: str = ""
    """Key of the electronic invoice read from it, empty when it is none."""

    @property
    def stands(self) -> bool:
        """Whether it was not taken back."""
        return not self.taken_back

    @property
    def scaled(self) -> bool:
        """Whether what is kept is a smaller picture of what came."""
        return self.digest != self.original_digest

    @property
    def shown_type(self) -> str:
        """What the list calls its type."""
        return next((t.shown for t in attachment_rules().types if t.id == self.media_type), self.media_type)

    @property
    def file_name(self) -> str:
        """A name to save it under: its title with an ending that fits what it is."""
        return file_name(self.title, self.media_type)


@dataclass(frozen=True, slots=True)
class FileType:
    """A type of file that is taken in."""

    id: str
    shown: str
    endings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AttachmentRules:
    """Sizes, types, kinds and what is listed as missing (rules/attachments.toml)."""

    inside: int
    largest: int
    title: int
    longest_side: int
    keep_below: int
    quality: int
    most_pixels: int
    types: tuple[FileType, ...]
    kinds: tuple[str, ...]
    evidence: EvidenceRules


@dataclass(frozen=True, slots=True)
class EvidenceRules:
    """What is listed as missing."""

    scans_from_percent: int
    """A village keeps scans in a month when so many vouchers in a hundred have one."""
    invoice_from: int
    """Fen; a smaller payment is not asked for its invoice."""
    accounts: dict[str, tuple[str, ...]]
    """By kind of ledger, the accounts whose payments want an invoice."""
    not_accounts: tuple[str, ...]
    """A voucher that touches one of these pays people, who give no invoices."""
    not_words: tuple[str, ...]
    """Nor does one whose summary has one of these."""
    kinds: dict[str, tuple[str, ...]]
    """What kinds of attachment serve as the evidence: for ``voucher``, ``contract``, ``decision``."""


@lru_cache(maxsize=1)
def attachment_rules() -> AttachmentRules:
    """The rules as data."""
    data: dict[str, Any] = tomllib.loads(resource("rules", "attachments.toml").read_text(encoding="utf-8"))
    size, photo, evidence = data["size"], data["photo"], data["evidence"]
    return AttachmentRules(
        inside=size["inside_bytes"],
        largest=size["largest_bytes"],
        title=size["title_characters"],
        longest_side=photo["longest_side"],
        keep_below=photo["keep_below_bytes"],
        quality=photo["jpeg_quality"],
        most_pixels=photo["most_pixels"],
        types=tuple(FileType(t["id"], t["shown"], tuple(t["endings"])) for t in data["type"]),
        kinds=tuple(k["name"] for k in data["kind"]),
        evidence=EvidenceRules(
            evidence["scans_from_percent"],
            evidence["invoice_from_fen"],
            {kind: tuple(evidence[f"{kind}_accounts"]) for kind in ("collective", "committee")},
            tuple(evidence["paid_to_people"]),
            tuple(evidence["paid_without_words"]),
            {
                "voucher": tuple(evidence["invoice_kinds"]),
                "contract": tuple(evidence["contract_kinds"]),
                "decision": tuple(evidence["decision_kinds"]),
            },
        ),
    )


def sized(size: int) -> str:
    """A size as people read it."""
    if size < 1024:
        return f"{size} 字节"
    return f"{size / 1024:.0f} KB" if size < 1024 * 1024 else f"{size / 1024 / 1024:.1f} MB"


def plain_title(text: str) -> str:
    """A title without the folders a file came from; raises TextError for what cannot be a name."""
    last = text.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    title = check_text(last, "附件的名称", attachment_rules().title).lstrip(".").strip()
    if not title:
        raise AttachmentError("附件没有名称", "请给它起个名称。")
    return title


def file_name(title: str, media_type: str) -> str:
    """A name every system takes, with an ending that fits the content."""
    clean = "".join("_" if c in '<>:"/\\|?*' else c for c in title).rstrip(". ") or "附件"
    endings = next((t.endings for t in attachment_rules().types if t.id == media_type), ())
    stem, dot, ending = clean.rpartition(".")
    if not endings or (dot and ending.lower() in endings):
        return clean
    known = {e for t in attachment_rules().types for e in t.endings}
    return f"{stem if dot and ending.lower() in known else clean}.{endings[0]}"


_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"BM", "image/bmp"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/vnd.ms-office"),
)
HEAD_BYTES = 4096
"""How much of a file is looked at to tell what it is."""


def media_type_of(head: bytes, name: str) -> str:
    """What a file is by its first bytes; its name only tells zip files and plain texts apart.

    Raises AttachmentError for what is not taken in, and for a file that is not what its name says.
    """
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    found = _by_content(head, ending)
    named = next((t.id for t in attachment_rules().types if ending in t.endings), "")
    taken = "、".join(dict.fromkeys(t.shown for t in attachment_rules().types))
    if not found:
        if named.startswith("image/"):
            raise AttachmentError(f"{name} 不是图片，可能没有拍好或没有拷完", "请重新拍，或重新拷一次。")
        if named:
            raise AttachmentError(f"{name} 的内容和后缀不符，可能已损坏", "请重新取一份。")
        raise AttachmentError(f"不收 {name} 这样的文件", f"收的有：{taken}。")
    return found


def _by_content(head: bytes, ending: str) -> str:
    for magic, found in _MAGIC:
        if head.startswith(magic):
            return found
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    if head.startswith(b"PK\x03\x04"):
        return {"ofd": "application/ofd", "docx": _OFFICE, "xlsx": _OFFICE}.get(ending, "")
    if ending == "xml" and head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(_XML_BEGINNINGS):
        return "application/xml"
    if ending in ("txt", "csv") and b"\x00" not in head:
        return "text/plain"
    return ""


_XML_BEGINNINGS = (b"<", b"\xff\xfe<", b"\xfe\xff\x00<")
_OFFICE = "application/vnd.openxmlformats"


def seal(owner_free: tuple[object, ...]) -> str:
    """Digest over what an attachment says of itself, for the operation log; names stay out of the log that way."""
    return sha256("\x1f".join(map(str, owner_free)).encode()).hexdigest()[:32]
