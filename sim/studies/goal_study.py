"""`goal`: the least money at which chosen targets are reached often enough, checked again with fresh futures."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from sim.measure.parameters import parameter_rows
from sim.results.run_tables import PARAMETERS
from sim.results.words import Words
from sim.scenario.loading import LoadedScenario
from sim.scenario.tables import SOURCES
from sim.studies.case import Case, case_of, loaded_as_asked
from sim.studies.cell import Task, canonical_json
from sim.studies.folder import RunFolder, run_folder_name
from sim.studies.goal_search import MOST_CHECKED, GoalSearch, goal_search_of
from sim.studies.goal_tables import goal_tables
from sim.studies.journal import Journal
from sim.studies.manifest import first_manifest, write_provenance
from sim.studies.model_spec import replicate
from sim.studies.parameter_study import key_record
from sim.studies.progress import REPLICATIONS_DONE, Listener
from sim.studies.run_tables import Kind
from sim.studies.spec import GoalSpec
from sim.studies.worker import Model

_LONGEST_SLUG = 50


@dataclass(frozen=True)
class GoalStudy:
    """A search for the least money, as the runner takes it.

    Attributes:
        spec: what was asked.
        goal: what is sought, and what has been found so far.
        asked: the scenario as asked for, with the layers it was made of.
    """

    spec: GoalSpec
    goal: GoalSearch
    asked: LoadedScenario

    page_kind: ClassVar[Kind] = "goal"
    counted: ClassVar[Words] = REPLICATIONS_DONE

    @property
    def run_hash(self) -> str:
        """The name of the results."""
        asked = [[axis.key, axis.low, axis.high] for axis in self.goal.axes]
        targets = [target.id for target in self.goal.targets]
        prices = {key: price.million_vnd for key, price in self.goal.prices.items()}
        numbers = [self.goal.minimize, self.goal.probability, self.goal.replications, self.goal.fresh, self.goal.most]
        content = [self.goal.base.run_hash, asked, targets, prices, numbers]
        return hashlib.sha256(canonical_json(content).encode()).hexdigest()

    @property
    def folder_name(self) -> str:
        """Scenario and results."""
        return run_folder_name(f"{self.goal.base.loaded.slug[:_LONGEST_SLUG]}-goal", self.run_hash)

    @property
    def case(self) -> Case:
        """The scenario all points share."""
        return self.goal.base

    @property
    def model(self) -> Model:
        """The whole model."""
        return replicate

    @property
    def most_simulations(self) -> int:
        """How many there are at most: how many in fact depends on what is found."""
        return self.goal.most * self.goal.replications + MOST_CHECKED * self.goal.fresh

    def write_into(self, folder: RunFolder) -> None:
        """Put the shared scenario into the folder."""
        self.goal.base.write_into(folder)

    def first_manifest(self, folder: RunFolder, typed: Sequence[str]) -> dict[str, Any]:
        """That of the shared scenario, the levers and what is sought."""
        write_provenance(folder, self.asked)
        keys = [key_record(axis, self.goal.base.loaded) for axis in self.goal.axes]
        first = first_manifest(self.goal.base, self.asked, self.spec, typed)
        study = {"command": "goal", "keys": keys}
        return first | {"run_hash": self.run_hash, "study": study, "goal": self._asked_in_words()}

    def _asked_in_words(self) -> dict[str, Any]:
        """What the manifest says of what is sought."""
        return {
            "targets": [target.id for target in self.goal.targets],
            "minimize": self.goal.minimize,
            "probability": self.goal.probability,
            "replications": self.goal.replications,
            "fresh": self.goal.fresh,
            "prices": {key: [price.million_vnd, price.source] for key, price in self.goal.prices.items()},
            "sources": list(SOURCES),
        }

    def rounds(self, folder: Path, journal: Journal, listener: Listener) -> Iterator[Sequence[Task]]:
        """Points until none is worth trying, then the cheapest against fresh futures until one holds."""
        for seen in (self.goal.tried, self.goal.checked, self.goal.measured):
            seen.clear()
        futures = self.goal.futures
        while batch := self.goal.search.next_batch(self.goal.tried):
            yield [Task(self.goal.cell(folder, candidate), number) for number in futures for candidate in batch]
            self.goal.tried += [self.goal.seen(journal, candidate, futures) for candidate in batch]
            listener.say(self._standing())
        futures = self.goal.fresh_futures
        for one in self.goal.to_check():
            vietnamese = f"kiểm lại điểm {one.candidate} với {self.goal.fresh} tương lai mới"
            listener.say(Words(vietnamese, f"checking point {one.candidate} with {self.goal.fresh} fresh futures"))
            yield [Task(self.goal.cell(folder, one.candidate), number) for number in futures]
            self.goal.checked.append(self.goal.seen(journal, one.candidate, futures))
            if self.goal.checked[-1].is_enough(self.goal.probability):
                return

    def counts(self) -> Mapping[str, int]:
        """Replications of each point."""
        return {"replications_asked": self.goal.replications, "replications_done": self.goal.replications}

    def write_tables(self, folder: RunFolder) -> Mapping[str, Any]:
        """Write every table; returns what the manifest says of the answer."""
        tables, outcome = goal_tables(self.goal)
        for filled in tables:
            folder.write_text(filled.table.file, filled.text())
        folder.write_text(PARAMETERS.file, PARAMETERS.text(parameter_rows(self.goal.base.loaded)))
        return {"goal": self._asked_in_words() | outcome}

    def _standing(self) -> Words:
        best = self.goal.search.best(self.goal.tried)
        found = Words("chưa điểm nào đạt", "none reaches it yet")
        if best is not None:
            cost = f"{self.goal.search.costs[best.candidate]:,.0f}"
            found = Words(f"rẻ nhất mà đạt: {cost} triệu đồng", f"cheapest that reaches it: {cost} million VND")
        count = len(self.goal.tried)
        return Words(f"đã thử {count} điểm; {found.vi}", f"{count} points tried; {found.en}")


def goal_study(spec: GoalSpec) -> GoalStudy:
    """The search that a spec asks for.

    Raises:
        SpecRefusedError: no target or no lever is named.
        ScenarioErrors: everything wrong with the scenario, the targets, the levers or their prices.
    """
    asked = loaded_as_asked(spec)
    base = case_of(asked, spec.seed, spec.engine)
    return GoalStudy(spec, goal_search_of(spec, base, asked, refuse_ends=True), asked)
