"""A draw whose volumes cannot hold together is drawn again by its number; one that can is left as it is."""

from __future__ import annotations

import numpy as np
import pytest
from worlds import Provinces, fixed, small_province

from sim.engine.draws import luck_of
from sim.exchange.codes import TIERS
from sim.exchange.volume_draws import MOST_REDRAWS, NoVolumesError, attempt, drawn_volumes, members_of
from sim.exchange.volumes import VolumesContradictError, balance
from sim.measure.contradictions import contradictions_beside, contradictory_volumes, refuse_contradictory_volumes
from sim.results.words import Words
from sim.scenario.drawn import draw_parameters
from sim.scenario.errors import ScenarioError, ScenarioErrors
from sim.scenario.loading import LoadedScenario

BROKEN = Words("sai", "wrong")
MANY = fixed("volumes.department_outgoing", "12000 /year")
"""Two departments that write so much are too much for some draws of what the others receive."""


def crowded(provinces: Provinces, *more: str) -> LoadedScenario:
    return provinces.load(small_province(2, 2, 4), sets=(MANY, *more))


def balances(loaded: LoadedScenario, replication: int) -> bool:
    luck = luck_of(1, replication)
    p = draw_parameters(loaded.scenario, luck)
    try:
        balance(members_of(loaded, p, luck), p)
    except VolumesContradictError:
        return False
    return True


def test_only_what_cannot_hold_together_is_drawn_again(provinces: Provinces) -> None:
    loaded = crowded(provinces)
    sound = [balances(loaded, replication) for replication in range(40)]
    assert 3 <= sound.count(False) < 20
    for replication, is_sound in enumerate(sound):
        luck = luck_of(1, replication)
        p = draw_parameters(loaded.scenario, luck)
        drawn = drawn_volumes(loaded, p, luck, luck)
        assert (drawn.redraws == 0) == is_sound
        changed = {key for key, value in drawn.parameters.items() if value != p[key]}
        assert bool(changed) != is_sound
        assert {key.partition(".")[0] for key in changed} <= {"volumes", "matrix"}
        assert drawn.parameters == attempt(loaded, p, luck, drawn.redraws)
        for number in range(drawn.redraws):
            earlier = attempt(loaded, p, luck, number)
            with pytest.raises(VolumesContradictError):
                balance(members_of(loaded, earlier, luck), earlier)
        again = drawn_volumes(loaded, p, luck, luck)
        assert again.parameters == drawn.parameters
        assert np.array_equal(again.volumes.deliveries, drawn.volumes.deliveries)


def test_what_never_holds_together_is_told_so(provinces: Provinces) -> None:
    loaded = crowded(provinces, *(fixed(f"volumes.{tier}_incoming", "10 /year") for tier in (*TIERS[:4], "room")))
    luck = luck_of(1, 0)
    p = draw_parameters(loaded.scenario, luck)
    with pytest.raises(NoVolumesError, match=f"in each of {MOST_REDRAWS} draws.*trying again cannot help"):
        drawn_volumes(loaded, p, luck, luck)
    with pytest.raises(ScenarioErrors) as refused:
        refuse_contradictory_volumes(loaded)
    [error] = refused.value.errors
    assert (error.code, error.key) == ("E-VOL-005", "volumes.department_outgoing")
    assert error.place, "where the key was set"
    assert "100/100" in error.reason.en
    assert contradictions_beside(loaded, [ScenarioError("E-DATE-001", "x.toml:3", "horizon.end", BROKEN)]) == (error,)
    of_agency = ScenarioError("E-AGY-004", loaded.agencies[0].place, "leaders", BROKEN)
    assert contradictions_beside(loaded, [of_agency]) == (), "volumes follow from who is there"


def test_the_range_named_holds_in_every_draw(provinces: Provinces) -> None:
    loaded = crowded(provinces)
    found = contradictory_volumes(loaded)
    assert found is not None
    assert found.key == "volumes.department_outgoing"
    assert 3 < found.contradictory < 50
    ways = dict(part.split(" of at ") for part in found.repair.en.removesuffix(" holds in every draw").split(" or "))
    assert list(ways) == ["volumes.department_outgoing", found.repair.en.split(" or ")[1].split(" of ")[0]]
    for key, limit in ways.items():
        number = limit.split(" ")[1]
        mended = provinces.load(small_province(2, 2, 4), sets=(MANY, fixed(key, f"{number} /year")))
        assert contradictory_volumes(mended) is None, (key, limit)
    near = provinces.load(small_province(2, 2, 4), sets=[fixed("volumes.department_outgoing", "9500 /year")])
    assert contradictory_volumes(near) is not None, "the limit is no smaller than it need be"


@pytest.mark.parametrize("tier", [*TIERS[:4], "room"])
def test_a_tier_without_documents_is_no_contradiction(provinces: Provinces, tier: str) -> None:
    silent = (fixed(f"volumes.{tier}_outgoing", "0 /year"), fixed(f"volumes.{tier}_incoming", "0 /year"))
    loaded = provinces.load(small_province(3, 2, 4), sets=silent)
    refuse_contradictory_volumes(loaded)
    luck = luck_of(1, 0)
    volumes = drawn_volumes(loaded, draw_parameters(loaded.scenario, luck), luck, luck).volumes
    numbers = (volumes.deliveries, volumes.fanout, volumes.fanout_in_reach, volumes.tier_odds, volumes.reply_odds)
    assert all(np.isfinite(array).all() for array in numbers)
    assert np.isfinite([volumes.relay_odds, volumes.unmet]).all()


KINDS = (*TIERS[:4], "room")
NOTHING = tuple(fixed(f"volumes.{kind}_{side}", "0 /year") for kind in KINDS for side in ("incoming", "outgoing"))


@pytest.mark.parametrize(
    ("sets", "key"),
    [
        (NOTHING, "volumes"),
        ((fixed("volumes.to_outside_share", "100 %"),), "volumes.to_outside_share"),
        (tuple(fixed(f"volumes.fanout_{tier}", "1") for tier in TIERS[:4]), "volumes.fanout_office"),
        (tuple(fixed(f"matrix.{tier}.office", "0") for tier in TIERS), "matrix.office.office"),
    ],
    ids=["nothing", "outside", "fan-out", "matrix"],
)
def test_other_contradictions_are_refused_by_their_keys(provinces: Provinces, sets: tuple[str, ...], key: str) -> None:
    loaded = provinces.load(small_province(2, 2, 4), sets=sets)
    with pytest.raises(ScenarioErrors) as refused:
        refuse_contradictory_volumes(loaded)
    [error] = refused.value.errors
    assert (error.code, error.key) == ("E-VOL-005", key)
    assert error.repair.vi
