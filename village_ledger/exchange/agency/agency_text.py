"""The text of a workspace file: canonical JSON with its own digest, and back; whatever we did not write so is refused."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any, cast

from village_ledger.domain.agency import ENDING, AgencyEvent, AgencyMember, KeptBook, Workspace
from village_ledger.domain.agency_days import AgencyDays
from village_ledger.domain.errors import AgencyError, BadWorkspace, TextError
from village_ledger.domain.unseen import unseen_in
from village_ledger.domain.voucher import NAME_LIMIT, check_text

FORMAT = 2
"""Since 2 the file has days of its own and a log; one of format 1 is read, and written as 2 at its next change."""
KIND = "village-ledger agency workspace"
MOST_BOOKS = 2000
MOST_MEMBERS = 500
MOST_EVENTS = 5_000
"""Lines of the log: decades of an office, and with the longest words still within the file's most bytes."""
_UID = re.compile(r"[0-9a-f]{32}")
_LONGEST = 1000
AGAIN = "请用备份的工作区文件；没有的，重新建一个，把各村的账簿再加进来，人员和密码各村账簿里都有。"
"""What to do once a workspace is lost: nothing of the books is."""


def content_of(workspace: Workspace) -> bytes:
    """The file."""
    said = _said(workspace, FORMAT)
    return json.dumps(said | {"digest": digest_of(said)}, ensure_ascii=False, indent=1).encode() + b"\n"


def _said(workspace: Workspace, version: int) -> dict[str, Any]:
    first: dict[str, Any] = {
        "kind": KIND,
        "format": version,
        "office": workspace.office,
        "books": [{"uid": one.uid, "village": one.village, "path": one.path} for one in workspace.books],
        "members": [
            {
                "name": one.name,
                "pin_hash": one.pin_hash,
                "administers": one.administers,
                "failures": one.failures,
                "shut_until": one.shut_until,
                "left_at": one.left_at,
                "behind": [list(pair) for pair in one.behind],
            }
            for one in workspace.members
        ],
    }
    if version == 1:
        return first
    days = workspace.days
    return first | {
        "days": None if days is None else [days.close_by, days.claim_days, days.remark_days, days.source],
        "before": workspace.before,
        "log": [[one.at, one.by, one.words, one.digest] for one in workspace.log],
    }


def digest_of(said: Mapping[str, Any]) -> str:
    """Digest of everything but itself: what a disk or a hand changed is noticed; it keeps nobody from writing another file."""
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def understood(name: str, content: bytes) -> Workspace:
    """A workspace as read; raises BadWorkspace naming the file."""
    if not content:
        raise BadWorkspace(f"{name} 是空文件", AGAIN)
    try:
        parsed: object = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise _torn(name) from error
    if not isinstance(parsed, dict):
        raise _foreign(name)
    said = cast("dict[str, Any]", parsed)
    if said.get("kind") != KIND:
        raise _foreign(name)
    version = said.get("format")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise _torn(name)
    if version > FORMAT:
        raise BadWorkspace(f"{name} 是用更新版本的程序做的，现在的程序读不了", "请先升级程序再打开。")
    digest = said.pop("digest", None)
    if digest != digest_of(said):
        raise _torn(name)
    try:
        return _workspace(said, version)
    except (KeyError, TypeError, ValueError, TextError, AgencyError) as error:
        raise _torn(name) from error


def _foreign(name: str) -> BadWorkspace:
    return BadWorkspace(f"{name} 不是代管工作区", f"请选择以 {ENDING} 结尾的工作区。")


def _torn(name: str) -> BadWorkspace:
    return BadWorkspace(
        f"{name} 缺了内容，或被改动过，读不出来",
        AGAIN,
    )


def _workspace(said: Mapping[str, Any], version: int) -> Workspace:
    books = tuple(
        KeptBook(_uid(one["uid"]), _name(one["village"]), path_as_kept(one["path"]))
        for one in _list(said["books"], MOST_BOOKS)
    )
    members = tuple(
        AgencyMember(
            _name(one["name"]),
            _text(one["pin_hash"]),
            administers=_flag(one["administers"]),
            failures=_count(one["failures"]),
            shut_until=_text(one["shut_until"]),
            left_at=_text(one["left_at"]),
            behind=tuple((_uid(uid), _text(sealed)) for uid, sealed in _list(one["behind"], MOST_BOOKS)),
        )
        for one in _list(said["members"], MOST_MEMBERS)
    )
    if len({one.uid for one in books}) < len(books) or len({one.name for one in members}) < len(members):
        raise ValueError("told twice")
    made = Workspace(_name(said["office"]), books, members)
    if version > 1:
        log = tuple(AgencyEvent(*map(_text, one)) for one in _list(said["log"], MOST_EVENTS))
        made = replace(made, days=_days(said["days"]), before=_text(said["before"]), log=log)
    if _said(made, version) != said:
        raise ValueError("more than a workspace says")
    return made


def _days(value: object) -> AgencyDays | None:
    if value is None:
        return None
    close_by, claims, remarks, source = _list(value, 4)
    return AgencyDays(_count(close_by), _count(claims), _count(remarks), _text(source)).checked()


def _list(value: object, most: int) -> list[Any]:
    if not isinstance(value, list) or len(cast("list[Any]", value)) > most:
        raise ValueError("no list of ours")
    return cast("list[Any]", value)


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST or unseen_in(value):
        raise ValueError("not a line of text")
    return value


def _name(value: object) -> str:
    text = _text(value)
    if not text or check_text(text, "名称", NAME_LIMIT) != text:
        raise ValueError("not a name")
    return text


def _uid(value: object) -> str:
    text = _text(value)
    if not _UID.fullmatch(text):
        raise ValueError("not a book's id")
    return text


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError("neither yes nor no")
    return value


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 1 << 31:
        raise ValueError("no count")
    return value


def path_as_kept(value: object) -> str:
    """A path as we write it: beneath the workspace's folder, or absolute; never up and out by ``..``."""
    text = _text(value)
    if not text or ".." in PurePosixPath(text.replace("\\", "/")).parts:
        raise ValueError("not a path of ours")
    if text.startswith(("//", "\\")) or (
        PureWindowsPath(text).drive and not PureWindowsPath(text).is_absolute()
    ):
        raise ValueError("a path of another kind")
    return text
