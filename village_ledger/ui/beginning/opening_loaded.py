"""What the page of opening balances shows of a ledger, read at once on the worker."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from village_ledger.domain.chart import Chart
from village_ledger.domain.imported import ImportedOpening
from village_ledger.i18n import tr
from village_ledger.services.book.openings import DRAFT
from village_ledger.ui.beginning.opening_rows import from_text, of_lines

if TYPE_CHECKING:
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.setup.queries import OpeningDocument


class Loaded(NamedTuple):
    """What the page shows of a ledger."""

    ledger: str
    chart: Chart
    aliases: dict[str, str]
    names: list[str]
    projects: list[str]
    document: OpeningDocument | None
    rows: list[ImportedOpening]
    draft: list[ImportedOpening]
    has_closed: bool

    @property
    def changeable(self) -> bool:
        """Whether balances may still be entered or changed."""
        return not self.has_closed and (self.document is None or self.document.provisional)

    def state_words(self) -> str:
        """What may still be done with the opening, in words."""
        if self.document is None:
            return tr("已有月份结账，不能再录期初。") if self.has_closed else ""
        if self.document.provisional:
            return tr("期初未定：每一处改动都记进日志；首月结账时定下来。")
        return tr("期初已经定下来，不能再改；要更正请用凭证。")


def load(reader: Reader, ledger: str) -> Loaded:
    """Read a ledger's opening; on the worker."""
    return Loaded(
        ledger,
        reader.chart(ledger),
        reader.aliases(ledger),
        reader.counterparties(limit=2000),
        reader.projects(limit=500),
        reader.opening_document(ledger),
        of_lines(reader.opening_lines(ledger)),
        from_text(reader.setting(f"{DRAFT}{ledger}")),
        any(not m.state.accepts_vouchers for m in reader.months(ledger)),
    )
