"""The list for publication after a split (分账公示清单): every old balance and whose it became, proven line by line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from village_ledger.domain.chart import Chart, LedgerKind
from village_ledger.domain.money import format_fen
from village_ledger.domain.separation import Proof, SplitLine, prove
from village_ledger.domain.separation_openings import OpeningEntry, Parties, mirror_place, opening_entries
from village_ledger.domain.separation_rules import Mirror
from village_ledger.reports.issuer import DEMO
from village_ledger.reports.table import Check, Column, Kind, Role, Row, Table
from village_ledger.services.separation.separation import charts_for, reminder, rules_for
from village_ledger.storage.spec import BookSpec, CommitteeChart

LIST_COLUMNS = (
    Column("line", "行", Kind.COUNT, 9),
    Column("code", "旧科目", Kind.CODE, 16),
    Column("name", "旧账科目、往来或资产", Kind.TEXT, 58),
    Column("side", "方向", Kind.SIDE, 9),
    Column("old", "旧账余额", Kind.MONEY, 26),
    Column("owner", "归谁", Kind.TEXT, 17),
    Column("collective", "集体账", Kind.MONEY, 26, group="分后期初"),
    Column("committee", "村委会账", Kind.MONEY, 24, group="分后期初"),
    Column("account", "记在", Kind.TEXT, 30, optional=True),
    Column("reason", "理由", Kind.TEXT, 45),
)
OPENING_COLUMNS = (
    Column("code", "科目编码", Kind.CODE, 20),
    Column("name", "科目", Kind.TEXT, 70),
    Column("counterparty", "往来单位或项目", Kind.TEXT, 70),
    Column("debit", "期初借方", Kind.MONEY, 40),
    Column("credit", "期初贷方", Kind.MONEY, 40),
)
_WALL_LEAVES_OUT = frozenset({"code", "account"})
_SHORT = {LedgerKind.COLLECTIVE: "集体账", LedgerKind.COMMITTEE: "村委会账"}


@dataclass(frozen=True, slots=True)
class SplitPaper:
    """What the papers of a split are written from; the same before it is made and ever after."""

    village: str
    parties: Parties
    preset: CommitteeChart
    source: str
    start: date
    lines: tuple[SplitLine, ...]
    proof: Proof
    mirror_accounts: Mirror
    decided_by: str = ""
    is_demo: bool = False

    @classmethod
    def of(cls, spec: BookSpec, source: str, lines: Sequence[SplitLine], decided_by: str = "") -> SplitPaper:
        """The papers of a split that is not made yet."""
        return cls(
            spec.village,
            Parties(spec.collective_entity, spec.committee_entity),
            spec.committee_chart,
            source,
            spec.start.first,
            tuple(lines),
            prove(lines),
            rules_for(spec.committee_chart).mirror,
            decided_by,
            spec.is_demo,
        )

    @property
    def cutoff(self) -> date:
        """The day the old balances are of."""
        return self.start - timedelta(days=1)

    @property
    def watermark(self) -> str:
        """演示 in a demonstration."""
        return DEMO if self.is_demo else ""

    def entries(self, ledger: LedgerKind) -> list[OpeningEntry]:
        """One opening document."""
        return opening_entries(self.lines, ledger, self.proof.mirror, self.mirror_accounts, self.parties)


def separation_list(paper: SplitPaper) -> Table:
    """One row an old line, the mirror line last, both sides added up."""
    rows = [*(_line_row(one) for one in paper.lines), *_mirror_rows(paper), *_total_rows(paper.proof)]
    return Table(
        report="separation-list",
        title="分账公示清单",
        village=paper.village,
        ledger="",
        entity=f"{paper.parties.collective}、{paper.parties.committee}",
        columns=LIST_COLUMNS,
        rows=tuple(rows),
        heading=(
            f"旧账：{paper.source}",
            f"{words_of_day(paper.cutoff)}余额，自{words_of_day(paper.start)}起分两本账",
            "单位：元",
        ),
        checks=checks_of(paper),
        notes=tuple(
            text
            for text in (
                reminder(paper.proof),
                "对哪一笔归谁有不同意见，请在公示期内向集体经济组织监事会或村务监督委员会提出。",
                "公示时间：　　　年　　月　　日至　　　年　　月　　日　　　　　　监督电话：",
            )
            if text
        ),
        warnings=_warnings(paper),
        watermark=paper.watermark,
        signatures=(("集体经济组织监事会", ""), ("村务监督委员会", ""), ("会计", paper.decided_by)),
        zero="—",
    )


def for_wall(table: Table) -> Table:
    """The list as it hangs on the wall: without codes and accounts, which nobody there needs."""
    keep = [i for i, column in enumerate(table.columns) if column.key not in _WALL_LEAVES_OUT]
    return replace(
        table,
        columns=tuple(table.columns[i] for i in keep),
        rows=tuple(Row(row.role, tuple(row.cells[i] for i in keep), row.level) for row in table.rows),
    )


def separation_opening(paper: SplitPaper, ledger: LedgerKind) -> Table:
    """The opening balances one new ledger gets from the split."""
    chart = charts_for(paper.preset)[ledger]
    entries = sorted(paper.entries(ledger), key=lambda e: (e.place.account, e.place.detail, e.row))
    rows = [
        Row(
            Role.DETAIL,
            (
                e.place.account,
                "—".join(filter(None, (_path(chart, e.place.account), e.place.detail))),
                e.place.counterparty or e.place.project,
                e.debit,
                e.credit,
            ),
        )
        for e in entries
    ]
    debit, credit = sum(e.debit for e in entries), sum(e.credit for e in entries)
    rows.append(Row(Role.TOTAL, ("", "合计", "", debit, credit)))
    entity = paper.parties.collective if ledger is LedgerKind.COLLECTIVE else paper.parties.committee
    return Table(
        report="separation-opening",
        title=f"{_SHORT[ledger]}期初余额表",
        village=paper.village,
        ledger=ledger.value,
        entity=entity,
        columns=OPENING_COLUMNS,
        rows=tuple(rows),
        heading=(f"{words_of_day(paper.start)}期初，由分账而来", f"旧账：{paper.source}", "单位：元"),
        checks=(Check("分账1", ok=debit == credit, text=f"期初借贷都是 {format_fen(debit)}"),),
        warnings=_warnings(paper),
        watermark=paper.watermark,
        signatures=(("负责人", ""), ("监督", ""), ("会计", paper.decided_by)),
    )


def separation_openings(paper: SplitPaper) -> list[Table]:
    """Both opening tables."""
    return [separation_opening(paper, ledger) for ledger in LedgerKind]


def checks_of(paper: SplitPaper) -> tuple[Check, ...]:
    """What proves the split, each in a sentence."""
    proof = paper.proof
    ours, theirs = proof.side(LedgerKind.COLLECTIVE), proof.side(LedgerKind.COMMITTEE)
    exact = sum(one.is_decided and not one.gap for one in paper.lines)
    mirror = abs(proof.mirror)
    return (
        Check("分账1", ok=proof.old.is_even, text=f"旧账借贷都是 {format_fen(proof.old.debit)}"),
        Check("分账2", ok=ours.is_even, text=f"集体账期初借贷都是 {format_fen(ours.debit)}"),
        Check("分账3", ok=theirs.is_even, text=f"村委会账期初借贷都是 {format_fen(theirs.debit)}"),
        Check("分账4", ok=exact == proof.lines, text=f"{exact} 行逐行相加等于旧账（共 {proof.lines} 行）"),
        Check(
            "分账5",
            ok=ours.debit + theirs.debit - mirror == proof.old.debit,
            text=f"{format_fen(ours.debit)} + {format_fen(theirs.debit)} − 两账往来 {format_fen(mirror)} "
            f"= 旧账 {format_fen(proof.old.debit)}",
        ),
    )


def _line_row(one: SplitLine) -> Row:
    places = list(dict.fromkeys(_place_words(p.owner.ledger, p.account, p.detail) for p in one.parts))
    reasons = list(dict.fromkeys(p.reason for p in one.parts if p.reason))
    return Row(
        Role.DETAIL,
        (
            one.line.row,
            one.line.code,
            one.line.words,
            one.line.side,
            one.line.amount,
            one.owner_words,
            one.given_to(LedgerKind.COLLECTIVE),
            one.given_to(LedgerKind.COMMITTEE),
            "；".join(filter(None, places)),
            "；".join(reasons),
        ),
    )


def _mirror_rows(paper: SplitPaper) -> list[Row]:
    """What is new: one debt seen from both sides."""
    if not paper.proof.mirror:
        return []
    places = {
        kind: mirror_place(kind, paper.proof.mirror, paper.mirror_accounts, paper.parties)
        for kind in LedgerKind
    }
    words = "；".join(
        f"{_SHORT[kind]} {'借' if claim else '贷'} {place.account}" for kind, (place, claim) in places.items()
    )
    amount = abs(paper.proof.mirror)
    debtor = "集体欠村委会" if paper.proof.mirror > 0 else "村委会欠集体"
    return [
        Row(
            Role.SUBTOTAL,
            (
                None,
                "新增",
                f"两账往来（{debtor}）",
                "",
                None,
                "镜像",
                amount,
                amount,
                words,
                "一借一贷，合计为零；开户后转账结清",
            ),
        )
    ]


def _total_rows(proof: Proof) -> list[Row]:
    ours, theirs = proof.side(LedgerKind.COLLECTIVE), proof.side(LedgerKind.COMMITTEE)
    return [
        Row(Role.TOTAL, (None, "", f"{side}方合计", side, old, "", mine, other, "", ""))
        for side, old, mine, other in (
            ("借", proof.old.debit, ours.debit, theirs.debit),
            ("贷", proof.old.credit, ours.credit, theirs.credit),
        )
    ]


def _place_words(ledger: LedgerKind | None, account: str, detail: str) -> str:
    if ledger is None or not account:
        return ""
    return f"{_SHORT[ledger].removesuffix('账')} {account}{'—' if detail else ''}{detail}"


def _warnings(paper: SplitPaper) -> tuple[str, ...]:
    undecided = [one for one in paper.lines if not one.is_decided]
    if not undecided:
        return ()
    rows = "、".join(str(one.line.row) for one in undecided[:12])
    return (f"还有 {len(undecided)} 行待定（第 {rows} 行），议定以前只是讨论稿，不能签字。",)


def _path(chart: Chart, code: str) -> str:
    """Full name of an account; nothing while the account chosen does not exist."""
    return chart.path(code) if code in chart else ""


def words_of_day(day: date) -> str:
    """2024年12月31日."""
    return f"{day.year}年{day.month}月{day.day}日"
