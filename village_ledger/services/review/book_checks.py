"""Looks at the books as a whole: months, waivers, contracts, dividends, and the lines of the check list before closing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise

from village_ledger.domain.chart import Money
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Month, MonthState, Span
from village_ledger.domain.rent_schedule import year_rent
from village_ledger.domain.review_check import Hit, LeadTo, ReviewRule
from village_ledger.domain.voucher import VoucherRef
from village_ledger.services.check_item import CheckItem, Leads, Verdict
from village_ledger.services.closing.close_check import check_list, money_lines
from village_ledger.services.dividends.dividend_check import recomputed
from village_ledger.storage.closing.queries import Waiver
from village_ledger.storage.reader import Reader

_NAMED = 3
"""Pieces of evidence named in a sentence."""


@dataclass
class Asked:
    """A ledger and the days it is looked at, and the day it is looked at from."""

    reader: Reader
    ledger: str
    span: Span
    today: date

    @cached_property
    def months(self) -> list[tuple[Month, MonthState]]:
        """Its months within the days, calendar months only."""
        return [
            (info.month, info.state)
            for info in self.reader.months(self.ledger)
            if self.span.first <= info.month.first <= self.span.last and not info.month.is_closing
        ]

    @cached_property
    def used(self) -> list[Month]:
        """Those with a voucher."""
        return [month for month, _ in self.months if self.reader.vouchers(self.ledger, month=month)]

    @cached_property
    def closing_lines(self) -> list[tuple[Month, CheckItem]]:
        """The check list of the last month with a voucher, and the money of open months before it; asked once."""
        if not self.used:
            return []
        earlier = [m for m, state in self.months if m in self.used[:-1] and state.accepts_vouchers]
        money = [(m, line) for m in earlier for line in money_lines(self.reader, self.ledger, m)]
        last = self.used[-1]
        return [*money, *((last, line) for line in check_list(self.reader, self.ledger, last))]


Look = Callable[[Asked, ReviewRule], Iterator[Hit]]


def _reopened(asked: Asked, rule: ReviewRule) -> Iterator[Hit]:
    for one in asked.reader.reopenings(asked.ledger, *_ends(asked)):
        text = (
            f"{one.month.words()} 在 {one.at[:10]} 由 {one.by} 反结账（{one.approved_by} 批准）：{one.reason}"
        )
        yield Hit(rule, asked.ledger, text, 0, LeadTo.MONTH, str(one.month))


def _waived(asked: Asked, rule: ReviewRule) -> Iterator[Hit]:
    """A line let pass with one reason month after month is said once, as it stood the last time."""
    alike: dict[tuple[str, str, str], list[Waiver]] = defaultdict(list)
    for one in asked.reader.waivers(asked.ledger, *_ends(asked)):
        alike[one.rule, one.reason, one.by].append(one)
    for same in alike.values():
        last = same[-1]
        months = _months_said([one.month for one in same])
        text = f"{months}放行：{_stopped(last.found)}理由：{last.reason.rstrip('。')}（{last.by}）"
        yield Hit(rule, asked.ledger, text, 0, LeadTo.MONTH, str(last.month))


def _stopped(text: str) -> str:
    """A sentence that ends as one."""
    return f"{text.rstrip('。')}。"


def _months_said(months: Sequence[Month]) -> str:
    """Months as people say them: those that follow one another from the first to the last."""
    ordered = sorted(set(months))
    if all(later == earlier.next() for earlier, later in pairwise(ordered)):
        words = Span(ordered[0].first, ordered[-1].last).words()
        return f"{words}（{len(ordered)} 个月）" if len(ordered) > 1 else words
    return "、".join(month.words() for month in ordered)


def _ends(asked: Asked) -> tuple[Month, Month]:
    return Month.of(asked.span.first), Month.of(asked.span.last)


def _cash_over_limit(asked: Asked, rule: ReviewRule) -> Iterator[Hit]:
    """Cash in hand over the limit for longer than it takes to bring it to the bank, an account at a time."""
    limit, grace = rule.fen("limit_fen"), rule.count("days")
    for account in asked.reader.money_accounts(asked.ledger):
        if account.money is not Money.CASH:
            continue
        balance = asked.reader.balance_before(asked.ledger, [account.code], asked.span.first)
        days = [
            (date.fromisoformat(str(day)), balance := balance + debit - credit)
            for day, debit, credit, _ in asked.reader.ledger_days(asked.ledger, [account.code], asked.span)
        ]
        kept = [one for run in _runs_over(days, limit, grace) for one in run]
        if kept:
            most, day = max((amount, day) for day, amount in kept)
            text = (
                f"{account.code} {account.name}超过限额 {format_fen(limit)} 元，{grace} 天以后还没有送存，"
                f"最多 {day} 有 {format_fen(most)} 元"
            )
            yield Hit(rule, asked.ledger, text, most, LeadTo.ACCOUNT, account.code)


def _runs_over(days: Sequence[tuple[date, int]], limit: int, grace: int) -> Iterator[list[tuple[date, int]]]:
    """Days on end that closed with more than the limit, longer than the grace or to the end of what is looked at."""
    run: list[tuple[date, int]] = []
    for day, amount in days:
        if amount > limit:
            run.append((day, amount))
            continue
        if run and (day - run[0][0]).days > grace:
            yield run
        run = []
    if run:
        yield run


def _voids(asked: Asked, rule: ReviewRule) -> Iterator[Hit]:
    states = asked.reader.voucher_states(asked.ledger, asked.span)
    void, total = states.get("void", 0), sum(states.values())
    if void >= rule.count("least") and void * 100 > total * rule.count("percent"):
        yield Hit(rule, asked.ledger, f"{total} 张里作废了 {void} 张", 0, LeadTo.PAGE, "voucher_list")


def _unposted_old(asked: Asked, rule: ReviewRule) -> Iterator[Hit]:
    """Of the days looked at and before them: what is said of a period ends with it, however long ago it was."""
    before = min(asked.today - timedelta(days=rule.count("days")), asked.span.after)
    for month, word, number, day in asked.reader.waiting_vouchers(asked.ledger, before.isoformat()):
        ref = VoucherRef(Month.parse(month), word, number)
        yield Hit(rule, asked.ledger, f"{day} 的凭证还没有记账", 0, LeadTo.VOUCHER, str(ref))


def _month_open(asked: Asked, rule: ReviewRule) -> Iterator[Hit]:
    """Months that should be closed by now; a ledger nothing was ever booked in has nothing to close."""
    if not asked.used:
        return
    limit = asked.today - timedelta(days=31 * rule.count("months"))
    late = [
        m for m, state in asked.months if state in (MonthState.OPEN, MonthState.CHECKING) and m.last < limit
    ]
    if late:
        yield Hit(rule, asked.ledger, f"{_months_said(late)}还没有结账", 0, LeadTo.MONTH, str(late[0]))


def _rent_below(asked: Asked, rule: ReviewRule) -> Iterator[Hit]:
    """Of contracts that let the same thing one after the other: the later one's yearly rent against the earlier's."""
    last: dict[str, tuple[str, int]] = {}
    stored = sorted(asked.reader.contracts(asked.ledger), key=lambda one: one.contract.terms.start)
    for one in stored:
        contract = one.contract
        for item in contract.items:
            key = item.code or item.name
            rent = year_rent(contract.terms)
            number, before = last.get(key, ("", 0))
            if number and rent < before and asked.span.first <= contract.terms.start <= asked.span.last:
                text = (
                    f"{item.name or key}：{contract.number} 年租金 {format_fen(rent)} 元，"
                    f"上一份 {number} 是 {format_fen(before)} 元"
                )
                yield Hit(rule, asked.ledger, text, before - rent, LeadTo.PAGE, "contracts")
            last[key] = (contract.number, rent)


def _contract_undecided(asked: Asked, rule: ReviewRule) -> Iterator[Hit]:
    for one in asked.reader.contracts(asked.ledger):
        contract = one.contract
        if contract.papers.resolution or not asked.span.first <= contract.terms.start <= asked.span.last:
            continue
        text = f"{contract.number}（{contract.party}）没有写决议文号"
        yield Hit(rule, asked.ledger, text, year_rent(contract.terms), LeadTo.PAGE, "contracts")


def _dividend(asked: Asked, rule: ReviewRule) -> Iterator[Hit]:
    for finding in recomputed(asked.reader, asked.ledger, asked.span.last):
        yield Hit(rule, asked.ledger, replace(finding, ledger="").sentence(), 0, LeadTo.PAGE, "dividend_run")


def _closing(asked: Asked, rule: ReviewRule) -> Iterator[Hit]:
    """A line of the check list that does not pass, of several kinds those with some words; what was waived too."""
    for month, item in asked.closing_lines:
        if item.rule == rule.measures["rule"] and item.verdict is not Verdict.PASS:
            words, (to, key) = rule.words("words"), _lead(item, month)
            if not words or any(word in item.text for word in words):
                yield Hit(rule, asked.ledger, f"{month.words()}：{_said(item)}", 0, to, key)


def _said(item: CheckItem) -> str:
    """The line and the first of its evidence, so that nobody has to open the list to know."""
    more = f"等 {len(item.evidence)} 处" if len(item.evidence) > _NAMED else ""
    return f"{_stopped(item.text)}{'、'.join(item.evidence[:_NAMED])}{more}"


def _lead(item: CheckItem, month: Month) -> tuple[LeadTo, str]:
    """Where a line leads; one that leads nowhere of its own to the check list of its month."""
    ways = {
        Leads.VOUCHER: LeadTo.VOUCHER,
        Leads.ACCOUNT: LeadTo.ACCOUNT,
        Leads.MONTH: LeadTo.MONTH,
        Leads.PAGE: LeadTo.PAGE,
    }
    if item.leads:
        return ways[item.leads[0].to], item.leads[0].key
    return LeadTo.MONTH, str(month)


LOOKS: dict[str, Look] = {
    "reopened": _reopened,
    "waived": _waived,
    "cash-over-limit": _cash_over_limit,
    "voids": _voids,
    "unposted-old": _unposted_old,
    "month-open": _month_open,
    "rent-below": _rent_below,
    "contract-undecided": _contract_undecided,
    "dividend": _dividend,
    "closing": _closing,
}
