"""Writing the split document: lines, parts, and the row that seals them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from village_ledger.domain.separation import Part, SplitLine, document_digest
from village_ledger.storage.registers import Register


class SplitOf(NamedTuple):
    """What was split: the old file's name, its mark, and the day its balances are of."""

    source: str
    mark: str
    cutoff: str


class SeparationRegister(Register):
    """The split document of a book; written once, in the action that enters both openings."""

    def enter(
        self,
        split: SplitOf,
        lines: Sequence[SplitLine],
        mirror: int,
        leaf_of: Callable[[Part], tuple[str, str]],
    ) -> bytes:
        """Store every line and seal them; ``leaf_of`` gives the ledger and leaf a part opens. Returns the digest."""
        for number, one in enumerate(lines, 1):
            x = one.line
            self._run(
                "INSERT INTO separation_line VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    number,
                    x.row,
                    x.code,
                    x.name,
                    x.item,
                    x.debit,
                    x.credit,
                    x.note,
                    one.guess.value,
                    one.certainty,
                    one.source,
                ),
            )
            for place, part in enumerate(one.parts, 1):
                ledger, leaf = leaf_of(part)
                self._run(
                    "INSERT INTO separation_part VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        number,
                        place,
                        part.owner.value,
                        self._ledger_id(ledger),
                        leaf,
                        part.account,
                        part.detail,
                        part.counterparty,
                        part.project,
                        part.amount,
                        part.reason,
                    ),
                )
        digest = document_digest(lines)
        self._run(
            "INSERT INTO separation VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*split, self._uow.by, self._uow.at, mirror, len(lines), digest),
        )
        return digest
