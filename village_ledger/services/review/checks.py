"""All automatic checks of a book in one pass over its vouchers (rules/review_checks.toml)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.guard import Guard
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Span
from village_ledger.domain.review_check import Hit, LeadTo, ReviewRule, review_rules
from village_ledger.services.entry.cautions import guard_for
from village_ledger.services.entry.progress import SILENT, Progress
from village_ledger.services.review import book_checks, gathered_checks, voucher_checks
from village_ledger.services.review.decided import Decided
from village_ledger.services.review.payments import Seen
from village_ledger.storage.reader import Reader

GUARD, UNDECIDED = "wrong-ledger", "large-undecided"
KINDS = frozenset({GUARD, UNDECIDED, *voucher_checks.LOOKS, *gathered_checks.GATHERERS, *book_checks.LOOKS})


def review(
    reader: Reader,
    span: Span,
    today: date,
    rules: Sequence[ReviewRule] | None = None,
    progress: Progress = SILENT,
) -> list[Hit]:
    """What every check found in every ledger, the gravest first; raises LedgerError for a rule of an unknown kind."""
    rules = [rule for rule in (review_rules() if rules is None else rules) if rule.effective <= span.last]
    for rule in rules:
        if rule.kind not in KINDS:
            raise LedgerError(f"自动审查的规则 {rule.id} 是程序不认得的一种", "请恢复程序自带的规则文件。")
    hits: list[Hit] = []
    ledgers = reader.ledgers()
    for place, info in enumerate(ledgers):
        progress.step(place, len(ledgers), f"审查{info.title}")
        hits += _vouchers(reader, info.code, span, rules, progress)
        asked = book_checks.Asked(reader, info.code, span, today)
        for rule in rules:
            look = book_checks.LOOKS.get(rule.kind)
            if look is not None:
                silent = rule.words("not_words")
                hits += [hit for hit in look(asked, rule) if not any(word in hit.text for word in silent)]
    return sorted(hits, key=lambda hit: (hit.rule.severity.place, hit.rule.id, hit.ledger, hit.key))


def _vouchers(
    reader: Reader, ledger: str, span: Span, rules: Sequence[ReviewRule], progress: Progress
) -> Iterator[Hit]:
    """One pass over the posted vouchers: single looks at once, gathered ones at the end."""
    chart, looks = reader.chart(ledger), _looks(reader, ledger)
    single = [(rule, look) for rule in rules if (look := looks.get(rule.kind)) is not None]
    gathered = [
        make(rule, ledger, span)
        for rule in rules
        if (make := gathered_checks.GATHERERS.get(rule.kind)) is not None
    ]
    for ids in reader.posted_parts(ledger, span):
        progress.step(0, 1, "看凭证")
        for stored in reader.vouchers_by_id(ids):
            seen = Seen(stored, chart)
            for rule, look in single:
                if _asks(rule, seen):
                    for text, amount in look(seen, rule):
                        yield Hit(rule, ledger, text, amount, LeadTo.VOUCHER, seen.ref)
            for gatherer in gathered:
                if not seen.says(gatherer.rule.words("not_words")):
                    gatherer.tell(seen)
    for gatherer in gathered:
        yield from gatherer.found()


def _looks(reader: Reader, ledger: str) -> dict[str, voucher_checks.Look]:
    """Every look at a voucher alone, with those that must know something of the ledger."""
    looks = {**voucher_checks.LOOKS, UNDECIDED: partial(_undecided, Decided(reader, ledger))}
    guard = guard_for(reader, ledger)
    return looks if guard is None else {**looks, GUARD: partial(_guarded, guard)}


def _asks(rule: ReviewRule, seen: Seen) -> bool:
    """Whether a rule asks about a voucher at all: what its summary says may settle the question."""
    of_its_kind = seen.is_ordinary or rule.kind in voucher_checks.EVERY_KIND
    return of_its_kind and not seen.says(rule.words("not_words"))


def _guarded(guard: Guard, seen: Seen, rule: ReviewRule) -> voucher_checks.Found:  # noqa: ARG001  every look is asked alike
    """Lines the wrong-ledger guard speaks up about; one side of a paired document is no fault."""
    if seen.stored.document:
        return
    for hit in guard.check(seen.stored.voucher.lines, seen.stored.voucher.day):
        line = seen.stored.voucher.lines[hit.line - 1]
        amount = abs(line.debit or line.credit)
        yield f"“{line.summary}”{format_fen(amount)} 元：{hit.sentence}", amount


def _undecided(decided: Decided, seen: Seen, rule: ReviewRule) -> voucher_checks.Found:
    """A large payment no decision is on record for; a paired document rests on a resolution of its own."""
    if seen.paid < rule.fen("from_fen") or seen.stored.document or decided.for_payment(seen):
        return
    yield f"付出 {format_fen(seen.paid)} 元，付款审批、摘要和项目里都没有决议：{seen.summary}", seen.paid
