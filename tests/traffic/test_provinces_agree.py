"""Both schedulers on the first days of every shipped province: the same record, line by line."""

from __future__ import annotations

import pytest
from same_records import assert_same
from worlds import fixed

from sim.model.record import RunRecord
from sim.model.simulate import simulate
from sim.scenario.loading import LoadedScenario, load


def under_both(loaded: LoadedScenario, replication: int) -> tuple[RunRecord, RunRecord]:
    compiled, reference = (
        simulate(loaded, 5, replication, engine=engine, tracing=True) for engine in ("compiled", "simpy")
    )
    return compiled, reference


@pytest.mark.slow
def test_binh_dinh_until_the_twentieth_of_january() -> None:
    """The real province with all its uncertainty, some two hundred thousand visits."""
    loaded = load("binh_dinh_2016_2020", until="2016-01-20", sets=["plan.decided=2016-01-05", "horizon.warm_up=0 days"])
    compiled, reference = under_both(loaded, replication=1)
    assert len(compiled.visits) > 100_000
    assert compiled.tally["dossiers_finished"] > 5_000
    assert_same(compiled, reference)


def test_binh_dinhs_first_working_days_of_the_year() -> None:
    """The real province for four days, with a shop full of documents left unfinished."""
    loaded = load("binh_dinh_2016_2020", until="2016-01-05", sets=["plan.decided=2016-01-05", "horizon.warm_up=0 days"])
    compiled, reference = under_both(loaded, replication=2)
    assert len(compiled.visits) > 10_000
    assert compiled.tally["dossiers_finished"] > 1_000
    assert_same(compiled, reference)


@pytest.mark.slow
def test_binh_duong_shortened_to_four_days_with_a_move() -> None:
    """The second province from its first day, its offices moving house on the second working day."""
    sets = [
        "plan.decided=2011-01-03",
        "horizon.warm_up=0 days",
        "moves.administrative_centre.start=2011-01-05",
        fixed("moves.administrative_centre.delay", "0 days"),
        fixed("moves.administrative_centre.outage", "5 h"),
    ]
    loaded = load("binh_duong_2011_2015", until="2011-01-06", sets=sets)
    assert [move.id for move in loaded.scenario.moves] == ["administrative_centre"]
    compiled, reference = under_both(loaded, replication=2)
    assert len(compiled.visits) > 5_000
    assert_same(compiled, reference)


@pytest.mark.slow
def test_long_an_shortened_to_three_days() -> None:
    """The third province from its first day, 226 agencies of which few have e-office."""
    loaded = load("long_an_2011_2015", until="2011-01-04", sets=["horizon.warm_up=0 days"])
    compiled, reference = under_both(loaded, replication=2)
    assert len(compiled.visits) > 5_000
    assert_same(compiled, reference)


def test_ba_ria_vung_tau_shortened_to_three_days_with_a_roll_out_and_a_move() -> None:
    """Dossiers from the first day, e-office that comes on the second, offices that move on the third."""
    sets = [
        "plan.decided=2011-01-03",
        "horizon.warm_up=0 days",
        "rollouts.eoffice_2011.start=2011-01-04",
        fixed("rollouts.eoffice_2011.delay", "0 days"),
        "rollouts.link_list1.start=2011-01-04",
        fixed("rollouts.link_list1.delay", "0 days"),
        "moves.centre_in_ba_ria.start=2011-01-05",
        fixed("moves.centre_in_ba_ria.outage", "3 h"),
    ]
    loaded = load("ba_ria_vung_tau_2011_2015", until="2011-01-05", sets=sets)
    compiled, reference = under_both(loaded, replication=2)
    assert len(compiled.visits) > 5_000
    school = compiled.agency_ids.index("dept.education")
    assert compiled.stocks["linked"][:, school].tolist() == [0, 1]
    assert_same(compiled, reference)


@pytest.mark.slow
def test_binh_phuocs_first_days() -> None:
    """A province from the day before its decision, with families of procedures at every level."""
    loaded = load("binh_phuoc_2018_2021", until="2018-11-06", sets=["horizon.warm_up=0 days"])
    compiled, reference = under_both(loaded, replication=2)
    assert len(compiled.visits) > 10_000
    assert compiled.tally["dossiers_finished"] > 1_000
    assert_same(compiled, reference)


@pytest.mark.slow
def test_binh_dinh_2011_shortened_to_three_days_with_the_network_laid() -> None:
    """The province five years earlier, its two boards joining the dedicated network on the second working day."""
    sets = [
        "plan.decided=2011-01-03",
        "horizon.warm_up=0 days",
        "rollouts.dedicated_network.start=2011-01-04",
        fixed("rollouts.dedicated_network.delay", "0 days"),
    ]
    loaded = load("binh_dinh_2011_2015", until="2011-01-05", sets=sets)
    compiled, reference = under_both(loaded, replication=2)
    assert len(compiled.visits) > 5_000
    assert_same(compiled, reference)
