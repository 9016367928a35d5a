"""Commands that ask a study or go on with one: `run`, `compare`, `sweep`, `sensitivity`, `goal`, `extend`, `merge`."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from sim.command import exit_codes
from sim.command.commands import parser_of
from sim.command.console import Console
from sim.command.estimate_answer import answer_estimate, answer_most
from sim.command.program import command_line, program
from sim.command.specs import compare_spec, execution_of, goal_spec, run_spec, sensitivity_spec, sweep_spec, words_of
from sim.command.study_answers import answer_result, answer_sensitivity, answer_sensitivity_dry
from sim.command.usage import UsageError
from sim.results.words import Words
from sim.scenario.files import as_on_disk
from sim.studies.case import RESOLVED
from sim.studies.comparison import Comparison
from sim.studies.execution import Execution
from sim.studies.executor_choice import refuse_without_extra
from sim.studies.folder import MARK
from sim.studies.goal_study import GoalStudy
from sim.studies.manifest import acting_on, notes_of, opened
from sim.studies.merging import merge_folders
from sim.studies.opening import AnyStudy, extended, study_of
from sim.studies.refusals import SpecRefusedError
from sim.studies.runner import run_study
from sim.studies.sensitivity import analyse_folder
from sim.studies.single_case import SingleCase
from sim.studies.spec import InitSpec, ReplicatedSpec, RunSpec


def run(args: Namespace, console: Console) -> int:
    """`run SCENARIO`: simulate; typed again, it goes on from what is there."""
    spec = run_spec(args)
    if spec.half_widths and args.shard is not None:
        refused = Words("--half-width không đi cùng --shard", "--half-width does not go with --shard")
        raise _misused("run", refused, console)
    if args.remedies is not None and args.shard is not None:
        refused = Words(
            "--remedies không đi cùng --shard: hãy gộp các phần bằng merge trước",
            "--remedies does not go with --shard: merge the shards first",
        )
        raise _misused("run", refused, console)
    if spec.options_from and not spec.options and args.remedies is None:
        refused = Words(
            "--options-from cần --option, hoặc --remedies: chưa có phương án nào để bắt đầu từ ngày đó",
            "--options-from needs --option, or --remedies: there is no option to act from that day",
        )
        raise _misused("run", refused, console)
    return _ask("run", spec, args, console)


def compare(args: Namespace, console: Console) -> int:
    """`compare SCENARIO --options A,B`: simulate all cells; typed again, it goes on from what is there."""
    return _ask("compare", compare_spec(args), args, console)


def sweep(args: Namespace, console: Console) -> int:
    """`sweep SCENARIO --over KEY=lo:hi`: simulate all cells; typed again, it goes on from what is there."""
    return _ask("sweep", sweep_spec(args), args, console)


def sensitivity(args: Namespace, console: Console) -> int:
    """`sensitivity STUDY` from what is there, or `sensitivity SCENARIO` by simulating a design."""
    place = as_on_disk(Path(args.study))
    if (place / MARK).is_file():
        if args.dry_run:
            answer_sensitivity_dry(place, console)
            return exit_codes.DONE
        answer_sensitivity(place, analyse_folder(place).manifest, "sensitivity", console)
        return exit_codes.DONE
    return _ask("sensitivity", sensitivity_spec(args), args, console)


def goal(args: Namespace, console: Console) -> int:
    """`goal SCENARIO --target ID --over KEY=lo:hi`: seek; typed again, it goes on from what is there."""
    return _ask("goal", goal_spec(args), args, console)


def extend(args: Namespace, console: Console) -> int:
    """`extend RUN --replications N`: so many more than the run, or each cell of the study, was asked for."""
    run = opened(args.run)
    study = extended(run, args.replications)
    workers = Execution(workers=args.workers).processes()
    again = [*words_of(_from_its_folder(run.folder.path, study)), "--workers", str(workers), "--out", args.run]
    if args.lang:
        again += ["--lang", console.lang]
    if console.as_json:
        again.append("--json")
    resume = command_line(args.typed, again)
    result = run_study(study, Execution(out=Path(args.run), workers=workers, resume=resume), console)
    return answer_result(result, "extend", console, again=again, typed=args.typed, details=args.details)


def merge(args: Namespace, console: Console) -> int:
    """`merge RUN RUN ...`: the shards of one study made one."""
    spec = opened(args.run[0]).spec

    def resume(path: Path) -> str:
        words = [] if isinstance(spec, InitSpec) else words_of(spec)
        return command_line(args.typed, [*words, "--out", str(path)])

    result = merge_folders(args.run, Path(args.out) if args.out else None, console, resume)
    return answer_result(result, "merge", console)


def _ask(command: str, spec: ReplicatedSpec, args: Namespace, console: Console) -> int:
    """Run what is asked and answer, or say what that would take."""
    execution = execution_of(args)
    refuse_without_extra(execution.cluster)
    study = _study(command, spec, console)
    for line in (study.compared[0].asked if isinstance(study, Comparison) else study.asked).recognised:
        console.say(line)
    if args.dry_run:
        for note in (
            study.notes if isinstance(study, Comparison) else notes_of(study.asked, acting=acting_on(study.spec))
        ):
            console.say(Words(note["vi"], note["en"]))
        if isinstance(study, GoalStudy):
            return answer_most(study, execution, console)
        return answer_estimate(study, execution, command, console, getattr(args, "remedies", None))
    result = run_study(study, execution, console)
    if not isinstance(study, SingleCase):
        return answer_result(result, command, console, details=bool(getattr(args, "details", False)))
    if args.remedies is not None and result.ending == "answered":
        from sim.studies.screening import screen_remedies

        result = screen_remedies(result, study, args.remedies, execution, console)
    again = [word for word in args.typed if word != "--details"]
    return answer_result(result, command, console, again=again, typed=args.typed, details=args.details)


def _study(command: str, spec: ReplicatedSpec, console: Console) -> AnyStudy:
    try:
        return study_of(spec)
    except SpecRefusedError as refused:
        raise _misused(command, refused.words, console) from refused


def _misused(command: str, reason: Words, console: Console) -> UsageError:
    return UsageError(reason.text(console.lang), parser_of(command, program(), console.lang).prog)


def _from_its_folder(folder: Path, study: AnyStudy) -> ReplicatedSpec:
    """What is asked of an extended study; a run goes on from the scenario kept in its folder."""
    if not isinstance(study, SingleCase):
        return study.spec
    case, spec = study.case, study.spec
    return RunSpec(
        scenario=str(folder / RESOLVED),
        seed=case.seed,
        engine=spec.engine,
        replications=spec.replications,
        variance=spec.variance,
    )
