"""The member register filed with township and county (农村集体经济组织法 art. 12): when, as it stood, and still so."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import MemberError
from village_ledger.domain.voucher import SUMMARY_LIMIT, check_text
from village_ledger.services.changes import Changes
from village_ledger.services.duties import require
from village_ledger.services.entry.vouchers import named
from village_ledger.services.outcome import Outcome
from village_ledger.storage.people.records import Filing, Person
from village_ledger.storage.people.register import PeopleRegister
from village_ledger.storage.reader import Reader
from village_ledger.storage.unit_of_work import UnitOfWork

OFFICES = {"township": "乡镇", "county": "县级农业农村部门"}
"""Whom the law names, by the word of the command."""
FILED = "成员名册备案"
"""The action in the operation log."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The register as one filing had it, beside the one before."""

    households: int
    members: tuple[Person, ...]
    came: tuple[Person, ...]
    went: tuple[Person, ...]


def file_register(
    uow: UnitOfWork, office: str, filed_on: date, as_of: date | None = None, note: str = ""
) -> Outcome[Filing]:
    """Write down that the register as of a day (the day of filing) was filed; raises MemberError."""
    named(uow.by)
    require(uow, Duty.PREPARE)
    as_of = as_of or filed_on
    note = check_text(note, "备注", SUMMARY_LIMIT)
    if office not in OFFICES:
        raise MemberError(f"没有“{office}”这样的备案机关", f"可以是：{'、'.join(OFFICES)}。")
    if filed_on > date.fromisoformat(uow.at[:10]):
        raise MemberError(f"报送日期 {filed_on} 还没有到", "报了以后再登记。")
    if as_of > filed_on:
        raise MemberError(f"名册截至 {as_of}，晚于报送日期 {filed_on}", "请核对日期。")
    rows = uow.reader.rows_written()
    if not any(one.is_member for one, _ in uow.reader.people_by(as_of, rows)):
        raise MemberError(f"{as_of} 名册里还没有成员", "请先登记或导入成员名册。")
    digest = digest_of(uow.reader, as_of, rows)
    PeopleRegister(uow).file_register(office, (filed_on, as_of), digest, json.dumps(rows), note)
    words = f"{filed_on} 报送，名册截至 {as_of}，摘要 {digest[:16]}"
    uow.log.add(FILED, subject=OFFICES[office], detail=words)
    return Outcome(uow.reader.filings()[-1], Changes(members=True))


def digest_of(reader: Reader, as_of: date, rows: Mapping[str, int]) -> str:
    """SHA-256 of everybody as of a day by the rows there were; numbers by their tokens, so that no key is needed."""
    lines = sorted((one.id, _line(one, token)) for one, token in reader.people_by(as_of, rows))
    return sha256("\n".join(line for _, line in lines).encode()).hexdigest()


def standing(reader: Reader, as_of: date, rows: Mapping[str, int], before: Filing | None) -> Standing:
    """Households and members as filed, and who came and went since another filing."""
    people = [one for one, _ in reader.people_by(as_of, rows)]
    members = tuple(one for one in people if one.is_member)
    earlier = () if before is None else reader.people_by(before.as_of, before.read_to)
    old = {one.id: one for one, _ in earlier if one.is_member}
    now = {one.id for one in members}
    came = tuple(one for one in members if before is not None and one.id not in old)
    went = tuple(one for i, one in old.items() if i not in now)
    return Standing(len({one.household for one in members if one.household}), members, came, went)


def _line(one: Person, token: bytes) -> str:
    days = (one.birth, one.death, one.confirmed_on)
    facts = (one.household, one.name, one.relation, one.sex, one.status, one.reason, token.hex())
    return "\t".join((str(one.id), *facts, *(day.isoformat() if day else "" for day in days)))
