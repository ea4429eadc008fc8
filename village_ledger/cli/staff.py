"""``staff``: who works here, what they may do, and their PINs."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable
from typing import TYPE_CHECKING

from village_ledger.cli.arguments import UsageError
from village_ledger.cli.talk import say, say_all
from village_ledger.cli.writing import PIN, secret, writing
from village_ledger.domain.duty import Role
from village_ledger.domain.errors import PinError
from village_ledger.i18n import tr
from village_ledger.services.staff import staff
from village_ledger.storage.file.book_file import Access, open_book

if TYPE_CHECKING:
    from village_ledger.storage.reader import Reader

NEW_PIN = "VILLAGE_LEDGER_NEW_PIN"
"""Variable with a PIN to be set, for scripts."""
RECOVERY = "VILLAGE_LEDGER_RECOVERY"
"""Variable with the recovery code, for scripts."""


def run_staff(asked: Namespace) -> int:
    """Do what was asked."""
    return _ACTIONS[asked.action](asked)


def _add(asked: Namespace) -> int:
    roles = [role_in(text) for text in asked.role]
    asked.by = asked.by or asked.person
    _check_sheet(asked)
    with writing(asked) as uow:
        added = staff.add(uow, asked.person, new_pin(asked.person), roles).value
        if added.recovery_code:
            _hand_out(asked, uow.reader, added.recovery_code, uow.at)
        uow.commit()
    held = "、".join(role.words for role, _ in roles) or tr("还没有给角色")
    say(tr("登记了 {name}：{held}。", name=asked.person, held=held))
    return 0


def _role(asked: Namespace) -> int:
    role = Role.read(asked.role)
    with writing(asked) as uow:
        if asked.end:
            staff.take_role(uow, asked.person, role, asked.ledger, asked.until)
        else:
            staff.give_role(uow, asked.person, role, asked.ledger, asked.since)
        uow.commit()
    done = tr("收回了 {name} 的{role}。") if asked.end else tr("{name} 现在是{role}。")
    say(done.format(name=asked.person, role=role.words))
    return 0


def _dismiss(asked: Namespace) -> int:
    with writing(asked) as uow:
        staff.dismiss(uow, asked.person)
        uow.commit()
    say(tr("{name} 离任了，角色都已收回；凭证上的名字不变。", name=asked.person))
    return 0


def _unlock(asked: Namespace) -> int:
    with writing(asked) as uow:
        staff.unlock(uow, asked.person)
        uow.commit()
    say(tr("{name} 可以再输密码了，密码没有变。", name=asked.person))
    return 0


def _pin(asked: Namespace) -> int:
    old = secret(PIN, tr("{name} 现在的密码", name=asked.person))
    with open_book(asked.book, Access.WRITE, asked.person) as book:
        staff.change_pin(book, asked.person, old, new_pin(asked.person))
    say(tr("{name} 的密码改好了。", name=asked.person))
    return 0


def _recover(asked: Namespace) -> int:
    code = secret(RECOVERY, tr("恢复码"))
    with open_book(asked.book, Access.WRITE, asked.person) as book:
        done = staff.recover(book, asked.person, code, new_pin(asked.person))
    say(tr("{name} 的密码重设了。", name=asked.person))
    say_all(done.warnings)
    return 0


def _recovery_code(asked: Namespace) -> int:
    _check_sheet(asked)
    with writing(asked) as uow:
        _hand_out(asked, uow.reader, staff.new_recovery_code(uow).value, uow.at)
        uow.commit()
    say(tr("换了新的恢复码，旧的作废。请马上封存。"))
    return 0


def _list(asked: Namespace) -> int:
    """The same as ``report BOOK staff-list``."""
    from village_ledger.cli.parser import build
    from village_ledger.cli.reporting import run_report

    form = ["--format", asked.format] if asked.format else []
    onto = ["-o", str(asked.output)] if asked.output else []
    return run_report(build().parse_args(["report", str(asked.book), "staff-list", *form, *onto]))


_ACTIONS: dict[str, Callable[[Namespace], int]] = {
    "add": _add,
    "role": _role,
    "dismiss": _dismiss,
    "unlock": _unlock,
    "pin": _pin,
    "recover": _recover,
    "recovery-code": _recovery_code,
    "list": _list,
}


def role_in(text: str) -> tuple[Role, str]:
    """``审核@committee`` as role and ledger."""
    role, _, ledger = text.partition("@")
    return Role.read(role), ledger


def new_pin(name: str) -> str:
    """A PIN to be set; typed twice at a terminal, so that a slip shuts nobody out."""
    import os

    pin = secret(NEW_PIN, tr("给 {name} 设的新密码", name=name))
    if not os.environ.get(NEW_PIN) and secret(NEW_PIN, tr("再打一遍")) != pin:
        raise PinError(tr("两次打的密码不一样"), tr("请再来一次。"))
    return pin


def _check_sheet(asked: Namespace) -> None:
    if asked.output is not None and asked.output.exists() and asked.output.samefile(asked.book):
        raise UsageError(tr("-o 不能写到账簿文件自己身上"), tr("请另起一个文件名。"))


def _hand_out(asked: Namespace, reader: Reader, code: str, at: str) -> None:
    """The recovery code onto its sheet, or to stdout when no sheet was asked for; it is kept nowhere."""
    if asked.output is None:
        sys.stdout.write(f"{code}\n")
        say(tr("上面是恢复码，只出现这一次：请抄在纸上封存，忘了密码只有它能打开账簿。"))
        return
    from village_ledger.reports.staff.recovery_sheet import RecoverySheet, write_recovery_sheet

    book = reader.book()
    write_recovery_sheet(RecoverySheet(book.village, code, at, asked.by, book.is_demo), asked.output)
    say(tr("恢复码印在 {file}，请打印、折好、封存，再删掉这个文件。", file=asked.output))
