"""Special sheets read from a book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from village_ledger.domain.chart import INCOME_AND_EXPENSE
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.voting import bodies
from village_ledger.reports.disclosure.catalogue_disclosure import public_payees
from village_ledger.reports.disclosure.catalogue_money import public_of
from village_ledger.reports.disclosure.project_lines import beside_projects
from village_ledger.reports.disclosure.sheet_special import Entries, Resolved, special_table
from village_ledger.reports.disclosure.special_rules import specials
from village_ledger.reports.pens.check_code import with_code

if TYPE_CHECKING:
    from village_ledger.domain.period import Span
    from village_ledger.reports.disclosure.special_rules import Special
    from village_ledger.reports.request import ReportRequest
    from village_ledger.reports.table import Table
    from village_ledger.storage.disclosure.queries import Entry
    from village_ledger.storage.interledger.records import Resolution
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
        others = [a.code for a in chart if a.is_leaf and a.money is None and a.code not in set(leaves)]
        tagged = reader.projects_like(rules.projects) if rules.projects else []
        yearly = frozenset(
            account.code for account in chart if account.is_leaf and account.category in INCOME_AND_EXPENSE
        )
        sources = [(leaves, None), (others, tagged)]
        before: dict[tuple[str, str, str], int] = {}
        closing = 0
        entries: list[Entry] = []
        for codes, projects in sources:
            standing = [] if rules.flow else [code for code in codes if code not in yearly]
            before |= reader.standing_before(info.code, standing, public.span.first, projects)
            closing += sum(reader.standing_before(info.code, standing, public.span.after, projects).values())
            entries += reader.entries(info.code, codes, public.span, projects)
        shown = public_payees(reader, public.span.last)
        resolutions = _resolutions(reader, rules, public.span)
        beside = (
            beside_projects(reader, info, public.span, report, entries) if rules.group == "project" else {}
        )
        code = reader.book().uid
    entries.sort(key=lambda entry: (entry.day, entry.word, entry.number))
    given = Entries(rules, chart, entries, before, closing, yearly, shown, resolutions, beside)
    return with_code(special_table(public, given), code)


def _resolutions(reader: Reader, rules: Special, span: Span) -> list[Resolved]:
    """Resolutions of the span the sheet rests on, by the words of what they are about."""
    return [
        Resolved(one.number, one.day, resolution_words(one))
        for one in reader.resolutions()
        if span.first <= one.day <= span.last and any(word in one.subject for word in rules.resolutions)
    ]


def resolution_words(one: Resolution) -> str:
    """分配征地补偿（成员大会，应到60、实到55、赞成54）."""
    found = bodies().get(one.body)
    votes = f"应到 {one.eligible}、实到 {one.present}、赞成 {one.in_favour}"
    return f"{one.subject}（{found.name if found else one.body}，{votes}）"
