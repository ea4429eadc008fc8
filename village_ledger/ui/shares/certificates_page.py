"""股权证: which household has which, whether it says what the register says; issue, replace, void, look up, print."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QLabel

from village_ledger.domain.certificate import REASONS
from village_ledger.domain.errors import LedgerError
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.services.shares import certificates
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.page import Page
from village_ledger.ui.shares.certificate_figures import (
    CertificateLine,
    CertificateList,
    CertificatesModel,
    State,
    Verdict,
    look_up,
    read_certificates,
)
from village_ledger.ui.shares.certificate_form import Asked, CertificateForm, Said
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.ask_bar import AskBar
from village_ledger.ui.widgets.buttons import Look
from village_ledger.ui.widgets.search_field import SearchField
from village_ledger.ui.widgets.verdict_bar import VerdictBar

if TYPE_CHECKING:
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.unit_of_work import UnitOfWork
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

_ALL, _RENEW = "all", "renew"
_WRITING = {"issue", "issue_all", "replace", "void", "act"}


class CertificatesPage(Page):
    """The list; one act at a time opens as a form above it."""

    scope = "certificates"
    nav = "members"
    shows = Changes(members=True, shares=True, settings=True)

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.shown: CertificateList | None = None
        self._code = ""
        self._said = ""
        self.ask = AskBar(self.theme)
        self.form = CertificateForm(self.theme, self._act, self._into_list)
        self.verdict = VerdictBar(self.theme)
        self.table = FigureTable(
            self.theme, tr("股权证"), watermark=tr("演示") if session.info.is_demo else ""
        )
        self.table.set_empty_words(tr("还没有人有份额。先登记股份量化，再发股权证。"))
        self.table.opened.connect(self._open)
        self.table.current_moved.connect(lambda _row: self._follow())
        self.search = SearchField(self._into_list)
        self.search.setPlaceholderText(tr("姓名、拼音、户编号或证号"))
        self.search.textChanged.connect(lambda _: self._filter())
        self.count = QLabel()
        self.count.setProperty("look", "hint")
        self._row = self._search_row()
        self.body.addLayout(self._row)
        for widget in (self.ask, self.form, self.verdict):
            self.body.addWidget(widget)
        self.body.addWidget(self.table, 1)
        for name in ("register", "print_all", "check", "void", "replace", "issue_all"):
            self.add_button(name)
        self.add_button("print", keeps=1)
        self.add_button("issue", Look.MAIN)
        self.restyle()

    def _search_row(self) -> QHBoxLayout:
        label = QLabel(tr("找"))
        label.setProperty("look", "label")
        label.setBuddy(self.search)
        row = QHBoxLayout()
        row.addWidget(label)
        row.addWidget(self.search, 2)
        row.addWidget(self.count)
        row.addStretch(3)
        return row

    # the page

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Slots of its actions."""
        return {
            "find": lambda: self.search.setFocus(),  # noqa: PLW0108  made after its action
            "open": lambda: self._open(self.table.row),
            "issue": self._ask_issue,
            "issue_all": self._ask_all,
            "replace": self._ask_replace,
            "void": self._ask_void,
            "act": lambda: self.form.finish(),  # noqa: PLW0108  likewise
            "check": self._ask_check,
            "print": lambda: self._print(self._current()),
            "print_all": lambda: self._print(None),
            "register": lambda: self.navigator.open("preview", report="certificate"),
        }

    def go(self, **where: Any) -> None:
        """``household`` to stand on, ``text`` to look for."""
        self._code = str(where.get("household", self._code))
        if "text" in where:
            self.search.setText(where["text"])
        self.reload()
        self.table.setFocus()

    def where(self) -> dict[str, Any]:
        """The household one stands on, what is looked for."""
        line = self._current()
        return {"household": line.code if line else "", "text": self.search.text()}

    def reload(self) -> None:
        """The register as it stands today."""
        if not self.session.is_open:
            return
        ledger, day = self.session.ledger_code, _today()
        line = self._current()
        self._code = line.code if line else self._code
        self.operations.read(
            tr("读股权证"),
            lambda reader: read_certificates(reader, ledger, day),
            self._show,
            refused=self._refuse,
            key="certificates",
        )

    def restyle(self) -> None:
        """Spaces of the size in force."""
        self._row.setSpacing(self.theme.px.cell)
        self.count.setVisible(not self.theme.tokens.narrow)
        self.table.setMinimumHeight(4 * self.table.style_of.row)

    def escape(self) -> bool:
        """Close what is open, then stop looking for somebody."""
        for is_open, close in (
            (self.ask.asking, self.ask.put_away),
            (self.form.asking, self.form.put_away),
            (self.verdict.isVisibleTo(self), self.verdict.hide),
            (bool(self.search.text()), self.search.clear),
        ):
            if is_open:
                close()
                return True
        return False

    def status(self) -> str:
        """What was done; else how many agree."""
        made = self.shown
        if self._said or made is None:
            return self._said
        return tr(
            "{good} 户相符 · {stale} 户要换发 · {missing} 户没有证",
            good=made.count(State.AGREES),
            stale=made.count(State.DIFFERS, State.EMPTY),
            missing=made.count(State.MISSING),
        )

    def follow_access(self) -> None:
        """What a household needs first: a certificate to replace or end, none to issue one."""
        super().follow_access()
        line, made = self._current(), self.shown
        has = line is not None and line.valid is not None
        waiting = made is not None and bool(made.count(State.MISSING, State.DIFFERS, State.EMPTY))
        able = {
            "open": line is not None,
            "issue": line is not None and line.valid is None,
            "replace": has and line is not None and line.state is not State.EMPTY,
            "void": has,
            "issue_all": waiting,
            "print": has,
            "print_all": made is not None and any(one.valid for one in made.lines),
            "act": self.form.asking,
        }
        for name, holds in able.items():
            made_of = self.action(name)
            made_of.setEnabled(holds and (made_of.isEnabled() if name in _WRITING else True))

    # inside

    def _show(self, made: CertificateList) -> None:
        self.shown = made
        self.head.set_title(tr("股权证"), tr("和登记簿对到 {day}", day=made.day), firm=True)
        self._filter(self._code)
        self.status_changed.emit()

    def _filter(self, code: str = "") -> None:
        made = self.shown
        if made is None:
            return
        text = self.search.text()
        lines, best = made.found(text)
        if made.lines:
            self.table.set_empty_words(tr("没有找到“{text}”。校验码请按 F9 查。", text=text.strip()))
        self.table.show_model(CertificatesModel(lines, made.classes, narrow=self.theme.tokens.narrow))
        self.count.setText(tr("找到 {count} 户", count=len(lines)) if text.strip() else "")
        codes = [line.code for line in lines]
        wanted = code or best
        self.table.go_to_row(codes.index(wanted) if wanted in codes else 0)
        self.follow_access()

    def _current(self) -> CertificateLine | None:
        model = self.table.view.model()
        row = self.table.row
        return model.lines[row] if isinstance(model, CertificatesModel) and 0 <= row < model.count() else None

    def _follow(self) -> None:
        self.follow_access()

    def _into_list(self) -> None:
        self.table.setFocus()
        self.follow_access()

    def _open(self, row: int) -> None:
        line = self._current()
        if row >= 0 and line is not None:
            self.navigator.open("household", household=line.code)

    def _refuse(self, error: LedgerError) -> None:
        self.slip.say(describe(error))

    # asking

    def _named(self, line: CertificateLine) -> str:
        return tr("{code} {head}户", code=line.code, head=line.head)

    def _ask(self, asked: Asked) -> None:
        self.slip.fold()
        self.verdict.hide()
        self.form.ask(asked, _today())
        self.follow_access()

    def _ask_issue(self) -> None:
        line = self._current()
        if line is not None:
            self._ask(Asked("issue", tr("给 {who}发股权证", who=self._named(line)), tr("发证")))

    def _ask_replace(self) -> None:
        line = self._current()
        if line is None or line.valid is None:
            return
        self._ask(
            Asked(
                "replace",
                tr("{who}换发新证，{number} 收回", who=self._named(line), number=line.valid.number),
                tr("换发"),
                tr("为什么换"),
                (("replaced", tr("份额变动")), ("lost", REASONS["lost"])),
                tr("遗失的写明什么时候申报、公示了几天。"),
            )
        )

    def _ask_void(self) -> None:
        line = self._current()
        if line is None or line.valid is None:
            return
        self._ask(
            Asked(
                "void",
                tr("{who}的 {number} 收回，不发新证", who=self._named(line), number=line.valid.number),
                tr("收回"),
                tr("为什么收回"),
                tuple((why, REASONS[why]) for why in ("void", "lost", "returned")),
                tr("作废和遗失要写明情况，例如写错了什么。"),
            )
        )

    def _ask_all(self) -> None:
        made = self.shown
        if made is None:
            return
        missing, stale = made.count(State.MISSING), made.count(State.DIFFERS, State.EMPTY)
        choices = (
            (_ALL, tr("没有证的 {count} 户", count=missing)),
            (_RENEW, tr("连同要换发的 {count} 户", count=stale)),
        )
        offered = choices if missing and stale else choices[:1] if missing else choices[1:]
        self._ask(Asked("issue_all", tr("成批发股权证"), tr("成批发证"), tr("发给谁"), offered))

    def _ask_check(self) -> None:
        self.form.put_away()
        self.ask.ask(
            tr("证上的证号或校验码"), tr("查真假"), self._check, self._into_list, hint=tr("如 青股 2017-01")
        )

    def _check(self, text: str) -> None:
        ledger = self.session.ledger_code
        self.slip.fold()
        self.verdict.hide()
        self.operations.read(
            tr("查股权证"),
            lambda reader: look_up(reader, text, ledger, _today()),
            self._show_verdict,
            refused=self._refuse,
            key="certificates.check",
        )

    def _show_verdict(self, verdict: Verdict) -> None:
        self.verdict.say(verdict.check, verdict.words)
        self.search.clear()
        self._filter(verdict.one.household)
        self.table.setFocus()

    # doing

    def _act(self, said: Said) -> None:
        line, ledger = self._current(), self.session.ledger_code
        try:
            day = said.day
        except LedgerError as error:
            self._refuse(error)
            return
        self.slip.fold()

        def carry_out(uow: UnitOfWork, _progress: object) -> Outcome[Any]:
            if said.act == "issue_all":
                return certificates.issue_all(uow, day, ledger, renew=said.choice == _RENEW)
            code = line.code if line else ""
            if said.act == "issue":
                return certificates.issue(uow, code, day, ledger)
            if said.act == "replace":
                return certificates.replace(uow, code, day, why=said.choice, note=said.note, ledger=ledger)
            number = line.valid.number if line and line.valid else ""
            return certificates.void(uow, number, day, why=said.choice, note=said.note)

        asked = self.form.asked
        self.operations.run(
            asked.heading if asked else "",
            carry_out,
            then=lambda o: self._done(said, o),
            refused=self._refuse,
        )

    def _done(self, said: Said, outcome: Outcome[Any]) -> None:
        self.form.put_away()
        if said.act == "issue_all":
            self._said = tr("发了 {count} 本股权证", count=len(outcome.value))
        elif said.act == "void":
            self._said = tr("{number} 已收回", number=outcome.value.number)
        else:
            self._said = tr(
                "发了 {number}，校验码 {code}", number=outcome.value.number, code=outcome.value.code
            )
        self.status_changed.emit()

    def _print(self, line: CertificateLine | None) -> None:
        lines: Sequence[CertificateLine] = (line,) if line else self._listed()
        numbers = tuple(one.valid.number for one in lines if one.valid is not None)
        if numbers:
            self.navigator.open("preview", report="certificate", certificates=numbers)

    def _listed(self) -> Sequence[CertificateLine]:
        """What the list shows now: all of them, or those looked for."""
        model = self.table.view.model()
        return model.lines if isinstance(model, CertificatesModel) else ()


def _today() -> date:
    return date.today()  # noqa: DTZ011  the wall calendar of the village
