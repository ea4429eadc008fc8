"""Projects: words of ``project``."""

from __future__ import annotations

from village_ledger.cli.arguments import Commands, Parser, add_book, add_by, add_ledger, day, name, words
from village_ledger.cli.parser_limits import fen, pair

REPORTS: tuple[str, ...] = ("projects", "project-account")
ACTS = ("add", "budget", "tender", "contract", "change", "accept", "final", "show", "list")


def add(commands: Commands) -> None:
    """``project``."""
    parser = commands.add_parser(
        "project",
        help="工程、专项、一事一议项目",
        description="项目：add 立项，budget 写预算，tender 写招标（发包），contract 写合同，change 写变更，accept 写验收，"
        "final 写决算，show 看一个项目的钱，list 列出。付款从凭证里按项目取，这里不另记。",
    )
    add_book(parser, "账簿文件")
    parser.add_argument("act", metavar="ACT", choices=ACTS, help="、".join(ACTS))
    parser.add_argument(
        "project", metavar="NAME", nargs="?", type=name, help="项目的名称，和凭证上的项目一样"
    )
    add_ledger(parser)
    parser.add_argument("--date", type=day, metavar="DATE", help="哪一天")
    _card(parser)
    _works(parser)
    add_by(parser, "制单")


def add_report_options(report: Parser) -> None:
    """Which project a report is about."""
    report.add_argument("--project", type=name, metavar="NAME", help="project-account：哪个项目")


def _card(parser: Parser) -> None:
    card = parser.add_argument_group("立项和预算")
    card.add_argument(
        "--kind", default="works", metavar="K", help="works 工程（默认）、earmarked 专项、levy 一事一议"
    )
    card.add_argument("--content", type=words, metavar="TEXT", help="建设内容")
    card.add_argument("--place", type=name, metavar="P", help="地点")
    card.add_argument("--keeper", type=name, metavar="NAME", help="负责人")
    card.add_argument("--decision", type=name, metavar="NO", help="决策编号；变更也可以写")
    card.add_argument("--before-acceptance", type=int, metavar="PERCENT", help="验收前最多付合同的百分之几")
    card.add_argument(
        "--line", type=pair, action="append", default=[], metavar="名称=金额", help="预算的一行，可写多次"
    )
    card.add_argument("--basis", type=words, metavar="TEXT", help="预算的批复")


def _works(parser: Parser) -> None:
    works = parser.add_argument_group("招标、合同、变更、验收、决算")
    works.add_argument(
        "--way", default="open", metavar="W", help="open 公开招标（默认）、invited、inquiry 询价、direct 等"
    )
    works.add_argument(
        "--bid", type=pair, action="append", default=[], metavar="单位=报价", help="一家报价，可写多次"
    )
    works.add_argument("--winner", type=name, metavar="NAME", help="中标人")
    works.add_argument("--ceiling", type=fen, default=0, metavar="A", help="控制价")
    works.add_argument("--platform", type=name, metavar="NO", help="平台交易编号")
    works.add_argument("--number", type=name, metavar="NO", help="合同编号")
    works.add_argument("--party", type=name, metavar="NAME", help="施工方，和凭证上的往来单位一样")
    works.add_argument(
        "--amount", type=fen, default=0, metavar="A", help="中标价、合同价、变更增减或决算价，元"
    )
    works.add_argument("--warranty", type=fen, default=0, metavar="A", help="质保金")
    works.add_argument("--warranty-until", type=day, metavar="DATE", help="质保到哪天")
    works.add_argument("--reason", type=words, metavar="TEXT", help="变更的原因")
    works.add_argument("--people", nargs="*", default=[], metavar="NAME", help="验收人")
    works.add_argument("--failed", action="store_true", help="验收不合格，要整改")
    works.add_argument("--note", type=words, metavar="TEXT", help="说明")
    works.add_argument("--audit", type=name, metavar="NO", help="审计报告编号")
