"""What the rules in force ask of a voucher: its expenses by kind, the bands they fall into, what to say while entering."""

from __future__ import annotations

from collections.abc import Sequence

from village_ledger.domain.chart import Chart
from village_ledger.domain.limit import Demand, RuleSet
from village_ledger.domain.money import format_fen
from village_ledger.domain.project_money import passes_on
from village_ledger.domain.voucher import Voucher, VoucherKind
from village_ledger.services.limits.limit_rules import chart_limits, vocabulary
from village_ledger.storage.reader import Reader

FUND = "负债"
"""Category of the accounts grants wait on."""
_UNDOING = frozenset({VoucherKind.REVERSAL, VoucherKind.PRIOR_YEAR, VoucherKind.GENERATED})


def expenses(chart: Chart, chart_id: str, voucher: Voucher) -> dict[str, int]:
    """What a voucher spends by kind of expense, fen: debits of the kind, as far as money, a payable or an advance pays.

    What undoes another voucher, or the program made, spends nothing.
    """
    if voucher.kind in _UNDOING:
        return {}
    limits = chart_limits(chart_id)
    accounts = chart.as_mapping()
    paid = passed_on = 0
    spent, of_funds = dict[str, int](), dict[str, int]()
    for line in voucher.lines:
        account = accounts[line.account]
        kind = limits.kind_of(line.account)
        if kind:
            sums = of_funds if account.category == FUND else spent
            sums[kind] = sums.get(kind, 0) + line.debit - line.credit
        elif account.money is not None or line.account.startswith(limits.pays):
            paid += line.credit
        elif passes_on(account):
            passed_on += line.credit
    for (
        kind,
        amount,
    ) in of_funds.items():  # 241 → 311 only passes a grant on: the works it paid for are the expense
        spent[kind] = spent.get(kind, 0) + max(amount - passed_on, 0)
    return {kind: min(amount, paid) for kind, amount in spent.items() if min(amount, paid) > 0}


def demands_of(reader: Reader, ledger: str, voucher: Voucher) -> list[Demand]:
    """What the rules in force on its day ask of a voucher; nothing where none are in force."""
    rules = reader.limit_set(ledger, voucher.day)
    return demands_by(reader, ledger, voucher, [] if rules is None else [rules])


def demands_by(reader: Reader, ledger: str, voucher: Voucher, versions: Sequence[RuleSet]) -> list[Demand]:
    """The same with a ledger's versions read already, for many vouchers."""
    rules = next((one for one in reversed(versions) if one.valid_from <= voucher.day), None)
    if rules is None:
        return []
    found: list[Demand] = []
    for kind, amount in expenses(reader.chart(ledger), reader.ledger(ledger).chart_id, voucher).items():
        rule = rules.rule_for(kind, amount)
        if rule is not None:
            found.append(Demand(kind, amount, rule, rules))
    return found


def cautions(reader: Reader, ledger: str, voucher: Voucher) -> list[str]:
    """What a person who enters a payment is told: which rules apply, and that it cannot be posted without them."""
    demands = [d for d in demands_of(reader, ledger, voucher) if d.rule.needs_record]
    if not demands:
        return []
    words = vocabulary()
    found: list[str] = []
    for demand in demands:
        needs = [*demand.rule.meetings, *(words.papers[p] for p in demand.rule.papers)]
        found.append(
            f"{words.kinds[demand.kind]} {format_fen(demand.amount)}（{demand.rule.words}），按“{demand.rules.title}”"
            f"要有：{'、'.join(needs)}；手续不全不能记账。"
        )
    return found
