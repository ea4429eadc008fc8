"""A village with staff keeps its members: nobody reads or takes out a number who has not said who they are.

Everything by the command line, as the office does it, PINs in the environment.
"""

from __future__ import annotations

import csv
import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.exchange.files import write_csv
from tests.shares.clerk import MEMBERS, Answer, command, identity
from village_ledger.cli.writing import PIN, PIN_2
from village_ledger.storage.file.book_file import Access, open_book

QIAN, WANG, LI, ZHAO = "钱书记", "王秀英", "李建国", "赵平"
ASSEMBLY, SHARED_OUT = "社〔2025〕1号", "社〔2026〕1号"
HE, TANG, BAO = identity(1, "19600101"), identity(3, "19700101"), identity(5, "20190601")
CARD, CARD_2 = "6228480000000000018", "6217000000000000004"
NUMBERS = (HE, TANG, BAO, CARD, CARD_2)


def pin_of(name: str) -> str:
    return f"{name}-1949"


@dataclass
class Office:
    """A book with staff, and whoever is asked to do something in it."""

    book: Path
    recovery: str = ""

    def __call__(
        self,
        *argv: object,
        by: str = "",
        pin: str | None = None,
        second: str = "",
        new: str = "",
        recovery: str = "",
    ) -> Answer:
        """One command; the PIN is the person's own unless another is typed."""
        with pytest.MonkeyPatch.context() as typed:
            typed.setenv(PIN, (pin_of(by) if by else "") if pin is None else pin)
            typed.setenv(PIN_2, pin_of(second) if second else "")
            typed.setenv("VILLAGE_LEDGER_NEW_PIN", new)
            typed.setenv("VILLAGE_LEDGER_RECOVERY", recovery)
            return command(*argv, *(("--by", by) if by else ()))

    def does(self, by: str, *argv: object, second: str = "") -> Answer:
        """What has to work: first word, book, the rest."""
        answer = self(argv[0], self.book, *argv[1:], by=by, second=second)
        assert answer.code == 0, answer.said
        return answer

    def log(self) -> list[tuple[str, str, str, str]]:
        """Who did what, on what, how."""
        with open_book(self.book, Access.READ) as book:
            return [(one.by, one.action, one.subject, one.detail) for one in book.reader().operations()]


def file_of(folder: Path) -> Path:
    """The register as it is imported: a household of two, one of whom is a child, and one of one."""
    rows = [
        ("001", "何世全", "何世全", "户主", "男", HE, "是", "2020-01-01", ""),
        ("001", "何世全", "何小宝", "孙子", "男", BAO, "是", "2020-01-01", ""),
        ("002", "唐勇", "唐勇", "户主", "男", TANG, "是", "2020-01-01", ""),
    ]
    return write_csv(folder / "名册.csv", rows, MEMBERS)


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """2025 from founding to the dividend, with everybody doing only what is theirs."""
    folder = tmp_path_factory.mktemp("办公室")
    book = folder / "石门沟村.vledger"
    office = Office(book)
    assert office("new", book, "--village", "石门沟村", "--start", "2025-01").code == 0
    first = office("staff", book, "add", QIAN, "--role", "管理员", new=pin_of(QIAN))
    office.recovery = first.out.strip()
    for name, roles in ((WANG, ("制单", "记账")), (LI, ("主管",)), (ZHAO, ("出纳",))):
        given = [word for role in roles for word in ("--role", role)]
        assert office("staff", book, "add", name, *given, by=QIAN, new=pin_of(name)).code == 0
    answer = office("import", "members", book, file_of(folder), by=WANG)
    assert answer.code == 0, answer.said
    for key, bank, card in (("001/何世全", "农业银行", CARD), ("002/唐勇", "建设银行", CARD_2)):
        said = ("--person", key, "--basis", "本人存折")
        office.does(WANG, "member", "correct", *said, "--field", "bank", "--value", bank)
        office.does(WANG, "member", "correct", *said, "--field", "bank_account", "--value", card)
    _shares(office)
    _year(office, folder)
    return office


def _shares(office: Office) -> None:
    votes = ("--body", "assembly", "--eligible", "200", "--present", "150", "--for", "140")
    office.does(
        WANG,
        "resolution",
        ASSEMBLY,
        "--date",
        "2025-01-10",
        *votes,
        "--published",
        "2024-12-25",
        "--subject",
        "量化",
    )
    office.does(LI, "share", "class", "人口股", "--decimals", "2", "--cap", "none")
    office.does(
        WANG, "share", "grant", "--class", "人口股", "--date", "2025-01-10", "--resolution", ASSEMBLY,
        "--to", "001/何世全", "--quantity", "300", "--to", "001/何小宝", "--quantity", "100",
        "--to", "002/唐勇", "--quantity", "300", "--to", "集体", "--quantity", "300",
        "--reviewed-by", LI, second=LI,
    )  # fmt: skip


def _year(office: Office, folder: Path) -> None:
    rent = write_csv(
        folder / "租金.csv",
        [
            ("2025-03-08", "记", "1", "收门面租金", "102", "90000", "", "", "", "1"),
            ("2025-03-08", "记", "1", "收门面租金", "501", "", "90000", "", "", ""),
        ],
    )
    assert office("import", "vouchers", office.book, rent, "--ledger", "collective", by=WANG).code == 0
    to_post = ("post", "--ledger", "collective", "--through")
    office.does(WANG, *to_post, "2025-12-31", "--reviewed-by", LI, second=LI)
    for month in range(1, 13):
        office.does(WANG, "close", "--ledger", "collective", "--month", f"2025-{month:02}")
    office.does(WANG, "close-year", "--ledger", "collective", "--year", "2025")
    votes = ("--body", "assembly", "--eligible", "200", "--present", "150", "--for", "140")
    days = ("--date", "2026-03-10", "--published", "2026-02-20")
    office.does(WANG, "resolution", SHARED_OUT, *days, *votes, "--subject", "收益分配")
    office.does(
        WANG, "dividend", "--year", "2025", "--amount", "10000", "--record-date", "2025-12-31",
        "--date", "2026-03-20", "--resolution", SHARED_OUT, "--post",
    )  # fmt: skip
    office.does(WANG, *to_post, "2026-03-31", "--reviewed-by", LI, second=LI)


@pytest.fixture
def office(settled: Office, tmp_path: Path) -> Office:
    """The same office, to be changed by itself."""
    copy = tmp_path / settled.book.name
    copy.write_bytes(settled.book.read_bytes())
    return Office(copy, settled.recovery)


def rows(answer: Answer) -> list[dict[str, str]]:
    return json.loads(answer.out)["rows"]


def register(office: Office, *options: str, by: str = "", pin: str | None = None) -> Answer:
    return office("report", office.book, "member-register", *options, by=by, pin=pin)


# Who sees a number


def test_the_year_proves_and_no_number_lies_in_it(settled: Office) -> None:
    assert command("verify", settled.book).code == 0
    raw = b"".join(path.read_bytes() for path in settled.book.parent.glob("*.vledger*"))
    assert not [number for number in NUMBERS if number[:17].encode() in raw]


def test_without_a_name_numbers_are_sealed_and_that_is_said(office: Office) -> None:
    answer = register(office)
    assert answer.code == 0
    assert {row["id_number"] for row in rows(answer)} == {"已加密"}
    assert "请加上 --by" in answer.said


def test_who_signs_in_sees_them_masked_for_the_township(office: Office) -> None:
    answer = register(office, by=WANG)
    assert [row["id_number"] for row in rows(answer)] == [f"{n[:6]}********{n[-4:]}" for n in (HE, BAO, TANG)]
    assert register(office, by=WANG, pin="guess-0000").code == 1
    assert office("report", office.book, "member-register", by="路人", pin="x").code == 1


def test_no_name_is_asked_for_where_no_number_is_shown(office: Office) -> None:
    answer = register(office, "--level", "L2")
    assert answer.code == 0
    assert answer.said == ""


def test_whole_numbers_want_a_name_a_pin_and_a_duty(office: Office) -> None:
    before = office.log()
    assert "先要知道是谁" in register(office, "--level", "L0").said
    assert register(office, "--level", "L0").code == 1
    cashier = register(office, "--level", "L0", by=ZHAO)
    assert (cashier.code, cashier.out) == (1, "")
    assert "不能导出账目" in cashier.said
    wrong = register(office, "--level", "L0", by=WANG, pin="guess-0000")
    assert (wrong.code, wrong.out) == (1, "")
    assert "密码不对" in wrong.said
    assert [one for one in office.log() if one[1] == "导出个人信息"] == []
    assert [
        one for one in office.log()[len(before) :] if any(number in "".join(one) for number in NUMBERS)
    ] == []


def test_whole_numbers_are_handed_out_and_written_down_without_a_number(office: Office) -> None:
    answer = register(office, "--level", "L0", by=WANG)
    assert answer.code == 0, answer.said
    assert [row["id_number"] for row in rows(answer)] == [HE, BAO, TANG]
    assert office.log()[-1] == (WANG, "导出个人信息", "成员名册", "L0 内部使用，3 行")
    for format_ in ("csv", "xlsx", "pdf"):
        file = office.book.with_name(f"名册.{format_}")
        assert register(office, "--level", "L0", "-o", str(file), by=LI).code == 0
        assert file.exists()
    assert [one[0] for one in office.log() if one[1] == "导出个人信息"] == [WANG, LI, LI, LI]


def test_a_book_that_cannot_be_written_hands_out_no_whole_numbers(office: Office) -> None:
    with open_book(office.book, Access.WRITE):
        answer = register(office, "--level", "L0", by=WANG)
        assert (answer.code, answer.out) == (1, "")
        assert "操作日志" in answer.said
        masked = register(office, by=WANG)
        assert masked.code == 0
        assert {row["id_number"] for row in rows(masked)} == {"已加密"}
        assert "已加密" in masked.said


def test_a_village_without_staff_takes_them_out_into_the_log_as_well(tmp_path: Path) -> None:
    office = Office(tmp_path / "村.vledger")
    assert office("new", office.book, "--village", "石门沟村", "--start", "2025-01").code == 0
    assert office("import", "members", office.book, file_of(tmp_path), by=WANG).code == 0
    assert [row["id_number"] for row in rows(register(office, "--level", "L0", by=WANG))] == [HE, BAO, TANG]
    assert office.log()[-1] == (WANG, "导出个人信息", "成员名册", "L0 内部使用，3 行")


# Paying


def test_the_bank_gets_whole_accounts_and_the_log_says_who_gave_them(office: Office) -> None:
    file = office.book.with_name("代发.csv")
    pay = ("dividend-pay", office.book, "--year", "2025", "--date", "2026-04-01", "-o", file)
    refused = office(*pay, by=WANG, pin="guess-0000")
    assert refused.code == 1
    assert not file.exists()
    answer = office(*pay, by=WANG)
    assert answer.code == 0, answer.said
    with file.open(encoding="utf-8-sig", newline="") as lines:
        paid = list(csv.DictReader(lines))
    assert [row["收款人账号"] for row in paid] == [CARD, CARD_2]
    last = next(one for one in reversed(office.log()) if one[1] == "导出个人信息")
    assert (last[0], last[3]) == (WANG, "L0 内部使用，2 行")
    assert "代发名册" in last[2]
    assert not any(number in "".join(one) for one in office.log() for number in NUMBERS)


# Keys and backups


def test_the_recovery_code_gives_the_numbers_back(office: Office) -> None:
    lost = office("staff", office.book, "recover", WANG, recovery=office.recovery, new="xin-mima-8")
    assert lost.code == 0, lost.said
    assert register(office, "--level", "L0", by=WANG).code == 1
    assert [
        row["id_number"] for row in rows(register(office, "--level", "L0", by=WANG, pin="xin-mima-8"))
    ] == [
        HE,
        BAO,
        TANG,
    ]


def test_a_backup_restored_keeps_them_readable_by_the_same_pins(office: Office, tmp_path: Path) -> None:
    folder = tmp_path / "备份"
    folder.mkdir()
    saved = office("backup", office.book, folder)
    assert saved.code == 0, saved.said
    restored = Office(tmp_path / "恢复" / "村.vledger")
    restored.book.parent.mkdir()
    back = office("restore", next(folder.rglob("*.vledger*")), restored.book)
    assert back.code == 0, back.said
    assert [row["id_number"] for row in rows(register(restored, "--level", "L0", by=LI))] == [HE, BAO, TANG]
    assert command("verify", restored.book).code == 0


def test_somebody_registered_later_reads_them_and_somebody_who_left_does_not(office: Office) -> None:
    assert (
        office("staff", office.book, "add", "孙会计", "--role", "主管", by=QIAN, new=pin_of("孙会计")).code
        == 0
    )
    assert register(office, "--level", "L0", by="孙会计").code == 0
    assert office("staff", office.book, "dismiss", LI, by=QIAN).code == 0
    assert register(office, "--level", "L0", by=LI).code == 1


# The same person twice


def test_a_number_that_is_there_is_refused_and_the_two_are_named(office: Office) -> None:
    answer = office(
        "member", office.book, "add", "--person", "009/唐永", "--id-number", TANG, "--basis", "申请", by=WANG
    )
    assert answer.code == 1
    assert "002/唐勇" in answer.said
    assert TANG not in answer.said


def test_two_of_one_number_are_found_by_the_token_with_nobody_signed_in(office: Office) -> None:
    with closing(sqlite3.connect(office.book)) as connection, connection:
        connection.execute("DROP TRIGGER person_fact_insert")
        connection.execute(
            "INSERT INTO person_fact (person_id, field, value, sealed, token, effective, basis, entered_by, entered_at) "
            "SELECT 2, field, value, sealed, token, '2025-01-01', basis, entered_by, entered_at FROM person_fact "
            "WHERE person_id = 1 AND field = 'id_number'"
        )
    answer = command("verify", office.book)
    assert answer.code == 1
    assert "成员名册 何小宝：身份证号和成员名册 何世全的相同" in answer.said + answer.out
