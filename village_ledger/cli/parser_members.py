"""The words of ``member``: who is in the register, deaths, admission, leaving, households."""

from __future__ import annotations

from pathlib import Path

from village_ledger.cli.arguments import Commands, Parser, add_book, add_by, day, name, words


def add(commands: Commands) -> None:
    """``member BOOK ACTION``."""
    member = commands.add_parser(
        "member",
        help="成员名册：登记、死亡、确认、退出、迁户",
        description="成员名册的变动：每一笔都写明日期和依据，从不改写以前的登记。人写成 户编号/姓名。",
    )
    add_book(member, "账簿文件")
    actions = member.add_subparsers(
        dest="action", metavar="ACTION", required=True, title="办什么", parser_class=Parser
    )
    _add_person(actions)
    death = _action(actions, "death", "登记死亡")
    death.description = "登记死亡：名下的份额成为待继承的遗产。"
    undo = _action(actions, "correct-death", "更正死亡日期", dated=False)
    undo.add_argument("--date", required=True, metavar="DATE", help="对的日期；写 none 表示没有死亡")
    admit = _action(actions, "admit", "确认成员")
    admit.add_argument(
        "--reason",
        required=True,
        metavar="R",
        help="registered 改革中已确认，birth 出生，marriage 结婚，adoption 收养，migration 移民，confirmed 成员大会确认，"
        "contribution 给非成员权利",
    )
    admit.add_argument("--resolution", type=name, metavar="NO", help="成员大会的决议文号")
    leaving = _action(actions, "exit", "自愿退出")
    leaving.add_argument("--resolution", type=name, required=True, metavar="NO", help="同意退出的决议文号")
    _retained(leaving)
    lost = _action(actions, "lose", "丧失成员身份")
    lost.add_argument(
        "--reason",
        required=True,
        metavar="R",
        help="nationality 丧失国籍，elsewhere 取得别处成员身份，civil-servant 成为公务员，charter 章程规定的其他情形",
    )
    lost.add_argument("--resolution", type=name, metavar="NO", help="决议文号")
    _retained(lost)
    moved = _action(actions, "move", "迁户")
    moved.add_argument(
        "--to", required=True, type=str.strip, metavar="CODE", help="迁入的户编号；空着表示不在任何一户"
    )
    moved.add_argument("--relation", type=name, metavar="R", help="与户主关系")
    moved.add_argument("--new-household", action="store_true", help="分出新的一户")
    _action(actions, "head", "另定户主")
    filed = actions.add_parser(
        "file-register",
        help="登记名册已报送备案",
        description="登记成员名册已报乡镇或县级农业农村部门备案（农村集体经济组织法第十二条）；备案表用 report register-filing。",
    )
    filed.add_argument(
        "--office", required=True, choices=("township", "county"), help="报给谁：township 乡镇，county 县"
    )
    filed.add_argument("--date", required=True, type=day, metavar="DATE", help="报送的日期")
    filed.add_argument("--as-of", type=day, metavar="DATE", help="名册截至哪一天，默认是报送的那天")
    filed.add_argument("--note", type=words, metavar="N", help="备注，例如回执号")
    filed.add_argument("--by", required=True, type=name, metavar="NAME", help="谁在登记")
    change = _action(actions, "correct", "修改资料", dated=False)
    change.add_argument(
        "--field",
        required=True,
        metavar="F",
        help="name 姓名，sex 性别，birth 出生日期，id_number 身份证号，phone 电话，bank 开户行，bank_account 账号，hukou、note",
    )
    change.add_argument("--value", required=True, metavar="V", help="改成什么；空着表示取消")
    change.add_argument("--date", type=day, metavar="DATE", help="从哪天起；不写就是以前写错了")


def add_import_options(taken: Parser) -> None:
    """Answers to what was found wrong in a register."""
    taken.add_argument(
        "--answers",
        type=Path,
        metavar="FILE",
        help="成员名册、合同台账、自己的资产台账：对不对的地方的答复，csv 三列 行、栏、答复；答复写对的值、“略去”或“待核”",
    )


def add_report_options(report: Parser) -> None:
    """How much of a person a register shows."""
    report.add_argument(
        "--level",
        choices=("L0", "L1", "L2", "L3"),
        help="成员名册写多少：L0 内部、L1 报送乡镇（默认）、L2 张榜、L3 统计",
    )
    report.add_argument(
        "--known-on", type=day, metavar="DATE", help="成员名册：照这一天为止登记的，以后补登和更正的不算"
    )


def _add_person(actions: Commands) -> None:
    added = _action(actions, "add", "登记一个人", dated=False)
    added.add_argument("--relation", type=name, metavar="R", help="与户主关系")
    added.add_argument("--sex", choices=("男", "女"), default="", help="性别；有身份证号可以不写")
    added.add_argument("--id-number", default="", metavar="N", help="身份证号，加密保存")
    added.add_argument("--birth", type=day, metavar="DATE", help="出生日期；有身份证号可以不写")
    added.add_argument("--date", type=day, metavar="DATE", help="从哪天起在这一户")
    added.add_argument("--group", type=name, metavar="G", help="新的一户属于哪个村民小组")
    added.add_argument("--no-number", type=words, metavar="WHY", help="没有身份证号的原因")
    added.add_argument("--note", type=words, metavar="N", help="备注")


def _action(actions: Commands, word: str, help_: str, *, dated: bool = True) -> Parser:
    made = actions.add_parser(word, help=help_, description=f"{help_}。")
    made.add_argument("--person", required=True, type=name, metavar="HOUSEHOLD/NAME", help="哪一个人")
    made.add_argument("--basis", required=True, type=words, metavar="S", help="依据")
    if dated:
        made.add_argument("--date", required=True, type=day, metavar="D", help="从哪天起")
    add_by(made, "登记")
    return made


def _retained(parser: Parser) -> None:
    parser.add_argument("--retained-until", type=day, metavar="DATE", help="约定保留权利到哪一天")
