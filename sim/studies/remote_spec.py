"""The model as workers on other machines call it: the scenario travels along, for they do not see our disk."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from sim.studies.model_spec import ModelSpec, loaded_once, replicate
from sim.studies.version import program_hash

_folders: list[tempfile.TemporaryDirectory[str]] = []


@dataclass(frozen=True)
class PackedSpec:
    """What a distant worker must know.

    Attributes:
        files: name and content of the resolved scenario, which comes first, and its tables.
        spec: the same as a worker on this machine gets; its path means nothing elsewhere.
        program: the version that must run it.
    """

    files: tuple[tuple[str, bytes], ...]
    spec: ModelSpec
    program: str


class OtherProgramError(Exception):
    """The worker's program would give other results; lienthong, Python and packages must be the same everywhere."""


def packed(spec: object) -> PackedSpec:
    """A spec with the files it rests on.

    Raises:
        TypeError: it is no spec of the model.
        OSError: a file of the scenario is gone.
    """
    if not isinstance(spec, ModelSpec):
        raise TypeError(f"{type(spec).__name__} cannot be sent to another machine")
    return PackedSpec(_files(spec.scenario_path, spec.content_hash), spec, program())


def replicate_packed(packed_spec: PackedSpec, replication: int) -> bytes:
    """One replication, measured: the same bytes as `replicate` gives where the scenario lies.

    Raises:
        OtherProgramError: this is another version of the program.
        ScenarioErrors: settings laid over the scenario do not fit it.
        ConservationError: the model lost something; the replication is no result.
    """
    from sim.studies.preparing import compile_once

    if program() != packed_spec.program:
        raise OtherProgramError(f"this worker runs {program()}, the study {packed_spec.program}")
    spec = replace(packed_spec.spec, scenario_path=str(_unpacked(packed_spec.files)))
    compile_once(loaded_once(spec.scenario_path, spec.content_hash), spec.seed, spec.engine)
    return replicate(spec, replication)


@lru_cache(maxsize=1)
def program() -> str:
    """Which program this is, found out once in each process."""
    return program_hash()


@lru_cache(maxsize=256)
def _files(scenario_path: str, content_hash: str) -> tuple[tuple[str, bytes], ...]:
    loaded = loaded_once(scenario_path, content_hash)
    path = Path(scenario_path)
    tables = sorted(set(loaded.table_files.values()))
    return tuple((file.relative_to(path.parent).as_posix(), file.read_bytes()) for file in [path, *tables])


@lru_cache(maxsize=256)
def _unpacked(files: tuple[tuple[str, bytes], ...]) -> Path:
    """Where the scenario lies on this machine, until the worker ends."""
    _folders.append(tempfile.TemporaryDirectory(prefix="lienthong-"))
    root = Path(_folders[-1].name)
    for name, content in files:
        path = root / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    return root / files[0][0]
