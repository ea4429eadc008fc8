"""Asset cards: what each ledger owns and what became of it: words of the command line."""

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

REPORTS: tuple[str, ...] = ("asset-register", "asset-card", "depreciation")


def add(commands: Commands) -> None:
    """``depreciation BOOK`` and ``asset BOOK ACTION``."""
    charged = commands.add_parser(
        "depreciation",
        help="提一个月的折旧、摊销",
        description="按资产卡片提一个月的折旧、摊销，做成一张月末日期的凭证，等待审核；一个月只提一次，再提会拒绝。",
    )
    add_book(charged, "账簿文件")
    add_ledger(charged)
    charged.add_argument("--month", required=True, type=month, metavar="M", help="哪个月，2025-01 的样子")
    charged.add_argument("--dry-run", action="store_true", help="只算一算，什么也不写")
    add_by(charged, "会计")
    asset = commands.add_parser(
        "asset",
        help="资产卡片：登记、更正、变动、处置、划转",
        description="资产卡片的登记和变动；会动账的都做成凭证，等待审核。成批登记用 import assets，打印用 report。",
    )
    add_book(asset, "账簿文件")
    actions = asset.add_subparsers(
        dest="action", metavar="ACTION", required=True, title="办什么", parser_class=Parser
    )
    _add_card(actions)
    _add_facts(actions)
    _add_moves(actions)
    _add_leaving(actions)


def add_report_options(report: Parser) -> None:
    """Which asset a card is about."""
    report.add_argument("--asset", type=name, metavar="CODE", help="资产卡片：哪一项资产")


def _action(actions: Commands, word: str, help_: str) -> Parser:
    made = actions.add_parser(word, help=help_, description=f"{help_}。")
    made.add_argument("code", type=name, metavar="CODE", help="资产编号")
    add_ledger(made)
    add_by(made, "会计")
    return made


def _when(parser: Parser) -> None:
    parser.add_argument("--date", required=True, type=day, metavar="D", help="哪一天")


def _basis(parser: Parser, *, required: bool = True) -> None:
    parser.add_argument("--basis", required=required, default="", metavar="S", help="依据：决议、文件号")


def _card(parser: Parser, *, required: bool, cost: bool = True) -> None:
    """Fields of a card; on a change only what is written changes."""
    parser.add_argument("--name", required=required, type=name, metavar="N", help="名称")
    parser.add_argument(
        "--kind", required=required, type=name, metavar="K", help="类别：房屋及建筑物、机器设备、无形资产 …"
    )
    parser.add_argument("--in-use", required=required, type=day, metavar="D", help="启用日期")
    if cost:
        parser.add_argument("--cost", required=required, metavar="A", help="原值（元）")
        parser.add_argument("--accumulated", metavar="A", help="已提折旧（元）")
    parser.add_argument("--salvage", metavar="A", help="残值（元）")
    parser.add_argument("--method", metavar="M", help="折旧方法：年限平均法、工作小时法、产量法、不提折旧")
    parser.add_argument("--months", type=int, metavar="N", help="使用月数")
    parser.add_argument("--units", metavar="N", help="总工作量")
    for option, what in (
        ("--source", "来源：自建、购入、补助、一事一议、捐赠、划转、投入"),
        ("--spec", "规格"),
        ("--quantity", "数量"),
        ("--certificate", "权证号"),
        ("--project", "项目"),
        ("--note", "备注"),
    ):
        parser.add_argument(option, metavar=option[2:].upper(), help=what)


def _facts(parser: Parser, *, required: bool) -> None:
    parser.add_argument("--use", required=required, metavar="U", help="用途：经营、管理、公益")
    parser.add_argument("--status", metavar="S", help="使用状况：自用、出租、闲置、报废、待处理")
    parser.add_argument("--place", metavar="P", help="坐落、存放地点")
    parser.add_argument("--keeper", metavar="NAME", help="保管人")
    parser.add_argument("--user", metavar="NAME", help="使用人、承租人")
    parser.add_argument("--charge", metavar="CODE", help="折旧记到哪个科目；不写就按用途")


def _other(parser: Parser, option: str, what: str, *, required: bool = False) -> None:
    parser.add_argument(
        option,
        required=required,
        metavar="ACCOUNT[@PARTY][#PROJECT]",
        help=f"{what}：科目编码，要写往来单位的加 @单位，要写项目的加 #项目",
    )


def _add_card(actions: Commands) -> None:
    added = _action(actions, "add", "登记一项资产")
    _card(added, required=True)
    _facts(added, required=True)
    added.add_argument("--date", type=day, metavar="D", help="入账日期，默认是启用日期")
    _other(added, "--paid", "同时做取得的凭证，从哪里付的（也可以是 153 或 311）")
    added.add_argument("--voucher", type=voucher, metavar="V", help="已经有凭证的，连上它：2025-03/记-0012")
    amended = _action(actions, "amend", "更正登记错的卡片；提过折旧或变动过的，金额和年限不能再改")
    _card(amended, required=False)
    withdrawn = _action(actions, "withdraw", "撤销登记错的卡片；没提过折旧、没变动过的才行")
    withdrawn.add_argument("--reason", required=True, type=words, metavar="R", help="为什么撤销")
    linked = _action(actions, "link", "说明资产是哪张凭证入账的")
    linked.add_argument("--voucher", required=True, type=voucher, metavar="V", help="凭证，2025-03/记-0012")
    worked = _action(actions, "work", "记一个月的工作小时或产量")
    worked.add_argument("--month", required=True, type=month, metavar="M", help="哪个月")
    worked.add_argument("--units", required=True, metavar="N", help="当月的工作量")


def _add_facts(actions: Commands) -> None:
    changed = _action(actions, "change", "改用途、状况、地点、保管人、使用人；只写要改的")
    _when(changed)
    _facts(changed, required=False)
    changed.add_argument("--note", default="", metavar="N", help="说明")


def _add_moves(actions: Commands) -> None:
    for word, what in (
        ("improve", "改良、扩建：加原值"),
        ("impair", "减值：直接转销"),
        ("revise", "改剩余月数、工作量、残值"),
    ):
        moved = _action(actions, word, what)
        _when(moved)
        if word != "revise":
            moved.add_argument("--amount", required=True, metavar="A", help="金额（元）")
        if word == "improve":
            _other(moved, "--paid", "从哪里付的", required=True)
        moved.add_argument("--months", type=int, default=0, metavar="N", help="下月起还提多少个月")
        moved.add_argument("--units", metavar="N", help="下月起还有多少工作量")
        moved.add_argument("--salvage", metavar="A", help="新的残值（元）")
        _basis(moved, required=word != "improve")


def _add_leaving(actions: Commands) -> None:
    left = _action(actions, "dispose", "处置：出售、报废、毁损、征收、捐出、无偿划出")
    _when(left)
    _basis(left)
    left.add_argument("--way", required=True, metavar="W", help="出售、报废、毁损、征收、捐出、无偿划出")
    left.add_argument("--proceeds", metavar="A", help="价款、残料（元）")
    _other(left, "--into", "价款收到哪里")
    left.add_argument("--fees", metavar="A", help="清理费用（元）")
    _other(left, "--fees-from", "费用从哪里付")
    left.add_argument("--party", default="", metavar="NAME", help="买受人、接受人")
    left.add_argument("--note", default="", metavar="N", help="说明")
    passed = _action(actions, "hand-over", "划给村里的另一本账；两本账各做一张凭证")
    _when(passed)
    _basis(passed)
    passed.add_argument("--to", required=True, type=name, metavar="L", help="划给哪本账")
    passed.add_argument("--new-code", default="", metavar="CODE", help="在那本账里的编号，默认不变")
    turned = _action(actions, "turn", "工程完工转固定资产，幼畜转产畜等：变成另一类的卡片")
    _when(turned)
    _basis(turned, required=False)
    turned.add_argument("--new-code", required=True, type=name, metavar="CODE", help="新卡片的编号")
    _card(turned, required=True, cost=False)
    _facts(turned, required=True)
    turned.add_argument("--funded", metavar="A", help="其中用专项资金、一事一议资金的金额，同时转公积公益金")


ANSWERED = frozenset({"members", "contracts", "assets"})
"""Kinds of files whose problems may be answered in a file."""
