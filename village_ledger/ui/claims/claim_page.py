"""One claim (报账单): who hands it in, how it is settled, receipt by receipt; from the keyboard or from a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout

from village_ledger.domain.chart import Money
from village_ledger.domain.claim import Claim, ClaimLine, ClaimState, Settle
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.money import format_fen
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.ui.claims.claim_fields import ReceiptFields, read_day
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.page import Page
from village_ledger.ui.tables.table_model import FigureModel, ScreenColumn
from village_ledger.ui.tables.table_model import Look as Drawn
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.buttons import Look
from village_ledger.ui.widgets.choices import Choices
from village_ledger.ui.widgets.pick_list import PickList

if TYPE_CHECKING:
    from village_ledger.domain.chart import Chart
    from village_ledger.storage.claims.queries import StoredClaim
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

COLUMNS = (
    ScreenColumn("day", "日期", Drawn.TEXT, "2025-12-31"),
    ScreenColumn("summary", "摘要", Drawn.TEXT, "购打印纸", stretch=2),
    ScreenColumn("account", "科目", Drawn.TEXT, "51301 办公费", stretch=1),
    ScreenColumn("amount", "金额", Drawn.MONEY, "99,999.99", hair=True),
    ScreenColumn("people", "经手 证明 审批", Drawn.TEXT, "某某某 某某某 某某某"),
    ScreenColumn("invoice", "票据号", Drawn.TEXT, "03300250"),
)


class ReceiptsModel(FigureModel):
    """The receipts of a claim."""

    def __init__(self, lines: list[ClaimLine], chart: Chart | None) -> None:
        super().__init__(COLUMNS)
        self.lines = lines
        self._chart = chart

    def count(self) -> int:
        """Receipts."""
        return len(self.lines)

    def name_of(self, code: str) -> str:
        """Name of an account, empty where none is given yet."""
        return self._chart.get(code).name if self._chart is not None and code else ""

    def text(self, row: int, column: int) -> str:
        """A cell."""
        line = self.lines[row]
        account = f"{line.account} {self.name_of(line.account)}" if line.account else tr("（未定）")
        cells = (
            line.day.isoformat(),
            line.summary,
            account,
            format_fen(line.amount),
            " ".join(line.signers),
            line.invoice,
        )
        return cells[column]


class ClaimPage(Page):
    """A claim being taken in, looked at, or changed until a voucher was made from it."""

    scope = "claim"
    nav = "work"
    shows = Changes(claims=True, accounts=True)

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.stored: StoredClaim | None = None
        self.editing = -1
        """Row of the receipt in the fields, -1 for a new one."""
        self.claimant, self.pays, self.day = PickList(), PickList(), QLineEdit()
        self.settle = Choices(
            self.theme, tr("付法"), [(one.value, one.words) for one in Settle], Settle.ADVANCE.value
        )
        self.settle.chosen.connect(lambda _value: self._offer_pays())
        self.fields = ReceiptFields(self.theme)
        self.fields.entered.connect(self._put)
        self.table = FigureTable(self.theme, tr("单据"))
        self.table.view.empty_words = tr("填好上面一张，在最后一格按 Enter，它就到这里。")
        self.table.opened.connect(self._edit)
        self.total = QLabel()
        self.total.setProperty("look", "strong")
        self.model = ReceiptsModel([], None)
        self.body.addLayout(self._top())
        self.body.addWidget(self.fields)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.total)
        for name in ("from_file", "remove", "put"):
            self.add_button(name)
        self.add_button("save", Look.MAIN)

    def _top(self) -> QVBoxLayout:
        """Who, when, how."""
        first, second = QHBoxLayout(), QHBoxLayout()
        for label, field, row in (
            (tr("报账员"), self.claimant, first),
            (tr("报账日期"), self.day, first),
            (tr("付法"), self.settle, second),
            (tr("付款科目"), self.pays, second),
        ):
            words = QLabel(label)
            words.setProperty("look", "label")
            words.setBuddy(field)
            field.setAccessibleName(label)
            row.addWidget(words)
            row.addWidget(field, 0 if field is self.settle else 1)
        column = QVBoxLayout()
        column.addLayout(first)
        column.addLayout(second)
        return column

    # the page

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Slots of its actions."""
        return {"put": self._put, "remove": self._remove, "from_file": self._from_file, "save": self._save}

    def go(self, **where: Any) -> None:
        """``claim_id`` of one handed in before, nothing for a new one."""
        self.slip.fold()
        self.editing = -1
        reader, ledger = self.session.reader, self.session.ledger_code
        claim_id = where.get("claim_id")
        self.stored = reader.claim(claim_id) if claim_id is not None else None
        chart = reader.chart(ledger)
        self.fields.account.set_chart(chart, {})
        self.claimant.clear()
        self.claimant.addItems([one.name for one in reader.claimants(ledger) if not one.gone])
        lines = list(self.stored.claim.lines) if self.stored else []
        self.model = ReceiptsModel(lines, chart)
        if self.stored is not None:
            self.claimant.setCurrentText(self.stored.claim.claimant)
            self.settle.set_value(self.stored.claim.settle.value)
            self.day.setText(self.stored.claim.day.isoformat())
        else:
            self.day.setText(self.session.month.last.isoformat())
            self.fields.day.setText(self.session.month.last.isoformat())
        self._offer_pays()
        self._show()
        if self._open_for_change():
            self.fields.begin()
        else:
            self.table.setFocus()

    def where(self) -> dict[str, Any]:
        """The claim."""
        return {"claim_id": self.stored.id} if self.stored is not None else {}

    def reload(self) -> None:
        """Another ledger was chosen above: its claims are others."""
        if self.stored is not None and self.stored.ledger != self.session.ledger_code:
            self.navigator.back()

    def status(self) -> str:
        """What became of it."""
        if self.stored is None:
            return ""
        refs = "、".join(ref for *_, ref in self.stored.vouchers)
        return " ".join(filter(None, (self.stored.state.words, refs, self.stored.return_reason)))

    # inside

    def _open_for_change(self) -> bool:
        booked = self.stored is not None and self.stored.state is ClaimState.BOOKED
        return not booked and not self.session.read_only

    def _show(self) -> None:
        number = self.stored.number if self.stored else tr("新的一张")
        self.head.set_title(tr("报账单"), f"{self.session.ledger.title} · {number}")
        changeable = self._open_for_change()
        self.fields.set_read_only(on=not changeable)
        for name in ("put", "remove", "from_file", "save"):
            self.action(name).setEnabled(changeable and self.permits(name))
        for field in (self.claimant, self.pays, self.day, self.settle):
            field.setEnabled(changeable)
        self.table.show_model(self.model)
        count = sum(line.attachments for line in self.model.lines)
        total = format_fen(sum(line.amount for line in self.model.lines))
        self.total.setText(
            tr(
                "{lines} 笔，单据 {count} 张，合计 {total} 元",
                lines=len(self.model.lines),
                count=count,
                total=total,
            )
        )
        self.status_changed.emit()

    def _offer_pays(self) -> None:
        """The accounts the money may come from; an advance is the claimant's own."""
        kind = {Settle.BANK.value: Money.BANK, Settle.CASH.value: Money.CASH}.get(self.settle.value)
        self.pays.clear()
        chart = self.session.reader.chart(self.session.ledger_code)
        for account in chart:
            if kind is not None and account.is_leaf and account.active and account.money is kind:
                self.pays.addItem(f"{account.code} {chart.path(account.code)}", account.code)
        if self.stored is not None:
            self.pays.setCurrentIndex(max(self.pays.findData(self.stored.claim.pays), 0))
        self.pays.setEnabled(self.pays.count() > 1)

    def _put(self) -> None:
        """The receipt in the fields onto the list."""
        try:
            line = self.fields.line()
        except LedgerError as error:
            self.slip.say(describe(error))
            return
        self.slip.fold()
        if 0 <= self.editing < self.model.count():
            self.model.lines[self.editing] = line
        else:
            self.model.lines.append(line)
        self.editing = -1
        self._show()
        self.table.go_to_row(self.model.count() - 1)
        self.fields.begin()

    def _edit(self, row: int) -> None:
        """A receipt of the list back into the fields; of a booked claim its voucher."""
        if self.stored is not None and self.stored.vouchers and not self._open_for_change():
            self.navigator.open("voucher", voucher_id=self.stored.vouchers[0][1])
        elif 0 <= row < self.model.count() and self._open_for_change():
            self.editing = row
            line = self.model.lines[row]
            self.fields.show_line(line, self.model.name_of(line.account))

    def _remove(self) -> None:
        row = self.table.row
        if 0 <= row < self.model.count():
            del self.model.lines[row]
            self.editing = -1
            self._show()

    def _from_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, tr("选单据表"), "", tr("表格 (*.xlsx *.csv)"))
        if name:
            self.take_file(Path(name))

    def take_file(self, path: Path) -> None:
        """All receipts of a file, or none and every fault named."""
        from village_ledger.exchange.import_claim import read_claim

        def taken(read: tuple[tuple[ClaimLine, ...], tuple[str, ...]]) -> None:
            self.model.lines.extend(read[0])
            self._show()

        self.operations.task(
            tr("读单据表"),
            lambda _: read_claim(path),
            taken,
            refused=lambda error: self.slip.say(describe(error)),
        )

    def _save(self) -> None:
        """Hand the claim in."""
        from village_ledger.services.claims import claims

        try:
            claim = self._claim()
        except LedgerError as error:
            self.slip.say(describe(error))
            return
        self.slip.fold()
        ledger, rewriting = self.session.ledger_code, self.stored.id if self.stored else None
        self.operations.run(
            tr("保存报账单"),
            lambda uow, _: claims.submit(uow, ledger, claim, rewriting),
            then=lambda _: self.navigator.back(),
            refused=lambda error: self.slip.say(describe(error)),
        )

    def _claim(self) -> Claim:
        from village_ledger.services.claims.claims import paying_account

        reader, ledger, name = self.session.reader, self.session.ledger_code, self.claimant.currentText()
        settle = Settle(self.settle.value)
        asked = self.pays.currentData() or ""
        pays = paying_account(reader, ledger, name, settle, asked)
        return Claim(name, read_day(self.day.text()), settle, pays, tuple(self.model.lines))

    def escape(self) -> bool:
        """From a receipt being changed back to a blank one."""
        if self.editing >= 0:
            self.editing = -1
            self.fields.begin()
            return True
        return False
