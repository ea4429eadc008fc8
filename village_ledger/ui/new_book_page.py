"""Making a village's book: one calm page, everything on it can be read again before the button is pressed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
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

from village_ledger.domain.period import Month
from village_ledger.i18n import tr
from village_ledger.ui.error_presenter import Notice
from village_ledger.ui.page import Navigator, Page, scrolled
from village_ledger.ui.widgets.buttons import Button, Look
from village_ledger.ui.widgets.choices import Choices
from village_ledger.ui.widgets.form import Section

if TYPE_CHECKING:
    from village_ledger.storage.spec import BookSpec
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.session import Session

LEDGERS = (("two", "两本账"), ("one", "合账"))
CHARTS = (("surplus", "收支结余"), ("collective", "参照集体制度"))
FIRST_YEAR, LAST_YEAR = 2000, 2099


class NewBookPage(Page):
    """The village, its ledgers and rules, the first month, the place of the file."""

    scope: ClassVar[str] = "new_book"
    follows_ledger: ClassVar[bool] = False

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.head.set_title(tr("建本村的账"), tr("填好村名就能建；名称和代码以后在设置里补也行。"))
        self.village, self.person = QLineEdit(), QLineEdit()
        self.collective_name, self.collective_code = QLineEdit(), QLineEdit()
        self.committee_name, self.committee_code = QLineEdit(), QLineEdit()
        self.ledgers = Choices(self.theme, tr("几本账"), LEDGERS, "two")
        self.chart = Choices(self.theme, tr("村委会账的科目"), CHARTS, "surplus")
        today = date.today()  # noqa: DTZ011  the wall calendar of the village
        self.year, self.month = QSpinBox(), QSpinBox()
        for box, low, high, value in ((self.year, FIRST_YEAR, LAST_YEAR, today.year), (self.month, 1, 12, 1)):
            box.setRange(low, high)
            box.setValue(value)
            box.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.folder = QLineEdit(str(_books_folder()))
        self.make = Button(self.theme, tr("建账"), Look.MAIN)
        self.back = Button(self.theme, tr("先不建"), Look.PLAIN, "Esc")
        self._own_names: set[QLineEdit] = set()
        self._arrange()
        self._connect()

    # laying out

    def _arrange(self) -> None:
        column = QVBoxLayout()
        column.setSpacing(self.theme.px.gap)
        column.setContentsMargins(0, 0, 0, 0)
        for section in (self._village_section(), self._rules_section(), self._place_section()):
            column.addWidget(section)
        column.addStretch(1)
        content = QWidget()
        content.setLayout(column)
        self.body.addWidget(scrolled(content), 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.back)
        foot.addWidget(self.make)
        self.body.addLayout(foot)

    def _village_section(self) -> Section:
        section = Section(self.theme, tr("村和人"))
        section.add_row(tr("村名"), self.village, tr("例如 青山村；印在每一页上。"))
        section.add_row(tr("您的姓名"), self.person, tr("您填的凭证记在这个名下；审核要另一个人。"))
        collective = self._pair(self.collective_name, self.collective_code)
        committee = self._pair(self.committee_name, self.committee_code)
        self.collective_name.setAccessibleName(tr("集体经济组织名称"))
        self.committee_name.setAccessibleName(tr("村民委员会名称"))
        self.collective_code.setAccessibleName(tr("集体经济组织统一社会信用代码"))
        self.committee_code.setAccessibleName(tr("村民委员会统一社会信用代码"))
        section.add_row(tr("集体经济组织"), collective)
        section.add_row("村民委员会", committee)
        return section

    @staticmethod
    def _pair(name: QLineEdit, code: QLineEdit) -> QWidget:
        """A legal name and its registration code in one row."""
        code.setMaxLength(18)
        words = QLabel(tr("统一社会信用代码"))
        words.setProperty("look", "label")
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(10)
        line.addWidget(name, 3)
        line.addWidget(words)
        line.addWidget(code, 2)
        return row

    def _rules_section(self) -> Section:
        section = Section(self.theme, tr("账和规则"))
        hint = tr(
            "两本账：集体和村委会各记各的，不会混。合账：村委会代行集体职能、只记一本，以后年初可以分开。"
        )
        section.add_row(tr("几本账"), self.ledgers, hint)
        section.add_row(
            tr("村委会账的科目"),
            self.chart,
            tr("国家没有统一规定；收支结余最常用，另一套跟集体的科目一样编。"),
        )
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
            box.setMinimumWidth(self.theme.px.form * 5)
            line.addWidget(box)
            line.addWidget(QLabel(words))
        line.addStretch(1)
        section.add_row(tr("从哪个月起"), start, tr("以前的余额记在期初里；建好后这个月份不能再往前改。"))
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
        self.ledgers.chosen.connect(self._follow_ledgers)
        self.make.clicked.connect(self._make)
        self.back.clicked.connect(self.navigator.back)
        self._follow_village("")

    # behaviour

    def go(self, **where: Any) -> None:
        """Begin at the village's name."""
        del where
        self.village.setFocus(Qt.FocusReason.OtherFocusReason)

    def path(self) -> Path:
        """The file the book will be."""
        name = "".join(c for c in self.village.text().strip() if c not in '\\/:*?"<>|') or "本村"
        return Path(self.folder.text().strip()).expanduser() / f"{name}.vledger"

    def spec(self) -> BookSpec:
        """What is on the page as the new book's description."""
        from village_ledger.storage.spec import BookSpec, CommitteeChart

        return BookSpec(
            village=self.village.text().strip(),
            start=Month(self.year.value(), self.month.value()),
            collective_name=self.collective_name.text().strip(),
            collective_code=self.collective_code.text().strip().upper(),
            committee_name=self.committee_name.text().strip(),
            committee_code=self.committee_code.text().strip().upper(),
            committee_chart=CommitteeChart(self.chart.value),
            single=self.ledgers.value == "one",
        )

    def _follow_village(self, village: str) -> None:
        """The usual legal names, until a person writes others."""
        name = village.strip()
        for field, rest in ((self.collective_name, "股份经济合作社"), (self.committee_name, "村民委员会")):
            if field not in self._own_names:
                field.setText(f"{name}{rest}" if name else "")
        self._say_file()

    def _say_file(self) -> None:
        self._file.setText(str(self.path()) if self.village.text().strip() else tr("填好村名后定名"))

    def _follow_ledgers(self, value: str) -> None:
        """One ledger kept by the committee has no chart of its own to choose."""
        self.chart.setEnabled(value == "two")

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, tr("账簿存在哪个文件夹"), self.folder.text())
        if folder:
            self.folder.setText(folder)

    def _missing(self) -> tuple[QLineEdit, str] | None:
        """The first field that must not be empty, and the sentence for it."""
        if not self.village.text().strip():
            return self.village, tr("还没有写村名")
        if not self.person.text().strip():
            return self.person, tr("还没有写您的姓名")
        return None

    def _make(self) -> None:
        """Make the book on the worker, then open it."""
        missing = self._missing()
        if missing is not None:
            field, words = missing
            self.slip.say(
                Notice(words, tr("还没有建账，什么也没有改动。"), tr("请在上面补上，再按“建账”。"), "U-101")
            )
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.slip.fold()
        path, spec, person = self.path(), self.spec(), self.person.text().strip()

        def work(_progress: object) -> Path:
            from village_ledger.services.books import new_book

            path.parent.mkdir(parents=True, exist_ok=True)
            new_book(path, spec, person)
            return path

        self.session.preferences.remember_person(path, person)
        self.operations.task(tr("建账"), work, then=self.session.open_asked.emit)


def _books_folder() -> Path:
    """The folder offered first: 村账 among the person's documents."""
    from platformdirs import user_documents_path

    return user_documents_path() / "村账"
