"""``close``, ``reopen``, ``close-year``: months that close, and the year that is carried forward."""

from __future__ import annotations

from argparse import Namespace

from village_ledger.cli.choose import ledger_of
from village_ledger.cli.talk import say, say_all
from village_ledger.cli.writing import writing
from village_ledger.i18n import tr


def run_close(asked: Namespace) -> int:
    """Close a month; failed lines of the check list refuse, warnings are said."""
    from village_ledger.services.closing import close

    with writing(asked) as uow:
        done = close(uow, ledger_of(uow.reader, asked.ledger), asked.month)
        uow.commit()
    say_all(done.warnings)
    say(tr("{month} 结账了，这个月的凭证不能再动。", month=asked.month))
    return 0


def run_reopen(asked: Namespace) -> int:
    """Reopen the latest closed month."""
    from village_ledger.services.closing import reopen

    with writing(asked) as uow:
        ledger = ledger_of(uow.reader, asked.ledger)
        reopen(uow, ledger, asked.month, asked.approved_by, asked.reason)
        uow.commit()
    say(tr("{month} 反结账了；以后这个月的打印都会注明反结账。", month=asked.month))
    return 0


def run_close_year(asked: Namespace) -> int:
    """Carry a year's result forward; the vouchers' numbers go to stdout."""
    from village_ledger.services.closing import close_year

    with writing(asked) as uow:
        done = close_year(uow, ledger_of(uow.reader, asked.ledger), asked.year)
        uow.commit()
    for stored in done.value:
        print(stored.ref)
    say(tr("{year}年年终结转了，记了 {count} 张结转凭证。", year=asked.year, count=len(done.value)))
    return 0
