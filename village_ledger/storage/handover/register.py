"""Writing handovers and old matters; belongs to one unit of work."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from village_ledger.domain.handover import HandoverStep, Item, Parties, Place, Result
from village_ledger.domain.old_matter import FollowUp, OldMatter
from village_ledger.storage.handover.queries import handover_number, matter_number
from village_ledger.storage.registers import Register


class HandoverRegister(Register):
    """Handovers, their lists, signatures and steps; old matters and their logs."""

    def add(self, ledger: str, day: date, parties: Parties, note: str) -> str:
        """Register a handover under the next number of its year; returns the number."""
        number = self._run(
            "SELECT coalesce(max(number), 0) + 1 FROM handover WHERE year = ?", (day.year,)
        ).scalar_one()
        self._run(
            "INSERT INTO handover (year, number, ledger_id, day, post, giver, taker, supervisor, supervisor_post, note, "
            "made_by, made_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                day.year,
                number,
                self._ledger_id(ledger) if ledger else None,
                day.isoformat(),
                parties.post,
                parties.giver,
                parties.taker,
                parties.supervisor,
                parties.supervisor_post,
                note,
                self._uow.by,
                self._uow.at,
            ),
        )
        return handover_number(day.year, number)

    def set_items(self, handover_id: int, items: Iterable[Item]) -> None:
        """A list takes the place of the one there was."""
        self._run("DELETE FROM handover_item WHERE handover_id = ?", (handover_id,))
        for item in items:
            self.add_item(handover_id, item)

    def add_item(self, handover_id: int, item: Item) -> None:
        """One item more."""
        self._run(
            "INSERT INTO handover_item VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                handover_id,
                item.number,
                item.kind.value,
                item.ledger,
                item.title,
                item.detail,
                item.amount,
                item.quantity,
                int(item.by_hand),
                item.result.value,
                item.note,
            ),
        )

    def drop_item(self, handover_id: int, number: int) -> None:
        """Take back an item entered by hand."""
        self._run("DELETE FROM handover_item WHERE handover_id = ? AND line = ?", (handover_id, number))

    def tick(self, handover_id: int, number: int, result: Result, note: str) -> None:
        """Say what going through an item found."""
        self._run(
            "UPDATE handover_item SET result = ?, note = ? WHERE handover_id = ? AND line = ?",
            (result.value, note, handover_id, number),
        )

    def sign(self, handover_id: int, place: Place, name: str, day: date, digest: bytes) -> None:
        """A signature under the list as it stands."""
        self._run(
            "INSERT INTO handover_signature VALUES (?, ?, ?, ?, ?, ?, ?)",
            (handover_id, place.value, name, day.isoformat(), self._uow.by, self._uow.at, digest),
        )

    def step(
        self, handover_id: int, step: HandoverStep, day: date, words: str, digest: bytes, document: str = ""
    ) -> None:
        """Take a step."""
        seq = self._run(
            "SELECT coalesce(max(seq), 0) + 1 FROM handover_step WHERE handover_id = ?", (handover_id,)
        ).scalar_one()
        self._run(
            "INSERT INTO handover_step VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                handover_id,
                seq,
                step.value,
                day.isoformat(),
                words,
                document,
                digest or None,
                self._uow.by,
                self._uow.at,
            ),
        )

    def add_matter(self, matter: OldMatter) -> str:
        """Register an old matter under the ledger's next number; returns the number."""
        ledger_id = self._ledger_id(matter.ledger)
        number = self._run(
            "SELECT coalesce(max(number), 0) + 1 FROM old_matter WHERE ledger_id = ?", (ledger_id,)
        ).scalar_one()
        self._run(
            "INSERT INTO old_matter (ledger_id, number, term, side, account, party, project, name, balance, age, made_by, "
            "made_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                ledger_id,
                number,
                matter.term.isoformat(),
                matter.side.value,
                matter.account,
                matter.party,
                matter.project,
                matter.name,
                matter.balance,
                matter.age,
                self._uow.by,
                self._uow.at,
            ),
        )
        return matter_number(number)

    def follow_up(self, matter_id: int, entry: FollowUp) -> None:
        """One entry more in the log of a matter."""
        self._run(
            'INSERT INTO old_matter_entry (matter_id, day, status, owner, cause, plan, due, words, "by", at) '
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                matter_id,
                entry.day.isoformat(),
                entry.status.value,
                entry.owner,
                entry.cause,
                entry.plan,
                entry.due.isoformat() if entry.due else "",
                entry.words,
                self._uow.by,
                self._uow.at,
            ),
        )
