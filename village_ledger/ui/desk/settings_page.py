"""Settings: who is at the keyboard, how it looks, this book. Every choice holds at once and says what it does."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from village_ledger import __version__, file_types
from village_ledger.domain.duty import Duty
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.settings import COLOURS, LOCK_AFTER, OPTIONS, TEXT_SIZE, Option
from village_ledger.ui.look.tokens import Size
from village_ledger.ui.page import Navigator, Page, scrolled
from village_ledger.ui.pages import only_acts
from village_ledger.ui.transfers.interledger_settings import InterLedgerSection
from village_ledger.ui.widgets.buttons import Button
from village_ledger.ui.widgets.choices import Choices
from village_ledger.ui.widgets.form import Section
from village_ledger.ui.widgets.plain import PlainLabel
from village_ledger.ui.widgets.stamp import brief_of

if TYPE_CHECKING:
    from village_ledger.domain.errors import LedgerError
    from village_ledger.storage.records import LedgerInfo
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.session import Session

ONE_PERSON_HELP = (
    "只有一个人记账、没人审核时声明。声明后不审核也能记账，但都记作“待补审”，每张打印的表上都写明，"
    "直到第二个人看过。"
)


class SettingsPage(Page):
    """Sections of choices; the book's own come last."""

    scope: ClassVar[str] = "settings"
    nav: ClassVar[str] = "settings"
    shows: ClassVar[Changes] = Changes(settings=True)
    follows_ledger: ClassVar[bool] = False

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.head.set_title(tr("设置"), tr("改了马上起作用。"))
        self.person = QLineEdit()
        self.choices: dict[str, Choices] = {}
        self.one_person: dict[str, Choices] = {}
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.theme.px.gap)
        self._who = self._person_section()
        self._shown_for = self._person()
        self.between = InterLedgerSection(session, operations)
        for section in (
            *(self._who, self._look_section(), self._computer_section()),
            *(self._book_section(), self.between),
        ):
            column.addWidget(section)
        self._column = column
        column.addStretch(1)
        content = QWidget()
        content.setLayout(column)
        self.body.addWidget(scrolled(content), 1)

    def go(self, **where: Any) -> None:
        """Begin at the person's name when asked to."""
        super().go()
        if where.get("ask") == "person":
            self.person.setFocus(Qt.FocusReason.OtherFocusReason)
            self.person.selectAll()

    def reload(self) -> None:
        """Show what holds now."""
        if self._shown_for != self._person():
            self._renew_person()
        self.person.setText(self.session.by)
        refused = self.session.refusal(Duty.SETTINGS)
        for code, choices in self.one_person.items():
            info = next(x for x in self.session.ledgers if x.code == code)
            choices.set_value("yes" if info.one_person_post else "no")
            choices.setEnabled(not self.session.read_only and not refused)
            choices.setToolTip(refused)
        self.between.reload()

    def _person(self) -> tuple[bool, str, str]:
        """What the first section depends on."""
        return bool(self.session.staff), self.session.by, self.session.roles_words

    def _renew_person(self) -> None:
        """Somebody registered staff, or somebody else sat down."""
        self.person = QLineEdit()
        old, self._who, self._shown_for = self._who, self._person_section(), self._person()
        self._column.replaceWidget(old, self._who)
        old.deleteLater()

    def restyle(self) -> None:
        """A size chosen by key shows here too."""
        self.choices[TEXT_SIZE.key].set_value(self.theme.tokens.size.value)
        self.choices[COLOURS.key].set_value(self.session.preferences.get(COLOURS))

    def status(self) -> str:
        """Which program this is."""
        return tr("村账 {version}", version=__version__)

    def _person_section(self) -> Section:
        section = Section(self.theme, tr("现在操作的人"))
        people = Button(self.theme, tr("人员、角色和密码…"))
        people.clicked.connect(lambda: self.navigator.open("staff"))
        if self.session.staff:
            who = tr(
                "{name}（{roles}）", name=self.session.by or tr("没有登录"), roles=self.session.roles_words
            )
            section.add_row(tr("姓名"), PlainLabel(who), tr("换人请按右上角的名字，或 Ctrl+Shift+L 锁屏。"))
            section.add_row(tr("人员"), people)
            section.add_row(LOCK_AFTER.label, self._lock_choice(), LOCK_AFTER.help)
            return section
        sit = Button(self.theme, tr("就用这个名字"))
        sit.clicked.connect(self._sit_down)
        self.person.returnPressed.connect(self._sit_down)
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.person, 1)
        line.addWidget(sit)
        self.person.setAccessibleName(tr("姓名"))
        section.add_row(tr("姓名"), row, tr("凭证上的制单、审核、记账记这个名字；自己制的单不能自己审。"))
        section.add_row(tr("人员"), people, tr("登记了人员，每个人就要输密码，只能办自己角色的事。"))
        return section

    def _lock_choice(self) -> Choices:
        chosen = self.session.preferences.get(LOCK_AFTER)
        choices = Choices(self.theme, LOCK_AFTER.label, LOCK_AFTER.choices, chosen)
        choices.chosen.connect(partial(self._choose, LOCK_AFTER))
        return choices

    def _look_section(self) -> Section:
        section = Section(self.theme, tr("看得清楚"), looks=True)
        for option in OPTIONS:
            choices = Choices(self.theme, option.label, option.choices, self.session.preferences.get(option))
            choices.chosen.connect(partial(self._choose, option))
            self.choices[option.key] = choices
            section.add_row(option.label, choices, option.help)
        return section

    def _computer_section(self) -> Section:
        """What the computer itself is told."""
        section = Section(self.theme, tr("这台电脑"), looks=True)
        self.double_click = Choices(
            self.theme,
            tr("双击打开"),
            (("no", tr("不登记")), ("yes", tr("用村账打开"))),
            "yes" if file_types.is_registered() else "no",
        )
        self.double_click.chosen.connect(self._associate)
        section.add_row(
            tr("双击打开"),
            self.double_click,
            tr("双击账簿、送审包、代管工作区就打开；只对现在登录电脑的人起作用，随时可以取消。"),
        )
        return section

    def _book_section(self) -> Section:
        section = Section(self.theme, tr("这本账"), looks=True)
        place = PlainLabel(str(self.session.book.path))
        place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        section.add_row(tr("账簿文件"), place)
        for words, page, help_ in (
            (tr("期初余额"), "opening", tr("看、录、打印；期初未定时在这里改。")),
            (tr("上年数"), "last_year", tr("启用当年的报表要印上年数：照上年的纸质报表录。")),
            (tr("各本账"), "ledgers", tr("增设小组账、农机队账。")),
            (tr("成员和份额"), "member_import", tr("从文件导入：村里的名册、量化方案、份额变动。")),
            (tr("公开规矩"), "disclosure_rules", tr("照哪一套规矩公开：按季还是按月，哪天以前，贴多少天。")),
            (tr("章程参数"), "charter", tr("份额的上限、回购、公示天数、谁能继承，照本村章程写。")),
        ):
            if self.reviewing and only_acts(page):
                continue
            button = Button(self.theme, tr("看{words}" if self.reviewing else "打开{words}", words=words))
            button.clicked.connect(lambda _checked=False, page=page: self.navigator.open(page))
            section.add_row(words, button, "" if self.reviewing else help_)
        for info in self.session.ledgers:
            words = f"{info.entity} {info.registration_code}".strip()
            section.add_row(
                info.title,
                PlainLabel(words),
                tr("从 {year}年{month}月 起记账", year=info.start.year, month=info.start.month),
            )
        for info in self.session.ledgers:
            self._add_one_person(section, info)
        banks = Button(self.theme, tr("看银行账户" if self.reviewing else "登记银行账户…"))
        banks.clicked.connect(lambda: self.navigator.open("bank_accounts"))
        section.add_row(tr("银行账户"), banks, tr("哪个科目是哪家银行的哪个账号；一个账号只属于一本账。"))
        if len(self.session.ledgers) == 1 and not self.reviewing:
            split = Button(self.theme, tr("分成两本账…"))
            split.clicked.connect(lambda: self.navigator.open("separation"))
            section.add_row(tr("分账"), split, tr("结完全年以后，年初分成集体、村委会两本账，建一个新账簿。"))
        away = Button(self.theme, tr("放下这本账，回到开始页"))
        away.clicked.connect(lambda: self.session.close_asked.emit())  # noqa: PLW0108  clicked hands over a flag
        section.add_row(tr("换一本账"), away)
        return section

    def _add_one_person(self, section: Section, info: LedgerInfo) -> None:
        """The declaration that a ledger has nobody to review; in a package what was declared."""
        name = brief_of(info.code, info.kind, info.title)
        if self.reviewing:
            words = tr("声明了一人岗") if info.one_person_post else tr("有人审核")
            section.add_row(tr("{name}账·审核", name=name), PlainLabel(words))
            return
        value = "yes" if info.one_person_post else "no"
        choices = Choices(
            self.theme,
            tr("{title}一人岗", title=info.title),
            (("no", tr("有人审核")), ("yes", tr("声明一人岗"))),
            value,
        )
        choices.setEnabled(not self.session.read_only)
        choices.chosen.connect(partial(self._declare, info.code))
        self.one_person[info.code] = choices
        section.add_row(tr("{name}账·审核", name=name), choices, ONE_PERSON_HELP)

    def _sit_down(self) -> None:
        self.session.sit_down(self.person.text().strip())
        self.reload()

    def _choose(self, option: Option, value: str) -> None:
        if option is TEXT_SIZE:
            self.theme.choose_size(Size(value))
        elif option is COLOURS:
            self.theme.choose_colours(value)
        else:
            self.session.preferences.set(option, value)
            self.session.tell(Changes(settings=True))

    def _associate(self, value: str) -> None:
        """Tell the computer about our files, or take it back; a refusal puts the choice back."""

        def refused(error: LedgerError) -> None:
            self.double_click.set_value("no")
            self.operations.refused.emit(error)

        act = file_types.register if value == "yes" else file_types.unregister
        self.operations.task(tr("登记文件类型"), lambda _: act(), then=lambda _: None, refused=refused)

    def _declare(self, ledger: str, value: str) -> None:
        """Declare or end a one-person post; a refusal puts the choice back."""
        from village_ledger.services.entry import one_person_post

        def refused(error: Exception) -> None:
            self.reload()
            self.operations.refused.emit(error)

        self.operations.run(
            tr("声明一人岗"),
            lambda uow, _: one_person_post.declare(uow, ledger, declared=value == "yes"),
            refused=refused,
        )
