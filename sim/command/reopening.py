"""A study made again from its run folder alone: what merge, replay and watch work on."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.command import manifest as kept
from sim.command.carrying_out import Study
from sim.command.comparing import Compared, Comparison
from sim.command.running import OneCase
from sim.results.words import Words
from sim.scenario.loading import load
from sim.studies.case import RESOLVED, Case, case_of
from sim.studies.folder import RunFolder
from sim.studies.journal import Journal
from sim.studies.refusals import InputRefusedError


@dataclass(frozen=True)
class Opened:
    """A run folder that is there to be read.

    Attributes:
        shown: the folder as the person named it.
        folder: the folder.
        manifest: what it says of itself.
    """

    shown: str
    folder: RunFolder
    manifest: Mapping[str, Any]


def opened(shown: str) -> Opened:
    """A run folder with its manifest.

    Raises:
        FolderRefusedError: there is no run in it.
        InputRefusedError: its manifest is missing or cannot be read.
    """
    folder = RunFolder.opened(Path(shown))
    manifest = kept.read_manifest(folder.path)
    if manifest is None:
        vietnamese = f"{shown}: lần chạy dừng trước khi ghi được gì; hãy gõ lại lệnh đã chạy"
        english = f"{shown}: the run was stopped before it wrote anything; type its command again"
        raise InputRefusedError(Words(vietnamese, english))
    return Opened(shown, folder, manifest)


def reopened(run: Opened, words: Namespace) -> Study:
    """The run or comparison that a folder holds, from the scenarios kept in it.

    Raises:
        InputRefusedError: the program or a scenario has changed since, or it is a study of another kind.
        ScenarioErrors: a scenario in the folder can no longer be read.
    """
    manifest, path = run.manifest, run.folder.path
    cells = manifest.get("cells")
    if cells is None and "study" not in manifest and (path / RESOLVED).is_file():
        case = _case(path / RESOLVED, manifest)
        study: Study = OneCase(case, None, words, with_variance=_was_run_with_variance(run.folder, case))
    elif cells and all((path / str(cell["folder"]) / RESOLVED).is_file() for cell in cells):
        compared = [_compared(path, cell, manifest) for cell in cells]
        study = Comparison(tuple(compared), words)
    else:
        vietnamese = f"{run.shown}: thiếu kịch bản đã dùng, hoặc là loại nghiên cứu mà lệnh này chưa biết"
        english = f"{run.shown}: the scenario is missing from it, or it is a kind of study this command does not know"
        raise InputRefusedError(Words(vietnamese, english))
    if study.run_hash != run.folder.run_hash:
        vietnamese = "chương trình, Python hay gói đi kèm, hoặc kịch bản đã đổi từ lần chạy đó"
        english = "the program, Python or a package it rests on, or the scenario has changed since that run"
        repair = Words("dùng đúng phiên bản đã chạy, hoặc chạy mới", "use the version that ran it, or run it anew")
        raise InputRefusedError(
            Words(f"{run.shown}: {vietnamese}; {repair.vi}", f"{run.shown}: {english}; {repair.en}")
        )
    return study


def _case(path: Path, manifest: Mapping[str, Any]) -> Case:
    return case_of(load(path), int(manifest["seed"]), str(manifest["engine"]))


def _compared(path: Path, cell: Mapping[str, Any], manifest: Mapping[str, Any]) -> Compared:
    case = _case(path / str(cell["folder"]) / RESOLVED, manifest)
    return Compared(str(cell["cell"]), Words(str(cell["title_vi"]), str(cell["title_en"])), case.loaded, case)


def _was_run_with_variance(folder: RunFolder, case: Case) -> bool:
    wanted = case.cell(folder.path, second_luck=True).cell_hash
    with Journal.to_read(folder.path) as journal:
        return any(cell.cell_hash == wanted for cell in journal.cells())
