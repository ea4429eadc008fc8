"""A package tells the township everything and no secret, and proves what it tells."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from tests.builders import COLLECTIVE, WANG, Village
from tests.review.township import MASKED, NUMBER, PLAIN, YEAR, a_year, sent, unguarded, unpacked, with_book
from village_ledger.domain.errors import DiskFullError, NotSignedIn, PackageError, ReadOnlyError
from village_ledger.domain.member import Reason, Status
from village_ledger.domain.new_person import NewPerson
from village_ledger.domain.package import BOOK, MANIFEST, package_name, read_manifest
from village_ledger.domain.period import Month, Span
from village_ledger.domain.remark_draft import RemarkDraft
from village_ledger.domain.remarks import Remark
from village_ledger.domain.review_check import Severity
from village_ledger.exchange.review import package_making
from village_ledger.exchange.review.package_making import PackageOrder, make_package
from village_ledger.exchange.review.package_reading import opened
from village_ledger.exchange.review.remark_drafts import write_remarks
from village_ledger.exchange.review.review_files import Reviewer
from village_ledger.services.book import books
from village_ledger.services.book.verification import inspect
from village_ledger.services.people import people
from village_ledger.services.review import remarks_in, village_keys
from village_ledger.services.review.reviewer_key import reviewer_key
from village_ledger.storage.all_tables import Base
from village_ledger.storage.file.book_file import Access, open_book
from village_ledger.storage.review.packing import STAYS
from village_ledger.storage.spec import BookSpec


def a_member(village: Village) -> None:
    new = NewPerson(
        "张三",
        "001",
        "户主",
        id_number=NUMBER,
        phone="13900000000",
        status=Status.MEMBER,
        reason=Reason.REGISTERED,
        confirmed_on=date(2019, 11, 30),
    )
    with village.act() as uow:
        people.add(uow, new, "2019年名册")


def test_a_package_opens_and_everything_in_it_proves(village: Village, tmp_path: Path) -> None:
    a_year(village)
    made = sent(village, tmp_path)
    with opened(made.path) as package:
        assert package.signature_holds
        assert package.findings == []
        assert package.fingerprint == made.fingerprint
        assert package.manifest.village == "青山村"
        assert [entity.links for entity in package.manifest.entities] == [2, 0]
        with open_book(package.book, Access.READ) as book:
            assert len(book.reader().vouchers(COLLECTIVE)) == 2
    assert village.verify() == []


def test_numbers_and_keys_stay_in_the_village(village: Village, tmp_path: Path) -> None:
    a_member(village)
    made = sent(village, tmp_path)
    copy = dict(unpacked(made.path))[BOOK]
    assert NUMBER.encode() not in copy
    key, sealed = village.book.data_key(), village.reader.sealed_rows()
    assert key is not None
    assert key not in copy
    assert all(content not in copy for *_, content in sealed)
    assert village.reader.village_keys()[-1].sealed_private not in copy
    with opened(made.path) as package, open_book(package.book, Access.READ) as book:
        (person,) = book.reader().people()
        assert people.number_of(book, person.id) == MASKED
        assert people.numbers_of(book, [person]) == {person.id: MASKED}
        assert people.number_of(book, person.id, "phone") is None


def test_a_number_typed_into_a_summary_is_masked_and_the_voucher_still_proves(
    village: Village, tmp_path: Path
) -> None:
    village.posted(
        "2025-03-08", f"发张三{NUMBER}补助", f"借 513@张三{NUMBER} 300; 贷 101 300", witness="周德清"
    )
    a_year(village)
    made = sent(village, tmp_path)
    members = unpacked(made.path)
    assert NUMBER.encode() not in dict(members)[BOOK]
    with opened(made.path) as package:
        assert package.findings == []
        with open_book(package.book, Access.READ) as book:
            shown = book.reader().vouchers_by_id([v.id for v in book.reader().vouchers(COLLECTIVE)])
            assert f"发张三{MASKED}补助" in {line.summary for v in shown for line in v.voucher.lines}


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE voucher SET handler = '别人'",
        "UPDATE voucher SET witness = '别人'",
        "UPDATE withheld_text SET commitment = replace(commitment, substr(commitment, 1, 1), 'x') WHERE commitment <> ''",
        "DELETE FROM withheld_text",
    ],
    ids=["a name where there was none", "a name shown", "a commitment", "all of them"],
)
def test_a_masked_voucher_cannot_be_rewritten_either(village: Village, tmp_path: Path, change: str) -> None:
    village.posted("2025-03-08", f"发张三{NUMBER}补助", "借 513 300; 贷 101 300", witness="周德清")
    copy = tmp_path / "改过.vledger"
    copy.write_bytes(dict(unpacked(sent(village, tmp_path).path))[BOOK])
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        unguarded(connection, change)
    with open_book(copy, Access.READ) as book:
        assert {(f.rule, f.record) for f in inspect(book)} == {("V3", "2025-03/记-0001")}


def test_the_same_state_at_the_same_time_gives_the_same_content(village: Village, tmp_path: Path) -> None:
    a_year(village)
    a_member(village)
    dumps = [_dump(tmp_path, village, name) for name in ("甲", "乙")]
    assert dumps[0] == dumps[1]


def _dump(folder: Path, village: Village, name: str) -> list[str]:
    with village.book.unit_of_work(WANG) as uow:  # not committed: the state stays the same
        uow.at = "2025-12-31T08:00:00"
        made = make_package(uow, folder / f"{name}.vlpkg", PackageOrder(YEAR), PLAIN).value
        copy = folder / f"{name}.vledger"
        copy.write_bytes(dict(unpacked(made.path))[BOOK])
    with closing(sqlite3.connect(copy)) as connection:
        return list(connection.iterdump())


def test_a_package_names_the_one_before(village: Village, tmp_path: Path) -> None:
    first, second = sent(village, tmp_path, "一.vlpkg"), sent(village, tmp_path, "二.vlpkg")
    assert (first.manifest.number, second.manifest.number) == (1, 2)
    assert second.manifest.previous == first.digest.hex()
    assert second.fingerprint == first.fingerprint


def test_a_new_key_needs_a_reason_and_is_another_fingerprint(village: Village, tmp_path: Path) -> None:
    before = sent(village, tmp_path, "一.vlpkg")
    with pytest.raises(PackageError, match="已经有签名密钥"), village.act() as uow:
        village_keys.make(uow)
    with village.act() as uow:
        village_keys.make(uow, "电脑换了")
    assert sent(village, tmp_path, "二.vlpkg").fingerprint != before.fingerprint
    assert village.verify() == []


def test_a_package_is_only_for_review(village: Village, tmp_path: Path) -> None:
    with opened(sent(village, tmp_path).path) as package, open_book(package.book, Access.WRITE, WANG) as book:
        assert book.read_only
        with pytest.raises(ReadOnlyError, match="送审包里的账"):
            book.unit_of_work(WANG)


def test_a_village_with_staff_sends_no_pins(village: Village, tmp_path: Path) -> None:
    village.hire_four()
    a_year(village)
    made = sent(village, tmp_path)
    with village.raw() as raw:
        hashes = [hashed for (hashed,) in raw.execute("SELECT hash FROM staff_pin")]
    assert len(hashes) == 4
    assert all(hashed.encode() not in dict(unpacked(made.path))[BOOK] for hashed in hashes)
    with opened(made.path) as package:
        assert package.findings == []


def test_without_the_data_key_nothing_is_signed(village: Village, tmp_path: Path) -> None:
    village.hire_four()
    sent(village, tmp_path, "一.vlpkg")
    village.book.sign_off()
    with pytest.raises(NotSignedIn), village.book.unit_of_work(WANG) as uow:
        make_package(uow, tmp_path / "二.vlpkg", PackageOrder(YEAR), PLAIN)
    assert not (tmp_path / "二.vlpkg").exists()


def test_days_before_the_books_began_are_refused(village: Village, tmp_path: Path) -> None:
    with pytest.raises(PackageError, match="不在这本账的期间里"):
        sent(village, tmp_path, span=Span.of_year(2019))
    assert village.reader.sent_packages() == []


def test_a_stick_pulled_half_way_leaves_no_half_package(
    village: Village, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pulled(target: Path, *_: object) -> None:
        target.write_bytes(b"PK")
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(package_making, "write_zip", pulled)
    stick = tmp_path / "U盘"
    stick.mkdir()
    with pytest.raises(DiskFullError, match="没能写送审包"):
        sent(village, stick)
    assert list(stick.iterdir()) == []
    assert village.reader.sent_packages() == []


def test_an_action_undone_takes_its_file_along(village: Village, tmp_path: Path) -> None:
    with village.book.unit_of_work(WANG) as uow:
        made = make_package(uow, tmp_path / "一.vlpkg", PackageOrder(YEAR), PLAIN).value
        assert made.path.exists()
    assert not made.path.exists()
    assert village.reader.sent_packages() == []


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("DELETE FROM package_sent", "账簿里没有了"),
        ("UPDATE package_sent SET digest = zeroblob(32)", "操作日志里没有"),
        ("DELETE FROM village_key", "账簿里没有了"),
    ],
)
def test_who_rewrites_what_was_sent_is_found(
    village: Village, tmp_path: Path, change: str, found: str
) -> None:
    sent(village, tmp_path)
    with village.raw() as raw:
        unguarded(raw, change)
    assert any(f.rule == "V83" and found in f.sentence() for f in village.verify())


def test_every_table_of_the_book_leaves_or_is_said_to_stay() -> None:
    assert {table.name for table in Base.metadata.sorted_tables} >= STAYS


def test_what_is_withheld_is_marked_only_in_a_copy(village: Village, tmp_path: Path) -> None:
    a_member(village)
    made = sent(village, tmp_path)
    assert village.reader.packed() is None
    assert village.reader.withheld_rows("person_fact") == {}
    with opened(made.path) as package, open_book(package.book, Access.READ) as book:
        assert sorted(book.reader().withheld_rows("person_fact").values()) == ["", MASKED]


def test_a_manifest_says_what_the_interface_asks(village: Village, tmp_path: Path) -> None:
    a_year(village)
    said = read_manifest(dict(unpacked(sent(village, tmp_path).path))[MANIFEST])
    assert said.entities[0].head == village.reader.chain_head(COLLECTIVE)[0]
    assert not said.closed
    assert package_name(said.village, said.span, said.number) == "青山村_2025-01_2025-12_第1包.vlpkg"


def test_a_changed_amount_is_named_by_its_voucher(village: Village, tmp_path: Path) -> None:
    a_year(village)
    members = unpacked(sent(village, tmp_path).path)
    changed = with_book(
        members,
        tmp_path,
        lambda copy: unguarded(copy, "UPDATE voucher_line SET debit = debit + 1 WHERE debit = 620000"),
    )
    copy = tmp_path / "看.vledger"
    copy.write_bytes(dict(changed)[BOOK])
    with open_book(copy, Access.READ) as book:
        assert ("V3", "2025-01/记-0001") in {(f.rule, f.record) for f in inspect(book)}


@pytest.mark.parametrize(
    "sign", ["\u3000", "\ue000", "\u00a0", "𠮷"], ids=["wide blank", "private", "hard blank", "rare"]
)
def test_names_with_signs_of_every_kind_come_back(tmp_path: Path, sign: str) -> None:
    """What may stand in a name may stand in a manifest and in remarks: nothing is made that cannot be opened."""
    spec = BookSpec(f"青{sign}山村", Month(2025, 1), collective_name=f"青{sign}山社")
    books.new_book(tmp_path / "账.vledger", spec, f"王{sign}英")
    with Village(tmp_path / "账.vledger") as named, named.act(f"王{sign}英") as uow:
        made = make_package(uow, tmp_path / "一.vlpkg", PackageOrder(YEAR), PLAIN).value
    with opened(made.path) as package:
        assert package.findings == []
        assert package.manifest.made_by == f"王{sign}英"
        key = reviewer_key(tmp_path / "key")
        who = Reviewer(f"张{sign}审", f"溪{sign}口镇", key, made.manifest.made_at)
        draft = RemarkDraft().pinned(Remark(1, COLLECTIVE, "", Severity.SLIGHT, f"请{sign}补"))
        with open_book(package.book, Access.READ) as book:
            write_remarks(book.reader(), draft, package, who, tmp_path / "意见.vlremarks")
    with Village(tmp_path / "账.vledger") as named, named.act(f"王{sign}英") as uow:
        taken = remarks_in.take_in(uow, (tmp_path / "意见.vlremarks").read_bytes()).value
        assert taken.said.remarks[0].text == f"请{sign}补"
