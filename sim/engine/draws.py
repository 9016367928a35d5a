"""Luck as a pure function: the same question always gets the same answer.

A draw is named by (seed and replication, entity, purpose, occasion) and computed by the counter-based
generator Philox4x32-10 (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3",
SC11), so no draw shifts another: one more document, retry or agency changes nobody else's luck.
"""

import hashlib

import numpy as np

from sim.engine.jit import njit

_MASK = np.uint64(0xFFFFFFFF)
_MULTIPLIER_0 = np.uint64(0xD2511F53)
_MULTIPLIER_1 = np.uint64(0xCD9E8D57)
_WEYL_0 = np.uint64(0x9E3779B9)
_WEYL_1 = np.uint64(0xBB67AE85)
_WORD = np.uint64(32)
_DROP = np.uint64(12)
_LOW = np.uint64(1)
_UNIT = 2.0**-52


@njit
def philox(
    c0: np.uint64, c1: np.uint64, c2: np.uint64, c3: np.uint64, k0: np.uint64, k1: np.uint64
) -> tuple[np.uint64, np.uint64]:
    """Ten rounds on four 32-bit counter words under two key words; the four output words packed in two."""
    for _ in range(10):
        product_0 = _MULTIPLIER_0 * c0
        product_1 = _MULTIPLIER_1 * c2
        c0 = (product_1 >> _WORD) ^ c1 ^ k0
        c1 = product_1 & _MASK
        c2 = (product_0 >> _WORD) ^ c3 ^ k1
        c3 = product_0 & _MASK
        k0 = (k0 + _WEYL_0) & _MASK
        k1 = (k1 + _WEYL_1) & _MASK
    return (c0 << _WORD) | c1, (c2 << _WORD) | c3


@njit
def uniform(luck: int, entity: int, purpose: int, occasion: int) -> float:
    """A number strictly between 0 and 1: the luck of `entity` at this occasion of this purpose."""
    key = np.uint64(luck)
    name = np.uint64(entity)
    word, _ = philox(
        name & _MASK, name >> _WORD, np.uint64(purpose), np.uint64(occasion) & _MASK, key & _MASK, key >> _WORD
    )
    return (np.float64(word >> _DROP) + 0.5) * _UNIT


@njit
def child(parent: int, purpose: int, occasion: int) -> int:
    """Identity of what `parent` brings forth: 63 bits, the same in every replication."""
    name = np.uint64(parent)
    word, _ = philox(
        name & _MASK, name >> _WORD, np.uint64(purpose), np.uint64(occasion) & _MASK, np.uint64(0), np.uint64(1)
    )
    return int(word >> _LOW)


def identity(name: str) -> int:
    """Identity of a named thing (an agency, a parameter) from its stable id: 63 bits."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest()) >> 1


def luck_of(seed: int, replication: int) -> int:
    """The luck of one replication, independent of every other's: 63 bits."""
    text = f"{seed}/{replication}".encode()
    return int.from_bytes(hashlib.blake2b(text, digest_size=8, person=b"replication").digest()) >> 1
