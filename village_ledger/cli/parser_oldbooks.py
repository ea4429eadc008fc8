"""Books of other programs: words of the command line."""

from __future__ import annotations

from pathlib import Path

from village_ledger.cli.arguments import Parser

REPORTS: tuple[str, ...] = ("old-comparison", "old-mapping")
KIND = "old"


def add_import_options(taken: Parser) -> None:
    """What ``import old`` takes: more files, the mapping, what to do about gaps and the year's end."""
    taken.add_argument(
        "more", metavar="FILE", nargs="*", type=Path, help="old：同一期间的科目余额表和序时账，可以一次给几个"
    )
    taken.add_argument("--map", type=Path, metavar="FILE", help="old：定好的科目对照表（csv 或 xlsx）")
    taken.add_argument(
        "--write-map", type=Path, metavar="FILE", help="old：把提议的科目对照表写成 csv，改好再用 --map"
    )
    taken.add_argument("--accept", action="store_true", help="old：要由村里定的科目，都照提议办")
    taken.add_argument("--renumber", action="store_true", help="old：旧号有断号就重新编号，原号写进摘要")
    taken.add_argument(
        "--keep-open", action="store_true", help="old：不照旧账结账，年终结转凭证由这本账自己生成"
    )
    taken.add_argument("--fold", action="store_true", help="old：不建旧明细科目，都并到一级科目")
    taken.add_argument("--format", choices=("json", "csv"), help="old：把科目对照和前后对照写到屏幕")
