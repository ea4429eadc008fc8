"""Project ring-fence (专款专用): the documents that gave a project its money, and a warning when more is spent."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from village_ledger.domain.chart import Chart
from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import AmountError, ChartError, VoucherError
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Month, parse_day
from village_ledger.domain.project_money import FundAccounts, VoucherSums, passes_on
from village_ledger.domain.voucher import NAME_LIMIT, SUMMARY_LIMIT, Voucher, check_text
from village_ledger.resources_dir import resource
from village_ledger.services.changes import Changes
from village_ledger.services.check_item import CheckItem, Verdict
from village_ledger.services.duties import require
from village_ledger.services.outcome import Outcome
from village_ledger.storage.reader import Reader
from village_ledger.storage.templates.queries import GrantDocument, ProjectFund
from village_ledger.storage.templates.register import TemplatesRegister
from village_ledger.storage.unit_of_work import UnitOfWork


@lru_cache(maxsize=1)
def _rules() -> dict[str, dict[str, list[str]]]:
    rules = tomllib.loads(resource("rules", "project_funds.toml").read_text(encoding="utf-8"))
    return {rule["id"]: rule for rule in rules["chart"]}


@lru_cache(maxsize=8)
def _kinds(chart: Chart, chart_id: str) -> FundAccounts:
    rule = _rules().get(chart_id, {"funds": [], "assets": [], "expense_categories": []})
    leaves = [account for account in chart if account.is_leaf]
    categories = set(rule["expense_categories"])
    return FundAccounts(
        tuple(a.code for a in leaves if a.code.startswith(tuple(rule["funds"]))),
        frozenset(a.code for a in leaves if a.code.startswith(tuple(rule["assets"]))),
        frozenset(a.code for a in leaves if a.category in categories and not a.is_income),
    )


def fund_accounts(reader: Reader, ledger: str) -> FundAccounts:
    """Which leaves of a ledger hold a project's money and which show that it was spent (rules/project_funds.toml)."""
    return _kinds(reader.chart(ledger), reader.ledger(ledger).chart_id)


def register_document(uow: UnitOfWork, ledger: str, document: GrantDocument) -> Outcome[GrantDocument]:
    """Register the document that gave a project money.

    Raises VoucherError for a missing number or project or one registered before, ChartError for an account that holds no
    such money, AmountError for an amount that is not above zero.
    """
    require(uow, Duty.PREPARE, ledger)
    project = check_text(document.project, "项目", NAME_LIMIT)
    number = check_text(document.number, "文号", NAME_LIMIT)
    if not project or not number:
        raise VoucherError("项目和文号都要填", "没有文号的写决议的名称和日期。")
    if document.amount <= 0:
        raise AmountError("拨款金额要大于零", "请核对文件上的金额。")
    funds = fund_accounts(uow.reader, ledger).funds
    if document.account not in funds:
        chart = uow.reader.chart(ledger)
        names = "、".join(f"{code} {chart.get(code).name}" for code in funds)
        raise ChartError(f"{document.account} 不是专项资金科目", f"可以选：{names}。" if names else "")
    if any(d.number == number for d in uow.reader.grant_documents(ledger, project)):
        raise VoucherError(f"“{project}”的文件 {number} 已经登记过", "追加的拨款请登记追加文件的文号。")
    granted_on = parse_day(document.granted_on).isoformat() if document.granted_on.strip() else ""
    kept = GrantDocument(
        project,
        document.account,
        number,
        check_text(document.purpose, "用途", SUMMARY_LIMIT),
        granted_on,
        document.amount,
    )
    TemplatesRegister(uow).add_grant(ledger, kept)
    uow.log.add(
        "登记拨款文件", ledger=ledger, subject=project, detail=f"{number}，{format_fen(kept.amount)} 元"
    )
    return Outcome(kept, Changes(templates=True, counterparties=True, ledger=ledger))


@dataclass(frozen=True, slots=True)
class FundStatus:
    """A project's money beside the documents that gave it; amounts in fen."""

    fund: ProjectFund
    documents: tuple[GrantDocument, ...]

    @property
    def granted(self) -> int:
        """What the documents promise."""
        return sum(document.amount for document in self.documents)

    @property
    def named(self) -> str:
        """The documents by number, for a sentence."""
        return "、".join(document.number for document in self.documents)


def statuses(reader: Reader, ledger: str, through: date | None = None) -> list[FundStatus]:
    """Every project with a document, in order of name, up to a day."""
    kinds = fund_accounts(reader, ledger)
    by_project: dict[str, list[GrantDocument]] = {}
    for document in reader.grant_documents(ledger):
        by_project.setdefault(document.project, []).append(document)
    until = "9" if through is None else through.isoformat()
    return [
        FundStatus(reader.project_fund(ledger, project, kinds, until), tuple(documents))
        for project, documents in by_project.items()
    ]


def cautions(
    reader: Reader, ledger: str, voucher: Voucher, *, stored: bool, before: Voucher | None = None
) -> list[str]:
    """A sentence per project this voucher spends money of, where more is spent than came in.

    ``stored`` says the book's figures hold the voucher already; else ``before`` is what they hold of it.
    """
    kinds = fund_accounts(reader, ledger)
    projects = dict.fromkeys(line.project for line in voucher.lines if line.project)
    found: list[str] = []
    for project in projects:
        came, spent = _of_voucher(reader, ledger, kinds, voucher, project)
        if spent <= 0:
            continue
        documents = reader.grant_documents(ledger, project)
        fund = reader.project_fund(ledger, project, kinds)
        if not stored:
            old = (0, 0) if before is None else _of_voucher(reader, ledger, kinds, before, project)
            fund = ProjectFund(project, fund.received + came - old[0], fund.spent + spent - old[1])
        if fund.left < 0 and (documents or fund.received):
            found.append(_sentence(FundStatus(fund, tuple(documents))))
    return found


def _of_voucher(
    reader: Reader, ledger: str, kinds: FundAccounts, voucher: Voucher, project: str
) -> tuple[int, int]:
    """(came in, spent) of one voucher for a project."""
    accounts = reader.chart(ledger).as_mapping()
    sums = VoucherSums()
    for line in voucher.lines:
        if line.project == project:
            sums.take(kinds, line.account, line.debit, line.credit)
    passed_on = sum(
        line.credit
        for line in voucher.lines
        if line.account in accounts and passes_on(accounts[line.account])
    )
    return sums.came, sums.spent(passed_on)


def _sentence(status: FundStatus) -> str:
    fund = status.fund
    named = f"（{status.named}）" if status.documents else ""
    return (
        f"“{fund.project}”{named}已收 {format_fen(fund.received)}，含本张已用 {format_fen(fund.spent)}，"
        f"超支 {format_fen(-fund.left)}；专款专用，请核对用途和资金来源。"
    )


def check_items(reader: Reader, ledger: str, month: Month) -> list[CheckItem]:
    """K15: no project with a document has spent more than came in."""
    found = statuses(reader, ledger, month.last)
    if not found:
        return []
    over = [f"{s.fund.project}（{s.named}）超支 {format_fen(-s.fund.left)}" for s in found if s.fund.left < 0]
    if over:
        return [CheckItem("K15", Verdict.WARN, f"有 {len(over)} 个项目用的比收到的多。", tuple(over))]
    return [CheckItem("K15", Verdict.PASS, "各项目的专款都没有超支。")]
