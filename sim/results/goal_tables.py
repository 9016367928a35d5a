"""The table of a search for the least money: every point that was tried."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from sim.results.table import Column, Table
from sim.results.words import Words


@dataclass(frozen=True, slots=True)
class GoalPoint:
    """One point: its levers, its money by source, and how many futures reach all that is wanted.

    `outcomes` holds for each target wanted its median and the share of futures that reach it.
    """

    point: Annotated[int, Column("số thứ tự của điểm", "number of the point")]
    values: Mapping[str, float]
    cost_by_source: Mapping[str, float]
    cost_million_vnd: Annotated[float, Column("kinh phí, mọi nguồn", "money of all sources", unit="million VND")]
    objective_million_vnd: Annotated[float, Column("kinh phí cần ít nhất", "money to be least", unit="million VND")]
    reached: Annotated[int, Column("số tương lai đạt mọi chỉ tiêu", "futures that reach all targets")]
    n: Annotated[int, Column("số tương lai đã thử", "futures tried")]
    p_reached: Annotated[float, Column("tỷ lệ đạt", "share that reaches them", unit="share")]
    p_low: Annotated[float, Column("cận dưới 95%", "lower 95 % bound", unit="share")]
    p_high: Annotated[float, Column("cận trên 95%", "upper 95 % bound", unit="share")]
    deciding_margin: Annotated[
        float | None, Column("khoảng cách đến chỉ tiêu sát nhất", "distance to the target that decides")
    ]
    is_pareto: Annotated[bool, Column("1: không điểm nào vừa rẻ vừa chắc hơn", "1 where nothing is cheaper and surer")]
    is_answer: Annotated[bool, Column("1: là lời giải", "1 for the answer")]
    fresh_reached: Annotated[int | None, Column("số tương lai mới đạt", "fresh futures that reach all targets")]
    fresh_n: Annotated[int | None, Column("số tương lai mới", "fresh futures tried")]
    fresh_low: Annotated[float | None, Column("cận dưới 95%", "lower 95 % bound", unit="share")]
    fresh_high: Annotated[float | None, Column("cận trên 95%", "upper 95 % bound", unit="share")]
    fresh_worth: Annotated[
        float | None,
        Column(
            "tương lai độc lập mà các tương lai mới tương đương (ít hơn khi chung lần rút của một hiệu chỉnh)",
            "independent futures that the fresh ones are worth: fewer where they share draws of a calibration",
        ),
    ]
    outcomes: Mapping[str, float | None]

    def median(self, target_id: str) -> float | None:
        """A target's median over the futures of the search."""
        return self.outcomes[f"{target_id}_median"]

    def share(self, target_id: str) -> float:
        """The share of the search's futures that reach a target."""
        return self.outcomes[f"{target_id}_p_reached"] or 0.0

    def cost_from(self, source: str) -> float:
        """Its money of one source, million VND."""
        return self.cost_by_source[f"cost_{source}_million_vnd"]


GOAL_POINTS = Table("goal_points", GoalPoint, Words("Mọi điểm đã thử", "Every point tried"))


def goal_points(keys: Mapping[str, str], sources: Sequence[str], target_ids: Sequence[str]) -> Table[GoalPoint]:
    """The table of a search over these keys (each with its unit), money sources and targets."""
    outcomes: dict[str, Column] = {}
    for target_id in target_ids:
        outcomes[f"{target_id}_median"] = Column(f"{target_id}: trung vị", f"{target_id}: median")
        outcomes[f"{target_id}_p_reached"] = Column(f"{target_id}: tỷ lệ đạt", f"{target_id}: share that reaches it")
    costs = {
        f"cost_{source}_million_vnd": Column(f"kinh phí từ {source}", f"money of {source}", unit="million VND")
        for source in sources
    }
    values = {key: Column(f"giá trị của {key}", f"value of {key}", unit=unit) for key, unit in keys.items()}
    return GOAL_POINTS.with_columns(values=values, cost_by_source=costs, outcomes=outcomes)
