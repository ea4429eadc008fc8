"""K35 of the check list before closing: the cards tie to the books, and the month's depreciation was entered."""

from __future__ import annotations

from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Month
from village_ledger.services.assets.asset_ties import ties
from village_ledger.services.assets.depreciation import due
from village_ledger.services.check_item import CheckItem, Lead, Leads, Verdict
from village_ledger.storage.reader import Reader

RULE = "K35"


def check_items(reader: Reader, ledger: str, month: Month) -> list[CheckItem]:
    """What the cards have to say before the month closes; a ledger without cards only says so."""
    if not reader.has_assets(ledger):
        return [CheckItem(RULE, Verdict.PASS, "没有登记资产卡片。")]
    found = ties(reader, ledger, month.last)
    if not found:
        return [
            CheckItem(
                RULE, Verdict.PASS, f"资产卡片从 {reader.cards_taken_in(ledger)} 月末建起，这个月还没有。"
            )
        ]
    off = [tie for tie in found if tie.difference]
    if off:
        leads = tuple(Lead(Leads.ACCOUNT, tie.account) for tie in off)
        text = f"资产卡片和账有 {len(off)} 个科目对不上。"
        items = [CheckItem(RULE, Verdict.WARN, text, tuple(tie.words() for tie in off), leads)]
    else:
        items = [
            CheckItem(RULE, Verdict.PASS, f"资产卡片和账相符：{'、'.join(tie.account for tie in found)}。")
        ]
    return [*items, *_charged(reader, ledger, month)]


def _charged(reader: Reader, ledger: str, month: Month) -> list[CheckItem]:
    if month.is_closing or any(run.whole for run in reader.depreciation_runs(ledger, month)):
        return []
    rows = due(reader, ledger, month)
    if not rows:
        return []
    total = format_fen(sum(row.amount for row in rows))
    text = f"{month.month}月的折旧还没有提：{len(rows)} 项，{total} 元。"
    return [CheckItem(RULE, Verdict.WARN, text, ("提折旧",), (Lead(Leads.PAGE, "depreciation"),))]
