"""A remarks file as it lies on a stick: its bytes, never more than one may have; what they say is for ``domain.remarks``."""

from __future__ import annotations

from pathlib import Path

from village_ledger.domain.errors import BadPackage
from village_ledger.domain.remarks import MOST_BYTES


def content_of(path: Path) -> bytes:
    """The file's bytes; raises BadPackage for what is no file, cannot be read, or is too large to be remarks."""
    try:
        if path.exists() and not path.is_file():  # a pipe would keep its reader waiting for ever
            raise BadPackage(f"{path.name} 不是一个文件", "请选以 .vlremarks 结尾的文件。")
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise BadPackage(f"读不了 {path.name}", "请核对文件还在、盘已插好。") from error
    if len(content) > MOST_BYTES:
        raise BadPackage("审阅意见文件大得不合情理")
    return content
