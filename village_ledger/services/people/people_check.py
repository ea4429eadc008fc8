"""V60, what storage cannot tell: sealed numbers open under the book's key, filed registers read as they were filed."""

from __future__ import annotations

from collections.abc import Iterator

from village_ledger.domain.finding import Finding
from village_ledger.services.people.register_filing import OFFICES, digest_of
from village_ledger.services.staff.sealing import opener
from village_ledger.storage.file.book_file import BookFile
from village_ledger.storage.people.inspection import RULE, SEALED_WORDS, PeopleInspection


def filed(book: BookFile) -> Iterator[Finding]:
    """A register that was filed still reads as it did when it was filed."""
    reader = book.reader()
    for filing in reader.filings():
        found = digest_of(reader, filing.as_of, filing.read_to)
        if found != filing.digest:
            record = f"成员名册 {filing.filed_on} 报{OFFICES[filing.office]}备案"
            yield Finding(RULE, record, "名册和备案时不同", "", filing.digest[:16], found[:16])


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
