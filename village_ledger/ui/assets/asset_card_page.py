"""One asset: all the books say of it, what happened, its vouchers and papers; PgUp and PgDn go to others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from village_ledger.domain.asset import AssetKind, Method
from village_ledger.domain.attachment import Owner
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.ui.assets.asset_figures import OneAsset, read_asset
from village_ledger.ui.attachments.attachment_fold import AttachmentFold
from village_ledger.ui.card_page import CardPage
from village_ledger.ui.tables.table_model import TableModel
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.buttons import Look

if TYPE_CHECKING:
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

FORMS = (
    *("say", "improve", "impair", "revise", "work", "dispose", "hand_over", "turn", "amend", "withdraw"),
    "link",
)
"""Acts of ``asset_acts`` that are about one card."""
_LEAST_ROWS = 6


class AssetCardPage(CardPage):
    """A card of the register."""

    scope = "asset_card"
    nav = "works"
    register, reading, reads = "assets", "读资产卡片", staticmethod(read_asset)
    shows = Changes(assets=True, vouchers=True, contracts=True)

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.shown: OneAsset | None = None
        mark = tr("演示") if session.info.is_demo else ""
        self.table = FigureTable(self.theme, tr("资产卡片"), watermark=mark)
        self.table.set_empty_words(tr("还没有登记资产。"))
        self.table.opened.connect(self._open_row)
        self.attachments = AttachmentFold(session, operations, self.slip)
        self.body.addWidget(self.ask)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.attachments)
        for name in ("withdraw", "amend", "link", "hand_over", "turn", "revise", "impair", "improve", "work"):
            self.add_button(name)
        for name in ("card", "as_of", "dispose"):
            self.add_button(name)
        self.add_button("say", Look.MAIN)
        self.restyle()

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Slots of its actions."""
        forms = {act: lambda act=act: self._form(act) for act in FORMS}
        return {
            **super().handlers(),
            "card": self._print,
            "open": lambda: self._open_row(self.table.row),
            **forms,
        }

    def main(self) -> FigureTable:
        """The card's lines."""
        return self.table

    def codes(self) -> Sequence[str]:
        """All cards there are."""
        return self.shown.codes if self.shown is not None else ()

    def restyle(self) -> None:
        """Some rows stay in view."""
        self.table.setMinimumHeight(_LEAST_ROWS * self.table.style_of.row)

    def status(self) -> str:
        """Which of how many, or that it is gone."""
        made = self.shown
        if made is None:
            return ""
        if made.standing.gone_on is not None:
            return tr("{day} 已经处置", day=made.standing.gone_on)
        place = self.place()
        return tr("第 {place} 项，共 {count} 项", place=place, count=len(made.codes)) if place else ""

    def follow_access(self) -> None:
        """Nothing can be done with what is gone; work is told only of what is charged by it."""
        super().follow_access()
        made = self.shown
        gone = made is None or made.standing.gone_on is not None
        for name in FORMS:
            if gone:
                self.action(name).setEnabled(False)
        if made is None:
            return
        card = made.standing.card
        if not card.method.by_units:
            self.action("work").setEnabled(False)
        if card.method is Method.NONE:
            self.action("revise").setEnabled(False)
        self.action("turn").setText(tr("完工转固…") if card.kind is AssetKind.WORKS else tr("转为别类…"))

    def show_card(self, made: OneAsset | None) -> None:
        """The card, or that there is none."""
        self.shown = made
        self.action("card").setEnabled(made is not None)
        if made is None:
            self.head.set_title(tr("一项资产"))
            self.attachments.strip.show_owner(None)
        else:
            self.code = made.standing.card.code
            self.head.set_title(made.standing.card.name, made.standing.card.code, firm=True)
            self.table.show_model(TableModel(made.sheet))
            self.attachments.strip.show_owner(Owner("asset", self.session.ledger_code, self.code))
        self.follow_access()
        self.status_changed.emit()

    # inside

    def _form(self, act: str) -> None:
        if self.shown is not None:
            self.navigator.open("asset_form", act=act, code=self.code)

    def _open_row(self, row: int) -> None:
        """A voucher, a contract or another card the row stands for."""
        model = self.table.view.model()
        link = model.link(row) if isinstance(model, TableModel) and row >= 0 else None
        if link is None:
            return
        if link.kind == "voucher":
            self.navigator.open("voucher", voucher_id=int(link.key))
        elif link.kind == "contract":
            self.navigator.open("contract", number=link.key)

    def _print(self) -> None:
        if self.shown is not None:
            self.navigator.open("preview", tables=(self.shown.sheet,))
