"""Take one mechanism out of Bình Định and look which measure moves, which way, by more than luck.

Each comparison is paired: the same unknowns and the same luck with and without the mechanism, so the standard
error is that of the paired differences. Replications are simulated side by side, as many as there are cores.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context

import pytest

import sim.model.simulate as model
from sim.measure.flows import Counting, flow_ratio
from sim.measure.stocks import stock_value
from sim.model.record import RunRecord
from sim.scenario.loading import LoadedScenario, load

pytestmark = pytest.mark.slow

PAIRS = 12
SEED = 11
UNTIL = "2019-12-31"
T_ONE_SIDED = 2.718
"""Student's t with 11 degrees of freedom, one-sided 1 %."""
NONE = 'kind = "fixed", basis = "assumed", source = "ablation"'

Value = Callable[[RunRecord], float]
Values = Mapping[str, float]
"""What one replication comes to, by the names of `VALUES`."""


def users(record: RunRecord) -> float:
    value = stock_value(record, "eoffice_user_share", "all", len(record.stocks) - 1)
    assert value is not None
    return value


def last_year(measure: str) -> Value:
    def value(record: RunRecord) -> float:
        last = len(record.months) - 1
        share = flow_ratio(record, measure, "all", Counting()).share(last - 11, last)
        assert share is not None
        return share

    return value


VALUES: Mapping[str, Value] = {
    "users": users,
    "internal": last_year("internal_electronic_share"),
    "only": last_year("exchange_electronic_only_share"),
}


def simulated(loaded: LoadedScenario, replication: int) -> Values:
    record = model.simulate(loaded, SEED, replication)
    return {name: value(record) for name, value in VALUES.items()}


def run(sets: tuple[str, ...] = ()) -> list[Values]:
    """All replications, in processes forked from this one, so that what a test has changed in the model holds there."""
    loaded = load("binh_dinh_2016_2020", until=UNTIL, sets=sets)
    cores = len(os.sched_getaffinity(0))
    with ProcessPoolExecutor(cores, mp_context=get_context("fork")) as pool:
        return list(pool.map(partial(simulated, loaded), range(PAIRS)))


@pytest.fixture(scope="module")
def whole() -> list[Values]:
    return run()


def falls(with_it: list[Values], without: list[Values], name: str) -> None:
    """The mean paired difference is below nought by more than its standard error allows for chance."""
    differences = [b[name] - a[name] for a, b in zip(with_it, without, strict=True)]
    mean = sum(differences) / PAIRS
    spread = math.sqrt(sum((d - mean) ** 2 for d in differences) / (PAIRS - 1))
    assert mean < 0
    assert -mean > T_ONE_SIDED * spread / math.sqrt(PAIRS)


def test_without_imitation_fewer_people_and_less_online(whole: list[Values]) -> None:
    without = run((f"adoption.imitation={{ value = '0 /year', {NONE} }}",))
    falls(whole, without, "users")
    falls(whole, without, "internal")


def test_without_orders_fewer_people_work_in_eoffice(whole: list[Values]) -> None:
    """Orders move people first; agencies' levels wait for heads and what goes between them waits for money, so
    those shares move too little for a dozen pairs to tell from chance."""
    without = run(
        (
            f"adoption.push_mandate={{ value = '0 /year', {NONE} }}",
            f"adoption.push_measured={{ value = '0 /year', {NONE} }}",
        )
    )
    falls(whole, without, "users")


def test_if_heads_never_stop_paper_none_is_electronic_only(whole: list[Values]) -> None:
    """The leaders' rule moves what goes without paper, and nothing goes without it."""
    never = tuple(f"adoption.paperless_threshold_{end}={{ value = '100 %', {NONE} }}" for end in ("low", "high"))
    without = run(never)
    falls(whole, without, "only")
    assert all(values["only"] == 0.0 for values in without)


def test_if_nobody_learned_from_bad_traffic_more_would_take_it_up(
    whole: list[Values], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Experience is the only way back from traffic to people: with it, fewer take e-office up than without."""
    monkeypatch.setattr(model, "learn", lambda _world, _month, _hazards: None)
    without = run()
    falls(without, whole, "users")
