"""合同台账: every contract as it stands, what is let to whom until when for how much, and what to look after."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from village_ledger.domain.contract import item_area_text
from village_ledger.domain.period import Span
from village_ledger.domain.rent_schedule import PAY_DAY_NAMES, PERIOD_NAMES, year_rent
from village_ledger.reports.table import Column, Kind, Role, Row, Table
from village_ledger.services.contracts.contract_rules import rules
from village_ledger.services.contracts.contract_warnings import watch

if TYPE_CHECKING:
    from village_ledger.reports.issuer import Issuer
    from village_ledger.services.contracts.standing import Whole

COLUMNS = (
    Column("contract", "合同编号", Kind.CODE, 26),
    Column("kind", "类别", Kind.TEXT, 12),
    Column("what", "标的", Kind.TEXT, 30),
    Column("area", "面积、数量", Kind.TEXT, 16),
    Column("party", "承租（承包）方", Kind.TEXT, 34),
    Column("from", "起", Kind.DATE, 20),
    Column("to", "止", Kind.DATE, 20),
    Column("pay", "付款", Kind.TEXT, 16),
    Column("amount", "每期租金", Kind.MONEY, 21),
    Column("year_rent", "年租金", Kind.MONEY, 22),
    Column("deposit", "押金", Kind.MONEY, 18),
    Column("resolution", "决议文号", Kind.TEXT, 25),
    Column("status", "状态", Kind.TEXT, 14),
    Column("open", "欠租", Kind.MONEY, 21),
    Column("cautions", "留意", Kind.TEXT, 32),
)


def contract_register(issuer: Issuer, wholes: Sequence[Whole], today: date, board_end: date | None) -> Table:
    """One row a contract by number; the sum of a year's rent of those in force."""
    rows: list[Row] = []
    rent = owed_sum = held = 0
    for one in wholes:
        row, in_force = _row(one, today, board_end)
        rows.append(row)
        owed_sum += sum(state.open for state in one.late(today))
        rent += year_rent(one.stored.now.terms, today) if in_force else 0
        held += one.deposit_held if in_force else 0
    blank = (None,) * 6
    rows.append(
        Row(Role.TOTAL, (f"{len(wholes)} 份", *blank, None, None, rent, held, None, None, owed_sum, None))
    )
    return Table(
        report="contract-register",
        title="合同台账",
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=COLUMNS,
        rows=tuple(rows),
        span=Span(today, today),
        heading=(f"截至 {today}", "单位：元"),
        notes=("合计的年租金和押金只算正在履行的合同。",),
        watermark=issuer.watermark,
        signatures=(("理事长", ""), ("监事长", ""), ("合同管理", ""), ("制表", "")),
        full_dates=True,
    )


def _row(one: Whole, today: date, board_end: date | None) -> tuple[Row, bool]:
    stored, contract, terms = one.stored, one.stored.contract, one.stored.now.terms
    in_force = bool(one.rows) and not stored.status.over and terms.start <= today <= stored.now.end
    party = stored.now.party_on(min(max(today, terms.start), stored.now.end))[0]
    cells = (
        contract.number,
        rules().kind(contract.kind).name,
        stored.what,
        "、".join(f"{item_area_text(i.area)}{i.unit}" for i in contract.items if i.area),
        party,
        terms.start,
        stored.now.end,
        f"{PERIOD_NAMES[terms.period]}·{PAY_DAY_NAMES[terms.pay_day]}",
        year_rent(terms, today) * terms.period.value // 12,
        year_rent(terms, today),
        contract.deposit,
        contract.papers.resolution,
        stored.status.words,
        sum(state.open for state in one.late(today)),
        "、".join(caution.brief for caution in watch(one, today, board_end)),
    )
    return Row(Role.DETAIL, cells), in_force
