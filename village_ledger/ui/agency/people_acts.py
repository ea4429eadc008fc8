"""What can be done for the agency's people, asked in the page and done on the worker: the rules are the exchange's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from village_ledger.domain.agency_days import AgencyDays
from village_ledger.exchange.agency import agency_leaving, agency_people, agency_pins, agency_staff
from village_ledger.exchange.agency.agency_file import read_workspace
from village_ledger.exchange.agency.agency_leaving import heads_of
from village_ledger.exchange.agency.agency_log import named
from village_ledger.exchange.agency.agency_rounds import Keyholder
from village_ledger.exchange.agency.agency_todo import days_of
from village_ledger.i18n import tr
from village_ledger.ui.agency.agency_desk import today
from village_ledger.ui.agency.ask_form import NEW, Asked, new_pin
from village_ledger.ui.agency.role_fields import held, role_fields, wanted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from village_ledger.domain.agency import AgencyMember, KeptBook, VillageVerdict
    from village_ledger.exchange.agency.agency_staff import Identity
    from village_ledger.services.entry.progress import Progress
    from village_ledger.ui.agency.agency_staff_page import AgencyStaffPage


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
        if person.left_at:
            self._dismiss_again(person)
            return
        by = page.identity
        alone = [one.book.village for one in page.found if heads_of(one.staff) == [person.name]]
        asked = (
            tr(
                "{name} 是{villages}账簿唯一的管理员，在那里离不了任。仍让他离开？",
                name=person.name,
                villages=_short(alone),
            )
            if alone
            else tr("{name} 离开：各村一起收回角色，密码不能再用，凭证上的名字不变。", name=person.name)
        )
        self._question(
            asked,
            tr("让他离开"),
            tr("离开"),
            lambda progress: self._left(by, person.name, (), progress),
            self._say_left,
        )

    def _dismiss_again(self, person: AgencyMember) -> None:
        """The books that still know somebody: all of them by whoever sits here, or one by its own administrator."""
        page, village = self._page, self._page.village

        def done(typed: dict[str, str]) -> None:
            only = (village.book.uid,) if typed["own"] and village is not None else ()
            by = self._by(typed)
            page.do(tr("离开"), lambda progress: self._left(by, person.name, only, progress), self._say_left)

        still = agency_leaving.still_known_in(page.says, person.name)
        where = village.book.village if village is not None else ""
        self._ask(
            tr("{name} 还没离任的账簿再办一次：{villages}", name=person.name, villages=named(still)),
            _own_administrator(),
            tr("再办一次"),
            done,
            tr(
                "您管理人员的账簿直接办；{village}不归您管的，请它的管理员写名字、打那本账的密码。",
                village=where,
            ),
        )

    def _left(
        self, by: Identity | Keyholder, name: str, only: Sequence[str], progress: Progress
    ) -> tuple[list[VillageVerdict], str]:
        path = self._page.work.path
        verdicts = agency_leaving.dismiss(path, by, name, progress, only)
        still = agency_leaving.still_known_in(read_workspace(path), name)
        return verdicts, agency_leaving.leaving_words(name, verdicts, still)

    def _say_left(self, result: tuple[list[VillageVerdict], str]) -> None:
        self._page.show_outcome(result[0], said=result[1])

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
            after, before = wanted(typed), held(member)
            given = [one for one in after if one not in before]
            taken = [one for one in before if one not in after]
            by = self._by(typed)
            page.do(
                tr("改角色"),
                lambda _: agency_people.change_roles(path, by, person.name, uid, given, taken),
            )

        path, uid = page.work.path, village.book.uid
        self._ask(
            tr("{name} 在{village}的角色", name=person.name, village=village.book.village),
            (*role_fields(member), *_own_administrator()),
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
            roles = {kept.uid: wanted(typed) for kept in books}
            return agency_people.enrol(path, self._by(typed), who, roles, progress)

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
            (*role_fields(None), *pin, *(_own_administrator() if own else ())),
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

    def days(self) -> None:
        """From when what waits is late, as the township has ruled."""
        page = self._page
        path, by, day = page.work.path, page.identity, today()
        holds, own = days_of(page.says, day), page.says.days is not None

        def work(typed: dict[str, str]) -> None:
            close_by, claims, remarks = (
                _number(typed[key]) for key in ("close_by", "claim_days", "remark_days")
            )
            days = AgencyDays(close_by, claims, remarks, typed["source"])
            agency_people.set_days(path, by, days if typed["whose"] == "own" else None)

        def changed(_: object) -> None:
            page.work.touched |= {one.uid for one in page.work.books}
            page.say(tr("期限改好了，回到工作台就照新的算。"))

        def done(typed: dict[str, str]) -> None:
            page.do(tr("期限"), lambda _: work(typed), changed)

        whose = (("own", tr("照乡镇的规定")), ("proposed", tr("照本软件的建议")))
        self._ask(
            tr("什么算晚了"),
            (
                Asked("whose", tr("照谁的"), choices=whose, value="own"),
                Asked("close_by", tr("次月几号前结账"), value=str(holds.close_by), needed=False),
                Asked("claim_days", tr("报账单几天内记账"), value=str(holds.claim_days), needed=False),
                Asked("remark_days", tr("审阅意见几天内答复"), value=str(holds.remark_days), needed=False),
                Asked(
                    "source",
                    tr("依据"),
                    value=holds.source if own else "",
                    needed=False,
                    hint=tr("哪份文件、哪次会议"),
                ),
            ),
            tr("改期限"),
            done,
            tr("只用来提醒，不拦任何事；公开和异议的期限另有规定，不在这里改。"),
        )

    # inside

    def _ask(self, heading: str, asked: Sequence[Asked], verb: str, done: Any, words: str) -> None:
        self._page.alone(form=True)
        self._page.form.ask(heading, asked, verb, done, words)

    def _question(self, question: str, verb: str, label: str, act: Any, then: Any = None) -> None:
        page = self._page
        page.alone(form=False)
        page.question.ask(
            question,
            verb,
            lambda _: page.do(label, act, then),
            page.table.setFocus,
            wants_text=False,
        )


def _short(villages: Sequence[str]) -> str:
    return villages[0] if len(villages) == 1 else tr("{first}等 {n} 个村", first=villages[0], n=len(villages))


def _number(text: str) -> int:
    """Days as typed; what is no number is nobody's day, and is refused as such."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < _DIGITS else 0


_DIGITS = 5
_WHO = "角色由那本账的管理员来给：是您就直接办；不是的，请他写名字、打那本账的密码。"


def _own_administrator() -> tuple[Asked, Asked]:
    return (
        Asked("own", tr("村里的管理员"), needed=False, hint=tr("是您就不用填")),
        Asked("own_pin", tr("他在那本账的密码"), is_pin=True, needed=False),
    )
