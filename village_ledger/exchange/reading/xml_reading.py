"""XML from strangers, read so that it cannot do harm: no document type, no entities, nothing fetched, bounded in every way."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from xml.parsers import expat

from village_ledger.domain.errors import AttachmentError

LARGEST = 5 << 20
"""No invoice is longer."""
_DEEPEST = 40
_MOST_NODES = 50_000
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9_.-]{1,30})["']""")
_DECLARATION = re.compile(r"^\s*<\?xml.*?\?>", re.DOTALL)
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_KNOWN = {"utf-8", "utf8", "gb18030", "gbk", "gb2312", "utf-16", "us-ascii", "ascii"}


@dataclass(slots=True)
class Node:
    """An element: its name without a namespace, the text directly in it, what stands below it."""

    name: str
    text: str = ""
    below: list[Node] = field(default_factory=list["Node"])

    def first(self, path: str) -> Node | None:
        """The first element of a path such as ``EInvoiceData/Main``."""
        node: Node | None = self
        for name in path.split("/"):
            node = next((x for x in node.below if x.name == name), None) if node else None
        return node

    def value(self, path: str) -> str:
        """The text of an element, empty where there is none."""
        node = self.first(path)
        return node.text.strip() if node else ""

    def all(self, path: str) -> list[Node]:
        """Every element of the last name of a path."""
        parent, _, name = path.rpartition("/")
        node = self.first(parent) if parent else self
        return [x for x in node.below if x.name == name] if node else []


class _Builder:
    """Makes nodes of what the parser meets."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.root: Node | None = None
        self._stack: list[Node] = []
        self._count = 0

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > _MOST_NODES or len(self._stack) >= _DEEPEST:
            raise AttachmentError(f"{self.name} 里的层次或条目多得不像发票", "请核对是不是拿错了文件。")
        node = Node(tag.rsplit(":", 1)[-1])
        if self._stack:
            self._stack[-1].below.append(node)
        else:
            self.root = node
        self._stack.append(node)

    def end(self, _tag: str) -> None:
        self._stack.pop()

    def text(self, data: str) -> None:
        if self._stack:
            self._stack[-1].text += data

    def doctype(self, *_said: object) -> None:
        raise AttachmentError(
            f"{self.name} 里有发票文件不该有的定义（DOCTYPE），没有读它", "请向开票方重新要一份。"
        )


def read_xml(content: bytes, name: str) -> Node:
    """The root of an XML file; raises AttachmentError for one that is damaged, too long, or declares anything."""
    if len(content) > LARGEST:
        raise AttachmentError(f"{name} 太大，不像一张发票", "请核对是不是拿错了文件。")
    text = _DECLARATION.sub("", _decoded(content, name), count=1)
    builder = _Builder(name)
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.text
    parser.StartDoctypeDeclHandler = builder.doctype
    try:
        parser.ParseFile(io.BytesIO(text.encode("utf-8")))
    except (expat.ExpatError, UnicodeError) as error:
        raise damaged(name, "XML") from error
    if builder.root is None:
        raise damaged(name, "XML")
    return builder.root


def _decoded(content: bytes, name: str) -> str:
    """The text by its byte-order mark or by what it declares; expat itself knows no Chinese encoding."""
    encoding = next((e for mark, e in _MARKS if content.startswith(mark)), "")
    if not encoding:
        said = _DECLARED.match(content[:200])
        encoding = said.group(1).decode("ascii").lower() if said else "utf-8"
        encoding = "gb18030" if encoding in ("gbk", "gb2312") else encoding
    if encoding not in _KNOWN and encoding != "utf-8-sig":
        raise damaged(name, "XML")
    try:
        return content.decode(encoding)
    except UnicodeError as error:
        raise damaged(name, "XML") from error


def damaged(name: str, what: str) -> AttachmentError:
    """The sentence for a file that cannot be read."""
    return AttachmentError(f"{name} 读不出来，{what} 可能已损坏", "请重新下载一份，或向开票方再要。")
