"""Printing and export for many villages: the same papers as each village makes alone, named after it, logged in its own book."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.agency.agencies import BAIYUN, QINGSHAN, Agency, an_agency, village_book
from tests.builders import COLLECTIVE, QIAN, WANG, ZHAO, Village
from village_ledger.domain.agency import BatchAct, BatchResult, VillageVerdict
from village_ledger.domain.masking import Level
from village_ledger.domain.period import Span
from village_ledger.exchange.agency import agency_prints
from village_ledger.exchange.agency.agency_batch import BatchOptions, run
from village_ledger.exchange.agency.agency_forms import PRINTABLE
from village_ledger.reports.catalogue import REPORTS, ReportRequest, make
from village_ledger.reports.pens.pdf_reading import opened
from village_ledger.services.entry.progress import Progress

QUARTER = Span(date(2025, 1, 1), date(2025, 3, 31))


@pytest.fixture
def agency(tmp_path: Path) -> Agency:
    """Two villages with a posted voucher each."""
    agency = an_agency(tmp_path, QINGSHAN, BAIYUN)
    for name, amount in ((QINGSHAN, "6200"), (BAIYUN, "7300")):
        with agency.village(name) as village:
            village.posted("2025-02-03", "收果园承包款", f"借 101 {amount}; 贷 501 {amount}")
    return agency


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "打印"
    folder.mkdir()
    return folder


def _print(agency: Agency, out: Path, *reports: str, by: str = WANG, **more: object) -> list[VillageVerdict]:
    options = BatchOptions(reports=reports, span=QUARTER, folder=out, **more)  # pyright: ignore[reportArgumentType]  options by name
    return run(agency.path, agency.sign_in(by), BatchAct.PRINT, (), options)


def _export(agency: Agency, out: Path, form: str, by: str = WANG, **more: object) -> list[VillageVerdict]:
    options = BatchOptions(form=form, folder=out, **more)  # pyright: ignore[reportArgumentType]  options by name
    return run(agency.path, agency.sign_in(by), BatchAct.EXPORT, (), options)


def _text(pdf: Path) -> str:
    with opened(pdf) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


def _files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def _log(agency: Agency, name: str, action: str) -> list[tuple[str, str, str]]:
    with agency.village(name) as village:
        return [
            (one.by, one.ledger, one.subject) for one in village.reader.operations() if one.action == action
        ]


# printing


def test_each_village_s_papers_lie_in_its_own_folder(agency: Agency, out: Path) -> None:
    verdicts = _print(agency, out, "trial-balance", "balance-sheet", ledgers=(COLLECTIVE,))
    assert [(one.book.village, one.result.value, one.count, one.words) for one in verdicts] == [
        (QINGSHAN, "done", 2, "印了 2 份。"),
        (BAIYUN, "done", 2, "印了 2 份。"),
    ]
    assert _files(out) == [
        "白云村/集体经济组织账_科目余额表_2025年第1季度.pdf",
        "白云村/集体经济组织账_资产负债表_2025年第1季度.pdf",
        "青山村/集体经济组织账_科目余额表_2025年第1季度.pdf",
        "青山村/集体经济组织账_资产负债表_2025年第1季度.pdf",
    ]
    assert "7,300.00" in _text(out / "白云村/集体经济组织账_科目余额表_2025年第1季度.pdf")
    assert [Path(file).is_file() for one in verdicts for file in one.files] == [True] * 4


def test_a_statement_a_ledger_does_not_have_is_left_out(agency: Agency, out: Path) -> None:
    verdicts = _print(agency, out, "surplus", "income-distribution")
    assert [(one.ledger, one.count) for one in verdicts[:2]] == [("collective", 1), ("committee", 1)]
    assert {one.result for one in verdicts} == {BatchResult.DONE}


def test_printing_is_counted_and_logged_in_each_book(agency: Agency, out: Path) -> None:
    _print(agency, out, "trial-balance", ledgers=(COLLECTIVE,))
    assert _log(agency, BAIYUN, "打印") == [(WANG, COLLECTIVE, "科目余额表 · 2025年第1季度")]
    _print(agency, out, "trial-balance", ledgers=(COLLECTIVE,))
    assert "第 2 次打印" in _text(out / "白云村/集体经济组织账_科目余额表_2025年第1季度.pdf")


def test_vouchers_are_printed_for_the_binding(agency: Agency, out: Path) -> None:
    (qingshan, _) = (one for one in _print(agency, out, "voucher") if one.ledger == COLLECTIVE)
    assert "收果园承包款" in _text(Path(qingshan.files[0]))


def test_where_there_are_no_vouchers_none_are_printed(agency: Agency, out: Path) -> None:
    verdicts = _print(agency, out, "voucher", merged=True)
    assert [(one.ledger, one.result.value) for one in verdicts[:2]] == [
        ("collective", "done"),
        ("committee", "nothing"),
    ]
    assert _files(out) == ["2个村_记账凭证_2025年第1季度.pdf"]


def test_sheets_for_the_wall_are_registered_and_can_be_proven(agency: Agency, out: Path) -> None:
    (qingshan, baiyun) = _print(agency, out, "disclosure")
    assert (qingshan.ledger, qingshan.result, qingshan.words) == ("", BatchResult.DONE, "印了 1 份。")
    with agency.village(BAIYUN) as village:
        versions = village.reader.operations()
        assert any(one.action == "登记公开表" and one.by == WANG for one in versions)
        assert village.verify() == []
    assert "校验码" in _text(Path(baiyun.files[0]))


def test_one_file_has_all_villages_in_their_order(agency: Agency, out: Path) -> None:
    verdicts = _print(agency, out, "trial-balance", ledgers=(COLLECTIVE,), merged=True)
    assert _files(out) == ["2个村_科目余额表_2025年第1季度.pdf"]
    assert {one.files for one in verdicts} == {(str(out / "2个村_科目余额表_2025年第1季度.pdf"),)}
    text = _text(out / "2个村_科目余额表_2025年第1季度.pdf")
    assert text.index("青山村") < text.index("白云村")


def test_many_pages_become_booklets_of_whole_villages(
    agency: Agency, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each village's two statements stay together, and its verdict names the booklet they are in."""
    monkeypatch.setattr(agency_prints, "BOOKLET_BYTES", 1)
    verdicts = _print(agency, out, "trial-balance", merged=True)
    names = ["2个村_科目余额表_2025年第1季度_第1册.pdf", "2个村_科目余额表_2025年第1季度_第2册.pdf"]
    assert _files(out) == names
    for village, name in zip((QINGSHAN, BAIYUN), names, strict=True):
        assert {one.files for one in verdicts if one.book.village == village} == {(str(out / name),)}
        assert {other for other in (QINGSHAN, BAIYUN) if other in _text(out / name)} == {village}


def test_a_booklet_that_cannot_be_written_leaves_none(
    agency: Agency, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agency_prints, "BOOKLET_BYTES", 1)
    (out / "2个村_科目余额表_2025年第1季度_第2册.pdf").mkdir()
    verdicts = _print(agency, out, "trial-balance", merged=True)
    assert {one.result for one in verdicts} == {BatchResult.REFUSED}
    assert not [file for file in out.rglob("*") if file.is_file()]


def test_what_is_printed_from_a_book_open_elsewhere_says_that_no_log_tells_of_it(
    agency: Agency, out: Path
) -> None:
    with Village(agency.book(BAIYUN)):
        verdicts = _print(agency, out, "trial-balance", ledgers=(COLLECTIVE,))
    assert [one.result.value for one in verdicts] == ["done", "done"]
    assert verdicts[1].words == "印了 1 份。这本账现在不能写，这次打印没有记进操作日志。"


def test_a_sheet_for_the_wall_is_not_printed_from_a_book_open_elsewhere(agency: Agency, out: Path) -> None:
    with Village(agency.book(BAIYUN)):
        verdicts = _print(agency, out, "disclosure")
    assert [one.result.value for one in verdicts] == ["done", "refused"]
    assert WANG in verdicts[1].words
    assert not (out / "白云村").exists() or _files(out / "白云村") == []


def test_who_may_not_publish_prints_no_sheet_for_the_wall(agency: Agency, out: Path) -> None:
    verdicts = _print(agency, out, "disclosure", by=ZHAO)
    assert {one.result for one in verdicts} == {BatchResult.REFUSED}
    assert "赵平" in verdicts[0].words
    assert _files(out) == []


def test_a_report_that_cannot_be_made_does_not_hold_up_the_others(agency: Agency, out: Path) -> None:
    verdict = _print(agency, out, "trial-balance", "bank-reconciliation", ledgers=(COLLECTIVE,))[0]
    assert (verdict.result, verdict.count) == (BatchResult.REFUSED, 1)
    assert verdict.words.startswith("印了 1 份。银行存款余额调节表没有印：")


def test_a_file_in_the_folder_s_place_is_said(agency: Agency, out: Path) -> None:
    (out / "青山村").write_text("不是文件夹", encoding="utf-8")
    verdicts = _print(agency, out, "trial-balance", ledgers=(COLLECTIVE,))
    assert [one.result.value for one in verdicts] == ["refused", "done"]
    assert "同名的文件" in verdicts[0].words


def test_two_villages_of_one_name_have_folders_of_their_own(tmp_path: Path, out: Path) -> None:
    agency = an_agency(tmp_path, QINGSHAN)
    elsewhere = tmp_path / "另一个镇"
    elsewhere.mkdir()
    other = village_book(elsewhere, BAIYUN)
    with Village(other) as village, village.raw() as raw:
        for (trigger,) in raw.execute(
            "SELECT name FROM sqlite_master WHERE type='trigger' AND tbl_name='book'"
        ):
            raw.execute(f'DROP TRIGGER "{trigger}"')
        raw.execute("UPDATE book SET village = ?", (QINGSHAN,))
    agency.keep(other)
    verdicts = _print(agency, out, "trial-balance", ledgers=(COLLECTIVE,))
    assert len({Path(one.files[0]).parent.name for one in verdicts}) == 2


def test_what_is_offered_has_the_title_its_paper_has(agency: Agency) -> None:
    assert PRINTABLE.keys() <= {*REPORTS, "disclosure"}
    with agency.village(QINGSHAN) as village:
        for name in ("trial-balance", "balance-sheet", "general-ledger", "voucher-summary", "inter-ledger"):
            title = make(village.reader, name, ReportRequest(COLLECTIVE, QUARTER)).title
            assert PRINTABLE[name] == title


# exports


def test_each_village_s_export_is_named_after_it_and_logged_in_its_book(agency: Agency, out: Path) -> None:
    verdicts = _export(agency, out, "hledger", span=QUARTER)
    assert [(one.ledger, one.result.value, one.count) for one in verdicts] == [("", "done", 1)] * 2
    assert _files(out) == ["白云村_2025年第1季度_hledger.journal", "青山村_2025年第1季度_hledger.journal"]
    assert "7300.00" in (out / "白云村_2025年第1季度_hledger.journal").read_text(encoding="utf-8")
    assert _log(agency, BAIYUN, "导出数据") == [(WANG, "", "hledger 的日记账")]


def test_packages_of_all_villages_are_made_and_verify(agency: Agency, out: Path) -> None:
    from village_ledger.exchange.review.package_reading import opened as package_opened

    verdicts = _export(agency, out, "package", span=QUARTER)
    assert [one.result.value for one in verdicts] == ["done", "done"]
    assert _files(out) == ["白云村_2025-01_2025-03_第1包.vlpkg", "青山村_2025-01_2025-03_第1包.vlpkg"]
    assert "指纹" in verdicts[0].words
    with package_opened(out / _files(out)[0]) as package:
        assert package.findings == []
        assert package.manifest.made_by == WANG


def test_a_workbook_of_each_village_opens_again(agency: Agency, out: Path) -> None:
    _export(agency, out, "workbook", span=QUARTER)
    written = _files(out)
    assert len(written) == len(agency.says.books)
    for name in written:
        assert load_workbook(out / name, read_only=True).sheetnames
        assert zipfile.ZipFile(out / name).testzip() is None


def test_a_folder_that_is_there_already_refuses_its_own_village_alone(agency: Agency, out: Path) -> None:
    (out / "青山村_dump").mkdir()
    (out / "青山村_dump" / "别动").write_text("x", encoding="utf-8")
    verdicts = _export(agency, out, "dump")
    assert [one.result.value for one in verdicts] == ["refused", "done"]
    assert (out / "青山村_dump" / "别动").read_text(encoding="utf-8") == "x"


def test_who_may_not_export_takes_nothing_away(agency: Agency, out: Path) -> None:
    verdicts = _export(agency, out, "hledger", by=ZHAO)
    assert {one.result for one in verdicts} == {BatchResult.REFUSED}
    assert _files(out) == []


def test_whole_numbers_need_a_reason(agency: Agency, out: Path) -> None:
    refused = _export(agency, out, "hledger", level=Level.INTERNAL)
    assert {one.result for one in refused} == {BatchResult.REFUSED}
    done = _export(agency, out, "hledger", level=Level.INTERNAL, why_whole="审计来查")
    assert {one.result for one in done} == {BatchResult.DONE}


def test_a_cancel_in_the_middle_of_a_package_leaves_no_half_file(agency: Agency, out: Path) -> None:
    def seen(_done: int, _total: int, label: str) -> None:
        if label == f"{BAIYUN} · 签名":
            progress.cancel()

    progress = Progress(seen)
    options = BatchOptions(form="package", folder=out, span=QUARTER)
    verdicts = run(agency.path, agency.sign_in(WANG), BatchAct.EXPORT, (), options, progress)
    assert [(one.book.village, one.result.value) for one in verdicts] == [
        (QINGSHAN, "done"),
        (BAIYUN, "stopped"),
    ]
    assert _files(out) == ["青山村_2025-01_2025-03_第1包.vlpkg"]
    with agency.village(BAIYUN) as village:
        assert village.reader.sent_packages() == []


def _people(verdicts: Sequence[VillageVerdict]) -> list[str]:
    return [one.book.village for one in verdicts]


def test_the_administrator_of_the_workspace_may_export_what_each_book_lets_administrators(
    agency: Agency, out: Path
) -> None:
    assert _people(_export(agency, out, "hledger", by=QIAN)) == [QINGSHAN, BAIYUN]
    assert _log(agency, QINGSHAN, "导出数据") == [(QIAN, "", "hledger 的日记账")]
