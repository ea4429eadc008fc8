"""The words of ``staff``, and of asking the operation log."""

from __future__ import annotations

from pathlib import Path

from village_ledger.cli.arguments import FORMATS, Commands, Parser, add_book, day, name, words


def add(commands: Commands) -> None:
    """``staff BOOK ACTION``."""
    staff = commands.add_parser(
        "staff",
        help="人员、角色和密码",
        description="登记人员，给角色，改密码。密码在终端里输入，或用环境变量 VILLAGE_LEDGER_PIN（操作人）、"
        "VILLAGE_LEDGER_NEW_PIN（新密码）、VILLAGE_LEDGER_RECOVERY（恢复码）。",
    )
    add_book(staff, "账簿文件")
    actions = staff.add_subparsers(
        dest="action", metavar="ACTION", required=True, title="办什么", parser_class=Parser
    )
    _add_people(actions)
    _add_pins(actions)
    listed = actions.add_parser("list", help="岗位一览", description="谁在岗，能办什么。")
    listed.add_argument("--format", choices=FORMATS, help="格式，默认看 -o 的文件名，没有就是 json")
    listed.add_argument("-o", "--output", type=Path, metavar="FILE", help="写到文件；pdf 和 xlsx 一定要写")


def _add_people(actions: Commands) -> None:
    added = actions.add_parser(
        "add", help="登记一个人", description="登记一个人；第一个人要是管理员，那时会印出恢复码。"
    )
    _add_person(added)
    added.add_argument(
        "--role",
        action="append",
        default=[],
        metavar="ROLE[@L]",
        help="角色：制单、审核、出纳、记账、主管、监督、管理员；@collective 表示只在这本账；可以写几个",
    )
    _add_sheet(added)
    _add_by(added, required=False)
    role = actions.add_parser("role", help="给角色或收回角色", description="给角色；加 --end 是收回。")
    _add_person(role)
    role.add_argument("role", metavar="ROLE", type=name, help="角色")
    role.add_argument("--ledger", metavar="L", default="", help="只在哪本账，不写就是全部")
    role.add_argument("--from", dest="since", type=day, metavar="DATE", help="从哪一天起，默认今天")
    role.add_argument("--end", action="store_true", help="收回这个角色")
    role.add_argument("--until", type=day, metavar="DATE", help="收回：从哪一天起不再有，默认今天")
    _add_by(role)
    for action, what in (("dismiss", "离任"), ("unlock", "解锁")):
        parser = actions.add_parser(action, help=what, description=f"{what}；由管理员来办。")
        _add_person(parser)
        _add_by(parser)


def _add_pins(actions: Commands) -> None:
    pin = actions.add_parser("pin", help="改自己的密码", description="改自己的密码，要先输入旧密码。")
    _add_person(pin)
    recover = actions.add_parser(
        "recover", help="用恢复码重设密码", description="用封存的恢复码给一个人重设密码。"
    )
    _add_person(recover)
    code = actions.add_parser(
        "recovery-code", help="换一张恢复码", description="做一张新的恢复码，旧的作废；由管理员来办。"
    )
    _add_sheet(code)
    _add_by(code)


def _add_person(parser: Parser) -> None:
    parser.add_argument("person", metavar="NAME", type=name, help="姓名")


def _add_by(parser: Parser, *, required: bool = True) -> None:
    parser.add_argument("--by", type=name, required=required, metavar="NAME", help="哪个管理员在操作")


def _add_sheet(parser: Parser) -> None:
    parser.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="恢复码印到这个 pdf，不显示在屏幕上"
    )


def add_log_query(report: Parser) -> None:
    """Which records of the operation log."""
    report.add_argument("--person", type=name, metavar="NAME", help="操作日志：只要这个人的")
    report.add_argument(
        "--action", type=words, metavar="TEXT", help="操作日志：操作里有这几个字的，如 反结账"
    )
    report.add_argument("--text", type=words, metavar="TEXT", help="操作日志：内容里有这几个字的")
