"""Payments that look like one cut into several (拆分付款), and payees close to whoever approved: said, never refused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from village_ledger.domain.limit import RuleSet
from village_ledger.domain.money import format_fen
from village_ledger.domain.voucher import Voucher
from village_ledger.services.limits.demands import expenses
from village_ledger.services.limits.limit_rules import chart_limits, vocabulary
from village_ledger.storage.limits.queries import PaidBefore
from village_ledger.storage.reader import Reader

_NOT_WORDS = re.compile(r"[\d\s\W_年月日元第次批号]+")


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A warning about a payment: its kind (``split`` or ``related``), the sentence, the other vouchers."""

    kind: str
    text: str
    others: tuple[str, ...] = ()


def suspicions(reader: Reader, ledger: str, voucher: Voucher, voucher_id: int = 0) -> list[Suspicion]:
    """Everything to be said about a payment; nothing where no rules are in force. ``voucher_id`` of a stored one."""
    rules = reader.limit_set(ledger, voucher.day)
    if rules is None:
        return []
    return [
        *_splits(reader, ledger, voucher, voucher_id, rules),
        *_related(reader, ledger, voucher, voucher_id),
    ]


def likeness(one: str, other: str) -> int:
    """How alike two summaries are in per cent: pairs of characters in common (Dice); figures and dates do not count."""
    first, second = (_pairs(_NOT_WORDS.sub("", text)) for text in (one, other))
    if not first or not second:
        return 0
    return 200 * len(first & second) // (len(first) + len(second))


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1)) or frozenset(filter(None, [text]))


def _splits(
    reader: Reader, ledger: str, voucher: Voucher, voucher_id: int, rules: RuleSet
) -> list[Suspicion]:
    """Where this payment and like ones near it come to more than the limit each of them kept below."""
    words, chart = vocabulary(), reader.chart(ledger)
    limits = chart_limits(reader.ledger(ledger).chart_id)
    near = timedelta(days=words.split_days - 1)
    found: list[Suspicion] = []
    for kind, amount in expenses(chart, reader.ledger(ledger).chart_id, voucher).items():
        if rules.rule_for(kind, amount) is None:
            continue
        leaves = [a.code for a in chart if a.is_leaf and limits.kind_of(a.code) == kind]
        lines = reader.expenses_near(ledger, voucher.day - near, voucher.day + near, leaves, voucher_id)
        like = [line for line in lines if _same(voucher, line)]
        parts = _window(voucher, like, words.split_days)
        total = amount + sum(parts.values())
        highest = max(rules.rank(kind, part) for part in (amount, *parts.values()))
        if parts and rules.rank(kind, total) > highest:
            rule = rules.rule_for(kind, total)
            others = tuple(parts)
            found.append(
                Suspicion(
                    "split",
                    f"{_payee_words(voucher)}同一用途 {words.split_days} 天内付了 {len(parts) + 1} 笔，合计 "
                    f"{format_fen(total)}（{'、'.join(others)}），合起来属于“{words.kinds[kind]} "
                    f"{rule.words if rule else ''}”一档；请核对是不是把一笔拆开付。",
                    others,
                )
            )
    return found


def _window(voucher: Voucher, like: Sequence[PaidBefore], days: int) -> dict[str, int]:
    """Like payments by voucher within the stretch of so many days around this one whose sum is greatest."""
    best: dict[str, int] = {}
    for back in range(days):
        first = voucher.day - timedelta(days=back)
        last = first + timedelta(days=days - 1)
        parts: dict[str, int] = {}
        for line in like:
            if first <= line.day <= last:
                parts[line.ref] = parts.get(line.ref, 0) + line.debit
        if sum(parts.values()) > sum(best.values()):
            best = parts
    return best


def _same(voucher: Voucher, line: PaidBefore) -> bool:
    """Same payee and same purpose; where a payee is not written, account and summary must both agree."""
    mine = {x.counterparty for x in voucher.lines if x.counterparty}
    own = [x for x in voucher.lines if x.debit > 0]
    same_account = any(x.account == line.account for x in own)
    alike = max((likeness(x.summary, line.summary) for x in own), default=0) >= vocabulary().split_alike
    if mine and line.parties:
        return bool(mine & line.parties) and (same_account or alike)
    return same_account and alike


def _payee_words(voucher: Voucher) -> str:
    names = "、".join(dict.fromkeys(x.counterparty for x in voucher.lines if x.counterparty))
    return f"付给{names}，" if names else ""


def _related(reader: Reader, ledger: str, voucher: Voucher, voucher_id: int) -> list[Suspicion]:
    """Where a payee lives in one household with somebody who approved."""
    chart = reader.chart(ledger)
    if not expenses(chart, reader.ledger(ledger).chart_id, voucher):
        return []
    payees = {x.counterparty.rpartition("/")[2] for x in voucher.lines if x.counterparty}
    approvers = {voucher.approver} - {""}
    kept = reader.approval(voucher_id) if voucher_id else None
    if kept is not None:
        places = vocabulary().signers
        approvers |= {name for place, name in kept.approval.signers.items() if places[place].approves}
    found: list[Suspicion] = []
    for payee in sorted(payees):
        for approver in sorted(approvers):
            home = "" if payee == approver else reader.shared_household(payee, approver, voucher.day)
            if payee == approver:
                found.append(Suspicion("related", f"收款人 {payee} 就是审批人，请换人审批或公开说明。"))
            elif home:
                found.append(
                    Suspicion(
                        "related",
                        f"收款人 {payee} 和审批人 {approver} 是一户（{home}），请换人审批或公开说明。",
                    )
                )
    return found
