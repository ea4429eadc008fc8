"""What the operation log says was decided and declared is what the tables say (V87).

Dividends, subsidies and shares rest on the vote of a resolution; a one-person post decides whether what is posted awaits the
township. No chain covers these rows themselves, the log's does.
"""

from __future__ import annotations

from collections.abc import Iterator

from village_ledger.domain.finding import Finding
from village_ledger.services.entry.one_person_post import DECLARED, POST
from village_ledger.services.transfers.resolutions import ENTERED, bodies, vote_words
from village_ledger.storage.file.book_file import BookFile
from village_ledger.storage.interledger.records import Resolution

RULE = "V87"
_POST = {True: "是一人岗", False: "不是一人岗"}


def resolutions(book: BookFile) -> Iterator[Finding]:
    """Body, vote and subject of every resolution are those it was entered with, and none that was entered is gone."""
    reader = book.reader()
    masked = reader.withheld_rows("operation")
    logged = {one.subject: one for one in reader.operations(action=ENTERED) if one.action == ENTERED}
    for one in reader.resolutions():
        record = logged.pop(one.number, None)
        if record is None:
            yield Finding(RULE, f"决议 {one.number}", "操作日志里没有登记过", found=_words(one))
        elif record.seq not in masked and not _says(record.detail, one):
            yield Finding(RULE, f"决议 {one.number}", "和登记时不同", "", record.detail, _words(one))
    for record in logged.values():
        if record.seq not in masked:
            yield Finding(RULE, f"决议 {record.subject}", "登记过，现在没有了", expected=record.detail)


def _says(detail: str, one: Resolution) -> bool:
    """Whether the log says it so; a resolution brought over by a merger names its village in place of the body."""
    head, _, vote = detail.partition("，应到 ")
    ids = {body["name"]: name for name, body in bodies().items()}
    return f"应到 {vote}" == vote_words(_vote(one), one.subject) and ids.get(head, one.body) == one.body


def _words(one: Resolution) -> str:
    body = bodies().get(one.body)
    return f"{body['name'] if body else one.body}，{vote_words(_vote(one), one.subject)}"


def _vote(one: Resolution) -> tuple[int, int, int]:
    return one.eligible, one.present, one.in_favour


def posts(book: BookFile) -> Iterator[Finding]:
    """A ledger is a one-person post when the last thing the log says of that is that it was declared one."""
    reader = book.reader()
    said = {one.ledger: one.action for one in reader.operations(action=POST)}
    for info in reader.ledgers():
        declared = said.get(info.code) == DECLARED
        if declared != info.one_person_post:
            sides = _POST[declared], _POST[info.one_person_post]
            yield Finding(RULE, POST, "和操作日志不符", info.code, *sides)
