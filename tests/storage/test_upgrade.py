"""A book of an older format: copied, the copy migrated and proven, then swapped; the old file is kept."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.builders import Village
from village_ledger.domain.errors import BookFileError, DiskFullError
from village_ledger.domain.period import Span
from village_ledger.services.book import verification
from village_ledger.storage import upgrade as upgrading
from village_ledger.storage.file.create import HEAD_REVISION
from village_ledger.storage.spec import FORMAT
from village_ledger.storage.triggers import TRIGGERS
from village_ledger.storage.upgrade import MIGRATIONS, upgrade

NEXT = FORMAT + 1
HARMLESS = """
with op.batch_alter_table("voucher") as batch:
    batch.add_column(sa.Column("scanned", sa.Integer(), server_default="0", nullable=False))
"""
TOUCHING_MONEY = "op.execute('UPDATE voucher_line SET debit = debit + 1, credit = credit WHERE debit > 0')"
LOSING_A_LINE = "op.execute('DELETE FROM voucher_line WHERE line = 2')"
FORGETTING_THE_CHAIN = "op.execute('UPDATE posting SET digest = zeroblob(32)')"
ORPHANING = "op.execute('DELETE FROM account WHERE code = \\'501\\'')"
BREAKING = "op.execute('ALTER TABLE nowhere ADD COLUMN x')"


def next_release(folder: Path, step: str) -> Path:
    """Our migrations and one more, as a later release will have it."""
    scripts = folder / "migrations"
    shutil.copytree(MIGRATIONS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    body = "\n".join(f"    {line}" for line in step.strip().splitlines())
    (scripts / "versions" / "v9999_next.py").write_text(
        'import sqlalchemy as sa\nfrom alembic import op\n\nrevision = "9999"\n'
        f'down_revision = "{HEAD_REVISION}"\n'
        f"branch_labels = depends_on = None\n\n\ndef upgrade() -> None:\n{body}\n",
        encoding="utf-8",
    )
    return scripts


@pytest.fixture
def old_book(tmp_path: Path) -> Path:
    """A book of today's format, which the next release will find old."""
    with Village.found(tmp_path) as village:
        village.open_with("借 101 1200", "贷 311 1200")
        village.posted("2025-03-08", "收张三承包款", "借 101 600; 贷 113@张三 600")
        village.entered("2025-03-09", "收租金", "借 101 5; 贷 501 5")
        return village.path


def figures(path: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(
            "SELECT voucher_id, line, account, debit, credit FROM voucher_line"
        ).fetchall()


def test_the_migrated_copy_takes_the_books_place_and_the_old_file_is_kept(tmp_path: Path, old_book: Path):
    before, content = figures(old_book), old_book.read_bytes()
    kept = upgrade(old_book, NEXT, next_release(tmp_path, HARMLESS))
    assert kept.name == f"青山村.升级前格式{FORMAT}.vledger"
    assert figures(kept) == figures(old_book) == before
    with closing(sqlite3.connect(kept)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (FORMAT,)
    assert len(kept.read_bytes()) == len(content)
    with closing(sqlite3.connect(old_book)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (NEXT,)
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("9999",)
        assert connection.execute("SELECT sum(scanned) FROM voucher").fetchone() == (0,)
    names = {p.name for p in tmp_path.iterdir()} - {"migrations", "青山村.vledger.lock"}
    assert names == {"青山村.vledger", kept.name}


def test_the_triggers_batch_mode_dropped_are_back(tmp_path: Path, old_book: Path):
    upgrade(old_book, NEXT, next_release(tmp_path, HARMLESS))
    with closing(sqlite3.connect(old_book)) as connection:
        stored = {
            sql for (sql,) in connection.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'")
        }
        assert stored == set(TRIGGERS)
        with pytest.raises(sqlite3.IntegrityError, match="已记账"):
            connection.execute("DELETE FROM voucher WHERE id = 1")
    assert verification.verify(_as_of_today(old_book)) == []


def _as_of_today(path: Path) -> Path:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version={FORMAT}")
    return path


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (TOUCHING_MONEY, "余额不一致"),
        (LOSING_A_LINE, "余额不一致"),
        (FORGETTING_THE_CHAIN, "余额不一致"),
        (ORPHANING, "有记录对不上"),
    ],
)
def test_a_migration_that_changes_a_figure_is_refused_and_the_book_untouched(
    tmp_path: Path, old_book: Path, step: str, words: str
):
    content, scripts = old_book.read_bytes(), next_release(tmp_path, step)
    with pytest.raises(BookFileError, match=words) as refusal:
        upgrade(old_book, NEXT, scripts)
    assert "原来的账簿没有动" in str(refusal.value)
    assert old_book.read_bytes() == content
    assert not list(tmp_path.glob("*.upgrade*"))
    assert not list(tmp_path.glob("*升级前*"))


def test_a_migration_that_breaks_leaves_the_book_untouched(tmp_path: Path, old_book: Path):
    content, scripts = old_book.read_bytes(), next_release(tmp_path, BREAKING)
    with pytest.raises(Exception, match="nowhere"):
        upgrade(old_book, NEXT, scripts)
    assert old_book.read_bytes() == content
    assert not list(tmp_path.glob(".*upgrade*"))


def test_vouchers_still_in_the_log_beside_the_book_go_along_once(tmp_path: Path, old_book: Path):
    """After a power cut the last vouchers stand in the -wal file; played into the new file they would destroy it."""
    crashed = tmp_path / "停电" / old_book.name
    crashed.parent.mkdir()
    with Village(old_book) as village:
        village.posted("2025-03-10", "收租金", "借 101 7; 贷 501 7")
        for name in (old_book.name, f"{old_book.name}-wal"):
            shutil.copyfile(old_book.with_name(name), crashed.with_name(name))
    assert crashed.with_name(f"{crashed.name}-wal").stat().st_size > 0
    upgrade(crashed, NEXT, next_release(tmp_path, HARMLESS))
    assert not crashed.with_name(f"{crashed.name}-wal").exists()
    with Village(_as_of_today(crashed)) as village:
        assert village.verify() == []
        assert village.balance("501") == -7_00


def test_a_second_upgrade_keeps_both_old_files(tmp_path: Path, old_book: Path):
    scripts = next_release(tmp_path, HARMLESS)
    shutil.copyfile(old_book, tmp_path / "zwei.vledger")
    first = upgrade(old_book, NEXT, scripts)
    shutil.copyfile(tmp_path / "zwei.vledger", old_book)
    second = upgrade(old_book, NEXT, scripts)
    assert first != second
    assert figures(first) == figures(second)


def test_no_room_for_the_copy(tmp_path: Path, old_book: Path, monkeypatch: pytest.MonkeyPatch):
    def full(path: Path, target: int, scripts: Path) -> None:
        raise DiskFullError("没能保存：磁盘已满")

    monkeypatch.setattr(upgrading, "_migrate_file", full)
    content = old_book.read_bytes()
    with pytest.raises(DiskFullError, match="升级账簿时磁盘写不下了") as refusal:
        upgrade(old_book, NEXT, tmp_path)
    assert "原来的账簿没有动" in str(refusal.value)
    assert old_book.read_bytes() == content


OLD_BOOKS = sorted(Path(__file__).parents[1].joinpath("old_books").glob("*.vledger"))


@pytest.mark.parametrize("released", OLD_BOOKS, ids=lambda path: path.stem)
def test_books_of_every_release_open_and_prove(released: Path, tmp_path: Path):
    path = Path(shutil.copyfile(released, tmp_path / released.name))
    with Village(path) as village:
        assert village.verify() == []
        turnovers = village.reader.turnovers("collective", Span.of_year(2025))
        assert sum(t.debit for t in turnovers) == sum(t.credit for t in turnovers) > 0
        assert village.posted("2025-12-30", "收租金", "借 101 5; 贷 501 5").posted_by


def test_there_is_a_book_of_this_format():
    assert any(path.stem.startswith(f"format{FORMAT}") for path in OLD_BOOKS)
