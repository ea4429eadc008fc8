"""What a batch over villages is asked (``BatchOptions``), and one village while something is done for it (``Village``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from village_ledger.domain.agency import BatchResult, KeptBook, VillageVerdict
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.masking import Level
from village_ledger.domain.period import Month, Span
from village_ledger.i18n import tr
from village_ledger.services.entry.progress import Progress
from village_ledger.storage.file.book_file import BookFile


@dataclass(frozen=True, slots=True)
class BatchOptions:
    """What of it is asked for; an act reads only what is its own."""

    ledgers: tuple[str, ...] = ()
    """Codes of the ledgers; none for every ledger of a village."""
    through: date | None = None
    """Review and posting: vouchers up to this day."""
    chosen: Mapping[str, Sequence[int]] | None = None
    """Review: these vouchers alone, by the book's uid; villages without any are left out."""
    reason: str = ""
    """Review: why the chosen vouchers are given back; empty to pass them."""
    month: Month | None = None
    """Closing: the month."""
    reports: tuple[str, ...] = ()
    """Printing: names of ``agency_prints.PRINTABLE``."""
    span: Span | None = None
    """Printing and export: the days; None as the report or form has them by itself."""
    merged: bool = False
    """Printing: one PDF of all villages in their order, in place of a folder for each."""
    form: str = ""
    """Export: ``package`` or a name of ``export_formats``."""
    folder: Path | None = None
    """Printing and export: where the files go; it must be there."""
    attachments: bool = False
    """Export of packages: with the files vouchers rest on."""
    level: Level = Level.TOWNSHIP
    why_whole: str = ""
    """Export at level L0: why whole numbers are needed."""


@dataclass(slots=True)
class Village:
    """One village, its book open and somebody signed in, while an act is done for it."""

    kept: KeptBook
    name: str
    """Unlike that of any other village of the workspace, fit for a file."""
    book: BookFile
    by: str
    options: BatchOptions
    progress: Progress
    done: set[int] = field(default_factory=set[int])
    """Vouchers done already, as the other side of a document of the ledger before."""
    also: Counter[str] = field(default_factory=Counter[str])
    """How many of them each ledger has."""

    def ledgers(self) -> list[str]:
        """Its ledgers that are asked for; one a village does not have is nobody's fault."""
        wanted = self.options.ledgers
        return [info.code for info in self.book.reader().ledgers() if not wanted or info.code in wanted]

    def verdict(
        self, ledger: str, result: BatchResult, count: int, words: str, files: Sequence[Path] = ()
    ) -> VillageVerdict:
        """What became of a ledger of it."""
        return VillageVerdict(self.kept, ledger, result, count, words, tuple(str(file) for file in files))

    def tried(self, ledger: str, act: Callable[[], VillageVerdict]) -> VillageVerdict:
        """Do something for a ledger; what refuses it is its verdict."""
        try:
            return act()
        except LedgerError as refusal:
            along = self.also[ledger]
            said = tr("（{n} 张已随另一本账的往来单办好）", n=along) if along else ""
            return self.verdict(ledger, BatchResult.REFUSED, along, f"{refusal}{said}")
