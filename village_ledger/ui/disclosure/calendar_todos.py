"""What the home page says of the disclosure calendar: what is late, and what is to be hung next."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from village_ledger.i18n import tr
from village_ledger.ui.desk.home_todos import Todo
from village_ledger.ui.widgets.state_mark import Check

if TYPE_CHECKING:
    from village_ledger.ui.desk.home_figures import LedgerFigures


def publish_rows(figures: LedgerFigures, name: str, go: Callable[[], object]) -> list[Todo]:
    """A line for what is late and one for what comes next; none where nothing presses."""
    found: list[Todo] = []
    kinds, late, soon = (figures.kind,), figures.publish_late, figures.publish_soon
    if late:
        first = late[0]
        words = (
            tr("{name}账 {what}，{how}", name=name, what=first.due.title, how=first.how)
            if len(late) == 1
            else tr("{name}账有 {n} 件公开晚了，最早的 {what}", name=name, n=len(late), what=first.due.title)
        )
        found.append(Todo(Check.WARN, words, kinds, tr("去公开"), go))
    if soon:
        first = soon[0]
        more = tr("等 {n} 件", n=len(soon)) if len(soon) > 1 else ""
        words = tr(
            "{name}账 {what}{more}，{day} 前公开",
            name=name,
            what=first.due.title,
            more=more,
            day=first.due.day,
        )
        found.append(Todo(Check.WAITING, words, kinds, tr("去公开"), go))
    return found
