"""The cases as a list shows them: who and how much, what is missing, how long the notice still runs, what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from village_ledger.domain.share import EventKind
from village_ledger.domain.share_events import HOUSEHOLDS, EventRequest
from village_ledger.domain.share_rules import share_rules
from village_ledger.services.shares.share_cases import (
    STATES,
    UNPUBLISHED,
    missing_papers,
    notice_over,
    request_of,
)
from village_ledger.services.transfers.resolutions import bodies
from village_ledger.storage.people.records import ShareCase
from village_ledger.storage.reader import Reader

_FEW = 2
"""So many accounts of an event are named, more are counted."""


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case as it stands on a day."""

    case: ShareCase
    request: EventRequest
    who: str
    quantity: str
    missing: tuple[str, ...]
    until: date | None
    """The first day it may be posted; None while it is not published."""
    days_left: int
    """Days of notice still to run, 0 when it is over or has not begun."""
    following: str
    """What happens next, in words."""

    @property
    def state(self) -> str:
        """Where it stands, in words."""
        return STATES[self.case.state]

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.case.state not in {"rejected", "posted"}

    @property
    def is_due(self) -> bool:
        """Whether it is published and may be posted."""
        return self.case.state == "published" and not self.days_left


def case_lines(reader: Reader, today: date, ledger: str | None = None) -> list[CaseLine]:
    """Every case, newest first; ``ledger`` for one organisation's only."""
    lines = [case_line(reader, case, today) for case in reader.share_cases()]
    return [line for line in lines if ledger is None or line.request.ledger == ledger]


def case_line(reader: Reader, case: ShareCase, today: date) -> CaseLine:
    """One of them."""
    request = request_of(case)
    until = notice_over(reader, case) if case.state in {"published", "objected"} else None
    left = max(0, (until - today).days) if until else 0
    return CaseLine(
        case,
        request,
        who(request),
        quantity(request),
        tuple(missing_papers(case)) if case.state not in {"rejected", "posted"} else (),
        until,
        left,
        _following(case, until, left),
    )


def who(request: EventRequest) -> str:
    """Between whom: ``022/吴家兴 → 017/周建军``."""
    if request.kind is EventKind.REVERSE:
        return f"第 {request.reverses} 号变动" if request.reverses else ""
    if request.kind is EventKind.CONVERT:
        return f"{request.class_name} → {request.to}"
    takers = [part.account for part in request.takers if part.account]
    if request.kind is EventKind.CANCEL:
        return _few(takers)
    into = f"{request.to} 户" if request.kind in HOUSEHOLDS and request.to else _few(takers)
    return " → ".join(part for part in (request.from_, into) if part)


def _few(accounts: list[str]) -> str:
    if len(accounts) <= _FEW:
        return "、".join(accounts)
    return f"{'、'.join(accounts[:_FEW])} 等 {len(accounts)} 个账户"


def quantity(request: EventRequest) -> str:
    """How much, as it was typed; several parts parted by signs of addition."""
    if request.kind in HOUSEHOLDS or request.kind is EventKind.REVERSE:
        return ""
    typed = [part.quantity for part in request.takers if part.quantity]
    if not typed:
        return "均分" if request.kind is EventKind.INHERIT else ""
    return "＋".join(typed[:_FEW]) + ("＋…" if len(typed) > _FEW else "")


def quantity_words(request: EventRequest) -> str:
    """The same with what is counted: ``3 份``, of a conversion its ratio."""
    typed = quantity(request)
    if request.kind is EventKind.CONVERT:
        return f"比例 {typed}"
    return f"{typed} 份" if typed[:1].isdigit() else typed


def route(kind: EventKind, notice_days: int) -> list[str]:
    """The states a case of a kind goes through, in words."""
    if kind in UNPUBLISHED:
        return [STATES["draft"], "另一个人复核", STATES["posted"]]
    notice = f"公示 {notice_days} 天" if notice_days else "公示"
    return [STATES["draft"], STATES["checked"], STATES["approved"], notice, STATES["posted"]]


def _following(case: ShareCase, until: date | None, left: int) -> str:
    """What happens next and who does it."""
    names = [bodies()[body]["name"] for body in share_rules().kinds[case.kind].bodies]
    match case.state:
        case "draft":
            return "填完交审查"
        case "checked":
            several = "等" if len(names) > 1 else ""
            return f"凭{names[0]}{several}的决议批准" if names else "另一个人批准"
        case "approved":
            return "登记" if case.kind in UNPUBLISHED else "张榜公示"
        case "published":
            return f"公示还有 {left} 天，{until} 起可以登记" if left else "公示期满，可以登记"
        case "objected":
            return "查清楚：重新审查，或者退回"
        case "rejected":
            return "要再办，照它另起一件"
        case _:
            return f"已登记为第 {case.event} 号变动"
