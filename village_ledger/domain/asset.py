"""Asset cards (资产卡片): what an asset is, what may be said of it, and what cannot be.

A card's figures are those it entered the books with; what became of it since are events (``AssetEventKind``), what is
said of its use, place and keeper are facts with a day. How it is charged (折旧、摊销) is ``depreciation``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from village_ledger.domain.errors import AssetError
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Month
from village_ledger.domain.voucher import NAME_LIMIT, SUMMARY_LIMIT, check_text

CODE_LIMIT = 30
NOMINAL = 100
"""What is entered at one yuan because nobody can say its worth (名义金额); never charged."""
LONGEST_MONTHS = 1200
"""No asset of ours lasts longer; more is a slip of the hand."""
EARLIEST = date(1800, 1, 1)


class AssetKind(Enum):
    """What an asset is to the books: which accounts it stands on."""

    FIXED = "fixed"
    CONSUMABLE = "consumable"
    PRODUCTIVE = "productive"
    PUBLIC_LIFE = "public-life"
    INTANGIBLE = "intangible"
    INVESTMENT = "investment"
    WORKS = "works"
    DEFERRED = "deferred"

    @property
    def words(self) -> str:
        """Its Chinese name."""
        return KIND_NAMES[self]

    @property
    def is_charged(self) -> bool:
        """Whether time or use takes from its value."""
        return self in CHARGED


KIND_NAMES = {
    AssetKind.FIXED: "固定资产",
    AssetKind.CONSUMABLE: "消耗性生物资产",
    AssetKind.PRODUCTIVE: "生产性生物资产",
    AssetKind.PUBLIC_LIFE: "公益性生物资产",
    AssetKind.INTANGIBLE: "无形资产",
    AssetKind.INVESTMENT: "长期投资",
    AssetKind.WORKS: "在建工程",
    AssetKind.DEFERRED: "长期待摊费用",
}
CHARGED = frozenset({AssetKind.FIXED, AssetKind.PRODUCTIVE, AssetKind.INTANGIBLE, AssetKind.DEFERRED})


class Use(Enum):
    """What an asset is used for; decides which expense bears its depreciation."""

    OPERATING = "operating"
    OFFICE = "office"
    WELFARE = "welfare"

    @property
    def words(self) -> str:
        """Its Chinese name."""
        return USE_NAMES[self]


USE_NAMES = {Use.OPERATING: "经营", Use.OFFICE: "管理", Use.WELFARE: "公益"}


class Source(Enum):
    """Where an asset came from."""

    UNKNOWN = ""
    BUILT = "built"
    BOUGHT = "bought"
    GRANT = "grant"
    LEVY = "levy"
    GIFT = "gift"
    TRANSFER = "transfer"
    CONTRIBUTED = "contributed"

    @property
    def words(self) -> str:
        """Its Chinese name."""
        return SOURCE_NAMES[self]


SOURCE_NAMES = {
    Source.UNKNOWN: "",
    Source.BUILT: "自建",
    Source.BOUGHT: "购入",
    Source.GRANT: "补助",
    Source.LEVY: "一事一议",
    Source.GIFT: "捐赠",
    Source.TRANSFER: "划转",
    Source.CONTRIBUTED: "投入",
}


class Status(Enum):
    """How an asset stands; GONE is never written down, it follows from what happened."""

    OWN_USE = "own"
    LET = "let"
    IDLE = "idle"
    SCRAPPED = "scrapped"
    PENDING = "pending"
    GONE = "gone"

    @property
    def words(self) -> str:
        """Its Chinese name."""
        return STATUS_NAMES[self]


STATUS_NAMES = {
    Status.OWN_USE: "自用",
    Status.LET: "出租",
    Status.IDLE: "闲置",
    Status.SCRAPPED: "报废",
    Status.PENDING: "待处理",
    Status.GONE: "已处置",
}


class Method(Enum):
    """How value is taken from an asset: the three permitted methods (2023制度), or not at all."""

    STRAIGHT = "straight"
    HOURS = "hours"
    OUTPUT = "output"
    NONE = "none"

    @property
    def words(self) -> str:
        """Its Chinese name."""
        return METHOD_NAMES[self]

    @property
    def by_units(self) -> bool:
        """Whether the month's hours or output decide."""
        return self in (Method.HOURS, Method.OUTPUT)


METHOD_NAMES = {
    Method.STRAIGHT: "年限平均法",
    Method.HOURS: "工作小时法",
    Method.OUTPUT: "产量法",
    Method.NONE: "不提折旧",
}


class AssetEventKind(Enum):
    """What happened to an asset; all but ACQUIRE and REVISE stand on a voucher and count only while it does."""

    ACQUIRE = "acquire"
    IMPROVE = "improve"
    IMPAIR = "impair"
    REVISE = "revise"
    DISPOSE = "dispose"
    HAND_OVER = "hand-over"
    COMPLETE = "complete"
    TURN = "turn"

    @property
    def words(self) -> str:
        """Its Chinese name."""
        return EVENT_NAMES[self]

    @property
    def ends(self) -> bool:
        """Whether nothing is left of the asset in this ledger."""
        return self in ENDING


EVENT_NAMES = {
    AssetEventKind.ACQUIRE: "入账",
    AssetEventKind.IMPROVE: "改良、扩建",
    AssetEventKind.IMPAIR: "减值转销",
    AssetEventKind.REVISE: "改折旧年限",
    AssetEventKind.DISPOSE: "处置",
    AssetEventKind.HAND_OVER: "划出",
    AssetEventKind.COMPLETE: "完工转出",
    AssetEventKind.TURN: "转群、转类",
}
ENDING = frozenset(
    {AssetEventKind.DISPOSE, AssetEventKind.HAND_OVER, AssetEventKind.COMPLETE, AssetEventKind.TURN}
)


@dataclass(frozen=True, slots=True)
class Card:
    """An asset as it enters the books; amounts in fen, units in thousandths."""

    code: str
    name: str
    kind: AssetKind
    cost: int
    in_use: date
    category: str = ""
    """Its class as people file it (房屋及建筑物, 机器设备 …); empty: the kind's name."""
    salvage: int = 0
    method: Method = Method.NONE
    months: int = 0
    units: int = 0
    opening: int = 0
    """What had been taken from it through ``as_of``, before its months are charged here (已提折旧)."""
    as_of: Month | None = None
    units_before: int | None = None
    """Units worked before; None lets them be found from ``opening``."""
    acquired: date | None = None
    """The day it entered the books; None is the day its use began."""
    source: Source = Source.UNKNOWN
    spec: str = ""
    quantity: str = ""
    certificate: str = ""
    project: str = ""
    quantified: bool = False
    """Whether members' shares were counted on it (是否量化)."""
    note: str = ""

    @property
    def filed_as(self) -> str:
        """Its class as shown."""
        return self.category or self.kind.words

    @property
    def base(self) -> int:
        """What may be taken from it in all."""
        return self.cost - self.salvage

    @property
    def entered_on(self) -> date:
        """The day it counts from."""
        return self.acquired or self.in_use


@dataclass(frozen=True, slots=True)
class Facts:
    """What is said of an asset from a day on."""

    use: Use
    status: Status = Status.OWN_USE
    place: str = ""
    keeper: str = ""
    user: str = ""
    """Who uses it, where that is somebody else (承租人、使用单位)."""
    charge: str = ""
    """The account its depreciation is charged to, where not the one its use decides (401 …)."""


def check_card(card: Card) -> Card:
    """The card with tidy texts; raises AssetError or TextError for what cannot be."""
    named = f"资产 {card.code or card.name}"
    code = check_text(card.code, "资产编号", CODE_LIMIT)
    name = check_text(card.name, "资产名称", NAME_LIMIT)
    if not code:
        raise AssetError("资产没有编号", "请给它编一个号，同一本账里不重复。")
    if not name:
        raise AssetError(f"资产 {code} 没有名称", "请写上名称。")
    for text, what in (
        (card.spec, "规格"),
        (card.quantity, "数量"),
        (card.certificate, "权证号"),
        (card.category, "类别"),
    ):
        check_text(text, what, NAME_LIMIT)
    check_text(card.note, "备注", SUMMARY_LIMIT)
    if card.cost <= 0:
        raise AssetError(
            f"{named} 的原值是 {format_fen(card.cost)}，资产不能没有价值",
            "请核对原值；估不出价的按名义金额 1 元入账。",
        )
    if card.salvage < 0 or card.salvage > card.cost:
        raise AssetError(
            f"{named} 的残值 {format_fen(card.salvage)} 不在 0 和原值 {format_fen(card.cost)} 之间",
            "请核对残值。",
        )
    if card.opening < 0 or card.opening > card.base:
        raise AssetError(
            f"{named} 的已提折旧 {format_fen(card.opening)} 不在 0 和应提总额 {format_fen(card.base)} 之间",
            "应提总额是原值减残值，请核对。",
        )
    if card.in_use < EARLIEST or card.in_use.year > 9000:
        raise AssetError(f"{named} 的启用日期 {card.in_use} 不可能", "请核对日期。")
    if card.opening and card.as_of is not None and Month.of(card.in_use) > card.as_of:
        raise AssetError(
            f"{named} 到 {card.as_of} 已提折旧 {format_fen(card.opening)}，可是 {card.in_use} 才启用",
            "请核对启用日期，或把已提折旧改成 0。",
        )
    _check_method(card, named)
    return card


def _check_method(card: Card, named: str) -> None:
    if not card.kind.is_charged:
        if card.method is not Method.NONE or card.opening:
            raise AssetError(f"{named} 是{card.kind.words}，不提折旧", "请去掉折旧方法和已提折旧。")
        return
    if card.method is Method.STRAIGHT and not 1 <= card.months <= LONGEST_MONTHS:
        raise AssetError(
            f"{named} 用年限平均法，使用月数 {card.months} 不在 1 和 {LONGEST_MONTHS} 之间",
            "请填使用月数，20 年是 240 个月。",
        )
    if card.method.by_units and card.units <= 0:
        raise AssetError(
            f"{named} 用{card.method.words}，没有总工作量", "请填总工作量，比如全部能用的小时数。"
        )
    if card.method is not Method.STRAIGHT and card.months:
        raise AssetError(
            f"{named} 用{card.method.words}，不该有使用月数", "请去掉使用月数，或改用年限平均法。"
        )
    if not card.method.by_units and card.units:
        raise AssetError(
            f"{named} 用{card.method.words}，不该有总工作量", "请去掉总工作量，或改用工作小时法、产量法。"
        )
    if card.method is Method.NONE and card.opening:
        raise AssetError(
            f"{named} 不提折旧，可是已提折旧 {format_fen(card.opening)}",
            "请写明折旧方法；已提足的也写原来的方法。",
        )
    if card.units_before is not None and not 0 <= card.units_before <= card.units:
        raise AssetError(f"{named} 以前的工作量不在 0 和总工作量之间", "请核对工作量。")


def check_facts(facts: Facts) -> Facts:
    """The facts themselves; raises TextError for what is no plain text, AssetError for a status nobody writes."""
    for text, what in ((facts.place, "坐落、存放地"), (facts.keeper, "保管人"), (facts.user, "使用人")):
        check_text(text, what, NAME_LIMIT)
    if facts.status is Status.GONE:
        raise AssetError("“已处置”不能直接填", "请办处置，状态会跟着变。")
    return facts
