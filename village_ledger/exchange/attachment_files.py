"""Files taken in as attachments, all or none of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from village_ledger.domain.attachment import Attachment, Owner
from village_ledger.services.attachments import attachments
from village_ledger.services.changes import Changes
from village_ledger.services.outcome import Outcome
from village_ledger.storage.unit_of_work import UnitOfWork


def take_all(
    uow: UnitOfWork, owner: Owner, files: Sequence[tuple[Path | bytes, str]], kind: str = ""
) -> Outcome[list[Attachment]]:
    """Attach files under their names; the first that is refused refuses all."""
    done = [attachments.attach(uow, owner, source, name, kind) for source, name in files]
    warnings = tuple(said for one in done for said in one.warnings)
    return Outcome([one.value for one in done], Changes(attachments=True, ledger=owner.ledger), warnings)
