"""One contract: its rows with what was booked and received, its terms, what happened to it, what to look after, its papers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout

from village_ledger.domain.attachment import Owner
from village_ledger.domain.contract import Status
from village_ledger.i18n import tr
from village_ledger.reports.contracts.due_rows import RowsAsked, due_rows
from village_ledger.services.changes import Changes
from village_ledger.storage.contracts.records import OWED
from village_ledger.ui.attachments.attachment_strip import AttachmentStrip
from village_ledger.ui.contracts.contract_tables import ChangesModel, RowsModel, Shown, facts_of, read_shown
from village_ledger.ui.contracts.due_page import as_of
from village_ledger.ui.contracts.facts_sheet import FactsSheet
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.page import Page, scrolled
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.ask_bar import AskBar
from village_ledger.ui.widgets.buttons import Look as ButtonLook
from village_ledger.ui.widgets.notice_bar import NoticeBar

if TYPE_CHECKING:
    from village_ledger.services.outcome import Outcome
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

_LEAST_ROWS, _LEAST_FACTS = 8, 5


class ContractPage(Page):
    """Rows at the left; terms and changes at the right; papers below."""

    scope = "contract"
    nav = "works"
    shows = Changes(contracts=True, vouchers=True, settings=True)

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.shown: Shown | None = None
        self.model: RowsModel | None = None
        self._number, self._row, self._said = "", 0, ""
        self.ask = AskBar(self.theme)
        self.remark = NoticeBar(self.theme, "", [])
        self.remark.hide()
        self.rows = FigureTable(
            self.theme, tr("各期租金"), watermark=tr("演示") if session.info.is_demo else ""
        )
        self.rows.set_empty_words(tr("还没有签订，各期租金没有开始算。按 F6 登记签订。"))
        self.rows.opened.connect(self._open_voucher)
        self.facts = FactsSheet(self.theme, tr("条款"))
        self.changes = FigureTable(self.theme, tr("变更"))
        self.changes.set_empty_words(tr("没有变更。"))
        self.attachments = AttachmentStrip(session, operations, self.slip)
        self._lay()
        for name in ("forget", "edit", "sign", "penalty", "deposit", "rows", "match", "change", "accrue"):
            self.add_button(name)
        self.add_button("receive", ButtonLook.MAIN)
        self.restyle()

    def _lay(self) -> None:
        left, right = QVBoxLayout(), QVBoxLayout()
        left.addWidget(self.rows, 1)
        self._facts = scrolled(self.facts)
        right.addWidget(self._facts, 3)
        right.addWidget(self.changes, 2)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.addLayout(left, 68)
        self._sides.addLayout(right, 32)
        self.body.addWidget(self.ask)
        self.body.addWidget(self.remark)
        self.body.addLayout(self._sides, 1)
        self.attachments.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.body.addWidget(self.attachments)

    # the page

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Slots of its actions."""
        return {
            "previous": lambda: self._step(-1),
            "next": lambda: self._step(1),
            "voucher": lambda: self._open_voucher(self.rows.row),
            "edit": lambda: self.navigator.open("contract_form", number=self._number),
            "sign": lambda: self._act("sign"),
            "receive": lambda: self._act("receive"),
            "accrue": self._accrue,
            "match": lambda: self._act("match"),
            "change": lambda: self._act("amount"),
            "deposit": lambda: self._act("deposit"),
            "penalty": lambda: self._act("penalty"),
            "rows": self._print,
            "print": self._print,
            "forget": self._forget,
        }

    def go(self, **where: Any) -> None:
        """``number`` of the contract, ``row`` to stand on."""
        number = str(where.get("number", self._number))
        if number != self._number:
            self._said = ""
        self._number, self._row = number, int(where.get("row", 0))
        self.slip.fold()
        self.reload()
        self.rows.setFocus()

    def where(self) -> dict[str, Any]:
        """The contract and the row."""
        return {"number": self._number, "row": max(self.rows.row, 0)}

    def reload(self) -> None:
        """Read it again, on the worker."""
        self.head.set_title(tr("合同 {number}", number=self._number).strip())
        if not self.session.is_open or not self._number:
            return
        ledger, number, today = self.session.ledger_code, self._number, as_of(self.session)
        self._row = max(self.rows.row, self._row)
        self.operations.read(
            tr("读合同"),
            lambda reader: read_shown(reader, ledger, number, today),
            self._show,
            refused=lambda error: self.slip.say(describe(error)),
            key="contract",
        )

    def restyle(self) -> None:
        """Side by side, or under each other where there is little room."""
        tight = self.theme.tokens.tight
        way = QBoxLayout.Direction.TopToBottom if tight else QBoxLayout.Direction.LeftToRight
        self._sides.setDirection(way)
        self._sides.setSpacing(self.theme.px.gap)
        row = self.rows.style_of.row
        self.rows.setMinimumHeight(_LEAST_ROWS * row)
        self._facts.setMinimumHeight(_LEAST_FACTS * row)
        self.changes.setMinimumHeight(3 * row)

    def escape(self) -> bool:
        """Fold the question away."""
        if self.ask.asking:
            self.ask.put_away()
            return True
        return False

    def status(self) -> str:
        """What was done, else which of how many."""
        shown = self.shown
        if self._said or shown is None:
            return self._said
        place = shown.numbers.index(self._number) + 1
        return tr("第 {place} 份，共 {count} 份", place=place, count=len(shown.numbers))

    def follow_access(self) -> None:
        """What the contract's status allows."""
        super().follow_access()
        if self.shown is None:
            return
        status = self.shown.whole.stored.status
        draft = status is Status.DRAFT
        terms = self.shown.whole.stored.contract
        able = {
            "edit": draft,
            "sign": draft,
            "forget": draft,
            "receive": not draft,
            "accrue": not draft,
            "match": not draft,
            "change": not draft and not status.over,
            "deposit": not draft and terms.deposit > 0,
            "penalty": not draft and terms.penalty.rate > 0,
        }
        for name, holds in able.items():
            if not holds:
                self.action(name).setEnabled(False)

    # inside

    def _show(self, shown: Shown) -> None:
        self.shown = shown
        stored = shown.whole.stored
        party = stored.now.party_on(shown.today)[0]
        said = (party, stored.what, stored.status.words)
        self.head.set_title(tr("合同 {number}", number=stored.number), " · ".join(said), firm=True)
        self.model = RowsModel(shown)
        self.rows.show_model(self.model, self.model.totals() if self.model.states else None)
        self.rows.go_to_row(min(self._row or self._first_open(), max(0, self.model.count() - 1)))
        self.facts.show_facts(facts_of(shown))
        self.changes.show_model(ChangesModel(stored))
        self.remark.sentence.setText("；".join(shown.cautions))
        self.remark.setVisible(bool(shown.cautions))
        self.attachments.show_owner(Owner("contract", stored.ledger, stored.number))
        self.follow_access()
        self.status_changed.emit()

    def _first_open(self) -> int:
        states = self.model.states if self.model is not None else ()
        return next((place for place, state in enumerate(states) if state.open > 0), 0)

    def _step(self, by: int) -> None:
        if self.shown is None:
            return
        numbers = self.shown.numbers
        place = numbers.index(self._number) + by
        if 0 <= place < len(numbers):
            self.go(number=numbers[place])

    def _act(self, act: str) -> None:
        self.navigator.open("contract_act", act=act, number=self._number)

    def _open_voucher(self, row: int) -> None:
        """The receipt of a row, else the voucher that booked it."""
        if self.shown is None or self.model is None or not 0 <= row < self.model.count():
            return
        links = self.shown.whole.of_row(self.model.states[row].row.first)
        chosen = next((x for x in reversed(links) if x.kind != OWED), links[-1] if links else None)
        if chosen is None:
            self._say(tr("这一期还没有凭证"))
            return
        self.navigator.open("voucher", voucher_id=chosen.voucher_id)

    def _accrue(self) -> None:
        from village_ledger.services.contracts.rent_drafts import accrue

        ledger, month, number = self.session.ledger_code, self.session.month, self._number
        self.slip.fold()
        self.operations.run(
            tr("记应收"),
            lambda uow, _: accrue(uow, ledger, month, [number]),
            then=self._accrued,
            refused=lambda error: self.slip.say(describe(error)),
        )

    def _accrued(self, outcome: Outcome[list[Any]]) -> None:
        refs = "、".join(voucher.ref.short for voucher in outcome.value)
        month = self.session.month.month
        self._say(
            tr("记成了 {refs}，等待审核", refs=refs)
            if refs
            else tr("到 {month} 月末到期的都记过应收了", month=month)
        )

    def _forget(self) -> None:
        from village_ledger.services.contracts.contracts import forget

        ledger, number = self.session.ledger_code, self._number

        def done(_text: str) -> None:
            self.operations.run(
                tr("删草稿"),
                lambda uow, _: forget(uow, ledger, number),
                then=lambda _: self.navigator.back(),
                refused=lambda error: self.slip.say(describe(error)),
            )

        question = tr("合同 {number} 还没有签订，删掉这份草稿？", number=number)
        self.ask.ask(question, tr("删草稿"), done, self.rows.setFocus, wants_text=False)

    def _print(self) -> None:
        if self.shown is None:
            return
        from village_ledger.reports.catalogue import issuer_of

        shown = self.shown
        table = due_rows(
            issuer_of(self.session.reader, self.session.ledger_code), [shown.whole], RowsAsked(shown.today)
        )
        self.navigator.open("preview", tables=(table,), paper="A4_LANDSCAPE")

    def _say(self, sentence: str) -> None:
        self._said = sentence
        self.status_changed.emit()
