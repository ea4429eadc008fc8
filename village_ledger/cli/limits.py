"""``limits``, ``payment``: which rules are in force, what a payment needs, what was shown for it."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from typing import TYPE_CHECKING

from village_ledger.cli.arguments import UsageError
from village_ledger.cli.choose import ledger_of
from village_ledger.cli.talk import say, say_all
from village_ledger.cli.writing import writing
from village_ledger.domain.money import format_fen, plain_fen
from village_ledger.i18n import tr
from village_ledger.storage.file.book_file import Access, open_book

if TYPE_CHECKING:
    from pathlib import Path

    from village_ledger.domain.limit import Approval
    from village_ledger.services.limits.limit_rules import Preset
    from village_ledger.storage.reader import Reader


def _need(asked: Namespace, **options: str) -> None:
    """Raise UsageError naming the first option this act needs and did not get."""
    for attribute, option in options.items():
        if not getattr(asked, attribute):
            raise UsageError(tr("{action} 要写明 {option}", action=asked.act, option=option))


def _day(asked: Namespace) -> date:
    return asked.date or date.today()  # noqa: DTZ011  the wall calendar of the village


# limits


def run_limits(asked: Namespace) -> int:
    """The rules in force."""
    if asked.act == "adopt":
        return _adopt(asked)
    if asked.act == "presets":
        return _presets()
    if asked.act == "powers" and asked.file is not None:
        return _adopt_powers(asked)
    readers = {"show": _show, "check": _check, "list": _versions, "powers": _powers}
    with open_book(asked.book, Access.READ, asked.by) as book:
        return readers[asked.act](book.reader(), asked)


def _chosen(asked: Namespace) -> Preset:
    from village_ledger.services.limits import limit_rules

    if (asked.preset is None) == (asked.file is None):
        raise UsageError(tr("adopt 要写 --preset 或 --file 中的一个"))
    if asked.preset is not None:
        return limit_rules.preset(asked.preset)
    return limit_rules.rules_file(_text(asked.file))


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise UsageError(tr("文件 {file} 读不出来", file=file)) from None


def _adopt_powers(asked: Namespace) -> int:
    from village_ledger.services.limits import small_powers

    _need(asked, since="--from", reason="--reason")
    text = _text(asked.file)
    with writing(asked) as uow:
        done = small_powers.adopt_powers(uow, text, asked.since, asked.reason)
        uow.commit()
    version = done.value.version
    say(tr("从 {day} 起用第 {version} 版小微权力清单。", day=asked.since, version=version))
    return 0


def _powers(reader: Reader, asked: Namespace) -> int:
    from village_ledger.services.limits import small_powers

    if asked.output is not None:
        asked.output.write_text(small_powers.text_of(reader, _day(asked)), encoding="utf-8")
        say(tr("写好了：{file}", file=asked.output))
        return 0
    for one in small_powers.power_list(reader, _day(asked)).powers:
        print(one.group, one.name, one.who, one.days, sep="\t")
    return 0


def _adopt(asked: Namespace) -> int:
    from village_ledger.services.limits import limit_sets

    _need(asked, since="--from", reason="--reason")
    chosen = _chosen(asked)
    with writing(asked) as uow:
        ledger = ledger_of(uow.reader, asked.ledger)
        done = limit_sets.adopt(uow, ledger, chosen, asked.since, asked.reason)
        uow.commit()
    say_all(done.warnings)
    say(tr("从 {day} 起采用“{title}”。", day=asked.since, title=done.value.title))
    return 0


def _presets() -> int:
    from village_ledger.services.limits.limit_rules import presets

    for one in presets().values():
        print(one.id, one.name, one.confidence, sep="\t")
    return 0


def _show(reader: Reader, asked: Namespace) -> int:
    from village_ledger.services.limits import limit_sets, limit_text

    ledger = ledger_of(reader, asked.ledger)
    rules = reader.limit_set(ledger, _day(asked))
    if rules is None:
        say(tr("{day} 没有采用审批限额。", day=_day(asked)))
        return 0
    if asked.output is not None:
        asked.output.write_text(limit_text.rules_text(rules), encoding="utf-8")
        say(tr("写好了：{file}", file=asked.output))
        return 0
    print(rules.title, rules.valid_from, rules.reason, sep="\t")
    for row in limit_sets.band_words(rules, reader.ledger(ledger).kind.value):
        print(*row, sep="\t")
    return 0


def _check(reader: Reader, asked: Namespace) -> int:
    from village_ledger.domain.errors import LimitError
    from village_ledger.services.limits.limit_rules import vocabulary
    from village_ledger.services.limits.limit_sets import band_words

    _need(asked, kind="--kind", amount="--amount")
    ledger, words = ledger_of(reader, asked.ledger), vocabulary()
    kind = next((k for k, shown in words.kinds.items() if asked.kind in (k, shown)), "")
    if not kind:
        raise LimitError(f"没有“{asked.kind}”这类支出", f"可以是：{'、'.join(words.kinds.values())}。")
    rules = reader.limit_set(ledger, _day(asked))
    rule = rules.rule_for(kind, asked.amount) if rules else None
    if rules is None or rule is None:
        say(tr("{day} 对这笔支出没有限额规定。", day=_day(asked)))
        return 0
    place = rules.bands.index(rule)
    print(rules.title, *band_words(rules, reader.ledger(ledger).kind.value)[place], sep="\t")
    return 0


def _versions(reader: Reader, asked: Namespace) -> int:
    for rules in reader.limit_sets(ledger_of(reader, asked.ledger)):
        print(rules.version, rules.name, rules.valid_from, rules.reason, rules.adopted_by, sep="\t")
    return 0


# payment


def run_payment(asked: Namespace) -> int:
    """One payment and its papers."""
    if asked.act == "list":
        return _list(asked)
    _need(asked, voucher="--voucher")
    if asked.act == "show":
        return _show_payment(asked)
    writers = {"approve": _approve, "advance": _advance, "settle": _settle, "pass": _pass}
    return writers[asked.act](asked)


def _list(asked: Namespace) -> int:
    """Advances with papers missing; exit code 1 when there are any, so that a script can tell."""
    from village_ledger.services.limits.incomplete import still_open

    with open_book(asked.book, Access.READ, asked.by) as book:
        reader = book.reader()
        waiting = still_open(reader, ledger_of(reader, asked.ledger), asked.date or date.max)
    for one in waiting:
        print(one.ref, one.day, one.payee, plain_fen(one.amount), one.what, one.missing, sep="\t")
    say(tr("手续不全的暂付有 {count} 笔。", count=len(waiting)))
    return 1 if waiting else 0


def _show_payment(asked: Namespace) -> int:
    """What a payment needs and what is missing; exit code 1 when something is."""
    from village_ledger.services.limits.limit_rules import vocabulary
    from village_ledger.services.limits.payments import standing
    from village_ledger.services.limits.splits import suspicions

    with open_book(asked.book, Access.READ, asked.by) as book:
        reader = book.reader()
        stored = reader.find_voucher(ledger_of(reader, asked.ledger), asked.voucher)
        found = standing(reader, stored)
        said = suspicions(reader, stored.ledger, stored.voucher, stored.id)
    for demand in found.demands:
        name = vocabulary().kinds[demand.kind]
        print(name, plain_fen(demand.amount), demand.rule.words, demand.rules.title, sep="\t")
    if not found.demands:
        say(tr("{voucher} 不受审批限额管。", voucher=asked.voucher))
    say_all(found.missing)
    say_all(tuple(one.text for one in said))
    return 1 if found.missing else 0


def _approval(asked: Namespace) -> Approval:
    """What was shown, places and papers by their Chinese or English words."""
    from village_ledger.domain.limit import Approval
    from village_ledger.services.limits.limit_rules import vocabulary

    words = vocabulary()
    places = {said: place.id for place in words.signers.values() for said in place.names.values()}
    papers = {said: paper for paper, said in words.papers.items()}
    signed: list[tuple[str, str]] = asked.sign
    shown: list[tuple[str, int]] = asked.paper
    return Approval(
        asked.decision or "",
        {places.get(key, key): value for key, value in signed},
        {papers.get(key, key): count for key, count in shown},
    )


def _approve(asked: Namespace) -> int:
    from village_ledger.services.limits import payments

    with writing(asked) as uow:
        stored = uow.reader.find_voucher(ledger_of(uow.reader, asked.ledger), asked.voucher)
        done = payments.approve(uow, stored.id, _approval(asked))
        uow.commit()
    say_all(done.warnings)
    if not done.value.missing:
        say(tr("{voucher} 的审批手续齐了。", voucher=asked.voucher))
    return 0


def _advance(asked: Namespace) -> int:
    from village_ledger.services.limits import incomplete

    with writing(asked) as uow:
        stored = uow.reader.find_voucher(ledger_of(uow.reader, asked.ledger), asked.voucher)
        done = incomplete.as_advance(uow, stored.id, asked.payee or "", asked.account or "")
        uow.commit()
    say_all(done.warnings)
    amount = format_fen(done.value.voucher.amount)
    say(tr("{voucher} 改记暂付 {amount} 元，列入手续不全。", voucher=asked.voucher, amount=amount))
    return 0


def _settle(asked: Namespace) -> int:
    from village_ledger.services.limits import incomplete

    given = asked.decision or asked.sign or asked.paper
    with writing(asked) as uow:
        stored = uow.reader.find_voucher(ledger_of(uow.reader, asked.ledger), asked.voucher)
        done = incomplete.settle(uow, stored.id, _day(asked), _approval(asked) if given else None)
        uow.commit()
    say_all(done.warnings)
    print(done.value.ref)
    return 0


def _pass(asked: Namespace) -> int:
    from village_ledger.services.limits import waivers

    _need(asked, reason="--reason")
    with writing(asked) as uow:
        stored = uow.reader.find_voucher(ledger_of(uow.reader, asked.ledger), asked.voucher)
        done = waivers.let_pass(uow, stored.id, asked.reason)
        uow.commit()
    say_all(tuple(one.text for one in done.value))
    say(tr("写明原因放行了 {count} 处。", count=len(done.value)))
    return 0
