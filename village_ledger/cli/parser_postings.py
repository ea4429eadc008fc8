"""The words of ``posting``: sets of sheets on the board, what was said of them, and their reports."""

from __future__ import annotations

from pathlib import Path

from village_ledger.cli.arguments import (
    Commands,
    Parser,
    add_book,
    add_by,
    add_ledger,
    day,
    month,
    name,
    words,
    year,
)

REPORTS: tuple[str, ...] = ("postings", "posting-record", "objections")


def add(commands: Commands) -> None:
    """``posting BOOK ACTION``."""
    posting = commands.add_parser(
        "posting",
        help="公开表的张贴和异议",
        description="张贴记录：open 把登记过的公开表放在一起，review 监督机构的意见，post 张贴，photo 存照片，take-down 取下，"
        "object 有人提异议，answer 答复，again 再次提出，close 办结异议或归档，withdraw 作废，list 列出，show 看一份。"
        "报乡镇、存档用 export posting-record。",
    )
    add_book(posting, "账簿文件")
    actions = posting.add_subparsers(
        dest="action", metavar="ACTION", required=True, title="办什么", parser_class=Parser
    )
    _opening(actions)
    _wall(actions)
    _objections(actions)
    _looking(actions)


def _opening(actions: Commands) -> None:
    made = _action(
        actions, "open", "把一段日期登记过的公开表放在一起，准备审查张贴；不写 --code 就是每种表最新的一张"
    )
    made.add_argument("--from", dest="first", type=day, metavar="DATE", help="起日，和 --to 一起用")
    made.add_argument("--to", dest="last", type=day, metavar="DATE", help="止日，和 --from 一起用")
    made.add_argument("--month", type=month, metavar="YYYY-MM", help="一个月")
    made.add_argument("--year", type=year, metavar="YYYY", help="一年")
    made.set_defaults(as_of=None)
    made.add_argument("--code", nargs="+", default=[], metavar="CODE", help="表下面的校验码，可以几个")
    made.add_argument(
        "--occasion",
        default="",
        metavar="O",
        help="场合：plan、month、quarter、half-year、year、request、special:名称；不写照日期",
    )
    made.add_argument("--replaces", default="", metavar="NO", help="替代哪一次：要求重做的，或更正公开的")
    made.add_argument("--note", default="", metavar="TEXT", help="说明")
    add_by(made, "命令行")


def _wall(actions: Commands) -> None:
    review = _numbered(actions, "review", "登记监督机构的审查意见")
    review.add_argument("--opinion", required=True, metavar="O", help="同意 agreed，或要求重做 redo")
    review.add_argument("--supervisor", required=True, type=name, metavar="NAME", help="主审的监督人员")
    review.add_argument("--with", dest="others", nargs="+", default=[], metavar="NAME", help="其他审查人")
    review.add_argument("--words", default="", metavar="TEXT", help="意见；要求重做的要写")
    review.add_argument("--body", default="", metavar="B", help="审查机构，不写是监事会或村务监督委员会")
    up = _numbered(actions, "post", "登记张贴")
    up.add_argument("--place", required=True, metavar="P", help="贴在哪里")
    up.add_argument("--until", type=day, metavar="DATE", help="贴到哪天（这天起可以取下），不写按规定天数")
    up.add_argument("--people", nargs="+", default=[], metavar="NAME", help="张贴人，不写是 --by")
    up.add_argument("--words", default="", metavar="TEXT", help="说明")
    down = _numbered(actions, "take-down", "登记取下；没贴满天数的要写原因")
    down.add_argument("--words", default="", metavar="TEXT", help="原因")
    photo = _numbered(actions, "photo", "存公开栏的照片或签字的公开表", dated=False)
    photo.add_argument("file", metavar="FILE", type=Path, nargs="+", help="文件，可以几个")
    photo.add_argument("--signed", action="store_true", help="是签了字的公开表，不是照片")
    gone = _numbered(actions, "withdraw", "作废没有贴过的", dated=False)
    gone.add_argument("--reason", required=True, type=words, metavar="TEXT", help="为什么作废")


def _objections(actions: Commands) -> None:
    said = _numbered(actions, "object", "登记一条异议")
    said.add_argument("--who", default="", metavar="NAME", help="谁提的；不愿留名的不写")
    said.add_argument("--item", required=True, type=words, metavar="TEXT", help="对哪一项、什么意见")
    said.add_argument("--code", default="", metavar="CODE", help="对哪张表，不写是全部")
    said.add_argument("--way", default="", metavar="W", help="口头（默认）、书面、电话、会议上、微信群")
    said.add_argument("--due", type=day, metavar="DATE", help="哪天以前答复，不写按规定天数")
    reply = _numbered(actions, "answer", "登记答复", what="异议编号，如 异-2025-01")
    reply.add_argument("--who", required=True, type=name, metavar="NAME", help="谁答复的")
    reply.add_argument("--words", required=True, type=words, metavar="TEXT", help="怎么答复的")
    again = _numbered(actions, "again", "本人不满意答复，再次提出", what="异议编号")
    again.add_argument("--words", required=True, type=words, metavar="TEXT", help="还有什么意见")
    ended = _numbered(
        actions,
        "close",
        "办结异议，或把取下的张贴归档",
        what="异议编号（异-2025-01）或张贴编号（2025-01）",
        needed=False,
    )
    ended.add_argument(
        "--result",
        metavar="R",
        help="异议的结果：corrected 属实已更正、explained 已解释、unfounded 不属实、passed-on 转乡镇",
    )
    ended.add_argument("--words", default="", metavar="TEXT", help="说明；归档没有照片的要写原因")


def _looking(actions: Commands) -> None:
    listed = _action(actions, "list", "列出张贴和要办的事")
    listed.add_argument("--format", choices=("text", "json"), default="text", help="text（默认）或 json")
    add_by(listed, "命令行")
    shown = _numbered(actions, "show", "看一份张贴记录", dated=False)
    shown.add_argument("--format", choices=("text", "json"), default="text", help="text（默认）或 json")


def _action(actions: Commands, word: str, what: str) -> Parser:
    parser = actions.add_parser(word, help=what, description=f"{what}。")
    add_ledger(parser)
    return parser


def _numbered(
    actions: Commands,
    word: str,
    help_words: str,
    *,
    what: str = "张贴编号，如 2025-01",
    dated: bool = True,
    needed: bool = True,
) -> Parser:
    parser = _action(actions, word, help_words)
    parser.add_argument("number", metavar="NO", help=what)
    if dated:
        parser.add_argument("--date", required=needed, type=day, metavar="DATE", help="哪一天")
    add_by(parser, "命令行")
    return parser
