"""The words of ``agency WORKSPACE new|add|remove|list|log|days|staff``: whose books an agency keeps, and who works for it."""

from __future__ import annotations

import argparse
from pathlib import Path

from village_ledger.cli.arguments import FORMATS, Commands, Parser, name, words
from village_ledger.domain.agency_days import MOST_DAYS

_PINS = (
    "密码在终端里输入，或用环境变量 VILLAGE_LEDGER_PIN（操作人）、VILLAGE_LEDGER_PIN_2（第二个人、那个村账簿的密码）、"
    "VILLAGE_LEDGER_NEW_PIN（新密码）、VILLAGE_LEDGER_RECOVERY（恢复码）。"
)


def add(acts: Commands) -> None:
    """Books and people of a workspace."""
    new = acts.add_parser(
        "new", help="建一个工作区", description=f"建一个代管工作区；绝不覆盖已有的文件。{_PINS}"
    )
    new.add_argument("--office", required=True, type=name, metavar="NAME", help="代管的单位，如乡镇代理中心")
    _add_by(new, "工作区的第一个管理员")
    added = acts.add_parser(
        "add", help="加账簿", description="把村的账簿加进来；搬了地方的，在新位置再加一次。账簿文件不动。"
    )
    added.add_argument(
        "books", nargs="+", type=Path, metavar="BOOK", help="账簿文件；写文件夹就是里面的每一本"
    )
    _add_by(added)
    removed = acts.add_parser(
        "remove", help="拿掉一个村", description="不再代管；账簿文件和里面的人员都不动。"
    )
    _add_village(removed)
    _add_by(removed)
    _add_output(
        acts.add_parser("list", help="代管的账簿", description="有哪些村的账簿，在哪里，打不打得开。")
    )
    _add_output(
        acts.add_parser(
            "log",
            help="工作区变动记录",
            description="谁什么时候加了账簿、登记了人、让谁离开、改了期限；有一行接不上前一行的，退出码是 1。",
        )
    )
    _add_days(acts)
    staff = acts.add_parser(
        "staff",
        help="代管人员和密码",
        description=f"一个人一个密码，各村都用它；角色还是各村账簿里的，由那本账的管理员给。{_PINS}",
    )
    deeds = staff.add_subparsers(
        dest="deed", metavar="ACTION", required=True, title="办什么", parser_class=Parser
    )
    _add_people(deeds)
    _add_roles(deeds)
    _add_pins(deeds)
    _add_output(
        deeds.add_parser("list", help="谁在哪个村", description="村和人：角色，锁没锁，密码改没改到。")
    )


def _add_people(deeds: Commands) -> None:
    added = deeds.add_parser(
        "add", help="登记一个人", description="登记代管的人，设密码；还没有任何村的角色。"
    )
    _add_person(added)
    added.add_argument("--administers", action="store_true", help="也是工作区的管理员：加账簿，管人员")
    _add_by(added)
    dismissed = deeds.add_parser(
        "dismiss",
        help="离开，各村一起收回",
        description="马上打不开工作区，各村的角色一起收回；还有账簿没有办成的，再办一次就只办那几本。",
    )
    _add_person(dismissed)
    _add_villages(dismissed)
    dismissed.add_argument(
        "--own", action="store_true", help="--by 是那个村自己的管理员，用那本账的密码；人已经离开工作区以后用"
    )
    _add_by(dismissed)
    unlocked = deeds.add_parser("unlock", help="解锁", description="解锁；由工作区的管理员来办。")
    _add_person(unlocked)
    _add_by(unlocked)
    head = deeds.add_parser("administer", help="给或收回工作区的管理员", description="加 --end 是收回。")
    _add_person(head)
    head.add_argument("--end", action="store_true", help="收回")
    _add_by(head)


def _add_days(acts: Commands) -> None:
    days = acts.add_parser(
        "days",
        help="什么算晚了：看，或改成乡镇的规定",
        description="不写天数就只是看。改的时候没有写的天数照旧；只用来提醒，不拦任何事。",
    )
    days.add_argument("--close-by", type=_days, metavar="N", help="次月几号以前结账")
    days.add_argument("--claim-days", type=_days, metavar="N", help="收到报账单几天内记账")
    days.add_argument("--remark-days", type=_days, metavar="N", help="收到审阅意见几天内答复")
    days.add_argument("--source", type=words, metavar="TEXT", help="依据：哪份文件、哪次会议")
    days.add_argument("--proposed", action="store_true", help="改回本软件的建议")
    days.add_argument("--by", type=name, metavar="NAME", help="谁在改；改的时候一定要写")


def _days(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= MOST_DAYS:
        raise argparse.ArgumentTypeError(f"“{text}”不是天数，请写 1 到 {MOST_DAYS} 的数")
    return int(text)


def _add_roles(deeds: Commands) -> None:
    enrol = deeds.add_parser(
        "enrol",
        help="在各村登记，给角色",
        description="用同一个密码在各村账簿里登记；由那本账的管理员来办，要两个人的密码。",
    )
    _add_person(enrol)
    enrol.add_argument(
        "--role",
        action="append",
        default=[],
        metavar="ROLE[@L]",
        help="角色：制单、审核、出纳、记账、主管、监督、管理员；@collective 表示只在这本账；可以写几个",
    )
    _add_villages(enrol)
    enrol.add_argument("--own", action="store_true", help="--by 是那个村自己的管理员，用那本账的密码")
    _add_by(enrol)
    role = deeds.add_parser("role", help="在各村给或收回角色", description="给角色；加 --end 是收回。")
    _add_person(role)
    role.add_argument("role", metavar="ROLE", type=name, help="角色")
    role.add_argument("--ledger", metavar="L", default="", help="只在哪本账，不写就是全部")
    role.add_argument("--end", action="store_true", help="收回这个角色")
    _add_villages(role)
    _add_by(role)


def _add_pins(deeds: Commands) -> None:
    pin = deeds.add_parser(
        "pin", help="改自己的密码，各村一起改", description="打不开的账簿记下来，下一次打开时改。"
    )
    _add_person(pin)
    match = deeds.add_parser(
        "match",
        help="对上一个村的密码",
        description="那本账里的密码不同时：打一次那本账里的密码，或用它的恢复码。",
    )
    _add_person(match)
    _add_village(match)
    match.add_argument("--code", action="store_true", help="用那个村封存的恢复码")
    recover = deeds.add_parser(
        "recover",
        help="忘了密码，用一个村的恢复码",
        description="用您登记过的一个村封存的恢复码设新密码；别的村以后对上，或由管理员重设。",
    )
    _add_person(recover)
    _add_village(recover)
    renew = deeds.add_parser(
        "renew",
        help="给忘了密码的人重设，各村一起",
        description="由管理员来办：在他管理人员的各村，这个人离任、再以同样的角色登记，日志里都写着。",
    )
    _add_person(renew)
    _add_by(renew)


def _add_person(parser: Parser) -> None:
    parser.add_argument("person", metavar="NAME", type=name, help="姓名")


def _add_by(parser: Parser, what: str = "谁在操作") -> None:
    parser.add_argument("--by", type=name, required=True, metavar="NAME", help=what)


def _add_village(parser: Parser) -> None:
    parser.add_argument(
        "--village", required=True, type=name, metavar="V", help="哪个村（村名，或账簿编号的前几位）"
    )


def _add_villages(parser: Parser) -> None:
    parser.add_argument(
        "--village",
        nargs="+",
        default=[],
        type=name,
        metavar="V",
        help="哪些村（村名，或账簿编号的前几位）；不写就是各村",
    )


def _add_output(parser: Parser) -> None:
    parser.add_argument("--format", choices=FORMATS, help="格式，默认看 -o 的文件名，没有就是 json")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="写到文件；pdf 和 xlsx 一定要写")
