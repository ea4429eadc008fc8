"""``remarks PACKAGE …`` and ``verify --fingerprint``: the reviewer's whole work by command, and what it refuses."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.builders import COLLECTIVE, WANG, Village
from tests.review.township import sent
from village_ledger.cli.main import main
from village_ledger.domain.period import Month
from village_ledger.domain.remarks import read_remarks
from village_ledger.services.closing import closing
from village_ledger.services.review import village_keys
from village_ledger.settings import CONFIG_VARIABLE

Command = Callable[..., int]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A closed January, and a voucher of March that waits for the township: the book and its package."""
    folder = tmp_path_factory.mktemp("送审的村")
    with Village.found(folder) as village:
        village.declare_one_person_post()
        with village.act() as uow:
            closing.close(uow, COLLECTIVE, Month(2025, 1))
        village.post(village.entered("2025-03-05", "付款", "借 513 30; 贷 101 30"))
        return village.path, sent(village, folder).path


@pytest.fixture
def village(made: tuple[Path, Path], tmp_path: Path) -> Iterator[Village]:
    """A copy of the book, open."""
    book, _ = made
    with Village(shutil.copyfile(book, tmp_path / book.name)) as copy:
        yield copy


@pytest.fixture
def package(made: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the package, on a reviewer's computer."""
    monkeypatch.setenv(CONFIG_VARIABLE, str(tmp_path / "审阅的电脑" / "settings.json"))
    _, sent_to = made
    return shutil.copyfile(sent_to, tmp_path / sent_to.name)


@pytest.fixture
def remarks(package: Path) -> Command:
    """``remarks PACKAGE …``."""
    return lambda *words: main(["remarks", str(package), *words])


def compared(package: Path, village: Village) -> int:
    """The village says its fingerprint over the telephone."""
    return main(
        ["verify", str(package), "--fingerprint", village_keys.fingerprint_of(village.reader).lower()]
    )


def test_pinned_passed_accepted_printed_signed_and_taken_in(
    village: Village, package: Path, remarks: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert remarks("pin", "--place", "2025-03/记-0001#1", "--text", "请补发票", "--severity", "grave") == 0
    assert remarks("pin", "--place", "balance-sheet/A1@2025-12", "--text", "和盘点不符") == 0
    assert remarks("pin", "--number", "2", "--place", "balance-sheet/A1@2025-12", "--text", "差 3 元") == 0
    assert remarks("pin", "--text", "多余的") == 0
    assert remarks("drop", "--number", "3") == 0
    assert remarks("pass", "--voucher", "2025-03/记-0001") == 0
    assert remarks("accept", "--month", "2025-01") == 0
    capsys.readouterr()
    assert remarks("list") == 0
    assert capsys.readouterr().out.splitlines() == [
        "1 重 集体经济组织账 2025-03/记-0001 第1行 请补发票",
        "2 中 集体经济组织账 资产负债表 A1 2025年12月 差 3 元",
        "审核通过 集体经济组织账 2025-03/记-0001",
        "接受 集体经济组织账 2025年1月",
    ]
    for file in ("意见书.pdf", "意见书.xlsx"):
        assert remarks("opinion", "-o", str(tmp_path / file), "--by", "张审") == 0
        assert (tmp_path / file).stat().st_size > 1000
    words = {
        str(cell.value) for sheet in load_workbook(tmp_path / "意见书.xlsx") for row in sheet for cell in row
    }
    assert {"被审单位：青山村", "乡镇农经站", "2025年1月"} <= words
    assert remarks("sign", "-o", str(tmp_path), "--by", "张审", "--office", "溪口镇农经站") == 1
    assert "还没有和村里核对过签名指纹" in capsys.readouterr().err
    assert compared(package, village) == 0
    assert remarks("sign", "-o", str(tmp_path), "--by", "张审", "--office", "溪口镇农经站") == 0
    file = tmp_path / "青山村_第1包_意见.vlremarks"
    assert [one.place for one in read_remarks(file.read_bytes()).remarks] == [
        "2025-03/记-0001#1",
        "balance-sheet/A1@2025-12",
    ]
    book = str(village.path)
    village.book.close()
    assert main(["remarks", book, str(file), "--by", WANG]) == 0
    assert (
        main(["remarks", book, "answer", "--of", "1", "--number", "1", "--text", "已补", "--by", WANG]) == 0
    )
    capsys.readouterr()
    assert main(["remarks", book, "list"]) == 0
    assert "1-1 重 集体经济组织账 2025-03/记-0001 第1行 请补发票：已补" in capsys.readouterr().out
    assert main(["verify", book]) == 0


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("pin",), 2, "要写 --text"),
        (("pin", "--text", "x", "--place", "2025-03/记-0009"), 1, "记-0009"),
        (("pin", "--text", "x", "--place", "2025-03/记-0001#7"), 1, "没有第 7 行"),
        (("pin", "--text", "x", "--place", "nonsense/1"), 1, "没有“nonsense”这张表"),
        (("pin", "--text", "x", "--place", "不知道"), 1, "不是凭证号"),
        (("pin", "--text", "x", "--ledger", "other"), 1, "没有“other”这本账"),
        (("pin", "--text", " "), 2, "不能是空的"),
        (("drop",), 2, "收回要写"),
        (("drop", "--number", "4"), 1, "没有第 4 条意见"),
        (("drop", "--voucher", "2025-03/记-0001"), 1, "没有可收回的"),
        (("pass",), 2, "要写 --voucher"),
        (("pass", "--voucher", "2025-03/记-0001", "--by", WANG), 1, "自己制单"),
        (("return", "--voucher", "2025-03/记-0001"), 1, "退回没有写原因"),
        (("accept",), 2, "要写 --month"),
        (("accept", "--month", "2025-02"), 1, "没有结账或已经封存"),
        (("opinion", "-o", "意见书.txt"), 2, ".pdf 或 .xlsx"),
        (("sign",), 2, "-o"),
        (("sign", "-o", "意见.txt"), 2, "要以 .vlremarks 结尾"),
        (("answer",), 2, "不能“answer”"),
    ],
)
def test_what_is_refused_is_said_in_one_sentence(
    remarks: Command, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: int, said: str
) -> None:
    assert remarks(*words) == code
    told = capsys.readouterr().err
    assert said in told
    assert "Traceback" not in told


def test_nothing_said_is_not_signed_nor_printed(
    remarks: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert remarks("sign", "-o", str(tmp_path), "--by", "张审") == 1
    assert remarks("opinion", "-o", str(tmp_path / "意见书.pdf")) == 1
    assert remarks("list") == 0
    assert "还没有写意见" in capsys.readouterr().err
    assert remarks("pin", "--text", "账期太短") == 0
    assert remarks("sign", "-o", str(tmp_path)) == 1
    assert "还没有写审阅人的姓名" in capsys.readouterr().err
    assert list(tmp_path.glob("*.vlremarks")) == []


def test_the_first_key_is_compared_and_another_one_refused(
    village: Village, package: Path, remarks: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", str(package)]) == 0
    assert "第一次收到这个村的包" in capsys.readouterr().err
    assert main(["verify", str(package), "--fingerprint", "AAAA-BBBB"]) == 1
    assert "和包上的" in capsys.readouterr().err
    assert compared(package, village) == 0
    assert main(["verify", str(package)]) == 0
    assert "指纹和核对过的一样" in capsys.readouterr().out
    with village.act() as uow:
        village_keys.make(uow, "电脑换了")
    later = sent(village, tmp_path, "二.vlpkg").path
    assert main(["verify", str(later)]) == 1
    assert "签名密钥换过" in capsys.readouterr().out
    assert main(["remarks", str(later), "accept", "--month", "2025-01"]) == 0
    assert main(["remarks", str(later), "sign", "-o", str(tmp_path), "--by", "张审"]) == 1
    assert "签名密钥换过" in capsys.readouterr().err
    assert compared(later, village) == 0
    assert main(["remarks", str(later), "sign", "-o", str(tmp_path), "--by", "张审"]) == 0


def test_answers_come_back_to_the_reviewer_by_command(
    village: Village, package: Path, remarks: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert remarks("pin", "--place", "2025-03/记-0001", "--text", "请补发票") == 0
    assert remarks("sign", "-o", str(tmp_path), "--by", "张审") == 0
    with village.act() as uow:
        from village_ledger.services.review import remarks_in

        remarks_in.take_in(uow, (tmp_path / "青山村_第1包_意见.vlremarks").read_bytes())
        remarks_in.answer(uow, 1, 1, "发票已补")
    later = sent(village, tmp_path, "二.vlpkg").path
    capsys.readouterr()
    assert main(["remarks", str(later), "list"]) == 0
    assert capsys.readouterr().out == "以前的 1-1 集体经济组织账 2025-03/记-0001 请补发票：发票已补\n"
    assert village.reader.village_keys()
    assert COLLECTIVE in village.reader.sent_packages()[0].heads
