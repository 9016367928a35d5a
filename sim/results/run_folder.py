"""All tables of a run's folder, in the order in which they are written, and those of studies."""

from __future__ import annotations

from typing import Any

from sim.results.comparison_tables import COMPARE, COMPARE_SERIES, RANKING, SPLIT
from sim.results.evidence_tables import BASELINES, INFLUENCE, VARIANCE
from sim.results.goal_tables import GOAL_POINTS
from sim.results.money_tables import MILESTONES, MONEY, SPENDING
from sim.results.run_tables import AGENCIES, CAUSES, MANDATES, PARAMETERS, REPLICATIONS, SERIES, TARGETS
from sim.results.service_tables import CERTIFICATES, DOSSIER_CHECKS, DOSSIERS, SATURATION
from sim.results.study_tables import AIMS, CELLS, CODEBOOK, EFFECTS, MAP, POINTS, RESPONSE, SWINGS
from sim.results.table import Table

RUN_TABLES: tuple[Table[Any], ...] = (
    TARGETS,
    SERIES,
    REPLICATIONS,
    CAUSES,
    SPENDING,
    MONEY,
    AGENCIES,
    PARAMETERS,
    VARIANCE,
    INFLUENCE,
    MANDATES,
    BASELINES,
    MILESTONES,
    DOSSIERS,
    DOSSIER_CHECKS,
    CERTIFICATES,
    SATURATION,
)

STUDY_TABLES: tuple[Table[Any], ...] = (
    COMPARE,
    COMPARE_SERIES,
    RANKING,
    SPLIT,
    CELLS,
    POINTS,
    CODEBOOK,
    AIMS,
    RESPONSE,
    SWINGS,
    MAP,
    EFFECTS,
    GOAL_POINTS,
)
"""Of a comparison, a sweep, a sensitivity analysis and a search; keys and targets give three of them more columns."""
