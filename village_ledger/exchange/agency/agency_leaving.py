"""Somebody leaves an agency: out of the workspace at once, out of each village's book by whoever administers that book.

Until a book has heard of it, it still knows the person and opens to their PIN; ``behind`` keeps which ones those are. The act
can be done again for them, also by a village's own administrator who types the PIN of that book.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from village_ledger.domain.agency import AgencyMember, KeptBook, VillageVerdict, Workspace
from village_ledger.domain.duty import Role
from village_ledger.domain.errors import DutyError, LedgerError
from village_ledger.exchange.agency import agency_behind
from village_ledger.exchange.agency.agency_behind import UNKNOWN
from village_ledger.exchange.agency.agency_file import change_workspace, open_kept, read_workspace
from village_ledger.exchange.agency.agency_log import logged, named
from village_ledger.exchange.agency.agency_rounds import Keyholder, administered, in_each
from village_ledger.exchange.agency.agency_staff import Identity, ensure_administers, member_here, with_member
from village_ledger.services.entry.progress import SILENT, Progress
from village_ledger.storage.clock import now_text
from village_ledger.storage.file.book_file import Access
from village_ledger.storage.staff.queries import StaffMember

_SAFE = "各村的账没有变化。"


def dismiss(
    path: Path,
    by: Identity | Keyholder,
    name: str,
    progress: Progress = SILENT,
    villages: Sequence[str] = (),
) -> list[VillageVerdict]:
    """Somebody leaves the agency; of who has left already, the books that still know them, or those of them with these uids.

    From then on the PIN opens nothing here. Raises DutyError for who may not do it, and for the workspace's last administrator.
    """
    known = next((one for one in read_workspace(path).members if one.name == name), None)
    if known is None or not known.left_at or not known.behind:
        now = _leave(path, by, name)
    else:
        now = read_workspace(path)
        if isinstance(by, Identity):
            ensure_administers(now, by)
    waiting = dict(next(one for one in now.members if one.name == name).behind)
    books = [kept for kept in now.books if kept.uid in waiting and kept.uid in (villages or waiting)]

    def act(kept: KeptBook) -> tuple[int, str]:
        if not works_in(path, kept, name):
            agency_behind.settle(path, name, kept.uid)
            return 0, "那里没有登记，或已经离任"
        try:
            with administered(
                path, kept, by
            ) as book:  # one of the agency tells the book already by signing in
                agency_behind.dismiss_from(path, kept, by.name, name, book)
        except DutyError as refusal:
            raise _with_way_out(path, kept, name, refusal) from refusal
        return 1, "离任了，角色都已收回"

    return in_each(books, act, progress)


def _leave(path: Path, by: Identity | Keyholder, name: str) -> Workspace:
    """Out of the workspace: that is done first, and whatever becomes of the books."""
    if not isinstance(by, Identity):
        raise DutyError(f"{name} 还没有离开工作区", "请由工作区的管理员先让他离开。", safe=_SAFE)

    def leave(now: Workspace) -> Workspace:
        ensure_administers(now, by)
        member = member_here(now, name)
        ensure_others_administer(now, member)
        waiting = tuple((kept.uid, UNKNOWN) for kept in now.books)
        gone = replace(
            member, left_at=now_text(), administers=False, failures=0, shut_until="", behind=waiting
        )
        return logged(with_member(now, gone), by.name, f"{name} 离开，密码不再打开工作区")

    return change_workspace(path, leave)


def ensure_others_administer(now: Workspace, member: AgencyMember) -> None:
    """Raise DutyError for the last one who administers the workspace."""
    others = (one for one in now.members if one.administers and not one.left_at and one.name != member.name)
    if member.administers and next(others, None) is None:
        raise DutyError(f"{member.name} 是工作区最后一个管理员", "请先让另一个人做管理员。", safe=_SAFE)


def works_in(path: Path, kept: KeptBook, name: str) -> bool:
    """Whether somebody of that name is on a village's staff; writes nothing."""
    with open_kept(path, kept, Access.READ) as book:
        known = book.reader().member(name)
    return known is not None and not known.left_at


def heads_of(staff: Sequence[StaffMember]) -> list[str]:
    """Who administers a book."""
    return [
        one.name
        for one in staff
        if not one.left_at and any(x.role is Role.ADMINISTRATOR and x.until is None for x in one.roles)
    ]


def _with_way_out(path: Path, kept: KeptBook, name: str, refusal: DutyError) -> LedgerError:
    """A book's refusal with who can do it there."""
    with open_kept(path, kept, Access.READ) as book:
        heads = heads_of(book.reader().staff())
    if heads == [name]:
        return DutyError(f"{name} 是这本账唯一的管理员，还没离任", WAY_OUT)
    others = named(one for one in heads if one != name)
    return DutyError(refusal.what, f"这本账的管理员是 {others}：请他再办一次“离开”，写名字、打那本账的密码。")


WAY_OUT = (
    "请先让另一个人做这本账的管理员：他本人在场，打他在这本账的密码；不在的，打开这本账，用这个村封存的恢复码。"
    "然后再办一次“离开”。"
)


def leaving_words(name: str, verdicts: Sequence[VillageVerdict], still: Sequence[str]) -> str:
    """The whole of it in a sentence; ``still`` are the villages whose books have not heard of it."""
    done = sum(bool(one.count) for one in verdicts)
    said = f"{name} 打不开工作区了；{done} 个村的账簿里离任了"
    return f"{said}；还认得他的：{named(still)}。" if still else f"{said}。"


def still_known_in(now: Workspace, name: str) -> list[str]:
    """Villages whose books have not heard that somebody left."""
    waiting = {uid for one in now.members if one.name == name and one.left_at for uid, _ in one.behind}
    return [kept.village for kept in now.books if kept.uid in waiting]
