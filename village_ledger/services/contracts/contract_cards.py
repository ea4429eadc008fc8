"""Cards a contract may name: assets and parcels of a ledger."""

from __future__ import annotations

from village_ledger.storage.reader import Reader


def cards(reader: Reader, ledger: str) -> dict[str, str]:
    """Name by code of every parcel and asset that has a card."""
    return reader.asset_names(ledger) | {parcel.code: parcel.card.name for parcel in reader.parcels(ledger)}


def card_of(reader: Reader, ledger: str, code: str) -> tuple[str, str]:
    """(kind, name) of an asset's or parcel's card, empty for none."""
    if reader.has_parcel(ledger, code):
        return "parcel", reader.parcel(ledger, code).card.name
    name = reader.asset_name(ledger, code)
    return ("asset", name) if name else ("", "")
