"""Every changed byte of a posted voucher is found, and the voucher is named."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import COLLECTIVE, COMMITTEE, Village, a_village, guards_off
from tests.disclosure.sheets import registered
from village_ledger.domain.errors import BookFileError
from village_ledger.domain.finding import Finding
from village_ledger.domain.period import Month, Span
from village_ledger.services.book import verification

WHEN = "2025-03"
WIDE = {
    "handler": "钱会计",
    "witness": "孙证明",
    "approver": "周书记",
    "no_attachment_reason": "单据在县里",
    "attachments": "0",
}


@pytest.fixture(scope="module")
def proven(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with openings, sub-accounts, both ledgers, a reversal and a closed month; it verifies."""
    with Village.found(tmp_path_factory.mktemp("proven")) as village:
        village.open_with("借 101 1200", "借 113@张三 300", "贷 311 1500")
        village.open_with("借 1001 80", "贷 3101 80", ledger=COMMITTEE)
        village.add_account("513", "办公费")
        village.posted("2025-01-08", "收租金", "借 101 600; 贷 501 600")
        village.close_month("2025-01")
        village.posted("2025-03-08", "收张三承包款", "借 101 600; 贷 113@张三%一组 600", **WIDE)
        wrong = village.posted("2025-03-09", "付修路款", "借 153#通组路 90; 贷 101 90")
        village.post(*[village.again(v) for v in [_reviewed(village, village.reverse(wrong, "2025-03-20"))]])
        village.posted("2025-03-12", "发误工补贴", "借 5101 30; 贷 1001 30", COMMITTEE)
        village.void(village.entered("2025-03-21", "填错", "借 101 1; 贷 501 1"))
        village.entered("2025-03-22", "收租金", "借 101 1; 贷 501 1")
        registered(village, COLLECTIVE, "disclosure", Span.of_month(Month(2025, 3)))
        assert village.verify() == []
        return village.path


def _reviewed(village: Village, voucher):
    village.review(voucher)
    return voucher


def findings(path: Path) -> list[Finding]:
    """What the program says of a file, opened or not."""
    try:
        return verification.verify(path)
    except BookFileError as refusal:
        return [Finding("V0", path.name, str(refusal))]


def forge(source: Path, target: Path, statement: str, *parameters: object) -> list[Finding]:
    """Findings of a copy in which somebody took the triggers off, changed something, and put them back."""
    shutil.copyfile(source, target)
    with closing(sqlite3.connect(target, isolation_level=None)) as connection:
        connection.execute("PRAGMA ignore_check_constraints=ON")
        connection.execute("BEGIN")
        with guards_off(connection):
            done = connection.execute(statement, parameters)
            assert done.rowcount != 0
        connection.execute("COMMIT")
    return findings(target)


def test_a_good_book_proves(proven: Path):
    assert verification.verify(proven) == []


OF_THE_VOUCHER = {
    "voucher": ("month", "word", "number", "day", "kind", "attachments", "no_attachment_reason", "handler", "witness",
                "approver", "prepared_by", "prepared_at", "reviewed_by", "reviewed_at", "salt"),
    "voucher_line": ("line", "ledger_id", "day", "account", "debit", "credit", "summary", "counterparty_id", "group_id"),
    "posting": ("seq", "posted_by", "posted_at", "basis", "previous", "digest"),
}  # fmt: skip


@pytest.mark.parametrize(("table", "column"), [(t, c) for t, cs in OF_THE_VOUCHER.items() for c in cs])
def test_a_changed_field_of_a_posted_voucher_is_found_and_named(
    proven: Path, tmp_path: Path, table: str, column: str
):
    """Voucher 2 is 2025-03/记-0001; each of its fields is changed in turn."""
    key = "id" if table == "voucher" else "voucher_id"
    value = {
        "salt": "zeroblob(16)",
        "previous": "zeroblob(32)",
        "digest": "zeroblob(32)",
        "month": "'2025-02'",
        "day": "'2025-03-30'",
        "basis": "'migration'",
        "account": "'102'",
        "ledger_id": "2",
        "seq": "17",
        "line": "line + 5",
        "counterparty_id": "CASE WHEN counterparty_id IS NULL THEN 1 END",
        "group_id": "CASE WHEN group_id IS NULL THEN 1 END",
        "debit": "debit + 1",
        "credit": "credit + 1",
        "number": "number + 40",
        "attachments": "attachments + 1",
    }.get(column, f"{column} || '改'")
    found = forge(proven, tmp_path / "改.vledger", f"UPDATE {table} SET {column} = {value} WHERE {key} = 2")
    named = {f.record for f in found}
    assert named & {"2025-03/记-0001", "2025-03/记-0041", "2025-02/记-0001", "2025-03/记改-0001"}, found


@pytest.mark.parametrize(
    ("change", "rule", "record"),
    [
        ("UPDATE party SET name = '李四' WHERE name = '张三'", "V3", "2025-03/记-0001"),
        ("DELETE FROM voucher_line WHERE voucher_id = 2 AND line = 2", "V12", "2025-03/记-0001"),
        ("DELETE FROM voucher_line WHERE voucher_id = 2", "V12", "2025-03/记-0001"),
        ("UPDATE voucher_line SET credit = credit + 1 WHERE voucher_id = 2 AND credit > 0", "V12", "2025-03/记-0001"),
        ("UPDATE voucher_line SET day = '2025-03-09' WHERE voucher_id = 2 AND line = 1", "V12", "2025-03/记-0001"),
        ("UPDATE voucher_line SET ledger_id = 2 WHERE voucher_id = 2 AND line = 2", "V12", "2025-03/记-0001"),
        ("UPDATE voucher_line SET line = 3 WHERE voucher_id = 2 AND line = 2", "V12", "2025-03/记-0001"),
        ("DELETE FROM voucher WHERE id = 2", "V3", "记账第 2 条"),
        ("DELETE FROM posting WHERE voucher_id = 2", "V3", "2025-03/记-0002"),
        ("UPDATE month_total SET debit = debit + 1 WHERE account = '101' AND month = '2025-03'", "V4", "101 2025-03"),
        ("DELETE FROM day_total WHERE account = '101' AND day = '2025-03-08'", "V4", "101 2025-03-08"),
        ("INSERT INTO day_total VALUES (1, '101', '2031-01-01', 0, 0, 0)", "V4", "101 2031-01-01"),
        ("UPDATE party_total SET credit = 7", "V4", "113 2025-03 1"),
        ("UPDATE side_total SET credit = credit + 7 WHERE month = '2025-03'", "V4", "113 2025-03"),
        ("DELETE FROM party_balance", "V4", "113 1"),
        ("INSERT INTO unposted VALUES (2, 1, '2025-03-08')", "V5", "2025-03/记-0001"),
        ("DELETE FROM unposted", "V5", "2025-03/记-0005"),
        ("UPDATE voucher SET reviewed_by = prepared_by WHERE id = 2", "V6", "2025-03/记-0001"),
        ("UPDATE opening SET debit = debit + 5 WHERE account = '101'", "V7", "期初余额"),
        ("DELETE FROM opening_document", "V7", "期初余额"),
        ("DELETE FROM voucher WHERE id = 6", "V8", "2025-03/记-0004"),
        ("UPDATE operation SET detail = '没有的事' WHERE seq = 3", "V9", "操作日志第 3 条"),
        ("UPDATE operation SET \"by\" = '某人' WHERE seq = 1", "V9", "操作日志第 1 条"),
        ("DELETE FROM operation WHERE seq = 4", "V9", "操作日志第 5 条"),
        ("UPDATE sheet SET figures = '{\"a\": 2}'", "V10", "公开表 {sheet}"),
        ("UPDATE sheet SET report = 'disclosure-items'", "V80", "公开表 {sheet}"),
        ("UPDATE sheet SET last_day = '2025-03-30'", "V80", "公开表 {sheet}"),
        ("UPDATE sheet SET code = 'ABCD23456789'", "V80", "公开表 ABCD23456789"),
        ("DELETE FROM sheet", "V80", "公开表 {sheet}"),
        ("UPDATE sheet_version SET closed = 1", "V80", "公开表 {sheet} 第 1 版"),
        ("UPDATE sheet_version SET face = '{}'", "V80", "公开表 {sheet} 第 1 版"),
        ("DELETE FROM sheet_version", "V80", "公开表 {sheet}"),
        ("UPDATE period SET head = zeroblob(32) WHERE head IS NOT NULL", "V11", "2025-01 月结"),
        ("UPDATE account SET name = '现金' WHERE ledger_id = 1 AND code = '101'", "V13", "科目 101"),
        ("UPDATE account SET name = '招待费' WHERE code = '51301'", "V13", "科目 51301"),
        ("UPDATE account SET side = '贷' WHERE ledger_id = 1 AND code = '101'", "V13", "科目 101"),
        ("UPDATE book SET village = '别的村'", "V14", "单位名称"),
        ("UPDATE book SET uid = 'x'", "V14", "账簿和账套"),
        ("UPDATE ledger SET registration_code = '9'", "V14", "账簿和账套"),
        ("DELETE FROM voucher_link", "V15", "2025-03/记-0003"),
        ("DROP TRIGGER posting_no_delete", "V2", "保护规则 posting_no_delete"),
        ("CREATE TRIGGER mine AFTER INSERT ON draft BEGIN SELECT 1; END", "V2", "保护规则 mine"),
    ],
)  # fmt: skip
def test_what_does_not_prove_is_named(proven: Path, tmp_path: Path, change: str, rule: str, record: str):
    if "TRIGGER" in change:
        target = Path(shutil.copyfile(proven, tmp_path / "改.vledger"))
        with closing(sqlite3.connect(target, isolation_level=None)) as connection:
            connection.execute(change)
        found = findings(target)
    else:
        found = forge(proven, tmp_path / "改.vledger", change)
    with closing(sqlite3.connect(proven)) as connection:
        (sheet,) = connection.execute("SELECT code FROM sheet").fetchone()
    record = record.format(sheet=sheet)
    assert (rule, record) in {(f.rule, f.record) for f in found}


def test_a_finding_is_one_chinese_sentence_with_expected_and_found(proven: Path, tmp_path: Path):
    (finding,) = forge(
        proven,
        tmp_path / "改.vledger",
        "UPDATE month_total SET debit = debit + 1 WHERE account = '101' AND month = '2025-01'",
    )
    assert finding.sentence() == (
        "[V4] collective 101 2025-01：月合计和凭证不符（应为 借 600.00 贷 0.00，实为 借 600.01 贷 0.00）"
    )


TEXTS = {
    "voucher": ("no_attachment_reason", "handler", "witness", "approver", "prepared_by", "prepared_at", "reviewed_by", "word"),
    "voucher_line": ("summary", "account"),
    "posting": ("posted_by", "posted_at"),
}  # fmt: skip


@settings(max_examples=settings().max_examples // 2)
@given(st.data())
def test_any_flipped_bit_of_a_posted_text_is_found_and_the_voucher_named(
    proven: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
):
    """The broken bytes need not even be a text any more."""
    table = data.draw(st.sampled_from(sorted(TEXTS)))
    column = data.draw(st.sampled_from(TEXTS[table]))
    key = "id" if table == "voucher" else "voucher_id"
    where = f"{key} = 2" + (" AND line = 1" if table == "voucher_line" else "")
    with closing(sqlite3.connect(proven)) as connection:
        (text,) = connection.execute(f"SELECT CAST({column} AS BLOB) FROM {table} WHERE {where}").fetchone()
    place = data.draw(st.integers(0, len(text) - 1))
    flipped = bytearray(text)
    flipped[place] ^= 1 << data.draw(st.integers(0, 7))
    target = tmp_path_factory.getbasetemp() / "bit.vledger"
    found = forge(
        proven, target, f"UPDATE {table} SET {column} = CAST(? AS TEXT) WHERE {where}", bytes(flipped)
    )
    assert any(f.record.startswith(WHEN) and f.record.endswith("-0001") for f in found), found


@settings(max_examples=settings().max_examples // 2)
@given(st.data())
def test_any_flipped_byte_of_the_file_is_found_or_touches_nothing_that_counts(
    proven: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
):
    """Wherever it strikes, nothing breaks down; and what still proves has every posted figure as it was."""
    content = bytearray(proven.read_bytes())
    place = data.draw(st.integers(100, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    target = tmp_path_factory.getbasetemp() / "byte.vledger"
    target.write_bytes(content)
    if not findings(target):
        assert posted(target) == posted(proven)


def posted(path: Path) -> list[tuple[object, ...]]:
    """All that posting promised to keep."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(
            "SELECT v.month, v.word, v.number, v.day, v.prepared_by, v.reviewed_by, l.line, l.account, l.debit, l.credit, "
            "l.summary, c.name, p.seq, p.posted_by, p.digest FROM posting p JOIN voucher v ON v.id = p.voucher_id "
            "JOIN voucher_line l ON l.voucher_id = v.id LEFT JOIN party c ON c.id = l.counterparty_id ORDER BY 1, 2, 3, 7"
        ).fetchall()


entries = st.lists(
    st.tuples(
        st.integers(1, 3),
        st.integers(1, 28),
        st.sampled_from(["101", "102", "113@张三", "113@李四", "113", "51301"]),
        st.integers(1, 10**9),
    ),
    max_size=6,
)


@settings(max_examples=settings().max_examples // 4)
@given(entries)
def test_month_totals_are_the_sums_of_the_lines(entries):
    with a_village() as village:
        village.add_account("513", "办公费")
        for month, day, account, fen in entries:
            who = account if "@" in account or account != "113" else "113@王五"
            amount = f"{fen // 100}.{fen % 100:02d}"
            village.posted(f"2025-{month:02d}-{day:02d}", "某事", f"借 {who} {amount}; 贷 515 {amount}")
        with village.raw() as connection:
            kept = connection.execute(
                "SELECT account, month, debit, credit, lines FROM month_total"
            ).fetchall()
            summed = connection.execute(
                "SELECT account, substr(day, 1, 7), sum(debit), sum(credit), count(*) FROM voucher_line GROUP BY 1, 2"
            ).fetchall()
        assert sorted(kept) == sorted(summed)
        assert village.verify() == []
        assert village.numbers("2025-01") == sorted(village.numbers("2025-01"))
        assert Month(2025, 1) == village.reader.months("collective")[0].month
