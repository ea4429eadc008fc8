"""What can be entered about a contract on one form: title, fields, and what is done with what stands in them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from village_ledger.domain.contract import Act as What
from village_ledger.domain.contract import Change, Status
from village_ledger.domain.errors import ContractError
from village_ledger.domain.half_width import half_width
from village_ledger.domain.money import parse_fen
from village_ledger.domain.period import Month, parse_day
from village_ledger.domain.voucher import VoucherRef
from village_ledger.services.contracts import contracts, deposits, receipts
from village_ledger.services.contracts.rent_drafts import charge_penalty
from village_ledger.ui.people.member_acts import Act
from village_ledger.ui.widgets.act_fields import FieldSpec

if TYPE_CHECKING:
    from collections.abc import Callable

    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.unit_of_work import UnitOfWork

Said = Mapping[str, str]
"""What stands in the fields, by key; ``ledger`` and ``number`` name the contract."""
_DAY = FieldSpec("day", "日期", "如 2025-07-01")
_FROM = FieldSpec("day", "从哪天起", "这一天起的各期照新的算；收过或记过应收的期不能改")
_BASIS = FieldSpec("basis", "依据", "决议文号、补充协议或原因")
_AMOUNT = FieldSpec("amount", "金额（元）")
_MONEY = FieldSpec("money", "现金或银行", offered=True)
_MEMBER = FieldSpec("member", "是本集体成员", "成员欠的记 113，别人记 112", (("", "不是"), ("1", "是")))


def _day(said: Said) -> date:
    return parse_day(half_width(said["day"]).strip())


def _change(what: What) -> Callable[[UnitOfWork, Said], Outcome[Any]]:
    def carry_out(uow: UnitOfWork, said: Said) -> Outcome[Any]:
        day, end = _day(said), None
        if what is What.TERM:
            end = parse_day(half_width(said["end"]).strip())
        elif what is What.TERMINATE:
            end = day
        amount = parse_fen(said["amount"]) if what is What.AMOUNT else 0
        change = Change(
            day,
            what,
            Status.CHANGED,
            amount,
            end,
            said.get("party", ""),
            bool(said.get("member")),
            said.get("basis", ""),
        )
        return contracts.change(uow, said["ledger"], said["number"], change)

    return carry_out


def _receive(uow: UnitOfWork, said: Said) -> Outcome[Any]:
    sheets = half_width(said["attachments"]).strip()
    if sheets and not sheets.isdigit():
        raise ContractError(f"附单据“{sheets}”不是张数", "请填数字。")
    got = receipts.Received(
        _day(said),
        parse_fen(said["amount"]),
        said["money"],
        _day_or_none(said["through"]),
        int(sheets or "0"),
    )
    return receipts.receive(uow, said["ledger"], said["number"], got)


def _day_or_none(text: str) -> date | None:
    return parse_day(half_width(text).strip()) if text.strip() else None


def _match(uow: UnitOfWork, said: Said) -> Outcome[Any]:
    if not said["voucher"]:
        raise ContractError("没有可以对的收款凭证", "凭证要记了账，往来单位是这份合同的对方。")
    ref, _, line = said["voucher"].partition("|")
    return receipts.match(
        uow, said["ledger"], said["number"], VoucherRef.parse(ref), int(line), _day_or_none(said["through"])
    )


def _deposit(uow: UnitOfWork, said: Said) -> Outcome[Any]:
    act = deposits.take if said["way"] == "take" else deposits.give_back
    return act(uow, said["ledger"], said["number"], _day(said), parse_fen(said["amount"]), said["money"])


def _penalty(uow: UnitOfWork, said: Said) -> Outcome[Any]:
    return charge_penalty(uow, said["ledger"], said["number"], Month.parse(said["month"].strip()))


_THROUGH = FieldSpec(
    "through", "收到哪天为止", "一次收以后几期时写：到这一天应付的都收；不写只收到期的和下一期"
)
CHANGES = ("amount", "term", "party", "terminate", "end", "dispute", "lawsuit", "settle", "perform")
"""Acts one may choose among as changes."""
ACTS: Mapping[str, Act] = {
    "sign": Act("登记签订", "签订", (_DAY, FieldSpec("basis", "说明")), _change(What.SIGN)),
    "perform": Act("开始履行", "登记", (_DAY, FieldSpec("basis", "说明")), _change(What.PERFORM)),
    "amount": Act(
        "改租金", "登记变更", (_FROM, FieldSpec("amount", "新的每期租金"), _BASIS), _change(What.AMOUNT)
    ),
    "term": Act(
        "改期限",
        "登记变更",
        (FieldSpec("day", "变更日期"), FieldSpec("end", "新的终止日期"), _BASIS),
        _change(What.TERM),
    ),
    "party": Act(
        "换承租方",
        "登记变更",
        (_FROM, FieldSpec("party", "新的承租方"), _MEMBER, _BASIS),
        _change(What.PARTY),
    ),
    "terminate": Act(
        "提前解除",
        "登记解除",
        (FieldSpec("day", "最后一天", "到这一天为止；最后一期按天数折算"), _BASIS),
        _change(What.TERMINATE),
    ),
    "end": Act("到期终止", "登记终止", (_DAY, FieldSpec("basis", "说明")), _change(What.END)),
    "dispute": Act("发生纠纷", "登记", (_DAY, FieldSpec("basis", "什么纠纷")), _change(What.DISPUTE)),
    "lawsuit": Act("提起诉讼", "登记", (_DAY, FieldSpec("basis", "案号、法院")), _change(What.LAWSUIT)),
    "settle": Act("纠纷了结", "登记", (_DAY, FieldSpec("basis", "怎样了结")), _change(What.SETTLE)),
    "receive": Act(
        "收租金",
        "填收款凭证",
        (_DAY, _AMOUNT, _MONEY, _THROUGH, FieldSpec("attachments", "附单据张数")),
        _receive,
    ),
    "match": Act(
        "对收款",
        "对上",
        (
            FieldSpec("voucher", "收款凭证", "已记账、往来单位是这份合同的对方、还没有对过的", offered=True),
            FieldSpec("through", "对到哪天为止", "一次收以后几期时写"),
        ),
        _match,
    ),
    "deposit": Act(
        "押金",
        "填凭证",
        (FieldSpec("way", "收还是退", "", (("take", "收押金"), ("refund", "退押金"))), _DAY, _AMOUNT, _MONEY),
        _deposit,
    ),
    "penalty": Act(
        "逾期违约金",
        "拟收违约金",
        (FieldSpec("month", "算到哪个月末", "如 2025-12；填一张待审核的凭证，不收就作废"),),
        _penalty,
    ),
}
