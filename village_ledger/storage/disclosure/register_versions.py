"""Writing versions of registered sheets; belongs to one unit of work."""

from __future__ import annotations

from village_ledger.domain.chain import GENESIS
from village_ledger.domain.sheet_version import SheetVersion
from village_ledger.storage.disclosure.version_rows import digest_of
from village_ledger.storage.registers import Register


class VersionsRegister(Register):
    """Each version is a link of one chain over the book."""

    def add(self, version: SheetVersion, face: str) -> None:
        """Append a version of a sheet that is registered."""
        row = self._run("SELECT seq, digest FROM sheet_version ORDER BY seq DESC LIMIT 1").fetchone()
        seq, previous = (row[0] + 1, row[1]) if row else (1, GENESIS)
        span = version.span
        self._run(
            "INSERT INTO sheet_version VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                seq,
                version.code,
                self._ledger_id(version.ledger),
                version.report,
                span.first.isoformat(),
                span.last.isoformat(),
                version.number,
                int(version.closed),
                version.kind.value,
                version.corrects,
                version.reason,
                version.postings,
                face,
                version.at,
                version.by,
                previous,
                digest_of(previous, seq, version, face),
            ),
        )
