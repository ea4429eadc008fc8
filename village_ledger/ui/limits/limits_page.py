"""审批限额: the rules in force by kind and amount; another set, or these changed band by band, from a day on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.limit import RuleSet
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.services.limits import limit_sets
from village_ledger.services.limits.limit_rules import Preset, presets, vocabulary
from village_ledger.ui.limits.limit_editing import BELOW, NO_END, UP_TO, changed, end_of
from village_ledger.ui.planning.planning_page import (
    PlanningPage,
    add_rows,
    chooser,
    day_of,
    fen_of,
    line,
    offer,
)
from village_ledger.ui.tables.table_model import Look, ScreenColumn
from village_ledger.ui.widgets.form import Section
from village_ledger.ui.widgets.money_edit import MoneyEdit

if TYPE_CHECKING:
    from village_ledger.storage.reader import Reader

CURRENT = "current"


class LimitsPage(PlanningPage):
    """A row per band of the set in view; what is in view is in force only once it is adopted."""

    scope: ClassVar[str] = "limits"
    nav: ClassVar[str] = "works"
    shows: ClassVar[Changes] = Changes(limits=True)
    name: ClassVar[str] = "审批限额"
    main_action: ClassVar[str] = "adopt"
    columns: ClassVar[tuple[ScreenColumn, ...]] = (
        ScreenColumn("kind", "支出类别", Look.TEXT, "非生产性支出"),
        ScreenColumn("band", "金额（元）", Look.TEXT, "超过 1,000.00，不超过 10,000.00"),
        ScreenColumn("signers", "签字人", Look.TEXT, "经手人、理事长、村党组织书记", stretch=2),
        ScreenColumn("needs", "会议、决策、附件", Look.TEXT, "村两委会议；发票或收据、会议记录", stretch=2),
    )
    empty_words: ClassVar[str] = "还没有采用审批限额，付款不受限。在下面选一套看看，改好再采用。"

    def build(self) -> None:
        """What to adopt, and the band under the cursor."""
        self._rules: RuleSet | None = None
        self._draft: Preset | None = None
        self.preset = chooser(tr("看哪一套"))
        self.day, self.reason = line(tr("从哪天起")), line(tr("依据"))
        adopting = Section(self.theme, tr("采用"))
        add_rows(
            adopting,
            [
                (tr("看哪一套"), self.preset, tr("各地写法不同，请对照乡镇文件改好再采用")),
                (tr("从哪天起"), self.day, tr("这天以后不能已经有记账的付款")),
                (tr("依据"), self.reason, tr("哪个文件、哪次会议定的")),
            ],
        )
        self.amount, self.how = MoneyEdit(), chooser(tr("到多少为止"))
        self.signers, self.meetings = line(tr("签字人")), line(tr("会议"))
        self.stage, self.papers = chooser(tr("决策要到")), line(tr("附件"))
        offer(self.how, [(UP_TO, tr("不超过（含）")), (BELOW, tr("不满")), (NO_END, tr("没有上限"))])
        offer(self.stage, [("", tr("不要求")), *vocabulary().stages.items()])
        band = Section(self.theme, tr("选中的这一档"))
        add_rows(
            band,
            [
                (tr("止于"), self.how, ""),
                (tr("金额"), self.amount, tr("下一档从这里开始")),
                (tr("签字人"), self.signers, tr("用、隔开：{all}", all="、".join(self._places()))),
                (tr("会议"), self.meetings, ""),
                (tr("决策要到"), self.stage, ""),
                (tr("附件"), self.papers, tr("用、隔开：{all}", all="、".join(vocabulary().papers.values()))),
            ],
        )
        adopting.serves_looking(self.preset)
        self.body.addWidget(adopting)
        self.body.addWidget(band)
        self.preset.activated.connect(lambda _index: self._choose())
        self.table.current_moved.connect(self._show_band)

    def _places(self) -> list[str]:
        kind = self.session.ledger.kind.value
        return [place.name(kind) for place in vocabulary().signers.values()]

    def acts(self) -> Mapping[str, tuple[str, Callable[[], object]]]:
        """Print, change the band, adopt."""
        return {
            "print_this": (tr("打印"), self._print),
            "change": (tr("改这一档"), self.change),
            "adopt": (tr("采用"), self.adopt),
        }

    def read(self, reader: Reader) -> object:
        """The versions, and the one in force."""
        ledger = self.session.ledger_code
        return reader.limit_sets(ledger), reader.limit_set(ledger, date.max)

    def show_read(self, found: Any) -> None:
        """The rules in force, or what was chosen."""
        versions, self._rules = found
        names = [(one.id, one.name) for one in presets().values()]
        offer(self.preset, [(CURRENT, tr("现行的规则")), *names] if self._rules else names)
        if self._rules is None:
            self._choose()
            return
        if self._draft is None:
            self._choose()
        said = "；".join(tr("{title} 从 {day} 起", title=v.title, day=v.valid_from) for v in versions[-2:])
        works = limit_sets.works_words(self._rules)
        self.say("。".join(filter(None, [said, works])) + "。")

    def _choose(self) -> None:
        """Another set in view; nothing is in force by that."""
        chosen = str(self.preset.currentData() or "")
        rules = self._rules
        if chosen == CURRENT and rules is not None:
            self._draft = Preset(
                rules.preset,
                rules.name,
                rules.source,
                "",
                rules.bands,
                rules.acceptance_from,
                rules.acceptance_people,
                rules.audit_from,
            )
        elif chosen in presets():
            self._draft = presets()[chosen]
            self.say(tr("{note}。看的是这一套，还没有采用。", note=self._draft.confidence))
        self._show_draft()

    def _show_draft(self) -> None:
        draft = self._draft
        if draft is None:
            self.show_rows([])
            return
        shown = RuleSet("", 0, draft.name, draft.id, date.min, "", draft.bands)
        self.show_rows(limit_sets.band_words(shown, self.session.ledger.kind.value))
        self._show_band(max(self.table.row, 0))

    def _show_band(self, row: int) -> None:
        """The fields say what the band under the cursor asks."""
        if self._draft is None or not 0 <= row < len(self._draft.bands):
            return
        band, words = self._draft.bands[row], vocabulary()
        kind = self.session.ledger.kind.value
        amount, how = end_of(band)
        self.amount.setText(amount)
        self.how.setCurrentIndex(self.how.findData(how))
        self.signers.setText("、".join(words.signers[s].name(kind) for s in band.signers))
        self.meetings.setText("、".join(band.meetings))
        self.stage.setCurrentIndex(self.stage.findData(band.stage))
        self.papers.setText("、".join(words.papers[p] for p in band.papers))

    def change(self) -> None:
        """F8: the band as written, in the set in view."""
        if self._draft is None or self.table.row < 0:
            return
        said = {
            "signers": self.signers.text(),
            "meetings": self.meetings.text(),
            "stage": str(self.stage.currentData() or ""),
            "papers": self.papers.text(),
        }
        try:
            how = str(self.how.currentData())
            bands = changed(self._draft.bands, self.table.row, fen_of(self.amount), how, said, vocabulary())
        except LedgerError as refusal:
            self.refuse(refusal)
            return
        self.slip.fold()
        own = tr("{village}审批限额", village=self.session.info.village)
        self._draft = replace(self._draft, id="", name=own, source="", bands=bands)
        self._show_draft()
        self.say(tr("改好了，还没有采用：写上从哪天起和依据，按“采用”。"))

    def adopt(self) -> None:
        """F6."""
        draft, ledger, reason = self._draft, self.session.ledger_code, self.reason.text()
        if draft is None:
            return
        try:
            since = day_of(self.day)
        except LedgerError as refusal:
            self.refuse(refusal)
            return
        self.act(
            tr("采用审批限额"),
            lambda uow, _progress: limit_sets.adopt(uow, ledger, draft, since, reason),
            lambda outcome: self._adopted(outcome.value),
        )

    def _adopted(self, rules: RuleSet) -> None:
        self._draft = None
        self.preset.setCurrentIndex(0)
        self.say(tr("从 {day} 起照“{title}”办。", day=rules.valid_from, title=rules.title))

    def _print(self) -> None:
        self.navigator.open("preview", report="approval-limits", paper="A4_LANDSCAPE")
