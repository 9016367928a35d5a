"""A study as an object: from what is asked, or from the run folder that holds it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.results.comparison_tables import ProposalRow
from sim.results.words import Words
from sim.studies.case import RESOLVED, Case, kept_case
from sim.studies.comparison import ComparedCase, Comparison, comparison
from sim.studies.goal_search import goal_search_of
from sim.studies.goal_study import GoalStudy, goal_study
from sim.studies.manifest import OpenedFolder
from sim.studies.parameter_study import ParameterStudy
from sim.studies.refusals import InputRefusedError
from sim.studies.sensitivity import sensitivity, sensitivity_of
from sim.studies.single_case import SingleCase, single_case
from sim.studies.spec import (
    CompareSpec,
    GoalSpec,
    InitSpec,
    ReplicatedSpec,
    RunSpec,
    SensitivitySpec,
    StudySpec,
    SweepSpec,
    replaced,
)
from sim.studies.sweep import sweep, sweep_of
from sim.studies.version import changed_since

AnyStudy = SingleCase | Comparison | ParameterStudy | GoalStudy


def study_of(spec: ReplicatedSpec) -> AnyStudy:
    """The study that a spec asks for, from the scenario where its author keeps it.

    Raises:
        SpecRefusedError: what is asked is not whole.
        ScenarioErrors: everything wrong with the scenario, the layers over it or the keys named.
    """
    match spec:
        case RunSpec():
            return single_case(spec)
        case CompareSpec():
            return comparison(spec)
        case SweepSpec():
            return sweep(spec)
        case SensitivitySpec():
            return sensitivity(spec)
        case GoalSpec():
            return goal_study(spec)


def reopened(run: OpenedFolder, spec: StudySpec | None = None) -> AnyStudy:
    """The study that a folder holds, from the scenarios kept in it.

    Args:
        run: the folder.
        spec: asked of these scenarios in place of what the folder was asked, as more replications are.

    Raises:
        InputRefusedError: the program or a scenario has changed since, or a scenario is missing.
        ScenarioErrors: a scenario in the folder can no longer be read.
    """
    try:
        study = _kept(run, run.spec if spec is None else spec)
    except FileNotFoundError as error:
        vietnamese = f"{run.shown}: thiếu kịch bản đã dùng"
        raise InputRefusedError(Words(vietnamese, f"{run.shown}: the scenario is missing from it")) from error
    if study.run_hash != run.folder.run_hash:
        changed = changed_since(run.manifest)
        vietnamese, english = f"đã đổi từ lần chạy đó: {changed.vi}", f"changed since that run: {changed.en}"
        repair = Words("dùng đúng phiên bản đã chạy, hoặc chạy mới", "use the version that ran it, or run it anew")
        raise InputRefusedError(
            Words(f"{run.shown}: {vietnamese}; {repair.vi}", f"{run.shown}: {english}; {repair.en}")
        )
    return study


def extended(run: OpenedFolder, more: int) -> AnyStudy:
    """The study in a folder, asked for so many more replications, of the scenarios kept there.

    Raises:
        InputRefusedError: it holds a shard only, chooses itself what to try, or the program has changed since.
    """
    if run.manifest.get("shard"):
        shard = run.manifest["shard"]
        vietnamese = f"là phần {shard}; hãy gộp bằng merge rồi chạy thêm"
        raise _refused(run, Words(vietnamese, f"holds shard {shard} only; merge the shards first, then extend"))
    spec = run.spec
    if isinstance(spec, GoalSpec | InitSpec):
        vietnamese = "là kết quả của goal, vốn tự chọn điểm thử; hãy hỏi lại với --replications hoặc --recheck lớn hơn"
        english = "is the answer of goal, which chooses what to try; ask anew with more --replications or --recheck"
        raise _refused(run, Words(vietnamese, english))
    wanted = int(run.manifest["replications_asked"]) + more
    if isinstance(spec, RunSpec):
        return reopened(run, replaced(spec, replications=wanted, half_widths=()))  # so many more, and no others
    return reopened(run, replaced(spec, replications=wanted))


def _kept(run: OpenedFolder, spec: StudySpec) -> AnyStudy:
    manifest, path = run.manifest, run.folder.path
    if isinstance(spec, CompareSpec):
        proposed = tuple(ProposalRow(**row) for row in manifest["proposals"])
        return Comparison(spec, tuple(_compared(path, cell, manifest) for cell in manifest["cells"]), proposed)
    case = _case(path / RESOLVED, manifest)
    match spec:
        case RunSpec():
            return SingleCase(spec, case, case.loaded)
        case SweepSpec():
            return sweep_of(spec, case, case.loaded)
        case SensitivitySpec():
            return sensitivity_of(spec, case, case.loaded)
        case GoalSpec():
            return GoalStudy(spec, goal_search_of(spec, case, case.loaded), case.loaded)
        case _:
            vietnamese = f"{run.shown}: lệnh này không dùng được với {spec.kind}"
            raise InputRefusedError(Words(vietnamese, f"{run.shown}: this command does not apply to {spec.kind}"))


def _case(path: Path, manifest: Mapping[str, Any]) -> Case:
    if not path.is_file():
        raise FileNotFoundError(path)
    return kept_case(path, int(manifest["seed"]), str(manifest["engine"]))


def _compared(path: Path, cell: Mapping[str, Any], manifest: Mapping[str, Any]) -> ComparedCase:
    case = _case(path / str(cell["folder"]) / RESOLVED, manifest)
    title = Words(str(cell["title_vi"]), str(cell["title_en"]))
    return ComparedCase(str(cell["cell"]), title, case.loaded, case)


def _refused(run: OpenedFolder, reason: Words) -> InputRefusedError:
    return InputRefusedError(Words(f"{run.shown}: {reason.vi}", f"{run.shown}: {reason.en}"))
