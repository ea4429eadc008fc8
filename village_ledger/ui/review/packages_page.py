"""送审包: what was sent, the fingerprint to tell the township, a new package, and the remarks that come back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QFileDialog

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.package import ENDING, package_name
from village_ledger.domain.period import Month, MonthState, Span
from village_ledger.domain.remarks import ENDING as REMARKS_ENDING
from village_ledger.i18n import tr
from village_ledger.services.review.remarks_in import TakenIn, take_in, to_compare
from village_ledger.ui.planning.planning_page import PlanningPage, add_rows, line
from village_ledger.ui.tables.table_model import Look, ScreenColumn
from village_ledger.ui.widgets.form import Section
from village_ledger.ui.widgets.span_choice import parse_span
from village_ledger.ui.widgets.tick_box import TickBox

if TYPE_CHECKING:
    from village_ledger.exchange.review.package_making import Made
    from village_ledger.services.entry.progress import Progress
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.unit_of_work import UnitOfWork


class PackagesPage(PlanningPage):
    """A row per package sent, the newest first; days and attachments of the next one under it."""

    scope: ClassVar[str] = "packages"
    nav: ClassVar[str] = "work"
    follows_ledger: ClassVar[bool] = False
    name: ClassVar[str] = "送审包"
    main_action: ClassVar[str] = "make"
    empty_words: ClassVar[str] = "还没有做过送审包。写好哪些天，按 F6 做第一个。"
    columns: ClassVar[tuple[ScreenColumn, ...]] = (
        ScreenColumn("number", "第几包", Look.CODE, "第12包"),
        ScreenColumn("days", "哪些天", Look.TEXT, "2025年10月至2025年12月"),
        ScreenColumn("made", "做成", Look.TEXT, "2025-12-31 10:20 王秀英"),
        ScreenColumn("file", "文件", Look.TEXT, "青山村_2025-01_2025-12_第1包.vlpkg", stretch=1),
        ScreenColumn("remarks", "意见", Look.TEXT, "12 条，3 条没有答复"),
    )

    def build(self) -> None:
        """Days, attachments, and the key."""
        self.days = line(tr("哪些天"))
        self.attachments = TickBox(self.theme, tr("连附件一起送"))
        self.key = line(tr("签名指纹"))
        self.key.setReadOnly(True)
        self.fingerprint = line(tr("乡镇说的指纹"))
        section = Section(self.theme, tr("做一个新的"))
        add_rows(
            section,
            [
                (tr("哪些天"), self.days, tr("如 2025-01-01 至 2025-03-31；两本账都在里面")),
                (tr("附件"), self.attachments, tr("包会大一些；不带附件，乡镇看得到清单")),
                (tr("签名指纹"), self.key, tr("第一次送审时念给乡镇听；以后不变")),
                (
                    tr("乡镇说的指纹"),
                    self.fingerprint,
                    tr("收意见时用：第一次会问；审阅人换了密钥，要写在这里"),
                ),
            ],
        )
        self.body.addWidget(section)
        self.table.opened.connect(lambda _row: self.navigator.open("remarks"))

    def beside_title(self) -> str:
        """A package is of both ledgers."""
        return self.session.info.village

    def acts(self) -> Mapping[str, tuple[str, Callable[[], object]]]:
        """Make, take remarks in, look at them."""
        return {
            "take_in": (tr("收审阅意见…"), self._ask_remarks),
            "opinions": (tr("看意见"), lambda: self.navigator.open("remarks")),
            "make": (tr("做送审包…"), self._ask_place),
        }

    def read(self, reader: Reader) -> object:
        """What was sent, the key, the days of the last year that was used."""
        from village_ledger.services.review.remarks_in import remarks
        from village_ledger.services.review.village_keys import fingerprint_of

        views = remarks(reader)
        counts = {
            one.seq: (
                sum(view.file.package_seq == one.seq for view in views),
                sum(view.file.package_seq == one.seq and view.is_open for view in views),
            )
            for one in reader.sent_packages()
        }
        return list(reversed(reader.sent_packages())), counts, fingerprint_of(reader), closed_days(reader)

    def show_read(self, found: Any) -> None:
        """Packages, the newest first."""
        sent, counts, shown, closed = found
        self.key.setText(shown or tr("做第一个包时生成"))
        if not self.days.text():
            days = closed or Span(Month(self.session.month.year, 1).first, self.session.month.last)
            self.days.setText(tr("{first} 至 {last}", first=days.first, last=days.last))
        self.show_rows(
            [
                (
                    tr("第{number}包", number=one.seq),
                    Span(date.fromisoformat(one.first_day), date.fromisoformat(one.last_day)).words(),
                    f"{one.made_at[:16].replace('T', ' ')} {one.made_by}",
                    one.file,
                    _remarks_words(*counts[one.seq]),
                )
                for one in sent
            ]
        )

    # inside

    def _ask_place(self) -> None:
        try:
            span = parse_span(self.days.text().strip())
        except LedgerError as refusal:
            self.refuse(refusal)
            return
        number = len(self.session.reader.sent_packages()) + 1
        name = package_name(self.session.info.village, span, number)
        folder = self.session.book.path.parent
        chosen, _ = QFileDialog.getSaveFileName(
            self, tr("送审包存到哪里"), str(folder / name), tr("送审包 (*{ending})", ending=ENDING)
        )
        if chosen:
            path = Path(chosen)
            self.make(path if path.suffix == ENDING else path.with_name(path.name + ENDING), span)

    def make(self, target: Path, span: Span) -> None:
        """Make a package on the worker; it can be cancelled and leaves nothing then."""
        attachments = self.attachments.isChecked()

        def work(uow: UnitOfWork, progress: Progress) -> Outcome[Made]:
            from village_ledger.exchange.review.package_making import PackageOrder, make_package
            from village_ledger.exchange.review.package_papers import WRITERS

            return make_package(uow, target, PackageOrder(span, attachments), WRITERS, progress)

        def done(outcome: Outcome[Made]) -> None:
            made = outcome.value
            said = tr("第 {number} 包做好了：{file}。", number=made.manifest.number, file=made.path.name)
            if not made.manifest.closed:
                said += tr("里面有没有结账的月份，乡镇看到的是现在的样子。")
            if made.manifest.number == 1:
                said += tr("第一次送审，请把指纹念给乡镇听：{print}。", print=made.fingerprint)
            self.say(said)
            self.reload()

        self.act(tr("做送审包"), work, done)

    def _ask_remarks(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self,
            tr("收哪一份审阅意见"),
            str(self.session.book.path.parent),
            tr("审阅意见 (*{ending})", ending=REMARKS_ENDING),
        )
        if chosen:
            self.take(Path(chosen))

    def take(self, path: Path) -> None:
        """Take a remarks file in; a reviewer's first one that passes or accepts only once the fingerprint was compared."""
        compared = self.fingerprint.text().strip()

        def look(reader: Reader, _: Progress) -> tuple[bytes, str]:
            from village_ledger.exchange.review.remarks_file import content_of

            content = content_of(path)
            return content, "" if compared else to_compare(reader, content)

        def found(read: tuple[bytes, str]) -> None:
            content, shown = read
            if shown:
                self.say(tr("第一次收这位审阅人的意见，里面要通过凭证、封存月份：请先打电话核对指纹。"))
                breakable = shown.replace("-", "-\u200b")  # a small window takes it on two lines
                self.ask_bar.ask(
                    tr("和乡镇念的指纹 {print} 一样？", print=breakable),
                    tr("收下"),
                    lambda _: self._take(content, shown),
                    self.table.setFocus,
                    wants_text=False,
                )
            else:
                self._take(content, compared)

        self.operations.watch(tr("读审阅意见"), look, found, self.refuse)

    def _take(self, content: bytes, compared: str) -> None:
        """All of it or nothing."""

        def work(uow: UnitOfWork, _: Progress) -> Outcome[TakenIn]:
            return take_in(uow, content, compared)

        def done(outcome: Outcome[TakenIn]) -> None:
            self.say(_taken_words(outcome.value))
            self.fingerprint.clear()
            self.session.forget_pins()
            self.reload()

        self.act(tr("收审阅意见"), work, done)


def closed_days(reader: Reader) -> Span | None:
    """From the year's beginning to the last month every ledger has closed: what is usually sent; None before there is one."""
    closed = (MonthState.CLOSED, MonthState.SEALED)
    last = [
        max((one.month for one in reader.months(info.code) if one.state in closed), default=None)
        for info in reader.ledgers()
    ]
    months = [month for month in last if month is not None]
    if len(months) < len(last):
        return None
    month = min(months)
    return Span(Month(month.year, 1).first, month.last)


def _remarks_words(count: int, waiting: int) -> str:
    if not count:
        return ""
    if waiting:
        return tr("{count} 条，{waiting} 条没有答复", count=count, waiting=waiting)
    return tr("{count} 条，都答复了", count=count)


def _taken_words(taken: TakenIn) -> str:
    """What came of it, in sentences."""
    said = taken.said
    parts = [
        tr(
            "收好了：{office} {who} 的 {count} 条意见。",
            office=said.office,
            who=said.reviewer,
            count=len(said.remarks),
        )
    ]
    if taken.first_key:
        parts.append(tr("第一次收这位审阅人的意见，请打电话核对指纹：{print}。", print=taken.fingerprint))
    if taken.passed or taken.returned:
        parts.append(
            tr("补审通过 {passed} 张，退回 {returned} 张。", passed=taken.passed, returned=taken.returned)
        )
    if taken.sealed:
        parts.append(tr("封存了 {count} 个月。", count=len(taken.sealed)))
    return "".join(parts)
