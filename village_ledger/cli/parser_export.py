"""The words of ``export``: data that leaves the book in a form others read."""

from __future__ import annotations

from pathlib import Path

from village_ledger.cli.arguments import Commands, add_book, add_by, add_ledger, day, words
from village_ledger.exchange.exports.export_formats import FORMATS


def add(commands: Commands) -> None:
    """``export FORMAT BOOK -o OUT``."""
    export = commands.add_parser(
        "export",
        help="导出整本账，给别的程序或归档",
        description="把账导出成别的程序能读的样子；证件号和账号默认遮住（L1），写全（L0）要写理由，记进操作日志。",
    )
    listed = "、".join(f"{name} {form.words}" for name, form in FORMATS.items()) + "、package 送审包"
    export.add_argument("form", metavar="FORMAT", choices=(*FORMATS, "package"), help=listed)
    add_book(export, "账簿文件")
    export.add_argument(
        "-o", "--output", required=True, type=Path, metavar="OUT", help="写到这个文件；有的格式是一个文件夹"
    )
    add_ledger(export)
    export.add_argument("--from", dest="first", type=day, metavar="DATE", help="起日，和 --to 一起用")
    export.add_argument("--to", dest="last", type=day, metavar="DATE", help="止日，和 --from 一起用")
    export.add_argument(
        "--level", choices=("L0", "L1"), default="L1", help="L1 遮住证件号和账号（默认），L0 写全"
    )
    export.add_argument("--reason", type=words, metavar="TEXT", help="为什么要写全（L0 一定要写）")
    export.add_argument("--attachments", action="store_true", help="package：连附件一起送")
    add_by(export, "命令行")
