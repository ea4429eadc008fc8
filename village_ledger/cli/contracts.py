"""``contract``: drawn up, signed, changed, ended; rent owed and received; deposits."""

from __future__ import annotations

from argparse import Namespace
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from village_ledger.cli.choose import ledger_of
from village_ledger.cli.talk import say, say_all
from village_ledger.cli.writing import writing
from village_ledger.domain.chart import Money
from village_ledger.domain.contract import (
    Act,
    Change,
    Contract,
    Papers,
    Penalty,
    Status,
    items_of,
    read_item_area,
)
from village_ledger.domain.errors import ChartError, ContractError
from village_ledger.domain.money import format_fen, parse_fen
from village_ledger.domain.rent_schedule import RentTerms, read_pay_day, read_period, read_rate, read_steps
from village_ledger.i18n import tr

if TYPE_CHECKING:
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.contracts.records import StoredContract
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.unit_of_work import UnitOfWork

_PLAIN = {act.value: act for act in (Act.PERFORM, Act.END, Act.DISPUTE, Act.LAWSUIT, Act.SETTLE)}


def ledger_of_contracts(reader: Reader, asked: str | None) -> str:
    """The ledger asked for; without one the collective's, whose assets are let."""
    there = [info.code for info in reader.ledgers()]
    return "collective" if asked is None and "collective" in there else ledger_of(reader, asked)


def run_contract(asked: Namespace) -> int:
    """One act; sentences say what became of it, refs of vouchers go to stdout."""
    acts = {
        "add": _add,
        "sign": _changed,
        "change": _changed,
        "terminate": _changed,
        "due": _due,
        "receive": _receive,
        "match": _match,
        "unmatch": _match,
        "deposit": _deposit,
        "refund": _deposit,
        "penalty": _penalty,
        "forget": _forget,
        "board-until": _board,
    }
    with writing(asked) as uow:
        asked.ledger = ledger_of_contracts(uow.reader, asked.ledger)
        acts.get(asked.action, _changed)(uow, asked)
        uow.commit()
    return 0


def _add(uow: UnitOfWork, asked: Namespace) -> None:
    from village_ledger.services.contracts import contracts

    terms = RentTerms(
        asked.start,
        asked.end,
        read_period(asked.period),
        read_pay_day(asked.pay_day),
        parse_fen(asked.amount),
        read_rate(asked.rate),
        asked.rate_years,
        read_steps(asked.steps),
    )
    items = items_of(asked.asset, asked.what or "", read_item_area(asked.area), asked.unit)
    contract = Contract(
        asked.number,
        asked.kind,
        asked.party,
        terms,
        items,
        asked.member,
        deposit=parse_fen(asked.deposit),
        penalty=Penalty(_per_myriad(asked.penalty)),
        papers=Papers(
            resolution=asked.resolution or "", floor=parse_fen(asked.floor), signed_on=asked.signed
        ),
        kept_from=asked.kept_from,
        note=asked.note or "",
    )
    _say(contracts.enter(uow, asked.ledger, contract))
    if asked.signed is not None:
        _say(contracts.sign(uow, asked.ledger, contract.number, asked.signed))


def _per_myriad(text: str) -> int:
    """5 (万分之五 a day) in millionths."""
    try:
        return int(Decimal(text) * 100)
    except InvalidOperation:
        raise ContractError(f"违约金“{text}”看不懂", "请写每日万分之几，如 5。") from None


def _changed(uow: UnitOfWork, asked: Namespace) -> None:
    from village_ledger.services.contracts import contracts

    _say(contracts.change(uow, asked.ledger, asked.number, _change_of(asked)))


def _change_of(asked: Namespace) -> Change:
    if asked.action == "sign":
        return Change(asked.date, Act.SIGN, Status.SIGNED, basis=asked.basis or "")
    if asked.action == "terminate":
        return Change(asked.date, Act.TERMINATE, Status.TERMINATED, end=asked.date, basis=asked.basis or "")
    if asked.action != "change":
        return Change(asked.date, _PLAIN[asked.action], Status.CHANGED, basis=asked.basis or "")
    if asked.amount is not None:
        return Change(
            asked.date, Act.AMOUNT, Status.CHANGED, parse_fen(asked.amount), basis=asked.basis or ""
        )
    if asked.end is not None:
        return Change(asked.date, Act.TERM, Status.CHANGED, end=asked.end, basis=asked.basis or "")
    return Change(
        asked.date, Act.PARTY, Status.CHANGED, party=asked.party, member=asked.member, basis=asked.basis or ""
    )


def _say(done: Outcome[StoredContract]) -> None:
    stored = done.value
    say_all(done.warnings)
    say(
        tr(
            "合同 {number}：{party}，{what}，{start} 至 {end}，{status}。",
            number=stored.number,
            party=stored.now.parties[-1][1],
            what=stored.what,
            start=stored.now.terms.start,
            end=stored.now.end,
            status=stored.status.words,
        )
    )


def _due(uow: UnitOfWork, asked: Namespace) -> None:
    from village_ledger.services.contracts.rent_drafts import accrue

    done = accrue(uow, asked.ledger, asked.month, asked.contract or ())
    for voucher in done.value:
        print(voucher.ref)
    say_all(done.warnings)
    total = format_fen(sum(voucher.voucher.amount for voucher in done.value))
    if done.value:
        say(
            tr(
                "{month} 到期的租金记了 {n} 张应收凭证，{total} 元，等待审核和记账。",
                month=asked.month,
                n=len(done.value),
                total=total,
            )
        )
    else:
        say(tr("到 {month} 没有要记应收的租金。账没有变化。", month=asked.month))


def _receive(uow: UnitOfWork, asked: Namespace) -> None:
    from village_ledger.services.contracts.receipts import Received, receive

    money = _money(uow.reader, asked)
    got = Received(asked.date, parse_fen(asked.amount), money, asked.through, asked.attachments)
    done = receive(uow, asked.ledger, asked.number, got)
    for voucher in done.value:
        print(voucher.ref)
    say_all(done.warnings)
    say(
        tr(
            "合同 {number} 收到租金 {amount} 元，凭证填好了，等待审核和记账。",
            number=asked.number,
            amount=format_fen(got.amount),
        )
    )


def _money(reader: Reader, asked: Namespace) -> str:
    """The account named, or the only bank account."""
    if asked.account:
        return str(asked.account)
    chart = reader.chart(asked.ledger)
    banks = [a.code for a in chart if a.money is Money.BANK and a.is_leaf and a.active]
    if len(banks) != 1:
        raise ChartError(
            tr("没有说收付在哪个科目"), tr("请加上 --account，可以是：{c}。", c="、".join(banks))
        )
    return banks[0]


def _match(uow: UnitOfWork, asked: Namespace) -> None:
    from village_ledger.services.contracts import receipts

    if asked.action == "unmatch":
        receipts.unmatch(uow, asked.ledger, asked.number, asked.voucher)
        say(tr("{ref} 不再对着合同 {number}。", ref=asked.voucher, number=asked.number))
        return
    done = receipts.match(uow, asked.ledger, asked.number, asked.voucher, asked.line, asked.through)
    say(
        tr(
            "{ref} 的 {amount} 元对到合同 {number} 上了。",
            ref=asked.voucher,
            amount=format_fen(done.value),
            number=asked.number,
        )
    )


def _deposit(uow: UnitOfWork, asked: Namespace) -> None:
    from village_ledger.services.contracts import deposits

    act = deposits.take if asked.action == "deposit" else deposits.give_back
    money = _money(uow.reader, asked)
    done = act(uow, asked.ledger, asked.number, asked.date, parse_fen(asked.amount), money)
    print(done.value.ref)
    say_all(done.warnings)
    say(tr("合同 {number} 的押金凭证填好了，等待审核和记账。", number=asked.number))


def _penalty(uow: UnitOfWork, asked: Namespace) -> None:
    from village_ledger.services.contracts.rent_drafts import charge_penalty

    done = charge_penalty(uow, asked.ledger, asked.number, asked.month)
    print(done.value.ref)
    say_all(done.warnings)
    say(
        tr(
            "合同 {number} 拟收违约金 {amount} 元，请审核；不收就作废。",
            number=asked.number,
            amount=format_fen(done.value.voucher.amount),
        )
    )


def _forget(uow: UnitOfWork, asked: Namespace) -> None:
    from village_ledger.services.contracts.contracts import forget

    forget(uow, asked.ledger, asked.number)
    say(tr("合同草稿 {number} 删除了。", number=asked.number))


def _board(uow: UnitOfWork, asked: Namespace) -> None:
    from village_ledger.services.contracts.contracts import set_board_until

    set_board_until(uow, asked.date)
    say(tr("本届理事会任期到 {day}，登记了。", day=asked.date))
