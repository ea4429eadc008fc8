"""What can be done with an asset on one form: title, fields, and what is done with what stands in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from village_ledger.domain.asset import (
    METHOD_NAMES,
    SOURCE_NAMES,
    STATUS_NAMES,
    USE_NAMES,
    Card,
    Facts,
    Method,
    Source,
    Status,
    Use,
)
from village_ledger.domain.errors import AssetError
from village_ledger.domain.money import parse_fen, plain_fen
from village_ledger.domain.period import Month, parse_day
from village_ledger.domain.quantity import parse_quantity, plain_quantity
from village_ledger.domain.voucher import VoucherRef
from village_ledger.services.assets import cards, disposal, movements, passing, usage
from village_ledger.services.assets.asset_words import classes, kind_of
from village_ledger.ui.act_page import CardAct
from village_ledger.ui.widgets.act_fields import FieldSpec

if TYPE_CHECKING:
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.assets.records import Standing
    from village_ledger.storage.unit_of_work import UnitOfWork

Said = Mapping[str, str]
"""What stands in the fields, by key."""


# reading fields


def _fen(text: str) -> int:
    return parse_fen(text) if text.strip() else 0


def _other(text: str) -> cards.OtherSide | None:
    """``211@供销社#道路`` as account, counterparty and project; None for nothing."""
    if not text.strip():
        return None
    rest, _, project = text.strip().partition("#")
    account, _, party = rest.partition("@")
    return cards.OtherSide(account.split()[0], party.strip(), project.strip())


def _count(text: str, what: str) -> int:
    tidy = text.strip()
    if tidy and not (tidy.isascii() and tidy.isdigit()):
        raise AssetError(f"{what}“{tidy}”不是整数", "请只填数字。")
    return int(tidy or 0)


def _card(said: Said, code: str) -> Card:
    category = said["category"]
    kind = kind_of(category)
    if kind is None:
        raise AssetError(f"类别“{category}”不知道是哪一类资产", "请从列表里选。")
    method = Method(said["method"]) if kind.is_charged else Method.NONE
    months = _count(said["months"], "使用月数")
    return Card(
        code=code,
        name=said["name"].strip(),
        kind=kind,
        cost=_fen(said["cost"]) if "cost" in said else 1,  # a turned asset brings its own
        in_use=parse_day(said["in_use"]),
        category=category,
        salvage=_fen(said["salvage"]),
        method=method,
        months=months if method is Method.STRAIGHT else 0,
        units=parse_quantity(said["units"]) if method.by_units and said["units"].strip() else 0,
        opening=_fen(said.get("opening", "")),
        source=Source(said["source"]),
        spec=said["spec"].strip(),
        quantity=said["quantity"].strip(),
        certificate=said["certificate"].strip(),
        project=said["project"].strip(),
        quantified=said.get("quantified") == "1",
        note=said["note"].strip(),
    )


def _facts(said: Said) -> Facts:
    return Facts(
        Use(said["use"]),
        Status(said["status"]),
        said["place"].strip(),
        said["keeper"].strip(),
        said["user"].strip(),
        said["charge"].strip().split(" ")[0],
    )


def _estimate(said: Said) -> movements.Estimate:
    units = parse_quantity(said["units"]) if said.get("units", "").strip() else 0
    salvage = parse_fen(said["salvage"]) if said.get("salvage", "").strip() else None
    return movements.Estimate(_count(said["months"], "剩余月数"), units, salvage)


# acts


def _add(uow: UnitOfWork, ledger: str, _: str, said: Said) -> Outcome[Any]:
    card = _card(said, said["code"].strip())
    day = parse_day(said["day"]) if said["day"].strip() else None
    booked = VoucherRef.parse(said["voucher"]) if said["voucher"].strip() else None
    return cards.add(uow, ledger, card, _facts(said), paid=_other(said["paid"]), booked=booked, day=day)


def _amend(uow: UnitOfWork, ledger: str, code: str, said: Said) -> Outcome[Any]:
    old = cards.find(uow.reader, ledger, code).card
    new = _card(said, code)
    return cards.amend(
        uow, ledger, code, replace(new, as_of=old.as_of, acquired=old.acquired, units_before=old.units_before)
    )


def _say(uow: UnitOfWork, ledger: str, code: str, said: Said) -> Outcome[Any]:
    return cards.say(uow, ledger, code, parse_day(said["day"]), _facts(said), said["note"])


def _improve(uow: UnitOfWork, ledger: str, code: str, said: Said) -> Outcome[Any]:
    paid = _other(said["paid"])
    if paid is None:
        raise AssetError("改良要写从哪里付的", "请填科目编码，比如 10201 或 153#项目。")
    amount, day = _fen(said["amount"]), parse_day(said["day"])
    return movements.improve(
        uow, ledger, code, day, amount, paid, basis=said["basis"], estimate=_estimate(said)
    )


def _impair(uow: UnitOfWork, ledger: str, code: str, said: Said) -> Outcome[Any]:
    amount, day = _fen(said["amount"]), parse_day(said["day"])
    return movements.impair(uow, ledger, code, day, amount, basis=said["basis"], estimate=_estimate(said))


def _revise(uow: UnitOfWork, ledger: str, code: str, said: Said) -> Outcome[Any]:
    return movements.revise(uow, ledger, code, parse_day(said["day"]), _estimate(said), basis=said["basis"])


def _work(uow: UnitOfWork, ledger: str, code: str, said: Said) -> Outcome[Any]:
    return usage.record(uow, ledger, code, Month.parse(said["month"].strip()), parse_quantity(said["units"]))


def _dispose(uow: UnitOfWork, ledger: str, code: str, said: Said) -> Outcome[Any]:
    sale = disposal.Sale(
        _fen(said["proceeds"]),
        _other(said["into"]),
        _fen(said["fees"]),
        _other(said["fees_from"]),
        said["party"],
    )
    day = parse_day(said["day"])
    return disposal.dispose(
        uow, ledger, code, day, said["way"], basis=said["basis"], sale=sale, note=said["note"]
    )


def _hand_over(uow: UnitOfWork, ledger: str, code: str, said: Said) -> Outcome[Any]:
    day = parse_day(said["day"])
    return passing.hand_over(
        uow, ledger, code, day, said["to"], basis=said["basis"], new_code=said["new_code"].strip()
    )


def _turn(uow: UnitOfWork, ledger: str, code: str, said: Said) -> Outcome[Any]:
    card = _card(said, said["new_code"].strip())
    return passing.turn(
        uow,
        ledger,
        code,
        parse_day(said["day"]),
        card,
        _facts(said),
        basis=said["basis"],
        funded=_fen(said["funded"]),
    )


def _withdraw(uow: UnitOfWork, ledger: str, code: str, said: Said) -> Outcome[Any]:
    return cards.withdraw(uow, ledger, code, said["reason"])


def _link(uow: UnitOfWork, ledger: str, code: str, said: Said) -> Outcome[Any]:
    return cards.link(uow, ledger, code, VoucherRef.parse(said["voucher"]))


def filled(act: str, one: Standing) -> dict[str, str]:
    """The fields as the card has them now."""
    card, facts = one.card, one.facts
    said = {
        "use": facts.use.value,
        "status": facts.status.value,
        "place": facts.place,
        "keeper": facts.keeper,
        "user": facts.user,
        "charge": facts.charge,
    }
    if act == "amend":
        said |= {
            "name": card.name,
            "category": card.category,
            "in_use": str(card.in_use),
            "cost": plain_fen(card.cost),
            "salvage": plain_fen(card.salvage),
            "opening": plain_fen(card.opening) if card.opening else "",
            "method": card.method.value,
            "months": str(card.months or ""),
            "units": plain_quantity(card.units) if card.units else "",
            "source": card.source.value,
            "spec": card.spec,
            "quantity": card.quantity,
            "certificate": card.certificate,
            "project": card.project,
            "quantified": "1" if card.quantified else "",
            "note": card.note,
        }
    if act == "turn":
        said |= {"name": card.name, "project": card.project, "source": card.source.value}
    return said


# fields

_CLASSES = tuple((rule["name"], rule["name"]) for rule in classes())
_DAY = FieldSpec("day", "哪一天", "如 2025-03-08。")
_BASIS = FieldSpec("basis", "依据", "批准它的决议或文件号。")
_PAID = "科目编码；要写往来单位的加 @单位，要写项目的加 #项目，如 10201、211@供销社、153#村道。"
_WHAT = (
    FieldSpec("name", "名称", "群众叫它的名字。"),
    FieldSpec("category", "类别", choices=_CLASSES),
    FieldSpec("in_use", "启用日期", "折旧从下个月提起。"),
)
_LIFE = (
    FieldSpec("salvage", "残值", "报废时还值多少，没有就空着。"),
    FieldSpec("method", "折旧方法", choices=tuple((m.value, name) for m, name in METHOD_NAMES.items())),
    FieldSpec("months", "使用月数", "年限平均法填；20 年是 240。"),
    FieldSpec("units", "总工作量", "工作小时法、产量法填，一共能用多少。"),
)
_MORE = (
    FieldSpec(
        "source", "来源", choices=tuple((s.value, name or "（不写）") for s, name in SOURCE_NAMES.items())
    ),
    FieldSpec("spec", "规格"),
    FieldSpec("quantity", "数量"),
    FieldSpec("certificate", "权证号"),
    FieldSpec("project", "项目", "记在建工程、专项资金的，和凭证上的项目写得一样。"),
    FieldSpec("quantified", "量化给成员", choices=(("", "否"), ("1", "是"))),
    FieldSpec("note", "备注", limit=300),
)
_FACTS = (
    FieldSpec(
        "use",
        "用途",
        "折旧跟着用途记：经营、管理、公益。",
        choices=tuple((u.value, n) for u, n in USE_NAMES.items()),
    ),
    FieldSpec(
        "status",
        "使用状况",
        choices=tuple((s.value, n) for s, n in STATUS_NAMES.items() if s is not Status.GONE),
    ),
    FieldSpec("place", "坐落地点"),
    FieldSpec("keeper", "保管人"),
    FieldSpec("user", "使用人", "租给谁、借给谁用。"),
    FieldSpec("charge", "折旧科目", "空着就按用途；种植养殖的可以写 401。"),
)
_REST = (
    FieldSpec("months", "剩余月数", "下月起还提多少个月；空着不变。"),
    FieldSpec("units", "剩余工作量", "下月起还有多少；空着不变。"),
    FieldSpec("salvage", "新残值", "空着不变。"),
)
_COST = FieldSpec("cost", "原值", "估不出价的按名义金额 1 元。")

ACTS: dict[str, CardAct] = {
    "add": CardAct(
        "登记资产",
        "登记",
        (
            FieldSpec("code", "资产编号", "同一本账里不重复，定了就不改。", limit=30),
            *_WHAT,
            _COST,
            *_LIFE,
            FieldSpec("opening", "已提折旧", "旧账已经提了多少；新买的空着。"),
            *_FACTS,
            *_MORE,
            FieldSpec("day", "入账日期", "空着就是启用日期。"),
            FieldSpec("paid", "付款科目", f"要同时做取得的凭证才填。{_PAID}"),
            FieldSpec("voucher", "已有凭证", "已经记过账的，写凭证号，如 2025-03/记-0012。"),
        ),
        _add,
    ),
    "amend": CardAct(
        "更正卡片",
        "更正",
        (*_WHAT, _COST, *_LIFE, FieldSpec("opening", "已提折旧"), *_MORE),
        _amend,
    ),
    "say": CardAct("改用途、状况、保管", "登记", (*_FACTS, _DAY, FieldSpec("note", "说明", limit=300)), _say),
    "improve": CardAct(
        "改良、扩建",
        "做凭证",
        (FieldSpec("amount", "金额"), FieldSpec("paid", "从哪里付", _PAID), _DAY, _BASIS, *_REST),
        _improve,
    ),
    "impair": CardAct("减值转销", "做凭证", (FieldSpec("amount", "损失金额"), _DAY, _BASIS, *_REST), _impair),
    "revise": CardAct("改折旧年限、残值", "登记", (*_REST, _DAY, _BASIS), _revise),
    "work": CardAct(
        "记工作量",
        "记下",
        (FieldSpec("month", "月份", "如 2025-03。"), FieldSpec("units", "工作量", "当月的小时数或产量。")),
        _work,
    ),
    "dispose": CardAct(
        "处置资产",
        "做凭证",
        (
            FieldSpec("way", "怎么处置", choices=tuple((w["id"], w["name"]) for w in disposal.ways())),
            _DAY,
            _BASIS,
            FieldSpec("proceeds", "价款、残料", "收到多少；没有就空着。"),
            FieldSpec("into", "收到哪里", _PAID),
            FieldSpec("fees", "清理费用", "付了多少；没有就空着。"),
            FieldSpec("fees_from", "从哪里付", _PAID),
            FieldSpec("party", "给了谁"),
            FieldSpec("note", "说明", limit=300),
        ),
        _dispose,
    ),
    "hand_over": CardAct(
        "划给另一本账",
        "做两张凭证",
        (
            FieldSpec("to", "划给哪本账", offered=True),
            _DAY,
            _BASIS,
            FieldSpec("new_code", "那边的编号", "空着就不变。", limit=30),
        ),
        _hand_over,
    ),
    "turn": CardAct(
        "转为另一类资产",
        "做凭证",
        (
            FieldSpec("new_code", "新卡片编号", limit=30),
            *_WHAT,
            *_LIFE,
            *_FACTS,
            *_MORE,
            _DAY,
            _BASIS,
            FieldSpec(
                "funded", "用专项资金", "其中用财政补助、一事一议资金的金额，同时转公积公益金；没有就空着。"
            ),
        ),
        _turn,
    ),
    "withdraw": CardAct("撤销登记", "撤销", (FieldSpec("reason", "为什么", limit=300),), _withdraw),
    "link": CardAct("连上凭证", "连上", (FieldSpec("voucher", "凭证号", "如 2025-03/记-0012。"),), _link),
}
