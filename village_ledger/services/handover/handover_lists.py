"""What a handover list (移交清册) takes from the books: balances, cash, bank, receipts, claims, what is open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

from village_ledger.domain.contract import Status
from village_ledger.domain.errors import HandoverError
from village_ledger.domain.handover import Handover, Item, ItemKind
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Span
from village_ledger.domain.receipt_book import holdings
from village_ledger.domain.stock_take import BookLine
from village_ledger.services.bank import cash_counts
from village_ledger.services.bank.bank_position import reconcile
from village_ledger.services.contracts.standing import wholes
from village_ledger.services.counting.book_lines import book_lines
from village_ledger.storage.claims.queries import StoredReceiptBook
from village_ledger.storage.reader import Reader

_CLAIMS = frozenset({"03"})
_DEBTS = frozenset({"11", "12", "13", "14", "15"})
_FUNDS = frozenset({"16", "17"})
_PART = 1 << 20
_MOST = 20
"""Counterparties of an account listed one by one."""


@dataclass(frozen=True, slots=True)
class Gate:
    """What stands in the way of a list, in words; unposted vouchers may be listed as open instead."""

    unposted: tuple[str, ...]
    uncounted: tuple[str, ...]


def ledgers_of(reader: Reader, handover: Handover) -> list[str]:
    """Codes of the ledgers that are handed over."""
    return [handover.ledger] if handover.ledger else [info.code for info in reader.ledgers()]


def gate(reader: Reader, handover: Handover) -> Gate:
    """Vouchers that are not posted, and cash nobody counted on the day."""
    unposted: list[str] = []
    uncounted: list[str] = []
    for ledger in ledgers_of(reader, handover):
        title = reader.ledger(ledger).title
        ids = reader.unposted_ids(ledger, handover.day.isoformat())
        unposted += [f"{title} {v.ref}" for v in reader.vouchers_by_id(ids)]
        counts = cash_counts.latest(reader, ledger, Span(handover.day, handover.day))
        for account in cash_counts.cash_accounts(reader, ledger):
            balance = cash_counts.book_balance(reader, ledger, account.code, handover.day)
            if balance and account.code not in counts:
                uncounted.append(f"{title} {account.code} {account.name} {format_fen(balance)}")
    return Gate(tuple(unposted), tuple(uncounted))


def ensure_ready(reader: Reader, handover: Handover, *, with_open: bool) -> None:
    """Raise HandoverError for cash that was not counted, and for unposted vouchers unless they are to be listed."""
    found = gate(reader, handover)
    if found.uncounted:
        raise HandoverError(
            f"{handover.day} 的现金还没有盘点：{'、'.join(found.uncounted)}",
            "请先登记现金盘点，再列移交清册。",
        )
    if found.unposted and not with_open:
        some = "、".join(found.unposted[:3]) + ("等" if len(found.unposted) > 3 else "")
        raise HandoverError(
            f"还有 {len(found.unposted)} 张凭证没有记账：{some}",
            "请先审核、记账（会计基础工作规范第26条）；确实办不完的，选“列为未了事项”。",
        )


def items_of(reader: Reader, handover: Handover) -> list[Item]:
    """Every item the books give, numbered from 1."""
    with reader.snapshot():
        found = [
            item for ledger in ledgers_of(reader, handover) for item in _of_ledger(reader, handover, ledger)
        ]
        found += _system(reader)
    kinds = list(ItemKind)
    found.sort(key=lambda item: kinds.index(item.kind))
    return [
        Item(number, x.kind, x.title, x.detail, x.amount, x.quantity, x.ledger)
        for number, x in enumerate(found, 1)
    ]


def backup_item(number: int, file: Path) -> Item:
    """A backup medium by the digest of its file; raises HandoverError for a file that cannot be read."""
    digest = sha256()
    try:
        with file.open("rb") as stream:
            while part := stream.read(_PART):
                digest.update(part)
        size = file.stat().st_size
    except OSError as error:
        raise HandoverError(f"备份文件 {file.name} 读不出来", "请插好盘再选一次。") from error
    return Item(
        number,
        ItemKind.SYSTEM,
        f"备份：{file.name}",
        f"SHA-256 {digest.hexdigest()}",
        quantity=f"{size:,} 字节",
        by_hand=True,
    )


def _of_ledger(reader: Reader, handover: Handover, ledger: str) -> Iterator[Item]:
    day = handover.day
    yield from _vouchers(reader, ledger, day)
    yield from _balances(reader, ledger, day)
    yield from _cash(reader, ledger, day)
    yield from _bank(reader, ledger, day)
    yield from _receipts(reader, ledger)
    lines = book_lines(reader, ledger, day)
    for kind, sheets in ((ItemKind.CLAIMS, _CLAIMS), (ItemKind.DEBTS, _DEBTS), (ItemKind.FUNDS, _FUNDS)):
        yield from _owed(reader, ledger, kind, [line for line in lines if line.sheet in sheets])
    yield from _contracts(reader, ledger, day)
    yield from _open(reader, ledger, day)


def _contracts(reader: Reader, ledger: str, day: date) -> Iterator[Item]:
    """Contracts in force, or with something still to come in: what is owed by then, and the deposit held."""
    title = reader.ledger(ledger).title
    some = [
        one
        for one in reader.contracts(ledger)
        if one.contract.terms.start <= day and one.status is not Status.DRAFT
    ]
    for whole in wholes(reader, some):
        owed = sum(row.open for row in whole.rows if row.row.due <= day)
        held, now = whole.deposit_held, whole.stored.now
        if now.end < day and not owed and not held:
            continue
        told = [whole.stored.what, f"{now.terms.start} 至 {now.end}"]
        told += [f"应收未收 {format_fen(owed)}"] if owed else []
        told += [f"押金 {format_fen(held)}"] if held else []
        name = f"{title}合同 {whole.stored.number} {whole.stored.contract.party}"
        yield _item(ItemKind.CONTRACTS, ledger, name, "；".join(told), owed)


def _item(kind: ItemKind, ledger: str, title: str, detail: str = "", amount: int | None = None) -> Item:
    return Item(0, kind, title, detail, amount, ledger=ledger)


def _vouchers(reader: Reader, ledger: str, day: date) -> Iterator[Item]:
    """One line a year: which months, which numbers."""
    title = reader.ledger(ledger).title
    years: dict[int, list[str]] = {}
    for state in reader.months(ledger):
        month = state.month
        if month.is_closing or month.first > day:
            continue
        runs = [f"{word}-{first:04d}—{last:04d}" for word, first, last in reader.month_numbers(ledger, month)]
        if runs:
            years.setdefault(month.year, []).append(f"{month.month}月 {'、'.join(runs)}")
    for year, months in years.items():
        yield _item(ItemKind.VOUCHERS, ledger, f"{title}{year}年记账凭证", "；".join(months))
    head = reader.chain_head_of(ledger, day)
    if head:
        yield _item(ItemKind.VOUCHERS, ledger, f"{title}账簿（记账链）", f"链尾 {head.hex()[:32]}")


def _balances(reader: Reader, ledger: str, day: date) -> Iterator[Item]:
    chart = reader.chart(ledger)
    for turnover in reader.turnovers(ledger, Span(date(day.year, 1, 1), day)):
        debit, credit = turnover.closing_debit, turnover.closing_credit
        if not (debit or credit):
            continue
        sides = [f"{word} {format_fen(fen)}" for word, fen in (("借", debit), ("贷", credit)) if fen]
        title = f"{turnover.account} {chart.path(turnover.account)}"
        yield _item(ItemKind.BALANCES, ledger, title, "、".join(sides), abs(debit - credit))


def _cash(reader: Reader, ledger: str, day: date) -> Iterator[Item]:
    counts = cash_counts.latest(reader, ledger, Span(day, day))
    for account in cash_counts.cash_accounts(reader, ledger):
        book = cash_counts.book_balance(reader, ledger, account.code, day)
        counted = counts.get(account.code)
        if counted is None:
            if book:
                yield _item(ItemKind.CASH, ledger, f"{account.code} {account.name}", "没有盘点", book)
            continue
        total = counted.found.total
        gap = total - book
        said = f"账面 {format_fen(book)}，实点 {format_fen(total)}"
        said += f"，相差 {format_fen(gap)}" if gap else "，相符"
        yield _item(ItemKind.CASH, ledger, f"{account.code} {account.name}", said, total)


def _bank(reader: Reader, ledger: str, day: date) -> Iterator[Item]:
    registered = {bank.account: bank for bank in reader.bank_accounts(ledger)}
    for account in reader.money_accounts(ledger):
        bank = registered.get(account.code)
        if bank is None:
            continue
        proof = reconcile(reader, bank, day)
        said = f"{bank.bank} {bank.masked} {bank.kind_words}；账面 {format_fen(proof.book_balance)}"
        if proof.bank_balance is None:
            said += "；没有这一天的对账单"
        else:
            said += f"；银行 {format_fen(proof.bank_balance)}"
            said += f"；调节后相差 {format_fen(proof.difference)}" if proof.difference else "；调节后相符"
        yield _item(ItemKind.BANK, ledger, f"{account.code} {account.name}", said, proof.book_balance)


def _receipts(reader: Reader, ledger: str) -> Iterator[Item]:
    for book in reader.receipt_books(ledger):
        said = _receipt_words(book)
        title = f"{book.kind} {book.numbers.words(book.width)}"
        yield Item(0, ItemKind.RECEIPTS, title, said, quantity=f"{book.numbers.count} 份", ledger=ledger)


def _receipt_words(book: StoredReceiptBook) -> str:
    """What became of the numbers: never handed out, used, voided, still out."""
    held = holdings(book.events)
    issued = [run for one in held for run in one.issued]
    parts = {
        "未领": book.numbers.without(issued),
        "已用": [run for one in held for run in one.used],
        "作废": [run for one in held for run in one.void],
        "领出未用": [run for one in held for run in one.unused],
    }
    return "；".join(
        f"{word} {'、'.join(run.words(book.width) for run in runs)}" for word, runs in parts.items() if runs
    )


def _owed(reader: Reader, ledger: str, kind: ItemKind, lines: Sequence[BookLine]) -> Iterator[Item]:
    """Each of the largest by name, the many small ones of an account together: the sheets of a stock-take list them all."""
    of_account: dict[str, list[BookLine]] = {}
    for line in lines:
        of_account.setdefault(line.account, []).append(line)
    for code, some in of_account.items():
        path = reader.chart(ledger).path(code)
        named = sorted(some, key=lambda line: (-abs(line.value), line.name))
        for line in named[:_MOST]:
            detail = f"{path} {line.text}".strip() if line.party or line.project else line.text
            name = line.party or line.project or path
            yield _item(kind, ledger, f"{code} {name}", detail, line.value)
        if rest := named[_MOST:]:
            total = sum(line.value for line in rest)
            yield _item(kind, ledger, f"{code} {path}其余 {len(rest)} 户", "逐户见明细账和清查登记表", total)


def _open(reader: Reader, ledger: str, day: date) -> Iterator[Item]:
    """Vouchers not posted, claims not booked, advances still out, prints of the year's stock-take."""
    waiting: Sequence[int] = reader.unposted_ids(ledger, day.isoformat())
    for voucher in reader.vouchers_by_id(waiting):
        yield _item(
            ItemKind.OPEN,
            ledger,
            f"凭证 {voucher.ref} 没有记账",
            voucher.voucher.lines[0].summary,
            voucher.voucher.amount,
        )
    for number in reader.claims_waiting(ledger, day.isoformat()):
        yield _item(ItemKind.OPEN, ledger, f"报账单 {number} 没有记账")
    for claimant in reader.claimants(ledger):
        balance = reader.party_balance_before(
            ledger, claimant.account, claimant.name, day + timedelta(days=1)
        )
        if balance:
            yield _item(ItemKind.OPEN, ledger, f"备用金 {claimant.name}", "没有收回或报账", balance)
    left = [
        state.month
        for state in reader.months(ledger)
        if state.state.accepts_vouchers and state.month.last <= day and not state.month.is_closing
    ]
    if left:
        yield _item(ItemKind.OPEN, ledger, "没有结账的月份", "、".join(map(str, left)))
    for take in reader.stock_takes(ledger):
        if take.stage not in {"公示", "确认"} and take.day <= day:
            yield _item(ItemKind.OPEN, ledger, f"{take.day} 清产核资", f"停在“{take.stage}”")


def _system(reader: Reader) -> Iterator[Item]:
    book = reader.book()
    yield Item(0, ItemKind.SYSTEM, "账簿文件和程序", f"{book.village}，建账时程序版本 {book.program_version}")
    for member in reader.staff():
        roles = [
            held.role.words + (f"（{held.ledger}）" if held.ledger else "")
            for held in member.roles
            if held.until is None
        ]
        if roles and not member.left_at:
            yield Item(0, ItemKind.SYSTEM, f"程序里的角色：{member.name}", "、".join(roles))
