"""响水岩村's single ledger of 2024: read as villages keep it, split as the village agreed, equal to the worked example."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.exchange.split_files import (
    OLD,
    SPEC,
    WANG,
    agreed,
    decision_rows,
    lines_agreed,
    write_decisions,
)
from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.errors import ImportRefused, LedgerError
from village_ledger.domain.separation import Owner, prove
from village_ledger.exchange.separation.old_balances import read_old_file
from village_ledger.exchange.separation.split_decisions import read_decisions
from village_ledger.exchange.separation.split_decisions import write_decisions as write_list
from village_ledger.services.book.verification import verify
from village_ledger.services.separation.separation import (
    SeparationRefused,
    cautions,
    check_ready,
    propose,
    reminder,
    separate,
)
from village_ledger.storage.file.book_file import Access, open_book
from village_ledger.storage.spec import CommitteeChart

SURPLUS = CommitteeChart.SURPLUS
UNDECIDED_FIRST = [10, 58, 61, 65]


@pytest.fixture(scope="module")
def old():
    return read_old_file(OLD)


@pytest.fixture
def decided(old, tmp_path):
    """What the village agreed upon, sub-accounts kept as the rules propose."""
    proposed = propose(old.lines, SURPLUS)
    details = {one.line.row: one.parts[0].detail for one in proposed}
    file = write_decisions(tmp_path / "议定.csv", decision_rows(details))
    return read_decisions(file, proposed, SURPLUS)


def test_every_balance_is_read_and_no_subtotal(old):
    assert [line.row for line in old.lines] == [one.number for one in lines_agreed()]
    assert [line.code for line in old.lines] == [one.code for one in lines_agreed()]
    assert sum(line.debit for line in old.lines) == 389_160_778
    assert sum(line.credit for line in old.lines) == 389_160_778


def test_a_block_keeps_the_code_of_its_first_row(old):
    third = next(line for line in old.lines if line.item == "蒲永贵户")
    assert (third.code, third.name, third.debit) == ("1130101", "内部往来/应收承包款", 76_000)


def test_the_list_of_assets_says_what_a_card_was_bought_with(old):
    notes = {line.item: line.note for line in old.lines if line.code == "152"}
    assert "接收单位" in notes["Z10 垃圾清运车"]
    assert notes["Z01 茶叶加工房"] == ""
    assert old.notices == ("资产清单里的资金来源已经记到各张卡片的备注里。",)


def test_the_first_guesses_are_those_of_the_worked_example(old):
    proposed = {one.line.row: one for one in propose(old.lines, SURPLUS)}
    for one in lines_agreed():
        guess = proposed[one.number]
        assert (one.number, guess.guess.value) == (one.number, one.guess)
        assert (one.number, guess.certainty) == (one.number, one.certainty)
        if one.owner == one.guess:
            account = one.collective[0] or one.committee[0]
            assert (one.number, guess.parts[0].account) == (one.number, account)


def test_four_lines_stop_it_until_they_are_decided(old):
    lines = propose(old.lines, SURPLUS)
    assert [one.line.row for one in lines if not one.is_decided] == UNDECIDED_FIRST
    with pytest.raises(SeparationRefused) as refused:
        check_ready(lines, SPEC)
    assert [fault.split()[0] for fault in refused.value.faults] == [f"第{row}行" for row in UNDECIDED_FIRST]


def test_the_split_equals_the_worked_example_line_by_line(decided):
    found = {one.line.row: one for one in decided}
    for one in lines_agreed():
        split = found[one.number]
        for ledger, (account, debit, credit) in (
            (LedgerKind.COLLECTIVE, one.collective),
            (LedgerKind.COMMITTEE, one.committee),
        ):
            mine = [part for part in split.parts if part.owner.ledger is ledger]
            assert (one.number, sum(part.amount for part in mine)) == (one.number, debit or credit)
            assert {part.account for part in mine} <= {account}


def test_both_openings_balance_and_the_mirror_is_the_money_in_the_old_account(decided):
    proof = check_ready(decided, SPEC)
    (total,) = [one for one in agreed() if one.row == "合计"]
    (mirror,) = [one for one in agreed() if one.row == "新增"]
    ours, theirs = proof.side(LedgerKind.COLLECTIVE), proof.side(LedgerKind.COMMITTEE)
    assert (ours.debit, ours.credit) == total.collective[1:] == (378_476_778, 378_476_778)
    assert (theirs.debit, theirs.credit) == total.committee[1:] == (17_021_000, 17_021_000)
    assert proof.mirror == mirror.collective[2] == mirror.committee[1] == 6_337_000
    assert cautions(decided, proof) == ()
    assert "63,370.00" in reminder(proof)
    assert "T7" in reminder(proof)


def test_one_action_makes_a_book_with_both_openings_and_it_proves(old, decided, tmp_path):
    path = tmp_path / "响水岩村.vledger"
    separate(path, SPEC, old, decided, WANG)
    assert verify(path) == []
    with open_book(path, Access.READ) as book:
        reader = book.reader()
        for ledger, total in (("collective", 378_476_778), ("committee", 17_021_000)):
            lines = reader.opening_lines(ledger)
            assert sum(line.debit for line in lines) == sum(line.credit for line in lines) == total
        chart = reader.chart("collective")
        names = {chart.path(line.account): line.debit for line in reader.opening_lines("collective")}
        assert names["银行存款—农商行基本户"] == 41_273_628
        owed = reader.party_balance_before("collective", "211", "响水岩村村民委员会", SPEC.start.first)
        assert owed == -6_337_000
        stored = reader.separation()
        assert stored is not None
        assert [one.parts for one in stored.lines] == [one.parts for one in decided]
        assert (stored.decided_by, stored.cutoff) == (WANG, "2024-12-31")
    assert [file.name for file in tmp_path.iterdir() if "part" in file.name] == []


def test_the_list_written_for_editing_reads_back_as_it_was(old, tmp_path):
    lines = propose(old.lines, SURPLUS)
    write_list(tmp_path / "初判.csv", lines)
    assert read_decisions(tmp_path / "初判.csv", lines, SURPLUS) == lines


def refused_with(tmp_path, old, rows):
    proposed = propose(old.lines, SURPLUS)
    lines = read_decisions(write_decisions(tmp_path / "议定.csv", rows), proposed, SURPLUS)
    path = tmp_path / "新.vledger"
    with pytest.raises(SeparationRefused) as refused:
        separate(path, SPEC, old, lines, WANG)
    assert not path.exists()
    assert [file.name for file in tmp_path.iterdir()] == ["议定.csv"]
    assert "旧账没有动" in str(refused.value)
    return refused.value.faults


def test_parts_that_do_not_add_up_are_refused_and_nothing_is_left(old, tmp_path):
    rows = decision_rows()
    next(row for row in rows if row[0] == "第65行")[2] = "6500.00"
    assert refused_with(tmp_path, old, rows) == [
        "第65行 专项应付款 2022年人居环境整治结余：各份合计比旧账少 100.00。"
    ]


def test_an_unknown_account_is_refused(old, tmp_path):
    rows = decision_rows()
    rows[0][3] = "199"
    assert refused_with(tmp_path, old, rows) == ["第4行 库存现金：本账没有科目 199。"]


def test_an_owner_without_an_account_is_refused(old, tmp_path):
    rows = decision_rows()
    rows[0][3] = ""
    assert refused_with(tmp_path, old, rows) == ["第4行 库存现金：归集体的一份还没有科目。"]


def test_a_line_left_out_is_undecided(old, tmp_path):
    assert refused_with(tmp_path, old, decision_rows()[1:]) == ["第4行 库存现金：还没有定归谁（待定）。"]


def test_income_is_no_account_for_an_opening(old, tmp_path):
    rows = decision_rows()
    rows[0][3] = "501"
    assert refused_with(tmp_path, old, rows) == ["第4行 库存现金：501 经营收入 是损益科目，年初没有余额。"]


def test_a_sub_account_on_some_rows_only_is_refused(old, tmp_path):
    rows = decision_rows({5: "基本户"})
    assert refused_with(tmp_path, old, rows) == [
        "第6行 银行存款—征地补偿专户：102 有的行分了明细、这一行没有，请一样写。"
    ]


def test_a_member_who_owes_and_is_owed_is_not_netted(old, tmp_path):
    """113 is never netted: the same household on both sides wants two sub-accounts."""
    line = next(line for line in old.lines if line.item == "何仕全户")
    twin = next(line for line in old.lines if line.item == "苟兴发户")
    book = replace(old, lines=tuple(replace(x, item="何仕全户") if x is twin else x for x in old.lines))
    rows = decision_rows()
    assert line.row == 11
    assert refused_with(tmp_path, book, rows) == [
        "第15行 内部往来—应付征地补偿 何仕全户：113 里同一户一行在借方、一行在贷方，往来不能轧差，请分明细。"
    ]


def test_a_list_of_another_old_book_is_refused_row_by_row(old, tmp_path):
    header = ["旧账行", "旧科目编码", "归属", "金额", "新账科目"]
    file = write_decisions(
        tmp_path / "议定.csv",
        [["第4行", "102", "集体", "1.00", "101"], ["第99行", "", "集体", "1", "101"]],
        header,
    )
    with pytest.raises(ImportRefused) as refused:
        read_decisions(file, propose(old.lines, SURPLUS), SURPLUS)
    assert [fault.split("：")[0] for fault in refused.value.faults] == [
        "第2行 A列“旧账行”",
        "第3行 A列“旧账行”",
    ]


def test_the_last_part_may_take_the_rest(old, tmp_path):
    rows = [["第65行", "集体", "6600", "241", "", ""], ["第65行", "村委会", "", "2301", "", ""]]
    lines = read_decisions(write_decisions(tmp_path / "议定.csv", rows), propose(old.lines, SURPLUS), SURPLUS)
    parts = next(one.parts for one in lines if one.line.row == 65)
    assert [(part.owner, part.amount, part.project) for part in parts] == [
        (Owner.COLLECTIVE, 660_000, "2022年人居环境整治结余"),
        (Owner.COMMITTEE, 1_200_000, "2022年人居环境整治结余"),
    ]


def test_a_second_split_into_an_existing_file_is_refused(old, decided, tmp_path):
    path = tmp_path / "新.vledger"
    path.write_text("别人的文件", encoding="utf-8")
    with pytest.raises(LedgerError, match="已经存在"):
        separate(path, SPEC, old, decided, WANG)
    assert path.read_text(encoding="utf-8") == "别人的文件"


def test_when_the_second_opening_fails_nothing_remains(old, decided, tmp_path, monkeypatch):
    from village_ledger.services.book import openings

    real = openings.set_opening

    def failing(uow, ledger, rows):
        if ledger == "committee":
            raise LedgerError("停电了")
        return real(uow, ledger, rows)

    monkeypatch.setattr(openings, "set_opening", failing)
    with pytest.raises(LedgerError, match="停电了"):
        separate(tmp_path / "新.vledger", SPEC, old, decided, WANG)
    assert [file.name for file in tmp_path.iterdir()] == ["议定.csv"]


def test_a_split_begins_in_january(old, decided, tmp_path):
    from village_ledger.domain.period import Month

    with pytest.raises(LedgerError, match="只能从某年 1 月开始"):
        separate(tmp_path / "新.vledger", replace(SPEC, start=Month(2025, 3)), old, decided, WANG)


def test_property_given_away_without_its_equity_is_worth_a_second_look(old, decided):
    """A building for the committee while 311 stays behind would make the collective owe 460,000.00."""
    lines = [
        replace(one, parts=(replace(one.parts[0], owner=Owner.COMMITTEE, account="1501", detail=""),))
        if one.line.row in {28, 32}
        else one
        for one in decided
    ]
    proof = prove(lines)
    assert proof.mirror < 0
    assert any("多半是资产分给了一方" in text for text in cautions(lines, proof))
