"""A village whose first quarter was made into sheets, and what its people do with them, in a few words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tests.builders import COLLECTIVE, WANG, Village
from village_ledger.domain.finding import Finding
from village_ledger.domain.objection import Objection, ObjectionResult
from village_ledger.domain.period import Span, parse_day
from village_ledger.domain.posting import Opinion, Posting
from village_ledger.services.disclosure import calendar_acts, objections, posting_sets, postings, registering
from village_ledger.services.disclosure.calendar_acts import Choice
from village_ledger.services.disclosure.objections import Heard

QUARTER = Span(date(2025, 1, 1), date(2025, 3, 31))
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde"
    b"\x00\x00\x00\x0cIDATx\x9cc\xf8\xcf\xc0\x00\x00\x03\x01\x01\x00\xc9\xfe\x92\xef\x00\x00\x00\x00IEND\xaeB`\x82"
)
"""The smallest picture there is."""

SUN, ZHOU = "孙监事", "周监事"
"""Two supervisors who make no sheets."""


class Wall:
    """The board of one ledger."""

    def __init__(self, village: Village, ledger: str = COLLECTIVE) -> None:
        self.village, self.ledger = village, ledger

    def sheet(self, code: str, report: str = "disclosure", span: Span = QUARTER, by: str = WANG) -> str:
        """A sheet registered under a code."""
        with self.village.act(by) as uow:
            registering.register(uow, code, self.ledger, report, span, f'{{"code": "{code}"}}')
        return code

    def set(self, *codes: str, by: str = WANG, replaces: str = "", occasion: str = "") -> Posting:
        """A set put together of a span's sheets."""
        with self.village.act(by) as uow:
            return posting_sets.open_posting(uow, self.ledger, QUARTER, codes, occasion, replaces).value

    def review(
        self,
        number: str,
        opinion: Opinion = Opinion.AGREED,
        people: Sequence[str] = (SUN, ZHOU),
        day: str = "2025-04-08",
        words: str = "",
        by: str = WANG,
    ) -> Posting:
        with self.village.act(by) as uow:
            return postings.review(uow, self.ledger, number, opinion, people, parse_day(day), words).value

    def post(
        self, number: str, day: str = "2025-04-10", place: str = "村委会门前公开栏", by: str = WANG
    ) -> Posting:
        with self.village.act(by) as uow:
            return postings.post(uow, self.ledger, number, parse_day(day), place).value

    def take_down(self, number: str, day: str = "2025-04-20", words: str = "") -> Posting:
        with self.village.act() as uow:
            return postings.take_down(uow, self.ledger, number, parse_day(day), words).value

    def hung(self, *codes: str) -> Posting:
        """A set of sheets that hangs."""
        made = self.set(*codes)
        self.review(made.number)
        return self.post(made.number)

    def object(self, number: str, day: str = "2025-04-12", **heard: str) -> Objection:
        said = Heard(
            heard.get("who", "张三"),
            heard.get("item", "路灯电费比去年多"),
            heard.get("code", ""),
            heard.get("way", ""),
        )
        with self.village.act() as uow:
            return objections.object_to(uow, self.ledger, number, parse_day(day), said).value

    def answer(
        self, number: str, day: str = "2025-04-15", words: str = "多装了六盏灯，附电费单"
    ) -> Objection:
        with self.village.act() as uow:
            return objections.answer(uow, self.ledger, number, parse_day(day), "王秀英", words).value

    def end(
        self,
        number: str,
        result: ObjectionResult | None = ObjectionResult.EXPLAINED,
        day: str = "2025-04-18",
        words: str = "",
    ) -> Objection:
        with self.village.act() as uow:
            return objections.close_objection(uow, self.ledger, number, parse_day(day), result, words).value

    def follow(self, rules: str) -> None:
        """Follow the rules of a place from the beginning of the year."""
        with self.village.act() as uow:
            calendar_acts.adopt(uow, self.ledger, Choice(rules), date(2025, 1, 1), "省里的规定")

    def photo(self, number: str, kind: str = postings.PHOTO) -> int:
        """A picture kept with a set."""
        file = self.village.path.parent / f"{kind}.png"
        file.write_bytes(PNG)
        with self.village.act() as uow:
            return postings.add_photo(uow, self.ledger, number, file, kind).value.id

    def withdraw(self, number: str, why: str = "不贴了") -> None:
        with self.village.act() as uow:
            postings.withdraw(uow, self.ledger, number, why)

    def file(self, number: str, words: str = "") -> None:
        with self.village.act() as uow:
            postings.close(uow, self.ledger, number, words=words)

    def faults(self) -> list[Finding]:
        """What the program finds wrong but for the codes, which the sheets of these tests make up (V80)."""
        return [one for one in self.village.verify() if one.rule != "V80"]
