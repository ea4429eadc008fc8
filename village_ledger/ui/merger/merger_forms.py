"""Forms of the merger wizard: which books, the new village, names that differ, claims, shares."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QVBoxLayout, QWidget

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.money import parse_fen
from village_ledger.domain.period import parse_day
from village_ledger.i18n import tr
from village_ledger.services.merger.merging import rules
from village_ledger.ui.look.theme import Theme
from village_ledger.ui.merger.merger_rows import BookLine, books_model
from village_ledger.ui.separation.separation_source import books_folder, in_row
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.buttons import Button, Look
from village_ledger.ui.widgets.choices import Choices
from village_ledger.ui.widgets.form import Section

OPTIONS = (("C", "合并"), ("A", "分账并存"), ("B", "联合"))
OPTION_WORDS = {
    "C": "各村的余额转进新账，互相的欠款抵销；旧账封成档案，只能查看。",
    "A": "各村的账在新村的账簿里各立一本，照原样记下去；旧账封成档案，只能查看。",
    "B": "另建联合的账簿，只记一起办的事；各村的旧账照常记。",
}
SHARES = (("side-by-side", "两类并存"), ("value", "按净资产"), ("head", "按人头"), ("none", "不动"))
SHARE_WORDS = {
    "side-by-side": "各村原来的份额照旧，改成“某村某股”，各分各的收益。不用新的决议。",
    "value": "照各村净资产折成同一种股：同样一份，值同样的钱。要各村成员大会的决议。",
    "head": "在世成员每人一样多。要各村成员大会的决议。",
    "none": "新账簿里先不登记份额。",
}


class BooksForm(QWidget):
    """Which books, to which day, in which way."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.books: list[BookLine] = []
        self.table = FigureTable(theme, tr("各村的账簿"))
        self.table.set_empty_words(tr("还没有选账簿。按“添加账簿”，选各村的 .vledger 文件，两本以上。"))
        self.table.setMinimumHeight(theme.px.table_row * 5)
        self.add, self.drop = Button(theme, tr("添加账簿…")), Button(theme, tr("拿掉这本"))
        self.day = QLineEdit()
        self.option = Choices(theme, tr("方案"), OPTIONS, "C")
        self.meaning = QLabel()
        self.meaning.setProperty("look", "hint")
        self.meaning.setWordWrap(True)
        section = Section(theme, tr("怎么合"))
        section.add_row(tr("方案"), self.option)
        section.add_row("", self.meaning)
        section.add_row(
            tr("合并日"), self.day, tr("各村旧账的最后一天，要是月末，例如 2025-12-31；新账从下一天开始。")
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px.gap)
        column.addWidget(self.table)
        column.addWidget(in_row(self.add, self.drop))
        column.addWidget(section)
        self.option.chosen.connect(self._explain)
        self._explain(self.option.value)
        self.show_books()

    def show_books(self) -> None:
        """The list as it is."""
        self.table.show_model(books_model(self.books))
        self.drop.setEnabled(bool(self.books))

    def _explain(self, option: str) -> None:
        self.meaning.setText(tr(OPTION_WORDS[option]))

    def day_value(self) -> date:
        """The day of the merger; raises PeriodError."""
        return parse_day(self.day.text())


class NewVillageForm(QWidget):
    """The new village, its two bodies, who approved, where the book goes."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        names = (
            "village", "person", "collective_name", "collective_code", "committee_name", "committee_code",
            "approved", "resolutions", "folder", "pin",
        )  # fmt: skip
        self.fields = {name: QLineEdit() for name in names}
        self.fields["folder"].setText(str(books_folder()))
        self.fields["pin"].setEchoMode(QLineEdit.EchoMode.Password)
        self._own: set[str] = set()
        self._file = QLabel()
        self._file.setProperty("look", "label")
        section = Section(theme, tr("新村和新账簿"))
        for name, label, hint in (
            ("village", tr("新村名"), ""),
            ("person", tr("谁办的"), tr("您的姓名；记在合并清单和操作日志里。")),
            ("collective_name", tr("集体经济组织"), ""),
            ("collective_code", tr("登记证号"), tr("新证还没有发的空着。")),
            ("committee_name", tr("村民委员会"), ""),
            ("committee_code", tr("信用代码"), ""),
            ("approved", tr("批准日期"), tr("县级批准合并的日期；十日内要通知债权人。没有批下来空着。")),
            ("resolutions", tr("合并的决议"), tr("各村成员大会的文号，用顿号隔开；各村的旧账里要先登记。")),
            ("pin", tr("您的密码"), tr("旧账登记了人员的才填：证件号码要您登录才能带过来，旧账也才能封存。")),
        ):
            section.add_row(label, self.fields[name], hint)
        choose = Button(theme, tr("换一个文件夹…"), Look.PLAIN)
        choose.clicked.connect(self._choose)
        section.add_row(tr("文件夹"), self.fields["folder"])
        section.add_row("", in_row(choose))
        section.add_row(tr("新账簿文件"), self._file, tr("绝不覆盖已有的文件。"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(section)
        self.fields["village"].textChanged.connect(self._follow)
        self.fields["folder"].textChanged.connect(self._say_file)
        for name in ("collective_name", "committee_name"):
            self.fields[name].textEdited.connect(lambda _text, name=name: self._own.add(name))
        self._say_file()

    def text(self, name: str) -> str:
        """What a field says."""
        return self.fields[name].text().strip()

    def path(self) -> Path:
        """The book to be made."""
        name = "".join(c for c in self.text("village") if c not in '\\/:*?"<>|') or tr("新村")
        return Path(self.text("folder")).expanduser() / f"{name}.vledger"

    def approved_on(self) -> date | None:
        """The day of the approval; raises PeriodError."""
        return parse_day(self.text("approved")) if self.text("approved") else None

    def resolutions(self) -> tuple[str, ...]:
        """The numbers given."""
        return tuple(
            part.strip() for part in self.text("resolutions").replace("，", "、").split("、") if part.strip()
        )

    def missing(self) -> tuple[QLineEdit, str] | None:
        """The first field that must not be empty, and the sentence for it."""
        for name, words in (("village", tr("还没有写新村名")), ("person", tr("还没有写谁办的"))):
            if not self.text(name):
                return self.fields[name], words
        return None

    def _follow(self, village: str) -> None:
        name = village.strip()
        for field, rest in (("collective_name", "股份经济合作社"), ("committee_name", "村民委员会")):
            if field not in self._own:
                self.fields[field].setText(f"{name}{rest}" if name else "")
        self._say_file()

    def _say_file(self, *_: object) -> None:
        self._file.setText(str(self.path()))

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, tr("账簿存在哪个文件夹"), self.text("folder"))
        if folder:
            self.fields["folder"].setText(folder)


class TableForm(QWidget):
    """A table with a line of words over it and what is to be filled under it."""

    def __init__(self, theme: Theme, name: str, empty: str) -> None:
        super().__init__()
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.table = FigureTable(theme, name)
        self.table.set_empty_words(empty)
        self.table.setMinimumHeight(theme.px.table_row * 4)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.px.gap)
        self.column.addWidget(self.words)
        self.column.addWidget(self.table, 1)


class ClaimsForm(TableForm):
    """What they owe each other, and why a difference may stay."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("互相的欠款"), tr("这几个村的账上互不相欠。"))
        self.reason = QLineEdit()
        section = Section(theme, tr("对不上怎么办"))
        section.add_row(
            tr("理由"),
            self.reason,
            tr(
                "最好两村对账、各自更正后再合并。查不清的写明理由：只抵销相等的部分，差额留在账上，列入未决事项。"
            ),
        )
        self.column.addWidget(section)


class SharesForm(TableForm):
    """How old shares become new ones."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("各村的成员和净资产"), "")
        self.by = Choices(theme, tr("份额"), SHARES, "side-by-side")
        self.meaning = QLabel()
        self.meaning.setProperty("look", "hint")
        self.meaning.setWordWrap(True)
        self.unit, self.per_head, self.worth = QLineEdit(), QLineEdit(), QLineEdit()
        self.unit.setPlaceholderText(f"{rules()['unit'] / 100:.2f}")
        self.per_head.setPlaceholderText(str(rules()["per_head"]))
        section = Section(theme, tr("份额怎么办"))
        section.add_row(tr("份额"), self.by)
        section.add_row("", self.meaning)
        self._by_value = (
            *section.add_row(tr("每份值多少元"), self.unit),
            *section.add_row(
                tr("议定的净资产"), self.worth, tr("和账面不一样的才写，例如 青山村=2000000，白云村=900000。")
            ),
        )
        self._by_head = section.add_row(tr("每人多少份"), self.per_head)
        self.column.addWidget(section)
        self.by.chosen.connect(self._explain)
        self._explain(self.by.value)

    def _explain(self, by: str) -> None:
        self.meaning.setText(tr(SHARE_WORDS[by]))
        for widget in self._by_value:
            widget.setVisible(by == "value")
        for widget in self._by_head:
            widget.setVisible(by == "head")

    def unit_fen(self) -> int:
        """Fen a share, 0 for the rules'; raises AmountError."""
        return parse_fen(self.unit.text()) if self.unit.text().strip() else 0

    def heads(self) -> int:
        """Shares a member, 0 for the rules'; raises LedgerError."""
        text = self.per_head.text().strip()
        if text and not (text.isdecimal() and int(text) > 0):
            raise LedgerError(tr("每人多少份“{text}”不是数", text=text), tr("请填大于零的整数。"))
        return int(text or 0)

    def worths(self) -> dict[str, int]:
        """What was agreed on by village; raises LedgerError."""
        found: dict[str, int] = {}
        for part in self.worth.text().replace("，", ",").replace("、", ",").split(","):
            if not part.strip():
                continue
            village, sign, amount = part.replace("＝", "=").partition("=")
            if not sign:
                raise LedgerError(tr("“{part}”看不懂", part=part.strip()), tr("请写成 青山村=2000000 这样。"))
            found[village.strip()] = parse_fen(amount)
        return found
