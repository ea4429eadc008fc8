"""成员: the households of the village with their people and shares; search by name, pinyin or number, Enter opens one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLabel

from village_ledger.domain.share import COLLECTIVE, ShareClass
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.ui.people.member_figures import HouseholdLine, HouseholdList, read_households, shares_text
from village_ledger.ui.register_page import RegisterPage
from village_ledger.ui.tables.table_model import FigureModel, Look, ScreenColumn, TotalsModel
from village_ledger.ui.widgets.buttons import Look as ButtonLook

if TYPE_CHECKING:
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

_BEFORE = (
    ScreenColumn("group", "组", Look.TEXT, "第十二组"),
    ScreenColumn("code", "户编号", Look.CODE, "0123"),
    ScreenColumn("head", "户主", Look.CODE, "欧阳建国"),
    ScreenColumn("people", "人口", Look.MONEY, "1,234"),
    ScreenColumn("members", "成员", Look.MONEY, "1,234"),
    ScreenColumn("names", "家里人", Look.TEXT, "刘桂珍、周建军", stretch=1),
)
IMPORT_WORDS = "还没有成员。按 Ctrl+O 把村里的成员名册（xlsx 或 csv）导入进来，或者按 Insert 一个一个登记。"


def columns_for(classes: Sequence[ShareClass]) -> tuple[ScreenColumn, ...]:
    """A column more for every class of shares."""
    shares = (
        ScreenColumn(f"class{one.id}", one.name, Look.MONEY, "12,345.67", hair=place == 0)
        for place, one in enumerate(classes)
    )
    return (*_BEFORE, *shares)


class HouseholdsModel(FigureModel):
    """Households as table rows."""

    def __init__(self, lines: Sequence[HouseholdLine], classes: Sequence[ShareClass]) -> None:
        super().__init__(columns_for(classes))
        self.lines = tuple(lines)
        self._classes = tuple(classes)

    def count(self) -> int:
        """Households."""
        return len(self.lines)

    def text(self, row: int, column: int) -> str:
        """What the cell shows."""
        line = self.lines[row]
        if column < len(_BEFORE):
            others = "、".join(name for name in line.names if name != line.head)
            return (
                line.group,
                line.code,
                line.head,
                str(len(line.names)),
                str(line.members),
                others,
            )[column]
        of_class = self._classes[column - len(_BEFORE)]
        quanta = line.shares.get(of_class.id, 0)
        return shares_text(of_class, quanta) if quanta else ""


class MembersPage(RegisterPage):
    """The list, and the way to everything about members."""

    scope = "members"
    nav = "members"
    shows = Changes(members=True, shares=True, settings=True)
    named, empty = "各户", IMPORT_WORDS
    looked_for = ("找人", "姓名、拼音或户编号")
    reading, reads = "读成员", staticmethod(read_households)
    key = "household"

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.shown: HouseholdList | None = None
        self.count = QLabel()
        self.count.setProperty("look", "hint")
        row = QHBoxLayout()
        row.addWidget(self.search_label)
        row.addWidget(self.search, 2)
        row.addWidget(self.count)
        row.addStretch(3)
        self._row = row
        self.body.addLayout(row)
        self.body.addWidget(self.ask)
        self.body.addWidget(self.table, 1)
        for name in ("take_in", "register", "certificates", "cases", "as_of", "add"):
            self.add_button(name)
        self.add_button("open", ButtonLook.MAIN)
        self.restyle()

    # the page

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Slots of its actions."""
        return {
            **super().handlers(),
            "register": lambda: self.navigator.open("share_register", day=self.as_of.day),
            "certificates": lambda: self.navigator.open("certificates", household=self.current()),
            "add": lambda: self.navigator.open("person_form", act="add", household=self.current()),
            "take_in": lambda: self.navigator.open("member_import"),
            "cases": lambda: self.navigator.open("share_cases"),
        }

    def restyle(self) -> None:
        """Spaces of the size in force."""
        self._row.setSpacing(self.theme.px.cell)
        self.count.setVisible(not self.theme.tokens.narrow)
        super().restyle()

    def status(self) -> str:
        """How many of each."""
        made = self.shown
        if made is None:
            return ""
        return tr(
            "{households} 户 · {people} 人 · 成员 {members} 人",
            households=len(made.lines),
            people=made.people,
            members=made.members,
        )

    def show_register(self, made: HouseholdList) -> None:
        """The households of the day."""
        self.shown = made
        self.head.set_title(tr("成员"))
        self.look_through(self.wanted)
        self.status_changed.emit()
        # pinyin is loaded off the window's thread, so that the first letter typed is as quick as every other
        self.operations.read(tr("备好拼音"), lambda _: made.warm(), lambda _: None, key="members pinyin")

    def look_through(self, code: str = "") -> None:
        """Households that fit the words."""
        if self.shown is None:
            return
        text = self.search.text()
        lines, best = self.shown.found(text)
        nobody = tr("没有叫“{text}”的人，也没有这个户编号。", text=text.strip())
        self.table.set_empty_words(nobody if self.shown.lines else tr(IMPORT_WORDS))
        totals = _totals(lines, self.shown, whole=not text.strip())
        self.table.show_model(HouseholdsModel(lines, self.shown.classes), totals)
        self.count.setText(tr("找到 {count} 户", count=len(lines)) if text.strip() else "")
        codes = [line.code for line in lines]
        wanted = code or best
        self.table.go_to_row(codes.index(wanted) if wanted in codes else 0)
        self.action("open").setEnabled(bool(lines))

    def current(self) -> str:
        """Number of the household one stands on."""
        model = self.table.view.model()
        row = self.table.row
        return model.lines[row].code if isinstance(model, HouseholdsModel) and row >= 0 else ""

    def open_card(self) -> None:
        """The household one stands on."""
        if self.current():
            self.navigator.open("household", household=self.current(), day=self.as_of.day)


def _totals(lines: Sequence[HouseholdLine], made: HouseholdList, *, whole: bool) -> TotalsModel | None:
    """People and shares of the rows; below all of them what the organisation itself has, and the sum of the class."""
    if not lines:
        return None
    people, members = sum(len(one.names) for one in lines), sum(one.members for one in lines)
    sums = {one.id: sum(line.shares.get(one.id, 0) for line in lines) for one in made.classes}
    heads = (tr("合计"), tr("{count} 户", count=len(lines)), "", str(people), str(members), "")
    rows = [(*heads, *(shares_text(one, sums[one.id]) for one in made.classes))]
    if whole and any(made.collective.values()):
        own = (COLLECTIVE, "", "", "", "", "")
        rows.append((*own, *(shares_text(one, made.collective.get(one.id, 0)) for one in made.classes)))
    return TotalsModel(columns_for(made.classes), rows)
