"""Versions of public sheets on paper: 未结账 and 更正公开 on each, and registering what leaves the program."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from village_ledger.domain.masking import hide_identities
from village_ledger.domain.sheet_version import (
    CORRECTED,
    UNCLOSED,
    SheetVersion,
    VersionKind,
    months_words,
)
from village_ledger.reports.disclosure.kept_sheet import face_of
from village_ledger.reports.disclosure.sheet_head import headed
from village_ledger.reports.pens.check_code import compare, figures_json
from village_ledger.reports.pens.pdf_furniture import in_fours
from village_ledger.reports.table import Edition, Table
from village_ledger.services.disclosure import registering

if TYPE_CHECKING:
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.unit_of_work import UnitOfWork

NAMED = 12
"""So many differences stand on the sheet itself."""
BEFORE = {True: "更正前后", False: "重做前后"}
"""By whether it is a 更正公开."""


def dressed(reader: Reader, table: Table) -> Table:
    """A sheet with its version: the one it is registered as, or the one it would become.

    A sheet of open months says 未结账 first; a correction says in its title and its first line that it is one, which sheet
    it replaces and why, and below what differed.
    """
    from village_ledger.reports.request import open_months

    span, code = table.span, table.check_code
    if span is None or code is None:
        return table
    planned = registering.planned_version(reader, table.ledger, table.report, span, code)
    standing, corrects = planned.standing, planned.corrects
    months = registering.unclosed(reader, table.ledger, span)
    reason = ""
    if corrects:
        reason = standing.reason if standing else registering.cause(reader, corrects)
    said = (
        compare(before.figures, figures_json(table))
        if corrects and (before := reader.sheet(corrects))
        else []
    )
    edition = Edition(
        planned.number,
        not months,
        _mark(planned.kind),
        corrects,
        reason,
        tuple(said),
    )
    words = f"{UNCLOSED}：{months_words(months)}还没有结账，数字可能变动。" if months else ""
    worn = _worn(table, edition, words, open_months(reader, table.ledger, span))
    return headed(reader, worn)


def with_reason(table: Table, reason: str) -> Table:
    """The sheet with the reason a person gave for its correction; nothing changes on any other."""
    edition, reason = table.edition, hide_identities(reason.strip())
    if edition is None or not edition.corrects or not reason:
        return table
    told = replace(edition, reason=reason)
    new = {sentence(edition): sentence(told), **dict(zip(_differed(edition), _differed(told), strict=True))}
    return replace(
        table,
        edition=told,
        warnings=tuple(new.get(said, said) for said in table.warnings),
        notes=tuple(new.get(said, said) for said in table.notes),
    )


def corrections(tables: Iterable[Table], reader: Reader) -> list[Table]:
    """Those that are about to replace a sheet that was or may have been posted: a reason should be asked for."""
    found: list[Table] = []
    for table in tables:
        if table.check_code is None or table.span is None:
            continue
        planned = registering.planned_version(
            reader, table.ledger, table.report, table.span, table.check_code
        )
        if registering.is_correction(planned):
            found.append(table)
    return found


def register_all(uow: UnitOfWork, tables: Sequence[Table], reason: str = "") -> list[Outcome[bool]]:
    """Register every sheet that has a check code, as it is printed; ``reason`` for those that correct another."""
    done: list[Outcome[bool]] = []
    for given in tables:
        table = with_reason(given, reason)
        if table.check_code is None or table.span is None:
            continue
        edition = table.edition
        done.append(
            registering.register(
                uow,
                table.check_code,
                table.ledger,
                table.report,
                table.span,
                figures_json(table),
                face=face_of(table),
                reason=edition.reason if edition else reason,
            )
        )
    return done


def sentence(edition: Edition) -> str:
    """What a version that replaces another says first."""
    kind = f"{edition.mark}：" if edition.mark else "张贴前重做："
    return (
        f"{kind}本表是第 {edition.number} 版，替换校验码 {in_fours(edition.corrects)} 的表。"
        f"原因：{edition.reason.rstrip('。')}。"
    )


def edition_of(version: SheetVersion, differing: Sequence[str] = ()) -> Edition:
    """The edition a registered version is."""
    return Edition(
        version.number, version.closed, version.mark, version.corrects, version.reason, tuple(differing)
    )


def _mark(kind: VersionKind) -> str:
    return CORRECTED if kind is VersionKind.CORRECTION else ""


def _worn(table: Table, edition: Edition, unclosed: str, elsewhere: Sequence[str]) -> Table:
    """``elsewhere``: what other reports say of open months, said here in its own words."""
    first = [sentence(edition)] if edition.corrects else []
    said = [*first, *filter(None, [unclosed]), *(w for w in table.warnings if w not in elsewhere)]
    title = f"{table.title}（{edition.mark}）" if edition.mark else table.title
    return replace(
        table, title=title, warnings=tuple(said), notes=(*table.notes, *_differed(edition)), edition=edition
    )


def _differed(edition: Edition) -> list[str]:
    if not edition.differences:
        return []
    more = len(edition.differences) - NAMED
    shown = "".join(edition.differences[:NAMED])
    rest = f"其余 {more} 处不再列出。" if more > 0 else ""
    return [f"{BEFORE[bool(edition.mark)]}（原因：{edition.reason.rstrip('。')}）：{shown}{rest}"]
