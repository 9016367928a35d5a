"""Who writes and who calls when: the scenario's seasons over its agencies, for documents and for dossiers."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.engine.records import Records
from sim.exchange.codes import COMMUNE, EXOGENOUS, FILED, INTERNAL
from sim.exchange.founding import Founded
from sim.exchange.workload import Season, Workload
from sim.scenario.loading import LoadedScenario


def document_workload(loaded: LoadedScenario, founded: Founded) -> Workload:
    """Documents that agencies begin of their own accord."""
    seasons, agencies = loaded.scenario.seasons, founded.world.agencies
    season = Season(seasons.hours.weights, seasons.weekdays.weights, seasons.months.weights)
    return _workload(season, {EXOGENOUS: agencies["outgoing"], INTERNAL: agencies["internal"]}, loaded, founded)


def dossier_workload(loaded: LoadedScenario, founded: Founded, p: Mapping[str, float]) -> Workload:
    """Dossiers that citizens and firms file; Mondays and the days after Tết have factors of their own."""
    come = loaded.scenario.dossiers.arrivals
    monday, *others = come.weekdays.weights
    season = Season(
        come.hours.weights,
        (monday * p["dossiers.arrivals.monday_factor"], *others),
        come.months.weights,
        p["dossiers.arrivals.after_tet_factor"],
        round(p["dossiers.arrivals.after_tet_days"]),
    )
    return _workload(season, {FILED: founded.world.agencies["dossiers"]}, loaded, founded)


def _workload(season: Season, yearly: Mapping[int, Records], loaded: LoadedScenario, founded: Founded) -> Workload:
    tiers = np.minimum(founded.world.agencies["tier"], COMMUNE).astype(np.int64)
    year_start = founded.clock.at(loaded.scenario.horizon.start)
    calendars = founded.calendars[: COMMUNE + 1]
    one_in = loaded.scenario.run.thinning
    return Workload(season, founded.clock.origin, calendars, tiers, year_start, yearly, one_in)
