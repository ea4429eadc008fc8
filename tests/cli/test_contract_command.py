"""Contracts at the command line: taken in, drawn up, signed, owed, received, ended, printed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.builders import blank_book
from tests.exchange.files import write_csv

SAMPLE = Path(__file__).parents[1] / "samples" / "contracts_register.xlsx"
HEADS = [
    "合同编号",
    "资产编号",
    "对方",
    "起始日期",
    "终止日期",
    "周期",
    "付款日",
    "每期金额",
    "递增率",
    "递增年数",
    "阶梯",
    "决议文号",
]
SHOP = (
    "青合-1",
    "J001",
    "兴农公司",
    "2025-01-01",
    "2027-12-31",
    "半年",
    "首日",
    "4800",
    "",
    "",
    "",
    "青股社〔2024〕9号",
)
POND = ("青合-2", "Z002", "何大明", "2025/2/28", "2028-02-27", "年", "末日", "6,000.00", "5%", "1", "", "")
BY = ("--by", "王秀英")


def register(tmp_path, *rows):
    return write_csv(tmp_path / "合同.csv", list(rows), HEADS)


def report(run, book, name, *more):
    return json.loads(run("report", book, name, *more).out)["rows"]


@pytest.fixture
def book(tmp_path) -> Path:
    """A new book of both ledgers from January 2025."""
    return blank_book(tmp_path)


@pytest.fixture
def let(book, run, tmp_path):
    """A book with two contracts."""
    assert run("import", "contracts", book, register(tmp_path, SHOP, POND)).code == 0
    return book


def test_contracts_come_in_and_rows_follow(run, let):
    rows = report(run, let, "due-rows")
    assert list(rows[0])[1:7] == ["level", "contract", "from", "to", "due", "amount"]
    assert [(r["contract"], r["due"], r["amount"]) for r in rows if r["role"] == "detail"] == [
        *(("青合-1", f"{year}-{half}-01", "4800.00") for year in (2025, 2026, 2027) for half in ("01", "07")),
        ("青合-2", "2026-02-27", "6000.00"),
        ("青合-2", "2027-02-27", "6300.00"),
        ("青合-2", "2028-02-27", "6615.00"),
    ]
    only = report(run, let, "due-rows", "--ledger", "collective", "--year", "2026")
    assert [r["due"] for r in only if r["role"] == "detail"] == ["2026-01-01", "2026-07-01", "2026-02-27"]
    assert run("verify", let).code == 0


def test_a_dry_run_changes_nothing(run, book, tmp_path):
    answer = run("import", "contracts", book, register(tmp_path, SHOP), "--dry-run")
    assert "可以导入：1 份合同" in answer.said
    assert report(run, book, "contract-register")[0]["role"] == "total"


def changed(row, **cells):
    places = {"number": 0, "code": 1, "party": 2, "start": 3, "end": 4, "period": 5, "pay": 6, "amount": 7}
    places |= {"rate": 8, "years": 9, "steps": 10}
    made = list(row)
    for key, value in cells.items():
        made[places[key]] = value
    return tuple(made)


@pytest.mark.parametrize(
    ("bad", "sentence"),
    [
        (changed(POND, start="2025-02-29"), "没有“2025-02-29”这一天"),
        (changed(POND, end="2024-01-01"), "终止日期 2024-01-01 早于起始日期 2025-02-28"),
        (changed(POND, amount="0"), "每期金额 0.00 不对"),
        (changed(POND, amount="-5"), "每期金额 -5.00 不对"),
        (changed(POND, amount="1.234,5"), "逗号的位置不对"),
        (changed(POND, amount="12.345"), "小数超过两位"),
        (changed(POND, period="旬"), "周期“旬”看不懂"),
        (changed(POND, pay="月中"), "付款日“月中”看不懂"),
        (changed(POND, rate="5", years=""), "递增率和递增年数要一起写"),
        (changed(POND, rate="900", years="1"), "不合常理"),
        (changed(POND, steps="2029-01-01:5"), "阶梯日期 2029-01-01 要在租期里面"),
        (changed(POND, steps="下年:5"), "“下年”不是日期"),
        (changed(POND, party=""), "没有写对方"),
        (changed(POND, number=""), "没有写合同编号"),
        (changed(POND, number="青合-1"), "合同编号和第2行相同"),
        (changed(POND, code="J001"), "J001 和第2行租期重叠，同一个标的不能同时租给两家"),
    ],
)
def test_every_fault_is_named_with_its_row_and_nothing_comes_in(run, book, tmp_path, bad, sentence):
    answer = run("import", "contracts", book, register(tmp_path, SHOP, bad))
    assert answer.code == 1
    assert answer.sentences[0].startswith("第3行")
    assert sentence in answer.sentences[0]
    assert report(run, book, "contract-register")[0]["role"] == "total"


def test_a_missing_column_is_refused(run, book, tmp_path):
    file = write_csv(tmp_path / "缺.csv", [SHOP[:-1]], HEADS[:-1])
    answer = run("import", "contracts", book, file)
    assert (answer.code, "缺少列：决议文号" in answer.said) == (2, True)


def test_an_asset_let_already_is_not_let_again(run, let, tmp_path):
    answer = run("import", "contracts", let, register(tmp_path, changed(SHOP, number="青合-9")))
    assert answer.code == 1
    assert "已经租给兴农公司（合同 青合-1），时间重叠" in answer.said


def test_an_area_that_cannot_be(run, book, tmp_path):
    for area, sentence in (("-3", "面积“-3”不对"), ("0", "面积“0”是零"), ("三亩", "面积“三亩”不对")):
        file = write_csv(tmp_path / f"面积{area}.csv", [(*SHOP, area, "亩")], [*HEADS, "面积", "单位"])
        answer = run("import", "contracts", book, file)
        assert (answer.code, sentence in answer.said) == (1, True)


def test_a_register_kept_by_hand_waits_for_answers_and_then_comes_in(run, book, tmp_path):
    refused = run("import", "contracts", book, SAMPLE)
    assert refused.code == 1
    assert [line.split()[0] for line in refused.sentences[:4]] == ["第13行", "第15行", "第17行", "第18行"]
    assert report(run, book, "contract-register")[0]["role"] == "total"
    answers = write_csv(
        tmp_path / "答复.csv",
        [("13", "年租金", "5750"), ("15", "", "略去"), ("17", "", "略去"), ("第18行", "整行", "略去")],
        ["行", "栏", "答复"],
    )
    taken = run("import", "contracts", book, SAMPLE, "--answers", answers)
    assert (taken.code, "导入了 22 份合同" in taken.said) == (0, True)
    assert run("verify", book).code == 0


def test_the_sheet_of_a_platform_comes_in_too(run, book):
    answer = run("import", "contracts", book, SAMPLE, "--sheet", "平台导出")
    assert (answer.code, "导入了 21 份合同" in answer.said) == (0, True)
    rows = report(run, book, "due-rows")
    tea = [r for r in rows if r["contract"] == "51120190002"]
    assert (len(tea), tea[0]["amount"]) == (20, "42000.00")


def test_from_drawing_up_to_the_end(run, book):
    made = run(
        "contract", book, "add", "青合-7", "--party", "冉记副食", "--start", "2025-01-01", "--end", "2026-12-31",
        *("--period", "季", "--amount", "1,500", "--asset", "J005", "--deposit", "1000", "--penalty", "5"),
        *("--resolution", "青股社〔2024〕9号", "--signed", "2024-12-20", *BY),
    )  # fmt: skip
    assert made.code == 0
    assert "合同 青合-7：冉记副食，J005，2025-01-01 至 2026-12-31，已签。" in made.said
    assert "资产编号 J005 还没有卡片" in made.said
    owed = run("contract", book, "due", "--month", "2025-01", *BY)
    assert owed.out.split() == ["2025-01/记-0001"]
    assert "没有要记应收的租金" in run("contract", book, "due", "--month", "2025-01", *BY).said
    paid = run("contract", book, "receive", "青合-7", "--date", "2025-02-10", "--amount", "1500", *BY)
    assert paid.out.split() == ["2025-02/记-0001"]
    for act in ("deposit", "refund"):
        done = run("contract", book, act, "青合-7", "--date", "2025-02-11", "--amount", "1000", *BY)
        assert done.code == 0
    late = run("contract", book, "penalty", "青合-7", "--month", "2025-05", *BY)
    assert "拟收违约金" in late.said
    rise = run(
        "contract", book, "change", "青合-7", "--date", "2025-07-01", "--amount", "1800", "--basis", "补充协议", *BY
    )  # fmt: skip
    assert "已变更" in rise.said
    ended = run("contract", book, "terminate", "青合-7", "--date", "2025-08-15", "--basis", "双方协商", *BY)
    assert "提前解除" in ended.said
    amounts = [r["amount"] for r in report(run, book, "due-rows") if r["role"] == "detail"]
    assert amounts == ["1500.00", "1500.00", "900.00"]  # 46 of 92 days at 1,800
    assert run("verify", book).code == 0


def test_refusals(run, let):
    for command, sentence in (
        (("receive", "没有的", "--date", "2025-02-10", "--amount", "1"), "没有编号为“没有的”的合同"),
        (("receive", "青合-1", "--date", "2025-02-10", "--amount", "9600.01"), "多了"),
        (("sign", "青合-1", "--date", "2025-02-10"), "现在是“履行中”，不能签订"),
        (("forget", "青合-1"), "已经签订"),
        (("match", "青合-1", "--voucher", "2025-01/记-0001"), "没有还没对过"),
        (("due", "--month", "2025-01", "--contract", "没有的"), "没有编号为“没有的”的合同"),
    ):
        answer = run("contract", let, *command, *BY)
        assert (answer.code, sentence in answer.said) == (1, True), command


def test_a_posted_voucher_is_matched_and_taken_back(run, let, tmp_path):
    heads = [
        "日期",
        "凭证字",
        "凭证号",
        "摘要",
        "科目编码",
        "借方金额",
        "贷方金额",
        "往来单位",
        "项目",
        "附件张数",
    ]
    rows = [
        ("2025-01-05", "记", "1", "收租", "102", "4800", "", "", "", "1"),
        ("2025-01-05", "记", "1", "收租", "501", "", "4800", "兴农公司", "", "1"),
    ]
    file = write_csv(tmp_path / "凭证.csv", rows, heads)
    assert run("import", "vouchers", let, file, "--ledger", "collective", "--post").code == 0
    ref = ("--voucher", "2025-01/记-0001", *BY)
    assert "4,800.00 元对到合同 青合-1" in run("contract", let, "match", "青合-1", *ref).said
    assert report(run, let, "due-rows")[0]["received"] == "4800.00"
    assert run("contract", let, "unmatch", "青合-1", *ref).code == 0
    assert report(run, let, "due-rows")[0]["received"] == "0.00"


@pytest.mark.parametrize(
    "name",
    ["due-rows", "contract-register", "rent-arrears", "contract-expiry", "rent-by-year", "rent-per-mu"],
)
@pytest.mark.parametrize("kind", ["pdf", "xlsx", "csv"])
def test_every_report_comes_on_paper_and_as_data(run, let, tmp_path, name, kind):
    file = tmp_path / f"{name}.{kind}"
    assert run("report", let, name, "-o", file).code == 0
    assert file.stat().st_size > 100


def test_the_register_says_what_to_look_after(run, let):
    assert run("contract", let, "board-until", "--date", "2026-06-30", *BY).code == 0
    shop, pond, _ = report(run, let, "contract-register", "--as-of", "2025-08-10")
    assert shop["cautions"] == "逾期 221 天"
    assert shop["open"] == "9600.00"
    assert pond["cautions"] == "没有决议、超出本届任期"
