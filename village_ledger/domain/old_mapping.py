"""Which account of the present chart an old one becomes (科目对照): proposed by name and meaning, decided by people, remembered.

Rule        what a data file knows of a former regime's account
Proposal    one old account and what is held to be its place
place       the leaves all proposals come to, and the sub-accounts that must be made for them
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from village_ledger.domain.chart import Account, Chart, Dimension, Money
from village_ledger.domain.errors import ChartError
from village_ledger.domain.half_width import half_width
from village_ledger.domain.old_program import OldAccount, OldItem

CERTAIN, REASONABLE, OPEN = "A", "B", "C"


@dataclass(frozen=True, slots=True)
class Rule:
    """What is known of one old account; ``words`` stand below its first level, none of them is every one."""

    first: str
    words: tuple[str, ...]
    to: str
    below: str
    certainty: str
    note: str
    only_old: bool = False
    """Holds only in the books of a former regime."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person said of an old account; None leaves the proposal as it is."""

    code: str = ""
    detail: str | None = None
    party: str | None = None
    project: str | None = None


@dataclass(frozen=True, slots=True)
class Remembered:
    """What a book remembers of an old account."""

    name: str
    """Its path, so that another meaning under the same code is noticed."""
    code: str
    party: str
    project: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """One old account and its place."""

    old: OldAccount
    target: str
    """An account of the chart; empty when nobody knows."""
    detail: str = ""
    """Name of the sub-account below ``target``."""
    party: str = ""
    """Counterparty where the line names nobody else."""
    project: str = ""
    certainty: str = ""
    """Empty when nobody knows."""
    note: str = ""
    shown: str = ""
    """The code a list shows: that of the account, of a bank account to be made, nothing where one must be made first."""
    decided: bool = False
    """By a person, now or in an earlier import."""

    @property
    def is_open(self) -> bool:
        """Whether a person must speak before anything is written."""
        return not self.decided and self.certainty in ("", OPEN)


class Mapper:
    """Proposals for the accounts of one old chart."""

    def __init__(self, chart: Chart, rules: Sequence[Rule]) -> None:
        self._chart = chart
        self._rules = rules
        self._first = {_plain(a.name): a.code for a in chart if a.level == 1}

    def proposals(
        self,
        olds: Sequence[OldAccount],
        decisions: Mapping[str, Decision] | None = None,
        remembered: Mapping[str, Remembered] | None = None,
        beside: Mapping[str, str] | None = None,
    ) -> list[Proposal]:
        """One for each old account, in their order; what a person said now wins over what the book remembers.

        ``beside`` says what kind of thing (成员) the lines of an account name themselves.
        """
        is_old = any(_plain(x.path[0]) in _FORMER for x in olds)
        found: list[Proposal] = []
        chart = self._chart
        for old in olds:
            proposal = self._proposed(old, is_old=is_old)
            kind = (beside or {}).get(old.code, "")
            if kind and proposal.party:
                proposal = replace(
                    proposal,
                    party="",
                    note=proposal.note.replace(_party_note(proposal.party), f"往来单位={kind}"),
                )
            kept = (remembered or {}).get(old.code)
            if kept is not None and kept.code in chart and _is_same(kept.name, old):
                proposal = replace(
                    proposal,
                    target=kept.code,
                    shown=kept.code,
                    detail="",
                    party=kept.party,
                    project=kept.project,
                    certainty=proposal.certainty or CERTAIN,
                    note=_joined("照上次", proposal.note),
                    decided=True,
                )
            before = chart
            proposal, chart = self._numbered(proposal, chart)
            if decisions is not None and old.code in decisions:
                said = self._decided(proposal, decisions[old.code])
                if (said.target, said.detail) != (proposal.target, proposal.detail):
                    said, chart = self._numbered(said, before)
                proposal = said
            found.append(replace(proposal, note=_joined(proposal.note, self._other_meaning(proposal))))
        return found

    def _proposed(self, old: OldAccount, *, is_old: bool) -> Proposal:
        first, rest = _plain(old.path[0]), "/".join(old.path[1:])
        for rule in self._rules:
            if rule.only_old and not is_old:
                continue
            if first == _plain(rule.first) and (not rule.words or any(word in rest for word in rule.words)):
                if rule.below:
                    return Proposal(old, rule.below, old.name, "", "", rule.certainty, rule.note)
                return self._below(old, rule.to, old.path[1:], rule.certainty, rule.note)
        code = self._first.get(first, "")
        if not code:
            return Proposal(old, "", note="新科目表里没有叫这个名字的科目")
        return self._walk(old, code)

    def _walk(self, old: OldAccount, code: str) -> Proposal:
        """Down the chart along equal names; what is left of the path stands below."""
        rest = list(old.path[1:])
        while rest:
            child = next(
                (a.code for a in self._chart if a.parent == code and _plain(a.name) == _plain(rest[0])), ""
            )
            if not child:
                break
            code, rest = child, rest[1:]
        return self._below(old, code, rest, CERTAIN, "")

    def _below(self, old: OldAccount, code: str, rest: Sequence[str], certainty: str, note: str) -> Proposal:
        """What the names below an account are: somebody, a project, a bank account, or a sub-account."""
        if code not in self._chart:
            return Proposal(old, "", note=f"新科目表里没有 {code}")
        account, name = self._chart.get(code), rest[-1] if rest else ""
        plain = Proposal(old, code, certainty=certainty, note=note, shown=code)
        if account.level > 1 and account.is_leaf:
            return plain
        if Dimension.COUNTERPARTY in account.demands:
            return replace(plain, party=name or old.name, note=_joined(_party_note(name), note))
        if Dimension.PROJECT in account.demands:
            return replace(plain, project=name or old.name, note=_joined(f"项目={name or old.name}", note))
        if not name:
            return plain
        return replace(plain, detail=name, shown="" if account.money is Money.BANK else code)

    def _decided(self, proposal: Proposal, said: Decision) -> Proposal:
        changed = replace(proposal, decided=True)
        if said.code and said.code not in (proposal.target, proposal.shown):
            rest = proposal.old.path[1:]
            changed = replace(
                self._below(proposal.old, said.code, rest, CERTAIN, ""), decided=said.code in self._chart
            )
            if said.detail is None and changed.target and self._chart.get(changed.target).is_leaf:
                changed = replace(changed, detail="", shown=changed.target)
        if said.detail is not None:
            changed = replace(changed, detail=said.detail)
        if said.party:
            changed = replace(changed, party=said.party)
        if said.project:
            changed = replace(changed, project=said.project)
        return changed if changed.target else replace(changed, decided=False)

    def _numbered(self, proposal: Proposal, chart: Chart) -> tuple[Proposal, Chart]:
        """A bank account to be made shows the code it will have."""
        if proposal.shown or not proposal.target or not proposal.detail:
            return proposal, chart
        account = self._chart.get(proposal.target)
        if account.money is not Money.BANK:
            return proposal, chart
        there = child_named(chart, proposal.target, proposal.detail)
        if there:
            return replace(proposal, shown=there), chart
        try:
            code = _free_code(chart, proposal.target, proposal.old.code)
            chart, placed = chart.with_account(replace(account, code=code, name=proposal.detail))
        except ChartError:
            return proposal, chart
        return replace(proposal, shown=placed.code), chart

    def _other_meaning(self, proposal: Proposal) -> str:
        """A warning where the present chart has the first level's code for something else (同码异义)."""
        old, code = proposal.old, self._first_code(proposal.old)
        if code not in self._chart or proposal.target.startswith(code):
            return ""
        if _plain(self._chart.get(code).name) == _plain(old.path[0]):
            return ""
        return f"同码异义：旧{code}={old.path[0]}，新{code}={self._chart.get(code).name}"

    def _first_code(self, old: OldAccount) -> str:
        return old.code[: self._chart.rule.widths[0]]


_FORMER = frozenset(
    {"现金", "林木资产", "应付福利费", "发包及上交收入", "农业税附加返还收入", "牲畜(禽)资产"}
)
"""First-level names only the regime of 2004 had."""


def _plain(text: str) -> str:
    return "".join(half_width(text).split())


def _is_same(name: str, old: OldAccount) -> bool:
    """Whether a remembered path is this account's; a flat export names the leaf alone."""
    kept = name.rpartition(" - ")[2] if len(old.path) == 1 else name
    return _plain(kept) == _plain(old.words)


def _joined(*notes: str) -> str:
    return "；".join(note for note in notes if note)


def _party_note(name: str) -> str:
    if not name:
        return "往来单位照旧账"
    between = "（两账往来）" if name.endswith(("村民委员会", "村委会")) else ""
    return f"往来单位={name}{between}"


def child_named(chart: Chart, parent: str, name: str) -> str:
    """The sub-account of a name below another; empty when there is none."""
    return next((a.code for a in chart if a.parent == parent and _plain(a.name) == _plain(name)), "")


def _free_code(chart: Chart, parent: str, wished: str) -> str:
    """The old code where it fits and is free, else the next one; raises ChartError at the deepest level."""
    try:
        if wished not in chart and chart.rule.parent(wished) == parent:
            return wished
    except ChartError:
        pass
    return chart.next_child_code(parent)


@dataclass(frozen=True, slots=True)
class Place:
    """Where lines of an old account go."""

    code: str
    party: str
    project: str


@dataclass(slots=True)
class Placed:
    """All places, the chart with what was made, and what could not be."""

    chart: Chart
    places: dict[str, Place] = field(default_factory=dict[str, Place])
    made: list[Account] = field(default_factory=list[Account])
    faults: list[str] = field(default_factory=list[str])


def place(
    proposals: Sequence[Proposal],
    chart: Chart,
    may_divide: Callable[[str], bool],
    *,
    keep_details: bool = True,
) -> Placed:
    """Leaves for all proposals; ``may_divide`` says whether an account may get sub-accounts (it has no lines yet).

    An account that gets sub-accounts carries no lines itself: what would stand on it gets one too, by its old name.
    """
    placed = Placed(chart)
    divided = {x.target for x in proposals if _divides(x, chart, may_divide, keep_details=keep_details)}
    taken: dict[tuple[str, str], str] = {}
    for one in proposals:
        if not one.target:
            continue
        try:
            code = _leaf(placed, one, taken, wants=one.target in divided, may_divide=may_divide)
            placed.chart.usable_leaf(code)
        except ChartError as error:
            placed.faults.append(f"{one.old.shown} {one.old.words}：{error.what}")
            continue
        placed.places[one.old.code] = Place(code, one.party, one.project)
    return placed


def _divides(one: Proposal, chart: Chart, may_divide: Callable[[str], bool], *, keep_details: bool) -> bool:
    """Whether this proposal needs its target to have sub-accounts."""
    if not one.target or one.target not in chart:
        return False
    account = chart.get(one.target)
    if not account.is_leaf:
        return True
    wanted = bool(one.detail) and (keep_details or account.money is Money.BANK)
    return wanted and may_divide(one.target) and account.level < len(chart.rule.widths)


def _leaf(
    placed: Placed,
    one: Proposal,
    taken: dict[tuple[str, str], str],
    *,
    wants: bool,
    may_divide: Callable[[str], bool],
) -> str:
    """The leaf one old account comes to, made when it is not there."""
    account = placed.chart.get(one.target)
    if not wants or (account.is_leaf and not may_divide(one.target)):
        return one.target
    name = one.detail or one.old.name
    first = taken.setdefault((one.target, name), one.old.path[0])
    if first != one.old.path[0]:
        name = f"{name}（{one.old.path[0]}）"
    there = child_named(placed.chart, one.target, name)
    if there:
        return there
    code = _free_code(placed.chart, one.target, one.old.code)
    like = placed.chart.get(one.target)
    placed.chart, made = placed.chart.with_account(replace(like, code=code, name=name, active=True))
    placed.made.append(made)
    return made.code


def party_names(items: Iterable[OldItem]) -> dict[OldItem, str]:
    """What each is called in the book: the name, with its old number where two share it."""
    by_name: dict[str, set[str]] = {}
    everyone = list(items)
    for one in everyone:
        by_name.setdefault(one.name, set()).add(one.code)
    return {one: f"{one.name}（{one.code}）" if len(by_name[one.name]) > 1 else one.name for one in everyone}
