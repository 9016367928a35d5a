"""What `goal` seeks and has found so far: points of levers, what they cost, and how often they reach the targets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import inf
from pathlib import Path
from typing import NamedTuple

import numpy as np

from sim.measure.cells import planned_by_source, value_of
from sim.measure.measured import Measured
from sim.measure.payload import decode
from sim.measure.shared_draws import Chance, Sharing, sharing_in
from sim.measure.targets import threshold_of
from sim.results.words import NOTHING, Words
from sim.scenario.errors import ScenarioError, ScenarioErrors, shown
from sim.scenario.loading import LoadedScenario
from sim.scenario.plan_schema import Target, target_id
from sim.scenario.suggest import did_you_mean
from sim.scenario.tables import SOURCES
from sim.scenario.units import UnitError, parse
from sim.studies.axes import Axis, axes_of, settings_of
from sim.studies.case import Case
from sim.studies.cell import Cell
from sim.studies.goal import Search, Tried, candidates_of, first_points, margin_of
from sim.studies.journal import Journal
from sim.studies.parameter_study import cell_with, refuse_bad_ends
from sim.studies.refusals import SpecRefusedError
from sim.studies.spec import GoalSpec

PRICE = "--price"
USUAL_SOURCE = "SN"
"""Recurrent money, which pays people."""


class Price(NamedTuple):
    """What a lever that is no line of the plan costs: million VND a unit over the whole plan, and who pays."""

    million_vnd: float
    source: str


def prices_of(texts: Sequence[str], axes: Sequence[Axis]) -> dict[str, Price]:
    """Read `--price KEY=120 million VND[:SN]`, the prices of levers.

    Raises:
        ScenarioErrors: a price is no money, or of a key that is not varied.
    """
    keys = [axis.key for axis in axes]
    prices, errors = {}, []
    for text in texts:
        key, _, written = text.partition("=")
        key = key.strip()
        amount, _, source = written.partition(":")
        source = source.strip() or USUAL_SOURCE
        if key not in keys:
            reason = Words("tham số này không được thay đổi (--over)", "this key is not varied (--over)")
            errors.append(ScenarioError("E-GOL-002", PRICE, shown(key), reason, did_you_mean(key, keys)))
        elif source not in SOURCES:
            reason = Words(f"không có nguồn vốn “{shown(source)}”", f'no source of money "{shown(source)}"')
            errors.append(ScenarioError("E-GOL-002", PRICE, shown(key), reason, did_you_mean(source, SOURCES)))
        else:
            try:
                prices[key] = Price(parse(amount.strip(), "money"), source)
            except UnitError as error:
                errors.append(ScenarioError(error.code, PRICE, shown(key), error.reason, error.repair))
    if errors:
        raise ScenarioErrors(errors)
    return prices


MOST_CHECKED = 4
"""Points that reach enough are checked with fresh futures one after the other, the cheapest first, at most so many."""


@dataclass
class GoalSearch:
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
    def futures(self) -> range:
        """Those that every point meets."""
        return range(self.replications)

    @property
    def fresh_futures(self) -> range:
        """Those of the check.

        Of a calibration they take other draws than the search did while its rows last; beyond that they may meet some
        again, with other luck, so that a point fitted to these very draws may do a little better than it ought to.
        """
        return range(self.replications, self.replications + self.fresh)

    @cached_property
    def _sharing(self) -> Sharing:
        return sharing_in(self.base.loaded, self.base.seed)

    def chance(self, one: Tried, futures: range) -> Chance:
        """How likely a point reaches what is wanted, from these futures."""
        return Chance(one.reaches(), self._sharing(futures))

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


def goal_search_of(spec: GoalSpec, base: Case, asked: LoadedScenario, *, refuse_ends: bool = False) -> GoalSearch:
    """The search over a case that is there already; raises as `goal_study`."""
    axes = axes_of(spec.over, asked)
    if not axes or not spec.targets:
        missing = Words("cần --target và --over THAM_SỐ=thấp:cao", "name a --target and a lever: --over KEY=lo:hi")
        raise SpecRefusedError(missing)
    targets = _targets(spec.targets, base.loaded)
    if refuse_ends:
        refuse_bad_ends(base, axes, spec)
    usual = base.loaded.scenario.run
    replications = spec.replications or usual.replications
    return GoalSearch(
        base=base,
        axes=tuple(axes),
        targets=targets,
        prices=prices_of(spec.prices, axes),
        minimize=spec.minimize,
        probability=spec.probability or usual.required_probability.value,
        replications=replications,
        fresh=spec.fresh or 2 * replications,
        most=spec.points,
    )


def _those_there(known: Sequence[str]) -> Words:
    if not known:
        return Words("không chỉ tiêu nào đến hạn trong kỳ mô phỏng", "no target is due within the period")
    return Words(f"có: {', '.join(known)}", f"there are {', '.join(known)}")


def _targets(names: Sequence[str], loaded: LoadedScenario) -> tuple[Target, ...]:
    known = {target.id: target for target in loaded.scenario.targets}
    errors = []
    names = [target_id(name, loaded.target_numbers) for name in names]
    for name in names:
        if name not in known:
            reason = Words(f"kịch bản không có chỉ tiêu “{shown(name)}”", f'the scenario has no target "{shown(name)}"')
            near = did_you_mean(name, known)
            repair = near if near != NOTHING else _those_there(list(known))
            errors.append(ScenarioError("E-GOL-001", "--target", shown(name), reason, repair))
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
