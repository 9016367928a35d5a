"""One case to be simulated: a scenario resolved into files that stand alone, a seed and a scheduler."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from sim.results.atomic_files import FileWriteError, plain_reason, write_bytes_atomic
from sim.results.words import Words
from sim.scenario.loading import LoadedScenario, load
from sim.studies.cell import Cell, canonical_json
from sim.studies.folder import RunFolder
from sim.studies.model_spec import ModelSpec, ScenarioChangedError, loaded_once
from sim.studies.refusals import InputRefusedError
from sim.studies.spec import ReplicatedSpec
from sim.studies.version import program_hash

RESOLVED = "scenario.resolved.toml"


@dataclass(frozen=True)
class Case:
    """What decides the results, and the files in which a run folder keeps it.

    Attributes:
        loaded: the scenario as read back from `files`, so that an extended run tabulates what the first one did.
        files: text of the scenario and its tables, by name in the run folder.
        seed: the study's seed.
        engine: `compiled` or `simpy`.
    """

    loaded: LoadedScenario
    files: Mapping[str, bytes]
    seed: int
    engine: str

    @cached_property
    def program(self) -> str:
        """Hash of the program that simulates."""
        return program_hash()

    @property
    def run_hash(self) -> str:
        """The name of these results: scenario, program, seed and scheduler."""
        return self.cell(Path()).cell_hash

    def cell(self, folder: Path, *, second_luck: bool = False) -> Cell:
        """The case as the study machinery takes it, its scenario being in `folder`.

        With `second_luck` its parameters meet another luck, which tells the two apart.
        """
        content = {"scenario": self.loaded.content_hash, "program": self.program, "engine": self.engine}
        content |= {"luck": "second"} if second_luck else {}
        spec = ModelSpec(str(folder / RESOLVED), self.loaded.content_hash, self.seed, self.engine, second_luck)
        return Cell(self.loaded.slug, canonical_json(content), self.seed, spec)

    def write_into(self, folder: RunFolder, under: str = "") -> None:
        """Put the scenario into the run folder, or make sure that it is still there as it was.

        Args:
            folder: the run folder.
            under: the sub-folder for this case, with its final slash, when the folder holds several.

        Raises:
            InputRefusedError: the scenario in the folder was edited after the run was begun.
            ScenarioErrors: it can no longer be read.
            FileWriteError: the disk refuses.
        """
        path = folder.inside(f"{under}{RESOLVED}")
        if not path.exists():
            for name, content in self.files.items():
                write_bytes_atomic(folder.inside(f"{under}{name}"), content)
        try:
            loaded_once(str(path), self.loaded.content_hash)
        except ScenarioChangedError as error:
            vietnamese = f"{path}: đã bị sửa sau khi bắt đầu chạy; hãy chạy vào thư mục khác"
            raise InputRefusedError(Words(vietnamese, f"{error}; run it into another folder")) from error


def case_of(loaded: LoadedScenario, seed: int | None = None, engine: str | None = None) -> Case:
    """Resolve a scenario: all layers in one file, its tables beside it under names of our own.

    Raises:
        ScenarioErrors: what was resolved does not read back, which is a fault of the scenario's text.
        FileWriteError: the disk for temporary files refuses.
    """
    files = _standing_alone(loaded)
    with _temporary_folder() as folder:
        for name, content in files.items():
            _write_temporary(folder / name, content)
        read_back = load(folder / RESOLVED)
    return Case(read_back, files, read_back.scenario.run.seed if seed is None else seed, engine or "compiled")


def kept_case(resolved: Path, seed: int, engine: str) -> Case:
    """The case of which a run folder keeps the resolved scenario, with all its layers in one file.

    Raises:
        ScenarioErrors: it can no longer be read.
    """
    loaded = load(resolved)
    return Case(loaded, _standing_alone(loaded), seed, engine)


def loaded_as_asked(spec: ReplicatedSpec, more_sets: Sequence[str] = ()) -> LoadedScenario:
    """The scenario with every layer that a spec lays over it, and further settings over these.

    Raises:
        ScenarioErrors: everything that is wrong with it, or volumes that most draws cannot balance.
    """
    from sim.measure.contradictions import refuse_contradictory_volumes

    loaded = load(
        spec.scenario,
        options=spec.options,
        adoption=spec.adoption,
        future=spec.future,
        sets=(*spec.sets, *more_sets),
        until=spec.until,
        options_from=spec.options_from,
    )
    refuse_contradictory_volumes(loaded)
    return loaded


@contextmanager
def _temporary_folder() -> Iterator[Path]:
    try:
        folder = tempfile.TemporaryDirectory(prefix="lienthong-")
    except OSError as error:
        raise FileWriteError(Path(os.environ.get("TMPDIR", "TMPDIR")), plain_reason(error)) from error
    with folder as name:
        yield Path(name)


def _write_temporary(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise FileWriteError(path, plain_reason(error)) from error


def _standing_alone(loaded: LoadedScenario) -> dict[str, bytes]:
    files = {}
    settings: Any = dict(loaded.settings)
    for key in sorted(loaded.table_files):
        section, _, name = key.rpartition(".")
        ending, content = loaded.table_content(key)
        written = f"tables/{key.replace('.', '_')}{ending}"
        files[written] = content
        if section:
            settings[section] = {**settings[section], name: written}
        else:
            settings[name] = written
    files[RESOLVED] = replace(loaded, settings=settings).resolved_toml().encode()
    return files
