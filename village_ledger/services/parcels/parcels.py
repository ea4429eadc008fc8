"""The resource register (资源台账): parcels are entered, changed from a day on, split, merged, struck off and sketched.

Nothing is overwritten: every act is written beside what was there, with the day it holds from and what it rests on. Codes
are for good: a parcel that was split keeps its own, its parts get new ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from village_ledger.domain.area import mu_text, parse_mu, words
from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import ParcelError
from village_ledger.domain.half_width import half_width
from village_ledger.domain.parcel import EventKind, Parcel, ParcelCard, Sketch, conserve
from village_ledger.domain.voucher import NAME_LIMIT, SUMMARY_LIMIT, check_text
from village_ledger.services.changes import Changes
from village_ledger.services.duties import require
from village_ledger.services.outcome import Outcome
from village_ledger.services.parcels.parcel_rules import parcel_rules
from village_ledger.services.parcels.parcel_use import parcel_uses
from village_ledger.storage.parcels.register import ParcelRegister

if TYPE_CHECKING:
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.unit_of_work import UnitOfWork

CODE_LIMIT = 40
ADDED, CHANGED, SKETCHED = "登记地块", "变更地块", "画地块草图"
EVENTS = {EventKind.SPLIT: "分割地块", EventKind.MERGE: "合并地块", EventKind.END: "注销地块"}
Part = tuple[str, ParcelCard]
"""Code and card of a parcel to come."""


def add(uow: UnitOfWork, ledger: str, code: str, card: ParcelCard, day: date, basis: str) -> Outcome[Parcel]:
    """Enter a parcel from a day on; raises ParcelError when its code is taken."""
    require(uow, Duty.PREPARE, ledger)
    basis = _basis(uow, day, basis)
    code, card = _fresh_code(uow.reader, ledger, code), checked(card)
    register = ParcelRegister(uow)
    register.write_state(register.add(ledger, code), card, day, basis)
    uow.log.add(ADDED, ledger=ledger, subject=code, detail=described(card, day, basis))
    return Outcome(uow.reader.parcel(ledger, code), _changed(ledger))


def add_many(
    uow: UnitOfWork, ledger: str, parts: Iterable[tuple[str, ParcelCard, date, str]]
) -> Outcome[int]:
    """Enter many parcels, as a file has them (code, card, day, basis); returns how many."""
    count = 0
    for code, card, day, basis in parts:
        add(uow, ledger, code, card, day, basis)
        count += 1
    return Outcome(count, _changed(ledger))


def change(
    uow: UnitOfWork, ledger: str, code: str, card: ParcelCard, day: date, basis: str
) -> Outcome[Parcel]:
    """What the register says of a parcel from a day on; raises ParcelError for one that ended or was not yet there."""
    require(uow, Duty.PREPARE, ledger)
    basis = _basis(uow, day, basis)
    before, card = _living(uow.reader, ledger, code, day), checked(card)
    if card == before.card:
        raise ParcelError(f"地块 {code} 在 {day} 的资料和要写的一样", "没有要改的，不用再登记。")
    ParcelRegister(uow).write_state(before.id, card, day, basis)
    said = differences(before.card, card)
    uow.log.add(CHANGED, ledger=ledger, subject=code, detail=f"{day} 起 {said}；{basis}")
    warnings: tuple[str, ...] = ()
    if card.area != before.card.area:
        warnings = (
            f"面积从 {words(before.card.area)}改为 {words(card.area)}，有合同的请看合同面积是否要跟着改。",
        )
    return Outcome(uow.reader.parcel(ledger, code, day), _changed(ledger), warnings)


def split(
    uow: UnitOfWork, ledger: str, code: str, parts: Sequence[Part], day: date, basis: str
) -> Outcome[list[Parcel]]:
    """Part a parcel into two or more on a day; raises ParcelError unless the areas come to its own."""
    require(uow, Duty.PREPARE, ledger)
    basis = _basis(uow, day, basis)
    whole = _living(uow.reader, ledger, code, day)
    if len(parts) < 2:
        raise ParcelError(f"地块 {code} 只分出 {len(parts)} 块", "分割至少要分成两块。")
    conserve([whole], [card for _, card in parts], EventKind.SPLIT)
    done = _become(uow, ledger, EventKind.SPLIT, [whole], parts, day, basis)
    if all(card.bounds == whole.card.bounds for _, card in parts):
        return replace(
            done,
            warnings=(
                *done.warnings,
                f"各块的四至照抄了 {code} 的，请变更成各块自己的。",
            ),
        )
    return done


def merge(
    uow: UnitOfWork, ledger: str, codes: Sequence[str], part: Part, day: date, basis: str
) -> Outcome[list[Parcel]]:
    """Make one parcel of several on a day; raises ParcelError unless its area is theirs and they have one owner."""
    require(uow, Duty.PREPARE, ledger)
    basis = _basis(uow, day, basis)
    if len(set(codes)) < 2:
        raise ParcelError("合并要有两块或更多不同的地", "请写上每一块的编号。")
    before = [_living(uow.reader, ledger, code, day) for code in dict.fromkeys(codes)]
    owners = {(one.card.owner_level, one.card.owner) for one in before}
    if len(owners) > 1:
        said = "、".join(f"{one.code} {one.card.owner_level.words}{one.card.owner}" for one in before)
        raise ParcelError(f"这几块地的所有权人不同：{said}", "所有权不同的地不能合成一块，请先办权属变更。")
    conserve(before, [part[1]], EventKind.MERGE)
    return _become(uow, ledger, EventKind.MERGE, before, [part], day, basis)


def end(uow: UnitOfWork, ledger: str, code: str, day: date, basis: str) -> Outcome[list[Parcel]]:
    """Strike a parcel off the register from a day on: taken by the state, or entered by mistake."""
    require(uow, Duty.PREPARE, ledger)
    basis = _basis(uow, day, basis)
    return _become(uow, ledger, EventKind.END, [_living(uow.reader, ledger, code, day)], (), day, basis)


def sketch(
    uow: UnitOfWork, ledger: str, code: str, drawn: Sketch | None, day: date, basis: str
) -> Outcome[Sketch | None]:
    """Keep the corners of a parcel from a day on (None: without a sketch); warns where they enclose another area."""
    require(uow, Duty.PREPARE, ledger)
    basis = _basis(uow, day, basis)
    parcel = _living(uow.reader, ledger, code, day)
    ParcelRegister(uow).write_sketch(parcel.id, drawn, day, basis)
    said = f"{len(drawn.corners)} 个界址点，围成 {words(drawn.area)}" if drawn else "取消草图"
    uow.log.add(SKETCHED, ledger=ledger, subject=code, detail=f"{day} 起 {said}；{basis}")
    off = sketch_differs(parcel, drawn)
    return Outcome(drawn, _changed(ledger), (f"{off}，请核对坐标或登记面积。",) if off else ())


def sketch_differs(parcel: Parcel, drawn: Sketch | None) -> str:
    """What to say where a sketch and the register disagree beyond what a tape measure explains; empty otherwise."""
    rules = parcel_rules()
    if drawn is None or drawn.agrees(parcel.card.area, rules.per_mille):
        return ""
    return rules.sentence.format(
        found=mu_text(drawn.area), registered=mu_text(parcel.card.area), percent=f"{rules.per_mille / 10:g}"
    )


def rest(whole: ParcelCard, parts: Sequence[ParcelCard]) -> int:
    """The area that is left of a parcel for its last part; raises ParcelError when nothing is."""
    left = whole.area - sum(card.area for card in parts)
    if left <= 0:
        raise ParcelError(
            f"前面几块合计 {words(whole.area - left)}，已经用完了 {words(whole.area)}",
            "最后一块没有面积了，请核对。",
        )
    return left


def read_parts(whole: ParcelCard, texts: Iterable[str]) -> list[Part]:
    """Parts as typed, ``编号:亩数:名称``; the last may leave its area open and takes the rest. Bounds are the whole's.

    Raises ParcelError, AmountError.
    """
    lines = [half_width(text).strip() for text in texts if text.strip()]
    parts: list[Part] = []
    for place, line in enumerate(lines, 1):
        code, _, more = line.partition(":")
        mu, _, name = (text.strip() for text in more.partition(":"))
        takes_rest = place == len(lines) and not mu
        area = rest(whole, [card for _, card in parts]) if takes_rest else parse_mu(mu)
        parts.append(
            (code.strip(), replace(whole, area=area, name=name or f"{whole.name}（{code.strip()}）"))
        )
    return parts


def checked(card: ParcelCard) -> ParcelCard:
    """The card with texts tidied and its kind by the rules' own word; raises ParcelError or TextError."""
    kind, land_class = parcel_rules().read_kind(card.kind, card.land_class)
    short = {field: check_text(getattr(card, field), FIELD_WORDS[field], NAME_LIMIT) for field in _SHORT}
    long = {field: check_text(getattr(card, field), FIELD_WORDS[field], SUMMARY_LIMIT) for field in _LONG}
    return replace(card, kind=kind, land_class=land_class, **short, **long)


def described(card: ParcelCard, day: date, basis: str) -> str:
    """A card in the operation log."""
    kind = f"{card.kind}（{card.land_class}）" if card.land_class else card.kind
    return f"{day} 起 {card.name} {kind} {words(card.area)}；{basis}"


def _become(
    uow: UnitOfWork,
    ledger: str,
    kind: EventKind,
    before: Sequence[Parcel],
    parts: Sequence[Part],
    day: date,
    basis: str,
) -> Outcome[list[Parcel]]:
    """End some parcels and enter those they become."""
    late = next((one for one in before if uow.reader.parcel(ledger, one.code).effective > day), None)
    if late is not None:
        raise ParcelError(f"地块 {late.code} 在 {day} 以后还有登记", "请写最后一次登记以后的日期。")
    register, made = ParcelRegister(uow), dict[str, int]()
    for code, card in parts:
        fresh = _fresh_code(uow.reader, ledger, code)
        made[fresh] = register.add(ledger, fresh)
        register.write_state(made[fresh], checked(card), day, basis)
    register.write_event(kind, day, basis, [one.id for one in before], made.values())
    became = f" → {'、'.join(made)}" if made else ""
    uow.log.add(
        EVENTS[kind],
        ledger=ledger,
        subject="、".join(one.code for one in before),
        detail=f"{day}{became}；{basis}",
    )
    there = [uow.reader.parcel(ledger, code) for code in made]
    return Outcome(there, _changed(ledger), _still_let(uow.reader, ledger, before, day))


def _still_let(reader: Reader, ledger: str, gone: Sequence[Parcel], day: date) -> tuple[str, ...]:
    """What contracts in force over parcels that are no more have to say now."""
    uses = parcel_uses(reader, ledger)
    return tuple(
        f"{one.code} 上还有合同 {use.number}（{use.party}，到 {use.end}），请把合同的标的改成现在的地块。"
        for one in gone
        for use in uses.get(one.code, ())
        if use.on(day)
    )


def _living(reader: Reader, ledger: str, code: str, day: date) -> Parcel:
    """A parcel as it is on a day; raises ParcelError when it was not there yet or is no more."""
    last = reader.parcel(ledger, code)
    if last.ended is not None and last.ended_by is not None:
        raise ParcelError(f"地块 {code} 在 {last.ended} 已经{last.ended_by.words}", "请到现在的地块上办。")
    if day < last.since:
        raise ParcelError(f"地块 {code} 从 {last.since} 才登记，{day} 还没有", "请核对日期。")
    return reader.parcel(ledger, code, day)


def _fresh_code(reader: Reader, ledger: str, code: str) -> str:
    code = check_text(code, "地块编号", CODE_LIMIT)
    if not code:
        raise ParcelError("地块没有编号", "请给地块编一个号，定了就不再改。")
    if reader.code_taken(ledger, code):
        raise ParcelError(f"编号 {code} 已经用了", "资产和地块的编号都不重复，注销了的也不再用；请换一个。")
    return code


def _basis(uow: UnitOfWork, day: date, basis: str) -> str:
    basis = check_text(basis, "依据", SUMMARY_LIMIT)
    if not basis:
        raise ParcelError("没有写依据", "请写凭什么登记，例如“2018年确权登记”或决议文号。")
    if day.isoformat() > uow.at[:10]:
        raise ParcelError(f"{day} 还没有到", "请写已经到了的日期。")
    return basis


def differences(before: ParcelCard, after: ParcelCard) -> str:
    """What changed, by the words of the register."""
    changed = [said for field, said in FIELD_WORDS.items() if getattr(before, field) != getattr(after, field)]
    said = "、".join(changed)
    if before.area != after.area:
        said += f"（面积 {words(before.area)} → {words(after.area)}）"
    return f"改{said}"


def _changed(ledger: str) -> Changes:
    return Changes(parcels=True, ledger=ledger)


FIELD_WORDS = {
    "name": "名称",
    "kind": "类别",
    "land_class": "地类",
    "area": "面积",
    "east": "东至",
    "south": "南至",
    "west": "西至",
    "north": "北至",
    "owner_level": "所有权",
    "owner": "所有权人",
    "certificate": "权证号",
    "disputed": "争议",
    "map_ref": "图幅号",
    "unit_price": "单价",
    "standing": "利用情况",
    "used_by": "使用人",
    "origin": "原村编号",
    "note": "备注",
}
"""The fields of a card as a register names them."""
_SHORT = ("name", "east", "south", "west", "north", "owner", "certificate", "map_ref", "used_by", "origin")
_LONG = ("disputed", "note")
