"""The words of the command line: every subcommand and its options."""

from __future__ import annotations

from pathlib import Path

from village_ledger import __version__
from village_ledger.cli import (
    parser_agency,
    parser_assets,
    parser_attachments,
    parser_backup,
    parser_bank,
    parser_books,
    parser_calendar,
    parser_cases,
    parser_certificates,
    parser_claims,
    parser_closing,
    parser_contracts,
    parser_counting,
    parser_decisions,
    parser_disclosure,
    parser_dividends,
    parser_export,
    parser_files,
    parser_handover,
    parser_indicators,
    parser_interledger,
    parser_limits,
    parser_members,
    parser_merger,
    parser_oldbooks,
    parser_parcels,
    parser_postings,
    parser_projects,
    parser_review,
    parser_separation,
    parser_setup,
    parser_shares,
    parser_staff,
    parser_statements,
    parser_templates,
)
from village_ledger.cli.arguments import (
    CHARTS,
    FORMATS,
    Commands,
    Parser,
    add_book,
    add_by,
    add_ledger,
    day,
    letters,
    month,
    name,
    one_of,
    voucher,
    words,
    year,
)
from village_ledger.cli.parser_statements import report_name

KINDS = (
    "accounts",
    "opening",
    "vouchers",
    "templates",
    "budget",
    "bank",
    "last-year",
    "members",
    "shares",
    "parcels",
    "panel",
    "contracts",
    "assets",
    "usage",
    parser_oldbooks.KIND,
    "dump",
)
REPORTS = (
    "trial-balance",
    "opening",
    "balance-sheet",
    "income-distribution",
    "receipts-payments",
    "surplus",
    "general-ledger",
    "account-ledger",
    "cash-journal",
    "bank-journal",
    "multi-column",
    "quantity-ledger",
    "voucher",
    "voucher-summary",
    "inter-ledger",
    "close-checklist",
    "number-gaps",
    "operation-log",
    "staff-list",
    "disclosure",
    "budget",
    "prepaid",
    "separation-list",
    "separation-signoff",
    "separation-opening",
    "bank-reconciliation",
    "earmarked-funds",
    "pass-through",
    "combined",
    "notes",
    "claim-register",
    "advances",
    "receipt-books",
    "cash-count",
    "year-end-preview",
    "member-register",
    "register-filing",
    "dividend",
    "dividend-unclaimed",
    "share-register",
    "share-movements",
    "pledge-list",
    "cap-check",
    "share-equality",
    "share-history",
    "certificate",
    *parser_assets.REPORTS,
    *parser_parcels.REPORTS,
    *parser_contracts.REPORTS,
    *parser_decisions.REPORTS,
    *parser_limits.REPORTS,
    *parser_projects.REPORTS,
    *parser_attachments.REPORTS,
    *parser_counting.REPORTS,
    *parser_handover.REPORTS,
    *parser_merger.REPORTS,
    *parser_oldbooks.REPORTS,
    *parser_indicators.REPORTS,
    *parser_disclosure.REPORTS,
    *parser_review.REPORTS,
    *parser_postings.REPORTS,
    *parser_calendar.REPORTS,
)


def build(only: str = "") -> Parser:
    """The whole command line; with ``only``, what is needed to read that one subcommand."""
    parser = Parser(
        prog="village-ledger",
        description="村账：一个村两本账。不带命令时打开窗口。",
        epilog="结果写到标准输出或 -o 指定的文件，话写到标准错误。"
        "退出码：0 办好了；1 规矩不允许或查出了问题；2 写法不对或文件读不了。",
    )
    parser.add_argument("--version", action="version", version=f"村账 {__version__}", help="显示版本")
    commands = one_of(
        parser.add_subparsers(
            dest="command", metavar="COMMAND", required=True, title="命令", parser_class=Parser
        ),
        only,
    )
    _add_books(commands)
    _add_entries(commands)
    parser_interledger.add(commands)
    parser_closing.add(commands)
    _add_report(commands)
    parser_bank.add(commands)
    parser_setup.add(commands)
    parser_statements.add(commands)
    parser_backup.add(commands)
    parser_books.add(commands)
    parser_staff.add(commands)
    parser_templates.add(commands)
    parser_separation.add(commands)
    parser_claims.add(commands)
    parser_members.add(commands)
    parser_shares.add(commands)
    parser_cases.add(commands)
    parser_dividends.add(commands)
    parser_certificates.add(commands)
    parser_assets.add(commands)
    parser_parcels.add(commands)
    parser_contracts.add(commands)
    parser_decisions.add(commands)
    parser_limits.add(commands)
    parser_projects.add(commands)
    parser_attachments.add(commands)
    parser_counting.add(commands)
    parser_handover.add(commands)
    parser_merger.add(commands)
    parser_indicators.add(commands)
    parser_postings.add(commands)
    parser_calendar.add(commands)
    parser_export.add(commands)
    parser_files.add(commands)
    parser_review.add(commands)
    parser_agency.add(commands)
    return parser


def _add_books(commands: Commands) -> None:
    new = commands.add_parser("new", help="新建一本账簿", description="新建一本账簿；绝不覆盖已有的文件。")
    add_book(new, "要新建的账簿文件")
    new.add_argument("--village", required=True, type=name, metavar="NAME", help="村名")
    new.add_argument("--start", required=True, type=month, metavar="YYYY-MM", help="从哪个月开始记账")
    new.add_argument("--collective-name", type=name, metavar="NAME", help="集体经济组织的全称")
    new.add_argument("--collective-code", type=name, metavar="CODE", help="集体经济组织的登记证号（N2…）")
    new.add_argument("--committee-name", type=name, metavar="NAME", help="村民委员会的全称")
    new.add_argument(
        "--committee-code", type=name, metavar="CODE", help="村民委员会的统一社会信用代码（54…）"
    )
    new.add_argument(
        "--committee-chart",
        choices=CHARTS,
        default=CHARTS[0],
        help="村委会科目：收支结余（默认）或参照集体制度",
    )
    new.add_argument("--single", action="store_true", help="合账：村委会代行，只设一本账")
    add_by(new, "建账")

    demo = commands.add_parser(
        "demo", help="建演示村", description="建一本演示村的账簿：青山村，或另一个小村白云村。"
    )
    add_book(demo, "要新建的账簿文件")
    demo.add_argument(
        "--village", choices=("青山村", "白云村"), default="青山村", help="哪一个村，默认青山村"
    )
    demo.add_argument("--year-end", action="store_true", help="停在2025年末结完账，可以和白云村合并")
    add_by(demo, "演示")

    opened = commands.add_parser(
        "open", help="在窗口里打开账簿或送审包", description="在窗口里打开账簿；送审包先核对，再以只读打开。"
    )
    add_book(opened, "账簿文件，或送审包")

    verify = commands.add_parser(
        "verify",
        help="核对账簿",
        description="核对账簿的每一条规矩、每一环记账链；或核对一张公开表、一个送审包、一份会计档案、导出的全部数据。",
    )
    verify.add_argument(
        "book", metavar="BOOK", type=Path, help="账簿文件、送审包，或会计档案、全部数据的文件夹"
    )
    verify.add_argument("--sheet", metavar="CODE", help="公开表上的校验码：账上现在还是不是这些数")
    verify.add_argument(
        "--fingerprint",
        metavar="F",
        help="送审包、会计档案：村里念的签名指纹；送审包对上了就在这台电脑上记住这个村",
    )


def _add_entries(commands: Commands) -> None:
    taken = commands.add_parser(
        "import",
        help="导入科目、期初、凭证、模板、计划、对账单或别的软件的旧账",
        description="导入 csv 或 xlsx 文件；有一处不对就一行也不导入。",
    )
    taken.add_argument(
        "kind",
        metavar="KIND",
        choices=KINDS,
        help="accounts 科目、opening 期初、vouchers 凭证、templates 模板、budget 财务计划、bank 银行对账单、last-year 上年数、"
        "members 成员名册、shares 份额变动、parcels 地块、panel 六手印记名单、contracts 合同台账、assets 资产台账、usage 工作量、"
        "old 金蝶 KIS、用友 T3 的旧账、dump 导出的全部数据（BOOK 是新账簿，FILE 是那个文件夹）",
    )
    add_book(taken, "账簿文件")
    taken.add_argument("file", metavar="FILE", type=Path, help="csv 或 xlsx 文件")
    add_ledger(taken)
    parser_bank.add_import_options(taken)
    parser_setup.add_import_options(taken)
    parser_members.add_import_options(taken)
    parser_shares.add_import_options(taken)
    parser_contracts.add_import_options(taken)
    parser_oldbooks.add_import_options(taken)
    taken.add_argument("--dry-run", action="store_true", help="只检查，不导入")
    taken.add_argument("--post", action="store_true", help="凭证导入后随即记账（迁移旧账用，日志里写明）")
    parser_templates.add_import_options(taken)
    add_by(taken, "导入")

    post = commands.add_parser(
        "post", help="记账", description="把到某一天为止已审核的凭证记账；写明 --reviewed-by 时先由他审核。"
    )
    add_book(post, "账簿文件")
    add_ledger(post)
    post.add_argument("--through", required=True, type=day, metavar="DATE", help="到哪一天为止")
    post.add_argument("--by", required=True, type=name, metavar="NAME", help="记账人")
    post.add_argument("--reviewed-by", type=name, metavar="NAME", help="审核人，不能和制单人、记账人是同一人")

    reverse = commands.add_parser(
        "reverse", help="冲销一张凭证", description="填制冲销凭证：当年用红字，以前年度用蓝字。"
    )
    add_book(reverse, "账簿文件")
    add_ledger(reverse)
    reverse.add_argument(
        "--voucher", required=True, type=voucher, metavar="YYYY-MM/记-0012", help="要冲销的凭证"
    )
    reverse.add_argument("--date", required=True, type=day, metavar="DATE", help="冲销凭证的日期")
    reverse.add_argument("--by", required=True, type=name, metavar="NAME", help="制单人")
    reverse.add_argument("--reason", required=True, type=words, metavar="TEXT", help="为什么冲销")
    reverse.add_argument("--both", action="store_true", help="两账往来的凭证：连同另一边一起冲销")


def _add_report(commands: Commands) -> None:
    report = commands.add_parser("report", help="出报表", description=f"报表：{'、'.join(REPORTS)}。")
    add_book(report, "账簿文件")
    report.add_argument(
        "name", metavar="NAME", type=report_name(REPORTS), help="报表的名字；自定义的写 own: 加名字"
    )
    add_ledger(report)
    report.add_argument("--from", dest="first", type=day, metavar="DATE", help="起日，和 --to 一起用")
    report.add_argument("--to", dest="last", type=day, metavar="DATE", help="止日，和 --from 一起用")
    report.add_argument("--as-of", type=day, metavar="DATE", help="从年初到这一天")
    report.add_argument("--month", type=month, metavar="YYYY-MM", help="一个月")
    report.add_argument("--year", type=year, metavar="YYYY", help="一年")
    report.add_argument(
        "--columns",
        choices=("last-year", "quarter", "half-year", "month"),
        help="报表另加的栏：上年同期和增减，或各季、各半年、各月",
    )
    parser_members.add_report_options(report)
    parser_parcels.add_report_options(report)
    parser_assets.add_report_options(report)
    parser_decisions.add_report_options(report)
    parser_projects.add_report_options(report)
    parser_handover.add_report_options(report)
    report.add_argument("--account", metavar="CODE", help="科目编码")
    parser_review.add_report_options(report)
    report.add_argument("--source", metavar="村", help="合并建成的账簿：只要这个原村的")
    report.add_argument("--household", metavar="CODE", help="股权证、份额变动史：只要这一户的")
    report.add_argument(
        "--sheets",
        type=letters,
        metavar="A,B",
        help="公开表：只要这几张（字母，用逗号隔开），不写就是该贴的每一张",
    )
    parser_staff.add_log_query(report)
    report.add_argument("--voucher", type=voucher, metavar="YYYY-MM/记-0012", help="只要这一张凭证")
    report.add_argument(
        "--format",
        choices=(*FORMATS, "png", "txt"),
        help="格式，默认看 -o 的文件名，没有就是 json；png 只用于公开表，txt 是明白纸念的稿子",
    )
    report.add_argument("-o", "--output", type=Path, metavar="FILE", help="写到文件；pdf 和 xlsx 一定要写")
    report.add_argument(
        "--size", choices=("wall", "desk"), default="wall", help="公开表的字：上墙（默认）或案头"
    )
    report.add_argument(
        "--paper",
        choices=("A4", "A3", "form", "preprinted"),
        help="公开表的纸：上墙默认 A3，案头默认 A4；凭证：form 240×140（默认）、A4 一页两张、preprinted 套打",
    )
    parser_disclosure.add_report_options(report)
    add_by(report, "命令行")
