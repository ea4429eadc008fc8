"""The list of whoever is named in full, made from the sheets as they hang."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from village_ledger.reports.request import ReportRequest
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader


def unmasked_of(reader: Reader, request: ReportRequest) -> Table:
    """For one ledger's sheets or both's, for those of some letters or all that would hang."""
    from village_ledger.reports.disclosure.catalogue_pack import letter_of, name_of, pack
    from village_ledger.reports.disclosure.catalogue_privacy import Publishing
    from village_ledger.reports.disclosure.privacy import named_in_full
    from village_ledger.reports.disclosure.privacy_rules import privacy_rules
    from village_ledger.reports.disclosure.unmasked import About, Sheet, unmasked_table
    from village_ledger.reports.request import issuer_of, span_of

    span, rules = span_of(reader, request), privacy_rules()
    with reader.snapshot():
        publishing, book, ledgers = Publishing(reader), reader.book(), reader.ledgers()
        one = request.ledger or (ledgers[0].code if len(ledgers) == 1 else "")
        sheets: list[Sheet] = []
        for table in pack(reader, request, request.sheets):
            named = list(named_in_full(table, publishing.known(table.ledger, span), rules))
            title = f"{letter_of(table.report)} {name_of(table.report)}"
            sheets.append(Sheet(title if one else f"{title} · {reader.ledger(table.ledger).title}", named))
        issuer = issuer_of(reader, one or ledgers[0].code)
    entity = issuer.entity if one else book.village
    return unmasked_table(About(book.village, one, entity, span, issuer.watermark), sheets)


UNMASKED_MAKERS: Mapping[str, Callable[[Reader, ReportRequest], Table]] = {"disclosure-unmasked": unmasked_of}
