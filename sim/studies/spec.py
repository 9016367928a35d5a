"""What is asked of many replications, as a value: everything that decides the results, and nothing of how they are run.

A spec is made of the words of a command, in a notebook, or read back from the manifest of a run folder; the three
are the same thing. Folder, workers, shard and deadline are no part of it: they are an `Execution`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

Engine = Literal["compiled", "simpy"]
Design = Literal["grid", "lhs", "sobol", "morris", "saltelli"]
Luck = Literal["common", "own"]
Minimized = Literal["cost", "TW", "DT", "SN"]

MOST_REPLICATIONS = 10_000
MOST_CANDIDATES = 1_000_000
MOST_SEED = 2**63 - 1

Count = Annotated[int, Field(ge=1, le=MOST_REPLICATIONS)]
Seed = Annotated[int, Field(ge=0, le=MOST_SEED)]
Probability = Annotated[float, Field(gt=0.0, lt=1.0)]
Names = tuple[str, ...]


class SpecError(ValueError):
    """Not a valid study; the text names the field and why."""


class _Spec(BaseModel):
    """What all specs have: they cannot be changed, and hold no field that is not declared."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    scenario: str
    """A name in `scenarios/provinces`, or the path of a scenario file."""


class _Replicated(_Spec):
    """What every study of replications asks.

    Attributes:
        options: laid over the scenario, in order.
        adoption: the adoption regime laid over it; None for the scenario's own.
        future: the future laid over it; None for the scenario's own.
        sets: `key=value` texts laid over all else, in order.
        until: last day simulated, as `2018-12-31`; None for the scenario's own.
        options_from: day from which options act, all being as without them before; None: each from its own beginning.
        seed: random seed; None for the scenario's own.
        engine: the scheduler.
        replications: of each cell; None for what the kind of study takes unless told.
    """

    options: Names = ()
    adoption: str | None = None
    future: str | None = None
    sets: Names = ()
    until: str | None = None
    options_from: str | None = None
    seed: Seed | None = None
    engine: Engine = "compiled"
    replications: Count | None = None


class RunSpec(_Replicated):
    """One case, with the verdict on each target.

    Attributes:
        variance: whether some replications are run again under another luck, which tells luck from parameters.
        half_widths: `ID=points` or `p:ID=points`: replications are added until so much is known.
    """

    kind: Literal["run"] = "run"
    variance: bool = True
    half_widths: Names = ()


class CompareSpec(_Replicated):
    """A baseline and cases beside it that all meet the same luck.

    Attributes:
        compared_options: options, each a case of its own.
        compared_adoptions: adoption regimes, each a case of its own.
        compared_futures: futures, each a case of its own.
        combine: whether every combination of the compared options is a case too.
        indifference: a difference that does not matter, as a share; None for one percentage point.
    """

    kind: Literal["compare"] = "compare"
    compared_options: Names = ()
    compared_adoptions: Names = ()
    compared_futures: Names = ()
    combine: bool = False
    indifference: Annotated[float, Field(gt=0.0, le=0.5)] | None = None


class SweepSpec(_Replicated):
    """One scenario at many settings of a few keys.

    Attributes:
        over: `KEY=lo:hi[:n]`, or `KEY` alone for an unknown over its own range.
        design: how the cells are chosen.
        samples: cells, trajectories or base samples of the design; None for the design's usual number.
        luck: whether all cells meet the same futures, or each its own.
    """

    kind: Literal["sweep"] = "sweep"
    over: Names = ()
    design: Design = "grid"
    samples: Count | None = None
    luck: Luck = "common"


class SensitivitySpec(_Replicated):
    """What each target hangs on; fields as of a sweep, and with no key named every unknown is varied."""

    kind: Literal["sensitivity"] = "sensitivity"
    over: Names = ()
    design: Design = "morris"
    samples: Count | None = None
    luck: Luck = "common"


class GoalSpec(_Replicated):
    """The least money at which targets are reached together.

    Attributes:
        targets: ids of the targets that must be reached in the same future.
        over: levers with their bounds, as `KEY=lo:hi`.
        prices: `KEY=MONEY[:SOURCE]` of levers that are no lines of the plan.
        minimize: `cost` for all sources, or one source.
        probability: share of futures that must reach the targets; None for the scenario's.
        points: points to try at most.
        fresh: fresh futures of the check; None for twice the replications.
    """

    kind: Literal["goal"] = "goal"
    targets: Names = ()
    over: Names = ()
    prices: Names = ()
    minimize: Minimized = "cost"
    probability: Probability | None = None
    points: Count = 40
    fresh: Count | None = None


class InitSpec(_Spec):
    """The starting state, fitted to what is reported of it.

    Attributes:
        candidates: starting states tried within the stated ranges.
    """

    kind: Literal["init"] = "init"
    candidates: Annotated[int, Field(ge=1, le=MOST_CANDIDATES)] = 200


VariedSpec = SweepSpec | SensitivitySpec
ReplicatedSpec = RunSpec | CompareSpec | SweepSpec | SensitivitySpec | GoalSpec
StudySpec = ReplicatedSpec | InitSpec

_ADAPTER: TypeAdapter[StudySpec] = TypeAdapter(Annotated[StudySpec, Field(discriminator="kind")])
_AnySpec = TypeVar("_AnySpec", bound=_Spec)


def spec_as_json(spec: StudySpec) -> dict[str, Any]:
    """A spec as a manifest keeps it."""
    return spec.model_dump(mode="json")


def spec_from_json(content: Mapping[str, Any]) -> StudySpec:
    """The spec that a manifest keeps.

    Raises:
        SpecError: it is none.
    """
    try:
        return _ADAPTER.validate_json(json.dumps(dict(content)))
    except ValidationError as error:
        raise SpecError(_first_fault(error)) from error


def replaced(spec: _AnySpec, **changes: object) -> _AnySpec:
    """The same spec with other values in some fields, which are validated.

    Raises:
        SpecError: a value is not of its field, or there is no such field.
    """
    try:
        return type(spec).model_validate({**dict(spec), **changes})
    except ValidationError as error:
        raise SpecError(_first_fault(error)) from error


def _first_fault(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(str(part) for part in first["loc"])
    return f"{place}: {first['msg']}" if place else str(first["msg"])
