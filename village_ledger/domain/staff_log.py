"""What the operation log says of staff: written by the services, read again by ``verify``."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

from village_ledger.domain.duty import Held

REGISTERED, BACK, LEFT = "登记人员", "人员回岗", "人员离任"
GIVEN, TAKEN = "授予角色", "收回角色"
SIGNED_IN, WRONG, UNLOCKED = "登录", "密码不对", "解锁"
PIN_CHANGED, RECOVERED, WRONG_CODE, NEW_CODE = "修改密码", "用恢复码重设密码", "恢复码不对", "更换恢复码"
SETS_PIN = (REGISTERED, BACK, PIN_CHANGED, RECOVERED)
"""Actions whose detail names the PIN record they left."""
FORGETS_FAILURES = (*SETS_PIN, SIGNED_IN, UNLOCKED)
CONCERNS_STAFF = (*FORGETS_FAILURES, LEFT, GIVEN, TAKEN, WRONG)
"""Everything from which staff, roles and counts follow."""


def role_words(held: Held) -> str:
    """A role in the log."""
    return f"{held.role.words}，自 {held.since} 起"


def ended_words(held: Held, until: date) -> str:
    """A role that ended, in the log."""
    return f"{role_words(held)}，到 {until} 止"


def failure_words(failures: int, until: str) -> str:
    """A wrong PIN in the log, so that ``verify`` can hold the count to it."""
    return f"连续第 {failures} 次" + (f"，锁到 {until}" if until else "")


def pin_mark(pin_hash: str) -> str:
    """What the log keeps of a PIN record: enough to see that it was exchanged, nothing to guess a PIN from."""
    return f"密码记录 {sha256(pin_hash.encode()).hexdigest()[:16]}"
