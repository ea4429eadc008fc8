"""The first step of a share event: what can be done, when it is done, who decides, whether it is published."""

from __future__ import annotations

from village_ledger.domain.share import EventKind
from village_ledger.i18n import tr
from village_ledger.services.shares.share_cases import UNPUBLISHED
from village_ledger.ui.look.theme import Theme
from village_ledger.ui.planning.planning_page import TextRows
from village_ledger.ui.shares.share_figures import deciders
from village_ledger.ui.shares.share_request import KINDS
from village_ledger.ui.tables.table_model import Look, ScreenColumn
from village_ledger.ui.tables.table_view import FigureTable

COLUMNS = (
    ScreenColumn("group", "类", Look.TEXT, "转移"),
    ScreenColumn("kind", "什么事", Look.CODE, "解除质押"),
    ScreenColumn("when", "什么时候办", Look.TEXT, "成员把份额有价转给本社另一个成员", stretch=1),
    ScreenColumn("who", "谁决定", Look.TEXT, "理事会、成员代表大会、成员大会"),
    ScreenColumn("notice", "公示", Look.TEXT, "要公示"),
)


class KindList(FigureTable):
    """Every kind; groups are named once."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("什么事"))
        self.show_model(TextRows(COLUMNS, [_kind_row(one.kind) for one in KINDS]))

    def kind(self) -> EventKind:
        """The kind one stands on."""
        return KINDS[max(0, self.row)].kind

    def choose(self, kind: EventKind) -> None:
        """Stand on a kind."""
        self.go_to_row(next(at for at, one in enumerate(KINDS) if one.kind is kind))


def _kind_row(kind: EventKind) -> tuple[str, ...]:
    words = next(one for one in KINDS if one.kind is kind)
    first = next(one for one in KINDS if one.group == words.group) is words
    return (
        words.group if first else "",
        kind.words,
        words.when,
        deciders(kind) or tr("不用决议"),
        tr("不用") if kind in UNPUBLISHED else tr("要公示"),
    )
