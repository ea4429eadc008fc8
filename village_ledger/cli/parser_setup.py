"""The words of setting up: ``opening`` and ``ledger``."""

from __future__ import annotations

import argparse
from pathlib import Path

from village_ledger.cli.arguments import (
    CHARTS,
    Commands,
    Parser,
    add_book,
    add_by,
    add_ledger,
    month,
    name,
    words,
)


def add(commands: Commands) -> None:
    """Their parsers."""
    _add_opening(commands)
    _add_ledgers(commands)


def add_import_options(taken: Parser) -> None:
    """What ``import`` asks for an opening or last year's figures."""
    taken.add_argument(
        "--provisional", action="store_true", help="期初未定：首月结账以前还能改动，每一处都记日志"
    )
    taken.add_argument(
        "--report", metavar="NAME", help="上年数是哪张报表的：income-distribution 或 balance-sheet"
    )


def _add_opening(commands: Commands) -> None:
    opening = commands.add_parser(
        "opening",
        help="看、改、定期初余额",
        description="期初余额：查看；未定时改动，每一处都记日志；定下来。",
    )
    add_book(opening, "账簿文件")
    acts = opening.add_subparsers(
        dest="act", metavar="ACT", required=True, title="做什么", parser_class=Parser
    )
    show = acts.add_parser("show", help="列出期初余额和它的状态")
    change = acts.add_parser("change", help="改动还没有定的期初余额")
    confirm = acts.add_parser("confirm", help="把还没有定的期初余额定下来")
    for parser in (show, change, confirm):
        add_ledger(parser)
    change.add_argument(
        "--file", type=Path, metavar="FILE", help="改好的整张期初表，csv 或 xlsx，列和导入时一样"
    )
    change.add_argument(
        "--set",
        dest="sets",
        action="append",
        type=_one_balance,
        default=[],
        metavar="101=借1200",
        help="改一行：科目[@往来单位][#项目]=借或贷和金额；可以写几次，合起来要平；金额 0 去掉这一行",
    )
    change.add_argument("--reason", required=True, type=words, metavar="TEXT", help="为什么改，凭什么改")
    add_by(change, "命令行")
    add_by(confirm, "命令行")


def _one_balance(text: str) -> tuple[str, str, str, int]:
    """A balance as typed: account, counterparty, project, debit − credit in fen."""
    from village_ledger.domain.errors import LedgerError
    from village_ledger.domain.money import parse_fen

    key, equals, value = text.partition("=")
    account, _, rest = key.partition("@")
    counterparty, _, project = rest.partition("#")
    if "#" in account:
        account, _, project = account.partition("#")
    side, amount = value.strip()[:1], value.strip()[1:]
    if not equals or side not in {"借", "贷"} or not account.strip():
        raise argparse.ArgumentTypeError(f"“{text}”看不懂，请写成 101=借1200 的样子")
    try:
        fen = parse_fen(amount)
    except LedgerError as error:
        raise argparse.ArgumentTypeError(error.what) from None
    return account.strip(), counterparty.strip(), project.strip(), fen if side == "借" else -fen


def _add_ledgers(commands: Commands) -> None:
    ledger = commands.add_parser(
        "ledger", help="小组账等别的账", description="一个村除了两本主账，还可以有小组账、农机队账等。"
    )
    add_book(ledger, "账簿文件")
    acts = ledger.add_subparsers(
        dest="act", metavar="ACT", required=True, title="做什么", parser_class=Parser
    )
    acts.add_parser("list", help="列出账簿里的各本账")
    more = acts.add_parser("add", help="增设一本账")
    more.add_argument("--code", required=True, type=name, metavar="CODE", help="代号，例如 group-01")
    more.add_argument(
        "--title", required=True, type=name, metavar="NAME", help="账的名称，例如 第一村民小组账"
    )
    more.add_argument("--entity", required=True, type=name, metavar="NAME", help="单位全称，印在报表上")
    more.add_argument("--registration-code", type=name, metavar="CODE", help="统一社会信用代码，没有可以不写")
    more.add_argument(
        "--chart", required=True, choices=CHARTS, help="科目：collective 集体制度，surplus 收支结余"
    )
    more.add_argument("--start", required=True, type=month, metavar="YYYY-MM", help="从哪个月开始记账")
    add_by(more, "建账")
