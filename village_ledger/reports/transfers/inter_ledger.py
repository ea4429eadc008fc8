"""Money between the two ledgers (两账往来): every document of a span with both vouchers, and the balances that mirror."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Span
from village_ledger.reports.issuer import DEMO
from village_ledger.reports.table import Check, Column, Kind, Link, Role, Row, Table
from village_ledger.services.transfers.mirrors import Mirror, Subsidies
from village_ledger.storage.interledger.records import AllocationSlip, Transfer, TransferSide

COLUMNS = (
    Column("date", "日期", Kind.DATE, 15),
    Column("number", "往来单号", Kind.CODE, 34),
    Column("kind", "类别", Kind.CODE, 11),
    Column("name", "事项", Kind.TEXT, 29),
    Column("summary", "摘要", Kind.TEXT, 46),
    Column("collective_voucher", "集体凭证", Kind.CODE, 32),
    Column("committee_voucher", "村委会凭证", Kind.CODE, 32),
    Column("amount", "金额", Kind.MONEY, 28),
    Column("settled", "已结清", Kind.MONEY, 28),
    Column("open", "未结清", Kind.MONEY, 28),
    Column("resolution", "决议", Kind.TEXT, 34, optional=True),
)
SIGNATURES = (("集体会计", ""), ("村委会会计", ""), ("理事长（章）", ""), ("村主任（章）", ""), ("监督", ""))


@dataclass(frozen=True, slots=True)
class Between:
    """What the report is made from."""

    village: str
    entities: tuple[str, str]
    """The collective's and the committee's legal names."""
    span: Span
    documents: Sequence[Transfer]
    """Posted ones of the span, in the order of their numbers."""
    waiting: int
    """Documents of the span that are not posted yet."""
    names: Mapping[str, str]
    """Kind to its name."""
    mirrors: Sequence[Mirror]
    subsidies: Subsidies | None
    ledger: str = ""
    """Whose side Enter leads to."""
    is_demo: bool = False


def inter_ledger(figures: Between) -> Table:
    """One row a document; checks say whether the mirrors agree."""
    rows = [_row(figures, document) for document in figures.documents]
    sums = [sum(_money(row, key) for row in rows) for key in ("amount", "settled", "open")]
    total = ("", "合计", "", "", "", "", "", *sums, "")
    waiting = f"还有 {figures.waiting} 份往来单没有记账，不在本表里。" if figures.waiting else ""
    return Table(
        report="inter-ledger",
        title="两账往来对账单",
        village=figures.village,
        ledger=figures.ledger,
        entity=f"{figures.entities[0]}、{figures.entities[1]}",
        columns=COLUMNS,
        rows=(*rows, Row(Role.TOTAL, total)),
        span=figures.span,
        heading=(figures.span.words(), "单位：元"),
        checks=tuple(_checks(figures)),
        notes=tuple(_notes(figures)),
        warnings=(waiting,) if waiting else (),
        watermark=DEMO if figures.is_demo else "",
        signatures=SIGNATURES,
    )


def _row(figures: Between, document: Transfer) -> Row:
    settled = settled_of(document)
    name = figures.names[document.kind]
    if document.step == "paid":
        name = f"{name}·转交"
    if document.reverses is not None:
        name = f"{name}·冲销"
    cells = (
        document.day,
        str(document.number),
        document.kind,
        name,
        document.summary,
        _ref(document.side("collective")),
        _ref(document.side("committee")),
        document.amount,
        settled,
        document.amount - settled,
        document.resolution,
    )
    side = document.side(figures.ledger) or document.sides[0]
    return Row(Role.DETAIL, cells, link=Link("voucher", str(side.voucher_id), side.ledger))


def settled_of(document: Transfer) -> int:
    """Fen of a document that are settled: all of it where it leaves nothing open or was undone."""
    leaves_open = document.kind in {"T4", "T6", "T7"} and document.step != "paid"
    undone = document.reverses is not None or document.reversed_by is not None
    return document.settled if leaves_open and not undone else document.amount


def _ref(side: TransferSide | None) -> str:
    return "" if side is None else str(side.ref)


def _money(row: Row, key: str) -> int:
    value = row.cells[next(i for i, column in enumerate(COLUMNS) if column.key == key)]
    return value if isinstance(value, int) else 0


def _checks(figures: Between) -> list[Check]:
    checks: list[Check] = []
    for mirror in figures.mirrors:
        sides = f"集体账 {mirror.mine} {format_fen(mirror.here)}，村委会账 {mirror.theirs} {format_fen(mirror.there)}"
        verdict = "一致" if mirror.agrees else "不一致"
        if mirror.agrees:
            sides = f"集体账 {mirror.mine} 和村委会账 {mirror.theirs} 都是 {format_fen(mirror.here)}"
        checks.append(Check("K7", ok=mirror.agrees, text=f"{mirror.words}{verdict}：{sides}"))
    if figures.subsidies is not None:
        paid, received = figures.subsidies
        text = f"本年集体补助村委会 {format_fen(paid)}，村委会收到集体补助 {format_fen(received)}"
        checks.append(Check("X13", ok=paid == received, text=text))
    return checks


def _notes(figures: Between) -> list[str]:
    borne = [d for d in figures.documents if d.kind == "T3"]
    if not borne:
        return []
    total = sum(d.amount for d in borne)
    return [f"T3 是集体直接承担的村委会支出，共 {format_fen(total)} 元，村委会账不记账。"]


def borne(documents: Sequence[Transfer]) -> list[str]:
    """Sentences for the committee's wall sheet: what the collective paid and bears (集体直接承担)."""
    listed = [d for d in documents if d.kind == "T3"]
    if not listed:
        return []
    parts = [f"{d.day:%m-%d} {d.summary} {format_fen(d.amount)} 元" for d in listed]
    total = format_fen(sum(d.amount for d in listed))
    return [f"集体直接承担的村委会支出（不在本表收支里）：{'；'.join(parts)}。合计 {total} 元。"]


SLIP_COLUMNS = (
    Column("who", "分摊单位", Kind.TEXT, 90),
    Column("voucher", "记账凭证", Kind.CODE, 40),
    Column("amount", "分摊金额", Kind.MONEY, 40),
    Column("words", "金额大写", Kind.TEXT, 90),
)


def allocation_slip(
    figures: Between, document: Transfer, slip: AllocationSlip, capitals: Mapping[int, str]
) -> Table:
    """The allocation slip (原始凭证分割单, 规范 art. 51): the whole bill, and each one's part with its voucher."""
    parts = zip(figures.entities, document.sides, (slip.collective, slip.committee), strict=True)
    rows = [
        Row(Role.DETAIL, (entity, str(side.ref), share, capitals[share])) for entity, side, share in parts
    ]
    total = Row(Role.TOTAL, ("整张票合计", "", slip.whole, capitals[slip.whole]))
    invoice = slip.invoice or "（无号）"
    return Table(
        report="allocation-slip",
        title="原始凭证分割单",
        village=figures.village,
        ledger="",
        entity=figures.entities[0],
        columns=SLIP_COLUMNS,
        rows=(*rows, total),
        span=Span(document.day, document.day),
        heading=(
            f"{document.day}",
            f"编号 {document.number}",
            f"原票据号 {invoice}",
            f"开票单位 {slip.issuer or '＿＿＿＿＿＿'}",
            f"内容 {document.summary}",
        ),
        checks=(
            Check(
                "分割单", ok=slip.collective + slip.committee == slip.whole, text="各家的份加起来等于整张票"
            ),
        ),
        notes=(
            "原票据由集体经济组织保管，村民委员会凭本单入账；本单一式两份（会计基础工作规范第51条第（四）项）。",
        ),
        watermark=DEMO if figures.is_demo else "",
        signatures=(
            ("填制", document.made_by),
            ("经手人", ""),
            ("集体经济组织（章）", ""),
            ("村民委员会（章）", ""),
        ),
    )
