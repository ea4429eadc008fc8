"""K41: December and the months after it ask for the year-end stock-take (清产核资), and for its result by 31 March."""

from __future__ import annotations

from datetime import date

from village_ledger.domain.period import Month
from village_ledger.domain.stock_take import Step, StockTake
from village_ledger.domain.stock_take_sheets import stock_take_rules
from village_ledger.services.check_item import CheckItem, Lead, Leads, Verdict
from village_ledger.storage.reader import Reader

RULE = "K41"
_DONE = frozenset({Step.ADJUSTED, Step.PUBLISHED, Step.CONFIRMED})


def check_items(reader: Reader, ledger: str, month: Month) -> list[CheckItem]:
    """Nothing between March and December but for a stock-take that was begun and left."""
    takes = reader.stock_takes(ledger)
    if month.month == 12:
        return [_of_year(takes, month)]
    left = [take for take in takes if Month.of(take.day) == month and take.last not in _DONE]
    if left:
        text = f"{left[0].day} 的清产核资还停在“{left[0].stage}”。"
        return [CheckItem(RULE, Verdict.WARN, text, leads=(_lead(),))]
    if month.month < deadline(month.year).month + 1:
        return _after_year(reader, ledger, takes, month)
    return []


def deadline(year: int) -> date:
    """By when the result of the year before goes to the national system."""
    return date.fromisoformat(f"{year}-{stock_take_rules()['report_by']}")


def year_end_take(takes: list[StockTake], year: int) -> StockTake | None:
    """The stock-take of a year's end: the latest of its December."""
    return next((take for take in takes if (take.day.year, take.day.month) == (year, 12)), None)


def _of_year(takes: list[StockTake], month: Month) -> CheckItem:
    take = year_end_take(takes, month.year)
    if take is None:
        text = f"{month.year}年末还没有清产核资。"
        return CheckItem(RULE, Verdict.WARN, text, leads=(_lead(),))
    if take.last not in _DONE:
        text = f"{take.day} 的清产核资还停在“{take.stage}”，差异还没有调整入账。"
        return CheckItem(RULE, Verdict.WARN, text, leads=(_lead(),))
    return CheckItem(RULE, Verdict.PASS, f"{take.day} 清产核资过，差异已经调整（{take.stage}）。")


def _after_year(reader: Reader, ledger: str, takes: list[StockTake], month: Month) -> list[CheckItem]:
    """Last year's result, in the months before it is due; nothing in a book that had not begun by then."""
    year = month.year - 1
    take = year_end_take(takes, year)
    if take is None or reader.ledger(ledger).start.year > year or take.last is Step.CONFIRMED:
        return []
    text = f"{year}年清产核资的结果还没有确认（{take.stage}），{deadline(month.year)} 以前要上报。"
    return [CheckItem(RULE, Verdict.WARN, text, leads=(_lead(),))]


def reminders(reader: Reader, ledger: str, today: date) -> list[str]:
    """What the home page says: last year's stock-take before its result is due, this year's in December."""
    takes = reader.stock_takes(ledger)
    said: list[str] = []
    if today <= deadline(today.year) and _was_kept(reader, ledger, today.year - 1):
        year, take = today.year - 1, year_end_take(takes, today.year - 1)
        if take is None:
            said.append(f"{year}年末还没有清产核资，{deadline(today.year)} 以前要上报")
        elif take.last is not Step.CONFIRMED:
            said.append(f"{year}年清产核资还在“{take.stage}”这一步，{deadline(today.year)} 以前要上报")
    if (
        today.month == 12
        and year_end_take(takes, today.year) is None
        and _was_kept(reader, ledger, today.year)
    ):
        said.append(f"{today.year}年末的清产核资该办了")
    return said


def _was_kept(reader: Reader, ledger: str, year: int) -> bool:
    """Whether the ledger has vouchers in a year."""
    return any(reader.month_numbers(ledger, Month(year, number)) for number in range(1, 13))


def _lead() -> Lead:
    return Lead(Leads.PAGE, "stock_takes")
