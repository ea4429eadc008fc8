"""The month's vouchers: review, return, post, void, re-sort (审凭证). Made for the keyboard."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QStackedLayout, QWidget

from village_ledger.domain.period import CLOSING, Month
from village_ledger.domain.voucher import VoucherState
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.services.entry import posting, review, vouchers
from village_ledger.ui import actions
from village_ledger.ui.page import MAIN_KEEPS, Page
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.voucher.voucher_list_bars import FilterBar, MarkedBand
from village_ledger.ui.voucher.voucher_list_model import (
    VoucherListModel,
    empty_words,
    may_do,
    missing_numbers,
    postable,
    search_words,
)
from village_ledger.ui.widgets.ask_bar import AskBar

if TYPE_CHECKING:
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.records import VoucherSummary
    from village_ledger.ui.action_spec import ActionSpec
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

_MORE = ("unreview", "void", "delete", "resort")


class VoucherListPage(Page):
    """One month of one ledger; marks live until the person leaves the month."""

    scope = "voucher_list"
    nav = "voucher_list"
    shows = Changes(vouchers=True, periods=True, settings=True)

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self._vouchers: list[VoucherSummary] = []
        self._words: dict[int, str] = {}
        """What a search looks through, by voucher; empty until somebody searches."""
        self._filter: VoucherState | None = None
        self._said = ""
        self._stands_on = 0
        self._place = ("", "")
        self.bar = FilterBar(self.theme)
        self.table = FigureTable(self.theme, tr("凭证"))
        self.model = VoucherListModel((), session.by)
        give_back, passing = (self._spec_of(name) for name in ("give_back", "pass"))
        self.band = MarkedBand(self.theme, [give_back, passing])
        self.reason = AskBar(self.theme)
        self.body.addWidget(self.bar)
        self.body.addWidget(self.table, 1)
        self._foot_room = QWidget(self)
        self._foot = QStackedLayout(self._foot_room)
        self._foot.addWidget(self.band)
        self._foot.addWidget(self.reason)
        self.body.addWidget(self._foot_room)
        self.add_button("print")
        self.add_button("post", keeps=MAIN_KEEPS)
        self._connect()

    def _spec_of(self, name: str) -> tuple[Any, ActionSpec]:
        return self.action(name), actions.spec(self.scope, name)

    def _connect(self) -> None:
        self.bar.chosen.connect(self._choose)
        self.bar.find_changed.connect(lambda _text: self._show())
        self.bar.left_field.connect(self.table.setFocus)
        self.table.opened.connect(self._open)
        self.table.marked.connect(self._mark)
        self.table.current_moved.connect(self._move)
        self.session.person_changed.connect(self.reload)

    # the page

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Slots of the list's actions."""
        return {
            "pass": self._pass,
            "give_back": self._give_back,
            "post": self._post,
            "unreview": self._unreview,
            "void": self._void,
            "delete": self._delete,
            "resort": self._resort,
            "find": self._find,
            "print": self._print,
        }

    def go(self, **where: Any) -> None:
        """``month`` to look at another one, ``voucher`` to stand on, ``state`` to filter."""
        if "month" in where:
            self.session.go_to_month(where["month"])
        if "state" in where:
            self._filter = where["state"]
        self.reload()
        row = self.model.row_of(where.get("voucher", 0))
        self.table.go_to_row(row if row is not None else self.model.first_waiting())
        self.table.setFocus()

    def where(self) -> dict[str, Any]:
        """Month, filter and the voucher one stands on."""
        current = self._current()
        return {"month": self.session.month, "state": self._filter, "voucher": current.id if current else 0}

    def reload(self) -> None:
        """Read the month again; marks and the current voucher stay."""
        if not self.session.is_open:
            return
        place = (self.session.ledger_code, str(self.session.month))
        if place != self._place:
            self._place = place
            self.model.marked.clear()
            self._said = ""
        self._vouchers, self._words = self._read(), {}
        self._show()

    def _read(self) -> list[VoucherSummary]:
        """The month's vouchers; those of the closing period stand behind December's."""
        reader, ledger, month = self.session.reader, self.session.ledger_code, self.session.month
        found = reader.vouchers(ledger, month=month)
        if month.month == CLOSING - 1:
            found += reader.vouchers(ledger, month=Month(month.year, CLOSING))
        return found

    def _found(self, text: str) -> list[VoucherSummary]:
        """Vouchers with the text in any line; the lines are read when a month is first searched."""
        if not self._words:
            vouchers = self.session.reader.vouchers_by_id([v.id for v in self._vouchers])
            self._words = {stored.id: search_words(stored) for stored in vouchers}
        return [v for v in self._vouchers if text in self._words[v.id]]

    def escape(self) -> bool:
        """Close the reason bar, then the search, before leaving."""
        if self.reason.asking:
            self.reason.put_away()
            return True
        if self.bar.field.text():
            self.bar.field.clear()
            self._show()
            return True
        return False

    def status(self) -> str:
        """What was just done, or why some cannot be marked."""
        if self._said:
            return self._said
        current = self._current()
        if current is not None and current.state is VoucherState.ENTERED and current.return_reason:
            return tr("{ref} 被退回：{reason}", ref=current.ref.short, reason=current.return_reason)
        own = any(
            v.state is VoucherState.ENTERED and v.prepared_by == self.session.by for v in self._vouchers
        )
        return tr("自己制的单不能自己审") if own else ""

    # showing

    def _move(self, row: int) -> None:
        """Another voucher: what was said of the one before is over."""
        current = self.model.voucher(row).id if 0 <= row < self.model.count() else 0
        if current != self._stands_on:
            self._stands_on, self._said = current, ""
        self._follow()

    def _choose(self, state: VoucherState | None) -> None:
        self._filter = state
        self._show()
        self.table.setFocus()

    def _show(self) -> None:
        current = self._current()
        row_before = self.table.row
        text = self.bar.field.text().strip()
        found = self._found(text) if text else self._vouchers
        counts: Counter[VoucherState | None] = Counter(v.state for v in found)
        counts[None] = len(found)
        shown = [v for v in found if self._filter in {None, v.state}]
        self.model = VoucherListModel(shown, self.session.by, self.model.marked)
        self.table.set_empty_words(empty_words(text, self.session.month, any_vouchers=bool(self._vouchers)))
        self.table.show_model(self.model)
        self.table.hide_column(0, hidden=self.reviewing)
        self.bar.show_counts(counts)
        self.bar.choose(self._filter)
        row = self.model.row_of(current.id) if current else None
        self.table.go_to_row(row if row is not None else max(row_before, 0))
        self._follow()

    def _follow(self) -> None:
        """Head, band, buttons and status follow the list."""
        month = self.session.month
        gaps = missing_numbers(self._vouchers)
        numbers = tr("缺 {gaps}", gaps="、".join(gaps)) if gaps else tr("字号连续")
        self.head.set_title(
            tr("凭证") if self.reviewing else tr("审凭证"),
            tr(
                "{year}年{month}月 · {count} 张 · {numbers}",
                year=month.year,
                month=month.month,
                count=len(self._vouchers),
                numbers=numbers,
            ),
        )
        marked = self.model.marked_vouchers()
        self.band.show_marked(
            len(marked), sum(v.amount for v in marked), len(self.model.markable()) - len(marked)
        )
        self._fit_foot()
        self.action("pass").setText(tr("{count} 张全部通过", count=len(marked)) if marked else tr("全部通过"))
        ready = len(self._postable())
        self.action("post").setText(tr("记账 {count} 张", count=ready) if ready else tr("记账"))
        self.follow_access()
        self.status_changed.emit()

    def restyle(self) -> None:
        """The window is narrow now, or wide again."""
        self._fit_foot()

    def _fit_foot(self) -> None:
        """In a narrow window the band comes with the first mark; until then giving back is in the menu."""
        narrow, asked = self.theme.tokens.narrow, bool(self.model.marked) or self.reason.asking
        self._foot_room.setVisible(not self.reviewing and (not narrow or asked))
        self.head.tools.offer([self.action(name) for name in (("give_back",) * narrow + tuple(_MORE))])

    def follow_access(self) -> None:
        """Beside read-only: what the current voucher and the marks allow."""
        super().follow_access()
        if not self.session.is_open or self.session.read_only:
            return
        possible = may_do(self._vouchers, self._current(), self.session.by, postable=self._postable())
        possible["pass"] = bool(self.model.marked)
        for name, may in possible.items():
            self.action(name).setEnabled(may and self.permits(name))

    def _current(self) -> VoucherSummary | None:
        row = self.table.row
        return self.model.voucher(row) if 0 <= row < self.model.count() else None

    def _postable(self) -> list[int]:
        """What F10 would post."""
        alone = self.session.is_open and self.session.ledger.one_person_post
        return postable(self._vouchers, alone=alone)

    # acting

    def _say(self, sentence: str) -> None:
        self._said = sentence
        self.status_changed.emit()

    def _open(self, row: int) -> None:
        self.navigator.open("voucher", voucher_id=self.model.voucher(row).id)

    def _mark(self, row: int) -> None:
        """Space: tick and go on to the next, as one reads down a pile."""
        voucher = self.model.voucher(row)
        if self.session.read_only:
            self._say(tr("这本账现在只能查看，不能审核"))
        elif self.model.toggle(row):
            self._said = ""
            self.table.go_to_row(row + 1)
            self._follow()
        elif voucher.state is VoucherState.ENTERED:
            self._say(
                tr(
                    "{ref} 是 {by} 自己制的单，自己不能审；请换一个人来审",
                    ref=voucher.ref.short,
                    by=self.session.by,
                )
            )
        else:
            self._say(tr("{ref} 不用再审", ref=voucher.ref.short))

    def _pass(self) -> None:
        ids = [v.id for v in self.model.marked_vouchers()]
        if not ids:
            self._say(tr("先按空格标记要通过的凭证"))
            return

        def done(outcome: Outcome[int]) -> None:
            self._say(tr("已通过 {count} 张", count=outcome.value))

        self.operations.run(tr("审核凭证"), lambda uow, _: review.pass_vouchers(uow, ids), then=done)

    def _give_back(self) -> None:
        current = self._current()
        if current is None:
            return
        self._ask(
            tr("退回 {ref} 的原因", ref=current.ref.short),
            tr("退回"),
            lambda reason: self.operations.run(
                tr("退回凭证"),
                lambda uow, _: review.give_back(uow, current.id, reason),
                then=lambda _: self._say(
                    tr("{ref} 已退回给 {by}", ref=current.ref.short, by=current.prepared_by)
                ),
            ),
        )

    def _ask(
        self, question: str, verb: str, done: Callable[[str], object], *, wants_reason: bool = True
    ) -> None:
        self._foot.setCurrentWidget(self.reason)
        self._foot_room.show()

        def back() -> None:
            self._foot.setCurrentWidget(self.band)
            self._fit_foot()
            self.table.setFocus()

        self.reason.ask(
            question, verb, done, back, wants_text=wants_reason, hint=tr("要写明原因") if wants_reason else ""
        )

    def _post(self) -> None:
        ids = self._postable()

        def done(outcome: Outcome[int]) -> None:
            self._say(tr("已记账 {count} 张", count=outcome.value))

        if ids:
            self.operations.run(tr("记账"), lambda uow, progress: posting.post(uow, ids, progress), then=done)

    def _unreview(self) -> None:
        current = self._current()
        if current is not None:
            self.operations.run(
                tr("取消审核"),
                lambda uow, _: review.unreview(uow, current.id),
                then=lambda _: self._say(tr("{ref} 已取消审核", ref=current.ref.short)),
            )

    def _void(self) -> None:
        current = self._current()
        if current is None:
            return
        self._ask(
            tr("作废 {ref} 的原因（字号保留）", ref=current.ref.short),
            tr("作废"),
            lambda reason: self.operations.run(
                tr("作废凭证"),
                lambda uow, _: vouchers.void(uow, current.id, reason),
                then=lambda _: self._say(tr("{ref} 已作废，字号保留", ref=current.ref.short)),
            ),
        )

    def _delete(self) -> None:
        current = self._current()
        if current is None:
            return
        self._ask(
            tr(
                "删除 {ref}“{summary}”，这个字号会空出来给下一张",
                ref=current.ref.short,
                summary=current.summary,
            ),
            tr("删除"),
            lambda _: self.operations.run(
                tr("删除凭证"),
                lambda uow, _: vouchers.delete_last(uow, current.id),
                then=lambda _: self._say(tr("{ref} 已删除", ref=current.ref.short)),
            ),
            wants_reason=False,
        )

    def _resort(self) -> None:
        ledger, month = self.session.ledger_code, self.session.month

        def done(outcome: Outcome[int]) -> None:
            moved = outcome.value
            self._say(
                tr("按日期重排了 {moved} 张的字号", moved=moved) if moved else tr("字号本来就按日期排着")
            )

        words = sorted({v.ref.word for v in self._vouchers if v.state is VoucherState.ENTERED})
        for word in words:
            self.operations.run(
                tr("重排字号"), lambda uow, _, word=word: vouchers.resort(uow, ledger, month, word), then=done
            )

    def _find(self) -> None:
        self.bar.field.setFocus()
        self.bar.field.selectAll()

    def _print(self) -> None:
        marked = [v.id for v in self.model.marked_vouchers()]
        ids = marked or [self.model.voucher(row).id for row in range(self.model.count())]
        if ids:
            self.navigator.open("preview", report="voucher", vouchers=tuple(ids))
