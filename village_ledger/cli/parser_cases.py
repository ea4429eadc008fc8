"""The words of ``case``: share changes being handled, step by step."""

from __future__ import annotations

from village_ledger.cli.arguments import Commands, Parser, add_book, day, name, words
from village_ledger.cli.parser_shares import add_event_options
from village_ledger.domain.share import EventKind


def add(commands: Commands) -> None:
    """``case BOOK ACTION``."""
    case = commands.add_parser(
        "case",
        help="办理中的份额变动：审查、批准、公示、登记",
        description="份额变动一步一步办：草稿、审查、批准、公示、登记。办件号看 list。",
    )
    add_book(case, "账簿文件")
    actions = case.add_subparsers(
        dest="action", metavar="ACTION", required=True, title="办什么", parser_class=Parser
    )
    _add_list(actions)
    _add_begin(actions)
    _step(actions, "check", "审查", "照规则审查一件草稿；决议以后批准的时候要有。")
    approve = _step(actions, "approve", "批准", "由 --by 批准；经办的人不能批准自己的办件。")
    approve.add_argument("--resolution", type=name, metavar="NO", help="凭哪份决议")
    paper = _step(actions, "paper", "收到材料", "登记后来收到的材料；缺什么看 list --json。")
    paper.add_argument(
        "--paper", dest="papers", action="append", required=True, type=words, metavar="P", help="收到的材料"
    )
    publish = _step(actions, "publish", "公示", "从一天起张榜公示。")
    publish.add_argument("--since", type=day, metavar="D", help="公示起日，默认今天")
    for action, help_ in (("object", "登记异议"), ("reject", "退回")):
        made = _step(actions, action, help_, f"{help_}，写明原因。")
        made.add_argument("--why", required=True, type=words, metavar="TEXT", help="原因")
    post = _step(actions, "post", "登记", "公示期满，登记到份额登记簿；不用公示的批准了就登记。")
    post.add_argument("--date", type=day, metavar="D", help="变动日期，默认原定的那天或公示期满的第一天")
    _step(actions, "again", "照退回的另起一件", "照一件退回的办件起一份新的草稿。")


def _add_list(actions: Commands) -> None:
    listed = actions.add_parser("list", help="列出办件", description="列出办件；默认只列还没有办完的。")
    listed.add_argument("--all", action="store_true", help="办完的、退回的也列")
    listed.add_argument("--json", action="store_true", help="写成 json")
    listed.add_argument("--ledger", metavar="L", help="哪个组织的账，默认全部")


def _add_begin(actions: Commands) -> None:
    begin = actions.add_parser("begin", help="起一份草稿", description="起一份草稿；不必马上能办。")
    kinds = begin.add_subparsers(
        dest="kind", metavar="KIND", required=True, title="什么变动", parser_class=Parser
    )
    for kind in EventKind:
        event = kinds.add_parser(kind.value, help=kind.words, description=f"起一份{kind.words}的草稿。")
        add_event_options(event, kind)
        event.add_argument(
            "--paper", dest="papers", action="append", default=[], type=words, metavar="P", help="收到的材料"
        )
        _add_by(event)


def _step(actions: Commands, action: str, help_: str, description: str) -> Parser:
    made = actions.add_parser(action, help=help_, description=description)
    made.add_argument("number", type=int, metavar="N", help="办件号")
    _add_by(made)
    return made


def _add_by(parser: Parser) -> None:
    """Who acts; never a default, since who made a case may not approve it."""
    parser.add_argument("--by", required=True, type=name, metavar="NAME", help="谁在操作")
