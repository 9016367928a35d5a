"""`compare`: the baseline and one case for each option, adoption regime or future, all meeting the same luck."""

from __future__ import annotations

import hashlib
from argparse import Namespace
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from pathlib import Path
from typing import Any

from sim.command import manifest as kept
from sim.command.carrying_out import carry_out
from sim.command.commands import parser_of
from sim.command.comparison_answer import comparison_answer
from sim.command.console import Console
from sim.command.program import program
from sim.command.results import COMPARED, draw_report, has_report, has_tables
from sim.command.running import folder_of, order_of
from sim.command.usage import UsageError, comma_separated
from sim.results.words import Words
from sim.scenario.errors import ScenarioError, ScenarioErrors
from sim.scenario.loading import LoadedScenario, load
from sim.scenario.overlays import FOLDERS
from sim.scenario.places import SCENARIOS, named_file
from sim.scenario.toml_source import read_toml
from sim.studies.case import Case, case_of
from sim.studies.cell import Cell, canonical_json
from sim.studies.folder import RunFolder, slug
from sim.studies.journal import Journal
from sim.studies.shapley import MOST_OPTIONS

BASELINE = "baseline"
_BASELINE_TITLE = Words("Kịch bản gốc", "Baseline")
_LISTS = {"option": "--options", "adoption": "--adoptions", "future": "--futures"}
_LONGEST_SLUG = 50
"""Leaves room for `-compare` in the folder's name."""


@dataclass(frozen=True)
class Compared:
    """One case of a comparison: the baseline, or the baseline with one more overlay.

    Attributes:
        name: `baseline`, or the overlay's kind and name, as `option:poll_5_min`.
        title: the overlay's own title.
        asked: the scenario as typed, with the layers it was made of.
        case: what is simulated.
    """

    name: str
    title: Words
    asked: LoadedScenario
    case: Case

    @property
    def under(self) -> str:
        """Its sub-folder in the run folder, with the final slash."""
        return f"cells/{slug(self.name)}/"


@dataclass(frozen=True)
class Comparison:
    """Several cases in one run folder, the baseline first."""

    compared: tuple[Compared, ...]
    words: Namespace

    @cached_property
    def run_hash(self) -> str:
        """The name of the results: the cases, in their order."""
        content = [[one.name, one.case.run_hash] for one in self.compared]
        return hashlib.sha256(canonical_json(content).encode()).hexdigest()

    @property
    def case(self) -> Case:
        """The baseline."""
        return self.compared[0].case

    @property
    def by_cell(self) -> bool:
        """Cases are compared by pairs: a replication counts when all have it."""
        return False

    def cells(self, folder: Path) -> Mapping[str, Cell]:
        """The cases by name; one that changes nothing shares its replications with the baseline."""
        return {one.name: one.case.cell(folder / one.under) for one in self.compared}

    def repeated(self, folder: Path) -> Cell | None:  # noqa: ARG002 - the form of a study
        """None: differences under the same luck need no such split."""
        return None

    def write_into(self, folder: RunFolder) -> None:
        """Put each case's scenario into its sub-folder."""
        for one in self.compared:
            one.case.write_into(folder, one.under)

    def first_manifest(self, folder: RunFolder) -> dict[str, Any]:
        """That of the baseline, and the list of cells."""
        for one in self.compared:
            kept.write_provenance(folder, one.asked, one.under)
        cells = [
            {
                "cell": one.name,
                "title_vi": one.title.vi,
                "title_en": one.title.en,
                "cell_hash": one.case.run_hash,
                "scenario_hash": one.case.loaded.content_hash,
                "folder": one.under.rstrip("/"),
            }
            for one in self.compared
        ]
        first = kept.first_manifest(self.case, self.compared[0].asked, self.words)
        return first | {"run_hash": self.run_hash, "cells": cells}

    def has_tables(self, folder: Path) -> bool:
        """Whether all tables are there."""
        return has_tables(folder, COMPARED)

    def write_tables(self, folder: RunFolder, journal: Journal) -> None:
        """Write all tables from the replications that are done.

        Raises:
            JournalDamagedError: a row is not what was written.
            FileWriteError: the disk refuses.
        """
        from sim.measure.comparison import ComparedCell, comparison_tables, kept_for_comparison
        from sim.measure.payload import decode
        from sim.studies.ranking import INDIFFERENCE, ranking_tables

        cells = []
        for one in self.compared:
            loaded = one.case.loaded
            payloads = journal.payloads(one.case.run_hash)
            measured = tuple(kept_for_comparison(decode(payload), loaded) for _, payload in payloads)
            cells.append(ComparedCell(one.name, one.title.vi, one.title.en, loaded, measured))
        zone = vars(self.words).get("indifference") or INDIFFERENCE
        for filled in (*comparison_tables(cells), *ranking_tables(cells, zone)):
            folder.write_text(filled.table.file, filled.text())

    def has_report(self, folder: Path) -> bool:
        """Whether the pages in both languages are there."""
        return has_report(folder)

    def draw_report(self, folder: Path, console: Console) -> None:
        """Write pictures and pages."""
        draw_report(folder, console)

    def answer(self, shown: Path, manifest: Mapping[str, Any], command: str, console: Console) -> None:
        """Print the cases side by side."""
        comparison_answer(shown, manifest, self.case.loaded, command, console)


def compare(words: Namespace, console: Console) -> int:
    """`compare SCENARIO --options A,B`: simulate all cases; typed again, it goes on from what is there."""
    study = Comparison(tuple(compared_cases(words, console)), words)
    name = f"{study.case.loaded.slug[:_LONGEST_SLUG]}-compare"
    wanted = words.replications or study.case.loaded.scenario.run.replications
    order = order_of("compare", folder_of(words, name, study.run_hash), wanted, words)
    if words.dry_run:
        from sim.command.estimate import estimate

        return estimate(order, study, console)
    return carry_out(order, study, console)


def compared_cases(words: Namespace, console: Console) -> Iterator[Compared]:
    """The cases asked for, the baseline first.

    Raises:
        UsageError: no overlay is named.
        ScenarioErrors: everything wrong with any of the cases.
    """
    overlays = [
        *(("option", name) for name in comma_separated(words.options)),
        *(("adoption", name) for name in comma_separated(words.adoptions)),
        *(("future", name) for name in comma_separated(words.futures)),
    ]
    if not overlays:
        usage = parser_of("compare", program(), console.lang).format_usage()
        missing = Words(
            "chưa nêu gì để so sánh: dùng --options, --adoptions hoặc --futures",
            "nothing to compare: name some --options, --adoptions or --futures",
        )
        raise UsageError(missing.text(console.lang), usage)
    baseline = _asked(words, "")
    errors = list(_named_twice(overlays))
    loaded = {}
    for kind, name in overlays:
        try:
            loaded[kind, name] = _asked(words, kind, name)
        except ScenarioErrors as refused:
            errors += refused.errors
    if errors:
        raise ScenarioErrors(errors)
    yield Compared(BASELINE, _BASELINE_TITLE, baseline, case_of(baseline, words.seed, words.engine))
    for (kind, name), asked in loaded.items():
        case = case_of(asked, words.seed, words.engine)
        yield Compared(_cell_name(kind, name), _title(kind, name), asked, case)
    if vars(words).get("combine"):
        yield from _combinations(words, console)


def _combinations(words: Namespace, console: Console) -> Iterator[Compared]:
    """Every combination of two options or more, so that their joint gain can be divided."""
    names = comma_separated(words.options)
    if not 2 <= len(names) <= MOST_OPTIONS:
        usage = parser_of("compare", program(), console.lang).format_usage()
        wrong = Words(
            f"--combine cần từ 2 đến {MOST_OPTIONS} phương án trong --options",
            f"--combine needs 2 to {MOST_OPTIONS} options in --options",
        )
        raise UsageError(wrong.text(console.lang), usage)
    for size in range(2, len(names) + 1):
        for chosen in combinations(names, size):
            asked = _asked(words, "option", *chosen)
            titles = [_title("option", name) for name in chosen]
            title = Words(" + ".join(one.vi for one in titles), " + ".join(one.en for one in titles))
            cell = f"options:{'+'.join(Path(name).stem for name in chosen)}"
            yield Compared(cell, title, asked, case_of(asked, words.seed, words.engine))


def _asked(words: Namespace, kind: str, *names: str) -> LoadedScenario:
    """The scenario with what all cases share and overlays more; a regime or future takes the shared one's place."""
    return load(
        words.scenario,
        options=(*comma_separated(words.option), *(names if kind == "option" else ())),
        adoption=names[0] if kind == "adoption" else words.adoption,
        future=names[0] if kind == "future" else words.future,
        sets=words.set,
        until=words.until,
    )


def _named_twice(overlays: Sequence[tuple[str, str]]) -> Iterator[ScenarioError]:
    counted = Counter(slug(_cell_name(kind, name)) for kind, name in overlays)
    for kind, name in overlays:
        if counted[slug(_cell_name(kind, name))] > 1:
            reason = Words(f"“{name}” được nêu hai lần", f'"{name}" is named twice')
            yield ScenarioError("E-OVL-004", _LISTS[kind], name, reason)


def _cell_name(kind: str, name: str) -> str:
    return f"{kind}:{Path(name).stem}"


def _title(kind: str, name: str) -> Words:
    """The overlay's title, which loading has found to be there in both languages."""
    root = SCENARIOS.resolve()
    title = read_toml(named_file(name, FOLDERS[kind], root), name).tree["title"]
    return Words(str(title["vi"]), str(title["en"]))
