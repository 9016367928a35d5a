"""The tables of a sweep's folder as one value, and what is counted in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from sim.report.manifest import Manifest, count, manifest_from
from sim.report.study import Aim, StudyKey, read_aims, read_cells, read_study_manifest, study_keys
from sim.results.study_tables import (
    BESIDE,
    CELLS_FOR_A_CURVE,
    LEVELS,
    MAP,
    RESPONSE,
    SWINGS,
    BesideRow,
    CellRow,
    CurvePoint,
    LevelRow,
    MapPoint,
    SwingRow,
)
from sim.results.table import TableError

FEWEST_FOR_AN_INTERVAL = 4
"""Simulations at a level from which intervals are shown: those of two or three reach beyond what can be."""


@dataclass(frozen=True, slots=True)
class SweepTables:
    """Everything the page of a sweep reads."""

    manifest: Manifest
    study: Mapping[str, object]
    keys: tuple[StudyKey, ...]
    aims: tuple[Aim, ...]
    swings: tuple[SwingRow, ...]
    curves: tuple[CurvePoint, ...]
    levels: tuple[LevelRow, ...]
    map: tuple[MapPoint, ...]
    cells: tuple[CellRow, ...]
    simulations_done: int
    simulations_asked: int
    beside: tuple[BesideRow, ...] = ()

    def key(self, name: str) -> StudyKey:
        """The key of this name; raises TableError when the study does not vary it."""
        for one in self.keys:
            if one.key == name:
                return one
        raise TableError(f"{name}: not a key of this study")

    @property
    def futures(self) -> int:
        """Replications of each cell under common luck; 0 when each cell has its own luck."""
        if self.study.get("luck") != "common":
            return 0
        return self.simulations_of_a_cell

    @property
    def cells_done(self) -> int:
        """Cells of which at least one simulation is finished."""
        return len({row.cell for row in self.cells if row.status == "done"})

    @property
    def cells_for_a_curve(self) -> int:
        """Cells from which a curve is drawn and checked."""
        return CELLS_FOR_A_CURVE * len(self.keys)

    @property
    def simulations_of_a_cell(self) -> int:
        """The most that any cell has."""
        return 1 + max((row.replication for row in self.cells), default=0)

    def swings_of(self, target_id: str) -> list[SwingRow]:
        """Of one target, the largest first."""
        return sorted((row for row in self.swings if row.target_id == target_id), key=lambda row: -abs(row.swing))

    def curve(self, target_id: str, key: str) -> list[CurvePoint]:
        """Of one target along one key; empty where left-out cells do not confirm a curve."""
        return [row for row in self.curves if (row.target_id, row.key) == (target_id, key)]

    def groups(self, target_id: str, key: str) -> list[LevelRow]:
        """Means of the cells that stand together along one key, the lowest first."""
        return [row for row in self.levels if (row.target_id, row.key) == (target_id, key)]


def read_sweep_tables(folder: Path) -> SweepTables:
    """Read a sweep's folder. Raises FileNotFoundError when a table is missing, TableError when one cannot be read."""
    manifest = read_study_manifest(folder)
    study = manifest["study"]
    keys = study_keys(study if isinstance(study, dict) else {})
    tables = SweepTables(
        manifest=manifest_from(manifest),
        study=study if isinstance(study, dict) else {},
        keys=keys,
        aims=read_aims(folder),
        swings=SWINGS.read(folder),
        curves=RESPONSE.read_if_there(folder),
        levels=LEVELS.read_if_there(folder),
        map=MAP.read_if_there(folder),
        cells=read_cells(folder, keys),
        simulations_done=count(manifest, "simulations_done"),
        simulations_asked=count(manifest, "simulations_asked"),
        beside=BESIDE.read_if_there(folder),
    )
    return replace(
        tables,
        swings=tuple(_told(row, row.cells * tables.simulations_of_a_cell // 2) for row in tables.swings),
        levels=tuple(_known(row) for row in tables.levels),
        beside=tuple(_known_beside(row) for row in tables.beside),
    )


def _told(row: SwingRow, simulations: int) -> SwingRow:
    """A change without its interval where too few simulations stand at either end; a curve keeps its own."""
    if row.is_by_curve or simulations >= FEWEST_FOR_AN_INTERVAL:
        return row
    return replace(row, swing_low=None, swing_high=None)


def _known(row: LevelRow) -> LevelRow:
    return row if row.simulations >= FEWEST_FOR_AN_INTERVAL else replace(row, mean_low=None, mean_high=None)


def _known_beside(row: BesideRow) -> BesideRow:
    if row.simulations >= FEWEST_FOR_AN_INTERVAL:
        return row
    return replace(row, mean_low=None, mean_high=None, change_low=None, change_high=None)
