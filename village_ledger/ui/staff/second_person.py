"""Another person who types a PIN in the page, where an act names one: reopening, sealing, reviewing a pair."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from village_ledger.i18n import tr
from village_ledger.ui.error_presenter import describe

if TYPE_CHECKING:
    from village_ledger.ui.page import Page

HINT = "账簿登记了人员的，请他本人在这里输密码；没有登记人员的不用填。"
"""Help under the field of the second person's PIN (``lock_screen.pin_field``)."""


def confirmed(page: Page, name: str, pin: str, then: Callable[[], object]) -> None:
    """Check the second person's PIN, then go on; a book without staff goes on at once. A refusal stands in the page's slip."""
    all_confirmed(page, ((name, pin),), then)


def all_confirmed(page: Page, people: Sequence[tuple[str, str]], then: Callable[[], object]) -> None:
    """The same for several people, each by name and PIN: the first who is refused stops it."""
    if not page.session.staff:
        then()
        return
    from village_ledger.services.staff import staff

    book = page.session.book

    def ask() -> None:
        for name, pin in people:
            staff.confirm(book, name.strip(), pin)

    page.operations.task(
        tr("核对密码"),
        lambda _: ask(),
        then=lambda _: then(),
        refused=lambda error: page.slip.say(describe(error)),
    )
