"""``agency WORKSPACE new|add|remove|list|log|days|staff``: an agency's books and people by command."""

import json

import pytest
from openpyxl import load_workbook

from tests.agency.agencies import BAIYUN, HEISHI, QINGSHAN, an_agency, village_book
from tests.builders import LI, QIAN, WANG, pin_of
from tests.cli.conftest import Answer
from village_ledger.domain.duty import Role
from village_ledger.exchange.agency.agency_text import digest_of
from village_ledger.services.staff import staff

SUN, NEW = "孙会计", "xin-mima-8"
HEAD = "村里的老周"


@pytest.fixture
def agency(tmp_path):
    return an_agency(tmp_path, QINGSHAN, BAIYUN)


@pytest.fixture
def do(by, agency):
    """An act of the agency by 钱书记, who administers it."""

    def do(*words: object, **pins: str) -> Answer:
        return by("agency", agency.path, *words, **({"pin": pin_of(QIAN)} | pins))

    return do


def works_in(agency, village, name):
    with agency.village(village) as one:
        known = one.reader.member(name)
        return known is not None and not known.left_at


def test_a_workspace_is_made_with_books_and_people(by, tmp_path):
    """The whole way: found it, take two books in, somebody new works in both, and the list says so."""
    path = tmp_path / "代管.vlagency"
    for name in (QINGSHAN, BAIYUN):
        village_book(tmp_path, name)
    assert by("agency", path, "new", "--office", "青山镇", "--by", QIAN, new=pin_of(QIAN)).code == 0
    pin = {"pin": pin_of(QIAN)}
    taken = by("agency", path, "add", tmp_path, "--by", QIAN, **pin)
    assert taken.code == 0
    assert taken.sentences == [
        "白云村：办好了。加进来了，在 白云村.vledger",
        "青山村：办好了。加进来了，在 青山村.vledger",
    ]
    assert by("agency", path, "staff", "add", SUN, "--by", QIAN, **pin, new=pin_of(SUN)).code == 0
    done = by(
        "agency", path, "staff", "enrol", SUN, "--role", "制单", "--role", "记账@collective",
        "--by", QIAN, **pin, second=pin_of(SUN),
    )  # fmt: skip
    assert done.code == 0
    assert done.sentences == [
        "白云村：办好了。登记了：制单、记账（集体账）",
        "青山村：办好了。登记了：制单、记账（集体账）",
    ]
    listed = json.loads(by("agency", path, "staff", "list").out)
    assert [row["village"] for row in listed["rows"]] == ["工作区", BAIYUN, QINGSHAN]
    assert listed["rows"][0][QIAN] == "管理员"
    assert listed["rows"][1][SUN] == "制单、记账（集体账）"
    assert listed["rows"][1]["others"] == "王秀英、李建国、赵平"


def test_an_existing_workspace_is_not_overwritten(by, agency):
    before = agency.path.read_bytes()
    refused = by("agency", agency.path, "new", "--office", "青山镇", "--by", QIAN, new=NEW)
    assert (refused.code, "不会覆盖" in refused.said) == (1, True)
    assert agency.path.read_bytes() == before


@pytest.mark.parametrize(
    "words", [("add", "x.vledger", "--by", WANG), ("remove", "--village", BAIYUN, "--by", WANG)]
)
def test_only_its_administrator_changes_what_a_workspace_keeps(by, agency, words):
    refused = by("agency", agency.path, *words, pin=pin_of(WANG))
    assert (refused.code, "不是工作区的管理员" in refused.said) == (1, True)
    assert len(agency.says.books) == 2


def test_what_is_no_book_does_not_stop_the_others(do, agency, tmp_path):
    (tmp_path / "坏.vledger").write_bytes(b"no book")
    heishi = village_book(tmp_path, HEISHI)
    done = do("add", tmp_path / "坏.vledger", heishi, "--by", QIAN)
    assert done.code == 1
    assert "坏.vledger 不是村账的账簿文件" in done.sentences[0]
    assert done.sentences[1].startswith("黑石村：办好了")
    assert agency.kept(HEISHI).path == "黑石村.vledger"


def test_an_empty_folder_is_said(do, tmp_path):
    (tmp_path / "空").mkdir()
    refused = do("add", tmp_path / "空", "--by", QIAN)
    assert (refused.code, "没有账簿" in refused.said) == (2, True)


def test_a_village_is_given_up_and_its_book_stays(do, agency):
    path = agency.book(BAIYUN)
    assert do("remove", "--village", BAIYUN, "--by", QIAN).code == 0
    assert [one.village for one in agency.says.books] == [QINGSHAN]
    assert path.is_file()
    unknown = do("remove", "--village", BAIYUN, "--by", QIAN)
    assert (unknown.code, "没有“白云村”" in unknown.said) == (1, True)


def test_the_list_names_a_missing_book_and_ends_with_one(do, agency, tmp_path):
    agency.book(BAIYUN).unlink()
    listed = do("list")
    rows = json.loads(listed.out)["rows"]
    assert listed.code == 1
    assert [(row["village"], row["state"]) for row in rows[:2]] == [
        (QINGSHAN, "打得开"),
        (BAIYUN, "打不开：找不到白云村的账簿 白云村.vledger"),
    ]
    assert do("list", "-o", tmp_path / "账簿.xlsx").code == 1
    sheet = load_workbook(tmp_path / "账簿.xlsx").worksheets[0]
    assert [cell for row in sheet.iter_rows(values_only=True) for cell in row if cell == BAIYUN] == [BAIYUN]


@pytest.mark.parametrize("form", ["json", "csv", "xlsx", "pdf"])
def test_both_lists_in_every_format(do, tmp_path, form):
    for words in (("list",), ("staff", "list")):
        out = tmp_path / f"表{len(words)}.{form}"
        assert do(*words, "-o", out).code == 0
        assert out.stat().st_size


# people


def test_wrong_pins_are_counted_by_command_too(do, agency):
    for left in (4, 3, 2, 1):
        refused = do("staff", "unlock", WANG, "--by", QIAN, pin="wrong")
        assert (refused.code, f"还可以试 {left} 次" in refused.said) == (1, True)
    assert "连续第 5 次" in do("staff", "unlock", WANG, "--by", QIAN, pin="wrong").said
    assert "以前不能再试" in do("staff", "unlock", WANG, "--by", QIAN).said


def test_roles_are_given_and_taken_in_named_villages(do, agency):
    given = do("staff", "role", WANG, "审核", "--village", BAIYUN, "--by", QIAN)
    assert (given.code, given.sentences) == (0, ["白云村：办好了。现在是审核"])
    refused = do("staff", "role", WANG, "出纳", "--village", BAIYUN, "--by", QIAN)
    assert (refused.code, "不能再做出纳" in refused.said) == (1, True)
    taken = do("staff", "role", WANG, "记账", "--end", "--by", QIAN)
    assert taken.code == 0
    assert taken.sentences == ["青山村：办好了。收回了记账", "白云村：办好了。收回了记账"]
    again = do("staff", "role", WANG, "记账", "--end", "--by", QIAN)
    assert (again.code, "没有记账这个角色" in again.said) == (1, True)


def test_a_villages_own_administrator_registers(do, by, agency):
    with agency.village(BAIYUN) as village, village.act(QIAN) as uow:
        staff.add(uow, "周主任", "zhou-1950", [(staff.Role.ADMINISTRATOR, "")])
    do("staff", "add", SUN, "--by", QIAN, new=pin_of(SUN))
    words = ("staff", "enrol", SUN, "--role", "制单", "--village", BAIYUN, "--by", "周主任", "--own")
    done = by("agency", agency.path, *words, pin="zhou-1950", second=pin_of(SUN))
    assert done.code == 0
    assert works_in(agency, BAIYUN, SUN)
    assert not works_in(agency, QINGSHAN, SUN)


def test_the_first_of_a_books_staff_hands_out_the_code_once(by, tmp_path):
    agency = an_agency(tmp_path, HEISHI, staffed=False)
    words = ("staff", "enrol", QIAN, "--role", "管理员", "--by", QIAN)
    done = by("agency", agency.path, *words, pin=pin_of(QIAN))
    assert done.code == 0
    village, code = done.out.strip().split("\t")
    assert (village, len(code)) == (HEISHI, 29)
    assert "只出现这一次" in done.said


def test_somebody_leaves_everywhere(do, agency):
    done = do("staff", "dismiss", WANG, "--by", QIAN)
    assert done.code == 0
    assert not works_in(agency, QINGSHAN, WANG)
    assert not works_in(agency, BAIYUN, WANG)


def test_another_administers_too(do, agency):
    assert do("staff", "administer", LI, "--by", QIAN).code == 0
    assert agency.member(LI).administers
    assert do("staff", "administer", LI, "--end", "--by", QIAN).code == 0
    assert "最后一个管理员" in do("staff", "administer", QIAN, "--end", "--by", QIAN).said


# PINs


def test_a_pin_is_changed_over_all_and_a_missing_book_is_behind(do, agency, tmp_path):
    away = agency.book(BAIYUN).rename(tmp_path / "U盘.vledger")
    done = do("staff", "pin", WANG, pin=pin_of(WANG), new=NEW)
    assert done.code == 1
    assert done.sentences[0] == "青山村：办好了。密码改好了"
    assert done.sentences[1].startswith("白云村：打不开。找不到白云村的账簿")
    row = next(r for r in json.loads(do("staff", "list").out)["rows"] if r["village"] == BAIYUN)
    assert row[WANG] == "密码还没改"
    away.rename(agency.book(BAIYUN))
    assert agency.sign_in(WANG, NEW).name == WANG


def test_a_pin_is_matched_renewed_and_recovered(do, by, agency):
    with agency.village(BAIYUN) as village:
        staff.change_pin(village.book, WANG, pin_of(WANG), "her-own-1950")
        with village.act(QIAN) as uow:
            code = staff.new_recovery_code(uow).value
    matched = do("staff", "match", WANG, "--village", BAIYUN, pin=pin_of(WANG), second="her-own-1950")
    assert matched.code == 0, matched.said
    renewed = do("staff", "renew", WANG, "--by", QIAN, new=NEW)
    assert renewed.code == 0
    assert agency.sign_in(WANG, NEW).name == WANG
    back = do("staff", "recover", WANG, "--village", BAIYUN, recovery=code, new=pin_of(WANG))
    assert (back.code, "尽快换一张新的" in back.said) == (0, True)
    assert agency.sign_in(WANG).name == WANG
    by_code = do("staff", "match", WANG, "--village", BAIYUN, "--code", pin=pin_of(WANG), recovery=code)
    assert by_code.code == 0


def test_no_pin_is_said(do, agency):
    answers = [
        do("staff", "add", SUN, "--by", QIAN, new=pin_of(SUN)),
        do("staff", "pin", WANG, pin=pin_of(WANG), new=NEW),
        do("staff", "renew", LI, "--by", QIAN, new="weak"),
    ]
    told = "".join(one.out + one.said for one in answers) + agency.path.read_text(encoding="utf-8")
    assert not [pin for pin in (NEW, pin_of(SUN), pin_of(WANG), pin_of(QIAN)) if pin in told]


# files that are none


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "是空文件"),
        (b"{", "缺了内容"),
        (b"SQLite format 3\x00", "缺了内容"),
        (b'{"kind": "village-ledger agency workspace", "format": 9}', "更新版本"),
    ],
)
@pytest.mark.parametrize("words", [("list",), ("staff", "list"), ("add", "x", "--by", QIAN)])
def test_a_workspace_that_is_none(do, agency, content, sentence, words):
    agency.path.write_bytes(content)
    refused = do(*words)
    assert (refused.code, sentence in refused.said) == (2, True)


def test_a_workspace_that_is_not_there(by, tmp_path):
    refused = by("agency", tmp_path / "没有.vlagency", "list")
    assert (refused.code, "找不到工作区" in refused.said) == (2, True)


# the log and the days


def test_the_log_says_who_changed_what(do, by, agency, tmp_path):
    """The newest first, tied to the lines before; a line rewritten by hand is named and ends with 1."""
    do("staff", "add", SUN, "--by", QIAN, new=pin_of(SUN))
    do("staff", "dismiss", SUN, "--by", QIAN)
    listed = by("agency", agency.path, "log")
    assert listed.code == 0
    rows = json.loads(listed.out)["rows"]
    assert [(row["by"], row["words"]) for row in rows[:2]] == [
        (QIAN, f"{SUN} 离开，密码不再打开工作区"),
        (QIAN, f"登记了 {SUN}"),
    ]
    kept = json.loads(agency.path.read_text(encoding="utf-8"))
    kept.pop("digest")
    kept["log"][-1][2] = f"登记了 {WANG}"
    agency.path.write_text(json.dumps(kept | {"digest": digest_of(kept)}), encoding="utf-8")
    broken = by("agency", agency.path, "log", "-o", tmp_path / "变动.xlsx")
    assert broken.code == 1
    assert "有人改过这个文件" in broken.said
    sheet = load_workbook(tmp_path / "变动.xlsx")["说明"]
    assert any("有人改过这个文件" in str(cell.value) for row in sheet for cell in row)


def test_an_office_sets_its_own_days(do, by, agency):
    before = by("agency", agency.path, "days")
    assert "次月 10 日前结账" in before.out
    done = do("days", "--close-by", "5", "--source", "青山镇〔2025〕3号", "--by", QIAN)
    assert done.code == 0
    assert done.out == (
        "次月 5 日前结账，报账单 10 天内记账，审阅意见 15 天内答复。\n依据：青山镇〔2025〕3号\n"
    )
    assert by("agency", agency.path, "days").out == done.out
    village_todo = json.loads(by("agency", agency.path, "todo", "--things", "--on", "2025-02-06").out)
    assert village_todo["rows"] == []
    assert do("days", "--proposed", "--by", QIAN).out == before.out


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("--close-by", "5", "--by", QIAN), 1, "还没有写依据"),
        (("--close-by", "40", "--source", "镇里定的", "--by", QIAN), 1, "结账的日子是次月"),
        (("--close-by", "0", "--source", "镇里定的", "--by", QIAN), 2, "不是天数"),
        (("--claim-days", "٣", "--source", "镇里定的", "--by", QIAN), 2, "不是天数"),
        (("--claim-days", "7", "--source", "镇里定的"), 2, "没有说谁在改"),
        (("--claim-days", "7", "--proposed", "--by", QIAN), 2, "不能同时写天数"),
    ],
)
def test_days_nobody_can_mean_are_refused(do, agency, words, code, sentence):
    before = agency.says
    refused = do("days", *words)
    assert (refused.code, sentence in refused.said) == (code, True), refused.said
    assert agency.says.days == before.days


def test_who_does_not_administer_the_workspace_sets_no_days(by, agency):
    refused = by(
        "agency",
        agency.path,
        "days",
        "--claim-days",
        "7",
        "--source",
        "我说的",
        "--by",
        WANG,
        pin=pin_of(WANG),
    )
    assert (refused.code, "不是工作区的管理员" in refused.said) == (1, True)


def test_a_villages_own_administrator_ends_it_there(do, by, agency):
    """The agency's 钱书记 administers no book here any more: the village's own does it, by the PIN of that book."""
    with agency.village(BAIYUN) as village:
        village.hire(HEAD, "管理员")
        with village.act(HEAD) as uow:
            staff.take_role(uow, QIAN, Role.ADMINISTRATOR)
    first = do("staff", "dismiss", WANG, "--by", QIAN)
    assert first.code == 1
    assert f"这本账的管理员是 {HEAD}" in first.said
    assert first.sentences[-1] == "王秀英 打不开工作区了；1 个村的账簿里离任了；还认得他的：白云村。"
    second = by(
        "agency", agency.path, "staff", "dismiss", WANG, "--own", "--village", BAIYUN, "--by", HEAD,
        pin=pin_of(HEAD),
    )  # fmt: skip
    assert second.code == 0, second.said
    assert second.sentences[-1] == "王秀英 打不开工作区了；1 个村的账簿里离任了。"
    assert not works_in(agency, BAIYUN, WANG)
