"""Tables of a panel on screen: the four registers numbered as they are drawn from, and six seats by four stages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from village_ledger.domain.decision import Stage
from village_ledger.domain.panel import DRAWN, PLACES, ListRow, fixed_seats
from village_ledger.i18n import tr
from village_ledger.services.decisions.panels import VERDICTS
from village_ledger.storage.decisions.records import Panel, PanelList
from village_ledger.ui.tables.table_model import FigureModel, Look, ScreenColumn

LIST_COLUMNS = (
    ScreenColumn("register", "名册", Look.TEXT, "组长老干部"),
    ScreenColumn("order", "第几个", Look.CENTRED, "100"),
    ScreenColumn("name", "姓名", Look.CODE, "欧阳建国"),
    ScreenColumn("what", "", Look.TEXT, "和利害关系人 李四 是一户或曾是一户", stretch=1),
)
SEAT_COLUMNS = (
    ScreenColumn("place", "席", Look.CODE, "1"),
    ScreenColumn("role", "身份", Look.TEXT, "两代表一委员一机构", stretch=2),
    ScreenColumn("name", "姓名", Look.CODE, "欧阳建国", stretch=1),
    *(ScreenColumn(stage.value, stage.words, Look.TEXT, "✕ 不同意 05-26", hair=True) for stage in Stage),
)
FIRST_STAGE = 3
"""Column of the first stage."""
MARKS = {"agree": "✓", "disagree": "✕", "abstain": "—"}


class ListModel(FigureModel):
    """Everybody of the four registers: those who take part numbered, the others with the reason."""

    def __init__(self, known: PanelList | None, barred: Mapping[int, str], panel: Panel | None) -> None:
        super().__init__(LIST_COLUMNS)
        self.rows: tuple[ListRow, ...] = known.rows if known else ()
        self._barred = _first_out(panel) if panel else dict(barred)
        self._panel = panel
        self._order = _numbered(self.rows, self._barred)

    def count(self) -> int:
        """People."""
        return len(self.rows)

    def text(self, row: int, column: int) -> str:
        """What the cell shows."""
        one = self.rows[row]
        order = self._order.get(one.number)
        first = row == 0 or self.rows[row - 1].register != one.register
        return (
            one.register if first else "",
            str(order) if order else "",
            one.name,
            self._what(one),
        )[column]

    def words(self, row: int, column: int) -> str:
        """A screen reader is told the register in every row."""
        return self.rows[row].register if column == 0 else self.text(row, column)

    def strong(self, row: int) -> bool:
        """Who was drawn stands out."""
        return self._what(self.rows[row]).startswith("●")

    def _what(self, one: ListRow) -> str:
        if one.avoids:
            return tr("名单注明回避")
        panel = self._panel
        if panel is not None:
            for drawn in panel.lots:
                if drawn.lot.row != one.number:
                    continue
                seat = panel.seats.get(drawn.lot.place)
                if seat is not None and seat.lot_id == drawn.id:
                    later = tr("（第 {round} 轮）", round=drawn.lot.round) if drawn.lot.round > 1 else ""
                    return tr("● 抽中{later}", later=later)
                return tr("○ 第 {round} 轮抽中，已替补", round=drawn.lot.round)
        return self._barred.get(one.number, "")


def _first_out(panel: Panel) -> dict[int, str]:
    """Who stayed out of the first rounds, and why."""
    return {line: why for drawn in panel.lots if drawn.lot.round == 1 for line, why in drawn.lot.out}


def _numbered(rows: Sequence[ListRow], barred: Mapping[int, str]) -> dict[int, int]:
    """Place among those who take part, from 1 in each register."""
    found: dict[int, int] = {}
    counts: dict[str, int] = {}
    for row in rows:
        if not row.avoids and row.number not in barred:
            counts[row.register] = counts.get(row.register, 0) + 1
            found[row.number] = counts[row.register]
    return found


class SeatModel(FigureModel):
    """Six places by four stages: what each said, a shape with a word and the day."""

    def __init__(self, panel: Panel | None, stage: Stage) -> None:
        super().__init__(SEAT_COLUMNS)
        self.panel = panel
        self.chosen = FIRST_STAGE + stage.place - 1

    def count(self) -> int:
        """Six places, none before the draw."""
        return PLACES if self.panel is not None else 0

    def text(self, row: int, column: int) -> str:
        """What the cell shows."""
        panel, place = self.panel, row + 1
        if panel is None:
            return ""
        seat = panel.seats.get(place)
        if column < FIRST_STAGE:
            role = seat.role if seat else next(one.role for one in fixed_seats() if one.place == place)
            return (str(place), role, seat.name if seat else tr("（还没有写）"))[column]
        sign = panel.signs.get((list(Stage)[column - FIRST_STAGE], place))
        if sign is None:
            return tr("○ 未签")
        said = f"{MARKS[sign.verdict]} {VERDICTS[sign.verdict]}"
        return (
            tr("{said} {day}", said=said, day=f"{sign.day:%m-%d}")
            if sign.on_paper
            else tr("{said} 未签字", said=said)
        )

    def strong(self, row: int) -> bool:
        """Who was drawn and who was named stand alike."""
        del row
        return True


def how_came(panel: Panel, place: int) -> str:
    """How somebody came to a place, in words."""
    seat = panel.seats.get(place)
    if place > DRAWN or seat is None:
        return ""
    lot = next(one.lot for one in panel.lots if one.id == seat.lot_id)
    later = tr("第 {round} 轮，", round=lot.round) if lot.round > 1 else ""
    return tr("{later}{said}", later=later, said=lot.said)
