"""Words of ``dividend`` and what follows it: paying out, the bank's answer, the sheet to sign, what nobody claimed."""

from __future__ import annotations

from pathlib import Path

from village_ledger.cli.arguments import FORMATS, Commands, Parser, add_book, add_by, day, name, words, year

METHODS = ("largest", "floor", "per_share")


def add(commands: Commands) -> None:
    """Every subcommand."""
    _add_dividend(commands)
    _add_pay(commands)
    _add_result(commands)
    _add_sheet(commands)
    _add_unclaimed(commands)


def _add_dividend(commands: Commands) -> None:
    made = commands.add_parser(
        "dividend",
        help="收益分红",
        description="按登记日的份额把一年的收益分给成员。不加 --post 只试算，不入账；试算通不过的条件写在结果里，退出码为 1。",
    )
    add_book(made, "账簿文件")
    made.add_argument("--year", required=True, type=year, metavar="Y", help="分的是哪一年的收益")
    made.add_argument("--amount", required=True, metavar="A", help="一共分多少")
    made.add_argument(
        "--record-date", required=True, type=day, metavar="D", help="登记日：按这一天日终的份额分"
    )
    made.add_argument("--date", required=True, type=day, metavar="D", help="分红日，也是凭证的日期")
    made.add_argument(
        "--resolution", required=True, type=name, metavar="NUMBER", help="成员（代表）大会的决议文号"
    )
    made.add_argument("--post", action="store_true", help="入账：填制凭证，记下分配明细")
    how = "largest 最大余数，分完到分；floor 舍去不足一分，余数留下；per_share 按每份金额"
    made.add_argument("--method", choices=METHODS, default=METHODS[0], help=how)
    made.add_argument(
        "--class",
        dest="classes",
        action="append",
        type=name,
        metavar="NAME",
        help="只按这一类股份分；可写几次，不写就全部",
    )
    _add_home(made)
    _add_output(made)
    add_by(made, "登记")


def _add_pay(commands: Commands) -> None:
    pay = commands.add_parser(
        "dividend-pay",
        help="发放分红",
        description="发放分红：一次发放记一张凭证。不写 --holder 就发给所有能领的人；加 -o 写出银行代发文件。",
    )
    _add_which(pay)
    pay.add_argument("--date", required=True, type=day, metavar="D", help="发放的日期")
    pay.add_argument("--method", choices=("bank", "cash"), default="bank", help="bank 银行代发，cash 现金")
    pay.add_argument("--account", metavar="C", help="从哪个科目付；只有一个户头时不用写")
    pay.add_argument(
        "--holder",
        action="append",
        type=name,
        metavar="户编号/姓名[=金额]",
        help="发给谁、发多少；可写几次，不写金额就发全部",
    )
    pay.add_argument("--group", type=name, metavar="G", help="只发这一组")
    pay.add_argument("--receiver", type=name, metavar="NAME", help="代领人")
    pay.add_argument("--relation", type=name, metavar="R", help="代领人和持有人的关系")
    pay.add_argument("--layout", default="common", metavar="ID", help="银行代发文件的格式，默认 common")
    pay.add_argument("--format", choices=("csv", "xlsx"), help="代发文件的格式，默认看文件名")
    pay.add_argument("-o", "--output", type=Path, metavar="FILE", help="银行代发文件写到哪里")
    add_by(pay, "登记")


def _add_result(commands: Commands) -> None:
    result = commands.add_parser(
        "dividend-result",
        help="登记银行代发的结果",
        description="登记银行代发的结果；退回的自动记一张凭证，分红重新挂账。",
    )
    _add_which(result)
    result.add_argument("--date", required=True, type=day, metavar="D", help="银行答复的日期")
    result.add_argument(
        "--failed", action="append", type=words, metavar="户编号/姓名[=原因]", help="退回的；可写几次"
    )
    result.add_argument("--done", action="append", type=name, metavar="户编号/姓名", help="成功的；可写几次")
    result.add_argument(
        "--file", type=Path, metavar="FILE", help="银行给的结果文件（csv 或 xlsx），代替上面几个"
    )
    result.add_argument("--rest-done", action="store_true", help="其余的都成功")
    add_by(result, "登记")


def _add_sheet(commands: Commands) -> None:
    sheet = commands.add_parser(
        "dividend-sheet",
        help="分红签领单",
        description="印分红签领单（PDF）：每组另起一页，有承前页和过次页。",
    )
    _add_which(sheet)
    sheet.add_argument("--group", type=name, metavar="G", help="只印这一组")
    sheet.add_argument("-o", "--output", type=Path, required=True, metavar="FILE", help="写到哪个 PDF 文件")
    sheet.add_argument(
        "--by", type=name, metavar="NAME", help="会计的姓名，印在签名的地方；有人员的账簿凭他的密码看银行尾号"
    )


def _add_unclaimed(commands: Commands) -> None:
    unclaimed = commands.add_parser(
        "dividend-unclaimed", help="未领分红清单", description="还没有领的分红，归谁，为什么没有领。"
    )
    add_book(unclaimed, "账簿文件")
    unclaimed.add_argument("--as-of", type=day, metavar="D", help="截至哪一天，默认账簿的最后一天")
    _add_home(unclaimed)
    _add_output(unclaimed)


def _add_which(parser: Parser) -> None:
    add_book(parser, "账簿文件")
    parser.add_argument("--year", type=year, metavar="Y", help="哪一年度的分红，默认最近的一次")
    _add_home(parser)


def _add_home(parser: Parser) -> None:
    parser.add_argument("--ledger", default="collective", metavar="L", help="账套代号，默认 collective")


def _add_output(parser: Parser) -> None:
    parser.add_argument("--format", choices=FORMATS, help="格式，默认看 -o 的文件名，没有就是 json")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="写到文件，不写就到标准输出")
