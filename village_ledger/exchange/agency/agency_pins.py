"""PINs of the agency's staff: changed in one act over all villages, matched where a book has another one, recovered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from village_ledger.domain.agency import KeptBook, VillageVerdict, Workspace
from village_ledger.domain.errors import AgencyError, DutyError, PinError
from village_ledger.exchange.agency import agency_behind
from village_ledger.exchange.agency.agency_behind import UNKNOWN
from village_ledger.exchange.agency.agency_file import change_workspace, kept_book, open_kept, read_workspace
from village_ledger.exchange.agency.agency_leaving import works_in
from village_ledger.exchange.agency.agency_log import logged
from village_ledger.exchange.agency.agency_rounds import in_each, note, note_done
from village_ledger.exchange.agency.agency_staff import (
    Identity,
    change_as,
    identity_of,
    member_here,
    open_as,
    with_member,
)
from village_ledger.services.entry.progress import SILENT, Progress
from village_ledger.services.staff import keyring, staff
from village_ledger.storage.file.book_file import Access
from village_ledger.storage.unit_of_work import UnitOfWork

_SAFE = "各村的账没有变化。"


def change_pin(
    path: Path, person: Identity, new: str, progress: Progress = SILENT
) -> tuple[Identity, list[VillageVerdict]]:
    """Somebody who has just proven the PIN takes another, here and in every village; raises PinError for a weak one.

    The new PIN holds here first, with every book behind; each is brought up, or at its next contact.
    """
    keyring.check_pin(new)
    hashed, just_now = keyring.hash_pin(new), agency_behind.seal(person.pin, new, person.name)

    def alter(now: Workspace) -> Workspace:
        member = member_here(now, person.name)
        if member.pin_hash != person.proven:
            raise AgencyError(f"{person.name} 的密码在别处改过了", "请用新密码重新登录。")
        older = dict(member.behind)
        behind = tuple(
            (one.uid, resealed(older[one.uid]) if one.uid in older else just_now) for one in now.books
        )
        changed = with_member(now, replace(member, pin_hash=hashed, behind=behind))
        return logged(changed, person.name, f"{person.name} 改了自己的密码")

    def resealed(sealed: str) -> str:
        known = agency_behind.unseal(sealed, person.pin, person.name) if sealed else None
        return UNKNOWN if known is None else agency_behind.seal(known, new, person.name)

    made = change_workspace(path, alter)
    member = member_here(made, person.name)

    def act(kept: KeptBook) -> tuple[int, str]:
        if not works_in(path, kept, person.name):
            agency_behind.settle(path, person.name, kept.uid)
            return 0, "那里没有登记"
        with open_kept(path, kept, Access.WRITE, person.name) as book:
            book.ensure_writable()
            agency_behind.catch_up(path, kept, member, new, book, person.pin)
        return 1, "密码改好了"

    return identity_of(member, new), in_each(made.books, act, progress)


def match(path: Path, person: Identity, uid: str, secret: str, *, is_code: bool = False) -> KeptBook:
    """Bring the PIN of one book to the person's: by that book's present PIN, or by its sealed recovery code."""
    kept = kept_book(path, uid)
    with open_kept(path, kept, Access.WRITE, person.name) as book:
        book.ensure_writable()
        if is_code:
            staff.recover(book, person.name, secret, person.pin)
        elif not agency_behind.has_pin(book, person.name, person.pin):
            staff.change_pin(book, person.name, secret, person.pin)
    agency_behind.settle(path, person.name, uid)
    note(path, person.name, f"{person.name} 对上了{kept.village}账簿的密码")
    return kept


def recover(path: Path, name: str, uid: str, code: str, new: str) -> Identity:
    """Who forgot the PIN takes another one by the sealed recovery code of a village where they are registered.

    In the other villages the PIN stays what it was: they wait to be matched, by their codes or their administrators.
    """
    kept = kept_book(path, uid)
    member_here(read_workspace(path), name)
    with open_kept(path, kept, Access.WRITE, name) as book:
        book.ensure_writable()
        if not book.reader().has_staff():
            raise PinError(
                f"{kept.village}的账簿没有登记人员，没有恢复码", "请用另一个村的恢复码。", safe=_SAFE
            )
        staff.recover(book, name, code, new)
    words = (name, f"{name} 用{kept.village}的恢复码重设了密码")
    return _with_new_pin(path, name, new, words, {uid}, change_workspace)


def renew(
    path: Path, by: Identity, name: str, new: str, progress: Progress = SILENT
) -> tuple[Identity, list[VillageVerdict]]:
    """Give somebody who forgot the PIN another one, here and in every village ``by`` administers.

    There the person leaves and comes back with the same roles, in one transaction, as the log says. Raises DutyError, PinError.
    """
    keyring.check_pin(new)
    if name == by.name:
        raise DutyError("自己的密码请自己改", "忘了的，请用一个村封存的恢复码。", safe=_SAFE)
    words = (by.name, f"给 {name} 重设了密码")
    made = _with_new_pin(path, name, new, words, set(), lambda p, alter: change_as(p, by, alter))

    def act(kept: KeptBook) -> tuple[int, str]:
        if not works_in(path, kept, name):
            agency_behind.settle(path, name, kept.uid)
            return 0, "那里没有登记"
        with open_as(path, kept, by) as book, book.unit_of_work(by.name) as uow:
            _readmit(uow, name, new)
            uow.commit()
        agency_behind.settle(path, name, kept.uid)
        return 1, "密码重设了，角色不变"

    verdicts = in_each(read_workspace(path).books, act, progress)
    note_done(path, by.name, f"{name} 的新密码", verdicts)
    return made, verdicts


def _readmit(uow: UnitOfWork, name: str, pin: str) -> None:
    member = uow.reader.member(name)
    roles = [(one.role, one.ledger) for one in member.roles if one.until is None] if member else []
    staff.dismiss(uow, name)
    staff.add(uow, name, pin, roles)


def _with_new_pin(
    path: Path,
    name: str,
    new: str,
    words: tuple[str, str],
    done: set[str],
    change: Callable[[Path, Callable[[Workspace], Workspace]], Workspace],
) -> Identity:
    """A PIN nobody has proven the older one of: every book but those done has a PIN we do not know.

    ``words`` are who did it and what, for the log.
    """
    hashed = keyring.hash_pin(new)

    def alter(now: Workspace) -> Workspace:
        member = member_here(now, name)
        behind = tuple((kept.uid, UNKNOWN) for kept in now.books if kept.uid not in done)
        changed = replace(member, pin_hash=hashed, failures=0, shut_until="", behind=behind)
        return logged(with_member(now, changed), *words)

    return identity_of(member_here(change(path, alter), name), new)
