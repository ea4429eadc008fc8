"""An agency's staff (代管人员): one identity and one PIN for every village, held in memory only.

The workspace's door counts wrong PINs as a book's does. It gives no right in any book: each village's book has the person in
its own staff, with roles and conflicts of its own, and opens to the person's PIN there; the agency keeps those PINs the same.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from village_ledger.domain.agency import AgencyMember, KeptBook, Workspace
from village_ledger.domain.duty import duty_rules
from village_ledger.domain.errors import AgencyError, DutyError, LedgerError, PinError, ShutOutError
from village_ledger.domain.voucher import NAME_LIMIT, check_text
from village_ledger.exchange.agency import agency_behind
from village_ledger.exchange.agency.agency_file import (
    change_workspace,
    create_workspace,
    open_kept,
    read_workspace,
)
from village_ledger.exchange.agency.agency_log import logged
from village_ledger.services.staff import keyring, staff
from village_ledger.storage.clock import now_text
from village_ledger.storage.file.book_file import Access, BookFile


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody of the agency who has typed the PIN; never written anywhere, forgotten when the workspace is locked."""

    name: str
    pin: str = field(repr=False)
    administers: bool = False
    proven: str = field(default="", repr=False)
    """The hash the PIN was held against: once the file has another one, the PIN was changed elsewhere."""


def found(path: Path, office: str, name: str, pin: str) -> Identity:
    """A new workspace with its first member, who administers it. Raises AgencyError, PinError, TextError."""
    office, name = check_text(office, "单位", NAME_LIMIT), name_of(name)
    if not office:
        raise AgencyError("还没有写代管的单位", "请写上单位名称，如青山镇村账代理服务中心。")
    first = AgencyMember(name, keyring.hash_pin(keyring.check_pin(pin)), administers=True)
    create_workspace(path, logged(Workspace(office, members=(first,)), name, f"建了工作区，管理员是 {name}"))
    return identity_of(first, pin)


def identity_of(member: AgencyMember, pin: str) -> Identity:
    """The identity of a member whose PIN was just proven or set."""
    return Identity(member.name, pin, member.administers, member.pin_hash)


# at the door


def sign_in(path: Path, name: str, pin: str) -> Identity:
    """Somebody signs in for every village. Raises DutyError for a stranger, PinError, ShutOutError while shut out."""
    refusal: LedgerError | None = None
    known: AgencyMember | None = None

    def alter(now: Workspace) -> Workspace:
        nonlocal refusal, known
        known = member_here(now, name)
        at = now_text()
        if at < known.shut_until:
            raise ShutOutError(
                f"{known.name} 连续 {known.failures} 次输错密码，{_words(known.shut_until)}以前不能再试",
                "请到时候再试，或由工作区的管理员解锁。",
                safe="各村的账没有变化。",
            )
        if keyring.pin_matches(pin, known.pin_hash):
            return with_member(now, replace(known, failures=0, shut_until=""))
        counted, refusal = _counted(known, at)
        left = with_member(now, counted)
        return logged(left, "", _shut_words(counted)) if counted.shut_until else left

    change_workspace(path, alter)
    if refusal is not None or known is None:
        raise refusal or AgencyError("没有登录")
    return identity_of(known, pin)


def _counted(member: AgencyMember, at: str) -> tuple[AgencyMember, PinError]:
    failures, rules = member.failures + 1, duty_rules().pin
    minutes = rules.wait(failures)
    safe = "各村的账没有变化。"
    if not minutes:
        left = rules.borne - failures
        refusal = PinError(
            f"{member.name} 的密码不对，还可以试 {left} 次", "请看清大小写和数字键盘再打一遍。", safe=safe
        )
        return replace(member, failures=failures), refusal
    until = (datetime.fromisoformat(at) + timedelta(minutes=minutes)).isoformat()
    refusal = ShutOutError(
        f"密码不对，这是连续第 {failures} 次，{_words(until)}以前不能再试",
        "忘了密码，请工作区的管理员重设；管理员自己忘了，请用一个村封存的恢复码。",
        safe=safe,
    )
    return replace(member, failures=failures, shut_until=until), refusal


def _shut_words(member: AgencyMember) -> str:
    until = member.shut_until[:16].replace("T", " ")
    return f"{member.name} 的密码连续错了 {member.failures} 次，{until}以前不能再试"


def _words(until: str) -> str:
    when = datetime.fromisoformat(until)
    return f"{when:%H:%M}" if until[:10] == now_text()[:10] else f"{when.month}月{when.day}日 {when:%H:%M}"


# into a village's book


@contextmanager
def open_as(workspace: Path, kept: KeptBook, identity: Identity) -> Generator[BookFile]:
    """A village's book open for writing, signed in by the identity; closed at the end.

    A book without staff opens by name. Raises as ``enter`` does, and BookBusy or ReadOnlyError where nothing can be written.
    """
    book = enter(workspace, kept, identity)
    try:
        book.ensure_writable()
        yield book
    finally:
        book.close()


def enter(workspace: Path, kept: KeptBook, identity: Identity) -> BookFile:
    """A village's book, signed in by the identity where it can be written; else as it can be read. The caller closes it.

    What was decided while the book was out of reach (a new PIN, a dismissal) is done first. Raises AgencyError for a book that is
    missing, another's, or whose PIN is another one; DutyError for who is not on its staff, PinError and its kin.
    """
    member = _still_here(workspace, identity)
    book = open_kept(workspace, kept, Access.WRITE, identity.name)
    try:
        if not book.read_only and book.reader().has_staff():
            _sign_on(workspace, kept, member, identity, book)
    except BaseException:
        book.close()
        raise
    return book


def _still_here(workspace: Path, identity: Identity) -> AgencyMember:
    """Who signed in some hours ago, as the file knows them now: dismissed meanwhile, or with another PIN, opens nothing."""
    member = member_here(read_workspace(workspace), identity.name)
    if identity.proven not in ("", member.pin_hash):
        raise AgencyError(f"{identity.name} 的密码在别处改过了", "请回到工作区，用新密码重新登录。")
    return member


def _sign_on(
    workspace: Path, kept: KeptBook, member: AgencyMember, identity: Identity, book: BookFile
) -> None:
    if book.reader().member(identity.name) is None:
        raise DutyError(
            f"{kept.village}的账簿没有登记 {identity.name}", "请这个村账簿的管理员在“代管人员”里登记。"
        )
    agency_behind.catch_up(workspace, kept, member, identity.pin, book)
    try:
        staff.sign_in(book, identity.name, identity.pin)
    except ShutOutError:
        raise
    except PinError as error:
        if agency_behind.has_pin(book, identity.name, identity.pin):
            raise  # the PIN is right; what stands against it the book says itself
        agency_behind.mark_apart(workspace, kept, identity.name)
        raise agency_behind.apart(kept, identity.name) from error
    agency_behind.dismiss_late(workspace, kept, identity.name, book)


# the file's members


def member_here(now: Workspace, name: str) -> AgencyMember:
    """A member who has not left; raises DutyError."""
    found_ = next((one for one in now.members if one.name == name.strip()), None)
    if found_ is None:
        here = "、".join(one.name for one in now.members if not one.left_at)
        raise DutyError(f"工作区里没有“{name.strip()}”", f"现有的人：{here}。", safe="各村的账没有变化。")
    if found_.left_at:
        raise DutyError(
            f"{found_.name} 已经离开", "要回来工作，请工作区的管理员重新登记。", safe="各村的账没有变化。"
        )
    return found_


def with_member(now: Workspace, member: AgencyMember) -> Workspace:
    """The workspace with a member as now known, or with a new one."""
    if all(one.name != member.name for one in now.members):
        return replace(now, members=(*now.members, member))
    return replace(now, members=tuple(member if one.name == member.name else one for one in now.members))


def ensure_administers(now: Workspace, identity: Identity) -> None:
    """Raise DutyError unless the identity may change the workspace's books and people."""
    if not member_here(now, identity.name).administers:
        heads = "、".join(one.name for one in now.members if one.administers and not one.left_at)
        raise DutyError(
            f"{identity.name} 不是工作区的管理员", f"这件事由 {heads} 来办。", safe="各村的账没有变化。"
        )


def change_as(path: Path, identity: Identity, alter: Callable[[Workspace], Workspace]) -> Workspace:
    """Change the workspace as one who administers it; raises DutyError else."""

    def checked(now: Workspace) -> Workspace:
        ensure_administers(now, identity)
        return alter(now)

    return change_workspace(path, checked)


def name_of(name: str) -> str:
    """A person's name as kept; raises DutyError for none, TextError."""
    tidy = check_text(name, "姓名", NAME_LIMIT)
    if not tidy:
        raise DutyError("还没有写姓名", "请填上姓名。", safe="各村的账没有变化。")
    return tidy
