"""One household: people with shares and dividend, where the shares come from, every change; PgUp and PgDn to its neighbours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from village_ledger.domain.member import HEAD
from village_ledger.domain.period import Span
from village_ledger.domain.share import EventKind
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.ui.card_page import CardPage
from village_ledger.ui.look.tokens import Size
from village_ledger.ui.people.household_tables import EventsModel, PeopleModel, people_totals
from village_ledger.ui.people.member_figures import HouseholdFigures, read_household
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.buttons import Look
from village_ledger.ui.widgets.explain_bar import ExplainBar
from village_ledger.ui.widgets.holding_sheet import HoldingSheet
from village_ledger.ui.widgets.notice_bar import NoticeBar
from village_ledger.ui.widgets.share_picture import SharePicture

if TYPE_CHECKING:
    from village_ledger.storage.people.records import Person
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

CHANGE = "share_event"
"""The page on which a change of shares is handled."""
_MOST_PEOPLE = 8
_LEAST_EVENTS = 4


class HouseholdPage(CardPage):
    """People and picture at the left, the sum, the changes and remarks at the right."""

    scope = "household"
    nav = "members"
    register, reading, reads = "members", "读这一户", staticmethod(read_household)
    key = "household"
    shows = Changes(members=True, shares=True, dividends=True, settings=True)

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.shown: HouseholdFigures | None = None
        self._row = 0
        mark = tr("演示") if session.info.is_demo else ""
        self.people = FigureTable(self.theme, tr("家里人"), watermark=mark)
        self.people.set_empty_words(tr("这一户没有人。"))
        self.people.current_moved.connect(lambda _row: self._follow())
        self.picture = SharePicture(self.theme)
        self.holding = HoldingSheet(self.theme)
        self.events = FigureTable(self.theme, tr("份额变动"))
        self.events.setProperty("look", "paper")
        self.events.opened.connect(self._explain)
        self.events.current_moved.connect(lambda _row: self._follow())
        self.explain = ExplainBar(self.theme)
        self.events.set_empty_words(tr("还没有份额变动。"))
        self.remark = NoticeBar(self.theme, "", [])
        self._lay()
        for name in ("certificate", "print", "reverse", "death", "admit", "leave", "head", "add"):
            self.add_button(name)
        for name in ("split", "as_of"):
            self.add_button(name, keeps=1)
        self.add_button("change", Look.MAIN)
        self.restyle()

    def _lay(self) -> None:
        """Two columns, which stand under each other where there is little room."""
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        self._left.addWidget(self.people)
        self._left.addWidget(_sheet(tr("份额从哪来"), tr("谁在什么时候有多少 · 单位：份"), self.picture), 1)
        self._events_note = QLabel()
        self._right.addWidget(self.holding)
        self._right.addWidget(_sheet(tr("变动"), self._events_note, self.events), 1)
        self._right.addWidget(self.explain)
        self._right.addWidget(self.remark)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.addLayout(self._left, 55)
        self._sides.addLayout(self._right, 45)
        self.body.addWidget(self.ask)
        self.body.addLayout(self._sides, 1)

    # the page

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Slots of its actions."""
        return {
            **super().handlers(),
            "certificate": lambda: self.navigator.open("certificates", household=self.code),
            "dividends": lambda: self.navigator.open("dividend_payments", text=self.code),
            "print": self._print,
            "change": lambda: self._change(None),
            "split": lambda: self._change(EventKind.SPLIT),
            "reverse": self._reverse,
            "death": lambda: self._form("death"),
            "admit": lambda: self._form("admit"),
            "leave": lambda: self._form("leave"),
            "head": lambda: self._form("head"),
            "add": lambda: self._form("add"),
        }

    def main(self) -> FigureTable:
        """The people."""
        return self.people

    def codes(self) -> Sequence[str]:
        """All households there are."""
        return self.shown.codes if self.shown is not None else ()

    def go(self, **where: Any) -> None:
        """``household`` by its number, ``day`` to look at, ``row`` of the person to stand on."""
        self._row = int(where.get("row", 0))
        super().go(**where)

    def where(self) -> dict[str, Any]:
        """The household, the day, the person."""
        return {**super().where(), "row": max(self.people.row, 0)}

    def move_to(self, code: str) -> None:
        """Another household, its first person."""
        self._row = 0
        super().move_to(code)

    def restyle(self) -> None:
        """Side by side, or under each other where there is little room; then the page scrolls."""
        tokens, px = self.theme.tokens, self.theme.px
        tight = tokens.tight
        down = QBoxLayout.Direction.TopToBottom
        self._sides.setDirection(down if tight else QBoxLayout.Direction.LeftToRight)
        for layout in (self._left, self._right, self._sides):
            layout.setSpacing(px.gap)
        row = self.people.style_of.row
        shown = len(self.shown.people) if self.shown else 1
        self.people.setFixedHeight(row * (min(max(shown, 1), _MOST_PEOPLE) + 2) + px.cell)
        self.events.setMinimumHeight(row * (_LEAST_EVENTS + 1))
        self._show_events()

    def escape(self) -> bool:
        """Fold the question or the words away."""
        if super().escape():
            return True
        if self.explain.isVisible():
            self.explain.hide()
            return True
        return False

    def status(self) -> str:
        """Which of how many."""
        made = self.shown
        if made is None:
            return ""
        said = tr(
            "成员 › {group} › {code} {head}户",
            group=made.household.group,
            code=made.household.code,
            head=made.household.head,
        )
        return tr(
            "{said} · 第 {place} 户，共 {count} 户", said=said, place=made.place + 1, count=len(made.codes)
        )

    def show_card(self, made: HouseholdFigures | None) -> None:
        """The household, or that there is none."""
        self.shown = made
        if made is None:
            self._show_nothing()
            return
        self.code = made.household.code
        self.explain.hide()
        group = made.household.group
        self.head.set_title(
            tr("{head}户", head=made.household.head),
            " · ".join(filter(None, (group, tr("{code} 户", code=self.code)))),
            firm=True,
        )
        self.people.show_model(PeopleModel(made), people_totals(made))
        self.people.go_to_row(self._row)
        self.picture.show_history(made.history)
        self.holding.show_figures(made)
        self._events_note.setText(tr("{count} 次 · 只增不改", count=len(made.events)))
        self.remark.sentence.setText("\n".join(made.remarks))
        self.remark.setVisible(bool(made.remarks))
        self.restyle()
        self.follow_access()
        self.status_changed.emit()

    # inside

    def _show_events(self) -> None:
        """Their grounds too, where the columns stand under each other or the text is of standard size."""
        if self.shown is not None:
            tokens = self.theme.tokens
            roomy = tokens.tight or tokens.size is Size.STANDARD
            self.events.show_model(EventsModel(self.shown.events, with_basis=roomy))

    def _show_nothing(self) -> None:
        self.head.set_title(tr("一户"), "")
        self.people.set_empty_words(tr("还没有成员，请先导入成员名册，或者按 Insert 登记。"))
        self.picture.show_history(None)
        self.holding.show_figures(None)
        self.remark.hide()
        self.follow_access()
        self.status_changed.emit()

    def follow_access(self) -> None:
        """What concerns a person is off where there is none, or the person is dead."""
        super().follow_access()
        person = self.person()
        able = {
            "death": person is not None and person.death is None,
            "admit": person is not None and person.death is None and not person.is_member,
            "leave": person is not None and person.is_member,
            "head": person is not None and person.death is None and person.relation != HEAD,
            "split": self.shown is not None and len(self.shown.people) > 1,
            "change": self.shown is not None and self.shown.of_class is not None,
            "reverse": self.shown is not None and 0 <= self.events.row < len(self.shown.events),
        }
        for name, holds in able.items():
            if not holds:
                self.action(name).setEnabled(False)

    def person(self) -> Person | None:
        """The person one stands on."""
        row = self.people.row
        if self.shown is None or not 0 <= row < len(self.shown.people):
            return None
        return self.shown.people[row].person

    def _follow(self) -> None:
        if self.shown is not None:
            self.follow_access()

    def _explain(self, row: int) -> None:
        """A change in words, where its columns cut it off."""
        if self.shown is not None and 0 <= row < len(self.shown.events):
            one = self.shown.events[row]
            self.explain.explain(
                tr(
                    "第 {number} 号 · {day} {what}：{who}，{quantity}。{basis}",
                    number=one.number,
                    day=one.day,
                    what=one.what,
                    who=one.who,
                    quantity=one.quantity,
                    basis=one.basis,
                )
            )

    def _print(self) -> None:
        """份额变动史 with its picture, as of the day in view."""
        day = self.as_of.day
        self.navigator.open(
            "preview", report="share-history", household=self.code, span=Span(day, day), paper="A4_LANDSCAPE"
        )

    def _form(self, act: str) -> None:
        person = self.person()
        self.navigator.open("person_form", act=act, person=person.key if person else "", household=self.code)

    def _reverse(self) -> None:
        """The change one stands on in the table of changes is undone by the same five steps."""
        row = self.events.row
        if self.shown is not None and 0 <= row < len(self.shown.events):
            self.navigator.open(CHANGE, kind=EventKind.REVERSE, reverses=self.shown.events[row].number)

    def _change(self, kind: EventKind | None) -> None:
        person = self.person()
        if kind is None and person is not None and person.death is not None:
            kind = EventKind.INHERIT  # nothing else can be done with the shares of the dead
        self.navigator.open(CHANGE, kind=kind, person=person.key if person else "")


def _sheet(title: str, note: str | QLabel, content: QWidget) -> QFrame:
    """A sheet with a heading, a note at its right, and its content."""
    sheet = QFrame()
    sheet.setProperty("look", "sheet")
    heading = QLabel(title)
    heading.setProperty("look", "heading")
    said = note if isinstance(note, QLabel) else QLabel(note)
    said.setProperty("look", "hint")
    row = QHBoxLayout()
    row.addWidget(heading)
    row.addStretch(1)
    row.addWidget(said)
    column = QVBoxLayout(sheet)
    column.setContentsMargins(14, 8, 14, 8)
    column.addLayout(row)
    column.addWidget(content, 1)
    return sheet
