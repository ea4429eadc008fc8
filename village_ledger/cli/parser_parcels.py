"""The resource register: land, forest and water by parcel: words of the command line."""

from __future__ import annotations

from pathlib import Path

from village_ledger.cli.arguments import Commands, Parser, add_book, add_by, add_ledger, day, name, words

REPORTS: tuple[str, ...] = ("resource-register", "parcel")


def add(commands: Commands) -> None:
    """``parcel BOOK ACTION``."""
    parcel = commands.add_parser(
        "parcel",
        help="资源台账：登记、变更、分割、合并、注销地块，画草图",
        description="资源台账：耕地、林地、水面、四荒等地块；每一笔写明从哪天起、凭什么，从不改写以前的登记。"
        "成批登记用 import parcels，打印用 report resource-register。",
    )
    add_book(parcel, "账簿文件")
    actions = parcel.add_subparsers(
        dest="action", metavar="ACTION", required=True, title="办什么", parser_class=Parser
    )
    _card(_action(actions, "add", "登记一块地"), required=True)
    _card(_action(actions, "change", "变更一块地的资料；只写要改的"), required=False)
    parts = _action(actions, "split", "把一块地分成几块；面积合计要等于原来的")
    parts.add_argument(
        "--part",
        action="append",
        metavar="CODE:MU:NAME",
        help="分出的一块：编号:亩数:名称，最后一块的亩数可以空着（取余下的）；其余照抄原地块",
    )
    parts.add_argument(
        "--file", type=Path, metavar="FILE", help="分出的各块写在文件里，列和 import parcels 相同"
    )
    merged = _action(actions, "merge", "把几块地合成一块；面积是各块之和")
    merged.add_argument(
        "--with", dest="others", nargs="+", required=True, metavar="CODE", help="另外几块的编号"
    )
    merged.add_argument("--into", required=True, type=name, metavar="CODE", help="合成的一块用什么编号")
    _card(merged, required=False, area=False)
    _action(actions, "end", "注销一块地（征收、登记错了）")
    drawn = _action(actions, "sketch", "画一块地的草图；不写 --corners 就是取消草图")
    drawn.add_argument(
        "--corners",
        default="",
        metavar="XY",
        help="界址点，按顺序绕一圈，东、北各多少米：“0,0 40.5,0 40.5,30 0,30”",
    )


def add_report_options(report: Parser) -> None:
    """Which parcel a card is about."""
    report.add_argument("--parcel", type=name, metavar="CODE", help="地块卡片：哪一块地")


def _action(actions: Commands, word: str, help_: str) -> Parser:
    made = actions.add_parser(word, help=help_, description=f"{help_}。")
    made.add_argument("code", type=name, metavar="CODE", help="地块编号")
    made.add_argument("--date", required=True, type=day, metavar="D", help="从哪天起")
    made.add_argument("--basis", required=True, type=words, metavar="S", help="依据")
    add_ledger(made)
    add_by(made, "登记")
    return made


def _card(parser: Parser, *, required: bool, area: bool = True) -> None:
    for option, what, must in (
        ("--name", "名称", True),
        ("--kind", "类别：耕地、园地、林地、草地、水面、建设用地、四荒、其他，或国标的地类", True),
        ("--east", "东至", True),
        ("--south", "南至", True),
        ("--west", "西至", True),
        ("--north", "北至", True),
        ("--land-class", "地类，例如水田", False),
        ("--owner-level", "所有权：村集体（默认）、组集体、乡镇集体", False),
        ("--owner", "所有权人，例如第三村民小组", False),
        ("--certificate", "权证号", False),
        ("--disputed", "有什么争议、和谁", False),
        ("--map-ref", "图幅号", False),
        ("--price", "参考单价，元/亩·年", False),
        ("--standing", "利用情况：自用（默认）、发包出租、公益、闲置", False),
        ("--used-by", "实际使用人", False),
        ("--origin", "合并以前的村和编号", False),
        ("--note", "备注", False),
    ):
        parser.add_argument(option, required=required and must, metavar=option[2:].upper(), help=what)
    if area:
        parser.add_argument("--mu", default="", metavar="MU", help="面积（亩），最多四位小数")
        parser.add_argument(
            "--sqm", default="", metavar="SQM", help="面积（平方米），最多两位小数；两种都写要相符"
        )
