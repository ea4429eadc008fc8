"""Within how many days an agency does its work: from then on what waits is late (晚了)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from village_ledger.domain.errors import AgencyError
from village_ledger.domain.period import Month
from village_ledger.resources_dir import resource

MOST_DAYS = 366
"""More than a year is a slip of the keyboard."""
_CLOSE_BY = 31


@dataclass(frozen=True, slots=True)
class AgencyDays:
    """The days that hold; ``source`` says where they stand."""

    close_by: int
    """Day of the next month by which a month is closed."""
    claim_days: int
    """Days within which a claim is booked or returned."""
    remark_days: int
    """Days within which a reviewer's remark is answered."""
    source: str = ""

    def words(self) -> str:
        """The days in a sentence's part."""
        return f"次月 {self.close_by} 日前结账，报账单 {self.claim_days} 天内记账，审阅意见 {self.remark_days} 天内答复"

    def checked(self) -> AgencyDays:
        """Itself; raises AgencyError for days nobody can mean."""
        if not 1 <= self.close_by <= _CLOSE_BY:
            raise AgencyError("结账的日子是次月 1 日到 31 日", "请写一个 1 到 31 的数。")
        if not all(1 <= days <= MOST_DAYS for days in (self.claim_days, self.remark_days)):
            raise AgencyError(f"期限是 1 到 {MOST_DAYS} 天", "请核对天数。")
        return self

    def close_due(self, month: Month) -> date:
        """Last day for closing a month."""
        return month.last + timedelta(days=self.close_by)

    def remark_due(self, taken_in: date) -> date:
        """Last day for answering a remark."""
        return taken_in + timedelta(days=self.remark_days)


@lru_cache(maxsize=1)
def _rules() -> list[tuple[date, AgencyDays]]:
    data = tomllib.loads(resource("rules", "agency.toml").read_text(encoding="utf-8"))
    found = [
        (
            one["effective"],
            AgencyDays(one["close_by"], one["claim_days"], one["remark_days"], one["source"]),
        )
        for one in data["days"]
    ]
    return sorted(found, key=lambda pair: pair[0])


def agency_days(day: date) -> AgencyDays:
    """The days that hold on a day; before the first rule, that one."""
    rules = _rules()
    return next((one for since, one in reversed(rules) if since <= day), rules[0][1])
