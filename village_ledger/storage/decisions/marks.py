"""A short mark (记录码) of each row written of decisions and panels: it stands in the chained operation log beside the act.

Whoever changes a row afterwards, triggers or not, changes its mark; the log still has the old one.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from village_ledger.domain.people_chain import row_bytes

ACTS = {
    "decision": ("开决策卷宗", "改决策卷宗"),
    "decision_step": ("四议两公开",),
    "decision_interest": ("写明利害关系人", "撤下利害关系人"),
    "decision_link": ("卷宗连上事项",),
    "panel_lot": ("六手印记抽签",),
    "panel_seat": ("六手印记入席",),
    "panel_sign": ("六手印记签字",),
}
"""Tables whose rows are marked in the log, and under which acts."""


def mark(table: str, row: Sequence[str | int | bytes | None]) -> str:
    """Sixteen hexadecimal places over a row as it stands."""
    return sha256(row_bytes(table, row)).hexdigest()[:16]


def in_words(code: str) -> str:
    """As the log writes it, at the end."""
    return f"（记录码 {code}）"


def code_in(detail: str) -> str:
    """The mark at the end of what the log says, empty for none."""
    head, _, code = detail.rpartition("（记录码 ")
    return code.removesuffix("）") if head else ""
