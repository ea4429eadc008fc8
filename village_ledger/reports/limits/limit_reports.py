"""审批限额表, 小微权力清单, 手续不全, 付款审批登记簿 and 付款审批单 as tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from village_ledger.domain.capital import capital
from village_ledger.domain.limit import ApprovalRule, RuleSet, Vocabulary
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Span
from village_ledger.domain.voucher import STATE_NAMES, StoredVoucher
from village_ledger.reports.issuer import Issuer
from village_ledger.reports.table import Column, Kind, Link, Role, Row, Table
from village_ledger.services.limits.payments import Standing
from village_ledger.services.limits.small_powers import PowerList
from village_ledger.storage.limits.queries import IncompletePayment, Waived

FORM = "payment-approval"
SIGN = 2
"""Level of the rows of a form that are places to sign."""


def limits_table(issuer: Issuer, rules: RuleSet | None, words: Vocabulary, day: date, works: str) -> Table:
    """The rules in force on a day, a row per band."""
    rows: list[Row] = []
    for kind in rules.kinds() if rules else ():
        rows.append(Row(Role.SECTION, (words.kinds[kind], None, None, "", "", "", "")))
        rows += [_band_row(band, words, issuer.kind.value) for band in (rules.of_kind(kind) if rules else ())]
    notes = ["钱已经付出、手续还不全的，记暂付，补齐后转入支出；同一收款人、同一用途拆开付的要说明原因。"]
    if works:
        notes.append(f"{works}。")
    if rules:
        notes.append(f"出处：{rules.source or '本村自定'}；采用依据：{rules.reason}。")
    return Table(
        report="approval-limits",
        title="审批限额表",
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=(
            Column("band", "金额（元）", Kind.TEXT, 52),
            Column("from", "从", Kind.MONEY, 24, optional=True),
            Column("to", "到", Kind.MONEY, 24, optional=True),
            Column("signers", "签字人", Kind.TEXT, 74),
            Column("meetings", "会议", Kind.TEXT, 36),
            Column("stage", "决策要到", Kind.TEXT, 34),
            Column("papers", "附件", Kind.TEXT, 40),
        ),
        rows=tuple(rows),
        heading=(rule_words(rules), f"截至 {day}", *([f"从 {rules.valid_from} 起"] if rules else [])),
        notes=tuple(notes),
        watermark=issuer.watermark,
        seals=(issuer.entity,),
    )


def _band_row(band: ApprovalRule, words: Vocabulary, ledger_kind: str) -> Row:
    signers = "、".join(words.signers[s].name(ledger_kind) for s in band.signers)
    papers = "、".join(words.papers[p] for p in band.papers)
    stage = words.stages[band.stage] if band.stage else ""
    return Row(
        Role.DETAIL, (band.words, band.first, band.last, signers, "、".join(band.meetings), stage, papers)
    )


def rule_words(rules: RuleSet | None) -> str:
    """审批规则: name and version, as every print says it."""
    return f"审批规则：{rules.title}" if rules else "没有采用审批规则"


def powers_table(issuer: Issuer, powers: PowerList) -> Table:
    """The list for the wall, a row per power under its group."""
    rows: list[Row] = []
    group = ""
    for number, one in enumerate(powers.powers, 1):
        if one.group != group:
            group = one.group
            rows.append(Row(Role.SECTION, (None, group, "", "", "", "", "")))
        steps = " → ".join(one.steps)
        rows.append(
            Row(Role.DETAIL, (number, one.name, one.basis, steps, one.who, one.days, "、".join(one.forms)))
        )
    return Table(
        report="small-powers",
        title=powers.title,
        village=issuer.village,
        ledger="",
        entity=issuer.village,
        columns=(
            Column("number", "序号", Kind.COUNT, 12),
            Column("name", "权力事项", Kind.TEXT, 40),
            Column("basis", "依据", Kind.TEXT, 56),
            Column("steps", "办理步骤", Kind.TEXT, 70),
            Column("who", "责任人", Kind.TEXT, 34),
            Column("days", "时限", Kind.TEXT, 34),
            Column("forms", "用表、材料", Kind.TEXT, 36),
        ),
        rows=tuple(rows),
        heading=(
            f"共 {len(powers.powers)} 项",
            f"{powers.effective} 起的清单" + (f"，第 {powers.version} 版" if powers.version else ""),
        ),
        notes=tuple(filter(None, (powers.source and f"出处：{powers.source}。", powers.note))),
        watermark=issuer.watermark,
        seals=(issuer.village,),
    )


def incomplete_table(
    issuer: Issuer, payments: Sequence[IncompletePayment], day: date, warnings: Sequence[str] = ()
) -> Table:
    """Advances whose papers are missing on a day, the oldest first."""
    rows = [
        Row(
            Role.DETAIL,
            (
                one.day,
                str(one.ref),
                one.payee,
                one.what,
                one.amount,
                (day - one.day).days,
                one.missing,
            ),
            1,
            Link("voucher", str(one.voucher_id), one.ledger),
        )
        for one in payments
    ]
    total = sum(one.amount for one in payments)
    rows.append(Row(Role.TOTAL, (None, "", "合计", f"{len(payments)} 笔", total, None, "")))
    return Table(
        report="incomplete-papers",
        title="手续不全付款清单",
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=(
            Column("date", "付款日期", Kind.DATE, 24),
            Column("voucher", "凭证", Kind.CODE, 34),
            Column("payee", "收款人", Kind.TEXT, 40),
            Column("what", "用途", Kind.TEXT, 60),
            Column("amount", "金额", Kind.MONEY, 28),
            Column("days", "天数", Kind.COUNT, 14),
            Column("missing", "缺什么", Kind.TEXT, 80),
        ),
        rows=tuple(rows),
        heading=(f"截至 {day}", "单位：元"),
        notes=("这些钱已经付出，记在暂付里；手续补齐才转入支出。" if payments else "没有手续不全的付款。",),
        warnings=tuple(warnings),
        watermark=issuer.watermark,
        full_dates=True,
        signatures=(("会计", ""), ("负责人", ""), ("监督", "")),
    )


@dataclass(frozen=True, slots=True)
class Judged:
    """A payment beside what the rules asked of it."""

    stored: StoredVoucher
    standing: Standing
    waived: Sequence[Waived] = ()


def register_table(issuer: Issuer, judged: Sequence[Judged], words: Vocabulary, span: Span) -> Table:
    """Every payment under the limits in a span, with the version of the rules applied."""
    rows: list[Row] = []
    for one in judged:
        for demand in one.standing.demands:
            kept = one.standing.approval
            waived = "；".join(f"放行：{w.reason}" for w in one.waived)
            state = "；".join(filter(None, [*one.standing.missing, waived]))
            rows.append(
                Row(
                    Role.DETAIL,
                    (
                        one.stored.voucher.day,
                        str(one.stored.ref),
                        one.stored.voucher.lines[0].summary,
                        words.kinds[demand.kind],
                        demand.amount,
                        demand.rule.words,
                        demand.rules.title,
                        kept.approval.decision if kept else "",
                        STATE_NAMES[one.stored.state],
                        state or ("齐" if demand.rule.needs_record else "日常签批"),
                    ),
                    1,
                    Link("voucher", str(one.stored.id), one.stored.ledger),
                )
            )
    return Table(
        report="approval-register",
        title="付款审批登记簿",
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=(
            Column("date", "日期", Kind.DATE, 18),
            Column("voucher", "凭证", Kind.CODE, 32),
            Column("summary", "摘要", Kind.TEXT, 48),
            Column("kind", "支出类别", Kind.TEXT, 26),
            Column("amount", "金额", Kind.MONEY, 26),
            Column("band", "限额档", Kind.TEXT, 34),
            Column("rules", "审批规则", Kind.TEXT, 36),
            Column("decision", "决策编号", Kind.CODE, 30),
            Column("state", "状态", Kind.TEXT, 16),
            Column("missing", "手续", Kind.TEXT, 40),
        ),
        rows=tuple(rows),
        span=span,
        heading=(f"共 {len(rows)} 笔", "单位：元"),
        watermark=issuer.watermark,
    )


def form_table(issuer: Issuer, judged: Judged, words: Vocabulary) -> Table:
    """付款审批单 of one payment: what it is, what it needs, a place for everybody who signs."""
    stored, standing = judged.stored, judged.standing
    voucher, kept = stored.voucher, standing.approval
    shown = kept.approval if kept else None
    payees = "、".join(dict.fromkeys(line.counterparty for line in voucher.lines if line.counterparty))
    demands = standing.demands
    amount = sum(d.amount for d in demands) or voucher.amount
    papers = list(dict.fromkeys(p for d in demands for p in d.rule.papers))
    facts = [
        ("用途", "；".join(dict.fromkeys(line.summary for line in voucher.lines if line.debit))),
        ("收款人", payees or "　"),
        ("金额", f"{format_fen(amount)} 元　大写：{capital(amount, negative='')}"),
        (
            "支出类别",
            "；".join(f"{words.kinds[d.kind]} {format_fen(d.amount)}（{d.rule.words}）" for d in demands),
        ),
        ("经手人", voucher.handler or (shown.signers.get("handler", "") if shown else "") or "　"),
        ("会议、决策", _decision_words(judged, words)),
        (
            "附件",
            "、".join(f"{words.papers[p]} {shown.papers.get(p, 0) if shown else 0} 张" for p in papers)
            or f"附单据 {voucher.attachments} 张",
        ),
        ("手续", "；".join(standing.missing) or ("齐" if standing.needs_record else "按日常签批")),
    ]
    places = list(dict.fromkeys(s for d in demands for s in d.rule.signers)) or [
        "handler",
        "head",
        "rechecker",
    ]
    rows = [Row(Role.DETAIL, (item, content, "", "", "")) for item, content in facts]
    rows += [
        Row(
            Role.DETAIL,
            (words.signers[s].name(issuer.kind.value), shown.signers.get(s, "") if shown else "", "", "", ""),
            SIGN,
        )
        for s in places
    ]
    return Table(
        report=FORM,
        title="付款审批单",
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=(
            Column("item", "项目", Kind.TEXT, 34),
            Column("content", "内容", Kind.TEXT, 110),
            Column("opinion", "意见", Kind.TEXT, 40),
            Column("sign", "签名", Kind.TEXT, 40),
            Column("date", "日期", Kind.TEXT, 30),
        ),
        rows=tuple(rows),
        heading=(f"凭证 {stored.ref}", f"{voucher.day}", "单位：元"),
        notes=(rule_words(demands[0].rules if demands else None),),
        watermark=issuer.watermark,
    )


def _decision_words(judged: Judged, words: Vocabulary) -> str:
    demands, kept = judged.standing.demands, judged.standing.approval
    meetings = [m for d in demands for m in d.rule.meetings]
    stages = [f"决策到“{words.stages[d.rule.stage]}”" for d in demands if d.rule.stage]
    number = kept.approval.decision if kept else ""
    return (
        "；".join(dict.fromkeys(filter(None, [*meetings, *stages, number and f"编号 {number}"]))) or "不要求"
    )
