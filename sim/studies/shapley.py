"""The gain of several options together, split among them: each gets its mean part over all orders of adding them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from math import factorial

Coalition = frozenset[str]

MOST_OPTIONS = 5
"""Every combination is simulated: five options are 32 cases."""


def coalitions(options: Sequence[str]) -> list[Coalition]:
    """Every combination, the empty one first, then by size in the order of the options."""
    return [frozenset(chosen) for size in range(len(options) + 1) for chosen in combinations(options, size)]


def shapley(worth: Mapping[Coalition, float], options: Sequence[str]) -> dict[str, float]:
    """Shapley values (1953): they add up to the gain of all options together over none.

    Raises:
        KeyError: the worth of a combination is missing.
    """
    n = len(options)
    return {
        option: sum(
            factorial(len(others))
            * factorial(n - 1 - len(others))
            / factorial(n)
            * (worth[others | {option}] - worth[others])
            for others in coalitions([other for other in options if other != option])
        )
        for option in options
    }
