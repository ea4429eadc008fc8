"""Resolutions the merged book rests on: copied from the old books with their votes, once, under their numbers."""

from __future__ import annotations

from collections.abc import Sequence

from village_ledger.domain.merger import MergerError, Option
from village_ledger.domain.share import EventKind
from village_ledger.domain.voucher import NAME_LIMIT
from village_ledger.services.merger.merging import Merging
from village_ledger.services.merger.sources import OldBook
from village_ledger.services.transfers.resolutions import ENTERED, vote_words
from village_ledger.storage.interledger.records import Resolution
from village_ledger.storage.interledger.register import InterLedgerRegister

_DECIDED = frozenset({EventKind.GRANT, EventKind.CONVERT})


class Resolutions:
    """Copies what is asked for the first time it is."""

    def __init__(self, merging: Merging) -> None:
        self._merging = merging
        self._named = set(merging.request.resolutions)
        self._copied: dict[tuple[int, str], str] = {}
        self._taken: set[str] = set()

    def ensure_named(self, books: Sequence[OldBook]) -> None:
        """Each village's assembly has resolved on it; raises MergerError for the one that has not."""
        merging = self._merging
        joint = merging.request.option is Option.FEDERATE
        if joint and not merging.request.shares.converts:
            return
        for one in books:
            if self._of_merger(one) is None:
                numbers = "、".join(sorted(self._named)) or "（没有写）"
                raise MergerError(
                    f"{merging.request.shares.words}要凭各村成员大会的决议，{one.village}的账簿里没有 {numbers}",
                    "请先在各村的旧账里登记合并的决议，再用 --resolution 写明文号（每村一个）；或用 --shares side-by-side。",
                )

    def of_merger(self, one: OldBook) -> str:
        """The village's resolution on the merger."""
        found = self._of_merger(one)
        if found is None:
            raise MergerError(f"{one.village}没有合并的决议", "请用 --resolution 写明文号。")
        return self._copy(one, found)

    def of_class(self, one: OldBook, class_id: int) -> str:
        """What a class as it stands rests on: the resolution on the merger, else that of its last grant."""
        named = self._of_merger(one)
        if named is not None:
            return self._copy(one, named)
        numbers = [
            event.resolution
            for event in one.reader.share_events(None, self._merging.request.day)
            if event.kind in _DECIDED
            and event.resolution
            and (event.class_id == class_id or event.kind is EventKind.CONVERT)
        ]
        return self._copy(one, one.reader.resolution(numbers[-1]))

    def of_event(self, one: OldBook, number: int) -> str:
        """What an old event rested on."""
        return self._copy(one, one.reader.resolution(one.reader.share_event(number).resolution))

    def _of_merger(self, one: OldBook) -> Resolution | None:
        found = [x for x in one.reader.resolutions() if x.number in self._named]
        return next((x for x in found if x.day <= self._merging.request.start.first), None)

    def _copy(self, one: OldBook, old: Resolution) -> str:
        key = (one.number, old.number)
        if key not in self._copied:
            taken = old.number in self._taken
            number = f"{one.village}{old.number}"[:NAME_LIMIT] if taken else old.number
            self._taken.add(number)
            self._copied[key] = number
            published = old.published.isoformat() if old.published else ""
            votes = (old.eligible, old.present, old.in_favour)
            InterLedgerRegister(self._merging.uow).add_resolution(
                (number, old.day.isoformat(), old.body, *votes, published, old.subject)
            )
            detail = f"{one.village}原来登记的，{vote_words(votes, old.subject)}"
            self._merging.uow.log.add(ENTERED, subject=number, detail=detail)
            if taken:
                self._merging.code(one, "resolution", "", old.number, number)
        return self._copied[key]
