"""Decision files (四议两公开): opened, carried one step on at a time, ended; never rewritten."""

from __future__ import annotations

from dataclasses import dataclass, replace

from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.decision import BY_CHARTER, Entry, Progress, Step, matter
from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import DecisionError
from village_ledger.domain.money import format_fen
from village_ledger.domain.panel import PLACES
from village_ledger.domain.voting import Body
from village_ledger.domain.voucher import NAME_LIMIT, SUMMARY_LIMIT, check_text
from village_ledger.services.changes import Changes
from village_ledger.services.decisions.decision_stages import Stage, missing
from village_ledger.services.duties import require
from village_ledger.services.entry.vouchers import named
from village_ledger.services.outcome import Outcome
from village_ledger.services.transfers import resolutions
from village_ledger.storage.decisions.records import Decision
from village_ledger.storage.decisions.register import DecisionRegister
from village_ledger.storage.reader import Reader
from village_ledger.storage.unit_of_work import UnitOfWork

LINKS = {
    "contract": "合同",
    "voucher": "凭证",
    "budget": "年度计划",
    "project": "项目",
    "shares": "份额变动",
    "dividend": "分红",
    "asset": "资产",
    "parcel": "资源",
}
"""What may be said to rest on a decision."""
RESTS = {**LINKS, "transfer": "两账往来"}
"""The same with what names the decision by itself."""
CHANGED = Changes(decisions=True)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a file is about, as asked for."""

    ledger: str
    matter: str
    subject: str
    body: str = ""
    amount: int = 0


def is_acting(reader: Reader) -> bool:
    """Whether one ledger acts for both (合账)."""
    return len(reader.ledgers()) == 1


def progress_for(reader: Reader, ledger: str, matter_word: str, body_word: str) -> Progress:
    """A matter before its first step; raises DecisionError for a body or ledger of the other law."""
    kind: LedgerKind = reader.ledger(ledger).kind
    chosen = matter(matter_word)
    law = chosen.law_in(kind, acting=is_acting(reader))
    return Progress(chosen, law, chosen.body_under(law, body_word))


def open_file(uow: UnitOfWork, number: str, asked: Asked, proposed: Entry | None = None) -> Outcome[Decision]:
    """Open a file; with ``proposed`` its first step is done at once.

    Raises DecisionError for a number that is taken, a ledger or body of the other law, a step that is not the first.
    """
    named(uow.by)
    require(uow, Duty.PREPARE, asked.ledger)
    number = check_text(number, "决策文号", NAME_LIMIT)
    if not number:
        raise DecisionError("卷宗要有文号", "请写成 青村决〔2025〕3号 这样。")
    if uow.reader.find_decision(number) is not None:
        raise DecisionError(f"决策卷宗 {number} 已经有了", "请核对文号；一件事一个文号。")
    progress, subject = _checked(uow.reader, asked)
    files = DecisionRegister(uow)
    made = files.open(number, asked.ledger, progress, subject, asked.amount)
    files.note(
        "开决策卷宗", (asked.ledger, number), _about(progress, subject, asked.amount), ("decision", made)
    )
    if proposed is not None:
        return take_step(uow, number, proposed)
    return Outcome(uow.reader.decision(number), CHANGED)


def amend(uow: UnitOfWork, number: str, asked: Asked) -> Outcome[Decision]:
    """Say better what a file is about, while it is only proposed and nobody has signed; raises DecisionError."""
    named(uow.by)
    require(uow, Duty.PREPARE, asked.ledger)
    decision = uow.reader.decision(number)
    if any(entry.step is not Step.PROPOSED for entry in decision.progress.entries):
        raise DecisionError(
            f"{number} 已经{decision.progress.entries[-1].step.words}，事项不能再改",
            "办错了的请终止，用新的文号重新开卷。",
        )
    panel = uow.reader.panel(decision.id)
    if panel is not None and panel.signs:
        raise DecisionError(f"{number} 已经有人签字，事项不能再改", "办错了的请终止，用新的文号重新开卷。")
    progress, subject = _checked(uow.reader, asked)
    files = DecisionRegister(uow)
    files.rewrite(decision.id, asked.ledger, progress, subject, asked.amount)
    about = _about(progress, subject, asked.amount)
    files.note("改决策卷宗", (asked.ledger, number), about, ("decision", decision.id))
    return Outcome(uow.reader.decision(number), CHANGED)


def _checked(reader: Reader, asked: Asked) -> tuple[Progress, str]:
    subject = check_text(asked.subject, "决策事项", SUMMARY_LIMIT)
    if not subject:
        raise DecisionError("卷宗要写明是什么事", "请写上事项。")
    if asked.amount < 0:
        raise DecisionError("金额不能小于零", "没有金额的事项请留空。")
    return progress_for(reader, asked.ledger, asked.matter, asked.body), subject


def _about(progress: Progress, subject: str, amount: int) -> str:
    money = f"，金额 {format_fen(amount)}" if amount else ""
    decides = progress.body.name if progress.body else "两委"
    return f"{progress.matter.name}：{subject}{money}，由{decides}决定，依《{progress.law.words}》"


def take_step(uow: UnitOfWork, number: str, entry: Entry) -> Outcome[Decision]:
    """Carry a matter one step on; a resolution it makes is entered as well, or the one of that number is taken.

    Raises DecisionError for a step out of order, a day too early, a notice too short, a vote that did not carry.
    """
    named(uow.by)
    decision = uow.reader.decision(number)
    require(uow, Duty.PREPARE, decision.ledger)
    entry = replace(
        entry,
        place=check_text(entry.place, "地点", NAME_LIMIT),
        note=check_text(entry.note, "说明", SUMMARY_LIMIT),
        resolution=check_text(entry.resolution, "决议文号", NAME_LIMIT),
    )
    if entry.step is Step.CLOSED:
        _ensure_signed(uow.reader, decision)
    if entry.step is Step.DROPPED and not entry.note:
        raise DecisionError("终止要写明原因", "请写上为什么不办了。")
    if entry.resolution and entry.step is not Step.RESOLVED:
        raise DecisionError(f"{entry.step.words}没有决议文号", "决议文号写在会议决议那一步。")
    charter = uow.reader.setting(resolutions.CHARTER)
    progress, said = decision.progress.with_entry(entry, charter=charter)
    kept = progress.entries[-1]
    if said:  # a short vote that carried says why for good, whatever the settings say later
        kept = replace(kept, note=f"{kept.note}{BY_CHARTER}{charter}）")
    if kept.step is Step.RESOLVED and progress.body is not None:
        kept = replace(kept, resolution=_resolution(uow, decision, progress.body, kept))
    _keep(uow, decision, kept)
    return Outcome(uow.reader.decision(number), CHANGED | Changes(settings=True), tuple(said))


def _keep(uow: UnitOfWork, decision: Decision, entry: Entry) -> None:
    files = DecisionRegister(uow)
    made = files.step(decision.id, entry)
    words = f"{entry.step.words} {entry.day}"
    if entry.vote is not None:
        words += f"，{entry.vote.words}"
    if entry.until is not None:
        words += f"，公示到 {entry.until}"
    if entry.note:
        words += f"：{entry.note}"
    files.note("四议两公开", _place(decision), words, ("decision_step", made))


def _ensure_signed(reader: Reader, decision: Decision) -> None:
    """Evaluation closes a file: where there is a panel, all six have signed it."""
    panel = reader.panel(decision.id)
    if panel is not None and panel.signed(Stage.EVALUATION) < PLACES:
        words = "、".join(missing(reader, decision, Stage.EVALUATION))
        raise DecisionError(f"{decision.number} 还不能归档：{words}", "六个人签完评议才归档。")


def _resolution(uow: UnitOfWork, decision: Decision, decides: Body, entry: Entry) -> str:
    """The resolution a vote made: entered now, or the one of that number if it says the same."""
    number = entry.resolution or decision.number
    vote = entry.vote
    if vote is None:
        raise DecisionError("没有写到会和票数", "请写应到、实到和赞成的人数。")
    known = next((one for one in uow.reader.resolutions() if one.number == number), None)
    if known is None:
        votes = (vote.eligible, vote.present, vote.in_favour)
        resolutions.enter(
            uow, number, entry.day, decides.resolution, votes, decision.subject, entry.notice_from
        )
        return number
    same = (known.body, known.day, known.eligible, known.present, known.in_favour) == (
        decides.resolution,
        entry.day,
        vote.eligible,
        vote.present,
        vote.in_favour,
    )
    if not same:
        raise DecisionError(
            f"决议 {number} 登记的会议、日期或票数和这里写的不一样", "请核对；登记过的决议不能改。"
        )
    return number


def name_interest(uow: UnitOfWork, number: str, name: str, reason: str) -> Outcome[Decision]:
    """Somebody has an interest in the matter: neither they nor their family may sit on its panel."""
    decision, name = _of_file(uow, number, name, "利害关系人")
    reason = check_text(reason, "关系", SUMMARY_LIMIT)
    if not reason:
        raise DecisionError("要写明是什么利害关系", "例如 中标方、承包人、经办人。")
    if any(one.name == name for one in decision.interests):
        raise DecisionError(f"{name} 已经写为利害关系人", "不用再写。")
    files = DecisionRegister(uow)
    made = files.interest(decision.id, name, reason)
    files.note("写明利害关系人", _place(decision), f"{name}：{reason}", ("decision_interest", made))
    panel = uow.reader.panel(decision.id)
    sits = [seat for seat in panel.seats.values() if seat.name == name] if panel else []
    said = tuple(f"{name} 现在坐在“{seat.role}”席上，请另抽一人替补。" for seat in sits)
    return Outcome(uow.reader.decision(number), CHANGED, said)


def clear_interest(uow: UnitOfWork, number: str, name: str, reason: str) -> Outcome[Decision]:
    """Somebody was named by mistake; both stay on record."""
    decision, name = _of_file(uow, number, name, "利害关系人")
    reason = check_text(reason, "原因", SUMMARY_LIMIT)
    if not reason or all(one.name != name for one in decision.interests):
        raise DecisionError(f"没有写过利害关系人“{name}”，或没有写原因", "请核对姓名，写上原因。")
    files = DecisionRegister(uow)
    made = files.interest(decision.id, name, reason, ended=True)
    files.note("撤下利害关系人", _place(decision), f"{name}：{reason}", ("decision_interest", made))
    return Outcome(uow.reader.decision(number), CHANGED)


def link(uow: UnitOfWork, number: str, kind: str, ref: str) -> Outcome[Decision]:
    """Say what rests on a decision: a contract, voucher, budget, project …; raises DecisionError."""
    decision, ref = _of_file(uow, number, ref, "编号")
    if kind not in LINKS:
        raise DecisionError(f"卷宗不能连到“{kind}”", f"可以是：{'、'.join(LINKS)}。")
    if (kind, ref) in decision.links:
        raise DecisionError(f"{LINKS[kind]} {ref} 已经连着这份卷宗", "不用再连。")
    files = DecisionRegister(uow)
    made = files.link(decision.id, kind, ref)
    files.note("卷宗连上事项", _place(decision), f"{LINKS[kind]} {ref}", ("decision_link", made))
    return Outcome(uow.reader.decision(number), CHANGED)


def _place(decision: Decision) -> tuple[str, str]:
    """Where an act on a file stands in the log."""
    return decision.ledger, decision.number


def _of_file(uow: UnitOfWork, number: str, text: str, what: str) -> tuple[Decision, str]:
    """The open file, and a name or number to be written into it."""
    named(uow.by)
    decision = uow.reader.decision(number)
    require(uow, Duty.PREPARE, decision.ledger)
    if decision.progress.ended:
        raise DecisionError(f"卷宗 {number} 已经{decision.state}", "归了档、终止了的卷宗不再改动。")
    text = check_text(text, what, NAME_LIMIT)
    if not text:
        raise DecisionError(f"没有写{what}", f"请写上{what}。")
    return decision, text
