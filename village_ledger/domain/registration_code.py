"""Unified social credit codes (统一社会信用代码, GB 32100): read, check character, whose certificate it is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.half_width import half_width

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_BODY = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_BODY_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_LENGTH = 18
_MISREAD = {"O": "0", "I": "1", "Z": "2", "S": "5"}
"""Letters the standard leaves out, and the digit meant by who writes them."""


@dataclass(frozen=True, slots=True)
class CodeCheck:
    """A code as it is kept, and what is to be said of it."""

    code: str
    """Without blanks, full-width and small letters made plain."""
    fault: str = ""
    """It cannot be right: a slip of the pen on the way from the certificate."""
    doubt: str = ""
    """It may be right; better look at the certificate again."""

    @property
    def sentence(self) -> str:
        """What is to be said, empty when nothing is."""
        return self.fault or self.doubt


def check_code(text: str, kind: LedgerKind | None = None) -> CodeCheck:
    """Look a registration code over; an empty one is fine (it may follow later).

    With a ``kind`` the certificate must be of such a body: N… for a collective, 54/55 for a committee.
    """
    code = re.sub(r"[\s-]", "", half_width(text)).upper()
    if not code:
        return CodeCheck("")
    wrong = [c for c in code if c not in _ALPHABET]
    if wrong:
        meant = _MISREAD.get(wrong[0])
        hint = f"，是不是数字 {meant}" if meant else ""
        return CodeCheck(code, fault=f"代码里不会有“{wrong[0]}”{hint}")
    if len(code) != _LENGTH:
        return CodeCheck(code, fault=f"代码应有 {_LENGTH} 位，现在是 {len(code)} 位")
    letter = next((c for c in code[2:8] if not c.isdigit()), "")
    if letter:
        hint = "，是不是数字 1" if letter == "L" else ""
        return CodeCheck(code, fault=f"第3到第8位是登记机关的区划，应全是数字，不会有“{letter}”{hint}")
    if check_character(code[:17]) != code[17]:
        return CodeCheck(code, fault="代码的最后一位校验码对不上，多半抄错了一位")
    return CodeCheck(code, doubt=_doubt(code, kind))


def check_character(body: str) -> str:
    """The eighteenth character for the first seventeen (GB 32100)."""
    total = sum(_ALPHABET.index(c) * w for c, w in zip(body, _WEIGHTS, strict=True))
    return _ALPHABET[(31 - total % 31) % 31]


def organisation_check(body: str) -> str:
    """The ninth character of an organisation code for its first eight (GB 11714)."""
    rest = 11 - sum(_BODY.index(c) * w for c, w in zip(body, _BODY_WEIGHTS, strict=True)) % 11
    return "X" if rest == 10 else "0" if rest == 11 else str(rest)


def _doubt(code: str, kind: LedgerKind | None) -> str:
    if kind is LedgerKind.COMMITTEE and not code.startswith(("54", "55")):
        return "村民委员会的代码一般以 54 开头，居民委员会以 55 开头，请再看一眼证书"
    if kind is LedgerKind.COLLECTIVE and not code.startswith(("N1", "N2", "N3", "N9", "9", "5", "1")):
        return "集体经济组织的代码一般以 N 开头（N2 是村级），请再看一眼证书"
    if organisation_check(code[8:16]) != code[16]:
        return "代码第17位和一般的算法不同，成批发放的证书有这种情况，请再看一眼证书"
    return ""
