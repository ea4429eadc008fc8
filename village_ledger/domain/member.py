"""Standing in the organisation (成员身份) and the reasons the law knows for it (农村集体经济组织法 art. 11–18, 66).

What is no ground for losing membership (study, service, work away, marriage, divorce, prison …) is refused by name.
"""

from __future__ import annotations

from datetime import date
from enum import Enum

from village_ledger.domain.errors import MemberError
from village_ledger.domain.rule_names import ADMISSION, LEAVING, NO_GROUND

HEAD = "户主"
"""Relation of the head of a household."""
SINCE_EVER = date.min
"""Effective day of what holds for as long as anybody knows."""


class Status(Enum):
    """A person's standing, as stored."""

    MEMBER = "member"
    LOST = "lost"
    WITHDRAWN = "withdrawn"
    GRANTED = "granted"
    HOLDER = "holder"
    NONE = "none"

    @property
    def words(self) -> str:
        """As the register says it."""
        return _STATUS[self]


_STATUS = {
    Status.MEMBER: "成员",
    Status.LOST: "已丧失成员身份",
    Status.WITHDRAWN: "已自愿退出",
    Status.GRANTED: "享有部分权利的非成员",
    Status.HOLDER: "非成员持股人",
    Status.NONE: "非成员",
}


class Reason(Enum):
    """Why the standing is what it is."""

    REGISTERED = "registered"
    BIRTH = "birth"
    MARRIAGE = "marriage"
    ADOPTION = "adoption"
    MIGRATION = "migration"
    CONFIRMED = "confirmed"
    DEATH = "death"
    NATIONALITY = "nationality"
    ELSEWHERE = "elsewhere"
    CIVIL_SERVANT = "civil-servant"
    CHARTER = "charter"
    EXIT = "exit"
    CONTRIBUTION = "contribution"
    HEIR = "heir"
    UNKNOWN = ""

    @property
    def words(self) -> str:
        """As the register says it."""
        return _REASONS[self][1]

    @property
    def status(self) -> Status:
        """The standing it leads to."""
        return _REASONS[self][0]


_REASONS = {
    Reason.REGISTERED: (Status.MEMBER, "改革中已经确认（第六十六条）"),
    Reason.BIRTH: (Status.MEMBER, "成员生育（第十二条）"),
    Reason.MARRIAGE: (Status.MEMBER, "结婚（第十二条）"),
    Reason.ADOPTION: (Status.MEMBER, "收养（第十二条）"),
    Reason.MIGRATION: (Status.MEMBER, "政策性移民（第十二条）"),
    Reason.CONFIRMED: (Status.MEMBER, "成员大会确认（第十一、十二条）"),
    Reason.DEATH: (Status.LOST, "死亡"),
    Reason.NATIONALITY: (Status.LOST, "丧失中国国籍"),
    Reason.ELSEWHERE: (Status.LOST, "已经取得其他农村集体经济组织成员身份"),
    Reason.CIVIL_SERVANT: (Status.LOST, "已经成为公务员（聘任制除外）"),
    Reason.CHARTER: (Status.LOST, "法律法规和章程规定的其他情形"),
    Reason.EXIT: (Status.WITHDRAWN, "自愿退出（第十六条）"),
    Reason.CONTRIBUTION: (Status.GRANTED, "长期工作有贡献，成员大会四分之三同意（第十五条）"),
    Reason.HEIR: (Status.HOLDER, "继承份额，不是成员"),
    Reason.UNKNOWN: (Status.NONE, ""),
}
_GROUNDLESS = {
    "study": "就学",
    "service": "服役",
    "work": "务工",
    "business": "经商",
    "marriage": "结婚",
    "divorce": "离婚",
    "widowhood": "丧偶",
    "prison": "服刑",
}
_NO_GROUND = {**_GROUNDLESS, **{words: words for words in _GROUNDLESS.values()}}
"""Art. 18: none of these takes membership away."""


def reason_of(text: str, *statuses: Status) -> Reason:
    """A reason by its word (English or Chinese) among those leading to the given standings; raises MemberError."""
    word = text.strip()
    if Status.MEMBER not in statuses and word in _NO_GROUND:
        raise MemberError(
            f"{_NO_GROUND[word]}不是丧失成员身份的理由{NO_GROUND}",
            "结婚的，要等取得别的集体经济组织成员身份以后；其余的情形都保留成员身份。",
        )
    allowed = [reason for reason in Reason if reason.value and reason.status in statuses]
    for reason in allowed:
        if word in (reason.value, reason.words, reason.words.split("（")[0]):
            return reason
    rule = ADMISSION if Status.MEMBER in statuses else LEAVING
    raise MemberError(
        f"没有“{word}”这个理由{rule}", f"可以是：{'、'.join(reason.value for reason in allowed)}。"
    )
