"""The books within a package: nothing planted in them ever runs, no value is of another kind, and what lies is found."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.builders import COLLECTIVE, Village
from tests.conftest import FULL
from tests.review.township import Members, packed, sent, signed_again, unguarded, unpacked, with_book
from village_ledger.cli.main import main
from village_ledger.domain.errors import BadPackage, LedgerError
from village_ledger.domain.package import BOOK
from village_ledger.exchange.review.package_reading import opened
from village_ledger.exchange.review.review_desk import review_folder

TODAY = date(2025, 12, 31)
OLD_BOOK = Path(__file__).parents[1] / "old_books" / "format5.vledger"


@pytest.fixture(scope="module")
def members(tmp_path_factory: pytest.TempPathFactory) -> Members:
    """A package of a book that holds a little of every area."""
    folder = tmp_path_factory.mktemp("各样都有")
    (folder / "青山村.vledger").write_bytes(OLD_BOOK.read_bytes())
    with Village(folder / "青山村.vledger") as village:
        return unpacked(sent(village, folder).path)


@pytest.fixture
def forged(members: Members, tmp_path: Path) -> Callable[[Callable[[sqlite3.Connection], object]], Path]:
    """The package with its database changed by somebody with a tool, and signed again."""

    def made(change: Callable[[sqlite3.Connection], object]) -> Path:
        path = tmp_path / "假.vlpkg"
        path.unlink(missing_ok=True)
        return packed(path, signed_again(with_book(members, tmp_path, change)))

    return made


def _said(path: Path) -> str:
    """The refusal, or every finding; empty where nothing is wrong."""
    try:
        with opened(path) as package:
            return "".join(f"{finding.sentence()}。" for finding in package.findings)
    except LedgerError as refused:
        return str(refused)


# what was planted

_TRIGGER = (
    "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'posting' ORDER BY name LIMIT 1"
)


def _emptied_trigger(copy: sqlite3.Connection) -> None:
    """A guard under its own name that guards nothing."""
    (sql,) = copy.execute(_TRIGGER).fetchone()
    name = sql.split()[2]
    copy.execute(f"DROP TRIGGER {name}")
    copy.execute(f"CREATE TRIGGER {name} BEFORE DELETE ON posting BEGIN SELECT 1; END")


def _as_a_view(copy: sqlite3.Connection) -> None:
    """The totals as a view that says what it likes, under the table's name."""
    _guards_off(copy)
    copy.execute("ALTER TABLE month_total RENAME TO kept_total")
    copy.execute("CREATE VIEW month_total AS SELECT * FROM kept_total")


def _guards_off(copy: sqlite3.Connection) -> None:
    for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        copy.execute(f'DROP TRIGGER "{name}"')


def _by_hand(change: str) -> Callable[[sqlite3.Connection], object]:
    """A change of the schema's own table, past everything SQLite looks at."""

    def made(copy: sqlite3.Connection) -> None:
        copy.execute("PRAGMA writable_schema=ON")
        copy.execute(change)
        copy.execute("PRAGMA writable_schema=RESET")

    return made


PLANTED: dict[str, Callable[[sqlite3.Connection], object]] = {
    "a trigger": lambda c: c.execute(
        "CREATE TRIGGER evil AFTER INSERT ON voucher BEGIN DELETE FROM posting; END"
    ),
    "a trigger in place of ours": _emptied_trigger,
    "a trigger on a view": lambda c: c.executescript(
        "CREATE VIEW seen AS SELECT 1 AS x; CREATE TRIGGER evil INSTEAD OF INSERT ON seen BEGIN SELECT 1; END"
    ),
    "a view": lambda c: c.execute("CREATE VIEW book2 AS SELECT * FROM book"),
    "a view in place of a table": _as_a_view,
    "a virtual table": lambda c: c.execute("CREATE VIRTUAL TABLE evil USING fts5(words)"),
    "a table": lambda c: c.execute("CREATE TABLE evil (x)"),
    "a generated column": lambda c: c.execute(
        "ALTER TABLE month_total ADD COLUMN evil INTEGER GENERATED ALWAYS AS (debit * 2) VIRTUAL"
    ),
    "a column with a default": lambda c: c.execute("ALTER TABLE book ADD COLUMN evil INTEGER DEFAULT 1"),
    "an index on an expression": lambda c: c.execute("CREATE INDEX evil ON voucher_line (debit * 2)"),
    "an index on a part": lambda c: c.execute("CREATE INDEX evil ON voucher_line (debit) WHERE debit > 5"),
    "an index gone": lambda c: c.execute("DROP INDEX ix_package_sent_digest"),
    "statistics": lambda c: c.execute("ANALYZE"),
    "a check taken off": _by_hand(
        "UPDATE sqlite_master SET sql = replace(sql, 'CHECK', '/*') || '*/' WHERE name = 'withheld_text'"
    ),
    "another word in a table": _by_hand(
        "UPDATE sqlite_master SET sql = sql || ' ' WHERE type = 'table' AND name = 'voucher'"
    ),
}


@pytest.mark.parametrize("planted", PLANTED.values(), ids=PLANTED)
def test_what_was_planted_is_named_and_never_opened(
    forged: Callable[..., Path], planted: Callable[[sqlite3.Connection], object]
) -> None:
    path = forged(planted)
    with pytest.raises(BadPackage) as refused, opened(path):
        raise AssertionError("it was opened")
    said = str(refused.value)
    assert "不是本程序做的东西" in said or "读不出来" in said


def _led_to(name: str, page: str) -> str:
    """A change that lets a table or index begin on another page."""
    return f"UPDATE sqlite_master SET rootpage = {page} WHERE name = '{name}'"


_PAGE_OF = "(SELECT rootpage FROM sqlite_master WHERE name = '{}')"


@pytest.mark.parametrize(
    "change",
    [
        _led_to("day_total", _PAGE_OF.format("month_total")),
        _led_to("posting", "100000"),
        _led_to("voucher", "1"),
        _led_to("ix_voucher_line_account", _PAGE_OF.format("ix_voucher_line_project")),
    ],
    ids=[
        "two tables on one page",
        "a table beyond the file",
        "a table on the schema's page",
        "an index of others",
    ],
)
def test_tables_led_to_other_pages_are_found(forged: Callable[..., Path], change: str) -> None:
    assert _said(forged(_by_hand(change)))


def _rewritten(pragma: str) -> Callable[[sqlite3.Connection], object]:
    def made(copy: sqlite3.Connection) -> None:
        copy.execute(pragma)
        copy.execute("VACUUM")

    return made


def test_a_database_in_other_dress(forged: Callable[..., Path]) -> None:
    """Another page size shows the same books; what the program would have to trust is refused."""
    assert _said(forged(_rewritten("PRAGMA page_size=512"))) == ""
    assert "不是本程序认得的格式" in _said(forged(lambda c: c.execute("PRAGMA application_id=0")))
    assert "更新版本的程序" in _said(forged(lambda c: c.execute("PRAGMA user_version=2000000000")))
    assert "不是本程序认得的格式" in _said(forged(lambda c: c.execute("PRAGMA user_version=-1")))


def test_a_database_in_another_encoding(members: Members, tmp_path: Path) -> None:
    source, target = tmp_path / "8.vledger", tmp_path / "16.vledger"
    source.write_bytes(dict(members)[BOOK])
    other = sqlite3.connect(target, isolation_level=None)
    other.execute("PRAGMA encoding='UTF-16le'")
    with sqlite3.connect(source) as old:
        script = [
            sql for (sql,) in old.execute("SELECT sql FROM sqlite_master WHERE sql NOT NULL ORDER BY rowid")
        ]
        (application,), (version,) = (
            old.execute(f"PRAGMA {name}").fetchone() for name in ("application_id", "user_version")
        )
    old.close()
    other.execute("BEGIN")
    for sql in script:
        other.execute(sql)
    other.execute("COMMIT")
    other.execute(f"PRAGMA application_id={application}")
    other.execute(f"PRAGMA user_version={version}")
    other.close()
    changed = [(n, target.read_bytes() if n == BOOK else c) for n, c in members]
    assert "不是本程序认得的格式" in _said(packed(tmp_path / "假.vlpkg", signed_again(changed)))


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE voucher_line SET debit = 'many' WHERE debit > 0",
        "UPDATE voucher_line SET debit = 12.5 WHERE debit > 0",
        "UPDATE voucher_line SET summary = x'3d31'",
        "UPDATE posting SET digest = 'text'",
        "UPDATE ledger SET one_person_post = 'x'",
    ],
)
def test_a_value_of_another_kind_is_refused(forged: Callable[..., Path], change: str) -> None:
    def made(copy: sqlite3.Connection) -> None:
        copy.execute("PRAGMA ignore_check_constraints=ON")
        unguarded(copy, change)

    assert "写着不该有的东西" in _said(forged(made))


# what lies


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ("UPDATE month_total SET debit = debit + 100", "V4"),
        ("UPDATE month_total SET lines = lines + 1", "V4"),
        ("DELETE FROM month_total", "V4"),
        ("UPDATE day_total SET credit = credit + 100", "V4"),
        ("UPDATE party_total SET debit = debit + 100", "V4"),
        ("INSERT INTO project_total VALUES (1, '101', 2, '2025-03', 100, 0)", "V4"),
        ("INSERT INTO month_total VALUES (1, '101', '2031-01', 5, 5, 1)", "V4"),
        ("UPDATE voucher_line SET debit = debit + 100 WHERE debit > 0", "V3"),
        ("DELETE FROM posting WHERE seq = 1", "V3"),
        ("UPDATE opening SET debit = debit + 100 WHERE debit > 0", "V7"),
        ("DELETE FROM operation WHERE seq = 2", "V9"),
        ("UPDATE package_sent SET digest = zeroblob(32)", ""),
    ],
)
def test_books_that_lie_about_their_figures_are_found(
    forged: Callable[..., Path], change: str, rule: str
) -> None:
    said = _said(forged(lambda copy: unguarded(copy, change)))
    assert f"[{rule}]" in said or not rule


@pytest.mark.parametrize(
    ("key", "value", "what"),
    [
        ("book", "0" * 32, "账簿编号"),
        ("village", "白云村", "村名"),
        ("demo", True, "演示标记"),
        ("level", "L0", "遮盖级别"),
        ("made_at", "2031-01-01T00:00:00", "做成时间"),
        ("operations", "0" * 64, "操作日志"),
        ("number", 7, "包的次序"),
        ("previous", "1" * 64, "上一包"),
        ("closed", True, "结账情况"),
        ("ledgers", [], "账套"),
    ],
)
def test_a_manifest_that_lies_about_the_books_is_found(
    members: Members, tmp_path: Path, key: str, value: Any, what: str
) -> None:
    changed = signed_again(members, lambda manifest: manifest.__setitem__(key, value))
    assert f"清单上的{what}：和包里的账簿不一样" in _said(packed(tmp_path / "假.vlpkg", changed))


@pytest.mark.parametrize(("key", "value"), [("head", "0" * 64), ("links", 999)])
def test_a_manifest_that_lies_about_a_chain_is_found(
    members: Members, tmp_path: Path, key: str, value: Any
) -> None:
    changed = signed_again(members, lambda manifest: manifest["ledgers"][0].__setitem__(key, value))
    assert "清单上的记账链" in _said(packed(tmp_path / "假.vlpkg", changed))


# what no program of ours writes

INTEGERS = ("-1", "0", "2", "1 << 62", "-9223372036854775808", "9223372036854775807")
TEXTS = (
    "''", "'x'", "'=1+1'", "'9999-99-99'", "'2025-13'", "'2025-02-30T99:00:00'", "char(27) || '[31m'",
    "CAST(x'ff' AS TEXT)", "'a' || char(0) || 'b'", "'[]'", "'{'", "printf('%.*c', 20000, 'x')", "'-1'",
)  # fmt: skip
BYTES = ("x''", "x'00'", "zeroblob(32)", "zeroblob(4096)")


def _columns(book: bytes, folder: Path) -> list[tuple[str, str, str]]:
    """Every column of every table that holds anything: table, column, declared type."""
    path = folder / "看.vledger"
    path.write_bytes(book)
    with sqlite3.connect(path) as copy:
        tables = [name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found = [
            (table, name, kind)
            for table in sorted(tables)
            if copy.execute(f'SELECT 1 FROM "{table}" LIMIT 1').fetchone()
            for _, name, kind, *_ in copy.execute(f'PRAGMA table_info("{table}")')
        ]
    copy.close()
    return found


def test_whatever_stands_in_a_column_it_is_refused_found_or_read(
    members: Members, tmp_path: Path, forged: Callable[..., Path]
) -> None:
    """Never a crash, whatever value somebody writes into whichever column; and the desk goes on to the next village."""
    chance = random.Random(1950)
    columns = _columns(dict(members)[BOOK], tmp_path)
    assert len({table for table, *_ in columns}) > 60
    for table, column, kind in columns if FULL else chance.sample(columns, 25):
        values = {"VARCHAR": TEXTS, "BLOB": BYTES}.get(kind, INTEGERS)
        which = chance.choice(("", f' WHERE rowid = (SELECT max(rowid) FROM "{table}")'))
        change = f'UPDATE OR IGNORE "{table}" SET "{column}" = {chance.choice(values)}{which}'

        def spoil(copy: sqlite3.Connection, change: str = change) -> None:
            copy.execute("PRAGMA foreign_keys=OFF")
            copy.execute("PRAGMA ignore_check_constraints=ON")
            unguarded(copy, change)

        try:
            path = forged(spoil)
        except sqlite3.Error:  # a table without row numbers
            continue
        run = review_folder([path], tmp_path / "乡镇", TODAY)
        assert len(run.reviewed) + len({name for name, _ in run.unread}) == 1, change
        for _, why in run.unread:
            assert why.endswith("。"), change


def test_books_that_make_a_check_stumble_are_said_and_the_others_reviewed(
    forged: Callable[..., Path], members: Members, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sound = packed(tmp_path / "好.vlpkg", members)
    bad = forged(lambda copy: unguarded(copy, "UPDATE period SET month = 'x' WHERE month = '2025-03'"))
    code = main(
        [
            "review",
            str(bad),
            str(sound),
            "-o",
            str(tmp_path / "乡镇"),
            "--by",
            "张审",
            "--key",
            str(tmp_path / "k"),
        ]
    )
    said = capsys.readouterr()
    assert code == 1
    assert "Traceback" not in said.out + said.err
    assert "审阅了" in said.out + said.err


def test_a_contract_that_leads_to_nobody_is_found(forged: Callable[..., Path]) -> None:
    """What our reading takes for granted is not there."""
    change = "UPDATE contract SET party_id = 0"
    assert "V1" in _said(forged(lambda copy: unguarded(copy, change)))


def test_a_log_beside_the_books_cannot_be_slipped_in(members: Members, tmp_path: Path) -> None:
    """What SQLite would play into the books on opening has no place in a package."""
    for name in ("book.vledger-wal", "book.vledger-journal", "book.vledger-shm"):
        path = tmp_path / f"{name}.vlpkg"
        assert "不该有的文件" in _said(packed(path, [*members, (name, b"\x37\x7f\x06\x82")]))


def test_the_copy_opens_to_be_read_and_nothing_else(members: Members, tmp_path: Path) -> None:
    from village_ledger.storage.file.book_file import Access, open_book

    with (
        opened(packed(tmp_path / "好.vlpkg", members)) as package,
        open_book(package.book, Access.READ) as book,
        pytest.raises(LedgerError),
    ):
        book.connection().exec_driver_sql("UPDATE month_total SET debit = 1")
    assert COLLECTIVE in {entity.ledger for entity in package.manifest.entities}


def test_what_the_books_say_does_nothing_on_a_terminal(
    forged: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """Signs that move the cursor or turn words round are shown as boxes."""
    change = "UPDATE book SET village = char(27) || '[2J' || char(8238) || '签名有效'"
    main(["verify", str(forged(lambda copy: unguarded(copy, change)))])
    said = capsys.readouterr()
    assert "□[2J□签名有效" in said.out
    assert not any(sign in said.out + said.err for sign in "\x1b\u202e")
