"""份额变动史 of a household: every change with the balance after it, and under it the picture of who had what when."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from village_ledger.domain.errors import ShareError
from village_ledger.domain.period import Span
from village_ledger.reports.people.household_changes import HouseholdBook
from village_ledger.reports.shares.share_history import ShareHistory, share_history
from village_ledger.reports.table import Column, Kind, Role, Row, Table

if TYPE_CHECKING:
    from village_ledger.reports.issuer import Issuer
    from village_ledger.storage.people.records import Household
    from village_ledger.storage.reader import Reader

COLUMNS = (
    Column("date", "日期", Kind.DATE, 26),
    Column("kind", "事由", Kind.TEXT, 60),
    Column("delta", "增减", Kind.SHARES, 28),
    Column("balance", "余额", Kind.SHARES, 28),
    Column("basis", "依据", Kind.TEXT, 80),
)


def history_sheet(reader: Reader, issuer: Issuer, household: str, day: date) -> Table:
    """The sheet of one household up to the end of a day; raises ShareError for one there is not."""
    home = next((one for one in reader.households(day) if one.code == household), None)
    if home is None:
        raise ShareError(f"{day} 没有 {household} 户", "请核对户编号和日期。")
    changes = HouseholdBook(reader, issuer.ledger, day).changes(home.id)
    rows = [
        Row(Role.DETAIL, (one.day, one.what, one.delta.removeprefix("+"), one.balance, one.basis))
        for one in changes
    ]
    return Table(
        report="share-history",
        title="份额变动史",
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=COLUMNS,
        rows=tuple(rows),
        span=Span(day, day),
        heading=(
            f"{' '.join(filter(None, (home.group, home.code)))} 户 {home.head}",
            f"截至 {day}",
            "单位：份",
        ),
        watermark=issuer.watermark,
        signatures=(("理事长", ""), ("户主", ""), ("经办", "")),
        full_dates=True,
        picture=_picture(reader, issuer.ledger, home, day),
    )


def _picture(reader: Reader, ledger: str, home: Household, day: date) -> ShareHistory | None:
    """Of the class the household has most of; none where there never was a share."""
    ids: set[int | None] = {one.id for one in home.people}
    held: dict[int, int] = {}
    accounts: dict[int, dict[int | None, int]] = {}
    for one in reader.holdings(day):
        if one.person_id in ids:
            held[one.class_id] = held.get(one.class_id, 0) + one.balance.total
            accounts.setdefault(one.class_id, {})[one.person_id] = one.account_id
    classes = [one for one in reader.share_classes(ledger) if one.id in accounts]
    if not classes:
        return None
    of_class = max(classes, key=lambda one: held[one.id])
    mine = accounts[of_class.id]
    holders = [(mine[one.id], one.name) for one in home.people if one.id in mine]
    drawn = share_history(reader.share_events(None, day), holders, of_class.id, day, of_class.decimals)
    return drawn if drawn.bands else None
