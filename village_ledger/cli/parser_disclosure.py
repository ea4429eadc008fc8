"""The words of ``report disclosure`` and its kin: paper, type, versions of sheets of the wall."""

from __future__ import annotations

from village_ledger.cli.arguments import Parser

REPORTS: tuple[str, ...] = ("disclosure-summary", "disclosure-unmasked", "disclosure-lines", "sheet-versions")


def add_report_options(report: Parser) -> None:
    """How sheets of the wall lie on paper, which version of one is meant, and why there is another."""
    report.add_argument(
        "--type",
        choices=("standard", "large", "huge"),
        help="公开表的字号：standard 标准（上墙 16 磅、案头 10.5 磅，默认）、large 大、huge 特大",
    )
    report.add_argument(
        "--group",
        choices=("rule", "all", "none"),
        help="公开表里同样的行：rule 按规定并（默认，或本村设定）、all 都并、none 都不并；并了也逐笔列出",
    )
    report.add_argument(
        "--plan", action="store_true", help="公开表：只说各种纸和字号共几页、约多少平方米，什么也不印"
    )
    report.add_argument("--phone", action="store_true", help="公开表的图片按手机屏幕排，发群用")
    report.add_argument(
        "--code", metavar="CODE", help="公开表：照登记的数字重印这个校验码的表，不管账上现在是什么数"
    )
    report.add_argument(
        "--edition", type=int, metavar="N", help="和 --code 一起：同一校验码登记过几版时，要第几版"
    )
    report.add_argument(
        "--line",
        metavar="KEY",
        help="disclosure-lines：公开表上哪个数的明细，如 disclosure-items:8（收支汇总表第8项）、disclosure:2（收支表各项收入）",
    )
    report.add_argument("--reason", metavar="TEXT", help="公开表：更正公开的原因；不写就写明后来记的凭证")
