"""Making a village's book."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.period import Month
from village_ledger.domain.registration_code import check_code
from village_ledger.domain.voucher import NAME_LIMIT, check_text
from village_ledger.services.review import village_keys
from village_ledger.storage.file.book_file import Access, open_book
from village_ledger.storage.reader import Reader
from village_ledger.storage.spec import BookSpec

FOUNDED = "建账"


def new_book(path: Path, spec: BookSpec, by: str) -> None:
    """Make a new, empty book with a signing key of its own and say so in its log; never overwrites anything.

    Raises LedgerError when the path exists or the village has no name, BookFileError when nothing can be written there.
    """
    # SQLAlchemy comes with it, and a proof, which asks here what the log's first record says, needs none of that.
    from village_ledger.storage.file.create import create_book

    spec = replace(
        spec,
        village=check_text(spec.village, "村名", NAME_LIMIT),
        collective_name=check_text(spec.collective_name, "集体经济组织名称", NAME_LIMIT),
        collective_code=check_code(check_text(spec.collective_code, "集体经济组织代码", NAME_LIMIT)).code,
        committee_name=check_text(spec.committee_name, "村委会名称", NAME_LIMIT),
        committee_code=check_code(check_text(spec.committee_code, "村委会代码", NAME_LIMIT)).code,
    )
    if not spec.village:
        raise LedgerError("还没有写村名", "请填上村名。", safe="没有建任何文件。")
    create_book(path, spec)
    with open_book(path, Access.WRITE, by) as book, book.unit_of_work(by) as uow:
        names, detail = founding(uow.reader)
        uow.log.add(FOUNDED, subject=names, detail=detail)
        village_keys.make(uow)
        uow.commit()


def founding(reader: Reader, later: frozenset[str] = frozenset()) -> tuple[str, str]:
    """What the log's first record says of a book, so that ``verify`` can hold the book to it: names, and the rest.

    Ledgers that came ``later`` have records of their own.
    """
    book = reader.book()
    ledgers = [info for info in reader.ledgers() if info.code not in later]
    mode = "合账" if len(ledgers) == 1 else "分账"
    kept = "；".join(
        f"{x.title}：{x.chart_id}，{x.code_widths}，代码 {x.registration_code or '未填'}" for x in ledgers
    )
    demo = "，演示" if book.is_demo else ""
    return (
        "|".join((book.village, *(ledger.entity for ledger in ledgers))),
        f"{mode}{demo}，自 {ledgers[0].start} 起，{book.created_at} 由程序 {book.program_version} 建成，编号 {book.uid}；{kept}",
    )


def doubts(spec: BookSpec, today: date | None = None) -> tuple[str, ...]:
    """Sentences about what was accepted and may be a slip: registration codes, a first month in the future."""
    said: list[str] = []
    for words, code, kind in (
        ("集体经济组织的代码", spec.collective_code, LedgerKind.COLLECTIVE),
        ("村民委员会的代码", spec.committee_code, LedgerKind.COMMITTEE),
    ):
        found = check_code(code, kind)
        if found.sentence:
            said.append(f"{words} {found.code}：{found.sentence}。账照建，请核对证书。")
    if spec.collective_code and check_code(spec.collective_code).code == check_code(spec.committee_code).code:
        said.append("集体经济组织和村民委员会是两个单位，代码不会一样。请核对证书。")
    now = Month.of(today or date.today())  # noqa: DTZ011  the wall calendar of the village
    if spec.start > now:
        said.append(f"起始月 {spec.start} 比电脑上的日期（{now}）晚。建好后不能往前改，请核对。")
    return tuple(said)
