"""A reviewer's remarks (审阅意见, ``*.vlremarks``): what is said of which voucher, line or figure, and what is passed.

One JSON file, signed by the reviewer's key over the canonical text of everything but the signature. It never changes a figure:
the village takes it in, answers, and the answers go back with the next package.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import Any, cast

from village_ledger.domain.errors import MISREAD, BadPackage
from village_ledger.domain.package import ALGORITHM, DIGEST
from village_ledger.domain.remark_place import Place, VoucherPlace, place_if_any
from village_ledger.domain.review_check import Severity
from village_ledger.domain.unseen import unseen_in
from village_ledger.domain.voucher import VoucherRef

FORMAT = 1
ENDING = ".vlremarks"
MOST_BYTES = 16 << 20
MOST = 100_000
"""Remarks, verdicts or months in one file; nobody reads more."""
LONGEST = 2000
"""Characters of a text in a remark."""


class Verdict(Enum):
    """What a reviewer says of a voucher a one-person post has posted (待补审)."""

    PASS = "pass"  # noqa: S105  no secret
    RETURN = "return"

    @property
    def words(self) -> str:
        """As the village reads it."""
        return {"pass": "审核通过", "return": "退回"}[self.value]


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark, pinned to a voucher, a line of it, a figure, or the ledger (see ``remark_place``)."""

    number: int
    ledger: str
    place: str
    severity: Severity
    text: str
    rule: str = ""
    """The rule it rests on: a check's number, or an article in words."""

    @property
    def pinned_to(self) -> Place:
        """Where it stands; None for the ledger, and for a place only another program can read."""
        return place_if_any(self.place)

    @property
    def voucher(self) -> VoucherRef | None:
        """The voucher it is pinned to, None for a figure or a ledger."""
        place = self.pinned_to
        return place.ref if isinstance(place, VoucherPlace) else None

    def is_twin(self, other: Remark) -> bool:
        """Whether both say the same rule of the same place: the automatic remark and the one pinned by hand.

        Of one voucher, one rule is one matter; of a page or a ledger there may be several, told apart by their words.
        """
        if not self.rule or (self.ledger, self.place, self.rule) != (other.ledger, other.place, other.rule):
            return False
        return isinstance(self.pinned_to, VoucherPlace) or self.text == other.text


@dataclass(frozen=True, slots=True)
class VoucherVerdict:
    """A voucher passed, or returned with a reason."""

    ledger: str
    voucher: str
    verdict: Verdict
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Remarks:
    """Everything a reviewer hands back of one package."""

    package: str
    """Digest of the package's file, hexadecimal."""
    book: str
    village: str
    reviewer: str
    office: str
    made_at: datetime
    public_key: bytes
    remarks: tuple[Remark, ...] = ()
    verdicts: tuple[VoucherVerdict, ...] = ()
    accepted: tuple[tuple[str, str], ...] = ()
    """(ledger, month) the township accepts: the village may seal them on this package."""
    signature: bytes = b""

    def to_sign(self) -> bytes:
        """The canonical text that is signed."""
        return _canonical(self._said())

    def to_bytes(self) -> bytes:
        """The file."""
        return _canonical(self._said() | {"signature": self.signature.hex()})

    def signed(self, signature: bytes) -> Remarks:
        """The same with its signature."""
        return replace(self, signature=signature)

    def _said(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "algorithms": {"signature": ALGORITHM, "digest": DIGEST},
            "package": self.package,
            "book": self.book,
            "village": self.village,
            "reviewer": self.reviewer,
            "office": self.office,
            "made_at": self.made_at.isoformat(timespec="seconds"),
            "public_key": self.public_key.hex(),
            "remarks": [
                {
                    "number": r.number,
                    "ledger": r.ledger,
                    "place": r.place,
                    "severity": r.severity.value,
                    "text": r.text,
                    "rule": r.rule,
                }
                for r in self.remarks
            ],
            "verdicts": [
                {"ledger": v.ledger, "voucher": v.voucher, "verdict": v.verdict.value, "reason": v.reason}
                for v in self.verdicts
            ],
            "accepted": [{"ledger": ledger, "month": month} for ledger, month in self.accepted],
        }


def _canonical(said: Mapping[str, Any]) -> bytes:
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def read_remarks(content: bytes) -> Remarks:
    """A remarks file; whether its signature fits is asked apart. Raises BadPackage for what is none or newer."""
    what = "审阅意见文件"
    if len(content) > MOST_BYTES:
        raise BadPackage(f"{what}大得不合情理")
    try:
        said = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise BadPackage(f"{what}读不出来") from error
    if not isinstance(said, dict):
        raise BadPackage(f"{what}读不出来")
    said = cast("dict[str, Any]", said)
    version = said.get("format")
    if isinstance(version, int) and version > FORMAT:
        raise BadPackage(f"{what}是用更新版本的程序做的，现在的程序读不了", "请先升级程序再收。")
    if version != FORMAT or said.get("algorithms") != {"signature": ALGORITHM, "digest": DIGEST}:
        raise BadPackage(f"{what}不是本程序认得的格式")
    try:
        made = _remarks(said)
    except MISREAD as error:
        raise BadPackage(f"{what}缺了内容，或有一处读不出来") from error
    _ensure_said_once(made, what)
    if made.to_bytes() != content:
        raise BadPackage(f"{what}不是照规定写的")
    return made


def _ensure_said_once(made: Remarks, what: str) -> None:
    """One number a remark, so that an answer has one; one verdict a voucher; no more than anybody reads."""
    if max(map(len, (made.remarks, made.verdicts, made.accepted))) > MOST:
        raise BadPackage(f"{what}里的意见多得不合情理")
    numbers = {one.number for one in made.remarks}
    if len(numbers) != len(made.remarks) or not all(1 <= number <= MOST for number in numbers):
        raise BadPackage(f"{what}里意见的编号不对")
    vouchers = {(one.ledger, one.voucher) for one in made.verdicts}
    if len(vouchers) != len(made.verdicts) or len(set(made.accepted)) != len(made.accepted):
        raise BadPackage(f"{what}里同一张凭证或同一个月说了两次")


def _remarks(said: Mapping[str, Any]) -> Remarks:
    return Remarks(
        package=_text(said["package"]),
        book=_text(said["book"]),
        village=_text(said["village"]),
        reviewer=_text(said["reviewer"]),
        office=_text(said["office"]),
        made_at=datetime.fromisoformat(_text(said["made_at"])),
        public_key=bytes.fromhex(_text(said["public_key"])),
        remarks=tuple(
            Remark(
                int(one["number"]),
                _text(one["ledger"]),
                _text(one["place"]),
                Severity(one["severity"]),
                _text(one["text"]),
                _text(one["rule"]),
            )
            for one in said["remarks"]
        ),
        verdicts=tuple(
            VoucherVerdict(
                _text(one["ledger"]), _text(one["voucher"]), Verdict(one["verdict"]), _text(one["reason"])
            )
            for one in said["verdicts"]
        ),
        accepted=tuple((_text(one["ledger"]), _text(one["month"])) for one in said["accepted"]),
        signature=bytes.fromhex(_text(said["signature"])),
    )


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > LONGEST or unseen_in(value):
        raise ValueError("not a line of text")
    return value
