"""The sign-off sheet of a split (分账交接签字表): what was agreed, what each ledger begins with, who answers for it."""

from __future__ import annotations

from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.separation import Owner, SplitLine
from village_ledger.reports.separation.separation_list import SplitPaper, checks_of, words_of_day
from village_ledger.reports.table import Column, Kind, Role, Row, Table
from village_ledger.services.separation.separation import reminder

SIGNOFF_COLUMNS = (
    Column("item", "事项", Kind.TEXT, 90),
    Column("old", "旧账", Kind.MONEY, 34),
    Column("collective", "集体账", Kind.MONEY, 34),
    Column("committee", "村委会账", Kind.MONEY, 34),
)
COLLECTIVE_SIGNERS = ("理事长", "监事会主任（监事长）", "会计")
COMMITTEE_SIGNERS = ("村民委员会主任", "村务监督委员会主任", "会计（报账员）")


def separation_signoff(paper: SplitPaper) -> Table:
    """The figures both bodies sign: totals, the mirror line, and every line that had to be agreed upon."""
    proof = paper.proof
    ours, theirs = proof.side(LedgerKind.COLLECTIVE), proof.side(LedgerKind.COMMITTEE)
    mirror = abs(proof.mirror) or None
    agreed = [one for one in paper.lines if one.is_split or one.guess is Owner.UNDECIDED]
    rows = [
        Row(Role.SECTION, ("一、年末余额和两本账的期初", None, None, None)),
        Row(Role.DETAIL, ("借方合计", proof.old.debit, ours.debit, theirs.debit)),
        Row(Role.DETAIL, ("贷方合计", proof.old.credit, ours.credit, theirs.credit)),
        Row(Role.DETAIL, ("其中：新增的两账往来（一借一贷，合计为零）", None, mirror, mirror)),
        Row(Role.DETAIL, (_counts(paper), None, None, None)),
    ]
    if agreed:
        rows.append(Row(Role.SECTION, ("二、议定和拆开的余额", None, None, None)))
        rows += [_agreed_row(one) for one in agreed]
    return Table(
        report="separation-signoff",
        title="分账交接签字表",
        village=paper.village,
        ledger="",
        entity=f"{paper.parties.collective}、{paper.parties.committee}",
        columns=SIGNOFF_COLUMNS,
        rows=tuple(rows),
        heading=(
            f"旧账：{paper.source}，{words_of_day(paper.cutoff)}余额",
            f"自{words_of_day(paper.start)}起分设集体经济组织账和村民委员会账",
            "单位：元",
        ),
        checks=checks_of(paper),
        notes=tuple(
            text
            for text in (
                "公示清单已经张贴，期间提出的意见已经处理。旧账簿封存归档，以后不再记账。",
                "银行存款余额、库存现金盘点和资产盘点已经核对，盘点表附后。",
                reminder(proof),
            )
            if text
        ),
        warnings=()
        if proof.decided == proof.lines
        else (f"还有 {proof.lines - proof.decided} 行待定，议定以前不能签字。",),
        watermark=paper.watermark,
        signatures=(
            *((f"集体经济组织{place}", "") for place in COLLECTIVE_SIGNERS),
            *((place, "") for place in COMMITTEE_SIGNERS),
            ("监交人（乡镇）", ""),
            ("交接日期", ""),
        ),
        seals=("集体经济组织\n公章", "村民委员会\n公章"),
    )


def _counts(paper: SplitPaper) -> str:
    """How many lines went where, in words."""
    counts = dict.fromkeys(Owner, 0)
    split = 0
    for one in paper.lines:
        if one.is_split:
            split += 1
        else:
            counts[one.parts[0].owner] += 1
    parts = [f"{owner.value} {count} 行" for owner, count in counts.items() if count]
    return f"共 {len(paper.lines)} 行：{'，'.join(parts)}，拆开 {split} 行"


def _agreed_row(one: SplitLine) -> Row:
    reasons = "；".join(dict.fromkeys(part.reason for part in one.parts if part.reason))
    words = f"第{one.line.row}行 {one.line.words}（{one.line.side}）归{one.owner_words}" + (
        f"：{reasons}" if reasons else ""
    )
    return Row(
        Role.DETAIL,
        (
            words,
            one.line.amount,
            one.given_to(LedgerKind.COLLECTIVE) or None,
            one.given_to(LedgerKind.COMMITTEE) or None,
        ),
    )
