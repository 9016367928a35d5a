"""The model as worker processes call it: one replication of the scenario kept in the run folder."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from sim.studies.progress import report_fraction

if TYPE_CHECKING:
    from sim.scenario.loading import LoadedScenario


@dataclass(frozen=True)
class ModelSpec:
    """What a worker must know: the resolved scenario, what it must contain, seed, scheduler, which luck, settings."""

    scenario_path: str
    content_hash: str
    seed: int
    engine: str
    second_luck: bool = False
    sets: tuple[str, ...] = ()
    """`key=value` texts laid over the scenario: what makes one cell of a sweep."""


class ScenarioChangedError(Exception):
    """The scenario in the run folder is no longer the one the run was begun with."""


def replicate(spec: ModelSpec, replication: int) -> bytes:
    """One replication, measured; the same bytes for the same spec and number, wherever it runs.

    Signatures are audited but in the cells of a sweep and in repetitions, which rest on runs that are.

    Raises:
        ScenarioChangedError: somebody has edited the scenario in the run folder.
        AuditError: a real signature was judged otherwise than modelled; the replication is no result.
        ConservationError: the model lost something; the replication is no result.
    """
    from sim.measure.payload import encode
    from sim.model.simulate import simulate

    loaded = loaded_once(spec.scenario_path, spec.content_hash, spec.sets)
    record = simulate(
        loaded,
        spec.seed,
        replication,
        engine=spec.engine,
        second_luck=spec.second_luck,
        audited=0 if spec.sets or spec.second_luck else loaded.scenario.run.audits,
        report=report_fraction,
    )
    return encode(record, loaded)


@lru_cache(maxsize=64)
def loaded_once(scenario_path: str, content_hash: str, sets: tuple[str, ...] = ()) -> LoadedScenario:
    """The resolved scenario, read once in each worker; a comparison goes from one to the next and back.

    Raises:
        ScenarioErrors: it cannot be read, or the settings do not fit it.
        ScenarioChangedError: it is not what the run was begun with.
    """
    from sim.scenario.loading import load

    if sets:
        loaded_once(scenario_path, content_hash)
        return load(Path(scenario_path), sets=sets)
    loaded = load(Path(scenario_path))
    if loaded.content_hash != content_hash:
        raise ScenarioChangedError(f"{scenario_path} was changed after the run was begun")
    return loaded
