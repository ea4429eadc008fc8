"""Lines of the check list that look at the books as a whole: the chain, old debts, papers, depreciation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Month, Span
from village_ledger.domain.voucher import VoucherRef
from village_ledger.services.check_item import CheckItem, Lead, Leads, Verdict, closing_rules

if TYPE_CHECKING:
    from village_ledger.domain.balance import Turnover
    from village_ledger.domain.chart import Chart
    from village_ledger.storage.reader import Reader


def chain_intact(reader: Reader, ledger: str, month: Month) -> list[CheckItem]:
    """K18: every posting since the last sealed head still digests to what was written (记账链)."""
    links, faults = reader.chain_faults(ledger, month)
    if faults:
        evidence = tuple(fault.record for fault in faults)
        text = f"记账链有 {len(faults)} 处对不上，凭证可能被改过，请用备份核对。"
        return [CheckItem("K18", Verdict.FAIL, text, evidence)]
    return [CheckItem("K18", Verdict.PASS, f"上次结账以来 {links} 张逐张验过。")]


def old_debts(reader: Reader, ledger: str, month: Month) -> list[CheckItem]:
    """K19: what has been owed to the village for too long (应收); both asset accounts and members' current accounts."""
    rule = closing_rules()["old_debts"]
    chart = reader.chart(ledger)
    leaves = leaves_of(chart, rule["codes"])
    young = month
    for _ in range(rule["months"] - 1):
        young = young.previous()
    debts = reader.old_debts(ledger, leaves, month, young)
    if not debts:
        return [CheckItem("K19", Verdict.PASS, f"没有超过 {rule['days_words']}的应收款。")]
    total = format_fen(sum(debt.amount for debt in debts))
    return [
        CheckItem(
            "K19",
            Verdict.WARN,
            f"{len(debts)} 户超过 {rule['days_words']}没有还，共 {total}。",
            tuple(f"{debt.counterparty} {debt.account} {format_fen(debt.amount)}" for debt in debts),
            tuple(Lead(Leads.ACCOUNT, debt.account) for debt in debts),
        )
    ]


def papers(reader: Reader, ledger: str, month: Month) -> list[CheckItem]:
    """K20: vouchers without a paper behind them and without a reason why (附件)."""
    bare = reader.without_papers(ledger, month)
    missing = [VoucherRef(month, word, number) for word, number, reason in bare if not reason.strip()]
    if missing:
        refs = tuple(map(str, missing))
        return [CheckItem("K20", Verdict.WARN, f"{len(refs)} 张没有附件，也没写原因。", refs)]
    explained = f"，{len(bare)} 张没有附件的都写了原因" if bare else ""
    return [CheckItem("K20", Verdict.PASS, f"附件齐全{explained}。")]


def charged(reader: Reader, ledger: str, month: Month) -> list[CheckItem]:
    """K21: what must be charged each month is charged (折旧、摊销), as far as the ledger itself can tell."""
    chart = reader.chart(ledger)
    turnovers = reader.turnovers(ledger, Span.of_month(month))
    missing: list[tuple[str, str]] = []
    for rule in closing_rules()["charged"]:
        if rule["asset"] not in chart or rule["against"] not in chart:
            continue
        cost = _sum_of(turnovers, rule["asset"], "opening")
        worn = -_sum_of(turnovers, rule["against"], "opening")
        if cost > worn and not _sum_of(turnovers, rule["against"], "credit"):
            missing.append((rule["asset"], f"{rule['asset']} {rule['name']}：原值 {format_fen(cost)}"))
    if missing:
        return [
            CheckItem(
                "K21",
                Verdict.WARN,
                f"本月还没有计提：{'、'.join(words.split('：')[0][4:] for _, words in missing)}。",
                tuple(words for _, words in missing),
                tuple(Lead(Leads.ACCOUNT, code) for code, _ in missing),
            )
        ]
    return [CheckItem("K21", Verdict.PASS, "该提的折旧、摊销都提了，或没有要提的。")]


def leaves_of(chart: Chart, prefixes: Sequence[str]) -> list[str]:
    """The leaves below some codes."""
    return [a.code for a in chart if a.is_leaf and a.code.startswith(tuple(prefixes))]


def _sum_of(turnovers: Sequence[Turnover], prefix: str, figure: str) -> int:
    return sum(int(getattr(t, figure)) for t in turnovers if t.account.startswith(prefix))
