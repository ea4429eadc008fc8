"""The twelve characters printed on paper that tie it to what the book says (校验码)."""

from __future__ import annotations

import hashlib

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""No 0, 1, I and O: read aloud and copied by hand."""
LENGTH = 12


def code_for(text: str) -> str:
    """Twelve characters from the SHA-256 of a text."""
    number = int.from_bytes(hashlib.sha256(text.encode()).digest(), "big")
    code = ""
    for _ in range(LENGTH):
        number, place = divmod(number, len(ALPHABET))
        code += ALPHABET[place]
    return code
