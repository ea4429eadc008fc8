"""hledger and beancount read our books without a word and compute the same balances, both ledgers, every month."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest

from tests.builders import COLLECTIVE, Village
from tests.exports.oracles import beancount_balances, hledger, hledger_balances
from village_ledger.domain.masking import Level
from village_ledger.domain.period import Month, Span
from village_ledger.exchange.exports.export_formats import FORMATS, ExportRequest
from village_ledger.exchange.exports.exporting import export
from village_ledger.storage.file.book_file import Access, open_book

LEDGERS = ("collective", "committee")
BALANCES = {"hledger": hledger_balances, "beancount": beancount_balances}
forms = pytest.mark.parametrize("form", BALANCES)


@pytest.fixture(scope="module")
def village(made):
    with open_book(made, Access.READ) as book:
        yield book


def written(book, form, folder, ledger="", span=None, level=Level.TOWNSHIP):
    out = folder / f"{ledger or 'all'}{FORMATS[form].ending}"
    reason = "" if level is Level.TOWNSHIP else "交接"
    export(book, "王秀英", form, ExportRequest(out, ledger, span, level, reason))
    return out


def ours(book, ledger, day):
    """Balances at the end of a day from the kept totals."""
    turnovers = book.reader().turnovers(ledger, Span(date(2025, 1, 1), day))
    return {one.account: one.closing for one in turnovers if one.closing}


@forms
@pytest.mark.parametrize("ledger", LEDGERS)
def test_balances_are_ours_at_the_end_of_every_month(village, form, ledger, tmp_path):
    file = written(village, form, tmp_path, ledger)
    for number in range(1, 12):
        month = Month(2025, number)
        assert BALANCES[form](file, month.next().first) == ours(village, ledger, month.last)
    year_end = BALANCES[form](file, date(2026, 1, 1))
    assert year_end == ours(village, ledger, date(2025, 12, 31))
    assert len(year_end) > 5
    assert not any(village.reader().chart(ledger).get(code).category in {"损益", "收入"} for code in year_end)


@forms
def test_a_span_in_mid_year_begins_with_the_balances_of_the_day_before(village, form, tmp_path):
    span = Span(date(2025, 5, 12), date(2025, 9, 20))
    file = written(village, form, tmp_path, "collective", span)
    assert BALANCES[form](file, date(2025, 9, 21)) == ours(village, "collective", span.last)
    begun = BALANCES[form](
        written(village, form, tmp_path, "", Span(date(2025, 5, 12), date(2025, 5, 12))), date(2025, 5, 13)
    )
    assert begun["101"] == ours(village, "collective", date(2025, 5, 12))["101"]


def test_bean_check_is_clean_for_both_ledgers_and_for_all_in_one(village, tmp_path):
    for ledger in (*LEDGERS, ""):
        file = written(village, "beancount", tmp_path, ledger)
        done = subprocess.run(
            [sys.executable, "-m", "beancount.scripts.check", str(file)],
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=120,
        )
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_hledger_checks_strictly_and_knows_what_is_what(village, tmp_path):
    file = written(village, "hledger", tmp_path)
    assert hledger(file, "check", "accounts", "commodities", "balancednoautoconversion").returncode == 0
    sheet = hledger(file, "balancesheetequity", "-O", "csv", "-e", "2026-01-01")
    assert sheet.returncode == 0
    assert '"Net:","0"' in sheet.stdout.replace("0.00 CNY", "0")


@forms
def test_a_changed_amount_is_found_by_the_program_that_reads_it(village, form, tmp_path):
    file = written(village, form, tmp_path, "committee")
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("268.00 CNY", "286.00 CNY"), encoding="utf-8")
    with pytest.raises(AssertionError):
        BALANCES[form](file, date(2026, 1, 1))


NASTY = (
    '他说"好"; 另付 \\ 100, date:2025-01-01 [2025-02-03]',
    "=1+1",
    "; 注",
    "* 星",
    "(甲) 乙  丙",
    "a | b : c",
    "㛃𬭎䶮",
    "!叹",
)


@forms
def test_no_text_of_a_voucher_means_anything_to_the_other_program(form, tmp_path):
    with Village.found(tmp_path) as village:
        village.add_account("102", '农商行: "基本户"; (一)')
        for summary in NASTY:
            village.posted("2025-03-08", summary, "借 10201 6.05; 贷 501 6.05")
        file = written(village.book, form, tmp_path)
        assert BALANCES[form](file, date(2025, 4, 1)) == ours(village.book, COLLECTIVE, date(2025, 3, 31))
        assert "㛃𬭎䶮" in file.read_text(encoding="utf-8")


@forms
def test_numbers_of_people_are_masked_unless_they_are_asked_for_with_a_reason(form, tmp_path):
    with Village.found(tmp_path) as village:
        said = "付给 510903199001010018 的款，卡号 6217000012345678901，电话 13812345678"
        village.posted("2025-03-08", said, "借 101 6; 贷 501 6")
        masked = written(village.book, form, tmp_path).read_text(encoding="utf-8")
        whole = written(village.book, form, tmp_path, level=Level.INTERNAL).read_text(encoding="utf-8")
    numbers = ("510903199001010018", "6217000012345678901", "13812345678")
    assert not any(number in masked for number in numbers)
    assert all(number in whole for number in numbers)
    assert "510903********0018" in masked


@forms
def test_an_unposted_voucher_stays_and_that_is_said(form, tmp_path):
    with Village.found(tmp_path) as village:
        village.posted("2025-03-08", "收租金", "借 101 6; 贷 501 6")
        village.entered("2025-03-09", "还没记账", "借 101 7; 贷 501 7")
        out = tmp_path / f"x{FORMATS[form].ending}"
        done = export(village.book, "王秀英", form, ExportRequest(out))
    assert done.value.rows == 2
    assert done.warnings == ("集体经济组织账还有 1 张凭证没有记账，不在导出的账里。",)
    assert "还没记账" not in out.read_text(encoding="utf-8")


@forms
def test_a_red_letter_and_a_quantity_ride_along(village, form, tmp_path):
    text = written(village, form, tmp_path, "collective").read_text(encoding="utf-8")
    assert ("红字:2025" if form == "hledger" else 'reverses: "2025') in text
    assert "数量:" in text if form == "hledger" else 'quantity: "' in text
    assert "往来单位:" in text if form == "hledger" else 'counterparty: "' in text


@forms
def test_a_book_without_a_voucher_is_a_file_without_one(form, tmp_path):
    with Village.found(tmp_path) as village:
        file = written(village.book, form, tmp_path)
    assert BALANCES[form](file, date(2026, 1, 1)) == {}
