"""建代管工作区: the office, its first administrator with a PIN, and where the file lies; then one is in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QFileDialog, QLineEdit

from village_ledger.domain.agency import ENDING
from village_ledger.i18n import tr
from village_ledger.ui.beginning.lock_screen import pin_field
from village_ledger.ui.error_presenter import Notice, describe
from village_ledger.ui.page import Page
from village_ledger.ui.widgets.buttons import Look
from village_ledger.ui.widgets.form import Section

if TYPE_CHECKING:
    from village_ledger.domain.errors import LedgerError
    from village_ledger.exchange.agency.agency_staff import Identity
    from village_ledger.services.entry.progress import Progress
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

_UNFIT = re.compile(r'[\\/:*?"<>|\s\x00-\x1f]')


class NewWorkspacePage(Page):
    """Nothing is written before its button."""

    scope: ClassVar[str] = "agency_new"
    nav: ClassVar[str] = "work"
    follows_ledger: ClassVar[bool] = False

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.head.set_title(
            tr("建代管工作区"), tr("已有工作区的，按 Esc 回开始页，用“打开…”选 {ending} 文件", ending=ENDING)
        )
        self.office, self.person = QLineEdit(), QLineEdit()
        self.pin, self.again = pin_field(tr("密码")), pin_field(tr("再打一遍"))
        self.folder = QLineEdit()
        who = Section(self.theme, tr("谁来代管"))
        who.add_row(tr("单位"), self.office, tr("如 青山镇村账代理服务中心"))
        who.add_row(
            tr("第一个管理员"), self.person, tr("加账簿、管人员；在哪个村做什么，还要那本账的管理员给角色。")
        )
        who.add_row(tr("密码"), self.pin, tr("本人来设，至少六个数字或字母。各村账簿都用它登录。"))
        who.add_row(tr("再打一遍"), self.again)
        where = Section(self.theme, tr("放在哪里"))
        where.add_row(
            tr("文件夹"),
            self.folder,
            tr("和各村的账簿放在一起最好：一起搬走，一起备份。工作区只记账簿在哪里，不记一个数。"),
        )
        for part in (who, where):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.add_button("demo")
        self.add_button("folder")
        self.add_button("make", Look.MAIN)
        for field in (self.office, self.person, self.pin, self.again, self.folder):
            field.returnPressed.connect(self.make)

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """What its keys do."""
        return {"make": self.make, "folder": self._choose_folder, "demo": self.open_demo}

    def go(self, **where: Any) -> None:
        """What was written the last time stands, but for the PIN."""
        del where
        self.pin.clear()
        self.again.clear()
        desk, recent = self.session.preferences.desk(), self.session.preferences.recent()
        self.office.setText(self.office.text() or desk.office)
        self.folder.setText(
            self.folder.text() or str(recent[0].path.parent if recent else Path.home() / "Documents")
        )
        self.office.setFocus()

    def leave(self) -> bool:
        """No PIN stays in a field."""
        self.pin.clear()
        self.again.clear()
        return True

    @property
    def path(self) -> Path:
        """The file to be made: named by the office."""
        name = _UNFIT.sub("", self.office.text()).strip(".") or tr("代管")
        return Path(self.folder.text().strip()) / f"{name}{ENDING}"

    def make(self) -> None:
        """Write the file, and go in as the one who has just set the PIN."""
        from village_ledger.exchange.agency.agency_staff import found

        if self.pin.text() != self.again.text():
            safe, what = tr("还没有建。"), tr("两次打的密码不一样")
            self.slip.say(Notice(what, safe, tr("请再打一遍。"), "L-151"))
            self.again.setFocus()
            return
        path, office, name, pin = self.path, self.office.text(), self.person.text(), self.pin.text()
        self._go_in(tr("建代管工作区"), lambda _: (path, found(path, office, name, pin)))

    def open_demo(self) -> None:
        """The demonstration workspace, made first where this computer has none yet."""
        from village_ledger.exchange.agency.agency_demo import open_demo
        from village_ledger.ui.beginning.start_page import demo_path

        folder = demo_path().parent

        def work(progress: Progress) -> tuple[Path, Identity]:
            folder.mkdir(parents=True, exist_ok=True)
            return open_demo(folder, date.today(), progress)  # noqa: DTZ011  the wall calendar of the agency

        self._go_in(tr("准备演示工作区"), work)

    def _go_in(self, label: str, act: Callable[[Progress], tuple[Path, Identity]]) -> None:
        def made(result: tuple[Path, Identity]) -> None:
            self.session.workspace_made.emit(*result)

        def refused(error: LedgerError) -> None:
            self.slip.say(describe(error))

        self.operations.task(label, act, then=made, refused=refused)

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("工作区放在哪个文件夹"), self.folder.text())
        if chosen:
            self.folder.setText(chosen)
