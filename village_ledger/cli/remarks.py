"""``remarks``: a reviewer's remarks and verdicts come into the village's book, answers are written to them.

With a package in the book's place it is the reviewer who writes (``pinning``).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from village_ledger.cli.arguments import UsageError
from village_ledger.cli.talk import say
from village_ledger.cli.writing import writing
from village_ledger.domain.package import ENDING as PACKAGE
from village_ledger.i18n import tr

if TYPE_CHECKING:
    from argparse import Namespace


def run_remarks(asked: Namespace) -> int:
    """Take a file in, list what there is, or answer one remark; of a package, write what goes back."""
    if asked.book.suffix.lower() == PACKAGE:
        from village_ledger.cli.pinning import run_pinning

        return run_pinning(asked)
    if asked.file == "list":
        return _list(asked)
    return _answer(asked) if asked.file == "answer" else _take_in(asked)


def _take_in(asked: Namespace) -> int:
    from village_ledger.exchange.review.remarks_file import content_of
    from village_ledger.services.review.remarks_in import take_in

    content = content_of(Path(asked.file))
    with writing(asked) as uow:
        taken = take_in(uow, content, asked.fingerprint or "").value
        uow.commit()
    said = taken.said
    say(
        tr(
            "收好了：{office} {who} 的 {count} 条意见。",
            office=said.office,
            who=said.reviewer,
            count=len(said.remarks),
        )
    )
    if taken.first_key:
        say(tr("第一次收这位审阅人的意见，请打电话核对指纹，不一样就告诉乡镇。"))
        print(taken.fingerprint)
    if taken.passed or taken.returned:
        say(tr("补审通过 {passed} 张，退回 {returned} 张。", passed=taken.passed, returned=taken.returned))
    for one in taken.sealed:
        say(tr("封存了{month}。", month=one))
    return 0


def _answer(asked: Namespace) -> int:
    from village_ledger.services.review.remarks_in import answer

    if asked.of is None or asked.number is None or asked.text is None:
        raise UsageError(tr("答复要写 --of、--number 和 --text"))
    with writing(asked) as uow:
        answer(uow, asked.of, asked.number, asked.text)
        uow.commit()
    say(tr("答复记下了，下一个送审包会带给乡镇。"))
    return 0


def _list(asked: Namespace) -> int:
    from village_ledger.domain.remark_place import place_words
    from village_ledger.services.review.remarks_in import remarks
    from village_ledger.storage.file.book_file import Access, open_book

    with open_book(asked.book, Access.READ) as book:
        views = remarks(book.reader())
        titles = {info.code: info.title for info in book.reader().ledgers()}
    for one in views:
        remark = one.remark
        answers = "；".join(given.text for given in one.answers) or tr("还没有答复")
        number, weight = "、".join((one.number, *one.also)), remark.severity.words
        where = f"{titles.get(remark.ledger, remark.ledger)} {place_words(remark.place) or tr('整本账')}"
        print(f"{number} {weight} {where} {remark.text}：{answers}")
    if not views:
        say(tr("还没有收到审阅意见。"))
    return 0
