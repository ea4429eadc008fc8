"""Answers to what was found wrong in a list kept by hand: a csv or xlsx file with the columns 行, 栏, 答复."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from village_ledger.domain.errors import ImportRefused
from village_ledger.domain.half_width import half_width
from village_ledger.exchange.reading.cells import plain_text
from village_ledger.exchange.reading.heading_rows import Layout, tidy
from village_ledger.exchange.reading.tabular import Cell, Field, Flawed, TabularFile, is_blank, read_rows
from village_ledger.i18n import tr

_ROW = re.compile(r"第?(\d{1,7})行?")
_FIELDS = (Field("row", "行"), Field("field", "栏"), Field("answer", "答复"))

Answers = Mapping[tuple[int, str], str]
"""(row, meaning) to what was answered; the empty meaning is the whole row."""
AnswerWords = Mapping[str, Sequence[str]]
"""Words for an answer by kind: ``leave_out`` (略去), ``row`` (整行), and others of the list's own."""


def read_answers(path: Path, layout: Layout, words: AnswerWords) -> dict[tuple[int, str], str]:
    """Answers about the rows and columns of ``layout``.

    Raises UnreadableError, and ImportRefused naming every answer that fits nothing.
    """
    table = read_rows(path, _FIELDS)
    there = {row for row, _ in layout.rows}
    found: dict[tuple[int, str], str] = {}
    faults: list[str] = []
    for number, cells in table:
        if is_blank(cells):
            continue
        row, field, answer = _texts(table, cells)
        named, meaning = _ROW.fullmatch(half_width(row)), _meaning_of(field, layout, words)
        if named is None or int(named[1]) not in there:
            faults.append(tr("第{n}行：文件里没有第“{row}”行。", n=number, row=row))
        elif meaning is None or (not meaning and tidy(answer) not in words["leave_out"]):
            faults.append(tr("第{n}行：没有“{field}”这一栏。", n=number, field=field))
        elif not answer:
            faults.append(tr("第{n}行：没有写答复。", n=number))
        else:
            found[int(named[1]), meaning] = answer
    faults += [fault.text for fault in table.faults]
    if faults:
        raise ImportRefused(
            [tr("答复文件“{name}”{fault}", name=path.name, fault=fault) for fault in faults],
            tr("请改好答复文件后再导入一次。"),
        )
    return found


def _texts(table: TabularFile, cells: Sequence[Cell]) -> tuple[str, ...]:
    """Row, field and answer; a cell that does not read is blank, and said among the table's faults."""
    texts = ["" if isinstance(cell, Flawed) else plain_text(cell).strip() for cell in cells]
    return tuple(texts[table.places[field.key]] for field in _FIELDS)


def _meaning_of(text: str, layout: Layout, words: AnswerWords) -> str | None:
    """The meaning a field's name stands for: our label, our key or the file's own heading."""
    word = tidy(text)
    if word in words["row"]:
        return ""
    vocabulary = layout.vocabulary
    for meaning, label in vocabulary.meanings.items():
        if meaning and meaning != vocabulary.aside and word in (meaning, label):
            return meaning
    return next((x.meaning for x in layout.columns if x.meaning and x.heading == word), None)
