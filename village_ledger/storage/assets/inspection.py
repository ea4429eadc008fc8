"""Looking over asset cards: every row is as it was written, a month is borne once, vouchers say what their cards say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from village_ledger.domain.finding import Finding
from village_ledger.domain.money import format_fen
from village_ledger.storage.assets.live import CARD, COUNTS, EVENTS, LINES, REF
from village_ledger.storage.assets.records import CARD_COLUMNS, FACT_COLUMNS, joined_digest, mark, row_digest
from village_ledger.storage.queries import Queries

_RULE = "V70"
WRITTEN = ("登记资产", "导入资产", "更正资产卡片", "改资产用途保管", "资产变动", "提折旧")
"""Acts of the operation log whose detail ends with the digest of the rows they wrote."""


class AssetInspection(Queries):
    """Findings about 资产卡片 (V70)."""

    def findings(self) -> Iterator[Finding]:
        """What does not hold in this area's rows."""
        logged = {
            operation.detail.rpartition("，")[2]
            for operation in self._book.reader().operations()
            if operation.action in WRITTEN
        }
        yield from self._cards(logged)
        yield from self._single_rows(logged)
        yield from self._runs(logged)
        yield from self._twice()
        yield from self._too_much()
        yield from self._event_vouchers()

    def _cards(self, logged: set[str]) -> Iterator[Finding]:
        """Every batch of cards, with the facts it came with, has the digest the operation log says."""
        digests: dict[int, list[bytes]] = {}
        named: dict[int, list[str]] = {}
        for asset_id, version, batch, digest, ledger, code, *values in self._all(
            f"SELECT c.asset_id, c.version, c.batch, c.digest, l.code, a.code, {_of('c', CARD_COLUMNS)} FROM asset_card c "
            "JOIN asset a ON a.id = c.asset_id JOIN ledger l ON l.id = a.ledger_id ORDER BY c.batch, c.asset_id, c.version"
        ):
            found = row_digest(asset_id, version, *values)
            if found != digest:
                yield Finding(_RULE, f"资产 {code}", "卡片和登记时不同", ledger)
            digests.setdefault(batch, []).append(digest)
            named.setdefault(batch, []).append(code)
        facts: dict[int, list[bytes]] = {}
        for batch, *values in self._all(
            f"SELECT batch, asset_id, day, {FACT_COLUMNS}, note FROM asset_fact WHERE batch > 0 ORDER BY batch, asset_id"
        ):
            facts.setdefault(batch, []).append(row_digest(*values))
        for batch, parts in digests.items():
            whole = joined_digest(parts)
            if batch in facts:
                whole = joined_digest([whole, *facts[batch]])
            if mark(whole) not in logged:
                codes = "、".join(named[batch][:6])
                yield Finding(_RULE, f"资产 {codes}", f"第 {batch} 批卡片和操作日志不符，或少了行")

    def _single_rows(self, logged: set[str]) -> Iterator[Finding]:
        """Every later fact and every event has its digest in the operation log."""
        facts = self._all(
            f"SELECT l.code, a.code, f.asset_id, f.day, {_of('f', FACT_COLUMNS)}, f.note FROM asset_fact f "
            "JOIN asset a ON a.id = f.asset_id JOIN ledger l ON l.id = a.ledger_id WHERE f.batch = 0"
        )
        events = self._all(
            "SELECT l.code, a.code, e.asset_id, e.day, e.kind, e.cost, e.salvage, e.taken, e.months, e.units, e.proceeds, "
            "e.way, e.party, e.basis, e.note FROM asset_event e JOIN asset a ON a.id = e.asset_id "
            "JOIN ledger l ON l.id = a.ledger_id"
        )
        for what, rows in (("用途保管记录", facts), ("变动记录", events)):
            yield from _unlogged(what, rows, logged)

    def _runs(self, logged: set[str]) -> Iterator[Finding]:
        """Every run's lines have its digest and come to its total; its voucher credits as much."""
        lines: dict[int, list[object]] = {}
        for run_id, *line in self._all(
            "SELECT d.run_id, d.asset_id, d.amount, d.expense, d.against FROM depreciation_line d "
            "JOIN asset a ON a.id = d.asset_id ORDER BY d.run_id, a.code"
        ):
            lines.setdefault(run_id, []).extend(line)
        for run_id, ledger, month, total, digest in self._all(
            "SELECT r.id, l.code, r.month, r.total, r.digest FROM depreciation_run r JOIN ledger l ON l.id = r.ledger_id"
        ):
            values = lines.get(run_id, [])
            if row_digest(month, *values) != digest or mark(digest) not in logged:
                yield Finding(_RULE, f"{month} 的折旧", "折旧明细和提的时候不同", ledger)
            elif sum(values[1::4]) != total:  # pyright: ignore[reportArgumentType, reportCallIssue]  amounts stand second of four
                yield Finding(_RULE, f"{month} 的折旧", "明细之和不等于合计", ledger, format_fen(total))
        for ledger, ref, account, amount, credit in self._all(
            f"SELECT l.code, {REF}, x.account, x.amount, (SELECT coalesce(sum(n.credit), 0) FROM voucher_line n "
            "WHERE n.voucher_id = v.id AND n.account = x.account) FROM (SELECT dv.voucher_id, d.against AS account, "
            "sum(d.amount) AS amount FROM depreciation_line d JOIN depreciation_voucher dv ON dv.run_id = d.run_id "
            "GROUP BY dv.voucher_id, d.against) x JOIN voucher v ON v.id = x.voucher_id JOIN ledger l ON l.id = v.ledger_id "
            "WHERE v.state <> 'void'"
        ):
            if amount > credit:
                words = f"{account} 的贷方和折旧明细对不上"
                yield Finding(_RULE, ref, words, ledger, format_fen(amount), format_fen(credit))

    def _twice(self) -> Iterator[Finding]:
        """No asset bears a month twice."""
        for code, month in self._all(
            f"SELECT a.code, d.month FROM {LINES} JOIN asset a ON a.id = d.asset_id WHERE {COUNTS} "
            "GROUP BY d.asset_id, d.month HAVING count(*) > 1"
        ):
            yield Finding(_RULE, f"资产 {code}", f"{month} 的折旧提了两次")

    def _too_much(self) -> Iterator[Finding]:
        """What was taken from an asset never goes below zero or above its cost less salvage."""
        for ledger, code, cost, salvage, taken in self._all(
            "SELECT l.code, a.code, c.cost + coalesce(m.cost, 0), c.salvage + coalesce(m.salvage, 0), "
            "c.opening + coalesce(t.amount, 0) - coalesce(m.taken, 0) FROM asset a JOIN ledger l ON l.id = a.ledger_id "
            f"JOIN asset_card c ON c.asset_id = a.id AND {CARD} LEFT JOIN (SELECT d.asset_id, sum(d.amount) AS amount "
            f"FROM {LINES} WHERE {COUNTS} GROUP BY d.asset_id) t ON t.asset_id = a.id LEFT JOIN (SELECT e.asset_id, "
            "sum(e.cost) AS cost, sum(e.salvage) AS salvage, sum(e.taken) AS taken FROM asset_event e WHERE e.kind = 'revise' "
            "OR EXISTS (SELECT 1 FROM asset_event_voucher ev JOIN voucher v ON v.id = ev.voucher_id "
            f"WHERE ev.event_id = e.id AND {COUNTS}) GROUP BY e.asset_id) m ON m.asset_id = a.id"
        ):
            if not 0 <= taken <= cost - salvage or salvage < 0:
                most = format_fen(max(cost - salvage, 0))
                yield Finding(_RULE, f"资产 {code}", "累计折旧超出了应提的", ledger, most, format_fen(taken))

    def _event_vouchers(self) -> Iterator[Finding]:
        """The voucher an event stands on moves the asset's account by as much."""
        for ledger, code, ref, change, moved in self._all(
            f"SELECT l.code, a.code, {REF}, abs(e.cost) - CASE c.kind WHEN 'deferred' THEN e.taken ELSE 0 END, "
            "(SELECT coalesce(sum(CASE WHEN e.cost > 0 THEN n.debit ELSE n.credit END), 0) FROM voucher_line n "
            f"WHERE n.voucher_id = v.id) FROM {EVENTS} JOIN asset a ON a.id = e.asset_id JOIN ledger l ON l.id = a.ledger_id "
            f"JOIN asset_card c ON c.asset_id = a.id AND {CARD} WHERE e.cost <> 0 AND {COUNTS}"
        ):
            if moved < change:
                words = f"比资产 {code} 的变动小"
                yield Finding(_RULE, ref, words, ledger, format_fen(change), format_fen(moved))


def _of(table: str, columns: str) -> str:
    return ", ".join(f"{table}.{name}" for name in columns.split(", "))


def _unlogged(what: str, rows: Iterable[tuple[object, ...]], logged: set[str]) -> Iterator[Finding]:
    for ledger, code, *values in rows:
        if mark(row_digest(*values)) not in logged:
            yield Finding(_RULE, f"资产 {code}", f"{what}和操作日志不符", str(ledger))
