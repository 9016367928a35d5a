"""Everything that the report of a run reads from its folder."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from math import fsum
from pathlib import Path
from typing import TypeVar

from sim.report.manifest import Manifest, read_manifest
from sim.results.agency_tables import AGENCIES_BY_QUARTER, TARGETS_BY_DISTRICT, AgencyQuarterRow, DistrictTargetRow
from sim.results.evidence_tables import BASELINES, INFLUENCE, VARIANCE, BaselineRow, InfluenceRow, VarianceRow
from sim.results.hindcast_tables import HINDCAST, HindcastRow
from sim.results.lacking_tables import LACKING, LackingRow
from sim.results.money_tables import (
    MILESTONES,
    MONEY,
    PROJECTS,
    SPENDING,
    MilestoneRow,
    MoneyRow,
    ProjectRow,
    SpendingRow,
)
from sim.results.plan_tables import (
    ALTERNATIVES,
    HELD_UP,
    INERT,
    UNSERVED,
    AlternativeRow,
    HeldUpRow,
    InertRow,
    UnservedRow,
)
from sim.results.remedy_tables import REMEDIES, RemedyRow
from sim.results.run_tables import (
    AGENCIES,
    CAUSES,
    MANDATES,
    PARAMETERS,
    REPLICATIONS,
    SERIES,
    TARGETS,
    TARGETS_BY_YEAR,
    AgencyRow,
    CauseRow,
    MandateRow,
    ParameterRow,
    SeriesRow,
    TargetRow,
    TargetYearRow,
)
from sim.results.service_tables import (
    CERTIFICATES,
    DELAYS,
    DOSSIER_CHECKS,
    DOSSIERS,
    OVERTIME,
    SATURATED_POSTS,
    SATURATION,
    CertificateRow,
    DelayRow,
    DossierCheckRow,
    DossierRow,
    OvertimeRow,
    SaturatedPostRow,
    SaturationRow,
)
from sim.results.sharpened_tables import SHARPENED, SharpenedRow
from sim.results.table import Table

Row = TypeVar("Row")
LevelMeans = Mapping[tuple[str, date], float]
"""Mean share of agencies, over the simulations, by level of e-office use and month."""
_LEVELS = "eoffice_level_share"


@dataclass(frozen=True, slots=True)
class RunTables:
    """The manifest and the tables of a run; those left out are empty."""

    manifest: Manifest
    targets: tuple[TargetRow, ...] = ()
    series: tuple[SeriesRow, ...] = ()
    causes: tuple[CauseRow, ...] = ()
    spending: tuple[SpendingRow, ...] = ()
    parameters: tuple[ParameterRow, ...] = ()
    agencies: tuple[AgencyRow, ...] = ()
    variance: tuple[VarianceRow, ...] = ()
    influence: tuple[InfluenceRow, ...] = ()
    mandates: tuple[MandateRow, ...] = ()
    baselines: tuple[BaselineRow, ...] = ()
    milestones: tuple[MilestoneRow, ...] = ()
    dossiers: tuple[DossierRow, ...] = ()
    dossier_checks: tuple[DossierCheckRow, ...] = ()
    money: tuple[MoneyRow, ...] = ()
    certificates: tuple[CertificateRow, ...] = ()
    saturation: tuple[SaturationRow, ...] = ()
    alternatives: tuple[AlternativeRow, ...] = ()
    inert: tuple[InertRow, ...] = ()
    unserved: tuple[UnservedRow, ...] = ()
    lacking: tuple[LackingRow, ...] = ()
    held_up: tuple[HeldUpRow, ...] = ()
    saturated_posts: tuple[SaturatedPostRow, ...] = ()
    delays: tuple[DelayRow, ...] = ()
    overtime: tuple[OvertimeRow, ...] = ()
    targets_by_year: tuple[TargetYearRow, ...] = ()
    targets_by_district: tuple[DistrictTargetRow, ...] = ()
    agencies_by_quarter: tuple[AgencyQuarterRow, ...] = ()
    remedies: tuple[RemedyRow, ...] = ()
    projects: tuple[ProjectRow, ...] = ()
    hindcast: tuple[HindcastRow, ...] = ()
    sharpened: tuple[SharpenedRow, ...] = ()
    level_means: LevelMeans = field(default_factory=dict)


def _if_there(folder: Path, table: Table[Row]) -> tuple[Row, ...]:
    """The rows of a table that not every run has."""
    return tuple(table.read(folder)) if (folder / table.file).is_file() else ()


def read_run_tables(folder: Path) -> RunTables:
    """Read a run folder.

    Raises:
        FileNotFoundError: the manifest or a table is missing.
        TableError: one cannot be read.
    """
    return RunTables(
        manifest=read_manifest(folder),
        targets=TARGETS.read(folder),
        series=SERIES.read(folder),
        causes=CAUSES.read(folder),
        spending=SPENDING.read(folder),
        parameters=PARAMETERS.read(folder),
        agencies=AGENCIES.read(folder),
        variance=VARIANCE.read(folder),
        influence=INFLUENCE.read(folder),
        mandates=MANDATES.read(folder),
        baselines=BASELINES.read(folder),
        milestones=MILESTONES.read(folder),
        dossiers=DOSSIERS.read(folder),
        dossier_checks=DOSSIER_CHECKS.read(folder),
        money=MONEY.read(folder),
        certificates=CERTIFICATES.read(folder),
        saturation=SATURATION.read(folder),
        alternatives=_if_there(folder, ALTERNATIVES),
        inert=_if_there(folder, INERT),
        unserved=_if_there(folder, UNSERVED),
        lacking=_if_there(folder, LACKING),
        held_up=_if_there(folder, HELD_UP),
        saturated_posts=_if_there(folder, SATURATED_POSTS),
        delays=_if_there(folder, DELAYS),
        overtime=_if_there(folder, OVERTIME),
        targets_by_year=_if_there(folder, TARGETS_BY_YEAR),
        targets_by_district=_if_there(folder, TARGETS_BY_DISTRICT),
        agencies_by_quarter=_if_there(folder, AGENCIES_BY_QUARTER),
        remedies=_if_there(folder, REMEDIES),
        projects=_if_there(folder, PROJECTS),
        hindcast=_if_there(folder, HINDCAST),
        sharpened=_if_there(folder, SHARPENED),
        level_means=_level_means(folder),
    )


def _level_means(folder: Path) -> LevelMeans:
    """From the large table of single replications, of which only the lines wanted are looked at; empty without it."""
    path = folder / REPLICATIONS.file
    if not path.is_file():
        return {}
    found: defaultdict[tuple[str, date], list[float]] = defaultdict(list)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        names = next(csv.reader([stream.readline()]), [])
        for cells in csv.reader(line for line in stream if _LEVELS in line):
            row = dict(zip(names, cells, strict=True))
            if (row["measure"], row["version"]) == (_LEVELS, "true"):
                level = row["scope"].removeprefix("level:")
                found[level, date.fromisoformat(row["date"])].append(float(row["value"]))
    return {key: fsum(values) / len(values) for key, values in found.items()}
