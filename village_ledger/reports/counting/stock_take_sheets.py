"""The sheets of a stock-take (清产核资报表): one per kind of asset and debt, filled or to be filled in by hand.

The columns stand in the file as they stand on paper; the shaded ones are read back by ``exchange.import_counts``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from village_ledger.domain.period import Span
from village_ledger.domain.stock_take import USAGES, CountLine, StockTake, TakeVoucher, Treatment
from village_ledger.domain.stock_take_figures import ChangedLine, sum_of
from village_ledger.domain.stock_take_sheets import Sheet
from village_ledger.reports.issuer import Issuer
from village_ledger.reports.table import Cell, Column, Kind, Role, Row, Table
from village_ledger.services.counting.book_lines import RESULT

UNDETERMINED = "待界定"
NUMBER = Column("line", "行号", Kind.COUNT, 9)
NAME = Column("name", "名称", Kind.TEXT, 46)
COUNTED_QUANTITY = Column("counted_quantity", "实点数量", Kind.QUANTITY, 20, "盘点")
COUNTED = Column("counted", "实点金额", Kind.MONEY, 27, "盘点")
USAGE = Column("usage", "使用情况", Kind.TEXT, 20, "盘点")
CAUSE = Column("cause", "差异原因", Kind.TEXT, 28, "处理")
TREATMENT = Column("treatment", "处理意见", Kind.TEXT, 20, "处理")
NOTE = Column("note", "备注", Kind.TEXT, 20)
ZERO = "0.00"
"""Nothing found is a finding: a cell left empty was not counted."""
SIGNERS = ("清查负责人", "清查人", "监督人")


@dataclass(frozen=True, slots=True)
class TakePaper:
    """A stock-take as its papers show it."""

    issuer: Issuer
    take: StockTake
    lines: Sequence[CountLine]
    sheets: Sequence[Sheet]
    changed: Sequence[ChangedLine] = ()
    vouchers: Sequence[TakeVoucher] = ()

    @property
    def mark(self) -> str:
        """What a file printed from it carries, so that it is taken back into no other stock-take."""
        return f"{self.issuer.ledger}-{self.take.day}-{self.issuer.book_id[:8]}"

    def of(self, sheet: Sheet) -> list[CountLine]:
        """Lines of one sheet."""
        return [line for line in self.lines if line.book.sheet == sheet.number]


def sheet_table(paper: TakePaper, sheet: Sheet) -> Table:
    """One sheet of the set."""
    lines = paper.of(sheet)
    columns = columns_of(sheet, lines)
    rows = [Row(Role.DETAIL, tuple(_cell(column.key, line) for column in columns)) for line in lines]
    rows += _totals(sheet, lines, columns)
    return Table(
        report="stock-take",
        title=f"{sheet.number} {sheet.title}",
        village=paper.issuer.village,
        ledger=paper.issuer.ledger,
        entity=paper.issuer.entity,
        columns=columns,
        rows=tuple(rows),
        span=Span(paper.take.day, paper.take.day),
        heading=heading_of(paper),
        notes=tuple(_notes(paper, sheet, lines)),
        warnings=warnings_of(paper),
        watermark=paper.issuer.watermark,
        signatures=signatures_of(paper),
        zero=ZERO,
    )


def heading_of(paper: TakePaper) -> tuple[str, ...]:
    """The facts every sheet carries."""
    return (
        f"清查基准日：{said(paper.take.day)}",
        f"清查编号：{paper.mark}",
        f"状态：{paper.take.stage}",
        "单位：元",
    )


def signatures_of(paper: TakePaper) -> tuple[tuple[str, str], ...]:
    """Who signs a sheet, with room to do so."""
    who = paper.take.persons
    names = (who.leader, who.counters, who.supervisor)
    return tuple((f"{place} {name}", "") for place, name in zip(SIGNERS, names, strict=True))


def warnings_of(paper: TakePaper) -> tuple[str, ...]:
    """The books changed since the sheets were filled."""
    if not paper.changed:
        return ()
    names = "、".join(dict.fromkeys(one.name for one in paper.changed[:4]))
    more = "等" if len(paper.changed) > 4 else ""
    return (f"填表以后账变了 {len(paper.changed)} 行（{names}{more}），请重新从账上填。",)


def said(day: date) -> str:
    """A day in full."""
    return f"{day.year}年{day.month}月{day.day}日"


def columns_of(sheet: Sheet, lines: Sequence[CountLine]) -> tuple[Column, ...]:
    """The columns a sheet needs: quantities where things are counted, depreciation where there is any."""
    land = sheet.by == "parcel"
    measured = sheet.has_usage or any(line.book.unit for line in lines)
    found: list[Column] = [NUMBER]
    found.append(
        Column("code", "地块编号", Kind.CODE, 18) if land else Column("account", "科目", Kind.CODE, 17)
    )
    found.append(NAME)
    if sheet.by in {"money", "party", "parcel"} or any(line.book.text for line in lines):
        label = {"money": "开户行和账号", "parcel": "种类和权属"}.get(sheet.by, "账龄、说明")
        found.append(Column("text", label, Kind.TEXT, 30))
    if measured:
        found.append(Column("unit", "单位", Kind.TEXT, 10))
        found.append(Column("book_quantity", "账面数量", Kind.QUANTITY, 20, "账面"))
    if not land:
        worth = "账面原值" if sheet.less else "账面数"
        found.append(Column("book", worth, Kind.MONEY, 27, "账面"))
    if sheet.less:
        found.append(Column("less", "累计折旧摊销", Kind.MONEY, 25, "账面"))
    if not land and any(line.last is not None for line in lines):
        found.append(Column("last", "上年核实数", Kind.MONEY, 25))
    if measured:
        found.append(COUNTED_QUANTITY)
    if not land:
        found.append(COUNTED)
    if sheet.has_usage:
        found.append(USAGE)
    if land:
        found.append(Column("quantity_gap", "增减数量", Kind.QUANTITY, 20, "结果"))
    else:
        found += [
            Column("surplus", "核增", Kind.MONEY, 22, "结果"),
            Column("shortage", "核减", Kind.MONEY, 22, "结果"),
            Column("verified", "核实数", Kind.MONEY, 27, "结果"),
        ]
    return (*found, CAUSE, TREATMENT, NOTE)


def _cell(key: str, line: CountLine) -> Cell:
    book = line.book
    cells: dict[str, Cell] = {
        "line": line.number,
        "account": "" if book.account == RESULT else book.account,
        "code": book.code,
        "name": f"{book.name}（账外）" if line.found else book.name,
        "text": book.text,
        "unit": book.unit,
        "book_quantity": book.quantity or None,
        "book": None if line.found else book.value,
        "less": book.less or None,
        "last": line.last,
    }
    return cells[key] if key in cells else _found_cell(key, line)


def _found_cell(key: str, line: CountLine) -> Cell:
    count = line.count
    if count is None:
        return None
    cells: dict[str, Cell] = {
        "counted_quantity": count.quantity if count.quantity or line.book.quantity else None,
        "counted": count.value,
        "usage": usage_words(count.usage, count.user),
        "quantity_gap": line.quantity_difference,
        "surplus": line.surplus or None,
        "shortage": line.shortage or None,
        "verified": line.verified,
        "cause": count.cause,
        "treatment": treatment_words(line),
        "note": "；".join(filter(None, (UNDETERMINED if count.undetermined else "", count.note))),
    }
    return cells[key]


def usage_words(usage: str, user: str) -> str:
    """自用, 闲置, or 他人使用：谁."""
    name = USAGES.get(usage, "")
    return f"{name}：{user}" if user and name else name


def treatment_words(line: CountLine) -> str:
    """调整账面, with where it goes if that was said, or 不调整."""
    count = line.count
    if count is None or count.treatment is Treatment.NONE:
        return ""
    goes = "@".join(filter(None, (count.account, count.party)))
    return f"{count.treatment.words}：{goes}" if goes else count.treatment.words


def _totals(sheet: Sheet, lines: Sequence[CountLine], columns: Sequence[Column]) -> Iterator[Row]:
    """Sums, and what of them is not settled whose it is."""
    yield _sum_row(Role.TOTAL, "合计", lines, columns, sheet)
    unsettled = [line for line in lines if line.count is not None and line.count.undetermined]
    if unsettled:
        yield _sum_row(Role.SUBTOTAL, f"其中：{UNDETERMINED}", unsettled, columns, sheet)


def _sum_row(
    role: Role, name: str, lines: Sequence[CountLine], columns: Sequence[Column], sheet: Sheet
) -> Row:
    total = sum_of(lines)
    done = filled(lines) == len(lines)
    cells: dict[str, Cell] = {
        "name": name,
        "book": total.book,
        "less": total.less or None,
        "surplus": total.surplus or None,
        "shortage": total.shortage or None,
        "verified": total.verified if done else None,
        "counted": sum(line.count.value for line in lines if line.count is not None) if done else None,
        "last": sum(line.last or 0 for line in lines),
    }
    if sheet.by == "parcel":
        cells |= {
            "book_quantity": sum(line.book.quantity for line in lines),
            "counted_quantity": sum(line.count.quantity for line in lines if line.count is not None),
            "quantity_gap": sum(line.quantity_difference for line in lines),
        }
    return Row(role, tuple(cells.get(column.key) for column in columns))


def _notes(paper: TakePaper, sheet: Sheet, lines: Sequence[CountLine]) -> Iterator[str]:
    if not lines:
        yield "账上没有这一类，也没有点到。"
    if filled(lines) < len(lines):
        yield "空白处现场填写；没有差异也要填实点数。处理意见写“调整账面”或“不调整”。"
    if sheet.less:
        yield "核增、核减按原值；减少的东西按比例转出累计折旧（摊销）。"
    unsettled = sum_of(lines).undetermined
    if unsettled:
        yield f"{UNDETERMINED}的资产权属还没有定，另列清单，不计入已确权的数。"
    made = "、".join(one.ref for one in paper.vouchers if one.sheet == sheet.number)
    if made:
        yield f"差异的凭证：{made}。"


def filled(lines: Iterable[CountLine]) -> int:
    """How many lines were counted."""
    return sum(line.count is not None for line in lines)
