"""The window reads while the worker writes: every answer is of one moment."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from tests.builders import COLLECTIVE, Village, draft
from village_ledger.domain.chart import Account
from village_ledger.services.book import accounts
from village_ledger.storage.queries import Queries
from village_ledger.storage.reader import Reader

RENT = "借 101 600; 贷 501 600"


def meanwhile(village: Village, act: Callable[[], object]) -> None:
    """Another thread does something from beginning to end."""
    done: list[BaseException | None] = []

    def work() -> None:
        try:
            act()
        except BaseException as error:  # noqa: BLE001  handed to the test's own thread
            done.append(error)
        else:
            done.append(None)
        finally:
            village.book.close_thread()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [None]


@pytest.fixture
def interrupted(
    village: Village, monkeypatch: pytest.MonkeyPatch
) -> Callable[[int, Callable[[], object]], None]:
    """Lets another thread act just before the n-th statement of what is read next in this thread."""

    def before(statement: int, act: Callable[[], object]) -> None:
        reading, counted, asked = threading.current_thread(), [0], Queries._all

        def counting(self: Queries, sql: str, *parameters: object):
            if threading.current_thread() is reading:
                counted[0] += 1
                if counted[0] == statement:
                    meanwhile(village, act)
            return asked(self, sql, *parameters)

        monkeypatch.setattr(Queries, "_all", counting)

    return before


@pytest.mark.parametrize("statement", range(1, 9))
def test_a_trial_balance_is_of_one_moment(village: Village, interrupted, statement: int):
    contract = "借 113@张三 600; 贷 501 600"
    village.posted("2025-03-08", "应收承包款", contract)
    interrupted(statement, lambda: village.posted("2025-03-09", "应收承包款", contract))
    turnovers = village.reader.turnovers(COLLECTIVE, village.year)
    assert sum(t.debit for t in turnovers) == sum(t.credit for t in turnovers)
    assert sum(t.closing for t in turnovers) == 0


@pytest.mark.parametrize("statement", [1, 2, 3])
def test_a_voucher_read_while_it_is_rewritten_is_the_old_or_the_new_one(
    village: Village, interrupted, statement: int
):
    voucher = village.entered("2025-03-08", "收租金", RENT)
    other = draft("2025-03-08", "收果园租金", "借 101 700; 贷 501 700", editing=voucher.id, attachments="7")
    interrupted(statement, lambda: village.save(other))
    read: Reader = village.reader
    found = read.voucher(voucher.id).voucher
    assert (found.attachments, found.amount) in {(1, 600_00), (7, 700_00)}


def test_a_chart_read_just_before_a_commit_is_not_kept(village: Village):
    """The worker adds an account; the window reads the chart after that and before the commit."""
    old: list[bool] = []
    with village.act() as uow:
        made: Account = accounts.add(uow, COLLECTIVE, "513", "办公费").value
        meanwhile(village, lambda: old.append(made.code in village.reader.chart(COLLECTIVE)))
        uow.book.forget_caches()  # nothing of the worker's own reading is left either
        meanwhile(village, lambda: old.append(made.code in village.reader.chart(COLLECTIVE)))
    assert old[-1] is False
    assert made.code in village.reader.chart(COLLECTIVE)


def test_many_readers_and_one_writer(village: Village):
    """Nobody waits for the writer, nobody sees half a voucher."""
    wrong: list[object] = []
    stop = threading.Event()

    def read_on() -> None:
        try:
            while not stop.is_set():
                turnovers = village.reader.turnovers(COLLECTIVE, village.year)
                if sum(t.closing for t in turnovers):
                    wrong.append(turnovers)
        except Exception as error:  # noqa: BLE001  shown by the test below
            wrong.append(error)
        finally:
            village.book.close_thread()

    readers = [threading.Thread(target=read_on) for _ in range(3)]
    for reader in readers:
        reader.start()
    for day in range(1, 21):
        village.posted(f"2025-03-{day:02d}", "收租金", RENT)
    stop.set()
    for reader in readers:
        reader.join()
    assert wrong == []
    assert village.verify() == []
