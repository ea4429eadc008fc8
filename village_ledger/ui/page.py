"""What every page is: a head with title, buttons and stamp, a place for an error slip, and a body.

A page is built on its first visit by the window's factory, always as ``SomePage(session, operations, navigator)``.
The window calls ``go(**where)`` on every visit, ``reload()`` when changes touch what it ``shows``, ``leave()``
before another page comes, ``where()`` to find the way back to the same row, ``escape()`` for Esc.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from village_ledger.services.changes import Changes
from village_ledger.ui import actions
from village_ledger.ui.actions_desk import in_package, offered_in_package
from village_ledger.ui.review.looking import put_away_forms
from village_ledger.ui.widgets.buttons import Button, Look
from village_ledger.ui.widgets.page_head import PageHead
from village_ledger.ui.widgets.slip import Slip

if TYPE_CHECKING:
    from village_ledger.domain.duty import Duty
    from village_ledger.ui.action_spec import ActionSpec
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.review.pin import Pin
    from village_ledger.ui.review.pin_board import PinTag
    from village_ledger.ui.session import Session


MAIN_KEEPS = 3
"""A page's main button never folds into 更多."""


class Navigator(Protocol):
    """The way between pages, as a page sees it."""

    def open(self, name: str, **where: Any) -> None:
        """Show a page at a place; Esc there comes back to here."""

    def back(self) -> bool:
        """Go back to the page before, at the same row; False when there is none."""
        ...

    def trail(self) -> list[str]:
        """Titles of the pages behind this one, the first first."""
        ...


class Page(QWidget):
    """A page of the window. Subclasses build into ``self.body`` in ``__init__`` and read data in ``reload``."""

    scope: ClassVar[str] = ""
    """Scope of its actions in ``actions.py``."""
    nav: ClassVar[str] = ""
    """Entry of the left bar that is lit while it shows."""
    shows: ClassVar[Changes] = Changes()
    """What it shows: changes touching these flags reload it."""
    of_reviewer: ClassVar[bool] = False
    """Whether a package's reviewer writes here: its words of advice stay then."""
    follows_ledger: ClassVar[bool] = True
    """Whether it belongs to one ledger (frame, stamp, colour) or to both (ink line)."""

    status_changed = Signal()
    """Its words for the status bar, its hints or its title are other ones."""
    pins_seen = Signal()
    """Other remarks are pinned where one stands."""

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__()
        self.session = session
        self.theme = session.theme
        self.operations = operations
        self.navigator = navigator
        self.page_name = ""
        """What it is opened by; kept by the window."""
        self.seen_pins: tuple[PinTag, ...] = ()
        """Remarks pinned to the voucher, row or figure one stands on."""
        self.for_both = False
        """A page of one ledger that shows something of both for now."""
        self.stale = True
        """Whether it must reload before it is shown again; kept by the window."""
        self.head = PageHead(session, with_stamp=self.follows_ledger)
        """Title, subtitle, buttons and stamp: ``set_title``, ``add_widget``; see also ``add_button``."""
        self.slip = Slip(self.theme)
        content = QWidget()
        self.body = _Body(content)
        self.body.setContentsMargins(0, 0, 0, 0)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.head)
        self._column.addWidget(scrolled(content), 1)
        self._column.addWidget(self.slip)
        self._actions: dict[str, QAction] = {}
        self._lay_out()
        self.theme.changed.connect(self._on_theme)

    # what a subclass says

    def go(self, **where: Any) -> None:
        """Arrive at a place named by ``Navigator.open`` or by an earlier ``where()``; reload if stale."""
        del where
        if self.stale:
            self.reload()

    def where(self) -> dict[str, Any]:
        """The place one is at, so that coming back finds the same row."""
        return {}

    def reload(self) -> None:
        """Read again what is shown, keeping the selected row."""

    def leave(self) -> bool:
        """Asked before another page or ledger comes; False keeps the person here, having said why."""
        return True

    def escape(self) -> bool:
        """Back out one level inside the page; False lets Esc go to the page before."""
        return False

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Slot per action id of its scope, and of the window's actions it answers itself (find, print)."""
        return {}

    def hints(self) -> list[str]:
        """Action ids whose keys stand in the status bar; by default all of the scope that have hint words."""
        return [spec.id for spec in actions.of_scope(self.scope) if spec.hint]

    def status(self) -> str:
        """Words at the left of the status bar: saved state, count of rows, way in."""
        return ""

    def pinned_at(self) -> Pin | None:
        """Where a reviewer's remark is pinned that begins here (F8); None where the page stands on nothing of its own."""
        return None

    def restyle(self) -> None:
        """Take over what was taken from the theme in ``__init__``: row heights, fixed widths, the ledger's colour."""

    @property
    def belongs_to_ledger(self) -> bool:
        """Whether frame, stamp and colour are the leading ledger's now."""
        return self.follows_ledger and not self.for_both

    def title(self) -> str:
        """The title as it stands, for the trail of pages."""
        return self.head.title()

    # what the window and subclasses use

    def see_pins(self, tags: Sequence[PinTag]) -> None:
        """Other remarks are pinned where one stands now."""
        if tuple(tags) != self.seen_pins:
            self.seen_pins = tuple(tags)
            self.pins_seen.emit()

    def action(self, action_id: str) -> QAction:
        """The action bound to this page's slot, made on first use from its declaration."""
        if action_id not in self._actions:
            spec = actions.spec(self.scope, action_id)
            made = QAction(self.key_spec(action_id).text, self)
            made.setObjectName(f"{spec.scope}.{spec.id}")
            made.setToolTip(spec.help)
            made.setVisible(self.offers(spec))
            slot = self.handlers()[action_id]
            made.triggered.connect(lambda _checked=False, slot=slot: slot())
            if not spec.typed and spec.scope != actions.EVERYWHERE:
                made.setShortcuts([QKeySequence(key) for key in self.key_spec(action_id).keys])
                made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self.addAction(made)
            self._actions[action_id] = made
        return self._actions[action_id]

    def key_spec(self, action_id: str) -> ActionSpec:
        """The declaration of an action; while a package is open its key for pinning is given up."""
        spec = actions.spec(self.scope, action_id)
        return in_package(spec) if self.reviewing else spec

    def offers(self, spec: ActionSpec) -> bool:
        """Whether an action is there to be seen: nothing writes in a package."""
        return not self.reviewing or offered_in_package(spec)

    @property
    def reviewing(self) -> bool:
        """Whether a package is open: what writes is not even shown."""
        return self.session.is_open and self.session.package is not None

    def add_button(self, action_id: str, look: Look = Look.PLAIN, keeps: int = 0) -> Button:
        """Put a button of an action of ``handlers()`` into the head; the filled one keeps its place longest."""
        button = Button.of_action(self.theme, self.action(action_id), self.key_spec(action_id), look)
        self.head.add_widget(button, keeps=keeps or (MAIN_KEEPS if look is Look.MAIN else 0))
        return button

    def bind_actions(self) -> None:
        """Make every action of the page's handlers; called by the window once the page is built."""
        for action_id in self.handlers():
            self.action(action_id)
        self.follow_access()
        if self.reviewing:
            put_away_forms(self)

    def follow_access(self) -> None:
        """Switch writing actions off while the book is read-only, and those the person has no role for, saying why."""
        writable = self.session.is_open and not self.session.read_only
        for action_id, made in self._actions.items():
            spec = actions.spec(self.scope, action_id)
            if spec.when_writable:
                refused = self.session.refusal(self.duty_of(action_id))
                made.setEnabled(writable and not refused)
                made.setToolTip(refused or spec.help)

    def duty_of(self, action_id: str) -> Duty | None:
        """What one must be entitled to for an action; a page that shares its scope with others may say another duty."""
        return actions.spec(self.scope, action_id).duty

    def permits(self, action_id: str) -> bool:
        """Whether the person at the keyboard has a role for an action."""
        return not self.session.refusal(self.duty_of(action_id))

    def may(self, action_id: str) -> bool:
        """Whether it can be done now as far as book and person go; a page adds what the row in view allows."""
        return self.session.is_open and not self.session.read_only and self.permits(action_id)

    def refusals(self) -> list[str]:
        """Why actions of this page are off for the person at the keyboard."""
        duties = dict.fromkeys(self.duty_of(name) for name in self._actions)
        return [said for duty in duties if (said := self.session.refusal(duty))]

    # inside

    def _on_theme(self) -> None:
        """Lay out again for another size or contrast; another ledger's colour touches only pages that follow it."""
        laid_out = self._laid_out_for is self.theme.tokens
        if not laid_out:
            self._lay_out()
        if self.belongs_to_ledger or not laid_out:
            self.restyle()

    def _lay_out(self) -> None:
        """Margins and spacing of the page from the measures in force."""
        self._laid_out_for = self.theme.tokens
        px = self.theme.px
        self.body.setSpacing(px.gap)
        self._column.setSpacing(px.gap)
        self._column.setContentsMargins(px.page_edge, px.cell, px.page_edge, px.gap)


class _Body(QVBoxLayout):
    """Says nothing of its height for a width: the scroll area would give every part its full height by it."""

    def hasHeightForWidth(self) -> bool:
        """Not to the scroll area."""
        return False


def scrolled(content: QWidget) -> QScrollArea:
    """A place that scrolls where the content is higher than the room, so that no page forces the window."""
    area = QScrollArea()
    area.setWidget(content)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setMinimumSize(1, 1)
    return area
