"""按月重复: what is due this month, made in one act, once; skipped with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from village_ledger.domain.rhythm import RHYTHM_NAMES
from village_ledger.i18n import tr
from village_ledger.services.entry import recurring
from village_ledger.ui.planning.planning_page import PlanningPage
from village_ledger.ui.tables.table_model import Look, ScreenColumn

if TYPE_CHECKING:
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.reader import Reader


class RecurringPage(PlanningPage):
    """本月该记: due days through the month in view, then everything that comes round."""

    name: ClassVar[str] = "按月重复"
    main_action: ClassVar[str] = "make"
    columns: ClassVar[tuple[ScreenColumn, ...]] = (
        ScreenColumn("due", "到期", Look.CODE, "2025-12-31"),
        ScreenColumn("name", "模板", Look.TEXT, "付路灯电费", stretch=2),
        ScreenColumn("rhythm", "多久一次", Look.TEXT, "每半年 31 日"),
        ScreenColumn("state", "办了没有", Look.TEXT, "已记 2025-12/记-0001", stretch=1),
    )
    empty_words: ClassVar[str] = "没有按月重复的凭证。在“模板”里选一个，设多久一次。"

    def build(self) -> None:
        """Nothing to fill in here."""
        self._due: list[recurring.Due] = []
        self.table.opened.connect(self._open)

    def acts(self) -> dict[str, Any]:
        """All, or the one in view."""
        return {
            "stop": (tr("停止重复…"), self.stop),
            "leave_out": (tr("跳过这一期…"), self.skip),
            "keep": (tr("只记这一期"), self.make_one),
            "make": (tr("全部记下"), self.make_all),
        }

    def read(self, reader: Reader) -> object:
        """Due days through the month, those dealt with in it too."""
        found = recurring.due(reader, self.session.ledger_code, self.session.month, only_waiting=False)
        refs = {
            one.run.voucher_id: str(reader.voucher(one.run.voucher_id).ref)
            for one in found
            if one.run is not None and one.run.voucher_id is not None
        }
        return found, refs

    def show_read(self, found: Any) -> None:
        """Rows."""
        self._due, refs = found
        self.show_rows([self._row(one, refs) for one in self._due])

    def status(self) -> str:
        """How many wait."""
        return tr("{count} 期还没记", count=sum(one.waits for one in self._due))

    def _row(self, one: recurring.Due, refs: dict[int, str]) -> tuple[str, ...]:
        rhythm = tr("{often} {day} 日", often=RHYTHM_NAMES[one.recurrence.rhythm], day=one.recurrence.day)
        return one.day.isoformat(), one.recurrence.name, rhythm, _state(one, refs)

    @property
    def one(self) -> recurring.Due | None:
        """The due day in view."""
        row = self.table.row
        return self._due[row] if 0 <= row < len(self._due) else None

    def make_all(self) -> None:
        """F10: everything that waits."""
        ledger, month = self.session.ledger_code, self.session.month
        self.act(tr("按月重复"), lambda uow, _progress: recurring.make(uow, ledger, month), self._made)

    def make_one(self) -> None:
        """F6: the one in view."""
        one, ledger = self.one, self.session.ledger_code
        if one is not None:
            self.act(
                tr("按月重复"),
                lambda uow, _progress: recurring.make_one(uow, ledger, one.recurrence.id, one.day),
                self._made,
            )

    def _made(self, outcome: Outcome[Any]) -> None:
        made = outcome.value if isinstance(outcome.value, list) else [outcome.value]
        entered = [one.voucher for one in made if one.voucher]
        drafts = len(made) - len(entered)
        words = tr("记了 {count} 张", count=len(entered)) + (f"：{'、'.join(entered[:4])}" if entered else "")
        self.say(words + (tr("；{count} 张草稿等着填，在首页接着填。", count=drafts) if drafts else "。"))

    def skip(self) -> None:
        """F8: why this one is not booked; a skipped one waits again."""
        one, ledger = self.one, self.session.ledger_code
        if one is None:
            return
        if one.run is not None:
            self.act(
                tr("收回跳过"),
                lambda uow, _progress: recurring.take_back(uow, ledger, one.recurrence.id, one.day),
                lambda _outcome: self.say(tr("{what} 又等着记了。", what=one.words)),
            )
            return
        self.ask_bar.ask(
            tr("为什么 {what} 这一期不记？", what=one.words),
            tr("跳过"),
            lambda reason: self.act(
                tr("跳过一期"),
                lambda uow, _progress: recurring.skip(uow, ledger, one.recurrence.id, one.day, reason),
                lambda _outcome: self.say(tr("{what} 跳过了。", what=one.words)),
            ),
            self.table.setFocus,
        )

    def stop(self) -> None:
        """Let it come round no more."""
        one, ledger = self.one, self.session.ledger_code
        if one is not None:
            self.ask_bar.ask(
                tr("“{name}”以后不再重复，已经记的不动。", name=one.recurrence.name),
                tr("停止重复"),
                lambda _text: self.act(
                    tr("停止重复"),
                    lambda uow, _progress: recurring.stop(uow, ledger, one.recurrence.id),
                    lambda _outcome: self.say(tr("“{name}”停了。", name=one.recurrence.name)),
                ),
                self.table.setFocus,
                wants_text=False,
            )

    def _open(self, row: int) -> None:
        run = self._due[row].run
        if run is not None and run.voucher_id is not None:
            self.navigator.open("voucher", voucher_id=run.voucher_id)
        elif run is not None and run.draft_id is not None:
            self.navigator.open("voucher", draft_id=run.draft_id)


def _state(one: recurring.Due, refs: dict[int, str]) -> str:
    run = one.run
    if run is None:
        return tr("○ 还没记")
    if run.voucher_id is not None:
        return tr("● 已记 {ref}", ref=refs[run.voucher_id])
    return tr("◌ 草稿，等着填") if run.draft_id is not None else tr("⊘ 跳过：{reason}", reason=run.reason)
