"""The words of ``count``: a stock-take (清产核资) step by step."""

from __future__ import annotations

from pathlib import Path

from village_ledger.cli.arguments import Commands, Parser, add_book, add_by, add_ledger, day, name, words

REPORTS: tuple[str, ...] = ("stock-take", "stock-take-differences")


def add(commands: Commands) -> None:
    """``count BOOK ACTION``."""
    count = commands.add_parser(
        "count",
        help="清产核资",
        description="清产核资：登记、从账上填、盘点、差异、审批、调整、公示、确认。不写 --date 就是最近一次清查。",
    )
    add_book(count, "账簿文件")
    actions = count.add_subparsers(
        dest="action", metavar="ACTION", required=True, title="办什么", parser_class=Parser
    )
    new = _action(actions, "new", "登记一次清查", needs_day=True)
    new.add_argument("--leader", required=True, type=name, metavar="NAME", help="清查负责人")
    new.add_argument("--counters", required=True, type=name, metavar="NAMES", help="清查人，几个人用顿号隔开")
    new.add_argument(
        "--supervisor", dest="watcher", required=True, type=name, metavar="NAME", help="监督人，不参加清查"
    )
    _action(actions, "fill", "从账上填清查表；账变了可以再填，点到的数留着")
    _entries(actions)
    taken = _action(actions, "import", "导入填好的清查表（本程序打印的 xlsx）")
    taken.add_argument("file", metavar="FILE", type=Path, help="填好的 xlsx")
    _action(actions, "finish", "盘点完毕，列出差异")
    back = _action(actions, "back", "审批以前退回盘点")
    back.add_argument("--reason", required=True, type=words, metavar="TEXT", help="为什么退回")
    _decisions(actions)
    _action(actions, "show", "看清查到了哪一步")


def _entries(actions: Commands) -> None:
    enter = _action(actions, "enter", "登记一行点到的数")
    enter.add_argument("line", metavar="LINE", type=int, help="清查表里的行号")
    _add_found(enter, needs_value=False)
    found = _action(actions, "found", "登记账外的东西")
    found.add_argument("--sheet", required=True, metavar="NO", help="哪张表，如 08")
    found.add_argument("--account", required=True, metavar="CODE", help="记在哪个科目")
    found.add_argument("--name", required=True, dest="what", type=name, metavar="NAME", help="名称")
    found.add_argument("--unit", default="", metavar="U", help="单位")
    _add_found(found, needs_value=True)
    agree = _action(actions, "agree", "没有登记的行都和账面相符")
    agree.add_argument("--sheet", metavar="NO", default="", help="只这一张表")


def _add_found(parser: Parser, *, needs_value: bool) -> None:
    parser.add_argument("--value", required=needs_value, metavar="A", help="实点金额；不写按账面单价和数量算")
    parser.add_argument("--quantity", metavar="Q", help="实点数量")
    parser.add_argument("--cause", default="", metavar="TEXT", help="差异原因")
    parser.add_argument("--treatment", default="", metavar="T", help="处理意见：adjust 调整账面，keep 不调整")
    parser.add_argument("--to", default="", metavar="CODE", help="差异转到哪个科目，不写照规则")
    parser.add_argument("--party", default="", metavar="NAME", help="转给应收、往来时由谁负责")
    parser.add_argument("--usage", default="", metavar="U", help="使用情况：自用、他人使用、闲置")
    parser.add_argument("--user", default="", metavar="NAME", help="他人使用时是谁")
    parser.add_argument("--undetermined", action="store_true", help="权属待界定，另列清单")
    parser.add_argument("--note", default="", metavar="TEXT", help="备注")


def _decisions(actions: Commands) -> None:
    approve = _action(actions, "approve", "登记差异处理的审批")
    approve.add_argument("number", metavar="NUMBER", type=name, help="决策或决议的文号")
    approve.add_argument("--on", required=True, type=day, metavar="DATE", help="审批日期")
    approve.add_argument("--words", default="", metavar="TEXT", help="审批意见")
    adjust = _action(actions, "adjust", "审批以后，把差异填成调整凭证（不记账）")
    adjust.add_argument("--on", type=day, metavar="DATE", help="凭证日期，默认清查日")
    publish = _action(actions, "publish", "登记结果的公示")
    publish.add_argument("--on", required=True, type=day, metavar="DATE", help="公示日期")
    publish.add_argument("--place", required=True, type=name, metavar="P", help="公示地点")
    confirm = _action(actions, "confirm", "成员（代表）大会确认结果")
    confirm.add_argument("number", metavar="NUMBER", type=name, help="登记过的决议文号")
    confirm.add_argument("--on", required=True, type=day, metavar="DATE", help="确认日期")


def _action(actions: Commands, word: str, what: str, *, needs_day: bool = False) -> Parser:
    parser = actions.add_parser(word, help=what, description=f"{what}。")
    add_ledger(parser)
    parser.add_argument("--date", required=needs_day, type=day, metavar="DATE", help="清查基准日")
    add_by(parser, "命令行")
    return parser
