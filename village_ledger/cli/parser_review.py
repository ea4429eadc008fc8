"""The words of ``key``, ``review`` and ``remarks``, and what the reports of review may be told."""

from __future__ import annotations

import argparse
from pathlib import Path

from village_ledger.cli.arguments import Commands, Parser, add_book, add_by, month, name, words
from village_ledger.domain.sampling import MOST
from village_ledger.i18n import tr

REPORTS: tuple[str, ...] = ("review-checks", "review-sample", "review-opinion")


def count(text: str) -> int:
    """How many vouchers to draw."""
    return _whole(text, MOST)


def percent(text: str) -> int:
    """How much of the money to reach."""
    return _whole(text, 100)


def seed(text: str) -> str:
    """What a sample is drawn by: any words, but some."""
    if not text.strip():
        raise argparse.ArgumentTypeError(tr("种子不能是空的；要抽金额大的，就不写 --seed"))
    return text.strip()


def _whole(text: str, most: int) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= most):
        raise argparse.ArgumentTypeError(tr("“{text}”要写 1 到 {most} 的整数", text=text, most=most))
    return int(text)


def add_report_options(report: Parser) -> None:
    """What the reports of review may be told."""
    report.add_argument(
        "--seed", type=seed, metavar="S", help="review-sample：照这个种子抽，不写就抽金额大的"
    )
    report.add_argument("--count", type=count, metavar="N", help="review-sample：抽几张")
    report.add_argument(
        "--percent", type=percent, metavar="P", help="review-sample：抽金额大的，抽到占全部金额的百分之几"
    )
    report.add_argument("--rules", type=Path, metavar="FILE", help="review-checks：照本地的规则包审查")


def add(commands: Commands) -> None:
    """``key BOOK show|renew``, ``review PACKAGE…``, ``remarks BOOK FILE``."""
    key = commands.add_parser(
        "key",
        help="村的签名密钥",
        description="show 印出签名密钥的指纹，和乡镇那边的对一对；renew 换一把，要写明为什么。",
    )
    key.add_argument("act", metavar="ACT", choices=("show", "renew"), help="show 或 renew")
    add_book(key, "账簿文件")
    key.add_argument("--reason", type=words, metavar="TEXT", help="renew：为什么换")
    add_by(key, "命令行")

    review = commands.add_parser(
        "review",
        help="乡镇审阅送审包",
        description="打开、核对、自动审查许多送审包，出一张汇总表，每个村一份审查清单和审阅意见文件。"
        "有验不过、读不了、没有送的，或查出“错”的，退出码是 1；只有“疑”和“轻”的是 0。",
    )
    review.add_argument(
        "packages", nargs="+", type=Path, metavar="PACKAGE", help="送审包，或放着它们的文件夹"
    )
    review.add_argument("-o", "--output", required=True, type=Path, metavar="DIR", help="报告写到这个文件夹")
    review.add_argument("--office", type=name, metavar="NAME", help="审阅的单位")
    review.add_argument("--seed", type=seed, metavar="S", help="抽查的种子，不写就抽金额大的")
    review.add_argument(
        "--expect", nargs="*", default=[], type=name, metavar="村", help="应该送来的村，没有送的会列出来"
    )
    review.add_argument(
        "--due",
        type=month,
        metavar="YYYY-MM",
        help="账应当送到哪个月，没有到的算没有送；不写就照上次写的，没有写过照多数村",
    )
    review.add_argument("--count", type=count, metavar="N", help="每个村抽查几张，不写是 20 张")
    review.add_argument(
        "--percent", type=percent, metavar="P", help="抽金额大的，抽到占全部金额的百分之几，不写是 60"
    )
    review.add_argument(
        "--sample", type=count, metavar="N", help="从所有可信的村合起来再抽 N 张，另写一份抽查清单"
    )
    review.add_argument(
        "--sample-percent",
        type=percent,
        metavar="P",
        help="从所有可信的村合起来抽金额大的，抽到占全部金额的百分之几，另写一份抽查清单",
    )
    review.add_argument(
        "--rules", type=Path, metavar="FILE", help="本地的规则包，所有的村都照它审；不写就照程序自带的"
    )
    review.add_argument("--key", type=Path, metavar="FILE", help="审阅人的签名密钥，默认存在这台电脑的设置里")
    add_by(review, "审阅人")

    remarks = commands.add_parser(
        "remarks",
        help="收审阅意见、答复；在送审包上写意见",
        description="账簿：写意见文件就收进来；list 列出意见和答复；answer 答复一条。第一次收时请把指纹和乡镇核对。"
        "送审包：pin 钉一条意见，pass、return 通过、退回等补审的凭证，accept 接受月份，drop 收回，list 看写了什么，"
        "opinion 印审核意见书，sign 签上名存成意见文件。",
    )
    add_book(remarks, "账簿文件，或送审包")
    remarks.add_argument(
        "file",
        metavar="FILE",
        help="账簿：意见文件（.vlremarks）、list、answer；送审包：list、pin、drop、pass、return、accept、opinion、sign",
    )
    remarks.add_argument("--fingerprint", type=words, metavar="F", help="乡镇说的指纹，审阅人换了密钥时要写")
    remarks.add_argument("--of", type=int, metavar="N", help="answer：第几份意见")
    remarks.add_argument("--number", type=int, metavar="N", help="answer、drop：第几条；pin：改第几条")
    remarks.add_argument(
        "--text", type=words, metavar="TEXT", help="answer：怎样答复；pin：意见；return：原因"
    )
    remarks.add_argument(
        "--place",
        type=words,
        metavar="PLACE",
        help="pin：2025-03/记-0012、2025-03/记-0012#2 第 2 行、balance-sheet/A3@2025-12 表上的数；不写就是对这本账说的",
    )
    remarks.add_argument("--ledger", metavar="L", help="哪本账，默认第一本")
    remarks.add_argument(
        "--severity",
        choices=("grave", "plain", "slight"),
        default="plain",
        help="pin：grave 重、plain 中、slight 轻",
    )
    remarks.add_argument("--rule", type=words, metavar="R", help="pin：依据哪条规则")
    remarks.add_argument("--voucher", metavar="V", help="pass、return、drop：哪张凭证，2025-03/记-0012")
    remarks.add_argument("--month", metavar="M", help="accept、drop：哪个月，2025-03")
    remarks.add_argument("--office", type=name, metavar="NAME", help="sign、opinion：审阅的单位")
    remarks.add_argument("--key", type=Path, metavar="FILE", help="sign：审阅人的签名密钥")
    remarks.add_argument("-o", "--output", type=Path, metavar="OUT", help="opinion、sign：写到哪里")
    add_by(remarks, "命令行")
