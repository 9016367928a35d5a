"""The model as `init` calls it: the province simulated up to its first day, and what it would have reported."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.scenario.schema import Scenario
    from sim.scenario.start_states import StartState

GREATEST_USE = {
    "installed_unused_share": 0.0,
    "registry_only_share": 0.0,
    "draft_sign_share": 1.0,
    "user_share": 1.0,
    "email_user_share": 1.0,
    "trained_share": 1.0,
    "own_server_share": 1.0,
    "eoffice_trained_share": 1.0,
    "commune_mail_share": 1.0,
}
"""The start at which e-office is used most: everything at level 4, by everybody."""
SIMULATED_ANYWAY = 200
"""So many stated candidates are simulated whatever their levels say, so that it is known what the ranges reach."""
LEVELS = "levels"
"""Refuted before anything was simulated."""
CORNER_EVERY = 4
"""Of so many wide candidates one stands at the greatest use, one at the least, the others anywhere between."""


@dataclass(frozen=True)
class StartSpec:
    """What a worker must know.

    Attributes:
        scenario_path: the resolved scenario, without a fitted start.
        content_hash: what it must contain.
        seed: the study's seed.
        wide: try every state there could be rather than those the scenario's ranges leave.
    """

    scenario_path: str
    content_hash: str
    seed: int
    wide: bool


def look_at_start(spec: StartSpec, number: int) -> bytes:
    """Candidate `number` as `sim.studies.fitting` reads it: a function of (seed, number) alone.

    Most are given up early: by what their levels alone say, or after a month in which they drowned.

    Raises:
        ScenarioChangedError: somebody has edited the scenario meanwhile.
        ConservationError: the model lost something; the candidate is no result.
    """
    from sim.engine.draws import luck_of
    from sim.measure.baselines import baseline_values, obstacle
    from sim.measure.history import RefutedError, refuse_drowned, refutations
    from sim.measure.start_screen import refuted_by_levels
    from sim.model.simulate import simulate
    from sim.scenario.start_states import SHARES
    from sim.studies.fitting import Candidate
    from sim.studies.model_spec import loaded_once
    from sim.studies.progress import report_fraction

    loaded = loaded_once(spec.scenario_path, spec.content_hash)
    if spec.wide:
        loaded = replace(loaded, start_states=(wide_state(spec.seed, number),))
    elif number >= SIMULATED_ANYWAY and refuted_by_levels(loaded, luck_of(spec.seed, number)):
        return _refuted(loaded.scenario, number, LEVELS)
    anyway = spec.wide or number < SIMULATED_ANYWAY
    look = None if anyway else refuse_drowned
    try:
        record = simulate(loaded, spec.seed, number, warm_up_only=True, report=report_fraction, after_a_month=look)
    except RefutedError as refuted:
        return _refuted(loaded.scenario, number, *refuted.refutations)
    obstacles = {baseline.id: obstacle(record, baseline) for baseline in loaded.scenario.baselines}
    return Candidate(
        number=number,
        state={name: record.parameters[f"start.{name}"] for name in SHARES},
        values=baseline_values(record, loaded.scenario),
        notes={name: list(found) for name, found in obstacles.items() if found is not None},
        refuted=() if spec.wide else tuple(refutations(record)),
    ).encoded()


def _refuted(scenario: Scenario, number: int, *reasons: str) -> bytes:
    """A candidate that was given up, without any value."""
    from sim.studies.fitting import Candidate

    values = {baseline.id: None for baseline in scenario.baselines}
    return Candidate(number, {}, values, {}, reasons).encoded()


def wide_state(seed: int, number: int) -> StartState:
    """A start anywhere between nothing used and everything used, the two ends among the first."""
    from sim.engine.draws import identity, luck_of, uniform
    from sim.scenario.choices import DRAW_PARAMETER
    from sim.scenario.start_states import SHARES, StartState

    corner = number % CORNER_EVERY
    if corner == 0:
        shares = dict(GREATEST_USE)
    elif corner == 1:
        shares = {name: 1.0 - share for name, share in GREATEST_USE.items()}
    else:
        luck = luck_of(seed, number)
        shares = {name: float(uniform(luck, identity(f"wide/{name}"), DRAW_PARAMETER, 0)) for name in SHARES}
    return StartState(seed=seed, candidate=number, ranges="", distance=0.0, place="", **shares)
