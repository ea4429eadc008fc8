"""``certificate``: share certificates from the command line; numbers go to stdout."""

from __future__ import annotations

from argparse import Namespace

from village_ledger.cli.talk import say
from village_ledger.cli.writing import writing
from village_ledger.domain.certificate import REASONS
from village_ledger.i18n import tr
from village_ledger.storage.file.book_file import Access, open_book


def run_certificate(asked: Namespace) -> int:
    """Do what was asked of certificates."""
    return {"issue": _issue, "replace": _replace, "void": _void, "check": _check}[asked.action](asked)


def _issue(asked: Namespace) -> int:
    from village_ledger.services.shares import certificates

    with writing(asked) as uow:
        if asked.all:
            made = certificates.issue_all(uow, asked.date).value
        else:
            made = [certificates.issue(uow, asked.household, asked.date).value]
        uow.commit()
    for one in made:
        print(one.number)
    say(tr("发了 {count} 本股权证。", count=len(made)))
    return 0


def _replace(asked: Namespace) -> int:
    from village_ledger.services.shares import certificates

    with writing(asked) as uow:
        if asked.all:
            made = certificates.issue_all(uow, asked.date, renew=True).value
        else:
            made = [
                certificates.replace(
                    uow, asked.household, asked.date, why=asked.why, note=asked.note or ""
                ).value
            ]
        uow.commit()
    for one in made:
        print(one.number)
    say(tr("换发了 {count} 本股权证，旧证作废。", count=len(made)))
    return 0


def _void(asked: Namespace) -> int:
    from village_ledger.services.shares import certificates

    with writing(asked) as uow:
        done = certificates.void(uow, asked.number, asked.date, why=asked.why, note=asked.note or "").value
        uow.commit()
    say(tr("股权证 {number} 收回了：{why}。", number=done.number, why=REASONS[done.why]))
    return 0


def _check(asked: Namespace) -> int:
    """0 for a certificate that holds, 1 for one that was ended or no longer says what the register says."""
    from village_ledger.services.shares.certificates import by_code, said_of, standing_of

    with open_book(asked.book, Access.READ) as book:
        reader = book.reader()
        found = by_code(reader, asked.code)
        if found.ended is not None:
            said = tr(
                "{number} 已在 {day} {why}，不再有效。",
                number=found.number,
                day=found.ended,
                why=REASONS[found.why],
            )
        elif said_of(found) != standing_of(reader, None, found.ledger).get(found.household, {}):
            said = tr(
                "{number} 是本社发的，发证以后份额有过变动，以登记簿为准，请换发。", number=found.number
            )
        else:
            print(found.number)
            say(
                tr(
                    "{number} 有效，{home} 户，{day} 发。",
                    number=found.number,
                    home=found.household,
                    day=found.day,
                )
            )
            return 0
    print(found.number)
    say(said)
    return 1
