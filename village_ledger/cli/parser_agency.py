"""The words of ``agency WORKSPACE …``: an agency's workspace of many villages (委托代理)."""

from __future__ import annotations

from pathlib import Path

from village_ledger.cli import parser_agency_people, parser_agency_work
from village_ledger.cli.arguments import Commands, Parser


def add(commands: Commands) -> None:
    """``agency WORKSPACE ACT``."""
    agency = commands.add_parser(
        "agency",
        help="代管工作区：几个村一起看、一起办",
        description="委托代理记账：一个工作区管许多村的账簿，一个人一个密码。各村的账仍是各村自己的，各记各的日志。",
    )
    agency.add_argument("workspace", metavar="WORKSPACE", type=Path, help="工作区文件（.vlagency）")
    acts = agency.add_subparsers(
        dest="act", metavar="ACT", required=True, title="办什么", parser_class=Parser
    )
    parser_agency_people.add(acts)
    parser_agency_work.add(acts)
