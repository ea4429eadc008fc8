"""A village's own register taken in: its layout found, its problems answered, then all of it entered or nothing.

find_layout   what each column is held to be
examine       what would be entered under the answers so far; writes nothing
take_in       the same entered, once nothing is left to be answered
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from village_ledger.domain.errors import ImportRefused, UnreadableError
from village_ledger.exchange.people.import_members_answers import WAITING
from village_ledger.exchange.people.import_members_intake import Intake, Register
from village_ledger.exchange.people.import_members_rows import in_words
from village_ledger.exchange.people.import_members_sheet import read_register
from village_ledger.exchange.people.import_members_words import MEANINGS, member_vocabulary
from village_ledger.exchange.reading.answers import Answers
from village_ledger.exchange.reading.heading_rows import Layout, propose
from village_ledger.exchange.reading.shown_sheet import read_shown
from village_ledger.i18n import tr
from village_ledger.services.people.people_bulk import enter_all
from village_ledger.services.staff.sealing import opener, sealer_for

if TYPE_CHECKING:
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.unit_of_work import UnitOfWork

ANSWER_HINT = (
    "请改好后再导入一次；也可以把答复写成一个 csv（三列：行、栏、答复），用 --answers 带上，"
    "答复写对的值，或者“略去”（不要这一行），或者“待核”（号码先空着）。"
)


def find_layout(path: Path, chosen: Mapping[int, str] | None = None) -> Layout:
    """The heading of a file and its columns; raises UnreadableError where there is none."""
    layout = propose(read_shown(path), member_vocabulary(), chosen)
    if layout is None:
        needed = "、".join(MEANINGS[x] for x in member_vocabulary().needed)
        raise UnreadableError(
            tr("“{name}”里找不到名册的表头", name=path.name),
            tr("表头要有这些列：{needed}；请核对是不是选错了文件。", needed=needed),
        )
    return layout


def examine(reader: Reader, layout: Layout, answers: Answers, today: date) -> Intake:
    """What the file says under the answers so far, held against the register."""
    sealer = opener(reader)
    people = reader.people(None)
    keys = {one.id: one.key for one in people}
    known = Register(
        frozenset((one.household, one.name) for one in people),
        {token: keys[i] for token, i in reader.number_tokens().items() if i in keys},
        sealer.token if sealer is not None else None,
    )
    return read_register(layout, answers, known, today)


def take_in(uow: UnitOfWork, layout: Layout, answers: Answers) -> Outcome[int]:
    """Enter everyone; raises UnreadableError for missing columns, ImportRefused naming every problem."""
    name = layout.sheet.path.name
    if layout.missing:
        raise UnreadableError(
            tr("“{name}”的表头（第{row}行）{what}", name=name, row=layout.row, what=layout.missing),
            tr("请在表格里补上这些列；列名写法特别的，在窗口里“导入成员”一页指明哪一列是什么。"),
        )
    sealer = sealer_for(uow)
    found = examine(uow.reader, layout, answers, date.fromisoformat(uow.at[:10]))
    faults = [problem.sentence for problem in found.problems]
    faults += [tr("第{row}行：答复了这一行，可是名册里这一行没有人。", row=row) for row in found.answered]
    if faults:
        raise ImportRefused(faults, tr(ANSWER_HINT))
    if not found.people:
        raise UnreadableError(tr("“{name}”里只有表头，没有人", name=name), tr("请核对是不是选错了文件。"))
    people = [(one.person, one.died) for one in found.people]
    done = enter_all(uow, people, tr("导入 {name}", name=name), sealer)
    waiting = sum(one.person.no_number == WAITING for one in found.people)
    if found.left_out or waiting:
        out = "、".join(in_words(found.left_out)) or tr("无")
        detail = tr("略去的行：{out}；号码待核 {n} 人", out=out, n=waiting)
        uow.log.add("导入成员的答复", subject=name, detail=detail)
    return replace(done, warnings=(*found.said, *done.warnings))
