"""Words of ``certificate``: issuing, replacing, ending and checking share certificates."""

from __future__ import annotations

from village_ledger.cli.arguments import Commands, Parser, add_book, day, name, words


def add(commands: Commands) -> None:
    """The subcommand with its actions."""
    certificate = commands.add_parser(
        "certificate",
        help="股权证",
        description="发股权证、换发、收回、核对校验码；印股权证用 report BOOK certificate -o 文件.pdf。",
    )
    add_book(certificate, "账簿文件")
    actions = certificate.add_subparsers(
        dest="action", metavar="ACTION", required=True, title="动作", parser_class=Parser
    )
    issue = actions.add_parser("issue", help="发证", description="给一户发股权证，或给所有有份额的户补发。")
    _whose(issue)
    _when(issue)
    renew = actions.add_parser("replace", help="换发", description="收回旧证，同时发新证；旧证随即作废。")
    _whose(renew)
    _when(renew)
    renew.add_argument(
        "--why", choices=("replaced", "lost"), default="replaced", help="replaced 换发（默认），lost 遗失补发"
    )
    renew.add_argument("--note", type=words, metavar="TEXT", help="说明，遗失的要写明申报和公示")
    void = actions.add_parser("void", help="收回", description="收回一本股权证，不发新的。")
    void.add_argument("number", metavar="NUMBER", type=name, help="证号")
    _when(void)
    void.add_argument(
        "--why",
        choices=("void", "lost", "returned"),
        default="void",
        help="void 作废（默认），lost 遗失，returned 交回",
    )
    void.add_argument("--note", type=words, metavar="TEXT", help="说明，作废、遗失的要写明")
    check = actions.add_parser(
        "check", help="核对", description="按证上的校验码核对：是不是本社发的，现在还有没有效。"
    )
    check.add_argument("code", metavar="CODE", help="证上的校验码")


def _whose(parser: Parser) -> None:
    whose = parser.add_mutually_exclusive_group(required=True)
    whose.add_argument("--household", type=name, metavar="CODE", help="户编号")
    whose.add_argument("--all", action="store_true", help="所有该办的户")


def _when(parser: Parser) -> None:
    parser.add_argument("--date", required=True, type=day, metavar="DATE", help="日期")
    parser.add_argument("--by", required=True, type=name, metavar="NAME", help="经办人")
