"""The program's entry: a subcommand does its work and leaves an exit code; none opens the window.

Exit codes: 0 done · 1 refused by a rule, or a check found something · 2 wrong usage, or unreadable. Never a
traceback. A command imports only what it needs, so that a report of a large book comes at once.
"""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from village_ledger.cli import talk
from village_ledger.domain.errors import Cancelled, LedgerError
from village_ledger.i18n import tr

Command = Callable[[Namespace], int]

HOMES = {
    "new": "books",
    "demo": "books",
    "open": "books",
    "verify": "checking",
    "import": "entries",
    "post": "entries",
    "reverse": "entries",
    "close": "periods",
    "reopen": "periods",
    "waive": "periods",
    "seal": "periods",
    "close-year": "periods",
    "distribute": "periods",
    "transfer": "interledger",
    "resolution": "interledger",
    "transfer-settings": "interledger",
    "report": "reporting",
    "bank": "bank",
    "opening": "setup",
    "ledger": "setup",
    "statement": "statements",
    "notes-text": "statements",
    "bind": "binding",
    "backup": "backing_up",
    "restore": "backing_up",
    "staff": "staff",
    "recurring": "planning",
    "prepaid": "planning",
    "project-fund": "planning",
    "budget": "planning",
    "separate": "separation",
    "claim": "claims",
    "advance": "claims",
    "receipts": "claims",
    "cash-count": "cash",
    "member": "members",
    "share": "shares",
    "case": "cases",
    "dividend": "dividends",
    "dividend-pay": "dividends",
    "dividend-result": "dividends",
    "dividend-sheet": "dividends",
    "dividend-unclaimed": "dividends",
    "certificate": "certificates",
    "attach": "attachments",
    "attachment": "attachments",
    "invoice": "attachments",
    "contract": "contracts",
    "count": "counting",
    "handover": "handover",
    "old-matter": "handover",
    "parcel": "parcels",
    "asset": "assets",
    "depreciation": "assets",
    "indicator": "indicators",
    "decision": "decisions",
    "calendar": "publishing",
    "posting": "postings",
    "limits": "limits",
    "payment": "limits",
    "project": "projects",
    "merge": "merger",
    "merger": "merger",
    "panel": "panels",
    "key": "packages",
    "review": "reviews",
    "remarks": "remarks",
    "export": "exporting",
    "agency": "agency",
    "associate": "files",
}
"""Subcommand → the module beside this one that does it, in a function ``run_<subcommand>`` (``-`` as ``_``)."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    talk.speak_utf8()
    try:
        code = _answer(sys.argv[1:] if argv is None else list(argv))
        sys.stdout.flush()
    except BrokenPipeError:
        # whoever read our output has seen enough; nothing may be written to it when Python ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


def _answer(arguments: list[str]) -> int:
    """Run a command and say what refused it; only a closed pipe is left to the caller."""
    try:
        return _run(arguments)
    except LedgerError as error:
        return talk.refuse(error)
    except (Cancelled, KeyboardInterrupt):
        talk.say(tr("已取消。账没有变化。"))
        return 1
    except BrokenPipeError:
        raise
    except SystemExit as leaving:  # --help, --version
        return leaving.code if isinstance(leaving.code, int) else 0
    except Exception as error:  # noqa: BLE001  the last line of defence: a sentence, never a traceback
        return talk.crashed(error)


def _run(arguments: list[str]) -> int:
    if not arguments:
        return open_window(None)
    from village_ledger.cli.parser import build

    asked = build(arguments[0] if arguments[0] in HOMES else "").parse_args(arguments)
    home = import_module(f"village_ledger.cli.{HOMES[asked.command]}")
    command: Command = getattr(home, f"run_{asked.command.replace('-', '_')}")
    return command(asked)


def open_window(book: Path | None) -> int:
    """The desktop program, with a book or on its start page."""
    from village_ledger.app import run_window

    return run_window([] if book is None else [str(book)])
