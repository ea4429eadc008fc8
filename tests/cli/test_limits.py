"""Approval limits, payments and projects from the command line."""

from __future__ import annotations

import json

import pytest

from tests.exchange.files import write_csv

RENT = (
    ("2025-03-02", "记", "1", "收承包款", "102", "90000", "", "", "", "1"),
    ("2025-03-02", "记", "1", "收承包款", "501", "", "90000", "", "", "1"),
)
TOWER = (
    ("2025-03-08", "记", "2", "修水塔", "513", "12000", "", "", "", "1"),
    ("2025-03-08", "记", "2", "修水塔", "102", "", "12000", "", "", "1"),
)
REF = "2025-03/记-0002"
C = ("--ledger", "collective")
SHOWN = [
    *("--decision", "青村决〔2025〕1号"),
    *("--sign", "经手人=张三", "--sign", "理事长=周理事长", "--sign", "secretary=吴书记"),
    *("--sign", "监事会（监督委员会）=郑监事"),
    *("--paper", "发票或收据=2", "--paper", "minutes"),
]


@pytest.fixture
def governed(book, run, tmp_path):
    """Preset A from March, the rent posted, a payment of 12,000 entered."""
    rent = write_csv(tmp_path / "收.csv", RENT)
    assert run("import", "vouchers", book, rent, *C, "--post").code == 0
    done = run(
        "limits", book, "adopt", *C, "--preset", "A", "--from", "2025-03-01", "--reason", "镇政发〔2024〕9号"
    )
    assert done.code == 0, done.said
    assert "从 2025-03-01 起采用“甲：村级财务制度（只管非生产性支出） 第 1 版”。" in done.said
    tower = write_csv(tmp_path / "塔.csv", TOWER)
    assert run("import", "vouchers", book, tower, *C).code == 0
    votes = ("--eligible", "90", "--present", "80", "--for", "80", "--subject", "修水塔")
    made = run("resolution", book, "青村决〔2025〕1号", "--date", "2025-03-01", "--body", "assembly", *votes)
    assert made.code == 0
    return book


def test_presets_and_what_an_amount_needs(governed, run):
    assert [line.split("\t")[0] for line in run("limits", governed, "presets").out.splitlines()] == list(
        "ABCD"
    )
    asked = run(
        "limits",
        governed,
        "check",
        *C,
        "--kind",
        "非生产性支出",
        "--amount",
        "1000.01",
        "--date",
        "2025-03-09",
    )
    assert "超过 1,000.00，不超过 10,000.00" in asked.out
    assert "两委会议" in asked.out
    assert run("limits", governed, "check", *C, "--kind", "吃喝", "--amount", "1").code == 1
    assert run("limits", governed, "check", *C, "--kind", "works", "--amount", "1").code == 0
    shown = run("limits", governed, "show", *C, "--date", "2025-03-09")
    assert shown.out.splitlines()[0].startswith("甲：村级财务制度")
    assert len(shown.out.splitlines()) == 4
    assert run("limits", governed, "show", *C, "--date", "2025-02-09").said.startswith("2025-02-09 没有采用")


def test_own_rules_are_a_file_shown_edited_and_adopted(governed, run, tmp_path):
    own = tmp_path / "规则.toml"
    assert run("limits", governed, "show", *C, "--date", "2025-03-09", "-o", own).code == 0
    text = (
        own.read_text(encoding="utf-8")
        .replace('"1000.00"', '"2000.00"')
        .replace("甲：村级财务制度", "本村规则")
    )
    own.write_text(text, encoding="utf-8")
    adopt = ("limits", governed, "adopt", *C, "--file", own, "--from", "2025-03-03", "--reason", "大会")
    assert run(*adopt).code == 0
    assert len(run("limits", governed, "list", *C).out.splitlines()) == 2
    own.write_text(text.replace('upto = "10000.00"', 'upto = "1500.00"'), encoding="utf-8")
    refused = run(*adopt)
    assert (refused.code, "重叠" in refused.said) == (1, True)
    own.write_text("name = [", encoding="utf-8")
    assert "规则文件读不出来" in run(*adopt).said
    own.write_text('name = "x"', encoding="utf-8")
    assert "没有 [[band]]" in run(*adopt).said
    own.write_text('[[band]]\nkinds = ["works"]\nsigners = ["head"]\n', encoding="utf-8")
    assert "没有写名称" in run(*adopt).said
    own.write_text('name = "x"\n[[band]]\nkinds = ["works"]\nupto = "1"\nbelow = "1"\n', encoding="utf-8")
    assert "只写一个" in run(*adopt).said
    own.write_text('name = "x"\n[[band]]\nkind = "works"\n', encoding="utf-8")
    assert "不认识的“kind”" in run(*adopt).said
    assert run("limits", governed, "adopt", *C, "--from", "2025-03-03", "--reason", "x").code == 2
    assert (
        run("limits", governed, "adopt", *C, "--preset", "Z", "--from", "2025-03-03", "--reason", "x").code
        == 1
    )


def test_a_payment_is_approved_and_posted(governed, run):
    waiting = run("payment", governed, "show", *C, "--voucher", REF)
    assert (waiting.code, "没有写决策编号" in waiting.said) == (1, True)
    through = ("post", governed, *C, "--through", "2025-03-31", "--by", "王秀英", "--reviewed-by", "李建国")
    refused = run(*through)
    assert (refused.code, "手续还不全" in refused.said) == (1, True)
    done = run("payment", governed, "approve", *C, "--voucher", REF, *SHOWN, "--by", "王秀英")
    assert (done.code, "审批手续齐了" in done.said) == (0, True)
    assert run(*through).code == 0
    assert run("verify", governed).code == 0


def test_money_that_left_becomes_an_advance_and_is_settled(governed, run):
    assert run("payment", governed, "advance", *C, "--voucher", REF, "--by", "王秀英").code == 1
    done = run("payment", governed, "advance", *C, "--voucher", REF, "--payee", "施工队", "--by", "王秀英")
    assert (done.code, "改记暂付 12,000.00 元" in done.said) == (0, True)
    through = ("post", governed, *C, "--through", "2025-04-30", "--by", "王秀英", "--reviewed-by", "李建国")
    assert run(*through).code == 0
    listed = run("payment", governed, "list", *C)
    assert (listed.code, "施工队" in listed.out) == (1, True)
    sheet = run("report", governed, "disclosure", *C, "--month", "2025-03")
    assert sheet.code == 0
    report = json.loads(run("report", governed, "incomplete-papers", *C, "--as-of", "2025-03-31").out)
    assert [row["payee"] for row in report["rows"] if row["role"] == "detail"] == ["施工队"]
    settled = run(
        "payment", governed, "settle", *C, "--voucher", REF, "--date", "2025-04-02", *SHOWN, "--by", "王秀英"
    )
    assert (settled.code, settled.out.strip()) == (0, "2025-04/记-0001")
    assert run(*through).code == 0
    assert run("payment", governed, "list", *C).code == 0
    assert run("verify", governed).code == 0


def test_letting_pass_is_the_reviewers_word(governed, run):
    refused = run("payment", governed, "pass", *C, "--voucher", REF, "--reason", "分批到货", "--by", "李建国")
    assert (refused.code, "没有拆分或关联的提醒" in refused.said) == (1, True)
    assert run("payment", governed, "pass", *C, "--voucher", REF).code == 2
    assert run("payment", governed, "approve", *C).code == 2


@pytest.mark.parametrize(
    "name", ["approval-limits.xlsx", "small-powers.json", "approval-register.csv", "payment-approval.pdf"]
)
def test_reports_in_their_formats(governed, run, tmp_path, name):
    out = tmp_path / name
    report = out.stem
    asked = () if report == "small-powers" else C
    voucher = ("--voucher", REF) if report == "payment-approval" else ()
    done = run("report", governed, report, *asked, *voucher, "-o", out)
    assert (done.code, out.stat().st_size > 200) == (0, True)


def test_a_villages_own_list_of_powers(governed, run, tmp_path):
    own = tmp_path / "清单.toml"
    assert run("limits", governed, "powers", "-o", own, "--date", "2025-03-01").code == 0
    text = own.read_text(encoding="utf-8")
    own.write_text(text.replace("公章使用", "公章外带"), encoding="utf-8")
    adopt = ("limits", governed, "powers", "--file", own, "--from", "2025-04-01", "--reason", "县清单")
    assert run(*adopt).code == 0
    listed = [run("limits", governed, "powers", "--date", day).out for day in ("2025-03-31", "2025-04-01")]
    assert ["公章外带" in one for one in listed] == [False, True]
    for bad, says in (
        ("[[power]]\nname = '印'", "没有写 group"),
        ("title = '空'", "一项权力也没有"),
        ("title = [", "读不出来"),
        (text + text[text.index("[[power]]") : text.index("[[power]]", 900)], "写了两次"),
    ):
        own.write_text(bad, encoding="utf-8")
        refused = run(*adopt)
        assert (refused.code, says in refused.said) == (1, True), refused.said
    assert (
        run(
            "limits", governed, "powers", "--file", tmp_path / "没有", "--from", "2025-04-01", "--reason", "x"
        ).code
        == 2
    )
    assert run("verify", governed).code == 0


def test_the_form_wants_a_payment(governed, run):
    assert run("report", governed, "payment-approval", *C).code == 2
    rent = run("report", governed, "payment-approval", *C, "--voucher", "2025-03/记-0001")
    assert (rent.code, "不受审批限额管" in rent.said) == (1, True)


# Projects


def test_a_project_step_by_step(governed, run, tmp_path):
    project = ("project", governed)
    more = ("--by", "王秀英", *C)
    card = ("--content", "硬化 1.2 公里", "--place", "二组", "--date", "2025-03-01")
    assert run(*project, "add", "通组公路", *card, *more).code == 0
    assert (
        run(*project, "budget", "通组公路", "--line", "路面=80000", "--date", "2025-03-02", *more).code == 0
    )
    bids = ("--bid", "青山队=76000", "--bid", "二队=77000", "--bid", "三队=78000", "--winner", "青山队")
    assert run(*project, "tender", "通组公路", *bids, "--date", "2025-03-03", *more).code == 0
    refused = run(
        *project, "contract", "通组公路", "--number", "1号", "--party", "青山队", "--amount", "90000",
        "--date", "2025-03-04", *more,
    )  # fmt: skip
    assert (refused.code, "超过预算" in refused.said) == (1, True)
    signed = ("--number", "1号", "--party", "青山队", "--amount", "76000", "--date", "2025-03-04")
    assert run(*project, "contract", "通组公路", *signed, *more).code == 0
    assert (
        run(
            *project,
            "change",
            "通组公路",
            "--amount",
            "1000",
            "--reason",
            "加长",
            "--date",
            "2025-03-05",
            *more,
        ).code
        == 0
    )
    people = ("--people", "甲", "乙", "--date", "2025-03-20")
    assert run(*project, "accept", "通组公路", *people, *more).code == 0
    unpaid = run(*project, "final", "通组公路", "--amount", "77000", "--date", "2025-03-25", *more)
    assert (unpaid.code, "没有付" in unpaid.said) == (1, True)
    shown = run(*project, "show", "通组公路", *C)
    assert (shown.code, "合同和变更\t77000.00" in shown.out) == (0, True)
    assert run(*project, "list", *C).out == "通组公路\t验收\t80000.00\t77000.00\t0.00\n"
    assert run(*project, "show", *C).code == 2
    assert run(*project, "budget", "通组公路", "--line", "路面=八万", *more).code == 2
    assert run(*project, "show", "没有的", *C).code == 1
    for name, asked in (("projects", ()), ("project-account", ("--project", "通组公路"))):
        out = tmp_path / f"{name}.xlsx"
        assert run("report", governed, name, *C, *asked, "-o", out).code == 0
    assert run("report", governed, "project-account", *C).code == 2
    assert run("verify", governed).code == 0
