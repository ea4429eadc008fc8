"""The disclosure pack (公开表): which sheets there are, by letter, and their makers by name of report."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from typing import TYPE_CHECKING

from village_ledger.domain.errors import LedgerError
from village_ledger.reports.disclosure.register_rules import register_sheets
from village_ledger.reports.disclosure.special_rules import specials
from village_ledger.reports.table import Role

if TYPE_CHECKING:
    from village_ledger.reports.request import ReportRequest
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader

Maker = Callable[["Reader", "ReportRequest"], "Table"]


def _from(module: str, name: str) -> Maker:
    def made(reader: Reader, request: ReportRequest) -> Table:
        maker: Maker = getattr(import_module(f"village_ledger.reports.{module}"), name)
        return maker(reader, request)

    return made


def _special(report: str) -> Maker:
    def made(reader: Reader, request: ReportRequest) -> Table:
        from village_ledger.reports.disclosure.catalogue_special import special_of

        return special_of(reader, report, request)

    return made


@dataclass(frozen=True, slots=True)
class SheetKind:
    """A sheet of the pack."""

    letter: str
    report: str
    title: str
    always: bool
    """Part of every pack, 无 where there is nothing; otherwise only when it has an entry."""


SHEETS: tuple[SheetKind, ...] = tuple(
    sorted(
        (
            SheetKind("S", "disclosure-summary", "明白纸", always=True),
            SheetKind("A", "disclosure", "收支公开表（逐笔）", always=True),
            SheetKind("B", "disclosure-items", "收支汇总表", always=True),
            SheetKind("C", "disclosure-money", "货币资金公开表", always=True),
            SheetKind("D", "disclosure-claims", "债权债务公开表", always=True),
            *(
                SheetKind(one.letter, one.report, one.title, one.always)
                for one in (*specials().values(), *register_sheets().values())
            ),
        ),
        key=lambda sheet: (sheet.letter != "S", sheet.letter),
    )
)
_OF_BOOKS: Mapping[str, Maker] = {
    "disclosure": _from("disclosure.catalogue_disclosure", "disclosure_of"),
    "disclosure-summary": _from("disclosure.catalogue_summary", "summary_of"),
    "disclosure-items": _from("disclosure.catalogue_items", "sheet_b_of"),
    "disclosure-money": _from("disclosure.catalogue_money", "sheet_c_of"),
    "disclosure-claims": _from("disclosure.catalogue_money", "sheet_d_of"),
    **{report: _special(report) for report in specials()},
    "disclosure-pay": _from("disclosure.catalogue_pay", "pay_of"),
    "disclosure-distribution": _from("disclosure.catalogue_distribution", "distribution_of"),
    "disclosure-assets": _from("disclosure.catalogue_let", "assets_of"),
    "disclosure-parcels": _from("disclosure.catalogue_let", "parcels_of"),
    "disclosure-contracts": _from("disclosure.catalogue_let", "contracts_of"),
    "disclosure-transfers": _from("disclosure.catalogue_between", "between_of"),
}
"""Sheets as the books have them, every name in full."""


def figures_of(reader: Reader, report: str, request: ReportRequest) -> Table:
    """A sheet without its version, masked, under the check code the books give it now."""
    from village_ledger.reports.disclosure.catalogue_privacy import Publishing

    with reader.snapshot():
        return Publishing(reader).publish(_OF_BOOKS[report](reader, request))


def _published(report: str) -> Maker:
    def made(reader: Reader, request: ReportRequest) -> Table:
        from village_ledger.reports.disclosure.editions import dressed

        with reader.snapshot():
            return dressed(reader, figures_of(reader, report, request))

    return made


DISCLOSURE_MAKERS: Mapping[str, Maker] = {report: _published(report) for report in _OF_BOOKS}
"""Sheets as they hang: what they say of people is masked before the check code is made, and they say which version."""


def letter_of(report: str) -> str:
    """The letter of a sheet by its report's name, empty for any other report."""
    return next((sheet.letter for sheet in SHEETS if sheet.report == report), "")


def name_of(report: str) -> str:
    """What a sheet is called, empty for any other report."""
    return next((sheet.title for sheet in SHEETS if sheet.report == report), "")


def chosen(letters: Sequence[str]) -> list[SheetKind]:
    """The sheets asked for in the pack's order, all without any; raises LedgerError for an unknown letter."""
    known = {sheet.letter for sheet in SHEETS}
    for letter in letters:
        if letter not in known:
            raise LedgerError(f"没有公开表 {letter}", f"可以是：{'、'.join(sorted(known))}。")
    return [sheet for sheet in SHEETS if not letters or sheet.letter in letters]


def pack(reader: Reader, request: ReportRequest, letters: Sequence[str] = ()) -> list[Table]:
    """All sheets of one ledger or of both, each under its own check code, from one state of the book.

    A sheet that is only posted when there is something to say is left out without an entry, unless asked for by letter or
    registered before: what hung is corrected, not dropped.
    """
    from village_ledger.reports.disclosure.catalogue_privacy import Publishing
    from village_ledger.reports.disclosure.editions import dressed

    ledgers = [request.ledger] if request.ledger else [info.code for info in reader.ledgers()]
    sheets: list[Table] = []
    with reader.snapshot():
        publishing = Publishing(reader)
        for ledger in ledgers:
            for kind in chosen(letters):
                table = publishing.publish(_OF_BOOKS[kind.report](reader, replace(request, ledger=ledger)))
                if kind.always or letters or _says_something(table) or _hung_before(reader, table):
                    sheets.append(dressed(reader, table))
    return sheets


def _hung_before(reader: Reader, table: Table) -> bool:
    return table.span is not None and bool(reader.sheet_versions(table.ledger, table.report, table.span))


def _says_something(table: Table) -> bool:
    return any(row.role is Role.DETAIL and row.link is not None for row in table.rows)
