"""The words of other bookkeeping programs: headings, sums, names, numbers of vouchers, spans in titles."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from village_ledger.domain.errors import VoucherError
from village_ledger.domain.half_width import half_width
from village_ledger.domain.old_program import OldItem
from village_ledger.domain.period import Span
from village_ledger.exchange.reading.tabular import Cell

JOURNAL: Final[Mapping[str, tuple[str, ...]]] = {
    "day": ("日期", "凭证日期", "制单日期"),
    "ref": ("凭证字号", "凭证号数", "字号"),
    "word": ("凭证字", "凭证类别字"),
    "number": ("凭证号",),
    "summary": ("摘要", "凭证摘要"),
    "code": ("科目代码", "科目编码", "科目编号"),
    "name": ("科目名称",),
    "debit": ("借方", "借方金额", "借方本位币"),
    "credit": ("贷方", "贷方金额", "贷方本位币"),
    "side": ("方向",),
    "amount": ("金额", "本币金额"),
    "currency": ("币别", "币种", "币别名称", "币别代码"),
    "attachments": ("附件", "附件数", "附单据数", "附件张数"),
    "maker": ("制单", "制单人"),
    "reviewer": ("审核", "审核人"),
    "item": ("核算项目", "辅助核算", "辅助项"),
}
"""What a column of a journal means → its headings; the first heading of a meaning that stands there is used."""
BALANCE: Final[Mapping[str, tuple[str, ...]]] = {
    "code": ("科目代码", "科目编码", "科目编号"),
    "name": ("科目名称", "科目"),
}
_GROUPS = (
    ("opening", ("期初", "年初")),
    ("year", ("累计",)),
    ("closing", ("期末", "余额")),
    ("period", ("本期", "发生")),
)
SUMS: Final = ("小计", "合计", "总计", "承前页", "过次页", "本日合计", "本月合计", "本年累计")
HOME_CURRENCY: Final = ("人民币", "rmb", "cny", "本位币", "综合本位币", "*", "")
NOTHING: Final = ("", "*", "none", "无")
"""How these programs write an empty cell."""
_REF = re.compile(r"(\D+?)\s*[-—－–]?\s*(\d{1,9})", re.ASCII)
_ITEM = re.compile(r"\[([^\]]+)\]\s*(\S+)\s+(.+)")
_BETWEEN = re.compile(r"\s+-\s+|/(?!\[)")
_SPANS = re.compile(
    r"(20\d\d) ?(?:年 ?第?|[.\-/]) ?(\d{1,2})(?![\d.])(?: ?(?:期|月))?|(20\d\d)[.\-/](\d{1,2})[.\-/]\d{1,2}"
)
_FILTER = re.compile(r"会计年度=(20\d\d).*?会计期间>=(\d{1,2}).*?<=(\d{1,2})")
_PRINTED = re.compile(r"(?:打印|制表)日期.*")
_ENTITY = re.compile(r"(?:单位名称|核算单位|编制单位|单位)[::]\s*\[?([^\]\s]+)\]?")


def tidy(cell: Cell) -> str:
    """A cell's words without blanks, line breaks and full-width forms."""
    return "".join(half_width(cell).replace("\ufeff", "").split()) if isinstance(cell, str) else ""


def places(headings: Sequence[str], words: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Where each meaning stands, by the order of its headings."""
    found: dict[str, int] = {}
    for key, known in words.items():
        for word in known:
            if word in headings:
                found[key] = headings.index(word)
                break
    return found


def figure_places(headings: Sequence[str]) -> dict[str, int]:
    """Columns of a balance sheet by group and side, ``opening_debit`` …; a heading is both storeys in one."""
    found: dict[str, int] = {}
    for place, heading in enumerate(headings):
        side = "debit" if "借" in heading else "credit" if "贷" in heading else ""
        side = side or (
            "side" if "方向" in heading else "amount" if heading.endswith(("余额", "金额")) else ""
        )
        group = next((key for key, words in _GROUPS if any(word in heading for word in words)), "")
        if side and group:
            found.setdefault(f"{group}_{side}", place)
    return found


def is_sum(words: str) -> bool:
    """Whether a row is a sum of a page, a block or the whole."""
    return words.endswith(SUMS) or words.startswith(("合计", "总计"))


def bare_code(cell: Cell) -> str:
    """A code as digits only; empty for what is none."""
    text = tidy(str(cell) if isinstance(cell, int) else cell)
    if isinstance(cell, float) and cell.is_integer():
        text = str(int(cell))
    bare = text.replace(".", "").replace("-", "")
    return bare if bare.isascii() and bare.isdigit() else ""


def path_of(text: str) -> tuple[tuple[str, ...], OldItem | None]:
    """The names of an account and what is written beside it: ``内部往来 - 应收承包款/[成员]004 唐洪才``."""
    clean = " ".join(text.split())
    before, mark, after = clean.partition("/[")
    item = item_of(f"[{after}") if mark else None
    return tuple(part.strip() for part in _BETWEEN.split(before) if part.strip()), item


def item_of(text: str) -> OldItem | None:
    """``[成员]004 唐洪才`` or ``成员---004---唐洪才``; None for what is neither. Of several the first speaks."""
    first = re.split(r"[;|；]", " ".join(text.split()))[0].strip()
    parts = [part.strip() for part in first.split("---")]
    if len(parts) == 3 and all(parts):
        return OldItem(*parts)
    match = _ITEM.fullmatch(first)
    return OldItem(*(part.strip() for part in match.groups())) if match else None


def ref_of(text: str) -> tuple[str, int]:
    """Word and number of ``记 - 12``, ``记-0012`` or ``记12``; raises VoucherError."""
    match = _REF.fullmatch(half_width(text).strip())
    if match is None or int(match.group(2)) == 0:
        raise VoucherError(f"凭证字号“{text}”看不懂", "应当是“记 - 12”或“记-0012”的样子。")
    return match.group(1).strip(), int(match.group(2))


def entity_of(titles: Sequence[str]) -> str:
    """The body whose books they are, as the titles name it; empty when they do not."""
    for text in titles:
        match = _ENTITY.search(half_width(text))
        if match:
            return match.group(1)
    return ""


def span_of(titles: Sequence[str]) -> Span | None:
    """The months the titles name; None when they name none. The day it was printed is no month of it."""
    months: list[tuple[int, int]] = []
    for text in titles:
        words = _PRINTED.sub("", half_width(text))
        for year, first, last in _FILTER.findall(words):
            months += [(int(year), int(first)), (int(year), int(last))]
        months += [(int(a or c), int(b or d)) for a, b, c, d in _SPANS.findall(words)]
    months = [(year, month) for year, month in months if 1 <= month <= 12]
    if not months:
        return None
    (first_year, first_month), (last_year, last_month) = min(months), max(months)
    last_day = calendar.monthrange(last_year, last_month)[1]
    return Span(date(first_year, first_month, 1), date(last_year, last_month, last_day))
