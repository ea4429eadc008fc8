"""What must hold of publishing even for a raw connection: what hung on the wall is added to, never changed."""

from __future__ import annotations

from village_ledger.storage.disclosure.triggers_postings import POSTINGS
from village_ledger.storage.disclosure.triggers_versions import VERSIONS

DISCLOSURE: tuple[str, ...] = (*VERSIONS, *POSTINGS)
