"""All tables of a run's folder, in the order in which they are written, and those of studies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sim.results.agency_tables import AGENCIES_BY_QUARTER, TARGETS_BY_DISTRICT
from sim.results.comparison_tables import CASE_FIGURES, CASE_ORDER, COMPARE, COMPARE_SERIES, PROPOSALS, RANKING, SPLIT
from sim.results.evidence_tables import BASELINES, INFLUENCE, VARIANCE
from sim.results.goal_tables import GOAL_POINTS, goal_points
from sim.results.hindcast_tables import ELSEWHERE, HINDCAST, LEFT_OUT
from sim.results.lacking_tables import LACKING
from sim.results.money_tables import MILESTONES, MONEY, PROJECTS, SPENDING
from sim.results.plan_tables import ALTERNATIVES, HELD_UP, INERT, UNSERVED
from sim.results.remedy_tables import REMEDIES
from sim.results.run_tables import (
    AGENCIES,
    CAUSES,
    MANDATES,
    PARAMETERS,
    REPLICATIONS,
    SERIES,
    TARGETS,
    TARGETS_BY_YEAR,
)
from sim.results.service_tables import (
    CERTIFICATES,
    DELAYS,
    DOSSIER_CHECKS,
    DOSSIERS,
    OVERTIME,
    SATURATED_POSTS,
    SATURATION,
)
from sim.results.sharpened_tables import SHARPENED
from sim.results.study_tables import (
    AIMS,
    BESIDE,
    CELLS,
    CODEBOOK,
    EFFECTS,
    LEVELS,
    MAP,
    POINTS,
    RESPONSE,
    SWINGS,
    cells_table,
    points_table,
)
from sim.results.table import CodebookRow, Table
from sim.results.update_tables import UPDATE_TABLES
from sim.results.words import Words

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
    PROJECTS,
    DOSSIERS,
    DOSSIER_CHECKS,
    CERTIFICATES,
    SATURATION,
    ALTERNATIVES,
    INERT,
    UNSERVED,
    HELD_UP,
    LACKING,
    SATURATED_POSTS,
    DELAYS,
    OVERTIME,
    TARGETS_BY_YEAR,
    TARGETS_BY_DISTRICT,
    AGENCIES_BY_QUARTER,
)

NOT_OF_EVERY_RUN: tuple[Table[Any], ...] = (REMEDIES, HINDCAST, LEFT_OUT, ELSEWHERE, *UPDATE_TABLES, SHARPENED)
"""Of a run whose options were tried, that was held against figures, that took them in, or that was made sharper."""

STUDY_TABLES: tuple[Table[Any], ...] = (
    COMPARE,
    COMPARE_SERIES,
    CASE_FIGURES,
    CASE_ORDER,
    RANKING,
    SPLIT,
    PROPOSALS,
    CELLS,
    POINTS,
    CODEBOOK,
    AIMS,
    RESPONSE,
    SWINGS,
    LEVELS,
    MAP,
    BESIDE,
    EFFECTS,
    GOAL_POINTS,
    REMEDIES,
)
"""Of a comparison, a sweep, a sensitivity analysis, a search and the options tried beside a run; keys and targets give
three of them more columns."""

TABLES_CODEBOOK = Table("codebook", CodebookRow, Words("Ý nghĩa các cột", "What the columns hold"))
"""What every column of a folder's tables holds; `codebook.csv` of a run."""


def codebook(tables: Iterable[Table[Any]]) -> list[CodebookRow]:
    """What every column of these tables holds."""
    return [row for table in tables for row in table.codebook()]


def named(folder: Path, manifest: Mapping[str, Any]) -> dict[str, Any]:
    """What every answer for a machine begins with: which folder, how far, of which scenario and seed."""
    return {"folder": str(folder), **{key: manifest[key] for key in ("status", "scenario", "seed")}}


def tables_of(folder: Path, manifest: Mapping[str, Any]) -> tuple[Table[Any], ...]:
    """The tables of a folder, the one that answers its study first; effects and remedies where they were looked into.

    Args:
        folder: the run folder; the columns of `cells` are those that its codebook lists.
        manifest: what it says of itself: the kind of study, the keys that were varied.

    Raises:
        FileNotFoundError, TableError: the codebook is missing or damaged.
    """
    kind = manifest["spec"]["kind"]
    effects = (EFFECTS,) if kind != "sensitivity" and (folder / EFFECTS.file).is_file() else ()
    if kind == "run":
        there = tuple(table for table in NOT_OF_EVERY_RUN if (folder / table.file).is_file())
        return (*RUN_TABLES, *there, *effects, AIMS) if effects else (*RUN_TABLES, *there)
    if kind == "compare":
        return (COMPARE, COMPARE_SERIES, CASE_FIGURES, CASE_ORDER, RANKING, SPLIT, PROPOSALS, TARGETS, PARAMETERS)
    keys = {str(key["key"]): str(key["unit"]) for key in manifest["study"]["keys"]}
    if kind == "goal":
        asked = manifest["goal"]
        return (goal_points(keys, asked["sources"], asked["targets"]), AIMS, PARAMETERS)
    cells = cells_table(CODEBOOK.read(folder), keys)
    common = (cells, points_table(list(keys)), CODEBOOK, AIMS, PARAMETERS)
    return (SWINGS, RESPONSE, LEVELS, MAP, BESIDE, *effects, *common) if kind == "sweep" else (EFFECTS, *common)


def records(folder: Path, manifest: Mapping[str, Any], name: str) -> list[dict[str, str | int | float | None]]:
    """A table's rows by column, as JSON takes them; none where it is not written yet.

    Raises:
        KeyError: this kind of study has no such table.
        TableError: it is damaged.
    """
    if not (folder / f"{name}.csv").is_file():
        return []
    table = {one.name: one for one in tables_of(folder, manifest)}[name]
    header, rows = table.filled(table.read(folder)).header_and_cells()
    return [dict(zip(header, row, strict=True)) for row in rows]
