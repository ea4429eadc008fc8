"""A page of numbered steps: one calm form after the other, 上一步 and 下一步, and a live proof at the side.

A subclass builds the contents of its steps in ``__init__`` and hands them over with ``set_steps``; it answers
``arrived`` (a step comes into view), ``may_go_on`` (下一步 was pressed there) and ``finish`` (on the last one). Its scope
declares 上一步 and 下一步 with ``action_spec.step_keys``. What is proved as one goes stands in ``proof`` (``show_blocks``): give
it a heading with ``proof_heading``; in a narrow window ``show_proof``'s one line stands for it in the foot.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from village_ledger.i18n import tr
from village_ledger.ui import actions
from village_ledger.ui.page import Page, scrolled
from village_ledger.ui.widgets.buttons import Button, Look
from village_ledger.ui.widgets.proof_panel import ProofBlock, ProofPanel
from village_ledger.ui.widgets.step_strip import StepStrip

if TYPE_CHECKING:
    from village_ledger.ui.action_spec import ActionSpec
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its word in the strip, what is on it, the words of the button that leads on."""

    name: str
    content: QWidget
    onward: str = "下一步"
    with_proof: bool = False
    """Whether the proof stands beside it."""
    scrolls_itself: bool = False
    """A table that scrolls by itself is not put into another place that scrolls."""
    returns: bool = True
    """Whether 上一步 leads back from here; not from what is done."""


class StepPage(Page):
    """Title, strip of steps, the step with its proof, foot with words and buttons."""

    proof_heading: ClassVar[str] = "边填边证"

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self._name = ""
        self._steps: tuple[Step, ...] = ()
        self._before: tuple[str, ...] = ()
        self._after: tuple[str, ...] = ()
        self.step = 0
        """The step in view, from 0."""
        self.strip = StepStrip(self.theme)
        self.proof = ProofPanel(self.theme, tr(self.proof_heading))
        self.words = QLabel()
        """A line of help for the step, at the left of the foot."""
        self.words.setWordWrap(True)
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._help, self._brief = "", ""
        self._stack = QStackedWidget()
        middle = QHBoxLayout()
        middle.setSpacing(self.theme.px.gap)
        middle.addWidget(self._stack, 1)
        middle.addWidget(self.proof)
        self.foot = QHBoxLayout()
        """Words, then buttons: a subclass inserts its own before the last one (``add_to_foot``)."""
        self.foot.setSpacing(12)
        self.foot.addWidget(self.words, 1)
        self.body.addWidget(self.strip)
        self.body.addLayout(middle, 1)
        self._column.insertLayout(self._column.count() - 1, self.foot)  # in view however small the window is
        self.previous = self._foot_button("previous", Look.PLAIN)
        self.next = self._foot_button("next", Look.MAIN)

    # what a subclass says

    def arrived(self, step: int) -> None:
        """A step has come into view: read what it shows, put the cursor where one begins."""

    def may_go_on(self, step: int) -> bool:
        """Whether the step is filled; False keeps the person there, having said why in the slip."""
        del step
        return True

    def finish(self) -> None:
        """The button of the last step was pressed."""

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """上一步, 下一步; a subclass adds its own."""
        return {"previous": self.go_back, "next": self.go_on}

    def offers(self, spec: ActionSpec) -> bool:
        """Steps lead to an act: in a package one stays where there is something to read, at the first."""
        return super().offers(spec) and not (self.reviewing and spec.id in {"previous", "next"})

    # what a subclass and the window use

    def set_title(self, name: str) -> None:
        """The page's name; beside it stands which step of how many."""
        self._name = name
        self._follow()

    def set_steps(self, steps: Sequence[Step], *, after: Sequence[str] = ()) -> None:
        """The steps in their order; those that come ``after`` on another page are only named."""
        self._steps, self._after = tuple(steps), tuple(after)
        for step in self._steps:
            self._stack.addWidget(step.content if step.scrolls_itself else _calm(step.content))
        self._follow()

    def come_after(self, names: Sequence[str]) -> None:
        """Steps done on another page before this one; they count, ticked."""
        self._before = tuple(names)
        self._follow()

    def add_to_foot(self, button: Button) -> None:
        """A button of the subclass between 上一步 and the one that leads on."""
        self.foot.insertWidget(self.foot.count() - 1, button)

    def show_proof(self, blocks: Sequence[ProofBlock], brief: str = "") -> None:
        """What is proved now, and in one line for a window without room for the panel."""
        self.proof.show_blocks(blocks)
        self._brief = brief
        self._say()

    def say_help(self, words: str) -> None:
        """The line at the left of the foot."""
        self._help = words
        self._say()

    def show_step(self, step: int) -> None:
        """Bring a step into view."""
        self.step = step
        self._follow()
        self.slip.fold()
        self.arrived(step)
        self.status_changed.emit()

    def go_on(self) -> None:
        """下一步, where the step is filled."""
        if not self._steps or not self.may_go_on(self.step):
            return
        if self.step + 1 < len(self._steps):
            self.show_step(self.step + 1)
        else:
            self.finish()

    def go_back(self) -> None:
        """上一步; what was filled in stays."""
        if self.step > 0 and self._steps[self.step].returns:
            self.show_step(self.step - 1)

    def go(self, **where: Any) -> None:
        """``step`` to begin at; without one where one was."""
        super().go()
        self.show_step(where.get("step", self.step))

    def where(self) -> dict[str, Any]:
        """The step in view."""
        return {"step": self.step}

    def escape(self) -> bool:
        """One step back; from the first one to the page before."""
        if self.step == 0 or not self._steps[self.step].returns:
            return False
        self.go_back()
        return True

    def restyle(self) -> None:
        """The proof stands beside the form only where there is room for both."""
        self._follow()

    # inside

    def _foot_button(self, action_id: str, look: Look) -> Button:
        spec = actions.spec(self.scope, action_id)
        button = Button.of_action(self.theme, self.action(action_id), spec, look)
        self.foot.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        return button

    def _follow(self) -> None:
        """Title, strip, buttons and proof of the step in view."""
        if not self._steps:
            return
        present, narrow = self._steps[self.step], self.theme.tokens.narrow
        names = [*self._before, *(s.name for s in self._steps), *self._after]
        place = len(self._before) + self.step
        said = tr("第 {step} 步，共 {count} 步", step=place + 1, count=len(names))
        self.head.set_title(self._name, f"{said} · {present.name}" if narrow else said)
        self.strip.show_steps(names, place)
        self.strip.setVisible(not narrow)
        self._stack.setCurrentIndex(self.step)
        self.proof.setVisible(present.with_proof and not narrow)
        self.action("previous").setEnabled(self.step > 0 and present.returns)
        self.action("next").setText(present.onward)
        self._say()

    def _say(self) -> None:
        """The line in the foot: the proof in short where its panel has no room, else the step's help."""
        with_proof = bool(self._steps) and self._steps[self.step].with_proof
        self.words.setText(self._brief if self.theme.tokens.narrow and with_proof else self._help)


def _calm(content: QWidget) -> QWidget:
    """A form that begins at the top and scrolls where the room is small."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(content)
    column.addStretch(1)
    return scrolled(holder)
