"""Somebody to be entered in the register, and what is wrong or odd about them: all of it, not only the first."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.identity import birth_of, cautions_of, fault_of, in_eighteen, sex_of, tidy_number
from village_ledger.domain.member import SINCE_EVER, Reason, Status
from village_ledger.domain.voucher import NAME_LIMIT, SUMMARY_LIMIT, check_text

SEXES = ("男", "女")
CODE_LIMIT = 20


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody to be entered: as said by the person at the desk or by a row of a register.

    ``since`` is the day from which the person belongs to the household; None: for as long as anybody knows. Numbers are
    whole here and sealed before they are stored.
    """

    name: str
    household: str = ""
    relation: str = ""
    sex: str = ""
    id_number: str = field(default="", repr=False)
    birth: date | None = None
    since: date | None = None
    status: Status = Status.NONE
    reason: Reason = Reason.UNKNOWN
    confirmed_on: date | None = None
    group: str = ""
    no_number: str = ""
    """Why there is no identity number: newborn, never issued …"""
    phone: str = field(default="", repr=False)
    bank: str = ""
    bank_account: str = field(default="", repr=False)
    note: str = ""

    @property
    def born(self) -> date | None:
        """Day of birth: as given, else as the number says."""
        return self.birth or (birth_of(self.id_number) if self.id_number else None)

    @property
    def known_since(self) -> date:
        """From which day the person is there: birth, or as long as anybody knows."""
        return self.born or SINCE_EVER


def tidied(new: NewPerson) -> NewPerson:
    """The same with its texts as they are kept: the number of 18 digits, a sex the number tells when none is given."""
    number = in_eighteen(tidy_number(new.id_number))
    return replace(
        new,
        name=check_text(new.name, "姓名", NAME_LIMIT),
        household=check_text(new.household, "户编号", CODE_LIMIT),
        relation=check_text(new.relation, "与户主关系", NAME_LIMIT),
        id_number=number,
        sex=new.sex.strip() or (sex_of(number) if number else ""),
        group=check_text(new.group, "村民小组", NAME_LIMIT),
        no_number=check_text(new.no_number, "无号原因", SUMMARY_LIMIT),
        note=check_text(new.note, "备注", SUMMARY_LIMIT),
    )


def faults_of(new: NewPerson, today: date) -> list[str]:
    """What forbids entering them, each a sentence without its end."""
    found: list[str] = []
    if not new.name.strip():
        found.append("没有写姓名")
    if "/" in new.household or "/" in new.name:
        found.append("户编号和姓名里不能有“/”")
    if new.sex.strip() not in ("", *SEXES):
        found.append(f"性别“{new.sex.strip()}”不是男或女")
    number = tidy_number(new.id_number)
    fault = fault_of(number, today) if number else ""
    if fault:
        found.append(fault)
    if new.birth and new.birth > today:
        found.append(f"出生日期 {new.birth} 还没有到")
    if new.birth and number and not fault and birth_of(number) != new.birth:
        found.append(f"出生日期 {new.birth} 与身份证号里的 {birth_of(number)} 不同")
    try:
        whole = new if not fault else replace(new, id_number="")
        made = tidied(whole)
    except LedgerError as error:
        return [*found, error.what]
    if made.confirmed_on and made.born and made.confirmed_on < made.born:
        found.append(f"成员确认日期 {made.confirmed_on} 早于出生日期 {made.born}")
    return found


def cautions_about(new: NewPerson, today: date) -> list[str]:
    """What is odd about somebody who may be entered, each a sentence without its end."""
    number = tidy_number(new.id_number)
    if number:
        return cautions_of(number, new.sex.strip(), today)
    return [] if new.no_number or new.note else ["没有身份证号，请写明原因（新生儿、从没办过证 …）"]
