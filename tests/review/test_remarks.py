"""A remark travels to the village and its answer back; a verdict changes how a voucher stands, and no figure ever."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from tests.builders import COLLECTIVE, WANG, Village
from tests.review.township import sent, unguarded
from village_ledger.cli.main import main
from village_ledger.domain.errors import BadPackage, DutyError, PackageError
from village_ledger.domain.package import fingerprint
from village_ledger.domain.period import Month, MonthState
from village_ledger.domain.remarks import Remark, Remarks, Verdict, VoucherVerdict, read_remarks
from village_ledger.domain.review_check import Severity
from village_ledger.exchange.review.package_making import Made
from village_ledger.exchange.review.package_reading import opened
from village_ledger.services.closing import closing
from village_ledger.services.review import remarks_in
from village_ledger.services.review.reviewer_key import ReviewerKey, reviewer_key
from village_ledger.storage.file.book_file import Access, open_book

AT = datetime.fromisoformat("2025-07-01T09:00:00")
FAULT = Remark(1, COLLECTIVE, "2025-01/记-0001", Severity.GRAVE, "请补发票", "R04")


@pytest.fixture
def key(tmp_path: Path) -> ReviewerKey:
    return reviewer_key(tmp_path / "审阅" / "reviewer.key")


def said_of(made: Made, key: ReviewerKey, **more: object) -> Remarks:
    """What 张审 of the township says of a package."""
    said = Remarks(
        made.digest.hex(),
        made.manifest.book,
        made.manifest.village,
        "张审",
        "溪口镇农经站",
        AT,
        key.public,
        remarks=(FAULT,),
    )
    said = replace(said, **more)  # pyright: ignore[reportArgumentType]  fields of remarks by name
    return said.signed(key.sign(said.to_sign()))


def taken(village: Village, said: Remarks, compared: str = "") -> remarks_in.TakenIn:
    with village.act() as uow:
        return remarks_in.take_in(uow, said.to_bytes(), compared).value


def test_a_remark_comes_in_is_answered_and_the_answer_goes_back(
    village: Village, tmp_path: Path, key: ReviewerKey
) -> None:
    village.posted("2025-01-08", "付电费", "借 513 300; 贷 101 300")
    before = village.balance("513")
    assert taken(village, said_of(sent(village, tmp_path, "一.vlpkg"), key)).first_key
    with village.act() as uow:
        remarks_in.answer(uow, 1, 1, "发票已补，贴在凭证后面")
    second = sent(village, tmp_path, "二.vlpkg")
    with opened(second.path) as package, open_book(package.book, Access.READ) as book:
        (view,) = remarks_in.remarks(book.reader())
        assert (view.remark, view.is_open) == (FAULT, False)
        assert view.answers[0].text == "发票已补，贴在凭证后面"
        assert package.findings == []
    assert village.balance("513") == before
    assert village.verify() == []


def test_the_file_reads_as_it_was_written(village: Village, tmp_path: Path, key: ReviewerKey) -> None:
    verdicts = (VoucherVerdict(COLLECTIVE, "2025-01/记-0001", Verdict.RETURN, "没有发票"),)
    said = said_of(sent(village, tmp_path), key, verdicts=verdicts, accepted=((COLLECTIVE, "2025-01"),))
    assert read_remarks(said.to_bytes()) == said


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"\xff", b"{" * 9000, b'{"format": 9}'])
def test_what_is_no_remarks_file(village: Village, content: bytes) -> None:
    with pytest.raises(BadPackage), village.act() as uow:
        remarks_in.take_in(uow, content)
    assert village.reader.taken_remarks() == []


def test_remarks_that_are_refused(village: Village, tmp_path: Path, key: ReviewerKey) -> None:
    made = sent(village, tmp_path)
    true = said_of(made, key)
    with pytest.raises(PackageError, match="签名无效"):
        taken(village, replace(true, reviewer="别人"))
    with pytest.raises(PackageError, match="另一本账"):
        taken(village, said_of(made, key, book="0" * 32))
    with pytest.raises(PackageError, match="不是这本账做的"):
        taken(village, said_of(made, key, package="0" * 64))
    taken(village, true)
    with pytest.raises(PackageError, match="已经收过了"):
        taken(village, true)
    assert len(village.reader.taken_remarks()) == 1


def test_another_key_is_taken_only_with_its_fingerprint(
    village: Village, tmp_path: Path, key: ReviewerKey
) -> None:
    made, other = sent(village, tmp_path), reviewer_key(tmp_path / "另一台" / "key")
    taken(village, said_of(made, key))
    said = said_of(made, other)
    with pytest.raises(PackageError, match="换了签名密钥"):
        taken(village, said)
    with pytest.raises(PackageError, match="和文件里的"):
        taken(village, said, "AAAA-BBBB")
    assert not taken(village, said, fingerprint(other.public).lower()).first_key
    assert [one.compared for one in village.reader.known_reviewers()] == [False, True]


def test_a_return_file_is_the_second_pair_of_eyes(village: Village, tmp_path: Path, key: ReviewerKey) -> None:
    village.declare_one_person_post()
    good, bad = (
        village.entered(day, "付电费", "借 513 300; 贷 101 300") for day in ("2025-01-08", "2025-01-09")
    )
    village.post(good, bad)
    made = sent(village, tmp_path)
    verdicts = (
        VoucherVerdict(COLLECTIVE, str(good.ref), Verdict.PASS),
        VoucherVerdict(COLLECTIVE, str(bad.ref), Verdict.RETURN, "没有发票"),
    )
    done = taken(village, said_of(made, key, remarks=(), verdicts=verdicts))
    assert (done.passed, done.returned) == (1, 1)
    assert not village.again(good).awaits_second_review
    assert village.again(bad).awaits_second_review
    assert village.reader.awaiting_second_review(COLLECTIVE, village.year) == 1
    assert [one.id for one in remarks_in.pending(village.reader, COLLECTIVE)] == [bad.id]
    assert village.verify() == []
    with pytest.raises(PackageError, match="不在等补审"):
        taken(village, said_of(made, key, verdicts=verdicts[:1]))


def test_nobody_passes_what_he_prepared_himself(village: Village, tmp_path: Path, key: ReviewerKey) -> None:
    village.declare_one_person_post()
    own = village.entered("2025-01-08", "付电费", "借 513 300; 贷 101 300")
    village.post(own)
    verdict = VoucherVerdict(COLLECTIVE, str(own.ref), Verdict.PASS)
    said = said_of(sent(village, tmp_path), key, reviewer=WANG, verdicts=(verdict,))
    with pytest.raises(DutyError, match="自己制单"):
        taken(village, said)
    assert village.again(own).awaits_second_review
    assert village.reader.taken_remarks() == []


def test_a_month_is_sealed_on_an_accepted_package_and_on_no_other(
    village: Village, tmp_path: Path, key: ReviewerKey
) -> None:
    village.posted("2025-01-08", "付电费", "借 513 300; 贷 101 300")
    early = sent(village, tmp_path, "早.vlpkg")
    village.close_month("2025-01")
    january = ((COLLECTIVE, "2025-01"),)
    with pytest.raises(PackageError, match="不能凭这个包封存"):
        taken(village, said_of(replace(early, digest=early.digest), key, accepted=((COLLECTIVE, "2025-02"),)))
    made = sent(village, tmp_path, "结账后.vlpkg")
    done = taken(village, said_of(made, key, accepted=january))
    assert done.sealed == ("集体经济组织账2025年1月",)
    state = {m.month: m.state for m in village.reader.months(COLLECTIVE)}[Month.parse("2025-01")]
    assert state is MonthState.SEALED
    assert village.verify() == []


def test_a_package_sent_before_the_month_closed_seals_nothing(
    village: Village, tmp_path: Path, key: ReviewerKey
) -> None:
    village.posted("2025-01-08", "收果园承包款", "借 101 600; 贷 501 600")
    early = sent(village, tmp_path, "早.vlpkg")
    village.posted("2025-01-09", "付水费", "借 513 30; 贷 101 30")
    with village.act() as uow:
        closing.close(uow, COLLECTIVE, Month.parse("2025-01"))
    with pytest.raises(
        PackageError, match="集体经济组织账2025年1月在第1包里还没有结账，或结账以后变过，不能凭这个包封存"
    ):
        taken(village, said_of(early, key, accepted=((COLLECTIVE, "2025-01"),)))


def test_months_are_sealed_in_their_order_and_called_as_people_call_them(
    village: Village, tmp_path: Path, key: ReviewerKey, capsys: pytest.CaptureFixture[str]
) -> None:
    village.posted("2025-01-08", "付电费", "借 513 300; 贷 101 300")
    village.close_month("2025-01")
    village.close_month("2025-02")
    made = sent(village, tmp_path)
    january, february = (COLLECTIVE, "2025-01"), (COLLECTIVE, "2025-02")
    with pytest.raises(PackageError, match="集体经济组织账前面的2025年1月还没有封存，不能先封存2025年2月"):
        taken(village, said_of(made, key, accepted=(february,)))
    file = tmp_path / "意见.vlremarks"
    file.write_bytes(said_of(made, key, remarks=(), accepted=(january, february)).to_bytes())
    book = str(village.path)
    village.book.close()
    assert main(["remarks", book, str(file), "--by", WANG]) == 0
    told = capsys.readouterr()
    assert "封存了集体经济组织账2025年1月。" in told.out + told.err
    assert "collective" not in told.out + told.err


def test_an_answer_needs_words_and_a_remark(village: Village, tmp_path: Path, key: ReviewerKey) -> None:
    taken(village, said_of(sent(village, tmp_path), key))
    with pytest.raises(PackageError, match="不能是空的"), village.act() as uow:
        remarks_in.answer(uow, 1, 1, " ")
    with pytest.raises(PackageError, match="没有第 1 份审阅意见的第 9 条"), village.act() as uow:
        remarks_in.answer(uow, 1, 9, "办了")


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE remarks_file SET body = replace(body, '请补发票', '没有意见')",
        "DELETE FROM remark_answer",
        "UPDATE remark_answer SET text = '没有答复过'",
        "UPDATE second_review SET verdict = 'pass', reason = ''",
    ],
)
def test_who_rewrites_what_was_said_is_found(
    village: Village, tmp_path: Path, key: ReviewerKey, change: str
) -> None:
    village.declare_one_person_post()
    bad = village.entered("2025-01-08", "付电费", "借 513 300; 贷 101 300")
    village.post(bad)
    verdict = VoucherVerdict(COLLECTIVE, str(bad.ref), Verdict.RETURN, "没有发票")
    taken(village, said_of(sent(village, tmp_path), key, verdicts=(verdict,)))
    with village.act() as uow:
        remarks_in.answer(uow, 1, 1, "发票已补")
    with village.raw() as raw:
        unguarded(raw, change)
    assert "V83" in {finding.rule for finding in village.verify()}


def test_by_command(
    village: Village, tmp_path: Path, key: ReviewerKey, capsys: pytest.CaptureFixture[str]
) -> None:
    village.posted("2025-01-08", "付电费", "借 513 300; 贷 101 300")
    file = tmp_path / "意见.vlremarks"
    file.write_bytes(said_of(sent(village, tmp_path), key).to_bytes())
    book = str(village.path)
    village.book.close()
    assert main(["remarks", book, str(file), "--by", WANG]) == 0
    assert fingerprint(key.public) in capsys.readouterr().out
    assert main(["remarks", book, str(file), "--by", WANG]) == 1
    assert "已经收过" in capsys.readouterr().err
    assert (
        main(["remarks", book, "answer", "--of", "1", "--number", "1", "--text", "已补", "--by", WANG]) == 0
    )
    assert main(["remarks", book, "answer", "--by", WANG]) == 2
    assert main(["remarks", book, "list"]) == 0
    assert "1-1 重 集体经济组织账 2025-01/记-0001 请补发票：已补" in capsys.readouterr().out
    assert main(["report", book, "review-opinion", "--format", "csv"]) == 0
    assert "请补发票" in capsys.readouterr().out
    assert main(["remarks", book, str(tmp_path / "没有.vlremarks"), "--by", WANG]) == 2
    assert main(["verify", book]) == 0
