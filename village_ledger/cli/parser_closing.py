"""The words of closing: months and the year, waivers, seals, what is distributed."""

from __future__ import annotations

from argparse import ArgumentTypeError
from decimal import Decimal, InvalidOperation
from pathlib import Path

from village_ledger.cli.arguments import (
    Commands,
    Parser,
    add_book,
    add_ledger,
    day,
    month,
    name,
    words,
    year,
)
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.money import parse_fen
from village_ledger.i18n import tr

SUPERVISORS = 2
WHOLE = 100


def add(commands: Commands) -> None:
    """``close reopen waive seal close-year distribute``."""
    close = commands.add_parser("close", help="结账", description="按月顺序结账；检查单有一项不过就不结。")
    reopen = commands.add_parser("reopen", help="反结账", description="反结最近一个已结账的月份，要两个人。")
    waive = commands.add_parser(
        "waive", help="放行一项提醒", description="给检查单上的一项提醒写明原因；不过的项不能放行。"
    )
    seal = commands.add_parser(
        "seal", help="封存", description="监事在检查单上签字以后，封存到某个月；封存后不能反结账。"
    )
    year_end = commands.add_parser("close-year", help="年终结转", description="12月结账以后，结转全年损益。")
    acts = (
        (close, "结账人"),
        (reopen, "申请人"),
        (waive, "放行人"),
        (seal, "经办人"),
        (year_end, "经办人"),
    )
    for parser, what in acts:
        add_book(parser, "账簿文件")
        add_ledger(parser)
        parser.add_argument("--by", required=True, type=name, metavar="NAME", help=what)
    for parser in (close, reopen, waive, seal):
        parser.add_argument("--month", required=True, type=month, metavar="YYYY-MM", help="哪个月")
    close.add_argument("--check", action="store_true", help="只检查：这个月转为“核”，不结账")
    reopen.add_argument("--approved-by", required=True, type=name, metavar="NAME", help="批准人，另一个人")
    reopen.add_argument("--reason", required=True, type=words, metavar="TEXT", help="为什么反结账")
    waive.add_argument("--rule", required=True, type=name, metavar="K8", help="检查单上的编号")
    waive.add_argument("--reason", required=True, type=words, metavar="TEXT", help="为什么放行、怎么处理")
    _add_seal(seal)
    year_end.add_argument("--year", required=True, type=year, metavar="YYYY", help="哪一年")
    year_end.add_argument("--dry-run", action="store_true", help="只看要记哪些结转凭证，账不动")
    _add_distribute(commands)


def _add_seal(seal: Parser) -> None:
    seal.add_argument(
        "--supervisor",
        required=True,
        type=name,
        nargs=SUPERVISORS,
        metavar=("NAME", "NAME"),
        help="签字的两名监事",
    )
    seal.add_argument("--sheet", required=True, type=words, metavar="TEXT", help="签过字的检查单的编号或日期")


def _add_distribute(commands: Commands) -> None:
    parser = commands.add_parser(
        "distribute",
        help="收益分配",
        description="按决议填制收益分配凭证：先弥补亏损，再提取公积公益金，再向成员分配，再其他。",
    )
    add_book(parser, "账簿文件")
    add_ledger(parser)
    parser.add_argument("--year", required=True, type=year, metavar="YYYY", help="分配哪一年的收益")
    parser.add_argument(
        "--date", required=True, type=day, metavar="DATE", help="作出决定的日期，也是凭证日期"
    )
    for option, what in (
        ("--cover-loss", "以公积公益金弥补亏损"),
        ("--members", "向成员分配"),
        ("--other", "其他分配"),
    ):
        parser.add_argument(option, type=amount, default=0, metavar="A", help=what)
    parser.add_argument(
        "--reserve",
        type=amount_or_percent,
        default=(0, None),
        metavar="A|P%",
        help="提取公积公益金：金额或比例",
    )
    parser.add_argument("--other-to", type=name, metavar="NAME", help="其他分配分给谁")
    parser.add_argument(
        "--members-list",
        type=Path,
        metavar="FILE",
        help="逐户名单 csv 或 xlsx：往来单位、金额；合计等于 --members",
    )
    parser.add_argument("--resolution", required=True, type=words, metavar="NUMBER", help="决议文号")
    parser.add_argument("--by", required=True, type=name, metavar="NAME", help="制单人")


def amount(text: str) -> int:
    """An amount argument, fen."""
    try:
        return parse_fen(text)
    except LedgerError as error:
        raise ArgumentTypeError(error.what) from None


def amount_or_percent(text: str) -> tuple[int, Decimal | None]:
    """An amount in fen, or a percentage such as ``10%``."""
    if not text.endswith(("%", "％")):
        return amount(text), None
    try:
        percent = Decimal(text[:-1])
    except InvalidOperation:
        raise ArgumentTypeError(tr("“{text}”不是比例，请写成 10% 的样子", text=text)) from None
    if not 0 <= percent <= WHOLE:
        raise ArgumentTypeError(tr("比例 {text} 不对，应在 0% 和 100% 之间", text=text))
    return 0, percent
