"""A register kept by hand, read under its layout and the answers given so far; nothing is written here.

read_register   people who can be entered, problems that stop until answered, notices of what was put right
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import TypeVar

from village_ledger.domain.errors import LedgerError, TextError
from village_ledger.domain.half_width import half_width
from village_ledger.domain.identity import in_eighteen, is_old_form, sex_of
from village_ledger.domain.member import HEAD, Reason, Status
from village_ledger.domain.new_person import NewPerson, cautions_about, faults_of, tidied
from village_ledger.exchange.people import import_members_answers as answering
from village_ledger.exchange.people import import_members_cells as read
from village_ledger.exchange.people.import_members_intake import Intake, Notice, Problem, Register, Taken
from village_ledger.exchange.people.import_members_notes import joined, says_dead
from village_ledger.exchange.people.import_members_rows import Sorted, in_words, sort_rows
from village_ledger.exchange.people.import_members_words import ASIDE, MEANINGS, relations
from village_ledger.exchange.reading.answers import Answers
from village_ledger.exchange.reading.cells import plain_text, reason
from village_ledger.exchange.reading.heading_rows import Layout, tidy
from village_ledger.exchange.reading.tabular import Cell
from village_ledger.i18n import tr

_Value = TypeVar("_Value")
_EXACT = 10**15


@dataclass(slots=True)
class _Row:
    """A person while being read."""

    row: int
    cells: tuple[Cell, ...]
    name: str = ""
    household: str = ""
    head: str = ""
    group: str = ""
    number: read.Number = field(default_factory=read.Number)
    asides: tuple[str, ...] = ()
    left_out: bool = False


def read_register(layout: Layout, answers: Answers, register: Register, today: date) -> Intake:
    """Read every row; raises nothing: what cannot be read is a problem."""
    return _Reading(layout, answers, register, today).run()


class _Reading:
    """One walk through the rows."""

    def __init__(self, layout: Layout, answers: Answers, register: Register, today: date) -> None:
        self.layout, self.answers, self.register, self.today = layout, answers, register, today
        self.problems: list[Problem] = []
        self.notices: list[Notice] = []
        self.questioned: set[int] = {row for row, _ in answers}

    def run(self) -> Intake:
        """Rows, then what only all of them together show, then the people."""
        found = sort_rows(self.layout)
        rows = [self._begin(row, cells) for row, cells in found.people]
        self._fill_down(rows, found)
        for one in rows:
            if not one.left_out:
                self._number(one)
        kept = [one for one in rows if not one.left_out]
        self._ensure_heads(kept)
        self._ensure_once(rows)
        people = [taken for one in kept if (taken := self._person(one)) is not None]
        self.problems.sort(key=lambda x: x.row)
        stopped = {x.row for x in self.problems}
        return Intake(
            self.layout,
            tuple(one for one in people if one.row not in stopped),
            tuple(self.problems),
            tuple(sorted(self.notices, key=lambda x: x.row)),
            tuple(_remarks(found, rows)),
            tuple(sorted({row for row, _ in self.answers} - {one.row for one in rows})),
            tuple(one.row for one in rows if one.left_out),
        )

    # cells

    def _cell(self, row: int, cells: Sequence[Cell], meaning: str) -> Cell:
        """A cell as answered, else as the file has it."""
        answer = self.answers.get((row, meaning))
        if answer is not None and not (meaning == "id_number" and answering.lets_wait(answer)):
            return answer
        place = self.layout.place(meaning)
        return "" if place is None or place >= len(cells) else cells[place]

    def _get(self, one: _Row, meaning: str, how: Callable[[Cell], _Value], otherwise: _Value) -> _Value:
        """What a cell means; what cannot be read is a problem."""
        try:
            return how(self._cell(one.row, one.cells, meaning))
        except LedgerError as error:
            self._problem(one, meaning, reason(error))
            return otherwise

    def _text(self, one: _Row, meaning: str) -> str:
        return self._get(one, meaning, lambda cell: plain_text(cell).strip(), "")

    def _problem(self, one: _Row, meaning: str, what: str, hints: Sequence[str] = ()) -> None:
        self.questioned.add(one.row)
        place = self.layout.place(meaning) if meaning else None
        shown = one.number.shown if meaning == "id_number" and one.number.shown else self._shown(one, meaning)
        where = self.layout.sheet.at(one.row, place, self.layout.heading(place) if place is not None else "")
        can_wait = meaning == "id_number" and bool(one.number.lost)
        said = what if what.endswith("。") else f"{what}。"
        pinned = (tr("批注 {text}", text=text) for text in self.layout.sheet.comments.get(one.row, ()))
        beside, name = (*one.asides, *pinned, *hints), one.name or tr("（没有姓名）")
        self.problems.append(Problem(one.row, meaning, name, shown, said, where, beside, can_wait))

    def _shown(self, one: _Row, meaning: str) -> str:
        try:
            return plain_text(self._cell(one.row, one.cells, meaning)).strip()
        except LedgerError:
            return ""

    def _notice(self, one: _Row, text: str, *, small: bool = False) -> None:
        self.notices.append(Notice(one.row, one.name, text, small))

    # rows

    def _begin(self, row: int, cells: tuple[Cell, ...]) -> _Row:
        one = _Row(row, cells)
        asides = (cells[x] for x in self.layout.places(ASIDE) if x < len(cells))
        one.asides = tuple(cell.strip() for cell in asides if isinstance(cell, str) and cell.strip())
        one.left_out = any(
            at == row and answering.leaves_out(answer) for (at, _), answer in self.answers.items()
        )
        return one

    def _fill_down(self, rows: Sequence[_Row], found: Sorted) -> None:
        """Number, head and group stand on a household's first row; one without a number is asked for once."""
        code = head = group = ""
        asked = False
        for one in rows:
            self._read_name(one)
            if one.row in found.ends:
                code, head, group, asked = "", "", "", False
            own = "".join(half_width(self._text(one, "household")).split())
            named = self._get(one, "head", read.read_name, read.Name("")).text
            if own and own != code:
                code, head, group, asked = own, named, "", False
            elif not own and named and named != (head or named):
                what = tr("户编号空着，户主却换成了{head}，上一户是{before}", head=named, before=head)
                self._ask_household(one, what)
                code, asked = "", True
            head = named or head
            group = self._text(one, "group") or group
            one.household, one.head, one.group = code, head, group
            if not code and not asked:
                self._ask_household(one, tr("没有户编号，上面也没有可以接着的户"))
                asked = True

    def _ask_household(self, one: _Row, what: str) -> None:
        if not one.left_out:
            self._problem(one, "household", what)

    def _read_name(self, one: _Row) -> None:
        name = self._get(one, "name", read.read_name, read.Name(""))
        one.name = name.text
        for said in name.repairs:
            self._notice(one, said)
        if name.padded:
            self._notice(one, tr("去掉了姓名中间的空格"), small=True)

    def _number(self, one: _Row) -> None:
        one.number = number = read.read_number(self._cell(one.row, one.cells, "id_number"), self.today)
        if answering.lets_wait(self.answers.get((one.row, "id_number"), "")):
            return
        if number.fault:
            self._problem(one, "id_number", number.fault)
        for said in number.repairs:
            self._notice(one, said)

    def _ensure_heads(self, rows: Sequence[_Row]) -> None:
        """A household has one head, and its rows name the same."""
        named: dict[str, str] = {}
        heads: dict[str, int] = {}
        for one in rows:
            if one.head and one.household and named.setdefault(one.household, one.head) != one.head:
                what = tr("{code} 户的户主前面写的是{first}", code=one.household, first=named[one.household])
                self._problem(one, "head", what)
            if self._relation(one) != HEAD or not one.household:
                continue
            if one.head and one.name != one.head:
                self._problem(one, "relation", tr("与户主关系是户主，户主一栏写的是{head}", head=one.head))
            first = heads.setdefault(one.household, one.row)
            if first != one.row and one.name == one.head:
                self._problem(
                    one, "relation", tr("{code} 户在第{n}行已经有一个户主", code=one.household, n=first)
                )

    def _relation(self, one: _Row) -> str:
        word = tidy(self._text(one, "relation"))
        return relations().get(word, word)

    def _ensure_once(self, rows: Sequence[_Row]) -> None:
        """Nobody twice: by number or by household and name, in the file or against the register."""
        numbers: dict[str, list[_Row]] = defaultdict(list)
        names: dict[tuple[str, str], list[_Row]] = defaultdict(list)
        for one in rows:
            cell = self._cell(one.row, one.cells, "id_number")
            number = read.read_number(cell, self.today).text if one.left_out else one.number.text
            if number:
                numbers[in_eighteen(number)].append(one)
            if one.name:
                names[one.household, one.name].append(one)
        for group in numbers.values():
            self._ensure_single(group, "id_number", tr("的身份证号相同，同一个人只登记一次"))
        for group in names.values():
            self._ensure_single(group, "name", tr("同名，一户里同名的要在姓名后加区分，例如“（小）”"))
        self._ensure_nobody_known(numbers, names)

    def _ensure_nobody_known(
        self, numbers: Mapping[str, Sequence[_Row]], names: Mapping[tuple[str, str], Sequence[_Row]]
    ) -> None:
        """Nobody of the register again."""
        token = self.register.token
        known = {number: self.register.tokens.get(token(number)) for number in numbers} if token else {}
        again = {one.row for number, whose in known.items() if whose for one in numbers[number]}
        for number, whose in known.items():
            self._ensure_new(numbers[number], "id_number", whose)
        for key, group in names.items():
            if key in self.register.people:
                rest = [one for one in group if one.row not in again]
                self._ensure_new(rest, "name", "/".join(key))

    def _ensure_single(self, group: Sequence[_Row], meaning: str, what: str) -> None:
        if len(group) < 2:
            return
        self.questioned |= {one.row for one in group}
        kept = [one for one in group if not one.left_out]
        for one in kept[1:]:
            first = kept[0]
            said = tr(
                "和第{n}行 {code} 户{name}{what}",
                n=first.row,
                code=first.household,
                name=first.name,
                what=what,
            )
            self._problem(
                one, meaning, said, [tr("第{n}行 {hint}", n=first.row, hint=x) for x in first.asides]
            )

    def _ensure_new(self, group: Sequence[_Row], meaning: str, whose: str | None) -> None:
        for one in group:
            if whose is not None and not one.left_out:
                self._problem(one, meaning, tr("名册里已经有这个人：{whose}", whose=whose))

    # people

    def _person(self, one: _Row) -> Taken | None:
        before = len(self.problems)
        sex = self._get(one, "sex", read.read_sex, "")
        member = self._get(one, "member", read.read_member, None)
        confirmed = self._get(one, "confirmed_on", read.read_day, None)
        birth = self._get(one, "birth", read.read_day, None)
        died = self._get(one, "death", read.read_day, None)
        relation, number, remarks = self._relation(one), one.number.text, list[str]()
        if len(self.problems) == before:
            self._ensure_confirmed(one, member, confirmed)
        if relation != tidy(self._text(one, "relation")):
            self._notice(one, tr("与户主关系的叫法统一了"), small=True)
        if read.is_village_day(self._cell(one.row, one.cells, "confirmed_on")) and confirmed:
            self._notice(one, tr("成员确认日期写成了 2019-11-30 的样子"), small=True)
        waits = answering.lets_wait(self.answers.get((one.row, "id_number"), ""))
        if waits:
            number = ""
            remarks.append(tr("待补:{why}", why=one.number.lost or tr("身份证号待核")))
            self._notice(one, tr("没有身份证号，记作“{waiting}”", waiting=answering.WAITING))
        if number and is_old_form(number):
            remarks.append(tr("由15位旧号换算,请核对"))
        if number and sex and sex != sex_of(number):
            self._notice(
                one,
                tr(
                    "性别写的是{sex}，身份证号是{other}，按身份证号登记，请核对",
                    sex=sex,
                    other=sex_of(number),
                ),
            )
            sex = sex_of(number)
            remarks.append(tr("性别栏与号码不符,以号码为准,请核对"))
        new = NewPerson(
            one.name,
            one.household,
            relation,
            sex,
            number,
            birth,
            status=Status.MEMBER if member else Status.NONE,
            reason=Reason.REGISTERED if member else Reason.UNKNOWN,
            confirmed_on=confirmed if member else None,
            group=one.group,
            no_number=answering.WAITING if waits else "",
            phone=self._text(one, "phone"),
            bank=self._text(one, "bank"),
            bank_account=self._get(one, "bank_account", _account, ""),
            note=self._note(one, remarks),
        )
        self._ensure_possible(one, new)
        self._watch_dead(one, new, died)
        self._say_cautions(one, new)
        return Taken(one.row, tidied(new), died) if len(self.problems) == before else None

    def _note(self, one: _Row, remarks: Sequence[str]) -> str:
        """Remarks of the columns for them, then what the reading adds; words beside a question stay out."""
        labelled = [one.cells[x] for x in self.layout.places("note") if x < len(one.cells)]
        answer = self.answers.get((one.row, "note"))
        texts = (
            [answer]
            if answer
            else [plain_text(x).strip() for x in labelled if isinstance(x, str | int | float)]
        )
        asides = () if one.row in self.questioned else one.asides
        if one.asides and not asides and not any(x.row == one.row for x in self.problems):
            self._notice(one, tr("旁注“{hint}”没有记进备注", hint="；".join(one.asides)))
        return joined([*remarks, *texts, *asides, one.number.remark])

    def _ensure_confirmed(self, one: _Row, member: bool | None, confirmed: date | None) -> None:  # noqa: FBT001  yes, no or blank
        if member is None:
            self._problem(one, "member", tr("没有写是不是成员"))
        elif member and confirmed is None:
            self._problem(one, "confirmed_on", tr("是成员，要有成员确认日期"))

    def _ensure_possible(self, one: _Row, new: NewPerson) -> None:
        for fault in faults_of(new, self.today):
            meaning = next((x for words, x in _FIELD_OF if fault.startswith(words)), "name")
            self._problem(one, meaning, fault)

    def _watch_dead(self, one: _Row, new: NewPerson, died: date | None) -> None:
        """Somebody the file holds to be dead; without a day the line stays and is marked."""
        if died is not None:
            if died > self.today or (new.born and died < new.born):
                self._problem(one, "death", tr("死亡日期 {day} 不对", day=died))
            return
        place = self.layout.place("name")
        marked = place is not None and (one.row, place) in self.layout.sheet.struck
        named = self._get(one, "name", read.read_name, read.Name("")).dead
        if named or marked or says_dead(new.note):
            why = tr("姓名上划了线") if marked else tr("写着已经去世")
            self._notice(one, tr("{why}，没有死亡日期：照样登记，请查明日期后登记死亡，份额待继承", why=why))

    def _say_cautions(self, one: _Row, new: NewPerson) -> None:
        if one.number.fault:
            return
        for text in cautions_about(new, self.today):
            if "15 位" not in text:
                self._notice(one, text)
        if new.status is Status.NONE:
            why = tr("，备注：{note}", note=new.note) if new.note else ""
            self._notice(one, tr("登记为非成员{why}", why=why))


_FIELD_OF = (
    *((label, meaning) for meaning, label in MEANINGS.items() if meaning),
    ("没有写姓名", "name"),
    ("身份证号", "id_number"),
)
"""How a fault begins, and the field it is about."""


def _account(cell: Cell) -> str:
    """A bank account; one kept as a long figure has lost its last digits."""
    if isinstance(cell, int | float) and abs(cell) >= _EXACT:
        raise TextError(tr("存成了数字，后几位已经丢了"), tr("请照存折或卡重打。"))
    return "".join(plain_text(cell).split())


def _remarks(found: Sorted, rows: Sequence[_Row]) -> list[str]:
    said: list[str] = []
    listed = partial("、".join)
    if found.dropped:
        rows_said = listed(in_words(found.dropped))
        said.append(tr("小计、合计、标题和说明不是人，没有导入：第{rows}行。", rows=rows_said))
    if found.bare:
        said.append(tr("只有户编号、没有人，没有导入：第{rows}行。", rows=listed(in_words(found.bare))))
    out = [one.row for one in rows if one.left_out]
    if out:
        said.append(
            tr("照您的答复{what}：第{rows}行。", what=answering.LEAVE_OUT, rows=listed(in_words(out)))
        )
    return said
