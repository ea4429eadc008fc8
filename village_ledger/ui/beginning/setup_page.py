"""Making a village's book, step by step: whose it is, which rules, from which month. Openings follow in the new book.

Nothing is written before the third step's button; every step can be gone back to.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.period import Month
from village_ledger.domain.registration_code import check_code
from village_ledger.i18n import tr
from village_ledger.ui.error_presenter import Notice
from village_ledger.ui.page import Navigator
from village_ledger.ui.widgets.buttons import Button
from village_ledger.ui.widgets.choices import Choices
from village_ledger.ui.widgets.form import Section
from village_ledger.ui.widgets.step_page import Step, StepPage

if TYPE_CHECKING:
    from village_ledger.storage.spec import BookSpec
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.session import Session

STEPS = ("谁的账", "用哪套规则", "从哪月起", "期初余额", "完成")
LEDGERS = (("two", "两本账"), ("one", "合账"))
CHARTS = (("surplus", "收支结余"), ("collective", "参照集体制度"))
FIRST_YEAR, LAST_YEAR = 2000, 2099


class SetupPage(StepPage):
    """The first three of five steps; the book is made at their end and opened at the fourth."""

    scope: ClassVar[str] = "setup"
    follows_ledger: ClassVar[bool] = False

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.village, self.person = QLineEdit(), QLineEdit()
        self.collective_name, self.collective_code = QLineEdit(), QLineEdit()
        self.committee_name, self.committee_code = QLineEdit(), QLineEdit()
        self.ledgers = Choices(self.theme, tr("几本账"), LEDGERS, "two")
        self.chart = Choices(self.theme, tr("村委会账的科目"), CHARTS, "surplus")
        self.groups = QLineEdit()
        today = date.today()  # noqa: DTZ011  the wall calendar of the village
        self.year, self.month = NumberBox(), NumberBox()
        for box, low, high, value in ((self.year, FIRST_YEAR, LAST_YEAR, today.year), (self.month, 1, 12, 1)):
            box.setRange(low, high)
            box.setValue(value)
            box.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.folder = QLineEdit(str(_books_folder()))
        self._code_words = {field: _hint() for field in (self.collective_code, self.committee_code)}
        self._month_words = _hint()
        self._own_names: set[QLineEdit] = set()
        self.set_title(tr("建本村的账"))
        self.set_steps(
            [
                Step(tr(STEPS[0]), self._who()),
                Step(tr(STEPS[1]), self._rules()),
                Step(tr(STEPS[2]), _column(self._start_section(), self._place_section()), tr("建账")),
            ],
            after=STEPS[3:],
        )
        self._connect()

    # laying out

    def _who(self) -> QWidget:
        village = Section(self.theme, tr("村和人"))
        village.add_row(tr("村名"), self.village, tr("例如 青山村；印在每一页上。"))
        village.add_row(tr("您的姓名"), self.person, tr("您填的凭证记在这个名下；审核要另一个人。"))
        entities = Section(self.theme, tr("两个单位"))
        for title, name, code, words in (
            (
                tr("集体经济组织"),
                self.collective_name,
                self.collective_code,
                tr("集体经济组织统一社会信用代码"),
            ),
            (tr("村民委员会"), self.committee_name, self.committee_code, tr("村民委员会统一社会信用代码")),
        ):
            entities.add_row(title, name)
            code.setAccessibleName(words)
            entities.add_row(tr("信用代码"), code)
            entities.add_row("", self._code_words[code])
        return _column(village, entities)

    def _rules(self) -> QWidget:
        section = Section(self.theme, tr("账和规则"))
        section.add_row(
            tr("几本账"),
            self.ledgers,
            tr(
                "两本账：集体和村委会各记各的，不会混。合账：村委会代行集体职能、只记一本，以后年初可以分开。"
            ),
        )
        section.add_row(
            tr("村委会账的科目"),
            self.chart,
            tr("国家没有统一规定；收支结余最常用，另一套跟集体的科目一样编。"),
        )
        further = Section(self.theme, tr("小组账、农机队账"))
        further.add_row(
            tr("另外还有"),
            self.groups,
            tr("没有就空着。有几个用顿号隔开，例如 第一村民小组、农机队；各记各的账，以后在设置里也能增设。"),
        )
        return _column(section, further)

    def _start_section(self) -> Section:
        section = Section(self.theme, tr("从哪个月起记账"))
        start = QWidget()
        line = QHBoxLayout(start)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        for box, words, name in (
            (self.year, tr("年"), tr("起始年份")),
            (self.month, tr("月起记账"), tr("起始月份")),
        ):
            box.setAccessibleName(name)
            box.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            box.setFixedWidth(self.theme.px.form * 6)
            line.addWidget(box)
            line.addWidget(QLabel(words))
        line.addStretch(1)
        section.add_row(tr("起始月"), start)
        section.add_row("", self._month_words)
        return section

    def _place_section(self) -> Section:
        section = Section(self.theme, tr("存在哪里"))
        choose = Button(self.theme, tr("换一个文件夹…"))
        choose.clicked.connect(self._choose_folder)
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.folder, 1)
        line.addWidget(choose)
        self.folder.setAccessibleName(tr("存在哪个文件夹"))
        self._file = QLabel()
        self._file.setProperty("look", "label")
        section.add_row(tr("文件夹"), row)
        section.add_row(
            tr("账簿文件"),
            self._file,
            tr("绝不会覆盖已有的文件。一个村就是这一个文件，拷走它就是拷走全部的账。"),
        )
        return section

    def _connect(self) -> None:
        self.village.textChanged.connect(self._follow_village)
        self.folder.textChanged.connect(lambda _: self._say_file())
        for field in (self.collective_name, self.committee_name):
            field.textEdited.connect(lambda _text, field=field: self._own_names.add(field))
        for field in self._code_words:
            field.textChanged.connect(lambda _: self._say_codes())
        for box in (self.year, self.month):
            box.valueChanged.connect(lambda _: self._say_month())
        self.ledgers.chosen.connect(self._follow_ledgers)
        self._follow_village("")
        self._say_month()

    # behaviour

    def arrived(self, step: int) -> None:
        """Begin at the first field of the step."""
        first = (self.village, self.groups, self.year)[step]
        if step != 1:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        said = (
            tr("填好村名就能往下走；名称和代码没有的可以空着。"),
            tr("拿不准就用现在选好的：两本账、收支结余。"),
            tr("按“建账”才真正建文件；以前的余额下一步录。"),
        )
        self.say_help(said[step])

    def path(self) -> Path:
        """The file the book will be."""
        name = "".join(c for c in self.village.text().strip() if c not in '\\/:*?"<>|') or "本村"
        return Path(self.folder.text().strip()).expanduser() / f"{name}.vledger"

    def book_spec(self) -> BookSpec:
        """What is on the page as the new book's description."""
        from village_ledger.storage.spec import BookSpec, CommitteeChart

        return BookSpec(
            village=self.village.text().strip(),
            start=Month(self.year.value(), self.month.value()),
            collective_name=self.collective_name.text().strip(),
            collective_code=self.collective_code.text().strip(),
            committee_name=self.committee_name.text().strip(),
            committee_code=self.committee_code.text().strip(),
            committee_chart=CommitteeChart(self.chart.value),
            single=self.ledgers.value == "one",
        )

    def group_names(self) -> list[str]:
        """Further bodies with ledgers of their own, each once."""
        text = self.groups.text()
        for mark in "，,；; ":
            text = text.replace(mark, "、")
        return list(dict.fromkeys(name for name in text.split("、") if name))

    def _follow_village(self, village: str) -> None:
        """The usual legal names, until a person writes others."""
        name = village.strip()
        for field, rest in ((self.collective_name, "股份经济合作社"), (self.committee_name, "村民委员会")):
            if field not in self._own_names:
                field.setText(f"{name}{rest}" if name else "")
        self._say_file()

    def _say_file(self) -> None:
        self._file.setText(str(self.path()) if self.village.text().strip() else tr("填好村名后定名"))

    def _say_codes(self) -> None:
        """What is wrong or odd about the codes, while they are typed."""
        for field, kind in (
            (self.collective_code, LedgerKind.COLLECTIVE),
            (self.committee_code, LedgerKind.COMMITTEE),
        ):
            found = check_code(field.text(), kind)
            good = tr("✓ 校验码对得上") if found.code else ""
            mark = "✕ " if found.fault else "▲ "
            self._code_words[field].setText(f"{mark}{found.sentence}。" if found.sentence else good)

    def _say_month(self) -> None:
        now = Month.of(date.today())  # noqa: DTZ011  the wall calendar of the village
        start = Month(self.year.value(), self.month.value())
        words = [tr("以前的余额记在期初里；建好后这个月份不能再往前改。")]
        if start.month > 1:
            words.append(tr("年中启用：期初里还要录年初数和本年累计，报表的年初、累计才对。"))
        if start > now:
            words.append(tr("▲ 比电脑上的日期（{now}）晚，请看看年份写对没有。", now=now))
        self._month_words.setText("\n".join(words))

    def _follow_ledgers(self, value: str) -> None:
        """One ledger kept by the committee has no chart of its own to choose."""
        self.chart.setEnabled(value == "two")

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, tr("账簿存在哪个文件夹"), self.folder.text())
        if folder:
            self.folder.setText(folder)

    def may_go_on(self, step: int) -> bool:
        """Names are there, and no code is a slip of the pen."""
        if step != 0:
            return True
        self._say_codes()
        for field, wrong, next_step in self._faults():
            if wrong:
                safe = tr("还没有建账，什么也没有改动。")
                self.slip.say(Notice(wrong, safe, next_step, "U-101"))
                field.setFocus(Qt.FocusReason.OtherFocusReason)
                return False
        return True

    def _faults(self) -> list[tuple[QLineEdit, str, str]]:
        """Every field of the first step with what is wrong with it, empty for nothing."""
        fill = tr("请在上面补上，再往下走。")
        look = tr("请照证书再抄一遍；证书不在手边就先空着，以后补。")
        codes = [
            (self.collective_code, check_code(self.collective_code.text()).fault, look),
            (self.committee_code, check_code(self.committee_code.text()).fault, look),
        ]
        same = {check_code(field.text()).code for field, _, _ in codes} - {""}
        if len(same) == 1 and all(field.text().strip() for field, _, _ in codes):
            codes.append((self.committee_code, tr("两个单位的代码一样"), look))
        return [
            (self.village, "" if self.village.text().strip() else tr("还没有写村名"), fill),
            (self.person, "" if self.person.text().strip() else tr("还没有写您的姓名"), fill),
            *codes,
        ]

    def finish(self) -> None:
        """Make the book on the worker, then open it at its opening balances."""
        self.slip.fold()
        path, spec, person, groups = (
            self.path(),
            self.book_spec(),
            self.person.text().strip(),
            self.group_names(),
        )

        def work(_progress: object) -> Path:
            from village_ledger.services.book.setting_up import set_up

            set_up(path, spec, person, groups)
            return path

        self.session.preferences.remember_person(path, person)
        self.operations.task(tr("建账"), work, then=self._open)

    def _open(self, path: Path) -> None:
        self.session.first_page = ("opening", {"first": True})
        self.session.open_asked.emit(path)

    def where(self) -> dict[str, Any]:
        """Where one was; a new book begins at the first step again."""
        return {"step": self.step}


class NumberBox(QSpinBox):
    """A number without arrows; the style sheet leaves its text no room, so the text takes the whole box."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The text field fills the box."""
        super().resizeEvent(event)
        edge = self.fontMetrics().horizontalAdvance("0")
        self.lineEdit().setGeometry(self.rect().adjusted(edge, 2, -edge, -2))

    def showEvent(self, event: QShowEvent) -> None:
        """The same when it first shows."""
        super().showEvent(event)
        edge = self.fontMetrics().horizontalAdvance("0")
        self.lineEdit().setGeometry(self.rect().adjusted(edge, 2, -edge, -2))


def _column(*parts: QWidget) -> QWidget:
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    for part in parts:
        column.addWidget(part)
    column.addStretch(1)
    return whole


def _hint() -> QLabel:
    words = QLabel()
    words.setProperty("look", "hint")
    words.setWordWrap(True)
    return words


def _books_folder() -> Path:
    """The folder offered first: 村账 among the person's documents."""
    from platformdirs import user_documents_path

    return user_documents_path() / "村账"
