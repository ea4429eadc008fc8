"""收益分配: who gets a year's income, in the order the regime gives (rules/distribution.toml), within what there is.

A decision of December, on the figures as they stand, belongs to the year: its vouchers are dated in December and cleared
with the year. A decision of the next spring gives away the closed year's income and is booked when it is decided.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import ChartError, LedgerError, PeriodError, VoucherError
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Month, MonthState, Span
from village_ledger.domain.voucher import (
    NAME_LIMIT,
    SUMMARY_LIMIT,
    StoredVoucher,
    Voucher,
    VoucherKind,
    VoucherLine,
    check_text,
)
from village_ledger.resources_dir import resource
from village_ledger.services.book import accounts
from village_ledger.services.changes import Changes
from village_ledger.services.closing.year_end import result_accounts
from village_ledger.services.duties import require
from village_ledger.services.entry import vouchers
from village_ledger.services.outcome import Outcome
from village_ledger.storage.closing.register import ClosingRegister

if TYPE_CHECKING:
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.unit_of_work import UnitOfWork

DECEMBER = 12
PARTS = ("loss", "reserve", "members", "other")
WHOLE = 100


@dataclass(frozen=True, slots=True)
class Standing:
    """What can be given away of a year on a day; all fen."""

    year: int
    settled: bool
    """Whether the year is closed: a spring decision, else one of December on draft figures."""
    net_income: int
    retained: int
    """未分配收益 before this decision and before the year's own result, a loss negative."""
    appropriated: int
    """Given away already and not yet cleared, unposted vouchers included."""
    reserve: int
    """公积公益金 there is to cover a loss with."""
    taken: Mapping[str, int]
    """Parts of this year's income decided before, by part."""

    @property
    def available(self) -> int:
        """可分配收益 left, a loss negative."""
        return self.retained - self.appropriated + (0 if self.settled else self.net_income)

    @property
    def loss(self) -> int:
        """What is still to be covered."""
        return max(0, -self.available)

    @property
    def reserve_base(self) -> int:
        """What a percentage of the reserve is taken of."""
        before = self.retained - (self.net_income if self.settled else 0)
        return max(0, min(self.net_income + min(before, 0), self.available))


@dataclass(frozen=True, slots=True)
class Decision:
    """What was resolved; amounts in fen."""

    year: int
    day: date
    resolution: str
    loss: int = 0
    reserve: int = 0
    reserve_percent: Decimal | None = None
    members: int = 0
    other: int = 0
    other_to: str = ""
    shares: tuple[tuple[str, int], ...] = field(default=())
    """Per member or household (name, fen) where they are known already; else one line until the dividend is issued."""


@lru_cache(maxsize=1)
def _rules() -> dict[str, Any]:
    return tomllib.loads(resource("rules", "distribution.toml").read_text(encoding="utf-8"))


def rule_for(reader: Reader, ledger: str) -> dict[str, Any]:
    """The regime of a ledger; raises LedgerError where income is not distributed (村民委员会)."""
    info = reader.ledger(ledger)
    rule = next((r for r in _rules()["chart"] if r["id"] == info.chart_id), None)
    if rule is None:
        raise LedgerError(
            f"{info.title}没有收益分配", "收益分配只在集体经济组织账里做；村委会的结余留在账上。"
        )
    return rule


def statement_lines(reader: Reader, ledger: str) -> dict[str, str]:
    """Part → row of the income-distribution statement under which the year given away is named."""
    chart_id = reader.ledger(ledger).chart_id
    rule = next((r for r in _rules()["chart"] if r["id"] == chart_id), None)
    parts: dict[str, dict[str, Any]] = rule["part"] if rule is not None else {}
    return {name: str(part["line"]) for name, part in parts.items() if "line" in part}


def standing(reader: Reader, ledger: str, year: int, day: date) -> Standing:
    """What a decision of a day can give away of a year. Raises PeriodError for a day that fits neither timing."""
    rule, chart = rule_for(reader, ledger), reader.chart(ledger)
    settled = reader.year_is_closed(ledger, year)
    _ensure_timely(year, day, settled=settled)
    after = Span.of_year(max(day.year, reader.months(ledger)[-1].month.year)).after
    retained = -reader.balance_before(ledger, _below(reader, ledger, rule["retained"]), after)
    retained -= reader.unposted_on(ledger, rule["retained"])
    used = reader.balance_before(ledger, _below(reader, ledger, rule["appropriations"]), after)
    used += reader.unposted_on(ledger, rule["appropriations"])
    codes = result_accounts(chart)
    moved = reader.month_turnovers(ledger, codes, Month(year, 1), Month(year, DECEMBER))
    net = sum(credit - debit for _, _, debit, credit in moved)
    if reader.ledger(ledger).start.year == year:
        net += sum(x.year_credit - x.year_debit for x in reader.opening_lines(ledger) if x.account in codes)
    taken: dict[str, int] = {}
    for one in reader.distribution_parts(ledger):
        if one.year == year and not one.undone and one.state != "void":
            taken[one.part] = taken.get(one.part, 0) + one.amount
    reserve = -reader.balance_before(
        ledger, _below(reader, ledger, rule["part"]["loss"]["debit"]["code"]), after
    )
    return Standing(year, settled, net, retained, used, reserve, taken)


def _ensure_timely(year: int, day: date, *, settled: bool) -> None:
    if day.year < year or (day.year == year and day.month != DECEMBER):
        raise PeriodError(
            f"{day} 还不能分配{year}年度的收益", "当年的收益在12月按预结数分配，或在年终结转以后分配。"
        )
    if day.year == year and settled:
        raise PeriodError(f"{year}年已经年终结转，{day} 不能再记分配", "请记在作出决定的那一天。")
    if day.year > year and not settled:
        raise PeriodError(f"{year}年还没有年终结转，不知道有多少可以分配", "请先年终结转，再分配上年的收益。")


def _below(reader: Reader, ledger: str, code: str) -> list[str]:
    return [a.code for a in reader.chart(ledger) if a.is_leaf and a.code.startswith(code)]


def amounts(there: Standing, decision: Decision) -> dict[str, int]:
    """The parts of a decision in the regime's order, a percentage turned into fen (half up)."""
    reserve = decision.reserve
    if decision.reserve_percent is not None:
        exact = Decimal(there.reserve_base) * decision.reserve_percent / WHOLE
        reserve = int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))
    given = {"loss": decision.loss, "reserve": reserve, "members": decision.members, "other": decision.other}
    return {part: amount for part, amount in given.items() if amount}


def distribute(uow: UnitOfWork, ledger: str, decision: Decision) -> Outcome[list[StoredVoucher]]:
    """Enter the vouchers of a decision, one a part; they want review and posting like any other.

    Raises PeriodError for a day that does not fit, VoucherError above the distributable amount, naming both figures.
    """
    vouchers.named(uow.by)
    require(uow, Duty.PREPARE, ledger)
    resolution = check_text(decision.resolution, "决议文号", SUMMARY_LIMIT)
    if not resolution:
        raise VoucherError("收益分配要有决议", "请写明成员（代表）大会决议的文号。")
    rule = rule_for(uow.reader, ledger)
    there = standing(uow.reader, ledger, decision.year, decision.day)
    given = amounts(there, decision)
    _ensure_within(there, given, decision)
    warnings = cautions(uow.reader, ledger, rule, there, given)
    made: list[StoredVoucher] = []
    for part in (part for part in rule["order"] if part in given):
        voucher = _voucher(uow, ledger, rule["part"][part], given[part], decision, part)
        outcome = vouchers.store(uow, ledger, voucher, "收益分配")
        warnings += outcome.warnings
        ClosingRegister(uow).note_distribution(
            ledger, outcome.value.id, decision.year, part, given[part], resolution
        )
        made.append(outcome.value)
    words = "，".join(f"{rule['part'][part]['name']} {format_fen(given[part])}" for part in given)
    uow.log.add("收益分配决议", ledger=ledger, subject=str(decision.year), detail=f"{resolution}：{words}")
    changes = Changes(vouchers=True, balances=True, accounts=True, counterparties=True, ledger=ledger)
    return Outcome(made, changes, tuple(dict.fromkeys(warnings)))


def _ensure_within(there: Standing, given: Mapping[str, int], decision: Decision) -> None:
    """Nothing negative, a loss first, and no more than there is."""
    if any(amount < 0 for amount in given.values()):
        raise VoucherError("分配的金额不能是负数", "做错的分配请用红字冲销。")
    if not given:
        raise VoucherError("没有写要分配的金额", "请写弥补亏损、提取公积公益金、向成员分配或其他分配的金额。")
    cover = given.get("loss", 0)
    if cover > there.loss:
        raise VoucherError(
            f"弥补亏损 {format_fen(cover)}，要弥补的亏损只有 {format_fen(there.loss)}", "请核对金额。"
        )
    if cover > there.reserve:
        raise VoucherError(
            f"弥补亏损 {format_fen(cover)}，公积公益金只有 {format_fen(there.reserve)}", "请核对金额。"
        )
    asked = sum(amount for part, amount in given.items() if part != "loss")
    left = max(0, there.available + cover)
    if asked > left:
        raise VoucherError(
            f"要分配 {format_fen(asked)}，{there.year}年度可分配的只有 {format_fen(left)}",
            "请核对金额；有亏损要先弥补。",
        )
    named = sum(amount for _, amount in decision.shares)
    if decision.shares and named != decision.members:
        raise VoucherError(
            f"名单合计 {format_fen(named)}，向成员分配 {format_fen(decision.members)}，对不上",
            "请核对名单和金额。",
        )


def cautions(
    reader: Reader, ledger: str, rule: Mapping[str, Any], there: Standing, given: Mapping[str, int]
) -> tuple[str, ...]:
    """What is said of a decision that can be booked: no reserve taken, vouchers still waiting."""
    said: list[str] = []
    if given.get("members") and not (given.get("reserve") or there.taken.get("reserve")):
        said.append(rule["members_without_reserve"])
    if not there.settled and (waiting := len(reader.unposted_ids(ledger, f"{there.year}-12-31"))):
        said.append(f"还有 {waiting} 张凭证没有记账，可分配的数还会变，结账前请再核对。")
    return tuple(said)


def _voucher(
    uow: UnitOfWork, ledger: str, part: Mapping[str, Any], amount: int, decision: Decision, which: str
) -> Voucher:
    """One part: its appropriation account against where the money goes, by name where names are wanted."""
    debit = leaf_for(uow, ledger, part["debit"])
    credit = leaf_for(uow, ledger, part["credit"])
    summary = f"{part['summary'].format(year=decision.year)}（决议 {decision.resolution.strip()}）"
    receivers: tuple[tuple[str, int], ...] = (("", amount),)
    if which == "members":
        receivers = decision.shares or ((part["party"], amount),)
    elif which == "other":
        receivers = ((_receiver(decision), amount),)
    lines = [VoucherLine(summary, debit, debit=amount)]
    lines += [VoucherLine(summary, credit, credit=fen, counterparty=name) for name, fen in receivers]
    return Voucher(
        day=decision.day,
        lines=tuple(lines),
        kind=VoucherKind.GENERATED,
        no_attachment_reason=f"依据决议 {decision.resolution.strip()}",
    )


def _receiver(decision: Decision) -> str:
    name = check_text(decision.other_to, "对方", NAME_LIMIT)
    if not name:
        raise VoucherError("其他分配要写明分给谁", "请写上对方单位或个人的名称。")
    return name


def leaf_for(uow: UnitOfWork, ledger: str, place: Mapping[str, str]) -> str:
    """The leaf a part is booked to: the account itself, or its sub-account of that name, made when first needed."""
    chart = uow.reader.chart(ledger)
    account = chart.get(place["code"])
    if account.is_leaf:
        return chart.usable_leaf(account.code).code
    if not place["name"]:
        raise ChartError(f"{account.code} {account.name} 有下级科目，不能直接记账", "请联系技术人员。")
    found = next((a for a in chart if a.parent == account.code and a.name == place["name"]), None)
    if found is None:
        return accounts.add(uow, ledger, account.code, place["name"]).value.code
    return chart.usable_leaf(found.code).code


def december_is_open(reader: Reader, ledger: str, year: int) -> bool:
    """Whether December of a year still takes vouchers."""
    state = next(
        (m.state for m in reader.months(ledger) if m.month == Month(year, DECEMBER)), MonthState.OPEN
    )
    return state.accepts_vouchers
