"""``member``: the register of members, one change at a time."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from village_ledger.cli.talk import say, say_all
from village_ledger.cli.writing import writing
from village_ledger.domain.member import Status, reason_of
from village_ledger.domain.new_person import NewPerson
from village_ledger.domain.period import parse_day
from village_ledger.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.people.records import Person
    from village_ledger.storage.unit_of_work import UnitOfWork


def run_member(asked: Namespace) -> int:
    """Do what was asked; one sentence says how the person now stands."""
    if asked.action == "file-register":
        return _file_register(asked)
    with writing(asked) as uow:
        done = _ACTIONS[asked.action](uow, asked)
        uow.commit()
    one = done.value
    say_all(done.warnings)
    standing = tr("{day} 去世", day=one.death) if one.death else Status(one.status).words
    say(tr("{key}：{standing}。登记好了。", key=one.key, standing=standing))
    return 0


def _file_register(asked: Namespace) -> int:
    from village_ledger.services.people.register_filing import OFFICES, file_register

    with writing(asked) as uow:
        done = file_register(uow, asked.office, asked.date, asked.as_of, asked.note or "").value
        uow.commit()
    print(done.digest[:16])
    office, as_of = OFFICES[done.office], done.as_of
    say(tr("登记好了：截至 {as_of} 的成员名册已报{office}备案。", as_of=as_of, office=office))
    return 0


def _add(uow: UnitOfWork, asked: Namespace) -> Outcome[Person]:
    from village_ledger.services.people.people import add

    household, slash, who = asked.person.partition("/")
    new = NewPerson(
        name=who if slash else household,
        household=household if slash else "",
        relation=asked.relation or "",
        sex=asked.sex,
        id_number=asked.id_number,
        birth=asked.birth,
        since=asked.date,
        group=asked.group or "",
        no_number=asked.no_number or "",
        note=asked.note or "",
    )
    return add(uow, new, asked.basis)


def _death(uow: UnitOfWork, asked: Namespace) -> Outcome[Person]:
    from village_ledger.services.people.people import record_death

    return record_death(uow, asked.person, asked.date, asked.basis)


def _correct_death(uow: UnitOfWork, asked: Namespace) -> Outcome[Person]:
    from village_ledger.services.people.people import correct_death

    day = None if asked.date == "none" else parse_day(asked.date)
    return correct_death(uow, asked.person, day, asked.basis)


def _admit(uow: UnitOfWork, asked: Namespace) -> Outcome[Person]:
    from village_ledger.services.people.people import admit

    reason = reason_of(asked.reason, Status.MEMBER, Status.GRANTED)
    return admit(uow, asked.person, asked.date, reason, asked.basis, resolution=asked.resolution or "")


def _exit(uow: UnitOfWork, asked: Namespace) -> Outcome[Person]:
    from village_ledger.services.people.people import exit_

    return exit_(
        uow,
        asked.person,
        asked.date,
        asked.basis,
        resolution=asked.resolution or "",
        retained_until=asked.retained_until,
    )


def _lose(uow: UnitOfWork, asked: Namespace) -> Outcome[Person]:
    from village_ledger.services.people.people import lose

    return lose(
        uow,
        asked.person,
        asked.date,
        reason_of(asked.reason, Status.LOST),
        asked.basis,
        resolution=asked.resolution or "",
        retained_until=asked.retained_until,
    )


def _move(uow: UnitOfWork, asked: Namespace) -> Outcome[Person]:
    from village_ledger.services.people.people import move_household

    person = uow.reader.person_at(asked.person, asked.date)
    return move_household(
        uow,
        person,
        asked.to,
        asked.date,
        asked.basis,
        relation=asked.relation or "",
        new_household=asked.new_household,
    )


def _head(uow: UnitOfWork, asked: Namespace) -> Outcome[Person]:
    from village_ledger.services.people.people import set_head

    return set_head(uow, asked.person, asked.date, asked.basis)


def _correct(uow: UnitOfWork, asked: Namespace) -> Outcome[Person]:
    from village_ledger.services.people.people import correct

    return correct(uow, asked.person, asked.field, asked.value, asked.basis, day=asked.date)


_ACTIONS: dict[str, Callable[[UnitOfWork, Namespace], Outcome[Person]]] = {
    "add": _add,
    "death": _death,
    "correct-death": _correct_death,
    "admit": _admit,
    "exit": _exit,
    "lose": _lose,
    "move": _move,
    "head": _head,
    "correct": _correct,
}
