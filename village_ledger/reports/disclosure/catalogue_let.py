"""Sheets E and F read from a book: what is owned, what is let, and how each contract stood on the last day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from village_ledger.reports.disclosure.catalogue_money import public_of
from village_ledger.reports.disclosure.lets import by_code, lets
from village_ledger.reports.disclosure.sheet_e import assets_table, parcels_table
from village_ledger.reports.disclosure.sheet_f import sheet_f_table
from village_ledger.reports.pens.check_code import with_code

if TYPE_CHECKING:
    from village_ledger.reports.request import ReportRequest
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader


def assets_of(reader: Reader, request: ReportRequest) -> Table:
    """固定资产等资产公开表 of one ledger and span."""
    from village_ledger.services.assets.asset_ties import ties

    with reader.snapshot():
        public = public_of(reader, request)
        day, ledger = public.span.last, request.ledger
        let = by_code(lets(reader, ledger, public.span), day)
        table = assets_table(public, reader.asset_standings(ledger, day), let, ties(reader, ledger, day))
    return with_code(table, public.issuer.book_id)


def parcels_of(reader: Reader, request: ReportRequest) -> Table:
    """各类资源公开表 of one ledger and span."""
    from village_ledger.services.parcels.parcel_rules import parcel_rules

    with reader.snapshot():
        public = public_of(reader, request)
        day = public.span.last
        let = by_code(lets(reader, request.ledger, public.span), day)
        kinds = [kind.id for kind in parcel_rules().kinds]
        table = parcels_table(public, reader.parcels(request.ledger, day), kinds, let)
    return with_code(table, public.issuer.book_id)


def contracts_of(reader: Reader, request: ReportRequest) -> Table:
    """合同和租金公开表 of one ledger and span."""
    with reader.snapshot():
        public = public_of(reader, request)
        table = sheet_f_table(public, lets(reader, request.ledger, public.span))
    return with_code(table, public.issuer.book_id)
