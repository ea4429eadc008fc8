"""Share certificates (股权证): issuing one to a household, replacing, ending; and what the check list says of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from village_ledger.domain.certificate import (
    ENDED,
    ISSUED,
    REASONS,
    CertificateContent,
    Certified,
    ClassLine,
    certificate_number,
)
from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import BookFileError, ShareError
from village_ledger.domain.period import Month
from village_ledger.domain.rule_names import CERTIFICATE
from village_ledger.domain.voucher import SUMMARY_LIMIT, check_text
from village_ledger.services.changes import Changes
from village_ledger.services.check_item import CheckItem, Verdict
from village_ledger.services.duties import require
from village_ledger.services.entry.vouchers import named
from village_ledger.services.outcome import Outcome
from village_ledger.storage.certificates.register import CertificatesRegister
from village_ledger.storage.people.records import Certificate, Household
from village_ledger.storage.reader import Reader
from village_ledger.storage.unit_of_work import UnitOfWork

LEDGER = "collective"
_NAMED = 8
"""So many households are named in a line of the check list, the rest counted."""


def issue(uow: UnitOfWork, household: str, day: date, ledger: str = LEDGER) -> Outcome[Certificate]:
    """Issue a household's first certificate, or the next after an ended one; raises ShareError where one is still valid."""
    _may(uow, ledger)
    valid = uow.reader.valid_certificate(household)
    if valid is not None:
        raise ShareError(
            f"{household} 户已经有有效的股权证 {valid.number}{CERTIFICATE}", "要换新的请办换发。"
        )
    return _issued(uow, household, day, ledger)


def replace(
    uow: UnitOfWork, household: str, day: date, *, why: str = "replaced", note: str = "", ledger: str = LEDGER
) -> Outcome[Certificate]:
    """End a household's certificate and issue the next at once: after a change (``replaced``) or a loss (``lost``)."""
    _may(uow, ledger)
    valid = _valid(uow.reader, household)
    _end(uow, valid, day, why, note)
    return _issued(uow, household, day, ledger)


def void(
    uow: UnitOfWork, number: str, day: date, *, why: str = "void", note: str = ""
) -> Outcome[Certificate]:
    """End a certificate without a new one: written wrong, lost, or handed back (``void``, ``lost``, ``returned``)."""
    found = find(uow.reader, number)
    _may(uow, found.ledger)
    if found.ended is not None:
        raise ShareError(
            f"股权证 {number} 在 {found.ended} 已经{REASONS[found.why]}{CERTIFICATE}", "不用再办。"
        )
    _end(uow, found, day, why, note)
    return Outcome(find(uow.reader, number), Changes(shares=True))


def issue_all(
    uow: UnitOfWork, day: date, ledger: str = LEDGER, *, renew: bool = False
) -> Outcome[list[Certificate]]:
    """Certificates for every household that holds shares and has none; with ``renew`` also for those out of date.

    One refusal refuses all.
    """
    _may(uow, ledger)
    made: list[Certificate] = []
    for one in standings(uow.reader, day, ledger):
        if one.valid is None:
            made.append(_issued(uow, one.code, day, ledger).value)
        elif renew and not one.agrees:
            _end(uow, one.valid, day, "replaced" if one.held else "returned", "")
            if one.held:
                made.append(_issued(uow, one.code, day, ledger).value)
    return Outcome(made, Changes(shares=True))


def find(reader: Reader, number: str) -> Certificate:
    """A certificate by its number; raises ShareError when there is none."""
    found = next((one for one in reader.certificates() if one.number == number.strip()), None)
    if found is None:
        raise ShareError(f"没有发过股权证 {number}{CERTIFICATE}", "请核对证号。")
    return found


def by_code(reader: Reader, code: str) -> Certificate:
    """The certificate with this check code; raises ShareError when there is none."""
    tidy = "".join(char for char in code.upper() if char.isalnum())
    found = next((one for one in reader.certificates() if one.code == tidy), None)
    if found is None:
        raise ShareError(
            f"没有发过校验码是 {code} 的股权证{CERTIFICATE}", "请核对校验码；对不上的不是本社发的证。"
        )
    return found


Holdings = Mapping[str, Mapping[int, int]]
"""Per class who has how many quanta; nobody with nothing, no class without anybody."""


def standing_of(reader: Reader, day: date | None, ledger: str = LEDGER) -> dict[str, Holdings]:
    """What every household holds at the end of a day by class and person, households with nothing too."""
    names = {one.id: one.name for one in reader.share_classes(ledger)}
    homes = {one.id: home.code for home in reader.households(day) for one in home.people}
    found: dict[str, dict[str, dict[int, int]]] = {code: {} for code in dict.fromkeys(homes.values())}
    for holding in reader.holdings(day):
        home = homes.get(holding.person_id or 0)
        if home and holding.balance.total and holding.class_id in names and holding.person_id:
            per_class = found[home].setdefault(names[holding.class_id], {})
            per_class[holding.person_id] = holding.balance.total
    return dict(sorted(found.items()))


@dataclass(frozen=True, slots=True)
class Standing:
    """A household's certificate beside what the household holds."""

    code: str
    valid: Certificate | None
    held: Holdings

    @property
    def agrees(self) -> bool:
        """Whether there is a certificate and it says what the register says, person by person."""
        try:
            return self.valid is not None and said_of(self.valid) == self.held
        except BookFileError:
            return False  # rewritten beyond reading: verify names it


def standings(reader: Reader, day: date | None, ledger: str = LEDGER) -> list[Standing]:
    """Every household that holds shares on a day or has a certificate that holds now, in the order of their numbers."""
    valid = {one.household: one for one in reader.certificates(valid_only=True) if one.ledger == ledger}
    held = standing_of(reader, day, ledger)
    listed = sorted({code for code, holdings in held.items() if holdings} | valid.keys())
    return [Standing(code, valid.get(code), held.get(code, {})) for code in listed]


def said_of(certificate: Certificate) -> Holdings:
    """What a certificate says its household holds."""
    holdings = CertificateContent.from_json(certificate.content).holdings
    return {name: held for name, held in holdings.items() if held}


def content_of(reader: Reader, household: Household, day: date, ledger: str = LEDGER) -> CertificateContent:
    """What a certificate issued on this day says: the living, and the dead whose estate is still open."""
    info = reader.ledger(ledger)
    held: dict[int, dict[int, int]] = {}
    for holding in reader.holdings(day):
        if holding.person_id is not None and holding.balance.total:
            held.setdefault(holding.class_id, {})[holding.person_id] = holding.balance.total
    people = [
        one
        for one in household.people
        if one.death is None or any(one.id in per_class for per_class in held.values())
    ]
    ids = {one.id for one in people}
    classes = [one for one in reader.share_classes(ledger) if ids & held.get(one.id, {}).keys()]
    earlier = [one.number for one in reader.certificates()]
    return CertificateContent(
        number=certificate_number(reader.book().village, household.group, household.code, earlier),
        entity=info.entity,
        household=household.code,
        group=household.group,
        head=household.head,
        day=day.isoformat(),
        classes=tuple(
            ClassLine(one.name, one.decimals, sum(held[one.id].get(i, 0) for i in ids)) for one in classes
        ),
        people=tuple(
            Certified(
                one.id,
                one.name,
                f"{one.role}（已故）" if one.death else one.relation,
                tuple(held[kind.id].get(one.id, 0) for kind in classes),
            )
            for one in people
        ),
    )


def check_items(reader: Reader, ledger: str, month: Month) -> list[CheckItem]:
    """K33: every household with shares has a certificate that says what the register says at the month's end."""
    if not any(reader.holdings(month.last)) or not reader.share_classes(ledger):
        return []
    every = standings(reader, month.last, ledger)
    missing = [one.code for one in every if one.valid is None]
    differing = [one.code for one in every if one.valid and one.valid.day <= month.last and not one.agrees]
    count = len(every) - len(missing) - len(differing)
    if not missing and not differing:
        return [CheckItem("K33", Verdict.PASS, f"{count} 户的股权证和登记簿相符。")]
    words: list[str] = []
    if missing:
        words.append(f"{len(missing)} 户有份额没有股权证")
    if differing:
        words.append(f"{len(differing)} 户的股权证和登记簿不符，要换发")
    return [
        CheckItem(
            "K33", Verdict.WARN, f"{'；'.join(words)}。", _some(missing, "没有证") + _some(differing, "不符")
        )
    ]


def _some(codes: list[str], what: str) -> tuple[str, ...]:
    named_ = tuple(f"{code} 户{what}" for code in codes[:_NAMED])
    return (*named_, f"另 {len(codes) - _NAMED} 户{what}") if len(codes) > _NAMED else named_


def _may(uow: UnitOfWork, ledger: str) -> None:
    named(uow.by)
    require(uow, Duty.PREPARE, ledger)


def _valid(reader: Reader, household: str) -> Certificate:
    found = reader.valid_certificate(household)
    if found is None:
        raise ShareError(f"{household} 户没有有效的股权证{CERTIFICATE}", "请直接办发证。")
    return found


def _issued(uow: UnitOfWork, code: str, day: date, ledger: str) -> Outcome[Certificate]:
    reader = uow.reader
    home = next((one for one in reader.households(day) if one.code == code), None)
    if home is None:
        raise ShareError(f"{day} 没有 {code} 户{CERTIFICATE}", "请核对户编号和日期。")
    content = content_of(reader, home, day, ledger)
    if not content.classes:
        raise ShareError(f"{code} 户没有份额，不发股权证{CERTIFICATE}", "请先登记量化或转入，再发证。")
    now = standing_of(reader, None, ledger).get(code, {})
    if {name: held for name, held in content.holdings.items() if held} != now:
        raise ShareError(
            f"{day} 以后 {code} 户的份额还有变动{CERTIFICATE}", "股权证的日期不能早于最后一次变动。"
        )
    earlier = [one.ended for one in reader.certificates(code) if one.ended is not None]
    if earlier and max(earlier) > day:
        raise ShareError(
            f"{code} 户的上一本股权证到 {max(earlier)} 才收回{CERTIFICATE}", "新证的日期不能早于这一天。"
        )
    made = CertificatesRegister(uow)
    made.issue(ledger, home.id, content, reader.book().uid)
    one = find(reader, content.number)
    uow.log.add(
        ISSUED, ledger=ledger, subject=one.number, detail=f"{code} 户 {content.head}，校验码 {one.code}"
    )
    return Outcome(one, Changes(shares=True))


def _end(uow: UnitOfWork, one: Certificate, day: date, why: str, note: str) -> None:
    if why not in REASONS:
        raise ShareError(f"没有“{why}”这种收回的原因{CERTIFICATE}", f"可以是：{'、'.join(REASONS)}。")
    if day < one.day:
        raise ShareError(
            f"股权证 {one.number} 是 {one.day} 发的，不能在 {day} 收回{CERTIFICATE}", "请核对日期。"
        )
    note = check_text(note, "说明", SUMMARY_LIMIT)
    if why in {"void", "lost"} and not note:
        raise ShareError(
            f"股权证{REASONS[why]}要写明情况{CERTIFICATE}", "例如申报和公示的日期，或写错了什么。"
        )
    CertificatesRegister(uow).end(one.id, day, why, note)
    uow.log.add(
        ENDED, ledger=one.ledger, subject=one.number, detail="：".join(filter(None, (REASONS[why], note)))
    )
