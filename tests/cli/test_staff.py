"""``staff`` and the PIN at the command line: nothing goes round it."""

from __future__ import annotations

import json

from tests.cli.conftest import LI, QIAN, WANG, ZHAO, pin_of
from village_ledger.cli.writing import PIN, PIN_2, PIN_3


def test_the_first_gets_the_recovery_code_on_stdout_once(book, by):
    answer = by("staff", book, "add", QIAN, "--role", "管理员", new=pin_of(QIAN))
    assert len(answer.out.strip().replace("-", "")) == 25
    assert "只出现这一次" in answer.said
    recovered = by("staff", book, "recover", QIAN, recovery=answer.out.strip(), new="xin-mima-8")
    assert recovered.code == 0
    assert "重新封存" in recovered.said
    changed = by("staff", book, "recovery-code", "--by", QIAN, pin="xin-mima-8")
    assert changed.code == 0
    old = by("staff", book, "recover", QIAN, recovery=answer.out.strip(), new="xin-mima-9")
    assert old.code == 1
    assert "不是这本账现在的恢复码" in old.said


def test_the_sheet_keeps_the_code_off_the_screen(book, by, tmp_path):
    sheet = tmp_path / "恢复码.pdf"
    answer = by("staff", book, "add", QIAN, "--role", "管理员", "-o", sheet, new=pin_of(QIAN))
    assert answer.code == 0
    assert answer.out == ""
    assert sheet.read_bytes().startswith(b"%PDF")


def test_nothing_is_done_when_the_sheet_cannot_be_written(book, by, tmp_path, run):
    answer = by(
        "staff", book, "add", QIAN, "--role", "管理员", "-o", tmp_path / "无" / "x.pdf", new=pin_of(QIAN)
    )
    assert answer.code == 2
    assert "还没有登记人员" in run("report", book, "staff-list", "--format", "json").out


def test_a_writing_command_wants_the_pin(staffed, by, two):
    import_ = ("import", "vouchers", staffed, two, "--ledger", "collective")
    without = by(*import_, "--by", WANG)
    assert without.code == 1
    assert PIN in without.said
    stranger = by(*import_, pin=pin_of(WANG))
    assert stranger.code == 1
    assert "人员里没有“导入”" in stranger.said
    assert by(*import_, "--by", WANG, pin=pin_of(WANG)).code == 0


def test_every_writing_command_obeys_the_same_rights(staffed, by, two, run):
    ledger = ("--ledger", "collective")
    posting = ("post", staffed, *ledger, "--through", "2025-12-31")
    not_his = [
        (("import", "vouchers", staffed, two, *ledger, "--by", ZHAO), ZHAO, "不能填制凭证"),
        (("import", "vouchers", staffed, two, *ledger, "--post", "--by", WANG), WANG, "不能跳过审核"),
        ((*posting, "--by", ZHAO), ZHAO, "不能记账"),
        (("close", staffed, *ledger, "--month", "2025-03", "--by", QIAN), QIAN, "不能结账"),
        (("close-year", staffed, *ledger, "--year", "2025", "--by", ZHAO), ZHAO, "不能结账"),
        (("staff", staffed, "role", ZHAO, "审核", "--by", LI), LI, "不能管理人员"),
        (("staff", staffed, "role", ZHAO, "审核", "--by", QIAN), QIAN, "出纳不能兼管稽核"),
        (("staff", staffed, "dismiss", QIAN, "--by", QIAN), QIAN, "最后一个管理员"),
        (("report", staffed, "disclosure", *ledger, "--by", ZHAO), ZHAO, "不能出公开表"),
    ]
    for argv, name, said in not_his:
        answer = by(*argv, pin=pin_of(name))
        assert answer.code == 1, argv
        assert said in answer.said, argv
    assert run("verify", staffed).code == 0


def test_a_second_person_types_a_pin_too(staffed, by, two):
    assert (
        by("import", "vouchers", staffed, two, "--ledger", "collective", "--by", WANG, pin=pin_of(WANG)).code
        == 0
    )
    post = (
        "post",
        staffed,
        "--ledger",
        "collective",
        "--through",
        "2025-12-31",
        "--by",
        WANG,
        "--reviewed-by",
    )
    alone = by(*post, LI, pin=pin_of(WANG))
    assert alone.code == 1
    assert PIN_2 in alone.said
    wrong = by(*post, LI, pin=pin_of(WANG), second=pin_of(WANG))
    assert wrong.code == 1
    assert "李建国 的密码不对" in wrong.said
    cashier = by(*post, ZHAO, pin=pin_of(WANG), second=pin_of(ZHAO))
    assert cashier.code == 1
    assert "不能审核凭证" in cashier.said
    assert by(*post, LI, pin=pin_of(WANG), second=pin_of(LI)).code == 0


def test_whoever_approves_a_reopening_types_a_pin_too(staffed, by):
    months = ("--ledger", "collective", "--month", "2025-03", "--by", WANG)
    assert by("close", staffed, *months, pin=pin_of(WANG)).code == 0
    reopen = ("reopen", staffed, *months, "--reason", "漏记一张", "--approved-by")
    assert by(*reopen, ZHAO, pin=pin_of(WANG), second=pin_of(ZHAO)).code == 1
    assert by(*reopen, LI, pin=pin_of(WANG), second=pin_of(LI)).code == 0


def test_guessing_shuts_the_door_and_the_administrator_opens_it(staffed, by):
    post = ("post", staffed, "--ledger", "collective", "--through", "2025-12-31", "--by", WANG)
    said = [by(*post, pin="000000").said for _ in range(5)]
    assert "还可以试 1 次" in said[3]
    assert "以前不能再试" in said[4]
    assert by(*post, pin=pin_of(WANG)).code == 1
    assert by("staff", staffed, "unlock", WANG, "--by", QIAN, pin=pin_of(QIAN)).code == 0
    assert by(*post, pin=pin_of(WANG)).code == 0


def test_ones_own_pin_wants_the_old_one(staffed, by):
    assert by("staff", staffed, "pin", WANG, pin="wrong-1", new="xin-mima-8").code == 1
    assert by("staff", staffed, "pin", WANG, pin=pin_of(WANG), new="123456").code == 1
    assert by("staff", staffed, "pin", WANG, pin=pin_of(WANG), new="xin-mima-8").code == 0


def test_a_role_is_given_and_taken(staffed, by, run):
    assert (
        by("staff", staffed, "role", LI, "制单", "--ledger", "committee", "--by", QIAN, pin=pin_of(QIAN)).code
        == 0
    )
    taken = by(
        "staff", staffed, "role", LI, "制单", "--ledger", "committee", "--end", "--by", QIAN, pin=pin_of(QIAN)
    )
    assert taken.code == 0
    assert by("staff", staffed, "role", LI, "会长", "--by", QIAN, pin=pin_of(QIAN)).code == 1
    rows = json.loads(run("staff", staffed, "list").out)["rows"]
    mine = [(row["role"], row["ledger"], row["until"] != "") for row in rows if row["name"] == LI]
    assert mine == [("主管", "全部", False), ("制单", "村民委员会账", True)]


def test_the_log_answers_by_person_action_and_content(staffed, by, run):
    by("post", staffed, "--ledger", "collective", "--through", "2025-12-31", "--by", WANG, pin="000000")
    log = ("report", staffed, "operation-log", "--format", "json")
    wrong = json.loads(run(*log, "--person", WANG, "--action", "密码不对").out)["rows"]
    assert [row["detail"] for row in wrong] == ["连续第 1 次"]
    chief = json.loads(run(*log, "--text", "主管").out)["rows"]
    assert [(row["action"], row["subject"]) for row in chief] == [("授予角色", LI)]
    assert json.loads(run(*log, "--person", "路人").out)["rows"] == []


def test_a_terminal_asks_without_echo(staffed, run, monkeypatch):
    asked: list[str] = []
    monkeypatch.delenv(PIN, raising=False)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("getpass.getpass", lambda prompt: asked.append(prompt) or pin_of(WANG))
    answer = run("post", staffed, "--ledger", "collective", "--through", "2025-12-31", "--by", WANG)
    assert answer.code == 0
    assert asked == ["王秀英 的密码："]


def test_a_pair_wants_the_reviewers_pin(staffed, by):
    document = ("--date", "2025-03-08", "--amount", "100", "--summary", "代付电费", "--kind", "T4")
    transfer = ("transfer", staffed, *document, "--by", WANG, "--reviewed-by")
    alone = by(*transfer, LI, pin=pin_of(WANG))
    assert alone.code == 1
    assert PIN_2 in alone.said
    cashier = by(*transfer, ZHAO, pin=pin_of(WANG), second=pin_of(ZHAO))
    assert "不能审核凭证" in cashier.said
    assert by(*transfer, LI, pin=pin_of(WANG), second=pin_of(LI)).code == 0


def test_both_supervisors_of_a_seal_type_their_pins(staffed, by, monkeypatch):
    for name in ("张监事", "刘监事"):
        given = ("--role", "监督", "--by", QIAN)
        assert by("staff", staffed, "add", name, *given, pin=pin_of(QIAN), new=pin_of(name)).code == 0
    month = ("--ledger", "collective", "--month", "2025-03", "--by", WANG)
    assert by("close", staffed, *month, pin=pin_of(WANG)).code == 0
    seal = ("seal", staffed, *month, "--supervisor", "张监事", "刘监事", "--sheet", "3月检查单")
    monkeypatch.delenv(PIN_3, raising=False)
    one = by(*seal, pin=pin_of(WANG), second=pin_of("张监事"))
    assert one.code == 1
    assert PIN_3 in one.said
    monkeypatch.setenv(PIN_3, pin_of("张监事"))
    assert "刘监事 的密码不对" in by(*seal, pin=pin_of(WANG), second=pin_of("张监事")).said
    monkeypatch.setenv(PIN_3, pin_of("刘监事"))
    assert by(*seal, pin=pin_of(WANG), second=pin_of("张监事")).code == 0
