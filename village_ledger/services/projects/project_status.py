"""How a project stands: its steps beside the money its vouchers moved; nothing is kept twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from village_ledger.domain.money import format_fen
from village_ledger.domain.project import Project
from village_ledger.domain.voucher import Voucher
from village_ledger.services.limits.limit_rules import chart_limits
from village_ledger.services.planning import project_funds
from village_ledger.services.projects.project_rules import building_accounts
from village_ledger.storage.projects.queries import ProjectPayment
from village_ledger.storage.reader import Reader
from village_ledger.storage.templates.queries import GrantDocument, ProjectFund

EVER = "9"


@dataclass(frozen=True, slots=True)
class ProjectStatus:
    """A project and its money, fen."""

    project: Project
    payments: tuple[ProjectPayment, ...]
    fund: ProjectFund
    documents: tuple[GrantDocument, ...]
    funds: tuple[tuple[str, str, int], ...]
    """Earmarked accounts with money of the project left: code, name, balance."""
    building: int
    """What stands on 在建工程."""

    @property
    def budget(self) -> int:
        """The whole budget."""
        return self.project.budget.total if self.project.budget else 0

    @property
    def paid(self) -> int:
        """All that was paid for it."""
        return sum(one.amount for one in self.payments)

    @property
    def to_builder(self) -> tuple[ProjectPayment, ...]:
        """Payments to the builder: those that name the party of the contract, or nobody."""
        contract = self.project.contract
        if contract is None:
            return ()
        return tuple(one for one in self.payments if not one.payees or contract.party in one.payees)

    @property
    def paid_builder(self) -> int:
        """What the builder has been paid."""
        return sum(one.amount for one in self.to_builder)

    @property
    def owed(self) -> int:
        """What is left to pay of the final account, or of contract and changes while there is none."""
        final = self.project.final
        return (final.amount if final else self.project.agreed) - self.paid_builder

    @property
    def warranty(self) -> int:
        """What is still kept back after the final account."""
        return max(self.owed, 0) if self.project.final else 0

    def too_early(self) -> int:
        """How much more than agreed was paid before acceptance; 0 when not."""
        accepted = self.project.accepted_on
        if self.project.contract is None:
            return 0
        before = sum(one.amount for one in self.to_builder if accepted is None or one.day < accepted)
        return max(before - self.project.before_acceptance_limit, 0)

    def faults(self) -> list[str]:
        """What is not as it should be, in sentences without a full stop."""
        project, found = self.project, list[str]()
        if self.budget and self.paid > self.budget:
            found.append(
                f"已付 {format_fen(self.paid)}，超过预算 {format_fen(self.budget)}，超支 {format_fen(self.paid - self.budget)}"
            )
        if project.contract and self.owed < 0:
            found.append(f"施工方已付 {format_fen(self.paid_builder)}，多付了 {format_fen(-self.owed)}")
        if early := self.too_early():
            found.append(
                f"验收以前付给施工方超过约定的 {project.card.before_acceptance}%，多付 {format_fen(early)}"
            )
        if project.final and self.building:
            found.append(f"已经决算，在建工程还有 {format_fen(self.building)} 没有转出")
        # what the budget lets the village spend beyond its grants is its own money, no misuse of theirs
        if self.fund.spent > max(self.budget, self.fund.received) and (self.documents or self.fund.received):
            found.append(f"专款已收 {format_fen(self.fund.received)}，用了 {format_fen(self.fund.spent)}")
        return found


def status_of(reader: Reader, project: Project, through: date | None = None) -> ProjectStatus:
    """A project's money up to a day, vouchers entered included."""
    ledger, until = project.ledger, EVER if through is None else through.isoformat()
    kinds = project_funds.fund_accounts(reader, ledger)
    chart = reader.chart(ledger)
    left = [
        (code, chart.path(code), -reader.project_balance(ledger, project.name, [code], until))
        for code in kinds.funds
    ]
    return ProjectStatus(
        project,
        tuple(reader.project_payments(ledger, project.name, uses(reader, ledger), until)),
        reader.project_fund(ledger, project.name, kinds, until),
        tuple(reader.grant_documents(ledger, project.name)),
        tuple(one for one in left if one[2]),
        reader.project_balance(ledger, project.name, building_accounts(reader, ledger), until),
    )


def uses(reader: Reader, ledger: str) -> list[str]:
    """Leaves a project's money is spent on: what it builds or bears, what it pays off, its own funds."""
    kinds = project_funds.fund_accounts(reader, ledger)
    owed = chart_limits(reader.ledger(ledger).chart_id).pays
    own = {*kinds.funds, *kinds.assets, *kinds.expenses}
    return [
        a.code
        for a in reader.chart(ledger)
        if a.is_leaf and (a.code in own or (owed and a.code.startswith(owed)))
    ]


def statuses(reader: Reader, ledger: str, through: date | None = None) -> list[ProjectStatus]:
    """Every project of a ledger."""
    return [status_of(reader, project, through) for project in reader.project_files(ledger)]


def cautions(reader: Reader, ledger: str, voucher: Voucher, *, stored: bool) -> list[str]:
    """What is to be said of the projects a stored voucher spends on; nothing while it is only typed.

    The ring-fence of their grants is said by ``project_funds``.
    """
    names = dict.fromkeys(line.project for line in voucher.lines if line.project and line.debit)
    if not stored or not names:
        return []
    known = {one.name: one for one in reader.project_files(ledger)}
    return [
        f"项目“{name}”{fault}。"
        for name in names
        if name in known
        for fault in status_of(reader, known[name]).faults()
        if not fault.startswith("专款")
    ]
