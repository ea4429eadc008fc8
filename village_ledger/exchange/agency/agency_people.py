"""What the agency's administrator does for its people over many villages: each book's own services do it, one after the other.

A book that refuses, or is out of reach, never stops the others: every act gives a verdict a village.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from village_ledger.domain.agency import (
    AgencyMember,
    BatchResult,
    KeptBook,
    VillageVerdict,
    Workspace,
)
from village_ledger.domain.agency_days import AgencyDays
from village_ledger.domain.duty import Role
from village_ledger.domain.errors import AgencyError, DutyError, LedgerError
from village_ledger.domain.voucher import SUMMARY_LIMIT, check_text
from village_ledger.exchange.agency import agency_behind
from village_ledger.exchange.agency.agency_behind import UNKNOWN
from village_ledger.exchange.agency.agency_books import guarded, told
from village_ledger.exchange.agency.agency_file import (
    change_workspace,
    drop_book,
    keep_book,
    kept_book,
    open_kept,
    read_workspace,
)
from village_ledger.exchange.agency.agency_leaving import ensure_others_administer
from village_ledger.exchange.agency.agency_log import logged
from village_ledger.exchange.agency.agency_rounds import Keyholder, administered, in_each, note, note_done
from village_ledger.exchange.agency.agency_staff import (
    Identity,
    change_as,
    ensure_administers,
    identity_of,
    member_here,
    name_of,
    with_member,
)
from village_ledger.exchange.agency.agency_text import MOST_MEMBERS
from village_ledger.reports.agency.people import VillageStaff
from village_ledger.reports.agency.words import ledger_words
from village_ledger.services.entry.progress import SILENT, Progress
from village_ledger.services.staff import keyring, staff
from village_ledger.storage.clock import now_text
from village_ledger.storage.file.book_file import Access, BookFile

Roles = Sequence[tuple[Role, str]]
"""(role, ledger or empty for all) as in a book."""
_SAFE = "各村的账没有变化。"


@dataclass(frozen=True, slots=True)
class Enrolled:
    """How it went in a village; the recovery code only where the person is the first of that book's staff, and only here."""

    verdict: VillageVerdict
    recovery_code: str = ""


def roster(path: Path, progress: Progress = SILENT) -> list[VillageStaff]:
    """The staff of every village, read one after the other; writes nothing."""
    books = read_workspace(path).books
    found: list[VillageStaff] = []
    for done, kept in enumerate(books):
        progress.step(done, len(books), kept.village)
        try:
            with guarded(kept), open_kept(path, kept, Access.READ) as book:
                found.append(_staff_of(kept, book))
        except LedgerError as error:
            found.append(VillageStaff(kept, trouble=error.what))
    return found


def _staff_of(kept: KeptBook, book: BookFile) -> VillageStaff:
    reader, now = book.reader(), now_text()
    people = tuple(reader.staff())
    untils = [(one.name, staff.shut_until(reader, one.name, now)) for one in people if not one.left_at]
    return VillageStaff(kept, people, tuple(pair for pair in untils if pair[1]))


# the books


def take_books(
    path: Path, by: Identity, files: Sequence[Path], progress: Progress = SILENT
) -> list[VillageVerdict]:
    """Take books into the workspace, or tell it where they are now; a file that is none never stops the others."""
    ensure_administers(read_workspace(path), by)
    verdicts: list[VillageVerdict] = []
    for done, file in enumerate(files):
        progress.step(done, len(files), file.name)
        try:
            kept, is_new = keep_book(path, file, by.name)
        except LedgerError as error:
            nobody = KeptBook("", file.name, file.as_posix())
            verdicts.append(VillageVerdict(nobody, "", BatchResult.REFUSED, 0, told(error)))
        else:
            words = f"加进来了，在 {kept.path}" if is_new else f"已经在工作区里，位置是 {kept.path}"
            verdicts.append(VillageVerdict(kept, "", BatchResult.DONE, 1, words))
    return verdicts


def give_up_book(path: Path, by: Identity, uid: str) -> KeptBook:
    """Keep a village's book no longer; the file and its staff stay as they are. Raises DutyError, AgencyError."""
    ensure_administers(read_workspace(path), by)
    return drop_book(path, uid, by.name)


# the workspace's own people


def add_member(path: Path, by: Identity, name: str, pin: str, *, administers: bool = False) -> Identity:
    """Somebody works for the agency, or comes back to it: a PIN, and no right in any book yet. Raises DutyError, PinError."""
    name = name_of(name)
    keyring.check_pin(pin)
    made = AgencyMember(name, keyring.hash_pin(pin), administers=administers)

    def alter(now: Workspace) -> Workspace:
        known = next((one for one in now.members if one.name == name), None)
        if known is not None and not known.left_at:
            raise DutyError(
                f"工作区里已经有“{name}”", "同名的人请写得能分清，如“李建国（二组）”。", safe=_SAFE
            )
        if known is None and len(now.members) >= MOST_MEMBERS:
            raise AgencyError(f"一个工作区最多 {MOST_MEMBERS} 个人", "请另建一个工作区。")
        words = f"{name} 回来工作" if known else f"登记了 {name}"
        words += "，是工作区的管理员" if administers else ""
        return logged(with_member(now, replace(made, behind=_still_there(known))), by.name, words)

    change_as(path, by, alter)
    return identity_of(made, pin)


def _still_there(known: AgencyMember | None) -> tuple[tuple[str, str], ...]:
    """Books that have not heard of somebody's leaving still have the PIN of then."""
    return () if known is None else tuple((uid, UNKNOWN) for uid, _ in known.behind)


def unlock(path: Path, by: Identity, name: str) -> None:
    """Open the workspace's door again for somebody shut out; the PIN stays as it was."""

    def alter(now: Workspace) -> Workspace:
        opened = replace(member_here(now, name), failures=0, shut_until="")
        return logged(with_member(now, opened), by.name, f"给 {name} 解锁")

    change_as(path, by, alter)


def let_administer(path: Path, by: Identity, name: str, *, yes: bool) -> None:
    """Let somebody change the workspace's books and people, or no longer; raises DutyError for the last one."""

    def alter(now: Workspace) -> Workspace:
        member = member_here(now, name)
        if not yes:
            ensure_others_administer(now, member)
        words = f"{name} {'是' if yes else '不再是'}工作区的管理员"
        return logged(with_member(now, replace(member, administers=yes)), by.name, words)

    change_as(path, by, alter)


def set_days(path: Path, by: Identity, days: AgencyDays | None) -> None:
    """The office's own days from which what waits is late; None for the proposed ones again. Raises DutyError, AgencyError."""
    if days is not None:
        source = check_text(days.source, "依据", SUMMARY_LIMIT)
        if not source:
            raise AgencyError("还没有写依据", "请写上按哪份文件、哪次会议定的，如“青山镇〔2026〕3号”。")
        days = replace(days, source=source).checked()
    words = "期限改回本软件的建议" if days is None else f"期限改为：{days.words()}，依据：{days.source}"

    def alter(now: Workspace) -> Workspace:
        ensure_administers(now, by)
        return now if now.days == days else logged(replace(now, days=days), by.name, words)

    change_workspace(path, alter)


# into the villages' books


def enrol(
    path: Path,
    by: Identity | Keyholder,
    person: Identity,
    wanted: Mapping[str, Roles],
    progress: Progress = SILENT,
) -> list[Enrolled]:
    """Register somebody in villages (book → roles) with the one PIN, each by that book's administrator.

    Who is registered there already under this PIN gets the roles; a namesake with another PIN is refused.
    """
    codes: dict[str, str] = {}

    def act(kept: KeptBook) -> tuple[int, str]:
        with administered(path, kept, by) as book:
            if not book.reader().has_staff():
                _ensure_of_agency(path, by)
            count, words, codes[kept.uid] = _enrol_in(kept, book, by.name, person, wanted[kept.uid])
        agency_behind.settle(path, person.name, kept.uid)
        return count, words

    member_here(read_workspace(path), person.name)
    verdicts = in_each([kept_book(path, uid) for uid in wanted], act, progress)
    note_done(path, by.name, f"{person.name} 在村里登记、给角色", verdicts)
    return [Enrolled(one, codes.get(one.book.uid, "")) for one in verdicts]


def _ensure_of_agency(path: Path, by: Identity | Keyholder) -> None:
    """The first of a book's staff is registered by nobody: then the agency's administrator answers for it."""
    if not isinstance(by, Identity):
        raise DutyError(f"这本账还没有登记人员，{by.name} 不是它的管理员", "请由工作区的管理员来登记。")
    ensure_administers(read_workspace(path), by)


def _enrol_in(
    kept: KeptBook, book: BookFile, by: str, person: Identity, roles: Roles
) -> tuple[int, str, str]:
    """How many roles were given, what to say of it, and the recovery code of a book's first."""
    with book.unit_of_work(by) as uow:
        known = uow.reader.member(person.name)
        code = ""
        if known is None or known.left_at:
            code = staff.add(uow, person.name, person.pin, roles).value.recovery_code
            given = list(roles)
        else:
            if not agency_behind.has_pin(book, person.name, person.pin):
                raise AgencyError(
                    f"{kept.village}的人员里已经有“{person.name}”，密码不是这一个",
                    "是本人，请先对上密码；不是同一个人，请写得能分清，如“李建国（镇）”。",
                )
            held = {(one.role, one.ledger) for one in known.roles if one.until is None}
            given = [one for one in roles if one not in held]
            staff.change_roles(uow, person.name, given, ())
        uow.commit()
    if not given and known is not None and not known.left_at:
        return 0, "已经登记过，角色不变", ""
    words = "、".join(map(_role_words, given)) or "还没有给角色"
    return max(1, len(given)), f"登记了：{words}", code


def _role_words(what: tuple[Role, str]) -> str:
    role, ledger = what
    return role.words + (f"（{ledger_words(ledger)}）" if ledger else "")


def change_roles(
    path: Path, by: Identity | Keyholder, name: str, uid: str, given: Roles, taken: Roles
) -> KeptBook:
    """Give and take somebody's roles in one village, all or none; raises as the book's own services do."""
    kept = kept_book(path, uid)
    _change_roles(path, by, name, kept, given, taken)
    note(path, by.name, f"{name} 在{kept.village}：{roles_words(given, taken)}")
    return kept


def _change_roles(
    path: Path, by: Identity | Keyholder, name: str, kept: KeptBook, given: Roles, taken: Roles
) -> None:
    with administered(path, kept, by) as book, book.unit_of_work(by.name) as uow:
        staff.change_roles(uow, name, given, taken)
        uow.commit()


def roles_words(given: Roles, taken: Roles) -> str:
    """What was taken and given."""
    words = [f"收回了{_role_words(one)}" for one in taken] + [f"现在是{_role_words(one)}" for one in given]
    return "，".join(words) or "角色不变"


def change_roles_in(
    path: Path,
    by: Identity,
    name: str,
    books: Sequence[KeptBook],
    given: Roles,
    taken: Roles,
    progress: Progress = SILENT,
) -> list[VillageVerdict]:
    """The same in several villages, each by its own rules."""

    def act(kept: KeptBook) -> tuple[int, str]:
        _change_roles(path, by, name, kept, given, taken)
        return 1, roles_words(given, taken)

    verdicts = in_each(books, act, progress)
    note_done(path, by.name, f"{name} {roles_words(given, taken)}", verdicts)
    return verdicts
