"""The words of closing: months and the year, waivers, seals, what is distributed."""

from __future__ import annotations

from village_ledger.cli.arguments import Commands, Parser, add_book, add_ledger, month, name, words, year

SUPERVISORS = 2


def add(commands: Commands) -> None:
    """``close reopen waive seal close-year``."""
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
