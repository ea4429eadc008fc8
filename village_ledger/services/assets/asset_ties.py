"""Cards held against the books: each kind's cost and what was taken from it, on their accounts, at the end of a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from village_ledger.domain.asset import AssetKind
from village_ledger.domain.money import format_fen
from village_ledger.services.assets.asset_accounts import chart_rule
from village_ledger.storage.reader import Reader

ALWAYS = frozenset({AssetKind.FIXED, AssetKind.PRODUCTIVE, AssetKind.INTANGIBLE})
"""Kinds that want a card each once the ledger has cards at all; others are held against theirs only where they have some."""


@dataclass(frozen=True, slots=True)
class Tie:
    """One account and its cards, fen in the account's own direction."""

    account: str
    name: str
    kind: AssetKind
    number: int
    cards: int
    books: int

    @property
    def difference(self) -> int:
        """Books less cards."""
        return self.books - self.cards

    def words(self) -> str:
        """As the check list says it."""
        if not self.difference:
            return f"{self.account} {self.name} {format_fen(self.books)} 相符"
        return (
            f"{self.account} {self.name}：账上 {format_fen(self.books)}，{self.number} 张卡片 {format_fen(self.cards)}，"
            f"差 {format_fen(self.difference)}"
        )


def _known(reader: Reader, ledger: str, day: date) -> bool:
    """Whether cards can be held against the books of a day: what they brought along says nothing of the months before."""
    if not reader.has_assets(ledger):
        return False
    through = reader.cards_taken_in(ledger)
    return through is None or through.last <= day


def ties(reader: Reader, ledger: str, day: date) -> list[Tie]:
    """Every account that cards stand on, with both figures; empty where the ledger has no card, or had none on the day."""
    if not _known(reader, ledger, day):
        return []
    chart, sums = reader.chart(ledger), reader.asset_sums(ledger, day)
    found: list[Tie] = []
    for name, rule in chart_rule(reader, ledger)["kind"].items():
        kind = AssetKind(name)
        number, cost, taken = sums.get(name, (0, 0, 0))
        if kind not in ALWAYS and name not in sums:
            continue
        against = rule.get("against", "")
        sides = [(rule["asset"], 1, cost)] if against else [(rule["asset"], 1, cost - taken)]
        if against:
            sides.append((against, -1, taken))
        for code, sign, figure in sides:
            if code not in chart:
                continue
            leaves = [a.code for a in chart if a.is_leaf and a.code.startswith(code)]
            books = sign * reader.balance_before(ledger, leaves, day + timedelta(days=1))
            if number or books or figure:
                found.append(Tie(code, chart.get(code).name, kind, number, figure, books))
    return found


FIGURES = {
    (AssetKind.FIXED, False): "asset_cost",
    (AssetKind.FIXED, True): "asset_depreciation",
    (AssetKind.PRODUCTIVE, False): "biological_cost",
    (AssetKind.PRODUCTIVE, True): "biological_depreciation",
    (AssetKind.INTANGIBLE, False): "intangible_cost",
    (AssetKind.INTANGIBLE, True): "intangible_amortisation",
}
"""What statements call the sums of cards (X10), by kind and whether it is what was taken."""


def card_figures(reader: Reader, ledger: str, day: date) -> dict[str, int]:
    """Sums of cards by the name statements check them under; empty where the ledger has no card, or had none on the day."""
    if not _known(reader, ledger, day):
        return {}
    sums = reader.asset_sums(ledger, day)
    figures: dict[str, int] = {}
    for (kind, taken), name in FIGURES.items():
        _, cost, accumulated = sums.get(kind.value, (0, 0, 0))
        figures[name] = accumulated if taken else cost
    return figures
