"""One worker thread: actions commit there, say what they changed, and can be stopped."""

from __future__ import annotations

import threading

import pytest

from tests.builders import draft
from village_ledger.domain.errors import LedgerError, UnbalancedVoucher
from village_ledger.services.changes import Changes
from village_ledger.services.entry import vouchers
from village_ledger.services.outcome import Outcome

RENT = draft("2025-03-08", "收果园承包款", "借 101 6200; 贷 501 6200")


@pytest.fixture
def told(operations):
    """Everything the worker's signals said, in order."""
    said: list[tuple[str, object]] = []
    for name in ("started", "refused", "crashed", "changed", "cancelled"):
        getattr(operations, name).connect(lambda value, name=name: said.append((name, value)))
    operations.finished.connect(lambda: said.append(("finished", None)))
    return said


def test_saving_tells_every_page_and_then_the_caller(session, operations, village, told, settle):
    answered: list[object] = []
    operations.run(
        "保存凭证",
        lambda uow, _: vouchers.save(uow, RENT),
        then=lambda o: answered.append((o.value.ref.short, len(told))),
    )
    settle()
    changed = next(value for name, value in told if name == "changed")
    assert isinstance(changed, Changes)
    assert changed.vouchers
    assert answered == [("记-0001", 2)]
    assert [name for name, _ in told] == ["started", "changed", "finished"]
    assert village.numbers("2025-03") == [(1, 8, "entered")]


def test_work_is_done_off_the_gui_thread_and_answered_on_it(session, operations, settle):
    threads: dict[str, int] = {}

    def look(_reader):
        threads["work"] = threading.get_ident()

    operations.read("看", look, then=lambda _: threads.setdefault("answer", threading.get_ident()))
    settle()
    assert threads["answer"] == threading.get_ident()
    assert threads["work"] != threads["answer"]


def test_a_refusal_goes_to_the_window_and_leaves_nothing(session, operations, village, told, settle):
    crooked = draft("2025-03-08", "收租", "借 101 100; 贷 501 90")
    operations.run("保存凭证", lambda uow, _: vouchers.save(uow, crooked))
    settle()
    (refusal,) = [value for name, value in told if name == "refused"]
    assert isinstance(refusal, UnbalancedVoucher)
    assert village.numbers("2025-03") == []


def test_a_caller_may_take_the_refusal_itself(session, operations, told, settle):
    taken: list[LedgerError] = []
    crooked = draft("2025-03-08", "收租", "借 101 100; 贷 501 90")
    operations.run("保存凭证", lambda uow, _: vouchers.save(uow, crooked), refused=taken.append)
    settle()
    assert isinstance(taken[0], UnbalancedVoucher)
    assert "refused" not in [name for name, _ in told]


def test_our_own_bug_is_told_apart_from_a_refusal(session, operations, told, settle, caplog):
    operations.run("出错", lambda _uow, _: 1 // 0)
    settle()
    (crash,) = [value for name, value in told if name == "crashed"]
    assert isinstance(crash, ZeroDivisionError)
    assert "while 出错" in caplog.text


def test_a_mistake_in_the_answer_is_said_and_the_worker_goes_on(session, operations, told, settle, caplog):
    def break_down(_answer):
        raise KeyError("页面")

    answered: list[int] = []
    operations.read("看", lambda _: 1, then=break_down)
    operations.read("再看", lambda _: 2, then=answered.append)
    settle()
    assert [type(value) for name, value in told if name == "crashed"] == [KeyError]
    assert answered == [2]


def test_cancel_rolls_back_and_nobody_is_scolded(session, operations, village, told, settle):
    begun, asked = threading.Event(), threading.Event()

    def slow(uow, progress):
        vouchers.save(uow, RENT)
        begun.set()
        assert asked.wait(20)
        progress.step(1, 300, "第 1 张")
        return Outcome(None, Changes())

    operations.run("慢的事", slow)
    assert begun.wait(20)
    operations.cancel()
    asked.set()
    settle()
    assert ("cancelled", "慢的事") in told
    assert not {"refused", "crashed", "changed"} & {name for name, _ in told}
    assert village.numbers("2025-03") == []


def test_only_the_newest_read_of_a_key_is_answered(session, operations, settle):
    answers: list[str] = []
    for month in ("一月", "二月", "三月"):
        operations.read("余额", lambda _, month=month: month, then=answers.append, key="trial_balance")
    settle()
    assert answers == ["三月"]


def test_progress_arrives_with_counts(session, operations, settle):
    counts: list[tuple[int, int, str]] = []
    operations.progressed.connect(lambda done, total, label: counts.append((done, total, label)))

    def work(progress):
        for done in range(1, 301):
            progress.step(done, 300, "村")

    operations.task("汇总", work)
    settle()
    assert counts[-1] == (300, 300, "村")
    assert len(counts) < 300


def test_asking_without_a_book_is_a_mistake_of_ours(operations):
    with pytest.raises(RuntimeError):
        operations.read("看", lambda _: None, then=lambda _: None)


def test_work_may_stop_itself(operations, told, settle):
    def stop(progress):
        progress.cancel()
        progress.step(0, 1, "停")

    operations.task("停下", stop)
    settle()
    assert [name for name, _ in told] == ["started", "cancelled", "finished"]
