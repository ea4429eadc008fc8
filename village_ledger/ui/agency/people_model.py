"""The agency's people as a table: villages down, people across, the framed cell is one person in one village."""

from __future__ import annotations

from collections.abc import Sequence

from village_ledger.domain.agency import AgencyMember, KeptBook, VillageVerdict, Workspace
from village_ledger.i18n import tr
from village_ledger.reports.agency.people import (
    APART,
    OLD_PIN,
    STAYS,
    VillageStaff,
    cell_words,
    door_words,
    shown_people,
    state_words,
)
from village_ledger.reports.agency.verdicts import FAILED
from village_ledger.storage.staff.queries import StaffMember
from village_ledger.ui.tables.table_model import FigureModel, Look, ScreenColumn
from village_ledger.ui.widgets.state_mark import Check

_MARK, _CHECK, _VILLAGE, _FIRST = 0, 1, 2, 3


class PeopleModel(FigureModel):
    """First the workspace's own door, then a row a village; people who left last."""

    def __init__(self, says: Workspace, found: Sequence[VillageStaff], at: str, marked: set[str]) -> None:
        self.people = tuple(sorted(shown_people(says, found), key=lambda one: bool(one.left_at)))
        self.villages = tuple(found)
        self.marked = marked
        self._at = at
        super().__init__(
            (
                ScreenColumn("mark", "", Look.MARK),
                ScreenColumn("check", "", Look.CHECK),
                ScreenColumn("village", tr("村"), Look.CODE, "青山村青山村"),
                *(
                    ScreenColumn(one.name, one.name, Look.TEXT, "制单、记账账", stretch=2)
                    for one in self.people
                ),
                ScreenColumn("others", tr("村里的别人"), Look.TEXT, "王秀英、李建", stretch=2),
                ScreenColumn("state", tr("账簿"), Look.TEXT, "没有登记人员", stretch=3),
            )
        )
        self.chosen = _FIRST

    @property
    def person(self) -> AgencyMember | None:
        """Whose column is framed."""
        place = self.chosen - _FIRST
        return self.people[place] if 0 <= place < len(self.people) else None

    def frame(self, name: str) -> None:
        """Frame somebody's column."""
        names = [one.name for one in self.people]
        self.chosen = _FIRST + (names.index(name) if name in names else 0)

    def choose(self, column: int) -> bool:
        """Frame another column; False where it is nobody's."""
        is_somebodys = _FIRST <= column < _FIRST + len(self.people)
        if is_somebodys:
            self.chosen = column
        return is_somebodys

    def village(self, row: int) -> VillageStaff | None:
        """The village of a row, None for the workspace's door."""
        return self.villages[row - 1] if 0 < row <= len(self.villages) else None

    def row_of(self, uid: str) -> int:
        """The row of a village, the first village where it is not known."""
        rows = (row for row, one in enumerate(self.villages, 1) if one.book.uid == uid)
        return next(rows, min(1, len(self.villages)))

    def member_in(self, row: int) -> StaffMember | None:
        """The framed person as registered in the village of a row."""
        village, person = self.village(row), self.person
        return village.member(person.name) if village is not None and person is not None else None

    # for the table

    def count(self) -> int:
        """The door and the villages; nothing while nobody is known."""
        return 1 + len(self.villages) if self.people else 0

    def text(self, row: int, column: int) -> str:
        """Roles, and what stands against working there."""
        village, place = self.village(row), column - _FIRST
        if column == _VILLAGE:
            return village.book.village if village is not None else tr("（工作区）")
        if 0 <= place < len(self.people):
            member = self.people[place]
            if village is None:
                return door_words(member, self._at)
            return cell_words(village, member, self._at)
        if village is None:
            return ""
        key = self.columns[column].key
        if key == "others":
            names = {one.name for one in self.people}
            return "、".join(one.name for one in village.staff if not one.left_at and one.name not in names)
        return state_words(village) if key == "state" else ""

    def mark(self, row: int) -> bool | None:
        """Whether the village is marked for what is done in several."""
        village = self.village(row)
        return None if village is None else village.book.uid in self.marked

    def check(self, row: int) -> Check | None:
        """✕ cannot be opened, ▲ something stands against somebody there."""
        village = self.village(row)
        if village is None:
            return None
        if village.trouble:
            return Check.FAIL
        told = [self.text(row, _FIRST + place) for place in range(len(self.people))]
        troubled = any(word in text for text in told for word in (APART, OLD_PIN, STAYS, "锁到"))
        return Check.WARN if troubled else Check.GOOD

    def words(self, row: int, column: int) -> str:
        """Shapes in words."""
        if column == _MARK:
            return {True: tr("选上了"), False: tr("没有选"), None: ""}[self.mark(row)]
        check = self.check(row) if column == _CHECK else None
        if check is not None:
            return {Check.FAIL: tr("打不开"), Check.WARN: tr("要看一看")}.get(check, tr("没有问题"))
        return self.text(row, column)


class DoneModel(FigureModel):
    """What became of an act in each village, what was not done first; recovery codes beside, where there are any."""

    def __init__(self, verdicts: Sequence[VillageVerdict], codes: dict[str, str]) -> None:
        self.verdicts = tuple(sorted(verdicts, key=lambda one: one.result not in FAILED))
        self._codes = codes
        code = (ScreenColumn("code", tr("恢复码，只出现这一次"), Look.CODE, "7K4MP-" * 5),) if codes else ()
        super().__init__(
            (
                ScreenColumn("check", "", Look.CHECK),
                ScreenColumn("village", tr("村"), Look.CODE, "青山村青山村"),
                ScreenColumn("result", tr("结果"), Look.TEXT, "没有要办的"),
                *code,
                ScreenColumn("words", tr("怎么样"), Look.TEXT, "登记了：制单、记账", stretch=1),
            )
        )

    def book(self, row: int) -> KeptBook | None:
        """The village of a row, None for a file that is no book."""
        book = self.verdicts[row].book if 0 <= row < len(self.verdicts) else None
        return book if book is not None and book.uid else None

    def count(self) -> int:
        """Villages."""
        return len(self.verdicts)

    def text(self, row: int, column: int) -> str:
        """Village, result, words."""
        one = self.verdicts[row]
        return {
            "village": one.book.village,
            "result": one.result.words,
            "words": one.words,
            "code": self._codes.get(one.book.uid, ""),
        }.get(self.columns[column].key, "")

    def check(self, row: int) -> Check | None:
        """✓ done, ▲ not done."""
        return Check.WARN if self.verdicts[row].result in FAILED else Check.GOOD

    def words(self, row: int, column: int) -> str:
        """The mark as its word."""
        return self.verdicts[row].result.words if column == 0 else self.text(row, column)
