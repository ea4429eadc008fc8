"""要公开的事: what the books do not show and must be published all the same, entered by hand with its days."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.period import Span
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.services.disclosure import calendar_acts
from village_ledger.services.disclosure.calendar_rules import triggers
from village_ledger.ui.contracts.due_page import as_of
from village_ledger.ui.planning.planning_page import PlanningPage, add_rows, chooser, day_of, line, offer
from village_ledger.ui.tables.table_model import Look, ScreenColumn
from village_ledger.ui.widgets.form import Section
from village_ledger.ui.widgets.span_choice import parse_span

if TYPE_CHECKING:
    from village_ledger.storage.reader import Reader


class MattersPage(PlanningPage):
    """A row per matter, the newest first."""

    scope: ClassVar[str] = "disclosure_matters"
    nav: ClassVar[str] = "disclosure"
    shows: ClassVar[Changes] = Changes(sheets=True)
    name: ClassVar[str] = "登记要公开的事"
    main_action: ClassVar[str] = "enter"
    columns: ClassVar[tuple[ScreenColumn, ...]] = (
        ScreenColumn("number", "编号", Look.CODE, "12"),
        ScreenColumn("kind", "哪一类", Look.TEXT, "其他重大事项"),
        ScreenColumn("day", "日期", Look.TEXT, "2025-12-31"),
        ScreenColumn("words", "什么事", Look.TEXT, "三组十二户要求公开水塔账", stretch=2),
        ScreenColumn("span", "公开哪些天", Look.TEXT, "2025-01-01 至 2025-03-31", stretch=1),
        ScreenColumn("by", "谁登记的", Look.TEXT, "王秀英"),
    )
    empty_words: ClassVar[str] = "还没有登记过。账上的征地、合同、工程、专项资金不用登记，日历自己看得见。"

    def build(self) -> None:
        """What it is."""
        self.kind, self.day = chooser(tr("哪一类")), line(tr("日期"))
        self.words, self.span = line(tr("什么事")), line(tr("公开哪些天"))
        offer(
            self.kind,
            [(one.id, tr(one.name)) for one in triggers().values() if one.by_hand or one.resolution],
        )
        section = Section(self.theme, tr("登记一件"))
        add_rows(
            section,
            [
                (tr("哪一类"), self.kind, ""),
                (tr("日期"), self.day, tr("哪天要求的、哪天的事；成员大会写开会那天")),
                (tr("什么事"), self.words, tr("谁要求公开什么")),
                (tr("公开哪些天"), self.span, tr("如 2025-01 至 2025-03；不写就是当天，成员大会是上一年")),
            ],
        )
        self.body.addWidget(section)

    def acts(self) -> Mapping[str, tuple[str, Callable[[], object]]]:
        """Enter one."""
        return {"enter": (tr("登记"), self.enter)}

    def read(self, reader: Reader) -> object:
        """All of the ledger."""
        return reader.calendar_matters(self.session.ledger_code)

    def show_read(self, found: Any) -> None:
        """Rows."""
        self.day.setPlaceholderText(as_of(self.session).isoformat())
        names = {one.id: one.name for one in triggers().values()}
        self.show_rows(
            [
                (
                    str(one.number),
                    tr(names[one.kind]) if one.kind in names else one.kind,
                    one.day.isoformat(),
                    one.words,
                    one.span.words() if one.span.first != one.span.last else "",
                    one.by,
                )
                for one in reversed(found)
            ]
        )

    def enter(self) -> None:
        """F6."""
        ledger, kind = self.session.ledger_code, str(self.kind.currentData())
        words = self.words.text()
        try:
            day = day_of(self.day) if self.day.text().strip() else as_of(self.session)
            span: Span | None = parse_span(self.span.text()) if self.span.text().strip() else None
        except LedgerError as refusal:
            self.refuse(refusal)
            return
        self.act(
            tr("登记要公开的事"),
            lambda uow, _progress: calendar_acts.write_matter(uow, ledger, kind, day, words, span),
            lambda outcome: self._entered(outcome.value),
        )

    def _entered(self, number: int) -> None:
        for field in (self.day, self.words, self.span):
            field.clear()
        self.say(tr("登记为第 {n} 件，日历上看得见什么时候以前要公开。", n=number))
