"""``import bank``: a bank's own statement file, whatever its layout; sure matches are made in the same action."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from village_ledger.exchange.bank.bank_columns import MEANINGS, remembered
from village_ledger.exchange.bank.bank_sheet import read_lines, read_statement
from village_ledger.exchange.reading.heading_rows import Light
from village_ledger.exchange.reading.raw_sheet import read_raw
from village_ledger.i18n import tr
from village_ledger.services.bank import bank_matches, bank_statements
from village_ledger.services.outcome import Outcome
from village_ledger.storage.bank.queries import BankAccount
from village_ledger.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class ImportedStatement:
    """What an import did."""

    account: BankAccount
    new: int
    known: int
    matches: int
    proposed: int


def import_bank(
    uow: UnitOfWork,
    ledger: str,
    path: Path,
    *,
    account: str = "",
    bank: str = "",
    mapping: Mapping[str, str] | None = None,
) -> Outcome[ImportedStatement]:
    """Take a statement in and match what is sure; the mapping used is remembered for the bank.

    Raises UnreadableError, ImportRefused naming every line at fault, LedgerError for the statement of another account.
    """
    confirmed = mapping if mapping is not None else remembered(read_raw(path), uow.reader.bank_layouts())
    file = read_statement(path, confirmed)
    found = bank_statements.account_for(uow, ledger, file, account, bank)
    taken = bank_statements.take_in(uow, found, file)
    bank_statements.remember(uow, found.bank, file.headings, file.mapping)
    matched = bank_matches.match_automatically(uow, found)
    value = ImportedStatement(
        found,
        taken.value.new,
        taken.value.known,
        matched.value.matches,
        len(matched.value.proposed),
    )
    return Outcome(
        value,
        taken.changes | matched.changes,
        (*_guessed(path, confirmed), *taken.warnings, *matched.warnings),
    )


def _guessed(path: Path, confirmed: Mapping[str, str] | None) -> list[str]:
    """Columns whose meaning was guessed are said, so that a wrong guess is seen."""
    if confirmed is not None:
        return []
    columns = read_lines(path).layout.columns
    guesses = [f"{x.heading}={MEANINGS[x.meaning]}" for x in columns if x.light is Light.YELLOW]
    if not guesses:
        return []
    return [tr("这些列的意思是猜的，请核对：{columns}。", columns="，".join(guesses))]
