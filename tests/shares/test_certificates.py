"""Certificates of households: issued, replaced, ended, checked against the register; printed with their changes."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from tests.builders import COLLECTIVE, LI, WANG
from tests.reports.tables import squeezed
from tests.shares_village import ShareVillage
from village_ledger.cli.main import main
from village_ledger.domain.errors import ShareError
from village_ledger.domain.period import Month
from village_ledger.reports.people.household_changes import HouseholdBook
from village_ledger.services.check_item import Verdict
from village_ledger.services.closing.close_check import check_list
from village_ledger.services.shares import certificates, share_ties

APRIL = date(2025, 4, 1)


@pytest.fixture
def village(tmp_path: Path) -> Iterator[ShareVillage]:
    with started(tmp_path) as found:
        yield found


@contextmanager
def started(folder: Path) -> Iterator[ShareVillage]:
    """Two households of two and one of one; 200 shares granted, some pledged and released, some moved."""
    with ShareVillage.found(folder) as found:
        found.people("017 周德明 周建军", "018 吴家兴 吴小兰", "019 陈素芳")
        found.share(
            "grant", "2025-01-10", to="集体=50, 017/周德明=40, 017/周建军=10, 018/吴家兴=60, 019/陈素芳=40"
        )
        found.share(
            "pledge", "2025-02-02", "017/周德明", "", "8", contract="合同 0231 号", party="农商行青山分理处"
        )
        found.share("transfer", "2025-02-10", "018/吴家兴", "017/周德明", "5")
        found.share("release", "2025-02-20", "017/周德明", "", "8", contract="合同 0231 号")
        found.share("gift", "2025-03-01", "017/周德明", "017/周建军", "2")
        yield found


def issued(village: ShareVillage, household: str, day: date = APRIL) -> str:
    with village.act() as uow:
        return certificates.issue(uow, household, day).value.number


def test_a_certificate_says_what_the_household_has(village: ShareVillage) -> None:
    assert issued(village, "017") == "青股 017-01"
    one = village.reader.valid_certificate("017")
    assert one is not None
    assert certificates.said_of(one) == {"人口股": {1: 4300, 2: 1200}}
    assert certificates.by_code(village.reader, f"{one.code[:4]}-{one.code[4:].lower()}") == one
    assert village.verify() == []


def test_a_second_one_is_refused_and_a_replacement_ends_the_first(village: ShareVillage) -> None:
    first = issued(village, "017")
    with pytest.raises(ShareError, match="规则 I16"):
        issued(village, "017")
    village.share("transfer", "2025-05-01", "017/周建军", "019/陈素芳", "2")
    with village.act() as uow:
        second = certificates.replace(uow, "017", date(2025, 5, 1)).value
    assert second.number == "青股 017-02"
    old = certificates.find(village.reader, first)
    assert (old.ended, old.why) == (date(2025, 5, 1), "replaced")
    assert village.verify() == []


def test_what_cannot_be_issued_is_refused_with_the_reason(village: ShareVillage) -> None:
    with pytest.raises(ShareError, match="没有 099 户"):
        issued(village, "099")
    with pytest.raises(ShareError, match="以后 017 户的份额还有变动"):
        issued(village, "017", date(2025, 2, 28))
    village.share("transfer", "2025-03-05", "019/陈素芳", "018/吴家兴", "40")
    with pytest.raises(ShareError, match="没有份额"):
        issued(village, "019")
    with village.act() as uow, pytest.raises(ShareError, match="没有有效的股权证"):
        certificates.replace(uow, "018", APRIL)
    assert village.reader.certificates() == []


def test_a_loss_is_written_down_and_the_next_one_has_its_own_number(village: ShareVillage) -> None:
    issued(village, "018")
    with village.act() as uow, pytest.raises(ShareError, match="要写明情况"):
        certificates.replace(uow, "018", date(2025, 6, 1), why="lost")
    with village.act() as uow:
        certificates.replace(uow, "018", date(2025, 6, 1), why="lost", note="5月20日申报，公示7日")
    with village.act() as uow:
        certificates.void(uow, "青股 018-02", date(2025, 7, 1), why="returned")
    with village.act() as uow, pytest.raises(ShareError, match="已经交回"):
        certificates.void(uow, "青股 018-02", date(2025, 7, 2), why="returned")
    assert [one.why for one in village.reader.certificates("018")] == ["lost", "returned"]
    with village.act() as uow, pytest.raises(ShareError, match="才收回"):
        certificates.issue(uow, "018", date(2025, 6, 30))
    assert issued(village, "018", date(2025, 7, 1)) == "青股 018-03"
    assert village.verify() == []


def test_the_dead_stand_on_it_while_their_estate_is_open(village: ShareVillage) -> None:
    village.dies("018/吴家兴", "2025-03-20")
    issued(village, "018")
    one = village.reader.certificates("018")[0]
    assert "已故" in one.content


# The check list


def look(village: ShareVillage, month: str = "2025-04") -> dict[str, tuple[Verdict, str]]:
    items = check_list(village.reader, COLLECTIVE, Month.parse(month))
    return {item.rule: (item.verdict, item.text) for item in items if item.rule in {"K31", "K33"}}


def test_the_check_list_counts_who_has_none_and_who_holds_an_old_one(village: ShareVillage) -> None:
    verdict, text = look(village)["K33"]
    assert (verdict, text) == (Verdict.WARN, "3 户有份额没有股权证。")
    with village.act() as uow:
        made = certificates.issue_all(uow, APRIL).value
    assert len(made) == 3
    assert look(village)["K33"] == (Verdict.PASS, "3 户的股权证和登记簿相符。")
    village.share("transfer", "2025-05-01", "017/周建军", "019/陈素芳", "2")
    assert look(village)["K33"][0] is Verdict.PASS
    assert look(village, "2025-05")["K33"] == (Verdict.WARN, "2 户的股权证和登记簿不符，要换发。")
    with village.act() as uow:
        certificates.issue_all(uow, date(2025, 5, 2), renew=True)
    assert look(village, "2025-05")["K33"][0] is Verdict.PASS
    assert village.verify() == []


def test_the_register_agrees_with_itself_and_a_ledger_without_shares_is_not_asked(
    village: ShareVillage,
) -> None:
    assert look(village)["K31"] == (
        Verdict.PASS,
        "登记簿合计等于量化减注销，质押逐户相符：人口股 200.00。",
    )
    assert share_ties.check_items(village.reader, "committee", Month.parse("2025-04")) == []
    assert certificates.check_items(village.reader, "committee", Month.parse("2025-04")) == []


def test_a_line_changed_behind_the_triggers_fails_the_check(village: ShareVillage) -> None:
    with village.raw() as connection:
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'share_line'"
        ).fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("UPDATE share_line SET delta = delta - 1 WHERE event_id = 3 AND delta > 0")
    assert look(village)["K31"][0] is Verdict.FAIL


# Reports


def report(
    village: ShareVillage, capsys: pytest.CaptureFixture[str], name: str, *more: str
) -> dict[str, list[dict[str, object]]]:
    assert main(["report", str(village.path), name, *more]) == 0
    return json.loads(capsys.readouterr().out)


def details(made: dict[str, list[dict[str, object]]]) -> list[dict[str, object]]:
    return [row for row in made["rows"] if row["role"] == "detail"]


def test_the_register_lists_accounts_in_ascending_text_order(village: ShareVillage, capsys) -> None:
    made = report(village, capsys, "share-register", "--as-of", "2025-02-05")
    rows = details(made)
    assert [(row["account"], row["free"], row["pledged"], row["frozen"], row["total"]) for row in rows] == [
        ("017/周德明", "32.00", "8.00", "0.00", "40.00"),
        ("017/周建军", "10.00", "0.00", "0.00", "10.00"),
        ("018/吴家兴", "60.00", "0.00", "0.00", "60.00"),
        ("019/陈素芳", "40.00", "0.00", "0.00", "40.00"),
        ("集体", "50.00", "0.00", "0.00", "50.00"),
    ] or sorted(str(row["account"]) for row in rows) == [row["account"] for row in rows]
    assert [row["member"] for row in rows] == ["是", "是", "是", "是", ""]
    assert list(rows[0]) == [
        "role", "level", "account", "household", "holder", "member", "class", "free", "pledged", "frozen", "total",
    ]  # fmt: skip


def test_a_replay_of_the_movements_gives_the_register_on_any_day(village: ShareVillage, capsys) -> None:
    village.share("split", "2025-05-10", "017/周建军", "063", name="")
    village.share("transfer", "2025-05-12", "063/周建军", "019/陈素芳", "1.5")
    moved = details(report(village, capsys, "share-movements"))
    for day in ("2025-01-09", "2025-02-02", "2025-02-15", "2025-05-09", "2025-05-10", "2025-12-31"):
        replayed: dict[object, list[float]] = {}
        for row in moved:
            if str(row["date"]) <= day:
                sums = replayed.setdefault(row["holder"], [0.0, 0.0, 0.0])
                for place, key in enumerate(("free", "pledged", "frozen")):
                    sums[place] = round(sums[place] + float(str(row[key])), 2)
        rows = details(report(village, capsys, "share-register", "--as-of", day))
        register = {
            row["account"]: [float(str(row[key])) for key in ("free", "pledged", "frozen")] for row in rows
        }
        assert {holder: sums for holder, sums in replayed.items() if any(sums)} == register


def test_pledges_are_listed_open_and_released(village: ShareVillage, capsys) -> None:
    rows = details(report(village, capsys, "pledge-list", "--as-of", "2025-02-10"))
    assert [(row["account"], row["open"], row["state"], row["released"]) for row in rows] == [
        ("017/周德明", "8.00", "有效", None)
    ]
    rows = details(report(village, capsys, "pledge-list"))
    assert [(row["open"], row["state"], row["released"]) for row in rows] == [
        ("0.00", "已解除", "2025-02-20")
    ]


def test_whoever_is_above_the_cap_is_named(tmp_path: Path, capsys) -> None:
    with ShareVillage.found(tmp_path, cap="30") as village:
        village.people("01 甲 乙", "02 丙")
        village.share("grant", "2025-01-10", to="01/甲=40, 01/乙=30, 02/丙=30")
        rows = details(report(village, capsys, "cap-check"))
        said = [(row["account"], row["percent"], row["cap"], row["verdict"]) for row in rows]
    assert said == [
        ("01/甲", "40.00%", "30.00%", "超过上限，不得再增"),
        ("01/乙", "30.00%", "30.00%", ""),
        ("02/丙", "30.00%", "30.00%", ""),
    ]


def test_the_equality_check_holds_when_certificates_are_out_and_says_where_not(
    village: ShareVillage, capsys
) -> None:
    made = report(village, capsys, "share-equality")
    checks = made["checks"]
    assert [(check["rule"], check["ok"]) for check in checks] == [("I2", True), ("I5", True)]
    issued(village, "017")
    made = report(village, capsys, "share-equality")
    checks = made["checks"]
    assert [(check["rule"], check["ok"]) for check in checks] == [("I2", True), ("I5", True), ("I16", False)]
    with village.act() as uow:
        certificates.issue_all(uow, APRIL)
    made = report(village, capsys, "share-equality")
    checks = made["checks"]
    assert all(check["ok"] for check in checks)
    (row,) = details(made)
    assert (row["granted"], row["register"], row["certificates"], row["in_households"]) == (
        "200.00", "200.00", "150.00", "150.00",
    )  # fmt: skip


@pytest.mark.parametrize(
    "name", ["share-register", "share-movements", "pledge-list", "cap-check", "share-equality", "certificate"]
)
@pytest.mark.parametrize("ending", ["csv", "xlsx", "pdf"])
def test_every_report_in_every_format(village: ShareVillage, name: str, ending: str, tmp_path: Path) -> None:
    with village.act() as uow:
        certificates.issue_all(uow, APRIL)
    out = tmp_path / f"a.{ending}"
    assert main(["report", str(village.path), name, "-o", str(out)]) == 0
    assert out.stat().st_size > 100


# Printing and the command line


def test_the_change_page_tells_the_household_s_story(village: ShareVillage, tmp_path: Path) -> None:
    issued(village, "017")
    village.share("split", "2025-05-10", "017/周建军", "063", name="")
    out = tmp_path / "c.pdf"
    assert main(["report", str(village.path), "certificate", "--household", "017", "-o", str(out)]) == 0
    done = subprocess.run(["pdftotext", "-layout", out, "-"], capture_output=True, check=True)
    said = squeezed(done.stdout.decode())
    for words in (
        "伍拾伍份",
        "受让（吴家兴）",
        "赠与（户内2.00）",
        "分户（周建军）",
        "农商行青山分理处8.00合同0231号",
    ):
        assert words in said, (words, said)
    home = village.reader.household_id("017")
    assert home is not None
    lines = HouseholdBook(village.reader, COLLECTIVE).changes(home)
    assert [(f"{line.day:%m-%d}", line.what, line.delta, line.balance) for line in lines] == [
        ("01-10", "量化", "+50.00", "50.00"),
        ("02-02", "质押 8.00", "", "50.00"),
        ("02-10", "受让（吴家兴）", "+5.00", "55.00"),
        ("02-20", "解除质押 8.00", "", "55.00"),
        ("03-01", "赠与（户内 2.00）", "", "55.00"),
        ("05-10", "分户（周建军）", "-12.00", "43.00"),
    ]


def test_the_command_issues_replaces_ends_and_checks(tmp_path: Path, capsys) -> None:
    with started(tmp_path) as found:
        book = str(found.path)
    assert main(["certificate", book, "issue", "--all", "--date", "2025-04-01", "--by", WANG]) == 0
    assert capsys.readouterr().out.split("\n")[0] == "青股 017-01"
    assert main(["report", book, "certificate"]) == 0
    code = json.loads(capsys.readouterr().out)["rows"][0]["code"]
    assert main(["certificate", book, "check", code]) == 0
    assert "有效" in capsys.readouterr().err
    assert (
        main(["certificate", book, "replace", "--household", "017", "--date", "2025-04-02", "--by", LI]) == 0
    )
    assert main(["certificate", book, "check", code]) == 1
    assert "换发，不再有效" in capsys.readouterr().err
    assert main(["certificate", book, "check", "AAAABBBBCCCC"]) == 1
    assert "没有发过" in capsys.readouterr().err
    void = ["certificate", book, "void", "青股 017-02", "--date", "2025-04-03", "--by", WANG]
    assert main(void) == 1
    assert main([*void, "--note", "姓名写错"]) == 0
    assert main(["verify", book]) == 0


def test_a_household_without_a_certificate_cannot_be_printed(
    village: ShareVillage, tmp_path: Path, capsys
) -> None:
    out = tmp_path / "c.pdf"
    assert main(["report", str(village.path), "certificate", "--household", "017", "-o", str(out)]) == 1
    assert "017 户还没有股权证" in capsys.readouterr().err
    assert not out.exists()
