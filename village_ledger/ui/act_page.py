"""A page that is the form of one act: a button does it, Esc goes back; what is still to be said is said before going."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from PySide6.QtCore import Qt

from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.page import Page
from village_ledger.ui.widgets.act_fields import ActFields, Field, FieldSpec
from village_ledger.ui.widgets.buttons import Look
from village_ledger.ui.widgets.notice_bar import NoticeBar

if TYPE_CHECKING:
    from village_ledger.domain.errors import LedgerError
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.unit_of_work import UnitOfWork
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session


class AnyAct(Protocol):
    """What an area's act says of itself."""

    @property
    def title(self) -> str: ...  # noqa: D102  heading of the form
    @property
    def words(self) -> str: ...  # noqa: D102  on the button
    @property
    def fields(self) -> tuple[FieldSpec, ...]: ...  # noqa: D102  of the form


@dataclass(frozen=True, slots=True)
class CardAct:
    """An act on one card of a register: done with (unit of work, ledger, code, what stands in the fields)."""

    title: str
    words: str
    fields: tuple[FieldSpec, ...]
    carry_out: Callable[[UnitOfWork, str, str, Mapping[str, str]], Outcome[Any]]


class ActPage(Page):
    """Subclasses say which ``acts`` there are and what one does (``bound``), lay out the ``form`` and fill it."""

    shows = Changes()
    acts: ClassVar[Mapping[str, AnyAct]]
    done: ClassVar[str] = "登记好了。{said}"
    """How warnings after an act are said."""

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.act = "add"
        self.form = ActFields(self.theme, self._act)
        self.notice = NoticeBar(self.theme, "", [(tr("知道了"), self.navigator.back)])
        self.notice.hide()
        self.body.addWidget(self.notice)
        self.add_button("act", Look.MAIN)

    # what a subclass says

    def bound(self, said: Mapping[str, str]) -> Callable[[UnitOfWork], Outcome[Any]]:
        """What is done with what stands in the fields: made in the window's thread, called in the worker's."""
        raise NotImplementedError

    # the page

    def handlers(self) -> dict[str, Callable[[], object]]:
        """The act."""
        return {"act": self._act}

    @property
    def fields(self) -> dict[str, Field]:
        """The fields by key."""
        return self.form.fields

    def said(self) -> dict[str, str]:
        """What stands in the fields."""
        return self.form.said()

    def show_act(self) -> None:
        """The fields of the act in force, empty."""
        act = self.acts[self.act]
        self.form.clear()
        self.form.add(tr(act.title), act.fields)
        self.slip.fold()
        self.notice.hide()

    def name_act(self, subtitle: str) -> None:
        """Title and button of the act in force."""
        act = self.acts[self.act]
        self.head.set_title(tr(act.title), subtitle)
        self.action("act").setText(tr(act.words))

    def refuse(self, error: LedgerError) -> None:
        """Say it in the page."""
        self.slip.say(describe(error))

    # inside

    def _act(self) -> None:
        doing = self.bound(self.said())
        self.slip.fold()
        self.notice.hide()
        self.operations.run(
            tr(self.acts[self.act].title),
            lambda uow, _: doing(uow),
            then=self._done,
            refused=self.refuse,
        )

    def _done(self, outcome: Outcome[Any]) -> None:
        """Back; what is still to be done is said here first."""
        if not outcome.warnings:
            self.navigator.back()
            return
        self.notice.sentence.setText(tr(self.done, said="".join(outcome.warnings)))
        self.notice.show()
        self.notice.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
