"""Where a dossier has to go: its procedure's path, read for the one applicant."""

from sim.engine.draws import uniform
from sim.engine.jit import njit
from sim.exchange.codes import (
    AT_COMMUNE,
    AT_DISTRICT,
    AT_INTAKE,
    AT_OFFICE,
    AT_OUTSIDE_BODY,
    COMMUNE,
    DISTRICT,
    DRAW_RESULT,
    FIRST_NAMED,
    OFFICE,
    PATH_ENDS,
)
from sim.exchange.dossier_state import PATH_BASE
from sim.exchange.state import World

DRAW_COMMUNE = 17
"""Occasion of `DRAW_RESULT` that says in which commune of the district the applicant lives."""


@njit
def place_at(w: World, dossier: int, place: int) -> int:
    """What stands at this place of the dossier's path."""
    path = w.procedures[w.dossiers[dossier].procedure].path
    for _ in range(place):
        path //= PATH_BASE
    return int(path % PATH_BASE)


@njit
def agency_at(w: World, dossier: int, place: int) -> int:
    """The agency at this place of the dossier's path; -1 past its end."""
    d = w.dossiers[dossier]
    here = w.agencies[d.intake]
    code = place_at(w, dossier, place)
    if code in (PATH_ENDS, AT_OUTSIDE_BODY):
        return -1
    if code == AT_INTAKE:
        return int(d.intake)
    if code == AT_DISTRICT:
        return int(w.tier_range[DISTRICT, 0] + d.district)
    if code == AT_OFFICE:
        return int(w.tier_range[OFFICE, 0])
    if code != AT_COMMUNE:
        return int(code - FIRST_NAMED)
    if here.tier == COMMUNE:
        return int(d.intake)
    if w.tier_range[DISTRICT, 1] == 0:
        return int(w.tier_range[COMMUNE, 0] + d.district)
    home = w.agencies[w.tier_range[DISTRICT, 0] + d.district]
    if home.commune_count == 0:
        return int(d.intake)
    number = int(uniform(w.rules[0].luck, d.key, DRAW_RESULT, DRAW_COMMUNE) * home.commune_count)
    return int(home.commune_first + number)
