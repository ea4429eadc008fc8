"""审阅意见: what reviewers remarked, gravest first; Enter goes to the voucher, F6 answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.remark_place import place_words
from village_ledger.i18n import tr
from village_ledger.reports.review.opinion import answers_words
from village_ledger.services.review.remarks_in import RemarkView, answer, remarks
from village_ledger.ui.planning.planning_page import PlanningPage, add_rows, line
from village_ledger.ui.review.leading import lead_to
from village_ledger.ui.tables.table_model import Look, ScreenColumn
from village_ledger.ui.widgets.form import Section

if TYPE_CHECKING:
    from village_ledger.services.entry.progress import Progress
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.unit_of_work import UnitOfWork


class RemarksPage(PlanningPage):
    """A row per remark; the whole of it and the answer under the table."""

    scope: ClassVar[str] = "remarks"
    nav: ClassVar[str] = "work"
    follows_ledger: ClassVar[bool] = False
    name: ClassVar[str] = "审阅意见"
    main_action: ClassVar[str] = "answer"
    empty_words: ClassVar[str] = "还没有收到审阅意见。在“送审包”页收。"
    columns: ClassVar[tuple[ScreenColumn, ...]] = (
        ScreenColumn("number", "编号", Look.CODE, "1-12"),
        ScreenColumn("severity", "轻重", Look.TEXT, "重"),
        ScreenColumn("ledger", "账套", Look.TEXT, "集体经济组织账"),
        ScreenColumn("place", "钉在哪里", Look.TEXT, "资产负债表 A3 2025年12月"),
        ScreenColumn("text", "意见", Look.TEXT, "付款没有附件：请补发票", stretch=2),
        ScreenColumn("answer", "村里的答复", Look.TEXT, "还没有答复", stretch=2),
    )

    def build(self) -> None:
        """The remark in full, and the answer."""
        self.views: list[RemarkView] = []
        self._number = ""
        """Of the remark to stand on once the list is there."""
        self.whole, self.given = _words(tr("意见全文")), _words(tr("村里的答复"))
        self.answer_text = line(tr("答复"))
        section = Section(self.theme, tr("这一条"))
        rows: list[tuple[str, QWidget, str]] = [
            (tr("意见全文"), self.whole, ""),
            (tr("村里的答复"), self.given, ""),
        ]
        if self.session.package is None:
            hint = tr("写明怎样办的，或为什么不用办；随下一个送审包回到乡镇")
            rows.append((tr("写答复"), self.answer_text, hint))
        add_rows(section, rows)
        self.body.addWidget(section)
        self.table.current_moved.connect(lambda _row: self._follow())
        self.table.opened.connect(lambda _row: self._open())

    def beside_title(self) -> str:
        """Remarks are of both ledgers."""
        return self.session.info.village

    def acts(self) -> Mapping[str, tuple[str, Callable[[], object]]]:
        """Open, answer, print."""
        return {
            "open": (tr("看那里"), self._open),
            "print": (tr("打印意见书"), lambda: self.navigator.open("preview", report="review-opinion")),
            "answer": (tr("答复"), self._answer),
        }

    def go(self, **where: Any) -> None:
        """``number`` of the remark to stand on, 1-12."""
        self._number = str(where.get("number", ""))
        super().go(**where)

    def read(self, reader: Reader) -> object:
        """Remarks with their answers, ledgers by name."""
        return remarks(reader), {info.code: info.title for info in reader.ledgers()}

    def show_read(self, found: Any) -> None:
        """Those nobody answered stand out by their words."""
        self.views, titles = found
        self.show_rows(
            [
                (
                    one.number,
                    one.remark.severity.words,
                    titles.get(one.remark.ledger, one.remark.ledger),
                    place_words(one.remark.place) or tr("整本账"),
                    one.remark.text,
                    one.answers[-1].text if one.answers else tr("还没有答复"),
                )
                for one in self.views
            ]
        )
        number, self._number = self._number, ""
        rows = [row for row, one in enumerate(self.views) if number in {one.number, *one.also}]
        if rows:
            self.table.go_to_row(rows[0])
        self._follow()

    def status(self) -> str:
        """How many wait for an answer."""
        waiting = sum(one.is_open for one in self.views)
        return tr("{count} 条意见，{waiting} 条没有答复", count=len(self.views), waiting=waiting)

    # inside

    def _current(self) -> RemarkView | None:
        row = self.table.row
        return self.views[row] if 0 <= row < len(self.views) else None

    def _follow(self) -> None:
        one = self._current()
        rule = "" if one is None else one.remark.rule or tr("没有写依据")
        also = "" if one is None or not one.also else tr("；和 {others} 说的一样", others="、".join(one.also))
        self.whole.setText("" if one is None else f"{one.remark.text}（{rule}，{one.file.reviewer}{also}）")
        self.given.setText("" if one is None else answers_words(one) or tr("还没有答复"))

    def _open(self) -> None:
        """Where the remark is pinned."""
        one = self._current()
        if one is None:
            return
        try:
            lead_to(self, one.remark.ledger, one.remark.place)
        except LedgerError as refusal:
            self.refuse(refusal)

    def _answer(self) -> None:
        one = self._current()
        if one is None:
            return
        text = self.answer_text.text()

        def work(uow: UnitOfWork, _: Progress) -> Outcome[None]:
            return answer(uow, one.file.id, one.remark.number, text)

        def done(_: Outcome[None]) -> None:
            self.answer_text.clear()
            self.say(tr("答复记下了，下一个送审包会带给乡镇。"))
            self.session.forget_pins()
            self.reload()

        self.act(tr("答复审阅意见"), work, done)


def _words(name: str) -> QLabel:
    """Words of any length, wrapped, to be read and copied."""
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setAccessibleName(name)
    return label
