"""各村待审凭证: vouchers that wait in all villages in one list; marked, passed, given back, or looked at in their book."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QStackedLayout, QWidget

from village_ledger.domain.agency import BatchAct, BatchResult, KeptBook
from village_ledger.exchange.agency.agency_batch import BatchOptions
from village_ledger.i18n import tr
from village_ledger.reports.agency.waiting import waiting_table
from village_ledger.ui import actions
from village_ledger.ui.agency.agency_desk import NOT_OPEN, AgencyDeskPage, today
from village_ledger.ui.agency.waiting_model import WaitingModel
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.voucher.voucher_list_bars import MarkedBand
from village_ledger.ui.widgets.ask_bar import AskBar
from village_ledger.ui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from village_ledger.domain.agency import VillageVerdict
    from village_ledger.exchange.agency.agency_vouchers import WaitingVoucher, WaitingVouchers
    from village_ledger.services.entry.progress import Progress
    from village_ledger.ui.action_spec import ActionSpec
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

FIELD_CHARS = 14
"""Room of the search field."""
_WENT_WELL = frozenset({BatchResult.DONE, BatchResult.NOTHING})


class AgencyReviewPage(AgencyDeskPage):
    """Village after village; marks stay until the list is left for the villages."""

    scope: ClassVar[str] = "agency_review"

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self._found: tuple[WaitingVoucher, ...] = ()
        self._troubles: tuple[tuple[KeptBook, str], ...] = ()
        self._read = False
        self._key = ("", 0)
        self._marks: set[tuple[str, int]] = set()
        self.model = WaitingModel(())
        self.field = SearchField(self._to_table, tr("找凭证"), tr("村、摘要、金额  Ctrl+F"))
        self.field.textChanged.connect(lambda _text: self._show())
        self.table = FigureTable(self.theme, tr("各村待审凭证"))
        self.table.show_model(self.model)
        self.band = MarkedBand(self.theme, [self._spec_of("give_back"), self._spec_of("pass")])
        self.reason = AskBar(self.theme)
        self.body.addWidget(self.table, 1)
        self._foot_room = QWidget(self)
        self._foot = QStackedLayout(self._foot_room)
        self._foot.addWidget(self.band)
        self._foot.addWidget(self.reason)
        self.body.addWidget(self._foot_room)
        self.head.add_widget(self.field, keeps=1, fill=lambda _menu: None)
        for action_id in ("refresh", "mark_village"):
            self.add_button(action_id)
        self.table.opened.connect(self._open)
        self.table.marked.connect(self._mark)
        self.table.current_moved.connect(self._move)
        self.restyle()

    def _spec_of(self, name: str) -> tuple[QAction, ActionSpec]:
        return self.action(name), actions.spec(self.scope, name)

    # the page

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Slots of the list's actions."""
        return {
            "open": lambda: self._open(self.table.row),
            "mark": lambda: self._mark(self.table.row),
            "mark_village": self._mark_village,
            "pass": self._pass,
            "give_back": self._give_back,
            "refresh": self.reload,
            "export": lambda: self._save("xlsx"),
            "paper": lambda: self._save("pdf"),
            "find": self._find,
        }

    def go(self, **where: Any) -> None:
        """``key`` of a voucher or ``uid`` of a village to stand on."""
        self._key = where.get("key") or (where.get("uid", ""), 0)
        if self._read and where.get("key"):
            self._show()
            self.table.setFocus()
            if self._away is not None:  # the desk was locked while its book was open
                book, self._away = self._away, None
                self._look_again([book])
            return
        self._marks.clear()
        self._read = False
        self.reload()

    def where(self) -> dict[str, Any]:
        """The voucher one stands on."""
        current = self._current()
        return {"key": current.key} if current else {}

    def restyle(self) -> None:
        """The window is narrow now, or wide again."""
        narrow = self.theme.tokens.narrow
        self.head.tools.switch(self.field, on=not narrow)
        self.field.setFixedWidth(FIELD_CHARS * self.theme.px.form)
        self.table.setMinimumHeight((3 if narrow else 6) * (self.theme.px.row + 1))
        if self._read:
            self._show()
        self._fit_foot()

    def escape(self) -> bool:
        """Close the reason bar, then the search, before leaving."""
        if self.reason.asking:
            self.reason.put_away()
            return True
        if self.field.text():
            self.field.clear()
            self.table.setFocus()
            return True
        return False

    def status(self) -> str:
        """What was just done; else why the one in view cannot be marked; else what could not be read."""
        current = self._current()
        if self._said:
            return self._said
        if current is not None and current.why_not:
            return current.why_not
        if self._troubles:
            names = "、".join(book.village for book, _ in self._troubles)
            return tr("{villages}的账打不开，不在这里：{why}", villages=names, why=self._troubles[0][1])
        return ""

    # reading

    def reload(self) -> None:
        """Read every village's vouchers that wait, on the worker; marks stay on those that still wait."""
        self.head.set_title(tr("各村待审凭证"))
        if not self.is_signed_in:
            self.table.set_empty_words(tr(NOT_OPEN))
            return
        work, day = self.work, today()

        def done(found: WaitingVouchers) -> None:
            self.slip.fold()
            self._read = True
            self._take(found, {book.uid for book in work.books})
            self.table.setFocus()

        self.operations.task(
            tr("看各村待审核的凭证"),
            lambda progress: work.waiting(day, progress),
            then=done,
            refused=self.refuse,
        )

    def came_back(self, book: KeptBook) -> None:
        """The voucher may have been passed in the village's own book."""
        self._look_again([book])

    def _look_again(self, books: Sequence[KeptBook]) -> None:
        """Read some villages again; the others stand as they were."""
        work, day = self.work, today()

        def done(found: WaitingVouchers) -> None:
            self._take(found, {book.uid for book in books})

        self.operations.task(
            tr("再看一遍"),
            lambda progress: work.waiting(day, progress, books),
            then=done,
            refused=self.refuse,
        )

    def _take(self, found: WaitingVouchers, uids: set[str]) -> None:
        """What was read of some villages in the place of what was known of them."""
        by_book: dict[str, list[WaitingVoucher]] = {}
        for one in (*(old for old in self._found if old.book.uid not in uids), *found.vouchers):
            by_book.setdefault(one.book.uid, []).append(one)
        self._found = tuple(one for book in self.work.books for one in by_book.get(book.uid, ()))
        self._marks &= {one.key for one in self._found if not one.why_not}
        others = [(book, why) for book, why in self._troubles if book.uid not in uids]
        self._troubles = (*others, *found.troubles)
        said = self._said
        self._show()
        self.say(said)

    # showing

    def _show(self) -> None:
        current = self._current()
        key = self._key if self._key[0] else current.key if current else ("", 0)
        self._key = ("", 0)
        before = max(self.table.row, 0)
        text = self.field.text().strip()
        self.model = WaitingModel(
            [one for one in self._found if not text or text in _search_words(one)],
            self._marks,
            narrow=self.theme.tokens.narrow,
        )
        self.table.set_empty_words(
            tr("没有找到“{text}”。换几个字，或按 Esc 看全部。", text=text)
            if text
            else tr("各村都没有待审核的凭证。")
            if self._read
            else ""
        )
        self.table.show_model(self.model)
        row = self.model.row_of(key)
        if row is None:
            row = self.model.first_of(key[0]) if not key[1] else before
        self.table.go_to_row(before if row is None else row)
        self._follow()

    def _follow(self) -> None:
        """Head, band and buttons follow the list."""
        villages = len({one.book.uid for one in self._found})
        said = tr("{villages} 个村 · {count} 张", villages=villages, count=len(self._found))
        self.head.set_title(tr("各村待审凭证"), said if self._read else "")
        marked = self._marked()
        markable = sum(not one.why_not for one in self._found)
        total = sum(one.voucher.amount for one in marked)
        self.band.show_marked(len(marked), total, markable - len(marked))
        self.action("pass").setText(tr("{count} 张全部通过", count=len(marked)) if marked else tr("全部通过"))
        current = self._current()
        self.action("pass").setEnabled(bool(marked))
        self.action("give_back").setEnabled(current is not None and not current.why_not)
        self.action("mark_village").setEnabled(current is not None)
        self._fit_foot()
        self.status_changed.emit()

    def _fit_foot(self) -> None:
        """In a narrow window the band comes with the first mark; until then giving back is in the menu."""
        narrow = self.theme.tokens.narrow
        self._foot_room.setVisible(not narrow or bool(self._marks) or self.reason.asking)
        more = ["give_back"] if narrow else []
        self.head.tools.offer([self.action(name) for name in (*more, "export", "paper")])

    def _marked(self) -> list[WaitingVoucher]:
        """What is marked, shown now or not."""
        return [one for one in self._found if one.key in self._marks]

    def _current(self) -> WaitingVoucher | None:
        row = self.table.row
        return self.model.vouchers[row] if 0 <= row < self.model.count() else None

    def _move(self, _row: int) -> None:
        self._said = ""
        self._follow()

    def _to_table(self) -> None:
        self.table.setFocus()

    def _find(self) -> None:
        self.field.setFocus()
        self.field.selectAll()

    # acting

    def _open(self, row: int) -> None:
        """The voucher in its village's book."""
        if 0 <= row < self.model.count():
            one = self.model.vouchers[row]
            self.enter(one.book, "voucher", {"voucher_id": one.voucher.id}, one.ledger)

    def _mark(self, row: int) -> None:
        """Space: tick and go on to the next, as one reads down a pile."""
        if not 0 <= row < self.model.count():
            return
        if self.model.toggle(row):
            self.table.go_to_row(row + 1)
            self._follow()
        else:
            self.say(self.model.vouchers[row].why_not)

    def _mark_village(self) -> None:
        current = self._current()
        if current is None:
            return
        if not self.model.toggle_village(current.book.uid):
            self.say(tr("{village}没有您能审的凭证", village=current.book.village))
            return
        self.table.view.viewport().update()
        self._follow()

    def _pass(self) -> None:
        chosen: dict[str, list[int]] = {}
        for one in self._marked():
            chosen.setdefault(one.book.uid, []).append(one.voucher.id)
        if not chosen:
            self.say(tr("先按空格标记要通过的凭证"))
            return
        self._run(
            chosen,
            "",
            lambda count: tr("已通过 {count} 张，{villages} 个村", count=count, villages=len(chosen)),
        )

    def _give_back(self) -> None:
        current = self._current()
        if current is None or current.why_not:
            return
        name = tr("{village} {ref}", village=current.book.village, ref=current.voucher.ref)

        def back() -> None:
            self._foot.setCurrentWidget(self.band)
            self._fit_foot()
            self.table.setFocus()

        def give(reason: str) -> None:
            said = tr("{name} 已退回给 {by}", name=name, by=current.voucher.prepared_by)
            self._run({current.book.uid: [current.voucher.id]}, reason, lambda _count: said)

        self._foot.setCurrentWidget(self.reason)
        self._foot_room.show()
        self.reason.ask(tr("退回 {name} 的原因", name=name), tr("退回"), give, back, hint=tr("要写明原因"))

    def _save(self, ending: str) -> None:
        """The whole list, whatever is searched for."""
        if self.is_signed_in and self._read:
            rows = [(one.book, one.ledger, one.voucher, one.why_not) for one in self._found]
            made = waiting_table(self.work.workspace.office, rows, self._troubles, today())
            self.save_as((made,), ending)

    def _run(self, chosen: dict[str, list[int]], reason: str, said: Callable[[int], str]) -> None:
        """Village after village; what was refused is shown verdict by verdict, the rest is done."""
        work = self.work
        books = tuple(book for book in work.books if book.uid in chosen)
        options = BatchOptions(chosen=chosen, reason=reason)

        def done(verdicts: list[VillageVerdict]) -> None:
            self.slip.fold()
            work.touched |= set(chosen)
            if all(one.result in _WENT_WELL for one in verdicts):
                self._look_again(books)
                self.say(said(sum(one.count for one in verdicts)))
            else:
                self._read = False
                self.navigator.open(
                    "agency_batch", act=BatchAct.REVIEW, options=options, verdicts=tuple(verdicts)
                )

        def job(progress: Progress) -> list[VillageVerdict]:
            return work.run(BatchAct.REVIEW, books, options, progress)

        self.operations.task(
            tr("退回凭证") if reason else tr("审核凭证"), job, then=done, refused=self.refuse
        )


def _search_words(one: WaitingVoucher) -> str:
    """What a search looks through."""
    voucher = one.voucher
    amount = f"{voucher.amount // 100}.{voucher.amount % 100:02d}"
    texts = [voucher.summary, voucher.counterparty, amount, voucher.ref.short, voucher.prepared_by]
    return " ".join([one.book.village, *texts])
