"""Whatever is done to a remarks file, it is taken in whole or refused in a sentence; no figure moves, nothing lies beside."""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.builders import COLLECTIVE, WANG, Village
from tests.conftest import FULL
from tests.review.test_remarks import FAULT, said_of
from tests.review.township import sent
from village_ledger.cli.main import main
from village_ledger.domain.errors import BadPackage, LedgerError
from village_ledger.domain.remarks import (
    MOST_BYTES,
    Remark,
    Remarks,
    Verdict,
    VoucherVerdict,
    read_remarks,
)
from village_ledger.exchange.review.remarks_file import content_of
from village_ledger.services.review import remarks_in
from village_ledger.services.review.reviewer_key import ReviewerKey, reviewer_key

VERDICT = VoucherVerdict(COLLECTIVE, "2025-01/记-0001", Verdict.RETURN, "没有发票")


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> ReviewerKey:
    return reviewer_key(tmp_path_factory.mktemp("审阅") / "reviewer.key")


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory, key: ReviewerKey) -> tuple[Path, Remarks]:
    """The book of a village with a voucher of a one-person post, and what is said of its package."""
    folder = tmp_path_factory.mktemp("审过的村")
    with Village.found(folder) as village:
        village.declare_one_person_post()
        village.post(village.entered("2025-01-08", "付电费", "借 513 300; 贷 101 300"))
        return village.path, said_of(sent(village, folder), key, verdicts=(VERDICT,))


@pytest.fixture
def village(reviewed: tuple[Path, Remarks], tmp_path: Path) -> Iterator[Village]:
    """A copy of its book, open."""
    book, _ = reviewed
    with Village(shutil.copyfile(book, tmp_path / book.name)) as copy:
        yield copy


@pytest.fixture
def said(reviewed: tuple[Path, Remarks]) -> Remarks:
    """Remarks and a verdict on that voucher, all of it true."""
    return reviewed[1]


def _tried(village: Village, content: bytes) -> str:
    """What is said of a file, empty when it is taken in; nothing of it stays."""
    with village.book.unit_of_work(WANG) as uow:
        try:
            remarks_in.take_in(uow, content)
        except LedgerError as refused:
            return str(refused)
    return ""


def _in_book(village: Village) -> tuple[object, ...]:
    return village.balance("513"), village.reader.taken_remarks(), village.reader.known_reviewers()


# bytes


def test_every_byte_changed_is_refused(village: Village, said: Remarks) -> None:
    raw, before = said.to_bytes(), _in_book(village)
    assert _tried(village, raw) == ""
    for place in range(len(raw)):
        changed = bytearray(raw)
        changed[place] ^= 1 << place % 8
        assert _tried(village, bytes(changed)).endswith("。")
    assert _in_book(village) == before


def test_cut_short_or_grown_it_is_refused(village: Village, said: Remarks) -> None:
    raw = said.to_bytes()
    for length in range(0, len(raw), 7):
        assert "读不出来" in _tried(village, raw[:length])
    for more in (b" ", b"\n", b"{}", raw, b"\x00"):
        assert _tried(village, raw + more)
        assert _tried(village, more + raw)


def test_more_than_anybody_writes(village: Village, said: Remarks, key: ReviewerKey, tmp_path: Path) -> None:
    many = tuple(replace(FAULT, number=number) for number in range(1, 100_002))
    assert "多得不合情理" in _tried(village, _signed(replace(said, remarks=many), key))
    large = tmp_path / "大.vlremarks"
    with large.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(BadPackage, match="大得不合情理"):
        content_of(large)
    with pytest.raises(BadPackage, match="大得不合情理"):
        read_remarks(bytes(MOST_BYTES + 1))


def _signed(said: Remarks, key: ReviewerKey) -> bytes:
    return said.signed(key.sign(said.to_sign())).to_bytes()


# the things in it


def _said(change: Callable[[dict[str, Any]], object]) -> Callable[[bytes, ReviewerKey], bytes]:
    """A change of the JSON, signed by the reviewer who made it."""

    def changed(raw: bytes, key: ReviewerKey) -> bytes:
        body = json.loads(raw)
        body.pop("signature")
        change(body)
        text = _canonical(body)
        return _canonical(body | {"signature": key.sign(text).hex()})

    return changed


def _canonical(body: dict[str, Any]) -> bytes:
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(
        errors="surrogatepass"
    )


BAD = {
    "a key added": _said(lambda b: b.__setitem__("extra", 1)),
    "a key removed": _said(lambda b: b.pop("office")),
    "a key renamed": _said(lambda b: b.__setitem__("Office", b.pop("office"))),
    "keys reordered": lambda raw, _key: json.dumps(
        dict(reversed(json.loads(raw).items())), ensure_ascii=False, separators=(",", ":")
    ).encode(),
    "a key twice": lambda raw, _key: raw.replace(b'"format":1,', b'"format":1,"format":1,'),
    "blanks": lambda raw, _key: raw.replace(b":", b": ", 1),
    "a newer version": _said(lambda b: b.__setitem__("format", 99)),
    "no version": _said(lambda b: b.__setitem__("format", None)),
    "a version that is none": _said(lambda b: b.__setitem__("format", True)),
    "another algorithm": _said(lambda b: b["algorithms"].__setitem__("signature", "none")),
    "a list for the whole": lambda _raw, _key: b"[]",
    "nested without end": lambda _raw, _key: b"[" * 200_000,
    "a number without end": lambda _raw, _key: b"9" * 10_000,
    "a number beyond all": lambda raw, _key: raw.replace(b'"number":1', b'"number":1e999'),
    "a number that is none": _said(lambda b: b["remarks"][0].__setitem__("number", "1")),
    "half a number": _said(lambda b: b["remarks"][0].__setitem__("number", 1.5)),
    "a number below one": _said(lambda b: b["remarks"][0].__setitem__("number", 0)),
    "a huge number": _said(lambda b: b["remarks"][0].__setitem__("number", 1 << 80)),
    "a number twice": _said(lambda b: b["remarks"].append(b["remarks"][0])),
    "a verdict twice": _said(lambda b: b["verdicts"].append(b["verdicts"][0] | {"verdict": "pass"})),
    "a month twice": _said(lambda b: b.__setitem__("accepted", [_MONTH, _MONTH])),
    "remarks that are a text": _said(lambda b: b.__setitem__("remarks", "x")),
    "remarks that are none": _said(lambda b: b.__setitem__("remarks", None)),
    "a weight there is not": _said(lambda b: b["remarks"][0].__setitem__("severity", "terrible")),
    "a verdict there is not": _said(lambda b: b["verdicts"][0].__setitem__("verdict", "maybe")),
    "a return without a reason": _said(lambda b: b["verdicts"][0].__setitem__("reason", " ")),
    "a voucher there is not": _said(lambda b: b["verdicts"][0].__setitem__("voucher", "2025-01/记-0099")),
    "a voucher that is none": _said(lambda b: b["verdicts"][0].__setitem__("voucher", "../../etc/passwd")),
    "a voucher of a huge number": _said(
        lambda b: b["verdicts"][0].__setitem__("voucher", "2025-01/记-" + "9" * 40)
    ),
    "a ledger there is not": _said(lambda b: b["verdicts"][0].__setitem__("ledger", "../x")),
    "a month there is not": _said(lambda b: b.__setitem__("accepted", [_MONTH | {"month": "2025-13"}])),
    "a month of a ledger there is not": _said(
        lambda b: b.__setitem__("accepted", [_MONTH | {"ledger": "x"}])
    ),
    "a day there is not": _said(lambda b: b.__setitem__("made_at", "2025-02-30T00:00:00")),
    "a text with a control sign": _said(lambda b: b["remarks"][0].__setitem__("text", "\x1b[31m")),
    "a text turned round": _said(lambda b: b["remarks"][0].__setitem__("text", "\u202e反了")),
    "half a character": _said(lambda b: b["remarks"][0].__setitem__("text", "\ud800")),
    "a text without end": _said(lambda b: b["remarks"][0].__setitem__("text", "长" * 3000)),
    "a key of another length": _said(lambda b: b.__setitem__("public_key", "00" * 31)),
    "a key that is none": _said(lambda b: b.__setitem__("public_key", "钥匙")),
    "another village's book": _said(lambda b: b.__setitem__("book", "0" * 32)),
    "a package of nobody's": _said(lambda b: b.__setitem__("package", "../" * 20)),
}
_MONTH = {"ledger": COLLECTIVE, "month": "2025-01"}


@pytest.mark.parametrize("done", BAD.values(), ids=BAD)
def test_what_is_not_as_it_should_be_is_refused(
    village: Village, said: Remarks, key: ReviewerKey, done: Callable[[bytes, ReviewerKey], bytes]
) -> None:
    before, files = _in_book(village), set(village.path.parent.iterdir())
    assert _tried(village, done(said.to_bytes(), key)).endswith("。")
    assert _in_book(village) == before
    assert set(village.path.parent.iterdir()) == files
    assert village.verify() == []


def test_the_same_file_a_second_time_and_an_older_one_of_a_voucher_already_passed(
    village: Village, said: Remarks, key: ReviewerKey
) -> None:
    """A return file replayed after the voucher was passed changes nothing any more."""
    passed = replace(said, remarks=(), verdicts=(replace(VERDICT, verdict=Verdict.PASS, reason=""),))
    with village.act() as uow:
        remarks_in.take_in(uow, _signed(passed, key))
    assert "已经收过了" in _tried(village, _signed(passed, key))
    assert "不在等补审" in _tried(village, said.to_bytes())


# where it lies


def test_what_is_no_file(village: Village, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "夹.vlremarks").mkdir()
    book = str(village.path)
    village.book.close()
    for place in (tmp_path / "夹.vlremarks", tmp_path / "没有.vlremarks"):
        assert main(["remarks", book, str(place), "--by", WANG]) == 2
        assert capsys.readouterr().err.count("。") >= 2


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names are POSIX's")
def test_a_pipe_keeps_nobody_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管.vlremarks")
    with pytest.raises(BadPackage, match="不是一个文件"):
        content_of(tmp_path / "管.vlremarks")


# where it goes


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_a_remark_that_looks_like_a_formula_stays_a_text(
    village: Village, tmp_path: Path, key: ReviewerKey, sign: str
) -> None:
    text = f"{sign}HYPERLINK(1)"
    remark = Remark(1, COLLECTIVE, "", FAULT.severity, text, "=1+1")
    content = said_of(sent(village, tmp_path), key, remarks=(remark,)).to_bytes()
    with village.act() as uow:
        remarks_in.take_in(uow, content)
    village.book.close()
    out = tmp_path / "意见书.xlsx"
    assert main(["report", str(village.path), "review-opinion", "--format", "xlsx", "-o", str(out)]) == 0
    cells = [cell for sheet in load_workbook(out) for row in sheet for cell in row]
    assert any(text in str(cell.value) for cell in cells)
    assert {cell.data_type for cell in cells} <= {"s", "n"}


# anything at all


def test_whatever_is_said_by_a_reviewer_who_is_known_moves_no_figure(
    village: Village, said: Remarks, key: ReviewerKey
) -> None:
    """The reviewer's own key gone astray: every change is signed, so that what is said is really tried."""
    with village.act() as uow:
        remarks_in.take_in(uow, _signed(replace(said, verdicts=()), key))
    chance, before, taken = random.Random(20250701), _in_book(village), 0
    for _ in range(3000 if FULL else 300):
        content = _said(lambda body: _spoilt(body, chance))(said.to_bytes(), key)
        words = _tried(village, content)
        assert not words or words.endswith("。")
        taken += not words
        assert village.balance("513") == before[0]
    assert taken  # some changes are allowed: another wording is another remark
    assert _in_book(village) == before
    assert village.verify() == []


ODD = (
    None, True, False, 0, -1, 1, 2.5, 1 << 63, 1 << 70, "", " ", "x", "=1+1", "../x", "2025-01", "2025-01/记-0001",
    COLLECTIVE, [], [[]], {}, {"a": 1}, "长" * 2001, "\u0000",
)  # fmt: skip


def _spoilt(body: dict[str, Any], chance: random.Random) -> None:
    """Something somewhere within is another thing."""
    for _ in range(chance.randint(1, 3)):
        place: Any = body
        while True:
            keys = list(place) if isinstance(place, dict) else list(range(len(place)))
            if not keys:
                break
            at = chance.choice(keys)
            if isinstance(place[at], dict | list) and place[at] and chance.random() < 0.8:
                place = place[at]
                continue
            match chance.randrange(4):
                case 0 if isinstance(place, dict):
                    del place[at]
                case 1 if isinstance(place, list):
                    place.append(chance.choice((place[at], *ODD)))
                case _:
                    place[at] = chance.choice(ODD)
            break
