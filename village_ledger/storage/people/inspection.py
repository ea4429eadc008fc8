"""Looking over the register of people: what is written of each fits together on every day it speaks of.

Numbers are looked at from outside here; whether they open, and to what their token says, needs the key (services).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from village_ledger.domain.chain import GENESIS, link
from village_ledger.domain.finding import Finding
from village_ledger.domain.member import Reason, Status
from village_ledger.domain.people_chain import row_bytes
from village_ledger.storage.people.register import CHAINED, SEALED
from village_ledger.storage.queries import Queries, Record

RULE = "V60"
_TOKEN_BYTES = 32
_SHORTEST_SEALED = 12 + 16
"""Nonce and tag of an empty text; anything sealed is longer."""
_ENDED_BY_DEATH = (Status.MEMBER, Status.GRANTED)
"""Standings that end with death."""
_FACTS = ("person_fact", "household_fact", "residence", "member_status")
_EVER = "9999-12-31"


class SealedFact(NamedTuple):
    """A sealed number as it lies in the book, and whose it is."""

    person_id: int
    field: str
    sealed: bytes
    token: bytes | None
    name: str


class PeopleInspection(Queries):
    """Findings about the people and households of one open book."""

    def findings(self) -> Iterator[Finding]:
        """V60: everything that is wrong with the register."""
        names = self._last("name")
        yield from self._people(names)
        yield from self._days()
        yield from self._standings(names)
        yield from self._deaths(names)
        yield from self._homes()
        yield from self._numbers(names)

    def chain(self) -> Iterator[Finding]:
        """V60: every row of the register says what it said when it was written; none is gone, none has come beside."""
        rows: dict[tuple[str, int], Record] = {
            (table, row[0]): row
            for table, columns in CHAINED.items()
            for row in self._all(f"SELECT id, {', '.join(columns)} FROM {table}")
        }
        names, previous, place = self._last("name"), GENESIS, 0
        withheld = {(table, row_id) for table in CHAINED for row_id in self._withheld(table)}
        for seq, table, row_id, digest in self._all(
            "SELECT seq, kind, row_id, digest FROM people_chain ORDER BY seq"
        ):
            place += 1
            row, what = rows.pop((table, row_id), None), f"{_TABLES.get(table, table)}第 {row_id} 条"
            if seq != place:
                yield Finding(RULE, "成员名册的链", f"在第 {place} 节断开")
                place = seq
            if row is None:
                yield Finding(RULE, what, "登记过，现在没有了")
            elif (table, row_id) not in withheld and link(previous, row_bytes(table, row)) != bytes(digest):
                yield Finding(RULE, _whose(table, row, names), f"{what}和登记时不同")
            previous = bytes(digest)
        for (table, row_id), row in sorted(rows.items(), key=lambda item: item[0]):
            yield Finding(RULE, _whose(table, row, names), f"{_TABLES[table]}第 {row_id} 条不是照规矩登记的")

    def _withheld(self, table: str) -> dict[int, str]:
        """Rows a package's copy leaves something out of: that they follow on is all that can be told."""
        return self._book.reader().withheld_rows(table)

    def sealed(self) -> list[SealedFact]:
        """Every sealed number ever written, in the order of writing."""
        names = self._last("name")
        rows = self._all(
            "SELECT person_id, field, sealed, token FROM person_fact WHERE sealed IS NOT NULL ORDER BY id"
        )
        return [SealedFact._make((*row, names.get(row[0], ""))) for row in rows]

    def _people(self, names: dict[int, str]) -> Iterator[Finding]:
        for (person_id,) in self._all("SELECT id FROM person ORDER BY id"):
            if not names.get(person_id):
                yield Finding(RULE, who(names, person_id), "没有姓名")

    def _days(self) -> Iterator[Finding]:
        """Everything holds from a real day, and days written as facts are days."""
        for table in _FACTS:
            for row, day in self._all(
                f"SELECT id, effective FROM {table} WHERE effective IS NOT date(effective, '+0 days')"
            ):
                yield Finding(RULE, f"{_TABLES[table]}第 {row} 条", "生效日期不是日期", found=str(day))
        for row, day in self._all(
            "SELECT id, value FROM person_fact WHERE field IN ('birth', 'death') AND value <> '' "
            "AND value IS NOT date(value, '+0 days')"
        ):
            yield Finding(RULE, f"{_TABLES['person_fact']}第 {row} 条", "日期读不出来", found=str(day))

    def _standings(self, names: dict[int, str]) -> Iterator[Finding]:
        """Every standing rests on a reason the law knows for it, no earlier than its resolution."""
        for person_id, day, status, reason, retained, decided in self._all(
            "SELECT m.person_id, m.effective, m.status, m.reason, m.retained_until, r.day FROM member_status m "
            "LEFT JOIN resolution r ON r.number = m.resolution ORDER BY m.person_id, m.effective, m.id"
        ):
            record = who(names, person_id)
            if not _lawful(status, reason):
                yield Finding(
                    RULE, record, f"{day} 的成员身份没有法定的理由", found=f"{status} {reason}".strip()
                )
            if retained and retained < day:
                yield Finding(RULE, record, f"保留权利到 {retained}，早于 {day}")
            if decided and decided > day:
                yield Finding(RULE, record, f"{day} 的成员身份早于它依据的决议 {decided}")

    def _deaths(self, names: dict[int, str]) -> Iterator[Finding]:
        """A death and the loss of membership by death say the same day; nobody dies before birth."""
        born = self._last("birth")
        died = {person_id: day for person_id, day in self._last("death").items() if day}
        chains: dict[int, list[Record]] = defaultdict(list)
        for person_id, *row in self._all(
            "SELECT person_id, status, reason, effective FROM member_status ORDER BY person_id, effective, id"
        ):
            chain = chains[person_id]
            if chain and chain[-1][2] == row[2]:
                chain.pop()
            chain.append(tuple(row))
        for person_id in sorted({*died, *chains}):
            record, day = who(names, person_id), died.get(person_id, "")
            if day and born.get(person_id, "") > day:
                yield Finding(RULE, record, f"死亡日期 {day} 早于出生日期 {born[person_id]}")
            lost = _lost_by_death(chains.get(person_id, ()))
            if lost and lost != day:
                yield Finding(
                    RULE, record, "因死亡丧失成员身份的日期和死亡日期不符", "", day or "没有死亡", lost
                )
            if day and _still_counts(chains.get(person_id, ())):
                yield Finding(RULE, record, f"{day} 已经死亡，名册上仍是成员")

    def _homes(self) -> Iterator[Finding]:
        """Household number and name mean one person on every day."""
        codes = dict(self._all("SELECT id, code FROM household"))
        called = _spans(
            self._all(
                "SELECT person_id, value, effective FROM person_fact WHERE field = 'name' ORDER BY person_id, effective, id"
            )
        )
        lived = _spans(
            self._all(
                "SELECT person_id, household_id, effective FROM residence ORDER BY person_id, effective, id"
            )
        )
        keys: dict[tuple[Any, Any], list[tuple[str, str, int]]] = defaultdict(list)
        for person_id, homes in lived.items():
            for home, first, end in homes:
                for name, since, until in called.get(person_id, ()):
                    span = (max(first, since), min(end, until), person_id)
                    if home is not None and span[0] < span[1]:
                        keys[home, name].append(span)
        for (home, name), spans in keys.items():
            spans.sort()
            for (_, end, one), (first, _, other) in pairwise(spans):
                if one != other and first < end:
                    record = f"{codes.get(home, home)}/{name}"
                    yield Finding(RULE, record, f"从 {first} 起同一户有两个人叫这个名字，分不清是谁")

    def _numbers(self, names: dict[int, str]) -> Iterator[Finding]:
        """A number is sealed, an identity number bears a token, and no two of the living bear the same."""
        dead = {person_id for person_id, day in self._last("death").items() if day}
        last: dict[int, bytes | None] = {}
        for person_id, field, value, sealed, token in self._all(
            "SELECT person_id, field, value, sealed, token FROM person_fact WHERE "
            "field IN ('id_number', 'phone', 'bank_account') OR sealed IS NOT NULL OR token IS NOT NULL ORDER BY effective, id"
        ):
            if not _well_sealed(field, value, sealed, token):
                yield Finding(
                    RULE, who(names, person_id), f"{SEALED_WORDS.get(field, field)}没有按规定加密保存"
                )
            if field == "id_number":
                last[person_id] = token
        holders: dict[bytes, int] = {}
        for person_id, token in sorted(last.items()):
            if token is None or person_id in dead:
                continue
            first = holders.setdefault(token, person_id)
            if first != person_id:
                yield Finding(RULE, who(names, person_id), f"身份证号和{who(names, first)}的相同")

    def _last(self, field: str) -> dict[int, str]:
        return dict(
            self._all(
                "SELECT person_id, value FROM person_fact WHERE field = ? ORDER BY effective, id", field
            )
        )


SEALED_WORDS: dict[str, str] = dict(zip(SEALED, ("身份证号", "电话", "银行账号"), strict=True))
"""Sealed fields as a finding calls them."""
_TABLES: dict[str, str] = {
    **dict(zip(_FACTS, ("人员资料", "户资料", "迁户登记", "成员身份登记"), strict=True)),
    "person": "人员",
    "household": "户",
    "register_filing": "名册备案",
}


def who(names: dict[int, str], person_id: int) -> str:
    """Somebody as a finding calls them."""
    return f"成员名册 {names.get(person_id) or f'第 {person_id} 人'}"


def _whose(table: str, row: Record, names: dict[int, str]) -> str:
    """Whom a row is about, as a finding calls them."""
    if table == "person":
        return who(names, row[0])
    return who(names, row[1]) if CHAINED[table][0] == "person_id" else "成员名册"


def _lawful(status: str, reason: str) -> bool:
    try:
        return Reason(reason).status is Status(status)
    except ValueError:
        return False


def _lost_by_death(chain: Iterable[Record]) -> str:
    """Since when somebody has lost membership by death, empty for anybody who has not."""
    since = ""
    for status, reason, day in chain:
        dead = status == Status.LOST.value and reason == Reason.DEATH.value
        since = (since or day) if dead else ""
    return since


def _still_counts(chain: Iterable[Record]) -> bool:
    rows = list(chain)
    return bool(rows) and rows[-1][0] in {status.value for status in _ENDED_BY_DEATH}


def _spans(rows: Iterable[Record]) -> dict[int, list[tuple[int | str | None, str, str]]]:
    """Person → what held, from which day, until before which; of one day the last written holds."""
    found: dict[int, list[tuple[int | str | None, str, str]]] = defaultdict(list)
    for person_id, what, day in rows:
        spans = found[person_id]
        if spans:
            before, first, _ = spans.pop()
            if first < day:
                spans.append((before, first, day))
        spans.append((what, day, _EVER))
    return found


def _well_sealed(field: str, value: str, sealed: bytes | None, token: bytes | None) -> bool:
    if field not in SEALED:
        return sealed is None and token is None
    if sealed is None or value:
        return not value and token is None
    long_enough = len(sealed) > _SHORTEST_SEALED
    if field != "id_number":
        return long_enough and token is None
    return long_enough and token is not None and len(token) == _TOKEN_BYTES
