"""`compare`: the baseline and one case for each option, adoption regime or future, all meeting the same luck."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from itertools import combinations
from pathlib import Path
from typing import Any

from sim.measure.contradictions import refuse_contradictory_volumes
from sim.results.comparison_tables import CASE_FIGURES, CASE_ORDER, PROPOSALS, ProposalRow
from sim.results.words import LANGUAGES, Words
from sim.scenario.errors import ScenarioError, ScenarioErrors
from sim.scenario.layers import Change
from sim.scenario.loading import LoadedScenario, load
from sim.scenario.overlays import FOLDERS
from sim.scenario.places import SCENARIOS, named_file
from sim.scenario.proposal import Proposal
from sim.scenario.toml_source import read_toml
from sim.studies.case import Case, case_of
from sim.studies.cell import Cell, canonical_json
from sim.studies.folder import RunFolder, run_folder_name, slug
from sim.studies.half_widths import UntilSure
from sim.studies.journal import Journal
from sim.studies.manifest import acting_on, first_manifest, notes_of, write_provenance
from sim.studies.progress import Told, nobody
from sim.studies.refusals import SpecRefusedError
from sim.studies.run_tables import COMPARED, has_tables
from sim.studies.shapley import MOST_OPTIONS
from sim.studies.spec import CompareSpec

BASELINE = "baseline"
_BASELINE_TITLE = Words("Kịch bản gốc", "Baseline")
_LISTS = {"option": "--options", "adoption": "--adoptions", "future": "--futures"}
_LONGEST_SLUG = 50
"""Leaves room for `-compare` in the folder's name."""
_REGIME = "adoption:"
_AROUND_A_VALUE = ("low", "high", "kind", "basis", "source")


@dataclass(frozen=True)
class ComparedCase:
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
    """Several cases in one run folder, the baseline first.

    Attributes:
        spec: what was asked.
        compared: the cases.
        proposed: what each case proposes that the baseline does not; kept in the manifest, since the scenario that a
            folder keeps no longer knows which files made it.
    """

    spec: CompareSpec
    compared: tuple[ComparedCase, ...]
    proposed: tuple[ProposalRow, ...]

    @cached_property
    def run_hash(self) -> str:
        """The name of the results: the cases, in their order."""
        content = [[one.name, one.case.run_hash] for one in self.compared]
        return hashlib.sha256(canonical_json(content).encode()).hexdigest()

    @property
    def folder_name(self) -> str:
        """The baseline and the results."""
        return run_folder_name(f"{self.case.loaded.slug[:_LONGEST_SLUG]}-compare", self.run_hash)

    @property
    def wanted(self) -> int:
        """Replications asked for, else those of the scenario."""
        return self.spec.replications or self.case.loaded.scenario.run.replications

    @property
    def sure(self) -> UntilSure | None:
        """None: the number is fixed, so that pairs are."""
        return None

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

    def first_manifest(self, folder: RunFolder, typed: Sequence[str]) -> dict[str, Any]:
        """That of the baseline, and the list of cells."""
        for one in self.compared:
            write_provenance(folder, one.asked, one.under)
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
        first = first_manifest(self.case, self.compared[0].asked, self.spec, typed)
        proposed = [asdict(row) for row in self.proposed]
        return first | {"run_hash": self.run_hash, "cells": cells, "proposals": proposed, "notes": self.notes}

    @property
    def notes(self) -> list[dict[str, str]]:
        """What the reader must know: what the period leaves out, amounts of another plan, a regime like the plan's."""
        notes = notes_of(self.compared[0].asked, [one.asked for one in self.compared[1:]], acting_on(self.spec))
        return notes + [{"vi": note.vi, "en": note.en} for note in regime_notes(self.compared)]

    def has_tables(self, folder: Path) -> bool:
        """Whether all tables are there."""
        return has_tables(folder, COMPARED)

    def write_tables(self, folder: RunFolder, journal: Journal, told: Told = nobody) -> None:
        """Write all tables from the replications that are done.

        Args:
            folder: where.
            journal: of the replications.
            told: of how many cases the money has been drawn by itself.

        Raises:
            JournalDamagedError: a row is not what was written.
            FileWriteError: the disk refuses.
        """
        from sim.measure.case_figures import CaseFigures, case_figure_rows, case_figures
        from sim.measure.case_order import case_order_rows
        from sim.measure.comparison import ComparedCell, comparison_tables, kept_for_comparison, milestones_of_cases
        from sim.measure.payload import decode
        from sim.studies.ranking import INDIFFERENCE, ranking_tables

        cells: list[ComparedCell] = []
        figures: dict[str, list[CaseFigures]] = {}
        alone = milestones_of_cases([one.case.loaded for one in self.compared], self.case.seed)
        for number, (one, milestones) in enumerate(zip(self.compared, alone, strict=True), start=1):
            told(number, len(self.compared))
            loaded, mine = one.case.loaded, figures.setdefault(one.name, [])
            measured = []
            for _, payload in journal.payloads(one.case.run_hash):
                whole = decode(payload)
                mine.append(case_figures(whole))
                measured.append(kept_for_comparison(whole, loaded))
            cells.append(ComparedCell(one.name, one.title.vi, one.title.en, loaded, tuple(measured), milestones))
        zone = self.spec.indifference or INDIFFERENCE
        tables = (
            *comparison_tables(cells),
            CASE_FIGURES.filled(case_figure_rows(cells, figures, zone)),
            CASE_ORDER.filled(case_order_rows(cells, figures)),
            *ranking_tables(cells, zone),
            PROPOSALS.filled(self.proposed),
        )
        for filled in tables:
            folder.write_text(filled.table.file, filled.text())


def regime_notes(compared: Sequence[ComparedCase]) -> list[Words]:
    """Which of the adoption regimes compared is the baseline's own: that with the very same case.

    Empty where no regime is compared.
    """
    regimes = [one for one in compared if one.name.startswith(_REGIME)]
    if not regimes:
        return []
    own = [one.title for one in regimes if one.case.run_hash == compared[0].case.run_hash]
    if not own:
        none = Words(
            "Kịch bản gốc không theo cách triển khai nào trong số được so sánh.",
            "The baseline follows none of the regimes compared.",
        )
        return [none]
    vi, en = ("”, “".join(title.text(lang) for title in own) for lang in LANGUAGES)
    return [
        Words(
            f"“{vi}” chính là kịch bản gốc: dòng này lặp lại kịch bản gốc, không chi thêm. Con người mà cách này cần đã"
            " phải có trong kịch bản gốc; “chi thêm” của các cách khác chưa trừ phần đó.",
            f"“{en}” is the baseline itself: its row repeats the baseline and costs nothing more. The people that it"
            " needs are needed in the baseline too; “more spent” of the other regimes does not take them off.",
        )
    ]


def _is_followed(spec: CompareSpec, cell: str, asked: LoadedScenario) -> bool:
    """Whether the baseline follows this regime already: it is the one that all cases share, or it moves no value.

    A regime states ranges of its own round the same middle values; to follow them once more would set a drawn world
    beside a calibrated one and charge for what the baseline does too.
    """
    if spec.adoption is not None:
        return _cell_name("adoption", spec.adoption) == cell
    return not any(_moves_a_value(change, cell) for change in asked.changes)


def _moves_a_value(change: Change, layer: str) -> bool:
    return change.layer == layer and change.key.rpartition(".")[2] not in _AROUND_A_VALUE


def proposal_rows(compared: Sequence[ComparedCase]) -> list[ProposalRow]:
    """What each case proposes that the baseline does not: who decides, and what it costs by year and source."""
    shared = compared[0].asked.proposals if compared else {}
    return [
        row
        for one in compared
        for name, proposal in one.asked.proposals.items()
        if name not in shared
        for row in _proposal_rows(one, proposal, by_team=_takes_teams(compared[0].asked, one.asked))
    ]


def _takes_teams(baseline: LoadedScenario, asked: LoadedScenario) -> bool:
    """Whether a case buys something more for which one of the province's project teams goes out."""
    from sim.model.money_alone import lines_by_team

    return bool(lines_by_team(asked) - lines_by_team(baseline))


def _proposal_rows(one: ComparedCase, proposal: Proposal, *, by_team: bool) -> Iterator[ProposalRow]:
    about = ProposalRow(
        cell=one.name,
        title_vi=one.title.vi,
        title_en=one.title.en,
        group=proposal.group or None,
        decided_by_vi=proposal.decided_by.vi or None,
        decided_by_en=proposal.decided_by.en or None,
        cost_vi=proposal.cost.vi or None,
        cost_en=proposal.cost.en or None,
        of=None,
        item_vi=None,
        item_en=None,
        source=None,
        year=None,
        amount=None,
        low=None,
        high=None,
        simulated=None,
        basis=None,
        origin=None,
    )
    if not proposal.costs:
        yield about
    for cost in proposal.costs:
        yield replace(
            about,
            of=cost.of,
            item_vi=cost.title.vi,
            item_en=cost.title.en,
            source=cost.source,
            year=cost.year,
            amount=cost.amount_million_vnd,
            low=cost.low_million_vnd,
            high=cost.high_million_vnd,
            simulated=cost.in_simulation,
            basis=cost.basis,
            origin=cost.origin,
            by_team=by_team and cost.in_simulation,
        )


def comparison(spec: CompareSpec) -> Comparison:
    """The comparison that a spec asks for; raises as `compared_cases`."""
    compared = tuple(compared_cases(spec))
    return Comparison(spec, compared, tuple(proposal_rows(compared)))


def compared_cases(spec: CompareSpec) -> Iterator[ComparedCase]:
    """The cases asked for, the baseline first.

    Raises:
        SpecRefusedError: no overlay is named.
        ScenarioErrors: everything wrong with any of the cases.
    """
    overlays = [
        *(("option", name) for name in spec.compared_options),
        *(("adoption", name) for name in spec.compared_adoptions),
        *(("future", name) for name in spec.compared_futures),
    ]
    if not overlays:
        missing = Words(
            "chưa nêu gì để so sánh: dùng --options, --adoptions hoặc --futures",
            "nothing to compare: name some --options, --adoptions or --futures",
        )
        raise SpecRefusedError(missing)
    baseline = _asked(spec, "")
    errors = list(_named_twice(overlays))
    loaded = {}
    for kind, name in overlays:
        try:
            loaded[kind, name] = _asked(spec, kind, name)
        except ScenarioErrors as refused:
            errors += refused.errors
    if errors:
        raise ScenarioErrors(errors)
    first = ComparedCase(BASELINE, _BASELINE_TITLE, baseline, case_of(baseline, spec.seed, spec.engine))
    yield first
    for (kind, name), asked in loaded.items():
        cell, title = _cell_name(kind, name), _title(kind, name)
        if kind == "adoption" and _is_followed(spec, cell, asked):
            yield replace(first, name=cell, title=title)
        else:
            yield ComparedCase(cell, title, asked, case_of(asked, spec.seed, spec.engine))
    if spec.combine:
        yield from _combinations(spec)


def _combinations(spec: CompareSpec) -> Iterator[ComparedCase]:
    """Every combination of two options or more, so that their joint gain can be divided."""
    names = spec.compared_options
    if not 2 <= len(names) <= MOST_OPTIONS:
        wrong = Words(
            f"--combine cần từ 2 đến {MOST_OPTIONS} phương án trong --options",
            f"--combine needs 2 to {MOST_OPTIONS} options in --options",
        )
        raise SpecRefusedError(wrong)
    for size in range(2, len(names) + 1):
        for chosen in combinations(names, size):
            asked = _asked(spec, "option", *chosen)
            titles = [_title("option", name) for name in chosen]
            title = Words(" + ".join(one.vi for one in titles), " + ".join(one.en for one in titles))
            cell = f"options:{'+'.join(Path(name).stem for name in chosen)}"
            yield ComparedCase(cell, title, asked, case_of(asked, spec.seed, spec.engine))


def _asked(spec: CompareSpec, kind: str, *names: str) -> LoadedScenario:
    """The scenario with what all cases share and overlays more; a regime or future takes the shared one's place."""
    loaded = load(
        spec.scenario,
        options=(*spec.options, *names) if kind == "option" else spec.options,
        adoption=names[0] if kind == "adoption" else spec.adoption,
        future=names[0] if kind == "future" else spec.future,
        sets=spec.sets,
        until=spec.until,
        options_from=spec.options_from,
    )
    refuse_contradictory_volumes(loaded)
    return loaded


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
