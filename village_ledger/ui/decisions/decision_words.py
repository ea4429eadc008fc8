"""How a decision is said on screen: its steps as a strip of marks, what comes next, how long a notice is still up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from village_ledger.domain.decision import Progress, Stage, Step
from village_ledger.domain.panel import PLACES
from village_ledger.i18n import tr
from village_ledger.services.decisions.decision_files import RESTS
from village_ledger.services.decisions.step_preview import Point, Standing
from village_ledger.storage.decisions.records import Decision, Panel, Rest
from village_ledger.ui.tables.table_model import FigureModel, Look, ScreenColumn
from village_ledger.ui.widgets.mark_rows import MarkRow
from village_ledger.ui.widgets.state_mark import Check

_CHECKS = {Standing.GOOD: Check.GOOD, Standing.FAIL: Check.FAIL, Standing.WAITING: Check.WAITING}


def strip(progress: Progress) -> str:
    """One mark a step: done, being published, not yet; a matter that was dropped ends in its sign."""
    marks = ["●" if progress.entry(step) else "○" for step in progress.matter.steps]
    if progress.entry(Step.DROPPED) is not None:
        return "".join(mark for mark in marks if mark == "●") + "⊘"
    return "".join(marks)


def following(progress: Progress, today: date) -> str:
    """What comes next, and from when."""
    step = progress.next_step
    if step is None:
        return ""
    last = progress.last
    if last is not None and last.until is not None and last.until > today:
        days = (last.until - today).days
        return tr("公示还有 {days} 天，{step}", days=days, step=step.rule.short)
    return step.words


def steps_shown(progress: Progress) -> tuple[list[str], int]:
    """Names for the step strip, with the day of what is done, and the one at which one is."""
    names: list[str] = []
    for step in progress.steps:
        entry = progress.entry(step)
        names.append(f"{step.rule.short} {entry.day:%m-%d}" if entry else step.rule.short)
    return names, len(progress.entries)


def done_rows(progress: Progress) -> list[MarkRow]:
    """What has been done, each step with its day, votes and notice."""
    rows: list[MarkRow] = []
    for entry in progress.entries:
        facts = [entry.vote.words] if entry.vote else []
        if entry.notice_from is not None:
            facts.append(tr("{day} 通知", day=entry.notice_from))
        if entry.until is not None:
            facts.append(tr("公示到 {until}", until=entry.until))
        if entry.resolution:
            facts.append(tr("决议 {number}", number=entry.resolution))
        facts += [part for part in (entry.place, entry.note) if part]
        check = Check.WARN if entry.step is Step.DROPPED else Check.GOOD
        rows.append(MarkRow(check, entry.step.words, entry.day.isoformat(), "；".join(facts)))
    return rows


def point_rows(points: list[Point]) -> list[MarkRow]:
    """Points of the next step as marked rows."""
    return [MarkRow(_CHECKS[one.standing], one.words, one.fact, one.under) for one in points]


OPENS = {
    "contract": ("contract", "number"),
    "project": ("project", "project"),
    "asset": ("asset_card", "code"),
    "parcel": ("parcel", "code"),
    "voucher": ("voucher", "voucher_id"),
    "budget": ("budget", ""),
    "transfer": ("transfers", ""),
    "shares": ("share_register", ""),
    "dividend": ("dividend_payments", ""),
}
"""Page that shows what rests on a decision, and what it wants to be told."""


class RestsModel(FigureModel):
    """What rests on a decision, a row each."""

    def __init__(self, rests: Sequence[Rest]) -> None:
        super().__init__(
            (
                ScreenColumn("kind", "据此办理", Look.TEXT, "份额变动"),
                ScreenColumn("ref", "哪一份", Look.LINK, "2025-06/记-0012", stretch=1),
                ScreenColumn("words", "", Look.TEXT, "2025-01-01 至 2030-12-31"),
            )
        )
        self.rests = tuple(rests)

    def count(self) -> int:
        """What rests on it."""
        return len(self.rests)

    def text(self, row: int, column: int) -> str:
        """What the cell shows."""
        one = self.rests[row]
        return (RESTS[one.kind], one.ref, one.words)[column]


def panel_row(panel: Panel | None, stage: Stage | None) -> list[MarkRow]:
    """How far the six have signed the stage in view."""
    if panel is None or stage is None:
        return []
    signed = panel.signed(stage)
    check = Check.GOOD if signed == PLACES else Check.WAITING
    return [MarkRow(check, tr("六手印记“{stage}”", stage=stage.words), f"{signed}/{PLACES}")]


def about(decision: Decision) -> str:
    """The line beside the title: class, money, who decides by which law."""
    from village_ledger.domain.money import format_fen

    progress = decision.progress
    money = tr("{amount} 元", amount=format_fen(decision.amount)) if decision.amount else ""
    decides = progress.body.name if progress.body else tr("两委")
    parts = (progress.matter.name, money, decides, tr("《{law}》", law=progress.law.words))
    return " · ".join(filter(None, parts))
