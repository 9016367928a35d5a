"""What the words of a command ask, as a spec, and how it is to be run."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Any

from sim.command.program import command_line
from sim.command.usage import comma_separated
from sim.studies.execution import Execution
from sim.studies.spec import CompareSpec, GoalSpec, InitSpec, RunSpec, SensitivitySpec, SweepSpec


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
        "until": args.until,
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
