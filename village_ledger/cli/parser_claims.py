"""Words of the command line for 报账 and the cash box: claims, advances, receipt books, cash counts."""

from __future__ import annotations

from village_ledger.cli.arguments import (
    Commands,
    Parser,
    add_book,
    add_by,
    add_ledger,
    day,
    month,
    name,
    words,
)

CLAIM_ACTS = ("claimant", "dismiss", "submit", "book", "return", "list")
RECEIPT_ACTS = ("register", "issue", "use", "void", "return")
SETTLES = ("advance", "bank", "cash")


def add(commands: Commands) -> None:
    """``claim``, ``advance``, ``receipts`` and ``cash-count``."""
    _claim(
        commands.add_parser(
            "claim",
            help="报账",
            description="报账单：claimant 登记报账员，dismiss 停用，submit 收单，book 记成凭证，return 退回，list 列出。",
        )
    )
    advance = commands.add_parser(
        "advance", help="核对备用金", description="登记报账员月末的现金和未报单据，和账面核对。"
    )
    add_book(advance, "账簿文件")
    add_ledger(advance)
    advance.add_argument("--claimant", required=True, type=name, metavar="NAME", help="报账员")
    advance.add_argument("--month", required=True, type=month, metavar="YYYY-MM", help="哪个月末")
    advance.add_argument("--cash", default="0", metavar="A", help="点到的现金")
    advance.add_argument("--receipts", default="0", metavar="A", help="手里还没报的单据")
    advance.add_argument("--reason", type=words, metavar="TEXT", help="有差额时写明原因")
    add_by(advance, "命令行")
    _cash_count(commands)
    _receipts(
        commands.add_parser(
            "receipts",
            help="收据领用核销",
            description="收据：register 登记一本，issue 领用，use 使用，void 作废，return 交回。",
        )
    )


def _claim(claim: Parser) -> None:
    add_book(claim, "账簿文件")
    claim.add_argument("act", metavar="ACT", choices=CLAIM_ACTS, help="、".join(CLAIM_ACTS))
    claim.add_argument("what", metavar="WHAT", nargs="?", help="submit 后写文件，book、return 后写报账单号")
    add_ledger(claim)
    claim.add_argument("--claimant", type=name, metavar="NAME", help="报账员")
    claim.add_argument("--account", metavar="CODE", help="claimant：备用金的科目；submit：从哪个科目付")
    claim.add_argument("--date", type=day, metavar="DATE", help="报账日期")
    claim.add_argument(
        "--settle", choices=SETTLES, default="advance", help="advance 冲备用金（默认）、bank 转账、cash 现金"
    )
    claim.add_argument("--reason", type=words, metavar="TEXT", help="return：为什么退回")
    add_by(claim, "命令行")


def _cash_count(commands: Commands) -> None:
    parser = commands.add_parser(
        "cash-count",
        help="现金盘点",
        description="登记点到的现金，和账面核对；--voucher 把长款、短款填成凭证（待处理财产损溢）。",
    )
    add_book(parser, "账簿文件")
    add_ledger(parser)
    parser.add_argument(
        "--date", required=True, type=day, metavar="DATE", help="盘点日，对的是这天日终的账面"
    )
    parser.add_argument("--account", type=name, metavar="CODE", help="哪个现金科目；不写是第一个")
    parser.add_argument("--pieces", metavar="TEXT", help="面额（元）和张数：“100*12 50*3 0.5*4”")
    parser.add_argument("--total", metavar="A", help="点到的合计；写了 --pieces 可以不写")
    parser.add_argument("--reason", type=words, metavar="TEXT", help="有差额时写明原因")
    parser.add_argument("--voucher", action="store_true", help="差额填成一张凭证，等待审核")
    add_by(parser, "命令行")


def _receipts(receipts: Parser) -> None:
    add_book(receipts, "账簿文件")
    receipts.add_argument("act", metavar="ACT", choices=RECEIPT_ACTS, help="、".join(RECEIPT_ACTS))
    add_ledger(receipts)
    receipts.add_argument("--kind", required=True, type=name, metavar="NAME", help="收据名称，如 内部收据")
    receipts.add_argument("--first", required=True, metavar="NO", help="起号，照印的写，如 000001")
    receipts.add_argument("--last", metavar="NO", help="止号，默认和起号相同")
    receipts.add_argument("--holder", type=name, metavar="NAME", help="领用人")
    receipts.add_argument("--date", required=True, type=day, metavar="DATE", help="日期")
    receipts.add_argument("--amount", default="0", metavar="A", help="use：这几张合计金额")
    receipts.add_argument("--note", type=words, metavar="TEXT", help="备注；void 要写原因")
    add_by(receipts, "命令行")
