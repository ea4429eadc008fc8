"""The words of ``merge`` and ``merger``: villages that become one (村级建制调整), and what is followed up afterwards."""

from __future__ import annotations

from pathlib import Path

from village_ledger.cli.arguments import CHARTS, FORMATS, Commands, add_book, add_by, day, name, words

REPORTS: tuple[str, ...] = (
    "merger-comparison",
    "creditor-notices",
    "merger-matters",
    "merger-shares",
    "merger-codes",
    "merger-origin",
)
OPTIONS = ("A", "B", "C")
SHARES = ("side-by-side", "value", "head", "none")
ACTS = ("told", "answered", "secured", "noted", "settled")


def add(commands: Commands) -> None:
    """Subcommands of this area."""
    _add_merge(commands)
    follow = commands.add_parser(
        "merger",
        help="合并以后的办理：债权人通知、未决事项",
        description="登记哪天通知了债权人、对方怎么答复，或未决事项办到哪一步；在合并后的账簿上用。",
    )
    add_book(follow, "合并后的账簿")
    follow.add_argument(
        "what", metavar="KIND", choices=("creditor", "matter"), help="creditor 债权人，matter 未决事项"
    )
    follow.add_argument("number", metavar="N", type=int, help="清单上的序号")
    follow.add_argument(
        "--act",
        required=True,
        choices=ACTS,
        help="told 已通知、answered 已答复、secured 已清偿或担保；noted 记一笔、settled 已办结",
    )
    follow.add_argument("--date", required=True, type=day, metavar="DATE", help="哪一天")
    follow.add_argument("--note", type=words, metavar="TEXT", help="说明")
    add_by(follow, "经办")


def _add_merge(commands: Commands) -> None:
    merge = commands.add_parser(
        "merge",
        help="村级合并：两本以上账簿并成一本",
        description="A 分账并存：各村的账在新村的账簿里各立一本；B 联合：另建联合的账簿，旧账照记；"
        "C 合并：余额转进新账，互相的欠款抵销。旧账要结到同一个月末；A、C 以后旧账封成档案，只能查看。",
    )
    merge.add_argument("books", metavar="BOOK", type=Path, nargs="+", help="各村的账簿，两本以上")
    merge.add_argument("-o", "--output", required=True, type=Path, metavar="NEW", help="要新建的账簿文件")
    merge.add_argument("--village", type=name, metavar="NAME", help="新村名")
    merge.add_argument("--date", type=day, metavar="DATE", help="合并日：各村旧账的最后一天，月末")
    merge.add_argument("--option", metavar="A|B|C", help="方案：A 分账并存，B 联合，C 合并")
    merge.add_argument("--collective-name", type=name, metavar="NAME", help="新集体经济组织的全称")
    merge.add_argument("--collective-code", type=name, metavar="CODE", help="新集体经济组织的登记证号（N2…）")
    merge.add_argument("--committee-name", type=name, metavar="NAME", help="新村民委员会的全称")
    merge.add_argument("--committee-code", type=name, metavar="CODE", help="新村民委员会的代码（54…）")
    merge.add_argument("--committee-chart", choices=CHARTS, help="村委会科目，默认和旧账一样")
    merge.add_argument(
        "--shares",
        choices=SHARES,
        default=SHARES[0],
        help="份额：side-by-side 两类并存（默认），value 按净资产折股，head 按人头，none 不动",
    )
    merge.add_argument("--unit", metavar="YUAN", help="按净资产折股：每一新份额值多少元")
    merge.add_argument("--per-head", type=int, metavar="N", help="按人头：每名成员多少份")
    merge.add_argument(
        "--worth", action="append", default=[], metavar="村=金额", help="议定的净资产，一村一个；默认照账面"
    )
    merge.add_argument(
        "--resolution",
        action="append",
        default=[],
        type=name,
        metavar="NUMBER",
        help="各村成员大会的决议文号，一村一个",
    )
    merge.add_argument("--approved-on", type=day, metavar="DATE", help="县级批准的日期；十日内要通知债权人")
    merge.add_argument("--map", type=Path, metavar="FILE", help="对照表（csv 或 xlsx）：科目、往来单位")
    merge.add_argument(
        "--difference-reason", type=words, metavar="TEXT", help="两村往来对不上，只抵销相等部分的理由"
    )
    merge.add_argument("--dry-run", action="store_true", help="只核对、出对照，不建账")
    merge.add_argument("--archive-only", action="store_true", help="NEW 已经建好，只把没封的旧账封成档案")
    merge.add_argument("--format", choices=FORMATS[:1], help="json：把对照和结果写到屏幕")
    add_by(merge, "合并")
