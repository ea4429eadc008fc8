"""Repositories of everything but vouchers; each belongs to one unit of work."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

from village_ledger.domain.chain import FIELD, GENESIS, LINE, link, operation_bytes
from village_ledger.domain.chart import Account
from village_ledger.domain.errors import PeriodError
from village_ledger.domain.period import CLOSING, Month, MonthState
from village_ledger.domain.voucher import Draft
from village_ledger.storage.charts import account_values
from village_ledger.storage.queries_book import draft_to_json
from village_ledger.storage.records import OpeningLine
from village_ledger.storage.vouchers.party_sides import make_anew

if TYPE_CHECKING:
    from village_ledger.storage.unit_of_work import UnitOfWork


class Register:
    """Writes through the unit of work's connection."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow
        self._run = uow.connection.exec_driver_sql

    def _ledger_id(self, ledger: str) -> int:
        return self._uow.reader.ledger_id(ledger)


class OperationLog(Register):
    """The chained operation log."""

    def add(self, action: str, *, ledger: str = "", subject: str = "", detail: str = "") -> None:
        """Record what was done, by the unit of work's person and time."""
        head = self._run("SELECT seq, digest FROM operation ORDER BY seq DESC LIMIT 1").fetchone()
        last, previous = (0, GENESIS) if head is None else (head[0], head[1])
        seq, at, by = last + 1, self._uow.at, self._uow.by
        digest = link(previous, operation_bytes(seq, at, by, action, ledger, subject, detail))
        self._run(
            "INSERT INTO operation VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (seq, at, by, action, ledger, subject, detail, previous, digest),
        )


class Parties(Register):
    """Counterparties, projects and village groups, made when first named."""

    def __init__(self, uow: UnitOfWork) -> None:
        super().__init__(uow)
        self._known: dict[tuple[str, str], int] = {}
        self._next: int | None = None
        self._waiting: list[tuple[int, str, str]] = []
        self.made = 0

    def id_of(self, kind: str, name: str) -> int | None:
        """Id of a name, made when new; None for an empty name."""
        if not name:
            return None
        known = self._known.get((kind, name))
        if known is None:
            known = self._known[kind, name] = self._find(kind, name) or self._make(kind, name)
        return known

    def know_all(self) -> None:
        """Read every name at once, before an import of many; new ones wait for ``write_waiting``."""
        self._known = {(kind, name): i for i, kind, name in self._run("SELECT id, kind, name FROM party")}
        self._next = 1 + max(self._known.values(), default=0)

    def write_waiting(self) -> None:
        """Write the names made since ``know_all``, before anything names their ids."""
        if self._waiting:
            self._run("INSERT INTO party VALUES (?, ?, ?)", self._waiting)
            self._waiting = []

    def one_by_one(self) -> None:
        """After an import: new names are written again as they are made."""
        self.write_waiting()
        self._next = None

    def _find(self, kind: str, name: str) -> int | None:
        if self._next is not None:
            return None
        return self._run("SELECT id FROM party WHERE kind = ? AND name = ?", (kind, name)).scalar()

    def _make(self, kind: str, name: str) -> int:
        self.made += 1
        if self._next is not None:
            made, self._next = self._next, self._next + 1
            self._waiting.append((made, kind, name))
            return made
        made = int(self._run("SELECT coalesce(max(id), 0) + 1 FROM party").scalar_one())
        self._run("INSERT INTO party VALUES (?, ?, ?)", (made, kind, name))
        return made


class Accounts(Register):
    """Accounts below the protected first level."""

    def add(self, ledger: str, account: Account) -> None:
        """Add a sub-account as placed by ``Chart.with_account``; its parent is no longer a leaf."""
        ledger_id = self._ledger_id(ledger)
        self._run(
            "UPDATE account SET is_leaf = 0 WHERE ledger_id = ? AND code = ? AND is_leaf = 1",
            (ledger_id, account.parent),
        )
        self._run(
            "INSERT INTO account VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (ledger_id, *account_values(replace(account, is_leaf=True, protected=False))),
        )
        self._uow.chart_changed()

    def update(self, ledger: str, code: str, *, active: bool, demands: str) -> None:
        """Switch an account on or off and set what it demands (``往来单位;项目``)."""
        self._run(
            "UPDATE account SET active = ?, demands = ? WHERE ledger_id = ? AND code = ?",
            (int(active), demands, self._ledger_id(ledger), code),
        )
        self._uow.chart_changed()

    def has_lines(self, ledger: str, code: str) -> bool:
        """Whether a voucher line or an opening balance names the account."""
        ledger_id = self._ledger_id(ledger)
        for table in ("voucher_line", "opening"):
            if self._run(
                f"SELECT 1 FROM {table} WHERE ledger_id = ? AND account = ? LIMIT 1", (ledger_id, code)
            ).fetchone():
                return True
        return False

    def learn_alias(self, ledger: str, alias: str, code: str) -> None:
        """Remember a nickname; a newer meaning replaces the older."""
        self._run(
            "INSERT INTO alias VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET account = excluded.account",
            (self._ledger_id(ledger), alias, code),
        )


class Periods(Register):
    """Months and their states."""

    def ensure_open(self, ledger: str, month: Month, *, migrating: bool = False) -> None:
        """Raise PeriodError unless vouchers may be entered in the month; opens the next year when it is first used."""
        state = self._uow.reader.month_state(ledger, month, migrating=migrating)
        if not state.accepts_vouchers:
            word = "已封" if state is MonthState.SEALED else "已结账"
            raise PeriodError(f"{month.year}年{month.month}月{word}", "请记入还没结账的月份。")
        ledger_id = self._ledger_id(ledger)
        if not self._run(
            "SELECT 1 FROM period WHERE ledger_id = ? AND month = ?", (ledger_id, str(month))
        ).fetchone():
            if month.is_closing:
                raise PeriodError(f"{month.year}年还没有年终结转", "请先结 12 月，再做年终结转。")
            months = [(ledger_id, str(Month(month.year, number))) for number in range(1, 13)]
            self._run("INSERT INTO period (ledger_id, month) VALUES (?, ?)", months)

    def open_closing(self, ledger: str, year: int) -> Month:
        """Open the closing period of a year for its carry-forward vouchers; raises PeriodError when it was used."""
        ledger_id, month = self._ledger_id(ledger), Month(year, CLOSING)
        if self._run(
            "SELECT 1 FROM period WHERE ledger_id = ? AND month = ?", (ledger_id, str(month))
        ).fetchone():
            raise PeriodError(f"{year}年已经年终结转过", "一年只结转一次。")
        self._run("INSERT INTO period (ledger_id, month) VALUES (?, ?)", (ledger_id, str(month)))
        return month

    def has_closing(self, ledger: str, year: int) -> bool:
        """Whether the year has been carried forward."""
        key = (self._ledger_id(ledger), str(Month(year, CLOSING)))
        return self._run("SELECT 1 FROM period WHERE ledger_id = ? AND month = ?", key).fetchone() is not None

    def set_state(self, ledger: str, month: Month, state: MonthState) -> None:
        """Change a month's state; closing seals the chain head of the ledger, which stays when the month is sealed."""
        ledger_id = self._ledger_id(ledger)
        head = self._run(
            "SELECT digest FROM posting WHERE ledger_id = ? ORDER BY seq DESC LIMIT 1", (ledger_id,)
        ).scalar()
        self._run(
            "UPDATE period SET state = ?1, head = CASE WHEN state = 'closed' AND ?1 = 'sealed' THEN head ELSE ?2 END, "
            "reopened = reopened + (state = 'closed' AND ?1 = 'open') WHERE ledger_id = ?3 AND month = ?4",
            (state.value, None if state.accepts_vouchers else head, ledger_id, str(month)),
        )


def opening_digest(lines: Iterable[OpeningLine]) -> bytes:
    """Digest of an opening document, over its rows in order; a quantity is one field more."""
    texts = [
        FIELD.join(
            map(
                str,
                (x.account, x.counterparty, x.project, x.debit, x.credit, x.year_debit, x.year_credit)
                + ((x.quantity,) if x.quantity else ()),
            )
        )
        for x in lines
    ]
    return sha256(LINE.join(texts).encode()).digest()


class Openings(Register):
    """The opening document of a ledger, entered once."""

    def enter(self, ledger: str, lines: list[OpeningLine]) -> bytes:
        """Store the rows and seal them; returns the digest."""
        ledger_id, parties = self._ledger_id(ledger), self._uow.parties
        start = self._run("SELECT coalesce(max(id), 0) + 1 FROM opening").scalar_one()
        rows = [
            (
                start + place,
                ledger_id,
                x.account,
                parties.id_of("counterparty", x.counterparty),
                parties.id_of("project", x.project),
                x.debit,
                x.credit,
                x.year_debit,
                x.year_credit,
            )
            for place, x in enumerate(lines)
        ]
        self._run("INSERT INTO opening VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        quantities = [(start + place, x.quantity) for place, x in enumerate(lines) if x.quantity]
        if quantities:
            self._run("INSERT INTO opening_quantity VALUES (?, ?)", quantities)
        make_anew(self._run, ledger_id)
        digest = opening_digest(lines)
        self._run(
            "INSERT INTO opening_document VALUES (?, ?, ?, ?, ?)",
            (ledger_id, self._uow.by, self._uow.at, len(lines), digest),
        )
        return digest


class Drafts(Register):
    """Autosaved drafts."""

    def save(self, draft: Draft, draft_id: int | None = None) -> int:
        """Store a draft, replacing its earlier state; returns its id."""
        values = (self._uow.at, self._uow.by, draft_to_json(draft))
        if draft_id is not None:
            done = self._run(
                'UPDATE draft SET saved_at = ?, "by" = ?, body = ? WHERE id = ?', (*values, draft_id)
            )
            if done.rowcount:
                return draft_id
        made = self._run('INSERT INTO draft (saved_at, "by", body) VALUES (?, ?, ?) RETURNING id', values)
        return int(made.scalar_one())

    def discard(self, draft_id: int) -> None:
        """Forget a draft."""
        self._run("DELETE FROM draft WHERE id = ?", (draft_id,))


class Settings(Register):
    """Settings of the book."""

    def set(self, key: str, value: str) -> None:
        """Store a setting."""
        self._run(
            "INSERT INTO setting VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", (key, value)
        )

    def set_one_person_post(self, ledger: str, *, declared: bool) -> None:
        """Declare or end a one-person post (一人岗)."""
        self._run("UPDATE ledger SET one_person_post = ? WHERE code = ?", (int(declared), ledger))

    def count_print(self, subject: str) -> int:
        """Count one more print of a subject; returns which print it is (第N次打印)."""
        made = self._run(
            "INSERT INTO print_count VALUES (?, 1) ON CONFLICT DO UPDATE SET times = times + 1 RETURNING times",
            (subject,),
        )
        return int(made.scalar_one())


class Sheets(Register):
    """Disclosure sheets, registered once under their check code."""

    def register(self, code: str, ledger: str, report: str, span: tuple[str, str], figures: str) -> bool:
        """Store a sheet's figures; False when the same sheet is registered already."""
        if self._run("SELECT 1 FROM sheet WHERE code = ?", (code,)).fetchone():
            return False
        self._run(
            "INSERT INTO sheet VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                code,
                self._ledger_id(ledger),
                report,
                *span,
                self._uow.at,
                self._uow.by,
                figures,
                sha256(figures.encode()).digest(),
            ),
        )
        return True
