"""The page one begins at: the demonstration, a new book, an existing one, and the books used before.

It needs no book at all, so that a damaged file never keeps the program from starting.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from village_ledger.domain.agency import ENDING
from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.errors import LedgerError
from village_ledger.i18n import tr
from village_ledger.settings import COLOURS, TEXT_SIZE
from village_ledger.ui.beginning.start_cards import ChoiceCard, RecentRow
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.look.theme import Role, Theme
from village_ledger.ui.look.tokens import Size
from village_ledger.ui.page import Navigator, Page, scrolled
from village_ledger.ui.widgets.buttons import Button, Look
from village_ledger.ui.widgets.choices import Choices
from village_ledger.ui.widgets.stamp import paint_stamp

if TYPE_CHECKING:
    from village_ledger.services.entry.progress import Progress
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.session import Session

BOOK_FILTER = "村账账簿、送审包、代管工作区 (*.vledger *.vlpkg *.vlagency)"
DEMO_NAME = "青山村.vledger"
"""The same file the start script makes, so that a computer has one demonstration."""


class Health(NamedTuple):
    """Whether a book can be opened, and the sentence when not."""

    path: Path
    trouble: str


def look_over(path: Path) -> Health:
    """Try a book, a package's form or an agency's workspace, without writing anything; called on the worker."""
    from village_ledger.exchange.agency.agency_file import read_workspace
    from village_ledger.exchange.review.package_zip import open_zip
    from village_ledger.storage.file.book_file import Access, open_book
    from village_ledger.ui.review.opened_package import is_package

    try:
        if path.suffix.lower() == ENDING:
            read_workspace(path)
        elif is_package(path):
            with open_zip(path):
                pass
        else:
            open_book(path, Access.READ).close()
    except LedgerError as error:
        return Health(path, error.what)
    return Health(path, "")


def demo_path() -> Path:
    """Where the demonstration village is kept on this computer."""
    from platformdirs import user_data_path

    return user_data_path("village-ledger", appauthor=False) / DEMO_NAME


class Sign(QWidget):
    """The scroll at the left: 村账 in large serif, two lines under it, both stamps."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(tr("村账：两本账分得清，每一笔对得上"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self._on_theme)

    def sizeHint(self) -> QSize:
        """Narrower where the text is larger and needs the room."""
        return QSize(330 if self._theme.tokens.size is Size.STANDARD else 260, 480)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paper, framed sheet, words, stamps."""
        del event
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.colour("paper"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), theme.colour("edge"))
        side = 54 if theme.tokens.size is Size.STANDARD else 28
        scroll = QRectF(side, 70, self.width() - 2 * side, self.height() - 140)
        painter.setPen(QPen(theme.colour("ink"), 3))
        painter.setBrush(theme.colour("sheet"))
        painter.drawRect(scroll.adjusted(1.5, 1.5, -1.5, -1.5))
        self._paint_words(painter, scroll)
        stamp = min(56.0, scroll.width() / 4)
        middle, top = scroll.center().x(), scroll.bottom() - stamp * 2.0
        paint_stamp(
            painter,
            theme,
            QRectF(middle - stamp - 10, top, stamp, stamp),
            LedgerKind.COLLECTIVE,
            tr("集体\n之账"),
        )
        round_box = QRectF(middle + 8, top - 3, stamp + 6, stamp + 6)
        paint_stamp(painter, theme, round_box, LedgerKind.COMMITTEE, tr("村委\n之账"))
        painter.end()

    def _paint_words(self, painter: QPainter, scroll: QRectF) -> None:
        theme = self._theme
        big = QFont(theme.font(Role.TITLE))
        size = min(scroll.width() * 0.44, scroll.height() * 0.17)
        big.setPixelSize(round(size))
        painter.setFont(big)
        painter.setPen(theme.colour("ink"))
        middle = Qt.AlignmentFlag.AlignCenter
        for row, sign in enumerate("村账"):
            box = QRectF(
                scroll.left(), scroll.top() + size * (0.42 + row * 1.18), scroll.width(), size * 1.18
            )
            painter.drawText(box, middle, sign)
        painter.setFont(theme.font(Role.SERIF))
        painter.setPen(theme.colour("ink2"))
        height = theme.px.form * 1.9
        top = scroll.top() + scroll.height() * 0.56
        for row, words in enumerate((tr("两本账 分得清"), tr("每一笔 对得上"))):
            painter.drawText(QRectF(scroll.left(), top + row * height, scroll.width(), height), middle, words)

    def _on_theme(self) -> None:
        self.updateGeometry()
        self.update()


class StartPage(Page):
    """Whatever is wrong with any book, this page comes up."""

    scope: ClassVar[str] = "start"
    follows_ledger: ClassVar[bool] = False

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.head.hide()
        self._rows: list[RecentRow] = []
        self.demo = Button(self.theme, tr("看演示"), Look.MAIN)
        self.new = Button(self.theme, tr("建新账"))
        self.existing = Button(self.theme, tr("打开…"))
        self.split = Button(self.theme, tr("分账…"))
        self.merge = Button(self.theme, tr("合并…"))
        self.township = Button(self.theme, tr("审阅台"))
        self.agency = Button(self.theme, tr("代管…"))
        self.take_in = Button(self.theme, tr("导入…"))
        self._connect_buttons()
        self._right = QVBoxLayout()
        self._recent = QFrame()
        self._recent.setProperty("look", "sheet")
        self._recent_column = QVBoxLayout(self._recent)
        self._recent_column.setContentsMargins(1, 1, 1, 1)
        self._recent_column.setSpacing(0)
        self._recent_title = QLabel(tr("最近用过"))
        self._recent_title.setProperty("look", "heading")
        self._fill_right()
        content = QWidget()
        content.setLayout(self._right)
        row = QHBoxLayout()
        row.setSpacing(0)
        self.sign = Sign(self.theme)
        row.addWidget(self.sign)
        right = QVBoxLayout()
        right.addWidget(scrolled(content), 1)
        self._column.removeWidget(self.slip)
        self._slip_row = QHBoxLayout()
        self._slip_row.addWidget(self.slip)
        right.addLayout(self._slip_row)
        self._chooser_row = self._choosers()
        right.addLayout(self._chooser_row)
        row.addLayout(right, 1)
        self.body.addLayout(row, 1)
        self._make_room()

    def _connect_buttons(self) -> None:
        """Each card's button leads to its page, or asks for a file."""
        self.take_in.clicked.connect(self._take_in)
        ways = (
            (self.split, "separation"),
            (self.merge, "merger"),
            (self.new, "new_book"),
            (self.township, "desk"),
            (self.agency, "agency_new"),
        )
        for button, page in ways:
            button.clicked.connect(partial(self._go_to, page))
        self.demo.clicked.connect(self._open_demo)
        self.existing.clicked.connect(self._choose_file)

    def _make_room(self) -> None:
        """In a narrow window the scroll at the left rolls up and the edges are small."""
        narrow, cell = self.theme.tokens.narrow, self.theme.px.cell
        self.sign.setVisible(not narrow)
        self._right.setContentsMargins(*((2 * cell, cell, 2 * cell, cell) if narrow else (56, 36, 56, 12)))
        self._right.setSpacing(self.theme.px.gap if narrow else 13)
        self._slip_row.setContentsMargins(*((2 * cell, 0, 2 * cell, 0) if narrow else (40, 0, 40, 20)))
        self._chooser_row.setContentsMargins(*((2 * cell, 4, 2 * cell, 4) if narrow else (56, 10, 56, 24)))

    def _fill_right(self) -> None:
        """Recent books first where there are any: that is what one comes for every day."""
        title, line = (
            QLabel(tr("先做哪一样？")),
            QLabel(tr("每一步以后都能改。不连网，也不会动您电脑里别的文件。")),
        )
        title.setProperty("look", "title")
        line.setProperty("look", "label")
        self._right.addWidget(title)
        self._right.addWidget(line)
        self._right.addSpacing(6)
        self._right.addWidget(self._recent_title)
        self._right.addWidget(self._recent)
        cards = (
            (
                tr("先看看演示村"),
                tr("青山村：两本账、62 户、一整年的凭证，里头藏了一处错等您找。"),
                self.demo,
            ),
            (tr("建本村的账"), tr("五步：谁的账、用哪套规则、从哪月起、期初余额、完成。"), self.new),
            (
                tr("打开已有的账"),
                tr("账簿（.vledger）、送审包、代管工作区，在电脑上、U盘里都行。"),
                self.existing,
            ),
            (
                tr("乡镇审阅各村的送审包"),
                tr("一个文件夹一起审：签名、次序、自动审查，有问题的排在前面。"),
                self.township,
            ),
            (
                tr("代管几个村的账"),
                tr("乡镇代理中心：许多村的账簿一个工作区，一个人一个密码，各村的账还是各村的。"),
                self.agency,
            ),
            (tr("一本旧账分成两本"), tr("年初分账：旧账的余额逐行定归属，两本期初边分边证。"), self.split),
            (tr("几个村的账合成一本"), tr("村级建制调整：检查、抵销、折股，前后逐项相等。"), self.merge),
            (
                tr("从导出的全部数据建账"),
                tr("别处导出的文件夹，建成同样的一本账，每一环都核对。"),
                self.take_in,
            ),
        )
        for words in cards:
            self._right.addWidget(ChoiceCard(self.theme, *words))
        self._right.addStretch(1)

    def _choosers(self) -> QHBoxLayout:
        """Size and colours, always in view: whoever cannot read the rest needs them first."""
        choosers = QHBoxLayout()
        choosers.setSpacing(12)
        preferences = self.session.preferences
        self.sizes = Choices(self.theme, TEXT_SIZE.label, TEXT_SIZE.choices, preferences.get(TEXT_SIZE))
        self.colours = Choices(self.theme, COLOURS.label, COLOURS.choices, preferences.get(COLOURS))
        self.sizes.chosen.connect(lambda value: self.theme.choose_size(Size(value)))
        self.colours.chosen.connect(self.theme.choose_colours)
        for option, choices in ((TEXT_SIZE, self.sizes), (COLOURS, self.colours)):
            choosers.addWidget(QLabel(option.label))
            choosers.addWidget(choices)
        choosers.addStretch(1)
        return choosers

    def restyle(self) -> None:
        """Sizes may have been changed by key."""
        self._column.setContentsMargins(0, 0, 0, 0)
        self._make_room()
        self.sizes.set_value(self.theme.tokens.size.value)
        self.colours.set_value(self.session.preferences.get(COLOURS))

    def go(self, **where: Any) -> None:
        """Show the recent books and look them over on the worker."""
        del where
        self.reload()

    def reload(self) -> None:
        """The recent books as they are now."""
        for old in self._rows:
            self._recent_column.removeWidget(old)
            old.hide()
            old.deleteLater()
        books = self.session.preferences.recent()
        self._rows = [
            RecentRow(
                self.theme, b, partial(self.session.open_asked.emit, b.path), partial(self._forget, b.path)
            )
            for b in books[:4]
        ]
        for row in self._rows:
            self._recent_column.addWidget(row)
        self._recent.setVisible(bool(self._rows))
        self._recent_title.setVisible(bool(self._rows))
        self.demo.set_look(Look.PLAIN if self._rows else Look.MAIN)
        if self._rows:
            self._rows[0].button.set_look(Look.MAIN)
        first = self._rows[0].button if self._rows else self.demo
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        paths = [row.path for row in self._rows]
        if paths:
            self.operations.task(
                tr("看看账簿是否完好"), lambda _: [look_over(p) for p in paths], then=self._show_health
            )

    def mark_unhealthy(self, path: Path) -> None:
        """A book could not be opened: its row says so too."""
        for row in self._rows:
            if row.path == path:
                row.show_health(tr("打不开"))

    def status(self) -> str:
        """Nothing is open."""
        return tr("没有打开账簿")

    def _show_health(self, found: list[Health]) -> None:
        by_path = {health.path: health.trouble for health in found}
        for row in self._rows:
            if row.path in by_path:
                row.show_health(by_path[row.path])

    def _go_to(self, page: str, *_: object) -> None:
        self.navigator.open(page)

    def _take_in(self) -> None:
        """A book made of a dump opens at once."""
        from village_ledger.ui.exports.taking_in import ask_and_take_in

        def done(path: Path, _warnings: tuple[str, ...]) -> None:
            self.session.open_asked.emit(path)

        ask_and_take_in(self, self.operations, done, lambda error: self.slip.say(describe(error)))

    def _forget(self, path: Path) -> None:
        self.session.preferences.forget_book(path)
        self.reload()

    def _open_demo(self) -> None:
        """Open the demonstration, made first where this computer has none yet."""
        path = demo_path()
        if path.exists():
            self.session.open_asked.emit(path)
            return

        def make(progress: Progress) -> Path:
            from village_ledger.exchange.demos.demo import make_demo

            path.parent.mkdir(parents=True, exist_ok=True)
            make_demo(path, progress)
            return path

        self.operations.task(tr("准备演示村"), make, then=self.session.open_asked.emit)

    def _choose_file(self) -> None:
        recent = self.session.preferences.recent()
        folder = str(recent[0].path.parent) if recent else str(Path.home())
        name, _ = QFileDialog.getOpenFileName(self, tr("打开账簿"), folder, BOOK_FILTER)
        if name:
            self.session.open_asked.emit(Path(name))
