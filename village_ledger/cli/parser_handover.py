"""The words of ``handover`` (会计交接) and ``old-matter`` (旧账清单)."""

from __future__ import annotations

from pathlib import Path

from village_ledger.cli.arguments import Commands, Parser, add_book, add_by, add_ledger, day, name, words

REPORTS: tuple[str, ...] = ("handover", "old-matters")


def add_report_options(report: Parser) -> None:
    """Which handover a report is of."""
    report.add_argument(
        "--number",
        metavar="NO",
        help="移交清册：哪一次交接；张贴记录、异议：哪一次张贴。不写是最近一次（异议是全部）",
    )


def add(commands: Commands) -> None:
    """``handover BOOK ACTION`` and ``old-matter BOOK ACTION``."""
    _handover(commands)
    _old_matter(commands)


def _handover(commands: Commands) -> None:
    handover = commands.add_parser(
        "handover",
        help="会计交接",
        description="会计交接：登记、列清册、逐项核对、三方签字、交接完毕。不写编号就是最近一次。"
        "接交人没有登记过的，用环境变量 VILLAGE_LEDGER_NEW_PIN 或在终端里给他设密码。",
    )
    add_book(handover, "账簿文件")
    actions = handover.add_subparsers(
        dest="action", metavar="ACTION", required=True, title="办什么", parser_class=Parser
    )
    new = actions.add_parser("new", help="登记一次交接", description="登记谁把账交给谁，谁监交。")
    add_ledger(new)
    new.add_argument("--date", required=True, type=day, metavar="DATE", help="锁定日：截至这一天由移交人负责")
    new.add_argument("--post", required=True, type=name, metavar="P", help="岗位，如 会计")
    new.add_argument("--giver", required=True, type=name, metavar="NAME", help="移交人")
    new.add_argument("--taker", required=True, type=name, metavar="NAME", help="接交人")
    new.add_argument("--supervisor", dest="watcher", required=True, type=name, metavar="NAME", help="监交人")
    new.add_argument("--supervisor-post", dest="watcher_post", default="", metavar="P", help="监交人的职务")
    new.add_argument("--note", default="", metavar="TEXT", help="说明")
    add_by(new, "命令行")
    listed = _action(actions, "list", "从账上列移交清册；账变了可以再列")
    listed.add_argument("--with-open", action="store_true", help="没有记账的凭证列为未了事项")
    _items(actions)
    sign = _action(actions, "sign", "签字；登记的人员由本人签")
    sign.add_argument("place", metavar="PLACE", help="移交人、接交人或监交人")
    sign.add_argument("--on", required=True, type=day, metavar="DATE", help="签字日期")
    finish = _action(actions, "finish", "交接完毕，角色换给接交人")
    finish.add_argument("--on", required=True, type=day, metavar="DATE", help="从哪一天起由接交人办")
    gone = _action(actions, "withdraw", "撤销没有办完的交接")
    gone.add_argument("--reason", required=True, type=words, metavar="TEXT", help="为什么撤销")
    _action(actions, "show", "看移交清册")


def _items(actions: Commands) -> None:
    tick = _action(actions, "tick", "核对一项")
    tick.add_argument("line", metavar="LINE", help="序号；all 表示其余各项都相符")
    tick.add_argument("result", metavar="RESULT", nargs="?", default="ok", help="ok 相符（默认），bad 不符")
    tick.add_argument("--note", default="", metavar="TEXT", help="不符时写明差在哪里")
    item = _action(actions, "item", "手工加一项：印章、钥匙、档案、诉讼 …")
    item.add_argument(
        "kind", metavar="KIND", help="seals、keys、archives、lawsuits、contracts、system、other"
    )
    item.add_argument("title", metavar="TITLE", type=name, help="名称")
    item.add_argument("--detail", default="", metavar="TEXT", help="内容")
    item.add_argument("--quantity", default="", metavar="Q", help="数量，如 1枚")
    backup = _action(actions, "backup", "加一件备份，记下它的摘要值")
    backup.add_argument("file", metavar="FILE", type=Path, help="备份文件")
    drop = _action(actions, "drop", "去掉一项手工加的")
    drop.add_argument("line", metavar="LINE", type=int, help="序号")


def _action(actions: Commands, word: str, what: str) -> Parser:
    parser = actions.add_parser(word, help=what, description=f"{what}。")
    parser.add_argument("--number", metavar="NO", default="", help="哪一次交接，默认最近一次")
    add_by(parser, "命令行")
    return parser


def _old_matter(commands: Commands) -> None:
    matter = commands.add_parser(
        "old-matter", help="旧账清单", description="新官理旧账：列出任期以前的债权债务，写办理记录。"
    )
    add_book(matter, "账簿文件")
    actions = matter.add_subparsers(
        dest="action", metavar="ACTION", required=True, title="办什么", parser_class=Parser
    )
    gather = actions.add_parser("gather", help="从账上列出旧账", description="列出任期开始以前的债权债务。")
    gather.add_argument("--term", required=True, type=day, metavar="DATE", help="新任期的第一天")
    added = actions.add_parser("add", help="手工加一笔", description="加一笔账上没有的旧事。")
    added.add_argument("name", metavar="NAME", type=name, help="事项")
    added.add_argument("--term", required=True, type=day, metavar="DATE", help="新任期的第一天")
    added.add_argument("--side", choices=("claim", "debt", "other"), default="other", help="债权、债务或其他")
    added.add_argument("--amount", default="0", metavar="A", help="金额")
    added.add_argument("--cause", default="", metavar="TEXT", help="成因")
    follow = actions.add_parser("follow", help="写一条办理记录", description="写一条办理记录；空着的照旧。")
    follow.add_argument("number", metavar="NO", help="旧账编号，如 旧-0001")
    follow.add_argument("--date", required=True, type=day, metavar="DATE", help="办理日期")
    follow.add_argument(
        "--status", default="working", metavar="S", help="open、working、dispute、settled、written_off"
    )
    follow.add_argument("--owner", default="", metavar="NAME", help="责任人")
    follow.add_argument("--cause", default="", metavar="TEXT", help="成因")
    follow.add_argument("--plan", default="", metavar="TEXT", help="办法")
    follow.add_argument("--due", type=day, metavar="DATE", help="约定哪天办完")
    follow.add_argument("--words", default="", metavar="TEXT", help="办理情况")
    shown = actions.add_parser("show", help="看旧账清单", description="看旧账清单。")
    for parser in (gather, added, follow, shown):
        add_ledger(parser)
        add_by(parser, "命令行")
