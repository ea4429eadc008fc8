"""Reports of the share register as tables: who holds what, movements, pledges, caps, and the proof that all of it agrees."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from village_ledger.domain.period import Span
from village_ledger.domain.share import COLLECTIVE, Balance, ShareClass
from village_ledger.reports.issuer import Issuer
from village_ledger.reports.table import Check, Column, Kind, Role, Row, Table, Unasked

_BUCKETS = (
    Column("free", "可动", Kind.SHARES, 24),
    Column("pledged", "质押", Kind.SHARES, 22),
    Column("frozen", "冻结", Kind.SHARES, 22),
)
REGISTER_COLUMNS = (
    Column("account", "账户", Kind.TEXT, 34),
    Column("household", "户编号", Kind.CODE, 18),
    Column("holder", "持有人", Kind.TEXT, 26),
    Column("member", "成员", Kind.SIDE, 14),
    Column("class", "股份类别", Kind.TEXT, 26),
    *_BUCKETS,
    Column("total", "合计", Kind.SHARES, 26),
)
MOVEMENT_COLUMNS = (
    Column("number", "序号", Kind.COUNT, 14),
    Column("date", "日期", Kind.DATE, 24),
    Column("class", "股份类别", Kind.TEXT, 24),
    Column("holder", "账户", Kind.TEXT, 36),
    *_BUCKETS,
    Column("kind", "事件", Kind.TEXT, 22),
    Column("basis", "依据", Kind.TEXT, 50),
)
PLEDGE_COLUMNS = (
    Column("number", "序号", Kind.COUNT, 12),
    Column("account", "出质人", Kind.TEXT, 34),
    Column("class", "股份类别", Kind.TEXT, 22),
    Column("quantity", "质押份额", Kind.SHARES, 22),
    Column("open", "未解除", Kind.SHARES, 22),
    Column("creditor", "债权人", Kind.TEXT, 46),
    Column("contract", "合同", Kind.TEXT, 32),
    Column("registered", "登记日期", Kind.DATE, 24),
    Column("expires", "到期", Kind.DATE, 24),
    Column("released", "解除日期", Kind.DATE, 24),
    Column("state", "状态", Kind.SIDE, 18),
)
CAP_COLUMNS = (
    Column("class", "股份类别", Kind.TEXT, 26),
    Column("account", "账户", Kind.TEXT, 40),
    Column("total", "持有", Kind.SHARES, 26),
    Column("percent", "占本类", Kind.SIDE, 22),
    Column("cap", "上限", Kind.SIDE, 18),
    Column("verdict", "情况", Kind.TEXT, 40),
)
EQUALITY_COLUMNS = (
    Column("class", "股份类别", Kind.TEXT, 28),
    Column("granted", "量化", Kind.SHARES, 28),
    Column("cancelled", "注销", Kind.SHARES, 28),
    Column("converted", "折换", Kind.SHARES, 28),
    Column("whole", "应有", Kind.SHARES, 28),
    Column("register", "账户合计", Kind.SHARES, 28),
    Column("pledged", "质押栏", Kind.SHARES, 26),
    Column("open", "未解除质押", Kind.SHARES, 26),
    Column("certificates", "股权证合计", Kind.SHARES, 28),
    Column("in_households", "各户持有", Kind.SHARES, 28),
)


@dataclass(frozen=True, slots=True)
class Account:
    """An account on a day, ready to be listed."""

    text: str
    household: str
    holder: str
    is_member: bool
    of_class: ShareClass
    balance: Balance


@dataclass(frozen=True, slots=True)
class Movement:
    """What an event did to one account; of a split or merge what moved with the person from text to text.

    No number: the account came to be written differently by no share event (a marriage, a new name).
    """

    number: int | None
    day: date
    of_class: ShareClass
    account: str
    delta: Balance
    what: str
    basis: str


@dataclass(frozen=True, slots=True)
class Pledged:
    """A pledge on a day."""

    number: int
    account: str
    of_class: ShareClass
    quantity: int
    open: int
    creditor: str
    contract: str
    registered: date
    expires: date | None
    released: date | None


@dataclass(frozen=True, slots=True)
class Sums:
    """One class in the proof that everything agrees."""

    of_class: ShareClass
    granted: int
    cancelled: int
    converted: int
    register: int
    pledged: int
    open: int
    certificates: int
    in_households: int

    @property
    def whole(self) -> int:
        """What there must be."""
        return self.granted - self.cancelled + self.converted


def share_register(issuer: Issuer, accounts: Iterable[Account], day: date) -> Table:
    """The register on a day, in ascending order of the accounts' texts; nobody with nothing."""
    shown = sorted(
        (one for one in accounts if one.balance.total), key=lambda one: (one.text, one.of_class.id)
    )
    classes = _classes(one.of_class for one in shown)
    rows = [
        Row(
            Role.DETAIL,
            (
                one.text,
                one.household,
                one.holder,
                "" if one.text == COLLECTIVE else ("是" if one.is_member else "否"),
                one.of_class.name,
                *_buckets(one.of_class, one.balance),
                one.of_class.text(one.balance.total),
            ),
        )
        for one in shown
    ]
    for kind in classes:
        whole = _sum(one.balance for one in shown if one.of_class.id == kind.id)
        cells = ("合计", "", "", "", kind.name, *_buckets(kind, whole), kind.text(whole.total))
        rows.append(Row(Role.TOTAL, cells))
    table = _table(issuer, "share-register", "股权登记簿", REGISTER_COLUMNS, rows)
    holders = len({one.text for one in shown if one.text != COLLECTIVE})
    return replace(
        table,
        span=Span(day, day),
        heading=(f"截至 {day}", f"持有人 {holders} 人", "单位：份"),
        signatures=(("理事长", ""), ("监事", ""), ("经办", "")),
    )


def share_movements(issuer: Issuer, movements: Iterable[Movement], span: Span | None) -> Table:
    """Movements in the order of their numbers, every bucket with its sign; the sum of a replay is the register.

    A csv has no column that would tell the sums below from movements: it is the movements alone.
    """
    shown = list(movements)
    rows = [
        Row(
            Role.DETAIL,
            (
                one.number,
                one.day,
                one.of_class.name,
                one.account,
                *_buckets(one.of_class, one.delta),
                one.what,
                one.basis,
            ),
        )
        for one in shown
    ]
    for kind in _classes(one.of_class for one in shown):
        moved = _sum(one.delta for one in shown if one.of_class.id == kind.id)
        rows.append(Row(Role.TOTAL, (None, None, kind.name, "净增减", *_buckets(kind, moved), "", "")))
    words = f"{span.first} 至 {span.last}" if span else "全部"
    count = len({one.number for one in shown if one.number is not None})
    table = _table(issuer, "share-movements", "份额变动表", MOVEMENT_COLUMNS, rows)
    heading = (words, f"变动 {count} 件", "单位：份")
    return replace(table, span=span, heading=heading, sums_on_paper=True)


def pledge_list(issuer: Issuer, pledges: Sequence[Pledged], day: date) -> Table:
    """Every pledge registered up to a day, with what is open of it; what ran out is named."""
    rows = [
        Row(
            Role.DETAIL,
            (
                one.number,
                one.account,
                one.of_class.name,
                one.of_class.text(one.quantity),
                one.of_class.text(one.open),
                one.creditor,
                one.contract,
                one.registered,
                one.expires,
                one.released,
                _state(one, day),
            ),
        )
        for one in pledges
    ]
    for kind in _classes(one.of_class for one in pledges):
        open_ = sum(one.open for one in pledges if one.of_class.id == kind.id)
        blank = (None, "合计", kind.name, "", kind.text(open_), "", "", None, None, None, "")
        rows.append(Row(Role.TOTAL, blank))
    late = [str(one.number) for one in pledges if _state(one, day) == "已到期"]
    table = _table(issuer, "pledge-list", "质押登记表", PLEDGE_COLUMNS, rows)
    return replace(
        table,
        span=Span(day, day),
        heading=(f"截至 {day}", f"未解除 {sum(bool(one.open) for one in pledges)} 件", "单位：份"),
        warnings=(f"第 {'、'.join(late)} 号质押登记已到期，还没有解除。",) if late else (),
    )


def cap_check(
    issuer: Issuer, accounts: Iterable[Account], caps: dict[int, Fraction | None], day: date
) -> Table:
    """Every holder's part of the class, the largest first; who is above the cap may keep it but not grow."""
    shown = [one for one in accounts if one.balance.total and not one.of_class.is_collective]
    rows: list[Row] = []
    checks: list[Check] = []
    for kind in _classes(one.of_class for one in shown):
        of_class = [one for one in shown if one.of_class.id == kind.id]
        whole = sum(one.balance.total for one in of_class)
        cap = caps[kind.id]
        above = 0
        for one in sorted(of_class, key=lambda one: (-one.balance.total, one.text)):
            part = Fraction(one.balance.total, whole)
            is_above = one.text != COLLECTIVE and cap is not None and part > cap
            above += is_above
            words = "超过上限，不得再增" if is_above else ("集体，不受限" if one.text == COLLECTIVE else "")
            limit = "" if one.text == COLLECTIVE else percent_text(cap)
            cells = (kind.name, one.text, kind.text(one.balance.total), percent_text(part), limit, words)
            rows.append(Row(Role.DETAIL, cells))
        rows.append(Row(Role.TOTAL, (kind.name, "合计", kind.text(whole), "100.00%", percent_text(cap), "")))
        words = (
            f"{kind.name}上限 {percent_text(cap)}，超过的 {above} 人"
            if cap is not None
            else f"{kind.name}不设上限"
        )
        checks.append(Check("I7", ok=True, text=words))
    table = _table(issuer, "cap-check", "持有上限核对表", CAP_COLUMNS, rows)
    return replace(table, span=Span(day, day), heading=(f"截至 {day}", "单位：份"), checks=tuple(checks))


def share_equality(issuer: Issuer, sums: Sequence[Sums], differing: Sequence[str], day: date) -> Table:
    """Granted less cancelled is what is held, pledges lie in their bucket, certificates say what households hold."""
    rows: list[Row] = []
    checks: list[Check] = []
    for one in sums:
        text, name = one.of_class.text, one.of_class.name
        figures = (
            one.granted,
            -one.cancelled,
            one.converted,
            one.whole,
            one.register,
            one.pledged,
            one.open,
            one.certificates,
            one.in_households,
        )
        rows.append(Row(Role.DETAIL, (name, *map(text, figures))))
        checks += [
            Check("I2", one.whole == one.register, f"{name}量化减注销等于账户合计", text(one.register)),
            Check("I5", one.pledged == one.open, f"{name}质押栏等于未解除的质押", text(one.open)),
        ]
    has_certificates = any(one.certificates for one in sums)
    certified = f"股权证和各户持有不符：{'、'.join(differing)}" if differing else "股权证和各户持有逐人相符"
    if has_certificates:
        checks.append(Check("I16", not differing, certified))
    table = _table(issuer, "share-equality", "股权平衡核对表", EQUALITY_COLUMNS, rows)
    return replace(
        table,
        span=Span(day, day),
        heading=(f"截至 {day}", "单位：份"),
        checks=tuple(checks),
        unasked=() if has_certificates else (Unasked("I16", "股权证和各户持有相符", "还没有发过股权证"),),
        signatures=(("理事长", ""), ("监事", ""), ("经办", "")),
    )


def _table(issuer: Issuer, report: str, title: str, columns: tuple[Column, ...], rows: list[Row]) -> Table:
    return Table(
        report=report,
        title=title,
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=columns,
        rows=tuple(rows),
        watermark=issuer.watermark,
        full_dates=True,
    )


def _classes(classes: Iterable[ShareClass]) -> list[ShareClass]:
    return sorted({one.id: one for one in classes}.values(), key=lambda one: one.id)


def _buckets(kind: ShareClass, balance: Balance) -> tuple[str, str, str]:
    return kind.text(balance.free), kind.text(balance.pledged), kind.text(balance.frozen)


def _sum(balances: Iterable[Balance]) -> Balance:
    free = pledged = frozen = 0
    for one in balances:
        free, pledged, frozen = free + one.free, pledged + one.pledged, frozen + one.frozen
    return Balance(free, pledged, frozen)


def percent_text(part: Fraction | None) -> str:
    """3.25%, half up; nothing where there is no limit."""
    if part is None:
        return "不设"
    hundredths = int(part * 10_000 + Fraction(1, 2))
    return f"{hundredths // 100}.{hundredths % 100:02d}%"


def _state(one: Pledged, day: date) -> str:
    if not one.open:
        return "已解除"
    return "已到期" if one.expires is not None and one.expires < day else "有效"
