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
    """A sentence a warning closed months were closed with, and why it was let pass (放行).

    The same warning let pass with the same words month after month is said once, from when to when.
    """
    runs: dict[tuple[str, str, str, str], list[tuple[Month, Month]]] = {}
    for w in reader.standing_waivers(ledger, first, last):
        spans = runs.setdefault((w.rule, w.found, w.by, w.reason), [])
        if spans and spans[-1][1].next() == w.month:
            spans[-1] = (spans[-1][0], w.month)
        else:
            spans.append((w.month, w.month))
    said = [(span, words) for words, spans in runs.items() for span in spans]
    return [
        f"{_months(*span)}结账时放行：{found.rstrip('。')}（{by}：{reason}）。"
        for span, (_, found, by, reason) in sorted(said, key=lambda each: (each[0][0], each[1][0]))
    ]


def _months(first: Month, last: Month) -> str:
    """2025年3月, or 2025年3月至2025年8月."""
    said = f"{first.year}年{first.month}月"
    return said if first == last else f"{said}至{last.year}年{last.month}月"
