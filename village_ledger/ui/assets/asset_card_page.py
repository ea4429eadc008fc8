"""One asset: all the books say of it, what happened, its vouchers and papers; PgUp and PgDn go to others."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from village_ledger.domain.asset import AssetKind, Method
from village_ledger.domain.attachment import Owner
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.ui.assets.asset_figures import OneAsset, read_asset
from village_ledger.ui.attachments.attachment_fold import AttachmentFold
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.page import Page
from village_ledger.ui.tables.table_model import TableModel
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.as_of import AsOf
from village_ledger.ui.widgets.ask_bar import AskBar
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


class AssetCardPage(Page):
    """A card of the register."""

    scope = "asset_card"
    nav = "works"
    shows = Changes(assets=True, vouchers=True, contracts=True)

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.shown: OneAsset | None = None
        self._code = ""
        self.ask = AskBar(self.theme)
        self.as_of = AsOf(self.ask, self.slip, lambda: self.table.setFocus())  # noqa: PLW0108  made below
        self.as_of.changed.connect(self.reload)
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
            "previous": lambda: self._step(-1),
            "next": lambda: self._step(1),
            "find": lambda: self.navigator.open("assets"),
            "as_of": lambda: self.as_of.ask(),  # noqa: PLW0108  made after its action
            "card": self._print,
            "open": lambda: self._open_row(self.table.row),
            **forms,
        }

    def go(self, **where: Any) -> None:
        """``code`` of the asset, ``day`` to look at."""
        self._code = str(where.get("code", self._code))
        if "day" in where:
            self.as_of.take(where["day"])
        self.slip.fold()
        self.reload()
        self.table.setFocus()

    def where(self) -> dict[str, Any]:
        """The asset and the day."""
        return {"code": self._code, "day": self.as_of.day}

    def reload(self) -> None:
        """The asset on the day."""
        if not self.session.is_open:
            return
        self.action("as_of").setText(self.as_of.words)
        ledger, code, day = self.session.ledger_code, self._code, self.as_of.day
        self.operations.read(
            tr("读资产卡片"),
            lambda reader: read_asset(reader, ledger, code, day),
            self._show,
            refused=lambda error: self.slip.say(describe(error)),
            key="asset_card",
        )

    def restyle(self) -> None:
        """Some rows stay in view."""
        self.table.setMinimumHeight(_LEAST_ROWS * self.table.style_of.row)

    def escape(self) -> bool:
        """Fold the question away."""
        if self.ask.asking:
            self.ask.put_away()
            return True
        return False

    def status(self) -> str:
        """Which of how many, or that it is gone."""
        made = self.shown
        if made is None:
            return ""
        if made.standing.gone_on is not None:
            return tr("{day} 已经处置", day=made.standing.gone_on)
        if self._code not in made.codes:
            return ""
        place = made.codes.index(self._code) + 1
        return tr("第 {place} 项，共 {count} 项", place=place, count=len(made.codes))

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

    # inside

    def _show(self, made: OneAsset | None) -> None:
        self.shown = made
        self.action("card").setEnabled(made is not None)
        if made is None:
            self.head.set_title(tr("一项资产"))
            self.attachments.strip.show_owner(None)
        else:
            self._code = made.standing.card.code
            self.head.set_title(made.standing.card.name, made.standing.card.code, firm=True)
            self.table.show_model(TableModel(made.sheet))
            self.attachments.strip.show_owner(Owner("asset", self.session.ledger_code, self._code))
        self.follow_access()
        self.status_changed.emit()

    def _step(self, by: int) -> None:
        if self.shown is None or self._code not in self.shown.codes:
            return
        place = self.shown.codes.index(self._code) + by
        if 0 <= place < len(self.shown.codes):
            self._code = self.shown.codes[place]
            self.reload()

    def _form(self, act: str) -> None:
        if self.shown is not None:
            self.navigator.open("asset_form", act=act, code=self._code)

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
