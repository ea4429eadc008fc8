"""What can be entered about a parcel on one form: title, fields, and what is done with what stands in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from village_ledger.domain.area import mu_text, read_area, sqm_text
from village_ledger.domain.money import parse_fen, plain_fen
from village_ledger.domain.parcel import OwnerLevel, Parcel, ParcelCard, Standing, corners_text, parse_corners
from village_ledger.domain.period import parse_day
from village_ledger.services.parcels import parcels
from village_ledger.services.parcels.parcel_rules import parcel_rules
from village_ledger.ui.act_page import CardAct
from village_ledger.ui.widgets.act_fields import FieldSpec

if TYPE_CHECKING:
    from village_ledger.domain.parcel import Sketch
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.unit_of_work import UnitOfWork

Said = Mapping[str, str]
"""What stands in the fields, by key."""
_TEXTS = (
    *("name", "kind", "east", "south", "west", "north", "land_class", "owner", "certificate", "disputed"),
    *("map_ref", "used_by", "origin", "note"),
)


def _add(uow: UnitOfWork, ledger: str, _: str, said: Said) -> Outcome[Any]:
    return parcels.add(uow, ledger, said["code"], _card(said), parse_day(said["day"]), said["basis"])


def _change(uow: UnitOfWork, ledger: str, code: str, said: Said) -> Outcome[Any]:
    day = parse_day(said["day"])
    area = uow.reader.parcel(ledger, code, day).card.area
    card = _card(said)
    if _areas(area) == (said["mu"], said["sqm"]):  # untouched: what was typed may be finer than what is shown
        card = replace(card, area=area)
    return parcels.change(uow, ledger, code, card, day, said["basis"])


def _split(uow: UnitOfWork, ledger: str, code: str, said: Said) -> Outcome[Any]:
    day = parse_day(said["day"])
    whole = uow.reader.parcel(ledger, code, day).card
    parts = parcels.read_parts(whole, said["parts"].splitlines())
    return parcels.split(uow, ledger, code, parts, day, said["basis"])


def _merge(uow: UnitOfWork, ledger: str, code: str, said: Said) -> Outcome[Any]:
    day = parse_day(said["day"])
    codes = [code, *said["others"].replace("、", " ").split()]
    cards = [uow.reader.parcel(ledger, one, day).card for one in dict.fromkeys(codes)]
    bounds = {side: said[side] for side in ("east", "south", "west", "north")}
    card = replace(cards[0], area=sum(one.area for one in cards), name=said["name"], **bounds)
    return parcels.merge(uow, ledger, codes, (said["into"], card), day, said["basis"])


def _end(uow: UnitOfWork, ledger: str, code: str, said: Said) -> Outcome[Any]:
    return parcels.end(uow, ledger, code, parse_day(said["day"]), said["basis"])


def _sketch(uow: UnitOfWork, ledger: str, code: str, said: Said) -> Outcome[Any]:
    drawn = parse_corners(said["corners"]) if said["corners"].strip() else None
    return parcels.sketch(uow, ledger, code, drawn, parse_day(said["day"]), said["basis"])


def _card(said: Said) -> ParcelCard:
    price = said["price"].strip()
    return ParcelCard(
        **{key: said[key].strip() for key in _TEXTS},  # pyright: ignore[reportArgumentType]  texts by name
        area=read_area(said["mu"], said["sqm"]),
        owner_level=OwnerLevel(said["owner_level"]),
        standing=Standing(said["standing"]),
        unit_price=parse_fen(price) if price else None,
    )


def filled(parcel: Parcel, drawn: Sketch | None) -> dict[str, str]:
    """The fields as the register has them now."""
    card = parcel.card
    mu, sqm = _areas(card.area)
    return {
        **{key: getattr(card, key) for key in _TEXTS},
        "mu": mu,
        "sqm": sqm,
        "owner_level": card.owner_level.value,
        "standing": card.standing.value,
        "price": plain_fen(card.unit_price) if card.unit_price is not None else "",
        "corners": corners_text(drawn.corners).replace(" ", "\n") if drawn else "",
    }


def _areas(area: int) -> tuple[str, str]:
    return mu_text(area), sqm_text(area)


def _bounds() -> Sequence[FieldSpec]:
    return (
        FieldSpec("east", "东至", "到路写路，到河写河，到别家的田写谁家的。"),
        FieldSpec("south", "南至"),
        FieldSpec("west", "西至"),
        FieldSpec("north", "北至"),
    )


_KINDS = tuple((one.id, f"{one.id}（{'、'.join(one.classes[:3])}……）") for one in parcel_rules().kinds)
_DAY = FieldSpec("day", "从哪天起", "如 2025-03-02。")
_BASIS = FieldSpec("basis", "依据", "凭什么登记，如 2018年确权登记、决议文号；一定要写。", limit=300)
_FACTS = (
    FieldSpec("name", "名称", "群众叫它的名字，如 河湾水田。"),
    FieldSpec("kind", "类别", choices=_KINDS),
    FieldSpec("land_class", "地类", "国标的小类，如 水田；可以空着。"),
    FieldSpec("mu", "面积（亩）", "最多四位小数；只知道平方米就空着。"),
    FieldSpec("sqm", "面积（平方米）", "最多两位小数；两样都写要相符，1 亩 = 2000/3 平方米。"),
    *_bounds(),
    FieldSpec("owner_level", "所有权", choices=tuple((one.value, one.words) for one in OwnerLevel)),
    FieldSpec("owner", "所有权人", "组集体、乡镇集体的写是哪一个。"),
    FieldSpec("certificate", "权证号"),
    FieldSpec("standing", "利用情况", choices=tuple((one.value, one.words) for one in Standing)),
    FieldSpec("used_by", "使用人", "实际在用的人；有合同的以合同为准。"),
    FieldSpec("price", "参考单价", "元/亩·年，不知道就空着。"),
    FieldSpec("disputed", "争议", "有什么争议、和谁；没有就空着。", limit=300),
    FieldSpec("map_ref", "图幅号"),
    FieldSpec("origin", "原村编号", "村合并以前的村和编号。"),
    FieldSpec("note", "备注", limit=300),
)
_SEVERAL = 7
"""Lines in view where there is one a line."""
ACTS: dict[str, CardAct] = {
    "add": CardAct(
        "登记地块",
        "登记",
        (FieldSpec("code", "地块编号", "定了就不再改，注销了也不再用。", limit=40), *_FACTS, _DAY, _BASIS),
        _add,
    ),
    "change": CardAct("变更地块", "登记变更", (*_FACTS, _DAY, _BASIS), _change),
    "split": CardAct(
        "分割地块",
        "分割",
        (
            FieldSpec(
                "parts",
                "分成哪几块",
                "一行一块：编号:亩数:名称。最后一块的亩数空着，就取余下的。",
                lines=_SEVERAL,
            ),
            _DAY,
            _BASIS,
        ),
        _split,
    ),
    "merge": CardAct(
        "合并地块",
        "合并",
        (
            FieldSpec("others", "另外几块", "编号，用空格隔开；面积是各块之和。"),
            FieldSpec("into", "新编号", limit=40),
            FieldSpec("name", "名称"),
            *_bounds(),
            _DAY,
            _BASIS,
        ),
        _merge,
    ),
    "end": CardAct("注销地块", "注销", (_DAY, _BASIS), _end),
    "sketch": CardAct(
        "地块草图",
        "存下草图",
        (
            FieldSpec(
                "corners", "界址点", "一行一个：东,北（米），按顺序绕一圈；空着就是取消草图。", lines=_SEVERAL
            ),
            _DAY,
            _BASIS,
        ),
        _sketch,
    ),
}
