"""A contract being drawn up: fields at the left, at the right the rows they come to, live; a clash is said at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QBoxLayout, QLabel, QVBoxLayout, QWidget

from village_ledger.domain.contract import Contract
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.money import format_fen
from village_ledger.domain.rent_schedule import RentRow, rent_rows
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.services.contracts import contracts
from village_ledger.ui.contracts.contract_fields import PAPERS, RENT, WHAT, contract_of, said_by, terms_of
from village_ledger.ui.contracts.due_page import as_of
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.page import Page, scrolled
from village_ledger.ui.tables.table_model import FigureModel, ScreenColumn, TotalsModel
from village_ledger.ui.tables.table_model import Look as Drawn
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.act_fields import ActFields, Field
from village_ledger.ui.widgets.buttons import Look
from village_ledger.ui.widgets.notice_bar import NoticeBar
from village_ledger.ui.widgets.pick_list import PickList

if TYPE_CHECKING:
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.contracts.records import StoredContract
    from village_ledger.storage.unit_of_work import UnitOfWork
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

COLUMNS = (
    ScreenColumn("span", "期间", Drawn.TEXT, "2025-01-01 至 2025-06-30", stretch=1),
    ScreenColumn("due", "应付日", Drawn.TEXT, "2025-12-31"),
    ScreenColumn("amount", "租金", Drawn.MONEY, "123,456.00", hair=True),
)
_LEAST_ROWS = 6
"""Room of the form, in rows, where it stands above the preview."""
PAUSE_MS = 250
"""So long after the last key the rows follow."""


class PreviewModel(FigureModel):
    """Rows the terms come to."""

    def __init__(self, rows: list[RentRow]) -> None:
        super().__init__(COLUMNS)
        self.rows = rows

    def count(self) -> int:
        """Periods."""
        return len(self.rows)

    def text(self, row: int, column: int) -> str:
        """A cell."""
        one = self.rows[row]
        span = tr("{a} 至 {b}", a=one.first, b=one.last)
        return (span, one.due.isoformat(), format_fen(one.amount))[column]

    def totals(self) -> TotalsModel:
        """合计."""
        total = format_fen(sum(row.amount for row in self.rows))
        return TotalsModel(COLUMNS, [(tr("合计 {n} 期", n=len(self.rows)), "", total)])


class ContractFormPage(Page):
    """A new contract, or a draft being changed."""

    scope = "contract_form"
    nav = "works"
    shows = Changes()

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self._draft = ""
        """Number of the draft being changed, empty for a new contract."""
        self.form = ActFields(self.theme, self._again)
        for title, specs in ((tr("谁租什么"), WHAT), (tr("租期和租金"), RENT), (tr("手续"), PAPERS)):
            self.form.add(title, specs, label=8)
        self.form.edited.connect(lambda: self._pause.start())  # noqa: PLW0108  made below
        self.preview = FigureTable(self.theme, tr("各期租金"))
        self.clash = NoticeBar(self.theme, "", [])
        self.said_of_rows = QLabel()
        self.said_of_rows.setWordWrap(True)
        self.said_of_rows.setProperty("look", "hint")
        side = QWidget()
        right = QVBoxLayout(side)
        right.setContentsMargins(0, 0, 0, 0)
        right.addWidget(self.clash)
        right.addWidget(self.preview, 1)
        right.addWidget(self.said_of_rows)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._form = scrolled(self.form)
        self._sides.addWidget(self._form, 55)
        self._sides.addWidget(side, 45)
        self.body.addLayout(self._sides, 1)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.follow)
        self.add_button("sign")
        self.add_button("save", Look.MAIN)
        self.restyle()

    # the page

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Slots of its actions."""
        return {"save": lambda: self._save(sign=False), "sign": lambda: self._save(sign=True)}

    def go(self, **where: Any) -> None:
        """``number`` of a draft to change, nothing for a new contract; ``code`` of what is let."""
        self._draft = str(where.get("number", ""))
        self.slip.fold()
        self.clash.hide()
        for field in self.fields.values():
            if isinstance(field, PickList):
                field.setCurrentIndex(0)
            else:
                field.clear()
        self.form.put("period", "12")
        self.form.put("code", str(where.get("code", "")))
        self.reload()
        self.follow()
        self.fields["number"].setFocus(Qt.FocusReason.OtherFocusReason)

    def where(self) -> dict[str, Any]:
        """The draft."""
        return {"number": self._draft} if self._draft else {}

    def reload(self) -> None:
        """Title; the draft as it was kept."""
        title = tr("改合同草稿 {number}", number=self._draft) if self._draft else tr("登记合同")
        self.head.set_title(title, self.session.ledger.title)
        if not self._draft:
            return
        ledger, number = self.session.ledger_code, self._draft
        self.operations.read(
            tr("读合同"),
            lambda reader: reader.contract(ledger, number),
            self._fill,
            refused=lambda error: self.slip.say(describe(error)),
            key="contract_form draft",
        )

    def restyle(self) -> None:
        """The rows beside the fields, or below them where there is little room."""
        tight = self.theme.tokens.tight
        self._sides.setDirection(
            QBoxLayout.Direction.TopToBottom if tight else QBoxLayout.Direction.LeftToRight
        )
        self._sides.setSpacing(self.theme.px.gap)
        row = self.preview.style_of.row
        self.preview.setMinimumHeight(4 * row)
        self._form.setMinimumHeight(_LEAST_ROWS * row if tight else 1)

    @property
    def fields(self) -> dict[str, Field]:
        """The fields by key."""
        return self.form.fields

    def said(self) -> dict[str, str]:
        """What stands in the fields."""
        return self.form.said()

    # inside

    def _again(self) -> None:
        """After the last field the first comes: the draft is kept by its button."""
        self.fields["number"].setFocus(Qt.FocusReason.TabFocusReason)

    def _fill(self, stored: StoredContract) -> None:
        for key, text in said_by(stored.contract).items():
            self.form.put(key, text)
        self.follow()

    def follow(self) -> None:
        """The rows of what has been typed so far; what is wrong with it in words."""
        self._pause.stop()
        said = self.said()
        self.clash.hide()
        if not all(said[key].strip() for key in ("start", "end", "amount")):
            self._show_rows([], tr("填好起止日期和每期租金，各期就列在这里。"))
            return
        try:
            rows = rent_rows(terms_of(said))
        except LedgerError as error:
            self._show_rows([], f"✕ {error.what}。{error.next_step}")
            return
        self._show_rows(rows, tr("各期由条款算出；签订以后不能手改，只能登记变更。"))
        if said["code"].strip():
            self._look_for_clash(said)

    def _show_rows(self, rows: list[RentRow], words: str) -> None:
        model = PreviewModel(rows)
        self.preview.show_model(model, model.totals() if rows else None)
        self.said_of_rows.setText(words)

    def _look_for_clash(self, said: dict[str, str]) -> None:
        """Whether what is let is let to somebody else then."""
        ledger, draft = self.session.ledger_code, self._draft
        blank = {**said, "number": said["number"] or "?", "party": said["party"] or "?"}
        try:
            contract = contract_of(blank)
        except LedgerError:
            return

        def look(reader: Any) -> str:
            known, _ = contracts.known_items(reader, ledger, contract)
            but = reader.contract(ledger, draft).id if draft else 0
            try:
                contracts.ensure_free(reader, ledger, known, but=but)
            except LedgerError as error:
                return f"{error.what}。{error.next_step}"
            return ""

        self.operations.read(tr("核对标的"), look, self._say_clash, key="contract_form clash")

    def _say_clash(self, sentence: str) -> None:
        self.clash.sentence.setText(sentence)
        self.clash.setVisible(bool(sentence))

    def _save(self, *, sign: bool) -> None:
        self.slip.fold()
        try:
            contract = contract_of(self.said())
        except LedgerError as error:
            self.slip.say(describe(error))
            return
        self.operations.run(
            tr("登记合同"),
            lambda uow, _: self._kept(uow, contract, sign=sign),
            then=self._saved,
            refused=lambda error: self.slip.say(describe(error)),
        )

    def _kept(self, uow: UnitOfWork, contract: Contract, *, sign: bool) -> Outcome[Any]:
        ledger = self.session.ledger_code
        done = (
            contracts.rewrite(uow, ledger, self._draft, contract)
            if self._draft
            else contracts.enter(uow, ledger, contract)
        )
        if not sign:
            return done
        day = contract.papers.signed_on or min(as_of(self.session), contract.terms.start)
        signed = contracts.sign(uow, ledger, done.value.number, day)
        return replace(signed, changes=signed.changes | done.changes, warnings=done.warnings)

    def _saved(self, outcome: Outcome[StoredContract]) -> None:
        self._draft = ""
        self.navigator.back()
        self.navigator.open("contract", number=outcome.value.number)
