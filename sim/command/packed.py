"""The model as workers on other machines call it: the scenario travels along, for they do not see our disk."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from sim.command.model import ModelSpec
from sim.command.version import program_hash

if TYPE_CHECKING:
    from sim.scenario.loading import LoadedScenario


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
        ConservationError: the model lost something; the replication is no result.
    """
    from sim.command.preparing import compile_once
    from sim.measure.payload import encode
    from sim.province import simulate

    if program() != packed_spec.program:
        raise OtherProgramError(f"this worker runs {program()}, the study {packed_spec.program}")
    spec = packed_spec.spec
    loaded = _unpacked(packed_spec.files, spec.sets)
    compile_once(loaded, spec.seed, spec.engine)
    record = simulate(loaded, spec.seed, replication, engine=spec.engine, second_luck=spec.second_luck)
    return encode(record, loaded)


@lru_cache(maxsize=1)
def program() -> str:
    """Which program this is, found out once in each process."""
    return program_hash()


@lru_cache(maxsize=256)
def _files(scenario_path: str, content_hash: str) -> tuple[tuple[str, bytes], ...]:
    from sim.command.model import loaded_once

    loaded = loaded_once(scenario_path, content_hash)
    path = Path(scenario_path)
    tables = sorted(set(loaded.table_files.values()))
    return tuple((file.relative_to(path.parent).as_posix(), file.read_bytes()) for file in [path, *tables])


@lru_cache(maxsize=64)
def _unpacked(files: tuple[tuple[str, bytes], ...], sets: tuple[str, ...]) -> LoadedScenario:
    from sim.scenario.loading import load

    with tempfile.TemporaryDirectory(prefix="lienthong-") as folder:
        for name, content in files:
            path = Path(folder) / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
        return load(Path(folder) / files[0][0], sets=sets)
