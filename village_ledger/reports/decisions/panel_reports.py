"""六手印记 as tables: the lots with everything one needs to draw them again, and who signed what."""

from __future__ import annotations

from collections.abc import Iterator

from village_ledger.domain.decision import Stage
from village_ledger.domain.panel import DRAWN, PLACES, ListRow, Lot, eligible_rows, lot_hash, registers_of
from village_ledger.reports.issuer import Issuer
from village_ledger.reports.table import Column, Kind, Role, Row, Table
from village_ledger.services.decisions.panels import VERDICTS
from village_ledger.storage.decisions.records import Decision, DrawnLot, Panel

LOTS = (
    Column("register", "名册", Kind.TEXT, 30),
    Column("line", "名单第几行", Kind.COUNT, 20),
    Column("name", "姓名", Kind.TEXT, 30),
    Column("order", "参加排第几", Kind.COUNT, 20),
    Column("drawn", "抽中", Kind.TEXT, 24),
    Column("out", "不参加的原因", Kind.TEXT, 56),
)
SIGNS = (
    Column("stage", "阶段", Kind.TEXT, 16),
    Column("place", "席", Kind.COUNT, 10),
    Column("role", "身份", Kind.TEXT, 44),
    Column("name", "姓名", Kind.TEXT, 24),
    Column("verdict", "表态", Kind.TEXT, 18),
    Column("opinion", "意见", Kind.TEXT, 70),
    Column("date", "日期", Kind.DATE, 24),
    Column("on_paper", "纸上已签", Kind.TEXT, 18),
)


def panel_lots(issuer: Issuer, decision: Decision, panel: Panel) -> Table:
    """The draw: seed and digest, every register numbered, who was drawn in which round, who stayed out and why."""
    rows: list[Row] = []
    for place, register in enumerate(registers_of(panel.list.rows)[:DRAWN], 1):
        rows += _register(panel, place, register)
    return Table(
        report="panel-lots",
        title="六手印记抽签单",
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=LOTS,
        rows=tuple(rows),
        subtitle=f"{decision.number}  {decision.subject}",
        heading=(
            f"种子：{panel.seed}",
            f"抽签 {panel.drawn_at[:16].replace('T', ' ')}",
            f"经办 {panel.drawn_by}",
        ),
        notes=(
            f"名单摘要（SHA-256）：{panel.list.digest}。",
            *(_number(panel, drawn.lot) for drawn in panel.lots),
            (
                "怎样重算：把种子、名单摘要、名册名称各占一行连起来，取 SHA-256，看成一个整数，除以参加的人数，"
                "余数加一就是抽中的排第几。另抽替补时末尾再加一行轮次 2、3……，在席的、抽中过的不再参加。"
            ),
            "名单摘要：名单每行写成“名册、制表符、姓名、制表符、回避或空”，按导入的次序连起来取 SHA-256。",
            "同一件事只抽一次，换种子重抽的，程序不办；第一次抽中的人都留在记录里。",
        ),
        watermark=issuer.watermark,
        signatures=(("主持抽签", ""), ("报种子的人", ""), ("监督", ""), ("到场村民代表", "")),
        facts={"seed": panel.seed, "list_digest": panel.list.digest},
        full_dates=True,
    )


def _number(panel: Panel, lot: Lot) -> str:
    """The number a round was drawn with, so that anybody can divide it."""
    number = lot_hash(panel.seed, panel.list.digest, lot.register, lot.round)
    later = f"第 {lot.round} 轮" if lot.round > 1 else ""
    return f"{lot.register}{later}：{number} 除以 {lot.eligible} 余 {lot.index}，{lot.name}。"


def _register(panel: Panel, place: int, register: str) -> Iterator[Row]:
    lots = [drawn for drawn in panel.lots if drawn.lot.place == place]
    first = lots[0].lot
    said = f"余 {first.index}，第 {first.index + 1} 个"
    yield Row(Role.SECTION, (register, None, f"参加 {first.eligible} 人", None, said, None))
    takes_part = eligible_rows(panel.list.rows, register, (line for line, _ in first.out))
    order = {row.number: at for at, row in enumerate(takes_part, 1)}
    why = dict(first.out)
    for row in panel.list.rows:
        if row.register == register:
            yield Row(Role.DETAIL, _person(row, order.get(row.number), lots, why))
    for drawn in lots[1:]:
        lot = drawn.lot
        sits = "● 替补" if drawn is lots[-1] else f"○ 第 {lot.round} 轮"
        text = f"{lot.reason}；参加 {lot.eligible} 人，余 {lot.index}，第 {lot.index + 1} 个"
        yield Row(Role.SUBTOTAL, (f"第 {lot.round} 轮", lot.row, lot.name, None, sits, text))


def _person(
    row: ListRow, order: int | None, lots: list[DrawnLot], why: dict[int, str]
) -> tuple[str, int, str, int | None, str, str]:
    rounds = [drawn.lot.round for drawn in lots if drawn.lot.row == row.number]
    sits = bool(rounds) and rounds[-1] == lots[-1].lot.round
    later = f"第 {rounds[0]} 轮" if rounds and rounds[0] > 1 else ""
    drawn = "" if not rounds else f"● {later}抽中" if sits else f"○ 第 {rounds[0]} 轮，已替补"
    out = "名单注明回避" if row.avoids else why.get(row.number, "")
    return (row.register, row.number, row.name, order, drawn, out)


def panel_signs(issuer: Issuer, decision: Decision, panel: Panel) -> Table:
    """Four stages of six places: who, what they said, when, whether it stands on paper."""
    rows: list[Row] = []
    for stage in Stage:
        for place in range(1, PLACES + 1):
            seat, sign = panel.seats.get(place), panel.signs.get((stage, place))
            rows.append(
                Row(
                    Role.DETAIL,
                    (
                        stage.words,
                        place,
                        sign.role if sign else seat.role if seat else "",
                        sign.name if sign else seat.name if seat else "",
                        VERDICTS[sign.verdict] if sign else "",
                        sign.opinion if sign else "",
                        sign.day if sign else None,
                        ("是" if sign.on_paper else "否") if sign else "",
                    ),
                )
            )
    return Table(
        report="panel-sheet",
        title="六手印记签字表",
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=SIGNS,
        rows=tuple(rows),
        subtitle=f"{decision.number}  {decision.subject}",
        heading=tuple(f"{stage.words} {panel.signed(stage)}/{PLACES}" for stage in Stage),
        notes=(f"种子 {panel.seed}，名单摘要 {panel.list.digest}。",),
        watermark=issuer.watermark,
        full_dates=True,
    )
