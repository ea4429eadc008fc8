"""``agency WORKSPACE new|add|remove|list|log|days|staff``: whose books an agency keeps, who works for it, and their one PIN.

Exit code 1 when any village refused, or could not be come at.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from village_ledger.cli.agency_output import form_of, write_table
from village_ledger.cli.arguments import UsageError
from village_ledger.cli.staff import RECOVERY, new_pin, role_in
from village_ledger.cli.talk import say, terminal_progress
from village_ledger.cli.writing import PIN, PIN_2, secret
from village_ledger.domain.agency import KeptBook, VillageVerdict, Workspace
from village_ledger.domain.duty import Role
from village_ledger.exchange.agency import agency_people, agency_pins, agency_staff
from village_ledger.exchange.agency.agency_books import books_of
from village_ledger.exchange.agency.agency_file import find_book, read_workspace
from village_ledger.exchange.agency.agency_rounds import Keyholder
from village_ledger.exchange.agency.agency_staff import Identity
from village_ledger.i18n import tr
from village_ledger.reports.agency.verdicts import FAILED
from village_ledger.storage.clock import now_text

if TYPE_CHECKING:
    from argparse import Namespace

    from village_ledger.reports.agency.people import VillageStaff
    from village_ledger.reports.table import Table


def run_new(asked: Namespace) -> int:
    """A workspace with its first administrator."""
    agency_staff.found(asked.workspace, asked.office, asked.by, new_pin(asked.by))
    say(tr("建好了 {office} 的代管工作区，管理员是 {name}。", office=asked.office, name=asked.by))
    return 0


def run_add(asked: Namespace) -> int:
    """Books, or every book of a folder."""
    by = _signed_in(asked)
    files = [file for given in asked.books for file in _books_in(given)]
    return _say_verdicts(agency_people.take_books(asked.workspace, by, files, terminal_progress()))


def _books_in(given: Path) -> list[Path]:
    if not given.is_dir():
        return [given]
    found = sorted(given.glob("*.vledger"))
    if not found:
        raise UsageError(tr("{folder} 里没有账簿（.vledger）", folder=given), tr("请核对文件夹。"))
    return found


def run_remove(asked: Namespace) -> int:
    """Keep a village's book no longer."""
    by, kept = _signed_in(asked), _village(asked)
    agency_people.give_up_book(asked.workspace, by, kept.uid)
    say(tr("不再代管{village}；账簿文件没有动，里面登记的人员也没有动。", village=kept.village))
    return 0


def run_list(asked: Namespace) -> int:
    """The books and whether they can be looked into."""
    from village_ledger.reports.agency.people import books_table

    return _listed(asked, books_table)


def run_log(asked: Namespace) -> int:
    """What was changed of the workspace itself."""
    from village_ledger.exchange.agency.agency_log import first_broken
    from village_ledger.reports.agency.log import broken_words, log_table

    form = form_of(asked.format, asked.output)
    says = read_workspace(asked.workspace)
    broken = first_broken(says)
    write_table(log_table(says, broken), form, asked.output)
    if broken is not None:
        say(broken_words(says, broken))
    return 0 if broken is None else 1


def run_days(asked: Namespace) -> int:
    """From when what waits is late: shown, or set."""
    from village_ledger.exchange.agency.agency_todo import days_of

    today = date.today()  # noqa: DTZ011  the wall calendar of the agency
    given = {
        key: value
        for key in ("close_by", "claim_days", "remark_days", "source")
        if (value := getattr(asked, key)) is not None
    }
    if asked.proposed and given:
        raise UsageError(tr("--proposed 是改回建议，不能同时写天数"))
    if asked.proposed or given:
        if not asked.by:
            raise UsageError(tr("没有说谁在改"), tr("请加上 --by。"))
        by, now = _signed_in(asked), days_of(read_workspace(asked.workspace), today)
        # other days do not stand in what the ones of before are from
        days = None if asked.proposed else replace(now, **({"source": ""} | given))
        agency_people.set_days(asked.workspace, by, days)
    holds = days_of(read_workspace(asked.workspace), today)
    sys.stdout.write(tr("{words}。\n依据：{source}\n", words=holds.words(), source=holds.source))
    return 0


def run_staff(asked: Namespace) -> int:
    """One deed."""
    return _DEEDS[asked.deed](asked)


def _list(asked: Namespace) -> int:
    from village_ledger.reports.agency.people import people_table

    return _listed(asked, people_table)


def _listed(asked: Namespace, make: Callable[[Workspace, Sequence[VillageStaff], str], Table]) -> int:
    form = form_of(asked.format, asked.output)
    found = agency_people.roster(asked.workspace, terminal_progress())
    write_table(make(read_workspace(asked.workspace), found, now_text()), form, asked.output)
    troubled = [one for one in found if one.trouble]
    for one in troubled:
        say(f"{one.book.village}：{one.trouble}")
    return 1 if troubled else 0


def _add(asked: Namespace) -> int:
    by = _signed_in(asked)
    agency_people.add_member(
        asked.workspace, by, asked.person, new_pin(asked.person), administers=asked.administers
    )
    say(tr("登记了 {name}；在哪个村做什么，请用 enrol 给角色。", name=asked.person))
    return 0


def _enrol(asked: Namespace) -> int:
    roles = [role_in(text) for text in asked.role]
    books = books_of(asked.workspace, asked.village)
    by = Keyholder(asked.by, secret(PIN, _of(asked.by))) if asked.own else _signed_in(asked)
    if by.name == asked.person and isinstance(by, Identity):
        person = by
    else:
        person = agency_staff.sign_in(asked.workspace, asked.person, secret(PIN_2, _of(asked.person)))
    done = agency_people.enrol(
        asked.workspace, by, person, {kept.uid: roles for kept in books}, terminal_progress()
    )
    code = _say_verdicts([one.verdict for one in done])
    for one in done:
        if one.recovery_code:
            sys.stdout.write(f"{one.verdict.book.village}\t{one.recovery_code}\n")
            say(
                tr(
                    "上面是{village}账簿的恢复码，只出现这一次：请抄在纸上，交这个村封存。",
                    village=one.verdict.book.village,
                )
            )
    return code


def _role(asked: Namespace) -> int:
    what = ((Role.read(asked.role), asked.ledger),)
    given, taken = ((), what) if asked.end else (what, ())
    by = _signed_in(asked)
    books = books_of(asked.workspace, asked.village)
    return _say_verdicts(
        agency_people.change_roles_in(asked.workspace, by, asked.person, books, given, taken)
    )


def _dismiss(asked: Namespace) -> int:
    from village_ledger.exchange.agency.agency_leaving import dismiss, leaving_words, still_known_in

    by = Keyholder(asked.by, secret(PIN, _of(asked.by))) if asked.own else _signed_in(asked)
    only = [kept.uid for kept in books_of(asked.workspace, asked.village)] if asked.village else []
    done = dismiss(asked.workspace, by, asked.person, terminal_progress(), only)
    code = _say_verdicts(done)
    say(leaving_words(asked.person, done, still_known_in(read_workspace(asked.workspace), asked.person)))
    return code


def _unlock(asked: Namespace) -> int:
    agency_people.unlock(asked.workspace, _signed_in(asked), asked.person)
    say(tr("{name} 可以再输密码了，密码没有变。", name=asked.person))
    return 0


def _administer(asked: Namespace) -> int:
    agency_people.let_administer(asked.workspace, _signed_in(asked), asked.person, yes=not asked.end)
    done = tr("{name} 不再是工作区的管理员。") if asked.end else tr("{name} 现在是工作区的管理员。")
    say(done.format(name=asked.person))
    return 0


def _pin(asked: Namespace) -> int:
    person = agency_staff.sign_in(asked.workspace, asked.person, secret(PIN, _of(asked.person)))
    _, verdicts = agency_pins.change_pin(asked.workspace, person, new_pin(asked.person), terminal_progress())
    return _say_verdicts(verdicts)


def _match(asked: Namespace) -> int:
    person = agency_staff.sign_in(asked.workspace, asked.person, secret(PIN, _of(asked.person)))
    kept = _village(asked)
    if asked.code:
        typed = secret(RECOVERY, tr("{village}的恢复码", village=kept.village))
    else:
        typed = secret(PIN_2, tr("{name} 在{village}账簿里的密码", name=asked.person, village=kept.village))
    agency_pins.match(asked.workspace, person, kept.uid, typed, is_code=asked.code)
    say(tr("{village}账簿的密码对上了。", village=kept.village))
    if asked.code:
        say(tr("恢复码的封条已经拆开，请这个村的管理员尽快换一张新的封存。"))
    return 0


def _recover(asked: Namespace) -> int:
    kept = _village(asked)
    code = secret(RECOVERY, tr("{village}的恢复码", village=kept.village))
    agency_pins.recover(asked.workspace, asked.person, kept.uid, code, new_pin(asked.person))
    say(tr("{name} 的密码重设了；别的村还是旧密码，请用 match 对上，或请管理员重设。", name=asked.person))
    say(tr("恢复码的封条已经拆开，请这个村的管理员尽快换一张新的封存。"))
    return 0


def _renew(asked: Namespace) -> int:
    by = _signed_in(asked)
    _, verdicts = agency_pins.renew(
        asked.workspace, by, asked.person, new_pin(asked.person), terminal_progress()
    )
    return _say_verdicts(verdicts)


_DEEDS: dict[str, Callable[[Namespace], int]] = {
    "list": _list,
    "add": _add,
    "enrol": _enrol,
    "role": _role,
    "dismiss": _dismiss,
    "unlock": _unlock,
    "administer": _administer,
    "pin": _pin,
    "match": _match,
    "recover": _recover,
    "renew": _renew,
}


def _say_verdicts(verdicts: Sequence[VillageVerdict]) -> int:
    """A line a village; 1 where any was not done."""
    for one in verdicts:
        say(f"{one.book.village}：{one.result.words}。{one.words}")
    return 1 if any(one.result in FAILED for one in verdicts) else 0


def _signed_in(asked: Namespace) -> Identity:
    return agency_staff.sign_in(asked.workspace, asked.by, secret(PIN, _of(asked.by)))


def _village(asked: Namespace) -> KeptBook:
    return find_book(read_workspace(asked.workspace), asked.village)


def _of(name: str) -> str:
    return tr("{name} 的密码", name=name)
