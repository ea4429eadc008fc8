"""Staff: registered, given roles, signed in by PIN, shut out after wrong ones, recovered by the sealed code.

What is refused while somebody signs in must be counted all the same, so ``sign_in``, ``confirm``, ``change_pin`` and
``recover`` take the open book and keep their count in a transaction of their own; everything else is an action like any other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from village_ledger.domain.duty import Duty, Held, Role, duty_rules
from village_ledger.domain.errors import DutyError, LedgerError, PinError, ShutOutError
from village_ledger.domain.staff_log import (
    BACK,
    GIVEN,
    LEFT,
    NEW_CODE,
    PIN_CHANGED,
    RECOVERED,
    REGISTERED,
    SIGNED_IN,
    TAKEN,
    UNLOCKED,
    WRONG,
    WRONG_CODE,
    ended_words,
    failure_words,
    pin_mark,
    role_words,
)
from village_ledger.domain.voucher import NAME_LIMIT, check_text
from village_ledger.services.changes import Changes
from village_ledger.services.duties import require
from village_ledger.services.outcome import Outcome
from village_ledger.services.staff import keyring
from village_ledger.storage.file.book_file import BookFile
from village_ledger.storage.reader import Reader
from village_ledger.storage.staff.queries import RECOVERY, PinState, StaffMember
from village_ledger.storage.staff.register import StaffRegister
from village_ledger.storage.unit_of_work import UnitOfWork

_CHANGED = Changes(settings=True)


@dataclass(frozen=True, slots=True)
class Added:
    """Who was registered; the recovery code only with the first of a book, and only here."""

    member: StaffMember
    recovery_code: str = ""


def add(uow: UnitOfWork, name: str, pin: str, roles: Sequence[tuple[Role, str]]) -> Outcome[Added]:
    """Register somebody with a PIN and roles (role, ledger or empty for both).

    The first of a book must be an administrator; from then on the book knows nobody who has not signed in, the data key
    is wrapped and the recovery code is made. Somebody who had left comes back under the old name. Raises DutyError for a
    name taken or roles that exclude each other, PinError for a weak PIN.
    """
    first = not uow.reader.has_staff()
    require(uow, Duty.ADMINISTER)
    name = check_text(name, "姓名", NAME_LIMIT)
    if not name:
        raise DutyError("还没有写姓名", "请填上姓名。")
    known = uow.reader.member(name)
    if known is not None and not known.left_at:
        raise DutyError(
            f"人员里已经有“{name}”",
            "同名的人请写得能分清，如“李建国（二组）”；凭证上要看得出是谁。",
        )
    keyring.check_pin(pin)
    if first and (Role.ADMINISTRATOR, "") not in roles:
        raise DutyError(
            "第一个登记的人要是管理员", "请先登记管理员，再由管理员登记别的人；管理员不经手账务。"
        )
    register = StaffRegister(uow)
    key = _key_at_hand(uow, register)
    staff_id = known.id if known else register.add(name)
    if known:
        register.come_back(staff_id)
    _set_pin(uow, register, staff_id, name, pin, BACK if known else REGISTERED)
    register.wrap(staff_id, keyring.wrap(key, pin, _about(uow, staff_id)))
    for role, ledger in roles:
        _give(uow, register, _member(uow, name), Held(role, ledger, _today(uow)))
    code = _first_code(uow, register, key) if first else ""
    return Outcome(Added(_member(uow, name), code), _CHANGED)


def give_role(
    uow: UnitOfWork, name: str, role: Role, ledger: str = "", since: date | None = None
) -> Outcome[StaffMember]:
    """Give somebody a role from a day on (today); raises DutyError naming the rule when it excludes another."""
    require(uow, Duty.ADMINISTER)
    _give(uow, StaffRegister(uow), _here(uow, name), Held(role, ledger, since or _today(uow)))
    return Outcome(_member(uow, name), _CHANGED)


def take_role(
    uow: UnitOfWork, name: str, role: Role, ledger: str = "", until: date | None = None
) -> Outcome[StaffMember]:
    """End a role: from the day ``until`` (today) on it is held no more. Raises DutyError for the last administrator's."""
    require(uow, Duty.ADMINISTER)
    _take(uow, StaffRegister(uow), _here(uow, name), (role, ledger), until or _today(uow))
    return Outcome(_member(uow, name), _CHANGED)


def change_roles(
    uow: UnitOfWork, name: str, given: Sequence[tuple[Role, str]], taken: Sequence[tuple[Role, str]]
) -> Outcome[StaffMember]:
    """Take some roles and give others, from today, all or none; raises as ``give_role`` and ``take_role`` do."""
    require(uow, Duty.ADMINISTER)
    register = StaffRegister(uow)
    for what in taken:
        _take(uow, register, _here(uow, name), what, _today(uow))
    for role, ledger in given:
        _give(uow, register, _here(uow, name), Held(role, ledger, _today(uow)))
    return Outcome(_member(uow, name), _CHANGED)


def dismiss(uow: UnitOfWork, name: str) -> Outcome[StaffMember]:
    """Somebody leaves: roles end today, the PIN opens nothing any more; the name stays for ever."""
    require(uow, Duty.ADMINISTER)
    member, register = _here(uow, name), StaffRegister(uow)
    for held in member.roles:
        if held.until is None:
            _take(uow, register, member, (held.role, held.ledger), max(_today(uow), held.since))
    register.leave(member.id)
    uow.log.add(LEFT, subject=member.name)
    return Outcome(_member(uow, name), _CHANGED)


def unlock(uow: UnitOfWork, name: str) -> Outcome[None]:
    """Open the door again for somebody shut out; the PIN stays as it was."""
    require(uow, Duty.ADMINISTER)
    member = _here(uow, name)
    StaffRegister(uow).count_failures(member.id, 0, "")
    uow.log.add(UNLOCKED, subject=member.name)
    return Outcome(None, _CHANGED)


def new_recovery_code(uow: UnitOfWork) -> Outcome[str]:
    """Make a new recovery code, to be printed and sealed; the old one opens nothing any more."""
    require(uow, Duty.ADMINISTER)
    if not uow.reader.has_staff():
        raise DutyError("还没有登记人员，用不着恢复码", "请先登记管理员，那时就会做恢复码。")
    register = StaffRegister(uow)
    code = _wrap_code(uow, register, _key_at_hand(uow, register))
    uow.log.add(NEW_CODE, detail="旧的恢复码作废")
    return Outcome(code, Changes())


# at the door


def sign_in(book: BookFile, name: str, pin: str) -> Outcome[StaffMember]:
    """Somebody signs in. Raises DutyError for a stranger, PinError for a wrong PIN, ShutOutError while shut out."""
    member, key = _open_door(book, name, pin, said=True)
    book.sign_on(member.name, key)
    return Outcome(member, _CHANGED)


def confirm(book: BookFile, name: str, pin: str) -> Outcome[StaffMember]:
    """A second person types a PIN for the next action that names them; raises as ``sign_in`` does."""
    member, _ = _open_door(book, name, pin, said=False)
    book.vouch(member.name)
    return Outcome(member, Changes())


def change_pin(book: BookFile, name: str, old: str, new: str) -> Outcome[StaffMember]:
    """Somebody takes another PIN, proving the old one; raises as ``sign_in`` does, PinError for a weak one."""
    keyring.check_pin(new)
    member, key = _open_door(book, name, old, said=False)
    with book.door(name) as uow:
        register = StaffRegister(uow)
        _set_pin(uow, register, member.id, member.name, new, PIN_CHANGED)
        register.wrap(member.id, keyring.wrap(key, new, _about(uow, member.id)))
        uow.commit()
    return Outcome(member, _CHANGED)


def recover(book: BookFile, name: str, code: str, new_pin: str) -> Outcome[StaffMember]:
    """Set somebody's PIN anew with the sealed recovery code; logged, and whoever was shut out is let in again."""
    tidy = keyring.read_recovery_code(code)
    keyring.check_pin(new_pin)
    with book.door(name) as uow:
        member, register = _here(uow, name), StaffRegister(uow)
        wrapped = uow.reader.key_wrap(RECOVERY)
        key = keyring.unwrap(wrapped, tidy, _about(uow, RECOVERY)) if wrapped else None
        if key is None:
            uow.log.add(WRONG_CODE, subject=member.name)
        else:
            _set_pin(uow, register, member.id, member.name, new_pin, RECOVERED)
            register.wrap(member.id, keyring.wrap(key, new_pin, _about(uow, member.id)))
        uow.commit()
    if key is None:
        raise PinError("这不是这本账现在的恢复码", "换过恢复码的，旧的那张已经作废，请用最新的一张。")
    warning = "恢复码的封条已经拆开，请管理员尽快换一张新的恢复码重新封存。"
    return Outcome(member, _CHANGED, (warning,))


def shut_until(reader: Reader, name: str, now: str) -> str:
    """Until when somebody is shut out, empty while the door is open."""
    member = reader.member(name)
    state = reader.pin_state(member.id) if member else None
    return state.shut_until if state and now < state.shut_until else ""


# inside


def _open_door(book: BookFile, name: str, pin: str, *, said: bool) -> tuple[StaffMember, bytes]:
    """The member of staff and the data key the PIN opens; a wrong one is counted and committed before it is refused."""
    refusal: LedgerError | None = None
    key: bytes | None = None
    with book.door(name) as uow:
        member = _here(uow, uow.by)
        state = uow.reader.pin_state(member.id)
        if state is None:
            raise PinError(f"{member.name} 还没有密码", "请用恢复码设一个。")
        if uow.at < state.shut_until:
            raise ShutOutError(
                f"{member.name} 连续 {state.failures} 次输错密码，{_words(state.shut_until, uow.at)}以前不能再试",
                "请到时候再试，或由管理员解锁；忘了密码请用封存的恢复码。",
            )
        if keyring.pin_matches(pin, state.hash):
            key = _unwrapped(uow, member, pin)
            if state.failures or said:
                StaffRegister(uow).count_failures(member.id, 0, "")
                before = f"此前连续 {state.failures} 次密码不对" if state.failures else ""
                uow.log.add(SIGNED_IN, subject=member.name, detail=before)
        else:
            refusal = _count(uow, member, state)
        uow.commit()
    if refusal is not None or key is None:
        raise refusal or PinError("密钥对不上", "请用备份打开。")
    return member, key


def _unwrapped(uow: UnitOfWork, member: StaffMember, pin: str) -> bytes:
    wrapped = uow.reader.key_wrap(member.id)
    key = keyring.unwrap(wrapped, pin, _about(uow, member.id)) if wrapped else None
    if key is None or sha256(key).digest() != uow.reader.key_check():
        raise PinError(
            f"{member.name} 的密码记录被人动过，密码对，数据密钥打不开", "请用恢复码重设密码，并核对账簿。"
        )
    return key


def _count(uow: UnitOfWork, member: StaffMember, state: PinState) -> PinError:
    """Count a wrong PIN; from the fifth in a row on the door stays shut for a while."""
    failures, rules = state.failures + 1, duty_rules().pin
    minutes = rules.wait(failures)
    until = ""
    if minutes:
        until = (datetime.fromisoformat(uow.at) + timedelta(minutes=minutes)).isoformat()
    StaffRegister(uow).count_failures(member.id, failures, until)
    uow.log.add(WRONG, subject=member.name, detail=failure_words(failures, until))
    if until:
        return ShutOutError(
            f"密码不对，这是连续第 {failures} 次，{_words(until, uow.at)}以前不能再试",
            "忘了密码请用封存的恢复码，或由管理员解锁。",
        )
    return PinError(
        f"{member.name} 的密码不对，还可以试 {rules.borne - failures} 次", "请看清大小写和数字键盘再打一遍。"
    )


def _set_pin(
    uow: UnitOfWork, register: StaffRegister, staff_id: int, name: str, pin: str, action: str
) -> None:
    pin_hash = keyring.hash_pin(pin)
    register.set_pin(staff_id, pin_hash)
    uow.log.add(action, subject=name, detail=pin_mark(pin_hash))


def _give(uow: UnitOfWork, register: StaffRegister, member: StaffMember, wanted: Held) -> None:
    if wanted.ledger:
        uow.reader.ledger(wanted.ledger)
    twin = next((h for h in member.roles if h.role is wanted.role and _meets(h, wanted)), None)
    if twin is not None:
        raise DutyError(f"{member.name} 已经是{wanted.role.words}", "不用再给一次。")
    broken = duty_rules().conflict(member.roles, wanted)
    if broken is not None:
        other = broken.other if broken.one is wanted.role else broken.one
        raise DutyError(
            f"{member.name} 是{other.words}，不能再做{wanted.role.words}：{broken.sentence}（{broken.source}）",
            f"请让别人做{wanted.role.words}，或先收回{other.words}。",
        )
    register.give(member.id, wanted)
    uow.log.add(GIVEN, ledger=wanted.ledger, subject=member.name, detail=role_words(wanted))


def _meets(held: Held, wanted: Held) -> bool:
    return held.overlaps(wanted) and held.ledger in ("", wanted.ledger)


def _take(
    uow: UnitOfWork, register: StaffRegister, member: StaffMember, what: tuple[Role, str], until: date
) -> None:
    role, ledger = what
    held = next((h for h in member.roles if (h.role, h.ledger) == (role, ledger) and h.until is None), None)
    if held is None:
        raise DutyError(f"{member.name} 没有{role.words}这个角色", "请核对是哪本账的角色。")
    if role is Role.ADMINISTRATOR and not _others_administer(uow, member, until):
        raise DutyError(f"{member.name} 是最后一个管理员", "请先让另一个人做管理员。")
    if until < held.since:
        raise DutyError(f"{role.words}从 {held.since} 才开始", "收回的日子不能在它以前。")
    register.end(member.id, held, until.isoformat())
    uow.log.add(TAKEN, ledger=ledger, subject=member.name, detail=ended_words(held, until))


def _others_administer(uow: UnitOfWork, member: StaffMember, until: date) -> bool:
    """Whether somebody else administers from that day on."""
    return any(
        held.role is Role.ADMINISTRATOR and held.until is None and held.since <= until
        for one in uow.reader.staff()
        if one.id != member.id and not one.left_at
        for held in one.roles
    )


def _key_at_hand(uow: UnitOfWork, register: StaffRegister) -> bytes:
    """The data key: plain in a book without staff (made now in an old one), else from whoever has signed in."""
    key = uow.book.data_key()
    if key is not None:
        return key
    if uow.reader.key_check() is None:
        return register.make_key()
    raise DutyError("还没有人登录，数据密钥打不开", "请先登录。")


def _first_code(uow: UnitOfWork, register: StaffRegister, key: bytes) -> str:
    code = _wrap_code(uow, register, key)
    register.hide_key()
    uow.log.add(NEW_CODE, detail="第一张恢复码")
    return code


def _wrap_code(uow: UnitOfWork, register: StaffRegister, key: bytes) -> str:
    code = keyring.new_recovery_code()
    register.wrap(RECOVERY, keyring.wrap(key, keyring.read_recovery_code(code), _about(uow, RECOVERY)))
    return code


def _about(uow: UnitOfWork, holder: int) -> str:
    return f"village-ledger data key|{uow.reader.book().uid}|{holder}"


def _member(uow: UnitOfWork, name: str) -> StaffMember:
    found = uow.reader.member(name.strip())
    if found is None:
        raise DutyError(f"人员里没有“{name.strip()}”", "请核对姓名，或请管理员登记。")
    return found


def _here(uow: UnitOfWork, name: str) -> StaffMember:
    """A member of staff who has not left."""
    member = _member(uow, name)
    if member.left_at:
        raise DutyError(f"{member.name} 已经离任", "要回来工作，请管理员重新登记。")
    return member


def _today(uow: UnitOfWork) -> date:
    return date.fromisoformat(uow.at[:10])


def _words(until: str, now: str) -> str:
    """A time as said: the day only where it is another one."""
    when = datetime.fromisoformat(until)
    return f"{when:%H:%M}" if until[:10] == now[:10] else f"{when.month}月{when.day}日 {when:%H:%M}"
