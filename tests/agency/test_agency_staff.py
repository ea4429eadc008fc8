"""One identity and one PIN for every village: the workspace's door, and the doors of the books behind it."""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.agency.agencies import BAIYUN, QINGSHAN, an_agency
from tests.builders import LI, QIAN, WANG, ZHAO, draft, mounted, pin_of
from village_ledger.domain.errors import (
    AgencyError,
    BookBusy,
    BookFileError,
    DutyError,
    PinError,
    ReadOnlyError,
    ShutOutError,
)
from village_ledger.exchange.agency import agency_staff
from village_ledger.exchange.agency.agency_file import open_kept
from village_ledger.exchange.agency.agency_staff import enter, found, open_as
from village_ledger.services.entry import vouchers
from village_ledger.services.staff import staff
from village_ledger.storage.file.book_file import Access, open_book


@pytest.fixture
def agency(tmp_path):
    return an_agency(tmp_path, QINGSHAN, BAIYUN)


# the workspace's door


def test_whoever_founds_a_workspace_administers_it(tmp_path):
    made = found(tmp_path / "代管.vlagency", "青山镇", f" {QIAN} ", pin_of(QIAN))
    assert (made.name, made.administers) == (QIAN, True)
    assert agency_staff.sign_in(tmp_path / "代管.vlagency", QIAN, pin_of(QIAN)) == made


@pytest.mark.parametrize(
    ("office", "name", "pin", "error"),
    [
        ("", QIAN, pin_of(QIAN), AgencyError),
        ("青山镇", " ", pin_of(QIAN), DutyError),
        ("青山镇", QIAN, "123456", PinError),
        ("青山镇", QIAN, "12", PinError),
    ],
)
def test_a_workspace_is_not_founded_on_nothing(tmp_path, office, name, pin, error):
    with pytest.raises(error):
        found(tmp_path / "代管.vlagency", office, name, pin)
    assert not (tmp_path / "代管.vlagency").exists()


def test_a_pin_is_in_no_words(agency):
    identity = agency.sign_in(WANG)
    assert pin_of(WANG) not in repr(identity)
    assert pin_of(WANG) not in agency.path.read_text(encoding="utf-8")


def test_a_stranger_and_somebody_who_left(agency):
    with pytest.raises(DutyError, match=r"没有“孙某”.*钱书记、王秀英、李建国、赵平"):
        agency.sign_in("孙某", "whatever")


def test_five_wrong_pins_shut_the_door(agency):
    for left in (4, 3, 2, 1):
        with pytest.raises(PinError, match=f"还可以试 {left} 次"):
            agency.sign_in(WANG, "wrong")
    with pytest.raises(ShutOutError, match="连续第 5 次"):
        agency.sign_in(WANG, "wrong")
    with pytest.raises(ShutOutError, match="连续 5 次输错密码"):
        agency.sign_in(WANG)  # the right one is not even looked at
    assert agency.sign_in(LI).name == LI


def test_the_right_pin_forgets_the_wrong_ones(agency):
    with pytest.raises(PinError):
        agency.sign_in(WANG, "wrong")
    agency.sign_in(WANG)
    assert agency.member(WANG).failures == 0


def test_a_wrong_pin_is_counted_before_it_is_refused(agency):
    with pytest.raises(PinError):
        agency.sign_in(WANG, "wrong")
    assert agency.member(WANG).failures == 1


def test_when_the_time_is_over_the_door_opens(agency, monkeypatch):
    for _ in range(5):
        with pytest.raises(PinError):
            agency.sign_in(WANG, "wrong")
    monkeypatch.setattr(agency_staff, "now_text", lambda: "2999-01-01T00:00:00")
    assert agency.sign_in(WANG).name == WANG


# into the books


def test_each_book_opens_signed_in(agency):
    identity = agency.sign_in(WANG)
    for kept in agency.says.books:
        with open_as(agency.path, kept, identity) as book, book.unit_of_work(WANG) as uow:
            assert book.signed_in == WANG
            vouchers.save(uow, draft("2025-01-08", "收租金", "借 101 100; 贷 501 100"))
            uow.commit()
        with open_book(agency.book(kept.village), Access.READ) as book:
            logged = [(one.by, one.action) for one in book.reader().operations()]
        assert (WANG, "登录") in logged


def test_a_book_keeps_its_own_duties(agency):
    """The agency's administrator administers each book and books in none."""
    with (
        open_as(agency.path, agency.kept(QINGSHAN), agency.sign_in(QIAN)) as book,
        book.unit_of_work(QIAN) as uow,
        pytest.raises(DutyError, match="不能填制凭证"),
    ):
        vouchers.save(uow, draft("2025-01-08", "收租金", "借 101 100; 贷 501 100"))


def test_a_book_without_staff_opens_by_name(tmp_path):
    agency = an_agency(tmp_path, QINGSHAN, staffed=False)
    with (
        open_as(agency.path, agency.kept(QINGSHAN), agency.sign_in(LI)) as book,
        book.unit_of_work(LI) as uow,
    ):
        assert (uow.by, book.signed_in) == (LI, "")


def test_who_is_not_on_a_villages_staff_does_not_get_in(agency):
    with agency.village(BAIYUN) as village, village.act(QIAN) as uow:
        staff.dismiss(uow, WANG)
    identity = agency.sign_in(WANG)
    with pytest.raises(DutyError, match="已经离任"), open_as(agency.path, agency.kept(BAIYUN), identity):
        pass
    with open_as(agency.path, agency.kept(QINGSHAN), identity) as book:
        assert book.signed_in == WANG


def test_who_was_never_registered_there(agency):
    agency_staff.change_workspace(
        agency.path,
        lambda now: agency_staff.with_member(
            now, agency_staff.AgencyMember("孙某", agency.member(WANG).pin_hash)
        ),
    )
    identity = agency.sign_in("孙某", pin_of(WANG))
    with (
        pytest.raises(DutyError, match="白云村的账簿没有登记 孙某"),
        open_as(agency.path, agency.kept(BAIYUN), identity),
    ):
        pass


def test_another_pin_in_one_book_is_tried_once_and_remembered(agency):
    """The village changed it itself: our runs must not shut the person out there."""
    with agency.village(BAIYUN) as village:
        staff.change_pin(village.book, WANG, pin_of(WANG), "another-1953")
    identity = agency.sign_in(WANG)
    for _ in range(7):
        with pytest.raises(AgencyError, match=r"王秀英 在白云村账簿里的密码和工作区的不是同一个"):
            enter(agency.path, agency.kept(BAIYUN), identity)
    with agency.village(BAIYUN) as village:
        state = village.reader.pin_state(village.reader.member(WANG).id)
        assert (state.failures, state.shut_until) == (1, "")
    assert agency.member(WANG).behind == ((agency.kept(BAIYUN).uid, ""),)


def test_who_is_shut_out_of_a_book_stays_out(agency):
    with agency.village(BAIYUN) as village:
        for _ in range(5):
            with pytest.raises(PinError):
                staff.sign_in(village.book, WANG, "wrong")
    with pytest.raises(ShutOutError), open_as(agency.path, agency.kept(BAIYUN), agency.sign_in(WANG)):
        pass
    assert agency.member(WANG).behind == ()


def test_a_pin_changed_elsewhere_ends_an_identity(agency):
    identity = agency.sign_in(WANG)
    agency_staff.change_workspace(
        agency.path,
        lambda now: agency_staff.with_member(
            now, agency_staff.replace(agency.member(WANG), pin_hash="another")
        ),
    )
    with pytest.raises(AgencyError, match="在别处改过了"):
        enter(agency.path, agency.kept(BAIYUN), identity)


# books that are not as they were


def test_a_book_open_elsewhere_is_said_to_be(agency):
    identity, kept = agency.sign_in(WANG), agency.kept(QINGSHAN)
    with open_elsewhere(agency.book(QINGSHAN)):
        with pytest.raises(BookBusy, match="正在 赵平 的电脑"), open_as(agency.path, kept, identity):
            pass
        book = enter(agency.path, kept, identity)
        assert book.read_only
        book.close()


@contextmanager
def open_elsewhere(path):
    """Another process has the book open for writing."""
    code = (
        "import sys; from pathlib import Path; from village_ledger.storage.file.book_file import Access, open_book\n"
        "book = open_book(Path(sys.argv[1]), Access.WRITE, sys.argv[2]); print('open', flush=True); input()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(path), ZHAO], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == b"open"
        yield
        other.communicate(b"\n")


def test_a_missing_book_and_another_villages(agency):
    identity, kept = agency.sign_in(WANG), agency.kept(QINGSHAN)
    shutil.copyfile(agency.book(BAIYUN), agency.book(QINGSHAN))
    with pytest.raises(AgencyError, match="是白云村的"):
        enter(agency.path, kept, identity)
    agency.book(QINGSHAN).unlink()
    with pytest.raises(AgencyError, match="找不到青山村的账簿"):
        enter(agency.path, kept, identity)


def test_a_damaged_book(agency):
    path = agency.book(QINGSHAN)
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(BookFileError):
        enter(agency.path, agency.kept(QINGSHAN), agency.sign_in(WANG))


OLD = Path(__file__).parents[1] / "old_books" / "format3.vledger"


def format_of(path):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("PRAGMA user_version").fetchone()[0]


def test_a_book_of_an_older_format_is_kept_and_brought_up_by_who_opens_it(tmp_path):
    agency = an_agency(tmp_path)
    kept = agency.keep(Path(shutil.copyfile(OLD, tmp_path / "旧.vledger")))
    with pytest.raises(BookFileError, match="旧版本程序做的，只读时不能升级"):
        open_kept(agency.path, kept, Access.READ)
    open_kept(agency.path, kept, Access.WRITE, WANG).close()
    with open_kept(agency.path, kept, Access.READ) as book:
        assert book.reader().book().uid == kept.uid


def test_another_villages_old_book_is_not_even_brought_up(agency):
    """Whose it is comes first: a book that is not ours is left as it is."""
    path = agency.book(QINGSHAN)
    shutil.copyfile(OLD, path)
    before = format_of(path)
    with pytest.raises(AgencyError, match=r"不是青山村的账簿|同名的另一本账"):
        enter(agency.path, agency.kept(QINGSHAN), agency.sign_in(WANG))
    assert format_of(path) == before


def test_a_book_of_a_newer_program(agency):
    path = agency.book(QINGSHAN)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(BookFileError, match="更新版本的程序"):
        enter(agency.path, agency.kept(QINGSHAN), agency.sign_in(WANG))


def test_a_village_on_a_read_only_disk():
    with mounted("-t", "tmpfs", "tmpfs") as folder:
        if folder is None:
            pytest.skip("mounting is not allowed here")
        agency = an_agency(folder, QINGSHAN)
        identity, kept = agency.sign_in(WANG), agency.kept(QINGSHAN)
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        with pytest.raises(ReadOnlyError, match="不能写，只能查看"), open_as(agency.path, kept, identity):
            pass
        with enter(agency.path, kept, identity) as book:
            assert book.read_only
        with pytest.raises(ReadOnlyError, match="工作区所在的位置不能写"):
            agency.sign_in(WANG)
