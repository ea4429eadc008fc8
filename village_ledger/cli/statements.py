"""``statement`` and ``notes-text``: the village's own reports and the texts of its notes."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from village_ledger.cli.arguments import UsageError
from village_ledger.cli.choose import ledger_of
from village_ledger.cli.talk import say
from village_ledger.cli.writing import writing
from village_ledger.domain.errors import LedgerError, UnreadableError
from village_ledger.i18n import tr
from village_ledger.storage.file.book_file import Access, open_book


def run_statement(asked: Namespace) -> int:
    """Store, list, show or stop offering an own report."""
    if asked.act != "list" and not asked.what:
        raise UsageError(tr("{act} 后面还要写定义文件或报表名", act=asked.act))
    if asked.act == "add":
        return _add(asked)
    if asked.act == "remove":
        return _remove(asked)
    return _list(asked) if asked.act == "list" else _show(asked)


def _add(asked: Namespace) -> int:
    from village_ledger.services.closing import own_statements

    path = Path(asked.what)
    text = read_text(path)
    with writing(asked) as uow:
        kept = own_statements.store(uow, text, path.name).value
        uow.commit()
    say(
        tr(
            "存好了：{title}，第 {version} 版。用 report BOOK own:{name} 出表。",
            title=kept.title,
            version=kept.version,
            name=kept.name,
        )
    )
    return 0


def _remove(asked: Namespace) -> int:
    from village_ledger.services.closing import own_statements

    with writing(asked) as uow:
        kept = own_statements.remove(uow, asked.what).value
        uow.commit()
    say(tr("{title}（own:{name}）停用了，存过的各版还在账簿里。", title=kept.title, name=kept.name))
    return 0


def _list(asked: Namespace) -> int:
    from village_ledger.services.closing import own_statements

    with open_book(asked.book, Access.READ) as book:
        kept = own_statements.in_use(book.reader())
    for one in kept:
        sys.stdout.write(
            f"own:{one.name}\t{one.title}\t第{one.version}版\t{one.stored_by}\t{one.stored_at[:10]}\n"
        )
    if not kept:
        say(tr("还没有自定义报表。"))
    return 0


def _show(asked: Namespace) -> int:
    from village_ledger.services.closing import own_statements

    with open_book(asked.book, Access.READ) as book:
        reader = book.reader()
        one = own_statements.current(reader, asked.what)
        if asked.version is not None:
            versions = [x for x in reader.own_statements(one.name) if x.version == asked.version and x.body]
            if not versions:
                raise LedgerError(
                    tr("{title}没有第 {n} 版", title=one.title, n=asked.version),
                    tr("不写 --version 就是现在用的那一版。"),
                )
            one = versions[0]
    sys.stdout.write(one.body if one.body.endswith("\n") else f"{one.body}\n")
    return 0


def run_notes_text(asked: Namespace) -> int:
    """Write one text of the notes."""
    from village_ledger.services.closing import statement_texts

    if (asked.text is None) == (asked.file is None):
        raise UsageError(tr("--text 和 --file 要写且只写一个"))
    text = asked.text if asked.text is not None else read_text(asked.file)
    with writing(asked) as uow:
        ledger = ledger_of(uow.reader, asked.ledger)
        version = statement_texts.write(uow, ledger, asked.year, asked.item, text).value
        uow.commit()
    say(tr("附注 {item} 存好了，第 {version} 版。", item=asked.item, version=version))
    return 0


def read_text(path: Path) -> str:
    """A UTF-8 text file; raises UnreadableError."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableError(
            tr("{file} 不是 UTF-8 编码", file=path.name), tr("请另存为 UTF-8 后再用。")
        ) from None
    except OSError:
        raise UnreadableError(tr("读不了 {file}", file=path.name), tr("请核对文件的位置。")) from None
