"""The split document is sealed: raw SQL is refused, and where the guards are gone verify names what was touched."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing

import pytest

from tests.exchange.split_files import OLD, SPEC, WANG, decision_rows, write_decisions
from village_ledger.exchange.separation.old_balances import read_old_file
from village_ledger.exchange.separation.split_decisions import read_decisions
from village_ledger.services.book.verification import verify
from village_ledger.services.separation.separation import propose, separate
from village_ledger.storage.spec import CommitteeChart


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("split")
    old = read_old_file(OLD)
    proposed = propose(old.lines, CommitteeChart.SURPLUS)
    lines = read_decisions(
        write_decisions(folder / "议定.csv", decision_rows()), proposed, CommitteeChart.SURPLUS
    )
    separate(folder / "新.vledger", SPEC, old, lines, WANG)
    return folder / "新.vledger"


@pytest.fixture
def book(made, tmp_path):
    return shutil.copyfile(made, tmp_path / "新.vledger")


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE separation_line SET debit = debit + 1 WHERE id = 1",
        "DELETE FROM separation_line WHERE id = 1",
        "INSERT OR REPLACE INTO separation_line SELECT * FROM separation_line WHERE id = 1",
        "UPDATE separation_part SET owner = '村委会' WHERE line_id = 1",
        "DELETE FROM separation_part",
        "INSERT OR REPLACE INTO separation_part SELECT * FROM separation_part WHERE line_id = 1",
        "UPDATE separation SET decided_by = '别人'",
        "DELETE FROM separation",
        "INSERT OR REPLACE INTO separation SELECT * FROM separation",
    ],
)
def test_raw_sql_cannot_touch_it(book, sql):
    with (
        closing(sqlite3.connect(book)) as connection,
        pytest.raises(sqlite3.IntegrityError, match="分账清单"),
    ):
        connection.execute(sql)
    assert verify(book) == []


@pytest.mark.parametrize(
    ("trigger", "sql", "said"),
    [
        (
            "separation_part_no_update",
            "UPDATE separation_part SET reason = '说好了' WHERE line_id = 1",
            "内容和封存时不一样",
        ),
        (
            "separation_no_update",
            "UPDATE separation SET decided_by = decided_by, source = 'x'",
            "和操作日志不符",
        ),
        ("separation_no_update", "UPDATE separation SET mirror = mirror + 1", "两账往来的数不对"),
        (
            "opening_no_update",
            "UPDATE opening SET debit = debit + 1 WHERE account = '101'",
            "期初余额和分账清单对不上",
        ),
        ("separation_no_delete", "DELETE FROM separation", "没有封存"),
    ],
)
def test_verify_names_what_was_touched(book, trigger, sql, said):
    with closing(sqlite3.connect(book)) as connection:
        connection.execute(f"DROP TRIGGER {trigger}")
        connection.execute(sql)
        connection.commit()
    findings = [finding.text for finding in verify(book) if finding.rule == "V30"]
    assert any(said in text for text in findings), findings


def test_no_split_can_be_added_to_a_book_that_has_its_openings(tmp_path, book):
    """A line that does not add up cannot be sealed, whoever writes it."""
    from tests.builders import blank_book

    other = blank_book(tmp_path, name="别.vledger")
    with closing(sqlite3.connect(other)) as connection:
        connection.execute(
            "INSERT INTO separation_line VALUES (1, 4, '101', '库存现金', '', 5, 0, '', '集体', 'A', '')"
        )
        with pytest.raises(sqlite3.IntegrityError, match="各份要等于旧账"):
            connection.execute(
                "INSERT INTO separation VALUES (1, '旧', '', '2024-12-31', '王', '', 0, 1, x'00')"
            )
    assert book.exists()
