"""People and households: who is in the register, deaths, moves from household to household. Nothing is ever overwritten.

Standing (admission, exit, loss) is in ``standing``; its actions are offered here as well.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import MemberError
from village_ledger.domain.identity import tidy_number
from village_ledger.domain.member import HEAD, SINCE_EVER, Reason, Status
from village_ledger.domain.new_person import CODE_LIMIT, NewPerson, cautions_about, faults_of, tidied
from village_ledger.domain.rule_names import (
    DEATH_DAY,
    HEAD_OF_HOUSE,
    HOUSEHOLDS,
    KNOWN_FIELD,
    ONCE_ONLY,
    ONE_DEATH,
    ONE_NAME,
    WELL_WRITTEN,
)
from village_ledger.domain.voucher import NAME_LIMIT, SUMMARY_LIMIT, check_text
from village_ledger.services.changes import Changes
from village_ledger.services.duties import require
from village_ledger.services.entry.vouchers import named
from village_ledger.services.outcome import Outcome
from village_ledger.services.people import duplicates
from village_ledger.services.people.standing import admit, basis_of, exit_, lose, make_holder
from village_ledger.services.staff.sealing import LOCKED, Sealer, opener, sealer_for
from village_ledger.storage.file.book_file import BookFile
from village_ledger.storage.people.records import Person
from village_ledger.storage.people.register import SEALED, PeopleRegister
from village_ledger.storage.reader import Reader
from village_ledger.storage.unit_of_work import UnitOfWork

__all__ = [
    "add",
    "admit",
    "correct",
    "correct_death",
    "exit_",
    "lose",
    "make_holder",
    "move_household",
    "number_of",
    "record_death",
    "set_head",
]
_WORDS = {
    "name": "姓名",
    "sex": "性别",
    "birth": "出生日期",
    "id_number": "身份证号",
    "no_number": "无号原因",
    "phone": "电话",
    "bank": "开户行",
    "bank_account": "银行账号",
    "hukou": "户口所在地",
    "note": "备注",
}
"""Facts that may be written by hand, as they are called; a death has its own action."""


def add(uow: UnitOfWork, new: NewPerson, basis: str) -> Outcome[Person]:
    """Enter somebody, in a household there is or under a new number; raises MemberError with every fault.

    Who becomes a member at once needs a day of confirmation; admission by the assembly is ``admit``.
    """
    named(uow.by)
    require(uow, Duty.PREPARE)
    basis = basis_of(basis)
    today = _today(uow)
    faults = faults_of(new, today)
    if faults:
        raise MemberError("；".join(faults) + WELL_WRITTEN, "请改好后再登记。")
    made = tidied(new)
    sealer = sealer_for(uow) if _has_numbers(made) else None
    if sealer is not None and made.id_number:
        _ensure_new_number(uow, sealer.token(made.id_number), made.name)
    if made.household:
        _ensure_no_namesake(uow.reader, made.household, made.name, None)
    household_id = _household(uow, made.household, made.group, made.since or made.known_since, basis)
    person_id = write_person(PeopleRegister(uow), made, household_id, basis, sealer)
    where = f"{made.household} 户" if made.household else "不在任何一户"
    uow.log.add("登记村民", subject=f"{made.household}/{made.name}", detail=f"{where}；依据：{basis}")
    said = tuple(f"{made.name}：{text}。" for text in cautions_about(new, today))
    twice = duplicates.named(duplicates.likely_same(uow.reader.people(), {person_id}))
    return Outcome(uow.reader.person(person_id), Changes(members=True), (*said, *twice))


def write_person(
    register: PeopleRegister, made: NewPerson, household_id: int | None, basis: str, sealer: Sealer | None
) -> int:
    """The rows of somebody tidied and checked; returns the id. Used by imports as well."""
    person_id, known = register.add_person(), made.known_since
    facts = {
        "name": made.name,
        "sex": made.sex,
        "birth": made.born.isoformat() if made.born else "",
        "no_number": made.no_number,
        "bank": made.bank,
        "note": made.note,
    }
    for field, value in facts.items():
        if value:
            register.write_fact(person_id, field, value, known, basis)
    numbers = {"id_number": made.id_number, "phone": made.phone, "bank_account": made.bank_account}
    for field, value in numbers.items():
        if value and sealer is not None:
            register.write_fact(person_id, field, "", known, basis, sealer.seal(person_id, field, value))
    if household_id is not None:
        register.move(person_id, household_id, made.relation, made.since or known, basis)
    if made.status is not Status.NONE:
        since = made.confirmed_on or made.since or known
        register.set_status(person_id, made.status.value, made.reason.value, since, basis)
    return person_id


def record_death(uow: UnitOfWork, key: str, day: date, basis: str) -> Outcome[Person]:
    """Record that somebody died on a day; their shares become an open estate. Raises MemberError."""
    named(uow.by)
    require(uow, Duty.PREPARE)
    basis = basis_of(basis)
    one = uow.reader.person_at(key)
    if one.death is not None:
        raise MemberError(
            f"{one.key} 已经登记在 {one.death} 死亡{ONE_DEATH}",
            "日期写错了的，请用“更正死亡日期”，写明依据。",
        )
    _ensure_can_die(uow, one, day)
    _write_anew(PeopleRegister(uow), uow.reader, one, day, basis)
    uow.log.add("登记死亡", subject=one.key, detail=f"{day}；依据：{basis}")
    said: list[str] = []
    if one.relation == HEAD and one.household:
        said.append(f"{one.household} 户的户主去世了，请另定户主。")
    return Outcome(uow.reader.person(one.id), Changes(members=True, shares=True), tuple(said))


def correct_death(uow: UnitOfWork, key: str, day: date | None, basis: str) -> Outcome[Person]:
    """Put a recorded death on another day, or take it back (None); standing follows. Raises MemberError."""
    named(uow.by)
    require(uow, Duty.PREPARE)
    basis = basis_of(basis)
    one = uow.reader.person_at(key)
    old = one.death
    if old is None:
        raise MemberError(f"{one.key} 没有登记过死亡{ONE_DEATH}", "请用“登记死亡”。")
    if day == old:
        raise MemberError(f"{one.key} 登记的就是 {old} 死亡{ONE_DEATH}", "请核对日期。")
    if day is not None:
        _ensure_can_die(uow, one, day)
    _write_anew(PeopleRegister(uow), uow.reader, one, day, basis)
    uow.log.add("更正死亡日期", subject=one.key, detail=f"{old} → {day or '没有死亡'}；依据：{basis}")
    return Outcome(uow.reader.person(one.id), Changes(members=True, shares=True))


def _write_anew(register: PeopleRegister, reader: Reader, one: Person, day: date | None, basis: str) -> None:
    """The death on a day, or none, on every day on which anything was ever written of death or standing.

    Each of those days says from then on what holds on it: a row of a later day, or one that took a death back, would
    otherwise bring somebody to life again.
    """
    here = [] if day is None else [day]
    facts = dict(reader.fact_days(one.id, "death"))
    for at in sorted([*facts, *(new for new in here if new not in facts)]):
        died = day.isoformat() if day and day <= at else ""
        if facts.get(at) != died:
            register.write_fact(one.id, "death", died, at, basis)
    written: dict[date, list[tuple[str, str]]] = {}
    for at, status, reason in reader.standings(one.id):
        written.setdefault(at, []).append((status, reason))
    alive = (Status.NONE.value, "")
    for at in sorted([*written, *(new for new in here if new not in written)]):
        rows = written.get(at, [])
        alive = next((row for row in reversed(rows) if row[1] != Reason.DEATH.value), alive)
        dead = day is not None and day <= at and alive[0] in (Status.MEMBER.value, Status.GRANTED.value)
        status, reason = (Status.LOST.value, Reason.DEATH.value) if dead else alive
        if rows[-1:] != [(status, reason)] and (rows or dead):
            register.set_status(one.id, status, reason, at, basis)


def _ensure_can_die(uow: UnitOfWork, one: Person, day: date) -> None:
    if day > _today(uow):
        raise MemberError(f"死亡日期 {day} 还没有到{DEATH_DAY}", "请核对日期。")
    if one.birth is not None and day < one.birth:
        raise MemberError(f"死亡日期 {day} 早于出生日期 {one.birth}{DEATH_DAY}", "请核对日期。")


def move_household(
    uow: UnitOfWork,
    person: Person,
    to_code: str,
    day: date,
    basis: str,
    *,
    relation: str = "",
    new_household: bool = False,
) -> Outcome[Person]:
    """Somebody belongs to another household from a day on (分户、并户、婚嫁); an empty code: to none.

    ``new_household`` makes the household, whose head the first person moved becomes. Raises MemberError.
    """
    named(uow.by)
    require(uow, Duty.PREPARE)
    basis = basis_of(basis)
    to_code = check_text(to_code, "户编号", CODE_LIMIT)
    one = uow.reader.person(person.id, day)
    ensure_can_move(uow.reader, one, to_code, day, new_household=new_household)
    register = PeopleRegister(uow)
    household_id = uow.reader.household_id(to_code) if to_code else None
    if new_household:
        household_id = register.add_household(to_code, day, basis, group=one.group)
    relation = check_text(relation, "与户主关系", NAME_LIMIT) or (HEAD if new_household else "")
    register.move(one.id, household_id, relation, day, basis)
    uow.log.add("迁户", subject=one.key, detail=f"{day} 起 {to_code or '不在任何一户'}；依据：{basis}")
    left = [other for other in uow.reader.people(day) if one.household and other.household == one.household]
    said: list[str] = []
    if one.relation == HEAD and left:
        said.append(f"{one.household} 户的户主迁出了，请另定户主。")
    return Outcome(uow.reader.person(one.id, day), Changes(members=True, shares=True), tuple(said))


def ensure_can_move(reader: Reader, one: Person, to_code: str, day: date, *, new_household: bool) -> None:
    """Whether somebody, as of a day, can belong to another household from that day on; raises MemberError."""
    if to_code == one.household:
        raise MemberError(f"{one.key} 在 {day} 本来就在这一户{HOUSEHOLDS}", "请核对户编号。")
    if one.death is not None and one.death < day:
        raise MemberError(
            f"{one.key} 在 {one.death} 已经死亡，不能再分户并户{HOUSEHOLDS}", "请核对姓名和日期。"
        )
    last = reader.last_move(one.id)
    if last is not None and last > day:
        raise MemberError(
            f"{one.key} 在 {day} 以后还登记过别的迁户{HOUSEHOLDS}", "请核对日期；迁户要按先后登记。"
        )
    there = reader.household_id(to_code) if to_code else None
    if to_code and (there is None) != new_household:
        raise MemberError(
            f"户编号 {to_code} 已经有了{HOUSEHOLDS}"
            if new_household
            else f"没有户编号 {to_code}{HOUSEHOLDS}",
            "请换一个没有用过的户编号。" if new_household else "分出新的一户时，请写明是新户。",
        )
    if there is not None:
        for on in (day, None):  # nor may somebody of the name come to live there later
            _ensure_no_namesake(reader, to_code, one.name, on)


def set_head(uow: UnitOfWork, key: str, day: date, basis: str) -> Outcome[Person]:
    """Somebody is the head of their household from a day on; the head before becomes an ordinary member of it."""
    named(uow.by)
    require(uow, Duty.PREPARE)
    basis = basis_of(basis)
    one = uow.reader.person_at(key, day)
    household_id = uow.reader.household_id(one.household) if one.household else None
    if household_id is None:
        raise MemberError(f"{one.name} 在 {day} 不在任何一户{HEAD_OF_HOUSE}", "请先登记在哪一户。")
    if one.death is not None and one.death <= day:
        raise MemberError(f"{one.key} 在 {one.death} 已经死亡{HEAD_OF_HOUSE}", "户主要是在世的人。")
    register = PeopleRegister(uow)
    for other in uow.reader.people(day):
        if (
            other.household == one.household
            and other.relation == HEAD
            and other.id != one.id
            and not other.death
        ):
            register.move(other.id, household_id, "家庭成员", day, basis)
    register.move(one.id, household_id, HEAD, day, basis)
    uow.log.add("另定户主", subject=one.key, detail=f"{day} 起；依据：{basis}")
    return Outcome(uow.reader.person(one.id, day), Changes(members=True))


def correct(
    uow: UnitOfWork, key: str, field: str, value: str, basis: str, *, day: date | None = None
) -> Outcome[Person]:
    """Write one fact anew: from a day on (a new name, another bank), or, without one, as it should always have been.

    Raises MemberError. The earlier row stays to be seen; numbers are sealed and never appear in the log.
    """
    named(uow.by)
    require(uow, Duty.PREPARE)
    basis = basis_of(basis)
    if field not in _WORDS:
        raise MemberError(f"没有“{field}”这一项{KNOWN_FIELD}", f"可以是：{'、'.join(_WORDS)}。")
    one = uow.reader.person_at(key)
    value = tidy_number(value) if field in SEALED else check_text(value, _WORDS[field], SUMMARY_LIMIT)
    _ensure_fact_fits(uow, one, field, value)
    effective = day or uow.reader.first_known(one.id, field) or one.birth or SINCE_EVER
    register = PeopleRegister(uow)
    if field in SEALED:
        sealer = sealer_for(uow) if value else None
        sealed = sealer.seal(one.id, field, value) if sealer else None
        if sealed is not None and sealed.token is not None:
            _ensure_new_number(uow, sealed.token, one.name, one.id)
        register.write_fact(one.id, field, "", effective, basis, sealed)
    else:
        register.write_fact(one.id, field, value, effective, basis)
    shown = "（不记入日志）" if field in SEALED else value or "（空）"
    uow.log.add("修改人员资料", subject=one.key, detail=f"{_WORDS[field]}：{shown}；依据：{basis}")
    return Outcome(uow.reader.person(one.id), Changes(members=True))


def _ensure_fact_fits(uow: UnitOfWork, one: Person, field: str, value: str) -> None:
    parts = {
        "name": NewPerson(name=value, household=one.household),
        "sex": NewPerson(name=one.name, sex=value),
        "id_number": NewPerson(name=one.name, id_number=value),
    }
    faults = faults_of(parts[field], _today(uow)) if field in parts else []
    if field == "birth" and value:
        from village_ledger.domain.period import parse_day

        faults = faults_of(NewPerson(name=one.name, birth=parse_day(value)), _today(uow))
    if faults:
        raise MemberError("；".join(faults) + WELL_WRITTEN, "请改好后再登记。")
    if field == "name" and value != one.name and one.household:
        _ensure_no_namesake(uow.reader, one.household, value, None)


def number_of(book: BookFile, person_id: int, field: str = "id_number") -> str | None:
    """A person's number, None without one; ``已加密`` while the key is not at hand."""
    reader = book.reader()
    content = reader.sealed_number(person_id, field)
    if content is None:
        return reader.shown_numbers(field).get(person_id)
    sealer = opener(reader)
    return LOCKED if sealer is None else sealer.open(person_id, field, content) or LOCKED


def numbers_of(book: BookFile, people: Iterable[Person], field: str = "id_number") -> dict[int, str]:
    """Numbers of many people; those without one are left out."""
    return numbers_read(book.reader(), people, field)


def numbers_read(
    reader: Reader,
    people: Iterable[Person],
    field: str = "id_number",
    day: date | None = None,
    known_on: date | None = None,
) -> dict[int, str]:
    """The same through a reader, on a day, as known on another."""
    sealed, sealer = reader.sealed_numbers(field, day, known_on), opener(reader)
    asked = {one.id for one in people}
    opened = {
        i: LOCKED if sealer is None else sealer.open(i, field, content) or LOCKED
        for i, content in sealed.items()
        if i in asked
    }
    shown = reader.shown_numbers(
        field, day, known_on
    )  # in a package's copy: masked, the number itself stayed behind
    return opened | {i: text for i, text in shown.items() if i in asked}


def _today(uow: UnitOfWork) -> date:
    return date.fromisoformat(uow.at[:10])


def _has_numbers(made: NewPerson) -> bool:
    return bool(made.id_number or made.phone or made.bank_account)


def _household(uow: UnitOfWork, code: str, group: str, day: date, basis: str) -> int | None:
    if not code:
        return None
    found = uow.reader.household_id(code)
    return found if found is not None else PeopleRegister(uow).add_household(code, day, basis, group=group)


def _ensure_new_number(uow: UnitOfWork, token: bytes, name: str, own: int | None = None) -> None:
    other = uow.reader.number_tokens().get(token)
    if other is not None and other != own:
        one = uow.reader.person(other)
        raise MemberError(
            f"{name} 的身份证号与 {one.key} 相同，同一个人只登记一次{ONCE_ONLY}", "请核对身份证号。"
        )


def _ensure_no_namesake(reader: Reader, household: str, name: str, day: date | None) -> None:
    if any(one.name == name and one.household == household for one in reader.people(day)):
        raise MemberError(
            f"{household} 户已经有一个{name}{ONE_NAME}",
            "户编号和姓名合起来指一个人：同名的请在姓名后加区分，例如“（小）”。",
        )
