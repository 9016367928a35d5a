"""Which key matters, on models whose answer is known: Ishigami's function, a linear one, a queue."""

from __future__ import annotations

from math import pi

import numpy as np
import pytest

from sim.studies.chance import CHANCE, chance_of_exchanges, chance_of_steps, stands_out
from sim.studies.designs import points_of
from sim.studies.effects import Method, chance_level, effects_of, pawn_index, slices_for

A, B = 7.0, 0.1


def ishigami(points: np.ndarray) -> np.ndarray:
    """Ishigami and Homma (1990): sin x + 7 sin² y + 0.1 z⁴ sin x over (-π, π)."""
    x, y, z = ((2.0 * points - 1.0) * pi).T
    return np.sin(x) + A * np.sin(y) ** 2 + B * z**4 * np.sin(x)


def ishigami_indices() -> tuple[list[float], list[float]]:
    """First-order and total indices in closed form."""
    by_x = 0.5 * (1.0 + B * pi**4 / 5.0) ** 2
    by_y = A**2 / 8.0
    by_xz = 8.0 * B**2 * pi**8 / 225.0
    whole = by_x + by_y + by_xz
    return [by_x / whole, by_y / whole, 0.0], [(by_x + by_xz) / whole, by_y / whole, by_xz / whole]


def test_sobol_indices_of_ishigami() -> None:
    """The intervals hold the truth, and are narrow."""
    points = points_of("saltelli", 3, 2048, (), seed=4)
    first, total = ishigami_indices()
    for effect, alone, whole in zip(effects_of("sobol", points, ishigami(points), seed=1), first, total, strict=True):
        assert effect.low <= whole <= effect.high
        assert effect.high - effect.low < 0.15
        assert effect.second == pytest.approx(alone, abs=0.06)


def with_luck(values: np.ndarray, futures: int, seed: int) -> np.ndarray:
    """The same values in several futures, each cell with luck of its own, a tenth of what the keys do."""
    draw = np.random.default_rng(seed)
    return values[:, None] + 0.1 * values.std() * draw.normal(size=(len(values), futures))


@pytest.mark.parametrize(("method", "design", "samples"), [("morris", "morris", 20), ("sobol", "saltelli", 128)])
def test_what_ishigami_hangs_on_is_named(method: Method, design: str, samples: int) -> None:
    """One future tells what acts by itself; z, which acts only through x, takes several. A fourth key does nothing."""
    points = points_of(design, 4, samples, (), seed=4)
    values = ishigami(points[:, :3])
    alone = effects_of(method, points, values, seed=1)
    assert [effect.is_noticeable for effect in alone] == [True, True, False, False]
    several = effects_of(method, points, with_luck(values, 3, seed=5), seed=1)
    assert [effect.is_noticeable for effect in several] == [True, True, True, False]


@pytest.mark.parametrize(("method", "design", "samples"), [("morris", "morris", 10), ("sobol", "saltelli", 256)])
@pytest.mark.parametrize("futures", [1, 2])
def test_slopes_are_named_through_luck(method: Method, design: str, samples: int, futures: int) -> None:
    points = points_of(design, 5, samples, (), seed=3)
    values = with_luck(points @ np.array([3.0, -2.0, 1.5, 0.0, 0.0]), futures, seed=6)
    found = effects_of(method, points, values, seed=1)
    assert [effect.is_noticeable for effect in found] == [True, True, True, False, False]


@pytest.mark.parametrize(
    ("design", "keys", "samples", "futures"),
    [("morris", 60, 4, 1), ("morris", 10, 10, 2), ("saltelli", 8, 64, 1), ("saltelli", 8, 64, 2)],
)
def test_noise_names_a_key_as_rarely_as_promised(design: str, keys: int, samples: int, futures: int) -> None:
    """Of 500 studies of nothing but noise at most 5 %, and three standard errors, name any key."""
    draw = np.random.default_rng(11)
    points = points_of(design, keys, samples, (), seed=7)
    wrong = 0
    for _ in range(500):
        values = draw.normal(size=(len(points), futures))
        chances = chance_of_steps(points, values) if design == "morris" else chance_of_exchanges(values, keys)
        wrong += bool(stands_out(chances).any())
    assert 0 < wrong / 500 < CHANCE + 3 * (CHANCE * (1 - CHANCE) / 500) ** 0.5


def test_noise_in_every_cell_has_effects_above_nought_and_none_is_named() -> None:
    points = points_of("morris", 60, 4, (), seed=7)
    found = effects_of("morris", points, np.random.default_rng(3).normal(size=len(points)), seed=1)
    assert sum(effect.low > 0.0 for effect in found) > 40
    assert not any(effect.is_noticeable for effect in found)


def test_a_future_that_failed_in_a_cell_is_no_hole_while_another_is_there() -> None:
    points = points_of("morris", 3, 6, (), seed=2)
    values = with_luck(points @ np.array([1.0, 2.0, 0.0]), 2, seed=1)
    values[5, 1] = np.nan
    found = effects_of("morris", points, values, seed=1)
    assert [effect.is_noticeable for effect in found] == [True, True, False]
    values[5] = np.nan
    shorter = effects_of("morris", np.delete(points, range(4, 8), 0), np.delete(values, range(4, 8), 0), seed=1)
    assert effects_of("morris", points, values, seed=1) == shorter


@pytest.mark.parametrize("method", ["morris", "sobol"])
def test_a_future_that_has_only_begun_changes_nothing(method: Method) -> None:
    """An interrupted study answers from the futures that all cells have met, whatever level the new one has."""
    points = points_of("morris" if method == "morris" else "saltelli", 3, 32, (), seed=2)
    values = with_luck(points @ np.array([1.0, 2.0, 0.0]), 3, seed=1)
    begun = np.full((len(points), 1), np.nan)
    begun[:3] = 40.0
    values[1] = np.nan  # met in the new future only: its group is left out
    assert effects_of(method, points, np.hstack([values, begun]), seed=1) == effects_of(method, points, values, seed=1)


def test_elementary_effects_of_a_plane_are_its_slopes() -> None:
    points = points_of("morris", 4, 8, (), seed=2)
    found = effects_of("morris", points, points @ np.array([3.0, -5.0, 0.5, 0.0]), seed=1)
    assert [effect.index for effect in found] == pytest.approx([3.0, 5.0, 0.5, 0.0])
    assert [effect.second for effect in found] == pytest.approx([0.0] * 4, abs=1e-9)
    assert [effect.is_noticeable for effect in found] == [True, True, True, False]


def test_interaction_shows_as_spread_of_the_elementary_effects() -> None:
    points = points_of("morris", 3, 20, (), seed=2)
    found = effects_of("morris", points, 4.0 * points[:, 0] * points[:, 1] + points[:, 2], seed=1)
    assert found[0].second > 0.5
    assert found[2].second == pytest.approx(0.0, abs=1e-9)


def test_a_failed_cell_takes_its_trajectory_away_and_no_more() -> None:
    points = points_of("morris", 2, 6, (), seed=2)
    values = points @ np.array([1.0, 2.0])
    values[4] = np.nan
    found = effects_of("morris", points, values, seed=1)
    assert [effect.index for effect in found] == pytest.approx([1.0, 2.0])
    values[:] = np.nan
    assert effects_of("morris", points, values, seed=1) == []


def mm1_mean_queue(arrivals: float, services: float, customers: int, seed: int) -> float:
    """Mean wait of an M/M/1 queue by Lindley's recursion; its expectation is rho / (mu - lambda)."""
    draw = np.random.default_rng(seed)
    gaps = draw.exponential(1.0 / arrivals, customers)
    work = draw.exponential(1.0 / services, customers)
    steps = np.concatenate(([0.0], np.cumsum(work[:-1] - gaps[1:])))
    return float(np.mean(steps - np.minimum.accumulate(steps)))


def test_the_load_of_a_queue_matters_and_an_idle_key_does_not() -> None:
    """M/M/1 with lambda in 0.5 to 0.9, mu in 1 to 1.2, and a third key that nothing reads; own luck in each cell."""
    points = points_of("lhs", 3, 120, (), seed=6)
    values = np.array(
        [mm1_mean_queue(0.5 + 0.4 * x, 1.0 + 0.2 * y, 20_000, n) for n, (x, y, _) in enumerate(points.tolist())]
    )
    arrivals, services, idle = effects_of("pawn", points, values, seed=3)
    assert arrivals.is_noticeable
    assert not idle.is_noticeable
    assert arrivals.index > services.index > 0.0
    assert arrivals.low > idle.index


def test_pawn_is_salibs() -> None:
    from SALib.analyze import pawn

    from sim.studies.designs import problem_of

    points = points_of("lhs", 3, 300, (), seed=1)
    values = ishigami(points)
    theirs = pawn.analyze(problem_of(3), points, values, S=10, seed=1)["median"]
    ours = [pawn_index(points[:, key], values, 10) for key in range(3)]
    assert ours == pytest.approx(list(theirs), abs=0.02)


def test_chance_rarely_passes_for_an_effect() -> None:
    """Of 200 studies of ten keys without effect at most 5 %, and four standard errors, name any."""
    draw = np.random.default_rng(8)
    level = chance_level(draw.normal(size=60), 10, seed=2)
    wrong = 0
    for _ in range(200):
        points, values = draw.random((60, 10)), draw.normal(size=60)
        wrong += any(pawn_index(points[:, key], values, slices_for(60)) > level for key in range(10))
    assert wrong / 200 < 0.05 + 4 * (0.05 * 0.95 / 200) ** 0.5
    assert wrong > 0


def test_several_targets_of_noise_name_a_key_in_as_few_studies_as_one() -> None:
    """Twenty targets and a hundred keys of twenty runs: 5 % of such studies in all, not of each target."""
    draw = np.random.default_rng(21)
    named = alone = 0
    for study in range(12):
        points = np.argsort(draw.random((20, 100)), axis=0) / 19.0
        values = draw.normal(size=(20, 20))
        named += any(
            effect.is_noticeable for column in values.T for effect in effects_of("pawn", points, column, 5, beside=20)
        )
        alone += any(effect.is_noticeable for effect in effects_of("pawn", points, values[:, study % 20], 5))
    assert named <= 3
    assert alone <= 4
    points = np.argsort(draw.random((20, 100)), axis=0) / 19.0
    found = effects_of("pawn", points, points[:, 7], 5, beside=20)
    assert [key for key, effect in enumerate(found) if effect.is_noticeable] == [7]


@pytest.mark.parametrize(("cells", "looked_at"), [(60, 100), (60, 500)])
def test_the_level_beyond_what_is_shuffled_is_that_of_many_more_shuffles(cells: int, looked_at: int) -> None:
    values = np.random.default_rng(1).normal(size=cells)
    level = chance_level(values, looked_at, seed=1)
    draw, slices = np.random.default_rng(9), slices_for(cells)
    place = np.arange(cells) / cells
    wanted = 1.0 - 0.95 ** (1.0 / looked_at)
    many = [pawn_index(place, draw.permutation(values), slices) for _ in range(10_000)]
    beyond = sum(index > level for index in many)
    assert 0.2 * wanted * len(many) <= beyond <= 4.0 * wanted * len(many) + 2
