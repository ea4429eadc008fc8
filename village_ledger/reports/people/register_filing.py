"""成员名册备案表: when the register went to the township and the county, as it stood, and what has changed since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from village_ledger.reports.issuer import Issuer
from village_ledger.reports.table import Cell, Column, Kind, Role, Row, Table
from village_ledger.services.people.register_filing import OFFICES, Standing
from village_ledger.storage.people.records import Filing, Person

COLUMNS = (
    Column("office", "报送机关", Kind.TEXT, 34),
    Column("filed_on", "报送日期", Kind.CODE, 24),
    Column("as_of", "名册截至", Kind.CODE, 24),
    Column("households", "户数", Kind.COUNT, 14),
    Column("members", "成员数", Kind.COUNT, 16),
    Column("came", "比上次增加", Kind.TEXT, 40),
    Column("went", "比上次减少", Kind.TEXT, 40),
    Column("digest", "名册摘要", Kind.CODE, 42),
    Column("by", "经办", Kind.TEXT, 20),
    Column("note", "备注", Kind.TEXT, 32),
)
_NAMED = 4


@dataclass(frozen=True, slots=True)
class Line:
    """One filing, or, without one, the register as it is."""

    filing: Filing | None
    as_of: date
    digest: str
    standing: Standing


def register_filing(issuer: Issuer, code: str, filed: Sequence[Line], now: Line) -> Table:
    """One row a filing, the register of today last; whether each office has what is in it now."""
    rows = [Row(Role.DETAIL, _cells(line)) for line in filed]
    rows.append(Row(Role.TOTAL, _cells(now)))
    return Table(
        report="register-filing",
        title="成员名册备案表",
        village=issuer.village,
        ledger=issuer.ledger,
        entity=issuer.entity,
        columns=COLUMNS,
        rows=tuple(rows),
        subtitle=f"截至 {now.as_of}",
        heading=(f"统一社会信用代码：{code or '（未填）'}",),
        warnings=tuple(said for office in OFFICES if (said := _missing(office, filed, now))),
        notes=("名册变动后要报乡镇和县级农业农村部门备案（农村集体经济组织法第十二条）；附 L1 的成员名册。",),
        watermark=issuer.watermark,
        signatures=(("理事长", ""), ("监事长", ""), ("经办", "")),
        seals=(issuer.entity,),
    )


def _cells(line: Line) -> tuple[Cell, ...]:
    filing, stood = line.filing, line.standing
    return (
        OFFICES[filing.office] if filing else "现在的名册",
        filing.filed_on.isoformat() if filing else "",
        line.as_of.isoformat(),
        stood.households,
        len(stood.members),
        _names(stood.came),
        _names(stood.went),
        line.digest[:16].upper(),
        filing.by if filing else "",
        filing.note if filing else "",
    )


def _names(people: Sequence[Person]) -> str:
    if not people:
        return ""
    named = "、".join(one.key for one in people[:_NAMED])
    return f"{named}等 {len(people)} 人" if len(people) > _NAMED else f"{len(people)} 人：{named}"


def _missing(office: str, filed: Sequence[Line], now: Line) -> str:
    """That an office has not been sent what the register says now; empty when it has."""
    sent = next((line for line in reversed(filed) if line.filing and line.filing.office == office), None)
    if sent is None or sent.filing is None:
        return f"还没有报过{OFFICES[office]}备案。"
    if sent.digest == now.digest:
        return ""
    return f"{sent.filing.filed_on} 报{OFFICES[office]}备案以后，名册又变动了，要再报一次。"
