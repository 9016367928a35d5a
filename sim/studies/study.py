"""What the runner knows of a study: its cells, or the rounds of a search, and what becomes of the results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from sim.results.words import Words
from sim.studies.case import Case
from sim.studies.cell import Cell, Task
from sim.studies.folder import RunFolder
from sim.studies.half_widths import UntilSure
from sim.studies.journal import Journal
from sim.studies.progress import Listener, Told, nobody
from sim.studies.run_tables import Kind
from sim.studies.spec import GoalSpec, InitSpec, ReplicatedSpec
from sim.studies.worker import Model


class Kept(Protocol):
    """What every study has in its run folder."""

    @property
    def run_hash(self) -> str:
        """The name of the results."""

    @property
    def folder_name(self) -> str:
        """The name of its folder unless another is asked for."""

    @property
    def case(self) -> Case:
        """The case, or the baseline of several."""

    def write_into(self, folder: RunFolder) -> None:
        """Put the scenarios into the folder; raises as `Case.write_into`."""

    def first_manifest(self, folder: RunFolder, typed: Sequence[str]) -> dict[str, Any]:
        """The manifest of a run that begins; writes what goes with it."""


class Study(Kept, Protocol):
    """Cells that are known from the beginning, each to be replicated as often as the others."""

    @property
    def spec(self) -> ReplicatedSpec:
        """What was asked."""

    @property
    def wanted(self) -> int:
        """Replications of each cell there should be in the end."""

    @property
    def sure(self) -> UntilSure | None:
        """Half-widths until which replications are added; None for a fixed number."""

    @property
    def by_cell(self) -> bool:
        """Whether single cells are a result while others are missing."""

    def cells(self, folder: Path) -> Mapping[str, Cell]:
        """By name, the cells that get every replication; a case alone has no name."""

    def repeated(self, folder: Path) -> Cell | None:
        """The cell whose first replications tell luck from parameters, if that is wanted."""

    def has_tables(self, folder: Path) -> bool:
        """Whether all tables are there."""

    def write_tables(self, folder: RunFolder, journal: Journal, told: Told = nobody) -> None:
        """Write every table anew from the replications that are done; `told` as `Told` says, of what takes long."""


@runtime_checkable
class SearchStudy(Kept, Protocol):
    """A study that chooses what to simulate next from what it has seen."""

    @property
    def spec(self) -> GoalSpec | InitSpec:
        """What was asked."""

    @property
    def page_kind(self) -> Kind | None:
        """Whose pages are drawn in the folder; None where the answer is elsewhere and the folder goes at the end."""

    @property
    def model(self) -> Model:
        """What gives one replication."""

    @property
    def counted(self) -> Words:
        """What progress counts, with `{done}` and `{total}`."""

    def rounds(self, folder: Path, journal: Journal, listener: Listener) -> Iterator[Sequence[Task]]:
        """One batch of replications after the other; each is in the journal before the next is asked for."""

    def counts(self) -> Mapping[str, int]:
        """What the manifest says of the replications of each point."""

    def write_tables(self, folder: RunFolder) -> Mapping[str, Any]:
        """Write every table; returns what the manifest says of the answer."""
