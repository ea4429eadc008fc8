"""Members and households into the merged book: numbers that two villages use get the later village's name before them.

Identity numbers, telephones and bank accounts are sealed anew under the new book's key where the old key is at hand; else they
stay in the old book and are named as missing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from village_ledger.domain.member import SINCE_EVER
from village_ledger.services.merger.merging import Merging
from village_ledger.services.merger.sources import OldBook
from village_ledger.services.staff.sealing import Sealer, opener, sealer_for
from village_ledger.storage.merger.queries_people import Fact
from village_ledger.storage.people.register import SEALED, PeopleRegister


def carry_people(merging: Merging) -> int:
    """Everybody of every village; returns how many."""
    groups = _group_names(merging)
    numbers: dict[bytes, str] = {}
    count = homes = 0
    for one in merging.books:
        register, home_ids = PeopleRegister(merging.uow), dict[str, int]()
        for code, facts in one.reader.last_household_facts().items():
            new = one.source.households[code]
            group, since = facts.get("group", ("", SINCE_EVER))
            home_ids[code] = register.add_household(
                new, since, merging.basis, group=groups.get((one.number, group), group)
            )
            for field in ("address", "note"):
                value, day = facts.get(field, ("", SINCE_EVER))
                if value:
                    register.write_household_fact(home_ids[code], field, value, day, merging.basis)
            if new != code:
                merging.code(one, "household", "", code, new)
        homes += len(home_ids)
        count += _people_of(merging, one, home_ids, numbers)
    if count:
        merging.uow.log.add("导入成员", detail=f"{count} 人，{homes} 户；{merging.basis}")
    return count


def _people_of(merging: Merging, one: OldBook, home_ids: Mapping[str, int], numbers: dict[bytes, str]) -> int:
    register, reader = PeopleRegister(merging.uow), one.reader
    old_key = opener(reader)
    new_key = sealer_for(merging.uow)
    homes, standings = reader.last_homes(), reader.last_standings()
    left_out: Counter[str] = Counter()
    facts = reader.last_facts()
    for person, known in facts.items():
        new = register.add_person()
        merging.people[one.number, person] = new
        name = next((fact.value for fact in known if fact.field == "name"), "")
        for fact in known:
            if fact.field not in SEALED:
                register.write_fact(new, fact.field, fact.value, fact.effective, merging.basis)
            elif not _seal(merging, one, (person, new, name), fact, (old_key, new_key), numbers):
                left_out[fact.field] += 1
        home = homes.get(person)
        if home is not None:
            register.move(new, home_ids[home.household], home.relation, home.effective, merging.basis)
        stand = standings.get(person)
        if stand is not None:
            register.set_status(
                new,
                stand.status,
                stand.reason,
                stand.effective,
                merging.basis,
                retained_until=stand.retained_until,
            )
    for field, number in left_out.items():
        text = (
            f"{number} 人的{_WORDS[field]}没有带过来：旧账的密钥打不开。请登录旧账查看后，在新账里逐人补登。"
        )
        merging.matter(one, "证件号码", _WORDS[field], text)
    return len(facts)


_WORDS = {"id_number": "身份证号", "phone": "电话", "bank_account": "银行账号"}


def _seal(
    merging: Merging,
    one: OldBook,
    who: tuple[int, int, str],
    fact: Fact,
    keys: tuple[Sealer | None, Sealer],
    numbers: dict[bytes, str],
) -> bool:
    """Open a number under the old key and seal it under the new; False where the old key is not at hand."""
    person, new, name = who
    old_key, new_key = keys
    text = None if old_key is None or fact.sealed is None else old_key.open(person, fact.field, fact.sealed)
    if text is None:
        return False
    sealed = new_key.seal(new, fact.field, text)
    if sealed.token is not None:
        twin = numbers.setdefault(sealed.token, f"{one.village} {name}")
        if twin != f"{one.village} {name}":
            said = f"{one.village} {name} 和 {twin} 是同一个身份证号，两村都登记为成员的，要查清在哪一村。"
            merging.matter(one, "重复成员", name, f"{said}号码先记在前一个人名下。")
            return True
    PeopleRegister(merging.uow).write_fact(new, fact.field, "", fact.effective, merging.basis, sealed)
    return True


def _group_names(merging: Merging) -> Mapping[tuple[int, str], str]:
    """Village groups of the same name in two villages are two groups."""
    of: dict[int, set[str]] = {}
    for one in merging.books:
        facts = one.reader.last_household_facts().values()
        of[one.number] = {known["group"][0] for known in facts if known.get("group", ("",))[0]}
    count = Counter(name for names in of.values() for name in names)
    found: dict[tuple[int, str], str] = {}
    for one in merging.books:
        for name in sorted(of[one.number]):
            if count[name] > 1:
                found[one.number, name] = f"{one.village.removesuffix('村')}{name}"
                merging.code(one, "group", "", name, found[one.number, name])
    return found
