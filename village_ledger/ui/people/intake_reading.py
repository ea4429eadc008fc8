"""What a file to be taken in says, read for the page that shows it: members, a share plan, or share events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from village_ledger.domain.errors import UnreadableError
from village_ledger.domain.masking import Level, mask_number
from village_ledger.domain.member import Status
from village_ledger.exchange.contracts import import_contracts_guided as contracts_guided
from village_ledger.exchange.contracts.import_contracts import CONTRACT_FIELDS, is_ours
from village_ledger.exchange.people import import_members_guided as guided
from village_ledger.exchange.reading.cells import plain_text
from village_ledger.exchange.reading.tabular import Cell, Flawed, column_letter, read_rows
from village_ledger.exchange.shares.import_shares import SHARE_FIELDS
from village_ledger.exchange.shares.import_shares_plan import SharePlan, find_plan, read_plan
from village_ledger.i18n import tr

if TYPE_CHECKING:
    from village_ledger.exchange.contracts.import_contracts_guided import Intake as ContractIntake
    from village_ledger.exchange.people.import_members_intake import Intake, Problem
    from village_ledger.exchange.reading.answers import Answers
    from village_ledger.exchange.reading.heading_rows import Layout, Light
    from village_ledger.storage.reader import Reader

MEMBERS, PLAN, EVENTS, CONTRACTS = "members", "plan", "events", "contracts"
KINDS = ((MEMBERS, "成员名册"), (PLAN, "量化方案"), (EVENTS, "份额变动"))
SHOWN_ROWS = 300
"""Rows of the preview; the file is read whole."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be read, and how."""

    kind: str
    path: Path
    chosen: Mapping[int, str] | None = None
    """Meanings a person gave to columns."""
    answers: Answers = field(default_factory=dict[tuple[int, str], str])
    day: date | None = None
    resolution: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A file as read."""

    asked: Asked
    layout: Layout | None
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    """The preview, row numbers first."""
    intake: Intake | None = None
    plan: SharePlan | None = None
    contracts: ContractIntake | None = None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What must be answered."""
        read = self.intake or self.contracts
        return read.problems if read is not None else ()

    @property
    def said(self) -> tuple[str, ...]:
        """What was put right."""
        read = self.intake or self.contracts
        return read.said if read is not None else self.plan.notices if self.plan is not None else ()

    @property
    def counted(self) -> str:
        """How much would be taken in."""
        if self.asked.kind == CONTRACTS:
            read = self.contracts
            return tr("{n} 份合同", n=len(read.contracts if read is not None else self.rows))
        if self.intake is not None:
            return tr("{n} 人 {m} 户", n=len(self.intake.people), m=self.intake.households)
        if self.plan is not None:
            sums = "、".join(f"{name} {quantity.normalize():f}" for name, quantity in self.plan.sums.items())
            return sums or tr("没有份额")
        return tr("{n} 行份额变动", n=len(self.rows))


def read_file(reader: Reader, asked: Asked, ledger: str, today: date) -> Found:
    """Read a file; raises UnreadableError for what is none of the kind."""
    if asked.kind == MEMBERS:
        return _read_members(reader, asked, today)
    if asked.kind == PLAN:
        return _read_plan(reader, asked, ledger)
    if asked.kind == CONTRACTS:
        return _read_contracts(reader, asked, ledger)
    table = read_rows(asked.path, SHARE_FIELDS)
    rows = [(str(row), *(_shown(table.value(cells, x.key)) for x in SHARE_FIELDS)) for row, cells in table]
    return Found(asked, None, tuple(x.label for x in SHARE_FIELDS), tuple(rows))


def _read_members(reader: Reader, asked: Asked, today: date) -> Found:
    layout = guided.find_layout(asked.path, asked.chosen)
    headings = ("户编号", "户主", "姓名", "与户主关系", "性别", "证件号码", "成员", "确认日期", "备注")
    if layout.missing:
        return Found(asked, layout, headings, ())
    intake = guided.examine(reader, layout, asked.answers, today)
    heads = {one.person.household: one.person.name for one in intake.people if one.person.relation == "户主"}
    rows = [
        (
            str(one.row),
            one.person.household,
            heads.get(one.person.household, ""),
            one.person.name,
            one.person.relation,
            one.person.sex,
            mask_number(one.person.id_number, Level.TOWNSHIP) or one.person.no_number,
            tr("是") if one.person.status is Status.MEMBER else tr("否"),
            str(one.person.confirmed_on or ""),
            one.person.note,
        )
        for one in intake.people
    ]
    return Found(asked, layout, headings, tuple(rows), intake=intake)


def _read_contracts(reader: Reader, asked: Asked, ledger: str) -> Found:
    """A register of contracts kept by hand; one in our own layout is read strictly when it is taken in."""
    if is_ours(asked.path):
        table = read_rows(asked.path, CONTRACT_FIELDS)
        fields = [x for x in CONTRACT_FIELDS if x.key in table.places]
        rows = [(str(row), *(_shown(table.value(cells, x.key)) for x in fields)) for row, cells in table]
        return Found(asked, None, tuple(x.label for x in fields), tuple(rows))
    layout = contracts_guided.find_layout(asked.path, asked.chosen)
    headings = (
        "合同编号",
        "资产编号",
        "标的",
        "对方",
        "起始日期",
        "终止日期",
        "周期",
        "付款日",
        "每期金额",
        "阶梯",
        "决议文号",
    )
    if layout.missing:
        return Found(asked, layout, headings, ())
    intake = contracts_guided.examine(layout, asked.answers, contracts_guided.known_to(reader, ledger))
    return Found(
        asked, layout, headings, tuple(map(contracts_guided.shown, intake.contracts)), contracts=intake
    )


def _read_plan(reader: Reader, asked: Asked, ledger: str) -> Found:
    names = [one.name for one in reader.share_classes(ledger)]
    file = find_plan(asked.path, names, asked.chosen)
    if file is None:
        raise UnreadableError(
            tr("“{name}”里找不到量化方案的表头", name=asked.path.name),
            tr("表头要有户编号、姓名和各类股份；请核对是不是选错了文件。"),
        )
    plan = read_plan(file, asked.day, asked.resolution)
    rows = [(str(one.row), one.account, one.class_name, one.quantity) for one in plan.grants]
    return Found(asked, file.layout, ("账户", "股份类别", "份额"), tuple(rows), plan=plan)


def column_rows(layout: Layout, signs: Mapping[Light, str]) -> list[tuple[str, ...]]:
    """One row for every column: letter, heading, what it is held to be, how sure, its first cell."""
    first: Sequence[Cell] = next((cells for _, cells in layout.rows), ())
    return [
        (
            column_letter(x.place),
            x.heading or tr("（没有列名）"),
            layout.vocabulary.meanings[x.meaning],
            signs[x.light],
            _shown(first[x.place]) if x.place < len(first) else "",
        )
        for x in layout.columns
    ]


def _shown(cell: Cell) -> str:
    return cell.reason if isinstance(cell, Flawed) else " ".join(plain_text(cell).split())
