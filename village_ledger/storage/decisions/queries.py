"""Decision files (四议两公开) and their panels (六手印记): reading."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from village_ledger.domain.decision import Entry, Progress, Stage, Step, matter
from village_ledger.domain.errors import DecisionError
from village_ledger.domain.panel import ListRow, Lot
from village_ledger.domain.voting import Law, Vote, bodies
from village_ledger.storage.decisions.records import (
    Decision,
    DrawnLot,
    Interest,
    Panel,
    PanelList,
    Seat,
    Sign,
)
from village_ledger.storage.decisions.resting import RestingQueries
from village_ledger.storage.queries import Record, day_of, marks, one_snapshot

_FILE = (
    "SELECT d.id, d.number, g.code, d.law, d.matter, d.body, d.subject, d.amount, d.opened_by, d.opened_at "
    "FROM decision d JOIN ledger g ON g.id = d.ledger_id "
)
_STEP = (
    "SELECT decision_id, step, day, eligible, present, in_favour, against, abstained, notice_from, until, place, note, "
    "coalesce(resolution, '') FROM decision_step "
)


class DecisionQueries(RestingQueries):
    """Decision files (四议两公开) and their panels (六手印记)."""

    @one_snapshot
    def decisions(self, ledger: str = "") -> list[Decision]:
        """Files of a ledger or of both, newest first."""
        if not ledger:
            return self._decisions("ORDER BY d.id DESC")
        return self._decisions("WHERE d.ledger_id = ? ORDER BY d.id DESC", self._ledger_id(ledger))

    @one_snapshot
    def decision(self, number: str) -> Decision:
        """One file by its number; raises DecisionError when there is none."""
        found = self.find_decision(number)
        if found is None:
            raise DecisionError(f"没有决策卷宗 {number}", "请核对文号，或先开卷。")
        return found

    @one_snapshot
    def find_decision(self, number: str) -> Decision | None:
        """One file by its number, None when there is none."""
        found = self._decisions("WHERE d.number = ?", number.strip())
        return found[0] if found else None

    def panel_list(self, list_id: int | None = None) -> PanelList | None:
        """A list by its id, the last taken in without one; None when there is none."""
        asked = "ORDER BY id DESC LIMIT 1" if list_id is None else "WHERE id = ?"
        row = self._one(
            f"SELECT id, digest, imported_by, imported_at FROM panel_list {asked}",
            *(() if list_id is None else (list_id,)),
        )
        if row is None:
            return None
        rows = self._all(
            "SELECT line, register, name, avoids FROM panel_person WHERE list_id = ? ORDER BY line", row[0]
        )
        people = tuple(ListRow(line, register, name, bool(avoids)) for line, register, name, avoids in rows)
        return PanelList(row[0], row[1], people, row[2], row[3])

    @one_snapshot
    def panel(self, decision_id: int) -> Panel | None:
        """The panel of a decision, None before the draw."""
        row = self._one(
            "SELECT seed, list_id, drawn_by, drawn_at FROM panel_draw WHERE decision_id = ?", decision_id
        )
        if row is None:
            return None
        drawn_from = self.panel_list(row[1])
        if drawn_from is None:
            raise DecisionError("抽签的名单不见了", "请核对账簿（verify）。")
        seats = self._seats(decision_id)
        now = {seat.place: seat for seat in seats}
        return Panel(
            row[0],
            drawn_from,
            tuple(self._lots(decision_id)),
            now,
            tuple(seat for seat in seats if now[seat.place] is not seat),
            self._signs(decision_id),
            row[2],
            row[3],
        )

    def has_panel(self, decision_id: int) -> bool:
        """Whether lots were drawn for a decision."""
        return self._one("SELECT 1 FROM panel_draw WHERE decision_id = ?", decision_id) is not None

    def lived_with(self, people: Collection[int]) -> set[int]:
        """Everybody who was ever in one household with any of these people, themselves included."""
        ids = list(people)
        if not ids:
            return set()
        rows = self._all(
            "SELECT person_id FROM residence WHERE household_id IN (SELECT household_id FROM residence "
            f"WHERE household_id IS NOT NULL AND person_id IN ({marks(ids)}))",
            *ids,
        )
        return {i for (i,) in rows} | set(ids)

    def people_named(self, name: str) -> set[int]:
        """Everybody of the register who ever had a name, or who is meant by ``户编号/姓名``."""
        code, slash, rest = name.partition("/")
        found = {
            i
            for (i,) in self._all(
                "SELECT person_id FROM person_fact WHERE field = 'name' AND value = ?",
                rest.strip() if slash else name,
            )
        }
        if not slash or not found:
            return found
        here = self._all(
            "SELECT r.person_id FROM residence r JOIN household h ON h.id = r.household_id WHERE h.code = ? "
            f"AND r.person_id IN ({marks(list(found))})",
            code.strip(),
            *found,
        )
        return {i for (i,) in here}

    # Putting rows together

    def _decisions(self, asked: str, *values: object) -> list[Decision]:
        heads = self._all(_FILE + asked, *values)
        one = (heads[0][0],) if len(heads) == 1 else ()
        only = "WHERE decision_id = ? " if one else ""
        entries: dict[int, list[Entry]] = {}
        for row in self._all(f"{_STEP}{only}ORDER BY id", *one):
            entries.setdefault(row[0], []).append(_entry(row))
        interests: dict[int, dict[str, str]] = {}
        for i, name, reason, ended in self._all(
            f"SELECT decision_id, name, reason, ended FROM decision_interest {only}ORDER BY id", *one
        ):
            standing = interests.setdefault(i, {})
            standing.pop(name, None)
            if not ended:
                standing[name] = reason
        links: dict[int, list[tuple[str, str]]] = {}
        for i, kind, ref in self._all(
            f"SELECT decision_id, kind, ref FROM decision_link {only}ORDER BY id", *one
        ):
            links.setdefault(i, []).append((kind, ref))
        return [
            _decision(head, entries.get(head[0], ()), interests.get(head[0], {}), links.get(head[0], ()))
            for head in heads
        ]

    def signatures(self) -> dict[int, int]:
        """By decision with a panel, how many of its places have signed on paper in all stages."""
        return dict(
            self._all(
                "SELECT d.decision_id, (SELECT count(DISTINCT s.stage || s.place) FROM panel_sign s "
                "WHERE s.decision_id = d.decision_id AND s.on_paper = 1) FROM panel_draw d"
            )
        )

    def _lots(self, decision_id: int) -> list[DrawnLot]:
        barred: dict[int, list[tuple[int, str]]] = {}
        for lot_id, line, reason in self._all(
            "SELECT b.lot_id, b.line, b.reason FROM panel_barred b JOIN panel_lot l ON l.id = b.lot_id "
            "WHERE l.decision_id = ? ORDER BY b.lot_id, b.line",
            decision_id,
        ):
            barred.setdefault(lot_id, []).append((line, reason))
        rows = self._all(
            'SELECT id, place, register, round, "index", eligible, line, name, reason, drawn_by, drawn_at '
            "FROM panel_lot WHERE decision_id = ? ORDER BY id",
            decision_id,
        )
        return [_lot(row, tuple(barred.get(row[0], ()))) for row in rows]

    def _seats(self, decision_id: int) -> list[Seat]:
        rows = self._all(
            "SELECT id, place, role, name, lot_id, reason, seated_at FROM panel_seat WHERE decision_id = ? ORDER BY id",
            decision_id,
        )
        return [Seat(*row) for row in rows]

    def _signs(self, decision_id: int) -> dict[tuple[Stage, int], Sign]:
        rows = self._all(
            "SELECT s.stage, s.place, t.name, t.role, s.verdict, s.opinion, s.day, s.on_paper, s.corrects "
            "FROM panel_sign s JOIN panel_seat t ON t.id = s.seat_id WHERE s.decision_id = ? ORDER BY s.id",
            decision_id,
        )
        return {
            (Stage(stage), place): Sign(
                Stage(stage), place, name, role, verdict, opinion, day_of(day), bool(on_paper), corrects
            )
            for stage, place, name, role, verdict, opinion, day, on_paper, corrects in rows
        }


def _decision(
    head: Record, entries: Sequence[Entry], interests: Mapping[str, str], links: Sequence[tuple[str, str]]
) -> Decision:
    i, number, ledger, law, matter_id, body_id, subject, amount, by, at = head
    progress = Progress(matter(matter_id), Law(law), bodies().get(body_id), tuple(entries))
    named = tuple(Interest(name, reason) for name, reason in interests.items())
    return Decision(i, number, ledger, subject, amount, progress, named, tuple(links), by, at)


def _entry(row: Record) -> Entry:
    _, step, day, eligible, present, in_favour, against, abstained, since, until, place, note, resolution = (
        row
    )
    return Entry(
        Step(step),
        day_of(day),
        Vote(eligible, present, in_favour, against, abstained) if eligible else None,
        day_of(since) if since else None,
        day_of(until) if until else None,
        place,
        note,
        resolution,
    )


def _lot(row: Record, out: tuple[tuple[int, str], ...]) -> DrawnLot:
    i, place, register, round_, index, eligible, line, name, reason, by, at = row
    return DrawnLot(i, Lot(place, register, round_, index, eligible, line, name, reason, out), by, at)
