"""Whose is what, as a file the accountant edits: one row a part, in the columns of ``DECISION_FIELDS``."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from village_ledger.domain.errors import TextError, UnreadableError
from village_ledger.domain.half_width import half_width
from village_ledger.domain.money import plain_fen, quoted
from village_ledger.domain.separation import OldLine, Owner, Part, SplitLine
from village_ledger.domain.voucher import NAME_LIMIT, SUMMARY_LIMIT
from village_ledger.exchange.reading.cells import CellReader, code_of, fen_of, text_of
from village_ledger.exchange.reading.tabular import Cell, Field, is_blank, read_rows, refuse
from village_ledger.i18n import tr
from village_ledger.reports.pens.output_file import replacing
from village_ledger.services.separation.separation import with_item
from village_ledger.storage.spec import CommitteeChart

DECISION_FIELDS = (
    Field("line", "旧账行"),
    Field("part", "份", required=False),
    Field("code", "旧科目编码", required=False),
    Field("name", "旧科目名称", required=False),
    Field("item", "往来/项目/卡片", required=False),
    Field("debit", "旧借方", required=False),
    Field("credit", "旧贷方", required=False),
    Field("owner", "归属"),
    Field("amount", "金额"),
    Field("account", "新账科目"),
    Field("detail", "明细科目", required=False),
    Field("counterparty", "往来单位", required=False),
    Field("project", "项目", required=False),
    Field("reason", "理由", required=False),
    Field("certainty", "把握", required=False),
    Field("look", "请核对", required=False),
)
"""Columns as written; line, owner, amount and account are read, and those of the old book held to it."""


def write_decisions(path: Path, lines: Sequence[SplitLine]) -> None:
    """Write the split for editing (csv that a spreadsheet opens right); raises OutputError, OutputDiskFull."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([x.label for x in DECISION_FIELDS])
    for split in lines:
        for number, part in enumerate(split.parts, 1):
            writer.writerow(_row(split, number, part))
    with replacing(path) as stream:
        stream.write(text.getvalue().encode("utf-8-sig"))


def _row(split: SplitLine, number: int, part: Part) -> list[str]:
    old = split.line
    return [
        tr("第{row}行", row=old.row),
        str(number),
        old.code,
        old.name,
        old.item,
        plain_fen(old.debit) if old.debit else "",
        plain_fen(old.credit) if old.credit else "",
        part.owner.value,
        plain_fen(part.amount),
        part.account,
        part.detail,
        part.counterparty,
        part.project,
        part.reason,
        split.certainty,
        split.hint,
    ]


def read_decisions(path: Path, proposed: Sequence[SplitLine], preset: CommitteeChart) -> list[SplitLine]:
    """The decisions of a file upon the old lines; lines it leaves out are undecided.

    Raises UnreadableError for a file that is no such table, ImportRefused naming every row at fault.
    """
    table = read_rows(path, DECISION_FIELDS)
    reader = CellReader(table)
    known = {one.line.row: one.line for one in proposed}
    parts: dict[int, list[tuple[int, Part]]] = {}
    for row, cells in table:
        if is_blank(cells):
            continue
        old = _old_line(reader, row, cells, known)
        if old is not None:
            parts.setdefault(old.row, []).append((row, _part(reader, row, cells, preset, old)))
    decided = [_decided(reader, one, parts.get(one.line.row, [])) for one in proposed]
    refuse([*reader.faults, *table.faults])
    if not parts:
        raise UnreadableError(tr("“{name}”里只有表头", name=path.name), tr("请核对是不是选错了文件。"))
    return decided


def _old_line(
    reader: CellReader, row: int, cells: Sequence[Cell], known: dict[int, OldLine]
) -> OldLine | None:
    """The old line a row speaks of, if it is in the old book and says the same of it."""
    number = reader.get(row, cells, "line", _line_number, -1)
    if number < 0:
        return None
    old = known.get(number)
    if old is None:
        reader.note(row, tr("旧账里没有第{number}行。", number=number), "line")
        return None
    table = reader.table
    code = reader.get(row, cells, "code", code_of, "")
    same = not code or code.replace(".", "") == old.code
    for key, amount in (("debit", old.debit), ("credit", old.credit)):
        said = reader.get(row, cells, key, fen_of, amount)
        same = same and (key not in table.places or said in {0, amount})
    if not same:
        reader.note(row, tr("和旧账第{number}行的科目或余额不一样，请重新导出清单。", number=number), "line")
        return None
    return old


def _part(reader: CellReader, row: int, cells: Sequence[Cell], preset: CommitteeChart, old: OldLine) -> Part:
    """One row as a part; a blank amount means the rest of the line."""
    owner = reader.get(row, cells, "owner", _owner, Owner.UNDECIDED)
    amount = reader.get(row, cells, "amount", _amount_or_rest, 0)
    part = Part(
        owner,
        0 if amount is None else amount,
        reader.get(row, cells, "account", code_of, ""),
        *(
            reader.get(row, cells, key, lambda cell, what=what: text_of(cell, what, NAME_LIMIT), "")
            for key, what in (
                ("detail", tr("明细科目")),
                ("counterparty", tr("往来单位")),
                ("project", tr("项目")),
            )
        ),
        reason=reader.get(row, cells, "reason", lambda cell: text_of(cell, tr("理由"), SUMMARY_LIMIT), ""),
    )
    part = with_item(part, old, preset)
    return replace(part, amount=_REST) if amount is None else part


_REST = -(10**18)
"""Stands for “what is left of the line” until all its parts are read."""


def _decided(reader: CellReader, one: SplitLine, read: list[tuple[int, Part]]) -> SplitLine:
    """A line with the parts a file gives it."""
    parts = [part for _, part in read]
    open_ended = [part for part in parts if part.amount == _REST]
    if len(open_ended) > 1:
        reader.note(read[0][0], tr("有几份没有写金额，最多只能空一份。"), "amount")
    rest = one.line.amount - sum(part.amount for part in parts if part.amount != _REST)
    parts = [replace(part, amount=rest) if part.amount == _REST else part for part in parts]
    if not parts:
        parts = [Part(Owner.UNDECIDED, one.line.amount)]
    return replace(one, parts=tuple(parts))


def _line_number(cell: Cell) -> int:
    """4 or 第4行; raises TextError."""
    text = half_width(text_of(cell, tr("旧账行"), 20)).strip().removeprefix("第").removesuffix("行")
    if not (text.isascii() and text.isdigit()):
        raise TextError(tr("旧账行“{text}”不是行号", text=quoted(text)), tr("请写成 第4行 的样子。"))
    return int(text)


def _owner(cell: Cell) -> Owner:
    """集体, 村委会, 代管代发 or 待定; raises TextError."""
    word = text_of(cell, tr("归属"), 20).strip()
    try:
        return Owner(word or Owner.UNDECIDED.value)
    except ValueError:
        raise TextError(
            tr("归属“{word}”看不懂", word=quoted(word)), tr("请写 集体、村委会、代管代发 或 待定。")
        ) from None


def _amount_or_rest(cell: Cell) -> int | None:
    """An amount; None for a blank cell."""
    blank = cell.isspace() or not cell if isinstance(cell, str) else False
    return None if blank else fen_of(cell)
