"""村级合并: several villages' books become one, in six steps; checked and proven before anything is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.merger import NOTHING_MADE, Decisions, Option
from village_ledger.domain.merger_shares import SharesBy
from village_ledger.domain.money import format_fen
from village_ledger.i18n import tr
from village_ledger.reports.merger.merger_preview import preview_comparison
from village_ledger.services.merger.merger import MergerPreview, MergerResult, merge, preview
from village_ledger.services.merger.merging import MergerRequest
from village_ledger.ui.error_presenter import Notice, describe
from village_ledger.ui.merger.merger_books import look_at, save_paper
from village_ledger.ui.merger.merger_forms import BooksForm, ClaimsForm, NewVillageForm, SharesForm, TableForm
from village_ledger.ui.merger.merger_rows import BookLine, claims_model, codes_model, worth_model
from village_ledger.ui.tables.table_model import TableModel
from village_ledger.ui.widgets.buttons import Button, Look
from village_ledger.ui.widgets.proof_panel import ProofBlock
from village_ledger.ui.widgets.state_mark import Check
from village_ledger.ui.widgets.step_page import Step, StepPage

if TYPE_CHECKING:
    from village_ledger.services.entry.progress import Progress
    from village_ledger.services.merger.sources import OldBook
    from village_ledger.services.outcome import Outcome
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

BOOKS, VILLAGE, CODES, CLAIMS, SHARES, PROOF = range(6)
BOOK_FILTER = "村账账簿 (*.vledger)"
MAP_FILTER = "对照表 (*.xlsx *.csv)"


class MergerPage(StepPage):
    """Old books → new village → accounts → mutual claims → shares → comparison and made."""

    scope: ClassVar[str] = "merger"
    nav: ClassVar[str] = "works"
    follows_ledger: ClassVar[bool] = False
    proof_heading: ClassVar[str] = "合并前后"

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.books, self.village = BooksForm(self.theme), NewVillageForm(self.theme)
        self.codes = TableForm(self.theme, tr("编码或名称变了的科目"), tr("所有科目的编码和名称都不变。"))
        self.claims, self.shares = ClaimsForm(self.theme), SharesForm(self.theme)
        self.comparison = TableForm(self.theme, tr("合并前后对照"), tr("没有余额要转。"))
        self.found: MergerPreview | None = None
        self.made: Path | None = None
        """The new book, once it is there and something has to be said before it is opened."""
        self.decided = Decisions()
        self._said = ""
        self.set_title(tr("村级合并"))
        self.set_steps(
            [
                Step(tr("各村账簿"), self.books),
                Step(tr("新村"), self.village, tr("检查，往下走")),
                Step(tr("科目"), self.codes, scrolls_itself=True),
                Step(tr("互相欠款"), self.claims),
                Step(tr("份额"), self.shares),
                Step(
                    tr("对照建账"), self.comparison, tr("合并，建新账"), with_proof=True, scrolls_itself=True
                ),
            ]
        )
        self.stop = self._in_foot("cancel")
        self.stop.hide()
        self.paper = self._in_foot("print_comparison")
        self.map_button = self._in_foot("load_map")
        self._connect()

    def _in_foot(self, action_id: str) -> Button:
        from village_ledger.ui import actions

        spec = actions.spec(self.scope, action_id)
        button = Button.of_action(self.theme, self.action(action_id), spec, Look.PLAIN)
        self.add_to_foot(button)
        self.foot.setAlignment(button, Qt.AlignmentFlag.AlignBottom)
        return button

    def _connect(self) -> None:
        self.books.add.clicked.connect(lambda: self._choose_books())  # noqa: PLW0108  clicked hands over a flag
        self.books.drop.clicked.connect(lambda: self._drop())  # noqa: PLW0108  the same
        self.operations.finished.connect(self._calm)
        self.arrived(BOOKS)

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Everything the page answers."""
        return {
            **super().handlers(),
            "add_book": self._choose_books,
            "drop_book": self._drop,
            "check": self._check,
            "load_map": self._load_map,
            "print_comparison": self._print,
            "cancel": self.operations.cancel,
        }

    # the steps

    def arrived(self, step: int) -> None:
        """Buttons and words of the step."""
        for action_id in ("add_book", "drop_book"):
            self.action(action_id).setEnabled(step == BOOKS)
        self.action("check").setEnabled(step in (BOOKS, VILLAGE))
        self.action("load_map").setEnabled(step == CODES)
        self.action("print_comparison").setEnabled(step == PROOF)
        self.map_button.setVisible(step == CODES)
        self.paper.setVisible(step == PROOF)
        help_ = {
            BOOKS: tr("各村的旧账要结到同一个月末。这里只看，不改动它们。"),
            VILLAGE: tr("填好按“检查”：每本账的结账、记账链、期初都要核对一遍，要一会儿。"),
            CODES: tr("编码撞了的给了新编码；没有对应科目的，用对照表写明。"),
            CLAIMS: tr("一个村的账里记着别的村，两边一样的互相抵销。"),
            SHARES: tr("折换只在新账簿里登记，旧登记簿不动。"),
            PROOF: tr("新账簿：{path}", path=self.village.path()),
        }
        self.say_help(help_[step])
        if step == BOOKS:
            self.books.add.setFocus(Qt.FocusReason.OtherFocusReason)
        elif step == VILLAGE:
            self.village.fields["village"].setFocus(Qt.FocusReason.OtherFocusReason)
        elif step == PROOF:
            self._show_proof()

    def may_go_on(self, step: int) -> bool:
        """Books chosen, village named and checked, nothing unmapped, claims decided."""
        try:
            return self._ready(step)
        except LedgerError as error:
            self._refused(error)
            return False

    def _ready(self, step: int) -> bool:
        if step == BOOKS:
            if len(self.books.books) < 2:
                return self._stay(
                    tr("只选了 {count} 本账簿", count=len(self.books.books)), tr("合并要两本以上。")
                )
            self.books.day_value()
        elif step == VILLAGE:
            missing = self.village.missing()
            if missing is not None:
                field, words = missing
                field.setFocus(Qt.FocusReason.OtherFocusReason)
                return self._stay(words, tr("请补上，再往下走。"))
            self.request()
            self._check(onward=True)
            return False
        elif self.found is None:
            self.show_step(VILLAGE)
            return False
        elif step == CODES and self.found.plan.faults:
            return self._stay(self.found.plan.faults[0], tr("请用“对照表”写明新科目。"))
        elif step == CLAIMS and self.found.differences and not self.claims.reason.text().strip():
            self.claims.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return self._stay(self.found.differences[0], tr("请两村对账更正，或写明理由。"))
        elif step == SHARES:
            self.request()
        return True

    def finish(self) -> None:
        """Make the book on the worker and open it; what must be said first is said first."""
        if self.made is not None:
            self.session.open_new(self.made)
            return
        try:
            request = self.request()
        except LedgerError as error:
            self._refused(error)
            return

        def work(progress: Progress) -> Outcome[MergerResult]:
            from village_ledger.exchange.merger.merger_last_year import yearly_figures

            request.target.parent.mkdir(parents=True, exist_ok=True)
            return merge(request, yearly_figures, progress, enter)

        enter = self._sign_in()
        self.session.preferences.remember_person(request.target, request.by)
        self._start(tr("合并建账"), work, self._made)

    def _made(self, outcome: Outcome[MergerResult]) -> None:
        target = self.village.path()
        if not outcome.warnings:
            self.session.open_new(target)
            return
        self.made = target
        self.action("next").setText(tr("打开新账簿"))
        what = tr("{name} 建好了，还有要办的", name=target.name)
        self.slip.say(Notice(what, "".join(outcome.warnings), tr("办完再打开新账簿。"), "U-152"))

    def _sign_in(self) -> Callable[[OldBook], None]:
        """Whoever merges signs in to each old book that knows them."""
        by, pin = self.village.text("person"), self.village.text("pin")

        def enter(one: OldBook) -> None:
            from village_ledger.services.staff import staff

            if pin and one.reader.has_staff() and any(x.name == by for x in one.reader.staff()):
                staff.sign_in(one.book, by, pin)

        return enter

    # what is asked

    def request(self) -> MergerRequest:
        """Everything on the page; raises LedgerError for what cannot be read."""
        form = self.village
        return MergerRequest(
            books=tuple(one.path for one in self.books.books),
            target=form.path(),
            village=form.text("village"),
            day=self.books.day_value(),
            option=Option(self.books.option.value),
            by=form.text("person"),
            collective_name=form.text("collective_name"),
            collective_code=form.text("collective_code").upper(),
            committee_name=form.text("committee_name"),
            committee_code=form.text("committee_code").upper(),
            shares=SharesBy(self.shares.by.value),
            approved_on=form.approved_on(),
            resolutions=form.resolutions(),
            unit=self.shares.unit_fen(),
            per_head=self.shares.heads(),
            worth=self.shares.worths(),
            decided=replace(self.decided, reason=self.claims.reason.text().strip()),
        )

    def take_books(self, paths: list[Path]) -> None:
        """Look the chosen files over on the worker and list them."""
        known = {one.path for one in self.books.books}
        fresh = [path for path in paths if path not in known]
        self.operations.task(tr("看看账簿"), lambda _: [look_at(path) for path in fresh], then=self._listed)

    def _listed(self, lines: list[BookLine]) -> None:
        self.books.books += lines
        self.found = None
        days = [one.state for one in self.books.books if one.state]
        if not self.books.day.text().strip() and days:
            self.books.day.setText(min(days))
        self.books.show_books()

    def _choose_books(self) -> None:
        recent = self.session.preferences.recent()
        folder = str(recent[0].path.parent) if recent else str(Path.home())
        names, _ = QFileDialog.getOpenFileNames(self, tr("各村的账簿"), folder, BOOK_FILTER)
        if names:
            self.take_books([Path(name) for name in names])

    def _drop(self) -> None:
        row = self.books.table.row
        if 0 <= row < len(self.books.books):
            del self.books.books[row]
            self.found = None
            self.books.show_books()

    def _load_map(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, tr("对照表"), str(Path.home()), MAP_FILTER)
        if name:
            self.take_map(Path(name))

    def take_map(self, path: Path) -> None:
        """Read what people decided and look again."""
        from village_ledger.exchange.merger.merger_map import read_map

        try:
            self.decided = read_map(path)
        except LedgerError as error:
            self._refused(error)
            return
        self._check()

    # checking

    def _check(self, *, onward: bool = False) -> None:
        try:
            request = self.request()
        except LedgerError as error:
            self._refused(error)
            return

        enter = self._sign_in()

        def then(found: MergerPreview) -> None:
            self._found(found)
            if onward and self.step == VILLAGE:
                self.show_step(CODES)

        self._start(tr("核对各村的账"), lambda progress: preview(request, progress, enter), then)

    def _found(self, found: MergerPreview) -> None:
        self.found = found
        self.slip.fold()
        codes, claims = codes_model(found), claims_model(found)
        self.codes.table.show_model(codes)
        self.codes.words.setText(
            "\n".join(found.plan.faults)
            or tr("{count} 个科目的编码或名称变了，其余照旧；期初会按新科目录入。", count=codes.count())
        )
        self.claims.table.show_model(claims)
        self.claims.words.setText(
            "\n".join(found.differences) or tr("找到 {count} 组，两边都对得上。", count=claims.count())
        )
        self.shares.table.show_model(worth_model(found))
        self.shares.words.setText(tr("净资产是集体账的资产减负债；和评估、议定的不一样，在下面写明。"))

    def _show_proof(self) -> None:
        found = self.found
        if found is None:
            return
        table = preview_comparison(self.request(), found)
        model = TableModel(table)
        self.comparison.table.show_model(model)
        every = all(check.ok for check in table.checks)
        self.comparison.words.setText(
            tr("逐项相加减抵销等于合并后；抵销的应收等于应付；借贷相等。")
            if every
            else "；".join(f"{check.text}：{check.evidence}" for check in table.checks if not check.ok)
        )
        self.comparison.words.setVisible(not every or not self.theme.tokens.narrow)
        good = not found.proof.faults and not found.plan.faults
        assets = {village: found.worth[village] for village in found.villages}
        blocks = [
            ProofBlock(village, Check.GOOD, ((tr("净资产"), format_fen(amount)),))
            for village, amount in assets.items()
        ]
        gone = sum(one.equal for one in found.plan.claims if one.within_one_ledger)
        blocks.append(ProofBlock(tr("互相抵销"), None, ((tr("应收＝应付"), format_fen(gone)),)))
        said = tr("{count} 项逐项相等", count=len(found.proof.items)) if good else tr("还没有对上")
        blocks.append(
            ProofBlock(
                said,
                Check.GOOD if good else Check.WAITING,
                big=format_fen(sum(assets.values())),
                words=tr("净资产合计，抵销不改变它"),
            )
        )
        self.show_proof(blocks, said)

    def _print(self) -> None:
        if self.found is not None:
            save_paper(self, self.operations, preview_comparison(self.request(), self.found), self._wrote)

    def _wrote(self, sentence: str) -> None:
        self._said = sentence
        self.status_changed.emit()

    def status(self) -> str:
        """Where a paper was written."""
        return self._said

    # inside

    def _start(self, label: str, work: Callable[[Progress], object], then: Callable[[Any], object]) -> None:
        """Work that takes a while and can be stopped."""
        self.stop.show()
        self.action("next").setEnabled(False)
        self.slip.fold()
        self.operations.task(label, work, then=then, refused=self._refused)

    def _calm(self) -> None:
        self.stop.hide()
        self.action("next").setEnabled(True)

    def _stay(self, what: str, next_step: str) -> bool:
        self.slip.say(Notice(what, tr(NOTHING_MADE), next_step, "U-150"))
        return False

    def _refused(self, error: LedgerError) -> None:
        self.slip.say(describe(error))
