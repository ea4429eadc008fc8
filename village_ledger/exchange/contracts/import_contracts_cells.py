"""What cells of a hand-kept contract register say: spans in any spelling, prices in words, when rent is paid, how it rises.

Each reads one thing and refuses with a sentence rather than guess; what it takes for granted comes back as a notice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from village_ledger.domain.contract import read_item_area
from village_ledger.domain.errors import ContractError
from village_ledger.domain.half_width import half_width
from village_ledger.domain.money import quoted
from village_ledger.domain.rent_schedule import PayDay, Step, half_up, read_pay_day
from village_ledger.domain.rhythm import Rhythm, months_later
from village_ledger.exchange.contracts.import_contracts_words import words
from village_ledger.exchange.reading.cells import fen_of
from village_ledger.exchange.reading.tabular import Cell, Flawed
from village_ledger.i18n import tr

_DAY = re.compile(r"(\d{4})[.年/\-](\d{1,2})[.月/\-](\d{1,2})日?")
_FIGURE: Final = r"(\d+(?:\.\d+)?)(万)?元?"
_PER_AREA = re.compile(_FIGURE + r"/亩[·.、*]?年?")
_PER_TIME = re.compile(_FIGURE + r"/(年|半年|季|月)")
_FIRST_YEARS = re.compile(rf"前([一二三四五六七八九十\d]+)年{_FIGURE}/年[,，;；、]*以后每年{_FIGURE}")
_RISES = re.compile(r"第([一二三四五六七八九十\d]+)年起每([一二三四五六七八九十\d]+)年递增(\d+(?:\.\d+)?)%")
_EVERY = re.compile(r"每([一二三四五六七八九十\d]*)年递增(\d+(?:\.\d+)?)%")
_QUANTITY = re.compile(r"(\d+(?:\.\d+)?)(亩|㎡|平方米|m²|m³|[^\d\s]{0,6})")
_MANY_YEARS = re.compile(r"每?([一二三四五六七八九十\d]+)年(?:一次)?付")
_NAMED_DAY = re.compile(r"(\d{1,2})月(?:(\d{1,2})日)?")
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九十")}
_TIMES_A_YEAR = {"年": 1, "半年": 2, "季": 4, "月": 12}
_TEN_THOUSAND = 10_000


def plain(cell: Cell) -> str:
    """A cell as text, full-width forms folded, without blanks."""
    if isinstance(cell, Flawed):
        raise ContractError(cell.reason, "")
    text = cell.isoformat() if isinstance(cell, date) else str(cell)
    if isinstance(cell, float) and cell.is_integer():
        text = str(int(cell))
    return "".join(half_width(text).split())


def number_in_words(text: str) -> int:
    """五, 十, 十二 or 12."""
    if text.isascii() and text.isdigit():
        return int(text)
    tens, ten, ones = text.partition("十")
    if not ten:
        return _DIGITS[text]
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)


def read_span(text: str) -> tuple[date, date]:
    """Two days in one cell, with any mark between; raises ContractError naming a day that does not exist."""
    found = _DAY.findall(text)
    if not text:
        raise ContractError(tr("没有起止时间"), tr("请补上期限；没有合同的列入清理清单。"))
    if len(found) != 2:
        raise ContractError(
            tr("起止时间“{text}”看不懂", text=quoted(text)), tr("请写成 2025.1.1-2027.12.31 的样子。")
        )
    return _day(tr("起始日期"), found[0]), _day(tr("终止日期"), found[1])


def read_day(cell: Cell, label: str) -> date:
    """One day in one cell."""
    if isinstance(cell, date):
        return cell
    found = _DAY.findall(plain(cell))
    if len(found) != 1:
        raise ContractError(
            tr("{label}“{text}”看不懂", label=label, text=quoted(plain(cell))),
            tr("请写成 2025-01-01 的样子。"),
        )
    return _day(label, found[0])


def _day(label: str, parts: tuple[str, str, str]) -> date:
    year, month, day = map(int, parts)
    try:
        return date(year, month, day)
    except ValueError:
        raise ContractError(
            tr("{label}{year}-{month:02d}-{day:02d}不存在", label=label, year=year, month=month, day=day),
            tr("请改正后再导入。"),
        ) from None


@dataclass(frozen=True, slots=True)
class Rent:
    """A year's rent in fen at the beginning, and what it becomes later."""

    year: int
    later: tuple[Step, ...] = ()
    """Days and a year's rent from then on."""


def read_rent(year_rent: Cell, price: Cell, area: int, start: date) -> Rent:
    """The year's rent by its column, else by the price in words; raises ContractError for grain, shares and nothing."""
    text = plain(price)
    cells = words()["cells"]
    for group, what in (
        ("grain", tr("实物计租，不能自动成期")),
        ("share", tr("分成，没有固定金额，不能自动成期")),
    ):
        if any(word in text for word in cells[group]):
            raise ContractError(what, tr("请人工登记这份合同；要导入就答复“年租金”。"))
    stepped = _FIRST_YEARS.search(text)
    if stepped is not None:
        years, first, first_wan, then, then_wan = stepped.groups()
        day = months_later(start, 12 * number_in_words(years))
        return Rent(_fen(first, first_wan), (Step(day, _fen(then, then_wan)),))
    said = plain(year_rent)
    if said and said not in cells["nothing"]:
        return Rent(fen_of(said.removesuffix("元") if isinstance(year_rent, str) else year_rent))
    return Rent(_from_price(text, area))


def _from_price(text: str, area: int) -> int:
    per_area, per_time = _PER_AREA.search(text), _PER_TIME.search(text)
    if per_area is not None and area:
        return half_up(_fen(*per_area.groups()) * area, _TEN_THOUSAND)
    if per_time is not None:
        figure, wan, unit = per_time.groups()
        return _fen(figure, wan) * _TIMES_A_YEAR[unit]
    raise ContractError(
        tr("看不出一年多少租金（单价“{text}”）", text=quoted(text)), tr("请填“年租金”，或人工登记。")
    )


def _fen(figure: str, wan: str | None) -> int:
    return int(Decimal(figure) * 100 * (_TEN_THOUSAND if wan else 1))


@dataclass(frozen=True, slots=True)
class Payment:
    """How often and when rent is paid; ``taken`` says what was taken for granted."""

    period: Rhythm
    pay_day: PayDay
    taken: str = ""


def read_payment(text: str, start: date) -> Payment:
    """半年付,6月、12月底前 and its like."""
    said = words()["pay"]
    named = _NAMED_DAY.findall(text)
    period = next(
        (
            rhythm
            for rhythm, key in (
                (Rhythm.HALF_YEAR, "half_year"),
                (Rhythm.QUARTER, "quarter"),
                (Rhythm.MONTH, "month"),
            )
            if any(word in text for word in said[key])
        ),
        Rhythm.HALF_YEAR if len(named) == 2 else Rhythm.YEAR,
    )
    if _MANY_YEARS.search(text) and period is Rhythm.YEAR:
        return Payment(period, PayDay.FIRST, tr("几年一付，按年成期、首日付款"))
    if any(word in text for word in said["first"]):
        return Payment(period, PayDay.FIRST)
    if any(word in text for word in said["last"]):
        return Payment(period, PayDay.LAST)
    if named:
        return Payment(period, _named_day(int(named[0][0]), start, period))
    unsaid = read_pay_day(said["unsaid_year" if period is Rhythm.YEAR else "unsaid_shorter"])
    what = tr("付款方式“{text}”没有说期初还是期末付，按{day}", text=text, day=_WORDS[unsaid])
    return Payment(period, unsaid, what)


_WORDS = {PayDay.FIRST: "首日", PayDay.LAST: "末日"}


def _named_day(month: int, start: date, period: Rhythm) -> PayDay:
    """A month named: the last one of a period, or an earlier one."""
    inside = (month - start.month) % period.value
    return PayDay.LAST if period is not Rhythm.MONTH and inside == period.value - 1 else PayDay.FIRST


@dataclass(frozen=True, slots=True)
class Rise:
    """How rent rises by a remark: steps of a year's rent, or a rate every so many years."""

    steps: tuple[Step, ...] = ()
    rate: int = 0
    years: int = 0


def read_rise(note: str, year: int, start: date, end: date) -> Rise:
    """前5年不变,第6年起每3年递增5% as steps; 每3年递增5% as a rate; nothing where nothing is said."""
    found = _RISES.search(note)
    if found is not None:
        first, every = number_in_words(found[1]), number_in_words(found[2])
        rate = Decimal(found[3]) / 100
        day, amount, steps = months_later(start, 12 * (first - 1)), Decimal(year), list[Step]()
        while day <= end and every:
            amount *= 1 + rate
            steps.append(Step(day, int(amount + Decimal("0.5"))))
            day = months_later(start, 12 * (first - 1 + every * len(steps)))
        return Rise(tuple(steps))
    plainly = _EVERY.search(note)
    if plainly is not None:
        return Rise((), int(Decimal(plainly[2]) * 100), number_in_words(plainly[1]) if plainly[1] else 1)
    return Rise()


def read_quantity(text: str) -> tuple[int, str]:
    """36亩 or 620㎡ in 1/10000 of the unit, and the unit; nothing where nothing is written."""
    found = _QUANTITY.match(text)
    if found is None:
        return 0, ""
    return read_item_area(found[1]), {"平方米": "㎡", "m²": "㎡"}.get(found[2], found[2].removesuffix("水面"))
