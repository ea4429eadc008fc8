"""公开规矩: whose rules the ledger follows, each occasion in a row; another set or the village's own from a day on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QFileDialog

from village_ledger.domain.disclosure_calendar import RHYTHM_WORDS, Adopted, RuleSet
from village_ledger.domain.errors import CalendarError, LedgerError
from village_ledger.i18n import tr
from village_ledger.reports.disclosure.calendar_report import EVERY_WORDS
from village_ledger.services.changes import Changes
from village_ledger.services.disclosure import calendar_acts, calendar_rules
from village_ledger.ui.contracts.due_page import as_of
from village_ledger.ui.planning.planning_page import PlanningPage, add_rows, chooser, day_of, line, offer
from village_ledger.ui.tables.table_model import Look, ScreenColumn
from village_ledger.ui.widgets.form import Section

if TYPE_CHECKING:
    from village_ledger.storage.reader import Reader

CURRENT, FILE = "current", "file"


class CalendarRulesPage(PlanningPage):
    """A row per occasion of the set in view; what is in view is followed only once it is adopted."""

    scope: ClassVar[str] = "disclosure_rules"
    nav: ClassVar[str] = "disclosure"
    shows: ClassVar[Changes] = Changes(settings=True, sheets=True)
    name: ClassVar[str] = "公开规矩"
    main_action: ClassVar[str] = "adopt"
    columns: ClassVar[tuple[ScreenColumn, ...]] = (
        ScreenColumn("name", "公开什么", Look.TEXT, "每季财务收支和财务状况", stretch=2),
        ScreenColumn("every", "多久一次", Look.TEXT, "每年年初"),
        ScreenColumn("sheets", "要有的表", Look.TEXT, "A、B、C、D"),
        ScreenColumn("due", "什么时候以前", Look.TEXT, "当年 12月31日前"),
        ScreenColumn("basis", "依据", Look.TEXT, "农经发〔2011〕13号专项公开", stretch=3),
        ScreenColumn("mark", "出处有多可靠", Look.TEXT, "两个以上来源；天数是设计", stretch=1),
    )
    empty_words: ClassVar[str] = "这套规矩对这本账没有要求。"

    def build(self) -> None:
        """What to follow from when, and why."""
        self._now: tuple[RuleSet, Adopted | None] | None = None
        self._text = ""
        self.choice, self.rhythm = chooser(tr("看哪一套")), chooser(tr("多久一次"))
        self.day, self.reason = line(tr("从哪天起")), line(tr("依据"))
        section = Section(self.theme, tr("照哪一套办"))
        add_rows(
            section,
            [
                (tr("看哪一套"), self.choice, tr("各省、各县写法不同，请对照本地目录")),
                (tr("收支多久一次"), self.rhythm, tr("业务多的按月，至少按季")),
                (tr("从哪天起"), self.day, tr("这天以前该公开的不变")),
                (tr("依据"), self.reason, tr("哪个文件、哪次会议定的")),
            ],
        )
        section.serves_looking(self.choice)
        self.body.addWidget(section)
        self.choice.activated.connect(lambda _index: self._choose())
        self.rhythm.activated.connect(lambda _index: self._show_rules())

    def acts(self) -> Mapping[str, tuple[str, Callable[[], object]]]:
        """Print, file out and in, adopt."""
        return {
            "print_this": (tr("打印"), self._print),
            "save_file": (tr("存成文件…"), self._save_file),
            "take_in": (tr("从文件…"), self._take_in),
            "adopt": (tr("采用"), self.adopt),
        }

    def read(self, reader: Reader) -> object:
        """What is followed now."""
        return calendar_rules.rules_on(reader.calendar_rules(self.session.ledger_code), as_of(self.session))

    def show_read(self, found: Any) -> None:
        """The rules followed, or those chosen to look at."""
        self._now = found
        self._offer()
        if self.choice.currentData() == CURRENT or self.model.count() == 0:
            self._choose()

    def _offer(self) -> None:
        rules, _ = self._now or (None, None)
        current = tr("现行：{name}", name=rules.name) if rules else tr("现行")
        own = [(FILE, tr("文件里的"))] if self._text else []
        sets = [(one.id, one.name) for one in calendar_rules.set_names()]
        offer(self.choice, [(CURRENT, current), *own, *sets])

    def rules_in_view(self) -> RuleSet | None:
        """The set the table shows."""
        chosen = str(self.choice.currentData() or CURRENT)
        if chosen == CURRENT:
            return self._now[0] if self._now else None
        if chosen == FILE:
            return calendar_rules.own_rules(self._text, as_of(self.session))
        return calendar_rules.set_on(chosen, as_of(self.session))

    def _choose(self) -> None:
        """Another set in view; nothing is followed by that."""
        rules = self.rules_in_view()
        if rules is None:
            return
        adopted = self._now[1] if self._now else None
        current = self.choice.currentData() == CURRENT
        keep = adopted.rhythm if current and adopted else rules.rhythms[0]
        offer(self.rhythm, [(one, tr(RHYTHM_WORDS[one])) for one in rules.rhythms], keep)
        self._show_rules()
        if not current:
            self.say(tr("看的是这一套，还没有采用。墙上至少贴 {n} 天。", n=rules.board_days))
        elif adopted is None:
            said = tr(
                "还没有采用哪一套，照“{name}”办。墙上至少贴 {n} 天。", name=rules.name, n=rules.board_days
            )
            self.say(said)
        else:
            self.say(
                tr(
                    "从 {day} 起照“{name}”办（{reason}）。墙上至少贴 {n} 天。",
                    day=adopted.since,
                    name=rules.name,
                    reason=adopted.reason,
                    n=rules.board_days,
                )
            )

    def _show_rules(self) -> None:
        rules = self.rules_in_view()
        rhythm = str(self.rhythm.currentData() or "")
        some = rules.for_ledger(self.session.ledger.kind, rhythm) if rules else []
        self.show_rows(
            [
                (
                    one.name,
                    tr(EVERY_WORDS[one.every]),
                    "、".join(one.sheets) or tr("照事情定"),
                    one.due.words(one.every),
                    one.basis,
                    one.mark,
                )
                for one in some
            ]
        )

    def adopt(self) -> None:
        """F6."""
        ledger, chosen = self.session.ledger_code, str(self.choice.currentData())
        rhythm, reason = str(self.rhythm.currentData() or ""), self.reason.text()
        try:
            since = day_of(self.day)
        except LedgerError as refusal:
            self.refuse(refusal)
            return
        choice = self._chosen(chosen, rhythm)
        self.act(
            tr("采用公开规矩"),
            lambda uow, _progress: calendar_acts.adopt(uow, ledger, choice, since, reason),
            lambda outcome: self._adopted(outcome.value, since),
        )

    def _chosen(self, chosen: str, rhythm: str) -> calendar_acts.Choice:
        if chosen == FILE:
            return calendar_acts.Choice("", rhythm, self._text)
        if chosen != CURRENT or self._now is None:
            return calendar_acts.Choice(chosen, rhythm)
        rules, adopted = self._now
        text = adopted.text if adopted else ""
        return calendar_acts.Choice("" if text else rules.id, rhythm, text)

    def _adopted(self, rules: RuleSet, since: date) -> None:
        self._text = ""
        self.choice.setCurrentIndex(0)
        self.reason.clear()
        self.say(tr("从 {day} 起照“{name}”公开。", day=since, name=rules.name))

    def _save_file(self) -> None:
        rules = self.rules_in_view()
        suggestion = str(self.session.book.path.with_name(tr("公开规矩.toml")))
        path, _ = QFileDialog.getSaveFileName(self, tr("存成文件"), suggestion, "TOML (*.toml)")
        if not path or rules is None:
            return
        try:
            Path(path).write_text(calendar_rules.rules_text(rules), encoding="utf-8")
        except OSError:
            self.refuse(CalendarError(tr("文件 {file} 写不了", file=path), tr("请换一个地方存。")))
            return
        self.say(tr("存好了：{file}。用记事本改好，再“从文件…”采用。", file=path))

    def _take_in(self) -> None:
        folder = str(self.session.book.path.parent)
        path, _ = QFileDialog.getOpenFileName(self, tr("从文件采用"), folder, "TOML (*.toml)")
        if not path:
            return
        try:
            text = Path(path).read_text(encoding="utf-8")
            calendar_rules.own_rules(text, as_of(self.session))
        except (OSError, UnicodeDecodeError):
            self.refuse(
                CalendarError(tr("文件 {file} 读不出来", file=path), tr("请用“存成文件”得到的样子改。"))
            )
            return
        except LedgerError as refusal:
            self.refuse(refusal)
            return
        self._text = text
        self._offer()
        self.choice.setCurrentIndex(self.choice.findData(FILE))
        self._choose()
        self.slip.fold()

    def _print(self) -> None:
        self.navigator.open("preview", report="disclosure-rules", paper="A4_LANDSCAPE")
