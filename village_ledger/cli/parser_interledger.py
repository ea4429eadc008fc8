"""Words of ``transfer`` and ``resolution``: money between the ledgers, and what it rests on."""

from __future__ import annotations

from village_ledger.cli.arguments import Commands, Parser, add_book, day, name, words

KINDS = ("T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8", "T9")
BODIES = ("assembly", "representatives", "board", "villagers")


def add(commands: Commands) -> None:
    """Both subcommands."""
    _add_transfer(commands)
    _add_resolution(commands)
    _add_settings(commands)


def _add_settings(commands: Commands) -> None:
    chosen = commands.add_parser(
        "transfer-settings",
        help="两账往来的设置",
        description="看或改两账往来的设置：集体账把村委会挂在哪个科目，章程对表决比例有没有另外的规定。",
    )
    add_book(chosen, "账簿文件")
    chosen.add_argument("--mirror", choices=("112", "113"), help="112：应收 112、应付 211；113：内部往来")
    chosen.add_argument("--charter", metavar="TEXT", help="章程哪一条允许低于法定比例；写 none 取消")
    chosen.add_argument("--by", type=name, default="登记", metavar="NAME", help="谁在操作，默认“登记”")


def _add_transfer(commands: Commands) -> None:
    transfer = commands.add_parser(
        "transfer",
        help="两账往来",
        description="集体账和村委会账之间的往来：一份往来单，两边的凭证一起填制、审核、记账；两个凭证号写到标准输出。",
    )
    add_book(transfer, "账簿文件")
    kinds = "T1 补助运转，T2 补助公益，T3 直接承担，T4 代付，T5 归还，T6 代收集体款，T7 代收村委会款，T8 分摊，T9 移交"
    transfer.add_argument("--kind", required=True, choices=KINDS, help=kinds)
    transfer.add_argument("--date", required=True, type=day, metavar="DATE", help="日期")
    transfer.add_argument("--amount", required=True, metavar="A", help="金额；T8 是整张票的金额")
    transfer.add_argument("--summary", required=True, type=words, metavar="S", help="摘要")
    transfer.add_argument("--by", required=True, type=name, metavar="NAME", help="制单和记账的人")
    transfer.add_argument("--reviewed-by", required=True, type=name, metavar="NAME", help="审核人，另一个人")
    transfer.add_argument("--resolution", type=name, metavar="NO", help="决议文号，T1 至 T3 要有")
    _accounts(transfer)
    transfer.add_argument(
        "--settles", metavar="往来-YYYY-NNNN", help="归还或转交的是哪一份；T6、T7 写明就是办第二步转交"
    )
    transfer.add_argument("--collective-share", metavar="A", help="T8 集体分摊的份")
    transfer.add_argument("--committee-share", metavar="A", help="T8 村委会分摊的份；都不写就对半分")
    transfer.add_argument("--invoice", metavar="NO", help="T8 共同的票据号")
    transfer.add_argument("--counterparty", type=name, metavar="NAME", help="往来单位；T8 是开票的单位")
    transfer.add_argument("--project", type=name, metavar="NAME", help="科目要求项目时写明")
    transfer.add_argument(
        "--plan-item", type=name, metavar="NAME", help="年度财务计划里的项目：科目编码或项目的名字"
    )


def _accounts(transfer: Parser) -> None:
    for side, whose in (("collective", "集体"), ("committee", "村委会")):
        transfer.add_argument(
            f"--{side}-account", metavar="C", help=f"{whose}一边的科目，T1 至 T3 可选 513 或 514"
        )
        transfer.add_argument(
            f"--{side}-bank",
            metavar="C",
            help=f"{whose}的银行户，科目编码或登记过的账号；只有一个户头时不用写",
        )


def _add_resolution(commands: Commands) -> None:
    resolution = commands.add_parser(
        "resolution", help="登记决议", description="登记一份决议和它的表决；两账往来、分红等事项凭它办理。"
    )
    add_book(resolution, "账簿文件")
    resolution.add_argument("number", metavar="NUMBER", type=name, help="决议文号")
    resolution.add_argument("--date", required=True, type=day, metavar="DATE", help="表决的日期")
    bodies = "assembly 成员大会，representatives 成员代表大会，board 理事会，villagers 村民（代表）会议"
    resolution.add_argument("--body", required=True, choices=BODIES, help=bodies)
    for option, key, what in (
        ("--eligible", "eligible", "应到人数"),
        ("--present", "present", "实到人数"),
        ("--for", "in_favour", "赞成人数"),
    ):
        resolution.add_argument(option, dest=key, required=True, type=_count, metavar="N", help=what)
    resolution.add_argument("--published", type=day, metavar="DATE", help="表决前公示的起日")
    resolution.add_argument("--subject", required=True, type=words, metavar="S", help="决定了什么事")
    resolution.add_argument("--by", type=name, default="登记", metavar="NAME", help="谁在操作，默认“登记”")


def _count(text: str) -> int:
    """A number of people."""
    import argparse

    if not (text.isascii() and text.isdigit() and len(text) <= 7):
        raise argparse.ArgumentTypeError(f"“{text}”不是人数")
    return int(text)
