"""The reviewer's signing key: one file on the reviewer's computer, outside every book.

A village sees its fingerprint the first time it takes remarks in, compares it over the telephone, and knows it from then on.
"""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from village_ledger.domain.errors import BookFileError, PackageError
from village_ledger.storage.file.create import beside

KEY_BYTES = 32


class ReviewerKey:
    """A key pair held for as long as the program reviews."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private

    @property
    def public(self) -> bytes:
        """The public half."""
        return self._private.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """64 bytes over a message."""
        return self._private.sign(message)


def reviewer_key(path: Path) -> ReviewerKey:
    """The key kept in a file, made at the first use; raises PackageError for a file that is no key, BookFileError."""
    try:
        if path.exists():
            content = path.read_bytes()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            content = Ed25519PrivateKey.generate().private_bytes_raw()
            with beside(path) as part, os.fdopen(_private(part), "wb") as file:
                file.write(content)  # whole or not there: half a key would be no key for ever
    except (OSError, BookFileError) as error:
        raise BookFileError(
            f"读写不了审阅用的签名密钥 {path.name}", "请核对文件夹能不能写。", safe="没有写任何文件。"
        ) from error
    if len(content) != KEY_BYTES:
        raise PackageError(
            f"{path.name} 不是签名密钥", "请恢复原来的密钥文件；真丢了就另起一个，并告诉各村新的指纹。"
        )
    return ReviewerKey(Ed25519PrivateKey.from_private_bytes(content))


def _private(path: Path) -> int:
    """A new file nobody else may read."""
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
