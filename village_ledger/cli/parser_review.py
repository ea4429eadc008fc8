"""The words of ``key``, and later of what a township does with packages."""

from __future__ import annotations

from village_ledger.cli.arguments import Commands, add_book, add_by, words

REPORTS: tuple[str, ...] = ("review-checks", "review-sample")


def add(commands: Commands) -> None:
    """``key BOOK show|renew``."""
    key = commands.add_parser(
        "key",
        help="村的签名密钥",
        description="show 印出签名密钥的指纹，和乡镇那边的对一对；renew 换一把，要写明为什么。",
    )
    key.add_argument("act", metavar="ACT", choices=("show", "renew"), help="show 或 renew")
    add_book(key, "账簿文件")
    key.add_argument("--reason", type=words, metavar="TEXT", help="renew：为什么换")
    add_by(key, "命令行")
