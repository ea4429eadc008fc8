"""The words of ``agency WORKSPACE todo|vouchers|summary|review|post|close|print|export``: work over many villages."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from village_ledger.cli.arguments import FORMATS, Commands, Parser, day, month, name, voucher, words, year
from village_ledger.exchange.agency.agency_forms import FORMS, PRINTABLE
from village_ledger.i18n import tr


def add(acts: Commands) -> None:
    """Each act with its options."""
    _add_todo(acts)
    _add_vouchers(acts)
    _add_summary(acts)
    _add_books(acts)
    _add_papers(acts)


def _add_todo(acts: Commands) -> None:
    todo = acts.add_parser(
        "todo",
        help="各村等着办的事",
        description="各村的报账单、待审核、待记账、没有结账的月、到期的公开、没有答复的异议和审阅意见；晚了的在前。"
        "有一个村打不开，退出码是 1。",
    )
    _add_villages(todo)
    todo.add_argument("--things", action="store_true", help="一件事一行，不写就是一个村一行")
    todo.add_argument("--on", type=day, metavar="DATE", help="照这一天看，默认今天")
    todo.add_argument("--by", type=name, metavar="NAME", help="是谁在看：自己制的单会说明要别人审")
    _add_table(todo)


def _add_vouchers(acts: Commands) -> None:
    waiting = acts.add_parser(
        "vouchers",
        help="各村待审的凭证",
        description="各村等着审核的每一张凭证：日期、凭证号、摘要、金额、制单，谁不能审、为什么。",
    )
    _add_villages(waiting)
    waiting.add_argument("--by", type=name, required=True, metavar="NAME", help="谁要审：说明哪些他不能审")
    _add_table(waiting)


def _add_summary(acts: Commands) -> None:
    summary = acts.add_parser(
        "summary",
        help="各村汇总",
        description="各村每本账的收入、支出、现金、存款和往来，集体和村委会分开合计。有一个村打不开，退出码是 1。",
    )
    _add_villages(summary)
    _add_days(summary)
    _add_table(summary)


def _add_books(acts: Commands) -> None:
    review = acts.add_parser(
        "review",
        help="几个村一起审核",
        description="到某一天为止等着审核的都通过；或者只审、只退回一个村的几张。自己制的单和退回未改的留着。",
    )
    _add_act(review)
    review.add_argument("--through", type=day, metavar="DATE", help="到哪一天为止")
    review.add_argument(
        "--voucher",
        nargs="+",
        type=voucher,
        metavar="YYYY-MM/记-0012",
        help="只要这几张，和一个 --village、--ledger 一起用",
    )
    review.add_argument("--reason", type=words, metavar="TEXT", help="退回 --voucher 的这几张，写明哪里不对")

    post = acts.add_parser(
        "post", help="几个村一起记账", description="到某一天为止审核了的都记账；没有审核的留着，会说有几张。"
    )
    _add_act(post)
    post.add_argument("--through", type=day, required=True, metavar="DATE", help="到哪一天为止")

    close = acts.add_parser(
        "close",
        help="几个村一起结账",
        description="结一个月；结账检查没有通过的村不结，说明为什么，别的村照结。",
    )
    _add_act(close)
    close.add_argument("--month", type=month, required=True, metavar="YYYY-MM", help="哪个月")


def _add_papers(acts: Commands) -> None:
    printed = acts.add_parser(
        "print",
        help="几个村一起打印",
        description="各村的表印成 PDF，一个村一个文件夹；--merged 合成一个文件，按村的次序。公开表同时登记校验码。",
    )
    listed = "、".join(f"{report} {title}" for report, title in PRINTABLE.items())
    printed.add_argument("reports", nargs="+", metavar="NAME", help=f"哪几张表：{listed}")
    _add_act(printed)
    _add_days(printed)
    printed.add_argument("--merged", action="store_true", help="合成一个文件")
    printed.add_argument("-o", "--output", type=Path, required=True, metavar="DIR", help="放在这个文件夹")

    exported = acts.add_parser(
        "export",
        help="几个村一起导出",
        description="各村的送审包，或别的程序能读的样子；一个村一个文件或一个文件夹。",
    )
    listed = "、".join(f"{form} {what}" for form, what in FORMS.items())
    exported.add_argument("form", metavar="FORMAT", choices=tuple(FORMS), help=listed)
    _add_act(exported)
    _add_days(exported)
    exported.add_argument("-o", "--output", type=Path, required=True, metavar="DIR", help="放在这个文件夹")
    exported.add_argument("--attachments", action="store_true", help="送审包：连附件一起送")
    exported.add_argument(
        "--level", choices=("L0", "L1"), default="L1", help="L1 遮住证件号和账号（默认），L0 写全"
    )
    exported.add_argument("--reason", type=words, metavar="TEXT", help="为什么要写全（L0 一定要写）")


def _add_act(parser: Parser) -> None:
    _add_villages(parser)
    parser.add_argument(
        "--ledger", type=_ledger, metavar="L", help="哪本账：collective 集体，committee 村委会；不写就是都办"
    )
    parser.add_argument("--by", type=name, required=True, metavar="NAME", help="谁在办；要输入工作区的密码")
    parser.add_argument(
        "--verdicts", type=Path, metavar="FILE", help="各村的结果写到这个文件：json、csv、xlsx 或 pdf"
    )


def _ledger(text: str) -> str:
    """A ledger's code as any village may have it."""
    if not re.fullmatch(r"collective|committee|[a-z][a-z0-9]*-[a-z0-9-]+", text):
        raise argparse.ArgumentTypeError(
            tr("没有代号为“{ledger}”的账，可以是 collective、committee 或 group-01 的样子", ledger=text)
        )
    return text


def _add_villages(parser: Parser) -> None:
    parser.add_argument(
        "--village", nargs="+", default=[], type=name, metavar="村", help="哪几个村，不写就是每个村"
    )


def _add_days(parser: Parser) -> None:
    parser.add_argument("--from", dest="first", type=day, metavar="DATE", help="起日，和 --to 一起用")
    parser.add_argument("--to", dest="last", type=day, metavar="DATE", help="止日，和 --from 一起用")
    parser.add_argument("--month", type=month, metavar="YYYY-MM", help="一个月")
    parser.add_argument("--year", type=year, metavar="YYYY", help="一年")


def _add_table(parser: Parser) -> None:
    parser.add_argument("--format", choices=FORMATS, help="格式，默认看 -o 的文件名，没有就是 json")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="写到文件；pdf 和 xlsx 一定要写")
