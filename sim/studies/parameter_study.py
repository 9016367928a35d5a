"""A study that varies keys of one scenario: its cells, each the scenario with settings laid over it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import fsum
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.measure.cells import BESIDE, CellRun, aim_rows, cell_rows, codebook, planned_by_source
from sim.measure.parameters import parameter_rows
from sim.measure.payload import decode
from sim.results.run_tables import PARAMETERS
from sim.results.study_tables import AIMS, CODEBOOK, PointRow, cells_table, points_table
from sim.results.words import Words
from sim.scenario.agreeing_draws import draws_taken
from sim.scenario.drawn import quantities
from sim.scenario.errors import ScenarioErrors
from sim.scenario.keys import key_of, money_named, title_of
from sim.scenario.loading import LoadedScenario
from sim.studies.axes import Axis, corners, settings_of
from sim.studies.case import RESOLVED, Case, loaded_as_asked
from sim.studies.cell import Cell, canonical_json
from sim.studies.designs import Points
from sim.studies.folder import RunFolder, run_folder_name
from sim.studies.half_widths import UntilSure
from sim.studies.journal import Journal
from sim.studies.manifest import first_manifest, write_provenance
from sim.studies.model_spec import ModelSpec
from sim.studies.progress import Told, nobody
from sim.studies.remarks import last_line
from sim.studies.run_tables import has_tables
from sim.studies.spec import GoalSpec, VariedSpec

_LONGEST_SLUG = 50
"""Leaves room for the kind of study in the folder's name."""
CELL_TABLES = ("cells", "points", "codebook", "aims", "parameters")


@dataclass(frozen=True)
class VariedCell:
    """One cell: where it stands in the unit cube, the values of the keys there, and its seed."""

    number: int
    point: tuple[float, ...]
    values: tuple[float, ...]
    settings: tuple[str, ...]
    seed: int

    @property
    def name(self) -> str:
        """Its name in the journal and in messages."""
        return f"cell {self.number}"


@dataclass(frozen=True)
class ParameterStudy:
    """What is varied of which case, at which points.

    Attributes:
        spec: what was asked.
        base: the scenario all cells share.
        asked: the scenario as asked for, with the layers it was made of.
        axes: the keys varied.
        points: [cell, key] in the unit cube.
        samples: of the design.
        needed: tables that must be there.
        tabulate: writes the tables beyond cells.csv from the runs.
    """

    spec: VariedSpec
    base: Case
    asked: LoadedScenario
    axes: tuple[Axis, ...]
    points: Points
    samples: int
    needed: tuple[str, ...]
    tabulate: Callable[[ParameterStudy, RunFolder, Sequence[CellRun]], None]

    @property
    def about(self) -> dict[str, Any]:
        """What else names the study."""
        return {"command": self.spec.kind, "design": self.spec.design, "samples": self.samples}

    @property
    def folder_name(self) -> str:
        """Scenario, kind of study and results."""
        return run_folder_name(f"{self.base.loaded.slug[:_LONGEST_SLUG]}-{self.spec.kind}", self.run_hash)

    @property
    def wanted(self) -> int:
        """Replications of each cell."""
        return self.spec.replications or 1

    @property
    def sure(self) -> UntilSure | None:
        """None: the number is fixed."""
        return None

    @cached_property
    def varied(self) -> list[VariedCell]:
        """The cells, in the order of the points."""
        cells = []
        for number, point in enumerate(self.points.tolist()):
            values = tuple(axis.value(place) for axis, place in zip(self.axes, point, strict=True))
            seed = self.base.seed if self.spec.luck == "common" else self.base.seed + number
            cells.append(VariedCell(number, tuple(point), values, settings_of(self.axes, values), seed))
        return cells

    @cached_property
    def draws(self) -> NDArray[np.int64] | None:
        """[cell, replication] which draw of a calibration each has its unknowns from; None without one."""
        draws = self.base.loaded.agreeing_draws
        if not draws:
            return None
        seeds = {cell.seed for cell in self.varied}
        taken = {seed: draws_taken(draws, seed, range(self.wanted)) for seed in seeds}
        return np.array([taken[cell.seed] for cell in self.varied])

    @cached_property
    def run_hash(self) -> str:
        """The name of the results: the case, the settings of the cells, and what is made of them."""
        content = [self.base.run_hash, self.about, [[cell.settings, cell.seed] for cell in self.varied]]
        return hashlib.sha256(canonical_json(content).encode()).hexdigest()

    @property
    def case(self) -> Case:
        """The scenario all cells share."""
        return self.base

    @property
    def by_cell(self) -> bool:
        """Every cell is a result by itself."""
        return True

    def cell(self, folder: Path, varied: VariedCell) -> Cell:
        """One cell as the study machinery takes it."""
        return cell_with(self.base, folder, varied.settings, varied.seed, varied.name)

    def cells(self, folder: Path) -> Mapping[str, Cell]:
        """By name, all cells."""
        return {varied.name: self.cell(folder, varied) for varied in self.varied}

    def repeated(self, folder: Path) -> Cell | None:  # noqa: ARG002 - the form of a study
        """None: the cells themselves show what the keys do."""
        return None

    def write_into(self, folder: RunFolder) -> None:
        """Put the shared scenario into the folder."""
        self.base.write_into(folder)

    def first_manifest(self, folder: RunFolder, typed: Sequence[str]) -> dict[str, Any]:
        """That of the shared scenario, and what is varied."""
        write_provenance(folder, self.asked)
        keys = [key_record(axis, self.base.loaded) for axis in self.axes]
        study = {**self.about, "luck": self.spec.luck, "keys": keys, "points": len(self.points)}
        first = first_manifest(self.base, self.asked, self.spec, typed)
        return first | {"run_hash": self.run_hash, "study": study}

    def runs(self, journal: Journal) -> Iterator[CellRun]:
        """Every replication of every cell that the journal holds, and one blank for a cell without any."""
        for varied in self.varied:
            rows = list(journal.rows(self.cell(Path(), varied).cell_hash))
            for row in rows:
                measured = decode(row.payload, months=False, of=BESIDE) if row.status == "done" else None
                error = "" if row.status == "done" else last_line(row.error)
                yield CellRun(varied.number, row.replication, varied.seed, varied.values, measured, error)
            if not rows:
                yield CellRun(varied.number, 0, varied.seed, varied.values, None, "")

    def has_tables(self, folder: Path) -> bool:
        """Whether all tables are there."""
        return has_tables(folder, (*CELL_TABLES, *self.needed))

    def write_tables(self, folder: RunFolder, journal: Journal, told: Told = nobody) -> None:  # noqa: ARG002 - quick
        """Write cells.csv, its codebook, what the targets ask, and what is made of them.

        Raises:
            JournalDamagedError: a row is not what was written.
            FileWriteError: the disk refuses.
        """
        keys = [(axis.key, axis.unit, "lever" if axis.is_lever else "unknown") for axis in self.axes]
        loaded = self.base.loaded
        runs = list(self.runs(journal))
        names = [key for key, *_ in keys]
        columns = codebook(loaded, keys)
        points = [PointRow(one.number, dict(zip(names, one.point, strict=True))) for one in self.varied]
        for filled in (
            cells_table(columns, names).filled(cell_rows(loaded, names, runs)),
            points_table(names).filled(points),
            CODEBOOK.filled(columns),
            AIMS.filled(aim_rows(loaded)),
        ):
            folder.write_text(filled.table.file, filled.text())
        folder.write_text(PARAMETERS.file, PARAMETERS.text(parameter_rows(loaded)))
        self.tabulate(self, folder, runs)


def cell_with(base: Case, folder: Path, settings: Sequence[str], seed: int, name: str) -> Cell:
    """A case with settings laid over it, as the study machinery takes it; its shared scenario is in `folder`.

    The cell is named by the content of the shared scenario and by its settings, so that it need not be read to be
    known; settings that do not fit make a failed replication.
    """
    content = {"scenario": base.loaded.content_hash, "program": base.program, "engine": base.engine}
    content_of_cell = content | ({"sets": list(settings)} if settings else {})
    spec = ModelSpec(str(folder / RESOLVED), base.loaded.content_hash, seed, base.engine, sets=tuple(settings))
    return Cell(name, canonical_json(content_of_cell), seed, spec)


def refuse_bad_ends(base: Case, axes: Sequence[Axis], spec: VariedSpec | GoalSpec) -> None:
    """Read the scenario with each key at each of its ends.

    Raises:
        ScenarioErrors: everything that is wrong at any end.
    """
    errors = []
    for settings in corners(axes):
        try:
            loaded_as_asked(spec, settings)
        except ScenarioErrors as refused:
            errors += [replace(error, place=error.place or base.loaded.slug) for error in refused.errors]
    if errors:
        raise ScenarioErrors(list(dict.fromkeys(errors)))


_SCALE = ("budget", "scale")
_UNTURNED = {"scale": 1.0, "redivide": 1.0, "shift_years": 0.0}


def key_record(axis: Axis, loaded: LoadedScenario) -> dict[str, Any]:
    """What the manifest of a study says of a varied key: its title, from where to where, and where the plan is.

    `million_vnd` is the money that a scale of the plan's money stands for at one, and None of other keys;
    `earlier_million_vnd` what the plan has for the same in years before its decision, which no scale moves; `plan` is
    the value that the scenario itself has, None where it has none (a choice).
    """
    low, high = axis.value(0.0), axis.value(1.0)
    title = _title(axis, loaded)
    return {
        "key": axis.key,
        "title_vi": title.vi,
        "title_en": title.en,
        "role": "lever" if axis.is_lever else "unknown",
        "dimension": axis.dimension or "",
        "unit": axis.unit,
        "low": low,
        "high": high,
        "low_written": axis.written(low),
        "high_written": axis.written(high),
        "plan": _of_the_plan(axis, loaded),
        "million_vnd": _money_at_one(axis, loaded),
        "earlier_million_vnd": _money_before_the_decision(axis, loaded),
    }


def _title(axis: Axis, loaded: LoadedScenario) -> Words:
    """The key's title, with that of the plan line it names."""
    title = title_of(axis.key)
    path = key_of(axis.key)
    if path[:2] == _SCALE:  # its values are printed as money
        named = money_named(path[2])
        title = Words(f"Kinh phí {named.vi}", f"Money of {named.en}")
    if path[0] != "budget" or len(path) < 3:
        return title
    line = next((one for one in loaded.plan_lines if one.line_id == path[2]), None)
    if line is None:
        return title
    return Words(f"{title.vi} ({line.title_vi})", f"{title.en} ({line.title_en})")


def _of_the_plan(axis: Axis, loaded: LoadedScenario) -> float | None:
    path = key_of(axis.key)
    if path[0] == "budget" and len(path) > 2 and path[1] in _UNTURNED:
        return float(getattr(loaded.scenario.budget, path[1]).get(path[2], _UNTURNED[path[1]]))
    quantity = dict(quantities(loaded.scenario)).get(axis.key)
    return None if quantity is None or axis.alternatives else quantity.value


def _money_at_one(axis: Axis, loaded: LoadedScenario) -> float | None:
    """Million VND from the year of the decision on that the plan has where the scale is one."""
    if key_of(axis.key)[:2] != _SCALE:
        return None
    whole, without = (fsum(planned_by_source(loaded, {axis.key: factor}).values()) for factor in (1.0, 0.0))
    return round(whole - without, 6) or None


def _money_before_the_decision(axis: Axis, loaded: LoadedScenario) -> float | None:
    path = key_of(axis.key)
    if path[:2] != _SCALE:
        return None
    decided = loaded.scenario.plan.decided.year
    return (
        fsum(
            line.amount_million_vnd
            for line in loaded.plan_lines or loaded.budget
            if line.year < decided
            and path[2] in (line.line_id, f"chapter.{line.chapter}", f"source.{line.source}", "all")
        )
        or None
    )
