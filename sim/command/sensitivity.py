"""`sensitivity`: which inputs each target depends on most; from a finished study or a new one."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import nan
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.command import exit_codes
from sim.command.console import Console
from sim.command.results import records
from sim.command.scenarios import loaded_as_asked
from sim.command.sweeping import DEFAULT_SAMPLES, carried_out
from sim.command.varied import Varied, refuse_bad_ends
from sim.measure.cells import CellRun, aim_rows, value_of
from sim.measure.influence import GIVEN_BY
from sim.measure.measured import Measured
from sim.measure.parameters import parameter_rows
from sim.measure.payload import decode
from sim.report.sensitivity import effect_lines, read_effect_tables
from sim.results.run_tables import PARAMETERS
from sim.results.study_tables import AIMS, CODEBOOK, EFFECTS, EffectRow, cells_table, points_table
from sim.results.words import Words
from sim.scenario.drawn import quantities
from sim.scenario.errors import printable
from sim.scenario.loading import LoadedScenario, load
from sim.studies.axes import axes_of, unknowns_of
from sim.studies.case import RESOLVED, case_of
from sim.studies.designs import Points, points_of
from sim.studies.effects import FEWEST_CELLS, Effect, Method, effects_of
from sim.studies.folder import MARK, RunFolder
from sim.studies.journal import Journal
from sim.studies.lock import FolderLock
from sim.studies.refusals import InputRefusedError

METHODS: Mapping[str, Method] = {"morris": "morris", "saltelli": "sobol"}
"""Designs with a method of their own; PAWN takes any other."""


@dataclass(frozen=True)
class Looked:
    """Inputs of a sensitivity analysis: keys with their roles and values, and each target's values, [cell, future]."""

    keys: tuple[tuple[str, str], ...]
    points: Points
    values: Mapping[str, NDArray[np.float64]]
    method: Method
    seed: int


def sensitivity(words: Namespace, console: Console) -> int:
    """`sensitivity STUDY` from what is there, or `sensitivity SCENARIO` by simulating a design."""
    place = Path(words.study)
    if (place / MARK).is_file():
        return _of_folder(place, console)
    words.scenario = words.study
    asked = loaded_as_asked(words)
    axes = axes_of(words.over, asked) or unknowns_of(asked)
    base = case_of(asked, words.seed, words.engine)
    refuse_bad_ends(base, [axis for axis in axes if axis.is_lever], words)
    design = words.design or "morris"
    samples = words.samples or DEFAULT_SAMPLES[design]
    points = points_of(design, len(axes), samples, [axis.levels for axis in axes], base.seed)
    about = {"command": "sensitivity", "design": design, "samples": samples}
    luck = words.luck or "common"
    study = Varied(base, asked, tuple(axes), points, luck, words, about, ("effects",), _write_study, _answer)
    return carried_out("sensitivity", study, words, console)


def _write_study(study: Varied, folder: RunFolder, runs: Sequence[CellRun]) -> None:
    method = METHODS.get(str(study.about["design"]), "pawn")
    keys = tuple((axis.key, "lever" if axis.is_lever else "unknown") for axis in study.axes)
    values = {}
    for target in study.case.loaded.scenario.targets:
        found = [
            (one.cell, one.replication, value)
            for one in runs
            if one.measured is not None and (value := value_of(one.measured, target.id)) is not None
        ]
        values[target.id] = _by_future(found, len(study.points))
    write_effects(folder, Looked(keys, study.points, values, method, study.case.seed))


def _by_future(found: Sequence[tuple[int, int, float]], cells: int) -> NDArray[np.float64]:
    """Values by cell and replication; nan where there is none."""
    values = np.full((cells, 1 + max((replication for _, replication, _ in found), default=0)), nan)
    for cell, replication, value in found:
        values[cell, replication] = value
    return values


def write_effects(folder: RunFolder, looked: Looked) -> None:
    """Write effects.csv.

    Raises:
        FileWriteError: the disk refuses.
    """
    rows: list[EffectRow] = []
    for target_id, found in looked.values.items():
        effects = effects_of(looked.method, looked.points, found, looked.seed)
        cells = int(np.isfinite(found).any(axis=1).sum())
        for (key, role), effect in zip(looked.keys, effects, strict=False):
            rows.append(_effect_row(target_id, key, role, looked.method, effect, cells))
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


def _of_folder(place: Path, console: Console) -> int:
    folder = RunFolder.opened(place)
    manifest = json.loads((folder.path / "manifest.json").read_text(encoding="utf-8"))
    with FolderLock(folder.path):
        if isinstance(manifest.get("study"), dict):
            looked = _of_study(folder.path, manifest)
        elif "cells" in manifest or not (folder.path / RESOLVED).is_file():
            vietnamese = f"{place}: cần kết quả của run, sweep hay sensitivity"
            raise InputRefusedError(Words(vietnamese, f"{place}: holds neither a run nor a sweep"))
        else:
            loaded = load(folder.path / RESOLVED)
            with Journal.to_read(folder.path) as journal:
                measured = [decode(payload, months=False) for _, payload in journal.payloads(str(manifest["run_hash"]))]
            _refuse_few(place, len(measured))
            looked = _of_run(loaded, measured, int(manifest["seed"]))
            folder.write_text(AIMS.file, AIMS.text(aim_rows(loaded)))
            folder.write_text(PARAMETERS.file, PARAMETERS.text(parameter_rows(loaded)))
        write_effects(folder, looked)
        from sim.report.folder import write_report

        write_report(folder.path, "sensitivity")
    _answer(place, manifest, "sensitivity", console)
    return exit_codes.DONE


def _refuse_few(place: Path, done: int) -> None:
    if done < FEWEST_CELLS:
        vietnamese = f"{place}: mới có {done} lần chạy, cần ít nhất {FEWEST_CELLS}; chạy thêm bằng extend"
        english = f"{place}: holds {done} replications, {FEWEST_CELLS} are the least; add some with extend"
        raise InputRefusedError(Words(vietnamese, english))


def _of_study(folder: Path, manifest: Mapping[str, Any]) -> Looked:
    study = manifest["study"]
    keys = tuple((str(key["key"]), str(key["role"])) for key in study["keys"])
    names = [key for key, _ in keys]
    points = np.array([[row.places[key] for key in names] for row in points_table(names).read(folder)])
    cells = cells_table(CODEBOOK.read(folder), names).read(folder)
    values = {}
    for aim in AIMS.read(folder):
        found = [
            (row.cell, row.replication, value) for row in cells if (value := row.outcomes[aim.target_id]) is not None
        ]
        values[aim.target_id] = _by_future(found, len(points))
    return Looked(keys, points, values, METHODS.get(str(study["design"]), "pawn"), int(manifest["seed"]))


def _of_run(loaded: LoadedScenario, measured: Sequence[Measured], seed: int) -> Looked:
    """The parameters each replication drew, by rank: nothing is simulated."""
    drawn = [key for key, quantity in quantities(loaded.scenario) if quantity.kind != "fixed"]
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
    return Looked(tuple((key, "unknown") for key in keys), np.column_stack(columns), values, "pawn", seed)


def _answer(shown: Path, manifest: Mapping[str, Any], command: str, console: Console) -> None:
    page = shown / f"sensitivity.{console.lang}.html"
    if console.as_json:
        content = {
            "folder": str(shown),
            "status": manifest["status"],
            "scenario": manifest["scenario"],
            "seed": manifest["seed"],
            "failures": manifest["failures"],
            "effects": records(shown / "effects.csv"),
            "report": str(page) if page.is_file() else None,
        }
        console.answer_json(command, content)
        return
    lines = [printable(line) for line in effect_lines(read_effect_tables(shown), console.lang)]
    if page.is_file():
        lines += ["", Words(f"Báo cáo: {page}", f"Report: {page}").text(console.lang)]
    console.answer("\n".join(lines))
