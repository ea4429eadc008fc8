"""Lists of a merger: creditors to be told, open matters, shares as they became, old numbers and new, one village's part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from village_ledger.reports.merger.merger_words import MergerPaper
from village_ledger.reports.table import Check, Column, Kind, Role, Row, Table
from village_ledger.storage.merger.records import Creditor, OpenMatter, StoredCode, StoredShare

CREDITOR_COLUMNS = (
    Column("number", "序号", Kind.COUNT, 14),
    Column("village", "原村", Kind.TEXT, 24),
    Column("party", "债权人", Kind.TEXT, 62),
    Column("account", "科目", Kind.CODE, 20),
    Column("amount", "金额", Kind.MONEY, 32),
    Column("due", "通知期限", Kind.DATE, 26),
    Column("told", "通知日期", Kind.DATE, 26),
    Column("answer", "答复（清偿、担保）", Kind.TEXT, 62),
)
MATTER_COLUMNS = (
    Column("number", "序号", Kind.COUNT, 14),
    Column("village", "原村", Kind.TEXT, 24),
    Column("kind", "类别", Kind.TEXT, 26),
    Column("subject", "事项", Kind.TEXT, 56),
    Column("text", "怎么办", Kind.TEXT, 96),
    Column("settled", "办结日期", Kind.DATE, 26),
    Column("note", "办理情况", Kind.TEXT, 40),
)
SHARE_COLUMNS = (
    Column("village", "原村", Kind.TEXT, 24),
    Column("holder", "原账户", Kind.TEXT, 40),
    Column("now", "现账户", Kind.TEXT, 40),
    Column("old_class", "原类别", Kind.TEXT, 28),
    Column("old", "原份额", Kind.SHARES, 30),
    Column("new_class", "现类别", Kind.TEXT, 36),
    Column("new", "现份额", Kind.SHARES, 30),
    Column("note", "备注", Kind.TEXT, 30),
)
CODE_COLUMNS = (
    Column("village", "原村", Kind.TEXT, 26),
    Column("kind", "类别", Kind.TEXT, 26),
    Column("ledger", "原账", Kind.TEXT, 26),
    Column("old", "原编号或名称", Kind.TEXT, 60),
    Column("new", "现编号或名称", Kind.TEXT, 66),
    Column("name", "说明", Kind.TEXT, 50),
)
KINDS = {
    "account": "科目",
    "party": "往来单位",
    "project": "项目",
    "household": "户编号",
    "group": "村民小组",
    "class": "股份类别",
    "certificate": "股权证",
    "card": "资产、地块",
    "contract": "合同",
    "bank": "银行账户",
    "ledger": "账套",
    "resolution": "决议",
}
_LEDGERS = {"collective": "集体", "committee": "村委会"}


def creditor_notices(paper: MergerPaper, creditors: Sequence[Creditor], today: date) -> Table:
    """Everybody who must be told, who was told when, and what they answered."""
    late = [x for x in creditors if x.told_on is None and x.due_on is not None and x.due_on < today]
    rows = [
        Row(
            Role.DETAIL,
            (
                one.id,
                paper.stored.village(one.source),
                one.party,
                one.account,
                one.amount,
                one.due_on,
                one.told_on,
                one.answer,
            ),
        )
        for one in creditors
    ]
    total = sum(one.amount for one in creditors)
    rows.append(Row(Role.TOTAL, (None, "", f"合计（{len(creditors)} 户次）", "", total, None, None, "")))
    approved = paper.stored.approved_on
    return Table(
        report="creditor-notices",
        title="债权人通知清单",
        columns=CREDITOR_COLUMNS,
        rows=tuple(rows),
        heading=(*paper.heading, f"批准日期：{approved or '还没有登记'}", "单位：元"),
        checks=(
            Check("M4", not late, "批准后十日内通知债权人", f"过期没有通知的 {len(late)} 户" if late else ""),
        ),
        notes=(
            "合并各方的债权债务由合并后的组织承继；债权人可以要求清偿或者提供担保（《农村集体经济组织法》第23条）。",
            "成员的分红等往来不列在这里，由新的账簿照旧支付。",
        ),
        warnings=() if approved else ("还没有登记县级批准的日期，通知期限空着。",),
        signatures=(("经办", ""), ("监事", ""), ("理事长", "")),
        **paper.head(),
    )


def merger_matters(paper: MergerPaper, matters: Sequence[OpenMatter]) -> Table:
    """What the merger left open and how far it has come."""
    left = sum(one.settled_on is None for one in matters)
    rows = tuple(
        Row(
            Role.DETAIL,
            (
                one.id,
                "" if one.source is None else paper.stored.village(one.source),
                one.kind,
                one.subject,
                one.text,
                one.settled_on,
                one.follows[-1].note if one.follows else "",
            ),
        )
        for one in matters
    )
    return Table(
        report="merger-matters",
        title="合并未决事项清单",
        columns=MATTER_COLUMNS,
        rows=rows,
        heading=(*paper.heading, f"共 {len(matters)} 件，还有 {left} 件没有办结"),
        signatures=(("经办", ""), ("监事", ""), ("理事长", "")),
        **paper.head(),
    )


def merger_shares(
    paper: MergerPaper,
    shares: Sequence[StoredShare],
    texts: dict[int | None, str],
    checks: Iterable[Check],
) -> Table:
    """What every holder had and has, by village."""
    rows: list[Row] = []
    for source in paper.stored.sources:
        mine = [one for one in shares if one.source == source.number]
        if not mine:
            continue
        rows.append(Row(Role.SECTION, (source.village, f"{len(mine)} 个账户", *("",) * 6)))
        rows += [
            Row(
                Role.DETAIL,
                (
                    source.village,
                    one.old_holder,
                    texts.get(one.person_id, ""),
                    one.old_class,
                    one.old_shares if one.old_class else "",
                    one.new_class,
                    one.new_shares,
                    one.note,
                ),
                level=2,
            )
            for one in mine
        ]
    return Table(
        report="merger-shares",
        title="份额折换清单",
        columns=SHARE_COLUMNS,
        rows=tuple(rows),
        heading=paper.heading,
        checks=tuple(checks),
        signatures=(("制表", ""), ("监事", ""), ("理事长", "")),
        **paper.head(),
    )


def merger_codes(paper: MergerPaper, codes: Sequence[StoredCode]) -> Table:
    """Old numbers and names with the new ones."""
    rows = tuple(
        Row(
            Role.DETAIL,
            (
                paper.stored.village(one.source),
                KINDS.get(one.kind, one.kind),
                _LEDGERS.get(one.ledger, one.ledger),
                one.old,
                one.new,
                one.name,
            ),
        )
        for one in codes
    )
    return Table(
        report="merger-codes",
        title="新旧编号对照表",
        columns=CODE_COLUMNS,
        rows=rows,
        heading=(*paper.heading, "没有列的，编号和名称不变"),
        **paper.head(),
    )
