"""这笔怎么记: which events a ledger's chart has, and how sure they are. Nothing here writes into the book."""

from __future__ import annotations

from functools import lru_cache

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.posting_event import EventFile, EventIndex, load_events
from village_ledger.resources_dir import resource
from village_ledger.storage.reader import Reader

FILES = ("postings_collective.toml", "postings_committee.toml")


@lru_cache(maxsize=len(FILES))
def _load(name: str) -> tuple[EventFile, EventIndex]:
    file = load_events(resource("rules", name).read_text(encoding="utf-8"))
    return file, EventIndex(file.events)


def events_for(reader: Reader, ledger: str) -> tuple[EventFile, EventIndex]:
    """The events for a ledger's chart, and their index; raises LedgerError for a chart without any."""
    chart_id = reader.ledger(ledger).chart_id
    for name in FILES:
        file, index = _load(name)
        if chart_id in file.charts:
            return file, index
    raise LedgerError("这张科目表还没有“这笔怎么记”的资料", "请直接填凭证。")
