"""What a stock-take comes to: the table of contents, 19-1 资产负债表, the differences, what is not settled whose it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from village_ledger.domain.period import Span
from village_ledger.domain.quantity import format_quantity
from village_ledger.domain.stock_take import CountLine, Step
from village_ledger.domain.stock_take_figures import sum_of
from village_ledger.domain.stock_take_sheets import Sheet
from village_ledger.reports.counting.stock_take_sheets import (
    UNDETERMINED,
    TakePaper,
    filled,
    heading_of,
    said,
    signatures_of,
    treatment_words,
    usage_words,
    warnings_of,
)
from village_ledger.reports.table import Check, Column, Kind, Role, Row, Table

_MONEY = (
    Column("book", "账面数", Kind.MONEY, 32),
    Column("surplus", "核增", Kind.MONEY, 26),
    Column("shortage", "核减", Kind.MONEY, 26),
    Column("verified", "核实数", Kind.MONEY, 32),
)
_Figures = tuple[int, int, int, int]
"""Book, 核增, 核减, 核实数; fen."""


def contents(paper: TakePaper) -> Table:
    """封面和目录: which sheets there are, how far each is."""
    columns = (
        Column("sheet", "表号", Kind.CODE, 14),
        Column("title", "表名", Kind.TEXT, 70),
        Column("lines", "行数", Kind.COUNT, 14),
        Column("counted", "已盘", Kind.COUNT, 14),
        *_MONEY,
    )
    rows: list[Row] = []
    for sheet in paper.sheets:
        lines = paper.of(sheet)
        total = sum_of(lines)
        figures = (total.book, total.surplus, total.shortage, total.verified) if lines else (None,) * 4
        rows.append(Row(Role.DETAIL, (sheet.number, sheet.title, len(lines), filled(lines), *figures)))
        if sheet.number == "18":
            rows.append(Row(Role.DETAIL, ("19-1", "资产负债表（组织类）", None, None, *(None,) * 4)))
    return _table(
        paper,
        "清产核资报表",
        columns,
        rows,
        notes=tuple(_story(paper)),
    )


def _story(paper: TakePaper) -> Iterator[str]:
    """How it came to where it is, step by step, in one sentence."""
    steps: list[str] = []
    for done in paper.take.steps:
        if done.step in {Step.BACK, Step.FILLED}:
            continue
        told = "，".join(filter(None, (done.number, done.words)))
        day = "" if done.step is Step.COUNTED else said(done.day)
        steps.append(f"{day}{done.step.words}{f'（{told}）' if told else ''}")
    if steps:
        yield f"{'；'.join(steps)}。"
    yield "19-2、19-3 号表由有全资企业的村填报；本账没有企业账，不填。"


def balance_sheet(paper: TakePaper, beside: int) -> Table:
    """19-1: every sheet in its place, before and after; ``beside`` is what leaves of no sheet (181) hold, debit fen."""
    columns = (Column("name", "项目", Kind.TEXT, 90), *_MONEY)
    assets = [sheet for sheet in paper.sheets if not sheet.is_credit and sheet.by != "parcel"]
    debts = [sheet for sheet in paper.sheets if sheet.is_credit and sheet.number != "18"]
    owned = [sheet for sheet in paper.sheets if sheet.number == "18"]
    rows = [Row(Role.SECTION, ("资产", None, None, None, None))]
    rows += [row for sheet in assets for row in _asset_rows(paper, sheet)]
    sum_assets = _plus([_net(paper.of(sheet)) for sheet in assets])
    if beside:
        rows.append(_row("待处理财产损溢（清查表以外）", (beside, 0, 0, beside)))
        sum_assets = _plus([sum_assets, (beside, 0, 0, beside)])
    rows.append(_row("资产总计", sum_assets, Role.TOTAL))
    rows.append(Row(Role.SECTION, ("负债", None, None, None, None)))
    rows += [_row(sheet.short, _gross(paper.of(sheet)), level=2) for sheet in debts]
    sum_debts = _plus([_gross(paper.of(sheet)) for sheet in debts])
    rows.append(_row("负债合计", sum_debts, Role.SUBTOTAL))
    rows.append(Row(Role.SECTION, ("所有者权益", None, None, None, None)))
    sum_owned = _plus([_gross(paper.of(sheet)) for sheet in owned])
    rows += [_row(sheet.short, _gross(paper.of(sheet)), level=2) for sheet in owned]
    change = (sum_assets[1] - sum_assets[2]) - (sum_debts[1] - sum_debts[2])
    change -= sum_owned[1] - sum_owned[2]
    if change:
        figures = (0, max(change, 0), max(-change, 0), change)
        rows.append(_row("清查净增减", figures, level=2))
        sum_owned = _plus([sum_owned, figures])
    rows.append(_row("所有者权益合计", sum_owned, Role.SUBTOTAL))
    both = _plus([sum_debts, sum_owned])
    rows.append(_row("负债和所有者权益总计", both, Role.TOTAL))
    checks = (
        Check("19-1", sum_assets[0] == both[0], "账面：资产总计等于负债和所有者权益总计"),
        Check("19-1", sum_assets[3] == both[3], "核实：资产总计等于负债和所有者权益总计"),
    )
    return _table(paper, "19-1 资产负债表（组织类）", columns, rows, checks=checks)


def _asset_rows(paper: TakePaper, sheet: Sheet) -> Iterator[Row]:
    lines = paper.of(sheet)
    yield _row(sheet.short, _gross(lines), level=2)
    if any(line.book.less for line in lines):
        gone = sum(line.less_gone for line in lines)
        less = sum(line.book.less for line in lines)
        yield _row("减：累计折旧、摊销", (less, 0, gone, less - gone), level=3)
        yield _row(f"{sheet.short}净值", _net(lines), level=3)


def _gross(lines: Sequence[CountLine]) -> _Figures:
    total = sum_of(lines)
    return total.book, total.surplus, total.shortage, total.verified


def _net(lines: Sequence[CountLine]) -> _Figures:
    """Worth after depreciation; what a shortage takes with it is less than its cost."""
    total = sum_of(lines)
    gone = sum(line.less_gone for line in lines)
    book, shortage = total.book - total.less, total.shortage - gone
    return book, total.surplus, shortage, book + total.surplus - shortage


def _plus(figures: Sequence[_Figures]) -> _Figures:
    book, surplus, shortage, verified = (sum(one[place] for one in figures) for place in range(4))
    return book, surplus, shortage, verified


def _row(name: str, figures: _Figures, role: Role = Role.DETAIL, level: int = 1) -> Row:
    return Row(role, (name, *figures), level=level)


def differences(paper: TakePaper) -> Table:
    """差异汇总表: every line that differs, with cause, treatment and voucher."""
    columns = (
        Column("sheet", "表号", Kind.CODE, 12),
        Column("name", "名称", Kind.TEXT, 52),
        _MONEY[0],
        Column("counted", "实点", Kind.MONEY, 32),
        *_MONEY[1:],
        Column("quantity", "数量增减", Kind.TEXT, 24),
        Column("cause", "差异原因", Kind.TEXT, 40),
        Column("treatment", "处理意见", Kind.TEXT, 28),
        Column("vouchers", "凭证", Kind.TEXT, 30),
    )
    lines = [line for line in paper.lines if line.differs]
    rows = [Row(Role.DETAIL, _difference(paper, line)) for line in lines]
    total = sum_of(lines)
    counted = sum(line.count.value for line in lines if line.count is not None)
    sums = (total.book, counted, total.surplus, total.shortage, total.verified)
    rows.append(Row(Role.TOTAL, ("", f"合计 {len(lines)} 处", *sums, "", "", "", "")))
    notes = () if lines else ("账实相符，没有差异。",)
    approved = paper.take.done(Step.APPROVED)
    if approved is not None:
        notes = (*notes, f"差异的处理已经审批：{approved.number}，{said(approved.day)}。{approved.words}")
    return _table(paper, "清产核资差异汇总表", columns, rows, notes=notes, report="stock-take-differences")


def _difference(paper: TakePaper, line: CountLine) -> tuple[str | int | None, ...]:
    count = line.count
    gap = line.quantity_difference
    moved = f"{'+' if gap > 0 else ''}{format_quantity(gap)} {line.book.unit}" if gap else ""
    stands = [
        one.ref
        for one in paper.vouchers
        if line.adjusts and one.sheet == line.book.sheet and one.line in (0, line.number)
    ]
    return (
        line.book.sheet,
        f"{line.book.name}（账外）" if line.found else line.book.name,
        line.book.value,
        count.value if count else None,
        line.surplus,
        line.shortage,
        line.verified,
        moved,
        count.cause if count else "",
        treatment_words(line),
        "、".join(stands),
    )


def unsettled(paper: TakePaper) -> Table | None:
    """待界定资产清单; None where there is nothing to list."""
    lines = [line for line in paper.lines if line.count is not None and line.count.undetermined]
    if not lines:
        return None
    columns = (
        Column("sheet", "表号", Kind.CODE, 12),
        Column("name", "名称", Kind.TEXT, 60),
        Column("unit", "单位", Kind.TEXT, 12),
        Column("quantity", "核实数量", Kind.QUANTITY, 26),
        Column("verified", "核实数", Kind.MONEY, 32),
        Column("usage", "使用情况", Kind.TEXT, 30),
        Column("note", "争议和说明", Kind.TEXT, 60),
    )
    rows = [
        Row(
            Role.DETAIL,
            (
                line.book.sheet,
                line.book.name,
                line.book.unit,
                line.count.quantity,
                line.verified,
                usage_words(line.count.usage, line.count.user),
                "；".join(filter(None, (line.count.cause, line.count.note))),
            ),
        )
        for line in lines
        if line.count is not None
    ]
    total = sum(line.verified for line in lines)
    rows.append(Row(Role.TOTAL, ("", f"合计 {len(lines)} 项", "", None, total, "", "")))
    return _table(paper, f"{UNDETERMINED}资产清单", columns, rows)


def _table(
    paper: TakePaper,
    title: str,
    columns: tuple[Column, ...],
    rows: Sequence[Row],
    *,
    notes: tuple[str, ...] = (),
    checks: tuple[Check, ...] = (),
    report: str = "stock-take",
) -> Table:
    return Table(
        report=report,
        title=title,
        village=paper.issuer.village,
        ledger=paper.issuer.ledger,
        entity=paper.issuer.entity,
        columns=columns,
        rows=tuple(rows),
        span=Span(paper.take.day, paper.take.day),
        heading=heading_of(paper),
        notes=notes,
        checks=checks,
        warnings=warnings_of(paper),
        watermark=paper.issuer.watermark,
        signatures=signatures_of(paper),
    )
