"""Writing decision files and panels; belongs to one unit of work."""

from __future__ import annotations

from collections.abc import Sequence

from village_ledger.domain.decision import Entry, Progress, Stage
from village_ledger.domain.panel import ListRow, Lot
from village_ledger.storage.decisions.marks import ACTS, in_words, mark
from village_ledger.storage.registers import Register


class _Marked(Register):
    """Writes acts into the log with the mark of the row they made."""

    def note(self, action: str, where: tuple[str, str], detail: str, row: tuple[str, int]) -> None:
        """Log what was done: ``where`` is ledger and number, ``row`` a table and the id in it."""
        table, row_id = row
        if action not in ACTS[table]:
            raise ValueError(action)
        found = self._run(f"SELECT * FROM {table} WHERE id = ?", (row_id,)).fetchone()
        code = mark(table, tuple(found or ()))
        ledger, number = where
        self._uow.log.add(action, ledger=ledger, subject=number, detail=f"{detail}{in_words(code)}")


class DecisionRegister(_Marked):
    """Files, steps, interests, links."""

    def open(self, number: str, ledger: str, progress: Progress, subject: str, amount: int) -> int:
        """A new file; returns its id."""
        made = self._run(
            "INSERT INTO decision (number, ledger_id, law, matter, body, subject, amount, steps, opened_by, opened_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            (number, *self._head(ledger, progress, subject, amount), self._uow.by, self._uow.at),
        )
        return int(made.scalar_one())

    def rewrite(self, decision_id: int, ledger: str, progress: Progress, subject: str, amount: int) -> None:
        """Say better what a file that is only proposed is about."""
        self._run(
            "UPDATE decision SET ledger_id = ?, law = ?, matter = ?, body = ?, subject = ?, amount = ?, steps = ? "
            "WHERE id = ?",
            (*self._head(ledger, progress, subject, amount), decision_id),
        )

    def _head(self, ledger: str, progress: Progress, subject: str, amount: int) -> tuple[object, ...]:
        return (
            self._ledger_id(ledger),
            progress.law.value,
            progress.matter.id,
            progress.body.id if progress.body else "",
            subject,
            amount,
            ",".join(step.value for step in progress.steps),
        )

    def step(self, decision_id: int, entry: Entry) -> int:
        """Keep a step as it happened; returns its id."""
        vote = entry.vote
        votes = (
            (0, 0, 0, 0, 0)
            if vote is None
            else (vote.eligible, vote.present, vote.in_favour, vote.against, vote.abstained)
        )
        made = self._run(
            "INSERT INTO decision_step (decision_id, step, day, eligible, present, in_favour, against, abstained, "
            "notice_from, until, place, note, resolution, written_by, written_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            (
                decision_id,
                entry.step.value,
                entry.day.isoformat(),
                *votes,
                entry.notice_from.isoformat() if entry.notice_from else "",
                entry.until.isoformat() if entry.until else "",
                entry.place,
                entry.note,
                entry.resolution or None,
                self._uow.by,
                self._uow.at,
            ),
        )
        return int(made.scalar_one())

    def interest(self, decision_id: int, name: str, reason: str, *, ended: bool = False) -> int:
        """Somebody has an interest in the matter, or was named by mistake; returns the row's id."""
        made = self._run(
            "INSERT INTO decision_interest (decision_id, name, reason, ended, written_by, written_at) "
            "VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
            (decision_id, name, reason, int(ended), self._uow.by, self._uow.at),
        )
        return int(made.scalar_one())

    def link(self, decision_id: int, kind: str, ref: str) -> int:
        """Something rests on the decision; returns the row's id."""
        made = self._run(
            "INSERT INTO decision_link (decision_id, kind, ref, written_by, written_at) VALUES (?, ?, ?, ?, ?) "
            "RETURNING id",
            (decision_id, kind, ref, self._uow.by, self._uow.at),
        )
        return int(made.scalar_one())


class PanelRegister(_Marked):
    """Lists, draws, seats, signatures."""

    def take_list(self, digest: str, rows: Sequence[ListRow]) -> int:
        """Keep a list as taken in; returns its id."""
        made = self._run(
            "INSERT INTO panel_list (digest, count, imported_by, imported_at) VALUES (?, ?, ?, ?) RETURNING id",
            (digest, len(rows), self._uow.by, self._uow.at),
        )
        list_id = int(made.scalar_one())
        self._run(
            "INSERT INTO panel_person VALUES (?, ?, ?, ?, ?)",
            [(list_id, row.number, row.register, row.name, int(row.avoids)) for row in rows],
        )
        return list_id

    def draw(self, decision_id: int, list_id: int, seed: str) -> None:
        """Begin the draw of a decision."""
        self._run(
            "INSERT INTO panel_draw VALUES (?, ?, ?, ?, ?)",
            (decision_id, list_id, seed, self._uow.by, self._uow.at),
        )

    def lot(self, decision_id: int, list_id: int, lot: Lot) -> int:
        """Keep one round and who took no part in it; returns its id."""
        made = self._run(
            'INSERT INTO panel_lot (decision_id, place, round, register, "index", eligible, list_id, line, name, reason, '
            "drawn_by, drawn_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            (
                decision_id,
                lot.place,
                lot.round,
                lot.register,
                lot.index,
                lot.eligible,
                list_id,
                lot.row,
                lot.name,
                lot.reason,
                self._uow.by,
                self._uow.at,
            ),
        )
        lot_id = int(made.scalar_one())
        if lot.out:
            self._run("INSERT INTO panel_barred VALUES (?, ?, ?)", [(lot_id, *one) for one in lot.out])
        return lot_id

    def seat(
        self, decision_id: int, place: int, role: str, name: str, lot_id: int | None = None, reason: str = ""
    ) -> int:
        """Somebody sits at a place; returns the seat's id."""
        made = self._run(
            "INSERT INTO panel_seat (decision_id, place, role, name, lot_id, reason, seated_by, seated_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            (decision_id, place, role, name, lot_id, reason, self._uow.by, self._uow.at),
        )
        return int(made.scalar_one())

    def sign(
        self,
        decision_id: int,
        stage: Stage,
        place: int,
        seat_id: int,
        said: tuple[str, str, str, bool],
        corrects: str,
    ) -> int:
        """Keep what a place said in a stage: verdict, opinion, day, whether it is signed on paper; returns its id."""
        verdict, opinion, day, on_paper = said
        made = self._run(
            "INSERT INTO panel_sign (decision_id, stage, place, seat_id, verdict, opinion, day, on_paper, corrects, "
            "written_by, written_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            (
                decision_id,
                stage.value,
                place,
                seat_id,
                verdict,
                opinion,
                day,
                int(on_paper),
                corrects,
                self._uow.by,
                self._uow.at,
            ),
        )
        return int(made.scalar_one())
