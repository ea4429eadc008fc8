"""Words of the command line for statements: the village's own reports, texts of the notes, names of reports."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from village_ledger.cli.arguments import Commands, add_book, add_by, add_ledger, words, year
from village_ledger.i18n import tr

STATEMENT_ACTS = ("add", "list", "show", "remove")
OWN = "own:"


def add(commands: Commands) -> None:
    """``statement`` and ``notes-text``."""
    own = commands.add_parser(
        "statement",
        help="自定义报表",
        description="自己定义的报表：add 存入定义文件，list 列出，show 印出定义，remove 停用。写法和法定报表的定义一样。",
    )
    add_book(own, "账簿文件")
    own.add_argument("act", metavar="ACT", choices=STATEMENT_ACTS, help="add、list、show 或 remove")
    own.add_argument("what", metavar="WHAT", nargs="?", help="add 后写定义文件，show、remove 后写报表名")
    own.add_argument("--version", type=int, metavar="N", help="show：第几版，默认最新一版")
    add_by(own, "命令行")

    text = commands.add_parser("notes-text", help="写附注", description="写附注里由村里自己写的一段。")
    add_book(text, "账簿文件")
    add_ledger(text)
    text.add_argument("--year", required=True, type=year, metavar="YYYY", help="哪一年的附注")
    text.add_argument("--item", required=True, type=words, metavar="ITEM", help="附注的哪一项，如 2.1")
    text.add_argument("--text", metavar="TEXT", help="写什么；不写就从 --file 读")
    text.add_argument("--file", type=Path, metavar="FILE", help="UTF-8 文本文件")
    add_by(text, "命令行")


def report_name(reports: Sequence[str]) -> Callable[[str], str]:
    """Takes a shipped report's name, or ``own:<name>`` of the village's own."""

    def named(text: str) -> str:
        if text in reports or (text.startswith(OWN) and len(text) > len(OWN)):
            return text
        raise argparse.ArgumentTypeError(
            tr(
                "不能是“{text}”，可以是：{known}，或 own: 加自定义报表的名字",
                text=text,
                known=", ".join(reports),
            )
        )

    return named
