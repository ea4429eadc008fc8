"""A filled template on the desk: what is typed in one place stands in every other place of the same name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from village_ledger.domain.template import PLACE, Blank, Filled, substitute
from village_ledger.ui.voucher.voucher_lines_model import BY_KEY

if TYPE_CHECKING:
    from village_ledger.ui.voucher.voucher_desk import VoucherDesk


class TemplateFilling:
    """Knows the blanks of the template in view; asked each time a cell has been left."""

    def __init__(self, desk: VoucherDesk) -> None:
        self._desk = desk
        self._accounts: list[str] = []
        self._stands: dict[Blank, str] = {}
        """What a blank's cell held when last looked at."""

    def begin(self, filled: Filled) -> None:
        """Another template was filled."""
        self._accounts = [line.account for line in filled.draft.lines]
        self._stands = {blank: blank.pattern if blank.cell == "summary" else "" for blank in filled.blanks}

    def forget(self) -> None:
        """Something else is on the desk."""
        self._stands = {}

    def follow(self) -> None:
        """Put what was typed for a variable wherever it is waited for; each is one step to undo."""
        if not self._stands:
            return
        known: dict[str, str] = {}
        for blank, stood in self._stands.items():
            text = self._text(blank)
            if text and text != stood:
                known.update(_typed(blank, text))
        for blank, stood in list(self._stands.items()):
            text = substitute(blank.pattern, known)
            if self._text(blank) != stood or text == blank.pattern:
                continue
            if blank.cell != "summary" and PLACE.search(text):
                continue
            self._desk.editing.put(blank.row, BY_KEY[blank.cell], text)
            self._stands[blank] = text

    def _text(self, blank: Blank) -> str:
        """What stands in a blank's cell; nothing where its line has gone."""
        lines = self._desk.editing.model.lines
        if blank.row >= len(lines) or lines[blank.row].account != self._accounts[blank.row]:
            return ""
        return str(getattr(lines[blank.row], blank.cell))


def _typed(blank: Blank, text: str) -> dict[str, str]:
    """What a person typed for the variables of a blank."""
    if blank.asks:
        return {blank.asks: text}
    if blank.cell != "summary":
        return {}
    parts = PLACE.split(blank.pattern)
    names = parts[1::2]
    pattern = "(.+?)".join(re.escape(part) for part in parts[::2])
    match = re.fullmatch(pattern, text)
    found = {} if match is None else dict(zip(names, match.groups(), strict=True))
    return {name: value for name, value in found.items() if not PLACE.search(value)}
