"""Looking the published sheets over: figures, digests and codes as registered, versions in their chain (V80)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import groupby
from typing import Any

from village_ledger.domain.chain import GENESIS
from village_ledger.domain.check_code import code_for
from village_ledger.domain.finding import Finding
from village_ledger.domain.sheet_version import SheetVersion, VersionKind
from village_ledger.storage.disclosure.version_rows import REGISTERED, SELECTED, digest_of, version_of
from village_ledger.storage.queries import Queries, Record

RULE = "V80"
_VERSIONED = "，第 "
"""Only the log of books with versions speaks of them."""


class VersionInspection(Queries):
    """Findings about 公开表 (V80)."""

    def findings(self) -> Iterator[Finding]:
        """Every sheet that was registered is there and says what it said, each version after the one it replaces."""
        yield from self._sheets()
        yield from self._chain()
        yield from self._versions()
        yield from self._logged()

    def _sheets(self) -> Iterator[Finding]:
        uid = str(self._value("SELECT uid FROM book"))
        rows = self._each(
            "SELECT s.code, l.code, s.report, s.first_day, s.last_day, s.figures, s.digest FROM sheet s "
            "LEFT JOIN ledger l ON l.id = s.ledger_id ORDER BY s.code"
        )
        for code, ledger, report, first, last, figures, digest in rows:
            if sha256(figures.encode()).digest() != digest:
                continue  # V10 names it
            if code_for(f"{uid}\n{figures}") != code:
                yield Finding(RULE, f"公开表 {code}", "校验码不是从登记的数字算出来的", ledger or "")
                continue
            said = _head(figures)
            for what, expected in (("ledger", ledger), ("report", report), ("span", [first, last])):
                if said.get(what) != expected:
                    yield Finding(
                        RULE,
                        f"公开表 {code}",
                        "登记在别的账套、表或期间下",
                        ledger or "",
                        str(said.get(what)),
                        str(expected),
                    )

    def _each(self, sql: str) -> Iterator[Record]:
        """Rows one by one: thirty years of sheets are not held at once."""
        for row in self._connection.exec_driver_sql(sql):
            yield tuple(row)

    def _chain(self) -> Iterator[Finding]:
        previous, place = GENESIS, 0
        rows = self._each(
            f"SELECT v.seq, v.face, v.previous, v.digest, {SELECTED} FROM sheet_version v "
            "JOIN ledger l ON l.id = v.ledger_id ORDER BY v.seq"
        )
        for seq, face, before, digest, *row in rows:
            version, place = version_of(tuple(row)), place + 1
            record = _record(version)
            if seq != place or before != previous:
                yield Finding(
                    RULE,
                    record,
                    "版本链在这里断开",
                    version.ledger,
                    previous.hex()[:16],
                    bytes(before).hex()[:16],
                )
                place = seq
            found = digest_of(before, seq, version, face)
            if found != digest:
                yield Finding(
                    RULE,
                    record,
                    "内容和登记时不一样",
                    version.ledger,
                    bytes(digest).hex()[:16],
                    found.hex()[:16],
                )
            previous = digest

    def _versions(self) -> Iterator[Finding]:
        reader = self._book.reader()
        for info in reader.ledgers():
            for _, versions in groupby(reader.every_sheet_version(info.code), _place):
                before: list[SheetVersion] = []
                for version in versions:
                    if fault := _step_fault(before, version):
                        yield Finding(RULE, _record(version), fault, version.ledger)
                    before.append(version)

    def _logged(self) -> Iterator[Finding]:
        """The operation log and the sheets name each other."""
        there = {code for (code,) in self._all("SELECT code FROM sheet")}
        details: dict[tuple[str, str], SheetVersion] = {}
        for row in self._all(f"SELECT {SELECTED} FROM sheet_version v JOIN ledger l ON l.id = v.ledger_id"):
            version = version_of(row)
            details[version.code, version.detail] = version
        logged: set[str] = set()
        for code, detail in self._all(
            "SELECT subject, detail FROM operation WHERE action = ? ORDER BY seq", REGISTERED
        ):
            logged.add(code)
            if code not in there:
                yield Finding(RULE, f"公开表 {code}", f"登记过，账里没有了：{detail}")
            elif _VERSIONED in detail and details.pop((code, detail), None) is None:
                yield Finding(RULE, f"公开表 {code}", f"登记过的版本账里没有，或和操作日志不符：{detail}")
        for version in details.values():
            yield Finding(RULE, _record(version), "操作日志里没有登记它的记录", version.ledger)
        for code in sorted(there - logged):
            yield Finding(RULE, f"公开表 {code}", "操作日志里没有登记它的记录")


def _head(figures: str) -> dict[str, Any]:
    try:
        said = json.loads(figures)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}  # pyright: ignore[reportUnknownVariableType]  JSON of whatever shape


def _record(version: SheetVersion) -> str:
    return f"公开表 {version.code} 第 {version.number} 版"


def _place(version: SheetVersion) -> tuple[str, str, object]:
    return version.ledger, version.report, version.span


def _step_fault(before: Sequence[SheetVersion], version: SheetVersion) -> str:
    if version.number != len(before) + 1:
        return "前面缺了一版"
    if not before:
        return "" if version.kind is VersionKind.FIRST else "第一版不会替换别的表"
    known = {one.code for one in before}
    if version.corrects:
        return "" if version.corrects in known - {version.code} else "替换的表不在它前面"
    return "" if version.code in known and version.kind is VersionKind.AGAIN else "没有写明替换哪一版"
