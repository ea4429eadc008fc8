"""Village templates (模板): a voucher with places left open, such as ``{金额}`` or ``{对方}``, and how it is filled.

The date gives 年, 月, 日, 季, 上月 (last month) and 上月年 (the year it lies in). Every other name is a variable of the
template: with a default it fills itself, without one its cells stay blank for the person. A whole cell that is only
``{金额}`` asks for it; the same name elsewhere follows what was typed there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum

from village_ledger.domain.amount_entry import evaluate_entry
from village_ledger.domain.chart import Chart
from village_ledger.domain.errors import LedgerError, VoucherError
from village_ledger.domain.period import Month
from village_ledger.domain.voucher import NAME_LIMIT, SUMMARY_LIMIT, Draft, DraftLine, check_text

PLACE = re.compile(r"\{([^{}\s]{1,20})\}")
"""A place left open."""
OF_THE_DAY = ("年", "月", "日", "季", "上月", "上月年")
"""Names the voucher's date fills."""
TITLE_LIMIT = 40
_CELLS = ("summary", "account", "counterparty", "project", "group", "debit", "credit")
"""Cells of a line in the order the cursor visits them."""
_LIMITS = {"summary": SUMMARY_LIMIT, "debit": 60, "credit": 60}


class VariableKind(Enum):
    """What a variable stands for: decides how it is asked and checked."""

    AMOUNT = "金额"
    PARTY = "往来单位"
    PROJECT = "项目"
    TEXT = "文字"


@dataclass(frozen=True, slots=True)
class Variable:
    """A name of the template's own; an empty default leaves its cells to the person."""

    name: str
    kind: VariableKind = VariableKind.TEXT
    default: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """A voucher of one ledger with places left open."""

    ledger: str
    name: str
    lines: tuple[DraftLine, ...]
    variables: tuple[Variable, ...] = ()
    attachments: str = ""
    no_attachment_reason: str = ""
    handler: str = ""
    witness: str = ""
    approver: str = ""
    id: int = 0
    """0 until it is stored."""
    active: bool = True

    def names(self) -> tuple[str, ...]:
        """Every variable named in a cell, in the order of the cells."""
        texts = [getattr(line, cell) for line in self.lines for cell in _CELLS]
        found = [name for text in texts for name in PLACE.findall(text) if name not in OF_THE_DAY]
        return tuple(dict.fromkeys(found))

    def with_variables_named(self) -> Template:
        """The same with a variable for every name in its cells and none besides, kinds guessed from where they stand."""
        known = {variable.name: variable for variable in self.variables}
        return replace(
            self, variables=tuple(known.get(n) or Variable(n, self._kind_of(n)) for n in self.names())
        )

    def _kind_of(self, name: str) -> VariableKind:
        place = f"{{{name}}}"
        for cells, kind in (
            (("debit", "credit"), VariableKind.AMOUNT),
            (("counterparty",), VariableKind.PARTY),
            (("project",), VariableKind.PROJECT),
        ):
            if any(place in getattr(line, cell) for line in self.lines for cell in cells):
                return kind
        return VariableKind.TEXT


@dataclass(frozen=True, slots=True)
class Blank:
    """A cell that waits for variables: row from 0, key of the cell, what will stand there."""

    row: int
    cell: str
    pattern: str

    @property
    def names(self) -> tuple[str, ...]:
        """The variables it waits for."""
        return tuple(PLACE.findall(self.pattern))

    @property
    def asks(self) -> str:
        """The variable this cell is the place to type, empty when it only follows."""
        match = PLACE.fullmatch(self.pattern)
        return match[1] if match is not None and self.cell != "summary" else ""


@dataclass(frozen=True, slots=True)
class Filled:
    """A template filled for a day, and what is still open in it."""

    draft: Draft
    blanks: tuple[Blank, ...] = field(default_factory=tuple[Blank, ...])


def fill(template: Template, day: date, values: Mapping[str, str] | None = None) -> Filled:
    """The draft a template gives on a day; ``values`` go before defaults. The cursor stands in the first blank."""
    known = values_of(template, day, values or {})
    blanks: list[Blank] = []
    lines: list[DraftLine] = []
    for row, line in enumerate(template.lines):
        made = replace(line)
        for cell in _CELLS:
            text = substitute(getattr(line, cell), known)
            if PLACE.search(text):
                blanks.append(Blank(row, cell, text))
                text = text if cell == "summary" else ""
            setattr(made, cell, text)
        lines.append(made)
    draft = Draft(
        template.ledger,
        day.isoformat(),
        attachments=template.attachments,
        no_attachment_reason=template.no_attachment_reason,
        handler=template.handler,
        witness=template.witness,
        approver=template.approver,
        lines=lines,
    )
    draft.cursor = _first(draft, blanks)
    return Filled(draft, tuple(blanks))


def _first(draft: Draft, blanks: Sequence[Blank]) -> tuple[int, str]:
    """Where the person goes on: a cell that asks, one that only follows, a missing amount, the papers."""
    asking = [blank for blank in blanks if blank.asks] or list(blanks)
    if asking:
        return asking[0].row, asking[0].cell
    for row, line in enumerate(draft.lines):
        if not (line.debit or line.credit):
            return row, "debit"
    return 0, "attachments"


def values_of(template: Template, day: date, values: Mapping[str, str]) -> dict[str, str]:
    """Everything known on a day: what the date says, what was given, else the defaults."""
    month = Month.of(day)
    before = month.previous()
    known = {
        "年": str(day.year),
        "月": str(day.month),
        "日": str(day.day),
        "季": str((day.month + 2) // 3),
        "上月": str(before.month),
        "上月年": str(before.year),
    }
    defaults = {variable.name: variable.default for variable in template.variables}
    given = {
        name: text.strip() for source in (defaults, values) for name, text in source.items() if text.strip()
    }
    return {**given, **known}


def substitute(text: str, known: Mapping[str, str]) -> str:
    """The text with every known name put in; unknown ones stay."""
    return PLACE.sub(lambda match: known.get(match[1], match[0]), text)


def unfilled(text: str) -> str:
    """The first place left open in a text, braces and all; empty when there is none."""
    match = PLACE.search(text)
    return match[0] if match is not None else ""


def checked(template: Template, chart: Chart) -> Template:
    """The template as it may be kept: tidy, with its variables; raises TextError, VoucherError or ChartError."""
    name = check_text(template.name, "模板名称", TITLE_LIMIT)
    if not name:
        raise VoucherError("模板还没有名称", "请写一个平时的叫法，比如“付电费”。")
    lines = tuple(
        replace(
            line,
            **{
                cell: check_text(getattr(line, cell), "模板", _LIMITS.get(cell, NAME_LIMIT))
                for cell in _CELLS
            },
        )
        for line in template.lines
        if not line.is_blank
    )
    if len(lines) < 2:
        raise VoucherError(f"模板“{name}”至少要有两行，有借有贷", "请先在凭证上填好科目，再存为模板。")
    tidy = replace(template, name=name, lines=lines).with_variables_named()
    for number, line in enumerate(lines, 1):
        if bool(line.debit) and bool(line.credit):
            raise VoucherError(f"模板“{name}”第 {number} 行借贷两边都有", "请只留一边。")
    ensure_usable(tidy, chart)
    for variable in tidy.variables:
        check_default(variable)
    return tidy


def check_default(variable: Variable) -> None:
    """Raise AmountError for a default amount that is none."""
    if variable.kind is VariableKind.AMOUNT and variable.default.strip():
        evaluate_entry(variable.default)


def ensure_usable(template: Template, chart: Chart) -> None:
    """Raise ChartError naming the template, the line and why its account cannot be used any more."""
    for number, line in enumerate(template.lines, 1):
        if PLACE.search(line.account):
            continue
        try:
            chart.usable_leaf(line.account)
        except LedgerError as error:
            raise type(error)(
                f"模板“{template.name}”第 {number} 行：{error.what}",
                "请用别的科目填一张凭证，再用原来的名称存为模板。",
            ) from error


def from_draft(draft: Draft, name: str, day: date, *, ask_amounts: bool, ask_parties: bool) -> Template:
    """A template made of a voucher as typed; year and month in its summaries become variables.

    With ``ask_amounts`` one amount common to all lines is ``{金额}``, several are ``{金额1}``, ``{金额2}`` …; with
    ``ask_parties`` counterparties are ``{对方}`` likewise.
    """
    lines = [replace(line, summary=_dated(line.summary, day)) for line in draft.lines if not line.is_blank]
    if ask_amounts:
        _open_places(lines, ("debit", "credit"), "金额")
    if ask_parties:
        _open_places(lines, ("counterparty",), "对方")
    made = Template(
        draft.ledger,
        name,
        tuple(lines),
        no_attachment_reason=draft.no_attachment_reason,
        handler=draft.handler,
        witness=draft.witness,
        approver=draft.approver,
    )
    return made.with_variables_named()


def _dated(summary: str, day: date) -> str:
    """2025年12月 in a summary of December 2025 as places; the month before too."""
    before = Month.of(day).previous()
    text = re.sub(rf"(?<!\d){day.year}年", "{年}年", summary)
    text = re.sub(rf"(?<!\d)0?{day.month}月(?!\d)", "{月}月", text)
    text = re.sub(rf"(?<!\d)0?{before.month}月(?!\d)", "{上月}月", text)
    if before.year != day.year:
        text = re.sub(rf"(?<!\d){before.year}年", "{上月年}年", text)
    return text


def _open_places(lines: list[DraftLine], cells: tuple[str, ...], word: str) -> None:
    """Replace what stands in these cells by one variable per distinct text."""
    texts = [getattr(line, cell) for line in lines for cell in cells]
    distinct = list(dict.fromkeys(text for text in texts if text and not PLACE.search(text)))
    names = {text: word if len(distinct) == 1 else f"{word}{place}" for place, text in enumerate(distinct, 1)}
    for line in lines:
        for cell in cells:
            text = getattr(line, cell)
            if text in names:
                setattr(line, cell, f"{{{names[text]}}}")
        for text, name in names.items():
            if word != "金额" and len(text) > 1:  # a name is spoken of in the summaries of all lines
                line.summary = line.summary.replace(text, f"{{{name}}}")
