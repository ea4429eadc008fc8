"""The list of what the automatic checks found (自动审查), and the sample to look at by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from village_ledger.domain.period import Span
from village_ledger.domain.review_check import Hit, LeadTo, RulePack, own_pack
from village_ledger.domain.sampling import Sample
from village_ledger.reports.issuer import Issuer
from village_ledger.reports.table import Cell, Column, Kind, Link, Role, Row, Table

_COLUMNS = (
    Column("severity", "轻重", Kind.SIDE, 12),
    Column("rule", "编号", Kind.CODE, 14),
    Column("name", "审什么", Kind.TEXT, 42),
    Column("ledger", "账套", Kind.TEXT, 26),
    Column("voucher", "凭证、月份", Kind.CODE, 32),
    Column("text", "查到的情况", Kind.TEXT, 140),
    Column("amount", "金额", Kind.MONEY, 28),
    Column("rule_text", "规则", Kind.TEXT, 44, optional=True),
    Column("basis", "依据", Kind.TEXT, 40, optional=True),
)
_NAMED = 3
"""Further vouchers named in the sentence."""
_SAMPLE = (
    Column("ledger", "账套", Kind.TEXT, 30),
    Column("voucher", "凭证号", Kind.CODE, 34),
    Column("summary", "摘要", Kind.TEXT, 120),
    Column("amount", "金额", Kind.MONEY, 34),
    Column("seen", "核对情况（附件、对方、金额）", Kind.TEXT, 50),
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

    def way(self, hit: Hit) -> Link | None:
        """Where a finding's row leads: its voucher, account, month or page."""
        if hit.to is LeadTo.VOUCHER:
            return self.link(hit.ledger, hit.key)
        return Link(hit.to.value, hit.key, hit.ledger) if hit.to is not LeadTo.NOTHING else None

    def title(self, ledger: str) -> str:
        """A ledger as a reviewer calls it."""
        return self.titles.get(ledger, ledger)


def findings_table(
    issuer: Issuer, span: Span, hits: Sequence[Hit], place: Place, pack: RulePack | None = None
) -> Table:
    """Every finding, the gravest first, with its rule in words; each row leads to what it is about."""
    pack = pack or own_pack()
    rows = [_row(hit, place) for hit in hits]
    if not rows:
        rows = [Row(Role.DETAIL, ("", "", "", "", "", "没有查到要说的。", None, "", ""))]
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
            f"照{pack.full_words}审查，{len(found)} 条查到情况，共 {len(hits)} 处。",
            "查到的不等于错了，要看凭证和附件再定。",
        ),
        watermark=issuer.watermark,
        facts={"rule_pack": f"{pack.name} {pack.version} {pack.digest}"},
        counts={"rules": len(pack.rules), "findings": len(hits)},
    )


def sample_facts(sample: Sample) -> dict[str, Cell]:
    """What tells the sample again: seed, and what it covers."""
    return {
        "seed": sample.order.seed,
        "covered": sample.covered,
        "all": sample.amount,
        "share": sample.share,
    }


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
        hit.rule.text,
        hit.rule.basis,
    )
    return Row(Role.DETAIL, cells, 1, place.way(hit))


def sample_table(issuer: Issuer, span: Span, sample: Sample, place: Place) -> Table:
    """Vouchers drawn to be looked at, with room for what was seen; what they come to below them."""
    rows = tuple(
        Row(
            Role.DETAIL,
            (place.title(one.ledger), one.ref, one.summary, one.amount, ""),
            1,
            Link("voucher", str(one.voucher), one.ledger),
        )
        for one in sample.drawn
    )
    total = Row(Role.TOTAL, (f"合计 {len(rows)} 张", "", "", sample.covered, ""))
    return Table(
        report="review-sample",
        title="抽查清单",
        village=issuer.village,
        ledger="",
        entity=issuer.village,
        columns=_SAMPLE,
        rows=(*rows, total) if rows else (),
        span=span,
        notes=(sample.words,),
        watermark=issuer.watermark,
        signatures=(("抽查人", ""), ("日期", "")),
        facts=sample_facts(sample),
        counts={"drawn": len(sample.drawn), "of": sample.population},
    )
