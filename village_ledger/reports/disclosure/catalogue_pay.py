"""Sheet K read from a book: entries of pay, told by the people the same voucher names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from village_ledger.domain.chart import Chart, Money
from village_ledger.domain.said_in_summary import people, work
from village_ledger.reports.disclosure.catalogue_money import public_of
from village_ledger.reports.disclosure.disclosure_rules import named
from village_ledger.reports.disclosure.sheet_k import REPORT, Pay, sheet_k_table
from village_ledger.reports.disclosure.special_rules import specials
from village_ledger.reports.pens.check_code import with_code

if TYPE_CHECKING:
    from village_ledger.domain.voucher import StoredVoucher
    from village_ledger.reports.disclosure.special_rules import Special
    from village_ledger.reports.request import ReportRequest
    from village_ledger.reports.table import Table
    from village_ledger.storage.disclosure.queries import Entry
    from village_ledger.storage.reader import Reader


def pay_of(reader: Reader, request: ReportRequest) -> Table:
    """干部报酬和误工补贴公开表 of one ledger and span."""
    rules = specials()[REPORT]
    with reader.snapshot():
        public = public_of(reader, request)
        info, chart, span = reader.ledger(request.ledger), reader.chart(request.ledger), public.span
        entries = reader.entries(info.code, rules.leaves(info.chart_id, chart), span)
        vouchers = {one.id: one for one in reader.vouchers_by_id(list({e.voucher_id for e in entries}))}
        wholly = [
            leaf
            for leaf in rules.leaves(info.chart_id, chart)
            if not _quiet(rules, info.chart_id, chart, leaf)
        ]
        booked = sum(net for code, net in reader.nets(info.code, span).items() if code in wholly)
        posts = _posts(reader, info.code, span.last)
    entries.sort(key=lambda one: (one.account, one.day, one.word, one.number))
    source = rules.sources.get(info.chart_id, "")
    pays: list[Pay] = []
    left_out: list[tuple[str, int]] = []
    for entry in entries:
        amount = entry.debit - entry.credit
        said = rules.said_of(info.chart_id, chart, entry.account)
        if said and not any(word in entry.summary for word in said.words):
            if not said.quiet:
                name = named(vouchers[entry.voucher_id].ref, span)
                left_out.append((f"{name}（{entry.summary}）", amount))
            continue
        pays += _pays(entry, vouchers[entry.voucher_id], chart, posts, entry.project or source)
    told = sum(one.amount for one in pays if one.account in wholly)
    return with_code(sheet_k_table(public, pays, (told, booked), left_out), public.issuer.book_id)


def _quiet(rules: Special, chart_id: str, chart: Chart, leaf: str) -> bool:
    said = rules.said_of(chart_id, chart, leaf)
    return said is not None and said.quiet


def _posts(reader: Reader, ledger: str, day: date) -> dict[str, str]:
    """Post of those who keep, check and pass the books on a day; nobody else's post is known."""
    found: dict[str, str] = {}
    for one in reader.staff():
        roles = [held.role.words for held in one.roles if held.ledger in ("", ledger) and held.on(day)]
        if roles:
            found[one.name] = "、".join(dict.fromkeys(roles))
    return found


def _pays(
    entry: Entry, stored: StoredVoucher, chart: Chart, posts: Mapping[str, str], source: str
) -> list[Pay]:
    """One line a person where the voucher says what each got; else one for all of them together."""
    said, amount = work(entry.summary), entry.debit - entry.credit
    parts = _parts(entry, stored, chart, amount)
    together = entry.party or "、".join(name for name, _ in parts) or people(entry.summary)
    number, kind, paid = f"{entry.word}-{entry.number:04d}", chart.path(entry.account), _way(stored, chart)
    whole = sum(fen for _, fen in parts) == amount
    return [
        Pay(
            entry.account,
            kind,
            entry.day,
            number,
            entry.voucher_id,
            name,
            posts.get(name, ""),
            entry.summary,
            said.rate,
            said.days,
            fen,
            source,
            paid,
        )
        for name, fen in (parts if whole and not entry.party else [(together, amount)])
    ]


def _parts(entry: Entry, stored: StoredVoucher, chart: Chart, amount: int) -> list[tuple[str, int]]:
    """People and what each was credited on the voucher: 贷 应付工资—王秀英; nothing where it names nobody."""
    parts: dict[str, int] = {}
    for line in stored.voucher.lines:
        if line.counterparty and line.credit and line.account != entry.account:
            parts[line.counterparty] = parts.get(line.counterparty, 0) + line.credit
    named_money = {x.counterparty for x in stored.voucher.lines if x.credit and chart.get(x.account).money}
    if named_money - {""} and sum(parts.values()) != amount:
        parts = {name: fen for name, fen in parts.items() if name in named_money}
    return list(parts.items())


def _way(stored: StoredVoucher, chart: Chart) -> str:
    """Whether it was paid by bank or in cash, or not yet."""
    kinds = {chart.get(line.account).money for line in stored.voucher.lines if line.credit} - {None}
    if not kinds:
        return "还没有付"
    return "转账" if kinds == {Money.BANK} else "现金" if kinds == {Money.CASH} else "转账、现金"
