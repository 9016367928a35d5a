"""Provinces that exchange documents: nothing is lost between them, and who holds them changes nothing."""

from __future__ import annotations

import multiprocessing
import os
import signal
from dataclasses import replace

import numpy as np
import pytest
from country_case import BODY, alone, tiny_country

from sim.model.among_provinces import ProvinceAmongOthers
from sim.model.conservation import ConservationError
from sim.model.national_axis import NationalAxis
from sim.scenario.country import Country
from sim.studies.country import CountryRun, HeldHere, run_country, shared_out
from sim.studies.country_holders import HeldBySeveral, held_by_processes
from sim.studies.refusals import ProvincesLostError

SEED = 7


class Here:
    """A part of the country in this process, asked as another process would be."""

    def __init__(self, country: Country, numbers: list[int]) -> None:
        self.held = HeldHere(country, SEED, "compiled", numbers)

    def ask(self, method: str, *arguments: object) -> object:
        answer = getattr(self.held, method)(*arguments)
        return lambda: answer

    def stop(self) -> None:
        self.held.stop()


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Country:
    return tiny_country(tmp_path_factory.mktemp("country"), days=6)


@pytest.fixture(scope="module")
def ran(country: Country) -> CountryRun:
    return run_country(country, HeldHere(country, SEED, "compiled"), SEED)


def test_what_left_has_come_or_is_under_way_and_both_schedulers_agree(country: Country, ran: CountryRun) -> None:
    assert ran.handed_over == sum(one.handed_over for one in ran.totals)
    assert ran.handed_over == sum(one.taken_in for one in ran.totals) + ran.under_way
    assert all(one.handed_over > 0 and one.taken_in > 0 for one in ran.totals)
    assert sum(sum(one.to_provinces) for one in ran.totals) > 40
    reference = run_country(country, HeldHere(country, SEED, "simpy"), SEED)
    assert (reference.totals, reference.under_way) == (ran.totals, ran.under_way)


def test_who_holds_which_provinces_changes_nothing(country: Country, ran: CountryRun) -> None:
    numbers = [[2], [0, 1]]
    several = HeldBySeveral([Here(country, mine) for mine in numbers], numbers)  # type: ignore[list-item]
    assert run_country(country, several, SEED).totals == ran.totals
    assert shared_out(country, 2) == [[1], [0, 2]]
    assert sorted(shared_out(country, 9)) == [[0], [1], [2]]


@pytest.mark.slow
def test_processes_give_the_totals_of_one_and_a_fault_in_one_is_raised_here(country: Country, ran: CountryRun) -> None:
    held = held_by_processes(country, SEED, "compiled", 2)
    try:
        assert run_country(country, held, SEED).totals == ran.totals
        os.kill(multiprocessing.active_children()[0].pid or 0, signal.SIGKILL)
        with pytest.raises(ProvincesLostError, match=r"the process \(code -9\) that kept provinces is gone"):
            held.work()
    finally:
        held.stop()
    exchange = country.exchange.model_copy(update={"body": "nobody"})
    with pytest.raises(ValueError, match="'nobody' is not in list"):
        held_by_processes(replace(country, exchange=exchange), SEED, "compiled", 2)


def test_a_delivery_lost_between_provinces_stops_the_run(country: Country, monkeypatch: pytest.MonkeyPatch) -> None:
    hand_on = NationalAxis.hand_on

    def losing(axis: NationalAxis, province: int) -> object:
        found = hand_on(axis, province)
        return None if found is None or len(found) < 2 else found[1:]

    monkeypatch.setattr(NationalAxis, "hand_on", losing)
    with pytest.raises(ConservationError, match="between provinces: "):
        run_country(country, HeldHere(country, SEED, "compiled"), SEED)


def test_the_outside_writes_what_the_other_provinces_do_not(country: Country) -> None:
    among, by_itself = (ProvinceAmongOthers(one, country.like, SEED)._founded for one in (country, alone(country)))
    ids = [row.agency_id for row in among.rows]
    agencies = among.world.agencies
    outside = [i for i, name in enumerate(ids) if name.startswith("out.")]
    assert agencies["outgoing"][ids.index(BODY)] == 0.0
    from_others = 0.6 * among.volumes.deliveries[:, 4].sum()
    in_all = by_itself.world.agencies["outgoing"][outside].sum()
    assert agencies["outgoing"][outside].sum() + from_others == pytest.approx(in_all)
    weights = agencies["weight"][outside]
    assert agencies["weight"][ids.index(BODY)] / weights.sum() == pytest.approx(0.6)


def test_an_answer_goes_to_the_province_that_asked(country: Country) -> None:
    from sim.exchange.codes import EXOGENOUS, REPLY
    from sim.exchange.state import CROSSING

    axis = NationalAxis(country.provinces, SEED)
    asked = np.zeros(40, CROSSING)
    asked["key"], asked["kind"] = np.arange(1, 41), EXOGENOUS
    axis.carry({0: asked})
    came = {province: axis.hand_on(province) for province in (1, 2)}
    assert axis.hand_on(0) is None
    assert {province: found is not None for province, found in came.items()} == {1: True, 2: True}
    for province, found in came.items():
        assert found is not None
        answers = found.copy()
        answers["kind"], answers["root"] = REPLY, found["key"]
        answers["key"] = found["key"] + 1
        axis.carry({province: answers})
    back = axis.hand_on(0)
    assert back is not None
    assert len(back) == 40
    assert set(back["kind"].tolist()) == {REPLY}
    assert axis.under_way() == 0
