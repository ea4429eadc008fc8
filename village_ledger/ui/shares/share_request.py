"""A share event as a form has it: which fields each kind needs, and the request they mean.

What cannot be read yet (a day half typed) is kept as it was typed, so that a draft loses nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from village_ledger.domain.amount_entry import evaluate_entry
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.money import plain_fen
from village_ledger.domain.period import parse_day
from village_ledger.domain.share import EventKind
from village_ledger.domain.share_events import TO_MANY, EventRequest, Part


@dataclass(frozen=True, slots=True)
class KindWords:
    """A kind in the list of what can be done: when it is used."""

    kind: EventKind
    group: str
    when: str


KINDS: tuple[KindWords, ...] = (
    KindWords(EventKind.TRANSFER, "转移", "成员把份额有价转给本社另一个成员"),
    KindWords(EventKind.GIFT, "转移", "成员把份额送给本社另一个成员，多在近亲之间"),
    KindWords(EventKind.INHERIT, "转移", "成员去世，份额由继承人分"),
    KindWords(EventKind.REDEEM, "转移", "成员退回份额，归集体，可以有偿"),
    KindWords(EventKind.PLEDGE, "担保", "成员拿自己的份额给银行作借款担保"),
    KindWords(EventKind.RELEASE, "担保", "借款还清，质押的份额放开"),
    KindWords(EventKind.FORECLOSE, "担保", "借款还不上，质押的份额转给本社成员或集体"),
    KindWords(EventKind.FREEZE, "冻结", "法院通知或者有争议，份额先不能动"),
    KindWords(EventKind.UNFREEZE, "冻结", "冻结的事了结，份额放开"),
    KindWords(EventKind.SPLIT, "户", "一户分成两户，份额跟着人走，总数不变"),
    KindWords(EventKind.MERGE, "户", "两户并成一户，份额跟着人走，总数不变"),
    KindWords(EventKind.GRANT, "总数", "成员大会决定新量化份额给成员或集体"),
    KindWords(EventKind.CANCEL, "总数", "成员大会决定注销份额"),
    KindWords(EventKind.CONVERT, "总数", "两村合并等，一类股份整个折成另一类"),
    KindWords(EventKind.REVERSE, "更正", "以前登记的变动办错了，原样冲回来"),
)
"""Every kind, in the order of the list."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the second step; ``of`` says what it is: text, person, class, day, quantity, price, parts and so on."""

    key: str
    label: str
    of: str = "text"
    hint: str = ""


_CLASS = Field("class_name", "哪一类股份", "class")
_DAY = Field("day", "变动日期", "day", "公示满了、决议在后的，登记时往后顺延。")
_GIVER = Field("from_", "谁转出", "person", "打姓名、拼音或户编号，按 ↓ 选。")
_HOLDER = Field("from_", "谁的份额", "person", "打姓名、拼音或户编号，按 ↓ 选。")
_TAKER = Field("to", "转给谁", "person", "打姓名、拼音或户编号；归集体的写“集体”。")
_QUANTITY = Field("quantity", "多少份", "quantity")
_PRICE = Field("price", "每份多少元", "price", "没有价钱就空着。")
_NOTE = Field("note", "备注")
PLEDGE = Field("pledge", "哪一笔质押", "pledge")

_FIELDS: dict[EventKind, tuple[Field, ...]] = {
    EventKind.TRANSFER: (_GIVER, _TAKER, _CLASS, _QUANTITY, _PRICE, _DAY, _NOTE),
    EventKind.GIFT: (replace(_GIVER, label="谁赠出"), _TAKER, _CLASS, _QUANTITY, _DAY, _NOTE),
    EventKind.INHERIT: (
        replace(_GIVER, label="谁的遗产"),
        _CLASS,
        Field("parts", "谁继承", "parts", "一行一个继承人；份额都空着就是均分，不均分就每一行都写。"),
        _DAY,
        _NOTE,
    ),
    EventKind.REDEEM: (replace(_GIVER, label="谁退回"), _CLASS, _QUANTITY, _PRICE, _DAY, _NOTE),
    EventKind.PLEDGE: (
        replace(_HOLDER, label="谁出质"),
        _CLASS,
        _QUANTITY,
        Field("party", "债权人", hint="哪一家银行。"),
        Field("expires", "质押到哪天", "until", "没有期限就空着。"),
        Field("dividend_to", "质押期间红利归谁", "dividend_to"),
        _DAY,
        _NOTE,
    ),
    EventKind.RELEASE: (_HOLDER, _CLASS, PLEDGE, _QUANTITY, _DAY, _NOTE),
    EventKind.FORECLOSE: (
        replace(_HOLDER, label="谁出质的"),
        _CLASS,
        PLEDGE,
        _TAKER,
        _QUANTITY,
        _PRICE,
        _DAY,
        _NOTE,
    ),
    EventKind.FREEZE: (
        _HOLDER,
        _CLASS,
        _QUANTITY,
        Field("party", "哪个法院、机关", hint="有争议先停的，写争议受理的机关。"),
        _DAY,
        _NOTE,
    ),
    EventKind.UNFREEZE: (_HOLDER, _CLASS, _QUANTITY, _DAY, _NOTE),
    EventKind.SPLIT: (
        Field("from_", "谁迁出", "person", "一次迁一个人；一起分出去的几个人，一个一个办到同一个新户编号。"),
        Field("to", "新户编号", hint="没有用过的编号。"),
        replace(_DAY, hint=""),
        _NOTE,
    ),
    EventKind.MERGE: (
        Field("from_", "谁迁来", "person", "一次迁一个人。"),
        Field("to", "并到哪一户", hint="现有的户编号。"),
        replace(_DAY, hint=""),
        _NOTE,
    ),
    EventKind.GRANT: (
        _CLASS,
        Field("parts", "量化给谁", "parts", "一行一个账户和份额；归集体的写“集体”。几十户以上的用文件导入。"),
        _DAY,
        _NOTE,
    ),
    EventKind.CANCEL: (
        _CLASS,
        Field("parts", "注销谁的", "parts", "一行一个账户和份额。"),
        _DAY,
        _NOTE,
    ),
    EventKind.CONVERT: (
        replace(_CLASS, label="旧的类别"),
        Field("to", "新的类别", "class", "先设好新的类别。"),
        Field("quantity", "折换比例", "quantity", "每一旧份额折几份新的，如 2、1.5 或 3:2。"),
        _DAY,
        _NOTE,
    ),
    EventKind.REVERSE: (
        Field("reverses", "冲销哪一号", "event", "份额后来又动过的，先冲销后来的。"),
        replace(_DAY, hint=""),
        _NOTE,
    ),
}


def fields_of(kind: EventKind) -> tuple[Field, ...]:
    """The fields of the second step for a kind, in their order."""
    return _FIELDS[kind]


@dataclass(frozen=True, slots=True)
class Form:
    """What stands in the form of an event."""

    kind: EventKind
    said: Mapping[str, str]
    """Texts by the name of the request's field; ``resolution`` and ``contract`` of the papers too."""
    parts: tuple[Part, ...] = ()
    papers: tuple[str, ...] = ()

    def request(self, ledger: str, today: date) -> tuple[EventRequest, dict[str, str]]:
        """The request the fields mean, and what could not be read, by field; ``today`` stands for an unreadable day."""
        unread: dict[str, str] = {}
        wanted = {field.key for field in fields_of(self.kind)} | {"resolution", "contract"}
        text = {key: self.said.get(key, "").strip() for key in wanted}

        def read(key: str, way: Callable[[str], Any], otherwise: Any) -> Any:
            if not text.get(key):
                return otherwise
            try:
                return way(text[key])
            except (LedgerError, ValueError):
                unread[key] = text[key]
                return otherwise

        many = self.kind in TO_MANY
        parts = tuple(part for part in self.parts if part.account or part.quantity) if many else ()
        made = EventRequest(
            self.kind,
            text.get("class_name", ""),
            read("day", parse_day, today),
            from_=text.get("from_", ""),
            to=text.get("to", ""),
            quantity=text.get("quantity", ""),
            parts=parts,
            resolution=text["resolution"],
            contract=text["contract"],
            party=text.get("party", ""),
            price=read("price", evaluate_entry, 0),
            note=text.get("note", ""),
            pledge=read("pledge", int, None),
            reverses=read("reverses", int, None),
            expires=read("expires", parse_day, None),
            dividend_to=text.get("dividend_to") or "holder",
            ledger=ledger,
        )
        return made, unread


def form_of(request: EventRequest, papers: Sequence[str], typed: Mapping[str, str]) -> Form:
    """The form of a draft as it was left."""
    said = {
        "class_name": request.class_name,
        "day": request.day.isoformat(),
        "from_": request.from_,
        "to": request.to,
        "quantity": request.quantity,
        "resolution": request.resolution,
        "contract": request.contract,
        "party": request.party,
        "price": plain_fen(request.price) if request.price else "",
        "note": request.note,
        "pledge": str(request.pledge or ""),
        "reverses": str(request.reverses or ""),
        "expires": request.expires.isoformat() if request.expires else "",
        "dividend_to": request.dividend_to,
    }
    return Form(request.kind, {**said, **typed}, request.parts, tuple(papers))
