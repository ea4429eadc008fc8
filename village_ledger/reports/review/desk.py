"""The township's table over villages (乡镇审阅汇总): exceptions first, and what each village's ledgers come to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.review_check import Severity
from village_ledger.domain.township import (
    MISSING,
    SOUND,
    TO_CHECK,
    UNREAD,
    UNTRUSTED,
    Reviewed,
    newest_of,
)
from village_ledger.reports.table import Column, Kind, Link, Role, Row, Table

_VERDICTS = (UNTRUSTED, TO_CHECK, SOUND)
_COLUMNS = (
    Column("verdict", "结论", Kind.SIDE, 16),
    Column("village", "村", Kind.TEXT, 30),
    Column("number", "第几包", Kind.COUNT, 14),
    Column("first", "起", Kind.DATE, 22),
    Column("last", "止", Kind.DATE, 22),
    Column("closed", "结账", Kind.SIDE, 12),
    Column("faults", "对不上", Kind.COUNT, 14),
    Column("grave", "重要", Kind.COUNT, 12),
    Column("hits", "共查到", Kind.COUNT, 14),
    Column("fingerprint", "签名指纹", Kind.CODE, 74),
    Column("first_fault", "第一处对不上", Kind.TEXT, 90),
)
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
_DESK = (
    Column("mark", "", Kind.SIDE, 10),
    Column("verdict", "结论", Kind.CODE, 16),
    Column("village", "村", Kind.CODE, 30),
    Column("signature", "签名", Kind.CODE, 20),
    Column("sequence", "包的次序", Kind.CODE, 30),
    Column("found", "查到", Kind.TEXT, 80),
    Column("collective", "集体账现金和存款", Kind.MONEY, 34),
    Column("committee", "村委会账现金和存款", Kind.MONEY, 34),
    Column("last", "账到", Kind.CODE, 16),
    Column("open", "", Kind.SIDE, 12),
)
_COMPARED_FIGURES = (
    ("income", "收入"),
    ("expense", "支出"),
    ("cash", "现金"),
    ("bank", "存款"),
    ("owed_to", "别人欠的"),
    ("owed_by", "欠别人的"),
)
_COMPARED = (
    Column("village", "村", Kind.TEXT, 30),
    *(
        Column(f"{kind.value}_{key}", label, Kind.MONEY, 26, group)
        for kind, group in ((LedgerKind.COLLECTIVE, "集体经济组织账"), (LedgerKind.COMMITTEE, "村民委员会账"))
        for key, label in _COMPARED_FIGURES
    ),
)


def in_order(reviewed: Sequence[Reviewed]) -> list[Reviewed]:
    """Exceptions first, then by village and number."""
    return sorted(
        reviewed, key=lambda one: (_VERDICTS.index(one.verdict), one.known.village, one.known.number)
    )


def verdict_table(
    reviewed: Sequence[Reviewed], unread: Sequence[tuple[str, str]], missing: Sequence[str]
) -> Table:
    """Every village's package, those that do not hold first; then files that are none, then who has not sent."""
    rows = [_row(one) for one in in_order(reviewed)]
    blank = (None,) * (len(_COLUMNS) - 3)
    rows = [Row(Role.DETAIL, (UNREAD, file, *blank, why)) for file, why in unread] + rows
    rows += [Row(Role.DETAIL, (MISSING, village, *blank, "")) for village in missing]
    return Table(
        report="review-desk",
        title="送审包审阅汇总",
        village="",
        ledger="",
        entity="",
        columns=_COLUMNS,
        rows=tuple(rows),
        notes=("第一次收到一个村的送审包时，请把指纹和村里的核对；以后指纹不一样的，会排在最前面。",),
        full_dates=True,
        facts={"packages": len(reviewed), "unread": len(unread), "missing": len(missing)},
    )


def _row(one: Reviewed) -> Row:
    known = one.known
    return Row(
        Role.DETAIL,
        (
            one.verdict,
            known.village,
            known.number,
            date.fromisoformat(known.first),
            date.fromisoformat(known.last),
            "是" if one.closed else "否",
            len(one.findings) or None,
            one.grave or None,
            len(one.hits) or None,
            known.fingerprint,
            one.findings[0].sentence() if one.findings else "",
        ),
    )


def figures_table(reviewed: Sequence[Reviewed]) -> Table:
    """What each ledger of each village comes to, and all that can be trusted together; the newest package counts."""
    newest = newest_of(reviewed)
    rows: list[Row] = []
    sums = [0] * 6
    for one in newest:
        for total in one.totals:
            if one.verdict != UNTRUSTED:
                sums = [a + b for a, b in zip(sums, total.figures, strict=True)]
            rows.append(Row(Role.DETAIL, (one.known.village, total.entity, *total.figures, one.file)))
    counted = sum(one.verdict != UNTRUSTED for one in newest)
    rows.append(Row(Role.TOTAL, ("合计", f"{counted} 个村", *sums, "")))
    return Table(
        report="review-figures",
        title="各村账目汇总",
        village="",
        ledger="",
        entity="",
        columns=_FIGURES,
        rows=tuple(rows),
        notes=(*_left_out(newest), "同一个村送了几包的，只算最新的一包。每个数都能在那一包里查到凭证。"),
    )


def _left_out(newest: Sequence[Reviewed]) -> tuple[str, ...]:
    """Whose figures are not in the totals."""
    names = [one.known.village for one in newest if one.verdict == UNTRUSTED]
    return (f"不能信的不计入合计：{'、'.join(names)}。",) if names else ()


def desk_table(
    reviewed: Sequence[Reviewed], unread: Sequence[tuple[str, str]], missing: Sequence[str]
) -> Table:
    """The desk as it stands on screen: exceptions first, a village's package behind each row."""
    rows = [Row(Role.DETAIL, ("", UNREAD, file, "", "", why, None, None, "", "")) for file, why in unread]
    ordered = in_order(reviewed)
    untrusted = [one for one in ordered if one.verdict == UNTRUSTED]
    rows += [_desk_row(one) for one in untrusted]
    rows += [
        Row(Role.DETAIL, ("", MISSING, village, "", "", "没有收到送审包", None, None, "", ""))
        for village in missing
    ]
    rows += [_desk_row(one) for one in ordered[len(untrusted) :]]
    counted = [one for one in newest_of(reviewed) if one.verdict != UNTRUSTED]
    if counted:
        money = (sum(_money(one, kind) for one in counted) for kind in LedgerKind)
        said = "；".join(
            ("每村只算最新的一包", *(left.rstrip("。") for left in _left_out(newest_of(reviewed))))
        )
        rows.append(Row(Role.TOTAL, ("", "合计", f"{len(counted)} 个村", "", "", said, *money, "", "")))
    return Table(
        report="review-desk-screen",
        title="乡镇审阅台",
        village="",
        ledger="",
        entity="",
        columns=_DESK,
        rows=tuple(rows),
    )


def _desk_row(one: Reviewed) -> Row:
    found = found_words(one)
    if one.findings:
        fault = one.findings[0]
        found = f"{fault.record}：{fault.text}"
    money = (_money(one, kind) for kind in LedgerKind)
    cells = (
        "",
        one.verdict,
        one.known.village,
        one.signature_words,
        one.sequence_words,
        found,
        *money,
        one.known.last[:7],
        "打开",
    )
    return Row(Role.DETAIL, cells, 1, Link("package", one.known.digest))


def found_words(one: Reviewed) -> str:
    """How much the checks found, by weight."""
    parts = [f"{one.count(weight)} {weight.words}" for weight in Severity if one.count(weight)]
    return " · ".join(parts) or "没有"


def _money(one: Reviewed, kind: LedgerKind) -> int:
    return sum(total.cash + total.bank for total in one.totals if total.kind is kind)


def comparison_table(reviewed: Sequence[Reviewed]) -> Table:
    """Villages side by side, both ledgers of each in one row; what cannot be trusted stands there but is not summed."""
    newest = newest_of(reviewed)
    rows: list[Row] = []
    sums = [0] * (len(_COMPARED) - 1)
    for one in newest:
        figures = [figure for kind in LedgerKind for figure in _compared(one, kind)]
        name = one.known.village
        if one.verdict == UNTRUSTED:
            name = f"{name}（不能信）"
        else:
            sums = [a + b for a, b in zip(sums, figures, strict=True)]
        rows.append(Row(Role.DETAIL, (name, *figures), 1, Link("package", one.known.digest)))
    counted = sum(one.verdict != UNTRUSTED for one in newest)
    rows.append(Row(Role.TOTAL, (f"合计 {counted} 个村", *sums)))
    return Table(
        report="review-comparison",
        title="各村比一比",
        village="",
        ledger="",
        entity="",
        columns=_COMPARED,
        rows=tuple(rows),
        notes=_left_out(newest),
    )


def _compared(one: Reviewed, kind: LedgerKind) -> list[int]:
    """Income, expense, money, debts of the ledgers of a kind."""
    figures = [0] * len(_COMPARED_FIGURES)
    for total in one.totals:
        if total.kind is kind:
            income, expense, cash, bank, owed_to, owed_by = total.figures
            figures = [
                a + b for a, b in zip(figures, (income, expense, cash, bank, owed_to, owed_by), strict=True)
            ]
    return figures


def explained(reviewed: Sequence[Reviewed], digest: str) -> str:
    """All there is to say of a package in one line: what does not hold, what was found, who signed, which file."""
    one = next((done for done in reviewed if done.known.digest == digest), None)
    if one is None:
        return ""
    known = one.known
    parts = [f"{fault.record}：{fault.text}" for fault in one.findings]
    parts += dict.fromkeys(f"{hit.rule.severity.words} {hit.rule.name}" for hit in one.hits)
    parts += [f"送审包 {one.file}", f"签名指纹 {known.fingerprint}"]
    return f"{known.village}：{'；'.join(parts)}"
