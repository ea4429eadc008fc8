"""What the page of a dividend run shows, read on the worker: what there is to give, the gates, households with their people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from village_ledger.domain.dividend import Kind, Method, Portion, Shared, households, weigh
from village_ledger.domain.masking import Level as Masking
from village_ledger.domain.masking import mask_account
from village_ledger.domain.share import format_shares
from village_ledger.i18n import tr
from village_ledger.services.closing.distribution import Standing, rule_for
from village_ledger.services.dividends import dividend_drafts, dividend_gates
from village_ledger.services.dividends.dividend_gates import Gate, dividend_rules
from village_ledger.services.dividends.dividends import Preview, Sharing, post, preview
from village_ledger.services.people.people import numbers_read
from village_ledger.services.staff.sealing import LOCKED
from village_ledger.ui.widgets.name_search import NameSearch

if TYPE_CHECKING:
    from village_ledger.domain.share import ShareClass
    from village_ledger.domain.voucher import VoucherRef
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.interledger.records import Resolution
    from village_ledger.storage.people.records import Dividend
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class RunTerms:
    """What stands in the fields; an amount of 0 is one not yet written."""

    year: int
    amount: int
    record_date: date
    day: date
    resolution: str
    how: Sharing


@dataclass(frozen=True, slots=True)
class RunPerson:
    """One account of a household: whose, how much of what class, what it earns."""

    name: str
    kind: Kind
    share_class: str
    shares: str
    amount: int
    tail: int | None
    """Fen beyond the whole fen its shares come to; None where the method has none."""


@dataclass(frozen=True, slots=True)
class RunHousehold:
    """One household, or one holder of none."""

    code: str
    head: str
    group: str
    people: tuple[RunPerson, ...]
    holders: int
    shares: str
    amount: int
    before: int | None
    """What it was given in the dividend before; None where there was no dividend before."""
    paid_by: str
    """How it is paid: the tail of the bank account, or in cash."""

    @property
    def tail(self) -> int | None:
        """Fen added to its people's whole fen."""
        tails = [one.tail for one in self.people if one.tail is not None]
        return sum(tails) if tails else None

    @property
    def change(self) -> int | None:
        """More or less than the time before."""
        return None if self.before is None else self.amount - self.before

    @property
    def marks(self) -> tuple[tuple[str, bool], ...]:
        """What is said behind its name: people without a vote, estates nobody inherited."""
        outside = sum(one.kind is Kind.OUTSIDER for one in self.people)
        dead = sum(one.kind is Kind.ESTATE for one in self.people)
        said = [("非成员", False)] if outside else []
        return (*said, *([("遗产挂账", True)] if dead else []))


@dataclass(frozen=True, slots=True)
class RunFigures:
    """A dividend worked out as far as what was typed allows."""

    terms: RunTerms
    there: Standing | None
    gates: tuple[Gate, ...]
    waiting: tuple[tuple[str, str], ...]
    """Gates that cannot be looked at yet: rule, what must hold."""
    made: Preview | None
    lines: tuple[RunHousehold, ...]
    before: Dividend | None
    """The dividend it is compared with."""
    done: Dividend | None
    """The year's dividend that stands already."""
    done_vouchers: tuple[tuple[int, VoucherRef], ...]

    @property
    def ok(self) -> bool:
        """Whether it can be booked."""
        return self.made is not None and self.made.ok

    def shut(self) -> list[str]:
        """Rules of the gates that are shut or not yet seen; of a year given away already that one alone matters."""
        if self.done is not None:
            return ["D7"]
        return [*(gate.rule for gate in self.gates if not gate.ok), *(rule for rule, _ in self.waiting)]

    def found(self, text: str) -> list[RunHousehold]:
        """Households with somebody of that name, its pinyin, or that number."""
        if not text.strip():
            return list(self.lines)
        search = NameSearch(
            (f"{line.code}~{place}", (line.head, *(one.name for one in line.people)))
            for place, line in enumerate(self.lines)
        )
        return [self.lines[place] for place in sorted(int(k.rpartition("~")[2]) for k in search.keys(text))]


@dataclass(frozen=True, slots=True)
class RunChoices:
    """What the fields offer: years, resolutions that can carry a dividend, classes of shares."""

    years: tuple[int, ...]
    resolutions: tuple[Resolution, ...]
    classes: tuple[ShareClass, ...]


def years_given(reader: Reader, ledger: str) -> list[int]:
    """Years of the dividends that stand, the first first."""
    return sorted({one.year for one in reader.dividends(ledger) if one.live})


def read_choices(reader: Reader, ledger: str, *, given: bool = False) -> RunChoices:
    """The years of the ledger and those before it, the resolutions of bodies that decide dividends, the newest first.

    Who only reads has the years in which something was ``given``.
    """
    rule_for(reader, ledger)
    first, last = reader.ledger(ledger).start.year, reader.months(ledger)[-1].month.year
    years = years_given(reader, ledger) if given else range(first, last + 1)
    bodies = dividend_rules()["bodies"]
    listed = [one for one in reader.resolutions() if one.body in bodies]
    newest = sorted(listed, key=lambda one: (one.day, one.number), reverse=True)
    return RunChoices(tuple(reversed(years)), tuple(newest), tuple(reader.share_classes(ledger)))


def read_run(reader: Reader, ledger: str, terms: RunTerms) -> RunFigures:
    """Work it out; raises LedgerError for what cannot be worked out at all."""
    with reader.snapshot():
        done = reader.dividend_of(ledger, terms.year)
        refs = tuple((v.id, v.ref) for v in reader.vouchers_by_id(done.voucher_ids)) if done else ()
        earlier = [one for one in reader.dividends(ledger) if one.live and one.year < terms.year]
        before = earlier[-1] if earlier else None
        if terms.amount <= 0:
            there, gates, waiting = _without_amount(reader, ledger, terms)
            return RunFigures(terms, there, gates, waiting, None, (), before, done, refs)
        made = preview(
            reader,
            ledger,
            terms.year,
            terms.amount,
            terms.record_date,
            terms.day,
            terms.resolution,
            terms.how,
        )
        lines = _lines(reader, made, before)
        return RunFigures(terms, made.there, made.gates, (), made, lines, before, done, refs)


def give(uow: UnitOfWork, ledger: str, terms: RunTerms) -> Outcome[Dividend]:
    """Book the dividend as the fields have it; what was kept of them has done its work then."""
    made = post(
        uow,
        ledger,
        terms.year,
        terms.amount,
        terms.record_date,
        terms.day,
        terms.resolution,
        terms.how,
    )
    dividend_drafts.keep_draft(uow, ledger, terms.year, {})
    return made


def _without_amount(
    reader: Reader, ledger: str, terms: RunTerms
) -> tuple[Standing | None, tuple[Gate, ...], tuple[tuple[str, str], ...]]:
    """What can be said before an amount is written."""
    there, in_time = dividend_gates.timely(reader, ledger, terms.year, terms.day)
    gates = (
        in_time,
        dividend_gates.record_gate(reader, ledger, terms.year, terms.record_date, terms.day),
        *dividend_gates.vote_gates(reader, terms.resolution, terms.day),
        dividend_gates.once(reader, ledger, terms.year),
    )
    titles = dividend_rules()["gates"]
    return there, gates, tuple((rule, titles[rule]) for rule in ("D2", "D4"))


def _lines(reader: Reader, made: Preview, before: Dividend | None) -> tuple[RunHousehold, ...]:
    tails = _tails(made.shared)
    grouped = households([x for x in made.shared.portions if x.part.kind is not Kind.COLLECTIVE])
    heads = {one.code: one.head for one in reader.households(made.record_date)}
    given = _given(reader, before)
    paid_by = _paid_by(reader, made.record_date)
    found: list[RunHousehold] = []
    for key, some in sorted(grouped.items(), key=lambda pair: (not pair[1][0].part.household, pair[0])):
        code = some[0].part.household
        people = tuple(_person(x, tails.get(x.part.account_id)) for x in some)
        found.append(
            RunHousehold(
                code,
                heads.get(code, some[0].part.holder) if code else some[0].part.holder,
                some[0].part.group,
                people,
                len({x.part.person_id for x in some}),
                shares_of(some),
                sum(x.amount for x in some),
                None if given is None else given.get(key, 0),
                paid_by.get(code, ""),
            )
        )
    return tuple(found)


def _person(portion: Portion, tail: int | None) -> RunPerson:
    part = portion.part
    return RunPerson(part.holder, part.kind, part.share_class.name, part.shares, portion.amount, tail)


def _tails(shared: Shared) -> dict[int, int]:
    """Fen each account has beyond its whole fen, by account; none for a method that hands out no leftover fen."""
    if shared.method is not Method.LARGEST:
        return {}
    weights = weigh([x.part for x in shared.portions])
    whole = sum(weights)
    return {
        x.part.account_id: x.amount - shared.asked * weight // whole
        for x, weight in zip(shared.portions, weights, strict=True)
    }


def shares_of(portions: Sequence[Portion]) -> str:
    """Shares of several accounts added up on the finest quantum."""
    parts = [x.part for x in portions]
    return format_shares(sum(weigh(parts)), max(part.share_class.decimals for part in parts))


def _given(reader: Reader, before: Dividend | None) -> dict[str, int] | None:
    """Fen by household of the dividend before."""
    if before is None:
        return None
    given: dict[str, int] = {}
    for line in reader.dividend_lines(before.id):
        key = line.household or line.key
        given[key] = given.get(key, 0) + line.amount
    return given


def _paid_by(reader: Reader, day: date) -> Mapping[str, str]:
    """How each household is paid, by its number: the head's bank account, or whoever of it has one."""
    people = reader.people(day)
    cards = numbers_read(reader, people, "bank_account")
    found: dict[str, str] = {}
    for one in people:
        card = cards.get(one.id)
        if card and one.household and (one.household not in found or one.name == one.head):
            found[one.household] = card if card == LOCKED else mask_account(card, Masking.TOWNSHIP)
    return found


def leftover(shared: Shared) -> int:
    """Fen that did not divide and were handed out one by one."""
    return sum(_tails(shared).values())


def act_words(made: RunFigures) -> str:
    """What the main button says: how much is still in the way."""
    if made.done is not None:
        return tr("已经分过红")
    shut = len(made.shut())
    return tr("生成凭证（还差 {count} 道关）", count=shut) if shut else tr("生成凭证")
