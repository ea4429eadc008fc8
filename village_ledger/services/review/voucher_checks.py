"""Looks at one voucher alone; each is a kind of rules/review_checks.toml and yields sentences and sums.

A voucher whose summary says one of a rule's ``not_words`` is not shown to any look of that rule (``checks``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from village_ledger.domain.chart import Money
from village_ledger.domain.money import format_fen
from village_ledger.domain.review_check import ReviewRule
from village_ledger.domain.voucher import VoucherKind
from village_ledger.services.review.payments import Seen

Found = Iterator[tuple[str, int]]
"""Sentences with the sum each is about, fen."""
Look = Callable[[Seen, ReviewRule], Found]
_SATURDAY = 5


def _cash_payment(seen: Seen, rule: ReviewRule) -> Found:
    cash = min(seen.paid_in(Money.CASH), seen.paid)
    if cash >= rule.fen("from_fen"):
        yield f"现金付出 {format_fen(cash)} 元：{seen.summary}", cash


def _round_sum(seen: Seen, rule: ReviewRule) -> Found:
    paid, many = seen.paid, rule.fen("multiple_fen")
    if paid >= rule.fen("from_fen") and paid % many == 0:
        yield f"付出整数 {format_fen(paid)} 元：{seen.summary}", paid


def _weekend(seen: Seen, rule: ReviewRule) -> Found:
    day = seen.stored.voucher.day
    if day.weekday() >= _SATURDAY and seen.paid >= rule.fen("from_fen"):
        yield (
            f"{day}（星期{'六日'[day.weekday() - _SATURDAY]}）付出 {format_fen(seen.paid)} 元：{seen.summary}",
            seen.paid,
        )


def _no_paper(seen: Seen, rule: ReviewRule) -> Found:
    voucher = seen.stored.voucher
    if (
        seen.paid >= rule.fen("from_fen")
        and not voucher.attachments
        and not voucher.no_attachment_reason.strip()
    ):
        yield f"付出 {format_fen(seen.paid)} 元没有附件：{seen.summary}", seen.paid


def _vague(seen: Seen, rule: ReviewRule) -> Found:
    for text in dict.fromkeys(line.summary for line in seen.stored.voucher.lines):
        if len(text.strip()) < rule.count("shortest") or text.strip() in rule.words("words"):
            yield f"摘要只写了“{text}”", seen.stored.voucher.amount


def _second_review(seen: Seen, rule: ReviewRule) -> Found:  # noqa: ARG001  every look is asked alike
    if seen.stored.awaits_second_review:
        yield f"一人岗位记的账还没有补审：{seen.summary}", seen.stored.voucher.amount


def _words(seen: Seen, rule: ReviewRule) -> Found:
    for line in seen.stored.voucher.lines:
        money = seen.chart.get(line.account).money is not None
        word = next((word for word in rule.words("words") if word in line.summary), "")
        if word and line.debit > 0 and not money:
            yield f"摘要里有“{word}”：{line.summary} {format_fen(line.debit)} 元", line.debit


def _three_signatures(seen: Seen, rule: ReviewRule) -> Found:
    voucher = seen.stored.voucher
    places = (("经手人", voucher.handler), ("证明人", voucher.witness), ("审批人", voucher.approver))
    missing = [place for place, name in places if not name.strip()]
    if missing and seen.paid >= rule.fen("from_fen"):
        yield f"付出 {format_fen(seen.paid)} 元缺{'、'.join(missing)}：{seen.summary}", seen.paid


def _same_signature(seen: Seen, rule: ReviewRule) -> Found:  # noqa: ARG001  every look is asked alike
    voucher = seen.stored.voucher
    if seen.paid and voucher.handler.strip() and voucher.handler.strip() == voucher.approver.strip():
        yield f"经手和审批都是 {voucher.handler}，付出 {format_fen(seen.paid)} 元：{seen.summary}", seen.paid


def _no_party(seen: Seen, rule: ReviewRule) -> Found:
    if seen.paid >= rule.fen("from_fen") and not seen.parties:
        yield f"付出 {format_fen(seen.paid)} 元没有写对方：{seen.summary}", seen.paid


def _reversals(seen: Seen, rule: ReviewRule) -> Found:  # noqa: ARG001  every look is asked alike
    if seen.stored.voucher.kind in (VoucherKind.REVERSAL, VoucherKind.CORRECTION):
        yield f"更正凭证：{seen.summary}", abs(seen.stored.voucher.amount)


def _withdrawal(seen: Seen, rule: ReviewRule) -> Found:
    taken = min(seen.paid_in(Money.BANK), seen.received_in(Money.CASH))
    if taken >= rule.fen("from_fen"):
        yield f"一次提取现金 {format_fen(taken)} 元：{seen.summary}", taken


LOOKS: dict[str, Look] = {
    "cash-payment": _cash_payment,
    "round-sum": _round_sum,
    "weekend": _weekend,
    "no-paper": _no_paper,
    "vague": _vague,
    "second-review": _second_review,
    "words": _words,
    "three-signatures": _three_signatures,
    "same-signature": _same_signature,
    "no-party": _no_party,
    "reversals": _reversals,
    "withdrawal": _withdrawal,
}
EVERY_KIND = frozenset({"vague", "second-review", "reversals"})
"""Kinds that look at corrections and carry-forwards too."""
