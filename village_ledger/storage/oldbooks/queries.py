"""Reading imports from other programs and the mapping a ledger remembers."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from village_ledger.domain.old_mapping import Remembered
from village_ledger.domain.old_plan import Compared, Figures
from village_ledger.domain.old_program import OldProgram
from village_ledger.domain.period import Span
from village_ledger.storage.queries import Queries, day_of

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class OldImport:
    """One import as the book holds it."""

    id: int
    program: OldProgram
    entity: str
    span: Span
    sources: str
    mark: str
    vouchers: int
    compared: tuple[Compared, ...]
    made_by: str
    made_at: str

    @property
    def day(self) -> date:
        """The day it was made."""
        return date.fromisoformat(self.made_at[:10])


class OldBookQueries(Queries):
    """What a book says of where it came from."""

    def old_imports(self, ledger: str) -> list[OldImport]:
        """Every import into a ledger, oldest first."""
        rows = self._all(
            "SELECT id, program, entity, first_day, last_day, sources, mark, vouchers, figures, made_by, made_at "
            "FROM old_import WHERE ledger_id = ? ORDER BY id",
            self._ledger_id(ledger),
        )
        return [
            OldImport(
                i,
                OldProgram(program),
                entity,
                Span(day_of(first), day_of(last)),
                sources,
                mark,
                vouchers,
                compared_of(figures),
                made_by,
                made_at,
            )
            for i, program, entity, first, last, sources, mark, vouchers, figures, made_by, made_at in rows
        ]

    def has_old_import(self, ledger: str, mark: str) -> bool:
        """Whether these very files were taken into the ledger before."""
        found = self._value(
            "SELECT 1 FROM old_import WHERE ledger_id = ? AND mark = ?", self._ledger_id(ledger), mark
        )
        return found is not None

    def old_mapping(self, ledger: str) -> dict[str, Remembered]:
        """Old code → where it goes, as last decided."""
        rows = self._all(
            "SELECT old_code, old_name, account, party, project FROM old_mapping WHERE ledger_id = ? ORDER BY old_code",
            self._ledger_id(ledger),
        )
        return {
            code: Remembered(name, account, party, project) for code, name, account, party, project in rows
        }


def figures_text(compared: Sequence[Compared]) -> str:
    """Figures before and after as the book keeps them."""
    return json.dumps(
        [[x.code, list(x.olds), list(x.before), list(x.after)] for x in compared],
        ensure_ascii=False,
        separators=(",", ":"),
    )


def compared_of(text: str) -> tuple[Compared, ...]:
    """Figures as they were kept."""
    return tuple(
        Compared(code, tuple(olds), Figures(*before), Figures(*after))
        for code, olds, before, after in json.loads(text)
    )
