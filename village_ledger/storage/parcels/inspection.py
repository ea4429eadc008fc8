"""Looking over the resource register: no row altered, gone or slipped in, and no land won or lost by splitting."""

from __future__ import annotations

from collections.abc import Iterator

from village_ledger.domain.area import fine_sqm_text
from village_ledger.domain.chain import GENESIS, link
from village_ledger.domain.errors import ParcelError
from village_ledger.domain.finding import Finding
from village_ledger.domain.people_chain import row_bytes
from village_ledger.storage.parcels.queries import sketch_from
from village_ledger.storage.parcels.register import CHAINED
from village_ledger.storage.queries import Queries, Record

RULE = "V71"
_TABLES = {
    "parcel": "地块",
    "parcel_state": "地块资料",
    "parcel_event": "分割合并",
    "parcel_step": "分割合并的地块",
    "parcel_sketch": "地块草图",
}
_AREA = (
    "(SELECT t.area FROM parcel_state t WHERE t.parcel_id = s.parcel_id AND t.effective <= e.day "
    "ORDER BY t.effective DESC, t.id DESC LIMIT 1)"
)
"""Area of a parcel that went in, on the day of the event."""
_BORN = "(SELECT t.area FROM parcel_state t WHERE t.parcel_id = s.parcel_id ORDER BY t.id LIMIT 1)"
"""Area a parcel that came out was entered with; a later correction of it is a change of its own."""


class ParcelInspection(Queries):
    """Findings about the resource register (V71)."""

    def findings(self) -> Iterator[Finding]:
        """What does not hold."""
        yield from self._chain()
        yield from self._cards()
        yield from self._areas()
        yield from self._sketches()

    def _chain(self) -> Iterator[Finding]:
        """Every row says what it said when it was written; none is gone, none has come beside."""
        rows: dict[tuple[str, int], Record] = {
            (table, row[0]): row
            for table, columns in CHAINED.items()
            for row in self._all(f"SELECT id, {', '.join(columns)} FROM {table}")
        }
        previous, place = GENESIS, 0
        for seq, table, row_id, digest in self._all(
            "SELECT seq, kind, row_id, digest FROM parcel_chain ORDER BY seq"
        ):
            place += 1
            row, what = rows.pop((table, row_id), None), f"{_TABLES.get(table, table)}第 {row_id} 条"
            if seq != place:
                yield Finding(RULE, "资源台账的链", f"在第 {place} 节断开")
                place = seq
            if row is None:
                yield Finding(RULE, what, "登记过，现在没有了")
            elif link(previous, row_bytes(table, row)) != bytes(digest):
                yield Finding(RULE, what, "和登记时不同")
            previous = bytes(digest)
        for table, row_id in sorted(rows):
            yield Finding(RULE, f"{_TABLES[table]}第 {row_id} 条", "不是照规矩登记的")

    def _cards(self) -> Iterator[Finding]:
        """Every parcel has a card."""
        for (code,) in self._all(
            "SELECT p.code FROM parcel p WHERE NOT EXISTS (SELECT 1 FROM parcel_state s WHERE s.parcel_id = p.id)"
        ):
            yield Finding(RULE, f"地块 {code}", "没有登记资料")

    def _areas(self) -> Iterator[Finding]:
        """What came out of a split or merger has the area that went in."""
        for event, day, before, after in self._all(
            f"SELECT e.id, e.day, sum(CASE s.side WHEN 'before' THEN {_AREA} ELSE 0 END), "
            f"sum(CASE s.side WHEN 'after' THEN {_BORN} ELSE 0 END) FROM parcel_event e "
            "JOIN parcel_step s ON s.event_id = e.id WHERE e.kind <> 'end' GROUP BY e.id ORDER BY e.id"
        ):
            if before != after:
                said = "分割或合并前后的面积不同（平方米）"
                yield Finding(
                    RULE,
                    f"{day} 第 {event} 次分割合并",
                    said,
                    "",
                    fine_sqm_text(before),
                    fine_sqm_text(after),
                )

    def _sketches(self) -> Iterator[Finding]:
        """Every sketch can be drawn."""
        for code, corners in self._all(
            "SELECT p.code, k.corners FROM parcel_sketch k JOIN parcel p ON p.id = k.parcel_id WHERE k.corners <> ''"
        ):
            try:
                sketch_from(corners)
            except (ParcelError, ValueError, TypeError):
                yield Finding(RULE, f"地块 {code}", "草图读不出来")
