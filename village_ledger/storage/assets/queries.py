"""Reading asset cards: how they stand on a day, what happened to them, which vouchers they have to do with."""

from __future__ import annotations

from datetime import date

from village_ledger.domain.asset import AssetEventKind
from village_ledger.domain.period import Month
from village_ledger.storage.assets.live import CARD, COUNTED, COUNTS, LINES, POSTED, REF
from village_ledger.storage.assets.queries_charging import ChargingQueries
from village_ledger.storage.assets.records import (
    CARD_COLUMNS,
    FACT_COLUMNS,
    AssetEvent,
    ChargedMonth,
    DatedFacts,
    Standing,
    StoredCard,
    VoucherAsset,
    event_of,
    facts_of,
    stored_card,
)
from village_ledger.storage.queries import Queries, day_of, one_snapshot

_CARDS = (
    f"SELECT a.id, a.code, c.version, {', '.join(f'c.{name}' for name in CARD_COLUMNS.split(', '))} "
    f"FROM asset a JOIN asset_card c ON c.asset_id = a.id AND {CARD} WHERE a.ledger_id = ? AND c.withdrawn = 0"
)
_FACTS = ", ".join(f"f.{name}" for name in FACT_COLUMNS.split(", "))
_EVENT = (
    "e.id, e.asset_id, e.day, e.kind, e.cost, e.salvage, e.taken, e.months, e.units, e.proceeds, e.way, e.party, e.basis, "
    "e.note, e.other_id, e.written_by"
)


class CardQueries(Queries):
    """Cards of a ledger and how they stand."""

    def has_assets(self, ledger: str) -> bool:
        """Whether the ledger has any card."""
        sql = f"SELECT 1 FROM asset a JOIN asset_card c ON c.asset_id = a.id AND {CARD} WHERE a.ledger_id = ? AND c.withdrawn = 0"
        return self._one(sql, self._ledger_id(ledger)) is not None

    def asset_codes(self, ledger: str) -> set[str]:
        """Codes that are taken in a ledger, by assets and by parcels: they share one run of codes."""
        ledger_id = self._ledger_id(ledger)
        return {
            code
            for (code,) in self._all(
                f"SELECT a.code FROM asset a JOIN asset_card c ON c.asset_id = a.id AND {CARD} AND c.withdrawn = 0 "
                "WHERE a.ledger_id = ? UNION SELECT code FROM parcel WHERE ledger_id = ?",
                ledger_id,
                ledger_id,
            )
        }

    def asset_ids(self, ledger: str) -> dict[str, int]:
        """Code to id."""
        rows = self._all("SELECT code, id FROM asset WHERE ledger_id = ?", self._ledger_id(ledger))
        return dict(map(tuple, rows))

    def asset_card(self, ledger: str, code: str) -> StoredCard | None:
        """The newest version of a card, None where there is none of that code."""
        row = self._one(f"{_CARDS} AND a.code = ?", self._ledger_id(ledger), code)
        return None if row is None else stored_card(ledger, row)

    @one_snapshot
    def asset_standings(
        self, ledger: str, day: date, *, with_gone: bool = False, code: str = ""
    ) -> list[Standing]:
        """Assets at the end of a day by code: those entered by then, and unless asked for not those gone."""
        ledger_id, text = self._ledger_id(ledger), day.isoformat()
        only = " AND a.code = ?" if code else ""
        extra = (code,) if code else ()
        cards = self._all(f"{_CARDS} AND c.acquired <= ?{only} ORDER BY a.code", ledger_id, text, *extra)
        facts = {
            row[0]: facts_of(row[1:])
            for row in self._all(
                f"SELECT f.asset_id, {_FACTS} FROM asset a JOIN asset_fact f ON f.asset_id = a.id WHERE a.ledger_id = ? "
                f"AND (f.day <= ? OR f.batch > 0){only} ORDER BY f.asset_id, f.batch = 0, f.day, f.id",
                ledger_id,
                text,
                *extra,
            )
        }
        moved, gone = self._moved(ledger_id, text)
        charged = self._charged(ledger_id, text)
        found: list[Standing] = []
        for row in cards:
            stored = stored_card(ledger, row)
            cost, salvage, taken = moved.get(stored.id, (0, 0, 0))
            if stored.id in gone and not with_gone:
                continue
            found.append(
                Standing(
                    stored,
                    facts[stored.id],
                    stored.card.cost + cost,
                    stored.card.salvage + salvage,
                    stored.card.opening + charged.get(stored.id, 0) - taken,
                    gone.get(stored.id),
                )
            )
        return found

    def _moved(self, ledger_id: int, day: str) -> tuple[dict[int, tuple[int, int, int]], dict[int, date]]:
        """What events through a day changed of cost, salvage and accumulated amount, and what they ended."""
        sums: dict[int, tuple[int, int, int]] = {}
        gone: dict[int, date] = {}
        for asset_id, kind, cost, salvage, taken, on in self._all(
            "SELECT e.asset_id, e.kind, e.cost, e.salvage, e.taken, e.day FROM asset_event e JOIN asset a ON a.id = e.asset_id "
            "WHERE a.ledger_id = ? AND e.day <= ? AND (e.kind = 'revise' OR EXISTS (SELECT 1 FROM asset_event_voucher ev "
            f"JOIN voucher v ON v.id = ev.voucher_id WHERE ev.event_id = e.id AND {COUNTED.format(day='?')}))",
            ledger_id,
            day,
            day,
            day,
        ):
            so_far = sums.get(asset_id, (0, 0, 0))
            sums[asset_id] = (so_far[0] + cost, so_far[1] + salvage, so_far[2] + taken)
            if AssetEventKind(kind).ends:
                gone[asset_id] = day_of(on)
        return sums, gone

    def _charged(self, ledger_id: int, day: str) -> dict[int, int]:
        """What was taken from each asset on vouchers that counted at the end of a day."""
        rows = self._all(
            "SELECT asset_id, sum(amount) FROM depreciation_line WHERE run_id IN (SELECT r.id FROM depreciation_run r "
            "JOIN depreciation_voucher dv ON dv.run_id = r.id JOIN voucher v ON v.id = dv.voucher_id "
            f"WHERE r.ledger_id = ? AND {COUNTED.format(day='?')}) GROUP BY asset_id",
            ledger_id,
            day,
            day,
        )
        return dict(map(tuple, rows))


class SumQueries(Queries):
    """What cards come to, added up by the engine."""

    @one_snapshot
    def cards_taken_in(self, ledger: str) -> Month | None:
        """The last month whose charges cards brought along from elsewhere: nothing is known of them before its end."""
        row = self._one(
            f"SELECT max(c.as_of) FROM asset a JOIN asset_card c ON c.asset_id = a.id AND {CARD} "
            "WHERE a.ledger_id = ? AND c.withdrawn = 0 AND c.opening > 0",
            self._ledger_id(ledger),
        )
        return Month.parse(row[0]) if row and row[0] else None

    def asset_sums(self, ledger: str, day: date) -> dict[str, tuple[int, int, int]]:
        """By kind at the end of a day: number of cards, original value and what was taken, fen, by posted vouchers."""
        ledger_id, text = self._ledger_id(ledger), day.isoformat()
        cards = self._all(
            f"SELECT c.kind, count(*), sum(c.cost), sum(c.opening) FROM asset a JOIN asset_card c ON c.asset_id = a.id "
            f"AND {CARD} WHERE a.ledger_id = ? AND c.withdrawn = 0 AND c.acquired <= ? GROUP BY c.kind",
            ledger_id,
            text,
        )
        moved = self._all(
            "SELECT c.kind, -sum(e.kind IN ('dispose', 'hand-over', 'complete', 'turn')), sum(e.cost), -sum(e.taken) "
            f"FROM asset_event e JOIN asset a ON a.id = e.asset_id JOIN asset_card c ON c.asset_id = a.id AND {CARD} "
            "WHERE a.ledger_id = ? AND e.day <= ? AND EXISTS (SELECT 1 FROM asset_event_voucher ev JOIN voucher v "
            f"ON v.id = ev.voucher_id WHERE ev.event_id = e.id AND {POSTED.format(day='?')}) GROUP BY c.kind",
            ledger_id,
            text,
            text,
            text,
        )
        charged = self._all(
            "SELECT c.kind, 0, 0, sum(d.amount) FROM depreciation_run r JOIN depreciation_voucher dv ON dv.run_id = r.id "
            "JOIN voucher v ON v.id = dv.voucher_id JOIN depreciation_line d ON d.run_id = r.id "
            f"JOIN asset_card c ON c.asset_id = d.asset_id AND {CARD} WHERE r.ledger_id = ? "
            f"AND {POSTED.format(day='?')} GROUP BY c.kind",
            ledger_id,
            text,
            text,
        )
        sums: dict[str, tuple[int, int, int]] = {}
        for kind, *figures in (*cards, *moved, *charged):
            number, cost, taken = sums.get(kind, (0, 0, 0))
            sums[kind] = (number + figures[0], cost + figures[1], taken + figures[2])
        return sums


class AssetQueries(CardQueries, SumQueries, ChargingQueries):
    """Asset cards: what each ledger owns and what became of it."""

    def asset_events(self, asset_id: int) -> list[AssetEvent]:
        """What happened to an asset in order, what counts no more included."""
        links: dict[int, list[tuple[int, str, bool]]] = {}
        for event_id, voucher_id, ref, counts in self._all(
            f"SELECT ev.event_id, v.id, {REF}, {COUNTS} FROM asset_event_voucher ev JOIN asset_event e ON e.id = ev.event_id "
            "JOIN voucher v ON v.id = ev.voucher_id WHERE e.asset_id = ? ORDER BY v.day, v.id",
            asset_id,
        ):
            links.setdefault(event_id, []).append((voucher_id, ref, bool(counts)))
        rows = self._all(
            f"SELECT {_EVENT} FROM asset_event e WHERE e.asset_id = ? ORDER BY e.day, e.id", asset_id
        )
        return [event_of(row, links.get(row[0], ())) for row in rows]

    def asset_facts(self, asset_id: int) -> list[DatedFacts]:
        """What was said of an asset, the oldest first."""
        rows = self._all(
            f"SELECT f.day, f.note, f.written_by, {_FACTS} FROM asset_fact f WHERE f.asset_id = ? "
            "ORDER BY f.batch = 0, f.day, f.id",
            asset_id,
        )
        return [DatedFacts(day_of(day), facts_of(rest), note, by) for day, note, by, *rest in rows]

    def asset_usage(self, asset_id: int) -> dict[Month, int]:
        """Units worked by month, thousandths."""
        rows = self._all("SELECT month, units FROM asset_usage WHERE asset_id = ? ORDER BY month", asset_id)
        return {Month.parse(month): units for month, units in rows}

    def asset_charges(self, asset_id: int) -> list[ChargedMonth]:
        """Months an asset was charged for, on vouchers that count."""
        rows = self._all(
            f"SELECT d.month, d.amount, d.expense, v.id, {REF} FROM {LINES} WHERE d.asset_id = ? AND {COUNTS} "
            "ORDER BY d.month",
            asset_id,
        )
        return [ChargedMonth(Month.parse(m), amount, expense, i, ref) for m, amount, expense, i, ref in rows]

    def voucher_assets(self, voucher_id: int, limit: int = 200) -> list[VoucherAsset]:
        """Cards a voucher has to do with: events that stand on it, then what it charged."""
        rows = self._all(
            "SELECT l.code, a.code, c.name, e.kind, 0 FROM asset_event_voucher ev JOIN asset_event e ON e.id = ev.event_id "
            f"JOIN asset a ON a.id = e.asset_id JOIN asset_card c ON c.asset_id = a.id AND {CARD} "
            "JOIN ledger l ON l.id = a.ledger_id WHERE ev.voucher_id = ? UNION ALL "
            "SELECT l.code, a.code, c.name, '', d.amount FROM depreciation_voucher dv "
            "JOIN depreciation_line d ON d.run_id = dv.run_id JOIN asset a ON a.id = d.asset_id "
            f"JOIN asset_card c ON c.asset_id = a.id AND {CARD} JOIN ledger l ON l.id = a.ledger_id "
            "WHERE dv.voucher_id = ? LIMIT ?",
            voucher_id,
            voucher_id,
            limit,
        )
        return [
            VoucherAsset(ledger, code, name, AssetEventKind(kind).words if kind else "折旧")
            for ledger, code, name, kind, _ in rows
        ]

    def asset_contracts(self, ledger: str, code: str) -> list[tuple[str, str, date, date]]:
        """Signed contracts over an asset: number, party, first and last day."""
        rows = self._all(
            "SELECT c.number, p.name, n.start_day, n.end_day FROM contract_item i JOIN contract c ON c.id = i.contract_id "
            "JOIN contract_now n ON n.contract_id = c.id JOIN party p ON p.id = c.party_id "
            "WHERE c.ledger_id = ? AND i.code = ? AND n.status <> 'draft' ORDER BY n.start_day, c.number",
            self._ledger_id(ledger),
            code,
        )
        return [(number, party, day_of(first), day_of(last)) for number, party, first, last in rows]

    def stands_on_asset(self, voucher_id: int) -> bool:
        """Whether a voucher was made from an asset (depreciation, disposal …) and must stay as it says."""
        return (
            self._one(
                "SELECT 1 WHERE EXISTS (SELECT 1 FROM depreciation_voucher WHERE voucher_id = ?) OR EXISTS "
                "(SELECT 1 FROM asset_event_voucher ev JOIN asset_event e ON e.id = ev.event_id "
                "WHERE ev.voucher_id = ? AND e.kind <> 'acquire')",
                voucher_id,
                voucher_id,
            )
            is not None
        )
