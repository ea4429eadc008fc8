"""A share certificate (股权证) as values for its pen: the certificate itself, the change page, the pledge page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Holder:
    """A line of the certificate: somebody of the household; ``quantities`` in the order of the classes."""

    name: str
    relation: str
    number: str
    """Identity number, masked; a word where it is sealed."""
    quantities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A line of the change page; ``delta`` empty where the household's total stays."""

    day: date
    what: str
    delta: str
    balance: str
    basis: str


@dataclass(frozen=True, slots=True)
class PledgeLine:
    """A line of the pledge page; ``released`` None while anything of it is open."""

    creditor: str
    quantity: str
    contract: str
    registered: date
    released: date | None


@dataclass(frozen=True, slots=True)
class CertificatePaper:
    """Everything printed of one certificate."""

    entity: str
    entity_code: str
    number: str
    group: str
    household: str
    head: str
    day: date
    classes: tuple[str, ...]
    holders: tuple[Holder, ...]
    totals: tuple[str, ...]
    capital: str
    code: str
    changes: tuple[ChangeLine, ...] = ()
    pledges: tuple[PledgeLine, ...] = ()
    ended: str = ""
    """Why it is valid no more, printed across; empty for a valid one."""
    watermark: str = ""
    print_number: int = 1
    """The how manieth print of it this is."""

    @property
    def scanned(self) -> str:
        """What the square code says: the number and the check code."""
        return f"{self.number} {self.code}"


NOTES = (
    "本证证明持有人享有集体经营性资产的收益分配权。",
    "转让、继承、退出按章程办，不得卖给本社以外的人。",
    "遗失应即申报，公示后补发；本证不是有价证券，不得自行买卖。",
)
