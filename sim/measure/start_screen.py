"""A look at a starting state before a single document is simulated: can its levels give what was reported at all?

What is reported of people stands on the first day and is counted exactly. Of what is sent:
Who uses no e-office sends nothing electronically to the centre, and who does sends so all that is not kept from it,
and reports it with a gloss. From levels, balanced volumes and those shares alone the value that the agencies' reports
would print is known within `MOST_ADDED` and `MOST_LOST`. Fitting throws away what lies further off and simulates the
rest: to throw away a state that would have stayed is a mistake, to simulate one in vain is only time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from sim.engine.records import Records
from sim.exchange.agencies import found_agency, members, ordered
from sim.exchange.building import empty_agencies
from sim.exchange.codes import COMMUNE, OFFICE, OUTSIDE, REGISTRY_ONLY, TIERS
from sim.exchange.volume_draws import drawn_volumes
from sim.exchange.volumes import VolumesContradictError
from sim.measure.baselines import band
from sim.measure.flows import MINISTRY
from sim.measure.scopes import tiers_of
from sim.scenario.drawn import draw_parameters
from sim.scenario.loading import LoadedScenario
from sim.scenario.start_schema import Baseline
from sim.scenario.tables import AgencyRow

PEOPLE = {"trained_share": "start.trained_share", "email_user_share": "start.email_user_share"}
"""Shares of people that agencies are founded with, by the number that sets them; of mail, above the commune."""
MOST_ADDED, MOST_LOST = 0.06, 0.05
"""By how much what is reported may lie above what is expected (whose documents the quarter happens to bring), and below
it (refusals, outages, documents of the Office that find fewer recipients than the volumes ask). Of 14 states of Bình
Định in which nobody drowned and that come within 0.05 of the band, all but two lay within these margins."""
MOST_CHANCE = 0.02
"""The same for a single agency, whose share hangs on its own documents alone."""


def refuted_by_levels(loaded: LoadedScenario, luck: int) -> str:
    """The reported value that people and levels drawn by `luck` cannot give; empty when all can be given."""
    fitted = [one for one in loaded.scenario.baselines if one.fitted]
    reported = [one for one in fitted if one.measure == MINISTRY]
    of_people = [one for one in fitted if one.measure in PEOPLE and _is_set(one)]
    if not reported and not of_people:
        return ""
    rows = ordered(loaded.agencies)
    tiers = np.array([TIERS.index(row.tier) for row in rows])
    p = draw_parameters(loaded.scenario, luck)
    wrong = next((one.id for one in of_people if not _is_reported(one, p, rows, tiers)), "")
    if wrong or not reported:
        return wrong
    uses = _uses(rows, tiers, p, luck)
    of_office = [one for one in reported if tiers_of(one.scope) == (OFFICE,)]
    wrong = _first_wrong(of_office, np.ones(len(rows)), _printed(uses, p), tiers)  # costs no balance of volumes
    if wrong:
        return wrong
    try:
        p, volumes, _ = drawn_volumes(loaded, p, luck, luck)
    except VolumesContradictError:
        return ""  # the simulation says so
    weights = np.array(members(rows, tiers.tolist(), p, luck).weights)
    parts = [weights[tiers == tier].sum() for tier in range(OUTSIDE)]
    sent = np.zeros(len(rows))
    for tier, whole in enumerate(parts):
        if whole:
            sent[tiers == tier] = volumes.deliveries[tier, OUTSIDE] * weights[tiers == tier] / whole
    return _first_wrong(reported, sent, _printed(uses, p), tiers)


def _is_set(baseline: Baseline) -> bool:
    """Communes read mail where they have a box, which is drawn for each, so that nothing is known of them here."""
    if baseline.scope.startswith(("agency:", "group:")):
        return False
    return baseline.measure != "email_user_share" or COMMUNE not in tiers_of(baseline.scope)


def _uses(rows: Sequence[AgencyRow], tiers: Records, p: Mapping[str, float], luck: int) -> Records:
    """Which agencies use e-office on the first day; who has none is not looked at."""
    agencies = empty_agencies(len(rows))
    for i in np.flatnonzero(tiers < OUTSIDE).tolist():
        if rows[i].eoffice_installed:
            found_agency(agencies, i, rows[i], int(tiers[i]), p, luck)
    return np.asarray(agencies["level"] >= REGISTRY_ONLY)


def _is_reported(baseline: Baseline, p: Mapping[str, float], rows: Sequence[AgencyRow], tiers: Records) -> bool:
    needs_box = baseline.measure == "email_user_share"
    mine = [rows[i] for i in np.flatnonzero(np.isin(tiers, tiers_of(baseline.scope))).tolist()]
    share = p[PEOPLE[baseline.measure]]
    counted = sum(round(row.staff * share) for row in mine if row.mailboxes or not needs_box)
    staff = sum(row.staff for row in mine)
    low, high = band(baseline)
    return not staff or low <= counted / staff <= high


def _printed(uses: Records, p: Mapping[str, float]) -> Records:
    """What each agency's own report would print of what it sends to the centre."""
    sendable = 1.0 - p["documents.secret_share"] - p["documents.never_electronic_share"]
    return np.asarray(uses * min(1.0, sendable + p["reporting.optimism"]))


def _first_wrong(reported: Sequence[Baseline], sent: Records, printed: Records, tiers: Records) -> str:
    for baseline in reported:
        mine = np.isin(tiers, tiers_of(baseline.scope))
        whole = float(sent[mine].sum())
        expected = float((sent * printed)[mine].sum()) / whole if whole else 0.0
        low, high = band(baseline)
        added = MOST_CHANCE if int(mine.sum()) == 1 else MOST_ADDED
        if not low - added <= expected <= high + MOST_LOST:
            return baseline.id
    return ""
