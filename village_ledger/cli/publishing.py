"""``calendar``: what must be published when, by whose rules, and why something was not."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from typing import TYPE_CHECKING

from village_ledger.cli.arguments import UsageError
from village_ledger.cli.choose import ledger_of
from village_ledger.cli.talk import say
from village_ledger.cli.writing import writing
from village_ledger.domain.period import Span
from village_ledger.i18n import tr
from village_ledger.storage.file.book_file import Access, open_book

if TYPE_CHECKING:
    from village_ledger.storage.reader import Reader


def run_calendar(asked: Namespace) -> int:
    """One act on the calendar."""
    writers = {"adopt": _adopt, "excuse": _excuse, "matter": _matter}
    if asked.act in writers:
        return writers[asked.act](asked)
    if asked.act == "sets":
        return _sets()
    with open_book(asked.book, Access.READ, asked.by) as book:
        return (_list if asked.act == "list" else _rules)(book.reader(), asked)


def _need(asked: Namespace, **options: str) -> None:
    """Raise UsageError naming the first option this act needs and did not get."""
    for attribute, option in options.items():
        if not getattr(asked, attribute):
            raise UsageError(tr("{action} 要写明 {option}", action=asked.act, option=option))


def _day(asked: Namespace) -> date:
    return asked.date or date.today()  # noqa: DTZ011  the wall calendar of the village


def _span(asked: Namespace) -> Span | None:
    if bool(asked.first) != bool(asked.last):
        raise UsageError(tr("--from 和 --to 要一起写"))
    return Span(asked.first, asked.last) if asked.first else None


def _sets() -> int:
    from village_ledger.services.disclosure.calendar_rules import set_names

    for one in set_names():
        print(one.id, one.name, "、".join(one.rhythms), sep="\t")
    return 0


def _list(reader: Reader, asked: Namespace) -> int:
    """Late ones first; with ``--late`` an exit code of 1 says that there are some."""
    from village_ledger.reports.disclosure.calendar_report import note_of
    from village_ledger.services.disclosure.disclosure_calendar import calendar_of, within

    ledgers = [ledger_of(reader, asked.ledger)] if asked.ledger else [one.code for one in reader.ledgers()]
    late = 0
    for ledger in ledgers:
        calendar = calendar_of(reader, ledger, _day(asked))
        late += len(calendar.late)
        lines = within(calendar, Span.of_year(asked.year)) if asked.year else list(calendar.lines)
        for line in calendar.late if asked.late else lines:
            about = f"{line.due.span.first}/{line.due.span.last}"
            said = (line.due.title, line.how, "、".join(line.postings), note_of(line))
            print(ledger, line.due.day, line.due.occasion, about, *said, sep="\t")
    return 1 if asked.late and late else 0


def _rules(reader: Reader, asked: Namespace) -> int:
    from village_ledger.services.disclosure import calendar_rules

    ledger = ledger_of(reader, asked.ledger)
    rules, adopted = calendar_rules.rules_on(reader.calendar_rules(ledger), _day(asked))
    if asked.output is not None:
        try:
            asked.output.write_text(calendar_rules.rules_text(rules), encoding="utf-8")
        except OSError:
            raise UsageError(tr("文件 {file} 写不了", file=asked.output)) from None
        say(tr("写好了：{file}", file=asked.output))
        return 0
    rhythm = adopted.rhythm if adopted else rules.rhythms[0]
    print(
        rules.id,
        rules.name,
        rhythm,
        adopted.since if adopted else "",
        adopted.reason if adopted else "",
        sep="\t",
    )
    for one in rules.for_ledger(reader.ledger(ledger).kind, rhythm):
        print(one.id, one.name, one.sheets, one.due.words(one.every), one.basis, one.mark, sep="\t")
    return 0


def _adopt(asked: Namespace) -> int:
    from village_ledger.services.disclosure import calendar_acts

    _need(asked, first="--from", reason="--reason")
    if bool(asked.set_id) == bool(asked.file):
        raise UsageError(tr("adopt 要写 --set 或 --file 中的一个"))
    text = ""
    if asked.file is not None:
        try:
            text = asked.file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            raise UsageError(tr("文件 {file} 读不出来", file=asked.file)) from None
    choice = calendar_acts.Choice(asked.set_id or "", asked.rhythm or "", text)
    with writing(asked) as uow:
        ledger = ledger_of(uow.reader, asked.ledger)
        rules = calendar_acts.adopt(uow, ledger, choice, asked.first, asked.reason).value
        uow.commit()
    say(tr("从 {day} 起照“{name}”公开。", day=asked.first, name=rules.name))
    return 0


def _excuse(asked: Namespace) -> int:
    from village_ledger.services.disclosure import calendar_acts

    _need(asked, reason="--reason")
    before: date | None = asked.before
    if before is None:
        _need(asked, occasion="--occasion", first="--from", last="--to")
    elif asked.occasion or asked.first or asked.last:
        raise UsageError(tr("--before 不和 --occasion、--from、--to 一起用"))
    with writing(asked) as uow:
        ledger = ledger_of(uow.reader, asked.ledger)
        if before is not None:
            count = calendar_acts.excuse_before(uow, ledger, before, asked.reason, _day(asked)).value
        else:
            span = Span(asked.first, asked.last)
            calendar_acts.excuse(uow, ledger, asked.occasion, span, asked.reason, _day(asked))
            count = 1
        uow.commit()
    say(tr("写好了 {count} 件的原因，日历上一直看得见。", count=count))
    return 0


def _matter(asked: Namespace) -> int:
    from village_ledger.services.disclosure import calendar_acts

    _need(asked, kind="--kind", what="--what")
    span = _span(asked)
    with writing(asked) as uow:
        ledger = ledger_of(uow.reader, asked.ledger)
        number = calendar_acts.write_matter(uow, ledger, asked.kind, _day(asked), asked.what, span).value
        uow.commit()
    say(tr("登记为第 {number} 件要公开的事。", number=number))
    return 0
