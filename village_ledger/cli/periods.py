"""``close``, ``reopen``, ``waive``, ``seal``, ``close-year``: months that close, and the year that is carried forward."""

from __future__ import annotations

from argparse import Namespace

from village_ledger.cli.choose import ledger_of
from village_ledger.cli.talk import say, say_all
from village_ledger.cli.writing import writing
from village_ledger.i18n import tr


def run_close(asked: Namespace) -> int:
    """Close a month; failed lines of the check list refuse, warnings are said."""
    from village_ledger.services.closing import close

    if asked.check:
        return _check(asked)
    with writing(asked) as uow:
        done = close(uow, ledger_of(uow.reader, asked.ledger), asked.month)
        uow.commit()
    say_all(done.warnings)
    say(tr("{month} 结账了，这个月的凭证不能再动。", month=asked.month))
    return 0


def _check(asked: Namespace) -> int:
    """Run the check list and leave the month 核; exit code 1 where a line keeps it open."""
    from village_ledger.services.check_item import Verdict
    from village_ledger.services.month_states import begin_check

    with writing(asked) as uow:
        items = begin_check(uow, ledger_of(uow.reader, asked.ledger), asked.month).value
        uow.commit()
    words = {Verdict.PASS: tr("通过"), Verdict.WARN: tr("提醒"), Verdict.FAIL: tr("不过")}
    for item in items:
        waived = tr("（已放行：{reason}）", reason=item.waiver.reason) if item.waiver else ""
        print(f"{item.rule} {words[item.verdict]} {item.title}：{item.text}{waived}")
    failed = sum(item.verdict is Verdict.FAIL for item in items)
    if failed:
        say(tr("{month} 还差 {count} 项，处理好再结账。", month=asked.month, count=failed))
        return 1
    say(tr("{month} 可以结账。", month=asked.month))
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


def run_waive(asked: Namespace) -> int:
    """Let a warning pass with a reason."""
    from village_ledger.services.month_states import waive

    with writing(asked) as uow:
        ledger = ledger_of(uow.reader, asked.ledger)
        done = waive(uow, ledger, asked.month, asked.rule, asked.reason)
        uow.commit()
    for item in done.value:
        print(f"{item.rule} {item.text}")
    say(
        tr("{month} 的 {rule} 放行了，原因会一直印在检查单和本月的表上。", month=asked.month, rule=asked.rule)
    )
    return 0


def run_seal(asked: Namespace) -> int:
    """Seal closed months for ever."""
    from village_ledger.services.month_states import seal

    with writing(asked) as uow:
        ledger = ledger_of(uow.reader, asked.ledger)
        done = seal(uow, ledger, asked.month, tuple(asked.supervisor), asked.sheet)
        uow.commit()
    for month in done.value:
        print(month)
    say(tr("封存到 {month}，以后不能反结账。", month=asked.month))
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
