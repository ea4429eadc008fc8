"""What is done with a handover: listed, ticked, signed by three, finished; each asks what it needs in the page's bar."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from village_ledger.domain.errors import HandoverError, LedgerError
from village_ledger.domain.half_width import half_width
from village_ledger.domain.handover import HandoverStep, ItemKind, Place, Result
from village_ledger.domain.period import parse_day
from village_ledger.i18n import tr

if TYPE_CHECKING:
    from village_ledger.ui.handover.handover_page import HandoverPage


class HandoverActs:
    """Acts of the page of a handover."""

    def __init__(self, page: HandoverPage) -> None:
        self._page = page

    def next_words(self) -> str:
        """What the main button does now; empty when all is done."""
        view = self._page.view
        if view is None or not view.handover.is_open:
            return ""
        if view.handover.last is None:
            return "从账上列清册"
        place = self._next_place()
        return f"{place.words}签字…" if place is not None else "交接完毕…"

    def onward(self) -> None:
        """Whatever comes next."""
        view = self._page.view
        if view is None or not view.handover.is_open:
            return
        if view.handover.last is None:
            self.make_list()
        elif self._next_place() is not None:
            self._sign()
        else:
            self._finish()

    def make_list(self) -> None:
        """From the books; vouchers that are not posted are asked about."""
        from village_ledger.services.handover import handover_lists, handovers

        page, view = self._page, self._page.view
        if view is None:
            return
        number = page.number
        waiting = len(handover_lists.gate(page.session.reader, view.handover).unposted)

        def make(with_open: bool) -> None:
            page.run(
                tr("列移交清册"),
                lambda uow: handovers.make_list(uow, number, with_open=with_open),
                tr("清册列好了，请逐项核对：空格是相符，F7 是不符。"),
            )

        if not waiting:
            make(False)
            return
        question = tr("还有 {count} 张凭证没有记账。应当先记账；确实办不完的列为未了事项？", count=waiting)
        page.bar.ask(
            question, tr("列为未了事项"), lambda _: make(True), page.table.setFocus, wants_text=False
        )

    def tick(self) -> None:
        """The item one stands on agrees; on to the next."""
        from village_ledger.services.handover import handovers

        page, item = self._page, self._page.item
        if item is None or not page.listed or not page.may("tick"):
            return
        number, row = page.number, page.table.row
        result = Result.AGREES
        page.run(
            tr("核对"),
            lambda uow: handovers.tick(uow, number, item.number, result, item.note),
            tr("{title} 相符", title=item.title),
            row + 1,
        )

    def differs(self) -> None:
        """The item differs, and how."""
        from village_ledger.services.handover import handovers

        page, item = self._page, self._page.item
        if item is None:
            return
        number, row = page.number, page.table.row

        def done(note: str) -> None:
            page.run(
                tr("核对"),
                lambda uow: handovers.tick(uow, number, item.number, Result.DIFFERS, note),
                tr("{title} 不符", title=item.title),
                row + 1,
            )

        question = tr("{title}：差在哪里，由谁办？", title=item.title)
        page.bar.ask(question, tr("不符"), done, page.table.setFocus, text=item.note)

    def tick_rest(self) -> None:
        """Everything that is left agrees."""
        from village_ledger.services.handover import handovers

        number = self._page.number
        self._page.run(tr("其余相符"), lambda uow: handovers.tick_rest(uow, number), tr("{value} 项相符。"))

    def add(self) -> None:
        """The item typed below."""
        from village_ledger.services.handover import handovers

        page, fields = self._page, self._page.by_hand
        number, kind = page.number, ItemKind(fields.kind.currentData())
        title, detail, quantity = fields.title.text(), fields.detail.text(), fields.quantity.text()
        page.run(
            tr("加进清册"),
            lambda uow: handovers.add_item(uow, number, kind, title, detail, quantity),
            tr("{title} 加进了清册", title=title),
        )
        fields.clear()
        fields.title.setFocus()

    def add_backup(self, file: Path) -> None:
        """A backup by its digest."""
        from village_ledger.services.handover import handovers

        number = self._page.number
        self._page.run(
            tr("加备份"), lambda uow: handovers.add_backup(uow, number, file), tr("备份加进了清册。")
        )

    def drop(self) -> None:
        """An item entered by hand."""
        from village_ledger.services.handover import handovers

        page, item = self._page, self._page.item
        if item is None:
            return
        number = page.number
        page.run(
            tr("去掉一项"),
            lambda uow: handovers.drop_item(uow, number, item.number),
            tr("去掉了 {title}", title=item.title),
        )

    def withdraw(self) -> None:
        """Give it up, with the reason."""
        from village_ledger.services.handover import handovers

        page = self._page
        number = page.number

        def done(reason: str) -> None:
            page.run(tr("撤销交接"), lambda uow: handovers.withdraw(uow, number, reason), tr("交接撤销了。"))

        page.bar.ask(tr("撤销这次交接，为什么？"), tr("撤销"), done, page.table.setFocus)

    # inside

    def _next_place(self) -> Place | None:
        """Whose signature is wanted: of who sits at the keyboard if it is theirs, else the first missing one."""
        view = self._page.view
        if view is None or view.handover.last is not HandoverStep.LISTED:
            return None
        who = view.handover.parties
        names = {Place.GIVER: who.giver, Place.TAKER: who.taker, Place.SUPERVISOR: who.supervisor}
        missing = [place for place in Place if place not in view.handover.signed]
        mine = [place for place in missing if names[place] == self._page.session.by]
        return next(iter(mine or missing), None)

    def _sign(self) -> None:
        from village_ledger.services.handover import handovers

        page, place = self._page, self._next_place()
        if place is None:
            return
        number = page.number

        def sign(text: str) -> None:
            day = self._day(text)
            if day is not None:
                page.run(
                    tr("签字"),
                    lambda uow: handovers.sign(uow, number, place, day),
                    tr("{place}签了字。", place=place.words),
                )

        question = tr("{place}在纸上签了字，哪一天？", place=place.words)
        page.bar.ask(question, tr("签字"), sign, page.table.setFocus, text=str(self._today()))

    def _finish(self) -> None:
        """The duties change today; a successor who is not registered sets a PIN."""
        page, view = self._page, self._page.view
        if view is None:
            return
        reader, taker = page.session.reader, view.handover.parties.taker
        known = reader.member(taker)
        if not reader.has_staff() or (known is not None and not known.left_at):
            question = tr("交接完毕，从哪一天起由 {name} 办？", name=taker)
            page.bar.ask(
                question,
                tr("办完"),
                lambda text: self._done(text, ""),
                page.table.setFocus,
                text=str(self._today()),
            )
            return

        def with_pin(pin: str) -> None:
            page.bar.field.setEchoMode(QLineEdit.EchoMode.Normal)
            self._done(str(self._today()), pin)

        page.bar.field.setEchoMode(QLineEdit.EchoMode.Password)
        question = tr("请接交人 {name} 设一个密码", name=taker)
        page.bar.ask(question, tr("办完"), with_pin, self._leave_pin)

    def _leave_pin(self) -> None:
        """What is typed next is no secret any more."""
        self._page.bar.field.setEchoMode(QLineEdit.EchoMode.Normal)
        self._page.table.setFocus()

    def _done(self, text: str, pin: str) -> None:
        from village_ledger.services.handover import handovers

        number, day = self._page.number, self._day(text)
        if day is not None:
            self._page.run(
                tr("交接完毕"),
                lambda uow: handovers.finish(uow, number, day, pin),
                tr("交接完毕，账簿接着用。"),
            )

    def _day(self, text: str) -> date | None:
        try:
            return parse_day(half_width(text).strip())
        except LedgerError as error:
            self._page.refuse(HandoverError(error.what, error.next_step))
            return None

    def _today(self) -> date:
        return date.today()  # noqa: DTZ011  the wall calendar of the village
