"""``import shares`` and ``share apply``: a file of share events, all of it or nothing.

Every event is posted in turn so that later rows find what earlier ones made; a refused one leaves nothing behind and
reading goes on, so that every bad row is named. A row that fails only because an earlier bad row left its account short
is not named: mended, the earlier row mends it too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from village_ledger.domain.errors import ShareError, TextError, UnreadableError
from village_ledger.domain.half_width import half_width
from village_ledger.domain.share import COLLECTIVE, EventKind, ShareClass
from village_ledger.domain.share_events import TO_MANY, EventRequest, Part
from village_ledger.domain.voucher import NAME_LIMIT, SUMMARY_LIMIT
from village_ledger.exchange.reading.cells import CellReader, day_of, fen_of, reason, text_of
from village_ledger.exchange.reading.tabular import (
    Cell,
    Field,
    Flawed,
    TabularFile,
    is_blank,
    read_rows,
    refuse,
)
from village_ledger.exchange.shares.import_shares_plan import SharePlan, find_plan, read_plan
from village_ledger.i18n import tr

if TYPE_CHECKING:
    from village_ledger.services.outcome import Outcome
    from village_ledger.services.shares.share_plan import Check, Holder, Plan, Taker
    from village_ledger.storage.unit_of_work import UnitOfWork

SHARE_FIELDS = (
    Field("date", "日期"),
    Field("event", "事件"),
    Field("class", "股份类别"),
    Field("from", "转出账户"),
    Field("to", "转入账户"),
    Field("quantity", "数量"),
    Field("resolution", "决议文号"),
    Field("note", "备注", required=False),
    Field("party", "对方", required=False),
    Field("price", "每股价格", required=False),
)
_OTHER_WORDS = {
    "配股": EventKind.GRANT,
    "流转": EventKind.TRANSFER,
    "退出": EventKind.REDEEM,
    "回购": EventKind.REDEEM,
    "有偿退出": EventKind.REDEEM,
    "解押": EventKind.RELEASE,
    "解冻": EventKind.UNFREEZE,
    "更正": EventKind.REVERSE,
}
_PLEDGES = frozenset({EventKind.PLEDGE, EventKind.RELEASE, EventKind.FORECLOSE})
_BUSY = 20
"""Rows of one day from which everybody is looked up at once."""
_FOLLOWS = frozenset({"I1", "I4", "I5", "I7", "I8", "I10", "I11"})
"""Rules that can fail only because an earlier row is missing."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the file as read."""

    number: int
    day: date
    kind: EventKind
    class_name: str
    giver: str
    taker: str
    quantity: str
    resolution: str
    note: str = ""
    party: str = ""
    """Creditor of a pledge, court of a freeze."""
    price: int = 0
    """Fen a share."""

    @property
    def together(self) -> tuple[object, ...] | None:
        """Rows with the same are one event; None for an event of its own."""
        if self.kind is EventKind.GRANT:
            return (self.kind, self.day, self.class_name, self.resolution)
        if self.kind is EventKind.INHERIT:
            return (self.kind, self.day, self.class_name, self.resolution, self.giver)
        return None


@dataclass(slots=True)
class _Event:
    """An event and the rows it comes from."""

    rows: list[_Row]
    request: EventRequest

    @property
    def accounts(self) -> set[tuple[str, str]]:
        """Every account the event names."""
        row = self.rows[0]
        texts = {row.giver, *(one.taker for one in self.rows)}
        return {(row.class_name, text) for text in texts if text}


@dataclass(slots=True)
class _Run:
    """What the file did so far."""

    reader: CellReader
    posted: int = 0
    warnings: list[str] = field(default_factory=list[str])
    short: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    """Accounts that may lack what a bad row should have moved."""
    busy: frozenset[date] = frozenset()
    """Days with so many rows that everybody is looked up at once."""
    known: dict[date, dict[str, Holder]] = field(default_factory=dict[date, dict[str, "Holder"]])
    plan: tuple[date, str] | None = None
    """Day and resolution of the plan of quantification being read."""
    given: dict[ShareClass, dict[int | None, Taker]] = field(
        default_factory=dict["ShareClass", dict[int | None, "Taker"]]
    )
    """What the plan gave so far; ``part`` is the row of the file."""

    def everybody(self, uow: UnitOfWork, day: date) -> dict[str, Holder] | None:
        """Account texts of a busy day; None for a day of few rows."""
        from village_ledger.services.shares.share_plan import everybody

        if day not in self.busy:
            return None
        if day not in self.known:
            self.known[day] = everybody(uow.reader, day)
        return self.known[day]


def import_shares(
    uow: UnitOfWork,
    path: Path,
    *,
    ledger: str = "collective",
    reviewed_by: str = "",
    day: date | None = None,
    resolution: str = "",
) -> Outcome[int]:
    """Post every event of a file; returns how many. Raises UnreadableError, ImportRefused naming every bad row.

    A share plan as villages keep it is taken as the grants it resolves on; ``day`` and ``resolution`` win over what it says.
    """
    try:
        table = read_rows(path, SHARE_FIELDS)
    except UnreadableError:
        names = [one.name for one in uow.reader.share_classes(ledger)]
        plan = find_plan(path, names)
        if plan is None:
            raise
        return take_plan(uow, read_plan(plan, day, resolution), ledger=ledger, reviewed_by=reviewed_by)
    run = _Run(CellReader(table))
    return _take(uow, path, list(_read(table, run)), run, ledger, reviewed_by)


def take_plan(
    uow: UnitOfWork, plan: SharePlan, *, ledger: str = "collective", reviewed_by: str = ""
) -> Outcome[int]:
    """Post the grants of a plan, one event a class; raises as ``import_shares`` does."""
    sheet = plan.layout.sheet
    if plan.day is None or not plan.resolution or plan.layout.missing:
        lacking = plan.layout.missing or tr("没有写明成员大会哪天通过，或者决议文号")
        raise UnreadableError(
            tr("“{name}”里{what}", name=sheet.path.name, what=lacking),
            tr("请补写在表里，或者用 --date 和 --resolution 写明。"),
        )
    table = TabularFile(sheet.path, sheet.name, SHARE_FIELDS, {}, lambda _: iter(()), list(plan.notices))
    run = _Run(CellReader(table))
    run.reader.faults += plan.faults
    rows = [
        _Row(
            one.row, plan.day, EventKind.GRANT, one.class_name, "", one.account, one.quantity, plan.resolution
        )
        for one in plan.grants
    ]
    return _take(uow, sheet.path, rows, run, ledger, reviewed_by)


def _take(
    uow: UnitOfWork, path: Path, rows: Sequence[_Row], run: _Run, ledger: str, reviewed_by: str
) -> Outcome[int]:
    """Post rows in turn; raises ImportRefused naming every bad one, and those read as bad before."""
    from village_ledger.services.changes import Changes
    from village_ledger.services.outcome import Outcome

    table = run.reader.table
    run.busy = frozenset(day for day, count in Counter(row.day for row in rows).items() if count >= _BUSY)
    for event in _events(rows, ledger, reviewed_by):
        _judge_plan(uow, run, event.request)
        _post(uow, event, run)
    _judge_plan(uow, run, None)
    refuse([*run.reader.faults, *table.faults])
    if not run.posted:
        raise UnreadableError(
            tr("“{name}”里只有表头，没有份额变动", name=path.name), tr("请核对是不是选错了文件。")
        )
    said = tuple(dict.fromkeys((*table.notices, *run.warnings)))
    return Outcome(run.posted, Changes(shares=True, members=True), said)


def _read(table: TabularFile, run: _Run) -> Iterator[_Row]:
    """Rows that can be read; what cannot is noted."""
    reader = run.reader
    for number, cells in table:
        if is_blank(cells):
            continue
        before = len(reader.faults)
        day = reader.get(number, cells, "date", day_of, date.min)
        kind = reader.get(number, cells, "event", kind_of, EventKind.GRANT)
        texts = [
            reader.get(number, cells, key, _text(label), "")
            for key, label in (
                ("class", tr("股份类别")),
                ("from", tr("转出账户")),
                ("to", tr("转入账户")),
                ("quantity", tr("数量")),
                ("resolution", tr("决议文号")),
                ("note", tr("备注")),
                ("party", tr("对方")),
            )
        ]
        price = reader.get(number, cells, "price", fen_of, 0)
        if price < 0:
            reader.note(number, tr("每股价格不能小于零。"), "price")
        if len(reader.faults) > before:
            run.short |= {(texts[0], text) for text in texts[1:3] if text}
            continue
        yield _Row(number, day, kind, *texts, price=price)


def kind_of(cell: Cell) -> EventKind:
    """An event by the command's word or the trade's; raises TextError."""
    word = half_width(text_of(cell, tr("事件"), 20)).strip().casefold()
    for kind in EventKind:
        if word in (kind.value, kind.words):
            return kind
    if word in _OTHER_WORDS:
        return _OTHER_WORDS[word]
    words = "、".join(kind.words for kind in EventKind)
    raise TextError(tr("没有“{word}”这种份额变动", word=word), tr("可以是：{words}。", words=words))


def _text(label: str) -> Callable[[Cell], str]:
    limit = SUMMARY_LIMIT if label == tr("备注") else NAME_LIMIT

    def read(cell: Cell) -> str:
        if isinstance(cell, float) and not isinstance(cell, Flawed):
            return f"{cell:.10g}"
        return text_of(cell, label, limit)

    return read


def _events(rows: Sequence[_Row], ledger: str, reviewed_by: str) -> Iterator[_Event]:
    """Consecutive rows that belong together, as one event."""
    group: list[_Row] = []
    for row in rows:
        if group and (row.together is None or row.together != group[0].together):
            yield _event(group, ledger, reviewed_by)
            group = []
        group.append(row)
    if group:
        yield _event(group, ledger, reviewed_by)


def _event(rows: list[_Row], ledger: str, reviewed_by: str) -> _Event:
    row = rows[0]
    parts: tuple[Part, ...] = ()
    if row.kind is EventKind.CANCEL:
        parts = (Part(row.giver or row.taker, row.quantity),)
    elif row.kind in TO_MANY:
        parts = tuple(Part(one.taker, one.quantity) for one in rows)
    number = half_width(row.note).strip()
    reverses = int(number) if row.kind is EventKind.REVERSE and _is_number(number) else None
    request = EventRequest(
        row.kind,
        row.class_name,
        row.day,
        row.giver or (COLLECTIVE if row.kind is EventKind.GRANT else ""),
        row.taker,
        row.quantity,
        parts,
        resolution=row.resolution,
        contract=row.note if row.kind in _PLEDGES else "",
        note="" if row.kind in _PLEDGES or reverses else row.note,
        party=row.party,
        price=row.price,
        reverses=reverses,
        reviewed_by=reviewed_by,
        ledger=ledger,
    )
    return _Event(list(rows), request)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 9


def _post(uow: UnitOfWork, event: _Event, run: _Run) -> None:
    from village_ledger.services.shares.share_checks import examine
    from village_ledger.services.shares.shares import ensure_entitled, post_examined

    ensure_entitled(uow, event.request)
    request = event.request
    known = run.everybody(uow, request.day)
    examined = examine(uow.reader, request, with_effects=False, known=known, in_plan=True)
    if examined.faults:
        _note(event, run, examined.faults)
        bad = {fault.part for fault in examined.faults}
        if event.request.kind is not EventKind.GRANT or None in bad:
            run.short |= {(name, text) for name, text in event.accounts}
            return
        run.short |= {
            (event.rows[part].class_name, event.rows[part].taker) for part in bad if part is not None
        }
        good = [place for place in range(len(event.rows)) if place not in bad]
        if good:
            parts = tuple(event.request.parts[place] for place in good)
            rows = [event.rows[place] for place in good]
            _post(uow, _Event(rows, replace(event.request, parts=parts)), run)
        return
    done = post_examined(uow, examined)
    if request.kind is EventKind.GRANT:
        _remember(run, examined.plan, [row.number for row in event.rows])
    if done.changes.members:
        run.known.clear()
    run.posted += 1
    run.warnings += done.warnings


def _remember(run: _Run, found: Plan, numbers: list[int]) -> None:
    """Keep what a grant gave, for the plan to be judged as a whole."""
    given = run.given.setdefault(found.the_class(), {})
    for taker in found.takers:
        before = given.get(taker.holder.person_id)
        quanta = taker.quanta + (before.quanta if before else 0)
        given[taker.holder.person_id] = taker._replace(quanta=quanta, part=numbers[taker.part])


def _judge_plan(uow: UnitOfWork, run: _Run, coming: EventRequest | None) -> None:
    """A plan of quantification, whatever the order of its rows, is held against the cap once all of it is read.

    Where a row of the class could not be taken the rest would look larger than it is, so that nothing is said of it.
    """
    from village_ledger.services.shares.share_cap import Granted, plan_within_cap

    is_grant = coming is not None and coming.kind is EventKind.GRANT
    plan = (coming.day, coming.resolution) if coming is not None and is_grant else None
    if run.plan is not None and run.plan != plan:
        broken = {name for name, _ in run.short}
        for share_class, given in run.given.items():
            granted = Granted(share_class, run.plan[0], tuple(given.values()), posted=True)
            for check in plan_within_cap(uow.reader, granted) if share_class.name not in broken else ():
                if not check.ok and check.part is not None:
                    run.reader.note(check.part, reason(ShareError(check.sentence, check.next_step)))
                elif check.warns:
                    run.warnings.append(check.detail)
        run.given.clear()
    run.plan = plan


def _note(event: _Event, run: _Run, faults: Sequence[Check]) -> None:
    """Name the rows of what is wrong, each row with everything wrong with it."""
    follows = not run.short.isdisjoint(event.accounts)
    for fault in faults:
        if follows and fault.rule in _FOLLOWS:
            continue
        row = event.rows[fault.part or 0].number
        run.reader.note(row, reason(ShareError(fault.sentence, fault.next_step)))
