"""The accounts of a ledger as the voucher page needs them: chart, search index, balances."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from village_ledger.domain.account_search import AccountIndex, SearchEntry
from village_ledger.domain.chart import Account, Chart, Side

if TYPE_CHECKING:
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.records import AccountUse


@dataclass(frozen=True, slots=True)
class AccountBook:
    """What the list of accounts shows and searches."""

    ledger: str
    chart: Chart
    leaves: AccountIndex
    parents: AccountIndex
    """Accounts under which another may be set up."""
    use: dict[str, AccountUse]

    def balance(self, code: str) -> int:
        """Posted balance on the account's own side, fen; below zero when it stands on the other."""
        used = self.use.get(code)
        if used is None:
            return 0
        return used.balance if self.chart.get(code).side is Side.DEBIT else -used.balance

    def last_day(self, code: str) -> str:
        """ISO day of the last movement, empty when never used."""
        used = self.use.get(code)
        return used.last_day if used is not None else ""

    def warm(self) -> AccountBook:
        """Load what the first letter typed will need (pinyin); meant for the worker thread."""
        self.leaves.search("a")
        self.parents.search("a")
        return self


def read_accounts(reader: Reader, ledger: str) -> AccountBook:
    """Chart, aliases and balances of a ledger, ready to be searched."""
    chart = reader.chart(ledger)
    use = reader.account_use(ledger)
    recency = {code: _as_number(used.last_day) for code, used in use.items()}
    deepest = len(chart.rule.widths)
    usable = [account for account in chart if account.is_leaf and account.active]
    parents = [account for account in chart if account.active and account.level < deepest]
    aliases = reader.aliases(ledger)
    return AccountBook(
        ledger=ledger,
        chart=chart,
        leaves=AccountIndex(_entries(chart, usable), aliases, recency),
        parents=AccountIndex(_entries(chart, parents), {}, recency),
        use=use,
    )


def _entries(chart: Chart, accounts: list[Account]) -> list[SearchEntry]:
    return [SearchEntry(account.code, account.name, chart.path(account.code)) for account in accounts]


def _as_number(day: str) -> int:
    return int(day.replace("-", "")) if day else 0
