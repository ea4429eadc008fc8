"""Decision files (四议两公开) and their panels (六手印记): words of the command line."""

from __future__ import annotations

import argparse
from pathlib import Path

from village_ledger.cli.arguments import Commands, Parser, add_book, add_by, add_ledger, day, name, words

REPORTS: tuple[str, ...] = ("decision-register", "decision", "panel-sheet", "panel-lots")
DECISION_ACTS = ("new", "amend", "step", "interest", "link", "show", "list")
PANEL_ACTS = ("draw", "seat", "sign", "show", "list", "duty")
STEPS = (
    "proposed",
    "consulted",
    "reviewed",
    "resolved",
    "published",
    "executed",
    "result",
    "closed",
    "dropped",
)
STAGES = ("proposal", "decision", "execution", "evaluation")


def add(commands: Commands) -> None:
    """``decision`` and ``panel``."""
    _decision(
        commands.add_parser(
            "decision",
            help="四议两公开",
            description="决策卷宗：new 开卷，amend 改事项，step 往下办一步，interest 写明利害关系人，link 连上合同、凭证等，"
            "show 看一份，list 列出。",
        )
    )
    _panel(
        commands.add_parser(
            "panel",
            help="六手印记",
            description="六手印记：draw 抽签，seat 写第五、第六席，sign 登记签字，show 看一份，list 看名单，duty 定要不要一定抽。"
            "名单用 import panel 导入。",
        )
    )


def add_report_options(report: Parser) -> None:
    """Which file a report is about."""
    report.add_argument(
        "--decision", type=name, metavar="NO", help="决策文号：decision、panel-sheet、panel-lots 要写"
    )


def _decision(parser: Parser) -> None:
    add_book(parser, "账簿文件")
    parser.add_argument("act", metavar="ACT", choices=DECISION_ACTS, help="、".join(DECISION_ACTS))
    parser.add_argument("number", metavar="NUMBER", nargs="?", type=name, help="决策文号")
    add_ledger(parser)
    about = parser.add_argument_group("卷宗")
    about.add_argument("--matter", type=name, metavar="M", help="事项类别，如 project 工程项目")
    about.add_argument("--subject", type=words, metavar="S", help="什么事")
    about.add_argument("--body", type=name, metavar="B", help="由哪个会议决定，如 representatives")
    about.add_argument("--amount", metavar="A", help="金额")
    step = parser.add_argument_group("往下办一步")
    step.add_argument("--step", choices=STEPS, help="哪一步，不写就是下一步")
    step.add_argument("--date", type=day, metavar="DATE", help="哪一天")
    for option, key, what in (
        ("--eligible", "eligible", "应到人数"),
        ("--present", "present", "实到人数"),
        ("--for", "in_favour", "赞成人数"),
        ("--against", "against", "反对人数"),
        ("--abstained", "abstained", "弃权人数"),
    ):
        step.add_argument(option, dest=key, type=_count, metavar="N", help=what)
    step.add_argument("--notice-from", type=day, metavar="DATE", help="会议通知从哪天起")
    step.add_argument(
        "--until", type=day, metavar="DATE", help="公示到哪天（这天起不再公示），不写按规定天数"
    )
    step.add_argument("--place", type=name, metavar="P", help="地点")
    step.add_argument("--note", type=words, metavar="TEXT", help="说明；终止要写原因")
    step.add_argument("--resolution", type=name, metavar="NO", help="决议文号，不写就用决策文号")
    more = parser.add_argument_group("利害关系人和联系")
    more.add_argument("--name", type=name, metavar="NAME", help="利害关系人，姓名或 户编号/姓名")
    more.add_argument("--reason", type=words, metavar="TEXT", help="什么利害关系")
    more.add_argument("--withdraw", action="store_true", help="写错了，撤下这个人")
    more.add_argument("--kind", type=name, metavar="K", help="link：contract、voucher、budget、project 等")
    more.add_argument("--ref", type=name, metavar="NO", help="link：编号")
    _add_format(parser)
    add_by(parser, "登记")


def _panel(parser: Parser) -> None:
    add_book(parser, "账簿文件")
    parser.add_argument("act", metavar="ACT", choices=PANEL_ACTS, help="、".join(PANEL_ACTS))
    parser.add_argument("--decision", type=name, metavar="NO", help="决策文号")
    lots = parser.add_argument_group("抽签")
    lots.add_argument("--seed", type=name, metavar="S", help="种子：在场的人报的数，例如 3-7-1-9")
    lots.add_argument("--substitute-for", type=name, metavar="NAME", help="为抽中而来不了的人另抽一人")
    lots.add_argument("--reason", type=words, metavar="TEXT", help="为什么替补、换人、更正")
    seat = parser.add_argument_group("席位和签字")
    seat.add_argument("--place", type=_count, metavar="N", help="第几席，1 至 6")
    seat.add_argument("--name", type=name, metavar="NAME", help="seat：谁坐")
    seat.add_argument("--kind", type=name, metavar="K", help="seat：律师、人大代表、村务监督委员会等")
    seat.add_argument("--stage", choices=STAGES, help="sign：哪个阶段")
    seat.add_argument(
        "--verdict", choices=("agree", "disagree", "abstain"), default="agree", help="sign：表态，默认同意"
    )
    seat.add_argument("--opinion", type=words, metavar="TEXT", help="sign：意见，不同意的要写")
    seat.add_argument("--date", type=day, metavar="DATE", help="sign：签字日期")
    parser.add_argument("--required", choices=("yes", "no"), help="duty：该抽六手印的事是不是一定要抽")
    seat.add_argument("--not-on-paper", action="store_true", help="sign：表了态，纸上还没有签")
    _add_format(parser)
    add_by(parser, "登记")


def _add_format(parser: Parser) -> None:
    parser.add_argument("--format", choices=("json", "text"), default="text", help="text（默认）或 json")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="写到文件")


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise argparse.ArgumentTypeError(f"“{text}”不是人数")
    return int(text)
