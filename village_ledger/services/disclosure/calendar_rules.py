"""Rule sets of the disclosure calendar, read from rules/disclosure_calendar.toml or a village's own file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any, cast

from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.disclosure_calendar import Adopted, Deadline, Every, Obligation, RuleSet
from village_ledger.domain.errors import CalendarError
from village_ledger.resources_dir import resource

OWN = "own"
"""Id of a village's own rules."""
_DUTY_KEYS = frozenset(
    {
        "id",
        "name",
        "every",
        "rhythm",
        "parts",
        "ledgers",
        "sheets",
        "due",
        "triggers",
        "group",
        "basis",
        "mark",
    }
)
_FILE_KEYS = frozenset({"name", "rhythms", "board_days", "source", "duty"})
_GROUPS = {"day": None, "month": Every.MONTH, "quarter": Every.QUARTER}
_LETTERS = frozenset("SABCDEFGHIJKLM")
_MAIN_SHEETS = {
    "disclosure-summary": "S",
    "disclosure": "A",
    "disclosure-items": "B",
    "disclosure-money": "C",
    "disclosure-claims": "D",
}


@dataclass(frozen=True, slots=True)
class Trigger:
    """What makes something have to be published at its own time."""

    id: str
    name: str
    accounts: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]]
    """Chart to (account prefix, words one of which the account's name holds)."""
    contract: frozenset[str] = frozenset()
    project: frozenset[str] = frozenset()
    decision: frozenset[str] = frozenset()
    resolution: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class SetName:
    """A shipped rule set, as one chooses it."""

    id: str
    name: str
    place: str
    rhythms: tuple[str, ...]


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return tomllib.loads(resource("rules", "disclosure_calendar.toml").read_text(encoding="utf-8"))


def remind_days() -> int:
    """So many days before its day something is called due."""
    return int(_data()["remind"]["days"])


def default_set() -> str:
    """What a ledger follows that has adopted nothing."""
    return str(_data()["default"])


def set_names() -> list[SetName]:
    """Every shipped set."""
    return [SetName(x["id"], x["name"], x["place"], tuple(x["rhythms"])) for x in _data()["set"]]


@lru_cache(maxsize=1)
def triggers() -> dict[str, Trigger]:
    """Every trigger by its id."""
    return {one["id"]: _trigger(one) for one in _data()["trigger"]}


def _trigger(one: Mapping[str, Any]) -> Trigger:
    accounts = {
        chart: tuple((str(code), ()) for code in codes) for chart, codes in one.get("accounts", {}).items()
    }
    if "sheet" in one:
        accounts = _accounts_of_sheet(one["sheet"])
    parts = {key: frozenset(one.get(key, ())) for key in ("contract", "project", "decision", "resolution")}
    words = tuple(one.get("words", ()))
    return Trigger(one["id"], one["name"], accounts, **parts, words=words, by_hand=one.get("by_hand", False))


def _accounts_of_sheet(letter: str) -> dict[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    """The accounts whose entries stand on a special sheet (disclosure/special.toml)."""
    sheet = next(one for one in _special()["sheet"] if one["letter"] == letter)
    return {
        chart: tuple(
            (take["account"], tuple(str(take["name"]).split("|")) if take.get("name") else ())
            for take in some
        )
        for chart, some in sheet["take"].items()
    }


@lru_cache(maxsize=1)
def _special() -> dict[str, Any]:
    return tomllib.loads(resource("disclosure", "special.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def letters_by_report() -> dict[str, str]:
    """Which letter the sheet of a report bears."""
    registers = tomllib.loads(resource("disclosure", "registers.toml").read_text(encoding="utf-8"))
    return {
        **_MAIN_SHEETS,
        **{one["report"]: one["letter"] for one in (*_special()["sheet"], *registers["sheet"])},
    }


# sets by date


def rules_on(adopted: Sequence[Adopted], day: date) -> tuple[RuleSet, Adopted | None]:
    """The rules a ledger follows on a day, and by which adoption; without any the general ones."""
    found = next((one for one in reversed(adopted) if one.since <= day), None)
    if found is None:
        return set_on(default_set(), day), None
    if found.set_id == OWN:
        return own_rules(found.text, found.since), found
    return set_on(found.set_id, day), found


def cut_days(adopted: Sequence[Adopted]) -> list[date]:
    """The days on which other rules may begin to hold: adoptions, and new versions of the sets that are shipped."""
    sets = {default_set(), *(one.set_id for one in adopted if one.set_id != OWN)}
    sets |= {_entry(one)["base"] for one in sets if "base" in _entry(one)}
    versions = {version["from"] for one in sets for version in _entry(one)["version"]}
    return sorted({date.min, *versions, *(one.since for one in adopted)})


def set_on(set_id: str, day: date) -> RuleSet:
    """A shipped set as it stands on a day; before its first version, that one. Raises CalendarError naming the sets."""
    entry = _entry(set_id)
    versions = sorted(entry["version"], key=lambda one: one["from"])
    count = max(sum(one["from"] <= day for one in versions), 1)
    base = set_on(entry["base"], day) if "base" in entry else None
    return _built(set_id, count, base)


def _entry(set_id: str) -> dict[str, Any]:
    known = {one["id"]: one for one in _data()["set"]}
    if set_id not in known:
        names = "、".join(f"{key}（{one['name']}）" for key, one in known.items())
        raise CalendarError(f"没有“{set_id}”这套公开规矩", f"可以是：{names}。")
    return cast("dict[str, Any]", known[set_id])


@lru_cache(maxsize=64)
def _built(set_id: str, count: int, base: RuleSet | None) -> RuleSet:
    """A set's first versions one upon the other, upon the set it stands on."""
    entry = _entry(set_id)
    versions = sorted(entry["version"], key=lambda one: one["from"])[:count]
    duties = {(one.id, one.rhythm): one for one in base.obligations} if base else {}
    for version in versions:
        duties = {key: one for key, one in duties.items() if one.id not in version.get("without", ())}
        for change in version.get("days", ()):
            duties |= {key: _sooner(one, change) for key, one in duties.items() if one.id in change["ids"]}
        duties |= {(one.id, one.rhythm): one for one in map(_obligation, version.get("duty", ()))}
    newest = versions[-1]
    return RuleSet(
        set_id,
        entry["name"],
        tuple(duties.values()),
        tuple(entry["rhythms"]),
        entry["board_days"],
        newest["source"],
        newest["from"],
    )


def _sooner(one: Obligation, change: Mapping[str, Any]) -> Obligation:
    """The same duty with another number of days."""
    return replace(
        one,
        due=Deadline(change["days"]),
        together=_GROUPS[change["group"]],
        basis=change["basis"],
        mark=change["mark"],
    )


@lru_cache(maxsize=16)
def own_rules(text: str, since: date) -> RuleSet:
    """A village's own rules from its file; raises CalendarError for one that cannot be read, naming what is wrong."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CalendarError(f"公开规矩的文件读不懂（{error}）", "请从“存成文件”得到的样子改起。") from None
    _only(data, _FILE_KEYS, "文件")
    name, rhythms = str(data.get("name", "")).strip(), tuple(data.get("rhythms", ("quarter",)))
    if not name:
        raise CalendarError("公开规矩还没有名称", "请写 name。")
    if not rhythms or set(rhythms) - {"month", "quarter"}:
        raise CalendarError("rhythms 只能写 month、quarter", "按月写 month，按季写 quarter。")
    days = data.get("board_days", 7)
    if not isinstance(days, int) or not 1 <= days <= _MOST_DAYS:
        raise CalendarError("board_days 不是天数", "请写在墙上至少张贴多少天，如 7。")
    some = tuple(_obligation(one) for one in data.get("duty", ()))
    if not some:
        raise CalendarError("公开规矩里一件事都没有", "至少写一个 [[duty]]。")
    keys = [(one.id, one.rhythm) for one in some]
    twice = next((one for one in some if keys.count((one.id, one.rhythm)) > 1), None)
    if twice is not None:
        raise CalendarError(f"“{twice.id}”写了两次", "每件事只写一次。")
    return RuleSet(OWN, name, some, rhythms, days, str(data.get("source", "")), since)


_MOST_DAYS = 366
_DUE = {"days": "多少天", "before": "会前多少天"}


def _only(data: Mapping[str, Any], known: frozenset[str], where: str) -> None:
    unknown = sorted(set(data) - known)
    if unknown:
        raise CalendarError(
            f"公开规矩的{where}里有不认识的“{unknown[0]}”", f"可以写：{'、'.join(sorted(known))}。"
        )


def _obligation(one: Mapping[str, Any]) -> Obligation:
    """A duty as a file writes it; raises CalendarError."""
    _only(one, _DUTY_KEYS, "一件事")
    name = str(one.get("name", "")).strip()
    ident = str(one.get("id", "")).strip()
    if not name or not ident:
        raise CalendarError(f"有一件事没有写 {'name' if ident else 'id'}", "每件事都要写 id 和 name。")
    every = next((x for x in Every if x.value == one.get("every")), None)
    if every is None:
        raise CalendarError(
            f"“{name}”的 every 写成“{one.get('every', '')}”", f"可以是：{'、'.join(x.value for x in Every)}。"
        )
    kinds = one.get("ledgers", [kind.value for kind in LedgerKind])
    if not kinds or set(kinds) - {kind.value for kind in LedgerKind}:
        raise CalendarError(f"“{name}”的 ledgers 写得不对", "只能写 collective、committee。")
    sheets = str(one.get("sheets", "")).upper()
    if set(sheets) - _LETTERS:
        raise CalendarError(f"“{name}”的 sheets 里没有这样的公开表“{sheets}”", "请写公开表的字母，如 AC。")
    causes = tuple(one.get("triggers", ()))
    if set(causes) - set(triggers()):
        raise CalendarError(
            f"“{name}”的 triggers 里有不认识的“{min(set(causes) - set(triggers()))}”",
            f"可以是：{'、'.join(triggers())}。",
        )
    if (every is Every.EVENT) != bool(causes):
        raise CalendarError(
            f"“{name}”的 every 和 triggers 对不上", "有事才公开的写 event 和 triggers，定期的不写 triggers。"
        )
    group = one.get("group", "day")
    if group not in _GROUPS:
        raise CalendarError(f"“{name}”的 group 写成“{group}”", f"可以是：{'、'.join(_GROUPS)}。")
    return Obligation(
        ident,
        name,
        every,
        frozenset(map(LedgerKind, kinds)),
        sheets,
        _deadline(name, one.get("due", {})),
        str(one.get("basis", "")),
        str(one.get("mark", "")),
        str(one.get("rhythm", "")),
        bool(one.get("parts", False)),
        causes,
        _GROUPS[group],
    )


def _deadline(name: str, said: Mapping[str, Any]) -> Deadline:
    if set(said) == {"on"}:
        month, _, day = str(said["on"]).partition("-")
        try:
            date(2023, int(month), int(day))  # a common year: 29 February is no deadline
        except ValueError:
            raise CalendarError(
                f"“{name}”的截止日“{said['on']}”没有这一天", "请写成 03-31 的样子。"
            ) from None
        return Deadline(on=(int(month), int(day)))
    for key, what in _DUE.items():
        if set(said) == {key}:
            days = said[key]
            if not isinstance(days, int) or not 0 <= days <= _MOST_DAYS:
                raise CalendarError(f"“{name}”的截止日写成“{days}”", f"请写{what}，不超过 {_MOST_DAYS}。")
            return Deadline(days=days) if key == "days" else Deadline(before=days)
    raise CalendarError(f"“{name}”没有写清截止日", "due 写 days、on、before 中的一个。")


def rules_text(rules: RuleSet) -> str:
    """A rule set as a file that can be changed and taken in as the village's own."""
    lines = [
        "# 本村的公开日历。改好以后：calendar 账簿 adopt --file 这个文件 --from 哪天起 --reason 依据。",
        f"name = {_quoted(rules.name)}",
        f"rhythms = [{', '.join(_quoted(one) for one in rules.rhythms)}]",
        f"board_days = {rules.board_days}",
        f"source = {_quoted(rules.source)}",
    ]
    for one in rules.obligations:
        lines += ["", "[[duty]]", f"id = {_quoted(one.id)}", f"name = {_quoted(one.name)}"]
        lines.append(f"every = {_quoted(one.every.value)}")
        if one.rhythm:
            lines.append(f"rhythm = {_quoted(one.rhythm)}")
        if one.parts:
            lines.append("parts = true")
        if one.triggers:
            lines.append(f"triggers = [{', '.join(_quoted(x) for x in one.triggers)}]")
            lines.append(f"group = {_quoted(one.together.value if one.together else 'day')}")
        kinds = [kind.value for kind in LedgerKind if kind in one.ledgers]
        lines.append(f"ledgers = [{', '.join(_quoted(x) for x in kinds)}]")
        lines.append(f"sheets = {_quoted(one.sheets)}")
        lines.append(f"due = {_due_text(one.due)}")
        lines += [f"basis = {_quoted(one.basis)}", f"mark = {_quoted(one.mark)}"]
    return "\n".join(lines) + "\n"


def _due_text(due: Deadline) -> str:
    if due.on is not None:
        return f'{{ on = "{due.on[0]:02d}-{due.on[1]:02d}" }}'
    return f"{{ before = {due.before} }}" if due.before else f"{{ days = {due.days} }}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
