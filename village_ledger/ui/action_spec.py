"""What declaring an action takes: its specification, how keys are written for people, and whom an action is for.

The tables themselves are in ``actions`` and the modules beside it that it gathers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from village_ledger.domain.duty import Duty


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action: ``keys`` as Qt portable text (``Ctrl+Return``), the first one is shown on buttons and hints."""

    id: str
    text: str
    keys: tuple[str, ...]
    scope: str
    help: str
    hint: str = ""
    """Short words for the status bar; empty keeps it off the bar."""
    typed: bool = False
    """Answered by what has the focus, not by a shortcut."""
    when_writable: bool = False
    """Off while the book is open read-only."""
    duty: Duty | None = None
    """Off, saying why, for whoever has no role for it."""
    leads: str = ""
    """Page of its own it leads to; not offered where that page is not."""
    reads: str = ""
    """Its words while a package is open, where it leads to something to read."""

    @property
    def key_words(self) -> str:
        """The first key as people read it."""
        return key_words(self.keys[0]) if self.keys else ""


_KEY_WORDS = {
    "Return": "Enter",
    "Space": "空格",
    "Escape": "Esc",
    "PgUp": "PgUp",
    "PgDown": "PgDn",
    "Left": "←",
    "Right": "→",
    "Down": "↓",
    "Up": "↑",
    "Up/Down": "↑↓",
    "Left/Right": "←→",
    "Delete": "Delete",
}


def key_words(keys: str) -> str:
    """``Ctrl+Return`` as printed on keys: Ctrl+Enter."""
    if keys.endswith("++"):
        return f"{keys[:-2]} ＋"
    if keys.endswith("+-"):
        return f"{keys[:-2]} －"
    return "+".join(_KEY_WORDS.get(part, part) for part in keys.split("+"))


def action(scope: str, id_: str, text: str, keys: str, help_: str, hint: str = "", **more: Any) -> ActionSpec:
    """A row of a table of actions; ``keys`` are parted by blanks."""
    return ActionSpec(id_, text, tuple(keys.split()), scope, help_, hint, **more)


def step_keys(scope: str) -> tuple[ActionSpec, ...]:
    """上一步 and 下一步 of a page of steps (``step_page``), in its own scope."""
    return (
        action(scope, "previous", "上一步", "Alt+Left", "回到上一步，填过的都在"),
        action(scope, "next", "下一步", "Alt+Right Ctrl+Return Ctrl+Enter", "这一步填好了，往下走", "下一步"),
    )


PREPARE: dict[str, Any] = {"when_writable": True, "duty": Duty.PREPARE}
RECONCILE: dict[str, Any] = {"when_writable": True, "duty": Duty.RECONCILE}
CASH: dict[str, Any] = {"when_writable": True, "duty": Duty.CASH}
CLOSE: dict[str, Any] = {"when_writable": True, "duty": Duty.CLOSE}
POST: dict[str, Any] = {"when_writable": True, "duty": Duty.POST}
ACCOUNTS: dict[str, Any] = {"when_writable": True, "duty": Duty.ACCOUNTS}
OPENING: dict[str, Any] = {"when_writable": True, "duty": Duty.OPENING}
REVIEW: dict[str, Any] = {"when_writable": True, "duty": Duty.REVIEW}
SETTINGS: dict[str, Any] = {"when_writable": True, "duty": Duty.SETTINGS}
ADMINISTER: dict[str, Any] = {"when_writable": True, "duty": Duty.ADMINISTER}
