"""The list of what the automatic checks found (自动审查), and the sample to look at by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from village_ledger.domain.period import Span
from village_ledger.domain.review_check import Hit, LeadTo, review_rules
from village_ledger.domain.sampling import Candidate
from village_ledger.reports.issuer import Issuer
from village_ledger.reports.table import Column, Kind, Link, Role, Row, Table

_COLUMNS = (
    Column("severity", "轻重", Kind.SIDE, 12),
    Column("rule", "编号", Kind.CODE, 14),
    Column("name", "审什么", Kind.TEXT, 42),
    Column("ledger", "账套", Kind.TEXT, 26),
    Column("voucher", "凭证、月份", Kind.CODE, 32),
    Column("text", "查到的情况", Kind.TEXT, 110),
    Column("amount", "金额", Kind.MONEY, 28),
    Column("basis", "依据", Kind.TEXT, 60, optional=True),
)
_NAMED = 3
"""Further vouchers named in the sentence."""
_SAMPLE = (
    Column("ledger", "账套", Kind.TEXT, 30),
    Column("voucher", "凭证号", Kind.CODE, 34),
    Column("summary", "摘要", Kind.TEXT, 120),
    Column("amount", "金额", Kind.MONEY, 34),
    Column("seen", "核对情况", Kind.TEXT, 50),
)


@dataclass(frozen=True, slots=True)
class Place:
    """What the lists need to name and lead: ledgers by title, vouchers by their id."""

    titles: dict[str, str]
    vouchers: dict[tuple[str, str], int]

    def link(self, ledger: str, ref: str) -> Link | None:
        """Where a voucher's row leads."""
        found = self.vouchers.get((ledger, ref))
        return None if found is None else Link("voucher", str(found), ledger)

    def title(self, ledger: str) -> str:
        """A ledger as a reviewer calls it."""
        return self.titles.get(ledger, ledger)


def findings_table(issuer: Issuer, span: Span, hits: Sequence[Hit], place: Place) -> Table:
    """Every finding, the gravest first; a voucher's row leads to it."""
    rows = [_row(hit, place) for hit in hits]
    if not rows:
        rows = [Row(Role.DETAIL, ("", "", "", "", "", "没有查到要说的。", None, ""))]
    found = {hit.rule.id for hit in hits}
    return Table(
        report="review-checks",
        title="自动审查",
        village=issuer.village,
        ledger="",
        entity=issuer.village,
        columns=_COLUMNS,
        rows=tuple(rows),
        span=span,
        notes=(
            f"照 {len(review_rules())} 条规则审查，{len(found)} 条查到情况，共 {len(hits)} 处。",
            "查到的不等于错了，要看凭证和附件再定。",
        ),
        watermark=issuer.watermark,
        facts={"rules": len(review_rules()), "findings": len(hits)},
    )


def _row(hit: Hit, place: Place) -> Row:
    more = "、".join(hit.others[:_NAMED]) + ("…" if len(hit.others) > _NAMED else "")
    more = more and f"，另有 {len(hit.others)} 张：{more}"
    key = hit.key if hit.to in (LeadTo.VOUCHER, LeadTo.MONTH) else ""
    cells = (
        hit.rule.severity.words,
        hit.rule.id,
        hit.rule.name,
        place.title(hit.ledger),
        key,
        f"{hit.text}{more}",
        hit.amount or None,
        hit.rule.source,
    )
    return Row(Role.DETAIL, cells, 1, place.link(hit.ledger, hit.key))


def sample_table(issuer: Issuer, span: Span, drawn: Sequence[Candidate], how: str, place: Place) -> Table:
    """Vouchers drawn to be looked at, with room for what was seen."""
    rows = tuple(
        Row(
            Role.DETAIL,
            (place.title(one.ledger), one.ref, one.summary, one.amount, ""),
            1,
            place.link(one.ledger, one.ref),
        )
        for one in drawn
    )
    return Table(
        report="review-sample",
        title="抽查清单",
        village=issuer.village,
        ledger="",
        entity=issuer.village,
        columns=_SAMPLE,
        rows=rows,
        span=span,
        notes=(how,),
        watermark=issuer.watermark,
        signatures=(("抽查人", ""), ("日期", "")),
        facts={"drawn": len(drawn)},
    )
