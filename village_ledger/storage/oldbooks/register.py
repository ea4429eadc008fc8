"""Writing imports from other programs and what is remembered of their accounts; belongs to one unit of work."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import TYPE_CHECKING

from village_ledger.domain.chain import FIELD
from village_ledger.domain.old_mapping import Remembered
from village_ledger.storage.registers import Register

if TYPE_CHECKING:
    from village_ledger.domain.old_program import OldRecords


def import_digest(*facts: object) -> bytes:
    """Over what an import says, field by field: ledger, program, entity, days, files, mark, vouchers, figures, who, when."""
    return sha256(FIELD.join(map(str, facts)).encode()).digest()


class OldBookRegister(Register):
    """The proof of an import and the mapping it used."""

    def note(self, ledger: str, records: OldRecords, vouchers: int, figures: str) -> bytes:
        """Keep an import; returns its digest."""
        facts = (
            records.program.value,
            records.entity,
            records.span.first.isoformat(),
            records.span.last.isoformat(),
            "、".join(records.sources),
            records.digest,
            vouchers,
            figures,
        )
        digest = import_digest(ledger, *facts, self._uow.by, self._uow.at)
        self._run(
            "INSERT INTO old_import (ledger_id, program, entity, first_day, last_day, sources, mark, vouchers, figures, "
            "digest, made_by, made_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (self._ledger_id(ledger), *facts, digest, self._uow.by, self._uow.at),
        )
        return digest

    def remember(self, ledger: str, mapping: Mapping[str, Remembered]) -> None:
        """Keep where old accounts go; a newer decision takes the place of the older."""
        ledger_id = self._ledger_id(ledger)
        for code, one in mapping.items():
            self._run(
                "INSERT INTO old_mapping VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
                "old_name = excluded.old_name, account = excluded.account, party = excluded.party, "
                "project = excluded.project, decided_by = excluded.decided_by, decided_at = excluded.decided_at",
                (ledger_id, code, one.name, one.code, one.party, one.project, self._uow.by, self._uow.at),
            )
