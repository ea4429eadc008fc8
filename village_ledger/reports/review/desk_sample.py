"""Vouchers drawn over many villages (抽查清单): how, from how many, what part of the money, with room for what was seen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from village_ledger.domain.desk_state import DeskState
from village_ledger.domain.sampling import Candidate, Sample
from village_ledger.reports.review.desk import left_out
from village_ledger.reports.review.findings import sample_facts
from village_ledger.reports.table import Column, Kind, Link, Role, Row, Table

_COLUMNS = (
    Column("village", "村", Kind.TEXT, 30),
    Column("ledger", "账套", Kind.TEXT, 40),
    Column("voucher", "凭证号", Kind.CODE, 34),
    Column("summary", "摘要", Kind.TEXT, 100),
    Column("amount", "金额", Kind.MONEY, 32),
    Column("seen", "核对情况（附件、对方、金额）", Kind.TEXT, 40),
)


def sample_over_table(state: DeskState, samples: Sequence[Sample], day: date, office: str = "") -> Table:
    """The list; a row leads to its voucher in the village's package."""
    titles = {
        (one.newest.known.digest, total.ledger): total.entity
        for one in state.villages
        for total in one.newest.totals
    }
    drawn = [one for sample in samples for one in sample.drawn]
    rows = [
        Row(
            Role.DETAIL,
            (
                one.village,
                titles.get((one.place, one.ledger), one.ledger),
                one.ref,
                one.summary,
                one.amount,
                "",
            ),
            1,
            Link("voucher", str(place), one.place),
        )
        for place, one in enumerate(drawn)
    ]
    if rows:
        rows.append(Row(Role.TOTAL, (f"合计 {len(drawn)} 张", "", "", "", _covered(drawn), "")))
    return Table(
        report="review-sample",
        title="抽查清单",
        village="",
        ledger="",
        entity=office,
        columns=_COLUMNS,
        rows=tuple(rows),
        heading=(f"抽样日期 {day}",),
        notes=(*_words(samples), *left_out(state)),
        signatures=(("抽查人", ""), ("日期", "")),
        facts=sample_facts(samples[0]) if len(samples) == 1 else {},
        counts={"drawn": len(drawn), "of": sum(one.population for one in samples)},
    )


def _covered(drawn: Sequence[Candidate]) -> int:
    return sum(one.amount for one in drawn)


def _words(samples: Sequence[Sample]) -> list[str]:
    """How each was drawn; of many villages each by its name."""
    if len(samples) == 1:
        return [samples[0].words]
    return [f"{sample.drawn[0].village}：{sample.words}" for sample in samples if sample.drawn]
