"""Texts the village writes into its notes (附注), per ledger and year, each kept with its earlier versions."""

from __future__ import annotations

from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import TextError
from village_ledger.domain.unseen import unseen_in
from village_ledger.services.changes import Changes
from village_ledger.services.duties import require
from village_ledger.services.outcome import Outcome
from village_ledger.storage.statements.inspection import WRITTEN, text_record
from village_ledger.storage.statements.register import StatementsRegister
from village_ledger.storage.unit_of_work import UnitOfWork

LONGEST = 4000


def write(uow: UnitOfWork, ledger: str, year: int, item: str, text: str) -> Outcome[int]:
    """Write a text of the notes; returns its version. An unchanged one is not written again.

    Raises TextError for control characters or one longer than a page.
    """
    require(uow, Duty.PREPARE, ledger)
    clean = "\n".join(line.rstrip() for line in text.strip().splitlines())
    if len(clean) > LONGEST:
        raise TextError(f"这一段有 {len(clean)} 个字，最多 {LONGEST} 个字", "请分写到几项里。")
    if unseen_in(clean.replace("\n", "")):  # a paragraph may begin with full-width blanks
        raise TextError("这一段里有看不见的控制字符", "请删掉后再存。")
    kept = uow.reader.statement_texts(ledger, year).get(item)
    if (kept is not None and kept.text == clean) or (kept is None and not clean):
        return Outcome(kept.version if kept else 0, Changes())
    version = StatementsRegister(uow).write_text(ledger, year, item, clean)
    subject, detail = text_record(year, item, version, clean)
    uow.log.add(WRITTEN, ledger=ledger, subject=subject, detail=detail)
    return Outcome(version, Changes(settings=True, ledger=ledger))
