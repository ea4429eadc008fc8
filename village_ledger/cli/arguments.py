"""What subcommands are written with: the parser that speaks Chinese, kinds of arguments, the options all share."""

from __future__ import annotations

import argparse
import re
from datetime import date
from pathlib import Path
from typing import NoReturn, Protocol, cast

from village_ledger.domain.errors import LedgerError, UnreadableError
from village_ledger.domain.period import Month, parse_day
from village_ledger.domain.voucher import NAME_LIMIT, SUMMARY_LIMIT, VoucherRef, check_text
from village_ledger.i18n import tr

FORMATS = ("json", "csv", "xlsx", "pdf")
CHARTS = ("surplus", "collective")
_YEARS = range(1949, 2200)


class UsageError(UnreadableError):
    """The command was not written as it must be (exit code 2)."""

    code = "S-130"

    def __init__(self, what: str, next_step: str = "") -> None:
        super().__init__(what, next_step or tr("加上 --help 可以看写法。"))


class Parser(argparse.ArgumentParser):
    """argparse whose refusals are UsageErrors in Chinese; options are never guessed from their first letters."""

    def __init__(self, **options: object) -> None:
        super().__init__(allow_abbrev=False, add_help=False, **options)  # pyright: ignore[reportArgumentType]  options pass through to argparse unread
        self.add_argument("--help", "-h", action="help", help="显示这份说明")

    def error(self, message: str) -> NoReturn:
        """Say in Chinese what argparse found."""
        raise UsageError(in_chinese(message))

    def format_help(self) -> str:
        """The help text with Chinese headings."""
        text = super().format_help()
        for english, chinese in _HEADINGS.items():
            text = text.replace(english, chinese)
        return text


_HEADINGS = {
    "usage:": "用法：",
    "positional arguments:": "参数：",
    "options:": "选项：",
    "optional arguments:": "选项：",
}

_SENTENCES = (
    (r"argument COMMAND: invalid choice: '(?P<a>.*?)'.*", "没有“{a}”这个命令"),
    (
        r"argument (?P<a>\S+): invalid choice: '(?P<b>.*?)' \(choose from (?P<c>.*)\)",
        "{a} 不能是“{b}”，可以是：{c}",
    ),
    (r"argument (?P<a>\S+): expected (one|at least one) arguments?", "{a} 后面没有写内容"),
    (r"argument (?P<a>\S+): not allowed with argument (?P<b>\S+)", "{a} 和 {b} 不能一起用"),
    (r"argument (?P<a>\S+): ignored explicit argument '(?P<b>.*)'", "{a} 后面不能带“{b}”"),
    (r"the following arguments are required: (?P<a>.*)", "还缺：{a}"),
    (r"unrecognized arguments: (?P<a>.*)", "看不懂的参数：{a}"),
    (r"argument (?P<a>\S+): (?P<b>.*)", "{a}：{b}"),
)


def in_chinese(message: str) -> str:
    """What argparse says, as a Chinese sentence; the parts it names are kept."""
    for pattern, sentence in _SENTENCES:
        match = re.fullmatch(pattern, message, re.DOTALL)
        if match is not None:
            parts = {key: value.replace("'", "") for key, value in match.groupdict().items()}
            return tr(sentence, **parts)
    return tr("命令写得不对（{message}）", message=message)


def day(text: str) -> date:
    """A date argument, of a year books are kept in."""
    try:
        found = parse_day(text)
    except LedgerError as error:
        raise argparse.ArgumentTypeError(error.what) from None
    return date(_plausible(found.year), found.month, found.day)


def month(text: str) -> Month:
    """A calendar month argument, 2025-03; the closing period after December is not asked for by name."""
    try:
        found = Month.parse(text)
    except LedgerError as error:
        raise argparse.ArgumentTypeError(error.what) from None
    if found.is_closing:
        raise argparse.ArgumentTypeError(tr("“{text}”不是月份", text=text))
    return Month(_plausible(found.year), found.month)


def year(text: str) -> int:
    """A year argument, four digits."""
    if not (len(text) == 4 and text.isascii() and text.isdigit()):
        raise argparse.ArgumentTypeError(tr("“{text}”不是年份，请写成 2025 的样子", text=text))
    return _plausible(int(text))


def _plausible(number: int) -> int:
    """A year in which a village of ours may keep books; others are slips of the hand."""
    if number not in _YEARS:
        raise argparse.ArgumentTypeError(
            tr(
                "年份 {number} 不对，应在 {first} 和 {last} 之间",
                number=number,
                first=_YEARS[0],
                last=_YEARS[-1],
            )
        )
    return number


def voucher(text: str) -> VoucherRef:
    """A voucher argument, 2025-03/记-0012."""
    try:
        return VoucherRef.parse(text)
    except LedgerError as error:
        raise argparse.ArgumentTypeError(
            tr("{what}，请写成 2025-03/记-0012 的样子", what=error.what)
        ) from None


def letters(text: str) -> tuple[str, ...]:
    """Letters of disclosure sheets, ``A,B``; commas of either width."""
    found = tuple(part.strip().upper() for part in text.replace("，", ",").split(",") if part.strip())
    if not found or any(len(part) != 1 or not part.isascii() for part in found):
        raise argparse.ArgumentTypeError(tr("“{text}”不是公开表的字母，请写成 A,B 的样子", text=text))
    return found


def name(text: str) -> str:
    """A person's or body's name: not blank, printable."""
    return _checked(text, tr("名字"), NAME_LIMIT)


def words(text: str) -> str:
    """A reason in words: not blank, printable."""
    return _checked(text, tr("原因"), SUMMARY_LIMIT)


def _checked(text: str, what: str, limit: int) -> str:
    try:
        clean = check_text(text, what, limit)
    except LedgerError as error:
        raise argparse.ArgumentTypeError(error.what) from None
    if not clean:
        raise argparse.ArgumentTypeError(tr("{what}不能是空的", what=what))
    return clean


class Commands(Protocol):
    """Where subcommands are added; argparse gives its own type no public name."""

    def add_parser(self, name: str, *, help: str, description: str) -> Parser:  # noqa: A002  argparse's word
        """A parser for one subcommand."""
        ...


def one_of(commands: Commands, asked: str) -> Commands:
    """Subcommands of which one is asked for; all of them when none is."""
    return _OneCommand(commands, asked) if asked else commands


class _OneCommand:
    """Subcommands of which one is asked for: what the others are written with is passed over, not kept."""

    def __init__(self, commands: Commands, asked: str) -> None:
        self._commands = commands
        self._asked = asked

    def add_parser(self, name: str, *, help: str, description: str) -> Parser:  # noqa: A002  argparse's word
        """A parser for the one asked for, something that takes everything for any other."""
        if name == self._asked:
            return self._commands.add_parser(name, help=help, description=description)
        return cast("Parser", _Unasked())


class _Unasked:
    """The parser of a subcommand nobody asked for: every method does nothing and gives the same again."""

    def __getattr__(self, name: str) -> _Unasked:
        return self

    def __call__(self, *_: object, **__: object) -> _Unasked:
        return self


def add_book(parser: Parser, what: str) -> None:
    """The book file."""
    parser.add_argument("book", metavar="BOOK", type=Path, help=what)


def add_ledger(parser: Parser) -> None:
    """Which ledger."""
    parser.add_argument("--ledger", metavar="L", help="哪本账：collective 集体，committee 村委会")


def add_by(parser: Parser, default: str) -> None:
    """Who acts, with a name for when nobody is named."""
    parser.add_argument("--by", type=name, default=default, metavar="NAME", help=f"谁在操作，默认“{default}”")
