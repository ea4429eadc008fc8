"""Reading people and households as known on a day: each table once, in the order things hold, folded in one pass."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from village_ledger.domain.errors import MemberError
from village_ledger.domain.member import HEAD, SINCE_EVER
from village_ledger.domain.rule_names import ON_THE_LIST, ONE_NAME
from village_ledger.storage.people.queries_person import (
    EVER,
    IN_ORDER,
    PersonQueries,
    through,
    written_before,
)
from village_ledger.storage.people.records import Household, Person, Shareholder
from village_ledger.storage.queries import Record, day_of, marks, one_snapshot

_SHOWN = ("name", "sex", "birth", "death", "note")
_SEALED = "id_number"
"""Shown too, as being there or not."""
_BY_PERSON = " ORDER BY person_id, effective, id"
"""In which the last of a person still wins, and which an index has."""


@dataclass(slots=True)
class _Known:
    """What holds on a day, by person or household; the last of what is read wins."""

    facts: dict[str, dict[int, str]] = field(default_factory=dict[str, dict[int, str]])
    homes: dict[int, tuple[int | None, str, int]] = field(
        default_factory=dict[int, tuple[int | None, str, int]]
    )
    """Household, relation and the residence's id."""
    standing: dict[int, tuple[str, str, str, str]] = field(
        default_factory=dict[int, tuple[str, str, str, str]]
    )
    """Status, reason, since when, retained until."""
    codes: dict[int, str] = field(default_factory=dict[int, str])
    groups: dict[int, str] = field(default_factory=dict[int, str])


@dataclass(frozen=True, slots=True)
class _When:
    """Which day is asked about, and what had been written by then."""

    through: str = EVER
    before: str = ""
    """Only what was written before this moment; empty: everything."""
    rows: Mapping[str, int] = field(default_factory=dict[str, int])
    """Only rows up to these, by table; empty: all."""

    def written(self, table: str) -> tuple[str, tuple[object, ...]]:
        """The condition on a table and its parameters."""
        if self.rows:
            return " AND id <= ?", (self.rows[table],)
        return (" AND entered_at < ?", (self.before,)) if self.before else ("", ())


WRITTEN = ("person_fact", "residence", "member_status", "household_fact")
"""Tables of facts the register is folded from."""


class PeopleQueries(PersonQueries):
    """People, households and standings on any day."""

    @one_snapshot
    def people(self, day: date | None = None, known_on: date | None = None) -> list[Person]:
        """Everybody on a day, the dead too, by household with its head first; None: as last known.

        ``known_on``: as the register stood at the end of that day, before what was written or put right later.
        """
        return self._people(_when(day, known_on), None)

    @one_snapshot
    def people_by(self, day: date, rows: Mapping[str, int]) -> list[tuple[Person, bytes]]:
        """Everybody on a day by the rows there were up to some, each with the token of the identity number or nothing."""
        when = _When(day.isoformat(), rows=rows)
        tokens = dict(self._of("person_id, token", "person_fact", when, None, "field = 'id_number' AND "))
        return [(one, bytes(tokens.get(one.id) or b"")) for one in self._people(when, None)]

    def rows_written(self) -> dict[str, int]:
        """The last row of each table of facts."""
        return {table: self._value(f"SELECT coalesce(max(id), 0) FROM {table}") or 0 for table in WRITTEN}

    @one_snapshot
    def person(self, person_id: int, day: date | None = None) -> Person:
        """One person as known on a day; raises MemberError when unknown by then."""
        found = self._people(_when(day), {person_id})
        if not found:
            raise MemberError(f"成员名册里没有这个人{ON_THE_LIST}", "请核对日期：这一天以前还没有登记。")
        return found[0]

    @one_snapshot
    def person_at(self, key: str, day: date | None = None) -> Person:
        """The person written as ``户编号/姓名`` on a day; raises MemberError naming what is missing."""
        code, slash, name = (part.strip() for part in key.strip().partition("/"))
        if not slash or not name:
            raise MemberError(f"“{key}”不是户编号/姓名{ONE_NAME}", "请写成 001/张三 这样。")
        named = {
            i
            for (i,) in self._all(
                "SELECT person_id FROM person_fact INDEXED BY ix_person_fact_name WHERE field = 'name' AND value = ?",
                name,
            )
        }
        people = [one for one in self._people(_when(day), named) if one.name == name] if named else []
        here = [one for one in people if one.household == code]
        if len(here) == 1:
            return here[0]
        said = self._why_not_one(code, name, day, people, len(here))
        raise MemberError(f"{said}{ONE_NAME}", "请核对户编号、姓名和日期。")

    @one_snapshot
    def households(self, day: date | None = None) -> list[Household]:
        """Households with anybody in them on a day, by number; the head stands first."""
        found: dict[str, list[Person]] = {}
        for one in self._people(_when(day), None):
            if one.household:
                found.setdefault(one.household, []).append(one)
        ids = {code: i for i, code in self._all("SELECT id, code FROM household")}
        return [
            Household(ids[code], code, people[0].group, people[0].head, tuple(people))
            for code, people in found.items()
        ]

    @one_snapshot
    def household(self, code: str, day: date | None = None) -> Household | None:
        """One household on a day; None when nobody was in it."""
        household_id = self.household_id(code)
        if household_id is None:
            return None
        ever = {
            i for (i,) in self._all("SELECT person_id FROM residence WHERE household_id = ?", household_id)
        }
        people = [one for one in self._people(_when(day), ever) if one.household == code] if ever else []
        if not people:
            return None
        return Household(household_id, code, people[0].group, people[0].head, tuple(people))

    @one_snapshot
    def shareholders(self, day: date | None = None) -> dict[int, Shareholder]:
        """What a list of shares must say of everybody known on a day: much less than ``people``, and much sooner."""
        when = _when(day)
        fact = f"SELECT person_id, value FROM person_fact WHERE field = ? AND effective <= ?{_BY_PERSON}"
        names: dict[int, str] = dict(self._all(fact, "name", when.through))
        deaths: dict[int, str] = dict(self._all(fact, "death", when.through))
        homes: dict[int, int | None] = dict(self._of("person_id, household_id", "residence", when, None))
        standing: dict[int, str] = dict(self._of("person_id, status", "member_status", when, None))
        known = _Known()
        self._read_households(known, when, all_of_them=True)
        codes: dict[int | None, str] = {None: "", **known.codes}
        groups: dict[int | None, str] = {**known.groups}
        return {
            i: Shareholder(
                codes[home := homes.get(i)],
                name,
                groups.get(home, ""),
                bool(deaths.get(i)),
                standing.get(i, "none"),
            )
            for i, name in names.items()
            if name
        }

    def living_members(self, day: date | None = None) -> list[Person]:
        """Members alive on a day."""
        return [one for one in self.people(day) if one.is_member]

    # The fold

    def _people(self, when: _When, asked: set[int] | None) -> list[Person]:
        known, wanted = _Known(), None
        if asked is not None:
            wanted = asked | self._neighbours(asked)
        self._read_facts(known, when, wanted)
        self._read_homes(known, when, wanted)
        self._read_standing(known, when, wanted)
        self._read_households(known, when, all_of_them=wanted is None)
        everybody = _in_register_order(known)
        return everybody if asked is None else [one for one in everybody if one.id in asked]

    def _neighbours(self, asked: set[int]) -> set[int]:
        """Everybody who was ever in a household these people were ever in."""
        ids = list(asked)
        rows = self._all(
            "SELECT person_id FROM residence WHERE household_id IN (SELECT household_id FROM residence "
            f"WHERE person_id IN ({marks(ids)}))",
            *ids,
        )
        return {i for (i,) in rows}

    def _read_facts(self, known: _Known, when: _When, wanted: Collection[int] | None) -> None:
        if wanted is None:  # a field at a time, as the index has them
            for name in _SHOWN:
                rows = self._of("person_id, value", "person_fact", when, None, f"field = '{name}' AND ")
                known.facts[name] = dict(rows)
            sealed = self._of(
                "person_id, sealed IS NOT NULL", "person_fact", when, None, f"field = '{_SEALED}' AND "
            )
            known.facts[_SEALED] = dict(sealed)
            return
        known.facts = {name: {} for name in (*_SHOWN, _SEALED)}
        fields = ", ".join(f"'{name}'" for name in known.facts)
        columns = f"person_id, field, CASE field WHEN '{_SEALED}' THEN sealed IS NOT NULL ELSE value END"
        for person_id, name, text in self._of(
            columns, "person_fact", when, wanted, f"field IN ({fields}) AND "
        ):
            known.facts[name][person_id] = text

    def _read_homes(self, known: _Known, when: _When, wanted: Collection[int] | None) -> None:
        columns = "person_id, household_id, relation, id"
        for person_id, household_id, relation, place in self._of(columns, "residence", when, wanted):
            known.homes[person_id] = (household_id, relation, place)

    def _read_households(self, known: _Known, when: _When, *, all_of_them: bool) -> None:
        """Numbers and groups: of every household, or of those people live in."""
        ids = [] if all_of_them else list({home for home, _, _ in known.homes.values() if home is not None})
        only = "" if all_of_them else f"id IN ({marks(ids)})"
        codes = self._all(f"SELECT id, code FROM household{only and f' WHERE {only}'}", *ids)
        written, bounds = when.written("household_fact")
        groups = self._all(
            f"SELECT household_id, value FROM household_fact WHERE field = 'group' AND effective <= ?{written} "
            f"{only and f'AND household_{only}'}{IN_ORDER}",
            when.through,
            *bounds,
            *ids,
        )
        known.codes, known.groups = dict(codes), dict(groups)

    def _read_standing(self, known: _Known, when: _When, wanted: Collection[int] | None) -> None:
        columns = "person_id, effective, status, reason, retained_until"
        last = {
            (person_id, effective): (status, reason, retained)
            for person_id, effective, status, reason, retained in self._of(
                columns, "member_status", when, wanted
            )
        }
        for (person_id, effective), (status, reason, retained) in last.items():
            before = known.standing.get(person_id)
            since = before[2] if before is not None and before[0] == status else effective
            known.standing[person_id] = (status, reason, since, retained)

    def _of(
        self, columns: str, table: str, when: _When, wanted: Collection[int] | None, only: str = ""
    ) -> Iterable[Record]:
        """Rows up to a day by person, of each the last that holds last."""
        written, bounds = when.written(table)
        ids = [] if wanted is None else list(wanted)
        of_these = "" if wanted is None else f" AND person_id IN ({marks(ids)})"
        return self._all(
            f"SELECT {columns} FROM {table} WHERE {only}effective <= ?{written}{of_these}{_BY_PERSON}",
            when.through,
            *bounds,
            *ids,
        )

    def _why_not_one(self, code: str, name: str, day: date | None, people: list[Person], here: int) -> str:
        when = f"{day} " if day else ""
        if here > 1:
            return f"{when}{code} 户有 {here} 个{name}，分不清是哪一个"
        if code and self.household_id(code) is None:
            return f"没有户编号 {code}"
        elsewhere = "、".join(one.household for one in people if one.household)
        if elsewhere:
            return f"{when}{code} 户没有{name}，这一天{name}在 {elsewhere} 户"
        return f"{when}{code} 户没有{name}这个人"


def _when(day: date | None, known_on: date | None = None) -> _When:
    return _When(through(day), written_before(known_on) if known_on else "")


def _in_register_order(known: _Known) -> list[Person]:
    """People by household number, the head first, then as they came; those of no household last."""
    deaths = known.facts["death"]
    heads: dict[int, tuple[bool, int, int]] = {}
    for person_id, (household_id, relation, place) in known.homes.items():
        if household_id is not None and relation == HEAD and person_id in known.facts["name"]:
            mark = (not deaths.get(person_id), place, person_id)
            heads[household_id] = max(heads.get(household_id, mark), mark)
    head_of = {household_id: mark[2] for household_id, mark in heads.items()}
    rows: list[tuple[tuple[bool, str, bool, int, int], Person]] = []
    for person_id, name in known.facts["name"].items():
        if not name:
            continue
        household_id, relation, place = known.homes.get(person_id, (None, "", 0))
        head = None if household_id is None else head_of.get(household_id)
        one = _person(known, person_id, household_id, relation, head)
        rows.append(((not one.household, one.household, head != person_id, place, person_id), one))
    rows.sort(key=lambda row: row[0])
    return [one for _, one in rows]


def _person(
    known: _Known, person_id: int, household_id: int | None, relation: str, head: int | None
) -> Person:
    facts = known.facts
    status, reason, since, retained = known.standing.get(person_id, ("none", "", "", ""))
    birth, death = facts["birth"].get(person_id), facts["death"].get(person_id)
    confirmed = day_of(since) if since else None
    return Person(
        id=person_id,
        name=facts["name"][person_id],
        sex=facts["sex"].get(person_id, ""),
        birth=day_of(birth) if birth else None,
        death=day_of(death) if death else None,
        household="" if household_id is None else known.codes[household_id],
        head="" if head is None else facts["name"][head],
        relation=relation,
        group="" if household_id is None else known.groups.get(household_id, ""),
        status=status,
        reason=reason,
        confirmed_on=None if confirmed == SINCE_EVER else confirmed,
        retained_until=day_of(retained) if retained else None,
        has_number=bool(facts["id_number"].get(person_id)),
        note=facts["note"].get(person_id, ""),
    )
