"""Proving a book: every invariant, every chain, one list of findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from village_ledger.domain.errors import MISREAD, LedgerError
from village_ledger.domain.finding import Finding
from village_ledger.services.bank.bank_assertions import broken
from village_ledger.services.book import last_year, ledgers, log_check, openings
from village_ledger.services.book.accounts import describe
from village_ledger.services.book.books import FOUNDED, founding
from village_ledger.services.dividends import dividend_check
from village_ledger.services.entry.progress import SILENT, Progress
from village_ledger.services.limits import limits_proof
from village_ledger.services.people import people_check
from village_ledger.storage.assets.inspection import AssetInspection
from village_ledger.storage.attachments.inspection import AttachmentInspection
from village_ledger.storage.bank.inspection import BankInspection
from village_ledger.storage.calendar.inspection import CalendarInspection
from village_ledger.storage.cash_counts.inspection import CashCountInspection
from village_ledger.storage.certificates.inspection import CertificateInspection
from village_ledger.storage.charts import load_preset
from village_ledger.storage.claims.inspection import ClaimInspection
from village_ledger.storage.closing.inspection import ClosingInspection
from village_ledger.storage.contracts.inspection import ContractInspection
from village_ledger.storage.counting.inspection import CountingInspection
from village_ledger.storage.decisions.inspection import DecisionInspection
from village_ledger.storage.disclosure.inspection_postings import PostingInspection
from village_ledger.storage.disclosure.inspection_versions import VersionInspection
from village_ledger.storage.dividends.inspection import DividendInspection
from village_ledger.storage.file.book_file import Access, BookFile, open_book
from village_ledger.storage.file.meanwhile import meanwhile
from village_ledger.storage.handover.inspection import HandoverInspection
from village_ledger.storage.inspection import Inspection
from village_ledger.storage.inspection_posted import PostedInspection
from village_ledger.storage.inspection_totals import TotalsInspection
from village_ledger.storage.interledger.inspection import InterLedgerInspection
from village_ledger.storage.limits.inspection import LimitInspection
from village_ledger.storage.merger.inspection import MergerInspection
from village_ledger.storage.much import nothing_thrown_away
from village_ledger.storage.oldbooks.inspection import OldBookInspection
from village_ledger.storage.parcels.inspection import ParcelInspection
from village_ledger.storage.people.inspection import PeopleInspection
from village_ledger.storage.projects.inspection import ProjectInspection
from village_ledger.storage.review.inspection import ReviewInspection
from village_ledger.storage.separation.inspection import SeparationInspection
from village_ledger.storage.setup.inspection import SetupInspection
from village_ledger.storage.shares.inspection import ShareInspection
from village_ledger.storage.staff.inspection import StaffInspection
from village_ledger.storage.statements.inspection import StatementInspection
from village_ledger.storage.templates.inspection import TemplateInspection

LOGGED_ACCOUNTS = ("增设科目", "修改科目")


def verify(path: Path, progress: Progress = SILENT) -> list[Finding]:
    """All that is wrong with a book file; empty when everything proves.

    Raises BookFileError for a file that cannot be read as a book at all, Cancelled when asked to stop.
    """
    with open_book(path, Access.READ) as book:
        return inspect(book, progress)


@dataclass(frozen=True, slots=True)
class Checked:
    """One thing that was looked at, and what was wrong with it."""

    rule: str
    what: str
    findings: tuple[Finding, ...]


def inspect(book: BookFile, progress: Progress = SILENT) -> list[Finding]:
    """All that is wrong with an open book."""
    return [finding for one in inspect_each(book, progress) for finding in one.findings]


def inspect_each(book: BookFile, progress: Progress = SILENT) -> list[Checked]:
    """Everything that is looked at in an open book, so that it can be said what still proves.

    SQLite goes over the pages of the file and over the sums while the rest is looked at: neither needs anything of the other.
    """
    with nothing_thrown_away(), meanwhile(book, partial(_by_sqlite_alone, book)) as alone:
        rest = _looked_at(book, progress)
        return [*alone(), *rest]


def _by_sqlite_alone(book: BookFile) -> list[Checked]:
    """What few long statements answer."""
    look, posted, sums = Inspection(book), PostedInspection(book), TotalsInspection(book)
    checks: list[tuple[str, str, Callable[[], Iterable[Finding]]]] = [("V1", "账簿文件", look.file)]
    with suppress(LedgerError, *MISREAD):  # said by whoever looks at the rest
        for code in _codes(book):
            checks.append(("V12", f"{code} 记账的凭证", partial(posted.vouchers, code)))
            checks.append(("V4", f"{code} 合计", partial(sums.totals, code)))
    return [Checked(rule, what, tuple(_guarded(look, check, rule, what))) for rule, what, check in checks]


def _codes(book: BookFile) -> list[str]:
    return [ledger.code for ledger in book.reader().ledgers()]


def _looked_at(book: BookFile, progress: Progress) -> list[Checked]:
    look, posted, stored = Inspection(book), PostedInspection(book), StatementInspection(book)
    help_to_book = TemplateInspection(book)
    setup, claims, ended = SetupInspection(book), ClaimInspection(book), ClosingInspection(book)
    given = DividendInspection(book)
    done: list[Checked] = []
    try:
        with look.tolerant():
            codes = _codes(book)
    except (LedgerError, *MISREAD) as error:
        unread = Finding("V1", "账簿文件", f"账套读不出来：{error}")
        return [Checked("V1", "账套", (unread,))]
    checks: list[tuple[str, str, Callable[[], Iterable[Finding]]]] = [
        ("V2", "保护规则", look.guards),
        ("V9", "操作日志", look.operations),
        ("V10", "公开表", look.sheets),
        ("V16", "人员和岗位", StaffInspection(book).findings),
        ("V40", "银行对账", BankInspection(book).findings),
        ("V42", "银行余额核对", lambda: _bank_assertions(book)),
        ("V20", "自定义报表", stored.own),
        ("V21", "附注文字", stored.texts),
        ("V30", "分账清单", SeparationInspection(book).separation_document),
    ]
    for code in codes:
        for rule, what, check in (
            ("V3", "记账链", posted.chain),
            ("V5", "待记账清单", look.unposted),
            ("V6", "制单与审核", look.duties),
            ("V7", "期初余额", look.opening),
            ("V7", "期初余额的记录", partial(setup.openings, actions=(openings.ENTERED, openings.CHANGED))),
            ("V16", "上年数", partial(setup.last_years, action=last_year.ENTERED)),
            ("V8", "凭证号", look.gaps),
            ("V11", "月结", look.seals),
            ("V15", "冲销关系", look.links),
            ("V31", "预收租金", help_to_book.prepaids),
            ("V42", "按月重复", help_to_book.recurring),
            ("V33", "财务计划", help_to_book.budgets),
            ("V22", "报账单", claims.claims),
            ("V51", "现金盘点", CashCountInspection(book).counts),
            ("V22", "收据", claims.receipts),
            ("V50", "放行、反结账、封存", ended.records),
            ("V50", "封存的月份", ended.seals),
            ("V50", "收益分配", ended.distributions),
            ("V67", "分红明细", given.lines),
            ("V67", "分红和份额", partial(dividend_check.recomputed, book.reader())),
            ("V68", "分红的凭证", given.vouchers),
            ("V69", "分红的发放", given.payments),
            ("V69", "遗产的分红", given.estates),
            ("V74", "付款的审批", partial(limits_proof.payments_approved, book.reader())),
        ):
            checks.append((rule, f"{code} {what}", lambda check=check, code=code: check(code)))
        checks.append(("V13", f"{code} 科目", lambda code=code: _chart(book, code)))
    between, register = InterLedgerInspection(book), ShareInspection(book)
    checks += [
        ("V41", "两账往来", between.documents),
        ("V42", "决议", between.resolutions),
        ("V43", "票据号", between.invoices),
        ("V60", "成员名册的链", PeopleInspection(book).chain),
        ("V60", "成员名册", PeopleInspection(book).findings),
        ("V60", "成员的证件号码", partial(people_check.numbers, book)),
        ("V60", "成员名册的备案", partial(people_check.filed, book)),
        ("V61", "份额变动链", register.chain),
        ("V62", "份额变动的明细", register.shapes),
        ("V63", "份额余额", register.buckets),
        ("V64", "份额质押", register.pledges),
        ("V65", "份额变动的依据", register.grounds),
        ("V66", "股权证", CertificateInspection(book).certificates),
        ("V70", "资产卡片", AssetInspection(book).findings),
        ("V71", "资源台账", ParcelInspection(book).findings),
        ("V72", "合同台账", ContractInspection(book).findings),
        ("V73", "决策卷宗", DecisionInspection(book).findings),
        ("V74", "审批手续", LimitInspection(book).findings),
        ("V75", "项目", ProjectInspection(book).findings),
        ("V76", "附件", AttachmentInspection(book).findings),
        ("V77", "清产核资", CountingInspection(book).findings),
        ("V78", "会计交接", HandoverInspection(book).findings),
        ("V79", "村级合并", MergerInspection(book).findings),
        ("V80", "公开表", VersionInspection(book).findings),
        ("V81", "张贴记录", PostingInspection(book).findings),
        ("V82", "公开日历", CalendarInspection(book).findings),
        ("V83", "送审包", ReviewInspection(book).findings),
        ("V86", "旧账导入", OldBookInspection(book).findings),
        ("V87", "决议和操作日志", partial(log_check.resolutions, book)),
        ("V87", "一人岗和操作日志", partial(log_check.posts, book)),
        ("V87", "往来单位、项目和小组", look.parties),
    ]
    checks.append(("V14", "单位名称", lambda: _entities(book)))
    for place, (rule, what, check) in enumerate(checks):
        progress.step(place, len(checks), f"核对{what}")
        done.append(Checked(rule, what, tuple(_guarded(look, check, rule, what))))
    return done


def _guarded(
    look: Inspection, check: Callable[[], Iterable[Finding]], rule: str, record: str
) -> list[Finding]:
    """A check's findings; where the file cannot be read, that is one, beside what can still be named."""
    found: list[Finding] = []
    try:
        found.extend(check())
    except LedgerError as error:
        found = [Finding(rule, record, error.what)]
        with look.tolerant(), suppress(LedgerError, *MISREAD):
            found.extend(check())
    except MISREAD:  # a number or a day that is none any more
        found.append(Finding(rule, record, "有一处读不出来，文件可能已损坏"))
    return found


def _chart(book: BookFile, ledger: str) -> Iterator[Finding]:
    """First-level accounts are as shipped, the others as the operation log last says."""
    reader = book.reader()
    shipped = {a.code: a for a in load_preset(reader.ledger(ledger).chart_id).accounts}
    logged = {
        o.subject: o.detail for o in reader.operations() if o.ledger == ledger and o.action in LOGGED_ACCOUNTS
    }
    for account in reader.chart(ledger):
        preset = shipped.get(account.code)
        if account.code in logged:
            if describe(account) != logged[account.code]:
                yield Finding(
                    "V13",
                    f"科目 {account.code}",
                    "和操作日志不符",
                    ledger,
                    logged[account.code],
                    describe(account),
                )
        elif preset is None:
            yield Finding("V13", f"科目 {account.code}", "没有增设记录", ledger, found=account.name)
        elif (preset.name, preset.side) != (account.name, account.side):
            yield Finding(
                "V13", f"科目 {account.code}", "和制度的名称或方向不符", ledger, preset.name, account.name
            )


def _bank_assertions(book: BookFile) -> Iterator[Finding]:
    """Every asserted bank balance still holds; a broken one names the vouchers posted since."""
    reader = book.reader()
    for account in reader.bank_accounts():
        for lost in broken(reader, account):
            since = f"后来记的：{'、'.join(lost.vouchers)}" if lost.vouchers else ""
            yield Finding("V42", f"{account.account} {account.name}", lost.sentence() + since, account.ledger)


def _entities(book: BookFile) -> Iterator[Finding]:
    """Village, entities and charts are those the book was made with."""
    reader = book.reader()
    made = next((o for o in reader.operations() if o.action == FOUNDED), None)
    if made is None:
        yield Finding("V14", "操作日志", "没有建账记录")
        return
    added = {o.ledger: o for o in reader.operations() if o.action == ledgers.ADDED}
    for code, record in added.items():
        there = next((info for info in reader.ledgers() if info.code == code), None)
        found = ledgers.describe(there) if there else "没有这本账"
        if found != record.detail:
            yield Finding("V14", "账套", "和增设时不同", code, record.detail, found)
    names, detail = founding(reader, frozenset(added))
    if names != made.subject:
        yield Finding("V14", "单位名称", "和建账时不同", "", made.subject, names)
    if detail != made.detail:
        yield Finding("V14", "账簿和账套", "和建账时不同", "", made.detail, detail)
