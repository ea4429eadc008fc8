"""The words of ``share``: classes, the charter, one event, a file of events."""

from __future__ import annotations

from pathlib import Path

from village_ledger.cli.arguments import Commands, Parser, add_book, add_by, day, name, words
from village_ledger.domain.share import EventKind

_WITHOUT_CLASS = (EventKind.SPLIT, EventKind.MERGE, EventKind.REVERSE)


def add_import_options(taken: Parser) -> None:
    """What ``import shares`` takes beside a share plan (量化方案); its resolution is ``--resolution``."""
    taken.add_argument(
        "--date", type=day, metavar="DATE", help="导入量化方案时：成员大会哪天通过，表里没有写时用"
    )


def add(commands: Commands) -> None:
    """``share BOOK ACTION``."""
    share = commands.add_parser(
        "share",
        help="成员份额：类别、变动、章程参数",
        description="设股份类别，登记一笔份额变动，或从文件登记多笔。账户写成 户编号/姓名，集体的写“集体”。",
    )
    add_book(share, "账簿文件")
    actions = share.add_subparsers(
        dest="action", metavar="ACTION", required=True, title="办什么", parser_class=Parser
    )
    _add_class(actions)
    for kind in EventKind:
        _add_event(actions, kind)
    _add_file(actions)
    _add_charter(actions)


def _add_class(actions: Commands) -> None:
    made = actions.add_parser(
        "class", help="设股份类别", description="设一类股份；名称和小数位数设好后不能改。"
    )
    made.add_argument("name", metavar="NAME", type=name, help="名称，例如人口股")
    made.add_argument("--decimals", type=int, default=2, metavar="K", help="小数位数，默认 2")
    made.add_argument("--cap", metavar="PERCENT", default="", help="每人上限，占本类的百分比；none 不限")
    made.add_argument("--redeem-cap", metavar="PERCENT", default="", help="每年回购上限；none 不限")
    made.add_argument(
        "--collective-dividend", choices=("yes", "no"), default="", help="集体的份额参加分红，默认 yes"
    )
    made.add_argument("--collective", action="store_true", help="只归集体的一类（集体股）")
    made.add_argument("--ledger", metavar="L", help="哪个组织的账，默认 collective")
    add_by(made, "登记")


def _add_event(actions: Commands, kind: EventKind) -> None:
    event = actions.add_parser(kind.value, help=kind.words, description=f"登记一笔{kind.words}。")
    add_event_options(event, kind)
    event.add_argument("--by", required=True, type=name, metavar="NAME", help="经办人")
    event.add_argument("--reviewed-by", type=name, metavar="NAME", help="复核人，另一个人")
    event.add_argument("--dry-run", action="store_true", help="只看能不能办和前后的变化，不登记")


def add_event_options(event: Parser, kind: EventKind) -> None:
    """Everything an event may be asked for with; also for a case (``parser_cases``)."""
    needs_class = kind not in _WITHOUT_CLASS
    event.add_argument(
        "--class", dest="class_name", required=needs_class, default="", metavar="X", help="股份类别"
    )
    event.add_argument(
        "--from", "--person", dest="giver", default="", metavar="A", help="转出账户；分户、并户是哪一个人"
    )
    event.add_argument(
        "--to",
        "--household",
        dest="takers",
        action="append",
        default=[],
        metavar="B",
        help="转入账户，量化、继承、注销可以写几个；分户、并户是户编号；折换是新的类别",
    )
    event.add_argument(
        "--quantity",
        dest="quantities",
        action="append",
        default=[],
        metavar="N",
        help="数量，和 --to 一一对应；继承不写就平均分",
    )
    event.add_argument("--ratio", default="", metavar="R", help="折换：每一旧份额折几份新的，例如 2 或 3:2")
    event.add_argument("--date", required=True, type=day, metavar="D", help="变动日期")
    event.add_argument("--resolution", type=name, metavar="NO", help="决议文号")
    event.add_argument("--contract", type=words, metavar="NO", help="合同、文书的编号")
    event.add_argument(
        "--creditor",
        "--party",
        dest="party",
        type=name,
        metavar="NAME",
        help="债权人；冻结的法院",
    )
    event.add_argument("--expires", type=day, metavar="D", help="质押到哪一天")
    event.add_argument(
        "--dividend-to",
        choices=("holder", "creditor"),
        default="holder",
        help="质押期间红利归谁，默认持有人",
    )
    event.add_argument("--price", default="", metavar="A", help="每股多少元")
    event.add_argument("--pledge", type=int, metavar="N", help="解除或处置哪一笔质押（变动序号）")
    event.add_argument("--event", "--number", dest="reverses", type=int, metavar="N", help="冲销第几号变动")
    event.add_argument("--note", type=words, metavar="TEXT", help="备注")
    event.add_argument("--ledger", metavar="L", help="哪个组织的账，默认 collective")


def _add_file(actions: Commands) -> None:
    applied = actions.add_parser(
        "apply",
        help="从文件登记",
        description="登记 csv 或 xlsx 文件里的份额变动；有一行不对就一行也不登记。",
    )
    applied.add_argument("file", metavar="FILE", type=Path, help="csv 或 xlsx 文件")
    applied.add_argument("--ledger", metavar="L", help="哪个组织的账，默认 collective")
    applied.add_argument("--dry-run", action="store_true", help="只检查，不登记")
    applied.add_argument("--reviewed-by", type=name, metavar="NAME", help="复核人，另一个人")
    add_by(applied, "登记")


def _add_charter(actions: Commands) -> None:
    charter = actions.add_parser(
        "charter", help="章程参数", description="看章程参数；写了 KEY 和 VALUE 就从某一天起改。"
    )
    charter.add_argument("key", nargs="?", metavar="KEY", help="哪一项")
    charter.add_argument("value", nargs="?", metavar="VALUE", help="改成什么")
    charter.add_argument("--class", dest="class_name", default="", metavar="X", help="只对这一类股份")
    charter.add_argument("--date", type=day, metavar="D", help="从哪一天起，默认今天")
    charter.add_argument("--source", type=words, metavar="TEXT", help="章程哪一条")
    charter.add_argument("--ledger", metavar="L", help="哪个组织的账，默认 collective")
    add_by(charter, "登记")
