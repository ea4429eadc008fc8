"""Writing shares: classes, charter, accounts, events with their lines, cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from village_ledger.domain.chain import GENESIS, link
from village_ledger.domain.share import EventKind, ShareLine
from village_ledger.domain.share_chain import ChainedEvent, ChainedLine, ChainedPledge, event_bytes
from village_ledger.storage.registers import Register


@dataclass(frozen=True, slots=True)
class NewPledge:
    """What a pledge is about besides its shares."""

    account_id: int
    quantity: int
    creditor: str
    contract: str
    expires: date | None
    dividend_to: str


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event ready to be posted; lines and checks are the service's."""

    kind: EventKind
    class_id: int | None
    day: date
    resolution: str = ""
    contract: str = ""
    party: str = ""
    price: int = 0
    note: str = ""
    pledge_id: int | None = None
    reverses: int | None = None
    person_id: int | None = None
    household_id: int | None = None
    case_id: int | None = None
    reviewed_by: str = ""
    pledge: NewPledge | None = None


PAPERS = "papers"
"""The step of a case at which papers were handed in; its note names them, one a line."""


class SharesRegister(Register):
    """The share register's writing side."""

    def add_class(self, ledger: str, name: str, decimals: int, *, is_collective: bool) -> int:
        """Store a class; returns its id."""
        made = int(self._run("SELECT coalesce(max(id), 0) + 1 FROM share_class").scalar_one())
        self._run(
            "INSERT INTO share_class (id, ledger_id, name, decimals, is_collective, entered_by, entered_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                made,
                self._ledger_id(ledger),
                name,
                decimals,
                int(is_collective),
                self._uow.by,
                self._uow.at,
            ),
        )
        return made

    def set_charter(self, key: str, class_id: int | None, value: str, effective: date, source: str) -> None:
        """Say what the charter says from a day on."""
        self._run(
            "INSERT INTO share_charter (class_id, key, value, effective, source, entered_by, entered_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (class_id, key, value, effective.isoformat(), source, self._uow.by, self._uow.at),
        )

    def account(self, class_id: int, person_id: int | None) -> int:
        """The account of a holder (None: the organisation) in a class, made when it is not there."""
        found = self._run(
            "SELECT id FROM share_account WHERE class_id = ? AND person_id IS ?", (class_id, person_id)
        ).scalar()
        if found is not None:
            return int(found)
        made = int(self._run("SELECT coalesce(max(id), 0) + 1 FROM share_account").scalar_one())
        self._run("INSERT INTO share_account VALUES (?, ?, ?)", (made, class_id, person_id))
        return made

    def add_event(self, event: NewEvent, lines: Sequence[ShareLine]) -> int:
        """Post an event: its lines and its pledge first, then the event, which the database looks at whole."""
        head = self._run("SELECT number, digest FROM share_event ORDER BY number DESC LIMIT 1").fetchone()
        number, previous = (1, GENESIS) if head is None else (head[0] + 1, head[1])
        day = event.day.isoformat()
        chained = ChainedEvent(
            number,
            event.kind.value,
            event.class_id,
            day,
            event.resolution or None,
            event.contract,
            event.party,
            event.price,
            event.note,
            event.pledge_id,
            event.reverses,
            event.person_id,
            event.household_id,
            self._uow.by,
            event.reviewed_by,
            self._uow.at,
        )
        self._run(
            "INSERT INTO share_line VALUES (?, ?, ?, ?, ?, ?)",
            [
                (number, place, line.account_id, line.bucket.value, line.delta, day)
                for place, line in enumerate(lines, 1)
            ],
        )
        pledge = self._pledge(number, event.pledge) if event.pledge is not None else None
        digest = link(previous, event_bytes(chained, self._chained(lines), pledge))
        self._run(
            "INSERT INTO share_event (number, kind, class_id, day, resolution, contract, party, price, note, pledge_id, "
            "reverses, person_id, household_id, entered_by, reviewed_by, entered_at, case_id, previous, digest) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*chained, event.case_id, previous, digest),
        )
        return number

    def _pledge(self, number: int, pledge: NewPledge) -> ChainedPledge:
        expires = pledge.expires.isoformat() if pledge.expires else ""
        chained = ChainedPledge(
            pledge.quantity, pledge.creditor, pledge.contract, expires, pledge.dividend_to
        )
        self._run(
            "INSERT INTO share_pledge (id, account_id, quantity, creditor, contract, expires, dividend_to) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (number, pledge.account_id, *chained),
        )
        return chained

    def _chained(self, lines: Sequence[ShareLine]) -> list[ChainedLine]:
        found: list[ChainedLine] = []
        for line in lines:
            class_id, person_id = self._run(
                "SELECT class_id, coalesce(person_id, 0) FROM share_account WHERE id = ?", (line.account_id,)
            ).fetchone()
            found.append(ChainedLine(class_id, person_id, line.bucket.value, line.delta))
        return found

    def add_case(self, kind: EventKind, body: str, day: date, note: str) -> int:
        """Begin a case as a draft; returns its id."""
        made = int(self._run("SELECT coalesce(max(id), 0) + 1 FROM share_case").scalar_one())
        self._run(
            "INSERT INTO share_case (id, kind, state, body, made_by, made_at) VALUES (?, ?, 'draft', ?, ?, ?)",
            (made, kind.value, body, self._uow.by, self._uow.at),
        )
        self._step(made, "draft", day, note)
        return made

    def rewrite_case(self, case_id: int, kind: EventKind, body: str) -> None:
        """Change what a draft asks for."""
        self._run("UPDATE share_case SET kind = ?, body = ? WHERE id = ?", (kind.value, body, case_id))

    def advance_case(self, case_id: int, state: str, day: date, note: str, by: str = "") -> None:
        """Take a case to another state and keep the step; ``by`` a second person, else the one who acts."""
        self._step(case_id, state, day, note, by)
        self._run("UPDATE share_case SET state = ? WHERE id = ?", (state, case_id))

    def note_papers(self, case_id: int, day: date, papers: str) -> None:
        """Papers handed in after the draft: a step that changes no state."""
        self._step(case_id, PAPERS, day, papers)

    def _step(self, case_id: int, state: str, day: date, note: str, by: str = "") -> None:
        self._run(
            "INSERT INTO share_case_step (case_id, state, day, note, by, at) VALUES (?, ?, ?, ?, ?, ?)",
            (case_id, state, day.isoformat(), note, by or self._uow.by, self._uow.at),
        )
