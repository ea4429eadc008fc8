"""The program's log: what it did, never names or figures of a village; kept small, on this computer."""

from __future__ import annotations

import logging
from pathlib import Path

LOG_BYTES = 512 * 1024
KEPT = 2


def log_file() -> Path:
    """Where the log is kept."""
    from platformdirs import user_log_path

    return user_log_path("village-ledger", appauthor=False) / "village-ledger.log"


def start_logging() -> None:
    """Write warnings and what the program did to the log file; without a place to write, do without."""
    from logging.handlers import RotatingFileHandler

    path = log_file()
    root = logging.getLogger("village_ledger")
    if root.handlers:
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            path, maxBytes=LOG_BYTES, backupCount=KEPT, encoding="utf-8", delay=True
        )
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root.addHandler(handler)
    root.setLevel(logging.INFO)
