"""`merge`: the shards of one study, run in several places, made into the folder of the undivided one."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from sim.results.words import Words
from sim.scenario.files import as_on_disk
from sim.studies.execution import RESULTS, Execution
from sim.studies.folder import RunFolder
from sim.studies.journal import Journal
from sim.studies.manifest import PROVENANCE, RUNNING, OpenedFolder, opened, read_manifest, write_manifest
from sim.studies.opening import reopened
from sim.studies.progress import Listener
from sim.studies.refusals import InputRefusedError
from sim.studies.runner import StudyResult, run_study
from sim.studies.spec import GoalSpec, InitSpec, ReplicatedSpec, RunSpec, replaced

_COUNTS = {
    "status": RUNNING,
    "replications_asked": 0,
    "replications_done": 0,
    "replications_failed": 0,
    "failures": [],
    "shard": "",
}
_DIFFERING = {
    "scenario": Words("kịch bản", "scenario"),
    "scenario_hash": Words("nội dung kịch bản", "content of the scenario"),
    "cells": Words("các trường hợp được so sánh", "cases compared"),
    "seed": Words("số khởi tạo", "seed"),
    "engine": Words("bộ lập lịch", "scheduler"),
    "program_hash": Words("phiên bản chương trình, Python hoặc gói", "version of the program, Python or a package"),
}


def merge_folders(
    names: Sequence[str], out: Path | None, listener: Listener, resume: Callable[[Path], str]
) -> StudyResult:
    """Take every replication of the folders into one, then its tables and report as of the undivided study.

    Args:
        names: the run folders.
        out: the folder they are merged into; None for one in `results`.
        listener: told what happens.
        resume: the line that runs what is missing in a folder.

    Raises:
        InputRefusedError: the folders hold different studies.
        JournalConflictError: two of them hold different results for one replication.
    """
    runs = [opened(name) for name in dict.fromkeys(names)]
    refuse_different(runs)
    spec = _widest(runs)
    study = reopened(runs[0], spec)
    with ExitStack() as stack:
        sources = [stack.enter_context(Journal.to_read(run.folder.path)) for run in runs]
        refuse_contradictions(sources)
        path = as_on_disk(out or RESULTS / study.folder_name)
        folder = RunFolder.claim(path, study.run_hash)
        with Journal.to_write(folder.path) as journal:
            folder.clear_partials()
            if read_manifest(folder.path) is None:
                _copy_story(runs[0], folder)
            taken = sum(journal.merge_from(source) for source in sources)
    listener.say(Words(f"nhận thêm {taken} lần mô phỏng vào {path}", f"took {taken} simulations into {path}"))
    execution = Execution(out=path, workers=1, simulate=False, resume=resume(path))
    return run_study(study, execution, listener)


def refuse_different(runs: Sequence[OpenedFolder]) -> None:
    """Refuse folders of different studies.

    Raises:
        InputRefusedError: names each folder that is not like the first, and in what it differs.
    """
    first = runs[0]
    lines = [_difference(first, other) for other in runs[1:] if other.folder.run_hash != first.folder.run_hash]
    if lines:
        vietnamese = "\n".join(line.vi for line in lines)
        english = "\n".join(line.en for line in lines)
        repair = Words(
            "chỉ gộp được các phần của cùng một lệnh, chạy bằng cùng một phiên bản; dùng compare để so sánh",
            "only shards of the same command, run by the same version, can be merged; to compare studies use compare",
        )
        raise InputRefusedError(Words(f"{vietnamese}\n{repair.vi}", f"{english}\n{repair.en}"))


def refuse_contradictions(journals: Sequence[Journal]) -> None:
    """Look through all journals before any is taken, so that a refusal leaves nothing behind.

    Raises:
        JournalConflictError: two hold different results for one replication.
        JournalDamagedError: a row is not what was written.
    """
    for place, journal in enumerate(journals):
        for other in journals[place + 1 :]:
            journal.refuse_conflict(other)


def _difference(first: OpenedFolder, other: OpenedFolder) -> Words:
    apart = [words for key, words in _DIFFERING.items() if _of(key, first.manifest) != _of(key, other.manifest)]
    if len(apart) > 1 and _DIFFERING["scenario_hash"] in apart and _DIFFERING["scenario"] in apart:
        apart.remove(_DIFFERING["scenario_hash"])
    vietnamese = ", ".join(words.vi for words in apart) or "nội dung"
    english = ", ".join(words.en for words in apart) or "content"
    return Words(
        f"{other.shown}: khác {first.shown} về {vietnamese}", f"{other.shown}: differs from {first.shown} in {english}"
    )


def _of(key: str, manifest: Mapping[str, Any]) -> object:
    if key == "cells":
        return [cell["cell"] for cell in manifest.get("cells", ())]
    return manifest.get(key)


def _widest(runs: Sequence[OpenedFolder]) -> ReplicatedSpec:
    """What the shards were asked together: as many replications as any, and the second luck that any has."""
    spec = runs[0].spec
    if isinstance(spec, InitSpec):
        shown = runs[0].shown
        raise InputRefusedError(Words(f"{shown}: không gộp được init", f"{shown}: an init cannot be merged"))
    if isinstance(spec, GoalSpec):
        return spec
    if isinstance(spec, RunSpec):
        spec = replaced(spec, variance=any(isinstance(run.spec, RunSpec) and run.spec.variance for run in runs))
    return replaced(spec, replications=max(int(run.manifest["replications_asked"]) for run in runs))


def _copy_story(run: OpenedFolder, folder: RunFolder) -> None:
    """Who and what, and where each value came from, as the first shard kept it."""
    for source in sorted(run.folder.path.rglob(PROVENANCE)):
        target = folder.inside(source.relative_to(run.folder.path).as_posix())
        shutil.copyfile(source, target)
    write_manifest(folder, dict(run.manifest) | _COUNTS)
