"""Papers made from the page of a dividend: account by account, for the wall with names half hidden, and the sheet to sign."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from village_ledger.domain.masking import is_child
from village_ledger.reports.dividends.dividend import Facts
from village_ledger.services.dividends.dividend_files import preview_lines, sheet_lines
from village_ledger.storage.clock import now_text
from village_ledger.storage.queries import day_of

if TYPE_CHECKING:
    from village_ledger.reports.pens.render_pdf import PdfResult
    from village_ledger.reports.table import Table
    from village_ledger.services.dividends.dividends import Preview
    from village_ledger.storage.people.records import Dividend
    from village_ledger.storage.reader import Reader


def facts_of_preview(made: Preview) -> Facts:
    """What is said of a dividend not yet booked."""
    shared = made.shared
    return Facts(
        made.year, made.record_date, made.day, shared.amount, made.resolution, shared.over, is_preview=True
    )


def account_table(reader: Reader, made: Preview) -> Table:
    """Account by account with the gates as checks: for the office, nothing hidden."""
    from village_ledger.reports.dividends.catalogue_dividends import preview_of

    return preview_of(reader, made)


def wall_table(reader: Reader, made: Preview) -> Table:
    """A household a line, names half hidden; who is under 14 today is not named."""
    from village_ledger.domain.share import format_shares
    from village_ledger.reports.catalogue import issuer_of
    from village_ledger.reports.dividends.dividend_papers import Proposal, notice_table
    from village_ledger.reports.request import TELEPHONE

    shared, today = made.shared, day_of(now_text()[:10])
    proposal = Proposal(
        facts_of_preview(made),
        f"{format_shares(shared.weight, shared.decimals)}",
        shared.per_share,
        made.collective,
        reader.setting(TELEPHONE),
    )
    people = reader.people(made.record_date)
    children = frozenset((one.household, one.name) for one in people if is_child(one.birth, today))
    lines = preview_lines(reader, made)
    return notice_table(issuer_of(reader, made.ledger), proposal, lines, children=children)


def signing_sheet(reader: Reader, subject: Preview | Dividend, by: str) -> dict[str, Any]:
    """Where the preview goes for the sheet to sign, of a dividend booked or not: its figures, and the pen that draws it."""
    from village_ledger.reports.catalogue import issuer_of
    from village_ledger.reports.dividends.catalogue_dividends import facts_of
    from village_ledger.reports.dividends.dividend_papers import signing_table
    from village_ledger.reports.dividends.dividend_sheet import write_sheet
    from village_ledger.storage.people.records import Dividend

    if isinstance(subject, Dividend):
        facts, lines = facts_of(subject), sheet_lines(reader, subject)
    else:
        facts, lines = facts_of_preview(subject), preview_lines(reader, subject)
    issuer = issuer_of(reader, subject.ledger)

    def draw(path: Path) -> PdfResult:
        return write_sheet(issuer, facts, lines, path, accountant=by)

    return {"tables": (signing_table(issuer, facts, lines),), "draw": draw}
