"""Merging books: what stood in the old ones stands in the new one, less what they owed each other."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

import pytest

from tests.builders import COLLECTIVE, COMMITTEE, WANG, Village
from tests.merger.villages import END, asked, merged, pair
from village_ledger.domain.errors import BookBusy, Cancelled, ImportRefused, ReadOnlyError
from village_ledger.domain.merger import Decisions, MergerError, MergerRefused
from village_ledger.services.book.verification import verify
from village_ledger.services.entry.progress import Progress
from village_ledger.services.merger.archive import end
from village_ledger.services.merger.merger import merge, preview
from village_ledger.storage.file.book_file import Access, open_book
from village_ledger.storage.spec import CommitteeChart


def left(folder) -> list[str]:
    """What lies in a folder, lock files of the books aside."""
    return sorted(x.name for x in folder.iterdir() if not x.name.endswith((".lock", "-wal", "-shm")))


def balances(path, ledger=COLLECTIVE) -> dict[tuple[str, str], int]:
    with open_book(path, Access.READ) as book:
        return {(x.account, x.counterparty): x.debit - x.credit for x in book.reader().opening_lines(ledger)}


def test_balances_go_over_and_what_they_owe_each_other_ends(tmp_path):
    result = merged(tmp_path, *pair(tmp_path)).value
    found = balances(tmp_path / "青云村.vledger")
    assert found == {
        ("101", ""): 7900_00,
        ("10201", ""): 8000_00,
        ("10202", ""): 2500_00,
        ("113", "张三"): 700_00,
        ("211", "农资站"): -1500_00,
        ("311", ""): -8600_00,
        ("501", ""): -10500_00,
        ("511", ""): 1500_00,
    }
    assert sum(found.values()) == 0
    claim = result.preview.plan.claims[0]
    assert (claim.creditor, claim.claim, claim.debtor, claim.debt) == ("青山村", 3000_00, "白云村", 3000_00)
    assert verify(tmp_path / "青云村.vledger") == []


def test_the_new_book_goes_on_with_the_figures_of_the_year(tmp_path):
    merged(tmp_path, *pair(tmp_path))
    with Village(tmp_path / "青云村.vledger") as village:
        village.posted("2025-07-05", "收租金", "借 101 500; 贷 501 500")
        rent = next(t for t in village.reader.turnovers(COLLECTIVE, village.year) if t.account == "501")
        assert rent.year_credit == 11000_00
        assert village.verify() == []


def test_the_old_books_still_prove_and_take_no_more(tmp_path):
    first, second = pair(tmp_path)
    result = merged(tmp_path, first, second).value
    assert result.archived == ("青山村", "白云村")
    for path in (first, second):
        assert verify(path) == []
        with open_book(path, Access.WRITE, WANG) as book:
            assert book.read_only
            assert "已并入青云村的账簿" in book.read_only_reason
            with pytest.raises(ReadOnlyError, match="新村的账簿"):
                book.ensure_writable()


def test_every_opening_says_which_village_it_comes_from(tmp_path):
    merged(tmp_path, *pair(tmp_path))
    with open_book(tmp_path / "青云村.vledger", Access.READ) as book:
        reader = book.reader()
        shop = [(x.source, x.balance) for x in reader.merger_origins() if x.party == "农资站"]
        stored = reader.merger()
    assert shop == [(1, -1200_00), (2, -300_00)]
    assert stored is not None
    assert [(x.number, x.village) for x in stored.sources] == [(1, "青山村"), (2, "白云村")]
    assert {"collective", "operation"} <= stored.sources[0].heads.keys()


def test_the_source_named_is_the_file_as_it_was(tmp_path):
    first, second = pair(tmp_path)
    digests = [sha256(path.read_bytes()).digest() for path in (first, second)]
    merged(tmp_path, first, second, option="B")
    with open_book(tmp_path / "青云村.vledger", Access.READ) as book:
        assert [one.digest for one in book.reader().merger_sources()] == digests
    assert [sha256(path.read_bytes()).digest() for path in (first, second)] == digests


@pytest.mark.parametrize("option", ["A", "B", "C"])
def test_each_option_proves(tmp_path, option):
    first, second = pair(tmp_path)
    merged(tmp_path, first, second, option=option)
    for path in (tmp_path / "青云村.vledger", first, second):
        assert verify(path) == []


def test_apart_each_old_ledger_goes_on_as_it_is(tmp_path):
    merged(tmp_path, *pair(tmp_path), option="A")
    path = tmp_path / "青云村.vledger"
    with open_book(path, Access.READ) as book:
        titles = {info.code: (info.entity, info.kind.value) for info in book.reader().ledgers()}
    assert titles["group-01"] == ("青山村股份经济合作社", "collective")
    assert titles["group-04"] == ("白云村村民委员会", "committee")
    assert balances(path, "group-01")["112", "白云村股份经济合作社"] == 3000_00
    assert balances(path, "group-03")["211", "青山村股份经济合作社"] == -3000_00
    assert balances(path) == {}


def test_federated_the_old_books_are_written_on(tmp_path):
    first, second = pair(tmp_path)
    merged(tmp_path, first, second, option="B")
    assert balances(tmp_path / "青云村.vledger") == {}
    with Village(first) as village:
        village.posted("2025-07-03", "收租金", "借 101 10; 贷 501 10")
        assert village.verify() == []


def test_a_preview_says_the_same_and_makes_nothing(tmp_path):
    paths = pair(tmp_path)
    before = left(tmp_path)
    found = preview(asked(tmp_path, paths))
    assert found.proof.faults == ()
    rows = {item.code: item for item in found.proof.of(COLLECTIVE)}
    assert (rows["112"].by_source, rows["112"].eliminated, rows["112"].merged) == ({1: 3000_00}, 3000_00, 0)
    assert left(tmp_path) == before


def test_committees_with_another_chart_need_a_list_of_correspondences(tmp_path):
    paths = pair(tmp_path, chart=CommitteeChart.COLLECTIVE)
    with pytest.raises(MergerRefused) as refused:
        merged(tmp_path, *paths)
    assert any("白云村 101 库存现金" in fault for fault in refused.value.faults)
    decided = Decisions(
        accounts={
            ("白云村", COMMITTEE, "101"): ("1001", ""),
            ("白云村", COMMITTEE, "311"): ("3101", "白云村公积公益金"),
        }
    )
    merged(tmp_path, *paths, decided=decided)
    assert balances(tmp_path / "青云村.vledger", COMMITTEE)["1001", ""] == 700_00


def test_a_mapping_that_does_not_add_up_is_refused_with_both_figures(tmp_path):
    paths = pair(tmp_path)
    parts = (("311", "土地补偿", 1000_00), ("311", "历年提取", 3599_99))
    decided = Decisions(splits={("青山村", COLLECTIVE, "311"): parts})
    with pytest.raises(MergerRefused) as refused:
        merged(tmp_path, *paths, decided=decided)
    assert refused.value.faults == ["青山村 311：对照表各行合计 4,599.99，账上是 4,600.00，相差 0.01"]
    whole = (parts[0], ("311", "历年提取", 3600_00))
    merged(tmp_path, *paths, decided=Decisions(splits={("青山村", COLLECTIVE, "311"): whole}))
    found = balances(tmp_path / "青云村.vledger")
    assert sorted(amount for (code, _), amount in found.items() if code.startswith("311")) == [
        -4000_00,
        -3600_00,
        -1000_00,
    ]


def test_claims_that_differ_are_refused_until_somebody_decides(tmp_path):
    paths = pair(tmp_path, owed="2500")
    with pytest.raises(MergerRefused) as refused:
        merged(tmp_path, *paths)
    assert refused.value.faults == [
        "青山村集体账应收白云村 3,000.00，白云村集体账应付青山村 2,500.00，相差 500.00"
    ]
    assert not (tmp_path / "青云村.vledger").exists()
    merged(tmp_path, *paths, reason="2019年的账查不清，两村理事会同意先挂着")
    assert balances(tmp_path / "青云村.vledger")["112", "白云村股份经济合作社"] == 500_00
    assert verify(tmp_path / "青云村.vledger") == []
    with open_book(tmp_path / "青云村.vledger", Access.READ) as book:
        matter = next(x for x in book.reader().open_matters() if x.kind == "往来差额")
    assert "相差 500.00" in matter.text
    assert "查不清" in matter.text


def test_a_party_named_otherwise_is_told_by_the_list(tmp_path):
    first, second = pair(tmp_path)
    decided = Decisions(parties={("白云村", "农资站"): "白云农资站"})
    merged(tmp_path, first, second, decided=decided)
    found = balances(tmp_path / "青云村.vledger")
    assert (found["211", "农资站"], found["211", "白云农资站"]) == (-1200_00, -300_00)


# Refusals


def test_open_months_are_named(tmp_path):
    paths = pair(tmp_path, through=5)
    with pytest.raises(MergerRefused) as refused:
        merged(tmp_path, *paths)
    assert "青山村集体经济组织账：2025-06 还没有结账" in refused.value.faults
    assert len(refused.value.faults) == 4
    assert isinstance(refused.value, ImportRefused)


def test_vouchers_after_the_day_are_named(tmp_path):
    first, second = pair(tmp_path)
    with Village(first) as village:
        village.entered("2025-07-03", "收租金", "借 101 10; 贷 501 10")
    with pytest.raises(MergerRefused) as refused:
        merged(tmp_path, first, second)
    assert refused.value.faults == [
        "青山村集体经济组织账：2025-06-30 以后已经有凭证（2025-07/记-1），合并日要在最后一张凭证之后"
    ]


def test_different_years_are_refused(tmp_path):
    paths = pair(tmp_path)
    with pytest.raises(MergerRefused) as refused:
        merged(tmp_path, *paths, day=date(2027, 3, 31))
    assert "没有 2027 年的账" in refused.value.faults[0]
    with pytest.raises(MergerRefused) as refused:
        merged(tmp_path, *paths, day=date(2024, 12, 31))
    assert "从 2025-01 才开始记账" in refused.value.faults[0]


def test_a_year_that_is_not_carried_forward_is_named(tmp_path):
    paths = pair(tmp_path, through=12)
    with pytest.raises(MergerRefused) as refused:
        merged(tmp_path, *paths, day=date(2025, 12, 31))
    assert "青山村集体经济组织账：2025 年还没有年终结转" in refused.value.faults


def test_a_day_that_ends_no_month_is_refused(tmp_path):
    with pytest.raises(MergerError, match="2025-06-29 不是月末"):
        merged(tmp_path, *pair(tmp_path), day=date(2025, 6, 29))


def test_one_book_twice_or_its_copy_is_refused(tmp_path):
    first, second = pair(tmp_path)
    with pytest.raises(MergerError, match="写了两次"):
        merged(tmp_path, first, first)
    copy = tmp_path / "抄本.vledger"
    copy.write_bytes(first.read_bytes())
    with pytest.raises(MergerError, match="是同一本账簿"):
        merged(tmp_path, first, copy, second)
    with pytest.raises(MergerError, match="只有一本"):
        merged(tmp_path, first)


def test_a_new_book_never_replaces_a_file(tmp_path):
    paths = pair(tmp_path)
    target = tmp_path / "青云村.vledger"
    target.write_text("别的东西")
    with pytest.raises(MergerError, match="已经存在"):
        merged(tmp_path, *paths)
    assert target.read_text() == "别的东西"


def test_a_book_that_does_not_prove_is_named(tmp_path):
    first, second = pair(tmp_path)
    with Village(second) as village, village.raw() as raw:
        raw.execute("DROP TRIGGER opening_no_update")
        raw.execute("UPDATE opening SET debit = debit + 1 WHERE account = '101'")
    with pytest.raises(MergerRefused) as refused:
        merged(tmp_path, first, second)
    assert all(fault.startswith("白云村的账核对不过：") for fault in refused.value.faults)


def test_a_book_open_elsewhere_is_named_and_nothing_made(tmp_path):
    first, second = pair(tmp_path)
    with (
        open_book(second, Access.WRITE, "李建国"),
        pytest.raises(BookBusy, match=r"白云村\.vledger：.*李建国"),
    ):
        merged(tmp_path, first, second)
    assert not (tmp_path / "青云村.vledger").exists()


def test_cancelled_half_way_leaves_nothing(tmp_path):
    paths = pair(tmp_path)
    before = left(tmp_path)
    progress = Progress()

    def until_people(done: int, total: int, label: str) -> None:
        if label == "转成员和户":
            progress.cancel()

    progress._report = until_people  # the page hands it over; here the test is the page
    with pytest.raises(Cancelled):
        merge(asked(tmp_path, paths), progress=progress)
    assert left(tmp_path) == before
    with open_book(paths[0], Access.WRITE, WANG) as book:
        assert not book.read_only


def test_a_merged_book_is_not_merged_again(tmp_path):
    first, second = pair(tmp_path)
    merged(tmp_path, first, second)
    with pytest.raises(MergerRefused) as refused:
        merged(tmp_path, first, second, target=tmp_path / "又一本.vledger")
    assert "已并入青云村的账簿" in refused.value.faults[0]


def test_an_old_book_left_open_is_ended_later(tmp_path, monkeypatch):
    first, second = pair(tmp_path)
    copy = tmp_path / "旧.vledger"
    copy.write_bytes(second.read_bytes())
    merged(tmp_path, first, second)
    assert end(tmp_path / "青云村.vledger", copy, WANG) == "白云村"
    with open_book(copy, Access.WRITE, WANG) as book:
        assert book.read_only
    assert verify(copy) == []
    with pytest.raises(MergerError, match="已经封成档案"):
        end(tmp_path / "青云村.vledger", copy, WANG)
    with pytest.raises(MergerError, match="不是合并建成的"):
        end(first, copy, WANG)


def test_tampering_with_an_origin_is_found(tmp_path):
    merged(tmp_path, *pair(tmp_path))
    with Village(tmp_path / "青云村.vledger") as village:
        with village.raw() as raw:
            raw.execute("DROP TRIGGER merger_origin_no_update")
            raw.execute(
                "UPDATE merger_origin SET balance = balance + 1 WHERE old_account = '101' AND source = 1"
            )
        found = {(x.rule, x.record) for x in village.verify()}
    assert ("V79", "合并清单") in found
    assert ("V79", "期初 101") in found


def test_raw_sql_adds_nothing_to_a_sealed_merger(tmp_path):
    merged(tmp_path, *pair(tmp_path))
    with Village(tmp_path / "青云村.vledger") as village, village.raw() as raw:
        for sql in (
            "INSERT INTO merger_matter VALUES (99, NULL, '甲', '乙', '丙')",
            "DELETE FROM merger_source",
            "UPDATE merger SET option = 'A'",
        ):
            with pytest.raises(Exception, match="合并"):
                raw.execute(sql)


def test_the_day_after_begins_the_new_book(tmp_path):
    merged(tmp_path, *pair(tmp_path))
    with open_book(tmp_path / "青云村.vledger", Access.READ) as book:
        assert {str(x.start) for x in book.reader().ledgers()} == {"2025-07"}
        stored = book.reader().merger()
    assert stored is not None
    assert stored.day == END
