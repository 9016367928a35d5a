"""`run`: one case, with the verdict on each target and a report."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sim.command import manifest as kept
from sim.command.carrying_out import Order, carry_out
from sim.command.commands import parser_of
from sim.command.console import Console
from sim.command.program import command_line, program
from sim.command.results import answer, draw_report, has_report, has_tables, write_tables
from sim.command.scenarios import loaded_as_asked
from sim.command.usage import UsageError
from sim.results.words import Words
from sim.scenario.loading import LoadedScenario
from sim.studies.case import Case, case_of
from sim.studies.cell import Cell
from sim.studies.executor_choice import refuse_without_extra
from sim.studies.folder import RunFolder, run_folder_name
from sim.studies.half_widths import until_sure
from sim.studies.journal import Journal

RESULTS = Path("results")


@dataclass(frozen=True)
class OneCase:
    """A case by itself.

    Attributes:
        case: what is simulated.
        asked: the scenario as typed, with the layers it was made of; None when the run is already begun.
        words: what was typed.
        with_variance: whether some replications are run again under another luck.
    """

    case: Case
    asked: LoadedScenario | None
    words: Namespace
    with_variance: bool

    @property
    def run_hash(self) -> str:
        """The name of the results."""
        return self.case.run_hash

    @property
    def by_cell(self) -> bool:
        """There is only one."""
        return False

    def cells(self, folder: Path) -> Mapping[str, Cell]:
        """The only one, which needs no name."""
        return {"": self.case.cell(folder)}

    def repeated(self, folder: Path) -> Cell | None:
        """The same parameters under another luck."""
        return self.case.cell(folder, second_luck=True) if self.with_variance else None

    def write_into(self, folder: RunFolder) -> None:
        """Put the scenario into the folder."""
        self.case.write_into(folder)

    def first_manifest(self, folder: RunFolder) -> dict[str, Any]:
        """Who and what, and where each value came from."""
        asked = self.asked or self.case.loaded
        kept.write_provenance(folder, asked)
        return kept.first_manifest(self.case, asked, self.words)

    def has_tables(self, folder: Path) -> bool:
        """Whether all tables are there."""
        return has_tables(folder)

    def write_tables(self, folder: RunFolder, journal: Journal) -> None:
        """Write all tables."""
        write_tables(folder, self.case, journal)

    def has_report(self, folder: Path) -> bool:
        """Whether the pages in both languages are there."""
        return has_report(folder)

    def draw_report(self, folder: Path, console: Console) -> None:
        """Write pictures and pages."""
        draw_report(folder, console)

    def answer(self, shown: Path, manifest: Mapping[str, Any], command: str, console: Console) -> None:
        """Print the verdicts, and where the report is."""
        answer(shown, manifest, command, console)


def run(words: Namespace, console: Console) -> int:
    """`run SCENARIO`: simulate; typed again, it goes on from what is there."""
    asked = loaded_as_asked(words)
    case = case_of(asked, words.seed, words.engine)
    wanted = words.replications or case.loaded.scenario.run.replications
    order = order_of("run", folder_of(words, case.loaded.slug, case.run_hash), wanted, words)
    sure = until_sure(words.half_width, case.loaded)
    if sure is not None and order.shard is not None:
        usage = parser_of("run", program(), console.lang).format_usage()
        both = Words("--half-width không đi cùng --shard", "--half-width does not go with --shard")
        raise UsageError(both.text(console.lang), usage)
    order = replace(order, sure=sure)
    study = OneCase(case, asked, words, with_variance=not words.no_variance)
    if words.dry_run:
        from sim.command.estimate import estimate

        return estimate(order, study, console)
    return carry_out(order, study, console)


def folder_of(words: Namespace, name: str, run_hash: str) -> Path:
    """The folder asked for, else one named by the results, with a name of its own for a shard."""
    if words.out:
        return Path(words.out)
    shard = f"-shard-{words.shard.number}-of-{words.shard.of}" if words.shard else ""
    return RESULTS / f"{run_folder_name(name, run_hash)}{shard}"


def order_of(command: str, path: Path, wanted: int, words: Namespace) -> Order:
    """What a command that takes the words of a study was asked to do; typed again, it goes on.

    Raises:
        ModuleNotFoundError: a cluster is asked for and the extra `cluster` is not installed.
    """
    cluster = words.executor or ""
    refuse_without_extra(cluster)
    again = command_line(words.typed, vars(words).get("again"))
    return Order(command, path, wanted, workers_of(words), again, words.shard, words.deadline, cluster)


def workers_of(words: Namespace) -> int:
    """Processes asked for, else as many as the machine has cores for us."""
    if words.workers is not None:
        return int(words.workers)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
