"""股权证 in the window: the list against the register, issuing, replacing, taking back, looking up, printing."""

from __future__ import annotations

import subprocess
from datetime import date

import pytest
from PySide6.QtCore import Qt

from tests.shares_village import ShareVillage
from village_ledger.domain.errors import ShareError
from village_ledger.services.shares import certificates
from village_ledger.ui.desk.reports_page import ReportsPage
from village_ledger.ui.shares.certificate_figures import look_up
from village_ledger.ui.shares.certificates_page import CertificatesPage
from village_ledger.ui.sheets.preview_page import PreviewPage
from village_ledger.ui.widgets.state_mark import Check

APRIL = date(2025, 4, 1)


@pytest.fixture
def village(tmp_path):
    """Three households with shares and one without; the first two have certificates, the second gave shares away since."""
    with ShareVillage.found(tmp_path) as found:
        found.people("017 周德明 周建军", "018 吴家兴 吴小兰", "019 陈素芳", "020 刘一")
        found.share(
            "grant", "2025-01-10", to="集体=50, 017/周德明=40, 017/周建军=10, 018/吴家兴=60, 019/陈素芳=40"
        )
        with found.act() as uow:
            certificates.issue(uow, "017", APRIL)
            certificates.issue(uow, "018", APRIL)
        found.share("transfer", "2025-05-10", "018/吴家兴", "019/陈素芳", "5")
        yield found


def rows(page) -> list[list[str]]:
    """What the list shows: number of the household, certificate, shares, how it stands."""
    model = page.table.view.model()
    wanted = [
        place
        for place, column in enumerate(model.columns)
        if column.key in {"code", "number", "class1", "state"}
    ]
    return [[model.text(row, place) for place in wanted] for row in range(model.count())]


def numbers(village, household: str) -> list[tuple[str, str]]:
    """Certificates of a household: number, why ended."""
    return [(one.number, one.why) for one in village.reader.certificates(household)]


def test_every_household_with_shares_stands_beside_its_certificate(page_of, settle):
    page = page_of(CertificatesPage)
    assert rows(page) == [
        ["017", "青股 017-01", "50.00", "相符"],
        ["018", "青股 018-01", "55.00", "份额变了，要换发"],
        ["019", "", "45.00", "还没有发证"],
    ]
    checks = [page.table.view.model().check(row) for row in range(3)]
    assert checks == [Check.GOOD, Check.WARN, Check.WAITING]
    assert page.status() == "1 户相符 · 1 户要换发 · 1 户没有证"


@pytest.mark.parametrize("typed", ["陈素芳", "csf", "chensufang", "019"])
def test_a_household_is_found_by_name_pinyin_or_number(page_of, settle, typed):
    page = page_of(CertificatesPage)
    page.search.setText(typed)
    assert [row[0] for row in rows(page)] == ["019"]


def test_a_certificate_is_found_by_its_own_number(page_of, settle):
    page = page_of(CertificatesPage)
    page.search.setText("018-01")
    assert [row[0] for row in rows(page)] == ["018"]


def test_insert_and_f6_issue_a_certificate_to_who_has_none(page_of, settle, qtbot, village):
    page = page_of(CertificatesPage, household="019")
    qtbot.keyClick(page.table.view, Qt.Key.Key_Insert)
    assert page.form.day.hasFocus()
    page.form.day.setText("2025-06-01")
    qtbot.keyClick(page.form.day, Qt.Key.Key_F6)
    settle()
    assert numbers(village, "019") == [("青股 019-01", "")]
    assert not page.form.asking
    page.reload()
    settle()
    assert rows(page)[2] == ["019", "青股 019-01", "45.00", "相符"]
    assert page.status().startswith("发了 青股 019-01，校验码 ")
    assert not page.action("issue").isEnabled()


def test_a_day_before_the_last_change_is_refused_and_the_form_stays(page_of, settle, village):
    page = page_of(CertificatesPage, household="019")
    page.action("issue").trigger()
    page.form.day.setText("2025-05-01")
    page.action("act").trigger()
    settle()
    assert page.slip.notice is not None
    assert "还有变动" in page.slip.notice.what
    assert page.form.asking
    assert numbers(village, "019") == []


def test_what_is_no_day_is_refused_at_once(page_of, settle, village):
    page = page_of(CertificatesPage, household="019")
    page.action("issue").trigger()
    page.form.day.setText("明天")
    page.form.finish()
    assert page.slip.isVisibleTo(page)
    assert numbers(village, "019") == []


def test_a_stale_certificate_is_replaced_by_one_that_says_what_is_true(page_of, settle, village):
    page = page_of(CertificatesPage, household="018")
    page.action("replace").trigger()
    page.form.day.setText("2025-06-01")
    page.form.finish()
    settle()
    assert numbers(village, "018") == [("青股 018-01", "replaced"), ("青股 018-02", "")]
    page.reload()
    settle()
    assert rows(page)[1] == ["018", "青股 018-02", "55.00", "相符"]


def test_a_lost_one_is_replaced_only_with_words_of_how(page_of, settle, village):
    page = page_of(CertificatesPage, household="017")
    page.action("replace").trigger()
    page.form.choice.set_value("lost")
    page.form.day.setText("2025-06-01")
    page.form.finish()
    settle()
    assert "写明情况" in page.slip.notice.what
    page.form.note.setText("2025-05-10 申报，公示 15 天")
    page.form.finish()
    settle()
    assert numbers(village, "017") == [("青股 017-01", "lost"), ("青股 017-02", "")]


def test_a_certificate_is_taken_back_without_a_new_one(page_of, settle, village):
    page = page_of(CertificatesPage, household="017")
    page.action("void").trigger()
    page.form.choice.set_value("void")
    page.form.note.setText("姓名写错")
    page.form.finish()
    settle()
    assert numbers(village, "017") == [("青股 017-01", "void")]
    page.reload()
    settle()
    assert rows(page)[0] == ["017", "", "50.00", "还没有发证"]


def test_all_who_wait_get_theirs_at_once(page_of, settle, village):
    page = page_of(CertificatesPage)
    page.action("issue_all").trigger()
    page.form.choice.set_value("renew")
    page.form.day.setText("2025-06-01")
    page.form.finish()
    settle()
    assert page.status() == "发了 2 本股权证"
    page.reload()
    settle()
    assert [row[3] for row in rows(page)] == ["相符"] * 3
    assert not page.action("issue_all").isEnabled()


def test_all_without_one_leaves_the_stale_ones_alone(page_of, settle, village):
    page = page_of(CertificatesPage)
    page.action("issue_all").trigger()
    page.form.day.setText("2025-06-01")
    page.form.finish()
    settle()
    assert numbers(village, "018") == [("青股 018-01", "")]
    assert numbers(village, "019") == [("青股 019-01", "")]


@pytest.mark.parametrize("by", ["number", "code", "spaced"])
def test_a_true_certificate_is_known_by_number_or_code(page_of, settle, village, by):
    one = village.reader.valid_certificate("017")
    shown = {"number": one.number, "code": one.code, "spaced": f"{one.code[:4]}-{one.code[4:].lower()}"}[by]
    page = page_of(CertificatesPage)
    page.action("check").trigger()
    page.ask.field.setText(shown)
    page.ask._finish()
    settle()
    words = page.verdict.words.text()
    assert "2025-04-01 发给 017 户" in words
    assert "周德明 人口股 40.00，周建军 人口股 10.00" in words
    assert words.endswith("现在有效，和登记簿相符。")
    assert page.where()["household"] == "017"
    assert page.escape()
    assert not page.verdict.isVisibleTo(page)


def test_a_code_of_nobody_is_said_to_be_none_of_ours(page_of, settle):
    page = page_of(CertificatesPage)
    page.action("check").trigger()
    page.ask.field.setText("0000000000")
    page.ask._finish()
    settle()
    assert "没有发过" in page.slip.notice.what


def test_an_ended_and_a_stale_certificate_are_told_from_a_good_one(village):
    with village.act() as uow:
        certificates.replace(uow, "017", date(2025, 6, 1))
    ended = look_up(village.reader, "青股 017-01", "collective", date(2025, 6, 2))
    assert ended.check is Check.FAIL
    assert "已失效：2025-06-01 换发。这一户现在有效的是 青股 017-02。" in ended.words
    stale = look_up(village.reader, "青股 018-01", "collective", date(2025, 6, 2))
    assert stale.check is Check.WARN
    assert stale.words.endswith("要换发。")
    with pytest.raises(ShareError, match="没有发过"):
        look_up(village.reader, "青股 099-01", "collective", date(2025, 6, 2))


def test_enter_opens_the_household(page_of, settle, navigator, qtbot):
    page = page_of(CertificatesPage, household="018")
    qtbot.keyClick(page.table.view, Qt.Key.Key_Return)
    assert navigator.opened == [("household", {"household": "018"})]


def test_one_is_printed_or_all_that_are_listed(page_of, settle, navigator):
    page = page_of(CertificatesPage, household="018")
    page.action("print").trigger()
    page.action("print_all").trigger()
    page.search.setText("周德明")
    page.action("print_all").trigger()
    printed = [where["certificates"] for _, where in navigator.opened]
    assert printed == [("青股 018-01",), ("青股 017-01", "青股 018-01"), ("青股 017-01",)]


def test_the_preview_shows_the_certificates_themselves(page_of, settle, village):
    page = page_of(PreviewPage, report="certificate", certificates=("青股 017-01", "青股 018-01"))
    settle()
    assert page.prepared.result.pages == 2
    assert page.prepared.words == "股权证 · 2 本"
    assert page.prepared.wanted.subjects() == ["certificate/青股 017-01", "certificate/青股 018-01"]
    assert {row.cells[0] for row in page.prepared.tables[0].rows} == {"青股 017-01", "青股 018-01"}
    assert page.where()["certificates"] == ("青股 017-01", "青股 018-01")


def test_a_second_print_says_that_it_is_one(page_of, settle, village):
    page = page_of(PreviewPage, report="certificate", certificates=("青股 017-01",))
    settle()
    assert "第 1 次打印" in text_of_pdf(page.prepared.pdf)
    page.printout.count(page.prepared)
    settle()
    again = page_of(PreviewPage, report="certificate", certificates=("青股 017-01",))
    settle()
    assert "第 2 次打印" in text_of_pdf(again.prepared.pdf)


def text_of_pdf(pdf) -> str:
    done = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True)
    return done.stdout.decode("utf-8")


def test_esc_closes_the_form_before_anything_else(page_of, settle):
    page = page_of(CertificatesPage, household="019", text="陈")
    page.action("issue").trigger()
    assert page.escape()
    assert not page.form.asking
    assert page.search.text() == "陈"
    assert page.escape()
    assert page.search.text() == ""
    assert not page.escape()


def test_reports_lead_to_the_certificates(page_of, settle, navigator):
    page = page_of(ReportsPage)
    named = [entry.name for entry in page.model.entries]
    page.model.entries[named.index("股权证")].go()
    assert navigator.opened == [("certificates", {})]
