"""The village of the benchmarks: seeded vouchers over the collective's chart, the same bytes on every machine.

    vouchers(n)     n vouchers of 2021–2025 in the order of their days, 2.6 lines on the mean
    ensure(size)    a folder with all forms of them: our csv files, a journal, one JSON text a voucher

Only ``Random.random()`` is drawn from, whose sequence the language fixes. The first level is the program's own
chart, the accounts below it are invented. Nearly every voucher moves money through one bank account, so that in the
largest book this account alone has a million lines.
"""

from __future__ import annotations

import csv
import json
import os
import random
import tempfile
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

SEED = 20250101
SIZES = {
    "1k": 1_000,
    "10k": 10_000,
    "100k": 100_000,
    "1M": 1_000_000,
    "10k lines": 3_850,
    "1M lines": 385_000,
}
"""Vouchers of each size; the last two are named by their voucher lines."""
FIRST, LAST = date(2021, 1, 1), date(2025, 12, 31)
BUSY = "1020101"
"""The bank account nearly everything passes through."""

_CHART_FILE = Path(__file__).resolve().parents[2] / "resources" / "charts" / "collective_2023.csv"
_GROUPS = ("一组", "二组", "三组", "四组", "五组", "六组", "七组", "八组")
_BELOW: dict[str, dict[str, tuple[str, ...]]] = {
    "101": {"村部现金": (), "备用金": ()},
    "102": {"农商银行": ("基本户", "专项资金户", "土地补偿费户"), "邮储银行": ("一般户",)},
    "111": {"定期存单": ()},
    "112": {"承包单位": ("养殖场", "果园", "鱼塘", "砂场"), "其他单位": ("镇财政所", "供电所")},
    "113": {"农户": _GROUPS, "承包户": ("耕地", "林地", "水面")},
    "121": {"农资": ("化肥", "种子", "农药"), "办公用品": ()},
    "131": {"育肥畜": (), "用材林": ()},
    "132": {"果树": (), "产役畜": ()},
    "141": {"合作社股金": (), "光伏电站": ()},
    "151": {"房屋": ("村部", "文化广场", "冷库"), "机器": ("农机", "水泵"), "设施": ("机耕路", "水渠")},
    "152": {"房屋折旧": (), "机器折旧": (), "设施折旧": ()},
    "153": {"道路": (), "饮水": (), "农田": ()},
    "201": {"农商银行借款": ()},
    "211": {"单位": ("施工队", "农资站"), "个人": ("押金", "代收电费", "代收水费")},
    "212": {"管理人员": (), "护林员": (), "保洁员": ()},
    "213": {"零工": ()},
    "214": {"增值税": (), "房产税": ()},
    "231": {"筹资": (), "财政奖补": ()},
    "241": {"上级专项": ("产业发展", "厕所改造", "农房改造")},
    "301": {"集体资本": (), "成员资本": ()},
    "311": {"公积金": (), "公益金": ()},
    "401": {"种植": (), "养殖": ()},
    "501": {
        "出租": ("铺面", "厂房", "土地"),
        "发包": ("果园", "鱼塘"),
        "销售": ("农产品", "木材"),
        "服务": (),
    },
    "502": {"股金红利": (), "利息": ()},
    "503": {"运转补助": (), "生态补助": ()},
    "504": {"违约金": (), "盘盈": ()},
    "511": {"出租支出": (), "销售支出": (), "服务支出": ()},
    "512": {"附加税": ()},
    "513": {
        "办公": ("纸张", "报刊", "通信"),
        "人员": ("误工补贴", "组长补贴"),
        "差旅": (),
        "水电": ("电费", "水费"),
        "会议": (),
        "维修": (),
    },
    "514": {"环境卫生": ("清运", "保洁"), "文体": (), "慰问": ("老人", "困难户"), "路灯": ()},
    "515": {"捐赠": (), "盘亏": ()},
}


@dataclass(frozen=True, slots=True)
class Account:
    """An account as its row in the account file; ``path`` holds the names from the first level down."""

    code: str
    name: str
    side: str
    dimensions: str
    category: str
    leaf: bool
    path: tuple[str, ...]


class Line(NamedTuple):
    """A line of a voucher, fen."""

    account: str
    debit: int
    credit: int
    counterparty: str
    project: str


class Voucher(NamedTuple):
    """A numbered voucher; all its lines carry its summary."""

    id: int
    day: date
    number: int
    summary: str
    lines: list[Line]


class Recipe(NamedTuple):
    """A kind of business: how often, what is written, between which accounts, and how large (fen)."""

    weight: int
    text: str
    debit: tuple[str, ...]
    credit: tuple[str, ...]
    low: int
    high: int


def _chart() -> dict[str, Account]:
    """Every account: the first level from the program's chart, below it what is invented here."""
    accounts: dict[str, Account] = {}

    def add(code: str, name: str, above: Account, subs: dict[str, tuple[str, ...]] | tuple[str, ...]) -> None:
        path = (*above.path, f"{code} {name}")
        made = Account(code, name, above.side, above.dimensions, above.category, not subs, path)
        accounts[code] = made
        for place, sub in enumerate(subs, 1):
            add(f"{code}{place:02d}", sub, made, subs[sub] if isinstance(subs, dict) else ())

    with _CHART_FILE.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if len(row["code"]) == 3 and row["code"] != "322":
                root = Account("", "", row["side"], row["dimensions"], row["category"], leaf=False, path=())
                add(row["code"], row["name"], root, _BELOW.get(row["code"], {}))
    return accounts


CHART = _chart()
LEAVES = tuple(code for code, account in CHART.items() if account.leaf)


def _under(*codes: str) -> tuple[str, ...]:
    return tuple(code for code in LEAVES if code.startswith(codes))


_BANK, _CASH = _under("102"), _under("101")
_PAY = (BUSY,) * 60 + _BANK + _CASH
_RECIPES = (
    Recipe(14, "支付{g}{m}月办公用品款", _under("51301"), _PAY, 3_000, 300_000),
    Recipe(10, "支付{g}{m}月误工补贴", _under("51302", "212"), _PAY, 8_000, 500_000),
    Recipe(9, "支付{g}垃圾清运及保洁费", _under("51401"), _PAY, 20_000, 900_000),
    Recipe(8, "缴纳{m}月水电费", _under("51304", "51404"), _PAY, 5_000, 500_000),
    Recipe(7, "收{g}耕地林地承包款", _PAY, _under("11302", "11301"), 10_000, 5_000_000),
    Recipe(7, "收{m}月铺面厂房租金", _PAY, _under("50101"), 50_000, 9_000_000),
    Recipe(5, "收果园鱼塘发包款", _PAY, _under("50102", "11201"), 100_000, 20_000_000),
    Recipe(5, "购进农资入库", _under("121"), _PAY, 20_000, 3_000_000),
    Recipe(4, "收镇财政拨专项资金", _PAY, _under("503", "24101"), 500_000, 60_000_000),
    Recipe(4, "支付{g}道路硬化工程款", _under("153"), _PAY, 300_000, 50_000_000),
    Recipe(4, "慰问{g}老人", _under("51403"), _PAY, 10_000, 300_000),
    Recipe(4, "代收{g}{m}月电费水费", _PAY, _under("21102"), 5_000, 400_000),
    Recipe(3, "支付零工劳务费", _under("213", "401"), _PAY, 8_000, 600_000),
    Recipe(3, "销售农产品收入", _PAY, _under("50103", "50104"), 10_000, 4_000_000),
    Recipe(3, "提取现金备用", _CASH, (BUSY,), 100_000, 2_000_000),
    Recipe(2, "结转{m}月种植养殖成本", _under("511"), _under("401", "121"), 20_000, 2_000_000),
    Recipe(2, "计提{m}月折旧", _under("513", "511"), _under("152"), 30_000, 900_000),
    Recipe(1, "收股金红利及存款利息", _PAY, _under("502"), 1_000, 3_000_000),
    Recipe(1, "购置固定资产", _under("151"), _PAY, 500_000, 30_000_000),
    Recipe(1, "缴纳税费", _under("512", "214"), _PAY, 1_000, 800_000),
    Recipe(1, "归还借款", _under("201"), _PAY, 100_000, 10_000_000),
    Recipe(1, "盘盈盘亏处理", _under("515"), _under("504", "121"), 1_000, 100_000),
)
_WEIGHTS = list(accumulate(recipe.weight for recipe in _RECIPES))
_OPENING = ((BUSY, 300_000_000), ("1020102", 120_000_000), ("10101", 1_500_000), ("1510101", 260_000_000))
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = "建国秀英桂兰志强玉梅海燕文华春生福贵明霞永红立新"
_PROJECTS = tuple(
    f"{year}年{what}" for year in range(2021, 2026) for what in ("道路硬化", "饮水", "高标准农田")
)


def vouchers(count: int, first: date = FIRST) -> Iterator[Voucher]:
    """``count`` vouchers from ``first`` on in the order of their days, numbered from 1 in each month."""
    draw = random.Random(SEED).random
    span = (LAST - first).days + 1
    month, number = 0, 0
    for i in range(count):
        day = date.fromordinal(first.toordinal() + i * span // count)
        if day.month != month:
            month, number = day.month, 0
        number += 1
        if i < len(_OPENING):
            account, fen = _OPENING[i]
            lines = [Line(account, fen, 0, "", ""), Line("30101", 0, fen, "", "")]
            yield Voucher(i + 1, day, number, "接收集体资产", lines)
            continue
        recipe = _RECIPES[bisect_right(_WEIGHTS, draw() * _WEIGHTS[-1])]
        text = recipe.text.format(g=_GROUPS[int(draw() * 8)], m=day.month)
        total = recipe.low + int((recipe.high - recipe.low) * draw() ** 3)
        yield Voucher(i + 1, day, number, text, _lines(recipe, total, draw))


def _lines(recipe: Recipe, total: int, draw: random.Random.random) -> list[Line]:  # type: ignore[valid-type]
    """One side whole, the other in up to four parts."""
    chance = draw()
    parts = 1 if chance < 0.60 else 2 if chance < 0.83 else 3 if chance < 0.95 else 4
    split_debit = draw() < 0.7
    many, single = (recipe.debit, recipe.credit) if split_debit else (recipe.credit, recipe.debit)
    one = single[int(draw() * len(single))]
    lines: list[Line] = []
    rest = total
    for left in range(parts - 1, -1, -1):
        part = min(max(1, int(rest * (0.2 + 0.6 * draw()))), rest - left) if left else rest
        rest -= part
        account = many[int(draw() * len(many))]
        if account == one:
            account = "5130101" if split_debit else "50401"
        lines.append(_line(account, part, draw, debit=split_debit))
    whole = _line(one, total, draw, debit=not split_debit)
    return [*lines, whole] if split_debit else [whole, *lines]


def _line(account: str, fen: int, draw: random.Random.random, *, debit: bool) -> Line:  # type: ignore[valid-type]
    """A line with what its account demands."""
    dimensions = CHART[account].dimensions
    name = project = ""
    if dimensions == "往来单位":
        one, two, three = (int(draw() * 20) for _ in range(3))
        name = _SURNAMES[one] + _GIVEN[two] + _GIVEN[three]
    elif dimensions == "项目":
        project = _PROJECTS[int(draw() * len(_PROJECTS))]
    return Line(account, fen if debit else 0, 0 if debit else fen, name, project)


def yuan(fen: int) -> str:
    """1234.50, empty for nothing."""
    return f"{fen // 100}.{fen % 100:02d}" if fen else ""


def root() -> Path:
    """Where data, books and results are kept, outside the repository."""
    given = os.environ.get("VILLAGE_LEDGER_BENCH")
    return Path(given) if given else Path(tempfile.gettempdir()) / "village-ledger-bench"


def ensure(size: str) -> Path:
    """The folder of a size with ``accounts.csv``, ``vouchers.csv``, ``vouchers.jsonl`` and ``ledger.journal``."""
    folder = root() / size
    done = folder / "done"
    if done.exists() and done.read_text() == str(SEED):
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    _write_accounts(folder / "accounts.csv")
    _write_vouchers(folder, SIZES[size])
    done.write_text(str(SEED))
    return folder


def _write_accounts(path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(("科目编码", "科目名称", "余额方向", "启用", "辅助核算"))
        for account in CHART.values():
            if len(account.code) > 3:
                out.writerow((account.code, account.name, account.side, "是", account.dimensions))


HEADS = (
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
)


def voucher_rows(v: Voucher) -> Iterator[tuple[str | int, ...]]:
    """A voucher's lines as rows of the voucher file."""
    head = (v.day.isoformat(), "记", v.number, v.summary)
    return ((*head, x.account, yuan(x.debit), yuan(x.credit), x.counterparty, x.project, 1) for x in v.lines)


def _write_vouchers(folder: Path, count: int) -> None:
    """The same vouchers in every form, in one walk."""
    names = {code: ":".join((CHART[code].category, *CHART[code].path)) for code in LEAVES}
    with (
        (folder / "vouchers.csv").open("w", encoding="utf-8", newline="") as table,
        (folder / "vouchers.jsonl").open("w", encoding="utf-8") as texts,
        (folder / "ledger.journal").open("w", encoding="utf-8") as journal,
    ):
        out = csv.writer(table)
        out.writerow(HEADS)
        journal.write("commodity 1000.00 CNY\n\n")
        journal.writelines(f"account {name}\n" for name in names.values())
        for v in vouchers(count):
            day = v.day.isoformat()
            out.writerows(voucher_rows(v))
            lines = [(x.account, x.debit, x.credit, v.summary) for x in v.lines]
            record = {"id": v.id, "date": day, "no": v.number, "summary": v.summary, "lines": lines}
            texts.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n")
            journal.write(f"\n{day} (记-{v.number:04d}) {v.summary}\n")
            journal.writelines(
                f"    {names[x.account]}  {'-' * (x.credit > 0)}{yuan(x.debit + x.credit)} CNY\n"
                for x in v.lines
            )
