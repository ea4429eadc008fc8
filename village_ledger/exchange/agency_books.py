"""The books of a workspace as work over villages needs them: which ones, in the order kept, and what their files are called."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from village_ledger.domain.agency import KeptBook
from village_ledger.exchange.agency_file import find_book, read_workspace

_UNFIT = re.compile(r'[\\/:*?"<>|\s\x00-\x1f]')


def books_of(workspace: Path, villages: Sequence[str] = ()) -> list[KeptBook]:
    """Every kept book, or those named by their uid or village; raises AgencyError for one that is not kept."""
    said = read_workspace(workspace)
    if not villages:
        return list(said.books)
    wanted = {find_book(said, name).uid for name in villages}
    return [one for one in said.books if one.uid in wanted]


def names_of(kept: Sequence[KeptBook]) -> dict[str, str]:
    """A name for each village's files, by uid: no two alike on any file system, nothing in it that a path could mean."""
    plain = {one.uid: fit_for_file(one.village) or "村" for one in kept}
    often = Counter(name.casefold() for name in plain.values())
    return {uid: f"{name}_{uid[:6]}" if often[name.casefold()] > 1 else name for uid, name in plain.items()}


def fit_for_file(words: str) -> str:
    """Words as part of a file's name."""
    return _UNFIT.sub("", words).strip(".")
