"""The first page read from a book."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from village_ledger.domain.chart import Side
from village_ledger.domain.period import Month
from village_ledger.reports.disclosure.catalogue_disclosure import disclosure_of, public_payees
from village_ledger.reports.disclosure.catalogue_money import public_of
from village_ledger.reports.disclosure.claims_by_party import claim_leaves, claims, standings
from village_ledger.reports.disclosure.summary import SummaryFigures, summary_table
from village_ledger.reports.disclosure.summary_money import Paths
from village_ledger.reports.disclosure.summary_rules import summary_rules
from village_ledger.reports.pens.check_code import with_code

if TYPE_CHECKING:
    from village_ledger.reports.request import ReportRequest
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader


def summary_of(reader: Reader, request: ReportRequest) -> Table:
    """明白纸 of one ledger and span; its totals are those of sheet A of the same state of the book."""
    with reader.snapshot():
        public = public_of(reader, request)
        info, chart, span = reader.ledger(request.ledger), reader.chart(request.ledger), public.span
        rules, money = summary_rules(info.chart_id), Paths()
        for voucher in reader.posted_vouchers(info.code, span):
            money.add(voucher, chart)
        sheet = disclosure_of(reader, replace(request, span=span))
        nets = reader.nets(info.code, span)
        standing = standings(reader, info.code, chart, claim_leaves(info.chart_id, chart), span)
        shown = public_payees(reader, span.last)
        people = frozenset(one.name for one in reader.people(span.last))
        apart = {
            name: sum(reader.standing_before(info.code, leaves, span.last + timedelta(days=1)).values())
            for name, leaves in rules.leaves_apart(chart).items()
        }
    of_result = {code: net for code, net in nets.items() if code.startswith(rules.result)}
    income = sum(net for code, net in of_result.items() if chart.get(code).side is Side.CREDIT)
    at = Month.of(span.last)
    opening = sheet.facts["opening"]
    figures = SummaryFigures(
        chart=chart,
        rules=rules,
        money=money,
        opening=opening if isinstance(opening, int) else 0,
        sheet_a=sheet.facts,
        income=-income,
        cost=sum(of_result.values()) - income,
        owed=claims(chart, standing, shown, at, debit=True),
        owing=claims(chart, standing, shown, at, debit=False),
        set_apart=apart,
        people=people,
    )
    return with_code(summary_table(public, figures), public.issuer.book_id)
