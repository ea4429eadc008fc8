"""``posting`` and its reports: a set of sheets from the books to the archive, by command and bad input."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import openpyxl
import pytest

from tests import made
from tests.cli.conftest import WANG, pin_of
from tests.disclosure.posting_village import PNG
from tests.exchange.files import RENT, WATER_BILL, write_csv
from village_ledger.cli.main import main
from village_ledger.domain.period import Month
from village_ledger.storage.spec import BookSpec

pypdfium2 = pytest.importorskip("pypdfium2")
C = ("--ledger", "collective")
MARCH = ("--month", "2025-03")
AGREED = ("--opinion", "同意", "--supervisor", "孙监事", "--with", "周监事", "--date", "2025-04-08")
UP = ("--date", "2025-04-10", "--place", "村委会门前公开栏")


def text_of(file: Path) -> str:
    """All the words of a PDF."""
    pdf = pypdfium2.PdfDocument(file)
    text = "".join(page.get_textpage().get_text_range() for page in pdf)
    pdf.close()
    return text.replace("\r", "").replace("\n", "")


def pictures_in(file: Path) -> int:
    """How many photos a PDF shows."""
    pdf = pypdfium2.PdfDocument(file)
    image = pypdfium2.raw.FPDF_PAGEOBJ_IMAGE
    count = sum(1 for page in pdf for _ in page.get_objects(filter=[image]))
    pdf.close()
    return count


@pytest.fixture(scope="module")
def made_once(tmp_path_factory) -> tuple[Path, Path]:
    """A book with March's sheets registered, and one with March on the wall."""
    folder = tmp_path_factory.mktemp("墙上")
    book = made.new_book(folder, BookSpec("青山村", Month(2025, 3)), "建账")
    two = write_csv(folder / "两张.csv", [*WATER_BILL, *RENT])
    assert main(["import", "vouchers", str(book), str(two), *C, "--post"]) == 0
    assert main(["report", str(book), "disclosure", *C, "--from", "2025-03-01", "--to", "2025-03-31"]) == 0
    sheets = shutil.copyfile(book, folder / "还没有贴.vledger")
    for act in (("open", *MARCH), ("review", "2025-01", *AGREED), ("post", "2025-01", *UP)):
        assert main(["posting", str(book), *act, *C]) == 0, act
    return sheets, book


@pytest.fixture
def sheets(made_once, tmp_path) -> Path:
    """March's sheets, registered."""
    return shutil.copyfile(made_once[0], tmp_path / "青山村.vledger")


@pytest.fixture
def hung(made_once, tmp_path) -> Path:
    """March on the wall."""
    return shutil.copyfile(made_once[1], tmp_path / "青山村.vledger")


def test_a_set_from_the_books_to_the_archive(sheets, run, tmp_path):
    made = run("posting", sheets, "open", *MARCH, *C)
    assert made.out == "2025-01\n"
    assert "请监督机构审查" in made.said
    assert run("posting", sheets, "review", "2025-01", *AGREED, *C).code == 0
    up = run("posting", sheets, "post", "2025-01", *UP, *C, "--by", "王秀英")
    assert "至少贴到 2025-04-17" in up.said
    photo = tmp_path / "公开栏.png"
    photo.write_bytes(PNG)
    assert run("posting", sheets, "photo", "2025-01", photo, *C).out.strip().isdigit()
    raised = run(
        "posting",
        sheets,
        "object",
        "2025-01",
        *C,
        "--date",
        "2025-04-12",
        "--who",
        "张三",
        "--item",
        "租金少了",
    )
    assert raised.out == "异-2025-01\n"
    assert "2025-04-22 前答复" in raised.said
    answered = run(
        "posting",
        sheets,
        "answer",
        "异-2025-01",
        *C,
        "--date",
        "2025-04-15",
        "--who",
        "王秀英",
        "--words",
        "尾款 5 月收",
    )
    assert answered.code == 0
    assert run("posting", sheets, "close", "异-2025-01", *C, "--result", "explained").code == 0
    assert run("posting", sheets, "take-down", "2025-01", *C, "--date", "2025-04-20").code == 0
    assert run("posting", sheets, "close", "2025-01", *C).code == 0
    shown = json.loads(run("posting", sheets, "show", "2025-01", *C, "--format", "json").out)
    assert (shown["state"], shown["posted"], shown["removed"]) == ("closed", "2025-04-10", "2025-04-20")
    assert shown["supervisors"] == ["孙监事", "周监事"]
    assert shown["objections"][0]["result"] == "explained"
    assert run("verify", sheets).code == 0


def test_the_list_says_what_waits(hung, run):
    listed = run("posting", hung, "list", *C)
    assert listed.out.split("\t")[:4] == ["2025-01", "2025年3月", "按月公开", "2025-04-10"]
    assert "2025-01 贴满了（2025-04-17），可以取下。" in listed.said
    assert "2025-01 没有公开栏照片。" in listed.said
    rows = json.loads(run("posting", hung, "list", *C, "--format", "json").out)
    assert [(row["number"], row["state"]) for row in rows] == [("2025-01", "posted")]
    text = run("posting", hung, "show", "2025-01", *C).out
    assert "监督审查 2025-04-08，监事会孙监事、周监事同意公开" in text


@pytest.mark.parametrize(
    ("argv", "code", "said"),
    [
        (("open", *C), 2, "没有说公开哪些天"),
        (("open", *C, "--from", "2025-03-31", "--to", "2025-03-01"), 2, "--from 晚于 --to"),
        (("open", *C, "--year", "2025"), 1, "2025年 还没有登记过公开表"),
        (("open", *C, *MARCH, "--code", "XXXX"), 1, "没有登记过校验码为 XXXX 的公开表"),
        (("open", *C, *MARCH, "--occasion", "天天"), 1, "没有“天天”这种公开的场合"),
        (("open", *MARCH), 2, "没有说是哪一本"),
        (("open", "--ledger", "third", *MARCH), 2, "没有代号为“third”的账"),
        (("review", "2025-01", *C, "--supervisor", "孙监事", "--date", "2025-04-08"), 2, "还缺：--opinion"),
        (
            ("review", "2025-01", *C, "--opinion", "随便", "--supervisor", "孙", "--date", "2025-04-08"),
            1,
            "看不懂",
        ),
        (("post", "2025-01", *C, "--date", "2025-13-08", "--place", "公开栏"), 2, "没有“2025-13-08”这一天"),
        (("post", "2025-09", *C, *UP), 1, "没有张贴 2025-09"),
        (("post", "2025-01", *C, *UP), 1, "已经登记张贴"),
        (("take-down", "2025-01", *C, "--date", "2025-04-11"), 1, "才贴满规定的天数"),
        (("photo", "2025-01", *C, "没有.png"), 2, "没有.png"),
        (("object", "2025-01", *C, "--date", "2025-04-12", "--item", " "), 2, "不能是空的"),
        (("answer", "异-2025-09", *C, "--date", "2025-04-12", "--who", "王", "--words", "答"), 1, "没有异议"),
        (("close", "异-2025-01", *C), 2, "办结异议要写结果"),
        (("close", "2025-01", *C, "--result", "explained"), 2, "归档没有结果"),
        (("close", "2025-01", *C), 1, "还在墙上，不能归档"),
        (("withdraw", "2025-01", *C, "--reason", "不贴"), 1, "已经张贴过"),
        (("hang", *C), 2, "hang"),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence(hung, run, argv, code, said):
    done = run("posting", hung, *argv)
    assert done.code == code, done.said
    assert said in done.said
    assert len(done.sentences) == 1


def test_a_file_that_is_no_picture_is_not_kept(hung, run, tmp_path):
    file = tmp_path / "公开栏.jpg"
    file.write_text("不是照片", encoding="utf-8")
    done = run("posting", hung, "photo", "2025-01", file, *C)
    assert (done.code, done.out) == (1, "")
    assert "不是图片" in done.said


def test_the_supervisor_types_a_pin_where_there_are_staff(staffed, two, by):
    as_wang = {"pin": pin_of(WANG)}
    by(
        "staff",
        staffed,
        "add",
        "孙监事",
        "--role",
        "监督",
        "--by",
        "钱书记",
        pin=pin_of("钱书记"),
        new=pin_of("孙监事"),
    )
    assert by("import", "vouchers", staffed, two, *C, "--by", WANG, **as_wang).code == 0
    assert by("report", staffed, "disclosure", *C, *MARCH, "--by", WANG, **as_wang).code == 0
    assert by("posting", staffed, "open", *MARCH, *C, "--by", WANG, **as_wang).code == 0
    review = ("posting", staffed, "review", "2025-01", *C, *AGREED, "--by", WANG)
    assert by(*review, **as_wang, second="错的密码").code == 1
    refused = by("posting", staffed, "open", *MARCH, *C, "--by", "赵平", pin=pin_of("赵平"))
    assert "赵平 的角色是出纳，不能出公开表" in refused.said
    done = by(*review, **as_wang, second=pin_of("孙监事"))
    assert done.code == 0, done.said


# reports


@pytest.fixture
def objected(hung, run) -> Path:
    run(
        "posting",
        hung,
        "object",
        "2025-01",
        *C,
        "--date",
        "2025-04-12",
        "--who",
        "欧阳建国",
        "--item",
        "租金少了",
    )
    return hung


def test_the_reports_are_one_value_for_every_pen(objected, run, tmp_path):
    for name, title, wanted in (
        ("postings", "公开表张贴登记簿", "村委会门前公开栏"),
        ("posting-record", "公开表张贴记录", "孙监事、周监事"),
        ("objections", "公开异议登记簿", "租金少了"),
    ):
        read = json.loads(run("report", objected, name, *C).out)
        assert read["title"] == title
        keys = [column["key"] for column in read["columns"]]
        assert all(set(keys) <= set(row) for row in read["rows"])
        for ending in ("pdf", "xlsx", "csv"):
            assert run("report", objected, name, *C, "-o", tmp_path / f"{name}.{ending}").code == 0
        assert wanted in text_of(tmp_path / f"{name}.pdf")
        sheet = openpyxl.load_workbook(tmp_path / f"{name}.xlsx").worksheets[0]
        assert any(cell.value and wanted in str(cell.value) for row in sheet.iter_rows() for cell in row)
        assert wanted in (tmp_path / f"{name}.csv").read_text(encoding="utf-8-sig")


def test_a_name_is_whole_in_the_record_and_masked_for_the_wall(objected, run):
    whole = json.loads(run("report", objected, "objections", *C).out)["rows"]
    public = json.loads(run("report", objected, "objections", *C, "--level", "L2").out)["rows"]
    assert ([row["who"] for row in whole], [row["who"] for row in public]) == (["欧阳建国"], ["欧阳**"])


def test_reports_of_days_without_any(objected, run):
    done = json.loads(run("report", objected, "objections", *C, "--year", "2024").out)
    assert [row["who"] for row in done["rows"]] == ["无"]
    assert json.loads(run("report", objected, "postings", *C, "--month", "2025-05").out)["rows"] == []
    assert "没有张贴 2025-07" in run("report", objected, "posting-record", *C, "--number", "2025-07").said
    assert "还没有登记过张贴" in run("report", objected, "posting-record", "--ledger", "committee").said


def test_the_record_leaves_with_its_photos(objected, run, tmp_path):
    photo = tmp_path / "公开栏.png"
    photo.write_bytes(PNG)
    run("posting", objected, "photo", "2025-01", photo, *C)
    out = tmp_path / "张贴"
    assert run("export", "posting-record", objected, "-o", out, *C).code == 0
    assert (out / "照片" / "collective_2025-01_1_公开栏.png").read_bytes() == PNG
    with (out / "objections.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["who"] for row in csv.DictReader(file)] == ["欧阳建国"]
    assert "租金少了" in text_of(out / "张贴记录.pdf")
    assert pictures_in(out / "张贴记录.pdf") == 1
    assert run("export", "posting-record", objected, "-o", tmp_path / "无", "--ledger", "committee").code == 1
