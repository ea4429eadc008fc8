"""A workspace somebody is signed in to, as the agency's pages use it; what was seen of the villages is kept while it is open."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from village_ledger.exchange.agency import agency_batch, agency_todo, agency_vouchers
from village_ledger.exchange.agency.agency_file import read_workspace
from village_ledger.exchange.agency.agency_staff import member_here

if TYPE_CHECKING:
    from collections.abc import Sequence

    from village_ledger.domain.agency import BatchAct, KeptBook, VillageTodos, VillageVerdict, Workspace
    from village_ledger.exchange.agency.agency_batch import BatchOptions
    from village_ledger.exchange.agency.agency_staff import Identity
    from village_ledger.exchange.agency.agency_vouchers import WaitingVouchers
    from village_ledger.services.entry.progress import Progress


class AgencyWork:
    """Everything but the properties and ``read_again`` is called on the worker."""

    def __init__(self, path: Path, identity: Identity) -> None:
        """Raises BadWorkspace for a file that cannot be read."""
        self.path = path
        self.identity = identity
        self.workspace: Workspace = read_workspace(path)
        self.known: tuple[VillageTodos, ...] = ()
        """What waited in every village when it was last looked at; empty before."""
        self.touched: set[str] = set()
        """Books (uid) that were worked in since: they are looked at again before they are shown."""

    @property
    def books(self) -> tuple[KeptBook, ...]:
        """The villages, in the workspace's order."""
        return self.workspace.books

    def read_again(self) -> None:
        """The file was changed: villages or people came or went. Raises BadWorkspace, DutyError for who has left meanwhile."""
        self.workspace = read_workspace(self.path)
        member_here(self.workspace, self.identity.name)

    def todos(self, today: date, progress: Progress) -> list[VillageTodos]:
        """What waits in every village."""
        return agency_todo.gather(self.path, self.identity, today, progress)

    def todos_of(self, book: KeptBook, today: date) -> VillageTodos:
        """What waits in one village now."""
        return agency_todo.look_into(
            self.path, book, today, self.identity.name, agency_todo.days_of(self.workspace, today)
        )

    def waiting(self, today: date, progress: Progress, books: Sequence[KeptBook] = ()) -> WaitingVouchers:
        """Vouchers to be reviewed in every village, or in these."""
        return agency_vouchers.waiting(self.path, self.identity.name, books or self.books, today, progress)

    def run(
        self, act: BatchAct, books: Sequence[KeptBook], options: BatchOptions, progress: Progress
    ) -> list[VillageVerdict]:
        """Do it village after village; raises LedgerError for what is asked wrongly."""
        uids = [book.uid for book in books]
        return agency_batch.run(self.path, self.identity, act, uids, options, progress)
