"""What all villages come to, and of what: figure → villages → accounts of one → its ledger, and the same rules for all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.desk_state import DeskState, VillageState
from village_ledger.domain.review_check import Hit, RulePack, Severity
from village_ledger.domain.township import MONEY, Figure
from village_ledger.reports.review.desk import left_out
from village_ledger.reports.table import Column, Kind, Link, Role, Row, Table

LEDGERS = {LedgerKind.COLLECTIVE: "集体经济组织账", LedgerKind.COMMITTEE: "村民委员会账"}
_FIGURES = (
    Column("village", "村", Kind.TEXT, 30),
    Column("entity", "单位", Kind.TEXT, 56),
    Column("income", "收入", Kind.MONEY, 30),
    Column("expense", "支出", Kind.MONEY, 30),
    Column("cash", "现金", Kind.MONEY, 26),
    Column("bank", "存款", Kind.MONEY, 32),
    Column("owed_to", "别人欠的", Kind.MONEY, 30),
    Column("owed_by", "欠别人的", Kind.MONEY, 30),
    Column("file", "送审包", Kind.CODE, 60),
)
_COMPARED = (
    Column("village", "村", Kind.TEXT, 30),
    *(
        Column(f"{kind.value}_{figure.value}", figure.words, Kind.MONEY, 26, group)
        for kind, group in LEDGERS.items()
        for figure in Figure
    ),
    Column("grave", "错", Kind.COUNT, 12, "查出"),
    Column("plain", "疑", Kind.COUNT, 12, "查出"),
)
_PARTS = (
    Column("village", "村", Kind.TEXT, 26),
    Column("ledger", "账套", Kind.CODE, 22),
    Column("figure", "哪个数", Kind.CODE, 20),
    Column("account", "科目编码", Kind.CODE, 24),
    Column("name", "科目", Kind.TEXT, 60),
    Column("amount", "金额", Kind.MONEY, 30),
    Column("package", "送审包", Kind.CODE, 60),
    Column("report", "明细账", Kind.CODE, 30),
    Column("from", "起", Kind.CODE, 22),
    Column("to", "止", Kind.CODE, 22),
)
_ALL = (
    Column("name", "合计的数", Kind.TEXT, 100),
    Column("villages", "由几个村来", Kind.COUNT, 24),
    Column("amount", "金额", Kind.MONEY, 40),
)
_VILLAGES = (
    Column("village", "村", Kind.TEXT, 40),
    Column("entity", "单位", Kind.TEXT, 60),
    Column("last", "账到", Kind.SIDE, 24),
    Column("accounts", "几个科目", Kind.COUNT, 24),
    Column("amount", "金额", Kind.MONEY, 40),
)
_ACCOUNTS = (
    Column("code", "科目编码", Kind.CODE, 30),
    Column("name", "科目", Kind.TEXT, 80),
    Column("figure", "算在哪个数里", Kind.TEXT, 30),
    Column("amount", "金额", Kind.MONEY, 40),
)
_RULES = (
    Column("id", "编号", Kind.CODE, 14),
    Column("severity", "轻重", Kind.SIDE, 12),
    Column("name", "审什么", Kind.TEXT, 44),
    Column("villages", "几个村", Kind.COUNT, 16),
    Column("hits", "几处", Kind.COUNT, 16),
    Column("amount", "金额", Kind.MONEY, 32),
    Column("text", "规则", Kind.TEXT, 90),
    Column("source", "依据", Kind.TEXT, 60),
)
_RULE_VILLAGES = (
    Column("village", "村", Kind.TEXT, 30),
    Column("hits", "几处", Kind.COUNT, 14),
    Column("amount", "金额", Kind.MONEY, 30),
    Column("text", "第一处", Kind.TEXT, 130),
)


def figures_of(key: str) -> tuple[LedgerKind, tuple[Figure, ...]]:
    """The ledger and figures a key names: ``collective_income``, ``committee_money``."""
    kind, _, name = key.partition("_")
    return LedgerKind(kind), MONEY if name == "money" else (Figure(name),)


def words_of(key: str) -> str:
    """A figure in words: 集体经济组织账的收入."""
    kind, figures = figures_of(key)
    return f"{LEDGERS[kind]}的{'和'.join(figure.words for figure in figures)}"


def _table(report: str, title: str, columns: tuple[Column, ...], rows: Iterable[Row], **more: Any) -> Table:
    return Table(
        report=report,
        title=title,
        village="",
        ledger="",
        entity="",
        columns=columns,
        rows=tuple(rows),
        **more,
    )


def figures_table(state: DeskState) -> Table:
    """What each ledger of each village comes to, and all that can be trusted together; the newest package counts."""
    rows: list[Row] = []
    sums = [0] * len(Figure)
    for one in state.by_name:
        for total in one.newest.totals:
            if one.is_trusted:
                sums = [a + b for a, b in zip(sums, total.figures, strict=True)]
            cells = (one.village, total.entity, *total.figures, one.newest.file)
            rows.append(Row(Role.DETAIL, cells))
    rows.append(Row(Role.TOTAL, ("合计", f"{len(state.counted)} 个村", *sums, "")))
    notes = (
        *left_out(state),
        "同一个村送了几包的，只算最新的一包。每个数由哪些科目来，在“各数的来处”；再用那一行的送审包、账套、科目、起止做明细账，就到凭证。",
    )
    return _table("review-figures", "各村账目汇总", _FIGURES, rows, notes=notes)


def parts_table(state: DeskState) -> Table:
    """Every figure of every village by account, with what ``report PACKAGE account-ledger`` is to be asked."""
    rows = [
        Row(
            Role.DETAIL,
            (
                one.village,
                total.ledger,
                part.figure.value,
                part.account,
                part.name,
                part.amount,
                one.newest.file,
                "account-ledger",
                one.newest.known.first,
                one.newest.known.last,
            ),
        )
        for one in state.by_name
        for total in one.newest.totals
        for part in total.parts
    ]
    note = "现金、存款、欠款是止日的余额，收入、支出是这段日子的发生额（结转不算）。"
    return _table("review-parts", "各数的来处", _PARTS, rows, notes=(note,))


def comparison_table(state: DeskState, pack: RulePack | None = None) -> Table:
    """Villages side by side, both ledgers of each in one row; what cannot be trusted stands there but is not summed."""
    rows: list[Row] = []
    width = len(_COMPARED) - 1
    sums = [0] * width
    for one in state.by_name:
        figures = [one.amount(kind, (figure,)) for kind in LEDGERS for figure in Figure]
        figures += [one.newest.compared(weight) for weight in (Severity.GRAVE, Severity.PLAIN)]
        name = one.village
        if one.is_trusted:
            sums = [a + b for a, b in zip(sums, figures, strict=True)]
        else:
            name = f"{name}（验不过）"
        rows.append(Row(Role.DETAIL, (name, *figures), 1, Link("package", one.newest.known.digest)))
    rows.append(Row(Role.TOTAL, (f"合计 {len(state.counted)} 个村", *sums)))
    said = () if pack is None else (f"各村照同一个{pack.full_words}审查。", *_not_compared(pack))
    return _table("review-comparison", "各村比一比", _COMPARED, rows, notes=(*said, *left_out(state)))


def totals_table(state: DeskState) -> Table:
    """Every total there is; each leads to its villages."""
    rows: list[Row] = []
    for kind, title in LEDGERS.items():
        rows.append(Row(Role.SECTION, (title, None, None)))
        for key in (*(figure.value for figure in Figure), "money"):
            _, figures = figures_of(f"{kind.value}_{key}")
            some = [one for one in state.counted if one.parts(kind, figures)]
            amount = sum(one.amount(kind, figures) for one in some)
            words = "现金和存款" if key == "money" else Figure(key).words
            rows.append(
                Row(Role.DETAIL, (words, len(some), amount), 2, Link("figure", f"{kind.value}_{key}"))
            )
    return _table("review-totals", "合计的来处", _ALL, rows, notes=left_out(state))


def figure_table(state: DeskState, key: str) -> Table:
    """The villages a total is made of, the largest first."""
    kind, figures = figures_of(key)
    some = [one for one in state.counted if one.parts(kind, figures)]
    some.sort(key=lambda one: (-one.amount(kind, figures), one.village))
    rows = [
        Row(
            Role.DETAIL,
            (
                one.village,
                "、".join(total.entity for total in one.newest.totals if total.kind is kind),
                one.newest.known.last[:7],
                len(one.parts(kind, figures)),
                one.amount(kind, figures),
            ),
            1,
            Link("accounts", one.newest.known.digest),
        )
        for one in some
    ]
    total = sum(one.amount(kind, figures) for one in some)
    rows.append(Row(Role.TOTAL, (f"合计 {len(some)} 个村", "", "", None, total)))
    return _table("review-figure", f"{words_of(key)}：由哪些村来", _VILLAGES, rows, notes=left_out(state))


def accounts_table(one: VillageState, key: str) -> Table:
    """The accounts a village's figure is made of; each leads to its ledger in the package."""
    kind, figures = figures_of(key)
    parts = one.parts(kind, figures)
    rows = [
        Row(
            Role.DETAIL,
            (part.account, part.name, part.figure.words, part.amount),
            1,
            Link("account", part.account, ledger),
        )
        for ledger, part in parts
    ]
    rows.append(Row(Role.TOTAL, ("合计", "", "", sum(part.amount for _, part in parts))))
    note = f"第 {one.newest.known.number} 包 {one.newest.file}，{one.newest.known.first} 至 {one.newest.known.last}"
    return _table(
        "review-accounts", f"{one.village}：{words_of(key)}由哪些科目来", _ACCOUNTS, rows, notes=(note,)
    )


def village_table(one: VillageState) -> Table:
    """Every figure of a village's row in the comparison, with the accounts it is made of."""
    rows: list[Row] = []
    for kind, title in LEDGERS.items():
        for figure in Figure:
            parts = one.parts(kind, (figure,))
            if parts:
                words = f"{title}：{figure.words}"
                rows.append(Row(Role.SECTION, ("", words, "", sum(part.amount for _, part in parts))))
            rows += [
                Row(
                    Role.DETAIL,
                    (part.account, part.name, figure.words, part.amount),
                    2,
                    Link("account", part.account, ledger),
                )
                for ledger, part in parts
            ]
    note = f"第 {one.newest.known.number} 包 {one.newest.file}，{one.newest.known.first} 至 {one.newest.known.last}"
    return _table("review-accounts", f"{one.village}：每个数由哪些科目来", _ACCOUNTS, rows, notes=(note,))


def rules_table(state: DeskState, pack: RulePack) -> Table:
    """What each rule of the pack found over all villages that can be trusted, what was found first.

    Rules that ask by what each village adopted for itself stand apart: a strict village is not the worse one.
    """
    found: dict[str, list[tuple[VillageState, Hit]]] = {rule.id: [] for rule in pack.rules}
    for one in state.counted:
        for hit in one.newest.hits:
            found[hit.rule.id].append((one, hit))
    rows: list[Row] = []
    apart = False
    for rule in sorted(
        pack.rules, key=lambda rule: (rule.by_village, not found[rule.id], rule.severity.place, rule.id)
    ):
        hits = found[rule.id]
        if rule.by_village and not apart:
            apart = True
            rows.append(Row(Role.SECTION, ("", "", _OWN, None, None, None, "", "")))
        cells = (
            rule.id,
            rule.severity.words,
            rule.name,
            len({one.village for one, _ in hits}) or None,
            len(hits) or None,
            sum(hit.amount for _, hit in hits) or None,
            rule.text,
            rule.basis,
        )
        rows.append(Row(Role.DETAIL, cells, 1, Link("rule", rule.id) if hits else None))
    return _table(
        "review-rules",
        "照规则比一比",
        _RULES,
        rows,
        notes=(f"各村照同一个{pack.full_words}。", *left_out(state)),
    )


_OWN = "照各村自己采用的规定（宽严不一，不比）"


def _not_compared(pack: RulePack) -> tuple[str, ...]:
    """Which rules are left out of the comparison."""
    own = "、".join(f"{rule.id} {rule.name}" for rule in pack.rules if rule.by_village)
    return (f"{own}照各村自己采用的规定，宽严不一，不在比的里面。",) if own else ()


def rule_table(state: DeskState, pack: RulePack, number: str) -> Table:
    """The villages in which a rule found something."""
    rule = pack.rule(number)
    rows: list[Row] = []
    for one in state.counted:
        hits: Sequence[Hit] = [hit for hit in one.newest.hits if hit.rule.id == number]
        if hits:
            cells = (one.village, len(hits), sum(hit.amount for hit in hits) or None, hits[0].text)
            rows.append(Row(Role.DETAIL, cells, 1, Link("package", one.newest.known.digest)))
    name = number if rule is None else f"{number} {rule.name}"
    notes = () if rule is None else (f"规则：{rule.text}依据：{rule.basis}",)
    return _table("review-rule", f"{name}：在哪些村查到", _RULE_VILLAGES, rows, notes=notes)
