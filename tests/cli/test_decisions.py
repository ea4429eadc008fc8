"""``decision`` and ``panel`` from the command line: files, draws that can be done again, every refusal in one sentence."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from tests.builders import blank_book
from village_ledger.cli.main import main
from village_ledger.storage.file.book_file import Access, open_book

NUMBER = "青村决〔2025〕3号"
NEW = ("new", "8号", "--matter", "project", "--subject", "x")
LIST = """名册,姓名,回避
组长老干部,何世全,
组长老干部,罗长贵,
普通党员,李国强,
普通党员,周德清,回避
困难户,吴大福,
困难户,郑小兰,
其他农户,孙有田,
其他农户,钱多福,
"""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return blank_book(tmp_path)


def run(capsys: pytest.CaptureFixture[str], *argv: object) -> tuple[int, str, str]:
    code = main([str(part) for part in argv])
    said = capsys.readouterr()
    assert "Traceback" not in said.err
    return code, said.out, said.err


def take_list(capsys: pytest.CaptureFixture[str], book: Path, text: str = LIST) -> tuple[int, str, str]:
    file = book.with_name("名单.csv")
    file.write_text(text, encoding="utf-8")
    return run(capsys, "import", "panel", book, file)


def draw(
    capsys: pytest.CaptureFixture[str], book: Path, *more: object, seed: str = "20250301"
) -> tuple[int, str, str]:
    return run(capsys, "panel", book, "draw", "--decision", NUMBER, "--seed", seed, "--format", "json", *more)


def test_the_draw_is_the_one_anybody_computes_and_comes_out_the_same_again(book, capsys):
    assert take_list(capsys, book)[0] == 0
    code, out, err = draw(capsys, book)
    assert (code, err) == (0, f"{NUMBER} 原来没有卷宗，已经开卷，事项请补写。\n")
    shown = json.loads(out)
    people = [line.split(",") for line in LIST.splitlines()[1:]]
    digest = hashlib.sha256("".join(f"{r}\t{n}\t{a}\n" for r, n, a in people).encode()).hexdigest()
    assert (shown["seed"], shown["list_digest"]) == ("20250301", digest)
    for row in shown["rows"]:
        names = [n for r, n, a in people if r == row["register"] and not a]
        number = int(hashlib.sha256(f"20250301\n{digest}\n{row['register']}".encode()).hexdigest(), 16)
        assert row["name"] == names[number % len(names)]
    assert [row["register"] for row in shown["rows"]] == ["组长老干部", "普通党员", "困难户", "其他农户"]
    again = draw(capsys, book)
    assert (again[0], again[1]) == (0, out)
    assert run(capsys, "verify", book)[0] == 0


def test_another_seed_is_refused_but_a_substitute_can_be_drawn(book, capsys):
    take_list(capsys, book)
    _, out, _ = draw(capsys, book)
    first = json.loads(out)["rows"][3]["name"]
    code, out, err = draw(capsys, book, seed="8")
    assert (code, out) == (1, "")
    assert "一件事只抽一次。账没有变化。" in err
    code, out, _ = run(
        capsys,
        "panel",
        book,
        "draw",
        "--decision",
        NUMBER,
        "--substitute-for",
        first,
        "--reason",
        "外出",
        "--format",
        "json",
    )
    assert code == 0
    row = json.loads(out)["rows"][3]
    assert (row["round"], row["eligible"]) == (2, 1)
    assert row["name"] != first
    assert run(capsys, "panel", book, "draw", "--decision", NUMBER, "--substitute-for", first)[0] == 2


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (LIST.replace("困难户", "其他农户"), "名册“困难户”一个人也没有，不能抽签"),
        (
            LIST.replace("困难户,吴大福,", "困难户,吴大福,回避").replace("郑小兰,", "郑小兰,是"),
            "名册“困难户”里没有可以抽的人",
        ),
    ],
)
def test_a_draw_with_an_empty_register_is_refused(book, capsys, text, sentence):
    assert take_list(capsys, book, text)[0] == 0
    code, out, err = draw(capsys, book)
    assert (code, out) == (1, "")
    assert sentence in err
    with open_book(book, Access.READ) as opened:
        assert opened.reader().decisions() == []


def test_a_draw_without_a_list_or_a_seed_is_refused(book, capsys):
    code, _, err = draw(capsys, book)
    assert (code, "还没有导入六手印记的名单" in err) == (1, True)
    assert run(capsys, "panel", book, "draw", "--decision", NUMBER)[0] == 2
    assert run(capsys, "panel", book, "draw", "--seed", "1")[0] == 2


def test_every_row_at_fault_is_named_and_nothing_is_taken_in(book, capsys):
    text = "名册,姓名,回避\n普通党员,李国强,\n普通党员,,\n,周德清,\n普通党员,李国强,\n困难户,吴大福,也许\n"
    code, _, err = take_list(capsys, book, text)
    assert code == 1
    assert "第3行 B列“姓名”：姓名是空的" in err
    assert "第4行 A列“名册”：名册是空的" in err
    assert "第5行：“普通党员”里的李国强和第2行重复" in err
    assert "第6行 C列“回避”：“也许”看不懂" in err
    assert "一行也没有导入" in err
    assert run(capsys, "panel", book, "list")[0] == 1


def test_a_file_that_is_no_list_is_refused(book, capsys):
    assert take_list(capsys, book, "名册,名字\n普通党员,李国强\n")[0] == 2
    assert take_list(capsys, book, "名册,姓名,回避\n")[0] == 2


def test_the_same_list_again_changes_nothing_and_a_dry_run_takes_nothing_in(book, capsys):
    file = book.with_name("名单.csv")
    file.write_text(LIST, encoding="utf-8")
    assert run(capsys, "import", "panel", book, file, "--dry-run")[0] == 0
    assert run(capsys, "panel", book, "list")[0] == 1
    take_list(capsys, book)
    assert "和上次导入的一样" in take_list(capsys, book)[2]
    code, out, _ = run(capsys, "panel", book, "list", "--format", "json")
    assert code == 0
    assert len(json.loads(out)["rows"]) == 8
    assert "周德清\t回避" in run(capsys, "panel", book, "list")[1]


def test_names_and_registers_of_a_file_that_are_odd_are_said(book, capsys):
    text = "名册,姓名,回避\n甲册,何世全,\n普通党员,何世全,\n困难户,吴大福,\n其他农户,孙有田,\n"
    code, _, err = take_list(capsys, book, text)
    assert code == 0
    assert "名册“甲册”不是常用的名称" in err
    assert "何世全 写在不止一个名册里" in err


def test_a_village_may_make_the_panel_a_duty(book, capsys):
    assert run(capsys, "panel", book, "duty", "--required", "yes")[0] == 0
    with open_book(book, Access.READ) as opened:
        assert opened.reader().setting("decisions.panel") == "required"
    assert run(capsys, "panel", book, "duty", "--required", "no")[2] == "抽不抽六手印由村里定。\n"
    assert run(capsys, "panel", book, "duty")[0] == 2


def decide(capsys: pytest.CaptureFixture[str], book: Path, *argv: object) -> str:
    code, out, err = run(capsys, "decision", book, *argv)
    assert code == 0, err
    return out + err


def test_a_whole_file_from_the_command_line(book, capsys):
    new = (
        "new",
        NUMBER,
        "--ledger",
        "collective",
        "--matter",
        "工程项目",
        "--subject",
        "修路",
        "--amount",
        "86000",
    )
    decide(capsys, book, *new, "--body", "representatives", "--date", "2025-05-06")
    decide(capsys, book, "amend", NUMBER, "--amount", "88000.50", "--subject", "修三组公路")
    decide(capsys, book, "interest", NUMBER, "--name", "包工头", "--reason", "投标人")
    decide(capsys, book, "interest", NUMBER, "--name", "包工头", "--reason", "写错", "--withdraw")
    take_list(capsys, book)
    draw(capsys, book)
    for place, name, kind in ((5, "文律师", "律师"), (6, "唐代表", "人大代表")):
        assert (
            run(
                capsys,
                "panel",
                book,
                "seat",
                "--decision",
                NUMBER,
                "--place",
                place,
                "--name",
                name,
                "--kind",
                kind,
            )[0]
            == 0
        )
    votes = ("--eligible", 9, "--present", 8, "--for", 8)
    decide(capsys, book, "step", NUMBER, "--date", "2025-05-08", *votes)
    decide(capsys, book, "step", NUMBER, "--date", "2025-05-10", *votes)

    def all_sign(stage: str, day: str) -> str:
        err = ""
        for place in range(1, 7):
            code, _, err = run(
                capsys,
                "panel",
                book,
                "sign",
                "--decision",
                NUMBER,
                "--stage",
                stage,
                "--place",
                place,
                "--date",
                day,
            )
            assert code == 0, err
        return err

    all_sign("proposal", "2025-05-10")
    resolved = ("step", NUMBER, "--step", "resolved", "--date", "2025-05-25", "--notice-from", "2025-05-12")
    decide(capsys, book, *resolved, "--eligible", 30, "--present", 28, "--for", 27, "--against", 1)
    said = decide(capsys, book, "step", NUMBER, "--date", "2025-05-26")
    assert "公示 2025-05-26 起，满 2025-06-02 才能往下办。" in said
    all_sign("decision", "2025-05-27")
    decide(capsys, book, "step", NUMBER, "--date", "2025-06-20")
    decide(capsys, book, "link", NUMBER, "--kind", "contract", "--ref", "HT-7")
    all_sign("execution", "2025-06-21")
    decide(capsys, book, "step", NUMBER, "--date", "2025-06-25")
    assert "六人评议签完，卷宗归档。" in all_sign("evaluation", "2025-06-30")
    shown = json.loads(decide(capsys, book, "show", NUMBER, "--format", "json"))
    assert [step["step"] for step in shown["steps"]] == [
        "proposed",
        "consulted",
        "reviewed",
        "resolved",
        "published",
        "executed",
        "result",
        "closed",
    ]
    assert (shown["amount"], shown["law"], shown["links"]) == (
        "88000.50",
        "collective",
        [{"kind": "contract", "ref": "HT-7"}],
    )
    assert "会议决议\t应到 30，实到 28，赞成 27，反对 1，弃权 0" in decide(capsys, book, "show", NUMBER)
    assert "评议归档" in decide(capsys, book, "list")
    assert len(json.loads(decide(capsys, book, "list", "--format", "json"))) == 1
    panel = json.loads(run(capsys, "panel", book, "show", "--decision", NUMBER, "--format", "json")[1])
    assert len(panel["signs"]) == 24
    late = (
        "panel",
        book,
        "sign",
        "--decision",
        NUMBER,
        "--stage",
        "evaluation",
        "--place",
        1,
        "--date",
        "2025-07-01",
    )
    code, _, err = run(capsys, *late)
    assert (code, "归了档、终止了的卷宗不再" in err) == (1, True)
    assert run(capsys, "verify", book)[0] == 0


@pytest.mark.parametrize(
    ("argv", "code", "sentence"),
    [
        (("step", NUMBER, "--step", "resolved", "--date", "2025-05-25"), 1, "还没有两委商议，不能会议决议"),
        (
            ("step", NUMBER, "--date", "2025-05-05", "--eligible", "9", "--present", "8", "--for", "8"),
            1,
            "太早",
        ),
        (
            ("step", NUMBER, "--date", "2025-05-08", "--eligible", "9", "--present", "8", "--for", "9"),
            1,
            "实到只有 8 人",
        ),
        (("step", NUMBER, "--date", "2025-05-08", "--eligible", "9"), 2, "要一起写"),
        (("step", NUMBER), 2, "还缺：--date"),
        (("step", NUMBER, "--date", "2025-05-08", "--eligible", "-9"), 2, "不是人数"),
        (
            (
                "new",
                "8号",
                "--ledger",
                "collective",
                "--matter",
                "project",
                "--subject",
                "x",
                "--body",
                "villagers",
            ),
            1,
            "不能由村民会议决定",
        ),
        (
            (
                "new",
                "8号",
                "--ledger",
                "committee",
                "--matter",
                "project",
                "--subject",
                "x",
                "--body",
                "assembly",
            ),
            1,
            "不能由成员大会决定",
        ),
        (NEW, 2, "没有说是哪一本"),
        (("new", "8号", "--ledger", "collective"), 2, "还缺：--matter、--subject"),
        (("show", "无此号"), 1, "没有决策卷宗 无此号"),
        (("link", NUMBER, "--kind", "狗", "--ref", "1"), 1, "卷宗不能连到“狗”"),
    ],
)
def test_refusals(book, capsys, argv, code, sentence):
    new = (
        "new",
        NUMBER,
        "--ledger",
        "collective",
        "--matter",
        "project",
        "--subject",
        "修路",
        "--date",
        "2025-05-06",
    )
    decide(capsys, book, *new)
    got, out, err = run(capsys, "decision", book, *argv)
    assert (got, out) == (code, "")
    assert sentence in err
