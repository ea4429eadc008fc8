"""导出: the books in a form others read – which form, which ledger and days, numbers masked or whole with a reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QFileDialog

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.masking import Level
from village_ledger.exchange.exports.export_formats import FORMATS, Exported, ExportFormat, ExportRequest
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.services.outcome import Outcome
from village_ledger.ui.exports.archive_checking import ask_and_check
from village_ledger.ui.exports.taking_in import ask_and_take_in
from village_ledger.ui.planning.planning_page import PlanningPage, add_rows, chooser, line, offer
from village_ledger.ui.tables.table_model import Look, ScreenColumn
from village_ledger.ui.widgets.choices import Choices
from village_ledger.ui.widgets.form import Section
from village_ledger.ui.widgets.span_choice import parse_span

if TYPE_CHECKING:
    from village_ledger.storage.reader import Reader

ALL = ""
_USES = {
    "workbook": "每一本账簿、每一册登记簿一张工作表，自己查、自己算",
    "dump": "全部表和附件，一样不少；能导回来，是同样的账",
    "archive": "给档案室：版式账簿、报表、原件，移交清单和校验值",
    "gbt24589": "审计要的公共档案和总账",
    "posting-record": "每次张贴的照片和经过，村民的异议和答复",
    "hledger": "用 hledger 核对、查账；它按同样的凭证算出同样的余额",
    "beancount": "用 beancount 核对、查账；余额由它自己核对",
}
"""What each form is for, in the order people ask for them; a form without words comes last."""


def forms() -> list[str]:
    """The forms there are, in the order they are shown."""
    return [*(name for name in _USES if name in FORMATS), *(name for name in FORMATS if name not in _USES)]


class ExportPage(PlanningPage):
    """A row per form; what is asked of it under the table; F6 asks for the place and writes."""

    scope: ClassVar[str] = "export"
    nav: ClassVar[str] = "work"
    follows_ledger: ClassVar[bool] = False
    shows: ClassVar[Changes] = Changes()
    name: ClassVar[str] = "导出"
    main_action: ClassVar[str] = "export"
    columns: ClassVar[tuple[ScreenColumn, ...]] = (
        ScreenColumn("what", "导出成什么", Look.CODE, "公开表的张贴记录、异议和照片"),
        ScreenColumn("use", "做什么用", Look.TEXT, "每一本账簿、每一册登记簿一张工作表", stretch=1),
        ScreenColumn("place", "写成", Look.TEXT, "一个文件夹"),
    )

    def build(self) -> None:
        """Which ledger, which days, masked or whole, why."""
        self.ledger = chooser(tr("哪本账"))
        self.days = line(tr("哪些天"))
        self.days.setPlaceholderText(tr("不写就是全部"))
        levels = ((Level.TOWNSHIP.value, tr("遮住号码")), (Level.INTERNAL.value, tr("写全号码")))
        self.level = Choices(self.theme, tr("证件号和账号"), levels, Level.TOWNSHIP.value)
        self.reason = line(tr("为什么要写全"))
        self.reason.setEnabled(False)
        section = Section(self.theme, tr("怎么导出"), looks=True)
        add_rows(
            section,
            [
                (tr("哪本账"), self.ledger, ""),
                (tr("哪些天"), self.days, tr("如 2025-01-01 至 2025-12-31；不写就是全部")),
                (tr("证件号和账号"), self.level, ""),
                (tr("为什么要写全"), self.reason, tr("写全号码的导出连同理由记进操作日志")),
            ],
        )
        self.body.addWidget(section)
        self.level.chosen.connect(lambda value: self.reason.setEnabled(value == Level.INTERNAL.value))
        self.table.current_moved.connect(self._follow_row)

    def acts(self) -> Mapping[str, tuple[str, Callable[[], object]]]:
        """Take in, export."""
        return {
            "check_archive": (tr("核对档案…"), self._check_archive),
            "take_in": (tr("导入全部数据…"), self._take_in),
            "export": (tr("导出…"), self._ask_place),
        }

    def reload(self) -> None:
        """The forms there are; it belongs to the whole book."""
        super().reload()
        if self.session.is_open:
            self.head.set_title(tr(self.name), self.session.info.village)

    def read(self, reader: Reader) -> object:
        """Ledgers by name."""
        return [(info.code, info.title) for info in reader.ledgers()]

    def show_read(self, found: Any) -> None:
        """The forms, and the ledgers to choose from."""
        offer(self.ledger, [(ALL, tr("全部")), *found])
        self.show_rows(
            [
                (form.words, tr(_USES.get(name, "")), tr("一个文件") if form.ending else tr("一个文件夹"))
                for name, form in ((name, FORMATS[name]) for name in forms())
            ]
        )
        self._follow_row()

    def form(self) -> tuple[str, ExportFormat]:
        """The form one stands on."""
        name = forms()[max(self.table.row, 0)]
        return name, FORMATS[name]

    def request(self, out: Path) -> ExportRequest:
        """What the fields ask for; raises LedgerError for days that are none."""
        _, form = self.form()
        days = "" if form.whole_book else self.days.text().strip()
        level = Level(self.level.value)
        return ExportRequest(
            out,
            "" if form.whole_book else str(self.ledger.currentData() or ALL),
            parse_span(days) if days else None,
            level,
            self.reason.text().strip() if level is Level.INTERNAL else "",
            by=self.session.by,
        )

    def export_to(self, out: Path) -> None:
        """Write, on the worker; it can be cancelled and leaves nothing then."""
        name, form = self.form()
        try:
            request = self.request(out)
        except LedgerError as refusal:
            self.refuse(refusal)
            return
        book, by = self.session.book, self.session.by

        def done(outcome: Outcome[Exported]) -> None:
            self.slip.fold()
            said = tr("导出好了：{out}，{rows} 行。", out=out, rows=outcome.value.rows)
            self.say(" ".join((said, *outcome.warnings)))

        def work(progress: Any) -> Outcome[Exported]:
            from village_ledger.exchange.exports.exporting import export

            return export(book, by, name, request, progress)

        self.say("")
        self.operations.task(tr("导出{what}", what=form.words), work, done, refused=self.refuse)

    # inside

    def _follow_row(self, _row: int = 0) -> None:
        """The whole book knows no ledger and no days."""
        _, form = self.form()
        for field in (self.ledger, self.days):
            field.setEnabled(not form.whole_book)

    def _ask_place(self) -> None:
        name, form = self.form()
        ending = form.ending or ""
        suggested = f"{self.session.info.village} {name}{ending}"
        folder = self.session.book.path.parent
        kind = tr("文件 (*{ending})", ending=ending) if ending else tr("新的文件夹 (*)")
        chosen, _ = QFileDialog.getSaveFileName(self, tr("导出到哪里"), str(folder / suggested), kind)
        if chosen:
            path = Path(chosen)
            self.export_to(
                path if not ending or path.suffix == ending else path.with_name(path.name + ending)
            )

    def _check_archive(self) -> None:
        def agrees(sentence: str) -> None:
            self.slip.fold()
            self.say(sentence)

        ask_and_check(self, self.operations, agrees, self.refuse)

    def _take_in(self) -> None:
        def done(path: Path, warnings: tuple[str, ...]) -> None:
            self.slip.fold()
            said = tr("{file} 建好了，每一环都核对过，是同样的账。现在打开的还是原来那本。", file=path.name)
            self.say(" ".join((said, *warnings)))

        ask_and_take_in(self, self.operations, done, self.refuse)
