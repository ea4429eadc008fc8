"""A reviewer's draft: written piece by piece, kept outside the package, signed into a file the village takes in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from tests.builders import COLLECTIVE, COMMITTEE, WANG, Village
from tests.review.township import sent
from village_ledger.domain.errors import BadPackage, BookFileError, DutyError, LedgerError, PackageError
from village_ledger.domain.finding import Finding
from village_ledger.domain.remark_draft import RemarkDraft
from village_ledger.domain.remarks import Remark, Remarks, Verdict, VoucherVerdict, read_remarks
from village_ledger.domain.review_check import Hit, LeadTo, ReviewRule, Severity, review_rules
from village_ledger.domain.township import Known, Reviewed
from village_ledger.exchange.review.known_villages import accept
from village_ledger.exchange.review.package_reading import opened
from village_ledger.exchange.review.remark_drafts import (
    FOLDER,
    keep_draft,
    load_draft,
    remarks_name,
    write_remarks,
)
from village_ledger.exchange.review.review_files import remarks_of, reviewer_of
from village_ledger.reports.catalogue import ReportRequest, make
from village_ledger.reports.table import Role
from village_ledger.services.book.verification import Checked
from village_ledger.services.review import remarks_in
from village_ledger.services.review.second_reviews import waiting
from village_ledger.storage.file.book_file import Access, open_book

AT = datetime.fromisoformat("2025-07-01T09:00:00")
FIRST = Remark(0, COLLECTIVE, "2025-01/记-0001", Severity.GRAVE, "请补发票", "R04")
SECOND = Remark(0, COMMITTEE, "", Severity.SLIGHT, "村委会账没有凭证", "")
PASSED = VoucherVerdict(COLLECTIVE, "2025-01/记-0001", Verdict.PASS)


def test_remarks_are_numbered_changed_and_taken_away() -> None:
    draft = RemarkDraft().pinned(FIRST).pinned(SECOND)
    assert [one.number for one in draft.remarks] == [1, 2]
    changed = draft.pinned(Remark(1, COLLECTIVE, "", Severity.PLAIN, " 请补两张发票 "))
    assert [one.text for one in changed.remarks] == ["请补两张发票", "村委会账没有凭证"]
    left = changed.without(1)
    assert [(one.number, one.text) for one in left.remarks] == [(1, "村委会账没有凭证")]
    assert not draft.is_empty
    assert RemarkDraft().is_empty


def test_a_verdict_takes_the_place_of_the_one_before() -> None:
    draft = RemarkDraft().judged(PASSED)
    back = draft.judged(VoucherVerdict(COLLECTIVE, PASSED.voucher, Verdict.RETURN, "没有发票"))
    assert [one.verdict for one in back.verdicts] == [Verdict.RETURN]
    assert back.unjudged(COLLECTIVE, PASSED.voucher).is_empty
    twice = RemarkDraft().accepting(COLLECTIVE, "2025-02").accepting(COLLECTIVE, "2025-01")
    assert twice.accepted == ((COLLECTIVE, "2025-01"), (COLLECTIVE, "2025-02"))
    assert twice.accepting(COLLECTIVE, "2025-01").accepted == ((COLLECTIVE, "2025-02"),)


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda: RemarkDraft().pinned(Remark(0, COLLECTIVE, "", Severity.PLAIN, "  ")), "意见不能是空的"),
        (
            lambda: RemarkDraft().pinned(Remark(0, COLLECTIVE, "", Severity.PLAIN, "字" * 481)),
            "超过了 480 个字",
        ),
        (lambda: RemarkDraft().pinned(Remark(0, COLLECTIVE, "", Severity.PLAIN, "补\x00票")), "控制字符"),
        (
            lambda: RemarkDraft().judged(VoucherVerdict(COLLECTIVE, "2025-01/记-0001", Verdict.RETURN, " ")),
            "退回没有写原因",
        ),
    ],
)
def test_what_cannot_be_pinned(act: Callable[[], RemarkDraft], said: str) -> None:
    with pytest.raises(LedgerError, match=said):
        act()


def test_a_draft_is_kept_by_the_package_and_read_again(tmp_path: Path) -> None:
    draft = RemarkDraft().pinned(FIRST).judged(PASSED).accepting(COLLECTIVE, "2025-01")
    keep_draft(tmp_path, "ab", draft)
    assert load_draft(tmp_path, "ab") == draft
    assert load_draft(tmp_path, "cd") == RemarkDraft()
    (tmp_path / FOLDER / "ab.json").write_text("[1]", encoding="utf-8")
    with pytest.raises(BadPackage, match=r"审阅草稿 ab\.json 读不出来"):
        load_draft(tmp_path, "ab")
    (tmp_path / "文件").write_text("x")
    with pytest.raises(BookFileError, match="没能存下审阅草稿"):
        keep_draft(tmp_path / "文件", "ab", draft)


def alone(village: Village) -> None:
    """A voucher of a one-person post that waits for the township."""
    village.declare_one_person_post()
    village.post(village.entered("2025-01-08", "付电费", "借 513 300; 贷 101 300"))


def signed(village: Village, tmp_path: Path, draft: RemarkDraft, name: str = "张审") -> bytes:
    """A package sent, reviewed, and the file the reviewer hands back."""
    who = reviewer_of(name, "溪口镇农经站", tmp_path / "key")
    name_of = f"{len(list(tmp_path.glob('*.vlpkg')))}.vlpkg"
    with (
        opened(sent(village, tmp_path, name_of).path) as package,
        open_book(package.book, Access.READ) as book,
    ):
        accept(tmp_path, package, "2025-07-01")
        target = tmp_path / remarks_name(package)
        write_remarks(book.reader(), draft, package, who, target)
        return target.read_bytes()


def test_the_file_is_taken_in_by_the_village(village: Village, tmp_path: Path) -> None:
    alone(village)
    with (
        opened(sent(village, tmp_path, "先.vlpkg").path) as package,
        open_book(package.book, Access.READ) as book,
    ):
        (one,) = waiting(book.reader())
        assert (one.place, one.amount, one.is_month) == ("2025-01/记-0001", 30000, False)
    content = signed(village, tmp_path, RemarkDraft().pinned(FIRST).judged(PASSED))
    assert read_remarks(content).remarks[0].number == 1
    with village.act() as uow:
        done = remarks_in.take_in(uow, content).value
    assert (done.passed, len(done.said.remarks)) == (1, 1)
    assert remarks_in.pending(village.reader, COLLECTIVE) == []


def test_closed_months_are_accepted_in_their_order(village: Village, tmp_path: Path) -> None:
    village.posted("2025-01-08", "付电费", "借 513 300; 贷 101 300")
    for month in ("2025-01", "2025-02"):
        village.close_month(month)
    with pytest.raises(PackageError, match="集体经济组织账前面的2025年1月还没有接受，不能先接受2025年2月"):
        signed(village, tmp_path, RemarkDraft().accepting(COLLECTIVE, "2025-02"))
    with pytest.raises(PackageError, match="集体经济组织账2025年3月没有结账或已经封存"):
        signed(village, tmp_path, RemarkDraft().accepting(COLLECTIVE, "2025-03"))


def test_what_the_village_could_not_take_in_is_not_signed(village: Village, tmp_path: Path) -> None:
    village.posted("2025-01-08", "付电费", "借 513 300; 贷 101 300")
    with pytest.raises(PackageError, match="还没有写意见、结论"):
        signed(village, tmp_path, RemarkDraft())
    with pytest.raises(PackageError, match="不在等补审"):
        signed(village, tmp_path, RemarkDraft().judged(PASSED))
    with pytest.raises(LedgerError, match="记-0009"):
        signed(
            village,
            tmp_path,
            RemarkDraft().pinned(Remark(0, COLLECTIVE, "2025-01/记-0009", Severity.PLAIN, "没有")),
        )
    assert list(tmp_path.glob("*.vlremarks")) == []


def test_nothing_is_passed_on_a_package_that_does_not_hold(village: Village, tmp_path: Path) -> None:
    alone(village)
    fault = Checked("P1", "签名", (Finding("P1", "送审包的签名", "和清单不符"),))
    who, target = reviewer_of("张审", "", tmp_path / "key"), tmp_path / "意见.vlremarks"
    with opened(sent(village, tmp_path).path) as package, open_book(package.book, Access.READ) as book:
        broken = replace(package, checks=(*package.checks, fault))
        with pytest.raises(PackageError, match="有 1 处对不上，不能凭它通过凭证、接受月份"):
            write_remarks(book.reader(), RemarkDraft().judged(PASSED), broken, who, target)
        write_remarks(book.reader(), RemarkDraft().pinned(FIRST), broken, who, target)
    assert target.exists()


def test_nobody_passes_what_he_prepared(village: Village, tmp_path: Path) -> None:
    alone(village)
    with pytest.raises(DutyError, match="不能由同一个人补审"):
        signed(village, tmp_path, RemarkDraft().judged(PASSED), name=WANG)


def test_a_remark_on_a_figure_or_on_no_voucher_does_not_spoil_the_opinion(
    village: Village, tmp_path: Path
) -> None:
    """What other programs sign may name a figure, or a voucher there is not."""
    figure = Remark(1, COLLECTIVE, "balance-sheet/A3", Severity.PLAIN, "和上年不衔接")
    nowhere = Remark(2, COLLECTIVE, "2025-09/记-0099", Severity.PLAIN, "没有这一张")
    assert (figure.voucher, nowhere.voucher is None) == (None, False)
    key = reviewer_of("张审", "", tmp_path / "key").key
    made = sent(village, tmp_path)
    said = Remarks(
        made.digest.hex(), made.manifest.book, "青山村", "张审", "农经站", AT, key.public, (figure, nowhere)
    )
    with village.act() as uow:
        remarks_in.take_in(uow, said.signed(key.sign(said.to_sign())).to_bytes())
    head, *rows = make(village.reader, "review-opinion", ReportRequest()).rows
    assert (head.role, head.cells[0]) == (Role.SECTION, "第 1 份")  # a sentence there would widen the numbers
    assert str(head.cells[4]).startswith("农经站 张审 ")
    assert [(row.cells[3], row.link) for row in rows] == [
        ("资产负债表 A3", None),
        ("2025-09/记-0099", None),
    ]


def test_what_the_checks_found_is_not_pinned_twice(village: Village, tmp_path: Path) -> None:
    """By hand twice, by hand and by the automatic file, or in two files the village takes in."""
    draft = RemarkDraft().pinned(FIRST)
    with pytest.raises(PackageError, match="第 1 条已经在这里照 R04 说过"):
        draft.pinned(replace(FIRST, text="再说一次"))
    assert draft.pinned(replace(FIRST, number=1, text="改过的")).remarks[0].text == "改过的"
    assert (
        len(draft.pinned(replace(FIRST, place=f"{FIRST.place}#2")).pinned(SECOND).pinned(SECOND).remarks) == 4
    )
    village.posted("2025-01-08", "付电费", "借 513 300; 贷 101 300")
    who = reviewer_of("张审", "", tmp_path / "key")
    hits = [Hit(rule_of("R04"), COLLECTIVE, "缺发票", 300, LeadTo.VOUCHER, FIRST.place)]
    hits += [Hit(rule_of("R05"), COLLECTIVE, "摘要太笼统", 300, LeadTo.VOUCHER, FIRST.place)]
    with opened(sent(village, tmp_path).path) as package:
        done = Reviewed(
            package.path.name, Known.of(package.manifest, package.digest.hex()), "", True, False, [], hits
        )
        before = remarks_of(done, package, who)
        keep_draft(tmp_path, package.digest.hex(), draft)
        after = remarks_of(done, package, who)
        with open_book(package.book, Access.READ) as book:
            write_remarks(book.reader(), draft, package, who, tmp_path / "手写.vlremarks")
    assert [one.rule for one in before.remarks] == ["R04", "R05"]
    assert [(one.number, one.rule) for one in after.remarks] == [(1, "R05")]
    for content in (before.to_bytes(), (tmp_path / "手写.vlremarks").read_bytes()):
        with village.act() as uow:
            remarks_in.take_in(uow, content)
    with village.act() as uow:
        remarks_in.answer(uow, 1, 1, "发票已补")
    views = remarks_in.remarks(village.reader)
    assert [(one.number, one.remark.text, one.also, one.is_open) for one in views] == [
        ("2-1", "请补发票", ("1-1",), False),
        ("1-2", "摘要太笼统：摘要太笼统", (), True),
    ]


def rule_of(number: str) -> ReviewRule:
    """A check by its number."""
    return next(rule for rule in review_rules() if rule.id == number)


def test_a_line_or_a_ledger_there_is_not_is_refused(village: Village, tmp_path: Path) -> None:
    village.posted("2025-01-08", "付电费", "借 513 300; 贷 101 300")
    line = replace(FIRST, place=f"{FIRST.place}#3")
    with pytest.raises(PackageError, match="只有 2 行，没有第 3 行"):
        signed(village, tmp_path, RemarkDraft().pinned(line))
    with pytest.raises(PackageError, match="没有“elsewhere”这本账"):
        signed(village, tmp_path, RemarkDraft().pinned(replace(SECOND, ledger="elsewhere")))
    with pytest.raises(PackageError, match="不是凭证号，也不是哪张表上的数"):
        RemarkDraft().pinned(replace(FIRST, place="不知道哪里"))
    assert signed(village, tmp_path, RemarkDraft().pinned(replace(line, place=f"{FIRST.place}#2")))
