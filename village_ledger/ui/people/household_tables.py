"""The two tables of a household: its people, and what happened to their shares."""

from __future__ import annotations

from collections.abc import Sequence

from village_ledger.domain.member import Reason, Status
from village_ledger.domain.money import format_fen
from village_ledger.i18n import tr
from village_ledger.storage.people.records import Person
from village_ledger.ui.people.member_figures import EventLine, HouseholdFigures, PersonLine, shares_text
from village_ledger.ui.tables.table_model import FigureModel, Look, ScreenColumn, TotalsModel

_PERSON = (
    ScreenColumn("name", "姓名", Look.CODE, "欧阳建国"),
    ScreenColumn("relation", "关系", Look.TEXT, "原户主"),
    ScreenColumn("birth", "出生", Look.TEXT, "1967"),
    ScreenColumn("status", "身份", Look.TEXT, "成员", stretch=1),
)
_EVENTS = (
    ScreenColumn("day", "日期", Look.TEXT, "2025-04-01"),
    ScreenColumn("what", "什么事", Look.CODE, "解除质押"),
    ScreenColumn("who", "谁", Look.TEXT, "刘桂珍 → 周建军", stretch=2),
    ScreenColumn("quantity", "份额", Look.MONEY, "+100.00"),
    ScreenColumn("basis", "依据", Look.TEXT, "成员大会", stretch=3),
)
_TOLD = {Reason.BIRTH.value, Reason.MARRIAGE.value, Reason.ADOPTION.value, Reason.MIGRATION.value}
"""Ways to membership worth a word; the others are everybody's."""


def status_words(person: Person) -> str:
    """成员（结婚）, 已故（2021-03-02）."""
    if person.death is not None:
        return tr("已故（{day}）", day=person.death)
    words = Status(person.status).words
    said = [Reason(person.reason).words.split("（")[0]] if person.reason in _TOLD else []
    if person.retained_until is not None:
        said.append(tr("权益保留到 {day}", day=person.retained_until))
    return tr("{words}（{said}）", words=words, said="，".join(said)) if said else words


def people_columns(made: HouseholdFigures) -> tuple[ScreenColumn, ...]:
    """Shares of every class anybody there has, what is pledged of the class in view if anything is, the dividend."""
    shares = [
        ScreenColumn(
            f"class{one.id}",
            tr("份额") if len(made.classes) == 1 else one.name,
            Look.MONEY,
            "123.45",
            hair=place == 0,
        )
        for place, one in enumerate(made.classes)
    ]
    if not shares:
        return _PERSON
    if _has_pledges(made):
        shares.append(ScreenColumn("pledged", "其中质押", Look.MONEY, "123.45"))
    if made.dividend_year is not None:
        label = tr("{year}分红", year=made.dividend_year)
        shares.append(ScreenColumn("dividend", label, Look.MONEY, "12,345.67"))
    return (*_PERSON, *shares)


def _has_pledges(made: HouseholdFigures) -> bool:
    return any(line.pledged for line in made.people)


class PeopleModel(FigureModel):
    """People of the household as table rows."""

    def __init__(self, made: HouseholdFigures) -> None:
        super().__init__(people_columns(made))
        self._made = made

    def count(self) -> int:
        """People."""
        return len(self._made.people)

    def text(self, row: int, column: int) -> str:
        """What the cell shows."""
        line = self._made.people[row]
        if column < len(_PERSON):
            person = line.person
            born = str(person.birth.year) if person.birth else ""
            return (person.name, person.role, born, status_words(person))[column]
        return _figures(self._made, line)[column - len(_PERSON)]


def _figures(made: HouseholdFigures, line: PersonLine) -> tuple[str, ...]:
    """Shares by class, pledged, dividend; — for nothing."""
    shares = [shares_text(one, line.shares.get(one.id, 0)) for one in made.classes]
    return (*shares, *_pledged(made, line.pledged), format_fen(line.dividend) if line.dividend else "—")


def _pledged(made: HouseholdFigures, quanta: int) -> tuple[str, ...]:
    """The cell of what is pledged, where there is such a column."""
    if not _has_pledges(made) or made.of_class is None:
        return ()
    return (shares_text(made.of_class, quanta) if quanta else "—",)


def people_totals(made: HouseholdFigures) -> TotalsModel | None:
    """全户."""
    columns = people_columns(made)
    alive = sum(line.person.death is None for line in made.people)
    words = (tr("全户"), "", "", tr("{count} 人", count=alive))
    sums = [shares_text(one, sum(line.shares.get(one.id, 0) for line in made.people)) for one in made.classes]
    pledged = sum(line.pledged for line in made.people)
    paid = sum(line.dividend or 0 for line in made.people)
    figures = (*sums, *_pledged(made, pledged), format_fen(paid) if paid else "—")
    return TotalsModel(columns, [(*words, *figures)[: len(columns)]])


class EventsModel(FigureModel):
    """Changes as table rows, the newest first; where there is little room without their grounds, which Enter tells."""

    def __init__(self, listed: Sequence[EventLine], *, with_basis: bool = True) -> None:
        super().__init__(_EVENTS if with_basis else _EVENTS[:-1])
        self.listed = tuple(listed)

    def count(self) -> int:
        """Changes."""
        return len(self.listed)

    def text(self, row: int, column: int) -> str:
        """What the cell shows."""
        one = self.listed[row]
        return (one.day.isoformat(), one.what, one.who, one.quantity, one.basis)[column]
