"""Registered sheets by span, and their versions."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from village_ledger.domain.period import Month, Span
from village_ledger.domain.sheet_version import SheetVersion, VersionKind, span_of
from village_ledger.domain.voucher import VoucherRef
from village_ledger.storage.disclosure.version_rows import SELECTED, version_of
from village_ledger.storage.queries import Queries

_VERSIONS = f"SELECT {SELECTED} FROM sheet_version v JOIN ledger l ON l.id = v.ledger_id "
_OLD = (
    "SELECT s.code, l.code, s.report, s.first_day, s.last_day, s.made_at, s.made_by FROM sheet s "
    "JOIN ledger l ON l.id = s.ledger_id WHERE NOT EXISTS (SELECT 1 FROM sheet_version v WHERE v.code = s.code) "
)
"""Sheets of books from before there were versions."""


def _place(version: SheetVersion) -> tuple[str, str, Span]:
    return version.ledger, version.report, version.span


class VersionQueries(Queries):
    """Registered sheets by span, and their versions."""

    def sheet_versions(self, ledger: str, report: str, span: Span) -> list[SheetVersion]:
        """Every version of a sheet of a ledger and span, the first one first."""
        at = (self._ledger_id(ledger), report, span.first.isoformat(), span.last.isoformat())
        return self._versions(
            "ledger_id = ? AND {0}.report = ? AND {0}.first_day = ? AND {0}.last_day = ?", *at
        )

    def latest_sheet(self, ledger: str, report: str, span: Span) -> SheetVersion | None:
        """The version that stands now, None when none was registered."""
        return next(reversed(self.sheet_versions(ledger, report, span)), None)

    def every_sheet_version(self, ledger: str) -> list[SheetVersion]:
        """Every version of every sheet of a ledger, sheet by sheet, spans in order."""
        return self._versions("ledger_id = ?", self._ledger_id(ledger))

    def versions_under(self, code: str) -> list[SheetVersion]:
        """Every version that stands under a check code: one, or several with the same figures."""
        sheet = self._one(
            "SELECT l.code, s.report, s.first_day, s.last_day FROM sheet s JOIN ledger l ON l.id = s.ledger_id "
            "WHERE s.code = ?",
            code,
        )
        if sheet is None:
            return []
        ledger, report, first, last = sheet
        return [v for v in self.sheet_versions(ledger, report, span_of(first, last)) if v.code == code]

    def latest_sheets(self, ledger: str) -> list[SheetVersion]:
        """The version of every sheet of a ledger that stands now, spans in order."""
        return [list(versions)[-1] for _, versions in groupby(self.every_sheet_version(ledger), _place)]

    def sheet_face(self, version: SheetVersion) -> str:
        """What was kept of a version's paper beside its figures, empty for sheets of older books."""
        span = version.span
        face = self._value(
            "SELECT face FROM sheet_version WHERE ledger_id = ? AND report = ? AND first_day = ? AND last_day = ? "
            "AND number = ?",
            self._ledger_id(version.ledger),
            version.report,
            span.first.isoformat(),
            span.last.isoformat(),
            version.number,
        )
        return str(face or "")

    def sheet_codes(self) -> list[str]:
        """Every registered check code."""
        return [code for (code,) in self._all("SELECT code FROM sheet ORDER BY made_at, code")]

    def postings_of(self, ledger: str) -> int:
        """How many vouchers of a ledger are posted."""
        found = self._value(
            "SELECT coalesce(max(seq), 0) FROM posting WHERE ledger_id = ?", self._ledger_id(ledger)
        )
        return int(found or 0)

    def posted_since(self, version: SheetVersion) -> list[VoucherRef]:
        """Vouchers posted after a sheet was made, of days up to its last; the year's carry-forward is left out."""
        after = "p.posted_at > ?" if version.postings is None else "p.seq > ?"
        rows = self._all(
            "SELECT v.month, v.word, v.number FROM posting p JOIN voucher v ON v.id = p.voucher_id "
            f"WHERE p.ledger_id = ? AND {after} AND v.day <= ? AND v.month NOT LIKE '%-13' "
            "ORDER BY v.month, v.word, v.number",
            self._ledger_id(version.ledger),
            version.at if version.postings is None else version.postings,
            version.span.last.isoformat(),
        )
        return [VoucherRef(Month.parse(month), word, number) for month, word, number in rows]

    def _versions(self, where: str, *parameters: object) -> list[SheetVersion]:
        """Versions in order; sheets registered before there were any come first, in the order they were made."""
        found = [
            version_of(row) for row in self._all(f"{_VERSIONS} WHERE v.{where.format('v')}", *parameters)
        ]
        for code, ledger, report, first, last, at, by in self._all(
            f"{_OLD} AND s.{where.format('s')}", *parameters
        ):
            span = span_of(first, last)
            version = SheetVersion(
                code,
                ledger,
                report,
                span,
                number=0,
                closed=True,
                kind=VersionKind.FIRST,
                corrects="",
                reason="",
                at=at,
                by=by,
            )
            found.append(version)
        found.sort(key=lambda v: (v.ledger, v.span.first, v.span.last, v.report, v.number, v.at, v.code))
        return [
            _old(version, number, before) if version.number == 0 else version
            for _, one in groupby(found, _place)
            for (number, version), before in _with_before(list(one))
        ]


def _with_before(versions: list[SheetVersion]) -> list[tuple[tuple[int, SheetVersion], str]]:
    codes = ["", *(version.code for version in versions)]
    return list(zip(enumerate(versions, 1), codes, strict=False))


def _old(version: SheetVersion, number: int, before: str) -> SheetVersion:
    """A sheet of an older book, numbered as it was made."""
    kind = VersionKind.CORRECTION if before else VersionKind.FIRST
    return replace(version, number=number, kind=kind, corrects=before)
