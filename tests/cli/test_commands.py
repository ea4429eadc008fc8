"""A month through the command line: a new book, files in, reviewed, posted, one voucher undone, proved."""

from __future__ import annotations

import pytest

from tests.exchange.files import ACCOUNT_HEADER, OPENING_HEADER, WATER_BILL, write_csv
from village_ledger.domain.errors import Cancelled
from village_ledger.domain.period import Month
from village_ledger.domain.voucher import VoucherState
from village_ledger.storage.file.book_file import Access, open_book


def states(path) -> list[tuple[str, VoucherState, str]]:
    with open_book(path, Access.READ) as book:
        return [(str(v.ref), v.state, v.prepared_by) for v in book.reader().vouchers("collective")]


def test_a_new_book_holds_what_was_said(run, tmp_path):
    path = tmp_path / "新.vledger"
    answer = run(
        *("new", path, "--village", "石门沟村", "--start", "2024-07", "--by", "王秀英"),
        *("--collective-name", "石门沟村股份经济合作社", "--collective-code", "N2510903MF0000013A"),
        *("--committee-name", "石门沟村村民委员会", "--committee-code", "54519904MF0002000P"),
        *("--committee-chart", "collective"),
    )
    assert (answer.code, answer.out, len(answer.sentences)) == (0, "", 1)
    with open_book(path, Access.READ) as book:
        collective, committee = book.reader().ledgers()
        assert (collective.entity, collective.registration_code) == (
            "石门沟村股份经济合作社",
            "N2510903MF0000013A",
        )
        assert (committee.entity, committee.chart_id) == ("石门沟村村民委员会", "committee_collective")
        assert collective.start == Month(2024, 7)
        assert {o.by for o in book.reader().operations()} == {"王秀英"}


def test_one_acting_ledger_needs_no_ledger_named(run, tmp_path, two):
    path = tmp_path / "合.vledger"
    assert run("new", path, "--village", "青山村", "--start", "2025-03", "--single").code == 0
    assert run("import", "vouchers", path, two).code == 0


def test_a_new_book_overwrites_nothing(run, book):
    before = book.read_bytes()
    answer = run("new", book, "--village", "另一村", "--start", "2025-01")
    assert answer.code == 1
    assert "已经存在" in answer.said
    assert book.read_bytes() == before


def test_the_demonstration_village(run, tmp_path):
    path = tmp_path / "演示.vledger"
    answer = run("demo", path)
    assert answer.code == 0
    assert "虚构" in answer.said
    assert run("demo", path).code == 1
    assert run("verify", path).code == 0


def test_two_ledgers_want_to_be_told_apart(run, book, two):
    answer = run("import", "vouchers", book, two)
    assert answer.code == 2
    assert "collective（集体经济组织账）、committee（村民委员会账）" in answer.said
    answer = run("import", "vouchers", book, two, "--ledger", "group-01")
    assert answer.code == 2
    assert "没有代号为“group-01”的账" in answer.said


def test_files_go_in_one_after_the_other(run, book, tmp_path):
    accounts = write_csv(tmp_path / "k.csv", [("10201", "基本户", "借", "是", "")], header=ACCOUNT_HEADER)
    opening = write_csv(
        tmp_path / "q.csv", [("10201", "", "", "5", ""), ("301", "", "", "", "5")], header=[*OPENING_HEADER]
    )
    assert "1 个新科目" in run("import", "accounts", book, accounts, "--ledger", "collective").said
    assert "2 行期初余额" in run("import", "opening", book, opening, "--ledger", "collective").said
    again = run("import", "opening", book, opening, "--ledger", "collective")
    assert (again.code, len(again.sentences)) == (1, 1)


def test_a_dry_run_changes_nothing(run, book, two, tmp_path):
    before = book.read_bytes()
    accounts = write_csv(tmp_path / "k.csv", [("10201", "基本户", "借", "是", "")], header=ACCOUNT_HEADER)
    for kind, file in (("vouchers", two), ("accounts", accounts)):
        answer = run("import", kind, book, file, "--ledger", "collective", "--dry-run")
        assert answer.code == 0
        assert "可以导入" in answer.said
        assert book.read_bytes() == before


def test_entered_reviewed_posted(run, book, two):
    assert run("import", "vouchers", book, two, "--ledger", "collective", "--by", "何小莉").code == 0
    assert states(book) == [
        ("2025-03/记-0001", VoucherState.ENTERED, "何小莉"),
        ("2025-03/记-0002", VoucherState.ENTERED, "何小莉"),
    ]
    unreviewed = run("post", book, "--ledger", "collective", "--through", "2025-03-31", "--by", "王秀英")
    assert unreviewed.code == 1
    post = ("post", book, "--ledger", "collective", "--by", "王秀英", "--reviewed-by", "蒲文斌")
    assert "记账 1 张" in run(*post, "--through", "2025-03-08").said
    assert [state for _, state, _ in states(book)] == [VoucherState.POSTED, VoucherState.ENTERED]
    assert run(*post, "--through", "2025-03-31").code == 0
    nothing = run(*post, "--through", "2025-03-31")
    assert nothing.code == 0
    assert "没有等待记账的凭证" in nothing.said


@pytest.mark.parametrize(
    ("by", "reviewer"), [("王秀英", "王秀英"), ("王秀英", " 王秀英 "), ("蒲文斌", "何小莉")]
)
def test_nobody_reviews_their_own_work(run, book, two, by, reviewer):
    run("import", "vouchers", book, two, "--ledger", "collective", "--by", "何小莉")
    answer = run(
        "post",
        book,
        "--ledger",
        "collective",
        "--through",
        "2025-03-31",
        "--by",
        by,
        "--reviewed-by",
        reviewer,
    )
    assert answer.code == 1
    assert {state for _, state, _ in states(book)} == {VoucherState.ENTERED}


def test_a_reversal_is_named_and_waits(run, posted):
    reverse = ("reverse", posted, "--ledger", "collective", "--voucher", "2025-03/记-1", "--by", "王秀英")
    answer = run(*reverse, "--date", "2025-03-20", "--reason", "金额记错")
    assert (answer.code, answer.out) == (0, "2025-03/记-0003\n")
    assert "等待审核和记账" in answer.said
    assert states(posted)[-1] == ("2025-03/记-0003", VoucherState.ENTERED, "王秀英")
    again = run(*reverse, "--date", "2025-03-21", "--reason", "再冲")
    assert again.code == 1
    unknown = run(*reverse[:5], "2025-03/记-99", *reverse[6:], "--date", "2025-03-21", "--reason", "没有")
    assert unknown.code == 1


def test_a_migration_is_written_into_the_log(posted):
    with open_book(posted, Access.READ) as book:
        assert any("迁移" in o.action and o.by == "导入" for o in book.reader().operations())


def test_a_good_book_proves(run, posted):
    answer = run("verify", posted)
    assert (answer.code, answer.said) == (0, "")
    assert answer.out.startswith("核对完毕，没有查出问题")


def test_notices_of_a_file_are_said(run, book, tmp_path):
    from tests.exchange.files import VOUCHER_HEADER

    file = write_csv(
        tmp_path / "v.csv", [(*cells, "x") for cells in WATER_BILL], header=[*VOUCHER_HEADER, "备注"]
    )
    answer = run("import", "vouchers", book, file, "--ledger", "collective")
    assert answer.code == 0
    assert answer.sentences[0] == "这些列没有用到，已略过：备注。"


def test_a_cancelled_import_leaves_nothing(run, book, two, monkeypatch):
    from village_ledger.services.entry import bulk

    def cancels(*_args, **_options):
        raise Cancelled

    monkeypatch.setattr(bulk, "import_vouchers", cancels)
    assert run("import", "vouchers", book, two, "--ledger", "collective").code == 1
    assert states(book) == []
