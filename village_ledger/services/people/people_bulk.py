"""A whole register entered at once, checked by whoever read it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from village_ledger.domain.duty import Duty
from village_ledger.domain.member import SINCE_EVER, Reason, Status
from village_ledger.domain.new_person import NewPerson, tidied
from village_ledger.services.changes import Changes
from village_ledger.services.duties import require
from village_ledger.services.entry.vouchers import named
from village_ledger.services.outcome import Outcome
from village_ledger.services.people import duplicates
from village_ledger.services.people.people import write_person
from village_ledger.services.people.standing import basis_of
from village_ledger.services.staff.sealing import Sealer
from village_ledger.storage.people.register import PeopleRegister
from village_ledger.storage.unit_of_work import UnitOfWork


def enter_all(
    uow: UnitOfWork, people: Sequence[tuple[NewPerson, date | None]], basis: str, sealer: Sealer
) -> Outcome[int]:
    """Enter people that have passed every check, each with the day of death if dead; returns how many.

    A household not known yet is there for as long as anybody knows; its group is that of its first row.
    """
    named(uow.by)
    require(uow, Duty.PREPARE)
    basis, register = basis_of(basis), PeopleRegister(uow)
    homes: dict[str, int | None] = {"": None}
    entered: set[int] = set()
    for new, died in people:
        made = tidied(new)
        if made.household not in homes:
            known = uow.reader.household_id(made.household)
            homes[made.household] = (
                register.add_household(made.household, SINCE_EVER, basis, group=made.group)
                if known is None
                else known
            )
        person_id = write_person(register, made, homes[made.household], basis, sealer)
        entered.add(person_id)
        if died is not None:
            register.write_fact(person_id, "death", died.isoformat(), died, basis)
            if made.status is not Status.NONE:
                register.set_status(person_id, Status.LOST.value, Reason.DEATH.value, died, basis)
    uow.log.add("导入成员", detail=f"{len(people)} 人，{len(homes) - 1} 户；{basis}")
    twice = duplicates.named(duplicates.likely_same(uow.reader.people(), entered))
    return Outcome(len(people), Changes(members=True), twice)
