"""备份: three lights (today, another disk, a stick), the backups made here, and whether they were ever tried out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QWidget

from village_ledger.domain.finding import Finding
from village_ledger.i18n import tr
from village_ledger.services.book.backups import Place, back_up, incomplete, place_of, restore, try_out
from village_ledger.services.changes import Changes
from village_ledger.settings import KeptBackup
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.page import Page
from village_ledger.ui.tables.table_model import FigureModel, ScreenColumn
from village_ledger.ui.tables.table_model import Look as Drawn
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.buttons import Look
from village_ledger.ui.widgets.state_mark import Check, CheckMark

if TYPE_CHECKING:
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

COLUMNS = (
    ScreenColumn("made", "什么时候", Drawn.CODE, "2025-12-31 10:20"),
    ScreenColumn("place", "在哪里", Drawn.TEXT, "另一块盘"),
    ScreenColumn("path", "文件", Drawn.TEXT, "青山村 备份 2025-12-31 1020", stretch=1),
    ScreenColumn("tried", "试恢复", Drawn.TEXT, "2025-12-31 核对过"),
)


class BackupsModel(FigureModel):
    """The backups made of this book on this computer."""

    def __init__(self, book: Path, backups: list[KeptBackup]) -> None:
        super().__init__(COLUMNS)
        self._book = book
        self.backups = backups

    def count(self) -> int:
        """Backups."""
        return len(self.backups)

    def text(self, row: int, column: int) -> str:
        """A cell."""
        kept = self.backups[row]
        there = kept.path.exists()
        where = place_of(self._book, kept.path.parent).words if there else tr("现在找不到")
        tried = tr("{day} 核对过", day=kept.tried_at[:10]) if kept.tried_at else tr("还没有试过")
        return (kept.made_at.replace("T", " ")[:16], where, str(kept.path), tried)[column]


class BackupPage(Page):
    """Make a backup, try one out, restore one beside the book."""

    scope: ClassVar[str] = "backup"
    nav: ClassVar[str] = "backup"
    shows: ClassVar[Changes] = Changes()
    follows_ledger: ClassVar[bool] = False

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self._said = ""
        self.lights: dict[str, tuple[CheckMark, QLabel]] = {}
        self.body.addWidget(self._lights())
        self.table = FigureTable(self.theme, tr("备份"))
        self.table.view.empty_words = tr("还没有备份过。插上 U 盘或选另一块盘，按 F6 备份。")
        self.model = BackupsModel(Path(), [])
        self.body.addWidget(self.table, 1)
        self.add_button("restore")
        self.add_button("try_out")
        self.add_button("back_up", Look.MAIN)

    def _lights(self) -> QWidget:
        """What one looks for: a backup of today, one on another disk, one on a stick."""
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self.theme.px.gap)
        for name in ("today", "other", "stick"):
            mark, words = CheckMark(self.theme, Check.WAITING), QLabel()
            words.setProperty("look", "strong")
            words.setWordWrap(True)
            row.addWidget(mark)
            row.addWidget(words, 1)
            self.lights[name] = (mark, words)
        return box

    # the page

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Slots of its actions."""
        return {"back_up": self._ask_folder, "try_out": self._try_out, "restore": self._ask_target}

    def go(self, **where: Any) -> None:
        """``row`` to stand on."""
        self._said = ""
        self.slip.fold()
        self.reload()
        self.table.go_to_row(where.get("row", 0))
        self.table.setFocus()

    def where(self) -> dict[str, Any]:
        """The row one stands on."""
        return {"row": max(self.table.row, 0)}

    def reload(self) -> None:
        """The backups known on this computer."""
        if not self.session.is_open:
            return
        self.head.set_title(tr("备份"), self.session.info.village)
        book = self.session.book.path
        self.model = BackupsModel(book, self.session.preferences.backups(book))
        row = self.table.row
        self.table.show_model(self.model)
        self.table.go_to_row(max(row, 0))
        there = [kept for kept in self.model.backups if kept.path.exists()]
        today = datetime.now().date().isoformat()  # noqa: DTZ005  the wall calendar of the village
        places = {place_of(book, kept.path.parent) for kept in there}
        self._light("today", tr("今天"), on=any(kept.made_at.startswith(today) for kept in there))
        self._light("other", tr("另一块盘"), on=Place.OTHER in places)
        self._light("stick", tr("U 盘"), on=Place.STICK in places)
        for name in ("try_out", "restore"):
            self.action(name).setEnabled(bool(there))
        self.status_changed.emit()

    def status(self) -> str:
        """What was done, else when a backup was last tried out."""
        tried = max((kept.tried_at for kept in self.model.backups), default="")
        last = (
            tr("最近一次试恢复：{day}", day=tried[:10])
            if tried
            else tr("还没有试恢复过，选一个备份按 F8 试试。")
        )
        return self._said or last

    # inside

    def _light(self, name: str, words: str, *, on: bool) -> None:
        mark, label = self.lights[name]
        mark.set_check(Check.GOOD if on else Check.WARN)
        label.setText(tr("{words}：有", words=words) if on else tr("{words}：没有", words=words))

    def _current(self) -> KeptBackup | None:
        row = self.table.row
        return self.model.backups[row] if 0 <= row < self.model.count() else None

    def _ask_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, tr("备份放在哪里"))
        if folder:
            self.back_up_into(Path(folder))

    def back_up_into(self, folder: Path) -> None:
        """Copy the book into a folder, on the worker."""
        book, now = self.session.book.path, datetime.now()  # noqa: DTZ005  the village's clock
        self.slip.fold()

        def done(copied: tuple[Path, str]) -> None:
            made, lacks = copied
            kept = KeptBackup(made, now.isoformat(timespec="minutes"))
            self.session.preferences.remember_backup(book, kept)
            said = tr("备份好了：{file}，余额和账簿一致", file=made.name)
            self._said = f"{said}；{lacks}" if lacks else said
            self.reload()

        def copy(_progress: object) -> tuple[Path, str]:
            made = back_up(book, folder, now)
            return made, incomplete(made)

        self.operations.task(
            tr("备份"),
            copy,
            done,
            refused=lambda error: self.slip.say(describe(error)),
        )

    def _try_out(self) -> None:
        kept = self._current()
        if kept is None:
            return
        book = self.session.book.path
        self.slip.fold()

        def done(findings: list[Finding]) -> None:
            if findings:
                self._said = tr(
                    "这个备份有 {count} 处核对不过：{first}", count=len(findings), first=findings[0]
                )
            else:
                now = datetime.now().isoformat(timespec="minutes")  # noqa: DTZ005  the village's clock
                self.session.preferences.remember_backup(book, replace(kept, tried_at=now))
                self._said = tr("试过了，这个备份逐条核对无误，可以用")
            self.reload()

        self.operations.task(
            tr("试恢复"),
            lambda progress: try_out(kept.path, progress),
            done,
            refused=lambda error: self.slip.say(describe(error)),
        )

    def _ask_target(self) -> None:
        kept = self._current()
        if kept is None:
            return
        name, _ = QFileDialog.getSaveFileName(
            self,
            tr("恢复成哪个文件"),
            "",
            tr("账簿 (*.vledger)"),
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if name:
            self.restore_as(kept, Path(name))

    def restore_as(self, kept: KeptBackup, target: Path) -> None:
        """Make another book from a backup; the open one stays as it is."""
        path = target if target.suffix else target.with_suffix(".vledger")
        self.slip.fold()

        def done(lacks: str) -> None:
            said = tr("恢复好了：{file}，逐条核对过。现在打开的还是原来那本。", file=path.name)
            self._said = f"{said}{lacks}"
            self.status_changed.emit()

        self.operations.task(
            tr("恢复"),
            lambda progress: restore(kept.path, path, progress),
            done,
            refused=lambda error: self.slip.say(describe(error)),
        )
