"""A package opens in every later release: its books are held to the schema of their own format, then brought up in the copy."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import COLLECTIVE, Village, guards_off
from tests.old_books.schema import printed
from tests.review.township import Members, a_year, packed, sent, signed_again, unpacked, with_book
from tests.storage.test_upgrade import HARMLESS, next_release
from village_ledger.domain.errors import BadPackage
from village_ledger.exchange.review.package_reading import opened
from village_ledger.storage import upgrade
from village_ledger.storage.file import book_file
from village_ledger.storage.file.book_file import Access, open_book
from village_ledger.storage.review import trust
from village_ledger.storage.spec import FORMAT

NEXT = FORMAT + 1
NEW_TABLE = "op.execute('CREATE TABLE later (id INTEGER PRIMARY KEY, words VARCHAR NOT NULL)')"


@pytest.fixture
def package(village: Village, tmp_path: Path) -> Path:
    """A package of today's format, which later releases will find old."""
    a_year(village)
    return sent(village, tmp_path).path


@pytest.fixture(params=[HARMLESS, NEW_TABLE], ids=["a column more", "a table more"])
def next_program(
    request: pytest.FixtureRequest, package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """The program of the next format: one migration more, and the schemas kept as this release keeps them."""
    with monkeypatch.context() as later:
        later.setattr(upgrade, "MIGRATIONS", next_release(tmp_path, request.param))
        for module in (upgrade, book_file, trust):
            later.setattr(module, "FORMAT", NEXT)
        later.setattr("village_ledger.exchange.review.package_reading.FORMAT", NEXT)
        yield


def test_the_schema_of_this_format_is_kept() -> None:
    kept = (trust.SCHEMAS / f"format{FORMAT}.txt").read_text(encoding="utf-8")
    assert kept == printed()


def test_every_format_with_packages_has_its_schema() -> None:
    assert [trust.kept_schema(version) == frozenset() for version in (FORMAT - 1, FORMAT)] == [True, False]


@pytest.mark.usefixtures("next_program")
def test_a_package_of_an_older_format_opens_and_proves(package: Path) -> None:
    content = package.read_bytes()
    with opened(package) as found:
        assert found.findings == []
        assert found.signature_holds
        with open_book(found.book, Access.READ) as book:
            assert len(book.reader().vouchers(COLLECTIVE)) == 2
            assert book.connection().exec_driver_sql("PRAGMA user_version").scalar() == NEXT
    assert package.read_bytes() == content


@pytest.fixture
def members(package: Path) -> Members:
    return unpacked(package)


@pytest.mark.usefixtures("next_program")
def test_what_was_planted_in_an_older_one_is_refused_before_anything_is_migrated(
    members: Members, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planted = with_book(
        members,
        tmp_path,
        lambda copy: copy.execute("CREATE TRIGGER evil AFTER INSERT ON posting BEGIN DELETE FROM book; END"),
    )
    monkeypatch.setattr(trust, "bring_up", lambda _: pytest.fail("it was migrated"))
    path = packed(tmp_path / "坏.vlpkg", signed_again(planted))
    with pytest.raises(BadPackage, match="不是本程序做的东西（trigger evil）"), opened(path):
        pass


@pytest.mark.usefixtures("next_program")
def test_an_older_one_that_lies_is_found_like_any_other(members: Members, tmp_path: Path) -> None:
    signed = signed_again(members, lambda manifest: manifest.__setitem__("village", "白云村"))
    with opened(packed(tmp_path / "坏.vlpkg", signed)) as found:
        assert [finding.record for finding in found.findings] == ["清单上的村名"]


@pytest.mark.usefixtures("next_program")
def test_one_whose_rows_the_migration_stumbles_over_is_refused(members: Members, tmp_path: Path) -> None:
    """Rows that point nowhere pass as values; the migration's own proof finds them."""
    orphaned = with_book(members, tmp_path, _orphans)
    path = packed(tmp_path / "坏.vlpkg", signed_again(orphaned))
    with pytest.raises(BadPackage, match="转不成现在的格式"), opened(path):
        pass


def _orphans(copy) -> None:
    copy.execute("PRAGMA foreign_keys=OFF")
    with guards_off(copy):
        copy.execute("DELETE FROM ledger")


def test_one_of_a_format_to_come_is_refused_politely(members: Members, tmp_path: Path) -> None:
    newer = with_book(members, tmp_path, lambda copy: copy.execute(f"PRAGMA user_version={NEXT}"))
    path = packed(tmp_path / "新.vlpkg", signed_again(newer))
    with pytest.raises(BadPackage, match="请先升级程序再打开"), opened(path):
        pass


def test_one_of_a_format_no_package_was_ever_made_of(members: Members, tmp_path: Path) -> None:
    older = with_book(members, tmp_path, lambda copy: copy.execute(f"PRAGMA user_version={FORMAT - 1}"))
    path = packed(tmp_path / "旧.vlpkg", signed_again(older))
    with pytest.raises(BadPackage, match="不是本程序认得的格式"), opened(path):
        pass


def test_a_release_that_lost_a_schema_says_so(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(trust.SCHEMAS, tmp_path / "schemas", ignore=lambda *_: [f"format{FORMAT}.txt"])
    monkeypatch.setattr(trust, "SCHEMAS", tmp_path / "schemas")
    with pytest.raises(BadPackage, match="不是本程序认得的格式"), opened(package):
        pass
