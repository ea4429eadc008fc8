"""The township's table over villages (乡镇审阅汇总): exceptions first, on screen a row a village, in the file a row a package."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.desk_state import Absent, DeskState, VillageState, month_words
from village_ledger.domain.review_check import RulePack, Severity
from village_ledger.domain.township import (
    MISSING,
    MONEY,
    SOUND,
    TO_CHECK,
    UNREAD,
    UNTRUSTED,
    Known,
    Reviewed,
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
    Column("grave", "错", Kind.COUNT, 12),
    Column("plain", "疑", Kind.COUNT, 12),
    Column("hits", "共查到", Kind.COUNT, 14),
    Column("fingerprint", "签名指纹", Kind.CODE, 74),
    Column("first_fault", "第一处对不上", Kind.TEXT, 90),
)
_DESK = (
    Column("mark", "", Kind.SIDE, 10),
    Column("village", "村", Kind.CODE, 30),
    Column("trust", "签名", Kind.TEXT, 24),
    Column("sequence", "包的次序", Kind.TEXT, 30),
    Column("found", "自动查出", Kind.TEXT, 80),
    Column("collective", "现金和存款", Kind.MONEY, 34),
    Column("committee", "现金和存款", Kind.MONEY, 34),
    Column("last", "账到", Kind.SIDE, 16),
    Column("open", "", Kind.SIDE, 12),
)
OPEN, REMIND = "打开", "催交"
_CHAIN = (
    Column("number", "第几包", Kind.COUNT, 16),
    Column("first", "起", Kind.DATE, 24),
    Column("last", "止", Kind.DATE, 24),
    Column("follows", "和前一包", Kind.TEXT, 80),
    Column("links", "凭证链", Kind.TEXT, 40),
    Column("fingerprint", "签名指纹", Kind.CODE, 74),
    Column("seen", "收到", Kind.SIDE, 16),
)


def in_order(reviewed: Sequence[Reviewed]) -> list[Reviewed]:
    """Exceptions first, then by village and number."""
    return sorted(
        reviewed, key=lambda one: (_VERDICTS.index(one.verdict), one.known.village, one.known.number)
    )


def verdict_table(
    reviewed: Sequence[Reviewed],
    unread: Sequence[tuple[str, str]],
    missing: Sequence[str],
    pack: RulePack | None = None,
    due: str = "",
) -> Table:
    """Every village's package, those that do not hold first; then files that are none, then who has not sent."""
    rows = [_row(one) for one in in_order(reviewed)]
    blank = (None,) * (len(_COLUMNS) - 3)
    rows = [Row(Role.DETAIL, (UNREAD, file, *blank, why)) for file, why in unread] + rows
    rows += [Row(Role.DETAIL, (MISSING, village, *blank, "")) for village in missing]
    said = () if pack is None else (f"各村照同一个{pack.full_words}审查。",)
    until = (f"账要到 {month_words(due, long=True)}。",) if due else ()
    return Table(
        report="review-desk",
        title="送审包审阅汇总",
        village="",
        ledger="",
        entity="",
        columns=_COLUMNS,
        rows=tuple(rows),
        notes=(
            *said,
            *until,
            "第一次收到一个村的送审包时，请把指纹和村里的核对；以后指纹不一样的，会排在最前面。",
        ),
        full_dates=True,
        facts={
            **({} if pack is None else {"rule_pack": f"{pack.name} {pack.version} {pack.digest}"}),
            **({"due": due} if due else {}),
        },
        counts={"packages": len(reviewed), "unread": len(unread), "missing": len(missing)},
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
            one.count(Severity.PLAIN) or None,
            len(one.hits) or None,
            known.fingerprint,
            one.findings[0].sentence() if one.findings else "",
        ),
    )


def left_out(state: DeskState) -> tuple[str, ...]:
    """Whose figures are not in the totals, and whose are of an earlier day."""
    names = [one.village for one in state.by_name if not one.is_trusted]
    said = (f"验不过的不计入合计：{'、'.join(names)}。",) if names else ()
    late = [one for one in state.behind if one.is_trusted]
    if late:
        until = "、".join(f"{one.village}（{month_words(one.newest.known.last, long=True)}）" for one in late)
        said = (*said, f"账还没有到 {month_words(state.due, long=True)} 的照已经送来的算：{until}。")
    return said


def desk_table(state: DeskState) -> Table:
    """The desk as it stands on screen: exceptions first, a village's package behind each row."""
    year = _year(state)
    bad = [one for one in state.villages if not one.is_trusted]
    rows = [
        Row(Role.DETAIL, (UNREAD, file, "读不了", "—", why, None, None, "—", ""))
        for file, why in state.unread
    ]
    late = {one.newest.known.digest for one in state.behind}
    rows += [_desk_row(state, one, year) for one in bad]
    rows += [_absent_row(one, year) for one in state.absent]
    held = [one for one in state.villages if one.is_trusted]
    held.sort(key=lambda one: one.newest.known.digest not in late)
    rows += [_desk_row(state, one, year) for one in held]
    counted = state.counted
    if counted:
        money = (sum(one.amount(kind, MONEY) for one in counted) for kind in LedgerKind)
        said = "；".join(("每村只算最新的一包", *(words.rstrip("。") for words in left_out(state))))
        rows.append(Row(Role.TOTAL, ("", "合计", f"{len(counted)} 个村", "", said, *money, "", "")))
    return Table(
        report="review-desk-screen",
        title="村账审阅台",
        village="",
        ledger="",
        entity="",
        columns=_DESK,
        rows=tuple(rows),
    )


def _year(state: DeskState) -> int:
    """The year most packages end in: its months need no year beside them."""
    years = [int(one.newest.known.last[:4]) for one in state.villages]
    return max(set(years), key=years.count, default=0)


def _desk_row(state: DeskState, one: VillageState, year: int) -> Row:
    """A package whose signature is false says nothing of itself that could be believed."""
    known, holds = one.newest.known, one.newest.signature_holds
    money = tuple(one.amount(kind, MONEY) if holds else None for kind in LedgerKind)
    until = month_words(known.last, year=year)
    found = f"账只到 {until} · {one.found}" if one in state.behind else one.found
    cells = (
        state.verdict_of(one),
        one.village,
        one.trust,
        one.sequence if holds else "—",
        found,
        *money,
        until if holds else "—",
        OPEN,
    )
    return Row(Role.DETAIL, cells, 1, Link("package", known.digest))


def _absent_row(one: Absent, year: int) -> Row:
    last = "—" if one.last is None else month_words(one.last.last, year=year)
    cells = (MISSING, one.village, "没交", "—", one.words, None, None, last, REMIND)
    return Row(Role.DETAIL, cells, 1, Link("absent", one.village))


def chain_table(one: VillageState) -> Table:
    """Every package known of a village, whether it follows the one before, and which of them are here."""
    here = {done.known.digest: done for done in one.packages}
    rows: list[Row] = []
    before: Known | None = None
    for known in one.chain:
        done = here.get(known.digest)
        cells = (
            known.number,
            date.fromisoformat(known.first),
            date.fromisoformat(known.last),
            _follows(known, before, done),
            "、".join(f"{links} 张" for _, links in known.heads.values()),
            known.fingerprint,
            "这一次" if done is not None else "以前",
        )
        rows.append(Row(Role.DETAIL, cells, 1, None if done is None else Link("package", known.digest)))
        before = known
    return Table(
        report="review-chain",
        title=f"{one.village}：包的次序",
        village=one.village,
        ledger="",
        entity="",
        columns=_CHAIN,
        rows=tuple(rows),
        notes=("每一包写着前一包的摘要；后一包的账里还要找得到前一包的每一张凭证。",),
        full_dates=True,
    )


def _follows(known: Known, before: Known | None, done: Reviewed | None) -> str:
    """Whether a package follows the one before it."""
    if done is not None and done.findings:
        return "；".join(fault.text for fault in done.findings)
    if known.number == 1:
        return "第一次送"
    if before is None:
        return "前一包没有收到过"
    if known.number == before.number + 1 and known.previous == before.digest:
        return f"接着第{before.number}包，里面的凭证都还在"
    return "接不上"


def explained(state: DeskState, digest: str) -> str:
    """All there is to say of a village in one line: what does not hold, what was found, who signed, which file."""
    one = state.of(digest)
    if one is None:
        return ""
    known = one.newest.known
    parts = [f"{fault.record}：{fault.text}" for fault in one.findings]
    parts += dict.fromkeys(f"{hit.rule.severity.words} {hit.rule.name}" for hit in one.newest.hits)
    asked = "" if one.newest.key_compared else "，还没有打电话和村里核对过：打开这个包，一样就记住"
    parts += [f"第 {known.number} 包 {one.newest.file}", f"签名指纹 {known.fingerprint}{asked}"]
    return f"{one.village}：{'；'.join(parts)}"
