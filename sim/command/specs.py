"""What the words of a command ask, as a spec, and how it is to be run."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Any

from sim.command.program import command_line
from sim.command.usage import comma_separated
from sim.scenario.table_days import iso_day
from sim.studies.execution import Execution
from sim.studies.spec import CompareSpec, GoalSpec, InitSpec, ReplicatedSpec, RunSpec, SensitivitySpec, SweepSpec

_SWITCHES = {
    "targets": "--target",
    "compared_options": "--options",
    "compared_adoptions": "--adoptions",
    "compared_futures": "--futures",
    "combine": "--combine",
    "indifference": "--indifference",
    "over": "--over",
    "design": "--design",
    "samples": "--samples",
    "luck": "--luck",
    "prices": "--price",
    "minimize": "--minimize",
    "probability": "--probability",
    "points": "--samples",
    "fresh": "--recheck",
    "replications": "--replications",
    "seed": "--seed",
    "engine": "--engine",
    "options": "--option",
    "adoption": "--adoption",
    "future": "--future",
    "sets": "--set",
    "until": "--until",
    "options_from": "--options-from",
    "half_widths": "--half-width",
    "variance": "--no-variance",
}
"""The switch of each field of a spec."""
_LISTS = ("--target", "--options", "--adoptions", "--futures", "--option")
"""Switches whose values are parted by commas."""


def run_spec(args: Namespace) -> RunSpec:
    """What `run` asks."""
    return RunSpec(**_shared(args), variance=not args.no_variance, half_widths=tuple(args.half_width))


def compare_spec(args: Namespace) -> CompareSpec:
    """What `compare` asks."""
    return CompareSpec(
        **_shared(args),
        compared_options=comma_separated(args.options),
        compared_adoptions=comma_separated(args.adoptions),
        compared_futures=comma_separated(args.futures),
        combine=args.combine,
        indifference=args.indifference,
    )


def sweep_spec(args: Namespace) -> SweepSpec:
    """What `sweep` asks."""
    return SweepSpec(**_shared(args), **_varied(args, "grid"))


def sensitivity_spec(args: Namespace) -> SensitivitySpec:
    """What `sensitivity SCENARIO` asks."""
    args.scenario = args.study
    return SensitivitySpec(**_shared(args), **_varied(args, "morris"))


def goal_spec(args: Namespace) -> GoalSpec:
    """What `goal` asks."""
    chosen = {"minimize": args.minimize, "points": args.samples}
    return GoalSpec(
        **_shared(args),
        targets=comma_separated(args.target),
        over=tuple(args.over),
        prices=tuple(args.price),
        probability=args.probability,
        fresh=args.recheck,
        **{name: value for name, value in chosen.items() if value is not None},
    )


def init_spec(args: Namespace) -> InitSpec:
    """What `init` asks."""
    if args.candidates is None:
        return InitSpec(scenario=args.scenario)
    return InitSpec(scenario=args.scenario, candidates=args.candidates)


def words_of(spec: ReplicatedSpec) -> list[str]:
    """The words that ask a study again, whoever asked it first; what is usual is left out."""
    words = [spec.kind, spec.scenario]
    for name, switch in _SWITCHES.items():
        value: Any = getattr(spec, name, None)
        usual = type(spec).model_fields[name].default if name in type(spec).model_fields else None
        if value == usual:
            continue
        if switch in _LISTS:
            words += [switch, ",".join(value)]
        elif isinstance(value, tuple):
            words += [word for one in value for word in (switch, one)]
        elif isinstance(value, bool):
            words.append(switch)
        else:
            words += [switch, _written(name, value)]
    return words


def _written(name: str, value: object) -> str:
    """A value as its switch reads it back: a zone of indifference in percentage points."""
    return f"{100 * value:.9g}" if name == "indifference" and isinstance(value, float) else str(value)


def execution_of(args: Namespace) -> Execution:
    """How a study is to be run; the same words again go on with it."""
    return Execution(
        out=Path(args.out) if args.out else None,
        workers=args.workers,
        shard=args.shard,
        deadline=args.deadline,
        cluster=args.executor or "",
        resume=command_line(args.typed),
        typed=tuple(args.typed),
    )


def _shared(args: Namespace) -> dict[str, Any]:
    return {
        "scenario": args.scenario,
        "options": comma_separated(args.option),
        "adoption": args.adoption,
        "future": args.future,
        "sets": tuple(args.set),
        "until": iso_day(args.until),
        "options_from": iso_day(args.options_from),
        "seed": args.seed,
        "engine": args.engine or "compiled",
        "replications": args.replications,
    }


def _varied(args: Namespace, design: str) -> dict[str, Any]:
    return {
        "over": tuple(args.over),
        "design": args.design or design,
        "samples": args.samples,
        "luck": args.luck or "common",
    }
