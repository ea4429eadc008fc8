"""What a file from outside really is, seen from its content: a workbook, text in some encoding, or neither.

Nothing here trusts a name's ending. Every refusal says plainly what the file is and how to make it readable.
"""

from __future__ import annotations

import codecs
from enum import Enum
from pathlib import Path
from typing import Final

from village_ledger.domain.errors import UnreadableError
from village_ledger.i18n import tr

LARGEST_WORKBOOK: Final = 64 << 20
"""Bytes of an xlsx file; 100,000 vouchers take about 10 MB."""
LARGEST_TEXT: Final = 512 << 20
"""Bytes of a csv file; 1,000,000 vouchers take about 200 MB."""

_CHUNK: Final = 1 << 20
_HEAD: Final = 4096
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BIFF = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08")
_SAVE_AS = "请在 Excel 或 WPS 里打开它，另存为 xlsx 或“CSV UTF-8”再导入。"


class FileKind(Enum):
    """A readable kind; the value of a text kind is Python's name of its encoding."""

    WORKBOOK = ""
    UTF_8 = "utf-8-sig"
    UTF_16 = "utf-16"
    UTF_16_LE = "utf-16-le"
    UTF_16_BE = "utf-16-be"
    GB18030 = "gb18030"

    @property
    def encoding(self) -> str:
        """Encoding of a text file."""
        return self.value


def kind_of(path: Path) -> FileKind:
    """What the file is; raises UnreadableError when it cannot be read or is nothing an import takes."""
    if path.is_dir():
        raise UnreadableError(
            tr("“{path}”是一个文件夹，不是文件", path=path), tr("请给出文件夹里的那个文件。")
        )
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise UnreadableError(tr("“{path}”不是普通文件", path=path), tr("请给出 csv 或 xlsx 文件。"))
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
    except FileNotFoundError:
        raise UnreadableError(tr("找不到文件“{path}”", path=path), tr("请核对路径和文件名。")) from None
    except PermissionError:
        raise UnreadableError(tr("没有权限读“{path}”", path=path), tr("请换一个能读的位置再导入。")) from None
    except (OSError, ValueError):
        raise UnreadableError(tr("“{path}”读不出来", path=path), tr("请核对路径，或换一个盘再试。")) from None
    if not head.strip():
        raise UnreadableError(tr("“{name}”是空文件", name=path.name), tr("请核对是不是选错了文件。"))
    _refuse_foreign(path, head)
    is_zip = head.startswith(_ZIP)
    limit = LARGEST_WORKBOOK if is_zip else LARGEST_TEXT
    if size > limit:
        raise UnreadableError(
            tr(
                "“{name}”有 {size} MB，超过了 {limit} MB 的上限",
                name=path.name,
                size=size >> 20,
                limit=limit >> 20,
            ),
            tr("请按月或按年分成几个文件，或删去没有用的图片和工作表再导入。"),
        )
    if is_zip:
        return FileKind.WORKBOOK
    return _text_kind(path, head)


def _refuse_foreign(path: Path, head: bytes) -> None:
    """Say plainly what a well-known other kind of file is."""
    name = path.name
    if head.startswith(_OLE):
        if _contains(path, "EncryptedPackage".encode("utf-16-le")):
            raise UnreadableError(
                tr("“{name}”设了打开密码", name=name), tr("请先在 Excel 或 WPS 里去掉密码，另存一份再导入。")
            )
        raise UnreadableError(tr("“{name}”是旧格式的 xls（或 et）文件", name=name), tr(_SAVE_AS))
    if head.startswith(_BIFF):
        raise UnreadableError(tr("“{name}”是很旧的 xls 文件", name=name), tr(_SAVE_AS))
    if head.startswith(b"SQLite format 3"):
        raise UnreadableError(
            tr("“{name}”是数据库或账簿文件，不是表格", name=name), tr("请选 csv 或 xlsx 文件导入。")
        )
    if head.startswith(b"%PDF"):
        raise UnreadableError(
            tr("“{name}”是 PDF，不是表格", name=name), tr("请找到原来的 xlsx 或 csv 文件再导入。")
        )
    if head.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"<"):
        raise UnreadableError(tr("“{name}”其实是网页或 XML，不是表格", name=name), tr(_SAVE_AS))


def _contains(path: Path, needle: bytes) -> bool:
    """Whether the bytes occur anywhere; the directory of an OLE file may stand at its end."""
    tail = b""
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            if needle in tail + chunk:
                return True
            tail = chunk[-len(needle) :]
    return False


def _text_kind(path: Path, head: bytes) -> FileKind:
    """The encoding of a text file: by its mark, by its zero bytes, or by decoding all of it strictly."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        candidates = (FileKind.UTF_16,)
    elif head.startswith(codecs.BOM_UTF8):
        candidates = (FileKind.UTF_8,)
    else:
        candidates = (*_unmarked_utf_16(head), FileKind.UTF_8, FileKind.GB18030)
    for kind in candidates:
        if _decodes(path, kind.encoding):
            return kind
    raise UnreadableError(tr("“{name}”里的文字编码认不出来，可能不是表格", name=path.name), tr(_SAVE_AS))


def _unmarked_utf_16(head: bytes) -> tuple[FileKind, ...]:
    """UTF-16 without a mark: its commas, digits and line ends leave zero bytes on one side only."""
    high, low = head[1::2].count(0), head[0::2].count(0)
    few = len(head) // 20
    if high > few and high > 8 * low:
        return (FileKind.UTF_16_LE,)
    if low > few and low > 8 * high:
        return (FileKind.UTF_16_BE,)
    return ()


def _decodes(path: Path, encoding: str) -> bool:
    """Whether every byte is text in this encoding; a file is never half guessed."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
