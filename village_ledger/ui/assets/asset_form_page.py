"""Forms about one asset: one act, Esc goes back; what is done stands in the status bar of the page before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QLineEdit

from village_ledger.i18n import tr
from village_ledger.services.assets import cards
from village_ledger.services.assets.asset_words import classes
from village_ledger.ui.act_page import ActPage
from village_ledger.ui.assets.asset_acts import ACTS, filled
from village_ledger.ui.widgets.act_fields import text_of
from village_ledger.ui.widgets.pick_list import PickList

if TYPE_CHECKING:
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.assets.records import Standing
    from village_ledger.storage.unit_of_work import UnitOfWork
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

_NEW = "add"
"""The act that is about no card yet."""


class AssetFormPage(ActPage):
    """The form of one act; another act builds another form in its place."""

    scope = "asset_form"
    nav = "works"
    acts = ACTS
    done = "办好了。{said}"

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self._code = ""
        self.body.addWidget(self.form)
        self.show_act()

    def go(self, **where: Any) -> None:
        """``act`` of ``ACTS`` and the ``code`` of the card it is about."""
        self.act, self._code = where.get("act", self.act), str(where.get("code", self._code))
        self.show_act()
        self.reload()
        self.form.begin()

    def where(self) -> dict[str, Any]:
        """The act and the card."""
        return {"act": self.act, "code": self._code}

    def reload(self) -> None:
        """Title, button, and the card as the book has it."""
        self.name_act("" if self.act == _NEW else self._code)
        if not self.session.is_open or self.act == _NEW or not self._code:
            return
        ledger, code = self.session.ledger_code, self._code
        self.operations.read(
            tr("读资产卡片"),
            lambda reader: cards.standing(reader, ledger, code),
            self._fill,
            refused=self.refuse,
            key="asset_form",
        )

    def show_act(self) -> None:
        """The fields of the act in force, with what is usual."""
        super().show_act()
        if self.act != _NEW:
            self.form.put("day", str(date.today()))  # noqa: DTZ011  the village's wall calendar
        self.form.put("month", str(self.session.month))
        others = (one for one in self.session.ledgers if one.code != self.session.ledger_code)
        self.form.offer("to", [(one.code, one.title) for one in others])
        category = self.fields.get("category")
        if isinstance(category, PickList):
            category.currentIndexChanged.connect(lambda _: self._by_class())
            self._by_class()

    def bound(self, said: Mapping[str, str]) -> Callable[[UnitOfWork], Outcome[Any]]:
        """The act on the card with what stands in the fields."""
        act, ledger, code = ACTS[self.act], self.session.ledger_code, self._code
        return lambda uow: act.carry_out(uow, ledger, code, said)

    # inside

    def _by_class(self) -> None:
        """Usual months of the class, while nothing was typed; a class that is not charged has none."""
        rule = next((r for r in classes() if r["name"] == text_of(self.fields["category"])), None)
        months = self.fields.get("months")
        if rule is None or not isinstance(months, QLineEdit):
            return
        usual = {str(r["months"]) for r in classes()} | {""}
        if months.text() in usual:
            months.setText(str(rule["months"] or ""))
            self.form.put("method", "straight" if rule["months"] else "none")

    def _fill(self, one: Standing) -> None:
        """What is there already."""
        for key, text in filled(self.act, one).items():
            self.form.put(key, text)
