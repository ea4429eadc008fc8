"""Numbers of people under the book's data key: sealed with AES-256-GCM, each bound to its person and field.

Equal identity numbers are told by a keyed digest, which tells nothing to somebody without the key.
"""

from __future__ import annotations

import hmac
import secrets
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from village_ledger.domain.errors import NotSignedIn
from village_ledger.domain.identity import in_eighteen
from village_ledger.storage.people.register import Sealed
from village_ledger.storage.reader import Reader
from village_ledger.storage.spec import KEY_BYTES
from village_ledger.storage.staff.register import StaffRegister
from village_ledger.storage.unit_of_work import UnitOfWork

NONCE_BYTES = 12
LOCKED = "已加密"
"""Shown in place of a number while the key is not at hand."""


class Sealer:
    """Seals and opens numbers with one data key."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)
        derive = HKDF(hashes.SHA256(), KEY_BYTES, salt=None, info=b"identity number token")
        self._token_key = derive.derive(key)

    def seal(self, person_id: int, field: str, text: str) -> Sealed:
        """A number sealed for a person's field; an identity number carries its token."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        content = nonce + self._cipher.encrypt(nonce, text.encode(), _about(person_id, field))
        return Sealed(content, self.token(text) if field == "id_number" else None)

    def open(self, person_id: int, field: str, content: bytes) -> str | None:
        """The number within, None when it was not sealed by this key for this person and field."""
        try:
            whole = self._cipher.decrypt(
                content[:NONCE_BYTES], content[NONCE_BYTES:], _about(person_id, field)
            )
        except (InvalidTag, ValueError):
            return None
        return whole.decode()

    def token(self, number: str) -> bytes:
        """Keyed digest of an identity number in its 18-digit form."""
        return hmac.digest(self._token_key, in_eighteen(number).encode(), sha256)


def _about(person_id: int, field: str) -> bytes:
    return f"person:{person_id}:{field}".encode()


def sealer_for(uow: UnitOfWork) -> Sealer:
    """For writing numbers; a book from before there were keys gets its key now. Raises NotSignedIn without one at hand."""
    key = uow.book.data_key()
    if key is None:
        if uow.reader.key_check() is not None:
            raise NotSignedIn("证件号码要加密保存，还没有人登录", "请先登录，再登记号码。")
        key = StaffRegister(uow).make_key()
    return Sealer(key)


def opener(reader: Reader) -> Sealer | None:
    """For reading numbers, None while the key is not at hand."""
    key = reader.key_at_hand()
    return None if key is None else Sealer(key)
