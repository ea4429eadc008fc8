"""The disclosure calendar: words of ``calendar``."""

from __future__ import annotations

from pathlib import Path

from village_ledger.cli.arguments import Commands, add_book, add_by, add_ledger, day, name, words, year

REPORTS: tuple[str, ...] = ("disclosure-calendar", "disclosure-rules")
ACTS = ("list", "rules", "sets", "adopt", "excuse", "matter")


def add(commands: Commands) -> None:
    """``calendar``."""
    parser = commands.add_parser(
        "calendar",
        help="公开日历",
        description="公开日历：list 看什么时候该公开什么、哪些晚了，rules 看现行的规矩（写 -o 存成可以改的文件），"
        "sets 看现成的几套，adopt 从某天起照一套规矩办，excuse 说明晚了的为什么不再公开，"
        "matter 登记账上看不出来、要公开的事（有人要求的、成员大会、其他重大事项）。",
    )
    add_book(parser, "账簿文件")
    parser.add_argument("act", metavar="ACT", choices=ACTS, help="、".join(ACTS))
    add_ledger(parser)
    parser.add_argument(
        "--date", type=day, metavar="DATE", help="list、rules：截至哪一天；matter：哪天的事，默认今天"
    )
    parser.add_argument("--year", type=year, metavar="YYYY", help="list：只看这一年到期的，和以前晚了的")
    parser.add_argument("--late", action="store_true", help="list：只看晚了的；有就退出 1")
    parser.add_argument("--set", dest="set_id", type=name, metavar="ID", help="adopt：现成的哪一套，见 sets")
    parser.add_argument("--rhythm", choices=("month", "quarter"), help="adopt：按月还是按季")
    parser.add_argument("--file", type=Path, metavar="FILE", help="adopt：自己的规矩文件（toml）")
    parser.add_argument(
        "--from", dest="first", type=day, metavar="DATE", help="adopt：从哪天起；excuse、matter：公开的起日"
    )
    parser.add_argument("--to", dest="last", type=day, metavar="DATE", help="excuse、matter：公开的止日")
    parser.add_argument(
        "--occasion", type=name, metavar="O", help="excuse：哪个场合，如 quarter、special:land"
    )
    parser.add_argument("--before", type=day, metavar="DATE", help="excuse：这天以前晚了的全部")
    parser.add_argument("--kind", type=name, metavar="K", help="matter：request、other、assembly")
    parser.add_argument("--what", type=words, metavar="TEXT", help="matter：什么事、谁要求的")
    parser.add_argument("--reason", type=words, metavar="TEXT", help="adopt：依据；excuse：为什么不公开")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="rules：存成规矩文件")
    add_by(parser, "公开")
