"""Forms about one person: a death, admission, leaving, a new head of the household, somebody new. One act, Esc goes back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.ui.act_page import ActPage
from village_ledger.ui.page import scrolled
from village_ledger.ui.people.member_acts import ACTS, NO_RESOLUTION

if TYPE_CHECKING:
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.interledger.records import Resolution
    from village_ledger.storage.unit_of_work import UnitOfWork
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session


class PersonFormPage(ActPage):
    """The form of one act; another act builds another form in its place."""

    scope = "person_form"
    nav = "members"
    shows = Changes(settings=True)
    acts = ACTS

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self._household = ""
        self.body.addWidget(scrolled(self.form), 1)

    def go(self, **where: Any) -> None:
        """``act`` of ``ACTS``, the ``person`` (户编号/姓名) or ``household`` it is about."""
        self.act = where.get("act", self.act)
        self._household = str(where.get("household", ""))
        self.show_act()
        self.form.put("who", str(where.get("person", "")))
        self.form.put("household", self._household)
        if self.act != "death":
            self.form.put("day", str(date.today()))  # noqa: DTZ011  the village's wall calendar
        self.reload()
        self.form.begin()

    def where(self) -> dict[str, Any]:
        """The act and whom it is about."""
        return {"act": self.act, "person": self.said().get("who", ""), "household": self._household}

    def reload(self) -> None:
        """Title, button, the resolutions there are."""
        self.name_act(self.session.info.village if self.session.is_open else "")
        if self.session.is_open and "resolution" in self.fields:
            self.operations.read(
                tr("读决议"), lambda r: r.resolutions(), self._offer, key="person_form.resolutions"
            )

    def bound(self, said: Mapping[str, str]) -> Callable[[UnitOfWork], Outcome[Any]]:
        """The act with what stands in the fields."""
        act = ACTS[self.act]
        return lambda uow: act.carry_out(uow, said)

    def _offer(self, listed: list[Resolution]) -> None:
        named = [(one.number, f"{one.number} {one.subject}") for one in listed]
        self.form.offer("resolution", [*NO_RESOLUTION, *named])
