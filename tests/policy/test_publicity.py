"""Publicity that money buys: citizens become willing to file online as the law of hazards says, month by month."""

from __future__ import annotations

from datetime import date
from math import exp

import pytest
from plans import SURE, buy, line, planned
from worlds import CALM, FROZEN, SOME_OF_EVERYTHING, Provinces, fixed, small_province

from sim.model.record import RunRecord
from sim.model.simulate import simulate

INHABITANTS = 40_000
EXTERNAL, PUBLICITY = 0.06, 0.30
HALF_HAVE_INTERNET = tuple(fixed(f"dossiers.citizens.home_internet_{year}", "50 %") for year in (2016, 2019, 2022))
CITIZENS = (
    *HALF_HAVE_INTERNET,
    fixed("dossiers.arrivals.per_head", "0 /year"),
    fixed("dossiers.citizens.start_share", "10 %"),
    fixed("dossiers.citizens.external", f"{EXTERNAL} /year"),
    fixed("dossiers.citizens.imitation", "0 /year"),
    fixed("dossiers.citizens.publicity", f"{PUBLICITY} /year"),
    fixed("dossiers.citizens.publicity_memory", "3 months"),
)


def year(provinces: Provinces, rounds: int) -> RunRecord:
    """A year of one district, with money for so many rounds of publicity."""
    loaded = provinces.load(
        small_province(1, 1, 2, population=INHABITANTS),
        sets=(*FROZEN, *SURE, *CALM, *CITIZENS),
        start=date(2018, 1, 1),
        end=date(2018, 12, 31),
        procedures=SOME_OF_EVERYTHING,
    )
    return simulate(planned(loaded, [line("I.1", 2018, 5.0 * rounds)], [buy("I.1", "publicity_round", 5.0)]), 7, 0)


@pytest.mark.parametrize(
    ("rounds", "heard"),
    [
        (0, set()),
        (1, {4, 5, 6}),  # money on 15 February, contract ten days later, held by 27 March, forgotten after 25 June
        (2, {4, 5, 6, 7}),  # the second by 26 April, forgotten after 25 July
    ],
)
def test_the_willing_month_by_month(provinces: Provinces, rounds: int, heard: set[int]) -> None:
    """Of those with internet who are not yet, 1 - exp(-hazard / 12), to within the one person that is drawn."""
    citizens = year(provinces, rounds).citizens
    assert citizens[0].tolist() == [INHABITANTS, pytest.approx(0.05 * INHABITANTS, abs=1)]
    willing = citizens[:, 1].tolist()
    assert len(willing) == 13
    for month in range(1, 13):
        before, after = willing[month - 1], willing[month]
        hazard = EXTERNAL + (PUBLICITY if month in heard else 0.0)
        joins = (0.5 * INHABITANTS - before) * (1 - exp(-hazard / 12))
        assert abs(after - before - joins) < 1, month
