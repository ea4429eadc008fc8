"""What can be done for the agency's people, asked in the page and done on the worker: the rules are the exchange's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.duty import Role
from village_ledger.exchange.agency import agency_leaving, agency_people, agency_pins, agency_staff
from village_ledger.exchange.agency.agency_rounds import Keyholder
from village_ledger.i18n import tr
from village_ledger.reports.agency.words import ledger_words
from village_ledger.ui.agency.ask_form import NEW, Asked, new_pin

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from village_ledger.domain.agency import KeptBook, VillageVerdict
    from village_ledger.exchange.agency.agency_staff import Identity
    from village_ledger.services.entry.progress import Progress
    from village_ledger.storage.staff.queries import StaffMember
    from village_ledger.ui.agency.agency_staff_page import AgencyStaffPage

NONE, BOTH, _AND = "-", "", "+"
Wanted = list[tuple[Role, str]]


class PeopleActs:
    """Each act: what it asks, what it does, what is shown of it."""

    def __init__(self, page: AgencyStaffPage) -> None:
        self._page = page

    # people

    def add(self) -> None:
        """Somebody new at the agency."""
        page = self._page
        path, by = page.work.path, page.identity

        def done(typed: dict[str, str]) -> None:
            page.do(
                tr("登记新人"),
                lambda _: agency_people.add_member(
                    path, by, typed["name"], typed[NEW], administers=typed["head"] == "yes"
                ),
                lambda made: page.say(
                    tr("登记了 {name}。框住他，按 F6 在各村登记、给角色。", name=made.name)
                ),
            )

        head = (("no", tr("不是")), ("yes", tr("是：加账簿，管人员")))
        self._ask(
            tr("代管单位登记一个人"),
            (
                Asked("name", tr("姓名"), hint=tr("同名的人请写得能分清，如 李建国（二组）")),
                *new_pin(tr("本人设密码")),
                Asked("head", tr("工作区管理员"), choices=head),
            ),
            tr("登记"),
            done,
            tr("密码本人来设；各村账簿都用它。在各村做什么，登记以后再给角色。"),
        )

    def let_administer(self) -> None:
        """Give or take the workspace's administration."""
        page, person = self._page, self._page.person
        if person is None:
            return
        path, by, yes = page.work.path, page.identity, not person.administers
        asked = (
            tr("让 {name} 做工作区的管理员：加账簿，管人员。", name=person.name)
            if yes
            else tr("{name} 不再做工作区的管理员。", name=person.name)
        )
        self._question(
            asked,
            tr("给") if yes else tr("收回"),
            tr("工作区管理员"),
            lambda _: agency_people.let_administer(path, by, person.name, yes=yes),
        )

    def unlock(self) -> None:
        """Let somebody try again."""
        page, person = self._page, self._page.person
        if person is not None:
            path, by = page.work.path, page.identity
            page.do(tr("解锁"), lambda _: agency_people.unlock(path, by, person.name))

    def dismiss(self) -> None:
        """Somebody leaves the agency, and every book its administrator administers."""
        page, person = self._page, self._page.person
        if person is None:
            return
        path, by = page.work.path, page.identity
        self._question(
            tr("{name} 离开：各村一起收回角色，密码不能再用，凭证上的名字不变。", name=person.name),
            tr("让他离开"),
            tr("离开"),
            lambda progress: agency_leaving.dismiss(path, by, person.name, progress),
            shows=True,
        )

    # roles

    def roles(self) -> None:
        """The framed person's roles in the village one stands on; who is not registered there is."""
        page, person, village = self._page, self._page.person, self._page.village
        if person is None or person.left_at or village is None:
            return
        if village.trouble:
            page.say(village.trouble)
            return
        member = village.member(person.name)
        if member is None:
            self._ask_enrol((village.book,), own=bool(village.staff))
            return

        def done(typed: dict[str, str]) -> None:
            wanted, held = _wanted(typed), _held(member)
            given = [one for one in wanted if one not in held]
            taken = [one for one in held if one not in wanted]
            by = self._by(typed)
            page.do(
                tr("改角色"),
                lambda _: agency_people.change_roles(path, by, person.name, uid, given, taken),
            )

        path, uid = page.work.path, village.book.uid
        self._ask(
            tr("{name} 在{village}的角色", name=person.name, village=village.book.village),
            (*_role_fields(member), *_own_administrator()),
            tr("改角色"),
            done,
            _WHO,
        )

    def enrol(self) -> None:
        """The framed person into the marked villages, or into all."""
        books = self._page.chosen
        if books and self._page.person is not None:
            self._ask_enrol(books, own=len(books) == 1)

    def _ask_enrol(self, books: Sequence[KeptBook], *, own: bool) -> None:
        page, person = self._page, self._page.person
        if person is None or person.left_at:
            return
        path, itself = page.work.path, person.name == page.identity.name

        def work(typed: dict[str, str], progress: Progress) -> list[agency_people.Enrolled]:
            who = page.identity if itself else agency_staff.sign_in(path, person.name, typed["pin"])
            wanted = {kept.uid: _wanted(typed) for kept in books}
            return agency_people.enrol(path, self._by(typed), who, wanted, progress)

        def shown(done: list[agency_people.Enrolled]) -> None:
            page.show_outcome(
                [one.verdict for one in done], {one.verdict.book.uid: one.recovery_code for one in done}
            )

        def done(typed: dict[str, str]) -> None:
            page.do(tr("登记"), lambda progress: work(typed, progress), shown)

        where = books[0].village if len(books) == 1 else tr(" {count} 个村", count=len(books))
        pin = () if itself else (Asked("pin", tr("{name} 的密码", name=person.name), is_pin=True),)
        self._ask(
            tr("{name} 在{where}登记", name=person.name, where=where),
            (*_role_fields(None), *pin, *(_own_administrator() if own else ())),
            tr("登记"),
            done,
            _WHO,
        )

    def _by(self, typed: Mapping[str, str]) -> Identity | Keyholder:
        """Whoever administers the book: at the keyboard, or the village's own who typed the PIN."""
        if typed.get("own"):
            return Keyholder(typed["own"], typed["own_pin"])
        return self._page.identity

    # PINs

    def own_pin(self) -> None:
        """One's own PIN, in every village at once."""
        page = self._page
        path, name = page.work.path, page.identity.name

        def work(typed: dict[str, str], progress: Progress) -> tuple[Identity, list[VillageVerdict]]:
            proven = agency_staff.sign_in(path, name, typed["old"])
            return agency_pins.change_pin(path, proven, typed[NEW], progress)

        def shown(result: tuple[Identity, list[VillageVerdict]]) -> None:
            page.work.identity = result[0]
            page.show_outcome(result[1])

        def done(typed: dict[str, str]) -> None:
            page.do(tr("改密码"), lambda progress: work(typed, progress), shown)

        self._ask(
            tr("{name} 改密码，各村一起", name=name),
            (Asked("old", tr("现在的密码"), is_pin=True), *new_pin(tr("新密码"))),
            tr("改密码"),
            done,
            tr("打不开的账簿记下来，下一次打开时改。"),
        )

    def match(self) -> None:
        """One's own PIN in the village one stands on is another one."""
        page, village = self._page, self._page.village
        if village is None:
            return
        path, who, kept = page.work.path, page.identity, village.book

        def done(typed: dict[str, str]) -> None:
            page.do(
                tr("对上密码"),
                lambda _: agency_pins.match(
                    path, who, kept.uid, typed["proof"], is_code=typed["how"] == "code"
                ),
            )

        ways = (("pin", tr("那本账里的密码")), ("code", tr("这个村封存的恢复码")))
        self._ask(
            tr("{name} 在{village}账簿里的密码改成和这里一样", name=who.name, village=kept.village),
            (
                Asked("how", tr("用什么证明"), choices=ways),
                Asked("proof", tr("密码或恢复码"), is_pin=True),
            ),
            tr("对上"),
            done,
            tr("用过恢复码，请这个村换一张新的封存。"),
        )

    def renew(self) -> None:
        """Somebody forgot the PIN: another one, set here, in every village one administers."""
        page, person = self._page, self._page.person
        if person is None:
            return
        path, by = page.work.path, page.identity

        def done(typed: dict[str, str]) -> None:
            page.do(
                tr("重设密码"),
                lambda progress: agency_pins.renew(path, by, person.name, typed[NEW], progress),
                lambda result: page.show_outcome(result[1]),
            )

        self._ask(
            tr("给 {name} 重设密码，各村一起", name=person.name),
            new_pin(tr("本人设新密码")),
            tr("重设"),
            done,
            tr("在您管理人员的各村，他离任、再以同样的角色登记，日志里都写着。"),
        )

    # books

    def drop_book(self) -> None:
        """Keep a village's book no longer."""
        page, village = self._page, self._page.village
        if village is None:
            return
        path, by, kept = page.work.path, page.identity, village.book
        self._question(
            tr("不再代管{village}：账簿文件不动，里面登记的人员也不动。", village=kept.village),
            tr("拿掉"),
            tr("不再代管"),
            lambda _: agency_people.give_up_book(path, by, kept.uid),
        )

    # inside

    def _ask(self, heading: str, asked: Sequence[Asked], verb: str, done: Any, words: str) -> None:
        self._page.alone(form=True)
        self._page.form.ask(heading, asked, verb, done, words)

    def _question(self, question: str, verb: str, label: str, act: Any, *, shows: bool = False) -> None:
        page = self._page
        page.alone(form=False)
        page.question.ask(
            question,
            verb,
            lambda _: page.do(label, act, page.show_outcome if shows else None),
            page.table.setFocus,
            wants_text=False,
        )


_WHO = "角色由那本账的管理员来给：是您就直接办；不是的，请他写名字、打那本账的密码。"


def _own_administrator() -> tuple[Asked, Asked]:
    return (
        Asked("own", tr("村里的管理员"), needed=False, hint=tr("是您就不用填")),
        Asked("own_pin", tr("他在那本账的密码"), is_pin=True, needed=False),
    )


def _role_fields(member: StaffMember | None) -> list[Asked]:
    """A list for each role: not held, in all ledgers, in one, or in those it is held in now."""
    held: dict[Role, list[str]] = {}
    for role, ledger in _held(member):
        held.setdefault(role, []).append(ledger)
    return [_role_field(role, _AND.join(held[role]) if role in held else NONE) for role in Role]


def _role_field(role: Role, value: str) -> Asked:
    values = dict.fromkeys([NONE, BOTH, *(kind.value for kind in LedgerKind), value])
    choices = tuple((one, _choice_words(one)) for one in values)
    return Asked(role.value, role.words, choices=choices, value=value, needed=False)


def _choice_words(value: str) -> str:
    if value in (NONE, BOTH):
        return tr("不做") if value == NONE else tr("全部账")
    return tr("只在{ledgers}", ledgers="、".join(map(ledger_words, value.split(_AND))))


def _wanted(typed: Mapping[str, str]) -> Wanted:
    return [
        (role, ledger)
        for role in Role
        if typed[role.value] != NONE
        for ledger in typed[role.value].split(_AND)
    ]


def _held(member: StaffMember | None) -> Wanted:
    roles = member.roles if member is not None else ()
    return [(one.role, one.ledger) for one in roles if one.until is None]
