"""Four lists about rent: who is behind and since when, what ends, what was due and collected each year, rent per 亩."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from village_ledger.domain.contract import AREA_SCALE, item_area_text
from village_ledger.domain.period import Span
from village_ledger.domain.rent_schedule import half_up, year_rent
from village_ledger.domain.rhythm import months_later
from village_ledger.reports.table import Cell, Column, Kind, Role, Row, Table
from village_ledger.services.contracts.contract_rules import rules
from village_ledger.storage.contracts.records import RECEIVED

if TYPE_CHECKING:
    from village_ledger.reports.issuer import Issuer
    from village_ledger.services.contracts.standing import Whole

ARREARS = (
    Column("party", "欠租人", Kind.TEXT, 46),
    Column("contract", "合同编号", Kind.CODE, 32),
    Column("what", "标的", Kind.TEXT, 38),
    Column("since", "最早应付日", Kind.DATE, 24),
    Column("late", "逾期天数", Kind.COUNT, 18),
    Column("rows", "期数", Kind.COUNT, 12),
    Column("open", "欠租", Kind.MONEY, 28),
    Column("age", "账龄", Kind.TEXT, 20),
    Column("claim_until", "诉讼时效到", Kind.DATE, 26),
)
EXPIRY = (
    Column("contract", "合同编号", Kind.CODE, 34),
    Column("what", "标的", Kind.TEXT, 48),
    Column("party", "承租（承包）方", Kind.TEXT, 48),
    Column("to", "终止日期", Kind.DATE, 26),
    Column("days", "还有天数", Kind.COUNT, 20),
    Column("year_rent", "年租金", Kind.MONEY, 30),
    Column("deposit", "押金", Kind.MONEY, 26),
    Column("state", "情况", Kind.TEXT, 24),
)
BY_YEAR = (
    Column("year", "年度", Kind.CODE, 20),
    Column("contracts", "合同份数", Kind.COUNT, 22),
    Column("due", "当年到期应收", Kind.MONEY, 36),
    Column("received", "其中已收", Kind.MONEY, 36),
    Column("open", "还未收", Kind.MONEY, 36),
    Column("rate", "收缴率%", Kind.DECIMAL, 22),
    Column("collected", "当年收到的租金", Kind.MONEY, 40),
)
PER_MU = (
    Column("unit", "单位", Kind.TEXT, 14),
    Column("contract", "合同编号", Kind.CODE, 32),
    Column("what", "标的", Kind.TEXT, 46),
    Column("party", "承租（承包）方", Kind.TEXT, 46),
    Column("area", "面积、数量", Kind.TEXT, 24),
    Column("year_rent", "年租金", Kind.MONEY, 30),
    Column("per_unit", "每单位年租金", Kind.MONEY, 30),
    Column("against", "为平均的%", Kind.DECIMAL, 22),
)
_AGES = ((30, "30 天以内"), (90, "31—90 天"), (365, "91 天—1 年"), (3 * 365, "1—3 年"))


def arrears(issuer: Issuer, wholes: Sequence[Whole], today: date) -> Table:
    """Late rent by party, the longest waiting first; with the day the three years of a claim end."""
    rows: list[Row] = []
    total = 0
    late = [(one, one.late(today)) for one in wholes]
    for one, states in sorted((x for x in late if x[1]), key=lambda x: x[1][0].row.due):
        first, owed = states[0], sum(row.open for row in states)
        total += owed
        cells: tuple[Cell, ...] = (
            first.party,
            one.stored.number,
            one.stored.what,
            first.row.due,
            first.late(today),
            len(states),
            owed,
            age_words(first.late(today)),
            months_later(first.row.due, 12 * rules().claim_years),
        )
        rows.append(Row(Role.DETAIL, cells))
    rows.append(Row(Role.TOTAL, ("合计", None, None, None, None, None, total, None, None)))
    years = rules().claim_years
    note = (
        f"诉讼时效一般为 {years} 年（民法典第188条），从知道权利受损起算；催收、对方同意履行会中断重算，"
        "这里从最早应付日推算，只作提示。"
    )
    return _table(issuer, "rent-arrears", "欠租清单", ARREARS, rows, today, (note,))


def age_words(days: int) -> str:
    """How old a debt is."""
    return next((words for limit, words in _AGES if days <= limit), "3 年以上")


def expiry(issuer: Issuer, wholes: Sequence[Whole], today: date) -> Table:
    """Contracts in force by the day they end; what is past it first."""
    rows: list[Row] = []
    live = [one for one in wholes if one.rows and not one.stored.status.over]
    for one in sorted(live, key=lambda x: (x.stored.now.end, x.stored.number)):
        end = one.stored.now.end
        days = (end - today).days
        step = next((f"{s} 天内到期" for s in sorted(rules().ending) if 0 <= days <= s), "")
        cells: tuple[Cell, ...] = (
            one.stored.number,
            one.stored.what,
            one.stored.now.party_on(end)[0],
            end,
            str(days),
            year_rent(one.stored.now.terms, today),
            one.deposit_held,
            "已到期还在用" if days < 0 else step,
        )
        rows.append(Row(Role.DETAIL, cells))
    return _table(issuer, "contract-expiry", "合同到期表", EXPIRY, rows, today, ())


def by_year(issuer: Issuer, wholes: Sequence[Whole], today: date) -> Table:
    """Per year: rent due in it and how much of that came in until now; beside it the money that came in that year."""
    due, received, count = defaultdict[int, int](int), defaultdict[int, int](int), defaultdict[int, int](int)
    collected = defaultdict[int, int](int)
    for one in wholes:
        years = set[int]()
        for row in one.rows:
            if not row.before:
                due[row.row.due.year] += row.row.amount
                received[row.row.due.year] += row.received
                years.add(row.row.due.year)
        for year in years:
            count[year] += 1
        for link in one.links:
            if link.kind in RECEIVED:
                collected[link.day.year] += link.amount
    rows: list[Row] = []
    for year in sorted({y for y in due if y <= today.year} | set(collected)):
        cells: tuple[Cell, ...] = (
            str(year),
            count[year],
            due[year],
            received[year],
            due[year] - received[year],
            _percent(received[year], due[year]),
            collected[year],
        )
        rows.append(Row(Role.DETAIL, cells))
    note = "收缴率＝当年到期的租金到今天收到的 ÷ 当年到期应收；本账启用以前到期的不算。"
    return _table(issuer, "rent-by-year", "各年租金应收和收缴", BY_YEAR, rows, today, (note,))


def per_mu(issuer: Issuer, wholes: Sequence[Whole], today: date) -> Table:
    """Year's rent for a unit of area, per kind of unit, against the average of those in force."""
    groups: defaultdict[str, list[tuple[Whole, int, int]]] = defaultdict(list)
    for one in wholes:
        live = bool(one.rows) and not one.stored.status.over and one.stored.now.end >= today
        units = {item.unit for item in one.stored.contract.items}
        area = sum(item.area for item in one.stored.contract.items)
        if live and len(units) == 1 and all(item.area for item in one.stored.contract.items):
            groups[units.pop() or "亩"].append((one, area, year_rent(one.stored.now.terms, today)))
    rows: list[Row] = []
    for unit, some in sorted(groups.items()):
        area_sum, rent_sum = sum(x[1] for x in some), sum(x[2] for x in some)
        average = half_up(rent_sum * AREA_SCALE, area_sum)
        for one, area, rent in sorted(some, key=lambda x: x[2] * area_sum // x[1]):
            per = half_up(rent * AREA_SCALE, area)
            cells: tuple[Cell, ...] = (
                unit,
                one.stored.number,
                one.stored.what,
                one.stored.now.party_on(today)[0],
                f"{item_area_text(area)}{unit}",
                rent,
                per,
                _percent(per, average),
            )
            rows.append(Row(Role.DETAIL, cells))
        area_words = f"{item_area_text(area_sum)}{unit}"
        rows.append(Row(Role.SUBTOTAL, (unit, "平均", None, None, area_words, rent_sum, average, None)))
    note = "只比写清了面积、正在履行的合同；平均＝年租金合计 ÷ 面积合计。地段、用途不同，低不等于不合理。"
    return _table(issuer, "rent-per-mu", "单位面积租金比较", PER_MU, rows, today, (note,))


def _percent(part: int, whole: int) -> str:
    if not whole:
        return ""
    tenths = half_up(part * 1000, whole)
    return f"{tenths // 10}.{tenths % 10}"


def _table(
    issuer: Issuer,
    report: str,
    title: str,
    columns: tuple[Column, ...],
    rows: Sequence[Row],
    today: date,
    notes: tuple[str, ...],
) -> Table:
    return Table(
        report=report,
        title=title,
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=columns,
        rows=tuple(rows),
        span=Span(today, today),
        heading=(f"截至 {today}", "单位：元"),
        notes=notes,
        watermark=issuer.watermark,
        full_dates=True,
    )
