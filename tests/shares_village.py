"""A village's people and shares in a few words, so that tests of the share register read like the register.

village.people("001 张三 李四", "002 王五")
village.assembly("股社1号", "2025-01-05")
village.share("grant", "2025-01-10", to="001/张三=100, 集体=200", resolution="股社1号")
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Self

from tests.builders import WANG, Village, blank_book
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.member import Reason
from village_ledger.domain.period import parse_day
from village_ledger.domain.share import EventKind
from village_ledger.domain.share_events import EventRequest, Part
from village_ledger.services.shares import shares
from village_ledger.services.transfers import resolutions
from village_ledger.storage.people.records import StoredEvent
from village_ledger.storage.people.register import PeopleRegister

POPULATION = "人口股"
ASSEMBLY, BOARD = "石股社〔2025〕1号", "石股社理〔2025〕1号"


class ShareVillage(Village):
    """青山村 with members and shares."""

    @classmethod
    def found(cls, folder: Path, *, start: str = "2025-01", cap: str = "none") -> Self:  # pyright: ignore[reportIncompatibleMethodOverride]  its book has a class, not a chart to choose
        """A village with 人口股, an assembly's and a board's resolution of 2025-01-05; no cap unless told."""
        village = cls(blank_book(folder, start=start))
        with village.act() as uow:
            shares.add_class(uow, POPULATION, 2, cap=cap)
        village.decide(ASSEMBLY, "2025-01-05", "assembly", (186, 148, 139), published="2024-12-20")
        village.decide(BOARD, "2025-01-05", "board", (5, 5, 5))
        return village

    def decide(
        self, number: str, day: str, body: str, votes: tuple[int, int, int], published: str = ""
    ) -> None:
        """A resolution and its vote."""
        with self.act() as uow:
            since = parse_day(published) if published else None
            resolutions.enter(uow, number, parse_day(day), body, votes, "份额", since)

    def people(self, *households: str, status: str = "member", since: str = "2019-11-30") -> None:
        """Households such as ``001 张三 李四``, the head first."""
        reason = Reason.REGISTERED.value if status == "member" else ""
        with self.act() as uow:
            register = PeopleRegister(uow)
            for text in households:
                code, *names = text.split()
                day = parse_day(since)
                place = uow.reader.household_id(code) or register.add_household(code, day, "名册")
                for at, name in enumerate(names):
                    person = register.add_person()
                    register.write_fact(person, "name", name, day, "名册")
                    register.move(person, place, "户主" if at == 0 else "家庭成员", day, "名册")
                    if status != "none":
                        register.set_status(person, status, reason, day, "名册")

    def dies(self, key: str, day: str) -> None:
        """A death is recorded."""
        from village_ledger.services.people.people import record_death

        with self.act() as uow:
            record_death(uow, key, parse_day(day), "死亡证明")

    def share(
        self,
        kind: str,
        day: str,
        from_: str = "",
        to: str = "",
        quantity: str = "",
        *,
        name: str = POPULATION,
        by: str = WANG,
        **more: object,
    ) -> StoredEvent:
        """One event; ``to`` may be several as ``001/张三=100, 002/王五=50``. Resolutions are found when none is named."""
        with self.act(by) as uow:
            return shares.post(uow, request(kind, day, from_, to, quantity, name=name, **more)).value

    def refused(self, *event: str, **more: object) -> str:
        """The sentence an event is refused with; the book is as before."""
        last = self.reader.last_share_event()
        try:
            self.share(*event, **more)  # pyright: ignore[reportArgumentType]  the same words as ``share``
        except LedgerError as error:
            assert self.reader.last_share_event() == last
            return str(error)
        raise AssertionError("not refused")

    def held(self, day: str | None = None, name: str = POPULATION) -> dict[str, str]:
        """Accounts with something in them, as ``free`` or ``free p50.00 f1.00``."""
        on = parse_day(day) if day else None
        share_class = self.reader.share_class(name)
        texts = self.reader.holder_texts(on or date(2199, 12, 31))
        found: dict[str, str] = {}
        for one in self.reader.holdings(on, share_class.id):
            balance = one.balance
            if balance.total:
                pledged = f" p{share_class.text(balance.pledged)}" if balance.pledged else ""
                frozen = f" f{share_class.text(balance.frozen)}" if balance.frozen else ""
                found[texts[one.person_id]] = f"{share_class.text(balance.free)}{pledged}{frozen}"
        return found


_BY_BOARD = {"transfer", "gift", "inherit", "pledge", "foreclose"}
_BY_ASSEMBLY = {"grant", "cancel", "convert", "redeem"}


def request(
    kind: str,
    day: str,
    from_: str = "",
    to: str = "",
    quantity: str = "",
    *,
    name: str = POPULATION,
    **more: object,
) -> EventRequest:
    """An event as asked for, in a few words."""
    parts: tuple[Part, ...] = ()
    if "=" in to or "," in to:
        parts = tuple(Part(*(word.strip() for word in one.split("="))) for one in to.split(","))
        to = ""
    if "resolution" not in more and kind in _BY_BOARD | _BY_ASSEMBLY:
        more["resolution"] = BOARD if kind in _BY_BOARD else ASSEMBLY
    return EventRequest(EventKind(kind), name, parse_day(day), from_, to, quantity, parts, **more)  # pyright: ignore[reportArgumentType]  the request's own fields
