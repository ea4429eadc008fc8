"""Finding whom a list speaks of: by any name in it, the name's pinyin, or the number the row goes by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from village_ledger.domain.account_search import AccountIndex, SearchEntry

_PER_ROW = 50
"""More names than this stand in no row."""


class NameSearch:
    """Rows of a list by their keys, such as 017 or 017/周建军; a key may have many names."""

    def __init__(self, rows: Iterable[tuple[str, Sequence[str]]]) -> None:
        """``rows`` are (key, names)."""
        listed = list(rows)
        self._count = len(listed)
        self._index = AccountIndex(
            SearchEntry(f"{key} {place}", name, name)
            for key, names in listed
            for place, name in enumerate(names)
        )

    def keys(self, text: str) -> list[str]:
        """Keys of the rows meant by the text, best first; none for an empty text."""
        if not text.strip():
            return []
        found = self._index.search(text, max(1, self._count) * _PER_ROW)
        return list(dict.fromkeys(match.entry.code.rsplit(" ", 1)[0] for match in found))
