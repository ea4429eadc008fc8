"""A file of vouchers gives the books that typing them would have given; openings are entered once."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import COMMITTEE, Village, a_village, draft, in_file, opening
from village_ledger.domain.chart import Dimension
from village_ledger.domain.errors import Cancelled, ChartError, ImportRefused, PeriodError, VoucherError
from village_ledger.domain.period import Span
from village_ledger.domain.voucher import Draft, VoucherKind, VoucherState
from village_ledger.services.book import accounts, openings
from village_ledger.services.entry import bulk
from village_ledger.services.entry.progress import Progress

RENT = "借 101 600; 贷 501 600"


def amount(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


vouchers = st.lists(
    st.builds(
        lambda month, day, debit, credit, fen: draft(
            f"2025-{month:02d}-{day:02d}", "某事", f"借 {debit} {amount(fen)}; 贷 {credit} {amount(fen)}"
        ),
        st.integers(1, 12),
        st.integers(1, 28),
        st.sampled_from(["101", "102", "113@张三", "113@李四", "153#通组路"]),
        st.sampled_from(["501", "113@张三", "112@县公司%一组", "241#通组路"]),
        st.integers(1, 10**11),
    ),
    max_size=8,
)


def numbered(typed: list[Draft]) -> list[tuple[Draft, int]]:
    """Each with the number it gets when entered by date."""
    counts: dict[str, int] = {}
    found: list[tuple[Draft, int]] = []
    for one in sorted(typed, key=lambda d: d.day):
        counts[one.day[:7]] = counts.get(one.day[:7], 0) + 1
        found.append((one, counts[one.day[:7]]))
    return found


@settings(max_examples=settings().max_examples // 5)
@given(vouchers)
def test_a_file_gives_the_same_books_as_typing_it(
    typed: list[Draft],
):
    with a_village() as by_hand, a_village() as by_file:
        for one, _ in numbered(typed):
            made = by_hand.save(one).value
            by_hand.review(made)
            by_hand.post(made)
        by_file.take_in(*[in_file(one, number) for one, number in numbered(typed)])
        assert said(by_file) == said(by_hand)
        assert totals(by_file) == totals(by_hand)
        assert by_file.verify() == by_hand.verify() == []


def said(village: Village) -> list[object]:
    """Every figure of the year and every voucher, without who and how."""
    return [
        *village.reader.turnovers("collective", village.year),
        *[(v.ref, v.voucher.lines) for v in village.reader.posted_vouchers("collective", village.year)],
    ]


def totals(village: Village) -> list[list[tuple[object, ...]]]:
    with village.raw() as connection:
        return [
            connection.execute(f"SELECT * FROM {table} ORDER BY 2, 3").fetchall()
            for table in ("month_total", "day_total")
        ]


def test_what_is_imported_without_posting_waits_for_review(village: Village):
    village.take_in(in_file(draft("2025-03-08", "收租金", RENT), 1), post=False)
    (waiting,) = village.reader.vouchers("collective")
    assert waiting.state is VoucherState.ENTERED
    assert village.balance("101") == 0
    voucher = village.reader.voucher(waiting.id)
    village.review(voucher)
    village.post(voucher)
    assert village.balance("101") == 600_00
    assert village.verify() == []


def test_a_migration_says_in_the_log_that_nobody_reviewed_it(village: Village):
    village.take_in(*[in_file(draft("2025-03-08", "收租金", RENT), n) for n in (1, 2)])
    last = village.reader.operations()[-1]
    assert last.action == "导入并记账（迁移，未经审核）"
    assert last.subject == "2025-03/记-0001 至 2025-03/记-0002"
    assert "共 2 张" in last.detail


def test_an_import_goes_on_where_the_book_stands(village: Village):
    village.posted("2025-03-08", "收租金", RENT)
    village.take_in(in_file(draft("2025-03-09", "收租金", RENT), 2))
    village.posted("2025-03-10", "收租金", RENT)
    assert [n for n, _, _ in village.numbers("2025-03")] == [1, 2, 3]
    assert village.verify() == []


def test_a_used_number_is_refused_and_nothing_comes_in(village: Village):
    village.posted("2025-03-08", "收租金", RENT)
    with pytest.raises(VoucherError, match="已经用过"):
        village.take_in(
            in_file(draft("2025-03-09", "收租金", RENT), 2), in_file(draft("2025-03-09", "收租金", RENT), 1)
        )
    assert len(village.reader.vouchers("collective")) == 1


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        ("借 101 600; 贷 501 500", "凭证不平"),
        ("借 101 600", "凭证不平"),
        ("借 322 600; 贷 101 600", "末级科目"),
    ],
)
def test_what_no_check_caught_the_database_still_refuses(village: Village, entries: str, words: str):
    with pytest.raises(VoucherError, match=words):
        village.take_in(in_file(draft("2025-03-09", "某事", entries), 1))
    assert village.reader.vouchers("collective") == []


def test_the_other_ledgers_account_in_a_file_is_refused_by_the_database(village: Village):
    with pytest.raises(VoucherError, match="别的账的科目"):
        village.take_in(in_file(draft("2025-03-09", "某事", "借 1001 600; 贷 4901 600"), 1))
    assert village.reader.vouchers("collective") == []


def test_a_file_into_a_closed_month_is_refused(village: Village):
    village.close_month("2025-01")
    with pytest.raises(PeriodError, match="2025年1月已结账"):
        village.take_in(
            in_file(draft("2025-02-08", "收租金", RENT), 1), in_file(draft("2025-01-08", "收租金", RENT), 1)
        )
    assert village.reader.vouchers("collective") == []


def test_a_file_may_begin_year_after_year(village: Village):
    village.take_in(*[in_file(draft(f"{year}-06-08", "收租金", RENT), 1) for year in (2025, 2026, 2027)])
    assert village.balance("101", "2027-12-31") == 1800_00


def test_a_cancelled_import_leaves_nothing(village: Village):
    progress = Progress(lambda _done, _total, _label: progress.cancel())
    files = [in_file(draft("2025-03-08", "收租金", RENT), n) for n in range(1, bulk.BATCH + 2)]
    with pytest.raises(Cancelled), village.act() as uow:
        bulk.import_vouchers(uow, "collective", files, post=True, progress=progress)
    assert village.reader.vouchers("collective") == []
    assert village.verify() == []


def test_links_of_a_file_are_kept_both_ways(village: Village):
    wrong = in_file(draft("2025-03-08", "收租金", RENT), 1)
    red = in_file(draft("2025-03-20", "冲", "借 101 -600; 贷 501 -600"), 2)
    red.reverses = "2025-03/记-0001"
    blue_of = in_file(draft("2025-04-01", "收租金", RENT), 1)
    blue = in_file(draft("2026-01-05", "更正", "借 501 600; 贷 101 600"), 1)
    blue.reverses = "2025-04/记-0001"
    village.take_in(wrong, red, blue_of, blue)
    listed = {str(v.ref): village.reader.voucher(v.id) for v in village.reader.vouchers("collective")}
    assert listed["2025-03/记-0002"].voucher.kind is VoucherKind.REVERSAL
    assert listed["2026-01/记-0001"].voucher.kind is VoucherKind.PRIOR_YEAR
    assert listed["2025-03/记-0001"].links == (("已冲", "2025-03/记-0002"),)
    assert listed["2026-01/记-0001"].links == (("蓝字", "2025-04/记-0001"),)
    assert village.verify() == []


def test_a_link_that_leads_nowhere_refuses_the_file(village: Village):
    red = in_file(draft("2025-03-20", "冲", "借 101 -600; 贷 501 -600"), 1)
    red.reverses = "2025-03/记-0009"
    with pytest.raises(VoucherError, match="第2行：没有 2025-03/记-0009 这张凭证"):
        village.take_in(red)
    assert village.reader.vouchers("collective") == []


def test_new_names_after_an_import_in_the_same_action_are_kept_too(village: Village):
    with village.act() as uow:
        contract = draft("2025-03-08", "收张三承包款", "借 101 600; 贷 113@张三 600")
        bulk.import_vouchers(uow, "collective", [in_file(contract, 1)], post=True)
        openings.set_opening(uow, "collective", opening("借 113@李四 5", "贷 311 5"))
    assert village.reader.counterparties() == ["张三", "李四"]
    assert village.verify() == []


def many(count: int):
    """A file of a first year, large enough for the index over the lines to be built once at the end."""
    return [
        in_file(
            draft(f"2025-{1 + n % 12:02d}-{1 + n % 28:02d}", "收张三承包款", "借 101 6; 贷 113@张三 6"),
            1 + n // 12,
        )
        for n in range(count)
    ]


def objects(village: Village) -> set[tuple[str, str]]:
    with village.raw() as connection:
        return set(connection.execute("SELECT name, sql FROM sqlite_master").fetchall())


def test_a_large_first_import_leaves_the_schema_as_it_was_and_proves(village: Village):
    before = objects(village)
    village.take_in(*many(12_000))
    assert objects(village) == before
    assert village.balance("101") == 72_000_00
    assert (
        village.reader.account_ledger("collective", "113", village.year).page(11_990, 20)[-1].balance
        == -72_000_00
    )
    assert village.verify() == []


def test_a_large_import_that_is_cancelled_leaves_the_schema_as_it_was(village: Village):
    before, progress = objects(village), Progress()

    def stop_in_the_middle(done: int, _total: int, _label: str) -> None:
        if done > 5000:
            progress.cancel()

    progress = Progress(stop_in_the_middle)
    with pytest.raises(Cancelled), village.act() as uow:
        bulk.import_vouchers(uow, "collective", many(12_000), post=True, progress=progress)
    assert objects(village) == before
    assert village.reader.vouchers("collective") == []
    assert village.verify() == []


def test_an_empty_file_changes_nothing(village: Village):
    for post in (True, False):
        assert village.take_in(post=post) == 0
    assert [o.action for o in village.reader.operations()] == ["建账", "启用签名密钥"]


# Openings


def test_the_opening_document_is_the_balance_the_year_begins_with(village: Village):
    village.open_with("借 101 1200", "借 113@张三 300", "贷 113@李四 100", "贷 311 1400")
    turnovers = {t.account: t for t in village.reader.turnovers("collective", village.year)}
    assert (turnovers["113"].opening_debit, turnovers["113"].opening_credit) == (300_00, 100_00)
    assert turnovers["101"].closing_debit == 1200_00
    assert village.verify() == []


def test_the_opening_document_is_entered_once(village: Village):
    village.open_with("借 101 1200", "贷 311 1200")
    with pytest.raises(VoucherError, match="已经录入过"):
        village.open_with("借 101 1", "贷 311 1")
    village.open_with("借 1001 80", "贷 3101 80", ledger=COMMITTEE)


@pytest.mark.parametrize(
    ("rows", "kind", "words"),
    [
        (["借 101 1200", "贷 311 1100"], VoucherError, "相差 100.00"),
        (["借 101 1200", "贷 999 1200"], ImportRefused, "1 处不对"),
        (["借 322 1200", "贷 311 1200"], ImportRefused, "1 处不对"),
        (["借 113 1200", "贷 311 1200"], ImportRefused, "1 处不对"),
        (["借 153 1200", "贷 311 1200"], ImportRefused, "1 处不对"),
        (["借 101 1200", "借 101 5", "贷 311 1205"], ImportRefused, "1 处不对"),
        ([], VoucherError, "一行也没有"),
    ],
)
def test_a_faulty_opening_is_refused(village: Village, rows: list[str], kind: type[Exception], words: str):
    with pytest.raises(kind, match=words):
        village.open_with(*rows)
    assert village.reader.turnovers("collective", village.year) == []


def test_all_rows_at_fault_are_named(village: Village):
    with pytest.raises(ImportRefused) as refusal:
        village.open_with("借 999 1", "借 322 1", "借 113 1")
    assert [fault[:3] for fault in refusal.value.faults] == ["第2行", "第3行", "第4行"]


def test_no_opening_once_a_month_is_closed(village: Village):
    village.close_month("2025-01")
    with pytest.raises(PeriodError, match="已经结账"):
        village.open_with("借 101 1200", "贷 311 1200")


def test_a_book_begun_in_mid_year_has_the_year_so_far(tmp_path: Path):
    with Village.found(tmp_path, start="2025-07") as village:
        rows = opening("借 101 1200", "贷 501 1200")
        rows[0] = rows[0]._replace(year_debit=5000_00, year_credit=3800_00)
        rows[1] = rows[1]._replace(year_credit=1200_00)
        with village.act() as uow:
            openings.set_opening(uow, "collective", rows)
        village.posted("2025-08-01", "收租金", "借 101 100; 贷 501 100")
        cash, rent = village.reader.turnovers("collective", Span.of_year(2025))
        assert (cash.year_debit, cash.year_credit, cash.debit) == (5100_00, 3800_00, 100_00)
        assert rent.year_credit == 1300_00
        village.posted("2026-01-05", "收租金", "借 101 1; 贷 501 1")
        cash, _ = village.reader.turnovers("collective", Span.of_year(2026))
        assert cash.year_debit == 1_00


# Accounts


def test_a_sub_account_takes_over_what_its_parent_is(village: Village):
    account = village.add_account("113", "村小组往来")
    assert (account.code, account.level, account.two_way) == ("11301", 2, True)
    assert account.demands == frozenset({Dimension.COUNTERPARTY})
    with pytest.raises(ChartError, match="有下级科目"):
        village.entered("2025-03-08", "借支", "借 113@张三 6; 贷 101 6")
    village.entered("2025-03-08", "借支", "借 11301@张三 6; 贷 101 6")
    assert village.verify() == []


@pytest.mark.parametrize("named", ["a line", "an opening balance"])
def test_an_account_with_lines_never_becomes_a_parent(village: Village, named: str):
    if named == "a line":
        village.entered("2025-03-08", "收租金", RENT)
    else:
        village.open_with("借 101 1200", "贷 501 1200")
    with pytest.raises(ChartError, match="已经有账，不能再设下级科目"):
        village.add_account("501", "果园收入")
    assert village.reader.chart("collective").get("501").is_leaf


def test_the_same_name_is_used_once_below_a_parent(village: Village):
    village.add_account("513", "办公费")
    with pytest.raises(ChartError, match=r"513 下已经有“办公费”（51301）"):
        village.add_account("513", " 办公费 ")
    with pytest.raises(ChartError, match="没有名称"):
        village.add_account("513", "  ")


def test_a_refused_account_is_not_in_the_chart_the_program_remembers(village: Village):
    def add_and_give_up() -> None:
        with village.book.unit_of_work("王秀英") as uow:
            accounts.add(uow, "collective", "513", "办公费")
            raise VoucherError("想想还是算了")

    with pytest.raises(VoucherError, match="算了"):
        add_and_give_up()
    assert "51301" not in village.reader.chart("collective")
    assert village.entered("2025-03-08", "付电费", "借 513 6; 贷 101 6")
