"""Staff and duties (岗位和职责): what each role may do, and which roles one person may not hold at once.

The table is data (rules/duties.toml); what it means is here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import lru_cache

from village_ledger.domain.errors import DutyError
from village_ledger.resources_dir import resource


class Duty(Enum):
    """A kind of action somebody must be entitled to."""

    PREPARE = "prepare"
    """Vouchers, claims, templates, imports of vouchers, drafts."""
    REVIEW = "review"
    POST = "post"
    CASH = "cash"
    """Cash counts and receipt books."""
    RECONCILE = "reconcile"
    """Bank statements: taken in and matched, which is not the cashier's work."""
    ACCOUNTS = "accounts"
    OPENING = "opening"
    """Opening balances, and splitting or merging books."""
    CLOSE = "close"
    """Closing months and years, waiving a warning, asking for a month to be reopened."""
    APPROVE_REOPEN = "approve-reopen"
    BUDGET = "budget"
    DISCLOSE = "disclose"
    SUPERVISE = "supervise"
    ADMINISTER = "administer"
    SETTINGS = "settings"
    EXPORT = "export"

    @property
    def words(self) -> str:
        """What it is called in a refusal."""
        return _WORDS[self]


_WORDS = {
    Duty.PREPARE: "填制凭证",
    Duty.REVIEW: "审核凭证",
    Duty.POST: "记账",
    Duty.CASH: "管现金和收据",
    Duty.RECONCILE: "核对银行账",
    Duty.ACCOUNTS: "设科目",
    Duty.OPENING: "录期初余额",
    Duty.CLOSE: "结账",
    Duty.APPROVE_REOPEN: "批准反结账",
    Duty.BUDGET: "定年度计划",
    Duty.DISCLOSE: "出公开表",
    Duty.SUPERVISE: "监督签字",
    Duty.ADMINISTER: "管理人员",
    Duty.SETTINGS: "改设置",
    Duty.EXPORT: "导出账目",
}


class Role(Enum):
    """A role (岗位) a member of staff holds in a ledger or in both."""

    PREPARER = "preparer"
    REVIEWER = "reviewer"
    CASHIER = "cashier"
    BOOKKEEPER = "bookkeeper"
    CHIEF = "chief"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"

    @property
    def words(self) -> str:
        """Its Chinese name, as on vouchers and in the log."""
        return duty_rules().names[self]

    @classmethod
    def read(cls, text: str) -> Role:
        """A role by its Chinese or English word; raises DutyError naming those there are."""
        tidy = text.strip()
        for role in cls:
            if tidy in (role.value, role.words):
                return role
        raise DutyError(f"没有“{tidy}”这个角色", f"可以是：{'、'.join(role.words for role in cls)}。")


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two roles one person may not hold: in one ledger, or anywhere in the book."""

    one: Role
    other: Role
    whole_book: bool
    sentence: str
    source: str


@dataclass(frozen=True, slots=True)
class Held:
    """A role as held: ``ledger`` empty for both, ``until`` the first day it is held no more, None while it goes on."""

    role: Role
    ledger: str
    since: date
    until: date | None = None

    def on(self, day: date) -> bool:
        """Whether it is held on a day."""
        return self.since <= day and (self.until is None or day < self.until)

    def covers(self, ledger: str) -> bool:
        """Whether it is held in a ledger; an empty one asks for any."""
        return not ledger or self.ledger in ("", ledger)

    def overlaps(self, other: Held) -> bool:
        """Whether both are held on one day."""
        return (other.until is None or self.since < other.until) and (
            self.until is None or other.since < self.until
        )


@dataclass(frozen=True, slots=True)
class PinRules:
    """How long a PIN is, and what happens after wrong ones."""

    shortest: int
    borne: int
    wait_minutes: tuple[int, ...]

    def wait(self, failures: int) -> int:
        """Minutes the door stays shut after this many wrong PINs in a row."""
        if failures < self.borne:
            return 0
        return self.wait_minutes[min(failures - self.borne, len(self.wait_minutes) - 1)]


@dataclass(frozen=True, slots=True)
class DutyRules:
    """The table of duties.toml."""

    names: dict[Role, str]
    says: dict[Role, str]
    may: dict[Role, frozenset[Duty]]
    conflicts: tuple[Conflict, ...]
    pin: PinRules

    def roles_for(self, duty: Duty) -> list[Role]:
        """Roles that may do it."""
        return [role for role, duties in self.may.items() if duty in duties]

    def conflict(self, held: Iterable[Held], wanted: Held) -> Conflict | None:
        """The first rule ``wanted`` breaks beside what is held."""
        for other in held:
            for rule in self.conflicts:
                same = rule.whole_book or not other.ledger or wanted.covers(other.ledger)
                if {rule.one, rule.other} == {other.role, wanted.role} and same and other.overlaps(wanted):
                    return rule
        return None


@lru_cache(maxsize=1)
def duty_rules() -> DutyRules:
    """Roles, duties and conflicts as shipped (rules/duties.toml)."""
    data = tomllib.loads(resource("rules", "duties.toml").read_text(encoding="utf-8"))
    roles = {Role(entry["id"]): entry for entry in data["role"]}
    return DutyRules(
        names={role: entry["name"] for role, entry in roles.items()},
        says={role: entry["says"] for role, entry in roles.items()},
        may={role: frozenset(map(Duty, entry["may"])) for role, entry in roles.items()},
        conflicts=tuple(
            Conflict(
                Role(rule["role"]), Role(other), rule["scope"] == "book", rule["sentence"], rule["source"]
            )
            for rule in data["conflict"]
            for other in rule["others"]
        ),
        pin=PinRules(data["pin"]["shortest"], data["pin"]["borne"], tuple(data["pin"]["wait_minutes"])),
    )
