"""The table of a split: old balance, whose it is, what each ledger gets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from village_ledger.domain.chart import Chart, LedgerKind
from village_ledger.domain.money import format_fen
from village_ledger.domain.separation import Part, SplitLine
from village_ledger.i18n import tr
from village_ledger.reports.table import Role
from village_ledger.ui.separation.separation_desk import Place
from village_ledger.ui.tables.table_model import FigureModel, Look, ScreenColumn

COLUMNS = (
    ScreenColumn("code", "科目", Look.CODE, "1130101"),
    ScreenColumn("name", "旧账余额", Look.TAGGED, "固定资产—公益用 Z09 路灯", stretch=1),
    ScreenColumn("side", "方向", Look.CENTRED, "方向"),
    ScreenColumn("old", "旧账", Look.MONEY, "1,486,000.00", hair=True),
    ScreenColumn("owner", "归谁", Look.OWNERS, "村村代管代发", hair=True),
    ScreenColumn("collective", "集体", Look.OURS, "1,454,975.00", hair=True),
    ScreenColumn("committee", "村委会", Look.THEIRS, "1,454,975.00"),
)
NARROW = tuple(column for column in COLUMNS if column.key not in {"side", "committee", "collective"})
_NONE = "—"


class SplitModel(FigureModel):
    """Rows of the desk."""

    def __init__(
        self,
        lines: Sequence[SplitLine],
        places: Sequence[Place],
        charts: Mapping[LedgerKind, Chart],
        *,
        narrow: bool = False,
    ) -> None:
        super().__init__(NARROW if narrow else COLUMNS)
        self._lines = lines
        self.places = tuple(places)
        self._charts = charts

    def count(self) -> int:
        """Lines and parts."""
        return len(self.places)

    def role(self, row: int) -> Role:
        """A line that is split stands above its parts."""
        return Role.SUBTOTAL if self.places[row].part < 0 else Role.DETAIL

    def text(self, row: int, column: int) -> str:
        """What the cell shows."""
        place = self.places[row]
        one = self._lines[place.line]
        is_part = one.is_split and place.part >= 0
        part = one.parts[max(place.part, 0)]
        key = self.columns[column].key
        if key == "code":
            return "" if is_part else one.line.code
        if key == "name":
            return f"　　{self.account_words(part)}" if is_part else one.line.words
        if key == "side":
            return one.line.side
        if key == "old":
            return format_fen(part.amount if is_part else one.line.amount)
        if key == "owner":
            return part.owner.value if place.part >= 0 else tr("拆开")
        ledger = LedgerKind.COLLECTIVE if key == "collective" else LedgerKind.COMMITTEE
        if is_part:
            return format_fen(part.amount) if part.owner.ledger is ledger else _NONE
        given = one.given_to(ledger)
        return format_fen(given) if given else _NONE

    def owners(self, row: int) -> Sequence[LedgerKind]:
        """Stamps of the ledgers it goes to."""
        place = self.places[row]
        one = self._lines[place.line]
        parts = one.parts if place.part < 0 else (one.parts[place.part],)
        found = (part.owner.ledger for part in parts)
        return tuple(dict.fromkeys(ledger for ledger in found if ledger is not None))

    def tags(self, row: int) -> Sequence[tuple[str, bool]]:
        """What to look at: undecided, parts that do not add up, a note that asks for a split."""
        place = self.places[row]
        one = self._lines[place.line]
        if one.is_split and place.part >= 0:
            return () if one.parts[place.part].account else ((tr("没有科目"), True),)
        if not one.is_decided:
            return ((tr("没定"), True),)
        if one.gap:
            return ((tr("差 {gap}", gap=format_fen(one.gap)), True),)
        if not one.is_split and not one.parts[0].account:
            return ((tr("没有科目"), True),)
        return ((tr("看备注"), False),) if one.hint and not one.is_split else ()

    def account_words(self, part: Part) -> str:
        """Where a part will stand, such as 102 银行存款—农商行基本户."""
        ledger = part.owner.ledger
        if ledger is None or not part.account:
            return tr("还没有科目")
        chart = self._charts[ledger]
        name = chart.path(part.account) if part.account in chart else tr("没有这个科目")
        return f"{part.account} {'—'.join(filter(None, (name, part.detail)))}"
