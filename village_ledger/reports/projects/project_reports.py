"""项目登记簿 and 工程决算（资金）表 as tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from village_ledger.domain.money import format_fen
from village_ledger.domain.project import ProjectStep
from village_ledger.reports.issuer import Issuer
from village_ledger.reports.table import Check, Column, Kind, Link, Role, Row, Table
from village_ledger.services.projects.project_status import ProjectStatus

REGISTER = (
    Column("name", "项目", Kind.TEXT, 44),
    Column("kind", "类别", Kind.TEXT, 18),
    Column("stage", "进度", Kind.TEXT, 22),
    Column("builder", "施工方", Kind.TEXT, 36),
    Column("budget", "预算", Kind.MONEY, 26),
    Column("contract", "合同和变更", Kind.MONEY, 26),
    Column("final", "决算", Kind.MONEY, 26),
    Column("paid", "已付", Kind.MONEY, 26),
    Column("received", "专款已收", Kind.MONEY, 26),
    Column("left", "专款还剩", Kind.MONEY, 26),
    Column("faults", "要看的", Kind.TEXT, 50),
)
ACCOUNT = (
    Column("item", "项目", Kind.TEXT, 52),
    Column("note", "说明", Kind.TEXT, 90),
    Column("date", "日期", Kind.DATE, 22),
    Column("amount", "金额", Kind.MONEY, 30),
)


def register_table(
    issuer: Issuer, found: Sequence[ProjectStatus], kinds: Mapping[str, str], day: date
) -> Table:
    """A row per project."""
    rows = [
        Row(
            Role.DETAIL,
            (
                one.project.name,
                kinds[one.project.card.kind],
                one.project.stage,
                one.project.contract.party if one.project.contract else "",
                one.budget,
                one.project.agreed,
                one.project.final.amount if one.project.final else None,
                one.paid,
                one.fund.received,
                one.fund.left if one.fund.received or one.documents else None,
                "；".join(one.faults()),
            ),
        )
        for one in found
    ]
    sums = (
        sum(one.budget for one in found),
        sum(one.project.agreed for one in found),
        sum(one.project.final.amount for one in found if one.project.final),
        sum(one.paid for one in found),
        sum(one.fund.received for one in found),
        sum(one.fund.left for one in found if one.fund.received or one.documents),
    )
    rows.append(Row(Role.TOTAL, ("合计", "", "", "", *sums, "")))
    return Table(
        report="projects",
        title="项目登记簿",
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=REGISTER,
        rows=tuple(rows),
        heading=(f"截至 {day}", f"共 {len(found)} 个", "单位：元"),
        watermark=issuer.watermark,
    )


def account_table(
    issuer: Issuer, status: ProjectStatus, kinds: Mapping[str, str], ways: Mapping[str, str]
) -> Table:
    """Where a project's money came from, what was agreed, what was paid, what is left; the checks beside it."""
    project = status.project
    rows = [
        *_came(status),
        *_agreed(status, ways),
        *_paid(status),
        *_result(status),
    ]
    card = project.card
    return Table(
        report="project-account",
        title="工程决算表" if project.final else "项目资金表",
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=ACCOUNT,
        rows=tuple(rows),
        subtitle=project.name,
        heading=tuple(
            filter(None, (kinds[card.kind], card.place, f"进度：{project.stage}", card.decision, "单位：元"))
        ),
        checks=_checks(status),
        notes=(f"建设内容：{card.content}。",),
        watermark=issuer.watermark,
        full_dates=True,
        signatures=(("项目负责人", card.keeper), ("会计", ""), ("监督", ""), ("理事长（主任）", "")),
    )


def _section(name: str) -> Row:
    return Row(Role.SECTION, (name, "", None, None))


def _came(status: ProjectStatus) -> list[Row]:
    rows = [_section("一、资金来源")]
    rows += [
        Row(
            Role.DETAIL,
            (
                f"{d.number}",
                d.purpose or "拨款文件",
                d.granted_on and date.fromisoformat(d.granted_on),
                d.amount,
            ),
        )
        for d in status.documents
    ]
    rows.append(Row(Role.SUBTOTAL, ("专款（筹资）已收", "凭证按项目核算", None, status.fund.received)))
    own = max(status.paid - status.fund.received, 0)
    if own:
        rows.append(Row(Role.DETAIL, ("集体自筹垫付", "已付超过已收专款的部分", None, own)))
    return rows


def _agreed(status: ProjectStatus, ways: Mapping[str, str]) -> list[Row]:
    project, rows = status.project, [_section("二、预算、发包和合同")]
    budget = project.last(ProjectStep.BUDGET)
    if budget is not None and project.budget is not None:
        rows += [
            Row(Role.DETAIL, (what, "预算", budget.day, amount)) for what, amount in project.budget.lines
        ]
        rows.append(Row(Role.SUBTOTAL, ("预算合计", project.budget.basis, None, project.budget.total)))
    tender, entry = project.tender, project.last(ProjectStep.TENDER)
    if tender is not None and entry is not None:
        note = f"{ways[tender.way]}，{len(tender.bids)} 家报价" + (
            f"，控制价 {format_fen(tender.ceiling)}" if tender.ceiling else ""
        )
        rows.append(Row(Role.DETAIL, (f"中标：{tender.winner}", note, entry.day, tender.price)))
    contract, signed = project.contract, project.last(ProjectStep.CONTRACT)
    if contract is not None and signed is not None:
        note = f"{contract.party}" + (
            f"，质保金 {format_fen(contract.warranty)}" if contract.warranty else ""
        )
        rows.append(Row(Role.DETAIL, (f"合同 {contract.number}", note, signed.day, contract.amount)))
    changes = [e for e in project.entries if e.step is ProjectStep.CHANGE]
    rows += [
        Row(Role.DETAIL, ("变更", "，".join(filter(None, (c.reason, c.decision))), e.day, c.amount))
        for e, c in zip(changes, project.changes, strict=True)
    ]
    rows.append(Row(Role.SUBTOTAL, ("合同和变更合计", "", None, project.agreed)))
    for e in project.entries:
        if e.step is ProjectStep.ACCEPTANCE and project.acceptance is not None:
            people = "、".join(project.acceptance.people)
            rows.append(Row(Role.DETAIL, ("验收合格", people, project.accepted_on, None)))
            break
    return rows


def _paid(status: ProjectStatus) -> list[Row]:
    rows = [_section("三、付款（凭证）")]
    rows += [
        Row(
            Role.DETAIL,
            (
                str(one.ref),
                "，".join(filter(None, (one.summary, "、".join(sorted(one.payees))))),
                one.day,
                one.amount,
            ),
            1,
            Link("voucher", str(one.voucher_id), status.project.ledger),
        )
        for one in status.payments
    ]
    rows.append(
        Row(Role.SUBTOTAL, ("已付合计", f"其中施工方 {format_fen(status.paid_builder)}", None, status.paid))
    )
    return rows


def _result(status: ProjectStatus) -> list[Row]:
    final = status.project.final
    entry = status.project.last(ProjectStep.FINAL)
    rows = [_section("四、结果")]
    if final is not None and entry is not None:
        rows.append(
            Row(Role.DETAIL, ("决算价", final.audit and f"审计报告 {final.audit}", entry.day, final.amount))
        )
        rows.append(Row(Role.DETAIL, ("质保金未退", "", None, status.warranty)))
    rows.append(Row(Role.DETAIL, ("施工方应付未付", "决算价（没有决算的按合同）减已付", None, status.owed)))
    rows.append(Row(Role.DETAIL, ("在建工程余额", "完工后转固定资产", None, status.building)))
    rows += [Row(Role.DETAIL, (f"{code} 余额", name, None, left)) for code, name, left in status.funds]
    rows.append(Row(Role.TOTAL, ("专款还剩", "已收减已用", None, status.fund.left)))
    return rows


def _checks(status: ProjectStatus) -> tuple[Check, ...]:
    faults = status.faults()
    if not faults:
        return (Check("K40", ok=True, text="付款不超预算和合同，专款没有超支"),)
    return tuple(Check("K40", ok=False, text=fault) for fault in faults)
