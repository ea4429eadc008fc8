"""Somebody's roles in a form: a list for each, of the ledgers it may be held in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.duty import Role
from village_ledger.i18n import tr
from village_ledger.reports.agency.words import ledger_words
from village_ledger.ui.agency.ask_form import Asked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from village_ledger.storage.staff.queries import StaffMember

NONE, BOTH, _AND = "-", "", "+"
Roles = list[tuple[Role, str]]


def role_fields(member: StaffMember | None) -> list[Asked]:
    """A list for each role: not held, in all ledgers, in one, or in those it is held in now."""
    now: dict[Role, list[str]] = {}
    for role, ledger in held(member):
        now.setdefault(role, []).append(ledger)
    return [_role_field(role, _AND.join(now[role]) if role in now else NONE) for role in Role]


def _role_field(role: Role, value: str) -> Asked:
    values = dict.fromkeys([NONE, BOTH, *(kind.value for kind in LedgerKind), value])
    choices = tuple((one, _choice_words(one)) for one in values)
    return Asked(role.value, role.words, choices=choices, value=value, needed=False)


def _choice_words(value: str) -> str:
    if value in (NONE, BOTH):
        return tr("不做") if value == NONE else tr("全部账")
    return tr("只在{ledgers}", ledgers="、".join(map(ledger_words, value.split(_AND))))


def wanted(typed: Mapping[str, str]) -> Roles:
    """The roles as chosen."""
    return [
        (role, ledger)
        for role in Role
        if typed[role.value] != NONE
        for ledger in typed[role.value].split(_AND)
    ]


def held(member: StaffMember | None) -> Roles:
    """The roles somebody has now."""
    roles = member.roles if member is not None else ()
    return [(one.role, one.ledger) for one in roles if one.until is None]
