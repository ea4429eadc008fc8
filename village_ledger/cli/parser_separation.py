"""The words of ``separate``: one old ledger split in two (分账)."""

from __future__ import annotations

from pathlib import Path

from village_ledger.cli.arguments import CHARTS, Commands, add_by, month, name


def add(commands: Commands) -> None:
    """``separate OLD --propose`` and ``separate OLD NEWBOOK``."""
    parser = commands.add_parser(
        "separate",
        help="分账：把一本旧账分成两本",
        description="先用 --propose 照规则列出每一行归谁，改好清单，再用 --decisions 建两本账的新账簿。"
        "旧账和旧账簿都不动。",
    )
    parser.add_argument(
        "old", metavar="OLD", type=Path, help="旧账：年末余额表（csv 或 xlsx），或一本合账的账簿"
    )
    parser.add_argument("book", metavar="NEWBOOK", type=Path, nargs="?", help="要新建的账簿文件")
    parser.add_argument("--propose", action="store_true", help="照规则列出初判的清单，不建账")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="清单写到这个 csv 文件")
    parser.add_argument("--decisions", type=Path, metavar="FILE", help="改好的清单（csv 或 xlsx）")
    parser.add_argument("--village", type=name, metavar="NAME", help="村名")
    parser.add_argument("--start", type=month, metavar="YYYY-01", help="从哪年 1 月开始分账")
    parser.add_argument("--dry-run", action="store_true", help="只核对，不建账")
    parser.add_argument("--list", type=Path, metavar="FILE", help="公示清单（pdf 或 xlsx），签字前张贴")
    parser.add_argument("--signoff", type=Path, metavar="FILE", help="签字表（pdf 或 xlsx）")
    parser.add_argument("--collective-name", type=name, metavar="NAME", help="集体经济组织的全称")
    parser.add_argument("--collective-code", type=name, metavar="CODE", help="集体经济组织的登记证号（N2…）")
    parser.add_argument("--committee-name", type=name, metavar="NAME", help="村民委员会的全称")
    parser.add_argument(
        "--committee-code", type=name, metavar="CODE", help="村民委员会的统一社会信用代码（54…）"
    )
    parser.add_argument(
        "--committee-chart",
        choices=CHARTS,
        default=CHARTS[0],
        help="村委会科目：收支结余（默认）或参照集体制度",
    )
    add_by(parser, "分账")
