"""The village's signing key (Ed25519): made with the book, its private half under the book's data key.

Whoever holds a package tells by the public half's fingerprint that it comes from this village; a new key is a new
fingerprint, therefore it is said why there is one.
"""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import NotSignedIn, PackageError
from village_ledger.domain.package import ALGORITHM, fingerprint
from village_ledger.services.changes import Changes
from village_ledger.services.duties import require
from village_ledger.services.outcome import Outcome
from village_ledger.storage.reader import Reader
from village_ledger.storage.review.inspection import KEY_MADE
from village_ledger.storage.review.queries import VillageKey
from village_ledger.storage.review.register import ReviewRegister
from village_ledger.storage.staff.register import StaffRegister
from village_ledger.storage.unit_of_work import UnitOfWork

_NONCE_BYTES = 12
_ABOUT = b"village signing key"


def make(uow: UnitOfWork, reason: str = "") -> Outcome[VillageKey]:
    """Make a key pair that signs from now on.

    Raises NotSignedIn without the data key, PackageError for a second one without a reason, DutyError.
    """
    require(uow, Duty.EXPORT)
    keys = uow.reader.village_keys()
    if keys and not reason.strip():
        raise PackageError("这本账已经有签名密钥", "要换一把，请写明为什么换，并告诉乡镇新的指纹。")
    private = Ed25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    nonce = secrets.token_bytes(_NONCE_BYTES)
    sealed = nonce + AESGCM(_data_key(uow)).encrypt(nonce, private.private_bytes_raw(), _ABOUT + public)
    ReviewRegister(uow).add_key(ALGORITHM, public, sealed, reason.strip())
    uow.log.add(KEY_MADE, subject=fingerprint(public), detail=reason.strip())
    return Outcome(uow.reader.village_keys()[-1], Changes())


def key_for(uow: UnitOfWork) -> VillageKey:
    """The key that signs; a book from before there were keys gets one now."""
    keys = uow.reader.village_keys()
    return keys[-1] if keys else make(uow).value


def fingerprint_of(reader: Reader) -> str:
    """Fingerprint of the key that signs, empty in a book from before there were keys."""
    keys = reader.village_keys()
    return fingerprint(bytes(keys[-1].public)) if keys else ""


def signature(uow: UnitOfWork, key: VillageKey, message: bytes) -> bytes:
    """64 bytes over a message. Raises NotSignedIn without the data key, PackageError when the key does not open."""
    nonce, sealed = key.sealed_private[:_NONCE_BYTES], key.sealed_private[_NONCE_BYTES:]
    try:
        private = AESGCM(_data_key(uow)).decrypt(nonce, sealed, _ABOUT + key.public)
    except InvalidTag:
        raise PackageError(
            "签名密钥解不开，不是用这本账的数据密钥加密的", "请先核对账簿；要换一把，请写明为什么换。"
        ) from None
    return Ed25519PrivateKey.from_private_bytes(private).sign(message)


def signed_by(public: bytes, message: bytes, signed: bytes) -> bool:
    """Whether a signature over a message is that key's."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signed, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _data_key(uow: UnitOfWork) -> bytes:
    key = uow.book.data_key()
    if key is not None:
        return key
    if uow.reader.key_check() is not None:
        raise NotSignedIn("签名要用到数据密钥，还没有人登录", "请先登录，再做送审包。")
    return StaffRegister(uow).make_key()
