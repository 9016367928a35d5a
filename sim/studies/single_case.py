"""`run`: one case by itself, whose targets get a verdict each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.scenario.loading import LoadedScenario
from sim.scenario.measured_file import observed_file
from sim.studies.case import Case, case_of, loaded_as_asked
from sim.studies.catalogue import options_there_are
from sim.studies.cell import Cell
from sim.studies.folder import RunFolder, run_folder_name
from sim.studies.half_widths import UntilSure, until_sure
from sim.studies.journal import Journal
from sim.studies.manifest import first_manifest, write_provenance
from sim.studies.progress import Told, nobody
from sim.studies.run_tables import has_tables, write_tables
from sim.studies.spec import RunSpec

PRIOR = 'calibration.draws=""'
"""Set to have what is unknown drawn from the stated ranges, not from what agreed with measurements."""


@dataclass(frozen=True)
class SingleCase:
    """A case by itself.

    Attributes:
        spec: what was asked.
        case: what is simulated.
        asked: the scenario as asked for, with the layers it was made of.
    """

    spec: RunSpec
    case: Case
    asked: LoadedScenario

    @property
    def run_hash(self) -> str:
        """The name of the results."""
        return self.case.run_hash

    @property
    def folder_name(self) -> str:
        """Scenario and results."""
        return run_folder_name(self.case.loaded.slug, self.run_hash)

    @property
    def wanted(self) -> int:
        """Replications asked for, else those of the scenario."""
        return self.spec.replications or self.case.loaded.scenario.run.replications

    @property
    def sure(self) -> UntilSure | None:
        """Half-widths asked for, if any."""
        return until_sure(self.spec.half_widths, self.case.loaded, self.case.seed)

    @property
    def by_cell(self) -> bool:
        """There is only one."""
        return False

    def cells(self, folder: Path) -> Mapping[str, Cell]:
        """The only one, which needs no name."""
        return {"": self.case.cell(folder)}

    def repeated(self, folder: Path) -> Cell | None:
        """The same parameters under another luck."""
        return self.case.cell(folder, second_luck=True) if self.spec.variance else None

    def write_into(self, folder: RunFolder) -> None:
        """Put the scenario into the folder."""
        self.case.write_into(folder)

    def first_manifest(self, folder: RunFolder, typed: Sequence[str]) -> dict[str, Any]:
        """Who and what, and where each value came from."""
        write_provenance(folder, self.asked)
        begun = first_manifest(self.case, self.asked, self.spec, typed)
        return {**begun, "options_there_are": options_there_are(self.spec, self.case.loaded)}

    def has_tables(self, folder: Path) -> bool:
        """Whether all tables are there."""
        return has_tables(folder)

    def write_tables(self, folder: RunFolder, journal: Journal, told: Told = nobody) -> None:  # noqa: ARG002 - one case
        """Write all tables; what was reported of the province stands beside a run of its plan as it is.

        Not beside one that was calibrated, for it may have been on these very figures.
        """
        spec = self.spec
        changed = [one for one in spec.sets if one != PRIOR]
        is_as_planned = not (spec.options or spec.adoption or spec.future or changed or self.case.loaded.agreeing_draws)
        observed = observed_file(self.case.loaded.slug) if is_as_planned else None
        write_tables(folder, self.case, journal, observed)


def single_case(spec: RunSpec) -> SingleCase:
    """The case that a spec asks for.

    Raises:
        ScenarioErrors: everything wrong with the scenario or the half-widths.
    """
    asked = loaded_as_asked(spec)
    study = SingleCase(spec, case_of(asked, spec.seed, spec.engine), asked)
    until_sure(spec.half_widths, study.case.loaded, study.case.seed)
    return study
