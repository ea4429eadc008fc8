"""PINs nobody would try first, a recovery code that finds its own slips, keys only the right secret opens."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_ledger.domain.errors import PinError
from village_ledger.services.staff import keyring

KEY = bytes(range(32))
CODES = st.builds(keyring.new_recovery_code)


@pytest.mark.parametrize(
    "weak", ["", "12345", "123456", "654321", "abcdef", "000000", "121212", " 2580a", "2580\n91"]
)
def test_what_anybody_would_try_first_is_no_pin(weak: str) -> None:
    with pytest.raises(PinError):
        keyring.check_pin(weak)


@pytest.mark.parametrize("good", ["258091", "qingshan8", "青山村的密码"])
def test_six_signs_that_do_not_run_are_a_pin(good: str) -> None:
    assert keyring.pin_matches(keyring.check_pin(good), keyring.hash_pin(good))
    assert not keyring.pin_matches(good + "1", keyring.hash_pin(good))


def test_the_hash_is_argon2id_and_carries_its_parameters() -> None:
    assert keyring.hash_pin("258091").startswith("$argon2id$v=19$m=8,t=1,p=1$")
    assert not keyring.pin_matches("258091", "no hash at all")


def test_a_code_reads_back_however_it_is_typed() -> None:
    code = keyring.new_recovery_code()
    plain = code.replace("-", "")
    assert len(plain) == 25
    assert (
        keyring.read_recovery_code(f" {code.lower()} ")
        == keyring.read_recovery_code(plain.replace("", " "))
        == plain
    )


@given(CODES, st.integers(0, 24), st.sampled_from(keyring.ALPHABET))
def test_every_slip_of_one_sign_is_found(code: str, place: int, sign: str) -> None:
    plain = code.replace("-", "")
    typed = plain[:place] + sign + plain[place + 1 :]
    if typed != plain:
        with pytest.raises(PinError, match="打错了一处"):
            keyring.read_recovery_code(typed)


@given(CODES, st.integers(0, 23))
def test_every_exchange_of_two_neighbours_is_found(code: str, place: int) -> None:
    plain = code.replace("-", "")
    typed = plain[:place] + plain[place + 1] + plain[place] + plain[place + 2 :]
    if typed != plain:
        with pytest.raises(PinError, match="打错了一处"):
            keyring.read_recovery_code(typed)


@pytest.mark.parametrize(
    ("typed", "said"), [("0" * 25, "没有“0”"), ("ABCDE", "打了 5 个"), ("密码", "没有“密”")]
)
def test_what_cannot_be_a_code_is_said(typed: str, said: str) -> None:
    with pytest.raises(PinError, match=said):
        keyring.read_recovery_code(typed.replace("密码", "密"))


def test_only_the_same_secret_of_the_same_holder_opens_a_key() -> None:
    wrapped = keyring.wrap(KEY, "258091", "book|1")
    assert keyring.unwrap(wrapped, "258091", "book|1") == KEY
    assert keyring.unwrap(wrapped, "258092", "book|1") is None
    assert keyring.unwrap(wrapped, "258091", "book|2") is None
    assert KEY not in wrapped.wrapped


def test_parameters_from_the_future_or_absurd_ones_are_refused() -> None:
    wrapped = keyring.wrap(KEY, "258091", "book|1")
    with pytest.raises(PinError, match="更新的方法"):
        keyring.unwrap(replace(wrapped, parameters="sm4"), "258091", "book|1")
    with pytest.raises(PinError, match="不像是本程序"):
        keyring.unwrap(
            replace(wrapped, parameters="argon2id t=1 m=99999999 p=1 aes-256-gcm"), "258091", "book|1"
        )
