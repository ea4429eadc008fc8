"""Special sheets read from a book."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from village_ledger.domain.chart import INCOME_AND_EXPENSE
from village_ledger.domain.errors import LedgerError
from village_ledger.reports.disclosure.catalogue_disclosure import public_payees
from village_ledger.reports.disclosure.catalogue_money import public_of
from village_ledger.reports.disclosure.sheet_special import Entries, special_table
from village_ledger.reports.disclosure.special_rules import specials
from village_ledger.reports.pens.check_code import with_code

if TYPE_CHECKING:
    from village_ledger.reports.catalogue import ReportRequest
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader


def special_of(reader: Reader, report: str, request: ReportRequest) -> Table:
    """A special sheet by its report's name."""
    rules = specials().get(report)
    if rules is None:
        raise LedgerError(f"没有叫“{report}”的公开表", f"可以是：{'、'.join(specials())}。")
    with reader.snapshot():
        public = public_of(reader, request)
        info, chart = reader.ledger(request.ledger), reader.chart(request.ledger)
        leaves = rules.leaves(info.chart_id, chart)
        yearly = frozenset(code for code in leaves if chart.get(code).category in INCOME_AND_EXPENSE)
        standing = [] if rules.flow else [code for code in leaves if code not in yearly]
        before = reader.standing_before(info.code, standing, public.span.first)
        after = reader.standing_before(info.code, standing, public.span.last + timedelta(days=1))
        entries = reader.entries(info.code, leaves, public.span)
        shown = public_payees(reader, public.span.last)
        code = reader.book().uid
    given = Entries(rules, chart, entries, before, sum(after.values()), yearly, shown)
    return with_code(special_table(public, given), code)
