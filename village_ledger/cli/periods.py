"""Closing at the command line: months, waivers, seals, the year carried forward, what is distributed."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from village_ledger.cli.choose import ledger_of
from village_ledger.cli.talk import say, say_all
from village_ledger.cli.writing import writing
from village_ledger.domain.period import Span
from village_ledger.i18n import tr

if TYPE_CHECKING:
    from village_ledger.services.closing.distribution import Decision


def run_close(asked: Namespace) -> int:
    """Close a month; failed lines of the check list refuse, warnings are said."""
    from village_ledger.services.closing.closing import close

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
    from village_ledger.services.book.month_states import begin_check
    from village_ledger.services.check_item import Verdict

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
    from village_ledger.services.closing.closing import reopen

    with writing(asked) as uow:
        ledger = ledger_of(uow.reader, asked.ledger)
        done = reopen(uow, ledger, asked.month, asked.approved_by, asked.reason)
        uow.commit()
    say(tr("{month} 反结账了；以后这个月的打印都会注明反结账。", month=asked.month))
    for warning in done.warnings:
        say(warning)
    return 0


def run_waive(asked: Namespace) -> int:
    """Let a warning pass with a reason."""
    from village_ledger.services.book.month_states import waive

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
    from village_ledger.services.book.month_states import seal

    with writing(asked) as uow:
        ledger = ledger_of(uow.reader, asked.ledger)
        done = seal(uow, ledger, asked.month, tuple(asked.supervisor), asked.sheet)
        uow.commit()
    for month in done.value:
        print(month)
    say(tr("封存到{month}，以后不能反结账。", month=asked.month.words()))
    return 0


def run_close_year(asked: Namespace) -> int:
    """Carry a year's result forward; the vouchers' numbers go to stdout. Dry: the drafts and where each line comes from."""
    if asked.dry_run:
        return _show_year_end(asked)
    from village_ledger.services.closing.year_end import close_year

    with writing(asked) as uow:
        done = close_year(uow, ledger_of(uow.reader, asked.ledger), asked.year)
        uow.commit()
    for stored in done.value:
        print(stored.ref)
    say(tr("{year}年年终结转了，记了 {count} 张结转凭证。", year=asked.year, count=len(done.value)))
    return 0


def _show_year_end(asked: Namespace) -> int:
    """The drafts of the carry-forward; nothing is written."""
    from village_ledger.reports.books.year_end_preview import lines_of
    from village_ledger.reports.catalogue import ReportRequest, make
    from village_ledger.storage.file.book_file import Access, open_book

    with open_book(asked.book, Access.READ) as book:
        reader = book.reader()
        ledger = ledger_of(reader, asked.ledger)
        table = make(reader, "year-end-preview", ReportRequest(ledger, Span.of_year(asked.year)))
    for line in lines_of(table):
        print(line)
    for warning in table.warnings:
        say(warning)
    say(tr("这是{year}年年终结转的草稿，账没有变化。", year=asked.year))
    return 0


def run_distribute(asked: Namespace) -> int:
    """Enter the vouchers of a distribution; their numbers go to stdout."""
    from village_ledger.services.closing.distribution import distribute

    with writing(asked) as uow:
        ledger = ledger_of(uow.reader, asked.ledger)
        done = distribute(uow, ledger, _decision(asked))
        uow.commit()
    for stored in done.value:
        print(stored.ref)
    say_all(done.warnings)
    say(
        tr(
            "{year}年度收益分配填好了 {count} 张凭证，等待审核和记账。",
            year=asked.year,
            count=len(done.value),
        )
    )
    return 0


def _decision(asked: Namespace) -> Decision:
    from village_ledger.services.closing.distribution import Decision

    reserve, percent = asked.reserve
    shares: tuple[tuple[str, int], ...] = ()
    if asked.members_list is not None:
        from village_ledger.exchange.shares.member_shares import read_shares

        shares = read_shares(asked.members_list)
    return Decision(
        year=asked.year,
        day=asked.date,
        resolution=asked.resolution,
        loss=asked.cover_loss,
        reserve=reserve,
        reserve_percent=percent,
        members=asked.members,
        other=asked.other,
        other_to=asked.other_to or "",
        shares=shares,
    )
