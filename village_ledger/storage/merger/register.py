"""Writing a merger: what was merged, where it went, who must be told; afterwards what became of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from village_ledger.domain.merger import Matter, NewCode, Origin
from village_ledger.storage.registers import Register


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """An old book as it is written down."""

    number: int
    village: str
    uid: str
    file: str
    collective: str
    committee: str
    heads: Mapping[str, str]
    digest: bytes


class NewShare(NamedTuple):
    """What one holder had and has."""

    source: int
    old_holder: str
    old_class: str
    old_shares: str
    person_id: int | None
    new_class: str
    new_shares: str
    note: str = ""


class NewCreditor(NamedTuple):
    """Somebody to be told."""

    source: int
    ledger: str
    account: str
    party: str
    amount: int
    due_on: date | None


@dataclass(frozen=True, slots=True)
class MergerHead:
    """The merger as a whole."""

    option: str
    day: date
    shares: str
    approved_on: date | None
    resolutions: str
    reason: str


class MergerRegister(Register):
    """The writing side of a merger."""

    def add_source(self, source: SourceFacts) -> None:
        """One of the merged books."""
        self._run(
            "INSERT INTO merger_source VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                source.number,
                source.village,
                source.uid,
                source.file,
                source.collective,
                source.committee,
                json.dumps(source.heads, ensure_ascii=False, sort_keys=True),
                source.digest,
            ),
        )

    def add_origins(self, origins: Iterable[Origin]) -> None:
        """Every old balance and where it stands now."""
        for number, one in enumerate(origins, 1):
            old = one.old
            self._run(
                "INSERT INTO merger_origin VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    number,
                    one.source,
                    one.old_ledger,
                    old.account,
                    one.old_name,
                    old.party,
                    old.project,
                    self._ledger_id(one.ledger),
                    one.account,
                    one.party,
                    one.project,
                    old.balance,
                    old.year_debit,
                    old.year_credit,
                    old.quantity,
                    int(one.eliminated),
                    one.pair,
                ),
            )

    def add_codes(self, codes: Iterable[NewCode]) -> None:
        """Old numbers and the new ones."""
        sql = "INSERT INTO merger_code (source, kind, ledger, old, new, name) VALUES (?, ?, ?, ?, ?, ?)"
        for one in codes:
            self._run(sql, tuple(one))

    def add_shares(self, shares: Iterable[NewShare]) -> None:
        """What every holder had and has."""
        for number, one in enumerate(shares, 1):
            self._run("INSERT INTO merger_share VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (number, *one))

    def add_creditors(self, creditors: Iterable[NewCreditor]) -> None:
        """Everybody who must be told."""
        for number, one in enumerate(creditors, 1):
            due = one.due_on.isoformat() if one.due_on else ""
            self._run(
                "INSERT INTO merger_creditor VALUES (?, ?, ?, ?, ?, ?, ?)",
                (number, one.source, self._ledger_id(one.ledger), one.account, one.party, one.amount, due),
            )

    def add_matters(self, matters: Iterable[Matter]) -> None:
        """What is left open."""
        for number, one in enumerate(matters, 1):
            self._run("INSERT INTO merger_matter VALUES (?, ?, ?, ?, ?)", (number, *one))

    def seal(self, head: MergerHead) -> bytes:
        """Seal everything written; returns the digest."""
        approved = head.approved_on.isoformat() if head.approved_on else ""
        values = (head.option, head.day.isoformat(), head.shares, approved, head.resolutions, head.reason)
        whole = (*values, self._uow.by, self._uow.at)
        digest = self._uow.reader.merger_digest(whole)
        self._run("INSERT INTO merger VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (*whole, digest))
        return digest

    def follow(self, act: str, day: date, note: str, *, creditor: int | None, matter: int | None) -> None:
        """What happened to a notice or a matter."""
        self._run(
            "INSERT INTO merger_follow (creditor_id, matter_id, act, day, note, entered_by, entered_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (creditor, matter, act, day.isoformat(), note, self._uow.by, self._uow.at),
        )

    def mark_merged(self, village: str, uid: str, file: str, option: str, day: date, seal: bytes) -> None:
        """In an old book: say which new one goes on with it."""
        self._run(
            "INSERT INTO merged_into VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?)",
            (village, uid, file, option, day.isoformat(), seal, self._uow.by, self._uow.at),
        )
