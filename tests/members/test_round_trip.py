"""The register written out whole and read back is the same register, by the strict importer and by the guided one."""

from __future__ import annotations

import string
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import Village, a_village
from tests.shares.clerk import SAMPLES, Clerk, identity
from village_ledger.domain.member import HEAD, Reason, Status
from village_ledger.domain.new_person import NewPerson
from village_ledger.exchange.people.import_members import import_members
from village_ledger.exchange.people.import_members_guided import find_layout, take_in
from village_ledger.reports.catalogue import ReportRequest, make
from village_ledger.reports.pens.render_text import write_csv
from village_ledger.reports.pens.render_xlsx import write_xlsx
from village_ledger.services.people.people import numbers_of
from village_ledger.services.people.people_bulk import enter_all
from village_ledger.services.staff.sealing import sealer_for

GROUPS = ("", "一组", "1组", "杉树坪组")
_HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
_RARE = st.sampled_from("𬭎㛃䶮𠅤㐱喆龑")
_NAMES = st.lists(_HAN | _RARE, min_size=2, max_size=4).map("".join)
_NOTES = st.text(st.sampled_from("外出务工在部队二女户，；2019年 ()（）"), max_size=12).map(str.strip)
_RELATIONS = st.sampled_from(("配偶", "长子", "次女", "儿媳", "孙子", "父亲", "其他"))


@st.composite
def registers(draw: st.DrawFn) -> list[NewPerson]:
    """Households of one to four, nobody twice, as clean as a register is meant to be."""
    people: list[NewPerson] = []
    codes = draw(
        st.lists(st.text(string.digits, min_size=1, max_size=4), min_size=1, max_size=5, unique=True)
    )
    for code in codes:
        names = draw(st.lists(_NAMES, min_size=1, max_size=4, unique=True))
        group = draw(st.sampled_from(GROUPS))
        for place, name in enumerate(names):
            serial = len(people) + 1
            born = draw(st.dates(date(1930, 1, 1), date(2018, 12, 31)))
            number = draw(st.sampled_from((identity(serial, f"{born:%Y%m%d}"), "")))
            member = draw(st.booleans())
            people.append(
                NewPerson(
                    name,
                    code,
                    HEAD if place == 0 else draw(_RELATIONS),
                    "" if number else draw(st.sampled_from(("男", "女"))),
                    number,
                    status=Status.MEMBER if member else Status.NONE,
                    reason=Reason.REGISTERED if member else Reason.UNKNOWN,
                    confirmed_on=draw(st.dates(date(2019, 1, 1), date(2024, 12, 31))) if member else None,
                    group=group,
                    note=draw(_NOTES),
                )
            )
    return people


def facts(village: Village) -> list[tuple[object, ...]]:
    people = village.reader.people()
    numbers = numbers_of(village.book, people)
    return [
        (
            x.key,
            x.head,
            x.relation,
            x.sex,
            numbers.get(x.id),
            x.is_member,
            x.is_member and x.confirmed_on,
            x.note,
            x.group,
        )
        for x in people
    ]


def written_out(village: Village, path: Path) -> Path:
    """The register with everything in it, as a csv or xlsx of the report."""
    table = make(village.reader, "member-register", ReportRequest(level="L0"))
    (write_xlsx if path.suffix == ".xlsx" else write_csv)(table, path)
    return path


def strictly(village: Village, path: Path) -> int:
    with village.act() as uow:
        return import_members(uow, path).value


def guided(village: Village, path: Path) -> int:
    with village.act() as uow:
        return take_in(uow, find_layout(path), {}).value


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(registers(), st.sampled_from((".csv", ".xlsx")), st.sampled_from((strictly, guided)))
def test_a_clean_register_comes_back_as_it_was(people, kind, read):
    with a_village() as village, a_village() as other:
        with village.act() as uow:
            enter_all(uow, [(one, None) for one in people], "大会确认", sealer_for(uow))
        before = facts(village)
        path = written_out(village, village.path.with_suffix(kind))
        assert read(other, path) == len(people)
        assert facts(other) == before


def test_by_command_for_a_whole_village(tmp_path: Path) -> None:
    clerk = Clerk.found(tmp_path)
    clerk.take_members(SAMPLES / "members_expected.csv")
    written = tmp_path / "名册.csv"
    clerk.done("report", "member-register", "--level", "L0", "--format", "csv", "-o", written)
    again = tmp_path / "另一本"
    again.mkdir()
    other = Clerk.found(again)
    other.take_members(written)
    assert other.table("member-register", "--level", "L0") == clerk.table("member-register", "--level", "L0")
    assert len(other.table("member-register", "--level", "L0")) == 214
