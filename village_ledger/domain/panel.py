"""六手印记: four drawn by lot from four registers, two fixed, six signatures in each of four stages.

The draw can be done again by anybody with the list and the seed. Round 1 of a register: the eligible one at index
SHA-256(seed⏎digest of the list⏎register) mod their number. If that one sits already, or is absent later, the next round adds
⏎2, ⏎3 … to the same text, and neither who sits nor who came out of an earlier round of the register takes part.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from village_ledger.domain.errors import DecisionError
from village_ledger.domain.voting import decision_data

DRAWN = 4
"""Places 1 to 4 are drawn, 5 and 6 are filled by name."""
PLACES = 6
AVOIDS = "回避"
"""The mark of somebody on the list who must stay out."""


@dataclass(frozen=True, slots=True)
class ListRow:
    """One line of the four registers as taken in; ``number`` counts from 1 in file order."""

    number: int
    register: str
    name: str
    avoids: bool = False

    @property
    def line(self) -> str:
        """As it is digested."""
        return f"{self.register}\t{self.name}\t{AVOIDS if self.avoids else ''}\n"


@dataclass(frozen=True, slots=True)
class Lot:
    """One round of a draw: who was asked, which one it is."""

    place: int
    register: str
    round: int
    index: int
    """Place among the eligible, from 0."""
    eligible: int
    row: int
    """Line of the list."""
    name: str
    reason: str = ""
    """Why there is a later round."""
    out: tuple[tuple[int, str], ...] = ()
    """Lines of the register that took no part although the list lets them, and why."""

    @property
    def said(self) -> str:
        """As it is read out: the third of eleven."""
        return f"{self.eligible} 人里的第 {self.index + 1} 个"


@dataclass(frozen=True, slots=True)
class FixedSeat:
    """A seat filled by name."""

    place: int
    role: str
    kinds: tuple[str, ...]


def list_digest(rows: Iterable[ListRow]) -> str:
    """Digest of a list: SHA-256 of its lines in file order, UTF-8."""
    return sha256("".join(row.line for row in rows).encode()).hexdigest()


def lot_hash(seed: str, digest: str, register: str, round_: int = 1) -> str:
    """The number a round is drawn with, hexadecimal."""
    text = "\n".join((seed, digest, register, *((str(round_),) if round_ > 1 else ())))
    return sha256(text.encode()).hexdigest()


def lot_index(seed: str, digest: str, register: str, count: int, round_: int = 1) -> int:
    """Which of the eligible a seed means."""
    return int(lot_hash(seed, digest, register, round_), 16) % count


def same_person(one: str, other: str) -> bool:
    """Whether two names mean one person; two with household numbers must agree in them too."""
    if "/" in one and "/" in other:
        return one == other
    return one.rpartition("/")[2] == other.rpartition("/")[2]


def known_registers() -> list[str]:
    """The four registers by the names of the rules."""
    return [str(one["name"]) for one in decision_data()["panel"]["register"]]


def register_meant(written: str) -> str:
    """The register of the rules that a file's name means, the name itself when it is none of them."""
    for one in decision_data()["panel"]["register"]:
        if written in (one["name"], *one["other_names"]):
            return str(one["name"])
    return written


def fixed_seats() -> tuple[FixedSeat, ...]:
    """Places 5 and 6 and whom they are for."""
    return tuple(
        FixedSeat(place, one["role"], tuple(one["kinds"]))
        for place, one in enumerate(decision_data()["panel"]["fixed"], DRAWN + 1)
    )


def registers_of(rows: Sequence[ListRow]) -> list[str]:
    """The registers of a list as written, in the order they first appear."""
    return list(dict.fromkeys(row.register for row in rows))


def missing_registers(rows: Sequence[ListRow]) -> list[str]:
    """Registers with nobody on them, by the names of the rules."""
    written = registers_of(rows)
    meant = {register_meant(one) for one in written}
    missing = [one for one in known_registers() if one not in meant]
    return missing[: max(DRAWN - len(written), 0)]


def ensure_four(rows: Sequence[ListRow]) -> list[str]:
    """The four registers; raises DecisionError for an empty one, or more than four."""
    written, missing = registers_of(rows), missing_registers(rows)
    if missing:
        raise DecisionError(
            f"名册“{'、'.join(missing)}”一个人也没有，不能抽签", "请补齐四个名册，重新导入名单。"
        )
    if len(written) > DRAWN:
        raise DecisionError(
            f"名单里有 {len(written)} 个名册：{'、'.join(written)}",
            "六手印记从四个名册里各抽一人，请合并名册。",
        )
    return written


def eligible_rows(rows: Sequence[ListRow], register: str, out: Iterable[int]) -> list[ListRow]:
    """Those of a register who take part in a round, in file order."""
    barred = set(out)
    return [row for row in rows if row.register == register and not row.avoids and row.number not in barred]


def draw(seed: str, rows: Sequence[ListRow], barred: Mapping[int, str]) -> list[Lot]:
    """All rounds until four different people sit, in order; raises DecisionError.

    ``barred``: lines of the list that stay out of this matter and why, beside those marked on the list itself.
    """
    made: list[Lot] = []
    for place, register in enumerate(ensure_four(rows), 1):
        seated = [lot.name for lot in sitting(made).values()]
        lot = _one_lot(seed, rows, Lot(place, register, 1, 0, 0, 0, ""), barred)
        made.append(lot)
        if any(same_person(lot.name, name) for name in seated):
            made.append(next_lot(seed, rows, made, place, barred, f"{lot.name} 已经在席"))
    return made


def next_lot(
    seed: str,
    rows: Sequence[ListRow],
    made: Sequence[Lot],
    place: int,
    barred: Mapping[int, str],
    reason: str,
    others: Iterable[str] = (),
) -> Lot:
    """The next round of a place: neither who sits nor who came out of it before takes part; raises DecisionError.

    ``others``: names at the places that are not drawn.
    """
    earlier = [lot for lot in made if lot.place == place]
    register = earlier[-1].register
    seated = {lot.name for at, lot in sitting(made).items() if at != place} | set(others)
    out = dict(barred)
    for row in rows:
        if row.register == register and any(same_person(row.name, name) for name in seated):
            out.setdefault(row.number, "已经在席")
    for lot in earlier:
        out[lot.row] = f"第 {lot.round} 轮抽中过"
    return _one_lot(seed, rows, Lot(place, register, len(earlier) + 1, 0, 0, 0, "", reason), out)


def _one_lot(seed: str, rows: Sequence[ListRow], asked: Lot, out: Mapping[int, str]) -> Lot:
    """One round for one register; raises DecisionError when nobody is left."""
    register = asked.register
    takes_part = eligible_rows(rows, register, out)
    if not takes_part:
        raise DecisionError(
            f"名册“{register}”里没有可以抽的人：都回避、缺席或已经在席", "请补充名册，重新导入名单。"
        )
    index = lot_index(seed, list_digest(rows), register, len(takes_part), asked.round)
    row = takes_part[index]
    left = tuple(
        (one.number, out[one.number])
        for one in rows
        if one.register == register and not one.avoids and one.number in out
    )
    return Lot(
        asked.place,
        register,
        asked.round,
        index,
        len(takes_part),
        row.number,
        row.name,
        asked.reason,
        left,
    )


def sitting(made: Sequence[Lot]) -> Mapping[int, Lot]:
    """By place, the lot that counts: the last round."""
    return {lot.place: lot for lot in made}
