"""What lists over villages call a ledger: in short, and the same in every village."""

from __future__ import annotations

from village_ledger.domain.chart import LedgerKind

_WORDS = {"": "", LedgerKind.COLLECTIVE.value: "集体账", LedgerKind.COMMITTEE.value: "村委会账"}


def ledger_words(code: str) -> str:
    """集体账, 村委会账, 组账 01; nothing for the whole book."""
    return _WORDS[code] if code in _WORDS else f"组账 {code.removeprefix('group-')}"
