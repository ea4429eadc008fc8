"""Writing what a book is set up with: provisional openings, last year's columns, further ledgers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from village_ledger.domain.chain import FIELD, LINE
from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.period import Month
from village_ledger.storage.charts import ChartPreset, account_values
from village_ledger.storage.records import OpeningLine
from village_ledger.storage.registers import Register, opening_digest
from village_ledger.storage.vouchers.party_sides import make_anew


@dataclass(frozen=True, slots=True)
class LedgerSpec:
    """A further ledger of the book."""

    code: str
    kind: LedgerKind
    title: str
    entity: str
    registration_code: str
    start: Month


class OpeningStates(Register):
    """Provisional opening documents: changed while they are, then final."""

    def mark_provisional(self, ledger: str) -> None:
        """Say of a document about to be entered that it is provisional."""
        self._run(
            "INSERT INTO opening_state (ledger_id, state) VALUES (?, 'provisional')",
            (self._ledger_id(ledger),),
        )

    def replace(self, ledger: str, lines: Sequence[OpeningLine]) -> bytes:
        """Make these the rows of a provisional document and seal it anew; returns the digest.

        A row that stays keeps its place, new ones come last.
        """
        ledger_id, parties = self._ledger_id(ledger), self._uow.parties
        ids = {
            (account, counterparty, project): row_id
            for row_id, account, counterparty, project in self._run(
                "SELECT o.id, o.account, coalesce(c.name, ''), coalesce(p.name, '') FROM opening o "
                "LEFT JOIN party c ON c.id = o.counterparty_id LEFT JOIN party p ON p.id = o.project_id "
                "WHERE o.ledger_id = ?",
                (ledger_id,),
            )
        }
        wanted = {(x.account, x.counterparty, x.project): x for x in lines}
        self._run(
            "DELETE FROM opening_quantity WHERE opening_id IN (SELECT id FROM opening WHERE ledger_id = ?)",
            (ledger_id,),
        )
        gone = [(row_id,) for key, row_id in ids.items() if key not in wanted]
        if gone:
            self._run("DELETE FROM opening WHERE id = ?", gone)
        after = 1 + int(self._run("SELECT coalesce(max(id), 0) FROM opening").scalar_one())
        for key, x in wanted.items():
            figures = (x.debit, x.credit, x.year_debit, x.year_credit)
            if key in ids:
                self._run(
                    "UPDATE opening SET debit = ?, credit = ?, year_debit = ?, year_credit = ? WHERE id = ?",
                    (*figures, ids[key]),
                )
            else:
                ids[key] = after
                names = (parties.id_of("counterparty", x.counterparty), parties.id_of("project", x.project))
                self._run(
                    "INSERT INTO opening VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (after, ledger_id, x.account, *names, *figures),
                )
                after += 1
            if x.quantity:
                self._run("INSERT INTO opening_quantity VALUES (?, ?)", (ids[key], x.quantity))
        make_anew(self._run, ledger_id)
        stored = self._uow.reader.opening_lines(ledger)
        digest = opening_digest(stored)
        self._run(
            "UPDATE opening_document SET rows = ?, digest = ? WHERE ledger_id = ?",
            (len(stored), digest, ledger_id),
        )
        return digest

    def settle(self, ledger: str) -> None:
        """Make a provisional document final, by the person who acts."""
        self._run(
            "UPDATE opening_state SET state = 'final', confirmed_by = ?, confirmed_at = ? WHERE ledger_id = ?",
            (self._uow.by, self._uow.at, self._ledger_id(ledger)),
        )


def last_year_digest(report: str, figures: Mapping[str, int]) -> bytes:
    """Digest of last year's columns of a statement, over its lines in order of their ids."""
    lines = [FIELD.join((line, str(figures[line]))) for line in sorted(figures)]
    return sha256(LINE.join((report, *lines)).encode()).digest()


class LastYears(Register):
    """Last year's statement columns."""

    def enter(self, ledger: str, report: str, figures: Mapping[str, int]) -> bytes:
        """Store a statement's figures in place of earlier ones; returns the digest."""
        ledger_id = self._ledger_id(ledger)
        for table in ("last_year_figure", "last_year_document"):
            self._run(f"DELETE FROM {table} WHERE ledger_id = ? AND report = ?", (ledger_id, report))
        digest = last_year_digest(report, figures)
        self._run(
            "INSERT INTO last_year_document VALUES (?, ?, ?, ?, ?, ?)",
            (ledger_id, report, self._uow.by, self._uow.at, len(figures), digest),
        )
        rows = [(ledger_id, report, line, amount) for line, amount in sorted(figures.items())]
        self._run("INSERT INTO last_year_figure VALUES (?, ?, ?, ?)", rows)
        return digest


class Ledgers(Register):
    """Ledgers added after the book was made."""

    def add(self, spec: LedgerSpec, preset: ChartPreset) -> None:
        """A ledger with the chart of a preset and the months of its first year."""
        ledger_id = int(self._run("SELECT max(id) + 1 FROM ledger").scalar_one())
        self._run(
            "INSERT INTO ledger (id, code, kind, title, entity, registration_code, chart_id, code_widths, start_month, "
            "one_person_post) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
            (
                ledger_id,
                spec.code,
                spec.kind.value,
                spec.title,
                spec.entity,
                spec.registration_code,
                preset.id,
                preset.code_widths,
                str(spec.start),
            ),
        )
        self._run(
            "INSERT INTO account VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [(ledger_id, *account_values(account)) for account in preset.accounts],
        )
        months = [Month(spec.start.year, number) for number in range(spec.start.month, 13)]
        self._run(
            "INSERT INTO period (ledger_id, month) VALUES (?, ?)", [(ledger_id, str(m)) for m in months]
        )
        self._uow.chart_changed()
