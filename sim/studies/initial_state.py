"""`init`: the state of use on the first day, fitted to what the plan reports of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

from sim.measure.baselines import band
from sim.results.words import Words
from sim.scenario.files import as_on_disk, refuse_long_names
from sim.scenario.loading import LoadedScenario, load
from sim.scenario.places import SCENARIOS, own_file
from sim.studies import start_model
from sim.studies.case import RESOLVED, Case, case_of
from sim.studies.cell import Cell, Task, canonical_json
from sim.studies.fitting import Band, Failure, Fit, Tried, fit, tried_of
from sim.studies.folder import RunFolder, run_folder_name
from sim.studies.journal import Journal
from sim.studies.manifest import first_manifest
from sim.studies.progress import Listener
from sim.studies.refusals import InputRefusedError
from sim.studies.spec import InitSpec
from sim.studies.start_tables import StartTables, residuals_path
from sim.studies.worker import Model

FEWEST_WIDE, MOST_WIDE = 20, 100
"""Candidates anywhere, half as many as the others within these bounds."""
_FOLDER = "initial"
_UNFITTED = ('start.fitted=""', 'start.residuals=""', 'calibration.draws=""')


@dataclass(frozen=True)
class FoundStart:
    """What a fit found.

    Attributes:
        fit: what remains of the candidates.
        tables: the two tables that were written.
        failures: candidates that could not be simulated, and were left out.
    """

    fit: Fit
    tables: StartTables
    failures: tuple[Failure, ...]


@dataclass
class InitStudy:
    """A fit of the starting state, as the runner takes it. Its run folder goes once the states are written.

    Attributes:
        spec: what was asked.
        case: the scenario without a fitted start.
        asked: the same, as its author keeps it.
        path: where the states go; nothing is there yet.
        found: what was found, once it was.
    """

    spec: InitSpec
    case: Case
    asked: LoadedScenario
    path: Path
    found: FoundStart | None = None
    _tried: list[Tried] = field(default_factory=list)

    page_kind: ClassVar[None] = None
    counted: ClassVar[Words] = Words("{done}/{total} trạng thái đã thử", "{done}/{total} starting states tried")

    @property
    def model(self) -> Model:
        """The province up to its first day."""
        return start_model.look_at_start

    @property
    def run_hash(self) -> str:
        """The name of the candidates; more of them are the same and some more."""
        return self._cell(Path(), is_wide=False).cell_hash

    @property
    def folder_name(self) -> str:
        """Scenario and candidates."""
        return f"init-{run_folder_name(self.case.loaded.slug, self.run_hash)}"

    @cached_property
    def wide_candidates(self) -> int:
        """How many are tried of every state there could be."""
        return min(MOST_WIDE, max(FEWEST_WIDE, self.spec.candidates // 2))

    def write_into(self, folder: RunFolder) -> None:
        """Put the scenario into the folder."""
        self.case.write_into(folder)

    def first_manifest(self, folder: RunFolder, typed: Sequence[str]) -> dict[str, Any]:  # noqa: ARG002 - a study's form
        """That of the scenario."""
        return first_manifest(self.case, self.asked, self.spec, typed) | {"run_hash": self.run_hash}

    def rounds(self, folder: Path, journal: Journal, listener: Listener) -> Iterator[Sequence[Task]]:
        """The candidates of the stated ranges, then those anywhere, at one go."""
        cells = {
            self._cell(folder, is_wide=False): self.spec.candidates,
            self._cell(folder, is_wide=True): self.wide_candidates,
        }
        yield [Task(cell, number) for cell, most in cells.items() for number in range(most)]
        self._tried = [tried_of(journal, cell, most) for cell, most in cells.items()]
        failures = self._failures()
        if failures:
            asked = self.spec.candidates + self.wide_candidates
            last = "".join(failures[-1].error.strip().splitlines()[-1:])
            vietnamese = f"{len(failures)}/{asked} trạng thái thử bị hỏng, đã bỏ qua: {last}"
            english = f"{len(failures)} of {asked} starting states failed and are left out: {last}"
            listener.say(Words(vietnamese, english))

    def counts(self) -> Mapping[str, int]:
        """Candidates of the stated ranges."""
        done = len(self._tried[0].candidates) if self._tried else 0
        return {"replications_asked": self.spec.candidates, "replications_done": done}

    def write_tables(self, folder: RunFolder) -> Mapping[str, Any]:  # noqa: ARG002 - they belong beside the scenario
        """Write the states that stay and their residuals where they were asked for.

        Raises:
            InputRefusedError: no candidate came to its end.
            FileWriteError: the disk refuses.
        """
        stated, wide = self._tried
        bands = [Band(one.id, *band(one)) for one in self.asked.scenario.baselines if one.fitted]
        try:
            fitted = fit(bands, stated.candidates, wide.candidates)
        except ValueError as error:
            reason = Words(
                "không trạng thái đầu kỳ nào mô phỏng được và không bị quá khứ bác bỏ; thử nhiều hơn bằng --candidates",
                "no starting state could be simulated and is not refuted by the past; try more with --candidates",
            )
            raise InputRefusedError(reason) from error
        tables = StartTables(self.asked, fitted)
        tables.write(self.path)
        self.found = FoundStart(fitted, tables, self._failures())
        return {}

    def _failures(self) -> tuple[Failure, ...]:
        return tuple(failure for tried in self._tried for failure in tried.failures)

    def _cell(self, folder: Path, *, is_wide: bool) -> Cell:
        loaded = self.case.loaded
        content = {
            "scenario": loaded.content_hash,
            "program": self.case.program,
            "start": "wide" if is_wide else "stated",
        }
        spec = start_model.StartSpec(str(folder / RESOLVED), loaded.content_hash, self.case.seed, is_wide)
        return Cell(loaded.slug, canonical_json(content), self.case.seed, spec)


def init_study(spec: InitSpec, out: Path | None = None) -> InitStudy:
    """The fit that a spec asks for.

    Args:
        spec: what is asked.
        out: a new CSV file for the states; None for one named by the scenario, in the folder `initial`.

    Raises:
        ScenarioErrors: everything wrong with the scenario.
        InputRefusedError: nothing is reported of the start, or the file is there already or is no CSV file.
    """
    asked = load(spec.scenario, sets=_UNFITTED)
    if not any(baseline.fitted for baseline in asked.scenario.baselines):
        name = asked.slug
        vietnamese = f"{name}: không có số báo cáo nào ([[baselines]]) để ước lượng trạng thái đầu kỳ"
        english = f"{name}: nothing is reported of the start ([[baselines]]), so there is nothing to fit to"
        raise InputRefusedError(Words(vietnamese, english))
    path = _new_file(out, asked)
    return InitStudy(spec, case_of(asked), asked, path)


def _new_file(out: Path | None, asked: LoadedScenario) -> Path:
    """Where the states go; what is there is never overwritten."""
    path = path_of_table(out, asked.path.resolve(), _FOLDER, asked.slug)
    refuse_long_names(residuals_path(path))
    for taken in (path, residuals_path(path)):
        if taken.exists():
            free = _free_name(path)
            vietnamese = f"{taken}: đã có, không ghi đè; thêm --out {free}"
            english = f"{taken}: is there already and is never overwritten; add --out {free}"
            raise InputRefusedError(Words(vietnamese, english))
    return path


def path_of_table(out: Path | None, scenario: Path, folder: str, slug: str) -> Path:
    """Where a table goes that a study writes for a scenario to name.

    Args:
        out: where the planner wants it; None for the usual place.
        scenario: the scenario's file, with all its folders.
        folder: its usual folder, among the shipped scenarios or beside one's own.
        slug: the scenario's name.

    Raises:
        InputRefusedError: it is no CSV file.
        ScenarioErrors: the name is too long.
    """
    name = f"{slug}.csv"
    usual = own_file(folder, name) if scenario.is_relative_to(SCENARIOS) else scenario.parent / folder / name
    path = as_on_disk(out or usual)
    refuse_long_names(path)
    if path.suffix != ".csv":
        vietnamese, english = f"{path}: tên tệp phải có đuôi .csv", f"{path}: the file's name must end in .csv"
        raise InputRefusedError(Words(vietnamese, english))
    return path


def _free_name(path: Path) -> Path:
    number = 2
    while True:
        free = path.with_name(f"{path.stem}_{number}.csv")
        if not free.exists() and not residuals_path(free).exists():
            return free
        number += 1
