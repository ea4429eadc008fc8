"""The last step of setting up: what was set, what can be changed later and what not, what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from village_ledger.domain.money import format_fen
from village_ledger.i18n import tr
from village_ledger.ui.look.theme import Theme
from village_ledger.ui.widgets.form import Section

if TYPE_CHECKING:
    from village_ledger.storage.reader import Reader

LATER = (
    ("随时能改", "操作的人、字的大小、明细科目、往来单位、一人岗声明、增设小组账"),
    ("首月结账前能改", "期初未定时的期初余额，改动都记日志；上年数到年终结转前能重录"),
    ("不能改", "村名、两本账的性质和启用月份、一级科目。建错了就再建一个新文件，旧文件留着不要删"),
)
NEXT = (
    ("1", "增设明细科目，比如银行存款下面的各个账户"),
    ("2", "还没录期初的那本账，按 F12 换过去接着录"),
    ("3", "打印期初余额表（Ctrl+P），请负责人和监督人签字，和旧账一起装订"),
    ("4", "填第一张凭证"),
)


class Said(NamedTuple):
    """One ledger in words."""

    title: str
    words: str


def words_of_done(reader: Reader) -> list[Said]:
    """What stands in the book now, ledger by ledger; on the worker."""
    found: list[Said] = []
    for info in reader.ledgers():
        document, lines = reader.opening_document(info.code), reader.opening_lines(info.code)
        start = tr("从 {year}年{month}月 起记账", year=info.start.year, month=info.start.month)
        if document is None:
            opening = tr("还没有录期初余额")
        else:
            state = tr("未定") if document.provisional else tr("已定")
            total = format_fen(sum(line.debit for line in lines))
            opening = tr(
                "期初 {rows} 行，借贷各 {total}，{state}", rows=document.rows, total=total, state=state
            )
        found.append(Said(info.title, f"{info.entity}；{start}；{opening}"))
    return found


class DonePart(QWidget):
    """Three sheets of words."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px.gap)
        self._set: Section | None = None
        self._column.addWidget(_section(theme, tr("以后能改什么"), LATER))
        self._column.addWidget(_section(theme, tr("接着做什么"), NEXT))

    def show_words(self, said: list[Said]) -> None:
        """What was set, first."""
        if self._set is not None:
            self._column.removeWidget(self._set)
            self._set.hide()
            self._set.deleteLater()
        self._set = _section(self._theme, tr("设好了"), tuple(said))
        self._column.insertWidget(0, self._set)


def _section(theme: Theme, heading: str, rows: tuple[tuple[str, str], ...]) -> Section:
    section = Section(theme, heading)
    for name, words in rows:
        label = QLabel(tr(words))
        label.setWordWrap(True)
        section.add_row(tr(name), label)
    return section
