"""A parcel of the village's land, forest or water (资源): its card from a day on, and how parcels become others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from village_ledger.domain.area import LARGEST, SQM, fine_sqm_text, sqm_text, words
from village_ledger.domain.errors import ParcelError
from village_ledger.domain.half_width import half_width
from village_ledger.domain.money import quoted

Point = tuple[int, int]
"""East and north of the sketch's own corner, centimetres."""
_PART = 10_000
"""Square centimetres of one square metre."""
_CRUMB = SQM // 10
"""A tenth of a square metre: less is what is left of turning 亩 into square metres and back."""
MOST_CORNERS = 60
_FARTHEST = 10_000_000
"""A hundred kilometres, centimetres: no parcel is longer."""


class OwnerLevel(Enum):
    """Whose the land is (所有权): the village's, a group's or the township's peasants' collective."""

    VILLAGE = "village"
    GROUP = "group"
    TOWNSHIP = "township"

    @property
    def words(self) -> str:
        """As a register says it."""
        return {"village": "村集体", "group": "组集体", "township": "乡镇集体"}[self.value]

    @classmethod
    def read(cls, text: str) -> OwnerLevel:
        """From 村, 组, 乡 and what begins so; blank is the village's. Raises ParcelError."""
        first = text.strip()[:1] or "村"
        level = {
            "村": cls.VILLAGE,
            "组": cls.GROUP,
            "小": cls.GROUP,
            "乡": cls.TOWNSHIP,
            "镇": cls.TOWNSHIP,
        }.get(first)
        if text.strip().startswith("村民小组"):
            return cls.GROUP
        if level is None:
            raise ParcelError(f"所有权“{text.strip()}”看不懂", "请写村集体、组集体或乡镇集体。")
        return level


class Standing(Enum):
    """What happens with a parcel, as the clerk knows it."""

    OWN = "own"
    LET = "let"
    PUBLIC = "public"
    IDLE = "idle"

    @property
    def words(self) -> str:
        """As a register says it."""
        return {"own": "自用", "let": "发包出租", "public": "公益", "idle": "闲置"}[self.value]

    @classmethod
    def read(cls, text: str) -> Standing:
        """From the words; blank is the collective's own use. Raises ParcelError."""
        word = text.strip() or "自用"
        also = {"发包": cls.LET, "出租": cls.LET, "承包": cls.LET, "公益性": cls.PUBLIC, "自营": cls.OWN}
        found = {one.words: one for one in cls}.get(word) or also.get(word)
        if found is None:
            raise ParcelError(f"利用情况“{word}”看不懂", "请写自用、发包出租、公益或闲置。")
        return found


class EventKind(Enum):
    """How parcels end, and what they become."""

    SPLIT = "split"
    MERGE = "merge"
    END = "end"

    @property
    def words(self) -> str:
        """As a history says it."""
        return {"split": "分割", "merge": "合并", "end": "注销"}[self.value]


@dataclass(frozen=True, slots=True)
class ParcelCard:
    """What the register says of a parcel; the area in parts (``domain.area``)."""

    name: str
    kind: str
    """Kind of resource (rules/parcels.toml), such as 耕地."""
    area: int
    east: str
    south: str
    west: str
    north: str
    land_class: str = ""
    """The finer word of GB/T 21010, such as 水田; may be empty."""
    owner_level: OwnerLevel = OwnerLevel.VILLAGE
    owner: str = ""
    """The group or township, where it is not the village's."""
    certificate: str = ""
    disputed: str = ""
    """What is disputed and with whom; empty where nothing is."""
    map_ref: str = ""
    unit_price: int | None = None
    """What one 亩 is let for a year, fen; None where nobody knows."""
    standing: Standing = Standing.OWN
    used_by: str = ""
    """Who is on it in fact, where it is somebody else than the collective."""
    origin: str = ""
    """Village and code it had before villages were merged."""
    note: str = ""

    def __post_init__(self) -> None:
        if not 0 < self.area <= LARGEST:
            raise ParcelError(f"地块面积 {words(self.area)} 不可能", "面积要大于零，不超过一百万亩。")
        if not self.name:
            raise ParcelError("地块没有名称", "请写上群众叫它的名字，例如“河湾水田”。")
        missing = [side for side, said in self.bounds if not said]
        if missing:
            raise ParcelError(
                f"四至没有写全，缺{'、'.join(missing)}", "东、南、西、北各到哪里都要写；到路写路，到河写河。"
            )
        if self.owner_level is not OwnerLevel.VILLAGE and not self.owner:
            raise ParcelError(
                f"所有权是{self.owner_level.words}，没有写是哪一个", "请写上村民小组或乡镇的名称。"
            )
        if self.unit_price is not None and self.unit_price < 0:
            raise ParcelError("单价小于零", "单价写每亩每年多少元，不知道就空着。")

    @property
    def bounds(self) -> tuple[tuple[str, str], ...]:
        """The four bounds (四至) in the order they are read."""
        return (("东至", self.east), ("南至", self.south), ("西至", self.west), ("北至", self.north))


@dataclass(frozen=True, slots=True)
class Parcel:
    """A parcel under its code, with the card that holds on the day asked for."""

    id: int
    ledger: str
    code: str
    since: date
    card: ParcelCard
    effective: date
    """Day the card holds from."""
    basis: str
    ended: date | None = None
    ended_by: EventKind | None = None


@dataclass(frozen=True, slots=True)
class ParcelEvent:
    """Parcels that became others, or ended, on a day."""

    id: int
    kind: EventKind
    day: date
    before: tuple[str, ...]
    after: tuple[str, ...]
    basis: str

    @property
    def words(self) -> str:
        """What became of what: ``T01 → T01-1、T01-2``."""
        return "、".join(self.before) + (f" → {'、'.join(self.after)}" if self.after else "")


@dataclass(frozen=True, slots=True)
class Sketch:
    """The corners of a parcel in order, as measured from a point of its own, and the area they enclose."""

    corners: tuple[Point, ...]

    def __post_init__(self) -> None:
        if not 3 <= len(self.corners) <= MOST_CORNERS:
            raise ParcelError(
                f"草图有 {len(self.corners)} 个界址点", f"至少 3 个点，最多 {MOST_CORNERS} 个，按顺序绕一圈。"
            )
        if any(abs(value) > _FARTHEST for corner in self.corners for value in corner):
            raise ParcelError("界址点离得太远，超过一百公里", "坐标写米，从地块旁边的一个点量起。")
        if len(set(self.corners)) != len(self.corners):
            raise ParcelError("有两个界址点是同一个点", "每个点只写一次，最后不用再写第一个点。")
        if _crosses(self.corners):
            raise ParcelError("草图的边互相穿过，围不成一块地", "请按顺序绕地块一圈写界址点。")
        if not self._doubled:
            raise ParcelError("界址点在一条线上，围不成一块地", "请核对坐标。")

    @property
    def _doubled(self) -> int:
        """Twice the area, cm², exact (the shoelace formula)."""
        ring = zip(self.corners, (*self.corners[1:], self.corners[0]), strict=True)
        return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in ring))

    @property
    def area(self) -> int:
        """Parts enclosed, half up."""
        return (self._doubled * SQM + _PART) // (2 * _PART)

    def agrees(self, area: int, per_mille: int) -> bool:
        """Whether it is the area of the register within so many thousandths of it."""
        return abs(self.area - area) * 1000 <= area * per_mille


def conserve(before: Sequence[Parcel], after: Iterable[ParcelCard], kind: EventKind) -> None:
    """Raise ParcelError unless what comes out of a split or merger has the area that went in."""
    whole, parts = sum(one.card.area for one in before), sum(card.area for card in after)
    if whole == parts:
        return
    names = "、".join(one.code for one in before)
    more, off = "多出" if parts > whole else "少了", abs(parts - whole)
    crumb = off < _CRUMB
    raise ParcelError(
        f"{names} 的面积是 {sqm_text(whole)} 平方米（{words(whole)}），{kind.words}以后合计 {sqm_text(parts)} 平方米"
        f"（{words(parts)}），{more} {fine_sqm_text(off) if crumb else sqm_text(off)} 平方米",
        "这是亩和平方米换算的尾数，最后一块的面积空着，由程序取余下的。"
        if crumb
        else "面积不能凭空多少；重新量过的，请先变更面积，写明依据，再办。",
    )


def _crosses(corners: Sequence[Point]) -> bool:
    """Whether two sides that are no neighbours meet, or two neighbours lie on one another."""
    sides = list(zip(corners, (*corners[1:], corners[0]), strict=True))
    for place, one in enumerate(sides):
        for other_place in range(place + 1, len(sides)):
            other = sides[other_place]
            shared = {*one} & {*other}
            if shared:
                (start,) = {*one} - shared
                (end,) = {*other} - shared
                if len(sides) > 3 and (_on(one, end) or _on(other, start)):
                    return True
            elif _meet(one, other):
                return True
    return False


def _turn(a: Point, b: Point, c: Point) -> int:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _on(side: tuple[Point, Point], point: Point) -> bool:
    """Whether a point lies on a side."""
    (ax, ay), (bx, by) = side
    x, y = point
    return _turn(*side, point) == 0 and min(ax, bx) <= x <= max(ax, bx) and min(ay, by) <= y <= max(ay, by)


def _meet(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    a, b = _turn(*one, other[0]), _turn(*one, other[1])
    c, d = _turn(*other, one[0]), _turn(*other, one[1])
    if (a > 0) != (b > 0) and (c > 0) != (d > 0) and a and b and c and d:
        return True
    return any(_on(one, point) for point in other) or any(_on(other, point) for point in one)


def parse_corners(text: str) -> Sketch:
    """Read corners in metres with at most two decimals, one after the other: ``0,0 40.5,0 40.5,30``.

    Blanks, semicolons and new lines part the corners. Raises ParcelError.
    """
    corners: list[Point] = []
    for word in half_width(text).replace(";", " ").replace("、", " ").split():
        match = _CORNER.fullmatch(word)
        if match is None:
            raise ParcelError(
                f"第 {len(corners) + 1} 个界址点“{quoted(word)}”看不懂",
                "每个点写成“东,北”两个米数，最多两位小数，例如 40.5,30。",
            )
        corners.append((_centimetres(match[1]), _centimetres(match[2])))
    return Sketch(tuple(corners))


def corners_text(corners: Sequence[Point]) -> str:
    """Corners as they are typed."""
    return " ".join(f"{_metres(x)},{_metres(y)}" for x, y in corners)


_CORNER = re.compile(r"(-?\d{1,6}(?:\.\d{1,2})?)[,，](-?\d{1,6}(?:\.\d{1,2})?)", re.ASCII)


def _centimetres(text: str) -> int:
    whole, _, part = text.removeprefix("-").partition(".")
    size = int(whole) * 100 + int(part.ljust(2, "0"))
    return -size if text.startswith("-") else size


def _metres(centimetres: int) -> str:
    whole, part = divmod(abs(centimetres), 100)
    figure = f"{whole}.{part:02d}".rstrip("0").rstrip(".")
    return f"-{figure}" if centimetres < 0 else figure
