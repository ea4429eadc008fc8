"""Single cells of registers kept by hand: what they mean, what was put right, and what cannot be anybody's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from village_ledger.domain.errors import PeriodError, TextError
from village_ledger.domain.half_width import half_width
from village_ledger.domain.identity import fault_of, is_old_form, tidy_number
from village_ledger.domain.period import parse_day
from village_ledger.domain.private_use import own_code_points
from village_ledger.exchange.people.import_members_words import words
from village_ledger.exchange.reading.cells import plain_text
from village_ledger.exchange.reading.heading_rows import tidy
from village_ledger.exchange.reading.tabular import Cell, Flawed
from village_ledger.i18n import tr

_EXACT: Final = 10**15
"""Whole numbers below keep every digit in a spreadsheet."""
_GLUED = re.compile(r"([\d\s]{14,}[\dxX])\s*[(\[【]?\s*([^\s\dxX()\[\]【】].*?)\s*[)\]】]?")
_SCIENTIFIC = re.compile(r"\d(\.\d+)?E\+?\d+")
_BRACKETED = re.compile(r"(.+?)\s*[(\[【]\s*(.+?)\s*[)\]】]")
_WRITTEN_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})[日号]?")
_PACKED_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MARKED: Final = "*＊"
_HAN: Final = 0x2E80
_DAY_ZERO: Final = date(1899, 12, 30)
_SERIALS: Final = range(14_000, 60_000)
"""Days of 1938 to 2064 as spreadsheets count them."""
LOST: Final = "号码后三位被表格程序改为0"


@dataclass(frozen=True, slots=True)
class Number:
    """An identity number as read; ``text`` is empty for none and for one that cannot be."""

    text: str = ""
    shown: str = ""
    fault: str = ""
    """What is wrong, a sentence without its end."""
    lost: str = ""
    """The same as a remark for the register."""
    repairs: tuple[str, ...] = ()
    remark: str = ""
    """Words that stood behind the number."""


def read_number(cell: Cell, today: date) -> Number:
    """An identity number; what a spreadsheet has cut off is never made up."""
    if isinstance(cell, Flawed):
        return Number(fault=cell.reason, lost=tr("号码读不出来"))
    if isinstance(cell, date):
        return Number(shown=cell.isoformat(), fault=tr("是日期，不是证件号码"), lost=tr("号码被写成日期"))
    if isinstance(cell, int | float):
        return _from_figure(cell, today)
    plain = half_width(cell).strip()
    glued = _GLUED.fullmatch(plain)
    number, remark = (glued[1], glued[2]) if glued else (plain, "")
    made = tidy_number(number)
    if not made:
        return Number()
    repairs = tuple(_repairs(cell, number, remark))
    if _SCIENTIFIC.fullmatch(made):
        fault = tr("成了科学计数法，后面几位已经丢了，要照身份证重打")
        return Number(shown=plain, fault=fault, lost=LOST)
    fault = fault_of(made, today)
    if not fault:
        return Number(made, plain, repairs=repairs, remark=remark)
    if len(made) == 18 and made.endswith("000") and made.isdigit() and "校验码" in fault:
        return Number(
            shown=plain, fault=tr("末三位是 000，是表格程序改掉的，原号已经丢了，要照身份证重打"), lost=LOST
        )
    return Number(shown=plain, fault=fault, lost=_remark_of(made, fault), remark=remark)


def _from_figure(cell: float, today: date) -> Number:
    """A number kept as a figure: whole up to fifteen digits, damaged beyond."""
    figure = Decimal(repr(cell))
    if not figure.is_finite():
        return Number(shown=str(cell), fault=tr("不是证件号码"), lost=tr("号码读不出来"))
    if figure == int(figure) and abs(figure) < _EXACT:
        text = str(int(figure))
        fault = fault_of(text, today)
        return Number("" if fault else text, text, fault, _remark_of(text, fault) if fault else "")
    fault = tr("存成了数字，表格程序只留 15 位，后三位变成了 000，原号已经丢了，要照身份证重打")
    return Number(shown=f"{int(figure)}", fault=fault, lost=LOST)


def _remark_of(number: str, fault: str) -> str:
    """Why a number is left to be found out, as the register's remark says it."""
    if "不存在" in fault:
        day = number[6:14] if len(number) == 18 else f"19{number[6:12]}"
        return tr("号码中的出生日期{day}不存在", day=f"{day[:4]}-{day[4:6]}-{day[6:]}")
    if "校验码" in fault:
        return tr("号码校验码不对")
    return fault.replace("身份证号", tr("号码"), 1)


def _repairs(cell: str, number: str, remark: str) -> list[str]:
    """What had to be put right so that a number could be read."""
    said: list[str] = []
    if "x" in number:
        said.append(tr("末位的小写 x 改成了大写"))
    if any("０" <= char <= "９" or char in "ｘＸ" for char in cell):
        said.append(tr("全角数字改成了半角"))
    if any(char.isspace() or not char.isprintable() for char in cell):
        said.append(tr("去掉了号码里外的空格"))
    if half_width(cell).strip()[:1] in ("'", "’", "‘", "`"):
        said.append(tr("去掉了号码前的引号"))
    if remark:
        said.append(tr("号码后面的“{remark}”移到了备注", remark=remark))
    if is_old_form(tidy_number(number)):
        said.append(tr("是15位旧号，补上世纪和校验码成18位，请照身份证核对"))
    return said


@dataclass(frozen=True, slots=True)
class Name:
    """A name as read."""

    text: str
    dead: bool = False
    """Whether the name itself says so."""
    padded: bool = False
    """Whether blanks inside were taken out."""
    repairs: tuple[str, ...] = ()


def read_name(cell: Cell) -> Name:
    """A name without padding and marks; raises TextError for what cannot be one."""
    raw = plain_text(cell).strip()
    said: list[str] = []
    text = raw.strip(_MARKED).strip()
    if text != raw and text:
        said.append(tr("姓名上的 * 号去掉了，请核对有没有异议"))
    own = own_code_points(text)
    if own != text:
        news = "".join(new for old, new in zip(text, own, strict=True) if old != new)
        said.append(tr("姓名里的旧码字改成了“{new}”，请核对", new=news))
        text = own
    dead = False
    found = _BRACKETED.fullmatch(half_width(text))
    if found and tidy(found[2]) in words()["cells"]["dead"]:
        text, dead = text[: len(found[1])].strip(), True
    joined = "".join(text.split())
    padded = joined != text and all(ord(char) >= _HAN for char in joined)
    if padded:
        text = joined
    for dot in words()["cells"]["dots"]:
        first, mark, rest = text.partition(dot)
        if mark and first and rest and ord(first[-1]) >= _HAN and ord(rest[0]) >= _HAN:
            text = f"{first}·{rest}"
            said.append(tr("姓名中间的点统一成“·”"))
    return Name(text, dead, padded, tuple(said))


def read_member(cell: Cell) -> bool | None:
    """是 or 否 in a village's signs, None for a blank; raises TextError."""
    word = tidy(plain_text(cell)).casefold()
    if not word:
        return None
    if word in words()["cells"]["yes"]:
        return True
    if word in words()["cells"]["no"]:
        return False
    raise TextError(tr("“{word}”看不懂", word=word), tr("请写“是”或“否”。"))


def read_sex(cell: Cell) -> str:
    """男 or 女, empty for a blank; raises TextError."""
    word = tidy(plain_text(cell)).casefold()
    for sex, spellings in (("男", "male"), ("女", "female")):
        if word in words()["cells"][spellings]:
            return sex
    if word:
        raise TextError(tr("性别“{word}”不是男或女", word=word), tr("请写“男”或“女”。"))
    return ""


def read_day(cell: Cell) -> date | None:
    """A day in any of the ways villages write one, None for a blank; raises PeriodError."""
    if isinstance(cell, date):
        return cell
    if isinstance(cell, Flawed):
        raise PeriodError(cell.reason)
    text = "".join(half_width(plain_text(cell)).split())
    if not text:
        return None
    found = _WRITTEN_DAY.fullmatch(text) or _PACKED_DAY.fullmatch(text)
    if found:
        return parse_day("-".join(found.groups()))
    if not isinstance(cell, str):
        raise PeriodError(tr("“{cell}”是数字，不是日期", cell=text), _as_a_day(cell))
    return parse_day(text)


def _as_a_day(figure: float) -> str:
    """What to do about a figure where a day should be; one that has lost its format is shown as the day it may be."""
    if figure in _SERIALS:
        day = _DAY_ZERO + timedelta(days=int(figure))
        return tr("设成日期格式是 {day}；对的话，照这样写。", day=day)
    return tr("请写成 2019-11-30 的样子。")


def is_village_day(cell: Cell) -> bool:
    """Whether a day is written in a way our own layout does not take."""
    return (
        isinstance(cell, str)
        and bool(cell.strip())
        and not re.fullmatch(r"\d{4}[-/]\d{1,2}[-/]\d{1,2}", cell.strip())
    )
