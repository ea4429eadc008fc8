"""PINs, the recovery code, and the data key wrapped by either: argon2id and AES-256-GCM, parameters kept beside.

A PIN is short; what protects it is the cost of each guess, the count of wrong ones and the place where the book lies.
The recovery code is long enough to need neither.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from itertools import pairwise

from argon2 import PasswordHasher, Type
from argon2.exceptions import HashingError, InvalidHashError, VerificationError
from argon2.low_level import hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from village_ledger.domain.duty import duty_rules
from village_ledger.domain.errors import PinError
from village_ledger.storage.spec import KEY_BYTES
from village_ledger.storage.staff.queries import KeyWrap

LONGEST = 64
SALT_BYTES = 16
NONCE_BYTES = 12


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess costs: argon2id passes, memory in KiB, lanes (RFC 9106 §4, second recommendation)."""

    passes: int
    memory: int
    lanes: int

    @property
    def words(self) -> str:
        """As kept beside a wrap."""
        return f"argon2id t={self.passes} m={self.memory} p={self.lanes} aes-256-gcm"


COST = Cost(3, 65536, 4)
_MOST = Cost(20, 1 << 20, 16)
"""Beyond this a file only means to keep us busy."""
_WORDS = re.compile(r"argon2id t=(\d+) m=(\d+) p=(\d+) aes-256-gcm")

# PINs


def check_pin(pin: str) -> str:
    """A new PIN as it is kept; raises PinError for one anybody would try first."""
    shortest = duty_rules().pin.shortest
    if not shortest <= len(pin) <= LONGEST or not pin.isprintable() or pin != pin.strip():
        raise PinError(f"密码要有 {shortest} 到 {LONGEST} 个数字或字母", "请另想一个。")
    steps = {ord(after) - ord(before) for before, after in pairwise(pin)}
    if len(set(pin)) < 3 or steps in ({1}, {-1}):
        raise PinError("这个密码太容易猜到", "请不要用同一个数字，也不要用 123456 这样的顺序。")
    return pin


def hash_pin(pin: str) -> str:
    """The hash to keep of a PIN."""
    return PasswordHasher(COST.passes, COST.memory, COST.lanes, type=Type.ID).hash(pin)


def pin_matches(pin: str, pin_hash: str) -> bool:
    """Whether this is the PIN; the hash carries its own parameters."""
    try:
        return PasswordHasher().verify(pin_hash, pin)
    except (VerificationError, InvalidHashError):
        return False


# the recovery code

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""31 signs nobody confuses: no 0 O, no 1 I L. Their number is prime, so that the check sign finds every slip of one
sign and every exchange of two."""
_BODY = 24
_GROUP = 5


def new_recovery_code() -> str:
    """A new code of 24 random signs (119 bits) and a check sign, in five groups."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(_BODY))
    return grouped(body + _check_sign(body))


def grouped(code: str) -> str:
    """The code as printed: ``7K4MP-…``."""
    return "-".join(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))


def read_recovery_code(text: str) -> str:
    """A code as typed, without groups; raises PinError when it cannot be one, which is no guess."""
    tidy = re.sub(r"[\s\-－—]", "", text).upper()
    strange = sorted(set(tidy) - set(ALPHABET))
    if strange:
        raise PinError(
            f"恢复码里没有“{strange[0]}”这样的字", "恢复码不用 0、1 和字母 I、L、O，请对着纸再打一遍。"
        )
    if len(tidy) != _BODY + 1:
        raise PinError(f"恢复码应有 {_BODY + 1} 个字，打了 {len(tidy)} 个", "请对着纸再打一遍。")
    if _check_sign(tidy[:-1]) != tidy[-1]:
        raise PinError("恢复码打错了一处", "最后一个字是校验用的，现在对不上，请对着纸再打一遍。")
    return tidy


def _check_sign(body: str) -> str:
    total = sum(place * ALPHABET.index(sign) for place, sign in enumerate(body, 1))
    return ALPHABET[total % len(ALPHABET)]


# the data key


def wrap(key: bytes, secret: str, about: str) -> KeyWrap:
    """The data key wrapped by a PIN or recovery code; ``about`` ties the wrap to its book and holder."""
    salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(NONCE_BYTES)
    sealed = AESGCM(_derived(secret, salt, COST)).encrypt(nonce, key, about.encode())
    return KeyWrap(COST.words, salt, nonce, sealed)


def unwrap(wrapped: KeyWrap, secret: str, about: str) -> bytes | None:
    """The data key, None when the secret is another one."""
    match = _WORDS.fullmatch(wrapped.parameters)
    if match is None:
        raise PinError("这本账的密钥是用更新的方法包的，现在的程序打不开", "请先升级程序。")
    cost = Cost(*(int(number) for number in match.groups()))
    ours = len(wrapped.salt) == SALT_BYTES and len(wrapped.nonce) == NONCE_BYTES
    if not ours or cost.passes > _MOST.passes or cost.memory > _MOST.memory or cost.lanes > _MOST.lanes:
        raise _strange()
    try:
        return AESGCM(_derived(secret, wrapped.salt, cost)).decrypt(
            wrapped.nonce, wrapped.wrapped, about.encode()
        )
    except InvalidTag:
        return None
    except HashingError as error:  # no passes, or too little memory for the lanes
        raise _strange() from error


def _strange() -> PinError:
    return PinError("这本账的密钥记录不像是本程序写的", "请用备份打开，或把账簿交给技术人员。")


def _derived(secret: str, salt: bytes, cost: Cost) -> bytes:
    return hash_secret_raw(
        secret.encode(), salt, cost.passes, cost.memory, cost.lanes, hash_len=KEY_BYTES, type=Type.ID
    )
