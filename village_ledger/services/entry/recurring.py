"""What comes round (按月重复): due days, vouchers or drafts made from them once, skipped with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import LedgerError, PeriodError, VoucherError
from village_ledger.domain.period import Month
from village_ledger.domain.rhythm import RHYTHM_NAMES, Rhythm, due_days
from village_ledger.domain.voucher import Draft
from village_ledger.services.changes import Changes
from village_ledger.services.check_item import CheckItem, Verdict
from village_ledger.services.duties import require
from village_ledger.services.entry import templates, vouchers
from village_ledger.services.entry.draft_reading import to_voucher
from village_ledger.services.outcome import Outcome
from village_ledger.storage.reader import Reader
from village_ledger.storage.templates.queries import Recurrence, Run
from village_ledger.storage.templates.register import TemplatesRegister
from village_ledger.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Due:
    """One due day: what for, and what was done about it."""

    recurrence: Recurrence
    day: date
    run: Run | None = None

    @property
    def waits(self) -> bool:
        """Whether nothing was done about it yet."""
        return self.run is None

    @property
    def words(self) -> str:
        """As people say it: 付电费 2025-03-10."""
        return f"{self.recurrence.name} {self.day}"


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a due day: a voucher's ref, or a draft's id where something is left to fill."""

    due: Due
    voucher: str = ""
    voucher_id: int = 0
    draft_id: int = 0


def add(
    uow: UnitOfWork,
    template_id: int,
    rhythm: Rhythm,
    day: int,
    start: Month,
    end: Month | None = None,
    given: Mapping[str, str] | None = None,
) -> Outcome[int]:
    """Let a template come round; returns its id.

    Raises PeriodError for an end before the start or a day that is none, VoucherError for a template switched off.
    """
    template = templates.find(uow.reader, template_id)
    require(uow, Duty.PREPARE, template.ledger)
    if not template.active:
        raise VoucherError(f"模板“{template.name}”已停用", "请先启用它。")
    if not 1 <= day <= 31:
        raise PeriodError(f"每期的日子不能是 {day} 日", "请填 1 到 31；31 表示月末。")
    if end is not None and end < start:
        raise PeriodError(f"止月 {end} 早于起月 {start}", "请核对起止月份。")
    first = uow.reader.ledger(template.ledger).start
    if start < first:
        raise PeriodError(f"起月 {start} 早于启用月份 {first}", "请从启用月份或以后开始。")
    made = TemplatesRegister(uow).recur(template.ledger, template_id, rhythm, day, (start, end), given or {})
    detail = f"{RHYTHM_NAMES[rhythm]} {day} 日，从 {start} 起" + (f"，到 {end} 止" if end else "")
    uow.log.add("设按月重复", ledger=template.ledger, subject=template.name, detail=detail)
    return Outcome(made, Changes(templates=True, ledger=template.ledger))


def stop(uow: UnitOfWork, ledger: str, recurrence_id: int) -> Outcome[None]:
    """Let a template come round no more; what was made stays."""
    require(uow, Duty.PREPARE, ledger)
    recurrence = find(uow.reader, ledger, recurrence_id)
    TemplatesRegister(uow).stop(recurrence_id)
    uow.log.add("停止按月重复", ledger=ledger, subject=recurrence.name)
    return Outcome(None, Changes(templates=True, ledger=ledger))


def find(reader: Reader, ledger: str, recurrence_id: int) -> Recurrence:
    """A recurrence of a ledger; raises VoucherError when there is none."""
    found = next((r for r in reader.recurrences(ledger, with_inactive=True) if r.id == recurrence_id), None)
    if found is None:
        raise VoucherError("没有这个按月重复的安排", "请核对编号，也看看是不是另一本账的。")
    return found


def due(reader: Reader, ledger: str, through: Month, *, only_waiting: bool = True) -> list[Due]:
    """Due days through a month, oldest first; the whole month's stand from its first day on.

    Without ``only_waiting`` those of the month itself that were dealt with are there too.
    """
    runs = {(run.recurrence_id, run.due): run for run in reader.recurrence_runs(ledger)}
    found: list[Due] = []
    for recurrence in reader.recurrences(ledger):
        for day in due_days(recurrence.rhythm, recurrence.day, recurrence.start, recurrence.end, through):
            one = Due(recurrence, day, runs.get((recurrence.id, day)))
            if one.waits or (not only_waiting and (Month.of(day) == through or _is_draft(one))):
                found.append(one)
    return sorted(found, key=lambda one: (one.day, one.recurrence.name, one.recurrence.id))


def _is_draft(one: Due) -> bool:
    return one.run is not None and one.run.draft_id is not None


def make(uow: UnitOfWork, ledger: str, through: Month) -> Outcome[list[Made]]:
    """Make everything that waits through a month; a second run finds nothing left. All or nothing.

    A due day in a closed month is refused with its name: book it in another month or skip it with a reason.
    """
    require(uow, Duty.PREPARE, ledger)
    made: list[Made] = []
    warnings: list[str] = []
    for one in due(uow.reader, ledger, through):
        outcome = _make(uow, one)
        made.append(outcome.value)
        warnings += outcome.warnings
    changes = Changes(vouchers=True, drafts=True, templates=True, ledger=ledger) if made else Changes()
    return Outcome(made, changes, tuple(warnings))


def make_one(
    uow: UnitOfWork, ledger: str, recurrence_id: int, day: date, booked_on: date | None = None
) -> Outcome[Made]:
    """Make one due day, on another day if its month is closed; refused when it was dealt with or is none."""
    require(uow, Duty.PREPARE, ledger)
    one = _waiting(uow.reader, ledger, recurrence_id, day)
    return _make(uow, one, booked_on)


def _waiting(reader: Reader, ledger: str, recurrence_id: int, day: date) -> Due:
    recurrence = find(reader, ledger, recurrence_id)
    days = due_days(recurrence.rhythm, recurrence.day, recurrence.start, recurrence.end, Month.of(day))
    if day not in days:
        raise PeriodError(f"“{recurrence.name}”没有 {day} 这一期", "请核对日期。")
    runs = reader.recurrence_runs(ledger)
    run = next((r for r in runs if (r.recurrence_id, r.due) == (recurrence_id, day)), None)
    if run is not None:
        raise VoucherError(f"“{recurrence.name}”{day} 这一期{_past(reader, run)}", "一期只记一次。")
    return Due(recurrence, day)


def _past(reader: Reader, run: Run) -> str:
    if run.voucher_id is not None:
        return f"已经记成 {reader.voucher(run.voucher_id).ref}"
    return "已经做成草稿" if run.draft_id is not None else f"已经跳过（{run.reason}）"


def _make(uow: UnitOfWork, one: Due, booked_on: date | None = None) -> Outcome[Made]:
    """Fill the template; enter the voucher when it is whole, else keep a draft for the person."""
    recurrence, ledger = one.recurrence, one.recurrence.ledger
    day = booked_on or one.day
    try:
        filled = templates.filled(uow.reader, recurrence.template_id, ledger, day, recurrence.given)
    except LedgerError as error:
        raise type(error)(
            f"按月重复“{recurrence.name}”{one.day} 这一期：{error.what}", error.next_step
        ) from error
    register = TemplatesRegister(uow)
    changes = Changes(vouchers=True, drafts=True, templates=True, ledger=ledger)
    if filled.blanks or not _is_whole(uow.reader, filled.draft):
        draft_id = uow.drafts.save(filled.draft)
        register.done(recurrence.id, one.day, draft=draft_id)
        uow.log.add("按月重复：草稿", ledger=ledger, subject=one.words)
        return Outcome(Made(one, draft_id=draft_id), changes)
    voucher = to_voucher(filled.draft, uow.reader.chart(ledger))
    outcome = vouchers.store(uow, ledger, voucher, "按月重复：填制凭证")
    register.done(recurrence.id, one.day, voucher=outcome.value.id)
    ref = str(outcome.value.ref)
    return Outcome(
        Made(one, ref, outcome.value.id), changes, tuple(f"{ref}：{warning}" for warning in outcome.warnings)
    )


def _is_whole(reader: Reader, draft: Draft) -> bool:
    try:
        to_voucher(draft, reader.chart(draft.ledger))
    except LedgerError:
        return False
    return True


def skip(uow: UnitOfWork, ledger: str, recurrence_id: int, day: date, reason: str) -> Outcome[None]:
    """Say why a due day makes no voucher."""
    require(uow, Duty.PREPARE, ledger)
    one = _waiting(uow.reader, ledger, recurrence_id, day)
    kept = vouchers.given(reason, f"跳过“{one.recurrence.name}”", "为什么这一期不记")
    TemplatesRegister(uow).done(recurrence_id, day, reason=kept)
    uow.log.add("按月重复：跳过", ledger=ledger, subject=one.words, detail=kept)
    return Outcome(None, Changes(templates=True, ledger=ledger))


def take_back(uow: UnitOfWork, ledger: str, recurrence_id: int, day: date) -> Outcome[None]:
    """Let a skipped due day wait again; one that became a voucher is refused."""
    require(uow, Duty.PREPARE, ledger)
    recurrence = find(uow.reader, ledger, recurrence_id)
    runs = uow.reader.recurrence_runs(ledger)
    run = next((r for r in runs if (r.recurrence_id, r.due) == (recurrence_id, day)), None)
    if run is None or run.voucher_id is not None or run.draft_id is not None:
        raise VoucherError(f"“{recurrence.name}”{day} 这一期没有跳过", "记成凭证或草稿的，请在凭证上处理。")
    TemplatesRegister(uow).undone(recurrence_id, day)
    uow.log.add("按月重复：收回跳过", ledger=ledger, subject=f"{recurrence.name} {day}")
    return Outcome(None, Changes(templates=True, ledger=ledger))


def check_items(reader: Reader, ledger: str, month: Month) -> list[CheckItem]:
    """K14: what comes round and was due has been booked or skipped."""
    if not reader.recurrences(ledger):
        return []
    open_ones = due(reader, ledger, month, only_waiting=False)
    waiting = [one.words for one in open_ones if one.waits]
    waiting += [f"{one.words}（草稿没保存）" for one in open_ones if _is_draft(one)]
    if waiting:
        return [CheckItem("K14", Verdict.WARN, f"按月重复的有 {len(waiting)} 期到期没有记。", tuple(waiting))]
    return [CheckItem("K14", Verdict.PASS, "按月重复的到期各期都记了。")]
