"""``agency WORKSPACE`` todo, vouchers, summary, review, post, close, print, export: many villages at once, a verdict each.

Exit code 1 when a village could not be looked into, or anything was refused or stopped in one.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from village_ledger.cli.agency_output import form_of, write_table
from village_ledger.cli.arguments import UsageError
from village_ledger.cli.talk import say, terminal_progress
from village_ledger.cli.writing import PIN, secret
from village_ledger.domain.agency import BatchAct
from village_ledger.domain.masking import Level
from village_ledger.domain.period import Span
from village_ledger.exchange.agency.agency_village import BatchOptions
from village_ledger.i18n import tr

if TYPE_CHECKING:
    from argparse import Namespace

    from village_ledger.exchange.agency.agency_staff import Identity


def run_todo(asked: Namespace) -> int:
    """What waits in every village, to the screen, to another program or onto paper."""
    from village_ledger.exchange.agency.agency_file import read_workspace
    from village_ledger.exchange.agency.agency_todo import gather
    from village_ledger.reports.agency.todo import things_table, todo_table

    form = form_of(asked.format, asked.output)
    today = asked.on or date.today()  # noqa: DTZ011  the wall calendar of the agency
    identity = _signed_in(asked) if asked.by else None
    found = gather(asked.workspace, identity, today, terminal_progress(), asked.village)
    office = read_workspace(asked.workspace).office
    make = things_table if asked.things else todo_table
    write_table(make(office, found, today), form, asked.output)
    troubled = [one for one in found if one.trouble]
    for one in troubled:
        say(f"{one.book.village}：{one.trouble}")
    return 1 if troubled else 0


def run_vouchers(asked: Namespace) -> int:
    """Every voucher that waits for review, with who may not pass it."""
    from village_ledger.exchange.agency.agency_books import books_of
    from village_ledger.exchange.agency.agency_file import read_workspace
    from village_ledger.exchange.agency.agency_vouchers import waiting
    from village_ledger.reports.agency.waiting import waiting_table

    form = form_of(asked.format, asked.output)
    today, kept = date.today(), books_of(asked.workspace, asked.village)  # noqa: DTZ011  the wall calendar of the agency
    found = waiting(asked.workspace, asked.by, kept, today, terminal_progress())
    rows = [(one.book, one.ledger, one.voucher, one.why_not) for one in found.vouchers]
    office = read_workspace(asked.workspace).office
    write_table(waiting_table(office, rows, found.troubles, today), form, asked.output)
    for book, trouble in found.troubles:
        say(f"{book.village}：{trouble}")
    return 1 if found.troubles else 0


def run_summary(asked: Namespace) -> int:
    """What every village comes to on some days, this year's where none are named."""
    from village_ledger.exchange.agency.agency_file import read_workspace
    from village_ledger.exchange.agency.agency_summary import summarise
    from village_ledger.reports.agency.summary import summary_table

    form = form_of(asked.format, asked.output)
    span = _span(asked) or Span.of_year(date.today().year)  # noqa: DTZ011  the wall calendar of the agency
    found = summarise(asked.workspace, span, terminal_progress(), asked.village)
    write_table(summary_table(read_workspace(asked.workspace).office, found, span), form, asked.output)
    troubled = [one for one in found if one.trouble]
    for one in troubled:
        say(f"{one.book.village}：{one.trouble}")
    return 1 if troubled else 0


def run_review(asked: Namespace) -> int:
    """Pass what waits, or some vouchers of one village; or give those back."""
    if asked.voucher is None:
        options = BatchOptions(through=asked.through, reason=asked.reason or "")
        return _batch(asked, BatchAct.REVIEW, options)
    if asked.through is not None:
        raise UsageError(tr("--voucher 和 --through 只能用一个"))
    options = BatchOptions(chosen=_chosen(asked), reason=asked.reason or "")
    return _batch(asked, BatchAct.REVIEW, options)


def run_post(asked: Namespace) -> int:
    """Post what is reviewed."""
    return _batch(asked, BatchAct.POST, BatchOptions(through=asked.through))


def run_close(asked: Namespace) -> int:
    """Close a month."""
    return _batch(asked, BatchAct.CLOSE, BatchOptions(month=asked.month))


def run_print(asked: Namespace) -> int:
    """Print reports of every village into a folder, or into one file."""
    options = BatchOptions(
        reports=tuple(dict.fromkeys(asked.reports)),
        span=_span(asked),
        merged=asked.merged,
        folder=asked.output,
    )
    return _batch(asked, BatchAct.PRINT, options)


def run_export(asked: Namespace) -> int:
    """Export every village's books in one form."""
    options = BatchOptions(
        form=asked.form,
        span=_span(asked),
        folder=asked.output,
        attachments=asked.attachments,
        level=Level(asked.level),
        why_whole=asked.reason or "",
    )
    return _batch(asked, BatchAct.EXPORT, options)


def _batch(asked: Namespace, act: BatchAct, options: BatchOptions) -> int:
    from village_ledger.exchange.agency.agency_batch import ensure_sensible, run
    from village_ledger.exchange.agency.agency_file import read_workspace
    from village_ledger.reports.agency.verdicts import FAILED, summed_up, verdict_table
    from village_ledger.reports.agency.words import ledger_words
    from village_ledger.storage.clock import now_text

    form = form_of(None, asked.verdicts) if asked.verdicts else ""
    options = replace(options, ledgers=(asked.ledger,) if asked.ledger else ())
    ensure_sensible(act, options)
    identity, at = _signed_in(asked), now_text()
    verdicts = run(asked.workspace, identity, act, asked.village, options, terminal_progress())
    for one in verdicts:
        whose = f"{one.book.village} {ledger_words(one.ledger)}".strip()
        print(f"{whose}：{one.result.words}。{one.words}")
    if asked.verdicts:
        office = read_workspace(asked.workspace).office
        write_table(verdict_table(office, act, verdicts, identity.name, at), form, asked.verdicts)
    say(summed_up(act, verdicts))
    return 1 if any(one.result in FAILED for one in verdicts) else 0


def _signed_in(asked: Namespace) -> Identity:
    from village_ledger.exchange.agency.agency_staff import sign_in

    return sign_in(asked.workspace, asked.by, secret(PIN, tr("{name} 的密码", name=asked.by)))


def _chosen(asked: Namespace) -> dict[str, list[int]]:
    """The vouchers a command names, of one village and one ledger."""
    from village_ledger.cli.choose import ledger_of
    from village_ledger.exchange.agency.agency_books import books_of
    from village_ledger.exchange.agency.agency_file import open_kept
    from village_ledger.storage.file.book_file import Access

    if len(asked.village) != 1:
        raise UsageError(tr("--voucher 要说明是哪一个村的"), tr("请加上一个 --village。"))
    (kept,) = books_of(asked.workspace, asked.village)
    with open_kept(asked.workspace, kept, Access.READ) as book:
        reader = book.reader()
        ledger = ledger_of(reader, asked.ledger)
        return {kept.uid: [reader.find_voucher(ledger, ref).id for ref in asked.voucher]}


def _span(asked: Namespace) -> Span | None:
    from village_ledger.cli.reporting import span_of

    asked.as_of = None
    return span_of(asked)
