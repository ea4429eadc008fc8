"""Words of ``recurring``, ``prepaid``, ``project-fund`` and ``budget``."""

from __future__ import annotations

import argparse
from pathlib import Path

from village_ledger.cli.arguments import (
    FORMATS,
    Commands,
    Parser,
    add_book,
    add_by,
    add_ledger,
    day,
    month,
    name,
    voucher,
    words,
    year,
)
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.money import parse_fen
from village_ledger.domain.rhythm import Rhythm
from village_ledger.i18n import tr

RHYTHMS = {"月": Rhythm.MONTH, "季": Rhythm.QUARTER, "半年": Rhythm.HALF_YEAR, "年": Rhythm.YEAR}


def add(commands: Commands) -> None:
    """The four commands."""
    _add_recurring(commands)
    _add_prepaid(commands)
    _add_project_fund(commands)
    _add_budget(commands)


def amount(text: str) -> int:
    """An amount argument in yuan, fen out."""
    try:
        return parse_fen(text)
    except LedgerError as error:
        raise argparse.ArgumentTypeError(error.what) from None


def rhythm(text: str) -> Rhythm:
    """A rhythm argument: 月, 季, 半年 or 年."""
    if text not in RHYTHMS:
        raise argparse.ArgumentTypeError(
            tr("不能是“{text}”，可以是：{known}", text=text, known="、".join(RHYTHMS))
        )
    return RHYTHMS[text]


def setting(text: str) -> tuple[str, str]:
    """A variable's value, 名=值."""
    variable, equals, value = text.partition("=")
    if not (variable.strip() and equals):
        raise argparse.ArgumentTypeError(tr("“{text}”要写成 名=值 的样子", text=text))
    return variable.strip(), value.strip()


def _add_recurring(commands: Commands) -> None:
    parser = commands.add_parser(
        "recurring",
        help="按月重复的凭证",
        description="按月重复：list 看安排，due 看到期没记的，make 一次记下，skip 写明原因跳过，back 收回跳过，"
        "add 让模板按月重复，stop 停止。一期只记一次。",
    )
    add_book(parser, "账簿文件")
    parser.add_argument(
        "action",
        metavar="ACTION",
        choices=("list", "due", "make", "skip", "back", "add", "stop"),
        help="办什么",
    )
    add_ledger(parser)
    parser.add_argument("--month", type=month, metavar="YYYY-MM", help="到哪个月为止，默认这个月")
    parser.add_argument("--id", type=int, metavar="N", help="安排的编号（list 里的第一列）")
    parser.add_argument("--due", type=day, metavar="DATE", help="哪一期：到期的日子")
    parser.add_argument("--date", type=day, metavar="DATE", help="记账日期，默认到期的日子")
    parser.add_argument("--reason", type=words, metavar="TEXT", help="为什么跳过")
    parser.add_argument("--template", type=name, metavar="NAME", help="模板的名称")
    parser.add_argument("--rhythm", type=rhythm, metavar="月|季|半年|年", help="多久一次，默认月")
    parser.add_argument("--day", type=int, metavar="1-31", default=1, help="每期哪一天，31 是月末，默认 1")
    parser.add_argument("--start", type=month, metavar="YYYY-MM", help="从哪个月起")
    parser.add_argument("--end", type=month, metavar="YYYY-MM", help="到哪个月止，不写就一直重复")
    parser.add_argument(
        "--set",
        type=setting,
        action="append",
        default=[],
        metavar="名=值",
        help="给模板的变量定好值，可写多次",
    )
    add_by(parser, "命令行")


def _add_prepaid(commands: Commands) -> None:
    parser = commands.add_parser(
        "prepaid",
        help="预收租金分摊",
        description="一次收几年的租金、发包款：add 排分摊（用已有的收款凭证 --voucher，或写 --payer 等同时填收款凭证），"
        "list 看各笔，due 看到期没结转的，release 结转一个月（只结一次），basis 定按月还是按合同年度（只定一次）。",
    )
    add_book(parser, "账簿文件")
    parser.add_argument(
        "action", metavar="ACTION", choices=("list", "due", "release", "add", "basis"), help="办什么"
    )
    add_ledger(parser)
    parser.add_argument("--month", type=month, metavar="YYYY-MM", help="结转到哪个月")
    parser.add_argument("--basis", choices=("month", "year"), help="month 按月，year 按合同年度")
    parser.add_argument("--voucher", type=voucher, metavar="YYYY-MM/记-0012", help="收款凭证")
    parser.add_argument("--line", type=int, default=0, metavar="N", help="凭证的第几行，只有一行预收时不用写")
    parser.add_argument("--from", dest="first", type=day, metavar="DATE", help="租期从哪天起")
    parser.add_argument("--to", dest="last", type=day, metavar="DATE", help="租期到哪天止")
    parser.add_argument("--what", type=name, metavar="TEXT", help="是什么款，如 鱼塘承包款")
    parser.add_argument("--account", metavar="CODE", help="结转到哪个收入科目（501 下的末级）")
    parser.add_argument("--payer", type=name, metavar="NAME", help="谁交的款")
    parser.add_argument("--member", action="store_true", help="交款人是本集体成员（挂 113，否则挂 211）")
    parser.add_argument("--amount", type=amount, metavar="AMOUNT", help="收了多少元")
    parser.add_argument("--date", type=day, metavar="DATE", help="收款日期")
    parser.add_argument("--money", metavar="CODE", help="收到哪个现金或银行科目")
    add_by(parser, "命令行")


def _add_project_fund(commands: Commands) -> None:
    parser = commands.add_parser(
        "project-fund",
        help="项目专款的文件",
        description="专款专用：add 登记项目的拨款文件（文号、用途、金额），list 看每个项目收了多少、用了多少。",
    )
    add_book(parser, "账簿文件")
    parser.add_argument("action", metavar="ACTION", choices=("list", "add"), help="办什么")
    add_ledger(parser)
    parser.add_argument("--project", type=name, metavar="NAME", help="项目")
    parser.add_argument("--account", metavar="CODE", help="专项资金科目（241、231 或 2301、2302）")
    parser.add_argument("--number", type=name, metavar="NO", help="文号，或议事决议的名称")
    parser.add_argument("--purpose", type=name, metavar="TEXT", help="用途")
    parser.add_argument("--amount", type=amount, metavar="AMOUNT", help="文件上的金额，元")
    parser.add_argument("--date", type=day, metavar="DATE", help="文件日期")
    add_by(parser, "命令行")


def _add_budget(commands: Commands) -> None:
    parser = commands.add_parser(
        "budget",
        help="看年度财务计划",
        description="年度财务计划：计划、已用、还剩。计划用 import budget 导入，调整一次存一版，旧版都留着。",
    )
    add_book(parser, "账簿文件")
    add_ledger(parser)
    parser.add_argument("--year", required=True, type=year, metavar="YYYY", help="哪一年")
    parser.add_argument("--format", choices=FORMATS, help="格式，默认看 -o 的文件名，没有就是 json")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="写到文件；pdf 和 xlsx 一定要写")
    add_by(parser, "命令行")


def add_import_options(parser: Parser) -> None:
    """What ``import budget`` wants beside its file."""
    parser.add_argument("--year", type=year, metavar="YYYY", help="导入财务计划时：哪一年")
    parser.add_argument(
        "--resolution", type=name, metavar="NO", help="导入财务计划或量化方案时：通过它的决议文号"
    )
