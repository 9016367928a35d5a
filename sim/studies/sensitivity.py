"""`sensitivity`: which inputs each target depends on most; from a finished study or a new one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import nan
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.measure.cells import CellRun, aim_rows, value_of
from sim.measure.influence import GIVEN_BY
from sim.measure.measured import Measured
from sim.measure.parameters import parameter_rows
from sim.measure.payload import decode
from sim.measure.shared_draws import shared_draws
from sim.results.run_tables import PARAMETERS
from sim.results.study_tables import AIMS, CODEBOOK, EFFECTS, EffectRow, cells_table, points_table
from sim.results.words import Words
from sim.scenario.loading import LoadedScenario, load
from sim.studies.axes import axes_of, unknowns_of
from sim.studies.case import RESOLVED, Case, case_of, loaded_as_asked
from sim.studies.designs import Points, points_of
from sim.studies.effects import FEWEST_BASE_POINTS, FEWEST_CELLS, FEWEST_TRAJECTORIES, Effect, Method, effects_of
from sim.studies.folder import RunFolder
from sim.studies.journal import Journal
from sim.studies.lock import FolderLock
from sim.studies.manifest import OpenedFolder, opened
from sim.studies.parameter_study import ParameterStudy, refuse_bad_ends
from sim.studies.refusals import InputRefusedError, SpecRefusedError
from sim.studies.spec import RunSpec, SensitivitySpec, SweepSpec, VariedSpec
from sim.studies.sweep import DEFAULT_SAMPLES, refuse_without_targets

METHODS: Mapping[str, Method] = {"morris": "morris", "saltelli": "sobol"}
"""Designs with a method of their own; PAWN takes any other."""

_UNITS = {"morris": Words("quỹ đạo", "trajectories"), "saltelli": Words("mẫu gốc", "base points")}


@dataclass(frozen=True)
class SensitivityInput:
    """Inputs of a sensitivity analysis: keys with their roles and values, and each target's values, [cell, future].

    `rows` says which draw of a calibration each cell has its keys from, where the keys are what a run drew.
    """

    keys: tuple[tuple[str, str], ...]
    points: Points
    values: Mapping[str, NDArray[np.float64]]
    method: Method
    seed: int
    rows: tuple[int, ...] | None = None


def sensitivity(spec: SensitivitySpec) -> ParameterStudy:
    """The study that a spec asks for: a design over the keys named, else over every unknown.

    Raises:
        SpecRefusedError: the design is too small for its method.
        ScenarioErrors: everything wrong with the scenario, the keys or their ends.
    """
    asked = loaded_as_asked(spec)
    refuse_without_targets(asked)
    base = case_of(asked, spec.seed, spec.engine)
    study = sensitivity_of(spec, base, asked)
    _refuse_small(study)
    refuse_bad_ends(base, [axis for axis in study.axes if axis.is_lever], spec)
    return study


def _refuse_small(study: ParameterStudy) -> None:
    spec, samples, cells = study.spec, study.samples, len(study.points)
    fewest = {"morris": FEWEST_TRAJECTORIES, "saltelli": FEWEST_BASE_POINTS}.get(spec.design)
    if fewest is None and cells < FEWEST_CELLS:
        if spec.design == "grid":
            repair = Words("thêm mức: THAM_SỐ=thấp:cao:số mức", "give more levels: KEY=lo:hi:levels")
        else:
            repair = Words(f"dùng --samples {FEWEST_CELLS} trở lên", f"use --samples {FEWEST_CELLS} or more")
        raise SpecRefusedError(
            Words(
                f"quá ít ô cho chỉ số PAWN: có {cells}, cần ít nhất {FEWEST_CELLS}; {repair.vi}",
                f"too few cells for PAWN indices: {cells}, where {FEWEST_CELLS} at least are needed; {repair.en}",
            )
        )
    if fewest is not None and samples < fewest:
        named = _UNITS[spec.design]
        raise SpecRefusedError(
            Words(
                f"quá ít {named.vi} cho {spec.design}: có {samples}, cần ít nhất {fewest}; dùng --samples {fewest}",
                f"too few {named.en} for {spec.design}: {samples}, where {fewest} at least are needed; use --samples"
                f" {fewest}",
            )
        )


def sensitivity_of(spec: SensitivitySpec, base: Case, asked: LoadedScenario) -> ParameterStudy:
    """The study of a case that is there already; raises ScenarioErrors for the keys."""
    axes = axes_of(spec.over, asked) or unknowns_of(asked)
    samples = spec.samples or DEFAULT_SAMPLES[spec.design]
    points = points_of(spec.design, len(axes), samples, [axis.levels for axis in axes], base.seed)
    return ParameterStudy(spec, base, asked, tuple(axes), points, samples, ("effects",), _write_study)


def _write_study(study: ParameterStudy, folder: RunFolder, runs: Sequence[CellRun]) -> None:
    method = METHODS.get(study.spec.design, "pawn")
    keys = tuple((axis.key, "lever" if axis.is_lever else "unknown") for axis in study.axes)
    values = {}
    for target in study.case.loaded.scenario.targets:
        found = [
            (one.cell, one.replication, value)
            for one in runs
            if one.measured is not None and (value := value_of(one.measured, target.id)) is not None
        ]
        values[target.id] = _by_future(found, len(study.points))
    write_effects(folder, SensitivityInput(keys, study.points, values, method, study.case.seed))


def _by_future(found: Sequence[tuple[int, int, float]], cells: int) -> NDArray[np.float64]:
    """Values by cell and replication; nan where there is none."""
    values = np.full((cells, 1 + max((replication for _, replication, _ in found), default=0)), nan)
    for cell, replication, value in found:
        values[cell, replication] = value
    return values


def write_effects(folder: RunFolder, inputs: SensitivityInput) -> None:
    """Write effects.csv; a key is named for a target only where that is beyond chance among all keys and all targets.

    Raises:
        FileWriteError: the disk refuses.
    """
    rows: list[EffectRow] = []
    beside = sum(len(set(found[np.isfinite(found)].tolist())) > 1 for found in inputs.values.values())
    for target_id, found in inputs.values.items():
        effects = effects_of(inputs.method, inputs.points, found, inputs.seed, beside=max(1, beside), rows=inputs.rows)
        cells = int(np.isfinite(found).any(axis=1).sum())
        for (key, role), effect in zip(inputs.keys, effects, strict=False):
            rows.append(_effect_row(target_id, key, role, inputs.method, effect, cells))
    folder.write_text(EFFECTS.file, EFFECTS.text(rows))


def _effect_row(target_id: str, key: str, role: str, method: Method, effect: Effect, cells: int) -> EffectRow:
    return EffectRow(
        target_id=target_id,
        key=key,
        role=role,
        method=method,
        effect=round(effect.index, 12),
        effect_low=round(effect.low, 12),
        effect_high=round(effect.high, 12),
        second=round(effect.second, 12),
        noticeable=effect.is_noticeable,
        cells=cells,
    )


def analyse_folder(place: Path) -> OpenedFolder:
    """What each target of a finished run, sweep or sensitivity study hangs on: effects.csv and its pages beside it.

    Raises:
        InputRefusedError: it is another kind of study, or holds too few replications.
        FolderRefusedError, FolderBusyError: there is no run in it, or somebody writes there.
        FileWriteError: the disk refuses.
    """
    run = opened(str(place))
    folder, spec = run.folder, run.spec
    with FolderLock(folder.path):
        match spec:
            case SweepSpec() | SensitivitySpec():
                inputs = _of_study(place, folder.path, run.manifest, spec)
            case RunSpec() if (folder.path / RESOLVED).is_file():
                inputs = _of_run(place, run)
            case _:
                vietnamese = f"{place}: cần kết quả của run, sweep hay sensitivity"
                raise InputRefusedError(Words(vietnamese, f"{place}: holds neither a run nor a sweep"))
        write_effects(folder, inputs)
        from sim.report.folder import write_report

        write_report(folder.path, "sensitivity")
    return run


def _refuse_few(place: Path, done: int) -> None:
    if done < FEWEST_CELLS:
        vietnamese = f"{place}: mới có {done} lần chạy, cần ít nhất {FEWEST_CELLS}; chạy thêm bằng extend"
        english = f"{place}: holds {done} replications, at least {FEWEST_CELLS} are needed; add more with extend"
        raise InputRefusedError(Words(vietnamese, english))


def _of_study(place: Path, folder: Path, manifest: Mapping[str, Any], spec: VariedSpec) -> SensitivityInput:
    study = manifest["study"]
    keys = tuple((str(key["key"]), str(key["role"])) for key in study["keys"])
    names = [key for key, _ in keys]
    if spec.design not in METHODS and int(study["points"]) < FEWEST_CELLS:
        vietnamese = f"{place}: có {study['points']} ô, cần ít nhất {FEWEST_CELLS}; chạy lại với nhiều ô hơn"
        english = f"{place}: has {study['points']} cells, at least {FEWEST_CELLS} are needed; ask for more cells"
        raise InputRefusedError(Words(vietnamese, english))
    points = np.array([[row.places[key] for key in names] for row in points_table(names).read(folder)])
    cells = cells_table(CODEBOOK.read(folder), names).read(folder)
    values = {}
    for aim in AIMS.read(folder):
        found = [
            (row.cell, row.replication, value) for row in cells if (value := row.outcomes[aim.target_id]) is not None
        ]
        values[aim.target_id] = _by_future(found, len(points))
    return SensitivityInput(keys, points, values, METHODS.get(spec.design, "pawn"), int(manifest["seed"]))


def _of_run(place: Path, run: OpenedFolder) -> SensitivityInput:
    """The parameters each replication drew, by rank: nothing is simulated."""
    loaded = load(run.folder.path / RESOLVED)
    with Journal.to_read(run.folder.path) as journal:
        measured = [decode(payload, months=False) for _, payload in journal.payloads(str(run.manifest["run_hash"]))]
    _refuse_few(place, len(measured))
    run.folder.write_text(AIMS.file, AIMS.text(aim_rows(loaded)))
    run.folder.write_text(PARAMETERS.file, PARAMETERS.text(parameter_rows(loaded)))
    return _ranks_drawn(loaded, measured, int(run.manifest["seed"]))


def _ranks_drawn(loaded: LoadedScenario, measured: Sequence[Measured], seed: int) -> SensitivityInput:
    drawn = [axis.key for axis in unknowns_of(loaded)]
    keys = [key for key in drawn if all(key in one.parameters for one in measured)]
    columns = []
    for key in keys:
        column = np.array([one.parameters[key] for one in measured])
        columns.append(np.argsort(np.argsort(column, kind="stable"), kind="stable") / max(1, len(measured) - 1))
    values = {
        target.id: np.array([[nan if (value := value_of(one, target.id)) is None else value] for one in measured])
        for target in loaded.scenario.targets
        if target.measure not in GIVEN_BY  # such a target is a parameter, and would be told to hang on itself
    }
    rows = shared_draws(loaded, seed, [one.replication for one in measured]).rows
    named = tuple((key, "unknown") for key in keys)
    return SensitivityInput(named, np.column_stack(columns), values, "pawn", seed, rows)
