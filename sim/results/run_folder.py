"""All tables of a run's folder, in the order in which they are written."""

from __future__ import annotations

from typing import Any

from sim.results.evidence_tables import BASELINES, INFLUENCE, VARIANCE
from sim.results.money_tables import MILESTONES, MONEY, SPENDING
from sim.results.run_tables import AGENCIES, CAUSES, MANDATES, PARAMETERS, REPLICATIONS, SERIES, TARGETS
from sim.results.service_tables import CERTIFICATES, DOSSIER_CHECKS, DOSSIERS, SATURATION
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
