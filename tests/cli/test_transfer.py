"""``transfer``, ``resolution`` and ``report inter-ledger`` at the command line; mirrors equal whatever comes in which order."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import a_village
from tests.exchange.files import write_csv
from tests.two_ledgers import mirrors, moved, resolved, undone
from village_ledger.domain.errors import LedgerError
from village_ledger.services.transfers.mirrors import subsidies

NO = "青社代〔2025〕1号"
PEOPLE = ("--by", "王秀英", "--reviewed-by", "李建国")


def transfer(run, book, kind: str, *more: str, amount: str = "100"):
    """A document of March 2025."""
    fixed = ("--date", "2025-03-08", "--amount", amount, "--summary", f"往来{kind}")
    return run("transfer", book, "--kind", kind, *fixed, *PEOPLE, *more)


@pytest.fixture
def resolution(run, book):
    """A resolution that is carried."""
    votes = ("--eligible", "30", "--present", "28", "--for", "27")
    words = ("--date", "2025-03-01", "--body", "representatives", "--subject", "补助村委会")
    assert run("resolution", book, NO, *words, *votes).code == 0


def test_both_numbers_come_on_stdout_the_collectives_first(run, book, resolution):
    transfer(run, book, "T3", "--resolution", NO)
    answer = transfer(run, book, "T1", "--resolution", NO)
    assert (answer.code, answer.out) == (0, "2025-03/记-0002\n2025-03/记-0001\n")
    assert run("verify", book).code == 0


@pytest.mark.parametrize("kind", ["T1", "T2", "T3"])
def test_no_resolution_no_subsidy(run, book, kind):
    answer = transfer(run, book, kind)
    assert (answer.code, answer.out) == (1, "")
    assert "要有决议" in answer.said
    assert transfer(run, book, kind, "--resolution", NO).code == 1


def test_the_report_has_the_columns_of_the_contract(run, book, resolution):
    transfer(run, book, "T2", "--resolution", NO, amount="8000")
    transfer(run, book, "T4", amount="50")
    transfer(run, book, "T5", amount="20")
    report = json.loads(run("report", book, "inter-ledger", "--year", "2025").out)
    keys = ("date", "number", "kind", "collective_voucher", "committee_voucher", "amount", "settled")
    rows = [[row[key] for key in keys] for row in report["rows"]]
    assert rows[1] == [
        *("2025-03-08", "往来-2025-0002", "T4", "2025-03/记-0002", "2025-03/记-0002", "50.00", "20.00"),
    ]
    assert all(check["ok"] for check in report["checks"])
    assert {check["rule"] for check in report["checks"]} == {"K7", "X13"}


@pytest.mark.parametrize(
    ("votes", "words"),
    [
        (("0", "0", "0"), "应到人数要大于零"),
        (("30", "31", "20"), "实到 31 人，应到只有 30 人"),
        (("30", "20", "21"), "赞成 21 人，实到只有 20 人"),
    ],
)
def test_an_impossible_vote_is_refused(run, book, votes, words):
    eligible, present, in_favour = votes
    answer = run(
        *("resolution", book, NO, "--date", "2025-03-01", "--body", "assembly", "--subject", "某事"),
        *("--eligible", eligible, "--present", present, "--for", in_favour),
    )
    assert answer.code == 1
    assert words in answer.said


def test_the_same_resolution_is_not_entered_twice(run, book, resolution):
    votes = ("--eligible", "30", "--present", "28", "--for", "27")
    words = ("--date", "2025-03-01", "--body", "board", "--subject", "别的")
    answer = run("resolution", book, NO, *words, *votes)
    assert answer.code == 1
    assert "已经登记过" in answer.said


def test_one_side_is_not_reversed_alone_both_are(run, book):
    transfer(run, book, "T4")
    undo = ("--ledger", "committee", "--voucher", "2025-03/记-0001", "--date", "2025-03-20")
    alone = run("reverse", book, *undo, "--by", "王秀英", "--reason", "记错")
    assert alone.code == 1
    assert "不能单独冲销" in alone.said
    both = run("reverse", book, *undo, "--by", "王秀英", "--reason", "记错", "--both")
    assert (both.code, both.out) == (0, "2025-03/记-0002\n2025-03/记-0002\n")
    posted = run(
        "post",
        book,
        "--ledger",
        "collective",
        "--through",
        "2025-03-31",
        "--by",
        "王秀英",
        "--reviewed-by",
        "李建国",
    )
    assert posted.code == 0
    assert run("verify", book).code == 0


def test_an_imported_invoice_number_is_booked_and_refused_in_both_ledgers(run, book, tmp_path):
    header = [
        "日期",
        "凭证字",
        "凭证号",
        "摘要",
        "科目编码",
        "借方金额",
        "贷方金额",
        "往来单位",
        "项目",
        "附件张数",
        "票据号",
    ]
    rows = [
        ["2025-03-08", "记", "1", "付电费", "511", "5", "", "", "", "1", "A1"],
        ["2025-03-08", "记", "1", "付电费", "101", "", "5", "", "", "1", ""],
    ]
    mine = write_csv(tmp_path / "集体.csv", rows, header)
    theirs = write_csv(
        tmp_path / "村委会.csv",
        [[*rows[0][:4], "5102", *rows[0][5:]], [*rows[1][:4], "1001", *rows[1][5:]]],
        header,
    )
    assert run("import", "vouchers", book, mine, "--ledger", "collective", "--post").code == 0
    answer = run("import", "vouchers", book, theirs, "--ledger", "committee", "--post")
    assert answer.code == 1
    assert "第2行：票据号 A1 已经记在集体经济组织账 2025-03/记-0001" in answer.said


KINDS = st.sampled_from(["T1", "T2", "T4", "T5", "T6", "T7", "T8", "T9", "pay over", "undo"])


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(KINDS, st.integers(1, 500)), min_size=1, max_size=8))
def test_whatever_comes_in_which_order_the_mirrors_are_equal(acts):
    with a_village() as village:
        resolved(village)
        for kind, fen in acts:
            _do(village, kind, fen)
            assert all(here == there for here, there in mirrors(village))
        sums = subsidies(village.reader, 2025, village.year.last)
        assert sums is not None
        assert sums.paid == sums.received
        assert village.verify() == []


def _do(village, kind: str, fen: int) -> None:
    """One act; what the rules refuse leaves nothing."""
    amount = f"{fen / 100:.2f}"
    documents = village.reader.transfers()
    try:
        if kind == "undo":
            if documents:
                undone(village, documents[fen % len(documents)])
        elif kind == "pay over":
            owed = [d for d in documents if d.step == "owed" and d.settled < d.amount]
            if owed:
                moved(village, owed[0].kind, amount, settles=str(owed[0].number))
        else:
            shares = (amount, "0.01") if kind == "T8" else None
            total = f"{(fen + 1) / 100:.2f}" if kind == "T8" else amount
            more = {"resolution": NO} if kind in {"T1", "T2"} else {}
            moved(village, kind, total, shares=shares, **more)
    except LedgerError:
        assert len(village.reader.transfers()) >= len(documents)


def test_a_short_vote_is_entered_and_refused_for_money_unless_the_charter_says_so(run, book):
    votes = ("--eligible", "30", "--present", "28", "--for", "15")
    words = ("--date", "2025-03-01", "--body", "representatives", "--subject", "补助村委会")
    entered = run("resolution", book, NO, *words, *votes)
    assert entered.code == 0
    assert "不到全体代表的三分之二" in entered.said
    refused = transfer(run, book, "T1", "--resolution", NO)
    assert (refused.code, refused.out) == (1, "")
    assert "没有通过" in refused.said
    assert run("transfer-settings", book, "--charter", "章程第18条").code == 0
    allowed = transfer(run, book, "T1", "--resolution", NO)
    assert allowed.code == 0
    assert "依章程办理：章程第18条。" in allowed.said


def test_the_account_of_the_committee_is_shown_and_chosen_and_everything_follows(run, book):
    assert run("transfer-settings", book).out == "挂账科目：112/211\n表决比例：照法定比例\n"
    assert run("transfer-settings", book, "--mirror", "113").out.startswith("挂账科目：113\n")
    for kind in ("T4", "T7"):
        assert transfer(run, book, kind).code == 0
    report = json.loads(run("report", book, "inter-ledger", "--year", "2025").out)
    (mirror,) = [check for check in report["checks"] if check["rule"] == "K7"]
    assert mirror["ok"]
    assert "集体账 113" in mirror["text"]
    combined = json.loads(run("report", book, "combined", "--year", "2025").out)
    assert all(check["ok"] for check in combined["checks"]), combined["checks"]
    assert run("verify", book).code == 0
    again = run("transfer-settings", book, "--mirror", "112")
    assert again.code == 1
    assert "不能再换" in again.said


def test_the_plan_line_must_exist_where_there_is_a_plan(run, book, resolution, tmp_path):
    plan = write_csv(tmp_path / "计划.csv", [["513", "", "5000", ""]], ["科目编码", "项目", "金额", "备注"])
    taken = run("import", "budget", book, plan, "--ledger", "collective", "--year", "2025")
    assert taken.code == 0, taken.said
    refused = transfer(run, book, "T1", "--resolution", NO, "--plan-item", "514")
    assert refused.code == 1
    assert "没有“514”这一项" in refused.said
    done = transfer(run, book, "T1", "--resolution", NO, "--plan-item", "管理费用")
    assert done.code == 0
    assert "计划 5,000.00，含本单已用 100.00，还剩 4,900.00" in done.said
