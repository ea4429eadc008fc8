"""Standing of members: admitted by the assembly, left of their own will, lost for a reason the law knows."""

from __future__ import annotations

from datetime import date

from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import MemberError
from village_ledger.domain.member import Reason, Status
from village_ledger.domain.rule_names import (
    ADMISSION,
    CONFIRMED_BY,
    IN_ORDER,
    LEAVING,
    NON_MEMBER,
    RESOLVED,
    THE_LIVING,
    WITH_BASIS,
)
from village_ledger.domain.voucher import SUMMARY_LIMIT, check_text
from village_ledger.services.changes import Changes
from village_ledger.services.duties import require
from village_ledger.services.entry.vouchers import named
from village_ledger.services.outcome import Outcome
from village_ledger.services.transfers.resolutions import bodies, ensure_carried
from village_ledger.storage.people.records import Person
from village_ledger.storage.people.register import PeopleRegister
from village_ledger.storage.unit_of_work import UnitOfWork

_ASSEMBLY = "assembly"


def basis_of(text: str) -> str:
    """What a change rests on, as it is kept; raises MemberError for none."""
    basis = check_text(text, "依据", SUMMARY_LIMIT)
    if not basis:
        raise MemberError(
            f"成员名册的每一次变动都要写明依据{WITH_BASIS}", "请写上凭什么登记，例如“死亡证明”“分户协议”。"
        )
    return basis


def admit(
    uow: UnitOfWork, key: str, day: date, reason: Reason, basis: str, *, resolution: str = ""
) -> Outcome[Person]:
    """Confirm somebody as a member, or give a non-member rights (art. 15); needs the assembly unless already confirmed.

    Raises MemberError, or VoucherError for a vote that did not carry.
    """
    named(uow.by)
    require(uow, Duty.PREPARE)
    basis, one = basis_of(basis), uow.reader.person_at(key, day)
    if reason.status not in (Status.MEMBER, Status.GRANTED):
        raise MemberError(
            f"“{reason.words}”不是确认成员的理由{ADMISSION}", "请选出生、结婚、收养、移民或成员大会确认。"
        )
    if one.death is not None:
        raise MemberError(f"{one.key} 在 {one.death} 已经死亡，不能确认为成员{THE_LIVING}", "请核对姓名。")
    if one.status == reason.status.value:
        raise MemberError(
            f"{one.key} 从 {one.confirmed_on or '登记起'} 已经是{reason.status.words}{ADMISSION}",
            "请核对姓名。",
        )
    said: list[str] = []
    if resolution or reason is not Reason.REGISTERED:
        said = _ensure_assembly(uow, resolution, day, three_quarters=reason is Reason.CONTRIBUTION)
    return _set(uow, "确认成员", one, (reason, day, basis, resolution, None), said)


def exit_(
    uow: UnitOfWork, key: str, day: date, basis: str, *, resolution: str, retained_until: date | None = None
) -> Outcome[Person]:
    """A member leaves of their own will: written application and the organisation's consent (art. 16)."""
    named(uow.by)
    require(uow, Duty.PREPARE)
    basis, one = basis_of(basis), _member_at(uow, key, day)
    said = _ensure_decided(uow, resolution, day)
    return _set(uow, "成员自愿退出", one, (Reason.EXIT, day, basis, resolution, retained_until), said)


def lose(
    uow: UnitOfWork,
    key: str,
    day: date,
    reason: Reason,
    basis: str,
    *,
    resolution: str = "",
    retained_until: date | None = None,
) -> Outcome[Person]:
    """A member loses membership for a reason of art. 17; a death is ``record_death``."""
    named(uow.by)
    require(uow, Duty.PREPARE)
    basis = basis_of(basis)
    if reason.status is not Status.LOST or reason is Reason.DEATH:
        raise MemberError(
            f"“{reason.words}”不在这里登记{LEAVING}", "死亡请用“登记死亡”，自愿退出请用“退出”。"
        )
    one = _member_at(uow, key, day)
    said = _ensure_decided(uow, resolution, day) if resolution else []
    return _set(uow, "丧失成员身份", one, (reason, day, basis, resolution, retained_until), said)


def make_holder(uow: UnitOfWork, person_id: int, day: date, basis: str) -> None:
    """A non-member has come by shares: income without a vote. Nothing to do for anybody else; part of a share event."""
    one = uow.reader.person(person_id, day)
    if one.status == Status.NONE.value:
        register = PeopleRegister(uow)
        register.set_status(person_id, Status.HOLDER.value, Reason.HEIR.value, day, basis)


def _set(
    uow: UnitOfWork,
    action: str,
    one: Person,
    values: tuple[Reason, date, str, str, date | None],
    said: list[str],
) -> Outcome[Person]:
    reason, day, basis, resolution, retained = values
    if retained is not None and retained < day:
        raise MemberError(f"保留权利的期限 {retained} 早于 {day}{IN_ORDER}", "请核对日期。")
    last = uow.reader.last_standing(one.id)
    if last is not None and last > day:
        raise MemberError(
            f"{one.key} 在 {day} 以后还登记过身份变动{IN_ORDER}", "请核对日期；身份变动要按先后登记。"
        )
    PeopleRegister(uow).set_status(
        one.id, reason.status.value, reason.value, day, basis, resolution=resolution, retained_until=retained
    )
    rest = f"；决议 {resolution}" if resolution else ""
    uow.log.add(action, subject=one.key, detail=f"{day}，{reason.words}；依据：{basis}{rest}")
    return Outcome(uow.reader.person(one.id, day), Changes(members=True, shares=True), tuple(said))


def _member_at(uow: UnitOfWork, key: str, day: date) -> Person:
    one = uow.reader.person_at(key, day)
    if one.death is not None:
        raise MemberError(f"{one.key} 在 {one.death} 已经死亡{THE_LIVING}", "请核对姓名。")
    if one.status not in (Status.MEMBER.value, Status.GRANTED.value):
        raise MemberError(
            f"{one.key} 在 {day} 是{Status(one.status).words}，不是成员{LEAVING}", "请核对姓名和日期。"
        )
    return one


def _ensure_decided(uow: UnitOfWork, number: str, day: date) -> list[str]:
    if not number.strip():
        raise MemberError(f"这件事要有决议{RESOLVED}", "请先登记决议，再写上文号。")
    resolution = uow.reader.resolution(number)
    if resolution.day > day:
        raise MemberError(f"决议 {number} 是 {resolution.day} 作的，晚于 {day}{RESOLVED}", "请核对日期。")
    return ensure_carried(uow.reader, resolution)


def _ensure_assembly(uow: UnitOfWork, number: str, day: date, *, three_quarters: bool) -> list[str]:
    said = _ensure_decided(uow, number, day)
    resolution = uow.reader.resolution(number)
    if resolution.body != _ASSEMBLY:
        raise MemberError(
            f"确认成员由成员大会决定，决议 {number} 是{bodies()[resolution.body]['name']}作的{CONFIRMED_BY}",
            "请先开成员大会。",
        )
    if three_quarters and resolution.in_favour * 4 < resolution.eligible * 3:
        raise MemberError(
            f"决议 {number} 赞成 {resolution.in_favour} 人，不到全体成员的四分之三{NON_MEMBER}",
            "给非成员权利要有全体成员四分之三以上同意。",
        )
    return said
