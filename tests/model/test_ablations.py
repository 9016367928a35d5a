"""Take one mechanism out of Bình Định and look which measure moves, which way, by more than luck.

Each comparison is paired: the same unknowns and the same luck with and without the mechanism, so the standard
error is that of the paired differences.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest

import sim.model.simulate as model
from sim.measure.flows import Counting, flow_ratio
from sim.measure.stocks import stock_value
from sim.model.record import RunRecord
from sim.scenario.loading import load

pytestmark = pytest.mark.slow

PAIRS = 12
SEED = 11
UNTIL = "2019-12-31"
T_ONE_SIDED = 2.718
"""Student's t with 11 degrees of freedom, one-sided 1 %."""
NONE = 'kind = "fixed", basis = "assumed", source = "ablation"'

Value = Callable[[RunRecord], float]


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


def run(sets: tuple[str, ...] = (), options: tuple[str, ...] = ()) -> list[RunRecord]:
    loaded = load("binh_dinh_2016_2020", until=UNTIL, sets=sets, options=options)
    return [model.simulate(loaded, SEED, replication) for replication in range(PAIRS)]


@pytest.fixture(scope="module")
def whole() -> list[RunRecord]:
    return run()


def falls(with_it: list[RunRecord], without: list[RunRecord], value: Value) -> None:
    """The mean paired difference is below nought by more than its standard error allows for chance."""
    differences = [value(b) - value(a) for a, b in zip(with_it, without, strict=True)]
    mean = sum(differences) / PAIRS
    spread = math.sqrt(sum((d - mean) ** 2 for d in differences) / (PAIRS - 1))
    assert mean < 0
    assert -mean > T_ONE_SIDED * spread / math.sqrt(PAIRS)


def test_without_imitation_fewer_people_and_less_online(whole: list[RunRecord]) -> None:
    without = run((f"adoption.imitation={{ value = '0 /year', {NONE} }}",))
    falls(whole, without, users)
    falls(whole, without, last_year("internal_electronic_share"))


def test_without_orders_fewer_people_work_in_eoffice(whole: list[RunRecord]) -> None:
    """Orders move people first; agencies' levels wait for heads and what goes between them waits for money, so
    those shares move too little for a dozen pairs to tell from chance."""
    without = run(
        (
            f"adoption.push_mandate={{ value = '0 /year', {NONE} }}",
            f"adoption.push_measured={{ value = '0 /year', {NONE} }}",
        )
    )
    falls(whole, without, users)


def test_if_heads_never_stop_paper_none_is_electronic_only(whole: list[RunRecord]) -> None:
    """The leaders' rule moves what goes without paper, and nothing goes without it."""
    never = tuple(f"adoption.paperless_threshold_{end}={{ value = '100 %', {NONE} }}" for end in ("low", "high"))
    without = run(never)
    falls(whole, without, last_year("exchange_electronic_only_share"))
    assert all(last_year("exchange_electronic_only_share")(record) == 0.0 for record in without)


def test_if_nobody_learned_from_bad_traffic_more_would_take_it_up(
    whole: list[RunRecord], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Experience is the only way back from traffic to people: with it, fewer take e-office up than without."""
    monkeypatch.setattr(model, "learn", lambda _world, _month, _hazards: None)
    without = run()
    falls(without, whole, users)
