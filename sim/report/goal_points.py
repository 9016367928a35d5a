"""The points that a search for the least money tried, and what the manifest says of the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sim.report.cells import Record, TableError, count, number, read_table, text, yes
from sim.report.rows import Manifest
from sim.report.study_tables import Aim, StudyKey, read_aims, read_study_manifest, study_keys
from sim.report.tables import manifest_from

_CHANCE = 0.05


@dataclass(frozen=True, slots=True)
class GoalPoint:
    """One point: its levers, its money by source, and how many futures reach all that is wanted."""

    point: int
    values: Mapping[str, float]
    cost_by_source: Mapping[str, float]
    cost: float
    reached: int
    n: int
    p_low: float
    p_high: float
    is_pareto: bool
    is_answer: bool
    fresh_reached: int | None
    fresh_n: int
    fresh_low: float
    fresh_high: float
    medians: Mapping[str, float | None]
    shares: Mapping[str, float]


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

        by_luck = float(bdtrc(point.fresh_reached - 1, point.fresh_n, self.probability))
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
        return sorted((one for one in self.points if one.is_pareto), key=lambda one: one.cost)


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
    points = read_table(folder / "goal_points.csv", lambda record: _point(record, keys, aims), required=True)
    return GoalTables(manifest_from(manifest), goal, keys, aims, points)


def _point(record: Record, keys: tuple[StudyKey, ...], aims: tuple[Aim, ...]) -> GoalPoint:
    fresh = number(record, "fresh_reached")
    return GoalPoint(
        point=count(record, "point"),
        values={key.key: number(record, key.key) or 0.0 for key in keys},
        cost_by_source={name: number(record, f"cost_{name}_million_vnd") or 0.0 for name in ("TW", "DT", "SN")},
        cost=number(record, "objective_million_vnd") or 0.0,
        reached=count(record, "reached"),
        n=count(record, "n"),
        p_low=number(record, "p_low") or 0.0,
        p_high=number(record, "p_high") or 0.0,
        is_pareto=yes(record, "is_pareto"),
        is_answer=yes(record, "is_answer"),
        fresh_reached=None if fresh is None else round(fresh),
        fresh_n=count(record, "fresh_n"),
        fresh_low=number(record, "fresh_low") or 0.0,
        fresh_high=number(record, "fresh_high") or 0.0,
        medians={aim.target_id: number(record, f"{aim.target_id}_median") for aim in aims},
        shares={aim.target_id: number(record, f"{aim.target_id}_p_reached") or 0.0 for aim in aims},
    )
