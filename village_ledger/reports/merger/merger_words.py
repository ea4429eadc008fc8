"""What every report of a merger begins with: whose it is, of which day, which villages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.merger import Option
from village_ledger.reports.issuer import DEMO

if TYPE_CHECKING:
    from village_ledger.storage.merger.records import StoredMerger
    from village_ledger.storage.reader import Reader


@dataclass(frozen=True, slots=True)
class MergerPaper:
    """The merger a paper is about."""

    village: str
    entity: str
    watermark: str
    stored: StoredMerger

    @property
    def heading(self) -> tuple[str, ...]:
        """Villages, day and option in one line."""
        option = Option(self.stored.option)
        names = "、".join(one.village for one in self.stored.sources)
        return (f"合并前：{names}", f"合并日：{self.stored.day}", f"方案{option.value}：{option.words}")

    def head(self) -> dict[str, Any]:
        """What a table of this paper has in common with the others."""
        return {
            "village": self.village,
            "ledger": "",
            "entity": self.entity,
            "watermark": self.watermark,
            "full_dates": True,
        }


def paper_of(reader: Reader) -> MergerPaper:
    """The merger of this book; raises LedgerError in a book that was not made by one."""
    stored = reader.merger()
    if stored is None:
        raise LedgerError("这个账簿不是合并建成的", "合并在开始页或用 merge 命令做。")
    book = reader.book()
    entity = "、".join(info.entity for info in reader.main_ledgers() or reader.ledgers()[:1])
    return MergerPaper(book.village, entity, DEMO if book.is_demo else "", stored)
