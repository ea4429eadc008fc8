"""What was changed of a workspace itself (工作区变动记录): who took books and people in, and out, when; written with the change.

Each line carries a digest over the line before it, so that one taken out or rewritten by hand is noticed, and the digest of the
last line, printed with the list, ties the whole of it to a sheet of paper. What is done in a village stands in its own log.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256

from village_ledger.domain.agency import AgencyEvent, Workspace
from village_ledger.exchange.agency.agency_text import MOST_EVENTS
from village_ledger.storage.clock import now_text

_NAMED, _MOST_WORDS = 20, 300


def logged(now: Workspace, by: str, words: str) -> Workspace:
    """The workspace with one line more; the oldest go first once there are too many, the digest of the last that went stays."""
    last = now.log[-1].digest if now.log else now.before
    at, words = now_text(), words if len(words) <= _MOST_WORDS else f"{words[: _MOST_WORDS - 1]}…"
    lines = (*now.log, AgencyEvent(at, by, words, digest_of(last, at, by, words)))
    gone = lines[: max(0, len(lines) - MOST_EVENTS)]
    return replace(now, log=lines[len(gone) :], before=gone[-1].digest if gone else now.before)


def digest_of(last: str, at: str, by: str, words: str) -> str:
    """What ties a line to the one before."""
    text = json.dumps([last, at, by, words], ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def first_broken(now: Workspace) -> int | None:
    """The place of the first line that does not follow from the one before it, None where all do."""
    last = now.before
    for place, line in enumerate(now.log):
        if line.digest != digest_of(last, line.at, line.by, line.words):
            return place
        last = line.digest
    return None


def named(villages: Iterable[str]) -> str:
    """Villages by name, many of them counted."""
    every = list(villages)
    more = f"等 {len(every)} 个村" if len(every) > _NAMED else ""
    return "、".join(every[:_NAMED]) + more
