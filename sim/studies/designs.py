"""Where in a box of levers a study looks: points of the unit cube, one row a cell, the same for the same seed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]

DESIGNS = ("grid", "lhs", "sobol", "morris", "saltelli")
MORRIS_LEVELS = 4


def points_of(design: str, keys: int, samples: int, levels: Sequence[int], seed: int) -> Points:
    """The points of a design.

    Args:
        design: `grid` (every combination), `lhs` (Latin hypercube), `sobol` (Sobol' sequence), `morris` (trajectories
            for elementary effects), `saltelli` (crossed samples for Sobol' indices).
        keys: dimensions.
        samples: points of `lhs` and `sobol`, trajectories of `morris`, base points of `saltelli`.
        levels: values of each key in a `grid`.
        seed: of what is drawn.

    Raises:
        ValueError: the design is unknown, or asks for nothing.
        ModuleNotFoundError: SALib is not installed (`morris`, `saltelli`).
    """
    if keys < 1 or samples < 1:
        raise ValueError("a design needs a key and a point")
    if design == "grid":
        return _grid(levels)
    if design == "lhs":
        from scipy.stats import qmc

        return np.asarray(qmc.LatinHypercube(keys, rng=seed).random(samples))
    if design == "sobol":
        from scipy.stats import qmc

        power = max(0, (samples - 1).bit_length())
        return np.asarray(qmc.Sobol(keys, rng=seed).random_base2(power)[:samples])
    if design == "morris":
        from SALib.sample import morris

        return np.asarray(morris.sample(problem_of(keys), samples, num_levels=MORRIS_LEVELS, seed=_small(seed)))
    if design == "saltelli":
        return _saltelli(keys, samples, seed)
    raise ValueError(f"unknown design {design!r}: one of {', '.join(DESIGNS)}")


def size_of(design: str, keys: int, samples: int, levels: Sequence[int]) -> int:
    """How many points the design has, without making them."""
    if design == "grid":
        return int(np.prod([max(1, n) for n in levels], dtype=float))
    if design == "morris":
        return samples * (keys + 1)
    if design == "saltelli":
        return _power_of_two(samples) * (keys + 2)
    return samples


def problem_of(keys: int) -> dict[str, Any]:
    """The unit cube as SALib names it."""
    return {"num_vars": keys, "names": [f"x{k}" for k in range(keys)], "bounds": [[0.0, 1.0]] * keys}


def _grid(levels: Sequence[int]) -> Points:
    axes = [np.linspace(0.0, 1.0, n) if n > 1 else np.array([0.5]) for n in levels]
    return np.array(list(product(*axes)), dtype=np.float64)


def _saltelli(keys: int, samples: int, seed: int) -> Points:
    """Base points A and B and, for each key, A with that key from B; two columns of one Sobol' sequence."""
    from SALib.sample import sobol

    base = _power_of_two(samples)
    return np.asarray(sobol.sample(problem_of(keys), base, calc_second_order=False, seed=_small(seed)))


def _power_of_two(samples: int) -> int:
    return 1 << max(1, (samples - 1).bit_length())


def _small(seed: int) -> int:
    return seed % (2**32)
