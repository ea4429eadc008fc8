"""``import contracts``: the contract register as a csv or xlsx file, one row a contract, all of it or nothing.

A file in our own layout is read strictly, cell by cell; any other is a register kept by hand, read by
``import_contracts_guided``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from village_ledger.domain.contract import (
    NUMBER_LIMIT,
    Contract,
    Papers,
    items_of,
    read_item_area,
)
from village_ledger.domain.errors import ContractError, LedgerError, UnreadableError
from village_ledger.domain.rent_schedule import (
    PayDay,
    RentTerms,
    Step,
    read_pay_day,
    read_period,
    read_rate,
    read_steps,
)
from village_ledger.domain.rhythm import Rhythm
from village_ledger.domain.voucher import NAME_LIMIT, SUMMARY_LIMIT
from village_ledger.exchange.contracts import import_contracts_guided as guided
from village_ledger.exchange.people.import_members_words import words
from village_ledger.exchange.reading.answers import read_answers
from village_ledger.exchange.reading.cells import (
    CellReader,
    count_of,
    day_of,
    fen_of,
    reason,
    text_of,
    yes_or_no,
)
from village_ledger.exchange.reading.tabular import Cell, Field, TabularFile, is_blank, read_rows, refuse
from village_ledger.i18n import tr

if TYPE_CHECKING:
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.unit_of_work import UnitOfWork

CONTRACT_FIELDS = (
    Field("number", "合同编号"),
    Field("code", "资产编号"),
    Field("party", "对方"),
    Field("start", "起始日期"),
    Field("end", "终止日期"),
    Field("period", "周期"),
    Field("pay_day", "付款日"),
    Field("amount", "每期金额"),
    Field("rate", "递增率"),
    Field("rate_years", "递增年数"),
    Field("steps", "阶梯"),
    Field("resolution", "决议文号"),
    Field("what", "标的", required=False),
    Field("kind", "类别", required=False),
    Field("area", "面积", required=False),
    Field("unit", "单位", required=False),
    Field("member", "是否成员", required=False),
    Field("deposit", "押金", required=False),
    Field("floor", "底价", required=False),
    Field("signed", "签订日期", required=False),
    Field("kept_from", "租金起算日", required=False),
    Field("note", "备注", required=False),
)
_OURS = 12


@dataclass(slots=True)
class _Seen:
    """What earlier rows have."""

    numbers: dict[str, int] = field(default_factory=dict[str, int])
    lets: dict[str, list[tuple[int, Contract]]] = field(default_factory=dict[str, list[tuple[int, Contract]]])


def import_contracts(
    uow: UnitOfWork, ledger: str, path: Path, answers: Path | None = None, sheet: str = ""
) -> Outcome[int]:
    """Enter every contract of a file, signed and performing; returns how many.

    Raises UnreadableError, ImportRefused naming every row at fault. ``answers`` is a file of answers to what was found
    wrong in a register kept by hand, ``sheet`` the worksheet that is meant.
    """
    if answers is None and not sheet:
        try:
            table = read_rows(path, CONTRACT_FIELDS)
        except UnreadableError:
            if is_ours(path):
                raise
        else:
            return _take_strictly(uow, ledger, path, table)
    layout = guided.find_layout(path, sheet=sheet)
    said = read_answers(answers, layout, words()["answers"]) if answers is not None else {}
    return guided.take_in(uow, ledger, layout, said)


def is_ours(path: Path) -> bool:
    """Whether a file is in our layout, though a column may be missing or written twice."""
    try:
        layout = guided.find_layout(path)
    except UnreadableError:
        return True
    ours = {x.label for x in CONTRACT_FIELDS if x.required}
    return layout.row == 1 and len(ours & {column.heading for column in layout.columns}) >= _OURS // 2


def _take_strictly(uow: UnitOfWork, ledger: str, path: Path, table: TabularFile) -> Outcome[int]:
    from village_ledger.services.contracts.contracts import take_in_all

    reader, seen, known = CellReader(table), _Seen(), guided.known_to(uow.reader, ledger)
    made: list[Contract] = []
    for row, cells in table:
        if is_blank(cells):
            continue
        before = len(reader.faults)
        contract = _read(reader, row, cells, known)
        if contract is None or len(reader.faults) > before:
            continue
        _ensure_once(reader, seen, row, contract, known)
        made.append(contract)
    refuse([*reader.faults, *table.faults])
    if not made:
        raise UnreadableError(
            tr("“{name}”里只有表头，没有合同", name=path.name), tr("请核对是不是选错了文件。")
        )
    done = take_in_all(uow, ledger, made, tr("导入 {name}", name=path.name))
    return replace(done, warnings=(*table.notices, *done.warnings))


def _read(reader: CellReader, row: int, cells: Sequence[Cell], known: guided.Known) -> Contract | None:
    get = partial(reader.get, row, cells)

    def text(key: str, label: str, limit: int) -> str:
        return get(key, lambda cell: text_of(cell, label, limit), "")

    number, code = text("number", tr("合同编号"), NUMBER_LIMIT), text("code", tr("资产编号"), NUMBER_LIMIT)
    what = text("what", tr("标的"), NAME_LIMIT)
    party = text("party", tr("对方"), NAME_LIMIT)
    area = get("area", _area, 0)
    deposit, floor = get("deposit", fen_of, 0), get("floor", fen_of, 0)
    member = get("member", lambda cell: _member(cell, party, known), False)
    signed, kept = get("signed", _day_or_none, None), get("kept_from", _day_or_none, None)
    kind = text("kind", tr("类别"), NAME_LIMIT) or "lease"
    papers = Papers(
        resolution=text("resolution", tr("决议文号"), SUMMARY_LIMIT), floor=floor, signed_on=signed
    )
    terms = _terms(reader, row, cells)
    if terms is None:
        return None
    what = what or ("" if code else tr("合同 {n} 的标的", n=number))
    unit = text("unit", tr("单位"), 8)
    try:
        return guided.tidied(
            Contract(
                number,
                kind,
                party,
                terms,
                items_of(code, what, area, unit),
                member,
                deposit=deposit,
                papers=papers,
                kept_from=kept,
                note=text("note", tr("备注"), SUMMARY_LIMIT),
            )
        )
    except LedgerError as error:
        reader.note(row, reason(error))
        return None


def _terms(reader: CellReader, row: int, cells: Sequence[Cell]) -> RentTerms | None:
    get, before = partial(reader.get, row, cells), len(reader.faults)
    start, end = get("start", day_of, date.min), get("end", day_of, date.min)
    period = get("period", lambda cell: read_period(_words(cell)), Rhythm.YEAR)
    pay_day = get("pay_day", lambda cell: read_pay_day(_words(cell)), PayDay.FIRST)
    amount = get("amount", fen_of, 0)
    rate = get("rate", lambda cell: read_rate(_words(cell)), 0)
    years = get("rate_years", lambda cell: count_of(cell, tr("递增年数")), 0)
    steps: tuple[Step, ...] = get("steps", lambda cell: read_steps(_words(cell)), ())
    if len(reader.faults) > before:
        return None
    try:
        return RentTerms(start, end, period, pay_day, amount, rate, years, steps)
    except ContractError as error:
        reader.note(row, reason(error))
        return None


def _words(cell: Cell) -> str:
    return text_of(cell, tr("这一格"), SUMMARY_LIMIT)


def _area(cell: Cell) -> int:
    return read_item_area(_words(cell))


def _day_or_none(cell: Cell) -> date | None:
    return None if cell == "" else day_of(cell)


def _member(cell: Cell, party: str, known: guided.Known) -> bool:
    """What the file says, else what the register of members knows."""
    return party in known.members if cell == "" else yes_or_no(cell, tr("是否成员"))


def _ensure_once(reader: CellReader, seen: _Seen, row: int, contract: Contract, known: guided.Known) -> None:
    """No number twice and nothing let twice at once, in the file and in the book."""
    first = seen.numbers.setdefault(contract.number, row)
    if first != row:
        reader.note(row, tr("合同编号和第{n}行相同。", n=first), "number")
    if known.reader is not None and known.reader.has_contract(known.ledger, contract.number):
        reader.note(row, tr("合同编号 {number} 已经登记过。", number=contract.number), "number")
    for item in filter(lambda x: x.code, contract.items):
        for other_row, other in seen.lets.setdefault(item.code, []):
            apart = contract.terms.end < other.terms.start or other.terms.end < contract.terms.start
            if not apart and not (item.area and other.items[0].area):
                what = tr(
                    "{code} 和第{n}行租期重叠，同一个标的不能同时租给两家。", code=item.code, n=other_row
                )
                reader.note(row, what, "code")
        seen.lets[item.code].append((row, contract))
    if known.reader is None:
        return
    try:
        guided.ensure_free(known.reader, known.ledger, contract)
    except ContractError as error:
        reader.note(row, reason(error), "code")
