"""Reports that show people's numbers: who asks signs in as for writing; whole numbers are logged before they leave."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from typing import TYPE_CHECKING

from village_ledger.cli.talk import say
from village_ledger.cli.writing import sign_in
from village_ledger.domain.errors import MemberError, PinError
from village_ledger.domain.masking import Level
from village_ledger.i18n import tr
from village_ledger.storage.file.book_file import Access, BookFile

if TYPE_CHECKING:
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader

REGISTER = "member-register"
_NUMBERED = frozenset({REGISTER, "certificate"})
_NUMBERLESS = frozenset({Level.PUBLIC.value, Level.ANONYMOUS.value})
NOBODY = "命令行"
"""Who acts when ``--by`` names nobody."""


def wants_whole(asked: Namespace) -> bool:
    """Whether whole identity numbers are asked for."""
    return asked.name == REGISTER and asked.level == Level.INTERNAL.value


def access_for(asked: Namespace) -> Access:
    """Signing in counts wrong PINs, and whole numbers are logged: both write."""
    named = asked.by != NOBODY
    return Access.WRITE if wants_whole(asked) or (_shows_numbers(asked) and named) else Access.READ


def let_in(book: BookFile, asked: Namespace) -> None:
    """Whoever is named signs in; without a name the numbers stay sealed, and that is said."""
    if not _shows_numbers(asked) or not book.reader().has_staff():
        return
    if asked.by != NOBODY and not book.read_only:
        sign_in(book, asked)
        return
    why = book.read_only_reason if asked.by != NOBODY else ""
    say(
        tr("{why}号码显示为已加密。", why=why)
        if why
        else tr("号码显示为已加密；要看，请加上 --by 和姓名，并输入密码。")
    )


def take_whole(book: BookFile, asked: Namespace, make: Callable[[Reader], list[Table]]) -> list[Table]:
    """The register with whole numbers: by somebody who may, and in the log before it is handed out."""
    from village_ledger.services.staff import exports

    if book.read_only:
        raise MemberError(
            tr("写全号码的名册要记进操作日志，这本账现在不能写"),
            tr("请在能写的地方打开；或者去掉 --level L0，号码照规定遮住。"),
        )
    if asked.by == NOBODY and book.reader().has_staff():
        raise PinError(tr("看写全的号码，先要知道是谁"), tr("请加上 --by 和姓名，并输入他的密码。"))
    sign_in(book, asked)
    with book.unit_of_work(asked.by) as uow:
        exports.may_take_register(uow)
        tables = make(uow.reader)
        exports.record(uow, tables[0].title, sum(1 for table in tables for _ in table.rows))
        uow.commit()
    return tables


def _shows_numbers(asked: Namespace) -> bool:
    return asked.name in _NUMBERED and asked.level not in _NUMBERLESS
