"""``import bank`` and ``bank``: statements taken in, matched, agreed."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Callable
from typing import TYPE_CHECKING

from village_ledger.cli.arguments import UsageError
from village_ledger.cli.choose import ledger_of
from village_ledger.cli.talk import say, say_all
from village_ledger.cli.writing import writing
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.money import format_fen, plain_fen
from village_ledger.domain.voucher import VoucherRef
from village_ledger.i18n import tr
from village_ledger.storage.file.book_file import Access, open_book

if TYPE_CHECKING:
    from village_ledger.storage.bank.queries import BankAccount
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.unit_of_work import UnitOfWork


def import_statement(asked: Namespace) -> int:
    """Take a bank's statement in, all of it or nothing."""
    from village_ledger.exchange.bank.bank_columns import parse_mapping
    from village_ledger.exchange.bank.import_bank import import_bank

    if asked.post:
        raise UsageError(tr("--post 只用于导入凭证（vouchers）"))
    mapping = parse_mapping(asked.mapping) if asked.mapping else None
    with writing(asked) as uow:
        done = import_bank(
            uow,
            ledger_of(uow.reader, asked.ledger),
            asked.file,
            account=asked.account or "",
            bank=asked.bank or "",
            mapping=mapping,
        )
        if not asked.dry_run:
            uow.commit()
    say_all(done.warnings)
    found = done.value
    what = tr(
        "{account} {number}：新 {new} 行，已有 {known} 行，勾对 {matches} 组，待定 {proposed} 组",
        account=f"{found.account.account} {found.account.name}",
        number=found.account.masked,
        new=found.new,
        known=found.known,
        matches=found.matches,
        proposed=found.proposed,
    )
    say(
        tr("检查过了，可以导入：{what}。账没有变化。", what=what)
        if asked.dry_run
        else tr("导入了 {what}。", what=what)
    )
    return 0


def run_bank(asked: Namespace) -> int:
    """One act on a bank account."""
    if asked.act in _READS:
        with open_book(asked.book, Access.READ, asked.by) as book:
            reader = book.reader()
            _READS[asked.act](reader, ledger_of(reader, asked.ledger), asked)
        return 0
    with writing(asked) as uow:
        _ACTS[asked.act](uow, ledger_of(uow.reader, asked.ledger), asked)
        uow.commit()
    return 0


def _account(reader: Reader, ledger: str, asked: Namespace) -> BankAccount:
    """The bank account meant: by its leaf, or the only one."""
    if asked.account:
        return reader.bank_account(ledger, asked.account)
    accounts = reader.bank_accounts(ledger)
    if len(accounts) != 1:
        names = "、".join(f"{b.account} {b.name}" for b in accounts) or tr("还没有登记")
        raise UsageError(
            tr("要说明是哪个银行账户（{names}）", names=names), tr("请加上 --account 和科目编码。")
        )
    return accounts[0]


def _needed(value: object, option: str) -> None:
    if value is None or value == "":
        raise UsageError(tr("还缺：{option}", option=option))


def _print(rows: list[dict[str, object]]) -> None:
    print(json.dumps(rows, ensure_ascii=False, indent=1))


def _list_accounts(reader: Reader, ledger: str, asked: Namespace) -> None:
    del asked
    _print(
        [
            {
                "account": b.account,
                "name": b.name,
                "bank": b.bank,
                "number": b.masked,
                "kind": b.kind_words,
                "opened": b.opened,
                "closed": b.closed,
            }
            for b in reader.bank_accounts(ledger)
        ]
    )


def _list_lines(reader: Reader, ledger: str, asked: Namespace) -> None:
    from village_ledger.services.bank.bank_position import read_position

    position = read_position(reader, _account(reader, ledger, asked))
    refs: dict[int, list[str]] = {}
    for x in position.book:
        if x.match:
            refs.setdefault(x.match, []).append(x.ref)
    _print(
        [
            {
                "line": x.id,
                "date": x.day.isoformat(),
                "amount": plain_fen(x.amount),
                "balance": plain_fen(x.balance),
                "counterparty": x.counterparty,
                "remark": x.remark,
                "match": x.match or None,
                "vouchers": refs.get(x.match, []) if x.match else [],
                "mark": x.mark,
                "drafted": x.drafted,
            }
            for x in position.lines
        ]
    )


def _list_assertions(reader: Reader, ledger: str, asked: Namespace) -> None:
    from village_ledger.services.bank.bank_assertions import broken

    account = _account(reader, ledger, asked)
    lost = {b.assertion.id: b for b in broken(reader, account)}
    _print(
        [
            {
                "date": a.day.isoformat(),
                "balance": plain_fen(a.balance),
                "book_balance": plain_fen(a.book_balance),
                "difference": plain_fen(a.difference),
                "source": a.source,
                "by": a.by,
                "holds": a.id not in lost,
                "reason": lost[a.id].reason if a.id in lost else "",
                "vouchers": list(lost[a.id].vouchers) if a.id in lost else [],
            }
            for a in reader.bank_assertions(account.id)
        ]
    )


def _add(uow: UnitOfWork, ledger: str, asked: Namespace) -> None:
    from village_ledger.services.bank import bank_accounts

    for value, option in ((asked.account, "--account"), (asked.number, "--number"), (asked.bank, "--bank")):
        _needed(value, option)
    made = bank_accounts.add(
        uow, ledger, asked.account, asked.number, asked.bank, kind=asked.kind, opened=asked.opened
    ).value
    say(
        tr(
            "登记了 {account} {name}：{bank} {number}。",
            account=made.account,
            name=made.name,
            bank=made.bank,
            number=made.masked,
        )
    )


def _match(uow: UnitOfWork, ledger: str, asked: Namespace) -> None:
    from village_ledger.services.bank import bank_matches

    account = _account(uow.reader, ledger, asked)
    if not asked.line and not asked.voucher:
        done = bank_matches.match_automatically(uow, account)
        say_all(done.warnings)
        say(
            tr(
                "勾对了 {count} 组，还有 {left} 组要人来定。",
                count=done.value.matches,
                left=len(done.value.proposed),
            )
        )
        return
    made = bank_matches.match_by_hand(
        uow, account, asked.line, _book_keys(uow.reader, account, asked.voucher)
    ).value
    say(tr("勾对好了，第 {number} 组。", number=made))


def _book_keys(reader: Reader, account: BankAccount, refs: list[str]) -> list[tuple[int, int]]:
    """The lines on the bank's leaf of some vouchers; ``…:2`` names one line where there are several."""
    from village_ledger.services.bank.bank_position import read_position

    lines = read_position(reader, account, whole=True).book
    keys: list[tuple[int, int]] = []
    for text in refs:
        ref, _, number = text.partition(":")
        wanted = str(VoucherRef.parse(ref))
        found = [x for x in lines if x.ref == wanted and (not number or str(x.line) == number)]
        if not found:
            raise LedgerError(
                tr("{ref} 没有记账，或没有 {account} 的分录", ref=wanted, account=account.account),
                tr("请核对凭证号。"),
            )
        keys += [(x.voucher_id, x.line) for x in found]
    return keys


def _unmatch(uow: UnitOfWork, ledger: str, asked: Namespace) -> None:
    from village_ledger.services.bank import bank_matches

    _needed(asked.match, "--match")
    bank_matches.unmatch(uow, _account(uow.reader, ledger, asked), asked.match, asked.note or "")
    say(tr("取消了第 {number} 组勾对。", number=asked.match))


def _error(uow: UnitOfWork, ledger: str, asked: Namespace) -> None:
    from village_ledger.services.bank import bank_matches

    _needed(asked.line or None, "--line")
    account = _account(uow.reader, ledger, asked)
    for line in asked.line:
        bank_matches.mark_error(uow, account, line, is_error=not asked.none, note=asked.note or "")
    say(tr("标好了 {count} 行。", count=len(asked.line)))


def _draft(uow: UnitOfWork, ledger: str, asked: Namespace) -> None:
    from village_ledger.services.bank import bank_drafts

    account = _account(uow.reader, ledger, asked)
    lines = asked.line or [
        p.line.id for p in bank_drafts.propose(uow.reader, account) if p.counter or asked.counter
    ]
    counters = dict.fromkeys(lines, str(asked.counter)) if asked.counter else {}
    done = bank_drafts.fill_in(uow, account, lines, counters)
    for stored in done.value:
        print(stored.ref)
    say_all(done.warnings)
    say(tr("填了 {count} 张凭证，等待审核和记账；记账后自动勾对。", count=len(done.value)))


def _assert(uow: UnitOfWork, ledger: str, asked: Namespace) -> None:
    from village_ledger.services.bank import bank_assertions

    for value, option in ((asked.date, "--date"), (asked.balance, "--balance")):
        _needed(value, option)
    done = bank_assertions.assert_balance(uow, _account(uow.reader, ledger, asked), asked.date, asked.balance)
    say_all(done.warnings)
    say(
        tr(
            "记下了：{day} 对账单余额 {balance}，账上 {book}。",
            day=asked.date,
            balance=format_fen(asked.balance),
            book=format_fen(done.value.book_balance),
        )
    )


def _outstanding(uow: UnitOfWork, ledger: str, asked: Namespace) -> None:
    from village_ledger.services.bank import bank_outstanding

    for value, option in ((asked.date, "--date"), (asked.amount, "--amount"), (asked.note, "--note")):
        _needed(value, option)
    account = _account(uow.reader, ledger, asked)
    bank_outstanding.add(uow, account, asked.side, asked.date, asked.amount, asked.note)
    say(tr("补录了一笔期初未达账项。"))


_READS: dict[str, Callable[[Reader, str, Namespace], None]] = {
    "accounts": _list_accounts,
    "lines": _list_lines,
    "assertions": _list_assertions,
}
_ACTS: dict[str, Callable[[UnitOfWork, str, Namespace], None]] = {
    "add": _add,
    "match": _match,
    "unmatch": _unmatch,
    "error": _error,
    "draft": _draft,
    "assert": _assert,
    "outstanding": _outstanding,
}
