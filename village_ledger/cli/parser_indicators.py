"""Indicators: words of the command line."""

from __future__ import annotations

from village_ledger.cli.arguments import Commands, Parser, add_book, add_by

REPORTS: tuple[str, ...] = ("indicators",)


def add(commands: Commands) -> None:
    """``indicator BOOK line``; the figures themselves are ``report BOOK indicators``."""
    indicator = commands.add_parser(
        "indicator",
        help="指标的警戒线",
        description="定指标的警戒线；看指标用 report BOOK indicators，每个数都写明怎么算、代入了哪些数。",
    )
    add_book(indicator, "账簿文件")
    actions = indicator.add_subparsers(
        dest="action", metavar="ACTION", required=True, title="办什么", parser_class=Parser
    )
    line = actions.add_parser("line", help="定一条警戒线", description="定一个指标的警戒线。")
    line.add_argument("key", metavar="KEY", help="指标的代号，如 debt_ratio、rent_collection")
    line.add_argument("value", metavar="VALUE", help="数字（%%、元或天）；none 不设，空着照程序自带的")
    add_by(line, "设置")
