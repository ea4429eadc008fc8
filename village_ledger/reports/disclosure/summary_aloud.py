"""The first page as sentences: for the loudspeaker, the meeting, or a phone group."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from village_ledger.domain.spoken_money import spoken
from village_ledger.reports.disclosure.public_sheet import NIL
from village_ledger.reports.disclosure.summary import LEFT, SUM
from village_ledger.reports.table import Role, Row, Table

_ORDER = "一二三四五六七八九"
_END = "每一笔都贴在公开栏上，有疑问请来问，也可以向监督的人提出。"


def read_aloud(table: Table) -> str:
    """The page as it is read out: one paragraph to a block, amounts in words a voice can say."""
    paragraphs = [f"{table.title}，念给大家听。", *(f"请注意：{text}" for text in table.warnings)]
    for number, (title, rows) in enumerate(_blocks(table.rows)):
        told = _reconciled(rows) if title == SUM else _left(rows) if title == LEFT else _kinds(rows)
        paragraphs.append(f"{_ORDER[number]}、{title}。{told}")
    return "\n".join([*paragraphs, _END]) + "\n"


def _blocks(rows: Iterable[Row]) -> list[tuple[str, list[Row]]]:
    blocks: list[tuple[str, list[Row]]] = []
    for row in rows:
        if row.role is Role.SECTION:
            blocks.append((str(row.cells[0]), []))
        else:
            blocks[-1][1].append(row)
    return blocks


def _kinds(rows: Sequence[Row]) -> str:
    """What came or went in all, then kind by kind."""
    total = next(row for row in rows if row.role is Role.SUBTOTAL)
    details = [row for row in rows if row.role is Role.DETAIL and row.cells[0] != NIL]
    word = str(total.cells[0])
    told = f"{'' if word == '一共' else '一共'}{word}{_said(total)}"
    if not details:
        return f"{NIL}。"
    return f"{told}。其中，{'；'.join(f'{row.cells[0]}{_said(row)}' for row in details)}。"


def _left(rows: Sequence[Row]) -> str:
    """What there was, came, went and is."""
    at = next(i for i, row in enumerate(rows) if row.role is Role.SUBTOTAL)
    steps = "，".join(f"{row.cells[0]}{spoken(abs(_fen(row)))}" for row in rows[:at])
    apart = "".join(f"，{row.cells[0]}{_said(row)}" for row in rows[at + 1 :])
    return f"{steps}，{rows[at].cells[0]}{_said(rows[at])}{apart}。"


def _reconciled(rows: Sequence[Row]) -> str:
    """Income and cost, then step by step to the money."""
    income, cost, result, unmoved, beside, kept = rows
    return (
        f"账上收入{_said(income)}，成本{spoken(abs(_fen(cost)))}，收益{_said(result)}。"
        f"{_step(unmoved)}，{_step(beside)}，手里的{kept.cells[0]}{spoken(abs(_fen(kept)))}。"
    )


def _step(row: Row) -> str:
    return f"{'加上' if _fen(row) >= 0 else '减去'}{row.cells[0]}{spoken(abs(_fen(row)))}"


def _said(row: Row) -> str:
    return spoken(_fen(row))


def _fen(row: Row) -> int:
    value = row.cells[1]
    return value if isinstance(value, int) else 0
