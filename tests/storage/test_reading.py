"""What lists, pickers and searches are told."""

from __future__ import annotations

import pytest

from tests.builders import COLLECTIVE, COMMITTEE, LI, WANG, Village, draft
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.period import Month, Span
from village_ledger.domain.voucher import VoucherState
from village_ledger.services.book import accounts

RENT = "借 101 600; 贷 501 600"


def test_the_list_shows_a_voucher_as_its_page_will(village: Village):
    village.posted("2025-03-08", "收张三承包款", "借 101 1200; 贷 113@张三 1200", attachments="2")
    (row,) = village.reader.vouchers(COLLECTIVE)
    assert (str(row.ref), row.summary, row.counterparty, row.amount, row.line_count, row.attachments) == (
        "2025-03/记-0001",
        "收张三承包款",
        "张三",
        1200_00,
        2,
        2,
    )
    assert (row.prepared_by, row.reviewed_by, row.posted_by, row.state) == (
        WANG,
        LI,
        WANG,
        VoucherState.POSTED,
    )


def test_the_list_is_in_the_order_of_the_binding(village: Village):
    for day, word in (("2025-04-01", "记"), ("2025-03-20", "记"), ("2025-03-02", "收"), ("2025-03-25", "记")):
        village.entered(day, "收租金", RENT, word=word)
    refs = [str(v.ref) for v in village.reader.vouchers(COLLECTIVE)]
    assert refs == ["2025-03/收-0001", "2025-03/记-0001", "2025-03/记-0002", "2025-04/记-0001"]
    assert [str(v.ref) for v in village.reader.vouchers(COLLECTIVE, month=Month(2025, 4))] == [
        "2025-04/记-0001"
    ]


def test_the_list_by_state(village: Village):
    village.entered("2025-03-01", "一", RENT)
    village.reviewed("2025-03-02", "二", RENT)
    village.posted("2025-03-03", "三", RENT)
    village.void(village.entered("2025-03-04", "四", RENT))
    for state, summary in zip(
        (VoucherState.ENTERED, VoucherState.REVIEWED, VoucherState.POSTED, VoucherState.VOID),
        "一二三四",
        strict=True,
    ):
        assert [v.summary for v in village.reader.vouchers(COLLECTIVE, states=[state])] == [summary]
    assert village.reader.state_counts(COLLECTIVE) == {VoucherState.ENTERED: 1, VoucherState.REVIEWED: 1}


@pytest.mark.parametrize(
    ("text", "found"),
    [("承包", ["收承包款"]), ("张三", ["收承包款"]), ("1,234.50", ["付电费"]), ("1234.5", ["付电费"]), ("%", []), ("无", [])],
)  # fmt: skip
def test_the_list_is_searched_by_summary_party_and_amount(village: Village, text: str, found: list[str]):
    village.entered("2025-03-08", "收承包款", "借 101 1200; 贷 113@张三 1200")
    village.entered("2025-03-09", "付电费", "借 513 1234.50; 贷 101 1234.50")
    assert [v.summary for v in village.reader.vouchers(COLLECTIVE, text=text)] == found


def test_posted_vouchers_of_a_span_come_by_date_whatever_order_they_were_posted_in(village: Village):
    late, early = village.reviewed("2025-03-20", "晚", RENT), village.reviewed("2025-03-02", "早", RENT)
    village.post(late)
    village.post(early)
    village.entered("2025-03-05", "未记账", RENT)
    village.posted("2025-04-01", "四月", RENT)
    march = village.reader.posted_vouchers(COLLECTIVE, Span.of_month(Month(2025, 3)))
    assert [v.voucher.lines[0].summary for v in march] == ["早", "晚"]


def test_summaries_used_before_come_newest_first_and_once(village: Village):
    for summary in ("付电费", "付水费", "收租金", "付电费"):
        village.entered("2025-03-08", summary, RENT)
    assert village.reader.summaries(COLLECTIVE, "付") == ["付电费", "付水费"]
    assert village.reader.summaries(COLLECTIVE, "", limit=2) == ["付电费", "收租金"]
    assert village.reader.summaries(COMMITTEE, "") == []


def test_names_are_found_by_any_part_and_marks_mean_themselves(village: Village):
    village.entered("2025-03-08", "收款", "借 101 6; 贷 113@张三 1; 贷 113@张三丰 2; 贷 112@100%_公司%一组 3")
    village.entered("2025-03-08", "付款", "借 153#通组路 6; 贷 101 6")
    assert village.reader.counterparties("三") == ["张三", "张三丰"]
    assert village.reader.counterparties("_") == []
    assert village.reader.projects() == ["通组路"]
    assert village.reader.counterparties("张", limit=1) == ["张三"]


def test_the_same_name_may_be_a_party_a_project_and_a_group(village: Village):
    village.entered("2025-03-08", "付款", "借 153@一组#一组%一组 6; 贷 101 6")
    reader = village.reader
    assert reader.counterparties() == reader.projects() == reader.groups() == ["一组"]


def test_nicknames_are_learned_and_learned_anew(village: Village):
    def learn(alias: str, code: str) -> None:
        with village.act() as uow:
            accounts.learn_alias(uow, COLLECTIVE, alias, code)

    learn("电费", "513")
    learn("电费", "511")
    assert village.reader.aliases(COLLECTIVE) == {"电费": "511"}
    assert village.reader.aliases(COMMITTEE) == {}
    for alias, code in (("电费", "322"), ("电费", "999"), ("  ", "513"), ("电\0费", "513")):
        with pytest.raises(LedgerError):
            learn(alias, code)


def test_how_an_account_was_used(village: Village):
    village.open_with("借 101 500", "借 151 9", "贷 311 509")
    village.posted("2025-03-08", "收租金", RENT)
    village.entered("2025-03-20", "收租金", RENT)
    use = village.reader.account_use(COLLECTIVE)
    assert use["101"] == (1100_00, "2025-03-08")
    assert use["151"] == (9_00, "")
    assert "102" not in use


def test_money_accounts_are_the_leaves_that_hold_money(village: Village):
    village.add_account("102", "农商基本户")
    assert [a.code for a in village.reader.money_accounts(COLLECTIVE)] == ["101", "10201"]


def test_the_operation_log_by_text_time_and_person(village: Village):
    village.posted("2025-03-08", "收租金", RENT)
    reader = village.reader
    assert [o.action for o in reader.operations(by=LI)] == ["审核凭证"]
    assert [o.action for o in reader.operations("审核")] == ["审核凭证"]
    assert [o.seq for o in reader.operations()] == [1, 2, 3, 4, 5]
    days = [o.at[:10] for o in reader.operations()]  # two where midnight passed since the book was made
    assert len(reader.operations(first=days[0], last=days[-1])) == 5
    assert len(reader.operations(first=days[-1], last=days[-1])) == days.count(days[-1])
    assert reader.operations(last="2000-01-01") == reader.operations(first="2999-01-01") == []


def test_an_unknown_ledger_names_those_there_are(village: Village):
    with pytest.raises(
        LedgerError, match=r"没有代号为“group-01”的账。.*这个账簿里有：collective、committee。"
    ):
        village.reader.turnovers("group-01", village.year)


def test_settings_and_print_counts(village: Village):
    assert village.reader.setting("cash.limit", "500000") == "500000"
    with village.act() as uow:
        uow.settings.set("cash.limit", "300000")
        uow.settings.set("cash.limit", "200000")
        assert [uow.settings.count_print("记-0001") for _ in range(3)] == [1, 2, 3]
    assert village.reader.setting("cash.limit") == "200000"
    assert village.reader.print_count("记-0001") == 3
    assert village.reader.print_count("记-0002") == 0


def test_a_registered_sheet_is_kept_once(village: Village):
    def register() -> bool:
        with village.act() as uow:
            return uow.sheets.register(
                "ABCD1234", COLLECTIVE, "disclosure", ("2025-03-01", "2025-03-31"), '{"收": 1}'
            )

    assert [register(), register()] == [True, False]
    sheet = village.reader.sheet("ABCD1234")
    assert sheet is not None
    assert (sheet.ledger, sheet.figures, str(sheet.first), sheet.made_by) == (
        COLLECTIVE,
        '{"收": 1}',
        "2025-03-01",
        WANG,
    )
    assert village.reader.sheet("NONE0000") is None


def test_a_month_has_its_numbers(village: Village):
    for _ in range(3):
        village.entered("2025-03-08", "收租金", RENT)
    assert village.reader.numbers(COLLECTIVE) == [(Month(2025, 3), "记", 1, 3, 3)]
    assert village.reader.next_number(COLLECTIVE, Month(2025, 3), "记") == 4
    assert village.reader.unposted_ids(COLLECTIVE) == [1, 2, 3]
    assert village.reader.unposted_ids(COLLECTIVE, "2025-02-28") == []
    village.save(draft("2025-03-08", "收租金", RENT, word="转"))
    assert village.reader.next_number(COLLECTIVE, Month(2025, 3), "转") == 2
