"""Reading what a month's depreciation is worked out from, and the runs there have been."""

from __future__ import annotations

from village_ledger.domain.period import Month
from village_ledger.storage.assets.live import CARD, COUNTS, ENDING, EVENTS, LINES, REF
from village_ledger.storage.assets.records import AssetEvent, ChargeRow, Charging, Run, event_of
from village_ledger.storage.queries import Queries, marks, one_snapshot

_RUNS = (
    "SELECT r.id FROM depreciation_run r JOIN depreciation_voucher dv ON dv.run_id = r.id "
    f"JOIN voucher v ON v.id = dv.voucher_id WHERE r.ledger_id = ? AND {COUNTS}"
)
"""Runs of a ledger that count."""


class ChargingQueries(Queries):
    """Depreciation as done and as due."""

    @one_snapshot
    def charging(self, ledger: str, month: Month) -> Charging:
        """What the month's depreciation is worked out from: a fixed number of questions, however many assets."""
        ledger_id, key = self._ledger_id(ledger), str(month)
        rows = self._all(
            "SELECT a.id, a.code, c.name, c.kind, c.category, c.method, c.cost, c.salvage, c.opening, c.since, c.months_left, "
            "c.months, c.units, c.units_before, f.use, f.charge FROM asset a "
            f"JOIN asset_card c ON c.asset_id = a.id AND {CARD} JOIN asset_fact f ON f.id = (SELECT max(x.id) FROM asset_fact x "
            "WHERE x.asset_id = a.id AND (x.day <= ? OR x.batch > 0)) "
            "WHERE a.ledger_id = ? AND c.method <> 'none' AND c.since <= ? AND c.withdrawn = 0 ORDER BY a.code",
            f"{key}-01",
            ledger_id,
            key,
        )
        taken = self._all(
            f"SELECT asset_id, sum(amount) FROM depreciation_line WHERE run_id IN ({_RUNS}) GROUP BY asset_id",
            ledger_id,
        )
        used = self._all(
            "SELECT u.asset_id, sum(u.units) FROM asset a JOIN asset_usage u ON u.asset_id = a.id "
            "WHERE a.ledger_id = ? AND u.month <= ? GROUP BY u.asset_id",
            ledger_id,
            key,
        )
        events = self._moving_events(ledger_id, key)
        return Charging(
            list(map(ChargeRow._make, rows)),
            dict(map(tuple, taken)),
            dict(map(tuple, used)),
            self._skipped(ledger_id, key),
            events,
            self._by_month("depreciation_line", "amount", events, f"run_id IN ({_RUNS})", ledger_id),
            self._by_month("asset_usage", "units", events, "month <= ?", key),
        )

    def _moving_events(self, ledger_id: int, through: str) -> dict[int, list[AssetEvent]]:
        """Events through a month that change how an asset is charged, by asset and day."""
        found: dict[int, list[AssetEvent]] = {}
        for row in self._all(
            "SELECT e.id, e.asset_id, e.day, e.kind, e.cost, e.salvage, e.taken, e.months, e.units, e.proceeds, e.way, "
            "e.party, e.basis, e.note, e.other_id, e.written_by FROM asset_event e JOIN asset a ON a.id = e.asset_id "
            "WHERE a.ledger_id = ? AND substr(e.day, 1, 7) <= ? AND e.kind IN ('improve', 'impair', 'revise') "
            f"AND (e.kind = 'revise' OR EXISTS (SELECT 1 FROM asset_event_voucher ev JOIN voucher v ON v.id = ev.voucher_id "
            f"WHERE ev.event_id = e.id AND {COUNTS})) ORDER BY e.asset_id, e.day, e.id",
            ledger_id,
            through,
        ):
            found.setdefault(row[1], []).append(event_of(row))
        return found

    def _skipped(self, ledger_id: int, month: str) -> frozenset[int]:
        gone = self._all(
            f"SELECT e.asset_id FROM {EVENTS} JOIN asset a ON a.id = e.asset_id WHERE a.ledger_id = ? "
            f"AND e.kind IN {ENDING} AND {COUNTS}",
            ledger_id,
        )
        done = self._all(
            f"SELECT d.asset_id FROM {LINES} JOIN depreciation_run r ON r.id = d.run_id "
            f"WHERE r.ledger_id = ? AND r.month = ? AND {COUNTS}",
            ledger_id,
            month,
        )
        return frozenset(i for (i,) in (*gone, *done))

    def _by_month(
        self, table: str, figure: str, assets: dict[int, list[AssetEvent]], where: str, *values: object
    ) -> dict[int, list[tuple[str, int]]]:
        found: dict[int, list[tuple[str, int]]] = {}
        if assets:
            ids = list(assets)
            for asset_id, month, amount in self._all(
                f"SELECT asset_id, month, {figure} FROM {table} WHERE asset_id IN ({marks(ids)}) AND {where}",
                *ids,
                *values,
            ):
                found.setdefault(asset_id, []).append((month, amount))
        return found

    def first_charged(self, ledger: str) -> Month | None:
        """The first month any card of the ledger is charged in; None where none ever is."""
        since = self._value(
            f"SELECT min(c.since) FROM asset a JOIN asset_card c ON c.asset_id = a.id AND {CARD} "
            "WHERE a.ledger_id = ? AND c.method <> 'none' AND c.withdrawn = 0",
            self._ledger_id(ledger),
        )
        return None if since is None else Month.parse(since)

    def unmetered(self, ledger: str, month: Month) -> list[str]:
        """Assets charged by units that have none for a month, as code and name; those gone are left out."""
        rows = self._all(
            f"SELECT a.code, c.name FROM asset a JOIN asset_card c ON c.asset_id = a.id AND {CARD} WHERE a.ledger_id = ? "
            "AND c.method IN ('hours', 'output') AND c.since <= ? AND c.withdrawn = 0 AND NOT EXISTS (SELECT 1 "
            "FROM asset_usage u WHERE u.asset_id = a.id AND u.month = ?) AND NOT EXISTS (SELECT 1 "
            f"FROM {EVENTS} WHERE e.asset_id = a.id AND e.kind IN {ENDING} AND {COUNTS}) ORDER BY a.code",
            self._ledger_id(ledger),
            str(month),
            str(month),
        )
        return [f"{code} {name}" for code, name in rows]

    def depreciation_runs(self, ledger: str, month: Month | None = None) -> list[Run]:
        """Runs that count, by month; those of one month only where one is given."""
        rows = self._all(
            f"SELECT r.id, r.month, r.whole, r.total, v.id, {REF}, EXISTS (SELECT 1 FROM posting p WHERE p.voucher_id = v.id), "
            "r.made_by FROM depreciation_run r JOIN depreciation_voucher dv ON dv.run_id = r.id "
            f"JOIN voucher v ON v.id = dv.voucher_id WHERE r.ledger_id = ? AND {COUNTS} AND (? = '' OR r.month = ?) "
            "ORDER BY r.month, r.id",
            self._ledger_id(ledger),
            str(month or ""),
            str(month or ""),
        )
        return [
            Run(i, Month.parse(key), bool(whole), total, voucher_id, ref, bool(posted), by)
            for i, key, whole, total, voucher_id, ref, posted, by in rows
        ]

    def run_lines(self, run_ids: list[int]) -> list[tuple[int, int, int, str]]:
        """What assets bore in runs: run, asset, amount, the leaf that bears it."""
        return [
            (run_id, i, amount, expense)
            for run_id, i, amount, expense in self._all(
                f"SELECT run_id, asset_id, amount, expense FROM depreciation_line WHERE run_id IN ({marks(run_ids)})",
                *run_ids,
            )
        ]

    def taken_through(self, ledger: str, month: Month) -> dict[int, int]:
        """What was taken from each asset in months up to one, that one with it; what the card came with is beside it."""
        rows = self._all(
            f"SELECT asset_id, sum(amount) FROM depreciation_line WHERE run_id IN ({_RUNS}) AND month <= ? GROUP BY asset_id",
            self._ledger_id(ledger),
            str(month),
        )
        return dict(map(tuple, rows))
