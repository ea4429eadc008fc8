"""Remarks of a register: several columns drawn together, nothing said twice; whether one speaks of a death."""

from __future__ import annotations

import re
from collections.abc import Iterable

from village_ledger.domain.half_width import half_width

_CLAUSES = re.compile(r"[,;，；。]")
_MONTH = re.compile(r"(\d{4})[.年/-](\d{1,2})月?(?![\d.])")
_DEAD = re.compile(r"去世|已故|死亡|病故|亡故")


def joined(texts: Iterable[str]) -> str:
    """Remarks one after the other, each clause once: 2023年7月去世 and 2023.7去世 say the same."""
    there = [text.strip() for text in texts if text.strip()]
    if len(there) == 1:
        return there[0]
    whole: list[str] = []
    said: set[str] = set()
    for text in there:
        clauses = [clause.strip() for clause in _CLAUSES.split(text) if clause.strip()]
        fresh = [clause for clause in clauses if _same(clause) not in said]
        said |= {_same(clause) for clause in clauses}
        if len(fresh) == len(clauses) and fresh:
            whole.append(text)
        else:
            whole += fresh
    return ",".join(whole)


def says_dead(note: str) -> bool:
    """Whether a remark speaks of a death."""
    return _DEAD.search(note) is not None


def _same(clause: str) -> str:
    """A clause in the form in which it is compared."""
    return _MONTH.sub(lambda found: f"{found[1]}年{int(found[2])}月", "".join(half_width(clause).split()))
