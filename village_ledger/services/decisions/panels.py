"""六手印记: the four registers taken in, lots drawn once, seats filled, four stages signed by six."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from village_ledger.domain.decision import Entry, Stage, Step
from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import DecisionError
from village_ledger.domain.panel import (
    DRAWN,
    PLACES,
    ListRow,
    Lot,
    draw,
    fixed_seats,
    list_digest,
    missing_registers,
    next_lot,
    register_meant,
    same_person,
    sitting,
)
from village_ledger.domain.voucher import NAME_LIMIT, SUMMARY_LIMIT, check_text
from village_ledger.services.changes import Changes
from village_ledger.services.decisions.decision_files import CHANGED, Asked, open_file, take_step
from village_ledger.services.decisions.decision_stages import PANEL_DUTY
from village_ledger.services.decisions.panel_ties import barred, why_not
from village_ledger.services.duties import require
from village_ledger.services.entry.vouchers import named
from village_ledger.services.outcome import Outcome
from village_ledger.storage.decisions.records import Decision, Panel, PanelList, Seat
from village_ledger.storage.decisions.register import PanelRegister
from village_ledger.storage.unit_of_work import UnitOfWork

PLAIN_SUBJECT = "事项待补（抽签时开卷）"
"""What a file opened by a draw is about until somebody says."""
VERDICTS = {"agree": "同意", "disagree": "不同意", "abstain": "弃权"}


@dataclass(frozen=True, slots=True)
class Signature:
    """What a place says in a stage."""

    verdict: str
    day: date
    opinion: str = ""
    on_paper: bool = True
    corrects: str = ""
    """Why an earlier entry was wrong."""


def take_list(uow: UnitOfWork, rows: Sequence[ListRow]) -> Outcome[PanelList]:
    """Keep the four registers as a file has them; the same list again changes nothing."""
    named(uow.by)
    require(uow, Duty.PREPARE)
    if not rows:
        raise DecisionError("名单里一个人也没有", "请核对文件。")
    said = [f"名册“{one}”一个人也没有，补齐以前不能抽签。" for one in missing_registers(rows)]
    digest, last = list_digest(rows), uow.reader.panel_list()
    if last is not None and last.digest == digest:
        return Outcome(last, Changes(), (*said, "这份名单和上次导入的一样，没有改动。"))
    list_id = PanelRegister(uow).take_list(digest, rows)
    uow.log.add("导入六手印记名单", subject=str(list_id), detail=f"{len(rows)} 人，名单摘要 {digest}")
    made = uow.reader.panel_list(list_id)
    if made is None:
        raise DecisionError("名单没有写进账簿", "请再导入一次。")
    return Outcome(made, CHANGED, tuple(said))


def draw_lots(uow: UnitOfWork, number: str, seed: str) -> Outcome[Panel]:
    """Draw four people for a decision, once; the same seed again gives the same answer.

    A number without a file gets one. Raises DecisionError without a list, for an empty register, for another seed.
    """
    named(uow.by)
    require(uow, Duty.PREPARE)
    seed = check_text(seed, "种子", NAME_LIMIT)
    if not seed:
        raise DecisionError("没有写种子", "种子由在场的人报，例如几个人各报一个数。")
    decision, said = _file_for(uow, number)
    done = uow.reader.panel(decision.id)
    if done is not None:
        return _drawn_already(done, decision, seed)
    if decision.progress.ended:
        raise DecisionError(f"卷宗 {decision.number} 已经{decision.state}", "归了档、终止了的卷宗不再抽签。")
    drawn_from = uow.reader.panel_list()
    if drawn_from is None:
        raise DecisionError("还没有导入六手印记的名单", "请先导入四个名册的名单。")
    lots = draw(seed, drawn_from.rows, barred(uow.reader, drawn_from.rows, decision))
    PanelRegister(uow).draw(decision.id, drawn_from.id, seed)
    ids = {lot: _keep_lot(uow, decision, drawn_from, seed, lot) for lot in lots}
    for lot in sitting(lots).values():
        _sit(uow, decision, lot, ids[lot])
    return Outcome(_panel(uow, decision), CHANGED, tuple(said))


def _file_for(uow: UnitOfWork, number: str) -> tuple[Decision, list[str]]:
    """The file of a number, opened as proposed today when there is none."""
    found = uow.reader.find_decision(number)
    if found is not None:
        return found, []
    asked = Asked(uow.reader.ledgers()[0].code, "other", PLAIN_SUBJECT)
    proposed = Entry(Step.PROPOSED, date.fromisoformat(uow.at[:10]))
    made = open_file(uow, number, asked, proposed).value
    return made, [f"{made.number} 原来没有卷宗，已经开卷，事项请补写。"]


def _drawn_already(panel: Panel, decision: Decision, seed: str) -> Outcome[Panel]:
    if panel.seed != seed:
        raise DecisionError(
            f"{decision.number} 已经用种子“{panel.seed}”抽过签，一件事只抽一次",
            "抽中的人来不了，请写明是谁、为什么，另抽替补。",
        )
    return Outcome(panel, Changes(), (f"{decision.number} 已经抽过签，结果不变。",))


def _keep_lot(uow: UnitOfWork, decision: Decision, drawn_from: PanelList, seed: str, lot: Lot) -> int:
    panels = PanelRegister(uow)
    made = panels.lot(decision.id, drawn_from.id, lot)
    why = f"，{lot.reason}" if lot.reason else ""
    out = "；".join(f"第{line}行 {reason}" for line, reason in lot.out)
    said = f"{lot.register} 第 {lot.round} 轮{why}：{lot.name}，{lot.said}，种子 {seed}，名单摘要 {drawn_from.digest}"
    said += f"，不参加：{out}" if out else ""
    panels.note("六手印记抽签", (decision.ledger, decision.number), said, ("panel_lot", made))
    return made


def _sit(uow: UnitOfWork, decision: Decision, lot: Lot, lot_id: int, reason: str = "") -> None:
    panels = PanelRegister(uow)
    made = panels.seat(decision.id, lot.place, register_meant(lot.register), lot.name, lot_id, reason)
    said = f"第 {lot.place} 席 {lot.name}"
    panels.note("六手印记入席", (decision.ledger, decision.number), said, ("panel_seat", made))


def substitute(uow: UnitOfWork, number: str, name: str, reason: str) -> Outcome[Panel]:
    """Draw another one for somebody who cannot come; the first lot stays on record. Raises DecisionError."""
    decision, panel, reason = _sitting_panel(uow, number, reason)
    seat = next((one for one in panel.seats.values() if one.name == name.strip()), None)
    if seat is None:
        raise DecisionError(
            f"{name} 不在席上", f"在席的有：{'、'.join(s.name for s in panel.seats.values())}。"
        )
    if seat.place > DRAWN:
        raise DecisionError(f"“{seat.role}”不是抽签的席位", "请直接写上替换的人。")
    if not reason:
        raise DecisionError("替补要写明原因", f"请写上 {name} 为什么来不了。")
    lots = [one.lot for one in panel.lots]
    others = [one.name for place, one in panel.seats.items() if place > DRAWN]
    out = barred(uow.reader, panel.list.rows, decision)
    lot = next_lot(panel.seed, panel.list.rows, lots, seat.place, out, f"{seat.name} {reason}", others)
    lot_id = _keep_lot(uow, decision, panel.list, panel.seed, lot)
    _sit(uow, decision, lot, lot_id, reason)
    return Outcome(_panel(uow, decision), CHANGED)


def take_seat(
    uow: UnitOfWork, number: str, place: int, name: str, kind: str = "", reason: str = ""
) -> Outcome[Panel]:
    """Fill place 5 (the lawyer) or 6 (两代表一委员一机构) by name; raises DecisionError."""
    decision, panel, reason = _sitting_panel(uow, number, reason)
    name = check_text(name, "姓名", NAME_LIMIT)
    fixed = next((one for one in fixed_seats() if one.place == place), None)
    if fixed is None:
        raise DecisionError(f"第 {place} 席是抽签的席位，不能指定", "只有第 5 席和第 6 席写名字。")
    if not name:
        raise DecisionError("没有写姓名", f"请写上{fixed.role}是谁。")
    if kind and kind not in fixed.kinds:
        raise DecisionError(f"“{kind}”不能坐这一席", f"可以是：{'、'.join(fixed.kinds)}。")
    _ensure_free(panel, place, name)
    why = why_not(uow.reader, name, decision)
    if why:
        raise DecisionError(f"{name} 要回避：{why}", "请换一个人。")
    if place in panel.seats and not reason:
        raise DecisionError(f"第 {place} 席已经是 {panel.seats[place].name}", "换人要写明原因。")
    role = f"{fixed.role}（{kind}）" if kind else fixed.role
    panels = PanelRegister(uow)
    made = panels.seat(decision.id, place, role, name, None, reason)
    said = f"第 {place} 席 {role} {name}" + (f"，{reason}" if reason else "")
    panels.note("六手印记入席", (decision.ledger, decision.number), said, ("panel_seat", made))
    return Outcome(_panel(uow, decision), CHANGED)


def _ensure_free(panel: Panel, place: int, name: str) -> None:
    for seat in panel.seats.values():
        if seat.place != place and same_person(seat.name, name):
            raise DecisionError(f"{name} 已经坐在“{seat.role}”席上", "一个人只坐一席，请换一个人。")


def _sitting_panel(uow: UnitOfWork, number: str, reason: str) -> tuple[Decision, Panel, str]:
    """An open file with its panel; raises DecisionError."""
    named(uow.by)
    decision = uow.reader.decision(number)
    require(uow, Duty.PREPARE, decision.ledger)
    if decision.progress.ended:
        raise DecisionError(f"卷宗 {number} 已经{decision.state}", "归了档、终止了的卷宗不再换人、不再签字。")
    return decision, _panel(uow, decision), check_text(reason, "原因", SUMMARY_LIMIT)


def _panel(uow: UnitOfWork, decision: Decision) -> Panel:
    panel = uow.reader.panel(decision.id)
    if panel is None:
        raise DecisionError(f"{decision.number} 还没有抽签", "请先抽签。")
    return panel


def sign(uow: UnitOfWork, number: str, stage: Stage, place: int, said: Signature) -> Outcome[Decision]:
    """Keep what a place said in a stage and that it stands signed on paper; the last of the evaluation closes the file.

    Raises DecisionError for a stage out of order, an empty place, a closed file.
    """
    decision, panel, corrects = _sitting_panel(uow, number, said.corrects)
    opinion = check_text(said.opinion, "意见", SUMMARY_LIMIT)
    if said.verdict not in VERDICTS:
        raise DecisionError(f"没有“{said.verdict}”这种表态", f"可以是：{'、'.join(VERDICTS)}。")
    if said.verdict == "disagree" and not opinion:
        raise DecisionError("不同意要写意见", "请写上为什么不同意。")
    seat = _seat_to_sign(uow, decision, panel, place)
    _ensure_stage(decision, panel, stage, said.day)
    before = panel.signs.get((stage, place))
    if before is not None and not corrects:
        if before.on_paper or not said.on_paper:
            raise DecisionError(f"{seat.name} 在“{stage.words}”已经签过", "写错了的请写明更正的原因。")
        corrects = "补签"
    panels = PanelRegister(uow)
    made = panels.sign(
        decision.id,
        stage,
        place,
        seat.id,
        (said.verdict, opinion, said.day.isoformat(), said.on_paper),
        corrects,
    )
    words = f"{stage.words} 第 {place} 席 {seat.name} {VERDICTS[said.verdict]} {said.day}"
    words += f"：{opinion}" if opinion else ""
    words += f"，更正：{corrects}" if corrects else ""
    panels.note("六手印记签字", (decision.ledger, decision.number), words, ("panel_sign", made))
    if stage is Stage.EVALUATION and _panel(uow, decision).signed(stage) == PLACES:
        return take_step(uow, number, Entry(Step.CLOSED, said.day))
    return Outcome(uow.reader.decision(number), CHANGED)


def _seat_to_sign(uow: UnitOfWork, decision: Decision, panel: Panel, place: int) -> Seat:
    seat = panel.seats.get(place)
    if seat is None:
        raise DecisionError(f"第 {place} 席还没有人", "请先写上这一席是谁。")
    why = why_not(uow.reader, seat.name, decision)
    if why:
        raise DecisionError(f"{seat.name} 要回避：{why}", "请先另抽或另写一人。")
    return seat


def _ensure_stage(decision: Decision, panel: Panel, stage: Stage, day: date) -> None:
    """The stage is there to be signed: its step done, the stage before signed by six."""
    if stage.place > 1:
        before = list(Stage)[stage.place - 2]
        if panel.signed(before) < PLACES:
            raise DecisionError(
                f"“{before.words}”还没有签完（{panel.signed(before)}/{PLACES}），不能签“{stage.words}”",
                f"请先签完“{before.words}”。",
            )
        last = max(sign.day for (at, _), sign in panel.signs.items() if at is before)
        if day < last:
            raise DecisionError(f"签字日期 {day} 早于“{before.words}”的 {last}", "请核对日期。")
    for step in decision.progress.matter.steps:
        if step.rule.stage is not stage:
            continue
        entry = decision.progress.entry(step)
        if entry is None:
            raise DecisionError(f"还没有{step.words}，不能签“{stage.words}”", f"请先办{step.words}。")
        first = entry.until if stage is Stage.EVALUATION and entry.until else entry.day
        if day < first:
            raise DecisionError(f"签字日期 {day} 早于{step.words}的 {first}", "请核对日期。")
        break


def set_duty(uow: UnitOfWork, *, required: bool) -> Outcome[bool]:
    """Make a panel a duty for every class of matters that wants one, or leave it to the village again."""
    named(uow.by)
    require(uow, Duty.SETTINGS)
    uow.settings.set(PANEL_DUTY, "required" if required else "")
    uow.log.add("修改设置", subject="六手印记", detail="该抽的一定要抽" if required else "抽不抽由村里定")
    return Outcome(required, Changes(settings=True) | CHANGED)
