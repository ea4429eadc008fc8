"""A bank's statement (对账单) as read from its file, before any book knows of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class StatementLine:
    """A line of a statement; ``amount`` is ours: money in above zero, money out below. ``row`` is the file's row."""

    row: int
    day: date
    at: str
    amount: int
    balance: int
    counterparty: str
    remark: str
    serial: str


@dataclass(frozen=True, slots=True)
class StatementFile:
    """A statement, its lines in the order they happened and its balances proved line by line."""

    source: str
    """Name of the file."""
    number: str
    """The account's number as the file gives it, empty when it gives none."""
    entity: str
    """Whose account it is (户名), empty when the file does not say."""
    bank: str
    """Name of the bank, empty when the file does not say."""
    first: date
    last: date
    opening: int
    lines: tuple[StatementLine, ...]
    headings: tuple[str, ...]
    mapping: dict[str, str]
    """Heading to its meaning, as read."""
    notices: tuple[str, ...] = field(default=())

    @property
    def closing(self) -> int:
        """Balance after the last line."""
        return self.lines[-1].balance if self.lines else self.opening
