"""Members and shares of merged villages: nobody is lost, nothing is made, every pledge follows."""

from __future__ import annotations

import shutil
from datetime import date

import pytest

from tests.builders import WANG, Village, pin_of
from tests.merger.villages import AGREED, enrol, merged, pair
from village_ledger.domain.merger import MergerError
from village_ledger.domain.share import EventKind
from village_ledger.domain.share_events import EventRequest
from village_ledger.services.book.verification import verify
from village_ledger.services.merger.archive import end
from village_ledger.services.people.people import numbers_of
from village_ledger.services.shares import shares
from village_ledger.services.staff import staff
from village_ledger.storage.file.book_file import Access, open_book

MAN, OTHER = "519904196809060439", "519904197209250145"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    first, second = pair(tmp_path_factory.mktemp("两村"))
    enrol(first, "001", "何世全", "黄小芳", number=MAN)
    enrol(second, "001", "谭光荣", "秦素华", "谭志远", number=OTHER, share="5")
    return first, second


@pytest.fixture
def with_people(made, tmp_path):
    """Copies of both books, with the members of each."""
    return tuple(shutil.copyfile(path, tmp_path / path.name) for path in made)


def test_members_and_households_keep_apart(tmp_path, with_people):
    result = merged(tmp_path, *with_people).value
    assert result.people == 5
    with open_book(tmp_path / "青云村.vledger", Access.READ) as book:
        reader = book.reader()
        assert [x.key for x in reader.people()] == [
            "001/何世全",
            "001/黄小芳",
            "白云001/谭光荣",
            "白云001/秦素华",
            "白云001/谭志远",
        ]
        assert {x.group for x in reader.people()} == {"青山一组", "白云一组"}
        codes = [(x.old, x.new) for x in reader.merger_codes("household")]
    assert codes == [("001", "白云001")]


def test_numbers_are_sealed_anew(tmp_path, with_people):

    merged(tmp_path, *with_people)
    with open_book(tmp_path / "青云村.vledger", Access.READ) as book:
        numbers = sorted(numbers_of(book, book.reader().people()).values())
    assert numbers == [MAN, OTHER]
    assert MAN.encode() not in (tmp_path / "青云村.vledger").read_bytes()


def test_side_by_side_nothing_changes_but_the_name(tmp_path, with_people):
    merged(tmp_path, *with_people)
    with open_book(tmp_path / "青云村.vledger", Access.READ) as book:
        reader = book.reader()
        totals = {x.name: x.text(reader.class_total(x.id)) for x in reader.share_classes()}
    assert totals == {"青山村成员股": "20.00", "白云村成员股": "15.00"}


def test_by_value_every_share_is_worth_the_same(tmp_path, with_people):
    worth = {"青山村": 2_000_000_00, "白云村": 900_000_00}
    merged(
        tmp_path,
        *with_people,
        shares="value",
        resolutions=tuple(AGREED.values()),
        worth=worth,
        unit=1000_00,
    )
    with open_book(tmp_path / "青云村.vledger", Access.READ) as book:
        reader = book.reader()
        new = reader.share_class("成员股")
        assert new.text(reader.class_total(new.id)) == "2900.00"
        rows = [(x.old_holder, x.old_shares, x.new_shares) for x in reader.merger_shares()]
        assert all(reader.class_total(x.id) == 0 for x in reader.share_classes() if x.id != new.id)
    assert rows == [
        ("001/何世全", "10.00", "1000.00"),
        ("001/黄小芳", "10.00", "1000.00"),
        ("001/秦素华", "5.00", "300.00"),
        ("001/谭光荣", "5.00", "300.00"),
        ("001/谭志远", "5.00", "300.00"),
    ]
    assert verify(tmp_path / "青云村.vledger") == []


def test_by_heads_everybody_gets_the_same(tmp_path, with_people):
    merged(tmp_path, *with_people, shares="head", resolutions=tuple(AGREED.values()), per_head=7)
    with open_book(tmp_path / "青云村.vledger", Access.READ) as book:
        reader = book.reader()
        new = reader.share_class("成员股")
        assert {x.balance.total for x in reader.holdings() if x.class_id == new.id} == {700}
        assert new.text(reader.class_total(new.id)) == "35.00"


def test_a_conversion_wants_a_resolution_of_each_village(tmp_path, with_people):
    with pytest.raises(MergerError, match="青山村的账簿里没有"):
        merged(tmp_path, *with_people, shares="value")
    with pytest.raises(MergerError, match="白云村的账簿里没有"):
        merged(tmp_path, *with_people, shares="value", resolutions=(AGREED["青山村"],))
    assert not (tmp_path / "青云村.vledger").exists()


def test_nothing_to_share_out_is_said(tmp_path, with_people):
    with pytest.raises(MergerError, match=r"净资产是 -1\.00，不能按净资产折股"):
        merged(
            tmp_path,
            *with_people,
            shares="value",
            resolutions=tuple(AGREED.values()),
            worth={"青山村": -1_00},
        )


def test_one_person_in_two_registers_is_named(tmp_path):
    first, second = pair(tmp_path)
    enrol(first, "001", "何世全", number=MAN)
    enrol(second, "007", "何世全", number=MAN)
    merged(tmp_path, first, second)
    with open_book(tmp_path / "青云村.vledger", Access.READ) as book:
        matters = [x.text for x in book.reader().open_matters() if x.kind == "重复成员"]
        households = [x.code for x in book.reader().households()]
    assert len(matters) == 1
    assert "是同一个身份证号" in matters[0]
    assert households == ["001", "007"]
    assert verify(tmp_path / "青云村.vledger") == []


def test_a_federation_has_a_class_of_its_own(tmp_path, with_people):
    merged(tmp_path, *with_people, option="B", shares="head", resolutions=tuple(AGREED.values()), per_head=1)
    with open_book(tmp_path / "青云村.vledger", Access.READ) as book:
        reader = book.reader()
        assert [(x.name, reader.class_total(x.id)) for x in reader.share_classes()] == [("联合股", 500)]


@pytest.mark.parametrize("by", ["value", "head", "side-by-side"])
def test_pledges_follow_their_shares(tmp_path, with_people, by):

    with Village(with_people[0]) as village, village.act() as uow:
        pledge = EventRequest(
            EventKind.PLEDGE,
            "成员股",
            date(2025, 3, 1),
            from_="001/何世全",
            quantity="4",
            contract="质字1号",
            party="农商行",
            resolution="成员大会1号",
        )
        shares.post(uow, pledge)
    merged(tmp_path, *with_people, shares=by, resolutions=tuple(AGREED.values()), per_head=10, unit=1_00)
    with open_book(tmp_path / "青云村.vledger", Access.READ) as book:
        reader = book.reader()
        (pledge_,) = reader.open_pledges()
        held = next(x for x in reader.holdings() if x.account_id == pledge_.account_id)
    assert (pledge_.creditor, pledge_.contract) == ("农商行", "质字1号")
    assert held.balance.pledged * 10 == held.balance.total * 4
    assert verify(tmp_path / "青云村.vledger") == []


def test_numbers_nobody_can_open_stay_behind_and_are_named(tmp_path, with_people):
    """The book of 青山村 has staff, and whoever merges is none of them."""
    with Village(with_people[0]) as village:
        village.hire_four()
    done = merged(tmp_path, *with_people, by="乡镇的人")
    with open_book(tmp_path / "青云村.vledger", Access.READ) as book:
        numbers = list(numbers_of(book, book.reader().people()).values())
        left = [x.text for x in book.reader().open_matters() if x.kind == "证件号码"]
    assert numbers == [OTHER]
    assert left == ["1 人的身份证号没有带过来：旧账的密钥打不开。请登录旧账查看后，在新账里逐人补登。"]
    assert done.value.archived == ("白云村",)
    assert "青山村的旧账还没有封成档案" in done.warnings[0]
    assert verify(tmp_path / "青云村.vledger") == []


def test_whoever_is_staff_there_ends_that_book_later(tmp_path, with_people):
    with Village(with_people[0]) as village:
        village.hire_four()
    merged(tmp_path, *with_people, by="乡镇的人")
    new = tmp_path / "青云村.vledger"
    end(new, with_people[0], WANG, lambda book: staff.sign_in(book, WANG, pin_of(WANG)))
    with open_book(with_people[0], Access.WRITE, WANG) as book:
        assert book.read_only
    assert verify(with_people[0]) == []
