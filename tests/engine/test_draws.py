"""Luck: the published generator, evenly spread, unrelated between neighbours, never repeated."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from sim.engine.draws import child, identity, luck_of, philox, uniform

MASK = 0xFFFFFFFF
Words = tuple[int, int, int, int]


def plain_philox(counter: Words, key: tuple[int, int]) -> Words:
    """Philox4x32-10 in Python's own integers, after the paper."""
    a, b, c, d = counter
    k, m = key
    for _ in range(10):
        first, second = 0xD2511F53 * a, 0xCD9E8D57 * c
        a, b, c, d = (second >> 32) ^ b ^ k, second & MASK, (first >> 32) ^ d ^ m, first & MASK
        k, m = (k + 0x9E3779B9) & MASK, (m + 0xBB67AE85) & MASK
    return a, b, c, d


def compiled_philox(counter: Words, key: tuple[int, int]) -> Words:
    high, low = (int(word) for word in philox(*(np.uint64(word) for word in (*counter, *key))))
    return high >> 32, high & MASK, low >> 32, low & MASK


KNOWN = [
    ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((MASK, MASK, MASK, MASK), (MASK, MASK), (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
]


@pytest.mark.parametrize(("counter", "key", "answer"), KNOWN)
def test_known_answers_of_random123(counter: Words, key: tuple[int, int], answer: Words) -> None:
    assert compiled_philox(counter, key) == answer
    assert plain_philox(counter, key) == answer


def test_agrees_with_philox_written_plainly() -> None:
    words = np.random.default_rng(1).integers(0, 1 << 32, (2000, 6)).tolist()
    for a, b, c, d, k, m in words:
        assert compiled_philox((a, b, c, d), (k, m)) == plain_philox((a, b, c, d), (k, m))


def test_a_draw_is_named_by_luck_entity_purpose_and_occasion() -> None:
    numbers = np.random.default_rng(2).integers(0, 1 << 62, (500, 2)).tolist()
    for occasion, (luck, entity) in enumerate(numbers):
        purpose = occasion % 30
        words = plain_philox((entity & MASK, entity >> 32, purpose, occasion), (luck & MASK, luck >> 32))
        expected = (((words[0] << 32 | words[1]) >> 12) + 0.5) / 2.0**52
        assert uniform(luck, entity, purpose, occasion) == expected


ENTITIES = [identity(f"agency {i}") for i in range(400)]
LUCK = luck_of(7, 0)
SAMPLE = 40_000
NAMINGS: dict[str, Callable[[int], float]] = {
    "entities": lambda i: float(uniform(LUCK, 1_000_000 + i, 3, 0)),
    "occasions": lambda i: float(uniform(LUCK, ENTITIES[0], 3, i)),
    "purposes": lambda i: float(uniform(LUCK, ENTITIES[i // 100], i % 100, 5)),
    "replications": lambda i: float(uniform(luck_of(7, i), ENTITIES[0], 3, 0)),
    "seeds": lambda i: float(uniform(luck_of(i, 0), ENTITIES[0], 3, 0)),
}


def drawn(naming: Callable[[int], float]) -> NDArray[np.float64]:
    return np.array([naming(i) for i in range(SAMPLE)])


@pytest.mark.parametrize("naming", NAMINGS.values(), ids=NAMINGS.keys())
def test_draws_are_even_and_neighbours_unrelated(naming: Callable[[int], float]) -> None:
    u = drawn(naming)
    counts = np.bincount((u * 100).astype(int), minlength=100)
    assert stats.chisquare(counts).pvalue > 1e-4
    # the digits that decide rare events are as even as the leading ones
    assert stats.chisquare(np.bincount(((u * 2**20) % 1 * 100).astype(int), minlength=100)).pvalue > 1e-4
    for lag in (1, 2, 7):
        correlation = np.corrcoef(u[:-lag], u[lag:])[0, 1]
        assert abs(correlation) < 4.0 / math.sqrt(SAMPLE - lag)
    pairs = np.bincount((u[:-1] * 20).astype(int) * 20 + (u[1:] * 20).astype(int), minlength=400)
    assert stats.chisquare(pairs).pvalue > 1e-4


def test_the_same_entity_has_unrelated_luck_in_two_replications() -> None:
    first, second = luck_of(7, 0), luck_of(7, 1)
    a = np.array([uniform(first, e, 3, o) for e in ENTITIES for o in range(100)])
    b = np.array([uniform(second, e, 3, o) for e in ENTITIES for o in range(100)])
    assert abs(np.corrcoef(a, b)[0, 1]) < 4.0 / math.sqrt(len(a))


def test_a_draw_is_never_nought_or_one() -> None:
    """The extreme words of the generator still map inside, so that no logarithm is infinite."""
    for word in (0, (1 << 64) - 1):
        u = ((word >> 12) + 0.5) * 2.0**-52
        assert 0.0 < u < 1.0
    sample = drawn(NAMINGS["entities"])
    assert sample.min() > 0.0
    assert sample.max() < 1.0
    assert len(np.unique(sample)) == SAMPLE


def test_children_are_all_different() -> None:
    parents: Sequence[int] = ENTITIES[:100]
    keys = {child(parent, purpose, occasion) for parent in parents for purpose in range(10) for occasion in range(100)}
    keys |= {child(key, 100, 0) for key in list(keys)[:20_000]}
    assert len(keys) == 120_000
    assert all(0 <= key < 1 << 63 for key in keys)


def test_names_and_replications_do_not_share_numbers() -> None:
    identities = {identity(f"{kind}.{i}") for kind in ("com", "dept", "cost/I.1") for i in range(10_000)}
    assert len(identities) == 30_000
    lucks = {luck_of(seed, replication) for seed in range(200) for replication in range(200)}
    assert len(lucks) == 40_000
    # seed and replication are not added up: 10 and 5 are not 11 and 4
    assert luck_of(10, 5) != luck_of(11, 4)
    assert luck_of(1, 11) != luck_of(11, 1)
