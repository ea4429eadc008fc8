"""The buttons of the voucher page's head: look, reverse, save, save and next; what does not fit gives way."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from village_ledger.domain.voucher import VoucherState
from village_ledger.ui import actions
from village_ledger.ui.voucher_head_tools import HeadTools
from village_ledger.ui.voucher_look_switch import VoucherLookSwitch
from village_ledger.ui.widgets.buttons import Button, Look

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from village_ledger.domain.voucher import StoredVoucher
    from village_ledger.ui.theme import Theme
    from village_ledger.ui.voucher_style import VoucherLook

_SCOPE = "voucher"


class VoucherButtons(HeadTools):
    """Made from the declared actions; the last and filled one is what Enter leads to."""

    def __init__(self, theme: Theme, look: VoucherLook) -> None:
        super().__init__(theme.px.cell)
        self._theme = theme
        self.look_switch = VoucherLookSwitch(theme, look)
        self.add(self.look_switch)

    def make(self, action: Callable[[str], QAction]) -> None:
        """Make the buttons once the page has its actions."""

        def button(name: str, look: Look = Look.PLAIN) -> Button:
            made = Button.of_action(self._theme, action(name), actions.spec(_SCOPE, name), look)
            self.add(made)
            return made

        self.reverse = button("reverse")
        self.save = button("save")
        self.save_next = button("save_next", Look.MAIN)

    def follow(self, stored: StoredVoucher | None, *, read_only: bool, may_write: bool) -> None:
        """Offer what can be done with the voucher in view."""
        posted = stored is not None and stored.state is VoucherState.POSTED
        self.switch(self.reverse, posted and may_write)
        self.switch(self.save, not read_only)
        self.switch(self.save_next, not read_only)
