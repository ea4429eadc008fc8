"""A village with the shares of the worked example (members_and_shares §6) and a year's income to give away."""

from __future__ import annotations

import pytest

from tests.builders import COLLECTIVE
from tests.services.months import close_through, close_year
from tests.shares_village import ShareVillage
from village_ledger.domain.errors import DividendError
from village_ledger.domain.money import parse_fen
from village_ledger.domain.period import Month, parse_day
from village_ledger.services.check_item import CheckItem
from village_ledger.services.closing.close_check import check_list
from village_ledger.services.dividends import dividends
from village_ledger.services.dividends.dividend_payments import Paying, pay
from village_ledger.services.dividends.dividends import Preview, Sharing
from village_ledger.storage.people.records import Dividend

RESOLVED = "石股社〔2026〕1号"
RECORD, SPRING = "2025-12-31", "2026-03-20"


class DividendVillage(ShareVillage):
    """青山村 with the shares of the worked example and 100,000.00 earned in 2025."""

    def earn(self, amount: str = "100000") -> None:
        self.open_with("借 102 1000", "贷 301 1000")
        self.posted("2025-03-08", "收租金", f"借 102 {amount}; 贷 501 {amount}")

    def hold(self) -> None:
        """The holdings of the worked example after its last event, N01 no member, M03 dead."""
        self.people("001 M01", "002 M02", "003 M03", "004 M04", "005 M05", "006 M06", "007 M07")
        self.people("008 N01", status="none")
        to = ", ".join(
            f"{household}/{name}={shares}"
            for household, name, shares in (
                ("001", "M01", "100"),
                ("002", "M02", "100"),
                ("003", "M03", "33.33"),
                ("004", "M04", "100"),
                ("005", "M05", "100"),
                ("006", "M06", "133.33"),
                ("007", "M07", "200"),
            )
        )
        self.share("grant", "2025-01-10", to=f"{to}, 集体=233.34")
        self.dies("003/M03", "2025-02-01")

    def bequeath(self, day: str = "2025-06-01") -> None:
        self.share("inherit", day, "003/M03", "008/N01=33.33")

    def shut(self) -> None:
        close_through(self, 12)
        close_year(self)

    def resolve(
        self,
        number: str = RESOLVED,
        day: str = "2026-03-10",
        *,
        votes: tuple[int, int, int] = (186, 148, 139),
        body: str = "assembly",
        published: str = "2026-02-20",
    ) -> None:
        self.decide(number, day, body, votes, published)

    def look(
        self, amount: str = "88888.88", day: str = SPRING, record: str = RECORD, **more: object
    ) -> Preview:
        how = Sharing(**more)  # pyright: ignore[reportArgumentType]  its own fields
        return dividends.preview(
            self.reader, COLLECTIVE, 2025, parse_fen(amount), parse_day(record), parse_day(day), RESOLVED, how
        )

    def give(
        self,
        amount: str = "88888.88",
        day: str = SPRING,
        record: str = RECORD,
        resolution: str = RESOLVED,
        **more: object,
    ) -> Dividend:
        with self.act() as uow:
            how = Sharing(**more)  # pyright: ignore[reportArgumentType]  its own fields
            asked = (COLLECTIVE, 2025, parse_fen(amount), parse_day(record), parse_day(day), resolution)
            return dividends.post(uow, *asked, how).value

    def refuses(self, **asked: str) -> str:
        before = self.reader.dividends(COLLECTIVE), self.reader.unposted_ids(COLLECTIVE)
        with pytest.raises(DividendError) as said:
            self.give(**asked)
        assert (self.reader.dividends(COLLECTIVE), self.reader.unposted_ids(COLLECTIVE)) == before
        return str(said.value)

    def into_the_books(self, dividend: Dividend | None = None) -> None:
        """Everything waiting is reviewed and posted."""
        waiting = self.reader.vouchers_by_id(self.reader.unposted_ids(COLLECTIVE))
        self.review(*waiting)
        self.post(*self.reader.vouchers_by_id([v.id for v in waiting]))

    def pay(
        self, dividend: Dividend, *items: Paying, day: str = "2026-03-25", method: str = "bank"
    ) -> list[int]:
        with self.act() as uow:
            return [p.id for p in pay(uow, COLLECTIVE, dividend.id, parse_day(day), method, items).value]

    def line(self, dividend: Dividend, key: str) -> int:
        return next(x.line for x in self.reader.dividend_lines(dividend.id) if x.key == key)

    def owed(self, dividend: Dividend) -> dict[str, int]:
        return {x.key: x.owed for x in self.reader.dividend_lines(dividend.id) if x.owed}

    def check(self, rule: str, month: str = "2026-03") -> CheckItem:
        return next(x for x in check_list(self.reader, COLLECTIVE, Month.parse(month)) if x.rule == rule)
