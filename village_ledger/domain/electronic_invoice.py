"""Electronic invoices (数电发票, 财政电子票据) as values: what was read adds up, or the value cannot exist.

Nothing here says that an invoice is genuine: its signature is not looked at (未验签).
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from enum import Enum
from hashlib import sha256

from village_ledger.domain.errors import InvoiceError
from village_ledger.domain.money import format_fen

NOT_VERIFIED = "未验签"
"""The only honest state of an invoice read without a network."""


class InvoiceKind(Enum):
    """Which standard an invoice follows."""

    VAT = "vat"
    FISCAL = "fiscal"

    @property
    def words(self) -> str:
        """What it is called."""
        return {InvoiceKind.VAT: "数电发票", InvoiceKind.FISCAL: "财政电子票据"}[self]


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """One line of an invoice; amounts in fen, the rest as written."""

    name: str
    net: int
    tax: int
    gross: int
    spec: str = ""
    unit: str = ""
    quantity: str = ""
    price: str = ""

    @property
    def plain_name(self) -> str:
        """The goods without their class: ``*纸制品*复印纸`` is 复印纸."""
        return self.name.rsplit("*", 1)[-1].strip() or self.name


@dataclass(frozen=True, slots=True)
class ElectronicInvoice:
    """What one invoice says; raises InvoiceError when its lines do not come to its totals."""

    kind: InvoiceKind
    number: str
    day: date
    seller: str
    buyer: str
    net: int
    tax: int
    gross: int
    """With tax, fen; negative for a red-letter invoice."""
    lines: tuple[InvoiceLine, ...]
    code: str = ""
    """Code of a fiscal receipt's form; empty for 数电发票."""
    title: str = ""
    """What the invoice calls itself: 普通发票, 某省非税收入统一票据(电子)."""
    seller_code: str = ""
    buyer_code: str = ""
    original: str = ""
    """Number of the invoice a red-letter one takes back, as its remark has it."""
    remark: str = ""

    def __post_init__(self) -> None:
        if not (self.number.isascii() and self.number.isdigit() and 8 <= len(self.number) <= 20):
            raise InvoiceError(f"发票号码“{self.number[:24]}”不对", _TAKE_ANOTHER)
        if not self.lines:
            raise InvoiceError(f"发票 {self.number} 没有明细", _TAKE_ANOTHER)
        if not self.gross:
            raise InvoiceError(f"发票 {self.number} 的价税合计是零", _TAKE_ANOTHER)
        for line in self.lines:
            if line.net + line.tax != line.gross:
                raise self._unequal(f"“{line.name}”的金额加税额", line.net + line.tax, "价税合计", line.gross)
        for what, total, parts in (
            ("金额", self.net, sum(line.net for line in self.lines)),
            ("税额", self.tax, sum(line.tax for line in self.lines)),
            ("价税", self.gross, sum(line.gross for line in self.lines)),
        ):
            if total != parts:
                raise self._unequal(f"各行的{what}加起来", parts, f"{what}合计", total)

    def _unequal(self, first: str, one: int, second: str, other: int) -> InvoiceError:
        return InvoiceError(
            f"发票 {self.number} {first}是 {format_fen(one)}，{second}却是 {format_fen(other)}",
            "文件可能被改过，请向开票方重新要一份。",
        )

    @property
    def key(self) -> str:
        """How it is booked (票据号): the number; for a fiscal receipt code and number."""
        return f"{self.code}{self.number}"

    @property
    def is_red(self) -> bool:
        """Whether it takes back an earlier invoice (红字)."""
        return self.gross < 0

    @property
    def goods(self) -> str:
        """What it is for, in a few words: 复印纸、硒鼓."""
        names = list(dict.fromkeys(line.plain_name for line in self.lines))
        return "、".join(names[:2]) + ("等" if len(names) > 2 else "")

    @property
    def body(self) -> str:
        """Everything it says, written one way: two files of one invoice give the same text."""
        said = asdict(self)
        said["kind"], said["day"] = self.kind.value, self.day.isoformat()
        return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @property
    def digest(self) -> str:
        """Hexadecimal SHA-256 of what it says."""
        return sha256(self.body.encode()).hexdigest()


_TAKE_ANOTHER = "请向开票方重新要一份，或照纸面填。"


def from_body(text: str) -> ElectronicInvoice:
    """An invoice as stored; raises ValueError or InvoiceError for a text that is none."""
    said = json.loads(text)
    said["kind"], said["day"] = InvoiceKind(said["kind"]), date.fromisoformat(said["day"])
    said["lines"] = tuple(InvoiceLine(**line) for line in said["lines"])
    return ElectronicInvoice(**said)
