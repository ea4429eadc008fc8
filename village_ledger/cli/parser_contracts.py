"""Contracts and leases: terms, rent rows, what is due and what was received: words of the command line."""

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
    voucher,
    words,
)

REPORTS: tuple[str, ...] = (
    "due-rows",
    "contract-register",
    "rent-arrears",
    "contract-expiry",
    "rent-by-year",
    "rent-per-mu",
)


def add_import_options(taken: Parser) -> None:
    """Which worksheet of a register."""
    taken.add_argument("--sheet", metavar="NAME", help="合同台账：工作簿里要导入的那张表，默认第一张有表头的")


def add(commands: Commands) -> None:
    """``contract BOOK ACTION``."""
    contract = commands.add_parser(
        "contract",
        help="合同：登记、签订、变更、终止，记应收、收租金、收退押金",
        description="合同台账：登记是草稿，签订以后条款不再改，变更写明从哪天起、凭什么。"
        "成批登记用 import contracts；看应收用 report due-rows，看台账用 report contract-register。",
    )
    add_book(contract, "账簿文件")
    actions = contract.add_subparsers(
        dest="action", metavar="ACTION", required=True, title="办什么", parser_class=Parser
    )
    _terms(_action(actions, "add", "登记一份合同（草稿）；--signed 当即签订"))
    _of_day(_action(actions, "sign", "登记签订"))
    _change(_action(actions, "change", "变更：租金 --amount、期限 --end 或承租方 --party，从 --date 起"))
    _of_day(_action(actions, "terminate", "提前解除：--date 是最后一天，末期按天数折算"))
    for act, what in (
        ("perform", "登记开始履行"),
        ("end", "登记到期终止"),
        ("dispute", "登记发生纠纷"),
        ("lawsuit", "登记提起诉讼"),
        ("settle", "登记纠纷了结"),
    ):
        _of_day(_action(actions, act, what))
    _due(_action(actions, "due", "到期的租金记应收：每份合同一张凭证，记过的不再记", number=False))
    _receive(_action(actions, "receive", "收租金：填收款凭证，先冲最早的欠租；一次收多年的挂预收"))
    _match(_action(actions, "match", "把已记账的收款凭证对到合同上"))
    _match(_action(actions, "unmatch", "撤销人工对上的凭证"))
    for act, what in (("deposit", "收押金"), ("refund", "退押金")):
        _money(_action(actions, act, f"{what}：填凭证"))
    penalty = _action(actions, "penalty", "照约定拟收逾期违约金：填一张待审核的凭证")
    penalty.add_argument("--month", required=True, type=month, metavar="YYYY-MM", help="算到哪个月末")
    _action(actions, "forget", "删除没有签订的草稿")
    board = _action(actions, "board-until", "登记本届理事会任期到哪天，用来提醒超期合同", number=False)
    board.add_argument("--date", required=True, type=day, metavar="DATE", help="届满日")


def _action(actions: Commands, act: str, what: str, *, number: bool = True) -> Parser:
    parser = actions.add_parser(act, help=what, description=what)
    if number:
        parser.add_argument("number", metavar="NUMBER", type=name, help="合同编号")
    add_ledger(parser)
    add_by(parser, "命令行")
    return parser


def _of_day(parser: Parser) -> None:
    parser.add_argument("--date", required=True, type=day, metavar="DATE", help="哪一天")
    parser.add_argument("--basis", type=words, metavar="TEXT", help="依据：决议文号、补充协议或原因")


def _terms(parser: Parser) -> None:
    parser.add_argument("--party", required=True, type=name, metavar="NAME", help="对方（承租、承包方）")
    parser.add_argument("--start", required=True, type=day, metavar="DATE", help="起始日期")
    parser.add_argument("--end", required=True, type=day, metavar="DATE", help="终止日期，含当天")
    parser.add_argument("--period", required=True, metavar="P", help="周期：月、季、半年、年")
    parser.add_argument("--pay-day", default="首日", metavar="D", help="付款日：首日（默认）或末日")
    parser.add_argument("--amount", required=True, metavar="A", help="每期金额（元）")
    parser.add_argument("--asset", metavar="CODE", default="", help="资产编号或地块编号，几个用分号隔开")
    parser.add_argument("--what", metavar="TEXT", type=words, help="标的，没有卡片的写清楚")
    parser.add_argument("--area", metavar="N", default="", help="面积（数量）")
    parser.add_argument("--unit", metavar="U", default="", help="单位：亩、㎡ …")
    parser.add_argument("--kind", metavar="K", default="lease", help="类别：出租（默认）、发包、耕地承包 …")
    parser.add_argument("--member", action="store_true", help="对方是本集体成员（应收记 113）")
    parser.add_argument("--rate", metavar="R", default="", help="递增率（%%）")
    parser.add_argument("--rate-years", metavar="N", type=int, default=0, help="每几年递增一次")
    parser.add_argument("--steps", metavar="S", default="", help="阶梯“日期:金额;日期:金额”")
    parser.add_argument("--deposit", metavar="A", default="0", help="押金（元）")
    parser.add_argument("--floor", metavar="A", default="0", help="每期底价（元）")
    parser.add_argument("--penalty", metavar="N", default="0", help="违约金：每日万分之几，如 5")
    parser.add_argument("--resolution", metavar="NO", type=words, help="决议文号")
    parser.add_argument(
        "--kept-from", type=day, metavar="DATE", help="从这天起到期的租金在本账里管，默认启用月"
    )
    parser.add_argument("--note", metavar="TEXT", type=words, help="备注")
    parser.add_argument("--signed", type=day, metavar="DATE", help="签订日期；写了就同时登记签订")


def _change(parser: Parser) -> None:
    parser.add_argument("--date", required=True, type=day, metavar="DATE", help="从哪一天起")
    parser.add_argument("--basis", required=True, type=words, metavar="TEXT", help="依据：决议文号、补充协议")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--amount", metavar="A", help="新的每期金额（元）")
    what.add_argument("--end", type=day, metavar="DATE", help="新的终止日期")
    what.add_argument("--party", type=name, metavar="NAME", help="新的承租方")
    parser.add_argument("--member", action="store_true", help="新的承租方是本集体成员")


def _due(parser: Parser) -> None:
    parser.add_argument("--month", required=True, type=month, metavar="YYYY-MM", help="到哪个月末为止到期的")
    parser.add_argument(
        "--contract", action="append", type=name, metavar="NUMBER", help="只记这份合同，可以多写"
    )


def _receive(parser: Parser) -> None:
    _money(parser)
    parser.add_argument("--through", type=day, metavar="DATE", help="收到哪一天到期的为止（一次收多期时写）")
    parser.add_argument("--attachments", type=int, default=0, metavar="N", help="附单据张数")


def _money(parser: Parser) -> None:
    parser.add_argument("--date", required=True, type=day, metavar="DATE", help="日期")
    parser.add_argument("--amount", required=True, metavar="A", help="金额（元）")
    parser.add_argument("--account", metavar="CODE", help="现金或银行科目；只有一个银行科目时可以不写")


def _match(parser: Parser) -> None:
    parser.add_argument("--voucher", required=True, type=voucher, metavar="YYYY-MM/记-0012", help="收款凭证")
    parser.add_argument("--line", type=int, default=0, metavar="N", help="第几行；只有一行时不用写")
    parser.add_argument("--through", type=day, metavar="DATE", help="对到哪一天到期的为止")
