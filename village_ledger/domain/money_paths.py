"""Where money came from and went, by what stands beside it on the voucher: whole fen, nothing lost to rounding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def shared_out(amount: int, weights: Sequence[int]) -> list[int]:
    """An amount in proportion to weights of one sign, fen; what rounding leaves goes to the largest remainders, first come.

    The parts add up to the amount exactly. Without any weight the first takes all.
    """
    total = sum(weights)
    if not total:
        return [amount, *[0] * (len(weights) - 1)] if weights else []
    parts = [amount * weight // total for weight in weights]
    order = sorted(range(len(weights)), key=lambda i: (-(amount * weights[i] % total), i))
    for i in order[: amount - sum(parts)]:
        parts[i] += 1
    return parts


def paths(flow: int, beside: Mapping[str, int]) -> dict[str, int]:
    """Account to its part of a voucher's money, by the amounts (all of one side) of the lines beside the money, fen.

    Amounts of the other sign than the flow take no part: a red line beside a black one only makes it smaller.
    """
    same = {account: amount for account, amount in beside.items() if amount and (amount > 0) == (flow > 0)}
    if not same:
        return {}
    sign = 1 if flow > 0 else -1
    parts = shared_out(sign * flow, [sign * amount for amount in same.values()])
    return {account: sign * part for account, part in zip(same, parts, strict=True)}
