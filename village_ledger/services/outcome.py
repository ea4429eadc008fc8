"""What an action hands back: its value, what it changed, and what to tell the person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from village_ledger.services.changes import Changes

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """A finished action; ``warnings`` are sentences for the strip under the form."""

    value: T
    changes: Changes
    warnings: tuple[str, ...] = ()
