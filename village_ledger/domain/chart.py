"""Charts of accounts: codes, leaves, sides and the dimensions an account demands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum

from village_ledger.domain.errors import ChartError


class Side(Enum):
    """The side an account's balance normally stands on (余额方向)."""

    DEBIT = "借"
    CREDIT = "贷"


class Dimension(Enum):
    """Auxiliary accounting (辅助核算) a line may carry and an account may demand."""

    COUNTERPARTY = "往来单位"
    PROJECT = "项目"
    GROUP = "村民小组"


class Money(Enum):
    """Whether an account is money, and of which kind."""

    CASH = "现金"
    BANK = "银行"


class LedgerKind(Enum):
    """Whose ledger it is; decides chart, guard rules, stamp and colour."""

    COLLECTIVE = "collective"
    COMMITTEE = "committee"


INCOME_AND_EXPENSE = frozenset({"损益", "收入", "支出"})


@dataclass(frozen=True, slots=True)
class Account:
    """An account (科目) of one ledger; ``code`` is unique there."""

    code: str
    name: str
    side: Side
    category: str
    level: int = 1
    parent: str = ""
    is_leaf: bool = True
    active: bool = True
    protected: bool = False
    two_way: bool = False
    money: Money | None = None
    demands: frozenset[Dimension] = field(default_factory=frozenset[Dimension])
    unit: str = ""
    """Unit (斤, 亩, 头) of an account kept by quantity (数量核算), empty for any other."""
    quantity_required: bool = False
    """Whether a line without a quantity is refused instead of warned of."""

    @property
    def is_income(self) -> bool:
        """Income of the year: a revenue account of either chart."""
        return self.category in INCOME_AND_EXPENSE and self.side is Side.CREDIT


@dataclass(frozen=True, slots=True)
class CodeRule:
    """Widths of the levels of a code, such as 3-2-2-2 (科目编码规则)."""

    widths: tuple[int, ...]

    @classmethod
    def parse(cls, text: str) -> CodeRule:
        """Read ``3-2-2-2``."""
        return cls(tuple(int(part) for part in text.split("-")))

    def level(self, code: str) -> int:
        """Level of a code, 1 for the first; raises ChartError when no level has this length."""
        total = 0
        for level, width in enumerate(self.widths, 1):
            total += width
            if len(code) == total and code.isascii() and code.isdigit():
                return level
        raise ChartError(
            f"科目编码“{code}”的长度不对",
            f"各级编码的位数是 {'-'.join(map(str, self.widths))}，请按这个位数编。",
        )

    def parent(self, code: str) -> str:
        """Code of the account above, empty for a first-level code."""
        level = self.level(code)
        return "" if level == 1 else code[: sum(self.widths[: level - 1])]


class Chart:
    """All accounts of one ledger, looked up by code; immutable from outside."""

    def __init__(self, kind: LedgerKind, rule: CodeRule, accounts: Iterable[Account]) -> None:
        self.kind = kind
        self.rule = rule
        self._accounts: dict[str, Account] = {a.code: a for a in sorted(accounts, key=lambda a: a.code)}

    def __iter__(self) -> Iterator[Account]:
        return iter(self._accounts.values())

    def __len__(self) -> int:
        return len(self._accounts)

    def __contains__(self, code: object) -> bool:
        return code in self._accounts

    def get(self, code: str) -> Account:
        """The account with this code; raises ChartError when there is none."""
        try:
            return self._accounts[code]
        except KeyError:
            raise ChartError(f"本账没有科目 {code}", "请核对编码，或先增设这个科目。") from None

    def as_mapping(self) -> Mapping[str, Account]:
        """Code to account, for bulk work."""
        return self._accounts

    def usable_leaf(self, code: str) -> Account:
        """The account, if a voucher line may name it; raises ChartError saying why not."""
        account = self.get(code)
        if not account.is_leaf:
            raise ChartError(f"{code} {account.name} 有下级科目，不能直接记账", "请选它的下级科目。")
        if not account.active:
            raise ChartError(f"{code} {account.name} 已停用", "请换一个科目，或先启用它。")
        return account

    def path(self, code: str) -> str:
        """Full name from the first level, such as 管理费用—水电费."""
        names: list[str] = []
        while code:
            account = self.get(code)
            names.append(account.name)
            code = account.parent
        return "—".join(reversed(names))

    def is_settled_by_party(self, code: str) -> bool:
        """Whether a two-way account is kept per counterparty, so that its balances are never netted (113 内部往来).

        Other two-way accounts (154, 231, 321 …) name counterparties now and then; they are one-sided per leaf.
        """
        account = self.get(code)
        if not account.two_way:
            return False
        above = account
        while Dimension.COUNTERPARTY not in above.demands and above.parent:
            above = self.get(above.parent)
        return Dimension.COUNTERPARTY in above.demands

    def with_account(self, account: Account) -> tuple[Chart, Account]:
        """A chart with one account more (its parent no longer a leaf), and the account as placed.

        Raises ChartError for a wrong code, a missing parent, a new first-level account (the first level is
        protected, 财会〔2024〕12号 art. 20) or the same code with another meaning.
        """
        level = self.rule.level(account.code)
        parent_code = self.rule.parent(account.code)
        if account.code in self._accounts:
            raise ChartError(f"科目 {account.code} 已经有了", "请换一个编码。")
        if level == 1:
            raise ChartError(
                f"{account.code} {account.name} 是一级科目，一级科目由制度规定", "请改设为下级科目。"
            )
        if parent_code not in self._accounts:
            raise ChartError(f"科目 {account.code} 的上级 {parent_code} 不存在", "请先增设上级科目。")
        parent = self._accounts[parent_code]
        placed = replace(
            account,
            level=level,
            parent=parent_code,
            category=parent.category,
            money=parent.money,
            two_way=parent.two_way,
            is_leaf=True,
            protected=False,
        )
        accounts = {**self._accounts, parent_code: replace(parent, is_leaf=False), placed.code: placed}
        return Chart(self.kind, self.rule, accounts.values()), placed

    def next_child_code(self, parent: str) -> str:
        """The first free code below an account; raises ChartError at the deepest level or when all are used."""
        level = self.rule.level(parent)
        if level >= len(self.rule.widths):
            raise ChartError(f"{parent} 已是最末一级，不能再设下级", "请在上一级下增设。")
        width = self.rule.widths[level]
        for number in range(1, 10**width):
            code = f"{parent}{number:0{width}d}"
            if code not in self._accounts:
                return code
        raise ChartError(f"{parent} 的下级编码已经用完", "请在别的科目下增设。")
