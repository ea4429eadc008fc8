"""What stays said of months for ever: that they were reopened, and which warnings they were closed with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from village_ledger.domain.period import Month

if TYPE_CHECKING:
    from village_ledger.storage.reader import Reader


def reopened(reader: Reader, ledger: str, first: Month, last: Month) -> list[str]:
    """A sentence a month that was reopened (反结账): when, by whom, why; months of older books without the reason."""
    told: dict[Month, list[str]] = {}
    for one in reader.reopenings(ledger, first, last):
        told.setdefault(one.month, []).append(
            f"{one.at[:10]} {one.by}申请、{one.approved_by}批准，原因：{one.reason}"
        )
    months = [month for month in reader.reopened_months(ledger) if first <= month <= last]
    return [_sentence(month, told.get(month, [])) for month in months]


def _sentence(month: Month, told: list[str]) -> str:
    why = f"（{'；'.join(told)}）" if told else ""
    return f"{month.year}年{month.month}月结账后曾反结账{why}。"


def waived(reader: Reader, ledger: str, first: Month, last: Month) -> list[str]:
    """A sentence a warning a closed month was closed with, and why it was let pass (放行)."""
    return [
        f"{w.month.year}年{w.month.month}月结账时放行：{w.found.rstrip('。')}（{w.by}：{w.reason}）。"
        for w in reader.standing_waivers(ledger, first, last)
    ]
