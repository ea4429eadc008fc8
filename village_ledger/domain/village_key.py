"""How a package's signing key stands to what a person has compared: the one rule for the window, the commands and the desk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class Key(Enum):
    """How a package's key stands to what is known of its village."""

    FIRST = "first"
    """Nobody has compared a fingerprint of this village yet."""
    SAME = "same"
    CHANGED = "changed"
    """The village is known by another key, or the name by another book."""


@dataclass(frozen=True, slots=True)
class KnownVillage:
    """A village whose fingerprint somebody compared."""

    book: str
    village: str
    fingerprint: str
    compared_at: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is to be said of a package's key."""

    key: Key
    known: str = ""
    """The fingerprint known so far."""


def standing_of(listed: Iterable[KnownVillage], book: str, village: str, fingerprint: str) -> Standing:
    """What the compared villages say of a key that signs for a book under a village's name."""
    kept = list(listed)
    of_book = next((one for one in kept if one.book == book), None)
    known = of_book or next((one for one in kept if one.village == village), None)
    if known is None:
        return Standing(Key.FIRST)
    if of_book is not None and known.fingerprint == fingerprint:
        return Standing(Key.SAME, known.fingerprint)
    return Standing(Key.CHANGED, known.fingerprint)
