"""The head and the foot every sheet of the wall has alike: its number and version, when it hangs, whom to call, who signs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from village_ledger.reports.disclosure.catalogue_pack import letter_of
from village_ledger.reports.disclosure.disclosure_rules import sheet_a

if TYPE_CHECKING:
    from datetime import date

    from village_ledger.domain.period import Span
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader


_BLANK = "＿＿月＿＿日"


def headed(reader: Reader, table: Table) -> Table:
    """The sheet with its head and places to sign; days of hanging as the posting record has them, else room to write them."""
    from village_ledger.reports.request import TELEPHONE

    rules, span = sheet_a(), table.span
    if span is None:
        return table
    wording = rules.wording[reader.ledger(table.ledger).kind]
    version = table.edition.number if table.edition else 1
    number = str(rules.posting["number"]).format(
        number=number_of(span), letter=letter_of(table.report), version=version
    )
    telephone = f"{rules.posting['telephone_label']} {reader.setting(TELEPHONE) or '＿＿＿＿＿＿'}"
    return replace(
        table,
        heading=(number, hanging(reader, table), telephone, rules.notes["unit"]),
        signatures=table.signatures or tuple((place, "") for place in wording.signatures),
        seals=table.seals or wording.seals,
    )


def number_of(span: Span) -> str:
    """What people call sheets by: their months, 2025-01至03."""
    first, last = span.first, span.last
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%Y-%m}"
    return f"{first:%Y-%m}至{last:%m}" if first.year == last.year else f"{first:%Y-%m}至{last:%Y-%m}"


def hanging(reader: Reader, table: Table) -> str:
    """张贴 10月8日 — 10月22日: from the record; lines to write on before it hangs."""
    words = str(sheet_a().posting["range"])
    sets = reader.postings_with(table.ledger, table.check_code) if table.check_code else []
    hung = next((one for one in sets if one.posted_on is not None), None)
    first = _day(hung.posted_on) if hung else _BLANK
    last = _day(hung.removed_on or hung.removal_due) if hung else _BLANK
    return words.format(first=first, last=last)


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else _BLANK
