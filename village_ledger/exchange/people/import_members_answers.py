"""Answers to what was found wrong in a register: the right value, leave the row out, or leave the number to be found out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from village_ledger.domain.errors import ImportRefused
from village_ledger.domain.half_width import half_width
from village_ledger.exchange.people.import_members_cells import plain_text
from village_ledger.exchange.people.import_members_words import words
from village_ledger.exchange.reading.heading_rows import Layout, tidy
from village_ledger.exchange.reading.tabular import Field, Flawed, is_blank, read_rows
from village_ledger.i18n import tr

LEAVE_OUT: Final = "略去"
TO_CHECK: Final = "待核"
WAITING: Final = "身份证号待核"
"""Why somebody has no number until it is found out."""
_ROW = re.compile(r"第?(\d{1,7})行?")
_FIELDS = (Field("row", "行"), Field("field", "栏"), Field("answer", "答复"))

Answers = Mapping[tuple[int, str], str]
"""(row, field) to what was answered; the empty field is the whole row."""


def leaves_out(answer: str) -> bool:
    """Whether an answer leaves the row out."""
    return tidy(answer) in words()["answers"]["leave_out"]


def lets_wait(answer: str) -> bool:
    """Whether an answer leaves the number to be found out."""
    return tidy(answer) in words()["answers"]["to_check"]


def read_answers(path: Path, layout: Layout) -> dict[tuple[int, str], str]:
    """Answers kept in a csv or xlsx file with the columns 行, 栏, 答复.

    Raises UnreadableError, and ImportRefused naming every answer that fits nothing.
    """
    table = read_rows(path, _FIELDS)
    there = {row for row, _ in layout.rows}
    found: dict[tuple[int, str], str] = {}
    faults: list[str] = []
    for number, cells in table:
        if is_blank(cells):
            continue
        texts = ["" if isinstance(cell, Flawed) else plain_text(cell).strip() for cell in cells]
        row, field, answer = (texts[table.places[x.key]] for x in _FIELDS)
        named, meaning = _ROW.fullmatch(half_width(row)), _field_of(field, layout)
        if named is None or int(named[1]) not in there:
            faults.append(tr("第{n}行：文件里没有第“{row}”行。", n=number, row=row))
        elif meaning is None or (not meaning and not leaves_out(answer)):
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


def _field_of(text: str, layout: Layout) -> str | None:
    """The meaning a field's name stands for: our label, our key or the file's own heading."""
    word = tidy(text)
    if word in words()["answers"]["row"]:
        return ""
    vocabulary = layout.vocabulary
    for meaning, label in vocabulary.meanings.items():
        if meaning and meaning != vocabulary.aside and word in (meaning, label):
            return meaning
    return next((x.meaning for x in layout.columns if x.meaning and x.heading == word), None)


def unused(answers: Answers, people: Iterator[int]) -> list[int]:
    """Rows answered in which nobody was found."""
    there = set(people)
    return sorted({row for row, _ in answers} - there)
