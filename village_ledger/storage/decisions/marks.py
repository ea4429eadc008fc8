"""Which rows of decisions and panels are marked in the operation log (``row_marks``), and under which acts."""

from __future__ import annotations

from village_ledger.storage.row_marks import code_in, in_words, mark

__all__ = ["ACTS", "code_in", "in_words", "mark"]

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
