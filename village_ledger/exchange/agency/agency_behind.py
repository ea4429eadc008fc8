"""What a book out of reach has not heard yet: that somebody of the agency has another PIN, or has left.

``AgencyMember.behind`` keeps it as (book, older PIN sealed under the present one). An empty seal means that the book's PIN is
another one which nobody has told us; of somebody who has left, that the dismissal is still to be done there.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

from village_ledger.domain.agency import AgencyMember, KeptBook, Workspace
from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import AgencyError, LedgerError, PinError
from village_ledger.exchange.agency.agency_file import change_workspace, read_workspace
from village_ledger.exchange.agency.agency_log import logged
from village_ledger.services.duties import why_not
from village_ledger.services.staff import keyring, staff
from village_ledger.storage.clock import now_text
from village_ledger.storage.file.book_file import BookFile
from village_ledger.storage.staff.queries import KeyWrap

UNKNOWN = ""
"""In place of a sealed PIN: nobody knows what the book's PIN is."""


def seal(older: str, pin: str, name: str) -> str:
    """An older PIN sealed under the present one, as the file keeps it."""
    wrapped = keyring.wrap(older.encode(), pin, _about(name))
    return f"{wrapped.parameters}|{wrapped.salt.hex()}|{wrapped.nonce.hex()}|{wrapped.wrapped.hex()}"


def unseal(sealed: str, pin: str, name: str) -> str | None:
    """The older PIN, None when the seal is not of this PIN and person, or does not read."""
    try:
        parameters, salt, nonce, wrapped = sealed.split("|")
        kept = KeyWrap(parameters, bytes.fromhex(salt), bytes.fromhex(nonce), bytes.fromhex(wrapped))
        older = keyring.unwrap(kept, pin, _about(name))
        return None if older is None else older.decode()
    except (ValueError, PinError):
        return None


def _about(name: str) -> str:
    return f"village-ledger agency pin|{name}"


def catch_up(
    workspace: Path, kept: KeptBook, member: AgencyMember, pin: str, book: BookFile, older: str = ""
) -> None:
    """Bring a book that is behind up to the present PIN; raises AgencyError where its PIN is not known.

    ``older`` is the PIN of before where it was typed just now. One that is not the book's is not tried at its door: the person
    there may be a namesake.
    """
    sealed = dict(member.behind).get(kept.uid)
    if sealed is None:
        return
    its = _pin_of(book, member.name, (older, pin), sealed)
    if its is None:
        mark_apart(workspace, kept, member.name)
        raise apart(kept, member.name)
    if its != pin:
        staff.change_pin(book, member.name, its, pin)
    settle(workspace, member.name, kept.uid)


def _pin_of(book: BookFile, name: str, tried: tuple[str, str], sealed: str) -> str | None:
    """The PIN a book has of those we know, the likeliest first: each costs what a PIN at a door costs."""
    found = next((pin for pin in tried if pin and has_pin(book, name, pin)), None)
    if found is not None:
        return found
    older = unseal(sealed, tried[-1], name)
    return older if older is not None and older not in tried and has_pin(book, name, older) else None


def has_pin(book: BookFile, name: str, pin: str) -> bool:
    """Whether the book has this PIN already: an earlier run was cut off after it had changed it."""
    reader = book.reader()
    known = reader.member(name)
    state = reader.pin_state(known.id) if known is not None else None
    return state is not None and keyring.pin_matches(pin, state.hash)


def apart(kept: KeptBook, name: str) -> AgencyError:
    """The refusal of a book whose PIN is another one."""
    return AgencyError(
        f"{name} 在{kept.village}账簿里的密码和工作区的不是同一个",
        "请在“代管人员”里对上密码：打一次那本账里的密码，或用它的恢复码。",
    )


def mark_apart(workspace: Path, kept: KeptBook, name: str) -> None:
    """Remember that a book's PIN is another one, so that no run of ours tries it until somebody is shut out."""
    with suppress(LedgerError):  # where the workspace cannot be written, what refused us is said all the same
        change_workspace(workspace, lambda now: _with_behind(now, name, kept.uid, UNKNOWN))


def settle(workspace: Path, name: str, uid: str) -> None:
    """A book has heard what it had to."""
    change_workspace(workspace, lambda now: _with_behind(now, name, uid, None))


def _with_behind(now: Workspace, name: str, uid: str, sealed: str | None) -> Workspace:
    def altered(one: AgencyMember) -> AgencyMember:
        if one.name != name:
            return one
        others = tuple(pair for pair in one.behind if pair[0] != uid)
        return replace(one, behind=others if sealed is None else (*others, (uid, sealed)))

    return replace(now, members=tuple(altered(one) for one in now.members))


def dismiss_late(workspace: Path, kept: KeptBook, by: str, book: BookFile) -> None:
    """Whoever administers a book brings it to hear who has left the agency meanwhile; what it refuses goes on waiting."""
    waiting = [
        one.name for one in read_workspace(workspace).members if one.left_at and kept.uid in dict(one.behind)
    ]
    reader, today = book.reader(), date.fromisoformat(now_text()[:10])
    if not waiting or why_not(reader.member(by), by, Duty.ADMINISTER, "", today):
        return
    for name in waiting:
        with suppress(LedgerError):
            dismiss_from(workspace, kept, by, name, book)


def dismiss_from(workspace: Path, kept: KeptBook, by: str, name: str, book: BookFile) -> bool:
    """Somebody leaves a book whose administrator has signed in; whether there was anything to do. Raises as the book does."""
    known = book.reader().member(name)
    is_here = known is not None and not known.left_at
    if is_here:
        with book.unit_of_work(by) as uow:
            staff.dismiss(uow, name)
            uow.commit()
    words = f"{name} 在{kept.village}的账簿里离任" if is_here else ""
    change_workspace(workspace, lambda now: _heard(now, name, kept.uid, by, words))
    return is_here


def _heard(now: Workspace, name: str, uid: str, by: str, words: str) -> Workspace:
    heard = _with_behind(now, name, uid, None)
    return logged(heard, by, words) if words else heard
