"""Whether the person who acts may do so: asked first by every service that writes."""

from __future__ import annotations

from datetime import date

from village_ledger.domain.duty import Duty, duty_rules
from village_ledger.domain.errors import DutyError, NotSignedIn
from village_ledger.storage.reader import Reader
from village_ledger.storage.staff.queries import StaffMember
from village_ledger.storage.unit_of_work import UnitOfWork


def require(uow: UnitOfWork, duty: Duty, ledger: str = "") -> None:
    """Raise DutyError unless the unit of work's person may do this in the ledger (empty: in any).

    A book without staff lets everything pass.
    """
    ensure(uow.reader, uow.by, duty, ledger, uow.at[:10])


def require_somebody(uow: UnitOfWork) -> None:
    """Raise DutyError unless the person is of the staff today, whatever the role: for what everybody may do."""
    if not uow.reader.has_staff():
        return
    member, day = uow.reader.member(uow.by), date.fromisoformat(uow.at[:10])
    if member is None:
        raise DutyError(f"人员里没有“{uow.by}”", "请由登记过的人来办。")
    if member.left_at or not any(one.on(day) for one in member.roles):
        raise DutyError(f"{uow.by} {'已经离任' if member.left_at else '现在没有角色'}", "角色由管理员给。")


def require_second(uow: UnitOfWork, name: str, duty: Duty, ledger: str = "") -> None:
    """The same for a second person named by the first, who must have typed a PIN for this action (``staff.confirm``)."""
    second = name.strip()
    ensure(uow.reader, second, duty, ledger, uow.at[:10])
    if second in uow.seconds or not uow.reader.has_staff():
        return
    if not uow.book.take_vouch(second):
        raise NotSignedIn(f"{second} 还没有输入密码", f"请 {second} 本人输入密码，再做一次。")
    uow.seconds.add(second)


def ensure(reader: Reader, name: str, duty: Duty, ledger: str, day: str) -> None:
    """Raise DutyError unless the person holds the duty on the day."""
    if not reader.has_staff():
        return
    refusal = why_not(reader.member(name), name, duty, ledger, date.fromisoformat(day))
    if refusal:
        roles = "、".join(role.words for role in duty_rules().roles_for(duty))
        raise DutyError(refusal, f"这件事由{roles}来办；角色由管理员给。")


def known(reader: Reader, name: str) -> StaffMember:
    """The member of staff of that name; raises DutyError naming who there is."""
    member = reader.member(name.strip())
    if member is None:
        here = "、".join(one.name for one in reader.staff() if not one.left_at)
        raise DutyError(f"人员里没有“{name.strip()}”", f"登记过的有：{here}。")
    return member


def why_not(member: StaffMember | None, name: str, duty: Duty, ledger: str, day: date) -> str:
    """Why a person may not do something, empty when allowed."""
    if member is None:
        return f"人员里没有“{name}”，不能{duty.words}"
    if member.left_at:
        return f"{name} 已经离任，不能{duty.words}"
    held = [one for one in member.roles if one.on(day)]
    may = [one for one in held if duty in duty_rules().may[one.role]]
    if any(one.covers(ledger) for one in may):
        return ""
    if may:
        return f"{name} 在这本账里没有{may[0].role.words}的角色，不能{duty.words}"
    if held:
        roles = "、".join(dict.fromkeys(one.role.words for one in held))
        return f"{name} 的角色是{roles}，不能{duty.words}"
    later = [one.since for one in member.roles if day < one.since]
    if later:
        return f"{name} 的角色从 {min(later)} 起才有，电脑上的日期是 {day}，不能{duty.words}"
    return f"{name} 现在没有角色，不能{duty.words}"
