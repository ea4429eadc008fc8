"""Forms about one person: a death, admission, leaving, a new head of the household, somebody new. One act, Esc goes back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.member import Reason, Status
from village_ledger.domain.new_person import SEXES, NewPerson
from village_ledger.domain.period import parse_day
from village_ledger.i18n import tr
from village_ledger.services import people
from village_ledger.services.changes import Changes
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.page import Page, scrolled
from village_ledger.ui.widgets.buttons import Look
from village_ledger.ui.widgets.form import Section
from village_ledger.ui.widgets.notice_bar import NoticeBar
from village_ledger.ui.widgets.pick_list import PickList

if TYPE_CHECKING:
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.records_interledger import Resolution
    from village_ledger.storage.records_members import Person
    from village_ledger.storage.unit_of_work import UnitOfWork
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """A field: its key in what is handed over, label, help; ``choices`` make it a list."""

    key: str
    label: str
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    limit: int = 100


Said = Mapping[str, str]
"""What stands in the fields, by key."""


@dataclass(frozen=True, slots=True)
class Act:
    """One form: title, words on the button, fields, what is done."""

    title: str
    words: str
    fields: tuple[FieldSpec, ...]
    carry_out: Callable[[UnitOfWork, Said], Outcome[Person]]


def _reasons(*statuses: Status, without: Reason | None = None) -> tuple[tuple[str, str], ...]:
    found = (one for one in Reason if one.value and one.status in statuses and one is not without)
    return tuple((one.value, one.words) for one in found)


def _death(uow: UnitOfWork, said: Said) -> Outcome[Person]:
    return people.record_death(uow, said["who"], parse_day(said["day"]), said["basis"])


def _admit(uow: UnitOfWork, said: Said) -> Outcome[Person]:
    reason, day = Reason(said["reason"]), parse_day(said["day"])
    return people.admit(uow, said["who"], day, reason, said["basis"], resolution=said["resolution"])


def _leave(uow: UnitOfWork, said: Said) -> Outcome[Person]:
    who, day, basis, resolution = said["who"], parse_day(said["day"]), said["basis"], said["resolution"]
    reason, until = Reason(said["reason"]), _day(said["until"])
    if reason is Reason.EXIT:
        return people.exit_(uow, who, day, basis, resolution=resolution, retained_until=until)
    return people.lose(uow, who, day, reason, basis, resolution=resolution, retained_until=until)


def _head(uow: UnitOfWork, said: Said) -> Outcome[Person]:
    return people.set_head(uow, said["who"], parse_day(said["day"]), said["basis"])


def _add(uow: UnitOfWork, said: Said) -> Outcome[Person]:
    new = NewPerson(
        name=said["name"],
        household=said["household"].strip(),
        relation=said["relation"],
        sex=said["sex"],
        id_number=said["id_number"],
        birth=_day(said["birth"]),
        since=_day(said["since"]),
        group=said["group"],
        no_number=said["no_number"],
        note=said["note"],
    )
    return people.add(uow, new, said["basis"])


def _day(text: str) -> date | None:
    """A day as typed, None for nothing."""
    return parse_day(text) if text.strip() else None


_WHO = FieldSpec("who", "谁", "写成 017/周德明：户编号、斜线、姓名。")
_RESOLUTION = "先在“决议”里登记；没有决议就空着。"


def _basis(example: str) -> FieldSpec:
    return FieldSpec("basis", "依据", example)


ACTS: dict[str, Act] = {
    "death": Act(
        "登记去世",
        "登记去世",
        (
            _WHO,
            FieldSpec("day", "去世日期", "如 2025-03-02。"),
            _basis("凭什么登记，如 死亡证明；一定要写。"),
        ),
        _death,
    ),
    "admit": Act(
        "确认成员",
        "确认成员",
        (
            _WHO,
            FieldSpec("reason", "理由", "", _reasons(Status.MEMBER, Status.GRANTED)),
            FieldSpec("day", "从哪天起", "成员大会表决的那天或以后。"),
            FieldSpec("resolution", "决议", "确认成员由成员大会决定。先在“决议”里登记。"),
            _basis("如 出生医学证明、结婚证、户口簿；一定要写。"),
        ),
        _admit,
    ),
    "leave": Act(
        "退出、丧失成员身份",
        "登记退出",
        (
            _WHO,
            FieldSpec(
                "reason",
                "理由",
                "",
                (*_reasons(Status.WITHDRAWN), *_reasons(Status.LOST, without=Reason.DEATH)),
            ),
            FieldSpec("day", "从哪天起"),
            FieldSpec("resolution", "决议", _RESOLUTION),
            FieldSpec("until", "权益保留到", "协商保留已经享有的权益的，写到哪一天；没有就空着。"),
            _basis("如 书面申请、录用文件；一定要写。"),
        ),
        _leave,
    ),
    "head": Act(
        "另定户主",
        "定为户主",
        (_WHO, FieldSpec("day", "从哪天起"), _basis("如 户口簿、家庭协议；一定要写。")),
        _head,
    ),
    "add": Act(
        "新增人员",
        "登记",
        (
            FieldSpec("name", "姓名", limit=40),
            FieldSpec("household", "户编号", "现有的户就写它的编号；新户写一个没有用过的。", limit=20),
            FieldSpec("relation", "与户主关系", "如 户主、妻、子、儿媳、孙女。", limit=20),
            FieldSpec("id_number", "身份证号", "加密保存；屏幕和打印照规定遮住中间。", limit=24),
            FieldSpec("no_number", "没有号的原因", "新生儿、从没办过证……有号就空着。"),
            FieldSpec("sex", "性别", "有身份证号就不用选。", (("", "照身份证号"), *((s, s) for s in SEXES))),
            FieldSpec("birth", "出生日期", "有身份证号就不用填。"),
            FieldSpec("since", "从哪天起在这一户", "不知道就空着。"),
            FieldSpec("group", "村民小组", "新户才要写。", limit=20),
            FieldSpec("note", "备注"),
            _basis("如 户口簿、出生医学证明；一定要写。登记了还不是成员，要再按“确认成员”。"),
        ),
        _add,
    ),
}


class PersonFormPage(Page):
    """The form of one act; another act builds another form in its place."""

    scope = "person_form"
    nav = "members"
    shows = Changes(settings=True)

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.act = "add"
        self.fields: dict[str, QLineEdit | PickList] = {}
        self._section: Section | None = None
        self._household = ""
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.notice = NoticeBar(self.theme, "", [(tr("知道了"), self.navigator.back)])
        self.notice.hide()
        self._column.addStretch(1)
        self.body.addWidget(self.notice)
        self.body.addWidget(scrolled(content), 1)
        self.add_button("act", Look.MAIN)

    # the page

    def handlers(self) -> dict[str, Callable[[], object]]:
        """The act."""
        return {"act": self._act}

    def go(self, **where: Any) -> None:
        """``act`` of ``ACTS``, the ``person`` (户编号/姓名) or ``household`` it is about."""
        self.act = where.get("act", self.act)
        self._household = str(where.get("household", ""))
        self._build(ACTS[self.act])
        said = {"who": where.get("person", ""), "household": self._household}
        said["day"] = "" if self.act == "death" else str(date.today())  # noqa: DTZ011  the village's wall calendar
        for key, text in said.items():
            field = self.fields.get(key)
            if isinstance(field, QLineEdit):
                field.setText(str(text))
        self.slip.fold()
        self.notice.hide()
        self.reload()
        self._first_empty().setFocus(Qt.FocusReason.OtherFocusReason)

    def where(self) -> dict[str, Any]:
        """The act and whom it is about."""
        return {"act": self.act, "person": self.said().get("who", ""), "household": self._household}

    def reload(self) -> None:
        """Title, button, the resolutions there are."""
        act = ACTS[self.act]
        self.head.set_title(tr(act.title), self.session.info.village if self.session.is_open else "")
        self.action("act").setText(tr(act.words))
        if self.session.is_open and "resolution" in self.fields:
            self.operations.read(
                tr("读决议"), lambda r: r.resolutions(), self._offer, key="person_form.resolutions"
            )

    def said(self) -> dict[str, str]:
        """What stands in the fields."""
        return {
            key: str(field.currentData() or "") if isinstance(field, PickList) else field.text()
            for key, field in self.fields.items()
        }

    # inside

    def _build(self, act: Act) -> None:
        old = self._section
        if old is not None:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._section = Section(self.theme, tr(act.title))
        self.fields = {}
        for spec in act.fields:
            field = self._field(spec)
            self.fields[spec.key] = field
            self._section.add_row(tr(spec.label), field, tr(spec.hint) if spec.hint else "")
        self._column.insertWidget(0, self._section)

    def _field(self, spec: FieldSpec) -> QLineEdit | PickList:
        if spec.choices or spec.key == "resolution":
            made = PickList()
            for value, words in spec.choices or (("", tr("没有")),):
                made.addItem(words, value)
            return made
        line = QLineEdit()
        line.setMaxLength(spec.limit)
        line.returnPressed.connect(lambda: self._after(line))
        return line

    def _after(self, field: QWidget) -> None:
        """Enter goes to the next field, in the last one acts."""
        order = list(self.fields.values())
        place = next(i for i, one in enumerate(order) if one is field)
        if place + 1 < len(order):
            order[place + 1].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._act()

    def _first_empty(self) -> QWidget:
        order = list(self.fields.values())
        return next((f for f in order if isinstance(f, QLineEdit) and not f.text()), order[0])

    def _offer(self, listed: list[Resolution]) -> None:
        field = self.fields.get("resolution")
        if not isinstance(field, PickList):
            return
        chosen = field.currentData()
        field.clear()
        field.addItem(tr("没有"), "")
        for one in listed:
            field.addItem(f"{one.number} {one.subject}", one.number)
        field.setCurrentIndex(max(0, field.findData(chosen)))

    def _act(self) -> None:
        act, said = ACTS[self.act], self.said()
        self.slip.fold()
        self.notice.hide()
        self.operations.run(
            tr(act.title), lambda uow, _: act.carry_out(uow, said), then=self._done, refused=self._refuse
        )

    def _refuse(self, error: LedgerError) -> None:
        self.slip.say(describe(error))

    def _done(self, outcome: Outcome[Person]) -> None:
        """Back; what is still to be done is said here first."""
        if not outcome.warnings:
            self.navigator.back()
            return
        self.notice.sentence.setText(tr("登记好了。{said}", said="".join(outcome.warnings)))
        self.notice.show()
        self.notice.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
