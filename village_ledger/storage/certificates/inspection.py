"""Looking over share certificates: what each says, its check code, and that the operation log knows of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from village_ledger.domain.certificate import ENDED, ISSUED, CertificateContent, content_code
from village_ledger.domain.errors import BookFileError
from village_ledger.domain.finding import Finding
from village_ledger.storage.people.records import Certificate
from village_ledger.storage.queries import Queries


class CertificateInspection(Queries):
    """Findings about the certificates of one open book."""

    def certificates(self) -> Iterator[Finding]:
        """Each says what was issued, was logged when issued and when ended; a household has one that is valid."""
        reader = self._book.reader()
        book_id, every = reader.book().uid, reader.certificates()
        issued = {o.subject: o.detail for o in reader.operations() if o.action == ISSUED}
        ended = {o.subject for o in reader.operations() if o.action == ENDED}
        for one in every:
            yield from _text(one, book_id)
            logged = issued.pop(one.number, None)
            if logged is None:
                yield Finding("V66", _name(one), "操作日志里没有发证的记录")
            elif not logged.endswith(one.code):
                yield Finding("V66", _name(one), "和发证时的校验码不符", one.ledger, logged[-12:], one.code)
            if (one.ended is None) == (one.number in ended):
                yield Finding("V66", _name(one), "收回的记录和操作日志不符")
            if one.ended is not None and one.ended < one.day:
                yield Finding("V66", _name(one), "收回日期早于发证日期")
        for number in issued:
            yield Finding("V66", f"股权证 {number}", "操作日志里发过，册里没有这本证")
        for home, count in Counter(one.household for one in every if one.ended is None).items():
            if count > 1:
                yield Finding("V66", f"{home} 户", f"有 {count} 本有效的股权证，一户只能有一本")


def _text(one: Certificate, book_id: str) -> Iterator[Finding]:
    if content_code(one.content, book_id) != one.code:
        yield Finding("V66", _name(one), "证上的内容和校验码不符")
    try:
        content = CertificateContent.from_json(one.content)
    except BookFileError:
        yield Finding("V66", _name(one), "证上的内容读不出来")
        return
    told = (content.number, content.household, content.day)
    if told != (one.number, one.household, one.day.isoformat()):
        yield Finding("V66", _name(one), "证上的证号、户或日期和登记的不符")
    for place, line in enumerate(content.classes):
        if sum(person.quanta[place] for person in content.people) != line.total:
            yield Finding("V66", _name(one), f"{line.name}各人加起来不等于合计")


def _name(one: Certificate) -> str:
    return f"股权证 {one.number}"
