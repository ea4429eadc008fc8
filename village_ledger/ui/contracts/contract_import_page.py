"""导入合同台账: a register kept by hand or in our layout, its columns, what must be answered; written only at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from village_ledger.exchange.contracts import import_contracts_guided as guided
from village_ledger.exchange.contracts.import_contracts import import_contracts
from village_ledger.services.changes import Changes
from village_ledger.ui.people.intake_reading import CONTRACTS, Found
from village_ledger.ui.people.member_import_page import MemberImportPage

if TYPE_CHECKING:
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.unit_of_work import UnitOfWork


class ContractImportPage(MemberImportPage):
    """Which file · what its columns are · what must be answered · taking it in."""

    scope = "contract_import"
    nav = "works"
    shows: ClassVar[Changes] = Changes(contracts=True)
    kinds: ClassVar[tuple[tuple[str, str], ...]] = ((CONTRACTS, "合同台账"),)
    name: ClassVar[str] = "导入合同台账"
    after: ClassVar[str] = "contracts"
    helps: ClassVar[tuple[str, ...]] = (
        "村里手工的合同台账、平台导出的表都行；期限、租金、付款方式照平常的写法。",
        "光标放在列上按 ← → 换它的意思；下面是照这样读出来的合同。",
        "写上对的值按 Enter；实物、分成的可以略去，另外人工登记。",
        "以前什么也没有写；按下导入，一次全部写进账簿，有一处不行就一行也不写。",
    )

    def _written(self, uow: UnitOfWork, found: Found) -> Outcome[int]:
        """Enter what was read."""
        ledger = self.session.ledger_code
        if found.contracts is None:
            return import_contracts(uow, ledger, found.asked.path)
        return guided.take_in(uow, ledger, found.contracts.layout, dict(self.book.given))
