"""The notes (附注) as one table: headings, sentences and rows of figures, in the order of the regime.

Pure: what each item says has been read already. The pen in ``notes_pdf`` makes a document of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Span
from village_ledger.reports.issuer import Issuer
from village_ledger.reports.table import Check, Column, Kind, Link, Role, Row, Table

COLUMNS = (
    Column("item", "编号", Kind.CODE, 14),
    Column("name", "项目", Kind.TEXT, 60),
    Column("opening", "年初", Kind.MONEY, 30),
    Column("increase", "本年增加", Kind.MONEY, 30),
    Column("decrease", "本年减少", Kind.MONEY, 30),
    Column("closing", "年末", Kind.MONEY, 30),
    Column("text", "说明", Kind.TEXT, 70),
)
NOTHING = "无。"
"""What an item says where there is nothing to say."""


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A row of figures, fen; None where a column means nothing for it."""

    name: str
    opening: int | None
    increase: int | None
    decrease: int | None
    closing: int | None
    text: str = ""
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class NoteItem:
    """An item: heading, what the book or the village says, figures."""

    number: str
    """Empty for a heading over several items."""
    title: str
    sentences: tuple[str, ...] = ()
    lines: tuple[NoteLine, ...] = ()
    written: bool = False
    """Whether the village may write here."""


def notes_table(
    issuer: Issuer,
    span: Span,
    items: Sequence[NoteItem],
    checks: Sequence[Check],
    warnings: Sequence[str],
) -> Table:
    """The notes of a year, or of the year so far."""
    return Table(
        report="notes",
        title="财务报表附注",
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=COLUMNS,
        rows=tuple(row for item in items for row in _rows(item)),
        span=span,
        heading=(f"{span.last.year}年{span.last.month}月{span.last.day}日", "单位：元"),
        checks=tuple(checks),
        warnings=tuple(warnings),
        watermark=issuer.watermark,
        zero="—",
        signatures=(("单位负责人", ""), ("主管会计工作负责人", ""), ("会计机构负责人（会计主管）", "")),
    )


def _rows(item: NoteItem) -> Iterator[Row]:
    level = 1 if not item.title.startswith("（") else 2
    yield Row(Role.SECTION, (item.number, item.title, None, None, None, None, ""), level)
    if not item.number:
        return
    said = item.sentences or (() if item.lines else (NOTHING,))
    for sentence in said:
        for line in sentence.splitlines():
            yield Row(Role.DETAIL, (item.number, "", None, None, None, None, line))
    for line in item.lines:
        yield _figures(item.number, line, Role.DETAIL)
    if len(item.lines) > 1:
        yield _figures(item.number, total_of(item.lines), Role.TOTAL)


def _figures(number: str, line: NoteLine, role: Role) -> Row:
    cells = (number, line.name, line.opening, line.increase, line.decrease, line.closing, line.text)
    return Row(role, cells, link=line.link)


def total_of(lines: Sequence[NoteLine]) -> NoteLine:
    """The sum of some rows; a column no row has stays empty."""

    def added(values: Iterator[int | None]) -> int | None:
        known = [value for value in values if value is not None]
        return sum(known) if known else None

    return NoteLine(
        "合计",
        added(line.opening for line in lines),
        added(line.increase for line in lines),
        added(line.decrease for line in lines),
        added(line.closing for line in lines),
    )


def check_against(item: NoteItem, statement: str, theirs: int) -> Check:
    """The item's rows add up to what the statement says, fen."""
    ours = total_of(item.lines).closing or 0
    title = item.title.partition("）")[2] or item.title
    text = f"附注“{title}”合计={statement}"
    if ours == theirs:
        return Check("FZ", ok=True, text=text, evidence=f"{format_fen(ours)} = {format_fen(theirs)}")
    apart = format_fen(abs(ours - theirs))
    return Check(
        "FZ", ok=False, text=f"{text}：不符。{format_fen(ours)} 与 {format_fen(theirs)}，相差 {apart}。"
    )
