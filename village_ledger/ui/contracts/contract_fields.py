"""The fields of a contract being drawn up: which there are, and the contract they make."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from village_ledger.domain.contract import (
    Contract,
    Papers,
    Penalty,
    item_area_text,
    items_of,
    read_item_area,
)
from village_ledger.domain.errors import ContractError
from village_ledger.domain.half_width import half_width
from village_ledger.domain.money import parse_fen, plain_fen
from village_ledger.domain.period import parse_day
from village_ledger.domain.rent_schedule import (
    PAY_DAY_NAMES,
    PERIOD_NAMES,
    PayDay,
    RentTerms,
    format_rate,
    read_rate,
    read_steps,
    write_steps,
)
from village_ledger.domain.rhythm import Rhythm
from village_ledger.services.contracts.contract_rules import rules
from village_ledger.ui.widgets.act_fields import FieldSpec

_NO_YES = (("", "不是"), ("1", "是"))
WHAT = (
    FieldSpec("number", "合同编号"),
    FieldSpec("kind", "类别", "", tuple((kind.id, kind.name) for kind in rules().kinds)),
    FieldSpec("code", "资产、地块编号", "几样一起租，用顿号隔开；没有卡片的空着，写清楚标的"),
    FieldSpec("what", "标的"),
    FieldSpec("area", "面积、数量", "只租一块地的一部分时，写租的面积"),
    FieldSpec("unit", "单位", "亩、㎡ …"),
    FieldSpec("party", "承租（承包）方"),
    FieldSpec("member", "是本集体成员", "成员欠的记 113，别人记 112", _NO_YES),
    FieldSpec("party_code", "单位代码", "企业的统一社会信用代码；个人不用写，不存身份证号"),
    FieldSpec("related", "和村干部的关系", "没有就空着"),
    FieldSpec("purpose", "用途"),
)
RENT = (
    FieldSpec("start", "起始日期"),
    FieldSpec("end", "终止日期", "含当天"),
    FieldSpec("period", "几时一付", "", tuple((str(r.value), PERIOD_NAMES[r]) for r in reversed(Rhythm))),
    FieldSpec("pay_day", "付款日", "", tuple((d.value, PAY_DAY_NAMES[d]) for d in PayDay)),
    FieldSpec("amount", "每期租金（元）"),
    FieldSpec("rate", "递增率 %", "如 5；不递增空着"),
    FieldSpec("rate_years", "每几年递增", "如 3"),
    FieldSpec("steps", "阶梯", "2027-07-01:46305；几个用分号隔开"),
    FieldSpec("deposit", "押金（元）"),
    FieldSpec("penalty", "违约金", "每日万分之几，如 5"),
    FieldSpec("kept_from", "租金起算日", "这天以前到期的不在本账里管；空着是启用月"),
)
PAPERS = (
    FieldSpec("resolution", "决议文号"),
    FieldSpec("vote", "表决情况", "如 应到 30，实到 26，同意 25"),
    FieldSpec("way", "发包方式", "公开招标、竞价、协议 …"),
    FieldSpec("platform_number", "平台交易号"),
    FieldSpec("floor", "每期底价（元）"),
    FieldSpec("valuation", "评估报告"),
    FieldSpec("signed_on", "签订日期"),
    FieldSpec("signers", "签字人"),
    FieldSpec("noticed", "公开日期"),
    FieldSpec("filing", "镇里备案号"),
    FieldSpec("legal_opinion", "法律意见"),
    FieldSpec("archive", "档案号"),
    FieldSpec("note", "备注", "", (), 500),
)
_PLAIN_PAPERS = (
    *("way", "platform_number", "valuation", "resolution", "vote", "noticed", "filing", "legal_opinion"),
    *("signers", "archive"),
)
_PER_MYRIAD = 100
Said = Mapping[str, str]


def terms_of(said: Said) -> RentTerms:
    """What the fields of rent say; raises LedgerError for the first that cannot be."""
    years = half_width(said["rate_years"]).strip()
    if years and not years.isdigit():
        raise ContractError(f"递增年数“{years}”看不懂", "请只填数字。")
    return RentTerms(
        _day(said["start"]),
        _day(said["end"]),
        Rhythm(int(said["period"])),
        PayDay(said["pay_day"]),
        parse_fen(said["amount"]),
        read_rate(half_width(said["rate"])),
        int(years or "0"),
        read_steps(half_width(said["steps"])),
    )


def contract_of(said: Said) -> Contract:
    """The contract the fields make; raises LedgerError."""
    return Contract(
        said["number"].strip(),
        said["kind"],
        said["party"].strip(),
        terms_of(said),
        items_of(said["code"], said["what"], read_item_area(said["area"]), said["unit"]),
        bool(said["member"]),
        said["party_code"],
        said["related"],
        said["purpose"],
        deposit=_fen(said["deposit"]),
        penalty=Penalty(_penalty(said["penalty"])),
        papers=_papers(said),
        kept_from=_day_or_none(said["kept_from"]),
        note=said["note"],
    )


def _papers(said: Said) -> Papers:
    return Papers(
        said["way"],
        said["platform_number"],
        _fen(said["floor"]),
        said["valuation"],
        said["resolution"],
        said["vote"],
        said["noticed"],
        said["filing"],
        said["legal_opinion"],
        _day_or_none(said["signed_on"]),
        said["signers"],
        said["archive"],
    )


def said_by(contract: Contract) -> dict[str, str]:
    """What stands in the fields of a contract drawn up before."""
    terms, papers, item = contract.terms, contract.papers, contract.items[0]
    plain = {name: str(getattr(papers, name)) for name in _PLAIN_PAPERS}
    return plain | {
        "number": contract.number,
        "kind": contract.kind,
        "code": "、".join(one.code for one in contract.items),
        "what": item.name if len(contract.items) == 1 else "",
        "area": item_area_text(item.area),
        "unit": item.unit,
        "party": contract.party,
        "member": "1" if contract.member else "",
        "party_code": contract.party_code,
        "related": contract.related,
        "purpose": contract.purpose,
        "start": str(terms.start),
        "end": str(terms.end),
        "period": str(terms.period.value),
        "pay_day": terms.pay_day.value,
        "amount": plain_fen(terms.amount),
        "rate": format_rate(terms.rate) if terms.rate else "",
        "rate_years": str(terms.rate_years or ""),
        "steps": write_steps(terms.steps),
        "deposit": _yuan(contract.deposit),
        "penalty": f"{contract.penalty.rate / _PER_MYRIAD:g}" if contract.penalty.rate else "",
        "floor": _yuan(papers.floor),
        "signed_on": str(papers.signed_on or ""),
        "kept_from": str(contract.kept_from or ""),
        "note": contract.note,
    }


def _day(text: str) -> date:
    return parse_day(half_width(text).strip())


def _day_or_none(text: str) -> date | None:
    return _day(text) if text.strip() else None


def _fen(text: str) -> int:
    return parse_fen(text) if text.strip() else 0


def _yuan(fen: int) -> str:
    return plain_fen(fen) if fen else ""


def _penalty(text: str) -> int:
    """每日万分之几 in millionths."""
    if not text.strip():
        return 0
    try:
        return int(Decimal(half_width(text).strip()) * _PER_MYRIAD)
    except InvalidOperation:
        raise ContractError(f"违约金“{text.strip()}”看不懂", "请写每日万分之几，如 5。") from None
