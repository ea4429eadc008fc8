"""Contracts and leases: terms, rent rows, what is due and what was received: reading."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from village_ledger.domain.chain import LINE
from village_ledger.domain.contract import Act, Change, Item, Status
from village_ledger.domain.errors import ContractError
from village_ledger.domain.people_chain import row_bytes
from village_ledger.storage.contracts.records import (
    COLUMNS,
    DepositLink,
    RentCredit,
    RentLink,
    Standing,
    StoredContract,
    contract_of,
)
from village_ledger.storage.queries import Queries, Record, day_of, marks, one_snapshot

_COLUMNS = ", ".join(f"c.{name}" for name in COLUMNS)
_CONTRACT = (
    f"SELECT c.id, g.code, p.name, c.entered_by, c.entered_at, {_COLUMNS} FROM contract c "
    "JOIN ledger g ON g.id = c.ledger_id JOIN party p ON p.id = c.party_id "
)
_LIVE = "n.status NOT IN ('draft', 'ended', 'terminated')"
_STANDS = "(v.state <> 'void' AND NOT EXISTS (SELECT 1 FROM voucher_link k WHERE k.kind = 'reverses' AND k.to_id = v.id))"
_REF = "v.month || '/' || v.word || '-' || printf('%04d', v.number)"
_STANDING = (
    "SELECT n.contract_id, c.number, p.name, n.status, n.start_day, n.end_day, n.next_due FROM contract_now n "
    "JOIN contract c ON c.id = n.contract_id JOIN party p ON p.id = c.party_id "
)
_PART = 500


_ACTS = {one.value: one for one in Act}
_STATUSES = {one.value: one for one in Status}


class ContractQueries(Queries):
    """Contracts and leases: terms, rent rows, what is due and what was received."""

    def contracts(self, ledger: str) -> list[StoredContract]:
        """Every contract of a ledger by number."""
        return self._contracts("WHERE c.ledger_id = ? ORDER BY c.number", self._ledger_id(ledger))

    def contracts_by_id(self, ids: Sequence[int]) -> list[StoredContract]:
        """Some contracts, in the order asked for."""
        found: dict[int, StoredContract] = {}
        for at in range(0, len(ids), _PART):
            part = ids[at : at + _PART]
            found |= {one.id: one for one in self._contracts(f"WHERE c.id IN ({marks(part)})", *part)}
        return [found[i] for i in ids if i in found]

    def contract(self, ledger: str, number: str) -> StoredContract:
        """One by its number; raises ContractError."""
        found = self._contracts(
            "WHERE c.ledger_id = ? AND c.number = ?", self._ledger_id(ledger), number.strip()
        )
        if not found:
            raise ContractError(f"没有编号为“{number.strip()}”的合同", "请核对合同编号，或先登记这份合同。")
        return found[0]

    def has_contract(self, ledger: str, number: str) -> bool:
        """Whether a number is taken."""
        return (
            self._one(
                "SELECT 1 FROM contract WHERE ledger_id = ? AND number = ?", self._ledger_id(ledger), number
            )
            is not None
        )

    def has_contracts(self, ledger: str) -> bool:
        """Whether a ledger has any."""
        return (
            self._one("SELECT 1 FROM contract WHERE ledger_id = ? LIMIT 1", self._ledger_id(ledger))
            is not None
        )

    def contract_numbers(self, ledger: str) -> list[str]:
        """Numbers of a ledger's contracts in order."""
        rows = self._all(
            "SELECT number FROM contract WHERE ledger_id = ? ORDER BY number", self._ledger_id(ledger)
        )
        return [row[0] for row in rows]

    @one_snapshot
    def _contracts(self, condition: str, *values: object) -> list[StoredContract]:
        rows = self._all(f"{_CONTRACT}{condition}", *values)
        ids = [row[0] for row in rows]
        items, changes = self._items(ids), self._changes(ids)
        return [
            StoredContract(
                i,
                ledger,
                contract_of(tuple(rest), party, tuple(items.get(i, ()))),
                tuple(changes.get(i, ())),
                changes[i][-1].status if i in changes else Status.DRAFT,
                by,
                at,
            )
            for i, ledger, party, by, at, *rest in rows
        ]

    def _in_parts(self, sql: str, ids: Sequence[int]) -> Iterable[Record]:
        for at in range(0, len(ids), _PART):
            part = ids[at : at + _PART]
            yield from self._all(sql.format(ids=marks(part)), *part)

    def _items(self, ids: Sequence[int]) -> dict[int, list[Item]]:
        found: defaultdict[int, list[Item]] = defaultdict(list)
        for i, code, name, kind, area, unit in self._in_parts(
            "SELECT contract_id, code, name, kind, area, unit FROM contract_item WHERE contract_id IN ({ids}) "
            "ORDER BY contract_id, line",
            ids,
        ):
            found[i].append(Item(code, name, kind, area, unit))
        return found

    def _changes(self, ids: Sequence[int]) -> dict[int, list[Change]]:
        found: defaultdict[int, list[Change]] = defaultdict(list)
        for i, day, act, status, amount, end, party, member, basis, by, at in self._in_parts(
            "SELECT x.contract_id, x.day, x.act, x.status, x.amount, x.end_day, p.name, x.member, x.basis, x.entered_by, "
            "x.entered_at FROM contract_change x LEFT JOIN party p ON p.id = x.party_id WHERE x.contract_id IN ({ids}) "
            "ORDER BY x.contract_id, x.seq",
            ids,
        ):
            end_day = day_of(end) if end else None
            found[i].append(
                Change(
                    day_of(day),
                    _ACTS[act],
                    _STATUSES[status],
                    amount,
                    end_day,
                    party or "",
                    bool(member),
                    basis,
                    by,
                    at,
                )
            )
        return found

    def contract_bytes(self, contract_id: int) -> bytes:
        """What a contract's first digest covers: its terms and what it lets."""
        head = self._one(
            f"SELECT p.name, {_COLUMNS} FROM contract c JOIN party p ON p.id = c.party_id WHERE c.id = ?",
            contract_id,
        )
        assert head is not None  # noqa: S101  the caller has read it in the same transaction
        items = self._all("SELECT * FROM contract_item WHERE contract_id = ? ORDER BY line", contract_id)
        rows = [row_bytes("contract", head), *(row_bytes("contract_item", item) for item in items)]
        return LINE.encode().join(rows)

    def rent_links(self, ids: Sequence[int]) -> dict[int, list[RentLink]]:
        """What vouchers stand for, per contract, in the order of their days; those that do not count too."""
        found: defaultdict[int, list[RentLink]] = defaultdict(list)
        for row in self._in_parts(
            f"SELECT x.id, x.contract_id, x.first_day, x.kind, x.voucher_id, x.line, x.amount, x.by_hand, {_REF}, v.day, "
            f"{_STANDS}, EXISTS (SELECT 1 FROM posting q WHERE q.voucher_id = v.id) "
            "FROM rent_link x JOIN voucher v ON v.id = x.voucher_id WHERE x.contract_id IN ({ids}) "
            "ORDER BY x.contract_id, v.day, x.id",
            ids,
        ):
            i, contract_id, first, kind, voucher_id, line, amount, by_hand, ref, day, stands, posted = row
            found[contract_id].append(
                RentLink(
                    i,
                    contract_id,
                    day_of(first),
                    kind,
                    voucher_id,
                    line,
                    amount,
                    bool(by_hand),
                    ref,
                    day_of(day),
                    bool(stands),
                    bool(posted),
                )
            )
        return found

    def deposit_links(self, ids: Sequence[int]) -> dict[int, list[DepositLink]]:
        """Deposits taken and returned that count, per contract."""
        found: defaultdict[int, list[DepositLink]] = defaultdict(list)
        for contract_id, kind, amount, ref, day, voucher_id in self._in_parts(
            f"SELECT x.contract_id, x.kind, x.amount, {_REF}, v.day, v.id FROM deposit_link x "
            f"JOIN voucher v ON v.id = x.voucher_id WHERE {_STANDS} AND x.contract_id IN ({{ids}}) ORDER BY v.day, x.id",
            ids,
        ):
            found[contract_id].append(DepositLink(contract_id, kind, amount, ref, day_of(day), voucher_id))
        return found

    def contract_of_voucher(self, voucher_id: int) -> str:
        """Number of a contract a voucher was made from or matched to, empty for none."""
        row = self._one(
            "SELECT c.number FROM contract c WHERE c.id IN (SELECT contract_id FROM rent_link WHERE voucher_id = ?1 "
            "UNION SELECT contract_id FROM deposit_link WHERE voucher_id = ?1) LIMIT 1",
            voucher_id,
        )
        return "" if row is None else str(row[0])

    def contracts_letting(self, ledger: str, code: str) -> list[tuple[int, str, str, date, date, int]]:
        """(id, number, party, from, to, area) of every let of an asset or parcel, by its days."""
        rows = self._all(
            "SELECT c.id, c.number, p.name, n.start_day, n.end_day, i.area FROM contract_item i "
            "JOIN contract c ON c.id = i.contract_id JOIN contract_now n ON n.contract_id = c.id "
            "JOIN party p ON p.id = c.party_id WHERE i.code = ? AND c.ledger_id = ? ORDER BY n.start_day, c.number",
            code,
            self._ledger_id(ledger),
        )
        return [(i, number, party, day_of(a), day_of(b), area) for i, number, party, a, b, area in rows]

    def asset_names(self, ledger: str) -> dict[str, str]:
        """Name by code of the ledger's asset cards."""
        rows = self._all(
            "SELECT a.code, c.name FROM asset a JOIN asset_card c ON c.asset_id = a.id WHERE a.ledger_id = ? "
            "AND c.version = (SELECT max(version) FROM asset_card WHERE asset_id = a.id)",
            self._ledger_id(ledger),
        )
        return {code: name for code, name in rows}  # noqa: C416  a row is of any type

    def asset_name(self, ledger: str, code: str) -> str:
        """Name on an asset's card, empty where there is none."""
        return str(
            self._value(
                "SELECT c.name FROM asset_card c WHERE c.asset_id = (SELECT id FROM asset WHERE ledger_id = ? AND code = ?) "
                "ORDER BY c.version DESC LIMIT 1",
                self._ledger_id(ledger),
                code,
            )
            or ""
        )

    # what is due, late, ending: from the summary

    def contracts_stale(self, ledger: str) -> list[int]:
        """Contracts whose summary must be reckoned anew: a voucher of theirs fell away."""
        rows = self._all(
            "SELECT contract_id FROM contract_now WHERE stale = 1 AND ledger_id = ?", self._ledger_id(ledger)
        )
        return [row[0] for row in rows]

    def contracts_due(self, ledger: str, first: date | None, last: date, limit: int) -> list[Standing]:
        """Contracts whose earliest open row is due in these days, the longest waiting first."""
        return self._standing(
            "WHERE n.ledger_id = ? AND n.next_due >= ? AND n.next_due <= ? AND n.next_due <> '' AND n.stale = 0 "
            "ORDER BY n.next_due, n.contract_id LIMIT ?",
            self._ledger_id(ledger),
            "0" if first is None else first.isoformat(),
            last.isoformat(),
            limit,
        )

    def contracts_ending(self, ledger: str, first: date | None, last: date, limit: int) -> list[Standing]:
        """Contracts in force that end in these days, the earliest first."""
        return self._standing(
            f"WHERE n.ledger_id = ? AND n.end_day >= ? AND n.end_day <= ? AND {_LIVE} "
            "ORDER BY n.end_day, n.contract_id LIMIT ?",
            self._ledger_id(ledger),
            "0" if first is None else first.isoformat(),
            last.isoformat(),
            limit,
        )

    def contract_counts(
        self, ledger: str, today: date, soon: date, ending: date
    ) -> tuple[int, int, int, int]:
        """How many are late, due soon, past their end, ending."""
        key, yesterday = self._ledger_id(ledger), (today - timedelta(days=1)).isoformat()
        row = self._one(
            "SELECT (SELECT count(*) FROM contract_now n WHERE n.ledger_id = ?1 AND n.next_due > '' AND n.next_due <= ?2 "
            "AND n.stale = 0), (SELECT count(*) FROM contract_now n WHERE n.ledger_id = ?1 AND n.next_due > ?2 "
            "AND n.next_due <= ?3 AND n.stale = 0), "
            f"(SELECT count(*) FROM contract_now n WHERE n.ledger_id = ?1 AND n.end_day <= ?2 AND {_LIVE}), "
            "(SELECT count(*) FROM contract_now n WHERE n.ledger_id = ?1 AND n.end_day > ?2 AND n.end_day <= ?4 "
            f"AND {_LIVE})",
            key,
            yesterday,
            soon.isoformat(),
            ending.isoformat(),
        )
        assert row is not None  # noqa: S101  a SELECT of counts has a row
        return row[0], row[1], row[2], row[3]

    def _standing(self, condition: str, *values: object) -> list[Standing]:
        return [
            Standing(i, number, party, Status(status), day_of(a), day_of(b), day_of(due) if due else None)
            for i, number, party, status, a, b, due in self._all(f"{_STANDING}{condition}", *values)
        ]

    def rent_credits(self, ledger: str, party: str, accounts: Sequence[str]) -> list[RentCredit]:
        """Posted credits with a party that may be rent and are not matched whole, by their days."""
        heads = " OR ".join("l.account LIKE ? || '%'" for _ in accounts)
        rows = self._all(
            f"SELECT {_REF}, l.line, v.day, l.account, l.credit - (SELECT coalesce(sum(x.amount), 0) FROM rent_link x "
            "WHERE x.voucher_id = v.id AND x.line = l.line) AS free FROM voucher_line l JOIN voucher v ON v.id = l.voucher_id "
            "JOIN posting q ON q.voucher_id = v.id JOIN party p ON p.id = l.counterparty_id AND p.kind = 'counterparty' "
            "WHERE v.ledger_id = ? AND p.name = ? AND l.credit > 0 AND v.kind <> 'generated' "
            f"AND ({heads}) AND {_STANDS} ORDER BY v.day, v.id, l.line",
            self._ledger_id(ledger),
            party,
            *accounts,
        )
        return [
            RentCredit(ref, line, day_of(day), account, free)
            for ref, line, day, account, free in rows
            if free > 0
        ]
