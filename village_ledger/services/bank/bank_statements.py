"""Taking a bank's statement in: the lines that are new, none twice, none that contradicts what came in before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from village_ledger.domain.bank import StatementFile, StatementLine
from village_ledger.domain.chart import Money
from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import ImportRefused, LedgerError
from village_ledger.domain.money import format_fen
from village_ledger.services.bank import bank_accounts
from village_ledger.services.changes import Changes
from village_ledger.services.duties import require
from village_ledger.services.entry import vouchers
from village_ledger.services.outcome import Outcome
from village_ledger.storage.bank.queries import KIND_WORDS, BankAccount, BankLine, BankStatement
from village_ledger.storage.bank.register import BankRegister, NewBankLine, statement_digest
from village_ledger.storage.reader import Reader
from village_ledger.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Taken:
    """What a statement brought: lines that are new, lines known before."""

    account: BankAccount
    new: int
    known: int


def account_for(
    uow: UnitOfWork, ledger: str, file: StatementFile, account: str = "", bank: str = ""
) -> BankAccount:
    """Whose statement it is: the bank account with its number, of this ledger and on this leaf.

    An account not registered yet is registered under the file's number when the leaf is named or there is only one.
    Raises LedgerError for the statement of another account, of the other ledger, or of nobody known.
    """
    reader = uow.reader
    _ensure_own_entity(reader, ledger, file)
    number = bank_accounts.bank_number(file.number) if file.number else ""
    known = reader.bank_account_by_number(number) if number else None
    if known is not None:
        _ensure_meant(reader, ledger, known, account)
        return known
    leaf = account or _only_leaf(reader, ledger)
    on_leaf = next((b for b in reader.bank_accounts(ledger) if b.account == leaf), None)
    if on_leaf is None:
        if not number:
            raise LedgerError(
                "对账单里没有写账号，不知道是哪个银行账户",
                "请先在“设置—银行账户”里登记账号，再导入时指明科目。",
            )
        title = reader.chart(ledger).get(leaf).name
        kind = next((kind for kind, words in KIND_WORDS.items() if words in title), "basic")
        return bank_accounts.add(uow, ledger, leaf, number, bank or file.bank or title, kind=kind).value
    if number:
        raise LedgerError(
            f"这份对账单的账号是 ****{number[-4:]}，{leaf} {on_leaf.name} 登记的是 {on_leaf.masked}",
            "这是另一个账户的对账单，请核对文件和科目。",
        )
    return on_leaf


def _ensure_own_entity(reader: Reader, ledger: str, file: StatementFile) -> None:
    """The holder named by the file is not the body of the other ledger."""
    other = next(
        (x for x in reader.ledgers() if x.code != ledger and file.entity and x.entity == file.entity), None
    )
    if other is not None and other.entity != reader.ledger(ledger).entity:
        raise LedgerError(
            f"这份对账单的户名是{file.entity}，那是{other.title}的单位",
            "两本账的银行账户分开；请换到那本账再导入。",
        )


def _ensure_meant(reader: Reader, ledger: str, known: BankAccount, account: str) -> None:
    if known.ledger != ledger:
        raise LedgerError(
            f"账号 {known.masked} 登记在{reader.ledger(known.ledger).title}",
            "一个银行账户只属于一本账；请换到那本账再导入。",
        )
    if account and known.account != account:
        raise LedgerError(
            f"账号 {known.masked} 登记在 {known.account} {known.name}，不是 {account}",
            "这是另一个账户的对账单，请核对文件和科目。",
        )


def _only_leaf(reader: Reader, ledger: str) -> str:
    """The ledger's only bank leaf; raises LedgerError naming them when there are several."""
    leaves = [a for a in reader.money_accounts(ledger) if a.money is Money.BANK and a.active]
    if len(leaves) != 1:
        names = "、".join(f"{a.code} {a.name}" for a in leaves) or "一个也没有"
        raise LedgerError(f"要说明是哪个银行科目的对账单（{names}）", "请指明科目编码。")
    return leaves[0].code


def take_in(uow: UnitOfWork, account: BankAccount, file: StatementFile) -> Outcome[Taken]:
    """Store the lines of a statement that are not known yet; the same file again changes nothing.

    Raises ImportRefused when lines that came in before are missing or different now, or when the balances of both do not
    join.
    """
    vouchers.named(uow.by)
    require(uow, Duty.RECONCILE, account.ledger)
    _ensure_in_use(account, file)
    stored = uow.reader.bank_lines(account.id)
    new, known, faults = _sorted_out(file, stored)
    faults = faults or _unjoined(file, stored, new)
    if faults:
        raise ImportRefused(faults)
    changes = Changes(bank=True, ledger=account.ledger)
    statements = uow.reader.bank_statements(account.id)
    warnings = _gap_warnings(statements, file)
    if not new and any(s.first <= file.first and file.last <= s.last for s in statements):
        return Outcome(Taken(account, 0, known), Changes(ledger=account.ledger), file.notices)
    lines = [
        NewBankLine(x.day.isoformat(), x.at, x.amount, x.balance, x.counterparty, x.remark, x.serial)
        for x in new
    ]
    BankRegister(uow).add_statement(
        account.id, (file.first, file.last), (file.opening, file.closing), file.source, lines
    )
    uow.log.add(
        "导入对账单",
        ledger=account.ledger,
        subject=account.account,
        detail=f"{file.first} 至 {file.last}，新 {len(new)} 行，已有 {known} 行，"
        f"余额 {format_fen(file.closing)}，校验 {statement_digest(lines).hex()[:16]}",
    )
    return Outcome(Taken(account, len(new), known), changes, (*file.notices, *warnings))


def remember(uow: UnitOfWork, bank: str, headings: Sequence[str], mapping: Mapping[str, str]) -> None:
    """Keep what the columns of a bank's files mean, once a statement with them was taken in."""
    BankRegister(uow).remember_layout(bank, "|".join(headings), mapping)


def _ensure_in_use(account: BankAccount, file: StatementFile) -> None:
    days = [line.day.isoformat() for line in file.lines]
    if account.closed and days and max(days) > account.closed:
        raise LedgerError(
            f"{account.masked} 登记的销户日期是 {account.closed}，对账单里有以后的收支",
            "请核对销户日期和文件。",
        )


_Identity = tuple[date, int, int]


def _identity(line: StatementLine | BankLine) -> _Identity:
    """Day, amount and balance after it: within an account no two lines share them, but for a payment and its return."""
    return line.day, line.amount, line.balance


def _sorted_out(
    file: StatementFile, stored: Sequence[BankLine]
) -> tuple[list[StatementLine], int, list[str]]:
    """New lines, how many are known, and where the file contradicts what came in before."""
    known: dict[_Identity, list[BankLine]] = defaultdict(list)
    for line in stored:
        known[_identity(line)].append(line)
    serials = {line.serial: line for line in stored if line.serial}
    new: list[StatementLine] = []
    faults: list[str] = []
    told: set[int] = set()
    for line in file.lines:
        same = known[_identity(line)]
        before = same.pop(0) if same else serials.get(line.serial)
        if before is None or before.day != line.day:
            new.append(line)
        elif _identity(before) != _identity(line) or _differ(before.counterparty, line.counterparty):
            told.add(before.id)
            faults.append(
                f"第{line.row}行：这一行以前导入过，那时是{_said(before)}，现在是{_said(line)}；被改过。"
            )
    gone = [
        x for lines in known.values() for x in lines if file.first <= x.day <= file.last and x.id not in told
    ]
    faults += [f"第1行：{_said(line)} 以前导入过，这次的文件里没有这一行。" for line in gone]
    return new, len(file.lines) - len(new), faults


def _differ(one: str, other: str) -> bool:
    return bool(one and other and one != other)


def _said(line: StatementLine | BankLine) -> str:
    who = line.counterparty or line.remark
    return f" {line.day} {who} {format_fen(line.amount)}、余额 {format_fen(line.balance)}"


def _unjoined(file: StatementFile, stored: Sequence[BankLine], new: Sequence[StatementLine]) -> list[str]:
    """New lines of a day that is known in part must join the balances of that day."""
    balances = {file.opening, *(x.balance for x in stored), *(x.balance for x in new)}
    days = {x.day for x in stored}
    return [
        f"第{line.row}行：{line.day} 这一天以前导入过，这一行的余额 {format_fen(line.balance)} 和它们接不上。"
        for line in new
        if line.day in days and line.balance - line.amount not in balances
    ]


def _gap_warnings(statements: Sequence[BankStatement], file: StatementFile) -> list[str]:
    """The statements before and after should meet this one: where they do not, something between is missing."""
    found: list[str] = []
    before = max((s for s in statements if s.last < file.first), key=lambda s: s.last, default=None)
    after = min((s for s in statements if s.first > file.last), key=lambda s: s.first, default=None)
    if before is not None and before.closing != file.opening:
        found.append(
            f"{before.last} 的余额是 {format_fen(before.closing)}，这份对账单从 {format_fen(file.opening)} 开始，"
            "中间还缺一段对账单。"
        )
    if after is not None and after.opening != file.closing:
        found.append(
            f"这份对账单到 {format_fen(file.closing)} 为止，{after.first} 的那份从 {format_fen(after.opening)} 开始，"
            "中间还缺一段对账单。"
        )
    return found
