"""The verdict table does not depend on which scheduler carried the documents."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import replace
from io import StringIO

import pytest

from sim.measure.measured import Measured
from sim.measure.payload import decode, encode
from sim.measure.summary import tables
from sim.model.simulate import simulate
from sim.scenario.drawn import quantities
from sim.scenario.loading import LoadedScenario, load
from sim.scenario.quantity import Quantity

SEED = 20170317
VOLUMES = "volumes."
FEWER = 240.0
"""By how many times the shortened plan has fewer documents: the reference carries twelve thousand visits a second."""
END = "2017-12-31"
"""Past the plan's decision, two budgets and the first communes on e-office."""


def measured(loaded: LoadedScenario, engine: str, number: int, seed: int = SEED) -> list[Measured]:
    return [decode(encode(simulate(loaded, seed, r, engine=engine), loaded)) for r in range(number)]


def table_text(loaded: LoadedScenario, found: Sequence[Measured], name: str) -> str:
    """A table as the run folder would hold it."""
    return tables(loaded, found)[name].text()


def column(table: str, name: str) -> list[str]:
    return [row[name] for row in csv.DictReader(StringIO(table))]


def shortened() -> LoadedScenario:
    """Bình Định until the end of 2017 with one in 240 of its documents and fewer dossiers; every target due then."""
    plan = load("binh_dinh_2016_2020")
    dues = [f"targets.{target.id}.due={END}" for target in plan.scenario.targets]
    loaded = load("binh_dinh_2016_2020", sets=dues, until=END)
    return with_fewer_documents(loaded, FEWER)


def with_fewer_documents(loaded: LoadedScenario, times: float) -> LoadedScenario:
    fewer = {
        key.removeprefix(VOLUMES): fewer_documents(quantity, times)
        for key, quantity in quantities(loaded.scenario)
        if key.startswith(VOLUMES) and quantity.unit == "/year"
    }
    scenario = loaded.scenario
    arrivals = scenario.dossiers.arrivals
    rare = arrivals.model_copy(update={"per_head": fewer_documents(arrivals.per_head, 4.0 * times)})
    dossiers = scenario.dossiers.model_copy(update={"arrivals": rare})
    volumes = scenario.volumes.model_copy(update=fewer)
    return replace(loaded, scenario=scenario.model_copy(update={"volumes": volumes, "dossiers": dossiers}))


def fewer_documents(quantity: Quantity, times: float) -> Quantity:
    parts = {name: getattr(quantity, name) for name in ("value", "low", "high")}
    fewer = {name: None if part is None else part / times for name, part in parts.items()}
    return quantity.model_copy(update=fewer)


def test_a_small_plan_is_judged_alike(scenario: LoadedScenario) -> None:
    """Every reading of every target, values and dates to the last digit; another seed gives another table."""
    small = with_fewer_documents(scenario, 120.0)
    compiled, reference = (measured(small, engine, 2) for engine in ("compiled", "simpy"))
    judged = table_text(small, compiled, "targets")
    assert judged == table_text(small, reference, "targets")
    assert table_text(small, compiled, "series") == table_text(small, reference, "series")
    chances = {float(chance) for chance in column(judged, "p_reached")}
    assert min(chances) < 1.0
    assert max(chances) > 0.0
    assert judged != table_text(small, measured(small, "compiled", 2, seed=1), "targets")


@pytest.mark.slow
def test_the_shortened_plan_of_binh_dinh_is_judged_alike() -> None:
    """The real province, its money, orders and habits, with all uncertainty: the same verdict table to the byte."""
    loaded = shortened()
    compiled, reference = (measured(loaded, engine, 2) for engine in ("compiled", "simpy"))
    judged = table_text(loaded, compiled, "targets")
    assert judged == table_text(loaded, reference, "targets")
    for name in ("milestones", "baselines", "causes", "spending", "agencies"):
        assert table_text(loaded, compiled, name) == table_text(loaded, reference, name), name
    assert len(column(judged, "target_id")) == sum(1 + len(target.readings) for target in loaded.scenario.targets)
    values = [float(value) for value in column(judged, "median") if value]
    assert sum(0.0 < value < 1.0 for value in values) > len(values) / 3
    assert {float(chance) for chance in column(judged, "p_reached")} >= {0.0, 1.0}
    assert sum(bool(day) for day in column(judged, "first_reached")) > 0
