"""The register of decisions, and one decision's file (卷宗) as it is kept in the cabinet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from village_ledger.domain.decision import Entry, Progress, Stage, Step
from village_ledger.domain.panel import PLACES
from village_ledger.domain.voting import Vote, VoteRule, shortfalls
from village_ledger.reports.issuer import Issuer
from village_ledger.reports.table import Check, Column, Kind, Role, Row, Table
from village_ledger.services.decisions.decision_files import RESTS
from village_ledger.storage.decisions.records import Decision, Panel, Rest

REGISTER = (
    Column("number", "文号", Kind.CODE, 34),
    Column("matter", "类别", Kind.TEXT, 20),
    Column("subject", "事项", Kind.TEXT, 46),
    Column("amount", "金额", Kind.MONEY, 26),
    Column("body", "由谁决定", Kind.TEXT, 26),
    Column("proposed", "提议", Kind.DATE, 20),
    Column("resolved", "决议", Kind.DATE, 20),
    Column("vote", "赞成/实到/应到", Kind.CODE, 24),
    Column("signed", "六手印", Kind.CODE, 16),
    Column("state", "办到哪一步", Kind.TEXT, 20),
    Column("next", "下一步", Kind.TEXT, 22),
)
FILE = (
    Column("step", "步骤", Kind.TEXT, 24),
    Column("who", "谁办", Kind.TEXT, 38),
    Column("date", "日期", Kind.DATE, 22),
    Column("eligible", "应到", Kind.COUNT, 12),
    Column("present", "实到", Kind.COUNT, 12),
    Column("in_favour", "赞成", Kind.COUNT, 12),
    Column("against", "反对", Kind.COUNT, 12),
    Column("abstained", "弃权", Kind.COUNT, 12),
    Column("needs", "要多少", Kind.TEXT, 40),
    Column("notice", "公示、通知", Kind.TEXT, 40),
    Column("note", "地点、说明", Kind.TEXT, 44),
)


def decision_register(
    issuer: Issuer, every: Sequence[Decision], signed: Mapping[int, int], *, both: bool = False
) -> Table:
    """Every file, the oldest first: what, by whom, how far, how often signed; ``both``: of the whole village."""
    return Table(
        report="decision-register",
        title="四议两公开登记簿",
        village=issuer.village,
        ledger="" if both else issuer.ledger,
        entity=issuer.village if both else issuer.entity,
        columns=REGISTER,
        rows=tuple(_line(one, signed.get(one.id)) for one in every),
        heading=(
            f"共 {len(every)} 件",
            f"在办 {sum(not one.progress.ended for one in every)} 件",
            "单位：元",
        ),
        watermark=issuer.watermark,
        full_dates=True,
    )


def _line(decision: Decision, signed: int | None) -> Row:
    progress = decision.progress
    proposed, resolved = progress.entry(Step.PROPOSED), progress.entry(Step.RESOLVED)
    vote = resolved.vote if resolved else None
    following = progress.next_step
    return Row(
        Role.DETAIL,
        (
            decision.number,
            progress.matter.name,
            decision.subject,
            decision.amount or None,
            progress.body.name if progress.body else "两委",
            proposed.day if proposed else None,
            resolved.day if resolved else None,
            f"{vote.in_favour}/{vote.present}/{vote.eligible}" if vote else "",
            "" if signed is None else f"{signed}/{PLACES * len(Stage)}",
            decision.state,
            following.words if following else "",
        ),
    )


def decision_file(
    issuer: Issuer, decision: Decision, panel: Panel | None, resting: Sequence[Rest] = ()
) -> Table:
    """One file: every step with its day, votes, what they had to reach, notices; who sits on the panel; what rests on it."""
    progress = decision.progress
    rows = [_step_row(progress, step) for step in progress.steps]
    dropped = progress.entry(Step.DROPPED)
    if dropped is not None:
        rows.append(_step_row(progress, Step.DROPPED))
    money = ("金额 " + _yuan(decision.amount),) if decision.amount else ()
    decides = progress.body.name if progress.body else "两委"
    return Table(
        report="decision",
        title="决策卷宗",
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=FILE,
        rows=tuple(rows),
        subtitle=f"{decision.number}  {decision.subject}",
        heading=(
            progress.matter.name,
            *money,
            f"由{decides}决定",
            f"依《{progress.law.words}》{progress.law.articles}",
        ),
        checks=tuple(_checks(progress)),
        notes=tuple(_notes(decision, panel, resting)),
        watermark=issuer.watermark,
        signatures=(
            ("村党组织书记", ""),
            ("主任（理事长）", ""),
            ("村务监督", ""),
            ("经办", ""),
            ("归档日期", ""),
        ),
        full_dates=True,
    )


def _yuan(fen: int) -> str:
    from village_ledger.domain.money import format_fen

    return f"{format_fen(fen)} 元"


def _step_row(progress: Progress, step: Step) -> Row:
    entry = progress.entry(step)
    rule, _ = progress.vote_rule(step, entry.day) if entry else (None, "")
    vote = entry.vote if entry else None
    counts = (
        (vote.eligible, vote.present, vote.in_favour, vote.against, vote.abstained)
        if vote is not None
        else (None, None, None, None, None)
    )
    decides = progress.body.name if step is Step.RESOLVED and progress.body else step.rule.who
    return Row(
        Role.DETAIL,
        (
            step.words,
            decides,
            entry.day if entry else None,
            *counts,
            _needs(rule, vote) if rule and vote else "",
            _notice(entry) if entry else "",
            "；".join(filter(None, (entry.place, entry.note, _resolution(entry)))) if entry else "",
        ),
    )


def _needs(rule: VoteRule, vote: Vote) -> str:
    present, favour = rule.least_present(vote.eligible), rule.least_in_favour(vote.eligible, vote.present)
    return f"到会 {present}，赞成 {favour}"


def _notice(entry: Entry) -> str:
    if entry.until is not None:
        return f"公示到 {entry.until}，{(entry.until - entry.day).days} 日"
    if entry.notice_from is not None:
        return f"{entry.notice_from} 通知，提前 {(entry.day - entry.notice_from).days} 日"
    return ""


def _resolution(entry: Entry) -> str:
    return f"决议 {entry.resolution}" if entry.resolution else ""


def _checks(progress: Progress) -> list[Check]:
    """Order, notices and votes, each as held against its rule."""
    days = [entry.day for entry in progress.entries]
    found = [Check("先后", days == sorted(days), "各步日期一步比一步晚")]
    for entry in progress.entries:
        rule, name = progress.vote_rule(entry.step, entry.day)
        if rule is None or entry.vote is None or entry.step is Step.DROPPED:
            continue
        short = shortfalls(rule, name, entry.vote)
        text = f"{entry.step.rule.short}：到会达到{rule.quorum_words}，赞成达到{rule.majority_words}"
        found.append(Check("表决", not short, text, "".join(short)))
    resolved = progress.entry(Step.RESOLVED)
    if resolved is not None and resolved.notice_from is not None and progress.body is not None:
        least = progress.body.notice_days
        days_before = (resolved.day - resolved.notice_from).days
        found.append(
            Check("通知", days_before >= least, f"提前 {least} 日通知开会", f"提前 {days_before} 日")
        )
    for entry in progress.entries:
        if entry.until is not None:
            least, up = entry.step.rule.notice_days, (entry.until - entry.day).days
            found.append(Check("公示", up >= least, f"{entry.step.words}满 {least} 日", f"{up} 日"))
    return found


def _notes(decision: Decision, panel: Panel | None, resting: Sequence[Rest]) -> list[str]:
    found: list[str] = []
    if decision.interests:
        people = "、".join(f"{one.name}（{one.reason}）" for one in decision.interests)
        found.append(f"利害关系人：{people}。")
    if resting:
        found.append("据此办理：" + "、".join(f"{RESTS[one.kind]} {one.ref}" for one in resting) + "。")
    if panel is not None:
        people = "、".join(f"{seat.name}（{seat.role}）" for _, seat in sorted(panel.seats.items()))
        signed = "，".join(f"{stage.words} {panel.signed(stage)}/{PLACES}" for stage in Stage)
        found.append(
            f"六手印记：{people}；签字：{signed}。种子 {panel.seed}，名单摘要 {panel.list.digest[:16]}…"
        )
    found.append(
        f"开卷：{decision.opened_by}，{decision.opened_at[:10]}。依据：{decision.progress.matter.source}。"
    )
    return found
