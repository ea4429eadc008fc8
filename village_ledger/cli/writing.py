"""How every writing command begins: the book opened for the one who acts, who types a PIN where there are staff."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Generator
from contextlib import contextmanager

from village_ledger.domain.errors import PinError
from village_ledger.i18n import tr
from village_ledger.storage.file.book_file import Access, BookFile, open_book
from village_ledger.storage.unit_of_work import UnitOfWork

PIN = "VILLAGE_LEDGER_PIN"
"""Variable with the PIN of ``--by``, for scripts."""
PIN_2 = "VILLAGE_LEDGER_PIN_2"
"""Variable with the PIN of the second person a command names."""
PIN_3 = "VILLAGE_LEDGER_PIN_3"
"""Variable with the PIN of the third, where a command names two (the supervisors of a seal)."""
SECONDS = ("reviewed_by", "approved_by", "supervisor")
"""Options that name one other person, or two."""


@contextmanager
def writing(asked: Namespace) -> Generator[UnitOfWork]:
    """One action on ``asked.book`` by ``asked.by``; the command commits, leaving without it changes nothing."""
    with open_book(asked.book, Access.WRITE, asked.by) as book:
        sign_in(book, asked)
        with book.unit_of_work(asked.by) as uow:
            yield uow


def sign_in(book: BookFile, asked: Namespace) -> None:
    """In a book with staff: the PIN of ``--by``, then that of each other person named; raises PinError and its kin."""
    if book.read_only or not book.reader().has_staff():
        return
    from village_ledger.services.duties import known
    from village_ledger.services.staff import staff

    known(book.reader(), asked.by)
    staff.sign_in(book, asked.by, secret(PIN, tr("{name} 的密码", name=asked.by)))
    for second, variable in zip(_seconds(asked), (PIN_2, PIN_3), strict=False):
        known(book.reader(), second)
        staff.confirm(book, second, secret(variable, tr("{name} 的密码", name=second)))


def _seconds(asked: Namespace) -> list[str]:
    """Everybody else a command names, in the order of its options; naming oneself is refused by the action."""
    found: list[str] = []
    for option in SECONDS:
        named: str | list[str] | None = getattr(asked, option, None)
        found += [named] if isinstance(named, str) else (named or [])
    return [name for name in dict.fromkeys(found) if name and name != asked.by]


def secret(variable: str, what: str) -> str:
    """A PIN or code from a variable of the environment, else typed at the terminal without echo."""
    given = os.environ.get(variable)
    if given:
        return given
    if not sys.stdin.isatty():
        raise PinError(
            tr("要输入{what}", what=what), tr("请在终端里输入，或设环境变量 {variable}。", variable=variable)
        )
    import getpass

    return getpass.getpass(f"{what}：")
