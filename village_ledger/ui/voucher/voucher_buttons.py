"""The buttons of the voucher page's head: look, reverse, save, save and next; what does not fit goes into 更多."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from village_ledger.domain.voucher import VoucherState
from village_ledger.ui import actions
from village_ledger.ui.page import MAIN_KEEPS
from village_ledger.ui.voucher.voucher_look_switch import VoucherLookSwitch
from village_ledger.ui.widgets.buttons import Button, Look

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from village_ledger.domain.voucher import StoredVoucher
    from village_ledger.ui.look.theme import Theme
    from village_ledger.ui.voucher.voucher_style import VoucherLook
    from village_ledger.ui.widgets.tool_row import ToolRow

_SCOPE = "voucher"


class VoucherButtons:
    """Made from the declared actions; the last and filled one is what Enter leads to."""

    def __init__(self, theme: Theme, tools: ToolRow, look: VoucherLook) -> None:
        self._theme = theme
        self._tools = tools
        tools.set_gap(theme.px.cell)
        self.look_switch = VoucherLookSwitch(theme, look)

    def make(self, action: Callable[[str], QAction]) -> None:
        """Make the buttons once the page has its actions."""

        def button(name: str, keeps: int, look: Look = Look.PLAIN) -> Button:
            made = Button.of_action(self._theme, action(name), actions.spec(_SCOPE, name), look)
            self._tools.add(made, keeps=keeps)
            return made

        self._tools.add(self.look_switch, fill=lambda menu: menu.addAction(action("look")))
        self.document = button("document", 1)
        self.other_side = button("other_side", 1)
        self.templates = button("templates", 1)
        self.reverse = button("reverse", 1)
        self.save = button("save", 2)
        self.save_next = button("save_next", MAIN_KEEPS, Look.MAIN)

    def follow(self, stored: StoredVoucher | None, *, read_only: bool, may_write: bool) -> None:
        """Offer what can be done with the voucher in view."""
        posted = stored is not None and stored.state is VoucherState.POSTED
        is_side = stored is not None and bool(stored.document)
        for way in (self.document, self.other_side):
            self._tools.switch(way, is_side)
        self._tools.switch(self.reverse, posted and may_write and not is_side)
        self._tools.switch(self.templates, not read_only)
        self._tools.switch(self.save, not read_only)
        self._tools.switch(self.save_next, not read_only)
