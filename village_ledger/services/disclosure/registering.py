"""Registering disclosure sheets: what hangs on the wall stays provable, a correction is a version of its own."""

from __future__ import annotations

from collections.abc import Sequence

from village_ledger.domain.duty import Duty
from village_ledger.domain.masking import hide_identities
from village_ledger.domain.period import Month, Span
from village_ledger.domain.sheet_version import Planned, SheetVersion, VersionKind, plan, unclosed_months
from village_ledger.domain.voucher import SUMMARY_LIMIT, check_text
from village_ledger.services.changes import Changes
from village_ledger.services.duties import require
from village_ledger.services.outcome import Outcome
from village_ledger.storage.disclosure.register_versions import VersionsRegister
from village_ledger.storage.disclosure.version_rows import REGISTERED
from village_ledger.storage.reader import Reader
from village_ledger.storage.unit_of_work import UnitOfWork

NAMED = 5
"""So many vouchers are named as the cause of a correction nobody gave a reason for."""


def register(
    uow: UnitOfWork,
    code: str,
    ledger: str,
    report: str,
    span: Span,
    figures: str,
    *,
    face: str = "",
    reason: str = "",
) -> Outcome[bool]:
    """Keep a sheet's figures under its check code, as the next version; False when it stands so already.

    Other figures than the version before make a 更正公开 that names it, with the ``reason`` or, without one, the vouchers
    posted since. What is written is never changed: the version before stays as it is. Identity numbers typed into a reason
    are masked before they are stored, since versions leave with every package and prove there.
    """
    require(uow, Duty.DISCLOSE, ledger)
    reason = hide_identities(check_text(reason, "更正的原因", SUMMARY_LIMIT))
    planned = planned_version(uow.reader, ledger, report, span, code)
    if planned.standing is not None:
        return Outcome(value=False, changes=Changes())
    uow.sheets.register(code, ledger, report, (span.first.isoformat(), span.last.isoformat()), figures)
    version = SheetVersion(
        code,
        ledger,
        report,
        span,
        planned.number,
        planned.closed,
        planned.kind,
        planned.corrects,
        (reason or cause(uow.reader, planned.corrects)) if planned.corrects else "",
        uow.at,
        uow.by,
        uow.reader.postings_of(ledger),
    )
    VersionsRegister(uow).add(version, hide_identities(face))
    uow.log.add(REGISTERED, ledger=ledger, subject=code, detail=version.detail)
    return Outcome(value=True, changes=Changes(sheets=True, ledger=ledger))


def planned_version(reader: Reader, ledger: str, report: str, span: Span, code: str) -> Planned:
    """The version a sheet of this code is, or would be registered as."""
    versions = reader.sheet_versions(ledger, report, span)
    closed = not unclosed(reader, ledger, span)
    return plan(versions, code, closed=closed, never_posted=never_posted(reader, ledger, versions))


def never_posted(reader: Reader, ledger: str, versions: Sequence[SheetVersion]) -> set[str]:
    """Codes of versions that are on record and did not hang: sets checked, redone or withdrawn before they were posted.

    A sheet nobody put into a set may hang all the same: not every village keeps the record.
    """
    if not versions:
        return set()
    codes = {version.code for version in versions}
    kept = [one for one in reader.postings(ledger) if codes.intersection(one.codes)]
    hung = {code for one in kept if one.posted_on is not None for code in one.codes}
    return {code for one in kept for code in one.codes} & codes - hung


def unclosed(reader: Reader, ledger: str, span: Span) -> list[Month]:
    """Months of a span that are not closed."""
    return unclosed_months([(m.month, m.state.accepts_vouchers) for m in reader.months(ledger)], span)


def cause(reader: Reader, corrects: str) -> str:
    """Why a sheet differs from the one it replaces, as far as the books say: the vouchers posted since."""
    replaced = next(iter(reader.versions_under(corrects)), None)
    since = reader.posted_since(replaced) if replaced else []
    if not since:
        return "公布后登记的资料有变动"
    more = f"等 {len(since)} 张凭证" if len(since) > NAMED else ""
    return f"公布后又记了 {'、'.join(map(str, since[:NAMED]))}{more}"


def is_correction(planned: Planned) -> bool:
    """Whether registering makes a 更正公开 that a reason should be given for."""
    return planned.standing is None and planned.kind is VersionKind.CORRECTION
