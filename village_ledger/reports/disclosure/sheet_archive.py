"""Registered sheets as they were, whatever the ledger says today: every version can be printed again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.sheet_version import SheetVersion
from village_ledger.reports.disclosure.catalogue_pack import name_of
from village_ledger.reports.disclosure.editions import edition_of, sentence
from village_ledger.reports.disclosure.kept_sheet import table_of
from village_ledger.reports.disclosure.sheet_check import tampered_with
from village_ledger.reports.disclosure.sheet_head import headed
from village_ledger.reports.pens.check_code import compare
from village_ledger.reports.pens.pdf_furniture import in_fours
from village_ledger.reports.table import Table

if TYPE_CHECKING:
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.records import StoredSheet


def kept_sheet(reader: Reader, code: str, number: int | None = None) -> Table:
    """The sheet registered under a check code, from its kept figures; of several versions alike the newest, or one by number.

    One that was replaced says so first. Raises LedgerError for an unknown code or version, and for a sheet whose kept
    figures were tampered with: what is printed must be what was registered.
    """
    with reader.snapshot():
        sheet = reader.sheet(code)
        if sheet is None:
            raise LedgerError(f"这本账没有登记过校验码是“{code}”的公开表", "请核对校验码，一个字也不能差。")
        if fault := tampered_with(reader, sheet):
            raise LedgerError(
                f"公开表 {code} 不能照登记的数重印：{fault.rstrip('。')}", "请先用 verify 核对这本账。"
            )
        version = _version(reader, code, number)
        return _restored(reader, sheet, version)


def _version(reader: Reader, code: str, number: int | None) -> SheetVersion:
    under = reader.versions_under(code)
    if number is None:
        return under[-1]
    found = next((one for one in under if one.number == number), None)
    if found is None:
        there = "、".join(str(one.number) for one in under)
        raise LedgerError(f"校验码 {code} 的表没有第 {number} 版", f"有的是第 {there} 版。")
    return found


def _restored(reader: Reader, sheet: StoredSheet, version: SheetVersion) -> Table:
    entity = reader.ledger(sheet.ledger).entity
    title = f"{entity} {sheet.span.words()} {name_of(sheet.report) or '公开表'}"
    table = table_of(sheet.code, sheet.figures, reader.sheet_face(version), title)
    differing = _differing(reader, sheet, version)
    edition = edition_of(version, differing)
    said = [f"按 {version.at[:10]} 登记的数字重印。"]
    later = [
        one
        for one in reader.sheet_versions(sheet.ledger, sheet.report, sheet.span)
        if one.number > version.number
    ]
    if later and later[-1].code != sheet.code:
        newest = later[-1]
        said.insert(0, f"本表已由第 {newest.number} 版（校验码 {in_fours(newest.code)}）替换，不再作准。")
    if edition.corrects and sentence(edition) not in table.warnings:
        said.append(sentence(edition))
    kept = replace(
        table, edition=edition, warnings=(*said, *table.warnings), watermark=_watermark(reader, table)
    )
    return headed(reader, kept)


def _watermark(reader: Reader, table: Table) -> str:
    """演示 for the demonstration village, whatever was kept."""
    from village_ledger.reports.request import issuer_of

    return issuer_of(reader, table.ledger).watermark


def _differing(reader: Reader, sheet: StoredSheet, version: SheetVersion) -> list[str]:
    before = reader.sheet(version.corrects) if version.corrects else None
    return compare(before.figures, sheet.figures) if before is not None else []
