"""The points that a search for the least money tried, and what the manifest says of the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sim.report.cells import count, number, text
from sim.report.rows import Manifest
from sim.report.study_tables import Aim, StudyKey, read_aims, read_study_manifest, study_keys
from sim.report.tables import manifest_from
from sim.results.goal_tables import GoalPoint, goal_points
from sim.results.table import TableError

_CHANCE = 0.05
SOURCES = ("TW", "DT", "SN")
"""Sources of money, as a search's table names them."""


@dataclass(frozen=True, slots=True)
class GoalTables:
    """What the page of a search reads."""

    manifest: Manifest
    goal: Mapping[str, object]
    keys: tuple[StudyKey, ...]
    aims: tuple[Aim, ...]
    points: tuple[GoalPoint, ...]

    @property
    def verdict(self) -> str:
        """`found`, `unsure` or `infeasible`."""
        return text(self.goal, "verdict")

    @property
    def probability(self) -> float:
        """The share of futures that must reach the targets."""
        return number(self.goal, "probability") or 0.0

    @property
    def checks(self) -> int:
        """How many points might have been checked with fresh futures, one after the other."""
        return max(1, count(self.goal, "checks"))

    def is_certain(self, point: GoalPoint) -> bool:
        """Whether the fresh futures leave no more than 5 % for a claim that would be wrong.

        A point that only just fell short would do so well with 5 % divided by the points that might have been checked:
        each of them is another occasion to be lucky.
        """
        if not point.fresh_reached or not 0.0 < self.probability < 1.0:
            return False
        from scipy.special import bdtrc

        by_luck = float(bdtrc(point.fresh_reached - 1, point.fresh_n or 0, self.probability))
        return by_luck <= _CHANCE / self.checks

    @property
    def chosen(self) -> GoalPoint:
        """The answer, or what came closest to one; raises TableError when there is no point."""
        wanted = count(self.goal, "closest")
        for one in self.points:
            if one.point == wanted:
                return one
        raise TableError("goal_points.csv: the answer is not among the points")

    @property
    def pareto(self) -> list[GoalPoint]:
        """Points that nothing beats in both money and chance, the cheapest first."""
        return sorted((one for one in self.points if one.is_pareto), key=lambda one: one.objective_million_vnd)


def read_goal_tables(folder: Path) -> GoalTables:
    """Read a goal's folder. Raises FileNotFoundError without its table, TableError when it cannot be read."""
    manifest = read_study_manifest(folder)
    goal, study = manifest.get("goal"), manifest["study"]
    if not isinstance(goal, dict) or not isinstance(study, dict):
        raise TableError("manifest.json: not a goal's")
    keys = study_keys(study)
    wanted = goal.get("targets")
    names = [str(name) for name in wanted] if isinstance(wanted, list) else []
    aims = tuple(aim for aim in read_aims(folder) if aim.target_id in names)
    points = goal_points({key.key: "" for key in keys}, SOURCES, names).read(folder)
    return GoalTables(manifest_from(manifest), goal, keys, aims, points)
