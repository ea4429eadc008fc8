"""A fault in the books, as a value: checks return lists of these, all at once."""

from __future__ import annotations

from dataclasses import dataclass

from village_ledger.domain.unseen import shown


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: the rule it breaks, the record (a voucher as ``YYYY-MM/记-0012``), what was expected and found."""

    rule: str
    record: str
    text: str
    ledger: str = ""
    expected: str = ""
    found: str = ""

    def sentence(self) -> str:
        """One Chinese line for a terminal or a list."""
        where = f"{self.ledger} {self.record}".strip()
        sides = (("应为", self.expected), ("实为", self.found))
        proof = "，".join(f"{word} {said}" for word, said in sides if said)
        return shown(f"[{self.rule}] {where}：{self.text}{f'（{proof}）' if proof else ''}")
