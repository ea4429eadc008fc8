"""One report value for every pen: what the screen, PDF, xlsx, csv and JSON all draw."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING

from village_ledger.domain.period import Span

if TYPE_CHECKING:
    from village_ledger.reports.disclosure.board_photos import BoardPhotos
    from village_ledger.reports.parcels.sketch_picture import SketchPicture
    from village_ledger.reports.shares.share_history import ShareHistory


class Kind(Enum):
    """What a column holds; each pen decides how a kind looks."""

    TEXT = "text"
    CODE = "code"
    """Account codes, numbers: left-aligned figures that are never summed."""
    MONEY = "money"
    """Fen as int; None or 0 prints blank in books."""
    QUANTITY = "quantity"
    """Thousandths of a unit as int; None or 0 prints blank."""
    PRICE = "price"
    """Unit price in 1/10000 yuan as int; None prints blank."""
    SHARES = "shares"
    """A quantity of shares as text with its class's decimals: classes of one report may differ."""
    DECIMAL = "decimal"
    """A figure as text with decimals of its own, such as an area or a ratio; nothing stands for unknown, zero is zero."""
    DATE = "date"
    """A date, shown as 2025-03-08 in data and 03-08 on paper."""
    COUNT = "count"
    SIDE = "side"
    """借, 贷 or 平, centred."""


WRITTEN = frozenset({Kind.SHARES, Kind.DECIMAL})
"""Figures kept as text, so that each may have its own decimals."""
FIGURES = frozenset({Kind.MONEY, Kind.QUANTITY, Kind.PRICE, *WRITTEN})
"""Kinds that stand flush right and show a minus in red."""


def is_minus(kind: Kind, cell: Cell) -> bool:
    """Whether a figure is below zero and stands in red."""
    if isinstance(cell, int):
        return cell < 0
    return kind in WRITTEN and isinstance(cell, str) and cell.startswith("-")


def written_shown(kind: Kind, text: str) -> str:
    """A figure kept as text as it is read, with commas; nothing for no shares, as in books. Other texts are themselves."""
    if kind not in WRITTEN:
        return text
    if kind is Kind.SHARES and not text.strip("-0."):
        return ""
    whole, point, part = text.partition(".")
    return f"{int(whole):,}{point}{part}" if whole.strip("-") not in {"", "0"} else text


class Role(Enum):
    """What a row is."""

    SECTION = "section"
    OPENING = "opening"
    DETAIL = "detail"
    SUBTOTAL = "subtotal"
    TOTAL = "total"


Cell = str | int | date | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: key of the contract, Chinese label, kind, width on A4 landscape paper in mm; ``group`` is a storey above."""

    key: str
    label: str
    kind: Kind
    width_mm: float
    group: str = ""
    optional: bool = False
    """May be left out where space is short (optional names such as 证明人)."""


@dataclass(frozen=True, slots=True)
class Link:
    """Where a row leads when drilled into: an account ledger, a voucher, a card, or the list of what makes the figure."""

    kind: str
    """``account``, ``voucher``, ``asset``, ``parcel``, ``contract``, ``project``, ``register``, or ``lines``: a figure of a
    disclosure sheet made of many vouchers' lines."""
    key: str
    """Account code, the voucher's id, the card's code; of ``lines`` the sheet's report and the line: disclosure-items:8."""
    ledger: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: cells in column order."""

    role: Role
    cells: tuple[Cell, ...]
    level: int = 1
    link: Link | None = None
    group: str = ""
    """Rows of one group that follow each other may stand on paper as one line with their number and sums, each of
    them still named beneath; every other pen lists them one by one."""


class LazyRows:
    """Rows read again each time they are iterated, so that a long book stays flat in memory."""

    def __init__(self, make: Callable[[], Iterator[Row]], count: int) -> None:
        self._make = make
        self._count = count

    def __iter__(self) -> Iterator[Row]:
        return self._make()

    def __len__(self) -> int:
        return self._count


@dataclass(frozen=True, slots=True)
class Check:
    """A cross-check shown on the report; a failed one is printed on it."""

    rule: str
    ok: bool
    text: str
    evidence: str = ""
    """The figures that were held against each other."""


@dataclass(frozen=True, slots=True)
class Unasked:
    """A cross-check that could not be asked: never called right."""

    rule: str
    text: str
    why: str
    """未启用: the register it needs does not exist yet; or what it waits for."""


@dataclass(frozen=True, slots=True)
class Edition:
    """Which version of a public sheet a table is, or is going to be when it is registered."""

    number: int
    closed: bool
    """Whether every month of it was closed; otherwise it says 未结账."""
    mark: str = ""
    """更正公开, or nothing."""
    corrects: str = ""
    """Check code of the version it replaces."""
    reason: str = ""
    differences: tuple[str, ...] = ()
    """What differs from the version it replaces, a sentence a figure."""


@dataclass(frozen=True, slots=True)
class Table:
    """A whole report as figures; ``rows`` is a tuple or LazyRows."""

    report: str
    title: str
    village: str
    ledger: str
    """Ledger code, empty for both."""
    entity: str
    """Legal name printed as 单位."""
    columns: tuple[Column, ...]
    rows: Iterable[Row]
    span: Span | None = None
    subtitle: str = ""
    heading: tuple[str, ...] = ()
    """Short facts in one line under the title: 科目, 期间, 单位:元 …"""
    checks: tuple[Check, ...] = ()
    unasked: tuple[Unasked, ...] = ()
    """Cross-checks that could not be asked, and why."""
    notes: tuple[str, ...] = ()
    """Sentences under the table: vouchers left out, what is not counted."""
    warnings: tuple[str, ...] = ()
    """Said at the top of every page: 期初未定, 待补审, 未结账 …"""
    watermark: str = ""
    """演示 for the demonstration village."""
    check_code: str | None = None
    edition: Edition | None = None
    """The version of a public sheet, None for anything else."""
    signatures: tuple[tuple[str, str], ...] = ()
    """(place, name or empty) of the signature block."""
    seals: tuple[str, ...] = ()
    """Labels of the seal boxes."""
    facts: dict[str, Cell] = field(default_factory=dict[str, Cell])
    """Figures beside the rows by key: opening, income, expense, closing (fen)."""
    counts: dict[str, int] = field(default_factory=dict[str, int])
    """How many of what, by key: no amounts."""
    zero: str = ""
    """What stands for a zero amount on paper: nothing in books, — in statements."""
    full_dates: bool = False
    """Whether days carry their year on paper even where the span is of one year."""
    picture: ShareHistory | SketchPicture | BoardPhotos | None = None
    """Drawn under the rows on paper; data files carry the rows alone."""
    row_mm: float = 0
    """Least height of a row on paper where somebody writes by hand; 0 for what the print needs."""
    carries_forward: bool = False
    """Whether pages end with 过次页 and begin with 承前页 (books with running balance)."""
    sums_on_paper: bool = False
    """Whether rows of sums are left out of csv, where a program that adds up the rows would count them too."""

    def column_index(self, key: str) -> int:
        """Place of a column by its key."""
        return next(i for i, c in enumerate(self.columns) if c.key == key)
