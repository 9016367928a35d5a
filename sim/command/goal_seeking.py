"""`goal`: the least money at which chosen targets are reached often enough, checked again with fresh futures."""

from __future__ import annotations

import hashlib
import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import inf
from pathlib import Path
from typing import Any

import numpy as np

from sim.command import exit_codes
from sim.command import manifest as kept
from sim.command.carrying_out import Order
from sim.command.commands import parser_of
from sim.command.console import Console
from sim.command.goal_answer import goal_answer
from sim.command.goal_tables import goal_tables
from sim.command.program import program
from sim.command.results import draw_report
from sim.command.running import folder_of, order_of
from sim.command.scenarios import loaded_as_asked
from sim.command.usage import UsageError, comma_separated
from sim.command.varied import cell_with, refuse_bad_ends
from sim.measure.cells import planned_by_source, value_of
from sim.measure.measured import Measured
from sim.measure.parameters import parameter_rows
from sim.measure.payload import decode
from sim.measure.targets import threshold_of
from sim.results.run_tables import PARAMETERS
from sim.results.words import Words
from sim.scenario.errors import ScenarioError, ScenarioErrors, shown
from sim.scenario.keys import title_of
from sim.scenario.loading import LoadedScenario
from sim.scenario.plan_schema import Target
from sim.scenario.suggest import did_you_mean
from sim.scenario.tables import SOURCES
from sim.studies.axes import Axis, axes_of, settings_of
from sim.studies.case import Case, case_of
from sim.studies.cell import Cell, Task, canonical_json
from sim.studies.executor_choice import executor_of
from sim.studies.executors import Executor
from sim.studies.folder import RunFolder
from sim.studies.goal import Search, Tried, candidates_of, first_points, margin_of
from sim.studies.journal import Journal
from sim.studies.price_option import Price, prices_of

DEFAULT_POINTS = 40
MOST_CHECKED = 4
"""Points that reach enough are checked with fresh futures one after the other, the cheapest first, at most so many."""
_LONGEST_SLUG = 50


@dataclass
class Goal:
    """What is sought, and what has been found so far.

    Attributes:
        base: the scenario all points share.
        axes: levers with their bounds.
        targets: all of these must be reached in the same future.
        prices: what levers cost that are not lines of the plan.
        minimize: `cost` for all sources, or one source.
        probability: share of futures that must reach the targets.
        replications: futures at each point.
        fresh: further futures for the check.
        most: points to try at most.
        tried: the points, in the order in which they were tried.
        checked: points met by fresh futures.
    """

    base: Case
    axes: tuple[Axis, ...]
    targets: tuple[Target, ...]
    prices: Mapping[str, Price]
    minimize: str
    probability: float
    replications: int
    fresh: int
    most: int
    tried: list[Tried] = field(default_factory=list)
    checked: list[Tried] = field(default_factory=list)
    measured: dict[int, list[Measured | None]] = field(default_factory=dict)

    @property
    def run_hash(self) -> str:
        """The name of the results."""
        asked = [[axis.key, axis.low, axis.high] for axis in self.axes]
        targets = [target.id for target in self.targets]
        prices = {key: price.million_vnd for key, price in self.prices.items()}
        numbers = [self.minimize, self.probability, self.replications, self.fresh, self.most]
        content = [self.base.run_hash, asked, targets, prices, numbers]
        return hashlib.sha256(canonical_json(content).encode()).hexdigest()

    @cached_property
    def search(self) -> Search:
        """Every point that may be tried, with its cost."""
        levels = [int(axis.high - axis.low) + 1 if axis.is_whole else None for axis in self.axes]
        points = candidates_of(levels, self.base.seed % 2**32)
        costs = np.array([self.objective(self.values(point)) for point in points.tolist()])
        planned = [min(1.0, max(0.0, axis.place(_as_planned(axis, self.base.loaded)))) for axis in self.axes]
        first = first_points(points, [planned], self.base.seed % 2**32)
        return Search(points, costs, first, self.probability, self.most)

    def values(self, point: Sequence[float]) -> tuple[float, ...]:
        """The levers' values at a place."""
        return tuple(axis.value(place) for axis, place in zip(self.axes, point, strict=True))

    def values_of(self, candidate: int) -> tuple[float, ...]:
        """The levers' values at a candidate."""
        return self.values(self.search.points[candidate].tolist())

    def cost_by_source(self, values: Sequence[float]) -> dict[str, float]:
        """Million VND by source, priced levers under the source they are paid from."""
        levers = dict(zip((axis.key for axis in self.axes), values, strict=True))
        money = planned_by_source(self.base.loaded, levers)
        for key, price in self.prices.items():
            money[price.source] += price.million_vnd * levers[key]
        return money

    def objective(self, values: Sequence[float]) -> float:
        """What is to be least."""
        money = self.cost_by_source(values)
        return sum(money.values()) if self.minimize == "cost" else money[self.minimize]

    def cell(self, folder: Path, candidate: int) -> Cell:
        """A point as the study machinery takes it."""
        return cell_with(
            self.base, folder, settings_of(self.axes, self.values_of(candidate)), self.base.seed, f"point {candidate}"
        )

    def seen(self, journal: Journal, candidate: int, replications: range) -> Tried:
        """How a point did in these futures; a failed one reaches nothing."""
        found = {
            row.replication: decode(row.payload, months=False)
            for row in journal.rows(self.cell(Path(), candidate).cell_hash)
            if row.status == "done" and row.replication in replications
        }
        self.measured.setdefault(candidate, [])
        self.measured[candidate] += [found.get(number) for number in replications]
        return Tried(candidate, tuple(self._margin(found.get(number)) for number in replications))

    def to_check(self) -> list[Tried]:
        """Points that fresh futures may have to meet, in order."""
        return self.search.in_order(self.tried)[:MOST_CHECKED]

    def _margin(self, measured: Measured | None) -> float:
        if measured is None:
            return -inf
        values = [value_of(measured, target.id) for target in self.targets]
        return margin_of(values, [threshold_of(target) for target in self.targets])


def goal(words: Namespace, console: Console) -> int:
    """`goal SCENARIO --target ID --over KEY=lo:hi`: seek; typed again, it goes on from what is there."""
    asked = loaded_as_asked(words)
    axes = axes_of(words.over, asked)
    if not axes or not words.target:
        usage = parser_of("goal", program(), console.lang).format_usage()
        missing = Words("cần --target và --over KHÓA=thấp:cao", "name a --target and a lever: --over KEY=lo:hi")
        raise UsageError(missing.text(console.lang), usage)
    base = case_of(asked, words.seed, words.engine)
    targets = _targets(comma_separated(words.target), base.loaded)
    refuse_bad_ends(base, axes, words)
    sought = Goal(
        base,
        tuple(axes),
        targets,
        prices_of(words.price, axes),
        words.minimize or "cost",
        words.probability or base.loaded.scenario.run.required_probability.value,
        words.replications or base.loaded.scenario.run.replications,
        words.recheck or 2 * (words.replications or base.loaded.scenario.run.replications),
        words.samples or DEFAULT_POINTS,
    )
    name = f"{base.loaded.slug[:_LONGEST_SLUG]}-goal"
    order = order_of("goal", folder_of(words, name, sought.run_hash), sought.replications, words)
    if words.dry_run:
        return _dry_run(sought, order, console)
    return _carry_out(sought, asked, order, words, console)


def _targets(names: Sequence[str], loaded: LoadedScenario) -> tuple[Target, ...]:
    known = {target.id: target for target in loaded.scenario.targets}
    errors = []
    for name in names:
        if name not in known:
            reason = Words(f"kịch bản không có chỉ tiêu “{shown(name)}”", f'the scenario has no target "{shown(name)}"')
            errors.append(ScenarioError("E-GOL-001", "--target", shown(name), reason, did_you_mean(name, known)))
    if errors:
        raise ScenarioErrors(errors)
    return tuple(known[name] for name in dict.fromkeys(names))


def _as_planned(axis: Axis, loaded: LoadedScenario) -> float:
    """Where the scenario itself stands on a lever."""
    if axis.key.startswith("budget.shift_years."):
        return 0.0
    if axis.dimension is None:
        return 1.0
    from sim.scenario.drawn import quantities

    found = dict(quantities(loaded.scenario)).get(axis.key)
    return axis.low if found is None else found.value


def _dry_run(sought: Goal, order: Order, console: Console) -> int:
    """At most so many simulations: how many depends on what is found."""
    simulations = sought.most * sought.replications + MOST_CHECKED * sought.fresh
    if console.as_json:
        content = {"points": sought.most, "simulations": {"at_most": simulations}, "folder": str(order.path)}
        console.answer_json("goal --dry-run", content)
        return exit_codes.DONE
    console.answer(
        Words(
            f"nhiều nhất {sought.most} điểm, mỗi điểm {sought.replications} lần chạy, và {sought.fresh} lần kiểm lại:"
            f" không quá {simulations} lần mô phỏng, ghi vào {order.path}",
            f"at most {sought.most} points of {sought.replications} replications, and {sought.fresh} to check again:"
            f" no more than {simulations} simulations, into {order.path}",
        ).text(console.lang)
    )
    return exit_codes.DONE


def _carry_out(sought: Goal, asked: LoadedScenario, order: Order, words: Namespace, console: Console) -> int:
    folder = RunFolder.claim(order.path, sought.run_hash)
    with Journal.to_write(folder.path) as journal:
        folder.clear_partials()
        sought.base.write_into(folder)
        first = kept.read_manifest(folder.path) or _first_manifest(sought, asked, folder, words)
        kept.write_manifest(folder, first | {"status": kept.RUNNING})
        console.say(Words(f"kết quả ghi vào {order.path}", f"results go to {order.path}"))
        runner = _Runner(sought, order, folder, journal, console)
        try:
            runner.seek()
            runner.check()
        except KeyboardInterrupt:
            kept.write_manifest(folder, first | {"status": kept.INTERRUPTED} | runner.counts())
            console.say(
                Words(
                    f"đã dừng; kết quả đã có vẫn giữ nguyên. Chạy tiếp bằng:\n{order.resume}",
                    f"stopped; what is finished is kept. Go on with:\n{order.resume}",
                )
            )
            return exit_codes.INTERRUPTED
        finally:
            runner.stop()
        tables, outcome = goal_tables(sought)
        for filled in tables:
            folder.write_text(filled.table.file, filled.text())
        folder.write_text(PARAMETERS.file, PARAMETERS.text(parameter_rows(sought.base.loaded)))
        counts = runner.counts()
        manifest = first | {"status": kept.DONE, "goal": first["goal"] | outcome} | counts
        kept.write_manifest(folder, manifest)
        draw_report(folder.path, console)
        goal_answer(order.path, manifest, console)
    return exit_codes.SOME_FAILED if counts["simulations_failed"] else exit_codes.DONE


def _first_manifest(sought: Goal, asked: LoadedScenario, folder: RunFolder, words: Namespace) -> dict[str, Any]:
    kept.write_provenance(folder, asked)
    keys = [
        {
            "key": axis.key,
            "title_vi": title_of(axis.key).vi,
            "title_en": title_of(axis.key).en,
            "role": "lever",
            "dimension": axis.dimension or "",
            "unit": axis.unit,
            "low": axis.low,
            "high": axis.high,
        }
        for axis in sought.axes
    ]
    about = {
        "targets": [target.id for target in sought.targets],
        "minimize": sought.minimize,
        "probability": sought.probability,
        "replications": sought.replications,
        "fresh": sought.fresh,
        "prices": {key: [price.million_vnd, price.source] for key, price in sought.prices.items()},
        "sources": list(SOURCES),
    }
    first = kept.first_manifest(sought.base, asked, words)
    study = {"command": "goal", "keys": keys}
    return first | {"run_hash": sought.run_hash, "study": study, "goal": about}


class _Runner:
    """Runs one batch of points after the other; what the journal holds is not run again."""

    def __init__(self, sought: Goal, order: Order, folder: RunFolder, journal: Journal, console: Console) -> None:
        self._goal = sought
        self._order = order
        self._folder = folder
        self._journal = journal
        self._console = console
        self._executor: Executor | None = None
        self._tasks: dict[tuple[str, int], Task] = {}

    def seek(self) -> None:
        """Try points until none is worth trying."""
        goal, search = self._goal, self._goal.search
        while batch := search.next_batch(goal.tried):
            futures = range(goal.replications)
            self._run(batch, futures)
            goal.tried += [goal.seen(self._journal, candidate, futures) for candidate in batch]
            best = search.best(goal.tried)
            found = Words("chưa điểm nào đạt", "none reaches it yet")
            if best is not None:
                cost = f"{search.costs[best.candidate]:,.0f}"
                found = Words(f"rẻ nhất mà đạt: {cost} triệu đồng", f"cheapest that reaches it: {cost} million VND")
            count = len(goal.tried)
            self._console.say(Words(f"đã thử {count} điểm; {found.vi}", f"{count} points tried; {found.en}"))

    def check(self) -> None:
        """Meet the cheapest points with fresh futures until one holds."""
        goal = self._goal
        futures = range(goal.replications, goal.replications + goal.fresh)
        for one in goal.to_check():
            self._console.say(
                Words(
                    f"kiểm lại điểm {one.candidate} với {goal.fresh} tương lai mới",
                    f"checking point {one.candidate} with {goal.fresh} fresh futures",
                )
            )
            self._run([one.candidate], futures)
            goal.checked.append(goal.seen(self._journal, one.candidate, futures))
            if goal.checked[-1].is_enough(goal.probability):
                return

    def stop(self) -> None:
        """Free the workers."""
        if self._executor is not None:
            self._executor.stop()

    def counts(self) -> dict[str, Any]:
        """How many simulations there are."""
        found = [
            status
            for cell_hash in dict.fromkeys(cell_hash for cell_hash, _ in self._tasks)
            for status in self._journal.held(cell_hash).values()
        ]
        done, failed = found.count("done"), found.count("failed")
        return {
            "simulations_asked": len(self._tasks),
            "simulations_done": done,
            "simulations_failed": failed,
            "replications_asked": self._goal.replications,
            "replications_done": self._goal.replications,
        }

    def _run(self, candidates: Sequence[int], futures: range) -> None:
        from sim.studies.progress import ENGLISH, VIETNAMESE
        from sim.studies.progress_bar import progress_on
        from sim.studies.replications import run_tasks

        cells = [self._goal.cell(self._folder.path, candidate) for candidate in candidates]
        tasks = [Task(cell, number) for number in futures for cell in cells]
        self._tasks |= {task.key: task for task in tasks}
        if all(self._journal.held(cell.cell_hash).get(number) == "done" for cell in cells for number in futures):
            return
        if self._executor is None:
            self._executor = executor_of(
                self._goal.base, len(tasks), self._console, workers=self._order.workers, cluster=self._order.cluster
            )
        texts = VIETNAMESE if self._console.lang == "vi" else ENGLISH
        run_tasks(tasks, self._journal, self._executor, progress_on(sys.stderr, texts))
