"""Whether sealed numbers open under the book's key, and to what their tokens say (V60); needs the key at hand."""

from __future__ import annotations

from collections.abc import Iterator

from village_ledger.domain.finding import Finding
from village_ledger.services.sealing import opener
from village_ledger.storage.book_file import BookFile
from village_ledger.storage.inspection_people import RULE, SEALED_WORDS, PeopleInspection


def numbers(book: BookFile) -> Iterator[Finding]:
    """Numbers that do not open for their person and field, or bear another number's token; nothing without the key."""
    sealer = opener(book.reader())
    if sealer is None:
        return
    for one in PeopleInspection(book).sealed():
        number = sealer.open(one.person_id, one.field, one.sealed)
        who = f"成员名册 {one.name or f'第 {one.person_id} 人'}"
        if number is None:
            yield Finding(RULE, who, f"{SEALED_WORDS[one.field]}解不开，不是用这本账的密钥给这个人加密的")
        elif one.field == "id_number" and one.token != sealer.token(number):
            yield Finding(RULE, who, "身份证号和它的标记不符")
