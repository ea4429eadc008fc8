"""Whether staff, roles and PINs are what the operation log says, and whether everybody did only what was theirs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from village_ledger.domain.duty import Duty, Held, duty_rules
from village_ledger.domain.finding import Finding
from village_ledger.domain.staff_log import (
    BACK,
    CONCERNS_STAFF,
    FORGETS_FAILURES,
    GIVEN,
    LEFT,
    REGISTERED,
    SETS_PIN,
    TAKEN,
    WRONG,
    ended_words,
    failure_words,
    pin_mark,
    role_words,
)
from village_ledger.storage.queries import Queries
from village_ledger.storage.staff.queries import RECOVERY, StaffMember

RULE = "V16"


@dataclass(slots=True)
class _Logged:
    """One person as the log tells."""

    here: bool = True
    pin: str = ""
    failure: str = ""
    roles: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    """(ledger, words) of roles given, those that ended with their end."""


class StaffInspection(Queries):
    """Findings about the staff of an open book."""

    def findings(self) -> Iterator[Finding]:
        """Everything that is wrong."""
        staff, logged = self._book.reader().staff(), self._logged()
        self._packed = self._book.reader().packed() is not None
        for member in staff:
            told = logged.pop(member.name, None)
            if told is None:
                yield Finding(RULE, f"人员 {member.name}", "操作日志里没有登记")
            else:
                yield from self._member(member, told)
        for name in logged:
            yield Finding(RULE, f"人员 {name}", "操作日志里登记过，账簿里没有了")
        if staff and not self._packed:  # PINs and keys never leave the village
            yield from self._key(staff)
        if staff:
            yield from self._acts(staff)

    def _logged(self) -> dict[str, _Logged]:
        places = ", ".join("?" * len(CONCERNS_STAFF))
        found: dict[str, _Logged] = {}
        for action, name, ledger, detail in self._all(
            f"SELECT action, subject, ledger, detail FROM operation WHERE action IN ({places}) ORDER BY seq",
            *CONCERNS_STAFF,
        ):
            told = found.setdefault(name, _Logged())
            if action in SETS_PIN:
                told.pin = detail
            if action in FORGETS_FAILURES:
                told.failure = ""
            if action == WRONG:
                told.failure = detail
            elif action in (REGISTERED, BACK, LEFT):
                told.here = action != LEFT
            elif action == GIVEN:
                told.roles.add((ledger, detail))
            elif action == TAKEN:
                told.roles.discard((ledger, detail.rpartition("，")[0]))
                told.roles.add((ledger, detail))
        return found

    def _member(self, member: StaffMember, told: _Logged) -> Iterator[Finding]:
        record = f"人员 {member.name}"
        if bool(member.left_at) == told.here:
            yield Finding(RULE, record, "在岗还是离任，和操作日志不符")
        held = {(h.ledger, ended_words(h, h.until) if h.until else role_words(h)) for h in member.roles}
        for ledger, words in sorted(held - told.roles):
            yield Finding(RULE, record, f"有一个角色操作日志里没有：{words}", ledger)
        for ledger, words in sorted(told.roles - held):
            yield Finding(RULE, record, f"操作日志里的角色账簿里没有：{words}", ledger)
        if self._packed:
            return
        state = self._book.reader().pin_state(member.id)
        if state is None or pin_mark(state.hash) != told.pin:
            yield Finding(RULE, record, "密码记录不是本人或恢复码设的那一个")
        counted = failure_words(state.failures, state.shut_until) if state and state.failures else ""
        if counted != told.failure:
            yield Finding(RULE, record, "输错密码的次数被改过", "", told.failure or "没有", counted or "没有")

    def _key(self, staff: list[StaffMember]) -> Iterator[Finding]:
        reader = self._book.reader()
        plain, check = reader.plain_key(), reader.key_check()
        if plain is not None:
            yield Finding(RULE, "数据密钥", "有了人员以后还明放在账簿里")
        if check is None or (plain is not None and sha256(plain).digest() != check):
            yield Finding(RULE, "数据密钥", "和校验值不符")
        holders = {RECOVERY: "恢复码", **{m.id: m.name for m in staff if not m.left_at}}
        for holder, words in holders.items():
            if reader.key_wrap(holder) is None:
                yield Finding(RULE, "数据密钥", f"{words}的那一份不见了")

    def _acts(self, staff: list[StaffMember]) -> Iterator[Finding]:
        """Who prepared, reviewed and posted since there are staff held a role for it on that day."""
        since = min(member.added_at for member in staff)
        people = {member.name: member for member in staff}
        for duty, sql in _ACTS:
            for ledger, name, day, basis in self._all(sql, since):
                wanted = Duty.CLOSE if basis == "automatic" else duty
                if not _may(people.get(name), wanted, ledger, date.fromisoformat(day)):
                    text = f"{name} 在 {day} {wanted.words}，那天没有这个角色"
                    yield Finding(RULE, "岗位", text, ledger)


_ACTS = (
    (
        Duty.PREPARE,
        (
            "SELECT DISTINCT l.code, v.prepared_by, substr(v.prepared_at, 1, 10), coalesce(p.basis, '') FROM voucher v "
            "JOIN ledger l ON l.id = v.ledger_id LEFT JOIN posting p ON p.voucher_id = v.id "
            "WHERE v.prepared_at > ?"
        ),
    ),
    (
        Duty.REVIEW,
        (
            "SELECT DISTINCT l.code, v.reviewed_by, substr(v.reviewed_at, 1, 10), '' FROM voucher v "
            "JOIN ledger l ON l.id = v.ledger_id WHERE v.reviewed_at > ? AND v.reviewed_by <> ''"
        ),
    ),
    (
        Duty.POST,
        (
            "SELECT DISTINCT l.code, p.posted_by, substr(p.posted_at, 1, 10), p.basis FROM posting p "
            "JOIN ledger l ON l.id = p.ledger_id WHERE p.posted_at > ?"
        ),
    ),
)


def _may(member: StaffMember | None, duty: Duty, ledger: str, day: date) -> bool:
    """Whether somebody held a role for the duty on the day; one that began and ended that day counts."""
    if member is None:
        return False
    may = duty_rules().may
    return any(duty in may[h.role] and h.covers(ledger) and _that_day(h, day) for h in member.roles)


def _that_day(held: Held, day: date) -> bool:
    return held.since <= day and (held.until is None or day <= held.until)
